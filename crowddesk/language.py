"""What the program says in its reader's language: texts, counts, numbers and dates. It knows no Qt.

The window gives it Qt's translations and the signs of the system's locale (`ui/locale.py`); without them,
as on the command line, everything stays English, which is what scripts and manuals quote. `lupdate` finds
the texts in the calls of `say`, `say_count` and `mark`, so each is written there as one literal. A class of
Qt's says its own with `self.tr`. May be called from any thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

#: Gives a text, its comment and its number (-1: it has none) in another language, or the text itself.
Translate = Callable[[str, str, int], str]


def _as_written(text: str, _comment: str, _number: int) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Language:
    """How texts, numbers and days are said.

    `day` and `minute` write a date and an aware time in the reader's zone.
    """

    translate: Translate = _as_written
    decimal_point: str = "."
    group_sign: str = ","
    money: str = "{currency} {amount}"
    day: Callable[[date], str] = date.isoformat
    minute: Callable[[datetime], str] = "{0:%Y-%m-%d %H:%M}".format


ENGLISH: Final = Language()
_spoken = ENGLISH


def speak(language: Language) -> None:
    """Has everything said from now on in this language. What was said before stays as it is."""
    global _spoken
    _spoken = language


def say(text: str, /, **values: object) -> str:
    """The text in the reader's language with its {names} filled; numbers are written as the reader's are."""
    said = _spoken.translate(text, "", -1)
    if not values:
        return said
    filling = {name: _Number(value) if _is_number(value) else value for name, value in values.items()}
    try:
        return said.format_map(filling)
    except (LookupError, ValueError, AttributeError):  # a translator's slip must not hide what is said
        return text.format_map(filling)


def say_count(many: str, one: str, number: int) -> str:
    """A text about a number, which stands at %n: `say_count("%n units", "%n unit", 3)` is "3 units".

    Languages have other forms of number than these two; `many` with `one` as its comment stands for all.
    """
    said = _spoken.translate(many, one, number)
    if said == many and number == 1:
        said = one
    return said.replace("%n", number_text(number))


def mark(text: str) -> str:
    """The text as it is: it is found for translation here, and said later by `say`."""
    return text


def number_text(value: int | float | Decimal, digits: int = 0) -> str:
    """A number as the reader writes it, to so many digits after the point: "1,204", "0.30"."""
    return _with_signs(f"{value:,.{digits}f}" if digits or not isinstance(value, int) else f"{value:,}")


def percent_text(share: float, digits: int = 0) -> str:
    """A share of one as per cent: 0.125 with one digit is "12.5%"."""
    return say("{share}%", share=number_text(share * 100, digits))


def money_form(amount: str, currency: str) -> str:
    """An amount that is text already, with its currency where the reader has it: "GBP 2.50"."""
    return _spoken.money.format(amount=amount, currency=currency)


def day_text(day: date) -> str:
    """A day; of an aware time, the day that it is in the reader's zone."""
    if isinstance(day, datetime):
        day = day.astimezone().date()
    return _spoken.day(day)


def minute_text(moment: datetime) -> str:
    """An aware time in the reader's zone, to the minute."""
    return _spoken.minute(moment.astimezone())


def decimal_point() -> str:
    """The sign before the digits of a fraction."""
    return _spoken.decimal_point


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


class _Number:
    """A number in a text: written with the reader's signs where the text asks for a form, else as it is."""

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        self._value = value

    def __format__(self, form: str) -> str:
        if form.endswith("%"):
            return percent_text(self._value, int(form.strip(".%") or 0))
        text = format(self._value, form)
        return _with_signs(text) if form else text

    def __repr__(self) -> str:
        return repr(self._value)

    def __str__(self) -> str:
        return str(self._value)


def _with_signs(text: str) -> str:
    return text.translate({ord(","): _spoken.group_sign, ord("."): _spoken.decimal_point})
