"""Objections of workers to rejections: what they said, until when they are answered, what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionKind, ActionState
from crowddesk.store import tables as t
from crowddesk.store.transaction import Write

OPEN: Final = "open"
UPHELD: Final = "upheld"
OVERTURNED: Final = "overturned"
STATES: Final = (OPEN, UPHELD, OVERTURNED)
_MESSAGES_SHOWN: Final = 5

_APPEAL: sa.Table = t.Appeal.__table__  # type: ignore[attr-defined]
_ACTION: sa.Table = t.VendorAction.__table__  # type: ignore[attr-defined]
_UNIT: sa.Table = t.Unit.__table__  # type: ignore[attr-defined]
_WORKER: sa.Table = t.Worker.__table__  # type: ignore[attr-defined]
_RUN: sa.Table = t.TaskRun.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Written:
    """A message to a worker, sent from here or waiting to be: when it was written (UTC), and its state."""

    text: str
    at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """One objection. Times are UTC; `answer_by` None is no deadline.

    `reason` is what the worker was told when they were rejected, `answer` what they are told about this.
    `written` are the account's last messages to them, the oldest first; lists of objections leave it empty.
    """

    id: int
    unit_id: int
    worker_id: int | None
    worker_name: str
    run_id: int
    run_title: str
    requester_id: int
    provider_type: str
    sandbox: bool
    unit_status: str
    pending: str | None
    text: str
    received_at: datetime
    answer_by: datetime | None
    state: str
    answer: str
    closed_at: datetime | None
    closed_by: str
    reason: str
    written: tuple[Written, ...] = ()

    @property
    def is_owed(self) -> bool:
        """It was overturned, and the rejection still stands with nothing under way that takes it back."""
        return self.state == OVERTURNED and self.unit_status == "rejected" and self.pending is None

    @property
    def taken_back(self) -> bool:
        """The rejection stands no more, or what takes it back is under way."""
        return self.unit_status != "rejected" or self.pending == ActionKind.UNREJECT


def _query() -> sa.Select[Any]:
    reason = (
        sa.select(_ACTION.c.reason)
        .where(
            _ACTION.c.unit_id == _UNIT.c.id,
            _ACTION.c.kind == ActionKind.REJECT,
            _ACTION.c.state.in_((*ActionState.OPEN, ActionState.DONE)),
        )
        .order_by(_ACTION.c.id.desc())
        .limit(1)
        .correlate(_UNIT)
        .scalar_subquery()
    )
    return (
        sa.select(
            _APPEAL.c.id, _APPEAL.c.unit_id, _APPEAL.c.worker_id,
            sa.func.coalesce(_WORKER.c.worker_name, ""), _UNIT.c.task_run_id,
            sa.func.coalesce(_RUN.c.title, ""), _UNIT.c.requester_id, _UNIT.c.provider_type, _UNIT.c.sandbox,
            _UNIT.c.status, _UNIT.c.pending, _APPEAL.c.text, _APPEAL.c.received_at, _APPEAL.c.answer_by,
            _APPEAL.c.state, _APPEAL.c.answer, _APPEAL.c.closed_at, _APPEAL.c.closed_by,
            sa.func.coalesce(reason, ""),
        )
        .select_from(_APPEAL)
        .join(_UNIT, _UNIT.c.id == _APPEAL.c.unit_id)
        .outerjoin(_RUN, _RUN.c.id == _UNIT.c.task_run_id)
        .outerjoin(_WORKER, _WORKER.c.id == _APPEAL.c.worker_id)
    )  # fmt: skip


def appeals_of(
    conn: Connection,
    *,
    states: Sequence[str] = STATES,
    unit_id: int | None = None,
    due_by: datetime | None = None,
    limit: int | None = None,
) -> list[Appeal]:
    """Objections, the most urgent first; with `due_by`, only those to be answered until then."""
    query = _query().where(_APPEAL.c.state.in_(states))
    if unit_id is not None:
        query = query.where(_APPEAL.c.unit_id == unit_id)
    if due_by is not None:
        query = query.where(_APPEAL.c.answer_by <= due_by)
    query = query.order_by(_APPEAL.c.answer_by.is_(None), _APPEAL.c.answer_by, _APPEAL.c.id).limit(limit)
    return [Appeal(*row) for row in conn.execute(query)]


def appeal(conn: Connection, appeal_id: int) -> Appeal | None:
    """One objection, with what was written to the worker."""
    row = conn.execute(_query().where(_APPEAL.c.id == appeal_id)).first()
    if row is None:
        return None
    found = Appeal(*row)
    return replace(found, written=_written(conn, found))


def _written(conn: Connection, found: Appeal) -> tuple[Written, ...]:
    if found.worker_id is None:
        return ()
    query = (
        sa.select(_ACTION.c.reason, _ACTION.c.created_at, _ACTION.c.state)
        .where(
            _ACTION.c.worker_id == found.worker_id,
            _ACTION.c.requester_id == found.requester_id,
            _ACTION.c.kind == ActionKind.MESSAGE,
            _ACTION.c.state != ActionState.CANCELLED,
        )
        .order_by(_ACTION.c.id.desc())
        .limit(_MESSAGES_SHOWN)
    )
    return tuple(reversed([Written(*row) for row in conn.execute(query)]))


def add_appeal(
    w: Write,
    unit_id: int,
    worker_id: int | None,
    text: str,
    received_at: datetime,
    answer_by: datetime | None,
) -> int:
    """Its id."""
    row = {
        "unit_id": unit_id,
        "worker_id": worker_id,
        "text": text,
        "received_at": received_at,
        "answer_by": answer_by,
        "state": OPEN,
    }
    (appeal_id,) = w.insert(t.Appeal, [row])
    w.event("appeal", appeal_id, None, OPEN)
    w.touch(t.Unit, [unit_id])
    return appeal_id


def close_appeal(w: Write, found: Appeal, state: str, answer: str) -> None:
    """Writes what became of it, and who decided that."""
    w.update(t.Appeal, [found.id], state=state, answer=answer, closed_at=w.at, closed_by=w.who)
    w.event("appeal", found.id, found.state, state)
    w.touch(t.Unit, [found.unit_id])
