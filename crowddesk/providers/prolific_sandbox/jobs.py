"""What the sandbox does later: a row with a due time for each piece of work, done by a ticker.

A job is deleted in the transaction that does it, so it is done once, however often the process is killed.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from crowddesk.providers.prolific_sandbox.books import Books

_log = logging.getLogger(__name__)

#: Jobs of one transaction.
_BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work, inside its transaction: what it is about, and when it was due (epoch seconds)."""

    books: Books
    db: sqlite3.Connection
    id: int
    kind: str
    due: float
    about: Mapping[str, Any]


Doers = Mapping[str, Callable[[Job], None]]


def later(db: sqlite3.Connection, kind: str, due: float, about: Mapping[str, Any]) -> int:
    """Queues work for `due` (the sandbox's epoch seconds), in the caller's transaction; its number."""
    cursor = db.execute(
        "INSERT INTO job (due, kind, about) VALUES (?, ?, ?)", (due, kind, json.dumps(dict(about)))
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def do_due(books: Books, doers: Doers) -> int:
    """Does what is due by now, oldest first, some of it; how many jobs. Call again while it is not 0."""
    now = books.clock.now()
    rows = books.db.execute(
        "SELECT id, due, kind, about FROM job WHERE due <= ? ORDER BY due, id LIMIT ?", (now, _BATCH)
    ).fetchall()
    if not rows:
        return 0
    try:
        with books.write() as db:
            for row in rows:
                _do(books, db, row, doers)
    except Exception:
        for row in rows:
            _do_alone(books, row, doers)
    return len(rows)


def _do(books: Books, db: sqlite3.Connection, row: sqlite3.Row, doers: Doers) -> None:
    if db.execute("DELETE FROM job WHERE id = ?", (row["id"],)).rowcount:
        doers[row["kind"]](Job(books, db, row["id"], row["kind"], row["due"], json.loads(row["about"])))


def _do_alone(books: Books, row: sqlite3.Row, doers: Doers) -> None:
    """One job by itself; one that cannot be done is laid aside, so that the others go on."""
    try:
        with books.write() as db:
            _do(books, db, row, doers)
    except Exception:
        _log.exception("The sandbox could not do job %s (%s).", row["id"], row["kind"])
        with books.write() as db:
            db.execute("UPDATE job SET due = NULL WHERE id = ?", (row["id"],))
