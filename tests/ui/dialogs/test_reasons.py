"""The library's dialog while the desk writes: what somebody writes meanwhile stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crowddesk.store.reasons import Reason
from crowddesk.ui.dialogs.reasons import ReasonsDialog, Vendor

VENDORS = [Vendor("mock")]


@pytest.fixture
def dialog(qtbot, theme):
    made = ReasonsDialog("reject", "mock")
    qtbot.addWidget(made)
    made.open()
    made.show_reasons([], VENDORS)
    return made


def keep(dialog, qtbot, title: str, text: str) -> Reason:
    """What was given to be kept, with the number it gets."""
    dialog.title.setText(title)
    dialog.text.setPlainText(text)
    with qtbot.waitSignal(dialog.kept) as given:
        dialog.verb.click()
    return replace(given.args[0], id=1)


def fields(dialog) -> tuple[str, str, str]:
    return dialog.title.text(), dialog.text.toPlainText(), dialog.verb.text()


def test_what_was_kept_is_chosen_and_what_was_removed_is_gone(dialog, qtbot):
    kept = keep(dialog, qtbot, "Copied", "It is a copy.")
    dialog.select(1, replace(kept, id=0))
    dialog.show_reasons([kept], VENDORS)
    assert fields(dialog) == ("Copied", "It is a copy.", "Change it")
    dialog.remove.click()
    dialog.select(0, kept)
    dialog.show_reasons([], VENDORS)
    assert fields(dialog) == ("", "", "Keep it")


def test_the_next_reason_is_begun_before_the_first_is_written(dialog, qtbot):
    kept = keep(dialog, qtbot, "Copied", "It is a copy.")
    dialog.new.click()
    dialog.title.setText("Empty")
    dialog.select(1, replace(kept, id=0))
    dialog.show_reasons([kept], VENDORS)
    assert fields(dialog) == ("Empty", "", "Keep it")


def test_a_reason_is_written_on_while_it_is_kept(dialog, qtbot):
    first = keep(dialog, qtbot, "Copied", "It is a copy.")
    dialog.select(1, replace(first, id=0))
    dialog.show_reasons([first], VENDORS)
    changed = keep(dialog, qtbot, "Copied", "It is a copy of it.")
    dialog.text.setPlainText("It is a copy of it all.")
    dialog.select(1, changed)
    dialog.show_reasons([changed], VENDORS)
    assert fields(dialog) == ("Copied", "It is a copy of it all.", "Change it")
    assert dialog.reason().id == 1
    other = Reason("reject", "Empty", "Nothing is there.", id=2)
    dialog.show_reasons([changed, other], VENDORS)
    with qtbot.waitSignal(dialog.removed) as given:
        dialog.remove.click()
    dialog.list.setCurrentRow(1)
    dialog.select(0, given.args[0])
    dialog.show_reasons([other], VENDORS)
    assert fields(dialog) == ("Empty", "Nothing is there.", "Change it")


def test_an_older_answer_does_not_replace_what_was_sent_since(dialog, qtbot):
    first = keep(dialog, qtbot, "Copied", "It is a copy.")
    dialog.new.click()
    keep(dialog, qtbot, "Copied", "Again.")
    dialog.set_problem("There is a reason 'Copied' already.")
    dialog.select(1, replace(first, id=0))
    dialog.show_reasons([first], VENDORS)
    assert fields(dialog) == ("Copied", "Again.", "Keep it")
    assert dialog._problem.text() == "There is a reason 'Copied' already."
