"""Lets status events arrive at a list that is looked at, and takes the time between the window's heartbeats.

The events are rows of the journal (`status_event`): workers come, answer, change what they do. They are
written as a lane writes them, through `arrivals.apply`, all of 50 ms in one transaction.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from PySide6.QtCore import QObject, Qt, QTimer

from benchmarks.stage import stage
from benchmarks.workspace import RUN
from crowddesk.domain import AgentStatus, StatusChange, now
from crowddesk.store import arrivals
from crowddesk.store import tables as t
from crowddesk.store.database import Database
from crowddesk.store.queries import UNITS

EVENTS_A_SECOND = 10_000
_BATCH_S = 0.05
_SECONDS = 10.0
#: So many rows on the screen move in every batch.
_IN_VIEW = 12
_OPEN = ("assigned", "completed")


class Crowd(threading.Thread):
    """Writes what a crowd does until it is told to stop, at the rate asked for or as fast as it can."""

    def __init__(self, db: Database, in_view: Sequence[int]) -> None:
        """`in_view`: units on the screen that have an agent already."""
        super().__init__(name="crowd")
        self._db = db
        self._over = threading.Event()
        self.events = 0
        self.changes = 0
        self.seconds = 0.0
        with db.read() as conn:
            search = UNITS.parse
            self._free = [str(i) for i in UNITS.ids(conn, search("status:launched"))]
            at_work = [str(i) for i in UNITS.ids(conn, search("status:assigned"))]
            self._workers = [
                name for (name,) in conn.execute(sa.text("SELECT worker_name FROM worker ORDER BY id"))
            ]
        self._in_view = [str(i) for i in in_view]
        self._rest = cycle(at_work)
        self._turn = 0

    def stop(self) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        began = time.perf_counter()
        due = began
        while not self._over.is_set():
            batch, events = self._batch(round(EVENTS_A_SECOND * _BATCH_S))
            with self._db.write("lane") as w:
                arrivals.apply(w, RUN, batch)
            self.changes += len(batch)
            self.events += events
            due += _BATCH_S
            self._over.wait(max(0.0, due - time.perf_counter()))
        self.seconds = time.perf_counter() - began

    def _batch(self, events: int) -> tuple[list[StatusChange], int]:
        """So many events: rows in view move; others come and answer at once; what is left only moves."""
        self._turn += 1
        batch = [self._move(unit) for unit in self._in_view]
        made = len(batch)
        while self._free and made + 6 <= events:
            unit = self._free.pop()
            batch += self._visit(unit)
            made += 6
        seen = set(self._in_view)
        for unit in islice(self._rest, events - made):
            if unit not in seen:
                seen.add(unit)
                batch.append(self._move(unit))
                made += 1
        return batch, made

    def _move(self, unit: str) -> StatusChange:
        """One event, of the agent alone, unless the unit was completed before."""
        status = (AgentStatus.WAITING, AgentStatus.IN_TASK)[self._turn % 2]
        return StatusChange(unit, f"u{unit}-1", "W00001", status, vendor_status="taken", at=now())

    def _visit(self, unit: str) -> list[StatusChange]:
        """A stay from its beginning to its answer: six events in two changes."""
        worker = self._workers[int(unit) % len(self._workers)]
        begun = StatusChange(unit, f"u{unit}-2", worker, AgentStatus.IN_TASK, vendor_status="taken", at=now())
        ended = StatusChange(
            unit, f"u{unit}-2", worker, AgentStatus.COMPLETED, vendor_status="submitted", at=now(),
            seconds=12.5, payload='{"answer": "yes"}', answer={"answer": "yes"},
        )  # fmt: skip
        return [begun, ended]


class Heartbeat(QObject):
    """Ticks every millisecond in the GUI thread and keeps how much later than that each tick came."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        clock = time.perf_counter()
        self.late.append(max(0.0, clock - self._last - 0.001))
        self._last = clock


def measure_pauses(folder: Path) -> dict[str, Any]:
    """Seconds: the longest pause and the 99th percentile, with the rate of events that was reached."""
    with stage(folder) as made:
        page = made.page("units")
        made.until(lambda: page.model.phase == "ready" and page.model.ids_known)
        assert made.desk.session is not None
        db = made.desk.session.db
        with db.read() as conn:
            before = _events(conn)
        shown = [page.model.row_at(place) for place in range(40)]
        in_view = [row.id for row in shown if row is not None and row.status in _OPEN][:_IN_VIEW]
        crowd, heart = Crowd(db, in_view), Heartbeat()
        made.live(1.0)
        crowd.start()
        heart.start()
        made.live(_SECONDS)
        heart.stop()
        crowd.stop()
        with db.read() as conn:
            written = _events(conn) - before
    late = sorted(heart.late)
    return {
        "longest": late[-1],
        "p99": late[int(len(late) * 0.99)],
        "events a second": written / crowd.seconds,
        "changes a second": crowd.changes / crowd.seconds,
    }


def _events(conn: sa.Connection) -> int:
    return int(conn.execute(sa.select(sa.func.max(t.StatusEvent.__table__.c.id))).scalar_one())  # type: ignore[attr-defined]
