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


@pytest.fixture
def bonus(opened, qtbot):
    """A dialog whose fee for an amount has come; a fee of None has not."""

    def open_it(amount: str, fee: int | None = 0, *, people=("A1", "A2"), available=None, reason="Thank you"):
        dialog = opened(BonusDialog(list(people), "GBP", available=available))
        with qtbot.waitSignal(dialog.fee_wanted) as wanted:
            dialog._amount.setText(amount)
        assert wanted.args[1] == len(people)
        if fee is not None:
            dialog.show_fee(wanted.args[0], fee)
        dialog._reason.setPlainText(reason)
        return dialog

    return open_it


def test_the_bonus_button_says_the_sum(bonus, opened, qtbot):
    dialog = bonus("11.70", 468, available=2808, reason="")
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


def test_nothing_is_paid_before_its_fee_is_known(bonus, qtbot):
    dialog = bonus("0.50", None)
    assert dialog._sum.text() == "GBP 1.00. Asking for the fee…"
    assert (dialog.verb.text(), dialog.verb.isEnabled()) == ("Pay", False)
    assert dialog.check() == "The fee is not known yet."
    dialog.show_fee(50, 20)
    assert (dialog.verb.text(), dialog.verb.isEnabled()) == ("Pay GBP 1.20", True)
    dialog._amount.setText("0.60")
    assert (dialog.verb.text(), dialog.verb.isEnabled()) == ("Pay", False)
    dialog.show_fee(50, 20)  # too late
    dialog.show_no_fee(50, "too late")
    assert dialog._sum.text() == "GBP 1.20. Asking for the fee…"
    dialog.show_fee(60, 0)
    assert dialog._sum.text() == "GBP 1.20. There is no fee."
    assert dialog.verb.isEnabled()


def test_only_the_last_amount_is_asked_about(opened, qtbot):
    dialog = opened(BonusDialog(["A1"], "GBP", available=999))
    asked = []
    dialog.fee_wanted.connect(lambda amount, people: asked.append((amount, people)))
    for text in ("1", "12", "12.5", "nothing", "0", "", "1e9", "7.50"):
        dialog._amount.setText(text)
    qtbot.waitUntil(lambda: asked == [(750, 1)])
    dialog._amount.setText("99")
    assert "only GBP 9.99 is available" in dialog.verb.toolTip()
    assert not dialog._sum.isVisible()


def test_a_fee_that_cannot_be_asked_for_says_why_and_can_be_asked_again(bonus, qtbot):
    dialog = bonus("0.50", None)
    assert dialog.again.isHidden()
    dialog.show_no_fee(50, "Prolific cannot be reached.")
    assert (
        dialog._problem.text() == "The fee is not known, so nothing can be paid. Prolific cannot be reached."
    )
    assert dialog._sum.isHidden()
    assert not dialog.verb.isEnabled()
    with qtbot.waitSignal(dialog.fee_wanted) as wanted:
        qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    assert wanted.args == [50, 2]
    assert "Asking" in dialog._sum.text()
    dialog.show_fee(50, 20)
    assert dialog.verb.isEnabled()
    assert dialog.again.isHidden()
    assert dialog._problem.isHidden()


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
