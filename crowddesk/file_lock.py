"""The system's lock on a file: the kernel frees it when its holder dies, so that no clock has to guess."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def lock_file(path: Path, *, wait: bool = False) -> int | None:
    """Takes the lock of a file, which is made when it is missing; closing what it returns ends it.

    None where another process or another call holds it, and on a disk that has no locks. With `wait` it waits
    for the holder, on Windows ten seconds at most. Raises OSError where the file can be neither made nor
    opened. Any thread; the GUI's only without `wait`.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
