"""Counts that may not take long: how many rows a search finds, or that it takes too long to tell."""

from __future__ import annotations

import time
from typing import Any

from crowddesk.domain import Cancelled
from crowddesk.store.database import CancelToken, Database
from crowddesk.store.queries.listing import Listing


class _Deadline(CancelToken):
    """Stops reads by itself when its time is over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        super().__init__()

    @property
    def cancelled(self) -> bool:
        return self._by_hand or time.monotonic() >= self._end

    @cancelled.setter
    def cancelled(self, value: bool) -> None:
        self._by_hand = value


def count_within(db: Database, listing: Listing[Any], text: str, seconds: float) -> int | None:
    """How many rows a search finds; None where that takes longer. Raises BadInput. Not in the GUI thread."""
    search = listing.parse(text)
    try:
        with db.read(_Deadline(seconds)) as conn:
            if not db.is_sqlite:
                conn.exec_driver_sql(f"SET LOCAL statement_timeout = {max(1, round(seconds * 1000))}")
            return listing.count(conn, search)
    except Cancelled:
        return None
