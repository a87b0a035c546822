"""Pay for people who could not submit, and wages: who is below a target, and by how much exactly."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.domain import BadInput, Outcome, OverBudget
from crowddesk.operations import decisions, fair_pay, paying, progress
from crowddesk.operations.fair_pay import LONGEST, wages_of
from crowddesk.settings import read_targets
from crowddesk.store import changes, doctor, wire
from crowddesk.store import tables as t
from crowddesk.store.queries.wages import bonuses_by_worker

AT_ONCE = timedelta(0)


def left_by_some(bench: Any, *changes: str) -> int:
    """A run in which people leave without an answer; the run."""
    run = bench.launch(8, "provider.leaver=0.7", "provider.skilled=0.3", *changes)
    bench.work_until(lambda: len(paying.stranded_in(bench.db, run)) > 1)
    return run


def bonuses(bench: Any) -> list[tuple[str, int]]:
    rows = bench.vendor.payments("practice")
    return [(row.target, -row.amount) for row in rows if row.kind == "bonus"]


def test_who_could_not_submit_is_paid_once_and_a_unit_says_so(bench: Any) -> None:
    run = left_by_some(bench)
    one, other, *_ = paying.stranded_in(bench.db, run)
    assert not one.compensated
    made = paying.compensate(bench.db, run, [one.worker_id], 7, "Our page broke.", send_after=AT_ONCE)
    again = paying.compensate(bench.db, run, [one.worker_id], 7, "Our page broke.", send_after=AT_ONCE)
    assert len(made.action_ids) == 1
    assert again.action_ids == ()
    bench.work_until(lambda: progress.of_actions(bench.db, made.action_ids).states == {"done": 1})
    assert bonuses(bench) == [(one.worker_name, 7)]
    (unit,) = bench.units(run, "kind:compensation")
    assert (unit.status, unit.dataset_status, unit.worker_name) == ("accepted", "undecided", one.worker_name)
    assert (unit.pay_minor, unit.answer) == (0, None)
    bench.work_until(lambda: bench.db.get_task_run(str(run))["state"] == "live")
    found = {s.worker_id: s.compensated for s in paying.stranded_in(bench.db, run)}
    assert found[one.worker_id]
    assert not found[other.worker_id]
    assert doctor.check(bench.db) == []


def test_a_compensation_that_was_undone_leaves_nothing_and_may_be_asked_for_again(bench: Any) -> None:
    run = left_by_some(bench)
    who = paying.stranded_in(bench.db, run)[0].worker_id
    for _ in range(3):
        made = paying.compensate(bench.db, run, [who], 7, "Our page broke.")
        assert len(made.action_ids) == 1
        decisions.undo(bench.db, made.action_ids)
    assert bench.units(run, "kind:compensation") == []
    assert not paying.stranded_in(bench.db, run)[0].compensated
    made = paying.compensate(bench.db, run, [who], 7, "Our page broke.", send_after=AT_ONCE)
    bench.work_until(lambda: progress.of_actions(bench.db, made.action_ids).states == {"done": 1})
    assert len(bench.units(run, "kind:compensation")) == 1


def test_nobody_is_compensated_who_was_never_there(bench: Any) -> None:
    run = left_by_some(bench)
    with pytest.raises(BadInput, match="was never at a unit of run"):
        paying.compensate(bench.db, run, [10_000], 7, "Our page broke.")


def test_nobody_is_compensated_for_what_they_handed_in(bench: Any) -> None:
    run = bench.completed(4)
    who = bench.units(run)[0].worker_id
    with pytest.raises(BadInput, match="that they could not hand in: nothing is owed"):
        paying.compensate(bench.db, run, [who], 7, "Our page broke.")
    assert bench.states(run).get("staged", 0) == 0


def test_who_hands_in_while_the_fee_is_asked_for_is_not_compensated(
    bench: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = left_by_some(bench)
    first, second = (one.worker_id for one in paying.stranded_in(bench.db, run)[:2])
    with bench.db.read() as conn:
        agents = list(conn.execute(sa.select(t.Agent.id).where(t.Agent.worker_id == first)).scalars())
    asked = paying.fees_of

    def slow_fees_of(*args: Any) -> Any:
        with bench.db.write() as w:
            changes.set_agent_statuses(w, dict.fromkeys(agents, (None, "completed")))
        return asked(*args)

    monkeypatch.setattr(paying, "fees_of", slow_fees_of)
    made = paying.compensate(bench.db, run, [first, second], 7, "Our page broke.")
    assert len(made.action_ids) == 1
    assert [who for who, _ in made.skipped] == [first]


def test_a_compensation_that_was_tried_again_counts_and_is_no_wage(bench: Any) -> None:
    run = left_by_some(bench)
    who = paying.stranded_in(bench.db, run)[0]
    made = paying.compensate(bench.db, run, [who.worker_id], 7, "Our page broke.", send_after=AT_ONCE)
    with bench.db.write() as w:
        wire.settle(w, {made.action_ids[0]: Outcome.refused("No money.")}, seen=("queued",))
    assert not paying.stranded_in(bench.db, run)[0].compensated
    again = paying.compensate(bench.db, run, [who.worker_id], 7, "Our page broke.")
    assert [why for _, why in again.skipped] == [
        "the same action was recorded before and was refused: try that one again"
    ]
    assert len(decisions.retry(bench.db, made.action_ids).action_ids) == 1
    found = {one.worker_id: one.compensated for one in paying.stranded_in(bench.db, run)}
    assert found[who.worker_id]
    with bench.db.read() as conn:
        assert bonuses_by_worker(conn, run) == {}  # its time is in no wage either


def test_a_compensation_counts_against_the_cap(bench: Any) -> None:
    run = left_by_some(bench, "task.budget=1.00")
    who = paying.stranded_in(bench.db, run)[0].worker_id
    with pytest.raises(OverBudget):
        paying.compensate(bench.db, run, [who], 10, "Our page broke.")
    assert bench.states(run).get("staged", 0) == 0


def test_two_desks_that_top_up_at_once_pay_once(bench: Any) -> None:
    run = bench.completed(6)
    plans = [fair_pay.plan_top_ups(bench.db, run, 60_000, "") for _ in range(2)]
    assert plans[0].lines
    threads = [
        threading.Thread(target=fair_pay.queue_top_ups, args=(bench.db, plan), kwargs={"send_after": AT_ONCE})
        for plan in plans
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    bench.work_all()
    assert len(bonuses(bench)) == len(plans[0].lines)
    with bench.db.read() as conn:
        assert wages_of(conn, run, 60_000).below == ()


def test_who_got_a_bonus_meanwhile_gets_no_top_up_of_an_old_plan(bench: Any) -> None:
    run = bench.completed(6, "provider.people=2")
    plan = fair_pay.plan_top_ups(bench.db, run, 60_000, "")
    first, *others = plan.lines
    paying.pay_bonus(bench.db, 1, [first.worker_id], first.amount, "Thanks", sequence="s", run_id=run)
    made = fair_pay.queue_top_ups(bench.db, plan)
    assert len(made.action_ids) == len(others)
    assert [who for who, _ in made.skipped] == [first.worker_id]
    with bench.db.read() as conn:
        assert wages_of(conn, run, 60_000).below == ()


def test_who_gets_a_bonus_while_the_fee_is_asked_for_gets_no_top_up_beside_it(
    bench: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = bench.completed(3, "provider.people=1")
    plan = fair_pay.plan_top_ups(bench.db, run, 60_000, "")
    (line,) = plan.lines
    asked = paying.fees_of

    def slow_fees_of(db: Any, requester_id: int, amounts: Any) -> Any:
        monkeypatch.setattr(paying, "fees_of", asked)
        paying.pay_bonus(bench.db, 1, [line.worker_id], line.amount, "Thanks", sequence="s", run_id=run)
        return asked(db, requester_id, amounts)

    monkeypatch.setattr(paying, "fees_of", slow_fees_of)  # another window, while the vendor thinks
    made = fair_pay.queue_top_ups(bench.db, plan)
    assert made.action_ids == ()
    assert [who for who, _ in made.skipped] == [line.worker_id]
    assert bench.states(run)["staged"] == 1


def test_a_top_up_is_paid_though_the_sum_of_bonuses_was_the_same_before(bench: Any) -> None:
    run = bench.completed(3, "provider.people=1")
    with bench.db.read() as conn:
        (wage,) = wages_of(conn, run, None).people
    extra = paying.pay_bonus(bench.db, 1, [wage.worker_id], 10, "Thanks", sequence="s", run_id=run)
    low = (wage.pay + 10 + 10) * 3_600_000 // round(wage.seconds * 1_000)
    small = fair_pay.plan_top_ups(bench.db, run, low, "")
    assert small.amount == 10
    fair_pay.queue_top_ups(bench.db, small)
    decisions.undo(bench.db, extra.action_ids)
    made = fair_pay.queue_top_ups(bench.db, fair_pay.plan_top_ups(bench.db, run, 600_000, ""))
    assert len(made.action_ids) == 1
    with bench.db.read() as conn:
        assert wages_of(conn, run, 600_000).below == ()


def test_an_amount_that_no_ledger_holds_is_refused(bench: Any) -> None:
    run = bench.completed(2)
    who = bench.units(run)[0].worker_id
    with pytest.raises(BadInput, match="at once cannot be paid"):
        paying.pay_bonus(bench.db, 1, [who], 2**61, "Thanks", sequence="s", run_id=run)


def test_a_lunch_break_is_no_work(bench: Any) -> None:
    run = bench.completed(8)
    units = bench.units(run)
    with bench.db.write() as w:
        w.update(t.Unit, [u.id for u in units], seconds=60.0)
        w.update(t.Unit, [units[0].id], seconds=7_200.0)
        w.update(t.Unit, [units[1].id], seconds=None)
    with bench.db.read() as conn:
        found = wages_of(conn, run, 600)
    assert sum(wage.seconds for wage in found.people) == 6 * 60 + LONGEST * 60
    assert sum(wage.cut for wage in found.people) == 1
    assert sum(wage.untimed for wage in found.people) == 1


def test_a_run_without_answers_has_no_wages(bench: Any) -> None:
    run = bench.launch(2)
    with bench.db.read() as conn:
        found = wages_of(conn, run, 600)
    assert (found.people, found.median, found.below) == ((), None, ())


@given(
    units=st.lists(st.tuples(st.floats(0.001, 10_000), st.integers(0, 10_000)), min_size=1, max_size=6),
    bonus=st.integers(0, 10_000),
    target=st.integers(1, 100_000),
)
def test_what_is_missing_is_just_enough(units: list[tuple[float, int]], bonus: int, target: int) -> None:
    wage = fair_pay._wage(1, "W", units, (bonus, 1), float("inf"), target)
    earned = sum(pay for _, pay in units) + bonus
    worked_ms = round(1_000 * sum(seconds for seconds, _ in units))
    assert (earned + wage.missing) * 3_600_000 >= target * worked_ms
    if wage.missing:
        assert (earned + wage.missing - 1) * 3_600_000 < target * worked_ms


@pytest.mark.parametrize(
    ("text", "found"),
    [("", {}), ("GBP 12.00", {"GBP": 1_200}), (" usd 15 , JPY 1200,", {"USD": 1_500, "JPY": 1_200})],
)
def test_targets_by_currency(text: str, found: dict[str, int]) -> None:
    assert read_targets(text) == found


@pytest.mark.parametrize(
    "text", ["12.00", "GBP", "GBP lots", "GBP 0", "GBP -1", "GBP 12, gbp 13", "POUND 12"]
)
def test_a_target_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_targets(text)
