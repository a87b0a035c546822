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
from crowddesk.operations.quality.fields import TEXT, kind_of, label_of, run_args
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
    - `agreeing` of `others`: other people's answers to the same item that have the same label;
    - `straight`: by person, the share of their most frequent label where it is more than their items
      explain, 0 for everybody else;
    - `duplicate_of`: id of the earliest unit whose free text this one nearly repeats, -1 for none;
    - `against`: by person, how much speaks against trusting their work, 0 and up: an order, never shown;
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
    labels = column.codes if column else np.full(len(answers), MISSING, dtype=np.int32)
    times = anomalies.measure_times(answers.seconds, answers.standard)
    agreeing, others, disagreement = compare(labels, answers.items, people)
    judged = (labels >= 0) & (others > 0)
    sameness = anomalies.measure_sameness(
        labels if column and kind_of(column) != TEXT else np.full_like(labels, MISSING),
        answers.items, people, how_many,
    )  # fmt: skip
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
        people, how_many, times.z, marks, agreeing, others, disagreement, gold_right, gold_total,
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
    agreeing: Codes,
    others: Codes,
    disagreement: Singles,
    gold_right: Codes,
    gold_total: Codes,
    straight: Floats,
    duplicate: Bools,
    pasted: Bools,
) -> tuple[Singles, Singles]:
    """`against` and `risk`: how unlikely the evidence is, in natural logarithms, where it can be said."""
    owner = np.maximum(people, 0)

    def sum_of(values: Any) -> Floats:
        if not how_many:
            return np.zeros(0)
        return np.bincount(owner, weights=values * (people >= 0), minlength=how_many).astype(np.float64)

    judged = others > 0
    agreed = np.where(judged, agreeing / np.maximum(others, 1), 0.0)
    usual = np.where(judged, 1.0 - disagreement, 0.0)
    compared = sum_of(judged)
    against = _less_than(sum_of(agreed), sum_of(usual) / np.maximum(compared, 1), compared)
    all_right = gold_right.sum() / max(1, gold_total.sum())
    against = against + _less_than(gold_right, np.clip(all_right, 0.6, 0.9), gold_total)
    quick = np.where(np.isfinite(z), np.maximum(-z - 1.0, 0.0), 0.0)
    timed = sum_of(np.isfinite(z))
    against += np.minimum(timed, 10) * (sum_of(quick) / np.maximum(timed, 1)) ** 2 / 2
    against += np.minimum(straight, 50.0) + 2.0 * sum_of(duplicate)
    doubtful = (
        0.1 * np.minimum(against[owner], 30.0) * (people >= 0)
        + 0.4 * quick
        + np.where(judged, 1.0 - agreed, 0.0)
        + 1.5 * (marks == 0)
        + 1.5 * duplicate
        + 0.2 * pasted
    )
    return against.astype(np.float32), (1.0 - np.exp(-doubtful)).astype(np.float32)


def _less_than(right: Floats | Codes, usual: Floats | float, total: Floats | Codes) -> Floats:
    """How unlikely so few right ones are where `usual` (a share) is usual: total times the divergence."""
    share = np.clip(right / np.maximum(total, 1), 1e-3, 1 - 1e-3)
    usual = np.clip(usual, 1e-3, 1 - 1e-3)
    far = share * np.log(share / usual) + (1 - share) * np.log((1 - share) / (1 - usual))
    found: Floats = np.where((share < usual) & (total > 0), total * far, 0.0)
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
