"""Answers that stand out: by their time, by their sameness, by their wording: evidence, no verdict.

Any thread but the GUI's may call everything here.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from crowddesk.operations.quality.answers import Bools, Codes, Floats, Ints

# ----------------------------------------------------------------------------------------------- times

#: With fewer times than this nobody knows what is usual.
FEW_TIMES: Final = 10
#: Half of all people within 10 % of each other is as alike as times get: less would make every one stand out.
_LEAST_SPREAD: Final = 0.1
#: Below this a time says only that it was short, in seconds.
_SHORTEST_S: Final = 0.1
#: Makes the MAD of a normal distribution its standard deviation (Iglewicz and Hoaglin, 1993).
_MAD_TO_SIGMA: Final = 0.6745


@dataclass(frozen=True, slots=True)
class Times:
    """The usual time in seconds (NaN: not known), and how far each answer's is from it.

    `z` is the modified z score of the time's logarithm: -3.5 or less is quick beyond doubt, NaN not known.
    """

    median: float
    z: Floats


def measure_times(seconds: Floats, usual: Bools | None = None) -> Times:
    """What is usual is told by the answers in `usual`, by all of them where those are too few."""
    known = np.isfinite(seconds) & (seconds >= 0)
    logs = np.log(np.maximum(np.where(known, seconds, 1.0), _SHORTEST_S))
    base = known if usual is None else known & usual
    if base.sum() < FEW_TIMES:
        base = known
    median = float(np.median(seconds[base])) if base.any() else np.nan
    z = np.full(len(seconds), np.nan)
    if base.sum() >= FEW_TIMES:
        middle = np.median(logs[base])
        spread = max(float(np.median(np.abs(logs[base] - middle))), _LEAST_SPREAD)
        z[known] = _MAD_TO_SIGMA * (logs[known] - middle) / spread
    return Times(median, z)


# --------------------------------------------------------------------------------------------- sameness


@dataclass(frozen=True, slots=True)
class Sameness:
    """How much each person sticks to one label. All by person.

    `label` is the code of their most frequent one (-1: no answers), `count` of `total` answers have it.
    `log_p` bounds the logarithm of the chance that somebody who answers as others do to the same items has
    that label as often.
    """

    label: Codes
    count: Codes
    total: Codes
    log_p: Floats

    @property
    def share(self) -> Floats:
        """How many of their answers have their most frequent label, 0 where there are none."""
        found: Floats = self.count / np.maximum(self.total, 1)
        return found


#: How much the whole run's labels count beside the others' answers to the item, in answers.
_PRIOR: Final = 2.0
#: Powers of two from 1/4 to 64: where Chernoff's bound is looked for.
_TILTS: Final = tuple(2.0**power for power in range(-2, 7))


def measure_sameness(labels: Codes, items: Codes, people: Codes, how_many: int) -> Sameness:
    """`labels`, `items` and `people` are codes, one an answer, -1 for none; there are `how_many` people.

    What is to be expected of an answer is what others said to the same item, so that somebody who always
    meets items with one right answer is as expected. The bound is Chernoff's over independent answers of
    different chances: it never makes a person look rarer than they are.
    """
    label = np.full(how_many, -1, dtype=np.int32)
    count, total = np.zeros(how_many, dtype=np.int32), np.zeros(how_many, dtype=np.int32)
    log_p = np.zeros(how_many)
    given = np.flatnonzero((labels >= 0) & (people >= 0))
    if not len(given):
        return Sameness(label, count, total, log_p)
    labels, items, people = labels[given], items[given], people[given]
    kinds = int(labels.max()) + 1
    total[:] = np.bincount(people, minlength=how_many)
    pairs, times = np.unique(people.astype(np.int64) * kinds + labels, return_counts=True)
    owners = pairs // kinds
    order = np.lexsort((-times, owners))
    first = order[np.unique(owners[order], return_index=True)[1]]
    label[owners[first]] = pairs[first] % kinds
    count[owners[first]] = times[first]

    mine = label[people].astype(np.int64)
    hit = labels == mine
    said, of_all = _others(items, mine, labels, people, kinds)
    # The run's labels without the person's own: a spammer who answers half of it must not be the measure.
    by_label = np.bincount(labels, minlength=kinds)
    everybody = len(labels) - total[people]
    base = (by_label[mine] - count[people] + 1.0) / (everybody + float(min(kinds, 20)))
    chance = np.clip((said + _PRIOR * base) / (of_all + _PRIOR), 1e-6, 1 - 1e-6)
    every = np.bincount(people, weights=np.log(chance), minlength=how_many)
    log_p[:] = np.where(count == total, every, 0.0)
    for tilt in _TILTS:
        moment = np.log1p(chance * np.expm1(tilt))
        bound = np.bincount(people, weights=moment, minlength=how_many) - tilt * np.bincount(
            people, weights=hit, minlength=how_many
        )
        np.minimum(log_p, bound, out=log_p)
    return Sameness(label, count, total, log_p)


def _others(items: Codes, asked: Ints, labels: Codes, people: Codes, kinds: int) -> tuple[Floats, Floats]:
    """How many answers of others to the same item say `asked`, and how many there are."""
    item = items.astype(np.int64)
    mine = people * (item.max() + 1) + item
    said = count_as(item * kinds + labels, item * kinds + asked)
    # A person may have answered an item more than once; their own answers speak for nobody else.
    said -= count_as(mine * kinds + labels, mine * kinds + asked)
    of_all = count_same(item) - count_same(mine)
    return said.astype(np.float64), of_all.astype(np.float64)


def count_same(keys: Ints) -> Ints:
    """How many rows have the same key, a row."""
    if not len(keys):
        return np.zeros(0, dtype=np.int64)
    _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    found: Ints = counts[inverse]
    return found


def count_as(keys: Ints, wanted: Ints) -> Ints:
    """How many of `keys` are each of `wanted`."""
    if not len(keys):
        return np.zeros(len(wanted), dtype=np.int64)
    different, counts = np.unique(keys, return_counts=True)
    at = np.minimum(np.searchsorted(different, wanted), len(different) - 1)
    found: Ints = np.where(different[at] == wanted, counts[at], 0)
    return found


# --------------------------------------------------------------------------------------------- wording

#: Shorter texts are alike by chance.
_LEAST_WORDS: Final = 8
_LEAST_LETTERS: Final = 30
#: A longer text is told by its beginning.
_MOST_LETTERS: Final = 20_000
_MOST_WORDS: Final = 500
#: In hundred: of the letters of the sorted words that have to be the same.
_ALIKE: Final = 90
#: MinHash: texts that share 85 in 100 words meet in a band in 999 of 1,000 cases.
_BANDS, _ROWS = 8, 3
_COMPARED_AT_ONCE: Final = 100_000
#: A text keeps so many others that are near it; the earliest are enough.
_MOST_NEAR: Final = 16
_SEED: Final = 20_090_731
#: A word; each sign of a script that writes without spaces is one.
_WORD: Final = re.compile(r"[\u0e00-\u0eff\u2e80-\uffef]|[^\W\u0e00-\u0eff\u2e80-\uffef]+")
#: Where so large a share of the texts is also somebody else's to the same item, the task asks for it
#: (a transcription), and only the same text on another item says something.
_ASKED_FOR: Final = 0.3


#: A text's words in the order of the alphabet, and their numbers in the text's own.
_Text = tuple[str, "array[int]"]


def find_copies(values: Sequence[str], codes: Codes, items: Codes, people: Codes, order: Ints) -> Ints:
    """The row of the earliest answer that each answer nearly repeats, -1 for none.

    `values[codes[row]]` is the text of a row, `order` its place in time. A text counts as a copy of an
    earlier one by another person, or by the same one on another item; words may be in another order. Short
    texts are passed over.
    """
    copies = np.full(len(codes), -1, dtype=np.int64)
    number: dict[str, int] = {}
    texts_of: dict[int, _Text] = {}
    for code, text in enumerate(values):
        words = _words(text)
        if words is not None:
            numbers = array("i", [number.setdefault(word, len(number)) for word in words])
            texts_of[code] = (" ".join(sorted(words)), numbers)
    if not texts_of:
        return copies
    leader, near = _alike(texts_of, len(number))
    rows = np.flatnonzero(np.isin(codes, np.fromiter(texts_of, dtype=np.int64)))
    rows = rows[np.argsort(order[rows], kind="stable")]
    texts = [leader[code] for code in codes[rows].tolist()]
    item = items[rows].astype(np.int64)
    earlier = _earliest(texts, (people[rows] * (item.max() + 2) + item).tolist(), near)
    copied = earlier >= 0
    if (copied & (item[earlier] == item)).sum() > _ASKED_FOR * len(rows):
        earlier = _earliest(texts, item.tolist(), near)
        copied = earlier >= 0
    copies[rows[copied]] = rows[earlier[copied]]
    return copies


def _earliest(texts: Sequence[int], owners: Sequence[int], near: dict[int, list[int]]) -> Ints:
    """The earliest place before each whose text is near and whose owner differs, -1 for none."""
    found = np.full(len(texts), -1, dtype=np.int64)
    #: The first places of a text, of two owners at most: one of them always differs.
    seen: dict[int, list[tuple[int, int]]] = {}
    for place, (text, owner) in enumerate(zip(texts, owners, strict=True)):
        before = [at for other in near[text] for at, whose in seen.get(other, ()) if whose != owner]
        if before:
            found[place] = min(before)
        mine = seen.setdefault(text, [])
        if not mine or (len(mine) == 1 and mine[0][1] != owner):
            mine.append((place, owner))
    return found


def _words(text: str) -> list[str] | None:
    """The words of a text that is long enough to be told from others."""
    if len(text) < _LEAST_LETTERS:
        return None
    words = _WORD.findall(unicodedata.normalize("NFKC", text[:_MOST_LETTERS]).casefold())[:_MOST_WORDS]
    if len(words) < _LEAST_WORDS or sum(map(len, words)) < _LEAST_LETTERS:
        return None
    return words


def _alike(
    texts_of: Mapping[int, _Text], different_words: int
) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Which text stands for each, and which of those are nearly the same as each, itself too.

    Only texts that share a band of MinHash values are compared, each with the first and with the one before
    it in the band, so that the work grows with the texts and not with their pairs.
    """
    from rapidfuzz import fuzz, process

    first_with: dict[str, int] = {}
    leader = {code: first_with.setdefault(text, code) for code, (text, _) in texts_of.items()}
    leaders = list(first_with.values())
    texts = list(first_with)
    near: dict[int, list[int]] = {code: [code] for code in leaders}
    first, second = _candidates([texts_of[code][1] for code in leaders], different_words)
    for begin in range(0, len(first), _COMPARED_AT_ONCE):
        a, b = (part[begin : begin + _COMPARED_AT_ONCE].tolist() for part in (first, second))
        scores = process.cpdist(
            [texts[one] for one in a], [texts[one] for one in b],
            scorer=fuzz.ratio, score_cutoff=_ALIKE, dtype=np.float32,
        )  # fmt: skip
        for hit in np.flatnonzero(scores >= _ALIKE).tolist():
            one, other = leaders[a[hit]], leaders[b[hit]]
            for mine, theirs in ((one, other), (other, one)):
                if len(near[mine]) < _MOST_NEAR:
                    near[mine].append(theirs)
    return leader, near


def _candidates(texts: Sequence[array[int]], different_words: int) -> tuple[Ints, Ints]:
    """Pairs of places whose texts may be alike."""
    rng = np.random.default_rng(_SEED)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    flat = np.concatenate([np.frombuffer(text, dtype=np.int32) for text in texts])
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    keys = []
    for _ in range(_BANDS):
        key = np.zeros(len(texts), dtype=np.uint64)
        for _ in range(_ROWS):
            ranks = rng.permutation(different_words).astype(np.uint64)
            key = key * np.uint64(0x9E3779B97F4A7C15) + np.minimum.reduceat(ranks[flat], starts)
        order = np.argsort(key, kind="stable")
        ordered = key[order]
        same = ordered[1:] == ordered[:-1]
        later, before = order[1:][same], order[:-1][same]
        begin = np.maximum.accumulate(np.where(np.concatenate(([True], ~same)), np.arange(len(order)), 0))
        first = order[begin[1:][same]]
        keys += [before * len(texts) + later, first * len(texts) + later]
    pairs = np.unique(np.concatenate(keys))
    return pairs // len(texts), pairs % len(texts)
