"""Timers that wait for a pause: what is asked for again meanwhile is done once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, SignalInstance


def make_one_shot(parent: QObject, milliseconds: int, then: Callable[[], object] | SignalInstance) -> QTimer:
    """A timer that calls `then` once, so long after its last `start`; 0: behind what is being painted."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer
