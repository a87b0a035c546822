"""Schema 0001: everything the first release has."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"

#: SQLite gives only INTEGER PRIMARY KEY columns a rowid.
_BIG = sa.BigInteger()
_OPEN = (
    "state IN ('staged', 'queued', 'sending', 'unknown', 'needs_you') AND slot NOT IN ('bonus', 'message')"
)
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key() -> sa.Column[Any]:
    return sa.Column("id", _KEY, primary_key=True, autoincrement=True)


def _ref(name: str, target: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, _KEY, nullable=null, comment=f"-> {target}")


def _col(name: str, kind: Any, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null)


def _table(name: str, *parts: sa.schema.SchemaItem, autoincrement: bool = True) -> None:
    op.create_table(name, _key(), *parts, sqlite_autoincrement=autoincrement)


def _index(name: str, table: str, *columns: str, unique: bool = False, where: str | None = None) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def upgrade() -> None:

    _table(
        "workspace",
        _col("schema_version", sa.Text()),
        _col("uuid", sa.Text()),
        _col("created_at", _BIG),
    )
    _table(
        "requester",
        _col("provider_type", sa.Text()),
        _col("requester_name", sa.Text()),
        _col("currency", sa.Text()),
        _col("sandbox", sa.Boolean()),
        _col("registered", sa.Boolean()),
        _col("settings", sa.Text()),
        _col("epoch", sa.Integer()),
        _col("created_at", _BIG),
        sa.UniqueConstraint("provider_type", "requester_name"),
    )
    _table(
        "task",
        _col("task_name", sa.Text()),
        _col("task_type", sa.Text()),
        _col("created_at", _BIG),
        sa.UniqueConstraint("task_name"),
    )
    _table(
        "task_run",
        _ref("task_id", "task"),
        _ref("requester_id", "requester"),
        _col("provider_type", sa.Text()),
        _col("task_type", sa.Text()),
        _col("sandbox", sa.Boolean()),
        _col("title", sa.Text()),
        _col("state", sa.Text()),
        _col("state_note", sa.Text()),
        _col("args", sa.Text()),
        _col("folder", sa.Text()),
        _col("currency", sa.Text()),
        _col("reward_minor", _BIG),
        _col("fee_minor", _BIG),
        _col("budget_minor", _BIG, null=True),
        _col("units_expected", _BIG),
        _col("items_loaded", _BIG),
        _col("sync_cursor", sa.Text(), null=True),
        _col("created_at", _BIG),
        _col("launched_at", _BIG, null=True),
        _col("closed_at", _BIG, null=True),
    )
    _index("ix_task_run_requester", "task_run", "requester_id")
    _index("ix_task_run_state", "task_run", "state")
    _index("ix_task_run_title", "task_run", "title", "id")
    _table(
        "assignment",
        _ref("task_id", "task"),
        _ref("task_run_id", "task_run"),
        _ref("requester_id", "requester"),
        _col("task_type", sa.Text()),
        _col("provider_type", sa.Text()),
        _col("sandbox", sa.Boolean()),
        _col("item_key", sa.Text()),
        _col("data", sa.Text()),
        _col("created_at", _BIG),
    )
    _index("ix_assignment_key", "assignment", "item_key", "id")
    _index("ix_assignment_run_key", "assignment", "task_run_id", "item_key")
    _table(
        "unit",
        _ref("assignment_id", "assignment"),
        _ref("task_run_id", "task_run"),
        _ref("task_id", "task"),
        _ref("requester_id", "requester"),
        _col("provider_type", sa.Text()),
        _col("task_type", sa.Text()),
        _col("sandbox", sa.Boolean()),
        _col("unit_index", sa.Integer()),
        _col("pay_minor", _BIG),
        _col("fee_minor", _BIG),
        _col("currency", sa.Text()),
        _col("status", sa.Text()),
        _col("vendor_status", sa.Text(), null=True),
        _col("dataset_status", sa.Text()),
        _col("dataset_by_person", sa.Boolean()),
        _col("pending", sa.Text(), null=True),
        _ref("agent_id", "agent", null=True),
        _ref("worker_id", "worker", null=True),
        _ref("submission_id", "submission", null=True),
        _col("reserved_at", _BIG, null=True),
        _col("launched_at", _BIG, null=True),
        _col("submitted_at", _BIG, null=True),
        _col("seconds", sa.Float(), null=True),
    )
    _index("ix_unit_assignment", "unit", "assignment_id")
    _index("ix_unit_dataset", "unit", "dataset_status", "id")
    _index("ix_unit_pending", "unit", "pending", "id", where="pending IS NOT NULL")
    _index("ix_unit_run", "unit", "task_run_id", "id")
    _index("ix_unit_run_seconds", "unit", "task_run_id", "seconds", "id")
    _index("ix_unit_run_status", "unit", "task_run_id", "status", "id")
    _index("ix_unit_run_submitted", "unit", "task_run_id", "submitted_at", "id")
    _index("ix_unit_run_worker", "unit", "task_run_id", "worker_id", "id")
    _index("ix_unit_seconds", "unit", "seconds", "id")
    _index("ix_unit_special", "unit", "unit_index", "id", where="unit_index < 0")
    _index("ix_unit_status", "unit", "status", "id")
    _index("ix_unit_submitted", "unit", "submitted_at", "id")
    _index("ix_unit_vendor", "unit", "vendor_status", "id", where="vendor_status IS NOT NULL")
    _index("ix_unit_worker", "unit", "worker_id", "id")
    _table(
        "worker",
        _col("provider_type", sa.Text()),
        _col("worker_name", sa.Text()),
        _col("units", sa.Integer()),
        _col("completed", sa.Integer()),
        _col("accepted", sa.Integer()),
        _col("soft_rejected", sa.Integer()),
        _col("rejected", sa.Integer()),
        _col("created_at", _BIG),
        _col("last_seen_at", _BIG, null=True),
        sa.UniqueConstraint("provider_type", "worker_name"),
    )
    _index("ix_worker_accepted", "worker", "accepted", "id")
    _index("ix_worker_name", "worker", "worker_name", "id")
    _index("ix_worker_rejected", "worker", "rejected", "id")
    _index("ix_worker_seen", "worker", "last_seen_at", "id")
    _index("ix_worker_soft_rejected", "worker", "soft_rejected", "id")
    _index("ix_worker_units", "worker", "units", "id")
    _table(
        "agent",
        _ref("worker_id", "worker"),
        _ref("unit_id", "unit"),
        _ref("task_id", "task"),
        _ref("task_run_id", "task_run"),
        _ref("assignment_id", "assignment"),
        _col("task_type", sa.Text()),
        _col("provider_type", sa.Text()),
        _col("status", sa.Text()),
        _col("vendor_ref", sa.Text(), null=True),
        _col("created_at", _BIG),
        _col("updated_at", _BIG, null=True),
        _col("submitted_at", _BIG, null=True),
        _col("seconds", sa.Float(), null=True),
    )
    _index("ix_agent_run", "agent", "task_run_id", "id")
    _index("ix_agent_status", "agent", "status", "id", "unit_id")
    _index("ix_agent_unit", "agent", "unit_id", "id")
    _index("ix_agent_worker", "agent", "worker_id", "id")
    _index("ux_agent_ref", "agent", "task_run_id", "vendor_ref", unique=True, where="vendor_ref IS NOT NULL")
    _table(
        "submission",
        _ref("agent_id", "agent", null=True),
        _ref("unit_id", "unit"),
        _ref("task_run_id", "task_run"),
        _col("raw", sa.Text()),
        _col("answer", sa.Text()),
        _col("late", sa.Boolean()),
        _col("received_at", _BIG),
    )
    _index("ix_submission_unit", "submission", "unit_id", "id")
    _table(
        "qualification",
        _col("qualification_name", sa.Text()),
        _col("description", sa.Text()),
        _col("created_at", _BIG),
        sa.UniqueConstraint("qualification_name"),
    )
    _table(
        "granted_qualification",
        _ref("worker_id", "worker"),
        _ref("qualification_id", "qualification"),
        _col("value", sa.Integer()),
        _col("granted_at", _BIG),
        sa.UniqueConstraint("worker_id", "qualification_id"),
    )
    _index("ix_granted_qualification", "granted_qualification", "qualification_id", "worker_id")
    _table(
        "block",
        _ref("worker_id", "worker"),
        _ref("requester_id", "requester"),
        _col("reason", sa.Text()),
        _col("created_at", _BIG),
        sa.UniqueConstraint("worker_id", "requester_id"),
    )
    _table(
        "vendor_action",
        _col("uuid", sa.Text()),
        _ref("requester_id", "requester"),
        _ref("task_run_id", "task_run", null=True),
        _ref("unit_id", "unit", null=True),
        _ref("worker_id", "worker", null=True),
        _col("kind", sa.Text()),
        _col("target_type", sa.Text()),
        _ref("target_id", "unit, worker, task_run or requester"),
        _col("slot", sa.Text()),
        _col("sequence", sa.Text()),
        _col("amount_minor", _BIG),
        _col("fee_minor", _BIG),
        _col("currency", sa.Text()),
        _col("reason", sa.Text()),
        _col("category", sa.Text()),
        _col("payload", sa.Text()),
        _col("state", sa.Text()),
        _col("outcome", sa.Text()),
        _col("evidence", sa.Text()),
        _col("attempt", sa.Integer()),
        _col("epoch", sa.Integer()),
        _col("not_before", _BIG, null=True),
        _col("started_at", _BIG, null=True),
        _col("finished_at", _BIG, null=True),
        _col("created_at", _BIG),
        _col("created_by", sa.Text()),
        sa.UniqueConstraint("requester_id", "target_type", "target_id", "slot", "sequence"),
        sa.UniqueConstraint("uuid"),
    )
    _index("ix_vendor_action_due", "vendor_action", "requester_id", "state", "not_before", "id")
    _index("ix_vendor_action_kind", "vendor_action", "kind", "id")
    _index("ix_vendor_action_run", "vendor_action", "task_run_id", "id")
    _index("ix_vendor_action_run_state", "vendor_action", "task_run_id", "state", "id")
    _index("ix_vendor_action_state", "vendor_action", "state", "id")
    _index("ix_vendor_action_unit", "vendor_action", "unit_id", "id")
    _index("ix_vendor_action_worker", "vendor_action", "worker_id", "id")
    _index(
        "ux_vendor_action_open",
        "vendor_action",
        "requester_id",
        "target_type",
        "target_id",
        "slot",
        unique=True,
        where=_OPEN,
    )
    _table(
        "journal",
        _col("at", _BIG),
        _col("who", sa.Text()),
        _col("touched", sa.Text()),
        _col("events_hash", sa.Text()),
        _col("previous", sa.Text()),
        _col("hash", sa.Text()),
    )
    _table(
        "status_event",
        _ref("journal_id", "journal"),
        _col("entity", sa.Text()),
        _ref("row_id", "the entity's row"),
        _col("old", sa.Text(), null=True),
        _col("new", sa.Text()),
    )
    _index("ix_status_event_journal", "status_event", "journal_id")
    _index("ix_status_event_row", "status_event", "entity", "row_id", "id")
    _table(
        "run_total",
        _ref("task_run_id", "task_run"),
        _col("unit_kind", sa.Text()),
        _col("status", sa.Text()),
        _col("units", _BIG),
        _col("pay_minor", _BIG),
        _col("fee_minor", _BIG),
        sa.UniqueConstraint("task_run_id", "unit_kind", "status"),
    )
    _table(
        "action_total",
        _ref("requester_id", "requester"),
        _ref("task_run_id", "task_run or 0"),
        _col("kind", sa.Text()),
        _col("state", sa.Text()),
        _col("actions", _BIG),
        _col("amount_minor", _BIG),
        _col("fee_minor", _BIG),
        sa.UniqueConstraint("requester_id", "task_run_id", "kind", "state"),
    )
    _table(
        "agent_total",
        _ref("task_run_id", "task_run"),
        _col("status", sa.Text()),
        _col("agents", _BIG),
        sa.UniqueConstraint("task_run_id", "status"),
    )
    _table(
        "provider_row",
        _col("provider_type", sa.Text()),
        _col("key", sa.Text()),
        _col("value", sa.Text()),
        sa.UniqueConstraint("provider_type", "key"),
    )
