"""Adds the items of a run and their units in bulk, a chunk a transaction, and remembers how far it came."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionKind, ActionState, AssignmentState
from crowddesk.store import changes
from crowddesk.store import tables as t
from crowddesk.store.queries.listing import hidden
from crowddesk.store.transaction import Write

_run = t.TaskRun.__table__.c  # type: ignore[attr-defined]
_total = t.RunTotal.__table__.c  # type: ignore[attr-defined]
_action = t.VendorAction.__table__.c  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class NewItem:
    """One row of data: its key, its columns as JSON, and the index of each unit it gets."""

    key: str
    data: str
    unit_indexes: Sequence[int]


def add_items(
    w: Write, run: Mapping[str, Any], seen: int, items: Sequence[NewItem], *, with_units: bool = True
) -> range:
    """Adds items after the `seen` ones that the run has, which the caller has checked; the assignments' ids.

    `run` is the run's record. Pay and fee of each unit are the run's. Without `with_units` the caller makes
    the units in the same transaction.
    """
    run_id = int(run["task_run_id"])
    shared = _shared(run)
    assignments = [{**shared, "item_key": item.key, "data": item.data, "created_at": w.at} for item in items]
    ids = w.insert(t.Assignment, assignments)
    if with_units:
        indexes = (item.unit_indexes for item in items)
        add_units(w, run, list(zip(ids, indexes, strict=True)))
    w.update(t.TaskRun, [run_id], items_loaded=seen + len(items))
    return ids


def add_units(w: Write, run: Mapping[str, Any], indexes: Sequence[tuple[int, Sequence[int]]]) -> range:
    """Adds units to items that there are, by (assignment's id, the units' indexes); the units' ids.

    Pay and fee of each are the run's.
    """
    terms = {
        **_shared(run),
        "pay_minor": run["reward_minor"],
        "fee_minor": run["fee_minor"],
        "currency": run["currency"],
        "status": AssignmentState.CREATED,
    }
    rows = [
        {**terms, "assignment_id": assignment_id, "unit_index": index}
        for assignment_id, mine in indexes
        for index in mine
    ]
    return changes.insert_units(w, rows)


def expect_units(w: Write, run_id: int, units: int) -> None:
    """Says how many units a run will have."""
    w.update(t.TaskRun, [run_id], units_expected=units)


def _shared(run: Mapping[str, Any]) -> dict[str, Any]:
    """What a run's items and units have in common with it."""
    return {
        "task_id": int(run["task_id"]),
        "task_run_id": int(run["task_run_id"]),
        "requester_id": int(run["requester_id"]),
        "task_type": run["task_type"],
        "provider_type": run["provider_type"],
        "sandbox": run["sandbox"],
    }


def standard_items(conn: Connection, run_id: int) -> list[tuple[int, int]]:
    """The items of a run that have standard units, as (assignment's id, the next free index)."""
    unit = t.Unit.__table__.c  # type: ignore[attr-defined]
    query = (
        sa.select(unit.assignment_id, sa.func.max(unit.unit_index) + 1)
        .where(unit.task_run_id == run_id, hidden(conn, unit.unit_index) >= 0)
        .group_by(unit.assignment_id)
        .order_by(unit.assignment_id)
    )
    return [(item, int(next_)) for item, next_ in conn.execute(query)]


def units_by_item(conn: Connection, run_id: int) -> dict[int, tuple[int, int]]:
    """How many standard units each item of a run has that did not expire, and how many of them are awaited.

    By the assignment's id.
    """
    unit = t.Unit.__table__.c  # type: ignore[attr-defined]
    awaited = sa.case((unit.status.in_(AssignmentState.incomplete()), 1), else_=0)
    stands = sa.case((hidden(conn, unit.status) != AssignmentState.EXPIRED, 1), else_=0)
    query = (
        sa.select(unit.assignment_id, sa.func.sum(stands), sa.func.sum(awaited))
        .where(unit.task_run_id == run_id, hidden(conn, unit.unit_index) >= 0)
        .group_by(unit.assignment_id)
    )
    return {item: (int(there), int(open_)) for item, there, open_ in conn.execute(query)}


def items_loaded(conn: Connection, run_id: int) -> int:
    """How many items of a run are in the database."""
    return int(conn.execute(sa.select(_run.items_loaded).where(_run.id == run_id)).scalar_one())


def count_units(conn: Connection, run_id: int) -> int:
    """How many units a run has."""
    query = sa.select(sa.func.coalesce(sa.func.sum(_total.units), 0)).where(_total.task_run_id == run_id)
    return int(conn.execute(query).scalar_one())


def refused_launches(conn: Connection, run_id: int) -> list[int]:
    """Units that wait because the vendor refused their last launch, or a person said it did not happen."""
    unit = t.Unit.__table__.c  # type: ignore[attr-defined]
    # By the unit's index: by that of the kind, each unit would look through every launch there ever was.
    launches = sa.select(_action.id).where(
        _action.unit_id == unit.id, hidden(conn, _action.kind) == ActionKind.LAUNCH
    )
    pending = launches.where(hidden(conn, _action.state) != "refused")
    refused = launches.where(hidden(conn, _action.state) == "refused")
    query = (
        sa.select(unit.id)
        .where(
            unit.task_run_id == run_id,
            unit.status == AssignmentState.CREATED,
            sa.exists(refused),
            ~sa.exists(pending),
        )
        .order_by(unit.id)
    )
    return list(conn.execute(query).scalars())


def units_in(conn: Connection, run_id: int, status: str) -> list[int]:
    """The units of a run in one status that no decision is open on."""
    unit = t.Unit.__table__.c  # type: ignore[attr-defined]
    query = (
        sa.select(unit.id)
        .where(unit.task_run_id == run_id, unit.status == status, unit.pending.is_(None))
        .order_by(unit.id)
    )
    return list(conn.execute(query).scalars())


def incomplete_by_kind(conn: Connection, run_id: int) -> dict[str, int]:
    """How many units of a run nobody has answered yet, by kind; kinds without any are left out."""
    query = (
        sa.select(_total.unit_kind, sa.func.sum(_total.units))
        .where(_total.task_run_id == run_id, _total.status.in_(AssignmentState.incomplete()))
        .group_by(_total.unit_kind)
    )
    return {kind: int(count) for kind, count in conn.execute(query) if count}


def last_state(conn: Connection, run_id: int, kind: str) -> str | None:
    """The state of a run's newest action of one kind; None when there never was one."""
    query = (
        sa.select(_action.state)
        .where(_action.task_run_id == run_id, _action.kind == kind)
        .order_by(sa.desc(_action.id))
        .limit(1)
    )
    return conn.execute(query).scalar()


def unfinished(conn: Connection, run_id: int, kind: str, states: Sequence[str]) -> list[tuple[int, int]]:
    """A run's actions of one kind in these states, as (action id, target id), oldest first."""
    query = (
        sa.select(_action.id, _action.target_id)
        .where(_action.task_run_id == run_id, _action.state.in_(states), hidden(conn, _action.kind) == kind)
        .order_by(_action.id)
    )
    return [(action, target) for action, target in conn.execute(query)]


def expire_unlaunched(w: Write, run_id: int) -> list[int]:
    """Units of a run that never left this desk expire without asking anybody."""
    unit = t.Unit.__table__.c  # type: ignore[attr-defined]
    query = sa.select(unit.id).where(unit.task_run_id == run_id, unit.status == AssignmentState.CREATED)
    open_launch = sa.select(_action.unit_id).where(
        _action.task_run_id == run_id,
        _action.kind == ActionKind.LAUNCH,
        _action.state.in_(ActionState.OPEN),
    )
    ids = list(w.conn.execute(query.where(unit.id.not_in(open_launch))).scalars())
    return changes.set_unit_statuses(
        w, dict.fromkeys(ids, (AssignmentState.CREATED, AssignmentState.EXPIRED))
    )


def units_of_items(conn: Connection, run_id: int) -> dict[str, int]:
    """How many standard units each item of a run has, by the item's key."""
    unit, item = t.Unit.__table__.c, t.Assignment.__table__.c  # type: ignore[attr-defined]
    query = (
        sa.select(item.item_key, sa.func.count())
        .join_from(t.Assignment, t.Unit, unit.assignment_id == item.id)
        .where(item.task_run_id == run_id, unit.unit_index >= 0)
        .group_by(item.item_key)
    )
    return {key: int(count) for key, count in conn.execute(query)}


@dataclass(frozen=True, slots=True)
class UnitToLaunch:
    """What a vendor that is told of many units at once needs of each."""

    unit_id: int
    unit_index: int
    item_key: str
    data: str

    @property
    def is_readable(self) -> bool:
        """Whether the stored item is what was stored once: a JSON object."""
        try:
            return isinstance(json.loads(self.data), dict)
        except ValueError:
            return False


def units_to_launch(conn: Connection, ids: Sequence[int]) -> list[UnitToLaunch]:
    """The units of these ids with their items, in the order of their ids."""
    unit, item = t.Unit.__table__.c, t.Assignment.__table__.c  # type: ignore[attr-defined]
    found: list[UnitToLaunch] = []
    for start in range(0, len(ids), 1_000):
        query = (
            sa.select(unit.id, unit.unit_index, item.item_key, item.data)
            .join_from(t.Unit, t.Assignment, item.id == unit.assignment_id)
            .where(unit.id.in_(list(ids[start : start + 1_000])))
            .order_by(unit.id)
        )
        found += [UnitToLaunch(*row) for row in conn.execute(query)]
    return found
