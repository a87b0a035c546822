"""Review: which run, in which order, from where; its verbs and their keys; what is kept over a restart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QStackedWidget, QToolButton

from crowddesk.domain import ActionKind
from crowddesk.language import number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Button
from crowddesk.ui.gauges import ProgressLine
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.page import Page
from crowddesk.ui.review.loading import ORDERS, Review
from crowddesk.ui.review.picker import RunPicker, Waiting, read_waiting
from crowddesk.ui.review.reviewing import Reviewing
from crowddesk.ui.search_field import KnownNames, SearchField
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.verbs import environment_of
from crowddesk.ui.words import short_name, span_text

if TYPE_CHECKING:
    from crowddesk.operations.acceptance import Looked

_RUNS_KEPT: Final = 5
#: What was kept is older than what was decided last: the place is then one of those that came next.
_PLACES_KEPT: Final = 40
_NARROW: Final = 860
_KEPT_RUNS: Final = "review.runs"
_WITHIN: Final = Qt.ShortcutContext.WidgetWithChildrenShortcut
_KEY_TEXT: Final = QKeySequence.SequenceFormat.NativeText


class ReviewPage(Page):
    """Chooses a run, then shows its answers one by one. `show_wanted(run)` opens a run's."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(say("Review"))
        self.session, self.window_ = session, window
        self.work = Reviewing(session, window)
        self.desk, self.grid = self.work.desk, self.work.grid
        self.work.opened.connect(self._show_run)
        # The head says what has changed once the answer is painted.
        self._soon = make_one_shot(self, 0, self._show_moved)
        self.work.moved.connect(self._soon.start)
        self.work.failed.connect(self._show_failure)
        self.work.ended.connect(self._say_end)
        self.verbs: dict[str, QAction] = {}
        self._make_parts()
        self._make_head()
        self._make_verbs()
        window.closing.connect(self._leave)
        session.changed.connect(self._hear)
        kept = session.load("review.run", 0)
        before = self._kept_of(kept) if isinstance(kept, int) and kept else None
        if before is not None:
            self._open(before)
        else:
            self._show_picker()

    # ---------------------------------------------------------------------------------------- building

    def _make_parts(self) -> None:
        self.progress = ProgressLine()
        self.search = SearchField(self.tr("worker:A1 time:<20s   narrow this review"), noun="units")
        self.search.go.setShortcut(QKeySequence())  # the page has a key of its own for it
        self.search.line.key = ""
        KnownNames(self.session, self.search, "units")
        self.search.searched.connect(self._narrow)
        self.search.left_down.connect(self._end_search)
        self.search.line.returnPressed.connect(self._search_entered)
        self.search.hide()
        self.picker = RunPicker()
        self.picker.chosen.connect(self.show_wanted)
        self.picker.launch_wanted.connect(self._launch)
        self.picker.runs_wanted.connect(lambda: self.session.wanted.emit("runs", None))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.picker)
        self._stack.addWidget(self.work)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.search)
        self.body.addWidget(self._stack, 1)

    def _make_head(self) -> None:
        self.back = Button(self.tr("‹ Runs"), look="link")
        self.back.setAccessibleName(self.tr("Choose another run to review"))
        self.back.clicked.connect(self.leave_run)
        self.head.add_first(self.back)
        self.order_button = QToolButton()
        self.order_button.setProperty("chrome", "button")
        self.order_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.order_button.setToolTip(self.tr("Which answer comes next, and of which"))
        menu = QMenu(self.order_button)
        self._orders = QActionGroup(self)
        for order, words in ORDERS.items():
            action = menu.addAction(_capital(say(words)))
            action.setCheckable(True)
            action.setData(order)
            self._orders.addAction(action)
        self._orders.triggered.connect(lambda action: self.set_order(action.data()))
        menu.addSeparator()
        menu.addAction(self.tr("A sample…")).triggered.connect(self.ask_sample)
        self._all = menu.addAction(self.tr("All that wait"))
        self._all.triggered.connect(self.review_all)
        menu.addSeparator()
        menu.aboutToShow.connect(self._fill_menu)
        self.order_button.setMenu(menu)
        self.grid_button = Button(self.tr("Grid"), key="G")
        self.undo_button = Button(self.tr("Undo"), key="U")
        for button in (self.order_button, self.grid_button, self.undo_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.head.add_action(button)

    def _fill_menu(self) -> None:
        """The verbs that have no button stand there too, with their keys."""
        menu = self.order_button.menu()
        for name in ("search", "names", "rest", "bonus", "note", "flag", "redo"):
            if self.verbs[name] not in menu.actions():
                menu.addAction(self.verbs[name])

    def _make_verbs(self) -> None:
        """Every verb as an action with its chosen key; letters work outside of text fields."""
        work = self.work
        made: tuple[tuple[str, str, Callable[[], object], bool], ...] = (
            ("approve", self.tr("Approve"), lambda: work.decide(ActionKind.APPROVE), False),
            ("soft_reject", self.tr("Soft reject"), lambda: work.decide(ActionKind.SOFT_REJECT), False),
            ("reject", self.tr("Reject…"), work.reject, False),
            ("skip", self.tr("Skip"), work.skip, False),
            ("undo", self.tr("Undo the last decision"), work.undo, False),
            ("redo", self.tr("Redo"), work.redo, False),
            ("next", self.tr("Next answer"), lambda: work.step(1), True),
            ("previous", self.tr("Answer before"), lambda: work.step(-1), True),
            ("bonus", self.tr("Pay a bonus…"), work.beside.pay_bonus, False),
            ("note", self.tr("Write a note…"), work.beside.write_note, False),
            ("flag", self.tr("Flag or unflag"), work.beside.flag, False),
            ("grid", self.tr("Grid, or one at a time"), self.toggle_grid, False),
            ("names", self.tr("Show or hide names"), work.toggle_names, False),
            ("rest", self.tr("Decide for the rest of this worker…"), work.beside.decide_rest, False),
            ("search", self.tr("Narrow by a search"), self.begin_search, False),
        )
        for name, words, take, repeats in made:
            self._add_verb(name, words, take, repeats)
        for number in range(1, 10):
            words = self.tr("Reject for reason {0}…").format(number)
            self._add_verb(f"reason_{number}", words, lambda n=number: work.reject(n), False)
        buttons = self.desk.verbs
        for button, name in (
            (buttons.approve, "approve"), (buttons.soft_reject, "soft_reject"), (buttons.skip, "skip"),
            (buttons.reject, "reject"), (self.grid_button, "grid"), (self.undo_button, "undo"),
        ):  # fmt: skip
            button.clicked.connect(self.verbs[name].trigger)
        self.session.keys.changed.connect(self._show_keys)
        self._show_keys()

    def _add_verb(self, name: str, words: str, take: Callable[..., object], repeats: bool) -> None:
        action = QAction(words, self)
        action.setShortcutContext(_WITHIN)
        action.setAutoRepeat(repeats)  # a key that is held down decides once
        action.triggered.connect(lambda _=False: take())
        self.session.keys.bind(action, f"review.{name}")
        self.addAction(action)
        self.verbs[name] = action

    def _show_keys(self) -> None:
        shown = ((self.grid_button, "grid"), (self.undo_button, "undo"), (self.grid.next, "skip"))
        for button, name in shown:
            button.key = QKeySequence(self.session.keys.of(f"review.{name}")).toString(_KEY_TEXT)
            button.updateGeometry()
            button.update()

    # ----------------------------------------------------------------------------------------- opening

    @property
    def review(self) -> Review | None:
        """What is reviewed; None while a run is chosen."""
        return self.work.review

    def show_wanted(self, what: Any) -> None:
        """Opens the review of a run: its id, or (id, search)."""
        run_id, text = what if isinstance(what, tuple) else (int(what), "")
        now = self.review
        if now is not None and now.run_id == run_id and (not text or now.text == text):
            return
        before = self._kept_of(run_id)
        if before is None or (text and before.text != text):
            order = self.session.load("review.order", "risk")
            before = Review(run_id, text, order if order in ORDERS else "risk")
        self._open(before)

    def show_sample(self, run_id: int, unit_ids: tuple[int, ...], seed: int) -> None:
        """Opens the review of a sample of a run that was drawn elsewhere, in a random order."""
        self._open(Review(run_id, "", "random", seed, unit_ids))

    def _open(self, review: Review) -> None:
        self._keep()
        self._stack.setCurrentWidget(self.work)
        self.work.open(review, self._kept(review.run_id).get("last"))
        if self.search.text().strip() != review.text:  # what is being typed keeps its last space
            self.search.set_text(review.text)
        types = self.search.line.hasFocus()  # and types on after a pause: letters must not become verbs
        self.search.setVisible(bool(review.text) or types)
        self._show_moved()
        if self.isVisible() and not types:
            self.work.take_focus()

    def _show_run(self) -> None:
        run = self.work.run
        if run is not None:
            environment = environment_of(run.provider_type, run.sandbox)
            vendor = "" if environment == "practice" else run.provider_type
            self.head.set_badge(environment, vendor)
            if self.isVisible():
                self.window_.set_environment(environment, vendor)

    def _show_failure(self, error: Exception) -> None:
        title = self.tr("This review cannot be shown")
        self.desk.end.show_error(title, str(error), repr(error), self._try_again)
        if self.review is not None and self.review.text:
            self.search.show_error(str(error))

    def _try_again(self) -> None:
        if self.review is not None:
            self._open(self.review)

    # ---------------------------------------------------------------------------------------- choosing

    def _show_picker(self) -> None:
        self._stack.setCurrentWidget(self.picker)
        self.head.set_badge(None)
        self.search.hide()
        self._show_moved()
        self._read_runs()

    def _read_runs(self) -> None:
        self.session.ask(read_waiting, self._take_runs, self._fail_to_read)

    def _take_runs(self, found: tuple[list[Waiting], int]) -> None:
        waiting, runs = found
        self.picker.show_waiting(waiting, runs)
        if self.review is None:
            units = sum(one.units for one in waiting)
            self.head.set_facts(
                [self.tr("{0} to review").format(say_count("%n answers", "%n answer", units))]
                if units
                else ()
            )
            if self.isVisible() and (self.focusWidget() is None or not self.focusWidget().isVisible()):
                self.picker.take_focus()

    def _fail_to_read(self, error: Exception) -> None:
        self.picker.show_error(error, self._read_runs)

    def leave_run(self) -> None:
        """Back to the runs; where this one stood is kept."""
        self._keep()
        self.work.close_review()
        self.session.keep("review.run", 0)
        self.window_.set_environment(None)
        self._show_picker()
        self.picker.take_focus()

    def set_order(self, order: str) -> None:
        """Has what is ahead come in another order."""
        if self.review is not None and order in ORDERS:
            self.work.review = replace(self.review, order=order)
            self.session.save("review.order", order)
            self.work.order()
            self._show_moved()

    def ask_sample(self) -> None:
        """Asks for a sample of what waits, and reviews it."""
        self.work.talking.ask_sample(self.work.queue.open_count, self._draw)

    def _draw(self, size: int, seed: int) -> None:
        review = self.review
        if review is not None:
            self.work.decisions.flush()
            only = self.work.queue.open_ids() if review.text else None
            self.work.talking.draw(review.run_id, only, size, seed, self._review_sample)

    def _review_sample(self, ids: list[int], seed: int) -> None:
        if self.review is not None:
            self._open(replace(self.review, sample=tuple(ids), seed=seed, done=0, total=0, places=()))

    def review_all(self) -> None:
        """Every answer that waits, not a sample and not narrowed."""
        if self.review is not None:
            self._open(Review(self.review.run_id, "", self.review.order, self.review.seed))

    def begin_search(self) -> None:
        """Puts the cursor into the search that narrows this review."""
        self.search.show()
        self.search.take_focus()

    def _end_search(self) -> None:
        self.search.setVisible(bool(self.search.text()))
        self.work.take_focus()

    def _search_entered(self) -> None:
        """What was entered and could be read is what is reviewed now."""
        if self.review is not None and self.search.text().strip() == self.review.text:
            self._end_search()

    def _narrow(self, text: str) -> None:
        if self.review is not None and text != self.review.text:
            self._open(replace(self.review, text=text, sample=None, done=0, total=0, places=()))

    def _launch(self) -> None:
        from crowddesk.ui.launcher import open_launch

        open_launch(self.session, self.window_)

    def toggle_grid(self) -> None:
        """One at a time, or many as cards."""
        self.work.toggle_grid()

    # ----------------------------------------------------------------------------------------- showing

    def _show_moved(self) -> None:
        """The head says how far the review is; where it stands is kept."""
        review, work = self.review, self.work
        for widget in (self.back, self.order_button, self.grid_button, self.undo_button, self.progress):
            widget.setVisible(review is not None)
        for action in self.verbs.values():
            action.setEnabled(review is not None)
        if review is None:
            return
        queue = work.queue
        self.progress.set(queue.done, queue.total)
        self.undo_button.setEnabled(work.decisions.can_undo)
        self.verbs["redo"].setEnabled(work.decisions.can_redo)
        words = say(ORDERS[review.order])
        self._set_text(self.order_button, f"{_capital(words)} ▾")
        self._set_text(self.grid_button, self.tr("One at a time") if work.in_grid else self.tr("Grid"))
        for action in self._orders.actions():
            action.setChecked(action.data() == review.order)
        self._all.setEnabled(bool(review.sample is not None or review.text))
        if work.run is None:
            self.head.set_facts([words])
            return
        where = self.tr("in the sample") if review.sample is not None else ""
        where = where or (self.tr("in this search") if review.text else "")
        known = work.ids_known or review.sample is not None
        count = ""
        if known:
            count = self.tr("{0} of {1}").format(number_text(queue.done), number_text(queue.total))
            count = f"{count} {where}".strip()
        left = work.pace.seconds_left(queue.open_count) if known else None
        about = self.tr("about {0} left") if left and left >= 60 else self.tr("{0} left")
        time_left = about.format(span_text(left)) if left else ""
        title = short_name(work.run.title) or self.tr("Run {0}").format(work.run.id)
        facts = [title, words, count, time_left]
        narrow = self.width() < theme.px(_NARROW)  # how far it is matters most where little is seen
        self.head.set_facts([count, time_left, title, words] if narrow else facts)
        self._keep()

    def _set_text(self, button: QAbstractButton, text: str) -> None:
        if button.text() != text:
            button.setText(text)
            button.updateGeometry()

    def _say_end(self, left: int) -> None:
        end, action = self.desk.end, self.work.talking.action
        review = self.review
        if left:
            end.show_words(
                self.tr("You are at the end."),
                self.tr("{0} you skipped wait for a decision.").format(
                    say_count("%n answers", "%n answer", left)
                ),
                action(self.tr("Go through them"), self.work.go_to_first_open),
            )
        elif review is not None and (review.sample is not None or review.text):
            sampled, narrowed = self.tr("The sample is reviewed."), self.tr("Nothing waits in this search.")
            end.show_words(
                sampled if review.sample is not None else narrowed,
                self.tr(
                    "What is staged leaves when you send it. Go on with the other answers, or stop here."
                ),
                action(self.tr("Review all that wait"), self.review_all),
            )
            if review.sample is not None and self.work.ids_known:
                self.work.decisions.flush()
                self.work.talking.judge_sample(review.run_id, review.sample, self._say_of_rest)
        else:
            end.show_words(
                self.tr("Every answer of this run is decided."),
                self.tr(
                    "What is staged leaves when you send it: Ctrl+Enter. U takes the last decision back."
                ),
                action(self.tr("Choose another run"), self.leave_run),
            )

    def _say_of_rest(self, looked: Looked) -> None:
        """What the sample says of the answers outside of it, and the step that follows from it."""
        review, work, sampled = self.review, self.work, looked.sampled
        if review is None or work.queue.current is not None or not looked.rest:
            return
        if sampled.more == 0:
            rest = list(looked.rest)
            words = self.tr("Approve the rest: {0}…").format(say_count("%n answers", "%n answer", len(rest)))
            step = work.talking.action(words, lambda: work.verbs.begin(ActionKind.APPROVE, rest))
        elif sampled.more is not None:
            more, run_id, seed = sampled.more, review.run_id, review.seed
            words = self.tr("Draw {0} more").format(number_text(more))
            draw = work.talking.draw_more
            step = work.talking.action(words, lambda: draw(run_id, seed, more, self._review_sample))
        else:
            step = work.talking.action(self.tr("Review all that wait"), self.review_all)
        self.desk.end.show_words(self.tr("The sample is reviewed."), f"{sampled.words}.", step)

    def _hear(self, table: str, _ids: object) -> None:
        if self.review is None and self.isVisible() and table in ("unit", "vendor_action", "task_run"):
            self._read_runs()

    # ----------------------------------------------------------------------------------------- keeping

    def _kept(self, run_id: int) -> dict[str, Any]:
        runs = self.session.load(_KEPT_RUNS, {})
        kept = runs.get(str(run_id)) if isinstance(runs, dict) else None
        return kept if isinstance(kept, dict) else {}

    def _kept_of(self, run_id: int) -> Review | None:
        return Review.of(self._kept(run_id))

    def _keep(self) -> None:
        """Where the review stands, on the disk within a second."""
        review, work = self.review, self.work
        if review is None or work.run is None:
            return
        standing = replace(
            review,
            done=work.queue.done,
            total=work.queue.total if work.ids_known else review.total,
            places=() if work.held else tuple(work.queue.page(_PLACES_KEPT)),
        )
        runs = self.session.load(_KEPT_RUNS, {})
        runs = dict(runs) if isinstance(runs, dict) else {}
        runs.pop(str(review.run_id), None)
        runs[str(review.run_id)] = standing.plain() | {"last": work.decisions.kept()}
        while len(runs) > _RUNS_KEPT:
            del runs[next(iter(runs))]
        self.session.keep(_KEPT_RUNS, runs)
        self.session.keep("review.run", review.run_id)

    def _leave(self) -> None:
        self.work.decisions.flush()
        self._keep()

    # ------------------------------------------------------------------------------------------- frame

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.review is None:
            self._read_runs()
            self.picker.take_focus()
            return
        self._show_run()
        self.work.pace.begin()
        self.work.take_focus()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z is this page's, and Space presses the button that has the keyboard."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            on_button = isinstance(self.focusWidget(), QAbstractButton)
            space = event.key() == Qt.Key.Key_Space and not event.modifiers()
            standard = QKeySequence.StandardKey
            if event.matches(standard.Undo) or event.matches(standard.Redo) or (on_button and space):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            if not self.window_.toast.undo():
                self.work.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.work.redo()
        elif event.key() == Qt.Key.Key_Escape and self.review is not None:
            if self.work.in_grid:
                self.toggle_grid()
            else:
                self.leave_run()
        else:
            super().keyPressEvent(event)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
