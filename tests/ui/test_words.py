"""Times and counts as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crowddesk.ui.controls import Label
from crowddesk.ui.words import (
    deadline_text,
    duration_text,
    exact_time,
    is_soon,
    readable,
    relative_time,
    short_name,
    span_text,
)

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


def test_how_long_something_lasts():
    spans = (-5, 59, 60, 754, 3599, 3600, 3900, 360_000)
    assert [span_text(s) for s in spans] == [
        "under 1 min", "under 1 min", "1 min", "12 min", "59 min", "1 h", "1 h 5 min", "100 h",
    ]  # fmt: skip


def test_exact_time_names_its_zone():
    assert exact_time(AT).startswith("2026-11-2")
    assert " UTC" in exact_time(AT)
    assert exact_time(AT)[-3] == ":"


def test_durations():
    assert [duration_text(s) for s in (0, 9, 168, 3700)] == ["0:00", "0:09", "2:48", "1:01:40"]


def test_a_name_does_not_rewrite_the_sentence_it_stands_in(theme):
    turned = "A1\u202e"
    assert short_name(turned) == "A1"
    assert Label(f"Pay {turned} USD 5.00").text() == "Pay A1 USD 5.00"
    label = Label()
    label.setText(f"{turned} (3)")
    assert label.text() == "A1 (3)"
    assert readable("日本語 العربية") == "日本語 العربية"


def test_a_long_name_keeps_both_ends():
    shown = short_name("worker-" + "n" * 200 + "-last")
    assert len(shown) == 40
    assert "…" in shown
    assert (shown[:7], shown[-6:]) == ("worker-", "n-last")
    assert short_name("two\nlines") == "two lines"


@pytest.mark.parametrize(
    ("away", "words", "soon"),
    [
        (timedelta(days=21, hours=1), "21 d", False),
        (timedelta(days=3), "3 d", False),
        (timedelta(days=2, hours=23), "2 d", True),
        (timedelta(hours=5, minutes=59), "5 h", True),
        (timedelta(minutes=20), "under 1 h", True),
        (timedelta(minutes=-1), "passed", True),
    ],
)
def test_a_deadline_says_its_day_and_what_is_left(away, words, soon):
    day = f"{(AT + away).astimezone():%Y-%m-%d}"
    assert deadline_text(AT + away, AT) == f"{day} · {words}"
    assert is_soon(AT + away, AT) is soon


def test_no_deadline_is_no_words():
    assert deadline_text(None) == ""
    assert not is_soon(None)
