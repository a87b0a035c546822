"""An HTML template with `${name}` placeholders: compiled once, filled in one pass, wrapped in a form.

The rules are those under which templates for MTurk, Turkle and Mephisto were written: the raw value takes the
placeholder's place anywhere, in scripts too; the name is exact in case and spaces; an unknown one stays.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from crowddesk.blueprints.base import Field
from crowddesk.blueprints.html_form import HIDDEN, HtmlForm, read_form

#: The inner one of `${a ${b}}` is a placeholder: scripts nest their own.
_PLACEHOLDER: Final = re.compile(r"\$\{((?:(?!\$\{)[^}])+)\}")

_FORM_BEGIN: Final = '<form id="mturk_form" name="mturk_form">\n'
_FORM_END: Final = "\n</form>"
_SUBMIT: Final = (
    '\n<p><button type="submit" style="min-height: 44px; padding: 0 20px; font: inherit">Submit</button></p>'
)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name between `${` and `}`, its line, and whether it stands in a script or comment."""

    name: str
    line: int
    in_script: bool


class Template:
    """One template. Nothing in it depends on an item but what `render` and `fields_for` return."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.form: HtmlForm = read_form(text)
        self._page = text if self.form.has_form else _wrapped(text, self.form)
        self._compiled: dict[tuple[str, ...], list[str]] = {}
        texts = [text for f in self.form.fields for text in (f.label, *(o.label for o in f.options))]
        self._asks_by_item = self.form.varies or any("${" in text for text in texts)

    def placeholders(self) -> list[Placeholder]:
        """Every placeholder in order, as often as it stands there."""
        hidden = [match.span() for match in HIDDEN.finditer(self.text)]
        found: list[Placeholder] = []
        line, seen, at = 1, 0, 0
        for match in _PLACEHOLDER.finditer(self.text):
            start = match.start()
            line += self.text.count("\n", seen, start)
            seen = start
            while at < len(hidden) and hidden[at][1] <= start:
                at += 1
            found.append(Placeholder(match[1], line, at < len(hidden) and hidden[at][0] <= start))
        return found

    def render(self, values: Mapping[str, str], *, escape: bool = False) -> str:
        """The page with every known placeholder replaced; what a value contains is not looked at again."""
        names = tuple(values)
        parts = self._compiled.get(names)
        if parts is None:
            parts = self._compiled[names] = self._compile(names)
        filled = parts.copy()
        change: Callable[[str], str] = html.escape if escape else str
        filled[1::2] = [change(values[name]) for name in parts[1::2]]
        return "".join(filled)

    def fields_for(self, values: Mapping[str, str], *, escape: bool = False) -> tuple[Field, ...]:
        """The fields as they are for one item: its columns may be in their names, options and labels."""
        if not self._asks_by_item:
            return self.form.fields
        return read_form(self.render(values, escape=escape)).fields

    def _compile(self, names: Iterable[str]) -> list[str]:
        """Literal text and names, in turn."""
        known = "|".join(re.escape(name) for name in names)
        return re.split(r"\$\{(" + known + r")\}", self._page) if known else [self._page]


def _wrapped(text: str, form: HtmlForm) -> str:
    begin, end = form.body
    button = "" if form.has_submit else _SUBMIT
    return text[:begin] + _FORM_BEGIN + text[begin:end] + button + _FORM_END + text[end:]
