"""CSV and JSON lines: units at the speed of a disk, items one by one.

A million units pass here, so what repeats (an item, an answer, a worker, a sum of money) is rendered once,
and a line is put together in one expression.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from crowddesk.domain import unit_kind
from crowddesk.operations.export import texts
from crowddesk.operations.export.columns import INPUT, MONEY, OUTPUT, TIME, Column, field_names, titles
from crowddesk.operations.export.units import Raw, Source, Sums, amounts, pasted_names, times
from crowddesk.operations.transfer import inert

_BUFFER: Final = 1 << 20


class TextFile:
    """A file of lines that is flushed to the disk before it counts."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb", buffering=_BUFFER)

    def write(self, text: str) -> None:
        self._file.write(text.encode())

    def finish(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


# ------------------------------------------------------------------------------------------------- CSV


class CsvFile:
    """Rows under a line of titles. A cell that a spreadsheet would run is inert."""

    def __init__(self, path: Path, columns: Sequence[Column], source: Source | None = None) -> None:
        self._render = None if source is None else _csv_units(source, columns)
        self._columns = columns
        self._times = times()
        self._file = TextFile(path)
        self._file.write(_line(map(inert, titles(columns)))[1:])

    def add_units(self, rows: Sequence[Raw]) -> None:
        assert self._render is not None
        self._file.write(self._render(rows))

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Rows of values in the order of the columns."""
        self._file.write("".join(_line(map(self._cell, row, self._columns))[1:] for row in rows))

    def finish(self) -> None:
        self._file.finish()

    def close(self) -> None:
        self._file.close()

    def _cell(self, value: Any, column: Column) -> str:
        if column.kind == TIME and value is not None:
            return self._times(value)
        text = texts.cell(value)
        return inert(text) if isinstance(value, str) and column.kind != MONEY else text


class _Lines(list[str]):
    """Where a writer of the standard library puts its lines."""

    write = list.append


def _line(cells: Iterable[str]) -> str:
    """Cells as CSV, each with a comma before it, and the end of the line."""
    lines = _Lines()
    csv.writer(lines).writerow(["", *cells])  # the empty one, because a single empty cell would be quoted
    return lines[0]


def _csv_units(source: Source, columns: Sequence[Column]) -> Callable[[Sequence[Raw]], str]:
    inputs, outputs = list(field_names(columns, INPUT)), list(field_names(columns, OUTPUT))
    run, time, sums = str(source.run_id), times(), amounts()

    def cells(read: Callable[[str], dict[str, Any]], names: list[str], end: str) -> texts.Once[str, str]:
        def make(text: str) -> str:
            values = read(text)
            return _line(inert(texts.cell(values.get(name))) for name in names)[:-2] + end

        return texts.Once(make)

    item = cells(source.item, inputs, "")
    answer = cells(source.answer, outputs, "\r\n")
    no_answer = "," * len(outputs) + "\r\n"
    cell: texts.Once[str, str] = texts.Once(lambda text: _line([inert(text)])[:-2])
    money: texts.Once[Sums, str] = texts.Once(lambda key: f"{','.join(sums[key])},{key[2]}")
    pasted: texts.Once[str, str] = texts.Once(lambda text: _line([texts.written(pasted_names(text))])[:-2])

    def worker_cells(key: tuple[int | None, int | None]) -> str:
        worker, agent = key
        if worker is None:
            return "," * (4 if source.names else 1)
        stands_for, name = source.workers.get(worker, ("", ""))
        if not source.names:
            return _line([inert(stands_for)])[:-2]
        return _line([inert(stands_for), "" if agent is None else str(agent), str(worker), inert(name)])[:-2]

    who: texts.Once[tuple[int | None, int | None], str] = texts.Once(worker_cells)
    names = source.names

    def render(rows: Sequence[Raw]) -> str:
        out = "".join(
            [
                f"{unit},{run},{assignment}{cell[key]},{index},"
                f"{'standard' if index >= 0 else unit_kind(index)},{status},"
                f"{agent_status or ''}{cell[vendor] if vendor else ','},{dataset}"
                f"{who[worker, agent if names else None]},{'' if launched is None else time(launched)},"
                f"{'' if submitted is None else time(submitted)},{'' if seconds is None else seconds},"
                f"{'' if active is None else active}{',' if marks is None else pasted[marks]},"
                f"{money[pay, fee, currency]}{item[data]}{no_answer if said is None else answer[said]}"
                for (
                    unit, assignment, worker, agent, index, status, vendor, dataset, _, pay, fee, currency,
                    seconds, launched, submitted, agent_status, key, data, said, active, marks,
                ) in rows
            ]
        )  # fmt: skip
        source.note_damaged(rows)
        return out

    return render


# ------------------------------------------------------------------------------------------ JSON lines


class JsonFile:
    """One object a line."""

    def __init__(self, path: Path, columns: Sequence[Column], source: Source | None = None) -> None:
        self._render = None if source is None else _json_units(source)
        self._columns = columns
        self._times = times()
        self._file = TextFile(path)

    def add_units(self, rows: Sequence[Raw]) -> None:
        assert self._render is not None
        self._file.write(self._render(rows))

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Rows of values in the order of the columns; those of `input` and the like stand together."""
        self._file.write("".join(texts.written(self._record(row)) + "\n" for row in rows))

    def finish(self) -> None:
        self._file.finish()

    def close(self) -> None:
        self._file.close()

    def _record(self, row: Sequence[Any]) -> dict[str, Any]:
        record: dict[str, Any] = {}
        for column, value in zip(self._columns, row, strict=True):
            group, dot, name = column.name.partition(".")
            if dot:
                record.setdefault(group, {})[name] = value
            else:
                record[group] = self._times(value) if column.kind == TIME and value is not None else value
        return record


def _json_units(source: Source) -> Callable[[Sequence[Raw]], str]:
    """The same object as `transfer.unit_record`, with `worker` in place of what names one."""
    run, time = source.run, times()
    text: texts.Once[str | None, str] = texts.Once(texts.written)
    of_run = (
        f'"task_run_id": "{source.run_id}", "task_id": "{run["task_id"]}", '
        f'"task_type": {text[run["task_type"]]}, "assignment_id": "'
    )
    of_account = (
        f'"requester_id": "{run["requester_id"]}", "provider_type": {text[run["provider_type"]]}, '
        f'"sandbox": {texts.written(bool(run["sandbox"]))}, "pay_amount": '
    )
    item: texts.Once[str, str] = texts.Once(lambda stored: texts.written(source.item(stored)))
    answer: texts.Once[str, str] = texts.Once(lambda stored: texts.written(source.answer(stored)))
    pasted: texts.Once[str, str] = texts.Once(lambda stored: texts.written(pasted_names(stored)))
    money: texts.Once[Sums, str] = texts.Once(
        lambda key: (
            f'{{"minor": {key[0]}, "currency": {text[key[2]]}}}, '
            f'"fee": {{"minor": {key[1]}, "currency": {text[key[2]]}}}'
        )
    )

    def worker_members(key: tuple[int | None, int | None]) -> str:
        worker, agent = key
        stands_for, name = (None, None) if worker is None else source.workers.get(worker, ("", ""))
        found = f'"worker": {text[stands_for]}, '
        if source.names:
            found += f'"agent_id": {_id(agent)}, "worker_id": {_id(worker)}, "worker_name": {text[name]}, '
        return found + of_account

    who: texts.Once[tuple[int | None, int | None], str] = texts.Once(worker_members)
    names = source.names

    def render(rows: Sequence[Raw]) -> str:
        out = "".join(
            [
                f'{{"unit_id": "{unit}", {of_run}{assignment}", "item_key": {text[key]}, '
                f'"unit_index": {index}, "kind": "{"standard" if index >= 0 else unit_kind(index)}", '
                f'"status": "{status}", "agent_status": {text[agent_status]}, '
                f'"vendor_status": {text[vendor]}, "dataset_status": "{dataset}", '
                f'"pending": {text[pending]}, '
                f"{who[worker, agent if names else None]}{money[pay, fee, currency]}, "
                f'"launched_at": {_quoted(time(launched)) if launched is not None else "null"}, '
                f'"submitted_at": {_quoted(time(submitted)) if submitted is not None else "null"}, '
                f'"seconds": {"null" if seconds is None else seconds}, '
                f'"active_seconds": {"null" if active is None else active}, '
                f'"pasted": {"null" if marks is None else pasted[marks]}, '
                f'"input": {item[data]}, "output": {"null" if said is None else answer[said]}}}\n'
                for (
                    unit, assignment, worker, agent, index, status, vendor, dataset, pending, pay, fee,
                    currency, seconds, launched, submitted, agent_status, key, data, said, active, marks,
                ) in rows
            ]
        )  # fmt: skip
        source.note_damaged(rows)
        return out

    return render


def _quoted(time: str) -> str:
    return f'"{time}"'


def _id(value: int | None) -> str:
    return "null" if value is None else f'"{value}"'
