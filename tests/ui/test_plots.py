"""A run's plots: honest numbers, round ticks, words for who cannot see them, both schemes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.store.queries import RunSeries
from crowddesk.ui import theme as look
from crowddesk.ui.plots import RunPlots, answers_an_hour, round_up

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def series(points: int = 10, step: timedelta = timedelta(seconds=30), exact: bool = True) -> RunSeries:
    at = [START + step * n for n in range(points)]
    hours: dict[datetime, int] = {}
    for moment in at:
        hour = moment.replace(minute=0, second=0)
        hours[hour] = hours.get(hour, 0) + 3
    return RunSeries(
        at,
        {"completed": list(range(1, points + 1)), "accepted": [2 * n for n in range(1, points + 1)]},
        [12 * n for n in range(1, points + 1)],
        sorted(hours.items()),
        exact,
    )


@given(st.floats(min_value=1e-6, max_value=1e12))
def test_the_top_of_an_axis_is_round_and_not_far_above(number):
    top = round_up(number)
    assert number <= top * (1 + 1e-6)
    assert top <= number * 2.0001


def test_a_short_run_shows_its_pace_moment_by_moment():
    xs, ys = answers_an_hour(series(points=25))
    assert len(xs) == len(ys) > 2
    assert sum(ys) / len(ys) == pytest.approx(3 * 3600 / 30, rel=0.1)
    assert xs == sorted(xs)


def test_a_long_run_shows_hours_and_the_last_one_only_as_far_as_it_is():
    long = series(points=61, step=timedelta(minutes=6))  # ten answers times three an hour, up to 15:00
    xs, ys = answers_an_hour(long)
    assert len(xs) == len(long.answers_an_hour)
    assert ys[:6] == [30.0] * 6
    assert ys[-1] == pytest.approx(30.0)  # three answers in the first tenth of its hour


def test_one_answer_is_enough_to_draw(qtbot, theme):
    plots = RunPlots()
    qtbot.addWidget(plots)
    plots.resize(1000, 140)
    plots.show()
    plots.show_series(series(points=1), "USD", 2500)
    assert plots.spend.accessibleName() == "Spend against cap: USD 0.12 of USD 25.00"
    assert not plots.grab().isNull()


def test_plots_say_what_they_show(qtbot, theme):
    plots = RunPlots()
    qtbot.addWidget(plots)
    plots.resize(1000, 140)
    plots.show()
    assert plots.status.accessibleName() == "Units by status over time: no answers yet"
    plots.show_series(series(), "GBP", None)
    assert plots.status.accessibleName() == "Units by status over time: accepted 20, completed 10"
    assert plots.spend.accessibleName() == "Spend against cap: GBP 1.20"
    assert plots.spend.title.text() == "Spend, GBP"
    assert plots.pace.accessibleName().startswith("Answers an hour: ")
    plots.show_series(series(exact=False), "GBP", None)
    assert plots.status.accessibleName().endswith(", about")


def test_plots_follow_the_scheme(qtbot, theme):
    plots = RunPlots()
    qtbot.addWidget(plots)
    plots.resize(1000, 140)
    plots.show_series(series(), "USD", 2500)
    plots.show()
    theme.set(scheme="dark")
    corner = plots.status.view.grab().toImage().pixelColor(60, 2).name()
    assert corner.upper() == look.DARK.base


def test_in_a_narrow_window_one_plot_shows_at_a_time(qtbot, theme):
    plots = RunPlots()
    qtbot.addWidget(plots)
    plots.resize(500, 160)
    plots.show()
    assert [plot.isVisible() for plot in plots.plots] == [True, False, False]
    plots._next.click()
    assert [plot.isVisible() for plot in plots.plots] == [False, True, False]
    plots.resize(1000, 160)
    qtbot.waitUntil(lambda: all(plot.isVisible() for plot in plots.plots))
