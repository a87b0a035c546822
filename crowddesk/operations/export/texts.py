"""Stored answers and items as they go out: read once, without what names a worker, and valid everywhere.

`Once` remembers what equal texts became: most answers of a run, and the item of each one's neighbours, are
the same text again.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any, Final, TypeVar

from crowddesk.operations.transfer import DAMAGED as DAMAGED

_REMEMBERED: Final = 50_000
_LONGEST: Final = 2_000

#: Hidden fields of vendors' templates that name the worker or the stay, in whatever spelling.
_NAMING: Final = frozenset(
    {
        "workerid", "prolificpid", "prolificid", "participantid", "assignmentid", "submissionid",
        "sessionid", "amazonid", "mturkid", "turksubmitto",
    }
)  # fmt: skip
_SUSPECT: Final = re.compile(
    r'"sha256"|worker|prolific|participant|assignment|submission|session|turk|amazon', re.IGNORECASE
)
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_REF: Final = frozenset({"file", "sha256", "size", "type"})

K = TypeVar("K")
V = TypeVar("V")


class Once(dict[K, V]):
    """What keys become, each reckoned once while it is remembered: `once[key]`. Memory is bounded.

    A dictionary's own look-up takes a fifth of the time of a call, and a million rows ask ten times each.
    """

    def __init__(self, make: Callable[[K], V]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: K) -> V:
        made = self._make(key)
        if not isinstance(key, str) or len(key) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[key] = made
        return made


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


#: Made once: the functions of the standard library make one a call.
_DECODER: Final = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)


def read(text: str) -> dict[str, Any]:
    """A stored item or answer. What is no JSON, or no JSON for others (NaN, 1e999), goes out as stored."""
    try:
        value = _DECODER.decode(text)
        if "\\ud" in text or "\\uD" in text:  # perhaps half a character, which no file can hold
            _ENCODER.encode(value).encode()
    except (ValueError, RecursionError):
        return {DAMAGED: text.encode("utf-8", "replace").decode()}
    return value if isinstance(value, dict) else {"": value}


def read_without_names(text: str) -> dict[str, Any]:
    """The same of an answer, without fields that name its worker and without the names of files."""
    value = read(text)
    if not _SUSPECT.search(text):
        return value
    return {
        name: [nameless(part) for part in given] if isinstance(given, list) else nameless(given)
        for name, given in value.items()
        if "".join(c for c in name.lower() if c.isalnum()) not in _NAMING
    }


def written(value: Any) -> str:
    """A value as every JSON of an export writes it, on one line."""
    return _ENCODER.encode(value)


def cell(value: Any) -> str:
    """One value as text: lists and objects as JSON, so that they can be read back."""
    if value is None:
        return ""
    return value if isinstance(value, str) else written(value)


def nameless(value: Any) -> Any:
    """A file that was sent, called by its content and no longer as its sender called it."""
    if isinstance(value, dict) and value.keys() >= _REF and isinstance(value["sha256"], str):
        ending = _ENDING.search(str(value["file"]))
        return {**value, "file": value["sha256"][:16] + (ending[0].lower() if ending else "")}
    return value
