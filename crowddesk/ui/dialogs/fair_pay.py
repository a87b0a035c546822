"""Hourly wages in a run against a target: who is below it, what lifts them, and who could not submit."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from crowddesk.domain import BadInput, money_text, to_major
from crowddesk.language import mark, number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.held_rows import HeldRows
from crowddesk.ui.rows import Column
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.table import RowsTable
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.words import amount_to_type, amount_typed, duration_text

if TYPE_CHECKING:
    from crowddesk.operations.fair_pay import TopUps, Wage, Wages
    from crowddesk.operations.paying import Stranded

_PAUSE_MS: Final = 300
_ROWS: Final = 9
_WORKER: Final = attrgetter("worker_id")


class FairPayDialog(VerbDialog):
    """Shows wages and asks for top-ups. It asks nobody: `plan_wanted(target, reason)` (0: no target) is to
    be answered by `show_plan` or `show_failure`; `compensation_wanted(workers)` wants people to be paid who
    could not submit.
    """

    plan_wanted = Signal(object, str)
    compensation_wanted = Signal(object)

    def __init__(
        self,
        run_id: int,
        title: str,
        currency: str,
        target: int | None,
        environment: str,
        parent: QWidget | None = None,
    ) -> None:
        live = environment == "live"
        super().__init__(
            self.tr("Fair pay in “{0}”").format(title), "", parent, careful=True, danger=live, width=760
        )
        self._run_id, self._currency = run_id, currency
        self._plan: TopUps | None = None
        self._failure = ""
        self.say_live(environment, self.tr("LIVE: this is real money."))
        self.body.addLayout(self._make_target(target))
        self._words = Label(wrap=True, selectable=True)
        self.body.addWidget(self._words)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(False)
        self._people = HeldRows(row_id=_WORKER)
        self._people_model = RowsModel(_wage_columns(currency), self._people, self, row_id=_WORKER)
        self.people = RowsTable(self._people_model, name=self.tr("Wages"))
        self.people.set_empty_state(
            self.tr("Nobody has answered yet."), self.tr("Wages are here as soon as somebody has.")
        )
        self._tabs.addTab(self.people, self.tr("Wages"))
        self._tabs.addTab(self._make_stranded(), self.tr("Could not submit"))
        for table in (self.people, self.stranded):
            table.setMinimumHeight(theme.px(34) + _ROWS * theme.row_height())
        self.body.addWidget(self._tabs, 1)
        self._reason_label = Label(self.tr("What they are told"), role="caption", tone="muted")
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(theme.px(56))
        self.reason.setAccessibleName(self._reason_label.text())
        self._reason_label.setBuddy(self.reason)
        self.body.addWidget(self._reason_label)
        self.body.addWidget(self.reason)
        self.reason.textChanged.connect(self._change)
        self._pause = make_one_shot(self, _PAUSE_MS, self.ask)
        self.target.setFocus()
        self._show()

    def _make_target(self, target: int | None) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        label = Label(self.tr("Target, {0} an hour").format(self._currency), tone="muted")
        text = "" if target is None else amount_to_type(target, self._currency)
        self.target = QLineEdit(text)
        self.target.setPlaceholderText(amount_to_type(1200, self._currency))
        self.target.setFixedWidth(theme.px(100))
        self.target.setAccessibleName(label.text())
        self.target.textChanged.connect(self._change)
        label.setBuddy(self.target)
        line.addWidget(label)
        line.addWidget(self.target)
        line.addStretch(1)
        return line

    def _make_stranded(self) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        words = Label(
            self.tr(
                "They took a unit of this run and left without an answer. If that was not their doing, pay "
                "them: a compensation unit says so in the run, and no answer is expected."
            ),
            tone="muted",
            wrap=True,
        )
        column.addWidget(words)
        self._strays = HeldRows(row_id=_WORKER)
        self._strays_model = RowsModel(_stranded_columns(), self._strays, self, row_id=_WORKER)
        self.stranded = RowsTable(self._strays_model, name=self.tr("Who could not submit"))
        self.stranded.set_empty_state(self.tr("Nobody left this run without an answer."))
        self.stranded.selection_changed.connect(self._show_compensate)
        column.addWidget(self.stranded, 1)
        self.compensate = Button(self.tr("Compensate…"))
        self.compensate.setAutoDefault(False)
        self.compensate.clicked.connect(self._want_compensation)
        line = QHBoxLayout()
        line.addWidget(self.compensate)
        line.addStretch(1)
        column.addLayout(line)
        return place

    # --------------------------------------------------------------------------------------- the answer

    def target_minor(self) -> int:
        """The target that stands there, in minor units; 0 for none. Raises BadInput."""
        text = self.target.text().strip()
        return amount_typed(text, self._currency) if text else 0

    def ask(self) -> None:
        """Asks for wages and top-ups as things stand now."""
        if not self._target_problem():
            self.plan_wanted.emit(self.target_minor(), self.reason.toPlainText().strip())

    def show_plan(self, target: int, plan: TopUps, stranded: Sequence[Stranded], default_reason: str) -> None:
        """What was found for a target; that of another one is too late."""
        if self._target_problem() or target != self.target_minor():
            return
        self._plan, self._failure = plan, ""
        _replace(self._people, self._people_model, plan.wages.people)
        _replace(self._strays, self._strays_model, tuple(stranded))
        left = sum(not one.compensated for one in stranded)
        words = self.tr("Could not submit")
        if left:
            words = self.tr("Could not submit ({0})").format(number_text(left))
        self._tabs.setTabText(1, words)
        self.reason.setPlaceholderText(default_reason)
        self._show()

    def show_failure(self, sentence: str) -> None:
        """Why there are no wages, or no fee is known."""
        self._plan, self._failure = None, sentence
        self._show()

    # ------------------------------------------------------------------------------------------- inside

    def _change(self) -> None:
        self._plan, self._failure = None, ""
        self._show()
        self._pause.start()

    def _target_problem(self) -> str:
        try:
            if self.target_minor() < 0:
                return self.tr("The target is more than nothing an hour.")
        except BadInput as error:
            return str(error)
        return ""

    def check(self) -> str:
        if problem := self._target_problem() or self._failure:
            return problem
        if self._plan is None:
            return self.tr("The wages are being worked out.")
        if self._plan.over_budget:
            left = money_text(max(0, self._plan.free or 0), self._currency)
            return self.tr(
                "That is more than the {0} that the run’s budget has left. Raise it, or lower the target."
            ).format(left)
        return ""

    def _show(self) -> None:
        plan = self._plan
        problem = self.check()
        if plan is None:
            self.set_verb(self.tr("Top up"), enabled=False)
            self._words.setText("" if problem else self.tr("Working out the wages…"))
        else:
            count, money = len(plan.lines), money_text(plan.amount + plan.fee, self._currency)
            words = (
                self.tr("Top up {0} · {1}").format(number_text(count), money) if count else self.tr("Top up")
            )
            self.set_verb(words, bool(count) and not problem)
            self._words.setText(_summary(plan.wages, plan))
        has_lines = plan is not None and bool(plan.lines)
        self._reason_label.setVisible(has_lines or bool(self.reason.toPlainText()))
        self.reason.setVisible(has_lines or bool(self.reason.toPlainText()))
        self.set_problem("" if plan is None and not self._target_problem() and not self._failure else problem)
        self._show_compensate()

    def _show_compensate(self, _count: int = 0) -> None:
        count = len(self._to_compensate())
        self.compensate.setEnabled(count > 0)
        words = say_count("Compensate %n people…", "Compensate %n person…", count)
        self.compensate.setText(words if count else self.tr("Compensate…"))

    def _to_compensate(self) -> list[Any]:
        """The chosen people, else all; without those who were paid for it."""
        chosen = self.stranded.selected_rows() or list(self._strays.rows)
        return [one for one in chosen if not one.compensated]

    def _want_compensation(self) -> None:
        self.compensation_wanted.emit(self._to_compensate())

    def command_line(self) -> Sequence[str] | None:
        if self._target_problem() or not self.target_minor():
            return ["wages", "--run", str(self._run_id)]
        target = str(to_major(self.target_minor(), self._currency))
        words = ["wages", "--run", str(self._run_id), "--target", target, "--top-up"]
        reason = self.reason.toPlainText().strip()
        return [*words, "--reason", reason] if reason else words

    def value(self) -> TopUps:
        """The top-ups to be recorded; call it only after `accepted`."""
        assert self._plan is not None
        return self._plan


def _replace(source: HeldRows, model: RowsModel, rows: Sequence[Any]) -> None:
    """Shows other rows; those of the same people in the same order change in place."""
    before, source.rows = source.rows, rows
    if model.phase == "ready" and [*map(_WORKER, before)] == [*map(_WORKER, rows)]:
        model.rows_changed(None)
    else:
        model.load()


def _summary(wages: Wages, plan: TopUps) -> str:
    """What the wages come to, in a sentence or two."""
    if not wages.people:
        return ""
    median = "" if wages.median is None else money_text(wages.median, wages.currency)
    parts = [
        say("The median is {median} an hour.", median=median)
        if median
        else say("No time of work is known yet.")
    ]
    if wages.target is not None:
        below = len(wages.below)
        target = money_text(wages.target, wages.currency)
        if below:
            amount, fee = (money_text(part, wages.currency) for part in (plan.amount, plan.fee))
            words = say_count(
                "{below} of %n people are below {target}; {amount} and a fee of {fee} would lift them.",
                "{below} of %n person is below {target}; {amount} and a fee of {fee} would lift them.",
                len(wages.people),
            )
            parts.append(words.format(below=number_text(below), target=target, amount=amount, fee=fee))
        else:
            parts.append(say("Nobody is below {target}.", target=target))
    cut = sum(wage.cut for wage in wages.people)
    if cut and wages.median_seconds is not None:
        from crowddesk.operations.fair_pay import LONGEST

        most = duration_text(wages.median_seconds * LONGEST)
        words = say_count(
            "%n answers that took longer count as {most}, {times} times the median.",
            "%n answer that took longer counts as {most}, {times} times the median.",
            cut,
        )
        parts.append(words.format(most=most, times=f"{LONGEST:g}"))
    return " ".join(parts)


def _wage_columns(currency: str) -> list[Column]:
    def money(minor: int | None) -> str:
        return "–" if minor is None else money_text(minor, currency, with_currency=False)

    def minutes(wage: Wage) -> str:
        return duration_text(wage.seconds) if wage.seconds else "–"

    def told(wage: Wage) -> str:
        return say("{count:,} without a known time", count=wage.untimed) if wage.untimed else ""

    return [
        Column("worker", say("Worker"), lambda w: w.worker_name, kind="id", width=190, stretch=True),
        Column(
            "answers", say("Answers"), lambda w: number_text(w.answers), kind="number", width=80, tooltip=told
        ),
        Column("time", say("Worked"), minutes, kind="number", width=90),
        Column(
            "paid",
            say("Paid, {currency}", currency=currency),
            lambda w: money(w.pay + w.bonuses),
            kind="money",
            width=100,
        ),
        Column(
            "hour",
            say("{currency} an hour", currency=currency),
            lambda w: money(w.hourly),
            kind="money",
            width=110,
        ),
        Column(
            "missing",
            say("Missing, {currency}", currency=currency),
            lambda w: money(w.missing or None),
            kind="money",
            width=110,
        ),
    ]


def _stranded_columns() -> list[Column]:
    return [
        Column("worker", say("Worker"), lambda one: one.worker_name, kind="id", width=190, stretch=True),
        Column(
            "left",
            say("Left by"),
            lambda one: say(_LEFT_WORDS.get(one.agent_status, one.agent_status)),
            width=160,
        ),
        Column("paid", say("Compensated"), lambda one: say("yes") if one.compensated else "", width=110),
    ]


_LEFT_WORDS: Final = {
    "returned": mark("giving it back"),
    "timeout": mark("running out of time"),
    "disconnect": mark("losing the connection"),
    "expired": mark("its end"),
}


class CompensateDialog(VerbDialog):
    """Pays each of some people who could not submit the same amount, with a reason that they read."""

    def __init__(
        self,
        run_id: int,
        people: Sequence[Stranded],
        reward: int,
        currency: str,
        environment: str,
        parent: QWidget | None = None,
    ) -> None:
        title = say_count("Compensate %n people", "Compensate %n person", len(people))
        super().__init__(title, "", parent, careful=True, danger=environment == "live")
        self._run_id, self._people, self._currency = run_id, list(people), currency
        self.say_live(environment, self.tr("LIVE: this is real money."))
        names = ", ".join(one.worker_name for one in people[:5])
        if len(people) > 5:
            more = say_count("%n others", "%n other", len(people) - 5)
            names = self.tr("{0} and {1}").format(names, more)
        self.body.addWidget(Label(names, tone="muted", wrap=True, selectable=True))
        self.amount = QLineEdit(amount_to_type(reward, currency))
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(theme.px(72))
        amount_words = self.tr("Amount, {0}") if len(people) == 1 else self.tr("Amount each, {0}")
        for caption, field in (
            (amount_words.format(currency), self.amount),
            (self.tr("What they are told"), self.reason),
        ):
            label = Label(caption, role="caption", tone="muted")
            label.setBuddy(field)
            field.setAccessibleName(caption)
            field.textChanged.connect(self._show)
            self.body.addWidget(label)
            self.body.addWidget(field)
        fee = Label(self.tr("The vendor’s fee for a bonus comes on top."), role="caption", tone="muted")
        self.body.addWidget(fee)
        self._show()
        self.reason.setFocus()

    def check(self) -> str:
        try:
            if amount_typed(self.amount.text(), self._currency) <= 0:
                return self.tr("Enter an amount above zero.")
        except BadInput as error:
            return str(error) if self.amount.text().strip() else self.tr("Enter the amount.")
        return "" if self.reason.toPlainText().strip() else self.tr("Write why. The worker reads it.")

    def _show(self) -> None:
        problem = self.check()
        verb = self.tr("Pay")
        if not problem:
            money = money_text(self.value()[0] * len(self._people), self._currency)
            verb = self.tr("Pay {0}").format(money)
        self.set_verb(verb, not problem)
        self.verb.setToolTip(problem)

    def command_line(self) -> Sequence[str] | None:
        if self.check():
            return None
        names = [word for one in self._people for word in ("--worker", one.worker_name)]
        reason = self.reason.toPlainText().strip()
        amount = str(to_major(self.value()[0], self._currency))
        return ["compensate", "--run", str(self._run_id), *names, "--amount", amount, "--reason", reason]

    def value(self) -> tuple[int, str]:
        """(minor units for each, the reason); call it only after `accepted`."""
        amount = amount_typed(self.amount.text(), self._currency)
        return amount, self.reason.toPlainText().strip()
