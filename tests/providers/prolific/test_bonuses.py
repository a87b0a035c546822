"""The recipe for bonuses over the sandbox's own ledger: each is paid once, or a person is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from crowddesk.domain import Outcome
from crowddesk.providers.prolific import bonuses
from crowddesk.providers.prolific.bonuses import Bonuses, Patience
from tests.providers.prolific.purse import AMOUNT, FEE, PAY, Purse

SET_UP = "POST /submissions/bonus-payments/"


def test_each_is_paid_once_to_the_cent(purse: Callable[[int], Purse], monkeypatch: Any) -> None:
    monkeypatch.setattr(bonuses, "BATCH", 3)
    mine = purse(8)
    before = mine.desk.balance()[1]
    lines = mine.lines()
    ended = mine.settle(lines, mine.bonuses.pay(lines))
    assert set(ended.values()) == {"done"}
    assert mine.paid() == Counter(dict.fromkeys(mine.submissions, 1))
    assert before - mine.desk.balance()[1] == 8 * (AMOUNT + FEE)


def test_two_bonuses_for_one_person_go_one_after_the_other(purse: Callable[[int], Purse]) -> None:
    mine = purse(1)
    lines = [mine.line(mine.submissions[0]), mine.line(mine.submissions[0])]
    outcomes = mine.bonuses.pay(lines)
    assert [outcomes[line.action.id].state for line in lines] == ["unknown", "queued"]
    assert set(mine.settle(lines, outcomes).values()) == {"done"}
    assert mine.paid()[mine.submissions[0]] == 2


@pytest.mark.parametrize("kind", ["act_then_drop", "broken_after", "wrong_json"])
def test_a_payment_whose_answer_is_lost_is_found_and_not_repeated(
    purse: Callable[[int], Purse], kind: str
) -> None:
    mine = purse(4)
    mine.restart(Patience(taken=30.0, lost=30.0))
    mine.desk.faults({"kind": kind, "route": PAY, "times": 1})
    lines = mine.lines()
    outcomes = mine.bonuses.pay(lines)
    assert {o.state for o in outcomes.values()} == {"unknown"}
    assert set(mine.settle(lines, outcomes).values()) == {"done"}
    assert set(mine.paid().values()) == {1}


@pytest.mark.parametrize("kind", ["act_then_drop", "broken_after", "broken", "busy"])
def test_a_set_up_that_is_lost_costs_nothing(purse: Callable[[int], Purse], kind: str) -> None:
    mine = purse(4)
    mine.desk.faults({"kind": kind, "route": SET_UP, "times": 2})
    lines = mine.lines()
    outcomes = mine.bonuses.pay(lines)
    assert {o.state for o in outcomes.values()} == {"queued"}
    assert set(mine.settle(lines, outcomes).values()) == {"done"}
    assert set(mine.paid().values()) == {1}


@pytest.mark.parametrize("kind", ["never_act", "broken"])
def test_a_payment_that_never_shows_is_a_persons_to_decide(purse: Callable[[int], Purse], kind: str) -> None:
    mine = purse(3)
    mine.restart(Patience(taken=0.5, lost=0.5))
    mine.desk.faults({"kind": kind, "route": PAY, "times": 1})
    lines = mine.lines()
    ended = mine.settle(lines, mine.bonuses.pay(lines))
    assert set(ended.values()) == {"needs you"}
    assert not mine.paid()
    told = mine.bonuses.evidence_of(lines[0].action.id)
    assert told["baseline"] == []
    assert told["read_backs"][-1]["bonuses"] == []
    assert told["balance_before"] - told["balance_expected"] == 3 * (AMOUNT + FEE)
    assert told["balance_after"] == told["balance_before"]
    assert told["acknowledged"] is (kind == "never_act")
    assert {"first_sent", "bulk_id", "amount_minor", "currency"} <= told.keys()


def test_a_busy_wallet_only_makes_it_later(purse: Callable[[int], Purse]) -> None:
    mine = purse(2)
    mine.desk.faults({"kind": "busy", "route": PAY, "times": 3})
    lines = mine.lines()
    outcomes = mine.bonuses.pay(lines)
    assert {o.state for o in outcomes.values()} == {"queued"}
    assert set(mine.settle(lines, outcomes).values()) == {"done"}
    assert set(mine.paid().values()) == {1}


def test_one_bad_line_is_named_and_the_others_are_paid(purse: Callable[[int], Purse]) -> None:
    mine = purse(5)
    lines = mine.lines()
    bad = mine.line("000000000000000000000bad")
    ended = mine.settle([*lines, bad], mine.bonuses.pay([*lines[:2], bad, *lines[2:]]))
    assert ended.pop(bad.action.id) == "refused"
    assert set(ended.values()) == {"done"}
    assert set(mine.paid().values()) == {1}


def test_nothing_is_paid_that_costs_more_than_was_decided(purse: Callable[[int], Purse]) -> None:
    mine = purse(2)
    lines = mine.lines(fee=10)
    outcomes = mine.bonuses.pay(lines)
    assert {o.state for o in outcomes.values()} == {"refused"}
    assert "1.5" not in outcomes[lines[0].action.id].reason  # the amounts, not a rounding of them
    assert "were reserved" in outcomes[lines[0].action.id].reason
    assert not mine.paid()


def test_an_empty_wallet_is_told_before_anything_is_paid(purse: Callable[[int], Purse]) -> None:
    mine = purse(2)
    mine.desk.control("POST", "wallet", {"workspace_id": mine.desk.workspace, "balance": 100})
    lines = mine.lines()
    outcomes = mine.bonuses.pay(lines)
    assert {o.state for o in outcomes.values()} == {"refused"}
    assert "GBP 1.00 left" in outcomes[lines[0].action.id].reason


@pytest.mark.parametrize("moment", ["_pay_batch", "_set_up", "_prepare", "_send"])
def test_a_death_between_any_two_steps_pays_nothing_twice(
    purse: Callable[[int], Purse], monkeypatch: Any, moment: str
) -> None:
    """`kill -9` before a step: the next process knows only what was stored."""

    def die(self: Bonuses, *args: Any) -> Any:
        raise KeyboardInterrupt

    mine = purse(3)
    lines = mine.lines()
    with monkeypatch.context() as patch:
        patch.setattr(Bonuses, moment, die)
        with pytest.raises(KeyboardInterrupt):
            mine.bonuses.pay(lines)
    mine.restart(Patience(taken=0.3, lost=0.3))
    ended = mine.settle(lines, {line.action.id: Outcome.unknown("it died") for line in lines})
    # Only after the last commit before the payment nobody can tell.
    assert set(ended.values()) == ({"needs you"} if moment == "_send" else {"done"})
    assert set(mine.paid().values()) == (set() if moment == "_send" else {1})


def test_a_death_after_the_payment_is_found_out(purse: Callable[[int], Purse], monkeypatch: Any) -> None:
    mine = purse(3)
    lines = mine.lines()

    def pay_and_die(bulk_id: str) -> None:
        real(bulk_id)
        raise KeyboardInterrupt

    real = mine.client.pay_bonuses
    with monkeypatch.context() as patch:
        patch.setattr(mine.client, "pay_bonuses", pay_and_die)
        with pytest.raises(KeyboardInterrupt):
            mine.bonuses.pay(lines)
    mine.restart(Patience(taken=30.0, lost=30.0))
    ended = mine.settle(lines, {line.action.id: Outcome.unknown("it died") for line in lines})
    assert set(ended.values()) == {"done"}
    assert set(mine.paid().values()) == {1}


def test_another_account_of_the_workspace_waits_for_its_turn(purse: Callable[[int], Purse]) -> None:
    mine = purse(4)
    first, second = mine.lines()[:2], mine.lines()[2:]
    begun = mine.bonuses.pay(first)
    other = Bonuses(
        mine.db, mine.db.provider_store("prolific"), mine.client, mine.desk.workspace, Patience(9, 9)
    )
    waiting = other.pay(second)
    assert {o.state for o in waiting.values()} == {"queued"}
    assert set(mine.settle(first, begun).values()) == {"done"}
    assert set(mine.settle(second, waiting).values()) == {"done"}
    assert set(mine.paid().values()) == {1}
