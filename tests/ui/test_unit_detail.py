"""Items and answers in one line: whatever is stored has one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from crowddesk.ui.unit_detail import item_texts, short_item, short_json


@pytest.mark.parametrize("stored", ["{broken", "[" * 40_000, '{"a":' * 9_000, "[" * 90_000, "null", "[1, 2]"])
def test_what_is_damaged_or_nested_too_deeply_still_has_a_line(stored: str) -> None:
    row = SimpleNamespace(data=stored)
    for line in (short_json(stored), short_item(row), item_texts(row)):
        assert len(line) <= 400
        assert "\n" not in line


def test_an_answer_of_one_field_is_its_value_and_an_item_its_longest_text() -> None:
    assert short_json('{"a": "yes\\nno"}') == "yes no"
    assert short_json('{"a": "x", "b": ["y", "z"]}') == "a: x · b: y, z"
    assert short_item(SimpleNamespace(data='{"id": "1", "text": "Is it so?"}')) == "Is it so?"
