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


def judgements(conn: Connection, run_id: int, since: datetime) -> tuple[dict[int, str], set[int]]:
    """Unit -> the kind of the last decision on it that stands; and the units that had one already then (UTC).

    A decision that was taken back later had been made then all the same.
    """
    query = (
        sa.select(_action.target_id, _action.kind, _action.state, _action.created_at, _action.finished_at)
        .where(_action.task_run_id == run_id, _action.slot == "settle")
        .order_by(_action.id)
    )
    last: dict[int, str] = {}
    decided: set[int] = set()
    for unit, kind, state, made, ended in conn.execute(query):
        taken_back = state == ActionState.CANCELLED
        if not taken_back:
            last[unit] = kind
        if made <= since and not (taken_back and ended is not None and ended <= since):
            decided.add(unit)
    return last, decided


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
