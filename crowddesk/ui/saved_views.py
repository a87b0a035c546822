"""The saved views of whoever sits here, with how many rows each finds, kept up to date without haste."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from crowddesk.language import number_text
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.store.views import ViewRow

#: The list of a noun: its `Listing`, the page that shows it, and the tables whose changes it sums up.
LISTS: Final[dict[str, tuple[str, str, frozenset[str]]]] = {
    "units": ("UNITS", "units", frozenset({"unit", "tag", "appeal", "note"})),
    "runs": ("RUNS", "runs", frozenset({"task_run"})),
    "workers": ("WORKERS", "workers", frozenset({"worker", "block", "tag", "granted_qualification", "note"})),
    "actions": ("ACTIONS", "payments", frozenset({"vendor_action"})),
    "requesters": ("REQUESTERS", "requesters", frozenset({"requester"})),
}
#: What a count is where it would take too long, and where the search cannot be read.
MANY: Final = -1
UNREADABLE: Final = -2
_LONGEST_S: Final = 1.5
_PAUSE_MS: Final = 2_000
_MOST_PAUSE_MS: Final = 60_000
_TABLE: Final = "saved_view"

Key = tuple[str, str]


def count_words(count: int | None) -> str:
    """A count as it stands beside a name: the number, "…" until it is known, "many" where that takes long."""
    if count is None:
        return "…"
    return {MANY: "many", UNREADABLE: "?"}.get(count, number_text(count))


class SavedViews(QObject):
    """The rows and the counts. `changed`: other views; `counted`: another count.

    A search is counted while somebody wants it: one after the other in the counter, anew after changes, at
    most every two seconds and never for more than a twentieth of the time.
    """

    changed = Signal()
    counted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.rows: Sequence[ViewRow] = ()
        self._counts: dict[Key, int] = {}
        self._wanted: dict[str, frozenset[Key]] = {}
        self._stale: set[Key] = set()
        self._round: list[Key] = []
        self._counting: Key | None = None
        self._began = 0.0
        self._spent = 0.0
        self._pause = make_one_shot(self, 0, self._begin_round)
        session.changed.connect(self._hear)
        session.later(self._read)

    @staticmethod
    def of(session: Session) -> SavedViews:
        """The one of this session."""
        found = session.findChild(SavedViews)
        return found if isinstance(found, SavedViews) else SavedViews(session)

    def of_noun(self, noun: str) -> list[ViewRow]:
        """The views of one list, in their order."""
        return [view for view in self.rows if view.noun == noun]

    # ------------------------------------------------------------------------------------------- counts

    def count_of(self, noun: str, search: str) -> int | None:
        """How many rows a search finds; MANY, UNREADABLE, or None while it is not known."""
        return self._counts.get((noun, search))

    def want(self, who: str, searches: Iterable[Key]) -> None:
        """Has these (noun, search) counted, now and after changes, until `who` wants others."""
        self._wanted[who] = frozenset(searches)
        wanted = self._all_wanted()
        self._counts = {key: count for key, count in self._counts.items() if key in wanted}
        self._stale &= wanted
        self._round = sorted(wanted - set(self._counts) | set(self._round) & wanted)
        self._next()

    def count_again(self, noun: str) -> None:
        """Counts a list's searches anew, because time alone changes what `due:` finds."""
        mine = {key for key in self._all_wanted() if key[0] == noun}
        self._round = sorted(mine | set(self._round))
        self._next()

    def _all_wanted(self) -> frozenset[Key]:
        return frozenset().union(*self._wanted.values())

    def _hear(self, table: str, _ids: object) -> None:
        if table == _TABLE:
            self._read()
        nouns = {noun for noun, (_, _, tables) in LISTS.items() if table in tables}
        self._stale |= {key for key in self._all_wanted() if key[0] in nouns}
        self._rest()

    def _rest(self) -> None:
        """Waits before the next round: longer where counting takes long."""
        if self._stale and self._counting is None and not self._pause.isActive():
            self._pause.start(min(_MOST_PAUSE_MS, max(_PAUSE_MS, round(self._spent * 20_000))))

    def _begin_round(self) -> None:
        self._round, self._spent = sorted(self._stale | set(self._round)), 0.0
        self._stale.clear()
        self._next()

    def _next(self) -> None:
        if self._counting is not None or not self._round:
            return
        key = self._counting = self._round.pop(0)
        self._stale.discard(key)
        self._began = time.monotonic()
        db = self._session.db
        self._session.threads.counter.ask(lambda job: _count(db, key), self._take)

    def _take(self, found: tuple[Key, int]) -> None:
        key, count = found
        self._counting = None
        self._spent += time.monotonic() - self._began
        if key in self._all_wanted() and self._counts.get(key) != count:
            self._counts[key] = count
            self.counted.emit()
        if self._round:
            self._next()
        else:
            self._rest()

    # ------------------------------------------------------------------------------------------- the rows

    def _read(self) -> None:
        who = self._session.db.who

        def read(conn: Connection) -> list[ViewRow]:
            from crowddesk.store.views import views_of

            return views_of(conn, who)

        self._session.ask(read, self._show)

    def _show(self, rows: list[ViewRow]) -> None:
        if rows != list(self.rows):
            self.rows = rows
            self.changed.emit()


def _count(db: Any, key: Key) -> tuple[Key, int]:
    """In the counter's thread."""
    from crowddesk.domain import BadInput
    from crowddesk.store import queries
    from crowddesk.store.queries.counting import count_within

    noun, search = key
    try:
        found = count_within(db, getattr(queries, LISTS[noun][0]), search, _LONGEST_S)
    except BadInput:
        return key, UNREADABLE
    return key, MANY if found is None else found
