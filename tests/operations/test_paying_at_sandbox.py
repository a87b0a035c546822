"""At Prolific's sandbox: who returned their place is compensated by a bonus, once, by the vendor's ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from crowddesk.operations import paying, progress
from tests.providers.prolific_sandbox.lab import Lab, open_lab


@pytest.fixture
def lab(workspace_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    with open_lab(workspace_path, tmp_path, monkeypatch) as lab:
        yield lab


def test_who_returned_their_place_is_compensated(lab: Lab) -> None:
    run = lab.launch(2)
    kept = lab.study_of(run)
    pid = f"{7:024x}"
    lab.submit(kept["study_id"], kept["codes"]["finished"], 7)
    lab.until(lambda: lab.statuses(run).get("completed") == 1)
    (submission,) = lab.submissions(kept["study_id"]).values()
    with httpx.Client(base_url=lab.process.address(), trust_env=False, timeout=30) as http:
        assert http.post(f"/participant/{pid}/return/{submission}").status_code < 400
    lab.until(lambda: bool(paying.stranded_in(lab.db, run)))
    (one,) = paying.stranded_in(lab.db, run)
    assert (one.worker_name, one.agent_status) == (pid, "returned")
    made = paying.compensate(
        lab.db, run, [one.worker_id], 75, "The page stopped before you were done.", send_after=timedelta(0)
    )
    lab.until(lambda: progress.of_actions(lab.db, made.action_ids).states == {"done": 1})
    rows = [row for row in lab.process.ask("GET", "/sandbox/ledger") if row["kind"] == "bonus"]
    assert [(row["participant_id"], row["amount"]) for row in rows] == [(pid, 75)]
    (unit,) = [u for u in lab.units(run) if u.kind == "compensation"]
    assert (unit.status, unit.worker_name) == ("accepted", pid)
    assert lab.db.get_task_run(str(run))["state"] == "live"
