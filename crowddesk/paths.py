"""Where things lie, in a checkout, a wheel or a frozen build, and what files may be called everywhere.

The only module that knows whether the program is frozen. Nothing here makes a folder or reads a file, and
everything may be called from any thread.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final

from platformdirs import user_config_path, user_data_path

_NAME = "crowddesk"
#: One part of a path that every system takes and means the same by.
_PART: Final = re.compile(r"[^\x00-\x1f\ud800-\udfff<>:\"/\\|?*]{1,200}(?<![ .])")
#: What systems put into a folder that a person sees as empty.
_UNSEEN: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


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


def plugins_dir() -> Path:
    """Where plug-ins are put: the folder that `CROWDDESK_PLUGINS` names, else one in the user's data.

    It need not exist.
    """
    named = os.environ.get("CROWDDESK_PLUGINS")
    if named:
        return Path(named).expanduser().absolute()
    return user_data_path(_NAME, appauthor=False) / "plugins"


def is_portable(name: str) -> bool:
    """Whether a file or a folder can be called so on every system."""
    return name not in (".", "..") and bool(_PART.fullmatch(name)) and not _DEVICES.fullmatch(name)


def is_unseen(name: str) -> bool:
    """Whether a file of this name is a system's own: nobody's work, and not to be seen in its folder."""
    return name.casefold() in _UNSEEN


def own_command() -> list[str]:
    """The words that start this program anew in a process of its own; arguments come after them."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", _NAME]


def _package_dir() -> Path:
    if getattr(sys, "frozen", False):
        return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent)) / _NAME
    return Path(__file__).resolve().parent
