"""The program's real window over a workspace, and the means to wait for what it paints."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer

from crowddesk.app import Desk, make_application

_PATIENCE_MS = 120_000


class Stage(QObject):
    """One running window. `page(key)` makes a page; `painted` times what an act brings to the screen."""

    def __init__(self, folder: Path) -> None:
        self._app = make_application(["crowddesk"])
        super().__init__()
        self.desk = Desk(self._app, folder)
        self.desk.kept.save("window.page", "units")
        self._watched: QObject | None = None
        self._wanted: Callable[[], bool] = lambda: False
        self._at = 0.0
        self._loop = QEventLoop()
        opening = QEventLoop()
        self.desk.ready.connect(opening.quit)
        self.desk.start()
        opening.exec()

    def page(self, key: str) -> Any:
        return self.desk.window.show_page(key)

    def until(self, true: Callable[[], bool]) -> None:
        """Lets the window live until something is true."""
        timer, loop = QTimer(), QEventLoop()
        timer.setInterval(2)
        timer.timeout.connect(lambda: loop.quit() if true() else None)
        timer.start()
        QTimer.singleShot(_PATIENCE_MS, loop.quit)
        if not true():
            loop.exec()
        timer.stop()
        if not true():
            raise TimeoutError("The window did not come to rest.")

    def live(self, seconds: float) -> None:
        """Lets the window live for so long."""
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def painted(self, table: Any, act: Callable[[], None], shown: Callable[[], bool]) -> float:
        """Seconds from `act` to the end of the first paint of the table for which `shown` is true."""
        viewport = table.viewport()
        if self._watched is not viewport:
            if self._watched is not None:
                self._watched.removeEventFilter(self)
            viewport.installEventFilter(self)
            self._watched = viewport
        self._wanted = shown
        guard = QTimer()
        guard.setSingleShot(True)
        guard.timeout.connect(self._loop.quit)
        guard.start(_PATIENCE_MS)
        self._at = 0.0
        began = time.perf_counter()
        act()
        self._loop.exec()
        if not self._at:
            raise TimeoutError("The rows were not painted.")
        return self._at - began

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._wanted():
            self._wanted = lambda: False
            QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        self._at = time.perf_counter()
        self._loop.quit()

    def close(self) -> None:
        self.desk.window.close_surely()
        self.desk.stop()


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """A window that is closed afterwards, whatever happens."""
    made = Stage(folder)
    try:
        yield made
    finally:
        made.close()
