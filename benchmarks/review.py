"""What a reviewer waits for: from a key to the next answer painted, in a run of many units; printed as JSON.

`python -m benchmarks.review FOLDER DECISIONS`; the folder is written to. A decision comes every 150 ms,
which is faster than anybody reads.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.stage import Stage, stage
from benchmarks.workspace import RUN

_PAUSE_S: Final = 0.15
_REPAINTS: Final = 50
_PATIENCE_MS: Final = 30_000
_PAINTED: Final = QEvent.Type(QEvent.registerEventType())


class _Watch(QObject):
    """Times from an act to the end of the first paint of a widget for which something is true."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        widget.installEventFilter(self)
        self._wanted: Callable[[], bool] = lambda: False
        self._loop = QEventLoop()
        self._at = self._worked = 0.0

    def time(self, act: Callable[[], object], shown: Callable[[], bool]) -> tuple[float, float]:
        """Seconds by the clock, and seconds that the GUI thread worked, whatever else the machine did."""
        guard = QTimer()
        guard.setSingleShot(True)
        guard.timeout.connect(self._loop.quit)
        guard.start(_PATIENCE_MS)
        self._wanted, self._at = shown, 0.0
        began, worked = time.perf_counter(), time.thread_time()
        act()
        self._loop.exec()
        if not self._at:
            raise TimeoutError("The next answer was not painted.")
        return self._at - began, self._worked - worked

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._wanted():
            self._wanted = lambda: False
            # Before any timer: what the page does once the answer stands there is not waited for.
            QApplication.postEvent(self, QEvent(_PAINTED), Qt.EventPriority.HighEventPriority.value)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == _PAINTED:
            self._at, self._worked = time.perf_counter(), time.thread_time()
            self._loop.quit()
            return True
        return super().event(event)


def measure(folder: Path, decisions: int) -> dict[str, Any]:
    """Seconds from key to paint (median, 99th percentile, longest), of a bare repaint, and megabytes more.

    `worked` is the GUI thread's own part, which a busy machine does not stretch.
    """
    with stage(folder) as made:
        assert made.desk.session is not None
        made.desk.session.settings.sending.practice_sends_by_itself = False
        before = _megabytes()
        page = made.page("review")
        page.show_wanted(RUN)
        work = page.work
        made.until(lambda: work.ids_known and work.ahead.picture is not None and bool(work.chosen()))
        page.window().activateWindow()
        work.take_focus()
        made.live(1.0)
        watch = _Watch(page.desk.facts.parentWidget())
        taken = [_decide(made, page, watch) for _ in range(decisions)]
        card = page.desk.facts.parentWidget()
        bare = [watch.time(card.update, lambda: True) for _ in range(_REPAINTS)]
        made.live(0.5)
        gc.collect()
        ordered, worked = (sorted(times) for times in zip(*taken, strict=True))
        repaints, _ = zip(*bare, strict=True)
        return {
            "decisions": decisions,
            "waiting": work.queue.total,
            "median": statistics.median(ordered),
            "p99": _p99(ordered),
            "longest": ordered[-1],
            "worked": statistics.median(worked),
            "worked p99": _p99(worked),
            "repaint": statistics.median(repaints),
            "megabytes": _megabytes() - before,
        }


def _p99(ordered: list[float]) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def _decide(made: Stage, page: Any, watch: _Watch) -> tuple[float, float]:
    """One key, as soon as the reviewer may have looked at the answer."""
    work, desk = page.work, page.desk
    (coming,) = work.queue.ahead(1)
    made.live(_PAUSE_S)
    made.until(lambda: work.ahead.get(coming) is not None and bool(work.chosen()))
    (coming,) = work.queue.ahead(1)
    focus = page.window().focusWidget() or page

    def shown() -> bool:
        return desk.looked is not None and desk.looked.row.id == coming

    return watch.time(lambda: QTest.keyClick(focus, Qt.Key.Key_A), shown)


def _megabytes() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


def main() -> None:
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))), flush=True)


if __name__ == "__main__":
    main()
