"""Looks the database file over behind a window that is ready: once a day, and always after an unclean end."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QObject, Signal

from crowddesk.lanes import WorkThread
from crowddesk.ui.session import Session

if TYPE_CHECKING:
    from crowddesk.lanes import Job

logger = logging.getLogger(__name__)

#: The day of the last check, among the window's kept values.
_DAY = "check.day"


class StartCheck(QObject):
    """`damaged(sentences)` if something was found; a sound file gets the copy of the day instead.

    It has a thread of its own, for it reads the whole file; `stop` cancels it, and comes before the database
    is closed.
    """

    damaged = Signal(object)

    def __init__(self, session: Session, folder: Path, *, died: bool, parent: QObject) -> None:
        """`died`: the last window or command over this workspace did not end as it should."""
        super().__init__(parent)
        self._session = session
        self._folder = folder
        self._died = died
        self._thread = WorkThread("checking")

    def begin(self) -> None:
        """Checks, if it is time to."""
        if not self._died and self._session.load(_DAY, "") == _today():
            return
        self._thread.start()
        self._thread.ask(self._check, self._take, self._fail)

    def stop(self) -> None:
        """Ends it; safe to call twice."""
        self._thread.stop()

    def _check(self, job: Job) -> Sequence[str]:
        from crowddesk.operations import backup

        found = backup.check_file(self._folder, lambda: job.cancelled)
        if not found and not job.cancelled:  # cancelled, it has found nothing because it has not looked
            backup.keep_daily_copy(self._session.db, lambda: job.cancelled)
        return found

    def _take(self, found: Sequence[str]) -> None:
        if found:
            self.damaged.emit(found)
        else:
            self._session.keep(_DAY, _today())

    def _fail(self, error: Exception) -> None:
        """A check that cannot be made keeps nobody from working; it is made again at the next start."""
        logger.info("The database file could not be checked", exc_info=error)


def _today() -> str:
    return QDate.currentDate().toString("yyyy-MM-dd")
