"""What a comparison with a vendor needs to know of what stands here: runs, units, stays, open payments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionKind, ActionState, AgentStatus, AssignmentState, now
from crowddesk.store import tables as t
from crowddesk.store.ledger import ACTIVE
from crowddesk.store.queries.listing import hidden
from crowddesk.store.transaction import chunks

_run = t.TaskRun.__table__.c  # type: ignore[attr-defined]
_total = t.RunTotal.__table__.c  # type: ignore[attr-defined]
_unit = t.Unit.__table__.c  # type: ignore[attr-defined]
_agent = t.Agent.__table__.c  # type: ignore[attr-defined]
_item = t.Assignment.__table__.c  # type: ignore[attr-defined]
_worker = t.Worker.__table__.c  # type: ignore[attr-defined]
_action = t.VendorAction.__table__.c  # type: ignore[attr-defined]
_submission = t.Submission.__table__.c  # type: ignore[attr-defined]

#: Statuses of a unit that a vendor may still change, once it was launched.
_OPEN: Final = (AssignmentState.LAUNCHED, AssignmentState.ASSIGNED, AssignmentState.COMPLETED)
#: A rejection of a closed run is looked at for so long: it may be taken back at the vendor.
_OVERTURNED: Final = timedelta(days=60)
#: A worker who is at work, or has sent an answer that nobody has judged.
_UNSETTLED: Final = tuple(
    s for s in AgentStatus.ALL if s not in (*AgentStatus.IMMUTABLE, AgentStatus.REJECTED, AgentStatus.NONE)
)


@dataclass(frozen=True, slots=True)
class LocalUnit:
    """A unit as it stands here, with the agent that has it."""

    unit_id: int
    item_key: str
    status: str
    pending: str | None
    decide_by: datetime | None
    agent_id: int | None
    agent_status: str | None
    agent_ref: str | None
    agent_since: datetime | None
    worker_name: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The last decision on a unit that has reached its vendor."""

    action_id: int
    kind: str
    created_by: str
    finished_at: datetime | None


def runs_to_compare(
    conn: Connection, requester_id: int, run_id: int | None = None
) -> list[tuple[int, str, str]]:
    """An account's runs that are at its vendor and not at their end, or that one: (id, title, state)."""
    query = sa.select(_run.id, _run.title, _run.state).where(
        _run.requester_id == requester_id, _run.state != "draft"
    )
    if run_id is not None:
        query = query.where(_run.id == run_id)
    else:
        undecided = sa.select(_total.task_run_id).where(_total.status.in_(_OPEN), _total.units > 0)
        rejected = sa.select(_total.task_run_id).where(
            _total.status == AssignmentState.REJECTED, _total.units > 0
        )
        lately = sa.and_(_run.id.in_(rejected), _run.closed_at >= now() - _OVERTURNED)
        query = query.where(sa.or_(_run.state.in_(ACTIVE), _run.id.in_(undecided), lately))
    return [(row.id, row.title, row.state) for row in conn.execute(query.order_by(_run.id))]


def local_units(conn: Connection, unit_ids: Iterable[int]) -> dict[int, LocalUnit]:
    """These units, by their ids; what there is not is left out."""
    found: dict[int, LocalUnit] = {}
    for part in chunks(sorted(set(unit_ids))):
        for row in conn.execute(_UNITS.where(_unit.id.in_(part))):
            found[row[0]] = LocalUnit(*tuple(row))
    return found


def unsettled_units(conn: Connection, run_id: int) -> list[LocalUnit]:
    """The units of a run that somebody is at work on, or has answered, and nobody has judged."""
    query = _UNITS.where(
        _unit.task_run_id == run_id,
        _unit.status.in_((AssignmentState.ASSIGNED, AssignmentState.COMPLETED)),
        hidden(conn, _agent.status).in_(_UNSETTLED),
    )
    return [LocalUnit(*tuple(row)) for row in conn.execute(query.order_by(_unit.id))]


def answered(conn: Connection, unit_ids: Iterable[int]) -> set[int]:
    """The agents whose answer to one of these units is stored."""
    found: set[int] = set()
    for part in chunks(sorted(set(unit_ids))):
        query = sa.select(_submission.agent_id).where(
            _submission.unit_id.in_(part), _submission.agent_id.is_not(None)
        )
        found |= set(conn.execute(query).scalars())
    return found


def last_decisions(conn: Connection, unit_ids: Iterable[int]) -> dict[int, Decision]:
    """The newest decision on each of these units that its vendor has taken."""
    found: dict[int, Decision] = {}
    for part in chunks(sorted(set(unit_ids))):
        query = (
            sa.select(_action.unit_id, _action.id, _action.kind, _action.created_by, _action.finished_at)
            .where(
                _action.unit_id.in_(part),
                hidden(conn, _action.kind).in_(ActionKind.SETTLE),
                hidden(conn, _action.state) == ActionState.DONE,
            )
            .order_by(_action.id)
        )
        found |= {row[0]: Decision(*row[1:]) for row in conn.execute(query)}
    return found


def unconfirmed(conn: Connection, requester_id: int, run_id: int | None = None) -> list[Mapping[str, Any]]:
    """An account's actions whose fate nobody knows, with the worker's name, oldest first."""
    states = (ActionState.SENDING, ActionState.UNKNOWN, ActionState.NEEDS_YOU)
    query = (
        sa.select(t.VendorAction.__table__, _worker.worker_name)  # type: ignore[attr-defined]
        .join_from(t.VendorAction, t.Worker, _worker.id == _action.worker_id, isouter=True)
        .where(_action.requester_id == requester_id, _action.state.in_(states))
        .order_by(_action.id)
    )
    if run_id is not None:
        query = query.where(_action.task_run_id == run_id)
    return [dict(row) for row in conn.execute(query).mappings()]


_UNITS = (
    sa.select(
        _unit.id,
        sa.func.coalesce(_item.item_key, ""),
        _unit.status,
        _unit.pending,
        _unit.decide_by,
        _unit.agent_id,
        _agent.status,
        _agent.vendor_ref,
        _agent.created_at,
        sa.func.coalesce(_worker.worker_name, ""),
    )
    .select_from(t.Unit)
    .outerjoin(t.Agent, _agent.id == _unit.agent_id)
    .outerjoin(t.Worker, _worker.id == _agent.worker_id)
    .outerjoin(t.Assignment, _item.id == _unit.assignment_id)
)
