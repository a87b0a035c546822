"""Times, durations and counts as people read them; no widget in here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from crowddesk.domain import BadInput, currency_digits, now, to_major, to_minor
from crowddesk.language import day_text, decimal_point, mark, say

_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NAME: Final = 40
#: A deadline that is nearer than this is marked.
SOON: Final = timedelta(days=3)


class _Names(NamedTuple):
    """What a vendor is called: in a sentence, on a badge that says the rest, and to who chooses one."""

    sentence: str
    badge: str
    choice: str


#: Another vendor goes by its type.
_VENDORS: Final[Mapping[str, _Names]] = {
    "mock": _Names(mark("the practice crowd"), "", mark("Practice crowd")),
    "inhouse": _Names(
        mark("your own people"), mark("in-house"), mark("Your own people, in a browser (inhouse)")
    ),
    "prolific": _Names("Prolific", "Prolific", "Prolific"),
    "prolific_sandbox": _Names(
        mark("Prolific’s stand-in"), "Prolific", mark("Prolific, rehearsed on this computer")
    ),
}
#: Categories of rejections; one that is not here is said by its own words.
_CATEGORIES: Final[Mapping[str, str]] = {
    "INCOMP_LONGITUDINAL": mark("Longitudinal study not completed"),
    "TOO_QUICKLY": mark("Too quickly"),
    "TOO_SLOWLY": mark("Too slowly"),
    "FAILED_INSTRUCTIONS": mark("Failed instructions"),
    "FAILED_CHECK": mark("Failed check"),
    "LOW_EFFORT": mark("Low effort"),
    "MALINGERING": mark("Malingering"),
    "NO_DATA": mark("No data"),
    "OTHER": mark("Other"),
    "NO_CODE": mark("No completion code"),
    "BAD_CODE": mark("Wrong completion code"),
    "UNSUPP_DEVICE": mark("Unsupported device"),
}


def _names_of(provider_type: str) -> _Names:
    other = _Names(provider_type, provider_type, provider_type.replace("_", " ").capitalize())
    return _VENDORS.get(provider_type, other)


def vendor_name(provider_type: str) -> str:
    """A vendor as a sentence names it: "prolific" is Prolific."""
    return say(_names_of(provider_type).sentence)


def vendor_choice_name(provider_type: str) -> str:
    """A vendor as a list names it from which one is chosen."""
    return say(_names_of(provider_type).choice)


def environment_of(provider_type: str, sandbox: bool) -> str:
    """live, sandbox or practice: how an account is marked everywhere."""
    if not sandbox:
        return "live"
    return "practice" if provider_type == "mock" else "sandbox"


def environment_words(environment: str, vendor: str = "") -> str:
    """How an account is marked everywhere: "LIVE · Prolific", "SANDBOX · Prolific", "PRACTICE".

    `vendor` is a provider's type, or empty.
    """
    marks = {"live": say("LIVE"), "sandbox": say("SANDBOX"), "practice": say("PRACTICE")}
    badge = _names_of(vendor).badge
    return " · ".join(part for part in (marks.get(environment, environment), badge and say(badge)) if part)


def category_name(category: str) -> str:
    """A vendor's category of rejections as words: "TOO_QUICKLY" is "Too quickly"."""
    if known := _CATEGORIES.get(category):
        return say(known)
    return category.replace("_", " ").lower().capitalize()


def readable(text: str) -> str:
    """Without the signs that turn all words after them around: a name must not rewrite its sentence."""
    return _TURNS.sub("", text) if not text.isascii() else text


def hidden_turns(text: str) -> str:
    """The signs in a text that turn the order of letters without being seen: "U+202E"; "" for none."""
    return ", ".join(sorted({f"U+{ord(sign):04X}" for sign in _TURNS.findall(text)}))


def short_name(name: str) -> str:
    """A name as it stands in a sentence: one line, a very long one without its middle."""
    name = " ".join(readable(name).split())
    return name if len(name) <= _NAME else f"{name[: _NAME // 2]}…{name[-_NAME // 2 + 1 :]}"


def relative_time(then: datetime | None, at: datetime | None = None) -> str:
    """How long ago `then` (aware) was, seen from `at` (now): "41 min ago", "in 2 h"; "" for None."""
    if then is None:
        return ""
    seconds = ((at or now()) - then).total_seconds()
    away = abs(seconds)
    if away < 45:
        return say("just now") if seconds >= 0 else say("in a moment")
    if away >= 60 * 86400:
        return day_text(then)
    if away < 3600:
        span = say("{minutes} min", minutes=max(1, round(away / 60)))
    elif away < 48 * 3600:
        span = say("{hours} h", hours=round(away / 3600))
    else:
        span = say("{days} d", days=round(away / 86400))
    return say("{span} ago", span=span) if seconds >= 0 else say("in {span}", span=span)


def exact_time(then: datetime | None) -> str:
    """The moment in the user's own zone, to the second: "2026-11-22 14:03:09 UTC+01:00"; "" for None."""
    if then is None:
        return ""
    there = then.astimezone()
    zone = f"{there:%z}"
    return f"{day_text(there)} {there:%H:%M:%S} UTC{zone[:3]}:{zone[3:5]}"


def is_soon(deadline: datetime | None, at: datetime | None = None) -> bool:
    """Whether a deadline (aware) is nearer than three days, or has passed, seen from `at` (now)."""
    return deadline is not None and deadline - (at or now()) < SOON


def deadline_text(deadline: datetime | None, at: datetime | None = None) -> str:
    """A deadline's day in the user's zone and what is left: "2026-12-13 · 21 d"; "" for None."""
    if deadline is None:
        return ""
    left = (deadline - (at or now())).total_seconds()
    if left <= 0:
        span = say("passed")
    elif left < 3600:
        span = say("under 1 h")
    elif left < 86_400:
        span = say("{hours} h", hours=int(left // 3600))
    else:
        span = say("{days} d", days=int(left // 86_400))
    return f"{day_text(deadline)} · {span}"


def duration_text(seconds: float | None) -> str:
    """Time worked as m:ss, from an hour on h:mm:ss; "" for None."""
    if seconds is None:
        return ""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def span_text(seconds: float) -> str:
    """How long something lasts, to the minute: "under 1 min", "12 min", "1 h 5 min"."""
    minutes = int(max(0.0, seconds) // 60)
    if minutes < 60:
        return say("{minutes} min", minutes=minutes) if minutes else say("under 1 min")
    hours, rest = divmod(minutes, 60)
    if not rest:
        return say("{hours:,} h", hours=hours)
    return say("{hours:,} h {minutes} min", hours=hours, minutes=rest)


def amount_to_type(minor: int, currency: str) -> str:
    """An amount as it stands in a field where it is changed: plain digits, the reader's point."""
    return str(to_major(minor, currency)).replace(".", decimal_point())


def amount_typed(text: str, currency: str) -> int:
    """An amount as somebody types it, with a point, a comma or no sign before the fraction, in minor units.

    What may group thousands is refused: 1.000 is one here and a thousand there. Raises BadInput.
    """
    typed = text.strip()
    digits = currency_digits(currency)
    signs = {",", "."} if digits <= 2 else {decimal_point()}
    found = re.fullmatch(r"(-?\d+)([,.])(\d+)", typed)
    grouped = found is not None and len(found[3]) == 3 and digits < 3 and found[1] not in ("0", "-0")
    if found and (found[2] not in signs or grouped):
        example = "1234" + (decimal_point() + "5678"[:digits] if digits else "")
        raise BadInput(
            say("{amount} can be read in two ways: write it like {example}.", amount=typed, example=example)
        )
    return to_minor(f"{found[1]}.{found[3]}" if found else typed, currency)


def whole_typed(text: str) -> int | None:
    """A whole number from 0 on as somebody types it, its thousands grouped or not; None for another text."""
    digits = re.sub(r"[\s,.'’\u00a0\u202f]", "", text)
    grouped = re.fullmatch(r"\d{1,3}([\s,.'’\u00a0\u202f]\d{3})*", text.strip())
    plain = digits if grouped else text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 18 else None
