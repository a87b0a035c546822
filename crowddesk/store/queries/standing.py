"""How far runs are, in a word each: what tells that one has been answered to its end."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import AssignmentState
from crowddesk.store.queries.conditions import RUN, RUN_TOTAL

_OPEN = (AssignmentState.CREATED, AssignmentState.LAUNCHED, AssignmentState.ASSIGNED)
_GOING = ("launching", "live", "paused", "closing")


@dataclass(frozen=True, slots=True)
class RunStanding:
    """A run: how many of its units nobody has answered yet, and how many answers wait for a decision."""

    run_id: int
    title: str
    open: int
    waiting: int

    @property
    def is_answered(self) -> bool:
        """Nothing more comes."""
        return self.open == 0


def standing(conn: Connection, also: frozenset[int] = frozenset()) -> list[RunStanding]:
    """The runs that go on, and those of `also` whatever became of them."""
    total = RUN_TOTAL.c

    def units(*statuses: str) -> sa.ColumnElement[int]:
        return sa.func.coalesce(sa.func.sum(sa.case((total.status.in_(statuses), total.units), else_=0)), 0)

    query = (
        sa.select(RUN.c.id, RUN.c.title, units(*_OPEN), units(AssignmentState.COMPLETED))
        .join(RUN_TOTAL, total.task_run_id == RUN.c.id)
        .where(sa.or_(RUN.c.state.in_(_GOING), RUN.c.id.in_(sorted(also))))
        .group_by(RUN.c.id, RUN.c.title)
        .order_by(RUN.c.id)
    )
    return [RunStanding(int(row[0]), row[1] or "", int(row[2]), int(row[3])) for row in conn.execute(query)]
