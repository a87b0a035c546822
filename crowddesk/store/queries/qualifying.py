"""What a file of qualifications is checked against: who, which marks, what is held, what was recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.store.queries.conditions import ACTION, GRANTED, QUALIFICATION, WORKER
from crowddesk.store.transaction import chunks


class FoundWorker(NamedTuple):
    """A worker that a name stands for."""

    id: int
    worker_name: str
    provider_type: str


def workers_called(conn: Connection, names: Iterable[str]) -> dict[str, list[FoundWorker]]:
    """Name -> everybody of that name, at every vendor."""
    found: dict[str, list[FoundWorker]] = {}
    columns = (WORKER.c.id, WORKER.c.worker_name, WORKER.c.provider_type)
    for some in chunks(list(dict.fromkeys(names))):
        query = sa.select(*columns).where(WORKER.c.worker_name.in_(some)).order_by(WORKER.c.id)
        for row in conn.execute(query):
            found.setdefault(row.worker_name, []).append(FoundWorker(*row))
    return found


def qualification_names(conn: Connection) -> set[str]:
    """All qualifications there are."""
    return set(conn.execute(sa.select(QUALIFICATION.c.qualification_name)).scalars())


def values_held(conn: Connection, workers: Iterable[int]) -> dict[tuple[int, str], int]:
    """(worker, qualification) -> the value they have."""
    found: dict[tuple[int, str], int] = {}
    for some in chunks(sorted(set(workers))):
        query = (
            sa.select(GRANTED.c.worker_id, QUALIFICATION.c.qualification_name, GRANTED.c.value)
            .select_from(sa.join(GRANTED, QUALIFICATION, GRANTED.c.qualification_id == QUALIFICATION.c.id))
            .where(GRANTED.c.worker_id.in_(some))
        )
        found.update(((row[0], row[1]), row[2]) for row in conn.execute(query))
    return found


def recorded_from_files(conn: Connection, workers: Iterable[int]) -> dict[tuple[int, str], str]:
    """(worker, sequence) -> state of the latest of their actions that this row of a file made."""
    found: dict[tuple[int, str], str] = {}
    for some in chunks(sorted(set(workers))):
        query = sa.select(ACTION.c.worker_id, ACTION.c.sequence, ACTION.c.state).where(
            ACTION.c.worker_id.in_(some), ACTION.c.sequence.startswith("file-")
        )
        for worker_id, sequence, state in conn.execute(query.order_by(ACTION.c.id)):
            found[worker_id, sequence.rstrip("+")] = state  # the ledger adds one after each undo
    return found
