"""Totals, counters and evidence stay in step with every change of a status, whatever the order."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crowddesk.domain import ActionState, AssignmentState
from crowddesk.store import changes, doctor
from crowddesk.store import tables as t
from crowddesk.store.database import Database
from crowddesk.store.queries import ACTIONS, RUNS, UNITS, WORKERS


def _totals(db: Database) -> dict[tuple[str, str], tuple[int, int, int]]:
    with db.read() as conn:
        rows = conn.execute(sa.text("SELECT unit_kind, status, units, pay_minor, fee_minor FROM run_total"))
        return {(r[0], r[1]): (int(r[2]), int(r[3]), int(r[4])) for r in rows if r[2]}


def test_totals_follow_units(any_world: Any) -> None:
    run = any_world.run(any_world.requester())
    units = any_world.units(run, 1, items=3) + any_world.units(run, 1, index=-2, pay=7, fee=1)
    assert _totals(any_world.db) == {("standard", "launched"): (3, 30, 6), ("gold", "launched"): (1, 7, 1)}
    with any_world.db.write() as w:
        changes.set_unit_statuses(w, {units[0]: ("launched", "expired"), units[3]: ("launched", "completed")})
    assert _totals(any_world.db) == {
        ("standard", "launched"): (2, 20, 4),
        ("standard", "expired"): (1, 10, 2),
        ("gold", "completed"): (1, 7, 1),
    }


def test_workers_are_counted_by_what_became_of_their_units(any_world: Any) -> None:
    run = any_world.run(any_world.requester())
    units = any_world.units(run, 1, items=4)
    one, two = any_world.workers("A1", "A2")
    for unit in units[:3]:
        any_world.answer(unit, one)
    any_world.assign(units[3], two)
    with any_world.db.write() as w:
        changes.set_unit_statuses(
            w, {units[0]: ("completed", "accepted"), units[1]: ("completed", "rejected")}
        )
        freed = {units[3]: {"agent_id": None, "worker_id": None}}
        changes.set_unit_statuses(w, {units[3]: ("assigned", "launched")}, freed)
    with any_world.db.read() as conn:
        first, second = WORKERS.rows(conn, [one, two])
    assert (first.units, first.completed, first.accepted, first.rejected) == (3, 1, 1, 1)
    assert (second.units, second.completed) == (0, 0)
    assert first.last_seen_at is not None


def test_a_decision_says_what_the_data_is_worth_unless_a_person_did(any_world: Any) -> None:
    run = any_world.run(any_world.requester())
    units = any_world.units(run, 1, items=4)
    with any_world.db.write() as w:
        w.update(t.Unit, units[3:], dataset_status="in", dataset_by_person=True)
        news = ("accepted", "soft_rejected", "rejected", "rejected")
        changes.set_unit_statuses(w, {u: ("launched", new) for u, new in zip(units, news, strict=True)})
    with any_world.db.read() as conn:
        assert [u.dataset_status for u in UNITS.rows(conn, units)] == ["in", "out", "out", "in"]


def test_an_open_decision_marks_its_unit_and_a_second_one_is_refused(any_world: Any) -> None:
    requester = any_world.requester()
    run = any_world.run(requester)
    (unit,) = any_world.units(run, requester)
    action = any_world.action(requester, "approve", unit_id=unit, task_run_id=run)
    with pytest.raises(sa.exc.IntegrityError):
        any_world.action(requester, "reject", unit_id=unit, task_run_id=run)
    with any_world.db.read() as conn:
        assert UNITS.rows(conn, [unit])[0].pending == "approve"
    with any_world.db.write() as w:
        assert changes.set_action_states(w, {action: (("staged",), "cancelled")}) == [action]
        assert changes.set_action_states(w, {action: (("staged",), "queued")}) == []
    with any_world.db.read() as conn:
        assert UNITS.rows(conn, [unit])[0].pending is None
    any_world.action(requester, "reject", unit_id=unit, task_run_id=run)


def test_a_lane_that_lost_its_lock_moves_nothing(any_world: Any) -> None:
    requester = any_world.requester()
    action = any_world.action(requester, "bonus", state="queued")
    with any_world.db.write() as w:
        w.update(t.Requester, [requester], epoch=4)
        assert changes.set_action_states(w, {action: (("queued",), "sending")}, epoch=3) == []
        assert changes.set_action_states(w, {action: (("queued",), "sending")}, epoch=4) == [action]
    with any_world.db.read() as conn:
        assert ACTIONS.rows(conn, [action])[0].state == "sending"


def test_a_run_moves_only_from_what_was_seen(any_world: Any) -> None:
    run = any_world.run(any_world.requester(), state="draft")
    with any_world.db.write() as w:
        assert not changes.set_run_state(w, run, ["live"], "closed")
        assert changes.set_run_state(w, run, ["draft", "live"], "launching", state_note="on its way")
        assert not changes.set_run_state(w, 999, ["draft"], "live")
    with any_world.db.read() as conn:
        row = RUNS.rows(conn, [run])[0]
    assert (row.state, row.state_note) == ("launching", "on its way")


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(AssignmentState.valid_unit()), st.integers(0, 2)),
        max_size=12,
    )
)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_the_doctor_finds_nothing(world: Any, moves: list[tuple[int, str, int]]) -> None:
    with world.db.read() as conn:
        ready = RUNS.count(conn)
    if not ready:
        requester = world.requester()
        world.units(world.run(requester), requester, items=6)
        world.workers("A1", "A2")
    with world.db.write() as w:
        for unit, status, worker in moves:
            now = w.conn.execute(sa.select(t.Unit.status).where(t.Unit.id == unit + 1)).scalar_one()  # type: ignore[arg-type]
            columns = {unit + 1: {"worker_id": worker or None}}
            changes.set_unit_statuses(w, {unit + 1: (now, status)}, columns)
    assert doctor.check(world.db) == []


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(ActionState.ALL)), max_size=10))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_to_actions_the_sums_are_right(world: Any, moves: list[tuple[int, str]]) -> None:
    with world.db.read() as conn:
        ready = ACTIONS.count(conn)
    if not ready:
        requester = world.requester()
        for _ in range(4):
            world.action(requester, "bonus")
    with world.db.write() as w:
        for action, state in moves:
            changes.set_action_states(w, {action + 1: (ActionState.ALL, state)})
    assert doctor.check(world.db) == []
