"""Units as plain tuples: whole, in order, alike on both databases, whatever was read before."""

from __future__ import annotations

import json
from array import array
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crowddesk.store import bundling
from crowddesk.store.database import Database
from crowddesk.store.queries import UNITS, Scope, exporting
from crowddesk.store.queries.answers import answer_rows, item_rows
from crowddesk.store.queries.exporting import RawUnit, count_by, last_change, raw_answers, raw_units
from tests.store.conftest import START, World


@pytest.fixture
def filled(any_db: Database) -> tuple[Database, int, list[int]]:
    """A run of seven units between two others; two are answered."""
    world = World(any_db)
    account = world.requester()
    runs = [world.run(account) for _ in range(3)]
    found = [world.units(run, account, items=7 if run == runs[1] else 2) for run in runs]
    (worker,) = world.workers("A1")
    for unit in found[1][2:4]:
        world.answer(unit, worker, run=runs[1], answer={"label": "ja ✓"})
    return any_db, runs[1], found[1]


def read(conn: Any, run: int, ids: list[int] | None = None) -> list[RawUnit]:
    wanted = None if ids is None else array("q", ids)
    return [RawUnit._make(row) for rows in raw_units(conn, run, wanted, 7) for row in rows]


@pytest.mark.parametrize("batch", [1, 3, 1_000])
def test_units_come_whole_and_in_order(
    filled: tuple[Database, int, list[int]], monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(exporting, "BATCH", batch)
    db, run, ids = filled
    with db.read() as conn:
        # What reads in parts before must not change how this is read.
        assert len(list(answer_rows(conn, run))) == 2
        assert len(list(item_rows(conn, run))) == 7
        found = read(conn, run)
        assert [row.id for row in found] == ids == list(UNITS.ids(conn, scope=Scope(run_id=run)))
        answered = found[2]
        assert json.loads(answered.answer or "") == {"label": "ja ✓"}
        assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=answered.launched_at or 0) == START
        assert (answered.status, answered.agent_status, answered.pay_minor) == ("completed", "completed", 10)
        assert [row.answer is None for row in found] == [n not in (2, 3) for n in range(7)]
        texts = [row for rows in raw_answers(conn, run, None, 7) for row in rows]
        assert [unit for unit, _, _ in texts] == ids


@pytest.mark.parametrize("sparse", [0, 10**9])
def test_some_units_are_found_in_two_ways_alike(
    filled: tuple[Database, int, list[int]], monkeypatch: pytest.MonkeyPatch, sparse: int
) -> None:
    monkeypatch.setattr(exporting, "_SPARSE", sparse)
    monkeypatch.setattr(exporting, "BATCH", 2)
    db, run, ids = filled
    with db.read() as conn:
        for wanted in ([], ids[:1], ids[-1:], ids[1::2], ids):
            assert [row.id for row in read(conn, run, wanted)] == wanted


def test_counts_and_the_last_change(filled: tuple[Database, int, list[int]]) -> None:
    db, run, ids = filled
    with db.read() as conn:
        counts = {("completed", "undecided"): 2, ("launched", "undecided"): 5}
        assert count_by(conn, run, None) == count_by(conn, run, array("q", ids)) == counts
        assert count_by(conn, run, array("q", ids[:2])) == {("launched", "undecided"): 2}
        changed = last_change(conn)
    assert changed is not None
    assert changed.tzinfo is not None


def test_a_run_is_copied_from_either_database(filled: tuple[Database, int, list[int]], tmp_path: Any) -> None:
    db, run, _ = filled
    told: list[int] = []
    with db.read() as conn:
        counts = bundling.copy_run(conn, tmp_path / "copy", run, "", None, told.append)
    assert (counts["unit"], counts["worker"], counts["submission"], told[-1]) == (7, 1, 2, 7)
    copied = Database(tmp_path / "copy")
    try:
        with copied.read() as conn, db.read() as original:
            assert read(conn, run) == read(original, run)
    finally:
        copied.close()


def test_what_is_read_only_is_never_written(db: Database) -> None:
    db.close()
    opened = Database(db.folder, read_only="Nothing here can be changed.")
    try:
        with pytest.raises(Exception, match=r"^Nothing here can be changed\.$"), opened.write():
            pytest.fail("it was opened")
        with opened.read() as conn:
            assert UNITS.count(conn) == 0
    finally:
        opened.close()
