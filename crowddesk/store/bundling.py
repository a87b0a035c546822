"""Copies one run into a database of its own: its rows, their evidence, and a journal that proves itself.

Ids stay the same. What belongs to the account, to other runs or to vendors stays behind: tokens, links,
vendors' rows, messages, blocks, qualifications, saved views. What names a worker goes through the caller.
"""

from __future__ import annotations

import json
import re
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionKind, WorkspaceError
from crowddesk.language import say
from crowddesk.store import doctor
from crowddesk.store import tables as t
from crowddesk.store.changes import hash_of_submission
from crowddesk.store.database import Database
from crowddesk.store.queries.conditions import (
    ACTION,
    AGENT,
    ASSIGNMENT,
    REQUESTER,
    RUN,
    SUBMISSION,
    TASK,
    UNIT,
    WORKER,
)
from crowddesk.store.queries.persons import workers_of_run
from crowddesk.store.transaction import GENESIS, canonical_json, chunks, hash_events, hash_row

_AT_ONCE: Final = 2_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_RAW_TIME: Final = sa.BigInteger()
#: The decisions on a run; messages and what was done to the run or to people stay behind.
_KINDS: Final = (*ActionKind.SETTLE, ActionKind.BONUS)

_IDENTITY: Final[sa.Table] = t.Identity.__table__  # type: ignore[attr-defined]
_NOTE: Final[sa.Table] = t.Note.__table__  # type: ignore[attr-defined]
_TAG: Final[sa.Table] = t.Tag.__table__  # type: ignore[attr-defined]
_LOOK: Final[sa.Table] = t.SecondLook.__table__  # type: ignore[attr-defined]
_APPEAL: Final[sa.Table] = t.Appeal.__table__  # type: ignore[attr-defined]
_MASK: Final[sa.Table] = t.Mask.__table__  # type: ignore[attr-defined]
_JOURNAL: Final[sa.Table] = t.Journal.__table__  # type: ignore[attr-defined]
_EVENT: Final[sa.Table] = t.StatusEvent.__table__  # type: ignore[attr-defined]

#: All that a bundle's database is made of.
_PLAIN: Final = ("table", "index")
#: Where a run's files lie in its workspace, and so the only place that a bundle may lead to.
_FOLDER: Final = re.compile(r"(runs/[A-Za-z0-9_-]{1,80})?")

Change = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What takes workers' names out of a bundle's rows, from one text to the text without.

    `worker` gives what stands for a worker's id; `expression` takes a mask's JSON text.
    """

    worker: Callable[[int], str]
    answer: Callable[[str], str]
    words: Callable[[str], str]
    expression: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of one table. `instead` are other values for columns, `changes` what is done to a column's."""

    table: sa.Table
    where: Any
    instead: Mapping[str, Any]
    changes: Mapping[str, Change]


def copy_run(
    source: Connection,
    folder: Path,
    run_id: int,
    args: str,
    hidden: Hidden | None,
    look: Callable[[int], None],
) -> dict[str, int]:
    """Makes `crowddesk.sqlite` in a new folder with the rows of one run; returns how many of each table.

    `args` is what the run's own arguments become. `hidden`: names are hidden; None: they go along. `look`
    hears how many units were copied and ends it all by raising.
    """
    target = Database(folder)
    try:
        with target.write() as w:
            driver: Any = w.conn.connection.dbapi_connection
            counts = {}
            for part in _parts(run_id, args, hidden):
                told = look if part.table is UNIT else _nothing
                counts[part.table.name] = _copy(source, driver, part, told)
                look(counts.get("unit", 0))
            counts["status_event"] = _copy_events(source, driver, run_id, hidden is not None)
        doctor.mend(target)
    finally:
        target.close()
    with closing(sqlite3.connect(folder / "crowddesk.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # one file, without its log beside it
    return counts


def check_file(path: Path) -> None:
    """Raises WorkspaceError unless a database file holds tables and indexes only, all of them sound.

    A file that somebody else made could bring triggers and views, which would run when it is used, and runs
    whose files would be read from elsewhere on this computer.
    """
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            kinds = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
            foreign = [name for kind, name, text in kinds if kind not in _PLAIN or "VIRTUAL" in text.upper()]
            if foreign:
                raise WorkspaceError(
                    say("The bundle's database holds {foreign!r}, which no bundle has.", foreign=foreign[0])
                )
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            for (folder,) in connection.execute("SELECT folder FROM task_run"):
                if not (isinstance(folder, str) and _FOLDER.fullmatch(folder)):
                    raise WorkspaceError(
                        say(
                            "The bundle's run says that its files lie in {folder!r}, which is outside of "
                            "the bundle. It was not opened.",
                            folder=str(folder)[:80],
                        )
                    )
    except sqlite3.DatabaseError as error:
        raise WorkspaceError(say("The bundle's database is damaged."), str(error)) from None
    if found != "ok":
        raise WorkspaceError(say("The bundle's database is damaged."), str(found))


def _nothing(_: int) -> None:
    """Most tables are copied before anybody could wait for them."""


# ---------------------------------------------------------------------------------------------- parts


def _parts(run_id: int, args: str, hidden: Hidden | None) -> Iterator[_Part]:
    units = sa.select(UNIT.c.id).where(UNIT.c.task_run_id == run_id)
    workers = workers_of_run(run_id)
    decisions = sa.and_(ACTION.c.task_run_id == run_id, ACTION.c.kind.in_(_KINDS))
    actions = sa.select(ACTION.c.id).where(decisions)
    words: dict[str, Change] = {} if hidden is None else {"text": hidden.words}
    told: dict[str, Change] = {}
    note: dict[str, Change] = {} if hidden is None else {"state_note": hidden.words, "title": hidden.words}
    if hidden is not None:
        told = {"reason": hidden.words, "payload": partial(_evidence_of, hidden.words)}
    account = sa.select(RUN.c.requester_id).where(RUN.c.id == run_id).scalar_subquery()
    task = sa.select(RUN.c.task_id).where(RUN.c.id == run_id).scalar_subquery()
    # An account that is not registered has no lane, and nothing can be sent.
    yield _Part(REQUESTER, REQUESTER.c.id == account, {"settings": "{}", "registered": False, "epoch": 0}, {})
    yield _Part(TASK, TASK.c.id == task, {}, {})
    yield _Part(RUN, RUN.c.id == run_id, {"args": args, "sync_cursor": None}, note)
    yield _Part(ASSIGNMENT, ASSIGNMENT.c.task_run_id == run_id, {}, {})
    yield _Part(UNIT, UNIT.c.task_run_id == run_id, {}, {})
    identities = sa.select(WORKER.c.identity_id).where(WORKER.c.id.in_(workers))
    yield _Part(_IDENTITY, _IDENTITY.c.id.in_(identities), {"label": ""} if hidden else {}, {})
    # The worker's name is made of the id, so that the real one is not even read.
    yield _Part(
        WORKER,
        WORKER.c.id.in_(workers),
        {"worker_name": WORKER.c.id, "last_seen_at": None} if hidden else {},
        {"worker_name": hidden.worker} if hidden else {},
    )
    yield _Part(AGENT, AGENT.c.task_run_id == run_id, {"vendor_ref": None} if hidden else {}, {})
    yield _Part(
        SUBMISSION,
        SUBMISSION.c.task_run_id == run_id,
        {"raw": "", "client_id": None} if hidden else {},
        {"answer": hidden.answer} if hidden else {},
    )
    yield _Part(
        ACTION,
        decisions,
        {"evidence": "{}", "outcome": "", "uuid": ""} if hidden else {"uuid": ""},
        {"uuid": lambda _: str(uuid.uuid4()), **told},
    )
    mine: list[Any] = [sa.and_(_NOTE.c.noun == "unit", _NOTE.c.row_id.in_(units)),
            sa.and_(_NOTE.c.noun == "task_run", _NOTE.c.row_id == run_id)]  # fmt: skip
    if hidden is None:
        mine.append(sa.and_(_NOTE.c.noun == "worker", _NOTE.c.row_id.in_(workers)))
    yield _Part(_NOTE, sa.or_(*mine), {}, words)
    yield _Part(
        _TAG,
        sa.or_(
            sa.and_(_TAG.c.noun == "unit", _TAG.c.row_id.in_(units)),
            sa.and_(_TAG.c.noun == "task_run", _TAG.c.row_id == run_id),
            sa.and_(_TAG.c.noun == "worker", _TAG.c.row_id.in_(workers)),
        ),
        {},
        {"word": hidden.words} if hidden else {},
    )
    yield _Part(_LOOK, _LOOK.c.action_id.in_(actions), {}, {"note": hidden.words} if hidden else {})
    yield _Part(
        _APPEAL, _APPEAL.c.unit_id.in_(units), {}, {**words, **({"answer": hidden.words} if hidden else {})}
    )
    yield _Part(
        _MASK,
        sa.true(),
        {},
        {"name": hidden.words, "expression": hidden.expression} if hidden else {},
    )


def _evidence_of(words: Change, payload: str) -> str:
    """Of what a decision carries only what spoke for it: the rest is the vendor's."""
    if payload == "{}":
        return payload
    try:
        found = json.loads(payload).get("evidence")
    except (ValueError, AttributeError):
        found = None
    kept = [words(text) for text in found if isinstance(text, str)] if isinstance(found, list) else []
    return json.dumps({"evidence": kept} if kept else {})


def _copy(source: Connection, driver: sqlite3.Connection, part: _Part, look: Callable[[int], None]) -> int:
    names = [column.name for column in part.table.c]
    columns = [_raw(column, part.instead) for column in part.table.c]
    query = sa.select(*columns).where(part.where).order_by(part.table.c.id)
    places = [(names.index(name), change) for name, change in part.changes.items()]
    marks = ", ".join("?" * len(names))
    insert = f'INSERT INTO "{part.table.name}" ({", ".join(names)}) VALUES ({marks})'
    copied = 0
    for rows in _read(source, query):
        driver.executemany(insert, [_changed(row, places) for row in rows] if places else map(tuple, rows))
        copied += len(rows)
        look(copied)
    return copied


def _raw(column: sa.Column[Any], instead: Mapping[str, Any]) -> Any:
    """The column as it is stored, or what stands in its place."""
    if column.name in instead:
        value = instead[column.name]
        if isinstance(value, sa.Column):
            return value.label(f"{column.name}_")
        return sa.null().label(column.name) if value is None else sa.literal(value).label(column.name)
    return sa.type_coerce(column, _RAW_TIME) if isinstance(column.type, t.UtcTime) else column


def _changed(row: Sequence[Any], places: Iterable[tuple[int, Change]]) -> list[Any]:
    made = list(row)
    for place, change in places:
        made[place] = change(made[place])
    return made


def _read(source: Connection, query: Any) -> Iterator[Sequence[Any]]:
    yield from source.execute(query, execution_options={"yield_per": _AT_ONCE}).partitions()


# ------------------------------------------------------------------------------------------- evidence


def _copy_events(source: Connection, driver: sqlite3.Connection, run_id: int, changed: bool) -> int:
    """The status events of the copied rows, under a journal of their own that is chained anew.

    `changed`: submissions are not as they were, so those that their event proves get a new hash. One that
    somebody has altered keeps the old: the bundle shows it as the workspace does.
    """
    of_run = [
        sa.and_(
            _EVENT.c.entity == name,
            _EVENT.c.row_id.in_(sa.select(table.c.id).where(table.c.task_run_id == run_id)),
        )
        for name, table in (("unit", UNIT), ("agent", AGENT), ("submission", SUBMISSION))
    ]
    decisions = sa.select(ACTION.c.id).where(ACTION.c.task_run_id == run_id, ACTION.c.kind.in_(_KINDS))
    of_run.append(sa.and_(_EVENT.c.entity == "vendor_action", _EVENT.c.row_id.in_(decisions)))
    of_run.append(sa.and_(_EVENT.c.entity == "task_run", _EVENT.c.row_id == run_id))
    query = (
        sa.select(
            _EVENT.c.journal_id, sa.type_coerce(_JOURNAL.c.at, _RAW_TIME), _JOURNAL.c.who, _EVENT.c.entity,
            _EVENT.c.row_id, _EVENT.c.old, _EVENT.c.new,
        )
        .join(_JOURNAL, _JOURNAL.c.id == _EVENT.c.journal_id)
        .where(sa.or_(*of_run))
        .order_by(_EVENT.c.journal_id, _EVENT.c.id)
    )  # fmt: skip
    chain = _Chain(driver)
    for rows in _read(source, query):
        proven = _proven(source, rows) if changed else frozenset()
        for journal_id, at, who, entity, row_id, old, new in rows:
            if entity == "submission" and row_id in proven:
                new = _hash_of_copy(driver, row_id)
            chain.add(journal_id, at, who, (entity, row_id, old, new))
    chain.end()
    return chain.events


def _proven(source: Connection, rows: Sequence[Any]) -> frozenset[int]:
    """The submissions that are as their events say."""
    said = {row_id: new for _, _, _, entity, row_id, _, new in rows if entity == "submission"}
    found = set()
    for ids in chunks(list(said)):
        query = sa.select(SUBMISSION.c.id, SUBMISSION.c.raw, SUBMISSION.c.answer)
        for row_id, raw, answer in source.execute(query.where(SUBMISSION.c.id.in_(ids))):
            if hash_of_submission(raw, answer) == said[row_id]:
                found.add(row_id)
    return frozenset(found)


def _hash_of_copy(driver: sqlite3.Connection, row_id: int) -> str:
    found = driver.execute("SELECT raw, answer FROM submission WHERE id = ?", (row_id,)).fetchone()
    return hash_of_submission(*found)


class _Chain:
    """Writes journal rows, each over its events and the row before."""

    def __init__(self, driver: sqlite3.Connection) -> None:
        self._driver = driver
        self._last = (0, GENESIS)
        self._of: tuple[int, int, str] | None = None
        self._waiting: list[tuple[str, int, str | None, str]] = []
        self.events = 0

    def add(self, journal_id: int, at: int, who: str, event: tuple[str, int, str | None, str]) -> None:
        if self._of is not None and self._of[0] != journal_id:
            self.end()
        self._of = (journal_id, at, who)
        self._waiting.append(event)

    def end(self) -> None:
        if self._of is None:
            return
        number, previous = self._last[0] + 1, self._last[1]
        _, micros, who = self._of
        digest, touched = hash_events(self._waiting), canonical_json({})
        mine = hash_row(number, _EPOCH + timedelta(microseconds=micros), who, touched, digest, previous)
        self._driver.execute(
            "INSERT INTO journal (id, at, who, touched, events_hash, previous, hash) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, micros, who, touched, digest, previous, mine),
        )
        self._driver.executemany(
            "INSERT INTO status_event (journal_id, entity, row_id, old, new) VALUES (?, ?, ?, ?, ?)",
            [(number, *event) for event in self._waiting],
        )
        self.events += len(self._waiting)
        self._last, self._of, self._waiting = (number, mine), None, []
