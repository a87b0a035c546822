"""Every approval and every bonus is paid once, whatever is cut off: the sandbox's own ledger is the judge.

A desk of many answers sends its decisions while the vendor fails at random and the desk is killed at random
moments. What nobody can know must wait for a person, and be little.
"""

from __future__ import annotations

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.operations import decisions, paying
from crowddesk.operations.workspace import open_workspace
from crowddesk.providers.prolific_sandbox.process import SandboxProcess
from tests.providers.prolific_sandbox.open_sandbox import wait_until

Desk = Any

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")

REWARD, BONUS = 100, 37
#: A batch of bonuses takes half as many: it is read, set up, paid and read back.
_MOST_CALLS = 160
#: Who waits that long for a vendor that has not acted is killed while it waits, in seconds.
_QUIET_S = 3.0
RUN = """
task: {name: once, title: Paid once, description: Say yes or no., reward: 1.00, currency: GBP,
       budget: 100000.00, estimated_minutes: 1}
blueprint: {_blueprint_type: static_html, template: task.html, data: items.csv, item_key: id}
provider: {_provider_type: prolific_sandbox, requester_name: rehearsal, hosting: here, people: 0}
"""
PAY = "POST /bulk-bonus-payments/{id}/pay/"
#: What goes wrong, on which calls, how often: nothing of it may pay twice.
FAULTS = (
    {"kind": "act_then_drop", "route": "POST *", "probability": 0.06},
    {"kind": "broken_after", "route": "POST *", "probability": 0.05},
    {"kind": "broken", "route": "POST *", "probability": 0.03},
    {"kind": "wrong_json", "route": "POST *", "probability": 0.03},
    {"kind": "busy", "probability": 0.05},
    {"kind": "never_act", "route": "POST /submissions/bulk-approve/", "probability": 0.2},
    {"kind": "refuse", "route": "POST *", "probability": 0.02},
    {"kind": "stale_listing", "probability": 0.05, "seconds": 1.0},
    {"kind": "duplicate_listing", "probability": 0.1},
    {"kind": "shuffled_listing", "probability": 0.1},
    {"kind": "broken", "route": "GET *", "probability": 0.05},
    {"kind": "wrong_json", "route": "GET *", "probability": 0.02},
)
#: A desk that resends whatever it does not know.
RESENDS = """
from crowddesk.operations.wire_work import WireWork
from crowddesk.providers.prolific.bonuses import Bonuses
def forget(self, actions):
    for action in actions:
        self._note(action.id, state="not paid")
    return {action.id: "did not happen" for action in actions}
Bonuses.look_up = forget
def ask(self, actions):
    found = self._hold.vendor.look_up(actions)
    return [f if a.kind != "bonus" else "did not happen" for a, f in zip(actions, found)]
WireWork._ask = ask
"""


class Bench:
    """A desk whose run has an answer of so many people at a sandbox, and the sandbox's own books."""

    def __init__(self, desk: Desk, people: int) -> None:
        self.desk = desk
        self.people = people
        folder = desk.workspace / "providers" / "prolific_sandbox"
        self.process = SandboxProcess(folder)
        desk.run("requester", "add", "rehearsal", "--provider", "prolific_sandbox", "balance=100000.00")
        desk.write_run(people, RUN)
        desk.run("launch", "run.yaml")
        with self.database() as db:
            (account,) = db.find_requesters(requester_name="rehearsal")
            self.account = int(account.db_id)
            self.drive(db, lambda: db.get_task_run("1")["state"] == "live")
            study = db.provider_store("prolific_sandbox").get("study/1")
            self.answer(study["study_id"], study["codes"]["finished"])
            self.drive(db, lambda: len(db.find_units(task_run_id="1", status="completed")) == people)

    @contextmanager
    def database(self) -> Iterator[CrowdDatabase]:
        db = open_workspace(self.desk.workspace)
        try:
            yield db
        finally:
            db.close()

    def drive(self, db: CrowdDatabase, look: Callable[[], bool]) -> None:
        from crowddesk.lanes import drive

        drive(db, [self.account], look, lambda requester, step: None)

    def answer(self, study_id: str, code: str) -> None:
        """People take their places and finish at the vendor, without a word to the desk's own page."""
        wait_until(lambda: self.process.ask("GET", "/sandbox/state")["studies"][0]["status"] == "ACTIVE")
        with httpx.Client(base_url=self.process.address(), trust_env=False, timeout=30) as http:
            for number in range(self.people):
                pid = f"{number:024x}"
                assert http.get(f"/participant/{pid}/start/{study_id}").status_code == 302
                http.cookies.clear()
                who = {"Cookie": f"participant={pid}"}
                assert http.get("/submissions/complete", params={"cc": code}, headers=who).status_code == 200

    def decide(self) -> None:
        """Approves everything and gives everybody a bonus; nothing leaves yet."""
        self.desk.run("decide", "approve", "--run", 1, "--yes")
        with self.database() as db:
            workers = [int(u.worker_id) for u in db.find_units(task_run_id="1")]
            assert len(set(workers)) == self.people
            staged = paying.pay_bonus(
                db, self.account, workers, BONUS, "Well done.", sequence="once", run_id=1
            )
            assert len(staged.action_ids) == self.people, staged.skipped

    def actions(self, kind: str) -> list[dict[str, Any]]:
        return [a for a in self.desk.json("actions", "--limit", "5000") if a["kind"] == kind]

    def faults(self, *rules: Any, seed: int = 1) -> None:
        self.process.ask("POST", "/sandbox/faults", {"seed": seed, "rules": list(rules)})

    def calls(self) -> int:
        """How many calls of the vendor's API there were so far."""
        return sum(self.process.ask("GET", "/sandbox/calls").values())

    def send_and_kill(self, calls: int, later: float) -> bool:
        """Sends, and kills it after so many calls and seconds; False when it ended before that.

        A moment is counted in calls, so that a slow machine is hit in the same places too.
        """
        began = self.calls()
        process = self.desk.start("send", "--wait")
        pause, deadline = threading.Event(), time.monotonic() + 120
        quiet = deadline
        while process.poll() is None and (made := self.calls() - began) < calls:
            if not made:
                quiet = time.monotonic() + _QUIET_S  # from its first call on it may wait for the vendor
            assert time.monotonic() < deadline
            if time.monotonic() > quiet:
                break
            pause.wait(0.01)
        pause.wait(later)
        killed = process.poll() is None
        process.kill()
        _, err = process.communicate()
        assert "Traceback" not in err, err
        return killed

    def send(self) -> None:
        """Sends until nothing more can be done; some may be refused, or wait for a person."""
        process = self.desk.start("send", "--wait")
        _, err = process.communicate(timeout=600)
        assert "Traceback" not in err, err
        assert process.returncode in (0, 1), err

    def check(self) -> Counter[str]:
        """Each payment once, to the cent; returns how the bonuses ended."""
        ledger = self.process.ask("GET", "/sandbox/ledger")
        rewards = Counter(r["participant_id"] for r in ledger if r["kind"] == "reward")
        bonuses = Counter(r["participant_id"] for r in ledger if r["kind"] == "bonus")
        assert {r["amount"] for r in ledger if r["kind"] == "reward"} <= {REWARD}
        assert {r["amount"] for r in ledger if r["kind"] == "bonus"} <= {BONUS}
        assert max(rewards.values(), default=0) <= 1
        assert max(bonuses.values(), default=0) <= 1
        for kind, paid in (("approve", rewards), ("bonus", bonuses)):
            ended: dict[str, Counter[str]] = {}
            for action in self.actions(kind):
                ended.setdefault(action["worker_name"], Counter())[action["status"]] += 1
            for worker, states in ended.items():
                assert set(states) <= {"done", "refused", "needs_you"}, (kind, worker, states)
                # An approval may be refused while an earlier attempt in bulk is at work; a bonus never.
                open_to = states["needs_you"] + (states["refused"] if kind == "approve" else 0)
                assert states["done"] <= paid[worker] <= states["done"] + open_to, (kind, worker, states)
        return Counter(a["status"] for a in self.actions("bonus"))


@pytest.fixture
def bench(desk: Desk) -> Iterator[Callable[[int], Bench]]:
    made: list[Bench] = []

    def make(people: int) -> Bench:
        made.append(Bench(desk, people))
        return made[-1]

    yield make
    for each in made:
        each.process.stop()


def send_under_fire(bench: Bench, kills: int, seed: int) -> int:
    """Sends all decisions with these many kills and faults all along; returns how many kills hit."""
    chance = random.Random(seed)
    bench.faults(*FAULTS, seed=seed)
    hit = 0
    for _ in range(kills):
        # Often early, so that there is work left for all kills; sometimes late, so that some gets done.
        calls = 1 + int(_MOST_CALLS * chance.random() ** 5)
        hit += bench.send_and_kill(calls, chance.uniform(0, 0.02))
    bench.send()
    # What the vendor said no to is sent once more when it is well again.
    bench.faults()
    with bench.database() as db:
        refused = [
            a["action_id"] for a in bench.desk.json("actions", "--limit", "5000") if a["status"] == "refused"
        ]
        decisions.retry(db, [int(i) for i in refused])
    bench.send()
    return hit


def fare(bench: Bench, kills: int, seed: int) -> None:
    bench.decide()
    hit = send_under_fire(bench, kills, seed)
    ended = bench.check()
    few = max(60, bench.people // 10)
    assert ended["needs_you"] <= few, ended
    assert ended["done"] == bench.people - ended["needs_you"], ended
    assert {u["status"] for u in bench.desk.json("units", "--run", 1)} == {"accepted"}
    assert hit >= kills // 2, hit


@pytest.mark.timeout(400)
def test_a_hundred_bonuses_and_approvals_under_fire(bench: Callable[[int], Bench]) -> None:
    fare(bench(100), kills=20, seed=7)


@pytest.mark.long
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("seed", [1])
def test_a_thousand_bonuses_and_approvals_under_fire(bench: Callable[[int], Bench], seed: int) -> None:
    fare(bench(1_000), kills=200, seed=seed)


def test_a_desk_that_always_resends_is_caught(bench: Callable[[int], Bench]) -> None:
    """The judge judges: a ledger that does not look before it sends again pays twice, and is told so."""
    mine = bench(20)
    mine.decide()
    mine.faults({"kind": "act_then_drop", "route": PAY, "times": 1})
    code = f"{RESENDS}\nfrom crowddesk.cli import main; main()"
    process = mine.desk.start("send", "--wait", code=code)
    _, said = process.communicate(timeout=100)
    assert "Traceback" not in said
    with pytest.raises(AssertionError):
        mine.check()
