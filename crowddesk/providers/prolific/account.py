"""An account at Prolific: its token in the vault, its workspace and project, its money, its one client.

The database has which workspace, and under which key the token is kept; never the token. `register` and
everything that asks the vendor or the vault may wait: for a lane or a job, never for the GUI thread.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Final
from uuid import uuid4

from omegaconf import DictConfig

from crowddesk import vault
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester, RequesterArgs
from crowddesk.domain import (
    BadInput,
    CrowdDeskError,
    VendorError,
    VendorRefused,
    check_currency,
    now,
    to_major,
)
from crowddesk.language import mark, say
from crowddesk.providers.prolific.args import PROVIDER_TYPE

if TYPE_CHECKING:
    from crowddesk.providers.prolific.api import Balance, Place
    from crowddesk.providers.prolific.client import ProlificClient

logger = logging.getLogger(__name__)

#: Prolific itself; here too, so that finding the vendor does not load an HTTP library.
LIVE: Final = "https://api.prolific.com"
PLACE_WORDS: Final = {
    vault.KEYCHAIN: mark("This computer's keychain: only you can read it there."),
    vault.SESSION: mark("This session only: you type it again after every start."),
    vault.FILE: mark("An encrypted file: you type its passphrase after every start."),
}


@dataclass
class ProlificRequesterArgs(RequesterArgs):
    """What registering takes. Workspace and project may stay empty where there is only one."""

    token: str = field(
        default="",
        repr=False,
        metadata={
            "title": mark("API token"),
            "secret": True,
            "required": True,
            "help": mark(
                "From Prolific's settings. It may do all that you may, so it is never written anywhere "
                "but where you say."
            ),
        },
    )
    keep_in: str = field(default="", metadata={"title": mark("Keep the token in"), "kind": "offered"})
    passphrase: str = field(
        default="",
        repr=False,
        metadata={
            "title": mark("Passphrase of the encrypted file"),
            "secret": True,
            "only_if": ("keep_in", vault.FILE),
            "help": mark("At least 8 characters for a new file. Nobody can recover it."),
        },
    )
    workspace: str = field(
        default="",
        metadata={"kind": "offered", "help": mark("Its wallet pays, and its currency is the account's.")},
    )
    project: str = field(
        default="", metadata={"kind": "offered", "help": mark("Where new studies are made.")}
    )


class ProlificRequester(Requester):
    """An account at Prolific."""

    ArgsClass: ClassVar[type[RequesterArgs]] = ProlificRequesterArgs
    #: Where the vendor is.
    ADDRESS: ClassVar[str] = LIVE

    # ------------------------------------------------------------------------------------- registering

    def register(self, args: DictConfig | None = None) -> None:
        """Checks the token, workspace and project at the vendor, and keeps them; again, replaces them.

        Raises BadInput or VendorRefused, whose sentence begins with the field ("requester.token: ..."), or
        VendorError; then all is as it was.
        """
        if args is None:
            if not self.is_registered():
                raise BadInput(
                    say(
                        "The account {requester_name!r} is not registered yet.",
                        requester_name=self.requester_name,
                    )
                )
            return
        given = {
            name: str(args.get(name) or "").strip() for name in ("token", "keep_in", "workspace", "project")
        }
        before = self.account()
        where = _place(given["keep_in"] or str(before.get("kept", "")))
        token = _token(given["token"])
        with _asking(token, self.address()) as client:
            user_id = client.me().id
            workspace = _chosen(
                client.workspaces(), "workspace", given["workspace"], before.get("workspace_id", "")
            )
            project = _chosen(
                client.projects(workspace.id), "project", given["project"], before.get("project_id", "")
            )
            currency = check_currency(client.balance(workspace.id).currency)
        self._check_currency(workspace, currency)
        # The key stays: another desk on this database has the token in its own vault, under the same one.
        key = str(before.get("key") or uuid4())
        place_before = _place_of(key)
        try:
            vault.keep(key, token, where, str(args.get("passphrase") or ""))
        except BadInput as error:
            raise BadInput(f"requester.{error}") from None
        except vault.Locked:
            raise BadInput(say("requester.passphrase: The file needs its passphrase.")) from None
        except CrowdDeskError as error:
            raise BadInput(f"requester.keep_in: {error}") from None
        row = {
            "key": key,
            "kept": where,
            "changed": now().isoformat(),
            "workspace_id": workspace.id,
            "workspace": workspace.title,
            "project_id": project.id,
            "project": project.title,
            "currency": currency,
            "user_id": user_id,
        }
        try:
            with self.db.write():
                self._store.set(self._row_name, row)
                self.db.update_requester(self.db_id, registered=True, currency=currency)
        except BaseException:
            if not before:
                _forget(key, where)
            raise
        self.currency = currency
        for place in {place_before, str(before.get("kept", ""))} - {"", where}:
            _forget(key, place)

    def _check_currency(self, workspace: Place, currency: str) -> None:
        if currency != self.currency and self.is_registered() and self.get_task_runs():
            raise BadInput(
                say(
                    "requester.workspace: {title} pays in {currency}, but this account's runs are in "
                    "{own_currency}. Add another account for it.",
                    title=workspace.title,
                    currency=currency,
                    own_currency=self.currency,
                )
            )

    def is_registered(self) -> bool:
        return bool(self.account())

    @classmethod
    def offer_choices(cls, db: CrowdDatabase, values: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
        """Where a token can be kept here; with a token its workspaces; with one of them its projects."""
        found = {"keep_in": [(place, say(PLACE_WORDS[place])) for place in vault.where_possible()]}
        if not values.get("token", "").strip():
            return found
        with _asking(_token(values["token"]), cls.ADDRESS) as client:
            workspaces = client.workspaces()
            found["workspace"] = [(place.id, place.title) for place in workspaces]
            chosen = values.get("workspace") or (workspaces[0].id if len(workspaces) == 1 else "")
            if chosen in {place.id for place in workspaces}:
                found["project"] = [(place.id, place.title) for place in client.projects(chosen)]
        return found

    # ------------------------------------------------------------------------------------------ the vendor

    def account(self) -> dict[str, Any]:
        """What is stored: key, kept, workspace_id, project_id, currency, user_id; {} before registering.

        `kept` is where the desk that registered keeps the token; another one may keep it elsewhere.
        """
        kept: dict[str, Any] = self._store.get(self._row_name, {})
        return kept

    def registration(self) -> dict[str, str]:
        """What the form would show of it, without secrets."""
        row = self.account()
        names = {"keep_in": "kept", "workspace": "workspace_id", "project": "project_id"}
        return {field: str(row[name]) for field, name in names.items() if row}

    def address(self) -> str:
        """Where the vendor is now."""
        return self.ADDRESS

    def token(self) -> str:
        """The token out of the vault; NoToken says what to do. The keychain may ask somebody."""
        from crowddesk.providers.prolific.wire import NoToken

        row = self.account()
        name = self.requester_name
        if not row:
            raise NoToken(say("The account {name} is not registered yet.", name=name))
        try:
            return vault.read(row["key"])
        except vault.Locked as error:
            if _place_of(row["key"]) != vault.FILE:
                raise NoToken(
                    say("The token of {name} cannot be read: {error}", name=name, error=error), "locked"
                ) from None
            raise NoToken(
                say(
                    "The token of {name} is in the encrypted file, which is locked. Unlock it under "
                    "Requesters.",
                    name=name,
                ),
                "locked",
            ) from None
        except vault.NotKept:
            raise NoToken(
                say(
                    "The token of {name} was for one session only. Enter it under Requesters, with Replace "
                    "the token.",
                    name=name,
                )
                if row["kept"] == vault.SESSION
                else say(
                    "The token of {name} is not kept here. Enter it under Requesters, with Replace the "
                    "token.",
                    name=name,
                )
            ) from None
        except CrowdDeskError as error:
            raise NoToken(
                say("The token of {name} cannot be read: {error}", name=name, error=error)
            ) from None

    def missing(self) -> str:
        """What a person must give before the vendor can be asked: "passphrase", "token" or nothing.

        Asks neither the network nor the keychain.
        """
        row = self.account()
        if not row:
            return ""
        try:
            if vault.is_locked(row["key"]):
                return "passphrase"
            is_here = bool(_place_of(row["key"]))
        except CrowdDeskError:  # the file is damaged, which is told when the token is read
            is_here = False
        return "" if is_here or row["kept"] == vault.KEYCHAIN else "token"

    def client(self) -> ProlificClient:
        """The account's client, one a process, closed with the database. Raises NoToken."""
        row = self.account()
        wanted = (self.address(), str(row.get("changed", "")))
        return _connections(self.db, self.provider_type).client(self.db_id, wanted, self.token)

    def workspace_id(self) -> str:
        """The workspace whose wallet pays."""
        return str(self.account().get("workspace_id", ""))

    def project_id(self) -> str:
        """The project in which studies are made."""
        return str(self.account().get("project_id", ""))

    def balance(self) -> Balance:
        """The wallet as the vendor has it now."""
        found = self.client().balance(self.workspace_id())
        if found.currency != self.currency:
            raise VendorError(
                say(
                    "The workspace of {requester_name} pays in {currency} now, not in {own_currency}. Add "
                    "another account for it.",
                    requester_name=self.requester_name,
                    currency=found.currency,
                    own_currency=self.currency,
                )
            )
        return found

    def get_available_budget(self) -> Decimal:
        return to_major(self.balance().available, self.currency)

    @staticmethod
    def new(db: CrowdDatabase, requester_name: str) -> Requester:
        return ProlificRequester._register_requester(db, requester_name, PROVIDER_TYPE)

    # ---------------------------------------------------------------------------------------------- inside

    @property
    def _store(self) -> Any:
        return self.db.provider_store(self.provider_type)

    @property
    def _row_name(self) -> str:
        return f"account/{self.db_id}"


class _Connections:
    """The clients of one database's accounts. A provider's datastore to it, so it is closed with it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[tuple[str, str], ProlificClient]] = {}
        #: Replaced while another thread may still use them.
        self._retired: list[ProlificClient] = []

    def client(
        self, requester_id: str, wanted: tuple[str, str], read_token: Callable[[], str]
    ) -> ProlificClient:
        """The client for an address and a state of the account; the token is only read for a new one."""
        from crowddesk.providers.prolific.client import ProlificClient

        with self._lock:
            known = self._known.get(requester_id)
            if known is not None and known[0] == wanted:
                return known[1]
        made = ProlificClient(read_token(), wanted[0])  # outside the lock: the keychain may ask somebody
        with self._lock:
            known = self._known.get(requester_id)
            if known is not None:
                if known[0] == wanted:
                    made.close()
                    return known[1]
                self._retired.append(known[1])
            self._known[requester_id] = (wanted, made)
            return made

    def close(self) -> None:
        with self._lock:
            for client in [*self._retired, *(client for _, client in self._known.values())]:
                client.close()
            self._known.clear()
            self._retired.clear()


def _connections(db: CrowdDatabase, provider_type: str) -> _Connections:
    name = f"{provider_type} connections"
    if not db.has_datastore_for_provider(name):
        with db.making_datastore():
            if not db.has_datastore_for_provider(name):
                db.set_datastore_for_provider(name, _Connections())
    found: _Connections = db.get_datastore_for_provider(name)
    return found


@contextlib.contextmanager
def _asking(token: str, address: str) -> Iterator[ProlificClient]:
    """A client for a token that is only tried; what the vendor says to it stands at the token's field."""
    from crowddesk.providers.prolific.client import ProlificClient, Refused

    client = ProlificClient(token, address)
    try:
        yield client
    except Refused as error:
        said = say("Prolific does not take this token.") if error.status == 401 else str(error)
        raise VendorRefused(f"requester.token: {said}", error.details) from None
    finally:
        client.close()


def _token(text: str) -> str:
    from crowddesk.providers.prolific.wire import checked_token

    try:
        return checked_token(text)
    except BadInput as error:
        raise BadInput(f"requester.token: {error}") from None


def _place(wanted: str) -> str:
    possible = vault.where_possible()
    if wanted and wanted not in possible:
        if wanted == vault.KEYCHAIN:
            raise BadInput(say("requester.keep_in: This computer has no keychain that CrowdDesk can use."))
        raise BadInput(
            say(
                "requester.keep_in: {wanted!r} is none of {possible}.",
                wanted=wanted,
                possible=", ".join(possible),
            )
        )
    if not wanted and vault.KEYCHAIN not in possible:
        raise BadInput(
            say(
                "requester.keep_in: This computer has no keychain that CrowdDesk can use. Choose "
                "session, or file with a passphrase."
            )
        )
    return wanted or vault.KEYCHAIN


def _place_of(key: str) -> str:
    try:
        return vault.place_of(key)
    except CrowdDeskError:  # a damaged file must not keep anybody from putting a new token elsewhere
        return ""


def _chosen(places: Sequence[Place], noun: str, wanted: str, before: str) -> Place:
    """The one that is named by its id or title, else the one of before, else the only one."""
    field = f"requester.{noun}"
    if not places:
        raise VendorRefused(
            say("{field}: There is no {noun} at Prolific yet. Make one there.", field=field, noun=noun)
        )
    listed = ", ".join(f"{place.title} ({place.id})" for place in places[:20])
    if wanted:
        found = [place for place in places if place.id == wanted] or [
            place for place in places if place.title.strip().casefold() == wanted.casefold()
        ]
        if not found:
            raise BadInput(
                say(
                    "{field}: There is no {noun} {wanted!r}. There are: {listed}.",
                    field=field,
                    noun=noun,
                    wanted=wanted,
                    listed=listed,
                )
            )
    else:
        found = [place for place in places if place.id == before] or list(places)
    if len(found) > 1:
        raise BadInput(say("{field}: Choose one of {listed}.", field=field, listed=listed))
    return found[0]


def _forget(key: str, where: str) -> None:
    try:
        vault.forget(key, where)
    except CrowdDeskError as error:  # it is of no use to anybody; what was asked for is done
        logger.info("A secret that is needed no more could not be removed: %s", error)
