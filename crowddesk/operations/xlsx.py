"""One sheet of text and numbers as XLSX, row by row over openpyxl: what is escaped and what refused."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crowddesk.domain import BadInput

#: What a sheet and a cell of XLSX hold at most (ECMA-376 leaves it to Excel, whose limits these are).
MOST_ROWS = 1_048_576
MOST_SIGNS = 32_767

#: Signs that XML cannot hold or would change, and text that looks like XLSX's own escape for one.
_SPECIAL = re.compile(r"[\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")


class Quoted(str):
    """Text that a spreadsheet must never read as anything but text."""

    __slots__ = ()


Cell = str | int | float | None


class Sheet:
    """A workbook of one sheet with a frozen first row. `add` rows, then `finish`; `close` in any case."""

    def __init__(self, path: Path) -> None:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell

        self._path = path
        self._make_cell = WriteOnlyCell
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet("units")
        self._sheet.freeze_panes = "A2"
        self._rows = 0

    def add(self, cells: Sequence[Cell]) -> None:
        """Writes a row. Raises BadInput for text longer than a cell holds."""
        self._rows += 1
        self._sheet.append([self._text(cell) if isinstance(cell, str) else cell for cell in cells])

    def _text(self, text: str) -> Any:
        if len(text) > MOST_SIGNS:
            raise BadInput(
                f"row {self._rows}: a text of {len(text):,} characters is longer than a cell of XLSX "
                f"holds ({MOST_SIGNS:,}). Export CSV or JSONL."
            )
        if not text:
            return None
        plain = _SPECIAL.sub(_escaped, text)
        quoted = isinstance(text, Quoted)
        if not quoted and plain[0] not in "=#":
            return plain
        # openpyxl would take it for a formula or an error.
        cell = self._make_cell(self._sheet, plain)
        cell.data_type = "s"
        cell.quotePrefix = quoted
        return cell

    def finish(self) -> None:
        """Writes the whole file."""
        self._book.save(self._path)

    def close(self) -> None:
        with contextlib.suppress(Exception):  # it is closed twice when it was saved
            self._sheet.close()


def _escaped(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"
