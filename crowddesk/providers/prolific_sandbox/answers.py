"""What a simulated participant fills into a form, given its HTML: with the names and kinds of a browser."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any, Final

from crowddesk.blueprints.base import Field
from crowddesk.blueprints.html_form import HIDDEN, read_form
from crowddesk.providers.mock import crowd

_TAGS: Final = re.compile(r"<(style|title)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_CHAT: Final = re.compile(r"""<section id="chat"[^>]*\bdata-rules="([^"]*)""")
_LEAST: Final = re.compile(r'"least":\s*(\d+)')
_TEXTS: Final = frozenset({"text", "textarea", "search"})


def fill_in(
    document: str, person: crowd.Person, seed: int, key: str, right: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """An answer to the form in a page, as a browser would send it: `key` names what is asked about.

    People agree on most of what they are asked; `right` has answers that are known to be right.
    """
    return answer_fields(read_form(document).fields, person, seed, key, right, text_of(document))


def answer_fields(
    fields: Sequence[Field],
    person: crowd.Person,
    seed: int,
    key: str,
    right: Mapping[str, Any] | None = None,
    about: str = "",
) -> dict[str, Any]:
    """An answer to these fields; `about` is text that is written about."""
    stay = crowd.plan_stay(
        crowd.read_form([_plain(field) for field in fields]),
        seed, key, 0, 0, person,
        time_limit=3600.0, truth=dict(right or {}), item=lambda: {"text": about},
    )  # fmt: skip
    answer = stay.answer or {}
    rng = random.Random(f"{seed} {key} {person.number}")
    for field in fields:
        is_open = field.required and field.name not in answer
        if field.options and (is_open or field.type == "submit"):  # such a button is an answer too
            answer[field.name] = rng.choice(field.options).value
        elif field.type in _TEXTS and field.name in answer:
            answer[field.name] = _within(str(answer[field.name]), field.limits)
    return answer


def text_of(document: str) -> str:
    """What one reads on a page."""
    return " ".join(unescape(_TAGS.sub(" ", HIDDEN.sub(" ", document))).split())[:4000]


def messages_wanted(document: str) -> int | None:
    """How many messages a conversation asks for; None when the page is none."""
    found = _CHAT.search(document)
    if found is None:
        return None
    least = _LEAST.search(unescape(found[1]))
    return max(1, int(least[1])) if least else 1


def _plain(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "type": field.type,
        "options": [option.value for option in field.options],
        **{limit: field.limits[limit] for limit in ("min", "max", "step") if limit in field.limits},
    }


def _within(text: str, limits: Mapping[str, str]) -> str:
    """A text as long as its field wants it; a pattern that it does not match is beyond these people."""
    least, most = (
        int(n) if (n := limits.get(name, "")).isdecimal() else None for name in ("minlength", "maxlength")
    )
    while least is not None and len(text) < least:
        text = f"{text} {text or 'and so on'}"
    return text if most is None else text[:most]
