"""macOS: the frozen program as CrowdDesk.app on a disk image, signed and notarised where that is possible.

It is made for the processor that builds it: numpy, pydantic and others have no wheels for both, so an Apple
silicon Mac builds arm64 and an Intel one x86_64.
"""

from __future__ import annotations

import platform
import shutil
import sys
import time
from pathlib import Path
from typing import Final

import licences
from freeze import freeze
from macos import bundle, signing
from system import Build, BuildFailed, run, self_test

#: How often a busy image is tried, and how long is waited between, in seconds.
_ATTEMPTS: Final = 5
_BUSY_S: float = 10.0
_PROGRAMS: Final = ("codesign", "ditto", "hdiutil", "xcrun")


def lacks() -> list[str]:
    """What is missing here to build for macOS: macOS itself, Apple's tools, half of the credentials."""
    if sys.platform != "darwin":
        return ["The macOS installer is built on macOS."]
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    tools = [f"{', '.join(missing)} cannot be found: run xcode-select --install."] if missing else []
    return tools + signing.lacks()


def make_program(build: Build) -> Path:
    """CrowdDesk.app, dressed and signed."""
    app = freeze(build).parent / f"{bundle.NAME}.app"
    bundle.dress(app, build)
    _put_licences(build, app)
    signing.sign(app, build.work)
    return app


def command(program: Path) -> list[str]:
    """The one program is both the window's and the command line's."""
    return [str(program / "Contents" / "MacOS" / "crowddesk")]


def make_installers(build: Build, program: Path) -> list[Path]:
    """`crowddesk-<version>-macos-<processor>.dmg`."""
    folder = build.work / "image"
    folder.mkdir()
    run(["ditto", program, folder / program.name])
    (folder / "Applications").symlink_to("/Applications")
    image = image_of(build)
    write_image(folder, f"{bundle.NAME} {build.version}", image)
    signing.sign_image(image)
    signing.notarize(image)
    return [image]


def write_image(folder: Path, name: str, image: Path) -> None:
    """A compressed disk image of a folder. Raises BuildFailed.

    While the system's own scanner looks into the new volume, hdiutil says that it is busy and gives up.
    """
    command: list[str | Path] = ["hdiutil", "create", "-volname", name, "-srcfolder", folder]
    command += ["-fs", "HFS+", "-format", "ULMO"]
    for attempt in range(_ATTEMPTS):
        image.unlink(missing_ok=True)
        try:
            run([*command, image])
            return
        except BuildFailed as error:
            if "busy" not in error.details.lower() or attempt == _ATTEMPTS - 1:
                raise
            time.sleep(_BUSY_S)


def image_of(build: Build) -> Path:
    """Where the disk image goes."""
    return build.dist / f"crowddesk-{build.version}-macos-{platform.machine()}.dmg"


def try_installer(build: Build, installer: Path) -> str:
    """Takes the program from the image, as a person drags it out, and starts it there."""
    volume, place = build.work / "volume", build.work / "Any folder, ünpacked"
    volume.mkdir()
    place.mkdir()
    app = place / f"{bundle.NAME}.app"
    run(["hdiutil", "attach", "-nobrowse", "-readonly", "-mountpoint", volume, installer])
    try:
        run(["ditto", volume / app.name, app])
    finally:
        run(["hdiutil", "detach", "-force", volume])
    run(["codesign", "--verify", "--deep", "--strict", app])
    self_test(command(app), build.work / "home")
    shutil.rmtree(place)
    return "taken from the image into a folder with a space and an umlaut, its signature checked, self-tested"


def _put_licences(build: Build, app: Path) -> None:
    resources = app / "Contents" / "Resources"
    texts = resources / "licences"
    texts.mkdir()
    python = licences.python_licence()
    if python is None:
        raise BuildFailed("This Python has no LICENSE.txt beside its library.")
    shutil.copyfile(python, texts / "python.txt")
    for text in sorted((Path(__file__).parent / "licences").glob("*.txt")):
        shutil.copyfile(text, texts / text.name)
    own = (build.root / "LICENSE").read_text(encoding="utf-8")
    index = licences.index(own, build.version)
    (resources / licences.INDEX).write_text(index, encoding="utf-8")
