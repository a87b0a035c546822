"""A form as Prolific's AI Task Builder shows it: what of it cannot be shown, its layout, its answers read.

Prolific asks in its own page, so only what that page can ask and check is taken: a form whose rules would be
silently dropped there is refused with a sentence that names them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final

from crowddesk.blueprints.form_model import Form, FormField, as_decimal
from crowddesk.blueprints.form_page import hint_of
from crowddesk.blueprints.form_text import COLUMN, Rich, plain, put
from crowddesk.domain import BadInput
from crowddesk.language import say

#: The column of a dataset that holds which assignment a row is. Participants do not see it.
MARK_FIELD: Final = "crowddesk_assignment"
_MOST_COLUMNS: Final = 200
_LONGEST_KEY: Final = 128
_LONGEST_LABEL: Final = 255
_STEPS: Final = "<p>Look at what is shown, then answer each question.</p>"
#: What stands for a column in a text that Prolific shows alike for every item.
_GAP: Final = "…"
_INSTRUCTIONS: Final = frozenset(
    {
        "free_text", "free_text_with_unit", "multiple_choice", "multiple_choice_with_free_text",
        "file_upload",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Batch:
    """A form as the vendor takes it.

    `schema` is the dataset's, `shown` the text of each of its columns with the item's columns still in it.
    `asked` are the form's fields with the type of their instruction, in the order in which they are asked.
    """

    task_details: dict[str, str]
    batch_items: list[dict[str, Any]]
    schema: dict[str, Any]
    shown: dict[str, str]
    asked: tuple[tuple[str, str], ...]

    def record(self, mark: str, values: Mapping[str, str]) -> dict[str, str]:
        """One row of the dataset: the item filled in, and the mark that says whose row it is."""
        return {MARK_FIELD: mark, **{key: put(text, values) for key, text in self.shown.items()}}

    def fields_of(self, stored: object) -> dict[str, str]:
        """Which field each instruction asks, by the ids that the vendor gave the layout it stored.

        Raises BadInput when that layout is not this one.
        """
        found = list(_instructions(stored))
        if [kind for _, kind in found] != [kind for _, kind in self.asked] or not all(i for i, _ in found):
            raise BadInput(say("Prolific stored another layout of the task than it was sent."))
        fields = {id_: name for (id_, _), (name, _) in zip(found, self.asked, strict=True)}
        if len(fields) < len(found):
            raise BadInput(say("Prolific gave two questions of the task the same id."))
        return fields


def faults_of(form: Form) -> list[str]:
    """What of a form Prolific's page cannot show, ask or check, a few words each."""
    faults = [fault for field in form.fields for fault in _faults(field)]
    if not faults and (count := len(batch_of(form).schema["fields"])) > _MOST_COLUMNS:
        faults.append(
            say(
                "its texts need {count} columns of data, and {most} are possible",
                count=count,
                most=_MOST_COLUMNS,
            )
        )
    return faults


def item_fault(form: Form, values: Mapping[str, str]) -> str:
    """Why Prolific cannot show one item; "" if it can."""
    for field in form.fields:
        if field.type == "show_image" and not (src := put(field.src, values).strip()).startswith("https://"):
            return say(
                "{title}: {src!r} is no https:// address, and Prolific shows no other picture.",
                title=field.title,
                src=src[:60],
            )
    return ""


def batch_of(form: Form) -> Batch:
    """The layout of a form: one page, a row a field. Only for a form without `faults_of`."""
    page = _Page()
    introduction = _html(form.intro)
    if COLUMN.search(form.title):
        page.tell_text(form.title)
    if any(_varies(runs) for runs in form.intro):
        introduction = ""
        page.tell(form.intro)
    page.end_row()
    for field in form.fields:
        page.add(field)
        page.end_row()
    title = _still(form.title)
    details = {
        "task_name": title,
        "task_introduction": introduction or f"<p>{escape(title)}</p>",
        "task_steps": _STEPS,
    }
    schema = {"strict": False, "fields": page.columns}
    return Batch(details, [{"rows": page.rows}], schema, page.shown, tuple(page.asked))


def submission_of(form: Form, answers: Mapping[str, list[Any]]) -> dict[str, Any]:
    """What the form's own page would have sent for these answers: texts, and a list for several choices."""
    sent: dict[str, Any] = {}
    for field in form.fields:
        if not field.asks or field.name not in answers:
            continue
        values = [_as_sent(value) for value in answers[field.name]]
        sent[field.name] = values if field.type == "multiple" or len(values) > 1 else "".join(values)
    return sent


def _as_sent(value: Any) -> str:
    """The vendor may answer with a number or a truth value; a page sends texts."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _instructions(stored: object) -> Iterator[tuple[str, str]]:
    """The id and type of every question in a layout, in order; whatever is no layout has none."""
    if isinstance(stored, list):
        for part in stored:
            yield from _instructions(part)
    elif isinstance(stored, dict):
        kind = stored.get("type")
        if isinstance(kind, str) and kind in _INSTRUCTIONS:
            yield str(stored.get("id") or ""), kind
        else:
            for name in ("rows", "columns", "items"):
                yield from _instructions(stored.get(name))


# ------------------------------------------------------------------------------------- what cannot be shown


def _faults(field: FormField) -> Iterator[str]:
    name = field.name or say("line {line}", line=field.line)
    if field.show_if:
        yield say("{name} is shown only after certain answers", name=name)
    match field.type:
        case "show_audio" | "show_video":
            if field.type == "show_audio":
                yield say("{name} is a recording", name=name)
            else:
                yield say("{name} is a film", name=name)
        case "show_image" if not COLUMN.match(field.src) and not field.src.startswith("https://"):
            yield say("{name} is a picture without an https:// address", name=name)
        case "date":
            yield say("{name} is a date", name=name)
        case "file":
            yield say("{name} asks for a file", name=name)
        case "number" if field.step:
            yield say("{name} takes only numbers in steps of {step}", name=name, step=field.step)
        case "text" if field.pattern:
            yield say("{name} takes only texts of a pattern", name=name)
        case "single" | "multiple":
            yield from _choice_faults(name, field)
        case "scale" if COLUMN.search(field.scale.low_label + field.scale.high_label):
            yield say("the ends of {name} are named by columns", name=name)


def _choice_faults(name: str, field: FormField) -> Iterator[str]:
    if field.other:
        yield say("{name} has room for words of one's own ({other})", name=name, other=field.other)
    if any(COLUMN.search(option.value + option.label) for option in field.options):
        yield say("the options of {name} come from columns", name=name)
    if field.type == "multiple" and field.least and int(field.least) > 1:
        yield say("{name} asks for at least {least} choices", name=name, least=field.least)


# ---------------------------------------------------------------------------------------------- the layout


class _Page:
    """Builds one page from top to bottom, and the dataset's columns that it needs."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.columns: dict[str, dict[str, str]] = {MARK_FIELD: {"type": "metadata"}}
        self.shown: dict[str, str] = {}
        self.asked: list[tuple[str, str]] = []
        self._items: list[dict[str, Any]] = []

    def end_row(self) -> None:
        if self._items:
            self.rows.append({"columns": [{"items": self._items}]})
            self._items = []

    def add(self, field: FormField) -> None:
        match field.type:
            case "show_text":
                self._tell_shown(field)
            case "show_image":
                self._picture(field)
            case _:
                self._ask(field)

    def tell(self, rich: Rich) -> None:
        """Paragraphs: those with columns as data, those without as they are, in their order."""
        still: list[Any] = []
        for runs in rich:
            if not _varies(runs):
                still.append(runs)
                continue
            self._tell_still(tuple(still))
            still = []
            self._show("text", _with_addresses(runs))
        self._tell_still(tuple(still))

    def tell_text(self, text: str) -> None:
        if COLUMN.search(text):
            self._show("text", text)
        elif text:
            self._items.append({"type": "rich_text", "content": f"<p>{escape(text)}</p>"})

    def _tell_still(self, rich: Rich) -> None:
        if rich:
            self._items.append({"type": "rich_text", "content": _html(rich)})

    def _show(self, kind: str, text: str, label: str = "") -> None:
        """A column of the dataset. Prolific may show its name, so it is called as the user's column is."""
        only = COLUMN.fullmatch(text.strip())
        base = only[1].strip()[: _LONGEST_KEY - 8] if only else "text"
        key, number = base, 1
        while key in self.columns:
            number += 1
            key = f"{base} {number}"
        self.columns[key] = {"type": kind, **({"label": label} if label else {})}
        self.shown[key] = text
        self._items.append({"type": "dataset_field", "field": key})

    def _tell_shown(self, field: FormField) -> None:
        is_label = 0 < len(field.label) <= _LONGEST_LABEL and not COLUMN.search(field.label)
        whole = len(field.text) == 1 and _varies(field.text[0])
        if whole and is_label and not field.help:
            self._show("text", _with_addresses(field.text[0]), field.label)
            return
        self._caption(field)
        self.tell(field.text)

    def _picture(self, field: FormField) -> None:
        words = _still(plain(field.text) or field.label)
        if COLUMN.search(field.src):
            label = _still(field.label) or words
            self.tell_text(field.help)
            self._show("image_url", field.src, label[:_LONGEST_LABEL])
            return
        self._caption(field)
        self._items.append({"type": "image", "url": field.src, "alt_text": words or "Picture"})

    def _caption(self, field: FormField) -> None:
        if field.label and not COLUMN.search(field.label):
            content = f"<p><strong>{escape(field.label)}</strong></p>"
            self._items.append({"type": "rich_text", "content": content})
        else:
            self.tell_text(field.label)
        self.tell_text(field.help)

    def _ask(self, field: FormField) -> None:
        helper = [text for text in (field.help, hint_of(field)) if text]
        if COLUMN.search(field.label):
            self.tell_text(field.label)
        for text in helper.copy():
            if COLUMN.search(text):
                self.tell_text(text)
                helper.remove(text)
        optional = "" if field.required else " (optional)"
        item = {"description": f"{_question(field.label)}{optional}", **_instruction(field)}
        if helper:
            item["helper_text"] = " ".join(helper)
        self._items.append(item)
        self.asked.append((field.name, item["type"]))


def _instruction(field: FormField) -> dict[str, Any]:
    match field.type:
        case "text" | "long_text":
            least = field.least or ("1" if field.required else "")
            return {"type": "free_text", **_validation("string", least, field.most)}
        case "number":
            return {
                "type": "free_text",
                "validation": _validation("number", field.least, field.most).get(
                    "validation", {"type": "number"}
                ),
            }
        case "scale":
            options = list(_steps(field))
            limit = 1
        case _:
            options = [{"label": option.label, "value": option.value} for option in field.options]
            limit = 1 if field.type == "single" else int(field.most or -1)
    return {"type": "multiple_choice", "answer_limit": limit, "disable_dropdown": True, "options": options}


def _steps(field: FormField) -> Iterator[dict[str, str]]:
    scale = field.scale
    ends = {scale.low: scale.low_label, scale.high: scale.high_label}
    for number in range(scale.low, scale.high + 1):
        words = ends.get(number, "")
        yield {"label": f"{number}: {words}" if words else str(number), "value": str(number)}


def _validation(kind: str, least: str, most: str) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for name, text in (("min", least), ("max", most)):
        if (number := as_decimal(text)) is not None:
            limits[name] = int(number) if number == number.to_integral_value() else float(number)
    return {"validation": {"type": kind, **limits}} if limits else {}


# --------------------------------------------------------------------------------------------------- texts


def _varies(runs: Iterable[Any]) -> bool:
    return any(COLUMN.search(run.text) or COLUMN.search(run.address) for run in runs)


def _with_addresses(runs: Iterable[Any]) -> str:
    """A paragraph as text; data is shown without links, so an address stands after its words."""
    return "".join(f"{run.text} ({run.address})" if run.address else run.text for run in runs)


def _still(text: str) -> str:
    return COLUMN.sub(_GAP, text)


def _question(label: str) -> str:
    """A question that is alike for every item. One that is all column stands above it as data."""
    still = _still(label)
    return still if re.search(r"\w", still) else "Your answer"


def _html(rich: Rich) -> str:
    paragraphs = []
    for runs in rich:
        words = []
        for run in (replace(run, text=escape(run.text).replace("\n", "<br>")) for run in runs):
            text = f"<strong>{run.text}</strong>" if run.bold else run.text
            text = f"<em>{text}</em>" if run.italic else text
            words.append(f'<a href="{escape(run.address)}">{text}</a>' if run.address else text)
        paragraphs.append(f"<p>{''.join(words)}</p>")
    return "".join(paragraphs)
