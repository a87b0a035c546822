"""The server's loop: opens and closes runs and ports as they are wanted, and notices who has left."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crowddesk.domain import Cancelled, CrowdDeskError
from crowddesk.language import mark, say
from crowddesk.settings import TaskServing
from crowddesk.taskserver.gate import Gate
from crowddesk.taskserver.open_run import OpenRun
from crowddesk.taskserver.routes import Page, Routes
from crowddesk.taskserver.sessions import is_same
from crowddesk.taskserver.sites import CannotListen, Place, Sites, host_of, link_at, place_of
from crowddesk.taskserver.state import ServedRun, ServerState
from crowddesk.taskserver.visits import Visits

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.domain import Change
    from crowddesk.taskserver.clock import Clock
    from crowddesk.taskserver.writer import Writer

logger = logging.getLogger(__name__)

_SWEEP_SECONDS: Final = 1.0
#: Ports, certificates, addresses and settings are looked at as often.
_LOOK_SECONDS: Final = 4.0
#: A pause between two sweeps that is longer than this was a sleep of the computer.
_SLEPT_SECONDS: Final = 8.0
#: How soon a change in who is there is told.
_GATHER_SECONDS: Final = 0.1
_NOT_HTTPS: Final = mark(
    "This vendor sends people to https addresses only. "
    "Set a public address that begins with https:// in Settings."
)
_PAGE_FOLDER: Final = Path(__file__).parent / "page"


class Service:
    """What runs on the loop. Only `wake` may be called from another thread."""

    def __init__(
        self,
        db: CrowdDatabase,
        writer: Writer,
        clock: Clock,
        settings: Callable[[], TaskServing],
        tell: Callable[[ServerState], None],
    ) -> None:
        self.writer = writer
        self.gate = Gate(clock.tick)
        self._db = db
        self._clock = clock
        self._ask_settings = settings
        self._settings = TaskServing()
        self._tell = tell
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()
        self._runs: dict[int, OpenRun] = {}
        self._ports: dict[int, int] = {}
        self._notes: dict[int, str] = {}
        self._address = "127.0.0.1"
        page = Page(_PAGE_FOLDER)
        self._sites = Sites(lambda: Routes(self, page).make_app())
        self._last_sweep = (clock.tick(), clock.now())
        self._telling: asyncio.TimerHandle | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    @property
    def megabytes(self) -> int:
        """The largest upload."""
        return self._settings.upload_megabytes

    def find(self, token: str) -> OpenRun | None:
        """The open run of a token. Each run is compared, so the time says nothing about a token."""
        found = None
        for run in self._runs.values():
            if is_same(run.link.token, token):
                found = run
        return found

    def wake(self) -> None:
        """Something is wanted; any thread."""
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._woken.set)

    async def live(self, wanted: Callable[[], tuple[frozenset[int], Change | None, bool]]) -> None:
        """Serves what is wanted until it is to stop."""
        sweeping = asyncio.create_task(self._sweep_always())
        try:
            while True:
                self._woken.clear()
                runs, change, stopping = wanted()
                if stopping:
                    break
                try:
                    if change is not None:
                        await self._take_over(change)
                    await self._fit(runs)
                except Cancelled:  # the writer was stopped first
                    break
                except Exception:
                    logger.exception("The task server could not be brought up to date")
                self._tell_soon()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_LOOK_SECONDS if runs or self._runs else None):
                        await self._woken.wait()
        finally:
            sweeping.cancel()
            await self._end()

    async def _end(self) -> None:
        closing = [task for run in self._runs.values() for task in run.visits.close()]
        runs, self._runs = self._runs, {}
        if closing:
            await asyncio.wait(closing, timeout=1.0)
        await self._sites.keep(set())
        if self._leaving:
            await asyncio.wait(self._leaving, timeout=1.0)
        for run in runs.values():
            with contextlib.suppress(Cancelled):
                await self.writer.ask_apart(run.shutdown)
        if self._telling is not None:
            self._telling.cancel()
        self._tell(ServerState())

    # -------------------------------------------------------------------------------- runs and ports

    async def _take_over(self, change: Change) -> None:
        for run in self._runs.values():
            was = run.about.get("open")
            await self.writer.ask_apart(partial(run.take_over, change))
            if run.about.get("open") != was:
                run.visits.nudge_all()

    async def _fit(self, wanted: frozenset[int]) -> None:
        for run_id in self._runs.keys() - wanted:
            await self._close(self._runs.pop(run_id))
        self._notes = {run_id: note for run_id, note in self._notes.items() if run_id in wanted}
        if not wanted:
            await self._sites.keep(set())
            return
        await self._read_settings()
        for run_id in sorted(wanted - self._runs.keys()):
            await self._open(run_id)
        host = "0.0.0.0" if self._settings.reach == "local network" else "127.0.0.1"
        place = place_of(host, self._settings.certificate, self._settings.certificate_key)
        self._address = host_of(self._settings)
        for run in list(self._runs.values()):
            await self._listen(run, place)
        await self._sites.keep(set(self._ports.values()))

    async def _read_settings(self) -> None:
        try:
            self._settings = await self.writer.ask_apart(self._ask_settings)
        except CrowdDeskError as error:  # the settings of before go on
            logger.info("The task server's settings cannot be read: %s", error)
        self.gate.set_public_url(self._settings.public_url)

    async def _open(self, run_id: int) -> None:
        visits = Visits(self._db, self._loop, self._clock, self._tell_soon)
        try:
            run = await self.writer.ask_apart(partial(OpenRun, self._db, run_id, visits, self._clock))
        except Cancelled:
            raise
        except Exception as error:  # a vendor's code may raise anything, and the other runs go on
            known = isinstance(error, CrowdDeskError | OSError)
            note = str(error) if known else f"{type(error).__name__}: {error}"
            if note != self._notes.get(run_id):
                logger.info("Run %d cannot be served: %s", run_id, note, exc_info=not known)
            self._notes[run_id] = note
            return
        for agent_id, worker_id, deadline in run.found:
            visits.know(agent_id, worker_id, deadline)
        visits.give_grace(self._settings.disconnect_seconds)
        self._runs[run_id] = run

    async def _close(self, run: OpenRun) -> None:
        self._ports.pop(run.run_id, None)
        # A run that is left open is served again later: its pages try to come back.
        with contextlib.suppress(CrowdDeskError):
            await self.writer.ask_apart(run.look_again)
        run.visits.close(run.last_word)
        await self.writer.ask_apart(run.shutdown)

    async def _listen(self, run: OpenRun, place: Place) -> None:
        if run.needs_https and not self._link(run, 1).startswith("https://"):
            self._notes[run.run_id] = _NOT_HTTPS
            self._ports.pop(run.run_id, None)
            return
        port = self._settings.port or run.link.port or next(iter(self._sites.ports), 0)
        try:
            port = await self._sites.open(port, place)
        except CannotListen as error:
            if self._notes.get(run.run_id) != str(error):
                logger.info("Run %d: %s", run.run_id, error)
            self._notes[run.run_id] = str(error)
            self._ports.pop(run.run_id, None)
            return
        self._notes.pop(run.run_id, None)
        self._ports[run.run_id] = port
        if run.link.port != port:
            run.link = await self.writer.ask(partial(run.remember_port, port))

    # ------------------------------------------------------------------------------------ who is here

    async def _sweep_always(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            self.sweep()

    def sweep(self) -> None:
        """Lets those leave who are not heard of or whose time is over."""
        tick, now = self._clock.tick(), self._clock.now()
        slept = max(tick - self._last_sweep[0], (now - self._last_sweep[1]).total_seconds()) > _SLEPT_SECONDS
        self._last_sweep = (tick, now)
        patience = self._settings.disconnect_seconds
        for run in self._runs.values():
            if slept:
                run.visits.give_grace(patience)
            for agent_id, status in run.visits.overdue(patience):
                task = self._loop.create_task(self._let_leave(run, agent_id, status))
                self._leaving.add(task)
                task.add_done_callback(self._leaving.discard)

    async def _let_leave(self, run: OpenRun, agent_id: str, status: str) -> None:
        try:
            deadline = await self.writer.ask(partial(run.leave, agent_id, status))
        except Cancelled:
            return
        except Exception:
            logger.exception("Agent %s could not be marked as %s", agent_id, status)
            run.visits.try_again(agent_id)
        else:
            worker_id = run.visits.worker_of(agent_id)
            if deadline is None:
                run.visits.forget(agent_id)
            elif worker_id is not None:
                run.visits.know(agent_id, worker_id, deadline)

    # ---------------------------------------------------------------------------------- what is told

    def _tell_soon(self) -> None:
        if self._telling is None:
            self._telling = self._loop.call_later(_GATHER_SECONDS, self._tell_now)

    def _tell_now(self) -> None:
        self._telling = None
        served = [self._served(run_id) for run_id in sorted(self._runs.keys() | self._notes.keys())]
        self._tell(ServerState(tuple(served)))

    def _served(self, run_id: int) -> ServedRun:
        serving, run = self._settings, self._runs.get(run_id)
        reach = "public" if serving.public_url else serving.reach
        note = self._notes.get(run_id, "")
        if run is None:
            return ServedRun(run_id, "", reach, "", False, note)
        port = self._ports.get(run_id) or serving.port or run.link.port
        url = "" if note == _NOT_HTTPS else self._link(run, port)
        note = say(_NOT_HTTPS) if note == _NOT_HTTPS else note
        listening = run_id in self._ports
        return ServedRun(run_id, url, reach, f"{self._address}:{port}", listening, note, run.visits.count)

    def _link(self, run: OpenRun, port: int) -> str:
        return link_at(self._settings, self._address, port, run.link.token)
