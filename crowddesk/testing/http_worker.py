"""A worker without a browser: opens a run's link, asks, answers and sends, as the worker's page does."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp

#: What a page waits before it tries again what could not be reached, in seconds.
_AGAIN = 0.25
_CUT_OFF = (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, TimeoutError)


class HttpWorker:
    """One person at a run's link. `url` is the link; `registration` what their link or hand says of them.

    Use it on an asyncio loop. What is not answered is asked again until it is, a submission under its own
    `client_id`, so a server that dies and comes back is only slow. `requests` counts what was answered.
    """

    def __init__(self, http: aiohttp.ClientSession, url: str, registration: dict[str, Any]) -> None:
        self._http = http
        self._url = url
        parts = urlsplit(url)
        self._headers = {"Origin": f"{parts.scheme}://{parts.netloc}"}
        self._registration = registration
        self.requests = 0
        #: Agent -> what was sent for it and taken by the server.
        self.sent: dict[str, dict[str, Any]] = {}

    async def enter(self) -> dict[str, Any]:
        """Signs in; the server's answer."""
        answer = await self._post("enter", {"registration": self._registration})
        self._headers["Authorization"] = f"Bearer {answer['session']}"
        return answer

    async def next(self) -> dict[str, Any]:
        """Asks for a unit; the server's offer."""
        return await self._post("next", {})

    async def open_frame(self, offer: dict[str, Any]) -> str:
        """The document of the unit, which is in work from then on."""
        while True:
            with contextlib.suppress(*_CUT_OFF):
                async with self._http.get(urljoin(self._url, offer["frame"])) as response:
                    self.requests += 1
                    response.raise_for_status()
                    return await response.text()
            await asyncio.sleep(_AGAIN)

    async def submit(self, agent: str, data: dict[str, Any]) -> dict[str, Any]:
        """Sends an answer until the server says that it has it."""
        body = {"agent": agent, "client_id": str(uuid.uuid4()), "data": data, "work": {"active_seconds": 1.5}}
        receipt = await self._post("submit", body)
        self.sent[agent] = data
        return receipt

    async def give_back(self, agent: str) -> None:
        """Returns the unit."""
        await self._post("return", {"agent": agent})

    async def work(self, answer: Callable[[str], dict[str, Any]]) -> int:
        """Signs in and answers all there is, until nothing is free; `answer` makes one for an agent's id."""
        await self.enter()
        while (offer := await self.next())["kind"] == "unit":
            await self.open_frame(offer)
            await self.submit(offer["agent"], answer(offer["agent"]))
        return len(self.sent)

    async def _post(self, verb: str, body: dict[str, Any]) -> dict[str, Any]:
        while True:
            with contextlib.suppress(*_CUT_OFF):
                url = urljoin(self._url, f"api/{verb}")
                async with self._http.post(url, json=body, headers=self._headers) as response:
                    if response.status not in (429, 503):
                        self.requests += 1
                        answer: dict[str, Any] = await response.json()
                        if response.status >= 400:
                            raise Turned(response.status, str(answer.get("error", "")))
                        return answer
            await asyncio.sleep(_AGAIN)


class Turned(Exception):
    """The server turned a request down: its status and its sentence for the worker."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(f"{status}: {sentence}")
        self.status = status
        self.sentence = sentence
