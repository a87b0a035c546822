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

#: So many texts, of so many signs together, none longer: what people write decides no memory.
_REMEMBERED: Final = 50_000
_MOST_SIGNS: Final = 8_000_000
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
#: A web address carries the same as parameters: where a template's page was, or what led to it.
_PARAMETER: Final = re.compile(r"([?&;#]([A-Za-z0-9_.\-]{1,40})=)[^&;#\s\"'<>]+")
_HELD_BACK: Final = "(held back: damaged, and it may name its worker)"
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
        self._signs = 0

    def __missing__(self, key: K) -> V:
        made = self._make(key)
        signs = len(key) if isinstance(key, str) else 0
        if signs <= _LONGEST:
            self._signs += signs
            if len(self) >= _REMEMBERED or self._signs > _MOST_SIGNS:
                self.clear()
                self._signs = signs
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
    try:
        if not _is_damaged(value, text):
            return {name: nameless(given) for name, given in value.items() if not names_worker(name)}
        return {DAMAGED: json.dumps(nameless(json.loads(text)))}  # NaN and the like: read all the same
    except (ValueError, RecursionError):
        return {DAMAGED: _HELD_BACK}


def stored_without_names(text: str) -> str:
    """The same as it is stored in a bundle: a damaged one is damaged there too."""
    value = read_without_names(text)
    if _is_damaged(read(text), text):
        return str(value[DAMAGED])
    return _ENCODER.encode(value)


def _is_damaged(value: dict[str, Any], text: str) -> bool:
    # A worker may call a field by the same name.
    return value == {DAMAGED: text.encode("utf-8", "replace").decode()}


def names_worker(name: str) -> bool:
    """Whether a field of an answer is one that names the worker or the stay."""
    return "".join(c for c in name.lower() if c.isalnum()) in _NAMING


def text_without_names(text: str) -> str:
    """One answer of a column (`quality.answers.text_of`) without the names of files and addresses' owners."""
    if not _SUSPECT.search(text):
        return text
    try:
        value = json.loads(text)
        if isinstance(value, list | dict):
            return json.dumps(nameless(value), ensure_ascii=False, sort_keys=True)
    except (ValueError, RecursionError):
        pass  # plain words
    return str(nameless(text))


def written(value: Any) -> str:
    """A value as every JSON of an export writes it, on one line."""
    return _ENCODER.encode(value)


def cell(value: Any) -> str:
    """One value as text: lists and objects as JSON, so that they can be read back."""
    if value is None:
        return ""
    return value if isinstance(value, str) else written(value)


def nameless(value: Any) -> Any:
    """A value without what names the worker in it; a file that was sent is called by its content."""
    if isinstance(value, str):
        return _PARAMETER.sub(lambda m: f"{m[1]}…" if names_worker(m[2]) else m[0], value)
    if isinstance(value, list):
        return [nameless(part) for part in value]
    if not isinstance(value, dict):
        return value
    value = {name: nameless(part) for name, part in value.items() if not names_worker(name)}
    if value.keys() >= _REF and isinstance(value["sha256"], str):
        ending = _ENDING.search(str(value["file"]))
        value["file"] = value["sha256"][:16] + (ending[0].lower() if ending else "")
    return value
