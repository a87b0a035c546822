"""The ledger of vendor actions: staged with money reserved, claimed for the wire, settled.

One row an item, states written per batch: one commit before the wire (`claim`), one after (`settle`). All
verbs take the open `Write`; what they decide stays true until the commit.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import (
    Action,
    ActionKind,
    ActionState,
    AssignmentState,
    Outcome,
)
from crowddesk.store import changes, consequences
from crowddesk.store import tables as t
from crowddesk.store.queries.listing import hidden
from crowddesk.store.transaction import Write, chunks

#: The most actions of one batch on the wire.
BATCH = 500

_action = t.VendorAction.__table__.c  # type: ignore[attr-defined]
_unit = t.Unit.__table__.c  # type: ignore[attr-defined]
_run = t.TaskRun.__table__.c  # type: ignore[attr-defined]
_requester = t.Requester.__table__.c  # type: ignore[attr-defined]
_total = t.RunTotal.__table__.c  # type: ignore[attr-defined]
_paid = t.ActionTotal.__table__.c  # type: ignore[attr-defined]

_SLOTS = dict.fromkeys(ActionKind.SETTLE, "settle") | {
    ActionKind.BLOCK: "block",
    ActionKind.UNBLOCK: "block",
    ActionKind.SET_UP: "set_up",
    ActionKind.CLEAN_UP: "clean_up",
}


def slot_of(kind: str, payload: Mapping[str, Any]) -> str:
    """The slot that an action takes on its target; actions of one slot exclude each other."""
    if kind in (ActionKind.GRANT, ActionKind.REVOKE):
        return f"qualification:{payload.get('qualification_name', '')}"
    return _SLOTS.get(kind, kind)


@dataclass(frozen=True, slots=True)
class NewAction:
    """An action to be staged. Amounts in minor units; `sequence` None: the next free one of the slot."""

    requester_id: int
    kind: str
    target_type: str
    target_id: int
    currency: str
    task_run_id: int | None = None
    unit_id: int | None = None
    worker_id: int | None = None
    amount: int = 0
    fee: int = 0
    reason: str = ""
    category: str = ""
    payload: Mapping[str, Any] | None = None
    sequence: str | None = None


@dataclass(frozen=True, slots=True)
class Staged:
    """What staging did: ids in the order of the new actions, and why others were not taken."""

    ids: tuple[int, ...]
    skipped: tuple[tuple[NewAction, str], ...]


def stage(
    w: Write, new: Sequence[NewAction], *, state: str = ActionState.STAGED, not_before: datetime | None = None
) -> Staged:
    """Adds actions that no open or equal one stands against; the others are named with the reason."""
    rows, skipped = _new_rows(w, new, state)
    ids = changes.insert_actions(w, [{**row, "not_before": not_before} for row in rows])
    return Staged(tuple(ids), tuple(skipped))


def _new_rows(
    w: Write, new: Sequence[NewAction], state: str
) -> tuple[list[dict[str, Any]], list[tuple[NewAction, str]]]:
    """The rows of the actions that may be added, and the others with the reason."""
    prepared: list[tuple[NewAction, str, str]] = []
    skipped: list[tuple[NewAction, str]] = []
    groups: dict[tuple[int, str, str], list[NewAction]] = {}
    for item in new:
        slot = slot_of(item.kind, item.payload or {})
        groups.setdefault((item.requester_id, item.target_type, slot), []).append(item)
    for (requester_id, target_type, slot), items in groups.items():
        taken = _taken(w.conn, requester_id, target_type, slot, [i.target_id for i in items])
        repeatable = slot in ActionKind.UNREPEATABLE
        for item in items:
            known = taken.setdefault(item.target_id, {})
            open_one = next((s for s in known.values() if s in ActionState.OPEN), None)
            sequence = item.sequence if item.sequence is not None else str(len(known))
            if sequence in known:
                skipped.append((item, "the same action was recorded before"))
            elif open_one is not None and not repeatable:
                skipped.append((item, f"an earlier action on it is still {open_one.replace('_', ' ')}"))
            else:
                known[sequence] = state
                prepared.append((item, slot, sequence))
    rows = [
        {
            "uuid": str(uuid.uuid4()),
            "requester_id": item.requester_id,
            "task_run_id": item.task_run_id,
            "unit_id": item.unit_id,
            "worker_id": item.worker_id,
            "kind": item.kind,
            "target_type": item.target_type,
            "target_id": item.target_id,
            "slot": slot,
            "sequence": sequence,
            "amount_minor": item.amount,
            "fee_minor": item.fee,
            "currency": item.currency,
            "reason": item.reason,
            "category": item.category,
            "payload": json.dumps(dict(item.payload or {}), ensure_ascii=False),
            "state": state,
            "created_at": w.at,
            "created_by": w.who,
        }
        for item, slot, sequence in prepared
    ]
    return rows, skipped


def _taken(
    conn: Connection, requester_id: int, target_type: str, slot: str, targets: Sequence[int]
) -> dict[int, dict[str, str]]:
    """Target -> {sequence: state} of the slot's earlier actions."""
    found: dict[int, dict[str, str]] = {}
    for part in chunks(targets):
        query = sa.select(_action.target_id, _action.sequence, _action.state).where(
            _action.requester_id == requester_id,
            _action.target_type == target_type,
            _action.target_id.in_(part),
            _action.slot == slot,
        )
        for target, sequence, state in conn.execute(query):
            found.setdefault(target, {})[sequence] = state
    return found


def free_budget(conn: Connection, run_id: int) -> int | None:
    """Minor units of a run's cap that nothing has spent or reserved yet; None without a cap."""
    cap = conn.execute(sa.select(_run.budget_minor).where(_run.id == run_id)).scalar_one()
    if cap is None:
        return None
    counted = (*AssignmentState.payable(), AssignmentState.CREATED)
    units = sa.select(sa.func.coalesce(sa.func.sum(_total.pay_minor + _total.fee_minor), 0)).where(
        _total.task_run_id == run_id, _total.status.in_(counted)
    )
    extra = sa.select(sa.func.coalesce(sa.func.sum(_paid.amount_minor + _paid.fee_minor), 0)).where(
        _paid.task_run_id == run_id,
        _paid.kind == ActionKind.BONUS,
        _paid.state.in_((*ActionState.OPEN, ActionState.DONE)),
    )
    unrejects = sa.select(sa.func.coalesce(sa.func.sum(_paid.amount_minor + _paid.fee_minor), 0)).where(
        _paid.task_run_id == run_id,
        _paid.kind == ActionKind.UNREJECT,
        _paid.state.in_(ActionState.OPEN),
    )
    used = sum(int(conn.execute(query).scalar_one()) for query in (units, extra, unrejects))
    return int(cap) - used


# ----------------------------------------------------------------------------------- send, undo, retry


def queue(w: Write, ids: Sequence[int], not_before: datetime | None = None) -> list[int]:
    """Releases staged actions to their lane."""
    return changes.set_action_states(
        w,
        dict.fromkeys(ids, ((ActionState.STAGED,), ActionState.QUEUED)),
        {i: {"not_before": not_before} for i in ids},
    )


def cancel(w: Write, ids: Sequence[int]) -> list[int]:
    """Undoes actions that have not left; the others stay as they are."""
    return changes.set_action_states(
        w,
        dict.fromkeys(ids, (ActionState.UNSENT, ActionState.CANCELLED)),
        {i: {"finished_at": w.at} for i in ids},
    )


def resolve(w: Write, action_id: int, happened: bool, note: str) -> bool:
    """A person's word on a `needs_you` action: it happened (done), or it did not (refused)."""
    outcome = Outcome.done() if happened else Outcome.refused(note)
    return bool(settle(w, {action_id: outcome}, seen=(ActionState.NEEDS_YOU,)))


def again(row: Mapping[str, Any]) -> NewAction:
    """A refused action once more. Its sequence follows from the row, so that asking twice is one action."""
    return NewAction(
        requester_id=row["requester_id"],
        kind=row["kind"],
        target_type=row["target_type"],
        target_id=row["target_id"],
        currency=row["currency"],
        task_run_id=row["task_run_id"],
        unit_id=row["unit_id"],
        worker_id=row["worker_id"],
        amount=row["amount_minor"],
        fee=row["fee_minor"],
        reason=row["reason"],
        category=row["category"],
        payload=payload_of(row),
        sequence=f"again-{row['id']}",
    )


def actions_by_id(conn: Connection, ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """Whole rows of the ledger."""
    found: dict[int, Mapping[str, Any]] = {}
    for part in chunks(ids):
        query = sa.select(t.VendorAction.__table__).where(_action.id.in_(part))  # type: ignore[attr-defined]
        found |= {row["id"]: row for row in conn.execute(query).mappings()}
    return found


def ids_in_state(
    conn: Connection,
    states: Sequence[str],
    requester_id: int | None = None,
    task_run_id: int | None = None,
    last_id: int | None = None,
) -> list[int]:
    """Actions in these states up to `last_id`, oldest first."""
    query = sa.select(_action.id).where(_action.state.in_(states)).order_by(_action.id)
    if last_id is not None:
        query = query.where(_action.id <= last_id)
    if requester_id is not None:
        query = query.where(_action.requester_id == requester_id)
    if task_run_id is not None:
        query = query.where(_action.task_run_id == task_run_id)
    return list(conn.execute(query).scalars())


def count_states(
    conn: Connection, *, requester_id: int | None = None, task_run_id: int | None = None
) -> dict[str, int]:
    """How many actions there are by state."""
    query = sa.select(_paid.state, sa.func.sum(_paid.actions)).group_by(_paid.state)
    if requester_id is not None:
        query = query.where(_paid.requester_id == requester_id)
    if task_run_id is not None:
        query = query.where(_paid.task_run_id == task_run_id)
    return {state: int(count) for state, count in conn.execute(query) if count}


# ------------------------------------------------------------------------------------------- the wire


def take_over(w: Write, requester_id: int, lag: timedelta = timedelta(0)) -> int:
    """Raises the account's epoch for a lane that got the lock; an earlier holder's calls become `unknown`.

    They are looked up after `lag`, which the vendor may take to show what was done.
    """
    epoch = epoch_of(w.conn, requester_id) + 1
    w.update(t.Requester, [requester_id], epoch=epoch)
    doubt(w, requester_id, "The program ended before the vendor's answer was stored.", lag)
    return epoch


def doubt(w: Write, requester_id: int, why: str, lag: timedelta = timedelta(0)) -> list[int]:
    """An account's calls that nobody waits for any more are `unknown`, to be looked up after `lag`.

    For the holder of the account's lock, between two calls.
    """
    lost = ids_in_state(w.conn, (ActionState.SENDING,), requester_id)
    return changes.set_action_states(
        w,
        dict.fromkeys(lost, ((ActionState.SENDING,), ActionState.UNKNOWN)),
        {i: {"outcome": why, "not_before": w.at + lag} for i in lost},
    )


def epoch_of(conn: Connection, requester_id: int) -> int:
    """The account's epoch: another one than a lane's own says that the lane was taken over."""
    return int(conn.execute(sa.select(_requester.epoch).where(_requester.id == requester_id)).scalar_one())


def claim(
    w: Write, requester_id: int, epoch: int, states: Sequence[str] = (ActionState.QUEUED,), limit: int = BATCH
) -> list[tuple[int, Action]]:
    """Marks the oldest due actions of one kind as `sending` and returns them.

    Nothing is returned when the epoch is no longer the account's: another process has the lane.
    """
    due = (
        sa.select(_action.kind)
        .join_from(t.VendorAction, t.Requester, _requester.id == _action.requester_id)
        .where(_requester.epoch == epoch)
        .where(*_due(requester_id, states, w.at), _may_leave())
        .order_by(_action.id)
        .limit(1)
    )
    kind = w.conn.execute(due).scalar()
    if kind is None:
        return []
    query = (
        sa.select(t.VendorAction.__table__)  # type: ignore[attr-defined]
        .where(*_due(requester_id, states, w.at), _may_leave(), _action.kind == kind)
        .order_by(_action.id)
        .limit(limit)
    )
    rows = [dict(row) for row in w.conn.execute(query).mappings()]
    readable = [row for row in rows if payload_of(row) is not None]
    damaged = {row["id"]: Outcome.refused(_DAMAGED) for row in rows if payload_of(row) is None}
    settle(w, damaged, seen=states, epoch=epoch)
    if not readable and damaged:
        return claim(w, requester_id, epoch, states, limit)
    return _mark_sending(w, readable, epoch)


def _may_leave() -> sa.ColumnElement[bool]:
    """A paused run launches nothing; a unit whose launch is open is taken down when that has ended."""
    paused = sa.exists().where(_run.id == _action.task_run_id, _run.state == "paused")
    earlier = t.VendorAction.__table__.alias()  # type: ignore[attr-defined]
    launching = sa.exists().where(
        earlier.c.unit_id == _action.unit_id,
        earlier.c.kind == ActionKind.LAUNCH,
        earlier.c.state.in_((ActionState.QUEUED, ActionState.SENDING, ActionState.UNKNOWN)),
    )
    return sa.and_(
        sa.or_(_action.kind != ActionKind.LAUNCH, ~paused),
        sa.or_(_action.kind != ActionKind.EXPIRE, ~launching),
    )


_DAMAGED = "Its stored payload is damaged (it is no JSON), so it was not sent."


def payload_of(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """What an action carries beside its columns; None when the stored text is damaged."""
    try:
        payload = json.loads(row["payload"])
    except ValueError:
        return None
    return payload if isinstance(payload, dict) else None


def _due(requester_id: int, states: Sequence[str], at: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        _action.requester_id == requester_id,
        _action.state.in_(states),
        sa.or_(_action.not_before.is_(None), _action.not_before <= at),
    )


def _mark_sending(w: Write, rows: Sequence[dict[str, Any]], epoch: int) -> list[tuple[int, Action]]:
    moved = set(
        changes.set_action_states(
            w,
            {row["id"]: ((row["state"],), ActionState.SENDING) for row in rows},
            {row["id"]: {"attempt": row["attempt"] + 1, "epoch": epoch, "started_at": w.at} for row in rows},
            epoch=epoch,
        )
    )
    return [
        (row["id"], action_of({**row, "attempt": row["attempt"] + 1})) for row in rows if row["id"] in moved
    ]


def claim_launches(
    w: Write, run_id: int, epoch: int, payload: Mapping[str, Any], limit: int = BATCH
) -> list[tuple[int, Action]]:
    """Records the launch of a run's next units that never had one, as `sending`, and returns the actions.

    The row and the claim are one commit, because what is to be launched follows from the run itself. A unit
    whose launch was refused is not taken again; that is a person's to decide.
    """
    run = w.conn.execute(
        sa.select(_run.requester_id, _requester.epoch)
        .join_from(t.TaskRun, t.Requester, _requester.id == _run.requester_id)
        .where(_run.id == run_id)
    ).one()
    if run.epoch != epoch:
        return []
    # By the unit's index: by that of the kind, each unit would look through every launch there ever was.
    kind = hidden(w.conn, _action.kind)
    earlier = sa.select(_action.id).where(
        _action.unit_id == _unit.id, kind == ActionKind.LAUNCH, _action.state != ActionState.CANCELLED
    )
    query = (
        sa.select(_unit.id, _unit.currency)
        .where(_unit.task_run_id == run_id, _unit.status == AssignmentState.CREATED, ~sa.exists(earlier))
        .order_by(_unit.id)
        .limit(limit)
    )
    new = [
        NewAction(
            requester_id=run.requester_id,
            kind=ActionKind.LAUNCH,
            target_type="unit",
            target_id=unit.id,
            currency=unit.currency,
            task_run_id=run_id,
            unit_id=unit.id,
            payload=payload,
        )
        for unit in w.conn.execute(query)
    ]
    rows, _ = _new_rows(w, new, ActionState.SENDING)
    rows = [{**row, "attempt": 1, "epoch": epoch, "started_at": w.at} for row in rows]
    ids = changes.insert_actions(w, rows)
    return [(action_id, action_of(row)) for action_id, row in zip(ids, rows, strict=True)]


def active_runs(conn: Connection, requester_id: int) -> list[Mapping[str, Any]]:
    """The runs of an account that a lane has to look after, oldest first."""
    query = (
        sa.select(t.TaskRun.__table__)  # type: ignore[attr-defined]
        .where(_run.requester_id == requester_id, _run.state.in_(("launching", "live", "paused", "closing")))
        .order_by(_run.id)
    )
    return [dict(row) for row in conn.execute(query).mappings()]


def units_by_status(conn: Connection, run_id: int) -> dict[str, int]:
    """How many units of a run there are by status."""
    query = (
        sa.select(_total.status, sa.func.sum(_total.units))
        .where(_total.task_run_id == run_id)
        .group_by(_total.status)
    )
    return {status: int(count) for status, count in conn.execute(query) if count}


def open_actions(conn: Connection, run_id: int, kinds: Sequence[str]) -> int:
    """How many actions of these kinds of a run are on their way."""
    query = sa.select(sa.func.coalesce(sa.func.sum(_paid.actions), 0)).where(
        _paid.task_run_id == run_id,
        _paid.kind.in_(kinds),
        _paid.state.in_((ActionState.STAGED, ActionState.QUEUED, ActionState.SENDING, ActionState.UNKNOWN)),
    )
    return int(conn.execute(query).scalar_one())


def unknown(
    conn: Connection, requester_id: int, at: datetime, limit: int = BATCH
) -> list[tuple[int, Action]]:
    """Actions in doubt whose waiting time is over, oldest first."""
    query = (
        sa.select(t.VendorAction.__table__)  # type: ignore[attr-defined]
        .where(*_due(requester_id, (ActionState.UNKNOWN,), at))
        .order_by(_action.id)
        .limit(limit)
    )
    return [(row["id"], action_of(dict(row))) for row in conn.execute(query).mappings()]


def postpone(w: Write, ids: Sequence[int], until: datetime) -> None:
    """Lets actions in doubt wait before they are looked up again."""
    w.update(t.VendorAction, ids, not_before=until)


def requeue(w: Write, ids: Sequence[int], *, epoch: int | None = None) -> list[int]:
    """Actions in doubt that surely did not happen go out again."""
    moves = dict.fromkeys(ids, ((ActionState.UNKNOWN,), ActionState.QUEUED))
    return changes.set_action_states(w, moves, epoch=epoch)


def ask_person(w: Write, evidence: Mapping[int, str], *, epoch: int | None = None) -> list[int]:
    """Actions in doubt that nobody can look up and that must not be repeated wait for a person."""
    return changes.set_action_states(
        w,
        dict.fromkeys(evidence, ((ActionState.UNKNOWN,), ActionState.NEEDS_YOU)),
        {i: {"outcome": text} for i, text in evidence.items()},
        epoch=epoch,
    )


def next_due(conn: Connection, requester_id: int) -> datetime | None:
    """When the next queued or doubtful action may be taken up (None: nothing waits)."""
    query = sa.select(sa.func.min(sa.func.coalesce(_action.not_before, 0))).where(
        _action.requester_id == requester_id,
        sa.or_(
            _action.state == ActionState.UNKNOWN, sa.and_(_action.state == ActionState.QUEUED, _may_leave())
        ),
    )
    value = conn.execute(query).scalar()
    return None if value is None else t.UtcTime().process_result_value(int(_as_int(value)), None)  # type: ignore[arg-type]


def _as_int(value: Any) -> int:
    if isinstance(value, datetime):
        stored = t.UtcTime().process_bind_param(value, None)  # type: ignore[arg-type]
        return stored or 0
    return int(value)


def action_of(row: Mapping[str, Any]) -> Action:
    """A ledger row as a provider sees it."""
    return Action(
        id=row["uuid"],
        kind=row["kind"],
        target_type=row["target_type"],
        target_id=str(row["target_id"]),
        requester_id=str(row["requester_id"]),
        task_run_id=None if row["task_run_id"] is None else str(row["task_run_id"]),
        unit_id=None if row["unit_id"] is None else str(row["unit_id"]),
        amount=row["amount_minor"],
        currency=row["currency"],
        reason=row["reason"],
        category=row["category"],
        attempt=row["attempt"],
        payload=payload_of(row) or {},
    )


# --------------------------------------------------------------------------------- what came of it


def settle(
    w: Write,
    outcomes: Mapping[int, Outcome],
    *,
    seen: Sequence[str] = (ActionState.SENDING, ActionState.UNKNOWN),
    epoch: int | None = None,
) -> list[int]:
    """Writes what became of actions and, in the same transaction, the local status that their kind means.

    Returns the ids that were written. A refused or doubtful action changes nothing but itself. With `epoch`,
    only while it is the account's: what a lane that lost its lock has heard may be of an earlier attempt.
    """
    moved = changes.set_action_states(
        w,
        {i: (seen, outcome.state) for i, outcome in outcomes.items()},
        {
            i: {
                "outcome": outcome.reason,
                "evidence": json.dumps(outcome.evidence, default=str),
                "finished_at": w.at if outcome.state in ActionState.FINISHED else None,
            }
            for i, outcome in outcomes.items()
        },
        epoch=epoch,
    )
    done = [i for i in moved if outcomes[i].state == ActionState.DONE]
    rows: list[Mapping[str, Any]] = []
    for part in chunks(done):
        query = sa.select(t.VendorAction.__table__).where(_action.id.in_(part))  # type: ignore[attr-defined]
        rows += [dict(row) for row in w.conn.execute(query).mappings()]
    by_kind: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_kind.setdefault(row["kind"], []).append(row)
    for kind, mine in by_kind.items():
        consequences.apply(w, kind, mine, outcomes)
    return moved


def units_by_id(conn: Connection, ids: Iterable[int]) -> dict[int, Mapping[str, Any]]:
    """What a decision needs to know of units."""
    found: dict[int, Mapping[str, Any]] = {}
    for part in chunks(list(ids)):
        query = sa.select(
            _unit.id, _unit.status, _unit.pending, _unit.requester_id, _unit.task_run_id, _unit.worker_id,
            _unit.pay_minor, _unit.fee_minor, _unit.currency, _unit.provider_type, _unit.sandbox,
            _unit.unit_index,
        ).where(_unit.id.in_(part))  # fmt: skip
        found |= {row["id"]: row for row in conn.execute(query).mappings()}
    return found


def rejections_since(conn: Connection, requester_id: int, since: datetime) -> tuple[int, dict[int, int]]:
    """How many rejections of an account are open or done since a moment: in all, and by worker."""
    query = (
        sa.select(_action.worker_id, sa.func.count())
        .where(
            _action.requester_id == requester_id,
            _action.kind == ActionKind.REJECT,
            _action.state.in_((*ActionState.OPEN, ActionState.DONE)),
            _action.created_at >= since,
        )
        .group_by(_action.worker_id)
    )
    by_worker = {worker: int(count) for worker, count in conn.execute(query)}
    return sum(by_worker.values()), by_worker
