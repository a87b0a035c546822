"""Opens a file of qualifications."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crowddesk.language import say_count
from crowddesk.ui.dialogs.qualification_file import QualificationFileDialog
from crowddesk.ui.dialogs.rows_file import Asked
from crowddesk.ui.messages import Toast
from crowddesk.ui.rows_file import RowsFile
from crowddesk.ui.session import Session

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.decisions import Decided
    from crowddesk.operations.qualification_file import CheckedQualifications


def _count_words(count: int) -> str:
    return say_count("%n qualifications", "%n qualification", count)


def open_qualification_file(session: Session, window: QWidget, toast: Toast) -> RowsFile:
    """Asks for a file of qualifications."""
    dialog = QualificationFileDialog(window)
    made = RowsFile(session, window, toast, dialog, _check, _record, _count_words)
    dialog.open()
    return made


def _check(db: CrowdDatabase, asked: Asked, job: Job) -> CheckedQualifications:
    from crowddesk.operations.qualification_file import MOST_ROWS, check_qualifications

    return check_qualifications(db, Path(asked[0]), progress=lambda rows: job.report(rows, MOST_ROWS))


def _record(db: CrowdDatabase, checked: CheckedQualifications, after: timedelta | None) -> Decided:
    from crowddesk.operations.qualification_file import record_qualifications

    return record_qualifications(db, checked, send_after=after)
