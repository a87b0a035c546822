"""The first start: nothing is made before somebody chooses; each choice leads to an open workspace."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from crowddesk import paths, recent
from crowddesk.app import Desk, _FileOpens, make_application
from crowddesk.operations.backup import make_backup
from crowddesk.operations.workspace import open_workspace
from crowddesk.ui import first_start, own_window
from crowddesk.ui.dialogs.restore import RestoreDialog
from crowddesk.ui.dialogs.welcome import WelcomeDialog
from crowddesk.ui.first_start import FirstStart
from crowddesk.ui.messages import Banner, ErrorDialog


@pytest.fixture
def home(monkeypatch, tmp_path):
    """A person's folders, with nothing in them."""
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    return tmp_path


@pytest.fixture
def begin(qapp, qtbot, home):
    """Begins as the program does without a workspace; everything is stopped at the end."""
    made = []

    def start(**how) -> FirstStart:
        app = make_application()
        start = FirstStart(app, partial(Desk, app, lasting=True), **how)
        made.append(start)
        start.start()
        return start

    yield start
    for start in made:
        if start.desk is not None:
            start.desk.window.close_surely()
        if start.welcome is not None:
            start.welcome.reject()
        start.stop()


def everything(home: Path) -> list[Path]:
    return sorted(home.rglob("*"))


def looked(qtbot, welcome: WelcomeDialog) -> None:
    qtbot.waitUntil(lambda: bool(welcome.place.found.kind), timeout=20_000)


def desk_of(qtbot, start: FirstStart) -> Desk:
    qtbot.waitUntil(lambda: start.desk is not None and start.desk.session is not None, timeout=20_000)
    return start.desk


def dialog_of(qtbot, kind):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=20_000)
    return QApplication.activeModalWidget()


def test_it_says_what_this_is_and_where_the_work_goes_and_makes_nothing(begin, qtbot, home, words):
    before = everything(home)
    welcome = begin().welcome
    assert welcome.isVisible()
    looked(qtbot, welcome)
    said = words(welcome)
    assert "Welcome to CrowdDesk" in said
    assert "You need no account to look around" in said
    assert welcome.place.folder() == paths.default_workspace()
    assert [b.text() for b in (welcome.restore, welcome.watch, welcome.verb)] == [
        "Restore a backup…",
        "Watch the practice crowd",
        "Open CrowdDesk",
    ]
    assert welcome.verb.hasFocus() or welcome.focusWidget() is welcome.verb
    qtbot.keyClick(welcome, Qt.Key.Key_Escape)
    assert not welcome.isVisible()
    assert everything(home) == before


def test_it_opens_where_it_says(begin, qtbot, home):
    start = begin()
    start.welcome.verb.click()
    desk = desk_of(qtbot, start)
    assert start.welcome is None
    assert desk.window.isVisible()
    assert desk.window.windowTitle() == "Home – CrowdDesk"  # the usual place needs no name
    assert (paths.default_workspace() / "crowddesk.sqlite").is_file()
    assert [known.folder for known in recent.folders()] == [paths.default_workspace()]


def test_watching_begins_the_practice_run_of_home(begin, qtbot):
    start = begin()
    looked(qtbot, start.welcome)
    start.welcome.watch.click()
    desk = desk_of(qtbot, start)
    qtbot.waitUntil(lambda: desk.window.current_page == "runs", timeout=30_000)

    def runs() -> int:
        with desk._db.read() as conn:
            from crowddesk.store.queries import RUNS

            return RUNS.count(conn)

    assert runs() == 1


def test_another_folder_is_answered_by_what_it_is(begin, qtbot, home, words, tmp_path):
    welcome = begin().welcome
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.odt").touch()
    open_workspace(tmp_path / "old").close()
    welcome.place.line.setText(str(tmp_path / "full"))
    qtbot.waitUntil(lambda: "There are other files in" in words(welcome), timeout=20_000)
    assert not welcome.verb.isEnabled()
    assert not welcome.watch.isEnabled()
    welcome.place.line.setText(str(tmp_path / "old"))
    qtbot.waitUntil(lambda: "There is a workspace already" in words(welcome), timeout=20_000)
    assert welcome.verb.isEnabled()
    welcome.place.line.setText("")
    assert "Name the folder with its whole path." in words(welcome)
    assert not welcome.verb.isEnabled()
    welcome.place.choose.click()
    chooser = dialog_of(qtbot, QFileDialog)
    (tmp_path / "chosen").mkdir()
    chooser.selectFile(str(tmp_path / "chosen"))
    chooser.accept()
    qtbot.waitUntil(lambda: welcome.place.folder() == tmp_path / "chosen")
    assert list((tmp_path / "chosen").iterdir()) == []


def test_a_folder_that_was_filled_meanwhile_is_not_taken(begin, qtbot, tmp_path, words):
    start = begin()
    welcome = start.welcome
    welcome.place.line.setText(str(tmp_path / "new"))
    looked(qtbot, welcome)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "file").touch()
    welcome.verb.click()
    qtbot.waitUntil(lambda: "There are other files in" in words(welcome), timeout=20_000)
    assert start.desk is None


def test_it_names_the_workspace_that_is_gone(begin, words, tmp_path):
    welcome = begin(gone=tmp_path / "on a stick").welcome
    assert f"The workspace that was open last is not there: {tmp_path / 'on a stick'}" in words(welcome)


@pytest.fixture
def backup_file(finished_workspace, tmp_path):
    folder = shutil.copytree(finished_workspace, tmp_path / "made from")
    db = open_workspace(folder)
    try:
        make_backup(db, tmp_path / "one.crowddesk-backup")
    finally:
        db.close()
    return tmp_path / "one.crowddesk-backup"


def test_a_backup_can_be_restored_first(begin, qtbot, backup_file):
    start = begin()
    start.welcome.restore.click()
    chooser = dialog_of(qtbot, QFileDialog)
    chooser.selectFile(str(backup_file))
    chooser.accept()
    dialog = dialog_of(qtbot, RestoreDialog)
    assert dialog.place.folder() == paths.default_workspace()
    dialog.verb.click()
    desk = desk_of(qtbot, start)
    assert desk._folder == paths.default_workspace()
    qtbot.waitUntil(
        lambda: any(
            "was put back as it was at" in banner.accessibleName() and banner.isVisible()
            for banner in desk.window.findChildren(Banner)
        ),
        timeout=20_000,
    )
    with desk._db.read() as conn:
        from crowddesk.store.queries import RUNS

        assert RUNS.count(conn) == 1


def test_a_backup_that_was_asked_for_is_restored_without_a_welcome(begin, qtbot, backup_file):
    start = begin(asked=backup_file)
    assert start.welcome is None
    dialog_of(qtbot, RestoreDialog).verb.click()
    desk_of(qtbot, start)


def test_left_alone_it_ends_the_program(begin, qtbot, backup_file):
    quits = []
    start = begin(asked=backup_file)
    start._app = type("App", (), {"quit": staticmethod(lambda: quits.append(1))})()
    dialog_of(qtbot, RestoreDialog).reject()
    qtbot.waitUntil(lambda: bool(quits))


def test_a_workspace_that_was_asked_for_is_opened(begin, qtbot, tmp_path):
    open_workspace(tmp_path / "old").close()
    assert desk_of(qtbot, begin(asked=tmp_path / "old"))._folder == tmp_path / "old"


@pytest.mark.parametrize("name", ["rows.csv", "gone/rows.csv", "."])
def test_what_cannot_be_opened_is_told_and_fails(begin, qtbot, tmp_path, words, name):
    (tmp_path / "rows.csv").write_text("a\n")
    failures = []
    start = begin(asked=tmp_path / name)
    start.failed.connect(failures.append)
    dialog = dialog_of(qtbot, ErrorDialog)
    assert dialog.windowTitle() == "This cannot be opened"
    assert len(failures) == 1
    dialog.reject()


def test_a_packed_run_under_another_name_opens_in_its_own_window(begin, qtbot, tmp_path, monkeypatch):
    started, quits = [], []
    monkeypatch.setattr(first_start, "start_anew", started.append)
    monkeypatch.setattr(first_start.folders, "what_is", lambda path: "bundle")
    start = begin(asked=tmp_path / "run.zip")
    start._app = type("App", (), {"quit": staticmethod(lambda: quits.append(1))})()
    qtbot.waitUntil(lambda: bool(quits), timeout=20_000)
    assert started == [["open", str(tmp_path / "run.zip")]]


def test_the_system_asks_for_a_file_as_macos_does(begin, qtbot, tmp_path):
    start = begin()
    open_workspace(tmp_path / "old").close()
    opens = _FileOpens()
    opens.asked.connect(start.open_path)
    event = QFileOpenEvent(QUrl.fromLocalFile(str(tmp_path / "old")))
    assert opens.eventFilter(start, event)
    assert desk_of(qtbot, start)._folder == tmp_path / "old"
    started = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(own_window, "own_command", lambda: [str(tmp_path / "no program")])
        patch.setattr("crowddesk.ui.workspace_verbs.start_anew", started.append)
        open_workspace(tmp_path / "other").close()
        opens.eventFilter(start, QFileOpenEvent(QUrl.fromLocalFile(str(tmp_path / "other"))))
        qtbot.waitUntil(lambda: bool(started), timeout=20_000)
    assert started == [["--workspace", str(tmp_path / "other")]]
