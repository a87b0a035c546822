"""What is to be exported, as a person or a manifest says it, checked before anything is read."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from crowddesk.domain import DATASET_STATUSES, BadInput
from crowddesk.language import say
from crowddesk.operations import masks as masks_of
from crowddesk.store.queries import UNITS

#: The ending of a file -> what its format is called.
FORMATS: Final = {".csv": "CSV", ".jsonl": "JSON lines", ".xlsx": "Excel", ".parquet": "Parquet"}
UNIT, ITEM = "unit", "item"
ROWS: Final = (UNIT, ITEM)
MAJORITY, DAWID_SKENE = "majority", "dawid_skene"
METHODS: Final = (MAJORITY, DAWID_SKENE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One export of one run.

    `rows` is `unit` (one row an answer or a place for one) or `item` (one row an item with its aggregated
    answer, by `method`). `where` is a search over units, `only` one dataset status; `masks` are names of
    masks, `expressions` all that they are made of, by name. `names`: the workers' real names go out.
    """

    run_id: int
    format: str
    rows: str = UNIT
    where: str = ""
    only: str | None = None
    masks: tuple[str, ...] = ()
    names: bool = False
    method: str = MAJORITY
    expressions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def search(self) -> str:
        """All of it that a search can say. An answer that is out of the data set decides no item."""
        data = f"data:{self.only}" if self.only else "-data:out" if self.rows == ITEM else ""
        return f"{data} {self.where}".strip()


def check(wanted: Wanted) -> None:
    """Raises BadInput for what cannot be. Needs no database."""
    if wanted.format not in FORMATS:
        raise BadInput(
            say(
                "{format!r} is no format: use one of {formats}.",
                format=wanted.format,
                formats=", ".join(FORMATS),
            )
        )
    if wanted.only is not None and wanted.only not in DATASET_STATUSES:
        raise BadInput(
            say(
                "{only!r} is no dataset status: use {dataset_statuses}.",
                only=wanted.only,
                dataset_statuses=", ".join(DATASET_STATUSES),
            )
        )
    if wanted.rows not in ROWS:
        known = say(" or ").join(ROWS)
        raise BadInput(say("{rows!r} is no kind of row: use {known}.", rows=wanted.rows, known=known))
    if wanted.method not in METHODS:
        known = say(" or ").join(METHODS)
        raise BadInput(
            say("{method!r} is no kind of method: use {known}.", method=wanted.method, known=known)
        )
    if any(term.field == "due" for term in UNITS.parse(wanted.where).terms):
        raise BadInput(
            say(
                "due: looks at the clock, so the same export could never be made again. Choose the units "
                "by status:, submitted: or another field."
            )
        )


def with_masks(wanted: Wanted, kept: Mapping[str, Mapping[str, Any]]) -> Wanted:
    """The same with the expressions that its masks are made of. BadInput names a mask that there is not."""
    found: dict[str, Mapping[str, Any]] = {}
    if wanted.masks:
        masks_of.check(masks_of.any_of(wanted.masks), kept)
    waiting = list(wanted.masks)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = kept[name]
            waiting += masks_of.names_in(kept[name])
    return dataclasses.replace(wanted, expressions=dict(sorted(found.items())))


def format_of(path: Path) -> str:
    """The format that a file's ending names. Raises BadInput for another one."""
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise BadInput(
            say(
                "{name}: it is exported by its ending, one of {formats}.",
                name=path.name,
                formats=", ".join(FORMATS),
            )
        )
    return ending
