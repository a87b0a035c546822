"""Schema 0003: when a vendor approves by itself what nobody has judged."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"


def upgrade() -> None:
    column: sa.Column[Any] = sa.Column("decide_by", sa.BigInteger(), nullable=True)
    op.add_column("unit", column)
    known = sa.text("decide_by IS NOT NULL")
    for name, columns in (
        ("ix_unit_decide_by", ("decide_by", "id")),
        ("ix_unit_run_decide_by", ("task_run_id", "decide_by", "id")),
    ):
        op.create_index(name, "unit", columns, sqlite_where=known, postgresql_where=known)
