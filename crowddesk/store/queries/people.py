"""What the verbs about several workers ask: who blocks them, and which runs all of them have worked in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.store import ledger
from crowddesk.store.queries.conditions import BLOCK, UNIT
from crowddesk.store.queries.rows import RunRow
from crowddesk.store.queries.runs import RUNS
from crowddesk.store.transaction import chunks

_MOST_RUNS = 50


def blocking_accounts(conn: Connection, worker_ids: Sequence[int]) -> dict[int, int]:
    """Requester -> how many of these workers it blocks."""
    found: Counter[int] = Counter()
    for part in chunks(worker_ids):
        query = (
            sa.select(BLOCK.c.requester_id, sa.func.count())
            .where(BLOCK.c.worker_id.in_(part))
            .group_by(BLOCK.c.requester_id)
        )
        for requester_id, count in conn.execute(query):
            found[requester_id] += count
    return dict(found)


def runs_of_workers(conn: Connection, worker_ids: Sequence[int]) -> list[tuple[RunRow, int | None]]:
    """The newest runs that all of these workers have worked in, with what their budgets have left."""
    people: Counter[int] = Counter()
    for part in chunks(worker_ids):
        query = (
            sa.select(UNIT.c.task_run_id, sa.func.count(UNIT.c.worker_id.distinct()))
            .where(UNIT.c.worker_id.in_(part))
            .group_by(UNIT.c.task_run_id)
        )
        for run_id, count in conn.execute(query):
            people[run_id] += count
    common = [run_id for run_id, count in people.items() if count == len(set(worker_ids))]
    rows = RUNS.rows(conn, sorted(common, reverse=True)[:_MOST_RUNS])
    return [(row, ledger.free_budget(conn, row.id)) for row in rows]
