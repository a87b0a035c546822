"""Exports a run from the window: wires the dialog that asks to the threads that count, read and write."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from crowddesk.domain import Cancelled, CrowdDeskError
from crowddesk.language import say_count
from crowddesk.ui.dialogs.export_asked import ExportDialog, ExportFacts, ExportValue
from crowddesk.ui.session import Session
from crowddesk.ui.to_file import ToFile, find_run

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.export import Exported, Waiting, Wanted


class _Export(ToFile):
    """Counts what is chosen, reads manifests, and writes."""

    def __init__(self, session: Session, window: QWidget, run_id: int, masks: Sequence[str]) -> None:
        self.FAILED = self.tr("This run was not exported")
        self._masks = masks
        self._count: Job | None = None
        super().__init__(session, window, run_id)

    def read(self, conn: Any) -> ExportFacts:
        from crowddesk.operations.masks import DAMAGED, load_masks

        run = find_run(conn, self._run_id)
        masks = sorted(name for name, mask in load_masks(conn).items() if mask is not DAMAGED)
        return ExportFacts(run.id, run.title, sum(run.units.values()), masks)

    def make_dialog(self, facts: ExportFacts, folder: Path) -> ExportDialog:
        name = f"run-{self._run_id}"
        dialog = ExportDialog(facts, folder, name, self._window, masks=self._masks)
        dialog.count_wanted.connect(self._ask_count)
        dialog.manifest_chosen.connect(self._ask_manifest)
        return dialog

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

    def write(self, db: CrowdDatabase, value: ExportValue, report: Callable[[int, int], None]) -> Exported:
        from crowddesk.operations import export
        from crowddesk.operations.export import manifest

        if value.like is not None:
            return export.export_like(db, manifest.read(value.like), value.path, report)
        return export.export(db, value.wanted(self._run_id), value.path, report)

    def show_made(self, made: Exported) -> None:
        if self._dialog is not None:
            self._dialog.show_done(made)
        self._session.tell(
            "exports",
            self.tr("The export is done"),
            self.tr("{0} in {1}").format(say_count("%n rows", "%n row", made.rows), made.path.name),
            self._window.activateWindow,
        )

    def _end(self) -> None:
        if self._count is not None:
            self._count.cancel()
        super()._end()


def open_export(session: Session, window: QWidget, run_id: int, *, masks: Sequence[str] = ()) -> None:
    """Asks how to export a run, with these masks chosen, and does it. In the GUI thread; returns at once."""
    _Export(session, window, run_id, masks)
