"""Objections of workers: what one wrote is kept, then answered: the rejection stands or is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from crowddesk.domain import ActionState, now
from crowddesk.language import number_text
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Check, Label
from crowddesk.ui.detail import PlainText
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.words import deadline_text, exact_time, relative_time, short_name, vendor_name, whole_typed

if TYPE_CHECKING:
    from crowddesk.store.appeals import Appeal

_LONGEST_TEXT: Final = 20_000
_LONGEST_ANSWER: Final = 5_000


def _today() -> date:
    """The day where the user is."""
    return now().astimezone().date()


@dataclass(frozen=True, slots=True)
class Objection:
    """What a worker wrote, when it came (UTC) and how many days there are to answer, 0 for no deadline."""

    unit_id: int
    text: str
    received_at: datetime | None
    days: int


class ObjectionDialog(VerbDialog):
    """Keeps what a worker wrote about a rejected unit, pasted from mail or the vendor's messages."""

    def __init__(self, unit_id: int, worker: str, days: int, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Record an objection"), self.tr("Keep it"), parent, careful=True, width=540)
        self._unit_id = unit_id
        who = short_name(worker) if worker else self.tr("the worker")
        words = self.tr("{0} objects to the rejection of unit {1}. Paste what they wrote.").format(
            who, unit_id
        )
        self.body.addWidget(Label(words, wrap=True))
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.px(96))
        self.text.setAccessibleName(self.tr("What the worker wrote"))
        self.text.textChanged.connect(self._show)
        self.body.addWidget(self.text, 1)
        self.received = QLineEdit(_today().isoformat())  # as it can be typed back, in every language
        self.received.setAccessibleName(self.tr("Received on"))
        self.days = QLineEdit(str(days))
        self.days.setAccessibleName(self.tr("Days to answer, 0 for no deadline"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        for row, field in enumerate((self.received, self.days)):
            label = Label(field.accessibleName(), role="caption", tone="muted")
            label.setBuddy(field)
            field.textChanged.connect(self._show)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        self.body.addLayout(grid)
        self._show()
        self.text.setFocus()

    def check(self) -> str:
        length = len(self.text.toPlainText().strip())
        if not length:
            return self.tr("Paste what the worker wrote.")
        if length > _LONGEST_TEXT:
            return self.tr("Keep at most {0} characters. There are {1}.").format(
                number_text(_LONGEST_TEXT), number_text(length)
            )
        day = self._day()
        if day is None:
            return self.tr("Write the day like 2026-11-22.")
        if day > _today():
            return self.tr("That day is still to come. Say when the objection was received.")
        if self._days() is None:
            return self.tr("Days to answer are a whole number, 0 to 365.")
        return ""

    def _show(self) -> None:
        problem = self.check()
        self.set_verb(self.tr("Keep it"), not problem)
        self.verb.setToolTip(problem)
        self.set_problem(problem if self.text.toPlainText().strip() else "")

    def _day(self) -> date | None:
        try:
            return date.fromisoformat(self.received.text().strip())
        except ValueError:
            return None

    def _days(self) -> int | None:
        found = whole_typed(self.days.text())
        return found if found is not None and found <= 365 else None

    def value(self) -> Objection:
        """The objection; one of today is taken to have come now."""
        day = self._day()
        at = None
        if day is not None and day < _today():
            at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        return Objection(self._unit_id, self.text.toPlainText().strip(), at, self._days() or 0)

    def command_line(self) -> Sequence[str] | None:
        value = self.value()
        line = ["appeal", "add", str(self._unit_id), "--text", value.text, "--days", str(value.days)]
        return [*line, "--received", f"{value.received_at:%Y-%m-%d}"] if value.received_at else line


@dataclass(frozen=True, slots=True)
class Answer:
    """What was decided: `overturned` takes the rejection back and pays; `tell` sends the answer."""

    appeal_id: int
    overturned: bool
    text: str
    tell: bool


class AppealDialog(VerbDialog):
    """Answers one objection: the rejection stands, with an answer; or it is taken back, and paid."""

    def __init__(self, appeal: Appeal, pay: str, can_tell: bool, parent: QWidget | None = None) -> None:
        """`pay` is what taking it back costs with fees, as text; `can_tell`: the vendor has messages."""
        who = short_name(appeal.worker_name) if appeal.worker_name else self.tr("A worker")
        super().__init__(self.tr("Answer {0}").format(who), "", parent, careful=True, width=600)
        self._appeal, self._pay = appeal, pay
        self._overturned = False
        words = self.tr("About unit {0} of {1}, received {2}.").format(
            appeal.unit_id, appeal.run_title or "?", relative_time(appeal.received_at)
        )
        if appeal.answer_by is not None:
            words += " " + self.tr("To be answered {0}.").format(deadline_text(appeal.answer_by))
        head = Label(words, tone="muted", wrap=True)
        head.setToolTip(exact_time(appeal.received_at))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(head)
        if not appeal.sandbox:
            column.addWidget(Label(self.tr("LIVE: this is a real person."), tone="danger", wrap=True))
        for words, text in (
            (self.tr("They were told"), appeal.reason or self.tr("Nothing that is known here.")),
            (self.tr("They write"), appeal.text),
        ):
            column.addWidget(Label(words, role="caption", tone="muted"))
            column.addWidget(PlainText(text, name=words))
        if can_tell:
            self._add_written(column)
        if appeal.unit_status != "rejected":
            words = self.tr("The unit is {0} by now.").format(theme.status_look(appeal.unit_status).word)
            column.addWidget(Label(words, tone="warning", wrap=True))
        label = Label(self.tr("Your answer"), role="caption", tone="muted")
        self.text = QPlainTextEdit(appeal.answer)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.px(72))
        self.text.setMaximumHeight(theme.px(140))
        self.text.setAccessibleName(label.text())
        label.setBuddy(self.text)
        self.text.textChanged.connect(self._show)
        self.tell = Check(self.tr("Send it as a message"))
        self.tell.setChecked(can_tell)
        self.tell.setVisible(can_tell)
        kept = self.tr("This vendor has no messages: the answer is kept here. Send it the way they wrote.")
        column.addStretch(1)
        self.add_scrolling(content, 0.3)
        for widget in (label, self.text, self.tell):
            self.body.addWidget(widget)
        if not can_tell:
            self.body.addWidget(Label(kept, role="caption", tone="muted", wrap=True))
        self.overturn = Button(self.tr("Take the rejection back") + (f" · {pay}" if pay else ""))
        self.overturn.setAutoDefault(False)
        self.overturn.setEnabled(appeal.unit_status == "rejected" and appeal.pending is None)
        self.overturn.clicked.connect(self._take_back)
        self.add_left_button(self.overturn)
        self._show()
        self.text.setFocus()

    def _add_written(self, column: QVBoxLayout) -> None:
        """What was written to them from here: what came in at the vendor, only the vendor has."""
        vendor = vendor_name(self._appeal.provider_type)
        for message in self._appeal.written:
            state = (
                self.tr("sent")
                if message.state == ActionState.DONE
                else theme.status_look(message.state).word
            )
            name = self.tr("You wrote {0} · {1}").format(relative_time(message.at), state)
            label = Label(name, role="caption", tone="muted")
            label.setToolTip(exact_time(message.at))
            column.addWidget(label)
            column.addWidget(PlainText(message.text, name=name))
        words = self.tr("Nothing was written to them from here. What they wrote at {0} is shown only there.")
        if self._appeal.written:
            words = self.tr("What they wrote at {0} is shown only there.")
        column.addWidget(Label(words.format(vendor), role="caption", tone="muted", wrap=True))

    def check(self) -> str:
        length = len(self.text.toPlainText().strip())
        if length > _LONGEST_ANSWER:
            return self.tr("Write at most {0} characters. There are {1}.").format(
                number_text(_LONGEST_ANSWER), number_text(length)
            )
        if not length and not self._overturned:
            return self.tr("Say why the rejection stands: whoever objects is owed an answer.")
        return ""

    def _show(self) -> None:
        problem = self.check()
        self.set_verb(self.tr("The rejection stands"), not problem)
        self.verb.setToolTip(problem)

    def _take_back(self) -> None:
        self._overturned = True
        problem = self.check()
        self.set_problem(problem)
        if problem:
            self._overturned = False
        else:
            self.accept()

    def value(self) -> Answer:
        """What was decided; call it only after `accepted`."""
        tell = self.tell.isChecked() and not self.tell.isHidden()
        return Answer(self._appeal.id, self._overturned, self.text.toPlainText().strip(), tell)

    def command_line(self) -> Sequence[str] | None:
        value = self.value()
        line = ["appeal", "uphold", str(self._appeal.id), "--answer", value.text]
        return [*line, "--tell"] if value.tell else line
