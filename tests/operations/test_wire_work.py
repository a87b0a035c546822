"""What a lane does with a vendor's slower answers: later, not yet, never left, and what a person is shown."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from crowddesk.domain import ActionKind, Found, Outcome
from crowddesk.operations import decisions
from crowddesk.providers.mock import MockProvider
from crowddesk.store import ledger
from tests.operations.conftest import Bench


def actions_of(bench: Bench, kind: str) -> list[Any]:
    with bench.db.read() as conn:
        found = ledger.actions_by_id(conn, range(1, 200)).values()
    return [row for row in found if row["kind"] == kind]


def approve(bench: Bench, units: int) -> list[Any]:
    run = bench.completed(units)
    decisions.decide(bench.db, "approve", bench.ids(run))
    decisions.send(bench.db)
    return bench.ids(run)


def test_what_the_vendor_had_no_time_for_goes_out_again_and_does_not_count(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, turned = MockProvider.perform, []

    def perform(self: MockProvider, actions: Any) -> list[Outcome]:
        if actions[0].kind == ActionKind.APPROVE and len(turned) < 7:  # more often than attempts are counted
            turned.append(actions[0].attempt)
            return [Outcome.later("The wallet is busy.", 0.01) for _ in actions]
        return real(self, actions)

    monkeypatch.setattr(MockProvider, "perform", perform)
    approve(bench, 2)
    bench.work_all()
    assert turned == [1] * 7
    assert [(row["state"], row["attempt"]) for row in actions_of(bench, "approve")] == [("done", 1)] * 2
    assert Counter(p.target for p in bench.vendor.payments("practice") if p.kind == "approve") == Counter(
        {str(i): 1 for i in range(1, 3)}
    )


def test_what_the_vendor_works_on_is_asked_about_again_and_not_sent_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, looks = MockProvider.look_up, []
    bench.vendor.inject("drop_after", "approve")

    def look_up(self: MockProvider, actions: Any) -> list[str]:
        looks.append(len(actions))
        return [Found.NOT_YET] * len(actions) if len(looks) < 3 else real(self, actions)

    monkeypatch.setattr(MockProvider, "look_up", look_up)
    approve(bench, 2)
    bench.work_all()
    assert len(looks) >= 3
    assert [(row["state"], row["attempt"]) for row in actions_of(bench, "approve")] == [("done", 1)] * 2


def test_what_never_left_may_be_sent_as_often_as_the_program_dies(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, lost = MockProvider.perform, []

    def perform(self: MockProvider, actions: Any) -> list[Outcome]:
        if actions[0].kind == ActionKind.APPROVE and len(lost) < 8:
            lost.append(actions[0].attempt)
            return [Outcome.unknown("The program ended.") for _ in actions]
        return real(self, actions)

    monkeypatch.setattr(MockProvider, "perform", perform)
    monkeypatch.setattr(MockProvider, "look_up", lambda self, actions: [Found.NOT_SENT] * len(actions))
    approve(bench, 1)
    bench.work_all()
    assert lost == [1] * 8
    assert [row["state"] for row in actions_of(bench, "approve")] == ["done"]


@pytest.mark.parametrize("fails", [False, True])
def test_a_person_who_decides_is_shown_the_evidence(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    def evidence_of(self: MockProvider, actions: Any) -> list[dict[str, Any]]:
        if fails:
            raise RuntimeError("nothing to be found")
        return [{"balance_before": 5, "unit": action.target_id} for action in actions]

    bench.vendor.inject("drop_after", "approve")
    monkeypatch.setattr(MockProvider, "look_up", lambda self, actions: [Found.CANNOT_TELL] * len(actions))
    monkeypatch.setattr(MockProvider, "evidence_of", evidence_of)
    (unit,) = approve(bench, 1)
    bench.work_all()
    (row,) = actions_of(bench, "approve")
    assert row["state"] == "needs_you"
    shown = "{}" if fails else f'{{"balance_before": 5, "unit": "{unit}"}}'
    assert row["evidence"] == shown
