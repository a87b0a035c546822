"""What the window's tests share: the theme, made-up rows, and a real workspace with a run that is done."""

from __future__ import annotations

import importlib
import shutil
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from crowddesk.lanes import Threads
from crowddesk.operations import decisions, launch
from crowddesk.operations.run_file import run_from_dict
from crowddesk.operations.workspace import open_workspace
from crowddesk.settings import Settings
from crowddesk.store import ledger
from crowddesk.testing.workspace import TEMPLATE, run_lane
from crowddesk.ui.detail import PlainText
from crowddesk.ui.main_window import MainWindow, PageSpec
from crowddesk.ui.rows import Column, PageAnswer, PageRequest
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.session import Session
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


# ------------------------------------------------------------------------------------ a real workspace

HOSTILE = '<img src="x" onerror="alert(1)"> & <b>bold</b>'


def make_answered(place: Path, items: Sequence[tuple[str, str]], **task: str) -> Path:
    """A workspace in an empty folder whose practice crowd has answered a run: 3 units of each item.

    `items` are keys and texts, `task` the names of the task; a unit is paid USD 0.10, with a fee of 0.02.
    """
    (place / "template.html").write_text(TEMPLATE, encoding="utf-8")
    lines = [f'{key},"{text.replace(chr(34), chr(34) * 2)}"' for key, text in items]
    (place / "items.csv").write_text("\n".join(["id,text", *lines, ""]), encoding="utf-8")
    sections = {
        "task": {"description": "One question.", "reward": "0.10", "currency": "USD", **task},
        "blueprint": {"_blueprint_type": "static_html", "template": "template.html", "data": "items.csv",
                      "item_key": "id", "units_per_assignment": "3"},
        "provider": {"_provider_type": "mock", "requester_name": "practice", "seed": "7", "speed": "100000"},
    }  # fmt: skip
    db = open_workspace(place / "workspace")
    try:
        run_id = launch.create_run(db, run_from_dict(sections, place))

        def all_answered() -> bool:
            with db.read() as conn:
                found = ledger.units_by_status(conn, run_id)
            answered = sum(found.values()) == 3 * len(items)
            return answered and not {"created", "launched", "assigned"} & set(found)

        run_lane(db, db.find_requesters("practice")[0], all_answered, seconds=90)
    finally:
        db.close()
    return place / "workspace"


@pytest.fixture(scope="session")
def finished_workspace(tmp_path_factory) -> Path:
    """A workspace whose practice crowd has answered a run: 4 items, 3 units each at USD 0.10 and 0.02."""
    items = [("item-0", HOSTILE), *((f"item-{n}", f"This is item {n}.") for n in range(1, 4))]
    place = tmp_path_factory.mktemp("finished")
    return make_answered(place, items, name="colours", title="Which colour?", budget="5.00")


def words_of(widget) -> str:
    """Everything that a widget says."""
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    boxes = [box.toPlainText() for box in widget.findChildren(PlainText) if box.isVisibleTo(widget)]
    return "\n".join(labels + boxes)


@pytest.fixture(scope="session")
def words():
    return words_of


class DeskUnderTest:
    """A window over a workspace, without lanes: `perform` does a lane's steps when the test says so."""

    def __init__(self, qtbot, folder: Path) -> None:
        self.qtbot = qtbot
        self.db = open_workspace(folder)
        self.kept: dict[str, object] = {}
        self.threads = Threads(self.db)
        settings = Settings()
        settings.sending.practice_sends_by_itself = False
        self.session = Session(
            self.db, self.threads, settings, load=self.kept.get, save=self.kept.__setitem__
        )
        pages = ("units.UnitsPage", "workers.WorkersPage", "payments.PaymentsPage")
        specs = [PageSpec(name.split(".")[0], name, "home", partial(self._make, name)) for name in pages]
        self.window = MainWindow(specs, load=self.kept.get, save=self.kept.__setitem__)
        self.session.wanted.connect(self._show_wanted)
        qtbot.addWidget(self.window)
        self.window.show()

    def _make(self, name: str):
        module, _, class_name = name.rpartition(".")
        return getattr(importlib.import_module(f"crowddesk.ui.pages.{module}"), class_name)(
            self.session, self.window
        )

    def _show_wanted(self, page: str, what: object) -> None:
        if page in ("units", "workers", "payments"):
            self.window.show_page(page).show_wanted(what)

    def page(self, key: str):
        """A page with its rows read."""
        page = self.window.show_page(key)
        self.qtbot.waitUntil(lambda: page.model.phase == "ready" and page.model.ids_known)
        return page

    def perform(self) -> None:
        """Does what is queued, as the lane of `practice` would."""
        requester = self.db.find_requesters("practice")[0]
        run_lane(self.db, requester, lambda: not self.states("queued", "sending", "unknown"))

    def states(self, *wanted: str) -> list[tuple[str, str]]:
        """(kind, state) of the vendor actions in these states (all without), oldest first."""
        from crowddesk.store.queries import ACTIONS

        with self.db.read() as conn:
            found = [(a.kind, a.state) for a in ACTIONS.iterate(conn)][::-1]
        return [pair for pair in found if not wanted or pair[1] in wanted]

    def dialog(self, kind: type | None = None):
        """The dialog that opens next."""
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
        found = QApplication.activeModalWidget()
        assert kind is None or isinstance(found, kind)
        return found

    def press(self, widget, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        """A key in the active window, where shortcuts work."""
        window = widget.window()
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)
        widget.setFocus()
        self.qtbot.keyClick(widget, key, modifier)

    def said(self, words: str) -> None:
        """Waits until the toast says these words."""
        self.qtbot.waitUntil(lambda: words in self.window.toast.accessibleName())

    def send(self) -> None:
        """Releases what is staged and does it."""
        decisions.send(self.db)
        self.perform()

    def unit(self, unit_id: int):
        from crowddesk.store.queries import UNITS

        with self.db.read() as conn:
            return UNITS.rows(conn, [unit_id])[0]

    @property
    def vendor(self):
        return self.db.get_datastore_for_provider("mock").vendor

    def close(self) -> None:
        self.threads.stop()
        self.db.close()


@pytest.fixture
def desk(qtbot, theme, finished_workspace, workspace_path):
    """A window over a workspace of this test's own, in which a run's answers wait for review."""
    shutil.copytree(finished_workspace, workspace_path)
    made = DeskUnderTest(qtbot, workspace_path)
    yield made
    made.close()


@pytest.fixture
def empty_desk(qtbot, theme, workspace_path):
    """A window over a new workspace."""
    made = DeskUnderTest(qtbot, workspace_path)
    yield made
    made.close()
