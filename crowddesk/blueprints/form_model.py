"""What a form consists of, and how one is filled with an item's columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import date
from decimal import Decimal
from typing import Final

from crowddesk.blueprints.base import Option
from crowddesk.blueprints.form_text import Rich, fill_rich, link_fault, put, source_fault
from crowddesk.language import say

SHOWN: Final = ("show_text", "show_image", "show_audio", "show_video")
CHOICES: Final = ("single", "multiple")
TYPES: Final = ("text", "long_text", "number", "date", *CHOICES, "scale", "file", *SHOWN)
#: The answer that opens the free text of `other`, which is sent as `<name>_other`.
OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole numbers from `low` to `high`, and what the ends mean."""

    low: int
    high: int
    low_label: str = ""
    high_label: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Another field has one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form, or something shown between them (`type` is one of SHOWN, the name may be "").

    `least` and `most` are numbers, ISO dates, lengths in characters or counts of chosen options, by type.
    `other` is the label of the free text option, "" where there is none. `accept` are endings and media
    types, `max_bytes` bounds a file (None: the server's bound). `text` is a shown text, the words for a
    picture, or what is said in a recording.
    """

    name: str
    type: str
    line: int
    label: str = ""
    help: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    other: str = ""
    least: str = ""
    most: str = ""
    step: str = ""
    pattern: str = ""
    pattern_help: str = ""
    scale: Scale = Scale(1, 5)
    accept: tuple[str, ...] = ()
    max_bytes: int | None = None
    show_if: tuple[Condition, ...] = ()
    src: str = ""
    text: Rich = ()
    rows: int = 4

    @property
    def asks(self) -> bool:
        """Whether it is answered, not only shown."""
        return self.type not in SHOWN

    @property
    def title(self) -> str:
        """What messages call it."""
        return self.label or self.name or self.type


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form. `columns` are those that its texts name, each with the line where it first does."""

    title: str
    fields: tuple[FormField, ...]
    intro: Rich = ()
    submit: str = "Submit"
    language: str = "en"
    columns: Mapping[str, int] = dataclass_field(default_factory=dict)

    def fill(self, values: Mapping[str, str]) -> Form:
        """The form for one item: columns replaced by what they hold, as text."""
        return replace(
            self,
            title=put(self.title, values),
            submit=put(self.submit, values),
            intro=fill_rich(self.intro, values),
            fields=tuple(_filled(field, values) for field in self.fields),
        )

    def item_faults(self) -> Iterator[str]:
        """What is wrong with a filled form because of its item: addresses and options."""
        for run in (run for runs in self.intro for run in runs if run.address):
            if fault := link_fault(run.address):
                yield fault
        for field in self.fields:
            name = field.name or say("line {line}", line=field.line)
            if field.src and (fault := source_fault(field.type, field.src.strip())):
                yield f"{name}: {fault}"
            for run in (run for runs in field.text for run in runs if run.address):
                if fault := link_fault(run.address):
                    yield f"{name}: {fault}"
            if fault := option_fault([option.value for option in field.options]):
                yield f"{name}: {fault}"


def _filled(field: FormField, values: Mapping[str, str]) -> FormField:
    return replace(
        field,
        label=put(field.label, values),
        help=put(field.help, values),
        other=put(field.other, values),
        pattern_help=put(field.pattern_help, values),
        src=put(field.src, values).strip(),
        text=fill_rich(field.text, values),
        options=tuple(Option(put(o.value, values), put(o.label, values)) for o in field.options),
        scale=replace(
            field.scale,
            low_label=put(field.scale.low_label, values),
            high_label=put(field.scale.high_label, values),
        ),
        show_if=tuple(Condition(c.field, tuple(put(v, values) for v in c.values)) for c in field.show_if),
    )


def option_fault(values: list[str]) -> str:
    """What is wrong with the values of options, "" if nothing."""
    if any(not value.strip() for value in values):
        return say("an option is empty.")
    twice = next((value for value in values if values.count(value) > 1), None)
    return say("the option {twice!r} is there twice.", twice=twice) if twice is not None else ""


def as_date(text: str) -> str | None:
    """The same if it is a date as an answer has it."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        date.fromisoformat(text)
    except ValueError:
        return None
    return text


def as_decimal(text: str) -> Decimal | None:
    """The number in a text such as -1.50, None if it is none."""
    if not re.fullmatch(r"[+-]?([0-9]{1,30}(\.[0-9]{1,30})?|\.[0-9]{1,30})", text):
        return None
    return Decimal(text)
