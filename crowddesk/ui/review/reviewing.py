"""A review at work: the queue walked, answers read ahead, decided by keys, followed as others change them.

It knows which answer stands before the reviewer, alone or on a page of cards; the page around it chooses
what is reviewed and keeps where it stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from crowddesk.domain import ActionKind
from crowddesk.language import say_count
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.review.beside import Beside
from crowddesk.ui.review.deciding import LEFT, REFUSED, Decisions, not_done_words, units_of_kept
from crowddesk.ui.review.desk import ReviewDesk
from crowddesk.ui.review.grid import SIZES, ReviewGrid
from crowddesk.ui.review.loading import Loader, Opened, Review
from crowddesk.ui.review.pace import Pace
from crowddesk.ui.review.queue import ReviewQueue
from crowddesk.ui.review.reading import Ahead
from crowddesk.ui.review.talking import Talking
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.verbs import UnitVerbs

if TYPE_CHECKING:
    from crowddesk.operations.quality.picture import Picture
    from crowddesk.operations.settling import Wish
    from crowddesk.store.queries import RunRow
    from crowddesk.store.queries.review import UnitMark

_AHEAD: Final = 8
_BEHIND: Final = 3
#: The first answer waits so long for its order, in which it may not be the first; it is never taken away.
_HOLD_MS: Final = 1_000


class Reviewing(QStackedWidget):
    """Shows the answers of one review, `desk` alone or `grid` as cards.

    Signals: `opened`: the run is known; `moved`: the place, a decision or a count has changed;
    `failed(error)`: it cannot be opened; `ended(open)`: no answer is at this place, so many wait elsewhere.
    """

    opened = Signal()
    moved = Signal()
    failed = Signal(object)
    ended = Signal(int)

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__()
        self.session, self.window_ = session, window
        self.review: Review | None = None
        self.run: RunRow | None = None
        self.queue = ReviewQueue()
        self.pace = Pace()
        self.ids_known = False
        self._again: Any = None
        self._awaited: dict[int, None] = {}
        self.names = session.load("review.names", True) is not False
        self.decisions = Decisions(session, self)
        self.decisions.changed.connect(self._take_stands)
        self.decisions.refused.connect(self._tell_refused)
        self.decisions.left.connect(self._tell_left)
        self.ahead = Ahead(session, self)
        self.ahead.came.connect(self._take_unit)
        self.ahead.missing.connect(self._miss_unit)
        self.loader = Loader(session, self)
        self.loader.opened.connect(self._take_first)
        self.loader.ids_came.connect(self._take_ids)
        self.loader.picture_came.connect(self._take_picture)
        self.loader.ordered.connect(self._take_order)
        self.loader.marks_came.connect(self._take_marks)
        self.loader.waiting_came.connect(self._take_waiting)
        self.loader.cards_came.connect(self._take_cards)
        self.loader.failed.connect(self._fail)
        self.verbs = UnitVerbs(session, window, window.toast, self.chosen)
        self.talking = Talking(session, window, self)
        self._make_parts()
        self.beside = Beside(self)
        self._hold = make_one_shot(self, _HOLD_MS, self._show_first_open)
        self._prepare = make_one_shot(self, 0, self._prepare_next)
        # What is beside the answer waits until that is painted.
        self._after = make_one_shot(self, 0, self._show_last)
        self.moved.connect(self._after.start)
        session.changed.connect(self._hear)

    def _make_parts(self) -> None:
        session = self.session
        self.desk = ReviewDesk(session)
        self.desk.strip.wanted.connect(self.look_again)
        self.desk.worker.worker_wanted.connect(lambda worker: session.wanted.emit("workers", worker))
        for panel in (self.desk.worker, self.desk.same):
            panel.unit_wanted.connect(self.look_again)
        size = session.load("review.cards", 25)
        self.grid = ReviewGrid(size if size in SIZES else 25)
        self.grid.follow(self.decisions.stand)
        self.grid.opened.connect(self.look_again)
        self.grid.size_changed.connect(self._resize_grid)
        self.grid.next_wanted.connect(self._next_page)
        self.addWidget(self.desk)
        self.addWidget(self.grid)

    # ----------------------------------------------------------------------------------------- opening

    def open(self, review: Review, history: Any) -> None:
        """Opens a review from its first answer, or from where it stood; `history` is what was kept of it."""
        another = self.run is None or self.run.id != review.run_id
        picture = None if another else self.ahead.picture
        self.review = review
        self._hold.stop()
        self._again = history
        self.queue.load(())
        self.ids_known = False
        self._awaited.clear()
        self.ahead.clear()
        self.desk.forget()
        self.grid.show_page(())
        if picture is not None:
            self.ahead.set_picture(picture)
        if another:
            self.run = None
            self.decisions.begin(True)
        self.setCurrentWidget(self.desk)
        self.desk.show_waiting()
        self.loader.open(review, units_of_kept(history) if another else ())

    def close_review(self) -> None:
        """Lets go of everything; decisions on their way are recorded."""
        self.decisions.flush()
        self._hold.stop()
        self.loader.close()
        self.ahead.clear()
        self.desk.forget()
        self.review = self.run = None

    def _take_first(self, opened: Opened) -> None:
        another = self.run is None
        self.run, self.review = opened.run, opened.review
        if another:
            self.decisions.begin(opened.run.sandbox)
            self.decisions.restore(self._again, opened.marks)
        self.queue.load(opened.first, done_before=opened.done)
        self.pace.begin()
        self.opened.emit()
        current = self.queue.current
        if current is None or self.review.order == "time" or current in self.review.places:
            self.show_current()
            return
        self._hold.start()
        self.desk.show_waiting()
        self._want()
        self.moved.emit()

    def _take_ids(self, ids: list[int]) -> None:
        """All that wait, behind what is shown; those decided in the meantime stay decided.

        More may be decided than was kept: the program ended before it could keep that.
        """
        assert self.review is not None
        done, current = self.queue.done, self.queue.current
        decided = [unit_id for unit_id in self.decisions.followed() if unit_id in self.queue]
        before = self.queue.behind(_AHEAD)[::-1]
        coming = self.queue.ahead(_AHEAD)
        self.queue.load([*before, *([] if current is None else [current]), *coming, *ids], current)
        self.queue.decide(decided)
        self.queue.count_before(max(done, self.review.total - self.queue.open_count) - self.queue.done)
        if current is None:
            self.queue.first_open()
        self.ids_known = True
        if self.held:
            self.moved.emit()
        else:
            self.show_current()
        self.order()

    def _take_picture(self, picture: Picture) -> None:
        self.ahead.set_picture(picture)
        self.order()

    def order(self) -> None:
        """Has what is ahead come in the wanted order, once there is what it stands on."""
        picture, review = self.ahead.picture, self.review
        if picture is not None and review is not None and self.ids_known:
            self.loader.order(picture, review.order, self.queue.open_ids(), review.seed)

    def _take_order(self, ordered: list[int]) -> None:
        held = self.held
        self.queue.reorder(ordered, from_start=held)
        if self.in_grid and not any(self.decisions.stand(unit_id) for unit_id in self.grid.ids):
            self._show_grid()
        if held:
            self.show_current()
        else:
            self._want()
            self.moved.emit()

    def _fail(self, what: str, error: Exception) -> None:
        if what == "open":
            self._hold.stop()
            self.desk.show_end()
            self.failed.emit(error)
        elif what == "picture":
            words = self.tr("The evidence could not be read, so answers come in order of arrival: {0}")
            self.window_.toast.say(words.format(error))
            if self.held:
                self.show_current()

    # ----------------------------------------------------------------------------------------- showing

    @property
    def held(self) -> bool:
        """Whether nothing is shown yet, since the first answer waits for its order."""
        return self._hold.isActive()

    @property
    def in_grid(self) -> bool:
        return self.currentWidget() is self.grid

    def chosen(self) -> list[int]:
        """The units that a verb is about now: what is seen, never what is still on its way."""
        if self.review is None:
            return []
        if self.in_grid:
            return self.grid.chosen()
        looked = self.desk.looked
        return [looked.row.id] if looked is not None and looked.row.id == self.queue.current else []

    def show_current(self) -> None:
        """Shows where the queue stands: the answer, what comes while it is read, or the end."""
        self._hold.stop()
        unit_id = self.queue.current
        if not self.in_grid:
            if unit_id is None:
                self.ended.emit(self.queue.open_count)
                self.desk.show_end()
            elif not self._show_unit(unit_id):
                self.desk.show_waiting()
        self._want()
        self.moved.emit()

    def _show_unit(self, unit_id: int) -> bool:
        looked = self.ahead.get(unit_id)
        if looked is not None:
            self.desk.show_unit(looked, self.decisions.stand(unit_id), names=self.shows_name_of(unit_id))
        return looked is not None

    def _show_last(self) -> None:
        self.desk.strip.show_last(self.decisions.last_ten(), self.queue.current)

    def _want(self) -> None:
        """Has what comes next read ahead, and drawn."""
        unit_id = self.queue.current
        own = [unit_id] if unit_id is not None else []
        self.ahead.want([*own, *self.queue.ahead(_AHEAD), *self.queue.behind(_BEHIND)])
        self._prepare.start()

    def _prepare_next(self) -> None:
        coming = self.queue.ahead(1)
        looked = self.ahead.get(coming[0]) if coming and not self.in_grid else None
        if looked is not None and self.desk.looked is not None:
            self.desk.prepare(looked)

    def _take_unit(self, unit_id: int) -> None:
        if unit_id == self.queue.current and not self.in_grid and not self.held:
            self._show_unit(unit_id)
        self._prepare.start()

    def _miss_unit(self, unit_id: int, error: Exception) -> None:
        if unit_id == self.queue.current and not self.in_grid:
            title = self.tr("Unit {0} cannot be read").format(unit_id)
            self.desk.end.show_error(title, str(error), repr(error), partial(self._try_again, unit_id))
            self.desk.show_end()

    def _try_again(self, unit_id: int) -> None:
        self.ahead.drop(unit_id)  # a reading on its way may fail as the last one did
        self.show_current()

    def go_to_first_open(self) -> None:
        """To the first answer that was skipped."""
        self._show_first_open()
        self.take_focus()

    def _show_first_open(self) -> None:
        """The order may be late, and another desk have decided what came first."""
        self.queue.first_open()
        self.show_current()

    def shows_name_of(self, unit_id: int) -> bool:
        stand = self.decisions.stand(unit_id)
        return self.names or (stand is not None and stand.phase != REFUSED)

    def take_focus(self) -> None:
        """The keyboard stands on the answer, or on the cards."""
        (self.grid if self.in_grid else self.desk).take_focus()

    # ---------------------------------------------------------------------------------------- deciding

    def decide(self, kind: str) -> None:
        """Decides on what is shown or selected, and goes on."""
        ids = self._decidable()
        if ids:
            self.decisions.decide(self._wishes(kind, ids))
            self.pace.decided(len(ids))
            self._go_on(ids)

    def reject(self, reason: int = 0) -> None:
        """Asks first: a dialog stands before every rejection. `reason`: the canned one it begins with."""
        ids = self._decidable()
        if ids:
            self.begin_rejection(ids, reason)

    def begin_rejection(self, ids: Sequence[int], reason: int) -> None:
        """Opens the dialog for these units, which are all of this run."""
        self._awaited.update(dict.fromkeys(ids))
        self.decisions.flush()
        nameless = not all(map(self.shows_name_of, ids))
        self.talking.begin_rejection(self.verbs, ids, reason, nameless)

    def _decidable(self) -> list[int]:
        ids = self.chosen()
        if not self.in_grid:
            return ids if self.desk.verbs.approve.isEnabled() else []
        stands = {unit_id: self.decisions.stand(unit_id) for unit_id in ids}
        return [unit_id for unit_id, stand in stands.items() if stand is None or stand.phase != LEFT]

    def _wishes(self, kind: str, ids: Sequence[int]) -> dict[int, Wish]:
        """With a soft rejection goes what spoke for it."""
        from crowddesk.operations.settling import Wish

        found = dict.fromkeys(ids, Wish(kind))
        if kind != ActionKind.APPROVE:
            for unit_id in ids:
                chips = self.grid.chips_of(unit_id) if self.in_grid else self.desk.chips.chips
                found[unit_id] = Wish(
                    kind, evidence=tuple(chip.words for chip in chips if chip.tone == "against")
                )
        return found

    def _go_on(self, ids: Sequence[int]) -> None:
        """To the next answer; in the grid the cards stay, and the keyboard goes behind them."""
        if not self.in_grid:
            self.queue.advance()
            self.show_current()
            return
        self.grid.clear_selection()
        self.grid.tell_stands(ids)
        while self.grid.step(1) and self.decisions.stand(self.grid.chosen()[0]) is not None:
            continue
        self.moved.emit()

    def skip(self) -> None:
        """Leaves what is shown for later; in the grid the next page."""
        if self.in_grid:
            self._next_page()
        elif not self.held:  # nobody has seen what would be passed
            self.queue.advance()
            self.show_current()

    def step(self, by: int) -> None:
        """Goes on or back, to decided answers too."""
        if self.in_grid:
            self.grid.step(by)
        elif not self.held:
            self.queue.step(by)
            self.show_current()

    def undo(self) -> None:
        """Takes the last decision back and shows what it was about."""
        self._show_again(self.decisions.undo())

    def redo(self) -> None:
        """Makes what was undone stand again, and goes on."""
        ids = self.decisions.redo()
        self._show_again(ids)
        if ids and not self.in_grid:
            self.queue.advance()
            self.show_current()

    def _show_again(self, ids: Sequence[int]) -> None:
        if not ids:
            return
        self.queue.insert(ids)
        self.queue.go(ids[0])
        if self.in_grid:
            if ids[0] not in self.grid.ids:
                self._show_grid()
            self.grid.tell_stands(ids)
            self.grid.choose(ids)  # what was decided together can be decided together again
        self.show_current()

    def look_again(self, unit_id: int) -> None:
        """Shows one unit alone, decided or not."""
        if self.review is None:
            return
        if unit_id not in self.queue:
            self.queue.insert([unit_id])
            self.loader.read_marks([unit_id])
        self.queue.go(unit_id)
        self.setCurrentWidget(self.desk)
        self.show_current()
        self.take_focus()

    # ------------------------------------------------------------------------------------------- cards

    def toggle_grid(self) -> None:
        """One at a time, or many as cards."""
        if self.in_grid:
            chosen = self.grid.chosen()
            if chosen:
                self.queue.go(chosen[0])
            self.setCurrentWidget(self.desk)
            self.show_current()
        else:
            self._hold.stop()  # the cards show what waited for its order
            self.setCurrentWidget(self.grid)
            self._show_grid()
        self.take_focus()

    def _show_grid(self) -> None:
        ids = self.queue.page(self.grid.size_at_once)
        if not ids and self.queue.open_count:
            self.queue.first_open()
            ids = self.queue.page(self.grid.size_at_once)
        self.grid.show_names(self.names)
        self.grid.show_page(ids, self.queue.current)
        if ids:
            self.loader.read_cards(ids, self.ahead.picture)
            self.moved.emit()
        else:
            self.setCurrentWidget(self.desk)
            self.show_current()

    def _take_cards(self, cards: dict[int, Any]) -> None:
        self.grid.fill(cards)

    def _next_page(self) -> None:
        ids = self.grid.ids
        if ids:
            self.queue.go(ids[-1])
            self.queue.advance()
        self._show_grid()

    def _resize_grid(self, size: int) -> None:
        self.session.keep("review.cards", size)
        if self.grid.ids:
            self.queue.go(self.grid.ids[0])
            if not self.queue.is_open(self.grid.ids[0]):
                self.queue.advance()
        self._show_grid()
        self.take_focus()

    # --------------------------------------------------------------------------------------- beside it

    def toggle_names(self) -> None:
        """Hides names until something is decided, or shows them; it is remembered."""
        self.names = not self.names
        self.session.keep("review.names", self.names)
        if self.in_grid:
            self.grid.show_names(self.names)
        elif self.queue.current is not None:
            self.desk.show_beside(self.shows_name_of(self.queue.current))
        shown, hidden = self.tr("Names are shown."), self.tr("Names are hidden until you decide.")
        self.window_.toast.say(shown if self.names else hidden)

    # --------------------------------------------------------------------------------------- following

    def _hear(self, table: str, ids: Any) -> None:
        if self.review is None:
            return
        if table == "unit":
            self.loader.hear(ids, self.queue, self.decisions.followed())
        elif table == "worker":
            looked = self.desk.looked
            if looked is not None and (ids is None or looked.row.worker_id in set(ids)):
                self.ahead.refresh([looked.row.id])

    def _take_stands(self, ids: set[int]) -> None:
        """Decisions stand otherwise than before."""
        stands = {unit_id: self.decisions.stand(unit_id) for unit_id in ids}
        decided = {i for i, stand in stands.items() if stand is not None and stand.phase != REFUSED}
        self.queue.decide(decided)
        self.queue.reopen(ids - decided)
        current, looked = self.queue.current, self.desk.looked
        if self.in_grid:
            self.grid.tell_stands(list(ids))
        elif current in ids and looked is not None and looked.row.id == current:
            self.desk.show_stand(self.decisions.stand(current))
        self.moved.emit()

    def _tell_refused(self, ids: list[int], why: str) -> None:
        kind = next((s.kind for i in ids if (s := self.decisions.stand(i)) is not None), "")
        self.window_.toast.say(not_done_words(kind, ids, why))
        self.loader.read_marks(ids)
        self.ahead.refresh(ids)

    def _tell_left(self, ids: list[int], kind: str) -> None:
        what = (
            self.tr("Unit {0}").format(ids[0])
            if len(ids) == 1
            else say_count("%n units", "%n unit", len(ids))
        )
        if kind == ActionKind.REJECT:
            words = self.tr("{0}: the rejection has left. It can be taken back at the vendor.").format(what)
            self.window_.toast.say(words, lambda: self.verbs.begin(ActionKind.UNREJECT, ids))
        else:
            words = self.tr("{0}: the decision has left, and the vendor has no way to take it back.")
            self.window_.toast.say(words.format(what))
        self.loader.read_marks(ids)

    def _take_marks(self, marks: dict[int, UnitMark], outcomes: dict[int, str]) -> None:
        """Units have changed: what this desk decided, what another one did, what a dialog recorded."""
        by_dialog: dict[str, list[int]] = {}
        for unit_id in [i for i in self._awaited if i in marks and not marks[i].waits]:
            del self._awaited[unit_id]
            pending = marks[unit_id].pending
            stand = self.decisions.stand(unit_id)
            if pending is not None and (stand is None or stand.kind != pending):
                by_dialog.setdefault(pending, []).append(unit_id)
        for kind, ids in by_dialog.items():
            self.decisions.note(kind, ids)
            self.pace.decided(len(ids))
        self.decisions.take_marks(marks, outcomes)
        others = {i: mark for i, mark in marks.items() if self.decisions.stand(i) is None}
        self.queue.leave(unit_id for unit_id, mark in others.items() if not mark.waits)
        self.queue.reopen(unit_id for unit_id, mark in others.items() if mark.waits)
        current = self.queue.current
        self.ahead.refresh([*others, *([current] if current in marks else [])])
        decided = [unit_id for ids in by_dialog.values() for unit_id in ids]
        if decided and (self.in_grid or current in decided):
            self._go_on(decided)
        else:
            self._want()
            self.moved.emit()

    def _take_waiting(self, ids: list[int], many: bool) -> None:
        """All that waits now: what came since goes to the end, what another desk decided leaves.

        How the decided ones stand is read where that may have changed unheard.
        """
        waiting = set(ids)
        if self.review is not None and self.review.sample is None:
            self.queue.join(unit_id for unit_id in ids if self.decisions.stand(unit_id) is None)
        gone = [unit_id for unit_id in self.queue.open_ids() if unit_id not in waiting]
        self.loader.read_marks([*gone, *(self.decisions.followed() if many else ())])
        if self.queue.current is None and self.queue.open_count and not self.in_grid:
            self.queue.first_open()
            self.show_current()
        else:
            self._want()
            self.moved.emit()
