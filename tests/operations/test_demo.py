"""The demo plays to its end: two runs, decisions, a bonus, everything sent, an export."""

from __future__ import annotations

from typing import Any

from crowddesk.operations import demo
from crowddesk.store import doctor

Bench = Any


def test_the_demo_plays_to_its_end_and_leaves_a_healthy_workspace(bench: Bench) -> None:
    pages = set()
    says = []
    for moment in demo.play(bench.db, speed=2000):
        pages.add(moment.page)
        says.append(moment.says)
        bench.work_until(moment.reached)
    assert pages == {"runs", "units", "payments"}
    assert says[-1].startswith("Exported: ")
    follows = bench.statuses(1)
    assert set(follows) == {"accepted", "soft_rejected"}
    kinds = {call.kind for call in bench.vendor.calls()}
    assert {"approve", "bonus", "launch"} <= kinds
    assert (bench.db.folder / "exports" / "follows.csv").is_file()
    assert bench.statuses(2) == {"completed": 60}
    assert doctor.check(bench.db) == []
