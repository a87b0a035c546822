"""Messages with variables, filled in for each person; any thread.

A message may name what its reader knows anyway: their id at the vendor, the run, the account. Nothing that
this desk noted about them can be written by accident.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from crowddesk.domain import BadInput
from crowddesk.language import mark, say

_VARIABLE: Final = re.compile(r"\{([A-Za-z_]{1,40})\}")
#: What a message may name, and what stands there then.
VARIABLES: Final[Mapping[str, str]] = {
    "name": mark("their id at the vendor"),
    "run": mark("the run's title"),
    "requester": mark("the account's name"),
}


def fill(body: str, facts: Mapping[str, str]) -> str:
    """A message as one person reads it. Raises BadInput for a variable that is not there or empty."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in VARIABLES:
            known = ", ".join(f"{{{known}}}" for known in VARIABLES)
            raise BadInput(
                say(
                    "There is no variable {{{name}}} for messages. There are {known}.", name=name, known=known
                )
            )
        if not facts.get(name):
            raise BadInput(
                say(
                    "There is nothing to put in place of {{{name}}} here: {what}.",
                    name=name,
                    what=say(VARIABLES[name]),
                )
            )
        return facts[name]

    return _VARIABLE.sub(value, body)
