"""Decisions: recorded once, kept within rules and money, undone before they leave, retried one by one."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from crowddesk.domain import BadInput, Conflict, NotFound, OverBudget, PolicyRefused
from crowddesk.operations import decisions, paying, second_looks
from crowddesk.operations.policy import RejectionPolicy, caps_of
from crowddesk.settings import Rejections
from crowddesk.store.queries import RUNS, WORKERS

Bench = Any
WHY = "Every answer was the same one."


def send(bench: Bench) -> list[int]:
    sent: list[int] = decisions.send(bench.db)
    bench.work_all()
    return sent


def test_approved_units_are_paid_once_and_counted(bench: Bench) -> None:
    run = bench.completed(10)
    decided = decisions.decide(bench.db, "approve", bench.ids(run))
    assert len(decided.action_ids) == 10
    assert bench.vendor.calls("approve") == []  # nothing leaves before send
    assert bench.statuses(run) == {"completed": 10}
    send(bench)
    assert bench.statuses(run) == {"accepted": 10}
    assert {u.agent_status for u in bench.units(run)} == {"approved"}
    assert {u.dataset_status for u in bench.units(run)} == {"in"}
    paid = [p for p in bench.vendor.payments("practice") if p.kind == "approve"]
    assert [(p.amount, p.fee) for p in paid] == [(-10, -2)] * 10
    with bench.db.read() as conn:
        assert RUNS.rows(conn, [run])[0].total_spend_minor == 120


def test_the_preview_says_what_the_decision_then_does(bench: Bench) -> None:
    run = bench.completed(5)
    ids = bench.ids(run)
    decisions.decide(bench.db, "approve", ids[:2])
    seen = decisions.preview(bench.db, "soft_reject", [*ids, ids[4], 999])
    assert (seen.units, seen.money) == (3, (("USD", 30, 6),))
    assert seen.skipped == (
        (ids[0], "its approve is still open"),
        (ids[1], "its approve is still open"),
        (999, "there is no such unit"),
    )
    assert decisions.preview(bench.db, "reject", ids[2:]).money == (("USD", 0, 0),)
    done = decisions.decide(bench.db, "soft_reject", [*ids, 999], reason=WHY)
    assert (len(done.action_ids), done.skipped) == (3, seen.skipped)


def test_soft_rejected_units_are_paid_and_left_out(bench: Bench) -> None:
    run = bench.completed(4)
    decisions.decide(bench.db, "soft_reject", bench.ids(run), reason=WHY)
    send(bench)
    assert bench.statuses(run) == {"soft_rejected": 4}
    assert {(u.agent_status, u.dataset_status) for u in bench.units(run)} == {("soft_rejected", "out")}
    assert len(bench.vendor.calls("approve")) == 4
    # The vendor says "approved" of them; no poll takes the word back.
    bench.lane.sync()
    assert bench.statuses(run) == {"soft_rejected": 4}


def test_a_second_decision_on_the_same_unit_is_skipped_with_the_reason(bench: Bench) -> None:
    run = bench.completed(3)
    ids = bench.ids(run)
    decisions.decide(bench.db, "approve", ids)
    again = decisions.decide(bench.db, "reject", ids, reason=WHY)
    assert again.action_ids == ()
    assert {why for _, why in again.skipped} == {"its approve is still open"}
    send(bench)
    after = decisions.decide(bench.db, "approve", ids)
    assert {why for _, why in after.skipped} == {"it is accepted"}
    assert len(bench.vendor.calls("approve")) == 3


def test_two_desks_that_decide_at_the_same_moment_make_one_decision(bench: Bench) -> None:
    run = bench.completed(40)
    ids = bench.ids(run)
    start = threading.Barrier(2)
    found: list[decisions.Decided] = []

    def decide(kind: str) -> None:
        start.wait()
        found.append(decisions.decide(bench.db, kind, ids, reason=WHY))

    desks = [threading.Thread(target=decide, args=(kind,)) for kind in ("approve", "soft_reject")]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert sorted(len(d.action_ids) for d in found) == [0, 40]
    send(bench)
    assert len(bench.vendor.calls("approve")) == 40


def test_undo_takes_back_what_has_not_left_and_only_that(bench: Bench) -> None:
    run = bench.completed(4)
    ids = bench.ids(run)
    first = decisions.decide(bench.db, "approve", ids[:2]).action_ids
    later = decisions.decide(bench.db, "approve", ids[2:], send_after=timedelta(hours=1)).action_ids
    assert decisions.undo(bench.db, [*first, *later, 12345]) == [*first, *later]
    assert {u.pending for u in bench.units(run)} == {None}
    decided = decisions.decide(bench.db, "soft_reject", ids, reason=WHY)  # free for another decision
    send(bench)
    assert decisions.undo(bench.db, decided.action_ids) == []
    assert bench.statuses(run) == {"soft_rejected": 4}


def test_what_is_to_leave_later_stays_until_then(bench: Bench) -> None:
    run = bench.completed(2)
    decisions.decide(bench.db, "approve", bench.ids(run), send_after=timedelta(hours=1))
    for _ in range(5):
        bench.lane.step()
    assert bench.vendor.calls("approve") == []


def test_ten_units_the_fourth_refused_and_a_retry_does_exactly_one(bench: Bench) -> None:
    run = bench.completed(10)
    ids = bench.ids(run)
    bench.vendor.inject("refuse", "approve", nth=4, reason="Not today.")
    decisions.decide(bench.db, "approve", ids)
    send(bench)
    assert bench.statuses(run) == {"accepted": 9, "completed": 1}
    assert bench.states() == {"done": 9 + 12, "refused": 1}  # set up, ten launches, clean up
    (left,) = bench.units(run, "status:completed")
    assert (left.id, left.pending, left.agent_status) == (ids[3], None, "completed")
    again = decisions.decide(bench.db, "approve", ids)
    assert len(again.action_ids) == 1
    send(bench)
    assert bench.statuses(run) == {"accepted": 10}
    paid = [p.target for p in bench.vendor.payments("practice") if p.kind == "approve"]
    assert sorted(paid) == sorted(map(str, ids))


def reject(bench: Bench, ids: list[int], reason: str = WHY) -> decisions.Decided:
    """Rejects, and somebody agrees to what is somebody's first."""
    decided = decisions.decide(bench.db, "reject", ids, reason=reason)
    second_looks.agree(bench.db, decided.waiting, "Looked at it again.")
    return decided


def test_a_refused_decision_is_retried_with_its_own_words(bench: Bench) -> None:
    run = bench.completed(2)
    bench.vendor.inject("refuse", "reject", nth=1)
    reject(bench, bench.ids(run))
    sent = send(bench)
    done = decisions.retry(bench.db, sent)
    assert len(done.action_ids) == 1
    assert [why for _, why in done.skipped] == ["it is done, not refused"]
    send(bench)
    assert [c.reason for c in bench.vendor.calls("reject") if c.done] == [WHY, WHY]


@pytest.mark.parametrize("fault", ["drop_before", "drop_midway", "drop_after"])
def test_a_lost_answer_is_looked_up_and_everybody_is_paid_once(bench: Bench, fault: str) -> None:
    run = bench.completed(6)
    bench.vendor.inject(fault, "approve")
    decisions.decide(bench.db, "approve", bench.ids(run))
    send(bench)
    assert bench.statuses(run) == {"accepted": 6}
    paid = [p.target for p in bench.vendor.payments("practice") if p.kind == "approve"]
    assert len(paid) == len(set(paid)) == 6


def test_money_that_runs_out_refuses_the_rest_and_says_so(bench: Bench) -> None:
    run = bench.completed(5)
    bench.vendor.set_balance("practice", 12 * 3 + 11)
    decisions.decide(bench.db, "approve", bench.ids(run))
    sent = send(bench)
    assert bench.statuses(run) == {"accepted": 3, "completed": 2}
    assert bench.vendor.balance("practice") == (11, "USD")
    bench.vendor.set_balance("practice", 100)
    assert len(decisions.retry(bench.db, sent).action_ids) == 2
    send(bench)
    assert bench.statuses(run) == {"accepted": 5}


# ------------------------------------------------------------------------------------------ rejections


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "A rejection needs a reason: it reaches the worker word for word."),
        ("  \n ", "A rejection needs a reason: it reaches the worker word for word."),
        ("bad", "The reason has 3 characters; this vendor asks for at least 10."),
    ],
)
def test_a_rejection_needs_a_reason_that_the_vendor_takes(bench: Bench, reason: str, sentence: str) -> None:
    run = bench.completed(1)
    with pytest.raises(PolicyRefused) as refused:
        decisions.decide(bench.db, "reject", bench.ids(run), reason=reason)
    assert str(refused.value) == sentence
    assert bench.units(run)[0].pending is None


def test_the_reason_reaches_the_worker_word_for_word(bench: Bench) -> None:
    run = bench.completed(1)
    reason = 'Sätze „unbeantwortet“ – please read; <b>"both"</b>.'
    reject(bench, bench.ids(run), reason)
    send(bench)
    assert [c.reason for c in bench.vendor.calls("reject")] == [reason]
    assert bench.statuses(run) == {"rejected": 1}
    assert bench.units(run)[0].dataset_status == "out"


def test_caps_hold_per_batch_worker_and_day_and_refuse_as_a_whole(bench: Bench) -> None:
    run = bench.completed(6, "provider.people=1")
    ids = bench.ids(run)

    def try_to_reject(some: list[int], **caps: int) -> decisions.Decided:
        policy = RejectionPolicy(**{**dict.fromkeys(("most_per_worker_a_day", "most_a_day")), **caps})
        return decisions.decide(bench.db, "reject", some, reason=WHY, caps=policy)

    with pytest.raises(PolicyRefused, match="6 rejections at once are more than the cap of 5"):
        try_to_reject(ids, most_per_batch=5)
    try_to_reject(ids[:2], most_per_batch=5)
    with pytest.raises(
        PolicyRefused, match="With 2 rejections in the last 24 hours, 3 more go over the cap of 4"
    ):
        try_to_reject(ids[2:5], most_a_day=4)
    with pytest.raises(PolicyRefused, match="would have 5 rejections in 24 hours; the cap is 4"):
        try_to_reject(ids[2:5], most_per_worker_a_day=4)
    assert len([u for u in bench.units(run) if u.pending]) == 2
    assert len(try_to_reject(ids[2:4], most_per_worker_a_day=4, most_a_day=4).action_ids) == 2


def test_a_cap_of_nothing_in_the_settings_is_no_cap() -> None:
    caps = caps_of(Rejections(most_per_batch=0, most_per_worker_a_day=0, most_a_day=7))
    assert (caps.most_per_batch, caps.most_per_worker_a_day, caps.most_a_day) == (None, None, 7)


def test_a_rejection_is_taken_back_and_paid_within_the_cap(bench: Bench) -> None:
    run = bench.completed(2, "task.budget=0.24")
    ids = bench.ids(run)
    reject(bench, ids)
    send(bench)
    (worker,) = {u.worker_id for u in bench.units(run, f"unit:{ids[0]}")}
    paying.pay_bonus(bench.db, 1, [worker], 10, "For the trouble.", sequence="a", run_id=run)
    with pytest.raises(OverBudget, match=r"USD 0\.12 more than the budget"):
        decisions.decide(bench.db, "unreject", ids)
    assert len(decisions.decide(bench.db, "unreject", ids[:1]).action_ids) == 1
    send(bench)
    assert bench.statuses(run) == {"accepted": 1, "rejected": 1}


# --------------------------------------------------------------------------------------------- bonuses


def worker_of(bench: Bench, run: int) -> int:
    worker = bench.units(run)[0].worker_id
    assert worker is not None
    return int(worker)


def test_a_second_click_is_the_same_bonus(bench: Bench) -> None:
    run = bench.completed(1)
    worker, sequence = worker_of(bench, run), decisions.new_sequence()
    first = paying.pay_bonus(bench.db, 1, [worker, worker], 50, "Thank you.", sequence=sequence, run_id=run)
    second = paying.pay_bonus(bench.db, 1, [worker], 50, "Thank you.", sequence=sequence, run_id=run)
    assert (len(first.action_ids), len(second.action_ids)) == (1, 0)
    assert [why for _, why in second.skipped] == ["the same action was recorded before"]
    other = paying.pay_bonus(
        bench.db, 1, [worker], 50, "Again.", sequence=decisions.new_sequence(), run_id=run
    )
    assert len(other.action_ids) == 1
    send(bench)
    paid = [p for p in bench.vendor.payments("practice") if p.kind == "bonus"]
    assert [(p.amount, p.fee) for p in paid] == [(-50, -10)] * 2
    with bench.db.read() as conn:
        assert WORKERS.rows(conn, [worker])[0].bonuses == (("USD", 100),)
        assert RUNS.rows(conn, [run])[0].bonus_minor == 120


def test_a_bonus_over_the_cap_is_refused_before_anything_is_recorded(bench: Bench) -> None:
    run = bench.completed(1, "task.budget=1.00")  # 0.88 are left
    worker = worker_of(bench, run)
    with pytest.raises(OverBudget, match=r"USD 0\.01 more than the budget of run 1 has left"):
        paying.pay_bonus(bench.db, 1, [worker], 74, "Thank you.", sequence="a", run_id=run)
    paying.pay_bonus(bench.db, 1, [worker], 73, "Thank you.", sequence="b", run_id=run)
    with pytest.raises(OverBudget):
        paying.pay_bonus(bench.db, 1, [worker], 1, "Thank you.", sequence="c", run_id=run)
    assert bench.states()["staged"] == 1


@pytest.mark.parametrize(("amount", "reason"), [(0, "Thank you."), (-5, "Thank you."), (5, " ")])
def test_a_bonus_of_nothing_or_for_nothing_is_refused(bench: Bench, amount: int, reason: str) -> None:
    with pytest.raises(BadInput):
        paying.pay_bonus(bench.db, 1, [1], amount, reason, sequence="a")


def test_a_refused_bonus_gives_its_reservation_back(bench: Bench) -> None:
    run = bench.completed(1, "task.budget=1.00")
    worker = worker_of(bench, run)
    bench.vendor.inject("refuse", "bonus")
    paying.pay_bonus(bench.db, 1, [worker], 73, "Thank you.", sequence="a", run_id=run)
    send(bench)
    paying.pay_bonus(bench.db, 1, [worker], 73, "Thank you.", sequence="b", run_id=run)
    send(bench)
    assert [p.amount for p in bench.vendor.payments("practice") if p.kind == "bonus"] == [-73]


# --------------------------------------------------------------------------------------------- workers


def test_block_grant_and_their_ways_back_are_actions_too(bench: Bench) -> None:
    run = bench.completed(1)
    worker = worker_of(bench, run)
    name = bench.units(run)[0].worker_name
    bench.db.new_qualification("careful")
    decisions.treat_workers(bench.db, "block", 1, [worker], reason="Asked us to.")
    decisions.treat_workers(bench.db, "grant", 1, [worker], qualification_name="careful", value=3)
    send(bench)
    assert bench.vendor.is_blocked("practice", name)
    assert bench.vendor.granted_value("practice", name, "careful") == 3
    with bench.db.read() as conn:
        row = WORKERS.rows(conn, [worker])[0]
    assert (row.blocked, row.qualifications) == (True, (("careful", 3),))
    decisions.treat_workers(bench.db, "unblock", 1, [worker], reason="Asked us to.")
    decisions.treat_workers(bench.db, "revoke", 1, [worker], qualification_name="careful")
    send(bench)
    assert not bench.vendor.is_blocked("practice", name)
    assert bench.vendor.granted_value("practice", name, "careful") is None


def test_an_unknown_qualification_and_a_block_without_reason_are_refused(bench: Bench) -> None:
    with pytest.raises(NotFound, match="There is no qualification 'careful'"):
        decisions.treat_workers(bench.db, "grant", 1, [1], qualification_name="careful")
    with pytest.raises(BadInput, match="To block somebody needs a reason"):
        decisions.treat_workers(bench.db, "block", 1, [1])


# ------------------------------------------------------------------------------------- a person's word


def in_doubt(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """A bonus whose answer was lost at a vendor that cannot look it up; the run and the action."""
    run = bench.completed(1, "task.budget=1.00")
    provider = type(bench.lane._vendor)
    monkeypatch.setattr(provider, "look_up", lambda self, actions: ["cannot tell"] * len(actions))
    bench.vendor.inject("drop_after", "bonus")
    paying.pay_bonus(bench.db, 1, [worker_of(bench, run)], 73, "Thank you.", sequence="a", run_id=run)
    (action,) = send(bench)
    assert bench.states()["needs_you"] == 1
    return run, action


def test_money_in_doubt_waits_for_a_person_and_stays_reserved(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, action = in_doubt(bench, monkeypatch)
    for _ in range(5):
        bench.lane.step()
    assert len(bench.vendor.calls("bonus")) == 1  # it is not sent again by itself
    with pytest.raises(OverBudget):
        paying.pay_bonus(bench.db, 1, [1], 1, "Thank you.", sequence="b", run_id=run)
    assert decisions.undo(bench.db, [action]) == []
    decisions.resolve(bench.db, action, happened=True)
    with bench.db.read() as conn:
        assert RUNS.rows(conn, [run])[0].bonus_minor == 88
    with pytest.raises(Conflict, match=f"Action {action} does not wait for a decision"):
        decisions.resolve(bench.db, action, happened=False)


def test_money_that_a_person_says_never_moved_may_be_paid_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, action = in_doubt(bench, monkeypatch)
    decisions.resolve(bench.db, action, happened=False)
    assert bench.states()["refused"] == 1
    assert len(decisions.retry(bench.db, [action]).action_ids) == 1
