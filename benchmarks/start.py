"""Starts one program in this process and prints when it had painted and when it was usable, as JSON.

`python -m benchmarks.start bare | sqlmodel | app FOLDER`. Times are seconds of the system's monotonic clock,
so that the parent process can subtract the moment at which it began. `bare` is a window with nothing in it,
`sqlmodel` the same and then `import sqlmodel`; `app` is the command `crowddesk` up to its rows.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer


class PaintWatch(QObject):
    """Calls `tell` once, as soon as a paint of `widget` is over that `wanted` was true for."""

    def __init__(self, widget: QObject, tell: Callable[[], None], wanted: Callable[[], bool] = lambda: True):
        super().__init__(widget)
        self._tell = tell
        self._wanted = wanted
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._wanted():
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        self._tell()


_TIMES: dict[str, float] = {}


def _note(what: str) -> None:
    _TIMES[what] = time.monotonic()


def _leave() -> None:
    from PySide6.QtWidgets import QApplication

    _note("usable")
    print(json.dumps(_TIMES), flush=True)
    QApplication.exit(0)


def bare(then: Callable[[], None]) -> None:
    """A window of the same size with nothing in it."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)

    def painted() -> None:
        _note("painted")
        then()
        _leave()

    PaintWatch(window, painted)
    window.show()
    application.exec()


def _import_sqlmodel() -> None:
    import sqlmodel  # noqa: F401


def app(folder: str) -> None:
    """The program itself over a workspace, until the rows of its list of units are on the screen."""
    import crowddesk.app as program

    class Watched(program.Desk):
        def start(self) -> None:
            self.kept.save("window.page", "units")
            PaintWatch(self.window, lambda: _note("painted"))
            self.ready.connect(self._watch_rows)
            super().start()

        def _watch_rows(self) -> None:
            page: Any = self.window.made_pages()["units"]
            PaintWatch(page.table.viewport(), self._usable, lambda: page.model.row_at(0) is not None)

        def _usable(self) -> None:
            QTimer.singleShot(0, self.window.close)
            _leave()

    program.Desk = Watched  # type: ignore[misc]
    sys.argv = ["crowddesk", "--workspace", folder]
    from crowddesk.__main__ import main

    main()


if __name__ == "__main__":
    if sys.argv[1] == "app":
        app(sys.argv[2])
    else:
        bare(_import_sqlmodel if sys.argv[1] == "sqlmodel" else lambda: None)
