"""Gauges and controls: what they say, that they paint at any size, that a click finds its state."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from crowddesk.ui.controls import Badge, Button, Check, Choice, ElidedLabel, Label
from crowddesk.ui.gauges import Fact, FactCard, ProgressLine, StateBar


def test_the_state_bar_says_its_counts_and_wraps(qtbot, theme):
    bar = StateBar()
    qtbot.addWidget(bar)
    bar.set_counts([("launched", 812), ("completed", 1204), ("accepted", 5630), ("rejected", 0)])
    assert bar.accessibleName() == "launched 812, completed 1,204, accepted 5,630"
    bar.resize(900, bar.heightForWidth(900))
    bar.show()
    assert bar.heightForWidth(150) > bar.heightForWidth(900)
    bar.grab()
    area, status = bar._spots[1]
    with qtbot.waitSignal(bar.state_clicked) as clicked:
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=area.center())
    assert clicked.args == [status] == ["completed"]
    bar.set_counts([])
    assert bar.accessibleName() == "No units"
    assert not bar.grab().isNull()


def test_a_card_is_read_as_one_sentence(qtbot, theme):
    card = FactCard(Fact("Spent of cap, GBP", "712.44", "/ 1,250.00", "fees 178.11"))
    qtbot.addWidget(card)
    assert card.accessibleName() == "Spent of cap, GBP 712.44 / 1,250.00 fees 178.11"
    card.set(Fact("Spent of cap, GBP", "713.00"))
    assert card.accessibleName() == "Spent of cap, GBP 713.00"


@pytest.mark.parametrize(("done", "total", "part"), [(0, 0, 0.0), (5, 10, 0.5), (20, 10, 1.0)])
def test_progress(qtbot, theme, done, total, part):
    line = ProgressLine()
    qtbot.addWidget(line)
    line.set(done, total)
    assert line._part == part
    assert line.accessibleName() == f"{done} of {total}"
    assert not line.grab().isNull()


def test_a_badge_always_has_its_word(qtbot, theme):
    badge = Badge("live", "Prolific")
    qtbot.addWidget(badge)
    assert badge.accessibleName() == "LIVE · Prolific"
    badge.set("sandbox")
    assert badge.accessibleName() == "SANDBOX"
    assert not badge.grab().isNull()


def test_a_button_shows_and_names_its_key(qtbot, theme):
    plain, keyed = Button("Undo"), Button("Undo", key="U")
    for button in (plain, keyed):
        qtbot.addWidget(button)
    assert keyed.sizeHint().width() > plain.sizeHint().width()
    assert keyed.accessibleDescription() == "Key U"
    for look in ("plain", "primary", "danger", "link"):
        keyed.set_look(look)
        assert not keyed.grab().isNull()


def test_texts_grow_with_the_theme_and_are_elided_with_a_tip(qtbot, theme):
    label, line = Label("Words", role="caption"), ElidedLabel("a long line of words")
    for widget in (label, line):
        qtbot.addWidget(widget)
    line.resize(60, 20)
    line.grab()
    assert line.toolTip() == "a long line of words"
    line.resize(600, 20)
    line.grab()
    assert line.toolTip() == ""
    theme.set(scale=200)
    assert label.font().pixelSize() == 23


def test_check_and_choice_work_by_mouse_and_keys(qtbot, theme):
    check, choice = Check("Notify"), Choice()
    choice.addItems(["mixed", "skilled"])
    for widget in (check, choice):
        qtbot.addWidget(widget)
        widget.show()
        assert not widget.grab().isNull()
    qtbot.mouseClick(check, Qt.MouseButton.LeftButton)
    assert check.isChecked()
    qtbot.keyClick(check, Qt.Key.Key_Space)
    assert not check.isChecked()
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert choice.currentText() == "skilled"
