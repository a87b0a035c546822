"""Marks answers whose right one is known: those of gold and screening units, by the terms of their run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omegaconf import OmegaConf

from crowddesk.store import records
from crowddesk.store.queries import UNITS, Scope, UnitRow

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer beside the right one."""

    unit_id: int
    kind: str
    worker_id: int | None
    truth: str
    right: bool


def marks(conn: Connection, units: Iterable[UnitRow]) -> list[Mark]:
    """The marks of those units that are answered and whose right answer is known."""
    terms: dict[int, dict[str, tuple[str, str]]] = {}
    found = []
    for unit in units:
        if unit.unit_index >= 0 or unit.answer is None:
            continue
        if unit.task_run_id not in terms:
            terms[unit.task_run_id] = _terms(conn, unit.task_run_id)
        known = terms[unit.task_run_id].get(unit.kind)
        if known is None:
            continue
        field, column = known
        truth = str(unit.input.get(column, ""))
        right = str((unit.output or {}).get(field, "")) == truth
        found.append(Mark(unit.id, unit.kind, unit.worker_id, truth, right))
    return found


def marks_of_worker(conn: Connection, worker_id: int, run_id: int | None = None) -> list[Mark]:
    """The marks of one person, in one run or in every one."""
    search = UNITS.parse("kind:gold,screening")
    return marks(conn, UNITS.iterate(conn, search, Scope(run_id=run_id, worker_id=worker_id)))


def _terms(conn: Connection, run_id: int) -> dict[str, tuple[str, str]]:
    """Kind of unit -> the form's field, and the column that holds its right answer."""
    task = OmegaConf.create(records.get(conn, "task_run", run_id)["args"]).task
    parts = {"gold": task.get("gold"), "screening": task.get("screening")}
    return {
        kind: (str(part.field), str(part.truth))
        for kind, part in parts.items()
        if part is not None and part.get("field") is not None and part.get("truth") is not None
    }
