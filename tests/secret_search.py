"""Looks for a secret's bytes, in every dress they may wear, in texts, files and this machine's processes."""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote


def dresses(secret: str) -> list[bytes]:
    """The secret as bytes, as UTF-16, as hex, and inside base64 wherever it may begin there."""
    plain = secret.encode()
    found = [plain, secret.encode("utf-16-le"), secret.encode("utf-16-be"), plain.hex().encode()]
    found += [plain.hex().upper().encode(), quote(secret, safe="").encode(), plain[::-1]]
    for raw in (plain, secret.encode("utf-16-le")):
        for before in range(3):
            coded = base64.b64encode(b"\0" * before + raw)
            # What its neighbours decide is left off on both sides.
            inside = coded[-(-before * 8 // 6) : len(coded) - 4]
            found += [inside, inside.replace(b"+", b"-").replace(b"/", b"_")]
    return sorted(set(found))


def is_in(secret: str, raw: bytes | str) -> bool:
    """Whether the secret is in there, in any dress."""
    data = raw.encode("utf-8", "replace") if isinstance(raw, str) else raw
    return any(dress in data for dress in dresses(secret))


def files_with(secret: str, *folders: Path) -> list[str]:
    """The files under these folders that hold the secret, in their bytes or in their names."""
    return [
        str(path.relative_to(folder))
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if is_in(secret, str(path)) or (path.is_file() and is_in(secret, path.read_bytes()))
    ]


def processes() -> Iterator[tuple[int, bytes]]:
    """What `ps` shows of every process: its number and its command line. Nothing but on Linux."""
    if sys.platform == "linux":
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    yield int(folder.name), (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                except OSError:
                    continue  # it has ended


def environment_of(pid: int) -> bytes:
    """The environment that a process was started with."""
    return Path(f"/proc/{pid}/environ").read_bytes()
