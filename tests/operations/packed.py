"""What bundles and backups are made of, taken apart and put together otherwise."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(
    path: Path, parts: dict[str, bytes], change: Callable[[dict[str, Any]], None] = lambda m: None
) -> Path:
    """An archive of these parts with a manifest that agrees with them, changed."""
    manifest = json.loads(parts["manifest.json"])
    manifest["entries"] = [
        {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in parts.items()
        if name != "manifest.json"
    ]
    change(manifest)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        for name, data in parts.items():
            if name != "manifest.json":
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return path
