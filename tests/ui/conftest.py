"""What the window's tests share: the theme, a source of made-up rows that answers when it is told to."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from pathlib import Path

import pytest

from crowddesk.ui.rows import Column, PageAnswer, PageRequest
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.theme import Theme

ICONS = Path(__file__).parents[2] / "resources" / "icons"


@pytest.fixture
def theme(qapp):
    """A light theme at 100 %; put back after the test."""
    made = Theme(qapp, ICONS, scheme="light", reduced_motion=False)
    yield made
    made.set(scheme="light", scale=100, rows="normal", reduced_motion=False)
    made.deleteLater()


@dataclass(frozen=True)
class Row:
    id: int
    status: str = "completed"
    text: str = ""
    worker: str = "5f42c6aa10de44bd6a"


class Source:
    """Answers at once, or, while `held`, when `answer()` is called; keeps every request."""

    def __init__(self, count: int = 0) -> None:
        self.ids = array("q", range(1, count + 1))
        self.rows: dict[int, Row] = {}
        self.requests: list[PageRequest] = []
        self.cancelled: list[int] = []
        self.held: set[str] | bool = False
        self.waiting: list[tuple[PageRequest, object]] = []
        self.error: Exception | None = None
        self.errors: dict[str, Exception] = {}

    def page(self, request, reply) -> None:
        self.requests.append(request)
        if self.held is True or (self.held and request.kind in self.held):
            self.waiting.append((request, reply))
        else:
            reply(self.found(request))

    def cancel(self, token: int) -> None:
        self.cancelled.append(token)

    def answer(self, kind: str | None = None) -> None:
        """Answers what waits (of one kind)."""
        now = [w for w in self.waiting if kind in (None, w[0].kind)]
        self.waiting = [w for w in self.waiting if w not in now]
        for request, reply in now:
            reply(self.found(request))

    def row(self, row_id: int) -> Row:
        return self.rows.get(row_id) or Row(row_id, text=f"text {row_id}")

    def found(self, request: PageRequest) -> PageAnswer:
        if error := self.error or self.errors.get(request.kind):
            return PageAnswer(request, error=error)
        ids = self.ids if not request.query.text else self.ids[:3]
        ids = ids[::-1] if request.query.descending else ids
        if request.kind == "count":
            return PageAnswer(request, total=len(ids))
        if request.kind == "ids":
            return PageAnswer(request, ids=ids[:])
        if request.kind == "first":
            ids = ids[request.offset : request.offset + request.limit]
        elif request.kind == "tail":
            ids = ids[-request.limit :]
        else:
            present = set(self.ids)
            ids = [i for i in request.ids if i in present]
        return PageAnswer(request, [self.row(i) for i in ids])

    def kinds(self) -> list[str]:
        return [request.kind for request in self.requests]


COLUMNS = (
    Column("id", "Unit", text=lambda r: str(r.id), kind="number", width=70, sort_key="id"),
    Column("status", "Status", kind="status", width=150, sort_key="status"),
    Column("text", "Text", text=lambda r: r.text, stretch=True, width=200),
    Column("worker", "Worker", text=lambda r: r.worker, kind="id"),
    Column("note", "Note", text=lambda r: "", shown=False),
)


@pytest.fixture
def make_source():
    return Source


@pytest.fixture
def make_row():
    return Row


@pytest.fixture
def make_model(qapp):
    """A model over a source (or so many made-up rows), not loaded yet."""
    made = []

    def make(source: Source | int, **more) -> RowsModel:
        source = Source(source) if isinstance(source, int) else source
        model = RowsModel(more.pop("columns", COLUMNS), source, **more)
        model.test_source = source
        made.append(model)
        return model

    yield make
    for model in made:
        model.deleteLater()
