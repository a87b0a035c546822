"""Opens something in a window of its own, by the program started anew: what is open here stays open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QProcess

from crowddesk.domain import CrowdDeskError
from crowddesk.language import say
from crowddesk.paths import own_command


def start_anew(words: Sequence[str]) -> None:
    """Starts the program with these words in a process that outlives this one; GUI thread.

    Raises CrowdDeskError where it cannot be started.
    """
    program, *first = own_command()
    started: Any = QProcess.startDetached(program, [*first, *words])
    if not started[0]:
        raise CrowdDeskError(say("{program} could not be started. Install CrowdDesk again.", program=program))
