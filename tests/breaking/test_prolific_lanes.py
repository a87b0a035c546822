"""Lanes of an account at Prolific's sandbox that lose their lock, come too late, or are told nonsense."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crowddesk.domain import ActionState
from crowddesk.operations import decisions, launch, paying, places, progress, reconcile, second_looks
from crowddesk.operations.lane_work import LaneWork
from crowddesk.providers.prolific.bonuses import Patience
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific.wire import Lost, Refused
from crowddesk.providers.prolific_sandbox.provider import ProlificSandboxProvider
from crowddesk.store import ledger
from tests.providers.prolific_sandbox.lab import Lab, Serving, open_lab
from tests.providers.prolific_sandbox.open_sandbox import REASON


@pytest.fixture
def lab(workspace_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    with open_lab(workspace_path, tmp_path, monkeypatch) as lab:
        yield lab


def finished(lab: Lab, people: int) -> int:
    """A run with so many answers; the run."""
    run = lab.launch(people)
    kept = lab.study_of(run)
    lab.submit(kept["study_id"], kept["codes"]["finished"], *range(1, people + 1))
    lab.until(lambda: lab.statuses(run).get("completed", 0) == people)
    return run


def give(lab: Lab, run: int, amount: int = 25, sequence: str = "a") -> list[int]:
    workers = [unit.worker_id for unit in lab.units(run) if unit.worker_id is not None]
    given = paying.pay_bonus(
        lab.db,
        lab.account,
        workers,
        amount,
        "Thanks.",
        sequence=sequence,
        run_id=run,
        send_after=timedelta(0),
    )
    return list(given.action_ids)


def paid(lab: Lab) -> Counter[str]:
    rows = lab.process.ask("GET", "/sandbox/ledger")
    return Counter(row["participant_id"] for row in rows if row["kind"] == "bonus")


def states(lab: Lab, ids: list[int]) -> dict[str, int]:
    return dict(progress.of_actions(lab.db, ids).states)


@pytest.mark.parametrize("call", ["submission", "balance", "prepare_bonuses"])
def test_a_lane_that_lost_its_lock_in_the_middle_of_a_batch_does_not_pay(
    lab: Lab, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first lane hangs at the vendor; the second takes over and pays; only then the first goes on."""
    run = finished(lab, 3)
    ids = give(lab, run)
    hangs, go_on = threading.Event(), threading.Event()
    mine = threading.current_thread()
    real = getattr(ProlificClient, call)

    def slow(self: ProlificClient, *args: Any) -> Any:
        if threading.current_thread() is not mine and not hangs.is_set():
            hangs.set()
            go_on.wait(60)
        return real(self, *args)

    monkeypatch.setattr(ProlificClient, call, slow)
    lab.lane.stop()
    first = LaneWork(lab.db, lab.account, Serving())

    def work() -> None:
        while not hangs.is_set():
            first.step()
        first.step()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        assert hangs.wait(60)
        for lock in (lab.db.folder / "locks").iterdir():
            lock.unlink()  # as a lock on another computer's disk gets lost
        lab.until(lambda: states(lab, ids) == {"done": 3})
    finally:
        go_on.set()
        thread.join(60)
        first.stop()
    assert set(paid(lab).values()) == {1}
    more = give(lab, run, sequence="b")
    lab.until(lambda: states(lab, more) == {"done": 3})
    assert set(paid(lab).values()) == {2}


def needing_you(lab: Lab, run: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Bonuses whose payment shows only after a person was asked."""
    real = ProlificClient.submission
    with monkeypatch.context() as patch:
        patch.setattr(ProlificSandboxProvider, "PAID_WITHIN", Patience(0.2, 0.2))
        patch.setattr(ProlificClient, "submission", lambda self, i: replace(real(self, i), bonus_payments=()))
        ids = give(lab, run)
        lab.until(lambda: states(lab, ids) == {"needs_you": len(ids)})
    lab.pass_days(0.001)
    assert set(paid(lab).values()) == {1}
    return ids


def test_a_payment_that_shows_late_is_not_sent_again_by_a_hasty_person(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = finished(lab, 2)
    first = needing_you(lab, run, monkeypatch)
    again = [decisions.resolve_and_resend(lab.db, action) for action in first]
    lab.until(lambda: states(lab, again) == {"done": 2})
    assert set(paid(lab).values()) == {1}
    more = give(lab, run, sequence="b")  # another bonus is another bonus
    lab.until(lambda: states(lab, more) == {"done": 2})
    assert set(paid(lab).values()) == {2}


def test_a_bonus_that_truly_did_not_happen_is_sent_again(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    run = finished(lab, 2)
    lab.process.ask(
        "POST",
        "/sandbox/faults",
        {"seed": 1, "rules": [{"kind": "never_act", "route": "POST /bulk-bonus-payments/{id}/pay/"}]},
    )
    with monkeypatch.context() as patch:
        patch.setattr(ProlificSandboxProvider, "PAID_WITHIN", Patience(0.2, 0.2))
        first = give(lab, run)
        lab.until(lambda: states(lab, first) == {"needs_you": 2})
    lab.process.ask("POST", "/sandbox/faults", {"seed": 1, "rules": []})
    # The same amount for something else, between the question and the answer.
    for action in first:
        decisions.resolve(lab.db, action, happened=False)
    other = give(lab, run, sequence="b")
    lab.until(lambda: states(lab, other) == {"done": 2})
    again = list(decisions.retry(lab.db, first, send_after=timedelta(0)).action_ids)
    lab.until(lambda: states(lab, again) == {"done": 2})
    assert set(paid(lab).values()) == {2}


def test_a_comparison_finds_a_payment_that_shows_late(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    run = finished(lab, 2)
    ids = needing_you(lab, run, monkeypatch)
    found = reconcile.compare(lab.db, lab.account)
    assert {p.mending for p in found.payments} == {"take over"}, found.payments
    reconcile.mend(lab.db, found)
    assert states(lab, ids) == {"done": 2}
    more = give(lab, run, sequence="b")
    lab.until(lambda: states(lab, more) == {"done": 2})
    assert set(paid(lab).values()) == {2}


def test_comparing_all_the_time_changes_nothing_of_what_is_paid(lab: Lab) -> None:
    run = finished(lab, 3)
    ids = give(lab, run)

    def both() -> bool:
        reconcile.compare(lab.db, lab.account)
        return states(lab, ids) == {"done": 3}

    lab.until(both)
    assert set(paid(lab).values()) == {1}


def test_a_study_that_was_taken_away_stops_nobody_elses_answers(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Approvals, messages and bonuses of a study that is gone are looked up for ever; others come behind."""
    gone, there = finished(lab, 7), finished(lab, 7)
    study = lab.study_of(gone)["study_id"]
    lost = {line.id for line in lab.client.submissions(study)}
    lab.process.ask(
        "POST",
        "/sandbox/faults",
        {"seed": 1, "rules": [{"kind": "broken_after", "route": "POST *", "times": 3}]},
    )
    units = {run: [unit.id for unit in lab.units(run)] for run in (gone, there)}
    first = decisions.decide(lab.db, "approve", units[gone], send_after=timedelta(0)).action_ids
    lab.until(lambda: states(lab, list(first)).get("unknown") == 7)
    for name in ("submission", "submissions", "study", "submission_counts"):
        monkeypatch.setattr(ProlificClient, name, forget(getattr(ProlificClient, name), {study, *lost}))
    second = decisions.decide(lab.db, "approve", units[there], send_after=timedelta(0)).action_ids
    lab.until(lambda: states(lab, list(second)) == {"done": 7})
    lab.until(lambda: states(lab, list(first)) == {"needs_you": 7})


def forget(real: Callable[..., Any], lost: set[str]) -> Callable[..., Any]:
    def call(self: ProlificClient, what: str, *args: Any) -> Any:
        if what in lost:
            raise Refused("Prolific says no: not found (404).", 404)
        return real(self, what, *args)

    return call


@pytest.fixture
def lying(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Prolific says once of each transition that it made it, and does nothing; how often each was asked."""
    asked: Counter[str] = Counter()
    becomes = {"PUBLISH": "PUBLISHING", "STOP": "COMPLETED", "PAUSE": "PAUSED", "START": "ACTIVE"}
    real = ProlificClient.move_study

    def move(self: ProlificClient, study_id: str, action: str) -> Any:
        asked[action] += 1
        if asked[action] == 1:
            return replace(self.study(study_id), status=becomes[action])
        return real(self, study_id, action)

    monkeypatch.setattr(ProlificClient, "move_study", move)
    return asked


def test_what_prolific_only_says_it_did_is_asked_for_again(lab: Lab, lying: Counter[str]) -> None:
    run = lab.launch(2)
    study = lab.study_of(run)["study_id"]
    lab.until(lambda: lab.client.study(study).status == "ACTIVE")
    launch.pause_run(lab.db, run)
    lab.until(lambda: lab.client.study(study).status == "PAUSED")
    lab.until(lambda: not open_actions(lab))
    launch.resume(lab.db, run)
    lab.until(lambda: lab.client.study(study).status == "ACTIVE")
    lab.until(lambda: not open_actions(lab))
    launch.stop_run(lab.db, run)
    lab.until(lambda: lab.client.study(study).status == "COMPLETED")
    lab.until(lambda: lab.db.get_task_run(str(run))["state"] == "closed")
    assert lying == {"PUBLISH": 2, "PAUSE": 2, "START": 2, "STOP": 2}


def open_actions(lab: Lab) -> int:
    with lab.db.read() as conn:
        return len(ledger.ids_in_state(conn, ActionState.OPEN))


def test_places_that_prolific_only_says_it_added_are_asked_for_again(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = lab.launch(2)
    study = lab.study_of(run)["study_id"]
    lab.until(lambda: lab.client.study(study).status == "ACTIVE")
    real, asked = ProlificClient.change_study, []

    def change(self: ProlificClient, study_id: str, fields: Any) -> Any:
        asked.append(fields)
        return real(self, study_id, fields if len(asked) > 1 else {})

    monkeypatch.setattr(ProlificClient, "change_study", change)
    places.add_units(lab.db, run, 1)
    lab.until(lambda: lab.client.study(study).places == 4)
    lab.until(lambda: lab.statuses(run) == {"launched": 4})
    assert asked == [{"total_available_places": 4}] * 2


def test_what_the_vendor_approved_while_its_rejection_was_staged_is_accepted(lab: Lab) -> None:
    run = finished(lab, 2)
    units = [unit.id for unit in lab.units(run)]
    done = decisions.decide(lab.db, "reject", units, reason=REASON, category="FAILED_CHECK")
    lab.pass_days(22)
    for _ in range(5):
        lab.lane.step()
    assert lab.statuses(run) == {"completed": 2}
    second_looks.agree(lab.db, done.waiting)
    decisions.send(lab.db)
    lab.until(lambda: states(lab, list(done.action_ids)) == {"refused": 2})
    lab.until(lambda: lab.statuses(run) == {"accepted": 2})
    asked = decisions.request_return(lab.db, units, ["Please."], send_after=timedelta(0))
    assert asked.action_ids == ()


@pytest.mark.parametrize("kind", ["act_then_drop", "broken_after", "broken"])
@pytest.mark.parametrize("after", [0, 1])
def test_a_rejection_that_is_taken_back_by_halves_is_paid_once(lab: Lab, kind: str, after: int) -> None:
    run = finished(lab, 1)
    (unit,) = (unit.id for unit in lab.units(run))
    at_once = timedelta(0)
    first = decisions.decide(
        lab.db, "reject", [unit], reason=REASON, category="FAILED_CHECK", send_after=at_once
    )
    second_looks.agree(lab.db, first.waiting, send_after=at_once)
    lab.until(lambda: states(lab, list(first.action_ids)) == {"done": 1})
    real, asked = ProlificClient.move_submission, 0
    with pytest.MonkeyPatch.context() as patch:

        def move(self: ProlificClient, *args: Any, **more: Any) -> Any:
            nonlocal asked
            asked += 1
            if asked == after + 1:
                if kind != "broken":
                    real(self, *args, **more)
                raise Lost("gone")
            return real(self, *args, **more)

        patch.setattr(ProlificClient, "move_submission", move)
        second = decisions.decide(lab.db, "unreject", [unit], send_after=at_once)
        lab.until(lambda: states(lab, list(second.action_ids)) == {"done": 1})
    assert lab.statuses(run) == {"accepted": 1}
    rows = lab.process.ask("GET", "/sandbox/ledger")
    assert [row["kind"] for row in rows] == ["reward"]
