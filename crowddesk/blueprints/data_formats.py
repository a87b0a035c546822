"""Takes a data file of each format apart into rows of text, one at a time, the header first."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal

from crowddesk.blueprints.text_files import nearest, open_bytes, open_text
from crowddesk.domain import BadInput
from crowddesk.language import say

#: Characters in one cell; above it a file is more likely damaged than long.
CELL_LIMIT: Final = 16 * 2**20
_MILLIONS: Final = CELL_LIMIT // 2**20
#: Characters in one line, or in one object of a JSON list.
_ROW_LIMIT: Final = 4 * CELL_LIMIT
_UNPACKED_LIMIT: Final = 2 * 2**30
_CHUNK: Final = 2**18

#: The line (XLSX: row) it begins at, and its cells, or a sentence that says what is wrong with it.
Row = tuple[int, "list[str] | str"]

# ------------------------------------------------------------------------------------------- CSV and TSV


def delimited_rows(
    path: Path, encoding: str | None, separator: str, *, quotes_are_text: bool
) -> Iterator[Row]:
    """The rows of a CSV or TSV file; empty lines are left out."""
    return _split(_lines(path, encoding), separator, csv.QUOTE_NONE if quotes_are_text else csv.QUOTE_MINIMAL)


def _split(lines: Iterator[str], separator: str, quoting: Literal[0, 3]) -> Iterator[Row]:
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(lines, delimiter=separator, quoting=quoting, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, _csv_fault(str(error))
            continue
        if row:
            yield line, row


def has_loose_quotes(path: Path, encoding: str | None, separator: str) -> bool:
    """Whether a file has quotes that do not enclose whole cells, so that they must be part of the text."""
    with open_bytes(path) as raw:
        if not any(b'"' in chunk for chunk in iter(partial(raw.read, _CHUNK), b"")):
            return False
    of_this_row: list[str] = []

    def noted() -> Iterator[str]:
        for line in _lines(path, encoding):
            of_this_row.append(line)
            yield line

    width = 0
    for _, row in _split(noted(), separator, csv.QUOTE_MINIMAL):
        if isinstance(row, str):
            return True
        width = width or len(row)
        # Two loose quotes look like one cell over several lines, each of which is a row by itself.
        if len(of_this_row) > 1 and all(line.count(separator) == width - 1 for line in of_this_row):
            return True
        of_this_row.clear()
    return False


def _csv_fault(message: str) -> str:
    if "larger than field limit" in message:
        return say(
            "a cell is longer than {millions} million characters, or its quote is never closed.",
            millions=_MILLIONS,
        )
    if "unexpected end" in message:
        return say("a quote opens here and is never closed; say `quotes: literal` if quotes are text.")
    return say(
        "a quoted cell goes on after its closing quote; double the quotes inside it, or say "
        "`quotes: literal` if quotes are text."
    )


def _lines(path: Path, encoding: str | None) -> Iterator[str]:
    with open_text(path, encoding) as stream:
        number = 0
        while line := stream.readline(_ROW_LIMIT):
            number += 1
            if len(line) == _ROW_LIMIT and line[-1] not in "\r\n":
                raise BadInput(
                    say(
                        "{name}, line {number}: it is longer than {row_limit} million characters; is "
                        "this a text file?",
                        name=path.name,
                        number=number,
                        row_limit=_ROW_LIMIT // 2**20,
                    )
                )
            yield line


# ---------------------------------------------------------------------------------------- JSON and JSONL


class _Number(str):
    """A number as it was written."""

    __slots__ = ()


class _Fault(str):
    """In the place of a value: what is wrong with it."""

    __slots__ = ()


class _NameTwice(ValueError):
    """An object has the same name twice, of which only one could be kept."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _NameTwice(say("the name {twice!r} is used more than once in one object.", twice=twice))
    return result


def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=_object, parse_float=_Number, parse_int=_Number, parse_constant=_Number
    )


def json_rows(values: Iterable[tuple[int, Any]]) -> Iterator[Row]:
    """Rows out of objects. The first one's names are the columns, and every other has to have the same."""
    columns: list[str] | None = None
    for line, value in values:
        if isinstance(value, _Fault):
            yield line, str(value)
        elif not isinstance(value, dict):
            yield line, say("it is not an object of the form {...}.")
        else:
            if columns is None:
                columns = list(value)
                yield line, columns
            yield line, _json_row(columns, value)


def _json_row(columns: list[str], value: dict[str, Any]) -> list[str] | str:
    if value.keys() != set(columns):
        if absent := [name for name in columns if name not in value]:
            return say("it has no {absent!r}, which the first row has.", absent=absent[0])
        return say(
            "it has {extra!r}, which the first row has not.", extra=next(n for n in value if n not in columns)
        )
    try:
        cells = [_json_text(value[name]) for name in columns]
    except RecursionError:
        return say("its lists or objects are nested too deeply.")
    for name, cell in zip(columns, cells, strict=True):
        if len(cell) > CELL_LIMIT:
            return say(
                "column {name!r} is longer than {millions} million characters.", name=name, millions=_MILLIONS
            )
        if not (cell + name).isascii() and _is_broken(cell + name):
            return say("column {name!r} holds half of a surrogate pair, which is no character.", name=name)
    return cells


def _is_broken(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _json_text(value: Any, *, inside: bool = False) -> str:
    """A value as a template shows it; what is `inside` a list or object is JSON."""
    match value:
        case _Number():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False) if inside else value
        case None:
            return "null" if inside else ""
        case bool():
            return "true" if value else "false"
        case list():
            return "[" + ",".join(_json_text(v, inside=True) for v in value) + "]"
        case _:
            pairs = (
                f"{json.dumps(k, ensure_ascii=False)}:{_json_text(v, inside=True)}" for k, v in value.items()
            )
            return "{" + ",".join(pairs) + "}"


def json_lines(path: Path, encoding: str | None) -> Iterator[tuple[int, Any]]:
    """The value of each line of a JSONL file; empty lines are left out."""
    decoder = _decoder()
    for number, line in enumerate(_lines(path, encoding), 1):
        if line.isspace():
            continue
        try:
            yield number, decoder.decode(line)
        except json.JSONDecodeError as error:
            yield (
                number,
                _Fault(
                    say(
                        "column {column}: it is not JSON: {what}.", column=error.colno, what=_lower(error.msg)
                    )
                ),
            )
        except _NameTwice as error:
            yield number, _Fault(error)
        except RecursionError:
            yield number, _Fault(say("its lists or objects are nested too deeply."))


_SPACE: Final = re.compile(r"[ \t\r\n]*")


def json_list(path: Path, encoding: str | None) -> Iterator[tuple[int, Any]]:
    """The elements of the list that a JSON file holds, without holding the whole list."""
    decoder = _decoder()
    with open_text(path, encoding) as stream:
        text = _JsonText(path.name, stream.read)
        first = text.peek()
        if not first:
            return
        if first != "[":
            raise BadInput(
                say("{place}: it must hold a list of objects: [{{...}}, {{...}}].", place=text.place())
            )
        text.at += 1
        separator = text.peek()
        while separator != "]":
            line = text.line
            yield line, text.value(decoder)
            separator = text.peek()
            if separator == ",":
                text.at += 1
                text.peek()
            elif separator != "]":
                raise BadInput(
                    say("{place}: a comma or the list's closing bracket is missing.", place=text.place())
                )
        text.at += 1
        if text.peek():
            raise BadInput(say("{place}: there is more after the end of the list.", place=text.place()))


class _JsonText:
    """A window that slides over the text of a JSON file: `at` is the place in it, `line` the line there."""

    def __init__(self, name: str, read: Callable[[int], str]) -> None:
        self._name, self._read = name, read
        self._text, self.at, self.line = "", 0, 1

    def place(self) -> str:
        return say("{name}, line {line}", name=self._name, line=self.line)

    def peek(self) -> str:
        """Goes over white space and returns the next character, or nothing at the end."""
        while True:
            match = _SPACE.match(self._text, self.at)
            self._go_to(match.end() if match else self.at)
            if self.at < len(self._text):
                return self._text[self.at]
            if not self._more():
                return ""

    def value(self, decoder: json.JSONDecoder) -> Any:
        while True:
            try:
                value, end = decoder.raw_decode(self._text, self.at)
            except json.JSONDecodeError as error:
                # Cut off by the window's end, or wrong? What is cut off fails near the end, but for a string.
                cut = error.msg.startswith("Unterminated string") or error.pos > len(self._text) - 16
                if cut and self._more():
                    continue
                self._go_to(error.pos)
                raise BadInput(
                    say("{place}: it is not JSON: {what}.", place=self.place(), what=_lower(error.msg))
                ) from None
            except _NameTwice as error:
                raise BadInput(f"{self.place()}: {error}") from None
            except RecursionError:
                raise BadInput(
                    say("{place}: its lists or objects are nested too deeply.", place=self.place())
                ) from None
            if end == len(self._text) and self._more():
                continue  # a number may go on
            self._go_to(end)
            return value

    def _go_to(self, place: int) -> None:
        self.line += self._text.count("\n", self.at, place)
        self.at = place

    def _more(self) -> bool:
        left = len(self._text) - self.at
        if left > _ROW_LIMIT:
            raise BadInput(
                say(
                    "{place}: one row is longer than {row_limit} million characters.",
                    place=self.place(),
                    row_limit=_ROW_LIMIT // 2**20,
                )
            )
        # As much again as is left: a long value is not parsed once per chunk.
        piece = self._read(max(_CHUNK, left))
        self._text, self.at = self._text[self.at :] + piece, 0
        return bool(piece)


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


# -------------------------------------------------------------------------------------------------- XLSX


def xlsx_rows(path: Path, sheet: str | None) -> Iterator[Row]:
    """The rows of one sheet of an Excel workbook; rows without a value are left out."""
    import openpyxl  # a quarter of a second that a program without workbooks need not wait

    with open_bytes(path) as raw:
        book: Any = None
        try:
            with zipfile.ZipFile(raw) as packed:
                if sum(entry.file_size for entry in packed.infolist()) > _UNPACKED_LIMIT:
                    raise BadInput(
                        say(
                            "{name} unpacks to more than {unpacked_limit} GiB.",
                            name=path.name,
                            unpacked_limit=_UNPACKED_LIMIT // 2**30,
                        )
                    )
            book = openpyxl.load_workbook(raw, read_only=True, data_only=True, keep_links=False)
            page = _sheet(path, book, sheet)
            page.reset_dimensions()  # the stated size is often wrong
            width = 0
            for number, cells in enumerate(page.iter_rows(), 1):
                row = _xlsx_row(cells)
                if row:
                    width = width or len(row)
                    yield number, row if isinstance(row, str) else row + [""] * (width - len(row))
        except BadInput:
            raise
        except Exception as error:  # openpyxl raises whatever its parts raise
            raise BadInput(
                say("{name} cannot be read as an Excel workbook (.xlsx).", name=path.name), repr(error)
            ) from error
        finally:
            if book is not None:
                book.close()


def _sheet(path: Path, book: Any, sheet: str | None) -> Any:
    names = [page.title for page in book.worksheets]
    if not names:
        raise BadInput(say("{name} has no sheet with cells.", name=path.name))
    if sheet is None:
        return book.worksheets[0]
    if sheet not in names:
        near = nearest(sheet, names)
        hint = (
            say("did you mean {near!r}?", near=near)
            if near
            else say("it has {sheets}.", sheets=", ".join(map(repr, names)))
        )
        raise BadInput(say("{name} has no sheet {sheet!r}: {hint}", name=path.name, sheet=sheet, hint=hint))
    return book[sheet]


def _xlsx_row(cells: Iterable[Any]) -> list[str] | str:
    row: list[str] = []
    for column, cell in enumerate(cells, 1):
        if getattr(cell, "data_type", "n") == "e":
            return say("column {column} holds the error {value}.", column=column, value=cell.value)
        row.append(_xlsx_text(cell))
    while row and not row[-1]:
        row.pop()
    return row


def _xlsx_text(cell: Any) -> str:
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            # A number that the sheet shows with leading zeros is an identifier.
            layout = cell.number_format
            return str(value).zfill(len(layout)) if set(layout) == {"0"} and value >= 0 else str(value)
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            whole_day = value.time() == time(0) and "h" not in cell.number_format.lower()
            return value.date().isoformat() if whole_day else value.isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
