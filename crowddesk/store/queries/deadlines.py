"""When vendors approve by themselves what nobody has judged: how much of it is near, run by run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import AssignmentState, now
from crowddesk.store.queries.conditions import RUN, UNIT
from crowddesk.store.queries.listing import hidden


@dataclass(frozen=True, slots=True)
class RunDeadlines:
    """The undecided units of one run whose time is near. `soonest` is UTC."""

    run_id: int
    title: str
    requester_id: int
    provider_type: str
    sandbox: bool
    units: int
    soonest: datetime


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Completed, undecided units that a vendor decides on by itself within a time, the soonest run first.

    `overdue` of them should be decided there already; `undecided` have any deadline at all.
    """

    runs: tuple[RunDeadlines, ...]
    overdue: int
    undecided: int

    @property
    def units(self) -> int:
        return sum(run.units for run in self.runs)

    @property
    def soonest(self) -> datetime | None:
        """The first of all, UTC."""
        return min((run.soonest for run in self.runs), default=None)


def deadlines(conn: Connection, within: timedelta) -> Deadlines:
    """What is decided by itself within that time from now, or should have been."""
    at = now()
    open_units = (
        UNIT.c.decide_by.is_not(None),
        hidden(conn, UNIT.c.status) == AssignmentState.COMPLETED,
        UNIT.c.pending.is_(None),
    )
    soonest = sa.func.min(UNIT.c.decide_by)
    near = (
        sa.select(
            RUN.c.id, RUN.c.title, RUN.c.requester_id, RUN.c.provider_type, RUN.c.sandbox,
            sa.func.count(), soonest,
        )
        .select_from(UNIT)
        .join(RUN, RUN.c.id == hidden(conn, UNIT.c.task_run_id))
        .where(*open_units, UNIT.c.decide_by <= at + within)
        .group_by(RUN.c.id, RUN.c.title, RUN.c.requester_id, RUN.c.provider_type, RUN.c.sandbox)
        .order_by(soonest, RUN.c.id)
    )  # fmt: skip
    count = sa.select(sa.func.count()).select_from(UNIT).where(*open_units)
    return Deadlines(
        tuple(RunDeadlines(*row) for row in conn.execute(near)),
        int(conn.execute(count.where(UNIT.c.decide_by < at)).scalar_one()),
        int(conn.execute(count).scalar_one()),
    )
