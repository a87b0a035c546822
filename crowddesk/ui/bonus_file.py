"""Opens a file of bonuses for a run."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crowddesk.language import say_count
from crowddesk.ui.dialogs.bonus_file import BonusFileDialog
from crowddesk.ui.dialogs.rows_file import Asked
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.rows_file import RowsFile
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import environment_of

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.bonus_file import CheckedBonuses
    from crowddesk.operations.decisions import Decided
    from crowddesk.store.queries import RunRow


def _count_words(count: int) -> str:
    return say_count("%n bonuses", "%n bonus", count)


def open_bonus_file(session: Session, window: MainWindow, run: RunRow) -> RowsFile:
    """Asks for a file of bonuses of a run."""
    environment = environment_of(run.provider_type, run.sandbox)
    dialog = BonusFileDialog(run.id, run.title, environment, window)
    check = partial(_check, run.requester_id, run.id)
    made = RowsFile(session, window, window.toast, dialog, check, _record, _count_words)
    dialog.open()
    return made


def _check(requester_id: int, run_id: int, db: CrowdDatabase, asked: Asked, job: Job) -> CheckedBonuses:
    from crowddesk.operations.bonus_file import MOST_ROWS, check_bonuses

    path, reason, batch = asked
    return check_bonuses(
        db,
        Path(path),
        requester_id=requester_id,
        run_id=run_id,
        reason=reason,
        batch=batch,
        progress=lambda rows: job.report(rows, MOST_ROWS),
    )


def _record(db: CrowdDatabase, checked: CheckedBonuses, after: timedelta | None) -> Decided:
    from crowddesk.operations.bonus_file import record_bonuses

    return record_bonuses(db, checked, send_after=after)
