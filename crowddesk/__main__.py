"""The entry point: the window at once where nothing else is asked, else the command line.

Reading the options takes as long as painting the window, so the plain start goes past it.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path


def main() -> None:
    """`crowddesk`, and `python -m crowddesk`."""
    if sys.argv[1:2] == ["--self-test"]:
        from crowddesk import self_test

        sys.exit(self_test.main(sys.argv[2:]))
    folder = folder_of_window(sys.argv[1:])
    if folder is None:
        from crowddesk.cli import main as command_line

        command_line()
        return
    # What the start makes is kept to the end: to look for garbage in it costs a tenth of the start. Later the
    # window looks for it.
    gc.disable()
    from crowddesk import app

    sys.exit(app.main(folder))


def folder_of_window(arguments: Sequence[str]) -> Path | None:
    """The workspace of a plain start of the window; None where the command line must read the arguments."""
    from crowddesk import paths

    match arguments:
        case []:
            return paths.default_workspace()
        case ["--workspace", folder] if folder and not folder.startswith("-"):
            return Path(folder).expanduser().absolute()
    return None


if __name__ == "__main__":
    main()
