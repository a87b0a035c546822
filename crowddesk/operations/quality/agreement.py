"""How far people agree: pairs, Cohen's and Fleiss' kappa, Krippendorff's alpha; answers may be missing.

Somebody who answered an item twice counts there once, or not at all where the two differ. None is "cannot be
said". Any thread but the GUI's may call everything here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from crowddesk.operations.quality.aggregate import Votes
    from crowddesk.operations.quality.answers import Bools, Codes, Floats, Ints

#: Two people who share fewer items have no kappa worth a mean: over one item it is 0 or cannot be said.
LEAST_SHARED: Final = 5
#: Pairs of answers to the same item that are looked at for Cohen's kappa: some 500 MB.
_MOST_PAIRS: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa over pairs of people, weighted by their shared items; `pairs` that have one.

    Two people who both used a single label, the same, have none: by chance they could not differ.
    """

    mean: float | None
    pairs: int


def one_each(votes: Votes) -> Votes:
    """One vote for each person and item."""
    if not len(votes):
        return votes
    key = votes.items.astype(np.int64) * votes.of_people + votes.people
    order = np.lexsort((votes.labels, key))
    key, labels = key[order], votes.labels[order]
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    ends = np.concatenate((starts[1:], [len(key)])) - 1
    kept = order[starts[labels[starts] == labels[ends]]]
    return replace(votes, items=votes.items[kept], people=votes.people[kept], labels=votes.labels[kept])


def percent_agreement(votes: Votes) -> float | None:
    """The share of pairs of answers to the same item that say the same."""
    by_item, alike = _pairs_alike(one_each(votes))
    pairs = float((by_item * (by_item - 1)).sum())
    return float(alike.sum()) / pairs if pairs else None


def fleiss_kappa(votes: Votes) -> float | None:
    """Fleiss (1971), over items with two answers or more; items may differ in how many they have."""
    votes = one_each(votes)
    by_item, alike = _pairs_alike(votes)
    several = by_item > 1
    if not several.any():
        return None
    observed = float((alike[several] / (by_item * (by_item - 1))[several]).mean())
    used = np.bincount(votes.labels[several[votes.items]], minlength=votes.of_labels)
    expected = float(((used / used.sum()) ** 2).sum())
    return (observed - expected) / (1 - expected) if expected < 1 else None


def cohen_kappa(votes: Votes) -> Kappa | None:
    """Cohen (1960), for each two people who both answered LEAST_SHARED items; None: too many pairs."""
    votes = one_each(votes)
    by_item = np.bincount(votes.items, minlength=votes.of_items)
    if float((by_item * (by_item - 1.0)).sum()) / 2 > _MOST_PAIRS:
        return None
    first, second = _pairs(votes, by_item)
    if not len(first):
        return Kappa(None, 0)
    pair = votes.people[first].astype(np.int64) * votes.of_people + votes.people[second]
    _, place = np.unique(pair, return_inverse=True)
    one, other = votes.labels[first], votes.labels[second]
    shared = np.bincount(place).astype(np.float64)
    observed = np.bincount(place, one == other) / shared
    expected = _products(place, one, other, votes.of_labels, len(shared)) / shared**2
    known = (expected < 1 - 1e-12) & (shared >= LEAST_SHARED)
    if not known.any():
        return Kappa(None, 0)
    kappas = (observed[known] - expected[known]) / (1 - expected[known])
    return Kappa(float(np.average(kappas, weights=shared[known])), int(known.sum()))


# ------------------------------------------------------------------------------- Krippendorff's alpha


def alpha_nominal(votes: Votes) -> float | None:
    """Krippendorff's alpha where labels are the same or not."""
    votes, by_item = _pairable(votes)
    if not len(votes):
        return None
    by_label = np.bincount(votes.labels).astype(np.float64)
    total = by_label.sum()
    _, alike = _pairs_alike(votes)
    several = by_item > 1
    # The diagonal of the coincidence matrix is all of it that is needed: pairs in an item, over m - 1.
    together = float((alike[several] / (by_item[several] - 1.0)).sum())
    differing = total * total - float((by_label**2).sum())
    return 1.0 - (total - 1.0) * (total - together) / differing if differing > 0 else None


def alpha_interval(votes: Votes, numbers: Floats) -> float | None:
    """Krippendorff's alpha where labels are numbers and their distance counts; `numbers` by label."""
    votes, by_item = _pairable(votes)
    return _alpha_of_distances(votes, numbers[votes.labels], by_item) if len(votes) else None


def alpha_ordinal(votes: Votes, numbers: Floats) -> float | None:
    """Krippendorff's alpha where only the order of the numbers counts.

    His ordinal distance, squared, is that of the labels' middle ranks among all pairable answers.
    """
    votes, by_item = _pairable(votes)
    if not len(votes):
        return None
    different, rank_of = np.unique(numbers, return_inverse=True)
    used = np.bincount(rank_of[votes.labels], minlength=len(different))
    middle = np.cumsum(used) - used / 2.0
    return _alpha_of_distances(votes, middle[rank_of[votes.labels]], by_item)


def _pairable(votes: Votes) -> tuple[Votes, Ints]:
    """The votes on items that have another one, and how many each item has."""
    votes = one_each(votes)
    by_item = np.bincount(votes.items, minlength=votes.of_items)
    kept: Bools = by_item[votes.items] > 1
    votes = replace(votes, items=votes.items[kept], people=votes.people[kept], labels=votes.labels[kept])
    return votes, by_item


def _alpha_of_distances(votes: Votes, values: Floats, by_item: Ints) -> float | None:
    # About their middle, so that large numbers that differ little keep their digits.
    values = values - float(np.median(values))
    several = by_item > 1
    sums = np.bincount(votes.items, values, votes.of_items)[several]
    squares = np.bincount(votes.items, values**2, votes.of_items)[several]
    count = by_item[several].astype(np.float64)
    observed = float(((count * squares - sums**2) / (count - 1.0)).sum()) * 2
    total = float(len(values))
    expected = 2 * (total * float((values**2).sum()) - float(values.sum()) ** 2) / (total - 1.0)
    return 1.0 - observed / expected if expected > 0 else None


# ----------------------------------------------------------------------------------------------- parts


def _pairs_alike(votes: Votes) -> tuple[Ints, Ints]:
    """By item: how many votes it has, and how many ordered pairs of them say the same."""
    by_item = np.bincount(votes.items, minlength=votes.of_items)
    keys, times = np.unique(votes.items.astype(np.int64) * votes.of_labels + votes.labels, return_counts=True)
    pairs = np.bincount(keys // max(votes.of_labels, 1), times * (times - 1), votes.of_items)
    return by_item, pairs.astype(np.int64)


def _pairs(votes: Votes, by_item: Ints) -> tuple[Ints, Ints]:
    """The rows of each two votes on the same item, the person with the lower code first."""
    order = np.lexsort((votes.people, votes.items))
    # How many come after each row in its item: it is paired with each of them.
    ends = np.cumsum(by_item)[votes.items[order]]
    after = ends - np.arange(len(order)) - 1
    first = np.repeat(np.arange(len(order)), after)
    begin = np.cumsum(after) - after
    second = first + 1 + np.arange(len(first)) - np.repeat(begin, after)
    return order[first], order[second]


def _products(place: Ints, one: Codes, other: Codes, kinds: int, pairs: int) -> Floats:
    """By pair: how often the first used a label times how often the second did, over all labels."""
    keys, times = np.unique(place * kinds + one, return_counts=True)
    theirs, their_times = np.unique(place * kinds + other, return_counts=True)
    _, mine_at, theirs_at = np.intersect1d(keys, theirs, assume_unique=True, return_indices=True)
    products = (times[mine_at] * their_times[theirs_at]).astype(np.float64)
    return np.bincount(keys[mine_at] // kinds, products, pairs).astype(np.float64, copy=False)
