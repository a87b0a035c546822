"""The export dialog by itself: what it asks, says and lets go."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from crowddesk.ui.dialogs.export import ExportDialog


@pytest.fixture
def dialog(qtbot, theme, tmp_path):
    made = ExportDialog("Round 3", 8_000, 5_000, tmp_path, "run-3")
    qtbot.addWidget(made)
    made.open()
    return made


def test_the_format_and_the_ending_follow_each_other(dialog, tmp_path):
    assert dialog.value().path == tmp_path / "run-3.csv"
    dialog.format.setCurrentIndex(dialog.format.findData(".jsonl"))
    assert dialog.value().path == tmp_path / "run-3.jsonl"
    dialog.path.setText(str(tmp_path / "other.xlsx"))
    assert dialog.format.currentData() == ".xlsx"


def test_the_button_counts(dialog):
    assert dialog.verb.text() == "Export 8,000 units"
    dialog.only_in.click()
    assert dialog.verb.text() == "Export 5,000 units"


@pytest.mark.parametrize(
    ("name", "words"), [("", "Name the file."), ("x.pdf", "ends in none of"), ("no/x.csv", "no folder")]
)
def test_a_file_that_cannot_be_is_said(dialog, qtbot, tmp_path, name, words):
    dialog.path.setText(str(tmp_path / name) if name else "")
    with qtbot.assertNotEmitted(dialog.wanted):
        dialog.verb.click()
    assert words in dialog._problem.text()


def test_a_file_that_is_there_is_announced_and_enter_does_not_replace_it(dialog, qtbot, tmp_path):
    (tmp_path / "old.csv").write_text("x", encoding="utf-8")
    dialog.path.setText(str(tmp_path / "old.csv"))
    assert dialog._note.text() == "old.csv exists and will be replaced."
    with qtbot.assertNotEmitted(dialog.wanted):
        qtbot.keyClick(dialog.path, Qt.Key.Key_Return)
        qtbot.keyClick(dialog.verb, Qt.Key.Key_Return)
    with qtbot.waitSignal(dialog.wanted):
        dialog.verb.click()
    dialog.show_failure("The disk is full.")


def test_escape_stops_what_is_being_written_and_then_leaves(dialog, qtbot):
    with qtbot.waitSignal(dialog.wanted):
        dialog.verb.click()
    dialog.show_progress(3_000, 8_000)
    assert dialog._note.text() == "3,000 of 8,000 rows"
    with qtbot.waitSignal(dialog.stopped):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.show_failure("Cancelled: nothing was written.")
    assert dialog.verb.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_end_says_where_it_lies_and_what_was_damaged(dialog):
    dialog.verb.click()
    dialog.show_done(Path("out.csv"), 8_000, 2)
    assert "8,000 rows are in out.csv. 2 units could not be read" in dialog._note.text()
    assert dialog.show_folder.isVisible()
    dialog.verb.click()
    assert dialog.result() == dialog.DialogCode.Accepted
