"""The library of reasons: sentences for workers that are used again, with the key that chooses each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.store import tables as t
from crowddesk.store.transaction import Write

_REASON: Final[sa.Table] = t.Reason.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason of the library. `text` may hold variables such as {their_time}.

    `kind` is the decision's. `provider_type` "" is any vendor, `category` the vendor's own, `digit` the key
    that chooses it (0: none). `id` 0 is one that is only offered.
    """

    kind: str
    title: str
    text: str
    category: str = ""
    provider_type: str = ""
    digit: int = 0
    id: int = 0
    created_at: datetime | None = None


def reasons_of(conn: Connection, kind: str | None = None, provider_type: str | None = None) -> list[Reason]:
    """The reasons for a kind of decision at a vendor (None: all), by digit, those without one by title."""
    query = sa.select(_REASON)
    if kind is not None:
        query = query.where(_REASON.c.kind == kind)
    if provider_type is not None:
        query = query.where(_REASON.c.provider_type.in_(("", provider_type)))
    found = [
        Reason(
            row.kind, row.title, row.text, row.category, row.provider_type, row.digit, row.id, row.created_at
        )
        for row in conn.execute(query)
    ]
    return sorted(found, key=lambda r: (r.kind, r.digit or 10, r.title.casefold(), r.id))


def add_reason(w: Write, reason: Reason) -> int:
    """Its id."""
    return w.insert(t.Reason, [{**_columns(reason), "created_at": w.at}])[0]


def change_reason(w: Write, reason: Reason) -> None:
    """Writes every column of an existing one."""
    w.update(t.Reason, [reason.id], **_columns(reason))


def remove_reason(w: Write, reason_id: int) -> bool:
    """False where there was none."""
    gone = w.conn.execute(sa.delete(_REASON).where(_REASON.c.id == reason_id)).rowcount
    w.touch(t.Reason, [reason_id] if gone else [])
    return bool(gone)


def _columns(reason: Reason) -> Mapping[str, Any]:
    return {
        "kind": reason.kind,
        "title": reason.title,
        "text": reason.text,
        "category": reason.category,
        "provider_type": reason.provider_type,
        "digit": reason.digit,
    }
