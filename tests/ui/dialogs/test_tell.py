"""Words to workers: what is asked of them and why, and a message as they will read it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from crowddesk.store.reasons import Reason
from crowddesk.ui.dialogs.tell import MessageDialog, ReturnDialog, TellFacts

PEOPLE = [f"worker-{n}" for n in range(7)]


@pytest.fixture
def show(qtbot, theme):
    def make(kind, names=PEOPLE, environment="live", **more):
        dialog = kind(TellFacts(names, 9, environment, "Prolific", "Round 3"), **more)
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    return make


def words_of(dialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_a_return_needs_a_reason_which_they_read(show, qtbot):
    dialog = show(ReturnDialog)
    assert dialog.windowTitle() == "Ask to return 9 units"
    assert dialog.verb.text() == "Ask 7 people"
    said = words_of(dialog)
    assert "LIVE: these are real people at Prolific." in said
    assert "worker-4 and 2 others" in said
    assert "is not paid" in said
    assert not dialog.verb.isEnabled()
    qtbot.keyClick(dialog._common[1], Qt.Key.Key_Space)
    assert dialog.verb.isEnabled()
    qtbot.keyClicks(dialog.other, "  The page   was empty. ")
    assert dialog.value() == ["Encountered technical problems", "The page was empty."]
    for widget in (dialog.other, dialog, dialog.verb):
        qtbot.keyClick(widget, Qt.Key.Key_Return)
        assert dialog.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)


def test_a_reason_that_was_begun_elsewhere_comes_along(show):
    assert show(ReturnDialog, reason="Too quick").value() == ["Too quick"]


def test_a_return_may_begin_with_a_reason_of_the_library(show, qtbot):
    kept = Reason("request_return", "Empty", "The answer to {item}\nis empty.", digit=1, id=1)
    dialog = show(ReturnDialog, canned=[kept])
    assert dialog.canned.itemText(1) == "1  Empty"
    dialog.canned.choose(1)
    assert dialog.value() == ["The answer to {item} is empty."]
    with qtbot.waitSignal(dialog.library_wanted):
        next(b for b in dialog.findChildren(QPushButton) if b.text() == "Reasons…").click()
    dialog.canned.set_reasons([])
    assert not dialog.canned.isEnabled()
    assert dialog.value() == ["The answer to {item} is empty."]


def test_a_long_title_makes_the_dialog_no_wider(show):
    usual = show(ReturnDialog).minimumSizeHint().width()
    kept = Reason("request_return", "W" * 80, "Nothing is there.", id=1)
    assert show(ReturnDialog, canned=[kept]).minimumSizeHint().width() == usual


def test_a_message_is_shown_as_they_read_it(show, qtbot):
    dialog = show(MessageDialog)
    assert dialog.windowTitle() == "Write to 7 people"
    assert not dialog.verb.isEnabled()
    assert dialog._preview.toPlainText() == ""
    dialog.text.setPlainText("Hello,\n\n<b>thank you</b>.  ")
    assert dialog.verb.text() == "Send to 7"
    assert "As worker-0 will read it about “Round 3”" in words_of(dialog)
    assert dialog._preview.toPlainText() == "Hello,\n\n<b>thank you</b>."
    value = dialog.value()
    assert value.body == "Hello,\n\n<b>thank you</b>."
    assert dialog.value() == value  # the same message, however often it is read
    assert show(MessageDialog).value().sequence != value.sequence


def test_a_message_to_one_names_them_and_may_be_too_long(show):
    dialog = show(MessageDialog, names=["A1"], environment="practice")
    dialog.text.setPlainText("x" * 5_001)
    assert "As A1 will read it" in words_of(dialog)
    assert "Write at most 5,000 characters. There are 5,001." in words_of(dialog)
    assert not dialog.verb.isEnabled()
    assert "LIVE" not in words_of(dialog)


def test_each_persons_message_is_shown_filled_in(show, qtbot):
    dialog = show(MessageDialog)
    qtbot.keyClicks(dialog.text, "Dear {name}, about {run}")
    assert dialog._preview.toPlainText() == "Dear worker-0, about Round 3"
    qtbot.keyClick(dialog.reader, Qt.Key.Key_Down)
    assert dialog._preview.toPlainText() == "Dear worker-1, about Round 3"
    assert dialog.value().body == "Dear {name}, about {run}"
    for word, said in (
        ("{notes}", "There is no variable {notes}"),
        ("{requester}", "nothing to put in place"),
    ):
        dialog.text.setPlainText(f"Dear {word}")
        assert said in words_of(dialog)
        assert not dialog.verb.isEnabled()
    assert dialog.command_line() is None


def test_who_cannot_be_reached_is_named_and_the_command_line_is_said(qtbot, theme):
    facts = TellFacts(["A1"], 0, "practice", "prolific", "Round 3", "lab", 4, ["ann", "bob"])
    dialog = MessageDialog(facts)
    qtbot.addWidget(dialog)
    dialog.open()
    assert "Left out" in words_of(dialog)
    assert "ann, bob" in words_of(dialog)
    dialog.text.setPlainText("{requester}: hello")
    assert dialog._preview.toPlainText() == "lab: hello"
    wanted = ["message", "--body", "{requester}: hello", "--run", "4", "prolific:lab", "A1"]
    assert list(dialog.command_line()) == wanted
    assert not dialog.reader.isVisible()


def test_on_a_command_line_nobody_is_an_option(qtbot, theme):
    dialog = MessageDialog(TellFacts(["A1", "-x"], 0, "practice", "mock", "", "lab"))
    qtbot.addWidget(dialog)
    dialog.text.setPlainText("-hello")
    assert list(dialog.command_line()) == ["message", "--body", "-hello", "--", "mock:lab", "A1", "-x"]
