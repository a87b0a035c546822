"""The window under a real X server, driven by real clicks and keys, from the table to the vendor's books."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.operations import launch, run_file, second_looks
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.workspace import open_workspace
from crowddesk.store.queries import RUNS, UNITS

pytestmark = [pytest.mark.xvfb, pytest.mark.timeout(180)]

TEMPLATE = """<p>${text}</p>
<label><input type="radio" name="answer" value="yes"> yes</label>
<label><input type="radio" name="answer" value="no"> no</label>"""


@dataclass
class Screen:
    """An X server with a window manager, and a hand on its keyboard and mouse."""

    environment: dict[str, str]

    def do(self, *words: str) -> str:
        """One xdotool command; its output."""
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, check=True, timeout=30
        )
        return done.stdout.strip()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.do("key", "--clearmodifiers", key)

    def click(self, x: int, y: int) -> None:
        self.do("mousemove", str(x), str(y), "click", "1")

    def windows(self, name: str) -> list[str]:
        """The visible windows whose title begins so."""
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", f"^{name}"],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=30,
        )
        return found.stdout.split()

    def wait_for(self, name: str) -> str:
        wait_until(lambda: bool(self.windows(name)), f"window {name!r}")
        window = self.windows(name)[0]
        self.do("windowactivate", "--sync", window)
        return window

    def click_main_button(self, name: str) -> None:
        """The button at a dialog's lower right corner; waits until the dialog has gone."""
        window = self.wait_for(name)
        size = dict(line.split("=") for line in self.do("getwindowgeometry", "--shell", window).split())
        right, low = int(size["WIDTH"]) - 60, int(size["HEIGHT"]) - 34
        self.do("mousemove", "--window", window, str(right), str(low), "click", "1")
        wait_until(lambda: not self.windows(name), f"end of the dialog {name!r}")

    def is_blank(self, area: str) -> bool:
        """Whether an area, "600x20+300+150", has one colour throughout."""
        command = ["import", "-window", "root", "-crop", area, "-depth", "8", "gray:-"]
        pixels = subprocess.run(
            command, env=self.environment, capture_output=True, check=True, timeout=30
        ).stdout
        return len(set(pixels)) < 2

    def picture(self, path: Path) -> None:
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True, timeout=30)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as numbers:
        display = f":{numbers.readline().strip()}"
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    environment.pop("WAYLAND_DISPLAY", None)
    manager = subprocess.Popen(
        ["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield Screen(environment)
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)


def wait_until(true: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
    """Asks until it is true; another process moves the world meanwhile, so there is no signal to wait for."""
    end, pause = time.monotonic() + seconds, threading.Event()
    while not true():
        assert time.monotonic() < end, f"after {seconds} s there was still no {what}"
        pause.wait(0.05)


@pytest.fixture
def worked(workspace_path: Path, tmp_path: Path) -> CrowdDatabase:
    """A workspace with one run of 30 answered units, closed again so that the window has it alone."""
    (tmp_path / "t.html").write_text(TEMPLATE)
    (tmp_path / "d.csv").write_text(
        "id,text\n" + "".join(f"{i},The bakery sold {i} loaves today.\n" for i in range(30))
    )
    task = {
        "name": "loaves",
        "title": "Count the loaves",
        "description": "D",
        "reward": "0.10",
        "currency": "USD",
        "budget": "10.00",
    }
    sections = {
        "task": task,
        "blueprint": {
            "_blueprint_type": "static_html",
            "template": "t.html",
            "data": "d.csv",
            "item_key": "id",
        },
        "provider": {"_provider_type": "mock", "requester_name": "practice", "speed": "100000"},
    }
    db = open_workspace(workspace_path)
    run_id = launch.create_run(db, run_file.run_from_dict(sections, tmp_path))
    lane = LaneWork(db, 1)
    while db.get_task_run(str(run_id))["state"] != "closed":
        lane.step()
    lane.stop()
    return db


def unit_statuses(db: CrowdDatabase) -> dict[str, int]:
    with db.read() as conn:
        [run] = RUNS.first(conn)
    return run.units


def waiting(db: CrowdDatabase) -> list[int]:
    """The first rejections that wait for a second look."""
    with db.read() as conn:
        return [row.action_id for row in second_looks.list_waiting(conn)]


def test_a_unit_is_approved_and_one_rejected_by_hand(
    screen: Screen, worked: CrowdDatabase, workspace_path: Path, tmp_path: Path
) -> None:
    with contextlib.closing(worked) as db:
        program = subprocess.Popen(
            [sys.executable, "-m", "crowddesk", "--workspace", str(workspace_path)],
            env=screen.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            wait_until(lambda: bool(screen.windows(".*CrowdDesk")), "window")
            window = screen.wait_for(".*CrowdDesk")
            screen.do("windowsize", "--sync", window, "1280", "800")
            screen.do("windowmove", "--sync", window, "0", "0")

            def title() -> str:
                return screen.do("getwindowname", window)

            wait_until(lambda: title().startswith("Home"), "home page")
            screen.press("ctrl+4")
            wait_until(lambda: title().startswith("Units"), "page of units")
            wait_until(lambda: not screen.is_blank("600x16+300+152"), "rows of units")
            screen.picture(tmp_path / "units.png")

            # The first row of the table: below the page's head, the search field and the column titles.
            screen.click(700, 160)
            screen.press("a")
            wait_until(lambda: unit_statuses(db).get("accepted") == 1, "approved unit")

            screen.press("j", "x")
            screen.wait_for("Reject 1 unit")
            screen.do("type", "--delay", "5", "The answer does not fit the sentence above it.")
            screen.picture(tmp_path / "reject.png")
            screen.press("Return")  # must not reject: Enter does nothing that cannot be undone
            assert "rejected" not in unit_statuses(db)
            screen.click_main_button("Reject 1 unit")
            wait_until(lambda: waiting(db), "rejection that waits for a second look")
            second_looks.agree(db, waiting(db), "It does not fit.", send_after=timedelta(0))
            wait_until(lambda: unit_statuses(db).get("rejected") == 1, "rejected unit")

            screen.press("j", "s")
            screen.wait_for("Soft reject 1 unit")
            screen.click_main_button("Soft reject 1 unit")
            wait_until(lambda: unit_statuses(db).get("soft_rejected") == 1, "softly rejected unit")
            screen.picture(tmp_path / "after.png")

            screen.do("windowactivate", "--sync", window)
            screen.press("alt+F4")
            assert program.wait(20) == 0
        finally:
            program.kill()
            _, errors = program.communicate(timeout=10)
        assert "Traceback" not in errors, errors
        with db.read() as conn:
            decided = [
                row.id for row in UNITS.iterate(conn, UNITS.parse("status:accepted,rejected,soft_rejected"))
            ]
        assert len(decided) == 3
        market = db.get_datastore_for_provider("mock")
        paid = [call for kind in ("approve", "reject") for call in market.vendor.calls(kind)]
        assert [call.kind for call in paid] == ["approve", "approve", "reject"]
        assert sum(call.amount + call.fee for call in paid) == 2 * (10 + 2)
