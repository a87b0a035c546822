"""The ledger of vendor actions: staged with money reserved, claimed for the wire, settled.

One row an item, states written per batch: one commit before the wire (`claim`), one after (`settle`). All
verbs take the open `Write`; what they decide stays true until the commit.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionKind, ActionState, AssignmentState, status_text
from crowddesk.language import mark, say
from crowddesk.store import changes
from crowddesk.store import tables as t
from crowddesk.store.transaction import Write, chunks

_action = t.VendorAction.__table__.c  # type: ignore[attr-defined]
_unit = t.Unit.__table__.c  # type: ignore[attr-defined]
_run = t.TaskRun.__table__.c  # type: ignore[attr-defined]
_requester = t.Requester.__table__.c  # type: ignore[attr-defined]
_total = t.RunTotal.__table__.c  # type: ignore[attr-defined]
_paid = t.ActionTotal.__table__.c  # type: ignore[attr-defined]

#: How the sequence of an action begins that repeats another one.
_AGAIN = "again-"
#: What is added to the sequence of one that was taken back and is recorded anew.
_ANEW = "+"
_BEFORE = mark("the same action was recorded before")
_REFUSED_BEFORE = mark("the same action was recorded before and was refused: try that one again")
#: States of a run that a lane has to look after.
ACTIVE = ("launching", "live", "paused", "closing")

_SLOTS = dict.fromkeys(ActionKind.SETTLE, "settle") | {
    ActionKind.BLOCK: "block",
    ActionKind.UNBLOCK: "block",
    ActionKind.SET_UP: "set_up",
    ActionKind.CLEAN_UP: "clean_up",
    ActionKind.PAUSE: "pause",
    ActionKind.RESUME: "pause",
}


def slot_of(kind: str, payload: Mapping[str, Any]) -> str:
    """The slot that an action takes on its target; actions of one slot exclude each other."""
    if kind in (ActionKind.GRANT, ActionKind.REVOKE):
        return f"qualification:{payload.get('qualification_name', '')}"
    return _SLOTS.get(kind, kind)


@dataclass(frozen=True, slots=True)
class NewAction:
    """An action to be staged. Amounts in minor units; `sequence` None: the next free one of the slot.

    With `after_undo` a sequence whose action was taken back may be used anew.
    """

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
    after_undo: bool = False


@dataclass(frozen=True, slots=True)
class Staged:
    """What staging did: ids in the order of the new actions, and why others were not taken."""

    ids: tuple[int, ...]
    skipped: tuple[tuple[NewAction, str], ...]


def stage(
    w: Write, new: Sequence[NewAction], *, state: str = ActionState.STAGED, not_before: datetime | None = None
) -> Staged:
    """Adds actions that no open or equal one stands against; the others are named with the reason."""
    rows, skipped = new_rows(w, new, state)
    ids = changes.insert_actions(w, [{**row, "not_before": not_before} for row in rows])
    return Staged(tuple(ids), tuple(skipped))


def new_rows(
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
            while item.after_undo and known.get(sequence) == ActionState.CANCELLED:
                sequence += _ANEW
            if sequence in known:
                refused = known[sequence] == ActionState.REFUSED
                skipped.append((item, say(_REFUSED_BEFORE) if refused else say(_BEFORE)))
            elif open_one is not None and not repeatable:
                why = say("an earlier action on it is still {state}", state=status_text(open_one))
                skipped.append((item, why))
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


def again(row: Mapping[str, Any]) -> NewAction:
    """A refused action once more. Its sequence follows from the row, so that asking twice is one action.

    One that was taken back may be asked for anew.
    """
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
        sequence=f"{_AGAIN}{row['id']}",
        after_undo=True,
    )


def repeated_by(sequence: str) -> int | None:
    """The action that one with this sequence repeats; None for one of its own."""
    number = sequence.removeprefix(_AGAIN).rstrip(_ANEW)
    return int(number) if sequence.startswith(_AGAIN) and number.isascii() and number.isdigit() else None


def sent_again(conn: Connection, action_id: int) -> int | None:
    """The action that `again` made of one; None where there is none, or it was taken back."""
    first = t.VendorAction.__table__.alias()  # type: ignore[attr-defined]
    same = (first.c.requester_id, first.c.target_type, first.c.target_id, first.c.slot)
    query = sa.select(_action.id).where(
        first.c.id == action_id,
        *(getattr(_action, column.name) == column for column in same),
        sa.func.rtrim(_action.sequence, _ANEW) == f"{_AGAIN}{action_id}",
        _action.state != ActionState.CANCELLED,
    )
    return conn.execute(query).scalar()


def of_slot(
    conn: Connection, requester_id: int, target_type: str, target_id: int, slot: str
) -> list[tuple[int, str, str]]:
    """One target's actions of a slot as (id, kind, state), oldest first."""
    query = (
        sa.select(_action.id, _action.kind, _action.state)
        .where(_action.requester_id == requester_id, _action.target_type == target_type)
        .where(_action.target_id == target_id, _action.slot == slot)
        .order_by(_action.id)
    )
    return [(action, kind, state) for action, kind, state in conn.execute(query)]


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


# ------------------------------------------------------------------------------------- of runs and units


def payload_of(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """What an action carries beside its columns; None when the stored text is damaged."""
    try:
        payload = json.loads(row["payload"])
    except ValueError:
        return None
    return payload if isinstance(payload, dict) else None


def active_runs(conn: Connection, requester_id: int) -> list[Mapping[str, Any]]:
    """The runs of an account that a lane has to look after, oldest first."""
    query = (
        sa.select(t.TaskRun.__table__)  # type: ignore[attr-defined]
        .where(_run.requester_id == requester_id, _run.state.in_(ACTIVE))
        .order_by(_run.id)
    )
    return [dict(row) for row in conn.execute(query).mappings()]


def runs_to_show(conn: Connection, requester_id: int) -> list[int]:
    """The runs whose pages people may open, or whose vendor is about to be told where they are."""
    setting_up = sa.select(_action.task_run_id).where(
        _action.requester_id == requester_id,
        _action.kind == ActionKind.SET_UP,
        _action.state.in_((ActionState.QUEUED, ActionState.SENDING, ActionState.UNKNOWN)),
    )
    shown = sa.or_(_run.state.in_(ACTIVE), sa.and_(_run.state == "draft", _run.id.in_(setting_up)))
    query = sa.select(_run.id).where(_run.requester_id == requester_id, shown).order_by(_run.id)
    return list(conn.execute(query).scalars())


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
