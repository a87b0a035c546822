"""What single screens ask: numbers and plots of a run, a unit's and a worker's whole story, home."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from crowddesk.domain import NotFound, now
from crowddesk.store import changes
from crowddesk.store import tables as t
from crowddesk.store.database import Database
from crowddesk.store.queries import (
    RUNS,
    WORKERS,
    money_totals,
    needs,
    run_facts,
    run_series,
    screens,
    unit_detail,
    worker_detail,
)
from tests.store.conftest import START


@pytest.fixture
def answered(any_world: Any) -> Any:
    """A run with 12 units, 10 answers over three hours, two accepted, one rejected."""
    requester = any_world.requester()
    run = any_world.run(requester, budget_minor=150)
    units = any_world.units(run, requester, items=12)
    (worker,) = any_world.workers("A1")
    for k, unit in enumerate(units[:10]):
        any_world.answer(unit, worker, minutes=k * 20, seconds=36.0 if k < 9 else None)
    with any_world.db.write() as w:
        moves = {units[0]: "accepted", units[1]: "accepted", units[2]: "rejected"}
        changes.set_unit_statuses(w, {unit: ("completed", new) for unit, new in moves.items()})
    return any_world


def test_the_facts_of_a_run(answered: Any) -> None:
    with answered.db.read() as conn:
        facts = run_facts(conn, 1)
    assert facts.by_kind == {"standard": {"launched": 2, "completed": 7, "accepted": 2, "rejected": 1}}
    assert facts.agents == {"completed": 10}
    assert facts.fees_minor == 11 * 2
    assert facts.median_seconds == 36.0
    assert facts.hourly_wage_minor == 1000  # 10 in 36 s
    assert (facts.run.total_spend_minor, facts.run.accepted_minor) == (11 * 12, 24)


def test_play_money_is_never_added_to_real_money(answered: Any) -> None:
    with answered.db.write() as w:
        (live,) = w.insert(
            t.Requester,
            [
                {
                    "provider_type": "other", "requester_name": "lab", "currency": "USD", "sandbox": False,
                    "registered": True, "settings": "{}", "epoch": 0, "created_at": START,
                }
            ],
        )  # fmt: skip
    run = answered.run(live, provider_type="other", sandbox=False)
    units = answered.units(run, live, items=3)
    with answered.db.write() as w:
        changes.set_unit_statuses(w, {units[0]: ("launched", "accepted")})
    with answered.db.read() as conn:
        real, play = money_totals(conn)
    assert (real.sandbox, real.currency, real.paid, real.reserved) == (False, "USD", 12, 24)
    assert (play.sandbox, play.currency, play.paid, play.reserved) == (True, "USD", 24, 9 * 12)


@pytest.mark.parametrize("sandbox", [True, False])
def test_a_worker_is_of_a_live_vendor_or_of_none(answered: Any, sandbox: bool) -> None:
    with answered.db.write() as w:
        w.update(t.Requester, [1], sandbox=sandbox)
    with answered.db.read() as conn:
        (row,) = WORKERS.rows(conn, [1])
    assert row.sandbox is sandbox


def test_the_plots_of_a_run(answered: Any) -> None:
    with answered.db.read() as conn:
        series = run_series(conn, 1, points=10)
    assert series.exact
    assert series.at[0] == START
    assert series.at[-1] == START + timedelta(minutes=180)
    assert series.by_status["accepted"] == [1, 2, 2, 2, 2, 2, 2, 2, 2, 2]
    assert series.by_status["completed"] == [0, 0, 0, 1, 2, 3, 4, 5, 6, 7]
    assert series.spend_minor[-1] == 9 * 12
    assert series.answers_an_hour == [(START + timedelta(hours=h), n) for h, n in enumerate((3, 3, 3, 1))]


def test_one_answer_and_none(any_world: Any) -> None:
    run = any_world.run(any_world.requester())
    (unit,) = any_world.units(run, 1)
    with any_world.db.read() as conn:
        assert run_series(conn, run).at == []
        assert run_facts(conn, run).median_seconds is None
    any_world.answer(unit, any_world.workers("A1")[0])
    with any_world.db.read() as conn:
        series = run_series(conn, run)
    assert (len(series.at), series.by_status) == (1, {"completed": [1]})


def test_a_large_run_is_sampled_and_comes_close(any_world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    run = any_world.run(any_world.requester())
    units = any_world.units(run, 1, items=2_000)
    with any_world.db.write() as w:
        columns = {u: {"submitted_at": START + timedelta(minutes=u), "seconds": float(u % 90)} for u in units}
        changes.set_unit_statuses(w, dict.fromkeys(units, ("launched", "completed")), columns)
    with any_world.db.read() as conn:
        exact, facts = run_series(conn, run), run_facts(conn, run)
    monkeypatch.setattr(screens, "EXACT", 100)
    monkeypatch.setattr(screens, "_SAMPLE", 400)
    with any_world.db.read() as conn:
        near, near_facts = run_series(conn, run), run_facts(conn, run)
    assert exact.exact
    assert not near.exact
    assert near.by_status["completed"][-1] == exact.by_status["completed"][-1] == 2_000
    assert near.spend_minor[-1] == exact.spend_minor[-1] == 24_000
    assert near_facts.median_seconds == pytest.approx(facts.median_seconds, abs=5)
    assert sum(n for _, n in near.answers_an_hour) == pytest.approx(2_000, rel=0.02)


def test_a_run_whose_ids_lie_far_apart_is_read_whole(any_world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "EXACT", 3)
    monkeypatch.setattr(screens, "_SAMPLE", 40)
    requester = any_world.requester()
    run, other = any_world.run(requester), any_world.run(requester)
    units = any_world.units(run, 1, items=2)
    any_world.units(other, 1, items=500)
    units += any_world.units(run, 1, items=2)
    (worker,) = any_world.workers("A1")
    for unit in units:
        any_world.answer(unit, worker)
    with any_world.db.read() as conn:
        series = run_series(conn, run)
    assert (series.exact, series.by_status) == (True, {"completed": [4]})


def test_everything_about_a_unit(any_world: Any) -> None:
    requester = any_world.requester()
    run = any_world.run(requester)
    (unit,) = any_world.units(run, requester)
    one, two = any_world.workers("A1", "A2")
    gone = any_world.assign(unit, one)
    with any_world.db.write() as w:
        changes.set_agent_statuses(w, {gone: ("in task", "timeout")})
        changes.set_unit_statuses(
            w, {unit: ("assigned", "launched")}, {unit: {"agent_id": None, "worker_id": None}}
        )
    any_world.answer(unit, two)
    late = {"agent_id": gone, "unit_id": unit, "task_run_id": run, "raw": "raw", "answer": "{}"}
    with any_world.db.write() as w:
        w.insert(t.Submission, [{**late, "late": True, "received_at": START}])
    any_world.action(requester, "approve", unit_id=unit, task_run_id=run, worker_id=two)
    with any_world.db.read() as conn:
        detail = unit_detail(conn, unit)
    assert detail.row.worker_name == "A2"
    assert [(s.worker_name, s.late) for s in detail.submissions] == [("A2", False), ("A1", True)]
    assert [(a.worker_name, a.status) for a in detail.agents] == [("A1", "timeout"), ("A2", "completed")]
    assert [a.kind for a in detail.actions] == ["approve"]
    assert [(e.entity, e.old, e.new.split()[0]) for e in detail.events] == [
        ("agent", None, "in"),
        ("unit", "launched", "assigned"),
        ("agent", "in task", "timeout"),
        ("unit", "assigned", "launched"),
        ("agent", None, "completed"),
        ("unit", "launched", "completed"),
        ("vendor_action", None, "staged"),
    ]
    assert {e.who for e in detail.events} == {"tester"}


def test_everything_about_a_worker(answered: Any) -> None:
    with answered.db.write() as w:
        w.insert(t.Block, [{"worker_id": 1, "requester_id": 1, "reason": "Spam", "created_at": START}])
    answered.action(1, "block", state="done", worker_id=1)
    with answered.db.read() as conn:
        detail = worker_detail(conn, 1)
    assert detail.row.worker_name == "A1"
    assert detail.by_status == {"completed": 7, "accepted": 2, "rejected": 1}
    assert detail.by_run == [(1, "Run", {"completed": 7, "accepted": 2, "rejected": 1})]
    assert detail.median_seconds == 36.0
    assert [(b.requester_name, b.reason) for b in detail.blocks] == [("practice", "Spam")]
    assert [a.kind for a in detail.actions] == ["block"]


def test_what_is_not_there_is_said(any_db: Database) -> None:
    with any_db.read() as conn:
        for ask, name in (
            (run_facts, "run"),
            (run_series, "run"),
            (unit_detail, "unit"),
            (worker_detail, "worker"),
        ):
            with pytest.raises(NotFound, match=f"There is no {name} 7."):
                ask(conn, 7)


def not_out(world: Any, *units: int) -> None:
    """Has units wait for their launch."""
    with world.db.write() as w:
        w.update(t.Unit, units, status="created")


def test_home_says_what_needs_a_person(answered: Any) -> None:
    requester = 1
    answered.run(requester, "Being launched", state="launching")
    quiet = answered.run(requester, "Quiet", budget_minor=1_000_000)
    (stuck, fresh, refused) = answered.units(quiet, requester, items=3)
    answered.assign(stuck, 1, at=now() - timedelta(hours=3), run=quiet)
    answered.assign(fresh, 1, at=now(), run=quiet)
    answered.action(requester, "bonus", state="needs_you", worker_id=1)
    not_out(answered, refused)
    answered.action(requester, "launch", state="refused", unit_id=refused, task_run_id=quiet)
    with answered.db.read() as conn:
        found = needs(conn)
        assert needs(conn, budget_part=0.5).budgets == RUNS.rows(conn, [1])
    assert [a.kind for a in found.needs_you] == ["bonus"]
    assert found.needs_you_count == 1
    assert found.waiting == 3
    assert [u.id for u in found.stuck] == [stuck]
    assert [r.title for r in found.launching] == ["Being launched"]
    assert [(r.title, n) for r, n in found.refused_launches] == [("Quiet", 1)]
    assert [(r.id, r.units["completed"]) for r in found.review] == [(1, 7)]
    assert [r.id for r in found.budgets] == []  # 132 of 150 is 88 %


def test_a_launch_that_was_tried_again_is_no_longer_refused(answered: Any) -> None:
    run = answered.run(1, "Again")
    twice, never, done, _untried = units = answered.units(run, 1, items=4)
    not_out(answered, *units)
    for unit in (twice, twice, never, done):
        answered.action(1, "launch", state="refused", unit_id=unit, task_run_id=run)
    answered.action(1, "launch", state="done", unit_id=done, task_run_id=run)
    old = answered.run(1, "Over", state="closed")
    (left,) = answered.units(old, 1, items=1)
    not_out(answered, left)
    answered.action(1, "launch", state="refused", unit_id=left, task_run_id=old)

    with answered.db.read() as conn:
        found = needs(conn)
    assert [(r.title, n) for r, n in found.refused_launches] == [("Again", 2)]
    assert found.waiting == 1

    answered.action(1, "launch", state="queued", unit_id=twice, task_run_id=run)
    answered.action(1, "launch", state="queued", unit_id=never, task_run_id=run)
    with answered.db.read() as conn:
        assert needs(conn).refused_launches == []
