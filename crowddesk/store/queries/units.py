"""The list of units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.store.queries.conditions import (
    AGENT,
    AGENT_TOTAL,
    APPEAL,
    ASSIGNMENT,
    RUN,
    RUN_TOTAL,
    SUBMISSION,
    UNIT,
    WORKER,
    compared,
    contains,
    due,
    duration,
    ids_of,
    linked,
    named,
    noted,
    number,
    of_identity,
    runs_of,
    tagged,
    time,
)  # fmt: skip
from crowddesk.store.queries.listing import FEW, Filter, Listing, Scope, Sort, equals, tested
from crowddesk.store.queries.rows import UnitRow
from crowddesk.store.remarks import FLAGGED, tags_of
from crowddesk.store.search import Search, Term

_INDEX_OF_KIND = {"screening": -1, "gold": -2, "compensation": -3}

_ROW = (
    sa.select(
        UNIT.c.id, UNIT.c.task_run_id, sa.func.coalesce(RUN.c.title, ""), UNIT.c.assignment_id,
        sa.func.coalesce(ASSIGNMENT.c.item_key, ""), UNIT.c.unit_index, UNIT.c.status, UNIT.c.vendor_status,
        UNIT.c.dataset_status, UNIT.c.pending, UNIT.c.agent_id, AGENT.c.status, UNIT.c.worker_id,
        WORKER.c.worker_name, UNIT.c.provider_type, UNIT.c.sandbox, UNIT.c.requester_id, UNIT.c.pay_minor,
        UNIT.c.fee_minor, UNIT.c.currency, UNIT.c.seconds, UNIT.c.launched_at, UNIT.c.submitted_at,
        sa.func.coalesce(ASSIGNMENT.c.data, "{}"), SUBMISSION.c.answer, SUBMISSION.c.active_seconds,
        SUBMISSION.c.pasted, UNIT.c.decide_by,
    )
    .select_from(UNIT)
    .outerjoin(ASSIGNMENT, ASSIGNMENT.c.id == UNIT.c.assignment_id)
    .outerjoin(RUN, RUN.c.id == UNIT.c.task_run_id)
    .outerjoin(AGENT, AGENT.c.id == UNIT.c.agent_id)
    .outerjoin(WORKER, WORKER.c.id == UNIT.c.worker_id)
    .outerjoin(SUBMISSION, SUBMISSION.c.id == UNIT.c.submission_id)
)  # fmt: skip


class Units(Listing[UnitRow]):
    """Units by id, status, worker (in the order these first came), time submitted, seconds worked, deadline.

    The vendor's deadline is `due`: those that have one come first, both ways round.
    """

    noun = "units"
    table = UNIT
    sorts: ClassVar[Mapping[str, sa.Column[Any]]] = {
        "id": UNIT.c.id,
        "status": UNIT.c.status,
        "worker": UNIT.c.worker_id,
        "submitted": UNIT.c.submitted_at,
        "seconds": UNIT.c.seconds,
        "due": UNIT.c.decide_by,
    }
    default_sort = Sort("id")
    run_column = UNIT.c.task_run_id
    exclusive = frozenset({"status", "data", "kind"})

    def _read_rows(self, conn: Connection, ids: Sequence[int]) -> Iterable[UnitRow]:
        tags = tags_of(conn, "unit", ids)
        for row in conn.execute(_ROW.where(UNIT.c.id.in_(ids))):
            whole: list[Any] = [*row, tags.get(row[0], ())]
            yield UnitRow(*whole)

    def _scope(self, conn: Connection, scope: Scope) -> list[Filter]:
        out = []
        if scope.run_id is not None:
            out.append(equals(UNIT.c.task_run_id, [scope.run_id]))
        if scope.requester_id is not None:
            runs = ids_of(conn, RUN.c.id, RUN.c.requester_id == scope.requester_id)
            out.append(equals(UNIT.c.task_run_id, runs))
        if scope.worker_id is not None:
            out.append(equals(UNIT.c.worker_id, [scope.worker_id], with_run=True))
        if scope.unit_id is not None:
            out.append(equals(UNIT.c.id, [scope.unit_id]))
        return out

    def _term(self, conn: Connection, term: Term) -> Filter:
        match term.field:
            case "status":
                # The totals know how many at most, so that nothing needs to be counted.
                total = sa.select(sa.func.coalesce(sa.func.sum(RUN_TOTAL.c.units), 0))
                known = conn.execute(total.where(RUN_TOTAL.c.status.in_(term.values))).scalar_one()
                return replace(equals(UNIT.c.status, term.values, with_run=True), size=int(known))
            case "agent":
                return self._agent(conn, term)
            case "vendor":
                return equals(UNIT.c.vendor_status, term.values)
            case "data":
                return equals(UNIT.c.dataset_status, term.values)
            case "worker":
                condition = named(WORKER.c.worker_name, term.values)
                return linked(conn, UNIT.c.worker_id, WORKER.c.id, condition, with_run=True)
            case "item":
                condition = named(ASSIGNMENT.c.item_key, term.values)
                return linked(conn, UNIT.c.assignment_id, ASSIGNMENT.c.id, condition)
            case "run":
                if term.op == "=":
                    return equals(UNIT.c.task_run_id, term.values)
                runs = ids_of(conn, RUN.c.id, compared(RUN.c.id, term.op, term.values[0]))
                return equals(UNIT.c.task_run_id, runs)
            case "requester" | "reward":
                return equals(UNIT.c.task_run_id, runs_of(conn, term))
            case "provider":
                runs = ids_of(conn, RUN.c.id, named(RUN.c.provider_type, term.values))
                return equals(UNIT.c.task_run_id, runs)
            case "unit":
                return number(UNIT.c.id, term, leads=True)
            case "kind":
                return _kind(term)
            case "pending":
                return _pending(term)
            case "time":
                return duration(UNIT.c.seconds, term, leads=True, with_run=True)
            case "submitted":
                return time(UNIT.c.submitted_at, term, leads=True, with_run=True)
            case "due":
                return due(UNIT.c.decide_by, term, leads=True, with_run=True)
            case "appeal":
                return linked(conn, UNIT.c.id, APPEAL.c.unit_id, APPEAL.c.state.in_(term.values))
            case "identity":
                workers = of_identity(term.values)
                return Filter(lambda wrap: wrap(UNIT.c.worker_id).in_(workers), True, UNIT.c.worker_id)
            case "tag":
                return tagged("unit", UNIT.c.id, term.values)
            case "flagged":
                flagged = tagged("unit", UNIT.c.id, [FLAGGED])
                if set(term.values) == {True}:
                    return flagged
                plain = sa.not_(flagged.clause(lambda column: column))
                return tested(plain if set(term.values) == {False} else sa.true())
            case "note":
                return noted(conn, "unit", UNIT.c.id, term.values)
        return self._word(conn, str(term.values[0]))

    def _agent(self, conn: Connection, term: Term) -> Filter:
        """The status of the agent that the unit has now; the units of few such agents are looked up."""
        total = sa.select(sa.func.coalesce(sa.func.sum(AGENT_TOTAL.c.agents), 0))
        known = conn.execute(total.where(AGENT_TOTAL.c.status.in_(term.values))).scalar_one()
        of_status = AGENT.c.status.in_(term.values)
        if known > FEW:
            mine = sa.select(sa.literal(1)).select_from(AGENT).where(AGENT.c.id == UNIT.c.agent_id, of_status)
            return tested(mine.correlate(UNIT).exists())
        units, agents = (sa.select(column).where(of_status) for column in (AGENT.c.unit_id, AGENT.c.id))
        return Filter(
            lambda wrap: sa.and_(wrap(UNIT.c.id).in_(units), UNIT.c.agent_id.in_(agents)),
            True, UNIT.c.id, size=known,
        )  # fmt: skip

    def _word(self, conn: Connection, word: str) -> Filter:
        """In the item's data, the answer's text or the worker's name."""
        items = sa.select(ASSIGNMENT.c.id).where(contains(conn, ASSIGNMENT.c.data, word, is_json=True))
        workers = sa.select(WORKER.c.id).where(contains(conn, WORKER.c.worker_name, word))
        answer = sa.and_(
            SUBMISSION.c.id == UNIT.c.submission_id, contains(conn, SUBMISSION.c.answer, word, is_json=True)
        )
        answers = sa.select(sa.literal(1)).select_from(SUBMISSION).where(answer).correlate(UNIT)
        return Filter(
            lambda wrap: sa.or_(
                wrap(UNIT.c.assignment_id).in_(items), wrap(UNIT.c.worker_id).in_(workers), answers.exists()
            )
        )

    def _count_from_totals(self, conn: Connection, search: Search, scope: Scope) -> int | None:
        total = sa.select(sa.func.coalesce(sa.func.sum(RUN_TOTAL.c.units), 0))
        columns = {
            "status": RUN_TOTAL.c.status,
            "run": RUN_TOTAL.c.task_run_id,
            "kind": RUN_TOTAL.c.unit_kind,
        }
        if scope.worker_id is not None or scope.unit_id is not None:
            return None
        if scope.run_id is not None:
            total = total.where(RUN_TOTAL.c.task_run_id == scope.run_id)
        if scope.requester_id is not None:
            runs = sa.select(RUN.c.id).where(RUN.c.requester_id == scope.requester_id)
            total = total.where(RUN_TOTAL.c.task_run_id.in_(runs))
        for term in search.terms:
            if term.field not in columns or term.op != "=":
                return None
            chosen = columns[term.field].in_(term.values)
            total = total.where(sa.not_(chosen) if term.negated else chosen)
        return int(conn.execute(total).scalar_one())


def _kind(term: Term) -> Filter:
    indexes = [_INDEX_OF_KIND[str(v)] for v in term.values if v != "standard"]
    if "standard" not in term.values:
        # "< 0" in so many words lets the partial index serve it.
        special = equals(UNIT.c.unit_index, indexes)
        return Filter(
            lambda wrap: sa.and_(special.clause(wrap), wrap(UNIT.c.unit_index) < sa.literal_column("0")),
            True, UNIT.c.unit_index,
        )  # fmt: skip
    return tested(sa.or_(UNIT.c.unit_index >= 0, UNIT.c.unit_index.in_(indexes)))


def _pending(term: Term) -> Filter:
    kinds = [v for v in term.values if v != "none"]
    if "none" not in term.values:
        return equals(UNIT.c.pending, kinds)
    return tested(sa.or_(UNIT.c.pending.is_(None), UNIT.c.pending.in_(kinds)))


UNITS = Units()
