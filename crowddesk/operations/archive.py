"""ZIP files that this program makes and opens again: packed with their hashes, looked over before their use.

Such a file holds `manifest.json`, which names everything else with its size and its SHA-256. What is opened
may have been made by anybody: nothing of it leads out of its folder, is a link, or unpacks without measure.
Nothing here runs in the GUI thread.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from crowddesk.domain import CrowdDeskError, WorkspaceError
from crowddesk.language import say
from crowddesk.paths import is_portable
from crowddesk.store import schema

#: Hears how many more bytes were worked on, and ends it all by raising.
Step = Callable[[int], None]

MANIFEST: Final = "manifest.json"
DATABASE: Final = "crowddesk.sqlite"
FILES: Final = "files/"
_DAY: Final = (1980, 1, 1, 0, 0, 0)
_CHUNK: Final = 1 << 20

_MOST_ENTRIES: Final = 200_000
_LARGEST_MANIFEST: Final = 64 << 20
#: A database of much the same rows is packed to a fortieth; what unpacks to far more is a bomb.
_MOST_PACKED: Final = 400
_HARMLESS: Final = 64 << 20
#: Others take as much memory as they ask for when they are unpacked.
_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file, its walls and its words.

    `key` is the manifest's entry with the kind's `version`; `is_none` says that a file is of another kind (no
    point at its end), `error` is what is raised, `advice` what to do about a damaged one. `may_hold` says of
    an entry's name whether it belongs in, `is_whole` of a manifest whether all is there, `is_name` of a part
    of a path whether it is safe here.
    """

    key: str
    version: int
    is_none: Callable[[str], str]
    error: type[CrowdDeskError]
    advice: Callable[[], str]
    may_hold: Callable[[str], bool]
    is_whole: Callable[[Mapping[str, Any]], bool]
    is_name: Callable[[str], bool] = is_portable

    def damaged(self, path: Path, why: str) -> CrowdDeskError:
        return self.error(say("{name} is damaged or was changed.", name=path.name) + f" {self.advice()}", why)

    def refused(self, path: Path, why: str) -> CrowdDeskError:
        return self.error(say("{name} was not opened: {why}.", name=path.name, why=why))


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive, with the size and the hash that the manifest gives it."""

    info: zipfile.ZipInfo
    size: int
    digest: str

    @property
    def name(self) -> str:
        return self.info.filename


# ---------------------------------------------------------------------------------------------- making


def pack(part: Path, manifest: dict[str, Any], entries: Mapping[str, Path], step: Step) -> None:
    """Writes files by their names in the archive, and the manifest with what was packed of each.

    A file that went meanwhile is left out. Raises OSError, and WorkspaceError for more files than are opened.
    """
    if len(entries) >= _MOST_ENTRIES:
        raise WorkspaceError(
            say(
                "There are {count:,} files, and {most:,} at most can be packed and opened again. Copy the "
                "workspace's folder itself, while no window is open on it.",
                count=len(entries),
                most=_MOST_ENTRIES - 1,
            )
        )
    dense: set[str] = set()
    while True:
        with part.open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                manifest["entries"] = [
                    told
                    for name, path in entries.items()
                    if (told := _pack_one(archive, name, path, name in dense, step)) is not None
                ]
                # No wall stands against our own file: what packs as a bomb does is stored as it is.
                found = {e.filename for e in archive.infolist() if _is_bomb(e)} - dense
                text = json.dumps(manifest, ensure_ascii=False, indent=1)
                archive.writestr(_info(MANIFEST), text)
            file.flush()
            os.fsync(file.fileno())
        if not found:
            return
        dense |= found


def _pack_one(
    archive: zipfile.ZipFile, name: str, path: Path, as_it_is: bool, step: Step
) -> dict[str, Any] | None:
    digest, size = hashlib.sha256(), 0
    info = _info(name)
    if as_it_is:
        info.compress_type = zipfile.ZIP_STORED
    with contextlib.suppress(FileNotFoundError), path.open("rb") as source:
        with archive.open(info, "w", force_zip64=True) as target:
            while chunk := source.read(_CHUNK):
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                step(len(chunk))
        return {"name": name, "sha256": digest.hexdigest(), "bytes": size}
    return None


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    return info


# --------------------------------------------------------------------------------------------- opening


class Archive:
    """An archive that was looked over. `manifest` is as it was read, `wanted` what is to be taken out."""

    def __init__(
        self, archive: zipfile.ZipFile, kind: Kind, path: Path, manifest: dict[str, Any], wanted: list[Entry]
    ) -> None:
        self._archive = archive
        self._kind = kind
        self._path = path
        self.manifest = manifest
        self.wanted = wanted

    def unpack(self, folder: Path, step: Step = lambda more: None, wanted: Path | None = None) -> None:
        """Takes everything out into an empty folder: the database to its root, the rest without `files/`.

        `wanted` is the folder that a person named where this is a draft of it. Raises the kind's error where
        a file is not what the manifest says, or the disk has too little room.
        """
        self._check_room(folder, wanted or folder)
        for entry in self.wanted:
            place = folder.joinpath(*PurePosixPath(entry.name.removeprefix(FILES)).parts)
            self._unpack_one(entry, place, step)

    def _check_room(self, folder: Path, named: Path) -> None:
        needed, free = sum(entry.size for entry in self.wanted), shutil.disk_usage(folder).free
        if needed > free:
            raise self._kind.error(
                say(
                    "{name} needs {needed:,.1f} MB to be opened, and the disk of {folder} has {free:,.1f} "
                    "MB. Make room and try again.",
                    name=self._path.name,
                    needed=needed / 1e6,
                    folder=named,
                    free=free / 1e6,
                )
            )

    def _unpack_one(self, entry: Entry, place: Path, step: Step) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        found, written = hashlib.sha256(), 0
        with self._archive.open(entry.info) as source, place.open("xb") as target:
            while chunk := source.read(_CHUNK):
                written += len(chunk)
                if written > entry.size:
                    raise self._kind.refused(
                        self._path, say("{file!r} is larger than it says", file=entry.name[:80])
                    )
                found.update(chunk)
                target.write(chunk)
                step(len(chunk))
        if found.hexdigest() != entry.digest:
            raise self._kind.damaged(
                self._path, say("{name} has not the hash that the manifest says", name=entry.name)
            )


@contextlib.contextmanager
def opened(path: Path, kind: Kind) -> Iterator[Archive]:
    """An archive of this kind whose files are all there, in their sizes; their hashes are not computed yet.

    Faults are told of until the end of the block: the kind's error, with a sentence.
    """
    with _told(path, kind), path.open("rb") as file:
        try:
            with zipfile.ZipFile(file) as archive:
                infos = _looked_over(archive, path, kind)
                manifest = _read_manifest(archive, infos.get(MANIFEST), path, kind)
                yield Archive(archive, kind, path, manifest, _agreed(manifest, infos, path, kind))
        except (
            zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError
        ) as error:  # fmt: skip
            raise kind.damaged(path, str(error)) from None


@contextlib.contextmanager
def _told(path: Path, kind: Kind) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        said = say("{path} cannot be opened: {error}.", path=path, error=error.strerror or error)
        raise kind.error(said, str(error)) from error


def _looked_over(archive: zipfile.ZipFile, path: Path, kind: Kind) -> dict[str, zipfile.ZipInfo]:
    """The entries by name, none of which leads out of its folder, is a link, or unpacks without measure."""
    infos = archive.infolist()
    if len(infos) > _MOST_ENTRIES:
        raise kind.refused(path, say("it holds more than {most:,} files", most=_MOST_ENTRIES))
    found: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    packed = 0
    for info in infos:
        name = info.filename
        parts = PurePosixPath(name).parts
        safe = "/".join(parts) == name and all(map(kind.is_name, parts))
        if not safe:
            raise kind.refused(
                path,
                say("it names the file {file!r}, which could lie outside of its folder", file=name[:80]),
            )
        mode = stat.S_IFMT(info.external_attr >> 16)
        if mode not in (0, stat.S_IFREG) or info.flag_bits & 1:
            raise kind.refused(path, say("{file!r} is no plain file", file=name[:80]))
        if info.compress_type not in _PACKINGS:
            raise kind.refused(path, say("{file!r} is packed in an unknown way", file=name[:80]))
        if name.casefold() in folded:
            raise kind.refused(path, say("it holds {file!r} twice", file=name[:80]))
        if _is_bomb(info):
            raise kind.refused(
                path, say("{file!r} would unpack to {size:,} bytes", file=name[:80], size=info.file_size)
            )
        packed += info.compress_size
        folded.add(name.casefold())
        found[name] = info
    if packed > path.stat().st_size:
        raise kind.refused(path, say("its files lie over each other"))
    return found


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > max(_HARMLESS, info.compress_size * _MOST_PACKED)


def _read_manifest(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo | None, path: Path, kind: Kind
) -> dict[str, Any]:
    if info is None:
        raise kind.error(say("{is_none}: it has no manifest.", is_none=kind.is_none(path.name)))
    if info.file_size > _LARGEST_MANIFEST:
        raise kind.refused(path, say("its manifest is too large"))
    try:
        with archive.open(info) as file:
            found = json.loads(file.read(_LARGEST_MANIFEST))
    except (ValueError, RecursionError) as error:
        raise kind.damaged(path, str(error)) from None
    if not isinstance(found, dict) or not isinstance(found.get(kind.key), int):
        raise kind.error(f"{kind.is_none(path.name)}.")
    if found[kind.key] > kind.version or str(found.get("schema", "")) > schema.CURRENT:
        raise kind.error(
            say(
                "{name} was made by a newer CrowdDesk ({program}). Update this one.",
                name=path.name,
                program=str(found.get("program"))[:40],
            )
        )
    if found.get("schema") not in schema.REVISIONS or not kind.is_whole(found):
        raise kind.damaged(path, say("the manifest lacks something"))
    return found


def _agreed(
    manifest: Mapping[str, Any], infos: Mapping[str, zipfile.ZipInfo], path: Path, kind: Kind
) -> list[Entry]:
    """Every entry with the size and the hash that the manifest gives it; none more, none less."""
    try:
        said = {entry["name"]: (entry["bytes"], entry["sha256"]) for entry in manifest["entries"]}
    except (KeyError, TypeError) as error:
        raise kind.damaged(path, repr(error)) from None
    names = {MANIFEST, *said}
    if names != set(infos) or len(said) != len(manifest["entries"]) or DATABASE not in said:
        raise kind.damaged(path, say("its files are not those of its manifest"))
    if any(name != DATABASE and not kind.may_hold(name) for name in said):
        raise kind.refused(path, say("it holds files that do not belong there"))
    wanted = [Entry(infos[name], size, digest) for name, (size, digest) in said.items()]
    if any(entry.info.file_size != entry.size for entry in wanted):
        raise kind.damaged(path, say("a file has not the size that the manifest says"))
    return wanted
