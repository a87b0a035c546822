"""Exports a run: the format, the file, which units; then how far it is, and where the file lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDir, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from crowddesk.domain import Cancelled, CrowdDeskError
from crowddesk.ui.controls import Button, Check, Choice, Label, set_state
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.gauges import ProgressLine
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import show_error
from crowddesk.ui.words import count_text

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.export import Exported

_FORMATS = (("CSV table", ".csv"), ("Excel sheet", ".xlsx"), ("JSON lines", ".jsonl"))


@dataclass(frozen=True, slots=True)
class ExportValue:
    """Where to, in the format of the path's ending; `only_in` leaves out what is not in the data set."""

    path: Path
    only_in: bool


class ExportDialog(VerbDialog):
    """Asks where to. `wanted(value)` is emitted in place of `accepted`, and the dialog stays.

    Whoever writes calls `show_progress`, then `show_done` or `show_failure`. `stopped`: Cancel was pressed
    while it was being written.
    """

    wanted = Signal(object)
    stopped = Signal()

    def __init__(
        self, title: str, units: int, units_in: int, folder: Path, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"Export “{title}”", "", parent, width=520)
        self._units, self._units_in = units, units_in
        self._writing = False
        self._written: Path | None = None
        self.format = Choice()
        for words, ending in _FORMATS:
            self.format.addItem(f"{words} ({ending})", ending)
        self.format.setAccessibleName(self.tr("Format"))
        self.path = QLineEdit(str(folder / f"{name}.csv"))
        self.path.setAccessibleName(self.tr("File"))
        browse = Button(self.tr("Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        self._browse_button = browse
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        row.addWidget(browse)
        self.only_in = Check(self.tr("Only units that are in the data set"))
        self._note = Label(role="caption", tone="muted", wrap=True)
        self.progress = ProgressLine()
        self.progress.hide()
        self.show_folder = Button(self.tr("Show in folder"))
        self.show_folder.setAutoDefault(False)
        self.show_folder.clicked.connect(self._open_folder)
        self.show_folder.hide()
        self.add_left_button(self.show_folder)
        for words, field in ((self.tr("Format"), self.format), (self.tr("File"), self.path)):
            label = Label(words, role="caption", tone="muted")
            label.setBuddy(field)
            self.body.addWidget(label)
            if field is self.path:
                self.body.addLayout(row)
            else:
                self.body.addWidget(field)
        self.body.addSpacing(4)
        self.body.addWidget(self.only_in)
        self.body.addWidget(self._note)
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self.format.currentIndexChanged.connect(self._take_format)
        self.path.textChanged.connect(self._show)
        self.only_in.toggled.connect(self._show)
        self._show()
        self.path.setFocus()

    def value(self) -> ExportValue:
        return ExportValue(Path(self.path.text().strip()).expanduser(), self.only_in.isChecked())

    def check(self) -> str:
        text = self.path.text().strip()
        if not text:
            return self.tr("Name the file.")
        path = Path(text).expanduser()
        if path.suffix.lower() not in {ending for _, ending in _FORMATS}:
            return self.tr("{0} ends in none of .csv, .xlsx and .jsonl.").format(path.name)
        if path.is_dir():
            return self.tr("{0} is a folder: name a file in it.").format(path)
        if not path.absolute().parent.is_dir():
            return self.tr("There is no folder {0}.").format(path.absolute().parent)
        return ""

    def _take(self) -> None:
        if self._written is not None:
            self.accept()
            return
        problem = self.check()
        self.set_problem(problem)
        set_state(self.path, "wrong", bool(problem))
        if not problem:
            self._set_writing(True)
            self.wanted.emit(self.value())

    def reject(self) -> None:
        if self._writing:
            self.stopped.emit()
        else:
            super().reject()

    def show_progress(self, done: int, total: int) -> None:
        self.progress.set(done, total)
        self._note.setText(self.tr("{0} of {1} rows").format(f"{done:,}", f"{total:,}"))

    def show_done(self, path: Path, rows: int, damaged: int) -> None:
        """Says what was written, and where."""
        self._set_writing(False)
        self._written = path
        words = self.tr("{0} are in {1}.").format(count_text(rows, "row"), path)
        if damaged:
            words += self.tr(" {0} could not be read and went out as stored.").format(
                count_text(damaged, "unit")
            )
        self._note.setText(words)
        self._note.set_tone("warning" if damaged else "good")
        self.show_folder.show()
        self.cancel.hide()
        self.set_verb(self.tr("Close"))
        self.set_careful(False)
        self._enable(False)
        self.verb.setFocus()
        self._fit()

    def show_failure(self, sentence: str) -> None:
        """Says why nothing was written; everything can be changed and tried again."""
        self._set_writing(False)
        self._show()
        self.set_problem(sentence)

    def _set_writing(self, on: bool) -> None:
        self._writing = on
        self.progress.setVisible(on)
        self.progress.set(0, 1)
        self._enable(not on)
        self.verb.setEnabled(not on)
        self._fit()

    def _enable(self, on: bool) -> None:
        for widget in (self.format, self.path, self._browse_button, self.only_in):
            widget.setEnabled(on)

    def _show(self) -> None:
        path = Path(self.path.text().strip())
        for place, (_, ending) in enumerate(_FORMATS):
            if path.suffix.lower() == ending and self.format.currentIndex() != place:
                self.format.blockSignals(True)
                self.format.setCurrentIndex(place)
                self.format.blockSignals(False)
        count = self._units_in if self.only_in.isChecked() else self._units
        self.set_verb(self.tr("Export {0}").format(count_text(count, "unit")), count > 0)
        exists = path.is_file()
        self.set_careful(exists)  # Enter replaces no file
        self._note.setText(self.tr("{0} exists and will be replaced.").format(path.name) if exists else "")
        self._note.set_tone("warning" if exists else "muted")
        self.set_problem("")
        set_state(self.path, "wrong", False)

    def _take_format(self) -> None:
        text = self.path.text().strip()
        if text:
            self.path.setText(str(Path(text).with_suffix(self.format.currentData())))

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"), self.path.text())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{words} (*{ending})" for words, ending in _FORMATS])
        dialog.selectNameFilter(f"{_FORMATS[self.format.currentIndex()][0]} (*{self.format.currentData()})")
        dialog.setDefaultSuffix(self.format.currentData()[1:])
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # the dialog says so itself
        dialog.fileSelected.connect(self.path.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.absolute().parent)))


class _Export(QObject):
    """Wires one dialog to the jobs thread."""

    def __init__(self, session: Session, window: QWidget, run_id: int) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._run_id = run_id
        self._dialog: ExportDialog | None = None
        self._job: Job | None = None
        session.ask(lambda conn: _facts(conn, run_id), self._open, self._fail)

    def _open(self, found: tuple[str, int, int]) -> None:
        title, units, units_in = found
        folder = Path(self._session.load("export.folder", "") or QDir.homePath())
        name = f"run-{self._run_id}"
        self._dialog = dialog = ExportDialog(
            title, units, units_in, folder if folder.is_dir() else Path.home(), name, self._window
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self._write)
        dialog.stopped.connect(self._stop)
        dialog.finished.connect(self._end)
        dialog.open()

    def _write(self, value: ExportValue) -> None:
        run_id = self._run_id
        self._session.save("export.folder", str(value.path.absolute().parent))

        def work(db: CrowdDatabase, job: Job) -> Exported:
            from crowddesk.operations import export

            only = "in" if value.only_in else None
            wanted = export.Wanted(run_id, export.format_of(value.path), only=only)
            return export.export(db, wanted, value.path, job.report)

        assert self._dialog is not None
        self._job = self._session.run_job(work, self._done, self._fail, self._progress)

    def _progress(self, done: int, total: int) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(done, total)

    def _done(self, made: Exported) -> None:
        if self._dialog is not None:
            self._dialog.show_done(made.path, made.rows, len(made.damaged))

    def _fail(self, error: Exception) -> None:
        if self._dialog is not None and isinstance(error, Cancelled):
            self._dialog.show_failure(self.tr("Cancelled: nothing was written."))
        elif self._dialog is not None and isinstance(error, CrowdDeskError):
            self._dialog.show_failure(str(error))
        else:
            show_error(self._window, self.tr("This run was not exported"), error)
            self.deleteLater()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _end(self) -> None:
        self._dialog = None
        self.deleteLater()


def _facts(conn: Any, run_id: int) -> tuple[str, int, int]:
    """In the reader: the run's title, its units, and how many of them are in the data set."""
    from crowddesk.domain import NotFound
    from crowddesk.store.queries import RUNS, UNITS, Scope

    found = RUNS.rows(conn, [run_id])
    if not found:
        raise NotFound(f"There is no run {run_id}.")
    inside = UNITS.count(conn, UNITS.parse("data:in"), Scope(run_id=run_id))
    return found[0].title, sum(found[0].units.values()), inside


def open_export(session: Session, window: QWidget, run_id: int) -> None:
    """Asks how to export a run, and does it. In the GUI thread; returns at once."""
    _Export(session, window, run_id)
