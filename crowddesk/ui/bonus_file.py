"""Opens a file of bonuses for a run: checked in a job, recorded by the desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from crowddesk.domain import CrowdDeskError
from crowddesk.ui.dialogs.bonus_file import BonusFileDialog
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import Recorder, environment_of
from crowddesk.ui.words import count_text

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.bonus_file import CheckedBonuses
    from crowddesk.operations.decisions import Decided
    from crowddesk.store.queries import RunRow

    _Asked = tuple[str, str, str]


class BonusFile(QObject):
    """One dialog over one run; it ends with the dialog."""

    def __init__(self, session: Session, window: MainWindow, run: RunRow) -> None:
        environment = environment_of(run.provider_type, run.sandbox)
        self.dialog = BonusFileDialog(run.id, run.title, environment, window)
        super().__init__(self.dialog)
        self._session, self._window, self._run = session, window, run
        self._job: Job | None = None
        self._asked: _Asked = ("", "", "")
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.check_wanted.connect(self._check)
        self.dialog.accepted.connect(self._record)

    def _check(self, *asked: str) -> None:
        if self._job is not None:
            self._job.cancel()  # of a file that stands there no more
        path, reason, batch = self._asked = (asked[0], asked[1], asked[2])
        run = self._run

        def work(db: CrowdDatabase, job: Job) -> CheckedBonuses:
            from crowddesk.operations.bonus_file import MOST_ROWS, check_bonuses

            return check_bonuses(
                db,
                Path(path),
                requester_id=run.requester_id,
                run_id=run.id,
                reason=reason,
                batch=batch,
                progress=lambda rows: job.report(rows, MOST_ROWS),
            )

        self._job = self._session.run_job(work, self._show, self._fail)

    def _show(self, checked: CheckedBonuses) -> None:
        self.dialog.show_checked(self._asked, checked)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CrowdDeskError):
            raise error
        self.dialog.show_failure(self._asked, str(error))

    def _record(self) -> None:
        checked, after = self.dialog.value(), self._session.send_after(self._run.sandbox)

        def record(db: Any) -> Decided:
            from crowddesk.operations.bonus_file import record_bonuses

            return record_bonuses(db, checked, send_after=after)

        Recorder(self._session, self._window, self._window.toast).record(
            record,
            lambda count: self.tr("{0} recorded").format(count_text(count, "bonus", "bonuses")),
            noun="worker",
            leaves=after is not None,
        )


def open_bonus_file(session: Session, window: MainWindow, run: RunRow) -> BonusFile:
    """Asks for a file of bonuses of a run."""
    made = BonusFile(session, window, run)
    made.dialog.open()
    return made
