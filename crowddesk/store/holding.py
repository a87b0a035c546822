"""What holds a database back that was restored: it does not know what left since it was made.

Whatever was open in it may have been sent meanwhile by the database whose place it takes. So each such action
is in doubt and carries a mark; the lane asks the vendor, and sends none of them by itself. Rows made from now
on get numbers that those made meanwhile cannot have.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionState, money_text
from crowddesk.language import say
from crowddesk.store import changes, ledger, records, stays
from crowddesk.store import tables as t
from crowddesk.store.transaction import Write, chunks

_action = t.VendorAction.__table__.c  # type: ignore[attr-defined]

#: Where the note lies that says so: `provider_row` without a vendor.
_OWNER: Final = ""
_NAME: Final = "restored"
#: The mark of a held action, in its evidence.
_MARK: Final = "restored"
_OPEN: Final = (ActionState.STAGED, ActionState.QUEUED, ActionState.SENDING, ActionState.UNKNOWN)
#: How many numbers are left out, by table: vendors know runs, units and workers by theirs.
_LEFT_OUT: Final = {
    "task_run": 1_000, "assignment": 1_000_000, "unit": 1_000_000, "agent": 1_000_000, "worker": 1_000_000,
}  # fmt: skip


def hold(w: Write, made_at: datetime, source: str) -> int:
    """Puts everything that is open in doubt, and writes down the note; returns how many actions are held.

    `made_at`: as of when the database is. `source`: the file that it was restored from; "" where it has only
    lost its last changes.
    """
    open_ones = ledger.ids_in_state(w.conn, _OPEN)
    asked = ledger.ids_in_state(w.conn, (ActionState.NEEDS_YOU,))
    marks = _marked(w.conn, [*open_ones, *asked], made_at)
    told = sentence(made_at)
    changes.set_action_states(
        w,
        dict.fromkeys(open_ones, (_OPEN, ActionState.UNKNOWN)),
        {i: {"outcome": told, "evidence": marks[i], "not_before": None} for i in open_ones},
    )
    w.update_rows(t.VendorAction, {i: {"outcome": told, "evidence": marks[i]} for i in asked})
    _leave_numbers_out(w)
    held = len(open_ones) + len(asked)
    note = {
        "restored_at": w.at.isoformat(),
        "restored_from": source,
        "made_at": made_at.isoformat(),
        "held": held,
        "dismissed": False,
    }
    records.store_value(w, _OWNER, _NAME, note)
    return held


def sentence(made_at: datetime) -> str:
    """What is said of an action that a restored database held as open."""
    return say(
        "The database was restored as it was on {day} (UTC), and this may have been sent since. Look at the "
        "vendor's own page, then decide.",
        day=f"{made_at:%Y-%m-%d %H:%M}",
    )


def _marked(conn: Connection, ids: Iterable[int], made_at: datetime) -> dict[int, str]:
    """The actions' evidence with the mark in it."""
    found = {}
    for part in chunks(list(ids)):
        for action_id, text in conn.execute(
            sa.select(_action.id, _action.evidence).where(_action.id.in_(part))
        ):
            found[action_id] = json.dumps({**_evidence(text), _MARK: made_at.isoformat()})
    return found


def _evidence(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _leave_numbers_out(w: Write) -> None:
    for name, count in _LEFT_OUT.items():
        table = t.metadata.tables[name]
        largest = w.conn.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0))).scalar_one()
        last = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        counted = w.conn.execute(last, {"name": name}).scalar() or 0
        w.conn.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
        w.conn.execute(
            sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"),
            {"name": name, "seq": max(largest, counted) + count},
        )


def held_since(conn: Connection, ids: Iterable[int]) -> dict[int, datetime]:
    """Those of these actions that are held, and as of when the restored database was."""
    found = {}
    for part in chunks(list(ids)):
        for action_id, text in conn.execute(
            sa.select(_action.id, _action.evidence).where(_action.id.in_(part))
        ):
            mark = _evidence(text).get(_MARK)
            if isinstance(mark, str):
                found[action_id] = datetime.fromisoformat(mark)
    return found


def give_back(w: Write, ids: Iterable[int], *, epoch: int | None = None) -> list[int]:
    """Held actions that surely did not happen, and may be repeated, wait to be sent by a person again."""
    ids = list(ids)
    told = say("It had not been sent when the database was restored. Send it when you are ready.")
    return changes.set_action_states(
        w,
        dict.fromkeys(ids, ((ActionState.UNKNOWN,), ActionState.STAGED)),
        {i: {"outcome": told, "evidence": "{}", "attempt": 0, "started_at": None} for i in ids},
        epoch=epoch,
    )


def note_of(conn: Connection) -> dict[str, Any] | None:
    """What was written down when the database was restored; None: it never was."""
    found: dict[str, Any] | None = records.stored_value(conn, _OWNER, _NAME)
    return found


def dismiss(w: Write) -> None:
    """A person has read the note: lanes begin things by themselves again."""
    found = note_of(w.conn)
    if found is not None:
        records.store_value(w, _OWNER, _NAME, {**found, "dismissed": True})


def is_on_hold(conn: Connection) -> bool:
    """Whether the database was restored and nobody has read so yet."""
    found = note_of(conn)
    return found is not None and not found["dismissed"]


def forgotten(conn: Connection, uuid: str, shown: Iterable[int], currency: str) -> str:
    """Why a payment (by the id that vendors know) must not leave; "" where it may.

    `shown`: payments, in minor units, that the vendor shows and nobody here knows of. A restored database may
    have made them and forgotten it; who sends the payment once more has looked.
    """
    amounts = ", ".join(money_text(amount, currency) for amount in shown)
    if not amounts or note_of(conn) is None or stays.sent_before(conn, uuid):
        return ""
    return say(
        "The vendor shows a bonus of {amounts} that this workspace does not know: it was restored, and may "
        "have paid it since. Nothing was paid now. If it is to be paid all the same, try it again.",
        amounts=amounts,
    )
