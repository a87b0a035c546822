"""Looks a workspace over: damage, totals that do not add up, rows that point nowhere, files that are gone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import (
    DATASET_STATUSES,
    RUN_STATES,
    ActionState,
    AgentStatus,
    AssignmentState,
)
from crowddesk.language import mark, say
from crowddesk.store import changes, journal
from crowddesk.store import tables as t
from crowddesk.store.database import Database
from crowddesk.store.queries.conditions import (
    ACTION,
    ACTION_TOTAL,
    AGENT,
    AGENT_TOTAL,
    ASSIGNMENT,
    REQUESTER,
    RUN,
    RUN_TOTAL,
    SUBMISSION,
    TASK,
    UNIT,
    WORKER,
)
from crowddesk.store.transaction import Write

IDENTITY: sa.Table = t.Identity.__table__  # type: ignore[attr-defined]
SECOND_LOOK: sa.Table = t.SecondLook.__table__  # type: ignore[attr-defined]
APPEAL: sa.Table = t.Appeal.__table__  # type: ignore[attr-defined]
EVENT = t.StatusEvent.__table__  # type: ignore[attr-defined]
#: So many rows of one kind are named, the rest is counted.
_NAMED = 20
_COUNTERS = {
    "completed": AssignmentState.COMPLETED,
    "accepted": AssignmentState.ACCEPTED,
    "soft_rejected": AssignmentState.SOFT_REJECTED,
    "rejected": AssignmentState.REJECTED,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `severity` is `error` or `warning`; `place` names the row or the file."""

    severity: str
    sentence: str
    place: str


def check(db: Database) -> list[Finding]:
    """Everything that is wrong, worst first; empty when all is well. Seconds for a million units."""
    with db.read() as conn:
        found = list(_damage(conn)) if db.is_sqlite else []
        for part in (_statuses, _texts, _orphans, _pending, _totals, _journal, _submissions):
            found += part(conn)
        found += _files(conn, db)
    return sorted(found, key=lambda finding: finding.severity)


def mend(db: Database) -> list[str]:
    """Counts totals and workers' counters anew; says what it changed. Nothing else can be mended so."""
    with db.write() as w:
        done = [f.sentence for f in _totals(w.conn)]
        if done:
            _recount(w)
    return done


# ------------------------------------------------------------------------------------------- checks


def _damage(conn: Connection) -> Iterator[Finding]:
    for (line,) in conn.exec_driver_sql("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield Finding(
                "error",
                say("The database file is damaged: {line}. Restore a copy.", line=line),
                "crowddesk.sqlite",
            )


def _statuses(conn: Connection) -> Iterator[Finding]:
    checks: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (UNIT.c.status, AssignmentState.valid_unit()),
        (UNIT.c.dataset_status, DATASET_STATUSES),
        (AGENT.c.status, AgentStatus.ALL),
        (ACTION.c.state, ActionState.ALL),
        (RUN.c.state, RUN_STATES),
    )
    for column, known in checks:
        name = column.table.name
        query = sa.select(column.table.c.id, column).where(column.not_in(known)).order_by(column.table.c.id)
        for row_id, value in _some(conn, query):
            sentence = say(
                "{row} has the {column} {value!r}, which does not exist.",
                row=_row(name, row_id, first=True),
                column=column.name,
                value=value,
            )
            yield Finding("error", sentence, f"{name} {row_id}")


def _texts(conn: Connection) -> Iterator[Finding]:
    """Stored JSON that cannot be read."""
    for column in (ASSIGNMENT.c.data, SUBMISSION.c.answer, ACTION.c.evidence, ACTION.c.payload):
        name = column.table.name
        bad = 0
        for row_id, text in conn.execute(sa.select(column.table.c.id, column)):
            if not _readable(text):
                bad += 1
                if bad <= _NAMED:
                    sentence = say(
                        "The {column} of {row} cannot be read: it is no JSON.",
                        column=column.name,
                        row=_row(name, row_id),
                    )
                    yield Finding("error", sentence, f"{name} {row_id}")


def _orphans(conn: Connection) -> Iterator[Finding]:
    pointers = (
        (UNIT, "assignment_id", ASSIGNMENT),
        (UNIT, "task_run_id", RUN),
        (UNIT, "agent_id", AGENT),
        (UNIT, "worker_id", WORKER),
        (UNIT, "submission_id", SUBMISSION),
        (ASSIGNMENT, "task_run_id", RUN),
        (AGENT, "unit_id", UNIT),
        (AGENT, "worker_id", WORKER),
        (SUBMISSION, "unit_id", UNIT),
        (RUN, "requester_id", REQUESTER),
        (RUN, "task_id", TASK),
        (ACTION, "requester_id", REQUESTER),
        (ACTION, "unit_id", UNIT),
        (WORKER, "identity_id", IDENTITY),
        (SECOND_LOOK, "action_id", ACTION),
        (APPEAL, "unit_id", UNIT),
    )
    for table, column, target in pointers:
        pointer = table.c[column]
        query = (
            sa.select(table.c.id, pointer)
            .outerjoin(target, target.c.id == pointer)
            .where(pointer.is_not(None), target.c.id.is_(None))
            .order_by(table.c.id)
        )
        for row_id, missing in _some(conn, query):
            sentence = say(
                "{row} belongs to {other}, which is gone.",
                row=_row(table.name, row_id, first=True),
                other=_row(target.name, missing),
            )
            yield Finding("error", sentence, f"{table.name} {row_id}")


def _pending(conn: Connection) -> Iterator[Finding]:
    """A unit is marked exactly while a decision on it is open."""
    settling = sa.and_(
        ACTION.c.slot == "settle", ACTION.c.target_type == "unit", ACTION.c.state.in_(ActionState.OPEN)
    )
    action = (
        sa.select(ACTION.c.kind)
        .where(ACTION.c.unit_id == UNIT.c.id, settling)
        .limit(1)
        .correlate(UNIT)
        .scalar_subquery()
    )
    marked = sa.select(UNIT.c.id, UNIT.c.pending, action).where(UNIT.c.pending.is_not(None))
    for unit_id, pending, kind in _some(conn, marked.where(sa.func.coalesce(action, "") != UNIT.c.pending)):
        if kind:
            sentence = say(
                "Unit {id} waits for {pending}, but the open decision is {kind}.",
                id=unit_id,
                pending=pending,
                kind=kind,
            )
        else:
            sentence = say(
                "Unit {id} waits for {pending}, but no decision on it is open.", id=unit_id, pending=pending
            )
        yield Finding("error", sentence, f"unit {unit_id}")
    unmarked = sa.select(ACTION.c.id, ACTION.c.unit_id).join(UNIT, UNIT.c.id == ACTION.c.unit_id)
    for action_id, unit_id in _some(conn, unmarked.where(settling, UNIT.c.pending.is_(None))):
        sentence = say(
            "Action {action_id} is open, but unit {unit_id} does not wait for it.",
            action_id=action_id,
            unit_id=unit_id,
        )
        yield Finding("error", sentence, f"vendor_action {action_id}")


def _journal(conn: Connection) -> Iterator[Finding]:
    verdict = journal.verify(conn)
    if not verdict.ok:
        yield Finding("error", verdict.sentence, f"journal {verdict.broken}")


def _submissions(conn: Connection) -> Iterator[Finding]:
    """What workers sent is as the journal has it."""
    event = sa.and_(EVENT.c.entity == "submission", EVENT.c.row_id == SUBMISSION.c.id)
    query = (
        sa.select(SUBMISSION.c.id, SUBMISSION.c.raw, SUBMISSION.c.answer, EVENT.c.new)
        .join(EVENT, event)
        .order_by(SUBMISSION.c.id)
    )
    bad = 0
    for row_id, raw, answer, kept in conn.execute(query):
        if changes.hash_of_submission(raw, answer) != kept and (bad := bad + 1) <= _NAMED:
            sentence = say(
                "Submission {row_id} was changed after it was stored: the journal has another one.",
                row_id=row_id,
            )
            yield Finding("error", sentence, f"submission {row_id}")


def _files(conn: Connection, db: Database) -> Iterator[Finding]:
    for run_id, folder in conn.execute(sa.select(RUN.c.id, RUN.c.folder).where(RUN.c.folder != "")):
        if not (db.folder / folder).is_dir():
            yield Finding(
                "error",
                say("The files of run {run_id} are gone: {folder} is missing.", run_id=run_id, folder=folder),
                folder,
            )


# ------------------------------------------------------------------------------------------- totals


def _totals(conn: Connection) -> Iterator[Finding]:
    for table, counted in _counted(conn).items():
        keys, sums = _COUNTS[table.name]
        columns = [table.c[name] for name in (*keys, *sums)]
        kept = {
            tuple(row[: len(keys)]): tuple(int(v) for v in row[len(keys) :])
            for row in conn.execute(sa.select(*columns))
        }
        for key in sorted({*kept, *counted}, key=repr):
            zero = (0,) * len(sums)
            was, is_now = kept.get(key, zero), counted.get(key, zero)
            if was != is_now:
                place = ", ".join(f"{name} {value}" for name, value in zip(keys, key, strict=True))
                sentence = say(
                    "The total of {place} is kept as {kept}, counted {counted}.",
                    place=place,
                    kept=_said(sums, was),
                    counted=_said(sums, is_now),
                )
                yield Finding("warning", sentence, f"{table.name} {place}")
    yield from _worker_counters(conn)


#: Kept sums: table -> (its key columns, its sum columns).
_COUNTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "run_total": (("task_run_id", "unit_kind", "status"), ("units", "pay_minor", "fee_minor")),
    "action_total": (
        ("requester_id", "task_run_id", "kind", "state"),
        ("actions", "amount_minor", "fee_minor"),
    ),
    "agent_total": (("task_run_id", "status"), ("agents",)),
}


def _counted(conn: Connection) -> dict[sa.Table, dict[tuple[Any, ...], tuple[int, ...]]]:
    """What the sums should be."""
    kind = sa.case(
        (UNIT.c.unit_index >= 0, "standard"),
        (UNIT.c.unit_index == -1, "screening"),
        (UNIT.c.unit_index == -2, "gold"),
        else_="compensation",
    )
    run = sa.func.coalesce(ACTION.c.task_run_id, 0)
    queries = {
        RUN_TOTAL: (
            (UNIT.c.task_run_id, kind, UNIT.c.status),
            (sa.func.count(), sa.func.sum(UNIT.c.pay_minor), sa.func.sum(UNIT.c.fee_minor)),
        ),
        ACTION_TOTAL: (
            (ACTION.c.requester_id, run, ACTION.c.kind, ACTION.c.state),
            (sa.func.count(), sa.func.sum(ACTION.c.amount_minor), sa.func.sum(ACTION.c.fee_minor)),
        ),
        AGENT_TOTAL: ((AGENT.c.task_run_id, AGENT.c.status), (sa.func.count(),)),
    }
    out = {}
    for table, (keys, sums) in queries.items():
        named = [key.label(f"k{i}") for i, key in enumerate(keys)]
        inner = sa.select(*named, *sums).group_by(*(sa.literal_column(f"k{i}") for i in range(len(keys))))
        out[table] = {
            tuple(row[: len(keys)]): tuple(int(v) for v in row[len(keys) :]) for row in conn.execute(inner)
        }
    return out


def _worker_counters(conn: Connection) -> Iterator[Finding]:
    for row, counted in _wrong_workers(conn):
        names = tuple(n for n in counted if getattr(row, n) != counted[n])
        kept = _said(names, tuple(getattr(row, n) for n in names))
        right = _said(names, tuple(counted[n] for n in names))
        sentence = say(
            "The counts of worker {id} are kept as {kept}, counted {right}.",
            id=row.id,
            kept=kept,
            right=right,
        )
        yield Finding("warning", sentence, f"worker {row.id}")


def _wrong_workers(conn: Connection) -> Iterator[tuple[Any, dict[str, int]]]:
    sums = [
        sa.func.sum(sa.case((UNIT.c.status == status, 1), else_=0)).label(n)
        for n, status in _COUNTERS.items()
    ]
    query = sa.select(UNIT.c.worker_id, sa.func.count().label("units"), *sums)
    query = query.where(UNIT.c.worker_id.is_not(None)).group_by(UNIT.c.worker_id)
    counts = {
        row.worker_id: {n: int(getattr(row, n)) for n in ("units", *_COUNTERS)} for row in conn.execute(query)
    }
    nothing = dict.fromkeys(("units", *_COUNTERS), 0)
    for row in conn.execute(sa.select(WORKER).order_by(WORKER.c.id)):
        counted = counts.get(row.id, nothing)
        if any(getattr(row, n) != counted[n] for n in counted):
            yield row, counted


def _recount(w: Write) -> None:
    for table, counted in _counted(w.conn).items():
        keys, sums = _COUNTS[table.name]
        w.conn.execute(sa.delete(table))
        model = {"run_total": t.RunTotal, "action_total": t.ActionTotal, "agent_total": t.AgentTotal}[
            table.name
        ]
        w.insert(
            model,
            [dict(zip((*keys, *sums), (*key, *values), strict=True)) for key, values in counted.items()],
        )
    w.update_each(t.Worker, [{"id": row.id, **counted} for row, counted in _wrong_workers(w.conn)])


# ------------------------------------------------------------------------------------------- words


def _some(conn: Connection, query: Any) -> Iterator[Any]:
    yield from conn.execute(query.limit(_NAMED))


def _readable(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


_ROWS: Mapping[str, str] = {
    "unit": mark("unit {id}"),
    "assignment": mark("assignment {id}"),
    "agent": mark("agent {id}"),
    "worker": mark("worker {id}"),
    "submission": mark("submission {id}"),
    "task_run": mark("run {id}"),
    "requester": mark("requester {id}"),
    "task": mark("task {id}"),
    "vendor_action": mark("action {id}"),
    "identity": mark("identity {id}"),
    "second_look": mark("second look {id}"),
    "appeal": mark("appeal {id}"),
}


def _row(table: str, row_id: object, *, first: bool = False) -> str:
    """A row as people name it; `first`: a sentence begins with it."""
    words = say(_ROWS[table], id=row_id)
    return words[:1].upper() + words[1:] if first else words


def _said(names: tuple[str, ...], values: tuple[int, ...]) -> str:
    return ", ".join(f"{name} {value}" for name, value in zip(names, values, strict=True))
