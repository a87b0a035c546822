"""What scorecards and hints ask: a person's runs, rejections and objections; everybody's names and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionKind, ActionState
from crowddesk.store import tables as t
from crowddesk.store.queries.conditions import ACTION, AGENT, RUN, SUBMISSION, UNIT, WORKER

_APPEAL: sa.Table = t.Appeal.__table__  # type: ignore[attr-defined]


class PersonRun(NamedTuple):
    """A run that somebody has worked in."""

    id: int
    title: str
    currency: str


class NamedWorker(NamedTuple):
    """A worker by name; `identity_id` None: they stand for themselves."""

    id: int
    worker_name: str
    provider_type: str
    identity_id: int | None


class Account(NamedTuple):
    """A worker; `person` is the first account of the person behind it: itself where it stands for itself."""

    id: int
    worker_name: str
    person: int


def workers_of_run(run_id: int) -> sa.CompoundSelect[Any]:
    """The ids of everybody who has a unit of a run, or had one and left it."""
    return sa.union(
        sa.select(UNIT.c.worker_id).where(UNIT.c.task_run_id == run_id),
        sa.select(AGENT.c.worker_id).where(AGENT.c.task_run_id == run_id),
    )


def accounts_of_run(conn: Connection, run_id: int) -> list[Account]:
    """The `workers_of_run`, by id."""
    first = (
        sa.select(WORKER.c.identity_id, sa.func.min(WORKER.c.id).label("id"))
        .where(WORKER.c.identity_id.is_not(None))
        .group_by(WORKER.c.identity_id)
        .subquery()
    )
    query = (
        sa.select(WORKER.c.id, WORKER.c.worker_name, sa.func.coalesce(first.c.id, WORKER.c.id))
        .outerjoin(first, first.c.identity_id == WORKER.c.identity_id)
        .where(WORKER.c.id.in_(workers_of_run(run_id)))
        .order_by(WORKER.c.id)
    )
    return [Account(*row) for row in conn.execute(query)]


def runs_of_person(conn: Connection, accounts: Sequence[int]) -> list[PersonRun]:
    """The runs of all these accounts, the newest first."""
    ids = sa.select(UNIT.c.task_run_id).where(UNIT.c.worker_id.in_(accounts)).distinct()
    query = sa.select(RUN.c.id, RUN.c.title, RUN.c.currency).where(RUN.c.id.in_(ids))
    return [PersonRun(*row) for row in conn.execute(query.order_by(RUN.c.id.desc()))]


def rejections_taken_back(conn: Connection, accounts: Sequence[int]) -> int:
    """How many rejections of these accounts were taken back at their vendors."""
    query = sa.select(sa.func.count()).where(
        ACTION.c.worker_id.in_(accounts),
        ACTION.c.kind == ActionKind.UNREJECT,
        ACTION.c.state == ActionState.DONE,
    )
    return int(conn.execute(query).scalar_one())


def appeals_of(conn: Connection, accounts: Sequence[int]) -> list[tuple[str, int]]:
    """State -> how many objections of these accounts are so."""
    count = sa.func.count()
    query = sa.select(_APPEAL.c.state, count).where(_APPEAL.c.worker_id.in_(accounts))
    query = query.group_by(_APPEAL.c.state).order_by(_APPEAL.c.state)
    return [(state, int(number)) for state, number in conn.execute(query)]


def all_names(conn: Connection) -> Iterator[NamedWorker]:
    """Every worker, in the order of their ids."""
    columns = (WORKER.c.id, WORKER.c.worker_name, WORKER.c.provider_type, WORKER.c.identity_id)
    return (NamedWorker(*row) for row in conn.execute(sa.select(*columns).order_by(WORKER.c.id)))


def newest_answers(conn: Connection, *, longer_than: int, most: int) -> Iterator[tuple[int, str]]:
    """(worker, answer as JSON) of the newest answers that are longer than so many characters."""
    query = (
        sa.select(UNIT.c.worker_id, SUBMISSION.c.answer)
        .select_from(sa.join(SUBMISSION, UNIT, UNIT.c.submission_id == SUBMISSION.c.id))
        .where(UNIT.c.worker_id.is_not(None), sa.func.length(SUBMISSION.c.answer) > longer_than)
        .order_by(SUBMISSION.c.id.desc())
        .limit(most)
    )
    return ((row[0], row[1]) for row in conn.execute(query))
