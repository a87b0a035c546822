"""Times and counts as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crowddesk.ui.words import count_text, duration_text, exact_time, relative_time

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(seconds=50), "1 min ago"),
        (timedelta(minutes=41), "41 min ago"),
        (timedelta(hours=2), "2 h ago"),
        (timedelta(days=3), "3 d ago"),
        (timedelta(minutes=-5), "in 5 min"),
        (timedelta(seconds=-5), "in a moment"),
        (timedelta(days=365), "2025-11-22"),
    ],
)
def test_relative_time(ago, words):
    assert relative_time(AT - ago, AT) == words


def test_nothing_is_said_of_no_time():
    assert (relative_time(None), exact_time(None), duration_text(None)) == ("", "", "")


def test_exact_time_names_its_zone():
    assert exact_time(AT).startswith("2026-11-2")
    assert " UTC" in exact_time(AT)
    assert exact_time(AT)[-3] == ":"


def test_durations_and_counts():
    assert [duration_text(s) for s in (0, 9, 168, 3700)] == ["0:00", "0:09", "2:48", "1:01:40"]
    assert [count_text(1, "unit"), count_text(1204, "unit"), count_text(2, "person", "people")] == [
        "1 unit",
        "1,204 units",
        "2 people",
    ]
