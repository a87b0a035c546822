"""The quality of a run's answers: figures by field, evidence by person, disputed items, a sample."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QDateTime, QTimer
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crowddesk.domain import AssignmentState, Cancelled
from crowddesk.language import mark, number_text, percent_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.beside_run import BesideRun, open_beside
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.field_figures import FieldFigures
from crowddesk.ui.held_rows import HeldRows
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.messages import Banner
from crowddesk.ui.rows import Column
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.sampling_card import SamplingCard
from crowddesk.ui.session import Session
from crowddesk.ui.table import RowsTable
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.words import duration_text

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.store.queries import RunRow

#: So many fields have a card; a run with more tells them by the command.
_MOST_FIELDS: Final = 20
_LEAST_ROWS: Final = 2
_MOST_ROWS: Final = 10
_FOLLOWED: Final = frozenset({"unit", "submission"})


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who answered, and what is to be said of it. `right` is a share, where the truth is known."""

    id: int
    name: str
    answers: int
    median_seconds: float | None
    right: float | None
    gold: str
    evidence: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item on which people disagree. `said` is what they say, how often; `differing` a share of pairs."""

    id: int
    key: str
    answers: int
    said: str
    differing: float


@dataclass(frozen=True, slots=True)
class _Found:
    run_id: int
    figures: Mapping[str, Any]
    at: str


class _List(RowsTable):
    """A list in a page that scrolls itself: the wheel is the page's, until the keyboard is in the list."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class QualityPage(BesideRun):
    """What the answers of a run are worth, as of a moment that the page names."""

    TITLE = mark("Quality")

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(session, window)
        self._found: _Found | None = None
        self._job: Job | None = None
        self._make_head()
        self._make_body()
        session.changed.connect(self._hear)

    # ---------------------------------------------------------------------------------------------- parts

    def _make_head(self) -> None:
        self.data_set = Button(self.tr("Data set…"))
        self.data_set.clicked.connect(self._open_data_set)
        self.anew = Button(self.tr("Count anew"))
        self.anew.clicked.connect(self.count)
        for button in (self.data_set, self.anew):
            self.head.add_action(button)

    def _make_body(self) -> None:
        self.working = QWidget()
        self._working_words = Label(self.tr("Counting the figures…"))
        self.cancel = Button(self.tr("Cancel"))
        self.cancel.clicked.connect(self._cancel)
        line = QHBoxLayout(self.working)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self._working_words, 1)
        line.addWidget(self.cancel)
        self.working.hide()
        self._seconds = QTimer(self)
        self._seconds.setInterval(1_000)
        self._seconds.timeout.connect(self._tick)
        self._first = make_one_shot(self, 1_000, self._look_for_the_first)
        self._passed = 0
        self.banner = Banner()
        self.column.addWidget(self.working)
        self.column.addWidget(self.banner)
        self.sampling = SamplingCard(self._session, self._window)
        self.column.addWidget(self.sampling)
        self.column.addWidget(Label(self.tr("Answers, by field"), role="strong", wrap=True))
        self._fields = QVBoxLayout()
        self._fields.setSpacing(12)
        self.column.addLayout(self._fields)
        self._make_truth()
        self._people = HeldRows()
        self.people_model = RowsModel(_people_columns(), self._people, self)
        self.people = _List(self.people_model, name=self.tr("People and what stands out about them"))
        self.people.set_empty_state(self.tr("Nobody’s answers count yet."))
        self.people.opened.connect(lambda row: self._session.wanted.emit("workers", row.id))
        self._people_words = Label(tone="muted", wrap=True)
        self.column.addWidget(Label(self.tr("People"), role="strong", wrap=True))
        self.column.addWidget(self._people_words)
        self.column.addWidget(self.people)
        self._items = HeldRows()
        self.items_model = RowsModel(_item_columns(), self._items, self)
        self.items = _List(self.items_model, name=self.tr("Items on which people disagree most"))
        self.items.set_empty_state(self.tr("No two answers to an item differ."))
        self.items.opened.connect(self._review_item)
        review = QAction(self.tr("Review this item"), self)
        review.triggered.connect(self._review_chosen)
        self.items.set_verbs([review])
        self.column.addWidget(Label(self.tr("Items on which people disagree most"), role="strong", wrap=True))
        self.column.addWidget(
            Label(self.tr("Enter opens the answers to an item for review."), tone="muted", role="caption")
        )
        self.column.addWidget(self.items)
        self.column.addStretch(1)

    def _make_truth(self) -> None:
        self.truth = QLineEdit()
        self.truth.setPlaceholderText(self.tr("Column of the items with the right answers"))
        self.truth.setAccessibleName(self.truth.placeholderText())
        self.truth.setMaxLength(300)
        self.use_truth = Button(self.tr("Count with it"))
        self.use_truth.clicked.connect(self.count)
        self.truth.returnPressed.connect(self.count)
        self._truth_line = QWidget()
        line = QHBoxLayout(self._truth_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.truth, 1)
        line.addWidget(self.use_truth)
        line.addStretch(1)
        self.column.addWidget(self._truth_line)

    # -------------------------------------------------------------------------------------------- reading

    def _forget(self) -> None:
        self._cancel()
        self._found = None
        self.banner.hide()
        self.truth.clear()
        self._show_figures({})
        self.instead.show_words(self.tr("Counting the figures…"), "")
        self.places.setCurrentWidget(self.instead)

    def _begin(self) -> None:
        self.sampling.show_run(self._run_id)

    def _show_run(self, run: RunRow) -> None:
        super()._show_run(run)
        if run.id != self._run_id or self._found is not None or self._job is not None:
            return
        if any(run.units.get(status) for status in AssignmentState.completed()):
            self.count()
        else:
            self._say_empty()

    def _say_empty(self) -> None:
        self.instead.show_words(
            self.tr("No answers yet."), self.tr("The figures are here once the first have come.")
        )
        self.places.setCurrentWidget(self.instead)

    def count(self) -> None:
        """Counts the figures as the run is now, in a process of their own."""
        self._end()
        run_id, truth = self._run_id, self.truth.text().strip() or None

        def work(db: CrowdDatabase, job: Job) -> _Found:
            from crowddesk.operations.quality.apart import figures_apart

            found = figures_apart(db.folder, run_id, job, truth=truth)
            return _Found(run_id, found, QDateTime.currentDateTime().toString("HH:mm:ss"))

        self.banner.hide()
        self._show_working(True)
        self._job = self._session.run_job(work, self._take, self._fail)

    def _show_working(self, on: bool) -> None:
        self._passed = 0
        self._working_words.setText(self.tr("Counting the figures…"))
        self.working.setVisible(on)
        self.busy.setVisible(on)
        self.anew.setEnabled(not on)
        if on:
            self._seconds.start()
        else:
            self._seconds.stop()

    def _tick(self) -> None:
        self._passed += 1
        self._working_words.setText(self.tr("Counting the figures… {0} s").format(self._passed))

    def _end(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = None

    def _cancel(self) -> None:
        was = self._job is not None
        self._end()
        self._show_working(False)
        if was and self._found is None:
            self.instead.show_words(
                self.tr("The figures were not counted."), self.tr("Count them anew when there is time.")
            )
            self.places.setCurrentWidget(self.instead)

    def _take(self, found: _Found) -> None:
        if found.run_id != self._run_id:
            return
        self._job = None
        self._show_working(False)
        self._found = found
        figures = found.figures
        facts = [
            say_count("%n answers", "%n answer", figures["answers"]),
            say_count("%n items", "%n item", figures["items"]),
            say_count("%n people", "%n person", figures["workers"]), self.tr("as of {0}").format(found.at),
        ]  # fmt: skip
        if figures["left_out"]:
            facts.insert(1, self.tr("{0} left out").format(number_text(figures["left_out"])))
        self.say_facts(*facts)
        if not figures["fields"]:
            self._say_empty()
            return
        self.places.setCurrentWidget(self.area)
        self._show_figures(figures)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        self._end()
        self._show_working(False)
        if self._found is None:
            self.show_failure(self.tr("The figures could not be counted"), error)
        else:
            self.banner.say(str(error), tone="danger")

    def _begin_again(self) -> None:
        self.truth.clear()
        super()._begin_again()

    def _hear(self, table: str, _ids: object) -> None:
        if table not in _FOLLOWED or self._job is not None:
            return
        if self._found is None:
            if self.isVisible() and self.run is not None and not self._first.isActive():
                self._first.start()
        else:
            self.banner.say(
                self.tr("Answers have changed since these figures were counted."),
                action=self.tr("Count anew"),
                take=self.count,
            )

    def _look_for_the_first(self) -> None:
        """Answers may have come to a run that had none; what was cancelled stays so."""
        had_none = self.run is not None and not any(
            self.run.units.get(status) for status in AssignmentState.completed()
        )
        if had_none and self.isVisible():
            self.show_run(self._run_id)

    # -------------------------------------------------------------------------------------------- showing

    def _show_figures(self, figures: Mapping[str, Any]) -> None:
        while (item := self._fields.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        fields: Sequence[Mapping[str, Any]] = figures.get("fields", ())
        judged = [each for each in fields if each["name"] == figures.get("field")]
        others = [each for each in fields if each["name"] != figures.get("field")]
        for each in [*judged, *others][:_MOST_FIELDS]:
            self._fields.addWidget(FieldFigures(each))
        if len(fields) > _MOST_FIELDS:
            more = self.tr("{0} more: crowddesk quality --run {1}")
            words = more.format(say_count("%n fields", "%n field", len(fields) - _MOST_FIELDS), self._run_id)
            self._fields.addWidget(Label(words, tone="muted", wrap=True))
        truth = figures.get("truth") or {}
        self._truth_line.setVisible(bool(self.truth.text()) or truth.get("column") is None)
        people = [_person_row(each) for each in figures.get("people", ())]
        self._people.rows = people
        self.people_model.load()
        self._fit(self.people, len(people))
        known = truth.get("column") is not None
        self.people.columns.show_column(self.people_model.column_of("right"), known)
        gold = any(row.gold for row in people)
        self.people.columns.show_column(self.people_model.column_of("gold"), gold)
        against = sum(
            any(chip["tone"] == "against" for chip in each["evidence"]) for each in figures.get("people", ())
        )
        self._people_words.setText(
            self.tr(
                "{0} of {1} to look at first, by what stands in the last column. Nothing is decided by it."
            ).format(number_text(against), say_count("%n people", "%n person", len(people)))
        )
        self._items.rows = [_item_row(each) for each in figures.get("disputed", ())]
        self.items_model.load()
        self._fit(self.items, len(self._items.rows))

    def _fit(self, table: RowsTable, rows: int) -> None:
        """A table that is as high as its rows, within reason: the page scrolls."""
        shown = min(max(rows, _LEAST_ROWS), _MOST_ROWS)
        table.setFixedHeight(table.horizontalHeader().sizeHint().height() + shown * theme.row_height() + 16)

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self._fit(self.people, len(self._people.rows))
        self._fit(self.items, len(self._items.rows))

    # ---------------------------------------------------------------------------------------------- verbs

    def _review_chosen(self) -> None:
        row = self.items.current_row()
        if row is not None:
            self._review_item(row)

    def _review_item(self, row: ItemRow) -> None:
        key = row.key.replace('"', " ")
        self._session.wanted.emit("review", (self._run_id, f'item:"{key}"'))

    def _open_data_set(self) -> None:
        from crowddesk.ui.data_set import open_data_set

        open_data_set(self._session, self._window, self._run_id)


def _person_row(each: Mapping[str, Any]) -> PersonRow:
    gold = ""
    if each["gold_answers"]:
        gold = say("{number:,} of {all:,}", number=each["gold_right"], all=each["gold_answers"])
    return PersonRow(
        int(each["worker_id"]),
        " = ".join([each["worker_name"], *each["also"]]),
        each["answers"],
        each["median_seconds"],
        each["accuracy"],
        gold,
        "; ".join(chip["words"] for chip in each["evidence"]),
    )


def _item_row(each: Mapping[str, Any]) -> ItemRow:
    said = " · ".join(f"{label} {number_text(number)}" for label, number in each["labels"].items())
    return ItemRow(int(each["item_id"]), each["item_key"], each["answers"], said, each["differing"])


def _people_columns() -> list[Column]:
    return [
        Column("name", say("Worker"), lambda r: r.name, kind="id", width=170),
        Column("answers", say("Answers"), lambda r: number_text(r.answers), kind="number", width=80),
        Column(
            "time", say("Median time"), lambda r: duration_text(r.median_seconds), kind="number", width=100
        ),
        Column(
            "right",
            say("Right"),
            lambda r: "" if r.right is None else percent_text(r.right),
            kind="number",
            width=70,
        ),
        Column("gold", say("Gold right"), lambda r: r.gold, kind="number", width=90),
        Column("evidence", say("What stands out"), lambda r: r.evidence, width=280, stretch=True),
    ]


def _item_columns() -> list[Column]:
    return [
        Column("key", say("Item"), lambda r: r.key, kind="id", width=200),
        Column("answers", say("Answers"), lambda r: number_text(r.answers), kind="number", width=80),
        Column("said", say("What they say"), lambda r: r.said, width=280, stretch=True),
        Column(
            "differing",
            say("Pairs that differ"),
            lambda r: percent_text(r.differing),
            kind="number",
            width=130,
        ),
    ]


def open_quality(session: Session, window: MainWindow, run_id: int) -> QualityPage:
    """Shows the quality of a run's answers in the window. In the GUI thread; returns at once."""
    return open_beside(session, window, QualityPage, run_id)
