"""The server's two clocks in one place, so that a test can turn them."""

from __future__ import annotations

import time
from datetime import datetime

from crowddesk.domain import now


class Clock:
    """The time. `tick` only moves forward, in seconds; `now` is UTC."""

    def tick(self) -> float:
        return time.monotonic()

    def now(self) -> datetime:
        return now()
