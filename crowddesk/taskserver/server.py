"""The task server as the rest of the program sees it: which runs to serve, where they are, start and stop.

Its loop has a thread, its writer another; both are made in `lanes`. Nothing listens when no run is open.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from crowddesk.domain import Change, merge_changes
from crowddesk.taskserver.clock import Clock
from crowddesk.taskserver.state import ServerState
from crowddesk.taskserver.writer import Writer

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.settings import TaskServing
    from crowddesk.taskserver.service import Service


class TaskServer:
    """Serves runs to people's browsers. Every member may be used from any thread but `run`.

    `folder_settings` gives the settings of now and is asked in the writer's thread; `changed` hears of every
    new state, on the server's thread.
    """

    def __init__(
        self,
        db: CrowdDatabase,
        folder_settings: Callable[[], TaskServing],
        changed: Callable[[ServerState], None],
        *,
        clock: Clock | None = None,
    ) -> None:
        self.writer = Writer(db)
        self._db = db
        self._folder_settings = folder_settings
        self._changed = changed
        self._clock = clock or Clock()
        self._lock = threading.Lock()
        self._wanted: dict[int, frozenset[int]] = {}
        self._changes: list[Change] = []
        self._state = ServerState()
        self._stopping = False
        self._service: Service | None = None

    @property
    def state(self) -> ServerState:
        """What is served where, as it was last told to `changed`."""
        return self._state

    def serve(self, requester_id: int, run_ids: Collection[int]) -> None:
        """The runs that this requester's lane keeps open from now on; none closes them."""
        with self._lock:
            if self._wanted.get(requester_id, frozenset()) == frozenset(run_ids):
                return
            self._wanted[requester_id] = frozenset(run_ids)
        self._wake()

    def look_again(self) -> None:
        """The settings have changed."""
        self._wake()

    def url_of(self, run_id: int) -> str | None:
        """The link for the workers of a run; None while nobody could open it."""
        served = self._state.of(run_id)
        return served.url or None if served is not None and served.listening else None

    def take_over(self, change: Change) -> None:
        """A committed change, from here or elsewhere: live pages follow it."""
        if _TABLES.isdisjoint(change.tables):
            return
        with self._lock:
            self._changes.append(change)
        self._wake()

    def run(self) -> None:
        """The body of the server's thread: the loop, until `stop`."""
        # A program that serves no run never needs these; they take a quarter of a second.
        import asyncio

        from crowddesk.taskserver.service import Service

        async def live() -> None:
            service = Service(self._db, self.writer, self._clock, self._ask_settings, self._tell)
            with self._lock:
                self._service = None if self._stopping else service
            if self._service is not None:
                await service.live(self._what_is_wanted)

        asyncio.run(live())
        with self._lock:
            self._service = None

    def stop(self) -> None:
        """Ends `run`: pages are let go and come back by themselves after a restart. The writer goes on until
        its own `stop`."""
        with self._lock:
            self._stopping = True
        self._wake()

    # -------------------------------------------------------------------------------------- inside

    def _wake(self) -> None:
        with self._lock:
            if self._service is not None:
                self._service.wake()

    def _what_is_wanted(self) -> tuple[frozenset[int], Change | None, bool]:
        """The runs to serve, what was committed since the last question, whether to stop. On the loop."""
        with self._lock:
            changes, self._changes = self._changes, []
            runs = frozenset().union(*self._wanted.values())
            return runs, merge_changes(changes) if changes else None, self._stopping

    def _ask_settings(self) -> TaskServing:
        return self._folder_settings()

    def _tell(self, state: ServerState) -> None:
        if state != self._state:
            self._state = state
            self._changed(state)


#: Pages show nothing of other tables.
_TABLES = frozenset({"agent", "task_run"})
