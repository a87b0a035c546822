"""The program started as people start it: by its name alone, by a file, twice, after it was killed."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crowddesk.operations.bundle import make_bundle
from crowddesk.operations.workspace import open_workspace

#: Presses a button of the welcome as soon as it is shown, and goes on as the program does.
PRESSES = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from crowddesk import __main__
from crowddesk.ui.dialogs import welcome

show = welcome.WelcomeDialog.showEvent

def press(dialog, event):
    show(dialog, event)
    QTimer.singleShot(0, dialog, getattr(dialog, {button!r}).click)

welcome.WelcomeDialog.showEvent = press
sys.argv[1:] = []
__main__.main()
"""


class Home:
    """A person's folders, and the programs started in them; they are killed at the end."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.programs: list[subprocess.Popen[bytes]] = []
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("CROWDDESK_")}
        for kind in ("config", "data", "cache", "state"):
            self.environment[f"XDG_{kind.upper()}_HOME"] = str(place / kind)
        (place / "tmp").mkdir()
        self.environment["TMPDIR"] = str(place / "tmp")
        self.environment["QT_QPA_PLATFORM"] = "offscreen"

    @property
    def usual(self) -> Path:
        return self.place / "data" / "crowddesk" / "workspace"

    def start(self, *words: str, code: str = "") -> subprocess.Popen[bytes]:
        how = ["-c", code] if code else ["-m", "crowddesk", *words]
        program = subprocess.Popen([sys.executable, *how], env=self.environment, cwd=self.place)
        self.programs.append(program)
        return program

    def wait(self, program: subprocess.Popen[bytes], reached: Callable[[], object]) -> None:
        pause = threading.Event()
        while not reached():
            assert program.poll() is None, "it has ended by itself"
            pause.wait(0.05)

    def recent(self) -> list[str]:
        with contextlib.suppress(OSError):
            stored = json.loads((self.place / "config" / "crowddesk" / "recent.json").read_text())
            return [entry["folder"] for entry in stored]
        return []


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    yield made
    for program in made.programs:
        program.kill()
        program.wait(30)


def lanes_of(folder: Path) -> Callable[[], object]:
    """Whether a window over this workspace is at work."""
    return lambda: list((folder / "locks").glob("requester-*"))


def is_looked_over(folder: Path) -> bool:
    with contextlib.suppress(OSError, ValueError):
        return "check.day" in json.loads((folder / "window.json").read_text())
    return False


def end(program: subprocess.Popen[bytes]) -> int:
    program.send_signal(signal.SIGTERM)
    return program.wait(60)


WELCOMED = """
import sys
from PySide6.QtCore import QTimer
from crowddesk import __main__
from crowddesk.ui.dialogs import welcome

show = welcome.WelcomeDialog.showEvent

def tell(dialog, event):
    show(dialog, event)
    dialog.place.looked.connect(lambda found: (print(found.kind, flush=True), dialog.reject()))

welcome.WelcomeDialog.showEvent = tell
sys.argv[1:] = []
__main__.main()
"""


@pytest.mark.timeout(180)
def test_the_first_start_makes_nothing_when_it_is_closed(home: Home) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WELCOMED],
        env=home.environment,
        cwd=home.place,
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [b"new"]
    assert [path for path in home.place.rglob("*") if path.name != "tmp"] == []


@pytest.mark.timeout(240)
def test_the_second_start_opens_what_the_first_one_made_and_then_the_last_one(home: Home) -> None:
    first = home.start(code=PRESSES.format(button="verb"))
    home.wait(first, lanes_of(home.usual))
    assert end(first) == 0
    assert home.recent() == [str(home.usual)]

    other = home.place / "other"
    second = home.start("--workspace", str(other))
    home.wait(second, lanes_of(other))
    assert end(second) == 0
    assert home.recent() == [str(other), str(home.usual)]

    shutil.rmtree(other / "locks")
    third = home.start()
    home.wait(third, lanes_of(other))
    assert end(third) == 0


@pytest.mark.timeout(240)
def test_two_windows_over_two_workspaces_work_side_by_side(home: Home) -> None:
    folders = [home.place / name for name in ("one", "two")]
    programs = []
    for folder in folders:
        programs.append(home.start("--workspace", str(folder)))
        home.wait(programs[-1], lanes_of(folder))
    assert home.recent() == [str(folder) for folder in reversed(folders)]
    assert [end(program) for program in programs] == [0, 0]


@pytest.mark.timeout(240)
def test_a_packed_run_that_is_double_clicked_is_shown_and_leaves_nothing(home: Home) -> None:
    from tests.ui.conftest import make_answered

    (home.place / "made").mkdir()
    db = open_workspace(make_answered(home.place / "made", [("a", "A"), ("b", "B")], name="n", title="T"))
    try:
        make_bundle(db, 1, home.place / "a run.crowddesk")
    finally:
        db.close()
    program = home.start(str(home.place / "a run.crowddesk"))
    home.wait(program, lambda: list((home.place / "tmp").rglob("crowddesk.sqlite")))
    assert end(program) == 0
    assert list((home.place / "tmp").iterdir()) == []
    assert home.recent() == []
    assert not home.usual.exists()


@pytest.mark.timeout(240)
def test_after_a_kill_the_file_is_looked_over_again(home: Home) -> None:
    folder = home.place / "one"
    program = home.start("--workspace", str(folder))
    home.wait(program, lambda: is_looked_over(folder))
    assert list((folder / "backups").glob("daily-*"))
    program.kill()
    program.wait(30)
    assert list((folder / "locks").glob("open-*"))
    (folder / "window.json").write_text((folder / "window.json").read_text().replace("check.day", "was"))
    program = home.start("--workspace", str(folder))
    home.wait(program, lambda: is_looked_over(folder))
    assert end(program) == 0
    assert not list((folder / "locks").glob("open-*"))
