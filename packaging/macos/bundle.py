"""What makes a folder of files a program on macOS: its information, its icon, the oldest system it needs."""

from __future__ import annotations

import plistlib
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import icons
from system import Build, BuildFailed

NAME: Final = "CrowdDesk"
IDENTIFIER: Final = "org.crowddesk.CrowdDesk"
ICON: Final = "crowddesk.icns"
#: Ending, identifier and MIME type of a file, and what Finder calls it.
_FILES: Final = (
    ("crowddesk", "org.crowddesk.bundle", "application/vnd.crowddesk.bundle", "CrowdDesk run"),
    ("crowddesk-backup", "org.crowddesk.backup", "application/vnd.crowddesk.backup", "CrowdDesk backup"),
)
#: The type of each size in an .icns file. What is 16 and 32 pixels large is drawn from twice as large ones.
_ICONS: Final = {
    b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic13": 256, b"ic08": 256, b"ic14": 512, b"ic09": 512,
    b"ic10": 1024,
}  # fmt: skip

_MACH_O_64: Final = b"\xcf\xfa\xed\xfe"
_FAT: Final = b"\xca\xfe\xba\xbe"
_VERSION_MIN, _BUILD_VERSION = 0x24, 0x32
_MOST_SLICES: Final = 16


def dress(app: Path, build: Build) -> None:
    """Gives the folder that PyInstaller made its own information and icon; it must be signed after that."""
    contents = app / "Contents"
    executable = contents / "MacOS" / "crowddesk"
    if not executable.is_file():
        raise BuildFailed(f"PyInstaller made no {executable}.")
    resources = contents / "Resources"
    sizes = tuple(sorted(set(_ICONS.values())))
    pictures = icons.render(build.root / "resources/icons/crowddesk.svg", build.work / "icons", sizes)
    for other in resources.glob("*.icns"):
        other.unlink()
    (resources / ICON).write_bytes(icon_file(pictures))
    spoken = {path.stem.partition("_")[2] for path in resources.rglob("crowddesk_*.qm")}
    told = information(build.version, oldest_system(app), ["en", *sorted(spoken)])
    (contents / "Info.plist").write_bytes(plistlib.dumps(told))


def information(version: str, oldest: str, languages: Sequence[str] = ("en",)) -> dict[str, Any]:
    """Info.plist: what Finder and the system ask a program before they start it."""
    numbers = re.match(r"\d+(\.\d+){0,2}", version)
    if numbers is None:
        raise BuildFailed(f"{version} does not begin with numbers, as versions on macOS do.")
    return {
        "CFBundleName": NAME,
        "CFBundleDisplayName": NAME,
        "CFBundleIdentifier": IDENTIFIER,
        "CFBundleExecutable": "crowddesk",
        "CFBundleIconFile": ICON,
        "CFBundlePackageType": "APPL",
        "CFBundleInfoDictionaryVersion": "6.0",
        "CFBundleShortVersionString": numbers[0],
        "CFBundleVersion": numbers[0],
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": list(languages),
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": title,
                "CFBundleTypeRole": "Viewer",
                "CFBundleTypeIconFile": ICON,
                "LSItemContentTypes": [identifier],
                "LSHandlerRank": "Owner",
            }
            for _, identifier, _, title in _FILES
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": identifier,
                "UTTypeDescription": title,
                "UTTypeIconFile": ICON,
                "UTTypeConformsTo": ["public.data", "public.content"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": [ending],
                    "public.mime-type": [mime],
                },
            }
            for ending, identifier, mime, title in _FILES
        ],
        "LSApplicationCategoryType": "public.app-category.productivity",
        "LSMinimumSystemVersion": oldest,
        "NSHighResolutionCapable": True,
        "NSPrincipalClass": "NSApplication",
        "NSRequiresAquaSystemAppearance": False,
        "NSHumanReadableCopyright": "CrowdDesk contributors, MIT licence",
    }


def icon_file(pictures: Mapping[int, Path]) -> bytes:
    """An .icns file of PNG pictures by their size in pixels."""
    entries = b"".join(
        kind + struct.pack(">I", 8 + len(data)) + data
        for kind, data in ((kind, pictures[size].read_bytes()) for kind, size in _ICONS.items())
    )
    return b"icns" + struct.pack(">I", 8 + len(entries)) + entries


# -------------------------------------------------------------------------------------- compiled files


def programs_and_libraries(app: Path) -> list[Path]:
    """Every compiled file in the folder once, whatever links lead to it."""
    files = (path for path in app.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(path for path in files if _slices(path))


def oldest_system(app: Path) -> str:
    """The oldest macOS that every compiled file of the program says it runs on."""
    asked = [version for path in programs_and_libraries(app) for version in _systems(path)]
    if not asked:
        raise BuildFailed(f"No compiled file in {app} says which macOS it needs.")
    return "{}.{}".format(*max(asked))


def _slices(path: Path) -> list[int]:
    """Where each processor's part of a compiled file begins; [] for any other file."""
    with path.open("rb") as file:
        head = file.read(8 + 20 * _MOST_SLICES)
    if head.startswith(_MACH_O_64):
        return [0]
    if not head.startswith(_FAT):
        return []
    (count,) = struct.unpack_from(">I", head, 4)
    if count > _MOST_SLICES:  # Java's classes begin with the same four bytes
        return []
    return [struct.unpack_from(">5I", head, 8 + 20 * slice_)[2] for slice_ in range(count)]


def _systems(path: Path) -> Iterator[tuple[int, int]]:
    data = path.read_bytes()
    for begin in _slices(path):
        commands = struct.unpack_from("<I", data, begin + 16)[0]
        place = begin + 32
        for _ in range(commands):
            command, size = struct.unpack_from("<2I", data, place)
            if command in (_VERSION_MIN, _BUILD_VERSION):
                (version,) = struct.unpack_from("<I", data, place + (8 if command == _VERSION_MIN else 12))
                yield version >> 16, version >> 8 & 0xFF
            place += size
