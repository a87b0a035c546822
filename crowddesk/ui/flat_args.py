"""Arguments of vendors and blueprints as flat forms: a nested dataclass becomes fields beside the others.

A form asks for one level. `flat` makes such a dataclass out of any `ArgsClass`, `nested` puts what was
entered back as a run file has it, `flattened` takes a run file's section apart. `flat` is not for the GUI
thread: it resolves the types of other people's modules.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any, Final, Union

from crowddesk.language import mark

_BETWEEN: Final = "__"
_MUST_BE_GIVEN: Final = "???"
_SIMPLE: Final = (str, int, float, bool)
#: The names of our own vendors' and blueprints' fields that have no title: a form says them as they are here.
NAMES: Final = (
    mark("Arrivals per second"),
    mark("Bad day"),
    mark("Balance"),
    mark("Budget"),
    mark("Contact"),
    mark("Data"),
    mark("Delimiter"),
    mark("Encoding"),
    mark("Form"),
    mark("Format"),
    mark("Intro"),
    mark("Intro file"),
    mark("Item key"),
    mark("Least messages"),
    mark("Leaver"),
    mark("Name"),
    mark("People"),
    mark("Questions"),
    mark("Quotes"),
    mark("Replay: answer"),
    mark("Replay: field"),
    mark("Replay: file"),
    mark("Replay: item"),
    mark("Replay: seconds"),
    mark("Replay: worker"),
    mark("Seed"),
    mark("Sheet"),
    mark("Sign in"),
    mark("Skilled"),
    mark("Sloppy"),
    mark("Spammer"),
    mark("Speed"),
    mark("Template"),
    mark("Truth: column"),
    mark("Truth: field"),
    mark("Units per assignment"),
    mark("Workspace"),
)
#: Metadata of `ui.forms`, by the name of a field in the flat class.
Looks = Mapping[str, Mapping[str, Any]]


def flat(cls: type, name: str, leave_out: Iterable[str] = (), looks: Looks | None = None) -> type:
    """A dataclass for `ui.forms.Form` with the fields of `cls` that a form can ask for.

    `looks` has metadata, by field, in place of the field's own. What is a list or a mapping stays for the
    run file alone, unless its `choices` are known or its look has a `kind`. The parts of a nested dataclass
    are optional.
    """
    fields = list(_fields(cls, "", frozenset(leave_out), looks or {}))
    return dataclasses.make_dataclass(name, fields, kw_only=True)


def nested(values: Mapping[str, Any], form_class: type) -> dict[str, Any]:
    """What a form over a flat class gave, nested; values as by default and empty ones are left out."""
    unset = dataclasses.MISSING
    defaults = {
        f.name: f.default if f.default_factory is unset else f.default_factory()
        for f in dataclasses.fields(form_class)
    }
    out: dict[str, Any] = {}
    for key, value in values.items():
        if value in (None, "", []) or value == defaults.get(key):
            continue
        spot = out
        *parents, last = key.split(_BETWEEN)
        for parent in parents:
            spot = spot.setdefault(parent, {})
        spot[last] = value
    return out


def flattened(section: Mapping[str, Any], form_class: type) -> tuple[dict[str, Any], dict[str, Any]]:
    """A section's values by the form's fields, and what of it no field of the form asks for."""
    known = {f.name: f.type for f in dataclasses.fields(form_class)}
    values: dict[str, Any] = {}
    rest: dict[str, Any] = {}

    def walk(part: Mapping[str, Any], prefix: str, left: dict[str, Any]) -> None:
        for key, value in part.items():
            name = f"{prefix}{key}"
            if name in known:
                values[name] = _shown(value, known[name])
            elif isinstance(value, Mapping) and any(k.startswith(name + _BETWEEN) for k in known):
                below: dict[str, Any] = {}
                walk(value, name + _BETWEEN, below)
                if below:
                    left[key] = below
            else:
                left[key] = value

    walk(section, "", rest)
    return values, rest


def _shown(value: Any, kind: Any) -> Any:
    if bool in (kind, *typing.get_args(kind)) and isinstance(value, str):
        return value.strip().lower() in ("true", "yes", "on", "y", "1")
    return value


def _fields(
    cls: type, prefix: str, leave_out: frozenset[str], looks: Looks
) -> Iterable[tuple[str, Any, Any]]:
    hints = typing.get_type_hints(cls)
    for field in dataclasses.fields(cls):
        if field.name.startswith("_") or prefix + field.name in leave_out:
            continue
        kind, optional = _bare(hints[field.name])
        name = prefix + field.name
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            yield from _fields(kind, name + _BETWEEN, leave_out, looks)
            continue
        metadata = {**field.metadata, **looks.get(name, {})}
        is_choice = typing.get_origin(kind) is list and metadata.get("choices")
        if kind not in _SIMPLE and "kind" not in metadata and not is_choice:
            continue
        default = field.default
        if default is dataclasses.MISSING and field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        missing = default is dataclasses.MISSING or default == _MUST_BE_GIVEN
        if metadata.pop("path", False):
            metadata["kind"] = "path"
        if prefix:
            words = name.replace(_BETWEEN, ": ").replace("_", " ")
            metadata.setdefault("title", words[0].upper() + words[1:])
        if missing and (prefix or optional):
            default, missing, kind = None, False, kind | None
        elif optional:
            kind = kind | None
        if missing:
            yield name, kind, dataclasses.field(metadata=metadata)
        elif isinstance(default, list | dict):
            yield name, kind, dataclasses.field(default_factory=default.copy, metadata=metadata)
        else:
            yield name, kind, dataclasses.field(default=default, metadata=metadata)


def _bare(hint: Any) -> tuple[Any, bool]:
    """A type without its None, and whether it had one."""
    if typing.get_origin(hint) in (Union, types.UnionType):
        parts = [part for part in typing.get_args(hint) if part is not type(None)]
        return (parts[0] if len(parts) == 1 else hint), len(parts) < len(typing.get_args(hint))
    return hint, False
