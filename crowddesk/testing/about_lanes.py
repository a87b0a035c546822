"""The contract of how a lane reaches a vendor: perform, look_up, launch_units, sync_task_run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import (
    Action,
    ActionKind,
    ActionState,
    AgentStatus,
    AssignmentState,
    Found,
    Outcome,
    StatusChange,
    VendorRefused,
    to_minor,
)
from crowddesk.providers.base import CrowdProvider
from crowddesk.store import arrivals
from crowddesk.testing.case import NOWHERE, ContractCase
from crowddesk.testing.workspace import TASK_URL, carry_out, new_action

_STATES = {ActionState.DONE, ActionState.REFUSED, ActionState.UNKNOWN, ActionState.QUEUED}
_ANSWERS = {Found.HAPPENED, Found.DID_NOT, Found.NOT_SENT, Found.CANNOT_TELL, Found.NOT_YET}


class AboutLanes(ContractCase):
    def test_nothing_to_perform_is_nothing_done(self, provider: CrowdProvider) -> None:
        assert list(provider.perform([])) == []
        assert list(provider.look_up([])) == []
        assert list(provider.launch_units([], TASK_URL)) == []

    def test_run_is_set_up_launched_and_cleaned_up(
        self, provider: CrowdProvider, requester: Requester, units: list[Unit]
    ) -> None:
        assert [unit.is_expired() for unit in units] == [False, False]
        run = units[0].get_task_run()
        for _ in range(2):
            done = carry_out(provider, new_action(ActionKind.CLEAN_UP, run, requester))
            assert done.state == ActionState.DONE, done

    def test_launched_units_expire_one_by_one(
        self, provider: CrowdProvider, requester: Requester, units: list[Unit]
    ) -> None:
        done = provider.perform([new_action(ActionKind.EXPIRE, units[0], requester)])
        assert [o.state for o in done] == [ActionState.DONE]
        assert units[1].is_expired() is False

    @pytest.mark.parametrize("kind", [ActionKind.APPROVE, ActionKind.SOFT_REJECT, ActionKind.REJECT])
    def test_work_is_judged(
        self, provider: CrowdProvider, requester: Requester, answered: Agent, kind: str
    ) -> None:
        action = self._settle(kind, answered, requester)
        outcome = carry_out(provider, action)
        assert outcome.state == ActionState.DONE, outcome
        assert provider.look_up([action])[0] in {Found.HAPPENED, Found.CANNOT_TELL}

    def test_what_was_never_sent_did_not_happen(
        self, provider: CrowdProvider, requester: Requester, answered: Agent
    ) -> None:
        actions = [
            self._settle(ActionKind.APPROVE, answered, requester),
            self._bonus(answered, requester),
            new_action(ActionKind.BLOCK, answered.get_worker(), requester, reason="Random answers."),
        ]
        found = list(provider.look_up(actions))
        assert len(found) == 3
        assert set(found) <= _ANSWERS
        assert Found.HAPPENED not in found

    def test_worker_is_treated(
        self, db: CrowdDatabase, provider: CrowdProvider, requester: Requester, answered: Agent
    ) -> None:
        worker = answered.get_worker()
        db.new_qualification("careful")
        name = {"qualification_name": "careful"}
        actions = [
            self._bonus(answered, requester),
            new_action(ActionKind.GRANT, worker, requester, payload={**name, "value": 3}),
            new_action(ActionKind.BLOCK, worker, requester, reason="Random answers."),
            new_action(ActionKind.UNBLOCK, worker, requester, reason="They wrote and explained."),
            new_action(ActionKind.REVOKE, worker, requester, payload=name),
        ]
        for action in actions:  # a batch of the ledger is of one kind
            outcome = carry_out(provider, action)
            assert outcome.state == ActionState.DONE, (action.kind, outcome)
            (found,) = provider.look_up([action])
            assert found in _ANSWERS
        assert worker.is_blocked(requester) is False
        assert worker.get_granted_qualification("careful") is None

    def test_qualification_that_nobody_made_is_not_granted(
        self, provider: CrowdProvider, requester: Requester, worker: Worker
    ) -> None:
        name = {"qualification_name": "unheard of"}
        (outcome,) = provider.perform([new_action(ActionKind.GRANT, worker, requester, payload=name)])
        assert outcome.state in {ActionState.REFUSED, ActionState.UNKNOWN}
        assert "unheard of" in outcome.reason

    def test_each_item_has_its_own_outcome(
        self, db: CrowdDatabase, provider: CrowdProvider, requester: Requester, answered: Agent
    ) -> None:
        """A unit that was never offered and one that is not there do not stop the one that is fine."""
        fresh = self.provider_class.UnitClass.new(db, answered.get_assignment(), 1, self.reward)
        nobody = new_action(ActionKind.APPROVE, fresh, requester)
        fine = self._settle(ActionKind.APPROVE, answered, requester)
        missing = Action("a-token", ActionKind.APPROVE, "unit", NOWHERE, requester.db_id)
        outcomes = provider.perform([nobody, missing, fine])
        assert all(isinstance(o, Outcome) for o in outcomes)
        assert [o.state in _STATES for o in outcomes] == [True] * 3
        assert [o.state == ActionState.DONE for o in outcomes] == [False, False, True]
        assert all(o.reason for o in outcomes[:2])
        assert {type(a) for a in provider.look_up([nobody, missing, fine])} == {str}

    def test_the_same_token_is_not_paid_twice(
        self, provider: CrowdProvider, requester: Requester, answered: Agent
    ) -> None:
        """After a done bonus the vendor either knows it or cannot tell: it never invites a second one."""
        bonus = self._bonus(answered, requester)
        outcome = carry_out(provider, bonus)
        assert outcome.state == ActionState.DONE, outcome
        assert provider.look_up([bonus])[0] != Found.DID_NOT

    def test_sync_reports_changes_of_the_runs_units(
        self, db: CrowdDatabase, provider: CrowdProvider, units: list[Unit], answered: Agent
    ) -> None:
        run_id = int(units[0].task_run_id)
        for _ in range(3):
            found = provider.sync_task_run(TaskRun.get(db, str(run_id)))
            assert all(isinstance(change, StatusChange) for change in found)
            assert {change.unit_id for change in found} <= {unit.db_id for unit in units}
            for change in found:
                assert change.agent_status is None or change.agent_status in AgentStatus.ALL
                assert change.unit_status is None or change.unit_status in AssignmentState.valid_unit()
                assert change.at is None or change.at.tzinfo is not None
            with db.write() as w:
                arrivals.apply(w, run_id, found)
        assert Unit.get(db, answered.unit_id).db_status == AssignmentState.COMPLETED

    # ------------------------------------------------------------------- the defaults, where they are used

    @pytest.mark.parametrize(
        ("failure", "state"),
        [
            (VendorRefused("The study is full."), ActionState.REFUSED),
            (ConnectionResetError("the line broke"), ActionState.UNKNOWN),
            (RuntimeError(), ActionState.UNKNOWN),
            (AssertionError("a bug of the vendor's code"), ActionState.UNKNOWN),
        ],
        ids=["refused", "reset", "anything", "bug"],
    )
    def test_default_perform_tells_refused_from_unknown(
        self,
        provider: CrowdProvider,
        requester: Requester,
        answered: Agent,
        monkeypatch: pytest.MonkeyPatch,
        failure: Exception,
        state: str,
    ) -> None:
        self._needs_default("perform")
        monkeypatch.setattr(self.provider_class.AgentClass, "approve_work", _raising(failure))
        monkeypatch.setattr(self.provider_class.WorkerClass, "bonus_worker", _raising(failure))
        for action in (
            self._settle(ActionKind.APPROVE, answered, requester),
            self._bonus(answered, requester),
        ):
            (outcome,) = provider.perform([action])
            assert (outcome.state, bool(outcome.reason)) == (state, True)

    def test_default_perform_takes_a_verbs_no(
        self,
        provider: CrowdProvider,
        requester: Requester,
        answered: Agent,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        self._needs_default("perform")

        def no(*_: Any, **__: Any) -> tuple[bool, str]:
            return False, "Insufficient funds."

        monkeypatch.setattr(self.provider_class.WorkerClass, "bonus_worker", no)
        (outcome,) = provider.perform([self._bonus(answered, requester)])
        assert (outcome.state, outcome.reason) == (ActionState.REFUSED, "Insufficient funds.")

    def test_default_launch_goes_on_after_a_failure(
        self, provider: CrowdProvider, run: TaskRun, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._needs_default("launch_units")
        units, launched = run.get_units(), []

        def launch(unit: Unit, task_url: str) -> None:
            if unit.db_id == units[0].db_id:
                raise ConnectionResetError("the line broke")
            launched.append((unit.db_id, task_url))

        monkeypatch.setattr(self.provider_class.UnitClass, "launch", launch)
        outcomes = provider.launch_units(units, TASK_URL)
        assert [o.state for o in outcomes] == [ActionState.UNKNOWN, ActionState.DONE]
        assert launched == [(units[1].db_id, TASK_URL)]

    def test_default_look_up_cannot_tell_about_money(
        self, provider: CrowdProvider, requester: Requester, answered: Agent
    ) -> None:
        self._needs_default("look_up")
        assert list(provider.look_up([self._bonus(answered, requester)])) == [Found.CANNOT_TELL]

    # ----------------------------------------------------------------------------------------- inside

    def _needs_default(self, member: str) -> None:
        if getattr(self.provider_class, member) is not getattr(CrowdProvider, member):
            pytest.skip(f"{self.provider_type} has its own {member}")

    def _settle(self, kind: str, agent: Agent, requester: Requester) -> Action:
        unit = agent.get_unit()
        more = {"reason": self.rejection, "category": self.rejection_category}
        cost = to_minor(unit.pay_amount, requester.currency)
        return new_action(kind, unit, requester, amount=cost, **(more if kind == ActionKind.REJECT else {}))

    def _bonus(self, agent: Agent, requester: Requester) -> Action:
        """With the vendor's fee reserved, as the lane's actions have it."""
        amount = to_minor(self.reward, requester.currency)
        return new_action(
            ActionKind.BONUS,
            agent.get_worker(),
            requester,
            unit_id=agent.unit_id,
            task_run_id=agent.task_run_id,
            amount=amount,
            fee=self.provider_class(agent.db).quote_for(requester, ActionKind.BONUS, amount, 1),
            reason="Thank you.",
        )


def _raising(failure: Exception) -> Callable[..., None]:
    def fail(*_: Any, **__: Any) -> None:
        raise failure

    return fail
