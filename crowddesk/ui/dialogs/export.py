"""Exports a run from the window: wires the dialog that asks to the threads that count, read and write."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDir, QObject, Qt
from PySide6.QtWidgets import QWidget

from crowddesk.domain import Cancelled, CrowdDeskError
from crowddesk.ui.dialogs.export_asked import ExportDialog, ExportFacts, ExportValue
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import show_error
from crowddesk.ui.words import count_text

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.export import Exported, Waiting, Wanted


class _Export(QObject):
    """Wires one dialog to the jobs thread."""

    def __init__(self, session: Session, window: QWidget, run_id: int, masks: Sequence[str]) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._run_id = run_id
        self._masks = masks
        self._dialog: ExportDialog | None = None
        self._job: Job | None = None
        self._count: Job | None = None
        session.ask(lambda conn: _facts(conn, run_id), self._open, self._fail)

    def _open(self, facts: ExportFacts) -> None:
        folder = Path(self._session.load("export.folder", "") or QDir.homePath())
        self._dialog = dialog = ExportDialog(
            facts,
            folder if folder.is_dir() else Path.home(),
            f"run-{self._run_id}",
            self._window,
            masks=self._masks,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self._write)
        dialog.stopped.connect(self._stop)
        dialog.count_wanted.connect(self._ask_count)
        dialog.manifest_chosen.connect(self._ask_manifest)
        dialog.finished.connect(self._end)
        dialog.open()

    # ------------------------------------------------------------------------------------------ counting

    def _ask_count(self, value: ExportValue) -> None:
        if self._count is not None:
            self._count.cancel()
        wanted = value.wanted(self._run_id)

        def count(db: CrowdDatabase, job: Job) -> Waiting:
            from crowddesk.operations import export

            # Whatever the file will be called: its format changes no number.
            return export.count_waiting(db, dataclasses.replace(wanted, format=".csv"))

        self._count = self._session.run_job(count, self._take_count, self._take_fault)

    def _take_count(self, waiting: Waiting) -> None:
        if self._dialog is not None:
            self._dialog.show_count(waiting)

    def _take_fault(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, CrowdDeskError):
            raise error
        if self._dialog is not None:
            self._dialog.show_fault(str(error))

    # ------------------------------------------------------------------------------------ and once again

    def _ask_manifest(self, path: Path) -> None:
        def read(db: CrowdDatabase, job: Job) -> tuple[Path, Wanted]:
            from crowddesk.operations import export
            from crowddesk.operations.export import manifest

            return path, export.read_like(db, manifest.read(path))

        self._session.run_job(read, self._take_manifest, self._fail_manifest)

    def _take_manifest(self, found: tuple[Path, Wanted]) -> None:
        path, wanted = found
        if self._dialog is None:
            return
        if wanted.run_id != self._run_id:
            self._dialog.set_problem(
                self.tr("{0} is of run {1}. Export it there.").format(path.name, wanted.run_id)
            )
            return
        self._dialog.take_manifest(path, wanted)

    def _fail_manifest(self, error: Exception) -> None:
        if self._dialog is not None and isinstance(error, CrowdDeskError):
            self._dialog.set_problem(str(error))

    # ------------------------------------------------------------------------------------------- writing

    def _write(self, value: ExportValue) -> None:
        run_id = self._run_id
        self._session.save("export.folder", str(value.path.absolute().parent))

        def work(db: CrowdDatabase, job: Job) -> Exported:
            from crowddesk.operations import export
            from crowddesk.operations.export import manifest

            if value.like is not None:
                return export.export_like(db, manifest.read(value.like), value.path, job.report)
            return export.export(db, value.wanted(run_id), value.path, job.report)

        self._job = self._session.run_job(work, self._done, self._fail, self._progress)

    def _progress(self, done: int, total: int) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(done, total)

    def _done(self, made: Exported) -> None:
        if self._dialog is not None:
            self._dialog.show_done(made)
        self._session.tell(
            "exports",
            self.tr("The export is done"),
            self.tr("{0} in {1}").format(count_text(made.rows, "row"), made.path.name),
            self._window.activateWindow,
        )

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
        if self._count is not None:
            self._count.cancel()
        self._dialog = None
        self.deleteLater()


def _facts(conn: Any, run_id: int) -> ExportFacts:
    """In the reader: the run's title and units, and the masks there are."""
    from crowddesk.domain import NotFound
    from crowddesk.operations.masks import DAMAGED, load_masks
    from crowddesk.store.queries import RUNS

    found = RUNS.rows(conn, [run_id])
    if not found:
        raise NotFound(f"There is no run {run_id}.")
    masks = sorted(name for name, mask in load_masks(conn).items() if mask is not DAMAGED)
    return ExportFacts(run_id, found[0].title, sum(found[0].units.values()), masks)


def open_export(session: Session, window: QWidget, run_id: int, *, masks: Sequence[str] = ()) -> None:
    """Asks how to export a run, with these masks chosen, and does it. In the GUI thread; returns at once."""
    _Export(session, window, run_id, masks)
