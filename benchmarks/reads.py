"""Pages and totals of a large workspace against a small one, and what the web tool was slow at."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from benchmarks.workspace import RUN
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.task_run import TaskRun
from crowddesk.operations import export
from crowddesk.operations.workspace import open_workspace
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import queries as q
from crowddesk.store.database import Database

_REPEATS = 15

#: What screens ask again and again: the same cost is expected whatever the size of the workspace.
QUESTIONS: dict[str, Callable[[Connection], Any]] = {
    "first page of units": lambda conn: q.UNITS.first(conn),
    "first page of a run": lambda conn: q.UNITS.first(conn, scope=q.Scope(run_id=RUN)),
    "last page of units": lambda conn: q.UNITS.tail(conn),
    "page by time": lambda conn: q.UNITS.first(conn, sort=q.Sort("seconds")),
    "page by status": lambda conn: q.UNITS.first(conn, sort=q.Sort("status", descending=True)),
    "page of completed": lambda conn: q.UNITS.first(conn, q.UNITS.parse("status:completed")),
    "page of actions": lambda conn: q.ACTIONS.first(conn),
    "count of units": lambda conn: q.UNITS.count(conn),
    "count of completed": lambda conn: q.UNITS.count(conn, q.UNITS.parse("status:completed")),
    "runs": lambda conn: q.RUNS.first(conn),
    "accounts": lambda conn: q.REQUESTERS.first(conn),
    "total spend": lambda conn: q.total_spend(conn, 1),
    "what is staged": lambda conn: q.staged_summary(conn),
    "one unit": lambda conn: q.unit_detail(conn, 777),
}


def measure_pages(large: Path, small: Path) -> dict[str, tuple[float, float]]:
    """Question -> seconds in the large and in the small workspace, medians taken in turns."""
    found: dict[str, tuple[float, float]] = {}
    bases = [Database(large), Database(small)]
    try:
        for name, ask in QUESTIONS.items():
            times: tuple[list[float], list[float]] = ([], [])
            for _ in range(_REPEATS):
                for db, mine in zip(bases, times, strict=True):
                    with db.read() as conn:
                        mine.append(_seconds(lambda conn=conn, ask=ask: ask(conn)))  # type: ignore[misc]
            found[name] = (statistics.median(times[0]), statistics.median(times[1]))
    finally:
        for db in bases:
            db.close()
    return found


def measure_verbs(folder: Path) -> dict[str, float]:
    """Seconds that a workspace of 10,000 units takes for what the web tool was slow at."""
    db = open_workspace(folder)
    try:
        get_crowd_provider_from_type("mock")(db)
        with tempfile.TemporaryDirectory() as exports:
            verbs: dict[str, Callable[[], object]] = {
                "ids": lambda: _every_id(db),
                "objects": lambda: db.find_units(task_run_id=str(RUN)),
                "spend": lambda: TaskRun.get(db, str(RUN)).get_total_spend(),
                "list": lambda: _every_row(db),
                "export": lambda: export.export(db, export.Wanted(RUN, ".csv"), Path(exports) / "units.csv"),
                "detail": lambda: _detail(db),
            }
            return {name: statistics.median(_seconds(verb) for _ in range(3)) for name, verb in verbs.items()}
    finally:
        db.close()


def measure_detail(folder: Path) -> float:
    """Seconds to open one unit of a workspace."""
    db = open_workspace(folder)
    try:
        _detail(db)
        return statistics.median(_seconds(lambda: _detail(db)) for _ in range(_REPEATS))
    finally:
        db.close()


def _every_row(db: CrowdDatabase) -> list[Any]:
    with db.read() as conn:
        return list(q.UNITS.iterate(conn, scope=q.Scope(run_id=RUN)))


def _every_id(db: CrowdDatabase) -> object:
    with db.read() as conn:
        return q.UNITS.ids(conn, scope=q.Scope(run_id=RUN))


def _detail(db: CrowdDatabase) -> object:
    with db.read() as conn:
        return q.unit_detail(conn, 777)


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
