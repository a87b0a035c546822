"""The writes that keep statuses, totals, counters and evidence in step: every status goes through here.

Each verb takes the open `Write`, compares with what the caller saw, changes what still matches and returns
the ids it changed. A caller that gets fewer ids than it asked for re-reads.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from crowddesk.domain import COMPENSATION, UNIT_STATUS_OF_AGENT, AgentStatus, AssignmentState, unit_kind
from crowddesk.store import tables as t
from crowddesk.store.transaction import Write, canonical_json, chunks

#: Worker counters by the unit status they count.
_WORKER_COUNTERS = {
    AssignmentState.COMPLETED: "completed",
    AssignmentState.ACCEPTED: "accepted",
    AssignmentState.SOFT_REJECTED: "soft_rejected",
    AssignmentState.REJECTED: "rejected",
}
#: What a vendor decides no more by itself.
_DECIDED = frozenset({*AssignmentState.final_unit(), AssignmentState.REJECTED})
#: What a decision says about the data, unless a person said otherwise.
_DATASET_OF_STATUS = {
    AssignmentState.ACCEPTED: "in",
    AssignmentState.SOFT_REJECTED: "out",
    AssignmentState.REJECTED: "out",
}


def insert_units(w: Write, rows: Sequence[Mapping[str, Any]]) -> range:
    """Adds units (full rows but `id`) and counts them into their run's totals."""
    ids = w.insert(t.Unit, rows)
    sums: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        total = sums[(row["task_run_id"], unit_kind(row["unit_index"]), row["status"])]
        total[0] += 1
        total[1] += row["pay_minor"]
        total[2] += row["fee_minor"]
    for key, total in sums.items():
        w.add_total(t.RunTotal, key, *total)
    return ids


def set_unit_statuses(
    w: Write,
    moves: Mapping[int, tuple[str | None, str]],
    columns: Mapping[int, Mapping[str, Any]] | None = None,
) -> list[int]:
    """Moves units from the status that was seen (None: any) to a new one. Returns the ids moved.

    `columns` gives further values for a unit, of the same names for every unit in one call; they are written
    only where the move happens. A move to the same status writes the columns alone. What is decided has no
    deadline any more.
    """
    moved: dict[int, dict[str, Any]] = {}
    worker_deltas: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    columns = columns or {}
    for part in chunks(list(moves)):
        for row in w.conn.execute(_UNIT_NOW, {"ids": part}):
            seen, new = moves[row.id]
            if seen is not None and row.status != seen:
                continue
            values = moved[row.id] = dict(columns.get(row.id, ()))
            worker = values.get("worker_id", row.worker_id)
            _count_worker(worker_deltas, row.worker_id, row.status, worker, new)
            if new == row.status:
                continue
            values["status"] = new
            if new in _DATASET_OF_STATUS and not row.dataset_by_person and row.unit_index != COMPENSATION:
                values["dataset_status"] = _DATASET_OF_STATUS[new]
            if new in _DECIDED and (row.decide_by or values.get("decide_by")):
                values["decide_by"] = None
            kind = unit_kind(row.unit_index)
            w.add_total(t.RunTotal, (row.task_run_id, kind, row.status), -1, -row.pay_minor, -row.fee_minor)
            w.add_total(t.RunTotal, (row.task_run_id, kind, new), 1, row.pay_minor, row.fee_minor)
            w.event("unit", row.id, row.status, new)
    w.update_rows(t.Unit, moved)
    _store_worker_counts(w, worker_deltas)
    w.touch(t.Unit, moved)
    return list(moved)


def set_dataset_status(w: Write, ids: Sequence[int], status: str) -> list[int]:
    """A person's word on whether units count; `undecided` gives them back to what is decided on the work.

    Returns the ids of the units that there are.
    """
    by_person = status != "undecided"
    found: list[int] = []
    for part in chunks(ids):
        for row in w.conn.execute(_UNIT_NOW, {"ids": part}):
            found.append(row.id)
            if row.dataset_status != status:
                w.event("dataset", row.id, row.dataset_status, status)
    w.update(t.Unit, found, dataset_status=status, dataset_by_person=by_person)
    return found


def insert_agents(w: Write, rows: Sequence[Mapping[str, Any]]) -> range:
    """Adds agents (full rows but `id`) and counts them."""
    ids = w.insert(t.Agent, rows)
    for agent_id, row in zip(ids, rows, strict=True):
        w.add_total(t.AgentTotal, (row["task_run_id"], row["status"]), 1)
        w.event("agent", agent_id, None, row["status"])
    return ids


def set_agent_statuses(
    w: Write,
    moves: Mapping[int, tuple[str | None, str]],
    columns: Mapping[int, Mapping[str, Any]] | None = None,
) -> dict[int, str]:
    """Moves agents from the status that was seen (None: any); returns `{id moved: old status}`."""
    old: dict[int, str] = {}
    written: dict[int, dict[str, Any]] = {}
    units: list[int] = []
    columns = columns or {}
    for part in chunks(list(moves)):
        for row in w.conn.execute(_AGENT_NOW, {"ids": part}):
            seen, new = moves[row.id]
            if seen is not None and row.status != seen:
                continue
            old[row.id] = row.status
            values = written[row.id] = dict(columns.get(row.id, ()))
            if row.status != new:
                values |= {"status": new, "updated_at": w.at}
                w.add_total(t.AgentTotal, (row.task_run_id, row.status), -1)
                w.add_total(t.AgentTotal, (row.task_run_id, new), 1)
                w.event("agent", row.id, row.status, new)
                units.append(row.unit_id)
    w.update_rows(t.Agent, written)
    w.touch(t.Unit, units)  # their rows say what their agents do
    return old


def hash_of_submission(raw: str, answer: str) -> str:
    """What the journal keeps of a submission: SHA-256 over the payload and the answer that was read in it."""
    return hashlib.sha256(canonical_json([raw, answer]).encode()).hexdigest()


def insert_submissions(w: Write, rows: Sequence[Mapping[str, Any]]) -> range:
    """Adds what workers sent (full rows but `id`); a timely one becomes its unit's answer.

    The event carries the SHA-256 of payload and answer, so that the journal proves what was answered.
    """
    ids = w.insert(t.Submission, rows)
    answers: dict[int, int] = {}
    for submission_id, row in zip(ids, rows, strict=True):
        w.event("submission", submission_id, None, hash_of_submission(row["raw"], row["answer"]))
        if not row["late"]:
            answers[row["unit_id"]] = submission_id
    w.update_each(t.Unit, [{"id": unit, "submission_id": s} for unit, s in answers.items()])
    return ids


def insert_actions(w: Write, rows: Sequence[Mapping[str, Any]]) -> range:
    """Adds vendor actions (full rows but `id`), counts them and marks the units they settle as pending."""
    ids = w.insert(t.VendorAction, rows)
    settles: dict[str, list[int]] = defaultdict(list)
    sums: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    for action_id, row in zip(ids, rows, strict=True):
        total = sums[_action_key(row, row["state"])]
        total[0] += 1
        total[1] += row["amount_minor"]
        total[2] += row["fee_minor"]
        w.event("vendor_action", action_id, None, _action_fact(row))
        if row["slot"] == "settle":
            settles[row["kind"]].append(row["target_id"])
    for key, total in sums.items():
        w.add_total(t.ActionTotal, key, *total)
    for kind, units in settles.items():
        w.update(t.Unit, units, pending=kind)
    return ids


def set_action_states(
    w: Write,
    moves: Mapping[int, tuple[Sequence[str], str]],
    columns: Mapping[int, Mapping[str, Any]] | None = None,
    *,
    epoch: int | None = None,
) -> list[int]:
    """Moves actions from one of the states that were seen to a new one; returns the ids moved.

    With `epoch`, only while the requester's epoch is still that one: a lane that lost its lock moves nothing.
    """
    moved: dict[int, dict[str, Any]] = {}
    settled: dict[int, str] = {}
    columns = columns or {}
    for part in chunks(list(moves)):
        query = _ACTION_NOW.where(_action.id.in_(part))
        if epoch is not None:
            query = query.join(t.Requester, _requester.id == _action.requester_id).where(
                _requester.epoch == epoch
            )
        for row in w.conn.execute(query):
            seen, new = moves[row.id]
            if row.state not in seen:
                continue
            moved[row.id] = {"state": new, **columns.get(row.id, {})}
            fields = row._asdict()
            w.add_total(t.ActionTotal, _action_key(fields, row.state), -1, -row.amount_minor, -row.fee_minor)
            w.add_total(t.ActionTotal, _action_key(fields, new), 1, row.amount_minor, row.fee_minor)
            if new != "sending":
                w.event("vendor_action", row.id, row.state, new)
            if row.slot == "settle" and new in ("done", "refused", "cancelled"):
                settled[row.target_id] = new
    w.update_rows(t.VendorAction, moved)
    if settled:
        w.update(t.Unit, list(settled), pending=None)
        follow_agents(w, [unit for unit, new in settled.items() if new != "done"])
    return list(moved)


def follow_agents(w: Write, unit_ids: Sequence[int]) -> list[int]:
    """Units whose decision came to nothing take the status that their agent has reached meanwhile.

    While a decision is open no poll touches its unit, so what the vendor said in that time is caught up here:
    where the agent has left, who came next has the unit, or it is free.
    """
    moves: dict[int, tuple[str | None, str]] = {}
    columns: dict[int, dict[str, Any]] = {}
    for part in chunks(unit_ids):
        query = (
            sa.select(_unit.id, _unit.status, _unit.agent_id, _agent.status.label("agent_status"))
            .join_from(t.Unit, t.Agent, _agent.id == _unit.agent_id, isouter=True)
            .where(_unit.id.in_(part), _unit.status.not_in(AssignmentState.final_unit()))
        )
        for row in w.conn.execute(query).all():
            if row.agent_status in AgentStatus.LEFT:
                status, columns[row.id] = _next_agent(w, row.id)
            else:
                status = UNIT_STATUS_OF_AGENT.get(row.agent_status, row.status)
            if row.id in columns or status != row.status:
                moves[row.id] = (row.status, status)
    return set_unit_statuses(w, moves, columns)


def _next_agent(w: Write, unit_id: int) -> tuple[str, dict[str, Any]]:
    """The status and columns of a unit whose agent has left: those of the newest one that has not."""
    gone = (*AgentStatus.LEFT, AgentStatus.EXPIRED)
    query = (
        sa.select(_agent.id, _agent.worker_id, _agent.status, _agent.submitted_at, _agent.seconds)
        .where(_agent.unit_id == unit_id, _agent.status.not_in(gone))
        .order_by(_agent.id.desc())
        .limit(1)
    )
    agent = w.conn.execute(query).first()
    if agent is None:
        nobody = (
            "agent_id", "worker_id", "reserved_at", "submission_id", "submitted_at", "seconds", "decide_by",
        )  # fmt: skip
        return AssignmentState.LAUNCHED, dict.fromkeys(nobody)
    answer = sa.select(sa.func.max(_submission.id)).where(_submission.agent_id == agent.id)
    return UNIT_STATUS_OF_AGENT[agent.status], {
        "agent_id": agent.id,
        "worker_id": agent.worker_id,
        "submission_id": w.conn.execute(answer.where(_submission.unit_id == unit_id)).scalar(),
        "submitted_at": agent.submitted_at,
        "seconds": agent.seconds,
        "decide_by": None,
    }


def set_run_state(w: Write, run_id: int, seen: Iterable[str], new: str, **columns: Any) -> bool:
    """Moves a run from one of the states that were seen to a new one."""
    row = w.conn.execute(sa.select(_run.state).where(_run.id == run_id)).first()
    if row is None or row.state not in tuple(seen):
        return False
    if row.state != new:
        w.event("task_run", run_id, row.state, new)
    w.update(t.TaskRun, [run_id], state=new, **columns)
    return True


# --------------------------------------------------------------------------------------------- inside

_unit = t.Unit.__table__.c  # type: ignore[attr-defined]
_agent = t.Agent.__table__.c  # type: ignore[attr-defined]
_action = t.VendorAction.__table__.c  # type: ignore[attr-defined]
_requester = t.Requester.__table__.c  # type: ignore[attr-defined]
_run = t.TaskRun.__table__.c  # type: ignore[attr-defined]
_worker = t.Worker.__table__.c  # type: ignore[attr-defined]
_submission = t.Submission.__table__.c  # type: ignore[attr-defined]

_UNIT_NOW = sa.select(
    _unit.id, _unit.status, _unit.task_run_id, _unit.unit_index, _unit.pay_minor, _unit.fee_minor,
    _unit.worker_id, _unit.dataset_by_person, _unit.dataset_status, _unit.decide_by,
).where(_unit.id.in_(sa.bindparam("ids", expanding=True)))  # fmt: skip
_AGENT_NOW = sa.select(_agent.id, _agent.status, _agent.task_run_id, _agent.unit_id).where(
    _agent.id.in_(sa.bindparam("ids", expanding=True))
)
_ACTION_NOW = sa.select(
    _action.id, _action.state, _action.requester_id, _action.task_run_id, _action.kind, _action.slot,
    _action.target_id, _action.amount_minor, _action.fee_minor,
)  # fmt: skip


def _action_key(row: Mapping[str, Any], state: str) -> tuple[Any, ...]:
    return (row["requester_id"], row["task_run_id"] or 0, row["kind"], state)


def _action_fact(row: Mapping[str, Any]) -> str:
    """What a new action's event says: enough to prove later what was decided and for how much."""
    return (
        f"{row['state']} {row['kind']} {row['target_type']} {row['target_id']} "
        f"{row['amount_minor']}+{row['fee_minor']} {row['currency']}"
    )


def _count_worker(
    deltas: dict[int, dict[str, int]], old_worker: int | None, old: str, worker: int | None, new: str
) -> None:
    if old_worker is not None:
        deltas[old_worker]["units"] -= 1
        if old in _WORKER_COUNTERS:
            deltas[old_worker][_WORKER_COUNTERS[old]] -= 1
    if worker is not None:
        deltas[worker]["units"] += 1
        if new in _WORKER_COUNTERS:
            deltas[worker][_WORKER_COUNTERS[new]] += 1


def _store_worker_counts(w: Write, deltas: Mapping[int, Mapping[str, int]]) -> None:
    rows: list[dict[str, Any]] = [
        {"row_id": worker, "at": w.at, **{f"d_{n}": delta.get(n, 0) for n in _COUNTERS}}
        for worker, delta in deltas.items()
        if any(delta.values())
    ]
    if not rows:
        return
    w.conn.execute(_COUNT_WORKER, rows)
    w.touch(t.Worker, [row["row_id"] for row in rows])


_COUNTERS = ("units", "completed", "accepted", "soft_rejected", "rejected")
_COUNT_WORKER = (
    sa.update(t.Worker)
    .where(_worker.id == sa.bindparam("row_id"))
    .values(
        {n: _worker[n] + sa.bindparam(f"d_{n}") for n in _COUNTERS} | {"last_seen_at": sa.bindparam("at")}
    )
)
