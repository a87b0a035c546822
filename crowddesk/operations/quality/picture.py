"""What a run's answers look like beside each other: the evidence that reviewers, masks and figures read.

Nothing here decides anything. `risk` and `against` only say what to look at first; they are never shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from crowddesk.live_run import gold
from crowddesk.operations.quality import anomalies
from crowddesk.operations.quality.answers import MISSING, Answers, Column, read_answers
from crowddesk.operations.quality.fields import CHOICE, TEXT, kind_of, label_of, run_args
from crowddesk.store.queries import UNITS, Scope

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy.engine import Connection

    from crowddesk.operations.quality.answers import Bools, Codes, Floats, Ints

    Singles = NDArray[np.float32]

#: Somebody's sameness is told from so many answers on, where this large a share has one label, and where
#: somebody who answers as others do would do so once in 100,000 times at most.
LEAST_ANSWERS: Final = 5
STRAIGHT_SHARE: Final = 0.9
_STRAIGHT_LOG_P: Final = -np.log(100_000.0)
#: What is taken of the careless and of the careful: how often they are right on gold.
_GOLD_RIGHT: Final = (0.65, 0.93)
#: A person is named from here on, if they gave LEAST_ANSWERS.
_NAMED: Final = np.log(100.0)
#: Bounds, so that no one kind of evidence outweighs everything else.
_TIMES_COUNTED: Final = 10
_MOST_STRAIGHT: Final = 50.0
_A_COPY: Final = 2.0
#: A time this far below the usual one is worth a word: 3.5 is Iglewicz and Hoaglin's bound.
QUICK_Z: Final = -2.5


@dataclass(frozen=True, slots=True)
class Picture:
    """A run's answers with what is to be said about each; arrays are by answer where not by person.

    A person's position is `answers.people`'s code (a merged person is the first of their workers); rows of
    other codes are 0. `label` is the field that is judged, "" for none, `texts` the
    fields of free text. Arrays:

    - `time_z`: log-MAD modified z score of the time, NaN where it is not known;
    - `marks`: 1 right and 0 wrong on a gold or screening unit, -1 for every other answer;
    - `gold_right`, `gold_total`: the same by person;
    - `agreeing` of `others`: other people's answers to the same item that have the same label; 0 of 0 where
      the field is no choice;
    - `straight`: by person, the share of their most frequent label where it is more than their items
      explain, 0 for everybody else;
    - `duplicate_of`: id of the earliest unit whose free text this one nearly repeats, -1 for none;
    - `against`: by person, how much likelier the evidence is from somebody careless than from somebody
      careful, as a logarithm: an order, never shown;
    - `risk`: 0 to 1, which answer to look at first: an order, never shown;
    - `disagreement`: 0 to 1, the share of pairs of answers to the item that differ.

    `usual_agreement` is the share of answers that say what at least half of the others say, NaN for none.
    """

    answers: Answers
    label: str
    texts: tuple[str, ...]
    median_seconds: float
    time_z: Floats
    marks: NDArray[np.int8]
    gold_right: Codes
    gold_total: Codes
    agreeing: Codes
    others: Codes
    straight: Singles
    sameness: anomalies.Sameness
    duplicate_of: Ints
    against: Singles
    risk: Singles
    disagreement: Singles
    usual_agreement: float

    @property
    def labels(self) -> Codes:
        """The label of each answer as a code of its field, MISSING where there is none."""
        column = self.answers.fields.get(self.label)
        return column.codes if column else np.full(len(self.answers), MISSING, dtype=np.int32)

    def word_of(self, code: int) -> str:
        """The label that a code stands for."""
        return self.answers.fields[self.label].values[code]


def make_picture(conn: Connection, run_id: int) -> Picture:
    """The picture of a run as it is now. Not in the GUI thread: about a second for 100,000 answers.

    Raises NotFound.
    """
    args = run_args(conn, run_id)
    answers = read_answers(conn, run_id)
    label = label_of(answers.fields, args)
    return look_at(answers, label, _read_marks(conn, answers))


def look_at(answers: Answers, label: str, marks: NDArray[np.int8]) -> Picture:
    """The picture of answers that were read; `marks` as in Picture."""
    people = answers.people
    how_many = len(answers.worker_ids)
    column = answers.fields.get(label)
    # Texts and numbers of two honest people differ: only choices are held against each other.
    chosen = column is not None and kind_of(column) == CHOICE
    labels = column.codes if column and chosen else np.full(len(answers), MISSING, dtype=np.int32)
    times = anomalies.measure_times(answers.seconds, answers.standard)
    agreeing, others, disagreement = compare(labels, answers.items, people)
    judged = (labels >= 0) & (others > 0)
    sameness = anomalies.measure_sameness(labels, answers.items, people, how_many)
    marked = marks >= 0
    of_marked = people[marked]
    gold_total = _count(of_marked, how_many)
    gold_right = _count(of_marked[marks[marked] == 1], how_many)
    texts = [name for name, each in answers.fields.items() if kind_of(each) == TEXT]
    duplicate_of = _find_duplicates(answers, [answers.fields[name] for name in texts])
    is_straight = (
        (sameness.log_p < _STRAIGHT_LOG_P)
        & (sameness.share >= STRAIGHT_SHARE)
        & (sameness.total >= LEAST_ANSWERS)
    )
    against, risk = _weigh(
        people, how_many, times.z, marks,
        _support(labels, answers.items, len(column.values) if column else 0, agreeing, others),
        np.where(is_straight, -sameness.log_p, 0.0), duplicate_of >= 0, answers.pasted,
    )  # fmt: skip
    return Picture(
        answers, label, tuple(texts), times.median, times.z, marks, gold_right, gold_total, agreeing, others,
        np.where(is_straight, sameness.share, 0.0).astype(np.float32), sameness, duplicate_of, against, risk,
        disagreement, float((2 * agreeing >= others)[judged].mean()) if judged.any() else float("nan"),
    )  # fmt: skip


def order_people(picture: Picture) -> Ints:
    """The positions of the people who answered, those first whom most speaks against."""
    answers = picture.answers
    given = _count(answers.people, len(answers.worker_ids))
    positions = np.flatnonzero(given)
    found: Ints = positions[np.argsort(-picture.against[positions], kind="stable")]
    return found


def name_people(picture: Picture) -> Ints:
    """Those of `order_people` whom it is clearly against, a hundred to one; nobody of few answers."""
    order = order_people(picture)
    given = _count(picture.answers.people, len(picture.answers.worker_ids))[order]
    found: Ints = order[(picture.against[order] > _NAMED) & (given >= LEAST_ANSWERS)]
    return found


def compare(labels: Codes, items: Codes, people: Codes) -> tuple[Codes, Codes, Singles]:
    """For each answer: how many of how many others' say the same, and how much the item's answers differ."""
    agreeing, others = np.zeros(len(labels), dtype=np.int32), np.zeros(len(labels), dtype=np.int32)
    disagreement = np.zeros(len(labels), dtype=np.float32)
    if not len(labels):
        return agreeing, others, disagreement
    item = items.astype(np.int64)
    given = np.flatnonzero(labels >= 0)
    in_item = np.bincount(item[given], minlength=int(item.max()) + 1)
    kinds = int(labels.max()) + 2
    mine = item * (int(people.max()) + 2) + people + 1
    same = anomalies.count_same(item[given] * kinds + labels[given])
    # Who answers an item twice is no witness for themselves.
    agreeing[given] = same - anomalies.count_same(mine[given] * kinds + labels[given])
    others[:] = in_item[item] - anomalies.count_as(mine[given], mine)
    pairs = in_item * (in_item - 1.0)
    alike = np.bincount(item[given], weights=same - 1.0, minlength=len(in_item))
    differing = np.where(pairs > 0, 1 - alike / np.maximum(pairs, 1), 0.0)
    disagreement[:] = differing[item]
    return agreeing, others, disagreement


def _weigh(
    people: Codes,
    how_many: int,
    z: Floats,
    marks: NDArray[np.int8],
    support: Floats,
    straight: Floats,
    duplicate: Bools,
    pasted: Bools,
) -> tuple[Singles, Singles]:
    """`against` and `risk`.

    Each term of `against` is the logarithm of how much likelier the evidence is from somebody careless than
    from somebody careful, so that good answers speak for a person, too.
    """
    known = people >= 0
    owner = np.maximum(people, 0)

    def sum_of(values: Any) -> Floats:
        if not how_many:
            return np.zeros(0)
        return np.bincount(owner, weights=values * known, minlength=how_many).astype(np.float64)

    careless, careful = _GOLD_RIGHT
    marked = np.where(marks == 1, np.log(careless / careful), np.log((1 - careless) / (1 - careful)))
    timed = np.isfinite(z)
    times = sum_of(timed)
    quick = np.maximum(-sum_of(np.where(timed, z, 0.0)) / np.maximum(times, 1), 0.0)
    against = (
        sum_of(support)
        + sum_of(np.where(marks >= 0, marked, 0.0))
        + np.minimum(times, _TIMES_COUNTED) * quick**2 / 2
        + np.minimum(straight, _MOST_STRAIGHT)
        + _A_COPY * sum_of(duplicate)
    )
    doubtful = (
        0.1 * np.clip(against[owner], 0.0, 30.0) * known
        + 0.4 * np.where(timed, np.maximum(-z - 1.0, 0.0), 0.0)
        + np.maximum(support, 0.0)
        + 1.5 * (marks == 0)
        + 1.5 * duplicate
        + 0.2 * pasted
    )
    return against.astype(np.float32), (1.0 - np.exp(-doubtful)).astype(np.float32)


def _support(labels: Codes, items: Codes, kinds: int, agreeing: Codes, others: Codes) -> Floats:
    """How much the answers of others to the item speak against each, as a logarithm of likelihoods.

    Everybody else is taken to be right as often as the run's agreement says; somebody careless is half way
    between that and guessing.
    """
    found = np.zeros(len(labels))
    given = np.flatnonzero((labels >= 0) & (others > 0))
    if kinds < 2 or not len(given):
        return found
    wrong = kinds - 1
    # Two people agree who are both right, or both wrong in the same way: solved for how often one is right.
    agreement = float((agreeing[given] / others[given]).mean())
    root = max(0.0, 1 / wrong**2 - (1 + 1 / wrong) * (1 / wrong - agreement))
    careful = float(np.clip((1 / wrong + root**0.5) / (1 + 1 / wrong), 1 / kinds + 0.02, 0.97))
    careless = (careful + 1 / kinds) / 2
    weight = np.log(careful * wrong / (1 - careful))

    item = items[given].astype(np.int64)
    voted = np.bincount(items[labels >= 0])
    keys, counts = np.unique(
        items[labels >= 0].astype(np.int64) * kinds + labels[labels >= 0], return_counts=True
    )
    of_item = keys // kinds
    most = np.zeros(len(voted))
    np.maximum.at(most, of_item, counts)
    chances = np.bincount(of_item, np.exp(weight * (counts - most[of_item])), len(voted))
    chances += (kinds - np.bincount(of_item, minlength=len(voted))) * np.exp(-weight * most)
    mine = counts[np.searchsorted(keys, item * kinds + labels[given])]
    without = np.exp(weight * (mine - 1 - most[item]))
    right = without / np.maximum(chances[item] - np.exp(weight * (mine - most[item])) + without, 1e-300)
    right = np.clip(right, 0.0, 1.0)

    def likelihood(often: float) -> Floats:
        told: Floats = right * often + (1 - right) * (1 - often) / wrong
        return told

    found[given] = np.log(likelihood(careless) / likelihood(careful))
    return found


def _read_marks(conn: Connection, answers: Answers) -> NDArray[np.int8]:
    marks = np.full(len(answers), -1, dtype=np.int8)
    if answers.standard.all():
        return marks
    units = UNITS.iterate(conn, UNITS.parse("kind:gold,screening"), Scope(run_id=answers.run_id))
    for mark in gold.marks(conn, units):
        marks[answers.rows_of([mark.unit_id])] = mark.right
    return marks


def _count(positions: Codes, how_many: int) -> Codes:
    return np.bincount(positions[positions >= 0], minlength=how_many).astype(np.int32)


def _find_duplicates(answers: Answers, texts: Sequence[Column]) -> Ints:
    """By answer: the id of the earliest unit that one of its texts nearly repeats, -1 for none."""
    rows = np.arange(len(answers))
    time = np.where(answers.submitted_at > 0, answers.submitted_at, np.iinfo(np.int64).max)
    order = np.empty(len(answers), dtype=np.int64)
    order[np.lexsort((rows, time))] = rows
    earliest = np.full(len(answers), -1, dtype=np.int64)
    for column in texts:
        copies = anomalies.find_copies(column.values, column.codes, answers.items, answers.people, order)
        better = (copies >= 0) & ((earliest < 0) | (order[copies] < order[earliest]))
        earliest[better] = copies[better]
    found: Ints = np.where(earliest >= 0, answers.unit_ids[earliest], -1) if len(answers) else earliest
    return found
