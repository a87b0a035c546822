"""Masks leave out what they say and nothing that is not known; they are kept, and never lead in a circle."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crowddesk.domain import BadInput, Conflict, NotFound
from crowddesk.operations import masks
from crowddesk.operations.masks import Tags, check, excluded
from crowddesk.operations.quality.answers import STATUSES
from crowddesk.store import tables as t
from tests.operations.pictures import MadePicture, make_answers

NAN = float("nan")


def left_out(expression: Any, picture: Any, tags: Tags | None = None, **named: Any) -> list[bool]:
    found = excluded(expression, picture, tags or Tags(), named)
    assert found.dtype == np.bool_
    return [bool(x) for x in found]


def test_each_condition_leaves_out_what_it_says() -> None:
    answers = make_answers(
        3,
        seconds=np.array([3.0, 5.0, NAN]),
        pasted=np.array([True, False, False]),
        statuses=np.array([STATUSES.index(s) for s in ("rejected", "accepted", "completed")], dtype=np.int32),
        datasets=np.array([2, 1, 0], dtype=np.int32),
    )
    picture: Any = MadePicture(
        answers,
        given={
            "time_z": [-4.0, 0.0, NAN],
            "gold_right": [1, 2, 0],
            "gold_total": [2, 2, 0],
            "straight": [0.99, 0.1, NAN],
            "duplicate_of": [-1, 1, -1],
        },
    )
    tags = Tags({"spammer": {102}}, {"flagged": {3}})
    assert left_out({"seconds_below": 5}, picture) == [True, False, False]
    assert left_out({"time_z_below": -3.5}, picture) == [True, False, False]
    assert left_out({"gold_below": 0.6}, picture) == [True, False, False]
    assert left_out({"straight_above": 0.95}, picture) == [True, False, False]
    assert left_out({"duplicate_text": True}, picture) == [False, True, False]
    assert left_out({"duplicate_text": False}, picture) == [True, False, True]
    assert left_out({"pasted": True}, picture) == [True, False, False]
    assert left_out({"worker_tag": "spammer"}, picture, tags) == [False, True, False]
    assert left_out({"worker_tag": " Spammer "}, picture, tags) == [False, True, False]  # as tags are kept
    assert left_out({"unit_tag": "flagged"}, picture, tags) == [False, False, True]
    assert left_out({"unit_tag": "nobody"}, picture, tags) == [False, False, False]
    assert left_out({"worker": ["w0", "w2", "w9"]}, picture) == [True, False, True]
    assert left_out({"status": ["rejected", "accepted"]}, picture) == [True, True, False]
    assert left_out({"dataset": ["out"]}, picture) == [True, False, False]


def test_what_is_not_known_is_never_left_out() -> None:
    answers = make_answers(2, seconds=np.array([NAN, 60.0]), workers=np.array([-1, 0], dtype=np.int32))
    picture: Any = MadePicture(answers)
    slow, nobody = {"not": {"seconds_below": 5}}, {"not": {"worker": ["w9"]}}
    assert left_out(slow, picture) == [False, True]
    assert left_out(nobody, picture) == [False, True]
    assert left_out({"not": {"gold_below": 0.5}}, picture) == [False, False]
    assert left_out({"not": {"straight_above": 0.5}}, picture) == [False, False]
    # What the known part decides is decided.
    assert left_out({"or": [slow, {"pasted": False}]}, picture) == [True, True]
    assert left_out({"not": {"and": [slow, {"pasted": True}]}}, picture) == [True, True]


def test_groups_and_masks_in_masks() -> None:
    picture: Any = MadePicture(make_answers(4, seconds=np.array([1.0, 4.0, 8.0, 9.0])))
    fast = {"seconds_below": 5}
    assert left_out({"and": [fast, {"worker": ["w1", "w2"]}]}, picture) == [False, True, False, False]
    assert left_out({"or": [fast, {"worker": ["w2"]}]}, picture) == [True, True, True, False]
    assert left_out({"not": {"mask": "fast"}}, picture, fast=fast) == [False, False, True, True]
    both = masks.any_of(["fast", "late"])
    assert left_out(both, picture, fast=fast, late={"not": {"mask": "fast"}}) == [True] * 4


def test_a_run_without_answers() -> None:
    picture: Any = MadePicture(make_answers(0))
    for expression in ({"gold_below": 0.5}, {"worker_tag": "x"}, {"worker": ["a"]}, {"straight_above": 0.5}):
        assert left_out({"not": expression}, picture) == []


@pytest.mark.parametrize(
    ("expression", "place"),
    [
        ([], "In the mask:"),
        ({}, "one condition"),
        ({"and": []}, "at and"),
        ({"and": [{"seconds_below": 5}, {"or": [{"seconds_below": "x"}]}]}, "at and[1].or[0].seconds_below"),
        ({"not": {"secondsbelow": 5}}, "at not: 'secondsbelow' is no condition. Did you mean seconds_below?"),
        ({"seconds_below": True}, "not True"),
        ({"seconds_below": NAN}, "number from 0"),
        ({"seconds_below": 10**400}, "number from 0"),
        ({"gold_below": 1.5}, "from 0 to 1"),
        ({"pasted": "yes"}, "true or false"),
        ({"worker": "A1"}, "list of at least one"),
        ({"worker": ["A1", ""]}, "at worker[1]"),
        ({"status": ["rejectd"]}, "there are created"),
        ({"dataset": [3]}, "at dataset[0]"),
        ({"worker_tag": "x" * 301}, "a word or a name"),
        ({"worker": ["\ud83d"]}, "a word or a name"),
        ({"mask": ["a"]}, "a word or a name"),
        ({"seconds_below": [[[[[]]]]]}, "number"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(expression: Any, place: str) -> None:
    with pytest.raises(BadInput) as caught:
        check(expression)
    assert place in str(caught.value)


def test_too_deep_and_too_much() -> None:
    deep: Any = {"pasted": True}
    for _ in range(500):
        deep = {"not": deep}
    with pytest.raises(BadInput, match="20 levels deep"):
        check(deep)
    with pytest.raises(BadInput, match="1,000 parts"):
        check({"or": [{"pasted": True}] * 1_000})
    chain = {f"m{n}": {"mask": f"m{n + 1}"} for n in range(50)} | {"m50": {"pasted": True}}
    with pytest.raises(BadInput, match="10 times"):
        check({"mask": "m0"}, chain)
    check({"mask": "m41"}, chain)


def test_many_ways_to_one_mask_take_no_time() -> None:
    """Each level asks for the next one twice: without memory that would be a thousand readings."""
    doubled: dict[str, Any] = {f"m{n}": {"or": [{"mask": f"m{n + 1}"}] * 500} for n in range(8)}
    doubled["m8"] = {"seconds_below": 90}
    picture: Any = MadePicture(make_answers(2))
    assert left_out({"mask": "m0"}, picture, **doubled) == [True, True]


def test_masks_that_lead_back_to_themselves() -> None:
    named = {"a": {"not": {"mask": "b"}}, "b": {"or": [{"pasted": True}, {"mask": "a"}]}}
    with pytest.raises(BadInput, match="back to themselves: a → b → a"):
        check({"mask": "a"}, named)
    picture: Any = MadePicture(make_answers(1))
    with pytest.raises(BadInput, match="back to themselves"):
        excluded({"mask": "b"}, picture, Tags(), named)
    with pytest.raises(BadInput, match=r"There is no mask 'bb'\. Did you mean b\?"):
        check({"mask": "bb"}, named)


def test_masks_are_kept_changed_and_removed(bench: Any) -> None:
    db = bench.db
    masks.add_mask(db, "  too   fast ", {"seconds_below": 5})
    masks.add_mask(db, "bad", {"or": [{"mask": "too fast"}, {"worker_tag": "spammer"}]})
    with pytest.raises(Conflict, match="already"):
        masks.add_mask(db, "bad", {"pasted": True})
    with pytest.raises(Conflict, match="is part of 'bad'"):
        masks.remove_mask(db, "too fast")
    with pytest.raises(BadInput, match="back to themselves"):
        masks.change_mask(db, "too fast", {"mask": "bad"})
    with pytest.raises(BadInput, match="back to themselves: self → self"):
        masks.add_mask(db, "self", {"not": {"mask": "self"}})
    masks.change_mask(db, "too fast", new_name="quick")
    masks.change_mask(db, "quick", {"seconds_below": 6})
    with db.read() as conn:
        assert masks.load_masks(conn) == {
            "bad": {"or": [{"mask": "quick"}, {"worker_tag": "spammer"}]},
            "quick": {"seconds_below": 6},
        }
    masks.remove_mask(db, "bad")
    masks.remove_mask(db, "quick")
    with pytest.raises(NotFound, match="no mask 'quick'"):
        masks.remove_mask(db, "quick")
    with pytest.raises(NotFound):
        masks.change_mask(db, "quick", {"pasted": True})
    for name in ("", " ", "x" * 61, "a\x07b"):
        with pytest.raises(BadInput, match="no name for a mask"):
            masks.add_mask(db, name, {"pasted": True})


def break_mask(db: Any, text: str) -> None:
    """Spoils the mask that was added second."""
    with db.write() as w:
        w.update(t.Mask, [2], expression=text)


@pytest.mark.parametrize("text", ["[" * 100_000, "{", '{"nothing": 1}', '"x"', '{"damaged": true}'])
def test_a_damaged_mask_is_in_nobodys_way_and_can_be_removed(bench: Any, text: str) -> None:
    db = bench.db
    masks.add_mask(db, "good", {"pasted": True})
    masks.add_mask(db, "broken", {"pasted": True})
    break_mask(db, text)
    with db.read() as conn:
        named = masks.load_masks(conn)
    assert named["broken"] is masks.DAMAGED
    picture: Any = MadePicture(make_answers(1, pasted=np.array([True])))
    assert left_out({"mask": "good"}, picture, **named) == [True]
    for expression in (masks.any_of(["good", "broken"]), {"not": {"mask": "broken"}}):
        with pytest.raises(BadInput, match="'broken' is damaged"):
            excluded(expression, picture, Tags(), named)
    with pytest.raises(BadInput, match="'broken' is damaged"):
        masks.add_mask(db, "other", {"mask": "broken"})
    masks.add_mask(db, "other", {"mask": "good"})
    masks.change_mask(db, "good", new_name="better")
    masks.remove_mask(db, "broken")
    with db.read() as conn:
        assert masks.load_masks(conn) == {"better": {"pasted": True}, "other": {"mask": "better"}}


def test_a_damaged_mask_is_mended_by_saying_anew_what_it_leaves_out(bench: Any) -> None:
    db = bench.db
    masks.add_mask(db, "first", {"pasted": True})
    masks.add_mask(db, "broken", {"pasted": True})
    masks.add_mask(db, "third", {"mask": "broken"})
    break_mask(db, "{")
    with pytest.raises(BadInput, match="'broken' is damaged"):
        masks.change_mask(db, "broken", new_name="whole")
    masks.change_mask(db, "broken", {"seconds_below": 5}, new_name="whole")
    with db.read() as conn:
        found = masks.load_masks(conn)
    assert found == {"first": {"pasted": True}, "third": {"mask": "whole"}, "whole": {"seconds_below": 5}}


def test_tags_of_a_run_and_of_all_accounts_of_a_person(bench: Any) -> None:
    run = bench.completed(4)
    units = bench.units(run)
    with bench.db.write() as w:
        made = {"created_at": w.at, "created_by": "me"}
        (person,) = w.insert(t.Identity, [{"label": "one", "created_at": w.at}])
        (elsewhere,) = w.insert(
            t.Worker, [{"provider_type": "inhouse", "worker_name": "other", "created_at": w.at}]
        )
        w.update(t.Worker, [elsewhere, units[0].worker_id], identity_id=person)
        w.insert(
            t.Tag,
            [
                {"noun": "worker", "row_id": elsewhere, "word": "spammer", **made},
                {"noun": "worker", "row_id": units[1].worker_id, "word": "trusted", **made},
                {"noun": "unit", "row_id": units[2].id, "word": "flagged", **made},
                {"noun": "task_run", "row_id": run, "word": "flagged", **made},
            ],
        )
    with bench.db.read() as conn:
        found = masks.tags_of(conn, run)
    assert found.workers == {"spammer": {units[0].worker_id}, "trusted": {units[1].worker_id}}
    assert found.units == {"flagged": {units[2].id}}


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda part: (
        st.lists(part, max_size=3)
        | st.dictionaries(st.sampled_from(masks.KEYS) | st.text(), part, max_size=2)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(_JSON)
def test_anything_is_checked_and_what_passes_can_be_applied(expression: Any) -> None:
    try:
        check(expression, {"0": {"pasted": True}})
    except BadInput:
        return
    picture: Any = MadePicture(make_answers(2))
    found = excluded(json.loads(json.dumps(expression)), picture, Tags(), {"0": {"pasted": True}})
    assert found.shape == (2,)
