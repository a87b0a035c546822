"""Makes a workspace's database as the first release left it, for whoever tries the way forward from there."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from crowddesk.store.migrations import load_steps

#: A run that somebody launched then, to be found again after the way forward.
TITLE = "Launched long ago"
_WORKSPACE = "INSERT INTO workspace VALUES (1, :revision, 'first', 0)"
_RUN = (
    "INSERT INTO task_run (id, task_id, requester_id, provider_type, task_type, sandbox, title, state,"
    " state_note, args, folder, currency, reward_minor, fee_minor, units_expected, items_loaded, created_at)"
    " VALUES (1, 1, 1, 'mock', 'static_html', 1, :title, 'closed', '', '{}', '', 'USD', 5, 1, 0, 0, 0)"
)


def make(path: Path) -> None:
    """Writes the database, with one closed run of the practice account, to a path where nothing is yet."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    first = load_steps()[0]
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)))
    try:
        with engine.begin() as conn, Operations.context(MigrationContext.configure(conn)):
            first.upgrade()
            conn.execute(sa.text(_WORKSPACE), {"revision": first.revision})
            conn.exec_driver_sql(
                "INSERT INTO requester VALUES (1, 'mock', 'practice', 'USD', 1, 1, '{}', 0, 0)"
            )
            conn.exec_driver_sql("INSERT INTO task VALUES (1, 'old', 'static_html', 0)")
            conn.execute(sa.text(_RUN), {"title": TITLE})
    finally:
        engine.dispose()
