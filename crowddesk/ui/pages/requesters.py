"""Requesters: the accounts at vendors, their money, and what their lanes do now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction

from crowddesk.domain import CrowdDeskError, money_text
from crowddesk.language import number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Button
from crowddesk.ui.dialogs.carried import Carried
from crowddesk.ui.dialogs.register import Offers, RegisterDialog, RegisterValue, VendorChoice
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.messages import Banner
from crowddesk.ui.page import Page
from crowddesk.ui.pages.runs import account_badge
from crowddesk.ui.rows import Column
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.rows_panel import RowsPanel
from crowddesk.ui.session import Session
from crowddesk.ui.tokens import PASSPHRASE, PLUGIN, TOKEN, Tokens, read_balance, vendor_choice
from crowddesk.ui.verbs import environment_of, show_error
from crowddesk.ui.words import short_name

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.lane_work import Step

_LANE_WORDS = {"waiting": "limit", "elsewhere": "idle"}
_LACKING = {PASSPHRASE: "locked", TOKEN: "no token", PLUGIN: "no plug-in"}


def _read_balance_of(requester_id: int, db: CrowdDatabase, _job: Job) -> tuple[int, str]:
    return read_balance(db, requester_id)


def read_vendors(db: CrowdDatabase, _job: Job) -> tuple[list[VendorChoice], list[str]]:
    """In a job, because it imports every vendor. Those that can be chosen, and why others cannot."""
    from crowddesk import registry

    found, refused = [], {}
    for name in registry.provider_types():
        try:
            found.append(vendor_choice(db, name))
        except CrowdDeskError as error:
            refused[name] = str(error)
    faults = sorted((f for f in registry.faults() if f.kind != "blueprint"), key=lambda f: f.file.casefold())
    for fault in faults:
        refused.pop(fault.name, None)
    said = [f"{short_name(fault.name or fault.file)}: {fault.sentence}" for fault in faults]
    return found, [*refused.values(), *said]


class RequestersPage(Page):
    """All accounts of the workspace."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(say("Requesters"))
        self._session = session
        self._window = window
        self._balances: dict[int, str] = {}
        self.tokens = Tokens.of(session, window)
        self._carried = Carried(window, self._fail)
        self.add = Button(self.tr("Add a requester…"), look="primary")
        self.add.clicked.connect(self._begin)
        self.head.add_action(self.add)
        self.model = RowsModel(self._columns(), session.source("REQUESTERS", self), self)
        session.follow(self.model, "requester", ("task_run", "unit", "vendor_action"))
        self.panel = RowsPanel(self.model, name=self.tr("Requesters"), noun="requesters", session=session)
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
        self.replace = QAction(self.tr("Replace the token…"), self)
        self.replace.triggered.connect(self._begin_token)
        compare = QAction(self.tr("Compare with the vendor…"), self)
        session.keys.bind(compare, "requesters.compare")
        compare.triggered.connect(self._compare)
        self.panel.table.set_verbs([show, ask, compare, self.replace])
        self.panel.table.restore(session.load("requesters.table", {}))
        self.panel.table.opened.connect(lambda _row: self._show_runs())
        self.lacking = Banner()
        self.body.addWidget(self.lacking)
        self.body.addWidget(self.panel)
        self.model.total_changed.connect(self._tell_total)
        self.model.total_changed.connect(self._ask_balances)
        self.model.total_changed.connect(self.tokens.look)
        self.tokens.changed.connect(self._show_lacks)
        self.tokens.given.connect(self._read_again)
        self._show_lacks()
        session.threads.lane_stepped.connect(self._note_step)
        window.closing.connect(self._keep)
        self.model.load()

    def _columns(self) -> list[Column]:
        return [
            Column(
                "name", self.tr("Name"), lambda r: r.requester_name, width=180, sort_key="name", stretch=True
            ),
            Column(
                "badge",
                self.tr("Vendor"),
                account_badge,
                kind="badge",
                width=150,
                value=lambda r: environment_of(r.provider_type, r.sandbox),
                tooltip=lambda r: r.provider_type,
            ),
            Column(
                "lane",
                self.tr("Now"),
                self._lane_words,
                self._lane_state,
                kind="status",
                width=140,
                tooltip=self._lane_note,
            ),
            Column("balance", self.tr("Balance"), self._balance, kind="money", width=130),
            Column(
                "spend",
                self.tr("Spent and reserved"),
                lambda r: money_text(r.total_spend_minor, r.currency),
                kind="money",
                width=150,
            ),
            Column("runs", self.tr("Runs"), lambda r: number_text(r.runs), kind="number", width=70),
            Column(
                "open",
                self.tr("Open actions"),
                lambda r: number_text(r.open_actions),
                kind="number",
                width=100,
            ),
            Column(
                "staged", self.tr("Staged"), lambda r: number_text(r.staged_actions), kind="number", width=80
            ),
            Column(
                "created", self.tr("Added"), value=lambda r: r.created_at, kind="time", width=110, shown=False
            ),
        ]

    # --------------------------------------------------------------------------------------------- cells

    def _lane_state(self, row: Any) -> str:
        if not row.registered:
            return "created"
        if row.id in self.tokens.lacks:
            return _LACKING[self.tokens.lacks[row.id].what]
        step = self._session.lane_steps.get(row.id)
        return "idle" if step is None else _LANE_WORDS.get(step.state, step.state)

    def _lane_words(self, row: Any) -> str:
        if not row.registered:
            return self.tr("not registered")
        return theme.status_look(self._lane_state(row)).word

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
        words = self.tr("A balance could not be asked for: {0}").format(error)
        self.panel.banner.say(words, tone="warning")

    # ------------------------------------------------------------------------------------------- adding

    def _begin(self) -> None:
        self.add.setEnabled(False)
        self._session.run_job(read_vendors, self._ask_for_account, self._fail)

    def _ask_for_account(self, found: tuple[list[VendorChoice], list[str]]) -> None:
        self.add.setEnabled(True)
        vendors, refused = found
        dialog = RegisterDialog(vendors, self._window, refused=refused)
        dialog.wanted.connect(self._register)
        dialog.choices_wanted.connect(self._look_up)
        self._carried.open(dialog)

    def _register(self, value: RegisterValue) -> None:
        def work(db: CrowdDatabase, _job: Job) -> str:
            from crowddesk.operations.accounts import add_requester

            requester_id = add_requester(db, value.provider_type, value.name, value.values)
            balance = read_balance(db, int(requester_id))[1]
            return say("{name} is added. Its balance: {balance}.", name=value.name, balance=balance)

        self._session.run_job(work, self._done, self._carried.not_done)

    def _look_up(self, value: RegisterValue) -> None:
        def work(db: CrowdDatabase, _job: Job) -> Offers:
            from crowddesk.operations.accounts import offer_choices

            return offer_choices(db, value.provider_type, value.values)

        self._session.run_job(work, self._offer, self._carried.not_done)

    def _offer(self, offers: Offers) -> None:
        dialog = self._carried.dialog
        if isinstance(dialog, RegisterDialog):
            dialog.offer(offers)

    # ----------------------------------------------------------------------------------- tokens and locks

    def _show_lacks(self) -> None:
        self.panel.table.viewport().update()
        locked, lost = self.tokens.names(PASSPHRASE), self.tokens.names(TOKEN)
        if locked:
            words = self.tr("Locked: the tokens of {0} are in the encrypted file.").format(", ".join(locked))
            self.lacking.say(words, tone="warning", action=self.tr("Unlock…"), take=self.tokens.unlock)
        elif lost:
            words = self.tr("{0}: the token is not kept here any more, or is no longer taken.")
            self.lacking.say(
                words.format(", ".join(lost)),
                tone="warning",
                action=self.tr("Enter it…"),
                take=self._begin_lost_token,
            )
        elif gone := [lack for lack in self.tokens.lacks.values() if lack.what == PLUGIN]:
            words = f"{', '.join(lack.name for lack in gone)}: {gone[0].why}"
            self.lacking.say(words, tone="danger", action=self.tr("Plug-ins…"), take=self._show_plugins)
        else:
            self.lacking.hide()

    def _show_plugins(self) -> None:
        self._session.wanted.emit("settings", "plugins")

    def _begin_lost_token(self) -> None:
        self.tokens.replace(next(id_ for id_, lack in self.tokens.lacks.items() if lack.what == TOKEN))

    def _begin_token(self) -> None:
        row = self.panel.table.current_row()
        if row is not None:
            self.tokens.replace(row.id)

    # ------------------------------------------------------------------------------------- one dialog

    def _done(self, words: str) -> None:
        self._carried.done(words)
        self.tokens.look()
        self._read_again()
        self._session.threads.wake_lanes()

    def _read_again(self) -> None:
        self.model.refresh()
        self._ask_balances()

    def _fail(self, error: Exception) -> None:
        self.add.setEnabled(True)
        show_error(self._window, self.tr("The account was not changed"), error)

    # --------------------------------------------------------------------------------------------- frame

    def _show_runs(self) -> None:
        row = self.panel.table.current_row()
        if row is not None:
            name = row.requester_name
            self._session.wanted.emit("runs", f'requester:"{name}"' if " " in name else f"requester:{name}")

    def _compare(self) -> None:
        row = self.panel.table.current_row()
        if row is None:
            words = self.tr("Select the account first.")
            self._window.toast.say(words)
        elif not row.registered:
            words = self.tr("This account is not registered, so nobody can be asked.")
            self._window.toast.say(words)
        else:
            from crowddesk.ui.reconciling import open_comparison

            open_comparison(self._session, self._window, row.id, row.requester_name, row.provider_type)

    def _tell_total(self, total: int) -> None:
        self.head.set_facts([say_count("%n accounts", "%n account", total)])

    def _keep(self) -> None:
        self._session.save("requesters.table", self.panel.table.saved_state())
