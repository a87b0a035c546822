"""What people of a run worked and were paid, for hourly wages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionKind, ActionState, AssignmentState
from crowddesk.store.queries.conditions import ACTION, UNIT, WORKER
from crowddesk.store.queries.stranded import compensates

#: Work that is paid for, or may still be.
_COUNTED = (AssignmentState.COMPLETED, AssignmentState.ACCEPTED, AssignmentState.SOFT_REJECTED)


def worked_units(conn: Connection, run_id: int) -> Iterator[Any]:
    """(worker id, seconds worked or None, pay in minor units) of every unit that is or may be paid."""
    query = sa.select(UNIT.c.worker_id, UNIT.c.seconds, UNIT.c.pay_minor).where(
        UNIT.c.task_run_id == run_id,
        UNIT.c.status.in_(_COUNTED),
        UNIT.c.worker_id.is_not(None),
        UNIT.c.submission_id.is_not(None),
    )
    yield from conn.execute(query, execution_options={"yield_per": 5_000})


def bonuses_by_worker(conn: Connection, run_id: int) -> dict[int, tuple[int, int]]:
    """Worker -> (minor units, the newest action) of a run's bonuses that were paid, or are on their way.

    Without what makes up for work that could not be handed in: its time is not in the wages either.
    """
    query = (
        sa.select(ACTION.c.worker_id, sa.func.sum(ACTION.c.amount_minor), sa.func.max(ACTION.c.id))
        .where(
            ACTION.c.task_run_id == run_id,
            ACTION.c.kind == ActionKind.BONUS,
            ACTION.c.state.in_((*ActionState.OPEN, ActionState.DONE)),
            ~compensates(),
        )
        .group_by(ACTION.c.worker_id)
    )
    return {worker: (int(amount), newest) for worker, amount, newest in conn.execute(query)}


def names_of_workers(conn: Connection, run_id: int) -> dict[int, str]:
    """Worker -> name of everybody who has a unit of a run."""
    mine = sa.select(UNIT.c.worker_id).where(UNIT.c.task_run_id == run_id)
    query = sa.select(WORKER.c.id, WORKER.c.worker_name).where(WORKER.c.id.in_(mine))
    return {row.id: row.worker_name for row in conn.execute(query)}
