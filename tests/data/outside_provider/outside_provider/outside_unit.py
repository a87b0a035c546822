"""A piece of work at the vendor."""

from decimal import Decimal

from crowddesk.data_model.unit import Unit
from crowddesk.domain import AssignmentState

PROVIDER_TYPE = "outside"


class OutsideUnit(Unit):
    def __init__(self, db, db_id, row=None, _used_new_call=False):
        super().__init__(db, db_id, row=row, _used_new_call=_used_new_call)
        self.datastore = db.get_datastore_for_provider(PROVIDER_TYPE)

    def get_pay_amount(self):
        """The vendor takes a fifth."""
        return self.pay_amount * Decimal("1.2")

    def launch(self, task_url):
        self.datastore.write(
            "INSERT OR REPLACE INTO pieces (unit_id, address) VALUES (?, ?)", self.db_id, task_url
        )
        self.set_db_status(AssignmentState.LAUNCHED)

    def expire(self):
        self.datastore.write("UPDATE pieces SET is_expired = 1 WHERE unit_id = ?", self.db_id)
        if self.get_db_status() in AssignmentState.incomplete():
            self.set_db_status(AssignmentState.EXPIRED)
        return 0.0

    def is_expired(self):
        row = self.datastore.read("SELECT is_expired FROM pieces WHERE unit_id = ?", self.db_id)
        return row is not None and bool(row["is_expired"])

    @staticmethod
    def new(db, assignment, index, pay_amount):
        return OutsideUnit._register_unit(db, assignment, index, pay_amount, PROVIDER_TYPE)
