"""Fills a dataclass of arguments from plain data that may be all text, and says what does not fit where."""

from __future__ import annotations

import dataclasses
import math
import re
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Union

from omegaconf import MISSING, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from crowddesk.blueprints.text_files import nearest
from crowddesk.language import say

_TRUE: Final = frozenset({"true", "yes", "on", "y", "1"})
_FALSE: Final = frozenset({"false", "no", "off", "n", "0"})


def fill(cls: type, values: Mapping[str, Any], place: str, folder: Path, faults: list[str]) -> Any:
    """An instance of the dataclass `cls`, or None after adding a sentence a fault to `faults`.

    Keys that `cls` has not and required ones that are absent are faults. A field whose metadata say
    `{"path": True}` is made absolute from `folder`. Types that are no dataclass, list, dict, str, int, float
    or bool are left to omegaconf, which all of these classes are written for.
    """
    before = len(faults)
    checked = _fields(cls, values, place, folder, faults)
    if len(faults) > before:
        return None
    try:
        return OmegaConf.to_object(OmegaConf.merge(OmegaConf.structured(cls), checked))
    except OmegaConfBaseException as error:
        where = f"{place}.{error.full_key}" if error.full_key else place
        faults.append(f"{where}: {str(error).splitlines()[0]}.")
    except (TypeError, ValueError) as error:
        faults.append(f"{place}: {error}.")
    return None


def is_path(field: dataclasses.Field[Any]) -> bool:
    """Whether an argument names a file or folder."""
    return bool(field.metadata.get("path"))


def is_required(field: dataclasses.Field[Any]) -> bool:
    """Whether an argument has no default."""
    unset = dataclasses.MISSING
    return field.default == MISSING or (field.default is unset and field.default_factory is unset)


def _fields(
    cls: type, values: Mapping[str, Any], place: str, folder: Path, faults: list[str]
) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    fields = {field.name: field for field in dataclasses.fields(cls)}
    for name in values:
        if name not in fields:
            near = nearest(name, fields)
            hint = (
                say("Did you mean {near}?", near=near)
                if near
                else say("There are {fields}.", fields=", ".join(fields))
            )
            faults.append(
                say("{place}.{name}: there is no such key. {hint}", place=place, name=name, hint=hint)
            )
    checked: dict[str, Any] = {}
    for name, field in fields.items():
        where = f"{place}.{name}"
        if values.get(name, MISSING) == MISSING:
            if is_required(field):
                faults.append(say("{where} is missing.", where=where))
            continue
        value = _value(hints[name], values[name], where, folder, faults)
        if is_path(field) and isinstance(value, str):
            value = str(folder / Path(value).expanduser())
        checked[name] = value
    return checked


def _value(hint: Any, value: Any, place: str, folder: Path, faults: list[str]) -> Any:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, types.UnionType):
        if value is None and type(None) in inner:
            return None
        real = [part for part in inner if part is not type(None)]
        return _value(real[0], value, place, folder, faults) if len(real) == 1 else value
    if hint is Any:
        return value
    if value is None:
        faults.append(say("{place} has no value.", place=place))
        return None
    if dataclasses.is_dataclass(hint) or origin is dict or hint is dict:
        if not isinstance(value, Mapping):
            faults.append(say("{place}: it takes keys and values.", place=place))
            return None
        if isinstance(hint, type) and dataclasses.is_dataclass(hint):
            return _fields(hint, value, place, folder, faults)
        part = inner[1] if inner else Any
        return {name: _value(part, v, f"{place}.{name}", folder, faults) for name, v in value.items()}
    if origin is list or hint is list:
        if not isinstance(value, list):
            faults.append(say("{place}: it takes a list.", place=place))
            return None
        part = inner[0] if inner else Any
        return [_value(part, v, f"{place}.{number}", folder, faults) for number, v in enumerate(value)]
    if hint in (str, int, float, bool):
        if isinstance(value, Mapping | list):
            faults.append(say("{place}: it takes one value.", place=place))
            return None
        return _scalar(hint, value, place, faults)
    return value


def _scalar(kind: type, value: Any, place: str, faults: list[str]) -> Any:
    text = str(value).strip()
    if kind is str:
        return str(value)
    if kind is bool:
        if text.lower() in _TRUE | _FALSE:
            return text.lower() in _TRUE
        faults.append(say("{place}: {value!r} is neither true nor false.", place=place, value=value))
    elif kind is int:
        # Nine thousand digits are a number for Python, but not for anybody else.
        if re.fullmatch(r"[+-]?[0-9]{1,18}", text):
            return int(text)
        faults.append(say("{place}: {value!r} is no whole number.", place=place, value=value))
    else:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            return number
        faults.append(say("{place}: {value!r} is no number.", place=place, value=value))
    return None
