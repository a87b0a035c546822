"""Reads what lies in the plug-in folder: which packages of others it holds, and why one cannot be used.

What may lie there: wheels of pure Python, which are used as they are; folders that `pip install --target`
made or a wheel was unpacked into; the folder itself as such a target. Only metadata is read here and nothing
is imported: `registry` tells from it what there is. May be called from any thread.
"""

from __future__ import annotations

import functools
import os
import sys
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from crowddesk.language import say

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet

PROVIDERS: Final = "crowddesk.providers"
BLUEPRINTS: Final = "crowddesk.blueprints"
#: What the entry points of each group are called.
KINDS: Final[Mapping[str, str]] = {PROVIDERS: "provider", BLUEPRINTS: "blueprint"}

_COMPILED: Final = (".so", ".pyd", ".dll", ".dylib")
#: What people download and what is no wheel.
_PACKED: Final = (".zip", ".egg", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")
#: Folders of a pip target that no package is.
_BESIDE: Final = frozenset({"bin", "scripts", "share", "etc", "include", "lib", "lib64"})
_TEXTS: Final = ("METADATA", "WHEEL", "entry_points.txt")
_OWN: Final = "crowddesk"
_MOST_TAGS: Final = 3
#: No metadata is longer; what says so is no wheel that somebody means well with.
_MOST_BYTES: Final = 8_000_000


@dataclass(frozen=True, slots=True)
class Plugin:
    """Something of the plug-in folder. `sentence` says why it cannot be used, "" if it can.

    `file` is its name in the folder `path` lies in. What cannot be read has no kind, name or version.
    """

    file: str
    path: Path
    kind: str = ""
    name: str = ""
    package: str = ""
    version: str = ""
    sentence: str = ""
    details: str = ""


class Offer(NamedTuple):
    """An entry point of a plug-in: a vendor or a blueprint that it brings."""

    group: str
    name: str
    value: str
    package: Package

    def plugin(self, sentence: str = "", details: str = "") -> Plugin:
        """As it is listed."""
        package = self.package
        return Plugin(
            package.file, package.path, KINDS[self.group], self.name, package.name, package.version,
            sentence, details,
        )  # fmt: skip


class Package(metadata.Distribution):
    """A package of the folder, by its metadata. `place` is what Python would find it by: a folder or a wheel.

    `stamp` is another when the package is replaced.
    """

    def __init__(self, path: Path, place: Path, texts: Mapping[str, str], stamp: int) -> None:
        self.file = path.name
        self.path = path
        self.place = place
        self.stamp = stamp
        self._texts = texts

    def read_text(self, filename: str) -> str | None:
        return self._texts.get(filename)

    def locate_file(self, path: str | os.PathLike[str]) -> Path:
        return self.place / path

    def same_as(self, other: Package) -> bool:
        """Whether this is still what the other one was read from."""
        return (self.path, self.version, self.stamp) == (other.path, other.version, other.stamp)

    def faulty(self, sentence: str, details: str = "") -> Plugin:
        """As it is listed when it cannot be used at all."""
        name, version = (str(self.metadata[key] or "") for key in ("Name", "Version"))
        return Plugin(self.file, self.path, "", "", name, version, sentence, details)

    def offers(self) -> list[Offer]:
        """Its entry points of our groups. Raises anything for text that is no list of them."""
        return [Offer(p.group, p.name, p.value, self) for p in self.entry_points if p.group in KINDS]


class Holding(NamedTuple):
    """What the folder holds: what is offered, in the order in which names are given; what cannot be used."""

    offers: Sequence[Offer] = ()
    faults: Sequence[Plugin] = ()
    #: What Python has to search, after everything else.
    places: Sequence[Path] = ()


def read_folder(folder: Path, brought: Callable[[str], str | None]) -> Holding:
    """What the plug-in folder holds; nothing where there is none.

    `brought` tells the version of a package that the program brings itself, which a plug-in gets before any
    of its own.
    """
    faults: list[Plugin] = []
    brought = functools.cache(brought)  # to look for one takes longer than all the rest
    packages = list(_packages_in(folder, faults))
    if not packages and not faults:
        return Holding()
    known = {_canonical(p.name): p for p in reversed(packages)}
    good: list[Package] = []
    offers: list[Offer] = []
    for package in packages:
        try:
            found = package.offers()
        except Exception as error:  # the text may be anything
            faults.append(package.faulty(say("Its list of entry points cannot be read."), repr(error)))
            continue
        sentence, details = _fault_of(package, known, brought)
        if brought(package.name) is not None:  # the program's own one is used, and pip has put it beside
            if not found or package.name == _OWN:
                continue
            sentence = say("It is installed beside CrowdDesk, and used from there.")
        if not sentence:
            good.append(package)
            offers += sorted(found, key=lambda offer: offer[:3])
        elif found:
            faults += [offer.plugin(sentence, details) for offer in found]
        else:
            faults.append(package.faulty(sentence, details))
    faults += _useless(good, offers, known, brought)
    return Holding(offers, faults, list(dict.fromkeys(p.place for p in good)))


def read_file(path: Path) -> bytes:
    """The bytes of a file that a plug-in names, also inside its wheel. Raises OSError or KeyError."""
    try:
        return path.read_bytes()
    except OSError:
        for place in path.parents:
            if place.is_file() and zipfile.is_zipfile(place):
                with zipfile.ZipFile(place) as wheel:
                    return wheel.read(path.relative_to(place).as_posix())
        raise


# ------------------------------------------------------------------------------------------ what lies there


def _packages_in(folder: Path, faults: list[Plugin]) -> Iterator[Package]:
    """Its packages, by the names of their files; what holds none is added to the faults."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: (entry.name.casefold(), entry.name))
    except FileNotFoundError:
        return
    except OSError as error:
        sentence = say("The plug-in folder cannot be read: {why}.", why=error.strerror or error)
        faults.append(Plugin(folder.name, folder, sentence=sentence, details=repr(error)))
        return
    own = [entry.name for entry in entries if entry.name.casefold().endswith(".dist-info")]
    parts: set[str] = set(_BESIDE) if own else set()
    for entry in entries:
        path = Path(entry.path)
        name, low = entry.name, entry.name.casefold()
        if low.startswith((".", "__pycache__")):
            continue
        try:
            if name in own:
                parts |= _top_names(path, entries)
                yield _folder_package(path, path, folder)
            elif low.endswith(".whl") and entry.is_file():
                yield from _wheel_packages(path)
            elif entry.is_dir() and (infos := _infos_of(path)):
                for info in infos:
                    yield _folder_package(path, info, path)
        except Exception as error:  # whatever somebody has put there, the others work
            sentence = error.args[0] if isinstance(error, _Unreadable) else _cannot_read(error)
            faults.append(Plugin(name, path, sentence=sentence, details=repr(error)))
    faults += [
        Plugin(entry.name, Path(entry.path), sentence=sentence)
        for entry in entries
        if (sentence := _no_package(entry, own, parts))
    ]


class _Unreadable(Exception):
    """Why something is no package, as a sentence."""


def _cannot_read(error: Exception) -> str:
    if isinstance(error, zipfile.BadZipFile | EOFError):
        return say("It is damaged, or no wheel at all. Get it once more.")
    why = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return say("It cannot be read: {why}.", why=why)


def _infos_of(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.name.casefold().endswith(".dist-info") and p.is_dir())


def _folder_package(listed: Path, info: Path, place: Path) -> Package:
    texts = {}
    for name in _TEXTS:
        path = info / name
        if path.is_file():
            if path.stat().st_size > _MOST_BYTES:
                raise _Unreadable(_nothing_to_say())
            texts[name] = path.read_text(encoding="utf-8")
    stamp = (info / "METADATA").stat().st_mtime_ns if "METADATA" in texts else 0
    return _checked(Package(listed, place, texts, stamp))


def _wheel_packages(path: Path) -> Iterator[Package]:
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        tops = dict.fromkeys(name.partition("/")[0] for name in names)
        infos = [name for name in tops if name.casefold().endswith(".dist-info")]
        if not infos:
            raise _Unreadable(_nothing_to_say())
        for info in infos:
            texts = {}
            for name in _TEXTS:
                if f"{info}/{name}" in names:
                    if wheel.getinfo(f"{info}/{name}").file_size > _MOST_BYTES:
                        raise _Unreadable(_nothing_to_say())
                    texts[name] = wheel.read(f"{info}/{name}").decode("utf-8")
            package = _checked(Package(path, path, texts, path.stat().st_mtime_ns))
            compiled = [n for n in names if n.casefold().endswith(_COMPILED)]
            pure = _wheel_lines(package, "Root-Is-Purelib") != ["false"]
            if (compiled or not pure) and _fits(package):
                raise _Unreadable(
                    say(
                        "It has compiled modules, which cannot be used inside a wheel. Unpack it into a "
                        "folder of its own here: a wheel is a zip file."
                    )
                )
            yield package


def _checked(package: Package) -> Package:
    if not package.read_text("METADATA") or not package.metadata["Name"] or not package.metadata["Version"]:
        raise _Unreadable(_nothing_to_say())
    return package


def _nothing_to_say() -> str:
    return say("It has no metadata that says what it is (a *.dist-info folder with a METADATA file).")


def _top_names(info: Path, entries: Sequence[os.DirEntry[str]]) -> set[str]:
    """What belongs to a package that lies in the plug-in folder itself; without a record all may."""
    record = info / "RECORD"
    if not record.is_file():
        return {entry.name.casefold() for entry in entries}
    lines = record.read_text(encoding="utf-8").splitlines()
    return {PurePosixPath(line.partition(",")[0]).parts[0].casefold() for line in lines if line.strip(', "')}


def _no_package(entry: os.DirEntry[str], own: Collection[str], parts: Collection[str]) -> str:
    """Why something in the folder is nothing that can be used; "" where it is, or is none of our business."""
    low = entry.name.casefold()
    if low.startswith((".", "__pycache__")) or entry.name in own or low in parts:
        return ""
    if not entry.is_dir():
        if low.endswith(".py"):
            return say("A module alone is no plug-in: it has to be a package with metadata, such as a wheel.")
        if low.endswith(_PACKED):
            return say("This is no wheel. Get the file that ends in .whl, or have pip make a folder of it.")
        return ""
    try:
        if _infos_of(Path(entry.path)):
            return ""
    except OSError as error:
        return _cannot_read(error)
    return say(
        "There is no *.dist-info folder in it, which says what it is. Put the wheel itself here, or all that "
        "is in it."
    )


# ---------------------------------------------------------------------------------------- what does not fit


def _fault_of(
    package: Package, known: Mapping[str, Package], brought: Callable[[str], str | None]
) -> tuple[str, str]:
    """Why a package cannot be used here (its Python, its system, what it needs) and details; "" if it can."""
    try:
        return _wrong_python(package) or _lacks(package, known, brought), ""
    except Exception as error:  # the metadata may say anything
        return say("Its metadata cannot be read: {why}.", why=error), repr(error)


def _wrong_python(package: Package) -> str:
    import sysconfig

    from packaging.specifiers import SpecifierSet

    mine = ".".join(map(str, sys.version_info[:3]))
    wanted = package.metadata["Requires-Python"]
    if wanted and not SpecifierSet(wanted).contains(mine, prereleases=True):
        return say("It needs Python {wanted}, and this CrowdDesk runs on {mine}.", wanted=wanted, mine=mine)
    if not _fits(package):
        return say(
            "It is made for {tags}. Get the one for Python {mine} on {system}.",
            tags=", ".join(_wheel_lines(package, "Tag")[:_MOST_TAGS]), mine=mine.rpartition(".")[0],
            system=sysconfig.get_platform(),
        )  # fmt: skip
    return ""


def _fits(package: Package) -> bool:
    """Whether this Python on this system is one of those that it was made for."""
    lines = _wheel_lines(package, "Tag")
    if "py3-none-any" in lines:
        return True  # most are, and to list what fits takes longer than all the rest
    from packaging.tags import parse_tag, sys_tags

    made_for = {tag for line in lines for tag in parse_tag(line)}
    return not made_for or not made_for.isdisjoint(sys_tags())


def _wheel_lines(package: Package, key: str) -> list[str]:
    lines = (package.read_text("WHEEL") or "").splitlines()
    pairs = (line.partition(":") for line in lines)
    return [value.strip() for name, _, value in pairs if name.strip() == key]


def _lacks(package: Package, known: Mapping[str, Package], brought: Callable[[str], str | None]) -> str:
    """What a package needs and does not get, from the program or from the folder; "" where nothing lacks."""
    for needing, needed, specifier, beside in _all_needs(package, known, brought):
        version = brought(needed) if beside is None else beside.version
        if version is None:
            return say(
                "{package} needs {needed}, which is not there. Put its wheel here too.",
                package=needing.name, needed=f"{needed}{specifier}",
            )  # fmt: skip
        if specifier.contains(version, prereleases=True):
            continue
        if beside is not None:
            return say(
                "{package} needs {needed}, and {version} is there.",
                package=needing.name, needed=f"{needed}{specifier}", version=version,
            )  # fmt: skip
        return say(
            "{package} needs {needed}, and CrowdDesk brings {version}, which every plug-in gets.",
            package=needing.name, needed=f"{needed}{specifier}", version=version,
        )  # fmt: skip
    return ""


def _all_needs(
    package: Package, known: Mapping[str, Package], brought: Callable[[str], str | None]
) -> Iterator[tuple[Package, str, SpecifierSet, Package | None]]:
    """Who needs what, of a package and of those that it gets from the folder; and the one that it gets."""
    waiting = [(package, frozenset[str]())]
    seen = set(waiting)
    while waiting:
        needing, extras = waiting.pop()
        for needed, wanted, specifier in _needs(needing, extras):
            beside = known.get(needed) if brought(needed) is None else None
            yield needing, needed, specifier, beside
            if beside is not None and (beside, wanted) not in seen:
                seen.add((beside, wanted))
                waiting.append((beside, wanted))


def _needs(package: Package, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str], SpecifierSet]]:
    """What a package needs here, with these extras: names, extras of theirs, versions."""
    from packaging.requirements import Requirement

    for line in package.requires or ():
        need = Requirement(line)
        marker = need.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""}):
            yield _canonical(need.name), frozenset(need.extras), need.specifier


def _useless(
    good: Sequence[Package],
    offers: Sequence[Offer],
    known: Mapping[str, Package],
    brought: Callable[[str], str | None],
) -> Iterator[Plugin]:
    """Packages that offer nothing and that no plug-in needs: somebody expected something of them."""
    beside = {offer.package.place for offer in offers}
    needed = {name for offer in offers for _, name, _, _ in _all_needs(offer.package, known, brought)}
    for package in good:
        if package.place not in beside and _canonical(package.name) not in needed:
            yield package.faulty(
                say(
                    "It brings neither a provider nor a blueprint: its metadata has no entry point of the "
                    "groups {groups}.",
                    groups=" or ".join(KINDS),
                )
            )  # fmt: skip


def _canonical(name: str) -> str:
    from packaging.utils import canonicalize_name

    return canonicalize_name(name)
