"""A simulated participant's browser: the vendor's pages with their cookie, and the page of a task server.

Everything runs on the sandbox's loop and speaks HTTP, so that it meets what people meet.
"""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import parse_qs, parse_qsl, urlencode, urljoin, urlsplit

from crowddesk.domain import now

if TYPE_CHECKING:
    import aiohttp

#: What is waited before a page that could not be reached is asked again, in seconds, growing to the last.
_AGAIN: Final = (0.25, 0.5, 1.0, 2.0, 5.0)
#: A page that says nothing for so long is asked again, in seconds.
_PATIENCE: Final = 30.0
_TRY_LATER: Final = frozenset({429, 500, 502, 503, 504})
_MOST_REDIRECTS: Final = 5
_LARGEST_PAGE: Final = 8 * 1024 * 1024
#: What every page of a CrowdDesk task server asks for.
_OURS: Final = re.compile(r"""<script\s[^>]*src=["']?wrap_crowd_source\.js""", re.IGNORECASE)
_COMPLETED: Final = "/submissions/complete"

Json = dict[str, Any]
_Head = TypeVar("_Head")
_Body = TypeVar("_Body")


class Turned(Exception):
    """A page said no: its status and its sentence for the person."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(f"{status}: {sentence}")
        self.status = status
        self.sentence = sentence


class Browser:
    """What one participant opens. `address` is the sandbox's, `pid` the participant's id at the vendor."""

    def __init__(self, http: aiohttp.ClientSession, address: str, pid: str) -> None:
        self._http = http
        self._address = address.rstrip("/")
        self._pid = pid
        #: The participant's cookie, which the vendor gives with a place.
        self._cookie = ""

    async def take_place(self, study_id: str) -> str:
        """Takes a place, or goes back to the one they have; returns the address the vendor sends them to.

        Raises Turned when there is none for them.
        """
        status, headers, text = await self._ask("GET", f"/participant/{self._pid}/start/{study_id}")
        if status >= 400:
            raise Turned(status, text[:500])
        cookie = headers.get("Set-Cookie", "").partition(";")[0]
        self._cookie = cookie or self._cookie
        return urljoin(self._address + "/", str(headers.get("Location", "")))

    async def complete(self, code: str) -> None:
        """Comes back to the vendor with a completion code. Raises Turned when it is taken amiss."""
        status, _, text = await self._ask("GET", f"{_COMPLETED}?{urlencode({'cc': code})}")
        if status >= 400:
            raise Turned(status, text[:500])

    async def give_back(self, submission_id: str) -> None:
        """Returns the place. Raises Turned when it is not theirs to return any more."""
        status, _, text = await self._ask("POST", f"/participant/{self._pid}/return/{submission_id}")
        if status >= 400:
            raise Turned(status, text[:500])

    async def open(self, url: str) -> TaskPage | None:
        """Opens a study's link: the page of a task server, or None when it is another site's.

        Waits as long as nobody answers there. Raises Turned when the site says no.
        """
        for _ in range(_MOST_REDIRECTS):

            async def ask(address: str = url) -> tuple[int, str, str]:
                async with self._http.get(address, allow_redirects=False) as response:
                    body = await response.content.read(_LARGEST_PAGE)
                    return (
                        response.status,
                        response.headers.get("Location", ""),
                        body.decode("utf-8", "replace"),
                    )

            status, location, text = await reach(ask)
            if status >= 400:
                raise Turned(status, text[:500])
            if 300 <= status < 400 and location:
                # A page that moves keeps what the link says of the person, as a browser's redirect would not.
                query = urlsplit(url).query
                url = urljoin(url, location)
                if query and not urlsplit(url).query:
                    url = f"{url}?{query}"
                continue
            return TaskPage(self._http, url) if _OURS.search(text) else None
        raise Turned(310, "The link leads round in circles.")

    async def _ask(self, method: str, path: str) -> tuple[int, Any, str]:
        async def ask() -> tuple[int, Any, str]:
            headers = {"Cookie": self._cookie} if self._cookie else {}
            async with self._http.request(
                method, self._address + path, headers=headers, allow_redirects=False
            ) as response:
                return response.status, response.headers, await response.text(errors="replace")

        return await reach(ask)


class TaskPage:
    """The worker's page of a task server, open at `url`."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self._url = url
        parts = urlsplit(url)
        self._headers = {"Origin": f"{parts.scheme}://{parts.netloc}"}
        said = parse_qs(parts.query)
        #: What the vendor's wrap_crowd_source.js reads from the link.
        self.registration: Json = {
            name: said[key][0]
            for name, key in (
                ("worker_name", "PROLIFIC_PID"),
                ("study", "STUDY_ID"),
                ("session", "SESSION_ID"),
            )
            if key in said
        }

    async def enter(self) -> None:
        """Signs in as the link says. Raises Turned."""
        answer = await self._post("enter", {"registration": self.registration})
        self._headers["Authorization"] = f"Bearer {answer['session']}"

    async def next(self) -> Json:
        """What there is to do, as the task server offers it."""
        return await self._post("next", {})

    async def document(self, offer: Json) -> str:
        """The form of an offer, which is in work from then on."""

        async def ask() -> tuple[int, Any, str]:
            async with self._http.get(urljoin(self._url, str(offer["frame"]))) as response:
                return response.status, None, await response.text(errors="replace")

        status, _, text = await reach(ask)
        if status >= 400:
            raise Turned(status, text[:500])
        return text

    async def submit(self, agent: str, data: Json, seconds: float) -> Json:
        """Hands an answer in, again and again under one name until it is there; the server's receipt."""
        ended = now()
        work = {
            "started_at": (ended - timedelta(seconds=seconds)).isoformat(),
            "ended_at": ended.isoformat(),
            "active_seconds": round(seconds, 1),
            "pasted": [],
        }
        body = {"agent": agent, "client_id": str(uuid.uuid4()), "data": data, "work": work}
        return await self._post("submit", body)

    async def onboard(self, agent: str, data: Json) -> bool:
        """Answers the page before the first unit; whether that was good enough."""
        return bool((await self._post("onboard", {"agent": agent, "data": data}))["passed"])

    async def act(self, agent: str, act: Json) -> None:
        """Does something live, as in a conversation."""
        await self._post("act", {"agent": agent, "act": act})

    async def give_back(self, agent: str) -> None:
        """Returns the unit."""
        await self._post("return", {"agent": agent})

    async def _post(self, verb: str, body: Json) -> Json:
        async def ask() -> tuple[int, Any, Json]:
            address = urljoin(self._url, f"api/{verb}")
            async with self._http.post(address, json=body, headers=self._headers) as response:
                answer = await response.json() if response.content_type == "application/json" else {}
                return response.status, None, answer if isinstance(answer, dict) else {}

        status, _, answer = await reach(ask)
        if status >= 400:
            raise Turned(status, str(answer.get("error", "")))
        return answer


def code_in(link: str) -> str | None:
    """The completion code of a link back to the vendor, live or sandbox; None when it is no such link."""
    parts = urlsplit(link)
    if not parts.path.endswith(_COMPLETED):
        return None
    return dict(parse_qsl(parts.query)).get("cc")


async def reach(ask: Callable[[], Awaitable[tuple[int, _Head, _Body]]]) -> tuple[int, _Head, _Body]:
    """Asks until somebody answers: a server that is away for a while is only slow, as to a patient person."""
    import aiohttp

    tries = 0
    while True:
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await ask()
            if answer[0] not in _TRY_LATER:
                return answer
        except (aiohttp.ClientError, TimeoutError, ValueError):
            pass  # it is away, or its answer was cut short
        await asyncio.sleep(_AGAIN[min(tries, len(_AGAIN) - 1)])
        tries += 1
