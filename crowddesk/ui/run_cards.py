"""The four figures of a run at a glance: what is spent, the wage, the time, bonuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from crowddesk.domain import AssignmentState, money_text
from crowddesk.language import say_count
from crowddesk.ui import theme
from crowddesk.ui.gauges import Fact, FactCard
from crowddesk.ui.words import duration_text

if TYPE_CHECKING:
    from crowddesk.store.queries import RunFacts

_GOING: Final = ("launching", "live", "paused")


class RunCards(QWidget):
    """Four cards in a row; two rows of two where there is little room."""

    def __init__(self) -> None:
        super().__init__()
        self.spent = FactCard(Fact(self.tr("Spent"), "–"))
        self.bonuses = FactCard(Fact(self.tr("Bonuses"), "–"))
        self.wage = FactCard(Fact(self.tr("Median wage"), "–"))
        self.time = FactCard(Fact(self.tr("Median time"), "–"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._columns = 0
        self._arrange()

    def show_facts(self, facts: RunFacts) -> None:
        """Money in the run's currency, which stands in the cards' titles."""
        run = facts.run
        code = run.currency

        def plain(minor: int) -> str:
            return money_text(minor, code, with_currency=False)

        cap = run.budget_minor
        used = cap is not None and run.state in _GOING and run.total_spend_minor >= cap * 0.9
        note = self.tr("reserved {0} · fees {1}").format(plain(run.reserved_minor), plain(facts.fees_minor))
        self.spent.set(
            Fact(
                (self.tr("Spent, {0}") if cap is None else self.tr("Spent of cap, {0}")).format(code),
                plain(run.accepted_minor),
                "" if cap is None else f"/ {plain(cap)}",
                f"● {note}" if used else note,
                "warning" if used else "muted",
            )
        )
        waits = self.tr("none on the way")
        if run.bonus_open_minor:
            waits = self.tr("{0} not paid yet").format(plain(run.bonus_open_minor))
        self.bonuses.set(Fact(self.tr("Bonuses, {0}").format(code), plain(run.bonus_minor), "", waits))
        wage = facts.hourly_wage_minor
        answers = sum(run.units.get(s, 0) for s in AssignmentState.completed())
        simulated = (
            self.tr("by simulated work times")
            if run.provider_type in ("mock", "prolific_sandbox")
            else say_count("over %n answers", "over %n answer", answers)
        )
        title = self.tr("Median wage, {0}").format(code)
        self.wage.set(
            Fact(title, plain(wage), self.tr("an hour"), simulated)
            if wage is not None
            else Fact(title, "–", "", self.tr("no answers yet"))
        )
        from crowddesk.store.queries.at_work import AT_WORK

        at_work = sum(facts.agents.get(status, 0) for status in AT_WORK)
        working = say_count("%n people at work now", "%n person at work now", at_work)
        median = duration_text(facts.median_seconds) or "–"
        self.time.set(Fact(self.tr("Median time"), median, self.tr("a unit"), working))

    def _arrange(self) -> None:
        columns = 4 if self.width() >= theme.px(760) else 2
        if columns == self._columns:
            return
        self._columns = columns
        for number, card in enumerate((self.spent, self.wage, self.time, self.bonuses)):
            self._grid.addWidget(card, number // columns, number % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
