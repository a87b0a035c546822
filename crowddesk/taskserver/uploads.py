"""Files that workers send: which are taken, how they get into the workspace, what a submission may name.

A file is stored under its SHA-256 in its agent's folder and never opened, served or run by this program.
"""

from __future__ import annotations

import errno
import hashlib
import json
import mimetypes
import os
import re
import secrets
import unicodedata
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from crowddesk.blueprints.base import Field
from crowddesk.taskserver.refusal import Refusal

MOST_FILES: Final = 20
#: An agent's files together may be this many times the bound of one.
MOST_TOGETHER: Final = 5
_FOLDER: Final = "uploads"
_INDEX: Final = "index.json"
_NAME_LENGTH: Final = 120

_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
_TYPES: Final = frozenset(
    {
        "application/pdf", "text/plain", "text/csv", "text/tab-separated-values", "application/json",
        "application/zip", "application/x-zip-compressed", "application/rtf", "text/rtf",
        "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
    }
)  # fmt: skip
_TYPE_FAMILIES: Final = (
    "image/",
    "audio/",
    "video/",
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.oasis.opendocument.",
)
#: What a browser, a desktop or an office program would run when it is opened.
_RUNS_TEXT: Final = """
    html htm xhtml xht shtml mhtml mht svg svgz xml xsl xslt swf js mjs cjs jsx ts hta wasm
    exe com scr pif bat cmd msi msp mst cpl dll so dylib sys drv ps1 psm1 psd1 vb vbs vbe jse wsf wsh wsc sct
    sh bash zsh csh fish ksh run bin app command dmg pkg deb rpm apk ipa jar class war py pyc pyw pyz pl php
    php3 phtml rb lua tcl asp aspx jsp cgi lnk url desktop webloc inf reg chm hlp iso img vhd vhdx
    docm dotm xlsm xltm xlam xll pptm potm ppam ppsm sldm xla ppa one
"""
_RUNS: Final = frozenset(_RUNS_TEXT.split())
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class Place:
    """Where one upload may go: the agent's folder, the field, the cleaned name and type, the most bytes."""

    folder: Path
    field: str
    name: str
    type: str
    most_bytes: int
    most_together: int


def admit(
    folder: Path, fields: Iterable[Field], field: str, name: str, content_type: str, megabyte_limit: int
) -> Place | Refusal:
    """Whether an agent whose folder this is may send a file for a field; reads the agent's list of files."""
    asked = next((f for f in fields if f.name == field and f.type == "file"), None)
    if asked is None:
        return Refusal(403, "This task does not ask for a file here.")
    name, kind = clean_name(name), content_type.partition(";")[0].strip().lower()
    if kind in ("", "application/octet-stream"):  # a browser that does not know the kind
        kind = mimetypes.guess_type(name)[0] or kind
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix in _RUNS or not _is_taken(kind):
        return Refusal(415, f"Files of this kind cannot be sent: {name}.")
    accept = asked.limits.get("accept", "")
    if accept and not _accepts(accept, suffix, kind):
        return Refusal(415, f"This question takes only these files: {accept}.")
    most = megabyte_limit * 1_000_000
    try:
        most = min(most, int(asked.limits.get("maxbytes") or most))
    except ValueError:
        return Refusal(500, "The size that this question takes is not set right.")
    kept = files_of(folder)
    together = MOST_TOGETHER * megabyte_limit * 1_000_000
    if len(kept) >= MOST_FILES or _bytes_of(kept) >= together:
        return Refusal(413, f"You have sent as many files as one piece of work may have: {len(kept)}.")
    return Place(folder, field, name, kind, most, together)


def clean_name(name: str) -> str:
    """A file's own name as text for people: no folders, no characters that hide or turn others around."""
    name = re.split(r"[/\\]", name)[-1]
    shown = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    shown = re.sub(r'[<>:"|?*]', "_", shown).strip(" .")
    stem, dot, suffix = shown.rpartition(".")
    if dot and len(shown) > _NAME_LENGTH:
        shown = stem[: max(1, _NAME_LENGTH - 1 - len(suffix))] + dot + suffix
    return shown[-_NAME_LENGTH:] or "file"


def _is_taken(kind: str) -> bool:
    if not _TYPE.fullmatch(kind) or "svg" in kind or "macroenabled" in kind:
        return False
    return kind in _TYPES or kind.startswith(_TYPE_FAMILIES)


def _accepts(accept: str, suffix: str, kind: str) -> bool:
    """What a browser's file dialog does with an input's `accept`."""
    for part in (p.strip().lower() for p in accept.split(",")):
        if part.startswith("."):
            if suffix == part[1:]:
                return True
        elif part in ("*/*", kind) or (part.endswith("/*") and kind.startswith(part[:-1])):
            return True
    return False


# ------------------------------------------------------------------------------------------- the bytes


@dataclass(slots=True)
class Arrived:
    """A file that has come whole and has no place of its own yet."""

    path: Path
    sha256: str
    size: int


class Uploads:
    """Takes files in on the loop, at most a few at a time an agent."""

    _AT_ONCE: Final = 3

    def __init__(self, incoming: Path) -> None:
        """`incoming` is a folder of the run for what is not complete; what an earlier process left goes."""
        self._incoming = incoming
        self._running: dict[Path, int] = {}
        if incoming.is_dir():
            for left in incoming.iterdir():
                left.unlink(missing_ok=True)

    async def receive(self, place: Place, parts: AsyncIterator[bytes]) -> Arrived:
        """Writes a file to disk as it comes; raises Refusal, and leaves nothing then."""
        running = self._running.get(place.folder, 0)
        if running >= self._AT_ONCE:
            raise Refusal(429, "Other files of yours are still on their way.", retry_after=2)
        self._running[place.folder] = running + 1
        path = self._incoming / secrets.token_hex(16)
        done = False
        try:
            digest, size = hashlib.sha256(), 0
            self._incoming.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                async for part in parts:
                    size += len(part)
                    if size > place.most_bytes:
                        raise Refusal(
                            413, f"The file is too large: the most is {_size_text(place.most_bytes)}."
                        )
                    digest.update(part)
                    file.write(part)
            done = True
            return Arrived(path, digest.hexdigest(), size)
        except OSError as error:
            raise _storage_refusal(error) from error
        finally:
            if not done:
                path.unlink(missing_ok=True)
            self._running[place.folder] -= 1
            if not self._running[place.folder]:
                del self._running[place.folder]


def keep(place: Place, arrived: Arrived) -> dict[str, Any] | Refusal:
    """Gives a file its place and its line in the agent's list; returns what a submission names it by."""
    kept = files_of(place.folder)
    ref = {"file": place.name, "sha256": arrived.sha256, "size": arrived.size, "type": place.type}
    is_new = all(entry["sha256"] != arrived.sha256 for entry in kept)
    same = next((e for e in kept if e["sha256"] == arrived.sha256 and e["field"] == place.field), None)
    try:
        if same is None and (
            len(kept) >= MOST_FILES or (is_new and _bytes_of(kept) + arrived.size > place.most_together)
        ):
            return Refusal(413, "You have sent as many files as one piece of work may have.")
        place.folder.mkdir(parents=True, exist_ok=True)
        if is_new:
            with arrived.path.open("rb") as file:
                os.fsync(file.fileno())
            os.replace(arrived.path, place.folder / arrived.sha256)
        others = [entry for entry in kept if entry is not same]
        _write_index(place.folder, [*others, {"field": place.field, **ref}])
    except OSError as error:
        return _storage_refusal(error)
    finally:
        arrived.path.unlink(missing_ok=True)
    return ref


def _write_index(folder: Path, entries: Sequence[Mapping[str, Any]]) -> None:
    draft = folder / f"{_INDEX}.new"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(entries, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, folder / _INDEX)


def _storage_refusal(error: OSError) -> Refusal:
    if error.errno in _NO_ROOM:
        return Refusal(503, "There is no room for files at the moment. Keep the page open and try later.", 60)
    return Refusal(503, "The file could not be stored. Keep the page open and try again in a minute.", 60)


def _bytes_of(entries: Sequence[Mapping[str, Any]]) -> int:
    return sum({entry["sha256"]: int(entry["size"]) for entry in entries}.values())


def _size_text(size: int) -> str:
    return f"{size / 1_000_000:.4g} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} kB"


# -------------------------------------------------------------------------------- what was sent before


def folder_of(data_dir: str) -> Path:
    """Where the files of an agent lie, given its `get_data_dir()`."""
    return Path(data_dir) / _FOLDER


def files_of(folder: Path) -> list[dict[str, Any]]:
    """What an agent has sent: refs (file, sha256, size, type) with their `field`."""
    try:
        entries = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [entry for entry in entries if (folder / entry["sha256"]).is_file()]


def refs_by_field(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The refs of what an agent has sent, for a page that is opened again."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in files_of(folder):
        found.setdefault(entry["field"], []).append(_ref(entry))
    return found


def check_refs(folder: Path, file_fields: Iterable[str], data: Mapping[str, Any]) -> dict[str, Any] | Refusal:
    """A submission in which each file is what this server knows of it; a refusal for one it does not have."""
    kept = files_of(folder)
    names = {*file_fields, *(entry["field"] for entry in kept)}
    known = {(entry["field"], entry["sha256"]): _ref(entry) for entry in kept}
    checked = dict(data)
    for name in names & data.keys():
        value = data[name]
        found = []
        for ref in value if isinstance(value, list) else [value]:
            if ref in ("", None):  # a file input that was left empty
                continue
            sha = ref.get("sha256") if isinstance(ref, dict) else None
            right = known.get((name, sha)) if isinstance(sha, str) else None
            if right is None:
                return Refusal(400, "A file of this answer has not arrived. Choose it again, then submit.")
            found.append(right)
        checked[name] = found if isinstance(value, list) else (found[0] if found else "")
    return checked


def _ref(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in ("file", "sha256", "size", "type")}
