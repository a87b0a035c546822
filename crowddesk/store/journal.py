"""Reads the journal: proves that nobody edited it, and follows what other processes have written.

It is evidence relative to a head that somebody kept elsewhere: who can write the whole file can also write a
whole new chain, but not one that contains the old head. Names of workers are in no hash.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import BadInput, Change, merge_changes
from crowddesk.language import say
from crowddesk.store import tables as t
from crowddesk.store.database import NOTIFY_CHANNEL, Database
from crowddesk.store.transaction import GENESIS, hash_events, hash_row

_JOURNAL: sa.Table = t.Journal.__table__  # type: ignore[attr-defined]
_EVENT: sa.Table = t.StatusEvent.__table__  # type: ignore[attr-defined]
#: How often a SQLite workspace is asked whether another process has committed, in seconds.
_LOOK_EVERY = 0.02


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: `broken` is the first row that does not fit, `sentence` says why."""

    ok: bool
    rows: int
    head: str
    broken: int | None
    sentence: str


def head(conn: Connection) -> str:
    """The journal's last row as "id:hash", to be kept outside the workspace; "0:000..." when it is empty."""
    row = conn.execute(
        sa.select(_JOURNAL.c.id, _JOURNAL.c.hash).order_by(_JOURNAL.c.id.desc()).limit(1)
    ).first()
    return f"{row.id}:{row.hash}" if row else f"0:{GENESIS}"


def verify(conn: Connection, head: str | None = None) -> Verdict:
    """Checks every hash, that no row is missing, and that the chain contains `head` ("id:hash").

    Raises BadInput when `head` cannot be read.
    """
    wanted_id, wanted_hash = _read_head(head) if head else (0, GENESIS)
    previous, last = GENESIS, 0
    if wanted_id == 0 and wanted_hash != GENESIS:
        return Verdict(False, 0, "", 0, say("The journal has no row 0 with that hash."))
    events = _Events(conn)
    for row in conn.execute(sa.select(_JOURNAL).order_by(_JOURNAL.c.id)):
        wrong = None
        expected = hash_row(row.id, row.at, row.who, row.touched, row.events_hash, row.previous)
        if row.id != last + 1:
            wrong = say("Journal row {last} is missing.", last=last + 1)
            row_id = last + 1
        else:
            row_id = row.id
            if row.previous != previous:
                wrong = say(
                    "Journal row {id} does not follow the row before it: one of the two was changed.",
                    id=row.id,
                )
            elif row.hash != expected:
                wrong = say("Journal row {id} was changed after it was written.", id=row.id)
            elif events.hash_of(row.id) != row.events_hash:
                wrong = say(
                    "The status events under journal row {id} were changed after they were written.",
                    id=row.id,
                )
            elif row.id == wanted_id and row.hash != wanted_hash:
                wrong = say("Journal row {id} is not the one of the head that you gave.", id=row.id)
        if wrong is not None:
            return Verdict(False, last, f"{last}:{previous}", row_id, wrong)
        previous, last = row.hash, row.id
    if events.left_over is not None:
        sentence = say(
            "A status event belongs to journal row {left_over}, which does not exist.",
            left_over=events.left_over,
        )
        return Verdict(False, last, f"{last}:{previous}", events.left_over, sentence)
    if wanted_id > last:
        sentence = say(
            "The journal ends at row {last}, before row {wanted_id} of the head that you gave.",
            last=last,
            wanted_id=wanted_id,
        )
        return Verdict(False, last, f"{last}:{previous}", last + 1, sentence)
    return Verdict(
        True,
        last,
        f"{last}:{previous}",
        None,
        say("All {last} journal rows are as they were written.", last=last),
    )


class _Events:
    """The status events in the order of their journal rows, read once beside the journal."""

    def __init__(self, conn: Connection) -> None:
        columns = [_EVENT.c[name] for name in ("journal_id", "entity", "row_id", "old", "new")]
        query = sa.select(*columns).order_by(_EVENT.c.journal_id, _EVENT.c.id)
        self._rows: Iterator[Any] = iter(conn.execute(query))
        self._next: Any = next(self._rows, None)

    def hash_of(self, journal_id: int) -> str:
        """The hash over the events of one journal row; rows must be asked for in order."""
        return hash_events(self._of(journal_id))

    def _of(self, journal_id: int) -> Iterator[tuple[str, int, str | None, str]]:
        while self._next is not None and self._next.journal_id == journal_id:
            yield tuple(self._next)[1:]
            self._next = next(self._rows, None)

    @property
    def left_over(self) -> int | None:
        """The journal row of an event that nothing has asked for."""
        return None if self._next is None else int(self._next.journal_id)


def _read_head(text: str) -> tuple[int, str]:
    number, _, digest = text.strip().partition(":")
    if not number.isdigit() or len(digest) != 64:
        raise BadInput(
            say("{text!r} is no journal head: it is written like 120:<64 hexadecimal digits>.", text=text)
        )
    return int(number), digest


# ------------------------------------------------------------------------------------------ the feed


def follow(conn: Connection, after_id: int, limit: int = 1_000) -> list[Change]:
    """What the transactions after one journal row touched, oldest first, at most `limit` of them."""
    query = sa.select(_JOURNAL.c.id, _JOURNAL.c.touched).where(_JOURNAL.c.id > after_id)
    return [_change(row.id, row.touched) for row in conn.execute(query.order_by(_JOURNAL.c.id).limit(limit))]


def _change(journal_id: int, touched: str) -> Change:
    tables: dict[str, list[int] | None] = {}
    for name, rows in json.loads(touched).items():
        if rows["ids"] is None:
            tables[name] = None
        else:
            inserted = (i for first, last in rows["ranges"] for i in range(first, last + 1))
            tables[name] = sorted({*rows["ids"], *inserted})
    return Change(dict(tables), journal_id)


class Feed:
    """What other processes commit to the same workspace. Own commits are left out: `on_commit` tells those.

    It holds a connection; make, use and close it in one thread. One for a process.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._own = db.own_commits()
        self._conn = db.lock_connection()
        self._version: int | None = None
        if not db.is_sqlite:
            self._conn.exec_driver_sql(f"LISTEN {NOTIFY_CHANNEL}")
        with db.read() as conn:
            self._last = int(conn.execute(sa.select(sa.func.max(_JOURNAL.c.id))).scalar() or 0)

    def changes(self, timeout: float = 0.0) -> Change | None:
        """What others have changed since the last call; waits up to `timeout` seconds for something."""
        deadline = time.monotonic() + timeout
        while True:
            found = self._read() if self._something_new(deadline - time.monotonic()) else None
            if found is not None or time.monotonic() >= deadline:
                return found

    def close(self) -> None:
        self._conn.close()

    def _something_new(self, wait: float) -> bool:
        """A commit may have come from elsewhere. The first call always looks."""
        if self._db.is_sqlite:
            version = self._conn.exec_driver_sql("PRAGMA data_version").scalar_one()
            if version != self._version:
                self._version = version
                return True
            if wait > 0:
                time.sleep(min(wait, _LOOK_EVERY))
            return False
        driver: Any = self._conn.connection.dbapi_connection
        heard = list(driver.notifies(timeout=max(0.0, wait), stop_after=1))
        heard += driver.notifies(timeout=0)
        if self._version is None:
            self._version = 0
            return True
        return bool(heard)

    def _read(self) -> Change | None:
        others = []
        with self._db.read() as conn:
            while rows := follow(conn, self._last):
                self._last = rows[-1].journal_id
                others += [change for change in rows if change.journal_id not in self._own]
        self._own.difference_update([i for i in list(self._own) if i <= self._last])
        return merge_changes(others) if others else None
