"""Opens a file of qualifications: checked in a job, recorded by the desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from crowddesk.domain import CrowdDeskError
from crowddesk.ui.dialogs.qualification_file import QualificationFileDialog
from crowddesk.ui.messages import Toast
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import Recorder
from crowddesk.ui.words import count_text

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.decisions import Decided
    from crowddesk.operations.qualification_file import CheckedQualifications


class QualificationFile(QObject):
    """One dialog; it ends with it."""

    def __init__(self, session: Session, window: QWidget, toast: Toast) -> None:
        self.dialog = QualificationFileDialog(window)
        super().__init__(self.dialog)
        self._session, self._window, self._toast = session, window, toast
        self._job: Job | None = None
        self._asked = ""
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.check_wanted.connect(self._check)
        self.dialog.accepted.connect(self._record)

    def _check(self, path: str) -> None:
        if self._job is not None:
            self._job.cancel()  # of a file that stands there no more
        self._asked = path

        def work(db: CrowdDatabase, job: Job) -> CheckedQualifications:
            from crowddesk.operations.qualification_file import MOST_ROWS, check_qualifications

            return check_qualifications(db, Path(path), progress=lambda rows: job.report(rows, MOST_ROWS))

        self._job = self._session.run_job(work, self._show, self._fail)

    def _show(self, checked: CheckedQualifications) -> None:
        self.dialog.show_checked(self._asked, checked)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CrowdDeskError):
            raise error
        self.dialog.show_failure(self._asked, str(error))

    def _record(self) -> None:
        checked = self.dialog.value()
        after = self._session.send_after(checked.sandbox)

        def record(db: Any) -> Decided:
            from crowddesk.operations.qualification_file import record_qualifications

            return record_qualifications(db, checked, send_after=after)

        Recorder(self._session, self._window, self._toast).record(
            record,
            lambda count: self.tr("{0} recorded").format(count_text(count, "qualification")),
            noun="worker",
            leaves=after is not None,
        )


def open_qualification_file(session: Session, window: QWidget, toast: Toast) -> QualificationFile:
    """Asks for a file of qualifications."""
    made = QualificationFile(session, window, toast)
    made.dialog.open()
    return made
