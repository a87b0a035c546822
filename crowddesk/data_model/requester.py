"""A requester: an account at a vendor, which offers runs and pays for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from omegaconf import MISSING

from crowddesk.data_model.entity import Entity
from crowddesk.domain import AssignmentState, to_major
from crowddesk.language import mark
from crowddesk.store import records
from crowddesk.store.records import Record

if TYPE_CHECKING:
    from omegaconf import DictConfig

    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.data_model.task_run import TaskRun


@dataclass
class RequesterArgs:
    """What registering an account takes; vendors extend it, and it draws the registration form.

    A field's metadata may say `help` (a sentence), `secret` (shown as dots, never stored in the database) and
    `choices`.
    """

    name: str = field(default=MISSING, metadata={"help": mark("Your own short name for this account.")})


class Requester(Entity):
    """An account. Vendors extend it with `register`, `is_registered`, `get_available_budget` and `new`."""

    NOUN = "requester"
    VENDOR_CLASS = "RequesterClass"
    ArgsClass: ClassVar[type[RequesterArgs]] = RequesterArgs

    def _read(self, row: Record) -> None:
        self.provider_type: str = row["provider_type"]
        self.requester_name: str = row["requester_name"]
        self.currency: str = row["currency"]

    def get_task_runs(self) -> list[TaskRun]:
        """The runs of this account."""
        return self.db.find_task_runs(requester_id=self.db_id)

    def get_total_spend(self) -> Decimal:
        """Money of all its runs' payable units, fees included, in major units of its currency."""
        with self.db.read() as conn:
            minor = records.spend_of_requester(conn, self.db_id, AssignmentState.payable())
        return to_major(minor, self.currency)

    @classmethod
    def is_sandbox(cls) -> bool:
        """True only where the vendor's account is a test account."""
        return False

    def to_dict(self) -> dict[str, Any]:
        """Its plain facts; never a secret."""
        return {
            "requester_id": self.db_id,
            "provider_type": self.provider_type,
            "requester_name": self.requester_name,
            "registered": self.is_registered(),
        }

    def register(self, args: DictConfig | None = None) -> None:
        """Checks and stores credentials; without args asserts that they are there. Raises if not."""
        raise NotImplementedError

    @classmethod
    def offer_choices(cls, db: CrowdDatabase, values: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
        """What the vendor offers for fields of the registration form, by what is typed so far.

        Field -> (value, what a person reads). Asks the vendor; raises BadInput or VendorError.
        """
        return {}

    def is_registered(self) -> bool:
        """Whether credentials are on file. Asks no network."""
        raise NotImplementedError

    def get_available_budget(self) -> Decimal:
        """What the account can still spend, by the vendor's word, in major units."""
        raise NotImplementedError

    @staticmethod
    def new(db: CrowdDatabase, requester_name: str) -> Requester:
        """Adds an account; Conflict when the name exists. Vendors return `_register_requester(...)`."""
        raise NotImplementedError

    @staticmethod
    def _register_requester(db: CrowdDatabase, requester_id: str, provider_type: str) -> Requester:
        """Stores a new account under a name."""
        return Requester.get(db, db.new_requester(requester_id, provider_type))
