"""The people of the practice crowd: who they are, which units they would take, what they answer and how fast.

Nothing here has a clock, a file or a memory. Who is asked first for the n-th stay on a unit, how long it
takes and what comes out are functions of the batch's seed, the item's key, the unit's index and n alone, so a
run can be repeated whatever its speed, its order of launch or the number of restarts. Any thread may call
anything.
"""

from __future__ import annotations

import math
import random
from base64 import b32encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final

from crowddesk.domain import AgentStatus, BadInput
from crowddesk.language import say

#: Unit indices below 0 (screening, gold, compensation) have their own people too.
_SPECIAL_UNITS: Final = 3
_GOLDEN: Final = (math.sqrt(5) - 1) / 2
_WORDS: Final = (
    "a",
    "clear",
    "short",
    "note",
    "about",
    "what",
    "the",
    "page",
    "shows",
    "with",
    "some",
    "detail",
    "on",
    "the",
    "first",
    "part",
    "and",
    "the",
    "rest",
    "left",
    "as",
    "it",
    "was",
    "because",
    "nothing",
    "else",
    "seemed",
    "to",
    "matter",
    "here",
)


@dataclass(frozen=True, slots=True)
class Mix:
    """The shares of each kind of person in a crowd; they need not add up to one.

    Skilled people are right about 95 times in 100, sloppy ones 75. Spammers always take the first option, and
    fast. Leavers work well, but leave half of their units unfinished; nobody else leaves any.
    """

    skilled: float = 0.65
    sloppy: float = 0.2
    spammer: float = 0.07
    leaver: float = 0.08

    def __post_init__(self) -> None:
        if not all(math.isfinite(share) and share >= 0 for share in self._shares()) or self._sum() <= 0:
            raise BadInput(say("The shares of the crowd's mix must be 0 or more, and one of them above 0."))

    def _shares(self) -> tuple[float, float, float, float]:
        return self.skilled, self.sloppy, self.spammer, self.leaver

    def _sum(self) -> float:
        return sum(self._shares())

    def profile_at(self, point: float) -> str:
        """The profile whose share of the line from 0 to 1 covers this point."""
        names = ("skilled", "sloppy", "spammer", "leaver")
        covered = 0.0
        last = ""
        for name, share in zip(names, self._shares(), strict=True):
            covered += share / self._sum()
            if share > 0:
                last = name
                if point < covered:
                    return name
        return last


@dataclass(frozen=True, slots=True)
class Person:
    """One simulated worker. `pace` is the median of their work time in seconds."""

    number: int
    name: str
    profile: str
    accuracy: float
    pace: float
    activity: float


@dataclass(frozen=True, slots=True)
class Stay:
    """What one person will do with one unit.

    They look at it for `reading` seconds, then work; `seconds` is the whole stay. `outcome` is an agent
    status: completed, returned, disconnect or timeout; only a completed stay has an answer. It keeps them
    `busy` with a pause after it: who lets the time run out has long gone elsewhere. `rest` is how long a unit
    that was left waits for the next person.
    """

    outcome: str
    reading: float
    seconds: float
    busy: float
    rest: float
    answer: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Field:
    """One named field of the form, as people see it."""

    name: str
    type: str
    options: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 100.0
    step: float = 1.0
    value: str = ""


@lru_cache(maxsize=16)
def people(count: int, mix: Mix) -> tuple[Person, ...]:
    """The first `count` people of the marketplace.

    Person 7 has the same name in every batch and the same profile under the same mix. The shares hold for
    small crowds too: profiles are dealt evenly, not drawn.
    """
    return tuple(_person(number, mix) for number in range(count))


def _person(number: int, mix: Mix) -> Person:
    rng = _rng("person", number)
    name = "P" + _letters("name", number)[:11]
    profile = mix.profile_at((0.5 + number * _GOLDEN) % 1)
    chance = rng.random()
    accuracy, pace = {
        "skilled": (0.925 + 0.05 * chance, 40.0),
        "sloppy": (0.70 + 0.10 * chance, 24.0),
        "spammer": (0.0, 6.0),
        "leaver": (0.85 + 0.05 * chance, 50.0),
    }[profile]
    return Person(number, name, profile, accuracy, pace * rng.uniform(0.8, 1.25), rng.uniform(0.5, 2.0))


def preferences(seed: int, item_key: str, unit_index: int, count: int, units_per_item: int) -> Iterator[int]:
    """The numbers of the people, of the first `count`, to ask for a unit, in order.

    The crowd is ranked per item, busy people first, and dealt out to the item's units like cards. So two
    units of one item never ask for the same person, until a unit has used up its own hand and goes through
    the rest.
    """
    ranking = _ranking(seed, item_key, count)
    hands = max(1, min(len(ranking), units_per_item + _SPECIAL_UNITS))
    hand = (unit_index + _SPECIAL_UNITS) % hands
    yield from ranking[hand::hands]
    for place in range(len(ranking) - 1, -1, -1):
        if place % hands != hand:
            yield ranking[place]


@lru_cache(maxsize=1024)
def _ranking(seed: int, item_key: str, count: int) -> list[int]:
    draw = _rng(seed, "ranking", item_key).random
    times = [-math.log(1.0 - draw()) / person.activity for person in people(count, Mix())]
    return sorted(range(count), key=times.__getitem__)


def plan_stay(
    fields: Sequence[Field],
    seed: int,
    item_key: str,
    unit_index: int,
    number: int,
    person: Person,
    *,
    time_limit: float,
    truth: Any = None,
    gold_field: str | None = None,
    item: Callable[[], Mapping[str, Any]] = dict,
) -> Stay:
    """What this person does in the `number`-th stay (from 0) on this unit.

    `truth` is the right answer to `gold_field` (or to the first field that offers a choice), or a mapping of
    field names to right answers. Without one, the crowd still mostly agrees on something. `item` is asked for
    the item's data only when a field takes text. `time_limit` is in seconds.
    """
    rng = _rng(seed, "stay", item_key, unit_index, number)
    work = min(person.pace * math.exp(rng.gauss(0.0, 0.45)), 0.95 * time_limit)
    reading = min(rng.uniform(0.5, 3.0), work / 2)
    rest = rng.uniform(0.5, 4.0)
    busy = work + rest
    if person.profile == "leaver" and rng.random() < 0.5:
        way = rng.random()
        if way < 0.15:
            return Stay(AgentStatus.TIMEOUT, reading, time_limit, busy, rest, None)
        outcome = AgentStatus.DISCONNECT if way < 0.4 else AgentStatus.RETURNED
        return Stay(outcome, reading, max(reading, work * rng.uniform(0.1, 0.9)), busy, rest, None)
    answer = {}
    for field in fields:
        given = _answer(
            field, rng, person, (seed, item_key), _truth_for(field, fields, truth, gold_field), item
        )
        if given is not None:
            answer[field.name] = given
    return Stay(AgentStatus.COMPLETED, reading, work, busy, rest, answer)


def replay_stay(
    seed: int, item_key: str, unit_index: int, number: int, answer: dict[str, Any], seconds: float | None
) -> Stay:
    """The stay of a recorded worker: their answer in their time, or a made-up time where it is None."""
    rng = _rng(seed, "stay", item_key, unit_index, number)
    work = 40.0 * math.exp(rng.gauss(0.0, 0.45)) if seconds is None else seconds
    return Stay(AgentStatus.COMPLETED, min(rng.uniform(0.5, 3.0), work / 2), work, work, 0.0, answer)


def arrival_gaps(seed: int, first: int, per_second: float) -> Iterator[float]:
    """The pauses, in simulated seconds, before people come in, from the `first` on: a Poisson stream."""
    draw = _rng(seed, "arrivals", first).expovariate
    while True:
        yield draw(per_second)


def submission_name(unit_ref: str, number: int) -> str:
    """The marketplace's name for the `number`-th stay on a unit; no two stays share one."""
    return "S" + _letters("submission", unit_ref, number)


# --------------------------------------------------------------------------------------------- the form


def read_form(fields: Sequence[Mapping[str, Any]]) -> tuple[Field, ...]:
    """The form's fields as people see them.

    Each is a mapping with `name`, `type`, `options`, `min`, `max`, `step` and `value`, where they apply.
    Nameless ones and buttons are skipped; boxes of one name are one field, given as one or one by one.
    """
    found: dict[str, Field] = {}
    for raw in fields:
        name = str(raw.get("name") or "")
        kind = str(raw.get("type") or "text").lower()
        if not name or kind in ("submit", "button", "reset", "image", "file"):
            continue
        given = raw.get("options")
        options = tuple(_option_value(option) for option in given) if given else ()
        if not options and kind in ("radio", "checkbox"):
            options = (str(raw.get("value") or "on"),)
        if name in found and found[name].type == kind:
            options = tuple(dict.fromkeys(found[name].options + options))
        low = _as_number(raw.get("min"), 0.0)
        step = _as_number(raw.get("step"), 1.0)
        found[name] = Field(
            name, kind, options, low, _as_number(raw.get("max"), low + 100.0),
            step if step > 0 else 1.0, str(raw.get("value") or ""),
        )  # fmt: skip
    return tuple(found.values())


def _option_value(option: Any) -> str:
    return str(option.get("value", "")) if isinstance(option, Mapping) else str(option)


def _as_number(text: Any, otherwise: float) -> float:
    try:
        number = float(text)
    except (TypeError, ValueError):
        return otherwise
    return number if math.isfinite(number) else otherwise


def _truth_for(field: Field, fields: Sequence[Field], truth: Any, gold_field: str | None) -> Any:
    if isinstance(truth, Mapping):
        return truth.get(field.name)
    if truth is None:
        return None
    if gold_field is None:
        gold_field = next((f.name for f in fields if f.options), fields[0].name)
    return truth if field.name == gold_field else None


# ------------------------------------------------------------------------------------------ the answers


def _answer(
    field: Field,
    rng: random.Random,
    person: Person,
    about: tuple[int, str],
    truth: Any,
    item: Callable[[], Mapping[str, Any]],
) -> Any:
    """What a browser would send for the field; None where it would send nothing."""
    if field.type == "hidden":
        return field.value
    shared = _rng(*about, "right", field.name)
    right = rng.random() < person.accuracy
    if field.type == "checkbox":
        return _ticked(field, rng, shared, person, right, truth)
    if field.options:
        best = _option_of(field, truth)
        if best is None:
            best = shared.choice(field.options)
        others = [option for option in field.options if option != best]
        if person.profile == "spammer":
            return field.options[0]
        return best if right or not others else rng.choice(others)
    if field.type in ("number", "range"):
        return _numeric(field, rng, shared, person, right, truth)
    return _written(field, rng, person, right, truth, item)


def _option_of(field: Field, truth: Any) -> str | None:
    if truth is None:
        return None
    wanted = str(truth).strip().casefold()
    return next((option for option in field.options if option.strip().casefold() == wanted), None)


def _ticked(
    field: Field, rng: random.Random, shared: random.Random, person: Person, right: bool, truth: Any
) -> str | list[str] | None:
    if person.profile == "spammer":
        return field.options[0]
    if truth is None:
        ticks = {option for option in field.options if shared.random() < 0.5}
    else:
        wanted = truth if isinstance(truth, (list, tuple, set, frozenset)) else [truth]
        ticks = {option for option in (_option_of(field, one) for one in wanted) if option is not None}
    if not right:
        ticks ^= {rng.choice(field.options)}
    chosen = [option for option in field.options if option in ticks]
    if len(chosen) == 1:
        return chosen[0]
    return chosen or None


def _numeric(
    field: Field, rng: random.Random, shared: random.Random, person: Person, right: bool, truth: Any
) -> str:
    places = int(min(1e6, max(0.0, (field.high - field.low) / field.step)))
    place = shared.randint(0, places)
    if person.profile == "spammer":
        place = 0
    elif not right:
        place = rng.randint(0, places)
    elif truth is not None:
        return str(truth)
    return f"{field.low + place * field.step:.10g}"


def _written(
    field: Field,
    rng: random.Random,
    person: Person,
    right: bool,
    truth: Any,
    item: Callable[[], Mapping[str, Any]],
) -> str:
    if truth is not None and right:
        return str(truth)
    if field.type == "date":
        return f"20{rng.randint(10, 26)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    if field.type == "time":
        return f"{rng.randint(7, 21):02}:{rng.randint(0, 59):02}"
    if field.type == "email":
        return f"{person.name.lower()}@example.org"
    if field.type == "url":
        return f"https://example.org/{rng.randint(1, 999)}"
    if field.type == "color":
        return f"#{rng.randint(0, 0xFFFFFF):06x}"
    if person.profile == "spammer":
        return "good"
    texts = [value[:2000].split() for value in item().values() if isinstance(value, str)]
    words = rng.choice([text for text in texts if len(text) > 3] or [_WORDS])
    wanted = rng.randint(1, 3) if person.profile == "sloppy" else rng.randint(4, 9)
    start = rng.randint(0, max(0, len(words) - wanted))
    return " ".join(words[start : start + wanted]).strip(" .,;:")


# ----------------------------------------------------------------------------------------------- chance


def _digest(parts: tuple[object, ...], size: int) -> bytes:
    text = "\x1f".join(map(str, parts))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()


def _rng(*parts: object) -> random.Random:
    return random.Random(int.from_bytes(_digest(parts, 8), "big"))


def _letters(*parts: object) -> str:
    return b32encode(_digest(parts, 10)).decode()
