"""Accounts at vendors: added and registered from plain values, by a form or by the command line.

Everything here may ask a vendor or the vault and wait: for a job or a command, never for the GUI thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from omegaconf import DictConfig, OmegaConf

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.domain import BadInput, Conflict, CrowdDeskError
from crowddesk.language import say
from crowddesk.operations.typed_args import fill
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import records
from crowddesk.store.queries import REQUESTERS


def add_requester(db: CrowdDatabase, provider_type: str, name: str, values: Mapping[str, str]) -> str:
    """Adds an account and registers it; returns its id. `values` are the other fields of its `ArgsClass`.

    An account that was added, but never registered, is registered now. Raises Conflict when there is such an
    account already, BadInput for a vendor or a field that there is not, and what the vendor raises.
    """
    provider_class = get_crowd_provider_from_type(provider_type)
    provider_class(db)
    requester_class = provider_class.RequesterClass
    args = _arguments(requester_class, name, values)
    found = db.find_requesters(requester_name=name, provider_type=provider_type)
    if found and found[0].is_registered():
        raise Conflict(
            say(
                "There is a requester {name!r} at {provider_type} already.",
                name=name,
                provider_type=provider_type,
            )
        )
    requester: Requester = found[0] if found else requester_class.new(db, name)
    try:
        requester.register(args)
    except BaseException:
        if not found:  # what the vendor did not take is not left behind in the list
            with db.write() as w:
                records.remove_requester(w, requester.db_id)
        raise
    _note_registered(db, requester)
    return requester.db_id


def register_again(db: CrowdDatabase, requester_id: str, values: Mapping[str, str]) -> None:
    """Gives a registered account new credentials; what `values` leave out stays. Raises as adding does."""
    requester = Requester.get(db, requester_id)
    requester.register(_arguments(type(requester), requester.requester_name, values))
    _note_registered(db, requester)


def _note_registered(db: CrowdDatabase, requester: Requester) -> None:
    """Lists and lanes go by the row, which a vendor that keeps its accounts itself knows nothing of."""
    if requester.is_registered() and not db.get_requester(requester.db_id)["registered"]:
        db.update_requester(requester.db_id, registered=True)


def offer_choices(
    db: CrowdDatabase, provider_type: str, values: Mapping[str, str]
) -> dict[str, list[tuple[str, str]]]:
    """What a vendor offers for fields of its registration form, as (value, words), by what is typed."""
    return get_crowd_provider_from_type(provider_type).RequesterClass.offer_choices(db, values)


def registration_of(db: CrowdDatabase, requester_id: str) -> dict[str, str]:
    """What an account was registered with, without secrets, for a form to start from."""
    says = getattr(Requester.get(db, requester_id), "registration", None)  # only where there are secrets
    return {} if says is None else says()


def missing_secrets(db: CrowdDatabase) -> dict[int, str]:
    """What each account lacks before its vendor can be asked: "passphrase" or "token", by the account's id.

    Asks neither a vendor nor the keychain.
    """
    found = {}
    with db.read() as conn:
        ids = [row.id for row in REQUESTERS.iterate(conn) if row.registered]
    for requester_id in ids:
        try:
            requester = Requester.get(db, str(requester_id))
        except CrowdDeskError:  # its vendor cannot be loaded, which is said where it is used
            continue
        says = getattr(requester, "missing", None)  # only vendors with credentials have it
        if says is not None and (what := says()):
            found[requester_id] = what
    return found


def _arguments(requester_class: type[Requester], name: str, values: Mapping[str, str]) -> DictConfig:
    faults: list[str] = []
    args = fill(requester_class.ArgsClass, {"name": name, **values}, "requester", Path(), faults)
    if faults:
        raise BadInput("\n".join(faults))
    filled: DictConfig = OmegaConf.structured(args)
    return filled
