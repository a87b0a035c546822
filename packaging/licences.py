"""The licences of what the program carries, gathered beside it: the law of most of it asks for no more.

Each package brings its own text in its `.dist-info`; the index says whose it is and where the text lies.
"""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import contents

INDEX = "LICENCES.txt"
_HEAD = """\
CrowdDesk {version} is free software under the MIT licence, which stands at the end of this file. It is
given to you together with the work of many others, each under its own licence:

"""
#: Their packages carry no text.
_WITHOUT_TEXT = {
    "pyside6-essentials": "LGPL-3.0-only; its libraries are files of their own and may be replaced by yours",
    "shiboken6": "LGPL-3.0-only, as PySide6",
}


def index(own: str, version: str, more: Iterable[str] = ()) -> str:
    """What is bundled: Python, every package with its version and licence, and the lines of `more`."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"
    lines = [f"Python {python}: Python-2.0 (python.txt)"]
    lines += ["The starter of PyInstaller: GPL-2.0-or-later WITH Bootloader-exception"]
    for name, distribution in sorted(contents.distributions().items()):
        if name != contents.NAME:
            lines.append(f"{distribution.name} {distribution.version}: {licence_of(name, distribution)}")
    lines += sorted(more)
    return _HEAD.format(version=version) + "".join(f"- {line}\n" for line in lines) + f"\n\n{own}"


def licence_of(name: str, distribution: metadata.Distribution) -> str:
    """What a package says of its licence, and the files of its that hold the text."""
    told = distribution.metadata
    said = _WITHOUT_TEXT.get(name) or told["License-Expression"]
    if not said:
        classified = [
            each.rpartition(" :: ")[2]
            for each in told.get_all("Classifier", [])
            if each.startswith("License")
        ]
        said = ", ".join(classified) or (told["License"] or "see its text").strip().splitlines()[0]
    texts = sorted(
        str(file)
        for file in distribution.files or ()
        if ".dist-info" in file.parts[0]
        and file.name.upper().startswith(("LICEN", "COPYING", "NOTICE", "AUTHORS"))
    )
    return f"{said} ({', '.join(texts)})" if texts else said


def python_licence() -> Path | None:
    """The text of Python's own licence, where this Python has it beside its library."""
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    return text if text.is_file() else None
