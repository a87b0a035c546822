"""The blueprint for work that is shown and kept elsewhere: a survey tool, a server of one's own.

There is no page here and no answer: what is known of a submission is what its vendor says. Runs of this kind
are adopted from a vendor, never launched.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from crowddesk.blueprints.base import Blueprint, BlueprintArgs, Field, clean_sent
from crowddesk.blueprints.data_files import Checked, Item, Problems
from crowddesk.domain import BadInput
from crowddesk.language import mark, say

BLUEPRINT_TYPE = "elsewhere"


@dataclass
class ElsewhereArgs(BlueprintArgs):
    """An adopted run has no file of items: it is one item with as many answers as there are places."""

    _blueprint_type: str = BLUEPRINT_TYPE
    data: str = field(default="", metadata={"help": mark("Not used: the items are kept elsewhere.")})


class ElsewhereBlueprint(Blueprint):
    """No page; the answer is what the vendor says of the submission."""

    BLUEPRINT_TYPE: ClassVar[str] = BLUEPRINT_TYPE
    ArgsClass: ClassVar[type[BlueprintArgs]] = ElsewhereArgs

    def read_items(self, path: Path | None = None) -> Iterator[Item]:
        return iter(())

    def check(self, path: Path | None = None, progress: Callable[[int], None] | None = None) -> Checked:
        own = Problems()
        self.check_own(own)
        return Checked((), 0, own)

    def check_own(self, problems: Problems) -> None:
        problems.add(
            "blueprint._blueprint_type",
            say(
                "a task that is shown elsewhere is not launched from here; start it at its vendor and "
                "adopt it."
            ),
        )

    def check_columns(self, columns: tuple[str, ...], file: str, problems: Problems) -> None:
        return

    def render(self, values: Mapping[str, str]) -> str:
        rows = "".join(
            f"<dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd>" for name, value in values.items()
        )
        return f"<p>This task is shown elsewhere; its answers are kept there.</p><dl>{rows}</dl>"

    def fields(self, values: Mapping[str, str] | None = None) -> tuple[Field, ...]:
        return ()

    def parse_submission(self, raw: Any) -> dict[str, Any]:
        """What is known of a submission, by name: its facts as a mapping or as JSON. Raises BadInput."""
        if isinstance(raw, str):
            try:
                raw = json.loads(raw)
            except (ValueError, RecursionError) as error:
                raise BadInput(
                    say("The facts of the submission are no JSON: {error}.", error=error)
                ) from None
        if not isinstance(raw, Mapping):
            raise BadInput(say("The facts of the submission are no mapping."))
        return {str(name): clean_sent(value) for name, value in raw.items()}

    def keep(self, folder: Path) -> dict[str, str]:
        return {}
