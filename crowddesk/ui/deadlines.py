"""What vendors soon approve by themselves: read for Home, and told before it passes, once a run and day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from crowddesk.domain import now
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.session import Session
from crowddesk.ui.words import count_text, exact_time, relative_time

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.store.queries import RunRow

#: The answers whose deadline is near, as a search.
SEARCH: Final = "status:completed due:3d"
_AGAIN_MS: Final = 30 * 60_000
_SHOWN_MS: Final = 20_000
_KEPT: Final = "deadlines.told"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A run with answers that its vendor approves by itself within three days; `soonest` is the first."""

    run: RunRow
    answers: int
    soonest: datetime

    @property
    def words(self) -> str:
        verb = "is approved by itself" if self.answers == 1 else "are approved by themselves"
        return f"{count_text(self.answers, 'answer')} {verb} within 3 days"

    @property
    def when(self) -> str:
        if self.soonest <= now():
            return f"The soonest was due {relative_time(self.soonest)}."
        return f"The soonest {relative_time(self.soonest)}, on {exact_time(self.soonest)[:16]}."

    @property
    def leads_to(self) -> tuple[int, str, str]:
        """Those answers, the soonest first, as the page of runs takes it."""
        return self.run.id, SEARCH, "due"


def read_deadlines(conn: Connection, runs: Sequence[RunRow]) -> list[Deadline]:
    """In the reader: which of these runs have answers with a near deadline, the soonest first."""
    from crowddesk.store.queries import UNITS, Scope, Sort

    search = UNITS.parse(SEARCH)
    found = []
    for run in runs:
        first = UNITS.first(conn, search, Scope(run_id=run.id), Sort("due"), limit=1)
        if first and first[0].decide_by is not None:
            answers = UNITS.count(conn, search, Scope(run_id=run.id))
            found.append(Deadline(run, answers, first[0].decide_by))
    return sorted(found, key=lambda deadline: deadline.soonest)


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
        self._near: list[Deadline] = []
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
        needs = self._session.needs
        if needs is not None and needs.review:
            runs = list(needs.review)
            self._session.ask(lambda conn: read_deadlines(conn, runs), self._tell)

    def _tell(self, found: list[Deadline]) -> None:
        today = f"{now().astimezone():%Y-%m-%d}"
        kept: Any = self._session.load(_KEPT, {})
        told = {run: day for run, day in kept.items() if day == today} if isinstance(kept, dict) else {}
        self._near = [deadline for deadline in found if str(deadline.run.id) not in told]
        if not self._near:
            return
        self._session.save(_KEPT, told | {str(deadline.run.id): today for deadline in self._near})
        first = self._near[0]
        title = first.run.title if len(self._near) == 1 else self.tr("Near deadlines")
        words = f"{first.words}. {first.when}"
        if len(self._near) > 1:
            answers = sum(deadline.answers for deadline in self._near)
            words = self.tr("In {0}, {1} are approved by themselves within 3 days. {2}").format(
                count_text(len(self._near), "run"), count_text(answers, "answer"), first.when
            )
        if not self._teller.say(title, words, self._lead):
            self._window.banner.say(
                f"{title}: {words}", tone="warning", action=self.tr("Show them"), take=self._lead
            )

    def _lead(self) -> None:
        self._window.banner.hide()
        self._window.activateWindow()
        if len(self._near) == 1:
            self._session.wanted.emit("runs", self._near[0].leads_to)
        else:
            self._session.wanted.emit("units", SEARCH)
