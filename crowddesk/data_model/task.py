"""A task: what is asked, by a name that its runs share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crowddesk.data_model.entity import Entity
from crowddesk.store.records import Record

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.data_model.task_run import TaskRun


class Task(Entity):
    """What is asked."""

    NOUN = "task"

    def _read(self, row: Record) -> None:
        self.task_name: str = row["task_name"]
        self.task_type: str = row["task_type"]

    def get_runs(self) -> list[TaskRun]:
        """Every launch of this task."""
        return self.db.find_task_runs(task_id=self.db_id)

    @staticmethod
    def new(db: CrowdDatabase, task_name: str, task_type: str) -> Task:
        """Adds a task; Conflict when the name is taken."""
        return Task.get(db, db.new_task(task_name, task_type))
