"""Says what a built program carries, as CycloneDX: packages, Python, the system's libraries, hashes of files.

`make(build, program)` looks into the program itself, and refuses what no hashed requirement names.
"""

from __future__ import annotations

import hashlib
import platform
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Final

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import licences
from system import Build, BuildFailed, run

ENDING: Final = ".cdx.json"
_OWN: Final = "crowddesk"
#: What begins like that is machine code of Linux, Windows or macOS.
_MACHINE_CODE: Final = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_PINNED: Final = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def make(build: Build, program: Path) -> Path:
    """Writes `crowddesk-<version>-<system>.cdx.json` into `build.dist`. Raises BuildFailed.

    The same program gives the same bytes.
    """
    site = library_of(program)
    found = {str(canonicalize_name(each.name)): each for each in metadata.distributions(path=[str(site)])}
    own = found.pop(_OWN, None)
    if own is None or own.version != build.version:
        raise BuildFailed(f"{site} does not hold CrowdDesk {build.version}.")
    check_pinned({name: each.version for name, each in found.items()}, pins(build))
    root = _package(_OWN, own, ComponentType.APPLICATION)
    packages = {name: _package(name, each) for name, each in sorted(found.items())}
    others = [_python(build), *_of_the_system(build, program, site), *_files(program, site)]
    bom = Bom(components=[*packages.values(), *others])
    bom.metadata.component = root
    bom.metadata.timestamp = datetime.fromtimestamp(build.epoch, UTC)
    whole = "\n".join(sorted(f"{each.bom_ref.value} {_hashes(each)}" for each in bom.components))
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_OID, f"{build.version} {build.system}\n{whole}")
    bom.register_dependency(root, [*_needed(own, packages), *others])
    for name, component in packages.items():
        bom.register_dependency(component, _needed(found[name], packages))
    target = build.dist / f"{_OWN}-{build.version}-{build.system}{ENDING}"
    target.write_text(JsonV1Dot6(bom).output_as_string(indent=1) + "\n", encoding="utf-8")
    return target


def library_of(program: Path) -> Path:
    """The folder in the program that holds its packages."""
    places = list({path.parent for path in program.rglob("*.dist-info") if not path.is_symlink()})
    if len(places) != 1:
        raise BuildFailed(f"{program} has {len(places)} folders of packages, and must have one.")
    return places[0]


def pins(build: Build) -> dict[str, set[str]]:
    """The versions that the hashed requirements of a system name, by canonical name; one may have several."""
    here = build.root / "packaging"
    own = here / build.system / "requirements.txt"
    found: dict[str, set[str]] = {}
    for file in [own] if own.is_file() else [here / "program.txt", here / "requirements.txt"]:
        for name, version in _PINNED.findall(file.read_text(encoding="utf-8")):
            found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def check_pinned(carried: dict[str, str], pinned: dict[str, set[str]]) -> None:
    """Raises BuildFailed where the program carries a package, or a version, that nobody has hashed."""
    strange = sorted(f"{name} {each}" for name, each in carried.items() if each not in pinned.get(name, ()))
    if strange:
        raise BuildFailed(f"The program carries what no hashed requirement names: {', '.join(strange)}.")


# ------------------------------------------------------------------------------------------ components


def _package(
    name: str, distribution: metadata.Distribution, kind: ComponentType = ComponentType.LIBRARY
) -> Component:
    said = licences.licence_of(name, distribution).partition(" (")[0].partition(";")[0]
    return Component(
        type=kind,
        name=distribution.name,
        version=distribution.version,
        purl=PackageURL("pypi", name=name, version=distribution.version),
        bom_ref=f"pypi:{name}",
        licenses=[LicenseFactory().make_from_string(said)],
        description=str(distribution.metadata.json.get("summary", "")),
    )


def _python(build: Build) -> Component:
    if build.system == "windows":
        from windows import official_python

        version = official_python.VERSION
    else:
        version = platform.python_version()
    return Component(
        type=ComponentType.PLATFORM,
        name="Python",
        version=version,
        purl=PackageURL("generic", name="python", version=version),
        bom_ref="python",
        licenses=[LicenseFactory().make_from_string("Python-2.0")],
    )


def _of_the_system(build: Build, program: Path, site: Path) -> Iterator[Component]:
    """The packages of Debian's or Ubuntu's whose libraries were copied into the program."""
    if build.system != "linux":
        return
    from linux.binaries import dpkg_owners

    vendor = platform.freedesktop_os_release().get("ID", "linux")
    for package in sorted(dpkg_owners(path.name for path in _machine_code(program, site))):
        version = run(["dpkg-query", "--show", "--showformat", "${Version}", package]).strip()
        name = package.partition(":")[0]
        yield Component(
            type=ComponentType.LIBRARY,
            name=name,
            version=version,
            purl=PackageURL("deb", vendor, name, version),
            bom_ref=f"deb:{name}",
        )


def _files(program: Path, site: Path) -> Iterator[Component]:
    """What is machine code and in no package's folder: the starter, Python's library, the system's."""
    for path in _machine_code(program, site):
        inside = path.relative_to(program).as_posix()
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        yield Component(
            type=ComponentType.FILE,
            name=inside,
            bom_ref=f"file:{inside}",
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
        )


def _machine_code(program: Path, site: Path) -> list[Path]:
    contents = program / "Contents"
    places = {program, site, site.parent, contents / "MacOS", contents / "Frameworks"} - {contents}
    files = (path for place in sorted(places) if place.is_dir() for path in sorted(place.iterdir()))
    return [path for path in files if path.is_file() and not path.is_symlink() and _is_machine_code(path)]


def _is_machine_code(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4).startswith(_MACHINE_CODE)


def _needed(distribution: metadata.Distribution, packages: dict[str, Component]) -> list[Component]:
    """Which of the carried packages it asks for. What only other systems or extras need is not carried."""
    names = {canonicalize_name(Requirement(each).name) for each in distribution.requires or ()}
    return [packages[name] for name in sorted(names) if name in packages]


def _hashes(component: Component) -> str:
    return f"{component.version or ''} {' '.join(each.content for each in component.hashes)}"
