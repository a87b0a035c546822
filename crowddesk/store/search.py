"""Reads what people type into a search field, and into `--where`, as terms that a query can apply.

`worker:A1 -status:accepted time:<20s "in quotes"`: terms are joined by "and", `-` turns one round, a comma
between values is "or", a bare word is looked for in the text. Nothing here knows the database, so the window
may read a search while it is being typed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from crowddesk.domain import (
    DATASET_STATUSES,
    RUN_STATES,
    ActionKind,
    ActionState,
    AgentStatus,
    AssignmentState,
    BadInput,
)
from crowddesk.language import mark, say


class Span(NamedTuple):
    """A day or a minute that somebody named: from `start` up to, not including, `end` (UTC)."""

    start: datetime
    end: datetime


Value = str | int | float | Decimal | bool | Span


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand before a colon. `kind` says how its values are read; `choices` are all of them.

    `means` says what it looks for, in a few words, where people choose a field.
    """

    kind: str
    choices: tuple[str, ...] = ()
    means: str = ""

    @property
    def ordered(self) -> bool:
        """`<` and `>` make sense."""
        return self.kind in ("id", "number", "duration", "money", "time", "due")


@dataclass(frozen=True, slots=True)
class Term:
    """One condition; `field` is empty for a word. `start` and `end` are its place in the text."""

    field: str
    op: str
    values: tuple[Value, ...]
    negated: bool = False
    start: int = dataclasses.field(default=0, compare=False)
    end: int = dataclasses.field(default=0, compare=False)

    def __str__(self) -> str:
        sign = "-" if self.negated else ""
        if not self.field:
            return sign + _quoted(str(self.values[0]))
        op = "" if self.op == "=" else self.op
        return f"{sign}{self.field}:{op}" + ",".join(written(v) for v in self.values)


@dataclass(frozen=True, slots=True)
class Search:
    """All terms of one search; without terms it finds everything."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __str__(self) -> str:
        """The search as text that `parse` reads back as the same terms."""
        return " ".join(str(term) for term in self.terms)


EVERYTHING = Search()

#: What `due:` takes beside a length of time.
OVERDUE = "overdue"

_KINDS = tuple(value for name, value in vars(ActionKind).items() if name.isupper() and isinstance(value, str))


def _text(means: str) -> Field:
    return Field("text", means=means)


def _id(means: str) -> Field:
    return Field("id", means=means)


def _number(means: str) -> Field:
    return Field("number", means=means)


#: The fields each noun offers. `status` and `state` are one thing where there is only one.
FIELDS: Mapping[str, Mapping[str, Field]] = {
    "units": {
        "status": Field("choice", AssignmentState.valid_unit(), mark("where the unit stands")),
        "agent": Field("choice", AgentStatus.ALL, mark("where the worker at it stands")),
        "vendor": _text(mark("what the vendor calls its state")),
        "data": Field("choice", DATASET_STATUSES, mark("whether its answer is in the data set")),
        "worker": _text(mark("who did it, by name")),
        "run": _id(mark("of this run, by number")),
        "unit": _id(mark("the unit's number")),
        "item": _text(mark("the item it is about, by name")),
        "kind": Field(
            "choice", ("standard", "screening", "gold", "compensation"), mark("an item, a test, or extra pay")
        ),
        "pending": Field(
            "choice", (*ActionKind.SETTLE, "none"), mark("what was decided and is not done yet")
        ),
        "time": Field("duration", means=mark("how long it took")),
        "submitted": Field("time", means=mark("when the answer came (UTC)")),
        "due": Field("due", means=mark("how soon the vendor approves it by itself")),
        "reward": Field("money", means=mark("the pay of a unit of its run")),
        "requester": _text(mark("the account, by name")),
        "provider": _text(mark("the vendor, such as mock or prolific")),
        "identity": _text(mark("the person behind several accounts, by label")),
        "tag": _text(mark("a tag of yours on the unit")),
        "flagged": Field("yes_no", means=mark("whether you flagged it")),
        "note": _text(mark("a word of a note of yours; * for any note")),
        "appeal": Field("choice", ("open", "upheld", "overturned"), mark("an objection to its rejection")),
    },
    "runs": {
        "status": Field("choice", RUN_STATES, mark("where the run stands")),
        "state": Field("choice", RUN_STATES, mark("where the run stands")),
        "run": _id(mark("the run's number")),
        "task": _text(mark("the task, by name")),
        "reward": Field("money", means=mark("the pay of a unit")),
        "requester": _text(mark("the account, by name")),
        "provider": _text(mark("the vendor, such as mock or prolific")),
        "created": Field("time", means=mark("when it was made (UTC)")),
    },
    "workers": {
        "worker": _text(mark("by name")),
        "provider": _text(mark("the vendor, such as mock or prolific")),
        "units": _number(mark("how many units they took")),
        "completed": _number(mark("how many answers of theirs wait for review")),
        "accepted": _number(mark("how many answers of theirs were accepted")),
        "soft_rejected": _number(mark("how many were paid and left out")),
        "rejected": _number(mark("how many were not paid")),
        "blocked": Field("yes_no", means=mark("whether an account of yours blocks them")),
        "qualification": _text(mark("a qualification they have, by name")),
        "seen": Field("time", means=mark("when they were last there (UTC)")),
        "run": _id(mark("who took part in this run, by number")),
        "identity": _text(mark("the person behind several accounts, by label; * for all of these")),
        "tag": _text(mark("a tag of yours on them")),
        "note": _text(mark("a word of a note of yours; * for any note")),
    },
    "actions": {
        "status": Field("choice", ActionState.ALL, mark("what became of it")),
        "state": Field("choice", ActionState.ALL, mark("what became of it")),
        "kind": Field("choice", _KINDS, mark("what was asked of the vendor")),
        "action": _id(mark("the action's number")),
        "run": _id(mark("about this run, by number")),
        "unit": _id(mark("about this unit, by number")),
        "worker": _text(mark("about this person, by name")),
        "requester": _text(mark("the account, by name")),
        "provider": _text(mark("the vendor, such as mock or prolific")),
        "amount": Field("money", means=mark("the money, without the fee")),
        "created": Field("time", means=mark("when it was decided (UTC)")),
    },
    "requesters": {
        "requester": _text(mark("the account, by name")),
        "provider": _text(mark("the vendor, such as mock or prolific")),
    },
    "qualifications": {"qualification": _text(mark("by name"))},
}


class BadSearch(BadInput):
    """A search that cannot be read; `start` and `end` are the place of the wrong word in its text.

    The details are the search with that place marked in the line under it.
    """

    def __init__(self, sentence: str, text: str, start: int, end: int) -> None:
        super().__init__(sentence, f"{text}\n{' ' * start}{'^' * max(1, end - start)}")
        self.start, self.end = start, end


_FIELD = re.compile(r"([A-Za-z][A-Za-z_-]*):")
_OP = re.compile(r"<=|>=|<|>|=")
_DURATION = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(ms|s|min|h|d)?")
_SECONDS = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0, None: 1.0}
_TIME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2}))?")


def parse(text: str, noun: str) -> Search:
    """The terms of a search over `noun` (a key of FIELDS). Raises BadSearch naming the word that is wrong."""
    return Search(tuple(_terms(text, FIELDS[noun])))


def _terms(text: str, fields: Mapping[str, Field]) -> Iterator[Term]:
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text):
            return
        start = at
        negated = text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace()
        at += negated
        match = _FIELD.match(text, at)
        if match is None:
            with _placed(text, start, len(text)):
                word, at = _word(text, at, stops='"')
            if word:
                yield Term("", "=", (word,), negated, start, at)
            continue
        name = match[1].lower().replace("-", "_")
        spec = fields.get(name)
        if spec is None:
            raise BadSearch(_unknown_field(name, fields), text, match.start(), match.end())
        op_match = _OP.match(text, match.end())
        op = op_match[0] if op_match else "="
        with _placed(text, start, len(text)):
            raw, at = _values(text, op_match.end() if op_match else match.end())
        with _placed(text, start, at):
            term = _term(name, spec, op, raw, negated, start, at)
        yield term


@contextlib.contextmanager
def _placed(text: str, start: int, end: int) -> Iterator[None]:
    """Says of what is wrong where it stands."""
    try:
        yield
    except BadInput as error:
        raise BadSearch(str(error), text, start, end) from None


def _word(text: str, at: int, stops: str) -> tuple[str, int]:
    """A quoted text (a doubled quote is one quote) or everything up to a space or one of `stops`."""
    if text[at : at + 1] == '"':
        end = at + 1
        parts = []
        while True:
            close = text.find('"', end)
            if close < 0:
                raise BadInput(say("Close the quote that opens at character {at}.", at=at + 1))
            parts.append(text[end:close])
            if text[close + 1 : close + 2] != '"':
                return '"'.join(parts), close + 1
            end = close + 2
    end = at
    while end < len(text) and not text[end].isspace() and text[end] not in stops:
        end += 1
    return text[at:end], end


def _values(text: str, at: int) -> tuple[list[str], int]:
    values = []
    while True:
        value, at = _word(text, at, stops=',"')
        values.append(value)
        if text[at : at + 1] != ",":
            return values, at
        at += 1


def _term(name: str, spec: Field, op: str, raw: list[str], negated: bool, start: int, end: int) -> Term:
    if any(not value for value in raw):
        if not spec.choices:
            raise BadInput(say("{name}: needs a value.", name=name))
        raise BadInput(say("{name}: needs a value, one of {choices}.", name=name, choices=_choices(spec)))
    if op != "=" and not spec.ordered:
        raise BadInput(
            say(
                "{name}: cannot be compared with {op}. Write {name}:{written}.",
                name=name,
                op=op,
                written=written(raw[0]),
            )
        )
    if op != "=" and len(raw) > 1:
        raise BadInput(say("{name}:{op} takes one value, not {count}.", name=name, op=op, count=len(raw)))
    values = tuple(_read(name, spec, value) for value in raw)
    if op != "=" and values[0] == OVERDUE:
        raise BadInput(
            say("{name}: overdue cannot be compared with {op}. Write {name}:overdue.", name=name, op=op)
        )
    return Term(name, op, values, negated, start, end)


def _read(name: str, spec: Field, text: str) -> Value:
    """One value by its field's kind."""
    match spec.kind:
        case "choice":
            return _choice(name, spec, text)
        case "id" | "number":
            digits = text.removeprefix("#") if spec.kind == "id" else text
            if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
                raise BadInput(say("{name}: needs a whole number, not {text!r}.", name=name, text=text))
            return int(digits)
        case "duration":
            return _duration(name, text, say("20s, 5min, 2h or 300ms"))
        case "due":
            if text.strip().lower() == OVERDUE:
                return OVERDUE
            return _duration(name, text, say("12h or 3d, or overdue"))
        case "money":
            return _money(name, text)
        case "time":
            return _span(name, text)
        case "yes_no":
            low = text.lower()
            if low not in ("yes", "no", "true", "false"):
                raise BadInput(say("{name}: is yes or no, not {text!r}.", name=name, text=text))
            return low in ("yes", "true")
    return text


def _duration(name: str, text: str, such_as: str) -> float:
    found = _DURATION.fullmatch(text.strip().lower())
    if found is None or not found[0].isascii():
        raise BadInput(
            say(
                "{name}: {text!r} is no length of time. Write it like {such_as}.",
                name=name,
                text=text,
                such_as=such_as,
            )
        )
    seconds = float(found[1]) * _SECONDS[found[2]]
    if not math.isfinite(seconds):
        raise BadInput(
            say(
                "{name}: {text!r} is too long. Write it like {such_as}.",
                name=name,
                text=text,
                such_as=such_as,
            )
        )
    return seconds


def _choice(name: str, spec: Field, text: str) -> str:
    known = {plain(choice): choice for choice in spec.choices}
    found = known.get(plain(text))
    if found is not None:
        return found
    near = difflib.get_close_matches(plain(text), known, n=1)
    choices = _choices(spec)
    sentence = say("{name}: {text!r} is not one of {choices}.", name=name, text=text, choices=choices)
    if near:
        sentence += " " + say("Did you mean {near}?", near=written(known[near[0]]))
    raise BadInput(sentence)


def _money(name: str, text: str) -> Decimal:
    try:
        value = Decimal(text) if text.isascii() else Decimal("nan")
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or value < 0 or value >= 10**12:
        raise BadInput(
            say("{name}: {text!r} is no amount of money. Write it like 0.12.", name=name, text=text)
        )
    return value


def _span(name: str, text: str) -> Span:
    found = _TIME.fullmatch(text)
    try:
        if found is None or not text.isascii():
            raise ValueError
        parts = [int(part) for part in found.groups() if part is not None]
        start = datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]
        return Span(start, start + (timedelta(days=1) if len(parts) == 3 else timedelta(minutes=1)))
    except (ValueError, OverflowError):
        raise BadInput(
            say(
                "{name}: {text!r} is no date. Write it like 2026-11-22 or 2026-11-22T14:30 (UTC).",
                name=name,
                text=text,
            )
        ) from None


def plain(text: str) -> str:
    """How names and choices are compared: capitals, spaces and hyphens make no difference."""
    return text.lower().replace(" ", "_").replace("-", "_")


def _choices(spec: Field) -> str:
    return ", ".join(written(choice) for choice in spec.choices)


def _unknown_field(name: str, fields: Mapping[str, Field]) -> str:
    near = difflib.get_close_matches(name, fields, n=1, cutoff=0.5)
    if near:
        hint = say("Did you mean {near}?", near=f"{near[0]}:")
    else:
        hint = say("There are {names}.", names=", ".join(f"{field}:" for field in fields))
    return say(
        'There is no field {name}: here. {hint} To look for that text, put it in "quotes".',
        name=name,
        hint=hint,
    )


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def written(value: Value) -> str:
    """A value as it stands in a search, quoted where it has to be."""
    if isinstance(value, Span):
        day = value.end - value.start == timedelta(days=1)
        return value.start.strftime("%Y-%m-%d" if day else "%Y-%m-%dT%H:%M").zfill(10 if day else 16)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}s"
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = str(value)
    return text if re.fullmatch(r"[^\s,\"<>=:-][^\s,\"]*", text) else _quoted(text)
