"""Exports a run's units to CSV, JSONL or XLSX, row by row, into a file that is there whole or not at all.

Text that a spreadsheet would run as a formula is made inert. In CSV such a cell gets one `'` in front: cells
whose first sign after any number of `'` is one of `= + - @`, their wide forms, a tab or a line end, but not
plain numbers such as `-1.5`. Taking one `'` from every cell that begins with `'`s and such a sign gives the
exact text back. In XLSX the cell is marked as text (Excel's quote prefix), and its value is unchanged.
"""

from __future__ import annotations

import contextlib
import csv
import errno
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import (
    DATASET_STATUSES,
    BadInput,
    WorkspaceError,
    money_json,
    money_text,
)
from crowddesk.operations import xlsx
from crowddesk.store.queries import UNITS, Scope, UnitRow
from crowddesk.store.records import Record

Progress = Callable[[int, int], None]

FORMATS = (".csv", ".jsonl", ".xlsx")
#: The key under which a damaged item or answer is exported as the text that is stored.
DAMAGED = "(damaged)"
_FIXED = (
    "unit_id", "task_run_id", "assignment_id", "item_key", "unit_index", "kind", "status", "agent_status",
    "vendor_status", "dataset_status", "agent_id", "worker_id", "worker_name", "launched_at", "submitted_at",
    "seconds", "active_seconds", "pasted", "pay", "fee", "currency",
)  # fmt: skip
_PROGRESS_EVERY = 500
_RISKY = re.compile(r"('*)[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written. `damaged` are units whose item or answer could not be read: exported as stored."""

    path: Path
    rows: int
    damaged: tuple[int, ...]


def export_run(
    db: CrowdDatabase,
    run_id: int,
    path: Path,
    only: str | None = None,
    progress: Progress = lambda done, total: None,
) -> Exported:
    """Writes a run's units to `path`, whose ending says the format; `only` keeps one dataset status.

    `progress` gets (rows written, rows), and ends the export by raising; then nothing is left behind. Raises
    NotFound, BadInput for a path or a value that cannot be, WorkspaceError when the disk does not take it.
    """
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise BadInput(f"{path.name}: it is exported by its ending, one of {', '.join(FORMATS)}.")
    if only is not None and only not in DATASET_STATUSES:
        raise BadInput(f"{only!r} is no dataset status: use {', '.join(DATASET_STATUSES)}.")
    if path.is_dir() or not path.absolute().parent.is_dir():
        what = "is a folder" if path.is_dir() else "lies in a folder that does not exist"
        raise BadInput(f"{path} {what}: name a file in an existing folder.")
    run = db.get_task_run(str(run_id))
    search, scope = UNITS.parse(f"data:{only}" if only else ""), Scope(run_id=run_id)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    damaged: list[int] = []
    with db.read() as conn:
        total = UNITS.count(conn, search, scope)
        if kind == ".xlsx" and total >= xlsx.MOST_ROWS:
            raise BadInput(f"{total:,} rows are more than a sheet of XLSX holds. Export CSV or JSONL.")

        def rows() -> Iterator[UnitRow]:
            return UNITS.iterate(conn, search, scope)

        with whole_or_nothing(part, path):
            columns = [] if kind == ".jsonl" else _columns(rows())
            writer = _WRITERS[kind](part, columns)
            done = 0
            with contextlib.closing(writer):
                for row in rows():
                    record = unit_record(row, run)
                    if DAMAGED in record["input"] or DAMAGED in (record["output"] or ()):
                        damaged.append(row.id)
                    writer.add(record)
                    done += 1
                    if done % _PROGRESS_EVERY == 0:
                        progress(done, total)
                progress(done, total)
                writer.finish()
    return Exported(path, done, tuple(damaged))


def unit_record(row: UnitRow, run: Mapping[str, Any]) -> dict[str, Any]:
    """A unit under INTERFACE.md's names, as JSON writes it; its own id is `unit_id`, its state `status`.

    `run` is the record of its run. Ids are text, times ISO 8601 in UTC, money {"minor", "currency"}.
    """
    return {
        "unit_id": str(row.id),
        "task_run_id": str(row.task_run_id),
        "task_id": str(run["task_id"]),
        "task_type": run["task_type"],
        "assignment_id": str(row.assignment_id),
        "item_key": row.item_key,
        "unit_index": row.unit_index,
        "kind": row.kind,
        "status": row.status,
        "agent_status": row.agent_status,
        "vendor_status": row.vendor_status,
        "dataset_status": row.dataset_status,
        "pending": row.pending,
        "agent_id": text_id(row.agent_id),
        "worker_id": text_id(row.worker_id),
        "worker_name": row.worker_name,
        "requester_id": str(row.requester_id),
        "provider_type": row.provider_type,
        "sandbox": row.sandbox,
        "pay_amount": money_json(row.pay_minor, row.currency),
        "fee": money_json(row.fee_minor, row.currency),
        "launched_at": row.launched_at.isoformat() if row.launched_at else None,
        "submitted_at": row.submitted_at.isoformat() if row.submitted_at else None,
        "seconds": row.seconds,
        "active_seconds": row.active_seconds,
        "pasted": row.pasted_into,
        "input": _readable(row.data),
        "output": None if row.answer is None else _readable(row.answer),
    }


def text_id(value: int | None) -> str | None:
    """An id as the interface writes it."""
    return None if value is None else str(value)


def inert(text: str) -> str:
    """A text as a CSV cell that no spreadsheet runs; `unquoted` gives the text back."""
    return f"'{text}" if _is_risky(text) else text


def unquoted(cell: str) -> str:
    """The text that a CSV cell of an export stands for."""
    found = _RISKY.match(cell)
    return cell[1:] if found and found[1] else cell


@contextlib.contextmanager
def whole_or_nothing(part: Path, path: Path) -> Iterator[None]:
    """Gives the file its name at the end; takes the part away when anything went wrong."""
    try:
        yield
        os.replace(part, path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            if error.errno == errno.ENOSPC:
                sentence = f"The disk of {path.absolute().parent} is full, so {path.name} was not written."
            else:
                sentence = f"{path} cannot be written: {error.strerror or error}."
            raise WorkspaceError(sentence, details=str(error)) from error
        raise


# ------------------------------------------------------------------------------------------- inside


def _readable(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {DAMAGED: text}
    return value if isinstance(value, dict) else {"": value}


def _columns(rows: Iterable[UnitRow]) -> list[str]:
    """The fixed columns, then every item's columns and every answer's fields in the order they first came."""
    inputs: dict[str, None] = {}
    outputs: dict[str, None] = {}
    last = ""
    for row in rows:
        if row.data != last:
            inputs |= dict.fromkeys(_readable(row.data))
            last = row.data
        if row.answer is not None:
            outputs |= dict.fromkeys(_readable(row.answer))
    return [*_FIXED, *(f"input.{name}" for name in inputs), *(f"output.{name}" for name in outputs)]


def _flat(record: Record) -> dict[str, Any]:
    pay, fee = record["pay_amount"], record["fee"]
    return {
        **record,
        "pay": money_text(pay["minor"], pay["currency"], with_currency=False).replace(",", ""),
        "fee": money_text(fee["minor"], fee["currency"], with_currency=False).replace(",", ""),
        "currency": pay["currency"],
        **{f"input.{name}": value for name, value in record["input"].items()},
        **{f"output.{name}": value for name, value in (record["output"] or {}).items()},
    }


def _cell(value: Any) -> str:
    """One value as text: lists and objects as JSON, so that they can be read back."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _is_risky(text: str) -> bool:
    found = _RISKY.match(text)
    return bool(found) and not (found and not found[1] and _NUMBER.fullmatch(text))


class _Writer(Protocol):
    def __init__(self, path: Path, columns: list[str]) -> None: ...
    def add(self, record: dict[str, Any]) -> None: ...
    def finish(self) -> None: ...
    def close(self) -> None: ...


class _Text:
    """A text file that is flushed to the disk before it counts."""

    def __init__(self, path: Path, columns: list[str]) -> None:
        self._file = path.open("x", encoding="utf-8", newline="")
        self._columns = columns

    def finish(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


class _Csv(_Text):
    def __init__(self, path: Path, columns: list[str]) -> None:
        super().__init__(path, columns)
        self._writer = csv.writer(self._file)
        self._writer.writerow([inert(column) for column in columns])

    def add(self, record: dict[str, Any]) -> None:
        flat = _flat(record)
        self._writer.writerow([inert(_cell(flat.get(column))) for column in self._columns])


class _JsonLines(_Text):
    def add(self, record: dict[str, Any]) -> None:
        self._file.write(json.dumps(record, ensure_ascii=False) + "\n")


class _Xlsx:
    def __init__(self, path: Path, columns: list[str]) -> None:
        self._path = path
        self._columns = columns
        self._sheet = xlsx.Sheet(path)
        self._sheet.add([_xlsx_text(column) for column in columns])

    def add(self, record: dict[str, Any]) -> None:
        flat = _flat(record)
        try:
            self._sheet.add([_xlsx_cell(flat.get(column)) for column in self._columns])
        except BadInput as error:
            raise BadInput(f"Unit {record['unit_id']}, {error}") from None

    def finish(self) -> None:
        self._sheet.finish()
        self._sheet.close()
        with self._path.open("rb+") as file:
            os.fsync(file.fileno())

    def close(self) -> None:
        self._sheet.close()


def _xlsx_cell(value: Any) -> xlsx.Cell:
    if value is None or isinstance(value, bool | str | list | dict):
        return _xlsx_text(_cell(value))
    number: int | float = value
    # Beyond that a spreadsheet, which knows doubles only, would change the number.
    return number if abs(number) < 2**53 else str(number)


def _xlsx_text(text: str) -> str:
    return xlsx.Quoted(text) if _is_risky(text) else text


_WRITERS: dict[str, type[_Writer]] = {".csv": _Csv, ".jsonl": _JsonLines, ".xlsx": _Xlsx}
