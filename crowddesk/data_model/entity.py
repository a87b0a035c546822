"""What the nouns share: made by `get(db, id)` from their row, as the class their vendor has for them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from crowddesk.domain import AgentStatus, AssignmentState, BadInput
from crowddesk.language import say
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import records
from crowddesk.store.records import Record
from crowddesk.store.transaction import chunks

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase

logger = logging.getLogger(__name__)


def check_unit_status(status: str) -> None:
    """Raises BadInput for what is no status of a unit."""
    if status not in AssignmentState.valid_unit():
        raise BadInput(
            say(
                "{status!r} is no status of a unit: use one of {valid_unit}.",
                status=status,
                valid_unit=", ".join(AssignmentState.valid_unit()),
            )
        )


def check_agent_status(status: str) -> None:
    """Raises BadInput for what is no status of an agent."""
    if status not in AgentStatus.ALL:
        raise BadInput(
            say(
                "{status!r} is no status of an agent: use one of {all}.",
                status=status,
                all=", ".join(AgentStatus.ALL),
            )
        )


class Entity:
    """A noun over one row. `db_id` is text; a relation is loaded when it is asked for."""

    #: The noun's name in `db.get_...` and in the row's id.
    NOUN: ClassVar[str]
    #: The attribute of a provider that holds the vendor's class of this noun, if vendors have one.
    VENDOR_CLASS: ClassVar[str | None] = None

    def __init__(
        self, db: CrowdDatabase, db_id: str, row: Record | None = None, _used_new_call: bool = False
    ) -> None:
        if not _used_new_call:
            name = type(self).__name__
            raise AssertionError(f"{name}(db, id) is not for callers: use {name}.get(db, id).")
        self.db = db
        self._related: dict[str, Any] = {}
        if row is None:
            row = type(self)._fetch(db, db_id)
        self.db_id: str = row[f"{self.NOUN}_id"]
        self._read(row)

    def _read(self, row: Record) -> None:
        """Takes the fields over from a row."""
        raise NotImplementedError

    @classmethod
    def _fetch(cls, db: CrowdDatabase, db_id: str) -> Record:
        return cast(Record, getattr(db, f"get_{cls.NOUN}")(db_id))

    @classmethod
    def get(cls, db: CrowdDatabase, db_id: str, row: Record | None = None) -> Self:
        """The entity of that id, of its vendor's class; NotFound names an id that nothing has."""
        if row is None:
            row = cls._fetch(db, db_id)
        chosen: type[Self] = cls
        if cls.VENDOR_CLASS is not None and cls.__dict__.get("NOUN"):
            chosen = getattr(get_crowd_provider_from_type(row["provider_type"]), cls.VENDOR_CLASS)
        return chosen(db, db_id, row=row, _used_new_call=True)

    @classmethod
    def get_many(cls, db: CrowdDatabase, db_ids: Sequence[int]) -> list[Self]:
        """The entities of many ids, in a query for a thousand; an id that nothing has is left out."""
        with db.read() as conn:
            rows = [row for some in chunks(db_ids) for row in records.find(conn, cls.NOUN, id=some)]
        return [cls.get(db, row[f"{cls.NOUN}_id"], row=row) for row in rows]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.db_id})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entity) and (self.NOUN, self.db_id) == (other.NOUN, other.db_id)

    def __hash__(self) -> int:
        return hash((self.NOUN, self.db_id))
