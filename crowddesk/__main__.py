"""The entry point: the window at once where nothing else is asked, else the command line.

Reading the options takes as long as painting the window, so the plain start goes past it.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

WORKSPACE: Final = "workspace"
FILE: Final = "file"
WELCOME: Final = "welcome"


def main() -> None:
    """`crowddesk`, and `python -m crowddesk`."""
    if sys.argv[1:2] == ["--self-test"]:
        from crowddesk import self_test

        sys.exit(self_test.main(sys.argv[2:]))
    start = window_of(sys.argv[1:])
    if start is None:
        from crowddesk.cli import main as command_line

        command_line()
        return
    # What the start makes is kept to the end: to look for garbage in it costs a tenth of the start. Later the
    # window looks for it.
    gc.disable()
    from crowddesk import app

    if start.what == FILE and start.path is not None:
        sys.exit(app.open_path(start.path))
    if start.what == WORKSPACE and start.path is not None:
        sys.exit(app.main(start.path))
    sys.exit(app.first_start(start.path))


class Start(NamedTuple):
    """What the window begins with: a workspace's folder, what somebody wants opened, or the welcome.

    The welcome's `path` is the workspace that was opened last and is gone.
    """

    what: str
    path: Path | None


def window_of(arguments: Sequence[str]) -> Start | None:
    """How the window begins; None where the command line must read the arguments."""
    match arguments:
        case []:
            return _plain_start()
        case ["--workspace", folder] if folder and not folder.startswith("-"):
            return Start(WORKSPACE, _whole(folder))
        case [named] if _is_path(named):
            return Start(FILE, _whole(named))
    return None


def _plain_start() -> Start:
    """The workspace that is named, else the one opened last, else the usual one, else none yet."""
    from crowddesk import paths, recent
    from crowddesk.ui.folders import is_workspace

    usual = paths.default_workspace()
    if os.environ.get("CROWDDESK_WORKSPACE"):
        return Start(WORKSPACE, usual)
    last = next((known.folder for known in recent.folders()), None)
    for folder in (last, usual):
        if folder is not None and is_workspace(folder):
            return Start(WORKSPACE, folder)
    if os.environ.get("CROWDDESK_DATABASE_URL"):  # the team's database is there, whatever the folder holds
        return Start(WORKSPACE, usual)
    return Start(WELCOME, last)


def _whole(named: str) -> Path:
    """The whole path, under one name: what ends in ".." would be called so in the window, too."""
    return Path(os.path.abspath(Path(named).expanduser()))


def _is_path(named: str) -> bool:
    """Whether a single argument is no command: a name with a folder in it, or with an ending of ours."""
    if named.startswith("-"):
        return False
    parted = "/" in named or os.sep in named or named in (".", "..")
    return parted or named.lower().endswith((".crowddesk", ".crowddesk-backup"))


if __name__ == "__main__":
    main()
