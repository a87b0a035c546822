"""The sandbox's time: the computer's, moved forwards as far as somebody asked."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Final

DAY: Final = 86_400.0


class Clock:
    """Seconds since the epoch, UTC. `offset` is how far it is ahead of the computer's clock, in seconds."""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset

    def now(self) -> float:
        """What time it is in the sandbox."""
        return time.time() + self.offset


def stamp(at: float | None) -> str | None:
    """A moment as the vendor writes it; None stays None."""
    if at is None:
        return None
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
