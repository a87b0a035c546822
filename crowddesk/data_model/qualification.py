"""A qualification, and a worker's grant of one."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from crowddesk.data_model.entity import Entity
from crowddesk.store.records import Record

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.data_model.worker import Worker


class Qualification(Entity):
    """A named mark that workers may be granted."""

    NOUN = "qualification"

    def _read(self, row: Record) -> None:
        self.qualification_name: str = row["qualification_name"]
        self.description: str = row["description"]

    @staticmethod
    def new(db: CrowdDatabase, qualification_name: str, description: str = "") -> Qualification:
        """Adds a qualification; Conflict when the name is taken."""
        return Qualification.get(db, db.new_qualification(qualification_name, description))


class GrantedQualification:
    """A worker's value for a qualification; truthy qualifies, falsy disqualifies."""

    def __init__(self, db: CrowdDatabase, row: Record) -> None:
        self.db = db
        self.db_id: str = row["granted_qualification_id"]
        self.worker_id: str = row["worker_id"]
        self.qualification_id: str = row["qualification_id"]
        self.value: int = row["value"]

    def get_worker(self) -> Worker:
        from crowddesk.data_model.worker import Worker

        return Worker.get(self.db, self.worker_id)

    def get_qualification(self) -> Qualification:
        return Qualification.get(self.db, self.qualification_id)

    def __repr__(self) -> str:
        return f"GrantedQualification({self.db_id})"


_COMPARE: Final[dict[str, Callable[[int, int], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def meets(granted: GrantedQualification | None, op: str, value: int) -> bool:
    """Whether a grant, or the lack of one, is what a run asks for; a comparison needs a grant."""
    if op == "not_exists":
        return granted is None
    if granted is None:
        return False
    return op == "exists" or _COMPARE[op](granted.value, value)
