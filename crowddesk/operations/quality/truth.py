"""Finds which column of a run's items holds the right answers to a field, and says how it was found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from crowddesk.blueprints.data_files import missing_column
from crowddesk.domain import BadInput
from crowddesk.language import say
from crowddesk.operations.quality.answers import text_of
from crowddesk.operations.quality.fields import known_truth
from crowddesk.store.queries.answers import item_rows

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.operations.quality.answers import Answers, Codes, Column

#: The items' values as text, None for an empty one, by column.
Columns = Mapping[str, Sequence[str | None]]
_TRUE: Final = frozenset({"true", "t", "yes", "y", "1"})
_FALSE: Final = frozenset({"false", "f", "no", "n", "0"})


@dataclass(frozen=True, slots=True)
class Truth:
    """The right answers to a field. `codes` is by item: of the field's values, beyond them for an answer that
    nobody gave, -1 where it is not known. `column` is None where there is none: then `codes` is empty. `how`
    says why there is none, or how it was found.
    """

    column: str | None
    how: str
    codes: Codes


def read_columns(conn: Connection, answers: Answers) -> Columns:
    """What the items say, a list by item for each column but the one that names the items."""
    items = _read_items(conn, answers)
    names = dict.fromkeys(name for item in items for name in item)
    found = {name: [text_of(item.get(name)) for item in items] for name in names}
    return {
        name: values
        for name, values in found.items()
        if any(value not in (None, key) for value, key in zip(values, answers.item_keys, strict=True))
    }


def find_truth(columns: Columns, column: Column, args: Any, named: str | None = None) -> Truth:
    """The truth that is `named`, else what the run's arguments name, else the one column that fits.

    Raises BadInput where the named column is not there or has none of the field's values.
    """
    matching = _Matching(column.values)
    if named is not None:
        if named not in columns:
            raise BadInput(missing_column(say("The run's data"), named, list(columns)))
        codes, fits = matching.codes(columns[named])
        if not fits:
            raise BadInput(
                say(
                    "The column {named!r} has none of the answers to {name!r}: {some}.",
                    named=named,
                    name=column.name,
                    some=_some(column.values),
                )
            )
        return Truth(named, say("you named it"), codes)
    known = known_truth(args)
    if known is not None and known[0] == column.name and known[1] in columns:
        codes, fits = matching.codes(columns[known[1]])
        if fits:
            return Truth(known[1], say("the run names it"), codes)
    candidates = {}
    for name, values in columns.items():
        codes, _ = matching.codes(values)
        told = codes[codes >= 0]
        if len(told) and told.max() < len(column.values) and len(np.unique(told)) > 1:
            candidates[name] = codes
    if len(candidates) == 1:
        ((name, codes),) = candidates.items()
        how = say("it is the one column whose values are answers to {name!r}", name=column.name)
        return Truth(name, how, codes)
    none = np.zeros(0, dtype=np.int32)
    if candidates:
        how = say("several columns could be it: {some}; name one", some=_some(list(candidates)))
    else:
        how = say("no column of the items has the answers to {name!r} as its values", name=column.name)
    return Truth(None, how, none)


def _read_items(conn: Connection, answers: Answers) -> list[Mapping[str, Any]]:
    """The data of each item that a standard unit was answered of, {} for every other one."""
    wanted = set(np.unique(answers.items[answers.standard]).tolist())
    place_of = {item: place for place, item in enumerate(answers.item_ids)}
    found: list[Mapping[str, Any]] = [{}] * len(answers.item_ids)
    for item, _, data in item_rows(conn, answers.run_id):
        place = place_of.get(item)  # none: it has come since the answers were read
        if place is None or place not in wanted:
            continue
        try:
            read = json.loads(data)
        except ValueError:
            continue
        if isinstance(read, dict):
            found[place] = read
    return found


def _some(words: Sequence[str]) -> str:
    return ", ".join(map(repr, words[:5])) + (", ..." if len(words) > 5 else "")


class _Matching:
    """Finds the answer that a cell of the data means: the same text, the same number, or yes and no."""

    def __init__(self, values: Sequence[str]) -> None:
        self._values = values
        self._codes = {value: code for code, value in enumerate(values)}
        for key in (_folded, _number):
            for code, value in enumerate(values):
                if (plain := key(value)) is not None:
                    self._codes.setdefault(plain, code)
        self._truths: dict[bool, int] = {}
        told = [_truth(value) for value in values]
        if None not in told and len(set(told)) == len(told):
            self._truths = {bool(truth): code for code, truth in enumerate(told)}

    def codes(self, cells: Sequence[str | None]) -> tuple[Codes, bool]:
        """The code of each cell (-1: empty, the number of values: no answer means it); whether any means one.

        An unknown cell stands for an answer that nobody gave.
        """
        known: dict[str | None, int] = {None: -1}
        for cell in cells:
            if cell not in known and cell is not None:
                known[cell] = self._code(cell)
        codes = np.array([known[cell] for cell in cells], dtype=np.int32)
        return codes, bool(((codes >= 0) & (codes < len(self._values))).any())

    def _code(self, cell: str) -> int:
        for plain in (cell, _folded(cell), _number(cell)):
            if plain is not None and plain in self._codes:
                return self._codes[plain]
        truth = _truth(cell)
        return len(self._values) if truth is None else self._truths.get(truth, len(self._values))


def _folded(text: str) -> str:
    return text.strip().casefold()


def _number(text: str) -> str | None:
    try:
        return f"= {float(text):.15g}"
    except ValueError:
        return None


def _truth(text: str) -> bool | None:
    folded = _folded(text)
    return True if folded in _TRUE else False if folded in _FALSE else None
