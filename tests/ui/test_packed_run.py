"""A packed run opened from the window: by a process of its own, and what is no such file is told at once."""

from __future__ import annotations

import json
import sys

import pytest
from PySide6.QtWidgets import QFileDialog

from crowddesk.operations.bundle import make_bundle
from crowddesk.ui import own_window
from crowddesk.ui.messages import ErrorDialog
from crowddesk.ui.packed_run import ask_packed, open_packed

#: Writes down how it was started, all at once.
NOTES = """
import json, os, sys
open(sys.argv[1] + ".new", "w", encoding="utf-8").write(json.dumps(sys.argv[2:]))
os.replace(sys.argv[1] + ".new", sys.argv[1])
"""


@pytest.fixture
def packed(desk, tmp_path):
    """A packed run; its name is one that a shell would take apart."""
    path = tmp_path / "a run's $HOME & more.crowddesk"
    make_bundle(desk.db, 1, path)
    return path


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Where a process that takes the program's place writes its words."""
    noted = tmp_path / "noted.json"
    monkeypatch.setattr(own_window, "own_command", lambda: [sys.executable, "-c", NOTES, str(noted)])
    return noted


def test_it_is_opened_read_only_by_the_program_started_anew(desk, packed, started, qtbot):
    ask_packed(desk.session, desk.window)
    dialog = desk.dialog(QFileDialog)
    dialog.selectFile(str(packed))
    dialog.accept()
    desk.said(f"{packed.name} opens in a window of its own.")
    qtbot.waitUntil(started.exists, timeout=20_000)
    assert json.loads(started.read_text(encoding="utf-8")) == ["open", str(packed)]
    with desk.db.write():
        pass  # the workspace that is open stays so, and can be written


@pytest.mark.parametrize("damage", ["no archive", "cut off", "gone", "a folder", "another archive"])
def test_what_cannot_be_opened_is_told_in_the_window(desk, packed, started, words, damage, tmp_path):
    if damage == "no archive":
        packed.write_bytes(b"no bundle")
    elif damage == "cut off":
        packed.write_bytes(packed.read_bytes()[:-100])
    elif damage == "gone":
        packed.unlink()
    elif damage == "a folder":
        packed = tmp_path
    else:
        import zipfile

        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("a.txt", "a")
    open_packed(desk.session, desk.window, packed)
    dialog = desk.dialog(ErrorDialog)
    assert dialog.windowTitle() == "This file cannot be opened"
    said = words(dialog)
    assert {
        "no archive": f"{packed.name} is damaged or was changed. Ask for it again.",
        "cut off": f"{packed.name} is damaged or was changed. Ask for it again.",
        "gone": f"{packed} cannot be opened: ",
        "a folder": f"{packed} cannot be opened: ",
        "another archive": f"{packed.name} is no bundle of a run: it has no manifest.",
    }[damage] in said
    dialog.close()
    assert not started.exists()


def test_a_program_that_cannot_be_started_is_told(desk, packed, words, monkeypatch, tmp_path):
    monkeypatch.setattr(own_window, "own_command", lambda: [str(tmp_path / "gone")])
    open_packed(desk.session, desk.window, packed)
    dialog = desk.dialog(ErrorDialog)
    assert "could not be started" in words(dialog)
    dialog.close()
