"""Who the sandbox's participants are: shares of kinds, the same people each time, checked settings."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.domain import BadInput
from crowddesk.providers.prolific_sandbox.persons import (
    DEFAULT_MIX,
    Kind,
    Settings,
    check_mix,
    people_of,
    pid_of,
    read_settings,
)


def test_the_shares_hold_for_a_small_crowd() -> None:
    kinds = Counter(person.kind for person in people_of(Settings(people=100)))
    assert set(kinds) == set(DEFAULT_MIX)
    for kind, share in DEFAULT_MIX.items():
        assert abs(kinds[kind] - 100 * share) <= 1.5, kind


def test_people_are_the_same_in_every_crowd() -> None:
    few, many = people_of(Settings(people=10)), people_of(Settings(people=500))
    assert few == many[:10]
    assert len({person.pid for person in many}) == 500
    assert few[3].pid == pid_of(3)
    assert few[3].answerer == many[3].answerer
    assert all(len(p.pid) == 24 and set(p.pid) <= set("0123456789abcdef") for p in few)


def test_fast_people_are_fast_and_sloppy_people_err() -> None:
    people = people_of(Settings(people=300))
    pace = {kind: [p.answerer.pace for p in people if p.kind == kind] for kind in DEFAULT_MIX}
    assert max(pace[Kind.FAST]) < min(pace[Kind.SKILLED])
    accuracy = {p.kind: p.answerer.accuracy for p in people}
    assert accuracy[Kind.FAST] < accuracy[Kind.SLOPPY] < accuracy[Kind.SKILLED]


@given(st.dictionaries(st.sampled_from(sorted(DEFAULT_MIX)), st.floats(0, 100), min_size=1))
def test_nobody_is_of_a_kind_without_a_share(mix: dict[str, float]) -> None:
    if sum(mix.values()) <= 0:
        with pytest.raises(BadInput):
            check_mix(mix)
        return
    found = {person.kind for person in people_of(read_settings({"people": 50, "mix": mix}))}
    assert found <= {kind for kind, share in mix.items() if share > 0}


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"people": -1}, "people"),
        ({"people": 1.5}, "people"),
        ({"people": True}, "people"),
        ({"people": 10**9}, "people"),
        ({"seed": "x"}, "seed"),
        ({"speed": 0}, "speed"),
        ({"speed": float("nan")}, "speed"),
        ({"speed": "fast"}, "speed"),
        ({"mix": {"skilful": 1}}, "skilful"),
        ({"mix": {"skilled": -1}}, "mix.skilled"),
        ({"mix": {"skilled": float("inf")}}, "mix.skilled"),
        ({"mix": {"skilled": "1"}}, "mix.skilled"),
        ({"mix": {"skilled": 0}}, "mix"),
        ({"mix": [1]}, "mix"),
        ({"right": [1]}, "right"),
        ({"poeple": 3}, "poeple"),
    ],
)
def test_settings_that_make_no_sense_are_named(said: dict[str, Any], named: str) -> None:
    with pytest.raises(BadInput, match=named):
        read_settings(said)


def test_what_is_not_said_is_as_by_default() -> None:
    found = read_settings({"people": 5})
    assert (found.people, found.seed, found.speed, found.mix) == (5, 1, 1.0, dict(DEFAULT_MIX))
