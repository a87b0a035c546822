"""A run that is stopped, paused or resumed while its calls are under way launches nothing unasked."""

from __future__ import annotations

import shutil
from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa

from crowddesk.domain import BadInput, Conflict, OverBudget, StatusChange, WorkspaceError
from crowddesk.operations import launch, paying, progress
from crowddesk.operations.accounts import add_requester
from crowddesk.operations.lane_work import LaneWork
from crowddesk.providers.mock import MockProvider
from crowddesk.store import doctor
from crowddesk.store import tables as t

Bench = Any
SLOW = "provider.speed=0.001"


@pytest.fixture
def sound(bench: Bench) -> Any:
    yield bench
    assert doctor.check(bench.db) == []


def state_of(bench: Bench, run: int) -> str:
    return str(bench.db.get_task_run(str(run))["state"])


def during(monkeypatch: pytest.MonkeyPatch, kind: str, act: Any) -> None:
    """Does something while the first call of a kind is on the wire."""
    real = MockProvider.perform

    def perform(self: MockProvider, actions: Any) -> Any:
        if actions[0].kind == kind:
            monkeypatch.setattr(MockProvider, "perform", real)
            act()
        return real(self, actions)

    monkeypatch.setattr(MockProvider, "perform", perform)


def test_a_run_that_is_stopped_during_a_launch_leaves_nothing_out(
    sound: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sound.launch(5, SLOW)
    during(monkeypatch, "launch", lambda: launch.stop_run(sound.db, run))
    sound.work_until(lambda: state_of(sound, run) == "closed")
    assert sound.statuses(run) == {"expired": 5}
    assert sound.vendor.batch_counts(f"run-{run}") == {"expired": 5}


@pytest.mark.parametrize("fault", ["drop_before", "drop_midway", "drop_after"])
def test_a_run_that_is_stopped_while_a_launch_is_in_doubt_leaves_nothing_out(
    sound: Bench, fault: str
) -> None:
    run = sound.launch(5, SLOW)
    sound.vendor.inject(fault, "launch")
    sound.work_until(lambda: sound.states(run).get("unknown", 0) == 5)
    launch.stop_run(sound.db, run)
    sound.work_until(lambda: state_of(sound, run) == "closed")
    assert sound.statuses(run) == {"expired": 5}
    assert set(sound.vendor.batch_counts(f"run-{run}")) <= {"expired"}


def test_a_paused_run_launches_nothing_again(sound: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    run = sound.launch(5, SLOW)
    sound.vendor.inject("drop_before", "launch")
    sound.work_until(lambda: sound.states(run).get("unknown", 0) == 5)
    launch.pause_run(sound.db, run)
    sound.work_until(lambda: sound.states(run).get("queued", 0) == 5)
    with monkeypatch.context() as patched:
        # A poll that is due again after 10 ms is due at once on a busy machine.
        patched.setattr(MockProvider, "POLL_SECONDS", 60.0)
        steps = [sound.lane.step() for _ in range(5)]
    assert sound.vendor.batch_counts(f"run-{run}") == {}
    assert steps[-1].wait > 0
    launch.resume(sound.db, run)
    sound.work_until(lambda: sound.statuses(run) == {"launched": 5})
    assert set(Counter(c.target for c in sound.vendor.calls("launch") if c.done).values()) == {1}


def test_a_draft_that_is_stopped_is_not_set_up(sound: Bench) -> None:
    run = sound.launch(3)
    launch.stop_run(sound.db, run)
    for _ in range(5):
        sound.lane.step()
    assert sound.vendor.calls("set_up") == []
    assert (state_of(sound, run), sound.statuses(run)) == ("closed", {"expired": 3})


def test_a_run_is_not_stopped_while_it_is_set_up(sound: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    run = sound.launch(3, SLOW)

    def stop() -> None:
        with pytest.raises(Conflict, match=f"Run {run} is being set up"):
            launch.stop_run(sound.db, run)

    during(monkeypatch, "set_up", stop)
    sound.work_until(lambda: state_of(sound, run) == "live")
    launch.stop_run(sound.db, run)
    sound.work_until(lambda: state_of(sound, run) == "closed")


def test_a_draft_that_is_stopped_while_it_is_loaded_gets_no_more_units(
    sound: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "_CHUNK", 4)
    ids: list[int] = []

    def loaded(done: int, total: int) -> None:
        if done == 4:
            launch.stop_run(sound.db, ids[0])

    with pytest.raises(Conflict, match="was stopped before it was loaded"):
        launch.create_run(sound.db, sound.config(10), created=ids.append, progress=loaded)
    assert (state_of(sound, ids[0]), sound.statuses(ids[0])) == ("closed", {"expired": 4})
    assert sound.states(ids[0]) == {}


def test_a_run_that_two_resume_at_once_is_loaded_and_launched_once(
    sound: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "_CHUNK", 3)
    ids: list[int] = []
    again: list[int] = []

    def loaded(done: int, total: int) -> None:
        if not again:
            again.append(done)
            launch.resume(sound.db, ids[0])

    launch.create_run(sound.db, sound.config(10), created=ids.append, progress=loaded)
    sound.work_until(lambda: progress.of_run(sound.db, ids[0]).over)
    assert sound.statuses(ids[0]) == {"completed": 10}
    assert len([c for c in sound.vendor.calls("launch") if c.done]) == 10


def test_one_damaged_item_stops_no_other(bench: Bench) -> None:
    run = bench.launch(5)
    with bench.db.write() as w:
        w.update(t.Assignment, [2], data="{")
    bench.work_until(lambda: bool(progress.of_run(bench.db, run).stuck))
    (bad,) = bench.units(run, "status:created")
    assert bad.id == 2
    assert bench.states(run)["refused"] == 1
    assert "damaged" in progress.of_run(bench.db, run).stuck


def test_a_disk_that_is_full_when_a_run_is_made_is_named_and_leaves_no_files(
    sound: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(WorkspaceError, match=r"The disk of .* is full"):
            sound.launch(2)
    assert not list((sound.db.folder / "runs").iterdir())
    run = sound.launch(2)
    sound.work_until(lambda: progress.of_run(sound.db, run).over)


def test_a_bonus_counts_against_a_run_of_its_own_account(sound: Bench) -> None:
    run = sound.completed(1, "task.budget=1.00")
    worker = sound.units(run)[0].worker_id
    other = int(add_requester(sound.db, "mock", "other", {"currency": "EUR"}))
    with pytest.raises(BadInput, match=f"Run {run} is not of the account 'other'"):
        paying.pay_bonus(sound.db, other, [worker], 10, "Thanks.", sequence="a", run_id=run)
    with sound.db.read() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(t.VendorAction)).scalar_one() == 3


def test_a_bonus_for_a_unit_counts_against_its_run(sound: Bench) -> None:
    run = sound.completed(1, "task.budget=0.12")
    (unit,) = sound.units(run)
    with pytest.raises(OverBudget):
        paying.pay_bonus(sound.db, 1, [unit.worker_id], 10, "Thanks.", sequence="a", unit_id=unit.id)


def test_a_second_lane_goes_on_with_a_run_that_the_first_one_left(sound: Bench) -> None:
    run = sound.launch(6)
    sound.lane.step()
    sound.lane.stop()
    second = LaneWork(sound.db, 1)
    sound.work_until(lambda: progress.of_run(sound.db, run).over, second)
    second.stop()
    assert sound.statuses(run) == {"completed": 6}


def test_damaged_arguments_of_one_run_are_named_and_stop_no_other(sound: Bench) -> None:
    bad, good = sound.launch(2, SLOW), sound.launch(3)
    sound.work_until(lambda: state_of(sound, bad) == "live")
    with sound.db.write() as w:
        w.update(t.TaskRun, [bad], args="a: [b")
    notes = set()

    def reached() -> bool:
        notes.add(sound.lane.step().note)
        return progress.of_run(sound.db, good).over

    sound.work_until(reached)
    assert f"The stored arguments of run {bad} are damaged." in notes


def test_what_a_worker_leaves_after_the_stop_is_taken_down_too(
    sound: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sound.launch(3, SLOW)
    sound.work_until(lambda: sound.statuses(run) == {"launched": 3})
    unit = str(sound.ids(run)[0])
    happened: list[StatusChange] = []

    def happen(status: str) -> None:
        happened.append(StatusChange(unit, "stay-1", worker_name="ann", agent_status=status))

    monkeypatch.setattr(MockProvider, "sync_task_run", lambda *_: [happened.pop()] if happened else [])
    happen("in task")
    sound.work_until(lambda: sound.statuses(run) == {"assigned": 1, "launched": 2})
    launch.stop_run(sound.db, run)
    sound.work_until(lambda: sound.statuses(run) == {"assigned": 1, "expired": 2})
    assert state_of(sound, run) == "live"
    happen("returned")
    sound.work_until(lambda: state_of(sound, run) == "closed")
    assert sound.statuses(run) == {"expired": 3}
    assert sound.vendor.batch_counts(f"run-{run}") == {"expired": 3}
