"""Qualifications from a file: chosen, checked row by row, shown, then recorded."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.held_rows import HeldRows
from crowddesk.ui.rows import Column
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.table import RowsTable
from crowddesk.ui.words import count_text, vendor_name

if TYPE_CHECKING:
    from crowddesk.operations.qualification_file import CheckedQualifications, Row

_PAUSE_MS: Final = 300
_ROWS: Final = 8
_FAULTS: Final = 6
_LINE: Final = attrgetter("line")


class QualificationFileDialog(VerbDialog):
    """`check_wanted(path)` is to be answered by `show_checked` or `show_failure`."""

    check_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Qualifications from a file", "", parent, careful=True, width=720)
        self.setAcceptDrops(True)
        self._checked: CheckedQualifications | None = None
        self._failure = ""
        words = self.tr(
            "A CSV, TSV, JSON or XLSX file with the columns worker, qualification and value; an empty value "
            "revokes. A column provider tells apart people of one name. The same file is recorded once."
        )
        self.body.addWidget(Label(words, tone="muted", wrap=True))
        self._live = Label(tone="danger", wrap=True)
        self._live.setText(self.tr("LIVE: real people are told at their vendor."))
        self._live.hide()
        self.body.addWidget(self._live)
        label = Label(self.tr("File"), role="caption", tone="muted")
        self.path = QLineEdit()
        self.path.setAccessibleName(label.text())
        self.path.textChanged.connect(self._change)
        label.setBuddy(self.path)
        browse = Button(self.tr("Choose…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.path, 1)
        line.addWidget(browse)
        self.body.addWidget(label)
        self.body.addLayout(line)
        self._words = Label(wrap=True, selectable=True)
        self._faults = Label(tone="danger", wrap=True, selectable=True)
        self.body.addWidget(self._words)
        self.body.addWidget(self._faults)
        self._source = HeldRows(row_id=_LINE)
        self._model = RowsModel(_columns(), self._source, self, row_id=_LINE)
        self.table = RowsTable(self._model, name=self.tr("Qualifications"))
        self.table.setMinimumHeight(theme.px(34) + _ROWS * theme.row_height())
        self.table.set_empty_state(self.tr("No rows yet."), self.tr("Choose a file, or drop one here."))
        self.body.addWidget(self.table, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self._model.load()
        browse.setFocus()
        self._show()

    def _browse(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a file of qualifications"), "", "*.csv *.tsv *.json *.jsonl *.xlsx"
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
        self._source.rows = ()
        self._model.load()
        self._show()
        self._pause.start()

    def ask(self) -> None:
        """Has the file read as it is now."""
        if self._asked():
            self.check_wanted.emit(self._asked())

    def _asked(self) -> str:
        return self.path.text().strip()

    def show_checked(self, asked: str, checked: CheckedQualifications) -> None:
        """What the file would do; the answer to an earlier question is too late."""
        if asked == self._asked():
            self._checked, self._failure = checked, ""
            self._source.rows = checked.rows
            self.table.set_empty_state(self.tr("No row of this file can be used as it stands."))
            self._model.load()
            self._show()

    def show_failure(self, asked: str, sentence: str) -> None:
        """Why the file cannot be read."""
        if asked == self._asked():
            self._checked, self._failure = None, sentence
            self._show()

    def check(self) -> str:
        found = self._checked
        if not self._asked():
            return "Choose a file."
        if found is None:
            return self._failure or "The file is being read."
        if found.problems.errors:
            rows = count_text(found.problems.errors, "row")
            return f"{rows} cannot be used. Nothing is recorded until all can."
        if not found.new:
            return (
                "There is nothing to do: every row is so already." if found.rows else "The file has no rows."
            )
        return ""

    def _show(self) -> None:
        found, problem = self._checked, self.check()
        waits = found is None and not self._failure
        self._live.setVisible(found is not None and not found.sandbox and bool(found.new))
        if found is None:
            reading = waits and bool(self._asked())
            self._words.setText(self.tr("Reading the file…") if reading else "")
            self._faults.setText("")
            self.set_verb(self.tr("Record"), enabled=False)
        else:
            self._words.setText(_summary(found))
            self._faults.setText(_faults(found))
            self.set_verb(f"Record {len(found.new):,}" if found.new else self.tr("Record"), not problem)
        for label in (self._words, self._faults):
            label.setVisible(bool(label.text()))
        self.verb.setToolTip(problem)
        self.set_problem("" if waits else problem)

    def command_line(self) -> Sequence[str] | None:
        return ("qualify", "--file", str(Path(self._asked()).absolute())) if self._asked() else None

    def value(self) -> CheckedQualifications:
        """The checked file; call it only after `accepted`."""
        assert self._checked is not None
        return self._checked


def _summary(found: CheckedQualifications) -> str:
    parts = []
    if found.grants:
        parts.append(f"{found.grants:,} to grant")
    if found.revocations:
        parts.append(f"{found.revocations:,} to revoke")
    left = len(found.rows) - len(found.new)
    if left:
        parts.append(f"{left:,} so already or recorded before")
    words = [", ".join(parts) + "."] if parts else []
    if found.to_make:
        words.append(f"New here: {', '.join(found.to_make)}.")
    return " ".join(words)


def _faults(found: CheckedQualifications) -> str:
    errors = [str(problem) for problem in found.problems if problem.severity == "error"]
    more = found.problems.errors - len(errors[:_FAULTS])
    lines = [f"✕ {words}" for words in errors[:_FAULTS]]
    return "\n".join([*lines, f"and {more:,} more"] if more > 0 else lines)


def _now(row: Row) -> str:
    return "–" if row.before is None else str(row.before)


def _then(row: Row) -> str:
    if row.recorded and row.recorded != "cancelled":
        return f"recorded: {row.recorded.replace('_', ' ')}"
    if row.unchanged:
        return "as it is"
    return "revoke" if row.value is None else f"grant {row.value}"


def _columns() -> list[Column]:
    return [
        Column("line", "Line", lambda row: str(row.line), kind="number", width=60, muted=True),
        Column("worker", "Worker", lambda row: row.worker_name, kind="id", width=150, stretch=True),
        Column("vendor", "Vendor", lambda row: vendor_name(row.provider_type), width=140),
        Column("qualification", "Qualification", lambda row: row.qualification, width=140),
        Column("before", "Now", _now, kind="number", width=64),
        Column("then", "Then", _then, width=130),
    ]
