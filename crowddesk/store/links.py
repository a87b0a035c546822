"""The links of runs that our own task server puts before people: made once, found by their token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.store import tables as t
from crowddesk.store.transaction import Write

#: 192 bits: nobody finds a run's page by trying.
_TOKEN_BYTES = 24
_SECRET_BYTES = 32

_link = t.RunLink.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Link:
    """One run's link. `port` is 0 until the run was served."""

    task_run_id: int
    token: str
    secret: bytes
    port: int


def link_of(conn: Connection, run_id: int) -> Link | None:
    """The link of a run, None where it has none yet."""
    row = conn.execute(sa.select(_link).where(_link.c.task_run_id == run_id)).mappings().first()
    return None if row is None else _made(row)


def make_link(w: Write, run_id: int) -> Link:
    """The link of a run, made when it has none yet; it stays the same for good."""
    found = link_of(w.conn, run_id)
    if found is not None:
        return found
    token, secret = secrets.token_urlsafe(_TOKEN_BYTES), secrets.token_bytes(_SECRET_BYTES)
    w.insert(t.RunLink, [{"task_run_id": run_id, "token": token, "secret": secret.hex(), "port": 0}])
    return Link(run_id, token, secret, 0)


def remember_port(w: Write, run_id: int, port: int) -> None:
    """Keeps the port that a run is served on, so that its open pages find it after a restart."""
    found = w.conn.execute(sa.select(_link.c.id).where(_link.c.task_run_id == run_id)).scalar_one()
    w.update(t.RunLink, [found], port=port)


def _made(row: sa.RowMapping) -> Link:
    return Link(row["task_run_id"], row["token"], bytes.fromhex(row["secret"]), row["port"])
