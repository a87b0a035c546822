"""Units when several threads, or several parts of the program, change one at once."""

from __future__ import annotations

import itertools
import random
import sqlite3

import pytest

from crowddesk.data_model.unit import Unit
from crowddesk.domain import UNIT_STATUS_OF_AGENT, AgentStatus, AssignmentState, Conflict
from crowddesk.store import ledger
from crowddesk.testing.case import in_threads
from tests.data_model.plain import Desk, PlainAgent


def events(desk: Desk, entity: str, db_id: str) -> list[tuple[str | None, str]]:
    """Every change of status of one row, as the journal has it."""
    connection = sqlite3.connect(f"file:{desk.db.path}?mode=ro", uri=True)
    try:
        query = "SELECT old, new FROM status_event WHERE entity = ? AND row_id = ? ORDER BY id"
        return connection.execute(query, (entity, int(db_id))).fetchall()
    finally:
        connection.close()


def test_six_threads_lose_no_update(desk: Desk) -> None:
    """Each change in the journal starts where the one before it ended, and the totals agree with the rows."""
    agent = desk.agent()
    statuses = [s for s in AgentStatus.ALL if s != AgentStatus.EXPIRED]

    def work(number: int) -> None:
        dice = random.Random(number)
        for _ in range(10):
            unit = Unit.get(desk.db, agent.unit_id)
            desk.db.update_agent(agent.db_id, dice.choice(statuses))
            unit.get_status() if number % 2 else unit.sync_status()

    assert in_threads(6, work) == [None] * 6
    unit = Unit.get(desk.db, agent.unit_id)
    final = unit.get_status()
    assert final == UNIT_STATUS_OF_AGENT[desk.db.get_agent(agent.db_id)["status"]]
    chain = events(desk, "unit", unit.db_id)
    assert len(chain) > 3
    assert all(before[1] == after[0] for before, after in itertools.pairwise(chain))
    assert chain[-1][1] == final
    with desk.db.read() as conn:
        totals = ledger.units_by_status(conn, int(unit.task_run_id))
    expected: dict[str, int] = {}
    for other in desk.db.find_units(task_run_id=unit.task_run_id):
        expected[other.db_status] = expected.get(other.db_status, 0) + 1
    assert totals == expected


def test_writes_of_a_status_by_many_threads_are_all_in_the_journal(desk: Desk) -> None:
    unit_id = desk.run().get_units()[0].db_id

    def work(number: int) -> int:
        moved = 0
        for turn in range(10):
            status = (AssignmentState.COMPLETED, AssignmentState.LAUNCHED)[(number + turn) % 2]
            unit = Unit.get(desk.db, unit_id)
            unit.set_db_status(status)
            moved += unit.db_status == status
        return moved

    assert in_threads(6, work) == [10] * 6
    chain = events(desk, "unit", unit_id)
    assert all(before[1] == after[0] for before, after in itertools.pairwise(chain))
    assert chain[-1][1] == Unit.get(desk.db, unit_id).db_status


def test_fifty_workers_want_one_unit(desk: Desk) -> None:
    run = desk.run()
    unit_id = run.get_units()[0].db_id
    workers = [desk.worker() for _ in range(50)]

    def work(number: int) -> object:
        return PlainAgent.new(desk.db, workers[number], Unit.get(desk.db, unit_id))

    results = in_threads(50, work)
    agents = [r for r in results if isinstance(r, PlainAgent)]
    assert len(agents) == 1
    assert sum(isinstance(r, Conflict) for r in results) == 49
    assert Unit.get(desk.db, unit_id).worker_id == agents[0].worker_id


def test_same_status_is_not_written(desk: Desk) -> None:
    unit = desk.run().get_units()[0]
    before = events(desk, "unit", unit.db_id)
    unit.set_db_status(AssignmentState.LAUNCHED)
    unit.get_status()
    assert events(desk, "unit", unit.db_id) == before


def test_status_that_changes_all_the_time_is_an_error(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    agent = desk.agent()
    unit = Unit.get(desk.db, agent.unit_id)
    desk.db.update_agent(agent.db_id, AgentStatus.COMPLETED)
    others = [AssignmentState.ASSIGNED, AssignmentState.LAUNCHED]
    read = unit.get_assigned_agent

    def busy() -> object:
        found = read()
        others.append(others.pop(0))
        desk.db.update_unit(unit.db_id, status=others[0])
        return found

    monkeypatch.setattr(unit, "get_assigned_agent", busy)
    with pytest.raises(Conflict, match=unit.db_id):
        unit.get_status()


def test_cleared_unit_forgets_its_reservation_in_one_transaction(desk: Desk) -> None:
    run = desk.run()
    unit = run.get_units()[0]
    assert run.reserve_unit(unit) is unit
    agent = PlainAgent.new(desk.db, desk.worker(), unit)
    assert desk.db.get_unit(unit.db_id)["reserved_at"] is not None
    heard: list[object] = []
    desk.db.on_commit(heard.append)
    Unit.get(desk.db, agent.unit_id).clear_assigned_agent()
    row = desk.db.get_unit(unit.db_id)
    assert (row["agent_id"], row["worker_id"], row["reserved_at"], row["status"]) == (
        None,
        None,
        None,
        "launched",
    )
    assert len(heard) == 1


def test_vendors_own_words_for_launch_are_needed(desk: Desk) -> None:
    """The seed's abstract verbs stay abstract."""
    unit = desk.run().get_units()[0]
    for call in (
        lambda: Unit.launch(unit, "x"),
        lambda: Unit.expire(unit),
        lambda: Unit.is_expired(unit),
        lambda: Unit.new(desk.db, unit.get_assignment(), 0, 1),
    ):
        with pytest.raises(NotImplementedError):
            call()


def test_agent_of_a_unit_is_read_again_unless_the_unit_is_final(desk: Desk) -> None:
    agent = desk.agent()
    unit = Unit.get(desk.db, agent.unit_id)
    desk.db.clear_unit_agent_assignment(unit.db_id)
    assert unit.get_assigned_agent() is None
    second = PlainAgent.new(desk.db, desk.worker(), Unit.get(desk.db, unit.db_id))
    assert unit.get_assigned_agent() == second
    unit.set_db_status(AssignmentState.ACCEPTED)
    desk.db.clear_unit_agent_assignment(unit.db_id)
    assert unit.get_assigned_agent() == second
    assert unit.get_db_status() == AssignmentState.ACCEPTED
