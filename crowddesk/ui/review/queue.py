"""Which units are reviewed, in which order, and where the reviewer stands. No Qt, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


class ReviewQueue:
    """The units of one review from the first to the last, and a place in it.

    What was passed keeps its place; only what is still ahead is ever ordered anew. A unit is open, decided
    (by this desk) or gone (decided elsewhere); what is gone is stepped over. The place may be behind the last
    unit: then there is no current one.
    """

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._places: dict[int, int] = {}
        self._place = 0
        self._decided: set[int] = set()
        self._gone: set[int] = set()
        self._done_before = 0

    def load(self, ids: Iterable[int], current: int | None = None, *, done_before: int = 0) -> None:
        """Starts anew, at `current` if it is among them; so many were decided in an earlier session."""
        self._ids = list(dict.fromkeys(ids))
        self._decided, self._gone = set(), set()
        self._done_before = done_before
        self._number()
        self._place = self._places.get(current, 0) if current is not None else 0

    def reorder(self, ordered: Sequence[int], *, from_start: bool = False) -> None:
        """Orders what is ahead as it comes in `ordered`; the current unit and those before it stay.

        `from_start`: nobody has seen any of them yet, so all are ordered, and the first open one is current.
        """
        begin = 0 if from_start else self._place + 1
        behind = self._ids[begin:]
        rest = set(behind)
        moved = [unit_id for unit_id in ordered if unit_id in rest]
        rest.difference_update(moved)
        self._ids = self._ids[:begin] + moved + [unit_id for unit_id in behind if unit_id in rest]
        self._number()
        if from_start:
            self.first_open()

    def join(self, ids: Iterable[int]) -> int:
        """Puts new units at the end, and takes back in what had gone; returns how many came."""
        came = [i for i in dict.fromkeys(ids) if i not in self._places or i in self._gone]
        self._gone.difference_update(came)
        new = [i for i in came if i not in self._places]
        for unit_id in new:
            self._places[unit_id] = len(self._ids)
            self._ids.append(unit_id)
        return len(came)

    def count_before(self, done: int) -> None:
        """So many were decided before, and are no more among these."""
        self._done_before = max(0, done)

    def insert(self, ids: Iterable[int]) -> None:
        """Puts units right before the current one, for those that are looked at again; known ones stay."""
        new = [i for i in dict.fromkeys(ids) if i not in self._places]
        if new:
            self._ids[self._place : self._place] = new
            self._number()
            self._place += len(new)

    def _number(self) -> None:
        self._places = {unit_id: place for place, unit_id in enumerate(self._ids)}

    # ------------------------------------------------------------------------------------------ marking

    def decide(self, ids: Iterable[int]) -> None:
        """These are decided by this desk now."""
        known = [i for i in ids if i in self._places]
        self._decided.update(known)
        self._gone.difference_update(known)

    def reopen(self, ids: Iterable[int]) -> None:
        """These wait for a decision (again)."""
        known = [i for i in ids if i in self._places]
        self._decided.difference_update(known)
        self._gone.difference_update(known)

    def leave(self, ids: Iterable[int]) -> None:
        """These were decided elsewhere."""
        self._gone.update(i for i in ids if i in self._places and i not in self._decided)

    def is_open(self, unit_id: int) -> bool:
        """Whether it is in the queue and waits for a decision."""
        return unit_id in self._places and unit_id not in self._decided and unit_id not in self._gone

    # ------------------------------------------------------------------------------------------ walking

    @property
    def current(self) -> int | None:
        return self._ids[self._place] if self._place < len(self._ids) else None

    @property
    def total(self) -> int:
        """All units of this review, those decided in an earlier session too."""
        return self._done_before + len(self._ids) - len(self._gone)

    @property
    def done(self) -> int:
        """How many of them this desk has decided."""
        return self._done_before + len(self._decided)

    @property
    def open_count(self) -> int:
        return len(self._ids) - len(self._gone) - len(self._decided)

    def __contains__(self, unit_id: object) -> bool:
        return unit_id in self._places

    def open_ids(self) -> list[int]:
        """What still waits, in order."""
        return [i for i in self._ids if self.is_open(i)]

    def advance(self) -> int | None:
        """Goes to the next open unit behind the current one; behind the last one when there is none."""
        self._place = next(self._open_from(self._place + 1), len(self._ids))
        return self.current

    def first_open(self) -> int | None:
        """Goes to the first open unit of all: what was skipped."""
        self._place = next(self._open_from(0), len(self._ids))
        return self.current

    def step(self, by: int) -> int | None:
        """Goes one unit on (1) or back (-1), decided ones too; stays where there is none."""
        place = self._place + by
        while 0 <= place < len(self._ids):
            if self._ids[place] not in self._gone:
                self._place = place
                break
            place += by
        return self.current

    def go(self, unit_id: int) -> bool:
        """Goes to a unit; False if it is not here."""
        place = self._places.get(unit_id)
        if place is None:
            return False
        self._place = place
        return True

    def ahead(self, count: int) -> list[int]:
        """The next open units behind the current one, at most so many."""
        found = []
        for place in self._open_from(self._place + 1):
            found.append(self._ids[place])
            if len(found) >= count:
                break
        return found

    def behind(self, count: int) -> list[int]:
        """The units right before the current one, the nearest first."""
        return [i for i in self._ids[max(0, self._place - count) : self._place][::-1] if i not in self._gone]

    def page(self, size: int) -> list[int]:
        """The current unit if it is open, and the open ones behind it, `size` in all."""
        current = self.current
        own = [current] if current is not None and self.is_open(current) else []
        return own + self.ahead(size - len(own)) if size > len(own) else own

    def _open_from(self, place: int) -> Iterator[int]:
        for at in range(place, len(self._ids)):
            unit_id = self._ids[at]
            if unit_id not in self._decided and unit_id not in self._gone:
                yield at
