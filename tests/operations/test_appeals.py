"""Objections: kept with a deadline, found, upheld with an answer, or taken back and paid."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from crowddesk.domain import ActionKind, BadInput, Conflict, NotFound, OverBudget, now
from crowddesk.operations import appeals, decisions, paying, second_looks
from crowddesk.providers.mock import MockProvider
from crowddesk.store import appeals as stored

Bench = Any
WORDS = "I read all of it twice. Please look again."


@pytest.fixture
def unit(bench: Bench) -> int:
    """A rejected unit of a run whose budget is just enough."""
    run = bench.completed(2, "task.budget=0.24", "provider.people=1")
    first, second = bench.ids(run)
    made = decisions.decide(bench.db, "reject", [first], reason="Every answer was the same one.")
    second_looks.agree(bench.db, made.action_ids)
    decisions.decide(bench.db, "approve", [second])
    decisions.send(bench.db)
    bench.work_all()
    assert bench.statuses(run) == {"rejected": 1, "accepted": 1}
    return int(first)


def only(bench: Bench, **more: Any) -> Any:
    with bench.db.read() as conn:
        (found,) = appeals.list_appeals(conn, **more)
    return found


def test_an_objection_is_kept_with_its_deadline_and_found(bench: Bench, unit: int) -> None:
    at = now() - timedelta(days=2)
    number = appeals.add_appeal(bench.db, unit, f"  {WORDS}\0 ", received_at=at, days=3)
    kept = only(bench)
    assert (kept.id, kept.unit_id, kept.state, kept.text) == (
        number,
        unit,
        "open",
        f"{WORDS}\N{REPLACEMENT CHARACTER}",
    )
    assert kept.answer_by == at + timedelta(days=3)
    assert kept.reason == "Every answer was the same one."
    assert [u.id for u in bench.units(kept.run_id, "appeal:open")] == [unit]
    assert bench.units(kept.run_id, "appeal:upheld,overturned") == []
    with bench.db.read() as conn:
        assert stored.appeals_of(conn, due_by=now() + timedelta(hours=23)) == []
        assert [a.id for a in stored.appeals_of(conn, due_by=now() + timedelta(hours=25))] == [number]
    with pytest.raises(Conflict, match=f"has an open objection already: number {number}"):
        appeals.add_appeal(bench.db, unit, WORDS)


def test_a_rejection_that_stands_is_answered(bench: Bench, unit: int) -> None:
    number = appeals.add_appeal(bench.db, unit, WORDS, days=0)
    assert only(bench).answer_by is None
    with pytest.raises(BadInput, match="owed an answer"):
        appeals.uphold(bench.db, number, " ")
    done = appeals.uphold(bench.db, number, "All ten answers were the same.", tell=True)
    assert done.action_ids == ()
    assert done.left_out == ("this vendor has no messages, so the answer is only kept here",)
    kept = only(bench)
    assert (kept.state, kept.answer, kept.closed_by) == (
        "upheld",
        "All ten answers were the same.",
        bench.db.who,
    )
    with pytest.raises(Conflict, match="was upheld already"):
        appeals.overturn(bench.db, number)
    assert appeals.add_appeal(bench.db, unit, "Once more.") != number


def test_the_answer_goes_to_the_worker_where_the_vendor_has_messages(
    bench: Bench, unit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MockProvider, "OFFERS", frozenset({ActionKind.MESSAGE}))
    number = appeals.add_appeal(bench.db, unit, WORDS)
    done = appeals.uphold(bench.db, number, "All ten answers were the same.", tell=True)
    assert (len(done.action_ids), done.left_out) == (1, ())
    assert bench.states()["staged"] == 1
    # Whoever answers the next objection reads what was written before; what was taken back never was.
    second = appeals.add_appeal(bench.db, unit, "Once more.")
    with bench.db.read() as conn:
        found = stored.appeal(conn, second)
    assert found is not None
    assert [(w.text, w.state) for w in found.written] == [("All ten answers were the same.", "staged")]
    decisions.undo(bench.db, done.action_ids)
    with bench.db.read() as conn:
        again = stored.appeal(conn, second)
    assert again is not None
    assert again.written == ()


def test_a_rejection_is_taken_back_and_paid_once(bench: Bench, unit: int) -> None:
    number = appeals.add_appeal(bench.db, unit, WORDS)
    done = appeals.overturn(bench.db, number, "You are right.")
    assert len(done.action_ids) == 1
    assert only(bench).state == "overturned"
    # Undone before it left, the rejection stands: the objection says so, and is answered once more.
    decisions.undo(bench.db, done.action_ids)
    assert only(bench).is_owed
    appeals.overturn(bench.db, number, "You are right.", send_after=timedelta(0))
    assert not only(bench).is_owed
    bench.work_all()
    assert bench.statuses(only(bench).run_id) == {"accepted": 2}
    paid = [p for p in bench.vendor.payments("practice") if p.kind == "unreject"]
    assert [(p.amount, p.fee) for p in paid] == [(-10, -2)]
    with pytest.raises(Conflict):
        appeals.overturn(bench.db, number)


def test_a_rejection_that_was_taken_back_elsewhere_does_not_stand(bench: Bench, unit: int) -> None:
    number = appeals.add_appeal(bench.db, unit, WORDS)
    decisions.decide(bench.db, ActionKind.UNREJECT, [unit], send_after=timedelta(0))
    for _ in ("on its way", "carried out"):
        with pytest.raises(Conflict, match="was taken back, so it does not stand"):
            appeals.uphold(bench.db, number, "It stands.")
        bench.work_all()
    done = appeals.overturn(bench.db, number, "You are right.")
    assert (done.action_ids, only(bench).state, only(bench).is_owed) == ((), "overturned", False)
    assert len([p for p in bench.vendor.payments("practice") if p.kind == "unreject"]) == 1


def test_what_does_not_fit_the_budget_changes_nothing(bench: Bench, unit: int) -> None:
    number = appeals.add_appeal(bench.db, unit, WORDS)
    worker = only(bench).worker_id
    paying.pay_bonus(bench.db, 1, [worker], 10, "Thanks.", sequence="a", run_id=only(bench).run_id)
    with pytest.raises(OverBudget):
        appeals.overturn(bench.db, number)
    assert only(bench).state == "open"


def test_what_is_no_objection_is_refused(bench: Bench, unit: int) -> None:
    add = appeals.add_appeal
    with pytest.raises(BadInput, match="Paste what"):
        add(bench.db, unit, " \n")
    with pytest.raises(BadInput, match="keep at most 20,000"):
        add(bench.db, unit, "x" * 20_001)
    with pytest.raises(BadInput, match="still to come"):
        add(bench.db, unit, WORDS, received_at=now() + timedelta(days=9))
    with pytest.raises(BadInput, match="time zone"):
        add(bench.db, unit, WORDS, received_at=datetime(2026, 11, 1))  # noqa: DTZ001
    with pytest.raises(BadInput, match="366 days"):
        add(bench.db, unit, WORDS, days=366)
    with pytest.raises(NotFound, match="no unit 999"):
        add(bench.db, 999, WORDS)
    accepted = next(u.id for u in bench.units(1, "status:accepted"))
    with pytest.raises(Conflict, match="is accepted, not rejected"):
        add(bench.db, accepted, WORDS)
    with pytest.raises(NotFound, match="no objection 7"):
        appeals.uphold(bench.db, 7, "No.")
