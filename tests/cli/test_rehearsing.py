"""`crowddesk rehearse`: a run played through from the command line, people, task server, payments and all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crowddesk.providers.prolific_sandbox.process import SandboxProcess

Desk = Any

RUN = """
task: {name: once, title: Yes or no, description: Say yes or no., reward: 0.90, currency: GBP,
       budget: 100.00, estimated_minutes: 5, assignment_duration_in_seconds: 1800,
       onboarding: {qualification: knows, page: before.html, answers: {ready: really}}}
blueprint: {_blueprint_type: static_html, template: task.html, data: items.csv, item_key: id,
            units_per_assignment: 2}
provider: {_provider_type: prolific, requester_name: lab}
"""
BEFORE = """<label><input type="radio" name="ready" value="no"> no</label>
<label><input type="radio" name="ready" value="really"> yes</label>"""


@pytest.fixture
def stage(desk: Desk) -> Iterator[Desk]:
    """A desk with the run's files; its sandbox is ended afterwards."""
    desk.write_run(5, RUN)
    (desk.folder / "before.html").write_text(BEFORE, encoding="utf-8")
    yield desk
    SandboxProcess(desk.workspace / "providers" / "prolific_sandbox").stop()


def test_a_run_is_rehearsed_whole_and_told(stage: Desk) -> None:
    said = stage.run("rehearse", "run.yaml", "--people", "80", "--speed", "1500", "--wait")
    number, *report = said.stdout.splitlines()
    assert number == "1"
    assert report[0] == "Rehearsal of Yes or no (run 1)"
    assert any("10 submitted" in line for line in report)
    assert any("10 approved, 0 undecided" in line for line in report)
    # 10 rewards of 0.90 and a third of it as the fee.
    assert any("GBP 12.00: rewards GBP 9.00, bonuses GBP 0.00, fees GBP 3.00" in line for line in report)
    assert any("an hour, recommended GBP" in line for line in report)
    assert "documents" in report[-1]

    (told,) = stage.json("rehearsal-report", "1")
    assert (told["places"], told["submitted"], told["approved"], told["awaiting"]) == (10, 10, 10, 0)
    assert told["cost"] == told["study_cost"] == {"minor": 1200, "currency": "GBP"}
    assert told["agrees"] is True
    assert told["need_you"] == []

    # What came in is in the desk like any other run's: the answers are real, and so are their workers.
    units = stage.json("units", "--run", "1")
    assert len(units) == 10
    assert {unit["output"]["answer"] for unit in units} <= {"0", "1"}


def test_what_cannot_be_rehearsed_is_said(stage: Desk) -> None:
    path: Path = stage.folder / "run.yaml"
    path.write_text(
        RUN[: RUN.index("provider:")] + "provider: {_provider_type: mock, requester_name: practice}"
    )
    assert "mock cannot be rehearsed" in stage.run("rehearse", "run.yaml", code=2).stderr
    assert "There is no" in stage.run("rehearsal-report", "77", code=1).stderr
