"""Launches units on the practice crowd, and inserts what this leaves once more with nothing around it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks import material
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import AssignmentState
from crowddesk.operations import launch
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.workspace import open_workspace
from crowddesk.store import ledger
from crowddesk.store import tables as t
from crowddesk.store.database import Database

#: What a launch leaves, in the order in which it is inserted.
_LEFT: tuple[Any, ...] = (t.Assignment, t.Unit, t.VendorAction, t.Journal, t.StatusEvent)


@dataclass(frozen=True, slots=True)
class Launched:
    """Seconds from the run file to units in the database (`created`) and at the vendor (`launched`)."""

    created: float
    launched: float
    floor: float
    rows: int


def measure(folder: Path, units: int) -> Launched:
    """Launches so many units in a new workspace under `folder`, then measures the floor beside it."""
    config = material.write_task(folder / "task", units // material.UNITS_PER_ITEM)
    db = open_workspace(folder / "workspace")
    lane: LaneWork | None = None
    try:
        requester = int(db.find_requesters(provider_type="mock")[0].db_id)
        lane = LaneWork(db, requester)
        lane.step()
        before = _rows(db)
        started = time.perf_counter()
        run_id = launch.create_run(db, config)
        created = time.perf_counter() - started
        while (out := _launched(db, run_id)) < units:
            step = lane.step()
            if step.state == "offline" or (out and step.wait):
                raise RuntimeError(f"Only {out:,} of {units:,} units were launched. {step.note}")
        launched = time.perf_counter() - started
        rows = {table: found[len(before[table]) :] for table, found in _rows(db).items()}
    finally:
        if lane is not None:
            lane.stop()
        db.close()
    return Launched(created, launched, _insert(folder / "floor", rows), sum(map(len, rows.values())))


def _launched(db: CrowdDatabase, run_id: int) -> int:
    with db.read() as conn:
        return ledger.units_by_status(conn, run_id).get(AssignmentState.LAUNCHED, 0)


Rows = dict[type, list[dict[str, object]]]


def _rows(db: CrowdDatabase) -> Rows:
    with db.read() as conn:
        return {
            table: [dict(row) for row in conn.execute(sa.select(*table.__table__.c)).mappings()]
            for table in _LEFT
        }


def _insert(folder: Path, rows: Rows) -> float:
    """Seconds for raw Core inserts of these rows into the same empty schema, in one transaction."""
    db = Database(folder)
    try:
        started = time.perf_counter()
        with db.write() as w:
            for table, values in rows.items():
                w.conn.execute(sa.insert(table), values)
        return time.perf_counter() - started
    finally:
        db.close()
