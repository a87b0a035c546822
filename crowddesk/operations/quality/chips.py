"""Tells the evidence about an answer and about a person in plain words: what was seen, never a score.

Nothing in the program decides by a chip. Any thread may call everything here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from crowddesk.language import say
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
        words = length(float(np.nanmedian(seconds)))
        found.append(_time_chip(words if len(rows) == 1 else f"usually {words}", picture, tone))
    found += [*_agreement(picture, rows), *_of_sameness(picture, person)]
    copies = int((picture.duplicate_of[rows] >= 0).sum())
    if copies:
        found.append(
            Chip("text", say("{texts} as others or elsewhere", texts=_texts(copies)), AGAINST, _TEXT_DETAIL)
        )
    pasted = int(picture.answers.pasted[rows].sum())
    if pasted:
        found.append(
            Chip(
                "paste",
                say("pasted in {pasted:,} of {answers}", pasted=pasted, answers=_answers(len(rows))),
                BESIDE,
                _PASTE_DETAIL,
            )
        )
    return found


def length(seconds: float) -> str:
    """A time as people say it: "11 s", "3 min 5 s", "2 h 10 min"."""
    if seconds < 9.95:
        return f"{seconds:.1f} s".replace(".0 s", " s")
    whole = round(seconds)
    if whole < 120:
        return f"{whole} s"
    if whole < 7_200:
        return say("{whole} min {whole_2} s", whole=whole // 60, whole_2=whole % 60).replace(" 0 s", "")
    return say("{whole:,} h {whole_2} min", whole=whole // 3_600, whole_2=whole % 3_600 // 60).replace(
        say(" 0 min"), ""
    )


# ------------------------------------------------------------------------------------------- the kinds


def _of_mark(picture: Picture, row: int) -> list[Chip]:
    mark = int(picture.marks[row])
    if mark < 0:
        return []
    kind = "gold" if picture.answers.unit_index[row] == -2 else "screening"
    words = say("{value} on this {kind} unit", value="right" if mark else "wrong", kind=kind)
    return [Chip("gold", words, FOR if mark else AGAINST, say("Its right answer is known to the run."))]


def _of_gold(picture: Picture, person: int) -> list[Chip]:
    total = int(picture.gold_total[person]) if person >= 0 else 0
    if not total:
        return []
    wrong = total - int(picture.gold_right[person])
    units = say("gold unit") if total == 1 else say("gold units")
    words = (
        say("failed {wrong:,} of {total:,} {units}", wrong=wrong, total=total, units=units)
        if wrong
        else f"passed {_all(total)} {units}"
    )
    return [Chip("gold", words, AGAINST if wrong else FOR, _GOLD_DETAIL)]


def _of_time(picture: Picture, row: int) -> list[Chip]:
    z = float(picture.time_z[row])
    if not (z <= QUICK_Z or z >= _SLOW_Z):  # NaN too
        return []
    words = length(float(picture.answers.seconds[row]))
    return [_time_chip(words, picture, AGAINST if z < 0 else BESIDE)]


def _time_chip(words: str, picture: Picture, tone: str) -> Chip:
    median = length(picture.median_seconds)
    detail = say(
        "Half of the run's answers took less than {median}; this lies outside of what is usual.",
        median=median,
    )
    return Chip("time", say("{words} against a median of {median}", words=words, median=median), tone, detail)


def _of_others(picture: Picture, row: int) -> list[Chip]:
    code, others = int(picture.labels[row]), int(picture.others[row])
    if code < 0 or not others:
        return []
    agreeing = int(picture.agreeing[row])
    if 2 * agreeing >= others:
        words = say(
            "{of} also say{s} {quote}",
            of=_of(agreeing, others),
            s=_s(agreeing),
            quote=quote(picture.word_of(code)),
        )
        return [Chip("others", words, FOR, _OTHERS_DETAIL.format(picture.label))]
    item = np.flatnonzero((picture.answers.items == picture.answers.items[row]) & (picture.labels >= 0))
    item = item[picture.answers.people[item] != picture.answers.people[row]]
    codes, counts = np.unique(picture.labels[item], return_counts=True)
    most = int(counts.max())
    if most > agreeing and (counts == most).sum() == 1 and int(codes[counts.argmax()]) != code:
        words = f"{_of(most, others)} say{_s(most)} {quote(picture.word_of(int(codes[counts.argmax()])))}"
    elif agreeing:
        words = say(
            "only {agreeing:,} of {others:,} others say{s} {quote}",
            agreeing=agreeing,
            others=others,
            s=_s(agreeing),
            quote=quote(picture.word_of(code)),
        )
    else:
        words = say(
            "none of {others:,} others says {quote}", others=others, quote=quote(picture.word_of(code))
        )
    return [Chip("others", words, AGAINST, _OTHERS_DETAIL.format(picture.label))]


def _agreement(picture: Picture, rows: Ints) -> list[Chip]:
    """How often a person says what most others do, where that is much less than is usual."""
    others = picture.others[rows]
    judged = rows[(others > 0) & (picture.labels[rows] >= 0)]
    if not len(judged):
        return []
    agrees = int((2 * picture.agreeing[judged] >= picture.others[judged]).sum())
    usual = picture.usual_agreement
    words = say(
        "agrees with most others on {agrees:,} of {answers}", agrees=agrees, answers=_answers(len(judged))
    )
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
    words = (
        say("always chose {word}", word=word)
        if count == total
        else say("nearly always chose {word}", word=word)
    )
    detail = say("That is more than the answers of others to the same items explain.")
    return [Chip("straight", f"{words} ({count:,} of {total:,})", AGAINST, detail)]


def _of_text(picture: Picture, row: int) -> list[Chip]:
    other = int(picture.duplicate_of[row])
    return (
        [Chip("text", say("same text as unit {other}", other=other), AGAINST, _TEXT_DETAIL)]
        if other >= 0
        else []
    )


def _of_paste(picture: Picture, row: int) -> list[Chip]:
    if not picture.answers.pasted[row]:
        return []
    where = picture.texts[0] if len(picture.texts) == 1 else say("the answer")
    return [Chip("paste", say("pasted into {where}", where=where), BESIDE, _PASTE_DETAIL)]


# ---------------------------------------------------------------------------------------------- words

_GOLD_DETAIL: Final = (
    "The right answers of gold and screening units are known; these are all of theirs in this run."
)
_OTHERS_DETAIL: Final = "Other people's answers to the same item, in the field {}."
_TEXT_DETAIL: Final = (
    "At least 90 in 100 letters are the same, whatever the order of the words. Short texts are passed over."
)
_PASTE_DETAIL: Final = "The page saw something being pasted. It may be the person's own note."


def quote(label: str) -> str:
    """A label in quotes, cut where it is long."""
    text = " ".join(label.split())
    return f"“{text if len(text) <= _LONGEST_LABEL else text[: _LONGEST_LABEL - 1] + '…'}”"


def _all(total: int) -> str:
    return say("the one") if total == 1 else f"all {total:,}"


def _of(some: int, others: int) -> str:
    if others == 1:
        return say("the other")
    if some == others == 2:
        return say("both others")
    return (
        say("all {others:,} others", others=others)
        if some == others
        else say("{some:,} of {others:,} others", some=some, others=others)
    )


def _s(some: int) -> str:
    return "s" if some == 1 else ""


def _answers(number: int) -> str:
    return say("1 answer") if number == 1 else f"{number:,} answers"


def _texts(copies: int) -> str:
    return say("one text is the same") if copies == 1 else say("{copies:,} texts are the same", copies=copies)
