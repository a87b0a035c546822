"""What kind of answers a field holds, told by the answers themselves: the files of a run may be gone.

Any thread may call everything here.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import yaml  # type: ignore[import-untyped]
from omegaconf import OmegaConf

from crowddesk.operations.quality.answers import MISSING, Column
from crowddesk.store import records

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.operations.quality.answers import Floats

CHOICE: Final = "choice"
NUMBER: Final = "number"
TEXT: Final = "text"

#: So many different values may be a choice without anything more to say for it.
_FEW: Final = 20
_MOST_OPTIONS: Final = 200
#: So many different values are looked at.
_LOOKED_AT: Final = 2_000
#: No longer and no further than that their squares can still be added up.
_NUMBER: Final = re.compile(r"[+-]?(\d{1,15}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?", re.ASCII)


def kind_of(column: Column) -> str:
    """CHOICE where the same few answers come again and again, else NUMBER or TEXT."""
    values = column.values
    different, answered = len(values), int((column.codes != MISSING).sum())
    looked_at = values[:_LOOKED_AT]
    if not looked_at or all(value.startswith("[") for value in looked_at):
        return CHOICE  # boxes to tick
    words = statistics.median(len(value.split()) for value in looked_at)
    length = statistics.median(map(len, looked_at))
    short = words <= 3 and length <= 40
    # A sentence is an option only where it comes often: people copy sentences from each other, too.
    often = answered >= different * (2 if words < 8 and length < 50 else 5)
    if different <= _FEW and (short or often):
        return CHOICE
    if numbers_of(column) is not None:
        return NUMBER
    return CHOICE if short and often and different <= _MOST_OPTIONS else TEXT


def numbers_of(column: Column) -> Floats | None:
    """The number that each of the field's values is; None where one of them is none."""
    if not column.values or not all(map(_NUMBER.fullmatch, column.values)):
        return None
    return np.array([float(value) for value in column.values], dtype=np.float64)


def run_args(conn: Connection, run_id: int) -> Any:
    """The arguments of a run, empty ones where they cannot be read. Raises NotFound."""
    try:
        args = OmegaConf.create(records.get(conn, "task_run", run_id)["args"])
    except (ValueError, TypeError, yaml.YAMLError):
        return OmegaConf.create()
    return args if OmegaConf.is_dict(args) else OmegaConf.create()


def known_truth(args: Any) -> tuple[str, str] | None:
    """The field whose right answers a run knows, and the column of its items that holds them."""
    for place in ("task.gold", "provider.truth", "task.screening"):
        part = OmegaConf.select(args, place, throw_on_missing=False)
        if not OmegaConf.is_dict(part):
            continue
        field, column = part.get("field"), part.get("column" if place == "provider.truth" else "truth")
        if field and column:
            return str(field), str(column)
    return None


def label_of(fields: Mapping[str, Column], args: Any) -> str:
    """The field that is judged: the one that the run names, else the first choice, else the first of all.

    "" where nothing was answered.
    """
    named = known_truth(args)
    if named is not None and named[0] in fields:
        return named[0]
    choices = (name for name, column in fields.items() if kind_of(column) == CHOICE)
    return next(choices, next(iter(fields), ""))
