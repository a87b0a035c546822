"""What became of a workspace's file while nobody had it open: a death over it, damage, a file that is gone.

It asks the disk: call it in any thread but the GUI's.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from crowddesk.domain import WorkspaceError
from crowddesk.language import say

DATABASE: Final = "crowddesk.sqlite"


def somebody_died(folder: Path) -> bool:
    """Whether the last one over this workspace did not end as it should; it is told of once."""
    from crowddesk.store.locks import bury_dead

    try:
        return bury_dead(folder)
    except OSError:  # opening it says what is wrong with the folder
        return False


def refuse_to_begin_anew(folder: Path) -> None:
    """Raises WorkspaceError where there are copies of a database and it is gone or empty itself.

    To begin an empty workspace there would hide the loss.
    """
    from crowddesk.operations.backup import copies_of

    path = folder / DATABASE
    if not (path.is_file() and path.stat().st_size) and copies_of(folder):
        raise WorkspaceError(say("The database file {path} is gone or empty.", path=path))


def damage_of(folder: Path) -> Sequence[str]:
    """What is damaged in a workspace that could not be opened, as sentences; none: it is something else."""
    from crowddesk.operations.backup import check_file

    try:
        refuse_to_begin_anew(folder)
    except WorkspaceError as error:
        return (str(error),)
    return check_file(folder) if (folder / DATABASE).is_file() else ()
