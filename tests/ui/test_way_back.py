"""A workspace with real damage: found at its opening or behind the window, and the ways back from it."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from crowddesk.app import Desk, make_application
from crowddesk.operations.backup import copies_of, keep_daily_copy, make_backup, put_back
from crowddesk.operations.restored import restored_of
from crowddesk.operations.workspace import open_workspace
from crowddesk.ui import own_window
from crowddesk.ui.dialogs.damaged import DamagedDialog
from crowddesk.ui.dialogs.restore import RestoreDialog
from crowddesk.ui.kept_values import KeptValues
from crowddesk.ui.messages import Banner, ErrorDialog

NOTES = """
import json, os, sys
open(sys.argv[1] + ".new", "w", encoding="utf-8").write(json.dumps(sys.argv[2:]))
os.replace(sys.argv[1] + ".new", sys.argv[1])
"""


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Where a process that takes the program's place writes its words."""
    noted = tmp_path / "noted.json"
    monkeypatch.setattr(own_window, "own_command", lambda: [sys.executable, "-c", NOTES, str(noted)])
    return noted


@pytest.fixture
def folder(finished_workspace, workspace_path, monkeypatch, tmp_path):
    """A workspace with work in it and a copy of yesterday's."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    shutil.copytree(finished_workspace, workspace_path)
    db = open_workspace(workspace_path)
    try:
        assert keep_daily_copy(db) is not None
    finally:
        db.close()
    return workspace_path


@pytest.fixture
def desks(qapp, qtbot):
    """Makes windows of a person's own; they are stopped at the end."""
    made = []

    def make(folder: Path) -> Desk:
        desk = Desk(make_application(), folder, lasting=True)
        qtbot.addWidget(desk.window)
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.stop()


def open_ready(qtbot, desk):
    with qtbot.waitSignal(desk.ready, timeout=20_000):
        desk.start()


def dialog_of(qtbot, kind):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=20_000)
    return QApplication.activeModalWidget()


def wreck(folder: Path) -> None:
    """The first pages are overwritten: nothing opens it."""
    with (folder / "crowddesk.sqlite").open("r+b") as file:
        file.write(b"\xa5" * 8192)


def wreck_a_table(folder: Path) -> None:
    """Pages of the raw payloads are overwritten: it opens, and nobody has read them yet."""
    import sqlite3

    with sqlite3.connect(folder / "crowddesk.sqlite") as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = conn.execute("PRAGMA page_size").fetchone()[0]
        (root,) = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'submission'").fetchone()
    conn.close()
    with (folder / "crowddesk.sqlite").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xa5" * size)


def test_a_file_that_does_not_open_leads_to_its_copies_and_the_copy_opens_here(qtbot, desks, folder, words):
    wreck(folder)
    desk = desks(folder)
    failures = []
    desk.failed.connect(failures.append)
    desk.start()
    dialog = dialog_of(qtbot, DamagedDialog)
    said = words(dialog)
    assert dialog.windowTitle() == "The workspace “workspace” is damaged"
    assert "The database file" in said
    assert str(folder / "crowddesk.sqlite") in said
    assert dialog.copies.count() == len(copies_of(folder)) == 1
    assert "kept daily" in dialog.copies.item(0).text()
    assert dialog.verb.text().startswith("Put back the copy of ")
    assert " is lost. Compare with the vendors afterwards" in said
    qtbot.keyClick(dialog, Qt.Key.Key_Return)  # Enter puts nothing back
    assert dialog.isVisible()
    assert not list(folder.glob("set-aside-*"))
    with qtbot.waitSignal(desk.ready, timeout=20_000):
        dialog.verb.click()
    assert desk.window.isVisible()
    assert "is kept in set-aside-" in desk.window.toast.accessibleName()
    [aside] = folder.glob("set-aside-*")
    assert (aside / "crowddesk.sqlite").read_bytes()[:8] == b"\xa5" * 8
    assert failures == []
    qtbot.waitUntil(lambda: any("was put back as it was at" in b.accessibleName() for b in told(desk)))
    desk.window.close()


def told(desk):
    return [banner for banner in desk.window.findChildren(Banner) if banner.isVisible()]


def test_closed_it_stays_as_it_is_and_the_window_ends(qtbot, desks, folder):
    wreck(folder)
    before = (folder / "crowddesk.sqlite").read_bytes()
    desk = desks(folder)
    desk.start()
    dialog = dialog_of(qtbot, DamagedDialog)
    with qtbot.waitSignal(desk.failed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not desk.window.isVisible())
    assert (folder / "crowddesk.sqlite").read_bytes() == before


def test_a_disk_that_cannot_be_read_is_said_and_the_window_ends(qtbot, desks, folder, words):
    for path in folder.glob("crowddesk.sqlite*"):
        path.unlink()
    (folder / "crowddesk.sqlite").mkdir()  # as good as a disk that fails: the system does not read it
    desk = desks(folder)
    desk.start()
    dialog = dialog_of(qtbot, ErrorDialog)
    assert dialog.windowTitle() == "This workspace cannot be opened"
    assert f"{folder / 'crowddesk.sqlite'} cannot be read: " in words(dialog)
    dialog.reject()
    qtbot.waitUntil(lambda: not desk.window.isVisible())


@pytest.mark.parametrize("damage", ["gone", "empty"])
def test_no_new_workspace_hides_that_the_file_is_lost(qtbot, desks, folder, words, damage):
    for path in folder.glob("crowddesk.sqlite*"):
        path.unlink()
    if damage == "empty":
        (folder / "crowddesk.sqlite").touch()
    desk = desks(folder)
    desk.start()
    dialog = dialog_of(qtbot, DamagedDialog)
    assert f"The database file {folder / 'crowddesk.sqlite'} is gone or empty." in words(dialog)
    assert "is kept as it is" not in words(dialog)
    assert not dialog.save.isVisible()
    with qtbot.waitSignal(desk.ready, timeout=20_000):
        dialog.verb.click()
    assert "is kept in" not in desk.window.toast.accessibleName()
    desk.window.close()


def test_a_lost_file_without_copies_leaves_the_backup(qtbot, desks, folder, words):
    (folder / "crowddesk.sqlite").write_bytes(b"")
    shutil.rmtree(folder / "backups")
    desk = desks(folder)
    desk.start()
    dialog = dialog_of(qtbot, DamagedDialog)
    assert "There is no copy of it here. Restore a backup that you made." in words(dialog)
    assert dialog.focusWidget() is dialog.restore
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not desk.window.isVisible())


def test_without_copies_what_can_be_read_is_saved_and_put_back(
    qtbot, desks, folder, words, started, tmp_path
):
    shutil.rmtree(folder / "backups")
    wreck_a_table(folder)
    desk = desks(folder)
    desk.start()  # it opens: only the check finds it
    dialog = dialog_of(qtbot, DamagedDialog)
    assert desk.session is not None
    assert "There is no copy of it here." in words(dialog)
    assert not dialog.copies.isVisible()
    assert not dialog.verb.isEnabled()
    dialog.save.click()
    chooser = dialog_of(qtbot, QFileDialog)
    chooser.selectFile(str(tmp_path / "read.sqlite"))
    chooser.accept()
    qtbot.waitUntil(lambda: dialog.copies.count() == 1, timeout=20_000)
    assert "what could still be read" in dialog.copies.item(0).text()
    assert dialog.verb.isEnabled()
    assert "read out" in words(dialog)
    dialog.verb.click()
    qtbot.waitUntil(started.exists, timeout=20_000)
    qtbot.waitUntil(lambda: not desk.window.isVisible())
    db = open_workspace(folder)
    try:
        assert restored_of(db) is not None
        with db.read() as conn:
            from crowddesk.store.queries import RUNS

            assert RUNS.count(conn) == 1  # the damaged pages were of another table
    finally:
        db.close()


def test_the_damaged_file_itself_is_not_written_over(qtbot, desks, folder, words):
    wreck_a_table(folder)
    before = (folder / "crowddesk.sqlite").read_bytes()
    desk = desks(folder)
    desk.start()
    dialog = dialog_of(qtbot, DamagedDialog)
    dialog.save.click()
    chooser = dialog_of(qtbot, QFileDialog)
    chooser.fileSelected.emit(str(folder / "crowddesk.sqlite"))
    chooser.reject()
    qtbot.waitUntil(lambda: "this is the damaged file itself" in words(dialog), timeout=20_000)
    assert len((folder / "crowddesk.sqlite").read_bytes()) >= len(before)
    dialog.reject()
    desk.window.close()


def test_closing_ends_the_check_and_no_copy_is_made_of_what_nobody_has_looked_at(
    qtbot, desks, folder, monkeypatch
):
    from crowddesk.operations import backup

    shutil.rmtree(folder / "backups")
    begun = Event()

    def look(_folder, cancelled):
        begun.set()
        while not cancelled():
            pass
        return []

    monkeypatch.setattr(backup, "check_file", look)
    desk = desks(folder)
    open_ready(qtbot, desk)
    qtbot.waitUntil(begun.is_set, timeout=20_000)
    assert desk.window.current_page == "home"  # one works meanwhile
    desk.window.close()
    assert copies_of(folder) == []
    assert KeptValues(folder).load("check.day", "") == ""


def test_found_behind_the_window_it_is_said_above_every_page_and_mended_by_a_new_start(
    qtbot, desks, folder, started
):
    wreck_a_table(folder)
    desk = desks(folder)
    open_ready(qtbot, desk)
    dialog = dialog_of(qtbot, DamagedDialog)
    dialog.reject()
    [banner] = [b for b in told(desk) if "is damaged" in b.accessibleName()]
    assert desk.window.isVisible()  # one may go on
    banner._action.click()
    dialog = dialog_of(qtbot, DamagedDialog)
    dialog.verb.click()
    qtbot.waitUntil(started.exists, timeout=20_000)
    assert json.loads(started.read_text()) == ["--workspace", str(folder)]
    qtbot.waitUntil(lambda: not desk.window.isVisible())
    db = open_workspace(folder)
    try:
        assert restored_of(db) is not None
    finally:
        db.close()


def test_while_somebody_else_has_it_open_nothing_is_put_back(qtbot, desks, folder, words):
    wreck_a_table(folder)
    other = open_workspace(folder)
    try:
        desk = desks(folder)
        open_ready(qtbot, desk)
        dialog = dialog_of(qtbot, DamagedDialog)
        dialog.verb.click()
        qtbot.waitUntil(lambda: "is open. Close every window" in words(dialog), timeout=20_000)
        assert dialog.verb.isEnabled()
    finally:
        other.close()
    dialog.reject()
    qtbot.waitUntil(lambda: not desk.window.isVisible())  # nothing is open in it any more


def test_a_backup_is_a_way_back_too(qtbot, desks, folder, started, tmp_path):
    db = open_workspace(folder)
    make_backup(db, tmp_path / "good.crowddesk-backup")
    db.close()
    wreck(folder)
    desk = desks(folder)
    desk.start()
    dialog = dialog_of(qtbot, DamagedDialog)
    dialog.restore.click()
    chooser = dialog_of(qtbot, QFileDialog)
    chooser.selectFile(str(tmp_path / "good.crowddesk-backup"))
    chooser.accept()
    restoring = dialog_of(qtbot, RestoreDialog)
    restoring.place.line.setText(str(tmp_path / "new one"))
    restoring.verb.click()
    qtbot.waitUntil(started.exists, timeout=20_000)
    assert json.loads(started.read_text()) == ["--workspace", str(tmp_path / "new one")]
    qtbot.waitUntil(lambda: not desk.window.isVisible())
    open_workspace(tmp_path / "new one").close()


def test_a_workspace_that_cannot_be_opened_for_another_reason_has_no_way_back(qtbot, desks, folder):
    db = open_workspace(folder)
    with db.write() as w:
        w.conn.exec_driver_sql("UPDATE workspace SET schema_version = '9999'")
    db.close()
    desk = desks(folder)
    with qtbot.waitSignal(desk.failed, timeout=20_000):
        desk.start()
    dialog = dialog_of(qtbot, ErrorDialog)
    dialog.reject()
    qtbot.waitUntil(lambda: not desk.window.isVisible())


def test_a_sound_file_is_copied_once_a_day_and_after_a_death_looked_at_again(
    qtbot, desks, folder, monkeypatch
):
    from crowddesk.operations import backup

    shutil.rmtree(folder / "backups")
    looked = []
    check = backup.check_file
    monkeypatch.setattr(backup, "check_file", lambda *of: looked.append(of) or check(*of))
    desk = desks(folder)
    open_ready(qtbot, desk)
    qtbot.waitUntil(lambda: desk.kept.load("check.day", "") != "", timeout=20_000)
    desk.window.close()
    [copy] = copies_of(folder)
    assert copy.why == "daily"
    assert len(looked) == 1

    desk = desks(folder)
    open_ready(qtbot, desk)
    qtbot.waitUntil(lambda: desk._check is not None, timeout=20_000)
    desk.window.close()
    assert len(looked) == 1

    (folder / "locks" / "open-99999-dead.lock").write_text("open")  # as a killed process leaves it
    desk = desks(folder)
    open_ready(qtbot, desk)
    qtbot.waitUntil(lambda: len(looked) == 2, timeout=20_000)
    desk.window.close()
    assert not list((folder / "locks").glob("open-*"))


def test_what_was_put_back_is_said_until_it_is_dismissed(qtbot, desks, folder, words):
    [copy] = copies_of(folder)
    put_back(folder, copy.path)
    desk = desks(folder)
    open_ready(qtbot, desk)
    qtbot.waitUntil(lambda: bool(told(desk)), timeout=20_000)
    [banner] = told(desk)
    assert "This workspace was put back as it was at" in banner.accessibleName()
    assert banner._action.isHidden()  # the practice crowd's own books were put back with it
    for page in ("home", "payments"):
        desk.window.show_page(page)
        assert banner.isVisible()
    banner._close.click()
    qtbot.waitUntil(lambda: restored_of(desk._db).dismissed)
    desk.window.close()
    desk = desks(folder)
    open_ready(qtbot, desk)
    qtbot.waitUntil(lambda: desk._check is not None, timeout=20_000)
    assert told(desk) == []
    desk.window.close()


def test_of_one_account_the_comparison_opens_of_several_they_are_shown(qtbot, desks, folder):
    from types import SimpleNamespace

    from crowddesk.operations.restored import Restored
    from crowddesk.ui.restored_banner import RestoredBanner

    desk = desks(folder)
    open_ready(qtbot, desk)
    banner = RestoredBanner(desk.session, desk.window)
    at = datetime(2026, 11, 1, 12, tzinfo=UTC)
    rows = [SimpleNamespace(id=n, requester_name=f"a{n}", provider_type="inhouse") for n in (1, 2)]
    banner._show((Restored(at, "x.crowddesk-backup", at, 2, dismissed=False), rows))
    shown = told(desk)[-1]
    assert "from x.crowddesk-backup. 2 payments or decisions that waited then are held" in (
        shown.accessibleName()
    )
    lost = Restored(at, "", at, 0, dismissed=False)
    banner._show((lost, []))
    assert "CrowdDesk ended in the middle, and what it stored last is lost" in (
        told(desk)[-1].accessibleName()
    )
    assert "Until you dismiss this, nothing is launched or closed by itself." in (
        told(desk)[-1].accessibleName()
    )
    banner._show((Restored(at, "x.crowddesk-backup", at, 2, dismissed=False), rows))
    shown._action.click()
    assert desk.window.current_page == "requesters"
    desk.window.close()
