"""Who is in a run right now: their open pages, their signs of life, and what their pages are told."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from crowddesk.domain import AgentStatus

if TYPE_CHECKING:
    from aiohttp import web

    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.taskserver.clock import Clock

#: A page that takes no messages is cut off; it comes back and asks anew.
_MOST_UNSENT: Final = 500
#: Statuses after which there is no more to say about an agent.
_OVER: Final = AgentStatus.COMPLETE

#: Codes with which a WebSocket is closed; 4000 and up are an application's own.
GOING_AWAY: Final = 1001
TOO_MUCH: Final = 1008
ELSEWHERE: Final = 4000
SIGN_IN_AGAIN: Final = 4401


@dataclass(slots=True, eq=False)
class Tab:
    """One open page of a worker."""

    worker_id: str
    tab: str
    socket: web.WebSocketResponse
    last_beat: float
    #: What brings the messages to the page, while there are any.
    sending: asyncio.Task[None] | None = None
    _unsent: deque[str] = field(default_factory=deque)
    _close: tuple[int, bytes] | None = None

    def say(self, message: dict[str, Any]) -> None:
        """Sends a message behind those that wait."""
        if self._close is not None:
            return
        self._unsent.append(json.dumps(message, ensure_ascii=False, default=str))
        if len(self._unsent) > _MOST_UNSENT:
            self._unsent.clear()
            self.close(TOO_MUCH, b"the page takes no messages")
        self._work()

    def close(self, code: int, reason: bytes = b"") -> None:
        """Closes the page's connection once what was said before is sent."""
        if self._close is None:
            self._close = (code, reason)
        self._work()

    def _work(self) -> None:
        if self.sending is None or self.sending.done():
            self.sending = asyncio.get_running_loop().create_task(self._send())

    async def _send(self) -> None:
        try:
            while self._unsent:
                await self.socket.send_str(self._unsent.popleft())
            if self._close is not None:
                code, reason = self._close
                await self.socket.close(code=code, message=reason)
        except (ConnectionError, RuntimeError):  # the page went meanwhile
            self._unsent.clear()


@dataclass(slots=True)
class _Stay:
    """An agent that is not complete, and when its worker was last heard of."""

    worker_id: str
    deadline: datetime | None
    last_seen: float
    leaving: bool = False


class Visits:
    """The pages and agents of one run. Used on the loop; any thread may call the two `send_...`.

    It is the run's `ClientChannel`: what is sent inside a write block goes out after its commit.
    """

    def __init__(
        self, db: CrowdDatabase, loop: asyncio.AbstractEventLoop, clock: Clock, changed: Callable[[], None]
    ) -> None:
        self._db = db
        self._loop = loop
        self._clock = clock
        self._changed = changed
        self._stays: dict[str, _Stay] = {}
        self._agent_of: dict[str, str] = {}
        self._tabs: dict[str, Tab] = {}
        self._no_time_out_before = float("-inf")

    # ------------------------------------------------------------------------------- the run's channel

    def send_live_update(self, agent_id: str, live_update: dict[str, Any]) -> None:
        """Shows an update on the worker's page."""
        self._hand_on(lambda: self._say_to(agent_id, {"update": live_update}))

    def send_status_update(self, agent_id: str, status: str) -> None:
        """Tells the worker's page its agent's new status."""
        self._hand_on(lambda: self._take_status(agent_id, status))

    def _hand_on(self, call: Callable[[], None]) -> None:
        def send() -> None:
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(call)

        write = self._db.open_write()
        if write is None:
            send()
        else:
            write.after_commit.append(send)

    def _say_to(self, agent_id: str, message: dict[str, Any]) -> None:
        stay = self._stays.get(agent_id)
        tab = self._tabs.get(stay.worker_id) if stay else None
        if tab is not None:
            tab.say(message)

    def _take_status(self, agent_id: str, status: str) -> None:
        self._say_to(agent_id, {"status": status})
        if status in _OVER:
            self.forget(agent_id)
        if status in AgentStatus.LEFT:
            self.nudge()

    # ------------------------------------------------------------------------------------- agents

    def know(self, agent_id: str, worker_id: str, deadline: datetime | None) -> None:
        """An agent that is at work, just heard of."""
        before = self._agent_of.get(worker_id)
        if before is not None and before != agent_id:
            self._stays.pop(before, None)
        self._stays[agent_id] = _Stay(worker_id, deadline, self._clock.tick())
        self._agent_of[worker_id] = agent_id

    def forget(self, agent_id: str) -> None:
        """An agent that is complete."""
        stay = self._stays.pop(agent_id, None)
        if stay is not None and self._agent_of.get(stay.worker_id) == agent_id:
            del self._agent_of[stay.worker_id]

    def agent_of(self, worker_id: str) -> str | None:
        """The agent of a worker that is at work, None when there is none."""
        return self._agent_of.get(worker_id)

    def worker_of(self, agent_id: str) -> str | None:
        """The worker of an agent that is at work."""
        stay = self._stays.get(agent_id)
        return stay.worker_id if stay else None

    def seen(self, worker_id: str) -> None:
        """A sign of life from a worker's page."""
        stay = self._stays.get(self._agent_of.get(worker_id, ""))
        if stay is not None:
            stay.last_seen = self._clock.tick()

    def give_grace(self, seconds: float) -> None:
        """Nobody could be heard of until now (a restart, a sleep): everybody counts as just seen, and no
        time runs out within so many seconds."""
        tick = self._clock.tick()
        self._no_time_out_before = tick + seconds
        for stay in self._stays.values():
            stay.last_seen = tick
        for tab in self._tabs.values():
            tab.last_beat = tick

    def overdue(self, disconnect_seconds: float) -> list[tuple[str, str]]:
        """Agents that have to leave, each told once, with the status they leave with.

        Also closes the pages that have been silent as long.
        """
        tick, now = self._clock.tick(), self._clock.now()
        found = []
        for agent_id, stay in self._stays.items():
            if stay.leaving:
                continue
            late = stay.deadline is not None and now >= stay.deadline and tick >= self._no_time_out_before
            if late or tick - stay.last_seen >= disconnect_seconds:
                stay.leaving = True
                found.append((agent_id, AgentStatus.TIMEOUT if late else AgentStatus.DISCONNECT))
        for tab in list(self._tabs.values()):
            if tick - tab.last_beat >= disconnect_seconds:
                self.detach(tab)
                tab.close(GOING_AWAY)
        return found

    def try_again(self, agent_id: str) -> None:
        """An agent whose leaving could not be stored is told by `overdue` again."""
        if agent_id in self._stays:
            self._stays[agent_id].leaving = False

    # -------------------------------------------------------------------------------------- pages

    @property
    def count(self) -> int:
        """How many workers have their page open."""
        return len(self._tabs)

    def attach(self, worker_id: str, tab: str, socket: web.WebSocketResponse) -> Tab:
        """A page that opened; the worker's other one, if there is one, is told so and closed."""
        before = self._tabs.get(worker_id)
        if before is not None:
            if before.tab != tab:
                before.say({"elsewhere": True})
            before.close(ELSEWHERE)
        made = self._tabs[worker_id] = Tab(worker_id, tab, socket, self._clock.tick())
        self.seen(worker_id)
        if before is None:
            self._changed()
        return made

    def detach(self, tab: Tab) -> None:
        """A page that went, unless another has taken its place already."""
        if self._tabs.get(tab.worker_id) is tab:
            del self._tabs[tab.worker_id]
            self._changed()

    def beat(self, tab: Tab) -> None:
        """A sign of life over a page's own connection."""
        tab.last_beat = self._clock.tick()
        self.seen(tab.worker_id)

    def nudge(self) -> None:
        """Tells the pages that have no work to ask again."""
        for tab in self._tabs.values():
            if tab.worker_id not in self._agent_of:
                tab.say({"changed": True})

    def nudge_all(self) -> None:
        """Tells every page to ask again."""
        for tab in self._tabs.values():
            tab.say({"changed": True})

    def close(self, sentence: str = "") -> list[asyncio.Task[None]]:
        """Closes every page's connection, with the last word if there is one; returns what is on its way."""
        tabs = list(self._tabs.values())
        self._tabs.clear()
        for tab in tabs:
            if sentence:
                tab.say({"closed": sentence})
            tab.close(GOING_AWAY)
        self._changed()
        return [tab.sending for tab in tabs if tab.sending is not None]
