"""What the review page asks beside the lists: what waits in each run, marks of units, decisions not sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionKind, ActionState, AssignmentState
from crowddesk.store.queries.conditions import ACTION, ACTION_TOTAL, RUN_TOTAL, UNIT
from crowddesk.store.transaction import chunks


class UnitMark(NamedTuple):
    """How a unit stands: its status, and the kind of a decision on it that is still open."""

    status: str
    pending: str | None

    @property
    def waits(self) -> bool:
        """Whether it can be decided on now."""
        return self.status == AssignmentState.COMPLETED and self.pending is None


def waiting_by_run(conn: Connection) -> dict[int, int]:
    """Run -> how many of its units wait for a decision. From the totals: it costs the same for any run."""
    total, decided = RUN_TOTAL.c, ACTION_TOTAL.c
    completed = (
        sa.select(total.task_run_id, sa.func.sum(total.units))
        .where(total.status == AssignmentState.COMPLETED)
        .group_by(total.task_run_id)
    )
    on_their_way = (
        sa.select(decided.task_run_id, sa.func.sum(decided.actions))
        .where(
            decided.kind.in_((ActionKind.APPROVE, ActionKind.SOFT_REJECT, ActionKind.REJECT)),
            decided.state.in_(ActionState.OPEN),
        )
        .group_by(decided.task_run_id)
    )
    waiting = {run_id: int(units) for run_id, units in conn.execute(completed)}
    for run_id, actions in conn.execute(on_their_way):
        if run_id in waiting:
            waiting[run_id] -= int(actions)
    return {run_id: units for run_id, units in waiting.items() if units > 0}


def marks_of_units(conn: Connection, ids: Iterable[int]) -> dict[int, UnitMark]:
    """How these units stand; what is gone is left out."""
    found: dict[int, UnitMark] = {}
    for part in chunks(list(ids)):
        query = sa.select(UNIT.c.id, UNIT.c.status, UNIT.c.pending).where(UNIT.c.id.in_(part))
        found |= {row.id: UnitMark(row.status, row.pending) for row in conn.execute(query)}
    return found


def unsent_decisions(conn: Connection, unit_ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """Unit -> its decision that has not left yet, as a whole row of the ledger."""
    found: dict[int, Mapping[str, Any]] = {}
    for part in chunks(unit_ids):
        query = sa.select(ACTION).where(
            ACTION.c.unit_id.in_(part),
            ACTION.c.kind.in_(ActionKind.SETTLE),
            ACTION.c.state.in_(ActionState.UNSENT),
        )
        found |= {row["unit_id"]: row for row in conn.execute(query).mappings()}
    return found
