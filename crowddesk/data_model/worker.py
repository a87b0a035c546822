"""A worker: a person at a vendor, with their qualifications, bonuses and blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, overload

from crowddesk.data_model.entity import Entity, check_agent_status, logger
from crowddesk.domain import Amount, BadInput, NotFound, VendorRefused
from crowddesk.language import say
from crowddesk.store.records import Record

if TYPE_CHECKING:
    from crowddesk.data_model.agent import Agent
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.data_model.qualification import GrantedQualification
    from crowddesk.data_model.requester import Requester
    from crowddesk.data_model.task_run import TaskRun
    from crowddesk.data_model.unit import Unit


class Worker(Entity):
    """A person at a vendor. Vendors extend it with bonus, block, eligibility and `new`."""

    NOUN = "worker"
    VENDOR_CLASS = "WorkerClass"

    def _read(self, row: Record) -> None:
        self.provider_type: str = row["provider_type"]
        self.worker_name: str = row["worker_name"]

    def get_agents(self, status: str | None = None) -> list[Agent]:
        """This person's agents, those in one status if one is given."""
        if status is not None:
            check_agent_status(status)
        return self.db.find_agents(worker_id=self.db_id, status=status)

    @classmethod
    def new_from_provider_data(cls, db: CrowdDatabase, creation_data: dict[str, Any]) -> Worker:
        """Builds a worker from what `wrap_crowd_source.js` sent: here, its `worker_name`."""
        name = creation_data.get("worker_name")
        if not isinstance(name, str) or not name.strip():
            raise BadInput(say("The task page sent no worker_name, so nobody knows whose work this is."))
        return cls.new(db, name)

    def account_for(self, unit: Unit | None) -> Requester:
        """The account that owes this person: the unit's, else that of their last work; else VendorRefused."""
        if unit is not None:
            return unit.get_requester()
        agents = self.get_agents()
        if agents:
            return agents[-1].get_task_run().get_requester()
        raise VendorRefused(
            say(
                "{worker_name} has not worked for you, so no account can be chosen.",
                worker_name=self.worker_name,
            )
        )

    # -------------------------------------------------------------------------------- qualifications

    def get_granted_qualification(self, qualification_name: str) -> GrantedQualification | None:
        """The grant of that name, None where there is none."""
        found = self.db.find_qualifications(qualification_name)
        if not found:
            return None
        granted = self.db.check_granted_qualifications(found[0].db_id, self.db_id)
        return granted[0] if granted else None

    def is_qualified(self, qualification_name: str) -> bool:
        """Granted with a truthy value."""
        granted = self.get_granted_qualification(qualification_name)
        return granted is not None and bool(granted.value)

    def is_disqualified(self, qualification_name: str) -> bool:
        """Granted with a falsy value."""
        granted = self.get_granted_qualification(qualification_name)
        return granted is not None and not granted.value

    @overload
    def grant_qualification(
        self, qualification_name: str, value: int = 1, skip_crowd: Literal[False] = False
    ) -> bool: ...

    @overload
    def grant_qualification(self, qualification_name: str, value: int, skip_crowd: bool) -> bool | None: ...

    def grant_qualification(
        self, qualification_name: str, value: int = 1, skip_crowd: bool = False
    ) -> bool | None:
        """Grants here, then at the vendor; True only if both happened, and the local half stands either way.

        NotFound for an unknown name. With `skip_crowd` the vendor is not told and nothing is returned.
        """
        found = self.db.find_qualifications(qualification_name)
        if not found:
            raise NotFound(
                say(
                    "There is no qualification {qualification_name!r}. Make it first.",
                    qualification_name=qualification_name,
                )
            )
        self.db.grant_qualification(found[0].db_id, self.db_id, value=value)
        if skip_crowd:
            return None
        try:
            self.grant_crowd_qualification(qualification_name, value)
        except Exception:  # a vendor's code may raise anything; the local half stands
            logger.exception("Granting %s to %s at the vendor failed", qualification_name, self)
            return False
        return True

    def revoke_qualification(self, qualification_name: str) -> bool:
        """Revokes here, then at the vendor; False if it was not granted or the vendor failed."""
        granted = self.get_granted_qualification(qualification_name)
        if granted is None:
            return False
        self.db.revoke_qualification(granted.qualification_id, self.db_id)
        try:
            self.revoke_crowd_qualification(qualification_name)
        except Exception:  # a vendor's code may raise anything; the local half stands
            logger.exception("Revoking %s from %s at the vendor failed", qualification_name, self)
            return False
        return True

    def grant_crowd_qualification(self, qualification_name: str, value: int = 1) -> None:
        """The vendor's half of a grant; nothing where the vendor has no qualifications."""

    def revoke_crowd_qualification(self, qualification_name: str) -> None:
        """The vendor's half of a revocation; nothing where the vendor has no qualifications."""

    # -------------------------------------------------------------------------------------- vendors

    def bonus_worker(self, amount: Amount, reason: str, unit: Unit | None = None) -> tuple[bool, str]:
        """Pays extra, `amount` in major units: whether it happened, and a message."""
        raise NotImplementedError

    def block_worker(
        self, reason: str, unit: Unit | None = None, requester: Requester | None = None
    ) -> tuple[bool, str]:
        """Keeps this person from a requester's work: whether it happened, and a message."""
        raise NotImplementedError

    def unblock_worker(self, reason: str, requester: Requester) -> bool:
        """Lifts a block."""
        raise NotImplementedError

    def is_blocked(self, requester: Requester) -> bool:
        """Whether this person is blocked for a requester."""
        raise NotImplementedError

    def is_eligible(self, task_run: TaskRun) -> bool:
        """Whether this person may work on a run."""
        raise NotImplementedError

    def why_ineligible(self, task_run: TaskRun) -> str:
        """Why this person may not work on a run, as a sentence to them; empty where the vendor says no more
        than `is_eligible`."""
        return ""

    def register(self, args: dict[str, str] | None = None) -> None:
        """Registers this person with the vendor, where one needs that."""

    @staticmethod
    def new(db: CrowdDatabase, worker_name: str) -> Worker:
        """Adds a person; Conflict when the name exists. Vendors return `_register_worker(...)`."""
        raise NotImplementedError

    @staticmethod
    def _register_worker(db: CrowdDatabase, worker_name: str, provider_type: str) -> Worker:
        """Stores a new person under the vendor's name for them."""
        return Worker.get(db, db.new_worker(worker_name, provider_type))
