"""The whole program over a workspace of the test's own: window, threads and the practice crowd's lane."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from crowddesk import paths
from crowddesk.app import Desk
from crowddesk.store.queries import RUNS
from crowddesk.ui.launches import Launches
from tests.ui.conftest import make_answered

LONG = 30_000


class Program:
    """The program as a person has it before them."""

    def __init__(self, qtbot, app: QApplication, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.desk = Desk(app, folder)
        self.window = self.desk.window
        self.desk.start()
        self.wait(lambda: self.desk.session is not None)
        self.session = self.desk.session

    @property
    def db(self):
        return self.session.db

    def wait(self, until, timeout: int = LONG) -> None:
        self.qtbot.waitUntil(until, timeout=timeout)

    def click(self, button: QWidget) -> None:
        self.wait(lambda: button.isEnabled() and button.isVisible())
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def dialog(self, kind: type):
        """The dialog of that class that opens next."""
        self.wait(lambda: isinstance(QApplication.activeModalWidget(), kind))
        return QApplication.activeModalWidget()

    def type(self, editor: QWidget, text: str) -> None:
        """Replaces what stands in a field, key by key."""
        assert isinstance(editor, QLineEdit)
        editor.setFocus()
        editor.selectAll()
        self.qtbot.keyClick(editor, Qt.Key.Key_Delete)
        self.qtbot.keyClicks(editor, text)

    def drop(self, widget: QWidget, *files: Path) -> None:
        """Drops files on a widget."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(widget, QDragEnterEvent(QPoint(20, 20), copy, data, left, none))
        event = QDropEvent(QPointF(20, 20), copy, data, left, none)
        QApplication.sendEvent(widget, event)

    def run(self, run_id: int = 1):
        """The run's row as the database has it."""
        with self.db.read() as conn:
            found = RUNS.rows(conn, [run_id])
        return found[0] if found else None

    def launch(self, folder: Path, *, sections: dict | None = None) -> int:
        """Launches the run file of a folder without its dialog, and waits until its row is there."""
        from crowddesk.ui.launcher import read_sections

        found = sections or read_sections(folder / "run.yaml")[1]
        launch = Launches.of(self.session).begin(found, folder)
        with self.qtbot.waitSignal(launch.created, timeout=LONG) as created:
            pass
        return created.args[0]

    def run_page(self, run_id: int = 1):
        """The page of a run, with what it shows read."""
        self.session.wanted.emit("runs", run_id)
        page = self.window.show_page("runs").run_page
        self.wait(lambda: page.run is not None and page.run.id == run_id)
        return page

    def words(self, widget: QWidget) -> str:
        """Every word a widget shows."""
        return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())

    def close(self) -> None:
        for dialog in QApplication.topLevelWidgets():
            if dialog.isVisible() and dialog is not self.window:
                dialog.close()
        self.desk.stop()
        self.window.close()
        self.desk.theme.set(scheme="light", scale=100, rows="normal", reduced_motion=False)
        self.desk.theme.deleteLater()


@pytest.fixture
def open_program(qtbot, qapp, theme, workspace_path):
    """Opens the program over a copy of a workspace, or over a new one."""
    opened = []

    def open_over(workspace: Path | None = None) -> Program:
        if workspace is not None:
            shutil.copytree(workspace, workspace_path)
        opened.append(Program(qtbot, qapp, workspace_path))
        qtbot.addWidget(opened[-1].window)
        return opened[-1]

    yield open_over
    for program in opened:
        program.close()


@pytest.fixture
def program(open_program):
    """The program over a new workspace."""
    return open_program()


@pytest.fixture
def full_program(open_program, finished_workspace):
    """The program over a workspace with a run that is answered and not reviewed."""
    return open_program(finished_workspace)


@pytest.fixture(scope="session")
def big_workspace(tmp_path_factory) -> Path:
    """A run of 300 answered units at USD 0.10 and 0.02."""
    items = [(f"item-{n}", f"This is item {n}.") for n in range(100)]
    return make_answered(tmp_path_factory.mktemp("big"), items, name="big", title="Three hundred")


@pytest.fixture
def big_program(open_program, big_workspace):
    return open_program(big_workspace)


@pytest.fixture
def sample(tmp_path) -> Path:
    """A copy of the sample task, whose crowd is in a great hurry."""
    folder = tmp_path / "follows"
    shutil.copytree(paths.resources_dir() / "tasks" / "follows", folder)
    text = (folder / "run.yaml").read_text(encoding="utf-8")
    (folder / "run.yaml").write_text(text.replace("seed: 7", "seed: 7\n  speed: 100000"), encoding="utf-8")
    return folder
