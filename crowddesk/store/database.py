"""Opens a workspace's database and runs its transactions: many readers, one writer, a journal row a commit.

`read()` and `write()` may be called from any thread but the GUI's. Writers are serialised, in this process by
a lock and between processes by BEGIN IMMEDIATE (an advisory lock on PostgreSQL); `write()` nests, an inner
block on the same thread joins the outer one. Nothing slow belongs inside a write block: no vendor call, no
dialog, no sleep, no signal.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from crowddesk.domain import Cancelled, Change, DamagedWorkspace, WorkspaceError
from crowddesk.language import say
from crowddesk.store import schema
from crowddesk.store.locks import OpenMark
from crowddesk.store.sqlite_file import copy_sqlite, fault_at_first_sight
from crowddesk.store.transaction import Write

_BUSY_MS = 60_000
#: SQLite's default of 1,000 pages copies the same pages again after each busy commit; this is 40 MB of log.
_CHECKPOINT_PAGES = 10_000
_WRITER_LOCK_KEY = 0x63726F7764  # "crowd"
#: PostgreSQL tells other processes of each commit here.
NOTIFY_CHANNEL = "crowddesk_journal"
#: SQLite asks so often, in steps of its virtual machine, whether a read was cancelled: about a millisecond.
_STEPS_PER_LOOK = 20_000
#: So often, in seconds, a read on PostgreSQL is looked at.
_LOOK_S = 0.05
#: What the system may say of any place, for which there are words.
_TOLD = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EEXIST)
_NETWORK_FILESYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ncpfs"})


class CancelToken:
    """Stops reads that run in another thread, running and later ones alike."""

    def __init__(self) -> None:
        self.cancelled = False

    def cancel(self) -> None:
        """Any thread, the GUI's too: it waits for nothing."""
        self.cancelled = True

    @contextlib.contextmanager
    def _watch(self, conn: Connection) -> Iterator[None]:
        self._check()
        driver: Any = conn.connection.dbapi_connection
        if conn.dialect.name == "sqlite":
            # Unlike interrupt(), this also stops a statement that starts after the cancel.
            driver.set_progress_handler(lambda: self.cancelled, _STEPS_PER_LOOK)
            try:
                yield
            finally:
                driver.set_progress_handler(None, 0)
            return

        def look(*_: Any) -> None:
            self._check()

        def wait(found: Generator[Any, int, Any], interval: float = 0.0, **more: Any) -> Any:
            return type(driver).wait(driver, self._asking(found, driver), _LOOK_S, **more)

        event.listen(conn, "before_cursor_execute", look)
        driver.wait = wait
        try:
            yield
        finally:
            del driver.wait

    def _asking(self, found: Generator[Any, int, Any], driver: Any) -> Generator[Any, int, Any]:
        """What psycopg waits for; where nothing has come, and it was cancelled, the server is asked to end.

        Each time anew: what a server hears between two statements, it forgets.
        """
        try:
            wanted = next(found)
            while True:
                ready = yield wanted
                if self.cancelled and not ready:
                    driver.cancel()
                wanted = found.send(ready)
        except StopIteration as end:
            return end.value

    def _check(self) -> None:
        if self.cancelled:
            raise Cancelled(say("The search was cancelled."))


class Database:
    """One workspace folder and its database (SQLite in the folder, or a PostgreSQL address)."""

    def __init__(
        self, folder: Path, url: str | None = None, *, who: str | None = None, read_only: str = ""
    ) -> None:
        """Opens, and for a new folder creates, the workspace; brings an older one up to date.

        `read_only` is what everybody is told who wants to write, as a sentence; empty: writing is allowed.
        Raises WorkspaceError when it is newer than this program, damaged, read-only or on a network drive.
        """
        self.folder = Path(folder)
        self.read_only = read_only
        self.who = who or _user_name()
        self._local = threading.local()
        self._write_lock = threading.RLock()
        self._on_commit: list[Callable[[Change], None]] = []
        self._own_commits: set[int] | None = None
        self._mark: OpenMark | None = None
        self._lost_log = False
        with clear_errors(self.folder):
            _make_folder(self.folder)
            if url is None:
                refuse_network_drive(self.folder)
                self.path: Path | None = self.folder / "crowddesk.sqlite"
                # As an address in text, a ? or a % in the folder's name would mean something.
                self.url: str | sa.URL = sa.URL.create("sqlite", database=str(self.path))
                self._mark = OpenMark(self.folder, self._look_at_file)
            else:
                self.path = None
                self.url = url
            self._writer = self._engine(writer=True)
            self._reader = self._engine(writer=False)
            try:
                schema.bring_up_to_date(self._writer, self.path)
                if self._lost_log:
                    self._hold()
                if self._mark is not None:
                    self._mark.settle()
            except UnicodeDecodeError as error:  # SQLite quotes the garbage in what it says
                self.close()
                raise DamagedWorkspace(_sentence("malformed", self.folder), str(error)) from error
            except BaseException:
                self.close()
                raise

    def _look_at_file(self, is_open: bool, somebody_died: bool) -> bool:
        """Whether the log of somebody who died is lost, and with it their last changes.

        Raises DamagedWorkspace where the file is damaged at first sight, or gone from a used workspace.
        """
        assert self.path is not None
        if is_open:
            return False
        fault = fault_at_first_sight(self.path) if self.path.exists() else say("it is missing")
        log = self.path.with_name(f"{self.path.name}-wal")
        is_new = fault and not (self.path.exists() and self.path.stat().st_size) and not self._was_used()
        if fault and not is_new:
            raise DamagedWorkspace(
                say(
                    "The database {path} is damaged: {fault}. Put a copy of it back: crowddesk repair.",
                    path=self.path,
                    fault=fault,
                )
            )
        # Whoever dies leaves the log beside the file. Without it the last changes are lost, which nothing in
        # the file shows.
        self._lost_log = somebody_died and not fault and not log.exists()
        return self._lost_log

    def _was_used(self) -> bool:
        return any((self.folder / name).is_dir() for name in ("runs", "backups"))

    def _hold(self) -> None:
        from crowddesk.store import holding

        assert self.path is not None
        as_of = datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        with self.write("restore") as w:
            holding.hold(w, as_of, "")

    # ------------------------------------------------------------------------------------ engines

    @property
    def is_sqlite(self) -> bool:
        return self.path is not None

    def _engine(self, *, writer: bool) -> Engine:
        options: dict[str, Any] = {"hide_parameters": True}
        if self.is_sqlite:
            options["connect_args"] = {"check_same_thread": False, "timeout": _BUSY_MS / 1000}
        if writer:
            options |= {"pool_size": 1, "max_overflow": 0}
        else:
            options |= {"pool_size": 8, "max_overflow": 8}
        engine = sa.create_engine(self.url, poolclass=sa.QueuePool, **options)
        if self.is_sqlite:
            event.listen(engine, "connect", _prepare_sqlite_writer if writer else _prepare_sqlite_reader)
            event.listen(engine, "begin", _begin_immediate if writer else _begin_plain)
        else:
            event.listen(engine, "begin", _lock_postgres if writer else _read_only_postgres)
        return engine

    def close(self) -> None:
        """Gives every connection back. Call it last, from the thread that made the database."""
        self._reader.dispose()
        self._writer.dispose()
        if self._mark is not None:
            self._mark.close()

    # ------------------------------------------------------------------------------- transactions

    @contextlib.contextmanager
    def read(self, cancel: CancelToken | None = None) -> Iterator[Connection]:
        """A connection that can only read, in one snapshot. Inside a write block: the writer's own.

        Raises Cancelled, in the reading thread, soon after `cancel.cancel()` was called in another.
        """
        current = self.open_write()
        if current is not None:
            yield current.conn
            return
        with clear_errors(self.folder, cancel), self._reader.connect() as conn, conn.begin():
            if cancel is None:
                yield conn
            else:
                with cancel._watch(conn):
                    yield conn

    @contextlib.contextmanager
    def write(self, who: str | None = None) -> Iterator[Write]:
        """A write transaction. Commits at the end of the outermost block, then tells the listeners.

        A listener runs in the writing thread, after the commit; it must only hand the change on. Raises
        WorkspaceError where the workspace was opened to be read only.
        """
        current = self.open_write()
        if current is not None:
            yield current
            return
        if self.read_only:
            raise WorkspaceError(self.read_only)
        change: Change | None = None
        try:
            with self._write_lock, clear_errors(self.folder), self._writer.begin() as conn:
                current = Write(conn, who or self.who, is_sqlite=self.is_sqlite)
                self._local.write = current
                try:
                    yield current
                    change = current.finish()
                    self._before_commit(conn, change)
                finally:
                    self._local.write = None
        except BaseException:
            if change is not None and self._own_commits is not None:
                self._own_commits.discard(change.journal_id)  # the commit failed: the id is free again
            if current is not None:
                for undo in reversed(current.after_rollback):
                    undo()
            raise
        if change is not None:
            for listener in list(self._on_commit):
                listener(change)
        for after in current.after_commit:
            after()

    def open_write(self) -> Write | None:
        """The write block that this thread is in, None outside of one."""
        current: Write | None = getattr(self._local, "write", None)
        return current

    def _before_commit(self, conn: Connection, change: Change | None) -> None:
        if change is None:
            return
        if self._own_commits is not None:
            self._own_commits.add(change.journal_id)
        if not self.is_sqlite:
            conn.exec_driver_sql(f"NOTIFY {NOTIFY_CHANNEL}, '{change.journal_id}'")

    def own_commits(self) -> set[int]:
        """The journal ids of this process's commits from now on; a feed takes out what it has seen."""
        with self._write_lock:
            if self._own_commits is None:
                self._own_commits = set()
            return self._own_commits

    def on_commit(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Calls `listener` with each committed change of this process; returns the call that ends that, which
        may be made again."""
        self._on_commit.append(listener)

        def leave() -> None:
            with contextlib.suppress(ValueError):
                self._on_commit.remove(listener)

        return leave

    def lock_connection(self) -> Connection:
        """A connection of its own for a session lock (PostgreSQL); whoever asked closes it."""
        engine = sa.create_engine(
            self.url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True
        )
        return engine.connect()

    def backup(self, target: Path) -> None:
        """Copies a SQLite workspace's database while it is in use (SQLite's online backup)."""
        if self.path is None:
            raise WorkspaceError(say("A PostgreSQL workspace is backed up with pg_dump, not from here."))
        with clear_errors(target.parent):
            copy_sqlite(self.path, target)


# ------------------------------------------------------------------------------------------- connections


def _prepare_sqlite(connection: sqlite3.Connection) -> None:
    connection.isolation_level = None  # SQLAlchemy's "begin" event issues BEGIN itself
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={_BUSY_MS}", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_sqlite_writer(connection: sqlite3.Connection, _record: object) -> None:
    _prepare_sqlite(connection)
    connection.execute("PRAGMA cache_size=-64000")
    connection.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES}")


def _prepare_sqlite_reader(connection: sqlite3.Connection, _record: object) -> None:
    _prepare_sqlite(connection)
    connection.execute("PRAGMA cache_size=-16000")
    connection.execute("PRAGMA query_only=ON")


def _begin_immediate(conn: Connection) -> None:
    conn.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_plain(conn: Connection) -> None:
    conn.exec_driver_sql("BEGIN")


def _lock_postgres(conn: Connection) -> None:
    conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK_KEY})")


def _read_only_postgres(conn: Connection) -> None:
    conn.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


# ------------------------------------------------------------------------------------------------- errors


@contextlib.contextmanager
def clear_errors(place: Path, cancel: CancelToken | None = None) -> Iterator[None]:
    """Turns what the platform says about files and databases into one sentence with the place."""
    try:
        yield
    except (DBAPIError, sqlite3.DatabaseError) as error:  # the latter from a cursor that is read directly
        said = str(getattr(error, "orig", error))
        operational = isinstance(error, OperationalError | sqlite3.OperationalError)
        if operational and cancel is not None and cancel.cancelled:
            raise Cancelled(say("The search was cancelled.")) from error
        if operational or _is_damage(said) or "read-only transaction" in said:
            kind = DamagedWorkspace if _is_damage(said) else WorkspaceError
            raise kind(_sentence(said, place), details=str(error)) from error
        raise
    except OSError as error:
        if error.errno in _TOLD:
            raise WorkspaceError(_sentence(str(error), place), details=str(error)) from error
        raise


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno in _TOLD:
            raise
        why = error.strerror or error
        raise WorkspaceError(say("{folder} cannot be made: {why}.", folder=folder, why=why)) from error


def _is_damage(message: str) -> bool:
    return "malformed" in message or "not a database" in message


def _sentence(message: str, place: Path) -> str:
    low = message.lower()
    if "disk is full" in low or "no space" in low:
        return say(
            "The disk of {place} is full. Nothing of this step was stored; make room and try again.",
            place=place,
        )
    if "readonly" in low or "read-only" in low or "permission" in low or "unable to open" in low:
        return say(
            "{place} cannot be written. Choose another workspace or mend its permissions.", place=place
        )
    if _is_damage(low):
        return say(
            "The database in {place} is damaged. Put a copy of it back: crowddesk repair.", place=place
        )
    if "locked" in low or "busy" in low:
        return say(
            "Another program has kept the database in {place} locked for a minute. Close it and try again.",
            place=place,
        )
    if "not a directory" in low or "file exists" in low:
        return say("{place} is not a folder. Choose a folder for the workspace.", place=place)
    return say("The database of {place} could not be used: {said}", place=place, said=message)


def refuse_network_drive(folder: Path) -> None:
    """SQLite's locks do not hold on network drives, and two desks on one file would pay twice.

    The folder need not be there yet. Raises WorkspaceError. Not in the GUI thread.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    resolved = str(folder.resolve())
    best, kind = "", ""
    for line in mounts:
        parts = line.split(" ")
        if len(parts) > 2:
            point = parts[1].replace("\\040", " ")
            inside = resolved == point or resolved.startswith(point.rstrip("/") + "/")
            if inside and len(point) >= len(best):
                best, kind = point, parts[2]
    if kind in _NETWORK_FILESYSTEMS:
        raise WorkspaceError(
            say(
                "{folder} lies on a network drive ({kind}), where a database file is not safe. Choose a "
                "folder on this computer, or use a PostgreSQL workspace for a team.",
                folder=folder,
                kind=kind,
            )
        )


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getpid())
