"""A lane goes on: with a provider that answers nonsense, with a full disk, with a clock that is set back."""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from crowddesk.domain import Outcome, StatusChange, VendorError, WorkspaceError
from crowddesk.operations import decisions, launch, paying, progress
from crowddesk.operations.lane_work import LaneWork
from crowddesk.providers.mock import MockProvider
from crowddesk.store import doctor, wire
from crowddesk.store import tables as t

Bench = Any


@pytest.fixture
def sound(bench: Bench) -> Any:
    """The bench, looked over at the end."""
    yield bench
    assert doctor.check(bench.db) == []


def paid(bench: Bench, kind: str = "approve") -> Counter[str]:
    return Counter(p.target for p in bench.vendor.payments("practice") if p.kind == kind)


def answers(monkeypatch: pytest.MonkeyPatch, member: str, *calls: Callable[[Any], Any]) -> None:
    """The next calls of a member give what these make of the real answer; then it is itself again."""
    real, left = getattr(MockProvider, member), list(calls)

    def answer(self: Any, *args: Any) -> Any:
        found = real(self, *args)
        return left.pop(0)(found) if left else found

    monkeypatch.setattr(MockProvider, member, answer)


class Odd:
    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)


@pytest.mark.parametrize(
    "nonsense",
    [
        lambda found: found[:-1],
        lambda found: [*found, Outcome.done()],
        lambda found: [],
        lambda found: None,
        lambda found: [None] * len(found),
        lambda found: [Outcome("queued")] * len(found),
        lambda found: [Outcome("sending")] * len(found),
        lambda found: [Outcome("cancelled")] * len(found),
        lambda found: [Odd()] * len(found),
        lambda found: [Outcome("done", evidence={(1, 2): "a key that JSON has not"})] * len(found),
        lambda found: [Outcome("done", "\ud800\0", "\0\udfff")] * len(found),
        lambda found: [Outcome("done", None, 7, math.nan)] * len(found),  # type: ignore[arg-type]
    ],
)
def test_nonsense_for_an_answer_pays_nobody_twice(
    sound: Bench, monkeypatch: pytest.MonkeyPatch, nonsense: Callable[[Any], Any]
) -> None:
    run = sound.completed(5)
    decided = decisions.decide(sound.db, "approve", sound.ids(run))
    answers(monkeypatch, "perform", nonsense)
    decisions.send(sound.db)
    sound.work_until(lambda: progress.of_actions(sound.db, decided.action_ids).finished == 5)
    assert sound.statuses(run) == {"accepted": 5}
    assert set(paid(sound).values()) == {1}
    assert len(paid(sound)) == 5


@pytest.mark.parametrize("nonsense", [lambda f: f[:-1], lambda f: None, lambda f: [*f, "happened"]])
def test_a_look_up_that_answers_nonsense_is_asked_again(
    sound: Bench, monkeypatch: pytest.MonkeyPatch, nonsense: Callable[[Any], Any]
) -> None:
    run = sound.completed(3)
    monkeypatch.setattr("crowddesk.operations.wire_work.BACKOFF", (0.01,))
    answers(monkeypatch, "look_up", nonsense)
    sound.vendor.inject("drop_after", "approve")
    decisions.decide(sound.db, "approve", sound.ids(run))
    decisions.send(sound.db)
    sound.work_all()
    assert (sound.statuses(run), set(paid(sound).values())) == ({"accepted": 3}, {1})


def test_one_action_that_cannot_be_looked_up_keeps_no_other_waiting(
    sound: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sound.completed(3)
    bad = str(sound.ids(run)[1])
    real = MockProvider.look_up

    def look_up(self: MockProvider, actions: Any) -> list[str]:
        if any(a.target_id == bad for a in actions):
            raise KeyError("no such field")
        return real(self, actions)

    monkeypatch.setattr(MockProvider, "look_up", look_up)
    monkeypatch.setattr("crowddesk.operations.wire_work.BACKOFF", (0.01,))
    sound.vendor.inject("drop_after", "approve")
    decisions.decide(sound.db, "approve", sound.ids(run))
    decisions.send(sound.db)
    sound.work_all()
    assert Counter(u.status for u in sound.units(run)) == {"accepted": 2, "completed": 1}
    assert sound.states(run)["needs_you"] == 1


def test_what_an_earlier_holder_hears_late_is_not_written_over_the_next_ones_attempt(
    sound: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock is lost during a call (a PostgreSQL session that died): the other one has sent it again."""
    run = sound.completed(1)
    decided = decisions.decide(sound.db, "approve", sound.ids(run))
    real = MockProvider.perform

    def perform(self: MockProvider, actions: Any) -> list[Outcome]:
        monkeypatch.setattr(MockProvider, "perform", real)
        with sound.db.write() as w:  # another process takes over and sends what it believes lost
            epoch = wire.take_over(w, 1)
            wire.requeue(w, decided.action_ids)
            assert wire.claim(w, 1, epoch)
        return [Outcome.refused("The first attempt timed out.")]

    monkeypatch.setattr(MockProvider, "perform", perform)
    decisions.send(sound.db)
    sound.lane.step()
    assert progress.of_actions(sound.db, decided.action_ids).states == {"sending": 1}
    sound.work_all()
    assert (sound.statuses(run), paid(sound)[str(sound.ids(run)[0])]) == ({"accepted": 1}, 1)


def full_disk(bench: Bench, pages: int) -> Callable[[], None]:
    """Leaves the workspace's database so many pages to grow by; gives the call that makes room."""
    with bench.db._writer.connect() as conn:
        used = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        conn.exec_driver_sql(f"PRAGMA max_page_count = {used + pages}")

    def make_room() -> None:
        with bench.db._writer.connect() as conn:
            conn.exec_driver_sql("PRAGMA max_page_count = 1073741823")

    return make_room


@pytest.mark.parametrize("pages", range(0, 12, 2))
def test_a_full_disk_loses_nothing_and_goes_on_once_there_is_room(
    sound: Bench, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    run = sound.completed(40)
    decisions.decide(sound.db, "approve", sound.ids(run))
    decisions.send(sound.db)
    make_room = full_disk(sound, pages)
    steps = [sound.lane.step() for _ in range(3)]
    make_room()
    for step in steps:
        assert step.state != "offline" or "The disk of" in step.note, step
    sound.work_all()
    assert sound.statuses(run) == {"accepted": 40}
    assert (len(paid(sound)), set(paid(sound).values())) == (40, {1})


def test_an_answer_that_could_not_be_stored_is_stored_later_without_asking_again(
    sound: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sound.completed(1)
    worker = sound.units(run)[0].worker_id
    paying.pay_bonus(sound.db, 1, [worker], 50, "Thank you.", sequence="a", run_id=run)
    monkeypatch.setattr(MockProvider, "look_up", lambda self, actions: ["cannot tell"] * len(actions))
    real = wire.settle

    def settle(*args: Any, **kwargs: Any) -> list[int]:
        monkeypatch.setattr(wire, "settle", real)
        raise WorkspaceError("The disk is full.")

    monkeypatch.setattr(wire, "settle", settle)
    decisions.send(sound.db)
    assert sound.lane.step().note == "The disk is full."
    sound.work_all()
    assert sound.states(run)["done"] == len(sound.ids(run)) + 3
    assert sum(paid(sound, "bonus").values()) == 1


# ------------------------------------------------------------------------------------------------- runs


def test_a_run_whose_report_is_nonsense_keeps_no_other_run_waiting(
    sound: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = sound.launch(2)
    good = sound.launch(2)
    real = MockProvider.sync_task_run

    def sync(self: MockProvider, run: Any) -> list[StatusChange]:
        if run.db_id == str(bad):
            return [StatusChange("7777", "stay", "A", "accepted")]
        return real(self, run)

    monkeypatch.setattr(MockProvider, "sync_task_run", sync)
    notes = set()

    def reached() -> bool:
        notes.add(sound.lane.step().note)
        return progress.of_run(sound.db, good).over

    sound.work_until(reached)
    said = f"Not all that the vendor reports on run {bad} can be stored: the run has no unit '7777'."
    assert said in notes
    assert sound.statuses(bad) == {"launched": 2}
    with pytest.raises(VendorError, match="has no unit"):
        sound.lane.sync()
    monkeypatch.setattr(MockProvider, "sync_task_run", real)
    sound.work_until(lambda: progress.of_run(sound.db, bad).over)


@pytest.mark.parametrize("cursors", [[None], ["1", "2"], ["1", "0"]])
def test_a_vendor_that_reports_for_ever_is_not_asked_for_ever(
    sound: Bench, monkeypatch: pytest.MonkeyPatch, cursors: list[str | None]
) -> None:
    run = sound.completed(1)
    decisions.decide(sound.db, "approve", sound.ids(run))
    with sound.db.write() as w:
        w.update(t.TaskRun, [run], state="live")
    calls: list[None] = []

    def sync(self: MockProvider, task_run: Any) -> list[StatusChange]:
        calls.append(None)
        assert len(calls) < 10
        (unit,) = sound.ids(run)
        return [
            StatusChange(str(unit), "", unit_status="accepted", cursor=cursors[len(calls) % len(cursors)])
        ]

    monkeypatch.setattr(MockProvider, "sync_task_run", sync)
    sound.lane.sync()
    assert sound.statuses(run) == {"completed": 1}  # the open decision stands before the vendor's word


def test_a_clock_that_is_set_back_stops_no_poll(sound: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    import crowddesk.operations.lane_work as module

    run = sound.launch(3)
    sound.work_until(
        lambda: sound.statuses(run).get("launched", 0) == 3 or progress.of_run(sound.db, run).ended
    )
    real = module.now
    monkeypatch.setattr(module, "now", lambda: real() - timedelta(hours=1))
    sound.work_until(lambda: progress.of_run(sound.db, run).over)


def test_a_pause_does_not_lengthen_a_runs_life(sound: Bench) -> None:
    run = sound.launch(3, "provider.speed=0.001")
    sound.work_until(lambda: sound.db.get_task_run(str(run))["state"] == "live")
    began = sound.db.get_task_run(str(run))["launched_at"]
    launch.pause_run(sound.db, run)
    launch.resume(sound.db, run)
    sound.work_until(lambda: sound.db.get_task_run(str(run))["state"] == "live")
    assert sound.db.get_task_run(str(run))["launched_at"] == began


# ------------------------------------------------------------------------------------------ damaged rows


def test_a_damaged_payload_is_named_and_keeps_no_other_waiting(bench: Bench) -> None:
    run = bench.completed(3)
    decided = decisions.decide(bench.db, "approve", bench.ids(run))
    action = t.VendorAction.__table__.c  # type: ignore[attr-defined]
    with bench.db.write() as w:
        w.conn.execute(
            sa.update(t.VendorAction).where(action.id == decided.action_ids[0]).values(payload="{")
        )
    decisions.send(bench.db)
    bench.work_all()
    assert bench.statuses(run) == {"accepted": 2, "completed": 1}
    again = decisions.retry(bench.db, decided.action_ids[:1])
    assert again.skipped == ((decided.action_ids[0], "its stored payload is damaged"),)
    found = [f.sentence for f in doctor.check(bench.db)]
    assert found == [f"The payload of action {decided.action_ids[0]} cannot be read: it is no JSON."]


def test_two_lanes_at_once_pay_once(sound: Bench) -> None:
    run = sound.completed(30)
    sound.lane.stop()
    decisions.decide(sound.db, "approve", sound.ids(run))
    decisions.send(sound.db)
    lanes = [LaneWork(sound.db, 1) for _ in range(3)]

    def work(lane: LaneWork) -> None:
        sound.work_until(lambda: not sound.open(), lane)
        lane.stop()

    threads = [threading.Thread(target=work, args=(lane,)) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(paid(sound)), set(paid(sound).values())) == (30, {1})
