"""The lists of task runs and of requesters: small tables beside their totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionKind, ActionState, AssignmentState
from crowddesk.store.queries.conditions import (
    ACTION_TOTAL,
    GRANTED,
    QUALIFICATION,
    REQUESTER,
    RUN,
    RUN_TOTAL,
    TASK,
    contains,
    ids_of,
    linked,
    named,
    number,
    runs_of,
    time,
)  # fmt: skip
from crowddesk.store.queries.listing import Filter, Listing, Scope, Sort, equals, tested
from crowddesk.store.queries.rows import QualificationRow, RequesterRow, RunRow
from crowddesk.store.search import Term

_SPENT = frozenset({AssignmentState.ACCEPTED, AssignmentState.SOFT_REJECTED})

_RUN_ROW = (
    sa.select(
        RUN.c.id, RUN.c.task_id, TASK.c.task_name, RUN.c.task_type, RUN.c.title, RUN.c.state,
        RUN.c.state_note,
        RUN.c.requester_id, REQUESTER.c.requester_name, RUN.c.provider_type, RUN.c.sandbox, RUN.c.currency,
        RUN.c.reward_minor, RUN.c.fee_minor, RUN.c.budget_minor, RUN.c.units_expected, RUN.c.items_loaded,
        RUN.c.created_at, RUN.c.launched_at, RUN.c.closed_at,
    )
    .select_from(RUN)
    .join(TASK, TASK.c.id == RUN.c.task_id)
    .join(REQUESTER, REQUESTER.c.id == RUN.c.requester_id)
)  # fmt: skip


class Runs(Listing[RunRow]):
    """Task runs, newest first, or by title or state."""

    noun = "runs"
    table = RUN
    sorts: ClassVar[Mapping[str, sa.Column[Any]]] = {
        "id": RUN.c.id,
        "title": RUN.c.title,
        "state": RUN.c.state,
    }
    default_sort = Sort("id", descending=True)
    exclusive = frozenset({"status", "state"})

    def _read_rows(self, conn: Connection, ids: Sequence[int]) -> Iterable[RunRow]:
        units = _sums_by_run(conn, RUN_TOTAL, ids)
        actions = _sums_by_run(conn, ACTION_TOTAL, ids)
        for row in conn.execute(_RUN_ROW.where(RUN.c.id.in_(ids))):
            yield _run_row(tuple(row), units[row.id], actions[row.id])

    def _scope(self, conn: Connection, scope: Scope) -> list[Filter]:
        if scope.run_id is not None or scope.worker_id is not None or scope.unit_id is not None:
            return super()._scope(conn, scope)
        return [equals(RUN.c.requester_id, [scope.requester_id])] if scope.requester_id is not None else []

    def _term(self, conn: Connection, term: Term) -> Filter:
        match term.field:
            case "status" | "state":
                return equals(RUN.c.state, term.values)
            case "run":
                return number(RUN.c.id, term, leads=True)
            case "task":
                return linked(conn, RUN.c.task_id, TASK.c.id, named(TASK.c.task_name, term.values))
            case "requester" | "reward":
                return equals(RUN.c.id, runs_of(conn, term))
            case "provider":
                return tested(named(RUN.c.provider_type, term.values))
            case "created":
                return time(RUN.c.created_at, term)
        word = str(term.values[0])
        tasks = ids_of(conn, TASK.c.id, contains(conn, TASK.c.task_name, word))
        return tested(sa.or_(contains(conn, RUN.c.title, word), RUN.c.task_id.in_(tasks)))


def _sums_by_run(conn: Connection, table: sa.Table, ids: Sequence[int]) -> dict[int, list[Any]]:
    out: dict[int, list[Any]] = defaultdict(list)
    for row in conn.execute(sa.select(table).where(table.c.task_run_id.in_(ids))):
        out[row.task_run_id].append(row)
    return out


def _run_row(columns: tuple[Any, ...], units: Sequence[Any], actions: Sequence[Any]) -> RunRow:
    counts: dict[str, int] = defaultdict(int)
    spend = accepted = bonus = bonus_open = staged = staged_minor = needs_you = 0
    for row in units:
        if row.units:
            counts[row.status] += row.units
        money = row.pay_minor + row.fee_minor
        spend += money if row.status in AssignmentState.payable() else 0
        accepted += money if row.status in _SPENT else 0
    for row in actions:
        money = row.amount_minor + row.fee_minor
        if row.kind == ActionKind.BONUS:
            bonus += money if row.state == ActionState.DONE else 0
            bonus_open += money if row.state in ActionState.OPEN else 0
        if row.state == ActionState.STAGED:
            staged += row.actions
            staged_minor += money
        if row.state == ActionState.NEEDS_YOU:
            needs_you += row.actions
    totals: tuple[Any, ...] = (
        dict(counts), spend, accepted, spend - accepted, bonus, bonus_open, staged, staged_minor, needs_you,
    )  # fmt: skip
    return RunRow(*columns, *totals)


class Requesters(Listing[RequesterRow]):
    """Accounts at vendors, by id or name."""

    noun = "requesters"
    table = REQUESTER
    sorts: ClassVar[Mapping[str, sa.Column[Any]]] = {"id": REQUESTER.c.id, "name": REQUESTER.c.requester_name}
    default_sort = Sort("id")

    def _read_rows(self, conn: Connection, ids: Sequence[int]) -> Iterable[RequesterRow]:
        count = sa.select(RUN.c.requester_id, sa.func.count()).group_by(RUN.c.requester_id)
        runs = {row[0]: row[1] for row in conn.execute(count.where(RUN.c.requester_id.in_(ids)))}
        spends = {
            row[0]: int(row[1]) for row in conn.execute(spend_query().where(RUN.c.requester_id.in_(ids)))
        }
        actions: dict[int, list[Any]] = defaultdict(list)
        for row in conn.execute(sa.select(ACTION_TOTAL).where(ACTION_TOTAL.c.requester_id.in_(ids))):
            actions[row.requester_id].append(row)
        for row in conn.execute(sa.select(REQUESTER).where(REQUESTER.c.id.in_(ids))):
            staged = [a for a in actions[row.id] if a.state == ActionState.STAGED]
            yield RequesterRow(
                row.id, row.requester_name, row.provider_type, row.sandbox, row.registered, row.currency,
                row.epoch, row.created_at, runs.get(row.id, 0), spends.get(row.id, 0),
                open_actions=sum(a.actions for a in actions[row.id] if a.state in ActionState.OPEN),
                staged_actions=sum(a.actions for a in staged),
                staged_minor=sum(a.amount_minor + a.fee_minor for a in staged),
            )  # fmt: skip

    def _term(self, conn: Connection, term: Term) -> Filter:
        match term.field:
            case "requester":
                return tested(named(REQUESTER.c.requester_name, term.values))
            case "provider":
                return tested(named(REQUESTER.c.provider_type, term.values))
        return tested(contains(conn, REQUESTER.c.requester_name, str(term.values[0])))


def spend_query() -> sa.Select[Any]:
    """Requester, and what its payable units cost with fees, from the totals."""
    money = sa.func.sum(RUN_TOTAL.c.pay_minor + RUN_TOTAL.c.fee_minor)
    return (
        sa.select(RUN.c.requester_id, money)
        .select_from(RUN_TOTAL)
        .join(RUN, RUN.c.id == RUN_TOTAL.c.task_run_id)
        .where(RUN_TOTAL.c.status.in_(AssignmentState.payable()))
        .group_by(RUN.c.requester_id)
    )


class Qualifications(Listing[QualificationRow]):
    """Qualifications by id or name."""

    noun = "qualifications"
    table = QUALIFICATION
    sorts: ClassVar[Mapping[str, sa.Column[Any]]] = {
        "id": QUALIFICATION.c.id,
        "name": QUALIFICATION.c.qualification_name,
    }
    default_sort = Sort("name")

    def _read_rows(self, conn: Connection, ids: Sequence[int]) -> Iterable[QualificationRow]:
        granted = (
            sa.select(sa.func.count())
            .select_from(GRANTED)
            .where(GRANTED.c.qualification_id == QUALIFICATION.c.id)
            .scalar_subquery()
        )
        query = sa.select(
            QUALIFICATION.c.id, QUALIFICATION.c.qualification_name, QUALIFICATION.c.description,
            QUALIFICATION.c.created_at, granted,
        )  # fmt: skip
        return (
            QualificationRow(*tuple(row)) for row in conn.execute(query.where(QUALIFICATION.c.id.in_(ids)))
        )

    def _term(self, conn: Connection, term: Term) -> Filter:
        if term.field == "qualification":
            return tested(named(QUALIFICATION.c.qualification_name, term.values))
        word = str(term.values[0])
        texts = (QUALIFICATION.c.qualification_name, QUALIFICATION.c.description)
        return tested(sa.or_(*(contains(conn, text, word) for text in texts)))


RUNS = Runs()
REQUESTERS = Requesters()
QUALIFICATIONS = Qualifications()
