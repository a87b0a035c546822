"""A mask's line is read as it is written, and a wrong one is told where and what."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crowddesk.domain import DATASET_STATUSES, AssignmentState, BadInput
from crowddesk.operations.mask_text import parse, write
from crowddesk.operations.masks import check


@pytest.mark.parametrize(
    ("line", "expression"),
    [
        ("time < 5 s", {"seconds_below": 5}),
        ("TIME<5", {"seconds_below": 5}),
        ("time < 1.5min", {"seconds_below": 90}),
        ("time < 2 h", {"seconds_below": 7200}),
        ("time-z < -3.5", {"time_z_below": -3.5}),
        ("gold < 60 %", {"gold_below": 0.6}),
        ("straight > 95%", {"straight_above": 0.95}),
        ("same-text", {"duplicate_text": True}),
        ("pasted:no", {"pasted": False}),
        ('worker:A1,"B, 2"', {"worker": ["A1", "B, 2"]}),
        ("status:rejected,soft_rejected", {"status": ["rejected", "soft_rejected"]}),
        ("data:out", {"dataset": ["out"]}),
        ('mask:"too fast"', {"mask": "too fast"}),
        ("tag:not", {"worker_tag": "not"}),
        (
            "time < 5 s or (gold < 60 % and not tag:trusted)",
            {
                "or": [
                    {"seconds_below": 5},
                    {"and": [{"gold_below": 0.6}, {"not": {"worker_tag": "trusted"}}]},
                ]
            },
        ),
        ("pasted and same-text or unit-tag:flagged",
         {"or": [{"and": [{"pasted": True}, {"duplicate_text": True}]}, {"unit_tag": "flagged"}]}),
        ("not not pasted", {"not": {"not": {"pasted": True}}}),
    ],
)  # fmt: skip
def test_lines_are_read(line: str, expression: Any) -> None:
    assert parse(line) == expression
    assert parse(write(expression)) == expression


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "Nothing is written yet"),
        ("   ", "Nothing is written yet"),
        ("time", "At letter 5: expected < after time, found the end."),
        ("time > 5", "At letter 6: expected < after time, found '>'."),
        ("time < soon", "At letter 8: expected a number, found 'soon'."),
        ("time < 5 days", "At letter 10: expected and, or, or the end, found 'days'."),
        ("time < 5d", "'d' is no time: use s, min or h."),
        ("gold < 0.6", "expected % after the number"),
        ("gold < 160 %", "from 0 to 1"),
        ("golf < 60 %", "At letter 1: 'golf' is no condition. Did you mean gold?"),
        ("pasted or", "At letter 10: expected a condition, such as time < 5 s, found the end."),
        ("(pasted", "expected and, or, or )"),
        ("pasted)", "At letter 7: expected and, or, or the end, found ')'."),
        ("tag trusted", "At letter 5: expected : and a name after tag, found 'trusted'."),
        ('worker:"A1', "At letter 8: a quotation that begins here does not end."),
        ('worker:"\\q"', "cannot be read"),
        ("status:gone", "there are created"),
        ("pasted:perhaps", "expected yes or no"),
        ("time < 1e999", "number from 0"),
        ("(" * 3_000 + "pasted", "more than 40 deep"),
        ("not " * 3_000 + "pasted", "more than 40 deep"),
        ("pasted or " * 3_000, "letters long"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(line: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(line)
    assert words in str(caught.value)


_NAMES = st.text(min_size=1, max_size=8).filter(str.strip)
_STATUSES = st.sampled_from(AssignmentState.valid_unit())
_DATASETS = st.sampled_from(DATASET_STATUSES)
_LEAVES = st.one_of(
    st.builds(lambda x: {"seconds_below": x}, st.floats(0, 1e9) | st.integers(0, 10**9)),
    st.builds(lambda x: {"time_z_below": x}, st.floats(-1e6, 1e6)),
    st.builds(lambda x: {"gold_below": x}, st.floats(0, 1)),
    st.builds(lambda x: {"straight_above": x}, st.floats(0, 1)),
    st.builds(lambda key, x: {key: x}, st.sampled_from(["duplicate_text", "pasted"]), st.booleans()),
    st.builds(lambda key, x: {key: x}, st.sampled_from(["worker_tag", "unit_tag", "mask"]), _NAMES),
    st.builds(lambda x: {"worker": x}, st.lists(_NAMES, min_size=1, max_size=3)),
    st.builds(lambda x: {"status": x}, st.lists(_STATUSES, min_size=1, max_size=3)),
    st.builds(lambda x: {"dataset": x}, st.lists(_DATASETS, min_size=1, max_size=3)),
)
_EXPRESSIONS: Any = st.recursive(
    _LEAVES,
    lambda part: st.one_of(
        st.builds(lambda x: {"and": x}, st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda x: {"or": x}, st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda x: {"not": x}, part),
    ),
    max_leaves=10,
)


def plain(expression: Any) -> Any:
    """The same without groups of one."""
    ((key, value),) = expression.items()
    if key in ("and", "or"):
        return plain(value[0]) if len(value) == 1 else {key: [plain(part) for part in value]}
    return {key: plain(value)} if key == "not" else expression


@settings(deadline=None)
@given(_EXPRESSIONS)
def test_a_line_says_what_the_expression_says(expression: Any) -> None:
    try:
        check(expression)
    except BadInput:
        return  # deeper than masks may be
    line = write(expression)
    assert parse(line) == plain(expression)
    assert write(parse(line)) == line


@settings(deadline=None)
@given(st.text(max_size=60) | st.text(alphabet='timegold tag:not()<>%5s"\\,or and', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse(text)
    except BadInput:
        return
    check(found)
    assert parse(write(found)) == found
