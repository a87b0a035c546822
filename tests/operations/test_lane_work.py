"""A lane's work: refused and lost calls, a lane that is taken over, a vendor that raises."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.operations import decisions, launch, progress
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.workspace import open_workspace
from crowddesk.providers.mock import MockProvider
from crowddesk.store import doctor, ledger
from crowddesk.store.queries import ACTIONS

Bench = Any


def launched(bench: Bench) -> list[str]:
    return sorted(call.target for call in bench.vendor.calls("launch") if call.done)


def actions(bench: Bench, where: str) -> list[Any]:
    with bench.db.read() as conn:
        return list(ACTIONS.iterate(conn, ACTIONS.parse(where)))


def test_one_refused_launch_does_not_stop_the_others_and_resume_does_exactly_it(bench: Bench) -> None:
    bench.vendor.inject("refuse", "launch", nth=4, reason="No more today.")
    run = bench.launch(10)
    bench.work_until(lambda: progress.of_run(bench.db, run).over)
    here = progress.of_run(bench.db, run)
    assert here.units == {"completed": 9, "created": 1}
    assert not here.ended
    assert here.stuck == "1 units are not launched; the last answer to a launch was: No more today."
    launch.resume(bench.db, run)
    bench.work_until(lambda: progress.of_run(bench.db, run).over)
    assert bench.statuses(run) == {"completed": 10}
    assert len(launched(bench)) == len(set(launched(bench))) == 10


def test_a_run_that_the_vendor_does_not_set_up_stays_a_draft_and_says_why(bench: Bench) -> None:
    bench.vendor.inject("refuse", "set_up", reason="No new batches on Sundays.")
    run = bench.launch(2)
    bench.work_until(lambda: progress.of_run(bench.db, run).over)
    assert (
        progress.of_run(bench.db, run).stuck == "the vendor did not take the run: No new batches on Sundays."
    )
    launch.resume(bench.db, run)
    bench.work_until(lambda: progress.of_run(bench.db, run).over)
    assert bench.statuses(run) == {"completed": 2}


@pytest.mark.parametrize("fault", ["drop_before", "drop_midway", "drop_after"])
def test_a_launch_whose_answer_is_lost_happens_once(bench: Bench, fault: str) -> None:
    bench.vendor.inject(fault, "launch")
    run = bench.launch(10)
    bench.work_until(lambda: progress.of_run(bench.db, run).over)
    assert bench.statuses(run) == {"completed": 10}
    assert len(launched(bench)) == len(set(launched(bench))) == 10


def test_a_call_that_never_arrives_ends_with_a_person_after_five_attempts(bench: Bench) -> None:
    run = bench.completed(1)
    bench.vendor.inject("drop_before", "approve", times=5)
    decisions.decide(bench.db, "approve", bench.ids(run))
    decisions.send(bench.db)
    bench.work_until(lambda: bench.states().get("needs_you") == 1)
    (action,) = actions(bench, "status:needs_you")
    assert (action.attempt, action.outcome) == (5, "Sent 5 times, and the vendor never took it.")
    assert bench.vendor.calls("approve") == []


@pytest.mark.parametrize("member", ["perform", "look_up", "sync_task_run"])
def test_a_vendor_that_raises_anything_is_noted_and_tried_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, member: str
) -> None:
    real: Callable[..., Any] = getattr(MockProvider, member)
    broken = [True]

    def fall(self: MockProvider, *args: Any) -> Any:
        if broken:
            raise ZeroDivisionError("a fault of the vendor's code")
        return real(self, *args)

    monkeypatch.setattr(MockProvider, member, fall)
    bench.vendor.inject("drop_after", "set_up")  # so that something is looked up
    run = bench.launch(3)
    for _ in range(200):
        step = bench.lane.step()
        if step.state == "offline" or bench.states(run).get("unknown"):
            break
    broken.clear()
    bench.work_until(lambda: progress.of_run(bench.db, run).over)
    assert bench.statuses(run) == {"completed": 3}
    assert len(launched(bench)) == 3


def other_desk(bench: Bench) -> tuple[CrowdDatabase, LaneWork]:
    db = open_workspace(bench.db.folder)
    return db, LaneWork(db, 1)


def test_only_one_desk_works_and_the_next_takes_over(bench: Bench) -> None:
    run = bench.launch(3)
    bench.lane.step()
    db, other = other_desk(bench)
    try:
        assert other.step().state == "elsewhere"
        assert other.sync().state == "elsewhere"
        bench.lane.stop()
        bench.work_until(lambda: progress.of_run(db, run).over, other)
        assert bench.statuses(run) == {"completed": 3}
        assert bench.lane.step().state == "elsewhere"
    finally:
        other.stop()
        db.close()


def test_what_was_on_the_wire_when_a_desk_died_is_looked_up_not_repeated(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = bench.completed(6)
    decisions.decide(bench.db, "approve", bench.ids(run))
    decisions.send(bench.db)

    def die(*args: Any, **kwargs: Any) -> Any:
        raise KeyboardInterrupt  # as good as a kill: the vendor has it, nothing is stored

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "settle", die)
        with pytest.raises(KeyboardInterrupt):
            bench.work_until(lambda: False)
    assert len(bench.vendor.calls("approve")) == 6
    assert bench.states()["sending"] == 6
    bench.lane.stop()
    bench.work_all()
    assert bench.statuses(run) == {"accepted": 6}
    paid = [p.target for p in bench.vendor.payments("practice") if p.kind == "approve"]
    assert len(paid) == len(set(paid)) == 6
    assert [call.times for call in bench.vendor.calls("approve")] == [1] * 6
    assert doctor.check(bench.db) == []


def test_a_look_up_waits_until_the_vendor_can_show_what_was_done(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = bench.completed(1)
    decisions.decide(bench.db, "approve", bench.ids(run))
    decisions.send(bench.db)
    with bench.db.write() as w:
        assert ledger.claim(w, 1, bench.lane._epoch)
    bench.lane.stop()
    monkeypatch.setattr(MockProvider, "LOOK_UP_SECONDS", 3600)
    for _ in range(5):
        bench.lane.step()
    assert bench.states()["unknown"] == 1
    assert bench.vendor.calls("approve") == []


def test_a_lane_that_lost_its_epoch_claims_nothing(bench: Bench) -> None:
    run = bench.completed(2)
    decisions.decide(bench.db, "approve", bench.ids(run))
    decisions.send(bench.db)
    with bench.db.write() as w:
        ledger.take_over(w, 1)
        assert ledger.claim(w, 1, bench.lane._epoch) == []
    bench.work_all()
    assert bench.statuses(run) == {"accepted": 2}


def test_sync_fetches_and_sends_nothing(bench: Bench) -> None:
    run = bench.launch(3)
    assert bench.lane.sync().state == "idle"
    assert bench.vendor.calls() == []
    bench.work_until(lambda: bench.statuses(run).get("created", 0) == 0)
    decisions.send(bench.db)
    pause = threading.Event()
    while bench.statuses(run) != {"completed": 3}:
        bench.lane.sync()
        pause.wait(0.01)
    assert progress.of_run(bench.db, run).state in ("launching", "live")
