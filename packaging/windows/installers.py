"""The Windows half of the build: the program's folder, its setup, and a try of it under Wine or on Windows.

Built on Linux. `python packaging/windows/installers.py SETUP.exe` tries a setup that exists already: that is
how it is seen on Windows itself.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from system import Build, BuildFailed, run, self_test
from windows import official_python
from windows import wine as wine_module
from windows.wine import Wine

HERE: Final = Path(__file__).parent
#: A command that signs the file at its end in place: launchers, uninstaller and setup. See README.md.
SIGN: Final = "CROWDDESK_SIGN"
#: The program and the Debian package that brings it; `set windows` of packaging/system-packages.txt.
_TOOLS: Final = {
    "makensis": "nsis", "osslsigncode": "osslsigncode", "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "x86_64-w64-mingw32-windres": "binutils-mingw-w64-x86-64",
}  # fmt: skip
_KEY: Final = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Uninstall\CrowdDesk"


def lacks() -> list[str]:
    """What this machine lacks, a sentence each."""
    from windows import program

    if sys.platform != "linux":
        return ["The setup for Windows is built on Linux: see packaging/windows/README.md."]
    missing = [package for tool, package in _TOOLS.items() if shutil.which(tool) is None]
    if program.native_python() is None and wine_module.wine_program() is None:
        missing.append("wine64")
    return [f"{package} is missing: run packaging/setup.sh windows" for package in missing]


def make_program(build: Build) -> Path:
    """The folder that is installed, launchers and all. Raises BuildFailed."""
    from windows import program

    wine = _wine(build) if wine_module.wine_program() else None
    folder = program.lay_out(build, wine)
    for launcher in program.LAUNCHERS:
        sign(folder / launcher)
    return folder


def command(program: Path) -> list[str]:
    """The words that start the command line of the folder `program`; [] without Wine."""
    if wine_module.lacks():
        return []
    starter = [sys.executable, str(HERE / "wine.py"), str(program.parent / "wine")]
    return [*starter, str(program / "crowddesk-cli.exe")]


def make_installers(build: Build, program: Path, *, quickly: bool = False) -> list[Path]:
    """Writes crowddesk-VERSION-windows-x86_64-setup.exe; `quickly` packs it larger. Raises BuildFailed."""
    from windows.program import numbers

    target = build.dist / f"crowddesk-{build.version}-windows-x86_64-setup.exe"
    files = build.work / "files.nsh"
    files.write_text(script_of(program / "program"), encoding="utf-8-sig")
    size = sum(path.stat().st_size for path in program.rglob("*") if path.is_file())
    defined = {
        "VERSION": build.version, "NUMBERS": ".".join(numbers(build.version)), "SOURCE": program,
        "FILES": files, "PYTHON_DLL": official_python.DLL, "ICON": build.work / "launcher" / "crowddesk.ico",
        "KILOBYTES": size // 1024, "TARGET": target,
    }  # fmt: skip
    if signer := os.environ.get(SIGN):
        defined["SIGN"] = signer
    words: list[str | Path] = ["makensis", "-V2", "-INPUTCHARSET", "UTF8"]
    words += ["-XSetCompressor /FINAL zlib"] if quickly else []
    run([*words, *(f"-D{name}={value}" for name, value in defined.items()), HERE / "setup.nsi"])
    return [target]


def script_of(program: Path) -> str:
    """NSIS's lines that unpack the folder beside the one in use, sorted: the same program, the same setup."""
    lines = []
    for folder in sorted([program, *(path for path in program.rglob("*") if path.is_dir())]):
        files = sorted(path for path in folder.iterdir() if path.is_file())
        if files:
            below = "\\".join(("program.new", *folder.relative_to(program).parts))
            lines.append(f'SetOutPath "$INSTDIR\\{_quoted(below)}"')
            lines += [f'File "{_quoted(str(path))}"' for path in files]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    if '"' in text or "`" in text:
        raise BuildFailed(f"NSIS cannot take a file of this name: {text}")
    return text.replace("$", "$$")


def sign(path: Path) -> None:
    """Signs the file with the command in CROWDDESK_SIGN, where there is one. Raises BuildFailed."""
    if words := os.environ.get(SIGN):
        run([*shlex.split(words), path])


def try_installer(build: Build, installer: Path) -> str:
    """Installs under Wine, lets the program test itself there, upgrades, uninstalls. Raises BuildFailed."""
    if missing := wine_module.lacks():
        return f"not tried: {' '.join(missing)}"
    return try_setup(_wine(build), installer, build.work / "tried")


def try_setup(wine: Wine, setup: Path, home: Path) -> str:
    """The same for any setup, on Windows too, where it is the user's own registry. Raises BuildFailed."""
    wine.run([setup, "/S"])
    place = place_of(wine)
    if place is None:
        raise BuildFailed(f"{setup.name} /S ended well, and there is no entry to uninstall it.")
    folder = wine.local(place)
    if sys.platform == "win32":
        self_test([str(folder / "crowddesk-cli.exe")], home)
    else:
        words = [sys.executable, str(HERE / "wine.py"), str(wine.prefix), str(folder / "crowddesk-cli.exe")]
        self_test(words, home)
    (folder / "program" / "lib" / "of_an_older_version.py").write_text("")
    wine.run([setup, "/S"])
    if (folder / "program" / "lib" / "of_an_older_version.py").exists():
        raise BuildFailed(f"{setup.name} left a file of the version that it replaced.")
    uninstall(wine, place)
    if folder.exists() or place_of(wine) is not None:
        raise BuildFailed("Uninstalling left files or its entry behind.", str(sorted(folder.rglob("*"))[:20]))
    where = "on Windows" if sys.platform == "win32" else "under Wine"
    return f"installed {where}, tested itself there, was replaced and uninstalled"


def place_of(wine: Wine) -> str | None:
    """Where it is installed, as Windows writes it; None where it is not."""
    with tempfile.TemporaryDirectory() as folder:
        entry = Path(folder) / "entry.reg"  # what `reg query` prints is in the code page of a console
        wine.run(["reg", "export", _KEY, wine.path(entry), "/y"], may_fail=True)
        said = entry.read_text(encoding="utf-16") if entry.exists() else ""
    found = re.search(r'"InstallLocation"="(.+)"', said)
    return found[1].replace(r"\\", "\\") if found else None


def uninstall(wine: Wine, place: str) -> None:
    """Runs the uninstaller as Settings > Apps does, and waits for the copy of itself that does the work."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "uninstall.exe"
        shutil.copy(wine.local(place) / "uninstall.exe", copy)
        # With _? it does not start another copy of itself; what it cannot take away then is only itself. It
        # takes no quotes there, which one word with a space in it would get.
        wine.run([copy, "/S", *f"_?={place}".split(" ")])
    wine.wait()


def _wine(build: Build) -> Wine:
    wine = Wine(build.work / "wine")
    if not wine.prefix.exists():
        wine.make()
    return wine


if __name__ == "__main__":
    if sys.platform != "win32":
        sys.exit("On Linux `make package FOR=windows` tries it as it builds it.")
    with tempfile.TemporaryDirectory() as _home:
        sys.stdout.write(try_setup(Wine(Path(_home)), Path(sys.argv[1]).resolve(), Path(_home)) + "\n")
