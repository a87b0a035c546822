"""The blueprint for pages of one HTML template and one row of data, as on MTurk, Turkle and Mephisto."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Final
from urllib.parse import parse_qsl

from omegaconf import MISSING

from crowddesk.blueprints.base import Blueprint, BlueprintArgs, Field, clean_sent
from crowddesk.blueprints.data_files import Problems, missing_column
from crowddesk.blueprints.html_form import VENDOR_NAMES
from crowddesk.blueprints.template import Template
from crowddesk.blueprints.text_files import nearest, no_column, read_text
from crowddesk.domain import BadInput
from crowddesk.language import mark, say

_TEMPLATE_LIMIT: Final = 4 * 2**20
_KEPT_NAME: Final = "template.html"
#: Under which a page of crowd elements sends everything, as JSON of a list of one object.
_CROWD_ANSWERS: Final = "taskAnswers"


@dataclass
class StaticHtmlArgs(BlueprintArgs):
    """`template` is the HTML file. `columns` names the data column of a placeholder where the two differ:
    `{name in the template: column}`. `escape` puts values in as text instead of as HTML."""

    _blueprint_type: str = "static_html"
    template: str = field(default=MISSING, metadata={"path": True})
    columns: dict[str, str] = field(default_factory=dict)
    escape: bool = field(default=False, metadata={"title": mark("Values are text, not HTML (escape them)")})


class StaticHtmlBlueprint(Blueprint):
    """One template, one row of data, one page."""

    BLUEPRINT_TYPE: ClassVar[str] = "static_html"
    ArgsClass: ClassVar[type[BlueprintArgs]] = StaticHtmlArgs
    args: StaticHtmlArgs

    @property
    def template_path(self) -> Path:
        return self.folder / self.args.template

    @property
    def template(self) -> Template:
        """The template, read when it is first needed; raises BadInput."""
        if self._template is None:
            self._template = _template_of(read_text(self.template_path, _TEMPLATE_LIMIT))
        return self._template

    _template: Template | None = None

    def needed_columns(self) -> tuple[str, ...]:
        named = (p.name for p in self.template.placeholders() if not p.in_script)
        return tuple(dict.fromkeys(self.args.columns.get(name, name) for name in named))

    def check_own(self, problems: Problems) -> None:
        name = self.template_path.name
        try:
            form = self.template.form
        except BadInput as error:
            problems.add("template", str(error))
            return
        if not form.fields:
            problems.add(
                name,
                say("its form has no field with a name, so a worker could not answer.")
                if form.has_form
                else say("it has no field with a name, so a worker could not answer."),
            )
        elif form.outside:
            names = ", ".join(form.outside[:5])
            problems.add(name, say("outside its form, and so never sent: {names}.", names=names), "warning")
        if form.undrawn:
            what = ", ".join(form.undrawn)
            problems.add(
                name, say("its {what} would be shown without a tool to answer with.", what=what), "warning"
            )
        if form.has_form and not form.can_submit:
            problems.add(
                name, say("its form has no submit button; a script would have to submit it."), "warning"
            )
        known = {p.name for p in self.template.placeholders()}
        for placeholder in self.args.columns:
            if placeholder not in known:
                near = nearest(placeholder, known)
                sign = f"${{{placeholder}}}"
                message = (
                    say("columns: it has no placeholder {sign}: did you mean {near!r}?", sign=sign, near=near)
                    if near
                    else say("columns: it has no placeholder {sign}.", sign=sign)
                )
                problems.add(name, message, "warning")

    def check_columns(self, columns: tuple[str, ...], file: str, problems: Problems) -> None:
        name = self.template_path.name
        for placeholder, column in self.args.columns.items():
            if column not in columns:
                problems.add(f"columns: {placeholder}", missing_column(file, column, columns))
        told: set[tuple[str, bool]] = set()
        for place in self.template.placeholders():
            known = place.name in columns or place.name in self.args.columns
            if known or (place.name, place.in_script) in told:
                continue
            told.add((place.name, place.in_script))
            near = nearest(place.name, columns)
            if place.in_script:
                message = say(
                    "${{{name}}} is no column of {file} and stays as it is, as script.",
                    name=place.name,
                    file=file,
                )
            else:
                message = no_column(f"${{{place.name}}}", f"${{{near}}}" if near else "", file)
            problems.add(
                say("{name}, line {line}", name=name, line=place.line),
                message,
                "warning" if place.in_script else "error",
            )

    def render(self, values: Mapping[str, str]) -> str:
        return self.template.render(self._by_placeholder(values), escape=self.args.escape)

    def fields(self, values: Mapping[str, str] | None = None) -> tuple[Field, ...]:
        if values is None:
            return self.template.form.fields
        return self.template.fields_for(self._by_placeholder(values), escape=self.args.escape)

    def _by_placeholder(self, values: Mapping[str, str]) -> Mapping[str, str]:
        if not self.args.columns:
            return values
        mapped = {name: values[column] for name, column in self.args.columns.items() if column in values}
        return {**values, **mapped}

    def parse_submission(self, raw: Any) -> dict[str, Any]:
        """The answer by field name, from form-encoded text, JSON, a mapping, pairs, or MTurk's list of one
        mapping, also where that is the text of a field `taskAnswers`. A name that is repeated, here or in the
        form, gives a list. A file is `{file, sha256, size, type}`, as it was uploaded; what else comes for a
        file field is kept as it came, such as the bare file name in an old result file. Raises BadInput."""
        known = {f.name: f for f in self.fields()}
        answer: dict[str, Any] = {}
        repeated: set[str] = set()
        try:
            pairs = [(n, _plain(clean_sent(value), known.get(n))) for n, value in _unfolded(raw, known)]
        except RecursionError:
            raise BadInput(say("The submission's lists or objects are nested too deeply.")) from None
        for name, value in pairs:
            if name not in answer:
                answer[name] = value
            elif name in repeated:
                answer[name].append(value)
            else:
                answer[name] = [answer[name], value]
                repeated.add(name)
        for name in VENDOR_NAMES - known.keys():
            answer.pop(name, None)
        for name, asked in known.items():
            if asked.multiple and name in answer and not isinstance(answer[name], list):
                answer[name] = [answer[name]]
        return answer

    def keep(self, folder: Path) -> dict[str, str]:
        text = self.template.text
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _KEPT_NAME).write_text(text, encoding="utf-8", newline="")
        return {"template": _KEPT_NAME}


@lru_cache(maxsize=16)
def _template_of(text: str) -> Template:
    return Template(text)


# ------------------------------------------------------------------------------------------- submissions


def _unfolded(raw: Any, known: Mapping[str, Field]) -> Iterator[tuple[str, Any]]:
    """The pairs of a submission; those that a page of crowd elements sent as one field in its place."""
    for name, value in _pairs(raw, known):
        inside = _crowd_answers(value) if name == _CROWD_ANSWERS and name not in known else None
        if inside is None:
            yield name, value
            continue
        for field_name, inner in inside:
            asked = known.get(field_name)
            # A file that was uploaded is named beside them, where it was checked whose it is.
            if asked is None or asked.type != "file" or isinstance(inner, str):
                yield field_name, inner


def _crowd_answers(value: Any) -> list[tuple[str, Any]] | None:
    """The names and values in what a crowd form sent; None when it is something else by that name."""
    try:
        found = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return None
    if not isinstance(found, list) or not all(isinstance(part, Mapping) for part in found):
        return None
    return [(clean_sent(str(name)), inner) for part in found for name, inner in part.items()]


def _pairs(raw: Any, known: Mapping[str, Field]) -> Iterator[tuple[str, Any]]:
    if isinstance(raw, bytes):
        raw = raw.decode("utf-8", "replace")
    if isinstance(raw, str):
        raw = _decoded(raw)
    if isinstance(raw, Mapping):
        for name, value in raw.items():
            yield clean_sent(str(name)), value
        return
    if not isinstance(raw, list | tuple):
        raise BadInput(say("The submission is no form and no JSON object."))
    # [{"name": ..., "value": ...}] are pairs, unless the form has fields of these very names.
    is_named = not {"name", "value"} <= known.keys() and all(
        isinstance(entry, Mapping) and entry.keys() == {"name", "value"} for entry in raw
    )
    for entry in raw:
        if is_named:
            yield clean_sent(str(entry["name"])), entry["value"]
        elif isinstance(entry, Mapping):
            yield from _pairs(entry, known)
        elif isinstance(entry, list | tuple) and len(entry) == 2 and isinstance(entry[0], str):
            yield clean_sent(entry[0]), entry[1]
        else:
            raise BadInput(say("The submission is a list, but not of names and values."))


def _decoded(text: str) -> Any:
    if text.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise BadInput(say("The submission begins like JSON, but is not.")) from None
    try:
        return parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), max_num_fields=10_000)
    except ValueError:
        raise BadInput(say("The submission is no form and no JSON object.")) from None


def _plain(value: Any, asked: Field | None) -> Any:
    """What crowd elements send, as a plain form would: {"label": x} is x, {"a": true, "b": false} is a."""
    if asked is None or not isinstance(value, Mapping) or not asked.options:
        return value
    if value.keys() == {"label"}:
        return value["label"]
    if value.keys() == {"labels"}:
        return value["labels"]
    if value and all(isinstance(chosen, bool) for chosen in value.values()):
        ticked = [name for name, chosen in value.items() if chosen]
        if asked.multiple:
            return ticked
        return ticked[0] if ticked else ""
    return value
