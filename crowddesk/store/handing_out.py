"""What a live run asks while it hands out units: what is free, what somebody has, had, lost or sent.

Its questions are asked for every request of every worker's page, so the statements are written once.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import AgentStatus, AssignmentState, unit_kind
from crowddesk.store import tables as t
from crowddesk.store.records import Record, key, record_of
from crowddesk.store.transaction import chunks

_units = t.Unit.__table__  # type: ignore[attr-defined]
_agents = t.Agent.__table__  # type: ignore[attr-defined]
_unit, _agent = _units.c, _agents.c
_sent = t.Submission.__table__.c  # type: ignore[attr-defined]
_run: sa.BindParameter[int] = sa.bindparam("run")
_worker: sa.BindParameter[int] = sa.bindparam("worker")


def was_sent(conn: Connection, agent_id: object, client_id: str) -> bool:
    """Whether a submission that a worker's page calls by this name is stored."""
    return conn.execute(_SENT, {"agent": key(agent_id), "client": client_id}).first() is not None


def agent_statuses(conn: Connection, agent_ids: Iterable[str]) -> dict[str, str]:
    """The stored statuses of agents, by their ids."""
    found: dict[str, str] = {}
    for part in chunks([key(i) for i in agent_ids]):
        found |= {str(agent_id): status for agent_id, status in conn.execute(_STATUSES, {"ids": part})}
    return found


def agent_at_work(
    conn: Connection, task_run_id: object, worker_id: object, statuses: Sequence[str]
) -> Record | None:
    """The newest agent of a worker in a run that is in one of these statuses."""
    wanted = {"run": key(task_run_id), "worker": key(worker_id), "statuses": list(statuses)}
    row = conn.execute(_AT_WORK, wanted).mappings().first()
    return None if row is None else record_of("agent", row)


def unit_lost_by(conn: Connection, task_run_id: object, worker_id: object) -> Record | None:
    """The unit of a run that a worker was cut off from, or late with, last, if nobody has taken it since."""
    row = conn.execute(_LOST, {"run": key(task_run_id), "worker": key(worker_id)}).mappings().first()
    return None if row is None else record_of("unit", row)


def next_free_units(
    conn: Connection,
    task_run_id: object,
    worker_id: object,
    limit: int,
    kinds: Sequence[int] | None = None,
) -> list[Record]:
    """Launched, unreserved units of a run whose item the worker has not had.

    `kinds`: 0 stands for every standard unit, a negative index for its kind; None for all.
    """
    wanted = {"run": key(task_run_id), "worker": key(worker_id), "most": limit}
    query = _free(None if kinds is None else tuple(kinds))
    return [record_of("unit", row) for row in conn.execute(query, wanted).mappings()]


def count_taken(
    conn: Connection, task_run_id: object, worker_id: object, statuses: Sequence[str]
) -> dict[str, int]:
    """How many units of a run a worker has, or has had, in these statuses, by kind."""
    wanted = {"run": key(task_run_id), "worker": key(worker_id), "statuses": list(statuses)}
    counts: dict[str, int] = {}
    for index, count in conn.execute(_TAKEN, wanted):
        kind = unit_kind(index)
        counts[kind] = counts.get(kind, 0) + int(count)
    return counts


_SENT = sa.select(_sent.id).where(
    _sent.agent_id == sa.bindparam("agent"), _sent.client_id == sa.bindparam("client")
)
_STATUSES = sa.select(_agent.id, _agent.status).where(_agent.id.in_(sa.bindparam("ids", expanding=True)))
_AT_WORK = (
    sa.select(_agents)
    .where(
        _agent.worker_id == _worker,
        _agent.task_run_id == _run,
        _agent.status.in_(sa.bindparam("statuses", expanding=True)),
    )
    .order_by(_agent.id.desc())
    .limit(1)
)
_LAST = (
    sa.select(_agent.unit_id, _agent.status)
    .where(_agent.worker_id == _worker, _agent.task_run_id == _run)
    .order_by(_agent.id.desc())
    .limit(1)
    .subquery()
)
_LOST = (
    sa.select(_units)
    .join(_LAST, _LAST.c.unit_id == _unit.id)
    .where(
        _LAST.c.status.in_((AgentStatus.DISCONNECT, AgentStatus.TIMEOUT)),
        _unit.status == AssignmentState.LAUNCHED,
        _unit.reserved_at.is_(None),
    )
)
_TAKEN = (
    sa.select(_unit.unit_index, sa.func.count())
    .where(
        _unit.task_run_id == _run,
        _unit.worker_id == _worker,
        _unit.status.in_(sa.bindparam("statuses", expanding=True)),
    )
    .group_by(_unit.unit_index)
)


@functools.cache
def _free(kinds: tuple[int, ...] | None) -> sa.Select[Any]:
    had = sa.select(_agent.assignment_id).where(_agent.worker_id == _worker, _agent.task_run_id == _run)
    query = (
        sa.select(_units)
        .where(
            _unit.task_run_id == _run,
            _unit.status == AssignmentState.LAUNCHED,
            _unit.reserved_at.is_(None),
            _unit.assignment_id.not_in(had),
        )
        .order_by(_unit.id)
        .limit(sa.bindparam("most"))
    )
    if kinds is not None:
        index = _unit.unit_index
        query = query.where(sa.or_(*(index >= 0 if kind == 0 else index == kind for kind in kinds)))
    return query
