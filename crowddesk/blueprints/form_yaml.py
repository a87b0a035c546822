"""YAML as a tree whose every part knows its line, so that a fault in a form can be named where it stands.

As in run files, every scalar is the text that stands there (`007`, `no`) and an empty one or `null` is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import yaml  # type: ignore[import-untyped]

from crowddesk.blueprints.data_files import Problems
from crowddesk.blueprints.plain_yaml import PlainLoader, Refused
from crowddesk.blueprints.text_files import nearest
from crowddesk.language import say

_NULL: Final = ("", "~", "null", "Null", "NULL")
_TRUE: Final = frozenset({"true", "yes", "on", "y", "1"})
_FALSE: Final = frozenset({"false", "no", "off", "n", "0"})
_BARE_COLUMN: Final = re.compile(r"""(?:[:,\[]|-)\s+\{\{""")


@dataclass(slots=True)
class Entry:
    """One part of the file and its line, from 1: a text, a list, a mapping or nothing."""

    line: int
    value: str | list[Entry] | dict[str, Entry] | None


class Reader:
    """Takes values out of entries; what does not fit becomes a problem with its line, and a default."""

    def __init__(self, name: str, problems: Problems) -> None:
        self.name = name
        self.problems = problems

    def place(self, line: int) -> str:
        """How messages name a line of this file: `form.yaml, line 3`."""
        return say("{name}, line {line}", name=self.name, line=line)

    def say(self, line: int, sentence: str, severity: str = "error") -> None:
        """Adds a problem."""
        self.problems.add(self.place(line), sentence, "warning" if severity == "warning" else "error")

    def read(self, text: str) -> dict[str, Entry] | None:
        """The mapping that is the whole file; None after a problem that leaves nothing to look at."""
        try:
            node = yaml.compose(text, PlainLoader)
            found = None if node is None else self._entry(node, "")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            self.say(line, self._sentence(text, line, error))
            return None
        except yaml.YAMLError as error:
            line = text.count("\n", 0, getattr(error, "position", 0)) + 1
            self.say(line, say("it holds a character that YAML does not allow."))
            return None
        except RecursionError:
            self.problems.add(self.name, say("its lists or keys are nested too deeply."))
            return None
        if found is None or found.value is None:
            self.problems.add(self.name, say("it is empty."))
            return None
        if not isinstance(found.value, dict):
            self.say(found.line, say("a form has the keys title and fields at its beginning."))
            return None
        return found.value

    def text(self, entry: Entry | None, what: str) -> str:
        """A text, "" where there is none."""
        if entry is None or entry.value is None:
            return ""
        if not isinstance(entry.value, str):
            hint = " " + say("Text that begins with {{ has to stand in quotes.") if _is_column(entry) else ""
            self.say(entry.line, say("{what}: it takes a text.{hint}", what=what, hint=hint))
            return ""
        return entry.value

    def flag(self, entry: Entry | None, what: str) -> bool:
        """Whether it says yes; no where there is none."""
        if entry is None:
            return False
        text = self.text(entry, what).strip().lower()
        if text not in _TRUE | _FALSE and isinstance(entry.value, str | None):
            self.say(
                entry.line, say("{what}: {word} is neither true nor false.", what=what, word=_short(text))
            )
        return text in _TRUE

    def whole(self, entry: Entry | None, what: str, least: int, most: int) -> int | None:
        """A whole number in this range, None where there is none."""
        if entry is None:
            return None
        text = self.text(entry, what).strip()
        if re.fullmatch(r"[+-]?[0-9]{1,12}", text) and least <= int(text) <= most:
            return int(text)
        if isinstance(entry.value, str | None):
            self.say(
                entry.line,
                say(
                    "{what}: {word} is no whole number from {least:,} to {most:,}.",
                    what=what,
                    word=_short(text),
                    least=least,
                    most=most,
                ),
            )
        return None

    def sequence(self, entry: Entry | None, what: str) -> list[Entry]:
        """A list's entries, none where there is no list."""
        if entry is None or entry.value is None:
            return []
        if isinstance(entry.value, list):
            return entry.value
        self.say(entry.line, say("{what}: it takes a list, with a - before each.", what=what))
        return []

    def mapping(self, entry: Entry | None, what: str, example: str) -> dict[str, Entry]:
        """A mapping's entries, none where there is no mapping."""
        if entry is None or entry.value is None:
            return {}
        if isinstance(entry.value, dict):
            return entry.value
        self.say(
            entry.line,
            say("{what}: it takes keys and values, such as {example}.", what=what, example=example),
        )
        return {}

    def known(self, entries: dict[str, Entry], names: Iterable[str], what: str = "") -> None:
        """Adds a problem for each key that is none of `names`."""
        names = tuple(names)
        for name, entry in entries.items():
            if name not in names:
                near = nearest(name, names)
                hint = (
                    say("Did you mean {near}?", near=near)
                    if near
                    else say("There are {names}.", names=", ".join(names))
                )
                sentence = say("there is no key {word}. {hint}", word=_short(name), hint=hint)
                self.say(entry.line, f"{what}: {sentence}" if what else sentence)

    def _entry(self, node: Any, what: str) -> Entry:
        line = node.start_mark.line + 1
        if not node.tag.startswith("tag:yaml.org,2002:"):
            sentence = say("text that begins with ! has to stand in quotes.")
            self.say(line, f"{what}: {sentence}" if what else sentence)
        if isinstance(node, yaml.SequenceNode):
            return Entry(line, [self._entry(part, what) for part in node.value])
        if isinstance(node, yaml.MappingNode):
            found: dict[str, Entry] = {}
            for key, part in node.value:
                where = key.start_mark.line + 1
                if not isinstance(key, yaml.ScalarNode):
                    found["{{"] = Entry(where, None)
                    continue
                if key.value in found:
                    self.say(
                        where,
                        say(
                            "the key {word} stands at line {line} too.",
                            word=_short(key.value),
                            line=found[key.value].line,
                        ),
                    )
                    continue
                found[key.value] = self._entry(part, key.value)
                found[key.value].line = where
            return Entry(line, found)
        is_null = node.style is None and node.value in _NULL
        return Entry(line, None if is_null else node.value)

    def _sentence(self, text: str, line: int, error: Any) -> str:
        lines = text.split("\n")
        near = "\n".join(lines[max(0, line - 2) : line])
        if isinstance(error, Refused):
            return f"{error.problem}."
        if _BARE_COLUMN.search(near):
            return say("a text that begins with {{ has to stand in quotes.")
        if "a tag" in str(error.context) or "the tag" in str(error.problem):
            return say("text that begins with ! has to stand in quotes.")
        return say("it is not YAML: {problem}.", problem=error.problem or error.context)


def _is_column(entry: Entry) -> bool:
    """Whether it is what YAML makes of an unquoted `{{name}}`."""
    return isinstance(entry.value, dict) and list(entry.value) == ["{{"]


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
