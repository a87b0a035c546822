"""Which workspaces this person opened last: `recent.json` beside the settings that all workspaces share.

Any process may write at any time: the last one wins, and a file that cannot be read is an empty list. May be
called from any thread; it reads and writes one small file, so rather not in the GUI thread.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from crowddesk import paths

logger = logging.getLogger(__name__)

_MOST: Final = 12
_FILE_NAME: Final = "recent.json"
_LARGEST: Final = 1 << 20
_LONGEST_PATH: Final = 4096


class Recent(NamedTuple):
    """A workspace's folder, and when it was opened last (UTC). The folder may be gone."""

    folder: Path
    opened_at: datetime


def folders() -> list[Recent]:
    """The workspaces that were opened last, newest first, at most twelve; those that are gone, too."""
    try:
        with _path().open("rb") as file:
            stored = json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return []
    found: dict[Path, Recent] = {}
    for entry in stored if isinstance(stored, list) else ():
        recent = _read(entry)
        if recent is not None and (recent.folder not in found or found[recent.folder] < recent):
            found[recent.folder] = recent
    return sorted(found.values(), key=lambda recent: recent.opened_at, reverse=True)[:_MOST]


def remember(folder: Path) -> None:
    """Puts a workspace first. A disk that takes nothing loses the entry, nothing else."""
    folder = _whole(folder)
    _write([Recent(folder, datetime.now(UTC)), *(known for known in folders() if known.folder != folder)])


def forget(folder: Path) -> None:
    """Takes a workspace off the list; the workspace itself is left alone."""
    known = folders()
    kept = [recent for recent in known if recent.folder != _whole(folder)]
    if len(kept) < len(known):
        _write(kept)


def _path() -> Path:
    return paths.user_config_dir() / _FILE_NAME


def _whole(folder: Path) -> Path:
    with contextlib.suppress(RuntimeError):  # a home that nobody knows
        folder = folder.expanduser()
    return Path(os.path.abspath(folder))


def _read(entry: object) -> Recent | None:
    if not isinstance(entry, dict):
        return None
    named, at = entry.get("folder"), entry.get("opened_at")
    if not isinstance(named, str) or not isinstance(at, str) or "\0" in named or len(named) > _LONGEST_PATH:
        return None
    folder = Path(named)
    try:
        opened_at = datetime.fromisoformat(at)
    except ValueError:
        return None
    if opened_at.tzinfo is None or not folder.is_absolute():
        return None
    try:
        return Recent(folder, opened_at.astimezone(UTC))
    except OverflowError:  # the first or the last day that there is
        return None


def _write(known: list[Recent]) -> None:
    path = _path()
    draft = path.with_name(f"{_FILE_NAME}.{os.getpid()}-{secrets.token_hex(4)}.new")
    entries = [{"folder": str(r.folder), "opened_at": r.opened_at.isoformat()} for r in known[:_MOST]]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(entries, indent=1), encoding="utf-8", errors="backslashreplace")
        os.replace(draft, path)
    except OSError:
        logger.info("%s could not be written", path, exc_info=True)
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
