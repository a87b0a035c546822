"""Tells the evidence about an answer and about a person in plain words: what was seen, never a score.

Nothing in the program decides by a chip. Any thread may call everything here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from crowddesk.language import mark, number_text, say, say_count
from crowddesk.operations.quality.picture import LEAST_ANSWERS, QUICK_Z

if TYPE_CHECKING:
    from crowddesk.operations.quality.answers import Ints
    from crowddesk.operations.quality.picture import Picture

#: What a chip is about, in the order in which they are told.
KINDS: Final = ("gold", "time", "others", "straight", "text", "paste")
#: How a chip is to be read: as something against the answer, something for it, or as a fact beside it.
AGAINST, FOR, BESIDE = "against", "for", "beside"
_SLOW_Z: Final = 3.5
#: Somebody's usual time this far below the run's is told; from QUICK_Z on it speaks against them.
_BRISK_Z: Final = -1.5
_LONGEST_LABEL: Final = 40


@dataclass(frozen=True, slots=True)
class Chip:
    """One piece of evidence. `words` are short, `detail` is a sentence that says how it was found."""

    kind: str
    words: str
    tone: str
    detail: str


def chips_of(picture: Picture, unit_id: int) -> list[Chip]:
    """What is to be said about one answer and who gave it; nothing for a unit without an answer here."""
    rows = picture.answers.rows_of([unit_id])
    if not len(rows):
        return []
    row = int(rows[0])
    person = int(picture.answers.people[row])
    found = [*_of_mark(picture, row), *_of_gold(picture, person), *_of_time(picture, row)]
    found += [*_of_others(picture, row), *_of_sameness(picture, person)]
    found += [*_of_text(picture, row), *_of_paste(picture, row)]
    return found


def chips_of_person(picture: Picture, person: int, rows: Ints | None = None) -> list[Chip]:
    """What is to be said about a person's answers as a whole; `person` is a code of `answers.people`.

    `rows` are those of their answers, where they are known already.
    """
    if rows is None:
        rows = np.flatnonzero(picture.answers.people == person)
    if not len(rows):
        return []
    found = [*_of_gold(picture, person)]
    seconds = picture.answers.seconds[rows]
    z = picture.time_z[rows]
    if np.isfinite(z).any() and (usual := float(np.nanmedian(z))) <= _BRISK_Z:
        tone = AGAINST if usual <= QUICK_Z and np.isfinite(z).sum() >= LEAST_ANSWERS else BESIDE
        found.append(_time_chip(float(np.nanmedian(seconds)), picture, tone, usual=len(rows) > 1))
    found += [*_agreement(picture, rows), *_of_sameness(picture, person)]
    copies = int((picture.duplicate_of[rows] >= 0).sum())
    if copies:
        words = say_count(
            "%n texts are the same as others or elsewhere",
            "one text is the same as others or elsewhere",
            copies,
        )
        found.append(Chip("text", words, AGAINST, say(_TEXT_DETAIL)))
    pasted = int(picture.answers.pasted[rows].sum())
    if pasted:
        words = say_count("pasted in {pasted} of %n answers", "pasted in {pasted} of %n answer", len(rows))
        words = words.format(pasted=number_text(pasted))
        found.append(Chip("paste", words, BESIDE, say(_PASTE_DETAIL)))
    return found


def length(seconds: float) -> str:
    """A time as people say it: "11 s", "3 min 5 s", "2 h 10 min"."""
    form, parts = _length_of(seconds)
    return say(form, **parts)


def length_for_workers(seconds: float) -> str:
    """The same in English, as the texts are that reach workers, whatever the requester reads."""
    form, parts = _length_of(seconds)
    return form.format_map(parts)


_LENGTHS: Final = {
    "parts": mark("{seconds:.1f} s"),
    "seconds": mark("{seconds} s"),
    "minutes": mark("{minutes} min"),
    "minutes and seconds": mark("{minutes} min {seconds} s"),
    "hours": mark("{hours:,} h"),
    "hours and minutes": mark("{hours:,} h {minutes} min"),
}


def _length_of(seconds: float) -> tuple[str, dict[str, float]]:
    if seconds < 9.95 and (tenths := round(10 * seconds)) % 10:
        return _LENGTHS["parts"], {"seconds": tenths / 10}
    whole = round(seconds)
    if whole < 120:
        return _LENGTHS["seconds"], {"seconds": whole}
    if whole < 7_200:
        key = "minutes and seconds" if whole % 60 else "minutes"
        return _LENGTHS[key], {"minutes": whole // 60, "seconds": whole % 60}
    minutes = whole % 3_600 // 60
    key = "hours and minutes" if minutes else "hours"
    return _LENGTHS[key], {"hours": whole // 3_600, "minutes": minutes}


# ------------------------------------------------------------------------------------------- the kinds


def _of_mark(picture: Picture, row: int) -> list[Chip]:
    right = int(picture.marks[row])
    if right < 0:
        return []
    if picture.answers.unit_index[row] == -2:
        words = say("right on this gold unit") if right else say("wrong on this gold unit")
    else:
        words = say("right on this screening unit") if right else say("wrong on this screening unit")
    return [Chip("gold", words, FOR if right else AGAINST, say("Its right answer is known to the run."))]


def _of_gold(picture: Picture, person: int) -> list[Chip]:
    total = int(picture.gold_total[person]) if person >= 0 else 0
    if not total:
        return []
    wrong = total - int(picture.gold_right[person])
    if wrong:
        words = say_count("failed {wrong} of %n gold units", "failed {wrong} of %n gold unit", total)
        words = words.format(wrong=number_text(wrong))
    else:
        words = say_count("passed all %n gold units", "passed the one gold unit", total)
    return [Chip("gold", words, AGAINST if wrong else FOR, say(_GOLD_DETAIL))]


def _of_time(picture: Picture, row: int) -> list[Chip]:
    z = float(picture.time_z[row])
    if not (z <= QUICK_Z or z >= _SLOW_Z):  # NaN too
        return []
    return [_time_chip(float(picture.answers.seconds[row]), picture, AGAINST if z < 0 else BESIDE)]


def _time_chip(seconds: float, picture: Picture, tone: str, *, usual: bool = False) -> Chip:
    time, median = length(seconds), length(picture.median_seconds)
    if usual:
        words = say("usually {time} against a median of {median}", time=time, median=median)
    else:
        words = say("{time} against a median of {median}", time=time, median=median)
    detail = say(
        "Half of the run's answers took less than {median}; this lies outside of what is usual.",
        median=median,
    )
    return Chip("time", words, tone, detail)


def _of_others(picture: Picture, row: int) -> list[Chip]:
    code, others = int(picture.labels[row]), int(picture.others[row])
    if code < 0 or not others:
        return []
    agreeing = int(picture.agreeing[row])
    if 2 * agreeing >= others:
        words = _also(agreeing, others, quote(picture.word_of(code)))
        return [Chip("others", words, FOR, say(_OTHERS_DETAIL, field=picture.label))]
    item = np.flatnonzero((picture.answers.items == picture.answers.items[row]) & (picture.labels >= 0))
    item = item[picture.answers.people[item] != picture.answers.people[row]]
    codes, counts = np.unique(picture.labels[item], return_counts=True)
    most = int(counts.max())
    if most > agreeing and (counts == most).sum() == 1 and int(codes[counts.argmax()]) != code:
        words = _instead(most, others, quote(picture.word_of(int(codes[counts.argmax()]))))
    elif agreeing:
        words = say_count(
            "only %n of {others} others say {word}", "only %n of {others} others says {word}", agreeing
        ).format(others=number_text(others), word=quote(picture.word_of(code)))
    else:
        words = say("none of {others:,} others says {word}", others=others, word=quote(picture.word_of(code)))
    return [Chip("others", words, AGAINST, say(_OTHERS_DETAIL, field=picture.label))]


def _agreement(picture: Picture, rows: Ints) -> list[Chip]:
    """How often a person says what most others do, where that is much less than is usual."""
    others = picture.others[rows]
    judged = rows[(others > 0) & (picture.labels[rows] >= 0)]
    if not len(judged):
        return []
    agrees = int((2 * picture.agreeing[judged] >= picture.others[judged]).sum())
    usual = picture.usual_agreement
    words = say_count(
        "agrees with most others on {agrees} of %n answers",
        "agrees with most others on {agrees} of %n answer",
        len(judged),
    ).format(agrees=number_text(agrees))
    detail = say(
        "Over the whole run, {usual:.0%} of the answers say what at least half of the others say.",
        usual=usual,
    )
    share = agrees / len(judged)
    spread = (usual * (1 - usual) / len(judged)) ** 0.5
    clear = len(judged) >= LEAST_ANSWERS and share < usual - max(2.5 * spread, 0.05)
    tone = AGAINST if clear else BESIDE
    return [Chip("others", words, tone, detail)]


def _of_sameness(picture: Picture, person: int) -> list[Chip]:
    if person < 0 or not picture.straight[person]:
        return []
    same = picture.sameness
    count, total = int(same.count[person]), int(same.total[person])
    word = quote(picture.word_of(int(same.label[person])))
    if count == total:
        words = say("always chose {word} ({count:,} of {total:,})", word=word, count=count, total=total)
    else:
        words = say(
            "nearly always chose {word} ({count:,} of {total:,})", word=word, count=count, total=total
        )
    detail = say("That is more than the answers of others to the same items explain.")
    return [Chip("straight", words, AGAINST, detail)]


def _of_text(picture: Picture, row: int) -> list[Chip]:
    other = int(picture.duplicate_of[row])
    if other < 0:
        return []
    return [Chip("text", say("same text as unit {other}", other=other), AGAINST, say(_TEXT_DETAIL))]


def _of_paste(picture: Picture, row: int) -> list[Chip]:
    if not picture.answers.pasted[row]:
        return []
    where = picture.texts[0] if len(picture.texts) == 1 else say("the answer")
    return [Chip("paste", say("pasted into {where}", where=where), BESIDE, say(_PASTE_DETAIL))]


# ---------------------------------------------------------------------------------------------- words

_GOLD_DETAIL: Final = mark(
    "The right answers of gold and screening units are known; these are all of theirs in this run."
)
_OTHERS_DETAIL: Final = mark("Other people's answers to the same item, in the field {field}.")
_TEXT_DETAIL: Final = mark(
    "At least 90 in 100 letters are the same, whatever the order of the words. Short texts are passed over."
)
_PASTE_DETAIL: Final = mark("The page saw something being pasted. It may be the person's own note.")


def quote(label: str) -> str:
    """A label in quotes, cut where it is long."""
    text = " ".join(label.split())
    return f"“{text if len(text) <= _LONGEST_LABEL else text[: _LONGEST_LABEL - 1] + '…'}”"


def _also(some: int, others: int, word: str) -> str:
    """How many of the others say the same."""
    if others == 1:
        return say("the other also says {word}", word=word)
    if some == others == 2:
        return say("both others also say {word}", word=word)
    if some == others:
        return say("all {others:,} others also say {word}", others=others, word=word)
    return say_count(
        "%n of {others} others also say {word}", "%n of {others} others also says {word}", some
    ).format(others=number_text(others), word=word)


def _instead(some: int, others: int, word: str) -> str:
    """How many of the others say one other thing."""
    if others == 1:
        return say("the other says {word}", word=word)
    if some == others == 2:
        return say("both others say {word}", word=word)
    if some == others:
        return say("all {others:,} others say {word}", others=others, word=word)
    return say_count("%n of {others} others say {word}", "%n of {others} others says {word}", some).format(
        others=number_text(others), word=word
    )
