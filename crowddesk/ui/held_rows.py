"""A source of rows that are all here already: short lists that are read whole."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from crowddesk.ui.rows import PageAnswer, PageRequest


class HeldRows:
    """A `RowSource` over `rows`, which may be replaced at any time; it answers at once."""

    def __init__(self, rows: Sequence[Any] = (), *, row_id: Callable[[Any], int] = attrgetter("id")) -> None:
        self.rows = rows
        self._row_id = row_id

    def page(self, request: PageRequest, reply: Callable[[PageAnswer], None]) -> None:
        rows = self.rows
        if request.kind == "count":
            reply(PageAnswer(request, total=len(rows)))
        elif request.kind == "ids":
            reply(PageAnswer(request, ids=array("q", map(self._row_id, rows))))
        elif request.kind == "first":
            reply(PageAnswer(request, rows[request.offset : request.offset + request.limit]))
        elif request.kind == "tail":
            reply(PageAnswer(request, rows[max(0, len(rows) - request.limit) :]))
        else:
            wanted = set(request.ids)
            reply(PageAnswer(request, [row for row in rows if self._row_id(row) in wanted]))

    def cancel(self, token: int) -> None:
        """Nothing is on its way."""
