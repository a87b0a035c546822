"""The export dialog by itself: what it asks, counts, says and lets go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from crowddesk.operations.export import Exported, Waiting, Wanted
from crowddesk.ui.dialogs.export import ExportDialog
from crowddesk.ui.dialogs.export_asked import ExportFacts
from crowddesk.ui.dialogs.to_file import look_at

FACTS = ExportFacts(3, "Round 3", 8_000, ("quick", "failed gold"))


def exported(path: Path, **more) -> Exported:
    return Exported(path, 8_000, more.pop("damaged", ()), {"file": {"sha256": "ab"}}, **more)


@pytest.fixture
def dialog(qtbot, theme, tmp_path):
    made = ExportDialog(FACTS, tmp_path, "run-3", masks=["quick"])
    made.look_wanted.connect(lambda path: made.show_place(look_at(path)))
    qtbot.addWidget(made)
    made.open()
    return made


def test_the_format_and_the_ending_follow_each_other(dialog, tmp_path):
    assert dialog.value().path == tmp_path / "run-3.csv"
    dialog.format.setCurrentIndex(dialog.format.findData(".jsonl"))
    assert dialog.value().path == tmp_path / "run-3.jsonl"
    dialog.path.setText(str(tmp_path / "other.parquet"))
    assert dialog.format.currentData() == ".parquet"


def test_every_choice_is_counted_once_it_rests(dialog, qtbot):
    with qtbot.waitSignal(dialog.count_wanted) as asked:
        dialog.where.setText("status:accepted")
        dialog.only.setCurrentIndex(1)
        dialog.masks["failed gold"].click()
        dialog.rows.setCurrentIndex(2)
    value = asked.args[0]
    assert (value.where, value.only, value.rows, value.method) == (
        "status:accepted",
        "in",
        "item",
        "dawid_skene",
    )
    assert value.masks == ("quick", "failed gold")
    assert dialog.verb.text() == "Export"
    dialog.show_count(Waiting(4_000, 7_900, 8_000, {"quick": 100}))
    assert dialog.verb.text() == "Export 4,000 rows"
    assert [box.text() for box in dialog.masks.values()] == ["quick (−100)", "failed gold"]
    dialog.show_count(Waiting(0, 0, 8_000, {}))
    assert not dialog.verb.isEnabled()
    assert dialog._note.text() == "No answer matches: choose other answers, units or masks."


def test_a_count_that_comes_late_changes_nothing(dialog, tmp_path):
    dialog.verb.click()
    dialog.show_count(Waiting(4_000, 7_900, 8_000, {"quick": 100}))
    dialog.show_fault("There is no field stat.")
    assert not dialog.verb.isEnabled()
    assert dialog._problem.text() == ""
    dialog.show_done(exported(tmp_path / "run-3.csv"))
    dialog.show_count(Waiting(4_000, 7_900, 8_000, {"quick": 100}))
    assert dialog.verb.text() == "Close"


def test_a_fault_of_before_does_not_stop_an_export_made_again(dialog, qtbot, tmp_path):
    dialog.take_manifest(tmp_path / "m.json", Wanted(3, ".csv"))
    dialog.show_fault("There is no field stat.")
    with qtbot.waitSignal(dialog.wanted):
        dialog.verb.click()


def test_a_wrong_search_is_said_and_nothing_is_exported(dialog, qtbot):
    dialog.show_fault("There is no field stat.")
    assert dialog._problem.text() == "There is no field stat."
    assert not dialog.verb.isEnabled()
    with qtbot.assertNotEmitted(dialog.wanted):
        dialog._take()
    dialog.where.setText("status:accepted")
    assert dialog.verb.isEnabled()


def test_names_warn(dialog):
    assert "free text is not searched" in dialog._name_note.text()
    dialog.names.click()
    assert dialog.value().names
    assert "Give this file to nobody" in dialog._name_note.text()


def test_the_words_of_the_command_line_say_the_same(dialog, tmp_path):
    path = str(tmp_path / "run-3.csv")
    assert dialog.command_line() == ["export", "--run", "3", "--to", path, "--mask", "quick"]
    dialog.masks["quick"].click()
    dialog.rows.setCurrentIndex(2)
    dialog.only.setCurrentIndex(1)
    dialog.where.setText("time:>5s")
    dialog.names.click()
    assert dialog.command_line() == [
        "export", "--run", "3", "--to", path, "--rows", "item", "--method", "dawid_skene",
        "--where", "time:>5s", "--only", "in", "--with-names",
    ]  # fmt: skip
    dialog.take_manifest(tmp_path / "m.json", Wanted(3, ".csv"))
    assert dialog.command_line() == ["export", "--like", str(tmp_path / "m.json"), "--to", path]


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
    qtbot.waitUntil(lambda: dialog._note.text() == "old.csv exists and will be replaced.")
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
    dialog.show_done(exported(Path("out.csv"), damaged=(4, 5)))
    assert "8,000 rows are in out.csv" in dialog._note.text()
    assert "out.csv.manifest.json" in dialog._note.text()
    assert "2 units could not be read" in dialog._note.text()
    assert dialog.show_folder.isVisible()
    dialog.copy.click()
    assert json.loads(QGuiApplication.clipboard().text()) == {"file": {"sha256": "ab"}}
    dialog.verb.click()
    assert dialog.result() == dialog.DialogCode.Accepted


def test_an_export_made_again_says_whether_it_is_the_same(dialog, tmp_path):
    wanted = Wanted(3, ".xlsx", "item", "time:>5s", "in", ("failed gold",), True, "dawid_skene")
    dialog.take_manifest(tmp_path / "old.xlsx.manifest.json", wanted)
    assert dialog.verb.text() == "Export again"
    assert dialog.path.text().endswith(".xlsx")
    assert (dialog.where.text(), dialog.names.isChecked()) == ("time:>5s", True)
    assert not dialog.masks["quick"].isChecked()
    assert not dialog.where.isEnabled()
    dialog.like.click()
    assert dialog.where.isEnabled()
    assert dialog.value().like is None
    dialog.verb.click()
    dialog.show_done(exported(Path("out.xlsx"), same=False, differences=("Rows: 3 then, 4 now.",)))
    assert dialog._note.text().endswith("It is not the same file.\nRows: 3 then, 4 now.")


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_cut_and_the_file_is_always_in_sight(dialog, theme, qtbot, scale):
    theme.set(scheme="light", scale=scale, rows="normal", reduced_motion=True)
    many = ExportDialog(ExportFacts(1, "T", 1, [f"mask {n}" for n in range(60)]), Path("."), "a")
    qtbot.addWidget(many)
    many.show()
    room = many.screen().availableGeometry().height()

    def fits():
        assert many.height() <= room
        assert many.rect().contains(many.path.geometry())
        assert many.rect().contains(many.verb.geometry())

    qtbot.waitUntil(fits)
