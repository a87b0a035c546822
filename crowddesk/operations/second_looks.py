"""Looking again at people's first rejections: they are staged apart, agreed to or withdrawn.

Not in the GUI thread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import ActionKind, ActionState, BadInput, now, status_text
from crowddesk.language import say
from crowddesk.operations.policy import RejectionPolicy
from crowddesk.store import ledger, second_looks
from crowddesk.store.ledger import NewAction
from crowddesk.store.second_looks import Waiting
from crowddesk.store.transaction import Write

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
        ids, skipped = _close(w, action_ids, rows, second_looks.AGREED, note)
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
        raise BadInput(say("To withdraw a rejection, say why: whoever decided it reads it."))
    with db.write() as w:
        rows = ledger.actions_by_id(w.conn, action_ids)
        ids, skipped = _close(w, action_ids, rows, second_looks.WITHDRAWN, note)
        ledger.cancel(w, ids)
    return Looked(tuple(ids), tuple(skipped))


def stage(
    w: Write, new: Sequence[NewAction], caps: RejectionPolicy, state: str, not_before: datetime | None = None
) -> tuple[ledger.Staged, tuple[int, ...]]:
    """Stages actions, and of them first rejections to wait, without any time to leave; those ids come second.

    Where `caps` ask for no second look, the rows say that it was waived.
    """
    rejected = [n.worker_id for n in new if n.kind == ActionKind.REJECT and n.worker_id is not None]
    first = second_looks.never_rejected(w.conn, rejected) if rejected else set()
    free = [n for n in new if n.kind != ActionKind.REJECT or n.worker_id not in first]
    firsts = [n for n in new if n.kind == ActionKind.REJECT and n.worker_id in first]
    staged = ledger.stage(w, free, state=state, not_before=not_before)
    if not firsts:
        return staged, ()
    if caps.second_look:
        more = ledger.stage(w, firsts, state=ActionState.STAGED)
        second_looks.record(w, more.ids, second_looks.WANTED)
    else:
        more = ledger.stage(w, firsts, state=state, not_before=not_before)
        second_looks.record(w, more.ids, second_looks.WAIVED)
    return _joined(staged, more), more.ids if caps.second_look else ()


def stage_again(
    w: Write,
    new: Sequence[NewAction],
    rows: Sequence[Mapping[str, Any]],
    caps: RejectionPolicy,
    state: str,
    not_before: datetime | None = None,
) -> tuple[ledger.Staged, tuple[int, ...]]:
    """The same for repeats of `rows`; what was agreed to needs no other look at the same words.

    A look that was waived is none: whether one is asked for is said by `caps` of now.
    """
    looked = second_looks.verdicts(w.conn, [row["id"] for row in rows if row["kind"] == ActionKind.REJECT])
    agreed = {i for i, (verdict, *_) in looked.items() if verdict == second_looks.AGREED}
    pairs = list(zip(new, rows, strict=True))
    old = {_key(n): row["id"] for n, row in pairs}
    staged, waiting = stage(w, [n for n, row in pairs if row["id"] not in agreed], caps, state, not_before)
    known = [n for n, row in pairs if row["id"] in agreed]
    if not known:
        return staged, waiting
    more = ledger.stage(w, known, state=state, not_before=not_before)
    left = {_key(n) for n, _ in more.skipped}
    for item, action_id in zip([n for n in known if _key(n) not in left], more.ids, strict=True):
        second_looks.carry_over(w, old[_key(item)], action_id)
    return _joined(staged, more), waiting


def _key(action: NewAction) -> tuple[str, int, str | None]:
    return action.kind, action.target_id, action.sequence


def _joined(one: ledger.Staged, other: ledger.Staged) -> ledger.Staged:
    return ledger.Staged((*one.ids, *other.ids), (*one.skipped, *other.skipped))


def _checked(note: str) -> str:
    note = note.strip()
    if len(note) > _LONGEST_NOTE:
        raise BadInput(
            say(
                "The note has {count:,} characters; use at most {longest_note:,}.",
                count=len(note),
                longest_note=_LONGEST_NOTE,
            )
        )
    return note


def _close(
    w: Write, action_ids: Sequence[int], rows: Mapping[int, Mapping[str, Any]], how: str, note: str
) -> tuple[list[int], list[tuple[int, str]]]:
    """The rejections that were closed so, and why each of the others was not."""
    ids, skipped = [], []
    for action_id in dict.fromkeys(action_ids):
        if second_looks.close(w, action_id, how, note):
            ids.append(action_id)
        else:
            skipped.append((action_id, _why_not(rows, action_id)))
    return ids, skipped


def _why_not(rows: Mapping[int, Mapping[str, Any]], action_id: int) -> str:
    row = rows.get(action_id)
    if row is None:
        return say("there is no such action")
    if row["state"] != ActionState.STAGED:
        return say("it is {state}", state=status_text(row["state"]))
    return say("it does not wait for a second look")
