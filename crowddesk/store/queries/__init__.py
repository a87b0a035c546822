"""Everything that lists and screens ask the database: one `Listing` a noun, frozen rows, Core only."""

from __future__ import annotations

from crowddesk.store.queries.actions import ACTIONS
from crowddesk.store.queries.listing import ALL, Cursor, Listing, Scope, Sort
from crowddesk.store.queries.rows import (
    ActionRow,
    QualificationRow,
    RequesterRow,
    RunRow,
    UnitRow,
    WorkerRow,
)
from crowddesk.store.queries.runs import QUALIFICATIONS, REQUESTERS, RUNS
from crowddesk.store.queries.units import UNITS
from crowddesk.store.queries.workers import WORKERS

__all__ = [
    "ACTIONS",
    "ALL",
    "QUALIFICATIONS",
    "REQUESTERS",
    "RUNS",
    "UNITS",
    "WORKERS",
    "ActionRow",
    "Cursor",
    "Listing",
    "QualificationRow",
    "RequesterRow",
    "RunRow",
    "Scope",
    "Sort",
    "UnitRow",
    "WorkerRow",
]
