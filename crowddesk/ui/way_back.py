"""Leads back from a damaged database: a copy put back, what can still be read, a backup restored."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from crowddesk import paths
from crowddesk.domain import Cancelled, CrowdDeskError, now
from crowddesk.ui.damage import DATABASE, is_lost
from crowddesk.ui.dialogs.damaged import READ_OUT, DamagedDialog
from crowddesk.ui.restoring import Restoring

if TYPE_CHECKING:
    from crowddesk.lanes import Job, WorkThread
    from crowddesk.operations.backup import Copy, Saved


class WayBack(QObject):
    """The dialog over one damaged workspace. Its work is done in `thread`, which needs no workspace open.

    `mended(folder of the damaged file, None where it was lost)`: the workspace can be opened again;
    `restored(folder)`: another one was made of a backup; `left`: the dialog was closed and nothing was
    changed. `let_go` closes the workspace if it is open, before a copy takes the place of its file.
    """

    mended = Signal(object)
    restored = Signal(object)
    left = Signal()

    def __init__(
        self,
        window: QWidget,
        thread: WorkThread,
        folder: Path,
        faults: Sequence[str],
        let_go: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._thread = thread
        self._folder = folder
        self._faults = faults
        self._let_go = let_go
        self._lost = False
        self._dialog: DamagedDialog | None = None
        self._stop_wanted = threading.Event()

    def open(self) -> None:
        """Looks for copies, and shows the dialog."""
        folder = self._folder

        def look(_job: Job) -> tuple[Sequence[Copy], bool]:
            from crowddesk.operations.backup import copies_of

            return copies_of(folder), is_lost(folder)

        self._thread.ask(look, self._show, self._show_without)

    def _show_without(self, _error: Exception) -> None:
        self._show(((), False))

    def _show(self, found: tuple[Sequence[Copy], bool]) -> None:
        copies, self._lost = found
        self._dialog = dialog = DamagedDialog(
            self._folder, self._faults, copies, self._window, lost=self._lost
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.put_back_wanted.connect(self._put_back)
        dialog.save_wanted.connect(self._ask_target)
        dialog.restore_wanted.connect(self._restore)
        dialog.folder_wanted.connect(self._show_folder)
        dialog.stopped.connect(self._stop)
        dialog.rejected.connect(self._leave)
        dialog.open()

    def _leave(self) -> None:
        self._dialog = None
        self.left.emit()
        self.deleteLater()

    # -------------------------------------------------------------------------------------- putting back

    def _put_back(self, copy: Copy) -> None:
        folder = self._folder
        self._let_go()

        def work(_job: Job) -> Path:
            from crowddesk.operations.backup import put_back

            return put_back(folder, copy.path)

        self._ask(self.tr("The copy is being put back…"), work, self._end_put_back, can_stop=False)

    def _end_put_back(self, aside: Path) -> None:
        dialog, self._dialog = self._dialog, None
        self.mended.emit(None if self._lost else aside)
        if dialog is not None:
            dialog.accept()
        self.deleteLater()

    # -------------------------------------------------------------------------------------------- reading

    def _ask_target(self) -> None:
        name = f"{self._folder.name} {now().astimezone():%Y-%m-%d %H%M}.sqlite"
        dialog = QFileDialog(
            self._dialog, self.tr("Save what can still be read"), str(self._folder.parent / name)
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Databases") + " (*.sqlite)"])
        dialog.setDefaultSuffix("sqlite")
        dialog.fileSelected.connect(self._save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, name: str) -> None:
        folder, target = self._folder, Path(name)

        self._stop_wanted = stop_wanted = threading.Event()
        refusal = self.tr("Choose another name: this is the damaged file itself.")

        def work(job: Job) -> tuple[Saved, Copy]:
            from crowddesk.operations import backup

            if target.absolute().parent == folder and target.name.startswith(DATABASE):
                raise CrowdDeskError(refusal)
            saved = backup.save_readable(
                folder,
                target,
                progress=job.report,
                cancelled=lambda: stop_wanted.is_set() or job.cancelled,
            )
            return saved, backup.Copy(target, now(), READ_OUT, target.stat().st_size)

        self._ask(self.tr("Reading what can still be read…"), work, self._end_save)

    def _end_save(self, found: tuple[Saved, Copy]) -> None:
        if self._dialog is not None:
            self._dialog.show_saved(*found)

    # ---------------------------------------------------------------------------------------- other ways

    def _restore(self) -> None:
        restoring = Restoring(self._dialog, self._thread, paths.default_workspace(), self)
        restoring.restored.connect(self._take_restored)
        restoring.ask_file()

    def _take_restored(self, folder: Path) -> None:
        self.restored.emit(folder)

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    # -------------------------------------------------------------------------------------------- inside

    def _ask(
        self, words: str, work: Callable[[Job], Any], done: Callable[[Any], None], *, can_stop: bool = True
    ) -> None:
        if self._dialog is not None:
            self._dialog.show_working(words, can_stop=can_stop)
        self._thread.ask(work, done, self._fail, self._progress)

    def _stop(self) -> None:
        """Asks it to end; a cancelled job would not answer, and what it has written must be said."""
        self._stop_wanted.set()

    def _progress(self, done: int, total: int) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(done, total)

    def _fail(self, error: Exception) -> None:
        if self._dialog is None:
            return
        if isinstance(error, Cancelled):
            self._dialog.show_failure(self.tr("Cancelled: nothing was changed."))
        elif isinstance(error, CrowdDeskError):
            self._dialog.show_failure(str(error))
        else:
            self._dialog.show_failure(self.tr("Nothing was changed."))
            raise error
