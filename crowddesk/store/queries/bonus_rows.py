"""What a file of bonuses names: workers, units, and bonuses that were recorded before."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionKind
from crowddesk.store.queries.conditions import ACTION, UNIT, WORKER
from crowddesk.store.transaction import chunks


def workers_named(conn: Connection, provider_type: str, names: Sequence[str]) -> dict[str, int]:
    """Name -> id of the workers of a vendor who are known by these names."""
    found: dict[str, int] = {}
    for part in chunks(list(dict.fromkeys(names))):
        query = sa.select(WORKER.c.worker_name, WORKER.c.id).where(
            WORKER.c.provider_type == provider_type, WORKER.c.worker_name.in_(part)
        )
        found |= {row.worker_name: row.id for row in conn.execute(query)}
    return found


def units_of(conn: Connection, texts: Sequence[str]) -> dict[str, tuple[int, int, int | None]]:
    """Text -> (unit, its run, its worker) for those that are a unit's number."""
    numbers = {text: int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19}
    units: dict[int, tuple[int, int, int | None]] = {}
    for part in chunks(list(dict.fromkeys(numbers.values()))):
        query = sa.select(UNIT.c.id, UNIT.c.task_run_id, UNIT.c.worker_id).where(UNIT.c.id.in_(part))
        units |= {unit: (unit, run, worker) for unit, run, worker in conn.execute(query)}
    return {text: units[number] for text, number in numbers.items() if number in units}


def bonuses_recorded(
    conn: Connection, requester_id: int, sequences: Sequence[str]
) -> dict[tuple[int, str], str]:
    """(worker, sequence) -> state of the account's bonuses with these sequences, the latest of each."""
    found: dict[tuple[int, str], str] = {}
    for part in chunks(list(dict.fromkeys(sequences))):
        wanted = set(part)
        query = (
            sa.select(ACTION.c.target_id, ACTION.c.sequence, ACTION.c.state)
            .where(ACTION.c.requester_id == requester_id, ACTION.c.kind == ActionKind.BONUS)
            .where(sa.func.rtrim(ACTION.c.sequence, "+").in_(part))
            .order_by(ACTION.c.id)
        )
        for worker, sequence, state in conn.execute(query):
            if sequence.rstrip("+") in wanted:
                found[worker, sequence.rstrip("+")] = state
    return found
