"""A task run: one launch of a task with its arguments, its money and its reservations."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException
from yaml import YAMLError  # type: ignore[import-untyped]

from crowddesk.data_model.entity import Entity
from crowddesk.domain import AssignmentState, BadInput, to_major
from crowddesk.language import say
from crowddesk.registry import get_blueprint_from_type, get_crowd_provider_from_type
from crowddesk.store import handing_out, records
from crowddesk.store.records import Record

if TYPE_CHECKING:
    from crowddesk.blueprints.base import Blueprint
    from crowddesk.data_model.assignment import Assignment
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.data_model.requester import Requester
    from crowddesk.data_model.task import Task
    from crowddesk.data_model.unit import Unit
    from crowddesk.data_model.worker import Worker
    from crowddesk.providers.base import CrowdProvider

#: How many free units are looked at for one worker at a time.
_OFFER = 8


class TaskRun(Entity):
    """One launch of a task."""

    NOUN = "task_run"

    def _read(self, row: Record) -> None:
        self.task_id: str = row["task_id"]
        self.requester_id: str = row["requester_id"]
        self.task_type: str = row["task_type"]
        self.provider_type: str = row["provider_type"]
        self.sandbox: bool = row["sandbox"]
        self.title: str = row["title"]
        self.currency: str = row["currency"]
        self.state: str = row["state"]
        #: Where the last `sync_task_run` ended; stored with the changes it reported.
        self.sync_cursor: str | None = row["sync_cursor"]
        self._args: str = row["args"]
        self._folder: str = row["folder"]

    @property
    def args(self) -> DictConfig:
        """The run's configuration as it was launched (task, blueprint, provider). BadInput when damaged."""
        if "args" not in self._related:
            try:
                self._related["args"] = OmegaConf.create(self._args)
            except (YAMLError, OmegaConfBaseException, ValueError) as error:
                raise BadInput(
                    say("The stored arguments of run {db_id} are damaged.", db_id=self.db_id), str(error)
                ) from error
        args: DictConfig = self._related["args"]
        return args

    def get_task_args(self) -> DictConfig:
        """The `task` section of the configuration."""
        task_args: DictConfig = self.args.task
        return task_args

    def get_run_dir(self) -> str:
        """The folder of this run's files inside the workspace."""
        return str(Path(self.db.folder) / (self._folder or f"runs/{self.db_id}"))

    def get_task(self) -> Task:
        from crowddesk.data_model.task import Task

        return Task.get(self.db, self.task_id)

    def get_requester(self) -> Requester:
        from crowddesk.data_model.requester import Requester

        if "requester" not in self._related:
            self._related["requester"] = Requester.get(self.db, self.requester_id)
        requester: Requester = self._related["requester"]
        return requester

    def get_provider(self) -> CrowdProvider:
        """The vendor, over its datastore of this process."""
        return get_crowd_provider_from_type(self.provider_type)(self.db)

    def get_blueprint(self) -> Blueprint:
        """What turns an item into a page and a submission into an answer, from the run's own files."""
        if "blueprint" not in self._related:
            blueprint_class = get_blueprint_from_type(self.task_type)
            self._related["blueprint"] = blueprint_class(self.args.blueprint, Path(self.get_run_dir()))
        blueprint: Blueprint = self._related["blueprint"]
        return blueprint

    def get_assignments(self) -> list[Assignment]:
        return self.db.find_assignments(task_run_id=self.db_id)

    def get_units(self, status: str | None = None) -> list[Unit]:
        """This run's units as entities; for a handful, not for lists."""
        return self.db.find_units(task_run_id=self.db_id, status=status)

    def get_total_spend(self) -> Decimal:
        """Money of the payable units, fees included, in major units."""
        with self.db.read() as conn:
            minor = records.spend_of_run(conn, self.db_id, AssignmentState.payable())
        return to_major(minor, self.currency)

    def get_valid_units_for_worker(self, worker: Worker, kinds: Sequence[int] | None = None) -> list[Unit]:
        """Units that are free and whose item this person has not had yet, a handful at a time.

        `kinds`: 0 stands for every standard unit, a negative index for its kind; None for all.
        """
        from crowddesk.data_model.unit import Unit

        with self.db.read() as conn:
            rows = handing_out.next_free_units(conn, self.db_id, worker.db_id, _OFFER, kinds)
        return [Unit.get(self.db, row["unit_id"], row=row) for row in rows]

    def count_units_of(self, worker: Worker) -> dict[str, int]:
        """How many of this run's units a person has taken, by kind of unit."""
        with self.db.read() as conn:
            taken = (AssignmentState.ASSIGNED, *AssignmentState.completed())
            return handing_out.count_taken(conn, self.db_id, worker.db_id, taken)

    def reserve_unit(self, unit: Unit) -> Unit | None:
        """Speaks for a unit: the unit, or None when somebody was first. It is the unit's own column."""
        return unit if unit.reserve() else None

    def clear_reservation(self, unit: Unit) -> None:
        """Gives a reserved unit back."""
        with self.db.write() as w:
            records.change(w, "unit", unit.db_id, reserved_at=None)

    @staticmethod
    def new(db: CrowdDatabase, task: Task, requester: Requester, args: Any) -> TaskRun:
        """Adds a run in the state `draft` with its configuration."""
        text = args if isinstance(args, str) else OmegaConf.to_yaml(args)
        return TaskRun.get(db, db.new_task_run(task.db_id, requester.db_id, text))
