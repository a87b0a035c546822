"""Runs Windows programs on Linux with Wine, in a prefix of its own; on Windows itself it just runs them.

`python packaging/windows/wine.py PREFIX PROGRAM WORD…` does so with the words of a command line. Debian's
Wine 8 lacks parts of Windows 10 that Qt, numpy and Rust ask for: tests/packaging/wine has stand-ins.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from system import BuildFailed, run

_STAND_INS: Final = Path(__file__).resolve().parent.parent.parent / "tests" / "packaging" / "wine"
_COMPILER: Final = "x86_64-w64-mingw32-gcc"
_OBJDUMP: Final = "x86_64-w64-mingw32-objdump"
#: Windows has fonts and a fresh Wine has none.
_FONTS: Final = Path("/usr/share/fonts/truetype/dejavu")
#: No offers to download Mono and Gecko, no entries in the desktop's own menus, no debugger. Wine's WMI ends
#: any Python from 3.12 that asks for the system's version. The C library is taken from where `make` put it.
_OVERRIDES: Final = "mscoree,mshtml,wbemprox=;winemenubuilder.exe,winedbg.exe=;ucrtbase=n,b"
#: A Windows program that hangs is ended; a setup unpacks in half a minute.
_LIMIT_S: Final = 300


def wine_program() -> str | None:
    """Wine for 64-bit programs, or None. Debian's package puts none on PATH."""
    for name in ("wine64", "/usr/lib/wine/wine64", "wine"):
        if found := shutil.which(name):
            return found
    return None


def lacks() -> list[str]:
    """What is missing here to run Windows programs, a sentence each."""
    if sys.platform == "win32":
        return []
    missing = [] if wine_program() else ["wine64"]
    missing += [] if shutil.which(_COMPILER) else ["gcc-mingw-w64-x86-64"]
    return [f"{name} is missing: run packaging/setup.sh windows" for name in missing]


@dataclass(frozen=True)
class Wine:
    """A folder that a Windows lies in. `make` it once; on Windows itself that one is used."""

    prefix: Path

    def make(self) -> None:
        """A fresh Windows 10 without a screen, with the stand-ins. Raises BuildFailed."""
        if sys.platform == "win32":
            return
        self.run(["wineboot", "--init"])
        self.run([
            "reg", "add", r"HKEY_CURRENT_USER\Software\Wine", "/v", "Version", "/d", "win10", "/f",
        ])  # fmt: skip
        self.wait()
        system = self.prefix / "drive_c" / "windows" / "system32"
        for source in sorted(_STAND_INS.glob("*.c")):
            words: list[str | Path] = [_COMPILER, "-shared", "-static-libgcc", "-O2", "-s", source]
            if source.stem == "ucrtbase":
                words.append(self._beside_wines_own(system / "ucrtbase.dll", source))
            run([*words, "-o", system / f"{source.stem}.dll"])

        fonts = self.prefix / "drive_c" / "windows" / "Fonts"
        for font in sorted(_FONTS.glob("DejaVu*.ttf")):
            shutil.copy(font, fonts)

    def _beside_wines_own(self, library: Path, source: Path) -> Path:
        """Moves Wine's own C library aside; what is exported then: ours where there is one, else Wine's."""
        data = bytearray(library.read_bytes())
        own = library.with_name("ucrtwine.dll")
        # Wine takes a library that carries its mark from its own folder, whatever is called so here.
        data[0x40:0x60] = bytes(0x20)
        own.write_bytes(data)
        library.unlink()
        listed = run([_OBJDUMP, "-p", own]).partition("[Ordinal/Name Pointer] Table")[2]
        names = re.findall(r"^\s*\[ *\d+\](?: \+base\[ *\d+\] *\w+)? (\S+)$", listed, re.MULTILINE)
        words = source.read_text(encoding="utf-8")
        defined = re.findall(r"^(?:NUMBER|COMPLEX)\((\w+)\)$", words, re.MULTILINE)
        ours = {f"{name}{kind}" for name in defined for kind in ("", "f", "l")}
        ours |= set(re.findall(r"our_(cpow\w?)\(", words))
        lines = [f"{name} = {f'our_{name}' if name in ours else f'ucrtwine.{name}'}" for name in names]
        target = self.prefix / "ucrtbase.def"
        target.write_text("LIBRARY ucrtbase.dll\nEXPORTS\n" + "\n".join(lines) + "\n", encoding="ascii")
        return target

    def run(
        self, words: Sequence[str | Path], *, env: Mapping[str, str] | None = None, may_fail: bool = False
    ) -> str:
        """What the program printed. Raises BuildFailed where it ends with a fault or takes too long."""
        code, said = self.end_of(words, env=env)
        if code and not may_fail:
            raise BuildFailed(f"{Path(str(words[0])).name} ended with {code}.", said)
        return said

    def end_of(self, words: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> tuple[int, str]:
        """How the program ended, and what it printed. Raises BuildFailed where it takes too long."""
        command = [*self.starter(), *map(str, words)]
        try:
            # Pipes: under Wine, Python cannot write to a file that it did not open itself.
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                env=self.environment() | dict(env or {}), text=True, encoding="utf-8", errors="replace",
                timeout=_LIMIT_S, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise BuildFailed(f"{words[0]} took longer than {_LIMIT_S} s.", str(error.output)) from None
        return done.returncode, done.stdout

    def wait(self) -> None:
        """Until every program in the prefix has ended and its registry is written."""
        if sys.platform != "win32":
            run([_server(), "--wait"], env=self.environment())

    def end(self) -> None:
        """Ends what still runs in the prefix."""
        if sys.platform != "win32":
            subprocess.run([_server(), "--kill"], env=self.environment(), check=False)

    def starter(self) -> list[str]:
        """The words before a Windows program."""
        return [] if sys.platform == "win32" else [wine_program() or "wine64"]

    def environment(self) -> dict[str, str]:
        """The variables a program gets: this process's, without the screen, and Wine's own."""
        here = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        if sys.platform == "win32":
            return here
        return here | {
            "WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": _OVERRIDES,
            "WINEARCH": "win64", "QT_QPA_PLATFORM": "offscreen",
        }  # fmt: skip

    def local(self, path: str) -> Path:
        r"""Where this system has a file that Windows calls C:\..."""
        if sys.platform == "win32":
            return Path(path)
        drive, _, rest = path.partition(":")
        below = rest.replace("\\", "/").lstrip("/")
        return (self.prefix / "dosdevices" / f"{drive.lower()}:" / below).resolve()

    def path(self, path: Path) -> str:
        """How a Windows program calls a file of this system."""
        return str(path) if sys.platform == "win32" else "Z:" + str(path).replace("/", "\\")


def _server() -> str:
    return shutil.which("wineserver64") or shutil.which("wineserver") or "/usr/lib/wine/wineserver64"


if __name__ == "__main__":
    _wine = Wine(Path(sys.argv[1]))
    sys.exit(
        subprocess.run([*_wine.starter(), *sys.argv[2:]], env=_wine.environment(), check=False).returncode
    )
