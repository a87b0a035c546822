"""Acceptance sampling: how many errors the rest may hold after a look at some, by exact binomial bounds.

The bound is Clopper and Pearson's, one-sided; it holds whatever the number of answers, so no table and no
normal curve is needed. Any thread may call everything here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from crowddesk.domain import BadInput
from crowddesk.language import say

CONFIDENCE: Final = 0.95
GOAL: Final = 0.10
_TINY: Final = 1e-300
_EXACT: Final = 1e-14
_MOST_TERMS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Sampled:
    """What a look at a random sample says about all of it.

    `bound` is the share of errors that is not exceeded with so much confidence. `more` is how many further
    answers, all right, bring it to `goal`: 0 it is there, None there are not enough left.
    """

    checked: int
    wrong: int
    rest: int
    confidence: float
    goal: float
    bound: float
    more: int | None

    @property
    def words(self) -> str:
        """The same for a person: "21 of 21 right: error at most 13 % at 95 %; 8 more for 10 %; then ..."."""
        if not self.checked and not self.rest:
            return say("There is nothing to check")
        said = say("None checked yet")
        if self.checked:
            said = say(
                "{right:,} of {checked:,} right: error at most {bound} at {confidence:g} %",
                right=self.checked - self.wrong,
                checked=self.checked,
                bound=self._bound,
                confidence=100 * self.confidence,
            )
        if not self.rest:
            return say("{said}; there is no rest", said=said)
        goal = percent(self.goal)
        if self.more is None:
            return say("{said}; too few are left for {goal}: check each of them", said=said, goal=goal)
        if not self.more:
            return say("{said}; approve the rest", said=said)
        if self.wrong:
            return say(
                "{said}; {more:,} more, all right, for {goal}; then approve the rest",
                said=said,
                more=self.more,
                goal=goal,
            )
        return say(
            "{said}; {more:,} more for {goal}; then approve the rest", said=said, more=self.more, goal=goal
        )

    @property
    def _bound(self) -> str:
        """The bound; with more digits where it would read as the goal that it does not reach."""
        for digits in range(1, 5):
            text = percent(self.bound) if digits == 1 else f"{100 * self.bound:.{digits - 1}f} %"
            if self.bound <= self.goal or text != percent(self.goal):
                return text
        return say("a little over {share}", share=percent(self.goal))


def look(
    checked: int, wrong: int, rest: int, *, confidence: float = CONFIDENCE, goal: float = GOAL
) -> Sampled:
    """What `wrong` errors among `checked` answers drawn at random say; `rest` are not checked yet.

    Raises BadInput for numbers that cannot be.
    """
    if rest < 0:
        raise BadInput(say("The rest cannot be fewer than none."))
    if not 0 < goal < 1:
        raise BadInput(say("The goal is a share of errors between 0 and 1."))
    bound = upper_bound(checked, wrong, confidence)
    return Sampled(
        checked, wrong, rest, confidence, goal, bound, _more(checked, wrong, rest, confidence, goal)
    )


def upper_bound(checked: int, wrong: int, confidence: float = CONFIDENCE) -> float:
    """The share of errors at which so few wrong ones come up in 1 - `confidence` of all samples.

    Raises BadInput for numbers that cannot be.
    """
    if not 0 <= wrong <= checked:
        raise BadInput(say("There cannot be more wrong answers than were checked, nor fewer than none."))
    if not 0 < confidence < 1:
        raise BadInput(say("The confidence lies between 0 and 1."))
    if wrong == checked:
        return 1.0
    if wrong == 0:  # in one step, and exact
        return -math.expm1(math.log1p(-confidence) / checked)
    low, high = wrong / checked, 1.0
    while high - low > _EXACT * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if at_most(wrong, checked, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def at_most(wrong: int, checked: int, share: float) -> float:
    """The chance of at most so many errors among `checked` where each is one with the chance `share`."""
    if wrong >= checked:
        return 1.0
    return _beta(1.0 - share, checked - wrong, wrong + 1)


def percent(share: float) -> str:
    """A share in percent, with a digit after the point below ten: "13 %", "9.8 %"."""
    value = 100 * share
    text = f"{value:.0f}" if value >= 9.95 else f"{value:.1f}".removesuffix(".0")
    return f"{text} %"


def _more(checked: int, wrong: int, rest: int, confidence: float, goal: float) -> int | None:
    def reached(more: int) -> bool:
        total = checked + more
        return total > 0 and upper_bound(total, wrong, confidence) <= goal

    if not reached(rest):
        return None
    low, high = -1, rest  # `low` does not reach it, `high` does
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), by Lentz's continued fraction."""
    if x <= 0.0 or x >= 1.0:
        return min(max(x, 0.0), 1.0)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _fraction(x, a, b) / a
    return 1.0 - front * _fraction(1.0 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > _TINY else _TINY)
    value = d
    for m in range(1, _MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        step = 1.0
        for term in (even, odd):
            d, c = 1.0 + term * d, 1.0 + term / c
            d, c = 1.0 / (d if abs(d) > _TINY else _TINY), c if abs(c) > _TINY else _TINY
            step = d * c
            value *= step
        if abs(step - 1.0) < 1e-15:
            break
    return value
