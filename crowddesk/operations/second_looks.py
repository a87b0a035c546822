"""Looking again at a person's first rejection: agreed to, it may leave; withdrawn, it never does.

Not in the GUI thread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import ActionState, BadInput, now
from crowddesk.store import ledger, second_looks
from crowddesk.store.second_looks import Waiting

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class Looked:
    """The rejections that were agreed to or withdrawn, and the others with why.

    `same_person` of them were decided by who looked now, although several people work here.
    """

    action_ids: tuple[int, ...]
    skipped: tuple[tuple[int, str], ...]
    same_person: tuple[int, ...] = ()


def list_waiting(
    conn: Connection, *, requester_id: int | None = None, run_id: int | None = None
) -> list[Waiting]:
    """The first rejections that wait for somebody to look again, oldest first."""
    return second_looks.waiting(conn, requester_id=requester_id, run_id=run_id)


def looks_twice(conn: Connection, who: str, row: Waiting) -> bool:
    """Whether `who` decided it, and somebody else is here who could look."""
    return row.created_by == who and len(second_looks.people_here(conn)) > 1


def agree(
    db: CrowdDatabase, action_ids: Sequence[int], note: str = "", *, send_after: timedelta | None = None
) -> Looked:
    """Lets first rejections go: they wait for `send`, or leave after that time. Raises BadInput."""
    note = _checked(note)
    with db.write() as w:
        rows = ledger.actions_by_id(w.conn, action_ids)
        ids, skipped = [], []
        for action_id in dict.fromkeys(action_ids):
            if second_looks.close(w, action_id, second_looks.AGREED, note):
                ids.append(action_id)
            else:
                skipped.append((action_id, _why_not(rows, action_id)))
        if send_after is not None:
            ledger.queue(w, ids, now() + send_after)
        several = len({*second_looks.people_here(w.conn), w.who}) > 1
        same = tuple(i for i in ids if several and rows[i]["created_by"] == w.who)
    return Looked(tuple(ids), tuple(skipped), same)


def withdraw(db: CrowdDatabase, action_ids: Sequence[int], note: str) -> Looked:
    """Takes first rejections back before they left; their units wait for another decision.

    The note says why. Raises BadInput without one.
    """
    note = _checked(note)
    if not note:
        raise BadInput("To withdraw a rejection, say why: whoever decided it reads it.")
    with db.write() as w:
        rows = ledger.actions_by_id(w.conn, action_ids)
        ids, skipped = [], []
        for action_id in dict.fromkeys(action_ids):
            if second_looks.close(w, action_id, second_looks.WITHDRAWN, note):
                ids.append(action_id)
            else:
                skipped.append((action_id, _why_not(rows, action_id)))
        ledger.cancel(w, ids)
    return Looked(tuple(ids), tuple(skipped))


def _checked(note: str) -> str:
    note = note.strip()
    if len(note) > _LONGEST_NOTE:
        raise BadInput(f"The note has {len(note):,} characters; use at most {_LONGEST_NOTE:,}.")
    return note


def _why_not(rows: Mapping[int, Mapping[str, Any]], action_id: int) -> str:
    row = rows.get(action_id)
    if row is None:
        return "there is no such action"
    if row["state"] != ActionState.STAGED:
        return f"it is {row['state'].replace('_', ' ')}"
    return "it does not wait for a second look"
