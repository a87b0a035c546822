"""Decisions: what the button says, the reason rules, the softer way, Enter that never rejects."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from crowddesk.domain import ActionKind
from crowddesk.operations.reasons import Case, Facts
from crowddesk.store.reasons import Reason
from crowddesk.ui.dialogs.decide import (
    CapUse,
    DecideDialog,
    DecideFacts,
    DecideValue,
    Person,
    ReasonRules,
)
from crowddesk.ui.dialogs.words_preview import UnitLine

NO_RULES = ReasonRules()
CANNED = Reason("reject", "Quick", "Under four seconds", digit=3, id=1)
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
        (CapUse("in one go", 0, 6, 5), "6 rejections in one go are more than the cap of 5"),
        (CapUse("of A1 in 24 hours", 3, 4, 6), "7 rejections of A1 in 24 hours are more than the cap of 6"),
        (CapUse("in one go", 0, 6, 6), ""),
    ],
)
def test_caps_are_said_before_the_button_can_be_pressed(make_dialog, rules, words):
    facts = DecideFacts(6, per_person=[("A1", 4), ("A2", 2)], caps=[rules])
    dialog = make_dialog(ActionKind.REJECT, facts)
    assert f"Rejections: {rules.total} of at most {rules.most} {rules.words}" in words_of(dialog)
    dialog._reason.setPlainText("because")
    assert words in dialog.verb.toolTip()
    assert dialog.verb.isEnabled() is (words == "")


def test_what_is_too_long_is_said(make_dialog):
    dialog = make_dialog(ActionKind.REJECT, DecideFacts(1), ReasonRules(max_length=3))
    dialog._reason.setPlainText("because")
    assert "at most 3 characters" in dialog.verb.toolTip()
    assert not dialog.verb.isEnabled()


def test_canned_reasons_and_broken_rules_are_shown(make_dialog, qtbot):
    facts = DecideFacts(1, canned=[CANNED], broken_rules=["2 of 3 gold answers were right."])
    dialog = make_dialog(ActionKind.REJECT, facts)
    assert "2 of 3 gold answers" in words_of(dialog)
    assert dialog.canned.itemText(1) == "3  Quick"
    dialog.canned.activated.emit(1)
    assert dialog.value().reason == "Under four seconds"
    dialog.canned.activated.emit(0)
    assert dialog.value().reason == "Under four seconds"


def test_a_digit_chooses_its_reason_where_nobody_is_writing(make_dialog, qtbot):
    slow = Reason("reject", "Slow", "Over an hour", category="LOW_EFFORT", digit=4, id=2)
    rules = ReasonRules(categories=PROLIFIC.categories)
    dialog = make_dialog(ActionKind.REJECT, DecideFacts(1, canned=[CANNED, slow]), rules)
    qtbot.keyClick(dialog._reason, Qt.Key.Key_4)
    assert dialog.value().reason == "4"
    for widget in (dialog.cancel, dialog._soft_button, dialog._preview.text):
        dialog._reason.clear()
        qtbot.keyClick(widget, Qt.Key.Key_4)
        assert (dialog.value().reason, dialog.value().category) == ("Over an hour", "LOW_EFFORT")
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_3)
    assert dialog.value().reason == "Under four seconds"
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_9)  # no reason has this key
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert dialog.value().reason == "Under four seconds"
    assert dialog.isVisible()


def test_escape_leaves(make_dialog, qtbot):
    dialog = make_dialog(ActionKind.REJECT, DecideFacts(1))
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog._reason, Qt.Key.Key_Escape)


UNITS = [UnitLine(11, "A1"), UnitLine(12, "A2"), UnitLine(13, "A2")]
CASES = {
    11: Case(Facts({"their_time": "3 s", "item": "i1"}), ("3 s against a median of 74 s",)),
    12: Case(Facts({"their_time": "1 min 4 s", "item": "i2"})),
    13: Case(Facts({"item": "i3"})),
}
TEXT = "You took {their_time}, which is too little time to read the text of the item as the guide asks."


def test_each_worker_reads_their_own_words_and_the_shortest_counts(make_dialog, qtbot):
    facts = DecideFacts(2, per_person=[("A1", 1), ("A2", 1)], units=UNITS[:2])
    dialog = make_dialog(ActionKind.REJECT, facts, ReasonRules(min_length=90))
    dialog._reason.setPlainText(TEXT)
    assert "still being read" in dialog.verb.toolTip()
    assert not dialog.verb.isEnabled()
    dialog.set_cases(CASES)
    assert "86 to 92 of at least 90 characters" in words_of(dialog)
    assert "For A1 there are 86" in dialog.verb.toolTip()
    assert dialog._preview.text.toPlainText().startswith("You took 3 s, which")
    assert "As A1 will read it · 1 of 2, unit 11" in words_of(dialog)
    assert "Evidence kept with it: 3 s against a median of 74 s" in words_of(dialog)
    qtbot.mouseClick(dialog._preview.forth, Qt.MouseButton.LeftButton)
    assert dialog._preview.text.toPlainText().startswith("You took 1 min 4 s, which")
    assert "No evidence stands out" in words_of(dialog)
    dialog._reason.appendPlainText("Sorry.")
    assert dialog.verb.isEnabled()
    value = dialog.value()
    assert value.words[11] == f"{TEXT} Sorry.".replace("{their_time}", "3 s")
    assert value.words[12] == f"{TEXT} Sorry.".replace("{their_time}", "1 min 4 s")
    assert value.evidence == {11: ("3 s against a median of 74 s",), 12: (), 13: ()}


def test_what_is_not_known_is_named_before_anything_is_staged(make_dialog):
    facts = DecideFacts(3, units=UNITS)
    dialog = make_dialog(ActionKind.REJECT, facts)
    dialog.set_cases(CASES)
    dialog._reason.setPlainText(TEXT)
    assert "{their_time} is not known for unit 13: the time of the work is not known." in words_of(dialog)
    dialog._reason.setPlainText("You were {quick}.")
    assert "There is no {quick}." in words_of(dialog)
    assert not dialog.verb.isEnabled()
    dialog._reason.setPlainText("Item {item} was not read.")
    assert dialog.verb.isEnabled()


def test_the_softer_ways_come_first_with_what_they_cost(make_dialog, qtbot):
    facts = DecideFacts(
        1, soft_money="GBP 0.42", can_return=True, can_write=True,
        people=[Person("A1", 1, "4 accepted, 0 rejected", True)],
    )  # fmt: skip
    dialog = make_dialog(ActionKind.REJECT, facts)
    said = words_of(dialog)
    assert "Paid (GBP 0.42)" in said
    assert dialog._soft_button.y() < dialog._reason.y()
    assert "A1: 4 accepted, 0 rejected before · first rejection: somebody looks again" in said
    with qtbot.waitSignal(dialog.accepted):
        dialog.write_button.click()
    assert dialog.value().kind == ActionKind.MESSAGE


@pytest.mark.parametrize("kind", [ActionKind.REJECT, ActionKind.SOFT_REJECT])
def test_the_reason_may_be_typed_at_once_and_enter_closes_nothing(make_dialog, qtbot, kind):
    dialog = make_dialog(kind, DecideFacts(1, can_return=True, can_write=True))
    assert dialog.focusWidget() is dialog._reason
    qtbot.keyClicks(dialog.focusWidget(), "Unread")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.value().reason == "Unread"


def test_many_people_are_named_each_with_their_count(make_dialog):
    people = [Person(f"W{n}", n + 1) for n in range(40)]
    dialog = make_dialog(ActionKind.REJECT, DecideFacts(820, people=people))
    assert "40 people, 820 units" in words_of(dialog)
    boxes = [box.toPlainText() for box in dialog.findChildren(QPlainTextEdit) if box.isReadOnly()]
    assert any("W0, 1 here" in text and "W39, 40 here" in text for text in boxes)


def test_the_same_is_said_for_a_terminal(make_dialog):
    dialog = make_dialog(ActionKind.REJECT, DecideFacts(2, units=UNITS[:2]), PROLIFIC)
    dialog._reason.setPlainText("It was not read.")
    dialog._category.setCurrentIndex(2)
    assert dialog.command_line() == [
        "decide", "reject", "--where", "unit:11,12", "--reason", "It was not read.",
        "--category", "LOW_EFFORT",
    ]  # fmt: skip
    assert make_dialog(ActionKind.REJECT, DecideFacts(1)).command_line() is None
