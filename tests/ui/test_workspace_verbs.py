"""Several workspaces from one window, each other one in a window of its own; backing up and restoring."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from crowddesk import recent
from crowddesk.app import Desk, make_application
from crowddesk.operations.backup import make_backup, read_backup
from crowddesk.operations.bundle import make_bundle
from crowddesk.operations.workspace import open_workspace
from crowddesk.ui import own_window
from crowddesk.ui.dialogs.back_up import BackUpDialog
from crowddesk.ui.dialogs.new_workspace import NewWorkspaceDialog
from crowddesk.ui.dialogs.restore import RestoreDialog
from crowddesk.ui.messages import ErrorDialog
from crowddesk.ui.palette import CommandPalette

# The offscreen platform says so whenever a menu is shown.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")

#: Writes down how it was started, all at once.
NOTES = """
import json, os, sys
open(sys.argv[1] + ".new", "w", encoding="utf-8").write(json.dumps(sys.argv[2:]))
os.replace(sys.argv[1] + ".new", sys.argv[1])
"""


class Started:
    """What a process that takes the program's place was started with."""

    def __init__(self, qtbot, noted: Path) -> None:
        self._qtbot = qtbot
        self.noted = noted

    def words(self) -> list[str]:
        self._qtbot.waitUntil(self.noted.exists, timeout=20_000)
        found = json.loads(self.noted.read_text(encoding="utf-8"))
        self.noted.unlink()
        return found


@pytest.fixture(autouse=True)
def started(monkeypatch, tmp_path, qtbot):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    noted = tmp_path / "noted.json"
    monkeypatch.setattr(own_window, "own_command", lambda: [sys.executable, "-c", NOTES, str(noted)])
    return Started(qtbot, noted)


@pytest.fixture
def folder(finished_workspace, tmp_path):
    return Path(shutil.copytree(finished_workspace, tmp_path / "My study & more"))


@pytest.fixture
def open_desk(qapp, qtbot, folder):
    """A window of a person's own, with its verbs."""
    desk = Desk(make_application(), folder, lasting=True)
    qtbot.addWidget(desk.window)
    with qtbot.waitSignal(desk.ready, timeout=20_000):
        desk.start()
    qtbot.waitUntil(lambda: desk._workspaces is not None, timeout=20_000)
    yield desk
    desk.window.close_surely()
    desk.stop()


def dialog_of(qtbot, kind):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=20_000)
    return QApplication.activeModalWidget()


def choose(qtbot, path: Path) -> None:
    chooser = dialog_of(qtbot, QFileDialog)
    chooser.selectFile(str(path))
    chooser.accept()


def says(qtbot, desk, words: str) -> None:
    qtbot.waitUntil(lambda: words in desk.window.toast.accessibleName(), timeout=20_000)


def menu_of(desk) -> QMenu:
    desk.window.navigation.workspace.click()
    return desk._menu


def choice(menu: QMenu, words: str):
    return next(action for action in menu.actions() if action.text().startswith(words))


def test_the_workspace_is_named_at_the_left_and_in_the_title(open_desk, folder, qtbot):
    window = open_desk.window
    assert window.windowTitle() == "Home – My study & more – CrowdDesk"
    button = window.navigation.workspace
    assert button.accessibleName() == "Workspace My study & more, menu"
    assert str(folder).replace("&", "&amp;") in button.toolTip() or str(folder) in button.toolTip()
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert open_desk._menu.isVisible()
    open_desk._menu.close()


def test_it_is_remembered_as_opened_last(open_desk, folder):
    assert [known.folder for known in recent.folders()] == [folder]


def test_another_workspace_opens_in_a_window_of_its_own(open_desk, started, qtbot, tmp_path):
    open_workspace(tmp_path / "other").close()
    open_desk.window.activateWindow()
    qtbot.keyClick(open_desk.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    choose(qtbot, tmp_path / "other")
    assert started.words() == ["--workspace", str(tmp_path / "other")]
    says(qtbot, open_desk, "other opens in a window of its own.")
    with open_desk._db.write():
        pass  # the one that is open stays so


def test_the_same_workspace_is_open_already_and_others_are_refused(open_desk, folder, started, qtbot, words):
    open_desk.open_path(folder)
    says(qtbot, open_desk, "This workspace is open here.")
    open_desk.open_path(folder.parent)
    dialog = dialog_of(qtbot, ErrorDialog)
    assert f"There is no workspace in {folder.parent}." in words(dialog)
    dialog.reject()
    assert not started.noted.exists()


def test_it_is_the_same_by_whichever_path(open_desk, folder, started, qtbot, tmp_path):
    (tmp_path / "link").symlink_to(folder)
    for named in (tmp_path / "link", folder / ".." / folder.name):
        open_desk.window.toast.say("")
        open_desk.open_path(named)
        says(qtbot, open_desk, "This workspace is open here.")
    assert not started.noted.exists()


def test_a_new_one_is_made_under_its_plain_name(open_desk, started, qtbot, tmp_path):
    choice(menu_of(open_desk), "New workspace").trigger()
    dialog = dialog_of(qtbot, NewWorkspaceDialog)
    dialog.place.line.setText(f"{tmp_path}/data/../new/./one/")
    dialog.verb.click()
    assert started.words() == ["--workspace", str(tmp_path / "new" / "one")]


def test_a_new_one_is_made_by_its_own_window(open_desk, started, qtbot, words, tmp_path):
    choice(menu_of(open_desk), "New workspace").trigger()
    dialog = dialog_of(qtbot, NewWorkspaceDialog)
    assert dialog.place.folder() == tmp_path / "data" / "crowddesk" / "workspace"
    dialog.place.line.setText(str(tmp_path))
    qtbot.waitUntil(lambda: "There are other files in" in words(dialog), timeout=20_000)
    assert not dialog.verb.isEnabled()
    dialog.place.line.setText("somewhere")
    assert "Name the folder with its whole path." in words(dialog)
    dialog.place.line.setText(str(tmp_path / "new"))
    dialog.verb.click()
    assert started.words() == ["--workspace", str(tmp_path / "new")]
    assert not (tmp_path / "new").exists()


def test_the_last_ones_are_offered_and_those_gone_can_be_taken_off(open_desk, started, qtbot, tmp_path):
    open_workspace(tmp_path / "a & b").close()
    for name in ("a & b", "gone"):
        recent.remember(tmp_path / name)
    menu = menu_of(open_desk)
    qtbot.waitUntil(lambda: len(menu.recent.actions()) == 4, timeout=20_000)
    gone, there, _, remove = menu.recent.actions()
    assert (gone.text(), gone.isEnabled()) == ("gone (not there)", False)
    assert there.text() == "a && b"
    there.trigger()
    assert started.words() == ["--workspace", str(tmp_path / "a & b")]
    assert remove.text() == "Remove “gone” from this list"
    remove.trigger()
    qtbot.waitUntil(lambda: len(menu.recent.actions()) == 1, timeout=20_000)
    assert tmp_path / "gone" not in [known.folder for known in recent.folders()]
    menu.close()


def test_the_palette_has_them_all(open_desk, qtbot, tmp_path):
    open_workspace(tmp_path / "other").close()
    recent.remember(tmp_path / "other")
    open_desk._workspaces.read_recents()
    qtbot.waitUntil(lambda: len(open_desk._workspaces.recents) == 1, timeout=20_000)
    open_desk.window.commands_wanted.emit()
    palette = dialog_of(qtbot, CommandPalette)
    titles = {entry.title for entry in palette._entries}
    palette.reject()
    assert {
        "New workspace…", "Open a workspace…", "Open a packed run…", "Back up…", "Restore a backup…",
        "Show the workspace’s folder", "other",
    } <= titles  # fmt: skip


def test_it_is_backed_up_while_it_is_open(open_desk, qtbot, words, tmp_path):
    choice(menu_of(open_desk), "Back up").trigger()
    dialog = dialog_of(qtbot, BackUpDialog)
    assert dialog.path.text().endswith(".crowddesk-backup")
    assert "My study & more 20" in dialog.path.text()
    dialog.path.setText(str(tmp_path / "one.zip"))
    dialog.verb.click()
    assert "one.zip does not end in .crowddesk-backup." in words(dialog)
    dialog.path.setText(str(tmp_path / "one.crowddesk-backup"))
    dialog.verb.click()
    qtbot.waitUntil(lambda: dialog.show_folder.isVisible(), timeout=20_000)
    facts = read_backup(tmp_path / "one.crowddesk-backup")
    assert (facts.runs, facts.units) == (1, 12)
    assert "1 run with 12 units" in words(dialog)
    dialog.verb.click()


def test_a_backup_that_is_cancelled_leaves_nothing(open_desk, qtbot, words, tmp_path, monkeypatch):
    from crowddesk.domain import Cancelled
    from crowddesk.operations import backup

    def never_ends(db, target, *, progress, cancelled):
        while not cancelled():
            progress(1, 10)
        raise Cancelled("The backup was cancelled.")

    monkeypatch.setattr(backup, "make_backup", never_ends)
    open_desk._workspaces.back_up()
    dialog = dialog_of(qtbot, BackUpDialog)
    dialog.path.setText(str(tmp_path / "one.crowddesk-backup"))
    dialog.verb.click()
    qtbot.waitUntil(lambda: "1 B of 10 B" in words(dialog), timeout=20_000)
    dialog.cancel.click()
    qtbot.waitUntil(lambda: "Cancelled: nothing was written." in words(dialog), timeout=20_000)
    dialog.reject()
    assert not (tmp_path / "one.crowddesk-backup").exists()


@pytest.fixture
def backup_file(open_desk, tmp_path):
    path = tmp_path / "one.crowddesk-backup"
    make_backup(open_desk._db, path)
    return path


def test_a_backup_tells_what_it_is_and_opens_in_a_window_of_its_own(
    open_desk, backup_file, started, qtbot, words, tmp_path
):
    choice(menu_of(open_desk), "Restore").trigger()
    choose(qtbot, backup_file)
    dialog = dialog_of(qtbot, RestoreDialog)
    said = words(dialog)
    assert "“My study & more”, as it was at " in said
    assert "1 run · 12 units · " in said
    assert "made by CrowdDesk 0.1.0" in said
    assert dialog.verb.text() == "Restore 1 run"
    assert dialog.place.folder() == tmp_path / "data" / "crowddesk" / "workspace"
    dialog.place.line.setText(str(open_desk._folder))
    qtbot.waitUntil(lambda: "There is a workspace in this folder." in words(dialog), timeout=20_000)
    assert not dialog.verb.isEnabled()
    dialog.place.line.setText(str(tmp_path / "again"))
    dialog.verb.click()
    assert started.words() == ["--workspace", str(tmp_path / "again")]
    db = open_workspace(tmp_path / "again")
    db.close()


def test_restoring_that_is_cancelled_leaves_no_folder(
    open_desk, backup_file, started, qtbot, words, tmp_path, monkeypatch
):
    from crowddesk.domain import Cancelled
    from crowddesk.operations import backup

    def never_ends(path, folder, *, progress, cancelled):
        while not cancelled():
            progress(25, 100)
        raise Cancelled("Restoring was cancelled.")

    monkeypatch.setattr(backup, "restore_backup", never_ends)
    open_desk.open_path(backup_file)
    dialog = dialog_of(qtbot, RestoreDialog)
    dialog.verb.click()
    qtbot.waitUntil(lambda: "25% restored" in words(dialog), timeout=20_000)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "Cancelled: nothing was restored." in words(dialog), timeout=20_000)
    assert dialog.verb.isEnabled()
    dialog.reject()
    assert not (tmp_path / "data" / "crowddesk").exists()
    assert not started.noted.exists()


def drop(window, *paths: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copy, data, button, none)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), copy, data, button, none))
    return enter.isAccepted()


def test_what_is_dropped_is_opened_by_what_it_is(open_desk, backup_file, started, qtbot, words, tmp_path):
    make_bundle(open_desk._db, 1, tmp_path / "run.crowddesk")
    assert drop(open_desk.window, tmp_path / "run.crowddesk")
    assert started.words() == ["open", str(tmp_path / "run.crowddesk")]
    assert drop(open_desk.window, backup_file)
    dialog_of(qtbot, RestoreDialog).reject()
    (tmp_path / "rows.csv").write_text("a\n")
    assert drop(open_desk.window, tmp_path / "rows.csv")
    dialog = dialog_of(qtbot, ErrorDialog)
    assert "rows.csv is no packed run, no backup and no workspace" in words(dialog)
    dialog.reject()


def test_words_that_are_dropped_are_not_taken(open_desk):
    data = QMimeData()
    data.setText("https://example.org/a.crowddesk")
    enter = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(open_desk.window, enter)
    assert not enter.isAccepted()


def test_a_program_that_cannot_be_started_is_told(open_desk, qtbot, words, monkeypatch, tmp_path):
    open_workspace(tmp_path / "other").close()
    monkeypatch.setattr(own_window, "own_command", lambda: [str(tmp_path / "no program")])
    open_desk.open_path(tmp_path / "other")
    dialog = dialog_of(qtbot, ErrorDialog)
    assert "could not be started. Install CrowdDesk again." in words(dialog)
    dialog.reject()
