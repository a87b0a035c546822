"""Accounts at vendors: added and registered from plain values, by a form or by the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from omegaconf import OmegaConf

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.domain import BadInput, Conflict
from crowddesk.operations.typed_args import fill
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import records


def add_requester(db: CrowdDatabase, provider_type: str, name: str, values: Mapping[str, str]) -> str:
    """Adds an account and registers it; returns its id. `values` are the other fields of its `ArgsClass`.

    An account that was added, but never registered, is registered now. Raises Conflict when there is such an
    account already, BadInput for a vendor or a field that there is not, and what the vendor raises.
    """
    provider_class = get_crowd_provider_from_type(provider_type)
    provider_class(db)
    requester_class = provider_class.RequesterClass
    faults: list[str] = []
    args = fill(requester_class.ArgsClass, {"name": name, **values}, "requester", Path(), faults)
    if faults:
        raise BadInput("\n".join(faults))
    found = db.find_requesters(requester_name=name, provider_type=provider_type)
    if found and found[0].is_registered():
        raise Conflict(f"There is a requester {name!r} at {provider_type} already.")
    requester: Requester = found[0] if found else requester_class.new(db, name)
    try:
        requester.register(OmegaConf.structured(args))
    except BaseException:
        if not found:  # what the vendor did not take is not left behind in the list
            with db.write() as w:
                records.remove_requester(w, requester.db_id)
        raise
    return requester.db_id
