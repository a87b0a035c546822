"""Exactly what each worker will read, one unit after the other, and the evidence that is kept with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from crowddesk.language import number_text
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.words import short_name


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One of the units that are decided on, and who did it."""

    unit_id: int
    worker_name: str = ""


class WordsPreview(QWidget):
    """Exactly what each worker will read, one after the other, and the evidence that is kept with it."""

    moved = Signal(int)

    def __init__(self, units: Sequence[UnitLine]) -> None:
        super().__init__()
        self._units = list(units)
        self._at = 0
        self._who = Label(role="caption", tone="muted", wrap=True)
        signs = ("▸", "◂") if self.isRightToLeft() else ("◂", "▸")
        self.back, self.forth = (Button(sign) for sign in signs)
        for button, name, step in (
            (self.back, self.tr("The one before"), -1),
            (self.forth, self.tr("The next one"), 1),
        ):
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setAutoDefault(False)
            button.setVisible(len(self._units) > 1)
            button.clicked.connect(lambda _=False, step=step: self._move(step))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._who, 1)
        head.addWidget(self.back)
        head.addWidget(self.forth)
        self.text = reading_box("", self.tr("As the worker reads it"))
        self._evidence = Label(role="caption", tone="muted", wrap=True, selectable=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self._evidence)

    def show_words(self, at: int, words: str, evidence: Sequence[str] | None) -> None:
        """`evidence` None: it is still being read."""
        self._at = at
        unit = self._units[at] if self._units else UnitLine(0)
        who = short_name(unit.worker_name) if unit.worker_name else self.tr("the worker")
        told = self.tr("As {0} will read it").format(who)
        if len(self._units) > 1:
            of = self.tr("{0} of {1}").format(number_text(at + 1), number_text(len(self._units)))
            told += " · " + self.tr("{0}, unit {1}").format(of, unit.unit_id)
        self._who.setText(told)
        if self.text.toPlainText() != words:
            self.text.setPlainText(words)
        if evidence is None:
            self._evidence.setText(self.tr("Evidence: being read…"))
        elif evidence:
            self._evidence.setText(self.tr("Evidence kept with it: {0}").format(" · ".join(evidence)))
        else:
            self._evidence.setText(self.tr("No evidence stands out. Say in the reason what you saw."))
        self.back.setEnabled(at > 0)
        self.forth.setEnabled(at < len(self._units) - 1)

    def _move(self, step: int) -> None:
        self.moved.emit(max(0, min(len(self._units) - 1, self._at + step)))


def reading_box(words: str, name: str) -> QPlainTextEdit:
    """Plain text of a few lines, to be read and copied."""
    box = QPlainTextEdit(words)
    box.setReadOnly(True)
    box.setTabChangesFocus(True)
    box.setAccessibleName(name)
    box.setMinimumHeight(theme.px(48))
    box.setMaximumHeight(theme.px(96))
    return box
