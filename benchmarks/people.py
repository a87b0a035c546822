"""What 200 people do to a task server, from a process of their own, printed as JSON.

`python -m benchmarks.people hello|work|sockets URL COUNT`: hellos asked for; units done; WebSockets opened
and kept until a line comes in.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import aiohttp

from crowddesk.testing.http_worker import HttpWorker

PEOPLE: Final = 200


async def say_hello(http: aiohttp.ClientSession, url: str, count: int) -> dict[str, Any]:
    """Hellos a second, asked for by so many people at once."""
    hello = urljoin(url, "/hello")

    async def ask() -> None:
        for _ in range(count // PEOPLE):
            async with http.get(hello) as response:
                await response.read()

    began = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(PEOPLE)))
    return {"rate": count // PEOPLE * PEOPLE / (time.perf_counter() - began)}


async def work(http: aiohttp.ClientSession, url: str, count: int) -> dict[str, Any]:
    """Units a second, from the arrival of everybody to the last answer that was stored."""
    people = [HttpWorker(http, url, {"worker_name": f"person {n}"}) for n in range(PEOPLE)]
    began = time.perf_counter()
    done = sum(await asyncio.gather(*(person.work(lambda _agent: {"answer": "yes"}) for person in people)))
    if done != count:
        raise RuntimeError(f"{done:,} of {count:,} units were done.")
    return {"rate": done / (time.perf_counter() - began)}


async def keep_sockets(http: aiohttp.ClientSession, url: str, count: int) -> dict[str, Any]:
    """Opens so many WebSockets and keeps them until a line comes in."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    person = HttpWorker(http, url, {"worker_name": "idle person"})
    session = (await person.enter())["session"]

    async def open_one(number: int) -> aiohttp.ClientWebSocketResponse:
        socket = await http.ws_connect(urljoin(url, "live"), headers={"Origin": origin})
        await socket.send_json({"session": session, "agent": None, "tab": f"tab-{number}"})
        return socket

    sockets = [await open_one(number) for number in range(count)]
    print(json.dumps({"open": len(sockets)}), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    return {"open": sum(not socket.closed for socket in sockets)}


async def _main() -> None:
    what, url, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    measures = {"hello": say_hello, "work": work, "sockets": keep_sockets}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        print(json.dumps(await measures[what](http, url, count)), flush=True)


if __name__ == "__main__":
    asyncio.run(_main())
