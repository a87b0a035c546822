"""One sheet of text and numbers as XLSX, row by row: what is escaped, what refused, the same bytes each time.

The parts are written here and not by openpyxl, which puts the time of now into them and takes a minute for
what takes seconds. There are no document properties, so a file says nothing of who made it or when.
"""

from __future__ import annotations

import contextlib
import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from crowddesk.domain import BadInput
from crowddesk.language import say

#: What a sheet and a cell of XLSX hold at most (ECMA-376 leaves it to Excel, whose limits these are).
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
MOST_SIGNS: Final = 32_767

#: Signs that XML cannot hold or would change, and text that looks like XLSX's own escape for one.
_SPECIAL: Final = re.compile(r"[\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
_MARKUP: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
#: Excel counts in UTF-16; so much shorter text is surely short enough.
_SURELY_SHORT: Final = MOST_SIGNS // 2
#: The first day that a ZIP file can name.
_DAY: Final = (1980, 1, 1, 0, 0, 0)
_LEVEL: Final = 6
_KEPT: Final = 1 << 18

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMATS: Final = "http://schemas.openxmlformats.org"
_MAIN: Final = f"{_FORMATS}/spreadsheetml/2006/main"
_LINKS: Final = f"{_FORMATS}/officeDocument/2006/relationships"
_KINDS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
#: Everything but the sheet. Style 1 is text with Excel's quote prefix.
_PARTS: Final = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_FORMATS}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KINDS}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KINDS}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_FORMATS}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
        '<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_FORMATS}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}">'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
_SHEET_BEGINS: Final = (
    f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    "<sheetData>"
)
_SHEET_ENDS: Final = "</sheetData></worksheet>"


class Quoted(str):
    """Text that a spreadsheet must never read as anything but text."""

    __slots__ = ()


Cell = str | int | float | None


class Sheet:
    """A workbook of one sheet with a frozen first row. `add` rows, then `finish`; `close` in any case."""

    def __init__(self, path: Path, name: str = "units") -> None:
        self._file = path.open("xb")
        self._book = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
        try:
            for part, text in _PARTS.items():
                self._book.writestr(_entry(part), _HEAD + text.replace("{name}", name))
            # A million rows may be more than 4 GB before they are compressed.
            self._sheet = self._book.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True)
        except BaseException:
            self._close_book()
            raise
        self._columns: list[str] = []
        self._rows = 0
        self._waiting = [_SHEET_BEGINS]
        self._size = 0

    def add(self, cells: Sequence[Cell]) -> None:
        """Writes a row. Raises BadInput for what a sheet or a cell does not hold."""
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise BadInput(
                say(
                    "A sheet of XLSX holds {most_rows:,} rows. Export CSV, JSONL or Parquet.",
                    most_rows=MOST_ROWS,
                )
            )
        if len(cells) > len(self._columns):
            if len(cells) > MOST_COLUMNS:
                raise BadInput(
                    say(
                        "A sheet of XLSX holds {most_columns:,} columns. Export CSV, JSONL or Parquet.",
                        most_columns=MOST_COLUMNS,
                    )
                )
            self._columns = list(_letters(len(cells)))
        row = str(self._rows)
        made = [f'<row r="{row}">']
        for letters, cell in zip(self._columns, cells, strict=False):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                made.append(self._text(cell, letters + row))
            elif isinstance(cell, int) or math.isfinite(cell):
                made.append(f'<c r="{letters}{row}"><v>{cell!r}</v></c>')
        made.append("</row>")
        text = "".join(made)
        self._waiting.append(text)
        self._size += len(text)
        if self._size > _KEPT:
            self._flush()

    def _text(self, text: str, place: str) -> str:
        if len(text) > _SURELY_SHORT and len(text.encode("utf-16-le", "surrogatepass")) > 2 * MOST_SIGNS:
            raise BadInput(
                say(
                    "row {rows}: a text of {count:,} characters is longer than a cell of XLSX holds "
                    "({most_signs:,}). Export CSV or JSONL.",
                    rows=self._rows,
                    count=len(text),
                    most_signs=MOST_SIGNS,
                )
            )
        style = ' s="1"' if isinstance(text, Quoted) else ""
        plain = _SPECIAL.sub(_escaped, text).translate(_MARKUP)
        return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'

    def _flush(self) -> None:
        self._sheet.write("".join(self._waiting).encode())
        self._waiting.clear()
        self._size = 0

    def finish(self) -> None:
        """Writes the rest of the file."""
        self._waiting.append(_SHEET_ENDS)
        self._flush()
        self._sheet.close()
        self._book.close()
        self._file.close()

    def close(self) -> None:
        """Lets go of the file, whole or not."""
        with contextlib.suppress(Exception):  # half a file that nobody will read; a full disk says so again
            self._sheet.close()
        self._close_book()

    def _close_book(self) -> None:
        with contextlib.suppress(Exception):
            self._book.close()
        self._book.fp = None  # a broken one would try once more whenever it is collected
        with contextlib.suppress(OSError):
            self._file.close()


def _entry(name: str) -> zipfile.ZipInfo:
    """A part's line in the ZIP file: no time of now, no system, no rights."""
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    entry.external_attr = 0
    return entry


def _letters(count: int) -> Iterable[str]:
    for number in range(1, count + 1):
        letters = ""
        while number:
            number, last = divmod(number - 1, 26)
            letters = chr(65 + last) + letters
        yield letters


def _escaped(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"
