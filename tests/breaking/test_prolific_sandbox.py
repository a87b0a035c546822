"""The sandbox's server against other sites in a browser, other programs at its port, and kill -9."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from crowddesk.operations import decisions, paying, progress
from crowddesk.providers.prolific.bonuses import Patience
from crowddesk.providers.prolific_sandbox import process
from crowddesk.providers.prolific_sandbox.process import READY, SandboxProcess
from crowddesk.providers.prolific_sandbox.provider import ProlificSandboxProvider
from tests.breaking.test_prolific_lanes import finished, lab, states
from tests.providers.prolific_sandbox.conftest import desk
from tests.providers.prolific_sandbox.lab import Lab
from tests.providers.prolific_sandbox.open_sandbox import Desk, wait_until

__all__ = ["desk", "lab"]
CONTROL = {"X-CrowdDesk-Sandbox": "1"}


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil", ""]
)
@pytest.mark.parametrize("path", ["/sandbox/state", "/sandbox/ledger", "/api/v1/users/me/", "/"])
def test_a_site_that_has_its_name_point_here_is_told_nothing(desk: Desk, host: str, path: str) -> None:
    """Its page would be of the same origin, so that a browser lets it send any header."""
    headers = {"Host": host, "Authorization": f"Token {desk.token}", **CONTROL}
    assert desk.http.get(path, headers=headers).status_code in (400, 403)
    assert desk.http.post("/sandbox/stop", headers=headers).status_code in (400, 403)
    assert desk.control("GET", "state")


def test_it_answers_by_every_name_of_this_computer(desk: Desk) -> None:
    port = desk.address.rpartition(":")[2]
    for host in (
        "localhost",
        f"localhost:{port}",
        "LOCALHOST",
        f"127.0.0.1:{port}",
        "127.0.0.2",
        f"[::1]:{port}",
    ):
        assert desk.http.get("/sandbox/state", headers={"Host": host, **CONTROL}).status_code == 200


def test_another_site_gets_no_leave_to_send_the_header(desk: Desk) -> None:
    asked = {
        "Origin": "https://evil.example", "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-crowddesk-sandbox",
    }  # fmt: skip
    answer = desk.http.request("OPTIONS", "/sandbox/stop", headers=asked)
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be asked for there")
def test_a_port_that_somebody_silent_took_after_a_crash_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_ANSWER_S", 0.5)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait(30)
    sandbox = SandboxProcess(tmp_path / "one")
    sandbox.folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        (sandbox.folder / READY).write_text(json.dumps({"address": address, "pid": dead.pid}))
        assert sandbox.find() == ""
        assert sandbox.address() != address
    sandbox.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_kill_9_of_the_sandbox_amid_everything_loses_and_doubles_nothing(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ProlificSandboxProvider, "PAID_WITHIN", Patience(taken=10.0, lost=5.0))
    people = 12
    run = finished(lab, people)
    units = [unit.id for unit in lab.units(run)]
    ids = list(decisions.decide(lab.db, "approve", units).action_ids)
    for amount in (7, 8):
        workers = [unit.worker_id for unit in lab.units(run) if unit.worker_id is not None]
        given = paying.pay_bonus(
            lab.db, lab.account, workers, amount, "Thanks.", sequence=str(amount), run_id=run
        )
        ids += given.action_ids
    decisions.send(lab.db)
    chance, over = random.Random(3), threading.Event()
    killed: Counter[int] = Counter()

    def kill() -> None:
        while not over.wait(chance.uniform(0.05, 1.2)):
            try:
                pid = int(json.loads((lab.process.folder / READY).read_text())["pid"])
                if pid not in killed:
                    os.kill(pid, signal.SIGKILL)
                    killed[pid] += 1
            except (OSError, ValueError):
                continue
            if len(killed) >= 4:
                return

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        wait_until(lambda: lab.lane.step() and set(states(lab, ids)) <= {"done", "needs_you"}, 100)
    finally:
        over.set()
        killer.join(30)
    ledger = lab.process.ask("GET", "/sandbox/ledger")
    rewards = Counter(row["participant_id"] for row in ledger if row["kind"] == "reward")
    bonuses = Counter((row["participant_id"], row["amount"]) for row in ledger if row["kind"] == "bonus")
    assert set(rewards.values()) == {1}
    assert len(rewards) == people
    assert set(bonuses.values()) <= {1}
    assert progress.of_actions(lab.db, ids).states.get("done", 0) >= people
    assert len(bonuses) >= states(lab, ids)["done"] - people
    assert killed
