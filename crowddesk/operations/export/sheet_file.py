"""An Excel sheet of units or items: text that Excel would run is marked as text, numbers stay numbers."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from crowddesk.domain import BadInput
from crowddesk.operations import xlsx
from crowddesk.operations.export import texts
from crowddesk.operations.export.columns import MONEY, TIME, Column, titles
from crowddesk.operations.export.units import Raw, Source, times, values_of
from crowddesk.operations.transfer import is_risky

#: Beyond that a spreadsheet, which knows doubles only, would change a number.
_MOST_EXACT: Final = 2**53


class SheetFile:
    """Rows under a line of titles, in one sheet."""

    def __init__(self, path: Path, columns: Sequence[Column], source: Source | None = None) -> None:
        self._path = path
        self._columns = columns
        self._source = source
        self._values = None if source is None else values_of(source, columns)
        self._times = times()
        self._sheet = xlsx.Sheet(path, "items" if source is None else "units")
        self._sheet.add([_text(title) for title in titles(columns)])

    def add_units(self, rows: Sequence[Raw]) -> None:
        assert self._values is not None
        assert self._source is not None
        self._write(map(self._values, rows), "Unit")
        self._source.note_damaged(rows)

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Rows of values in the order of the columns."""
        self._write(rows, "Item")

    def _write(self, rows: Iterable[Sequence[Any]], noun: str) -> None:
        for row in rows:
            try:
                self._sheet.add(list(map(self._cell, row, self._columns)))
            except BadInput as error:
                raise BadInput(f"{noun} {row[0]}, {error}") from None

    def finish(self) -> None:
        self._sheet.finish()
        with self._path.open("rb+") as file:
            os.fsync(file.fileno())

    def close(self) -> None:
        self._sheet.close()

    def _cell(self, value: Any, column: Column) -> xlsx.Cell:
        if value is None:
            return None
        if column.kind == TIME:
            return self._times(value)
        if column.kind == MONEY:
            return str(value)
        if isinstance(value, bool | str | list | dict):
            return _text(texts.cell(value))
        number: int | float = value
        return number if abs(number) < _MOST_EXACT else str(number)


def _text(text: str) -> str:
    return xlsx.Quoted(text) if is_risky(text) else text
