"""Single rows for the entities of `data_model`, under INTERFACE.md's names: ids are text, money is Decimal.

Bulk work and lists never come here; they use `changes.py` and `queries.py`.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping
from sqlalchemy.exc import IntegrityError

from crowddesk.domain import Conflict, NotFound, to_major
from crowddesk.language import say
from crowddesk.store import tables as t
from crowddesk.store.transaction import Write

Record = Mapping[str, Any]

#: Entity name -> (table, name of its id in a record).
TABLES: dict[str, tuple[type[Any], str]] = {
    "task": (t.Task, "task_id"),
    "task_run": (t.TaskRun, "task_run_id"),
    "assignment": (t.Assignment, "assignment_id"),
    "unit": (t.Unit, "unit_id"),
    "requester": (t.Requester, "requester_id"),
    "worker": (t.Worker, "worker_id"),
    "agent": (t.Agent, "agent_id"),
    "qualification": (t.Qualification, "qualification_id"),
    "granted_qualification": (t.GrantedQualification, "granted_qualification_id"),
    "submission": (t.Submission, "submission_id"),
}
_REFERENCES = frozenset(id_name for _, id_name in TABLES.values())


def key(db_id: object) -> int:
    """An entity's text id as the integer the database knows; raises NotFound for any other text."""
    text = str(db_id)
    if text.isascii() and text.isdigit() and len(text) < 19:
        return int(text)
    raise NotFound(say("{text!r} is no id: ids are whole numbers.", text=text))


def get(conn: Connection, entity: str, db_id: object) -> Record:
    """The row of one entity; raises NotFound that names the id."""
    row = conn.execute(_row_of(entity), {"wanted": key(db_id)}).mappings().first()
    if row is None:
        raise NotFound(say("There is no {entity} {db_id}.", entity=entity.replace("_", " "), db_id=db_id))
    return record_of(entity, row)


@functools.cache
def _row_of(entity: str) -> sa.Select[Any]:
    """The row of an id. Kept: to write it anew takes longer than to run it, and live work reads many."""
    table = TABLES[entity][0].__table__
    return sa.select(table).where(table.c.id == sa.bindparam("wanted"))


def find(conn: Connection, entity: str, **where: Any) -> list[Record]:
    """Rows whose columns have the given values, in the order of their ids; None values are left out."""
    table, id_name = TABLES[entity]
    columns = table.__table__.c
    query = sa.select(table.__table__).order_by(columns.id)
    for name, value in where.items():
        if value is None:
            continue
        if name == id_name:
            query = query.where(columns.id == key(value))
        elif name in _REFERENCES:
            query = query.where(columns[name] == key(value))
        elif isinstance(value, (list, tuple, set, frozenset)):
            query = query.where(columns[name].in_(list(value)))
        else:
            query = query.where(columns[name] == value)
    return [record_of(entity, row) for row in conn.execute(query).mappings()]


def add(w: Write, entity: str, *, taken: str = "", **values: Any) -> str:
    """Inserts a plain row (no status that totals follow) and returns its id.

    `taken` is the sentence for a name that exists already; it raises Conflict.
    """
    table, _ = TABLES[entity]
    try:
        # A savepoint, because PostgreSQL ends the whole transaction at the first error.
        with w.conn.begin_nested():
            return str(w.insert(table, [values])[0])
    except IntegrityError as error:
        raise Conflict(taken or say("This {entity} exists already.", entity=entity)) from error


def change(w: Write, entity: str, db_id: object, **values: Any) -> None:
    """Sets plain columns of one row."""
    w.update(TABLES[entity][0], [key(db_id)], **values)


def workspace_uuid(conn: Connection) -> str:
    """The name that this workspace has been given once, for good."""
    return str(conn.execute(sa.select(t.Workspace.__table__.c.uuid)).scalar_one())  # type: ignore[attr-defined]


def spend_of_requester(conn: Connection, requester_id: object, statuses: Sequence[str]) -> int:
    """Pay and fees, minor units, of an account's units in these statuses, in one query over totals."""
    total, run = t.RunTotal.__table__.c, t.TaskRun.__table__.c  # type: ignore[attr-defined]
    query = (
        sa.select(sa.func.coalesce(sa.func.sum(total.pay_minor + total.fee_minor), 0))
        .join_from(t.RunTotal, t.TaskRun, run.id == total.task_run_id)
        .where(run.requester_id == key(requester_id), total.status.in_(statuses))
    )
    return int(conn.execute(query).scalar_one())


def spend_of_run(conn: Connection, task_run_id: object, statuses: Sequence[str]) -> int:
    """Pay and fees, minor units, of a run's units in these statuses."""
    total = t.RunTotal.__table__.c  # type: ignore[attr-defined]
    query = sa.select(sa.func.coalesce(sa.func.sum(total.pay_minor + total.fee_minor), 0)).where(
        total.task_run_id == key(task_run_id), total.status.in_(statuses)
    )
    return int(conn.execute(query).scalar_one())


def unit_gauge(conn: Connection) -> dict[tuple[str, str], int]:
    """How many units there are by (kind, status)."""
    total = t.RunTotal.__table__.c  # type: ignore[attr-defined]
    query = sa.select(total.unit_kind, total.status, sa.func.sum(total.units)).group_by(
        total.unit_kind, total.status
    )
    return {(kind, status): int(count) for kind, status, count in conn.execute(query) if count}


def agent_gauge(conn: Connection) -> dict[str, int]:
    """How many agents there are by status."""
    total = t.AgentTotal.__table__.c  # type: ignore[attr-defined]
    query = sa.select(total.status, sa.func.sum(total.agents)).group_by(total.status)
    return {status: int(count) for status, count in conn.execute(query) if count}


def working_workers(conn: Connection, open_statuses: Sequence[str]) -> int:
    """How many different workers are at work."""
    agent = t.Agent.__table__.c  # type: ignore[attr-defined]
    query = sa.select(sa.func.count(sa.distinct(agent.worker_id))).where(agent.status.in_(open_statuses))
    return int(conn.execute(query).scalar_one())


def reserve(w: Write, unit_id: object, launched: str) -> bool:
    """Marks a launched unit as spoken for; False when somebody else was first."""
    unit = t.Unit.__table__.c  # type: ignore[attr-defined]
    done = w.conn.execute(
        sa.update(t.Unit)
        .where(unit.id == key(unit_id), unit.status == launched, unit.reserved_at.is_(None))
        .values(reserved_at=w.at)
    )
    if done.rowcount:
        w.touch(t.Unit, [key(unit_id)])
    return bool(done.rowcount)


def block(w: Write, worker_id: object, requester_id: object, reason: str) -> None:
    """Records that a requester does not want a worker; a second time changes the reason."""
    columns = t.Block.__table__.c  # type: ignore[attr-defined]
    ids = w.conn.execute(sa.select(columns.id).where(*_block_of(worker_id, requester_id))).scalars().all()
    if ids:
        w.update(t.Block, list(ids), reason=reason)
    else:
        row = {"worker_id": key(worker_id), "requester_id": key(requester_id)}
        w.insert(t.Block, [{**row, "reason": reason, "created_at": w.at}])
    w.touch(t.Worker, [key(worker_id)])


def unblock(w: Write, worker_id: object, requester_id: object) -> None:
    """Forgets a block."""
    w.conn.execute(sa.delete(t.Block).where(*_block_of(worker_id, requester_id)))
    w.touch(t.Worker, [key(worker_id)])


def is_blocked(conn: Connection, worker_id: object, requester_id: object) -> bool:
    """Whether a block is on record here."""
    wanted = {"worker": key(worker_id), "requester": key(requester_id)}
    return conn.execute(_BLOCK, wanted).first() is not None


_BLOCK = sa.select(t.Block.__table__.c.id).where(  # type: ignore[attr-defined]
    t.Block.__table__.c.worker_id == sa.bindparam("worker"),  # type: ignore[attr-defined]
    t.Block.__table__.c.requester_id == sa.bindparam("requester"),  # type: ignore[attr-defined]
)


def _block_of(worker_id: object, requester_id: object) -> tuple[sa.ColumnElement[bool], ...]:
    columns = t.Block.__table__.c  # type: ignore[attr-defined]
    return (columns.worker_id == key(worker_id), columns.requester_id == key(requester_id))


def grant(w: Write, worker_id: object, qualification_id: object, value: int) -> None:
    """Gives a worker a qualification's value; a second time changes the value."""
    columns = t.GrantedQualification.__table__.c  # type: ignore[attr-defined]
    mine = (columns.worker_id == key(worker_id), columns.qualification_id == key(qualification_id))
    ids = w.conn.execute(sa.select(columns.id).where(*mine)).scalars().all()
    if ids:
        w.update(t.GrantedQualification, list(ids), value=value, granted_at=w.at)
    else:
        row = {"worker_id": key(worker_id), "qualification_id": key(qualification_id)}
        w.insert(t.GrantedQualification, [{**row, "value": value, "granted_at": w.at}])
    w.touch(t.Worker, [key(worker_id)])


def revoke(w: Write, worker_id: object, qualification_id: object) -> bool:
    """Takes a qualification away; False when it was not granted."""
    columns = t.GrantedQualification.__table__.c  # type: ignore[attr-defined]
    done = w.conn.execute(
        sa.delete(t.GrantedQualification).where(
            columns.worker_id == key(worker_id), columns.qualification_id == key(qualification_id)
        )
    )
    w.touch(t.Worker, [key(worker_id)])
    return bool(done.rowcount)


def remove_qualification(w: Write, qualification_id: object) -> None:
    """Removes a qualification and every grant of it."""
    grants = t.GrantedQualification.__table__.c  # type: ignore[attr-defined]
    marks = t.Qualification.__table__.c  # type: ignore[attr-defined]
    w.conn.execute(sa.delete(t.GrantedQualification).where(grants.qualification_id == key(qualification_id)))
    w.conn.execute(sa.delete(t.Qualification).where(marks.id == key(qualification_id)))
    w.touch(t.Qualification, [key(qualification_id)])


def remove_requester(w: Write, requester_id: object) -> None:
    """Removes an account that nothing belongs to yet."""
    accounts = t.Requester.__table__.c  # type: ignore[attr-defined]
    w.conn.execute(sa.delete(t.Requester).where(accounts.id == key(requester_id)))
    w.touch(t.Requester, [key(requester_id)])


def store_value(w: Write, provider_type: str, name: str, value: Any) -> None:
    """Writes one of a vendor's own values; None removes it."""
    columns = t.ProviderRow.__table__.c  # type: ignore[attr-defined]
    mine = (columns.provider_type == provider_type, columns.key == name)
    ids = w.conn.execute(sa.select(columns.id).where(*mine)).scalars().all()
    if value is None:
        w.conn.execute(sa.delete(t.ProviderRow).where(*mine))
        w.touch(t.ProviderRow, list(ids))
    elif ids:
        w.update(t.ProviderRow, list(ids), value=json.dumps(value))
    else:
        w.insert(t.ProviderRow, [{"provider_type": provider_type, "key": name, "value": json.dumps(value)}])


def stored_value(conn: Connection, provider_type: str, name: str) -> Any:
    """One of a vendor's own values, None where there is none."""
    columns = t.ProviderRow.__table__.c  # type: ignore[attr-defined]
    query = sa.select(columns.value).where(columns.provider_type == provider_type, columns.key == name)
    found = conn.execute(query).scalar()
    return None if found is None else json.loads(found)


def stored_values(conn: Connection, provider_type: str, prefix: str = "") -> dict[str, Any]:
    """A vendor's own values whose names start with `prefix`."""
    columns = t.ProviderRow.__table__.c  # type: ignore[attr-defined]
    query = sa.select(columns.key, columns.value).where(
        columns.provider_type == provider_type, columns.key.startswith(prefix, autoescape=True)
    )
    return {name: json.loads(value) for name, value in conn.execute(query)}


def record_of(entity: str, row: RowMapping) -> Record:
    """A row under the names of INTERFACE.md."""
    record: dict[str, Any] = {}
    for name, value in row.items():
        if name == "id":
            record[TABLES[entity][1]] = str(value)
        elif name in _REFERENCES:
            record[name] = None if value is None else str(value)
        else:
            record[name] = value
    if entity == "unit":
        record["pay_amount"] = to_major(record["pay_minor"], record["currency"])
    return record
