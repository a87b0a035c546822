"""Offers while a search is typed: fields, then their values, for the word at the cursor only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.domain import BadInput
from crowddesk.store.search import FIELDS, parse
from crowddesk.store.search_help import RULES, Offer, complete, explain, insert, place_of


def texts(text: str, noun: str = "units", names=()) -> list[str]:
    return [offer.text for offer in complete(text, len(text), noun, names)]


def test_the_beginning_of_a_name_offers_fields_with_what_they_mean() -> None:
    assert complete("worker:A1 -st", 13, "units") == [Offer("status:", "where the unit stands")]
    assert texts("re") == ["reward:", "requester:"]
    assert texts("") == [f"{name}:" for name in FIELDS["units"]]
    assert texts("12") == texts('"st') == texts("nothing") == []


def test_after_the_colon_come_the_values() -> None:
    assert texts("status:") == list(FIELDS["units"]["status"].choices)
    assert texts("status:so") == ["soft_rejected"]
    assert texts("-status:completed,re") == ["rejected"]
    assert texts('agent:"in') == ['"in task"']
    assert texts("blocked:", "workers") == ["yes", "no"]
    assert texts("due:") == ["overdue", "1d", "3d", "7d"]
    assert texts("time:") == ["<20s"]
    assert texts("time:<") == []
    assert texts("status:rejected") == []


def test_known_names_are_offered_quoted_where_they_must_be() -> None:
    names = ["practice", "my lab", "my-lab"]
    assert texts("requester:", names=names) == ["practice", '"my lab"', "my-lab"]
    assert texts('requester:"my', names=names) == ['"my lab"', "my-lab"]


def test_an_offer_takes_the_place_of_what_was_begun() -> None:
    text = "worker:A1 stat time:<20s"
    place = place_of(text, 14, "units")
    assert insert(text, place, "status:") == ("worker:A1 status: time:<20s", 17)
    text = "status:completed,re x"
    place = place_of(text, 19, "units")
    assert insert(text, place, "rejected") == ("status:completed,rejected x", 26)
    assert insert("status:co", place_of("status:co", 9, "units"), "completed") == ("status:completed ", 17)


@pytest.mark.parametrize("noun", sorted(FIELDS))
def test_every_field_is_explained(noun: str) -> None:
    for name, means, values in explain(noun):
        assert name.endswith(":")
        assert means, f"{noun} {name} does not say what it means"
        assert values


def test_the_rules_are_true() -> None:
    for example, _ in RULES:
        parse(example, "units")


@given(st.text(max_size=40), st.integers(0, 40), st.sampled_from(sorted(FIELDS)))
def test_any_text_has_offers_that_fit(text: str, cursor: int, noun: str) -> None:
    cursor = min(cursor, len(text))
    for offer in complete(text, cursor, noun):
        made, at = insert(text, place_of(text, cursor, noun), offer.text)
        assert 0 <= at <= len(made)
        assert offer.text in made


@pytest.mark.parametrize("noun", sorted(FIELDS))
def test_every_offered_value_can_be_searched_for(noun: str) -> None:
    for name in FIELDS[noun]:
        for offer in complete(f"{name}:", len(name) + 1, noun):
            try:
                parse(f"{name}:{offer.text}", noun)
            except BadInput as error:
                pytest.fail(str(error))
