"""What may be written in a search: offers for the place where the cursor stands, and the list of all fields.

Like the search itself it knows no database, so the window asks it with every key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from crowddesk.language import mark, say
from crowddesk.store.search import FIELDS, OVERDUE, Field, plain, written

#: How values of a kind are written, in words and as an example.
_WRITTEN: Final = {
    "text": (mark("a name; * stands for anything"), "A1*"),
    "id": (mark("a number"), "12"),
    "number": (mark("a number; < and > too"), ">3"),
    "duration": (mark("20s, 5min, 2h; < and > too"), "<20s"),
    "due": (mark("12h or 3d, or overdue"), "3d"),
    "money": (mark("an amount; < and > too"), ">=0.10"),
    "time": (mark("a day, or with its minute; < and > too"), ">=2026-11-22"),
    "yes_no": (mark("yes or no"), "yes"),
}
_NAME = re.compile(r"-?([A-Za-z][A-Za-z_-]*)\Z")
_VALUE = re.compile(r"-?([A-Za-z][A-Za-z_-]*):(<=|>=|<|>|=)?(.*)\Z", re.DOTALL)
#: What goes for every list, with an example of it.
RULES: Final = (
    ("word", mark("anywhere in the text")),
    ('"two words"', mark("just so, spaces and colons too")),
    ("-status:accepted", mark("a minus before it: all but these")),
    ("status:completed,accepted", mark("a comma: either of them")),
    ("worker:A1 time:<20s", mark("several: all of them at once")),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may stand at the cursor: `text` in the place of what is there, and what it means."""

    text: str
    means: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cursor stands: `start` to `end` would be replaced by an offer.

    `field` is the field whose value is being written and `typed` its beginning; "" where a field's name is.
    """

    start: int
    end: int
    field: str
    typed: str


def place_of(text: str, cursor: int, noun: str) -> Place:
    """What the word at the cursor is: a field's value, or the beginning of a name."""
    start = _word_start(text, cursor)
    word = text[start:cursor]
    found = _VALUE.match(word)
    if found is not None and (name := _known(found[1], noun)):
        last = _last_value(found[3])
        return Place(cursor - len(last), cursor, name, _unquoted(last))
    sign = len(word) - len(word.removeprefix("-"))
    return Place(start + sign, cursor, "", word[sign:])


def complete(text: str, cursor: int, noun: str, names: Iterable[str] = ()) -> list[Offer]:
    """What could be written at the cursor, the likeliest first; `names` are known values of its field."""
    place = place_of(text, cursor, noun)
    fields = FIELDS[noun]
    if not place.field:
        if place.typed and not _NAME.match(place.typed):
            return []
        typed = plain(place.typed)
        return [Offer(f"{name}:", say(spec.means)) for name, spec in fields.items() if name.startswith(typed)]
    spec = fields[place.field]
    typed = plain(place.typed)
    choices: Sequence[str] = _choices(spec)
    offers = [Offer(written(c), "") for c in choices if plain(c).startswith(typed)]
    offers += [Offer(written(n), "") for n in names if plain(n).startswith(typed)]
    if not offers and not place.typed and spec.kind in _WRITTEN:
        words, example = _WRITTEN[spec.kind]
        return [Offer(example, say(words))] if text[place.start - 1 : place.start] == ":" else []
    return [o for o in offers if o.text != text[place.start : place.end]]


def insert(text: str, place: Place, offer: str) -> tuple[str, int]:
    """The search with an offer taken, and where the cursor stands then: after a space when it is whole."""
    after = text[place.end :]
    gap = "" if offer.endswith(":") or after[:1].isspace() else " "
    made = f"{text[: place.start]}{offer}{gap}{after}"
    return made, place.start + len(offer) + (0 if offer.endswith(":") else 1)


def explain(noun: str) -> list[tuple[str, str, str]]:
    """Every field of a noun: its name with a colon, what it means, and how its values are written."""
    lines = []
    for name, spec in FIELDS[noun].items():
        words = say(_WRITTEN[spec.kind][0]) if spec.kind in _WRITTEN else ""
        if spec.kind == "choice":
            words = ", ".join(written(choice) for choice in spec.choices)
        lines.append((f"{name}:", say(spec.means), words))
    return lines


def _choices(spec: Field) -> tuple[str, ...]:
    if spec.kind == "yes_no":
        return ("yes", "no")
    return (OVERDUE, "1d", "3d", "7d") if spec.kind == "due" else spec.choices


def _known(name: str, noun: str) -> str:
    found = plain(name)
    return found if found in FIELDS[noun] else ""


def _word_start(text: str, cursor: int) -> int:
    """Where the word at the cursor begins; a quoted text is part of its word."""
    start, quoted = 0, False
    for at, sign in enumerate(text[:cursor]):
        if sign == '"':
            quoted = not quoted
        elif sign.isspace() and not quoted:
            start = at + 1
    return start


def _last_value(values: str) -> str:
    """What stands after the last comma that is outside quotes."""
    start, quoted = 0, False
    for at, sign in enumerate(values):
        if sign == '"':
            quoted = not quoted
        elif sign == "," and not quoted:
            start = at + 1
    return values[start:]


def _unquoted(text: str) -> str:
    return text.removeprefix('"').removesuffix('"').replace('""', '"') if text.startswith('"') else text
