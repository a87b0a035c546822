"""A run's units as plain tuples, in the order of their ids: what exports read a million of."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.store import tables as t
from crowddesk.store.queries.conditions import AGENT, ASSIGNMENT, SUBMISSION, UNIT

#: Rows handed on at once.
BATCH: Final = 2_000
#: Fewer units than one in so many are looked up by their ids; more are found by going through all.
_SPARSE: Final = 4


class RawUnit(NamedTuple):
    """A unit as the database has it: times in microseconds since 1970 (UTC), item and answer as JSON text."""

    id: int
    assignment_id: int
    worker_id: int | None
    agent_id: int | None
    unit_index: int
    status: str
    vendor_status: str | None
    dataset_status: str
    pending: str | None
    pay_minor: int
    fee_minor: int
    currency: str
    seconds: float | None
    launched_at: int | None
    submitted_at: int | None
    agent_status: str | None
    item_key: str
    data: str
    answer: str | None
    active_seconds: float | None
    pasted: str | None


_JOURNAL: Final[sa.Table] = t.Journal.__table__  # type: ignore[attr-defined]
_RAW_TIME: Final = sa.BigInteger()
_UNITS: Final = (
    sa.select(
        UNIT.c.id, UNIT.c.assignment_id, UNIT.c.worker_id, UNIT.c.agent_id, UNIT.c.unit_index, UNIT.c.status,
        UNIT.c.vendor_status, UNIT.c.dataset_status, UNIT.c.pending, UNIT.c.pay_minor, UNIT.c.fee_minor,
        UNIT.c.currency, UNIT.c.seconds, sa.type_coerce(UNIT.c.launched_at, _RAW_TIME),
        sa.type_coerce(UNIT.c.submitted_at, _RAW_TIME), AGENT.c.status,
        sa.func.coalesce(ASSIGNMENT.c.item_key, ""), sa.func.coalesce(ASSIGNMENT.c.data, "{}"),
        SUBMISSION.c.answer, SUBMISSION.c.active_seconds, SUBMISSION.c.pasted,
    )
    .select_from(UNIT)
    .outerjoin(ASSIGNMENT, ASSIGNMENT.c.id == UNIT.c.assignment_id)
    .outerjoin(AGENT, AGENT.c.id == UNIT.c.agent_id)
    .outerjoin(SUBMISSION, SUBMISSION.c.id == UNIT.c.submission_id)
)  # fmt: skip
_TEXTS: Final = (
    sa.select(UNIT.c.id, UNIT.c.assignment_id, SUBMISSION.c.answer)
    .select_from(UNIT)
    .outerjoin(SUBMISSION, SUBMISSION.c.id == UNIT.c.submission_id)
)


def raw_units(
    conn: Connection, run_id: int, ids: array[int] | None, total: int
) -> Iterator[Sequence[tuple[Any, ...]]]:
    """The units of a run, batch by batch, each a tuple in the order of RawUnit's members.

    `ids`: only these, sorted; None: all. `total` is how many the run has, by which the way is chosen.
    """
    return _batches(conn, _UNITS, run_id, ids, total)


def raw_answers(
    conn: Connection, run_id: int, ids: array[int] | None, total: int
) -> Iterator[Sequence[tuple[Any, ...]]]:
    """The same units as (unit id, assignment id, answer as JSON text or None)."""
    return _batches(conn, _TEXTS, run_id, ids, total)


def count_by(conn: Connection, run_id: int, ids: array[int] | None) -> dict[tuple[str, str], int]:
    """How many of these units there are by (status, dataset status)."""
    keys = (UNIT.c.status, UNIT.c.dataset_status)
    found: dict[tuple[str, str], int] = {}
    base = sa.select(*keys, sa.func.count()).where(UNIT.c.task_run_id == run_id).group_by(*keys)
    for query in [base] if ids is None else (base.where(UNIT.c.id.in_(part)) for part in _parts(ids)):
        for status, dataset, number in conn.execute(query):
            found[status, dataset] = found.get((status, dataset), 0) + int(number)
    return dict(sorted(found.items()))


def last_change(conn: Connection) -> datetime | None:
    """When the journal's last row was written, UTC; None before the first."""
    query = sa.select(_JOURNAL.c.at).order_by(_JOURNAL.c.id.desc()).limit(1)
    found: datetime | None = conn.execute(query).scalar()
    return found


def _batches(
    conn: Connection, query: Any, run_id: int, ids: array[int] | None, total: int
) -> Iterator[Sequence[tuple[Any, ...]]]:
    if ids is not None and len(ids) * _SPARSE < total:
        for part in _parts(ids):
            found = conn.execute(query.where(UNIT.c.id.in_(part))).fetchall()
            yield sorted((tuple(row) for row in found), key=_id)
        return
    whole = query.where(UNIT.c.task_run_id == run_id).order_by(UNIT.c.id)
    wanted = None if ids is None else _bitmap(ids)
    first = ids[0] if ids else 0
    for rows in _streamed(conn, whole):
        if wanted is None:
            yield rows
        else:
            last = first + len(wanted)
            yield [row for row in rows if first <= row[0] < last and wanted[row[0] - first]]


def _streamed(conn: Connection, query: Any) -> Iterator[Sequence[tuple[Any, ...]]]:
    if conn.dialect.name != "sqlite":
        yield from conn.execute(query, execution_options={"yield_per": BATCH}).partitions()
        return
    # The driver's own cursor: SQLAlchemy's rows would take as long again as the reading.
    result = conn.execute(query)
    cursor: Any = result.cursor
    try:
        while rows := cursor.fetchmany(BATCH):
            yield rows
    finally:
        result.close()


def _bitmap(ids: array[int]) -> bytearray:
    """A byte for every id from the first to the last."""
    if not ids:
        return bytearray()
    first = ids[0]
    found = bytearray(ids[-1] - first + 1)
    for row_id in ids:
        found[row_id - first] = 1
    return found


def _parts(ids: array[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), 1_000):
        yield list(ids[start : start + 1_000])


def _id(row: tuple[Any, ...]) -> int:
    return int(row[0])
