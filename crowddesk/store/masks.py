"""Named masks as they are kept, and the tags that masks ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.store import tables as t
from crowddesk.store.transaction import Write, chunks

_MASK = t.Mask.__table__  # type: ignore[attr-defined]
_TAG = t.Tag.__table__.c  # type: ignore[attr-defined]
_UNIT = t.Unit.__table__.c  # type: ignore[attr-defined]
_WORKER = t.Worker.__table__.c  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class MaskRow:
    """A named mask; `expression` is JSON text. `created_at` is UTC."""

    id: int
    name: str
    expression: str
    created_at: datetime
    created_by: str


def mask_rows(conn: Connection) -> list[MaskRow]:
    """All of them, by name."""
    return [MaskRow(**row) for row in conn.execute(sa.select(_MASK).order_by(_MASK.c.name)).mappings()]


def insert_mask(w: Write, name: str, expression: str) -> int:
    """Adds one under a name that the caller has checked to be free."""
    row: Mapping[str, Any] = {
        "name": name, "expression": expression, "created_at": w.at, "created_by": w.who,
    }  # fmt: skip
    (mask_id,) = w.insert(t.Mask, [row])
    return mask_id


def update_mask(w: Write, mask_id: int, name: str, expression: str) -> None:
    """Gives one another name and another expression."""
    w.update(t.Mask, [mask_id], name=name, expression=expression)


def delete_mask(w: Write, mask_id: int) -> None:
    """Takes one away."""
    w.conn.execute(sa.delete(t.Mask).where(_MASK.c.id == mask_id))
    w.touch(t.Mask, [mask_id])


def data_of_units(conn: Connection, ids: Sequence[int]) -> dict[tuple[str, bool], list[int]]:
    """Units by their data-set status and whether a person said it."""
    found: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for part in chunks(ids):
        query = sa.select(_UNIT.id, _UNIT.dataset_status, _UNIT.dataset_by_person)
        for unit_id, status, by_person in conn.execute(query.where(_UNIT.id.in_(part))):
            found[status, bool(by_person)].append(unit_id)
    return dict(found)


def put_data_back(w: Write, before: Mapping[tuple[str, bool], Sequence[int]]) -> int:
    """Gives units that a person left out the status they had before; returns how many there are."""
    count = 0
    for (status, by_person), ids in before.items():
        still = data_of_units(w.conn, ids).get(("out", True), [])
        for unit_id in still:
            w.event("dataset", unit_id, "out", status)
        w.update(t.Unit, still, dataset_status=status, dataset_by_person=by_person)
        count += len(still)
    return count


def worker_tags(conn: Connection, run_id: int) -> dict[str, set[int]]:
    """Tag -> the workers of a run whose person has it, under whichever account."""
    of_run = sa.select(_UNIT.worker_id).where(_UNIT.task_run_id == run_id).distinct()
    here = t.Worker.__table__.alias()  # type: ignore[attr-defined]
    tagged = sa.select(_TAG.word, _TAG.row_id).where(_TAG.noun == "worker").subquery()
    own = sa.select(tagged.c.word, tagged.c.row_id).where(tagged.c.row_id.in_(of_run))
    same_person = (
        sa.select(tagged.c.word, here.c.id)
        .join(t.Worker, _WORKER.id == tagged.c.row_id)
        .join(here, here.c.identity_id == _WORKER.identity_id)
        .where(here.c.id.in_(of_run))
    )
    return _gathered(conn, own.union(same_person))


def unit_tags(conn: Connection, run_id: int) -> dict[str, set[int]]:
    """Tag -> the units of a run that have it."""
    query = (
        sa.select(_TAG.word, _TAG.row_id)
        .join(t.Unit, _UNIT.id == _TAG.row_id)
        .where(_TAG.noun == "unit", _UNIT.task_run_id == run_id)
    )
    return _gathered(conn, query)


def _gathered(conn: Connection, query: Any) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for word, row_id in conn.execute(query):
        found[word].add(row_id)
    return dict(found)
