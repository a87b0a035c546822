"""Who took a unit of a run and could not hand in an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionKind, ActionState, AgentStatus
from crowddesk.store.ledger import payload_of
from crowddesk.store.queries.conditions import ACTION, AGENT, SUBMISSION, WORKER

_LEFT: Final = (*AgentStatus.LEFT, AgentStatus.EXPIRED)
#: What is paid, or was rejected, as an answer.
_HANDED_IN: Final = (
    AgentStatus.COMPLETED,
    AgentStatus.APPROVED,
    AgentStatus.SOFT_REJECTED,
    AgentStatus.REJECTED,
)


def left_without_answer(conn: Connection, run_id: int) -> Iterator[tuple[int, str, int, str, bool]]:
    """(worker id, name, item, how they left, whether they are or will be paid for it), the latest first.

    Only people without any answer in the run: who handed something in is paid for that.
    """
    answered = sa.select(AGENT.c.worker_id).join(SUBMISSION, SUBMISSION.c.agent_id == AGENT.c.id)
    last = (
        sa.select(sa.func.max(AGENT.c.id))
        .where(AGENT.c.task_run_id == run_id, AGENT.c.worker_id.not_in(answered.where(_of(run_id))))
        .group_by(AGENT.c.worker_id)
    )
    query = (
        sa.select(AGENT.c.worker_id, WORKER.c.worker_name, AGENT.c.assignment_id, AGENT.c.status)
        .join(WORKER, WORKER.c.id == AGENT.c.worker_id)
        .where(AGENT.c.id.in_(last), AGENT.c.status.in_(_LEFT))
        .order_by(AGENT.c.id.desc())
    )
    paid = _compensated(conn, run_id)
    for worker_id, name, item, status in conn.execute(query):
        yield worker_id, name, item, status, (worker_id, item) in paid


def last_item_of(conn: Connection, run_id: int, worker_id: int) -> int | None:
    """The item that a worker was at last in a run and has not handed in; None where there is none."""
    query = sa.select(AGENT.c.assignment_id).where(
        _of(run_id), AGENT.c.worker_id == worker_id, AGENT.c.status.not_in(_HANDED_IN)
    )
    found: int | None = conn.execute(query.order_by(AGENT.c.id.desc()).limit(1)).scalar()
    return found


def _of(run_id: int) -> sa.ColumnElement[bool]:
    return AGENT.c.task_run_id == run_id


def _compensated(conn: Connection, run_id: int) -> set[tuple[Any, Any]]:
    """(worker, item) of what is or will be paid. Told by what it is for: a retry has another sequence."""
    query = sa.select(ACTION.c.target_id, ACTION.c.payload).where(
        ACTION.c.task_run_id == run_id,
        ACTION.c.kind == ActionKind.BONUS,
        ACTION.c.state.in_((*ActionState.OPEN, ActionState.DONE)),
        compensates(),
    )
    return {
        (worker, (payload_of({"payload": payload}) or {}).get("compensates"))
        for worker, payload in conn.execute(query)
    }


def compensates() -> sa.ColumnElement[bool]:
    """Of a bonus: it makes up for work that nobody could hand in."""
    return ACTION.c.payload.like('%"compensates":%')
