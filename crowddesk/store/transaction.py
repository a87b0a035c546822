"""One write transaction: bulk inserts with known keys, what it touched, its events, totals and journal row.

Only `Database.write()` makes one. Everything here runs in the writing thread, under the writers' lock, so a
read inside the transaction stays true until the commit.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import Change, now
from crowddesk.store import tables as t

#: More touched ids than this are journalled as ranges or "many", so that a feed row stays small.
_MANY = 2_000
#: So many rows with the same new values are cheaper in one statement than one by one.
_ALIKE = 4
#: What the first journal row follows.
GENESIS = "0" * 64

#: Totals that a transaction keeps: table -> (key columns, sum columns).
_TOTALS: dict[type[Any], tuple[tuple[str, ...], tuple[str, ...]]] = {
    t.RunTotal: (("task_run_id", "unit_kind", "status"), ("units", "pay_minor", "fee_minor")),
    t.ActionTotal: (
        ("requester_id", "task_run_id", "kind", "state"),
        ("actions", "amount_minor", "fee_minor"),
    ),
    t.AgentTotal: (("task_run_id", "status"), ("agents",)),
}


def canonical_json(value: object) -> str:
    """JSON that is the same text for the same value, for hashing."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def chunks(ids: Sequence[Any], size: int = 1_000) -> Iterable[Sequence[Any]]:
    """A sequence in pieces that fit one statement's parameters."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


class Write:
    """The open write transaction; see the verbs in `store/changes.py`."""

    def __init__(self, conn: Connection, who: str, *, is_sqlite: bool) -> None:
        self.conn = conn
        self.who = who
        self.at: datetime = now()
        #: Called after the commit, in order (metrics, live pages).
        self.after_commit: list[Callable[[], None]] = []
        #: Called when nothing of it was stored, the last first: what objects in memory took for granted.
        self.after_rollback: list[Callable[[], None]] = []
        self._is_sqlite = is_sqlite
        self._touched: dict[str, list[int]] = defaultdict(list)
        self._inserted: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._events: list[tuple[str, int, str | None, str]] = []
        self._totals: dict[type[Any], dict[tuple[Any, ...], list[int]]] = {table: {} for table in _TOTALS}

    # ------------------------------------------------------------------------------------- writing

    def new_ids(self, table: type[Any], count: int) -> range:
        """Keys for `count` new rows, never given before."""
        name = table.__tablename__
        if self._is_sqlite:
            row = self.conn.execute(_LAST_ID, {"name": name}).first()
            first = (row[0] if row else 0) + 1
            if name in self._inserted:
                first = max(first, self._inserted[name][-1][1] + 1)
            return range(first, first + count)
        # setval moves the sequence in one step; the writers' lock keeps anybody else off it.
        sequence = f"pg_get_serial_sequence('{name}', 'id')"
        first = self.conn.execute(sa.text(f"SELECT nextval({sequence})")).scalar_one()
        if count > 1:
            self.conn.execute(sa.text(f"SELECT setval({sequence}, {first + count - 1})"))
        return range(first, first + count)

    def insert(self, table: type[Any], rows: Sequence[Mapping[str, Any]]) -> range:
        """Inserts rows of one shape (all with the same columns, none with `id`); returns their keys."""
        if not rows:
            return range(0)
        ids = self.new_ids(table, len(rows))
        self.conn.execute(sa.insert(table), [{"id": i, **row} for i, row in zip(ids, rows, strict=True)])
        self._inserted[table.__tablename__].append((ids[0], ids[-1]))
        return ids

    def update(self, table: type[Any], ids: Sequence[int], **values: Any) -> None:
        """Sets the same values on rows and marks them touched. Statuses go through `store/changes.py`."""
        column = table.__table__.c.id
        for part in chunks(ids):
            self.conn.execute(sa.update(table).where(column.in_(part)).values(**values))
        self.touch(table, ids)

    def update_each(self, table: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
        """Sets each row's own values (rows of one shape, each with `id`) and marks them touched."""
        if not rows:
            return
        columns = tuple(c for c in rows[0] if c != "id")
        self.conn.execute(
            _update_of(table.__table__, columns),
            [{"row_id": r["id"], **{f"new_{c}": r[c] for c in columns}} for r in rows],
        )
        self.touch(table, [r["id"] for r in rows])

    def update_rows(self, table: type[Any], values: Mapping[int, Mapping[str, Any]]) -> None:
        """Sets each row's own values, those of many rows alike in one statement, and marks them touched."""
        alike: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
        for row_id, mine in values.items():
            if mine:
                alike[tuple(mine.items())].append(row_id)
        others: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for pairs, ids in alike.items():
            if len(ids) >= _ALIKE:
                self.update(table, ids, **dict(pairs))
            else:
                others[tuple(name for name, _ in pairs)] += [{"id": i, **dict(pairs)} for i in ids]
        for rows in others.values():
            self.update_each(table, rows)

    # --------------------------------------------------------------------------------- bookkeeping

    def touch(self, table: type[Any], ids: Iterable[int]) -> None:
        """Says that rows changed, for the tables that show them."""
        self._touched[table.__tablename__].extend(ids)

    def event(self, entity: str, row_id: int, old: str | None, new: str) -> None:
        """Records one change of status as evidence."""
        self._events.append((entity, row_id, old, new))

    def add_total(self, table: type[Any], key: tuple[Any, ...], *amounts: int) -> None:
        """Adds to a total row (made when it is missing); amounts in the order of its sum columns."""
        sums = self._totals[table].setdefault(key, [0] * len(amounts))
        for position, amount in enumerate(amounts):
            sums[position] += amount

    # -------------------------------------------------------------------------------------- finish

    def finish(self) -> Change | None:
        """Writes totals and the journal row; None when nothing was written. Called before the commit."""
        self.flush_totals()
        if not self._touched and not self._inserted and not self._events:
            return None
        ids: dict[str, Sequence[int] | None] = {}
        feed: dict[str, Any] = {}
        for name in sorted({*self._touched, *self._inserted}):
            ranges = self._inserted.get(name, [])
            touched = sorted(set(self._touched.get(name, ())))
            total = len(touched) + sum(last - first + 1 for first, last in ranges)
            feed[name] = (
                {"ranges": ranges, "ids": touched} if total <= _MANY else {"ranges": ranges, "ids": None}
            )
            ids[name] = (
                sorted({*touched, *(i for first, last in ranges for i in range(first, last + 1))})
                if total <= _MANY
                else None
            )
        journal_id = self._store_journal(feed)
        return Change(ids, journal_id)

    def flush_totals(self) -> None:
        """Writes the totals now, for a check that must see this transaction's own amounts."""
        for table, deltas in self._totals.items():
            self._store_totals(table, deltas)
            deltas.clear()

    def _store_totals(self, table: type[Any], deltas: dict[tuple[Any, ...], list[int]]) -> None:
        keys, sums = _TOTALS[table]
        rows = [
            dict(zip((*keys, *sums), (*key, *amounts), strict=True))
            for key, amounts in deltas.items()
            if any(amounts)
        ]
        if not rows:
            return
        if self._is_sqlite:
            from sqlalchemy.dialects.sqlite import insert
        else:
            from sqlalchemy.dialects.postgresql import insert  # type: ignore[assignment]
        statement = insert(table)
        columns = table.__table__.c
        statement = statement.on_conflict_do_update(
            index_elements=list(keys),
            set_={name: columns[name] + statement.excluded[name] for name in sums},
        )
        self.conn.execute(statement, rows)

    def _store_journal(self, feed: dict[str, Any]) -> int:
        last = self.conn.execute(
            sa.select(t.Journal.id, t.Journal.hash).order_by(sa.desc(t.Journal.id)).limit(1)  # type: ignore[call-overload]
        ).first()
        journal_id = (last.id if last else 0) + 1
        previous = last.hash if last else GENESIS
        events_hash = hash_events(self._events)
        touched = canonical_json(feed)
        at = self.at
        self.conn.execute(
            sa.insert(t.Journal).values(
                id=journal_id,
                at=at,
                who=self.who,
                touched=touched,
                events_hash=events_hash,
                previous=previous,
                hash=hash_row(journal_id, at, self.who, touched, events_hash, previous),
            )
        )
        if self._events:
            ids = self.new_ids(t.StatusEvent, len(self._events))
            self.conn.execute(
                sa.insert(t.StatusEvent),
                [
                    {"id": i, "journal_id": journal_id, "entity": e, "row_id": r, "old": o, "new": n}
                    for i, (e, r, o, n) in zip(ids, self._events, strict=True)
                ],
            )
        return journal_id


_LAST_ID = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name")


@functools.cache
def _update_of(table: sa.Table, columns: tuple[str, ...]) -> sa.Update:
    """The update of these columns of one row. Kept: to write it anew takes longer than to run it."""
    return (
        sa.update(table)
        .where(table.c.id == sa.bindparam("row_id"))
        .values({c: sa.bindparam(f"new_{c}") for c in columns})
    )


def hash_events(events: Iterable[tuple[str, int, str | None, str]]) -> str:
    """SHA-256 over a transaction's events, in their order."""
    digest = hashlib.sha256()
    for entity, row_id, old, new in events:
        digest.update(canonical_json([entity, row_id, old, new]).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def hash_row(journal_id: int, at: datetime, who: str, touched: str, events_hash: str, previous: str) -> str:
    """SHA-256 over one journal row and the hash of the row before it."""
    text = canonical_json([journal_id, at.isoformat(), who, touched, events_hash, previous])
    return hashlib.sha256(text.encode()).hexdigest()
