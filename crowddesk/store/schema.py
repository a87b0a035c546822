"""Brings a workspace's schema to this program's version; Alembic is imported only when they differ."""

from __future__ import annotations

import functools
import uuid
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.mock import MockConnection

from crowddesk.domain import DamagedWorkspace, WorkspaceError, now
from crowddesk.language import say
from crowddesk.store import tables as t
from crowddesk.store.sqlite_file import copy_sqlite

#: The schema this program reads and writes, and every older one it can bring forward, in order.
REVISIONS = ("0001", "0002", "0003", "0004")
CURRENT = REVISIONS[-1]


def bring_up_to_date(engine: Engine, path: Path | None) -> None:
    """Creates, checks or migrates the schema. Raises WorkspaceError for a newer one.

    A SQLite workspace is copied into `backups/` before it is migrated. Called once, before any other thread
    uses the engine.
    """
    with engine.begin() as conn:
        found = _version(conn)
        if found is None:
            _create(conn)
            return
    if found == CURRENT:
        return
    if found not in REVISIONS:
        raise WorkspaceError(
            say(
                "This workspace was written by a newer CrowdDesk (schema {found}; this one knows "
                "{known}). Update CrowdDesk, or open another workspace. Nothing was changed.",
                found=found,
                known=CURRENT,
            )
        )
    if path is not None:
        copy_sqlite(path, path.parent / "backups" / f"before-{CURRENT}-from-{found}.sqlite")
    _migrate(engine, found)


def _version(conn: Connection) -> str | None:
    names = sa.inspect(conn).get_table_names()
    if t.Workspace.__tablename__ not in names:
        if names:
            raise WorkspaceError(
                say(
                    "This database belongs to another program: it has tables, but no CrowdDesk workspace. "
                    "Choose another folder or database."
                )
            )
        return None
    row = conn.execute(sa.text("SELECT schema_version FROM workspace")).first()
    if row is None:
        raise DamagedWorkspace(
            say(
                "The database is damaged: its version row is missing. Put a copy of it back: crowddesk "
                "repair."
            )
        )
    return str(row[0])


def _create(conn: Connection) -> None:
    for statement in _statements(conn.dialect.name):
        conn.exec_driver_sql(statement)
    conn.execute(
        sa.insert(t.Workspace).values(id=1, schema_version=CURRENT, uuid=str(uuid.uuid4()), created_at=now())
    )


@functools.cache
def _statements(dialect: str) -> tuple[str, ...]:
    """What makes all tables and indexes; compiling them takes longer than SQLite takes to make them."""
    found: list[str] = []

    def take(made: sa.ExecutableDDLElement, *_: object, **__: object) -> None:
        found.append(str(made.compile(dialect=engine.dialect)))

    engine: MockConnection = sa.create_mock_engine(f"{dialect}://", take)
    t.metadata.create_all(engine, checkfirst=False)
    return tuple(found)


def _migrate(engine: Engine, found: str) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    from crowddesk.store.migrations import load_steps

    with engine.begin() as conn:
        if _version(conn) != found:  # another process was first
            return
        context = MigrationContext.configure(conn)
        with Operations.context(context):
            for step in load_steps()[REVISIONS.index(found) + 1 :]:
                step.upgrade()
        conn.execute(sa.text("UPDATE workspace SET schema_version = :v"), {"v": CURRENT})
