"""Who is in a run right now: the people who have a unit of it and have neither sent it nor left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import AgentStatus
from crowddesk.store.queries.conditions import AGENT, AGENT_TOTAL, WORKER
from crowddesk.store.queries.listing import hidden

#: The statuses of an agent whose worker is in.
AT_WORK: Final = (
    AgentStatus.ACCEPTED,
    AgentStatus.ONBOARDING,
    AgentStatus.WAITING,
    AgentStatus.IN_TASK,
    AgentStatus.PARTNER_DISCONNECT,
)
#: So many are listed, those who came last.
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class AtWorkRow:
    """A worker at a unit: `id` is the agent's, `status` its status since `since`; in since `came_at`. UTC."""

    id: int
    unit_id: int
    worker_id: int
    worker_name: str
    status: str
    since: datetime
    came_at: datetime


@dataclass(frozen=True, slots=True)
class AtWork:
    """Those who came last, the newest first, and how many are in altogether."""

    rows: tuple[AtWorkRow, ...]
    total: int


def at_work(conn: Connection, run_id: int, most: int = MOST) -> AtWork:
    """Who is in a run. Costs what those at work cost, however many have been there."""
    query = (
        sa.select(
            AGENT.c.id, AGENT.c.unit_id, AGENT.c.worker_id, sa.func.coalesce(WORKER.c.worker_name, ""),
            AGENT.c.status, sa.func.coalesce(AGENT.c.updated_at, AGENT.c.created_at), AGENT.c.created_at,
        )
        .select_from(AGENT)
        .outerjoin(WORKER, WORKER.c.id == AGENT.c.worker_id)
        .where(AGENT.c.status.in_(AT_WORK), hidden(conn, AGENT.c.task_run_id) == run_id)
        .order_by(hidden(conn, AGENT.c.id).desc())
        .limit(most)
    )  # fmt: skip
    rows = tuple(AtWorkRow(*tuple(row)) for row in conn.execute(query))
    if len(rows) < most:
        return AtWork(rows, len(rows))
    count = sa.select(sa.func.sum(AGENT_TOTAL.c.agents)).where(
        AGENT_TOTAL.c.task_run_id == run_id, AGENT_TOTAL.c.status.in_(AT_WORK)
    )
    return AtWork(rows, int(conn.execute(count).scalar_one() or 0))
