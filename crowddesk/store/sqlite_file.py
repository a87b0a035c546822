"""A SQLite database as a file: copied while it is in use, and looked over for damage.

Nothing here knows our tables. Not in the GUI thread; a large file takes seconds.
"""

from __future__ import annotations

import contextlib
import glob
import os
import secrets
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from crowddesk.language import say

MAGIC: Final = b"SQLite format 3\0"
#: Between two looks of somebody who may cancel: 16 MB of a file with pages of 4,096 bytes.
_PAGES_AT_ONCE: Final = 4_000
#: SQLite asks so often, in steps of its virtual machine, whether it was cancelled.
_STEPS_PER_LOOK: Final = 200_000
_MOST_FINDINGS: Final = 20
_PARTIAL: Final = ".partial"
_ABANDONED_S: Final = 3_600.0


def is_sqlite(path: Path) -> bool:
    """Whether a file is a SQLite database by its first bytes. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def fault_at_first_sight(path: Path) -> str:
    """What is wrong with a file by its first bytes and its size; "" where nothing can be seen so.

    For a file that nobody has open. Raises OSError.
    """
    size = path.stat().st_size
    if not size:
        return say("it is empty")
    with path.open("rb") as file:
        header = file.read(100)
    if header[: len(MAGIC)] != MAGIC:
        return say("it does not begin as a database does")
    page = page_size(header)
    log = path.with_name(f"{path.name}-wal")
    is_counted = header[24:28] == header[92:96] and not (log.exists() and log.stat().st_size)
    if is_counted and size < page * int.from_bytes(header[28:32], "big"):
        return say("its end is missing")
    return ""


def page_size(header: bytes) -> int:
    """The size of a page in bytes, by the first bytes of a database."""
    stored = int.from_bytes(header[16:18], "big")
    return 65_536 if stored == 1 else stored


def copy_sqlite(
    source: Path, target: Path, look: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Copies a SQLite file with its online backup: as it was at one moment, while others go on writing.

    `look` gets (pages copied, pages) and ends it all by raising. The copy has its name only once it is whole,
    and as its file's time that moment; what a killed process leaves ends in `.partial`. Raises
    sqlite3.DatabaseError and OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    partial = target.with_name(f"{target.name}.{os.getpid()}-{secrets.token_hex(4)}{_PARTIAL}")
    try:
        with closing(_open(source)) as old, closing(sqlite3.connect(partial)) as new:
            as_of = time.time()
            # Held until the end, so that no writer makes the copying start over.
            old.execute("BEGIN")
            old.execute("SELECT count(*) FROM sqlite_master").fetchone()
            old.backup(new, pages=_PAGES_AT_ONCE, progress=lambda _, left, total: look(total - left, total))
        os.utime(partial, (as_of, as_of))
        os.replace(partial, target)
    except BaseException:
        _remove(partial)
        raise


def _open(path: Path) -> sqlite3.Connection:
    """Unlike a plain connect, makes no file where there is none."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=60)


def _sweep(target: Path) -> None:
    """Takes away what killed processes left of this copy; nobody works on one for so long."""
    for path in target.parent.glob(f"{glob.escape(target.name)}.*{_PARTIAL}*"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _ABANDONED_S:
                path.unlink()


def _remove(partial: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        partial.with_name(partial.name + ending).unlink(missing_ok=True)


def faults(path: Path, cancelled: Callable[[], bool] = lambda: False) -> list[str]:
    """What SQLite finds wrong with a file's pages and rows. None: it is sound.

    Ends early, with nothing found, when it was cancelled. Raises sqlite3.DatabaseError where the file cannot
    even be opened.
    """
    with closing(_open(path)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.set_progress_handler(lambda: cancelled(), _STEPS_PER_LOOK)
        try:
            found = connection.execute(f"PRAGMA quick_check({_MOST_FINDINGS})").fetchall()
        except sqlite3.DatabaseError:
            if not cancelled():
                raise
            return []
        except UnicodeDecodeError as error:  # SQLite quotes the garbage in what it says
            raise sqlite3.DatabaseError("its list of tables is garbage") from error
    return [str(line) for (line,) in found if line != "ok"]
