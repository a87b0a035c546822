"""Files that are whole or not there: made in a hidden folder beside them, which no crash leaves for good.

Whoever makes such a folder holds the system's lock on a file beside it, which ends with the process, and
takes away first what dead processes have left there. Any thread but the GUI's.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from crowddesk.domain import WorkspaceError
from crowddesk.file_lock import lock_file
from crowddesk.language import say

_LOCK: Final = re.compile(r"(\.crowddesk-[0-9a-f]{16})\.lock")
_TRIES: Final = 3


@contextlib.contextmanager
def whole_or_nothing(path: Path) -> Iterator[Path]:
    """A place to write a file; it gets its name at the end, and goes when anything went wrong.

    Raises WorkspaceError when the disk does not take it.
    """
    try:
        with draft_folder(path.absolute().parent) as here:
            part = here / "part"
            yield part
            os.replace(part, path)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            sentence = say(
                "The disk of {parent} is full, so {name} was not written.",
                parent=path.absolute().parent,
                name=path.name,
            )
        else:
            sentence = say(
                "{path} cannot be written: {strerror}.", path=path, strerror=error.strerror or error
            )
        raise WorkspaceError(sentence, details=str(error)) from error


@contextlib.contextmanager
def draft_folder(place: Path) -> Iterator[Path]:
    """A new hidden folder in an existing one, for nobody but this user; it goes with all that is in it.

    What killed processes left in `place` goes first. Raises OSError when it cannot be made.
    """
    _sweep(place)
    here, held = _named(place)
    try:
        here.mkdir(0o700)
        yield here
    finally:
        _remove(here, held)


def _named(place: Path) -> tuple[Path, int | None]:
    """A name for a folder, and the lock that says that somebody works in it."""
    for _ in range(_TRIES):  # a sweep of another process may come between a file and its lock
        here = place / f".crowddesk-{secrets.token_hex(8)}"
        held = lock_file(_lock_of(here))
        if held is not None:
            return here, held
        with contextlib.suppress(OSError):
            _lock_of(here).unlink(missing_ok=True)
    # The disk has no locks: without a lock's file nobody takes the folder for a dead one's.
    return place / f".crowddesk-{secrets.token_hex(8)}", None


def _lock_of(here: Path) -> Path:
    return here.with_name(f"{here.name}.lock")


def _sweep(place: Path) -> None:
    """Takes away the folders whose lock nobody holds."""
    for lock in place.glob(".crowddesk-*.lock"):
        named = _LOCK.fullmatch(lock.name)
        if named is None or lock.is_symlink():
            continue
        with contextlib.suppress(OSError):  # another user's
            held = lock_file(lock)
            if held is not None:
                _remove(place / named[1], held)


def _remove(here: Path, held: int | None) -> None:
    shutil.rmtree(here, ignore_errors=True)
    if held is None:
        return
    os.close(held)
    if not here.exists():  # else the next one tries again
        with contextlib.suppress(OSError):
            _lock_of(here).unlink(missing_ok=True)
