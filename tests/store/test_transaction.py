"""What one write transaction does to rows: their own values each, and those of many alike at once."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from crowddesk.store import tables as t


def test_each_row_gets_its_own_values_whether_many_are_alike_or_not(any_world: Any) -> None:
    run = any_world.run(any_world.requester())
    units = any_world.units(run, 1, items=9)
    alike = {unit: {"vendor_status": "taken"} for unit in units[:5]}
    single = {units[5]: {"vendor_status": "paid"}, units[6]: {"vendor_status": None, "dataset_status": "in"}}
    with any_world.db.write() as w:
        w.update_rows(t.Unit, alike | single | {unit: {} for unit in units[7:]})
        change = w.finish()
    assert change is not None
    assert change.tables["unit"] == units[:7]
    with any_world.db.read() as conn:
        rows = conn.execute(sa.text("SELECT vendor_status, dataset_status FROM unit ORDER BY id")).all()
    assert [row[0] for row in rows] == ["taken"] * 5 + ["paid", None, None, None]
    assert [row[1] for row in rows] == ["undecided"] * 6 + ["in", "undecided", "undecided"]


def test_rows_that_get_nothing_new_are_not_touched(any_world: Any) -> None:
    run = any_world.run(any_world.requester())
    units = any_world.units(run, 1, items=6)
    with any_world.db.write() as w:
        w.update_rows(t.Unit, {unit: {} for unit in units})
        assert w.finish() is None
