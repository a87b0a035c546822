"""Reasons: kept, found by their keys, filled in for each person, refused when something is not known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.domain import BadInput, NotFound
from crowddesk.operations import decisions, reasons
from crowddesk.operations.policy import VARIABLES, RejectionPolicy, rules_of
from crowddesk.operations.reasons import Facts
from crowddesk.store import ledger
from crowddesk.store.reasons import Reason
from crowddesk.store.second_looks import evidence_of

Bench = Any
QUICK = Reason("reject", "Too quick", "You took {their_time}; others need {median_time}.", digit=3)


def names(bench: Bench, *args: Any) -> list[str]:
    with bench.db.read() as conn:
        return [reason.title for reason in reasons.list_reasons(conn, *args)]


def test_reasons_stand_in_the_order_of_their_keys_and_for_their_vendor(bench: Bench) -> None:
    add = reasons.add_reason
    add(bench.db, replace(QUICK, title="Without a key", digit=0))
    add(bench.db, QUICK)
    add(
        bench.db,
        replace(QUICK, title="Prolific's", provider_type="prolific", digit=1, category="TOO_QUICKLY"),
    )
    add(bench.db, replace(QUICK, kind="soft_reject", title="Paid"))
    assert names(bench, "reject", "mock") == ["Too quick", "Without a key"]
    assert names(bench, "reject", "prolific") == ["Prolific's", "Too quick", "Without a key"]
    assert len(names(bench)) == 4


def test_a_reason_is_changed_and_removed(bench: Bench) -> None:
    number = reasons.add_reason(bench.db, QUICK)
    reasons.change_reason(bench.db, replace(QUICK, id=number, title="  Far   too quick ", digit=9))
    with bench.db.read() as conn:
        found = reasons.find_reason(conn, "Far too quick")
        assert (found.id, found.digit) == (number, 9)
        assert reasons.find_reason(conn, str(number)) == found
    reasons.remove_reason(bench.db, number)
    with pytest.raises(NotFound, match=f"There is no reason {number}"):
        reasons.remove_reason(bench.db, number)
    with pytest.raises(NotFound):
        reasons.change_reason(bench.db, replace(QUICK, id=number))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": "approve"}, "Reasons are kept for reject"),
        ({"title": " "}, "Give it a title"),
        ({"title": "x" * 81}, "at most 80"),
        ({"text": "\n"}, "Write its text"),
        ({"text": "x" * 2_001}, "at most 2,000"),
        ({"text": "You took {time}."}, "There is no {time}. There are {their_time}"),
        ({"digit": 10}, "a digit from 1 to 9"),
        ({"provider_type": "prolific", "category": "TOO_TALL"}, "'TOO_TALL' is none of the vendor's"),
        ({"title": "Taken"}, "There is a reason 'Taken' already"),
        ({"digit": 5}, "The key 5 chooses 'Taken' already"),
        ({"digit": 5, "provider_type": "mock"}, "The key 5 chooses 'Taken' already"),
    ],
)
def test_what_is_wrong_with_a_reason_is_said(bench: Bench, wrong: dict[str, Any], words: str) -> None:
    reasons.add_reason(bench.db, replace(QUICK, title="Taken", digit=5))
    with pytest.raises(BadInput) as refused:
        reasons.add_reason(bench.db, replace(QUICK, **wrong))
    assert words in str(refused.value)
    assert names(bench) == ["Taken"]


@pytest.mark.parametrize("vendor", ["mock", "inhouse", "prolific", "prolific_sandbox"])
def test_what_is_offered_keeps_the_vendors_rules_and_can_be_kept_whole(bench: Bench, vendor: str) -> None:
    facts = Facts(dict.fromkeys(VARIABLES, "3"))
    for reason in reasons.starters(vendor):
        assert reasons.problem_of(replace(reason, provider_type=vendor)) == ""
        reasons.add_reason(bench.db, replace(reason, provider_type=vendor))
        if reason.kind == "reject":
            rules = rules_of(vendor)
            RejectionPolicy(rules).check_reason(reasons.fill(reason.text, facts), reason.category)
    assert len(names(bench)) == len(reasons.starters(vendor))


def test_variables_are_filled_in_for_each_person(bench: Bench) -> None:
    run = bench.completed(3)
    ids = bench.ids(run)
    with bench.db.read() as conn:
        cases = reasons.gather(conn, ids)
    text = "Item {item} of “{run}” took {their_time}; others need {median_time}."
    words = reasons.fill_each(text, {i: cases[i].facts for i in ids})
    assert [words[i].startswith(f"Item i{n} of “A small task” took ") for n, i in enumerate(sorted(ids))]
    assert all(" s;" in text and "{" not in text for text in words.values())
    evidence = {i: cases[i].evidence for i in ids}
    made = decisions.decide(bench.db, "reject", ids, reason=words, evidence=evidence)
    with bench.db.read() as conn:
        rows = ledger.actions_by_id(conn, made.action_ids)
    assert {row["unit_id"]: row["reason"] for row in rows.values()} == words
    assert {row["unit_id"]: evidence_of(row["payload"]) for row in rows.values()} == evidence


def test_what_nobody_knows_is_named_before_anything_is_staged(bench: Bench) -> None:
    run = bench.completed(2)
    ids = bench.ids(run)
    with bench.db.read() as conn:
        facts = {i: case.facts for i, case in reasons.gather(conn, ids).items()}
    with pytest.raises(BadInput) as refused:
        reasons.fill_each("You failed {gold_failed} of {gold_total}.", facts)
    assert str(refused.value) == (
        f"{{gold_failed}} is not known for 2 of 2 units, unit {ids[0]} first: they answered no gold units. "
        f"{{gold_total}} is not known for 2 of 2 units, unit {ids[0]} first: they answered no gold units."
    )
    with pytest.raises(BadInput, match=r"There is no \{quick\}"):
        reasons.fill("{quick}", Facts())


@given(values=st.dictionaries(st.sampled_from(VARIABLES), st.text(max_size=20)), around=st.text(max_size=20))
def test_what_stands_for_a_variable_is_never_read_again(values: dict[str, str], around: str) -> None:
    around = around.replace("{", "").replace("}", "")
    text = around.join(f"{{{name}}}" for name in values)
    assert reasons.fill(text, Facts(values)) == around.join(values.values())
