"""Reads what can still be read of a damaged SQLite database of ours into a new one, table by table.

Nothing is written to the damaged file: it is read from a copy. Not in the GUI thread.
"""

from __future__ import annotations

import shutil
import sqlite3
import struct
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from crowddesk.domain import WorkspaceError
from crowddesk.language import say, say_count
from crowddesk.store import tables as t
from crowddesk.store.sqlite_file import MAGIC, page_size

Look = Callable[[int, int], None]

_AT_ONCE: Final = 4_096
_HEADER: Final = 100
_SIZES: Final = (4096, 1024, 2048, 512, 8192, 16384, 32768, 65536)


def read_rows(path: Path, target: Path, look: Look) -> tuple[dict[str, int], tuple[str, ...]]:
    """Makes a database at `target` of all rows that can be read: how many of each table, and what is lost.

    `look` gets (tables read, tables), often, and ends it all by raising. Raises WorkspaceError where not even
    the list of tables can be read, or the workspace's own row is lost.
    """
    copy = target.with_name("damaged.sqlite")
    for ending in ("", "-wal"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            shutil.copyfile(beside, copy.with_name(copy.name + ending))
    if not copy.exists() or copy.stat().st_size < _HEADER:
        raise _nothing(path)
    _mend_header(copy)
    counts: dict[str, int] = {}
    lost: list[str] = []
    with (
        closing(sqlite3.connect(copy, isolation_level=None)) as old,
        closing(sqlite3.connect(target, isolation_level=None)) as new,
    ):
        names = _make_tables(old, new, path)
        for done, name in enumerate(names):
            counts[name], missing = _read_table(old, new, name, partial(look, done, len(names)))
            if missing:
                lost.append(
                    say(
                        "Of {table}, {rows} could not be read.",
                        table=name,
                        rows=say_count("up to %n rows", "one row", missing),
                    )
                )
        if not counts.get("workspace"):
            raise _nothing(path)
        look(len(names), len(names))
    return counts, tuple(lost)


def _nothing(path: Path) -> WorkspaceError:
    return WorkspaceError(say("Nothing in {path} can be read any more. Put a copy back instead.", path=path))


def _mend_header(copy: Path) -> None:
    """Writes the first 100 bytes anew where they are not a database's: the rest of the file may be whole.

    Where the file's end is missing, they say how many pages are left: SQLite would read none of them.
    """
    with copy.open("rb") as file:
        data = file.read(_HEADER)
    size = copy.stat().st_size
    if data[: len(MAGIC)] == MAGIC:
        left = size // (page_size(data) or size)
        if left < int.from_bytes(data[28:32], "big"):
            with copy.open("r+b") as file:
                file.seek(28)
                file.write(left.to_bytes(4, "big"))
        return
    page = next((p for p in _SIZES if size % p == 0), 4096)
    stored = 1 if page == 65536 else page
    header = bytearray(_HEADER)
    struct.pack_into(">16sHBBBBBB", header, 0, MAGIC, stored, 2, 2, 0, 64, 32, 32)
    # Change counter, pages, no free pages, schema 1 in format 4, UTF-8, and the version that it is valid for.
    struct.pack_into(">IIIIII", header, 24, 1, size // page, 0, 0, 1, 4)
    struct.pack_into(">I", header, 56, 1)
    struct.pack_into(">II", header, 92, 1, 3_040_000)
    with copy.open("r+b") as file:
        file.write(header)


def _make_tables(old: sqlite3.Connection, new: sqlite3.Connection, path: Path) -> list[str]:
    """Makes the tables and indexes that the damaged database names and that are ours."""
    ours = set(t.metadata.tables)
    try:
        query = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type DESC"
        made = old.execute(query).fetchall()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        raise _nothing(path) from None
    names = []
    for kind, name, table, text in made:
        if kind in ("table", "index") and table in ours and text:
            try:
                new.execute(text)
            except sqlite3.Error:  # garbage
                raise _nothing(path) from None
            if kind == "table":
                names.append(name)
    if t.Workspace.__tablename__ not in names:
        raise _nothing(path)
    return sorted(names)


def _read_table(
    old: sqlite3.Connection, new: sqlite3.Connection, name: str, look: Callable[[], None]
) -> tuple[int, int]:
    """Copies a table's rows; how many, and how many at most could not be read."""
    kinds = [_kind_of(row[2]) for row in new.execute(f'PRAGMA table_info("{name}")')]
    insert = f'INSERT OR IGNORE INTO "{name}" VALUES ({", ".join("?" * len(kinds))})'
    first, last = _bounds(old, name)
    saved, unreadable = 0, _count_outside(old, name, first, last)
    new.execute("BEGIN")
    for begin in range(first, last + 1, _AT_ONCE):
        look()
        for rows, missing in _read_range(old, name, begin, min(last, begin + _AT_ONCE - 1)):
            unreadable += missing
            for row in rows:
                fits = all(map(_is_a, row, kinds))
                with suppress(sqlite3.DatabaseError):  # a row of garbage
                    saved += new.execute(insert, row).rowcount if fits else 0
                unreadable += not fits
    new.execute("COMMIT")
    return saved, unreadable


def _kind_of(declared: str) -> type[Any] | tuple[type[Any], ...]:
    """What a column's values are, by its declared type."""
    if "INT" in declared or declared == "BOOLEAN":
        return int
    return (int, float) if declared == "FLOAT" else str


def _is_a(value: Any, kind: type[Any] | tuple[type[Any], ...]) -> bool:
    return value is None or isinstance(value, kind)


def _bounds(old: sqlite3.Connection, name: str) -> tuple[int, int]:
    """The first and the last id there can be: garbage may name one that a search would never come to."""
    found = []
    for query in (
        f'SELECT min(id), max(id) FROM "{name}" NOT INDEXED',
        f"SELECT 1, seq FROM sqlite_sequence WHERE name = '{name}'",
    ):
        with suppress(sqlite3.DatabaseError):
            row = old.execute(query).fetchone()
            if row and type(row[0]) is int and type(row[1]) is int:
                found.append(row)
    return (max(row[0] for row in found), min(row[1] for row in found)) if found else (1, 0)


def _count_outside(old: sqlite3.Connection, name: str, first: int, last: int) -> int:
    """How many rows have an id that none was ever given."""
    with suppress(sqlite3.DatabaseError):
        query = f'SELECT count(*) FROM "{name}" NOT INDEXED WHERE id < ? OR id > ?'
        return int(old.execute(query, (first, last)).fetchone()[0])
    return 0


def _read_range(
    old: sqlite3.Connection, name: str, first: int, last: int
) -> Iterator[tuple[list[tuple[Any, ...]], int]]:
    """The rows of a range of ids; where they cannot be read, those of its halves."""
    try:
        rows = old.execute(
            f'SELECT * FROM "{name}" NOT INDEXED WHERE id BETWEEN ? AND ? ORDER BY id', (first, last)
        ).fetchall()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        if first == last:
            yield [], 1  # or an id that nothing has
            return
        middle = (first + last) // 2
        yield from _read_range(old, name, first, middle)
        yield from _read_range(old, name, middle + 1, last)
        return
    yield rows, 0
