"""Schema 0002: the links of runs that our own task server serves, when their work was done, stopped runs."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"

#: SQLite gives only INTEGER PRIMARY KEY columns a rowid.
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_BIG = sa.BigInteger()


def upgrade() -> None:
    op.create_table(
        "run_link",
        sa.Column("id", _KEY, primary_key=True, autoincrement=True),
        sa.Column("task_run_id", _KEY, nullable=False, comment="-> task_run"),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.UniqueConstraint("task_run_id"),
        sa.UniqueConstraint("token"),
        sqlite_autoincrement=True,
    )
    columns: list[sa.Column[Any]] = [
        sa.Column("client_id", sa.Text(), nullable=True),
        sa.Column("started_at", _BIG, nullable=True),
        sa.Column("ended_at", _BIG, nullable=True),
        sa.Column("active_seconds", sa.Float(), nullable=True),
        sa.Column("pasted", sa.Text(), nullable=True),
    ]
    for column in columns:
        op.add_column("submission", column)
    stopping: sa.Column[Any] = sa.Column("stopping", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("task_run", stopping)
    sent = sa.text("client_id IS NOT NULL")
    op.create_index(
        "ux_submission_client",
        "submission",
        ("agent_id", "client_id"),
        unique=True,
        sqlite_where=sent,
        postgresql_where=sent,
    )
