"""The list of vendor actions: what was decided, what was sent, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.store.queries.conditions import (
    ACTION,
    ACTION_TOTAL,
    REQUESTER,
    RUN,
    WORKER,
    contains,
    ids_of,
    linked,
    named,
    number,
    of_money,
    time,
)  # fmt: skip
from crowddesk.store.queries.listing import Filter, Listing, Scope, Sort, equals, tested
from crowddesk.store.queries.rows import ActionRow
from crowddesk.store.search import Search, Term

_ROW = (
    sa.select(
        ACTION.c.id, ACTION.c.uuid, ACTION.c.requester_id, REQUESTER.c.requester_name,
        REQUESTER.c.provider_type, REQUESTER.c.sandbox, ACTION.c.task_run_id, RUN.c.title, ACTION.c.unit_id,
        ACTION.c.worker_id,
        WORKER.c.worker_name, ACTION.c.kind, ACTION.c.target_type, ACTION.c.target_id, ACTION.c.state,
        ACTION.c.outcome, ACTION.c.reason, ACTION.c.category, ACTION.c.amount_minor, ACTION.c.fee_minor,
        ACTION.c.currency, ACTION.c.attempt, ACTION.c.not_before, ACTION.c.started_at, ACTION.c.finished_at,
        ACTION.c.created_at, ACTION.c.created_by, ACTION.c.evidence,
        ACTION.c.payload,
    )
    .select_from(ACTION)
    .join(REQUESTER, REQUESTER.c.id == ACTION.c.requester_id)
    .outerjoin(RUN, RUN.c.id == ACTION.c.task_run_id)
    .outerjoin(WORKER, WORKER.c.id == ACTION.c.worker_id)
)  # fmt: skip


class Actions(Listing[ActionRow]):
    """Vendor actions, newest first, or by state or kind."""

    noun = "actions"
    table = ACTION
    sorts: ClassVar[Mapping[str, sa.Column[Any]]] = {
        "id": ACTION.c.id,
        "state": ACTION.c.state,
        "kind": ACTION.c.kind,
    }
    default_sort = Sort("id", descending=True)
    run_column = ACTION.c.task_run_id
    exclusive = frozenset({"status", "state", "kind"})

    def _read_rows(self, conn: Connection, ids: Sequence[int]) -> Iterable[ActionRow]:
        return (ActionRow(*tuple(row)) for row in conn.execute(_ROW.where(ACTION.c.id.in_(ids))))

    def _scope(self, conn: Connection, scope: Scope) -> list[Filter]:
        places = (
            (ACTION.c.task_run_id, scope.run_id),
            (ACTION.c.requester_id, scope.requester_id),
            (ACTION.c.worker_id, scope.worker_id),
            (ACTION.c.unit_id, scope.unit_id),
        )
        return [equals(column, [value]) for column, value in places if value is not None]

    def _term(self, conn: Connection, term: Term) -> Filter:
        match term.field:
            case "status" | "state":
                return equals(ACTION.c.state, term.values, with_run=True)
            case "kind":
                return equals(ACTION.c.kind, term.values)
            case "action":
                return number(ACTION.c.id, term, leads=True)
            case "run":
                return number(ACTION.c.task_run_id, term, leads=True)
            case "unit":
                return number(ACTION.c.unit_id, term, leads=True)
            case "worker":
                condition = named(WORKER.c.worker_name, term.values)
                return linked(conn, ACTION.c.worker_id, WORKER.c.id, condition)
            case "requester":
                accounts = ids_of(conn, REQUESTER.c.id, named(REQUESTER.c.requester_name, term.values))
                return equals(ACTION.c.requester_id, accounts, leads=False)
            case "provider":
                accounts = ids_of(conn, REQUESTER.c.id, named(REQUESTER.c.provider_type, term.values))
                return equals(ACTION.c.requester_id, accounts, leads=False)
            case "amount":
                return tested(of_money(conn, ACTION.c.amount_minor, ACTION.c.currency, term))
            case "created":
                return time(ACTION.c.created_at, term)
        word = str(term.values[0])
        workers = sa.select(WORKER.c.id).where(contains(conn, WORKER.c.worker_name, word))
        texts = [contains(conn, text, word) for text in (ACTION.c.reason, ACTION.c.outcome)]
        return Filter(lambda wrap: sa.or_(*texts, wrap(ACTION.c.worker_id).in_(workers)))

    def _count_from_totals(self, conn: Connection, search: Search, scope: Scope) -> int | None:
        total = sa.select(sa.func.coalesce(sa.func.sum(ACTION_TOTAL.c.actions), 0))
        columns = {"kind": ACTION_TOTAL.c.kind, "state": ACTION_TOTAL.c.state, "status": ACTION_TOTAL.c.state}
        if scope.worker_id is not None or scope.unit_id is not None:
            return None
        if scope.run_id is not None:
            total = total.where(ACTION_TOTAL.c.task_run_id == scope.run_id)
        if scope.requester_id is not None:
            total = total.where(ACTION_TOTAL.c.requester_id == scope.requester_id)
        for term in search.terms:
            if term.field not in columns or term.op != "=":
                return None
            chosen = columns[term.field].in_(term.values)
            total = total.where(sa.not_(chosen) if term.negated else chosen)
        return int(conn.execute(total).scalar_one())


ACTIONS = Actions()
