"""What a form's page sent: as an answer of proper types, and what in it the page cannot have sent.

Nothing is refused for being wrong: the work was done. What does not fit stays as it came, and is named.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from crowddesk.blueprints.base import clean_sent
from crowddesk.blueprints.form_model import OTHER, Form, FormField, as_date, as_decimal
from crowddesk.domain import BadInput
from crowddesk.language import say

#: Where in an answer the sentences about it stand; no field may be called so.
NOTED: Final = "_noted"
_MOST_NOTES: Final = 20
#: What may be lost between a decimal number and its float.
_ROUNDING: Final = Decimal("1e-9")
_QUICK_TEXT: Final = 300
_UNBOUNDED: Final = re.compile(r"(?<!\\)(?:[*+]|\{[0-9]*,\})")


def asked(form: Form, answer: Mapping[str, Any]) -> Iterator[FormField]:
    """The fields that are on the page, shown ones too, once these answers are given."""
    hidden: set[str] = set()
    for field in form.fields:
        if all(
            condition.field not in hidden and holds(condition.values, answer.get(condition.field))
            for condition in field.show_if
        ):
            yield field
        elif field.name:
            hidden |= {field.name, f"{field.name}_{OTHER}"}


def holds(values: tuple[str, ...], answer: Any) -> bool:
    """Whether an answer is one of these, or one of several chosen is. A value with a column is not known
    before the form is filled, and holds."""
    if any("{{" in value for value in values):
        return True
    if isinstance(answer, int | float):
        return any(
            as_decimal(_as_text(answer)) == number for number in map(as_decimal, values) if number is not None
        )
    return not {_as_text(one) for one in (answer if isinstance(answer, list) else [answer])}.isdisjoint(
        values
    )


def read_submission(raw: Any) -> dict[str, Any]:
    """Names and values out of a mapping, JSON text of one, or a list of one. Raises BadInput."""
    if isinstance(raw, bytes):
        raw = raw.decode("utf-8", "replace")
    if isinstance(raw, str):
        try:
            raw = json.loads(raw)
        except (ValueError, RecursionError):
            raise BadInput(say("The submission is no JSON object.")) from None
    if isinstance(raw, list | tuple) and len(raw) == 1:
        raw = raw[0]
    if not isinstance(raw, Mapping):
        raise BadInput(say("The submission is no JSON object of names and answers."))
    try:
        cleaned = clean_sent(raw)
    except RecursionError:
        raise BadInput(say("The submission's lists or objects are nested too deeply.")) from None
    assert isinstance(cleaned, dict)
    return cleaned


def read_answer(form: Form, sent: Mapping[str, Any]) -> dict[str, Any]:
    """The answer by field name: numbers as numbers, several choices as a list, a scale as a whole number.

    What was left empty is not in it (several choices: an empty list), nor what was not asked because of
    other answers. Names that the form does not know are kept.
    """
    typed = {field.name: _typed(field, sent.get(field.name)) for field in form.fields if field.asks}
    answer: dict[str, Any] = {}
    for field in asked(form, typed):
        value = typed.get(field.name)
        if value is not None:
            answer[field.name] = value
        words = sent.get(f"{field.name}_{OTHER}") if field.other else None
        if words not in (None, "") and holds((OTHER,), value):
            answer[f"{field.name}_{OTHER}"] = words
    ours = _names(form)
    return answer | {name: value for name, value in sent.items() if name not in ours}


def check_answer(form: Form, answer: Mapping[str, Any]) -> list[str]:
    """What the page cannot have sent, a sentence each. With a form that is not filled, what depends on
    columns is let pass."""
    notes: list[str] = []
    for field in (field for field in asked(form, answer) if field.asks):
        is_sure = not any("{{" in value for c in field.show_if for value in c.values)
        value = answer.get(field.name)
        if value in (None, "", []) or (isinstance(value, str) and not value.strip()):
            if field.required and is_sure:
                notes.append(f"{field.name}: it is required and was not answered.")
            continue
        notes += [f"{field.name}: {fault}" for fault in _faults(field, value)]
        if field.other and holds((OTHER,), value):
            words = answer.get(f"{field.name}_{OTHER}")
            if not isinstance(words, str) or not words.strip():
                notes.append(f"{field.name}: {field.other!r} was chosen and nothing was written.")
    ours = _names(form)
    notes += [f"{name[:60]}: the form does not ask it." for name in answer if name not in ours]
    if len(notes) > _MOST_NOTES:
        notes[_MOST_NOTES:] = [f"... and {len(notes) - _MOST_NOTES:,} more."]
    return notes


def _names(form: Form) -> set[str]:
    """Every name that may stand in an answer."""
    names = {NOTED}
    for field in (field for field in form.fields if field.asks):
        names |= {field.name, f"{field.name}_{OTHER}"} if field.other else {field.name}
    return names


# ---------------------------------------------------------------------------------------------- one value


def _typed(field: FormField, value: Any) -> Any:
    """The value in the type of its field, or as it came; None for nothing."""
    if field.type == "multiple":
        listed = value if isinstance(value, list) else [] if value in (None, "") else [value]
        return [one for one in listed if one != ""]
    if isinstance(value, list) and len(value) == 1 and not isinstance(value[0], list):
        value = value[0]
    if value is None or value == "" or value == []:
        return None
    if field.type in ("number", "scale") and isinstance(value, str):
        return _number(value)
    if field.type in ("number", "scale") and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _number(text: str) -> Any:
    """The number in a text; 3.0 is 3. The text itself where it is none."""
    stripped = text.strip()
    if re.fullmatch(r"[+-]?[0-9]{1,18}(\.0*)?", stripped):
        return int(stripped.partition(".")[0])
    if len(stripped) > 60 or not re.fullmatch(
        r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", stripped
    ):
        return text
    number = float(stripped)
    if not math.isfinite(number):
        return text
    return int(number) if number.is_integer() and abs(number) < 10**15 else number


def _faults(field: FormField, value: Any) -> Iterator[str]:
    match field.type:
        case "text" | "long_text":
            yield from _written(field, value)
        case "number":
            yield from _numeric(field, value)
        case "date":
            if not isinstance(value, str) or as_date(value) is None:
                yield f"{_short(value)} is no date."
            elif (field.least and value < field.least) or (field.most and value > field.most):
                yield f"{value} is outside {_range_words(field)}."
        case "single":
            yield from _unknown(field, [value])
        case "multiple":
            values = value if isinstance(value, list) else [value]
            yield from _unknown(field, values)
            if len({_as_text(one) for one in values}) < len(values):
                yield "an option was chosen twice."
            if (field.least and len(values) < int(field.least)) or (
                field.most and len(values) > int(field.most)
            ):
                yield f"{len(values)} were chosen, which is outside {_range_words(field)}."
        case "scale":
            scale = field.scale
            if not isinstance(value, int) or isinstance(value, bool):
                yield f"{_short(value)} is no whole number."
            elif not scale.low <= value <= scale.high:
                yield f"{_short(value)} is outside {scale.low} to {scale.high}."
        case "file":
            yield from _file(field, value)


def _written(field: FormField, value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{_short(value)} is no text."
        return
    # A browser counts UTF-16 units, and a line's end as one.
    size = len(value.replace("\r\n", "\n").encode("utf-16-le")) // 2
    if (field.least and size < int(field.least)) or (field.most and size > int(field.most)):
        yield f"it has {size:,} characters, which is outside {_range_words(field)}."
    is_tested = field.pattern and len(value) <= _QUICK_TEXT and is_quick(field.pattern)
    if is_tested and not re.fullmatch(field.pattern, value, re.ASCII):
        yield f"{_short(value)} does not have the form that is asked for."


def _numeric(field: FormField, value: Any) -> Iterator[str]:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value):
        yield f"{_short(value)} is no number."
        return
    number = Decimal(_as_text(value))
    least, most, step = as_decimal(field.least), as_decimal(field.most), as_decimal(field.step)
    if (least is not None and number < least) or (most is not None and number > most):
        yield f"{_short(value)} is outside {_range_words(field)}."
    elif step:
        steps = (number - (least or 0)) / step
        if abs(steps - steps.to_integral_value()) > _ROUNDING:
            yield f"{_short(value)} is not in steps of {field.step}."


def _unknown(field: FormField, values: list[Any]) -> Iterator[str]:
    offered = {option.value for option in field.options} | ({OTHER} if field.other else set())
    if any("{{" in value for value in offered):
        return
    for value in values:
        if not isinstance(value, str) or value not in offered:
            yield f"{_short(value)} is none of its options."


def _file(field: FormField, value: Any) -> Iterator[str]:
    if not isinstance(value, Mapping) or not isinstance(value.get("file"), str):
        yield f"{_short(value)} is no file that was sent."
        return
    size = value.get("size")
    if field.max_bytes is not None and isinstance(size, int) and size > field.max_bytes:
        yield f"its file has {size:,} bytes, more than {field.max_bytes:,}."


def is_quick(pattern: str) -> bool:
    """Whether a pattern surely looks at no text for long: few open repetitions, and none of a group that
    repeats or chooses inside. Others are left to the worker's own browser: hostile text must not stop us."""
    bare = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "x", pattern, flags=re.DOTALL)
    if len(_UNBOUNDED.findall(bare)) > 3:
        return False
    return re.search(r"\)(?:[*+]|\{)", bare) is None


# ------------------------------------------------------------------------------------------------- values


def _range_words(field: FormField) -> str:
    if field.least and field.most:
        return f"{field.least} to {field.most}"
    return f"at least {field.least}" if field.least else f"at most {field.most}"


def _as_text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return f"{Decimal(repr(value)):f}" if isinstance(value, float) and math.isfinite(value) else str(value)


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return repr(text if len(text) <= 60 else text[:59] + "…")
