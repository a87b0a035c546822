"""A database that was restored does not know what left since it was made: what is open in it is held.

Whatever waited to be sent then may have been sent since, from the database that this one takes the place of.
So nothing that was open leaves by itself: a person looks at the vendor first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import now
from crowddesk.store import holding, records

_OWNER: Final = ""
_NAME: Final = "restored"


@dataclass(frozen=True, slots=True)
class Restored:
    """That a database was restored: when, from which file, how old that was (UTC), how many actions are held.

    `dismissed`: somebody has read so and wants to be told no more.
    """

    restored_at: datetime
    restored_from: str
    made_at: datetime
    held: int
    dismissed: bool


def begin_anew(folder: Path, source: str, made_at: datetime) -> int:
    """Opens a database that was put into `folder`, holds what is open in it, writes down where it is from.

    Brings an older one to this program's schema. Returns how many actions are held. Raises WorkspaceError.
    """
    db = CrowdDatabase(folder)
    try:
        with db.write("restore") as w:
            held = holding.hold_open(w, made_at)
            value = {
                "restored_at": now().isoformat(),
                "restored_from": source,
                "made_at": made_at.isoformat(),
                "held": len(held),
                "dismissed": False,
            }
            records.store_value(w, _OWNER, _NAME, value)
    finally:
        db.close()
    return len(held)


def restored_of(db: CrowdDatabase) -> Restored | None:
    """Whether this database was restored, and from what; None: it was not."""
    with db.read() as conn:
        found: Any = records.stored_value(conn, _OWNER, _NAME)
    if found is None:
        return None
    return Restored(
        datetime.fromisoformat(found["restored_at"]),
        found["restored_from"],
        datetime.fromisoformat(found["made_at"]),
        found["held"],
        found["dismissed"],
    )


def dismiss(db: CrowdDatabase) -> None:
    """Somebody has read that the database was restored."""
    with db.write() as w:
        found: Any = records.stored_value(w.conn, _OWNER, _NAME)
        if found is not None:
            records.store_value(w, _OWNER, _NAME, {**found, "dismissed": True})
