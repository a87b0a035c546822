"""`kill -9` at any moment of launch, work and send loses nothing and repeats nothing.

The oracle is the practice vendor's own books, not the program's opinion: every unit was launched, answered
and paid exactly once, whatever the calls that were cut off. A moment is "so many transactions after the
command began, and some milliseconds", so that a slow machine is hit in the same places.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

Desk = Any

ITEMS = 300
#: So that the crowd is still at work when the process has been killed several times.
SLOWLY = ("provider.speed=60",)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")


class Kill(NamedTuple):
    """What is running when it comes, after how many of its transactions, and how many seconds later."""

    what: str
    transactions: int
    later: float


def draw(chance: random.Random, most: dict[str, int], times: dict[str, int]) -> list[Kill]:
    """Random moments, at most so many transactions after the start of a launch, of work and of sending."""
    return [
        Kill(what, chance.randint(1, most[what]), chance.uniform(0, 0.08))
        for what, number in times.items()
        for _ in range(number)
    ]


def transactions(desk: Desk) -> int:
    """How many the workspace has seen; 0 before there is one."""
    file = desk.workspace / "crowddesk.sqlite"
    if not file.exists():
        return 0
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        try:
            return int(connection.execute("SELECT COALESCE(MAX(id), 0) FROM journal").fetchone()[0])
        except sqlite3.OperationalError:
            return 0  # its tables are being made


def start_and_kill(desk: Desk, kill: Kill, *args: object) -> bool:
    """Runs a command and kills it at its moment; False when it ended before that."""
    goal = transactions(desk) + kill.transactions
    process = desk.start(*args)
    pause, deadline = threading.Event(), time.monotonic() + 120
    while process.poll() is None and transactions(desk) < goal:
        assert time.monotonic() < deadline
        pause.wait(0.002)
    pause.wait(kill.later)
    killed = process.poll() is None
    process.kill()
    _, err = process.communicate()
    assert "Traceback" not in err, err
    return killed


def run_through(desk: Desk, file: Path, kills: list[Kill]) -> int:
    """Launch, work and send, with these kills; returns how many of them hit."""
    hit = 0
    for kill in (k for k in kills if k.what == "launch"):
        begun = transactions(desk) and desk.json("runs")
        args = ("resume", 1, "--wait") if begun else ("launch", file, *SLOWLY, "--wait")
        hit += start_and_kill(desk, kill, *args)
    if not desk.json("runs"):
        desk.run("launch", file, *SLOWLY)
    for kill in (k for k in kills if k.what == "work"):
        hit += start_and_kill(desk, kill, "resume", 1, "--wait")
    desk.run("resume", 1, "--wait")
    desk.run("decide", "approve", "--run", 1, "--yes")
    for kill in (k for k in kills if k.what == "send"):
        hit += start_and_kill(desk, kill, "send", "--wait")
    desk.run("send", "--wait")
    return hit


def facts(desk: Desk) -> dict[str, Any]:
    """What must be the same whatever was killed: answers, totals and statuses, checked by the books."""
    units = desk.json("units", "--run", 1)
    (run,) = desk.json("runs")
    with desk.vendor() as vendor:
        launched = Counter(call.target for call in vendor.calls("launch") if call.done)
        payments = [p for p in vendor.payments("practice") if p.kind == "approve"]
        submissions = vendor.submissions("run-1")
    paid = Counter(p.target for p in payments)
    answered = Counter(s.unit_ref for s in submissions)
    ids = {unit["unit_id"] for unit in units}
    for what, counted in (("launched", launched), ("paid", paid), ("answered", answered)):
        wrong = {unit: times for unit, times in counted.items() if times != 1}
        assert (set(counted) ^ ids, wrong) == (set(), {}), what
    books = {s.unit_ref: (s.worker_name, s.answer) for s in submissions}
    assert {u["unit_id"]: (u["worker_name"], u["output"]) for u in units} == books
    assert run["total_spend"]["minor"] == -sum(p.amount + p.fee for p in payments)
    return {
        "answers": sorted(
            (u["item_key"], u["unit_index"], u["worker_name"], str(u["output"])) for u in units
        ),
        "status": (run["status"], run["units"]),
        "spend": run["total_spend"],
        "agents": Counter(u["agent_status"] for u in units),
    }


def check_health(desk: Desk) -> None:
    desk.run("journal", "verify")
    assert desk.run("doctor").stdout == ""
    assert {action["status"] for action in desk.json("actions")} == {"done"}


@pytest.fixture(scope="module")
def undisturbed(
    make_desk: Callable[[Path], Desk], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What a run comes to that nobody disturbs."""
    desk = make_desk(tmp_path_factory.mktemp("undisturbed"))
    desk.run("launch", desk.write_run(ITEMS), "--wait")
    desk.run("decide", "approve", "--run", 1, "--yes")
    desk.run("send", "--wait")
    return facts(desk)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in (2, 3))])
@pytest.mark.timeout(400)
def test_a_small_run_survives_kills(desk: Desk, undisturbed: dict[str, Any], seed: int) -> None:
    file = desk.write_run(ITEMS)
    most = {"launch": 12, "work": 6, "send": 4}
    kills = draw(random.Random(seed), most, {"launch": 2, "work": 1, "send": 2})
    assert run_through(desk, file, kills) >= 3
    assert facts(desk) == undisturbed
    check_health(desk)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_the_rte_run_survives_kills_at_twenty_moments(rte_desk: Desk, tmp_path: Path) -> None:
    file = rte_desk.folder / "rte.yaml"
    undisturbed = type(rte_desk)(rte_desk.folder, tmp_path / "undisturbed")
    undisturbed.run("launch", file, "--wait")
    undisturbed.run("decide", "approve", "--run", 1, "--yes")
    undisturbed.run("send", "--wait")
    most = {"launch": 8, "work": 30, "send": 6}
    kills = draw(random.Random(20261122), most, {"launch": 8, "work": 8, "send": 6})
    assert run_through(rte_desk, file, kills) >= 20
    assert facts(rte_desk) == facts(undisturbed)
    check_health(rte_desk)
