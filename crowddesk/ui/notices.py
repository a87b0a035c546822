"""What should reach a person who is elsewhere: told by the system, gathered, quiet while they look here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from crowddesk.domain import now
from crowddesk.language import number_text, say_count
from crowddesk.ui.deadlines import SEARCH, deadline_words, leads_to, read_deadlines, soonest_words
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.words import SOON, relative_time

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.store.appeals import Appeal
    from crowddesk.store.queries import Needs, RunDeadlines
    from crowddesk.store.queries.standing import RunStanding

_AGAIN_MS: Final = 30 * 60_000
_SHOWN_MS: Final = 20_000
_LOOK_MS: Final = 2_000
#: What comes within this time is told together, and between two tellings there is at least a minute.
_GATHER_MS: Final = 3_000
_BETWEEN_MS: Final = 60_000
_MOST_LINES: Final = 4
_KEPT: Final = "deadlines.told"
_KEPT_APPEALS: Final = "appeals.told"
#: What is too important to be lost where the system cannot tell it.
_IMPORTANT: Final = frozenset({"deadlines", "needs_you", "appeals"})


class Teller(Protocol):
    """Says something outside the window; `taken` hears of a click on it."""

    def say(self, title: str, words: str, taken: Callable[[], object]) -> bool:
        """False where the platform has no way to."""


class Tray(QObject):
    """Notifications of the system, through an icon that is there only while one is shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None
        self._taken: Callable[[], object] | None = None
        self._gone = make_one_shot(self, _SHOWN_MS, self._leave)

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


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell. `kind` is its switch in the settings, `show` what a click leads to."""

    kind: str
    title: str
    words: str
    show: Callable[[], object]


class Notices(QObject):
    """Watches a workspace for its person. Other parts tell through `session.tell`."""

    told = Signal(str, str)

    def __init__(self, session: Session, window: MainWindow, teller: Teller | None = None) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._teller: Teller = teller or Tray(self)
        self._waiting: list[Notice] = []
        self._doubts: int | None = None
        self._budgets: frozenset[int] | None = None
        self._open_runs: dict[int, int] | None = None
        self._since = QElapsedTimer()
        self._gather = make_one_shot(self, _GATHER_MS, self._tell)
        self._look = make_one_shot(self, _LOOK_MS, self._read_runs)
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.read_deadlines)
        self._again.start()
        session.needs_changed.connect(self._hear_needs)
        session.changed.connect(self._hear)
        session.told.connect(self._take)
        self._look.start()
        if session.needs is not None:
            self._hear_needs(session.needs)

    # ------------------------------------------------------------------------------------------- telling

    def _take(self, kind: str, title: str, words: str, show: object) -> None:
        if callable(show):
            self.tell(Notice(kind, title, words, show))

    def tell(self, notice: Notice) -> None:
        """Tells it soon, unless it is switched off or its person is looking at the window anyway."""
        if not getattr(self._session.settings.notifications, notice.kind, True):
            return
        if self.in_front():
            if notice.kind == "deadlines":  # Home may not be what is looked at
                self._say_in_window(notice)
            return
        self._waiting.append(notice)
        if not self._gather.isActive():
            passed = self._since.elapsed() if self._since.isValid() else _BETWEEN_MS
            self._gather.start(max(_GATHER_MS, _BETWEEN_MS - int(passed)))

    def in_front(self) -> bool:
        """Whether one of our windows has the keyboard."""
        return QGuiApplication.focusWindow() is not None

    def _tell(self) -> None:
        notices, self._waiting = self._waiting, []
        if not notices or self.in_front():
            return  # they came back in the meantime: the window shows it
        self._since.start()
        if len(notices) == 1:
            title, words, show = notices[0].title, notices[0].words, notices[0].show
        else:
            title = self.tr("{0} in CrowdDesk").format(say_count("%n messages", "%n message", len(notices)))
            lines = [notice.title for notice in notices[:_MOST_LINES]]
            more = len(notices) - _MOST_LINES
            words = "\n".join(
                [*lines, *([self.tr("and {0} more").format(number_text(more))] if more > 0 else [])]
            )
            alike = len({notice.kind for notice in notices}) == 1
            show = notices[0].show if alike else partial(self._session.wanted.emit, "home", None)
        if self._teller.say(title, words, partial(self._lead, show)):
            self.told.emit(title, words)
            return
        for notice in notices:
            if notice.kind in _IMPORTANT:
                self._say_in_window(notice)
                break

    def _say_in_window(self, notice: Notice) -> None:
        self._window.banner.say(
            f"{notice.title}: {notice.words}",
            tone="warning",
            action=self.tr("Show"),
            take=partial(self._lead, notice.show),
        )

    def _lead(self, show: Callable[[], object]) -> None:
        self._window.banner.hide()
        if self._window.isMinimized():
            self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        show()

    def _lead_to(self, page: str, what: Any) -> Callable[[], object]:
        return partial(self._session.wanted.emit, page, what)

    # ------------------------------------------------------------------------------- doubts and budgets

    def _hear_needs(self, needs: Needs) -> None:
        first = self._doubts is None
        new = 0 if self._doubts is None else needs.needs_you_count - self._doubts
        self._doubts = needs.needs_you_count
        if new > 0:
            kinds = {row.kind for row in needs.needs_you}
            payments = kinds <= {"bonus", "approve"}
            self.tell(
                Notice(
                    "needs_you",
                    say_count("%n payments in doubt", "%n payment in doubt", new)
                    if payments
                    else say_count("%n actions in doubt", "%n action in doubt", new),
                    self.tr("The vendor cannot tell what became of it. Look there, then say what you found."),
                    self._lead_to("payments", "state:needs_you"),
                )
            )
        known, near = self._budgets, {run.id: run for run in needs.budgets}
        self._budgets = frozenset(near)
        for run_id in near.keys() - known if known is not None else ():
            self.tell(
                Notice(
                    "budgets",
                    self.tr("“{0}” has nearly used its budget").format(near[run_id].title),
                    self.tr("Nine tenths of its cap are spent or reserved."),
                    self._lead_to("runs", run_id),
                )
            )
        if first:  # deadlines are weeks away when they come into being: after the start the timer is enough
            self.read_deadlines()

    # --------------------------------------------------------------------------------------------- runs

    def _hear(self, table: str, _ids: object) -> None:
        if table in ("unit", "task_run") and not self._look.isActive():
            self._look.start()

    def _read_runs(self) -> None:
        known = frozenset(run for run, left in (self._open_runs or {}).items() if left)

        def read(conn: Connection) -> list[RunStanding]:
            from crowddesk.store.queries.standing import standing

            return standing(conn, known)

        self._session.ask(read, self._compare_runs)

    def _compare_runs(self, runs: list[RunStanding]) -> None:
        before, self._open_runs = self._open_runs, {run.run_id: run.open for run in runs}
        for run in runs if before is not None else ():
            if run.is_answered and (before or {}).get(run.run_id, 0):
                self.tell(
                    Notice(
                        "runs",
                        self.tr("“{0}” is answered").format(run.title),
                        self.tr("{0} for review.").format(
                            say_count("%n answers wait", "%n answer waits", run.waiting)
                        )
                        if run.waiting
                        else self.tr("Nothing waits for you."),
                        self._lead_to("runs", run.run_id),
                    )
                )

    # ---------------------------------------------------------------------------- deadlines and appeals

    def read_deadlines(self) -> None:
        """Looks for deadlines that are near: of the vendors' own approval, and of answers to appeals."""
        self._session.ask(read_deadlines, self.tell_deadlines)
        self._session.ask(_read_appeals, self.tell_appeals)

    def tell_deadlines(self, found: Sequence[RunDeadlines]) -> None:
        """Tells of each run once a day."""
        new = self._once_a_day(_KEPT, (run.run_id for run in found))
        near = [run for run in found if run.run_id in new]
        if not near:
            return
        first = near[0]
        title, words = first.title, f"{deadline_words(first)}. {soonest_words(first)}"
        show = self._lead_to("runs", leads_to(first))
        if len(near) > 1:
            answers = sum(run.units for run in near)
            title, show = self.tr("Near deadlines"), self._lead_to("units", SEARCH)
            words = self.tr("In {0}, {1} are approved by themselves within 3 days. {2}").format(
                say_count("%n runs", "%n run", len(near)),
                say_count("%n answers", "%n answer", answers),
                soonest_words(first),
            )
        self.tell(Notice("deadlines", title, words, show))

    def tell_appeals(self, found: Sequence[Appeal]) -> None:
        """Tells of each objection once a day."""
        new = self._once_a_day(_KEPT_APPEALS, (appeal.id for appeal in found))
        near = [appeal for appeal in found if appeal.id in new]
        if not near:
            return
        soonest = min(appeal.answer_by for appeal in near if appeal.answer_by is not None)
        past = soonest <= now()
        words = self.tr("The first answer was due {0}.") if past else self.tr("The first answer is due {0}.")
        self.tell(
            Notice(
                "appeals",
                say_count("%n objections to be answered", "%n objection to be answered", len(near)),
                words.format(relative_time(soonest)),
                self._lead_to("units", "appeal:open"),
            )
        )

    def _once_a_day(self, kept_as: str, ids: Iterable[int]) -> frozenset[int]:
        """Those that were not told today; they are told now."""
        today = f"{now().astimezone():%Y-%m-%d}"
        kept: Any = self._session.load(kept_as, {})
        told = {name: day for name, day in kept.items() if day == today} if isinstance(kept, dict) else {}
        new = frozenset(i for i in ids if str(i) not in told)
        if new:
            self._session.save(kept_as, told | {str(i): today for i in new})
        return new


def _read_appeals(conn: Connection) -> list[Appeal]:
    from crowddesk.store.appeals import OPEN, appeals_of

    return appeals_of(conn, states=(OPEN,), due_by=now() + SOON)
