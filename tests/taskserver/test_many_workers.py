"""200 people at one run: each unit is done once, none is left assigned, whatever order they come in."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from crowddesk.store import doctor, records
from crowddesk.testing.http_worker import HttpWorker
from tests.taskserver.serving import Serving, serve

PEOPLE = 200


def let_work(serving: Serving, leaves: int = 0) -> list[HttpWorker]:
    """Everybody comes at once and works until nothing is free; every `leaves`-th returns the first unit."""

    async def one(person: HttpWorker, number: int) -> None:
        if leaves and number % leaves == 0:
            await person.enter()
            offer = await person.next()
            if offer["kind"] == "unit":
                await person.give_back(offer["agent"])
        await person.work(lambda agent: {"answer": f"{number}:{agent}"})

    async def everybody() -> list[HttpWorker]:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
            people = [HttpWorker(http, serving.url, {"worker_name": f"p{n}"}) for n in range(PEOPLE)]
            await asyncio.gather(*(one(person, number) for number, person in enumerate(people)))
            return people

    return asyncio.run(everybody())


def check(serving: Serving, people: list[HttpWorker], units: int) -> None:
    rows = serving.db.find_units(task_run_id=serving.run.db_id)
    assert Counter(unit.db_status for unit in rows) == {"completed": units}
    sent: dict[str, dict[str, Any]] = {}
    for person in people:
        assert not sent.keys() & person.sent.keys()
        sent |= person.sent
    assert len(sent) == units
    with serving.db.read() as conn:
        stored = records.find(conn, "submission", task_run_id=serving.run.db_id)
    assert {row["agent_id"]: row["raw"] for row in stored} == {
        agent: f'{{"answer": "{data["answer"]}"}}' for agent, data in sent.items()
    }
    assert len(stored) == units
    assert not any(row["late"] for row in stored)
    assert {unit.agent_id for unit in rows} == set(sent)
    assert doctor.check(serving.db) == []


def test_two_hundred_people_do_each_unit_once(tmp_path: Path) -> None:
    with serve(tmp_path, items=150, units_per_assignment=2) as serving:
        check(serving, let_work(serving, leaves=5), 300)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_two_hundred_people_do_five_thousand_units(tmp_path: Path) -> None:
    with serve(tmp_path, items=1_000, units_per_assignment=5) as serving:
        check(serving, let_work(serving, leaves=7), 5_000)
