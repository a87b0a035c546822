"""Requesters: the accounts at vendors, their money, and what their lanes do now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction

from crowddesk.domain import CrowdDeskError, money_text
from crowddesk.ui import theme
from crowddesk.ui.controls import Button
from crowddesk.ui.dialogs.register import RegisterDialog, RegisterValue, VendorChoice
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.page import Page
from crowddesk.ui.pages.runs import account_badge
from crowddesk.ui.rows import Column
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.rows_panel import RowsPanel
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import environment_of, show_error
from crowddesk.ui.words import count_text

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.lane_work import Step

_LANE_WORDS = {"waiting": "limit", "elsewhere": "idle"}


def read_balance(db: CrowdDatabase, requester_id: int) -> tuple[int, str]:
    """What an account can still spend, by its vendor's word. Asks the vendor: not in the GUI thread."""
    from crowddesk.data_model.requester import Requester
    from crowddesk.domain import to_minor

    account = Requester.get(db, str(requester_id))
    if not account.is_registered():
        return requester_id, "not registered"
    try:
        available = account.get_available_budget()
        return requester_id, money_text(to_minor(available, account.currency), account.currency)
    except CrowdDeskError as error:
        return requester_id, f"not known: {error}"


def _read_balance_of(requester_id: int, db: CrowdDatabase, _job: Job) -> tuple[int, str]:
    return read_balance(db, requester_id)


def read_vendors(_conn: Any) -> list[VendorChoice]:
    """In the reader, because it imports every vendor. One that cannot be loaded is left out."""
    from crowddesk import registry

    found = []
    for name in registry.provider_types():
        try:
            provider = registry.get_crowd_provider_from_type(name)
        except CrowdDeskError:
            continue
        args = provider.RequesterClass.ArgsClass
        found.append(VendorChoice(name, environment_of(name, provider.is_sandbox()), args))
    return found


class RequestersPage(Page):
    """All accounts of the workspace."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window.tr("Requesters"))
        self._session = session
        self._window = window
        self._balances: dict[int, str] = {}
        self._dialog: RegisterDialog | None = None
        self.add = Button(self.tr("Add a requester…"), look="primary")
        self.add.clicked.connect(self._begin)
        self.head.add_action(self.add)
        self.model = RowsModel(self._columns(), session.source("REQUESTERS", self), self)
        session.follow(self.model, "requester", ("task_run", "unit", "vendor_action"))
        self.panel = RowsPanel(self.model, name=self.tr("Requesters"))
        begin = QAction(self.tr("Add a requester…"), self)
        begin.triggered.connect(self._begin)
        self.panel.table.set_empty_state(
            self.tr("No accounts here."), self.tr("Add one, to launch runs with it."), begin
        )
        show = QAction(self.tr("Show its runs"), self)
        show.triggered.connect(self._show_runs)
        ask = QAction(self.tr("Ask for the balance again"), self)
        ask.setShortcut("F5")
        ask.triggered.connect(self._ask_balances)
        self.panel.table.set_verbs([show, ask])
        self.panel.table.restore(session.load("requesters.table", {}))
        self.panel.table.opened.connect(lambda _row: self._show_runs())
        self.body.addWidget(self.panel)
        self.model.total_changed.connect(self._tell_total)
        self.model.total_changed.connect(self._ask_balances)
        session.threads.lane_stepped.connect(self._note_step)
        window.closing.connect(self._keep)
        self.model.load()

    def _columns(self) -> list[Column]:
        return [
            Column("name", "Name", lambda r: r.requester_name, width=180, sort_key="name", stretch=True),
            Column(
                "badge", "Vendor", account_badge, kind="badge", width=150,
                value=lambda r: environment_of(r.provider_type, r.sandbox), tooltip=lambda r: r.provider_type,
            ),
            Column(
                "lane", "Now", self._lane_words, self._lane_state, kind="status", width=140,
                tooltip=self._lane_note,
            ),
            Column("balance", "Balance", self._balance, kind="money", width=130),
            Column(
                "spend", "Spent and reserved", lambda r: money_text(r.total_spend_minor, r.currency),
                kind="money", width=150,
            ),
            Column("runs", "Runs", lambda r: f"{r.runs:,}", kind="number", width=70),
            Column("open", "Open actions", lambda r: f"{r.open_actions:,}", kind="number", width=100),
            Column("staged", "Staged", lambda r: f"{r.staged_actions:,}", kind="number", width=80),
            Column("created", "Added", value=lambda r: r.created_at, kind="time", width=110, shown=False),
        ]  # fmt: skip

    # --------------------------------------------------------------------------------------------- cells

    def _lane_state(self, row: Any) -> str:
        if not row.registered:
            return "created"
        step = self._session.lane_steps.get(row.id)
        return "idle" if step is None else _LANE_WORDS.get(step.state, step.state)

    def _lane_words(self, row: Any) -> str:
        return "not registered" if not row.registered else theme.status_look(self._lane_state(row)).word

    def _lane_note(self, row: Any) -> str:
        step = self._session.lane_steps.get(row.id)
        return step.note if step is not None and step.note else self._lane_words(row)

    def _note_step(self, _requester_id: int, _step: Step) -> None:
        self.panel.table.viewport().update()

    def _balance(self, row: Any) -> str:
        return self._balances.get(row.id, "…")

    def _ask_balances(self) -> None:
        for place in range(self.model.rowCount()):
            requester_id = self.model.id_at(place)
            if requester_id:
                work = partial(_read_balance_of, requester_id)
                self._session.run_job(work, self._note_balance, self._no_balance)

    def _note_balance(self, found: tuple[int, str]) -> None:
        self._balances[found[0]] = found[1]
        self.panel.table.viewport().update()

    def _no_balance(self, error: Exception) -> None:
        self.panel.banner.say(self.tr("A balance could not be asked for: {0}").format(error), tone="warning")

    # ------------------------------------------------------------------------------------------- adding

    def _begin(self) -> None:
        self.add.setEnabled(False)
        self._session.ask(read_vendors, self._ask_for_account, self._fail)

    def _ask_for_account(self, vendors: list[VendorChoice]) -> None:
        self.add.setEnabled(True)
        self._dialog = dialog = RegisterDialog(vendors, self._window)
        dialog.wanted.connect(self._register)
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def _register(self, value: RegisterValue) -> None:
        def work(db: CrowdDatabase, _job: Job) -> str:
            from crowddesk.operations.accounts import add_requester

            add_requester(db, value.provider_type, value.name, value.values)
            return value.name

        self._session.run_job(work, self._added, self._not_added)

    def _added(self, name: str) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._window.toast.say(self.tr("{0} is added.").format(name))
        self.model.refresh()

    def _not_added(self, error: Exception) -> None:
        if self._dialog is not None and isinstance(error, CrowdDeskError):
            self._dialog.show_failure(str(error))
        else:
            self._fail(error)

    def _forget_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _fail(self, error: Exception) -> None:
        self.add.setEnabled(True)
        show_error(self._window, self.tr("The account was not added"), error)

    # --------------------------------------------------------------------------------------------- frame

    def _show_runs(self) -> None:
        row = self.panel.table.current_row()
        if row is not None:
            name = row.requester_name
            self._session.wanted.emit("runs", f'requester:"{name}"' if " " in name else f"requester:{name}")

    def _tell_total(self, total: int) -> None:
        self.head.set_facts([count_text(total, "account")])

    def _keep(self) -> None:
        self._session.save("requesters.table", self.panel.table.saved_state())
