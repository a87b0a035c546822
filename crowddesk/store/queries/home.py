"""What Home asks: everything that waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionKind, ActionState, AssignmentState, now
from crowddesk.store.queries.actions import ACTIONS
from crowddesk.store.queries.conditions import (
    ACTION,
    ACTION_TOTAL,
    AGENT,
    RUN,
    RUN_TOTAL,
    UNIT,
)
from crowddesk.store.queries.listing import hidden
from crowddesk.store.queries.review import waiting_by_run
from crowddesk.store.queries.rows import ActionRow, RunRow, UnitRow
from crowddesk.store.queries.runs import RUNS
from crowddesk.store.queries.units import UNITS

_GOING = ("launching", "live", "paused")
_RUNNING = (*_GOING, "closing")


@dataclass(frozen=True, slots=True)
class Needs:
    """What waits for a person. Lists of rows are cut at 100; counts are whole."""

    needs_you: list[ActionRow]
    needs_you_count: int
    stuck: list[UnitRow]
    budgets: list[RunRow]
    launching: list[RunRow]
    refused_launches: list[tuple[RunRow, int]]
    refused_decisions: list[tuple[RunRow, int]]
    refused_set_ups: list[RunRow]
    review: list[RunRow]
    undecided: int = 0

    @property
    def waiting(self) -> int:
        """How many things need a person: each payment in doubt, and each run once per trouble of its."""
        stuck = {unit.task_run_id for unit in self.stuck}
        refused = len(self.refused_launches) + len(self.refused_decisions) + len(self.refused_set_ups)
        return self.needs_you_count + refused + len(self.budgets) + len(stuck)


def needs(
    conn: Connection, *, stuck_after: timedelta = timedelta(hours=2), budget_part: float = 0.9
) -> Needs:
    """`stuck`: assigned for longer than `stuck_after`. `budgets`: running, and so much of the cap is used.

    `refused_launches`: runs that still go on, and how many units a vendor refused and has not got since.
    `refused_decisions`: runs with completed units whose last decision a vendor refused. `refused_set_ups`:
    drafts that a vendor would not take. `review`: runs with completed units, whose number is in `units`;
    `undecided`: how many of them all have no decision yet.
    """
    open_runs = RUNS.rows(conn, conn.execute(sa.select(RUN.c.id).where(RUN.c.state.in_(_RUNNING))).scalars())
    total = RUN_TOTAL.c
    reviewed = sa.select(total.task_run_id).where(total.status == AssignmentState.COMPLETED, total.units > 0)
    refusals, undecided = _refused_launches(conn), _refused_decisions(conn)
    assigned_since = sa.func.coalesce(UNIT.c.reserved_at, AGENT.c.created_at, UNIT.c.launched_at)
    stuck = (
        sa.select(UNIT.c.id)
        .outerjoin(AGENT, AGENT.c.id == UNIT.c.agent_id)
        .where(UNIT.c.status == AssignmentState.ASSIGNED, assigned_since < now() - stuck_after)
        .order_by(UNIT.c.id)
        .limit(100)
    )
    wait = ACTIONS.parse("state:needs_you")
    return Needs(
        ACTIONS.first(conn, wait, limit=100),
        ACTIONS.count(conn, wait),
        UNITS.rows(conn, conn.execute(stuck).scalars()),
        [r for r in open_runs if r.budget_minor and r.total_spend_minor >= r.budget_minor * budget_part],
        [r for r in open_runs if r.state == "launching"],
        [(r, refusals[r.id]) for r in RUNS.rows(conn, sorted(refusals, reverse=True))],
        [(r, undecided[r.id]) for r in RUNS.rows(conn, sorted(undecided, reverse=True))],
        RUNS.rows(conn, _refused_set_ups(conn)),
        RUNS.rows(conn, sorted(set(conn.execute(reviewed).scalars()), reverse=True)),
        sum(waiting_by_run(conn).values()),
    )


def _refused_decisions(conn: Connection) -> dict[int, int]:
    """Completed units whose newest decision was refused and on which none is open, by run."""
    newer = ACTION.alias("newer")
    query = (
        sa.select(ACTION.c.task_run_id, sa.func.count(ACTION.c.unit_id.distinct()))
        .join(UNIT, UNIT.c.id == ACTION.c.unit_id)
        .where(
            ACTION.c.state == ActionState.REFUSED,
            hidden(conn, ACTION.c.kind).in_(ActionKind.SETTLE),
            hidden(conn, UNIT.c.status) == AssignmentState.COMPLETED,
            UNIT.c.pending.is_(None),
            ~sa.exists().where(
                newer.c.unit_id == ACTION.c.unit_id,
                newer.c.id > ACTION.c.id,
                hidden(conn, newer.c.kind).in_(ActionKind.SETTLE),
                hidden(conn, newer.c.state) != ActionState.CANCELLED,
            ),
        )
        .group_by(ACTION.c.task_run_id)
    )
    return {run_id: int(count) for run_id, count in conn.execute(query)}


def _refused_set_ups(conn: Connection) -> list[int]:
    """Drafts whose set-up was refused and has not been asked for again, newest first."""
    again = ACTION.alias("again")
    query = (
        sa.select(RUN.c.id)
        .join(ACTION, ACTION.c.task_run_id == RUN.c.id)
        .where(
            RUN.c.state == "draft",
            hidden(conn, ACTION.c.kind) == ActionKind.SET_UP,
            hidden(conn, ACTION.c.state) == ActionState.REFUSED,
            ~sa.exists().where(
                again.c.task_run_id == RUN.c.id,
                again.c.id > ACTION.c.id,
                hidden(conn, again.c.kind) == ActionKind.SET_UP,
            ),
        )
        .order_by(RUN.c.id.desc())
    )
    return list(conn.execute(query).scalars())


def _refused_launches(conn: Connection) -> dict[int, int]:
    """Units whose launch was refused, none of whose launches is open or done, by run.

    It starts from what was refused, which the totals say there is: runs without a refusal cost nothing.
    """
    total = ACTION_TOTAL.c
    runs = (
        sa.select(total.task_run_id)
        .where(total.kind == ActionKind.LAUNCH, total.state == ActionState.REFUSED, total.actions > 0)
        .join(RUN, RUN.c.id == total.task_run_id)
        .where(RUN.c.state.in_(_GOING))
        .distinct()
    )
    again = ACTION.alias("again")
    query = (
        sa.select(ACTION.c.task_run_id, sa.func.count(ACTION.c.unit_id.distinct()))
        .join(UNIT, UNIT.c.id == ACTION.c.unit_id)
        .where(
            ACTION.c.task_run_id == sa.bindparam("run"),
            ACTION.c.state == ActionState.REFUSED,
            hidden(conn, ACTION.c.kind) == ActionKind.LAUNCH,
            hidden(conn, UNIT.c.status) == AssignmentState.CREATED,
            ~sa.exists().where(
                again.c.unit_id == ACTION.c.unit_id,
                hidden(conn, again.c.kind) == ActionKind.LAUNCH,
                hidden(conn, again.c.state) != ActionState.REFUSED,
            ),
        )
        .group_by(ACTION.c.task_run_id)
    )
    found = {}
    for run_id in conn.execute(runs).scalars():
        for row in conn.execute(query, {"run": run_id}):
            found[row[0]] = int(row[1])
    return found
