"""What was built into dist/: how large it is, and how soon its window is there, beside the same from source.

Both starts are told by Qt's own log of what it paints, so that nothing is put into it to be measured.
"""

from __future__ import annotations

import os
import platform
import selectors
import subprocess
import sys
import tarfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Final

#: The first line of every paint that covers the window from edge to edge.
_WHOLE: Final = b"Flushing top level QRegion(0,0 "
_PAINT: Final = b"Flushing top level "
#: The window is painted empty, then with its page; when nothing follows for so long, everything is there.
_WHOLE_PAINTS: Final = 2
_SILENCE_S: Final = 2.0
_LIMIT_S: Final = 120.0
_ENDINGS: Final = (".deb", ".tar.xz", ".exe", ".msi", ".dmg", ".zip")


def sizes(dist: Path) -> dict[str, int]:
    """The bytes of every installer and archive of a folder, by name; none where there is no such folder."""
    if not dist.is_dir():
        return {}
    return {path.name: path.stat().st_size for path in sorted(dist.iterdir()) if path.name.endswith(_ENDINGS)}


def unpack(dist: Path, folder: Path) -> list[str]:
    """The command of this system's archive, unpacked below `folder`; none where there is no archive."""
    found = sorted(dist.glob(f"crowddesk-*-{sys.platform}-{platform.machine()}.tar.xz"))
    if not found:
        return []
    with tarfile.open(found[-1]) as archive:
        # Debian 12's Python knows no such filter yet.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(folder)
    (program,) = folder.iterdir()
    return [str(program / "crowddesk")]


def started(command: Sequence[str], workspace: Path) -> Mapping[str, float]:
    """Seconds from the birth of a window's process until it was painted and until everything was there.

    Raises RuntimeError where the window does not come.
    """
    environment = os.environ | {
        "QT_LOGGING_RULES": "qt.widgets.painting*=true",
        "QT_FORCE_STDERR_LOGGING": "1",
    }
    began = time.monotonic()
    process = subprocess.Popen(
        [*command, "--workspace", str(workspace)], env=environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        paints = [at - began for at in _paints(process.stderr, began)]
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stderr is not None:
            process.stderr.close()
    return {"painted": paints[0], "usable": paints[-1]}


def _paints(log: IO[bytes], began: float) -> list[float]:
    """When something was painted, up to the silence after the window's page."""
    paints: list[float] = []
    whole, rest = 0, b""
    with selectors.DefaultSelector() as watch:
        watch.register(log, selectors.EVENT_READ)
        while time.monotonic() < began + _LIMIT_S:
            if not watch.select(_SILENCE_S):
                if whole >= _WHOLE_PAINTS:
                    return paints
                continue
            at = time.monotonic()
            read = os.read(log.fileno(), 65_536)
            if not read:
                break
            *lines, rest = (rest + read).split(b"\n")
            for line in lines:
                whole += _WHOLE in line
                if _PAINT in line:
                    paints.append(at)
    raise RuntimeError(f"The window did not come within {_LIMIT_S:g} s; {len(paints)} paints were seen.")
