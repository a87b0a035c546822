"""Prolific's units, participants and stays, as INTERFACE.md names them: one thing at a time.

Lanes do not come here; they speak to the provider, in bulk.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from omegaconf import OmegaConf

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.assignment import Assignment
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.qualification import meets
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import (
    Action,
    ActionKind,
    ActionState,
    AgentStatus,
    Amount,
    AssignmentState,
    Found,
    Outcome,
    VendorError,
    VendorRefused,
    now,
    to_minor,
)
from crowddesk.providers.prolific.args import PROVIDER_TYPE
from crowddesk.store import records, stays

if TYPE_CHECKING:
    from crowddesk.providers.prolific.provider import ProlificProvider


def provider_of(thing: Unit | Worker | Agent) -> ProlificProvider:
    """The provider of a unit, a worker or an agent."""
    from crowddesk.registry import get_crowd_provider_from_type

    return cast("ProlificProvider", get_crowd_provider_from_type(thing.provider_type)(thing.db))


def _do(provider: ProlificProvider, kind: str, **fields: Any) -> Outcome:
    """One action outside the ledger, for who calls an entity's verb. Raises what did not work."""
    action = Action(id=f"{kind} {now().timestamp()}", kind=kind, started_at=now(), **fields)
    (outcome,) = provider.perform([action])
    if outcome.state == ActionState.REFUSED:
        raise VendorRefused(outcome.reason)
    if outcome.state != ActionState.DONE:
        raise VendorError(outcome.reason)
    return outcome


class ProlificUnit(Unit):
    """A unit: one place of a study."""

    def launch(self, task_url: str) -> None:
        (outcome,) = provider_of(self).launch_units([self], task_url)
        if outcome.state != ActionState.DONE:
            raise VendorRefused(outcome.reason)
        self.set_db_status(AssignmentState.LAUNCHED)

    def expire(self) -> float:
        """No further participant gets the unit; places can only be taken back by stopping the study."""
        if self.db_status in (AssignmentState.CREATED, AssignmentState.LAUNCHED):
            self.set_db_status(AssignmentState.EXPIRED)
            return 0.0
        return float(OmegaConf.select(self.get_task_run().args, "task.assignment_duration_in_seconds") or 0)

    def is_expired(self) -> bool:
        return bool(self.db.get_unit(self.db_id)["status"] == AssignmentState.EXPIRED)

    @staticmethod
    def new(db: CrowdDatabase, assignment: Assignment, index: int, pay_amount: Amount) -> Unit:
        return ProlificUnit._register_unit(db, assignment, index, pay_amount, PROVIDER_TYPE)


class ProlificWorker(Worker):
    """A participant, by Prolific's id of them."""

    def bonus_worker(self, amount: Amount, reason: str, unit: Unit | None = None) -> tuple[bool, str]:
        """Pays by the lane's own recipe, and waits until the payment is seen or cannot be.

        For one bonus outside the ledger; a lane's bonuses can be looked up after a crash as well.
        """
        account = self.account_for(unit)
        action = Action(
            id=str(uuid4()), kind=ActionKind.BONUS, target_type="worker", target_id=self.db_id,
            requester_id=account.db_id, unit_id=unit.db_id if unit is not None else None,
            amount=to_minor(amount, account.currency), currency=account.currency, reason=reason,
            started_at=now(),
        )  # fmt: skip
        provider = provider_of(self)
        action = replace(action, fee=provider.quote_for(account, ActionKind.BONUS, action.amount, 1))
        (outcome,) = provider.perform([action])
        if outcome.state != ActionState.UNKNOWN:
            return outcome.state == ActionState.DONE, outcome.reason
        found = Found.NOT_YET
        while found == Found.NOT_YET:  # ends: a payment that does not show in time cannot be told
            time.sleep(provider.LOOK_UP_SECONDS)
            (found,) = provider.look_up([action])
        return found == Found.HAPPENED, "" if found == Found.HAPPENED else outcome.reason

    def block_worker(
        self, reason: str, unit: Unit | None = None, requester: Requester | None = None
    ) -> tuple[bool, str]:
        account = requester or self.account_for(unit)
        try:
            _do(
                provider_of(self), ActionKind.BLOCK, target_type="worker", target_id=self.db_id,
                requester_id=account.db_id, reason=reason,
            )  # fmt: skip
        except VendorError as error:
            return False, str(error)
        with self.db.write() as w:
            records.block(w, self.db_id, account.db_id, reason)
        return True, ""

    def unblock_worker(self, reason: str, requester: Requester) -> bool:
        try:
            _do(
                provider_of(self), ActionKind.UNBLOCK, target_type="worker", target_id=self.db_id,
                requester_id=requester.db_id, reason=reason,
            )  # fmt: skip
        except VendorError:
            return False
        with self.db.write() as w:
            records.unblock(w, self.db_id, requester.db_id)
        return True

    def is_blocked(self, requester: Requester) -> bool:
        with self.db.read() as conn:
            return records.is_blocked(conn, self.db_id, requester.db_id)

    def is_eligible(self, task_run: TaskRun) -> bool:
        if self.is_blocked(task_run.get_requester()):
            return False
        wanted = OmegaConf.select(task_run.args, "task.qualifications") or []
        return all(meets(self.get_granted_qualification(q.name), q.op, q.value) for q in wanted)

    def grant_crowd_qualification(self, qualification_name: str, value: int = 1) -> None:
        provider_of(self).set_membership(self, qualification_name, bool(value))

    def revoke_crowd_qualification(self, qualification_name: str) -> None:
        provider_of(self).set_membership(self, qualification_name, False)

    @staticmethod
    def new(db: CrowdDatabase, worker_name: str) -> Worker:
        return ProlificWorker._register_worker(db, worker_name, PROVIDER_TYPE)

    @classmethod
    def new_from_provider_data(cls, db: CrowdDatabase, creation_data: dict[str, Any]) -> Worker:
        return cls.new(db, str(creation_data["worker_name"]))


class ProlificAgent(Agent):
    """A participant's stay on one unit: a submission."""

    def approve_work(self) -> None:
        self._decide(ActionKind.APPROVE, "")
        self.update_status(AgentStatus.APPROVED)

    def reject_work(self, reason: str) -> None:
        """Rejects in the category OTHER; the desk's own rejections carry the reviewer's category."""
        self._decide(ActionKind.REJECT, reason)
        self.update_status(AgentStatus.REJECTED)

    def mark_done(self) -> None:
        """Participants finish at Prolific by themselves, with the completion code."""

    def _decide(self, kind: str, reason: str) -> None:
        run = self.get_task_run()
        _do(
            provider_of(self), kind, target_type="unit", target_id=self.unit_id, unit_id=self.unit_id,
            requester_id=run.requester_id, task_run_id=run.db_id, reason=reason,
            category="OTHER" if kind == ActionKind.REJECT else "",
        )  # fmt: skip

    @staticmethod
    def new(db: CrowdDatabase, worker: Worker, unit: Unit) -> Agent:
        return ProlificAgent._register_agent(db, worker, unit, PROVIDER_TYPE)

    @classmethod
    def new_from_provider_data(
        cls, db: CrowdDatabase, worker: Worker, unit: Unit, provider_data: dict[str, Any]
    ) -> Agent:
        """Binds the participant's place to the unit: the agent bears the submission's id."""
        with db.write() as w:
            agent = super().new_from_provider_data(db, worker, unit, provider_data)
            session = provider_of(worker).session_of(unit.task_run_id, worker, provider_data)
            if session:
                stays.take_ref(w, unit.task_run_id, session, agent.db_id)
        return agent
