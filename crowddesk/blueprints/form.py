"""The blueprint for pages written as a YAML list of fields, with an item's columns in their texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Final

from omegaconf import MISSING

from crowddesk.blueprints.base import Blueprint, BlueprintArgs, Field, Option
from crowddesk.blueprints.data_files import Checked, Problems, read_table
from crowddesk.blueprints.form_answer import NOTED, check_answer, read_answer, read_submission
from crowddesk.blueprints.form_file import read_form
from crowddesk.blueprints.form_model import OTHER, Form, FormField
from crowddesk.blueprints.form_page import page_of
from crowddesk.blueprints.form_text import Rich
from crowddesk.blueprints.text_files import nearest, no_column, read_text
from crowddesk.domain import BadInput
from crowddesk.language import say

_FILE_LIMIT: Final = 2**20
_KEPT_NAME: Final = "form.yaml"
_TYPES: Final = {
    "long_text": "textarea",
    "single": "radio",
    "multiple": "checkbox",
    "scale": "range",
}


@dataclass
class FormArgs(BlueprintArgs):
    """`form` is the YAML file of the fields."""

    _blueprint_type: str = "form"
    form: str = field(default=MISSING, metadata={"path": True})


class FormBlueprint(Blueprint):
    """A list of fields, one row of data, one page."""

    BLUEPRINT_TYPE: ClassVar[str] = "form"
    ArgsClass: ClassVar[type[BlueprintArgs]] = FormArgs
    args: FormArgs

    _form: Form | None = None

    @property
    def form_path(self) -> Path:
        return self.folder / self.args.form

    @property
    def form(self) -> Form:
        """The form, read when it is first needed; raises BadInput with the line of the first fault."""
        if self._form is None:
            text = read_text(self.form_path, _FILE_LIMIT)
            form, problems = _form_of(text, self.form_path.name)
            problems.raise_errors()
            assert form is not None
            self._form = form
        return self._form

    def needed_columns(self) -> tuple[str, ...]:
        return tuple(self.form.columns)

    def check_own(self, problems: Problems) -> None:
        try:
            text = read_text(self.form_path, _FILE_LIMIT)
        except BadInput as error:
            problems.add("form", str(error))
            return
        problems.extend(_form_of(text, self.form_path.name)[1])

    def check_columns(self, columns: tuple[str, ...], file: str, problems: Problems) -> None:
        for name, line in self.form.columns.items():
            if name not in columns:
                near = nearest(name, columns)
                place = say("{name}, line {line}", name=self.form_path.name, line=line)
                problems.add(place, no_column(f"{{{{{name}}}}}", f"{{{{{near}}}}}" if near else "", file))

    def check(self, path: Path | None = None, progress: Callable[[int], None] | None = None) -> Checked:
        checked = super().check(path, progress)
        if checked.columns and not checked.problems.errors:
            varying = self._varying_part()
            if varying.intro or varying.fields:
                self._check_items(varying, path or self.data_path, checked.problems, progress)
        return checked

    def _varying_part(self) -> Form:
        """The form without the fields that every item suits: no address and no option holds a column."""

        def varies(each: FormField) -> bool:
            values = (option.value for option in each.options)
            return any("{{" in text for text in (each.src, *values, *_addresses(each.text)))

        intro = self.form.intro if any("{{" in text for text in _addresses(self.form.intro)) else ()
        return replace(self.form, intro=intro, fields=tuple(filter(varies, self.form.fields)))

    def _check_items(
        self, form: Form, path: Path, problems: Problems, progress: Callable[[int], None] | None
    ) -> None:
        table = read_table(path, self.reading)
        for item in table:
            if progress is not None and item.row_number % 5_000 == 0:
                progress(item.row_number)
            for fault in form.fill(item.values).item_faults():
                problems.add(table.place(item.line), fault)

    def render(self, values: Mapping[str, str]) -> str:
        return page_of(self.form.fill(values))

    def fields(self, values: Mapping[str, str] | None = None) -> tuple[Field, ...]:
        form = self.form if values is None else self.form.fill(values)
        return tuple(asked for each in form.fields if each.asks for asked in _fields_of(each))

    def parse_submission(self, raw: Any) -> dict[str, Any]:
        """The answer by field name. What the page cannot have sent is kept as it came, and said under
        `_noted` in a list of sentences. Raises BadInput for what is no object of names and answers."""
        answer = read_answer(self.form, read_submission(raw))
        notes = check_answer(self.form, answer)
        return {**answer, NOTED: notes} if notes else answer

    def check_answer(self, answer: Mapping[str, Any], values: Mapping[str, str]) -> list[str]:
        """What the page of this item cannot have sent, a sentence each; options from columns count too."""
        return check_answer(self.form.fill(values), answer)

    def keep(self, folder: Path) -> dict[str, str]:
        text = read_text(self.form_path, _FILE_LIMIT)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _KEPT_NAME).write_text(text, encoding="utf-8", newline="")
        return {"form": _KEPT_NAME}


def _addresses(rich: Rich) -> list[str]:
    return [run.address for runs in rich for run in runs]


@lru_cache(maxsize=16)
def _form_of(text: str, name: str) -> tuple[Form | None, Problems]:
    problems = Problems()
    return read_form(text, name, problems), problems


def _fields_of(asked: FormField) -> list[Field]:
    """A field as the rest of the program knows it, and the text beside its free option."""
    limits: dict[str, str] = {}
    match asked.type:
        case "text" | "long_text":
            limits = {"minlength": asked.least, "maxlength": asked.most, "pattern": asked.pattern}
        case "number" | "date":
            limits = {"min": asked.least, "max": asked.most, "step": asked.step}
        case "scale":
            limits = {"min": str(asked.scale.low), "max": str(asked.scale.high), "step": "1"}
        case "file":
            size = "" if asked.max_bytes is None else str(asked.max_bytes)
            limits = {"accept": ",".join(asked.accept), "maxbytes": size}
    other = (Option(OTHER, asked.other),) if asked.other else ()
    found = Field(
        name=asked.name,
        type=_TYPES.get(asked.type, asked.type),
        options=asked.options + other,
        required=asked.required and not asked.show_if,
        multiple=asked.type == "multiple",
        label=asked.label,
        limits={name: limit for name, limit in limits.items() if limit},
    )
    words = Field(f"{asked.name}_{OTHER}", "text", label=f"{asked.label} ({asked.other})")
    return [found, words] if asked.other else [found]
