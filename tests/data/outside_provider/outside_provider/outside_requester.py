"""A desk: whoever gives work to colleagues and has a purse at the vendor."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from omegaconf import MISSING

from crowddesk.data_model.requester import Requester, RequesterArgs

PROVIDER_TYPE = "outside"


@dataclass
class OutsideRequesterArgs(RequesterArgs):
    pass_phrase: str = field(
        default=MISSING, metadata={"help": "What the vendor knows you by.", "secret": True}
    )
    purse: str = field(default="20.00", metadata={"help": "How much you have put in."})


class OutsideRequester(Requester):
    ArgsClass: ClassVar = OutsideRequesterArgs

    def __init__(self, db, db_id, row=None, _used_new_call=False):
        super().__init__(db, db_id, row=row, _used_new_call=_used_new_call)
        self.datastore = db.get_datastore_for_provider(PROVIDER_TYPE)

    def register(self, args=None):
        if args is None:
            if not self.is_registered():
                raise ValueError(f"{self.requester_name} has no pass phrase on file; register it first.")
            return
        if len(args.pass_phrase) < 8:
            raise ValueError("The pass phrase is shorter than eight characters.")
        self.datastore.write(
            "INSERT OR REPLACE INTO desks VALUES (?, ?, ?)", self.db_id, args.pass_phrase, args.purse
        )

    def is_registered(self):
        return self._desk() is not None

    def get_available_budget(self):
        return float(Decimal(self._desk()["purse"]))

    @classmethod
    def is_sandbox(cls):
        return True

    def _desk(self):
        return self.datastore.read("SELECT * FROM desks WHERE requester_id = ?", self.db_id)

    @staticmethod
    def new(db, requester_name):
        return OutsideRequester._register_requester(db, requester_name, PROVIDER_TYPE)
