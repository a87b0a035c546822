"""Reads what a review is about: which units wait, in which order, how they stand; and follows changes.

The first units come at once, in order of time; the wanted order comes when the run's picture is made: soon
enough to begin with, or behind what is looked at by then.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from crowddesk.language import mark, say
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.lanes import Job
    from crowddesk.operations.quality.picture import Picture
    from crowddesk.store.queries import RunRow
    from crowddesk.store.queries.review import UnitMark
    from crowddesk.ui.review.reading import CardRow

#: Orders as they are offered, with their words; the names are those of `operations.review`.
ORDERS: Final = {
    "risk": mark("by risk"),
    "disagreement": mark("by disagreement"),
    "deadline": mark("by deadline"),
    "worker": mark("by worker"),
    "time": mark("in order of arrival"),
    "random": mark("in random order"),
}
_WAITS: Final = "status:completed pending:none"
_FIRST: Final = 40
_MARKS_MS: Final = 150
_ALL_AGAIN_MS: Final = 3_000
_OUTCOMES: Final = 20


@dataclass(frozen=True, slots=True)
class Review:
    """What is reviewed: a run, narrowed by a search, perhaps a drawn sample, in an order.

    `sample` are its units; None: all that wait. When it was kept, `done` of `total` were decided; `places`
    are where it stood and what came next, all of which waited then.
    """

    run_id: int
    text: str = ""
    order: str = "risk"
    seed: int = 1
    sample: tuple[int, ...] | None = None
    done: int = 0
    total: int = 0
    places: tuple[int, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As values that can be kept."""
        sample = None if self.sample is None else list(self.sample)
        return {
            "run": self.run_id, "text": self.text, "order": self.order, "seed": self.seed, "sample": sample,
            "done": self.done, "total": self.total, "places": list(self.places),
        }  # fmt: skip

    @staticmethod
    def of(kept: Any) -> Review | None:
        """What was kept; None where it is not one."""
        match kept:
            case {"run": int(run_id), "text": str(text), "order": str(order), "seed": int(seed)}:
                sample, places = kept.get("sample"), kept.get("places")
                return Review(
                    run_id,
                    text,
                    order if order in ORDERS else "risk",
                    seed,
                    _numbers(sample) if isinstance(sample, list) else None,
                    _count(kept.get("done")),
                    _count(kept.get("total")),
                    _numbers(places) if isinstance(places, list) else (),
                )
        return None


def _count(value: Any) -> int:
    return value if isinstance(value, int) and value >= 0 else 0


def _numbers(values: list[Any]) -> tuple[int, ...]:
    return tuple(value for value in values if isinstance(value, int))


@dataclass(frozen=True, slots=True)
class Opened:
    """The first look at a review: its run, the first units that wait, and how the kept ones stand.

    `done` were decided before, without what was undone after that was kept.
    """

    review: Review
    run: RunRow
    first: list[int]
    marks: dict[int, UnitMark]
    done: int


class Loader(QObject):
    """Opens a review and keeps up with it. Only one is open; what comes of an older one is dropped.

    Signals: `opened(Opened)`; `ids_came(list)`: all that wait, in order of time; `picture_came(Picture)`;
    `ordered(list)`: the ids that were asked to be ordered, in the wanted order; `marks_came(dict, dict)`: how
    units stand and what vendors said of those they refused; `waiting_came(list, many)`: all that wait now,
    and whether any unit may have changed; `failed(what, error)`.
    """

    opened = Signal(object)
    ids_came = Signal(object)
    picture_came = Signal(object)
    ordered = Signal(object)
    marks_came = Signal(object, object)
    waiting_came = Signal(object, bool)
    cards_came = Signal(object)
    failed = Signal(str, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._serial = 0
        self._review: Review | None = None
        self._jobs: list[Job] = []
        self._changed: set[int] = set()
        self._many_changed = False
        self._soon = make_one_shot(self, _MARKS_MS, self._read_marks)
        self._all_soon = make_one_shot(self, _ALL_AGAIN_MS, self.read_waiting)

    # --------------------------------------------------------------------------------------- opening

    def open(self, review: Review, kept: Sequence[int]) -> None:
        """Opens a review; `kept` are units of an earlier session, whose marks are wanted."""
        self.close()
        self._review = review
        serial = self._serial
        asked = list(kept)

        def read(conn: Connection) -> tuple[int, Opened]:
            return serial, read_first(conn, review, asked)

        self._jobs = [self._session.ask(read, self._take_first, self._fail_to_open)]

    def close(self) -> None:
        """Nothing of what was open is wanted any more."""
        self._serial += 1
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()
        self._review = None
        self._changed.clear()
        self._many_changed = False
        self._soon.stop()
        self._all_soon.stop()

    def _take_first(self, found: tuple[int, Opened]) -> None:
        serial, opened = found
        if serial != self._serial:
            return
        self._review = opened.review
        self.opened.emit(opened)
        if serial != self._serial:  # whoever heard it has opened another one
            return
        db, review = self._session.db, opened.review

        def read_ids(_job: Job) -> tuple[int, list[int]]:
            with db.read() as conn:
                return serial, ids_that_wait(conn, review)

        def read_picture(_job: Job) -> tuple[int, Picture]:
            from crowddesk.operations.quality.picture import make_picture

            with db.read() as conn:
                return serial, make_picture(conn, review.run_id)

        counter = self._session.threads.counter
        self._jobs = [
            counter.ask(read_ids, self._take_ids, self._fail_to_open),
            counter.ask(read_picture, self._take_picture, self._fail_picture),
        ]

    def _take_ids(self, found: tuple[int, list[int]]) -> None:
        if found[0] == self._serial:
            self.ids_came.emit(found[1])

    def _take_picture(self, found: tuple[int, Picture]) -> None:
        if found[0] == self._serial:
            self.picture_came.emit(found[1])

    def _fail_to_open(self, error: Exception) -> None:
        self.failed.emit("open", error)

    def _fail_picture(self, error: Exception) -> None:
        self.failed.emit("picture", error)

    # -------------------------------------------------------------------------------------- ordering

    def order(self, picture: Picture, order: str, ids: Sequence[int], seed: int) -> None:
        """Asks for these units in an order; `ordered` answers."""
        serial, wanted = self._serial, list(ids)

        def work(_job: Job) -> tuple[int, list[int]]:
            from crowddesk.operations.review import order_units

            return serial, order_units(picture, order, seed=seed, only=wanted)

        self._jobs.append(self._session.threads.counter.ask(work, self._take_order, self._fail_picture))

    def _take_order(self, found: tuple[int, list[int]]) -> None:
        if found[0] == self._serial:
            self.ordered.emit(found[1])

    def read_cards(self, ids: Sequence[int], picture: Picture | None) -> None:
        """Asks for the cards of a grid; `cards_came` answers."""
        serial, wanted = self._serial, list(ids)

        def read(conn: Connection) -> tuple[int, dict[int, CardRow]]:
            from crowddesk.store.queries import UNITS
            from crowddesk.ui.review.reading import CardRow, chips_of

            rows = UNITS.rows(conn, wanted)
            return serial, {row.id: CardRow(row, chips_of(picture, row.id)) for row in rows}

        self._session.ask(read, self._take_cards, self._fail_picture)

    def _take_cards(self, found: tuple[int, dict[int, CardRow]]) -> None:
        if found[0] == self._serial:
            self.cards_came.emit(found[1])

    # ------------------------------------------------------------------------------------- following

    def hear(self, ids: Sequence[int] | None, known: Container[int], followed: Container[int]) -> None:
        """Units have changed (None: many); `known` are those of this review, `followed` what it decided."""
        if self._review is None:
            return
        if ids is None:
            self._many_changed = True
            self._all_soon.start()
            return
        self.read_marks([unit_id for unit_id in ids if unit_id in known or unit_id in followed])
        strange = any(unit_id not in known for unit_id in ids)
        if strange and self._review.sample is None and not self._all_soon.isActive():
            self._all_soon.start()

    def read_marks(self, ids: Sequence[int]) -> None:
        """Asks how these units stand."""
        self._changed.update(ids)
        if self._changed and not self._soon.isActive():
            self._soon.start()

    def _read_marks(self) -> None:
        if self._review is None:
            return
        serial, ids = self._serial, sorted(self._changed)
        self._changed.clear()

        def read(conn: Connection) -> tuple[int, dict[int, UnitMark], dict[int, str]]:
            from crowddesk.store.queries.review import marks_of_units

            marks = marks_of_units(conn, ids)
            waits = [unit_id for unit_id, mark in marks.items() if mark.waits][:_OUTCOMES]
            return serial, marks, refusals(conn, waits)

        self._session.ask(read, self._take_marks, self._fail_marks)

    def _take_marks(self, found: tuple[int, dict[int, UnitMark], dict[int, str]]) -> None:
        if found[0] == self._serial:
            self.marks_came.emit(found[1], found[2])

    def _fail_marks(self, error: Exception) -> None:
        self.failed.emit("marks", error)

    def read_waiting(self) -> None:
        """Asks for all that waits now."""
        if self._review is None:
            return
        serial, review, db = self._serial, replace(self._review, sample=None), self._session.db
        many, self._many_changed = self._many_changed, False

        def read(_job: Job) -> tuple[int, list[int], bool]:
            with db.read() as conn:
                return serial, ids_that_wait(conn, review), many

        self._session.threads.counter.ask(read, self._take_waiting, self._fail_marks)

    def _take_waiting(self, found: tuple[int, list[int], bool]) -> None:
        if found[0] == self._serial:
            self.waiting_came.emit(found[1], found[2])


def read_first(conn: Connection, review: Review, kept: Sequence[int]) -> Opened:
    """In the reader: what can be shown at once. Raises NotFound, BadInput for a search."""
    import crowddesk.operations.settling  # noqa: F401 - so that the first key does not wait for it
    from crowddesk.domain import NotFound
    from crowddesk.store.queries import RUNS, UNITS, Scope, Sort
    from crowddesk.store.queries.review import marks_of_units

    found = RUNS.rows(conn, [review.run_id])
    if not found:
        raise NotFound(say("There is no run {run_id}.", run_id=review.run_id))
    marks = marks_of_units(conn, {*kept, *review.places, *(review.sample or ())})
    waiting = {unit_id for unit_id, mark in marks.items() if mark.waits}
    if review.sample is None:
        search = UNITS.parse(f"{review.text} {_WAITS}")
        rows = UNITS.first(conn, search, Scope(run_id=review.run_id), Sort("submitted"), limit=_FIRST)
        first = [row.id for row in rows]
        done = max(0, review.done - len(waiting.intersection(kept)))
    else:
        first = [unit_id for unit_id in review.sample if unit_id in waiting]
        done = len(review.sample) - len(first)
    coming = [unit_id for unit_id in review.places if unit_id in waiting]
    return Opened(review, found[0], list(dict.fromkeys([*coming, *first])), marks, done)


def ids_that_wait(conn: Connection, review: Review) -> list[int]:
    """All units of a review that wait for a decision, in order of time."""
    from crowddesk.store.queries import UNITS, Scope, Sort
    from crowddesk.store.queries.review import marks_of_units

    if review.sample is not None:
        marks = marks_of_units(conn, review.sample)
        return [unit_id for unit_id in review.sample if unit_id in marks and marks[unit_id].waits]
    search = UNITS.parse(f"{review.text} {_WAITS}")
    return list(UNITS.ids(conn, search, Scope(run_id=review.run_id), Sort("submitted")))


def refusals(conn: Connection, ids: Sequence[int]) -> dict[int, str]:
    """What the vendor said of the newest decision on each unit, where it refused it."""
    from crowddesk.domain import ActionKind, ActionState
    from crowddesk.store.queries import ACTIONS, Scope

    found = {}
    for unit_id in ids:
        actions = ACTIONS.first(conn, scope=Scope(unit_id=unit_id), limit=10)
        newest = next((action for action in actions if action.kind in ActionKind.SETTLE), None)
        if newest is not None and newest.state == ActionState.REFUSED:
            found[unit_id] = newest.outcome or say("the vendor refused it")
    return found
