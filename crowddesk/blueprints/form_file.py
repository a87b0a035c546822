"""A form as its YAML file says it: read, checked word by word with the line of each fault."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from crowddesk.blueprints.base import Option
from crowddesk.blueprints.data_files import Problems
from crowddesk.blueprints.form_model import (
    CHOICES,
    OTHER,
    SHOWN,
    TYPES,
    Condition,
    Form,
    FormField,
    Scale,
    as_date,
    as_decimal,
    option_fault,
)
from crowddesk.blueprints.form_text import Rich, columns_in, link_fault, plain, read_rich, source_fault
from crowddesk.blueprints.form_yaml import Entry, Reader
from crowddesk.blueprints.text_files import nearest
from crowddesk.language import say

_TOP: Final = ("title", "language", "intro", "submit", "fields")
_EVERYWHERE: Final = ("name", "type", "label", "help", "show_if")
_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "text": ("required", "min_length", "max_length", "pattern", "pattern_help"),
    "long_text": ("required", "min_length", "max_length", "rows"),
    "number": ("required", "min", "max", "step"),
    "date": ("required", "min", "max"),
    "single": ("required", "options", "other"),
    "multiple": ("required", "options", "other", "choose_at_least", "choose_at_most"),
    "scale": ("required", "scale"),
    "file": ("required", "accept", "max_megabytes"),
    "show_text": ("text",),
    "show_image": ("src", "text"),
    "show_audio": ("src", "text"),
    "show_video": ("src", "text"),
}
_ALL_KEYS: Final = tuple(dict.fromkeys((*_EVERYWHERE, *(key for keys in _KEYS.values() for key in keys))))
_NAME: Final = re.compile(r"[^\W\d_][\w-]{0,63}")
_TYPE_OF_FILE: Final = re.compile(r"\.[A-Za-z0-9]{1,12}|[a-z]+/(?:\*|[A-Za-z0-9][A-Za-z0-9.+-]*)")
#: What Python's patterns have and browsers' have not.
_PYTHON_ONLY: Final = re.compile(r"\(\?(?!:|=|!|<=|<!)|\\[AZzQEGRX]|[*+?}]\+|\\N\{")
_LONGEST: Final = 20_000
_MOST_FIELDS: Final = 200
_MOST_OPTIONS: Final = 300
_WIDEST_SCALE: Final = 21


def read_form(text: str, name: str, problems: Problems) -> Form | None:
    """The form in the text of the file `name`. Everything wrong with it becomes a problem with its line;
    None if an error was among them."""
    before = problems.errors
    form = _FormReader(name, problems).form(text)
    return form if problems.errors == before else None


class _FormReader:
    """Reads one file from top to bottom."""

    def __init__(self, name: str, problems: Problems) -> None:
        self._read = Reader(name, problems)
        self._known: dict[str, FormField] = {}
        self._columns: dict[str, int] = {}

    def form(self, text: str) -> Form | None:
        read = self._read
        top = read.read(text)
        if top is None:
            return None
        read.known(top, _TOP)
        title = self._text(top, "title")
        if not title.strip():
            read.say(
                top["title"].line if "title" in top else 1,
                say("title is missing: say what the page is about."),
            )
        intro = read_rich(self._text(top, "intro"))
        self._check_links(top.get("intro"), "intro", intro)
        language = self._text(top, "language") or "en"
        if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}", language):
            read.say(top["language"].line, say("language: it takes a code such as en or pt-BR."))
        entries = read.sequence(top.get("fields"), "fields")
        if len(entries) > _MOST_FIELDS:
            read.say(
                entries[_MOST_FIELDS].line, say("fields: there are more than {most}.", most=_MOST_FIELDS)
            )
        fields = [field for entry in entries[:_MOST_FIELDS] if (field := self._field(entry)) is not None]
        if not any(field.asks for field in fields):
            line = top["fields"].line if "fields" in top else 1
            read.say(line, say("fields: there is nothing to answer."))
        submit = self._text(top, "submit").strip() or "Submit"
        return Form(title, tuple(fields), intro, submit, language, self._columns)

    # --------------------------------------------------------------------------------------------- a field

    def _field(self, entry: Entry) -> FormField | None:
        read = self._read
        if not isinstance(entry.value, dict):
            read.say(entry.line, say("a field has keys such as name, type and label."))
            return None
        keys = entry.value
        kind = read.text(keys.get("type"), "type").strip()
        if kind not in TYPES:
            near = nearest(kind, TYPES)
            hint = (
                say("Did you mean {near}?", near=near)
                if near
                else say("There are {names}.", names=", ".join(TYPES))
            )
            said = say("there is no type {kind!r}.", kind=kind[:60]) if kind else say("type is missing.")
            read.say(keys["type"].line if "type" in keys else entry.line, f"{said} {hint}")
            return None
        self._check_keys(keys, kind)
        name = self._name(entry, keys, kind)
        self._check_longest(keys)
        field = FormField(
            name=name,
            type=kind,
            line=entry.line,
            label=self._text(keys, "label").strip(),
            help=self._text(keys, "help").strip(),
            required=read.flag(keys.get("required"), "required"),
            show_if=self._conditions(keys.get("show_if")),
            **self._particulars(keys, kind, entry.line),
        )
        is_text = "label" not in keys or isinstance(keys["label"].value, str | None)
        if field.asks and not field.label and is_text:
            read.say(
                entry.line,
                say("{field}: label is missing: it is what is asked.", field=name or say("this field")),
            )
        if name:
            self._known[name] = field
            if field.other:
                self._known[f"{name}_{OTHER}"] = replace(field, name=f"{name}_{OTHER}", type="text")
        return field

    def _particulars(self, keys: dict[str, Entry], kind: str, line: int) -> dict[str, Any]:
        match kind:
            case "text" | "long_text":
                return self._written(keys)
            case "number":
                return self._number(keys)
            case "date":
                return self._range(keys, "date", as_date, say("a date such as 2026-11-30"))
            case "single" | "multiple":
                return self._choice(keys, kind, line)
            case "scale":
                return {"scale": self._scale(keys, line)}
            case "file":
                return self._file(keys)
            case "show_text":
                return self._shown_text(keys, line)
            case _:
                return self._media(keys, kind, line)

    def _check_keys(self, keys: dict[str, Entry], kind: str) -> None:
        allowed = (*_EVERYWHERE, *_KEYS[kind])
        self._read.known(keys, _ALL_KEYS)
        for key, entry in keys.items():
            if key in _ALL_KEYS and key not in allowed:
                near = {"options": CHOICES, "min": ("number", "date")}.get(key)
                kinds = near or tuple(k for k, names in _KEYS.items() if key in names)
                self._read.say(
                    entry.line,
                    say(
                        "{key} is for {kinds}, not for {kind}.", key=key, kinds=" and ".join(kinds), kind=kind
                    ),
                )

    def _name(self, entry: Entry, keys: dict[str, Entry], kind: str) -> str:
        read = self._read
        name = read.text(keys.get("name"), "name").strip()
        line = keys["name"].line if "name" in keys else entry.line
        if not name:
            if kind not in SHOWN:
                read.say(line, say("name is missing: answers are stored under it."))
            return ""
        if not _NAME.fullmatch(name):
            read.say(
                line,
                say(
                    "name: {name!r} has to begin with a letter and to hold only letters, digits, _ and -, at "
                    "most 64.",
                    name=name[:60],
                ),
            )
            return ""
        twin = self._known.get(name)
        if twin is None and read.text(keys.get("other"), "other"):
            twin = self._known.get(f"{name}_{OTHER}")
        if twin is not None:
            read.say(line, say("the name {name!r} is taken at line {line}.", name=name, line=twin.line))
            return ""
        return name

    def _written(self, keys: dict[str, Entry]) -> dict[str, Any]:
        read = self._read
        least = read.whole(keys.get("min_length"), "min_length", 0, _LONGEST)
        most = read.whole(keys.get("max_length"), "max_length", 1, 1_000_000)
        if least is not None and most is not None and least > most:
            read.say(keys["min_length"].line, say("min_length is more than max_length."))
        pattern = read.text(keys.get("pattern"), "pattern")
        if pattern and (fault := _pattern_fault(pattern)):
            read.say(keys["pattern"].line, f"pattern: {fault}")
        pattern_help = self._text(keys, "pattern_help").strip()
        if pattern and not pattern_help:
            line = keys["pattern"].line
            read.say(line, say("pattern_help is missing: say in words what is expected."), "warning")
        rows = read.whole(keys.get("rows"), "rows", 2, 40)
        return {
            "least": "" if least is None else str(least),
            "most": "" if most is None else str(most),
            "pattern": pattern,
            "pattern_help": pattern_help,
            "rows": rows or 4,
        }

    def _number(self, keys: dict[str, Entry]) -> dict[str, Any]:
        found = self._range(keys, "number", as_decimal, say("a number"))
        step = self._read.text(keys.get("step"), "step").strip()
        if step:
            size = as_decimal(step)
            if size is None or size <= 0:
                self._read.say(keys["step"].line, say("step: {step!r} is no number above 0.", step=step[:60]))
                step = ""
        return {**found, "step": step}

    def _range(
        self, keys: dict[str, Entry], what: str, read: Callable[[str], Any], words: str
    ) -> dict[str, Any]:
        ends: dict[str, str] = {}
        for key in ("min", "max"):
            text = self._read.text(keys.get(key), key).strip()
            if text and read(text) is None:
                self._read.say(
                    keys[key].line,
                    say("{key}: {text!r} is not {words}.", key=key, text=text[:60], words=words),
                )
                text = ""
            ends[key] = text
        if ends["min"] and ends["max"] and read(ends["min"]) > read(ends["max"]):
            self._read.say(keys["min"].line, say("min is more than max, so no {what} fits.", what=what))
        return {"least": ends["min"], "most": ends["max"]}

    def _choice(self, keys: dict[str, Entry], kind: str, line: int) -> dict[str, Any]:
        read = self._read
        entries = read.sequence(keys.get("options"), "options")
        where = keys["options"].line if "options" in keys else line
        if len(entries) > _MOST_OPTIONS:
            read.say(
                entries[_MOST_OPTIONS].line, say("options: there are more than {most}.", most=_MOST_OPTIONS)
            )
        options = [self._option(entry) for entry in entries[:_MOST_OPTIONS]]
        if fault := option_fault([option.value for option in options]):
            read.say(where, f"options: {fault}")
        other = self._text(keys, "other").strip()
        if other.lower() in ("false", "no", "off", "n", "0"):
            other = ""
        elif other.lower() in ("true", "yes", "on", "y", "1"):
            other = "Other"
        if other and any(option.value == OTHER for option in options):
            read.say(
                where,
                say("options: {other!r} is what `other` adds; give that option another value.", other=OTHER),
            )
        if not options and "options" not in keys:
            read.say(line, say("options are missing: list what there is to choose from."))
        elif not options:
            read.say(where, say("options: there are none."))
        if kind == "single":
            return {"options": tuple(options), "other": other}
        count = len(options) + bool(other)
        least = read.whole(keys.get("choose_at_least"), "choose_at_least", 1, max(1, count))
        most = read.whole(keys.get("choose_at_most"), "choose_at_most", 1, max(1, count))
        if least is not None and most is not None and least > most:
            read.say(keys["choose_at_least"].line, say("choose_at_least is more than choose_at_most."))
        return {
            "options": tuple(options),
            "other": other,
            "least": "" if least is None else str(least),
            "most": "" if most is None else str(most),
        }

    def _option(self, entry: Entry) -> Option:
        if not isinstance(entry.value, dict) or "{{" in entry.value:
            text = self._with_columns(entry, "options").strip()
            return Option(text, text)
        self._read.known(entry.value, ("value", "label"), "options")
        value = self._text(entry.value, "value").strip()
        label = self._text(entry.value, "label").strip()
        return Option(value, label or value)

    def _scale(self, keys: dict[str, Entry], line: int) -> Scale:
        read = self._read
        if "scale" not in keys:
            read.say(line, say("scale is missing: say {from: 1, to: 5}."))
            return Scale(1, 5)
        parts = read.mapping(keys["scale"], "scale", "{from: 1, to: 5, from_label: bad, to_label: good}")
        read.known(parts, ("from", "to", "from_label", "to_label"), "scale")
        for key in ("from", "to"):
            if parts and key not in parts:
                read.say(keys["scale"].line, say("scale: {key} is missing.", key=key))
        low = read.whole(parts.get("from"), "from", -1000, 1000)
        high = read.whole(parts.get("to"), "to", -1000, 1000)
        if low is None or high is None:
            return Scale(1, 5)
        if not 2 <= high - low + 1 <= _WIDEST_SCALE:
            sentence = say(
                "scale: {low} to {high} are not 2 to {most} steps; a number field takes more.",
                low=low,
                high=high,
                most=_WIDEST_SCALE,
            )
            read.say(keys["scale"].line, sentence)
            return Scale(1, 5)
        return Scale(
            low, high, self._text(parts, "from_label").strip(), self._text(parts, "to_label").strip()
        )

    def _file(self, keys: dict[str, Entry]) -> dict[str, Any]:
        read = self._read
        entry = keys.get("accept")
        accept: tuple[str, ...] = ()
        if entry is not None:
            if isinstance(entry.value, list):
                parts = [read.text(part, "accept") for part in entry.value]
            else:
                parts = read.text(entry, "accept").split(",")
            accept = tuple(part.strip() for part in parts if part.strip())
            for part in accept:
                if not _TYPE_OF_FILE.fullmatch(part):
                    read.say(
                        entry.line,
                        say(
                            "accept: {part!r} is no ending such as .pdf and no type as image/*.",
                            part=part[:60],
                        ),
                    )
        text = read.text(keys.get("max_megabytes"), "max_megabytes").strip()
        size = as_decimal(text) if text else None
        if text and (size is None or not 0 < size <= 10_000):
            read.say(
                keys["max_megabytes"].line,
                say("max_megabytes: {text!r} is no number from 0 to 10,000.", text=text[:60]),
            )
            size = None
        return {"accept": accept, "max_bytes": None if size is None else int(size * 2**20)}

    def _shown_text(self, keys: dict[str, Entry], line: int) -> dict[str, Any]:
        rich = read_rich(self._text(keys, "text"), keep_lines=True)
        self._check_links(keys.get("text"), "text", rich)
        if not rich:
            self._read.say(line, say("text is missing: it is what is shown."))
        return {"text": rich}

    def _media(self, keys: dict[str, Entry], kind: str, line: int) -> dict[str, Any]:
        src = self._text(keys, "src").strip()
        if not src:
            self._read.say(line, say("src is missing: the https:// address of what is shown."))
        elif fault := source_fault(kind, src):
            self._read.say(keys["src"].line, fault)
        words = read_rich(self._text(keys, "text"))
        self._check_links(keys.get("text"), "text", words)
        if not plain(words) and not self._text(keys, "label").strip():
            self._read.say(
                line, say("text is missing: say it in words for those who cannot see or hear."), "warning"
            )
        return {"src": src, "text": words}

    # ------------------------------------------------------------------------------------------ conditions

    def _conditions(self, entry: Entry | None) -> tuple[Condition, ...]:
        read = self._read
        found: list[Condition] = []
        for name, part in read.mapping(entry, "show_if", "{field: value}").items():
            listed = part.value if isinstance(part.value, list) else [part]
            values = tuple(self._with_columns(value, "show_if").strip() for value in listed)
            field = self._known.get(name)
            if field is None:
                near = nearest(name, self._known)
                hint = " " + say("Did you mean {near}?", near=near) if near else ""
                read.say(
                    part.line,
                    say("show_if: no field {name!r} stands above this one.{hint}", name=name[:60], hint=hint),
                )
                continue
            if not field.asks or field.type in ("file", "long_text"):
                read.say(part.line, say("show_if: a {kind} field has no value to compare.", kind=field.type))
                continue
            for value in values:
                self._check_value(part.line, field, value)
            found.append(Condition(name, values))
        return tuple(found)

    def _check_value(self, line: int, field: FormField, value: str) -> None:
        if "{{" in value:
            return
        offered: list[str] = []
        if field.type in CHOICES:
            offered = [option.value for option in field.options] + [OTHER] * bool(field.other)
            if any("{{" in text for text in offered):
                return
        elif field.type == "scale":
            offered = [str(number) for number in range(field.scale.low, field.scale.high + 1)]
        elif field.type == "number" and as_decimal(value) is None:
            self._read.say(
                line,
                say("show_if: {name} is a number, and {value!r} is none.", name=field.name, value=value[:60]),
            )
            return
        elif field.type == "date" and as_date(value) is None:
            self._read.say(
                line,
                say("show_if: {name} is a date, and {value!r} is none.", name=field.name, value=value[:60]),
            )
            return
        if not value:
            self._read.say(line, say("show_if: say which value of {name} it takes.", name=field.name))
        elif offered and value not in offered:
            near = nearest(value, offered)
            hint = (
                say("Did you mean {near}?", near=near)
                if near
                else say("There are {names}.", names=", ".join(offered[:12]))
            )
            self._read.say(
                line,
                say(
                    "show_if: {name} has no option {value!r}. {hint}",
                    name=field.name,
                    value=value[:60],
                    hint=hint,
                ),
            )

    # ------------------------------------------------------------------------------------------------ texts

    def _text(self, keys: Mapping[str, Entry], key: str) -> str:
        return self._with_columns(keys[key], key) if key in keys else ""

    def _with_columns(self, entry: Entry, what: str) -> str:
        """A text in which columns may stand; they are noted."""
        text = self._read.text(entry, what)
        for name in columns_in(text):
            self._columns.setdefault(name, entry.line)
        if "{{" in re.sub(r"\{\{[^{}]+\}\}", "", text):
            self._read.say(
                entry.line, say("{what}: a {{{{ has no column's name and }}}} after it.", what=what)
            )
        return text

    def _check_longest(self, keys: Mapping[str, Entry]) -> None:
        for key, entry in keys.items():
            is_long = isinstance(entry.value, str) and len(entry.value) > _LONGEST
            if is_long and key != "src":
                self._read.say(
                    entry.line,
                    say("{key}: it is longer than {longest:,} characters.", key=key, longest=_LONGEST),
                )
                entry.value = ""

    def _check_links(self, entry: Entry | None, what: str, rich: Rich) -> None:
        for run in (run for runs in rich for run in runs if run.address):
            if entry is not None and (fault := link_fault(run.address)):
                self._read.say(entry.line, f"{what}: {fault}")


def _pattern_fault(pattern: str) -> str:
    if found := _PYTHON_ONLY.search(pattern):
        return say("browsers do not know {found!r}.", found=found[0])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern, re.ASCII)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        return say("it is no regular expression: {error}.", error=error)
    return ""
