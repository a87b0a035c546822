"""Answers and votes out of short lists, without a workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from crowddesk.operations.quality.aggregate import Votes
from crowddesk.operations.quality.answers import MISSING, Answers, Column

#: (item, person, label) each.
Rows = Iterable[tuple[int, int, int]]


def _make_votes(
    rows: Rows, items: int | None = None, people: int | None = None, labels: int | None = None
) -> Votes:
    columns = np.array(list(rows), dtype=np.int32).reshape(-1, 3)
    sizes = (columns.max(axis=0) + 1).tolist() if len(columns) else [0, 0, 0]
    item, person, label = (columns[:, n].copy() for n in range(3))
    return Votes(item, person, label, items or sizes[0], people or sizes[1], labels or sizes[2])


def _make_answers(
    rows: Sequence[tuple[int, int]],
    fields: Mapping[str, Sequence[str | None]],
    *,
    seconds: Sequence[float] | None = None,
    **more: Any,
) -> Answers:
    """Answers of (item, person) each, unit ids from 1; `more` replaces whole columns."""
    count = len(rows)
    items = np.array([item for item, _ in rows], dtype=np.int32)
    people = np.array([person for _, person in rows], dtype=np.int32)
    how_many = int(people.max()) + 1 if count else 0

    def zeros(kind: type) -> Any:
        return np.zeros(count, dtype=kind)

    columns = {}
    for name, given in fields.items():
        values = list(dict.fromkeys(value for value in given if value is not None))
        place = {value: code for code, value in enumerate(values)}
        codes = np.array([MISSING if v is None else place[v] for v in given], dtype=np.int32)
        columns[name] = Column(name, values, codes)
    made: dict[str, Any] = {
        "run_id": 1,
        "unit_ids": np.arange(1, count + 1),
        "unit_index": zeros(np.int32),
        "items": items,
        "workers": people,
        "people": people,
        "statuses": zeros(np.int32),
        "datasets": zeros(np.int32),
        "by_person": zeros(np.bool_),
        "pending": zeros(np.bool_),
        "seconds": np.full(count, np.nan) if seconds is None else np.array(seconds, dtype=np.float64),
        "active_seconds": np.full(count, np.nan),
        "pasted": zeros(np.bool_),
        "submitted_at": np.arange(1, count + 1),
        "decide_by": zeros(np.int64),
        "pay": zeros(np.int64),
        "item_ids": list(range(1, int(items.max()) + 2)) if count else [],
        "item_keys": [f"i{n}" for n in range(int(items.max()) + 1)] if count else [],
        "worker_ids": list(range(1, how_many + 1)),
        "worker_names": [f"W{n}" for n in range(how_many)],
        "fields": columns,
    }
    return Answers(**{**made, **more})


@pytest.fixture(scope="session")
def make_votes() -> Callable[..., Votes]:
    return _make_votes


@pytest.fixture(scope="session")
def make_answers() -> Callable[..., Answers]:
    return _make_answers
