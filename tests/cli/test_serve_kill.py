"""`kill -9` of the program amid the work of 50 people: every answer is there once, everybody goes on."""

from __future__ import annotations

import asyncio
import contextlib
import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from crowddesk.testing.http_worker import HttpWorker, Turned

Desk = Any

PEOPLE = 50
RUN = """
task: {name: small, title: A small task, description: Say yes or no., reward: 0.10, currency: USD}
blueprint: {_blueprint_type: static_html, template: task.html, data: items.csv, item_key: id,
            units_per_assignment: 2}
provider: {_provider_type: inhouse, requester_name: lab}
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")


async def url_of(process: Any) -> str:
    """The link that a command prints once it serves."""
    loop = asyncio.get_running_loop()
    for _ in range(2):
        line = str(await loop.run_in_executor(None, process.stdout.readline)).strip()
        if line.startswith("http"):
            return line
    raise AssertionError(process.stderr.read())


async def work(person: HttpWorker, number: int, progress: Callable[[], None]) -> None:
    """As a page does: what is taken away or refused is asked for again, until everything is done."""
    await person.enter()
    while True:
        try:
            offer = await person.next()
        except Turned as turned:
            if turned.status != 404:
                raise
            # Not served: for a moment after a restart, or no more. The page asks again, too.
            await asyncio.sleep(0.2)
            continue
        if offer["kind"] == "none":
            await asyncio.sleep(0.2)
            continue
        if offer["kind"] != "unit":
            return
        try:
            await person.open_frame(offer)
            await asyncio.sleep(0.02)
            await person.submit(offer["agent"], {"answer": f"{number}-{offer['agent']}"})
        except (Turned, aiohttp.ClientResponseError):
            continue
        progress()


async def play(desk: Desk, items: int, kills: int, chance: random.Random) -> list[HttpWorker]:
    process = desk.start("launch", desk.write_run(items, RUN), "--serve")
    url = await url_of(process)
    done = 0
    reached = asyncio.Event()
    goal = 0

    def progress() -> None:
        nonlocal done
        done += 1
        if done >= goal:
            reached.set()

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        people = [HttpWorker(http, url, {"worker_name": f"p{n}"}) for n in range(PEOPLE)]
        working = asyncio.gather(*(work(person, n, progress) for n, person in enumerate(people)))
        share = items * 2 // (kills + 1)
        for kill in range(kills):
            # A moment is counted in answers, so that on a fast machine too some are left when it comes.
            goal = (kill + 1) * share + chance.randrange(share // 2)
            reached.clear()
            if done < goal:
                await reached.wait()
            process.kill()
            await asyncio.to_thread(process.communicate)
            process = desk.start("serve", 1)
            assert await url_of(process) == url
        ending = asyncio.create_task(asyncio.to_thread(process.communicate))
        await asyncio.wait([working, ending], return_when=asyncio.FIRST_COMPLETED)
        if ending.done():  # who was between two questions when the run ended hears no more of it
            working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working
        _, err = await ending
    assert process.returncode == 0, err
    assert "Traceback" not in err, err
    return people


def check(desk: Desk, people: list[HttpWorker], units: int) -> None:
    rows = desk.json("units", "--run", 1)
    assert Counter(row["status"] for row in rows) == {"completed": units}
    sent = {agent: data["answer"] for person in people for agent, data in person.sent.items()}
    stored = Counter(row["output"]["answer"] for row in rows)
    assert max(stored.values()) == 1
    # Everything that a page was told to be stored is there; every unit's answer was sent by a page.
    assert set(stored) == set(sent.values())
    assert desk.run("doctor").stdout == ""
    desk.run("journal", "verify")


def played(desk: Desk, items: int, kills: int, seed: int) -> None:
    desk.run("requester", "add", "lab", "--provider", "inhouse")
    check(desk, asyncio.run(play(desk, items, kills, random.Random(seed))), items * 2)


def test_work_goes_on_after_kill_9(desk: Desk) -> None:
    played(desk, items=60, kills=2, seed=5)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(5))
def test_work_goes_on_after_many_kills(make_desk: Callable[[Path], Desk], tmp_path: Path, seed: int) -> None:
    played(make_desk(tmp_path), items=300, kills=8, seed=seed)
