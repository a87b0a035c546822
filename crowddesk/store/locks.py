"""Locks between processes: on a file, and which of them talks to a vendor for one requester.

On SQLite the latter is the operating system's lock on a file, which the kernel frees when the process dies,
so no clock has to guess. On PostgreSQL it is a session advisory lock on a connection of its own.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.store.database import Database

_POSTGRES_CLASS = 0x6372


def lock_file(path: Path) -> int | None:
    """Takes the system's lock on a file, which is made when it is missing; closing what it returns ends it.

    None where another process or another call holds it, and on a disk that has no locks. Raises OSError where
    the file can be neither made nor opened. Any thread; it waits for nothing.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


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
