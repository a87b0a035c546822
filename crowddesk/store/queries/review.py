"""What the review page asks: what waits in each run, a unit with all around it, decisions not sent.

A unit is asked for at every key press, so its questions are few and written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionKind, ActionState, AssignmentState, NotFound
from crowddesk.language import say
from crowddesk.store import tables as t
from crowddesk.store.queries.conditions import (
    ACTION,
    ACTION_TOTAL,
    AGENT,
    ASSIGNMENT,
    BLOCK,
    RUN_TOTAL,
    SUBMISSION,
    UNIT,
    WORKER,
)
from crowddesk.store.queries.rows import UnitRow
from crowddesk.store.queries.screens import AnswerGroup, SubmissionRow, same_item
from crowddesk.store.queries.units import UNITS
from crowddesk.store.remarks import NoteRow
from crowddesk.store.transaction import chunks


class UnitMark(NamedTuple):
    """How a unit stands: its status, and the kind of a decision on it that is still open."""

    status: str
    pending: str | None

    @property
    def waits(self) -> bool:
        """Whether it can be decided on now."""
        return self.status == AssignmentState.COMPLETED and self.pending is None


def waiting_by_run(conn: Connection) -> dict[int, int]:
    """Run -> how many of its units wait for a decision. From the totals: it costs the same for any run."""
    total, decided = RUN_TOTAL.c, ACTION_TOTAL.c
    completed = (
        sa.select(total.task_run_id, sa.func.sum(total.units))
        .where(total.status == AssignmentState.COMPLETED)
        .group_by(total.task_run_id)
    )
    on_their_way = (
        sa.select(decided.task_run_id, sa.func.sum(decided.actions))
        .where(
            decided.kind.in_((ActionKind.APPROVE, ActionKind.SOFT_REJECT, ActionKind.REJECT)),
            decided.state.in_(ActionState.OPEN),
        )
        .group_by(decided.task_run_id)
    )
    waiting = {run_id: int(units) for run_id, units in conn.execute(completed)}
    for run_id, actions in conn.execute(on_their_way):
        if run_id in waiting:
            waiting[run_id] -= int(actions)
    return {run_id: units for run_id, units in waiting.items() if units > 0}


def marks_of_units(conn: Connection, ids: Iterable[int]) -> dict[int, UnitMark]:
    """How these units stand; what is gone is left out."""
    found: dict[int, UnitMark] = {}
    for part in chunks(list(ids)):
        query = sa.select(UNIT.c.id, UNIT.c.status, UNIT.c.pending).where(UNIT.c.id.in_(part))
        found |= {row.id: UnitMark(row.status, row.pending) for row in conn.execute(query)}
    return found


def unsent_decisions(conn: Connection, unit_ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """Unit -> its decision that has not left yet, as a whole row of the ledger."""
    found: dict[int, Mapping[str, Any]] = {}
    for part in chunks(unit_ids):
        query = sa.select(ACTION).where(
            ACTION.c.unit_id.in_(part),
            ACTION.c.kind.in_(ActionKind.SETTLE),
            ACTION.c.state.in_(ActionState.UNSENT),
        )
        found |= {row["unit_id"]: row for row in conn.execute(query).mappings()}
    return found


# ---------------------------------------------------------------------------- a unit before a reviewer


@dataclass(frozen=True, slots=True)
class Around:
    """A unit with what a reviewer sees around it. `notes` are the newest few, of the unit and its worker."""

    row: UnitRow
    submissions: list[SubmissionRow]
    groups: list[AnswerGroup]
    worker: Whose | None
    answers: list[OtherAnswer]
    unit_tags: tuple[str, ...]
    notes: list[NoteRow]


@dataclass(frozen=True, slots=True)
class Whose:
    """A unit's worker, with counts over all runs."""

    id: int
    worker_name: str
    completed: int
    accepted: int
    soft_rejected: int
    rejected: int
    blocked: bool
    tags: tuple[str, ...]


class OtherAnswer(NamedTuple):
    """Another answer of the same worker in the run; `answer` and `data` are JSON text."""

    id: int
    status: str
    pending: str | None
    seconds: float | None
    submitted_at: Any
    answer: str | None
    data: str


_TAG: sa.Table = t.Tag.__table__  # type: ignore[attr-defined]
_NOTE: sa.Table = t.Note.__table__  # type: ignore[attr-defined]
_UNIT_ID: Any = sa.bindparam("unit")
_WORKER_ID: Any = sa.bindparam("worker")
_RUN_ID: Any = sa.bindparam("run")
_SUBMISSIONS = (
    sa.select(
        SUBMISSION.c.id, SUBMISSION.c.agent_id, WORKER.c.worker_name, SUBMISSION.c.raw, SUBMISSION.c.answer,
        SUBMISSION.c.late, SUBMISSION.c.received_at, AGENT.c.created_at,
        *(SUBMISSION.c[name] for name in ("started_at", "ended_at", "active_seconds", "pasted")),
    )
    .select_from(SUBMISSION)
    .outerjoin(AGENT, AGENT.c.id == SUBMISSION.c.agent_id)
    .outerjoin(WORKER, WORKER.c.id == AGENT.c.worker_id)
    .where(SUBMISSION.c.unit_id == _UNIT_ID)
    .order_by(SUBMISSION.c.id)
)  # fmt: skip
_WHOSE = sa.select(
    WORKER.c.id, WORKER.c.worker_name, WORKER.c.completed, WORKER.c.accepted, WORKER.c.soft_rejected,
    WORKER.c.rejected, sa.exists().where(BLOCK.c.worker_id == WORKER.c.id),
).where(WORKER.c.id == _WORKER_ID)  # fmt: skip
_WHOSE_NAMES = ("id", "worker_name", "completed", "accepted", "soft_rejected", "rejected", "blocked")
_OTHERS = (
    sa.select(
        UNIT.c.id, UNIT.c.status, UNIT.c.pending, UNIT.c.seconds, UNIT.c.submitted_at, SUBMISSION.c.answer,
        sa.func.coalesce(ASSIGNMENT.c.data, "{}"),
    )
    .join(SUBMISSION, SUBMISSION.c.id == UNIT.c.submission_id)
    .outerjoin(ASSIGNMENT, ASSIGNMENT.c.id == UNIT.c.assignment_id)
    .where(UNIT.c.task_run_id == _RUN_ID, UNIT.c.worker_id == _WORKER_ID, UNIT.c.id != _UNIT_ID)
    .order_by(UNIT.c.id.desc())
    .limit(sa.bindparam("most"))
)  # fmt: skip


def _about(table: sa.Table) -> sa.ColumnElement[bool]:
    """Remarks on the unit or on its worker."""
    return sa.or_(
        sa.and_(table.c.noun == "unit", table.c.row_id == _UNIT_ID),
        sa.and_(table.c.noun == "worker", table.c.row_id == _WORKER_ID),
    )


_TAGS = sa.select(_TAG.c.noun, _TAG.c.word).where(_about(_TAG)).order_by(_TAG.c.word)
_NOTES = sa.select(_NOTE).where(_about(_NOTE)).order_by(_NOTE.c.id.desc()).limit(5)


def look_around(conn: Connection, unit_id: int, most_answers: int) -> Around:
    """A unit and what stands around it; at most so many other answers of its worker. Raises NotFound."""
    found = UNITS.rows(conn, [unit_id])
    if not found:
        raise NotFound(say("There is no unit {unit_id}.", unit_id=unit_id))
    row = found[0]
    keys = {"unit": unit_id, "worker": row.worker_id or 0, "run": row.task_run_id, "most": most_answers}
    submissions = [SubmissionRow(*tuple(sent)) for sent in conn.execute(_SUBMISSIONS, {"unit": unit_id})]
    tags: dict[str, list[str]] = {"unit": [], "worker": []}
    remarks = {name: keys[name] for name in ("unit", "worker")}
    for noun, word in conn.execute(_TAGS, remarks):
        tags[noun].append(word)
    notes = [NoteRow(*note) for note in conn.execute(_NOTES, remarks)]
    worker: Whose | None = None
    answers: list[OtherAnswer] = []
    if row.worker_id is not None:
        who = conn.execute(_WHOSE, {"worker": row.worker_id}).first()
        if who is not None:
            values: dict[str, Any] = dict(zip(_WHOSE_NAMES, who, strict=True))
            worker = Whose(**values, tags=tuple(tags["worker"]))
        answers = [OtherAnswer(*other) for other in conn.execute(_OTHERS, keys)]
    groups = same_item(conn, unit_id)
    return Around(row, submissions, groups, worker, answers, tuple(tags["unit"]), notes)
