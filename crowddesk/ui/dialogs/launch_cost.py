"""What a run costs and what it pays an hour: pay, fees, what is left, how the wage stands to the advice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from crowddesk.domain import WageAdvice, money_text
from crowddesk.language import say, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Label
from crowddesk.ui.dialogs.launch_values import LaunchCheck

if TYPE_CHECKING:
    from crowddesk.operations.estimate import Estimate
    from crowddesk.store.exclusion import KeptOut

_NARROW: Final = 380


def cost_words(cost: Estimate, balance: int | None = None) -> str:
    """Units, pay, fees, how they stand to the budget, and what is left of the account's balance."""

    def money(minor: int) -> str:
        return money_text(minor, cost.currency)

    kinds = []
    if cost.gold_units:
        kinds.append(say("{count:,} gold", count=cost.gold_units))
    if cost.screening_units:
        kinds.append(say("{count:,} screening", count=cost.screening_units))
    units = say_count("%n units", "%n unit", cost.units)
    if kinds:
        units = say("{units} ({kinds} among them)", units=units, kinds=", ".join(kinds))
    words = [
        say(
            "{units} × {reward} = {pay}, and {fees} in fees.",
            units=units,
            reward=money(cost.reward),
            pay=money(cost.pay),
            fees=money(cost.needed - cost.pay),
        )
    ]
    if cost.budget is None:
        words.append(say("There is no budget cap."))
    elif cost.over_budget:
        over = money(cost.needed - cost.budget)
        words.append(say("That is {over} over the budget of {budget}.", over=over, budget=money(cost.budget)))
    else:
        left = money(cost.budget - cost.needed)
        words.append(say("The budget of {budget} leaves {left}.", budget=money(cost.budget), left=left))
    if balance is not None:
        after = balance - cost.needed
        if after < 0:
            words.append(
                say(
                    "✕ The account has {money}: {missing} too little.",
                    money=money(balance),
                    missing=money(-after),
                )
            )
        else:
            words.append(say("Balance after: {money}.", money=money(after)))
    if cost.kept_out is not None:
        words.append(kept_out_words(cost.kept_out))
    return " ".join(words)


def kept_out_words(kept_out: KeptOut) -> str:
    """How many people a run keeps out as things stand: a sentence."""
    if not kept_out.people:
        return say("Nobody is kept out so far.")
    if kept_out.accounts <= kept_out.people:
        return say_count("%n people are kept out.", "%n person is kept out.", kept_out.people)
    accounts = say_count("%n accounts", "%n account", kept_out.accounts)
    words = say_count(
        "%n people ({accounts}) are kept out.", "%n person ({accounts}) is kept out.", kept_out.people
    )
    return words.format(accounts=accounts)


def wage_words(wage: int, currency: str, advice: WageAdvice | None) -> tuple[str, str]:
    """How a wage, minor units an hour, stands to a vendor's advice: a sentence and its tone."""
    if advice is None or advice.currency != currency:
        return "", "muted"
    least = money_text(advice.minimum, currency)
    better = money_text(advice.recommended, currency)
    if wage < advice.minimum:
        return say(
            "✕ Below the minimum of {least} an hour. {better} is recommended.", least=least, better=better
        ), "danger"
    if wage < advice.recommended:
        return say(
            "● Above the minimum of {least}, but below the {better} that is recommended.",
            least=least,
            better=better,
        ), "warning"
    return say(
        "✓ At or above the {better} that is recommended; {least} is the minimum.", better=better, least=least
    ), "good"


class CostCard(QWidget):
    """Two columns: the cost, and the wage; one under the other where there is little room."""

    def __init__(self) -> None:
        super().__init__()
        self.cost = Label(role="figure")
        self.cost_parts = Label(role="caption", tone="muted", wrap=True)
        self.wage = Label(role="figure")
        self.wage_parts = Label(role="caption", tone="muted", wrap=True)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(20)
        for title, figure, parts in (
            (self.tr("Cost"), self.cost, self.cost_parts),
            (self.tr("Wage an hour"), self.wage, self.wage_parts),
        ):
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(Label(title, role="caption", tone="muted"))
            column.addWidget(figure)
            column.addWidget(parts)
            column.addStretch(1)
            self._both.addLayout(column, 1)
        self.show_check(LaunchCheck())

    def show_check(self, check: LaunchCheck) -> None:
        """Shows what was found; without an estimate, when there will be one."""
        self._show_cost(check)
        self._show_wage(check)

    def _show_cost(self, check: LaunchCheck) -> None:
        cost = check.cost
        if cost is None:
            self.cost.setText("–")
            words = self.tr("What it will cost stands here once the files are read.")
            if check.read:
                words = self.tr("What it will cost stands here once the account can launch it.")
            self.cost_parts.setText(words)
            self.cost_parts.set_tone("muted")
            return
        self.cost.setText(money_text(cost.needed, cost.currency))
        self.cost_parts.setText(_whole(cost_words(cost, check.balance), cost.currency))
        short = check.balance is not None and check.balance < cost.needed
        self.cost_parts.set_tone("danger" if cost.over_budget or short else "muted")

    def _show_wage(self, check: LaunchCheck) -> None:
        cost = check.cost
        if cost is None or cost.wage is None:
            self.wage.setText("–")
            words = self.tr("Give the minutes one unit takes to see it.")
            if cost is None and check.read:
                words = self.tr("It stands here with the cost.")
            self.wage_parts.setText(words)
            self.wage_parts.set_tone("muted")
            return
        words, tone = wage_words(cost.wage, cost.currency, cost.wage_advice)
        self.wage.setText(money_text(cost.wage, cost.currency))
        self.wage_parts.setText(_whole(words, cost.currency) or self.tr("By the minutes that you gave."))
        self.wage_parts.set_tone(tone)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # other words, or another size of them
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        narrow = self.width() < theme.px(_NARROW)
        self._both.setDirection(down if narrow else across)
        self._both.setSpacing(8 if narrow else 20)
        self._fit()

    def _fit(self) -> None:
        """As high as its words, which Qt does not count into a least size."""
        self.setMinimumHeight(self._both.heightForWidth(max(self.width(), theme.px(200))))


def _whole(words: str, currency: str) -> str:
    """No line ends between a currency and its amount."""
    return re.sub(rf"(?<=\b{currency}) (?=\d)|(?<=\d) (?={currency}\b)", "\N{NO-BREAK SPACE}", words)
