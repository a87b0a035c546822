"""What saved views and search fields ask: counts in a bounded time, names by their beginning."""

from __future__ import annotations

import pytest

from crowddesk.domain import BadInput
from crowddesk.store import tables as t
from crowddesk.store.database import Database
from crowddesk.store.queries import RUNS, UNITS
from crowddesk.store.queries.counting import count_within
from crowddesk.store.queries.suggestions import names_beginning


def test_a_count_ends_in_time(any_db: Database) -> None:
    assert count_within(any_db, UNITS, "status:completed", 5.0) == 0
    assert count_within(any_db, RUNS, "state:live", 5.0) == 0
    assert count_within(any_db, UNITS, "status:completed", 0.0) is None
    with pytest.raises(BadInput):
        count_within(any_db, UNITS, "statu:completed", 5.0)


def test_names_are_offered_by_their_beginning(any_db: Database) -> None:
    with any_db.write() as w:
        for name in ("practice", "practical", "live lab", "100%_"):
            w.insert(
                t.Requester,
                [{"provider_type": "mock", "requester_name": name, "currency": "USD", "created_at": w.at}],
            )
        w.insert(t.Tag, [
            {"noun": "worker", "row_id": 1, "word": "expert", "created_at": w.at, "created_by": "ada"},
            {"noun": "unit", "row_id": 1, "word": "example", "created_at": w.at, "created_by": "ada"},
        ])  # fmt: skip
    with any_db.read() as conn:
        assert names_beginning(conn, "units", "requester", "pra") == ["practical", "practice"]
        assert len(names_beginning(conn, "units", "requester", "")) == 4
        assert len(names_beginning(conn, "units", "requester", "", limit=2)) == 2
        assert names_beginning(conn, "units", "requester", "100%_") == ["100%_"]
        assert names_beginning(conn, "units", "provider", "m") == ["mock"]
        assert names_beginning(conn, "workers", "tag", "ex") == ["expert"]
        assert names_beginning(conn, "units", "tag", "ex") == ["example"]
        assert names_beginning(conn, "units", "submitted", "2") == []
        assert names_beginning(conn, "units", "requester", "'; DROP TABLE unit;--") == []
