"""The order of a review, over a picture of a real run and over made-up ones."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.domain import BadInput
from crowddesk.operations import decisions
from crowddesk.operations.quality.answers import STATUSES, read_answers
from crowddesk.operations.quality.picture import make_picture
from crowddesk.operations.review import ORDERS, draw_sample, order_units

Bench = Any


def picture_of(**columns: Any) -> Any:
    """A picture with four answers; what is not given is alike for all."""
    count = 4
    plain = {
        "unit_ids": np.array([3, 5, 8, 9], dtype=np.int64),
        "submitted_at": np.array([40, 30, 20, 10], dtype=np.int64),
        "decide_by": np.zeros(count, dtype=np.int64),
        "statuses": np.full(count, STATUSES.index("completed"), dtype=np.int32),
        "pending": np.zeros(count, dtype=np.bool_),
        "standard": np.ones(count, dtype=np.bool_),
        "people": np.zeros(count, dtype=np.int32),
        "worker_names": ["A"],
    }
    measures = {"risk": np.zeros(count), "disagreement": np.zeros(count)}
    for name, values in columns.items():
        (measures if name in measures else plain)[name] = values
    answers = SimpleNamespace(**plain)
    answers.rows_of = lambda ids: np.flatnonzero(np.isin(answers.unit_ids, ids))
    return SimpleNamespace(answers=answers, **measures)


def test_each_order_puts_first_what_it_says() -> None:
    picture = picture_of(
        risk=np.array([0.1, 0.9, 0.1, 0.5]),
        disagreement=np.array([0.5, 0.0, 0.2, 0.2]),
        decide_by=np.array([0, 70, 60, 0]),
        people=np.array([1, 0, 1, 0], dtype=np.int32),
        worker_names=["zoe", "Ann"],
    )
    assert order_units(picture, "risk") == [5, 9, 8, 3]
    assert order_units(picture, "disagreement") == [3, 9, 8, 5]
    assert order_units(picture, "deadline") == [8, 5, 9, 3]
    assert order_units(picture, "worker") == [8, 3, 9, 5]
    assert order_units(picture, "time") == [9, 8, 5, 3]


def test_only_what_waits_is_ordered_and_newer_ones_come_last() -> None:
    picture = picture_of(pending=np.array([False, True, False, False]))
    assert order_units(picture, "time") == [9, 8, 3]
    assert order_units(picture, "time", only=[3, 5, 77]) == [5, 3, 77]
    assert order_units(picture, "risk", only=[]) == []


def test_a_seed_gives_the_same_sample_and_the_same_mixture() -> None:
    picture = picture_of()
    first = order_units(picture, "random", seed=4)
    assert sorted(first) == [3, 5, 8, 9]
    assert order_units(picture, "random", seed=4) == first
    sample = order_units(picture, "time", seed=4, sample=2)
    assert len(sample) == 2
    assert order_units(picture, "time", seed=4, sample=2) == sample
    assert order_units(picture, "time", seed=4, sample=99) == [9, 8, 5, 3]


def test_a_wrong_order_or_sample_is_refused() -> None:
    with pytest.raises(BadInput, match="'speed' is no order"):
        order_units(picture_of(), "speed")
    with pytest.raises(BadInput, match="sample of 0"):
        order_units(picture_of(), "risk", sample=0)


@given(st.lists(st.integers(1, 10_000), unique=True), st.integers(1, 50), st.integers(0, 2**31))
def test_a_sample_holds_so_many_of_them_each_once(ids: list[int], size: int, seed: int) -> None:
    drawn = draw_sample(ids, size, seed)
    assert len(drawn) == len(set(drawn)) == min(size, len(ids))
    assert set(drawn) <= set(ids)
    assert draw_sample(ids[::-1], size, seed) == drawn


def test_over_a_real_run_every_order_holds_each_unit_once(bench: Bench) -> None:
    run = bench.completed(12)
    decisions.decide(bench.db, "approve", bench.ids(run)[:2])
    with bench.db.read() as conn:
        picture = make_picture(conn, run)
        answers = read_answers(conn, run)
    waiting = sorted(set(answers.unit_ids.tolist()) - set(bench.ids(run)[:2]))
    for order in ORDERS:
        assert sorted(order_units(picture, order, seed=3)) == waiting
