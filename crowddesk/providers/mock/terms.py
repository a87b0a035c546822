"""What a run asks of the practice crowd: its arguments, recorded answers and the vendor's terms for it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from omegaconf import MISSING, DictConfig

from crowddesk.blueprints.base import SharedTaskState
from crowddesk.blueprints.data_files import missing_column, read_table
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import (
    BadInput,
    check_currency,
    to_minor,
)
from crowddesk.language import say
from crowddesk.providers.base import ProviderArgs
from crowddesk.providers.mock.batch import BatchSpec
from crowddesk.providers.mock.crowd import Mix
from crowddesk.providers.mock.desk import NewUnit
from crowddesk.providers.mock.vendor import MockVendor
from crowddesk.store import loading

PROVIDER_TYPE = "mock"
_COMPARATORS = {"exists": "has", "not_exists": "lacks", ">=": ">=", ">": ">="}

Recorded = tuple[str, Mapping[str, Any], float | None]


@dataclass
class ReplayArgs:
    """Recorded answers: a table with a column for the item's key, the worker, the answer, and the seconds.

    The k-th answer to an item goes to its unit k, as the form's `field`.
    """

    file: str = field(default=MISSING, metadata={"path": True})
    item: str = MISSING
    worker: str = MISSING
    answer: str = MISSING
    field: str = MISSING
    seconds: str | None = None


@dataclass
class TruthArgs:
    """The column that holds the right answer to the form's `field`, so that skilled people can be right."""

    field: str = MISSING
    column: str = MISSING


@dataclass
class MockArgs(ProviderArgs):
    """How the practice crowd behaves. `seed` makes a run repeat; `speed` divides its waits only."""

    seed: int = 1
    speed: float = 1.0
    people: int = 100
    arrivals_per_second: float = 1.0
    skilled: float = Mix().skilled
    sloppy: float = Mix().sloppy
    spammer: float = Mix().spammer
    leaver: float = Mix().leaver
    truth: TruthArgs | None = None
    replay: ReplayArgs | None = None


class PracticeMarket:
    """The datastore: the vendor in its own file, and the recorded answers of the runs that replay."""

    def __init__(self, folder: Path) -> None:
        self.vendor = MockVendor(folder / "market.sqlite")
        self._recorded: dict[str, dict[str, list[Recorded]]] = {}

    def close(self) -> None:
        self.vendor.close()

    def recorded(self, run: TaskRun) -> dict[str, list[Recorded]]:
        """A replaying run's answers by item, in the order of the file; read once a process."""
        if run.db_id not in self._recorded:
            replay = run.args.provider.replay
            found = {} if replay is None else read_recorded(replay, Path(run.get_run_dir()))
            self._recorded[run.db_id] = found
        return self._recorded[run.db_id]


def read_recorded(replay: Any, folder: Path) -> dict[str, list[Recorded]]:
    found: dict[str, list[Recorded]] = {}
    wanted = [replay.item, replay.worker, replay.answer, *([replay.seconds] if replay.seconds else [])]
    for row in read_table(folder / replay.file, need=wanted):
        seconds = row.values[replay.seconds] if replay.seconds else ""
        answer = {replay.field: row.values[replay.answer]}
        item = found.setdefault(row.values[replay.item], [])
        item.append((row.values[replay.worker], answer, float(seconds) if seconds else None))
    return found


def vendor_of(db: CrowdDatabase) -> MockVendor:
    market: PracticeMarket = db.get_datastore_for_provider(PROVIDER_TYPE)
    return market.vendor


def batch_key(run_id: str) -> str:
    return f"run-{run_id}"


def check_field(place: str, name: str, names: set[str]) -> None:
    if names and name not in names:
        form = say("the form")
        raise BadInput(f"{place}: {missing_column(form, name, sorted(names))}")


def make_spec(args: DictConfig, shared: SharedTaskState) -> BatchSpec:
    """The vendor's terms for a run; BadInput for a qualification that this vendor cannot ask for."""
    task, provider = args.task, args.provider
    currency = check_currency(task.currency)
    required = []
    for wanted in task.qualifications or []:
        if wanted.op not in _COMPARATORS:
            raise BadInput(
                say(
                    "task.qualifications: the practice vendor cannot compare {name!r} by {op!r}; it "
                    "knows {comparators}.",
                    name=wanted.name,
                    op=wanted.op,
                    comparators=", ".join(_COMPARATORS),
                )
            )
        value = wanted.value + 1 if wanted.op == ">" else wanted.value
        required.append((wanted.name, _COMPARATORS[wanted.op], value))
    truth = provider.truth or task.gold or task.screening
    return BatchSpec(
        seed=provider.seed,
        speed=provider.speed,
        reward_minor=to_minor(task.reward, currency),
        currency=currency,
        concurrency=task.max_num_concurrent_units or None,
        max_units_per_worker=task.maximum_units_per_worker or None,
        time_limit_s=float(task.assignment_duration_in_seconds),
        required_qualifications=tuple(required),
        mix=Mix(provider.skilled, provider.sloppy, provider.spammer, provider.leaver),
        people=provider.people,
        arrivals_per_second=provider.arrivals_per_second,
        units_per_item=args.blueprint.units_per_assignment,
        replay=provider.replay is not None,
        fields=tuple(_plain(f) for f in shared.fields),
        gold_field=truth.field if truth is not None else None,
    )


def _plain(form_field: Any) -> dict[str, Any]:
    options = [{"value": o.value, "label": o.label} for o in form_field.options]
    return {"name": form_field.name, "type": form_field.type, "options": options, **form_field.limits}


def new_units(
    db: CrowdDatabase, run: TaskRun, rows: Sequence[loading.UnitToLaunch], tokens: Mapping[int, str]
) -> list[NewUnit]:
    market: PracticeMarket = db.get_datastore_for_provider(PROVIDER_TYPE)
    recorded = market.recorded(run)
    truths = _truth_columns(run.args)
    new = []
    for row in rows:
        item = json.loads(row.data)
        answers = recorded.get(row.item_key, []) if row.unit_index >= 0 else []
        new.append(
            NewUnit(
                token=tokens[row.unit_id],
                ref=str(row.unit_id),
                item_key=row.item_key,
                unit_index=row.unit_index,
                item=item,
                truth=item.get(truths[min(row.unit_index, 0)]),
                recorded=answers[row.unit_index] if 0 <= row.unit_index < len(answers) else None,
            )
        )
    return new


def _truth_columns(args: DictConfig) -> dict[int, str | None]:
    """By unit index (0: standard) the column that holds the right answer, where the run says one.

    Read once for all units: each look into the configuration takes longer than what is done with it.
    """
    task, usual = args.task, args.provider.truth
    standard = None if usual is None else usual.column
    special = {-2: task.gold, -1: task.screening}
    named = {index: part.truth for index, part in special.items() if part is not None}
    return {-3: standard, -2: named.get(-2) or standard, -1: named.get(-1) or standard, 0: standard}
