"""A study at the sandbox, with browsers as its participants: from its start page to its completion page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from crowddesk.data_model.task_run import TaskRun
from crowddesk.operations import launch
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.run_file import load_run
from crowddesk.providers.prolific_sandbox.entities import SandboxRequester, sandbox_of
from crowddesk.settings import TaskServing
from crowddesk.store import records
from crowddesk.taskserver.clock import Clock
from crowddesk.testing import make_workspace, register
from tests.browser.visiting import SHORT, Visit, Visitor, answers
from tests.taskserver.serving import Serving

RUN = """
task: {name: notes, title: Write a note, description: Write one., reward: 1.00, currency: GBP, budget: 20.00,
       assignment_duration_in_seconds: 1800, estimated_minutes: 5}
blueprint: {_blueprint_type: static_html, template: task.html, data: items.csv, item_key: id}
provider: {_provider_type: prolific_sandbox, requester_name: lab, people: 0, hosting: here}
"""
ONBOARDING = '<form><label>Knows <input name="knows"></label><button type="submit">Submit</button></form>'


class Study:
    """A run that is live at the sandbox, its lane stepped by the test."""

    def __init__(self, folder: Path, *changes: str) -> None:
        (folder / "items.csv").write_text("id,text\n1,One\n2,Two\n3,Three\n", encoding="utf-8")
        (folder / "task.html").write_text(SHORT, encoding="utf-8")
        (folder / "intro.html").write_text(ONBOARDING, encoding="utf-8")
        (folder / "run.yaml").write_text(RUN, encoding="utf-8")
        self._file, self._changes, self.run_id = folder / "run.yaml", changes, ""
        self.db = make_workspace(folder / "workspace")
        self.serving = Serving(self.db, [], TaskServing(), Clock())
        account = register(SandboxRequester.new(self.db, "lab"))
        self.lane = LaneWork(self.db, int(account.db_id), self.serving.server)

    def close(self) -> None:
        self.lane.stop()
        self.serving.stop()
        sandbox_of(self.db).stop()
        self.db.close()

    def work_until(self, holds: Callable[[], bool]) -> None:
        """Does the lane's steps until something holds."""
        pause, end = threading.Event(), time.monotonic() + 60
        while not holds():
            assert time.monotonic() < end
            pause.wait(min(self.lane.step().wait, 0.05))

    def open(self) -> None:
        """Sets it up and publishes it, which takes the sandbox a moment longer than it takes us."""
        self.run_id = str(launch.create_run(self.db, load_run(self._file, self._changes)))
        self.work_until(lambda: TaskRun.get(self.db, self.run_id).state == "live")
        self.work_until(lambda: self.ask("state")["studies"][0]["status"] == "ACTIVE")

    def start(self, pid: str) -> str:
        """Where a participant begins."""
        (study,) = self.ask("state")["studies"]
        return f"{sandbox_of(self.db).address()}/participant/{pid}/start/{study['id']}"

    def ask(self, what: str) -> Any:
        return sandbox_of(self.db).ask("GET", f"/sandbox/{what}")

    def submissions(self) -> dict[str, int]:
        """How many submissions there are in each status at the sandbox."""
        return {row["status"]: row["number"] for row in self.ask("state")["submissions"]}

    def units(self) -> list[str]:
        with self.db.read() as conn:
            return [row["status"] for row in records.find(conn, "unit", task_run_id=self.run_id)]


@contextmanager
def opened(folder: Path, *changes: str) -> Iterator[Study]:
    study = Study(folder, *changes)
    try:
        study.open()
        yield study
    finally:
        study.close()


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with opened(tmp_path) as study:
        yield study


def came_back(visitor: Visitor) -> None:
    """The browser is at the sandbox, which took the submission."""
    expect(visitor.page.get_by_text("Your submission was received.")).to_be_visible(timeout=15_000)


def test_a_participant_goes_all_the_way_and_their_unit_is_theirs(visit: Visit, study: Study) -> None:
    ann = visit(study.start("5f0a"))
    expect(ann.note).to_be_visible()
    ann.sees("Signed in as 5f0a.")
    expect(ann.page.get_by_text("SANDBOX")).to_be_visible()
    assert study.submissions() == {"ACTIVE": 1}
    ann.note.fill("from a browser")
    ann.submit()
    ann.sees_heading("Thank you")
    came_back(ann)
    assert study.submissions() == {"AWAITING REVIEW": 1}
    study.work_until(lambda: "completed" in study.units())
    assert answers(study.db) == [{"note": "from a browser"}]
    (agent,) = study.db.find_agents()
    with study.db.read() as conn:
        row = records.get(conn, "agent", agent.db_id)
    assert row["vendor_ref"]
    # The same person again: the page says that it is done, and where to go.
    ann.page.goto(study.serving.server.url_of(int(study.run_id)) or "")
    ann.sees("You have sent your answer. Go back to Prolific to finish.")
    expect(ann.page.get_by_role("link", name="Back to Prolific")).to_be_visible()


def test_the_same_session_after_a_break_has_the_same_unit(visit: Visit, study: Study) -> None:
    ann = visit(study.start("5f0a"))
    ann.write("half")
    (first,) = study.db.find_agents()
    ann.page.goto("about:blank")
    service = study.serving.server._service
    assert service is not None
    run = service._runs[int(study.run_id)]
    study.serving.on_loop(lambda: service._let_leave(run, first.db_id, "disconnect"))
    assert study.serving.agent_status(first.db_id) == "disconnect"
    ann.page.goto(study.start("5f0a"))
    expect(ann.note).to_have_value("half")
    ann.submit()
    came_back(ann)
    before, after = study.db.find_agents()
    assert before.unit_id == after.unit_id
    with study.db.read() as conn:
        refs = [records.get(conn, "agent", agent.db_id)["vendor_ref"] for agent in (before, after)]
    assert refs[0] is None
    assert refs[1] is not None
    study.work_until(lambda: study.units().count("completed") == 1)
    assert study.submissions() == {"AWAITING REVIEW": 1}


def test_the_same_session_after_a_restart_is_bound_to_its_place(visit: Visit, study: Study) -> None:
    ann = visit("about:blank")
    url = study.start("5f0a")
    # They are let in by a program that ends before it hands anything out.
    ann.page.route("**/api/next", lambda route: route.abort())
    ann.page.goto(url)
    ann.page.wait_for_function("() => Object.keys(localStorage).some(name => name.endsWith('session'))")
    study.serving.stop()
    study.serving.start()
    study.serving.server.serve(1, [int(study.run_id)])
    study.serving.wait_until(lambda s: bool(s.runs) and s.runs[0].listening)
    ann.page.unroute("**/api/next")
    expect(ann.note).to_be_visible(timeout=15_000)
    (agent,) = study.db.find_agents()
    with study.db.read() as conn:
        assert records.get(conn, "agent", agent.db_id)["vendor_ref"]


def test_who_fails_the_introduction_returns_the_place(visit: Visit, tmp_path: Path) -> None:
    intro = f"{{qualification: introduced, page: {tmp_path / 'intro.html'}, answers: {{knows: 'yes'}}}}"
    with opened(tmp_path, f"task.onboarding={intro}") as study:
        ann = visit(study.start("5f0a"))
        ann.task.get_by_label("Knows").fill("no")
        ann.submit()
        ann.sees_heading("You did not pass")
        ann.page.get_by_role("link", name="Return your place at Prolific").click()
        came_back(ann)
        client = SandboxRequester.get(study.db, TaskRun.get(study.db, study.run_id).requester_id).client()
        (line,) = client.submissions(study.ask("state")["studies"][0]["id"])
        assert line.return_requested is not None
        assert study.units().count("launched") == 3
