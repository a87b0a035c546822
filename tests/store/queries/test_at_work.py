"""Who is in a run: the open stays, newest first, found by an index."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from crowddesk.domain import AgentStatus
from crowddesk.store import changes
from crowddesk.store.queries.at_work import AT_WORK, at_work
from tests.store.conftest import START


@pytest.fixture
def busy(any_world: Any) -> Any:
    """A run with six units: four people in, one answer, one who left; and somebody in another run."""
    requester = any_world.requester()
    run, other = any_world.run(requester), any_world.run(requester, "Other")
    units = any_world.units(run, requester, items=6)
    people = any_world.workers(*"abcdef")
    agents = [any_world.assign(u, p, run=run) for u, p in zip(units[:5], people[:5], strict=True)]
    any_world.answer(units[5], people[5], run=run)
    any_world.assign(any_world.units(other, requester)[0], people[0], run=other)
    any_world.set_statuses = lambda moves: _move(any_world.db, moves)
    any_world.set_statuses({agents[0]: "returned", agents[1]: "onboarding"})
    any_world.agents, any_world.run_id, any_world.unit_ids = agents, run, units
    return any_world


def _move(db: Any, moves: dict[int, str]) -> None:
    with db.write() as w:
        changes.set_agent_statuses(w, {agent: (None, status) for agent, status in moves.items()})


def test_those_who_are_in_newest_first(busy: Any) -> None:
    with busy.db.read() as conn:
        found = at_work(conn, busy.run_id)
    assert found.total == 4
    assert [row.worker_name for row in found.rows] == ["e", "d", "c", "b"]
    assert [row.unit_id for row in found.rows] == busy.unit_ids[1:5][::-1]
    onboarding = found.rows[-1]
    assert (onboarding.status, onboarding.came_at) == ("onboarding", START)
    assert onboarding.since > START + timedelta(days=1)
    assert found.rows[0].since == START


def test_every_status_of_somebody_who_is_in_and_no_other(busy: Any) -> None:
    agent = busy.agents[2]
    for status in AgentStatus.ALL:
        busy.set_statuses({agent: status})
        with busy.db.read() as conn:
            ids = [row.id for row in at_work(conn, busy.run_id).rows]
        assert (agent in ids) == (status in AT_WORK), status


def test_the_count_is_whole_where_the_list_is_not(busy: Any) -> None:
    with busy.db.read() as conn:
        found = at_work(conn, busy.run_id, most=2)
        nobody = at_work(conn, 77, most=2)
    assert ([row.worker_name for row in found.rows], found.total) == (["e", "d"], 4)
    assert (nobody.rows, nobody.total) == ((), 0)


def test_what_is_done_costs_nothing(world: Any) -> None:
    with world.db.read() as conn:
        seen: list[str] = []

        def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            seen.append(conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()[0][3])

        sa.event.listen(conn, "before_cursor_execute", note, once=True)
        at_work(conn, 1)
    assert "USING INDEX ix_agent_status" in seen[0]
