"""What vendors soon approve by themselves: read for Home, and told before it passes, once a run and day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from crowddesk.domain import now
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.session import Session
from crowddesk.ui.words import SOON, count_text, exact_time, relative_time

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.store.queries import RunDeadlines

#: The answers whose deadline is near, as a search.
SEARCH: Final = "status:completed pending:none due:3d"
_AGAIN_MS: Final = 30 * 60_000
_SHOWN_MS: Final = 20_000
_KEPT: Final = "deadlines.told"


def read_deadlines(conn: Connection) -> Sequence[RunDeadlines]:
    """In the reader: the runs with undecided answers whose deadline is near, the soonest first."""
    from crowddesk.store.queries import deadlines

    return deadlines(conn, SOON).runs


def deadline_words(run: RunDeadlines) -> str:
    """How many: "12 answers are approved by themselves within 3 days"."""
    verb = "is approved by itself" if run.units == 1 else "are approved by themselves"
    return f"{count_text(run.units, 'answer')} {verb} within 3 days"


def soonest_words(run: RunDeadlines) -> str:
    """When the first of them is, as a sentence."""
    if run.soonest <= now():
        return f"The soonest was due {relative_time(run.soonest)}."
    return f"The soonest {relative_time(run.soonest)}, on {exact_time(run.soonest)[:16]}."


def leads_to(run: RunDeadlines) -> tuple[int, str, str]:
    """Those answers, the soonest first, as the page of runs takes it."""
    return run.run_id, SEARCH, "due"


class Teller(Protocol):
    """Says something outside the window; `taken` hears of a click on it."""

    def say(self, title: str, words: str, taken: Callable[[], object]) -> bool:
        """False where the platform has no way to."""


class Tray(QObject):
    """Notifications of the system, through an icon that is there only while one is shown."""

    clicked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None
        self._taken: Callable[[], object] | None = None
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.setInterval(_SHOWN_MS)
        self._gone.timeout.connect(self._leave)

    def say(self, title: str, words: str, taken: Callable[[], object]) -> bool:
        """Shows a notification for a while. False where the platform has none."""
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return False
        if self._icon is None:
            self._icon = QSystemTrayIcon(QGuiApplication.windowIcon(), self)
            self._icon.messageClicked.connect(self._take)
        self._taken = taken
        self._icon.show()
        self._icon.showMessage(title, words, QGuiApplication.windowIcon(), _SHOWN_MS)
        self._gone.start()
        return True

    def _take(self) -> None:
        if self._taken is not None:
            self._taken()

    def _leave(self) -> None:
        if self._icon is not None:
            self._icon.hide()


class DeadlineWatch(QObject):
    """Tells of near deadlines, each run once a day: by the system where it can, else on top of the window."""

    def __init__(self, session: Session, window: MainWindow, teller: Teller | None = None) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._teller: Teller = teller or Tray(self)
        self._near: list[RunDeadlines] = []
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._read)
        self._again.start()
        session.needs_changed.connect(self._hear_first)
        self._heard = False

    def _hear_first(self, _needs: object) -> None:
        """Deadlines are weeks away when they come into being: after the start the timer is enough."""
        if not self._heard:
            self._heard = True
            self._read()

    def _read(self) -> None:
        self._session.ask(read_deadlines, self._tell)

    def _tell(self, found: Sequence[RunDeadlines]) -> None:
        today = f"{now().astimezone():%Y-%m-%d}"
        kept: Any = self._session.load(_KEPT, {})
        told = {run: day for run, day in kept.items() if day == today} if isinstance(kept, dict) else {}
        near = [run for run in found if str(run.run_id) not in told]
        if not near:
            return  # what was told before still leads to its runs
        self._near = near
        self._session.save(_KEPT, told | {str(run.run_id): today for run in near})
        first = self._near[0]
        title = first.title if len(self._near) == 1 else self.tr("Near deadlines")
        words = f"{deadline_words(first)}. {soonest_words(first)}"
        if len(self._near) > 1:
            answers = sum(run.units for run in self._near)
            words = self.tr("In {0}, {1} are approved by themselves within 3 days. {2}").format(
                count_text(len(self._near), "run"), count_text(answers, "answer"), soonest_words(first)
            )
        if not self._teller.say(title, words, self._lead):
            self._window.banner.say(
                f"{title}: {words}", tone="warning", action=self.tr("Show them"), take=self._lead
            )

    def _lead(self) -> None:
        self._window.banner.hide()
        self._window.activateWindow()
        if len(self._near) == 1:
            self._session.wanted.emit("runs", leads_to(self._near[0]))
        else:
            self._session.wanted.emit("units", SEARCH)
