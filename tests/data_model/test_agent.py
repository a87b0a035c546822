"""Agents: their status with their unit's, the calls that wait, submissions early, late and unreadable."""

from __future__ import annotations

import json
import sqlite3
import threading
from typing import Any

import pytest

from crowddesk.data_model import agent as agent_module
from crowddesk.data_model.agent import Agent
from crowddesk.data_model.unit import Unit
from crowddesk.domain import (
    AgentReturnedError,
    AgentShutdownError,
    AgentStatus,
    AgentTimeoutError,
    AssignmentState,
    BadInput,
    Conflict,
    NotFound,
)
from tests.data_model.plain import Desk, PlainAgent

LONG = 60.0


def submissions(desk: Desk, unit_id: str) -> list[dict[str, Any]]:
    connection = sqlite3.connect(f"file:{desk.db.path}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        found = connection.execute("SELECT * FROM submission WHERE unit_id = ? ORDER BY id", (int(unit_id),))
        return [dict(row) for row in found]
    finally:
        connection.close()


# --------------------------------------------------------------------------------------------- status


def test_unit_moves_in_the_transaction_of_its_agent(desk: Desk) -> None:
    agent = desk.agent()
    heard: list[Any] = []
    desk.db.on_commit(heard.append)
    agent.update_status(AgentStatus.COMPLETED)
    assert [sorted(set(change.tables) & {"agent", "unit"}) for change in heard] == [["agent", "unit"]]
    assert Unit.get(desk.db, agent.unit_id).db_status == AssignmentState.COMPLETED


def test_status_that_is_taken_back_with_its_transaction_was_never_there(desk: Desk) -> None:
    agent = desk.agent()
    told: list[str] = []
    agent.take_over_status = lambda *_: told.append(agent.db_status)  # type: ignore[method-assign]

    def half_way() -> None:
        with desk.db.write():
            agent.update_status(AgentStatus.RETURNED)
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        half_way()
    assert told == []
    assert desk.db.get_agent(agent.db_id)["status"] == AgentStatus.ACCEPTED
    assert not agent.has_live_update.is_set()


def test_agent_does_not_move_a_unit_that_is_somebody_elses_by_now(desk: Desk) -> None:
    agent = desk.agent()
    unit = Unit.get(desk.db, agent.unit_id)
    unit.clear_assigned_agent()
    second = PlainAgent.new(desk.db, desk.worker(), unit)
    agent.update_status(AgentStatus.COMPLETED)
    assert Unit.get(desk.db, unit.db_id).db_status == AssignmentState.ASSIGNED
    agent.update_status(AgentStatus.WAITING)
    agent.update_status(AgentStatus.RETURNED)
    assert Unit.get(desk.db, unit.db_id).agent_id == second.db_id


def test_waiting_agent_does_not_bring_an_expired_unit_back(desk: Desk) -> None:
    agent = desk.agent()
    agent.update_status(AgentStatus.WAITING)
    desk.db.update_unit(agent.unit_id, status=AssignmentState.EXPIRED)
    agent.update_status(AgentStatus.RETURNED)
    assert Unit.get(desk.db, agent.unit_id).db_status == AssignmentState.EXPIRED


def test_returned_unit_goes_to_the_next_worker(desk: Desk) -> None:
    run = desk.run(items=1)
    agent = desk.agent(run)
    agent.update_status(AgentStatus.WAITING)
    agent.update_status(AgentStatus.DISCONNECT)
    unit = run.get_valid_units_for_worker(desk.worker())[0]
    assert unit.db_id == agent.unit_id
    assert run.reserve_unit(unit) is unit
    assert run.get_valid_units_for_worker(agent.get_worker()) == []


def test_leaving_a_final_status_is_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    agent = desk.agent()
    agent.update_status(AgentStatus.RETURNED)
    with caplog.at_level("INFO", "crowddesk.data_model.entity"):
        agent.update_status(AgentStatus.IN_TASK)
    assert f"Agent {agent.db_id} leaves the final status returned for in task" in caplog.text


def test_agent_of_a_worker_who_is_not_there_leaves_the_unit_launched(desk: Desk) -> None:
    unit = desk.run().get_units()[0]
    worker = desk.worker()
    worker.db_id = "no id"
    with pytest.raises(NotFound, match="no id"):
        PlainAgent.new(desk.db, worker, unit)
    assert Unit.get(desk.db, unit.db_id).db_status == AssignmentState.LAUNCHED
    assert desk.db.find_agents() == []


def test_second_agent_is_a_conflict_that_says_why(desk: Desk) -> None:
    agent = desk.agent()
    with pytest.raises(Conflict, match=rf"Unit {agent.unit_id} is not available: it is assigned"):
        PlainAgent.new(desk.db, desk.worker(), Unit.get(desk.db, agent.unit_id))


def test_vendors_own_words_for_judging_are_needed(desk: Desk) -> None:
    agent = desk.agent()
    for call in (
        lambda: Agent.approve_work(agent),
        lambda: Agent.reject_work(agent, "x"),
        lambda: Agent.mark_done(agent),
        lambda: Agent.new(desk.db, agent.get_worker(), agent.get_unit()),
    ):
        with pytest.raises(NotImplementedError):
            call()


# -------------------------------------------------------------------------------------- waiting calls


def test_wake_up_between_the_look_and_the_clearing_is_not_lost(desk: Desk) -> None:
    """The event is cleared when nothing is there; what comes at that very moment must set it again."""
    agent = desk.agent()

    class Meddling(threading.Event):
        def clear(self) -> None:
            agent.is_shutdown = True
            self.set()
            super().clear()

    agent.has_live_update = Meddling()
    with pytest.raises(AgentShutdownError):
        agent.get_live_update(LONG)


def test_action_between_the_look_and_the_clearing_is_not_lost(desk: Desk) -> None:
    agent = desk.agent()

    class Meddling(threading.Event):
        def clear(self) -> None:
            if not agent.did_submit.is_set():
                agent.did_submit.set()
                agent.pending_actions.put({"n": 1})
                self.set()
            super().clear()

    agent.has_live_update = Meddling()
    assert agent.get_live_update(LONG) == {"n": 1}


def test_status_written_by_another_object_ends_a_wait_when_it_is_taken_over(desk: Desk) -> None:
    agent = desk.agent()
    caught: list[BaseException] = []

    def wait() -> None:
        try:
            agent.get_live_update(LONG)
        except AgentReturnedError as error:
            caught.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    Agent.get(desk.db, agent.db_id).update_status(AgentStatus.RETURNED)
    agent.take_over_status(AgentStatus.RETURNED)
    thread.join(LONG)
    assert not thread.is_alive()
    assert [error.agent_id for error in caught] == [agent.db_id]


def test_timeout_does_not_undo_a_complete_status(desk: Desk) -> None:
    agent = desk.agent()
    desk.db.update_agent(agent.db_id, AgentStatus.EXPIRED)
    with pytest.raises(AgentTimeoutError):
        agent.get_live_update(0.01)
    assert desk.db.get_agent(agent.db_id)["status"] == AgentStatus.EXPIRED


def test_event_without_an_action_does_not_end_a_wait(desk: Desk) -> None:
    agent = desk.agent()
    agent.has_live_update.set()
    with pytest.raises(AgentTimeoutError):
        agent.get_live_update(0.01)


def test_await_submit_of_a_submission_that_came_is_true_for_ever(desk: Desk) -> None:
    agent = desk.agent()
    agent.handle_submit({"answer": "yes"})
    agent.update_status(AgentStatus.RETURNED)
    agent.shutdown()
    assert agent.await_submit() is agent.await_submit(LONG) is True


def test_a_wait_for_somebody_who_left_ends_without_a_submission(desk: Desk) -> None:
    agent = desk.agent()
    agent.update_status(AgentStatus.DISCONNECT)
    assert agent.did_submit.is_set()
    assert agent.await_submit(LONG) is False
    agent.handle_submit({"answer": "after all"})
    assert agent.await_submit() is True


def test_act_is_the_old_name_and_warns_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agent_module, "_warned_act", False)
    agent = desk.agent()
    with pytest.warns(DeprecationWarning, match="get_live_update"):
        assert agent.act() is None
    agent.pending_actions.put({"n": 1})
    assert agent.act(LONG) == {"n": 1}


# ---------------------------------------------------------------------------------------- submissions


def test_submission_is_the_units_answer_with_its_time(desk: Desk) -> None:
    agent = desk.agent()
    agent.handle_submit({"answer": "no", "workerId": "w"})
    (row,) = submissions(desk, agent.unit_id)
    assert json.loads(row["raw"]) == {"answer": "no", "workerId": "w"}
    assert json.loads(row["answer"]) == {"answer": "no"}
    assert row["late"] == 0
    unit = desk.db.get_unit(agent.unit_id)
    assert unit["submission_id"] == str(row["id"])
    assert unit["submitted_at"] == desk.db.get_agent(agent.db_id)["submitted_at"]
    assert unit["seconds"] >= 0
    assert Agent.get(desk.db, agent.db_id).state.get_data()["outputs"] == {"answer": "no", "workerId": "w"}


@pytest.mark.parametrize("status", [AgentStatus.DISCONNECT, AgentStatus.TIMEOUT, AgentStatus.EXPIRED])
def test_late_submission_is_kept_and_marked(desk: Desk, status: str) -> None:
    agent = desk.agent()
    agent.update_status(status)
    agent.handle_submit({"answer": "yes"})
    (row,) = submissions(desk, agent.unit_id)
    assert row["late"] == 1
    assert desk.db.get_unit(agent.unit_id)["submission_id"] is None
    assert agent.db_status == status


def test_submission_for_a_unit_that_went_to_somebody_else_is_late(desk: Desk) -> None:
    agent = desk.agent()
    unit = Unit.get(desk.db, agent.unit_id)
    unit.clear_assigned_agent()
    second = PlainAgent.new(desk.db, desk.worker(), unit)
    second.handle_submit({"answer": "mine"})
    agent.handle_submit({"answer": "old"})
    rows = submissions(desk, unit.db_id)
    assert [(json.loads(r["answer"])["answer"], r["late"]) for r in rows] == [("mine", 0), ("old", 1)]
    assert desk.db.get_unit(unit.db_id)["submission_id"] == str(rows[0]["id"])


@pytest.mark.parametrize("sent", ["{broken", 7, ["a", "b"]])
def test_submission_that_nobody_can_read_is_kept_as_it_came(desk: Desk, sent: Any) -> None:
    agent = desk.agent()
    agent.handle_submit(sent)
    (row,) = submissions(desk, agent.unit_id)
    assert (json.loads(row["raw"]), json.loads(row["answer"])) == (sent, {})
    assert agent.await_submit()


def test_live_update_of_a_damaged_file_is_an_error_with_its_place(desk: Desk) -> None:
    agent = desk.agent()
    agent.observe({"text": "hello"})
    path = agent.state._path()
    path.write_text("{", encoding="utf-8")
    with pytest.raises(BadInput, match=path.name):
        _ = Agent.get(desk.db, agent.db_id).state
