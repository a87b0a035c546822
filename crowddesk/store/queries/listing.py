"""How a list is asked for: pages of ids by an index, then the rows of those ids.

An index can serve one condition, or the order. Which of them is decided per question: a condition that finds
few rows (counted up to FEW, through its index) leads and its rows are sorted; otherwise the order's index is
walked and the conditions are tested on the way. SQLite has no statistics here, so everything that must not
lead is written as `+column`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from crowddesk.domain import BadInput
from crowddesk.language import say
from crowddesk.store import search as s
from crowddesk.store.search import EVERYTHING, Search, Term

#: So many rows are sorted without an index in a few milliseconds.
FEW = 30_000
#: Rows in one chunk of `iterate`.
CHUNK = 2_000
#: More values than this are not merged from one ordered index walk each.
_BRANCHES = 16


def hidden(conn: Connection, column: Any) -> Any:
    """The column, written so that SQLite uses no index of it."""
    if conn.dialect.name != "sqlite":
        return column
    return sa.literal_column(f"+{column.table.name}.{column.name}", column.type)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a list is shown: inside one run, account, worker or unit (all of those given)."""

    run_id: int | None = None
    requester_id: int | None = None
    worker_id: int | None = None
    unit_id: int | None = None


ALL = Scope()


class Sort(NamedTuple):
    """One of a listing's offered `sorts`. Rows without a value come last, both ways round."""

    key: str
    descending: bool = False


class Cursor(NamedTuple):
    """The place of a row in a sort: what the next page comes after."""

    value: Any
    id: int


Row = TypeVar("Row")
_Wrap = Callable[[Any], Any]
_Clause = Callable[[_Wrap], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition. `clause` writes it, given how to write the columns that an index could serve.

    `leads`: an index on `column` finds its rows. `values`: it is `column IN values`, and the index gives the
    rows of each value in the order of their ids. `with_run`: there is one that begins with the run, too.
    `size`: at most so many rows, found in the order of their ids, where that is known beforehand.
    """

    clause: _Clause
    leads: bool = False
    column: Any = None
    values: tuple[Any, ...] = ()
    with_run: bool = False
    size: int | None = None


def equals(column: Any, values: Sequence[Any], *, leads: bool = True, with_run: bool = False) -> Filter:
    """`column` is one of `values`; none finds nothing."""
    kept = tuple(values)

    def clause(wrap: _Wrap) -> ColumnElement[bool]:
        if len(kept) == 1:
            return wrap(column) == kept[0]  # type: ignore[no-any-return]
        return wrap(column).in_(kept)  # type: ignore[no-any-return]

    return Filter(clause, leads, column, kept, with_run)


def tested(condition: ColumnElement[bool]) -> Filter:
    """A condition that is only ever tested, row by row."""
    return Filter(lambda wrap: condition)


class Listing(ABC, Generic[Row]):
    """The list of one noun. Every method may be called from any thread but the GUI's."""

    noun: str
    table: sa.Table
    #: Offered sorts: key -> the column, named like the row's attribute. Each has an index.
    sorts: ClassVar[Mapping[str, sa.Column[Any]]]
    default_sort: Sort
    run_column: sa.Column[Any] | None = None
    #: Fields of which every row has exactly one choice, so that `-` means the others.
    exclusive: frozenset[str] = frozenset()

    # ---------------------------------------------------------------------------------------- asked

    def parse(self, text: str) -> Search:
        """Reads a search over this noun. Raises BadInput. Needs no connection."""
        return s.parse(text, self.noun)

    def count(self, conn: Connection, search: Search = EVERYTHING, scope: Scope = ALL) -> int:
        """How many rows there are; from the totals where they can tell."""
        filters = self._filters(conn, search, scope)
        known = self._count_from_totals(conn, search, scope)
        if known is not None:
            return known
        lead = self._few(conn, filters) or self._widest(filters)
        query = sa.select(sa.func.count()).select_from(self.table)
        for condition in self._conditions(conn, filters, lead):
            query = query.where(condition)
        return int(conn.execute(query).scalar_one())

    def first(
        self,
        conn: Connection,
        search: Search = EVERYTHING,
        scope: Scope = ALL,
        sort: Sort | None = None,
        offset: int = 0,
        limit: int = 256,
    ) -> list[Row]:
        """Rows from `offset` on. Far offsets cost 30 ms a million: ask `ids` for a whole list."""
        return self.rows(conn, self.page_ids(conn, search, scope, sort, offset, limit))

    def page_ids(
        self,
        conn: Connection,
        search: Search = EVERYTHING,
        scope: Scope = ALL,
        sort: Sort | None = None,
        offset: int = 0,
        limit: int = 256,
    ) -> list[int]:
        """The ids of `first`, without their rows."""
        return self._take(conn, self._segments(conn, search, scope, sort), offset, limit)

    def tail(
        self,
        conn: Connection,
        search: Search = EVERYTHING,
        scope: Scope = ALL,
        sort: Sort | None = None,
        limit: int = 256,
    ) -> list[Row]:
        """The last rows, in the list's order."""
        ids = self._take(conn, self._segments(conn, search, scope, sort, backwards=True), 0, limit)
        return self.rows(conn, ids[::-1])

    def after(
        self,
        conn: Connection,
        cursor: Cursor,
        search: Search = EVERYTHING,
        scope: Scope = ALL,
        sort: Sort | None = None,
        limit: int = 256,
    ) -> list[Row]:
        """The rows that come after a place in the list, whether its row is still there or not."""
        return self.rows(conn, self._take(conn, self._segments(conn, search, scope, sort, cursor), 0, limit))

    def cursor(self, row: Row, sort: Sort | None = None) -> Cursor:
        """The place of a row, for `after`."""
        key = self._checked(sort).key
        return Cursor(getattr(row, self.sorts[key].name), row.id)  # type: ignore[attr-defined]

    def ids(
        self,
        conn: Connection,
        search: Search = EVERYTHING,
        scope: Scope = ALL,
        sort: Sort | None = None,
    ) -> array[int]:
        """Every id in the list's order, 8 bytes each: 0.3 s a million."""
        return array("q", self._stream(conn, search, scope, sort))

    def iterate(
        self,
        conn: Connection,
        search: Search = EVERYTHING,
        scope: Scope = ALL,
        sort: Sort | None = None,
    ) -> Iterator[Row]:
        """Every row in the list's order, as it is found, CHUNK at a time in memory."""
        chunk: list[int] = []
        for row_id in self._stream(conn, search, scope, sort):
            chunk.append(row_id)
            if len(chunk) == CHUNK:
                yield from self.rows(conn, chunk)
                chunk = []
        yield from self.rows(conn, chunk)

    def rows(self, conn: Connection, ids: Iterable[int]) -> list[Row]:
        """The rows of these ids, in this order; ids that nothing has are left out."""
        wanted = list(ids)
        found: dict[int, Row] = {}
        for start in range(0, len(wanted), 1_000):
            for row in self._read_rows(conn, wanted[start : start + 1_000]):
                found[row.id] = row  # type: ignore[attr-defined]
        return [found[i] for i in wanted if i in found]

    # ------------------------------------------------------------------------- said by each listing

    @abstractmethod
    def _read_rows(self, conn: Connection, ids: Sequence[int]) -> Iterable[Row]:
        """The rows of at most 1,000 ids, in any order."""

    @abstractmethod
    def _term(self, conn: Connection, term: Term) -> Filter:
        """The condition of one term, not yet turned round by its `-`."""

    def _scope(self, conn: Connection, scope: Scope) -> list[Filter]:
        """The conditions of a scope. One that a noun has no meaning for is refused."""
        if scope != ALL:
            raise ValueError(f"{self.noun} cannot be listed inside {scope}")
        return []

    def _count_from_totals(self, conn: Connection, search: Search, scope: Scope) -> int | None:
        """The count where sums that are kept anyway can tell it."""
        return None

    # --------------------------------------------------------------------------------------- inside

    def _checked(self, sort: Sort | None) -> Sort:
        sort = sort or self.default_sort
        if sort.key not in self.sorts:
            raise BadInput(
                say(
                    "{noun} cannot be sorted by {key!r}: use {sorts}.",
                    noun=self.noun,
                    key=sort.key,
                    sorts=", ".join(self.sorts),
                )
            )
        return sort

    def _filters(self, conn: Connection, search: Search, scope: Scope) -> list[Filter]:
        return [*self._scope(conn, scope), *(self._signed(conn, term) for term in search.terms)]

    def _signed(self, conn: Connection, term: Term) -> Filter:
        if term.negated and term.field in self.exclusive:
            others = [c for c in s.FIELDS[self.noun][term.field].choices if c not in term.values]
            return self._term(conn, replace(term, values=tuple(others), negated=False))
        found = self._term(conn, term)
        if not term.negated:
            return found
        clause = found.clause(lambda column: column)
        return tested(sa.not_(sa.func.coalesce(clause, sa.false())))

    def _few(self, conn: Connection, filters: Sequence[Filter]) -> Filter | None:
        """The condition that finds the fewest rows, if those are at most FEW."""
        best: tuple[int, Filter] | None = None
        for item in filters:
            if not item.leads:
                continue
            size = self._size(conn, item) if item.size is None else item.size
            if size <= FEW and (best is None or size < best[0]):
                best = (size, item)
                if size <= 100:
                    break
        return best[1] if best else None

    def _size(self, conn: Connection, item: Filter) -> int:
        """How many rows a condition finds, counted no further than FEW."""
        some = sa.select(sa.literal(1)).select_from(self.table).where(item.clause(lambda c: c))
        query = sa.select(sa.func.count()).select_from(some.limit(FEW + 1).subquery())
        return int(conn.execute(query).scalar_one())

    def _widest(self, filters: Sequence[Filter], *, ordered: bool = False) -> Filter | None:
        """A condition to lead when none finds few rows: the run only where nothing narrower can."""
        usable = [f for f in filters if f.leads]
        if ordered:
            usable = [f for f in usable if 0 < len(f.values) <= _BRANCHES]
        return next((f for f in usable if f.column is not self.run_column), next(iter(usable), None))

    def _conditions(
        self, conn: Connection, filters: Sequence[Filter], lead: Filter | None, walked: Any = None
    ) -> list[ColumnElement[bool]]:
        """All conditions; only `lead`, or the index on `walked`, leads, with the run if it can."""

        def closed(column: Any) -> Any:
            return hidden(conn, column)

        run_helps = walked is not None or (lead is not None and lead.with_run)
        out = []
        for item in filters:
            is_run = self.run_column is not None and item.column is self.run_column
            opened = (
                item is lead
                or (is_run and run_helps and len(item.values) == 1)
                or (walked is not None and item.column is walked)
                or (item.column is self.table.c.id and (lead is None or bool(lead.values)))
            )
            out.append(item.clause((lambda c: c) if opened else closed))
        return out

    def _segments(
        self,
        conn: Connection,
        search: Search,
        scope: Scope,
        sort: Sort | None,
        cursor: Cursor | None = None,
        *,
        backwards: bool = False,
    ) -> list[Any]:
        """The list as queries for ids, one after the other; `backwards` turns the whole list round."""
        sort = self._checked(sort)
        filters = self._filters(conn, search, scope)
        column, key = self.sorts[sort.key], self.table.c.id
        lead = self._few(conn, filters)
        down = sort.descending != backwards
        before = key < cursor.id if cursor and down else key > cursor.id if cursor else None
        if column is key:
            return [self._by_id(conn, filters, lead, down, before)]
        conditions = self._conditions(conn, filters, lead, column if lead is None else None)
        query = sa.select(key).where(*conditions)
        ordering = [column, key] if lead is None else [hidden(conn, column), hidden(conn, key)]
        in_order = [o.desc() for o in ordering] if down else ordering
        by_id, held = in_order[1], ordering[0]
        have = query.where(held.is_not(None)).order_by(*in_order)
        lack = query.where(held.is_(None)).order_by(by_id)
        parts = [have] if not column.nullable else [lack, have] if backwards else [have, lack]
        if cursor is None or before is None:
            return parts
        if cursor.value is None:
            return [lack.where(before)]
        # Two steps, not a row value: `(a, b) > (?, ?)` is slow where many rows share a value.
        same = query.where(held == cursor.value, before).order_by(by_id)
        beyond = have.where(held < cursor.value if down else held > cursor.value)
        return [same, beyond, *parts[1:]]

    def _by_id(
        self,
        conn: Connection,
        filters: Sequence[Filter],
        lead: Filter | None,
        down: bool,
        before: ColumnElement[bool] | None,
    ) -> Any:
        """The list by id: led by few rows, or merged from an ordered walk for each value, or one walk."""
        key = self.table.c.id
        if lead is None:
            lead = self._widest(filters, ordered=True)
        if lead is None or not 1 < len(lead.values) <= _BRANCHES:
            query = sa.select(key).where(*self._conditions(conn, filters, lead))
            if before is not None:
                query = query.where(before)
            sorted_after = lead is not None and len(lead.values) != 1 and lead.size is None
            ordering = hidden(conn, key) if sorted_after else key
            return query.order_by(ordering.desc() if down else ordering)
        branches = []
        for value in lead.values:
            one = equals(lead.column, [value], with_run=lead.with_run)
            mine = [one if f is lead else f for f in filters]
            query = sa.select(key).where(*self._conditions(conn, mine, one))
            branches.append(query if before is None else query.where(before))
        union = sa.union_all(*branches)
        return union.order_by(sa.desc("id") if down else sa.asc("id"))

    def _take(self, conn: Connection, segments: Sequence[Any], offset: int, limit: int) -> list[int]:
        out: list[int] = []
        for query in segments:
            found = list(conn.execute(query.limit(limit - len(out)).offset(offset)).scalars())
            if found:
                out += found
                offset = 0
                if len(out) >= limit:
                    break
            elif offset:
                size = sa.select(sa.func.count()).select_from(query.order_by(None).subquery())
                offset = max(0, offset - conn.execute(size).scalar_one())
        return out

    def _stream(self, conn: Connection, search: Search, scope: Scope, sort: Sort | None) -> Iterator[int]:
        for query in self._segments(conn, search, scope, sort):
            result = conn.execute(query)
            # The driver's own cursor: a third of the time of SQLAlchemy's rows, for a million of them.
            cursor: Any = result.cursor
            yield from (row[0] for row in cursor)
            result.close()
