"""Launching a run: its files kept in the workspace, its items loaded, its life started.

Everything here may be ended at any moment: a run's row exists only once its files are in the workspace, the
loaded items are counted in the transaction that adds them, and what follows is a vendor action. `resume`
carries on from there. Called from any thread but the GUI's.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from crowddesk.data_model.assignment import Assignment
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import (
    ActionKind,
    ActionState,
    AssignmentState,
    BadInput,
    Conflict,
    OverBudget,
    money_text,
    to_major,
)
from crowddesk.language import say
from crowddesk.operations import run_yaml
from crowddesk.operations.estimate import decide_hosting, estimate_run, find_requester
from crowddesk.operations.keeping_out import pin_exclusion
from crowddesk.operations.run_file import RunConfig, run_from_dict, to_yaml
from crowddesk.paths import is_portable
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import changes, ledger, loading, records
from crowddesk.store.database import clear_errors
from crowddesk.store.loading import NewItem
from crowddesk.store.records import Record
from crowddesk.store.transaction import Write

logger = logging.getLogger(__name__)

#: Items a transaction while a run is loaded: short enough that no other writer waits noticeably.
_CHUNK = 1_000

Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    return


def exclude_anew(db: CrowdDatabase, run_id: int) -> bool:
    """Has the vendor of a run that goes on hear whom `task.exclude` means now; False where it has none.

    Where we hand out the units that is not needed: each comer is looked at. Who is at work goes on.
    Raises Conflict when the run has ended or is being set up.
    """
    with db.write() as w:
        row = db.get_task_run(str(run_id))
        if stored_config(db, row).task.exclude is None:
            return False
        if row["state"] not in ("launching", "live", "paused"):
            raise Conflict(
                say("Run {run_id} is {state}, so nobody new comes in.", run_id=run_id, state=row["state"])
            )
        if loading.unfinished(w.conn, run_id, ActionKind.SET_UP, ActionState.OPEN):
            raise Conflict(
                say("Run {run_id} is being set up at the vendor. Try again in a moment.", run_id=run_id)
            )
        ledger.stage(w, [_set_up_of(row)], state=ActionState.QUEUED)
    return True


def create_run(
    db: CrowdDatabase,
    config: RunConfig,
    *,
    created: Callable[[int], None] | None = None,
    checking: Callable[[int], None] | None = None,
    progress: Progress = _silent,
) -> int:
    """Checks a run, stores it and hands it to its requester's lane; returns its id.

    `checking` gets the rows looked over so far, and ends it all by raising. `created` hears the id before any
    item is loaded and long before the first vendor call. `progress` gets (units loaded, units); if it raises
    Cancelled, the run stays a draft that `resume` can go on with.
    Raises BadInput with every fault, OverBudget when the cap does not cover all units with fees.
    """
    cost = estimate_run(db, config, checking)
    cost.problems.raise_errors()
    if cost.units == 0:
        raise BadInput(
            say(
                "{name}: it has no rows, so there is nothing to launch.",
                name=Path(config.blueprint.data).name,
            )
        )
    if cost.over_budget:
        assert cost.budget is not None
        raise OverBudget(
            say(
                "{units:,} units cost {needed} with fees, over the cap of {budget}. Raise the budget, or "
                "ask for fewer units.",
                units=cost.units,
                needed=money_text(cost.needed, cost.currency),
                budget=money_text(cost.budget, cost.currency),
            )
        )
    requester = find_requester(db, config)
    config, _ = decide_hosting(db, config)
    config = pin_exclusion(db, config)
    folder = f"runs/{uuid.uuid4()}"
    try:
        with clear_errors(db.folder):
            kept = _keep_files(config, db.folder / folder)
        with db.write() as w:
            task_id = _task_id(db, config)
            run_id = db.new_task_run(
                task_id,
                requester.db_id,
                to_yaml(kept, relative_to=db.folder / folder),
                title=config.task.title,
                folder=folder,
                reward_minor=cost.reward,
                fee_minor=cost.fee,
                budget_minor=cost.budget,
                units_expected=cost.units,
            )
            w.event("task_run", int(run_id), None, "draft")
    except BaseException:
        with db.read() as conn:
            spoken_of = records.find(conn, "task_run", folder=folder)
        if not spoken_of:
            shutil.rmtree(db.folder / folder, ignore_errors=True)
        raise
    if created is not None:
        created(int(run_id))
    resume(db, int(run_id), progress=progress)
    return int(run_id)


def resume(db: CrowdDatabase, run_id: int, *, progress: Progress = _silent) -> None:
    """Carries on with a run wherever it stands: loads the rest, sets it up, retries what was refused.

    Safe to call at any time and twice. Raises NotFound, and BadInput when the run's own files are damaged.
    """
    row = db.get_task_run(str(run_id))
    if row["state"] == "draft":
        _load(db, row, progress)
        with db.write() as w:
            _check_draft(db, run_id)
            if loading.last_state(w.conn, run_id, ActionKind.SET_UP) in (None, *_ENDED):
                ledger.stage(w, [_set_up_of(row)], state=ActionState.QUEUED)
        return
    with db.write() as w:
        if changes.set_run_state(w, run_id, ("paused",), "launching"):
            _tell_vendor(w, row, ActionKind.RESUME)
        refused = loading.refused_launches(w.conn, run_id)
        if refused:
            changes.set_run_state(w, run_id, ("live",), "launching")
            ledger.stage(w, [_launch_of(row, unit) for unit in refused], state=ActionState.QUEUED)
        if loading.last_state(w.conn, run_id, ActionKind.CLEAN_UP) in _ENDED:
            ledger.stage(w, [_run_action(row, ActionKind.CLEAN_UP)], state=ActionState.QUEUED)


def pause_run(db: CrowdDatabase, run_id: int) -> None:
    """Launches no further units; those that are out go on, unless the vendor can stop letting people in.

    Conflict when the run is not going on, or the vendor is being told to resume it at this moment.
    """
    with db.write() as w:
        row = db.get_task_run(str(run_id))
        if not changes.set_run_state(w, run_id, ("launching", "live"), "paused"):
            raise Conflict(
                say("Run {run_id} is {state}, so it cannot pause.", run_id=run_id, state=row["state"])
            )
        _tell_vendor(w, row, ActionKind.PAUSE)


def _tell_vendor(w: Write, row: Record, kind: str) -> None:
    """Lets a vendor that lets people in by itself pause or resume a run that is out there.

    What was to be said before, and has not left yet, is taken back instead.
    """
    if ActionKind.PAUSE not in get_crowd_provider_from_type(row["provider_type"]).OFFERS:
        return
    run_id = int(row["task_run_id"])
    told = ledger.of_slot(
        w.conn, int(row["requester_id"]), "task_run", run_id, ledger.slot_of(ActionKind.PAUSE, {})
    )
    taken_back = set(ledger.cancel(w, [action for action, _, state in told if state in ActionState.UNSENT]))
    if any(state in ActionState.OPEN and action not in taken_back for action, _, state in told):
        raise Conflict(
            say(
                "The vendor is being told to pause or resume run {run_id}. Try again in a moment.",
                run_id=run_id,
            )
        )
    done = [said for _, said, state in told if state == ActionState.DONE]
    is_paused = done[-1:] == [ActionKind.PAUSE]
    is_out = set(ledger.units_by_status(w.conn, run_id)) - {AssignmentState.CREATED}
    if is_out and is_paused != (kind == ActionKind.PAUSE):
        ledger.stage(w, [_run_action(row, kind)], state=ActionState.QUEUED)


def stop_run(db: CrowdDatabase, run_id: int) -> int:
    """Takes down every unit that nobody works on; returns how many. Work that was begun may be finished.

    Units whose launch is on its way are taken down when it has ended. Conflict when the run has ended, or is
    being set up at this moment.
    """
    with db.write() as w:
        row = db.get_task_run(str(run_id))
        if row["state"] in ("closing", "closed"):
            raise Conflict(say("Run {run_id} is {state} already.", run_id=run_id, state=row["state"]))
        if loading.unfinished(w.conn, run_id, ActionKind.SET_UP, _ON_ITS_WAY):
            raise Conflict(
                say("Run {run_id} is being set up at the vendor. Stop it when that has ended.", run_id=run_id)
            )
        for kind in (ActionKind.SET_UP, ActionKind.LAUNCH):
            waiting = loading.unfinished(w.conn, run_id, kind, ActionState.UNSENT)
            ledger.cancel(w, [action for action, _ in waiting])
        changes.set_run_state(w, run_id, ("paused", "launching"), "live")
        records.change(w, "task_run", run_id, stopping=True)
        gone = loading.expire_unlaunched(w, run_id)
        changes.set_run_state(w, run_id, ("draft",), "closed", closed_at=w.at)
        units = loading.units_in(w.conn, run_id, AssignmentState.LAUNCHED)
        units += [unit for _, unit in loading.unfinished(w.conn, run_id, ActionKind.LAUNCH, _ON_ITS_WAY)]
        staged = ledger.stage(
            w, [_unit_action(row, ActionKind.EXPIRE, unit) for unit in units], state=ActionState.QUEUED
        )
    return len(gone) + len(staged.ids)


def take_down(db: CrowdDatabase, run_id: int) -> int:
    """Takes down the units of a run that are offered at this moment; returns how many."""
    with db.write() as w:
        units = loading.units_in(w.conn, run_id, AssignmentState.LAUNCHED)
        on_the_way = {
            unit for _, unit in loading.unfinished(w.conn, run_id, ActionKind.EXPIRE, ActionState.OPEN)
        }
        row = db.get_task_run(str(run_id))
        going = [_unit_action(row, ActionKind.EXPIRE, unit) for unit in units if unit not in on_the_way]
        return len(ledger.stage(w, going, state=ActionState.QUEUED).ids) if going else 0


# --------------------------------------------------------------------------------------------- inside

_ENDED = (ActionState.REFUSED, ActionState.CANCELLED)
_ON_ITS_WAY = (ActionState.SENDING, ActionState.UNKNOWN, ActionState.NEEDS_YOU)


def _check_draft(db: CrowdDatabase, run_id: int) -> None:
    """In a write block: that nobody has stopped the run, or begun it, while it was loaded."""
    state = db.get_task_run(str(run_id))["state"]
    if state == "closed":
        raise Conflict(say("Run {run_id} was stopped before it was loaded.", run_id=run_id))


def _task_id(db: CrowdDatabase, config: RunConfig) -> str:
    found = db.find_tasks(config.task.name)
    if found:
        if found[0].task_type != config.blueprint._blueprint_type:
            raise BadInput(
                say(
                    "task.name: {name!r} is a {task_type} task already, and this run is "
                    "{blueprint_type}. Choose another name.",
                    name=config.task.name,
                    task_type=found[0].task_type,
                    blueprint_type=config.blueprint._blueprint_type,
                )
            )
        return found[0].db_id
    return db.new_task(config.task.name, config.blueprint._blueprint_type)


def _keep_files(config: RunConfig, folder: Path) -> RunConfig:
    """Copies every file of a run into the workspace, so that it can go on when the originals are gone."""
    folder.mkdir(parents=True)
    changed = {name: str(folder / value) for name, value in config.make_blueprint().keep(folder).items()}
    kept = config.with_blueprint(changed)
    parts = {name: _keep_paths(getattr(kept, name), folder) for name in ("task", "blueprint", "provider")}
    _flush(folder)
    return dataclasses.replace(kept, **parts)


def _keep_paths(part: Any, folder: Path) -> Any:
    """The same arguments with each file they name copied into `folder` under a name of its own."""
    changed: dict[str, Any] = {}
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        if dataclasses.is_dataclass(value):
            changed[field.name] = _keep_paths(value, folder)
        elif field.metadata.get("path") and value is not None:
            source = Path(value)
            if source.is_relative_to(folder):
                continue
            # On another system, where the run may be opened, not every name can be.
            ending = source.suffix if is_portable(source.suffix) else ""
            stem = source.stem if is_portable(source.name) and source.name[0] != "." else field.name
            target = folder / f"{stem}{ending}"
            taken = {path.name.casefold() for path in folder.iterdir()}
            number = 1
            while target.name.casefold() in taken:
                number += 1
                target = folder / f"{stem}-{number}{ending}"
            shutil.copyfile(source, target)
            changed[field.name] = str(target)
    return dataclasses.replace(part, **changed) if changed else part


def _flush(folder: Path) -> None:
    """Makes the copies outlive a power cut before a row speaks of them."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def _load(db: CrowdDatabase, row: Record, progress: Progress) -> None:
    """Adds the items that the run does not have yet, a chunk a transaction.

    Another process may load the same run: each chunk is added once, whoever comes first.
    """
    run_id = int(row["task_run_id"])
    seen = int(row["items_loaded"])
    total = int(row["units_expected"])
    with db.read() as conn:
        units = loading.count_units(conn, run_id)
    items = islice(_items_of(stored_config(db, row)), seen, None)
    while chunk := list(islice(items, _CHUNK)):
        with db.write() as w:
            _check_draft(db, run_id)
            others = loading.items_loaded(w.conn, run_id) - seen
            if others == 0:
                _add(db, w, row, seen, chunk)
            units = loading.count_units(w.conn, run_id) if others else units
        if others:
            items = islice(chain(chunk, items), others, None)
            seen += others
        else:
            seen += len(chunk)
            units += sum(len(item.unit_indexes) for item in chunk)
        progress(min(units, total), total)


def _add(db: CrowdDatabase, w: Write, row: Record, seen: int, chunk: Sequence[NewItem]) -> None:
    """Adds one chunk; a vendor that makes its units itself is asked for each, in the same transaction."""
    provider_class = get_crowd_provider_from_type(row["provider_type"])
    in_bulk = provider_class.UNITS_IN_BULK
    ids = loading.add_items(w, row, seen, chunk, with_units=in_bulk)
    if in_bulk:
        return
    pay = to_major(row["reward_minor"], row["currency"])
    for assignment_id, item in zip(ids, chunk, strict=True):
        assignment = Assignment.get(db, str(assignment_id))
        for index in item.unit_indexes:
            provider_class.UnitClass.new(db, assignment, index, pay)


def _items_of(config: RunConfig) -> Iterator[NewItem]:
    """Every item of a run in the order in which they are counted: its own, gold, screening."""
    blueprint = config.make_blueprint()
    gold, screening = config.task.gold, config.task.screening
    parts: list[tuple[Path | None, Sequence[int]]] = [(None, range(config.blueprint.units_per_assignment))]
    if gold is not None:
        parts.append((Path(gold.data), [-2] * gold.units_per_item))
    if screening is not None:
        parts.append((Path(screening.data), [-1] * screening.units))
    for path, indexes in parts:
        for item in blueprint.read_items(path):
            yield NewItem(blueprint.key_of(item), json.dumps(item.values, ensure_ascii=False), indexes)


def stored_config(db: CrowdDatabase, row: Record) -> RunConfig:
    """A stored run's configuration, with the paths of its own files in the workspace."""
    sections = run_yaml.parse(row["args"], f"run {row['task_run_id']}")
    return run_from_dict(sections, Path(db.folder) / row["folder"])


def _run_action(row: Record, kind: str) -> ledger.NewAction:
    return ledger.NewAction(
        requester_id=int(row["requester_id"]),
        kind=kind,
        target_type="task_run",
        target_id=int(row["task_run_id"]),
        currency=row["currency"],
        task_run_id=int(row["task_run_id"]),
    )


def _set_up_of(row: Record) -> ledger.NewAction:
    return _run_action(row, ActionKind.SET_UP)


def _launch_of(row: Record, unit_id: int) -> ledger.NewAction:
    return _unit_action(row, ActionKind.LAUNCH, unit_id)


def _unit_action(row: Record, kind: str, unit_id: int) -> ledger.NewAction:
    return ledger.NewAction(
        requester_id=int(row["requester_id"]),
        kind=kind,
        target_type="unit",
        target_id=unit_id,
        currency=row["currency"],
        task_run_id=int(row["task_run_id"]),
        unit_id=unit_id,
    )
