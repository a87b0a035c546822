"""Bonus, block and qualifications: sums that are exact, a sequence drawn once, reasons that are needed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from crowddesk.ui.dialogs.money import BlockDialog, BonusDialog, QualificationDialog


@pytest.fixture
def opened(qtbot, theme):
    def open_it(dialog):
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    return open_it


def test_the_bonus_button_says_the_sum(opened, qtbot):
    fee = 0.2
    dialog = opened(
        BonusDialog(["A1", "A2"], "GBP", available=2808, quote=lambda amount, n: round(amount * fee) * n)
    )
    assert (dialog.verb.text(), dialog.verb.isEnabled()) == ("Pay", False)
    dialog._amount.setText("11.70")
    assert dialog.verb.text() == "Pay GBP 28.08"
    assert dialog._sum.text() == "GBP 23.40 and a fee of GBP 4.68."
    assert not dialog.verb.isEnabled()
    dialog._reason.setPlainText("Thank you")
    qtbot.keyClick(dialog._amount, Qt.Key.Key_Return)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    first, again = dialog.value(), dialog.value()
    assert (first.amount, first.currency, first.reason) == (1170, "GBP", "Thank you")
    assert first == again
    assert first.sequence
    assert opened(BonusDialog(["A1"], "GBP"))._sequence != first.sequence


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "more than nothing"),
        ("-1", "more than nothing"),
        ("0.001", "finer"),
        ("ten", "no amount"),
        ("1e9", "only"),
    ],
)
def test_wrong_amounts_are_refused_with_the_reason(opened, amount, words):
    dialog = opened(BonusDialog(["A1"], "USD", available=10_000))
    dialog._reason.setPlainText("Thank you")
    dialog._amount.setText(amount)
    assert words in dialog.verb.toolTip()
    assert not dialog.verb.isEnabled()


def test_block_needs_a_reason(opened):
    dialog = opened(BlockDialog("block", ["A1", "A2", "A3"], open_units=4))
    assert (dialog.verb.text(), dialog.verb.isEnabled()) == ("Block 3", False)
    dialog._reason.setText("spam")
    assert dialog.verb.isEnabled()
    assert (dialog.value().kind, dialog.value().reason) == ("block", "spam")
    assert opened(BlockDialog("unblock", ["A1"])).verb.text() == "Unblock 1"


def test_grant_takes_new_names_revoke_only_known_ones(opened):
    grant = opened(QualificationDialog("grant", ["A1"], ["passed"]))
    assert not grant.verb.isEnabled()
    grant._name.setEditText("expert")
    grant._value.setText("many")
    assert not grant.verb.isEnabled()
    grant._value.setText("80")
    assert (grant.value().qualification, grant.value().value) == ("expert", 80)
    assert grant.verb.text() == "Grant 1"
    revoke = opened(QualificationDialog("revoke", ["A1", "A2"], ["passed"]))
    assert not revoke._name.isEditable()
    assert (revoke.verb.text(), revoke.value().qualification) == ("Revoke 2", "passed")
    assert not opened(QualificationDialog("revoke", ["A1"], [])).verb.isEnabled()
