"""The addresses under which a run's pages ask, over HTTP and over their WebSocket."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from aiohttp import WSMsgType, web

from crowddesk.domain import Cancelled, WorkspaceError
from crowddesk.taskserver import frames, sessions
from crowddesk.taskserver.gate import (
    FRAME,
    NOTHING_POLICY,
    PAGE_POLICY,
    Gate,
    parse_json,
    read_json,
    refuse_haste,
    too_fast,
)
from crowddesk.taskserver.refusal import Refusal, gone, not_found
from crowddesk.taskserver.uploads import Arrived
from crowddesk.taskserver.visits import SIGN_IN_AGAIN, TOO_MUCH, Tab

if TYPE_CHECKING:
    from crowddesk.taskserver.open_run import OpenRun
    from crowddesk.taskserver.writer import Writer

logger = logging.getLogger(__name__)
_T = TypeVar("_T")
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_PAGE: Final = "index.html"
#: What the page's folder may give away under `assets/`: for our page, and for the frame, whose origin is
#: nobody's.
_FOR_PAGE: Final = (
    "page.css",
    "palette.css",
    "page.js",
    "kept.js",
    "screen.js",
    "server.js",
    "signin.js",
    "task.js",
    "vendor.js",
    "worktime.js",
)
_FOR_FRAMES: Final = ("frame.js", "crowd.js", "crowd.css")
_ASSETS: Final = _FOR_PAGE + _FOR_FRAMES
_TYPES: Final = {".css": "text/css", ".js": "text/javascript"}

_SMALL: Final = 64 * 1024
_LARGEST_ANSWER: Final = 4 * 1024 * 1024
_LARGEST_MESSAGE: Final = 64 * 1024
_FIRST_MESSAGE_SECONDS: Final = 10.0
#: An upload that stands still as long is given up.
_UPLOAD_PAUSE_SECONDS: Final = 30.0
_ID: Final = re.compile(r"[1-9][0-9]{0,17}")
_CLIENT_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_TAB: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Runs(Protocol):
    """What the routes need of the service."""

    writer: Writer
    gate: Gate

    @property
    def megabytes(self) -> int:
        """The largest upload."""

    def find(self, token: str) -> OpenRun | None:
        """The open run of that token."""


class Page:
    """The files of the page, read once."""

    def __init__(self, folder: Path) -> None:
        self._files: dict[str, tuple[bytes, str]] = {}
        for name in (_PAGE, *_ASSETS):
            path = folder / name
            if path.is_file():
                body = path.read_bytes()
                self._files[name] = (body, tag_of(body))

    def answer(self, request: web.Request, name: str, kind: str, policy: str) -> web.Response:
        """A file of the page, or that the browser has it already."""
        if name not in self._files:
            raise not_found()
        body, tag = self._files[name]
        return tagged(request, body, tag, kind, policy)


def tag_of(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def tagged(request: web.Request, body: bytes, tag: str, kind: str, policy: str) -> web.Response:
    """A text that stays the same until its tag changes."""
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Content-Security-Policy": policy}
    if tag in (part.strip() for part in request.headers.get("If-None-Match", "").split(",")):
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, content_type=kind, charset="utf-8", headers=headers)


class Routes:
    """The handlers. Each runs on the loop and asks the writer for what needs the database."""

    def __init__(self, runs: Runs, page: Page) -> None:
        self._runs = runs
        self._page = page

    def make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        run = "/r/{token}"
        app.router.add_get("/hello", self._hello)
        app.router.add_get(run, self._to_page)
        app.router.add_get(f"{run}/", self._index)
        app.router.add_get(f"{run}/wrap_crowd_source.js", self._wrapper)
        app.router.add_get(f"{run}/assets/{{name}}", self._asset)
        app.router.add_get(f"{run}/about", self._about)
        app.router.add_get(f"{run}/frame/{{agent}}/{{key}}", self._frame, name=FRAME)
        app.router.add_get(f"{run}/live", self._live, allow_head=False)
        for verb, handler in (
            ("enter", self._enter),
            ("next", self._next),
            ("submit", self._submit),
            ("onboard", self._onboard),
            ("upload", self._upload),
            ("return", self._return),
            ("act", self._act),
        ):
            app.router.add_post(f"{run}/api/{verb}", handler)
        return app

    # -------------------------------------------------------------------------------------- every request

    @web.middleware
    async def _guard(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        try:
            self._runs.gate.check(request)
            if request.method not in ("GET", "HEAD"):
                self._runs.gate.check_origin(request)
            response = await handler(request)
        except Refusal as refusal:
            response = _refused(refusal)
        except web.HTTPMethodNotAllowed:
            response = _refused(Refusal(405, "This address does not do that."))
        except web.HTTPException as error:
            response = _refused(
                not_found() if error.status == 404 else Refusal(error.status, "That did not work.")
            )
        except ConnectionError:  # the page has gone: nobody hears this, and nothing has to be logged
            response = web.Response(status=400)
        except asyncio.CancelledError:
            raise
        except Cancelled:
            response = _refused(Refusal(503, "The server is being stopped. Keep this page open.", 5))
        except WorkspaceError as error:
            logger.error("A request could not be stored: %s", error)
            response = _refused(
                Refusal(
                    503, "Your work cannot be stored at the moment. Keep this page open and try again.", 10
                )
            )
        except Exception:
            logger.exception("%s %s failed", request.method, _without_secrets(request))
            response = _refused(
                Refusal(500, "Something went wrong on the server. Reload this page to go on.")
            )
        self._runs.gate.add_headers(request, response)
        return response

    def _run(self, request: web.Request) -> OpenRun:
        run = self._runs.find(request.match_info["token"])
        if run is None:
            raise not_found()
        return run

    def _worker(self, request: web.Request, run: OpenRun) -> str:
        """Whose session it is; takes one of the calls they may make."""
        kind, _, session = request.headers.get("Authorization", "").partition(" ")
        worker_id = sessions.worker_of(run.link.secret, session.strip()) if kind.lower() == "bearer" else None
        if worker_id is None:
            raise Refusal(401, "Sign in again.")
        refuse_haste(self._runs.gate.calls.take((run.run_id, worker_id)))
        run.visits.seen(worker_id)
        return worker_id

    async def _ask(self, work: Callable[[], _T | Refusal]) -> _T:
        return _checked(await self._runs.writer.ask(work))

    async def _act_apart(
        self, run: OpenRun, worker_id: str, agent_id: str, act: dict[str, Any]
    ) -> dict[str, Any]:
        """What is told to others at once is in no transaction that may be done twice."""
        return _checked(await self._runs.writer.ask_apart(partial(run.act, worker_id, agent_id, act)))

    # -------------------------------------------------------------------------------------- the page

    async def _hello(self, request: web.Request) -> web.Response:
        return web.Response(text="hello")

    async def _to_page(self, request: web.Request) -> web.Response:
        self._run(request)
        # Who comes may stand in the query.
        query = request.rel_url.raw_query_string
        place = f"{request.match_info['token']}/" + (f"?{query}" if query else "")
        return web.Response(status=308, headers={"Location": place})

    async def _index(self, request: web.Request) -> web.Response:
        self._run(request)
        return self._page.answer(request, _PAGE, "text/html", PAGE_POLICY)

    async def _wrapper(self, request: web.Request) -> web.Response:
        wrapper = self._run(request).wrapper
        return tagged(request, wrapper, tag_of(wrapper), "text/javascript", NOTHING_POLICY)

    async def _asset(self, request: web.Request) -> web.Response:
        self._run(request)
        name = request.match_info["name"]
        if name not in _ASSETS:
            raise not_found()
        response = self._page.answer(request, name, _TYPES[Path(name).suffix], NOTHING_POLICY)
        if name in _FOR_FRAMES:
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    async def _about(self, request: web.Request) -> web.Response:
        return web.json_response(self._run(request).about)

    async def _frame(self, request: web.Request) -> web.Response:
        run = self._run(request)
        agent_id = request.match_info["agent"]
        worker_id = run.visits.worker_of(agent_id)
        right = sessions.frame_key(run.link.secret, agent_id, worker_id or "")
        if not sessions.is_same(right, request.match_info["key"]) or worker_id is None:
            raise not_found()
        document = await self._ask(partial(run.frame, agent_id))
        return web.Response(
            # A half of a surrogate pair from somebody's data must not keep the page from being shown.
            body=document.encode("utf-8", "replace"),
            content_type="text/html",
            charset="utf-8",
            headers={"Content-Security-Policy": frames.policy(self._runs.gate.origins(request))},
        )

    # -------------------------------------------------------------------------------------- the verbs

    async def _enter(self, request: web.Request) -> web.Response:
        run = self._run(request)
        key = (run.run_id, self._runs.gate.address(request))
        refuse_haste(self._runs.gate.sign_ins.take(key))
        registration = _object(await read_json(request, _SMALL), "registration")
        return web.json_response(await self._ask(partial(self._try_to_enter, run, registration, key)))

    def _try_to_enter(
        self, run: OpenRun, registration: dict[str, Any], key: tuple[int, str]
    ) -> dict[str, Any] | Refusal:
        """In the writer's thread: so many tries at once are no way around the bound of those that fail."""
        failures = self._runs.gate.failures
        wait = failures.wait(key)
        if wait > 0:
            return too_fast(wait)
        answer = run.enter(registration)
        if isinstance(answer, Refusal):
            failures.take(key)
        return answer

    async def _next(self, request: web.Request) -> web.Response:
        run = self._run(request)
        worker_id = self._worker(request, run)
        await read_json(request, _SMALL)
        answer, deadline = await self._ask(partial(run.next, worker_id))
        if answer["agent"] is not None:
            run.visits.know(answer["agent"], worker_id, deadline)
        else:
            answer |= await self._ending(run, worker_id, barred=answer["kind"] == "barred")
        return web.json_response(answer)

    async def _ending(
        self, run: OpenRun, worker_id: str, agent_id: str | None = None, *, barred: bool = False
    ) -> dict[str, Any]:
        """Where a worker goes who is done; after what they did was stored, outside of its transaction."""
        if not run.says_farewell:
            return {}
        return await self._runs.writer.ask_apart(partial(run.ending, worker_id, agent_id, barred=barred))

    async def _submit(self, request: web.Request) -> web.Response:
        run = self._run(request)
        worker_id = self._worker(request, run)
        body = await read_json(request, _LARGEST_ANSWER)
        agent_id, data = _agent(body), _object(body, "data")
        client_id = body.get("client_id")
        if not isinstance(client_id, str) or not _CLIENT_ID.fullmatch(client_id):
            raise Refusal(400, "This answer has no name of its own. Reload the page and submit again.")
        work = body.get("work") if isinstance(body.get("work"), dict) else {}
        answer = await self._ask(partial(run.submit, worker_id, agent_id, client_id, data, work or {}))
        answer |= await self._ending(run, worker_id, agent_id)
        answer["more"] = answer["more"] and not answer["farewell"]  # who is sent back gets nothing further
        return web.json_response(answer)

    async def _onboard(self, request: web.Request) -> web.Response:
        run = self._run(request)
        worker_id = self._worker(request, run)
        body = await read_json(request, _LARGEST_ANSWER)
        agent_id, data = _agent(body), _object(body, "data")
        answer = await self._ask(partial(run.onboard, worker_id, agent_id, data))
        if not answer["passed"]:
            answer |= await self._ending(run, worker_id, agent_id)
        return web.json_response(answer)

    async def _return(self, request: web.Request) -> web.Response:
        run = self._run(request)
        worker_id = self._worker(request, run)
        agent_id = _agent(await read_json(request, _SMALL))
        return web.json_response(await self._ask(partial(run.give_back, worker_id, agent_id)))

    async def _act(self, request: web.Request) -> web.Response:
        run = self._run(request)
        worker_id = self._worker(request, run)
        body = await read_json(request, _LARGEST_MESSAGE)
        act = _object(body, "act")
        return web.json_response(await self._act_apart(run, worker_id, _agent(body), act))

    async def _upload(self, request: web.Request) -> web.Response:
        run = self._run(request)
        worker_id = self._worker(request, run)
        query, writer = request.query, self._runs.writer
        agent_id = _agent(query)
        field, name = query.get("field", ""), query.get("name", "")
        kind = request.headers.get("Content-Type", "")
        ask = partial(run.may_upload, worker_id, agent_id, field, name, kind, self._runs.megabytes)
        place = _checked(await writer.ask_apart(ask))
        if (request.content_length or 0) > place.most_bytes:
            raise Refusal(413, f"The file is too large: the most is {place.most_bytes / 1_000_000:.4g} MB.")
        arrived: Arrived = await run.uploads.receive(place, self._parts(request, run, worker_id))
        ref = _checked(await writer.ask_apart(partial(run.keep_upload, agent_id, place, arrived)))
        return web.json_response(ref)

    async def _parts(self, request: web.Request, run: OpenRun, worker_id: str) -> AsyncIterator[bytes]:
        """The body as it comes. A long upload is a sign of life, one that stands still is not."""
        while True:
            try:
                async with asyncio.timeout(_UPLOAD_PAUSE_SECONDS):
                    part = await request.content.readany()
            except TimeoutError:
                raise Refusal(408, "The file did not arrive in time. Try again.") from None
            if not part:
                return
            run.visits.seen(worker_id)
            yield part

    # -------------------------------------------------------------------------------------- the WebSocket

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        run = self._run(request)
        self._runs.gate.check_origin(request)
        socket = web.WebSocketResponse(max_msg_size=_LARGEST_MESSAGE, compress=False, timeout=2.0)
        if not socket.can_prepare(request):
            raise Refusal(400, "This address is for the task page's own connection.")
        await socket.prepare(request)
        tab = await self._first_message(run, socket)
        if tab is None:
            return socket
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    break
                if self._runs.gate.messages.take((run.run_id, tab.worker_id)) > 0:
                    await socket.close(code=TOO_MUCH, message=b"too many messages")
                    break
                await self._hear(run, tab, message.data)
        finally:
            run.visits.detach(tab)
        return socket

    async def _first_message(self, run: OpenRun, socket: web.WebSocketResponse) -> Tab | None:
        try:
            said = parse_json(
                (await socket.receive_str(timeout=_FIRST_MESSAGE_SECONDS)).encode("utf-8", "replace")
            )
        except (TimeoutError, TypeError, Refusal):  # TypeError: no text came
            await socket.close(code=TOO_MUCH, message=b"the first message says who it is")
            return None
        session, name = said.get("session"), said.get("tab")
        worker_id = sessions.worker_of(run.link.secret, session) if isinstance(session, str) else None
        if worker_id is None or not isinstance(name, str) or not _TAB.fullmatch(name):
            await socket.close(code=SIGN_IN_AGAIN, message=b"sign in again")
            return None
        tab = run.visits.attach(worker_id, name, socket)
        agent = said.get("agent")
        if agent is not None and agent != run.visits.agent_of(worker_id):
            tab.say({"changed": True})
        return tab

    async def _hear(self, run: OpenRun, tab: Tab, text: str) -> None:
        """One message of a page; what cannot be done is said, and the connection stays."""
        try:
            said = parse_json(text.encode("utf-8", "replace"))
        except Refusal:
            return
        run.visits.beat(tab)
        if "beat" in said:
            tab.say({"beat": said["beat"] if isinstance(said["beat"], int) else None})
        act = said.get("act")
        agent_id = run.visits.agent_of(tab.worker_id)
        if not isinstance(act, dict):
            return
        if agent_id is None:
            tab.say({"changed": True})
            return
        try:
            await self._act_apart(run, tab.worker_id, agent_id, act)
        except Refusal:
            tab.say({"changed": True})
        except Cancelled:
            return
        except Exception:
            logger.exception("An act of agent %s failed", agent_id)


def _checked(answer: _T | Refusal) -> _T:
    if isinstance(answer, Refusal):
        raise answer
    return answer


def _refused(refusal: Refusal) -> web.Response:
    response = web.json_response({"error": refusal.sentence}, status=refusal.status)
    if refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def _object(body: dict[str, Any], name: str) -> dict[str, Any]:
    value = body.get(name)
    if not isinstance(value, dict):
        raise Refusal(400, "This request lacks what it is about. Reload the page.")
    return value


def _agent(said: Any) -> str:
    agent_id = said.get("agent")
    if not isinstance(agent_id, str) or not _ID.fullmatch(agent_id):
        raise gone()
    return agent_id


def _without_secrets(request: web.Request) -> str:
    """The address without the run's token and a frame's key: a log is shown to others."""
    parts = request.path.split("/")
    return "/".join("..." if place == 2 or len(part) > 40 else part for place, part in enumerate(parts))
