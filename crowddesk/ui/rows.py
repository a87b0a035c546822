"""What a list is made of: its query, its columns, and how a source of rows is asked and answers.

Nothing here knows Qt, so a source may be tested without it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from crowddesk.ui.tips import plain_tip
from crowddesk.ui.words import deadline_text, exact_time, relative_time

RIGHT_KINDS: Final = frozenset({"number", "money"})
_TIMES: Final = frozenset({"time", "deadline"})
_LONGEST_TIP: Final = 2_000


@dataclass(frozen=True, slots=True)
class RowsQuery:
    """What to show: the search text as typed, the key to sort by (None: the source's own order), the scope.

    `scope` is the page's own (a run's id); the model hands it on untouched.
    """

    text: str = ""
    sort: str | None = None
    descending: bool = False
    scope: object = None


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One question to a source. `token` grows with every search, sort and load; `serial` with every request.

    | kind | asks for | answer |
    |---|---|---|
    | first | the rows `offset`..`offset + limit` | `rows` in the query's order |
    | tail | the last `limit` rows | `rows` in the query's order, the last row last |
    | count | how many there are | `total` |
    | ids | all ids in the query's order; slow, so it must not hold up the others | `ids` |
    | rows | the rows with these `ids` | `rows` in any order; missing ones are gone |
    """

    token: int
    serial: int
    query: RowsQuery
    kind: str
    offset: int = 0
    limit: int = 0
    ids: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """What a source found, or the error that kept it from looking."""

    request: PageRequest
    rows: Sequence[Any] = ()
    ids: array[int] | None = None
    total: int | None = None
    error: Exception | None = None


class RowSource(Protocol):
    """Where rows come from; the only thing a `RowsModel` knows of the database."""

    def page(self, request: PageRequest, reply: Callable[[PageAnswer], None]) -> None:
        """Answers `request` by one call of `reply` in the GUI thread, now or later."""

    def cancel(self, token: int) -> None:
        """No answer of this token or an older one is wanted any more; those that come are dropped."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how a row shows there.

    `kind` is text, id (elided in the middle), number, money (both right-aligned), status, time (relative, the
    exact time as its tool tip), deadline (a day and what is left of it, marked when it is near), badge (live,
    sandbox or practice around `text`), bar (a small stacked bar).
    `value` gives what the kind paints: the status, the aware datetime, the environment, (status, n) pairs.
    `text` may be left out for status and time. `pending` (status only) names the decision that waits to be
    sent: approve, soft_reject, reject; None if there is none. `sort_key` None: not sortable. Widths are in
    pixels at 100 % text. `shown` False: offered in the column menu only. One column per table may `stretch`.
    """

    key: str
    title: str
    text: Callable[[Any], str] | None = None
    value: Callable[[Any], Any] | None = None
    kind: str = "text"
    align: str = ""
    width: int = 110
    sort_key: str | None = None
    tooltip: Callable[[Any], str] | None = None
    copy: Callable[[Any], str] | None = None
    pending: Callable[[Any], str | None] | None = None
    muted: bool = False
    stretch: bool = False
    shown: bool = True

    @property
    def right_aligned(self) -> bool:
        return self.align == "right" or (not self.align and self.kind in RIGHT_KINDS)

    def shown_text(self, row: Any) -> str:
        """The cell's words."""
        if self.text is not None:
            return self.text(row)
        value = self.value(row) if self.value else getattr(row, self.key)
        if self.kind == "time":
            return relative_time(value)
        if self.kind == "deadline":
            return deadline_text(value)
        if self.kind == "status" and value:
            from crowddesk.ui.theme import status_look  # Qt's, for who shows a cell

            return status_look(value).word
        return "" if value is None else str(value)

    def copied_text(self, row: Any) -> str:
        """The cell on the clipboard: whole and exact."""
        if self.copy is not None:
            return self.copy(row)
        if self.kind in _TIMES or (self.kind == "status" and self.text is None):
            value = self.value(row) if self.value else getattr(row, self.key)
            if value is None:
                return ""
            return str(value) if self.kind == "status" else value.isoformat()
        return self.shown_text(row)

    def tip(self, row: Any) -> str:
        """The cell's tool tip: the exact time, or what may be elided."""
        if self.tooltip is not None:
            return plain_tip(self.tooltip(row)[:_LONGEST_TIP])
        if self.kind in _TIMES:
            return exact_time(self.value(row) if self.value else getattr(row, self.key))
        return plain_tip(self.shown_text(row)[:_LONGEST_TIP])
