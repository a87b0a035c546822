"""What lies at a folder that somebody names for a workspace, and what a file is that somebody wants opened.

It asks the disk, which may sleep or be far away: call it in any thread but the GUI's.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crowddesk.domain import BadInput, CrowdDeskError
from crowddesk.language import say
from crowddesk.paths import is_unseen

NEW: Final = "new"
EMPTY: Final = "empty"
WORKSPACE: Final = "workspace"
OTHER: Final = "other"

BUNDLE: Final = "bundle"
BACKUP: Final = "backup"
BUNDLE_ENDING: Final = ".crowddesk"
BACKUP_ENDING: Final = ".crowddesk-backup"

#: A workspace has its database, or the file that says where its database is.
_MARKS: Final = ("crowddesk.sqlite", "workspace.yaml")
#: What is left of one whose database is lost; opening it shows the way back.
_LOCKS: Final = "locks"
_LEFT: Final = ("runs", "backups")


@dataclass(frozen=True, slots=True)
class FolderLook:
    """What a folder is: new, empty, a workspace, other; `fault` says why no workspace can be there."""

    path: Path
    kind: str = ""
    fault: str = ""


def is_workspace(folder: Path) -> bool:
    """Whether there is a workspace, or was one; False where the disk does not answer."""
    try:
        if any((folder / name).is_file() for name in _MARKS):
            return True
        return (folder / _LOCKS).is_dir() and any((folder / name).is_dir() for name in _LEFT)
    except OSError:
        return False


def look_at_folder(folder: Path) -> FolderLook:
    """What is there now. A folder that is not there yet is new where it could be made."""
    try:
        return _look(folder)
    except (OSError, RuntimeError, ValueError) as error:  # also a circle of links, or a name with a NUL
        why = getattr(error, "strerror", None) or str(error)
        return FolderLook(folder, OTHER, say("{folder} cannot be used: {why}.", folder=folder, why=why))


def _look(folder: Path) -> FolderLook:
    above = folder
    while not above.exists() and above != above.parent:
        above = above.parent
    if not above.is_dir():
        return FolderLook(folder, OTHER, say("{file} is a file. Choose a folder.", file=above))
    fault = _network_fault(folder)
    kind = NEW
    if above == folder:
        kind = WORKSPACE if is_workspace(folder) else OTHER
        if kind == OTHER and all(map(is_unseen, os.listdir(folder))):
            kind = EMPTY
    if not fault and kind == OTHER:
        fault = say("There are other files in {folder}. Choose an empty folder, or name a new one in it.",
                    folder=folder)  # fmt: skip
    if not fault and not os.access(above, os.W_OK | os.X_OK):
        fault = say("Nothing can be written in {folder}. Choose another folder.", folder=above)
    return FolderLook(folder, kind, fault)


def _network_fault(folder: Path) -> str:
    from crowddesk.store.database import refuse_network_drive

    if (folder / _MARKS[1]).is_file():  # its database is a server's
        return ""
    try:
        refuse_network_drive(folder)
    except CrowdDeskError as error:
        return str(error)
    return ""


def free_folder(wanted: Path) -> Path:
    """`wanted` if nothing is there, else the first of "wanted 2", "wanted 3" and so on where nothing is."""
    found, number = wanted, 1
    while found.exists():
        number += 1
        found = wanted.with_name(f"{wanted.name} {number}")
    return found


def what_is(path: Path) -> str:
    """WORKSPACE, BUNDLE or BACKUP, by what is inside, whatever its name is.

    Raises BadInput for what is none of them, as its name's ending lets expect.
    """
    if path.is_dir():
        if is_workspace(path):
            return WORKSPACE
        raise BadInput(say("There is no workspace in {folder}.", folder=path))
    from crowddesk.operations import backup, bundle

    checks = {BUNDLE: bundle.look_over, BACKUP: backup.read_backup}
    likely = BACKUP if path.name.lower().endswith(BACKUP_ENDING) else BUNDLE
    named = path.name.lower().endswith((BUNDLE_ENDING, BACKUP_ENDING))
    refusal: CrowdDeskError | None = None
    for kind in sorted(checks, key=lambda kind: kind != likely):
        try:
            checks[kind](path)
            return kind
        except CrowdDeskError as error:
            refusal = refusal or error
    if refusal is not None and (named or not path.is_file()):
        raise refusal
    raise BadInput(
        say("{file} is no packed run, no backup and no workspace: CrowdDesk cannot open it.", file=path.name)
    )
