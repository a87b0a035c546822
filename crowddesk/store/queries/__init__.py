"""Everything that lists and screens ask the database: one `Listing` a noun, frozen rows, Core only."""

from __future__ import annotations

from crowddesk.store.queries.actions import ACTIONS
from crowddesk.store.queries.deadlines import Deadlines, RunDeadlines, deadlines
from crowddesk.store.queries.home import Needs, needs
from crowddesk.store.queries.listing import ALL, Cursor, Listing, Scope, Sort
from crowddesk.store.queries.people import blocking_accounts, runs_of_workers
from crowddesk.store.queries.rows import (
    ActionRow,
    QualificationRow,
    RequesterRow,
    RunRow,
    UnitRow,
    WorkerRow,
)
from crowddesk.store.queries.runs import QUALIFICATIONS, REQUESTERS, RUNS
from crowddesk.store.queries.screens import (
    AgentRow,
    AnswerGroup,
    BlockRow,
    EventRow,
    MoneyTotal,
    RunFacts,
    RunSeries,
    Staged,
    SubmissionRow,
    UnitDetail,
    WorkerDetail,
    money_totals,
    run_facts,
    run_series,
    same_item,
    staged_reasons,
    staged_rejections,
    staged_summary,
    total_spend,
    unit_detail,
    worker_detail,
)
from crowddesk.store.queries.stranded import last_item_of, left_without_answer
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
    "AgentRow",
    "AnswerGroup",
    "BlockRow",
    "Cursor",
    "Deadlines",
    "EventRow",
    "Listing",
    "MoneyTotal",
    "Needs",
    "QualificationRow",
    "RequesterRow",
    "RunDeadlines",
    "RunFacts",
    "RunRow",
    "RunSeries",
    "Scope",
    "Sort",
    "Staged",
    "SubmissionRow",
    "UnitDetail",
    "UnitRow",
    "WorkerDetail",
    "WorkerRow",
    "blocking_accounts",
    "deadlines",
    "last_item_of",
    "left_without_answer",
    "money_totals",
    "needs",
    "run_facts",
    "run_series",
    "runs_of_workers",
    "same_item",
    "staged_reasons",
    "staged_rejections",
    "staged_summary",
    "total_spend",
    "unit_detail",
    "worker_detail",
]
