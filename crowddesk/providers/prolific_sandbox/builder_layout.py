"""The layout of a batch in the sandbox: checked as the vendor documents it; what may be answered to it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from crowddesk.blueprints.base import Field, Option
from crowddesk.providers.prolific_sandbox.wire import Refusal, invalid

CHOICES: Final = frozenset({"multiple_choice", "multiple_choice_with_free_text"})
INSTRUCTIONS: Final = frozenset({*CHOICES, "free_text", "free_text_with_unit", "file_upload"})
FIELD_TYPES: Final = frozenset({"text", "image_url", "metadata", "task_group_id"})
SHOWN_TYPES: Final = frozenset({"text", "image_url"})
_TYPES: Final = INSTRUCTIONS | {"dataset_field", "image", "rich_text"}
_MOST_FIELDS: Final = 200
_LONGEST_KEY: Final = 128
_LONGEST_LABEL: Final = 255

Json = dict[str, Any]


class WrongLayout(Exception):
    """A layout that is refused; `body` is the vendor's list of what is wrong and where."""

    def __init__(self, issues: Sequence[Json]) -> None:
        super().__init__("wrong layout")
        self.body = {
            "type": "INVALID_BATCH_ITEMS",
            "message": "Some batch items are not valid.",
            "issues": list(issues),
        }


def check_schema(schema: Any) -> Json:
    """A data set's schema; Refusal says what is wrong with it."""
    if not isinstance(schema, dict) or not isinstance(schema.get("strict"), bool):
        raise invalid({"schema": "It needs strict, which is true or false, and fields."})
    fields = schema.get("fields")
    if not isinstance(fields, dict) or not 0 < len(fields) <= _MOST_FIELDS:
        raise invalid({"schema": f"It needs 1 to {_MOST_FIELDS} fields."})
    for key, about in fields.items():
        if not 0 < len(key) <= _LONGEST_KEY:
            raise invalid({"schema": f"A field's key has 1 to {_LONGEST_KEY} characters."})
        if not isinstance(about, dict) or about.get("type") not in FIELD_TYPES:
            raise invalid({"schema": f"{key}: its type is none of {', '.join(sorted(FIELD_TYPES))}."})
        label = about.get("label", "")
        if not isinstance(label, str) or len(label) > _LONGEST_LABEL:
            raise invalid({"schema": f"{key}: its label has more than {_LONGEST_LABEL} characters."})
    if [about["type"] for about in fields.values()].count("task_group_id") > 1:
        raise invalid({"schema": "At most one field may be a task_group_id."})
    return schema


def record_fault(schema: Json, record: Any) -> tuple[str, str] | None:
    """The field and the reason why a record is rejected, None when it is taken."""
    if not isinstance(record, dict):
        return "_raw", "The line is no JSON object."
    for key, about in schema["fields"].items():
        if key not in record or record[key] is None:
            if schema["strict"]:
                return key, "The field is missing."
            continue
        value = record[key]
        if isinstance(value, dict | list):
            return key, "The value is no text, number or truth value."
        if about["type"] == "image_url" and not str(value).startswith(("https://", "http://")):
            return key, "The value is no URL."
    return None


def check_items(pages: Any, schema: Json | None, new_id: Callable[[], str]) -> list[Json]:
    """The layout with an id for each part. Raises Refusal for another shape, WrongLayout for wrong items."""
    if not isinstance(pages, list) or not pages:
        raise invalid({"batch_items": "It must be a list of pages."})
    issues: list[Json] = []
    checked = [_page(number, page, schema, issues, new_id) for number, page in enumerate(pages)]
    if issues:
        raise WrongLayout(issues)
    if not any(True for _ in instructions(checked)):
        raise invalid({"batch_items": "There is no instruction in it."})
    return checked


def _page(number: int, page: Any, schema: Json | None, issues: list[Json], new_id: Callable[[], str]) -> Json:
    seen: set[str] = set()
    rows = []
    for r, row in enumerate(_parts(page, "rows")):
        columns = _parts(row, "columns")
        if len(columns) > 2:
            raise invalid({"batch_items": "A row has 1 or 2 columns."})
        made = []
        for c, column in enumerate(columns):
            items = []
            for i, item in enumerate(_parts(column, "items")):
                kind = item.get("type") if isinstance(item, dict) else None
                if not isinstance(kind, str) or kind not in _TYPES:
                    raise invalid({"batch_items": f"{kind!r} is no type of an item."})
                if fault := _item_fault(item, kind, schema, seen):
                    field = {"field": str(item.get("field"))} if kind == "dataset_field" else {}
                    where = {"page": number, "row": r, "column": c, "item": i}
                    issues.append({**where, "type": kind, "message": fault, **field})
                named = {} if kind == "dataset_field" else {"id": _id(item, new_id)}
                items.append({**item, **named})
            made.append({"id": _id(column, new_id), "items": items})
        rows.append({"id": _id(row, new_id), "columns": made})
    return {"id": _id(page, new_id), "rows": rows}


def _parts(whole: Any, name: str) -> list[Any]:
    parts = whole.get(name) if isinstance(whole, dict) else None
    if not isinstance(parts, list) or not parts:
        raise invalid({"batch_items": f"{name} must be a list that is not empty."})
    return parts


def _id(part: Mapping[str, Any], new_id: Callable[[], str]) -> str:
    return str(part.get("id") or new_id())


def _item_fault(item: Json, kind: str, schema: Json | None, seen: set[str]) -> str:
    if kind == "dataset_field":
        name = item.get("field")
        if schema is None:
            return "No data set with a schema is attached."
        if not isinstance(name, str) or name not in schema["fields"]:
            return "The data set has no such field."
        if schema["fields"][name]["type"] not in SHOWN_TYPES:
            return "Only fields of the types text and image_url can be shown."
        if name in seen:
            return "The field is referenced more than once on this page."
        seen.add(name)
        return ""
    for name in {"image": ("url", "alt_text"), "rich_text": ("content",)}.get(kind, ("description",)):
        if not isinstance(item.get(name), str) or not item[name].strip():
            return f"{name} is required."
    if kind == "image" and not item["url"].startswith("https://"):
        return "The URL must be HTTPS."
    if kind in CHOICES:
        return _choice_fault(item, kind)
    if kind == "free_text":
        return _rule_fault(item.get("validation"))
    if kind == "free_text_with_unit":
        return _unit_fault(item)
    if kind == "file_upload":
        return _upload_fault(item)
    return ""


def _choice_fault(item: Json, kind: str) -> str:
    options, limit = item.get("options"), item.get("answer_limit")
    if not isinstance(options, list) or not options:
        return "options are required."
    if not isinstance(limit, int) or isinstance(limit, bool) or not (limit == -1 or limit >= 1):
        return "answer_limit must be -1 or 1 and more."
    if limit > len(options):
        return "answer_limit is larger than the number of options."
    for option in options:
        if not isinstance(option, dict) or not isinstance(option.get("label"), str) or "value" not in option:
            return "An option needs label and value."
        if kind == "multiple_choice_with_free_text" and not isinstance(option.get("heading"), str):
            return "An option needs a heading."
    exclusive = [bool(option.get("exclusive")) for option in options]
    if any(exclusive) and (limit == 1 or all(exclusive)):
        return "exclusive is not allowed here."
    return ""


def _unit_fault(item: Json) -> str:
    units = item.get("unit_options")
    if not isinstance(units, list) or not units:
        return "unit_options are required."
    if item.get("unit_position") not in ("prefix", "suffix"):
        return "unit_position must be prefix or suffix."
    default = item.get("default_unit")
    if default is not None and default not in [u.get("value") for u in units if isinstance(u, dict)]:
        return "default_unit does not match unit_options."
    return ""


def _upload_fault(item: Json) -> str:
    least, most = item.get("min_file_count", 1), item.get("max_file_count", 10)
    if not all(isinstance(n, int) and n >= 1 for n in (least, most)) or least > most:
        return "min_file_count is greater than max_file_count."
    if not all(isinstance(t, str) and t.startswith(".") for t in item.get("accepted_file_types", [])):
        return "Each file type must start with a dot."
    return ""


def _rule_fault(rule: Any) -> str:
    if rule is None:
        return ""
    if not isinstance(rule, dict) or rule.get("type") not in ("number", "string"):
        return "validation needs the type number or string."
    least, most = rule.get("min"), rule.get("max")
    for end in (least, most):
        is_number = isinstance(end, int | float) and not isinstance(end, bool)
        if end is not None and (not is_number or (rule["type"] == "string" and (end < 0 or end != int(end)))):
            return "min and max must be numbers, of characters whole ones."
    if least is not None and most is not None and least > most:
        return "min is greater than max."
    return ""


# -------------------------------------------------------------------------------------------- in work


def items_of(pages: Sequence[Json]) -> Iterator[Json]:
    """Everything on the pages, in order."""
    for page in pages:
        for row in page["rows"]:
            for column in row["columns"]:
                yield from column["items"]


def instructions(pages: Sequence[Json]) -> Iterator[Json]:
    """The questions on the pages, in order."""
    return (item for item in items_of(pages) if item["type"] in INSTRUCTIONS)


def as_field(question: Json) -> Field:
    """A question as the rest of the program knows questions, named by its id."""
    kind = question["type"]
    options = tuple(Option(str(o["value"]), o["label"]) for o in question.get("options", ()))
    limits: dict[str, str] = {}
    if kind in CHOICES:
        widget = "radio" if question["answer_limit"] == 1 else "checkbox"
    else:
        rule = question.get("validation") or {}
        widget = "file" if kind == "file_upload" else "number" if rule.get("type") == "number" else "textarea"
        names = ("min", "max") if widget == "number" else ("minlength", "maxlength")
        ends = zip(names, (rule.get("min"), rule.get("max")), strict=True)
        limits = {name: f"{end:g}" for name, end in ends if end is not None}
    return Field(
        name=question["id"],
        type=widget,
        options=options,
        required=True,
        multiple=widget == "checkbox",
        label=question["description"],
        limits=limits,
    )


def read_values(question: Json, sent: Any) -> list[Json]:
    """A participant's answer as the vendor keeps it; Refusal when its page would not take it."""
    values = sent if isinstance(sent, list) else [sent]
    values = [value for value in values if value not in (None, "")]
    kind = question["type"]
    if not values:
        raise _no(question, "An answer is required.")
    if kind in CHOICES:
        return [{"value": value} for value in _chosen(question, values)]
    if kind == "free_text":
        _check_text(question.get("validation") or {}, str(values[0]), question)
        return [{"value": str(values[0])}]
    if kind == "free_text_with_unit":
        units = {str(unit["value"]): unit for unit in question["unit_options"]}
        unit = str(values[1]) if len(values) > 1 else str(question.get("default_unit", ""))
        if unit not in units:
            raise _no(question, "A unit is required.")
        _check_text(units[unit].get("validation") or {}, str(values[0]), question)
        return [{"value": str(values[0])}, {"value": units[unit]["value"]}]
    least, most = question.get("min_file_count", 1), question.get("max_file_count", 10)
    if not least <= len(values) <= most:
        raise _no(question, f"{least} to {most} files are asked for.")
    return [{"value": str(value)} for value in values]


def _chosen(question: Json, values: list[Any]) -> list[Any]:
    options = {str(option["value"]): option for option in question["options"]}
    words = []
    if question["type"] == "multiple_choice_with_free_text":
        words = [str(value) for value in values if str(value) not in options]
    chosen = [options.get(str(value)) for value in values if str(value) not in words]
    found = [option for option in chosen if option is not None]
    if len(found) < len(chosen) or not found:
        raise _no(question, "That is none of the options.")
    limit = question["answer_limit"]
    if len(found) > (len(options) if limit == -1 else limit):
        raise _no(question, f"At most {limit} can be selected.")
    if len(found) > 1 and any(option.get("exclusive") for option in found):
        raise _no(question, "One of these cannot be selected with others.")
    return [option["value"] for option in found] + words


def _check_text(rule: Mapping[str, Any], text: str, question: Json) -> None:
    measure: float = len(text)
    if rule.get("type") == "number":
        try:
            measure = float(text)
        except ValueError:
            raise _no(question, "A number is asked for.") from None
    least, most = rule.get("min"), rule.get("max")
    if (
        not math.isfinite(measure)
        or (least is not None and measure < least)
        or (most is not None and measure > most)
    ):
        raise _no(question, "It is outside of what is asked for.")


def _no(question: Json, sentence: str) -> Refusal:
    return invalid({question["id"]: f"{question['description']}: {sentence}"})
