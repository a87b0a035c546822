"""Parquet with typed columns: numbers, times, money as decimals, lists. It needs the extra `parquet`."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from crowddesk.domain import BadInput, currency_digits
from crowddesk.language import say
from crowddesk.operations.export import texts
from crowddesk.operations.export.columns import (
    JSON,
    LIST,
    MONEY,
    REAL,
    TIME,
    WHOLE,
    YES_NO,
    Column,
)
from crowddesk.operations.export.units import Raw, Source, values_of

#: Rows in a row group, and so in memory.
_GROUP: Final = 20_000
#: What decides the bytes beside the rows; it stands in the manifest.
OPTIONS: Final = {"compression": "zstd", "level": 3, "row_group_rows": _GROUP, "version": "2.6"}
_DIGITS: Final = 20


def load_pyarrow() -> Any:
    """The library. Raises BadInput that says how to get it."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise BadInput(
            say(
                "Parquet needs the package pyarrow: pip install 'crowddesk[parquet]'. Or export CSV or JSONL."
            )
        ) from None
    return pyarrow


class ParquetFile:
    """Rows, a group at a time."""

    def __init__(
        self, path: Path, columns: Sequence[Column], source: Source | None = None, currency: str = ""
    ) -> None:
        self._arrow = load_pyarrow()
        self._columns = columns
        self._source = source
        self._values = None if source is None else values_of(source, columns)
        self._types = [self._type(column.kind, currency) for column in columns]
        self._schema = self._arrow.schema(
            [(column.name, kind) for column, kind in zip(columns, self._types, strict=True)]
        )
        self._file = path.open("xb")
        self._writer = self._arrow.parquet.ParquetWriter(
            self._file, self._schema, version=OPTIONS["version"], compression=OPTIONS["compression"],
            compression_level=OPTIONS["level"],
        )  # fmt: skip
        self._waiting: list[Sequence[Any]] = []

    def add_units(self, rows: Sequence[Raw]) -> None:
        assert self._values is not None
        assert self._source is not None
        self.add(map(self._values, rows))
        self._source.note_damaged(rows)

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Rows of values in the order of the columns."""
        self._waiting += rows
        while len(self._waiting) >= _GROUP:
            self._write(self._waiting[:_GROUP])
            del self._waiting[:_GROUP]

    def _write(self, rows: list[Sequence[Any]]) -> None:
        by_column = zip(*rows, strict=True)
        arrays = [
            self._arrow.array([_typed(value, column.kind) for value in values], type=kind)
            for values, column, kind in zip(by_column, self._columns, self._types, strict=True)
        ]
        self._writer.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema), _GROUP)

    def finish(self) -> None:
        if self._waiting:
            self._write(self._waiting)
            self._waiting = []
        self._writer.close()
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        with contextlib.suppress(Exception):  # half a file that nobody will read
            if self._writer.is_open:
                self._writer.close()
        self._file.close()

    def _type(self, kind: str, currency: str) -> Any:
        arrow = self._arrow
        return {
            WHOLE: arrow.int64(),
            REAL: arrow.float64(),
            YES_NO: arrow.bool_(),
            TIME: arrow.timestamp("us", tz="UTC"),
            MONEY: arrow.decimal128(_DIGITS, currency_digits(currency)),
            LIST: arrow.list_(arrow.string()),
        }.get(kind, arrow.string())


def _typed(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == JSON:
        return texts.written(value)
    if kind == MONEY:
        return Decimal(value)
    return float(value) if kind == REAL else value
