"""More answers to each item of a run: how many, what they cost, before they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from crowddesk.domain import money_text
from crowddesk.language import number_text, say_count
from crowddesk.ui.controls import Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.words import whole_typed

if TYPE_CHECKING:
    from crowddesk.operations.places import MorePlaces

_PAUSE_MS: Final = 300
_MOST: Final = 9_999


class MoreAnswersDialog(VerbDialog):
    """Asks how many. `wanted(n)` asks for the cost of n more; `show_estimate` or `show_failure` tells it."""

    wanted = Signal(int)

    def __init__(self, run_title: str, environment: str, vendor: str, parent: QWidget | None = None) -> None:
        live = environment == "live"
        super().__init__(self.tr("Ask for more answers"), "", parent, careful=True, danger=live, width=480)
        self._estimate: MorePlaces | None = None
        self._failure = ""
        self.say_live(environment, self.tr("LIVE: real people at {0} are asked, and paid.").format(vendor))
        self.body.addWidget(
            Label(
                self.tr(
                    "Each item of “{0}” gets so many more answers, by people who have not answered it."
                ).format(run_title),
                tone="muted",
                wrap=True,
            )
        )
        label = Label(self.tr("More answers to each item"), role="caption", tone="muted")
        self.number = QLineEdit("1")
        self.number.setValidator(QIntValidator(1, _MOST, self.number))
        self.number.setAccessibleName(label.text())
        label.setBuddy(self.number)
        self._cost = Label(wrap=True, selectable=True)
        self._rest = Label(role="caption", tone="muted", wrap=True, selectable=True)
        for widget in (label, self.number, self._cost, self._rest):
            self.body.addWidget(widget)
        self._again = make_one_shot(self, _PAUSE_MS, self._ask)
        self.number.textChanged.connect(self._change)
        self.number.selectAll()
        self.number.setFocus()
        self._show()

    @property
    def more(self) -> int:
        """How many are asked for; 0 while the field has no number."""
        return whole_typed(self.number.text()) or 0

    def _change(self, _text: str) -> None:
        self._estimate, self._failure = None, ""
        self._show()
        self._again.start()

    def _ask(self) -> None:
        if self.more:
            self.wanted.emit(self.more)

    def show_estimate(self, more: int, estimate: MorePlaces) -> None:
        """What so many more would cost; that of another number is too late."""
        if more == self.more:
            self._estimate, self._failure = estimate, ""
            self._show()

    def show_failure(self, sentence: str) -> None:
        """Why there is no cost, or nothing was added."""
        self._estimate, self._failure = None, sentence
        self._show()

    def check(self) -> str:
        estimate = self._estimate
        if not self.more:
            return self.tr("Enter how many: 1 or more.")
        if self._failure or estimate is None:
            return self._failure or self.tr("The cost is being worked out.")
        if estimate.over_budget:
            left = money_text(max(0, estimate.free or 0), estimate.currency)
            return self.tr("That is {0}, but the budget has {1} left.").format(
                money_text(estimate.total, estimate.currency), left
            )
        return ""

    def _show(self) -> None:
        estimate = self._estimate
        if estimate is None:
            self._cost.setText("" if self._failure or not self.more else self.tr("Working out the cost…"))
            self._rest.setText("")
            self.set_verb(self.tr("Add"), enabled=False)
        else:
            code, units = estimate.currency, estimate.units
            pay, fees = (money_text(units * part, code) for part in (estimate.reward, estimate.fee))
            self._cost.setText(
                self.tr("{0} for {1}: {2} pay and {3} fees.").format(
                    say_count("%n units", "%n unit", units),
                    say_count("%n items", "%n item", estimate.items),
                    pay,
                    fees,
                )
            )
            parts = []
            if estimate.vendor_total is not None:
                asked = money_text(estimate.vendor_total, code)
                parts.append(self.tr("The vendor’s own figure for them is {0}.").format(asked))
            if estimate.free is not None:
                left = money_text(max(0, estimate.free - estimate.total), code)
                parts.append(self.tr("{0} of the budget would be left.").format(left))
            self._rest.setText(" ".join(parts))
            words = self.tr("Add {0} · {1}").format(number_text(units), money_text(estimate.total, code))
            self.set_verb(words, not self.check())
        for label in (self._cost, self._rest):
            label.setVisible(bool(label.text()))
        self.verb.setToolTip(self.check())
        waits = bool(self.more) and estimate is None and not self._failure
        self.set_problem("" if waits else self.check())

    def value(self) -> int:
        """How many more answers each item gets."""
        return self.more
