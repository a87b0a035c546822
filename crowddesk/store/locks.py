"""Which of several processes talks to a vendor for one requester.

On SQLite that is the operating system's lock on a file, on PostgreSQL a session advisory lock on a connection
of its own: both are freed when the process dies.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from crowddesk.file_lock import lock_file

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.store.database import Database

_POSTGRES_CLASS = 0x6372


class RequesterLock:
    """May be held by one process at a time; `acquire` and `release` in the thread of the requester's lane."""

    def __init__(self, db: Database, requester_id: int) -> None:
        self._db = db
        self._requester_id = requester_id
        self._file: int | None = None
        self._conn: Connection | None = None

    @property
    def held(self) -> bool:
        return self._file is not None or self._conn is not None

    def acquire(self) -> bool:
        """Takes the lock if it is free; True when this object holds it."""
        if self.held:
            return True
        if self._db.is_sqlite:
            return self._acquire_file()
        import sqlalchemy as sa

        conn = self._db.lock_connection()
        query = sa.text("SELECT pg_try_advisory_lock(:class, :id)")
        if conn.execute(query, {"class": _POSTGRES_CLASS, "id": self._requester_id}).scalar_one():
            self._conn = conn
            return True
        conn.close()
        return False

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)  # closing the only descriptor gives the lock back
            self._file = None
        if self._conn is not None:
            import sqlalchemy as sa

            with contextlib.suppress(sa.exc.DBAPIError):
                self._conn.invalidate()  # ending the session gives the lock back
            self._conn.close()
            self._conn = None

    def _acquire_file(self) -> bool:
        folder = self._db.folder / "locks"
        folder.mkdir(exist_ok=True)
        self._file = lock_file(folder / f"requester-{self._requester_id}.lock")
        return self.held
