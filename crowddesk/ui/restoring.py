"""Carries a backup from its file to a folder: which file, what is in it, where to, and the restoring."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from crowddesk.domain import Cancelled, CrowdDeskError
from crowddesk.ui.dialogs.restore import RestoreDialog
from crowddesk.ui.folders import BACKUP_ENDING, free_folder
from crowddesk.ui.messages import ErrorDialog

if TYPE_CHECKING:
    from crowddesk.lanes import Job, WorkThread
    from crowddesk.operations.backup import BackupFacts


class Restoring(QObject):
    """One backup. `restored(folder)`: it is there, whole, and nobody has opened it; then `ended`.

    `ended` comes in any case, once, when there is nothing more to see. `place` is the folder to suggest.
    The work is done in `thread`; the window above need not have a workspace open.
    """

    restored = Signal(object)
    ended = Signal()

    def __init__(self, window: QWidget | None, thread: WorkThread, place: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._thread = thread
        self._place = place
        self._stop_wanted = threading.Event()
        self._path = Path()
        self._dialog: RestoreDialog | None = None

    def ask_file(self, folder: str = "") -> None:
        """Asks which file; then as `read`."""
        dialog = QFileDialog(self._window, self.tr("Restore a backup"), folder or QDir.homePath())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        filters = [self.tr("Backups") + f" (*{BACKUP_ENDING})", self.tr("All files") + " (*)"]
        dialog.setNameFilters(filters)
        dialog.fileSelected.connect(self._take_name)
        dialog.rejected.connect(self._end)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_name(self, name: str) -> None:
        self.read(Path(name))

    def read(self, path: Path) -> None:
        """Shows what is in a backup, and restores it where one says."""
        place = self._place
        self._path = path

        def look(_job: Job) -> tuple[BackupFacts, Path]:
            from crowddesk.operations.backup import read_backup

            return read_backup(path), free_folder(place)

        self._thread.ask(look, self._show, self._fail_to_read)

    def _show(self, found: tuple[BackupFacts, Path]) -> None:
        facts, place = found
        self._dialog = dialog = RestoreDialog(self._path.name, facts, place, self._thread, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self._restore)
        dialog.stopped.connect(self._stop)
        dialog.rejected.connect(self._end)
        dialog.open()

    def _fail_to_read(self, error: Exception) -> None:
        if not isinstance(error, CrowdDeskError):
            self._end()
            raise error
        dialog = ErrorDialog.of(self.tr("This backup cannot be restored"), error, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._end)
        dialog.open()

    def _restore(self, folder: Path) -> None:
        path = self._path
        self._stop_wanted = stop_wanted = threading.Event()

        def restore(job: Job) -> Path:
            from crowddesk.operations.backup import restore_backup

            def is_cancelled() -> bool:
                return stop_wanted.is_set() or job.cancelled

            restore_backup(path, folder, progress=job.report, cancelled=is_cancelled)
            return folder

        self._thread.ask(restore, self._finish, self._fail, self._progress)

    def _stop(self) -> None:
        """Asks it to end; a cancelled job would not answer."""
        self._stop_wanted.set()

    def _progress(self, done: int, total: int) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(done, total)

    def _finish(self, folder: Path) -> None:
        dialog, self._dialog = self._dialog, None
        self.restored.emit(folder)
        if dialog is not None:
            dialog.accept()
        self._end()

    def _fail(self, error: Exception) -> None:
        if self._dialog is None:
            return
        if isinstance(error, Cancelled):
            self._dialog.show_failure(self.tr("Cancelled: nothing was restored."))
        elif isinstance(error, CrowdDeskError):
            self._dialog.show_failure(str(error))
        else:
            self._dialog.show_failure(self.tr("Nothing was restored."))
            raise error

    def _end(self, _answer: Any = 0) -> None:
        self._dialog = None
        self.ended.emit()
        self.deleteLater()
