"""Vendor actions done by the entities' own verbs: what a provider has a lane do that says nothing else.

Like a provider's members, called in the lane of one requester.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from omegaconf import OmegaConf

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.entity import Entity
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import (
    Action,
    ActionKind,
    AssignmentState,
    BadInput,
    Found,
    NotFound,
    VendorRefused,
    to_major,
)
from crowddesk.language import say
from crowddesk.store import exclusion

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.providers.base import CrowdProvider

_Noun = TypeVar("_Noun", bound=Entity)


def do(provider: CrowdProvider, action: Action) -> object:
    """Does one action; gives what its verb gives. Raises VendorRefused and what a vendor's code raises."""
    kind = action.kind
    if kind in (ActionKind.SET_UP, ActionKind.CLEAN_UP):
        return surround(provider, action)
    if kind == ActionKind.EXPIRE:
        _verb(find(provider.db, Unit, action.target_id), "expire")()
        return None
    if kind in ActionKind.SETTLE:
        return _settle(provider, action)
    return _treat_worker(provider, action)


def surround(provider: CrowdProvider, action: Action) -> object:
    """Sets a run up at the vendor, or cleans up after it."""
    from crowddesk.blueprints.base import make_shared_state

    run = find(provider.db, TaskRun, action.target_id)
    url = str(action.payload.get("server_url", ""))
    if action.kind == ActionKind.CLEAN_UP:
        provider.cleanup_resources_from_task_run(run, url)
    else:
        try:
            shared = make_shared_state(run.args, run.get_blueprint())
            with provider.db.read() as conn:
                excluded = OmegaConf.select(run.args, "task.exclude")
                out = exclusion.kept_out_at(conn, excluded, int(run.db_id), provider.PROVIDER_TYPE)
        except BadInput as error:  # the run's own files; the vendor has not heard of it yet
            raise VendorRefused(str(error)) from error
        provider.setup_resources_for_task_run(run, run.args, shared, url)
        if out is not None:
            provider.exclude(run, Worker.get_many(provider.db, out))
    return None


def launch(unit: Unit, task_url: str) -> object:
    """Makes one unit available."""
    return _verb(unit, "launch")(task_url)


def look_up(provider: CrowdProvider, action: Action) -> str:
    """What became of an action whose answer was lost: one of `domain.Found`."""
    try:
        return _find_out(provider, action)
    except NotFound:
        return Found.CANNOT_TELL


def _find_out(provider: CrowdProvider, action: Action) -> str:
    kind = action.kind
    if kind in (ActionKind.CLEAN_UP, ActionKind.GRANT, ActionKind.REVOKE):
        return Found.DID_NOT  # safe to do twice
    if kind == ActionKind.EXPIRE:
        return _found(Unit.get(provider.db, action.target_id).is_expired())
    if kind in (ActionKind.BLOCK, ActionKind.UNBLOCK):
        requester = Requester.get(provider.db, action.requester_id)
        blocked = Worker.get(provider.db, action.target_id).is_blocked(requester)
        return _found(blocked == (kind == ActionKind.BLOCK))
    if kind == ActionKind.LAUNCH:
        status = Unit.get(provider.db, action.target_id).get_status()
        return Found.CANNOT_TELL if status == AssignmentState.CREATED else Found.HAPPENED
    if kind in (ActionKind.APPROVE, ActionKind.SOFT_REJECT, ActionKind.REJECT):
        return _look_up_settle(provider, action)
    return Found.CANNOT_TELL


def _look_up_settle(provider: CrowdProvider, action: Action) -> str:
    unit = Unit.get(provider.db, action.target_id)
    if type(unit).get_status is Unit.get_status:
        return Found.CANNOT_TELL  # only this desk's own opinion; the vendor's is not known
    status = unit.get_status()
    paid = (AssignmentState.ACCEPTED, AssignmentState.SOFT_REJECTED)
    wanted = (AssignmentState.REJECTED,) if action.kind == ActionKind.REJECT else paid
    if status in wanted:
        return Found.HAPPENED
    return Found.DID_NOT if status == AssignmentState.COMPLETED else Found.CANNOT_TELL


def find(db: CrowdDatabase, noun: type[_Noun], db_id: str) -> _Noun:
    """An action's target. Nothing was sent yet, so one that is not there is refused, not in doubt."""
    try:
        return noun.get(db, db_id)
    except NotFound as error:
        raise VendorRefused(str(error)) from None


def _settle(provider: CrowdProvider, action: Action) -> object:
    agent = find(provider.db, Unit, action.target_id).get_assigned_agent()
    if agent is None:
        raise VendorRefused(
            say(
                "Nobody has worked on unit {target_id}, so it cannot be judged.",
                target_id=action.target_id,
            )
        )
    if action.kind == ActionKind.UNREJECT:
        raise VendorRefused(say("This vendor cannot take a rejection back."))
    if action.kind == ActionKind.REJECT:
        return _verb(agent, "reject_work")(action.reason)
    approve = _verb(agent, "approve_work")
    if action.kind == ActionKind.APPROVE:
        return approve()
    agent.soft_reject_work()
    return None


def _treat_worker(provider: CrowdProvider, action: Action) -> object:
    worker = find(provider.db, Worker, action.target_id)
    unit = find(provider.db, Unit, action.unit_id) if action.unit_id else None
    requester = find(provider.db, Requester, action.requester_id)
    kind = action.kind
    if kind == ActionKind.BONUS:
        amount: Decimal = to_major(action.amount, action.currency)
        return _verb(worker, "bonus_worker")(amount, action.reason, unit)
    if kind == ActionKind.BLOCK:
        return _verb(worker, "block_worker")(action.reason, unit, requester)
    if kind == ActionKind.UNBLOCK:
        return _verb(worker, "unblock_worker")(action.reason, requester)
    if kind in (ActionKind.GRANT, ActionKind.REVOKE):
        _qualify(provider, worker, action)
        return None
    raise VendorRefused(say("This vendor has no action {kind!r}.", kind=kind))


def _qualify(provider: CrowdProvider, worker: Worker, action: Action) -> None:
    """Both halves as the worker's verbs do them, but the vendor's half is told apart: refused or unknown.

    A second attempt finds the local half done and goes on to the vendor's.
    """
    name = str(action.payload.get("qualification_name", ""))
    if action.kind == ActionKind.GRANT:
        value = int(action.payload.get("value", 1))
        try:
            worker.grant_qualification(name, value, skip_crowd=True)
        except NotFound as error:
            raise VendorRefused(str(error)) from None
        worker.grant_crowd_qualification(name, value)
        return
    granted = worker.get_granted_qualification(name)
    if granted is not None:
        provider.db.revoke_qualification(granted.qualification_id, worker.db_id)
    elif action.attempt == 1:
        raise VendorRefused(
            say(
                "Worker {worker_name} does not have the qualification {name!r}.",
                worker_name=worker.worker_name,
                name=name,
            )
        )
    worker.revoke_crowd_qualification(name)


def _verb(thing: Entity, name: str) -> Callable[..., object]:
    """A vendor's own verb; VendorRefused where it has none, because then nothing can have happened."""
    verb = getattr(type(thing), name)
    if any(verb is getattr(noun, name, None) for noun in (Unit, Worker, Agent)):
        words = name.replace("_", " ")
        raise VendorRefused(
            say("This vendor cannot do it: its {noun} has no {words}.", noun=thing.NOUN, words=words)
        )
    bound: Callable[..., object] = getattr(thing, name)
    return bound


def _found(happened: bool) -> str:
    return Found.HAPPENED if happened else Found.DID_NOT
