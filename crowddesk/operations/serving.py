"""What a lane asks of the task server, which puts runs before people."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol


class Serving(Protocol):
    """The task server, as a lane's thread uses it."""

    def serve(self, requester_id: int, run_ids: Collection[int]) -> None:
        """Keeps exactly these runs of an account before people."""

    def url_of(self, run_id: int) -> str | None:
        """The link of a run for its workers; None while it is not served."""
