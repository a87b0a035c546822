"""A colleague."""

from crowddesk.data_model.worker import Worker

PROVIDER_TYPE = "outside"


class OutsideWorker(Worker):
    def __init__(self, db, db_id, row=None, _used_new_call=False):
        super().__init__(db, db_id, row=row, _used_new_call=_used_new_call)
        self.datastore = db.get_datastore_for_provider(PROVIDER_TYPE)

    def grant_crowd_qualification(self, qualification_name, value=1):
        self.datastore.write(
            "INSERT OR REPLACE INTO badges VALUES (?, ?, ?)", self.db_id, qualification_name, value
        )

    def revoke_crowd_qualification(self, qualification_name):
        self.datastore.write(
            "DELETE FROM badges WHERE worker_id = ? AND name = ?", self.db_id, qualification_name
        )

    def bonus_worker(self, amount, reason, unit=None):
        if unit is None:
            return False, "The vendor pays a bonus for a piece of work only."
        return self.datastore.pay(unit.requester_id, self.db_id, amount, f"bonus: {reason}")

    def block_worker(self, reason, unit=None, requester=None):
        if requester is None and unit is None:
            return False, "Say whose block it is."
        requester = requester if requester is not None else unit.get_requester()
        self.datastore.write(
            "INSERT OR REPLACE INTO bans VALUES (?, ?, ?)", self.db_id, requester.db_id, reason
        )
        return True, "Blocked."

    def unblock_worker(self, reason, requester):
        gone = self.datastore.write(
            "DELETE FROM bans WHERE worker_id = ? AND requester_id = ?", self.db_id, requester.db_id
        )
        return gone == 1

    def is_blocked(self, requester):
        row = self.datastore.read(
            "SELECT 1 FROM bans WHERE worker_id = ? AND requester_id = ?", self.db_id, requester.db_id
        )
        return row is not None

    def is_eligible(self, task_run):
        return not self.is_blocked(task_run.get_requester())

    @staticmethod
    def new(db, worker_name):
        return OutsideWorker._register_worker(db, worker_name, PROVIDER_TYPE)
