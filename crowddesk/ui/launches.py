"""Launches on their way: each is a job that a dialog, the list of runs and the run's own page may follow."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from crowddesk.domain import BadInput, Cancelled
from crowddesk.ui.session import Session

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.ui.dialogs.rehearse import RehearseValue

#: The sample task and the haste of the practice crowd when somebody only wants to watch.
_DEMO = ("follows", "provider.speed=6")


class Launch(QObject):
    """One launch on its way. `run_id` is None until its row exists; `loaded` of `units` are in the workspace.

    Signals, all in the GUI thread: `created(run id)`, `moved` when it got further, then one of `finished` and
    `failed(error)`, which is Cancelled when it was cancelled.
    """

    created = Signal(int)
    moved = Signal()
    finished = Signal()
    failed = Signal(object)
    _stored = Signal(int)

    def __init__(self, parent: QObject, run_id: int | None = None) -> None:
        super().__init__(parent)
        self.run_id = run_id
        self.loaded = 0
        self.units = 0
        self._job: Job | None = None
        self._stored.connect(self._note_run, Qt.ConnectionType.QueuedConnection)

    def start(
        self, session: Session, work: Callable[[CrowdDatabase, Job, Callable[[int], None]], Any]
    ) -> None:
        """Runs `work(db, job, created)` in the jobs thread."""
        created = self._stored.emit
        self._job = session.run_job(
            lambda db, job: work(db, job, created), self._end, self._fail, self._note_progress
        )

    def cancel(self) -> None:
        """Asks it to end; what is loaded stays, and the run a draft."""
        if self._job is not None:
            self._job.cancel()

    def _note_run(self, run_id: int) -> None:
        self.run_id = run_id
        self.created.emit(run_id)

    def _note_progress(self, loaded: int, units: int) -> None:
        self.loaded, self.units = loaded, units
        self.moved.emit()

    def _end(self, _result: object) -> None:
        self.finished.emit()

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)


class Launches(QObject):
    """All launches of this window; `of(session)` gives the one there is.

    Signals: `changed(run id)` when one begins, moves or ends; `failed(run id, error)` for those whose run
    exists (before that it is the dialog's to say).
    """

    changed = Signal(int)
    failed = Signal(int, object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._open: list[Launch] = []

    @staticmethod
    def of(session: Session) -> Launches:
        found = session.findChild(Launches)
        return found if isinstance(found, Launches) else Launches(session)

    def of_run(self, run_id: int) -> Launch | None:
        """The launch of this run that is on its way in this window."""
        return next((launch for launch in self._open if launch.run_id == run_id), None)

    def begin(self, sections: dict[str, Any], folder: Path) -> Launch:
        """Launches the run in these sections of a run file, whose paths are relative to `folder`."""

        def work(db: CrowdDatabase, job: Job, created: Callable[[int], None]) -> None:
            from crowddesk.operations import launch
            from crowddesk.operations.run_file import run_from_dict

            config = run_from_dict(sections, folder)
            launch.create_run(
                db, config, checking=lambda rows: job.report(0, 1), created=created, progress=job.report
            )

        return self._start(Launch(self), work)

    def begin_rehearsal(self, sections: dict[str, Any], folder: Path, how: RehearseValue) -> Launch:
        """Rehearses the run in these sections: the same one, at its vendor's stand-in."""

        def work(db: CrowdDatabase, job: Job, created: Callable[[int], None]) -> None:
            from crowddesk.operations import estimate, rehearsal
            from crowddesk.operations.run_file import run_from_dict

            config = run_from_dict(sections, folder)
            with contextlib.suppress(BadInput):  # shown as it will be; where nobody can yet, from here
                config, _ = estimate.decide_hosting(db, config)
            rehearsal.rehearse(
                db,
                config,
                people=how.people,
                bad_day=how.bad_day,
                speed=how.speed,
                created=created,
                checking=lambda rows: job.report(0, 1),
                progress=job.report,
            )

        return self._start(Launch(self), work)

    def begin_demo(self) -> Launch:
        """Launches the sample task, in a hurry, with the practice crowd."""

        def work(db: CrowdDatabase, job: Job, created: Callable[[int], None]) -> None:
            from crowddesk import paths
            from crowddesk.operations import launch
            from crowddesk.operations.run_file import load_run

            name, *overrides = _DEMO
            config = load_run(paths.resources_dir() / "tasks" / name / "run.yaml", overrides)
            launch.create_run(
                db, config, checking=lambda rows: job.report(0, 1), created=created, progress=job.report
            )

        return self._start(Launch(self), work)

    def resume(self, run_id: int) -> Launch:
        """Carries on with a run: loads what is missing, launches what was refused."""

        def work(db: CrowdDatabase, job: Job, created: Callable[[int], None]) -> None:
            from crowddesk.operations import launch

            launch.resume(db, run_id, progress=job.report)

        return self._start(Launch(self, run_id), work)

    def _start(self, launch: Launch, work: Callable[..., Any]) -> Launch:
        self._open.append(launch)
        launch.created.connect(self.changed)
        launch.moved.connect(lambda: self._tell(launch))
        launch.finished.connect(lambda: self._close(launch))
        launch.failed.connect(lambda error: self._fail(launch, error))
        launch.start(self._session, work)
        self._tell(launch)
        return launch

    def _tell(self, launch: Launch) -> None:
        if launch.run_id is not None:
            self.changed.emit(launch.run_id)

    def _fail(self, launch: Launch, error: Exception) -> None:
        self._close(launch)
        if launch.run_id is not None and not isinstance(error, Cancelled):
            self.failed.emit(launch.run_id, error)

    def _close(self, launch: Launch) -> None:
        self._open.remove(launch)
        self._tell(launch)
        launch.deleteLater()
