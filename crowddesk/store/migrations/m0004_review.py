"""Schema 0004: identities, notes, tags, reasons, second looks, appeals, masks and saved views."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"

#: SQLite gives only INTEGER PRIMARY KEY columns a rowid.
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key() -> sa.Column[Any]:
    return sa.Column("id", _KEY, primary_key=True, autoincrement=True)


def _ref(name: str, target: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, _KEY, nullable=null, comment=f"-> {target}")


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _time(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=null)


def _on_a_row() -> tuple[sa.Column[Any], ...]:
    return _text("noun"), _ref("row_id", "the noun's row")


def _made() -> tuple[sa.Column[Any], ...]:
    return _time("created_at"), _text("created_by")


def _table(name: str, *columns: Any) -> None:
    op.create_table(name, _key(), *columns, sqlite_autoincrement=True)


def upgrade() -> None:
    _table("identity", _text("label"), _time("created_at"))
    op.add_column("worker", _ref("identity_id", "identity", null=True))
    known = sa.text("identity_id IS NOT NULL")
    op.create_index(
        "ix_worker_identity", "worker", ["identity_id", "id"], sqlite_where=known, postgresql_where=known
    )
    _table("note", *_on_a_row(), _text("text"), *_made())
    op.create_index("ix_note_row", "note", ["noun", "row_id", "id"])
    _table("tag", *_on_a_row(), _text("word"), *_made(), sa.UniqueConstraint("noun", "row_id", "word"))
    op.create_index("ix_tag_word", "tag", ["noun", "word", "row_id"])
    _table(
        "reason",
        *(_text(name) for name in ("kind", "title", "text", "category", "provider_type")),
        sa.Column("digit", sa.Integer(), nullable=False),
        _time("created_at"),
        sa.UniqueConstraint("kind", "title"),
    )
    _table(
        "second_look",
        _ref("action_id", "vendor_action"),
        _text("verdict"),
        _text("note"),
        _time("at"),
        _text("by"),
        sa.UniqueConstraint("action_id"),
    )
    _table(
        "appeal",
        _ref("unit_id", "unit"),
        _ref("worker_id", "worker", null=True),
        _text("text"),
        _time("received_at"),
        _time("answer_by", null=True),
        _text("state"),
        _text("answer"),
        _time("closed_at", null=True),
        _text("closed_by"),
    )
    op.create_index("ix_appeal_unit", "appeal", ["unit_id", "id"])
    op.create_index("ix_appeal_state", "appeal", ["state", "answer_by", "id"])
    _table("mask", _text("name"), _text("expression"), *_made(), sa.UniqueConstraint("name"))
    _table(
        "saved_view",
        *(_text(name) for name in ("owner", "noun", "name", "search", "sort")),
        sa.Column("descending", sa.Boolean(), nullable=False),
        _text("columns"),
        sa.Column("position", sa.Integer(), nullable=False),
        _time("created_at"),
        sa.UniqueConstraint("owner", "noun", "name"),
    )
