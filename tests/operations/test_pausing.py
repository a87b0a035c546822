"""A pause reaches the vendors that let people in by themselves, once, and what was not sent is taken back."""

from __future__ import annotations

from typing import Any

import pytest

from crowddesk.domain import Conflict, Outcome
from crowddesk.operations import launch
from crowddesk.providers.mock import MockProvider
from crowddesk.store import doctor, ledger

Bench = Any


@pytest.fixture
def live(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A run that is out, at a vendor that can pause; what it was told is in `bench.told`."""
    bench.told = []
    real = MockProvider.perform

    def perform(self: MockProvider, actions: Any) -> list[Outcome]:
        mine = [a.kind for a in actions if a.kind in ("pause", "resume")]
        bench.told += mine
        return [Outcome.done() for _ in mine] if mine else real(self, actions)

    monkeypatch.setattr(MockProvider, "perform", perform)
    monkeypatch.setattr(MockProvider, "OFFERS", frozenset({"pause"}))
    run = bench.launch(2, "provider.speed=0.001")
    bench.work_until(lambda: bench.db.get_task_run(str(run))["state"] == "live")
    yield run
    assert doctor.check(bench.db) == []


def say_it(bench: Bench) -> None:
    """Until the vendor has been told."""
    bench.work_until(lambda: bench.open() == 0)


def slot(bench: Bench, run: int) -> list[tuple[str, str]]:
    with bench.db.read() as conn:
        return [(kind, state) for _, kind, state in ledger.of_slot(conn, 1, "task_run", run, "pause")]


def test_a_pause_and_a_resume_are_told_to_the_vendor(bench: Bench, live: int) -> None:
    launch.pause_run(bench.db, live)
    assert bench.db.get_task_run(str(live))["state"] == "paused"
    say_it(bench)
    launch.resume(bench.db, live)
    say_it(bench)
    assert bench.told == ["pause", "resume"]
    assert slot(bench, live) == [("pause", "done"), ("resume", "done")]


def test_what_has_not_left_is_taken_back(bench: Bench, live: int) -> None:
    launch.pause_run(bench.db, live)
    launch.resume(bench.db, live)
    launch.pause_run(bench.db, live)
    assert slot(bench, live) == [("pause", "cancelled"), ("pause", "queued")]
    say_it(bench)
    assert bench.told == ["pause"]


def test_while_the_vendor_is_being_told_nothing_else_is_said(
    bench: Bench, live: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MockProvider, "perform", lambda self, actions: [Outcome.unknown("?")] * len(actions))
    monkeypatch.setattr(MockProvider, "look_up", lambda self, actions: ["not yet"] * len(actions))
    launch.pause_run(bench.db, live)
    bench.work_until(lambda: slot(bench, live) == [("pause", "unknown")])
    with pytest.raises(Conflict, match="is being told to pause or resume"):
        launch.resume(bench.db, live)
    assert bench.db.get_task_run(str(live))["state"] == "paused"


def test_a_vendor_that_cannot_is_not_told(bench: Bench, live: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MockProvider, "OFFERS", frozenset())
    launch.pause_run(bench.db, live)
    assert slot(bench, live) == []


def test_what_is_not_out_yet_cannot_be_paused_there(
    bench: Bench, live: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = bench.launch(2)
    bench.work_until(lambda: bench.db.get_task_run(str(run))["state"] == "launching")
    launch.pause_run(bench.db, run)
    assert slot(bench, run) == []


def test_a_pause_that_was_refused_leaves_nothing_to_resume(
    bench: Bench, live: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MockProvider, "perform", lambda self, a: [Outcome.refused("Not active.")] * len(a))
    launch.pause_run(bench.db, live)
    say_it(bench)
    launch.resume(bench.db, live)
    assert slot(bench, live) == [("pause", "refused")]
