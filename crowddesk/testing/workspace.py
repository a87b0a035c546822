"""What provider tests start from: a workspace, a run with a few units, actions, and a lane without a window.

All of it may be called from any thread; nothing needs Qt or a network of its own.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from omegaconf import DictConfig, OmegaConf

from crowddesk import registry
from crowddesk.data_model.assignment import Assignment
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task import Task
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.domain import (
    Action,
    ActionKind,
    ActionState,
    Amount,
    AssignmentState,
    Found,
    Outcome,
    now,
    to_minor,
)
from crowddesk.operations.lane_work import LaneWork, Step
from crowddesk.operations.run_file import run_from_dict, to_yaml
from crowddesk.providers.base import CrowdProvider
from crowddesk.store import changes

#: What a test's workers are asked.
TEMPLATE: Final = """<form>
  <p>${text}</p>
  <label><input type="radio" name="answer" value="yes" required> yes</label>
  <label><input type="radio" name="answer" value="no"> no</label>
  <button type="submit">Send</button>
</form>
"""
TASK_URL: Final = "https://tasks.example/run"
_NUMBERS = itertools.count(1)


def make_workspace(path: Path, url: str | None = None) -> CrowdDatabase:
    """A new workspace in a folder (or at a PostgreSQL address); close it at the end."""
    return CrowdDatabase(path, url, who="test")


def register(requester: Requester, values: Mapping[str, Any] | None = None) -> Requester:
    """Registers an account with arguments of its `ArgsClass`; the name is filled in."""
    requester.register(requester_arguments(requester, values or {}))
    return requester


def requester_arguments(requester: Requester, values: Mapping[str, Any]) -> DictConfig:
    """What the registration form would give for an account."""
    filled: dict[str, Any] = {"name": requester.requester_name, **values}
    merged = OmegaConf.merge(OmegaConf.structured(requester.ArgsClass), OmegaConf.create(filled))
    assert isinstance(merged, DictConfig)
    return merged


def make_run(
    db: CrowdDatabase,
    requester: Requester,
    *,
    items: int = 2,
    units_per_assignment: int = 1,
    reward: Amount = "0.10",
    task: Mapping[str, Any] | None = None,
    provider: Mapping[str, Any] | None = None,
) -> TaskRun:
    """A run of `items` items with its files in the workspace and its units made, in the state `draft`.

    `task` and `provider` are further keys of those sections of the run file. Workers are asked one question,
    whose field is `answer`.
    """
    folder = f"runs/{uuid.uuid4()}"
    place = db.folder / folder
    place.mkdir(parents=True)
    (place / "template.html").write_text(TEMPLATE, encoding="utf-8")
    lines = [f"item-{number},This is item {number}." for number in range(items)]
    (place / "items.csv").write_text("\n".join(["id,text", *lines, ""]), encoding="utf-8")
    name = f"contract {next(_NUMBERS)}"
    sections: dict[str, dict[str, Any]] = {
        "task": {
            "name": name,
            "title": name,
            "description": "One question.",
            "reward": str(reward),
            "currency": requester.currency,
            **(task or {}),
        },
        "blueprint": {
            "_blueprint_type": "static_html",
            "template": "template.html",
            "data": "items.csv",
            "item_key": "id",
            "units_per_assignment": units_per_assignment,
        },
        "provider": {
            "_provider_type": requester.provider_type,
            "requester_name": requester.requester_name,
            **(provider or {}),
        },
    }
    args = to_yaml(run_from_dict(sections, place), relative_to=place)
    kind = Task.new(db, name, "static_html")
    pay = to_minor(reward, requester.currency)
    run_id = db.new_task_run(kind.db_id, requester.db_id, args, folder=folder, reward_minor=pay)
    run = TaskRun.get(db, run_id)
    unit_class = registry.get_crowd_provider_from_type(requester.provider_type).UnitClass
    for item in run.get_blueprint().read_items():
        assignment = Assignment.new(db, run, dict(item.values), item.values["id"])
        for index in range(units_per_assignment):
            unit_class.new(db, assignment, index, reward)
    return run


def new_action(kind: str, target: Unit | TaskRun | Any, requester: Requester, **fields: Any) -> Action:
    """A vendor action on a unit, a worker or a run, as a lane hands it to `perform`."""
    if isinstance(target, Unit):
        fields = {"unit_id": target.db_id, "task_run_id": target.task_run_id, **fields}
    return Action(
        id=str(uuid.uuid4()),
        kind=kind,
        target_type=target.NOUN,
        target_id=target.db_id,
        requester_id=requester.db_id,
        currency=requester.currency,
        **fields,
    )


def launch(provider: CrowdProvider, run: TaskRun) -> list[Unit]:
    """Sets a run up and launches its units as a lane does, without polling the vendor; returns the units."""
    db, requester = provider.db, run.get_requester()
    _all_done(provider, [new_action(ActionKind.SET_UP, run, requester, payload={"server_url": TASK_URL})])
    created = run.get_units(AssignmentState.CREATED)
    address = {"task_url": TASK_URL}
    _all_done(provider, [new_action(ActionKind.LAUNCH, u, requester, payload=address) for u in created])
    with db.write() as w:
        moves = (AssignmentState.CREATED, AssignmentState.LAUNCHED)
        changes.set_unit_statuses(w, dict.fromkeys((int(unit.db_id) for unit in created), moves))
        changes.set_run_state(w, int(run.db_id), ("draft", "launching"), "live", launched_at=w.at)
    return run.get_units()


def carry_out(provider: CrowdProvider, action: Action, *, seconds: float = 30.0) -> Outcome:
    """Performs one action as a lane does: what is lost is looked up, what did not happen goes out again.

    Returns what is done, refused, or unknown because the vendor cannot tell; fails after `seconds`.
    """
    end = time.monotonic() + seconds
    pause = threading.Event()
    while True:
        action = dataclasses.replace(action, started_at=now())
        (outcome,) = provider.perform([action])
        wait = outcome.again_in
        if outcome.state == ActionState.UNKNOWN:
            while (found := provider.look_up([action])[0]) == Found.NOT_YET and time.monotonic() < end:
                pause.wait(min(provider.LOOK_UP_SECONDS, 0.2))
            if found not in (Found.DID_NOT, Found.NOT_SENT):
                return Outcome.done() if found == Found.HAPPENED else outcome
            sent = found == Found.DID_NOT
            action = dataclasses.replace(action, attempt=action.attempt + sent)
        elif outcome.state != ActionState.QUEUED:
            return outcome
        if time.monotonic() > end:
            raise AssertionError(f"{action.kind} did not end in {seconds} s: {outcome}.")
        pause.wait(min(wait, 0.2))


def _all_done(provider: CrowdProvider, actions: Sequence[Action]) -> None:
    outcomes = provider.perform(actions)
    assert [o.state for o in outcomes] == [ActionState.DONE] * len(actions), outcomes


def run_lane(
    db: CrowdDatabase, requester: Requester, until: Callable[[], bool], *, seconds: float = 30.0
) -> None:
    """Does the steps of a requester's lane in this thread until `until()` holds; fails after `seconds`."""
    lane = LaneWork(db, int(requester.db_id))
    end = time.monotonic() + seconds
    pause = threading.Event()
    step = Step("idle", 0.0)
    try:
        while not until():
            if time.monotonic() > end:
                raise AssertionError(f"The lane did not get there in {seconds} s; its last step: {step}.")
            step = lane.step()
            pause.wait(min(step.wait, 0.2))
    finally:
        lane.stop()


class _Given:
    """Stands where an installed provider's entry point would."""

    def __init__(self, provider_class: type[CrowdProvider]) -> None:
        self.value = f"{provider_class.__module__}:{provider_class.__qualname__}"
        self.load = lambda: provider_class


@contextlib.contextmanager
def use_provider(provider_class: type[CrowdProvider]) -> Iterator[None]:
    """Makes a provider known by its PROVIDER_TYPE as if it were installed, until the block ends."""
    real = registry._entry_points

    def entry_points(group: str) -> dict[str, Any]:
        found: dict[str, Any] = dict(real(group))
        if group == registry.PROVIDER_GROUP:
            found[provider_class.PROVIDER_TYPE] = _Given(provider_class)
        return found

    registry._entry_points = entry_points
    registry._load.cache_clear()
    try:
        yield
    finally:
        registry._entry_points = real
        registry._load.cache_clear()
