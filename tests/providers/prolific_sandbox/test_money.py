"""Money at the sandbox: to the cent, bonuses in two calls, a pay that is not idempotent, one wallet each."""

from __future__ import annotations

import json
import threading
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.providers.prolific_sandbox.books import Terms
from crowddesk.providers.prolific_sandbox.money import cost_of, fees_of
from tests.providers.prolific_sandbox.open_sandbox import Desk, in_thread

PERCENT = st.decimals(0, 100, places=2, allow_nan=False, allow_infinity=False)


@given(st.integers(0, 10**7), PERCENT, PERCENT)
def test_fees_are_rounded_half_up_each_for_itself(
    amount: int, fee_percent: Decimal, vat_percent: Decimal
) -> None:
    terms = Terms(fee_percent=fee_percent, vat_percent=vat_percent)
    fee, vat = fees_of(terms, amount)
    assert fee == int((Decimal(amount) * fee_percent / 100).to_integral_value(ROUND_HALF_UP))
    assert vat == int((Decimal(fee) * vat_percent / 100).to_integral_value(ROUND_HALF_UP))
    assert cost_of(terms, amount) == amount + fee + vat


def test_nothing_is_paid_by_the_first_call_and_the_second_pays_later(desk: Desk) -> None:
    study_id = desk.live()
    ids = desk.submit(study_id, "ann", "bob")
    before = desk.balance()
    bulk = desk.prepare(study_id, f"{ids[0]},30", "bob,0.05")
    assert (bulk["amount"], bulk["fees"], bulk["vat"], bulk["total_amount"]) == (3005, 999 + 2, 200 + 0, 4206)
    assert desk.balance() == before
    assert desk.ledger() == []
    desk.pay(bulk["id"])
    assert desk.balance() == (before[0], before[1] - 4206)
    assert desk.submission(ids[0])["bonus_payments"] == []
    desk.pass_time()
    assert desk.submission(ids[0])["bonus_payments"] == [3000]
    assert desk.submission(ids[1])["bonus_payments"] == [5]
    assert desk.balance() == (before[0] - 4206, before[1] - 4206)
    assert [(row["participant_id"], row["amount"], row["reference"]) for row in desk.ledger()] == [
        ("ann", 3000, bulk["id"]),
        ("bob", 5, bulk["id"]),
    ]


def test_paying_twice_pays_everybody_twice(desk: Desk) -> None:
    study_id = desk.live()
    (submission_id,) = desk.submit(study_id, "ann")
    bulk = desk.prepare(study_id, f"{submission_id},1.50")
    desk.pay(bulk["id"])
    desk.pass_time()
    desk.pay(bulk["id"])
    desk.pass_time()
    assert desk.submission(submission_id)["bonus_payments"] == [150, 150]


@pytest.mark.parametrize(
    "line",
    [
        "{id}", "{id},", ",1.00", "{id},1.005", "{id},1e2", "{id},0.30000000000000004", "{id},-1", "{id},0",
        "{id},0.00", "{id},nan", "{id},1,00", "{id},£1", "{id},١", "{id},99999999",
    ],
)  # fmt: skip
def test_a_line_that_is_no_amount_is_refused_by_its_number(desk: Desk, line: str) -> None:
    study_id = desk.live()
    (submission_id,) = desk.submit(study_id, "ann")
    told = desk.prepare(study_id, f"{submission_id},1.00", line.format(id=submission_id), expect=400)
    assert "Line 2" in str(told["error"]["detail"]["csv_bonuses"])


def test_unknown_ids_are_named_and_nothing_is_set_up(desk: Desk) -> None:
    study_id, other = desk.live(), desk.live(name="Trees")
    desk.submit(study_id, "ann")
    (elsewhere,) = desk.submit(other, "bob")
    told = desk.prepare(study_id, "ann,1.00", "nobody,1.00", f"{elsewhere},1.00", expect=400)
    said = told["error"]["detail"]["csv_bonuses"]
    assert len(said) == 2
    assert "nobody" in said[0]
    assert elsewhere in said[1]


def test_two_hundred_lines_at_most(desk: Desk) -> None:
    study_id = desk.live()
    desk.submit(study_id, "ann")
    desk.prepare(study_id, *["ann,0.01"] * 201, expect=400)
    assert desk.prepare(study_id, *["ann,0.01"] * 200)["amount"] == 200
    desk.prepare(study_id, "", expect=400)


def test_a_bonus_that_is_more_than_there_is_cannot_be_paid(desk: Desk) -> None:
    study_id = desk.live()
    desk.submit(study_id, "ann")
    bulk = desk.prepare(study_id, "ann,99999.00")
    told = desk.pay(bulk["id"], expect=400)
    assert "funds" in told["error"]["detail"]
    desk.pass_time()
    assert desk.ledger() == []
    desk.pay("no-such-bulk", expect=404)


def test_a_participant_id_means_the_submission_that_was_not_given_up(desk: Desk) -> None:
    study_id = desk.live(submissions_config={"max_submissions_per_participant": 2})
    first = desk.submit(study_id, "ann")[0]
    second = desk.start(study_id, "ann")
    desk.judge(second, "RETURN")
    bulk = desk.prepare(study_id, "ann,1.00")
    desk.pay(bulk["id"])
    desk.pass_time()
    assert [row["submission_id"] for row in desk.ledger()] == [first]


def test_the_wallet_and_the_ledger_agree_to_the_cent(desk: Desk) -> None:
    study_id = desk.live(total_available_places=6, reward=137)
    ids = desk.submit(study_id, "a", "b", "c", "d", "e")
    desk.judge(ids[0], "APPROVE")
    desk.reject(ids[1])
    desk.ask("POST", "/submissions/bulk-approve/", {"submission_ids": ids[2:4]})
    bulk = desk.prepare(study_id, f"{ids[0]},0.33", f"{ids[1]},0.17")
    desk.pay(bulk["id"])
    desk.pass_time()
    desk.move(study_id, "STOP")
    desk.pass_time(22 * 86_400)
    rows = desk.ledger()
    paid = sum(row["amount"] + row["fee"] + row["vat"] for row in rows)
    assert [row["kind"] for row in rows].count("reward") == 4
    assert desk.balance() == (1_000_000 - paid, 1_000_000 - paid)


def test_money_calls_of_one_workspace_that_overlap_are_turned_away(desk: Desk) -> None:
    study_id = desk.live()
    (submission_id,) = desk.submit(study_id, "ann")
    bulks = [desk.prepare(study_id, f"{submission_id},0.0{number}")["id"] for number in range(1, 9)]
    answers: list[tuple[int, str]] = []

    def pay(bulk_id: str) -> None:
        with httpx.Client(trust_env=False) as http:
            response = http.post(
                f"{desk.address}/api/v1/bulk-bonus-payments/{bulk_id}/pay/",
                headers={"Authorization": f"Token {desk.token}"},
            )
        answers.append((response.status_code, response.text))

    threads = [threading.Thread(target=pay, args=[bulk_id]) for bulk_id in bulks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = [status for status, _ in answers].count(202)
    turned = [json.loads(text) for status, text in answers if status == 429]
    assert done >= 1
    assert turned
    assert done + len(turned) == len(bulks)
    assert turned[0].keys() == {"message", "detail"}
    desk.pass_time()
    assert len(desk.ledger()) == done


def test_other_workspaces_are_not_kept_waiting(tmp_path: Path) -> None:
    with in_thread(tmp_path / "s.sqlite") as address:
        desks = [Desk(address, f"token-{number}") for number in range(4)]
        drafts = [(desk, desk.draft()["id"]) for desk in desks]
        threads = [threading.Thread(target=desk.move, args=[study, "PUBLISH"]) for desk, study in drafts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {desk.status_of(study) for desk, study in drafts} <= {"PUBLISHING", "ACTIVE"}
        for desk in desks:
            desk.close()
