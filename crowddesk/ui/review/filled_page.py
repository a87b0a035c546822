"""A worker's page as readable HTML with their answer in its fields; what the page does not name stands apart.

No widget here; any thread may call it. What a worker sent goes out as text only.
"""

from __future__ import annotations

import html
import json
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from crowddesk.language import say
from crowddesk.ui.page_preview import BUTTONS, PageReader, button_words
from crowddesk.ui.words import readable as unturned

if TYPE_CHECKING:
    from crowddesk.blueprints.base import Field

#: Longer texts are cut where they stand in the page; a way to copy all of one is offered beside it.
LONGEST_VALUE: Final = 4_000
_LONGEST_LINE: Final = 300
_MOST_VALUES: Final = 2_000
_MOST_OPTIONS: Final = 60
_TICKS: Final = {"radio": "○◉", "checkbox": "☐☑"}
#: Elements that send one value under their name, and HTML's control that each stands for.
_STANDS_FOR: Final = {
    "textarea": "textarea",
    "select": "select",
    "crowd-input": "text",
    "crowd-text-area": "textarea",
    "crowd-slider": "range",
    "crowd-radio-button": "radio",
    "crowd-checkbox": "checkbox",
    "crowd-toggle-button": "checkbox",
    "crowd-classifier": "radio group",
    "crowd-image-classifier": "radio group",
    "crowd-classifier-multi-select": "checkbox group",
    "crowd-image-classifier-multi-select": "checkbox group",
}
#: Buttons that say nothing of an answer without a name; those of forms and conversations are left out, too.
_SENDING: Final = BUTTONS - {"button"}
#: What never stands in a button: one around it was left open.
_CONTROLS: Final = frozenset({"input", "button", "crowd-button", *_STANDS_FOR})

_Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FilledPage:
    """`html` is of plain tags, its classes `given` and `box`. `hidden` is what hidden fields held, `also`
    what came under names that the page does not show, `cut` are the whole texts of those cut in the page."""

    html: str
    hidden: _Pairs = ()
    also: _Pairs = ()
    cut: _Pairs = ()


def fill_page(page: str, answer: Mapping[str, Any], fields: Sequence[Field] = ()) -> FilledPage:
    """The page with the answer in it. `fields` say what an element offers that writes no options down."""
    return _Filler(answer, fields).fill(page)


def as_words(value: Any) -> str:
    """A value of an answer as people read it: lists joined, files by their names, the rest as JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, Mapping) and isinstance(value.get("file"), str) and "sha256" in value:
        return str(value["file"])
    if isinstance(value, list) and not any(isinstance(part, list) for part in value):
        return ", ".join(map(as_words, value))
    try:
        return json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):
        return say("(nested too deeply to be shown)")


class _Filler(PageReader):
    def __init__(self, answer: Mapping[str, Any], fields: Sequence[Field]) -> None:
        super().__init__()
        self._answer = answer
        self._offered = {field.name: field.options for field in fields}
        self._left = {name: deque(texts_of(value)) for name, value in answer.items()}
        self._drawn: set[str] = set()
        self._hidden: dict[str, str] = {}
        self._cut: dict[str, str] = {}
        self._group = ""
        self._select: tuple[str, bool] = ("", False)
        self._choices: list[str | None] = []
        #: The tag whose inside is not drawn.
        self._hushed = ""

    def fill(self, page: str) -> FilledPage:
        """Reads the page; may be called once."""
        plain = self.read(page)
        also = {name: as_words(v) for name, v in self._answer.items() if name not in self._drawn}
        return FilledPage(
            plain,
            tuple(self._hidden.items()),
            tuple((name, text) for name, text in also.items() if name not in self._hidden),
            tuple(self._cut.items()),
        )

    # ------------------------------------------------------------------------------------ the reader's turns

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hushed not in ("", "textarea") and tag in _CONTROLS:
            self._hushed = ""
        if not self._hushed:
            super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hushed:
            self._hushed = ""
            return
        if tag == "crowd-radio-group":
            self._group = ""
        if not self._hushed:
            super().handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if not self._hushed:
            super().handle_data(data)

    def begin_option(self, values: dict[str, str]) -> None:
        self._choices.append(values.get("value"))

    def draw_control(self, tag: str, values: dict[str, str]) -> bool:
        if tag == "crowd-radio-group":
            self._group = values.get("name", "")
            return False
        kind = _STANDS_FOR.get(tag, "")
        if tag in ("input", "button") or (tag == "crowd-input" and values.get("type")):
            kind = values.get("type", "").strip().lower() or ("text" if tag == "input" else "submit")
        elif tag == "crowd-button":
            kind = values.get("form-action", "") or "button"
        if kind in _SENDING and not values.get("name"):
            self._hushed = "" if tag == "input" else tag
            return True
        name = values.get("name", "") or (self._group if tag == "crowd-radio-button" else "")
        if not kind or name not in self._answer or self.is_full:
            self._hushed = tag if tag == "textarea" else ""
            return False
        self._drawn.add(name)
        if kind == "select":
            self._select = (name, "multiple" in values)
            self._choices = []
            return False  # its choices are read first
        self._hushed = tag if tag == "textarea" else ""
        if kind in _TICKS:
            self._draw_tick(name, kind, values.get("value", "on"), "" if tag == "input" else "<br>")
        elif kind.endswith(" group"):
            self._draw_group(name, kind.partition(" ")[0])
        elif kind == "hidden":
            self._hidden[name] = as_words(self._answer[name])
        elif kind in BUTTONS:
            return self._draw_button(tag, name, values)
        else:
            self._draw_text(name, self._next(name), kind == "textarea")
        return True

    def draw_select(self) -> bool:
        (name, several), self._select = self._select, ("", False)
        if not name:
            return False
        words = self._options or []
        labels = [" ".join(text.split()) for text in words[:_MOST_VALUES]]
        offered = [
            label if value is None else value for value, label in zip(self._choices, labels, strict=False)
        ]
        left = self._left[name]
        chosen = []
        for value in list(left) if several else list(islice(left, 1)):
            left.popleft()
            chosen.append(
                labels[offered.index(value)]
                if value in offered
                else say("{value} (not offered)", value=value)
            )
        if not any(chosen):
            return False
        self.add("".join(f"{_given('▾ ' + _short(label))} " for label in chosen[:_MOST_OPTIONS]))
        return True

    # ----------------------------------------------------------------------------------------- what is drawn

    def _next(self, name: str) -> str:
        """The value of the next field of that name, as repeated fields send them in turn."""
        left = self._left[name]
        return left.popleft() if left else ""

    def _draw_tick(self, name: str, kind: str, value: str, before: str) -> None:
        left = self._left[name]
        on = value in left
        if on and kind == "checkbox":
            left.remove(value)
        self.add(before + _sign(kind, on))

    def _draw_group(self, name: str, kind: str) -> None:
        given = set(self._left[name])
        options = [(option.value, option.label) for option in self._offered.get(name, ())[:_MOST_OPTIONS]]
        known = {value for value, _ in options}
        options += [
            (v, say("{value} (not offered)", value=v)) for v in islice(given - known, _MOST_OPTIONS) if v
        ]
        for value, label in options:
            self.add(f"<br>{_sign(kind, value in given)}{html.escape(_short(label))}")
        self.new_line()

    def _draw_button(self, tag: str, name: str, values: dict[str, str]) -> bool:
        """A button that answers by being pressed; the words of a <button> follow it."""
        pressed = values.get("value", "") in self._left[name]
        self.new_line()
        if tag == "input":
            words = f"[ {html.escape(_short(button_words(values)))} ]"
            self.add((f"{_given('◉')} " if pressed else "") + f"{words}<br>")
            return True
        if pressed:
            self.add(f"{_given('◉')} ")
        return False

    def _draw_text(self, name: str, text: str, is_area: bool) -> None:
        if not text:
            self.add("<code>[______________]</code> " if is_area else "<code>[________]</code> ")
            return
        if len(text) > LONGEST_VALUE:
            self._cut[name] = as_words(self._answer[name])
            text = text[:LONGEST_VALUE] + "…"
        if is_area or len(text) > _LONGEST_LINE or "\n" in text:
            lines = html.escape(unturned(text)).replace("\r\n", "\n").replace("\n", "<br>")
            self.add(f'<table class="box" width="100%"><tr><td>{lines}</td></tr></table>')
        else:
            self.add(f"{_given(text)} ")


def texts_of(value: Any) -> list[str]:
    """The values of one name as texts, in their turn; a mapping of what is ticked gives the names of that."""
    if isinstance(value, Mapping) and value and all(isinstance(part, bool) for part in value.values()):
        value = [name for name, ticked in value.items() if ticked]
    listed = value if isinstance(value, list) else [value]
    return [as_words(one) for one in listed[:_MOST_VALUES]]


def _sign(kind: str, on: bool) -> str:
    sign = _TICKS[kind][on]
    return f'<b class="given">{sign}</b> ' if on else f"{sign} "


def _given(text: str) -> str:
    return f'<span class="given">{html.escape(unturned(text))}</span>'


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_LINE else text[:_LONGEST_LINE] + "…"
