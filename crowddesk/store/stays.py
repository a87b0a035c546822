"""Where a worker's stay at a vendor and a unit here meet: which agent bears which of the vendor's names.

For providers, whose vendors speak of stays (submissions) where the desk speaks of units.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import AssignmentState
from crowddesk.store import tables as t
from crowddesk.store.ledger import repeated_by
from crowddesk.store.records import key
from crowddesk.store.transaction import Write, chunks

_agent = t.Agent.__table__.c  # type: ignore[attr-defined]
_unit = t.Unit.__table__.c  # type: ignore[attr-defined]
_worker = t.Worker.__table__.c  # type: ignore[attr-defined]
_action = t.VendorAction.__table__.c  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Stay:
    """One agent that the vendor has a name for. Ids as the interface has them."""

    ref: str
    agent_id: str
    agent_status: str
    unit_id: str
    unit_status: str
    worker_name: str
    task_run_id: str
    #: The unit is this agent's now, not somebody else's who came after.
    holds: bool


def of_run(conn: Connection, task_run_id: object) -> dict[str, Stay]:
    """Every stay of a run, by the vendor's name for it."""
    query = _STAYS.where(_agent.task_run_id == key(task_run_id), _agent.vendor_ref.is_not(None))
    return {stay.ref: stay for stay in _read(conn, query)}


def of_units(conn: Connection, unit_ids: Iterable[object]) -> dict[str, Stay]:
    """The stay of the agent that each of these units has now."""
    found: dict[str, Stay] = {}
    for part in chunks([key(i) for i in unit_ids]):
        query = _STAYS.where(_unit.id.in_(part), _unit.agent_id == _agent.id, _agent.vendor_ref.is_not(None))
        found |= {stay.unit_id: stay for stay in _read(conn, query)}
    return found


def of_worker(
    conn: Connection, worker_id: object, *, requester_id: object = None, task_run_id: object = None
) -> list[Stay]:
    """A worker's stays in an account's runs, or in one run, the newest first."""
    query = _STAYS.where(_agent.worker_id == key(worker_id), _agent.vendor_ref.is_not(None))
    if requester_id is not None:
        query = query.where(_unit.requester_id == key(requester_id))
    if task_run_id is not None:
        query = query.where(_agent.task_run_id == key(task_run_id))
    return _read(conn, query.order_by(_agent.id.desc()))


def free_units(conn: Connection, task_run_id: object, limit: int, assignment_id: object = None) -> list[str]:
    """Units of a run that are offered and that nobody has or is promised, the first ones first."""
    query = sa.select(_unit.id).where(
        _unit.task_run_id == key(task_run_id),
        _unit.status == AssignmentState.LAUNCHED,
        _unit.agent_id.is_(None),
        _unit.reserved_at.is_(None),
    )
    if assignment_id is not None:
        query = query.where(_unit.assignment_id == key(assignment_id))
    return [str(i) for i in conn.execute(query.order_by(_unit.id).limit(limit)).scalars()]


def count_places(conn: Connection, task_run_id: object) -> int:
    """How many units of a run are, or were, somebody's to take: all that were not taken down."""
    gone = sa.and_(_unit.status == AssignmentState.EXPIRED, _unit.agent_id.is_(None))
    query = sa.select(sa.func.count()).where(_unit.task_run_id == key(task_run_id), ~gone)
    return int(conn.execute(query).scalar_one())


def take_ref(w: Write, task_run_id: object, ref: str, agent_id: object) -> None:
    """Gives an agent the vendor's name for its stay; an earlier agent of the same stay loses it."""
    held = sa.select(_agent.id).where(
        _agent.task_run_id == key(task_run_id), _agent.vendor_ref == ref, _agent.id != key(agent_id)
    )
    earlier = list(w.conn.execute(held).scalars())
    w.update(t.Agent, earlier, vendor_ref=None)
    w.update(t.Agent, [key(agent_id)], vendor_ref=ref)


def attempts(conn: Connection, uuids: Sequence[str]) -> dict[str, tuple[str, int]]:
    """State and attempt of vendor actions, by the ids that providers know them by."""
    found: dict[str, tuple[str, int]] = {}
    for part in chunks(list(uuids)):
        query = sa.select(_action.uuid, _action.state, _action.attempt).where(_action.uuid.in_(part))
        found |= {row.uuid: (row.state, row.attempt) for row in conn.execute(query)}
    return found


def sent_before(conn: Connection, uuid: str) -> list[str]:
    """The actions that this one repeats by a person's word, the latest first; ids as providers know them."""
    same = (_action.requester_id, _action.target_type, _action.target_id, _action.slot)
    columns = sa.select(_action.id, _action.uuid, _action.sequence, *same)
    row = conn.execute(columns.where(_action.uuid == uuid)).first()
    found: list[str] = []
    while row is not None and (number := repeated_by(row.sequence)) is not None and number < row.id:
        alike = [column == getattr(row, column.name) for column in same]
        row = conn.execute(columns.where(_action.id == number, *alike)).first()
        if row is not None:
            found.append(row.uuid)
    return found


_STAYS = (
    sa.select(
        _agent.vendor_ref,
        _agent.id,
        _agent.status,
        _unit.id,
        _unit.status,
        _worker.worker_name,
        _agent.task_run_id,
        _unit.agent_id,
    )
    .join_from(t.Agent, t.Unit, _unit.id == _agent.unit_id)
    .join(t.Worker, _worker.id == _agent.worker_id)
)


def _read(conn: Connection, query: sa.Select[Any]) -> list[Stay]:
    return [
        Stay(ref, str(agent), status, str(unit), unit_status, name, str(run), held == agent)
        for ref, agent, status, unit, unit_status, name, run, held in conn.execute(query)
    ]
