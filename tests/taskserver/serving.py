"""A workspace with a run that is really served, and a worker's page without a browser."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import socket
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.task_run import TaskRun
from crowddesk.providers.inhouse import InhouseProvider
from crowddesk.settings import TaskServing
from crowddesk.store import changes
from crowddesk.taskserver import ServedRun, ServerState, TaskServer
from crowddesk.taskserver.clock import Clock
from crowddesk.testing import launch, make_run, make_workspace, register

WAIT = 20.0


class TurnedClock(Clock):
    """Stands still until a test turns it."""

    def __init__(self) -> None:
        self._began = super().now()
        self.passed = 0.0

    def tick(self) -> float:
        return 1000.0 + self.passed

    def now(self) -> datetime:
        return self._began + timedelta(seconds=self.passed)

    def turn_back(self) -> None:
        """The wall clock is right again."""
        self._began = super().now() - timedelta(seconds=self.passed)


class Answer:
    """What came back: `status`, `headers`, `body`, and `json` when it is that."""

    def __init__(self, status: int, headers: http.client.HTTPMessage, body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def __repr__(self) -> str:
        return f"{self.status} {self.body[:300]!r}"


class Serving:
    """A running task server over a workspace. `url` is the link of its first run, `base` its origin."""

    def __init__(self, db: CrowdDatabase, runs: list[TaskRun], settings: TaskServing, clock: Clock) -> None:
        self.db = db
        self.runs = runs
        self.settings = settings
        self.clock = clock
        self._told = threading.Condition()
        self.states: list[ServerState] = []
        self.start()

    # ------------------------------------------------------------------------------ start and stop

    def start(self) -> None:
        self.server = TaskServer(self.db, lambda: self.settings, self._changed, clock=self.clock)
        self._threads = [
            threading.Thread(target=self.server.run, name="test-server"),
            threading.Thread(target=self.server.writer.run, name="test-writer"),
        ]
        self._forget = self.db.on_commit(self.server.take_over)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self.server.stop()
        self._threads[0].join(WAIT)
        self.server.writer.stop()
        self._threads[1].join(WAIT)
        self._forget()
        assert not any(thread.is_alive() for thread in self._threads)

    def restart(self) -> None:
        """As if the program had been closed and opened again."""
        self.stop()
        self.start()
        self.open()

    def _changed(self, state: ServerState) -> None:
        with self._told:
            self.states.append(state)
            self._told.notify_all()

    def wait_until(self, holds: Callable[[ServerState], bool]) -> ServerState:
        """Waits for a state of the server."""
        with self._told:
            assert self._told.wait_for(lambda: holds(self.server.state), WAIT), self.server.state
        return self.server.state

    def open(self) -> ServedRun:
        """Serves the runs and waits until it listens."""
        ids = [int(run.db_id) for run in self.runs]
        self.server.serve(1, ids)
        self.wait_until(lambda s: len(s.runs) == len(ids) and all(run.listening for run in s.runs))
        return self.served

    def close(self) -> None:
        """Serves no run any more and waits until nothing listens."""
        self.server.serve(1, ())
        self.wait_until(lambda s: not s.runs)

    # ------------------------------------------------------------------------------------- where it is

    @property
    def run(self) -> TaskRun:
        return self.runs[0]

    @property
    def served(self) -> ServedRun:
        found = self.server.state.of(int(self.run.db_id))
        assert found is not None
        return found

    @property
    def url(self) -> str:
        """The link for workers; it ends with a slash."""
        return self.served.url

    @property
    def base(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def port(self) -> int:
        return int(self.served.address.rpartition(":")[2])

    @property
    def token(self) -> str:
        return urlsplit(self.url).path.split("/")[-2]

    def page(self, name: str = "") -> Page:
        """A worker's page; signed in when there is a name."""
        page = Page(self.url)
        if name:
            page.enter(name)
        return page

    # ------------------------------------------------------------------------------------ inside the loop

    def on_loop(self, call: Callable[[], Any]) -> Any:
        """Runs something on the server's loop and waits for it."""
        service = self.server._service
        assert service is not None

        async def run() -> Any:
            found = call()
            return await found if asyncio.iscoroutine(found) else found

        return asyncio.run_coroutine_threadsafe(run(), service._loop).result(WAIT)

    def settle(self) -> None:
        """Waits until the server has done what it began."""
        service = self.server._service
        assert service is not None

        async def settled() -> None:
            while service._leaving:
                await asyncio.wait(service._leaving)
            await service.writer.ask_apart(lambda: None)

        self.on_loop(settled)

    def pass_seconds(self, seconds: float) -> None:
        """Lets time pass as it does while the computer is awake: the clock turns and the server sweeps."""
        assert isinstance(self.clock, TurnedClock)
        service = self.server._service
        assert service is not None
        while seconds > 0:
            self.clock.passed += min(4.0, seconds)
            seconds -= 4.0
            self.on_loop(service.sweep)
            self.settle()

    def set_state(self, new: str) -> None:
        """Pauses, resumes or closes the first run."""
        with self.db.write() as w:
            seen = TaskRun.get(self.db, self.run.db_id).state
            assert changes.set_run_state(w, int(self.run.db_id), (seen,), new)

    def agent_status(self, agent_id: str) -> str:
        status: str = self.db.get_agent(agent_id)["status"]
        return status


class Page:
    """What page.js asks, one request a connection."""

    def __init__(self, url: str) -> None:
        self.url = url
        parts = urlsplit(url)
        assert parts.hostname
        assert parts.port
        self.host, self.port, self.path = parts.hostname, parts.port, parts.path
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.session = ""

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request, as given; `path` is relative to the run's page unless it begins with a slash."""
        wire = http.client.HTTPConnection(self.host, self.port, timeout=WAIT)
        try:
            target = path if path.startswith("/") else self.path + path
            wire.request(method, target, body, dict(headers or {}))
            answer = wire.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            wire.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def call(self, verb: str, body: Any, **headers: str) -> Answer:
        """A verb of the API, with the page's origin and session."""
        sent = {"Content-Type": "application/json", **self._own(), **headers}
        return self.ask("POST", f"api/{verb}", json.dumps(body).encode(), sent)

    def _own(self) -> dict[str, str]:
        own = {"Origin": self.origin}
        return {**own, "Authorization": f"Bearer {self.session}"} if self.session else own

    def enter(self, name: str) -> None:
        answer = self.call("enter", {"registration": {"worker_name": name}})
        assert answer.status == 200, answer
        self.session = answer.json["session"]

    def next(self) -> dict[str, Any]:
        answer = self.call("next", {})
        assert answer.status == 200, answer
        found: dict[str, Any] = answer.json
        return found

    def submit(self, agent: str, data: Any, client_id: str | None = None, **work: Any) -> Answer:
        body = {"agent": agent, "client_id": client_id or uuid.uuid4().hex, "data": data, "work": work}
        return self.call("submit", body)

    def upload(
        self, agent: str, content: bytes, name: str = "a.png", kind: str = "image/png", field: str = "photo"
    ) -> Answer:
        query = urlencode({"agent": agent, "field": field, "name": name})
        return self.ask("POST", f"api/upload?{query}", content, {"Content-Type": kind, **self._own()})

    def live(self, talk: Callable[[aiohttp.ClientWebSocketResponse], Any], **first: Any) -> Any:
        """Opens the page's WebSocket, says who it is and talks over it."""

        async def run() -> Any:
            async with aiohttp.ClientSession() as client, self.connect(client, **first) as socket:
                return await talk(socket)

        return asyncio.run(run())

    @contextlib.asynccontextmanager
    async def connect(self, client: aiohttp.ClientSession, **first: Any) -> Any:
        """The page's WebSocket, after its first message."""
        said = {"session": self.session, "agent": None, "tab": uuid.uuid4().hex, **first}
        async with client.ws_connect(f"{self.url}live", headers={"Origin": self.origin}) as socket:
            await socket.send_json(said)
            yield socket


@contextlib.contextmanager
def serve(
    path: Path,
    *,
    items: int = 2,
    units_per_assignment: int = 1,
    template: str | None = None,
    task: Mapping[str, Any] | None = None,
    provider: Mapping[str, Any] | None = None,
    settings: TaskServing | None = None,
    clock: Clock | None = None,
) -> Iterator[Serving]:
    """A new workspace in `path` with a live run of one's own people, served until the block ends."""
    db = make_workspace(path / "workspace")
    try:
        run = make_open_run(
            db,
            items=items,
            units_per_assignment=units_per_assignment,
            template=template,
            task=task,
            provider=provider,
        )
        with serve_runs(db, run, settings=settings, clock=clock) as serving:
            yield serving
    finally:
        db.close()


def make_open_run(db: CrowdDatabase, *, template: str | None = None, **options: Any) -> TaskRun:
    """A live run of one's own people; more of them belong to the same account."""
    found = db.find_requesters(requester_name="lab")
    requester = found[0] if found else register(InhouseProvider.RequesterClass.new(db, "lab"))
    run = make_run(db, requester, **options)
    if template is not None:
        (Path(run.get_run_dir()) / "template.html").write_text(template, encoding="utf-8")
    launch(InhouseProvider(db), run)
    return TaskRun.get(db, run.db_id)


@contextlib.contextmanager
def serve_runs(
    db: CrowdDatabase, *runs: TaskRun, settings: TaskServing | None = None, clock: Clock | None = None
) -> Iterator[Serving]:
    """Serves runs that are live already."""
    serving = Serving(db, list(runs), settings or TaskServing(), clock or Clock())
    try:
        serving.open()
        yield serving
    finally:
        serving.stop()


def say_raw(port: int, text: bytes, host: str = "127.0.0.1") -> bytes:
    """What the server answers to these very bytes, until it closes or has answered one request."""
    with socket.create_connection((host, port), timeout=WAIT) as wire:
        wire.sendall(text)
        answer = http.client.HTTPResponse(wire)
        answer.begin()
        head = f"{answer.status} {answer.reason}\r\n{answer.headers}".encode()
        return head + answer.read()


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 1)[0])
