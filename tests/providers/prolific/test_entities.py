"""Bonuses by the lane and by a worker's own verb: what others got wrong with money."""

from __future__ import annotations

import pytest

from crowddesk.data_model.unit import Unit
from crowddesk.domain import Action, ActionKind, ActionState, BadInput, Found
from tests.providers.prolific.bench import Bench
from tests.providers.prolific_sandbox.open_sandbox import wait_until

SET_UP = "POST /submissions/bonus-payments/"
PAY = "POST /bulk-bonus-payments/{id}/pay/"


def bonus(bench: Bench, unit: Unit, amount: int = 115) -> Action:
    """A bonus with the vendor's fee reserved, as the desk stages it."""
    agent = unit.get_assigned_agent()
    assert agent is not None
    fee = bench.provider.quote_for(bench.account, ActionKind.BONUS, amount, 1)
    return bench.action(
        ActionKind.BONUS, agent.get_worker(), unit_id=unit.db_id, task_run_id=unit.task_run_id,
        amount=amount, fee=fee, reason="Thank you.",
    )  # fmt: skip


def paid(bench: Bench) -> list[int]:
    return [row["amount"] for row in bench.vendor.ledger() if row["kind"] == "bonus"]


def pays_of(bench: Bench) -> int:
    return sum(name.endswith("/pay/") for name in bench.sent.changes())


@pytest.mark.parametrize(
    ("minor", "text"), [(1, "0.01"), (30, "0.30"), (115, "1.15"), (1_990, "19.90"), (10_000, "100.00")]
)
def test_an_amount_is_exact_text_and_not_a_float_as_text(bench: Bench, minor: int, text: str) -> None:
    (unit,) = bench.answered(bench.live(1))
    action = bonus(bench, unit, minor)
    assert bench.carry_out(action).state == ActionState.DONE
    (body,) = bench.sent.bodies(SET_UP)
    assert body["csv_bonuses"].split() == [f"{bench.ref_of(unit)},{text}"]
    assert paid(bench) == [minor]


def test_a_float_that_is_no_amount_is_refused_before_anything_is_sent(bench: Bench) -> None:
    (unit,) = bench.answered(bench.live(1))
    agent = unit.get_assigned_agent()
    assert agent is not None
    bench.sent.forget()
    with pytest.raises(BadInput):
        agent.get_worker().bonus_worker(0.1 + 0.2 + 1e-9, "Thank you.", unit)
    assert bench.sent.changes() == []


@pytest.mark.parametrize(("kind", "route"), [("refuse", SET_UP), ("refuse", PAY), ("no_balance", PAY)])
def test_a_failed_bonus_does_not_look_like_success(bench: Bench, kind: str, route: str) -> None:
    (unit,) = bench.answered(bench.live(1))
    action = bonus(bench, unit)
    bench.vendor.faults({"kind": kind, "route": route})
    outcome = bench.carry_out(action)
    assert (outcome.state, bool(outcome.reason)) == (ActionState.REFUSED, True)
    agent = unit.get_assigned_agent()
    assert agent is not None
    done, message = agent.get_worker().bonus_worker("1.15", "Thank you.", unit)
    assert (done, bool(message)) == (False, True)
    assert paid(bench) == []


def test_an_empty_wallet_pays_nothing_and_says_what_is_missing(bench: Bench) -> None:
    (unit,) = bench.answered(bench.live(1))
    bench.vendor.control("POST", "wallet", {"workspace_id": bench.vendor.workspace, "balance": 100})
    outcome = bench.carry_out(bonus(bench, unit))
    assert (outcome.state, "Nothing was paid" in outcome.reason) == (ActionState.REFUSED, True)
    assert pays_of(bench) == 0


@pytest.mark.parametrize("kind", ["act_then_drop", "broken_after", "wrong_json"])
def test_no_fresh_token_per_retry_one_payment_whatever_is_lost(bench: Bench, kind: str) -> None:
    """One action is one payment: it is known by its own id, and looked for before anything goes out again."""
    (unit,) = bench.answered(bench.live(1))
    action = bonus(bench, unit)
    bench.vendor.faults({"kind": kind, "route": PAY, "times": 1})
    (outcome,) = bench.provider.perform([action])
    assert outcome.state == ActionState.UNKNOWN
    bench.restart()
    bench.vendor.pass_time()
    assert bench.provider.look_up([action]) == [Found.HAPPENED]
    assert (pays_of(bench), paid(bench)) == (1, [115])
    (evidence,) = bench.provider.evidence_of([action])
    assert evidence["state"] == "paid"
    assert bench.study_of(unit.get_task_run()) in evidence["url"]


def test_who_never_took_part_is_paid_nothing(bench: Bench) -> None:
    nobody = bench.provider.WorkerClass.new(bench.db, "nobody")
    outcome = bench.do(ActionKind.BONUS, nobody, amount=115, fee=38)
    assert (outcome.state, "no submission" in outcome.reason) == (ActionState.REFUSED, True)
    assert bench.sent.changes() == []


def test_two_accounts_in_one_workspace_pay_one_after_the_other(bench: Bench) -> None:
    """The workspace's wallet takes one payment at a time, whoever asks."""
    other = bench.open_account("colleague")
    (first,) = bench.answered(bench.live(1))
    (second,) = bench.answered(bench.live(1, account=other))
    one = bonus(bench, first)
    agent = second.get_assigned_agent()
    assert agent is not None
    two = bench.action(
        ActionKind.BONUS, agent.get_worker(), account=other, unit_id=second.db_id, amount=115, fee=38
    )
    states = [bench.provider.perform([action])[0].state for action in (one, two)]
    assert states == [ActionState.UNKNOWN, ActionState.QUEUED]
    wait_until(lambda: bench.provider.look_up([one]) == [Found.HAPPENED])
    assert bench.settle([two])[two.id].state == ActionState.DONE
    assert pays_of(bench) == 2
    assert paid(bench) == [115, 115]
