"""Rows of one query as a Qt model: asks a source for pages, keeps every row in its place, knows no SQL.

The order of one load: the first page and the count are asked at once, then every id in the query's order as
an array; from then on rows are read by their ids, 256 at a time. Until the ids are there, pages are read by
offset and the last ones in reverse, so that the end is as near as the start. A row that changes is read again
and keeps its place whatever its sort key says now; only `refresh()` moves rows.

Everything runs in the GUI thread. The source answers later, in the GUI thread too.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from crowddesk.domain import BadInput
from crowddesk.ui.id_arrays import common_head, common_tail, runs
from crowddesk.ui.rows import Column, PageAnswer, PageRequest, RowSource, RowsQuery
from crowddesk.ui.timers import make_one_shot

PAGE: Final = 256
KEPT_ROWS: Final = 40 * PAGE
_PAGES_IN_FLIGHT: Final = 2
_LOOK_FOR_NEW_MS: Final = 500

# The short forms (Qt.DisplayRole) cost 2.8 us each time they are read; these cost nothing.
DISPLAY: Final = Qt.ItemDataRole.DisplayRole
TOOL_TIP: Final = Qt.ItemDataRole.ToolTipRole
ALIGNMENT: Final = Qt.ItemDataRole.TextAlignmentRole
ACCESSIBLE: Final = Qt.ItemDataRole.AccessibleTextRole
HORIZONTAL: Final = Qt.Orientation.Horizontal
ASCENDING: Final = Qt.SortOrder.AscendingOrder
DESCENDING: Final = Qt.SortOrder.DescendingOrder
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NO_INDEX: Final = QModelIndex()

_log = logging.getLogger(__name__)

Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """A table of rows, each a frozen object, that come from a `RowSource`.

    `phase` is idle, loading, ready or error. Signals: `phase_changed(phase)`; `total_changed(n)`;
    `rows_reread(list of row numbers)`: shown rows that are not what they were; `new_rows(n)`: that many more
    rows exist than are shown; `failed(exception)`: a page could not be read; `rearranging` and `rearranged`
    surround a change of order, so that a view can keep what was selected.
    """

    phase_changed = Signal(str)
    total_changed = Signal(int)
    rows_reread = Signal(list)
    new_rows = Signal(int)
    failed = Signal(object)
    rearranging = Signal()
    rearranged = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        source: RowSource,
        parent: QObject | None = None,
        *,
        query: RowsQuery | None = None,
        row_id: Callable[[Any], int] = attrgetter("id"),
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.phase = "idle"
        self.error: Exception | None = None
        self._source = source
        self._row_id = row_id
        self._query = query or RowsQuery()
        self._token = 0
        self._serial = 0
        self._ids: array[int] = array("q")  # 0: not known yet
        self._ids_known = True
        self._ids_asked = False
        self._refresh_again = False
        self._counted: int | None = None
        self._highest: int | None = None
        self._rows: dict[int, Any] = {}  # by id, oldest first
        self._place: dict[int, int] = {}
        self._fetched: set[int] = set()  # pages that are all in _rows
        self._stale: set[int] = set()
        self._dirty: set[int] = set()
        self._window = (0, PAGE - 1)
        self._pages_asked: dict[int, int] = {}  # serial -> page
        self._missed_changes = False
        self._dirty_asked = 0
        self._gathering: dict[int, _Gathering] = {}
        self._look_timer = make_one_shot(self, _LOOK_FOR_NEW_MS, self._look_for_new)

    # ---------------------------------------- what is shown

    @property
    def query(self) -> RowsQuery:
        return self._query

    @property
    def ids_known(self) -> bool:
        """Whether every id of the query is here, so that any selection can be named."""
        return self._ids_known

    def row_at(self, row: int) -> Any | None:
        """The row shown at this place; None if it has not been read yet or is gone."""
        return self._rows.get(self._ids[row]) if 0 <= row < len(self._ids) else None

    def id_at(self, row: int) -> int:
        """The id at this place; 0 while it is not known."""
        return self._ids[row] if 0 <= row < len(self._ids) else 0

    def ids_between(self, first: int, last: int) -> array[int]:
        """The ids of the places `first`..`last`, both included; those not known yet are left out."""
        part = self._ids[max(0, first) : last + 1]
        return part if self._ids_known else array("q", (i for i in part if i))

    def row_of(self, row_id: int) -> int:
        """The place of an id; -1 if it is not shown. May search the whole array (5 ms in a million)."""
        place = self._place.get(row_id)
        if place is not None:
            return place
        try:
            return self._ids.index(row_id)
        except ValueError:
            return -1

    def column_of(self, key: str) -> int:
        """The column with this key; -1 if there is none."""
        return next((i for i, c in enumerate(self.columns) if c.key == key), -1)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if role in (DISPLAY, ACCESSIBLE):
            row = self.row_at(index.row())
            return None if row is None else self.columns[index.column()].shown_text(row)
        if role == ALIGNMENT:
            return _RIGHT if self.columns[index.column()].right_aligned else _LEFT
        if role == TOOL_TIP:
            row = self.row_at(index.row())
            return None if row is None else self.columns[index.column()].tip(row)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != HORIZONTAL:
            return section + 1 if role == DISPLAY else None
        if not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == DISPLAY:
            sorted_here = column.sort_key is not None and column.sort_key == self._query.sort
            return column.title + (("  ↓" if self._query.descending else "  ↑") if sorted_here else "")
        if role == ALIGNMENT:
            return _RIGHT if column.right_aligned else _LEFT
        return None

    # ---------------------------------------- questions

    def search(self, text: str) -> None:
        """Shows the rows that this text finds, from the top."""
        self.show(replace(self._query, text=text))

    def sort(self, column: int, order: Qt.SortOrder = ASCENDING) -> None:
        """Sorts in the source by the column's key; a column without one changes nothing."""
        if 0 <= column < len(self.columns) and (key := self.columns[column].sort_key) is not None:
            self.show(replace(self._query, sort=key, descending=order == DESCENDING))

    def show(self, query: RowsQuery) -> None:
        """Shows another query, unless it is the one shown."""
        if query == self._query and self.phase in ("loading", "ready"):
            return
        resorted = (query.sort, query.descending) != (self._query.sort, self._query.descending)
        self._query = query
        if resorted:
            self.headerDataChanged.emit(HORIZONTAL, 0, len(self.columns) - 1)
        self.load()

    def load(self) -> None:
        """Asks anew, from the top; older questions are cancelled, what is shown stays until the answer."""
        if self._token:
            self._source.cancel(self._token)
        self._token += 1
        self._counted = None
        self._ids_asked = self._refresh_again = False
        self._pages_asked.clear()
        self._dirty.clear()
        self._dirty_asked = 0
        self._missed_changes = False
        abandoned, self._gathering = list(self._gathering.values()), {}
        self._set_phase("loading")
        self._send("first", limit=PAGE)
        self._send("count")
        for gathering in abandoned:
            gathering.done(None)

    def refresh(self) -> None:
        """Shows rows that came or went since the load; those that stay move only as far as they must."""
        if self.phase == "error":
            self.load()
        elif self._ids_asked:
            self._refresh_again = True
        elif self.phase == "ready":
            self._ids_asked = True
            self._send("ids")

    def show_window(self, first: int, last: int) -> None:
        """The view says which places it shows; their rows are read before any other."""
        if (first, last) != self._window:
            self._window = (first, last)
            for page in self._window_pages():  # what is looked at is dropped last
                for row_id in self._ids[page * PAGE : (page + 1) * PAGE]:
                    if row_id in self._rows:
                        self._rows[row_id] = self._rows.pop(row_id)
        self._ask()

    def rows_changed(self, ids: Iterable[int] | None) -> None:
        """Rows were written elsewhere. Shown ones are read again in place; None: any of them."""
        if self.phase != "ready":
            self._missed_changes = True  # what is being read may be from before
            return
        if ids is None:
            self._stale |= self._fetched | set(self._pages_asked.values())
            if not self._look_timer.isActive():
                self._look_timer.start()
            self._ask()
            return
        pages = self._window_pages()
        unknown = False
        highest = self._highest_id() if self._ids_known else -1
        being_read = self._being_read()  # perhaps from before the change
        for row_id in ids:
            place = self._place.get(row_id)
            if place is None:
                unknown = unknown or row_id > highest
                if row_id in being_read:
                    self._stale.add(being_read[row_id])
            elif place // PAGE in pages:
                self._dirty.add(row_id)
            else:
                self._stale.add(place // PAGE)
        # A change may bring an old row under the search too.
        if (unknown or self._query.text) and not self._look_timer.isActive():
            self._look_timer.start()
        self._ask()

    def gather(self, ids: Sequence[int], done: Callable[[list[Any] | None], None]) -> None:
        """Reads rows that may not be shown, for a copy; `done` gets them in the order of `ids`, or None."""
        found = {row_id: self._rows[row_id] for row_id in ids if row_id in self._rows}
        missing = [row_id for row_id in ids if row_id not in found]
        self._gather_more(_Gathering(ids, missing, found, done))

    # ---------------------------------------- answers

    def take(self, answer: PageAnswer) -> None:
        """Takes one answer of the source; one of an older token is dropped."""
        request = answer.request
        if request.serial in self._gathering:
            self._take_gathered(answer)
            return
        if request.token != self._token:
            return
        page = self._pages_asked.pop(request.serial, None)
        if request.serial == self._dirty_asked:
            self._dirty_asked = 0
        if answer.error is not None:
            self._take_error(request, answer.error)
            return
        if request.kind == "first" and self.phase == "loading":
            self._take_first(answer)
        elif request.kind == "count":
            self._take_count(answer.total or 0)
        elif request.kind == "ids":
            self._take_ids(answer.ids if answer.ids is not None else array("q"))
        elif request.kind == "rows":
            self._take_rows(answer.rows, request.ids, page)
        elif request.kind in ("first", "tail"):
            start = request.offset if request.kind == "first" else len(self._ids) - len(answer.rows)
            self._take_run(start, answer.rows)
        self._ask()

    def _take_error(self, request: PageRequest, error: Exception) -> None:
        _log.info("A page of kind %s could not be read: %s", request.kind, error)
        if request.kind == "ids":
            self._ids_asked = False
        self.error = error
        if self.phase == "loading" and request.kind == "first":
            if not isinstance(error, BadInput):  # a mistyped search leaves what was found before
                self._clear()
            self._set_phase("error")
        self.failed.emit(error)

    def _clear(self) -> None:
        self.beginResetModel()
        self._start_over(0, True)
        self.endResetModel()

    def _start_over(self, total: int, ids_known: bool) -> None:
        self._ids = array("q", bytes(8 * total))
        self._ids_known = ids_known
        self._highest = None
        for store in (self._rows, self._place, self._fetched, self._stale):
            store.clear()
        self._window = (0, PAGE - 1)

    def _take_first(self, answer: PageAnswer) -> None:
        rows = answer.rows
        whole = len(rows) < answer.request.limit
        total = len(rows) if whole else max(len(rows), self._counted or 0)
        self.beginResetModel()
        self._start_over(total, whole)
        self._keep(0, rows)
        if self._missed_changes:
            self._stale |= self._fetched
        self.endResetModel()
        self.error = None
        self._set_phase("ready")
        self.total_changed.emit(total)
        if not whole:
            self._ids_asked = True
            self._send("ids")

    def _take_count(self, total: int) -> None:
        if self.phase == "loading":
            self._counted = total
        elif not self._ids_known and total > len(self._ids):
            self._resize(total)
            self.total_changed.emit(total)
        elif self._ids_known and total > len(self._ids):
            self.new_rows.emit(total - len(self._ids))

    def _take_ids(self, ids: array[int]) -> None:
        self._ids_asked = False
        if self._ids_known:
            self._rearrange(ids)
        else:
            self._resize(len(ids))
            known = [i for i in self._place.items() if ids[i[1] : i[1] + 1] != array("q", [i[0]])]
            self._ids = ids
            self._ids_known = True
            for row_id, place in known:  # rows came or went while the ids were on their way
                del self._place[row_id]
                self._stale.add(place // PAGE)
            if known:
                self._emit_changed(range(self._window[0], self._window[1] + 1))
        self._highest = None
        self.total_changed.emit(len(ids))
        if self._refresh_again:
            self._refresh_again = False
            self.refresh()

    def _take_rows(self, rows: Sequence[Any], asked: Sequence[int], page: int | None) -> None:
        changed: list[int] = []
        first_time: list[int] = []
        found = set()
        for row in rows:
            row_id = self._row_id(row)
            found.add(row_id)
            old = self._rows.get(row_id)
            place = self._place.get(row_id)
            if old is None:
                self._rows[row_id] = row
            elif old != row:
                self._rows[row_id] = row
                if place is not None:
                    changed.append(place)
        gone = [i for i in asked if i not in found and self._rows.pop(i, None) is not None]
        changed += [self._place[i] for i in gone if i in self._place]
        if page is not None:
            start = page * PAGE
            for place, row_id in enumerate(self._ids[start : start + PAGE], start):
                if row_id in self._rows and row_id not in self._place:
                    self._place[row_id] = place
                    first_time.append(place)
            self._fetched.add(page)
            self._drop_oldest()
        self._emit_changed(sorted({*changed, *first_time}))
        if changed:
            self.rows_reread.emit(changed)

    def _take_run(self, start: int, rows: Sequence[Any]) -> None:
        if self._ids_known:  # the ids came first and know better
            self._take_rows(rows, (), None)
            return
        rows = rows[: len(self._ids) - start]
        self._keep(start, rows)
        self._emit_changed(range(start, start + len(rows)))

    def _keep(self, start: int, rows: Sequence[Any]) -> None:
        for place, row in enumerate(rows, start):
            row_id = self._row_id(row)
            self._ids[place] = row_id
            self._place[row_id] = place
            self._rows[row_id] = row
        end = start + len(rows)
        for page in range(start // PAGE, end // PAGE + 1):
            if page * PAGE >= start and (min((page + 1) * PAGE, len(self._ids)) <= end):
                self._fetched.add(page)
        self._drop_oldest()

    def _drop_oldest(self) -> None:
        while len(self._rows) > KEPT_ROWS:
            row_id = next(iter(self._rows))
            del self._rows[row_id]
            place = self._place.pop(row_id, None)
            if place is not None:
                self._fetched.discard(place // PAGE)

    # ---------------------------------------- order

    def _resize(self, total: int) -> None:
        have = len(self._ids)
        if total > have:
            self.beginInsertRows(_NO_INDEX, have, total - 1)
            self._ids.frombytes(bytes(8 * (total - have)))
            self._fetched.discard(have // PAGE)
            self.endInsertRows()
        elif total < have:
            self.beginRemoveRows(_NO_INDEX, total, have - 1)
            del self._ids[total:]
            self.endRemoveRows()

    def _rearrange(self, new: array[int]) -> None:
        """Replaces the smallest run of places that makes the old order the new one."""
        old = self._ids
        head = common_head(old, new)
        if head == len(old) == len(new):
            return
        tail = common_tail(old, new, min(len(old), len(new)) - head)
        gone, come = len(old) - head - tail, len(new) - head - tail
        self.rearranging.emit()
        if gone:
            self.beginRemoveRows(_NO_INDEX, head, head + gone - 1)
            self._ids = old[:head] + old[head + gone :]
            self._replace_places(head, -gone)
            self.endRemoveRows()
        if come:
            self.beginInsertRows(_NO_INDEX, head, head + come - 1)
            self._ids = new
            self._replace_places(head, come)
            self.endInsertRows()
        self._fetched = {page for page in self._fetched if (page + 1) * PAGE <= head}
        self._stale = {page for page in self._stale if (page + 1) * PAGE <= head}
        self.rearranged.emit()

    def _replace_places(self, head: int, shift: int) -> None:
        cut = head - shift if shift < 0 else head
        self._place = {
            row_id: place if place < head else place + shift
            for row_id, place in self._place.items()
            if place < head or place >= cut
        }
        first, last = self._window
        for place, row_id in enumerate(self._ids[max(0, first) : last + 1], max(0, first)):
            if row_id in self._rows:
                self._place[row_id] = place

    # ---------------------------------------- asking

    def _send(self, kind: str, *, offset: int = 0, limit: int = 0, ids: Sequence[int] = ()) -> int:
        self._serial += 1
        request = PageRequest(self._token, self._serial, self._query, kind, offset, limit, ids)
        self._source.page(request, self.take)
        return request.serial

    def _window_pages(self) -> range:
        first, last = self._window
        return range(max(0, first) // PAGE, max(0, last) // PAGE + 1)

    def _ask(self) -> None:
        """Sends what the window needs most, few at a time, so that a fast scroll skips what it passes."""
        if self.phase != "ready" or not self._ids:
            return
        if self._dirty and not self._dirty_asked:
            ids, self._dirty = sorted(self._dirty), set()
            # A source that answers at once must find the serial already noted.
            self._dirty_asked = self._serial + 1
            self._send("rows", ids=ids)
        pages = self._window_pages()
        last_page = (len(self._ids) - 1) // PAGE
        for page in (*pages, pages.stop, pages.start - 1):
            if len(self._pages_asked) >= _PAGES_IN_FLIGHT:
                return
            if not 0 <= page <= last_page or page in self._pages_asked.values():
                continue
            if page in self._fetched and page not in self._stale:
                continue
            self._ask_page(page, last_page)

    def _ask_page(self, page: int, last_page: int) -> None:
        start = page * PAGE
        self._stale.discard(page)
        self._pages_asked[self._serial + 1] = page
        if self._ids_known:
            self._send("rows", ids=self._ids[start : start + PAGE])
        elif page >= last_page - 1 and last_page > 1:
            self._send("tail", limit=len(self._ids) - start)
        else:
            self._send("first", offset=start, limit=PAGE)

    def _being_read(self) -> dict[int, int]:
        if not self._ids_known:  # whose rows these are is not known: read again what comes
            self._stale |= set(self._pages_asked.values())
            return {}
        pages = self._pages_asked.values()
        return {i: page for page in pages for i in self._ids[page * PAGE : (page + 1) * PAGE]}

    def _look_for_new(self) -> None:
        if self.phase == "ready" and self._ids_known:
            self._send("count")
        elif self.phase == "ready":
            self._look_timer.start()

    def _highest_id(self) -> int:
        if self._highest is None:
            self._highest = max(self._ids, default=0)
        return self._highest

    def _gather_more(self, gathering: _Gathering) -> None:
        if gathering.asked >= len(gathering.missing):
            gathering.done([gathering.found[i] for i in gathering.ids if i in gathering.found])
            return
        part = gathering.missing[gathering.asked : gathering.asked + 4 * PAGE]
        gathering.asked += len(part)
        self._gathering[self._serial + 1] = gathering
        self._send("rows", ids=part)

    def _take_gathered(self, answer: PageAnswer) -> None:
        gathering = self._gathering.pop(answer.request.serial)
        if answer.error is not None:
            gathering.done(None)
            self.failed.emit(answer.error)
            return
        gathering.found.update((self._row_id(row), row) for row in answer.rows)
        self._gather_more(gathering)

    # ---------------------------------------- telling

    def _set_phase(self, phase: str) -> None:
        if phase != self.phase:
            self.phase = phase
            self.phase_changed.emit(phase)

    def _emit_changed(self, places: Sequence[int]) -> None:
        last_column = len(self.columns) - 1
        for first, last in runs(places):
            last = min(last, len(self._ids) - 1)
            if 0 <= first <= last:
                self.dataChanged.emit(self.index(first, 0), self.index(last, last_column))


@dataclass(slots=True)
class _Gathering:
    ids: Sequence[int]
    missing: list[int]
    found: dict[int, Any]
    done: Callable[[list[Any] | None], None]
    asked: int = 0
