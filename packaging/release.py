"""What a release needs beside its builds. `release.py check TAG` and `release.py gather TAG FOLDER TARGET`.

check: the tag names the version that is built. gather: FOLDER has what each system's build left in `dist`, in
a folder of the system's name; all of it goes into TARGET with one SHA256SUMS, if it is whole and as built.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from pathlib import Path
from typing import Final

from build import write_checksums
from system import BuildFailed

ROOT: Final = Path(__file__).resolve().parent.parent
SUMS: Final = "SHA256SUMS"
#: What a build of each system leaves, by the endings of its files; each name has the version in it.
EXPECTED: Final = {
    "linux": (".deb", ".tar.xz", "-linux.cdx.json"),
    "windows": (".exe", "-windows.cdx.json"),
    "macos": (".dmg", "-macos.cdx.json"),
}
_USAGE: Final = "usage: release.py check TAG | gather TAG FOLDER TARGET\n"


def main(arguments: list[str]) -> int:
    """0; 1 with what is wrong; 2 for other arguments than those."""
    try:
        match arguments:
            case ["check", tag]:
                print(f"release: {tag} is version {check(tag, own_version())}")
            case ["gather", tag, folder, target]:
                for path in gather(check(tag, own_version()), Path(folder), Path(target)):
                    print(path)
            case _:
                sys.stderr.write(_USAGE)
                return 2
    except BuildFailed as error:
        sys.stderr.write(f"release: {error}\n")
        return 1
    return 0


def own_version() -> str:
    """The version that the package says, where the build reads it too."""
    text = (ROOT / "crowddesk" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__\s*=\s*"([^"]+)"', text, re.MULTILINE)
    if found is None:
        raise BuildFailed("crowddesk/__init__.py names no version.")
    return found[1]


def check(tag: str, version: str) -> str:
    """The version; raises BuildFailed where the tag names another one."""
    if tag != f"v{version}":
        raise BuildFailed(f"The tag {tag} does not name version {version}: it would be v{version}.")
    return version


def gather(version: str, folder: Path, target: Path) -> list[Path]:
    """Moves everything into `target`, which is made. Raises BuildFailed; then nothing was moved."""
    there = {path.name for path in folder.iterdir()}
    if there != set(EXPECTED):
        found = ", ".join(sorted(there)) or "nothing"
        raise BuildFailed(f"There are builds of {found}, not of {', '.join(EXPECTED)}.")
    files = [path for system in EXPECTED for path in whole(version, system, folder / system)]
    target.mkdir(parents=True, exist_ok=True)
    moved = [Path(shutil.move(path, target / path.name)) for path in files]
    return [*moved, write_checksums(target)]


def whole(version: str, system: str, folder: Path) -> list[Path]:
    """The files of one system's build, as its own checksums know them. Raises BuildFailed."""
    files = sorted(path for path in folder.iterdir() if path.name != SUMS)
    endings = {ending: [p for p in files if p.name.endswith(ending)] for ending in EXPECTED[system]}
    for ending, found in endings.items():
        if len(found) != 1 or not re.search(rf"[-_]{re.escape(version)}([-_]|\.\D)", found[0].name):
            names = ", ".join(path.name for path in found) or "none"
            raise BuildFailed(f"{system}: one file {ending} of {version} is needed, and there is {names}.")
    known = sorted(path for found in endings.values() for path in found)
    if strange := sorted({path.name for path in files} - {path.name for path in known}):
        raise BuildFailed(f"{system}: nobody knows what {', '.join(strange)} is.")
    sums = (folder / SUMS).read_text(encoding="utf-8") if (folder / SUMS).is_file() else ""
    for path in known:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if f"{digest}  {path.name}\n" not in sums:
            raise BuildFailed(f"{system}: {path.name} is not what was built: its checksum differs.")
    return known


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
