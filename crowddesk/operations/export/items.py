"""One row an item: its data, and for each field what its answers come to, with how sure that is.

A choice or a number becomes one answer by majority or by Dawid and Skene's model, with the votes it has, its
share of them and whether it is tied; of free text all answers go out as a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from crowddesk.domain import BadInput
from crowddesk.language import say
from crowddesk.operations.export import texts
from crowddesk.operations.export.columns import (
    INPUT,
    LIST,
    REAL,
    TEXT,
    WHOLE,
    YES_NO,
    Column,
    Fields,
    field_names,
)
from crowddesk.operations.export.selection import Selection
from crowddesk.operations.export.units import Source
from crowddesk.operations.export.wanted import DAWID_SKENE
from crowddesk.operations.quality import aggregate
from crowddesk.operations.quality import fields as kinds
from crowddesk.store.queries.answers import item_rows

if TYPE_CHECKING:
    from crowddesk.operations.quality.answers import Answers, Bools
    from crowddesk.operations.quality.answers import Column as AnswerColumn

_AT_ONCE: Final = 2_000
#: Digits after the point: more would say that models and processors agree to the last bit.
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class _Result:
    """What one field comes to, by item: `values` of the columns `names`, None where nobody answered it."""

    names: tuple[Column, ...]
    values: tuple[Sequence[Any], ...]


class Items:
    """The items of a selection that have at least one answer that counts."""

    def __init__(self, source: Source, selection: Selection, method: str) -> None:
        assert selection.answers is not None
        assert selection.kept is not None
        self._source = source
        self._answers, kept = selection.answers, selection.kept
        items = self._answers.items[kept]
        self._given = np.bincount(items, minlength=len(self._answers.item_ids))
        self._results = [
            _of_field(self._answers, column, kept, method)
            for column in self._answers.fields.values()
            if source.names or not texts.names_worker(column.name)
        ]
        if not source.names:
            self._results = [_nameless(result) for result in self._results]
        fields = Fields()
        for _, values in self._inputs():
            fields.add(values)
        self.columns: list[Column] = [
            Column("assignment_id", WHOLE), Column("item_key", TEXT), Column("answers", WHOLE),
            *fields.columns(INPUT), *(name for result in self._results for name in result.names),
        ]  # fmt: skip

    def __len__(self) -> int:
        return int((self._given > 0).sum())

    def batches(self) -> Iterator[list[list[Any]]]:
        """The items by id, each in the order of `columns`."""
        names = list(field_names(self.columns, INPUT))
        by_column = [values for result in self._results for values in result.values]
        batch: list[list[Any]] = []
        for item, data in self._inputs():
            batch.append(
                [
                    self._answers.item_ids[item], self._answers.item_keys[item], int(self._given[item]),
                    *(data.get(name) for name in names), *(values[item] for values in by_column),
                ]
            )  # fmt: skip
            if len(batch) == _AT_ONCE:
                yield batch
                batch = []
        yield batch

    def _inputs(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The items that have answers, as (position, columns)."""
        # Both come by id; an item that was added since is not among the answers.
        known = {item: position for position, item in enumerate(self._answers.item_ids)}
        for assignment, _, data in item_rows(self._source.conn, self._source.run_id):
            position = known.get(assignment, -1)
            if position >= 0 and self._given[position]:
                yield position, self._source.item(data)


def _of_field(answers: Answers, column: AnswerColumn, kept: Bools, method: str) -> _Result:
    if kinds.kind_of(column) == kinds.TEXT:
        return _texts(answers, column, kept)
    votes = aggregate.votes_of(answers, column, kept)
    counts = _Counts(votes)
    labels, tied, name = counts.majority, counts.tied, column.name
    made: list[tuple[Column, Sequence[Any]]] = []
    if method == DAWID_SKENE:
        try:
            found = aggregate.dawid_skene(votes)
        except BadInput as error:
            raise BadInput(say("{name}: {error} Take the majority.", name=name, error=error)) from None
        labels, tied = found.labels, found.tied
        chance = found.probabilities.max(axis=1, initial=0.0)
        made.append((Column(f"probability.{name}", REAL), _numbers(chance, labels)))
    had = counts.of(labels)
    made = [
        (Column(f"output.{name}", TEXT), [None if c < 0 else column.values[c] for c in labels.tolist()]),
        (Column(f"count.{name}", WHOLE), had.tolist()),
        (Column(f"share.{name}", REAL), _numbers(had / np.maximum(counts.total, 1), labels)),
        (Column(f"tie.{name}", YES_NO), _known(tied.tolist(), labels)),
        *made,
    ]  # fmt: skip
    return _Result(tuple(column for column, _ in made), tuple(values for _, values in made))


def _nameless(result: _Result) -> _Result:
    """What a field comes to without what names a worker in its values."""
    hide = texts.Once(texts.text_without_names)

    def hidden(value: Any) -> Any:
        if isinstance(value, list):
            return [hide[part] for part in value]
        return hide[value] if isinstance(value, str) else value

    return _Result(result.names, tuple([hidden(value) for value in values] for values in result.values))


def _numbers(values: Any, labels: Any) -> list[float | None]:
    return _known(np.round(values, _DIGITS).tolist(), labels)


def _known(values: list[Any], labels: Any) -> list[Any]:
    """The values of items that have an answer, None for the others."""
    return [None if code < 0 else value for value, code in zip(values, labels.tolist(), strict=True)]


def _texts(answers: Answers, column: AnswerColumn, kept: Bools) -> _Result:
    """All answers to each item, in the order of their units."""
    found: list[list[str] | None] = [None] * len(answers.item_ids)
    chosen = np.flatnonzero(kept & (column.codes >= 0))
    for item, code in zip(answers.items[chosen].tolist(), column.codes[chosen].tolist(), strict=True):
        mine = found[item]
        if mine is None:
            mine = found[item] = []
        mine.append(column.values[code])
    return _Result((Column(f"output.{column.name}", LIST),), (found,))


class _Counts:
    """How often each item got each label, without a table of all: free numbers have as many as answers."""

    def __init__(self, votes: aggregate.Votes) -> None:
        self._labels = max(votes.of_labels, 1)
        key = votes.items.astype(np.int64) * self._labels + votes.labels
        self._keys, self._votes = np.unique(key, return_counts=True)
        item, label = self._keys // self._labels, self._keys % self._labels
        self.total = np.bincount(votes.items, minlength=votes.of_items)
        self.majority = np.full(votes.of_items, -1, dtype=np.int32)
        # The best of each item comes last: the most votes, and of those the label that came first.
        order = np.lexsort((-label, self._votes, item))
        last = order[np.flatnonzero(np.diff(item[order], append=-1))]
        self.majority[item[last]] = label[last]
        most = np.zeros(votes.of_items, dtype=np.int64)
        most[item[last]] = self._votes[last]
        self.tied = np.bincount(item[self._votes == most[item]], minlength=votes.of_items) > 1

    def of(self, labels: Any) -> Any:
        """The votes that each item's label has."""
        wanted = np.arange(len(labels)) * self._labels + labels
        at = np.minimum(np.searchsorted(self._keys, wanted), max(len(self._keys) - 1, 0))
        if not len(self._keys):
            return np.zeros(len(labels), dtype=np.int64)
        return np.where((labels >= 0) & (self._keys[at] == wanted), self._votes[at], 0)
