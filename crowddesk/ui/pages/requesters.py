"""Requesters: the accounts at vendors, their money, and what their lanes do now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction

from crowddesk.domain import CrowdDeskError, money_text
from crowddesk.ui import theme
from crowddesk.ui.controls import Button
from crowddesk.ui.dialogs.register import Offers, RegisterDialog, RegisterValue, VendorChoice
from crowddesk.ui.dialogs.token import ReplaceTokenDialog, UnlockDialog
from crowddesk.ui.forms import fields_of
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.messages import Banner
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


def read_vendors(db: CrowdDatabase, _job: Job) -> list[VendorChoice]:
    """In a job, because it imports every vendor. One that cannot be loaded is left out."""
    from crowddesk import registry

    found = []
    for name in registry.provider_types():
        try:
            found.append(_vendor_choice(db, name))
        except CrowdDeskError:
            continue
    return found


def _vendor_choice(db: CrowdDatabase, provider_type: str) -> VendorChoice:
    from crowddesk import registry

    provider = registry.get_crowd_provider_from_type(provider_type)
    environment = environment_of(provider_type, provider.is_sandbox())
    account = provider.RequesterClass
    return VendorChoice(provider_type, environment, account.ArgsClass, account.offer_choices(db, {}))


def _read_missing(db: CrowdDatabase, _job: Job) -> dict[int, tuple[str, str]]:
    from crowddesk.operations.accounts import missing_secrets

    missing = missing_secrets(db)
    return {id_: (what, db.get_requester(str(id_))["requester_name"]) for id_, what in missing.items()}


class RequestersPage(Page):
    """All accounts of the workspace."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window.tr("Requesters"))
        self._session = session
        self._window = window
        self._balances: dict[int, str] = {}
        #: What accounts lack before their vendor can be asked, "passphrase" or "token", and their names.
        self._missing: dict[int, tuple[str, str]] = {}
        self._dialog: RegisterDialog | UnlockDialog | ReplaceTokenDialog | None = None
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
        self.replace = QAction(self.tr("Replace the token…"), self)
        self.replace.triggered.connect(self._begin_token)
        compare = QAction(self.tr("Compare with the vendor…"), self)
        compare.setShortcut("C")
        compare.triggered.connect(self._compare)
        self.panel.table.set_verbs([show, ask, compare, self.replace])
        self.panel.table.restore(session.load("requesters.table", {}))
        self.panel.table.opened.connect(lambda _row: self._show_runs())
        self.lacking = Banner()
        self.body.addWidget(self.lacking)
        self.body.addWidget(self.panel)
        self.model.total_changed.connect(self._tell_total)
        self.model.total_changed.connect(self._ask_balances)
        self.model.total_changed.connect(self._ask_missing)
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
        if row.id in self._missing:
            return "locked" if self._missing[row.id][0] == "passphrase" else "no token"
        step = self._session.lane_steps.get(row.id)
        return "idle" if step is None else _LANE_WORDS.get(step.state, step.state)

    def _lane_words(self, row: Any) -> str:
        if not row.registered:
            return "not registered"
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
        self.panel.banner.say(self.tr("A balance could not be asked for: {0}").format(error), tone="warning")

    # ------------------------------------------------------------------------------------------- adding

    def _begin(self) -> None:
        self.add.setEnabled(False)
        self._session.run_job(read_vendors, self._ask_for_account, self._fail)

    def _ask_for_account(self, vendors: list[VendorChoice]) -> None:
        self.add.setEnabled(True)
        dialog = RegisterDialog(vendors, self._window)
        dialog.wanted.connect(self._register)
        dialog.choices_wanted.connect(self._look_up)
        self._open(dialog)

    def _register(self, value: RegisterValue) -> None:
        def work(db: CrowdDatabase, _job: Job) -> str:
            from crowddesk.operations.accounts import add_requester

            requester_id = add_requester(db, value.provider_type, value.name, value.values)
            return f"{value.name} is added. Its balance: {read_balance(db, int(requester_id))[1]}."

        self._session.run_job(work, self._done, self._not_done)

    def _look_up(self, value: RegisterValue) -> None:
        def work(db: CrowdDatabase, _job: Job) -> Offers:
            from crowddesk.operations.accounts import offer_choices

            return offer_choices(db, value.provider_type, value.values)

        self._session.run_job(work, self._offer, self._not_done)

    def _offer(self, offers: Offers) -> None:
        if isinstance(self._dialog, RegisterDialog):
            self._dialog.offer(offers)

    # ----------------------------------------------------------------------------------- tokens and locks

    def _ask_missing(self) -> None:
        self._session.run_job(_read_missing, self._note_missing, self._no_balance)

    def _note_missing(self, missing: dict[int, tuple[str, str]]) -> None:
        self._missing = missing
        self.panel.table.viewport().update()
        locked, lost = self._names("passphrase"), self._names("token")
        if locked:
            words = self.tr("Locked: the tokens of {0} are in the encrypted file.").format(", ".join(locked))
            self.lacking.say(words, tone="warning", action=self.tr("Unlock…"), take=self._begin_unlock)
        elif lost:
            words = self.tr("The token of {0} is not kept here any more.").format(", ".join(lost))
            self.lacking.say(words, tone="warning", action=self.tr("Enter it…"), take=self._begin_lost_token)
        else:
            self.lacking.hide()

    def _names(self, what: str) -> list[str]:
        return [name for lacks, name in self._missing.values() if lacks == what]

    def _begin_unlock(self) -> None:
        dialog = UnlockDialog(self._names("passphrase"), self._window)
        dialog.wanted.connect(self._unlock)
        self._open(dialog)

    def _unlock(self, passphrase: str) -> None:
        def work(_db: CrowdDatabase, _job: Job) -> str:
            from crowddesk import vault

            vault.unlock(passphrase)
            return "The tokens are unlocked until CrowdDesk is closed."

        self._session.run_job(work, self._done, self._not_done)

    def _begin_lost_token(self) -> None:
        self._begin_token_of(next(id_ for id_, (what, _) in self._missing.items() if what == "token"))

    def _begin_token(self) -> None:
        row = self.panel.table.current_row()
        if row is not None:
            self._begin_token_of(row.id)

    def _begin_token_of(self, requester_id: int) -> None:
        def work(db: CrowdDatabase, _job: Job) -> tuple[int, str, VendorChoice, dict[str, str]]:
            from crowddesk.operations.accounts import registration_of

            row = db.get_requester(str(requester_id))
            vendor = _vendor_choice(db, row["provider_type"])
            return requester_id, row["requester_name"], vendor, registration_of(db, str(requester_id))

        self._session.run_job(work, self._ask_for_token, self._fail)

    def _ask_for_token(self, found: tuple[int, str, VendorChoice, dict[str, str]]) -> None:
        requester_id, name, vendor, values = found
        if all(spec.name != "token" for spec in fields_of(vendor.args_class)):
            self._window.toast.say(self.tr("An account at this vendor has no token."))
            return
        dialog = ReplaceTokenDialog(name, vendor, values, self._window)
        dialog.wanted.connect(partial(self._replace, requester_id))
        self._open(dialog)

    def _replace(self, requester_id: int, value: RegisterValue) -> None:
        def work(db: CrowdDatabase, _job: Job) -> str:
            from crowddesk.operations.accounts import register_again

            register_again(db, str(requester_id), value.values)
            return f"{value.name} has a new token. Its balance: {read_balance(db, requester_id)[1]}."

        self._session.run_job(work, self._done, self._not_done)

    # ------------------------------------------------------------------------------------- one dialog

    def _open(self, dialog: RegisterDialog | UnlockDialog | ReplaceTokenDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def _done(self, words: str) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._window.toast.say(words)
        self.model.refresh()
        self._ask_missing()
        self._ask_balances()
        self._session.threads.wake_lanes()

    def _not_done(self, error: Exception) -> None:
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
            self._window.toast.say(self.tr("Select the account first."))
        elif not row.registered:
            self._window.toast.say(self.tr("This account is not registered, so nobody can be asked."))
        else:
            from crowddesk.ui.reconciling import open_comparison

            open_comparison(self._session, self._window, row.id, row.requester_name, row.provider_type)

    def _tell_total(self, total: int) -> None:
        self.head.set_facts([count_text(total, "account")])

    def _keep(self) -> None:
        self._session.save("requesters.table", self.panel.table.saved_state())
