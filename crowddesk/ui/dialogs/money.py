"""Bonus, block, unblock, grant and revoke: small dialogs about people, with the sum in the button."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from crowddesk.domain import ActionKind, BadInput, money_text, to_major
from crowddesk.language import number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Choice, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.words import amount_to_type, amount_typed, short_name, whole_typed

_PAUSE_MS: Final = 300


@dataclass(frozen=True, slots=True)
class BonusValue:
    """A bonus for each worker: minor units of `currency`. `sequence` was drawn when the dialog opened.

    A double click, or a page that reads the value twice, therefore makes one payment.
    """

    amount: int
    currency: str
    reason: str
    sequence: str


class BonusDialog(VerbDialog):
    """Pays the same bonus to each of some workers. `available` in minor units caps the sum with its fee;
    None: not known.

    `fee_wanted(amount, people)` asks for the vendor's fee; `show_fee` or `show_no_fee` answers it. Nothing
    can be paid before its fee is known.
    """

    fee_wanted = Signal(object, int)  # an amount can be more than Qt's int

    def __init__(
        self,
        workers: Sequence[str],
        currency: str,
        parent: QWidget | None = None,
        *,
        available: int | None = None,
        environment: str = "practice",
    ) -> None:
        title = say_count("Pay a bonus to %n people", "Pay a bonus to %n person", len(workers))
        super().__init__(title, "", parent, careful=True, danger=environment == "live")
        self._workers = list(workers)
        self._currency = currency
        self._available = available
        self._fee: int | None = None
        self._no_fee = ""
        self._sequence = uuid.uuid4().hex
        self.say_live(environment, self.tr("LIVE: this is real money."))
        self.body.addWidget(_names(self._workers))
        self._amount = QLineEdit()
        self._amount.setPlaceholderText(amount_to_type(50, currency))
        self._reason = QPlainTextEdit()
        self._reason.setTabChangesFocus(True)
        self._reason.setFixedHeight(theme.px(72))
        self._sum = Label(role="caption", tone="muted", wrap=True)
        self.again = Button(self.tr("Ask for the fee again"), look="link")
        self.again.setAutoDefault(False)
        self.again.clicked.connect(self._ask_again)
        words = self.tr("Amount, {0}") if len(self._workers) == 1 else self.tr("Amount each, {0}")
        _add_field(self.body, words.format(currency), self._amount)
        _add_field(self.body, self.tr("Reason, as the worker will read it"), self._reason)
        self.body.addWidget(self._sum)
        self.add_left_button(self.again)
        self._pause = make_one_shot(self, _PAUSE_MS, self._ask)
        self._amount.textChanged.connect(self._change)
        self._reason.textChanged.connect(self._show)
        self._amount.setFocus()
        self._show()

    # --------------------------------------------------------------------------------------------- the fee

    def _minor(self) -> int:
        """The amount that stands there, in minor units. Raises BadInput."""
        return amount_typed(self._amount.text(), self._currency)

    def _change(self) -> None:
        self._fee, self._no_fee = None, ""
        self._show()
        self._pause.start()

    def _ask(self) -> None:
        if not self._amount_problem():
            self.fee_wanted.emit(self._minor(), len(self._workers))

    def _ask_again(self) -> None:
        self._amount.setFocus()  # the button hides itself
        self._no_fee = ""
        self._show()
        self._ask()

    def show_fee(self, amount: int, fee: int) -> None:
        """The vendor's fee for this amount to all of them; that of another amount is too late."""
        if self._stands(amount):
            self._fee, self._no_fee = fee, ""
            self._show()

    def show_no_fee(self, amount: int, sentence: str) -> None:
        """Why the fee for this amount could not be asked for."""
        if self._stands(amount):
            self._fee, self._no_fee = None, sentence
            self._show()

    def _stands(self, amount: int) -> bool:
        try:
            return amount == self._minor()
        except BadInput:
            return False

    def asked(self) -> tuple[str, str]:
        """The amount as the command line takes it ("" while it is none), and the reason."""
        amount = "" if self._amount_problem() else str(to_major(self._minor(), self._currency))
        return amount, self._reason.toPlainText().strip()

    # ---------------------------------------------------------------------------------------------- checks

    def check(self) -> str:
        problem = self._amount_problem() or self._fee_problem()
        if not problem and self._fee is None:
            problem = self.tr("The fee is not known yet.")
        if not problem and not self._reason.toPlainText().strip():
            problem = self.tr("Write why. The worker reads it.")
        return problem

    def _amount_problem(self) -> str:
        """What is wrong with the amount, as far as the fee is known."""
        try:
            total = self._minor() * len(self._workers)
        except BadInput as error:
            return str(error) if self._amount.text().strip() else self.tr("Enter the amount.")
        if total <= 0:
            return self.tr("A bonus is more than nothing. Enter an amount above zero.")
        needed = total + (self._fee or 0)
        if self._available is not None and needed > self._available:
            left = money_text(self._available, self._currency)
            words = self.tr("That is {0}, but only {1} is available.")
            if self._fee:
                words = self.tr("That is {0} with its fee, but only {1} is available.")
            return words.format(money_text(needed, self._currency), left)
        return ""

    def _fee_problem(self) -> str:
        if not self._no_fee:
            return ""
        return self.tr("The fee is not known, so nothing can be paid. {0}").format(self._no_fee)

    def _show(self) -> None:
        problem = self.check()
        wrong = self._amount_problem()
        fee = self._fee
        total = 0 if wrong and fee is None else self._minor() * len(self._workers)
        money = money_text(total + fee, self._currency) if total and fee is not None else ""
        self.set_verb(self.tr("Pay {0}").format(money) if money else self.tr("Pay"), not problem)
        self.verb.setToolTip(problem)
        words = ""
        if total and fee is None:
            words = "" if self._no_fee else self.tr("{0}. Asking for the fee…")
        elif fee is not None:
            words = self.tr("{0} and a fee of {1}.") if fee else self.tr("{0}. There is no fee.")
        self._sum.setText(
            words.format(money_text(total, self._currency), money_text(fee or 0, self._currency))
        )
        self._sum.setVisible(bool(words))
        self.again.setVisible(bool(self._no_fee))
        self._arrange()
        self.set_problem((wrong or self._fee_problem()) if self._amount.text().strip() else "")

    def value(self) -> BonusValue:
        """The bonus; call it only after `accepted`."""
        return BonusValue(self._minor(), self._currency, self._reason.toPlainText().strip(), self._sequence)


@dataclass(frozen=True, slots=True)
class BlockValue:
    """`kind` is block or unblock."""

    kind: str
    reason: str


class BlockDialog(VerbDialog):
    """Blocks or unblocks workers at their vendor; both need a reason that stays in the journal."""

    def __init__(
        self,
        kind: str,
        workers: Sequence[str],
        parent: QWidget | None = None,
        *,
        open_units: int = 0,
        environment: str = "practice",
    ) -> None:
        blocking = kind == ActionKind.BLOCK
        count = len(workers)
        title = say_count("Unblock %n people", "Unblock %n person", count)
        if blocking:
            title = say_count("Block %n people", "Block %n person", count)
        super().__init__(title, "", parent, careful=blocking, danger=blocking)
        self._kind, self._count = kind, count
        self.say_live(environment, self.tr("LIVE: these are real people."))
        self.body.addWidget(_names(workers))
        if blocking:
            words = self.tr("They get no more of your work.")
            if open_units:
                words += " " + say_count(
                    "Still to be reviewed: %n answers of theirs.",
                    "Still to be reviewed: %n answer of theirs.",
                    open_units,
                )
            self.body.addWidget(Label(words, tone="muted", wrap=True))
        self._reason = QLineEdit()
        _add_field(self.body, self.tr("Reason"), self._reason)
        self._reason.textChanged.connect(self._show)
        self._reason.setFocus()
        self._show()

    def check(self) -> str:
        return "" if self._reason.text().strip() else self.tr("Write a reason.")

    def _show(self) -> None:
        problem = self.check()
        words = self.tr("Block {0}") if self._kind == ActionKind.BLOCK else self.tr("Unblock {0}")
        self.set_verb(words.format(number_text(self._count)), not problem)
        self.verb.setToolTip(problem)

    def value(self) -> BlockValue:
        return BlockValue(self._kind, self._reason.text().strip())


@dataclass(frozen=True, slots=True)
class QualificationValue:
    """`kind` is grant or revoke; `value` counts for grant only."""

    kind: str
    qualification: str
    value: int


class QualificationDialog(VerbDialog):
    """Grants a qualification, known or new, to workers, or revokes a known one."""

    def __init__(
        self, kind: str, workers: Sequence[str], known: Sequence[str], parent: QWidget | None = None
    ) -> None:
        granting = kind == ActionKind.GRANT
        count = len(workers)
        title = say_count("Revoke a qualification of %n people", "Revoke a qualification of %n person", count)
        if granting:
            title = say_count(
                "Grant a qualification to %n people", "Grant a qualification to %n person", count
            )
        super().__init__(title, "", parent)
        self._kind, self._count = kind, count
        self.body.addWidget(_names(workers))
        self._name = Choice()
        if granting:
            name = QLineEdit()
            name.setAccessibleName(self.tr("Qualification"))
            self._name.setLineEdit(name)
        self._name.addItems(list(known))
        self._name.setCurrentIndex(-1 if granting else 0)
        self._value = QLineEdit("1")
        self._value.textChanged.connect(self._show)
        _add_field(self.body, self.tr("Qualification"), self._name)
        if granting:
            _add_field(self.body, self.tr("Value"), self._value)
        self._name.currentTextChanged.connect(self._show)
        self._name.setFocus()
        self._show()

    def check(self) -> str:
        if not self._name.currentText().strip():
            return self.tr("Name the qualification.")
        return self.tr("The value is a whole number.") if self._whole() is None else ""

    def _show(self) -> None:
        problem = self.check()
        words = self.tr("Grant {0}") if self._kind == ActionKind.GRANT else self.tr("Revoke {0}")
        self.set_verb(words.format(number_text(self._count)), not problem)
        self.verb.setToolTip(problem)

    def value(self) -> QualificationValue:
        return QualificationValue(self._kind, self._name.currentText().strip(), self._whole() or 0)

    def _whole(self) -> int | None:
        """The value that stands there, perhaps below nothing; None if it is no whole number."""
        text = self._value.text().strip()
        number = whole_typed(text.removeprefix("-"))
        return number if number is None or not text.startswith("-") else -number


def _names(workers: Sequence[str]) -> Label:
    shown = ", ".join(map(short_name, workers[:5]))
    more = len(workers) - 5
    if more > 0:
        shown = say("{names} and {others}", names=shown, others=say_count("%n others", "%n other", more))
    return Label(shown, tone="muted", wrap=True, selectable=True)


def _add_field(body, title: str, field: QWidget) -> None:
    label = Label(title, role="caption", tone="muted")
    label.setBuddy(field)
    field.setAccessibleName(title)
    body.addSpacing(4)
    body.addWidget(label)
    body.addWidget(field)
