"""Tables of items out of CSV, TSV, JSON, JSONL and XLSX files: streamed, cells as text, faults placed.

Identifiers stay what they were: `007`, `no` and `1e5` are text. A JSON number keeps its source text
(`1.10`), a JSON list or object becomes compact JSON text, `null` becomes empty. An XLSX whole number has
no `.0`, a date is ISO. A million rows need no more memory than one. Any thread may call everything here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

from crowddesk.blueprints import data_formats
from crowddesk.blueprints.data_formats import Row
from crowddesk.blueprints.text_files import check_encoding, nearest, open_bytes
from crowddesk.domain import BadInput
from crowddesk.language import say, say_count

FORMATS: Final = ("csv", "tsv", "json", "jsonl", "xlsx")
_FORMAT_OF_SUFFIX: Final = {
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".xlsx": "xlsx", ".xlsm": "xlsx",
}  # fmt: skip

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where, what, and whether it stops a launch (`error`) or not (`warning`)."""

    place: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(slots=True)
class Problems:
    """What a check found: the first `limit` problems in full, and how many there were of each severity."""

    limit: int = 100
    listed: list[Problem] = field(default_factory=list)
    errors: int = 0
    warnings: int = 0

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.listed)

    def add(self, place: str, message: str, severity: Severity = "error") -> None:
        if severity == "error":
            self.errors += 1
        else:
            self.warnings += 1
        if len(self.listed) < self.limit:
            self.listed.append(Problem(place, message, severity))

    def extend(self, other: Problems) -> None:
        """Adds all of another check's problems."""
        self.errors += other.errors
        self.warnings += other.warnings
        self.listed += other.listed[: max(0, self.limit - len(self.listed))]

    def text(self) -> str:
        """The listed problems, one a line, errors first, and how many more there are."""
        lines = [str(p) for p in sorted(self.listed, key=lambda p: p.severity != "error")]
        if more := self.errors + self.warnings - len(self.listed):
            lines.append(say("... and {more:,} more.", more=more))
        return "\n".join(lines)

    def raise_errors(self) -> None:
        """Raises BadInput if there is an error: the first one as its sentence, all of them as its details."""
        if not self.errors:
            return
        first = next((str(p) for p in self.listed if p.severity == "error"), say("The files cannot be used."))
        others = self.errors - 1
        more = " " + say_count("There are %n more.", "There is %n more.", others) if others else ""
        raise BadInput(first + more, self.text())


@dataclass(frozen=True, slots=True)
class Item:
    """One row: its number from 1, the line (XLSX: row) where it begins, and its cells by column."""

    row_number: int
    line: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read, where its own name and first bytes do not say it.

    `format` is one of FORMATS (None: by the suffix); `encoding` a text encoding (None: UTF-8, or what the
    byte order mark says); `delimiter` the one character between cells of a CSV or TSV file; `sheet` an XLSX
    sheet (None: the first). `quotes`: with `csv` a cell that begins with a quote is quoted, with `literal`
    quotes are text, and `auto` is `csv`, except for a TSV file whose quotes do not enclose cells: there it
    is `literal`.
    """

    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    quotes: str = "auto"


class Table:
    """A data file whose header was read; iterate it for its items, as often as you like.

    `columns` are the header's names, exact in case and spaces. Making one raises BadInput for a file that
    cannot be read at all; iterating raises it at the first bad row, and `items(problems)` goes on instead.
    """

    def __init__(self, path: Path, reading: Reading = Reading()) -> None:
        self.path = path
        self.format = _format_of(path, reading)
        self._encoding, self._sheet = reading.encoding, reading.sheet
        _check_reading(path, reading)
        self._separator = reading.delimiter or ("\t" if self.format == "tsv" else ",")
        #: True when a TSV file was found to use quotes as text.
        self.has_loose_quotes = (
            self.format == "tsv"
            and reading.quotes == "auto"
            and data_formats.has_loose_quotes(path, reading.encoding, self._separator)
        )
        self._quotes_are_text = self.has_loose_quotes or reading.quotes == "literal"
        header = next(self._rows(), None)
        if header is None:
            raise BadInput(say("{name} is empty.", name=path.name))
        line, names = header
        if isinstance(names, str):
            raise BadInput(f"{self.place(line)}: {names}")
        self.columns = _checked_header(self.place(line), names)

    def place(self, line: int) -> str:
        """How messages name a line of this file: `items.csv, line 3`."""
        return _row_of(self.path.name, line) if self.format == "xlsx" else _line_of(self.path.name, line)

    def __iter__(self) -> Iterator[Item]:
        return self.items()

    def items(self, problems: Problems | None = None) -> Iterator[Item]:
        """The rows. A bad one raises BadInput, or is added to `problems` and left out."""
        columns, width, number = self.columns, len(self.columns), 0
        rows = self._rows()
        next(rows, None)
        for line, row in rows:
            number += 1
            if isinstance(row, str):
                fault = row
            elif len(row) != width:
                fault = say(
                    "{values} where the header has {columns}.",
                    values=say_count("%n values", "%n value", len(row)),
                    columns=say_count("%n columns", "%n column", width),
                )
            elif "\0" in "".join(row):
                name = next(c for c, v in zip(columns, row, strict=True) if "\0" in v)
                fault = say("column {name!r} holds a NUL character (byte 0).", name=name)
            else:
                yield Item(number, line, dict(zip(columns, row, strict=True)))
                continue
            if problems is None:
                raise BadInput(f"{self.place(line)}: {fault}")
            problems.add(self.place(line), fault)
        if not number:
            if problems is None:
                raise BadInput(say("{name}: it has a header and no rows.", name=self.path.name))
            problems.add(self.path.name, say("it has a header and no rows."))

    def columns_called(
        self, names: Mapping[str, Sequence[str]], need: Iterable[str], hint: str = ""
    ) -> dict[str, str]:
        """Our name of a column -> the file's; `names` are the ways in which each may be written, best first.

        Capitals do not count, and a space is as good as `_`. A name that the file has not is left out; where
        it is one of `need`, BadInput says so, and `hint` after it.
        """
        plain = {name.strip().lower().replace(" ", "_"): name for name in reversed(self.columns)}
        found = {ours: plain[way] for ours, ways in names.items() for way in reversed(ways) if way in plain}
        if missing := [name for name in need if name not in found]:
            names = {"name": self.path.name, "missing": ", ".join(missing)}
            there = ", ".join(map(repr, self.columns))
            sentence = (
                say("{name} needs the column {missing}; it has {there}.", **names, there=there)
                if len(missing) == 1
                else say("{name} needs the columns {missing}; it has {there}.", **names, there=there)
            )
            raise BadInput(sentence + hint)
        return found

    def _rows(self) -> Iterator[Row]:
        match self.format:
            case "csv" | "tsv":
                return data_formats.delimited_rows(
                    self.path, self._encoding, self._separator, quotes_are_text=self._quotes_are_text
                )
            case "json":
                return data_formats.json_rows(data_formats.json_list(self.path, self._encoding))
            case "jsonl":
                return data_formats.json_rows(data_formats.json_lines(self.path, self._encoding))
            case _:
                return data_formats.xlsx_rows(self.path, self._sheet)


def read_table(path: Path, reading: Reading = Reading(), *, need: Iterable[str] = ()) -> Table:
    """The table in a file. Raises BadInput that names every column of `need` which the file has not."""
    table = Table(path, reading)
    if missing := [name for name in need if name not in table.columns]:
        raise BadInput("; ".join(missing_column(path.name, name, table.columns) for name in missing))
    return table


@dataclass(frozen=True, slots=True)
class Checked:
    """What `check_file` found: the columns (none if the file cannot be read), the good rows, the problems."""

    columns: tuple[str, ...]
    rows: int
    problems: Problems


def check_file(
    path: Path,
    reading: Reading = Reading(),
    *,
    need: Iterable[str] = (),
    key: str | None = None,
    limit: int = 100,
    progress: Callable[[int], None] | None = None,
) -> Checked:
    """Reads the whole file and reports everything wrong with it; raises nothing for a bad file.

    `key` names the column whose values have to be there and to differ. `progress` is called with the number
    of rows every 5,000 of them; what it raises (Cancelled) ends the check.
    """
    problems = Problems(limit)
    columns: tuple[str, ...] = ()
    rows = 0
    try:
        table = Table(path, reading)
        columns = table.columns
        wanted = [*need, *([] if key is None else [key])]
        if missing := [name for name in wanted if name not in columns]:
            for name in missing:
                problems.add(path.name, missing_column("it", name, columns))
            return Checked(columns, 0, problems)
        if table.has_loose_quotes:
            message = say("its quotes do not enclose cells, so they are read as text; `quotes: csv` insists.")
            problems.add(path.name, message, "warning")
        hashes: list[int] = []
        for item in table.items(problems):
            rows += 1
            if key is not None:
                value = item.values[key]
                if value.strip():
                    hashes.append(hash(value))
                else:
                    problems.add(table.place(item.line), say("the key column {key!r} is empty.", key=key))
            if progress is not None and rows % 5000 == 0:
                progress(rows)
        if key is not None:
            _report_twins(table, key, hashes, problems)
    except BadInput as error:
        place = _place_in(str(error), path.name)
        problems.add(place, str(error).removeprefix(f"{place}: "))
    return Checked(columns, rows, problems)


def _report_twins(table: Table, key: str, hashes: list[int], problems: Problems) -> None:
    """Names both lines of every repeated key. The keys of a million rows are large: their hashes find the
    suspects, and only these are compared as text, in a second reading."""
    hashes.sort()
    suspects = {a for a, b in pairwise(hashes) if a == b}
    if not suspects:
        return
    first_line: dict[str, int] = {}
    for item in table.items(Problems(limit=0)):
        value = item.values[key]
        if hash(value) in suspects and value.strip():
            first = first_line.setdefault(value, item.line)
            if first != item.line:
                shown = value if len(value) <= 40 else value[:39] + "…"
                if table.format == "xlsx":
                    message = say(
                        "the key {shown!r} in column {key!r} is already at row {first}.",
                        shown=shown,
                        key=key,
                        first=first,
                    )
                else:
                    message = say(
                        "the key {shown!r} in column {key!r} is already at line {first}.",
                        shown=shown,
                        key=key,
                        first=first,
                    )
                problems.add(table.place(item.line), message)


def missing_column(file: str, name: str, columns: Sequence[str]) -> str:
    """The sentence about a column that a file has not: with the nearest one, or all it has."""
    if near := nearest(name, columns):
        return say("{file} has no column {name!r}: did you mean {near!r}?", file=file, name=name, near=near)
    shown = ", ".join(map(repr, columns[:12])) + (", ..." if len(columns) > 12 else "")
    hint = ""
    if len(columns) == 1 and (separator := next((d for d in ";|\t" if d in columns[0]), None)):
        hint = " " + say(
            "If {separator!r} separates its cells, say `delimiter: {separator!r}`.", separator=separator
        )
    return say(
        "{file} has no column {name!r}; it has {shown}.{hint}", file=file, name=name, shown=shown, hint=hint
    )


def _format_of(path: Path, reading: Reading) -> str:
    if reading.format is not None:
        chosen = reading.format.strip().lower()
        if chosen not in FORMATS:
            raise BadInput(
                say(
                    "{format!r} is no data format: use one of {formats}.",
                    format=reading.format,
                    formats=", ".join(FORMATS),
                )
            )
        return chosen
    suffix = path.suffix.lower()
    if suffix in _FORMAT_OF_SUFFIX:
        return _FORMAT_OF_SUFFIX[suffix]
    open_bytes(path).close()
    if suffix == ".xls":
        raise BadInput(say("{name} is an old Excel file: save it as .xlsx or .csv.", name=path.name))
    formats = ", ".join(FORMATS)
    raise BadInput(
        say(
            "{name}: its name does not tell its format; say `format:` and one of {formats}.",
            name=path.name,
            formats=formats,
        )
    )


def _check_reading(path: Path, reading: Reading) -> None:
    if reading.encoding is not None:
        check_encoding(reading.encoding)
    if reading.delimiter is not None and (len(reading.delimiter) != 1 or reading.delimiter in '"\r\n\0'):
        raise BadInput(
            say(
                "{name}: the delimiter {delimiter!r} is not one character such as ';'.",
                name=path.name,
                delimiter=reading.delimiter,
            )
        )
    if reading.quotes not in ("auto", "csv", "literal"):
        raise BadInput(
            say(
                "{name}: quotes {quotes!r} is none of auto, csv, literal.",
                name=path.name,
                quotes=reading.quotes,
            )
        )


def _checked_header(place: str, names: list[str]) -> tuple[str, ...]:
    if any("\0" in name for name in names):
        raise BadInput(
            say(
                "{place}: it holds NUL characters; if the file is UTF-16, say `encoding: utf-16`.",
                place=place,
            )
        )
    if not names:
        raise BadInput(say("{place}: it has no columns.", place=place))
    if unnamed := [str(number) for number, name in enumerate(names, 1) if not name.strip()]:
        raise BadInput(
            say("{place}: column {number} has no name in the header.", place=place, number=unnamed[0])
            if len(unnamed) == 1
            else say(
                "{place}: columns {numbers} have no name in the header.",
                place=place,
                numbers=", ".join(unnamed[:9]),
            )
        )
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        where = say(" and ").join(str(number) for number, name in enumerate(names, 1) if name == twice[0])
        raise BadInput(
            say(
                "{place}: the column name {twice!r} is used more than once (columns {where}).",
                place=place,
                twice=twice[0],
                where=where,
            )
        )
    return tuple(names)


def _line_of(file: str, line: object) -> str:
    return say("{name}, line {line}", name=file, line=line)


def _row_of(file: str, row: object) -> str:
    return say("{name}, row {row}", name=file, row=row)


def _place_in(sentence: str, file: str) -> str:
    """The place that a sentence about a file begins with: one of its lines, or the file."""
    for words in (_line_of(file, "\0"), _row_of(file, "\0")):
        pattern = re.escape(words).replace(re.escape("\0"), r"\d+")
        if found := re.match(rf"{pattern}(?=: )", sentence):
            return found[0]
    return file
