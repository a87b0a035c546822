"""YAML as run files use it: every scalar is the text that stands there, every key stands there once."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Final

import yaml  # type: ignore[import-untyped]

from crowddesk.blueprints.plain_yaml import PlainLoader, Refused
from crowddesk.domain import BadInput
from crowddesk.language import say
from crowddesk.operations.typed_args import is_path, is_required

_NULL: Final = ("", "~", "null", "Null", "NULL")
#: Text that every YAML reader takes for text without quotes.
_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*( [A-Za-z0-9_./()-]+)*[.]?")
_WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})


def parse(text: str, name: str) -> dict[str, Any]:
    """The mapping in the YAML text of the file `name`. Raises BadInput with the line and column."""
    try:
        found = yaml.load(text, _TextLoader)  # noqa: S506 - a SafeLoader that makes text only
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = name
        if mark:
            line, column = mark.line + 1, mark.column + 1
            place = say("{name}, line {line}, column {column}", name=name, line=line, column=column)
        raise BadInput(f"{place}: {_sentence(error)}", str(error)) from None
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        sentence = say(
            "{name}, line {line}: it holds a character that YAML does not allow.", name=name, line=line
        )
        raise BadInput(sentence, str(error)) from None
    except RecursionError:
        raise BadInput(say("{name}: its lists or keys are nested too deeply.", name=name)) from None
    if found is None:
        raise BadInput(say("{name} is empty.", name=name))
    if not isinstance(found, dict):
        raise BadInput(say("{name}: it has to have the sections task, blueprint and provider.", name=name))
    return found


def override(sections: dict[str, Any], text: str) -> None:
    """Applies one `section.key=value`, in place. `null` takes a value away, `[...]` and `{...}` are YAML."""
    key, equals, value = text.partition("=")
    names = key.strip().split(".")
    if not equals or len(names) < 2 or not all(names):
        raise BadInput(say("{text!r} changes nothing: write it like task.reward=0.05.", text=text))
    new: Any = value
    if value.strip()[:1] in ("[", "{"):
        new = parse(f"value: {value}", f"{key.strip()}=")["value"]
    elif value.strip() in _NULL:
        new = None
    spot: Any = sections
    for depth, name in enumerate(names):
        is_last = depth == len(names) - 1
        if isinstance(spot, list) and name.isdecimal() and int(name) < len(spot):
            place: Any = int(name)
        elif isinstance(spot, dict):
            place = name
        else:
            raise BadInput(say("{key}: there is nothing of that name to change.", key=key.strip()))
        if is_last:
            spot[place] = new
        else:
            if isinstance(spot, dict) and spot.get(place) is None:
                spot[place] = {}
            spot = spot[place]


def plain(value: Any, place: str) -> Any:
    """The same as dicts with text keys, lists, text, numbers and None. Raises BadInput for text with NUL
    characters or halves of surrogate pairs, which no database stores."""
    if isinstance(value, Mapping):
        return {plain(str(name), place): plain(v, f"{place}.{name}".strip(".")) for name, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part, f"{place}.{number}") for number, part in enumerate(value)]
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise BadInput(say("{place}: it holds a character that is no text.", place=place or say("A key")))
    return text


def dump(sections: Mapping[str, Any], relative_to: Path | None, *, full: bool) -> str:
    """Dataclasses of arguments as a run file; text that another YAML reader could take for more is quoted."""
    shown = {name: _shown(section, relative_to, full) for name, section in sections.items()}
    text: str = yaml.dump(shown, Dumper=_TextDumper, sort_keys=False, allow_unicode=True, width=100)
    return text


def _shown(args: Any, relative_to: Path | None, full: bool) -> Any:
    if isinstance(args, list | tuple):
        return [_shown(part, relative_to, full) for part in args]
    if isinstance(args, Mapping):
        return {str(name): _shown(part, relative_to, full) for name, part in args.items()}
    if isinstance(args, Enum):
        return args.name
    if not dataclasses.is_dataclass(args) or isinstance(args, type):
        return args if args is None or isinstance(args, bool | int | float) else str(args)
    shown: dict[str, Any] = {}
    for field in dataclasses.fields(args):
        value = getattr(args, field.name)
        is_name = field.name.startswith("_")  # _blueprint_type, _provider_type
        if not full and not is_name and not is_required(field) and value == _default(field):
            continue
        if is_path(field) and relative_to is not None and isinstance(value, str):
            path = Path(value)
            if path.is_relative_to(relative_to):
                value = path.relative_to(relative_to).as_posix()
        shown[field.name] = _shown(value, relative_to, full)
    return shown


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _sentence(error: Any) -> str:
    problem = str(error.problem or error.context)
    if isinstance(error, Refused):
        return f"{problem}."
    if "a tag" in str(error.context) or "the tag" in problem:
        return say("text that begins with ! has to stand in quotes.")
    return say("it is not YAML: {problem}.", problem=problem)


class _TextLoader(PlainLoader):
    """Makes text of every scalar but an empty one and null; knows no aliases, and no key twice."""

    yaml_implicit_resolvers: Final[dict[str, Any]] = {}

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: dict[str, int] = {}
        for key, _ in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name in seen:
                raise Refused(
                    None,
                    None,
                    say("the key {name!r} is already at line {seen}", name=name, seen=seen[name]),
                    key.start_mark,
                )
            seen[name] = key.start_mark.line + 1
        made: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return made


_TextLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)\Z"), ["~", "n", "N", ""]
)


class _TextDumper(yaml.SafeDumper):  # type: ignore[misc]
    """Quotes all text that is not plainly text."""

    def represent_text(self, text: str) -> Any:
        is_plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
        return self.represent_scalar("tag:yaml.org,2002:str", text, None if is_plain else '"')


_TextDumper.add_representer(str, _TextDumper.represent_text)
