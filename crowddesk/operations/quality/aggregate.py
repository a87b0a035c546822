"""One label an item out of many people's: majority, Dawid-Skene and MACE, over a million answers in seconds.

Nothing depends on the order of answers or on anybody's name: both models start from the votes and draw no
lots. Any thread but the GUI's may call everything here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from crowddesk.domain import BadInput
from crowddesk.language import say

if TYPE_CHECKING:
    from crowddesk.operations.quality.answers import Answers, Bools, Codes, Column, Floats, Ints

#: Numbers in one table (items by labels, people by labels by labels): 160 MB. Above, it is refused.
_LARGEST_TABLE: Final = 20_000_000
_MOST_ROUNDS: Final = 500
#: The models have settled when no probability moves by more.
_SETTLED: Final = 1e-5
#: A label that somebody never gave so far is not impossible.
_LEAST_CHANCE: Final = 1e-10
#: Shares that differ by less are a tie.
_EQUAL: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Votes:
    """Who said what about which item, as codes, one row an answer; -1 is nowhere in them.

    `items`, `people` and `labels` are below `of_items`, `of_people` and `of_labels`.
    """

    items: Codes
    people: Codes
    labels: Codes
    of_items: int
    of_people: int
    of_labels: int

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What a method makes of votes.

    `probabilities` is items by labels; rows of items without votes are 0. `labels` has the likeliest one
    (-1: no votes), the lowest code where some are `tied`. `competence` is, by person, the chance that an
    answer of theirs is right (MACE: that it was not given blindly), NaN for who has no votes. Dawid-Skene
    also tells `confusion` (people by true by given label) and `marginals` (by true label).
    """

    method: str
    probabilities: Floats
    labels: Codes
    tied: Bools
    competence: Floats
    rounds: int = 0
    settled: bool = True
    confusion: Floats | None = None
    marginals: Floats | None = None


def votes_of(answers: Answers, column: Column, keep: Bools | None = None) -> Votes:
    """The votes of one field: of `keep`, else of every answer to the run's own items."""
    chosen = (answers.standard if keep is None else keep) & (column.codes >= 0) & (answers.people >= 0)
    return Votes(
        answers.items[chosen],
        answers.people[chosen],
        column.codes[chosen],
        len(answers.item_ids),
        len(answers.worker_ids),
        len(column.values),
    )


# -------------------------------------------------------------------------------------------- methods


def majority(votes: Votes) -> Aggregate:
    """The most frequent label; probabilities are shares of votes. Raises BadInput for too large a table."""
    shares = _shares(votes)
    labels, tied = _likeliest(shares, votes)
    agreed = shares[votes.items, votes.labels]
    return Aggregate("majority", shares, labels, tied, _mean_by_person(agreed, votes))


def dawid_skene(votes: Votes) -> Aggregate:
    """Dawid and Skene (1979): everybody has chances of their own to give each label to each true one.

    EM from the shares of votes until no probability moves. Raises BadInput for too large a table.
    """
    kinds = votes.of_labels
    _check(votes.of_people * kinds * kinds, votes)
    sums = _Sums(votes)
    posterior = sums.only_voted(_shares(votes))
    given = sums.person_label
    rounds, moved = 0, np.inf
    confusion = np.zeros((kinds, votes.of_people, kinds))
    marginals = np.zeros(kinds)
    while len(votes) and rounds < _MOST_ROUNDS and moved > _SETTLED:
        for true in range(kinds):
            weights = sums.spread(posterior[true])
            confusion[true] = _sum(given, weights, votes.of_people * kinds).reshape(-1, kinds)
        seen = confusion.sum(axis=2, keepdims=True)
        np.divide(confusion, seen, out=confusion, where=seen > 0)
        confusion[np.broadcast_to(seen <= 0, confusion.shape)] = 1.0 / kinds
        marginals = posterior.mean(axis=1)
        likely = np.empty_like(posterior)
        logs = np.log(np.maximum(confusion, _LEAST_CHANCE))
        for true in range(kinds):
            likely[true] = sums.by_item(logs[true].ravel()[given])
            likely[true] += np.log(max(marginals[true], _LEAST_CHANCE))
        fresh = _normal(likely)
        moved, posterior = float(np.abs(fresh - posterior).max()), fresh
        rounds += 1
    table = sums.of_all(posterior)
    labels, tied = _likeliest(table, votes)
    right = np.einsum("kpk,k->p", confusion, marginals)
    right[np.bincount(votes.people, minlength=votes.of_people) == 0] = np.nan
    return Aggregate(
        "dawid_skene", table, labels, tied, right, rounds, moved <= _SETTLED,
        np.moveaxis(confusion, 0, 1), marginals,
    )  # fmt: skip


def mace(votes: Votes) -> Aggregate:
    """MACE (Hovy, Berg-Kirkpatrick, Vaswani, Hovy 2013): an answer is the true label, or given blindly.

    The paper's variational Bayes with its priors, Beta(0.5, 0.5) for how often somebody answers blindly and
    Dirichlet(10) for what they say then; started from the shares of votes in place of its random restarts.
    Raises BadInput for too large a table.
    """
    kinds = votes.of_labels
    sums = _Sums(votes)
    posterior = sums.only_voted(_shares(votes))
    given = sums.person_label
    who, label = given // max(kinds, 1), given % max(kinds, 1)
    answered = np.bincount(who, minlength=votes.of_people).astype(np.float64)
    knowing = posterior[label, sums.place]
    rounds, moved = 0, np.inf
    knew = np.zeros(votes.of_people)
    while len(votes) and rounds < _MOST_ROUNDS and moved > _SETTLED:
        knew = _sum(who, knowing, votes.of_people)
        blind = _sum(given, 1.0 - knowing, votes.of_people * kinds).reshape(-1, kinds)
        of_knowing = _geometric(knew + 0.5, answered + 1.0)[who]
        habit = _geometric(blind + 10.0, blind.sum(axis=1, keepdims=True) + 10.0 * kinds)
        of_blind = (_geometric(answered - knew + 0.5, answered + 1.0)[:, None] * habit).ravel()[given]
        # A label that nobody gave to the item is as likely as all its answers being blind.
        gain = np.log(of_knowing + of_blind) - np.log(of_blind)
        fresh = _normal(_sum(label * len(sums.voted) + sums.place, gain, posterior.size).reshape(kinds, -1))
        moved, posterior = float(np.abs(fresh - posterior).max()), fresh
        knowing = fresh[label, sums.place] * of_knowing / (of_knowing + of_blind)
        rounds += 1
    table = sums.of_all(posterior)
    labels, tied = _likeliest(table, votes)
    competence = np.where(answered > 0, (knew + 0.5) / (answered + 1.0), np.nan)
    return Aggregate("mace", table, labels, tied, competence, rounds, moved <= _SETTLED)


def accuracy(found: Aggregate, truth: Codes) -> float | None:
    """The share of items with the right label; a tie counts for its part. `truth` is by item, -1 unknown.

    A truth that no answer has is a code beyond the labels. None where no item with votes has a truth.
    """
    known = np.flatnonzero((truth >= 0) & (found.labels >= 0))
    if not len(known):
        return None
    table = found.probabilities[known]
    best = table >= table.max(axis=1, keepdims=True) - _EQUAL
    wanted = truth[known]
    among = wanted < table.shape[1]
    right = np.zeros(len(known))
    right[among] = best[among, wanted[among]] / best[among].sum(axis=1)
    return float(right.mean())


# ---------------------------------------------------------------------------------------------- parts


class _Sums:
    """Votes in the order of their items, for sums by item; ordered so that sums do not depend on the rows.

    Inside of the models tables are labels by items that have votes, which numpy goes through fastest.
    """

    def __init__(self, votes: Votes) -> None:
        key = votes.people.astype(np.int64) * votes.of_labels + votes.labels
        order = np.lexsort((key, votes.items))
        self._of_items = votes.of_items
        items = votes.items[order].astype(np.int64)
        self.person_label: Ints = key[order]
        self.voted: Ints
        self.voted, self._starts, self._counts = np.unique(items, return_index=True, return_counts=True)
        #: The place of each vote's item in `voted`.
        self.place: Ints = np.repeat(np.arange(len(self.voted)), self._counts)

    def by_item(self, values: Floats) -> Floats:
        """Sums over each item that has votes."""
        found: Floats = np.add.reduceat(values, self._starts)
        return found

    def spread(self, by_item: Floats) -> Floats:
        """A value of each item that has votes, to its votes."""
        found: Floats = np.repeat(by_item, self._counts)
        return found

    def only_voted(self, table: Floats) -> Floats:
        """A table of all items by labels, turned."""
        return np.ascontiguousarray(table[self.voted].T)

    def of_all(self, turned: Floats) -> Floats:
        """The other way; 0 for items without votes."""
        table = np.zeros((self._of_items, len(turned)))
        table[self.voted] = turned.T
        return table


def _check(numbers: int, votes: Votes) -> None:
    if numbers > _LARGEST_TABLE:
        raise BadInput(
            say(
                "There are {of_labels:,} different labels over {of_items:,} items and {of_people:,} "
                "people, which is too much for one table.",
                of_labels=votes.of_labels,
                of_items=votes.of_items,
                of_people=votes.of_people,
            )
        )


def _shares(votes: Votes) -> Floats:
    _check(votes.of_items * votes.of_labels, votes)
    at = votes.items.astype(np.int64) * votes.of_labels + votes.labels
    counts = np.bincount(at, minlength=votes.of_items * votes.of_labels).astype(np.float64)
    table = counts.reshape(votes.of_items, votes.of_labels)
    total = table.sum(axis=1, keepdims=True)
    found: Floats = np.divide(table, total, out=table, where=total > 0)
    return found


def _likeliest(table: Floats, votes: Votes) -> tuple[Codes, Bools]:
    if not table.size:
        return np.full(votes.of_items, -1, dtype=np.int32), np.zeros(votes.of_items, dtype=np.bool_)
    best = table >= table.max(axis=1, keepdims=True) - _EQUAL
    none = table.sum(axis=1) <= 0
    labels = np.where(none, -1, best.argmax(axis=1)).astype(np.int32)
    return labels, (best.sum(axis=1) > 1) & ~none


def _mean_by_person(values: Floats, votes: Votes) -> Floats:
    answered = np.bincount(votes.people, minlength=votes.of_people)
    total = _sum(votes.people, values, votes.of_people)
    found: Floats = np.where(answered > 0, total / np.maximum(answered, 1), np.nan)
    return found


def _sum(at: Ints | Codes, values: Floats, length: int) -> Floats:
    """Sums of values by their place, also where there are none."""
    return np.bincount(at, values, length).astype(np.float64, copy=False)


def _normal(logs: Floats) -> Floats:
    """Columns of logarithms as chances that add up to one."""
    chances = np.exp(logs - logs.max(axis=0))
    found: Floats = chances / chances.sum(axis=0)
    return found


def _geometric(count: Floats, total: Floats) -> Floats:
    """The geometric mean of a chance after so many counts: exp(E[log p]) of a Beta or Dirichlet."""
    found: Floats = np.exp(_digamma(count) - _digamma(total))
    return found


def _digamma(x: Floats) -> Floats:
    """The digamma function of positive numbers, to about 1e-12."""
    shift = np.zeros_like(x)
    x = x.copy()
    for _ in range(10):
        shift += np.where(x < 10, 1.0 / x, 0.0)
        x += x < 10
    inverse = 1.0 / (x * x)
    tail = inverse * (
        1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240 - inverse / 132)))
    )
    found: Floats = np.log(x) - 0.5 / x - tail - shift
    return found
