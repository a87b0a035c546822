"""A desk at a sandbox of its own, without a window, and the vendor's own page beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.operations import launch, progress
from crowddesk.operations.accounts import add_requester
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.run_file import load_run
from crowddesk.operations.workspace import open_workspace
from crowddesk.providers.prolific_sandbox.provider import ProlificSandboxProvider
from crowddesk.store import doctor
from crowddesk.store.queries import UNITS, Scope, UnitRow
from tests.providers.prolific_sandbox.open_sandbox import wait_until

TEMPLATE = '<p>${text}</p><label><input type="radio" name="answer" value="yes"> yes</label>'
RUN = """
task: {name: s, title: Sentences, description: Say yes or no., reward: 1.50, currency: GBP,
       estimated_minutes: 5}
blueprint: {_blueprint_type: static_html, template: task.html, data: items.csv, item_key: id}
provider: {_provider_type: prolific_sandbox, requester_name: rehearsal, hosting: here, people: 0}
"""


class Serving:
    """A task server that nobody asks anything: people come without a word to the desk's own page."""

    def serve(self, requester_id: int, run_ids: Any) -> None:
        return

    def url_of(self, run_id: int) -> str:
        return "https://lab.example.org/run"


class Lab:
    """A desk at a sandbox, and the vendor's own page beside it."""

    def __init__(self, db: CrowdDatabase, folder: Path) -> None:
        self.db, self.folder = db, folder
        self.account = int(add_requester(db, "prolific_sandbox", "rehearsal", {"balance": "1000.00"}))
        self.lane = LaneWork(db, self.account, Serving())
        requester: Any = Requester.get(db, str(self.account))
        self.client = requester.client()
        self.project = requester.project_id()
        self.process = ProlificSandboxProvider(db).sandbox

    def launch(self, items: int) -> int:
        rows = "".join(f"i{n},Sentence {n}.\n" for n in range(items))
        (self.folder / "items.csv").write_text(f"id,text\n{rows}", encoding="utf-8")
        (self.folder / "task.html").write_text(TEMPLATE, encoding="utf-8")
        (self.folder / "run.yaml").write_text(RUN, encoding="utf-8")
        run = launch.create_run(self.db, load_run(self.folder / "run.yaml"))
        self.until(lambda: self.db.get_task_run(str(run))["state"] == "live")
        return run

    def until(self, holds: Callable[[], bool]) -> None:
        def step() -> bool:
            self.lane.step()
            return holds()

        wait_until(step)

    def study_of(self, run: int) -> dict[str, Any]:
        found: dict[str, Any] = self.db.provider_store("prolific_sandbox").get(f"study/{run}")
        return found

    def submit(self, study_id: str, code: str, *people: int) -> None:
        """People take places and finish, each by their browser."""
        wait_until(lambda: self.client.study(study_id).status == "ACTIVE")
        with httpx.Client(base_url=self.process.address(), trust_env=False, timeout=30) as http:
            for number in people:
                pid = f"{number:024x}"
                assert http.get(f"/participant/{pid}/start/{study_id}").status_code == 302
                http.cookies.clear()
                who = {"Cookie": f"participant={pid}"}
                assert http.get("/submissions/complete", params={"cc": code}, headers=who).status_code == 200

    def units(self, run: int) -> list[UnitRow]:
        with self.db.read() as conn:
            return list(UNITS.iterate(conn, scope=Scope(run_id=run)))

    def statuses(self, run: int) -> dict[str, int]:
        return progress.of_run(self.db, run).units

    def submissions(self, study_id: str) -> dict[str, str]:
        """Participant -> the submission's id."""
        return {line.participant_id: line.id for line in self.client.submissions(study_id)}

    def pass_days(self, days: float) -> None:
        self.process.ask("POST", "/sandbox/clock", {"advance_seconds": days * 86_400})


@contextmanager
def open_lab(workspace: Path, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Lab]:
    """A lab whose lane polls and looks up without waiting; at its end the workspace must be sound."""
    patch.setattr(ProlificSandboxProvider, "POLL_SECONDS", 0.05)
    patch.setattr(ProlificSandboxProvider, "LONGEST_POLL", 0.2)
    patch.setattr(ProlificSandboxProvider, "LOOK_UP_SECONDS", 0.1)
    with ExitStack() as end:
        db = open_workspace(workspace)
        end.callback(db.close)
        lab = Lab(db, folder)
        end.callback(lab.process.stop)
        try:
            yield lab
        finally:
            lab.lane.stop()
        assert doctor.check(db) == []
