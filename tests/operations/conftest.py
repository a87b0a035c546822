"""A workspace with its practice account, small runs over it, and a lane that is stepped by the test."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.operations import launch, progress
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.run_file import RunConfig, load_run
from crowddesk.operations.workspace import open_workspace
from crowddesk.providers.mock import MockProvider
from crowddesk.providers.mock.vendor import MockVendor
from crowddesk.store import ledger
from crowddesk.store.queries import UNITS, Scope, UnitRow

TEMPLATE = """<p>${text}</p>
<label><input type="radio" name="answer" value="yes"> yes</label>
<label><input type="radio" name="answer" value="no"> no</label>"""
RUN = """
task: {name: small, title: A small task, description: Say yes or no., reward: 0.10, currency: USD}
blueprint: {_blueprint_type: static_html, template: task.html, data: items.csv, item_key: id,
            units_per_assignment: 1}
provider: {_provider_type: mock, requester_name: practice, seed: 3, speed: 5000, leaver: 0,
           arrivals_per_second: 5}
"""


class Bench:
    """One workspace and the hands of the person who uses it."""

    def __init__(self, db: CrowdDatabase, folder: Path) -> None:
        self.db = db
        self.folder = folder
        self.lane = LaneWork(db, 1)

    @property
    def vendor(self) -> MockVendor:
        vendor: MockVendor = self.db.get_datastore_for_provider("mock").vendor
        return vendor

    def config(self, items: int = 10, *changes: str) -> RunConfig:
        lines = [f"i{n},Sentence {n}." for n in range(items)]
        (self.folder / "items.csv").write_text("\n".join(["id,text", *lines]) + "\n", encoding="utf-8")
        (self.folder / "task.html").write_text(TEMPLATE, encoding="utf-8")
        (self.folder / "run.yaml").write_text(RUN, encoding="utf-8")
        return load_run(self.folder / "run.yaml", changes)

    def launch(self, items: int = 10, *changes: str) -> int:
        return launch.create_run(self.db, self.config(items, *changes))

    def completed(self, items: int = 10, *changes: str) -> int:
        """A run whose units are all answered and that is closed."""
        run = self.launch(items, *changes)
        self.work_until(lambda: progress.of_run(self.db, run).over)
        return run

    def work_until(self, reached: Callable[[], bool], lane: LaneWork | None = None) -> None:
        pause = threading.Event()
        deadline = time.monotonic() + 30
        while not reached():
            assert time.monotonic() < deadline, "the lane did not get there within half a minute"
            pause.wait(min((lane or self.lane).step().wait, 0.01))

    def work_all(self) -> None:
        """Until every released action has ended."""
        self.work_until(lambda: not progress.decisions_on_their_way(self.db) or not self.open())

    def open(self) -> int:
        states = self.states()
        return states.get("queued", 0) + states.get("sending", 0) + states.get("unknown", 0)

    def states(self, run: int | None = None) -> dict[str, int]:
        with self.db.read() as conn:
            return ledger.count_states(conn, task_run_id=run)

    def units(self, run: int, where: str = "") -> list[UnitRow]:
        with self.db.read() as conn:
            return list(UNITS.iterate(conn, UNITS.parse(where), Scope(run_id=run)))

    def ids(self, run: int, where: str = "") -> list[int]:
        return [unit.id for unit in self.units(run, where)]

    def statuses(self, run: int) -> dict[str, int]:
        return progress.of_run(self.db, run).units


@pytest.fixture
def bench(workspace_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(MockProvider, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(MockProvider, "LOOK_UP_SECONDS", 0.01)
    db = open_workspace(workspace_path)
    bench = Bench(db, tmp_path)
    yield bench
    bench.lane.stop()
    db.close()
