"""Stores what happened at a vendor: agents, units, submissions and the cursor, in one transaction.

Applying the same changes twice does no harm: an agent is known by the vendor's `ref`, a status that is there
already moves nothing, and the cursor is written with the changes it covers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from crowddesk.domain import (
    UNIT_STATUS_OF_AGENT,
    AgentStatus,
    AssignmentState,
    StatusChange,
)
from crowddesk.store import changes
from crowddesk.store import tables as t
from crowddesk.store.transaction import Write, chunks

_runs = t.TaskRun.__table__  # type: ignore[attr-defined]
_agent = t.Agent.__table__.c  # type: ignore[attr-defined]
_unit = t.Unit.__table__.c  # type: ignore[attr-defined]
_worker = t.Worker.__table__.c  # type: ignore[attr-defined]
_submission = t.Submission.__table__.c  # type: ignore[attr-defined]

#: Statuses that a vendor's later word never takes back here.
_KEPT = frozenset({AssignmentState.SOFT_REJECTED, AssignmentState.EXPIRED})


def apply(w: Write, run_id: int, reported: Sequence[StatusChange]) -> int:
    """Stores changes of one run, in their order; returns how many rows' statuses moved."""
    if not reported:
        return 0
    run = dict(w.conn.execute(sa.select(_runs).where(_runs.c.id == run_id)).mappings().one())
    units = _units(w, {int(c.unit_id) for c in reported}, run_id)
    known = [c for c in reported if int(c.unit_id) in units]
    stays = _last_by_ref(known)
    workers = _workers(w, run["provider_type"], {c.worker_name for c in known if c.worker_name})
    agents = _agents(w, run, stays, workers, units)
    moved = len(_move_agents(w, stays, agents))
    submitted = _store_submissions(w, run_id, known, agents)
    moved += _move_units(w, known, units, agents, submitted)
    cursor = next((c.cursor for c in reversed(reported) if c.cursor is not None), None)
    if cursor is not None:
        w.update(t.TaskRun, [run_id], sync_cursor=cursor)
    return moved


def _last_by_ref(reported: Sequence[StatusChange]) -> dict[str, StatusChange]:
    """Each stay's last word on the agent's status."""
    return {c.ref: c for c in reported if c.ref and c.agent_status}


def _units(w: Write, ids: set[int], run_id: int) -> dict[int, Mapping[str, Any]]:
    found: dict[int, Mapping[str, Any]] = {}
    for part in chunks(sorted(ids)):
        query = sa.select(t.Unit.__table__).where(_unit.id.in_(part), _unit.task_run_id == run_id)  # type: ignore[attr-defined]
        found |= {row["id"]: dict(row) for row in w.conn.execute(query).mappings()}
    return found


def _workers(w: Write, provider_type: str, names: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in chunks(sorted(names)):
        query = sa.select(_worker.worker_name, _worker.id).where(
            _worker.provider_type == provider_type, _worker.worker_name.in_(part)
        )
        found |= {row.worker_name: row.id for row in w.conn.execute(query)}
    fresh = sorted(names - found.keys())
    rows = [
        {"provider_type": provider_type, "worker_name": n, "created_at": w.at, "last_seen_at": w.at}
        for n in fresh
    ]
    found |= dict(zip(fresh, w.insert(t.Worker, rows), strict=True))
    return found


def _agents(
    w: Write,
    run: Mapping[str, Any],
    stays: Mapping[str, StatusChange],
    workers: Mapping[str, int],
    units: Mapping[int, Mapping[str, Any]],
) -> dict[str, dict[str, Any]]:
    """Ref -> the agent's id and status; an unknown stay gets an agent, `none` until it is moved."""
    found: dict[str, dict[str, Any]] = {}
    for part in chunks(sorted(stays)):
        query = sa.select(_agent.vendor_ref, _agent.id, _agent.status, _agent.worker_id).where(
            _agent.task_run_id == run["id"], _agent.vendor_ref.in_(part)
        )
        found |= {row["vendor_ref"]: dict(row) for row in w.conn.execute(query).mappings()}
    fresh = [c for ref, c in stays.items() if ref not in found and c.worker_name]
    rows = [
        {
            "worker_id": workers[c.worker_name],
            "unit_id": int(c.unit_id),
            "task_id": run["task_id"],
            "task_run_id": run["id"],
            "assignment_id": units[int(c.unit_id)]["assignment_id"],
            "task_type": run["task_type"],
            "provider_type": run["provider_type"],
            "status": AgentStatus.NONE,
            "vendor_ref": c.ref,
            "created_at": c.at or w.at,
        }
        for c in fresh
        if c.worker_name is not None
    ]
    for c, row, agent_id in zip(fresh, rows, changes.insert_agents(w, rows), strict=True):
        found[c.ref] = {"id": agent_id, "status": AgentStatus.NONE, "worker_id": row["worker_id"]}
    return found


def _move_agents(
    w: Write, stays: Mapping[str, StatusChange], agents: Mapping[str, Mapping[str, Any]]
) -> dict[int, str]:
    """Agents follow their stay; a soft rejection here outlives the vendor's approval."""
    moves: dict[int, tuple[str | None, str]] = {}
    columns: dict[int, dict[str, Any]] = {}
    for ref, change in stays.items():
        if ref not in agents or change.agent_status is None:
            continue
        agent = agents[ref]
        kept = agent["status"] == AgentStatus.SOFT_REJECTED
        moves[agent["id"]] = (None, agent["status"] if kept else change.agent_status)
        columns[agent["id"]] = {
            "submitted_at": change.at if change.answer is not None else None,
            "seconds": change.seconds,
        }
    timed = {i: c for i, c in columns.items() if c["submitted_at"] is not None}
    return changes.set_agent_statuses(w, moves, timed)


def _store_submissions(
    w: Write, run_id: int, known: Sequence[StatusChange], agents: Mapping[str, Mapping[str, Any]]
) -> dict[int, StatusChange]:
    """Adds the answers that are new; unit -> the change that carries its timely answer."""
    answered = [c for c in known if c.answer is not None and c.ref in agents]
    stored: set[tuple[int, str]] = set()
    for part in chunks(sorted({int(c.unit_id) for c in answered})):
        query = sa.select(_submission.agent_id, _submission.raw).where(_submission.unit_id.in_(part))
        stored |= {(agent, raw) for agent, raw in w.conn.execute(query)}
    rows: list[dict[str, Any]] = []
    timely: dict[int, StatusChange] = {}
    for change in answered:
        agent = agents[change.ref]
        raw = change.payload if change.payload is not None else json.dumps(change.answer)
        if (agent["id"], raw) in stored:
            continue
        stored.add((agent["id"], raw))
        late = agent["status"] in AgentStatus.LEFT or agent["status"] == AgentStatus.EXPIRED
        rows.append(
            {
                "agent_id": agent["id"],
                "unit_id": int(change.unit_id),
                "task_run_id": run_id,
                "raw": raw,
                "answer": json.dumps(change.answer, ensure_ascii=False),
                "late": late,
                "received_at": w.at,
            }
        )
        if not late:
            timely[int(change.unit_id)] = change
    changes.insert_submissions(w, rows)
    return timely


def _move_units(
    w: Write,
    known: Sequence[StatusChange],
    units: Mapping[int, Mapping[str, Any]],
    agents: Mapping[str, Mapping[str, Any]],
    submitted: Mapping[int, StatusChange],
) -> int:
    """Units follow the last word about them, unless a decision on them is open or stands."""
    moves: dict[int, tuple[str | None, str]] = {}
    columns: dict[int, dict[str, Any]] = {}
    for change in known:
        unit_id = int(change.unit_id)
        row = units[unit_id]
        held = columns.get(unit_id) or {
            name: row[name]
            for name in ("agent_id", "worker_id", "vendor_status", "submitted_at", "seconds", "reserved_at")
        }
        columns[unit_id] = held
        status = moves.get(unit_id, (None, row["status"]))[1]
        wanted = change.unit_status or status
        if change.vendor_status is not None:
            held["vendor_status"] = change.vendor_status
        agent = agents.get(change.ref)
        if change.agent_status is not None and agent is not None:
            if change.agent_status in AgentStatus.LEFT:
                if held["agent_id"] in (None, agent["id"]):
                    # The vendor offers the unit to the next one: so do we.
                    held |= {"agent_id": None, "worker_id": None, "reserved_at": None}
                    wanted = change.unit_status or AssignmentState.LAUNCHED
            else:
                held |= {"agent_id": agent["id"], "worker_id": agent["worker_id"]}
                wanted = change.unit_status or UNIT_STATUS_OF_AGENT[change.agent_status]
        if unit_id in submitted and change is submitted[unit_id]:
            held |= {"submitted_at": change.at or w.at, "seconds": change.seconds}
        if row["pending"] is not None or row["status"] in _KEPT:
            wanted = row["status"]
        moves[unit_id] = (None, wanted)
    return sum(1 for i in changes.set_unit_statuses(w, moves, columns) if moves[i][1] != units[i]["status"])
