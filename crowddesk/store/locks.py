"""Which of several processes talks to a vendor for one requester, and which have a workspace open at all.

On SQLite that is the operating system's lock on a file, on PostgreSQL a session advisory lock on a connection
of its own: both are freed when the process dies.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crowddesk.domain import WorkspaceError
from crowddesk.file_lock import lock_file
from crowddesk.language import say

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.store.database import Database

_POSTGRES_CLASS = 0x6372
_FOLDER: Final = "locks"
#: Held while somebody begins to use a workspace's file, or changes the file itself.
_DOOR: Final = "door.lock"
_OPEN: Final = "open-"


class OpenMark:
    """Says that somebody has a workspace's database file open, from `settle` on until `close` or a death.

    `look` is called before, while nobody else begins: whether others have it open, whether somebody died who
    had. It returns whether something was lost with them; then they are remembered until `settle`. Waits while
    the file itself is being changed. Raises OSError where the folder takes no file.
    """

    def __init__(self, folder: Path, look: Callable[[bool, bool], bool]) -> None:
        locks = folder / _FOLDER
        locks.mkdir(exist_ok=True)
        self._held: int | None = None
        self._door = lock_file(locks / _DOOR, wait=True)
        try:
            marks = list(locks.glob(f"{_OPEN}*.lock"))
            self._left = list(filter(_is_free, marks))
            if not look(len(self._left) < len(marks), any(map(_tells_of_death, self._left))):
                _remove(self._left)
            self._path = locks / f"{_OPEN}{os.getpid()}-{secrets.token_hex(4)}.lock"
            self._held = lock_file(self._path)
        except BaseException:
            self._open_door()
            raise

    def settle(self) -> None:
        """The file was made fit for use: from now on others may begin, and a death is one that counts."""
        if self._held is not None:
            with contextlib.suppress(OSError):  # a full disk, on which reading is still of use
                os.write(self._held, b"open")
        _remove(self._left)
        self._open_door()

    def close(self) -> None:
        """May be called again."""
        if self._held is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._held, 0)  # for whoever looks before the file is gone: no death
            os.close(self._held)
            self._held = None
            _remove([self._path])
        self._open_door()

    def _open_door(self) -> None:
        if self._door is not None:
            os.close(self._door)
            self._door = None


def somebody_died(folder: Path) -> bool:
    """Whether a process died while it had the workspace's database file open, and nobody has opened it since.

    Not for the GUI thread. Raises OSError where the folder takes no file.
    """
    locks = folder / _FOLDER
    if not locks.is_dir():
        return False
    with _door(locks):
        return any(_is_free(mark) and _tells_of_death(mark) for mark in locks.glob(f"{_OPEN}*.lock"))


def bury_dead(folder: Path) -> None:
    """Forgets who died over the workspace's database file: what they left beside it is about to go into it.

    Not for the GUI thread. Raises OSError where the folder takes no file.
    """
    locks = folder / _FOLDER
    if locks.is_dir():
        with _door(locks):
            _remove(filter(_is_free, locks.glob(f"{_OPEN}*.lock")))


@contextlib.contextmanager
def _door(locks: Path) -> Iterator[None]:
    """Nobody begins to use the file, and none is between making a mark and holding it."""
    door = lock_file(locks / _DOOR, wait=True)
    try:
        yield
    finally:
        if door is not None:
            os.close(door)


def _tells_of_death(mark: Path) -> bool:
    """Whether the process of a mark that nobody holds left it as it was while the file was open.

    One that ended as it should has emptied its mark, and whoever looks for a mark that is gone makes it anew.
    """
    try:
        return mark.stat().st_size > 0
    except FileNotFoundError:
        return False


def _remove(marks: Iterable[Path]) -> None:
    for mark in marks:
        with contextlib.suppress(OSError):
            mark.unlink(missing_ok=True)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody has the workspace's database file open, and nobody opens it until the end of the block.

    Then those who died over the file are forgotten, since it is another one. Raises WorkspaceError while
    somebody has it open, in this process too; OSError where the folder takes no file.
    """
    locks = folder / _FOLDER
    locks.mkdir(exist_ok=True)
    door = lock_file(locks / _DOOR)
    try:
        if door is None or not all(_is_free(lock) for lock in locks.glob("*.lock") if lock.name != _DOOR):
            raise WorkspaceError(
                say(
                    "The workspace in {folder} is open. Close every window and command on it, then try "
                    "again.",
                    folder=folder,
                )
            )
        yield
        _remove(locks.glob(f"{_OPEN}*.lock"))
    finally:
        if door is not None:
            os.close(door)


def _is_free(lock: Path) -> bool:
    held = lock_file(lock)
    if held is None:
        return False
    os.close(held)
    return True


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
        folder = self._db.folder / _FOLDER
        folder.mkdir(exist_ok=True)
        self._file = lock_file(folder / f"requester-{self._requester_id}.lock")
        return self.held
