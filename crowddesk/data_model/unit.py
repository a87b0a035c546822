"""A unit: one worker's share of an assignment, the smallest piece of work that is paid."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from crowddesk.data_model.entity import Entity, check_unit_status, logger
from crowddesk.domain import (
    UNIT_STATUS_OF_AGENT,
    Amount,
    AssignmentState,
    Conflict,
    to_major,
)
from crowddesk.language import say
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import changes, records
from crowddesk.store.records import Record

if TYPE_CHECKING:
    from crowddesk.data_model.agent import Agent
    from crowddesk.data_model.assignment import Assignment, InitializationData
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.data_model.requester import Requester
    from crowddesk.data_model.task import Task
    from crowddesk.data_model.task_run import TaskRun
    from crowddesk.providers.base import CrowdProvider

#: How often a status that others keep changing is read again before giving up.
_TRIES = 5


class Unit(Entity):
    """One piece of work. Vendors extend it with `launch`, `expire`, `is_expired` and `new`."""

    NOUN = "unit"
    VENDOR_CLASS = "UnitClass"

    def _read(self, row: Record) -> None:
        self.assignment_id: str = row["assignment_id"]
        self.unit_index: int = row["unit_index"]
        self.pay_amount: Decimal = row["pay_amount"]
        self.agent_id: str | None = row["agent_id"]
        self.provider_type: str = row["provider_type"]
        self.db_status: str = row["status"]
        self.task_type: str = row["task_type"]
        self.task_id: str = row["task_id"]
        self.task_run_id: str = row["task_run_id"]
        self.sandbox: bool = row["sandbox"]
        self.requester_id: str = row["requester_id"]
        self.worker_id: str | None = row["worker_id"]
        self._fee_minor: int = row["fee_minor"]
        self._currency: str = row["currency"]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.db_id}, {self.db_status})"

    # -------------------------------------------------------------------------------------- related

    def get_crowd_provider_class(self) -> type[CrowdProvider]:
        """The class of the vendor that this unit is offered at."""
        return get_crowd_provider_from_type(self.provider_type)

    def get_assignment_data(self) -> InitializationData:
        """The item that this unit is about."""
        return self.get_assignment().get_assignment_data()

    def get_assignment(self) -> Assignment:
        from crowddesk.data_model.assignment import Assignment

        if "assignment" not in self._related:
            self._related["assignment"] = Assignment.get(self.db, self.assignment_id)
        assignment: Assignment = self._related["assignment"]
        return assignment

    def get_task_run(self) -> TaskRun:
        from crowddesk.data_model.task_run import TaskRun

        if "task_run" not in self._related:
            loaded: Assignment | None = self._related.get("assignment")
            self._related["task_run"] = (
                loaded.get_task_run() if loaded is not None else TaskRun.get(self.db, self.task_run_id)
            )
        run: TaskRun = self._related["task_run"]
        return run

    def get_task(self) -> Task:
        return self.get_task_run().get_task()

    def get_requester(self) -> Requester:
        return self.get_task_run().get_requester()

    def get_assigned_agent(self) -> Agent | None:
        """The agent at work on this unit. Asks the database again unless the status is final."""
        from crowddesk.data_model.agent import Agent

        if self.db_status not in AssignmentState.final_unit():
            row = self.db.get_unit(self.db_id)
            self.agent_id, self.worker_id = row["agent_id"], row["worker_id"]
        return None if self.agent_id is None else Agent.get(self.db, self.agent_id)

    def clear_assigned_agent(self) -> None:
        """Makes the unit available again: no agent, no worker, no reservation, status `launched`."""
        logger.debug("Clearing agent %s from %s", self.agent_id, self)
        self.db.clear_unit_agent_assignment(self.db_id)
        self.agent_id = self.worker_id = None
        self.db_status = AssignmentState.LAUNCHED

    # --------------------------------------------------------------------------------------- status

    def sync_status(self) -> None:
        """Makes the stored status what `get_status()` says. Run at start, after a crash, periodically."""
        self.set_db_status(self.get_status())

    def get_db_status(self) -> str:
        """The stored status, read again unless it is final."""
        if self.db_status not in AssignmentState.final_unit():
            self.db_status = self.db.get_unit(self.db_id)["status"]
        return self.db_status

    def set_db_status(self, status: str) -> None:
        """Stores a status; the same one does nothing, an invalid one raises BadInput."""
        check_unit_status(status)
        if status == self.db_status:
            return
        self.db.update_unit(self.db_id, status=status)
        logger.debug("%s becomes %s", self, status)
        self.db_status = status

    def get_status(self) -> str:
        """The status that the agent's implies (INTERFACE.md); stores it where it differs.

        Vendors override it to match their own truth. A change that somebody else made between reading and
        writing is never overwritten: the status is computed again.
        """
        for _ in range(_TRIES):
            row = self.db.get_unit(self.db_id)
            stored: str = row["status"]
            self.db_status = stored
            self.agent_id, self.worker_id = row["agent_id"], row["worker_id"]
            if stored == AssignmentState.EXPIRED or self.agent_id is None:
                return stored
            agent = self.get_assigned_agent()
            computed = stored if agent is None else UNIT_STATUS_OF_AGENT[agent.get_status()]
            if computed == stored:
                return stored
            with self.db.write() as w:
                moved = changes.set_unit_statuses(w, {int(self.db_id): (stored, computed)})
            if moved:
                self.db_status = computed
                return computed
        raise Conflict(
            say("Unit {db_id} is being changed by others all the time; try again.", db_id=self.db_id)
        )

    def _mark_agent_assignment(self) -> None:
        """launched -> assigned, only from launched; joins the write block that inserts the agent."""
        with self.db.write() as w:
            moved = changes.set_unit_statuses(
                w, {int(self.db_id): (AssignmentState.LAUNCHED, AssignmentState.ASSIGNED)}
            )
        if not moved:
            raise Conflict(
                say(
                    "Unit {db_id} is not available: it is {get_db_status}, not launched.",
                    db_id=self.db_id,
                    get_db_status=self.get_db_status(),
                )
            )
        self.db_status = AssignmentState.ASSIGNED

    def get_pay_amount(self) -> Decimal:
        """What this unit costs against the budget: pay and the vendor's fee, major units."""
        return self.pay_amount + to_major(self._fee_minor, self._currency)

    # -------------------------------------------------------------------------------------- vendors

    def launch(self, task_url: str) -> None:
        """Makes this unit available at the vendor."""
        raise NotImplementedError

    def expire(self) -> float:
        """Takes it down; returns the longest time, in seconds, until it is surely down."""
        raise NotImplementedError

    def is_expired(self) -> bool:
        """Whether it is expired, by the vendor's word."""
        raise NotImplementedError

    @staticmethod
    def new(db: CrowdDatabase, assignment: Assignment, index: int, pay_amount: Amount) -> Unit:
        """Adds a unit; vendors return `_register_unit(...)` once it can be made."""
        raise NotImplementedError

    @staticmethod
    def _register_unit(
        db: CrowdDatabase, assignment: Assignment, index: int, pay_amount: Amount, provider_type: str
    ) -> Unit:
        """Stores a new unit; `pay_amount` in major units."""
        db_id = db.new_unit(
            assignment.task_id,
            assignment.task_run_id,
            assignment.requester_id,
            assignment.db_id,
            index,
            pay_amount,
            provider_type,
            assignment.task_type,
            sandbox=assignment.sandbox,
        )
        return Unit.get(db, db_id)

    def reserve(self) -> bool:
        """Speaks for a launched unit; False when somebody was first."""
        with self.db.write() as w:
            return records.reserve(w, self.db_id, AssignmentState.LAUNCHED)
