"""The program's gauges: they read the totals that every write keeps, so they cannot drift from the rows."""

from __future__ import annotations

from crowddesk.domain import AgentStatus
from crowddesk.store import records
from crowddesk.store.database import Database


def active_unit_statuses(db: Database) -> dict[tuple[str, str], int]:
    """Units by (kind, status)."""
    with db.read() as conn:
        return records.unit_gauge(conn)


def active_agent_statuses(db: Database) -> dict[str, int]:
    """Agents by status."""
    with db.read() as conn:
        return records.agent_gauge(conn)


def active_workers(db: Database) -> int:
    """Workers at work now."""
    with db.read() as conn:
        return records.working_workers(conn, [s for s in AgentStatus.ALL if s not in AgentStatus.COMPLETE])
