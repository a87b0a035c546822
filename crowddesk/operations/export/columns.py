"""The columns of a table of units or items: their names, in their order, and what each holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

#: What a column holds, so that a typed format can say so. MONEY is text in major units, TIME microseconds
#: since 1970 (UTC), LIST a list of texts, JSON text of anything.
TEXT, WHOLE, REAL, YES_NO, MONEY, TIME, LIST, JSON = (
    "text", "whole", "real", "yes_no", "money", "time", "list", "json",
)  # fmt: skip

INPUT, OUTPUT = "input", "output"
_MOST_WHOLE: Final = 2**63
#: Larger whole numbers are not the same number any more beside broken ones.
_MOST_EXACT: Final = 2**53
_BIG: Final = "big"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the name that stands over it; `kind` is one of the constants above."""

    name: str
    kind: str


#: What identifies a worker to others; it goes out only where somebody asked for names.
NAMING: Final = ("agent_id", "worker_id", "worker_name")

_UNIT: Final = (
    Column("unit_id", WHOLE), Column("task_run_id", WHOLE), Column("assignment_id", WHOLE),
    Column("item_key", TEXT), Column("unit_index", WHOLE), Column("kind", TEXT), Column("status", TEXT),
    Column("agent_status", TEXT), Column("vendor_status", TEXT), Column("dataset_status", TEXT),
    Column("worker", TEXT), Column("agent_id", WHOLE), Column("worker_id", WHOLE),
    Column("worker_name", TEXT), Column("launched_at", TIME), Column("submitted_at", TIME),
    Column("seconds", REAL), Column("active_seconds", REAL), Column("pasted", LIST), Column("pay", MONEY),
    Column("fee", MONEY), Column("currency", TEXT),
)  # fmt: skip


def unit_columns(names: bool) -> list[Column]:
    """What every unit has, whatever was asked in its run."""
    return [column for column in _UNIT if names or column.name not in NAMING]


class Fields:
    """Gathers what the items' columns and the answers' fields are called and what they hold."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._kinds)

    def add(self, values: Mapping[str, Any]) -> None:
        """One item or one answer; each text need only be given once."""
        for name, value in values.items():
            found = _kind_of(value)
            known = self._kinds.get(name)
            if known is None:
                self._kinds[name] = found
            elif found not in ("", known):
                self._kinds[name] = _wider(known, found)

    def columns(self, prefix: str) -> list[Column]:
        """In the order in which they first came."""
        plain = {"": TEXT, _BIG: WHOLE}
        return [Column(f"{prefix}.{name}", plain.get(kind, kind)) for name, kind in self._kinds.items()]


def _kind_of(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return TEXT
    if isinstance(value, bool):
        return YES_NO
    if isinstance(value, int):
        if abs(value) <= _MOST_EXACT:
            return WHOLE
        return _BIG if -_MOST_WHOLE <= value < _MOST_WHOLE else JSON
    if isinstance(value, float):
        return REAL
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return LIST
    return JSON


def _wider(one: str, other: str) -> str:
    if not one:
        return other
    return {frozenset((WHOLE, REAL)): REAL, frozenset((WHOLE, _BIG)): _BIG}.get(frozenset((one, other)), JSON)


def titles(columns: Sequence[Column]) -> list[str]:
    return [column.name for column in columns]


def field_names(columns: Iterable[Column], prefix: str) -> Iterator[str]:
    """The names of the fields behind the columns of `input` or `output`."""
    start = f"{prefix}."
    return (column.name[len(start) :] for column in columns if column.name.startswith(start))
