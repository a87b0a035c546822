"""The frame of the pages that stand beside a run's own: whose run it is, the way back, what scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from crowddesk.language import say
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.page import Page
from crowddesk.ui.session import Session
from crowddesk.ui.states import BusyLine, EmptyState
from crowddesk.ui.verbs import environment_of

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.store.queries import RunRow

_GONE: Final = (Qt.Key.Key_Escape, Qt.Key.Key_Back)


class BesideRun(Page):
    """A page about one run. Subclasses fill `column`, read again when `_begin` is called, and show `busy`.

    `instead` takes its place while there is nothing to show, or what failed.
    """

    #: What stands before the run's title.
    TITLE = ""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(say(self.TITLE))
        self._session = session
        self._window = window
        self._run_id = 0
        self.run: RunRow | None = None
        self.back = Button(self.tr("‹ The run"), look="link")
        self.back.clicked.connect(self.leave)
        self.head.add_first(self.back)
        whole = QWidget()
        self.column = QVBoxLayout(whole)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(14)
        #: What the page is about, in numbers, and as of when.
        self.facts = Label(tone="muted", wrap=True)
        self.column.addWidget(self.facts)
        self.busy = BusyLine()
        self.busy.setFixedHeight(2)
        self.column.addWidget(self.busy)
        self.busy.hide()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(whole)
        self.instead = EmptyState()
        self.places = QStackedWidget()
        self.places.addWidget(self.area)
        self.places.addWidget(self.instead)
        self.body.addWidget(self.places, 1)

    @property
    def run_id(self) -> int:
        return self._run_id

    def show_run(self, run_id: int) -> None:
        """Shows a run from its beginning; the one shown already is read anew if it has changed."""
        if run_id != self._run_id:
            self._run_id = run_id
            self.run = None
            self.head.set_title(say(self.TITLE))
            self.facts.setText("")
            self.head.set_badge(None)
            self.area.verticalScrollBar().setValue(0)
            self._forget()
        self._session.ask(lambda conn: _read_run(conn, run_id), self._show_run, self._fail_to_read)
        self._begin()

    def _forget(self) -> None:
        """Another run is shown: what is known of the last one goes."""

    def _begin(self) -> None:
        """Reads what the page shows."""

    def _show_run(self, run: RunRow) -> None:
        if run.id != self._run_id:
            return
        self.run = run
        self.head.set_title(f"{say(self.TITLE)} · {run.title}")
        self._tell_environment()

    def _tell_environment(self) -> None:
        if self.run is not None:
            environment = environment_of(self.run.provider_type, self.run.sandbox)
            vendor = "" if environment == "practice" else self.run.provider_type
            self.head.set_badge(environment, vendor)
            if self.isVisible():
                self._window.set_environment(environment, vendor)

    def say_facts(self, *facts: str) -> None:
        """Says the page's numbers in one line."""
        self.facts.setText(" · ".join(facts))

    def _fail_to_read(self, error: Exception) -> None:
        self.show_failure(self.tr("This run could not be read"), error)

    def show_failure(self, title: str, error: Exception) -> None:
        """Shows what failed in place of the page, with a way to try again."""
        details = getattr(error, "details", "")
        self.instead.show_error(title, str(error), details or repr(error), self._begin_again)
        self.places.setCurrentWidget(self.instead)

    def _begin_again(self) -> None:
        self.show_run(self._run_id)

    def leave(self) -> None:
        """Back to the run's own page."""
        self._session.wanted.emit("runs", self._run_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell_environment()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _GONE:
            self.leave()
            return
        super().keyPressEvent(event)


_Kind = TypeVar("_Kind", bound=BesideRun)


def open_beside(session: Session, window: MainWindow, kind: type[_Kind], run_id: int) -> _Kind:
    """Shows a run on a page of this kind, which is made when it is first wanted. Returns at once."""
    window.show_page("runs")  # the navigation says where one is
    pages = (window.stack.widget(place) for place in range(window.stack.count()))
    page = next((found for found in pages if isinstance(found, kind)), None)
    if page is None:
        page = kind(session, window)
        window.stack.addWidget(page)
    window.stack.setCurrentWidget(page)
    page.show_run(run_id)
    page.setFocus()
    return page


def _read_run(conn: Connection, run_id: int) -> Any:
    from crowddesk.domain import NotFound
    from crowddesk.store.queries import RUNS

    found = RUNS.rows(conn, [run_id])
    if not found:
        raise NotFound(say("There is no run {run}.", run=run_id))
    return found[0]
