"""The page that people see before their first unit of a run, and whether they passed it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, Final

from crowddesk.blueprints.base import Blueprint, Field
from crowddesk.blueprints.data_files import Problems
from crowddesk.blueprints.text_files import nearest
from crowddesk.domain import BadInput
from crowddesk.language import say
from crowddesk.registry import get_blueprint_from_type

#: What a page's file is, by its ending: the blueprint that draws it, and its argument.
_DRAWN_BY: Final = {
    ".html": ("static_html", "template"),
    ".htm": ("static_html", "template"),
    ".yaml": ("form", "form"),
    ".yml": ("form", "form"),
}


class Onboarding:
    """A run's `task.onboarding`, its paths relative to `folder`. Making one reads no file; any thread."""

    def __init__(self, args: Any, folder: Path) -> None:
        self.qualification = str(args.qualification)
        self._answers = {str(name): str(right) for name, right in dict(args.answers or {}).items()}
        self._most_wrong = int(args.most_wrong or 0)
        self._path = folder / str(args.page)

    @cached_property
    def _blueprint(self) -> Blueprint:
        try:
            kind, argument = _DRAWN_BY[self._path.suffix.lower()]
        except KeyError:
            raise BadInput(
                say(
                    "{name}: an onboarding page is an HTML template (.html) or a form (.yaml).",
                    name=self._path.name,
                )
            ) from None
        blueprint_class = get_blueprint_from_type(kind)
        return blueprint_class({argument: str(self._path), "data": ""}, Path())

    def page(self) -> str:
        """The document that people see. Raises BadInput."""
        return self._blueprint.render({})

    def fields(self) -> tuple[Field, ...]:
        """What it asks. Raises BadInput."""
        return self._blueprint.fields()

    def passed(self, data: Any) -> bool:
        """Whether what a page sent has no more wrong answers than are allowed. Raises BadInput."""
        given = self._blueprint.parse_submission(data)
        wrong = sum(_text(given.get(name)) != right for name, right in self._answers.items())
        return wrong <= self._most_wrong

    def check(self, problems: Problems) -> None:
        """Adds what is wrong with the page and the right answers."""
        place = "task.onboarding.page"
        try:
            self._blueprint.check_own(problems)
            names = {field.name for field in self.fields()}
        except BadInput as error:
            problems.add(place, str(error))
            return
        for name in self._answers:
            if name not in names:
                near = nearest(name, names)
                file = self._path.name
                message = (
                    say(
                        "{file} has no field {name!r}: did you mean {near!r}?",
                        file=file,
                        name=name,
                        near=near,
                    )
                    if near
                    else say("{file} has no field {name!r}.", file=file, name=name)
                )
                problems.add("task.onboarding.answers", message)


def _text(answer: Any) -> str:
    """An answer as a run file writes the right one; of several, in their order."""
    return ", ".join(map(str, answer)) if isinstance(answer, list) else str(answer)
