"""A person's scorecard: plain numbers over all their accounts, then plots of their time, gold and labels.

The numbers come from a job; the plots are made after the window has been painted, since their library takes
a third of a second to import the first time, and as long again that a `Warmer` spends in steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crowddesk.domain import money_text
from crowddesk.language import number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Label, set_margins
from crowddesk.ui.detail import Facts, money_sum
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.plots import Warmer, time_ticks, warm_up
from crowddesk.ui.quiet_plot import dress_plot, make_plot
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.words import duration_text, short_name, vendor_name

if TYPE_CHECKING:
    from crowddesk.lanes import Job
    from crowddesk.operations.scorecard import Labels, Scorecard

_AFTER_PAINT_MS: Final = 30
_PLOT_HEIGHT: Final = 150
_LEAST_SAID: Final = 5
_ACCOUNTS_SHOWN: Final = 10
#: The part of the screen's height that it may have at first, and its least height.
_PART, _LEAST_HIGH = 0.8, 420


class ScorecardDialog(VerbDialog):
    """Shows the person behind a worker; it reads by itself and can be closed at any time."""

    def __init__(self, session: Session, worker_id: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(say("Scorecard of {name}", name=name), say("Close"), parent, width=640)
        self._session = session
        self._worker_id = worker_id
        self.card: Scorecard | None = None
        self.cancel.hide()
        self._busy = Label(self.tr("Reading their answers…"), tone="muted", wrap=True)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        set_margins(self._column, 0, 0, 8, 0)
        self._column.setSpacing(14)
        self._column.addWidget(self._busy)
        self._column.addStretch(1)
        self.add_scrolling(self._content)
        self.plots: list[_Plot] = []
        self._later = make_one_shot(self, _AFTER_PAINT_MS, self._add_plots)
        self._is_warm = False
        self._warmer = Warmer(self)
        self._warmer.warm.connect(self._note_warm)
        self._job: Job = session.run_job(self._read, self._show, self._fail)
        self.finished.connect(lambda _: self._job.cancel())

    def _read(self, db: Any, job: Job) -> Scorecard:
        """In the jobs thread."""
        from crowddesk.operations.scorecard import make_scorecard

        warm_up()
        with db.read() as conn:
            return make_scorecard(conn, self._worker_id, job.report)

    def _fail(self, error: Exception) -> None:
        self._busy.setText(str(error))
        self._busy.set_tone("danger")

    def _show(self, card: Scorecard) -> None:
        self.card = card
        self.set_title(self.tr("Scorecard of {0}").format(card.name))
        self._busy.hide()
        place = self._column.count() - 1
        if len(card.accounts) > 1:
            shown = card.accounts[:_ACCOUNTS_SHOWN]
            names = ", ".join(f"{short_name(m.worker_name)} ({vendor_name(m.provider_type)})" for m in shown)
            names += " …" if len(card.accounts) > len(shown) else ""
            accounts = Label(
                say_count("%n accounts", "%n account", len(card.accounts)) + f": {names}",
                tone="muted",
                wrap=True,
            )
            self._column.insertWidget(place, accounts)
            place += 1
        facts = QWidget()
        lines = facts_of(card)
        lines.setContentsMargins(0, 0, 0, 0)
        facts.setLayout(lines)
        self._column.insertWidget(place, facts)
        words = self.tr("Figures are evidence, not a verdict: few answers say little.")
        self._column.insertWidget(place + 1, Label(words, role="caption", tone="muted", wrap=True))
        if card.answers:
            self._waiting = Label(self.tr("The plots follow…"), role="caption", tone="muted")
            self._column.insertWidget(place + 2, self._waiting)
            self._plan_plots()
        self._refit()

    def _note_warm(self) -> None:
        self._is_warm = True
        self._plan_plots()

    def _plan_plots(self) -> None:
        """Once the figures are painted and the half of the import that can be done in steps is done."""
        if self._is_warm and self.card is not None and self.card.answers and not self.plots:
            self._later.start()

    def _refit(self) -> None:
        """As high as what it holds, up to what the screen has."""
        room = int(self.screen().availableGeometry().height() * _PART)
        wanted = max(theme.px(_LEAST_HIGH), self._content.sizeHint().height() + theme.px(150))
        self.resize(self.width(), max(self.height(), min(room, wanted)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refit()

    def _add_plots(self) -> None:
        card = self.card
        if card is None or not self.isVisible():
            return
        self._waiting.hide()
        if card.times:
            self.plots.append(TimePlot(card))
        if card.gold:
            self.plots.append(GoldPlot(card))
        if card.labels is not None:
            self.plots.append(LabelBars(card, card.labels))
        for plot in self.plots:
            self._column.insertWidget(self._column.count() - 1, plot)
        self._refit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            for plot in getattr(self, "plots", ()):
                plot.restyle()


def facts_of(card: Scorecard) -> Facts:
    """The numbers in plain words; what is not known is left out."""
    facts = Facts()
    answers = number_text(card.answers) if card.answers else say("none yet")
    if card.answers and card.waiting:
        answers = say("{number:,}, {waiting:,} to review", number=card.answers, waiting=card.waiting)
    facts.add(say("Answers"), answers)
    if card.judged:
        parts = (
            (card.accepted, say("accepted")),
            (card.soft_rejected, say("soft rejected")),
            (card.rejected, say("rejected")),
        )
        said = [
            f"{number_text(count)} {word} ({_percent(count, card.judged)})" for count, word in parts if count
        ]
        facts.add(say("Of them judged"), " · ".join(said))
    if card.gold_total:
        right = say("{number:,} of {all:,} right", number=card.gold_right, all=card.gold_total)
        if card.gold_total < _LEAST_SAID:
            right = say("{facts}, few to go by", facts=right)
        facts.add(say("Known answers"), right, say("Gold and screening units"))
    if card.median_seconds is not None:
        median = duration_text(card.median_seconds)
        if card.usual_seconds is not None:
            usually = duration_text(card.usual_seconds)
            median = say("{time} against {usual} usually", time=median, usual=usually)
        tip = say("Half of their answers took less; beside it the same of everybody in these runs")
        facts.add(say("Median time"), median, tip)
    if card.compared:
        part = _percent(card.agreeing, card.compared)
        share = say("{part} of the others' answers to their items", part=part)
        tip = ""
        if card.usual_agreement is not None:
            tip = say(
                "Of everybody's answers there, {part} say what at least half of the others say.",
                part=_percent(card.usual_agreement, 1.0),
            )
        facts.add(say("Say the same"), share, tip)
    wages = " · ".join(money_text(minor, currency) for currency, minor in card.wages)
    facts.add(say("Median wage"), say("{money} an hour", money=wages) if wages else "")
    facts.add(say("Bonuses"), money_sum(card.bonuses))
    if card.rejected or card.taken_back:
        rejections = number_text(card.rejected)
        if card.taken_back:
            rejections = say("{number:,}, {back:,} taken back", number=card.rejected, back=card.taken_back)
        facts.add(say("Rejections"), rejections)
    states = {"open": say("open"), "upheld": say("upheld"), "overturned": say("overturned")}
    objections = (f"{number_text(count)} {states.get(state, state)}" for state, count in card.appeals)
    facts.add(say("Objections"), ", ".join(objections))
    runs = say_count("%n runs", "%n run", len(card.runs))
    if card.runs_left:
        runs = say("{runs}; {left:,} older ones are not looked at", runs=runs, left=card.runs_left)
    facts.add(say("Looked at"), runs if card.runs else "")
    return facts


def _percent(part: float, whole: float) -> str:
    return say("{number} %", number=round(100 * part / whole))


class _Plot(QFrame):
    """A plot with few, round ticks in a hairline card; `words` tell it to who cannot see it.

    `axis` is the left axis's width and the offset of ticks; these and `height` are pixels at 100 %.
    """

    def __init__(
        self, card: Scorecard, title: str, words: str, *, dates: bool = True,
        axis: tuple[int, int] = (56, 4), height: int = _PLOT_HEIGHT,
    ) -> None:  # fmt: skip
        super().__init__()
        import pyqtgraph as pg

        self._pg, self._data, self._axis, self._height = pg, card, axis, height
        self.setProperty("card", True)
        self.setAccessibleName(f"{title}: {words}")
        self.setToolTip(words)
        self.view = make_plot(dates=dates)
        column = QVBoxLayout(self)
        set_margins(column, 14, 10, 10, 8)
        column.setSpacing(2)
        column.addWidget(Label(title, role="caption", tone="muted", wrap=True))
        column.addWidget(self.view)
        self.restyle()

    def restyle(self) -> None:
        """Takes the theme's colours and fonts anew."""
        left, offset = self._axis
        dress_plot(self.view, left=left, offset=offset)
        self.view.setFixedHeight(theme.px(self._height))
        self.view.clear()
        self.draw()

    def draw(self) -> None:
        raise NotImplementedError

    def _range(self, xs: list[float], top: float, ticks: list[tuple[float, str]]) -> None:
        first, last = min(xs), max(max(xs), min(xs) + 1.0)
        room = (last - first) * 0.02
        self.view.setXRange(first - room, last + room, padding=0)
        self.view.setYRange(-top * 0.04, top * 1.1, padding=0)
        self.view.getAxis("left").setTicks([ticks])
        self.view.getAxis("bottom").setTicks([time_ticks(first, last)])

    def _level(self, height: float) -> None:
        pen = self._pg.mkPen(QColor(theme.colours().muted), width=1, style=Qt.PenStyle.DashLine)
        self.view.addItem(self._pg.InfiniteLine(height, angle=0, pen=pen))


class TimePlot(_Plot):
    """How long each answer took, in the order they came; the dashed line is what is usual there."""

    def __init__(self, card: Scorecard) -> None:
        answers = say_count("%n answers", "%n answer", len(card.times))
        median = duration_text(card.median_seconds)
        title = say("Time for each answer")
        if card.usual_seconds:
            usual = duration_text(card.usual_seconds)
            title = say("Time for each answer, dashed: usual, {time}", time=usual)
        super().__init__(card, title, say("{answers}, median {time}", answers=answers, time=median))

    def draw(self) -> None:
        xs, ys = [at for at, _ in self._data.times], [worked for _, worked in self._data.times]
        high = sorted(ys)[int(0.98 * (len(ys) - 1))]  # one long break would flatten all the others
        top = max(high, self._data.usual_seconds or 0.0, 1.0)
        c = theme.colours()
        brush = QColor(c.accent)
        brush.setAlpha(150)
        dots = self._pg.ScatterPlotItem(
            xs, [min(y, top * 1.08) for y in ys], size=theme.px(5), pen=None, brush=brush
        )
        self.view.addItem(dots)
        if self._data.usual_seconds:
            self._level(self._data.usual_seconds)
        self._range(xs, top, [(top * part, duration_text(top * part)) for part in (0, 0.5, 1)])


class GoldPlot(_Plot):
    """Which share of the answers that are known they had right up to each moment."""

    def __init__(self, card: Scorecard) -> None:
        words = say("{number:,} of {all:,} right in the end", number=card.gold_right, all=card.gold_total)
        super().__init__(card, say("Known answers right so far, %"), words)

    def draw(self) -> None:
        xs = [at for at, _, _ in self._data.gold]
        ys = [100 * right / marked for _, right, marked in self._data.gold]
        colour = theme.status_look("accepted").colour
        if len(xs) > 1:
            pen = self._pg.mkPen(QColor(colour), width=1.5)
            self.view.addItem(self._pg.PlotCurveItem(xs, ys, pen=pen, antialias=True))
        dots = self._pg.ScatterPlotItem(xs, ys, size=theme.px(5), pen=None, brush=QColor(colour))
        self.view.addItem(dots)
        self._range(xs, 100.0, [(0, "0"), (50, "50"), (100, "100")])


class LabelBars(_Plot):
    """Their labels beside the others': two bars a label."""

    def __init__(self, card: Scorecard, labels: Labels) -> None:
        words = "; ".join(
            say(
                "{label}: {mine} against {others}",
                label=share.label,
                mine=_percent(share.mine, 1.0),
                others=_percent(share.others, 1.0),
            )
            for share in labels.shares
        )
        title = say("Labels in “{run}”: theirs, and the others’ in grey, %", run=labels.run_title)
        self._shares = labels.shares
        height = 40 + 26 * len(labels.shares)
        super().__init__(card, title, words, dates=False, axis=(110, 6), height=height)

    def draw(self) -> None:
        c, view, shares = theme.colours(), self.view, self._shares
        rows = [float(len(shares) - 1 - place) for place in range(len(shares))]
        for offset, colour, values in (
            (0.19, c.accent, [share.mine for share in shares]),
            (-0.19, c.control_line, [share.others for share in shares]),
        ):
            bars = self._pg.BarGraphItem(
                x0=[0.0] * len(shares), width=[100 * value for value in values],
                y=[row + offset for row in rows], height=0.34, pen=None, brush=QColor(colour),
            )  # fmt: skip
            view.addItem(bars)
        metrics = self.fontMetrics()
        named = [
            (row, metrics.elidedText(share.label, Qt.TextElideMode.ElideRight, theme.px(96)))
            for row, share in zip(rows, shares, strict=True)
        ]
        view.getAxis("left").setTicks([named])
        view.getAxis("bottom").setTicks([[(0, "0"), (50, "50"), (100, "100")]])
        view.setXRange(-3, 104, padding=0)
        view.setYRange(-0.6, len(shares) - 0.4, padding=0)


def open_scorecard(session: Session, worker_id: int, name: str, parent: QWidget) -> ScorecardDialog:
    """Opens the scorecard of the person behind a worker."""
    dialog = ScorecardDialog(session, worker_id, name, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
