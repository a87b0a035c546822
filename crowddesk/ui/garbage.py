"""Collects Python's garbage in the GUI thread alone.

A cycle may hold widgets, and Python collects in whichever thread allocates next: a widget that the reader's
thread destroys ends the process (seen as a crash in 1 of 30 runs of the window's tests).
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_LOOK_MS: Final = 500


class GuiGarbage(QObject):
    """From now on only the GUI thread collects, when there is something to; `stop()` gives it back to all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collects the generations whose thresholds are passed, as Python would."""
        young, middle, old = gc.get_count()
        first, second, third = self._thresholds
        if young <= first:
            return
        if middle <= second:
            gc.collect(0)
        elif old <= third:
            gc.collect(1)
        else:
            gc.collect(2)

    def stop(self) -> None:
        """Lets Python collect by itself again."""
        self._timer.stop()
        gc.enable()
