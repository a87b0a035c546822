"""What became of a workspace's file while nobody had it open: a death over it, damage, its loss.

It asks the disk: call it in any thread but the GUI's.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from crowddesk.language import say

DATABASE: Final = "crowddesk.sqlite"


def somebody_died(folder: Path) -> bool:
    """Whether the last one over this workspace did not end as it should; it is told of once."""
    from crowddesk.store import locks

    try:
        return locks.somebody_died(folder)
    except OSError:  # opening it says what is wrong with the folder
        return False


def damage_of(folder: Path, refusal: str) -> Sequence[str]:
    """What is damaged in a workspace that was not opened for it, as sentences; at the least the refusal."""
    from crowddesk.operations.backup import check_file

    path = folder / DATABASE
    try:
        if is_lost(folder):
            return (say("The database file {path} is gone or empty.", path=path),)
    except OSError:  # what was said first says it best
        return (refusal,)
    return check_file(folder) or (refusal,)


def is_lost(folder: Path) -> bool:
    """Whether there is no database file any more, or nothing in it. Raises OSError."""
    path = folder / DATABASE
    return not path.exists() or not path.stat().st_size
