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
    op.create_index(
        "ix_unit_decide_by", "unit", ("decide_by", "id"), sqlite_where=known, postgresql_where=known
    )
