"""A run's answers as plain columns, for figures over all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.store.queries.conditions import ASSIGNMENT, SUBMISSION, UNIT, WORKER

#: For the statement alone: set on the connection, it would change how every later one is read.
_IN_PARTS: Final = {"yield_per": 5_000}

#: The columns of `answer_rows`, in their order. Times are microseconds since 1970, UTC.
ANSWER_COLUMNS: Final = (
    "unit_id", "assignment_id", "worker_id", "unit_index", "status", "dataset_status", "by_person", "pending",
    "seconds", "submitted_at", "decide_by", "pay_minor", "active_seconds", "pasted", "answer",
)  # fmt: skip


def answer_rows(conn: Connection, run_id: int) -> Iterator[Any]:
    """Every answered unit of a run, of all kinds, by unit id; `answer` is JSON text."""
    raw_time = sa.BigInteger()
    query = (
        sa.select(
            UNIT.c.id, UNIT.c.assignment_id, UNIT.c.worker_id, UNIT.c.unit_index, UNIT.c.status,
            UNIT.c.dataset_status, UNIT.c.dataset_by_person, UNIT.c.pending, UNIT.c.seconds,
            sa.type_coerce(UNIT.c.submitted_at, raw_time), sa.type_coerce(UNIT.c.decide_by, raw_time),
            UNIT.c.pay_minor, SUBMISSION.c.active_seconds, SUBMISSION.c.pasted, SUBMISSION.c.answer,
        )
        .join(SUBMISSION, SUBMISSION.c.id == UNIT.c.submission_id)
        .where(UNIT.c.task_run_id == run_id)
        .order_by(UNIT.c.id)
    )  # fmt: skip
    yield from conn.execute(query, execution_options=_IN_PARTS)


def item_rows(conn: Connection, run_id: int) -> Iterator[Any]:
    """Every item of a run as (assignment id, key, data as JSON text), by id."""
    query = (
        sa.select(ASSIGNMENT.c.id, ASSIGNMENT.c.item_key, ASSIGNMENT.c.data)
        .where(ASSIGNMENT.c.task_run_id == run_id)
        .order_by(ASSIGNMENT.c.id)
    )
    yield from conn.execute(query, execution_options=_IN_PARTS)


def people_of_run(conn: Connection, run_id: int) -> list[Any]:
    """The workers who have a unit of a run, as (worker id, name, identity id or None), by id."""
    of_run = sa.select(UNIT.c.worker_id).where(UNIT.c.task_run_id == run_id).distinct()
    query = (
        sa.select(WORKER.c.id, WORKER.c.worker_name, WORKER.c.identity_id)
        .where(WORKER.c.id.in_(of_run))
        .order_by(WORKER.c.id)
    )
    return list(conn.execute(query))
