"""The report of a rehearsal: what would have happened, what it would have cost, what it cannot prove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crowddesk.domain import money_text
from crowddesk.language import say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Badge, Button, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.rehearsal_text import Part, agreement, markdown, parts_of, people_words, wage_sentence
from crowddesk.ui.states import BusyLine

if TYPE_CHECKING:
    from crowddesk.operations.rehearsal import RehearsalReport

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class RehearsalReportDialog(VerbDialog):
    """Shows a report once it is there: `show_report`, or `show_failure`.

    Signals: `again`: it should be made anew; `save_wanted(path)`; `wanted`: "Launch for real…" was pressed.
    """

    again = Signal()
    save_wanted = Signal(object)
    wanted = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Rehearsal of “{0}”").format(title),
            self.tr("Launch for real…"),
            parent,
            careful=True,
            width=620,
        )
        self._report: RehearsalReport | None = None
        self.badge = Badge("sandbox")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.badge)
        self._lead = Label(tone="muted", wrap=True)
        line.addWidget(self._lead, 1)
        self._busy = BusyLine()
        self._busy.setFixedHeight(3)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(8)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._content)
        room = int(self.screen().availableGeometry().height() * 0.55)
        area.setMinimumHeight(min(room, theme.px(440)))
        self.body.addLayout(line)
        self.body.addWidget(self._busy)
        self.body.addWidget(area, 1)
        self.copy = Button(self.tr("Copy"))
        self.copy.clicked.connect(self._copy)
        self.save = Button(self.tr("Save as…"))
        self.save.clicked.connect(self._ask_where)
        self.refresh = Button(self.tr("Look again"), look="link")
        self.refresh.clicked.connect(self._look_again)
        for button in (self.copy, self.save, self.refresh):
            button.setAutoDefault(False)
            self.add_left_button(button)
        self.cancel.setText(self.tr("Close"))
        self.cancel.setFocus()
        self.show_waiting()

    def show_waiting(self) -> None:
        """Says that the report is being made."""
        self._busy.show()
        self._lead.setText(self.tr("Asking the stand-in what came of it…"))
        self.set_problem("")
        self._enable(False)

    def show_failure(self, sentence: str) -> None:
        """Says why there is no report now; the one before stays."""
        self._busy.hide()
        self._lead.setText(self.tr("There is no report now."))
        self.set_problem(sentence)
        self._enable(self._report is not None)
        self.refresh.setEnabled(True)

    def show_report(self, found: RehearsalReport) -> None:
        """Shows all of it."""
        self._report = found
        self._busy.hide()
        self._lead.setText(self.tr("Simulated people, no money. {0}").format(people_words(found)))
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._add(Label(self.tr("It would have cost until now"), role="caption", tone="muted"))
        self._add(Label(money_text(found.cost, found.currency), role="figure"))
        if found.awaiting:
            more = money_text(found.cost_of_awaiting, found.currency)
            words = say_count(
                "and {0} for %n answers that wait for you",
                "and {0} for %n answer that waits for you",
                found.awaiting,
            )
            self._add(Label(words.format(more), tone="muted", wrap=True))
        for words, tone in (agreement(found), wage_sentence(found)):
            if words:
                self._add(Label(words, tone=tone, wrap=True, selectable=True))
        for part in parts_of(found):
            self._add(_PartView(part))
        self._add(Label(self.tr("What this cannot prove"), role="strong"))
        self._add(Label(found.cannot_prove, tone="muted", wrap=True, selectable=True))
        self._column.addStretch(1)
        self._enable(True)

    def _add(self, widget: QWidget) -> None:
        self._column.addWidget(widget)
        widget.show()

    def _enable(self, on: bool) -> None:
        for button in (self.copy, self.save, self.refresh):
            button.setEnabled(on)

    def _look_again(self) -> None:
        self.show_waiting()
        self.again.emit()

    def _copy(self) -> None:
        if self._report is not None:
            QGuiApplication.clipboard().setText(markdown(self._report))
            self._lead.setText(self.tr("The report is on the clipboard."))

    def text(self) -> str:
        """The report as Markdown; "" before there is one."""
        return "" if self._report is None else markdown(self._report)

    def say(self, words: str) -> None:
        """A short word at the top, such as where it was saved."""
        self._lead.setText(words)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("md")
        dialog.setNameFilter(self.tr("Markdown (*.md)"))
        dialog.fileSelected.connect(lambda path: self.save_wanted.emit(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self) -> None:
        self.accept()
        self.wanted.emit()


class _PartView(QWidget):
    """A titled part: names at the left, figures at the right, hairlines between."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.addWidget(Label(part.title, role="strong"), 0, 0, 1, 2)
        row = 1
        for line in part.lines:
            grid.addWidget(Label(line.name, wrap=True, selectable=True), row, 0)
            grid.addWidget(Label(line.value), row, 1, _RIGHT)
            if line.note:
                row += 1
                grid.addWidget(Label(line.note, role="caption", tone="muted", wrap=True), row, 0, 1, 2)
            row += 1
