"""The practice vendor keeps its word: once a token, once a payment, and the same crowd at any pace."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from crowddesk.domain import ActionKind, AgentStatus, BadInput, VendorError, VendorRefused
from crowddesk.providers.mock.crowd import Mix
from crowddesk.providers.mock.desk import fee_of
from crowddesk.providers.mock.vendor import BatchSpec, ChangeRow, MockVendor, NewUnit, UnitStatus

ROOT = Path(__file__).parents[3]
START = 1_790_000_000.0
FIELDS = ({"name": "follows", "type": "radio", "options": ["yes", "no"]}, {"name": "why", "type": "text"})
STEADY = Mix(1, 0, 0, 0)
FLIGHTY = Mix(0.4, 0.1, 0.1, 0.4)
LONG = START + 10_000_000


def spec(**changes: Any) -> BatchSpec:
    return BatchSpec(
        **{"seed": 7, "reward_minor": 12, "currency": "USD", "fields": FIELDS, "mix": STEADY, **changes}
    )


def new_units(items: int, each: int = 1, **changes: Any) -> list[NewUnit]:
    return [
        NewUnit(
            **{
                "token": f"launch {i}-{k}", "ref": f"{i}-{k}", "item_key": str(i), "unit_index": k,
                "item": {"text": f"the item {i} has some words of its own"}, "truth": "no", **changes,
            }
        )
        for i in range(items)
        for k in range(each)
    ]  # fmt: skip


class Desk:
    """A vendor on a fresh file with one account and, if wanted, one finished batch."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now = START
        self.vendor = self.open()
        self.vendor.ensure_account("practice")

    def open(self) -> MockVendor:
        return MockVendor(self.path, lambda: self.now)

    def run(self, units: list[NewUnit], until: float = LONG, **changes: Any) -> list[ChangeRow]:
        self.vendor.create_batch("practice", "run", spec(**changes))
        assert all(call.done for call in self.vendor.launch_units("run", units))
        self.vendor.step("run", until)
        return self.changes()

    def changes(self) -> list[ChangeRow]:
        return self.vendor.changes("run", limit=10**6)

    def settle(self, kind: str, *refs: str, token: str = "") -> list[str]:
        calls = self.vendor.settle(kind, [(f"{token or kind} {ref}", ref, "Too fast.", "") for ref in refs])
        return ["done" if call.done else call.reason for call in calls]

    def worker_of(self, ref: str) -> str:
        worker = self.vendor.unit_state([ref])[ref].worker
        assert worker is not None
        return worker


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "vendor.sqlite")
    yield desk
    desk.vendor.close()


def answers(desk: Desk) -> dict[str, tuple[str, float, dict[str, Any]]]:
    return {s.unit_ref: (s.worker_name, s.seconds, s.answer) for s in desk.vendor.submissions("run")}


def histories(desk: Desk) -> dict[str, list[tuple[str | None, str | None, float | None]]]:
    """What happened to each unit, without the times."""
    told: dict[str, list[tuple[str | None, str | None, float | None]]] = {}
    for change in desk.changes():
        told.setdefault(change.unit_ref, []).append((change.worker_name, change.agent_status, change.seconds))
    return told


# -------------------------------------------------------------------------------------------------- money


@pytest.mark.parametrize(
    ("amount", "fee"), [(1, 1), (2, 1), (7, 1), (8, 2), (12, 2), (13, 3), (100, 20), (102, 20), (103, 21)]
)
def test_the_fee_is_a_fifth_rounded_half_up_and_at_least_one(amount: int, fee: int) -> None:
    assert fee_of(amount) == fee


def test_approving_charges_reward_and_fee_once(desk: Desk) -> None:
    desk.run(new_units(3))
    assert desk.settle("approve", "0-0", "1-0") == ["done", "done"]
    assert desk.settle("approve", "0-0", "2-0") == ["done", "done"]
    assert desk.vendor.balance("practice") == (1_000_000 - 3 * 14, "USD")
    assert desk.settle("approve", "0-0", token="again") == ["It is already approved."]
    assert desk.vendor.balance("practice") == (1_000_000 - 3 * 14, "USD")
    call = desk.vendor.find_call("approve 0-0")
    assert call is not None
    assert (call.amount, call.fee, call.note, call.times) == (12, 2, "approved", 2)
    assert [p.target for p in desk.vendor.payments("practice")] == ["practice", "0-0", "1-0", "2-0"]


def test_without_enough_money_nothing_is_approved(desk: Desk) -> None:
    desk.run(new_units(3))
    desk.vendor.set_balance("practice", 30)
    done, also, refused = desk.settle("approve", "0-0", "1-0", "2-0")
    assert (done, also) == ("done", "done")
    assert (
        refused
        == "Insufficient funds: account practice has USD 0.02, this needs USD 0.14 (0.12 and a fee of 0.02)."
    )
    assert desk.vendor.unit_state(["2-0"])["2-0"].status == UnitStatus.SUBMITTED
    desk.vendor.set_balance("practice", 14)
    assert desk.settle("approve", "2-0") == ["done"]
    assert desk.vendor.balance("practice") == (0, "USD")


def test_the_books_add_up(desk: Desk) -> None:
    desk.run(new_units(4))
    desk.settle("approve", "0-0", "1-0")
    desk.settle("reject", "2-0")
    desk.settle("unreject", "2-0")
    desk.vendor.bonus("practice", "b", desk.worker_of("0-0"), 55, "Nice.", "0-0")
    desk.vendor.set_balance("practice", 4_000)
    payments = desk.vendor.payments("practice")
    assert sum(p.amount + p.fee for p in payments) == 4_000 == desk.vendor.balance("practice")[0]
    assert all(p.balance == q.balance - q.amount - q.fee for p, q in pairwise(payments))


def test_what_is_settled_stays_settled(desk: Desk) -> None:
    desk.run(new_units(2))
    desk.settle("approve", "0-0")
    assert desk.settle("reject", "0-0") == ["It is approved and paid; that cannot be taken back."]
    assert desk.settle("unreject", "0-0") == ["It is already approved."]
    assert desk.settle("unreject", "1-0") == ["It is not rejected."]
    assert desk.settle("reject", "1-0") == ["done"]
    assert desk.settle("reject", "1-0", token="again") == ["It is already rejected."]
    assert desk.settle("approve", "1-0") == ["It is rejected: un-reject it."]
    assert desk.settle("unreject", "1-0", token="back") == ["done"]
    assert desk.vendor.balance("practice") == (1_000_000 - 28, "USD")
    last = desk.changes()[-3:]
    assert [(c.unit_ref, c.agent_status) for c in last] == [
        ("0-0", AgentStatus.APPROVED), ("1-0", AgentStatus.REJECTED), ("1-0", AgentStatus.APPROVED),
    ]  # fmt: skip
    assert all(change.ref and change.worker_name and change.payload is None for change in last)


def test_a_unit_that_comes_twice_in_one_call_is_settled_once(desk: Desk) -> None:
    desk.run(new_units(1))
    calls = desk.vendor.settle(
        "approve", [("t1", "0-0", "", ""), ("t2", "0-0", "", ""), ("t1", "0-0", "", "")]
    )
    assert [call.result for call in calls] == ["done", "refused", "done"]
    assert desk.vendor.balance("practice") == (1_000_000 - 14, "USD")


def test_only_work_that_was_handed_in_is_settled(desk: Desk) -> None:
    desk.run(new_units(1), until=START)
    assert desk.settle("approve", "0-0", "9-9") == [
        "Nobody has handed it in yet.", "The practice vendor has no unit '9-9'.",
    ]  # fmt: skip
    desk.vendor.step("run", LONG)
    assert desk.vendor.settle("reject", [("t", "0-0", " ", "")])[0].reason == "A rejection needs a reason."
    with pytest.raises(BadInput, match="soft_reject"):
        desk.vendor.settle("soft_reject", [])


def test_bonuses_are_paid_once_a_token(desk: Desk) -> None:
    desk.run(new_units(2))
    worker = desk.worker_of("0-0")
    first = desk.vendor.bonus("practice", "b1", worker, 50, "Thanks.", "0-0")
    again = desk.vendor.bonus("practice", "b1", worker, 50, "Thanks.", "0-0")
    assert first == again
    assert (first.amount, first.fee) == (50, 10)
    desk.vendor.block("practice", "block", worker, "Rude.")
    desk.vendor.bonus("practice", "b2", worker, 1, "Owed.")
    assert desk.vendor.balance("practice") == (1_000_000 - 62, "USD")
    with pytest.raises(VendorRefused, match="Insufficient funds"):
        desk.vendor.bonus("practice", "b3", worker, 10**9, "Much.")
    with pytest.raises(VendorRefused, match="knows no worker 'nobody'"):
        desk.vendor.bonus("practice", "b4", "nobody", 5, "Who?")
    with pytest.raises(VendorRefused, match="has not done unit"):
        desk.vendor.bonus("practice", "b5", worker, 5, "Which?", "1-0")
    with pytest.raises(BadInput, match="above 0"):
        desk.vendor.bonus("practice", "b6", worker, 0, "Nothing.")
    assert [(c.token, c.result) for c in desk.vendor.calls("bonus")] == [
        ("b1", "done"), ("b2", "done"), ("b3", "refused"), ("b4", "refused"), ("b5", "refused"),
    ]  # fmt: skip


def test_accounts(desk: Desk) -> None:
    desk.vendor.ensure_account("practice", 5)
    assert desk.vendor.balance("practice") == (1_000_000, "USD")
    with pytest.raises(VendorRefused, match="kept in USD, not in GBP"):
        desk.vendor.ensure_account("practice", currency="GBP")
    with pytest.raises(VendorRefused, match="no account 'else'"):
        desk.vendor.balance("else")
    with pytest.raises(VendorRefused, match="no account 'else'"):
        desk.vendor.create_batch("else", "b", spec())
    with pytest.raises(BadInput):
        desk.vendor.ensure_account(" ")
    with pytest.raises(BadInput):
        desk.vendor.ensure_account("poor", -1)
    desk.vendor.ensure_account("yen", 10_000, "jpy")
    assert desk.vendor.balance("yen") == (10_000, "JPY")
    assert desk.vendor.has_account("yen")
    assert not desk.vendor.has_account("euro")


# ------------------------------------------------------------------------------------------------ batches


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("reward_minor", 0), ("reward_minor", 1.5), ("reward_minor", True), ("seed", "7"), ("speed", 0),
        ("speed", float("nan")), ("speed", float("inf")), ("speed", "fast"), ("time_limit_s", -1),
        ("arrivals_per_second", None), ("concurrency", 0), ("max_units_per_worker", 0), ("people", 0),
        ("people", 10**6), ("units_per_item", 0), ("currency", "dollar"), ("currency", "usd"),
        ("required_qualifications", (("a", "is", 1),)), ("required_qualifications", (("", "has", 1),)),
    ],
)  # fmt: skip
def test_terms_that_make_no_sense_are_named(term: str, value: Any) -> None:
    with pytest.raises(BadInput) as error:
        spec(**{term: value})
    assert repr(value) in str(error.value) or "required qualification" in str(error.value)


def test_batches_belong_to_an_account_and_its_currency(desk: Desk) -> None:
    desk.vendor.ensure_account("other")
    desk.vendor.create_batch("practice", "run", spec())
    desk.vendor.create_batch("practice", "run", spec(seed=8), token="t2")
    with pytest.raises(VendorRefused, match="another account"):
        desk.vendor.create_batch("other", "run", spec(), token="t3")
    with pytest.raises(VendorRefused, match="pays in USD, not in GBP"):
        desk.vendor.create_batch("practice", "b", spec(currency="GBP"))
    for call in (lambda: desk.vendor.step("x"), lambda: desk.vendor.changes("x"),
                 lambda: desk.vendor.launch_units("x", new_units(1)), lambda: desk.vendor.close_batch("x"),
                 lambda: desk.vendor.batch_counts("x"), lambda: desk.vendor.next_event("x")):  # fmt: skip
        with pytest.raises(VendorRefused, match="no batch 'x'"):
            call()


def test_a_closed_batch_lets_work_finish_and_takes_no_more(desk: Desk) -> None:
    desk.run(new_units(40), until=START + 40, mix=Mix(0, 0, 0, 1))
    before = desk.vendor.batch_counts("run")
    assert before[UnitStatus.AVAILABLE]
    assert before[UnitStatus.ACTIVE]
    desk.vendor.close_batch("run")
    desk.vendor.close_batch("run", token="twice")
    desk.vendor.step("run", LONG)
    after = desk.vendor.batch_counts("run")
    assert set(after) == {UnitStatus.SUBMITTED, UnitStatus.EXPIRED}
    assert after[UnitStatus.SUBMITTED] > before.get(UnitStatus.SUBMITTED, 0)
    expired = [c.unit_ref for c in desk.changes() if c.vendor_status == UnitStatus.EXPIRED]
    assert len(expired) == len(set(expired)) == after[UnitStatus.EXPIRED] > before[UnitStatus.AVAILABLE]
    assert desk.vendor.next_event("run") is None
    late = desk.vendor.launch_units("run", [NewUnit("late", "late", "1", 0, {})])[0]
    assert (late.result, late.reason) == ("refused", "Batch 'run' is closed.")


# -------------------------------------------------------------------------------------------------- units


def test_a_token_launches_once(desk: Desk) -> None:
    desk.run(new_units(3), until=START)
    again = desk.vendor.launch_units("run", new_units(4))
    assert [call.times for call in again] == [1, 1, 1, 1]
    assert all(call.done for call in again)
    assert [(c.target, c.times) for c in desk.vendor.calls("launch")] == [
        ("0-0", 2), ("1-0", 2), ("2-0", 2), ("3-0", 1),
    ]  # fmt: skip
    assert sum(desk.vendor.batch_counts("run").values()) == 4


def test_a_unit_that_is_out_cannot_be_launched_again(desk: Desk) -> None:
    desk.run(new_units(1), until=START)
    call = desk.vendor.launch_units("run", new_units(1, token="other"))[0]
    assert call.reason == "Unit '0-0' is out already."
    call = desk.vendor.launch_units("run", new_units(2)[1:] + new_units(1, token="launch 1-0"))[1]
    assert call.reason == "Its token was used before, to launch 1-0."


def test_expired_units_are_gone_until_launched_anew(desk: Desk) -> None:
    desk.run(new_units(40), until=START + 15, mix=Mix(0, 0, 0, 1), time_limit_s=100)
    states = desk.vendor.unit_state([f"{i}-0" for i in range(40)])
    calls = desk.vendor.expire_units([(f"expire {ref}", ref) for ref in states] + [("x", "none")])
    assert calls.pop().reason == "The practice vendor has no unit 'none'."
    for call, state in zip(calls, states.values(), strict=True):
        if state.status == UnitStatus.SUBMITTED:
            assert call.reason == "A worker has handed it in already."
        else:
            assert call.note == ("expired" if state.status == UnitStatus.AVAILABLE else "in work")
    in_work = [ref for ref, state in states.items() if state.status in UnitStatus.IN_WORK]
    assert 0 < desk.vendor.seconds_until_down(in_work) <= 115
    desk.vendor.step("run", LONG)
    after = desk.vendor.unit_state(in_work)
    assert {(s.status, s.stays) for s in after.values()} == {
        (UnitStatus.SUBMITTED, 1),
        (UnitStatus.EXPIRED, 1),
    }
    assert set(desk.vendor.batch_counts("run")) == {UnitStatus.SUBMITTED, UnitStatus.EXPIRED}
    assert desk.vendor.seconds_until_down(list(states)) == 0
    gone = [r for r, s in desk.vendor.unit_state(list(states)).items() if s.status == UnitStatus.EXPIRED]
    back = [NewUnit(f"back {ref}", ref, ref.split("-")[0], 0, {}) for ref in gone]
    assert all(call.done for call in desk.vendor.launch_units("run", back))
    desk.vendor.step("run", LONG + 10**7)
    assert desk.vendor.batch_counts("run") == {UnitStatus.SUBMITTED: 40}


# --------------------------------------------------------------------------------------------- the crowd


def test_a_stay_is_told_from_beginning_to_end(desk: Desk) -> None:
    changes = desk.run(new_units(1))
    assert [(c.agent_status, c.vendor_status) for c in changes] == [
        ("accepted", "reserved"), ("in task", "active"), ("completed", "submitted"),
    ]  # fmt: skip
    assert len({(c.ref, c.worker_name, c.unit_ref) for c in changes}) == 1
    assert [c.seq for c in changes] == sorted(c.seq for c in changes)
    assert START < changes[0].at < changes[1].at < changes[2].at
    assert changes[2].seconds == pytest.approx(changes[2].at - changes[0].at, abs=0.01)
    assert [c.seconds for c in changes[:2]] == [None, None]
    assert changes[2].answer
    assert changes[2].answer.keys() == {"follows", "why"}
    assert '"answer"' in (changes[2].payload or "")
    assert desk.vendor.changes("run", cursor=changes[0].seq, limit=1) == [changes[1]]
    assert desk.vendor.changes("run", cursor=changes[2].seq) == []


def test_speed_shortens_waits_but_not_the_work(tmp_path: Path) -> None:
    slow, fast = Desk(tmp_path / "slow"), Desk(tmp_path / "fast")
    for desk, speed in ((slow, 1.0), (fast, 1000.0)):
        desk.run(new_units(20), speed=speed)
    assert answers(slow) == answers(fast)
    for one, other in zip(slow.changes(), fast.changes(), strict=True):
        assert (one.at - START) / 1000 == pytest.approx(other.at - START, abs=1e-4)
    slow.vendor.close()
    fast.vendor.close()


def test_the_same_seed_gives_the_same_run_however_it_is_played(tmp_path: Path) -> None:
    units = new_units(60, 5)
    calm = Desk(tmp_path / "calm")
    calm.run(units, mix=FLIGHTY)
    wild = Desk(tmp_path / "wild")
    chance = random.Random(3)
    chance.shuffle(units)
    wild.vendor.create_batch("practice", "run", spec(mix=FLIGHTY, speed=500.0))
    while units or wild.vendor.next_event("run") is not None:
        wild.vendor.launch_units("run", [units.pop() for _ in range(min(len(units), chance.randint(0, 40)))])
        wild.now += chance.choice([0.001, 0.05, 1.0, 20.0])
        wild.vendor.step("run")
        if chance.random() < 0.2:
            wild.vendor.close()
            wild.vendor = wild.open()
    assert answers(wild) == answers(calm)
    assert histories(wild) == histories(calm)
    other = Desk(tmp_path / "other")
    other.run(new_units(60, 5), mix=FLIGHTY, seed=8)
    assert answers(other) != answers(calm)
    for desk in (calm, wild, other):
        desk.vendor.close()


def test_catching_up_in_small_transactions_gives_the_same_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules: dict[str, Any] = {"mix": FLIGHTY, "concurrency": 9, "max_units_per_worker": 4, "people": 40}
    whole, parts = Desk(tmp_path / "whole"), Desk(tmp_path / "parts")
    whole.run(new_units(40, 3), **rules)
    monkeypatch.setattr("crowddesk.providers.mock.vendor._EVENTS_A_TRANSACTION", 7)
    parts.run(new_units(40, 3), **rules)
    assert parts.changes() == whole.changes()
    assert parts.vendor.batch_counts("run") == whole.vendor.batch_counts("run")
    whole.vendor.close()
    parts.vendor.close()


def test_who_cannot_keep_a_promise_leaves_room_for_others(desk: Desk) -> None:
    """Busy people are promised units ahead; a block gives those to others."""
    desk.vendor.create_batch("practice", "run", spec(people=3, units_per_item=1, arrivals_per_second=100.0))
    desk.vendor.launch_units("run", new_units(30))
    desk.vendor.step("run", START + 1)
    promised = desk.worker_of(next(c.unit_ref for c in desk.changes()))
    desk.vendor.block("practice", "t", promised, "Careless.")
    desk.vendor.step("run", LONG)
    done = Counter(c.worker_name for c in desk.changes() if c.agent_status == "completed")
    assert done.pop(promised) == 1
    assert sum(done.values()) == 29


def one_busy_person(desk: Desk, most: int, *refs: str) -> Counter[str]:
    """One person, who may start `most` units, and units that all come up at once, in this order."""
    desk.vendor.create_batch(
        "practice", "run", spec(people=1, max_units_per_worker=most, arrivals_per_second=1000.0)
    )
    units = [NewUnit(f"t{ref}", ref, ref[0], int(ref[1]), {}) for ref in refs]
    assert all(call.done for call in desk.vendor.launch_units("run", units))
    desk.vendor.step("run", START + 1)
    return Counter(desk.vendor.batch_counts("run"))


def test_a_promise_counts_once_against_the_limit(desk: Desk) -> None:
    one_busy_person(desk, 4, "A0", "B0", "C0")
    desk.vendor.step("run", LONG)
    one_busy_person(desk, 4, "D0", "E0")
    desk.vendor.step("run", LONG + 10**7)
    assert desk.vendor.batch_counts("run") == {UnitStatus.SUBMITTED: 4, UnitStatus.NO_ONE_ELIGIBLE: 1}


def test_a_promise_that_expired_no_longer_counts(desk: Desk) -> None:
    one_busy_person(desk, 2, "A0", "B0")
    desk.vendor.expire_units([("e", "B0")])
    one_busy_person(desk, 2, "C0")
    desk.vendor.step("run", LONG)
    assert desk.vendor.batch_counts("run") == {UnitStatus.SUBMITTED: 2, UnitStatus.EXPIRED: 1}


def test_a_broken_promise_makes_room_for_a_unit_that_had_nobody(desk: Desk) -> None:
    """Promised B twice, which is one too many, the person had no room for C; B taken, there is room again."""
    assert one_busy_person(desk, 3, "A0", "B0", "B1", "C0")[UnitStatus.NO_ONE_ELIGIBLE] == 1
    desk.vendor.step("run", LONG)
    states = desk.vendor.unit_state(["A0", "B0", "B1", "C0"])
    assert [state.status for state in states.values()].count(UnitStatus.SUBMITTED) == 3
    assert states["B1"].status == UnitStatus.NO_ONE_ELIGIBLE


def test_units_that_were_left_go_to_somebody_else(desk: Desk) -> None:
    desk.run(new_units(30, 3), mix=Mix(0, 0, 0, 1), people=60, units_per_item=3)
    assert desk.vendor.batch_counts("run") == {UnitStatus.SUBMITTED: 90}
    ends = Counter(c.agent_status for c in desk.changes())
    assert ends["completed"] == 90
    assert ends["returned"] > 10
    assert ends["timeout"] > 0
    assert ends["disconnect"] > 0
    words = {c.agent_status: c.vendor_status for c in desk.changes()}
    assert words["timeout"] == "timed out"
    takes = [c for c in desk.changes() if c.agent_status == "accepted"]
    assert len(takes) == sum(ends[s] for s in ("completed", "returned", "timeout", "disconnect"))
    assert len({c.ref for c in takes}) == len(takes)
    by_item = Counter((c.unit_ref.split("-")[0], c.worker_name) for c in takes)
    assert max(by_item.values()) == 1


@pytest.mark.parametrize("concurrency", [None, 4])
def test_nobody_does_two_things_at_once(desk: Desk, concurrency: int | None) -> None:
    terms = {"people": 5, "units_per_item": 3, "arrivals_per_second": 50.0, "concurrency": concurrency}
    changes = desk.run(new_units(60, 3), **terms)
    busy: dict[str | None, str] = {}
    for change in changes:
        if change.agent_status == "accepted":
            assert change.worker_name not in busy
            busy[change.worker_name] = change.ref
        elif change.agent_status == "completed":
            assert busy.pop(change.worker_name) == change.ref
    assert desk.vendor.batch_counts("run") == {UnitStatus.SUBMITTED: 180}


@pytest.mark.parametrize("mix", [STEADY, FLIGHTY])
def test_concurrency_bounds_the_units_in_work(desk: Desk, mix: Mix) -> None:
    changes = desk.run(new_units(50, 2), concurrency=4, mix=mix, arrivals_per_second=50.0)
    in_work, most = 0, 0
    for change in changes:
        in_work += {"accepted": 1, "in task": 0}.get(change.agent_status or "", -1)
        most = max(most, in_work)
    assert most == 4
    assert desk.vendor.batch_counts("run") == {UnitStatus.SUBMITTED: 100}


def test_concurrency_does_not_change_who_does_what(tmp_path: Path) -> None:
    free, bound = Desk(tmp_path / "free"), Desk(tmp_path / "bound")
    free.run(new_units(30, 3), mix=FLIGHTY)
    bound.run(new_units(30, 3), mix=FLIGHTY, concurrency=2)
    assert histories(free) == histories(bound)
    free.vendor.close()
    bound.vendor.close()


def test_a_person_starts_no_more_units_than_allowed(desk: Desk) -> None:
    desk.run(new_units(30, 2), people=20, units_per_item=2, max_units_per_worker=2, mix=FLIGHTY)
    starts = Counter(c.worker_name for c in desk.changes() if c.agent_status == "accepted")
    assert max(starts.values()) == 2
    assert sum(starts.values()) == 40
    counts = desk.vendor.batch_counts("run")
    assert counts[UnitStatus.NO_ONE_ELIGIBLE] == 60 - counts[UnitStatus.SUBMITTED] > 0
    assert desk.vendor.next_event("run") is None


def test_more_units_than_people_wait(desk: Desk) -> None:
    desk.run(new_units(1, 5), people=3, units_per_item=5)
    assert desk.vendor.batch_counts("run") == {UnitStatus.SUBMITTED: 3, UnitStatus.NO_ONE_ELIGIBLE: 2}


def test_a_blocked_worker_gets_nothing_until_unblocked(desk: Desk) -> None:
    desk.vendor.create_batch("practice", "run", spec(people=2, units_per_item=2))
    desk.vendor.launch_units("run", new_units(10, 2))
    desk.vendor.step("run", START + 5)
    at_work = next(c.worker_name for c in desk.changes() if c.worker_name)
    desk.vendor.block("practice", "t1", at_work, "Careless.")
    desk.vendor.block("practice", "t2", at_work, "Careless still.")
    assert desk.vendor.is_blocked("practice", at_work)
    desk.vendor.ensure_account("other")
    assert not desk.vendor.is_blocked("other", at_work)
    started = sum(c.worker_name == at_work and c.agent_status == "accepted" for c in desk.changes())
    desk.vendor.step("run", LONG)
    done = Counter(c.worker_name for c in desk.changes() if c.agent_status == "completed")
    assert done[at_work] == started
    assert desk.vendor.batch_counts("run")[UnitStatus.NO_ONE_ELIGIBLE] > 0
    desk.vendor.unblock("practice", "t3", at_work)
    assert not desk.vendor.is_blocked("practice", at_work)
    desk.vendor.step("run", LONG + 10**7)
    assert desk.vendor.batch_counts("run") == {UnitStatus.SUBMITTED: 20}
    with pytest.raises(VendorRefused, match="knows no worker"):
        desk.vendor.block("practice", "t4", "nobody", "?")


@pytest.mark.parametrize(
    ("comparator", "least", "working"),
    [
        ("has", 0, {"half", "full", "zero"}),
        ("lacks", 0, {"none"}),
        (">=", 50, {"half", "full"}),
        (">=", 80, {"full"}),
    ],
)
def test_qualifications_decide_who_works(desk: Desk, comparator: str, least: int, working: set[str]) -> None:
    desk.vendor.create_batch("practice", "names", spec(people=4))
    rule = (("english", comparator, least),)
    desk.vendor.create_batch(
        "practice", "run", spec(people=4, units_per_item=4, required_qualifications=rule)
    )
    names = dict(zip(["none", "zero", "half", "full"], workers(desk), strict=True))
    desk.vendor.create_qualification("practice", "english")
    desk.vendor.create_qualification("practice", "english", token="again")
    for name, value in {"zero": 0, "half": 50, "full": 100}.items():
        desk.vendor.grant("practice", f"grant {name}", names[name], "english", value)
    desk.vendor.launch_units("run", new_units(6, 4))
    desk.vendor.step("run", LONG)
    assert {c.worker_name for c in desk.changes()} == {names[name] for name in working}


def workers(desk: Desk) -> list[str]:
    with sqlite3.connect(desk.path) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM worker ORDER BY number")]
    connection.close()
    return names


def test_grants_wake_units_that_waited_for_somebody(desk: Desk) -> None:
    desk.run(new_units(2), required_qualifications=(("q", "has", 0),))
    assert desk.vendor.batch_counts("run") == {UnitStatus.NO_ONE_ELIGIBLE: 2}
    worker = workers(desk)[0]
    with pytest.raises(VendorRefused, match="no qualification 'q'"):
        desk.vendor.grant("practice", "g0", worker, "q")
    desk.vendor.create_qualification("practice", "q")
    with pytest.raises(VendorRefused, match="knows no worker"):
        desk.vendor.grant("practice", "g1", "nobody", "q")
    desk.vendor.grant("practice", "g2", worker, "q", 3)
    assert desk.vendor.granted_value("practice", worker, "q") == 3
    desk.vendor.step("run", LONG + 10**7)
    assert desk.vendor.batch_counts("run") == {UnitStatus.SUBMITTED: 2}
    desk.vendor.revoke("practice", "r1", worker, "q")
    desk.vendor.revoke("practice", "r2", worker, "q")
    assert desk.vendor.granted_value("practice", worker, "q") is None
    desk.vendor.grant("practice", "g3", worker, "q", 1)
    desk.vendor.remove_qualification("practice", "q")
    desk.vendor.remove_qualification("practice", "q")
    desk.vendor.create_qualification("practice", "q")
    assert desk.vendor.granted_value("practice", worker, "q") is None


def test_messages(desk: Desk) -> None:
    desk.run(new_units(1))
    worker = desk.worker_of("0-0")
    desk.vendor.message("practice", "m1", worker, "Please look at item 3 again.")
    desk.vendor.message("practice", "m1", worker, "Please look at item 3 again.")
    with pytest.raises(VendorRefused, match="needs a text"):
        desk.vendor.message("practice", "m2", worker, " ")
    assert [(c.token, c.result, c.times) for c in desk.vendor.calls("message")] == [
        ("m1", "done", 2), ("m2", "refused", 1),
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------- replay


def test_replay_gives_each_unit_its_recorded_answer(desk: Desk) -> None:
    units = [
        NewUnit(
            f"t{i}-{k}", f"{i}-{k}", str(i), k, {}, None, (f"A{(i * k) % 3}", {"response": str(k)}, 5.0 + k)
        )
        for i in range(20)
        for k in range(10)
    ]
    desk.run(units, replay=True, max_units_per_worker=1, speed=1000.0)
    assert answers(desk) == {
        u.ref: (u.recorded[0], u.recorded[2], u.recorded[1]) for u in units if u.recorded
    }
    assert Counter(c.agent_status for c in desk.changes()) == {
        "accepted": 200,
        "in task": 200,
        "completed": 200,
    }
    desk.vendor.bonus("practice", "b", "A2", 10, "Thanks.")


def test_units_without_a_recorded_answer_wait(desk: Desk) -> None:
    recorded = new_units(1, recorded=("A1", {"response": "1"}, None))
    missing = new_units(2)[1:]
    desk.run([*recorded, *missing], replay=True)
    assert desk.vendor.batch_counts("run") == {UnitStatus.SUBMITTED: 1, UnitStatus.NOT_RECORDED: 1}
    assert desk.vendor.expire_units([("e", "1-0")])[0].done
    calls = desk.vendor.launch_units("run", [
        NewUnit("a", "a", "1", 0, {}, None, ("", {}, None)),
        NewUnit("b", "b", "1", 0, {}, None, ("A1", {}, -1.0)),
    ])  # fmt: skip
    assert [call.reason for call in calls] == [
        "Its recorded answer names no worker.", "Its recorded time of -1.0 seconds cannot be.",
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------- faults


def test_a_refused_item_leaves_the_others_alone(desk: Desk) -> None:
    desk.run(new_units(10))
    desk.vendor.inject("refuse", "approve", nth=4, reason="Looked at by a person first.")
    refs = [f"{i}-0" for i in range(10)]
    outcomes = desk.settle("approve", *refs)
    assert outcomes[3] == "Looked at by a person first."
    assert outcomes.count("done") == 9
    assert desk.settle("approve", *refs) == ["done"] * 10
    assert desk.vendor.balance("practice") == (1_000_000 - 140, "USD")
    assert [c.times for c in desk.vendor.calls("approve")] == [2] * 10


def test_a_refusal_can_wait_for_its_target(desk: Desk) -> None:
    desk.run(new_units(3))
    desk.vendor.inject("refuse", target="2-0", times=2)
    assert desk.settle("approve", "0-0", "1-0") == ["done", "done"]
    assert desk.settle("approve", "2-0") == ["Refused for practice."]
    assert desk.settle("approve", "2-0") == ["Refused for practice."]
    assert desk.settle("approve", "2-0") == ["done"]


@pytest.mark.parametrize(("fault", "happened"), [("drop_before", 0), ("drop_midway", 2), ("drop_after", 4)])
def test_a_dropped_call_can_be_looked_up_and_repeated(desk: Desk, fault: str, happened: int) -> None:
    desk.run(new_units(4))
    refs = [f"{i}-0" for i in range(4)]
    desk.vendor.inject(fault, "approve", nth=2)
    assert desk.settle("reject", refs[0]) == ["done"]
    assert desk.settle("unreject", refs[0]) == ["done"]
    assert desk.settle("approve", refs[0]) == ["It is already approved."]
    with pytest.raises(VendorError, match="connection") as error:
        desk.settle("approve", *refs, token="second")
    assert not isinstance(error.value, VendorRefused)
    assert len(desk.vendor.find_calls([f"second {ref}" for ref in refs])) == happened
    paid = desk.settle("approve", *refs, token="second")
    assert paid == ["It is already approved.", "done", "done", "done"]
    assert desk.vendor.balance("practice") == (1_000_000 - 4 * 14, "USD")


def test_a_single_call_can_be_lost_both_ways(desk: Desk) -> None:
    desk.run(new_units(1))
    worker = desk.worker_of("0-0")
    desk.vendor.inject("drop_after", "bonus")
    desk.vendor.inject("drop_before", "message")
    with pytest.raises(VendorError):
        desk.vendor.bonus("practice", "b", worker, 10, "Thanks.")
    with pytest.raises(VendorError):
        desk.vendor.message("practice", "m", worker, "Hello.")
    assert set(desk.vendor.find_calls(["b", "m"])) == {"b"}
    desk.vendor.bonus("practice", "b", worker, 10, "Thanks.")
    assert desk.vendor.balance("practice") == (1_000_000 - 12, "USD")


def test_reads_can_be_dropped_and_faults_reach_every_process(desk: Desk) -> None:
    desk.run(new_units(1))
    other = desk.open()
    other.inject("drop_before", "changes", nth=2)
    assert desk.changes()
    with pytest.raises(VendorError):
        desk.changes()
    assert desk.changes()
    other.inject("drop_after", times=3)
    for read in (lambda: desk.vendor.balance("practice"), lambda: desk.vendor.unit_state(["0-0"]),
                 lambda: other.find_calls(["x"])):  # fmt: skip
        with pytest.raises(VendorError):
            read()
    other.inject("drop_before")
    other.clear_faults()
    assert desk.vendor.balance("practice")
    other.close()


def test_a_delay_only_takes_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("crowddesk.providers.mock.wire.time.sleep", waits.append)
    desk.vendor.inject("delay", "balance", seconds=3)
    assert desk.vendor.balance("practice") == (1_000_000, "USD")
    assert waits == [3]


@pytest.mark.parametrize(
    "bad", [{"fault": "explode"}, {"fault": "delay", "seconds": -1.0}, {"fault": "refuse", "nth": 0}]
)
def test_faults_that_make_no_sense_are_refused(desk: Desk, bad: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        desk.vendor.inject(**bad)


# ----------------------------------------------------------------------------------------------- the file


def test_a_file_that_is_none_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not a database" * 1000)
    for path in (tmp_path / "text", tmp_path / "missing" / "file", tmp_path):
        with pytest.raises(VendorError) as error:
            MockVendor(path)
        assert str(path) in str(error.value)


def test_a_newer_file_is_left_alone(desk: Desk) -> None:
    desk.vendor.close()
    with sqlite3.connect(desk.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(VendorError, match="newer version"):
        desk.open()


def test_what_cannot_be_stored_is_refused_whole(desk: Desk) -> None:
    desk.vendor.create_batch("practice", "run", spec())
    with pytest.raises(BadInput):
        desk.vendor.launch_units("run", [*new_units(1), NewUnit("t", "\ud800", "1", 0, {})])
    with pytest.raises(BadInput):
        desk.vendor.launch_units("run", new_units(1, unit_index=2**70))
    assert desk.vendor.batch_counts("run") == {}
    odd = new_units(1, item={"text": "\ud800 \x00", "at": Path("x")}, truth={"why": "\ud800"})
    assert desk.vendor.launch_units("run", odd)[0].done
    desk.vendor.step("run", LONG)
    assert desk.vendor.batch_counts("run") == {UnitStatus.SUBMITTED: 1}


def test_threads_share_a_vendor(desk: Desk) -> None:
    desk.run(new_units(40))
    refs = [f"{i}-0" for i in range(40)]
    gate = threading.Barrier(4)

    def pay(thread: int) -> None:
        gate.wait()
        for start in range(0, 40, 10):
            desk.settle("approve", *refs[start : start + 10], token=f"thread {thread}")

    threads = [threading.Thread(target=pay, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(c.result for c in desk.vendor.calls("approve")) == {"done": 40, "refused": 120}
    assert desk.vendor.balance("practice") == (1_000_000 - 40 * 14, "USD")


RIVALS = """
import sys
from pathlib import Path
from crowddesk.providers.mock.vendor import BatchSpec, MockVendor, NewUnit
print("ready", flush=True)
sys.stdin.readline()
me, path = sys.argv[1], Path(sys.argv[2])
vendor = MockVendor(path, lambda: 1000.0)
vendor.ensure_account("practice")
vendor.create_batch("practice", "run", BatchSpec(seed=1, reward_minor=12, currency="USD"))
vendor.launch_units("run", [NewUnit(f"t{n}", f"u{n}", str(n), 0, {}) for n in range(100)])
for second in range(0, 10_000, 50):
    vendor.step("run", 1000.0 + second)
for n in range(0, 100, 5):
    vendor.settle("approve", [(f"{me} {m}", f"u{m}", "", "") for m in range(n, n + 5)])
vendor.close()
"""


def test_two_processes_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "vendor.sqlite"
    rivals = [
        subprocess.Popen(
            [sys.executable, "-c", RIVALS, name, str(path)], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for name in ("one", "two")
    ]  # fmt: skip
    for rival in rivals:
        assert rival.stdout is not None
        assert rival.stdout.readline() == "ready\n"
    for rival in rivals:
        assert rival.stdin is not None
        rival.stdin.write("go\n")
        rival.stdin.flush()
    for rival in rivals:
        rival.communicate(timeout=60)
    assert [rival.returncode for rival in rivals] == [0, 0]
    with MockVendor(path) as vendor:
        assert vendor.balance("practice") == (1_000_000 - 1400, "USD")
        assert Counter(c.target for c in vendor.calls("approve") if c.done) == {
            f"u{n}": 1 for n in range(100)
        }
        assert [c.times for c in vendor.calls("launch")] == [2] * 100
        assert len(vendor.submissions("run")) == 100


# A whole life of a vendor, killed at its n-th SQL statement and then lived through again, for many n. Forks
# of one process, which imports once.
KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from crowddesk.providers.mock import books
from crowddesk.providers.mock.crowd import Mix
from crowddesk.providers.mock.vendor import BatchSpec, MockVendor, NewUnit

def live(path):
    vendor = MockVendor(path, lambda: 1000.0)
    vendor.ensure_account("practice")
    terms = dict(mix=Mix(1, 0, 0, 1), people=20, units_per_item=2)
    vendor.create_batch("practice", "run", BatchSpec(seed=1, reward_minor=12, currency="USD", **terms))
    vendor.launch_units("run", [NewUnit(f"t{n}", f"u{n}", str(n // 2), n % 2, {}) for n in range(10)])
    for second in (5, 30, 60, 10_000, 10**7):
        vendor.step("run", 1000.0 + second)
    vendor.settle("approve", [(f"a{n}", f"u{n}", "", "") for n in range(6)])
    vendor.settle("reject", [(f"r{n}", f"u{n}", "Empty.", "") for n in range(6, 10)])
    vendor.settle("unreject", [("back", "u7", "", "")])
    vendor.bonus("practice", "bonus", vendor.unit_state(["u0"])["u0"].worker, 10, "Thanks.", "u0")
    vendor.close()

class Doomed(sqlite3.Connection):
    statements = 0
    last = None
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.set_trace_callback(self.count)
    def count(self, _):
        Doomed.statements += 1
        if Doomed.statements == Doomed.last:
            os.kill(os.getpid(), signal.SIGKILL)

def connect(path, **options):
    return real(path, factory=Doomed, **options)

folder, points = Path(sys.argv[1]), int(sys.argv[2])
real, books.sqlite3.connect = sqlite3.connect, connect
live(folder / "whole")
total = Doomed.statements
for point in range(points):
    path = folder / str(point)
    if not os.fork():
        Doomed.statements, Doomed.last = 0, 1 + total * point // points
        live(path)
        os._exit(3)
    assert os.wait()[1] == signal.SIGKILL
    Doomed.last = None
    live(path)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.parametrize("points", [24, pytest.param(600, marks=pytest.mark.long)])
def test_killed_at_any_moment_it_loses_and_repeats_nothing(tmp_path: Path, points: int) -> None:
    subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), str(points)], cwd=ROOT, check=True, timeout=100
    )

    def told(name: str) -> tuple[Any, ...]:
        with MockVendor(tmp_path / name) as vendor:
            return (
                vendor.balance("practice"),
                vendor.submissions("run"),
                [
                    (p.token, p.kind, p.target, p.amount, p.fee, p.balance)
                    for p in vendor.payments("practice")
                ],
                [(c.token, c.kind, c.target, c.result) for c in vendor.calls()],
                [(c.seq, c.unit_ref, c.ref, c.agent_status, c.seconds, c.at) for c in vendor.changes("run")],
            )

    whole = told("whole")
    assert whole[0] == (1_000_000 - 7 * 14 - 12, "USD")
    for point in range(points):
        assert told(str(point)) == whole


# ------------------------------------------------------------------------------------ anything in any order


class Market(RuleBasedStateMachine):
    """A requester who does anything in any order, over a wire that breaks; the books are the judge."""

    refs = Bundle("refs")

    @initialize()
    def open(self) -> None:
        from tempfile import TemporaryDirectory

        self.folder = TemporaryDirectory()
        self.desk = Desk(Path(self.folder.name) / "vendor.sqlite")
        self.desk.vendor.ensure_account("practice")
        self.desk.vendor.set_balance("practice", 100)
        self.desk.vendor.create_batch("practice", "run", spec(mix=FLIGHTY, people=12, units_per_item=2))
        self.launched = 0
        self.tokens = 0

    def teardown(self) -> None:
        self.desk.vendor.close()
        self.folder.cleanup()

    def over_the_wire(self, call: Callable[[], object]) -> None:
        """Repeated, with the same tokens, until an answer comes."""
        for _ in range(4):
            try:
                call()
            except VendorRefused:
                return
            except VendorError:
                continue
            return

    @rule(target=refs, count=st.integers(1, 4))
    def launch(self, count: int) -> Any:
        first, self.launched = self.launched, self.launched + count
        units = [
            NewUnit(f"t{n}", f"u{n}", str(n // 2), n % 2, {"n": n}, "yes")
            for n in range(first, self.launched)
        ]
        self.over_the_wire(lambda: self.desk.vendor.launch_units("run", units))
        return multiple(*(unit.ref for unit in units))

    @rule(seconds=st.sampled_from([1, 10, 100, 10_000]))
    def wait(self, seconds: int) -> None:
        self.desk.now += seconds
        self.desk.vendor.step("run")

    @rule(
        kind=st.sampled_from(["approve", "reject", "unreject"]),
        some=st.lists(refs, max_size=4),
        fresh=st.booleans(),
    )
    def settle(self, kind: str, some: list[str], fresh: bool) -> None:
        self.tokens += fresh
        token = f"{kind} {self.tokens}"
        self.over_the_wire(lambda: self.desk.settle(kind, *some, token=token))

    @rule(ref=refs, amount=st.integers(1, 30))
    def bonus(self, ref: str, amount: int) -> None:
        state = self.desk.vendor.unit_state([ref]).get(ref)
        if state is None or state.worker is None:
            return
        self.tokens += 1
        token, worker = f"bonus {self.tokens}", state.worker
        self.over_the_wire(lambda: self.desk.vendor.bonus("practice", token, worker, amount, "Thanks."))

    @rule(some=st.lists(refs, max_size=3))
    def expire(self, some: list[str]) -> None:
        self.tokens += 1
        items = [(f"expire {self.tokens} {ref}", ref) for ref in some]
        self.over_the_wire(lambda: self.desk.vendor.expire_units(items))

    @rule(balance=st.integers(0, 200))
    def pay_in(self, balance: int) -> None:
        self.desk.vendor.set_balance("practice", balance)

    @rule(
        fault=st.sampled_from(["refuse", "drop_before", "drop_midway", "drop_after"]), nth=st.integers(1, 3)
    )
    def break_something(self, fault: str, nth: int) -> None:
        for call in ("launch", "approve", "reject", "unreject", "bonus", "expire"):
            self.desk.vendor.inject(fault, call, nth=nth)

    @rule()
    def reopen(self) -> None:
        self.desk.vendor.close()
        self.desk.vendor = self.desk.open()

    @invariant()
    def the_books_are_right(self) -> None:
        vendor = self.desk.vendor
        payments = vendor.payments("practice")
        balance = vendor.balance("practice")[0]
        assert balance == sum(p.amount + p.fee for p in payments) >= 0
        settled = [p for p in payments if p.kind in (ActionKind.APPROVE, ActionKind.UNREJECT)]
        paid = Counter(p.target for p in settled)
        states = vendor.unit_state([f"u{n}" for n in range(self.launched)])
        assert paid == Counter(ref for ref, state in states.items() if state.status == UnitStatus.APPROVED)
        assert all((p.amount, p.fee) == (-12, -2) for p in settled)
        calls = {call.token: call for call in vendor.calls() if call.done and call.amount}
        charged = {p.token: p for p in payments if p.token is not None}
        assert {t: (-c.amount, -c.fee) for t, c in calls.items()} == {
            t: (p.amount, p.fee) for t, p in charged.items()
        }
        assert len(charged) == sum(p.token is not None for p in payments)


Market.TestCase.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
TestMarket = Market.TestCase
