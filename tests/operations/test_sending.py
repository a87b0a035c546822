"""The send sheet against the vendor's ledger: what it says is what is paid, to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crowddesk.domain import PolicyRefused, to_major
from crowddesk.operations import decisions, paying, progress, second_looks, sending
from crowddesk.operations.policy import RejectionPolicy
from crowddesk.store import tables as t
from tests.providers.prolific_sandbox.lab import Lab, open_lab
from tests.providers.prolific_sandbox.open_sandbox import REASON

Bench = Any
WHY = "Every answer was the same one."


def sheet_of(db: Any, run: int | None = None) -> sending.Sheet:
    with db.read() as conn:
        return sending.read_sheet(conn, RejectionPolicy(), run)


def decide_all(db: Any, account: int, units: list[Any], reason: str, category: str = "") -> None:
    """Approvals, soft rejections, a rejection that is agreed to and one that waits, and bonuses."""
    ids = [unit.id for unit in units]
    decisions.decide(db, "approve", ids[:3])
    decisions.decide(db, "soft_reject", ids[3:5], reason="Paid, and not used.")
    agreed = decisions.decide(
        db, "reject", ids[5:6], reason=reason, category=category, evidence={ids[5]: ["3 s against 74 s"]}
    )
    second_looks.agree(db, agreed.waiting, "So it is.")
    assert decisions.decide(db, "reject", ids[6:7], reason=reason, category=category).waiting
    for n, amount in enumerate((33, 107)):
        worker = units[n].worker_id
        paying.pay_bonus(
            db, account, [worker], amount, "Thanks.", sequence=str(n), run_id=units[n].task_run_id
        )


def test_the_practice_crowds_ledger_moves_by_what_the_sheet_says(bench: Bench) -> None:
    run = bench.completed(8, "task.reward=0.33", "provider.people=8", "task.maximum_units_per_worker=1")
    before, _ = bench.vendor.balance("practice")
    decide_all(bench.db, 1, bench.units(run), WHY)
    sheet = sheet_of(bench.db)
    (mine,) = sheet.accounts
    assert [(part.kind, part.actions) for part in mine.kinds] == [
        ("approve", 3),
        ("bonus", 2),
        ("reject", 1),
        ("soft_reject", 2),
    ]
    assert (sheet.actions, sheet.waiting, len(mine.rejected)) == (8, 1, 1)
    assert mine.rejected[0].evidence == ("3 s against 74 s",)
    assert mine.broken == ()
    balance = sending.available_balance(bench.db, 1)
    assert balance == to_major(before, "USD")
    assert len(decisions.send(bench.db, last_id=sheet.last_id)) == 8
    bench.work_all()
    after, _ = bench.vendor.balance("practice")
    assert after == before - mine.amount_minor - mine.fee_minor
    assert sending.balance_after(balance, mine) == to_major(after, "USD")
    moved = [p for p in bench.vendor.payments("practice") if p.kind in ("approve", "bonus")]
    assert (-sum(p.amount for p in moved), -sum(p.fee for p in moved)) == (mine.amount_minor, mine.fee_minor)
    assert bench.statuses(run) == {"accepted": 3, "soft_rejected": 2, "rejected": 1, "completed": 2}
    (left,) = sheet_of(bench.db).accounts
    assert (left.actions, left.amount_minor, len(left.waiting)) == (0, 0, 1)


@pytest.fixture
def lab(workspace_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    with open_lab(workspace_path, tmp_path, monkeypatch) as lab:
        yield lab


def test_prolifics_ledger_moves_by_what_the_sheet_says(lab: Lab) -> None:
    run = lab.launch(8)
    kept = lab.study_of(run)
    lab.submit(kept["study_id"], kept["codes"]["finished"], *range(1, 9))
    lab.until(lambda: lab.statuses(run).get("completed", 0) == 8)
    decide_all(lab.db, lab.account, lab.units(run), REASON, "FAILED_CHECK")
    sheet = sheet_of(lab.db)
    (mine,) = sheet.accounts
    assert (sheet.actions, sheet.waiting, mine.broken) == (8, 1, ())
    sent = decisions.send(lab.db, last_id=sheet.last_id)
    assert len(sent) == 8
    lab.until(lambda: progress.of_actions(lab.db, sent).states == {"done": 8})
    rows = lab.process.ask("GET", "/sandbox/ledger")
    assert {row["kind"] for row in rows} == {"reward", "bonus"}
    assert sum(abs(row["amount"]) for row in rows) == mine.amount_minor
    assert sum(abs(row.get("fee", 0)) for row in rows) == mine.fee_minor
    (left,) = sheet_of(lab.db).accounts
    assert (left.actions, len(left.waiting)) == (0, 1)


def test_the_sheet_of_one_run_counts_that_run_alone(bench: Bench) -> None:
    first, second = bench.completed(2), bench.completed(3)
    decisions.decide(bench.db, "approve", bench.ids(first))
    made = decisions.decide(bench.db, "reject", bench.ids(second), reason=WHY)
    assert (sheet_of(bench.db, first).actions, sheet_of(bench.db, first).waiting) == (2, 0)
    assert (sheet_of(bench.db, second).actions, sheet_of(bench.db, second).waiting) == (0, 3)
    second_looks.agree(bench.db, made.action_ids)
    assert decisions.send(bench.db, run_id=first) != []
    assert sheet_of(bench.db).actions == 3


def test_the_sheet_of_one_run_names_no_other_runs_reasons(bench: Bench) -> None:
    first, second = bench.completed(2), bench.completed(2)
    decisions.decide(bench.db, "reject", bench.ids(first), reason=WHY)
    made = decisions.decide(bench.db, "reject", bench.ids(second), reason=WHY)
    with bench.db.write() as w:  # as it may be when a vendor's rules changed since
        w.update(t.VendorAction, made.action_ids, reason="")
    told = [account.broken for run in (first, second, None) for account in sheet_of(bench.db, run).accounts]
    assert told[0] == ()
    assert [len(broken) for broken in told[1:]] == [1, 1]
    assert told[1][0].endswith("It will be refused.")


def test_the_sheet_as_json_says_what_is_not_known(bench: Bench) -> None:
    run = bench.completed(3)
    decisions.decide(bench.db, "approve", bench.ids(run)[:1])
    decisions.decide(bench.db, "reject", bench.ids(run)[1:2], reason=WHY, evidence={bench.ids(run)[1]: ["x"]})
    told = sending.sheet_json(sheet_of(bench.db), {1: "offline"})
    (mine,) = told["accounts"]
    assert (mine["balance"], mine["balance_after"], mine["balance_problem"]) == (None, None, "offline")
    assert mine["total"] == {"minor": 12, "currency": "USD"}
    assert [(look["reason"], look["evidence"]) for look in mine["second_looks"]] == [(WHY, ["x"])]
    (mine,) = sending.sheet_json(sheet_of(bench.db), {1: Decimal("1.239")})["accounts"]
    assert (mine["balance"]["minor"], mine["balance_after"]["minor"]) == (123, 111)


def broken(bench: Bench, **caps: int) -> tuple[str, ...]:
    with bench.db.read() as conn:
        (account,) = sending.read_sheet(conn, RejectionPolicy(**caps)).accounts
    return account.broken


def test_the_sheet_holds_against_rejections_what_the_wire_would(bench: Bench) -> None:
    run = bench.completed(6, "provider.people=1")
    ids = bench.ids(run)
    first = decisions.decide(bench.db, "reject", ids[:2], reason=WHY)
    second_looks.agree(bench.db, first.action_ids[:1])
    # One of the two stays; they were decided in one go all the same.
    assert broken(bench, most_per_batch=1) == ("2 rejections at once are more than the cap of 1.",)
    assert broken(bench, most_a_day=1, most_per_worker_a_day=1) == ()
    second_looks.agree(bench.db, first.action_ids[1:])
    decisions.decide(bench.db, "reject", ids[2:3], reason=WHY)
    with bench.db.read() as conn:
        late = second_looks.list_waiting(conn)
    second_looks.agree(bench.db, [row.action_id for row in late])
    assert broken(bench, most_per_batch=2) == ()  # not of one go, and each go keeps the cap
    # That they were decided the day before yesterday does not matter: they leave today.
    with bench.db.write() as w:
        w.update(t.VendorAction, first.action_ids, created_at=w.at - timedelta(days=2))
    assert broken(bench, most_a_day=2, most_per_worker_a_day=2) == (
        "3 rejections in 24 hours are more than the cap of 2.",
        "One person has 3 rejections in 24 hours; the cap is 2.",
    )
    with pytest.raises(PolicyRefused, match="cap of 3 a day"):
        decisions.decide(bench.db, "reject", ids[3:4], reason=WHY, caps=RejectionPolicy(most_a_day=3))
