"""Carries a run or a workspace from a dialog to the file that it names: what lies there, and the writing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from crowddesk.domain import Cancelled, CrowdDeskError, NotFound
from crowddesk.language import say
from crowddesk.ui.dialogs.to_file import ToFileDialog, look_at
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import show_error

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.store.queries import RunRow

#: The folder of the last file, among the window's kept values.
FOLDER = "export.folder"


class ToFile(QObject):
    """One dialog over one file; it ends with the dialog. Subclasses say what is read, asked and written."""

    #: The words over a failure before the dialog is there.
    FAILED = ""

    def __init__(self, session: Session, window: QWidget, run_id: int = 0) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._run_id = run_id
        self._dialog: Any = None
        self._job: Job | None = None
        self._stop_wanted = self._begun = threading.Event()
        db, kept = session.db, session.load(FOLDER, "")

        def read(_job: Job) -> tuple[Any, Path]:
            with db.read() as conn:
                facts = self.read(conn)
            return facts, _folder(kept)

        # A disk that sleeps keeps nobody waiting in the viewer's thread but pictures.
        session.threads.viewer.ask(read, self._open, self._fail)

    # --------------------------------------------------------------------------- said by each kind of file

    def read(self, conn: Any) -> Any:
        """In the viewer's thread: what the dialog must know."""
        raise NotImplementedError

    def make_dialog(self, facts: Any, folder: Path) -> ToFileDialog:
        raise NotImplementedError

    def write(self, db: CrowdDatabase, value: Any, report: Callable[[int, int], None]) -> Any:
        """In the jobs thread: what was made; `report` raises Cancelled."""
        raise NotImplementedError

    def show_made(self, made: Any) -> None:
        """Says it in the dialog, if that is still there, and to who looks elsewhere."""
        raise NotImplementedError

    # -------------------------------------------------------------------------------------------- inside

    def _open(self, found: tuple[Any, Path]) -> None:
        self._dialog = dialog = self.make_dialog(*found)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.look_wanted.connect(self._look)
        dialog.wanted.connect(self._write)
        dialog.stopped.connect(self._stop)
        dialog.finished.connect(self._end)
        dialog.open()

    def _look(self, path: Path) -> None:
        self._session.threads.viewer.ask(lambda job: look_at(path), self._show_place)

    def _show_place(self, place: Any) -> None:
        if self._dialog is not None:
            self._dialog.show_place(place)

    def _write(self, value: Any) -> None:
        self._session.save(FOLDER, str(value.path.absolute().parent))
        stop_wanted = self._stop_wanted = threading.Event()
        begun = self._begun = threading.Event()

        def work(db: CrowdDatabase, job: Job) -> Any:
            begun.set()

            def report(done: int, total: int) -> None:
                if stop_wanted.is_set():
                    raise Cancelled(say("Cancelled."))
                job.report(done, total)

            return self.write(db, value, report)

        self._job = self._session.run_job(work, self.show_made, self._fail, self._progress)

    def _progress(self, done: int, total: int) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(done, total)

    def _fail(self, error: Exception) -> None:
        if self._dialog is None:
            show_error(self._window, self.FAILED, error)
            self.deleteLater()
        elif isinstance(error, Cancelled):
            self._dialog.show_failure(self.tr("Cancelled: nothing was written."))
        elif isinstance(error, CrowdDeskError):
            self._dialog.show_failure(str(error))
        else:
            self._dialog.show_failure(self.tr("Nothing was written."))
            raise error

    def _stop(self) -> None:
        """Asks it to end; a cancelled job would not answer, and what it has written must be said."""
        self._stop_wanted.set()
        if self._job is not None and not self._begun.is_set():
            self._job.cancel()  # it waits behind another one
            self._fail(Cancelled(say("Cancelled.")))

    def _end(self) -> None:
        self._dialog = None
        self.deleteLater()


def find_run(conn: Any, run_id: int) -> RunRow:
    """The run's row. Raises NotFound."""
    from crowddesk.store.queries import RUNS

    found = RUNS.rows(conn, [run_id])
    if not found:
        raise NotFound(say("There is no run {run}.", run=run_id))
    row: RunRow = found[0]
    return row


def _folder(kept: Any) -> Path:
    """The folder of the last file if it is still there, else one's own."""
    try:
        if kept and isinstance(kept, str) and Path(kept).is_dir():
            return Path(kept)
    except OSError:
        pass  # a place that is not to be reached now
    return Path.home()
