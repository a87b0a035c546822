"""Linux: the frozen program as a Debian package, and as an archive that runs from any folder."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tarfile
from pathlib import Path
from typing import Final

import licences
from freeze import freeze
from linux import deb
from linux.binaries import binaries, dpkg_owners, strip
from linux.clean_root import CleanRoot, cannot_make_root
from linux.packed import write_tar
from system import SELF_TEST_MARGIN_S, SELF_TEST_S, Build, BuildFailed, expect_whole, run, self_test

#: Where Debian keeps the texts of licences that many share.
_COMMON: Final = Path("/usr/share/common-licenses")
_PROGRAMS: Final = {
    "dpkg-deb": "dpkg", "dpkg-shlibdeps": "dpkg-dev", "objdump": "binutils", "strip": "binutils",
    "desktop-file-validate": "desktop-file-utils",
}  # fmt: skip


def lacks() -> list[str]:
    """What is missing here to build for Linux: Linux itself, or programs of Debian's."""
    if sys.platform != "linux":
        return ["The Linux installers are built on Linux."]
    missing = {package for program, package in _PROGRAMS.items() if shutil.which(program) is None}
    return [f"{package} is not installed: run packaging/setup.sh package." for package in sorted(missing)]


def make_program(build: Build) -> Path:
    """The frozen program without what only debuggers read, and with everybody's licence beside it."""
    program = freeze(build)
    strip(program, build.work / "stripped")
    _put_licences(build, program)
    return program


def command(program: Path) -> list[str]:
    """The one program is both the window's and the command line's."""
    return [str(program / "crowddesk")]


def make_installers(build: Build, program: Path) -> list[Path]:
    """`crowddesk_<version>_amd64.deb` and `crowddesk-<version>-linux-x86_64.tar.xz`."""
    return [deb.make(build, program), make_archive(build, program)]


def make_archive(build: Build, program: Path) -> Path:
    """One folder in a tar file, the same bytes from the same program."""
    name = f"crowddesk-{build.version}-linux-{platform.machine()}"
    return write_tar(build.dist / f"{name}.tar.xz", program, name, build.epoch)


def try_installer(build: Build, installer: Path) -> str:
    """The package in a clean Debian where one can be made, else unpacked; the archive anywhere."""
    if installer.suffix == ".deb":
        if why := cannot_make_root():
            folder = build.work / "unpacked"
            run(["dpkg-deb", "--extract", installer, folder])
            self_test([str(folder / "usr/bin/crowddesk")], build.work / "home")
            return f"only unpacked and self-tested, not installed: {why}"
        return _try_in_clean_root(installer, build.work / "clean")
    folder = build.work / "Any folder, ünpacked"
    folder.mkdir()
    with tarfile.open(installer) as archive:
        # Debian 12's Python knows no such filter yet.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(folder)
    (program,) = folder.iterdir()
    self_test(command(program), build.work / "home")
    shutil.rmtree(folder)
    return "unpacked into a folder with a space, a comma and an umlaut, and self-tested there"


def _try_in_clean_root(package: Path, place: Path) -> str:
    root = CleanRoot(place)
    try:
        before = root.files()
        root.install(package)
        words = ["crowddesk", "--self-test", str(SELF_TEST_S)]
        expect_whole(root.run(words, person=True, seconds=SELF_TEST_S + SELF_TEST_MARGIN_S))
        root.purge()
        left = sorted(path for path in root.files() - before if not path.startswith("/home/"))
        if left:
            raise BuildFailed("The package was removed and left files behind.", "\n".join(left))
    finally:
        root.remove()
    return "installed in a clean Debian without Python and network, self-tested as a person, removed"


def _put_licences(build: Build, program: Path) -> None:
    """LICENCES.txt, and `licences/` with the texts that no package in the program brings itself."""
    texts = program / "licences"
    texts.mkdir()
    packages = dpkg_owners(
        path.name for path in binaries(program / "_internal") if path.parent.name == "_internal"
    )
    lines = []
    for package, files in sorted(packages.items()):
        text = Path("/usr/share/doc") / package.partition(":")[0] / "copyright"
        name = f"{text.parent.name}.txt"
        shutil.copyfile(text, texts / name)
        lines.append(f"{', '.join(sorted(files))}: of Debian's {text.parent.name} (licences/{name})")
    for name in ("LGPL-3", "GPL-3", "LGPL-2.1", "LGPL-2", "GPL-2", "Apache-2.0"):
        if (_COMMON / name).is_file():
            shutil.copyfile(_COMMON / name, texts / f"{name}.txt")
    python = licences.python_licence()
    if python is None:
        raise BuildFailed("This Python has no LICENSE.txt beside its library.")
    shutil.copyfile(python, texts / "python.txt")
    own = (build.root / "LICENSE").read_text(encoding="utf-8")
    (program / licences.INDEX).write_text(licences.index(own, build.version, lines), encoding="utf-8")
    for folder, _, names in os.walk(texts):
        for name in names:
            (Path(folder) / name).chmod(0o644)
