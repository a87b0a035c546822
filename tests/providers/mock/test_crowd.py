"""The practice crowd's people: repeatable, as good as their profile says, and able to fill in any form."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crowddesk.domain import AgentStatus, BadInput
from crowddesk.providers.mock.crowd import (
    Field,
    Mix,
    Person,
    Stay,
    arrival_gaps,
    people,
    plan_stay,
    preferences,
    read_form,
    replay_stay,
    submission_name,
)  # fmt: skip

YES_NO = read_form([{"name": "follows", "type": "radio", "options": ["yes", "no", "unsure"]}])


def person(profile: str) -> Person:
    return people(
        1, Mix(**{name: float(name == profile) for name in ("skilled", "sloppy", "spammer", "leaver")})
    )[0]


def stays(
    profile: str, count: int = 1000, truth: Any = "no", fields: tuple[Field, ...] = YES_NO
) -> list[Stay]:
    one = person(profile)
    return [plan_stay(fields, 7, str(n), 0, 0, one, time_limit=3600, truth=truth) for n in range(count)]


def test_people_are_the_same_in_every_crowd() -> None:
    small, large = people(10, Mix()), people(200, Mix())
    assert small == large[:10]
    assert len({one.name for one in large}) == 200


@pytest.mark.parametrize("count", [20, 100, 500])
def test_shares_hold_in_crowds_of_any_size(count: int) -> None:
    mix = Mix(skilled=5, sloppy=3, spammer=1, leaver=1)
    found = Counter(one.profile for one in people(count, mix))
    for profile, share in {"skilled": 0.5, "sloppy": 0.3, "spammer": 0.1, "leaver": 0.1}.items():
        assert abs(found[profile] / count - share) <= 0.06


def test_a_share_of_none_has_nobody() -> None:
    assert {one.profile for one in people(300, Mix(1, 0, 0, 0))} == {"skilled"}
    assert {one.profile for one in people(300, Mix(0, 0, 1, 0))} == {"spammer"}


@pytest.mark.parametrize(
    "shares", [(0, 0, 0, 0), (-1, 1, 1, 1), (float("nan"), 1, 1, 1), (float("inf"), 1, 0, 0)]
)
def test_a_mix_of_nothing_is_refused(shares: tuple[float, float, float, float]) -> None:
    with pytest.raises(BadInput, match="mix"):
        Mix(*shares)


@given(
    seed=st.integers(),
    key=st.text(),
    index=st.integers(-3, 50),
    count=st.integers(1, 60),
    per=st.integers(1, 70),
)
@settings(max_examples=100, deadline=None)
def test_everybody_is_asked_once_for_a_unit(seed: int, key: str, index: int, count: int, per: int) -> None:
    asked = list(preferences(seed, key, index, count, per))
    assert sorted(asked) == list(range(count))
    assert asked == list(preferences(seed, key, index, count, per))


def test_units_of_one_item_ask_different_people_first() -> None:
    hands = [set(islice(preferences(7, "item", k, 100, 10), 7)) for k in (-2, -1, *range(10))]
    assert sum(map(len, hands)) == len(set.union(*hands)) == 7 * 12


def test_skilled_are_right_and_sloppy_less_so() -> None:
    right = {
        name: sum(s.answer == {"follows": "no"} for s in stays(name)) / 1000 for name in ("skilled", "sloppy")
    }
    assert 0.91 <= right["skilled"] <= 0.985
    assert 0.68 <= right["sloppy"] <= 0.82


def test_spammers_take_the_first_option_fast() -> None:
    done = stays("spammer")
    assert {str(stay.answer) for stay in done} == {"{'follows': 'yes'}"}
    assert sorted(s.seconds for s in done)[500] < 10 < sorted(s.seconds for s in stays("skilled"))[500]


def test_only_leavers_leave_and_half_of_the_time() -> None:
    ways = Counter(stay.outcome for stay in stays("leaver"))
    assert 400 < ways.pop(AgentStatus.COMPLETED) < 600
    assert set(ways) == {AgentStatus.RETURNED, AgentStatus.DISCONNECT, AgentStatus.TIMEOUT}
    for profile in ("skilled", "sloppy", "spammer"):
        assert {stay.outcome for stay in stays(profile)} == {AgentStatus.COMPLETED}


def test_a_time_out_takes_the_whole_time_and_no_work_takes_longer() -> None:
    one = person("leaver")
    for n in range(300):
        stay = plan_stay(YES_NO, 7, str(n), 0, 0, one, time_limit=20)
        assert stay.seconds == 20 if stay.outcome == AgentStatus.TIMEOUT else stay.seconds < 20
        assert 0 <= stay.reading <= stay.seconds
        assert (stay.answer is not None) == (stay.outcome == AgentStatus.COMPLETED)


def test_without_truth_the_crowd_still_agrees() -> None:
    crowd = people(20, Mix(1, 0, 0, 0))
    agreeing = set()
    for item in range(30):
        answers = Counter(
            plan_stay(YES_NO, 7, str(item), k, 0, one, time_limit=3600).answer["follows"]  # type: ignore[index]
            for k, one in enumerate(crowd)
        )
        ((answer, count),) = answers.most_common(1)
        assert count >= 15
        agreeing.add(answer)
    assert agreeing == {"yes", "no", "unsure"}


def test_a_stay_depends_on_its_place_alone() -> None:
    one = person("sloppy")
    text = read_form([{"name": "why", "type": "textarea"}])

    def stay(seed: int = 1, item: str = "a", index: int = 0, number: int = 0) -> Stay:
        return plan_stay(text, seed, item, index, number, one, time_limit=3600)

    assert stay() == stay()
    assert len({stay().seconds, stay(seed=2).seconds, stay(item="b").seconds, stay(index=1).seconds,
                stay(number=1).seconds}) == 5  # fmt: skip


def test_texts_are_words_of_the_item() -> None:
    words = ["The", "mountains", "around", "the", "city", "act", "as", "walls", "and", "block", "in", "dust"]
    text = read_form([{"name": "why", "type": "textarea"}])
    stay = plan_stay(
        text, 7, "1", 0, 0, person("skilled"), time_limit=600, item=lambda: {"text": " ".join(words), "n": 4}
    )
    assert stay.answer is not None
    assert set(stay.answer["why"].split()) <= set(words)
    assert len(stay.answer["why"].split()) >= 4


def test_the_item_is_not_read_for_a_choice() -> None:
    def explode() -> dict[str, Any]:
        raise AssertionError("read")

    plan_stay(YES_NO, 7, "1", 0, 0, person("skilled"), time_limit=600, item=explode)


def test_truth_is_for_the_gold_field() -> None:
    fields = read_form([{"name": "a", "type": "select", "options": ["1", "2"]},
                        {"name": "b", "type": "radio", "options": ["1", "2"]}])  # fmt: skip
    one = person("skilled")

    def share(name: str, **given: Any) -> float:
        answers = [
            plan_stay(fields, 7, str(n), 0, 0, one, time_limit=600, **given).answer for n in range(200)
        ]
        return sum(answer[name] == "2" for answer in answers if answer) / 200

    assert share("b", truth="2", gold_field="b") > 0.85
    assert 0.3 < share("a", truth="2", gold_field="b") < 0.7
    assert share("a", truth=2) > 0.85
    assert share("b", truth={"b": " 2 "}) > 0.85
    assert 0.3 < share("a", truth="7", gold_field="a") < 0.7


def test_ticked_boxes_come_as_a_browser_sends_them() -> None:
    fields = read_form([{"name": "seen", "type": "checkbox", "value": v} for v in ("cat", "dog", "cow")])
    assert fields[0].options == ("cat", "dog", "cow")
    given: dict[str, Any] = {
        str(truth): [s.answer for s in stays("skilled", 50, truth={"seen": truth}, fields=fields)]
        for truth in (["cat", "cow"], "dog", [])
    }
    assert given["['cat', 'cow']"].count({"seen": ["cat", "cow"]}) > 40
    assert given["dog"].count({"seen": "dog"}) > 40
    assert given["[]"].count({}) > 40


def test_buttons_and_nameless_fields_are_no_questions() -> None:
    assert read_form([{"name": "", "type": "text"}, {"type": "text"}, {"name": "go", "type": "submit"},
                      {"name": "up", "type": "file"}]) == ()  # fmt: skip


kinds = [
    "radio", "select", "checkbox", "text", "textarea", "number", "range", "hidden", "date", "time", "email",
    "url", "color", "crowd-input", "", "Radio",
]  # fmt: skip
options = st.one_of(st.text(max_size=3), st.fixed_dictionaries({"value": st.text()}))
raw_fields = st.fixed_dictionaries(
    {"name": st.text(max_size=3), "type": st.sampled_from(kinds)},
    optional={
        "options": st.lists(options),
        "min": st.one_of(st.text(max_size=3), st.floats()),
        "max": st.one_of(st.none(), st.floats()),
        "step": st.one_of(st.just("any"), st.floats()),
        "value": st.one_of(st.none(), st.text()),
    },
)
scalars = st.one_of(st.none(), st.text(max_size=3), st.integers(), st.floats(), st.booleans())


@given(
    raw=st.lists(raw_fields, max_size=4),
    truth=st.one_of(scalars, st.dictionaries(st.text(max_size=3), scalars)),
    item=st.dictionaries(st.text(), st.one_of(scalars, st.text())),
    number=st.integers(0, 400),
    limit=st.floats(0.001, 1e8),
)
@example(raw=[{"name": "n", "type": "number", "step": 5e-324}], truth=None, item={}, number=0, limit=1.0)
@settings(max_examples=200, deadline=None)
def test_any_form_is_answered_within_its_options(
    raw: list[dict[str, Any]], truth: Any, item: dict[str, Any], number: int, limit: float
) -> None:
    fields = read_form(raw)
    one = people(401, Mix())[number]
    stay = plan_stay(fields, 1, "i", 0, 0, one, time_limit=limit, truth=truth, item=lambda: item)
    assert 0 <= stay.reading <= stay.seconds <= limit
    by_name = {field.name: field for field in fields}
    assert set(stay.answer or {}) <= set(by_name)
    for name, value in (stay.answer or {}).items():
        field = by_name[name]
        if field.type == "checkbox":
            assert set(value if isinstance(value, list) else [value]) <= set(field.options)
        elif field.options and field.type != "hidden":
            assert value in field.options
        else:
            assert isinstance(value, str)


def test_recorded_answers_come_back_as_they_were() -> None:
    stay = replay_stay(7, "1", 0, 0, {"response": "1"}, 12.5)
    assert (stay.outcome, stay.seconds, stay.answer) == (AgentStatus.COMPLETED, 12.5, {"response": "1"})
    made_up = [replay_stay(7, str(n), 0, 0, {}, None).seconds for n in range(500)]
    assert 30 < sorted(made_up)[250] < 50


def test_arrivals_come_at_the_rate_asked_for() -> None:
    gaps = list(islice(arrival_gaps(7, 0, 2.0), 4000))
    assert 0.45 < sum(gaps) / 4000 < 0.55
    assert gaps[:5] == list(islice(arrival_gaps(7, 0, 2.0), 5))


def test_no_two_stays_share_a_name() -> None:
    names = {submission_name(str(unit), number) for unit in range(200) for number in range(5)}
    assert len(names) == 1000
