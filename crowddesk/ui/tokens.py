"""Accounts whose vendor cannot be asked: found, told to the pages, unlocked, their token replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from crowddesk.domain import CrowdDeskError, money_text
from crowddesk.language import say
from crowddesk.ui.dialogs.carried import Carried
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import environment_of, show_error

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.lane_work import Step
    from crowddesk.ui.dialogs.register import RegisterValue, VendorChoice

PASSPHRASE: Final = "passphrase"
TOKEN: Final = "token"
PLUGIN: Final = "plug-in"
#: What lanes say of themselves.
_LOCKED: Final = "locked"
_SAID: Final = {"no token": TOKEN, "no plug-in": PLUGIN}


@dataclass(frozen=True, slots=True)
class Lack:
    """What an account lacks: PASSPHRASE, as its token is in the locked file, TOKEN, or the PLUGIN that its
    vendor came with. `why` may be empty.
    """

    requester_id: int
    name: str
    provider_type: str
    environment: str
    what: str
    why: str = ""


def read_lacks(db: CrowdDatabase, said: Mapping[int, tuple[str, str]]) -> list[Lack]:
    """What the accounts lack. `said`: what lanes lack by their own word, and why. Not in the GUI thread."""
    from crowddesk.operations.accounts import missing_secrets
    from crowddesk.store.queries import REQUESTERS

    missing = {id_: what for id_, (what, _) in said.items()} | missing_secrets(db)
    with db.read() as conn:
        rows = REQUESTERS.rows(conn, list(missing))
    return [
        Lack(
            row.id, row.requester_name, row.provider_type, environment_of(row.provider_type, row.sandbox),
            missing[row.id], said[row.id][1] if row.id in said else "",
        )
        for row in rows
    ]  # fmt: skip


def read_balance(db: CrowdDatabase, requester_id: int) -> tuple[int, str]:
    """What an account can still spend, by its vendor's word. Asks the vendor: not in the GUI thread."""
    from crowddesk.data_model.requester import Requester
    from crowddesk.domain import to_minor

    try:
        account = Requester.get(db, str(requester_id))
        if not account.is_registered():
            return requester_id, say("not registered")
        available = account.get_available_budget()
        return requester_id, money_text(to_minor(available, account.currency), account.currency)
    except CrowdDeskError as error:
        return requester_id, say("not known: {why}", why=error)


def vendor_choice(db: CrowdDatabase, provider_type: str) -> VendorChoice:
    """What an account at this vendor is made of. In a job, because it imports the vendor."""
    from crowddesk import registry
    from crowddesk.ui.dialogs.register import VendorChoice

    provider = registry.get_crowd_provider_from_type(provider_type)
    environment = environment_of(provider_type, provider.is_sandbox())
    account = provider.RequesterClass
    return VendorChoice(provider_type, environment, account.ArgsClass, account.offer_choices(db, {}))


class Tokens(QObject):
    """What accounts lack, and the dialogs that ask for it. A lane that lacks something is what tells first.

    `changed`: `lacks` is another. `given`: an account has what it lacked, or another token.
    """

    changed = Signal()
    given = Signal()

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(session)
        self._session = session
        self._window = window
        self._carried = Carried(window, self._fail)
        #: By the account's id.
        self.lacks: dict[int, Lack] = {}
        #: What lanes have said of it, by the account's id.
        self._said: dict[int, str] = {}
        session.threads.lane_stepped.connect(self._note_step)
        for requester_id, step in session.lane_steps.items():
            self._note_step(requester_id, step)

    @staticmethod
    def of(session: Session, window: MainWindow) -> Tokens:
        """The one of this session."""
        found = session.findChild(Tokens)
        return found if isinstance(found, Tokens) else Tokens(session, window)

    # ------------------------------------------------------------------------------------------- looking

    def look(self) -> None:
        """Finds out anew what the accounts lack; `changed` tells when it is something else."""
        db, said = self._session.db, self._said_now()
        self._session.threads.counter.ask(lambda job: read_lacks(db, said), self._take, self._fail)

    def names(self, what: str) -> list[str]:
        """The accounts that lack this."""
        return [lack.name for lack in self.lacks.values() if lack.what == what]

    def _said_now(self) -> dict[int, tuple[str, str]]:
        steps = self._session.lane_steps.items()
        return {id_: (_SAID[step.state], step.note) for id_, step in steps if step.state in _SAID}

    def _note_step(self, requester_id: int, step: Step) -> None:
        lacks = step.note if step.state == _LOCKED or step.state in _SAID else None
        if lacks == self._said.get(requester_id):
            return
        if lacks is None:
            del self._said[requester_id]
        else:
            self._said[requester_id] = lacks
        self.look()

    def _take(self, found: list[Lack]) -> None:
        lacks = {lack.requester_id: lack for lack in found}
        if lacks != self.lacks:
            self.lacks = lacks
            self.changed.emit()

    # -------------------------------------------------------------------------------------------- giving

    def unlock(self) -> None:
        """Asks for the passphrase of the encrypted file."""
        from crowddesk.ui.dialogs.token import UnlockDialog

        dialog = UnlockDialog(self.names(PASSPHRASE), self._window)
        dialog.wanted.connect(self._unlock)
        self._carried.open(dialog)

    def _unlock(self, passphrase: str) -> None:
        def work(_db: CrowdDatabase, _job: Job) -> str:
            from crowddesk import vault

            vault.unlock(passphrase)
            return say("The tokens are unlocked until CrowdDesk is closed.")

        self._session.run_job(work, self._done, self._carried.not_done)

    def replace(self, requester_id: int) -> None:
        """Asks for another token of an account."""

        def work(db: CrowdDatabase, _job: Job) -> tuple[int, str, VendorChoice, dict[str, str]]:
            from crowddesk.operations.accounts import registration_of

            row = db.get_requester(str(requester_id))
            vendor = vendor_choice(db, row["provider_type"])
            return requester_id, row["requester_name"], vendor, registration_of(db, str(requester_id))

        self._session.run_job(work, self._ask, self._fail)

    def _ask(self, found: tuple[int, str, VendorChoice, dict[str, str]]) -> None:
        from crowddesk.ui.dialogs.token import ReplaceTokenDialog
        from crowddesk.ui.forms import fields_of

        requester_id, name, vendor, values = found
        if all(spec.name != "token" for spec in fields_of(vendor.args_class)):
            self._window.toast.say(self.tr("An account at this vendor has no token."))
            return
        dialog = ReplaceTokenDialog(name, vendor, values, self._window)
        dialog.wanted.connect(partial(self._replace, requester_id))
        self._carried.open(dialog)

    def _replace(self, requester_id: int, value: RegisterValue) -> None:
        def work(db: CrowdDatabase, _job: Job) -> str:
            from crowddesk.operations.accounts import register_again

            register_again(db, str(requester_id), value.values)
            balance = read_balance(db, requester_id)[1]
            return say("{name} has a new token. Its balance: {balance}.", name=value.name, balance=balance)

        self._session.run_job(work, self._done, self._carried.not_done)

    def _done(self, words: str) -> None:
        self._carried.done(words)
        self._session.threads.wake_lanes()
        self.look()
        self.given.emit()

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self.tr("The account’s token could not be dealt with"), error)
