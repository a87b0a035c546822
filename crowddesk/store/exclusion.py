"""Who is kept out of a run: people of earlier runs, with a tag, by name; each with all their accounts.

A run file's `task.exclude` names runs by number, title or task, and workers by name or by `vendor:name`.
`read_terms` turns that into rows; what is asked afterwards is always about now, so a tag that is put on
somebody later counts from then on.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import BadInput
from crowddesk.language import say
from crowddesk.store import identities, remarks
from crowddesk.store import tables as t
from crowddesk.store.transaction import chunks

_WORKER: sa.Table = t.Worker.__table__  # type: ignore[attr-defined]
_AGENT: sa.Table = t.Agent.__table__  # type: ignore[attr-defined]
_UNIT: sa.Table = t.Unit.__table__  # type: ignore[attr-defined]
_RUN: sa.Table = t.TaskRun.__table__  # type: ignore[attr-defined]
_TASK: sa.Table = t.Task.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Terms:
    """Runs and workers by their ids, and tags; without any of them nobody is kept out."""

    runs: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    workers: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.runs or self.tags or self.workers)


@dataclass(frozen=True, slots=True)
class KeptOut:
    """How many people and accounts the terms mean at this moment, and at which vendors the accounts are."""

    people: int
    accounts: int
    by_vendor: Mapping[str, int]


def read_terms(
    conn: Connection,
    exclude: Any,
    *,
    run_id: int | None = None,
    strict: bool = True,
) -> Terms:
    """The terms of a run file's `task.exclude` (None: there are none); `run_id` is the run itself.

    Raises BadInput, a fault a line, for runs and workers that are not there and for names that two workers
    have; with `strict` off these are left out.
    """
    if exclude is None:
        return Terms()
    faults: list[str] = []
    runs = _runs(conn, [str(name) for name in exclude.get("runs") or ()], faults)
    workers = _workers(conn, [str(name) for name in exclude.get("workers") or ()], faults)
    tags = []
    for number, word in enumerate(exclude.get("tags") or ()):
        try:
            tags.append(remarks.read_word(str(word)))
        except BadInput as error:
            faults.append(f"task.exclude.tags.{number}: {error}")
    if faults and strict:
        raise BadInput("\n".join(faults))
    return Terms(tuple(i for i in runs if i != run_id), tuple(dict.fromkeys(tags)), tuple(workers))


def pinned(conn: Connection, exclude: Any) -> dict[str, list[str]]:
    """The same terms with numbers for runs and `vendor:name` for workers, which mean the same for ever."""
    terms = read_terms(conn, exclude)
    names = [f"{row.provider_type}:{row.worker_name}" for row in _rows(conn, terms.workers)]
    return {"runs": [str(i) for i in terms.runs], "tags": list(terms.tags), "workers": names}


def kept_out(conn: Connection, terms: Terms) -> set[int]:
    """Every account that may not come in now: those the terms mean, and all others of the same people."""
    found = set(terms.workers)
    if terms.tags:
        found |= remarks.tagged(conn, "worker", terms.tags)
    for some in chunks(terms.runs):
        for table in (_AGENT, _UNIT):
            query = sa.select(table.c.worker_id).where(table.c.task_run_id.in_(some)).distinct()
            found.update(worker for worker in conn.execute(query).scalars() if worker is not None)
    return identities.accounts_of(conn, found)


def is_kept_out(conn: Connection, terms: Terms, worker_id: int) -> bool:
    """The same for one account, without reading everybody's."""
    if not terms:
        return False
    mine = identities.accounts_of(conn, [worker_id])
    if mine & set(terms.workers):
        return True
    if terms.tags and any(
        set(words) & set(terms.tags) for words in remarks.tags_of(conn, "worker", mine).values()
    ):
        return True
    for table in (_AGENT, _UNIT):
        there = sa.select(sa.literal(1)).where(
            table.c.worker_id.in_(mine), table.c.task_run_id.in_(terms.runs)
        )
        if terms.runs and conn.execute(there.limit(1)).first():
            return True
    return False


def count(conn: Connection, terms: Terms) -> KeptOut:
    """How many the terms keep out now: for whoever launches."""
    accounts = kept_out(conn, terms)
    by_vendor: dict[str, int] = {}
    for row in _rows(conn, accounts):
        by_vendor[row.provider_type] = by_vendor.get(row.provider_type, 0) + 1
    return KeptOut(identities.count_people(conn, accounts), sum(by_vendor.values()), by_vendor)


def kept_out_at(conn: Connection, exclude: Any, run_id: int, provider_type: str) -> list[int] | None:
    """The accounts at one vendor that a run's `task.exclude` means now; None where it excludes nobody.

    Raises BadInput as `read_terms`.
    """
    terms = read_terms(conn, exclude, run_id=run_id)
    if not terms:
        return None
    return [row.id for row in _rows(conn, kept_out(conn, terms)) if row.provider_type == provider_type]


# --------------------------------------------------------------------------------------------- inside


def _runs(conn: Connection, names: Sequence[str], faults: list[str]) -> list[int]:
    found: dict[int, None] = {}
    for number, name in enumerate(names):
        ids: list[int] = []
        if name.isascii() and name.isdigit() and len(name) < 19:
            ids = list(conn.execute(sa.select(_RUN.c.id).where(_RUN.c.id == int(name))).scalars())
        if not ids:
            query = sa.select(_RUN.c.id).join(_TASK, _TASK.c.id == _RUN.c.task_id)
            query = query.where(sa.or_(_RUN.c.title == name, _TASK.c.task_name == name))
            ids = list(conn.execute(query).scalars())
        if not ids:
            titles = list(conn.execute(sa.select(_RUN.c.title).distinct().limit(1_000)).scalars())
            near = _near(name, titles)
            faults.append(
                say(
                    "task.exclude.runs.{number}: there is no run {name!r}.{near}",
                    number=number,
                    name=name,
                    near=near,
                )
            )
        found.update(dict.fromkeys(ids))
    return list(found)


def _workers(conn: Connection, names: Sequence[str], faults: list[str]) -> list[int]:
    found: dict[int, None] = {}
    columns = (_WORKER.c.id, _WORKER.c.provider_type)
    for number, name in enumerate(names):
        place = f"task.exclude.workers.{number}"
        rows = conn.execute(sa.select(*columns).where(_WORKER.c.worker_name == name)).all()
        vendor, colon, rest = name.partition(":")
        if not rows and colon:
            here = (_WORKER.c.worker_name == rest, _WORKER.c.provider_type == vendor)
            rows = conn.execute(sa.select(*columns).where(*here)).all()
        if not rows:
            known = list(conn.execute(sa.select(_WORKER.c.worker_name).limit(2_000)).scalars())
            faults.append(
                say(
                    "{place}: nobody here is called {name!r}.{near}",
                    place=place,
                    name=name,
                    near=_near(name, known),
                )
            )
        elif len(rows) > 1:
            ways = say(" or ").join(f"{row.provider_type}:{name}" for row in rows)
            faults.append(
                say(
                    "{place}: {count} workers are called {name!r}. Write {ways}.",
                    place=place,
                    count=len(rows),
                    name=name,
                    ways=ways,
                )
            )
        else:
            found[rows[0].id] = None
    return list(found)


def _near(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return " " + say("Did you mean {near!r}?", near=near[0]) if near else ""


def _rows(conn: Connection, workers: Iterable[int]) -> list[Any]:
    columns = (_WORKER.c.id, _WORKER.c.worker_name, _WORKER.c.provider_type)
    rows: list[Any] = []
    for some in chunks(sorted(set(workers))):
        rows += conn.execute(sa.select(*columns).where(_WORKER.c.id.in_(some)).order_by(_WORKER.c.id))
    return rows
