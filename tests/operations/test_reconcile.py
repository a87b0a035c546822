"""Desk and vendor are compared: what differs is shown in words, and mended as it was shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from crowddesk.domain import Conflict, Found, Outcome, StatusChange, VendorError, now
from crowddesk.operations import decisions, errands, paying, reconcile
from crowddesk.operations.comparison import (
    AUTO_APPROVED,
    CONTRADICTION,
    MOVED,
    NEEDS_YOU,
    NEW,
    NOTHING,
    SOMEBODY_DECIDED,
    TAKE_OVER,
    UNKNOWN_THERE,
    Comparison,
    from_json,
    last_comparisons,
    to_json,
)
from crowddesk.operations.lane_work import LaneWork
from crowddesk.providers.mock import MockProvider
from crowddesk.store import doctor, stays
from crowddesk.store import tables as t

Bench = Any
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class Words:
    """What the vendor says of a run's stays: at first what the desk knows, then what a test sets."""

    def __init__(self, bench: Bench, run: int) -> None:
        self.bench, self.run = bench, run
        with bench.db.read() as conn:
            found = stays.of_run(conn, run)
        self.said = {
            ref: StatusChange(
                s.unit_id,
                ref,
                s.worker_name,
                agent_status=s.agent_status,
                vendor_status=s.agent_status.upper(),
            )
            for ref, s in found.items()
            if s.holds
        }

    def of_unit(self, unit_id: int) -> str:
        return next(ref for ref, c in self.said.items() if c.unit_id == str(unit_id))

    def say(self, unit_id: int, status: str, **more: Any) -> None:
        ref = self.of_unit(unit_id)
        self.said[ref] = replace(self.said[ref], agent_status=status, vendor_status=status.upper(), **more)

    def listed(self) -> list[StatusChange]:
        return list(self.said.values())


@pytest.fixture
def sound(bench: Bench) -> Any:
    """The bench, looked over at the end."""
    yield bench
    assert doctor.check(bench.db) == []


@pytest.fixture
def told(sound: Bench, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Words]:
    """Makes the practice vendor list the stays of a run, as a test says."""

    def tell(run: int) -> Words:
        words = Words(sound, run)
        monkeypatch.setattr(MockProvider, "standings", lambda self, task_run: words.listed())
        return words

    return tell


def compare(bench: Bench) -> Comparison:
    """As the lane does it; and whatever it finds survives its way through the workspace."""
    found = reconcile.compare(bench.db, 1)
    assert from_json(to_json(found)) == found
    return found


def unit_row(bench: Bench, unit_id: int) -> Any:
    return bench.db.get_unit(str(unit_id))


def journal(bench: Bench) -> int:
    with bench.db.read() as conn:
        return int(conn.execute(sa.select(sa.func.max(t.Journal.id))).scalar_one())


def test_what_stands_as_it_does_here_is_no_difference_and_comparing_writes_nothing(
    sound: Bench, told: Callable[[int], Words]
) -> None:
    run = sound.completed(3)
    told(run)
    before = journal(sound)
    found = compare(sound)
    assert found.differences == ()
    assert [(r.run_id, r.stays, r.failure) for r in found.runs] == [(run, 3, "")]
    assert found.summary.is_clean
    assert journal(sound) == before


def test_what_somebody_decided_at_the_vendor_is_shown_and_taken_over(
    sound: Bench, told: Callable[[int], Words]
) -> None:
    run = sound.completed(4)
    words = told(run)
    approved, rejected, returned, _ = sound.ids(run)
    words.say(approved, "approved")
    words.say(rejected, "rejected")
    words.say(returned, "returned")
    found = compare(sound)
    assert [(d.unit_id, d.kind, d.mending, d.here, d.there) for d in found.differences] == [
        (approved, SOMEBODY_DECIDED, TAKE_OVER, "completed", "approved"),
        (rejected, SOMEBODY_DECIDED, TAKE_OVER, "completed", "rejected"),
        (returned, MOVED, TAKE_OVER, "completed", "returned"),
    ]
    assert found.differences[0].what == (
        "Somebody decided it at the vendor, not from here. It becomes accepted here and counts as paid."
    )
    mended = reconcile.mend(sound.db, found)
    assert (len(mended.taken), mended.skipped) == (3, ())
    assert sound.statuses(run) == {"accepted": 1, "rejected": 1, "launched": 1, "completed": 1}
    assert compare(sound).differences == ()


def test_only_what_was_chosen_is_written(sound: Bench, told: Callable[[int], Words]) -> None:
    run = sound.completed(3)
    words = told(run)
    first, second, _ = sound.ids(run)
    words.say(first, "approved")
    words.say(second, "approved")
    found = compare(sound)
    mended = reconcile.mend(sound.db, found, [found.differences[1].id, "something else"])
    assert mended.taken == (found.differences[1].id,)
    assert mended.skipped == (("something else", "it is not in this comparison"),)
    assert [unit_row(sound, u)["status"] for u in (first, second)] == ["completed", "accepted"]


def test_what_has_changed_since_it_was_shown_is_skipped_and_named(
    sound: Bench, told: Callable[[int], Words]
) -> None:
    run = sound.completed(2)
    words = told(run)
    first, second = sound.ids(run)
    words.say(first, "approved")
    words.say(second, "rejected")
    found = compare(sound)
    decisions.decide(sound.db, "soft_reject", [second])
    mended = reconcile.mend(sound.db, found)
    assert mended.taken == (found.differences[0].id,)
    assert mended.skipped == ((found.differences[1].id, "it has changed since it was compared"),)
    assert unit_row(sound, second)["status"] == "completed"
    assert [(d.mending, d.what) for d in compare(sound).differences] == [
        (NOTHING, "Nothing is written while its soft reject is open; that one decides.")
    ]


def test_an_approval_whose_time_had_come_is_called_so(sound: Bench, told: Callable[[int], Words]) -> None:
    run = sound.completed(2)
    words = told(run)
    first, second = sound.ids(run)
    for unit, days in ((first, -1), (second, 1)):
        words.say(unit, "completed", decide_by=now() + timedelta(days=days))
    reconcile.mend(sound.db, compare(sound))
    assert unit_row(sound, second)["decide_by"] is not None
    for unit in (first, second):
        words.say(unit, "approved", decide_by=None)
    assert [d.kind for d in compare(sound).differences] == [AUTO_APPROVED, SOMEBODY_DECIDED]
    reconcile.mend(sound.db, compare(sound))
    assert unit_row(sound, first)["decide_by"] is None


def test_two_final_words_that_contradict_each_other_are_left_to_a_person_with_the_evidence(
    sound: Bench, told: Callable[[int], Words]
) -> None:
    run = sound.completed(2)
    words = told(run)
    first, _ = sound.ids(run)
    (action,) = decisions.decide(sound.db, "approve", [first]).action_ids
    decisions.send(sound.db)
    sound.work_all()
    words.say(first, "rejected")
    found = compare(sound)
    (d,) = found.differences
    assert (d.kind, d.mending, d.here, d.there) == (CONTRADICTION, NEEDS_YOU, "accepted", "rejected")
    assert d.evidence["decided here"].startswith("approve by ")
    assert f"(action {action})" in d.evidence["decided here"]
    assert reconcile.mend(sound.db, found, [d.id]).skipped == ((d.id, "it needs you"),)
    assert unit_row(sound, first)["status"] == "accepted"
    reconcile.put_aside(sound.db, found, [d.id])
    assert [x.mending for x in compare(sound).differences] == [NOTHING]
    words.say(first, "returned")
    assert [x.mending for x in compare(sound).differences] == [NEEDS_YOU]  # another word than was put aside


def test_a_soft_rejection_is_an_approval_at_the_vendor(sound: Bench, told: Callable[[int], Words]) -> None:
    run = sound.completed(2)
    words = told(run)
    first, _ = sound.ids(run)
    decisions.decide(sound.db, "soft_reject", [first])
    decisions.send(sound.db)
    sound.work_all()
    words.say(first, "approved")
    assert compare(sound).differences == ()


def test_a_stay_that_is_not_known_here_is_added(sound: Bench, told: Callable[[int], Words]) -> None:
    run = sound.completed(2)
    words = told(run)
    first, _ = sound.ids(run)
    words.say(first, "returned")
    reconcile.mend(sound.db, compare(sound))
    words.said["another"] = StatusChange(
        str(first),
        "another",
        "Somebody new",
        agent_status="completed",
        payload="{}",
        answer={"answer": "yes"},
    )
    (d,) = compare(sound).differences
    assert (d.kind, d.mending, d.here, d.worker_name) == (NEW, TAKE_OVER, "not here", "Somebody new")
    reconcile.mend(sound.db, compare(sound))
    (unit,) = sound.units(run, f"unit:{first}")
    assert (unit.status, unit.worker_name, unit.output) == ("completed", "Somebody new", {"answer": "yes"})
    assert compare(sound).differences == ()


def test_who_is_at_work_here_and_unknown_there_gives_the_unit_back(
    sound: Bench, told: Callable[[int], Words], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sound.launch(1, "provider.speed=0.5")
    sound.work_until(lambda: bool(sound.ids(run, "status:assigned")))
    words = told(run)
    (unit,) = sound.ids(run)
    words.said.clear()
    assert compare(sound).differences == ()  # they came a moment ago; the listing may lag behind
    monkeypatch.setattr("crowddesk.operations.differences._FRESH", timedelta(days=-1))
    (d,) = compare(sound).differences
    assert (d.kind, d.mending, d.there) == (UNKNOWN_THERE, TAKE_OVER, "not there")
    reconcile.mend(sound.db, compare(sound))
    assert unit_row(sound, unit)["status"] == "launched"
    assert unit_row(sound, unit)["agent_id"] is None


def test_an_answer_that_its_vendor_knows_nothing_of_needs_a_person(
    sound: Bench, told: Callable[[int], Words], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sound.completed(1)
    told(run).said.clear()
    monkeypatch.setattr("crowddesk.operations.differences._FRESH", timedelta(days=-1))
    (d,) = compare(sound).differences
    assert (d.kind, d.mending) == (UNKNOWN_THERE, NEEDS_YOU)


def test_a_vendor_that_lists_no_stays_misses_none(sound: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default of `standings` tells what is new: who is not in it is not unknown."""
    run = sound.completed(2)
    monkeypatch.setattr("crowddesk.operations.differences._FRESH", timedelta(days=-1))
    assert compare(sound).runs[0].run_id == run
    assert compare(sound).differences == ()


def test_what_a_vendor_says_twice_or_makes_no_sense_of_does_no_harm(
    sound: Bench, told: Callable[[int], Words], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sound.completed(2)
    words = told(run)
    first, _ = sound.ids(run)
    words.say(first, "approved")
    listed = [*words.listed(), *words.listed(), StatusChange("77777", "x", "A", "completed"), 7]
    monkeypatch.setattr(MockProvider, "standings", lambda self, task_run: listed)
    found = compare(sound)
    assert [d.unit_id for d in found.differences] == [first]
    assert "the run has no unit '77777'" in found.runs[0].failure
    assert not found.summary.is_clean


def test_one_run_that_cannot_be_asked_keeps_no_other_from_being_compared(
    sound: Bench, told: Callable[[int], Words], monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = [sound.completed(1) for _ in range(4)]
    asked: list[str] = []

    def standings(self: MockProvider, task_run: Any) -> Sequence[StatusChange]:
        asked.append(task_run.db_id)
        raise VendorError("The vendor cannot be reached.")

    monkeypatch.setattr(MockProvider, "standings", standings)
    found = compare(sound)
    assert asked == [str(run) for run in runs[:2]]
    assert {r.failure for r in found.runs} == {
        "The vendor cannot be reached.", "It was not asked for, since the vendor does not answer."
    }  # fmt: skip


# -------------------------------------------------------------------------------------------- payments


@pytest.fixture
def doubt(sound: Bench, monkeypatch: pytest.MonkeyPatch) -> int:
    """A bonus that waits for a person."""
    run = sound.completed(1)
    monkeypatch.setattr(MockProvider, "look_up", lambda self, actions: [Found.CANNOT_TELL] * len(actions))
    worker = sound.units(run)[0].worker_id
    paid = paying.pay_bonus(sound.db, 1, [worker], 50, "Thank you.", sequence="a", run_id=run)
    sound.vendor.inject("drop_after", "bonus")
    decisions.send(sound.db)
    sound.work_until(lambda: sound.states(run).get("needs_you", 0) == 1)
    return int(paid.action_ids[0])


@pytest.mark.parametrize(
    ("said", "mending", "state"),
    [
        (Found.HAPPENED, TAKE_OVER, "done"),
        (Found.DID_NOT, NEEDS_YOU, "needs_you"),
        (Found.CANNOT_TELL, NEEDS_YOU, "needs_you"),
        (Found.NOT_YET, NEEDS_YOU, "needs_you"),
    ],
)
def test_a_payment_in_doubt_is_asked_about_again_and_confirmed_where_the_vendor_can(
    sound: Bench, doubt: int, monkeypatch: pytest.MonkeyPatch, said: str, mending: str, state: str
) -> None:
    monkeypatch.setattr(MockProvider, "look_up", lambda self, actions: [said] * len(actions))
    monkeypatch.setattr(MockProvider, "evidence_of", lambda self, actions: [{"seen": 7} for _ in actions])
    found = compare(sound)
    (payment,) = found.payments
    assert (payment.action_id, payment.amount, payment.found, payment.mending) == (doubt, 50, said, mending)
    assert payment.evidence == ({} if said == Found.HAPPENED else {"seen": 7})
    assert found.summary.payments == 1
    assert len(reconcile.mend(sound.db, found).taken) == (mending == TAKE_OVER)
    assert sound.states()[state] >= 1
    assert sound.states().get("needs_you", 0) == (state == "needs_you")


def test_a_payment_that_was_resolved_meanwhile_is_not_written_over(
    sound: Bench, doubt: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MockProvider, "look_up", lambda self, actions: [Found.HAPPENED] * len(actions))
    found = compare(sound)
    decisions.resolve(sound.db, doubt, happened=False)
    assert reconcile.mend(sound.db, found).skipped == ((f"action {doubt}", "it has ended meanwhile"),)
    assert sound.states()["refused"] == 1


def test_a_vendor_that_does_not_answer_for_payments_is_not_asked_for_each(
    sound: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sound.completed(6)
    workers = [u.worker_id for u in sound.units(run)]
    monkeypatch.setattr(MockProvider, "look_up", lambda self, actions: [Found.CANNOT_TELL] * len(actions))
    monkeypatch.setattr(MockProvider, "perform", lambda self, actions: [Outcome.unknown("?")] * len(actions))
    for number in range(6):
        paying.pay_bonus(sound.db, 1, workers[:1], 5, "Thank you.", sequence=str(number), run_id=run)
    decisions.send(sound.db)
    sound.work_until(lambda: sound.states(run).get("needs_you", 0) == 6)
    calls: list[int] = []

    def look_up(self: MockProvider, actions: Any) -> list[str]:
        calls.append(len(actions))
        raise VendorError("gone")

    monkeypatch.setattr(MockProvider, "look_up", look_up)
    assert {p.what for p in compare(sound).payments} == {"The vendor could not be asked about it."}
    assert calls == [6, 1, 1]


# --------------------------------------------------------------------------------- asked of the lane


def test_the_lane_answers_who_asks(sound: Bench, told: Callable[[int], Words]) -> None:
    run = sound.completed(2)
    words = told(run)
    words.say(sound.ids(run)[0], "approved")
    token = reconcile.ask(sound.db, 1)
    assert reconcile.fetch(sound.db, token) is None
    sound.lane.step()
    found = reconcile.fetch(sound.db, token)
    assert found is not None
    assert len(found.differences) == 1
    kept = reconcile.last_comparison(sound.db, 1)
    assert kept is not None
    assert kept.differences == found.differences
    (summary,) = last_comparisons(sound.db)
    assert (summary.take_over, summary.needs_you, summary.strays) == (1, 0, 0)
    reconcile.mend(sound.db, found)
    (summary,) = last_comparisons(sound.db)
    assert summary.is_clean


def test_one_run_alone_is_compared_and_home_keeps_what_it_had(
    sound: Bench, told: Callable[[int], Words]
) -> None:
    first, second = sound.completed(1), sound.completed(1)
    told(second)
    token = reconcile.ask(sound.db, 1, second)
    sound.lane.run_errands()
    found = reconcile.fetch(sound.db, token)
    assert found is not None
    assert [r.run_id for r in found.runs] == [second]
    assert last_comparisons(sound.db) == []
    assert first != second


def test_what_was_asked_is_answered_by_whoever_has_the_lock(
    sound: Bench, told: Callable[[int], Words]
) -> None:
    run = sound.completed(1)
    told(run)
    other = LaneWork(sound.db, 1)
    token = reconcile.ask(sound.db, 1)
    assert other.run_errands().state == "elsewhere"
    assert reconcile.fetch(sound.db, token) is None
    sound.lane.stop()
    assert other.run_errands().state == "idle"
    assert reconcile.fetch(sound.db, token) is not None
    other.stop()


def test_the_lane_compares_by_itself_when_it_begins_where_that_finds_more_than_polls(
    sound: Bench, told: Callable[[int], Words]
) -> None:
    run = sound.completed(1)
    assert last_comparisons(sound.db) == []  # the practice vendor's polls tell all there is
    told(run)
    again = LaneWork(sound.db, 1)
    sound.lane.stop()
    sound.work_until(lambda: bool(last_comparisons(sound.db)), again)
    before = journal(sound)
    again.step()
    assert journal(sound) == before  # and then not again for a while
    again.stop()


def test_an_errand_that_fails_is_answered_and_the_next_one_done(
    sound: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = errands.leave(sound.db, 1, "sing")
    token = reconcile.ask(sound.db, 1)
    sound.lane.run_errands()
    with pytest.raises(VendorError, match="knows no errand 'sing'"):
        errands.fetch(sound.db, bad)
    assert reconcile.fetch(sound.db, token) is not None
    monkeypatch.setattr(errands, "_KEPT", timedelta(0))
    reconcile.ask(sound.db, 1)
    sound.lane.run_errands()
    with pytest.raises(VendorError, match="Ask again"):
        errands.fetch(sound.db, bad)


def test_another_accounts_run_is_not_compared(sound: Bench) -> None:
    run = sound.completed(1)
    other = sound.db.new_requester("other", "mock")
    with pytest.raises(Conflict, match="is not of the account 'other'"):
        reconcile.ask(sound.db, int(other), run)
