"""Faults on demand: which call goes wrong, and how. Seeded: the same calls in the same order fare alike."""

from __future__ import annotations

import fnmatch
import random
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from crowddesk.domain import BadInput
from crowddesk.providers.prolific_sandbox.books import Books

#: What can go wrong, and what it means.
KINDS: Final[Mapping[str, str]] = {
    "refuse": "400, nothing is done",
    "delay": "answers after `seconds`",
    "act_then_drop": "does it, then closes the connection without an answer",
    "never_act": "answers well and does nothing",
    "busy": "429, nothing is done",
    "broken": "500, nothing is done",
    "broken_after": "does it, then answers 500",
    "duplicate_listing": "some rows of a page come twice",
    "shuffled_listing": "the rows of a page come in another order",
    "stale_listing": "reads show what was so `seconds` ago",
    "no_balance": "whatever costs money is refused for want of it",
    "clock_skew": "the time stamps of the answer are off by `seconds`",
    "wrong_json": "does it, then answers with HTML or with half of the JSON",
}
_READS_ONLY: Final = frozenset({"duplicate_listing", "shuffled_listing", "stale_listing"})
_CHANGES_ONLY: Final = frozenset({"never_act", "no_balance"})
#: What `seconds` is where a rule does not say.
_SECONDS: Final[Mapping[str, float]] = {"delay": 1.0, "stale_listing": 2.0, "clock_skew": 90.0}
_MOST_RULES: Final = 100
_LONGEST: Final[Mapping[str, float]] = {"delay": 600.0, "stale_listing": 600.0, "clock_skew": 31_536_000.0}


@dataclass(slots=True)
class Rule:
    """One fault. `route` is a pattern for "POST /submissions/{id}/transition/"; None is every call.

    The method may be left out, and /api/v1 be put before the path.
    """

    kind: str
    probability: float = 1.0
    route: str | None = None
    times: int | None = None
    seconds: float = 0.0
    seen: int = 0
    fired: int = 0

    def concerns(self, method: str, route: str, costs: bool) -> bool:
        """Whether the rule may strike a call of this route."""
        if self.times is not None and self.fired >= self.times:
            return False
        if self.kind in _READS_ONLY and method != "GET":
            return False
        if self.kind in _CHANGES_ONLY and method == "GET":
            return False
        if self.kind == "no_balance" and not costs:
            return False
        if self.route is None:
            return True
        return any(
            fnmatch.fnmatchcase(name, self.route)
            for name in (f"{method} {route}", f"{method} /api/v1{route}", route, f"/api/v1{route}")
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one call. `chance` decides the details, the same for the same seed and call."""

    kind: str
    seconds: float
    chance: random.Random


class Faults:
    """The rules in force, kept in the books with how often each was looked at and struck."""

    def __init__(self, books: Books) -> None:
        self._books = books
        kept = books.get("faults", {"seed": 0, "rules": []})
        self._seed: int = kept["seed"]
        self._rules = [Rule(**rule) for rule in kept["rules"]]
        self._past: list[tuple[float, sqlite3.Connection]] = []

    def tell(self) -> dict[str, Any]:
        """The rules as they were set, with `seen` and `fired`."""
        return {
            "seed": self._seed,
            "rules": [{name: getattr(rule, name) for name in Rule.__slots__} for rule in self._rules],
            "kinds": dict(KINDS),
        }

    def set(self, asked: Mapping[str, Any]) -> None:
        """New rules instead of the old; BadInput says what is wrong with them."""
        seed, rules = asked.get("seed", 0), asked.get("rules", [])
        if not isinstance(seed, int) or not isinstance(rules, list) or len(rules) > _MOST_RULES:
            raise BadInput(f"faults need a whole number `seed` and a list `rules` of at most {_MOST_RULES}.")
        read = [_read_rule(rule) for rule in rules]
        self._seed, self._rules = seed, read
        self._keep()
        self._forget_past()
        self.remember()

    def draw(self, method: str, route: str, costs: bool) -> Fault | None:
        """What befalls this call: the first rule that strikes."""
        struck: Fault | None = None
        looked = False
        for number, rule in enumerate(self._rules):
            if not rule.concerns(method, route, costs):
                continue
            chance = random.Random(f"{self._seed}/{number}/{rule.seen}")
            rule.seen += 1
            looked = True
            if chance.random() < rule.probability:
                rule.fired += 1
                struck = Fault(rule.kind, rule.seconds, chance)
                break
        if looked:
            self._keep()
        return struck

    def _keep(self) -> None:
        told = self.tell()
        with self._books.write():
            self._books.put("faults", {"seed": told["seed"], "rules": told["rules"]})

    # An open read transaction of SQLite goes on showing what was so when it began: that is the lag.

    def remember(self) -> None:
        """Keeps how everything is now, if a rule may soon have to show it; called by the ticker."""
        longest = max((rule.seconds for rule in self._rules if rule.kind == "stale_listing"), default=None)
        if longest is None:
            return
        now = time.monotonic()
        if self._past and now - self._past[-1][0] < max(0.05, longest / 8):
            return
        connection = self._books.open()
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM setting").fetchone()  # the view begins at the first read
        self._past.append((now, connection))
        while len(self._past) > 1 and now - self._past[1][0] > longest:
            self._past.pop(0)[1].close()

    def past(self, seconds: float) -> sqlite3.Connection:
        """The books as they were `seconds` ago, or as early as they are remembered."""
        limit = time.monotonic() - seconds
        earlier = [connection for at, connection in self._past if at <= limit]
        if earlier:
            return earlier[-1]
        return self._past[0][1] if self._past else self._books.db

    def _forget_past(self) -> None:
        for _, connection in self._past:
            connection.close()
        self._past.clear()

    def close(self) -> None:
        """Lets go of what was remembered."""
        self._forget_past()


def _read_rule(asked: Any) -> Rule:
    if not isinstance(asked, dict) or not isinstance(asked.get("kind"), str) or asked["kind"] not in KINDS:
        raise BadInput(f"Each rule needs a kind out of {', '.join(KINDS)}.")
    kind, route, times = asked["kind"], asked.get("route"), asked.get("times")
    probability = asked.get("probability", 1.0)
    seconds = asked.get("seconds", _SECONDS.get(kind, 0.0))
    if not _is_number(probability) or not 0 <= probability <= 1:
        raise BadInput(f"The probability of {kind} is a number from 0 to 1.")
    if route is not None and not isinstance(route, str):
        raise BadInput(f"The route of {kind} is a text such as 'POST /submissions/*/transition/'.")
    if times is not None and (not isinstance(times, int) or isinstance(times, bool) or times < 0):
        raise BadInput(f"The times of {kind} are a whole number.")
    if (
        not _is_number(seconds)
        or abs(seconds) > _LONGEST.get(kind, 0.0)
        or (seconds < 0 and kind != "clock_skew")
    ):
        raise BadInput(f"The seconds of {kind} are a number up to {_LONGEST.get(kind, 0.0):g}.")
    return Rule(kind, float(probability), route, times, float(seconds))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
