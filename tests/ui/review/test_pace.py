"""How long the rest takes: not said before it is known, and not spoilt by a pause."""

from __future__ import annotations

from crowddesk.ui.review import pace
from crowddesk.ui.review.pace import Pace


class Clock:
    def __init__(self, monkeypatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(pace.time, "monotonic", lambda: self.now)


def test_it_is_the_median_once_there_are_five(monkeypatch):
    clock = Clock(monkeypatch)
    made = Pace()
    made.begin()
    for seconds in (2, 4, 4, 90):
        clock.now += seconds
        made.decided()
    assert made.seconds_left(10) is None
    clock.now += 4
    made.decided()
    assert made.seconds_left(10) == 40


def test_a_pause_does_not_count_and_many_at_once_count_each(monkeypatch):
    clock = Clock(monkeypatch)
    made = Pace()
    made.begin()
    for _ in range(5):
        clock.now += 50
        made.decided(10)
    assert made.seconds_left(2) == 10
    clock.now += 4_000
    made.decided()
    assert made.seconds_left(2) == 10
