"""Reads out of HTML what a form asks: its fields with their options and labels, crowd elements included."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from crowddesk.blueprints.base import Field, Option

#: What no browser shows or sends: comments, and scripts with whatever HTML they write down.
HIDDEN: Final = re.compile(r"<!--.*?(?:-->|\Z)|<script\b.*?(?:</script\s*>|\Z)", re.DOTALL | re.IGNORECASE)

#: Names that a vendor's own page adds to a form; as hidden inputs they are no question.
VENDOR_NAMES: Final = frozenset({"assignmentId", "hitId", "workerId", "turkSubmitTo", "csrfmiddlewaretoken"})

#: Attributes that limit a field, and what the limit is called.
_LIMITS: Final = {
    "min": "min", "max": "max", "step": "step", "minlength": "minlength", "maxlength": "maxlength",
    "pattern": "pattern", "accept": "accept", "data-max-bytes": "maxbytes", "min-length": "minlength",
    "max-length": "maxlength",
}  # fmt: skip
_LABELS: Final = ("aria-label", "header", "label", "placeholder")
_NO_ANSWER: Final = frozenset({"reset", "button"})
_CROWD_TYPES: Final = {
    "crowd-input": "text",
    "crowd-text-area": "textarea",
    "crowd-radio-button": "radio",
    "crowd-checkbox": "checkbox",
    "crowd-toggle-button": "checkbox",
    "crowd-slider": "range",
    "crowd-classifier": "radio",
    "crowd-image-classifier": "radio",
    "crowd-classifier-multi-select": "checkbox",
    "crowd-image-classifier-multi-select": "checkbox",
}
#: What every page can show of crowd elements beside those, and what needs no answer.
_CROWD_FRAME: Final = frozenset(
    {"crowd-form", "crowd-button", "crowd-radio-group", "crowd-card", "crowd-alert", "crowd-instructions"}
)
#: Crowd elements whose text is their label, as a `<label>`'s is its input's.
_OWN_LABEL: Final = frozenset({"crowd-radio-button", "crowd-checkbox", "crowd-toggle-button"})


@dataclass(slots=True)
class HtmlForm:
    """What was found. `fields` are those that are sent; `outside` the names of those that lie outside every
    form of a page that has one. `has_submit`: something has an explicit type=submit; `can_submit`: a button
    submits, explicit or not; `varies`: a placeholder is in the attributes of a field. `undrawn` are the crowd
    elements with a name that the worker's page has no tool for. `body` is the range between the page's body
    tags, or the whole text."""

    fields: tuple[Field, ...]
    outside: tuple[str, ...]
    has_form: bool
    has_submit: bool
    can_submit: bool
    varies: bool
    undrawn: tuple[str, ...]
    body: tuple[int, int]


def read_form(html: str) -> HtmlForm:
    """What the form in a page asks. Takes any text, however broken, as a browser would."""
    reader = _Reader()
    reader.feed(HIDDEN.sub(_blank, html))
    reader.close()
    inside = [c for c in reader.controls if c.in_form or not reader.has_form]
    names = {c.name for c in inside}
    outside = dict.fromkeys(c.name for c in reader.controls if c.name not in names)
    starts = [0, *(match.end() for match in re.finditer("\n", html))]
    begin = 0 if reader.body_begin is None else starts[reader.body_begin[0] - 1] + reader.body_begin[1]
    end = len(html) if reader.body_end is None else starts[reader.body_end[0] - 1] + reader.body_end[1]
    return HtmlForm(
        reader.fields(inside),
        tuple(outside),
        reader.has_form,
        reader.has_submit,
        reader.can_submit,
        reader.varies,
        tuple(reader.undrawn),
        (begin, max(begin, end)),
    )


def _blank(match: re.Match[str]) -> str:
    """White space of the same length and lines, so that places stay right."""
    return re.sub(r"[^\n]", " ", match[0])


@dataclass(slots=True)
class _Text:
    """Text that is being collected for a label, a legend or an option."""

    tag: str
    target: str = ""
    parts: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        text = " ".join("".join(self.parts).split())
        return text if len(text) <= 200 else text[:199] + "…"


@dataclass(slots=True)
class _Control:
    """One element that sends something under its name."""

    name: str
    type: str
    value: str
    id: str
    label: str
    around: _Text | None
    legend: _Text | None
    required: bool
    multiple: bool
    in_form: bool
    limits: dict[str, str]
    #: It is one of the answers itself, as a radio button is; its neighbours of the same name are the others.
    is_option: bool
    #: Value and text of each choice inside the element; no value: its text is sent.
    choices: list[tuple[str | None, _Text | str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.controls: list[_Control] = []
        self.has_form = self.has_submit = self.can_submit = self.varies = False
        self.undrawn: dict[str, None] = {}
        self.body_begin: tuple[int, int] | None = None
        self.body_end: tuple[int, int] | None = None
        self._forms = 0
        self._open: list[_Text] = []
        self._legends: list[_Text] = []
        self._label_of: dict[str, _Text] = {}
        self._select: _Control | None = None
        self._group: dict[str, str] = {}
        self._muted = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in reversed(attributes)}  # the first of twins counts
        match tag:
            case "body" if self.body_begin is None:
                line, column = self.getpos()
                begin = self.get_starttag_text() or ""
                breaks = begin.count("\n")
                self.body_begin = (
                    line + breaks,
                    len(begin) - begin.rfind("\n") - 1 if breaks else column + len(begin),
                )
            case "form" | "crowd-form":
                self._forms += 1
                self.has_form = True
                self.can_submit |= tag == "crowd-form"  # it makes its own button
            case "label":
                text = _Text(tag, attrs.get("for", ""))
                self._open.append(text)
                if text.target:
                    self._label_of.setdefault(text.target, text)
            case "fieldset":
                self._legends.append(_Text("legend"))
            case "legend" if self._legends:
                self._open.append(self._legends[-1])
            case "option" if self._select is not None:
                self._close_text("option")
                if "disabled" not in attrs:
                    choice = _Text("option")
                    self._open.append(choice)
                    self._select.choices.append((attrs.get("value"), choice))
            case "crowd-radio-group":
                self._group = attrs
            case "input" | "button" | "select" | "textarea":
                self._add_control(tag, self._type(tag, attrs), attrs)
            case _ if tag.startswith("crowd-"):
                self._add_control(tag, self._crowd_type(tag, attrs), attrs)

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "body":
                self.body_end = self.getpos()
            case "html" if self.body_end is None:
                self.body_end = self.getpos()
            case "form" | "crowd-form":
                self._forms = max(0, self._forms - 1)
            case "select":
                self._close_text("option")
                self._select = None
            case "textarea":
                self._muted = False
            case "fieldset" if self._legends:
                self._legends.pop()
            case "crowd-radio-group":
                self._group = {}
            case "label" | "legend" | "option" | "button" | "crowd-button":
                self._close_text(tag)
            case _ if tag in _OWN_LABEL:
                self._close_text(tag)

    def handle_data(self, data: str) -> None:
        if self._muted:
            return
        for text in self._open:
            # The choices of a list inside a label are not the label.
            if self._select is None or text.tag == "option":
                text.parts.append(data)

    def _close_text(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].tag == tag:
                del self._open[place]
                return

    def _type(self, tag: str, attrs: dict[str, str]) -> str:
        """The type of one of HTML's own controls; also notes whether there is a way to submit."""
        if tag not in ("input", "button"):
            return tag
        explicit = attrs.get("type", "").strip().lower()
        self.has_submit |= explicit == "submit"
        kind = explicit or ("text" if tag == "input" else "submit")
        self.can_submit |= kind in ("submit", "image")
        return "submit" if kind == "image" else kind

    def _crowd_type(self, tag: str, attrs: dict[str, str]) -> str:
        """The type of HTML's control that a crowd element stands for; its own name where there is none."""
        if tag == "crowd-input":
            return attrs.get("type", "").strip().lower() or "text"
        if tag == "crowd-button":
            submits = attrs.get("form-action", "").strip().lower() == "submit"
            return "submit" if submits else "button"
        if tag not in _CROWD_TYPES and tag not in _CROWD_FRAME and "name" in attrs:
            self.undrawn[tag] = None
        return _CROWD_TYPES.get(tag, tag)

    def _add_control(self, tag: str, kind: str, attrs: dict[str, str]) -> None:
        name = attrs.get("name", "") or (self._group.get("name", "") if tag == "crowd-radio-button" else "")
        ignored = kind in _NO_ANSWER or (kind == "hidden" and name in VENDOR_NAMES)
        around = next((t for t in reversed(self._open) if t.tag == "label" and not t.target), None)
        if tag in _OWN_LABEL or tag in ("button", "crowd-button"):
            around = _Text(tag)
            self._open.append(around)
        control = _Control(
            name=name,
            type=kind,
            value=attrs.get("value", "on" if kind in ("radio", "checkbox") else ""),
            id=attrs.get("id", ""),
            label=next((attrs[a] for a in _LABELS if attrs.get(a)), ""),
            around=around,
            legend=self._legends[-1] if self._legends else None,
            required="required" in attrs
            or (tag == "crowd-radio-button" and "required" in self._group)
            or tag in ("crowd-classifier", "crowd-image-classifier"),
            multiple="multiple" in attrs or tag.endswith("-multi-select"),
            in_form=self._forms > 0 or "form" in attrs,
            limits=_limits(attrs),
            is_option=kind in ("radio", "checkbox", "submit") and "classifier" not in tag,
        )
        if "categories" in attrs:
            control.choices = [(category, category) for category in _categories(attrs["categories"])]
        if tag == "select":
            self._select = control
        elif tag == "textarea":
            self._muted = True
        if name and not ignored:
            self.controls.append(control)
            self.varies |= any("${" in value for value in attrs.values())

    def fields(self, controls: Iterable[_Control]) -> tuple[Field, ...]:
        by_name: dict[str, list[_Control]] = {}
        for control in controls:
            by_name.setdefault(control.name, []).append(control)
        return tuple(self._field(name, same) for name, same in by_name.items())

    def _field(self, name: str, controls: list[_Control]) -> Field:
        shown = [c for c in controls if c.type != "hidden"] or controls
        first = shown[0]
        # Where each option has its own label, the question is the legend.
        is_group = first.is_option
        legend = str(first.legend or "") if is_group else ""
        options: list[Option] = []
        for control in shown:
            if control.choices:
                for value, text in control.choices:
                    options.append(Option(str(text) if value is None else value, str(text)))
            elif control.is_option:
                options.append(Option(control.value, self._label(control) or control.value))
        if first.type == "select" and len(options) > 1:
            options = [option for option in options if option.value]  # "please choose" is no answer
        alike = all(c.type == first.type for c in controls)
        one_answer = first.type in ("radio", "submit") and alike and not any(c.multiple for c in controls)
        return Field(
            name=name,
            type=first.type,
            options=tuple(dict.fromkeys(options)),
            required=any(c.required for c in shown),
            multiple=any(c.multiple for c in controls) or (len(controls) > 1 and not one_answer),
            label=legend or ("" if is_group and len(shown) > 1 else self._label(first)),
            limits=first.limits,
        )

    def _label(self, control: _Control) -> str:
        text = self._label_of.get(control.id) if control.id else None
        return str(text or "") or str(control.around or "") or control.label


def _limits(attrs: dict[str, str]) -> dict[str, str]:
    found = {limit: attrs[name] for name, limit in _LIMITS.items() if attrs.get(name)}
    if not found.get("maxbytes", "0").isdecimal():
        del found["maxbytes"]
    return found


def _categories(text: str) -> list[str]:
    """The categories of a crowd classifier: a list in JSON or in single quotes."""
    try:
        found = ast.literal_eval(text.strip()[:20_000])
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return []
    return [str(category) for category in found] if isinstance(found, list | tuple) else []
