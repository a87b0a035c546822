"""Arrays of ids compared: heads, tails and runs, across the blocks they are compared in."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.ui import id_arrays
from crowddesk.ui.id_arrays import common_head, common_tail, runs

IDS = st.lists(st.integers(1, 3), max_size=12)


@given(IDS, IDS, st.integers(1, 5))
def test_heads_and_tails_by_any_block(first, second, block):
    a, b = array("q", first), array("q", second)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(id_arrays, "_BLOCK", block)
        head = common_head(a, b)
        limit = min(len(a), len(b)) - head
        tail = common_tail(a, b, limit)
    assert first[:head] == second[:head]
    assert head == min(len(first), len(second)) or first[head] != second[head]
    assert first[len(first) - tail :] == second[len(second) - tail :]
    assert tail == limit or first[-1 - tail] != second[-1 - tail]


@given(st.sets(st.integers(0, 30)))
def test_runs_name_every_place_once(places):
    named = [place for first, last in runs(sorted(places)) for place in range(first, last + 1)]
    assert named == sorted(places)


def test_runs_of_a_range():
    assert list(runs(range(3, 8))) == [(3, 7)]
    assert list(runs(range(0))) == []
