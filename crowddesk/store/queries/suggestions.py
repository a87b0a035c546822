"""Names that a search may look for: the few that begin with what was typed."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.store import tables as t
from crowddesk.store.queries.conditions import QUALIFICATION, REQUESTER, TASK, WORKER

_TAG: sa.Table = t.Tag.__table__  # type: ignore[attr-defined]
_COLUMNS: Final[dict[str, Any]] = {
    "requester": REQUESTER.c.requester_name,
    "provider": REQUESTER.c.provider_type,
    "qualification": QUALIFICATION.c.qualification_name,
    "task": TASK.c.task_name,
    "worker": WORKER.c.worker_name,
    "tag": _TAG.c.word,
}
#: What a tag is on, by the list that it is searched in.
_TAGGED: Final = {"units": "unit", "workers": "worker", "runs": "task_run"}


def names_beginning(conn: Connection, noun: str, field: str, typed: str, limit: int = 8) -> list[str]:
    """Values of this field of a list that begin with `typed`, capitals as typed; none for other fields."""
    column = _COLUMNS.get(field)
    if column is None:
        return []
    if conn.dialect.name == "sqlite":  # a range, not LIKE: an index serves it; the last sign there is ends it
        begins = sa.and_(column >= typed, column < typed + "\U0010ffff")
    else:
        begins = column.startswith(typed, autoescape=True)
    query = sa.select(column).distinct().where(begins)
    if field == "tag":
        query = query.where(_TAG.c.noun == _TAGGED.get(noun, noun))
    return [str(name) for name in conn.execute(query.order_by(column).limit(limit)).scalars()]
