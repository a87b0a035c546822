"""The page of one run: its state and figures at a glance, its plots, its units, and its verbs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crowddesk.domain import AssignmentState
from crowddesk.language import number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.gauges import ProgressLine, StateBar
from crowddesk.ui.hosting_line import HostingLine
from crowddesk.ui.launches import Launches
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.offers import Offers
from crowddesk.ui.page import Page
from crowddesk.ui.pages.units import unit_columns
from crowddesk.ui.rehearsal_card import RehearsalCard
from crowddesk.ui.rows import RowsQuery
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.rows_panel import RowsPanel
from crowddesk.ui.run_cards import RunCards
from crowddesk.ui.run_trouble import GOING, RunTrouble
from crowddesk.ui.run_verbs import RunVerbs
from crowddesk.ui.run_view import RunView, facts_of, read_run
from crowddesk.ui.serving_card import ServingCard
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.verbs import UnitVerbs, environment_of, show_error
from crowddesk.ui.words import exact_time

if TYPE_CHECKING:
    from crowddesk.store.queries import RunRow
    from crowddesk.ui.plots import RunPlots

_AGAIN_MS: Final = 1_000
_NARROW: Final = 860
#: The search and a few rows.
_TABLE: Final = 220
_FOLLOWED: Final = frozenset({"task_run", "unit", "vendor_action", "agent"})


class RunPage(Page):
    """One run; `show_run` shows another one in its place. `left`: back to the list."""

    left = Signal()

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(say("Task run"))
        self._session = session
        self._window = window
        self._run_id = 0
        self._view: RunView | None = None
        self.launches = Launches.of(session)
        self.run_verbs = RunVerbs(session, window)
        self.run_verbs.acted.connect(self._read)
        self._make_head()
        self._make_progress()
        self.state_bar = StateBar()
        self.state_bar.state_clicked.connect(self._filter_by)
        self.rehearsal = RehearsalCard(session, window)
        self.hosting = HostingLine(session)
        self.people = ServingCard(session, window)
        self.people.opened.connect(self._open_unit_by_id)
        self.cards = RunCards()
        self._plots: RunPlots | None = None
        self._plots_place = QVBoxLayout()
        whole = QWidget()
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._column.addWidget(self._progress)
        self._column.addWidget(self.banner)
        self._column.addWidget(self.state_bar)
        self._column.addWidget(self.hosting)
        self._column.addWidget(self.rehearsal)
        self._column.addWidget(self.people)
        self._column.addWidget(self.cards)
        self._column.addLayout(self._plots_place)
        self.area = QScrollArea()  # a low window or large print scrolls; nothing is cut
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(whole)
        self.body.addWidget(self.area, 1)
        self._make_table()
        self.people.moved.connect(self.model.rows_changed)
        self._clock = QElapsedTimer()
        self._again = make_one_shot(self, 0, self._read)
        session.changed.connect(self._hear)
        self.launches.changed.connect(self._hear_launch)
        self.launches.failed.connect(self._launch_failed)
        window.closing.connect(self._keep)
        from crowddesk.ui import plots

        session.threads.counter.ask(plots.warm_up, self._make_plots)

    # ---------------------------------------------------------------------------------------------- parts

    def _make_head(self) -> None:
        self.back = Button(self.tr("‹ Runs"), look="link")
        self.back.setAccessibleName(self.tr("Back to the list of runs"))
        self.back.clicked.connect(self.left)
        self.head.add_first(self.back)
        self.pause = Button(self.tr("Pause"))
        self.pause.clicked.connect(self._pause_or_resume)
        self.stop = Button(self.tr("Stop…"))
        self.stop.clicked.connect(partial(self._with_run, self.run_verbs.stop))
        self.more_answers = Button(self.tr("More answers…"))
        self.more_answers.clicked.connect(partial(self._with_run, self.run_verbs.ask_more))
        self.export = Button(self.tr("Export…"))
        self.export.clicked.connect(lambda: self.run_verbs.export(self._run_id))
        self.review = Button(self.tr("Review"), look="primary")
        self.review.follow(self._session.keys, "run.review", presses=True)
        self.review.clicked.connect(self._review)
        self.more = QToolButton()
        self.more.setText(self.tr("More ▾"))
        self.more.setProperty("chrome", "button")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        self._more_actions: dict[Button, QAction] = {}
        for button in (self.pause, self.stop, self.more_answers, self.export):
            action = menu.addAction(button.text())
            action.triggered.connect(button.click)
            self._more_actions[button] = action
        menu.addSeparator()
        for text, verb in (
            (self.tr("Pack into one file…"), self.run_verbs.pack),
            (self.tr("Data set…"), self._open_data_set),
            (self.tr("Quality…"), self._open_quality),
            (self.tr("Its people"), self.run_verbs.show_people),
            (self.tr("Ask where answers disagree…"), self._ask_where_they_disagree),
            (self.tr("Fair pay…"), self.run_verbs.fair_pay),
            (self.tr("Bonuses from a file…"), self.run_verbs.pay_from_file),
        ):
            action = menu.addAction(text)
            action.triggered.connect(partial(self._with_run, verb))
            self.addAction(action)  # where the palette finds it
        menu.aboutToShow.connect(self._fill_more)
        self.more.setMenu(menu)
        self.data_set = Button(self.tr("Data set…"))
        self.data_set.clicked.connect(partial(self._with_run, self._open_data_set))
        for widget in (
            self.pause, self.stop, self.more_answers, self.export, self.data_set, self.more, self.review,
        ):  # fmt: skip
            self.head.add_action(widget)
        self._show_buttons()

    def _make_progress(self) -> None:
        self.banner = RunTrouble(self._session, self.launches, self.run_verbs)
        self._progress = QWidget()
        self._progress_words = Label()
        self._progress_line = ProgressLine()
        self.cancel = Button(self.tr("Cancel"))
        self.cancel.clicked.connect(self._cancel)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self._progress_words)
        words.addWidget(self._progress_line)
        line = QHBoxLayout(self._progress)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addLayout(words, 1)
        line.addWidget(self.cancel)
        self._progress.hide()

    def _make_table(self) -> None:
        self.model = RowsModel(unit_columns(with_run=False), self._session.source("UNITS", self), self)
        self._session.follow(self.model, "unit")
        self.panel = RowsPanel(
            self.model,
            name=self.tr("Units of this run"),
            search_hint=self.tr("status:completed time:<20s   search units"),
            noun="units",
            session=self._session,
        )
        self.panel.table.set_empty_state(
            self.tr("No units yet."), self.tr("They are here once the run is loaded.")
        )
        self.panel.table.restore(self._session.load("run.table", {}))
        self.verbs = UnitVerbs(self._session, self._window, self._window.toast, self.panel.table.selected_ids)
        self.panel.table.set_verbs(self.verbs.actions)
        self.panel.table.opened.connect(self._open_unit)
        self.panel.table.selection_changed.connect(self._follow_selection)
        self.plots_switch = QToolButton()
        self.plots_switch.setText(self.tr("Plots"))
        self.plots_switch.setProperty("chrome", "button")
        self.plots_switch.setCheckable(True)
        self.plots_switch.setChecked(self._session.load("run.plots", True) is not False)
        self.plots_switch.setToolTip(self.tr("Show or hide the plots"))
        self.plots_switch.toggled.connect(self._show_plots)
        self.panel.add_button(self.plots_switch)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self.panel)
        self._split.setChildrenCollapsible(False)
        self._column.addWidget(self._split, 1)
        self.restyle()
        self._detail: Any = None

    def _make_plots(self, _nothing: object) -> None:
        from crowddesk.ui.plots import RunPlots

        self._plots = RunPlots()
        self._plots_place.addWidget(self._plots)
        self._show_plots(self.plots_switch.isChecked())
        if self._view is not None:
            self._draw(self._view)

    def detail(self) -> Any:
        """The pane of one unit, made when it is first asked for."""
        if self._detail is None:
            from crowddesk.ui.unit_detail import UnitDetailPane

            self._detail = UnitDetailPane(self._session, self.verbs)
            self._detail.closed.connect(self._make_room)
            self._split.addWidget(self._detail)
            self._split.setStretchFactor(0, 1)
        return self._detail

    # ------------------------------------------------------------------------------------------- showing

    def show_run(self, run_id: int) -> None:
        """Shows a run from its beginning; the one shown already is only read again."""
        if run_id != self._run_id:
            from crowddesk.store.queries import Scope

            self._run_id = run_id
            self._view = None
            self.head.set_title(self.tr("Run {0}").format(run_id))
            self.head.set_facts(())
            self.head.set_badge(None)
            self.banner.forget()
            self.people.show_run(None)
            self.hosting.show_run(None)
            self.rehearsal.show_run(None)
            self.area.verticalScrollBar().setValue(0)
            self.panel.search.set_text("")
            query = self.model.query
            self.model.show(RowsQuery("", query.sort, query.descending, Scope(run_id=run_id)))
            if self._detail is not None:
                self._detail.hide()
                self._make_room()
        self._again.stop()
        self._read()

    @property
    def run_id(self) -> int:
        return self._run_id

    def _hear(self, table: str, _ids: object) -> None:
        if table in _FOLLOWED and self._run_id and self.isVisible() and not self._again.isActive():
            since = self._clock.elapsed() if self._clock.isValid() else _AGAIN_MS
            self._again.start(max(0, _AGAIN_MS - since))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._run_id:
            self._read()

    def _read(self) -> None:
        self._clock.restart()
        run_id = self._run_id
        self._session.ask(lambda conn: (run_id, read_run(conn, run_id)), self._show, self.banner.fail)

    def _show(self, found: tuple[int, RunView]) -> None:
        run_id, view = found
        if run_id != self._run_id:
            return
        if self._view is None or view.deadlines > self._view.deadlines:  # another run, or its first one
            self.panel.table.columns.show_column(self.model.column_of("due"), view.deadlines)
        self._view = view
        run = view.facts.run
        environment = environment_of(run.provider_type, run.sandbox)
        vendor = "" if environment == "practice" else run.provider_type
        self.head.set_title(run.title)
        self.head.set_badge(environment, vendor)
        self.head.set_facts(facts_of(view))
        self.head.facts.setAccessibleDescription(exact_time(run.launched_at or run.created_at))
        if self.isVisible():
            self._window.set_environment(environment, vendor)
        self.state_bar.set_counts([(s, run.units.get(s, 0)) for s in AssignmentState.valid_unit()])
        self.rehearsal.show_run(run)
        self.people.show_run(run)
        self.hosting.show_run(run)
        Offers.of(self._session).narrow(list(self.verbs.offered.values()), run.provider_type)
        self.cards.show_facts(view.facts)
        self._show_progress()
        self.banner.show_view(view)
        self._draw(view)
        waiting = run.units.get(AssignmentState.COMPLETED, 0)
        self.review.setText(
            self.tr("Review {0}").format(number_text(waiting)) if waiting else self.tr("Review")
        )
        self.review.setEnabled(waiting > 0)
        self.review.updateGeometry()
        self._show_buttons()

    def _draw(self, view: RunView) -> None:
        if self._plots is not None and self.plots_switch.isChecked():
            run = view.facts.run
            self._plots.show_series(view.series, run.currency, run.budget_minor)

    def _show_plots(self, on: bool) -> None:
        self._make_room()
        if on and self._view is not None:
            self._draw(self._view)
        self._session.save("run.plots", on)

    def _make_room(self) -> None:
        """While a unit is read beside the list, the figures and the plots step aside for it."""
        reads = self._detail is not None and not self._detail.isHidden()
        self.cards.setVisible(not reads)
        if self._plots is not None:
            self._plots.setVisible(self.plots_switch.isChecked() and not reads)

    def _show_progress(self) -> None:
        launch = self.launches.of_run(self._run_id)
        run = self._view.facts.run if self._view is not None else None
        if launch is not None:
            self._progress_words.setText(
                self.tr("Loading: {0} of {1}").format(
                    number_text(launch.loaded), say_count("%n units", "%n unit", launch.units)
                )
                if launch.units
                else self.tr("Loading the files")
            )
            self._progress_line.set(launch.loaded, launch.units)
        elif run is not None and run.state == "launching":
            whole = sum(run.units.values())
            there = whole - run.units.get(AssignmentState.CREATED, 0)
            self._progress_words.setText(
                self.tr("Launching: {0} of {1} at the vendor").format(
                    number_text(there), say_count("%n units", "%n unit", whole)
                )
            )
            self._progress_line.set(there, whole)
        shown = launch is not None or (run is not None and run.state == "launching")
        self._progress.setVisible(shown)
        self.cancel.setVisible(launch is not None)

    def _hear_launch(self, run_id: int) -> None:
        if run_id == self._run_id:
            self._show_progress()
            self._hear("task_run", None)

    def _launch_failed(self, run_id: int, error: Exception) -> None:
        if run_id == self._run_id:
            show_error(self._window, self.tr("This run is not loaded whole"), error)

    def _cancel(self) -> None:
        launch = self.launches.of_run(self._run_id)
        if launch is not None:
            launch.cancel()

    # --------------------------------------------------------------------------------------------- verbs

    @property
    def run(self) -> RunRow | None:
        """The run as it was last read."""
        return self._view.facts.run if self._view is not None else None

    def _with_run(self, verb: Callable[[RunRow], None], _checked: bool = False) -> None:
        if self.run is not None:
            verb(self.run)

    def _pause_or_resume(self) -> None:
        if self.run is not None and self.run.state == "paused":
            self.banner.resume()
        else:
            self.run_verbs.pause(self._run_id)

    def _review(self) -> None:
        self._session.wanted.emit("review", self._run_id)

    def _open_data_set(self, run: RunRow) -> None:
        from crowddesk.ui.data_set import open_data_set

        open_data_set(self._session, self._window, run.id)

    def _open_quality(self, run: RunRow) -> None:
        from crowddesk.ui.quality_view import open_quality

        open_quality(self._session, self._window, run.id)

    def _ask_where_they_disagree(self, run: RunRow) -> None:
        from crowddesk.ui.dialogs.overlap import open_overlap

        open_overlap(self._session, self._window, run)

    def _filter_by(self, status: str) -> None:
        self.panel.search.set_text(f"status:{status}")

    def _open_unit(self, row: Any) -> None:
        self._open_unit_by_id(row.id)

    def _open_unit_by_id(self, unit_id: int) -> None:
        self.detail().show_unit(unit_id)
        self._make_room()
        self.area.ensureWidgetVisible(self._split)

    def _follow_selection(self, count: int) -> None:
        row = self.panel.table.current_row()
        if self._detail is not None and self._detail.isVisible() and count == 1 and row is not None:
            self._detail.show_unit(row.id)

    # ---------------------------------------------------------------------------------------------- frame

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self._split.setMinimumHeight(theme.px(_TABLE))

    def _show_buttons(self) -> None:
        run = self.run
        narrow = self.width() < theme.px(_NARROW)
        going = run is not None and run.state in GOING
        telling = self._view.telling if self._view is not None else ""
        going_on = run is not None and run.state == "paused"
        words = self.tr("Resume") if going_on else self.tr("Pause")
        told = {"pause": self.tr("Pausing…"), "resume": self.tr("Resuming…")}
        self.pause.setText(told.get(telling, words))
        possible = {
            self.pause: going and not telling,
            self.stop: run is not None and run.state in (*GOING, "draft"),
            self.more_answers: going,
            self.export: run is not None and bool(run.units),
        }
        for button, can in possible.items():
            button.setEnabled(can)
            shown = can or button is self.export or (button is self.pause and going)
            in_menu = narrow or (going and button in (self.stop, self.more_answers))  # seldom wanted
            button.setVisible(shown and not in_menu)
        self.data_set.setEnabled(run is not None)
        self.data_set.setVisible(not narrow)
        self.more.setVisible(run is not None)

    def _fill_more(self) -> None:
        for button, action in self._more_actions.items():
            action.setText(button.text())
            action.setEnabled(button.isEnabled())
            action.setVisible(button.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Back):
            if self._detail is not None and self._detail.isVisible():
                self._detail.leave()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)

    def _keep(self) -> None:
        self._session.save("run.table", self.panel.table.saved_state())
