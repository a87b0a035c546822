"""The program's files of machine code: which they are, whose, and what they want of a system."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from system import BuildFailed, run

_ELF: Final = b"\x7fELF"


def binaries(program: Path) -> list[Path]:
    """Every file of machine code below a folder, sorted; links are not followed."""
    found = []
    for path in sorted(program.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == _ELF:
                    found.append(path)
    return found


def strip(program: Path, scratch: Path) -> None:
    """Takes out what only debuggers read, a quarter of the whole. `scratch` is for copies on the way.

    A library that its maker has mended with patchelf may come out unloadable; such a one stays as it was. The
    starter stays too: the program's modules hang on its end.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    for path in binaries(program):
        if path.parent == program:
            continue
        copy = scratch / path.name
        run(["strip", "--strip-unneeded", "-o", copy, path])
        if _is_aligned(copy):
            shutil.copyfile(copy, path)
        copy.unlink()


def _is_aligned(path: Path) -> bool:
    """Whether every part that is loaded lies in the file as it will lie in memory."""
    for line in run(["readelf", "--program-headers", "--wide", path]).splitlines():
        words = line.split()
        if words[:1] == ["LOAD"]:
            offset, address, page = int(words[1], 16), int(words[2], 16), int(words[-1], 16)
            if (address - offset) % page:
                return False
    return True


def dpkg_owners(libraries: Iterable[str]) -> dict[str, list[str]]:
    """The packages of this system that libraries are from, and their names there. Raises BuildFailed.

    What the system's linker does not know is left out: Python's own, or a wheel's.
    """
    known: dict[str, str] = {}
    for line in run(["ldconfig", "-p"]).splitlines():
        name, _, place = line.strip().partition(" => ")
        known.setdefault(name.split(" ")[0], place)
    owners: dict[str, list[str]] = {}
    for library in libraries:
        if library in known:
            owners.setdefault(_owner(Path(known[library])), []).append(library)
    return owners


def _owner(path: Path) -> str:
    for spelling in dict.fromkeys((path, path.resolve(), Path(f"/usr{path}"), Path(f"/usr{path.resolve()}"))):
        done = subprocess.run(["dpkg", "-S", str(spelling)], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.split(": ")[0].split(", ")[0]
    raise BuildFailed(f"No package of Debian's owns {path}, so nobody knows its licence.")


def depends(program: Path, scratch: Path) -> list[str]:
    """The packages that hold what the bundle links and lacks, with the oldest version that will do."""
    (scratch / "debian").mkdir(parents=True, exist_ok=True)
    (scratch / "debian" / "control").write_text(
        "Source: crowddesk\n\nPackage: crowddesk\nArchitecture: any\n"
    )
    files = binaries(program)
    wanted = linked(files) - {path.name for path in program.rglob("*.so*")}
    if unknown := wanted - {name for names in dpkg_owners(wanted).values() for name in names}:
        raise BuildFailed(f"The program links {', '.join(sorted(unknown))}, which nobody here has.")
    carried = sorted({str(path.parent) for path in files})
    out = run(
        [
            "dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0",
            *(f"-l{folder}" for folder in carried), *(f"-e{path}" for path in files),
        ],
        cwd=scratch,
        env=os.environ | {"LC_ALL": "C"},
    )  # fmt: skip
    line = next((line for line in out.splitlines() if line.startswith("shlibs:Depends=")), None)
    if line is None:
        raise BuildFailed("dpkg-shlibdeps found no dependency.", out)
    # It also names the packages that the carried copies were taken from.
    owners = {owner.partition(":")[0] for owner in dpkg_owners(wanted)}
    named = (each.strip() for each in line.partition("=")[2].split(","))
    return sorted(each for each in named if each.split(" ")[0] in owners)


def linked(files: Iterable[Path]) -> set[str]:
    """The names of the libraries that the linker will look for."""
    found = set()
    for path in files:
        for line in run(["objdump", "--private-headers", path]).splitlines():
            words = line.split()
            if words[:1] == ["NEEDED"]:
                found.add(words[1])
    return found
