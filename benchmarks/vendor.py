"""Launches, follows and settles a run of 10,000 places at the sandbox, 50 ms away, printed as JSON.

`python -m benchmarks.vendor FOLDER PLACES`; the folder is written to. The window is open all the while, and
the people take part by the vendor's own routes, in a process of their own.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import aiohttp

from benchmarks import material
from benchmarks.pauses import Heartbeat
from benchmarks.stage import Stage, stage
from crowddesk.operations import decisions, launch
from crowddesk.operations.accounts import add_requester
from crowddesk.operations.workspace import open_workspace
from crowddesk.providers.prolific_sandbox.process import SandboxProcess
from crowddesk.store import ledger, loading

ROUND_TRIP_S: Final = 0.05
_AT_ONCE: Final = 20


def measure(folder: Path, places: int) -> dict[str, Any]:
    """Calls, seconds and the window's longest pause (seconds) of each part, and of a call's own floor."""
    folder.mkdir(parents=True, exist_ok=True)
    config = material.write_task(folder / "task", places // material.UNITS_PER_ITEM, vendor="sandbox")
    db = open_workspace(folder / "workspace")
    add_requester(db, "prolific_sandbox", "lab", {"currency": material.CURRENCY, "balance": "1000000.00"})
    sandbox = SandboxProcess(db.folder / "providers" / "prolific_sandbox")
    run_id = launch.create_run(db, config)
    db.close()
    delay = {"kind": "delay", "probability": 1.0, "seconds": ROUND_TRIP_S}
    sandbox.ask("POST", "/sandbox/faults", {"seed": 1, "rules": [delay]})
    parts: dict[str, dict[str, float]] = {}
    try:
        with stage(folder / "workspace") as made:
            runs = made.page("runs")
            runs.show_wanted(run_id)
            made.until(lambda: runs.run_page._plots is not None)  # making them is no vendor's doing
            with _measured(parts, "launch", sandbox):
                _until(made, run_id, "launched", places)
            with _measured(parts, "follow", sandbox):
                _let_answer(made, sandbox, run_id, places)
                _until(made, run_id, "completed", places)
            with _measured(parts, "settle", sandbox):
                _approve(made, run_id)
                _until(made, run_id, "accepted", places)
    finally:
        sandbox.stop()
    return {"places": places, "round_trip": ROUND_TRIP_S, "parts": parts}


@contextmanager
def _measured(parts: dict[str, dict[str, float]], name: str, sandbox: SandboxProcess) -> Iterator[None]:
    """Counts a part's calls and takes its time; the window's pauses too."""
    before, heart = _calls(sandbox), Heartbeat()
    heart.start()
    began = time.perf_counter()
    yield
    seconds = time.perf_counter() - began
    heart.stop()
    parts[name] = {
        "calls": _calls(sandbox) - before, "seconds": seconds, "longest": max(heart.late, default=0.0)
    }  # fmt: skip


def _calls(sandbox: SandboxProcess) -> int:
    """How many calls of the vendor's own API there were so far."""
    told: dict[str, int] = sandbox.ask("GET", "/sandbox/calls")
    return sum(times for route, times in told.items() if "/sandbox/" not in route)


def _until(made: Stage, run_id: int, status: str, places: int) -> None:
    """Lets the window live until all units have a status; asks in the reader's thread."""
    session = made.desk.session
    assert session is not None
    found = {"units": -1}
    jobs: list[Any] = []

    def count(_job: object) -> None:
        with session.db.read() as conn:
            found["units"] = ledger.units_by_status(conn, run_id).get(status, 0)

    def enough() -> bool:
        if not jobs or jobs[-1].work.__name__ == "_ended":
            jobs[:] = [session.threads.reader.ask(count)]
        return found["units"] >= places

    made.until(enough)


def _approve(made: Stage, run_id: int) -> None:
    """Decides in the desk's thread, as the window does, and lets it leave at once."""
    session = made.desk.session
    assert session is not None

    def decide(_job: object) -> None:
        with session.db.read() as conn:
            ids = loading.units_in(conn, run_id, "completed")
        decisions.decide(session.db, "approve", ids, send_after=timedelta(0))

    job = session.threads.desk.ask(decide)
    made.until(lambda: job.work.__name__ == "_ended")


def _let_answer(made: Stage, sandbox: SandboxProcess, run_id: int, places: int) -> None:
    """Everybody takes a place and comes back with the code, in a process of its own."""
    session = made.desk.session
    assert session is not None
    study = session.db.provider_store("prolific_sandbox").get(f"study/{run_id}")
    people = subprocess.Popen(
        [
            sys.executable, "-m", "benchmarks.vendor", "--people", sandbox.address(), study["study_id"],
            study["codes"]["finished"], str(places),
        ]
    )  # fmt: skip
    made.until(lambda: people.poll() is not None)
    if people.returncode:
        raise RuntimeError("The people could not take part.")


async def _take_part(address: str, study_id: str, code: str, places: int) -> None:
    people = iter(range(places))

    async def answer(http: aiohttp.ClientSession) -> None:
        for number in people:
            pid = f"{number:024x}"
            start = f"{address}/participant/{pid}/start/{study_id}"
            while True:
                async with http.get(start, allow_redirects=False) as response:
                    if response.status == 302:
                        break
                await asyncio.sleep(0.1)  # it is being published
            who = {"Cookie": f"participant={pid}"}
            async with http.get(f"{address}/submissions/complete?cc={code}", headers=who) as response:
                response.raise_for_status()

    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        await asyncio.gather(*(answer(http) for _ in range(_AT_ONCE)))


if __name__ == "__main__":
    if sys.argv[1] == "--people":
        asyncio.run(_take_part(*sys.argv[2:5], int(sys.argv[5])))
    else:
        print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))), flush=True)
