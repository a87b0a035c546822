"""Decisions: what the button says, the reason rules, the softer way, Enter that never rejects."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from crowddesk.domain import ActionKind
from crowddesk.ui.dialogs.decide import DecideDialog, DecideFacts, DecideValue, ReasonRules

NO_RULES = ReasonRules()
PROLIFIC = ReasonRules(min_length=100, categories=("TOO_QUICKLY", "LOW_EFFORT"))


@pytest.fixture
def make_dialog(qtbot, theme):
    def make(kind, facts, rules=NO_RULES) -> DecideDialog:
        dialog = DecideDialog(kind, facts, rules)
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    return make


def words_of(dialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_approve_repeats_number_and_money(make_dialog, qtbot):
    facts = DecideFacts(10, "USD 1.20", "USD 0.20", per_person=[("A1", 6), ("A2", 4)])
    dialog = make_dialog(ActionKind.APPROVE, facts)
    assert dialog.windowTitle() == "Approve 10 units"
    assert dialog.verb.text() == "Approve 10 · USD 1.20"
    assert "Pays USD 1.20, USD 0.20 of it fees." in words_of(dialog)
    assert "2 people: A1 (6), A2 (4)" in words_of(dialog)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.value() == DecideValue("approve")


def test_reject_needs_category_and_length(make_dialog, qtbot):
    facts = DecideFacts(3, "GBP 0.42", per_person=[("A1", 3)], environment="live", vendor="Prolific")
    dialog = make_dialog(ActionKind.REJECT, facts, PROLIFIC)
    assert dialog.verb.text() == "Reject 3"
    assert "LIVE" in words_of(dialog)
    assert not dialog.verb.isEnabled()
    dialog._reason.setPlainText("x" * 99)
    assert "99 of at least 100" in words_of(dialog)
    dialog._reason.setPlainText("x" * 100 + "   \n ")
    assert not dialog.verb.isEnabled()
    assert "category" in dialog.verb.toolTip()
    dialog._category.setCurrentIndex(2)
    assert dialog.verb.isEnabled()
    for widget in (dialog._reason, dialog, dialog.verb):
        qtbot.keyClick(widget, Qt.Key.Key_Return)
        assert dialog.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert dialog.value() == DecideValue("reject", "x" * 100, "LOW_EFFORT")


def test_categories_are_words(make_dialog):
    rules = ReasonRules(categories=("INCOMP_LONGITUDINAL", "FAILED_CHECK", "SOMETHING_NEW"))
    choice = make_dialog(ActionKind.REJECT, DecideFacts(1), rules)._category
    texts = [choice.itemText(i) for i in range(choice.count())]
    assert texts == ["Choose one", "Longitudinal study not completed", "Failed check", "Something new"]
    assert choice.itemData(1) == "INCOMP_LONGITUDINAL"


def test_the_softer_way_is_one_click_and_needs_no_length(make_dialog, qtbot):
    dialog = make_dialog(ActionKind.REJECT, DecideFacts(3), PROLIFIC)
    dialog._reason.setPlainText("too quick")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog._soft_button, Qt.MouseButton.LeftButton)
    assert dialog.value() == DecideValue("soft_reject", "too quick")


def test_soft_reject_pays_and_asks_no_reason(make_dialog):
    dialog = make_dialog(ActionKind.SOFT_REJECT, DecideFacts(2, "GBP 0.28"), PROLIFIC)
    assert dialog.verb.text() == "Soft reject 2 · GBP 0.28"
    assert "as the worker will read it" not in words_of(dialog)  # soft or not, an approval carries no words
    assert "for your own records" in words_of(dialog)
    assert dialog.verb.isEnabled()
    assert dialog._soft_button.isHidden()


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (ReasonRules(max_rejections=5), "At most 5 rejections at once"),
        (ReasonRules(max_rejections_per_worker=2), "At most 2 rejections for one person"),
        (ReasonRules(max_length=3), "at most 3 characters"),
        (ReasonRules(), ""),
    ],
)
def test_caps_are_said_before_the_button_can_be_pressed(make_dialog, rules, words):
    dialog = make_dialog(ActionKind.REJECT, DecideFacts(6, per_person=[("A1", 4), ("A2", 2)]), rules)
    dialog._reason.setPlainText("because")
    assert words in dialog.verb.toolTip()
    assert dialog.verb.isEnabled() is (words == "")


def test_canned_reasons_and_broken_rules_are_shown(make_dialog, qtbot):
    facts = DecideFacts(1, canned=["Under four seconds"], broken_rules=["2 of 3 gold answers were right."])
    dialog = make_dialog(ActionKind.REJECT, facts)
    assert "2 of 3 gold answers" in words_of(dialog)
    canned = next(c for c in dialog.findChildren(type(dialog._category)) if c is not dialog._category)
    canned.activated.emit(1)
    assert dialog.value().reason == "Under four seconds"
    canned.activated.emit(0)
    assert dialog.value().reason == "Under four seconds"


def test_escape_leaves(make_dialog, qtbot):
    dialog = make_dialog(ActionKind.REJECT, DecideFacts(1))
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog._reason, Qt.Key.Key_Escape)
