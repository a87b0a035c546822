"""Bonuses from a file: chosen, checked row by row, shown with their money, then recorded."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from crowddesk.domain import money_text
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.held_rows import HeldRows
from crowddesk.ui.rows import Column
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.table import RowsTable
from crowddesk.ui.words import count_text

if TYPE_CHECKING:
    from crowddesk.operations.bonus_file import CheckedBonuses, Row

_PAUSE_MS: Final = 400
_ROWS: Final = 8
_FAULTS: Final = 5
_LINE: Final = attrgetter("line")


class BonusFileDialog(VerbDialog):
    """`check_wanted(path, reason, batch)` is to be answered by `show_checked` or `show_failure`."""

    check_wanted = Signal(str, str, str)

    def __init__(self, run_id: int, title: str, environment: str, parent: QWidget | None = None) -> None:
        live = environment == "live"
        super().__init__(f"Pay bonuses for “{title}”", "", parent, careful=True, danger=live, width=720)
        self.setAcceptDrops(True)
        self._run_id = run_id
        self._checked: CheckedBonuses | None = None
        self._failure = ""
        if live:
            self.body.addWidget(Label("LIVE: this is real money.", tone="danger", wrap=True))
        self.body.addWidget(
            Label(
                self.tr(
                    "A CSV, TSV, JSON or XLSX file with the columns worker and amount, and reason or unit "
                    "where they differ. The same row is paid once, however often its file is read."
                ),
                tone="muted",
                wrap=True,
            )
        )
        self.path = self._field(self.tr("File"), "")
        browse = Button(self.tr("Choose…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.path, 1)
        line.addWidget(browse)
        self.reason = self._field(self.tr("Reason for rows without one"), "")
        self.batch = self._field(self.tr("Occasion"), self.tr("only where the same rows are paid once more"))
        for field, place in ((self.path, line), (self.reason, None), (self.batch, None)):
            label = Label(field.accessibleName(), role="caption", tone="muted")
            label.setBuddy(field)
            self.body.addWidget(label)
            if place is None:
                self.body.addWidget(field)
            else:
                self.body.addLayout(place)
        self._words = Label(wrap=True, selectable=True)
        self._faults = Label(tone="danger", wrap=True, selectable=True)
        self._source = HeldRows(row_id=_LINE)
        self._model = RowsModel(_columns(), self._source, self, row_id=_LINE)
        self.table = RowsTable(self._model, name=self.tr("Bonuses"))
        self.table.setMinimumHeight(theme.px(34) + _ROWS * theme.row_height())
        self.table.set_empty_state(self.tr("No rows yet."), self.tr("Choose a file, or drop one here."))
        for widget in (self._words, self._faults):
            self.body.addWidget(widget)
        self.body.addWidget(self.table, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self._model.load()
        browse.setFocus()
        self._show()

    def _field(self, name: str, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.textChanged.connect(self._change)
        return field

    # ------------------------------------------------------------------------------------------ the file

    def _browse(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a file of bonuses"), "", "*.csv *.tsv *.json *.jsonl *.xlsx"
        )
        if path:
            self.path.setText(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            self.path.setText(local[0])
            event.acceptProposedAction()

    def _change(self) -> None:
        self._checked, self._failure = None, ""
        self._show()
        self._pause.start()

    def ask(self) -> None:
        """Has the file read as it is now."""
        if self.path.text().strip():
            self.check_wanted.emit(*self._asked())

    def _asked(self) -> tuple[str, str, str]:
        return self.path.text().strip(), self.reason.text().strip(), self.batch.text().strip()

    def show_checked(self, asked: tuple[str, str, str], checked: CheckedBonuses) -> None:
        """What the file would pay; the answer to an earlier question is too late."""
        if asked == self._asked():
            self._checked, self._failure = checked, ""
            self._source.rows = checked.rows
            self.table.set_empty_state(self.tr("No row of this file can be paid as it stands."))
            self._model.load()
            self._show()

    def show_failure(self, asked: tuple[str, str, str], sentence: str) -> None:
        """Why the file cannot be read, or no fee is known."""
        if asked == self._asked():
            self._checked, self._failure = None, sentence
            self._source.rows = ()
            self._model.load()
            self._show()

    # ------------------------------------------------------------------------------------------- showing

    def check(self) -> str:
        found = self._checked
        if not self.path.text().strip():
            return "Choose a file."
        if found is None:
            return self._failure or "The file is being read."
        if found.problems.errors:
            rows = count_text(found.problems.errors, "row")
            return f"{rows} cannot be paid. Nothing is recorded until all can."
        if not found.new:
            return "Every row was recorded before." if found.rows else "The file has no rows."
        if found.over_budget:
            left = money_text(max(0, found.free or 0), found.currency)
            return f"With fees this is more than the {left} that the run’s budget has left."
        return ""

    def _show(self) -> None:
        found, problem = self._checked, self.check()
        waits = found is None and not self._failure
        if found is None:
            reading = waits and bool(self.path.text().strip())
            self._words.setText(self.tr("Reading the file…") if reading else "")
            self._faults.setText("")
            self.set_verb(self.tr("Pay"), enabled=False)
        else:
            self._words.setText(_summary(found))
            self._faults.setText(_faults(found))
            money = money_text(found.amount + found.fee, found.currency)
            words = f"Pay {len(found.new):,} · {money}" if found.new else self.tr("Pay")
            self.set_verb(words, not problem)
        for label in (self._words, self._faults):
            label.setVisible(bool(label.text()))
        self.verb.setToolTip(problem)
        self.set_problem("" if waits else problem)

    def command_line(self) -> Sequence[str] | None:
        path, reason, batch = self._asked()
        if not path:
            return None
        words = ["bonus", "--run", str(self._run_id), "--file", str(Path(path).absolute())]
        words += ["--reason", reason] if reason else []
        return words + (["--batch", batch] if batch else [])

    def value(self) -> CheckedBonuses:
        """The checked file; call it only after `accepted`."""
        assert self._checked is not None
        return self._checked


def _summary(found: CheckedBonuses) -> str:
    amount, fee = (money_text(part, found.currency) for part in (found.amount, found.fee))
    parts = [f"{count_text(len(found.new), 'bonus', 'bonuses')}: {amount} and a fee of {fee}."]
    before = len(found.rows) - len(found.new)
    if before:
        words = count_text(before, "row was recorded before and stays", "rows were recorded before and stay")
        parts.append(f"{words} out.")
    if found.problems.warnings:
        parts.append(f"{count_text(found.problems.warnings, 'row repeats', 'rows repeat')} another one.")
    return " ".join(parts)


def _faults(found: CheckedBonuses) -> str:
    errors = [str(problem) for problem in found.problems if problem.severity == "error"]
    more = found.problems.errors - len(errors[:_FAULTS])
    lines = [f"✕ {words}" for words in errors[:_FAULTS]]
    return "\n".join([*lines, f"and {more:,} more"] if more > 0 else lines)


def _columns() -> list[Column]:
    def money(row: Row) -> str:
        return money_text(row.bonus.amount, row.currency)

    return [
        Column("line", "Line", lambda row: str(row.line), kind="number", width=60, muted=True),
        Column("worker", "Worker", lambda row: row.worker_name, kind="id", width=170),
        Column("amount", "Amount", money, kind="money", width=100),
        Column("reason", "Reason", lambda row: row.bonus.reason, width=220, stretch=True),
        Column("recorded", "Recorded before", lambda row: row.recorded.replace("_", " "), width=130),
    ]
