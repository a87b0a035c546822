"""A database that was restored, or put back: what is open in it is held, and a note says so until it is read.

How a window uses it: while `restored_of` gives a note that is not dismissed, it is shown above every page
with a way to Compare. Until `dismiss` the lanes fetch, look up and send what a person sends; they launch,
extend and close nothing by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.store import holding


@dataclass(frozen=True, slots=True)
class Restored:
    """That a database was restored: when, from which file, how old that was (UTC), how many actions are held.

    `restored_from` is "" where the program died and its last changes are lost (the database's log is gone).
    `dismissed`: somebody has read so.
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
            return holding.hold(w, made_at, source)
    finally:
        db.close()


def restored_of(db: CrowdDatabase) -> Restored | None:
    """Whether this database was restored, and from what; None: it was not."""
    with db.read() as conn:
        found = holding.note_of(conn)
    if found is None:
        return None
    return Restored(
        datetime.fromisoformat(found["restored_at"]),
        str(found["restored_from"]),
        datetime.fromisoformat(found["made_at"]),
        int(found["held"]),
        bool(found["dismissed"]),
    )


def dismiss(db: CrowdDatabase) -> None:
    """Somebody has read that the database was restored: the note goes, and the lanes carry on."""
    with db.write() as w:
        holding.dismiss(w)
