"""A mask as one line that people type and read: `time < 5 s or (gold < 60 % and not tag:trusted)`."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from crowddesk.domain import BadInput
from crowddesk.language import say
from crowddesk.operations.masks import FLAGS, GROUPS, LISTS, NUMBERS, Expression, check

_LONGEST: Final = 20_000
_DEEPEST: Final = 40

#: How each condition is written; a comparison with its sign, and what it is measured in.
_COMPARED: Final = {
    "time": ("<", "seconds_below", "s"),
    "time-z": ("<", "time_z_below", ""),
    "gold": ("<", "gold_below", "%"),
    "straight": (">", "straight_above", "%"),
}
_ASKED: Final = {
    "tag": "worker_tag",
    "unit-tag": "unit_tag",
    "mask": "mask",
    "worker": "worker",
    "status": "status",
    "data": "dataset",
    "same-text": "duplicate_text",
    "pasted": "pasted",
}
_WRITTEN: Final = {key: word for word, key in _ASKED.items()}
_WRITTEN_COMPARED: Final = {key: (word, sign, unit) for word, (sign, key, unit) in _COMPARED.items()}
_KNOWN: Final = (*_COMPARED, *_ASKED, *GROUPS, "not")
_SECONDS: Final = {"": 1, "s": 1, "min": 60, "h": 3600}

_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<text>"(?:[^"\\]|\\.)*")
      | (?P<sign>[()<>:,%])
      | (?P<word>[^\s()<>:,%"]+)
    )""",
    re.VERBOSE | re.DOTALL,
)
_BARE: Final = re.compile(r'[^\s()<>:,%"\\]+')
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_WITH_UNIT: Final = re.compile(rf"({_NUMBER.pattern})([a-z]*)")


def parse(text: str) -> Expression:
    """The expression that a line says. Raises BadInput that names the place and what was expected there."""
    if len(text) > _LONGEST:
        raise BadInput(
            say(
                "This is {count:,} letters long; a mask is written in {longest:,} at most.",
                count=len(text),
                longest=_LONGEST,
            )
        )
    found = _Reader(_tokens(text)).whole()
    check(found)
    return found


def write(expression: Expression) -> str:
    """An expression (one that `check` lets pass) as the line that `parse` reads it from."""
    return _write(expression, "")


def number_text(value: float, *, percent: bool = False) -> str:
    """A condition's number as people write it, in percent where it is a share."""
    return _number(Decimal(repr(value)) * 100 if percent else Decimal(repr(value)))


def read_number(text: str, *, percent: bool = False) -> float | int:
    """The number that `number_text` writes. Raises BadInput."""
    if not _NUMBER.fullmatch(text.strip()):
        raise BadInput(say("{word} is no number.", word=_short(text)))
    return _plain(Decimal(text.strip()) / 100 if percent else Decimal(text.strip()))


def names_text(names: Sequence[str]) -> str:
    """Names as people write them, parted by commas."""
    return ", ".join(map(_name, names))


def read_names(text: str) -> list[str]:
    """The names that `names_text` writes; none in an empty text. Raises BadInput that names the place."""
    return _Reader(_tokens(text)).all_names() if text.strip() else []


# ------------------------------------------------------------------------------------------- writing


def _write(expression: Expression, inside: str) -> str:
    ((key, value),) = expression.items()
    if key in GROUPS:
        if len(value) == 1:
            return _write(value[0], inside)
        text = f" {key} ".join(_write(part, key) for part in value)
        return f"({text})" if inside else text
    if key == "not":
        return f"not {_write(value, 'not')}"
    if key in NUMBERS:
        word, sign, unit = _WRITTEN_COMPARED[key]
        number = Decimal(repr(value)) * 100 if unit == "%" else Decimal(repr(value))
        return f"{word} {sign} {_number(number)} {unit}".rstrip()
    if key in FLAGS:
        return _WRITTEN[key] if value else f"{_WRITTEN[key]}:no"
    names = value if key in LISTS else [value]
    return f"{_WRITTEN[key]}:{','.join(map(_name, names))}"


def _number(number: Decimal) -> str:
    number = number.normalize()
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    short = -12 <= exponent <= 12 and len(digits) <= 20
    return f"{number:f}" if short else f"{number:E}"


def _plain(number: Decimal) -> float | int:
    value = float(number)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _name(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


# ------------------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, a sign or a quoted text, and at which letter it begins (the first is 1)."""

    kind: str
    text: str
    at: int


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    place = 0
    while text[place:].strip():
        found = _TOKEN.match(text, place)
        if found is None:
            at = place + len(text[place:]) - len(text[place:].lstrip()) + 1
            raise BadInput(say("At letter {at}: a quotation that begins here does not end.", at=at))
        kind = found.lastgroup or ""
        tokens.append(_Token(kind, found[kind], found.start(kind) + 1))
        place = found.end()
    tokens.append(_Token("end", "", len(text) + 1))
    return tokens


class _Reader:
    """Reads tokens from the left to the right."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def whole(self) -> Expression:
        if self._now.kind == "end":
            raise BadInput(say("Nothing is written yet: say what to leave out, such as: time < 5 s"))
        found = self._group("or", lambda: self._group("and", self._part))
        if self._now.kind != "end":
            raise self._expected(say("and, or, or the end"))
        return found

    @property
    def _now(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._now
        self._next += 1
        return token

    def _takes(self, kind: str, text: str) -> bool:
        if self._now.kind == kind and self._now.text.casefold() == text:
            self._next += 1
            return True
        return False

    def _group(self, word: str, part: Callable[[], Expression]) -> Expression:
        parts = [part()]
        while self._takes("word", word):
            parts.append(part())
        return {word: parts} if len(parts) > 1 else parts[0]

    def _part(self) -> Expression:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise BadInput(
                say(
                    "At letter {at}: the brackets are more than {deepest} deep.",
                    at=self._now.at,
                    deepest=_DEEPEST,
                )
            )
        try:
            if self._takes("word", "not"):
                return {"not": self._part()}
            if self._takes("sign", "("):
                found = self._group("or", lambda: self._group("and", self._part))
                if not self._takes("sign", ")"):
                    raise self._expected(say("and, or, or )"))
                return found
            return self._condition()
        finally:
            self._depth -= 1

    def _condition(self) -> Expression:
        token = self._now
        word = token.text.casefold()
        if token.kind != "word" or word in (*GROUPS, "not"):
            raise self._expected(say("a condition, such as time < 5 s"))
        self._next += 1
        if word in _COMPARED:
            sign, key, unit = _COMPARED[word]
            if not self._takes("sign", sign):
                raise self._expected(f"{sign} after {word}")
            return {key: self._measure(unit)}
        key = _ASKED.get(word, "")
        if key in FLAGS:
            return {key: self._yes() if self._takes("sign", ":") else True}
        if key:
            if not self._takes("sign", ":"):
                raise self._expected(say(": and a name after {word}", word=word))
            return {key: self._names() if key in LISTS else self._name()}
        near = difflib.get_close_matches(word, _KNOWN, n=1)
        hint = (
            say("Did you mean {near}?", near=near[0])
            if near
            else say("There are {names}.", names=", ".join((*_COMPARED, *_ASKED)))
        )
        raise BadInput(
            say(
                "At letter {at}: {word} is no condition. {hint}",
                at=token.at,
                word=_short(token.text),
                hint=hint,
            )
        )

    def _measure(self, unit: str) -> float | int:
        token = self._now
        found = _WITH_UNIT.fullmatch(token.text) if token.kind == "word" else None
        if found is None:
            raise self._expected(say("a number"))
        self._next += 1
        number, said = Decimal(found[1]), found[2]
        if unit == "%":
            if said or not self._takes("sign", "%"):
                raise self._expected(say("% after the number"))
            number /= 100
        elif unit == "s":
            if not said and self._now.kind == "word" and self._now.text in _SECONDS:
                said = self._take().text
            if said not in _SECONDS:
                raise BadInput(
                    say(
                        "At letter {at}: {word} is no time: use s, min or h.",
                        at=token.at,
                        word=_short(said),
                    )
                )
            number *= _SECONDS[said]
        elif said:
            raise BadInput(say("At letter {at}: {word} is no number.", at=token.at, word=_short(token.text)))
        return _plain(number)

    def all_names(self) -> list[str]:
        names = self._names()
        if self._now.kind != "end":
            raise self._expected(say("a comma or the end"))
        return names

    def _yes(self) -> bool:
        token = self._take()
        if token.text not in ("yes", "no"):
            raise BadInput(say("At letter {at}: expected yes or no.", at=token.at))
        return token.text == "yes"

    def _names(self) -> list[str]:
        names = [self._name()]
        while self._takes("sign", ","):
            names.append(self._name())
        return names

    def _name(self) -> str:
        token = self._now
        if token.kind == "word":
            self._next += 1
            return token.text
        if token.kind == "text":
            self._next += 1
            try:
                return str(json.loads(token.text, strict=False))
            except ValueError:
                raise BadInput(say("At letter {at}: this quotation cannot be read.", at=token.at)) from None
        raise self._expected(say("a name"))

    def _expected(self, what: str) -> BadInput:
        token = self._now
        found = say("the end") if token.kind == "end" else _short(token.text)
        return BadInput(
            say("At letter {at}: expected {what}, found {found}.", at=token.at, what=what, found=found)
        )


def _short(text: Any) -> str:
    return repr(text) if len(text) <= 40 else f"{text[:39]!r}…"
