"""How fast this reviewer decides, and so how long the rest will take."""

from __future__ import annotations

import statistics
import time
from collections import deque
from typing import Final

_LEAST: Final = 5
_OF_LAST: Final = 30
#: Longer than this, somebody was away.
_AWAY_S: Final = 180.0


class Pace:
    """Counts the time from one decision to the next; not known before there are five."""

    def __init__(self) -> None:
        self._seconds: deque[float] = deque(maxlen=_OF_LAST)
        self._last: float | None = None

    def begin(self) -> None:
        """The reviewer starts now: what was before does not count."""
        self._last = time.monotonic()

    def decided(self, count: int = 1) -> None:
        """So many answers were decided at this moment."""
        at = time.monotonic()
        if self._last is not None and count > 0 and at - self._last <= _AWAY_S * count:
            self._seconds.append((at - self._last) / count)
        self._last = at

    def seconds_left(self, answers: int) -> float | None:
        """Seconds for so many answers at the median pace; None while the pace is not known."""
        if len(self._seconds) < _LEAST:
            return None
        return statistics.median(self._seconds) * answers
