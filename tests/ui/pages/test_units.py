"""The Units page, driven by keys and clicks over a real workspace and the practice vendor."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QPushButton

from crowddesk.operations import second_looks
from crowddesk.store import tables as t
from crowddesk.ui.dialogs.decide import DecideDialog

HOSTILE = '<img src="x" onerror="alert(1)"> & <b>bold</b>'


def select(page, *places):
    page.table.select_id(page.model.id_at(places[0]))
    page.table.setFocus()
    for place in places:
        index = page.model.index(place, 0)
        flags = page.table.selectionModel().SelectionFlag
        page.table.selectionModel().select(index, flags.Select | flags.Rows)


def test_one_unit_is_approved_by_its_key_and_taken_back(desk, qtbot):
    page = desk.page("units")
    select(page, 0)
    unit_id = page.table.current_row().id
    desk.press(page.table, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: desk.unit(unit_id).pending == "approve")
    assert desk.states("staged") == [("approve", "staged")]
    desk.said("approved, staged until you send")
    qtbot.waitUntil(lambda: page.model.row_at(0).pending == "approve")
    desk.press(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.states("cancelled") == [("approve", "cancelled")])
    assert desk.unit(unit_id).pending is None
    desk.said("Taken back: 1 decision")


def test_letters_in_the_search_field_are_text(desk, qtbot):
    page = desk.page("units")
    select(page, 0)
    page.panel.search.take_focus()
    qtbot.keyClicks(page.panel.search.line, "axjks")
    assert page.panel.search.text() == "axjks"
    qtbot.waitUntil(lambda: page.model.query.text == "axjks")
    assert desk.states("staged") == []
    qtbot.keyClick(page.panel.search.line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.model.rowCount() == 12 and page.model.phase == "ready")


def test_j_and_k_move_and_the_pane_follows(desk, qtbot, words):
    page = desk.page("units")
    select(page, 0)
    desk.press(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Unit 1" in words(page.unit))
    desk.press(page.table, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: "Unit 2" in words(page.unit))
    assert page.table.currentIndex().row() == 1
    desk.press(page.table, Qt.Key.Key_K)
    assert page.table.currentIndex().row() == 0
    desk.press(page.table, Qt.Key.Key_K)
    assert page.table.currentIndex().row() == 0
    desk.press(page.table, Qt.Key.Key_Escape)
    assert page.unit.isHidden()


def test_the_pane_shows_hostile_text_as_it_is(desk, qtbot, words):
    page = desk.page("units")
    page.show_wanted(1)
    qtbot.waitUntil(lambda: HOSTILE in words(page.unit))
    assert "USD 0.10 + 0.02 fee" in words(page.unit)
    assert "The same item" in words(page.unit)
    raw = [b for b in page.unit.findChildren(QPushButton) if b.text() == "Copy raw"]
    qtbot.mouseClick(raw[0], Qt.MouseButton.LeftButton)
    assert json.loads(QGuiApplication.clipboard().text())


def test_the_pane_decides_follows_and_marks_the_data_set(desk, qtbot, words):
    page = desk.page("units")
    page.show_wanted(2)
    qtbot.waitUntil(page.unit.approve.isVisible)
    qtbot.mouseClick(page.unit.approve, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.unit.take_back.isVisible() and not page.unit.approve.isVisible())
    assert page.unit.take_back.text() == "Take the approval back"
    qtbot.mouseClick(page.unit.take_back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.unit.approve.isVisible)
    choice = page.unit.findChild(QComboBox)
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: desk.unit(2).dataset_status == "out")
    qtbot.waitUntil(lambda: "data set: in → out" in words(page.unit))
    qtbot.mouseClick(page.unit.approve, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.unit(2).pending == "approve")
    desk.send()
    qtbot.waitUntil(lambda: "accepted" in words(page.unit))
    assert (desk.unit(2).status, desk.unit(2).dataset_status) == ("accepted", "out")


def test_many_units_are_approved_at_once_and_paid_once(desk, qtbot):
    page = desk.page("units")
    page.table.setFocus()
    page.table.selectAll()
    desk.press(page.table, Qt.Key.Key_A)
    dialog = desk.dialog(DecideDialog)
    assert dialog.verb.text() == "Approve 12 · USD 1.44"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(desk.states("staged")) == 12)
    desk.send()
    qtbot.waitUntil(lambda: {page.model.row_at(i).status for i in range(12)} == {"accepted"})
    assert [(c.amount, c.fee, c.times) for c in desk.vendor.calls("approve")] == [(10, 2, 1)] * 12
    select(page, 0)
    desk.press(page.table, Qt.Key.Key_A)
    desk.said("completed and undecided")


def test_a_soft_rejection_pays_and_keeps_the_answer_out(desk, qtbot):
    page = desk.page("units")
    select(page, 3)
    unit_id = page.table.current_row().id
    desk.press(page.table, Qt.Key.Key_S)
    dialog = desk.dialog(DecideDialog)
    assert dialog.verb.text() == "Soft reject 1 · USD 0.12"
    dialog.verb.click()
    qtbot.waitUntil(lambda: desk.unit(unit_id).pending == "soft_reject")
    desk.send()
    found = desk.unit(unit_id)
    assert (found.status, found.dataset_status) == ("soft_rejected", "out")


def test_a_rejection_needs_a_reason(desk, qtbot):
    page = desk.page("units")
    select(page, 4)
    unit_id = page.table.current_row().id
    desk.press(page.table, Qt.Key.Key_X)
    dialog = desk.dialog(DecideDialog)
    assert not dialog.verb.isEnabled()
    qtbot.keyClicks(dialog._reason, "   ")
    assert not dialog.verb.isEnabled()
    qtbot.keyClicks(dialog._reason, "A copy of the question.")
    qtbot.keyClick(dialog._reason, Qt.Key.Key_Tab)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.unit(unit_id).pending == "reject")
    desk.said("1 unit rejected · 1 first rejection waits for a second look")
    desk.send()
    assert desk.unit(unit_id).status == "completed"
    with desk.db.read() as conn:
        (waiting,) = second_looks.list_waiting(conn)
    assert waiting.evidence  # what the dialog showed, or read since
    second_looks.agree(desk.db, [waiting.action_id])
    desk.send()
    assert desk.unit(unit_id).status == "rejected"
    page.show_wanted(unit_id)
    qtbot.waitUntil(page.unit.unreject.isVisible)
    qtbot.mouseClick(page.unit.unreject, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.unit(unit_id).pending == "unreject")


def test_a_page_without_units_says_the_next_step(empty_desk, qtbot, words):
    page = empty_desk.page("units")
    assert page.model.rowCount() == 0
    assert "No units yet." in words(page)
    page.search("status:completed")
    qtbot.waitUntil(lambda: "Nothing matches this search." in words(page))
    page.search("stat:x")
    qtbot.waitUntil(lambda: "Did you mean status:?" in words(page))


def test_search_order_and_columns_return(desk, qtbot):
    page = desk.page("units")
    page.search("status:completed")
    page.table.columns.show_column(page.model.column_of("dataset"), True)
    page.show_detail(1)
    desk.window.close()
    assert desk.kept["units.search"] == "status:completed"
    shown = [c["key"] for c in desk.kept["units.table"]["columns"] if not c["hidden"]]
    assert {"dataset", "pay", "run"} <= set(shown)


def test_keys_in_the_pane_are_about_what_it_shows(desk, qtbot):
    page = desk.page("units")
    page.show_detail(5)
    qtbot.waitUntil(page.unit.approve.isVisible)
    page.table.selectAll()
    desk.press(page.unit.area, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: desk.states("staged") == [("approve", "staged")])
    assert desk.unit(5).pending == "approve"
    desk.press(page.unit.area, Qt.Key.Key_Escape)
    assert page.unit.isHidden()


def test_in_a_narrow_window_the_pane_stands_in_the_lists_place(desk, qtbot):
    page = desk.page("units")
    desk.window.resize(700, 700)
    qtbot.waitUntil(lambda: page.width() < 720)
    page.table.select_id(1)
    page.show_detail(1)
    assert not page.panel.isVisible()
    qtbot.waitUntil(page.unit.approve.isVisible)
    desk.press(page.unit.area, Qt.Key.Key_J)
    assert page.unit.shown_id == 2
    page.unit.leave()
    assert page.panel.isVisible()


def test_a_cell_of_ten_megabytes_and_a_damaged_one_are_shown_from_their_beginning(desk, qtbot, words):
    huge = json.dumps({"text": "x" * 10_000_000})
    with desk.db.write() as w:
        w.update(t.Assignment, [2], data=huge)
        w.update(t.Assignment, [3], data='{"text": ')
    page = desk.page("units")
    place = page.model.column_of("data")
    assert page.model.data(page.model.index(3, place)).startswith('{"text": "xxx')
    assert page.model.data(page.model.index(6, place)) == "(damaged)"
    page.show_detail(4)
    qtbot.waitUntil(lambda: "and 9,996,000 characters more" in words(page.unit))
    page.show_detail(7)
    qtbot.waitUntil(lambda: "damaged: this is how it is stored" in words(page.unit))
    page.show_detail(999)
    qtbot.waitUntil(lambda: "There is no unit 999." in words(page.unit))
    assert not page.unit.approve.isVisible()
