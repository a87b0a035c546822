"""Acceptance sampling: exact bounds, as an independent package has them, and sentences that keep to them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.domain import BadInput
from crowddesk.operations.quality.sampling import at_most, look, percent, upper_bound

#: (checked, wrong, confidence): scipy 1.17.1, stats.beta.ppf(confidence, wrong + 1, checked - wrong).
BOUNDS = {
    (21, 0, 0.95): 0.13294591102652337,
    (29, 0, 0.95): 0.0981446276772957,
    (20, 1, 0.95): 0.2161061642068473,
    (100, 7, 0.95): 0.12745801558297026,
    (1_000_000, 30_000, 0.95): 0.030282098529365108,
}


@pytest.mark.parametrize("case", BOUNDS)
def test_bounds_are_clopper_and_pearson_s(case: tuple[int, int, float]) -> None:
    assert upper_bound(*case) == pytest.approx(BOUNDS[case], rel=1e-9)


def test_twenty_one_of_twenty_one() -> None:
    found = look(21, 0, 300)
    assert found.words == "21 of 21 right: error at most 13 % at 95 %; 8 more for 10 %; then approve the rest"
    assert (found.more, look(29, 0, 292).more) == (8, 0)
    assert look(29, 0, 292).words == "29 of 29 right: error at most 9.8 % at 95 %; approve the rest"


@pytest.mark.parametrize(
    ("checked", "wrong", "rest", "words"),
    [
        (0, 0, 0, "There is nothing to check"),
        (0, 0, 100, "None checked yet; 29 more for 10 %; then approve the rest"),
        (20, 1, 100,
         "19 of 20 right: error at most 22 % at 95 %; 26 more, all right, for 10 %; then approve the rest"),
        (21, 0, 3,
         "21 of 21 right: error at most 13 % at 95 %; too few are left for 10 %: check each of them"),
        (3, 3, 9, "0 of 3 right: error at most 100 % at 95 %; too few are left for 10 %: check each of them"),
        (30, 0, 0, "30 of 30 right: error at most 9.5 % at 95 %; there is no rest"),
        # 10.15 %: it does not read as the goal that it misses.
        (28, 0, 9, "28 of 28 right: error at most 10.1 % at 95 %; 1 more for 10 %; then approve the rest"),
    ],
)  # fmt: skip
def test_sentences(checked: int, wrong: int, rest: int, words: str) -> None:
    assert look(checked, wrong, rest).words == words


def test_other_goals() -> None:
    assert look(10, 0, 500, goal=0.01).more == 289
    assert look(10, 0, 500, confidence=0.999, goal=0.5).words.startswith(
        "10 of 10 right: error at most 50 % at 99.9 %; approve"
    )


@pytest.mark.parametrize(
    ("arguments", "options"),
    [((3, 4, 1), {}), ((3, -1, 1), {}), ((3, 0, -1), {}), ((3, 0, 1), {"goal": 0}), ((3, 0, 1), {"goal": 1}),
     ((3, 0, 1), {"confidence": 1.0}), ((3, 0, 1), {"confidence": 0.0})],
)  # fmt: skip
def test_numbers_that_cannot_be_are_refused(
    arguments: tuple[int, int, int], options: dict[str, float]
) -> None:
    with pytest.raises(BadInput):
        look(*arguments, **options)


@given(st.integers(1, 400), st.data(), st.sampled_from([0.8, 0.95, 0.99]))
def test_the_bound_is_where_so_few_errors_become_rare(
    checked: int, data: st.DataObject, confidence: float
) -> None:
    wrong = data.draw(st.integers(0, checked))
    bound = upper_bound(checked, wrong, confidence)
    assert wrong / checked <= bound <= 1
    if wrong < checked:
        chance = math.fsum(
            math.comb(checked, k) * bound**k * (1 - bound) ** (checked - k) for k in range(wrong + 1)
        )
        assert chance == pytest.approx(1 - confidence, rel=1e-6)
        assert at_most(wrong, checked, bound) == pytest.approx(chance, rel=1e-6)


@given(st.integers(0, 60), st.data(), st.integers(0, 400))
def test_more_is_the_least_that_is_enough(checked: int, data: st.DataObject, rest: int) -> None:
    wrong = data.draw(st.integers(0, checked))
    found = look(checked, wrong, rest)
    if found.more is None:
        assert checked + rest == 0 or upper_bound(checked + rest, wrong) > found.goal
    else:
        assert upper_bound(checked + found.more, wrong) <= found.goal
        assert found.more == 0 or upper_bound(checked + found.more - 1, wrong) > found.goal


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.1329, "13 %"), (0.0981, "9.8 %"), (0.05, "5 %"), (0.0999, "10 %"), (1.0, "100 %"), (0.001, "0.1 %")],
)
def test_shares_are_written_short(share: float, words: str) -> None:
    assert percent(share) == words
