"""What a vendor action that is done means here: the statuses of its unit, agent, worker or run.

The local status follows from the action's kind, whatever the vendor calls it, and is written in the
transaction that writes `done`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from crowddesk.domain import COMPENSATION, ActionKind, AgentStatus, AssignmentState, Outcome
from crowddesk.store import changes, ledger, loading, records
from crowddesk.store import tables as t
from crowddesk.store.transaction import Write, chunks

_unit = t.Unit.__table__.c  # type: ignore[attr-defined]

#: What a settled unit becomes: kind -> (unit status, agent status).
_SETTLED = {
    ActionKind.APPROVE: (AssignmentState.ACCEPTED, AgentStatus.APPROVED),
    ActionKind.UNREJECT: (AssignmentState.ACCEPTED, AgentStatus.APPROVED),
    ActionKind.SOFT_REJECT: (AssignmentState.SOFT_REJECTED, AgentStatus.SOFT_REJECTED),
    ActionKind.REJECT: (AssignmentState.REJECTED, AgentStatus.REJECTED),
}


def apply(w: Write, kind: str, rows: Sequence[Mapping[str, Any]], outcomes: Mapping[int, Outcome]) -> None:
    """Writes what `kind` means for the targets of these ledger rows, all of which are done."""
    if kind in _SETTLED:
        unit_status, agent_status = _SETTLED[kind]
        _settle_units(w, rows, outcomes, unit_status, agent_status)
    elif kind == ActionKind.LAUNCH:
        _launch_units(w, {row["target_id"]: outcomes[row["id"]].vendor_status for row in rows})
    elif kind == ActionKind.EXPIRE:
        # A unit that somebody is at work on comes down later; the vendor will say so.
        down = [row for row in rows if outcomes[row["id"]].evidence.get("down", True)]
        _expire_units(w, [row["target_id"] for row in down])
    elif kind == ActionKind.BONUS:
        for row in rows:
            _note_compensation(w, row)
    elif kind == ActionKind.BLOCK:
        for row in rows:
            records.block(w, row["target_id"], row["requester_id"], row["reason"])
    elif kind == ActionKind.UNBLOCK:
        for row in rows:
            records.unblock(w, row["target_id"], row["requester_id"])
    elif kind == ActionKind.SET_UP:
        for row in rows:
            changes.set_run_state(w, row["target_id"], ("draft",), "launching")
    elif kind == ActionKind.CLEAN_UP:
        for row in rows:
            changes.set_run_state(w, row["target_id"], ("closing",), "closed", closed_at=w.at)


def _launch_units(w: Write, units: Mapping[int, str | None]) -> None:
    """Units are out from now on; one that a verb or a worker has moved on already keeps its status."""
    columns = {i: {"launched_at": w.at, "vendor_status": status} for i, status in units.items()}
    moved = set(
        changes.set_unit_statuses(
            w, dict.fromkeys(units, (AssignmentState.CREATED, AssignmentState.LAUNCHED)), columns
        )
    )
    ahead = [{"id": i, "launched_at": w.at} for i in units if i not in moved]
    w.update_each(t.Unit, ahead)


def _note_compensation(w: Write, row: Mapping[str, Any]) -> None:
    """A bonus that makes up for work nobody could hand in leaves a compensation unit: paid, without answer.

    The unit's own pay is nothing, because the money is the bonus's, which is found by the unit.
    """
    made_up = (ledger.payload_of(row) or {}).get("compensates")
    run_id = row["task_run_id"]
    if not isinstance(made_up, int) or run_id is None:
        return
    run = records.get(w.conn, "task_run", run_id)
    (unit,) = loading.add_units(w, {**run, "reward_minor": 0, "fee_minor": 0}, [(made_up, (COMPENSATION,))])
    worker = {"worker_id": row["target_id"]}
    changes.set_unit_statuses(w, {unit: (AssignmentState.CREATED, AssignmentState.ACCEPTED)}, {unit: worker})
    w.update(t.VendorAction, [row["id"]], unit_id=unit)


def _settle_units(
    w: Write,
    rows: Sequence[Mapping[str, Any]],
    outcomes: Mapping[int, Outcome],
    unit_status: str,
    agent_status: str,
) -> None:
    vendor = {row["target_id"]: outcomes[row["id"]].vendor_status for row in rows}
    told = {unit: {"vendor_status": status} for unit, status in vendor.items() if status is not None}
    changes.set_unit_statuses(w, dict.fromkeys(vendor, (None, unit_status)), told)
    agents: list[int] = []
    for part in chunks(list(vendor)):
        query = sa.select(_unit.agent_id).where(_unit.id.in_(part), _unit.agent_id.is_not(None))
        agents += w.conn.execute(query).scalars()
    changes.set_agent_statuses(w, dict.fromkeys(agents, (None, agent_status)))


def _expire_units(w: Write, ids: Sequence[int]) -> None:
    """Units nobody has answered expire; one that was answered meanwhile keeps its answer."""
    moved = []
    for seen in AssignmentState.incomplete():
        moved += changes.set_unit_statuses(w, dict.fromkeys(ids, (seen, AssignmentState.EXPIRED)))
    agent = t.Agent.__table__.c  # type: ignore[attr-defined]
    agents: list[int] = []
    for part in chunks(moved):
        query = sa.select(agent.id).where(
            agent.unit_id.in_(part), agent.status.not_in(list(AgentStatus.COMPLETE))
        )
        agents += w.conn.execute(query).scalars()
    changes.set_agent_statuses(w, dict.fromkeys(agents, (None, AgentStatus.EXPIRED)))
