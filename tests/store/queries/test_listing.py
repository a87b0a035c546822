"""Paging by place in a sort gives what sorting in Python gives, whatever the values."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crowddesk.store import tables as t
from crowddesk.store.database import Database
from crowddesk.store.queries import RUNS, WORKERS, Scope, Sort, listing
from tests.store.conftest import START

_WORKER = st.fixed_dictionaries(
    {
        "worker_name": st.text("aAbÄ_%*\"' ", min_size=1, max_size=6),
        "units": st.integers(0, 3),
        "accepted": st.integers(0, 2),
        "rejected": st.just(0),
        "soft_rejected": st.integers(0, 2**40),
        "last_seen_at": st.none() | st.integers(0, 3).map(lambda d: START + timedelta(days=d)),
    }
)


def _fill(db: Database, people: list[dict[str, Any]]) -> None:
    with db.write() as w:
        w.conn.execute(t.Worker.__table__.delete())  # type: ignore[attr-defined]
        fixed = {"provider_type": "mock", "completed": 0, "created_at": START}
        w.insert(t.Worker, [{**fixed, **one} for one in people])


@given(
    st.lists(_WORKER, max_size=12, unique_by=lambda w: w["worker_name"]),
    st.sampled_from(sorted(WORKERS.sorts)),
    st.booleans(),
    st.integers(1, 4),
    st.sampled_from(["", "units:>0", "accepted:0,2", '-worker:"a"', "a"]),
    st.booleans(),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_are_a_sorted_list(
    db: Database, people: list[dict[str, Any]], key: str, down: bool, size: int, text: str, few_lead: bool
) -> None:
    _fill(db, people)
    sort, column = Sort(key, down), WORKERS.sorts[key].name
    holds = {
        "": lambda w: True,
        "units:>0": lambda w: w.units > 0,
        "accepted:0,2": lambda w: w.accepted in (0, 2),
        '-worker:"a"': lambda w: w.worker_name != "a",
        "a": lambda w: "a" in w.worker_name.lower(),
    }[text]
    search = WORKERS.parse(text)
    with pytest.MonkeyPatch.context() as patch, db.read() as conn:
        patch.setattr(listing, "FEW", 30_000 if few_lead else -1)
        rows = [w for w in WORKERS.iterate(conn) if holds(w)]

        def place(row: Any) -> tuple[Any, int]:
            value = getattr(row, column)  # SQLite compares texts by their UTF-8 bytes
            return (value.encode() if isinstance(value, str) else value, row.id)

        have = sorted((w for w in rows if getattr(w, column) is not None), key=place, reverse=down)
        lack = sorted((w for w in rows if getattr(w, column) is None), key=lambda w: w.id, reverse=down)
        expected = [w.id for w in have + lack]
        assert list(WORKERS.ids(conn, search, sort=sort)) == expected
        assert WORKERS.count(conn, search) == len(expected)
        assert [w.id for w in WORKERS.tail(conn, search, sort=sort, limit=size)] == expected[-size:]
        assert [w.id for w in WORKERS.first(conn, search, sort=sort, offset=size, limit=size)] == (
            expected[size : 2 * size]
        )
        paged, page = [], WORKERS.first(conn, search, sort=sort, limit=size)
        while page:
            paged += [w.id for w in page]
            page = WORKERS.after(conn, WORKERS.cursor(page[-1], sort), search, sort=sort, limit=size)
        assert paged == expected


def test_a_scope_without_meaning_is_refused(db: Database) -> None:
    with db.read() as conn, pytest.raises(ValueError, match="runs cannot be listed inside"):
        RUNS.first(conn, scope=Scope(unit_id=3))


@pytest.mark.parametrize("count", [999, 1000, 1001])
def test_rows_of_more_ids_than_one_question_takes(world: Any, count: int) -> None:
    ids = world.workers(*(f"A{k:04}" for k in range(count)))
    with world.db.read() as conn:
        assert [w.id for w in WORKERS.rows(conn, ids[::-1])] == ids[::-1]
