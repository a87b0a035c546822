"""The plots of a run: units by status over time, spend against the cap, answers an hour. Theme-aware, live.

numpy and pyqtgraph take half a second to import: `warm_up` reads the first in another thread; the second,
whose classes are Qt's, is read in the GUI thread when the first plot is made.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crowddesk.domain import money_text, to_major
from crowddesk.language import number_text, say
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label, set_margins
from crowddesk.ui.quiet_plot import dress_plot, make_plot

if TYPE_CHECKING:
    from crowddesk.store.queries import RunSeries

#: From the ground up: what is settled lies under what waits.
_STACK = ("accepted", "soft_rejected", "rejected", "expired", "completed", "assigned", "launched", "created")
_NARROW = 720
_RATE_STEPS = 24
_STEP_S = 0.004


def warm_up(_job: object = None) -> None:
    """Imports what plots need and Qt does not know; in a thread that may take its time."""
    import numpy  # noqa: F401


class Warmer(QObject):
    """Readies, in the GUI thread and in steps of a few milliseconds, half of what importing pyqtgraph costs.

    That half is the making of every class of Qt, which PySide puts off until each is first named. `warm` is
    emitted once, then or at the next event when there is nothing left to do.
    """

    warm = Signal()
    _done: ClassVar[bool] = False

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._names = iter(()) if Warmer._done else self._all_names()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    @staticmethod
    def _all_names() -> Iterator[tuple[object, str]]:
        from PySide6 import QtCore, QtGui, QtWidgets

        return ((module, name) for module in (QtCore, QtGui, QtWidgets) for name in dir(module))

    def _step(self) -> None:
        end = time.perf_counter() + _STEP_S
        for module, name in self._names:
            getattr(module, name)
            if time.perf_counter() >= end:
                return
        Warmer._done = True
        self._timer.stop()
        self.warm.emit()


class _Plot(QFrame):
    """One plot in a hairline card: `redraw(series)` puts the data in."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        import pyqtgraph as pg

        self._pg = pg
        self.setProperty("card", True)
        self.title = Label(title, role="caption", tone="muted")
        self._words = title
        self.view = make_plot(dates=True)
        self.view.getPlotItem().getViewBox().setDefaultPadding(0.0)
        column = QVBoxLayout(self)
        set_margins(column, 14, 10, 10, 4)
        column.setSpacing(2)
        column.addWidget(self.title)
        self._nothing = Label(self.tr("No answers yet"), tone="muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        column.addWidget(self.view, 1)
        column.addWidget(self._nothing, 1)
        self._series: RunSeries | None = None
        self._look()
        self._draw()

    def show_series(self, series: RunSeries) -> None:
        """Draws these; the same ones cost nothing."""
        if series == self._series:
            return
        self._series = series
        self._draw()

    def restyle(self) -> None:
        """Takes the theme's colours and fonts anew."""
        self._look()
        self._draw()

    def say(self, words: str) -> None:
        """What the plot shows, for who cannot see it."""
        self.setAccessibleName(f"{self._words}: {words}")
        self.setToolTip(words)

    def _look(self) -> None:
        dress_plot(self.view, left=48)

    def _draw(self) -> None:
        self.view.clear()
        known = self._series is not None and bool(self._series.at)
        self.view.setVisible(known)
        self._nothing.setVisible(not known)
        if known and self._series is not None:
            self.draw(self._series)
        else:
            self.say(self.tr("no answers yet"))

    def draw(self, series: RunSeries) -> None:
        raise NotImplementedError

    def range_over(self, first: float, last: float, highest: float, *, currency: str = "") -> None:
        """Sets both ranges and few, round ticks, so that nothing jumps while the numbers grow."""
        last = max(last, first + 1.0)
        self.view.setXRange(first, last, padding=0)
        top = round_up(highest)
        self.view.setYRange(-top * 0.02, top * 1.12, padding=0)
        ticks = [(top * part, _number(top * part, currency)) for part in (0, 0.5, 1)]
        self.view.getAxis("left").setTicks([ticks])
        self.view.getAxis("bottom").setTicks([time_ticks(first, last)])

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str, fill: str = "") -> None:
        """Adds a curve, filled down to the ground if `fill` is a colour."""
        points = list(xs), list(ys)
        if fill:  # by itself: smoothed edges would show a seam at every step
            area = self._pg.PlotCurveItem(
                *points, pen=None, antialias=False, fillLevel=0.0, brush=QColor(fill)
            )
            self.view.addItem(area)
        pen = self._pg.mkPen(QColor(colour), width=1.5)
        self.view.addItem(self._pg.PlotCurveItem(*points, pen=pen, antialias=True))


class StatusPlot(_Plot):
    """Units by the status they have now, stacked over the time their answers came."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("Units by status over time"), parent)

    def draw(self, series: RunSeries) -> None:
        at = [moment.timestamp() for moment in series.at]
        at, pad = _two(at), len(at) == 1
        known = [s for s in _STACK if s in series.by_status]
        known += [s for s in series.by_status if s not in known]
        ground = [0] * len(series.at)
        layers: list[tuple[str, list[int]]] = []
        for status in known:
            ground = [a + b for a, b in zip(ground, series.by_status[status], strict=True)]
            layers.append((status, ground))
        base = theme.colours().base
        for status, tops in reversed(layers):
            colour = theme.status_look(status).colour
            self.line(at, [0, *tops] if pad else tops, colour, _mixed(colour, base, 0.45))
        self.range_over(at[0], at[-1], ground[-1])
        ends = (f"{theme.status_look(s).word} {number_text(series.by_status[s][-1])}" for s in known)
        words = ", ".join(ends)
        self.say(words if series.exact else self.tr("{0}, about").format(words))


class SpendPlot(_Plot):
    """What the answers cost with fees, and the cap they may not pass."""

    def __init__(self, currency: str = "", parent: QWidget | None = None) -> None:
        super().__init__(say("Spend against cap"), parent)
        self._currency = currency
        self._cap: int | None = None

    def set_money(self, currency: str, cap: int | None) -> None:
        """The run's currency and its cap in minor units; None: there is none."""
        if (currency, cap) != (self._currency, self._cap):
            self._currency, self._cap = currency, cap
            title = self.tr("Spend against cap, {0}") if cap else self.tr("Spend, {0}")
            self.title.setText(title.format(currency))
            self._draw()

    def draw(self, series: RunSeries) -> None:
        at = [moment.timestamp() for moment in series.at]
        pad = len(at) == 1
        at = _two(at)
        spent = [float(to_major(minor, self._currency or "USD")) for minor in series.spend_minor]
        spent = [0.0, *spent] if pad else spent
        c = theme.colours()
        self.line(at, spent, c.accent, _mixed(c.accent, c.base, 0.12))
        highest = spent[-1]
        words = money_text(series.spend_minor[-1], self._currency or "USD")
        if self._cap:
            cap = float(to_major(self._cap, self._currency or "USD"))
            highest = max(highest, cap)
            pen = self._pg.mkPen(QColor(c.muted), width=1, style=Qt.PenStyle.DashLine)
            self.view.addItem(self._pg.InfiniteLine(cap, angle=0, pen=pen))
            words = self.tr("{0} of {1}").format(words, money_text(self._cap, self._currency or "USD"))
        self.range_over(at[0], at[-1], highest, currency=self._currency or "USD")
        self.say(words)


class PacePlot(_Plot):
    """How many answers come in an hour: by the hour, or, in a run of a few hours, by the moment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("Answers an hour"), parent)

    def draw(self, series: RunSeries) -> None:
        xs, ys = answers_an_hour(series)
        c = theme.colours()
        self.line(xs, ys, c.accent)
        self.range_over(xs[0], xs[-1], max(ys))
        words = self.tr("{0} at the end, {1} at most")
        self.say(words.format(number_text(round(ys[-1])), number_text(round(max(ys)))))


class RunPlots(QWidget):
    """The three plots side by side; one at a time, with a choice, where there is little room."""

    _shown_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status, self.spend, self.pace = StatusPlot(), SpendPlot(), PacePlot()
        self.plots: tuple[_Plot, ...] = (self.status, self.spend, self.pace)
        self._chosen = 0
        self._next = Button(self.tr("Next plot"), look="link")
        self._next.clicked.connect(self._show_next)
        row = QHBoxLayout()
        row.setSpacing(12)
        for plot in self.plots:
            row.addWidget(plot, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self._next, 0, Qt.AlignmentFlag.AlignRight)
        self.restyle()
        self._arrange()

    def show_series(self, series: RunSeries, currency: str, cap: int | None) -> None:
        """Draws a run's series; money in minor units."""
        self.spend.set_money(currency, cap)
        for plot in self.plots:
            plot.show_series(series)

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self.setFixedHeight(theme.px(138) + (theme.px(28) if self._is_narrow() else 0))

    def _is_narrow(self) -> bool:
        return self.width() < theme.px(_NARROW)

    def _show_next(self) -> None:
        self._chosen = (self._chosen + 1) % len(self.plots)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self._is_narrow()
        self._next.setVisible(narrow)
        for number, plot in enumerate(self.plots):
            plot.setVisible(not narrow or number == self._chosen)
        self.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._next.isHidden() == self._is_narrow():
            self._arrange()


# ------------------------------------------------------------------------------------------------ numbers


def answers_an_hour(series: RunSeries) -> tuple[list[float], list[float]]:
    """Times (UTC seconds) and answers an hour there; at least two points."""
    hours = series.answers_an_hour
    if len(hours) > 3:
        # The last hour is not over: what came in it is counted up to its last answer.
        xs = [hour.timestamp() + 1800 for hour, _ in hours]
        ys = [float(count) for _, count in hours]
        part = max(0.1, (series.at[-1] - hours[-1][0]).total_seconds() / 3600)
        ys[-1] = ys[-1] / min(1.0, part)
        return xs, ys
    at = [moment.timestamp() for moment in series.at]
    counts = [sum(column) for column in zip(*series.by_status.values(), strict=True)]
    first, last = at[0], at[-1]
    if last - first < 1.0:
        return [first, first + 1.0], [float(counts[-1])] * 2
    step = (last - first) / _RATE_STEPS
    xs, ys, seen = [], [], 0
    for number in range(_RATE_STEPS):
        end = first + step * (number + 1)
        until = max((i for i, moment in enumerate(at) if moment <= end + 1e-6), default=0)
        xs.append(end - step / 2)
        ys.append((counts[until] - seen) * 3600 / step)
        seen = counts[until]
    return xs, ys


def round_up(number: float) -> float:
    """The next of 1, 2, 4, 6, 8, 10 times a power of ten: halves of it are round as well."""
    if number <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(number))
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if number <= step * power * (1 + 1e-9))


def _number(value: float, currency: str) -> str:
    for least, unit in ((1e9, 1e9), (1e6, 1e6), (1e4, 1e3)):
        if value >= least:
            part = value / unit
            short = number_text(part, 0 if part == round(part) or part >= 100 else 1)
            if unit == 1e9:
                return say("{number}bn", number=short)
            return say("{number}M", number=short) if unit == 1e6 else say("{number}k", number=short)
    if currency and value < 100:
        return number_text(value, 2)
    return number_text(value, 0) if value == round(value) or value >= 100 else number_text(value, 1)


def time_ticks(first: float, last: float) -> list[tuple[float, str]]:
    """Two moments in the user's zone, not at the very edges, where their words would be cut."""
    span = last - first
    places = [first + span * part for part in (0.14, 0.5, 0.86)]
    return [(place, _tick(datetime.fromtimestamp(place).astimezone(), span)) for place in places]


def _tick(at: datetime, span: float) -> str:
    if span < 36 * 3600:
        return f"{at:%H:%M:%S}" if span < 600 else f"{at:%H:%M}"
    return f"{at:%d} {QLocale().monthName(at.month, QLocale.FormatType.ShortFormat)}"


def _two(at: list[float]) -> list[float]:
    return [at[0] - 1.0, at[0]] if len(at) == 1 else at


def _mixed(colour: str, base: str, part: float) -> str:
    """So much of a colour on the base, as an opaque colour."""
    top, ground = QColor(colour), QColor(base)
    parts = zip(top.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(t * part + g * (1 - part)) for t, g in parts)).name()
