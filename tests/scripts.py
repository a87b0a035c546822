"""The modules of `packaging/`, which is a folder of scripts and no package."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

PACKAGING = Path(__file__).resolve().parent.parent / "packaging"


def load(name: str) -> Any:
    """One of them, such as `build` or `linux.deb`; each finds the others as it does when it is run."""
    sys.path.insert(0, str(PACKAGING))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(PACKAGING))
