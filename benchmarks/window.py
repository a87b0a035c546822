"""What the window does over many units, measured in this process, printed as JSON.

`python -m benchmarks.window lists|pauses|memory FOLDER`; the folder is written to.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from benchmarks.pauses import measure_pauses
from benchmarks.stage import Stage, stage
from benchmarks.workspace import RUN
from crowddesk.ui.rows import RowsQuery

_REPEATS = 5
#: One search a filter that has an index or is known from the totals, as somebody would type it.
FILTERS = {
    "status": "status:completed",
    "worker": "worker:W00003",
    "time": "time:<5s",
    "submitted": "submitted:>=2026-11-14",
    "data": "data:out",
    "kind": "kind:gold",
    "agent": 'agent:"in task"',
    "vendor": "vendor:submitted",
    "item": "item:k000007",
    "unit": "unit:4711",
}


class _List:
    """A table of rows, and what is said of it as shown."""

    def __init__(self, table: Any) -> None:
        self.table, self.model = table, table.rows
        self._resets = 0
        self._seen = 0
        self.model.modelReset.connect(self._count)

    def _count(self) -> None:
        self._resets += 1

    def begin(self) -> None:
        self._seen = self._resets

    def shown_anew(self) -> bool:
        """There was a reset since `begin`, and every place in view has its row."""
        return self._resets > self._seen and self.model.phase == "ready" and self.in_view()

    def in_view(self) -> bool:
        rows = self.model.rowCount()
        first, last = self.table.rowAt(0), self.table.rowAt(self.table.viewport().height() - 1)
        last = rows - 1 if last < 0 else last
        return not rows or all(self.model.row_at(i) is not None for i in range(max(0, first), last + 1))

    def at_end(self) -> bool:
        bar = self.table.verticalScrollBar()
        return bool(bar.value() == bar.maximum() and self.in_view())

    def settled(self) -> bool:
        return bool(self.model.phase == "ready" and self.model.ids_known)


def _median(take: Callable[[], float], repeats: int = _REPEATS) -> float:
    return statistics.median(take() for _ in range(repeats))


def measure_lists(folder: Path) -> dict[str, Any]:
    """Seconds to open the run, to sort by each column, to filter by each field, to jump to the end."""
    with stage(folder) as made:
        units = _List(made.page("units").table)
        made.until(units.settled)
        found: dict[str, Any] = {"open": _median(lambda: _open_run(made))}
        made.page("units")
        made.until(units.settled)
        found["sort"] = {
            f"{column.key} {'down' if down else 'up'}": _median(partial(_sort, made, units, column, down))
            for column in units.model.columns
            if column.sort_key
            for down in (False, True)
        }
        found["filter"] = {
            name: _median(partial(_filter, made, units, text)) for name, text in FILTERS.items()
        }
        found["end"] = _median(lambda: _jump(made, units, settled=True))
        found["end, ids on their way"] = _median(lambda: _jump(made, units, settled=False))
        return found


def _open_run(made: Stage) -> float:
    """From the wish for the run's page, shown before with another run, to its first rows."""
    page = made.page("runs")
    page.show_list()
    table = page.run_page.panel.table
    rows = _List(table)
    page.run_page.model.show(RowsQuery(text="unit:1"))
    made.until(rows.settled)
    page.run_page._run_id = 0
    rows.begin()
    taken = made.painted(table, lambda: page.show_wanted(RUN), rows.shown_anew)
    made.until(rows.settled)
    return taken


def _show(made: Stage, units: _List, query: RowsQuery) -> float:
    units.begin()
    taken = made.painted(units.table, lambda: units.model.show(query), units.shown_anew)
    made.until(units.settled)
    return taken


def _sort(made: Stage, units: _List, column: Any, down: bool) -> float:
    _show(made, units, RowsQuery(text="unit:1"))
    _show(made, units, RowsQuery())
    order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
    place = units.model.columns.index(column)
    if units.model.query == RowsQuery(sort=column.sort_key, descending=down):
        return 0.0
    units.begin()
    taken = made.painted(units.table, lambda: units.model.sort(place, order), units.shown_anew)
    made.until(units.settled)
    return taken


def _filter(made: Stage, units: _List, text: str) -> float:
    _show(made, units, RowsQuery(text="unit:1"))
    _show(made, units, RowsQuery())
    return _show(made, units, RowsQuery(text=text))


def _jump(made: Stage, units: _List, *, settled: bool) -> float:
    query = RowsQuery(sort="submitted")
    if units.model.query == query:
        _show(made, units, RowsQuery(text="unit:1"))
    units.begin()
    made.painted(units.table, lambda: units.model.show(query), units.shown_anew)
    if settled:
        made.until(units.settled)
    else:
        made.until(lambda: units.model.rowCount() > 1_000 or units.settled())
    taken = made.painted(units.table, units.table.scrollToBottom, units.at_end)
    made.until(units.settled)
    return taken


def measure_memory(folder: Path) -> dict[str, Any]:
    """Resident megabytes of the process with the list read, sorted, and looked at from end to end."""
    with stage(folder) as made:
        units = _List(made.page("units").table)
        made.until(units.settled)
        for query in (RowsQuery(sort="seconds"), RowsQuery()):
            _show(made, units, query)
        bar = units.table.verticalScrollBar()
        for part in range(0, 101, 5):
            bar.setValue(bar.maximum() * part // 100)
            made.until(units.in_view)
        made.live(0.5)
        gc.collect()
        status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return {"megabytes": int(kilobytes) / 1024}


def main() -> None:
    what, folder = sys.argv[1], Path(sys.argv[2])
    measures = {"lists": measure_lists, "pauses": measure_pauses, "memory": measure_memory}
    print(json.dumps(measures[what](folder)), flush=True)


if __name__ == "__main__":
    main()
