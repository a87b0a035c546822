"""Asks for one more answer where answers disagree: the rule, what it comes to, whether it goes on alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from crowddesk.domain import BadInput, CrowdDeskError, money_text
from crowddesk.language import number_text, say_count
from crowddesk.ui.controls import Check, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.verbs import environment_of, show_error
from crowddesk.ui.words import short_name, whole_typed

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.overlap import Preview, Rule
    from crowddesk.store.queries import RunRow
    from crowddesk.ui.main_window import MainWindow

_PAUSE_MS: Final = 300
_NAMED: Final = 4


class OverlapDialog(VerbDialog):
    """`wanted(rule)` asks what a rule comes to; `show_preview` or `show_failure` tells it."""

    wanted = Signal(object)

    def __init__(
        self,
        run_id: int,
        title: str,
        environment: str,
        vendor: str,
        rule: Rule,
        parent: QWidget | None = None,
    ) -> None:
        live = environment == "live"
        super().__init__(
            self.tr("Ask where answers disagree"), "", parent, careful=True, danger=live, width=520
        )
        self._run_id = run_id
        self._rule = rule
        self._seen: Preview | None = None
        self._failure = ""
        self.say_live(environment, self.tr("LIVE: real people at {0} are asked, and paid.").format(vendor))
        self.body.addWidget(
            Label(
                self.tr(
                    "Each item of “{0}” on which too few say the same gets one more answer, by somebody who "
                    "has not answered it; never more than the most, never beyond the budget."
                ).format(short_name(title)),
                tone="muted",
                wrap=True,
            )
        )
        self.least = self._number(str(rule.least), 100)
        self.most = self._number(str(rule.most), 100)
        self.agreement = self._number(str(round(rule.agreement * 100)), 100)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for place, (words, field) in enumerate(
            (
                (self.tr("Answers before it is judged"), self.least),
                (self.tr("Most answers to an item"), self.most),
                (self.tr("Say the same, percent"), self.agreement),
            )
        ):
            label = Label(words)
            label.setBuddy(field)
            field.setAccessibleName(words)
            grid.addWidget(label, place, 0)
            grid.addWidget(field, place, 1)
        grid.setColumnStretch(0, 1)
        self.body.addLayout(grid)
        self.by_itself = Check(self.tr("From now on do it by itself, after each answer"))
        self.by_itself.setChecked(rule.on)
        self._items = Label(wrap=True, selectable=True)
        self._cost = Label(wrap=True, selectable=True)
        self._rest = Label(role="caption", tone="muted", wrap=True, selectable=True)
        for widget in (self._items, self._cost, self._rest, self.by_itself):
            self.body.addWidget(widget)
        self._again = make_one_shot(self, _PAUSE_MS, self.ask)
        for field in (self.least, self.most, self.agreement):
            field.textChanged.connect(self._change)
        self.by_itself.toggled.connect(self._show)
        self._show()

    def _number(self, text: str, most: int) -> QLineEdit:
        field = QLineEdit(text)
        field.setValidator(QIntValidator(1, most, field))
        field.setMaximumWidth(90)
        return field

    def value(self) -> Rule:
        """The rule as it is entered; what is empty is as it was."""
        import dataclasses

        def number(field: QLineEdit, usual: int) -> int:
            typed = whole_typed(field.text())
            return usual if typed is None else typed

        return dataclasses.replace(
            self._rule,
            least=number(self.least, self._rule.least),
            most=number(self.most, self._rule.most),
            agreement=_share(self.agreement.text(), self._rule.agreement),
            on=self.by_itself.isChecked(),
        )

    def command_line(self) -> Sequence[str] | None:
        rule = self.value()
        words = ["overlap", "--run", str(self._run_id), "--least", str(rule.least), "--most", str(rule.most)]
        words += ["--agreement", f"{rule.agreement:g}", "--on" if rule.on else "--off"]
        return [*words, "--apply"] if self._seen is not None and self._seen.affordable else words

    def _change(self, _text: str) -> None:
        self._seen, self._failure = None, ""
        self._show()
        self._again.start()

    def ask(self) -> None:
        """Asks what the rule comes to."""
        self.wanted.emit(self.value())

    def show_preview(self, seen: Preview) -> None:
        """What a rule comes to; that of another rule is too late."""
        import dataclasses

        if dataclasses.replace(seen.plan.rule, on=False) == dataclasses.replace(self.value(), on=False):
            self._seen, self._failure = seen, ""
            self._show()

    def show_failure(self, sentence: str) -> None:
        """Why nothing can be asked for."""
        self._seen, self._failure = None, sentence
        self._show()

    def _fault(self) -> str:
        try:
            self.value().check()
        except BadInput as error:
            return str(error)
        return ""

    def check(self) -> str:
        if problem := self._fault() or self._failure:
            return problem
        return "" if self._seen is not None else self.tr("It is being worked out.")

    @property
    def asks(self) -> int:
        """How many answers are asked for now."""
        return self._seen.affordable if self._seen is not None else 0

    def _show(self, _on: bool = False) -> None:
        from crowddesk.operations.overlap import keys_of

        seen = self._seen
        changed = self.value() != self._rule
        if seen is None:
            self._items.setText("" if self._failure else self.tr("Reading the answers…"))
            self._cost.setText("")
            self._rest.setText("")
            self.set_verb(self.tr("Ask"), enabled=False)
        else:
            plan, code = seen.plan, seen.currency
            wanted = len(plan.wanted)
            words = self.tr("No item disagrees and waits for nothing.")
            if wanted:
                words = say_count("%n items disagree: {0}.", "%n item disagrees: {0}.", wanted)
                words = words.format(keys_of(plan.wanted, _NAMED))
            self._items.setText(words)
            cost = ""
            if seen.affordable:
                money = money_text(seen.total, code)
                cost = say_count(
                    "%n answers more, {0} with fees.", "%n answer more, {0} with fees.", seen.affordable
                ).format(money)
            if seen.affordable < wanted:
                cost += " " + self.tr("The budget holds {0} of {1}.").format(
                    number_text(seen.affordable), number_text(wanted)
                )
            if seen.free is not None:
                left = money_text(max(0, seen.free - seen.total), code)
                cost += " " + self.tr("{0} of the budget would be left.").format(left)
            self._cost.setText(cost.strip())
            self._rest.setText(
                self.tr("{0} agree, {1} wait for an answer, {2} have the most.").format(
                    say_count("%n items", "%n item", plan.agreed),
                    number_text(plan.awaited),
                    number_text(plan.at_most),
                )
            )
            if seen.affordable:
                verb = self.tr("Ask for {0} · {1}").format(
                    number_text(seen.affordable), money_text(seen.total, code)
                )
            else:
                verb = self.tr("Keep the rule")
            self.set_verb(verb, not self.check() and bool(seen.affordable or changed))
        for label in (self._items, self._cost, self._rest):
            label.setVisible(bool(label.text()))
        problem = self.check()
        waits = seen is None and not self._failure and not self._fault()
        self.set_problem("" if waits else problem)


def _share(text: str, usual: float) -> float:
    """Percent as a share; two thirds stay two thirds."""
    typed = whole_typed(text)
    return usual if typed is None or typed == round(usual * 100) else typed / 100


class _Asking(QObject):
    """Wires one dialog to the threads."""

    def __init__(self, session: Session, window: MainWindow, run: RunRow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._run = run
        self._dialog: OverlapDialog | None = None
        run_id = run.id

        def read(db: CrowdDatabase, _job: Job) -> Rule:
            from crowddesk.operations.overlap import rule_of

            return rule_of(db, run_id)

        session.run_job(read, self._open, self._fail)

    def _open(self, rule: Rule) -> None:
        run = self._run
        environment = environment_of(run.provider_type, run.sandbox)
        self._dialog = dialog = OverlapDialog(
            run.id, run.title, environment, run.provider_type, rule, self._window
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self._preview)
        dialog.accepted.connect(lambda: self._follow(dialog.value(), dialog.asks))
        dialog.finished.connect(self._forget)
        dialog.open()
        dialog.ask()

    def _preview(self, rule: Rule) -> None:
        run_id = self._run.id

        def ask(db: CrowdDatabase, _job: Job) -> Preview:
            from crowddesk.operations.overlap import preview

            return preview(db, run_id, rule)

        self._session.run_job(ask, self._show, self._fail_to_preview)

    def _show(self, seen: Preview) -> None:
        if self._dialog is not None:
            self._dialog.show_preview(seen)

    def _fail_to_preview(self, error: Exception) -> None:
        if not isinstance(error, CrowdDeskError):
            raise error
        if self._dialog is not None:
            self._dialog.show_failure(str(error))

    def _follow(self, rule: Rule, asks: int) -> None:
        run_id = self._run.id

        def follow(db: CrowdDatabase, _job: Job) -> tuple[int, bool]:
            from crowddesk.operations import overlap

            overlap.keep_rule(db, run_id, rule)
            return (overlap.follow(db, run_id, rule) if asks else 0), rule.on

        self._session.run_job(follow, self._followed, self._fail)

    def _followed(self, done: tuple[int, bool]) -> None:
        added, goes_on = done
        words = say_count("%n answers more are asked for.", "%n answer more is asked for.", added)
        if not added:
            words = self.tr("The rule is kept.")
        if goes_on:
            words += " " + self.tr("It goes on by itself.")
        self._window.toast.say(words)
        self.deleteLater()

    def _forget(self, answer: int) -> None:
        self._dialog = None
        if not answer:
            self.deleteLater()

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self.tr("No answers were asked for"), error)
        self.deleteLater()


def open_overlap(session: Session, window: MainWindow, run: Any) -> None:
    """Asks for one more answer where those of a run disagree. In the GUI thread; returns at once."""
    _Asking(session, window, run)
