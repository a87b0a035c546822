"""What a rule asks for is said before it is asked for: items, money, what the budget holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from crowddesk.operations.overlap import Item, Plan, Preview, Rule
from crowddesk.ui.dialogs.overlap import OverlapDialog

RULE = Rule(2, 5, 2 / 3)


def preview(rule: Rule = RULE, wanted: int = 12, free: int | None = 1_000, **more) -> Preview:
    items = tuple(Item(n, f"item-{n}", 2, 2, "yes", 0.5) for n in range(wanted))
    facts = {"agreed": 30, "at_most": 1, "awaited": 4, **more}
    return Preview(Plan(1, rule, "answer", items, **facts), "USD", 10, 2, free, 12)


@pytest.fixture
def dialog(qtbot, theme):
    made = OverlapDialog(7, "Which colour?", "sandbox", "prolific", RULE)
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_it_comes_to_stands_on_the_button(dialog):
    assert not dialog.verb.isEnabled()
    dialog.show_preview(preview())
    assert dialog.verb.text() == "Ask for 12 · USD 1.44"
    assert dialog.verb.isEnabled()
    assert "12 items disagree: item-0, item-1, item-2, item-3 and 8 more." in dialog._items.text()
    assert dialog._cost.text() == "12 answers more, USD 1.44 with fees. USD 8.56 of the budget would be left."
    assert "30 items agree, 4 wait for an answer, 1 have the most." in dialog._rest.text()
    assert dialog.value() == RULE
    assert dialog.asks == 12
    words = dialog.command_line()
    assert words[:3] == ["overlap", "--run", "7"]
    assert words[-2:] == ["--off", "--apply"]


def test_the_cap_is_said(dialog):
    dialog.show_preview(preview(free=60))
    assert dialog.verb.text() == "Ask for 5 · USD 0.60"
    assert "The budget holds 5 of 12." in dialog._cost.text()
    dialog.show_preview(preview(free=0))
    assert dialog.verb.text() == "Keep the rule"
    assert not dialog.verb.isEnabled()
    dialog.by_itself.setChecked(True)
    dialog.show_preview(preview(free=0))
    assert dialog.verb.isEnabled()
    assert dialog.value().on
    assert dialog.asks == 0


def test_another_rule_is_worked_out_anew_and_the_last_one_is_too_late(dialog, qtbot):
    dialog.show_preview(preview())
    with qtbot.waitSignal(dialog.wanted) as asked:
        dialog.agreement.selectAll()
        qtbot.keyClicks(dialog.agreement, "90")
        assert not dialog.verb.isEnabled()
    (rule,) = asked.args
    assert rule == replace(RULE, agreement=0.9)
    dialog.show_preview(preview())
    assert not dialog.verb.isEnabled()
    dialog.show_preview(preview(rule))
    assert dialog.verb.isEnabled()


def test_what_cannot_be_is_said(dialog):
    dialog.least.setText("9")
    assert "From 9 to 5 answers cannot be" in dialog._problem.text()
    dialog.least.setText("2")
    dialog.show_failure("Run 7 is closed, so it takes no further answers.")
    assert "Run 7 is closed" in dialog._problem.text()
    assert not dialog.verb.isEnabled()


def test_enter_asks_nobody(dialog, qtbot):
    dialog.show_preview(preview())
    dialog.least.setFocus()
    qtbot.keyClick(dialog.least, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.result() == 0


def test_live_is_marked(qtbot, theme):
    made = OverlapDialog(7, "<b>Which</b>", "live", "prolific", RULE)
    qtbot.addWidget(made)
    made.show()
    assert made.verb.property("look") == "danger"
