"""Exports a run, its units or its items, as CSV, JSON lines, Excel or Parquet with a manifest beside it."""

from __future__ import annotations

from crowddesk.operations.export.wanted import (
    DAWID_SKENE,
    FORMATS,
    ITEM,
    MAJORITY,
    METHODS,
    ROWS,
    UNIT,
    Wanted,
    format_of,
)
from crowddesk.operations.export.work import (
    Exported,
    Progress,
    Waiting,
    count_waiting,
    export,
    export_like,
    read_like,
)

__all__ = [
    "DAWID_SKENE",
    "FORMATS",
    "ITEM",
    "MAJORITY",
    "METHODS",
    "ROWS",
    "UNIT",
    "Exported",
    "Progress",
    "Waiting",
    "Wanted",
    "count_waiting",
    "export",
    "export_like",
    "format_of",
    "read_like",
]
