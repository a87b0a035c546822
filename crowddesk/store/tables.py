"""One SQLModel table a noun, and the types their columns are stored in.

Times are aware UTC datetimes, stored as microseconds since 1970 so that SQLite and PostgreSQL sort and index
them alike. Money is an integer of minor units beside its currency. JSON is text, written whole, so that no
edit in place can be lost. Integer keys are never reused.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Text, UniqueConstraint, false, text
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.event import listens_for
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime as microseconds since 1970; a naive one is refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone reached the database")
        return (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


#: SQLite gives only INTEGER PRIMARY KEY columns a rowid; PostgreSQL gets 64 bits.
_KEY = BigInteger().with_variant(Integer, "sqlite")


def _key() -> Any:
    return Field(default=None, sa_column=Column(_KEY, primary_key=True, autoincrement=True))


def _ref(target: str, *, null: bool = False, index: bool = False) -> Any:
    """A foreign key's column; no constraint is made, it would slow bulk inserts."""
    return Field(default=None, sa_column=Column(_KEY, nullable=null, index=index, comment=f"-> {target}"))


def _time(*, null: bool = True) -> Any:
    return Field(default=None, sa_column=Column(UtcTime, nullable=null))


def _text(default: str | None = "", *, null: bool = False) -> Any:
    return Field(default=default, sa_column=Column(Text, nullable=null, default=default))


def _big(default: int | None = 0, *, null: bool = False) -> Any:
    return Field(default=default, sa_column=Column(BigInteger, nullable=null, default=default))


def _partial(name: str, *columns: str, where: str) -> Index:
    """An index over the few rows that `where` names."""
    return Index(name, *columns, "id", sqlite_where=text(where))


class _Table(SQLModel):
    """What all tables share: keys that are never reused."""

    __table_args__: ClassVar[Any] = {"sqlite_autoincrement": True}


class Workspace(_Table, table=True):
    """The one row that says which schema this is, and the secrets that are the workspace's own."""

    __tablename__ = "workspace"
    id: int = _key()
    schema_version: str = _text()
    uuid: str = _text()
    created_at: datetime = _time(null=False)


class Requester(_Table, table=True):
    """An account at a vendor. `epoch` rises each time a process takes the account's lane over."""

    __tablename__ = "requester"
    __table_args__ = (UniqueConstraint("provider_type", "requester_name"), {"sqlite_autoincrement": True})
    id: int = _key()
    provider_type: str = _text()
    requester_name: str = _text()
    currency: str = _text()
    sandbox: bool = False
    registered: bool = False
    settings: str = _text("{}")
    epoch: int = 0
    created_at: datetime = _time(null=False)


class Task(_Table, table=True):
    """What is asked; runs of the same task share its name."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("task_name"), {"sqlite_autoincrement": True})
    id: int = _key()
    task_name: str = _text()
    task_type: str = _text()
    created_at: datetime = _time(null=False)


class TaskRun(_Table, table=True):
    """One launch of a task with its arguments (YAML text, as it was given).

    `stopping`: it was stopped for good; what a worker leaves from now on is taken down too.
    """

    __tablename__ = "task_run"
    __table_args__ = (
        Index("ix_task_run_requester", "requester_id"),
        Index("ix_task_run_state", "state"),
        Index("ix_task_run_title", "title", "id"),
        {"sqlite_autoincrement": True},
    )
    id: int = _key()
    task_id: int = _ref("task")
    requester_id: int = _ref("requester")
    provider_type: str = _text()
    task_type: str = _text()
    sandbox: bool = False
    title: str = _text()
    state: str = _text("draft")
    state_note: str = _text()
    args: str = _text()
    folder: str = _text()
    currency: str = _text()
    reward_minor: int = _big()
    fee_minor: int = _big()
    budget_minor: int | None = _big(None, null=True)
    units_expected: int = _big()
    items_loaded: int = _big()
    sync_cursor: str | None = _text(None, null=True)
    created_at: datetime = _time(null=False)
    launched_at: datetime | None = _time()
    closed_at: datetime | None = _time()
    stopping: bool = Field(
        default=False, sa_column=Column(Boolean, nullable=False, default=False, server_default=false())
    )


class Assignment(_Table, table=True):
    """One item of data: the row a task is about. `data` is its columns as JSON."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index("ix_assignment_run_key", "task_run_id", "item_key"),
        Index("ix_assignment_key", "item_key", "id"),
        {"sqlite_autoincrement": True},
    )
    id: int = _key()
    task_id: int = _ref("task")
    task_run_id: int = _ref("task_run")
    requester_id: int = _ref("requester")
    task_type: str = _text()
    provider_type: str = _text()
    sandbox: bool = False
    item_key: str = _text()
    data: str = _text("{}")
    created_at: datetime = _time(null=False)


class Unit(_Table, table=True):
    """One worker's share of an assignment; the smallest piece of work that is paid.

    `status` is INTERFACE's, `vendor_status` the vendor's own word, `dataset_status` whether the answer
    counts: three things that never share a column. `pending` is the kind of the open settle action, if any;
    `decide_by` is when the vendor approves by itself what nobody has judged.
    """

    __tablename__ = "unit"
    __table_args__ = (
        Index("ix_unit_assignment", "assignment_id"),
        Index("ix_unit_run", "task_run_id", "id"),
        Index("ix_unit_run_status", "task_run_id", "status", "id"),
        Index("ix_unit_run_worker", "task_run_id", "worker_id", "id"),
        Index("ix_unit_run_submitted", "task_run_id", "submitted_at", "id"),
        Index("ix_unit_run_seconds", "task_run_id", "seconds", "id"),
        Index("ix_unit_status", "status", "id"),
        Index("ix_unit_worker", "worker_id", "id"),
        Index("ix_unit_submitted", "submitted_at", "id"),
        Index("ix_unit_seconds", "seconds", "id"),
        Index("ix_unit_dataset", "dataset_status", "id"),
        _partial("ix_unit_vendor", "vendor_status", where="vendor_status IS NOT NULL"),
        _partial("ix_unit_decide_by", "decide_by", where="decide_by IS NOT NULL"),
        _partial("ix_unit_run_decide_by", "task_run_id", "decide_by", where="decide_by IS NOT NULL"),
        _partial("ix_unit_pending", "pending", where="pending IS NOT NULL"),
        _partial("ix_unit_special", "unit_index", where="unit_index < 0"),
        {"sqlite_autoincrement": True},
    )
    id: int = _key()
    assignment_id: int = _ref("assignment")
    task_run_id: int = _ref("task_run")
    task_id: int = _ref("task")
    requester_id: int = _ref("requester")
    provider_type: str = _text()
    task_type: str = _text()
    sandbox: bool = False
    unit_index: int = 0
    pay_minor: int = _big()
    fee_minor: int = _big()
    currency: str = _text()
    status: str = _text("created")
    vendor_status: str | None = _text(None, null=True)
    dataset_status: str = _text("undecided")
    dataset_by_person: bool = False
    pending: str | None = _text(None, null=True)
    agent_id: int | None = _ref("agent", null=True)
    worker_id: int | None = _ref("worker", null=True)
    submission_id: int | None = _ref("submission", null=True)
    reserved_at: datetime | None = _time()
    launched_at: datetime | None = _time()
    submitted_at: datetime | None = _time()
    seconds: float | None = None
    decide_by: datetime | None = _time()


class Identity(_Table, table=True):
    """One person behind several vendor accounts; a worker without one stands for themselves."""

    __tablename__ = "identity"
    id: int = _key()
    label: str = _text()
    created_at: datetime = _time(null=False)


class Worker(_Table, table=True):
    """A person at a vendor, with counts of their units that the same transaction keeps right."""

    __tablename__ = "worker"
    __table_args__ = (
        UniqueConstraint("provider_type", "worker_name"),
        _partial("ix_worker_identity", "identity_id", where="identity_id IS NOT NULL"),
        Index("ix_worker_name", "worker_name", "id"),
        Index("ix_worker_units", "units", "id"),
        Index("ix_worker_accepted", "accepted", "id"),
        Index("ix_worker_rejected", "rejected", "id"),
        Index("ix_worker_soft_rejected", "soft_rejected", "id"),
        Index("ix_worker_seen", "last_seen_at", "id"),
        {"sqlite_autoincrement": True},
    )
    id: int = _key()
    provider_type: str = _text()
    worker_name: str = _text()
    units: int = 0
    completed: int = 0
    accepted: int = 0
    soft_rejected: int = 0
    rejected: int = 0
    created_at: datetime = _time(null=False)
    last_seen_at: datetime | None = _time()
    identity_id: int | None = _ref("identity", null=True)


class Agent(_Table, table=True):
    """A worker at work on one unit. `vendor_ref` is the vendor's name for the stay."""

    __tablename__ = "agent"
    __table_args__ = (
        Index("ix_agent_worker", "worker_id", "id"),
        Index("ix_agent_unit", "unit_id", "id"),
        Index("ix_agent_status", "status", "id", "unit_id"),
        Index("ix_agent_run", "task_run_id", "id"),
        Index(
            "ux_agent_ref",
            "task_run_id",
            "vendor_ref",
            unique=True,
            sqlite_where=text("vendor_ref IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )
    id: int = _key()
    worker_id: int = _ref("worker")
    unit_id: int = _ref("unit")
    task_id: int = _ref("task")
    task_run_id: int = _ref("task_run")
    assignment_id: int = _ref("assignment")
    task_type: str = _text()
    provider_type: str = _text()
    status: str = _text("none")
    vendor_ref: str | None = _text(None, null=True)
    created_at: datetime = _time(null=False)
    updated_at: datetime | None = _time()
    submitted_at: datetime | None = _time()
    seconds: float | None = None


class Submission(_Table, table=True):
    """What a worker sent: the vendor's raw payload and the parsed answer. Rows are only ever added.

    The rest is known where our own page was worked on: `client_id` is its name for the sending, so that a
    repeated one is stored once; `active_seconds` is the time in which the page was looked at and used,
    `pasted` the JSON list of the fields that something was pasted into.
    """

    __tablename__ = "submission"
    __table_args__ = (
        Index("ix_submission_unit", "unit_id", "id"),
        Index(
            "ux_submission_client",
            "agent_id",
            "client_id",
            unique=True,
            sqlite_where=text("client_id IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )
    id: int = _key()
    agent_id: int | None = _ref("agent", null=True)
    unit_id: int = _ref("unit")
    task_run_id: int = _ref("task_run")
    raw: str = _text()
    answer: str = _text("{}")
    late: bool = False
    received_at: datetime = _time(null=False)
    client_id: str | None = _text(None, null=True)
    started_at: datetime | None = _time()
    ended_at: datetime | None = _time()
    active_seconds: float | None = None
    pasted: str | None = _text(None, null=True)


class RunLink(_Table, table=True):
    """The way to a run that our own task server puts before people.

    `token` is the unguessable part of its address, `secret` (hex) signs its sessions, `port` is the one its
    page was served on first, so that open pages find it again.
    """

    __tablename__ = "run_link"
    __table_args__ = (
        UniqueConstraint("task_run_id"),
        UniqueConstraint("token"),
        {"sqlite_autoincrement": True},
    )
    id: int = _key()
    task_run_id: int = _ref("task_run")
    token: str = _text()
    secret: str = _text()
    port: int = 0


class Qualification(_Table, table=True):
    """A named mark that workers may be granted."""

    __tablename__ = "qualification"
    __table_args__ = (UniqueConstraint("qualification_name"), {"sqlite_autoincrement": True})
    id: int = _key()
    qualification_name: str = _text()
    description: str = _text()
    created_at: datetime = _time(null=False)


class GrantedQualification(_Table, table=True):
    """A worker's value for one qualification."""

    __tablename__ = "granted_qualification"
    __table_args__ = (
        UniqueConstraint("worker_id", "qualification_id"),
        Index("ix_granted_qualification", "qualification_id", "worker_id"),
        {"sqlite_autoincrement": True},
    )
    id: int = _key()
    worker_id: int = _ref("worker")
    qualification_id: int = _ref("qualification")
    value: int = 1
    granted_at: datetime = _time(null=False)


class Block(_Table, table=True):
    """A worker whom a requester does not want; local record of the vendor's block."""

    __tablename__ = "block"
    __table_args__ = (UniqueConstraint("worker_id", "requester_id"), {"sqlite_autoincrement": True})
    id: int = _key()
    worker_id: int = _ref("worker")
    requester_id: int = _ref("requester")
    reason: str = _text()
    created_at: datetime = _time(null=False)


_OPEN = (
    "state IN ('staged', 'queued', 'sending', 'unknown', 'needs_you') AND slot NOT IN ('bonus', 'message')"
)


class VendorAction(_Table, table=True):
    """One call that changes something at a vendor, from the decision on (DESIGN section 6).

    `uuid` is the vendor's idempotency token. `slot` groups kinds that exclude each other on one target.
    """

    __tablename__ = "vendor_action"
    __table_args__ = (
        UniqueConstraint("requester_id", "target_type", "target_id", "slot", "sequence"),
        UniqueConstraint("uuid"),
        Index(
            "ux_vendor_action_open", "requester_id", "target_type", "target_id", "slot", unique=True,
            sqlite_where=text(_OPEN),
        ),
        Index("ix_vendor_action_due", "requester_id", "state", "not_before", "id"),
        Index("ix_vendor_action_run", "task_run_id", "id"),
        Index("ix_vendor_action_run_state", "task_run_id", "state", "id"),
        Index("ix_vendor_action_unit", "unit_id", "id"),
        Index("ix_vendor_action_worker", "worker_id", "id"),
        Index("ix_vendor_action_state", "state", "id"),
        Index("ix_vendor_action_kind", "kind", "id"),
        {"sqlite_autoincrement": True},
    )  # fmt: skip
    id: int = _key()
    uuid: str = _text()
    requester_id: int = _ref("requester")
    task_run_id: int | None = _ref("task_run", null=True)
    unit_id: int | None = _ref("unit", null=True)
    worker_id: int | None = _ref("worker", null=True)
    kind: str = _text()
    target_type: str = _text()
    target_id: int = _ref("unit, worker, task_run or requester")
    slot: str = _text()
    sequence: str = _text("0")
    amount_minor: int = _big()
    fee_minor: int = _big()
    currency: str = _text()
    reason: str = _text()
    category: str = _text()
    payload: str = _text("{}")
    state: str = _text("staged")
    outcome: str = _text()
    evidence: str = _text("{}")
    attempt: int = 0
    epoch: int = 0
    not_before: datetime | None = _time()
    started_at: datetime | None = _time()
    finished_at: datetime | None = _time()
    created_at: datetime = _time(null=False)
    created_by: str = _text()


class Note(_Table, table=True):
    """What a person wrote about a row; `noun` is the row's table (worker, unit, task_run)."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_row", "noun", "row_id", "id"), {"sqlite_autoincrement": True})
    id: int = _key()
    noun: str = _text()
    row_id: int = _ref("the noun's row")
    text: str = _text()
    created_at: datetime = _time(null=False)
    created_by: str = _text()


class Tag(_Table, table=True):
    """A word that a person put on a row; a unit's flag is the word `flagged`."""

    __tablename__ = "tag"
    __table_args__ = (
        UniqueConstraint("noun", "row_id", "word"),
        Index("ix_tag_word", "noun", "word", "row_id"),
        {"sqlite_autoincrement": True},
    )
    id: int = _key()
    noun: str = _text()
    row_id: int = _ref("the noun's row")
    word: str = _text()
    created_at: datetime = _time(null=False)
    created_by: str = _text()


class Reason(_Table, table=True):
    """A sentence for workers that is used again; `text` may hold variables such as {their_time}.

    `kind` is the decision's. `provider_type` "" is any vendor; `digit` is the key that chooses it (0: none).
    """

    __tablename__ = "reason"
    __table_args__ = (UniqueConstraint("kind", "title"), {"sqlite_autoincrement": True})
    id: int = _key()
    kind: str = _text()
    title: str = _text()
    text: str = _text()
    category: str = _text()
    provider_type: str = _text()
    digit: int = 0
    created_at: datetime = _time(null=False)


class SecondLook(_Table, table=True):
    """A second look at a rejection before it may leave.

    `verdict`: wanted, agreed, withdrawn, or waived where the rule was off when it was decided.
    """

    __tablename__ = "second_look"
    __table_args__ = (UniqueConstraint("action_id"), {"sqlite_autoincrement": True})
    id: int = _key()
    action_id: int = _ref("vendor_action")
    verdict: str = _text()
    note: str = _text()
    at: datetime = _time(null=False)
    by: str = _text()


class Appeal(_Table, table=True):
    """A worker's objection to a rejection, and what became of it: open, upheld or overturned."""

    __tablename__ = "appeal"
    __table_args__ = (
        Index("ix_appeal_unit", "unit_id", "id"),
        Index("ix_appeal_state", "state", "answer_by", "id"),
        {"sqlite_autoincrement": True},
    )
    id: int = _key()
    unit_id: int = _ref("unit")
    worker_id: int | None = _ref("worker", null=True)
    text: str = _text()
    received_at: datetime = _time(null=False)
    answer_by: datetime | None = _time()
    state: str = _text("open")
    answer: str = _text()
    closed_at: datetime | None = _time()
    closed_by: str = _text()


class Mask(_Table, table=True):
    """A named rule that leaves answers out of the data; `expression` is JSON (see operations.masks)."""

    __tablename__ = "mask"
    __table_args__ = (UniqueConstraint("name"), {"sqlite_autoincrement": True})
    id: int = _key()
    name: str = _text()
    expression: str = _text("{}")
    created_at: datetime = _time(null=False)
    created_by: str = _text()


class SavedView(_Table, table=True):
    """A search that somebody keeps, with its order and columns (JSON); `owner` is whose it is."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("owner", "noun", "name"), {"sqlite_autoincrement": True})
    id: int = _key()
    owner: str = _text()
    noun: str = _text()
    name: str = _text()
    search: str = _text()
    sort: str = _text()
    descending: bool = False
    columns: str = _text("[]")
    position: int = 0
    created_at: datetime = _time(null=False)


class Journal(_Table, table=True):
    """One row a write transaction: evidence, and the change feed that other processes read."""

    __tablename__ = "journal"
    id: int = _key()
    at: datetime = _time(null=False)
    who: str = _text()
    touched: str = _text("{}")
    events_hash: str = _text()
    previous: str = _text()
    hash: str = _text()


class StatusEvent(_Table, table=True):
    """One change of one status, under its journal row."""

    __tablename__ = "status_event"
    __table_args__ = (
        Index("ix_status_event_journal", "journal_id"),
        Index("ix_status_event_row", "entity", "row_id", "id"),
        {"sqlite_autoincrement": True},
    )
    id: int = _key()
    journal_id: int = _ref("journal")
    entity: str = _text()
    row_id: int = _ref("the entity's row")
    old: str | None = _text(None, null=True)
    new: str = _text()


class RunTotal(_Table, table=True):
    """Units and their money by run, kind and status; gauges and progress bars read this."""

    __tablename__ = "run_total"
    __table_args__ = (UniqueConstraint("task_run_id", "unit_kind", "status"), {"sqlite_autoincrement": True})
    id: int = _key()
    task_run_id: int = _ref("task_run")
    unit_kind: str = _text()
    status: str = _text()
    units: int = _big()
    pay_minor: int = _big()
    fee_minor: int = _big()


class ActionTotal(_Table, table=True):
    """Vendor actions and their money by account, run, kind and state (run 0: none)."""

    __tablename__ = "action_total"
    __table_args__ = (
        UniqueConstraint("requester_id", "task_run_id", "kind", "state"),
        {"sqlite_autoincrement": True},
    )
    id: int = _key()
    requester_id: int = _ref("requester")
    task_run_id: int = _ref("task_run or 0")
    kind: str = _text()
    state: str = _text()
    actions: int = _big()
    amount_minor: int = _big()
    fee_minor: int = _big()


class AgentTotal(_Table, table=True):
    """Agents by run and status, for the gauges."""

    __tablename__ = "agent_total"
    __table_args__ = (UniqueConstraint("task_run_id", "status"), {"sqlite_autoincrement": True})
    id: int = _key()
    task_run_id: int = _ref("task_run")
    status: str = _text()
    agents: int = _big()


class ProviderRow(_Table, table=True):
    """A vendor's own key-value rows: `db.provider_store(type)`, seen by every desk on the workspace."""

    __tablename__ = "provider_row"
    __table_args__ = (UniqueConstraint("provider_type", "key"), {"sqlite_autoincrement": True})
    id: int = _key()
    provider_type: str = _text()
    key: str = _text()
    value: str = _text()


metadata = SQLModel.metadata


@listens_for(metadata, "before_create")
def _name_rows_to_postgresql(_: Any, connection: Connection, **__: Any) -> None:
    """Its partial indexes are SQLite's. Said above, it would load PostgreSQL's dialect at every start."""
    if connection.dialect.name == "postgresql":
        for index in (index for table in metadata.tables.values() for index in table.indexes):
            index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]
