"""Beside an answer: who gave it and their other answers; what others say to the same item."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crowddesk.ui.controls import ElidedLabel, Label
from crowddesk.ui.detail import Link
from crowddesk.ui.review.lines import Line, LinesView
from crowddesk.ui.unit_detail import LONGEST_PARSED, short_json
from crowddesk.ui.words import count_text, duration_text, exact_time, relative_time, short_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crowddesk.store.queries import AnswerGroup, UnitRow
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
        self._name = Link("", self._open)
        font_holder = Label(role="strong")
        self._name.setFont(font_holder.font())
        self._hidden_name = Label(self.tr("Name hidden until you decide"), tone="muted")
        self._hidden_name.hide()
        self._tags = ElidedLabel(tone="muted", least=40)
        self._tags.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._name)
        head.addWidget(self._hidden_name)
        head.addStretch(1)
        head.addWidget(self._tags)
        self._counts = ElidedLabel(tone="muted", least=80)
        self.answers = LinesView(self.tr("Their other answers in this run"), notes_right=True)
        self.answers.opened.connect(self.unit_wanted)
        self._empty = Label(self.tr("No other answers of theirs in this run."), tone="muted", wrap=True)
        self._notes = [ElidedLabel(tone="muted", least=80) for _ in range(_NOTES)]
        self.column.addLayout(head)
        self.column.addWidget(self._counts)
        self.column.addSpacing(4)
        self.column.addWidget(self.answers, 1)
        self.column.addWidget(self._empty, 1)
        for note in self._notes:
            note.hide()
            self.column.addWidget(note)
        self.show_unit(None, False)

    def show_unit(self, looked: Looked | None, names: bool) -> None:
        """`names`: whether the worker's name may be seen."""
        worker = looked.worker if looked is not None else None
        self._worker_id = worker.id if worker is not None else 0
        self._name.setVisible(worker is not None and names)
        self._hidden_name.setVisible(worker is not None and not names)
        self._tags.setVisible(names)
        if looked is None or worker is None:
            nobody = "" if looked is None else self.tr("Nobody is named with this unit.")
            self._counts.setText(nobody)
            self._tags.setText("")
            self.answers.show_lines(())
            self._empty.hide()
            self.answers.show()
            for note in self._notes:
                note.hide()
            return
        self._name.setText(short_name(worker.worker_name))
        self._name.setToolTip(self.tr("Show this person"))
        self._name.setAccessibleName(self.tr("Worker {0}").format(short_name(worker.worker_name)))
        self._name.updateGeometry()
        tags = ", ".join(looked.worker_tags)
        self._tags.setText(self.tr("tag: {0}").format(tags) if tags else "")
        self._counts.setText(_counts(looked))
        lines = [_line_of(row) for row in looked.answers]
        self.answers.show_lines(lines)
        self.answers.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        for label, note in zip(self._notes, looked.notes, strict=False):
            label.setText(f"“{' '.join(note.text.split())}” · {relative_time(note.created_at)}")
            label.setAccessibleName(self.tr("Note: {0}").format(note.text[:400]))
        for place, label in enumerate(self._notes):
            label.setVisible(place < len(looked.notes) and (names or looked.notes[place].noun == "unit"))

    def restyle(self) -> None:
        self._name.setFont(Label(role="strong").font())

    def _open(self) -> None:
        if self._worker_id:
            self.worker_wanted.emit(self._worker_id)


def _counts(looked: Looked) -> str:
    """The worker's numbers in one line: all runs, and gold of this one."""
    worker = looked.worker
    assert worker is not None
    answered = worker.completed + worker.accepted + worker.soft_rejected + worker.rejected
    parts = [count_text(answered, "answer")]
    if worker.accepted:
        parts.append(f"{worker.accepted:,} accepted")
    if worker.soft_rejected:
        parts.append(f"{worker.soft_rejected:,} soft rejected")
    if worker.rejected:
        parts.append(f"{worker.rejected:,} rejected")
    if looked.gold is not None:
        parts.append(f"gold {looked.gold[0]:,} of {looked.gold[1]:,}")
    if worker.blocked:
        parts.append("blocked")
    return " · ".join(parts)


def _line_of(row: UnitRow) -> Line:
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


def short_item(row: UnitRow) -> str:
    """An item in one line: its longest text, which is what tells it from the others."""
    if len(row.data) > LONGEST_PARSED:
        return row.data[:200].replace("\n", " ")
    try:
        found = json.loads(row.data)
    except ValueError:
        return "(damaged)"
    values = [v for v in found.values() if isinstance(v, str)] if isinstance(found, dict) else []
    return max(values, key=len, default="")[:200].replace("\n", " ")


class SameItemPanel(_Card):
    """All answers to the item, grouped by equality. `unit_wanted(unit_id)`: one of them."""

    unit_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__(self.tr("The same item, others"))
        self._title = Label(self.tr("The same item, others"), tone="muted")
        self.groups = LinesView(self.tr("Answers to the same item"), notes_right=False)
        self.groups.opened.connect(self.unit_wanted)
        self._empty = Label(self.tr("Nobody else has answered this item."), tone="muted", wrap=True)
        self._empty.hide()
        self.column.addWidget(self._title)
        self.column.addSpacing(4)
        self.column.addWidget(self.groups, 1)
        self.column.addWidget(self._empty)

    def show_unit(self, looked: Looked | None, names: bool) -> None:
        """`names`: whether the workers' names may be seen, in the tool tips."""
        groups: Sequence[AnswerGroup] = looked.groups if looked is not None else ()
        mine = looked.row.id if looked is not None else 0
        self.groups.show_lines([_line_of_group(group, mine, names) for group in groups])
        answered = sum(len(group.units) for group in groups)
        alone = looked is not None and answered <= 1
        self._empty.setVisible(alone)
        words = self.tr("The same item, others")
        if answered > 1:
            words += self.tr(" · {0} answers, {1} different").format(f"{answered:,}", f"{len(groups):,}")
        self._title.setText(words)

    def restyle(self) -> None:
        self._title.restyle()


def _line_of_group(group: AnswerGroup, mine: int, names: bool) -> Line:
    here = any(unit_id == mine for unit_id, _, _ in group.units)
    median = duration_text(group.median_seconds)
    notes = [f"median {median}" if median and len(group.units) > 1 else median]
    if here:
        notes = ["this one"] if len(group.units) == 1 else ["this one too", *notes]
    people = ""
    if names:
        people = ", ".join(
            f"{short_name(worker or '?')} ({status.replace('_', ' ')})"
            for _, worker, status in group.units[:_PEOPLE]
        )
    answer = short_json(group.answer) or "(empty)"
    other = next((unit_id for unit_id, _, _ in group.units if unit_id != mine), 0)
    return Line(
        answer,
        number=f"{len(group.units):,}",
        note=" · ".join(part for part in notes if part),
        strong=here,
        tip=f"{answer}\n{people}".strip(),
        unit_id=other,
    )


def beside(worker: WorkerPanel, same: SameItemPanel) -> QWidget:
    """Both panels in one place; the page turns it."""
    whole = QWidget()
    whole.setAccessibleName(whole.tr("Beside the answer"))
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    column.addWidget(worker, 5)
    column.addWidget(same, 4)
    return whole
