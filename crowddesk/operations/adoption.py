"""Takes in what lives at a vendor and no run here stands for: by a new run, or by the one that lost it.

How a window uses it: `ask` leaves the wish with the account's lane; when the table `provider_row` has
changed, `fetch` gives the run's id. The list of strays is part of a comparison (`reconcile`).
"""

from __future__ import annotations

import json
import uuid
from typing import Any, Final

from crowddesk.blueprints.elsewhere import BLUEPRINT_TYPE, ElsewhereArgs
from crowddesk.data_model.assignment import Assignment
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import (
    ActionKind,
    ActionState,
    AssignmentState,
    Conflict,
    NotFound,
    Stray,
    VendorRefused,
    storable,
    to_major,
)
from crowddesk.language import say
from crowddesk.operations import errands
from crowddesk.operations.comparison import stray_from_json, to_json
from crowddesk.operations.run_file import RunConfig, TaskArgs, to_yaml
from crowddesk.providers.base import CrowdProvider
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import changes, ledger, loading, wire
from crowddesk.store.database import clear_errors
from crowddesk.store.loading import NewItem
from crowddesk.store.transaction import Write

ERRAND: Final = "adopt"
#: A vendor's number is not believed beyond this.
_MOST_PLACES: Final = 100_000
#: A set-up that may be making what is to be adopted.
_ON_ITS_WAY: Final = (ActionState.SENDING, ActionState.UNKNOWN)


def ask(db: CrowdDatabase, requester_id: int, ref: str, title: str | None = None) -> str:
    """Asks the account's lane to adopt what the vendor calls `ref`; the token is for `fetch`. NotFound."""
    db.get_requester(str(requester_id))
    return errands.leave(db, requester_id, ERRAND, ref=ref, title=title)


def fetch(db: CrowdDatabase, token: str) -> int | None:
    """The run that stands for it now; None while the lane is not done. Raises VendorError."""
    found = errands.fetch(db, token)
    return None if found is None else int(found)


def adopt(db: CrowdDatabase, requester_id: int, ref: str, title: str | None = None) -> int:
    """Makes a run that stands for a stray, with a unit for each of its places; returns the run's id.

    Where it says that it belongs to a run of this workspace, that run has it again. Doing it twice, or once
    more after a crash, is one adoption. For the thread that holds the account's lock. Raises VendorRefused,
    NotFound where the vendor has no such stray, Conflict while its run is being set up.
    """
    requester = Requester.get(db, str(requester_id))
    vendor = get_crowd_provider_from_type(requester.provider_type)(db)
    stray = next((s for s in vendor.strays(requester) if s.ref == ref), None)
    if stray is not None and stray.task_run_id is not None:
        return _give_back(db, vendor, requester, stray)
    begun = db.provider_store(errands.STORE).get(_key(requester_id, ref))
    if begun is None and stray is None:
        raise NotFound(
            say("The vendor has nothing astray called {ref!r}; a run may stand for it already.", ref=ref)
        )
    if begun is None:
        assert stray is not None
        if stray.places > _MOST_PLACES:
            raise VendorRefused(
                say(
                    "It has {places:,} places; a run here can have {most_places:,}.",
                    places=stray.places,
                    most_places=_MOST_PLACES,
                )
            )
        fee = vendor.quote_for(requester, ActionKind.APPROVE, _reward(stray), 1)
        begun = _make_run(db, vendor, requester, stray, fee, title)
    if stray is not None:  # otherwise it was taken in before a crash, and the run only has to begin
        vendor.adopt(TaskRun.get(db, str(begun["run"])), ref)
    _begin(db, vendor, int(begun["run"]), stray_from_json(begun["stray"]))
    return int(begun["run"])


# ---------------------------------------------------------------------------------------- a run anew


def _key(requester_id: int, ref: str) -> str:
    return f"adopted/{requester_id}/{ref}"


def _reward(stray: Stray) -> int:
    """The pay of one place in minor units; by what all of it costs, where the vendor does not say."""
    if stray.reward is not None:
        return max(1, stray.reward)
    return max(1, (stray.cost or 0) // max(1, stray.places))


def _make_run(
    db: CrowdDatabase,
    vendor: CrowdProvider,
    requester: Requester,
    stray: Stray,
    fee: int,
    title: str | None,
) -> dict[str, Any]:
    """The run, closed and without units: nothing is done for it until the vendor's side is noted, too."""
    name = _plain((title or stray.name).strip()) or _plain(f"{requester.provider_type} {stray.ref}")
    config = _config(vendor, requester, stray, name)
    folder = f"runs/{uuid.uuid4()}"
    with clear_errors(db.folder):
        (db.folder / folder).mkdir(parents=True)
    with db.write() as w:
        run_id = db.new_task_run(
            _task_id(db, name),
            requester.db_id,
            to_yaml(config, relative_to=db.folder / folder),
            title=name,
            folder=folder,
            state="closed",
            reward_minor=_reward(stray),
            fee_minor=fee,
            units_expected=max(1, stray.places),
        )
        w.event("task_run", int(run_id), None, "closed")
        begun = {"run": int(run_id), "stray": to_json(stray)}
        db.provider_store(errands.STORE).set(_key(int(requester.db_id), stray.ref), begun)
    return begun


def _config(vendor: CrowdProvider, requester: Requester, stray: Stray, name: str) -> RunConfig:
    args = vendor.ArgsClass()
    args._provider_type = requester.provider_type
    args.requester_name = requester.requester_name
    task = TaskArgs(
        name=name,
        title=name,
        description=_plain(f"Adopted from {requester.provider_type}, where it is called {stray.ref}."),
        reward=str(to_major(_reward(stray), stray.currency)),
        currency=stray.currency,
    )
    return RunConfig(task, ElsewhereArgs(units_per_assignment=max(1, stray.places)), args)


def _plain(text: str) -> str:
    """Somebody else's words as a run's arguments take them: nothing in them is filled in."""
    return "" if text == "???" else storable(text).replace("${", "$ {")


def _task_id(db: CrowdDatabase, name: str) -> str:
    """The task of that name, where it is of this kind; a new one under a name that is free, otherwise."""
    number, tried = 1, name
    while found := db.find_tasks(tried):
        if found[0].task_type == BLUEPRINT_TYPE:
            return found[0].db_id
        number += 1
        tried = f"{name} ({number})"
    return db.new_task(tried, BLUEPRINT_TYPE)


def _add_units(db: CrowdDatabase, w: Write, vendor: CrowdProvider, run_id: str, stray: Stray) -> None:
    """One item with a unit for each place, all of them out: the vendor offers them already."""
    row = db.get_task_run(run_id)
    places = range(max(1, stray.places))
    about = json.dumps({"name": storable(stray.name), "at the vendor": stray.ref}, ensure_ascii=False)
    item = NewItem(stray.ref, about, places)
    (assignment_id,) = loading.add_items(w, row, 0, [item], with_units=vendor.UNITS_IN_BULK)
    if not vendor.UNITS_IN_BULK:
        assignment, pay = Assignment.get(db, str(assignment_id)), to_major(_reward(stray), stray.currency)
        for index in places:
            vendor.UnitClass.new(db, assignment, index, pay)
    made = loading.units_in(w.conn, int(run_id), AssignmentState.CREATED)
    changes.set_unit_statuses(
        w,
        dict.fromkeys(made, (AssignmentState.CREATED, AssignmentState.LAUNCHED)),
        {unit: {"launched_at": stray.created_at or w.at} for unit in made},
    )


def _begin(db: CrowdDatabase, vendor: CrowdProvider, run_id: int, stray: Stray) -> None:
    """From now on the run has its units, and is looked after like any other. Once."""
    with db.write() as w:
        if db.get_task_run(str(run_id))["launched_at"] is not None:
            return
        _add_units(db, w, vendor, str(run_id), stray)
        changes.set_run_state(w, run_id, ("closed",), "live", launched_at=stray.created_at or w.at)


# ------------------------------------------------------------------------------- the run that lost it


def _give_back(db: CrowdDatabase, vendor: CrowdProvider, requester: Requester, stray: Stray) -> int:
    run = TaskRun.get(db, str(stray.task_run_id))
    run_id = int(run.db_id)
    if run.requester_id != requester.db_id:
        raise Conflict(say("It belongs to run {run_id}, which is another account's.", run_id=run_id))
    with db.write() as w:
        set_ups = ledger.of_slot(w.conn, int(requester.db_id), "task_run", run_id, ActionKind.SET_UP)
        if any(state in _ON_ITS_WAY for _, _, state in set_ups):
            raise Conflict(
                say(
                    "Run {run_id} is being set up at the vendor. Try again when that has ended.",
                    run_id=run_id,
                )
            )
        ledger.cancel(w, [action for action, _, state in set_ups if state in ActionState.UNSENT])
    vendor.adopt(run, stray.ref)
    with db.write() as w:
        for action, _, state in set_ups:
            if state == ActionState.NEEDS_YOU:
                wire.resolve(w, action, True, "")
        changes.set_run_state(w, run_id, ("draft",), "launching")
        changes.set_run_state(w, run_id, ("closing", "closed"), "live", closed_at=None)
    return run_id
