"""The wire side of the ledger: claimed, sent, looked up, settled. One commit before a call, one after.

For the holder of an account's lock, whose epoch every write compares; a person's word comes here too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import Action, ActionKind, ActionState, AssignmentState, Outcome
from crowddesk.language import mark, say
from crowddesk.store import changes, consequences
from crowddesk.store import tables as t
from crowddesk.store.ledger import NewAction, ids_in_state, new_rows, payload_of
from crowddesk.store.queries.listing import hidden
from crowddesk.store.transaction import Write, chunks

#: The most actions of one batch on the wire.
BATCH = 500

_action = t.VendorAction.__table__.c  # type: ignore[attr-defined]
_unit = t.Unit.__table__.c  # type: ignore[attr-defined]
_run = t.TaskRun.__table__.c  # type: ignore[attr-defined]
_requester = t.Requester.__table__.c  # type: ignore[attr-defined]


def take_over(w: Write, requester_id: int, lag: timedelta = timedelta(0)) -> int:
    """Raises the account's epoch for a lane that got the lock; an earlier holder's calls become `unknown`.

    They are looked up after `lag`, which the vendor may take to show what was done.
    """
    epoch = epoch_of(w.conn, requester_id) + 1
    w.update(t.Requester, [requester_id], epoch=epoch)
    doubt(w, requester_id, say("The program ended before the vendor's answer was stored."), lag)
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


_DAMAGED = mark("Its stored payload is damaged (it is no JSON), so it was not sent.")


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
    rows, _ = new_rows(w, new, ActionState.SENDING)
    rows = [{**row, "attempt": 1, "epoch": epoch, "started_at": w.at} for row in rows]
    ids = changes.insert_actions(w, rows)
    return [(action_id, action_of(row)) for action_id, row in zip(ids, rows, strict=True)]


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


def ask_person(
    w: Write,
    questions: Mapping[int, str],
    evidence: Mapping[int, Mapping[str, Any]] | None = None,
    *,
    epoch: int | None = None,
) -> list[int]:
    """Actions in doubt that nobody can look up and that must not be repeated wait for a person.

    `evidence` is what that person is shown beside the question.
    """
    known = evidence or {}
    return changes.set_action_states(
        w,
        dict.fromkeys(questions, ((ActionState.UNKNOWN,), ActionState.NEEDS_YOU)),
        {
            i: {"outcome": text, "evidence": json.dumps(dict(known.get(i, {})), default=str)}
            for i, text in questions.items()
        },
        epoch=epoch,
    )


def put_back(
    w: Write,
    outcomes: Mapping[int, Outcome],
    *,
    seen: Sequence[str] = (ActionState.SENDING,),
    epoch: int | None = None,
) -> list[int]:
    """Calls that surely have not happened yet are queued again; the attempt does not count."""
    attempts: dict[int, int] = {}
    for part in chunks(list(outcomes)):
        query = sa.select(_action.id, _action.attempt).where(_action.id.in_(part))
        attempts |= {row.id: row.attempt for row in w.conn.execute(query)}
    return changes.set_action_states(
        w,
        dict.fromkeys(outcomes, (seen, ActionState.QUEUED)),
        {
            i: {
                "outcome": outcome.reason,
                "attempt": attempts.get(i, 1) - 1,
                "not_before": w.at + timedelta(seconds=outcome.again_in),
            }
            for i, outcome in outcomes.items()
        },
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
        fee=row["fee_minor"],
        currency=row["currency"],
        reason=row["reason"],
        category=row["category"],
        attempt=row["attempt"],
        payload=payload_of(row) or {},
        started_at=row["started_at"],
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


def resolve(w: Write, action_id: int, happened: bool, note: str) -> bool:
    """A person's word on a `needs_you` action: it happened (done), or it did not (refused)."""
    outcome = Outcome.done() if happened else Outcome.refused(note)
    return bool(settle(w, {action_id: outcome}, seen=(ActionState.NEEDS_YOU,)))
