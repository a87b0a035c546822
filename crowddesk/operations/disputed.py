"""The items of a run on which people disagree most. Not in the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crowddesk.operations.quality.picture import Picture


@dataclass(frozen=True, slots=True)
class Disputed:
    """One item: its answers that count, and how many say what, the most frequent first.

    `id` is the assignment's. `differing` is the share of pairs of answers that differ.
    """

    id: int
    key: str
    answers: int
    labels: tuple[tuple[str, int], ...]
    differing: float


def most_disputed(picture: Picture, field: str = "", most: int = 100) -> list[Disputed]:
    """Items whose answers to a field ("": the judged one) differ, those that differ most first."""
    import numpy as np

    from crowddesk.operations.quality.answers import MISSING
    from crowddesk.operations.quality.fields import TEXT, kind_of
    from crowddesk.operations.quality.picture import compare

    answers = picture.answers
    column = answers.fields.get(field or picture.label)
    if column is None or kind_of(column) == TEXT:
        return []
    labels = np.where(answers.counted, column.codes, MISSING).astype(np.int32)
    _, _, differing = compare(labels, answers.items, answers.people)
    given = np.flatnonzero((labels != MISSING) & (differing > 0))
    items, first = np.unique(answers.items[given], return_index=True)
    share = differing[given][first]
    number = np.bincount(answers.items[labels != MISSING], minlength=len(answers.item_ids))[items]
    order = np.lexsort((items, -number, -share))[:most]
    chosen = {int(items[place]): float(share[place]) for place in order}
    by_item: dict[int, dict[str, int]] = {item: {} for item in chosen}
    for row in given[np.isin(answers.items[given], list(chosen))].tolist():
        said = by_item[int(answers.items[row])]
        word = column.values[int(labels[row])]
        said[word] = said.get(word, 0) + 1
    return [
        Disputed(
            answers.item_ids[item],
            answers.item_keys[item],
            sum(by_item[item].values()),
            tuple(sorted(by_item[item].items(), key=lambda pair: (-pair[1], pair[0]))),
            differs,
        )
        for item, differs in chosen.items()
    ]
