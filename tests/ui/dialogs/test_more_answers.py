"""More answers to each item: the cost is there before they can be asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from crowddesk.operations.places import MorePlaces
from crowddesk.ui.dialogs.more_answers import MoreAnswersDialog


@pytest.fixture
def dialog(qtbot, theme):
    made = MoreAnswersDialog("Round 3", "live", "prolific")
    qtbot.addWidget(made)
    made.open()
    return made


def words_of(dialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def cost(more, free=None, vendor_total=None):
    return MorePlaces(1, 40, 40 * more, "GBP", 30, 10, free, vendor_total)


def test_the_cost_comes_before_the_verb(dialog, qtbot):
    assert "LIVE: real people at prolific are asked, and paid." in words_of(dialog)
    assert not dialog.verb.isEnabled()
    dialog.show_estimate(1, cost(1, free=5_000, vendor_total=1_602))
    said = words_of(dialog)
    assert "40 units for 40 items: GBP 12.00 pay and GBP 4.00 fees." in said
    assert "The vendor’s own figure for them is GBP 16.02. GBP 33.98 of the budget would be left." in said
    assert dialog.verb.text() == "Add 40 · GBP 16.02"
    for widget in (dialog.number, dialog, dialog.verb):
        qtbot.keyClick(widget, Qt.Key.Key_Return)
        assert dialog.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert dialog.value() == 1


def test_another_number_has_another_cost(dialog, qtbot):
    dialog.show_estimate(1, cost(1))
    with qtbot.waitSignal(dialog.wanted) as wanted:
        dialog.number.setText("3")
        assert not dialog.verb.isEnabled()
    assert wanted.args == [3]
    dialog.show_estimate(1, cost(1))  # too late
    assert not dialog.verb.isEnabled()
    dialog.show_estimate(3, cost(3))
    assert dialog.verb.text() == "Add 120 · GBP 48.00"


def test_over_the_budget_nothing_is_asked_for(dialog):
    dialog.show_estimate(1, cost(1, free=1_000))
    assert not dialog.verb.isEnabled()
    assert "That is GBP 16.00, but the budget has GBP 10.00 left." in words_of(dialog)


def test_no_number_and_no_answer_are_said(dialog):
    dialog.number.setText("")
    assert "Enter how many: 1 or more." in words_of(dialog)
    dialog.number.setText("2")
    dialog.show_failure("Run 1 is closed, so it takes no further answers.")
    assert "Run 1 is closed" in words_of(dialog)
    assert not dialog.verb.isEnabled()
