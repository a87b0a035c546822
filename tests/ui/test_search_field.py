"""The search field: waits for a pause, answers to keys, says what it cannot read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from crowddesk.store.search import FIELDS
from crowddesk.ui.keys import Keys
from crowddesk.ui.search_field import SearchField
from crowddesk.ui.search_popup import SearchHelp


@pytest.fixture
def field(qtbot, theme):
    made = SearchField("Search units")
    qtbot.addWidget(made)
    made.resize(300, 60)
    made.show()
    return made


def test_it_tells_once_after_a_pause_and_at_once_on_enter(field, qtbot):
    told = []
    field.searched.connect(told.append)
    qtbot.keyClicks(field.line, "status:completed")
    assert told == []
    qtbot.waitUntil(lambda: told == ["status:completed"])
    qtbot.keyClicks(field.line, "  ")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert told == ["status:completed"]
    field.set_text("worker:A1")
    assert told[-1] == "worker:A1"


def test_escape_clears_then_leaves(field, qtbot):
    field.set_text("x")
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert field.text() == ""
    with qtbot.waitSignal(field.left_down):
        qtbot.keyClick(field.line, Qt.Key.Key_Escape)


def test_an_error_stands_under_it_until_the_next_key(field, qtbot):
    field.show_error("There is no key 'statsu'. Did you mean status?")
    assert field._message.isVisible()
    assert field.line.property("wrong") is True
    assert "statsu" in field.line.accessibleDescription()
    qtbot.keyClicks(field.line, "a")
    assert not field._message.isVisible()
    assert field.line.property("wrong") is False
    assert not field.grab().isNull()


def test_the_button_that_clears_it_has_a_name(qtbot, theme):
    field = SearchField("Search units")
    qtbot.addWidget(field)
    [clear] = field.line.findChildren(QToolButton)
    assert clear.accessibleName() == "Clear the search"


# ------------------------------------------------------------------------------------------ offers and help


@pytest.fixture
def units(qtbot, theme):
    """A field of units in a window of its own."""
    window = QWidget()
    made = SearchField("Search units", noun="units")
    layout = QVBoxLayout(window)
    layout.addWidget(made)
    layout.addStretch(1)
    qtbot.addWidget(window)
    window.resize(700, 400)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.take_focus()
    yield made
    window.close()


def offered(field) -> list[str]:
    return [o.text for o in field.offers.offers] if field.offers and field.offers.isVisible() else []


def test_fields_and_values_are_offered_and_taken_by_keys(units, qtbot):
    told = []
    units.searched.connect(told.append)
    qtbot.keyClicks(units.line, "-sta")
    assert offered(units) == ["status:"]
    qtbot.keyClick(units.line, Qt.Key.Key_Tab)
    assert units.text() == "-status:"
    assert offered(units)[0] == "created"
    qtbot.keyClicks(units.line, "acc")
    assert offered(units) == ["accepted"]
    qtbot.keyClick(units.line, Qt.Key.Key_Down)
    assert "accepted" in units.line.accessibleDescription()
    qtbot.keyClick(units.line, Qt.Key.Key_Return)
    assert units.text() == "-status:accepted "
    assert told == ["-status:accepted"]
    assert offered(units) == []


def test_enter_searches_where_no_offer_was_chosen(units, qtbot):
    told = []
    units.searched.connect(told.append)
    qtbot.keyClicks(units.line, "re")
    assert offered(units) == ["reward:", "requester:"]
    qtbot.keyClick(units.line, Qt.Key.Key_Return)
    assert told == ["re"]
    assert offered(units) == []


def test_escape_closes_the_offers_first_and_focus_out_too(units, qtbot):
    qtbot.keyClicks(units.line, "sta")
    qtbot.keyClick(units.line, Qt.Key.Key_Escape)
    assert (offered(units), units.text()) == ([], "sta")
    qtbot.keyClick(units.line, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert offered(units) == ["status:"]
    units.line.clearFocus()
    assert offered(units) == []


def test_everything_is_offered_on_an_empty_line(units, qtbot):
    qtbot.keyClick(units.line, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert len(offered(units)) == len(FIELDS["units"])
    for _ in range(len(FIELDS["units"])):
        qtbot.keyClick(units.line, Qt.Key.Key_Down)
    assert not units.offers.grab().isNull()
    qtbot.keyClick(units.line, Qt.Key.Key_Up)
    qtbot.keyClick(units.line, Qt.Key.Key_Tab)
    assert units.text() == list(FIELDS["units"])[-2] + ":"


def test_the_chosen_offer_is_in_sight_in_a_low_window(units, qtbot):
    units.window().resize(700, 160)
    qtbot.waitUntil(lambda: units.window().height() == 160)
    qtbot.keyClick(units.line, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    offers = units.offers
    rows = offers._rows_shown()
    assert rows < 8
    for number in range(len(FIELDS["units"])):
        qtbot.keyClick(units.line, Qt.Key.Key_Down)
        assert offers.chosen == number
        assert offers._first <= number < offers._first + rows


def test_what_is_being_written_is_not_wrong_yet_and_enter_shows_where_it_is(units, qtbot):
    told = []
    units.searched.connect(told.append)
    qtbot.keyClicks(units.line, "x statu:re")
    qtbot.waitUntil(units._message.isVisible)  # nothing is offered for it, so the pause tells
    assert "Did you mean status:?" in units._message.text()
    qtbot.keyClick(units.line, Qt.Key.Key_Return)
    assert units.line.selectedText() == "statu:"
    qtbot.keyClicks(units.line, "status:")
    assert units.text() == "x status:re"
    assert not units._message.isVisible()
    assert told == []


def test_names_are_asked_for_once_and_offered_quoted(units, qtbot):
    asked = []
    units.names_wanted.connect(lambda *what: asked.append(what))
    qtbot.keyClicks(units.line, "requester:m")
    assert asked == [("requester", ""), ("requester", "m")]
    units.show_names("requester", "", ["late"])
    assert offered(units) == []
    units.show_names("requester", "m", ["my lab", "mine"])
    assert offered(units) == ['"my lab"', "mine"]
    qtbot.keyClick(units.line, Qt.Key.Key_Tab)
    assert units.text() == 'requester:"my lab" '


def test_a_click_takes_an_offer(units, qtbot):
    qtbot.keyClicks(units.line, "data:")
    qtbot.mouseClick(units.offers, Qt.MouseButton.LeftButton, pos=units.offers.rect().center())
    assert units.text() == "data:in "


def test_all_that_it_understands_is_explained(units, qtbot):
    qtbot.keyClick(units.line, Qt.Key.Key_F1)
    [shown] = units.window().findChildren(SearchHelp)
    words = "\n".join(label.text() for label in shown.findChildren(QLabel))
    assert "how long it took" in words
    assert "-status:accepted" in words
    assert not shown.grab().isNull()
    [status] = [button for button in shown.fields if button.text() == "status:"]
    assert shown.fields[0].hasFocus()
    qtbot.keyClick(shown.fields[0], Qt.Key.Key_Down)
    assert shown.fields[1].hasFocus()
    qtbot.mouseClick(status, Qt.MouseButton.LeftButton)
    assert units.text() == "status:"
    assert offered(units)[0] == "created"


def test_what_explains_closes_by_escape_and_by_a_click_elsewhere(units, qtbot):
    units.help.click()
    [shown] = units.window().findChildren(SearchHelp)
    qtbot.keyClick(shown.fields[0], Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert units.line.hasFocus()
    units.explain()
    [shown] = [w for w in units.window().findChildren(SearchHelp) if w.isVisible()]
    qtbot.mouseClick(units.window(), Qt.MouseButton.LeftButton, pos=units.window().rect().bottomLeft())
    assert not shown.isVisible()


def test_keys_of_verbs_are_off_in_it(units, qtbot):
    taken = []
    for key in ("A", "F3", "?", "Delete"):
        action = QAction("verb", units.window())
        action.setShortcut(key)
        action.triggered.connect(lambda: taken.append(1))
        units.window().addAction(action)
    qtbot.keyClicks(units.line, "a?")
    qtbot.keyClick(units.line, Qt.Key.Key_F3)
    qtbot.keyClick(units.line, Qt.Key.Key_Delete)
    assert taken == []
    assert units.text() == "a?"


def test_its_key_is_the_chosen_one(units, qtbot):
    keys = Keys({"lists.search": "Ctrl+F"})
    units.follow(keys)
    units.window().setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    units.window().setFocus()
    qtbot.keyClick(units.window(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert units.line.hasFocus()
    keys.take({})
    assert units.line.key == "/"
    assert not units.grab().isNull()
