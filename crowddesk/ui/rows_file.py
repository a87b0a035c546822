"""Carries a file of rows from its dialog to the ledger: checked in a job, recorded by the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from crowddesk.domain import Cancelled, CrowdDeskError
from crowddesk.ui.dialogs.rows_file import Asked, RowsFileDialog
from crowddesk.ui.messages import Toast
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import Recorder

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.decisions import Decided


class RowsFile(QObject):
    """One dialog over a file; it ends with the dialog.

    `check(db, asked, job)` runs in a job, `record(db, checked, send_after)` in the desk's thread; `noun` is
    what is recorded, as (one, several).
    """

    def __init__(
        self,
        session: Session,
        window: QWidget,
        toast: Toast,
        dialog: RowsFileDialog,
        check: Callable[[CrowdDatabase, Asked, Job], Any],
        record: Callable[[CrowdDatabase, Any, timedelta | None], Decided],
        noun: Callable[[int], str],
    ) -> None:
        super().__init__(dialog)
        self.dialog = dialog
        self._session, self._window, self._toast = session, window, toast
        self._check_file, self._record_rows, self._noun = check, record, noun
        self._job: Job | None = None
        self._asked: Asked = ("",)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.check_wanted.connect(self._check)
        dialog.accepted.connect(self._record)

    def _check(self, asked: Asked) -> None:
        if self._job is not None:
            self._job.cancel()  # of a file that stands there no more
        self._asked = asked
        check = self._check_file
        self._job = self._session.run_job(lambda db, job: check(db, asked, job), self._show, self._fail)

    def _show(self, checked: Any) -> None:
        self.dialog.show_checked(self._asked, checked)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return  # a later question took its place
        if not isinstance(error, CrowdDeskError):
            raise error
        self.dialog.show_failure(self._asked, str(error))

    def _record(self) -> None:
        checked = self.dialog.value()
        after, record, noun = self._session.send_after(checked.sandbox), self._record_rows, self._noun
        Recorder(self._session, self._window, self._toast).record(
            lambda db: record(db, checked, after),
            lambda count: self.tr("{0} recorded").format(noun(count)),
            noun="worker",
            leaves=after is not None,
        )
