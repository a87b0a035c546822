"""Beside an answer: who gave it and their other answers; what others say to the same item."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crowddesk.language import number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.review.lines import Line, LinesView
from crowddesk.ui.review.plain_line import LinkLine, PlainLine
from crowddesk.ui.unit_detail import short_item, short_json
from crowddesk.ui.words import duration_text, exact_time, relative_time, short_name

if TYPE_CHECKING:
    from crowddesk.store.queries import AnswerGroup
    from crowddesk.store.queries.review import OtherAnswer, Whose
    from crowddesk.store.remarks import NoteRow
    from crowddesk.ui.review.reading import Looked

_NOTES: Final = 2
_PEOPLE: Final = 20


class _Card(QFrame):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.setAccessibleName(name)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 12, 14, 12)
        self.column.setSpacing(4)


class WorkerPanel(_Card):
    """The worker of what is shown: counts, gold, tags, other answers of theirs in this run, notes.

    `worker_wanted(worker_id)`: their page; `unit_wanted(unit_id)`: another answer of theirs.
    """

    worker_wanted = Signal(int)
    unit_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__(self.tr("The worker"))
        self._worker_id = 0
        self.name = LinkLine()
        self.name.taken.connect(lambda: self.worker_wanted.emit(self._worker_id))
        self.counts = PlainLine()
        self.answers = LinesView(self.tr("Their other answers in this run"), notes_right=True)
        self.answers.opened.connect(self.unit_wanted)
        self.notes = [PlainLine() for _ in range(_NOTES)]
        self.column.addWidget(self.name)
        self.column.addWidget(self.counts)
        self.column.addSpacing(4)
        self.column.addWidget(self.answers, 1)
        for note in self.notes:
            note.hide()
            self.column.addWidget(note)
        self.show_unit(None, False)

    def show_unit(self, looked: Looked | None, names: bool) -> None:
        """`names`: whether the worker's name may be seen."""
        worker = looked.worker if looked is not None else None
        self._worker_id = worker.id if worker is not None else 0
        self.name.set_leads(worker is not None and names)
        if looked is None or worker is None:
            self.name.say("" if looked is None else self.tr("Nobody is named with this unit."), tone="muted")
            self.counts.say("")
            self.answers.show_lines((), "")
            told: list[NoteRow] = []
        else:
            hidden = self.tr("Name hidden until you decide")
            tags = self.tr("tag: {0}").format(", ".join(worker.tags)) if worker.tags and names else ""
            self.name.say(
                short_name(worker.worker_name) if names else hidden,
                tags,
                tone="accent" if names else "muted",
                tip=self.tr("Show this person") if names else hidden,
            )
            self.counts.say(_counts(worker, looked.gold))
            self.answers.show_lines(looked.answers, self.tr("No other answers of theirs in this run."))
            told = [note for note in looked.notes if names or note.noun == "unit"]
        for place, line in enumerate(self.notes):
            if place < len(told):
                note = told[place]
                text = " ".join(note.text[:400].split())
                line.say(
                    f"“{text}”", relative_time(note.created_at), tip=f"{note.text[:2_000]}\n{note.created_by}"
                )
            line.setVisible(place < len(told))


def _counts(worker: Whose, gold: tuple[int, int] | None) -> str:
    """The worker's numbers in one line: all runs, and gold of this one."""
    answered = worker.completed + worker.accepted + worker.soft_rejected + worker.rejected
    parts = [say_count("%n answers", "%n answer", answered)]
    if worker.accepted:
        parts.append(say("{number:,} accepted", number=worker.accepted))
    if worker.soft_rejected:
        parts.append(say("{number:,} soft rejected", number=worker.soft_rejected))
    if worker.rejected:
        parts.append(say("{number:,} rejected", number=worker.rejected))
    if gold is not None:
        parts.append(say("gold {number:,} of {all:,}", number=gold[0], all=gold[1]))
    if worker.blocked:
        parts.append(say("blocked"))
    return " · ".join(parts)


def line_of(row: OtherAnswer) -> Line:
    """Another answer of the same worker."""
    answer = short_json(row.answer) if row.answer else ""
    item = short_item(row)
    tip = f"{answer}\n{item}\n{exact_time(row.submitted_at)}"
    return Line(
        " · ".join(part for part in (answer[:60], item) if part),
        note=duration_text(row.seconds),
        status=row.pending or row.status,
        tip=tip[:1_000],
        unit_id=row.id,
    )


class SameItemPanel(_Card):
    """All answers to the item, grouped by equality. `unit_wanted(unit_id)`: one of them."""

    unit_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__(self.tr("The same item, others"))
        self.title = PlainLine()
        self.groups = LinesView(self.tr("Answers to the same item"), notes_right=False)
        self.groups.opened.connect(self.unit_wanted)
        self.column.addWidget(self.title)
        self.column.addSpacing(4)
        self.column.addWidget(self.groups, 1)

    def show_unit(self, looked: Looked | None, names: bool) -> None:
        """`names`: whether the workers' names may be seen, in the tool tips."""
        groups = looked.groups if looked is not None else []
        shown = groups if names else [replace(line, tip=line.words) for line in groups]
        self.groups.show_lines(shown, self.tr("Nobody has answered this item.") if looked is not None else "")
        answered = looked.answered if looked is not None else 0
        words = self.tr("The same item, others")
        if answered > 1 and len(groups) == 1:
            words += " · " + self.tr("{0} answers, all equal").format(number_text(answered))
        elif answered > 1:
            words += " · " + self.tr("{0} answers, {1} different").format(
                number_text(answered), number_text(len(groups))
            )
        elif looked is not None:
            words += " · " + self.tr("nobody else yet")
        self.title.say(words)


def line_of_group(group: AnswerGroup, mine: int) -> Line:
    """The answers to an item that are equal; `mine` is the unit that is shown."""
    here = any(unit_id == mine for unit_id, _, _ in group.units)
    median = duration_text(group.median_seconds)
    notes = [say("median {time}", time=median) if median and len(group.units) > 1 else median]
    if here:
        notes = [say("this one")] if len(group.units) == 1 else [say("this one too"), *notes]
    people = ", ".join(
        f"{short_name(worker or '?')} ({theme.status_look(status).word})"
        for _, worker, status in group.units[:_PEOPLE]
    )
    answer = short_json(group.answer) or say("(empty)")
    other = next((unit_id for unit_id, _, _ in group.units if unit_id != mine), 0)
    return Line(
        answer,
        number=number_text(len(group.units)),
        note=" · ".join(part for part in notes if part),
        strong=here,
        tip=f"{answer}\n{people}".strip(),
        unit_id=other,
    )


def beside(worker: WorkerPanel, same: SameItemPanel) -> QWidget:
    """Both panels in one place; the page turns it."""
    whole = QWidget()
    whole.setAccessibleName(say("Beside the answer"))
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    column.addWidget(worker, 5)
    column.addWidget(same, 4)
    return whole
