"""Task runs: the list of all of them, and the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crowddesk.domain import AssignmentState, money_text
from crowddesk.language import number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Button
from crowddesk.ui.launches import Launches
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.page import Page
from crowddesk.ui.rows import Column
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.rows_panel import RowsPanel
from crowddesk.ui.run_page import RunPage
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import environment_of
from crowddesk.ui.views_menu import ViewsMenu
from crowddesk.ui.words import environment_words

if TYPE_CHECKING:
    from crowddesk.store.views import ViewRow


def account_badge(row: Any) -> str:
    """The words of an account's badge: LIVE and the vendor, SANDBOX and the vendor, or PRACTICE."""
    return environment_words(environment_of(row.provider_type, row.sandbox), row.provider_type)


def _counts(row: Any) -> list[tuple[str, int]]:
    return [(status, row.units.get(status, 0)) for status in AssignmentState.valid_unit()]


def _answered(row: Any) -> str:
    done = sum(row.units.get(status, 0) for status in AssignmentState.completed())
    return f"{number_text(done)} / {number_text(sum(row.units.values()) or row.units_expected)}"


def _spent(row: Any) -> str:
    spent = money_text(row.accepted_minor, row.currency)
    if row.budget_minor is None:
        return spent
    return f"{spent} / {money_text(row.budget_minor, row.currency, with_currency=False)}"


def _spoken_counts(row: Any) -> str:
    parts = (f"{theme.status_look(status).word} {number_text(n)}" for status, n in _counts(row) if n)
    return ", ".join(parts) or say("no units yet")


def run_columns() -> list[Column]:
    """The columns of runs."""
    return [
        Column("id", say("Run"), lambda r: str(r.id), kind="number", width=64, sort_key="id", muted=True),
        Column("title", say("Title"), lambda r: r.title, width=220, sort_key="title", stretch=True),
        Column("state", say("State"), value=lambda r: r.state, kind="status", width=110, sort_key="state"),
        Column(
            "badge", say("Account"), account_badge, kind="badge", width=140,
            value=lambda r: environment_of(r.provider_type, r.sandbox), tooltip=lambda r: r.requester_name,
        ),
        Column("requester", say("Requester"), lambda r: r.requester_name, width=110, shown=False),
        Column("units", say("Units"), _spoken_counts, kind="bar", width=120, value=_counts),
        Column("answered", say("Answered"), _answered, kind="number", width=110),
        Column("spent", say("Spent of cap"), _spent, kind="money", width=170),
        Column(
            "reward", say("Pay a unit"), lambda r: money_text(r.reward_minor, r.currency), kind="money",
            shown=False,
        ),
        Column("created", say("Made"), value=lambda r: r.created_at, kind="time", width=100),
    ]  # fmt: skip


class RunsPage(QWidget):
    """The list of runs; opening one shows its page in the same place."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__()
        self._session = session
        self._window = window
        self.setAccessibleName(self.tr("Task runs"))
        self.launches = Launches.of(session)
        self.list = _RunsList(session, window)
        self.list.panel.table.opened.connect(self._open)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self._run_page: RunPage | None = None
        window.page_shown.connect(self._tell_environment)

    @property
    def run_page(self) -> RunPage:
        """The page of a run, made when the first one is shown."""
        if self._run_page is None:
            self._run_page = RunPage(self._session, self._window)
            self._run_page.left.connect(self.show_list)
            self.stack.addWidget(self._run_page)
        return self._run_page

    def show_wanted(self, what: Any) -> None:
        """Shows one run by its id, (id, search) or (id, search, sort) units of it, or a search of runs."""
        search, sort = "", []
        if isinstance(what, tuple):
            what, search, *sort = what
        if isinstance(what, int):
            page = self.run_page
            self.stack.setCurrentWidget(page)
            page.show_run(what)
            if search:
                page.panel.search.set_text(search)
            for key in sort:
                page.model.sort(page.model.column_of(key))
            page.panel.table.setFocus()
        else:
            self.show_list()
            self.list.panel.search.set_text(str(what))

    def show_view(self, view: ViewRow) -> None:
        """Shows what a saved view of runs finds."""
        self.show_list()
        self.list.views.show_view(view)

    def show_list(self) -> None:
        """Back to all runs, with the one that was shown selected."""
        self.stack.setCurrentWidget(self.list)
        self._window.set_environment(None)
        self.list.panel.table.setFocus()
        if self._run_page is not None:
            self.list.panel.table.select_id(self._run_page.run_id)

    def _open(self, row: Any) -> None:
        self.show_wanted(row.id)

    def _tell_environment(self, key: str) -> None:
        if key != "runs":
            self._window.set_environment(None)


class _RunsList(Page):
    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(say("Task runs"))
        self._session = session
        self._window = window
        self.launch = Button(self.tr("Launch a run…"), look="primary", key="Ctrl+N")
        self.launch.setShortcut("Ctrl+N")
        self.launch.clicked.connect(self._launch)
        self.open_packed = Button(self.tr("Open a packed run…"))
        self.open_packed.clicked.connect(self._open_packed)
        self.head.add_action(self.open_packed)
        self.head.add_action(self.launch)
        self.model = RowsModel(run_columns(), session.source("RUNS", self), self)
        session.follow(self.model, "task_run", ("unit", "vendor_action"))
        self.panel = RowsPanel(
            self.model,
            name=self.tr("Task runs"),
            search_hint=say("{example}   search runs", example="state:live"),
            noun="runs",
            session=session,
        )
        begin = QAction(self.tr("Launch a run…"), self)
        begin.triggered.connect(self._launch)
        self.panel.table.set_empty_state(
            self.tr("No runs yet."),
            self.tr("Launch one from a CSV file, or watch the practice crowd do one from Home."),
            begin,
        )
        self.views = ViewsMenu(
            session,
            window,
            self.panel,
            "runs",
            (
                (self.tr("All runs"), ""),
                (self.tr("Going on"), "state:launching,live,closing"),
                (self.tr("Paused"), "state:paused"),
                (self.tr("Drafts"), "state:draft"),
            ),
            search=self.panel.search.set_text,
        )
        self.panel.table.restore(session.load("runs.table", {}))
        self.panel.banner.hide()
        self.body.addWidget(self.panel)
        self.model.total_changed.connect(self._tell_total)
        window.closing.connect(self._keep)
        self.model.load()

    def _launch(self) -> None:
        from crowddesk.ui.launcher import open_launch

        open_launch(self._session, self._window)

    def _open_packed(self) -> None:
        from crowddesk.ui.packed_run import ask_packed

        ask_packed(self._session, self._window)

    def _tell_total(self, total: int) -> None:
        self.head.set_facts([say_count("%n runs", "%n run", total)])

    def _keep(self) -> None:
        self._session.save("runs.table", self.panel.table.saved_state())
