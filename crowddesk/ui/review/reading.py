"""What the review page shows of one unit, read ahead of the reviewer: a key never waits for the disk."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from crowddesk.ui.review.lines import Line
from crowddesk.ui.review.panels import line_of, line_of_group
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.lanes import Job
    from crowddesk.operations.quality.chips import Chip
    from crowddesk.operations.quality.picture import Picture
    from crowddesk.store.queries import UnitDetail, UnitRow
    from crowddesk.store.queries.review import Whose
    from crowddesk.store.remarks import NoteRow

_ANSWERS_SHOWN: Final = 20
#: So many units are kept as they were read; it bounds the page's memory over any run.
_KEPT: Final = 24
_AT_ONCE: Final = 2


@dataclass(frozen=True, slots=True)
class Looked:
    """One unit with everything that stands around it. `gold` is (right, known) in this run, None: none known.

    `groups` are the answers to the same item, `answered` of them in all; `answers` are the worker's others in
    this run, the newest first.
    """

    detail: UnitDetail
    groups: list[Line]
    answered: int
    worker: Whose | None
    gold: tuple[int, int] | None
    answers: list[Line]
    unit_tags: tuple[str, ...]
    notes: list[NoteRow]
    chips: list[Chip]

    @property
    def row(self) -> UnitRow:
        return self.detail.row


@dataclass(frozen=True, slots=True)
class CardRow:
    """What the grid shows of one unit."""

    row: UnitRow
    chips: list[Chip]


def read_unit(conn: Connection, unit_id: int, picture: Picture | None) -> Looked:
    """In the reader. Raises NotFound."""
    from crowddesk.store.queries import UnitDetail
    from crowddesk.store.queries.review import look_around

    found = look_around(conn, unit_id, _ANSWERS_SHOWN)
    return Looked(
        UnitDetail(found.row, found.submissions, [], [], []),
        [line_of_group(group, unit_id) for group in found.groups],
        sum(len(group.units) for group in found.groups),
        found.worker,
        gold_of(found.row, picture),
        [line_of(other) for other in found.answers],
        found.unit_tags,
        found.notes,
        chips_of(picture, unit_id),
    )


def gold_of(row: UnitRow, picture: Picture | None) -> tuple[int, int] | None:
    """How many of their units with a known answer the worker got right in this run, of how many."""
    if row.worker_id is None or picture is None:
        return None
    answers = picture.answers
    rows = answers.rows_of([row.id])
    if not len(rows):
        return None
    person = int(answers.people[rows[0]])
    total = int(picture.gold_total[person])
    return (int(picture.gold_right[person]), total) if total else None


def chips_of(picture: Picture | None, unit_id: int) -> list[Chip]:
    """The evidence on a unit; none while the picture is on its way or older than the unit."""
    if picture is None or not len(picture.answers.rows_of([unit_id])):
        return []
    from crowddesk.operations.quality import chips

    return chips.chips_of(picture, unit_id)


class Ahead(QObject):
    """Units read before they are wanted. `came(unit_id)` when one is here; `missing(unit_id, error)`.

    Nothing here waits: `get` gives what is there, `want` says what should be.
    """

    came = Signal(int)
    missing = Signal(int, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kept: OrderedDict[int, Looked] = OrderedDict()
        self._wanted: list[int] = []
        self._stale: set[int] = set()
        self._asked: dict[int, Job] = {}
        self._picture: Picture | None = None
        self._pump = make_one_shot(self, 0, self._ask_next)

    @property
    def picture(self) -> Picture | None:
        return self._picture

    def get(self, unit_id: int) -> Looked | None:
        """A unit as it was last read, perhaps a moment ago; None if it has not been."""
        found = self._kept.get(unit_id)
        if found is not None:
            self._kept.move_to_end(unit_id)
        return found

    def want(self, ids: Sequence[int]) -> None:
        """These will be looked at, the most urgent first. Asked for once what is to be painted is painted."""
        self._wanted = list(ids)
        self._pump.start()

    def refresh(self, ids: Iterable[int]) -> None:
        """These have changed; they are read again if they are wanted, and stay shown until then."""
        for unit_id in ids:
            if unit_id in self._wanted:
                self._stale.add(unit_id)
            else:
                self._kept.pop(unit_id, None)
        self._pump.start()

    def drop(self, unit_id: int) -> None:
        """Lets go of a unit, on its way or not: when it is wanted next, it is asked for anew."""
        job = self._asked.pop(unit_id, None)
        if job is not None:
            job.cancel()
        self._kept.pop(unit_id, None)

    def set_picture(self, picture: Picture | None) -> None:
        """Takes the run's picture over: chips and gold are told by it from now on."""
        self._picture = picture
        self.refresh(list(self._kept))

    def clear(self) -> None:
        """Forgets everything, for another run."""
        for job in self._asked.values():
            job.cancel()
        self._asked.clear()
        self._kept.clear()
        self._wanted.clear()
        self._stale.clear()
        self._picture = None

    def _ask_next(self) -> None:
        for unit_id in self._wanted:
            if len(self._asked) >= _AT_ONCE:
                return
            if unit_id in self._asked or (unit_id in self._kept and unit_id not in self._stale):
                continue
            self._stale.discard(unit_id)
            read = partial(_read, unit_id=unit_id, picture=self._picture)
            self._asked[unit_id] = self._session.ask(read, self._take)

    def _take(self, found: tuple[int, Looked | Exception]) -> None:
        unit_id, looked = found
        self._asked.pop(unit_id, None)
        if isinstance(looked, Exception):
            if unit_id in self._wanted:
                self._wanted.remove(unit_id)
            self.missing.emit(unit_id, looked)
        else:
            self._kept[unit_id] = looked
            self._kept.move_to_end(unit_id)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            self.came.emit(unit_id)
        self._pump.start()


def _read(conn: Any, unit_id: int, picture: Picture | None) -> tuple[int, Looked | Exception]:
    from crowddesk.domain import CrowdDeskError

    try:
        return unit_id, read_unit(conn, unit_id, picture)
    except CrowdDeskError as error:
        return unit_id, error
