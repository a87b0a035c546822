"""A database that was put back does not know what left since: nothing is paid twice, by vendors' ledgers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crowddesk.domain import ActionKind, ActionState
from crowddesk.operations import backup, decisions, launch, paying, progress, restored, second_looks
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.workspace import open_workspace
from crowddesk.store import doctor, holding, journal, ledger
from tests.operations.conftest import Bench
from tests.providers.prolific_sandbox.lab import Lab, Serving, open_lab


def paid_at(bench: Bench) -> Counter[tuple[str, str]]:
    """The practice vendor's ledger: how often money moved for what."""
    return Counter((p.kind, p.target) for p in bench.vendor.payments("practice") if p.amount < 0)


def put_back(bench: Bench, copy: Path) -> None:
    """The workspace's database becomes the copy; the vendor's books stay as they are."""
    bench.lane.stop()
    bench.db.close()
    backup.put_back(bench.db.folder, copy)
    bench.db = open_workspace(bench.db.folder)
    bench.lane = LaneWork(bench.db, 1)


def look_up(bench: Bench) -> None:
    bench.work_until(lambda: not bench.states().get("unknown"))


def rows(db: Any, ids: list[int] | tuple[int, ...]) -> list[Any]:
    with db.read() as conn:
        found = ledger.actions_by_id(conn, list(ids))
    return [found[i] for i in ids]


def states(db: Any, ids: list[int] | tuple[int, ...]) -> Counter[str]:
    return Counter(row["state"] for row in rows(db, ids))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.sqlite"


def test_what_was_sent_since_is_found_out_and_not_sent_again(bench: Bench, copy: Path) -> None:
    run = bench.completed(12)
    units = bench.units(run)
    decided = decisions.decide(bench.db, ActionKind.APPROVE, [u.id for u in units[:5]]).action_ids
    rejected = decisions.decide(
        bench.db, ActionKind.REJECT, [units[5].id], reason="Every answer is the same word, five times."
    ).action_ids
    second_looks.agree(bench.db, rejected)
    bonus = paying.pay_bonus(bench.db, 1, [units[0].worker_id], 50, "Thanks.", sequence="a").action_ids
    bench.db.backup(copy)
    decisions.send(bench.db)
    bench.work_all()
    before = paid_at(bench)
    assert sum(before.values()) == 6

    put_back(bench, copy)
    assert bench.states()["unknown"] == 7
    look_up(bench)
    assert states(bench.db, [*decided, *rejected, *bonus]) == {"done": 7}
    assert paid_at(bench) == before
    decisions.decide(bench.db, ActionKind.APPROVE, [u.id for u in units[6:]])
    decisions.send(bench.db)
    bench.work_all()
    after = paid_at(bench)
    assert max(after.values()) == 1
    assert sum(after.values()) == 12  # eleven units and the bonus; one was rejected
    assert doctor.check(bench.db) == []
    with bench.db.read() as conn:
        assert journal.verify(conn).ok


def test_what_had_not_left_waits_for_a_person_and_a_bonus_for_their_word(bench: Bench, copy: Path) -> None:
    run = bench.completed(6)
    units = bench.units(run)
    far = timedelta(hours=1)
    staged = decisions.decide(bench.db, ActionKind.APPROVE, [units[0].id]).action_ids
    queued = decisions.decide(bench.db, ActionKind.APPROVE, [units[1].id], send_after=far).action_ids
    bonus = paying.pay_bonus(
        bench.db, 1, [units[0].worker_id], 50, "Thanks.", sequence="a", send_after=far
    ).action_ids
    bench.db.backup(copy)
    put_back(bench, copy)
    look_up(bench)
    assert states(bench.db, [*staged, *queued]) == {"staged": 2}
    (asked,) = rows(bench.db, bonus)
    assert asked["state"] == ActionState.NEEDS_YOU
    assert "The database was restored as it was on" in asked["outcome"]
    assert not paid_at(bench)
    decisions.send(bench.db)
    bench.work_all()
    assert len(paid_at(bench)) == 2
    decisions.resolve_and_resend(bench.db, bonus[0])
    bench.work_all()
    assert paid_at(bench)[(ActionKind.BONUS, units[0].worker_name)] == 1
    assert max(paid_at(bench).values()) == 1
    assert doctor.check(bench.db) == []


def test_what_was_decided_and_paid_since_comes_back_from_the_vendor(bench: Bench, copy: Path) -> None:
    run = bench.launch(8)
    bench.work_until(lambda: bench.statuses(run).get("completed", 0) >= 2)
    bench.db.backup(copy)
    bench.work_until(lambda: progress.of_run(bench.db, run).over)
    everything = bench.ids(run, "status:completed")
    decisions.decide(bench.db, ActionKind.APPROVE, everything, send_after=timedelta(0))
    bench.work_all()
    before = paid_at(bench)

    put_back(bench, copy)
    bench.work_until(lambda: bench.statuses(run).get("accepted") == 8)
    left = bench.ids(run, "status:completed")
    assert left == []
    assert paid_at(bench) == before
    assert doctor.check(bench.db) == []


def test_a_bonus_that_the_database_forgot_is_refused_once(bench: Bench, copy: Path) -> None:
    run = bench.completed(3)
    worker = bench.units(run)[0].worker_id
    bench.db.backup(copy)

    def pay(sequence: str) -> int:
        made = paying.pay_bonus(
            bench.db, 1, [worker], 50, "Thanks.", sequence=sequence, send_after=timedelta(0)
        )
        bench.work_all()
        return made.action_ids[0]

    pay("a")
    put_back(bench, copy)
    again = pay("b")
    (row,) = rows(bench.db, [again])
    assert row["state"] == "refused"
    assert "that this workspace does not know" in row["outcome"]
    assert sum(paid_at(bench).values()) == 1
    decisions.retry(bench.db, [again], send_after=timedelta(0))
    bench.work_all()
    assert sum(paid_at(bench).values()) == 2  # a person has said so twice


def test_nothing_is_begun_until_somebody_has_read_the_note(bench: Bench, copy: Path) -> None:
    run = bench.launch(5)
    bench.work_until(lambda: bench.db.get_task_run(str(run))["state"] == "launching")
    bench.db.backup(copy)
    put_back(bench, copy)
    found = restored.restored_of(bench.db)
    assert found is not None
    assert not found.dismissed
    assert found.restored_from == str(copy)
    assert abs(found.restored_at - datetime.now(UTC)) < timedelta(minutes=1)
    for _ in range(10):
        step = bench.lane.step()
    assert "restored" in step.note
    assert bench.db.get_task_run(str(run))["state"] == "launching"
    assert bench.statuses(run) == {"created": 5}
    restored.dismiss(bench.db)
    bench.work_until(lambda: progress.of_run(bench.db, run).over)
    assert bench.statuses(run) == {"completed": 5}
    assert doctor.check(bench.db) == []


def test_a_run_that_was_launched_since_is_no_other_run(bench: Bench, copy: Path) -> None:
    bench.db.backup(copy)
    lost = bench.completed(3)
    put_back(bench, copy)
    restored.dismiss(bench.db)
    new = bench.completed(4)
    assert new > lost + 900
    assert bench.statuses(new) == {"completed": 4}
    assert not set(bench.ids(new)) & {1, 2, 3}


def test_held_once_is_held_again(bench: Bench, copy: Path) -> None:
    run = bench.completed(3)
    bonus = paying.pay_bonus(bench.db, 1, [bench.units(run)[0].worker_id], 50, "T", sequence="a").action_ids
    bench.db.backup(copy)
    put_back(bench, copy)
    look_up(bench)
    bench.db.backup(copy)
    put_back(bench, copy)
    look_up(bench)
    assert states(bench.db, bonus) == {"needs_you": 1}
    with bench.db.read() as conn:
        assert set(holding.held_since(conn, bonus)) == set(bonus)


# ------------------------------------------------------------------------------------- at Prolific's stand-in


@pytest.fixture
def lab(workspace_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    with open_lab(workspace_path, tmp_path, monkeypatch) as lab:
        yield lab


def test_prolifics_stand_in_pays_each_once(lab: Lab, copy: Path) -> None:
    run = lab.launch(6)
    kept = lab.study_of(run)
    lab.submit(kept["study_id"], kept["codes"]["finished"], 1, 2, 3)
    lab.until(lambda: lab.statuses(run).get("completed") == 3)
    first, second, third = sorted((u for u in lab.units(run) if u.worker_id), key=lambda u: u.worker_name)
    approve = decisions.decide(lab.db, ActionKind.APPROVE, [first.id]).action_ids
    reject = decisions.decide(
        lab.db, ActionKind.REJECT, [second.id], reason="Every answer is one and the same word. " * 4,
        category="LOW_EFFORT",
    ).action_ids  # fmt: skip
    second_looks.agree(lab.db, reject)
    bonus = paying.pay_bonus(
        lab.db, lab.account, [first.worker_id], 40, "Thanks.", sequence="a", run_id=run, unit_id=first.id
    ).action_ids
    lab.db.backup(copy)
    later = decisions.decide(lab.db, ActionKind.APPROVE, [third.id]).action_ids
    extra = paying.pay_bonus(
        lab.db, lab.account, [third.worker_id], 30, "Thanks.", sequence="a", run_id=run, unit_id=third.id
    ).action_ids
    decisions.send(lab.db)
    sent = [*approve, *reject, *bonus, *later, *extra]
    lab.until(lambda: states(lab.db, sent) == {"done": 5})
    lab.submit(kept["study_id"], kept["codes"]["finished"], 4)
    lab.until(lambda: lab.statuses(run).get("completed") == 1)

    def told() -> list[tuple[str, str, int]]:
        entries = lab.process.ask("GET", "/sandbox/ledger")
        return sorted(
            (e["kind"], str(e["participant_id"]), e["amount"]) for e in entries if e["participant_id"]
        )

    before = told()
    lab.lane.stop()
    lab.db.close()
    backup.put_back(lab.db.folder, copy)
    lab.db = open_workspace(lab.db.folder)
    try:
        lab.lane = LaneWork(lab.db, lab.account, Serving())
        lab.until(lambda: not progress.of_actions(lab.db, [*approve, *reject, *bonus]).states.get("unknown"))
        assert states(lab.db, [*approve, *reject]) == {"done": 2}
        (asked,) = rows(lab.db, bonus)
        assert asked["state"] == ActionState.NEEDS_YOU
        assert "The database was restored" in asked["outcome"]
        lab.until(lambda: lab.statuses(run).get("accepted") == 2 and lab.statuses(run).get("completed") == 1)
        assert told() == before
        # What the database forgot: the same bonus, entered anew.
        forgot = paying.pay_bonus(
            lab.db, lab.account, [third.worker_id], 30, "Thanks.", sequence="a", run_id=run, unit_id=third.id,
            send_after=timedelta(0),
        ).action_ids  # fmt: skip
        decisions.send(lab.db)
        lab.until(lambda: states(lab.db, forgot) == {"refused": 1})
        assert told() == before
        decisions.resolve(lab.db, bonus[0], happened=True)
        (fourth,) = (u for u in lab.units(run) if u.status == "completed")
        last = decisions.decide(lab.db, ActionKind.APPROVE, [fourth.id], send_after=timedelta(0)).action_ids
        lab.until(lambda: states(lab.db, last) == {"done": 1})
        assert len(told()) == len(before) + 1
        assert doctor.check(lab.db) == []
    finally:
        lab.lane.stop()
        lab.db.close()


def test_a_launch_that_was_begun_goes_on_when_the_note_is_read(bench: Bench, copy: Path) -> None:
    """The backup falls between the set-up and the launch, which then happens at the vendor."""
    run = launch.create_run(bench.db, bench.config(4))
    bench.db.backup(copy)
    bench.work_until(lambda: progress.of_run(bench.db, run).over)
    put_back(bench, copy)
    look_up(bench)
    restored.dismiss(bench.db)
    decisions.send(bench.db)  # the set-up, which the vendor cannot be asked about
    bench.work_until(lambda: progress.of_run(bench.db, run).over)
    assert bench.statuses(run) == {"completed": 4}
    assert doctor.check(bench.db) == []
