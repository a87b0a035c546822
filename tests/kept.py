"""The workspaces that earlier versions have left under `tests/data/workspaces/`."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

WORKSPACES = Path(__file__).parent / "data" / "workspaces"
NAMES = sorted(path.name.removesuffix(".tar.xz") for path in WORKSPACES.glob("*.tar.xz"))


def unpack(name: str, folder: Path) -> Path:
    """A kept workspace, as its version left it, in a new folder."""
    folder.mkdir(parents=True)
    with tarfile.open(WORKSPACES / f"{name}.tar.xz") as archive:
        # Debian 12's Python knows no such filter yet.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(folder)
    return folder


def said_by(name: str) -> dict[str, Any]:
    """What that version itself said of the workspace."""
    found: dict[str, Any] = json.loads((WORKSPACES / f"{name}.json").read_text(encoding="utf-8"))
    return found
