"""Cells that no spreadsheet runs, and that can be read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.operations.transfer import inert, is_risky, unquoted


@given(st.text(max_size=20))
def test_every_cell_can_be_read_back(text: str) -> None:
    cell = inert(text)
    assert unquoted(cell) == text
    assert cell in (text, f"'{text}")


@given(st.text(alphabet="=+-@'\t\r\n＝－0.9eE１ ", max_size=6))
def test_nothing_that_begins_like_a_formula_stays_but_plain_numbers(text: str) -> None:
    cell = inert(text)
    assert is_risky(text) == (cell != text)
    if cell[:1] in tuple("=@\t\r\n＝＋－＠"):
        pytest.fail(f"{cell!r} would be run")
    if cell[:1] in ("+", "-"):
        float(cell)
