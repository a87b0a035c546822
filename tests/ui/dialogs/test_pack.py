"""A run packed into one file from the window: asked, written, cancelled, refused; and who asks the disk."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crowddesk.operations import archive, bundle
from crowddesk.store.queries import WORKERS
from crowddesk.ui.dialogs.export import ExportDialog, open_export
from crowddesk.ui.dialogs.export_asked import ExportFacts
from crowddesk.ui.dialogs.pack import PackDialog, open_pack
from crowddesk.ui.dialogs.to_file import look_at


@pytest.fixture(autouse=True)
def _nothing_stays_open(qapp):
    """A dialog that writes does not close when it is asked to."""
    yield
    while (left := QApplication.activeModalWidget()) is not None:
        left.done(0)


@pytest.fixture
def alone(qtbot, theme, tmp_path):
    """The dialog without threads: the disk answers at once."""
    made = PackDialog(3, "Round 3", 8_000, tmp_path)
    made.look_wanted.connect(lambda path: made.show_place(look_at(path)))
    qtbot.addWidget(made)
    made.open()
    return made


@pytest.fixture
def place(tmp_path):
    """A folder for packed runs and nothing else."""
    (tmp_path / "packed").mkdir()
    return tmp_path / "packed"


@pytest.fixture
def dialog(desk, place):
    """The dialog of a real run, wired to the threads."""
    desk.session.save("export.folder", str(place))
    open_pack(desk.session, desk.window, 1)
    return desk.dialog(PackDialog)


@pytest.fixture
def held(monkeypatch):
    """Writing stops before the end: (it got there, it may go on)."""
    reached, go_on, real = Event(), Event(), archive.pack

    def pack(*args):
        reached.set()
        assert go_on.wait(20)
        return real(*args)

    monkeypatch.setattr(archive, "pack", pack)
    yield reached, go_on
    go_on.set()


def click(qtbot, button):
    qtbot.waitUntil(button.isEnabled)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def ended(qtbot, dialog, words=""):
    qtbot.waitUntil(lambda: (words in dialog._problem.text()) if words else dialog.verb.text() == "Close")


def test_nothing_that_names_people_goes_along_unless_it_is_chosen(alone, qtbot, tmp_path):
    assert alone.value().path == tmp_path / "run-3.crowddesk"
    assert (alone.names.isChecked(), alone.uploads.isChecked()) == (False, False)
    assert "Pseudonyms stand for them" in alone._name_note.text()
    words = ["bundle", "--run", "3", "--to", str(tmp_path / "run-3.crowddesk")]
    assert alone.command_line() == words
    qtbot.mouseClick(alone.names, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(alone.uploads, Qt.MouseButton.LeftButton)
    assert alone.command_line() == [*words, "--with-names", "--with-uploads"]
    assert "Give this file to nobody" in alone._name_note.text()
    with qtbot.waitSignal(alone.wanted) as wanted:
        click(qtbot, alone.verb)
    assert (wanted.args[0].names, wanted.args[0].uploads) == (True, True)


def test_what_is_inside_and_what_stays_is_said(alone, words):
    said = words(alone)
    assert "Inside: the task and its data" in said
    assert "Stays here: other runs" in said
    assert alone.copy_line.isVisible()


def test_a_run_is_packed_and_opens_again(desk, dialog, place, qtbot, tmp_path):
    assert dialog.verb.text() == "Pack 12 units"
    click(qtbot, dialog.verb)
    ended(qtbot, dialog)
    path = place / "run-1.crowddesk"
    assert dialog._note.text().startswith(f"12 units and 2 files are in {path} (")
    assert dialog.show_folder.isVisible()
    with desk.db.read() as conn:
        names = {worker.worker_name for worker in WORKERS.iterate(conn)}
    (tmp_path / "opened").mkdir()
    opened = bundle.open_bundle(path, tmp_path / "opened")
    with opened.read() as conn:
        assert len(found := {worker.worker_name for worker in WORKERS.iterate(conn)}) == len(names)
        assert not found & names
    opened.close()
    click(qtbot, dialog.verb)
    assert list(place.iterdir()) == [path]


def test_names_go_along_when_they_are_chosen(dialog, place, qtbot):
    click(qtbot, dialog.names)
    click(qtbot, dialog.verb)
    ended(qtbot, dialog)
    assert bundle.look_over(place / "run-1.crowddesk")["names"] is True


def test_cancelled_it_leaves_no_file(dialog, place, qtbot, held):
    reached, go_on = held
    click(qtbot, dialog.verb)
    qtbot.waitUntil(reached.is_set)
    qtbot.waitUntil(lambda: dialog._note.text() == "12 of 12 units")
    assert not dialog.names.isEnabled()
    click(qtbot, dialog.cancel)
    go_on.set()
    ended(qtbot, dialog, "Cancelled: nothing was written.")
    assert list(place.iterdir()) == []
    click(qtbot, dialog.verb)
    ended(qtbot, dialog)


def test_what_waits_behind_another_job_is_cancelled_at_once(desk, dialog, place, qtbot):
    go_on = Event()
    desk.session.run_job(lambda db, job: str(go_on.wait(20)), desk.window.toast.say, desk.window.toast.say)
    with qtbot.waitSignal(dialog.wanted):
        click(qtbot, dialog.verb)
    click(qtbot, dialog.cancel)
    assert dialog._problem.text() == "Cancelled: nothing was written."
    go_on.set()
    click(qtbot, dialog.verb)
    ended(qtbot, dialog)
    assert [path.name for path in place.iterdir()] == ["run-1.crowddesk"]


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "The disk of {0} is full"), (errno.EACCES, "Permission denied")]
)
def test_a_disk_that_does_not_take_it_is_said(dialog, place, qtbot, monkeypatch, number, words):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(archive, "pack", refuse)
        click(qtbot, dialog.verb)
        ended(qtbot, dialog, words.format(place))
    assert list(place.iterdir()) == []
    click(qtbot, dialog.verb)
    ended(qtbot, dialog)


def test_a_fault_of_the_program_does_not_hold_the_dialog(dialog, qtbot, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(archive, "pack", fail)
    with qtbot.captureExceptions() as raised:
        click(qtbot, dialog.verb)
        ended(qtbot, dialog, "Nothing was written.")
    assert raised[0][0] is ZeroDivisionError
    click(qtbot, dialog.cancel)
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Name the file."),
        ("x.zip", "x.zip does not end in .crowddesk."),
        ("no/x.crowddesk", "There is no folder"),
        ("folder.crowddesk", "is a folder"),
        (f"{'x' * 300}.crowddesk", "cannot be written"),
    ],
)
def test_a_file_that_cannot_be_is_said(alone, qtbot, tmp_path, name, words):
    (tmp_path / "folder.crowddesk").mkdir()
    alone.path.setText(str(tmp_path / name) if name else "")
    with qtbot.assertNotEmitted(alone.wanted):
        click(qtbot, alone.verb)
    assert words in alone._problem.text()
    assert alone.path.property("wrong") is True
    alone.path.setText(str(tmp_path / "well.crowddesk"))
    assert alone.path.property("wrong") is False


@pytest.mark.parametrize("name", ["run-3.crowddesk", "here/run-3.crowddesk"])
def test_a_part_of_a_path_is_no_place(alone, qtbot, name):
    """It would be written into the folder that the program happened to be started in."""
    alone.path.setText(name)
    with qtbot.assertNotEmitted(alone.wanted, wait=200):
        click(qtbot, alone.verb)
    assert alone._problem.text() == "Name the file with its whole path."


def test_while_it_is_written_the_keyboard_is_at_cancel_and_then_at_the_verb(alone, qtbot):
    qtbot.keyClick(alone.path, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: alone.progress.isVisible())
    assert alone.focusWidget() is alone.cancel
    alone.show_failure("The disk is full.")
    assert alone.focusWidget() is alone.verb


def test_a_file_that_came_meanwhile_is_not_replaced_unsaid(dialog, place, qtbot):
    path = place / "run-1.crowddesk"
    path.write_bytes(b"kept")
    dialog._looking.stop()
    click(qtbot, dialog.verb)
    qtbot.waitUntil(lambda: dialog._note.text() == "run-1.crowddesk exists and will be replaced.")
    assert path.read_bytes() == b"kept"
    qtbot.keyClick(dialog.verb, Qt.Key.Key_Return)
    assert dialog.isVisible()
    click(qtbot, dialog.verb)
    ended(qtbot, dialog)
    assert bundle.look_over(path)["run"]["id"] == 1


def test_what_is_changed_after_the_verb_is_not_written(alone, qtbot):
    alone.look_wanted.disconnect()
    click(qtbot, alone.verb)
    click(qtbot, alone.names)
    with qtbot.assertNotEmitted(alone.wanted):
        alone.show_place(look_at(alone.file_path()))
    click(qtbot, alone.verb)
    with qtbot.waitSignal(alone.wanted):
        alone.show_place(look_at(alone.file_path()))
    with qtbot.assertNotEmitted(alone.wanted):
        alone.show_place(look_at(alone.file_path()))


@pytest.mark.parametrize(("begin", "kind"), [(open_pack, PackDialog), (open_export, ExportDialog)])
def test_the_window_never_asks_the_disk(desk, qtbot, monkeypatch, place, begin, kind):
    asked = []

    def watched(name):
        real = getattr(Path, name)

        def ask(path, *args, **words):
            if current_thread() is main_thread():
                asked.append((name, str(path)))
            return real(path, *args, **words)

        return ask

    desk.session.save("export.folder", str(place))
    with monkeypatch.context() as patch:
        for name in ("stat", "exists", "is_file", "is_dir"):
            patch.setattr(Path, name, watched(name))
        begin(desk.session, desk.window, 1)
        dialog = desk.dialog(kind)
        ending = dialog.file_path().suffix
        dialog.path.selectAll()
        qtbot.keyClicks(dialog.path, str(place / f"other{ending}"))
        with qtbot.waitSignal(dialog.look_wanted):
            pass
        click(qtbot, dialog.verb)
        ended(qtbot, dialog)
    assert asked == []
    assert (place / f"other{ending}").is_file()


@pytest.mark.parametrize("make", [PackDialog, ExportDialog])
@pytest.mark.parametrize("text", ["", "/", "~nobody-is-called-so/x", "\0", ".", "x" * 5_000])
def test_any_name_may_be_typed(qtbot, theme, tmp_path, make, text):
    made = (
        PackDialog(1, "T", 1, tmp_path)
        if make is PackDialog
        else ExportDialog(ExportFacts(1, "T", 1), tmp_path, "a")
    )
    made.look_wanted.connect(lambda path: made.show_place(look_at(path)))
    qtbot.addWidget(made)
    made.open()
    with qtbot.assertNotEmitted(made.wanted):
        made.path.setText(text)
        if make is ExportDialog:
            made.format.setCurrentIndex(1)
            made.path.setText(text)
        made._ask_look()
        made._take()
    assert made._problem.text()


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_cut(alone, theme, qtbot, scale):
    theme.set(scheme="light", scale=scale, rows="normal", reduced_motion=True)
    made = PackDialog(1, "A long title " * 8, 1, Path("."))
    qtbot.addWidget(made)
    made.show()
    room = made.screen().availableGeometry().height()
    qtbot.waitUntil(
        lambda: (
            made.height() <= room
            and made.rect().contains(made.path.geometry())
            and made.rect().contains(made.verb.geometry())
            and made.path.y() - made._area.geometry().bottom() < 3 * made.path.height()
        )
    )
