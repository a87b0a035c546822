"""Choosing keys by pressing them: clashes are shown first and settled, all can be put back, all is kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from crowddesk import settings as settings_file
from crowddesk.ui.key_editor import KeyEditor
from crowddesk.ui.keys import COMMANDS, Keys

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def editor(qtbot, theme):
    keys = Keys({})
    made = KeyEditor(keys)
    made.keys_under_test = keys
    made.chosen.connect(keys.take)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press(qtbot, editor, name, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.mouseClick(editor.buttons[name], Qt.MouseButton.LeftButton)
    assert editor.buttons[name].listening
    qtbot.keyClick(editor.buttons[name], key, modifier)


def test_a_free_key_is_taken_at_once(editor, qtbot):
    press(qtbot, editor, "review.approve", Qt.Key.Key_Y)
    assert editor.keys_under_test.of("review.approve") == "Y"
    assert editor.buttons["review.approve"].text() == "Y"
    press(qtbot, editor, "review.approve", Qt.Key.Key_F5, SHIFT | CTRL)
    assert editor.keys_under_test.of("review.approve") == "Ctrl+Shift+F5"
    assert not editor._question.isVisible()
    assert not editor.grab().isNull()


def test_signs_are_stored_without_the_shift_that_made_them(editor, qtbot):
    button = editor.buttons["review.flag"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(button, "!", SHIFT)
    assert editor.keys_under_test.of("review.flag") == "!"
    press(qtbot, editor, "review.flag", Qt.Key.Key_Y, SHIFT)
    assert editor.keys_under_test.of("review.flag") == "Shift+Y"


def test_a_held_key_alone_is_waited_through_and_escape_leaves(editor, qtbot):
    button = editor.buttons["review.flag"]
    press(qtbot, editor, "review.flag", Qt.Key.Key_Shift, SHIFT)
    assert button.listening
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    assert not button.listening
    assert editor.keys_under_test.of("review.flag") == "F"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    editor.reset.setFocus()
    editor.buttons["review.note"].setFocus()
    assert not button.listening


def test_a_clash_is_shown_before_it_is_taken_and_can_be_swapped(editor, qtbot):
    press(qtbot, editor, "review.approve", Qt.Key.Key_S)
    assert editor._question.isVisible()
    assert editor.clash.text() == "S is the key of “Soft reject” (Review)."
    assert editor.keys_under_test.of("review.approve") == "A"
    assert editor.swap.hasFocus()
    qtbot.keyClick(editor.swap, Qt.Key.Key_Space)
    assert editor.keys_under_test.of("review.approve") == "S"
    assert editor.keys_under_test.of("review.soft_reject") == "A"
    assert not editor._question.isVisible()
    assert editor.keys_under_test.faults == []


def test_or_taken_away_there_or_left(editor, qtbot):
    press(qtbot, editor, "commands", Qt.Key.Key_J)
    assert "Next" in editor.clash.text()
    qtbot.mouseClick(editor.leave, Qt.MouseButton.LeftButton)
    assert editor.keys_under_test.of("commands") == "Ctrl+K"
    press(qtbot, editor, "review.approve", Qt.Key.Key_X)
    qtbot.mouseClick(editor.take_away, Qt.MouseButton.LeftButton)
    assert editor.keys_under_test.of("review.approve") == "X"
    assert editor.keys_under_test.of("review.reject") == ""
    assert editor.buttons["review.reject"].text() == "none"


def test_what_every_program_has_cannot_be_taken(editor, qtbot):
    press(qtbot, editor, "review.approve", Qt.Key.Key_Z, CTRL)
    assert editor.clash.text() == "Ctrl+Z stays what it is: Undo."
    assert not editor.swap.isVisible()
    assert not editor.take_away.isVisible()
    qtbot.mouseClick(editor.leave, Qt.MouseButton.LeftButton)
    assert editor.keys_under_test.of("review.approve") == "A"


def test_one_and_all_are_put_back(editor, qtbot):
    assert not editor.reset.isEnabled()
    press(qtbot, editor, "review.approve", Qt.Key.Key_Y)
    press(qtbot, editor, "review.note", Qt.Key.Key_Backspace)
    assert editor.keys_under_test.of("review.note") == ""
    qtbot.mouseClick(editor._usual["review.note"], Qt.MouseButton.LeftButton)
    assert editor.keys_under_test.of("review.note") == "N"
    assert not editor._usual["review.note"].isVisible()
    qtbot.mouseClick(editor.reset, Qt.MouseButton.LeftButton)
    assert all(editor.keys_under_test.of(c.name) == c.key for c in COMMANDS)


def test_keys_of_the_window_do_not_fire_while_one_is_pressed(editor, qtbot):
    fired = []
    for key in ("Ctrl+K", "A"):
        action = QAction("verb", editor)
        action.setShortcut(key)
        action.triggered.connect(lambda: fired.append(1))
        editor.addAction(action)
    press(qtbot, editor, "review.skip", Qt.Key.Key_K, CTRL)
    assert fired == []
    assert "Commands" in editor.clash.text()


def test_a_damaged_file_is_said_and_put_right_by_the_usual_keys(qtbot, theme):
    keys = Keys({"nope": "A", "review.flag": "gurgle"})
    editor = KeyEditor(keys)
    qtbot.addWidget(editor)
    editor.chosen.connect(keys.take)
    assert "There is no command 'nope'." in editor.faults.text()
    assert editor.reset.isEnabled()
    editor.reset.click()
    assert keys.faults == []
    keys.take({"nope": "A"})
    editor._show()
    assert editor.faults.text()


# --------------------------------------------------------------------------------------- in the program


def test_what_is_chosen_holds_at_once_and_after_a_restart(desk, qtbot):
    from crowddesk.ui.pages.settings import SettingsPage

    page = SettingsPage(desk.session, desk.window)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.show_wanted("keys")
    qtbot.waitUntil(lambda: page._area.verticalScrollBar().value() > 0)
    units = desk.page("units")
    units.table.select_id(2)
    press(qtbot, page.keys, "lists.approve", Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: settings_file.load(desk.db.folder).keys == {"lists.approve": "Y"})
    assert not settings_file.load(desk.db.folder).sending.practice_sends_by_itself  # the rest stands
    desk.press(units.table, Qt.Key.Key_A)
    desk.press(units.table, Qt.Key.Key_Y)
    desk.said("1 unit approved")
    assert Keys(settings_file.load(desk.db.folder).keys).of("lists.approve") == "Y"
