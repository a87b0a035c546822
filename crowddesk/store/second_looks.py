"""First rejections of people, and who looked at them again before they may leave.

A rejection waits while its row here says WANTED, or while it has none and nobody rejected that person yet,
whoever wrote the action. Several workers of one identity are one person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from crowddesk.domain import ActionKind, ActionState
from crowddesk.store import tables as t
from crowddesk.store.ledger import payload_of
from crowddesk.store.transaction import Write, chunks

#: What a row says: somebody is to look, somebody agreed or withdrew it, or the settings asked for no look.
WANTED: Final = "wanted"
AGREED: Final = "agreed"
WITHDRAWN: Final = "withdrawn"
WAIVED: Final = "waived"

_LOOK: sa.Table = t.SecondLook.__table__  # type: ignore[attr-defined]
_ACTION: sa.Table = t.VendorAction.__table__  # type: ignore[attr-defined]
_UNIT: sa.Table = t.Unit.__table__  # type: ignore[attr-defined]
_WORKER: sa.Table = t.Worker.__table__  # type: ignore[attr-defined]
_RUN: sa.Table = t.TaskRun.__table__  # type: ignore[attr-defined]
_REQUESTER: sa.Table = t.Requester.__table__  # type: ignore[attr-defined]
_JOURNAL: sa.Table = t.Journal.__table__  # type: ignore[attr-defined]

#: States in which a rejection has gone out, as far as anybody knows.
_GONE: Final = (ActionState.SENDING, ActionState.UNKNOWN, ActionState.NEEDS_YOU, ActionState.DONE)
#: So many of the last journal rows say who works here.
_LATELY: Final = 5_000
#: Who writes for the program itself.
_NOBODY: Final = ("lane",)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A staged rejection, mostly one that waits for a second look. `created_by` decided it."""

    action_id: int
    requester_id: int
    requester_name: str
    provider_type: str
    sandbox: bool
    run_id: int | None
    run_title: str
    unit_id: int
    worker_id: int | None
    worker_name: str
    reason: str
    category: str
    created_at: datetime
    created_by: str
    payload: str

    @property
    def evidence(self) -> tuple[str, ...]:
        """What was attached to the decision, in words."""
        return evidence_of(self.payload)


@dataclass(frozen=True, slots=True)
class Leaving:
    """A rejection at the wire. `person` is None where nobody has the unit; `batch` were decided with it."""

    action_id: int
    uuid: str
    person: int | None
    worker_name: str
    waits: bool
    batch: int


# ------------------------------------------------------------------------------------------- persons


def _person() -> ColumnElement[int]:
    """One number a person: a worker's, or below zero an identity's."""
    person: ColumnElement[int] = sa.case(
        (_WORKER.c.identity_id.is_not(None), -_WORKER.c.identity_id), else_=_WORKER.c.id
    )
    return person


def people_of(conn: Connection, worker_ids: Sequence[int]) -> dict[int, int]:
    """Worker -> the person they are: one number for all workers of one identity."""
    found: dict[int, int] = {}
    for part in chunks(list(dict.fromkeys(worker_ids))):
        query = sa.select(_WORKER.c.id, _person()).where(_WORKER.c.id.in_(part))
        found |= {row[0]: row[1] for row in conn.execute(query)}
    return found


def names_of(conn: Connection, people: Mapping[int, int]) -> dict[int, str]:
    """Person -> a name of theirs, for `people_of`'s answer."""
    names: dict[int, str] = {}
    for part in chunks(list(people)):
        query = sa.select(_WORKER.c.id, _WORKER.c.worker_name).where(_WORKER.c.id.in_(part))
        for worker, name in conn.execute(query.order_by(_WORKER.c.id)):
            names.setdefault(people[worker], name)
    return names


def _rejected_before() -> sa.ScalarSelect[Any]:
    """How many units of a worker's person are rejected; to be used beside the table of workers."""
    other = _WORKER.alias("same_person")
    return (
        sa.select(sa.func.coalesce(sa.func.sum(other.c.rejected), 0))
        .where(sa.or_(other.c.id == _WORKER.c.id, other.c.identity_id == _WORKER.c.identity_id))
        .correlate(_WORKER)
        .scalar_subquery()
    )


def never_rejected(conn: Connection, worker_ids: Sequence[int]) -> set[int]:
    """Those of these workers whose person has no rejected unit."""
    found: set[int] = set()
    for part in chunks(list(dict.fromkeys(worker_ids))):
        query = sa.select(_WORKER.c.id).where(_WORKER.c.id.in_(part), _rejected_before() == 0)
        found |= set(conn.execute(query).scalars())
    return found


def rejections_of_people(
    conn: Connection,
    requester_id: int,
    since: datetime,
    *,
    to_leave: bool = True,
    without: Sequence[int] = (),
) -> tuple[int, dict[int, int]]:
    """Rejections that left since a moment or are to leave: this account's in all, and any's by person.

    `to_leave` False: those that left alone. Without the actions of these ids.
    """
    left = sa.and_(_ACTION.c.state.in_(_GONE), _ACTION.c.started_at >= since)
    counted = sa.or_(left, _ACTION.c.state.in_(ActionState.UNSENT)) if to_leave else left
    query = (
        sa.select(_ACTION.c.requester_id, _person(), sa.func.count())
        .select_from(_ACTION)
        .join(_WORKER, _WORKER.c.id == _ACTION.c.worker_id, isouter=True)
        .where(_ACTION.c.kind == ActionKind.REJECT, counted)
        .group_by(_ACTION.c.requester_id, _person())
    )
    if without:
        query = query.where(_ACTION.c.id.not_in(list(without)))
    in_all = 0
    by_person: Counter[int] = Counter()
    for account, person, count in conn.execute(query):
        in_all += count if account == requester_id else 0
        if person is not None:
            by_person[person] += count
    return in_all, dict(by_person)


# --------------------------------------------------------------------------------------------- looks


def _needs_look() -> ColumnElement[bool]:
    """Of an action beside its look, its unit and its worker."""
    verdict = sa.func.coalesce(_LOOK.c.verdict, "")  # compared with NULL, all of it would be NULL
    return sa.or_(verdict == WANTED, sa.and_(verdict == "", _rejected_before() == 0))


def _rejections(*columns: Any) -> sa.Select[Any]:
    return (
        sa.select(*columns)
        .select_from(_ACTION)
        .outerjoin(_LOOK, _LOOK.c.action_id == _ACTION.c.id)
        .outerjoin(_UNIT, sa.and_(_UNIT.c.id == _ACTION.c.target_id, _ACTION.c.target_type == "unit"))
        .outerjoin(_WORKER, _WORKER.c.id == _UNIT.c.worker_id)
        .where(_ACTION.c.kind == ActionKind.REJECT)
    )


def _staged(
    query: sa.Select[Any], requester_id: int | None, run_id: int | None, *, waits: bool = True
) -> sa.Select[Any]:
    query = query.where(
        _ACTION.c.state == ActionState.STAGED, _needs_look() if waits else sa.not_(_needs_look())
    )
    if requester_id is not None:
        query = query.where(_ACTION.c.requester_id == requester_id)
    if run_id is not None:
        query = query.where(_ACTION.c.task_run_id == run_id)
    return query


def waiting_ids(conn: Connection, *, requester_id: int | None = None, run_id: int | None = None) -> list[int]:
    """The staged rejections that may not leave before somebody looked at them again."""
    query = _staged(_rejections(_ACTION.c.id), requester_id, run_id).order_by(_ACTION.c.id)
    return list(conn.execute(query).scalars())


def waiting(conn: Connection, *, requester_id: int | None = None, run_id: int | None = None) -> list[Waiting]:
    """The same with what somebody needs who looks, oldest first."""
    query = _staged(_described(), requester_id, run_id).order_by(_ACTION.c.id)
    return [Waiting(*row) for row in conn.execute(query)]


def leaving(conn: Connection, requester_id: int, run_id: int | None, limit: int) -> list[Waiting]:
    """The first of an account's staged rejections that wait for nothing but `send`."""
    query = _staged(_described(), requester_id, run_id, waits=False).order_by(_ACTION.c.id).limit(limit)
    return [Waiting(*row) for row in conn.execute(query)]


def _described() -> sa.Select[Any]:
    query = _rejections(
        _ACTION.c.id, _ACTION.c.requester_id, _REQUESTER.c.requester_name, _REQUESTER.c.provider_type,
        _REQUESTER.c.sandbox, _ACTION.c.task_run_id, sa.func.coalesce(_RUN.c.title, ""), _ACTION.c.target_id,
        _UNIT.c.worker_id, sa.func.coalesce(_WORKER.c.worker_name, ""), _ACTION.c.reason, _ACTION.c.category,
        _ACTION.c.created_at, _ACTION.c.created_by, _ACTION.c.payload,
    )  # fmt: skip
    query = query.join(_REQUESTER, _REQUESTER.c.id == _ACTION.c.requester_id)
    return query.outerjoin(_RUN, _RUN.c.id == _ACTION.c.task_run_id)


def evidence_of(payload: str) -> tuple[str, ...]:
    """The words that were attached to a decision, out of its action's payload."""
    found = (payload_of({"payload": payload}) or {}).get("evidence", ())
    return tuple(str(words) for words in found) if isinstance(found, list) else ()


def _batches(conn: Connection, decided: sa.Select[Any]) -> dict[tuple[int, datetime], int]:
    """(account, moment) -> how many rejections were decided then in one go, for those in `decided`."""
    together = _ACTION.alias("together")
    when = (together.c.requester_id, together.c.created_at)
    query = sa.select(*when, sa.func.count()).where(
        together.c.kind == ActionKind.REJECT,
        together.c.state != ActionState.CANCELLED,  # refused ones count, or a second claim would pass
        sa.tuple_(*when).in_(decided),
    )
    return {(account, at): count for account, at, count in conn.execute(query.group_by(*when))}


def largest_batch(conn: Connection, requester_id: int, run_id: int | None) -> int:
    """Of the rejections that wait for nothing but `send`: how many at most were decided in one go."""
    decided = _rejections(_ACTION.c.requester_id, _ACTION.c.created_at)
    return max(_batches(conn, _staged(decided, requester_id, run_id, waits=False)).values(), default=0)


def at_wire(conn: Connection, uuids: Sequence[str]) -> dict[str, Leaving]:
    """What is known of rejections that are about to leave; one that is not in the ledger is left out."""
    found: dict[str, Leaving] = {}
    for part in chunks(list(uuids)):
        mine = _ACTION.c.uuid.in_(part)
        batches = _batches(conn, sa.select(_ACTION.c.requester_id, _ACTION.c.created_at).where(mine))
        query = _rejections(
            _ACTION.c.id, _ACTION.c.uuid, _person(), sa.func.coalesce(_WORKER.c.worker_name, ""),
            _needs_look(), _ACTION.c.requester_id, _ACTION.c.created_at,
        ).where(mine)  # fmt: skip
        for action_id, uuid, person, name, waits, account, at in conn.execute(query):
            found[uuid] = Leaving(action_id, uuid, person, name, bool(waits), batches[account, at])
    return found


def record(w: Write, action_ids: Sequence[int], verdict: str, note: str = "") -> None:
    """Gives new rejections their row: WANTED or WAIVED."""
    w.insert(
        t.SecondLook,
        [{"action_id": i, "verdict": verdict, "note": note, "at": w.at, "by": w.who} for i in action_ids],
    )
    for action_id in action_ids:
        w.event("second_look", action_id, None, verdict)


def close(w: Write, action_id: int, verdict: str, note: str) -> bool:
    """Writes what somebody said of a rejection that waits; False where it does not wait any more."""
    query = _rejections(_LOOK.c.id).where(
        _ACTION.c.id == action_id, _ACTION.c.state == ActionState.STAGED, _needs_look()
    )
    row = w.conn.execute(query).first()
    if row is None:
        return False
    if row[0] is None:
        record(w, [action_id], verdict, note)
    else:
        w.update(t.SecondLook, [row[0]], verdict=verdict, note=note, at=w.at, by=w.who)
        w.event("second_look", action_id, WANTED, verdict)
    w.touch(t.VendorAction, [action_id])
    return True


def carry_over(w: Write, old_id: int, new_id: int) -> None:
    """A repeated rejection keeps what was said of the first."""
    row = w.conn.execute(sa.select(_LOOK).where(_LOOK.c.action_id == old_id)).one()
    again = {"action_id": new_id, "verdict": row.verdict, "note": row.note, "at": row.at, "by": row.by}
    w.insert(t.SecondLook, [again])


def verdicts(conn: Connection, action_ids: Sequence[int]) -> dict[int, tuple[str, str, datetime, str]]:
    """Action -> (verdict, note, when, by whom)."""
    found = {}
    for part in chunks(list(action_ids)):
        for row in conn.execute(sa.select(_LOOK).where(_LOOK.c.action_id.in_(part))):
            found[row.action_id] = (row.verdict, row.note, row.at, row.by)
    return found


def people_here(conn: Connection) -> set[str]:
    """Who has worked in this workspace lately, by the journal."""
    last = sa.select(_JOURNAL.c.who).order_by(_JOURNAL.c.id.desc()).limit(_LATELY).subquery()
    return set(conn.execute(sa.select(last.c.who).distinct()).scalars()) - set(_NOBODY)
