"""The search field: waits for a pause, answers to keys, says what it cannot read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from crowddesk.ui.search_field import SearchField


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
