"""YAML as people write it into run files and forms: no aliases, and questions may end in a question mark."""

from __future__ import annotations

from typing import Any

import yaml  # type: ignore[import-untyped]

from crowddesk.language import say


class Refused(yaml.MarkedYAMLError):  # type: ignore[misc]
    """It is YAML, but of a kind that these files do without."""


class PlainLoader(yaml.SafeLoader):  # type: ignore[misc]
    """Knows no aliases, with which a short file could be endless."""

    _in_plain = False

    def scan_plain(self) -> Any:
        self._in_plain = True
        try:
            return super().scan_plain()
        finally:
            self._in_plain = False

    def peek(self, index: int = 0) -> Any:
        # `{title: Does it follow?}` is YAML 1.2; PyYAML ends the text at the question mark.
        sign = super().peek(index)
        return "x" if sign == "?" and self._in_plain else sign

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise Refused(None, None, say("aliases (*) are not used here"), self.peek_event().start_mark)
        return super().compose_node(parent, index)
