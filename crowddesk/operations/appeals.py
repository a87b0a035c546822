"""Answering workers who object to a rejection: it stands, with an answer, or it is taken back and paid.

Not in the GUI thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import (
    ActionKind,
    AssignmentState,
    BadInput,
    Conflict,
    NotFound,
    now,
    status_text,
    storable,
)
from crowddesk.language import say
from crowddesk.operations import decisions
from crowddesk.operations.decisions import offers
from crowddesk.store import appeals as stored
from crowddesk.store import ledger
from crowddesk.store.appeals import Appeal

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_LONGEST_TEXT: Final = 20_000
_LONGEST_ANSWER: Final = 5_000


@dataclass(frozen=True, slots=True)
class Answered:
    """What answering did: the actions that were recorded (taking back, telling), and why others were not."""

    action_ids: tuple[int, ...] = ()
    left_out: tuple[str, ...] = ()


def list_appeals(conn: Connection, *, states: Sequence[str] = stored.STATES) -> list[Appeal]:
    """Objections, those that are to be answered first at the front."""
    return stored.appeals_of(conn, states=states)


def add_appeal(
    db: CrowdDatabase,
    unit_id: int,
    text: str,
    *,
    received_at: datetime | None = None,
    days: int = 7,
) -> int:
    """Keeps what a worker wrote about their rejected unit; its number.

    It is to be answered `days` after it was received (aware; None: now), 0 for no deadline. Raises NotFound,
    BadInput, and Conflict where the unit is not rejected or has an open objection already.
    """
    text = storable(text).strip()
    if not text:
        raise BadInput(say("Paste what the worker wrote."))
    if len(text) > _LONGEST_TEXT:
        raise BadInput(
            say(
                "The objection has {count:,} characters; keep at most {longest_text:,}.",
                count=len(text),
                longest_text=_LONGEST_TEXT,
            )
        )
    at = received_at or now()
    if at.tzinfo is None:
        raise BadInput(say("The time of an objection needs its time zone."))
    if at > now() + timedelta(days=1):
        raise BadInput(say("{at:%Y-%m-%d} is still to come: say when the objection was received.", at=at))
    if not 0 <= days <= 365:
        raise BadInput(
            say("{days} days to answer are too many or too few; use 0 (no deadline) to 365.", days=days)
        )
    with db.write() as w:
        unit = ledger.units_by_id(w.conn, [unit_id]).get(unit_id)
        if unit is None:
            raise NotFound(say("There is no unit {unit_id}.", unit_id=unit_id))
        if unit["status"] != AssignmentState.REJECTED:
            raise Conflict(
                say(
                    "Unit {unit_id} is {status}, not rejected.",
                    unit_id=unit_id,
                    status=status_text(unit["status"]),
                )
            )
        known = stored.appeals_of(w.conn, states=(stored.OPEN,), unit_id=unit_id)
        if known:
            raise Conflict(
                say(
                    "Unit {unit_id} has an open objection already: number {id}.",
                    unit_id=unit_id,
                    id=known[0].id,
                )
            )
        until = at + timedelta(days=days) if days else None
        return stored.add_appeal(w, unit_id, unit["worker_id"], text, at, until)


def uphold(
    db: CrowdDatabase,
    appeal_id: int,
    answer: str,
    *,
    tell: bool = False,
    send_after: timedelta | None = None,
) -> Answered:
    """The rejection stands. With `tell` the answer goes to the worker, where the vendor has messages.

    Raises NotFound, BadInput without an answer, and Conflict for one that was answered already, or whose
    rejection was taken back.
    """
    answer = _checked(answer)
    if not answer:
        raise BadInput(say("Say why the rejection stands: whoever objects is owed an answer."))
    with db.write() as w:
        found = _open(w.conn, appeal_id)
        if found.taken_back:
            raise Conflict(
                say(
                    "The rejection of unit {unit_id} was taken back, so it does not stand. Answer that "
                    "the worker is right.",
                    unit_id=found.unit_id,
                )
            )
        stored.close_appeal(w, found, stored.UPHELD, answer)
        return _tell(db, found, answer, tell, send_after)


def overturn(
    db: CrowdDatabase,
    appeal_id: int,
    answer: str = "",
    *,
    tell: bool = False,
    send_after: timedelta | None = None,
) -> Answered:
    """The worker is right: the rejection is taken back, and the unit is paid.

    One that was overturned before may be so again while its rejection still stands; where that was taken back
    elsewhere, nothing more is recorded. Raises NotFound, Conflict and OverBudget; nothing is changed then.
    """
    answer = _checked(answer)
    with db.write() as w:
        found = stored.appeal(w.conn, appeal_id)
        if found is None or not found.is_owed:
            found = _open(w.conn, appeal_id)
        back = decisions.Decided((), ())
        if not found.taken_back:
            back = decisions.decide(db, ActionKind.UNREJECT, [found.unit_id], send_after=send_after)
        if back.skipped:
            raise Conflict(
                say(
                    "Unit {unit_id} cannot be taken back: {skipped}.",
                    unit_id=found.unit_id,
                    skipped=back.skipped[0][1],
                )
            )
        stored.close_appeal(w, found, stored.OVERTURNED, answer)
        told = _tell(db, found, answer, tell and bool(answer), send_after)
    return Answered((*back.action_ids, *told.action_ids), told.left_out)


def can_tell(provider_type: str) -> bool:
    """Whether an answer can be sent as a message."""
    return offers(provider_type, ActionKind.MESSAGE)


def can_take_back(provider_type: str) -> bool:
    """Whether the vendor says that it takes rejections back."""
    return offers(provider_type, ActionKind.UNREJECT)


def _open(conn: Connection, appeal_id: int) -> Appeal:
    found = stored.appeal(conn, appeal_id)
    if found is None:
        raise NotFound(say("There is no objection {appeal_id}.", appeal_id=appeal_id))
    if found.state != stored.OPEN:
        raise Conflict(
            say(
                "Objection {appeal_id} was {state} already, by {closed_by}.",
                appeal_id=appeal_id,
                state=found.state,
                closed_by=found.closed_by,
            )
        )
    return found


def _checked(answer: str) -> str:
    answer = storable(answer).strip()
    if len(answer) > _LONGEST_ANSWER:
        raise BadInput(
            say(
                "The answer has {count:,} characters; use at most {longest_answer:,}.",
                count=len(answer),
                longest_answer=_LONGEST_ANSWER,
            )
        )
    return answer


def _tell(
    db: CrowdDatabase, found: Appeal, answer: str, tell: bool, send_after: timedelta | None
) -> Answered:
    if not tell:
        return Answered()
    if not can_tell(found.provider_type):
        return Answered(left_out=(say("this vendor has no messages, so the answer is only kept here"),))
    if found.worker_id is None:
        return Answered(left_out=(say("nobody has the unit any more, so the answer is only kept here"),))
    sent = decisions.send_message(
        db, found.requester_id, [found.worker_id], answer, found.run_id, f"appeal-{found.id}-{found.state}",
        send_after=send_after,
    )  # fmt: skip
    return Answered(sent.action_ids, tuple(why for _, why in sent.skipped))
