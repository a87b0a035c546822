"""Which run to review: those with answers that wait, the most urgent first; the next step without any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from crowddesk.domain import money_text
from crowddesk.language import say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Badge, Button, ElidedLabel, Label, set_margins
from crowddesk.ui.states import EmptyState
from crowddesk.ui.verbs import environment_of
from crowddesk.ui.words import deadline_text, environment_words, is_soon

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.store.queries import RunRow

_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A run and how many of its units wait; `soonest` is when the vendor approves the first by itself."""

    run: RunRow
    units: int
    soonest: datetime | None


def read_waiting(conn: Connection) -> tuple[list[Waiting], int]:
    """In the reader: what waits, the nearest deadline first, and how many runs there are in all."""
    from datetime import timedelta

    from crowddesk.store.queries import RUNS, deadlines
    from crowddesk.store.queries.review import waiting_by_run

    counts = waiting_by_run(conn)
    soonest = {run.run_id: run.soonest for run in deadlines(conn, timedelta(days=60)).runs}
    rows = RUNS.rows(conn, sorted(counts, reverse=True)[:_MOST])
    found = [Waiting(run, counts[run.id], soonest.get(run.id)) for run in rows]
    found.sort(key=lambda one: (one.soonest is None, one.soonest or one.run.created_at, -one.run.id))
    return found, RUNS.count(conn)


class RunPicker(QStackedWidget):
    """`chosen(run_id)`; `launch_wanted`: there is no run at all yet."""

    chosen = Signal(int)
    launch_wanted = Signal()
    runs_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Runs with answers that wait"))
        self._rows: list[_RunLine] = []
        self._shown: list[Waiting] | None = None
        content = QWidget()
        self._column = QVBoxLayout(content)
        set_margins(self._column, 0, 0, 8, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        self.empty = EmptyState()
        self._launch = QAction(self.tr("Launch a run…"), self)
        self._launch.triggered.connect(self.launch_wanted)
        self._look = QAction(self.tr("Show the runs"), self)
        self._look.triggered.connect(self.runs_wanted)
        self._blank = QWidget()
        for part in (self._blank, area, self.empty):
            self.addWidget(part)
        self._area = area

    def show_waiting(self, waiting: Sequence[Waiting], runs: int) -> None:
        """Shows the runs; the keyboard stays where it is."""
        if not waiting:
            self._say_empty(runs)
            return
        self.setCurrentWidget(self._area)
        if list(waiting) == self._shown:
            return
        self._shown = list(waiting)
        while len(self._rows) < len(waiting):
            row = _RunLine()
            row.button.clicked.connect(lambda _=False, r=row: self.chosen.emit(r.run_id))
            self._column.insertWidget(self._column.count() - 1, row)
            self._rows.append(row)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(waiting))
            if place < len(waiting):
                row.show_run(waiting[place])

    def show_error(self, error: Exception, again: Any) -> None:
        self.empty.show_error(self.tr("What waits cannot be read"), str(error), repr(error), again)
        self.setCurrentWidget(self.empty)

    def take_focus(self) -> None:
        """Puts the keyboard on the first run."""
        if self.currentWidget() is self._area and self._rows:
            self._rows[0].button.setFocus()

    def buttons(self) -> list[Button]:
        return [row.button for row in self._rows if not row.isHidden()]

    def _say_empty(self, runs: int) -> None:
        self._shown = None
        if runs:
            self.empty.show_words(
                self.tr("Nothing waits for review."),
                self.tr("New answers come here by themselves. Your runs say how far they are."),
                self._look,
            )
        else:
            self.empty.show_words(
                self.tr("No runs yet."),
                self.tr(
                    "Launch one from a CSV file, or watch the practice crowd do one; then review it here."
                ),
                self._launch,
            )
        self.setCurrentWidget(self.empty)


class _RunLine(QWidget):
    """One run that waits."""

    def __init__(self) -> None:
        super().__init__()
        self.run_id = 0
        self._title = ElidedLabel(role="strong", least=120)
        self._badge = Badge("practice")
        self._facts = ElidedLabel(tone="muted", least=0)
        self._count = Label(role="strong")
        self.button = Button(self.tr("Review"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 10, 0, 11)
        line.setSpacing(12)
        line.addWidget(self._title, 3)
        line.addWidget(self._badge)
        line.addWidget(self._facts, 2)
        line.addWidget(self._count)
        line.addWidget(self.button)

    def show_run(self, waiting: Waiting) -> None:
        run = waiting.run
        self.run_id = run.id
        environment = environment_of(run.provider_type, run.sandbox)
        self._title.setText(run.title or self.tr("Run {0}").format(run.id))
        self._title.updateGeometry()
        self._badge.set(environment, "" if environment == "practice" else run.provider_type)
        money = money_text(waiting.units * (run.reward_minor + run.fee_minor), run.currency)
        facts = [run.task_type.replace("_", " "), self.tr("{0} if all are approved").format(money)]
        if waiting.soonest is not None:
            facts.insert(0, self.tr("approved by itself {0}").format(deadline_text(waiting.soonest)))
        self._facts.setText(" · ".join(facts))
        self._facts.set_tone("warning" if is_soon(waiting.soonest) else "muted")
        self._count.setText(say_count("%n units", "%n unit", waiting.units))
        units = say_count("%n units", "%n unit", waiting.units)
        self.button.setAccessibleName(
            self.tr("Review {0}, {1}, {2}").format(run.title, units, environment_words(environment).lower())
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme.colours().line))
