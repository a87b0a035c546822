"""The composition root: a window over a workspace, what it keeps, how it ends; the demo as first run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from crowddesk.app import Desk, KeptValues, make_application
from crowddesk.operations.workspace import open_workspace
from crowddesk.taskserver.state import ServedRun, ServerState
from crowddesk.ui.messages import ErrorDialog


@pytest.fixture
def desk(qapp: object, qtbot: QtBot, workspace_path: Path) -> Desk:
    desk = Desk(make_application(), workspace_path)
    qtbot.addWidget(desk.window)
    return desk


def open_desk(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.ready, timeout=20_000):
        desk.start()


def test_the_window_is_painted_before_the_workspace_is_open(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.ready, timeout=20_000):
        desk.start()
        assert desk.window.isVisible()
        assert desk.session is None
        assert not desk.window.navigation.isEnabled()
    assert desk.window.current_page == "home"
    desk.window.close()


UP_TO_THE_ROWS = """
import sys
from pathlib import Path
from crowddesk.app import Desk, make_application
from crowddesk.ui import session
from PySide6.QtCore import QTimer

session._LATEST_MS = 600_000  # however slow this computer is
app = make_application([])
desk = Desk(app, Path(sys.argv[1]))
desk.kept.save("window.page", "units")

def look(phase):
    if phase != "loading":
        late = ("numpy", "rapidfuzz", "omegaconf", "pyqtgraph", "aiohttp", "httpx", "alembic")
        ours = ("providers.mock", "operations.lane_work", "ui.notices", "ui.commands", "ui.palette",
                "ui.dialogs.remarks")
        print(sorted(sys.modules.keys() & {*late, *(f"crowddesk.{name}" for name in ours)}), flush=True)
        QTimer.singleShot(0, desk.window.close)

desk.ready.connect(lambda: desk.window.made_pages()["units"].model.phase_changed.connect(look))
desk.start()
app.exec()
"""


def test_nothing_that_can_wait_is_imported_before_the_rows_are_there(workspace_path: Path) -> None:
    open_workspace(workspace_path).close()
    run = [sys.executable, "-c", UP_TO_THE_ROWS, str(workspace_path)]
    done = subprocess.run(run, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.splitlines()[:1] == ["[]"]


class Order(QObject):
    """Keeps what it is told, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def take(self, word: str) -> None:
        self.told.append(word)


def test_what_can_wait_comes_after_what_the_page_asks(qtbot: QtBot, desk: Desk) -> None:
    open_desk(qtbot, desk)
    assert desk.session is not None
    order = Order()
    desk.session.later(lambda: order.take("later"))
    for _ in range(3):
        desk.session.ask(lambda conn: "at once", order.take)
    desk.session.later(lambda: order.take("later"))
    qtbot.waitUntil(lambda: len(order.told) == 5)
    assert order.told == ["at once"] * 3 + ["later"] * 2
    desk.window.close()


@pytest.mark.parametrize(
    "page", ["home", "requesters", "runs", "units", "review", "workers", "payments", "settings"]
)
def test_every_page_opens_over_an_empty_workspace(qtbot: QtBot, desk: Desk, page: str) -> None:
    open_desk(qtbot, desk)
    shown = desk.window.show_page(page)
    assert shown.isVisible()
    assert desk.window.windowTitle().endswith("CrowdDesk")
    desk.window.close()


def test_closing_ends_every_thread_and_keeps_the_page(qtbot: QtBot, desk: Desk, workspace_path: Path) -> None:
    open_desk(qtbot, desk)
    desk.window.show_page("workers")
    desk.window.close()
    kept = json.loads((workspace_path / "window.json").read_text())
    assert kept["window.page"] == "workers"
    assert KeptValues(workspace_path).load("window.page", "") == "workers"


def test_the_page_is_kept_before_the_end_which_a_kill_takes_away(
    qtbot: QtBot, desk: Desk, workspace_path: Path
) -> None:
    open_desk(qtbot, desk)
    desk.window.show_page("workers")
    qtbot.waitUntil(lambda: KeptValues(workspace_path).load("window.page", "") == "workers")
    desk.window.close()


def test_a_window_that_is_closed_while_it_opens_leaves_no_trace_of_a_death(
    desk: Desk, workspace_path: Path
) -> None:
    desk.start()
    pause = threading.Event()
    while not list(workspace_path.glob("locks/open-*")):
        pause.wait(0.01)
    desk.window.close()  # nothing of Qt's was delivered meanwhile
    assert desk.session is None
    assert not list(workspace_path.glob("locks/open-*"))


def test_damaged_kept_values_are_forgotten(workspace_path: Path) -> None:
    workspace_path.mkdir()
    (workspace_path / "window.json").write_text("{broken")
    assert KeptValues(workspace_path).load("window.page", "home") == "home"


def test_a_workspace_of_a_newer_program_is_refused_in_one_sentence(
    qtbot: QtBot, desk: Desk, workspace_path: Path
) -> None:
    db = open_workspace(workspace_path)
    with db.write() as w:
        w.conn.exec_driver_sql("UPDATE workspace SET schema_version = '9999'")
    db.close()
    with qtbot.waitSignal(desk.failed, timeout=20_000) as failure:
        desk.start()
    assert "newer CrowdDesk" in str(failure.args[0])
    [dialog] = desk.window.findChildren(ErrorDialog)
    dialog.reject()
    qtbot.waitUntil(lambda: not desk.window.isVisible())


def test_a_new_account_gets_its_lane(qtbot: QtBot, desk: Desk) -> None:
    from crowddesk.operations.accounts import add_requester

    open_desk(qtbot, desk)
    assert desk.session is not None
    desk.session.act(lambda db: add_requester(db, "mock", "second", {}))
    qtbot.waitUntil(lambda: set(desk._lanes) == {1, 2}, timeout=10_000)
    desk.window.close()


@pytest.mark.timeout(180)
def test_the_demo_plays_without_a_screen(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-m", "crowddesk", "demo"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=170,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Exported:" in done.stdout
    pictures = sorted((tmp_path / "screenshots").glob("*.png"))
    assert len(pictures) >= 8
    assert str(tmp_path / "screenshots") in done.stdout
    assert all(picture.stat().st_size > 10_000 for picture in pictures)


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("crowddesk.operations.demo.play", "The demo stopped: It is broken on purpose."),
        ("crowddesk.ui.pages.home.HomePage", ""),
        ("crowddesk.ui.quiet_plot.make_plot", ""),
    ],
)
def test_a_demo_without_a_screen_ends_with_a_fault_where_something_breaks(
    tmp_path: Path, broken: str, says: str
) -> None:
    module, _, name = broken.rpartition(".")
    code = (
        f"import sys, {module} as broken\n"
        "def fail(*_, **__): raise RuntimeError('It is broken on purpose.')\n"
        f"broken.{name} = fail\n"
        "sys.argv = ['crowddesk', 'demo', '--headless']\n"
        "from crowddesk.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=170, check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "RuntimeError: It is broken on purpose." in done.stderr
    assert says in done.stdout


def test_a_page_made_later_knows_what_a_lane_did_before(qtbot: QtBot, desk: Desk) -> None:
    from crowddesk.operations.lane_work import Step

    open_desk(qtbot, desk)
    assert desk.session is not None
    assert desk._threads is not None
    desk._threads.lane_stepped.emit(99, Step("waiting", 0.0, "The vendor asks for patience."))
    page: Any = desk.window.show_page("requesters")
    row = SimpleNamespace(id=99, registered=True)
    assert page._lane_words(row) == "waiting for the vendor’s limit"
    assert page._lane_note(row) == "The vendor asks for patience."
    desk.window.close()


def test_a_window_that_serves_people_asks_before_it_closes(qtbot: QtBot, desk: Desk) -> None:
    open_desk(qtbot, desk)
    assert desk._threads is not None
    served = ServedRun(1, "http://127.0.0.1:1/", "this computer", "127.0.0.1:1", True, "", 3)
    desk._threads.server_changed.emit(ServerState((served,)))
    assert desk.window.close() is False
    assert "3 pages of your runs are open" in desk._cut_off()
    desk._threads.server_changed.emit(ServerState())
    assert desk.window.close() is True


def test_the_navigation_counts_what_home_shows(qtbot: QtBot, desk: Desk) -> None:
    from crowddesk.store.queries import Needs

    open_desk(qtbot, desk)
    unit = SimpleNamespace(task_run_id=1)
    run = SimpleNamespace(units={"completed": 7})
    desk._show_needs(
        Needs(
            needs_you=[], needs_you_count=8, stuck=[unit, unit], budgets=[run], launching=[run],
            refused_launches=[(run, 3)], refused_decisions=[(run, 2)], refused_set_ups=[run], review=[run],
            undecided=7,
        )
    )  # fmt: skip
    spoken = {key: button.accessibleName() for key, button in desk.window.navigation._buttons.items()}
    assert spoken["home"] == "Home, 13 waiting"
    assert spoken["payments"] == "Payments, 8 waiting"
    assert spoken["review"] == "Review, 7 waiting"
    desk.window.close()


@pytest.mark.timeout(120)
def test_the_window_closes_when_it_is_asked_to_end(workspace_path: Path) -> None:
    workspace_path.mkdir()
    program = subprocess.Popen([sys.executable, "-m", "crowddesk", "--workspace", str(workspace_path)])
    try:
        pause = threading.Event()
        while not list((workspace_path / "locks").glob("requester-*")):
            assert program.poll() is None
            pause.wait(0.05)
        program.send_signal(signal.SIGTERM)
        assert program.wait(30) == 0
    finally:
        program.kill()
    assert "window.geometry" in json.loads((workspace_path / "window.json").read_text())
