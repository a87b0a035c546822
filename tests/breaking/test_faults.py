"""Every kind of call against every way in which a wire fails: done once or refused, never twice or lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from crowddesk.operations import decisions, launch, paying, progress, second_looks
from crowddesk.operations.workspace import open_workspace
from crowddesk.providers.mock import MockProvider
from crowddesk.store import doctor
from tests.operations.conftest import Bench

WHY = "Every answer was the same one."
FAULTS = ("refuse", "drop_before", "drop_midway", "drop_after", "delay")


@pytest.fixture
def bench(workspace_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(MockProvider, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(MockProvider, "LOOK_UP_SECONDS", 0.01)
    db = open_workspace(workspace_path)
    bench = Bench(db, tmp_path)
    yield bench
    assert doctor.check(db) == []
    bench.lane.stop()
    db.close()


def send(bench: Bench) -> None:
    decisions.send(bench.db)
    bench.work_all()


def at_rest(bench: Bench, run: int) -> bool:
    """Nothing more happens by itself: it is over, or a refusal waits for somebody to resume."""
    here = progress.of_run(bench.db, run)
    return here.over or (here.state == "closing" and not bench.open())


@pytest.mark.parametrize("fault", FAULTS)
def test_units(bench: Bench, fault: str) -> None:
    """Set up, launch, approve, soft reject, reject, un-reject, clean up: each call of them fails once."""
    for kind in ("set_up", "launch", "clean_up"):
        bench.vendor.inject(fault, kind)
    run = bench.launch(6)
    for _ in range(4):
        bench.work_until(lambda: at_rest(bench, run))
        launch.resume(bench.db, run)
    assert progress.of_run(bench.db, run).over
    ids = bench.ids(run)
    for kind, some in (("approve", ids[:2]), ("soft_reject", ids[2:4]), ("reject", ids[4:])):
        bench.vendor.inject(fault, "approve" if kind == "soft_reject" else kind)
        for _ in range(2):
            made = decisions.decide(bench.db, kind, some, reason=WHY)
            second_looks.agree(bench.db, made.waiting)
            send(bench)
    assert bench.statuses(run) == {"accepted": 2, "soft_rejected": 2, "rejected": 2}
    bench.vendor.inject(fault, "unreject")
    for _ in range(2):
        decisions.decide(bench.db, "unreject", ids[4:])
        send(bench)
    assert bench.statuses(run) == {"accepted": 4, "soft_rejected": 2}
    paid = Counter(p.target for p in bench.vendor.payments("practice") if p.kind in ("approve", "unreject"))
    assert paid == Counter(map(str, ids))
    launched = Counter(c.target for c in bench.vendor.calls("launch") if c.done)
    assert launched == Counter(map(str, ids))


@pytest.mark.parametrize("fault", FAULTS)
def test_workers(bench: Bench, fault: str) -> None:
    run = bench.completed(1)
    (unit,) = bench.units(run)
    worker, name = unit.worker_id, str(unit.worker_name)
    assert worker is not None
    bench.db.new_qualification("careful")
    for kind in ("bonus", "block", "grant", "unblock", "revoke"):
        bench.vendor.inject(fault, kind)
        if kind == "bonus":
            done = paying.pay_bonus(bench.db, 1, [worker], 50, "Thanks.", sequence="a", run_id=run)
        else:
            word = {"qualification_name": "careful", "value": 3} if kind in ("grant", "revoke") else {}
            done = decisions.treat_workers(bench.db, kind, 1, [worker], reason=WHY, **word)  # type: ignore[arg-type]
        send(bench)
        decisions.retry(bench.db, done.action_ids)
        send(bench)
        if kind == "block":
            assert bench.vendor.is_blocked("practice", name)
        if kind == "grant":
            assert bench.vendor.granted_value("practice", name, "careful") == 3
    assert not bench.vendor.is_blocked("practice", name)
    assert bench.vendor.granted_value("practice", name, "careful") is None
    assert [p.amount for p in bench.vendor.payments("practice") if p.kind == "bonus"] == [-50]


@pytest.mark.parametrize("call", ["changes", "find_calls"])
@pytest.mark.parametrize("fault", ["drop_before", "delay"])
def test_reads(bench: Bench, call: str, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crowddesk.operations.wire_work.BACKOFF", (0.01,))
    run = bench.launch(3)
    bench.vendor.inject(fault, call, times=2)
    bench.vendor.inject("drop_after", "launch")
    bench.work_until(lambda: progress.of_run(bench.db, run).over)
    assert bench.statuses(run) == {"completed": 3}
