"""The sandbox's participants as people: who there is, of what sort, how they answer and how fast they are."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from crowddesk.domain import BadInput
from crowddesk.language import say
from crowddesk.providers.mock.crowd import Person as Answerer


class Kind:
    """What sort of participant somebody is. The words are those of a crowd's `mix`."""

    SKILLED: Final = "skilled"
    #: Wrong one time in four, and brief.
    SLOPPY: Final = "sloppy"
    #: The first option, within seconds.
    FAST: Final = "fast"
    #: Gives the place back half way.
    LEAVER: Final = "leaver"
    #: Takes the place, perhaps looks at the page, and is not seen again.
    NEVER_BACK: Final = "never_back"
    #: Closes the page and opens it again, and tries once more when everything is done.
    COMES_TWICE: Final = "comes_twice"
    #: Hands in the answer and comes back to the vendor without the code.
    FORGETS_CODE: Final = "forgets_code"
    #: Comes back with a code that is not the study's.
    WRONG_CODE: Final = "wrong_code"
    #: Hands in after the time is over.
    TIMES_OUT: Final = "times_out"


DEFAULT_MIX: Final[Mapping[str, float]] = {
    Kind.SKILLED: 0.62,
    Kind.SLOPPY: 0.14,
    Kind.FAST: 0.06,
    Kind.LEAVER: 0.05,
    Kind.NEVER_BACK: 0.02,
    Kind.COMES_TWICE: 0.04,
    Kind.FORGETS_CODE: 0.03,
    Kind.WRONG_CODE: 0.02,
    Kind.TIMES_OUT: 0.02,
}
MOST_PEOPLE: Final = 20_000

_GOLDEN: Final = (math.sqrt(5) - 1) / 2
#: How people differ in answering: the profile of the answers, how often right, their pace beside the others'.
_ANSWERS: Final = {Kind.SLOPPY: ("sloppy", 0.75, 0.6), Kind.FAST: ("spammer", 0.0, 0.08)}
_KNOWN: Final = ("people", "seed", "speed", "mix", "right")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the people of a sandbox are like (`POST /sandbox/crowd`).

    `people` is how many there are in all, `speed` divides their waits, `mix` has the shares of each `Kind`.
    `right` has known right answers by field, for pages that people must pass before they may work.
    """

    people: int = 0
    seed: int = 1
    speed: float = 1.0
    mix: Mapping[str, float] = field(default_factory=lambda: dict(DEFAULT_MIX))
    right: Mapping[str, Any] = field(default_factory=dict)


def read_settings(said: Mapping[str, Any]) -> Settings:
    """Settings out of JSON, what is missing as by default. Raises BadInput, which names what is wrong."""
    if unknown := sorted(said.keys() - set(_KNOWN)):
        raise BadInput(
            say(
                "{unknown} is nothing that a crowd has: use {known}.",
                unknown=unknown[0],
                known=", ".join(_KNOWN),
            )
        )
    usual = Settings()
    people, seed, speed = (said.get(name, getattr(usual, name)) for name in ("people", "seed", "speed"))
    if type(people) is not int or not 0 <= people <= MOST_PEOPLE:
        raise BadInput(
            say(
                "people is {people!r}: give a whole number from 0 to {most_people:,}.",
                people=people,
                most_people=MOST_PEOPLE,
            )
        )
    if type(seed) is not int:
        raise BadInput(say("seed is {seed!r}: give a whole number.", seed=seed))
    if type(speed) not in (int, float) or not 0 < speed <= 1e6:
        raise BadInput(say("speed is {speed!r}: give a number above 0 and at most 1,000,000.", speed=speed))
    right = said.get("right") or {}
    if not isinstance(right, Mapping):
        raise BadInput(say("right is no object of fields and their right answers."))
    return Settings(people, seed, float(speed), check_mix(said.get("mix") or DEFAULT_MIX), dict(right))


def check_mix(mix: object) -> dict[str, float]:
    """Shares of kinds as numbers. Raises BadInput, which names the kind."""
    if not isinstance(mix, Mapping):
        raise BadInput(say("mix is no object of kinds and their shares."))
    for name, share in mix.items():
        if name not in DEFAULT_MIX:
            raise BadInput(
                say(
                    "mix: there is no kind {name!r}. There are {default_mix}.",
                    name=name,
                    default_mix=", ".join(DEFAULT_MIX),
                )
            )
        if type(share) not in (int, float) or not (math.isfinite(share) and share >= 0):
            raise BadInput(
                say("mix.{name} is {share!r}: give a number of 0 or more.", name=name, share=share)
            )
    if sum(mix.values()) <= 0:
        raise BadInput(say("mix: the shares must be 0 or more, and one of them above 0."))
    return {str(name): float(share) for name, share in mix.items()}


@dataclass(frozen=True, slots=True)
class Person:
    """One simulated participant; `pid` is their id at the vendor, the same in every study."""

    number: int
    pid: str
    kind: str

    def chance(self, *about: object) -> random.Random:
        """This person's dice for one thing: the same each time it is asked."""
        return random.Random(" ".join(map(str, (self.number, *about))))

    @property
    def answerer(self) -> Answerer:
        """The person as the practice crowd knows people: how they answer, `pace` relative to the others."""
        profile, accuracy, pace = _ANSWERS.get(self.kind, ("skilled", 0.95, 1.0))
        return Answerer(
            self.number, self.pid, profile, accuracy, pace * self.chance("pace").uniform(0.75, 1.35), 1.0
        )


def pid_of(number: int) -> str:
    """The participant id of a person: 24 hexadecimal digits, as the vendor's are."""
    return sha256(f"participant {number}".encode()).hexdigest()[:24]


def people_of(settings: Settings) -> tuple[Person, ...]:
    """Everybody there is. Kinds are dealt evenly, not drawn, so that the shares hold for small crowds too."""
    return _people(settings.people, tuple((name, settings.mix.get(name, 0.0)) for name in DEFAULT_MIX))


@lru_cache(maxsize=8)
def _people(count: int, mix: tuple[tuple[str, float], ...]) -> tuple[Person, ...]:
    whole = sum(share for _, share in mix)

    def kind_at(point: float) -> str:
        covered, last = 0.0, ""
        for name, share in mix:
            covered += share / whole
            if share > 0:
                last = name
                if point < covered:
                    return name
        return last

    return tuple(Person(n, pid_of(n), kind_at((0.5 + n * _GOLDEN) % 1)) for n in range(count))
