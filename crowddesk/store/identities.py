"""Identities: one person behind several vendor accounts. Joining and parting are events of the journal.

The events name identities and workers by number only: labels are people's names, and those stay outside the
hash. An identity has at least two accounts; one that has fewer is taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import BadInput, NotFound, storable
from crowddesk.language import say
from crowddesk.store import tables as t
from crowddesk.store.transaction import Write, chunks

#: Characters of a label.
MOST_LABEL: Final = 100

_WORKER: sa.Table = t.Worker.__table__  # type: ignore[attr-defined]
_IDENTITY: sa.Table = t.Identity.__table__  # type: ignore[attr-defined]
_EVENT: sa.Table = t.StatusEvent.__table__  # type: ignore[attr-defined]
_JOURNAL: sa.Table = t.Journal.__table__  # type: ignore[attr-defined]
_ENTITY, _LABEL = "worker_identity", "identity_label"


@dataclass(frozen=True, slots=True)
class Member:
    """One vendor account of a person."""

    worker_id: int
    worker_name: str
    provider_type: str
    units: int
    accepted: int


@dataclass(frozen=True, slots=True)
class Person:
    """One person and their accounts, in the order in which these first came."""

    id: int
    label: str
    created_at: datetime
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """What a merge did. `before` is the identity of each account that was moved (None: they had none).

    `label` is what the person is called since, `labels` what the identities were called before, so that
    `part` can give them back.
    """

    identity_id: int
    before: Mapping[int, int | None]
    label: str = ""
    labels: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """One event: `worker_id` went from identity `old` to `new` (None: stands for themselves), or a label
    was changed (`worker_id` None)."""

    at: datetime
    who: str
    worker_id: int | None
    worker_name: str
    old: int | None
    new: int | None


def join(w: Write, worker_ids: Sequence[int], label: str = "") -> Joined:
    """Says that these workers are one person, with everybody whom they were one person with before.

    Raises BadInput for fewer than two, or when they are one person already; NotFound for an unknown worker.
    """
    wanted = list(dict.fromkeys(worker_ids))
    if len(wanted) < 2:
        raise BadInput(say("Choose at least two accounts that are one person."))
    everybody = accounts_of(w.conn, wanted)
    now_in = _identities(w.conn, everybody)
    if missing := [i for i in wanted if i not in now_in]:
        raise NotFound(say("There is no worker {missing}.", missing=missing[0]))
    known = sorted({identity for identity in now_in.values() if identity is not None})
    if len(known) == 1 and None not in now_in.values():
        raise BadInput(say("They are one person already."))
    labels = dict(
        w.conn.execute(sa.select(_IDENTITY.c.id, _IDENTITY.c.label).where(_IDENTITY.c.id.in_(known))).all()
    )
    said = read_label(label) if label else next((labels[i] for i in known if labels[i]), "")
    said = said or _name(w.conn, wanted[0])
    if known:
        target = known[0]
        if labels[target] != said:
            rename(w, target, said)
    else:
        target = w.insert(t.Identity, [{"label": said, "created_at": w.at}])[0]
    before = {worker: now_in[worker] for worker in sorted(everybody) if now_in[worker] != target}
    for worker, old in before.items():
        w.event(_ENTITY, worker, _text(old), str(target))
    w.update(t.Worker, list(before), identity_id=target)
    _remove(w, known[1:])
    w.touch(t.Worker, everybody)
    return Joined(target, before, said, labels)


def part(w: Write, joined: Joined) -> list[int]:
    """Takes a merge back: each account is again with whom it was before. Returns the accounts moved.

    Accounts that were moved elsewhere meanwhile stay where they are, and so does a label changed meanwhile.
    """
    here = _identities(w.conn, joined.before)
    back = {worker: old for worker, old in joined.before.items() if here.get(worker) == joined.identity_id}
    for old in sorted({old for old in back.values() if old is not None}):
        label = joined.labels.get(old, "")
        new = w.insert(t.Identity, [{"label": label, "created_at": w.at}])[0]
        _move(w, [worker for worker, was in back.items() if was == old], joined.identity_id, new)
        _drop_single(w, new)
    _move(w, [worker for worker, was in back.items() if was is None], joined.identity_id, None)
    before = joined.labels.get(joined.identity_id, joined.label)
    now = w.conn.execute(sa.select(_IDENTITY.c.label).where(_IDENTITY.c.id == joined.identity_id)).scalar()
    if now == joined.label != before:
        _call(w, joined.identity_id, before)
    _drop_single(w, joined.identity_id)
    return sorted(back)


def split(w: Write, worker_id: int) -> list[int]:
    """Takes one account out of its person; returns every account that stands for itself now.

    Where one account is left, that one stands for itself too. Raises NotFound, and BadInput when the
    account has no other beside it.
    """
    identity = _identities(w.conn, [worker_id])
    if worker_id not in identity:
        raise NotFound(say("There is no worker {worker_id}.", worker_id=worker_id))
    old = identity[worker_id]
    if old is None:
        raise BadInput(say("{name} is not merged with any other account.", name=_name(w.conn, worker_id)))
    rest = [i for i in accounts_of(w.conn, [worker_id]) if i != worker_id]
    _move(w, [worker_id], old, None)
    w.touch(t.Worker, rest)
    return [worker_id, *_drop_single(w, old)]


def rename(w: Write, identity_id: int, label: str) -> str:
    """Gives a person another label and returns it as stored. Raises BadInput, NotFound."""
    kept = read_label(label)
    if not w.conn.execute(sa.select(_IDENTITY.c.id).where(_IDENTITY.c.id == identity_id)).first():
        raise NotFound(say("There is no person {identity_id}.", identity_id=identity_id))
    _call(w, identity_id, kept)
    return kept


def read_label(label: str) -> str:
    """A label as it is stored: one line. Raises BadInput when it is empty or too long."""
    kept = "".join(c if c.isprintable() else " " for c in storable(label))
    kept = " ".join(kept.split())
    if not kept:
        raise BadInput(say("The label is empty. Write what you call this person."))
    if len(kept) > MOST_LABEL:
        raise BadInput(
            say(
                "The label has {count:,} characters; {most_label} fit.",
                count=len(kept),
                most_label=MOST_LABEL,
            )
        )
    return kept


# ---------------------------------------------------------------------------------------------- asked


def accounts_of(conn: Connection, worker_ids: Iterable[int]) -> set[int]:
    """These workers and every other account of the people behind them. Unknown ids stay in."""
    wanted = set(worker_ids)
    found = set(wanted)
    other = _WORKER.alias("other")
    for some in chunks(sorted(wanted)):
        query = (
            sa.select(other.c.id)
            .select_from(_WORKER.join(other, other.c.identity_id == _WORKER.c.identity_id))
            .where(_WORKER.c.id.in_(some))
        )
        found.update(conn.execute(query).scalars())
    return found


def people_of(conn: Connection, worker_ids: Iterable[int]) -> dict[int, Person]:
    """Worker -> their person; workers who stand for themselves are left out."""
    identity = {worker: i for worker, i in _identities(conn, worker_ids).items() if i is not None}
    people = {person.id: person for person in _people(conn, sorted(set(identity.values())))}
    return {worker: people[i] for worker, i in identity.items() if i in people}


def list_people(conn: Connection) -> list[Person]:
    """Everybody who has several accounts, by label."""
    ids = list(conn.execute(sa.select(_IDENTITY.c.id)).scalars())
    return sorted(_people(conn, ids), key=lambda person: (person.label.casefold(), person.id))


def count_people(conn: Connection, worker_ids: Iterable[int]) -> int:
    """How many different people these accounts are."""
    found = _identities(conn, worker_ids)
    merged = {identity for identity in found.values() if identity is not None}
    return len(merged) + sum(identity is None for identity in found.values())


def history(conn: Connection, worker_ids: Sequence[int] | None = None, most: int = 200) -> list[Move]:
    """Who was merged and split, the newest first; of these workers' people (None: of everybody)."""
    query = (
        sa.select(
            _EVENT.c.id, _JOURNAL.c.at, _JOURNAL.c.who, _EVENT.c.entity, _EVENT.c.row_id, _EVENT.c.old,
            _EVENT.c.new, sa.func.coalesce(_WORKER.c.worker_name, ""),
        )
        .select_from(_EVENT)
        .join(_JOURNAL, _JOURNAL.c.id == _EVENT.c.journal_id)
        .outerjoin(_WORKER, _WORKER.c.id == _EVENT.c.row_id)
        .order_by(_EVENT.c.id.desc())
    )  # fmt: skip
    mine = _EVENT.c.entity == _ENTITY
    if worker_ids is None:
        rows = conn.execute(query.where(mine).limit(most)).all()
    else:
        accounts = sorted(accounts_of(conn, worker_ids))[:1_000]
        rows = conn.execute(query.where(mine, _EVENT.c.row_id.in_(accounts)).limit(most)).all()
    identities = sorted({int(n) for row in rows for n in (row.old, row.new) if n})[:1_000]
    labels = conn.execute(
        query.where(_EVENT.c.entity == _LABEL, _EVENT.c.row_id.in_(identities)).limit(most)
    ).all()
    moves = []
    for row in sorted([*rows, *labels], key=lambda row: row.id, reverse=True)[:most]:
        _, at, who, entity, row_id, old, new, name = row
        if entity == _ENTITY:
            moves.append(Move(at, who, row_id, name, _number(old), _number(new)))
        else:
            moves.append(Move(at, who, None, "", row_id, row_id))
    return moves


# --------------------------------------------------------------------------------------------- inside


def _identities(conn: Connection, worker_ids: Iterable[int]) -> dict[int, int | None]:
    found: dict[int, int | None] = {}
    for some in chunks(list(worker_ids)):
        query = sa.select(_WORKER.c.id, _WORKER.c.identity_id).where(_WORKER.c.id.in_(some))
        found.update((row.id, row.identity_id) for row in conn.execute(query))
    return found


def _people(conn: Connection, ids: Sequence[int]) -> list[Person]:
    members: dict[int, list[Member]] = {}
    names = ("id", "worker_name", "provider_type", "units", "accepted", "identity_id")
    found: list[Person] = []
    for some in chunks(ids):
        query = sa.select(*(_WORKER.c[name] for name in names)).where(_WORKER.c.identity_id.in_(some))
        for row in conn.execute(query.order_by(_WORKER.c.id)):
            members.setdefault(row.identity_id, []).append(Member(*row[:5]))
        rows = conn.execute(sa.select(_IDENTITY).where(_IDENTITY.c.id.in_(some)))
        found += (Person(r.id, r.label, r.created_at, tuple(members.get(r.id, ()))) for r in rows)
    return found


def _name(conn: Connection, worker_id: int) -> str:
    return str(conn.execute(sa.select(_WORKER.c.worker_name).where(_WORKER.c.id == worker_id)).scalar_one())


def _move(w: Write, workers: Sequence[int], old: int, new: int | None) -> None:
    for worker in workers:
        w.event(_ENTITY, worker, str(old), _text(new) or "")
    w.update(t.Worker, workers, identity_id=new)


def _call(w: Write, identity_id: int, label: str) -> None:
    w.event(_LABEL, identity_id, None, "changed")
    w.update(t.Identity, [identity_id], label=label)
    ids = w.conn.execute(sa.select(_WORKER.c.id).where(_WORKER.c.identity_id == identity_id)).scalars()
    w.touch(t.Worker, list(ids))


def _drop_single(w: Write, identity_id: int) -> list[int]:
    """Takes an identity of one or none away; returns the account that was left."""
    query = sa.select(_WORKER.c.id).where(_WORKER.c.identity_id == identity_id)
    left = list(w.conn.execute(query).scalars())
    if len(left) > 1:
        w.touch(t.Worker, left)
        return []
    _move(w, left, identity_id, None)
    _remove(w, [identity_id])
    return left


def _remove(w: Write, ids: Sequence[int]) -> None:
    for some in chunks(ids):
        w.conn.execute(sa.delete(t.Identity).where(_IDENTITY.c.id.in_(some)))
    w.touch(t.Identity, ids)


def _text(identity: int | None) -> str | None:
    return None if identity is None else str(identity)


def _number(text: str | None) -> int | None:
    return int(text) if text else None
