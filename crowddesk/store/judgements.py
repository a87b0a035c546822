"""What reviewers said of the answers of a run, and which answers there were to judge."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionState
from crowddesk.store import tables as t

_unit = t.Unit.__table__.c  # type: ignore[attr-defined]
_action = t.VendorAction.__table__.c  # type: ignore[attr-defined]


def judgements(conn: Connection, run_id: int) -> dict[int, tuple[str, datetime]]:
    """Unit -> the kind of the last decision on it that was not taken back, and when it was made, UTC."""
    query = (
        sa.select(_action.target_id, _action.kind, _action.created_at)
        .where(
            _action.task_run_id == run_id, _action.slot == "settle", _action.state != ActionState.CANCELLED
        )
        .order_by(_action.id)
    )
    return {unit: (kind, at) for unit, kind, at in conn.execute(query)}


def answered_units(conn: Connection, run_id: int, until: datetime) -> list[Any]:
    """The answered standard units of a run that came in until then (UTC), as (id, status), by id."""
    query = (
        sa.select(_unit.id, _unit.status)
        .where(
            _unit.task_run_id == run_id,
            _unit.unit_index >= 0,
            _unit.submission_id.is_not(None),
            _unit.submitted_at <= until,
        )
        .order_by(_unit.id)
    )
    return list(conn.execute(query))
