"""Where things lie: the program's own files and the user's folders, in a checkout, a wheel or a frozen build.

The only module that knows whether the program is frozen. Nothing here makes a folder or reads a file, and
everything may be called from any thread.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from platformdirs import user_config_path, user_data_path

_NAME = "crowddesk"


def resources_dir() -> Path:
    """The folder of icons, styles, sample tasks and translations, whatever the working folder is.

    Raises FileNotFoundError when the installation lacks it.
    """
    package = _package_dir()
    installed, checkout = package / "_resources", package.parent / "resources"
    for folder in (installed, checkout):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"The program's resources are neither in {installed} nor in {checkout}: install CrowdDesk again."
    )


def migrations_dir() -> Path:
    """The folder of the Alembic migrations; it may be missing until one is needed, so nothing is checked."""
    return _package_dir() / "store" / "migrations"


def user_config_dir() -> Path:
    """The folder of the user's settings, shared by all workspaces."""
    return user_config_path(_NAME, appauthor=False)


def default_workspace() -> Path:
    """The workspace to open when none is named: `CROWDDESK_WORKSPACE`, else a folder in the user's data."""
    named = os.environ.get("CROWDDESK_WORKSPACE")
    if named:
        return Path(named).expanduser().absolute()
    return user_data_path(_NAME, appauthor=False) / "workspace"


def own_command() -> list[str]:
    """The words that start this program anew in a process of its own; arguments come after them."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", _NAME]


def _package_dir() -> Path:
    if getattr(sys, "frozen", False):
        return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent)) / _NAME
    return Path(__file__).resolve().parent
