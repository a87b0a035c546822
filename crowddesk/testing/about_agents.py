"""The contract of an agent: how it begins, its status, the calls that wait for it, how its work is judged."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import (
    UNIT_STATUS_OF_AGENT,
    AgentDisconnectedError,
    AgentReturnedError,
    AgentShutdownError,
    AgentStatus,
    AgentTimeoutError,
    AssignmentState,
    BadInput,
    NotFound,
)
from crowddesk.live_run import LiveTaskRun
from crowddesk.testing.case import NOWHERE, ContractCase, in_threads

#: Longer than any test waits, in seconds: a call that is freed comes back at once.
_LONG = 60.0


class _Heard:
    """A client channel that keeps what a worker's page would get."""

    def __init__(self) -> None:
        self.updates: list[tuple[str, dict[str, Any]]] = []
        self.statuses: list[tuple[str, str]] = []

    def send_live_update(self, agent_id: str, live_update: dict[str, Any]) -> None:
        self.updates.append((agent_id, live_update))

    def send_status_update(self, agent_id: str, status: str) -> None:
        self.statuses.append((agent_id, status))


class AboutAgents(ContractCase):
    def test_agent_has_its_fields(self, db: CrowdDatabase, agent: Agent, unit: Unit, worker: Worker) -> None:
        assert type(agent) is self.provider_class.AgentClass
        again = Agent.get(db, agent.db_id)
        assert type(again) is self.provider_class.AgentClass
        assert repr(again) == f"{type(again).__name__}({again.db_id}, accepted)"
        assert (again.worker_id, again.unit_id) == (worker.db_id, unit.db_id)
        assert (again.assignment_id, again.task_run_id) == (unit.assignment_id, unit.task_run_id)
        assert (again.task_id, again.task_type) == (unit.task_id, unit.task_type)
        assert again.provider_type == self.provider_type
        assert again.db_status == again.get_status() == AgentStatus.ACCEPTED
        assert Unit.get(db, unit.db_id).db_status == AssignmentState.ASSIGNED

    def test_agent_that_is_not_there_is_named(self, db: CrowdDatabase) -> None:
        with pytest.raises(NotFound, match=NOWHERE):
            Agent.get(db, NOWHERE)

    def test_agent_knows_what_it_belongs_to(self, agent: Agent) -> None:
        assert agent.get_agent_id() == agent.db_id
        assert type(agent.get_worker()) is self.provider_class.WorkerClass
        assert type(agent.get_unit()) is self.provider_class.UnitClass
        assert agent.get_assignment().db_id == agent.assignment_id
        assert agent.get_task_run().db_id == agent.task_run_id
        assert agent.get_task().db_id == agent.task_id
        folder = Path(agent.get_data_dir())
        assert folder.name == agent.db_id
        assert folder.parent == Path(agent.get_assignment().get_data_dir())
        assert agent.state is agent.state

    def test_unit_takes_one_agent(self, db: CrowdDatabase, unit: Unit) -> None:
        workers = [self.make_worker(db) for _ in range(12)]
        results = in_threads(
            12,
            lambda number: self.provider_class.AgentClass.new(db, workers[number], Unit.get(db, unit.db_id)),
        )
        agents = [result for result in results if isinstance(result, Agent)]
        assert len(agents) == 1
        assert all(isinstance(r, Exception) for r in results if r is not agents[0])
        assert Unit.get(db, unit.db_id).agent_id == agents[0].db_id
        assert len(db.find_agents(unit_id=unit.db_id)) == 1

    def test_unit_that_is_not_launched_takes_no_agent_and_stays(
        self, db: CrowdDatabase, worker: Worker, run: TaskRun
    ) -> None:
        unit = run.get_units()[0]
        with pytest.raises(Exception, match=unit.db_id):
            self.provider_class.AgentClass.new(db, worker, unit)
        assert Unit.get(db, unit.db_id).db_status == AssignmentState.CREATED
        assert db.find_agents(unit_id=unit.db_id) == []

    def test_agent_comes_from_what_the_page_sent(self, db: CrowdDatabase, worker: Worker, unit: Unit) -> None:
        agent = self.provider_class.AgentClass.new_from_provider_data(
            db, worker, unit, {"worker_name": worker.worker_name, "assignment_id": "from the page"}
        )
        assert type(agent) is self.provider_class.AgentClass
        assert agent.get_unit() is unit
        assert unit.worker_id == worker.db_id

    # ---------------------------------------------------------------------------------------- status

    @pytest.mark.parametrize("status", AgentStatus.ALL)
    def test_agent_status_is_stored_with_its_units(
        self, db: CrowdDatabase, agent: Agent, status: str
    ) -> None:
        agent.update_status(status)
        agent.update_status(status)
        assert agent.db_status == status
        assert Agent.get(db, agent.db_id).db_status == status
        assert Unit.get(db, agent.unit_id).db_status == UNIT_STATUS_OF_AGENT[status]

    def test_agent_status_that_is_none_is_refused(self, db: CrowdDatabase, agent: Agent) -> None:
        with pytest.raises(BadInput, match="nonsense"):
            agent.update_status("nonsense")
        assert Agent.get(db, agent.db_id).db_status == AgentStatus.ACCEPTED

    @pytest.mark.parametrize("status", sorted(AgentStatus.LEFT))
    def test_waiting_agent_who_leaves_gives_the_unit_back(
        self, db: CrowdDatabase, agent: Agent, status: str
    ) -> None:
        agent.update_status(AgentStatus.WAITING)
        agent.update_status(status)
        unit = Unit.get(db, agent.unit_id)
        assert (unit.agent_id, unit.worker_id, unit.db_status) == (None, None, AssignmentState.LAUNCHED)
        assert unit.get_status() == AssignmentState.LAUNCHED

    def test_agent_status_that_somebody_else_wrote_is_read(self, db: CrowdDatabase, agent: Agent) -> None:
        db.update_agent(agent.db_id, AgentStatus.IN_TASK)
        assert agent.get_status() == AgentStatus.IN_TASK
        db.update_agent(agent.db_id, AgentStatus.RETURNED)
        assert agent.get_status() == AgentStatus.RETURNED
        assert agent.has_live_update.is_set()
        db.update_agent(agent.db_id, AgentStatus.IN_TASK)
        assert agent.get_status() == AgentStatus.RETURNED, "a complete status is not read again"

    def test_page_hears_a_status_after_it_is_stored(self, db: CrowdDatabase, agent: Agent) -> None:
        with pytest.raises(AssertionError):
            agent.get_live_run()
        heard = _Heard()
        live = LiveTaskRun(db, agent.get_task_run(), heard)
        live.worker_pool.register(agent)
        assert agent.get_live_run() is live
        with db.write():
            agent.update_status(AgentStatus.IN_TASK)
            assert heard.statuses == []
        assert heard.statuses == [(agent.db_id, AgentStatus.IN_TASK)]

    # ------------------------------------------------------------------------------------- live talk

    def test_observed_update_is_kept_and_pushed(self, db: CrowdDatabase, agent: Agent) -> None:
        heard = _Heard()
        LiveTaskRun(db, agent.get_task_run(), heard).worker_pool.register(agent)
        update: dict[str, Any] = {"text": "hello"}
        agent.observe(update)
        agent.observe({"text": "again", "update_id": "mine"})
        assert update["update_id"]
        assert [sent for _, sent in heard.updates] == [update, {"text": "again", "update_id": "mine"}]
        assert Agent.get(db, agent.db_id).state.get_data()["updates"] == [
            update,
            {"text": "again", "update_id": "mine"},
        ]

    def test_live_update_is_taken_in_order_and_recorded(self, agent: Agent) -> None:
        assert agent.get_live_update() is None
        assert agent.get_live_update(0) is None
        for number in (1, 2):
            agent.pending_actions.put({"number": number})
        agent.has_live_update.set()
        assert agent.get_live_update() == {"number": 1}
        assert agent.get_live_update(_LONG) == {"number": 2}
        assert not agent.has_live_update.is_set()
        assert agent.state.get_data()["updates"] == [{"number": 1}, {"number": 2}]

    def test_live_update_wakes_a_waiting_call(self, agent: Agent) -> None:
        with _waiting(lambda: agent.get_live_update(_LONG)) as call:
            agent.pending_actions.put({"number": 1})
            agent.has_live_update.set()
        assert call.result == {"number": 1}

    @pytest.mark.parametrize(
        ("status", "error"),
        [
            (AgentStatus.DISCONNECT, AgentDisconnectedError),
            (AgentStatus.RETURNED, AgentReturnedError),
            (AgentStatus.TIMEOUT, AgentTimeoutError),
        ],
    )
    def test_waiting_call_ends_when_the_worker_leaves(
        self, agent: Agent, status: str, error: type[Exception]
    ) -> None:
        with _waiting(lambda: agent.get_live_update(_LONG)) as call:
            agent.update_status(status)
        assert type(call.result) is error
        assert agent.await_submit(_LONG) is False

    def test_waiting_call_ends_at_shutdown(self, agent: Agent) -> None:
        with (
            _waiting(lambda: agent.get_live_update(_LONG)) as update,
            _waiting(lambda: agent.await_submit(_LONG)) as submit,
        ):
            agent.shutdown()
        assert agent.is_shutdown
        assert type(update.result) is type(submit.result) is AgentShutdownError

    def test_waiting_in_vain_is_a_timeout(self, db: CrowdDatabase, agent: Agent) -> None:
        with pytest.raises(AgentTimeoutError) as caught:
            agent.get_live_update(0.01)
        assert (caught.value.agent_id, caught.value.timeout) == (agent.db_id, 0.01)
        assert Agent.get(db, agent.db_id).db_status == AgentStatus.TIMEOUT

    # ----------------------------------------------------------------------------------- submissions

    def test_submission_is_recorded_before_the_waiting_call_is_freed(
        self, db: CrowdDatabase, agent: Agent, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert agent.await_submit() is False
        assert agent.await_submit(0) is False
        early: list[bool] = []
        keep = agent.state.update_submit

        def look(data: dict[str, Any]) -> None:
            early.append(agent.did_submit.is_set())
            keep(data)

        monkeypatch.setattr(agent.state, "update_submit", look)
        with _waiting(lambda: agent.await_submit(_LONG)) as call:
            agent.handle_submit({"answer": "yes"})
        assert call.result is True
        assert early == [False]
        assert agent.did_submit.is_set()
        assert Agent.get(db, agent.db_id).state.get_parsed_data() == {"answer": "yes"}

    def test_agent_may_be_marked_done(self, agent: Agent) -> None:
        agent.handle_submit({"answer": "yes"})
        agent.mark_done()

    # --------------------------------------------------------------------------------------- judging

    def test_work_is_approved(self, db: CrowdDatabase, answered: Agent) -> None:
        answered.approve_work()
        _as_the_lane_does(answered, AgentStatus.APPROVED)
        unit = Unit.get(db, answered.unit_id)
        assert unit.get_status() == AssignmentState.ACCEPTED
        assert unit.get_assigned_agent() is not None

    def test_work_is_soft_rejected(self, db: CrowdDatabase, answered: Agent) -> None:
        answered.soft_reject_work()
        assert Agent.get(db, answered.db_id).db_status == AgentStatus.SOFT_REJECTED
        assert Unit.get(db, answered.unit_id).get_status() == AssignmentState.SOFT_REJECTED

    def test_work_is_rejected_with_a_reason(self, db: CrowdDatabase, answered: Agent) -> None:
        answered.reject_work(self.rejection)
        _as_the_lane_does(answered, AgentStatus.REJECTED)
        assert Unit.get(db, answered.unit_id).get_status() == AssignmentState.REJECTED

    def test_approved_work_counts_as_spent(
        self, requester: Requester, units: list[Unit], answered: Agent
    ) -> None:
        units[1].set_db_status(AssignmentState.EXPIRED)
        answered.approve_work()
        _as_the_lane_does(answered, AgentStatus.APPROVED)
        assert requester.get_total_spend() == answered.get_unit().get_pay_amount()


def _as_the_lane_does(agent: Agent, status: str) -> None:
    """The lane writes the local status by the kind of the action; it does no harm if the verb did too."""
    agent.update_status(status)


class _waiting:  # noqa: N801 - used as a function
    """Runs a call in a thread that has ended when the block does; `result` is what it gave or raised.

    Whether the block is faster than the thread does not matter: a wake-up that came first is not lost.
    """

    def __init__(self, call: Callable[[], object]) -> None:
        self.result: object = None
        self._call = call
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        try:
            self.result = self._call()
        except Exception as error:  # the test looks at it
            self.result = error

    def __enter__(self) -> _waiting:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join(_LONG / 2)
        assert not self._thread.is_alive(), "a waiting call was not freed"
