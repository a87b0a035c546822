"""An assignment: one item of data, whose status is the sum of its units'."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crowddesk.data_model.entity import Entity
from crowddesk.domain import AssignmentState
from crowddesk.store.records import Record

if TYPE_CHECKING:
    from crowddesk.data_model.agent import Agent
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.data_model.requester import Requester
    from crowddesk.data_model.task import Task
    from crowddesk.data_model.task_run import TaskRun
    from crowddesk.data_model.unit import Unit


@dataclass(frozen=True)
class InitializationData:
    """What an assignment starts from: the item all units see, and one dict a unit where they differ."""

    shared: dict[str, Any]
    unit_data: list[dict[str, Any]]


class Assignment(Entity):
    """One item of data of a run."""

    NOUN = "assignment"

    def _read(self, row: Record) -> None:
        self.task_id: str = row["task_id"]
        self.task_run_id: str = row["task_run_id"]
        self.requester_id: str = row["requester_id"]
        self.task_type: str = row["task_type"]
        self.provider_type: str = row["provider_type"]
        self.sandbox: bool = row["sandbox"]
        self.item_key: str = row["item_key"]
        self._data: str = row["data"]

    def get_assignment_data(self) -> InitializationData:
        """The item's columns."""
        return InitializationData(json.loads(self._data), [])

    def get_data_dir(self) -> str:
        """The folder for this item's files, under its run's."""
        return str(Path(self.get_task_run().get_run_dir()) / "assignments" / self.db_id)

    def get_task_run(self) -> TaskRun:
        from crowddesk.data_model.task_run import TaskRun

        if "task_run" not in self._related:
            self._related["task_run"] = TaskRun.get(self.db, self.task_run_id)
        run: TaskRun = self._related["task_run"]
        return run

    def get_task(self) -> Task:
        return self.get_task_run().get_task()

    def get_requester(self) -> Requester:
        return self.get_task_run().get_requester()

    def get_units(self, status: str | None = None) -> list[Unit]:
        """This item's units, those in one status if one is given."""
        return self.db.find_units(assignment_id=self.db_id, status=status)

    def get_agents(self) -> list[Agent | None]:
        """The agent of each unit, None where nobody works."""
        return [unit.get_assigned_agent() for unit in self.get_units()]

    def get_status(self) -> str:
        """Incomplete while a unit is; else what all units agree on, else `mixed`."""
        found = {unit.db_status for unit in self.get_units()}
        if not found:
            return AssignmentState.CREATED
        if len(found) == 1:
            return found.pop()
        for status in (AssignmentState.CREATED, AssignmentState.LAUNCHED, AssignmentState.ASSIGNED):
            if status in found:
                # Work goes on as long as one unit waits or is worked on.
                started = found - {AssignmentState.CREATED, AssignmentState.LAUNCHED}
                return AssignmentState.ASSIGNED if started else AssignmentState.LAUNCHED
        if AssignmentState.COMPLETED in found:
            return AssignmentState.COMPLETED
        return AssignmentState.MIXED

    @staticmethod
    def new(
        db: CrowdDatabase,
        task_run: TaskRun,
        assignment_data: dict[str, Any] | None = None,
        item_key: str = "",
    ) -> Assignment:
        """Adds an item to a run."""
        return Assignment.get(db, db.new_assignment(task_run.db_id, assignment_data or {}, item_key))
