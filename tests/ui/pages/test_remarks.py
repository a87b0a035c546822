"""Notes, tags and flags by keys and clicks, in lists and panes, for people and units."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from crowddesk.store import remarks
from crowddesk.ui.controls import Button
from crowddesk.ui.dialogs.remarks import NoteDialog, TagDialog


@pytest.fixture
def page(desk):
    made = desk.page("workers")
    made.table.setFocus()
    return made


def pick(page, *places):
    flags = page.table.selectionModel().SelectionFlag
    page.table.select_id(page.model.id_at(places[0]))
    for place in places[1:]:
        page.table.selectionModel().select(page.model.index(place, 0), flags.Select | flags.Rows)
    return [page.model.id_at(place) for place in places]


def tags(desk, noun, ids):
    with desk.db.read() as conn:
        return [remarks.tags_of(conn, noun, ids).get(i, ()) for i in ids]


def notes(desk, noun, row_id):
    with desk.db.read() as conn:
        return [note.text for note in remarks.notes_of(conn, noun, [row_id])]


def button(widget, text):
    return next(b for b in widget.findChildren(Button) if b.isVisible() and b.text().startswith(text))


def test_people_are_tagged_in_bulk_by_keys_and_it_can_be_taken_back(desk, page, qtbot):
    ids = pick(page, 0, 1, 2)
    desk.press(page.table, Qt.Key.Key_T)
    dialog = desk.dialog(TagDialog)
    assert not dialog.verb.isEnabled()
    qtbot.keyClicks(dialog.field, "Too,fast")
    assert "comma" in dialog._problem.text()
    dialog.field.clear()
    qtbot.keyClicks(dialog.field, "Too  Fast")
    assert dialog.verb.text() == "Tag 3 people"
    people = [f"mock:{page.model.row_at(place).worker_name}" for place in range(3)]
    named = [word for name in people for word in ("--worker", name)]
    assert list(dialog.command_line()) == ["tag", *named, "--", "Too  Fast"]
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    desk.said("3 people tagged too fast")
    assert tags(desk, "worker", ids) == [("too fast",)] * 3
    qtbot.waitUntil(lambda: page.model.row_at(2).tags == ("too fast",))
    page.search('tag:"too fast"')
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    desk.press(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.said("too fast taken off 3 people")
    qtbot.waitUntil(lambda: page.model.row_at(0).tags == ())  # what has changed keeps its place


def test_a_tag_is_completed_and_taken_off(desk, page, qtbot):
    ids = pick(page, 0, 1)
    page.remarks.tag([ids[0]], "expert", True)
    desk.said("1 person tagged expert")
    desk.press(page.table, Qt.Key.Key_T)
    dialog = desk.dialog(TagDialog)
    assert isinstance(dialog.field, QLineEdit)
    completer = dialog.field.completer()
    completer.setCompletionPrefix("exp")  # typed, its list would open, which offscreen grumbles about
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "expert"
    assert not dialog.off.isEnabled()
    dialog.field.setText("expert")
    assert (dialog.off.isEnabled(), dialog.off.text()) == (True, "Take off 1")
    assert dialog.verb.isEnabled()
    qtbot.mouseClick(dialog.off, Qt.MouseButton.LeftButton)
    desk.said("expert taken off 1 person")
    assert tags(desk, "worker", ids) == [(), ()]


def test_a_note_is_written_shown_and_removed_in_the_pane(desk, page, qtbot, words):
    (worker_id,) = pick(page, 0)
    page.show_detail(worker_id)
    qtbot.waitUntil(lambda: "Notes and tags" in words(page.worker))
    qtbot.mouseClick(button(page.worker.remarks, "Note"), Qt.MouseButton.LeftButton)
    dialog = desk.dialog(NoteDialog)
    assert not dialog.verb.isEnabled()
    qtbot.keyClicks(dialog.text, "Wrote <b>kindly</b>.")
    name = page.model.row_at(0).worker_name
    assert dialog.windowTitle() == f"Note about {name}"
    assert list(dialog.command_line()) == ["note", "--worker", f"mock:{name}", "--", "Wrote <b>kindly</b>."]
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    desk.said("Noted")
    assert notes(desk, "worker", worker_id) == ["Wrote <b>kindly</b>."]
    from crowddesk.ui.detail import PlainText

    def shown():
        return [p.toPlainText() for p in page.worker.remarks.findChildren(PlainText) if p.isVisible()]

    qtbot.waitUntil(lambda: shown() == ["Wrote <b>kindly</b>."])
    qtbot.waitUntil(lambda: page.model.row_at(0).notes == 1)
    qtbot.mouseClick(button(page.worker.remarks, "Remove"), Qt.MouseButton.LeftButton)
    desk.said("Note removed")
    qtbot.waitUntil(lambda: shown() == [])
    desk.press(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown() == ["Wrote <b>kindly</b>."])


def test_a_note_is_about_one_and_nothing_is_chosen_without_rows(desk, page, qtbot):
    pick(page, 0, 1)
    desk.press(page.table, Qt.Key.Key_N)
    desk.said("A note is about one.")
    page.remarks.begin_tag([])
    desk.said("Select the people first.")
    page.remarks.begin_note(None)
    desk.said("still being read")


def test_units_are_flagged_by_a_key_and_tagged_in_the_pane(desk, qtbot, words):
    page = desk.page("units")
    page.table.setFocus()
    ids = pick(page, 0, 1)
    desk.press(page.table, Qt.Key.Key_F)
    desk.said("2 units flagged")
    assert tags(desk, "unit", ids) == [("flagged",)] * 2
    page.search("flagged:yes")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    page.show_detail(ids[0])
    qtbot.waitUntil(lambda: any(b.text() == "flagged  ×" for b in page.unit.remarks.findChildren(Button)))
    page.unit.area.setFocus()
    desk.press(page.unit.area, Qt.Key.Key_N)
    dialog = desk.dialog(NoteDialog)
    assert dialog.windowTitle() == f"Note about unit {ids[0]}"
    qtbot.keyClicks(dialog.text, "odd")
    dialog.verb.click()
    desk.said("Noted")
    assert notes(desk, "unit", ids[0]) == ["odd"]
    chip = next(
        b for b in page.unit.remarks.findChildren(Button) if b.text() == "flagged  ×" and b.isVisible()
    )
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    desk.said("Flag taken off 1 unit")
    assert tags(desk, "unit", ids) == [(), ("flagged",)]


def test_another_desks_note_appears(desk, page, qtbot, words):
    (worker_id,) = pick(page, 0)
    page.show_detail(worker_id)
    qtbot.waitUntil(lambda: "Notes and tags" in words(page.worker))
    with desk.db.write("somebody else") as w:
        remarks.set_tag(w, "worker", [worker_id], "expert", True)
    qtbot.waitUntil(lambda: any(b.text() == "expert  ×" for b in page.worker.remarks.findChildren(Button)))


def test_tags_are_offered_where_a_review_is_narrowed(full_program, qtbot):
    program = full_program
    with program.db.write() as w:
        remarks.set_tag(w, "unit", [1, 2], "too fast", True)
        remarks.set_tag(w, "unit", [3], "torn", True)
        remarks.set_tag(w, "worker", [1], "trusted", True)
    page = program.window.show_page("review")
    page.show_wanted(1)
    program.wait(lambda: page.work.ids_known)
    page.begin_search()
    program.window.activateWindow()
    program.wait(page.search.line.hasFocus)
    qtbot.keyClicks(page.search.line, "tag:t")
    offers = page.search.offers
    program.wait(lambda: [offer.text for offer in offers.offers] == ['"too fast"', "torn"])
    qtbot.keyClick(page.search.line, Qt.Key.Key_Tab)
    assert page.search.text() == 'tag:"too fast" '
    program.wait(lambda: sorted(page.work.queue.page(9)) == [1, 2])
    assert page.search.text() == 'tag:"too fast" '


def test_who_pauses_while_typing_decides_nothing(full_program, qtbot):
    program = full_program
    program.session.settings.sending.practice_sends_by_itself = False
    page = program.window.show_page("review")
    page.show_wanted(1)
    program.wait(lambda: page.work.ids_known and page.work.chosen() != [])
    page.begin_search()
    program.window.activateWindow()
    program.wait(page.search.line.hasFocus)
    qtbot.keyClicks(page.search.line, "status:completed ")
    program.wait(lambda: page.review.text == "status:completed")
    assert (page.search.line.hasFocus(), page.search.text()) == (True, "status:completed ")
    qtbot.keyClicks(program.window.focusWidget(), "a")
    assert page.search.text() == "status:completed a"
    page.search.line.clear()
    program.wait(lambda: page.review.text == "")
    assert page.search.line.hasFocus()
    qtbot.keyClicks(page.search.line, "item:item-2")
    qtbot.keyClick(page.search.line, Qt.Key.Key_Return)
    assert not page.search.line.hasFocus()
    program.wait(lambda: page.work.queue.total == 3)
    page.work.decisions.flush()
    with program.db.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM vendor_action WHERE state = 'staged'").scalar() == 0
