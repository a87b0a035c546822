"""The list of workers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from crowddesk.domain import ActionKind, ActionState
from crowddesk.store.queries.conditions import (
    ACTION,
    BLOCK,
    GRANTED,
    IDENTITY,
    NOTE,
    QUALIFICATION,
    REQUESTER,
    RUN,
    UNIT,
    WORKER,
    contains,
    named,
    noted,
    number,
    of_identity,
    tagged,
    time,
)  # fmt: skip
from crowddesk.store.queries.listing import Filter, Listing, Scope, Sort, equals, tested
from crowddesk.store.queries.rows import WorkerRow
from crowddesk.store.remarks import tags_of
from crowddesk.store.search import Term


class Workers(Listing[WorkerRow]):
    """Workers by id, name, counts of their units or the time they were last seen."""

    noun = "workers"
    table = WORKER
    sorts: ClassVar[Mapping[str, sa.Column[Any]]] = {
        "id": WORKER.c.id,
        "name": WORKER.c.worker_name,
        "units": WORKER.c.units,
        "accepted": WORKER.c.accepted,
        "soft_rejected": WORKER.c.soft_rejected,
        "rejected": WORKER.c.rejected,
        "seen": WORKER.c.last_seen_at,
    }
    default_sort = Sort("id")

    def _read_rows(self, conn: Connection, ids: Sequence[int]) -> Iterable[WorkerRow]:
        held: dict[int, list[tuple[str, int]]] = defaultdict(list)
        query = sa.select(GRANTED.c.worker_id, QUALIFICATION.c.qualification_name, GRANTED.c.value)
        query = query.join(QUALIFICATION, QUALIFICATION.c.id == GRANTED.c.qualification_id)
        for worker_id, name, value in conn.execute(query.where(GRANTED.c.worker_id.in_(ids))):
            held[worker_id].append((name, value))
        blocked = set(conn.execute(sa.select(BLOCK.c.worker_id).where(BLOCK.c.worker_id.in_(ids))).scalars())
        paid: dict[int, list[tuple[str, int]]] = defaultdict(list)
        bonuses = (
            sa.select(ACTION.c.worker_id, ACTION.c.currency, sa.func.sum(ACTION.c.amount_minor))
            .where(ACTION.c.worker_id.in_(ids), _bonus_done())
            .group_by(ACTION.c.worker_id, ACTION.c.currency)
        )
        for worker_id, currency, amount in conn.execute(bonuses):
            paid[worker_id].append((currency, int(amount)))
        live = set(
            conn.execute(
                sa.select(REQUESTER.c.provider_type).where(REQUESTER.c.sandbox.is_(False)).distinct()
            ).scalars()
        )
        rows = conn.execute(sa.select(WORKER).where(WORKER.c.id.in_(ids))).all()
        people = _people(conn, {row.identity_id for row in rows if row.identity_id is not None})
        tags = tags_of(conn, "worker", ids)
        noted_on = sa.select(NOTE.c.row_id, sa.func.count()).where(NOTE.c.noun == "worker")
        noted_on = noted_on.where(NOTE.c.row_id.in_(ids)).group_by(NOTE.c.row_id)
        notes: dict[int, int] = {row[0]: row[1] for row in conn.execute(noted_on)}
        for row in rows:
            person, accounts = people.get(row.identity_id, ("", 1))
            yield WorkerRow(
                row.id, row.worker_name, row.provider_type, row.provider_type not in live, row.units,
                row.completed, row.accepted, row.soft_rejected, row.rejected, row.created_at,
                row.last_seen_at, row.id in blocked, tuple(sorted(held[row.id])),
                tuple(sorted(paid[row.id])), row.identity_id, person, accounts, tags.get(row.id, ()),
                notes.get(row.id, 0),
            )  # fmt: skip

    def _scope(self, conn: Connection, scope: Scope) -> list[Filter]:
        if scope.unit_id is not None:
            return super()._scope(conn, scope)
        out = []
        if scope.run_id is not None:
            out.append(tested(_worked(UNIT.c.task_run_id == scope.run_id)))
        if scope.requester_id is not None:
            runs = sa.select(RUN.c.id).where(RUN.c.requester_id == scope.requester_id)
            out.append(tested(_worked(UNIT.c.task_run_id.in_(runs))))
        if scope.worker_id is not None:
            out.append(equals(WORKER.c.id, [scope.worker_id]))
        return out

    def _term(self, conn: Connection, term: Term) -> Filter:
        match term.field:
            case "worker":
                if any("*" in str(v) for v in term.values):
                    return tested(named(WORKER.c.worker_name, term.values))
                return equals(WORKER.c.worker_name, term.values)
            case "provider":
                return tested(named(WORKER.c.provider_type, term.values))
            case "units" | "accepted" | "soft_rejected" | "rejected":
                return number(WORKER.c[term.field], term, leads=True)
            case "completed":
                return number(WORKER.c.completed, term)
            case "blocked":
                blocks = sa.select(sa.literal(1)).select_from(BLOCK).where(BLOCK.c.worker_id == WORKER.c.id)
                exists = blocks.correlate(WORKER).exists()
                return tested(sa.or_(*(exists if v else sa.not_(exists) for v in term.values)))
            case "qualification":
                query = sa.select(GRANTED.c.worker_id).join(
                    QUALIFICATION, QUALIFICATION.c.id == GRANTED.c.qualification_id
                )
                names = query.where(named(QUALIFICATION.c.qualification_name, term.values))
                return Filter(lambda wrap: wrap(WORKER.c.id).in_(names), True, WORKER.c.id)
            case "seen":
                return time(WORKER.c.last_seen_at, term, leads=True)
            case "identity":
                people = of_identity(term.values)
                return Filter(lambda wrap: wrap(WORKER.c.id).in_(people), True, WORKER.c.id)
            case "tag":
                return tagged("worker", WORKER.c.id, term.values)
            case "note":
                return noted(conn, "worker", WORKER.c.id, term.values)
            case "run":
                if term.op != "=":
                    return tested(_worked(number(UNIT.c.task_run_id, term).clause(lambda column: column)))
                return tested(sa.or_(*(_worked(UNIT.c.task_run_id == v) for v in term.values)))
        return tested(contains(conn, WORKER.c.worker_name, str(term.values[0])))


def _people(conn: Connection, identities: Iterable[int]) -> dict[int, tuple[str, int]]:
    """Identity -> its label and how many accounts it has."""
    wanted = list(identities)
    query = (
        sa.select(IDENTITY.c.id, IDENTITY.c.label, sa.func.count())
        .join(WORKER, WORKER.c.identity_id == IDENTITY.c.id)
        .where(IDENTITY.c.id.in_(wanted))
        .group_by(IDENTITY.c.id, IDENTITY.c.label)
    )
    return {row[0]: (row[1], int(row[2])) for row in conn.execute(query)} if wanted else {}


def _bonus_done() -> ColumnElement[bool]:
    return sa.and_(ACTION.c.kind == ActionKind.BONUS, ACTION.c.state == ActionState.DONE)


def _worked(where: ColumnElement[bool]) -> ColumnElement[bool]:
    """The worker has a unit there: one look into an index for each worker."""
    unit = sa.select(sa.literal(1)).select_from(UNIT).where(UNIT.c.worker_id == WORKER.c.id, where)
    return unit.correlate(WORKER).exists()


WORKERS = Workers()
