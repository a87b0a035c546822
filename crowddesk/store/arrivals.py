"""Stores what happened at a vendor: agents, units, submissions and the cursor, in one transaction.

Applying the same changes twice does no harm, however late: an agent is known by the vendor's `ref`, a status
that is there already moves nothing, what was decided or ended stays so, and the cursor is written with the
changes it covers.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import (
    UNIT_STATUS_OF_AGENT,
    AgentStatus,
    AssignmentState,
    StatusChange,
    storable,
)
from crowddesk.language import say
from crowddesk.store import changes
from crowddesk.store import tables as t
from crowddesk.store.transaction import Write, chunks

_runs = t.TaskRun.__table__  # type: ignore[attr-defined]
_agent = t.Agent.__table__.c  # type: ignore[attr-defined]
_unit = t.Unit.__table__.c  # type: ignore[attr-defined]
_worker = t.Worker.__table__.c  # type: ignore[attr-defined]
_submission = t.Submission.__table__.c  # type: ignore[attr-defined]

_NOBODY: dict[str, Any] = {"agent_id": None, "worker_id": None, "reserved_at": None}
_NO_ANSWER: dict[str, Any] = {
    "submission_id": None, "submitted_at": None, "seconds": None, "decide_by": None,
}  # fmt: skip
_DECIDED = (*AssignmentState.final_unit(), AssignmentState.REJECTED)
_GONE = AgentStatus.LEFT | {AgentStatus.EXPIRED}


def readable(
    conn: Connection, run_id: int, reported: Sequence[object]
) -> tuple[list[StatusChange], list[str]]:
    """The changes that can be stored, and what is wrong with each of the others, in words.

    A provider is somebody else's program: it may name units that there are not, or words that mean nothing.
    """
    good: list[StatusChange] = []
    faults: list[str] = []
    changed: list[Any] = [c for c in reported if isinstance(c, StatusChange)]
    units = {str(i) for i in _units(conn, _numbers(c.unit_id for c in changed), run_id)}
    stays = _units_of_stays(conn, run_id, [c.ref for c in changed if isinstance(c.ref, str) and c.ref])
    for change in reported:
        known = isinstance(change, StatusChange)
        fault = (
            _fault(change, units, stays) if known else say("{change!r:.80} is no StatusChange", change=change)
        )
        if fault:
            faults.append(fault)
            continue
        clean = _cleaned(change)
        if clean.ref and clean.agent_status:
            stays[clean.ref] = clean.unit_id
        good.append(clean)
    return good, faults


def _numbers(ids: Iterable[object]) -> set[int]:
    """Those of a provider's ids that can be a row's: whole numbers as text."""
    return {int(i) for i in ids if isinstance(i, str) and i.isascii() and i.isdigit() and len(i) < 19}


def _units_of_stays(conn: Connection, run_id: int, refs: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in chunks(list(dict.fromkeys(map(storable, refs)))):
        query = sa.select(_agent.vendor_ref, _agent.unit_id).where(
            _agent.task_run_id == run_id, _agent.vendor_ref.in_(part)
        )
        found |= {ref: str(unit) for ref, unit in conn.execute(query)}
    return found


def _fault(change: Any, units: set[str], stays: Mapping[str, str]) -> str:
    if change.unit_id not in units:
        return say("the run has no unit {unit_id!r:.40}", unit_id=change.unit_id)
    place = say("unit {id}", id=change.unit_id)
    if change.agent_status is not None and change.agent_status not in AgentStatus.ALL:
        return say(
            "{place}: {agent_status!r:.40} is no status of an agent",
            place=place,
            agent_status=change.agent_status,
        )
    if change.unit_status is not None and change.unit_status not in AssignmentState.valid_unit():
        return say(
            "{place}: {unit_status!r:.40} is no status of a unit", place=place, unit_status=change.unit_status
        )
    for time in (change.at, change.decide_by):
        if time is not None and (not isinstance(time, datetime) or time.tzinfo is None):
            return say("{place}: the time {time!s:.40} has no zone", place=place, time=time)
    if change.seconds is not None and not (
        isinstance(change.seconds, (int, float)) and math.isfinite(change.seconds) and change.seconds >= 0
    ):
        return say(
            "{place}: {seconds!r:.40} is no time worked, in seconds", place=place, seconds=change.seconds
        )
    texts = (change.worker_name, change.vendor_status, change.payload, change.cursor)
    if not isinstance(change.ref, str) or any(x is not None and not isinstance(x, str) for x in texts):
        return say(
            "{place}: its ref, worker_name, vendor_status, payload and cursor must be text", place=place
        )
    if change.answer is not None and not _is_json(change.answer):
        return say("{place}: its answer is no mapping that JSON can hold", place=place)
    if change.agent_status is not None and stays.get(change.ref, change.unit_id) != change.unit_id:
        return say(
            "{place}: the stay {ref!r:.40} belongs to unit {other} already",
            place=place,
            ref=change.ref,
            other=stays[change.ref],
        )
    return ""


def _is_json(answer: object) -> bool:
    try:
        return isinstance(answer, dict) and bool(json.dumps(answer))
    except (TypeError, ValueError, RecursionError):
        return False


def _cleaned(change: Any) -> StatusChange:
    names = ("ref", "worker_name", "vendor_status", "payload", "cursor")
    clean: dict[str, Any] = {n: storable(getattr(change, n)) for n in names if getattr(change, n) is not None}
    same = all(getattr(change, name) == text for name, text in clean.items())
    known: StatusChange = change if same else replace(change, **clean)
    return known


def apply(w: Write, run_id: int, reported: Sequence[StatusChange], *, keep_cursor: bool = False) -> int:
    """Stores changes of one run, in their order; returns how many rows' statuses moved.

    With `keep_cursor` the vendor is asked for the same changes again.
    """
    if not reported:
        return 0
    run = dict(w.conn.execute(sa.select(_runs).where(_runs.c.id == run_id)).mappings().one())
    units = _units(w.conn, {int(c.unit_id) for c in reported}, run_id)
    known = [c for c in reported if int(c.unit_id) in units]
    workers = _workers(w, run["provider_type"], {c.worker_name for c in known if c.worker_name})
    agents = _agents(w, run, known, workers, units)
    news = [_News(c, agents.get(c.ref)) for c in known]
    planned = _plan_units(news, units)
    timely = _store_submissions(w, run_id, news, planned)
    moved = _move_agents(w, news, agents)
    moved += _move_units(w, planned, timely, units)
    cursor = next((c.cursor for c in reversed(reported) if c.cursor is not None), None)
    if cursor is not None and not keep_cursor:
        w.update(t.TaskRun, [run_id], sync_cursor=cursor)
    return moved


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What `apply` would do with one change, as things stand.

    `agent` and `unit` are (status now, status then); an agent that is not there yet is `none` now. `holds`:
    the unit is, or becomes, this agent's.
    """

    change: StatusChange
    agent_id: int | None
    agent: tuple[str, str] | None
    unit: tuple[str, str]
    holds: bool


def foresee(conn: Connection, run_id: int, reported: Sequence[StatusChange]) -> list[Foreseen]:
    """What storing these changes together would do; those of units that there are not are left out.

    The status that a unit then has is said at the last change about it.
    """
    units = _units(conn, {int(c.unit_id) for c in reported}, run_id)
    known = [c for c in reported if int(c.unit_id) in units]
    agents = _known_agents(conn, run_id, sorted({c.ref for c in known if c.ref and c.agent_status}))
    stored = {stay.id for stay in agents.values()}
    for number, change in enumerate(known, start=1):
        if change.ref and change.agent_status and change.worker_name and change.ref not in agents:
            agents[change.ref] = _Stay(-number, -number, AgentStatus.NONE)
    found: list[Foreseen] = []
    news = [_News(c, agents.get(c.ref)) for c in known]
    planned = _plan_units(news, units)
    last = {new.unit_id: place for place, new in enumerate(news)}
    for place, new in enumerate(news):
        before = units[new.unit_id]["status"]
        status, held = planned[new.unit_id]
        stay = new.stay
        found.append(
            Foreseen(
                new.change,
                stay.id if stay is not None and stay.id in stored else None,
                None if stay is None else (stay.was, stay.status),
                (before, status if last[new.unit_id] == place else before),
                stay is None or held["agent_id"] == stay.id,
            )
        )
    return found


class _Stay:
    """An agent while its changes are read: `status` goes along, `was` is the stored one."""

    def __init__(self, agent_id: int, worker_id: int, status: str) -> None:
        self.id = agent_id
        self.worker_id = worker_id
        self.was = self.status = status


class _News:
    """One change, and what it means: whether its agent follows it, whether its answer comes too late."""

    def __init__(self, change: StatusChange, stay: _Stay | None) -> None:
        self.change = change
        self.stay = stay
        self.unit_id = int(change.unit_id)
        self.late = stay is not None and stay.status in _GONE
        self.followed = False
        if stay is not None and change.agent_status is not None:
            self.followed = _follows(stay.status, change.agent_status)
            if self.followed:
                stay.status = change.agent_status


def _follows(old: str, new: str) -> bool:
    """Whether an agent takes a vendor's word over: what has ended or was decided here is not taken back."""
    if old in AgentStatus.IMMUTABLE:
        return False
    if old == AgentStatus.REJECTED:
        return new in (AgentStatus.REJECTED, AgentStatus.APPROVED)
    return old != AgentStatus.COMPLETED or new in AgentStatus.COMPLETE


def _units(conn: Connection, ids: set[int], run_id: int) -> dict[int, Mapping[str, Any]]:
    found: dict[int, Mapping[str, Any]] = {}
    for part in chunks(sorted(ids)):
        query = sa.select(t.Unit.__table__).where(_unit.id.in_(part), _unit.task_run_id == run_id)  # type: ignore[attr-defined]
        found |= {row["id"]: dict(row) for row in conn.execute(query).mappings()}
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
    known: Sequence[StatusChange],
    workers: Mapping[str, int],
    units: Mapping[int, Mapping[str, Any]],
) -> dict[str, _Stay]:
    """Ref -> the agent; an unknown stay gets one, `none` until it is moved."""
    stays: dict[str, StatusChange] = {}
    for c in known:
        if c.ref and c.agent_status and (c.ref not in stays or not stays[c.ref].worker_name):
            stays[c.ref] = c
    found = _known_agents(w.conn, run["id"], sorted(stays))
    fresh = [c for ref, c in stays.items() if ref not in found and c.worker_name]
    rows = [
        {
            "worker_id": workers[c.worker_name or ""],
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
    ]
    for c, row, agent_id in zip(fresh, rows, changes.insert_agents(w, rows), strict=True):
        found[c.ref] = _Stay(agent_id, row["worker_id"], AgentStatus.NONE)
    return found


def _known_agents(conn: Connection, run_id: int, refs: Sequence[str]) -> dict[str, _Stay]:
    found: dict[str, _Stay] = {}
    for part in chunks(refs):
        query = sa.select(_agent.vendor_ref, _agent.id, _agent.worker_id, _agent.status).where(
            _agent.task_run_id == run_id, _agent.vendor_ref.in_(part)
        )
        found |= {ref: _Stay(*row) for ref, *row in conn.execute(query)}
    return found


def _move_agents(w: Write, news: Sequence[_News], agents: Mapping[str, _Stay]) -> int:
    timed = {
        n.stay.id: {"submitted_at": n.change.at or w.at, "seconds": n.change.seconds}
        for n in news
        if n.followed and n.stay and n.stay.was not in AgentStatus.COMPLETE and n.change.answer is not None
    }
    moves: dict[int, tuple[str | None, str]] = {
        stay.id: (stay.was, stay.status) for stay in agents.values() if stay.status != stay.was
    }
    return len(changes.set_agent_statuses(w, moves, timed))


def _plan_units(
    news: Sequence[_News], units: Mapping[int, Mapping[str, Any]]
) -> dict[int, tuple[str, dict[str, Any]]]:
    """Unit -> its new status and columns: units follow the last word about them.

    A unit with an open decision keeps its status and its agent, whatever else is said; what is decided or
    expired keeps them for good. Somebody else than its agent can only take a unit that nobody has answered.
    """
    planned: dict[int, tuple[str, dict[str, Any]]] = {}
    for new in news:
        change, stay, row = new.change, new.stay, units[new.unit_id]
        status, held = planned.get(new.unit_id) or (
            row["status"],
            {name: row[name] for name in ("vendor_status", *_NOBODY, *_NO_ANSWER)},
        )
        mine = stay is None or held["agent_id"] == stay.id
        pending = row["pending"] is not None
        wanted = change.unit_status or status
        if new.followed and stay is not None and not pending:
            if change.agent_status in AgentStatus.LEFT:
                if mine or held["agent_id"] is None:
                    # The vendor offers the unit to the next one: so do we.
                    held |= _NOBODY | _NO_ANSWER
                    wanted = change.unit_status or AssignmentState.LAUNCHED
                    mine = True
            elif mine or held["agent_id"] is None or status in AssignmentState.incomplete():
                if not mine:
                    held |= _NO_ANSWER
                held |= {"agent_id": stay.id, "worker_id": stay.worker_id}
                wanted = change.unit_status or UNIT_STATUS_OF_AGENT[str(change.agent_status)]
                mine = True
        if mine and change.vendor_status is not None:
            held["vendor_status"] = change.vendor_status
        if mine and change.decide_by is not None and status not in _DECIDED:
            held["decide_by"] = change.decide_by
        if pending or not mine or not _unit_follows(status, wanted):
            wanted = status
        planned[new.unit_id] = (wanted, held)
    return planned


def _unit_follows(old: str, new: str) -> bool:
    if old in AssignmentState.final_unit():
        return False
    return old != AssignmentState.REJECTED or new == AssignmentState.ACCEPTED


def _store_submissions(
    w: Write, run_id: int, news: Sequence[_News], planned: Mapping[int, tuple[str, dict[str, Any]]]
) -> dict[int, StatusChange]:
    """Adds the answers that are new; unit -> the change that carries its timely answer."""
    answered = [n for n in news if n.change.answer is not None and n.stay is not None]
    stored: set[tuple[int | None, str]] = set()
    for part in chunks(sorted({n.unit_id for n in answered})):
        query = sa.select(_submission.agent_id, _submission.raw).where(_submission.unit_id.in_(part))
        stored |= {(agent, raw) for agent, raw in w.conn.execute(query)}
    rows: list[dict[str, Any]] = []
    timely: dict[int, StatusChange] = {}
    for new in answered:
        assert new.stay is not None
        change = new.change
        raw = change.payload if change.payload is not None else json.dumps(change.answer)
        if (new.stay.id, raw) in stored:
            continue
        stored.add((new.stay.id, raw))
        late = new.late or planned[new.unit_id][1]["agent_id"] != new.stay.id
        rows.append(
            {
                "agent_id": new.stay.id,
                "unit_id": new.unit_id,
                "task_run_id": run_id,
                "raw": raw,
                "answer": storable(json.dumps(change.answer, ensure_ascii=False)),
                "late": late,
                "received_at": w.at,
            }
        )
        if not late:
            timely[new.unit_id] = change
    ids = changes.insert_submissions(w, rows)
    for submission_id, row in zip(ids, rows, strict=True):
        if not row["late"]:
            planned[row["unit_id"]][1]["submission_id"] = submission_id
    return timely


def _move_units(
    w: Write,
    planned: Mapping[int, tuple[str, dict[str, Any]]],
    timely: Mapping[int, StatusChange],
    units: Mapping[int, Mapping[str, Any]],
) -> int:
    for unit_id, change in timely.items():
        planned[unit_id][1].update({"submitted_at": change.at or w.at, "seconds": change.seconds})
    moves: dict[int, tuple[str | None, str]] = {
        i: (units[i]["status"], status) for i, (status, _) in planned.items()
    }
    moved = changes.set_unit_statuses(w, moves, {i: plan[1] for i, plan in planned.items()})
    return sum(1 for i in moved if moves[i][1] != units[i]["status"])
