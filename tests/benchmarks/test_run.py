"""The benchmark runs, at a size at which its times mean nothing, and its table has every row."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.table import Comparison, Row, markdown, milliseconds

ROOT = Path(__file__).parent.parent.parent
BUDGETS = {
    "cold start: first paint",
    "cold start: rows on the screen",
    "open the run: first rows painted",
    "sort, slowest",
    "filter, slowest",
    "jump to its end",
    "longest pause while events arrive",
    "99th percentile of pauses",
    "status events stored meanwhile",
    "launch 50 units on mock",
    "pages and totals, slowest",
    "memory of the window over the run",
    "hand out and store units, 200 at once",
    "memory with 1,000 idle WebSockets",
    "longest pause of the window meanwhile",
    "99th percentile of pauses meanwhile",
    "launch 50 places at the sandbox, 50.0 ms away",
    "follow 50 places at the sandbox, 50.0 ms away",
    "settle 50 places at the sandbox, 50.0 ms away",
    "all of it: calls a place",
    "longest pause of the window at a vendor",
    "Dawid-Skene on 1,000 answers",
    "the picture of a run of 1,000 units",
    "key to next answer painted, 99th percentile, 1,000 units",
    "the same without the machine's waits",
    "memory of the review page over that run",
    "export of the run as CSV",
    "export of the run as JSON lines",
}


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_tiny_run_measures_every_budget(tmp_path: Path) -> None:
    ran = subprocess.run(
        [
            sys.executable,
            "benchmarks/run.py",
            "--units",
            "1000",
            "--launched",
            "50",
            "--served",
            "200",
            "--json",
        ],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    # What was built into dist/ is measured where there is any.
    measured = [row for row in found["rows"] if row["name"] != "installed"]
    assert {row["what"].partition(" (")[0] for row in measured} == BUDGETS
    assert all(row["ratio"] > 0 for row in found["rows"])
    assert len(found["comparisons"]) == 8


def test_a_workspace_that_is_built_in_bulk_is_whole(tmp_path: Path) -> None:
    from benchmarks import workspace
    from crowddesk.store import doctor
    from crowddesk.store.database import Database
    from crowddesk.store.queries import RUNS, UNITS

    workspace.build(tmp_path / "made", 1_230)
    db = Database(tmp_path / "made")
    try:
        assert doctor.check(db) == []
        with db.read() as conn:
            assert UNITS.count(conn) == len(UNITS.ids(conn)) == 1_230
            assert sum(RUNS.first(conn)[0].units.values()) == 1_230
    finally:
        db.close()


def test_a_row_over_its_bound_says_so() -> None:
    kept = Row("a", "what is kept", "1.0 ms", "floor", 1.99, 2.0)
    broken = Row("b", "what is not", "3.0 ms", "floor", 2.01, 2.0, "because")
    text = markdown([kept, broken], [Comparison("list", 27.7, 0.1)])
    lines = {line.split("|")[1].strip(): line for line in text.splitlines() if line.startswith("| ")}
    assert lines["what is kept"].rstrip().endswith("| ok       |")
    assert lines["what is not"].rstrip().endswith("| **over** |")
    assert "277x" in lines["list"]
    assert "- what is not: because" in text


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.0123, "12.3 ms"), (0.5, "500 ms"), (2.0, "2,000 ms"), (51.0, "51.0 s")]
)
def test_times_are_written_short(seconds: float, words: str) -> None:
    assert milliseconds(seconds) == words


def test_a_measurement_that_there_is_not_is_refused() -> None:
    from benchmarks import run

    with pytest.raises(SystemExit):
        run.main(["--only", "speed"])
