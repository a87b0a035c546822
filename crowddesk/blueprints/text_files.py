"""Opens the files a user names, or says in one sentence why one cannot be read."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import IO, Any, Final, cast

from crowddesk.domain import BadInput
from crowddesk.language import say

_CHUNK: Final = 2**18
_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that somebody who wrote `name` most likely meant, if any."""
    by_folded = {n.strip().casefold(): n for n in names}
    match = get_close_matches(name.strip().casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[match[0]] if match else None


def open_bytes(path: Path) -> IO[bytes]:
    """Opens a regular file, or raises BadInput that says why not and which file there has a similar name."""
    try:
        if path.is_dir():
            raise BadInput(say("{path} is a folder: name a file in it.", path=path))
        if path.exists() and not path.is_file():
            raise BadInput(say("{path} is not a regular file.", path=path))
        return path.open("rb")
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise BadInput(say("{path} does not exist, nor does its folder.", path=path)) from None
        near = nearest(path.name, [p.name for p in path.parent.iterdir()])
        hint = " " + say("Did you mean {near}?", near=near) if near else ""
        raise BadInput(say("{path} does not exist.{hint}", path=path, hint=hint)) from None
    except (OSError, ValueError) as error:
        raise BadInput(say("{path} cannot be opened: {reason}.", path=path, reason=_reason(error))) from None


def read_text(path: Path, limit: int) -> str:
    """A whole text file of at most `limit` bytes, UTF-8 or what its byte order mark says. Raises BadInput."""
    try:
        with open_bytes(path) as raw:
            data = raw.read(limit + 1)
    except OSError as error:
        raise BadInput(
            say("{name} cannot be read: {reason}.", name=path.name, reason=_reason(error))
        ) from None
    if len(data) > limit:
        raise BadInput(say("{name} is larger than {limit:,} KiB.", name=path.name, limit=limit // 1024))
    try:
        return data.decode(encoding_of(data[:4], None))
    except UnicodeError:
        raise _undecodable(path, None) from None


@contextmanager
def open_text(path: Path, encoding: str | None) -> Iterator[io.TextIOWrapper]:
    """The file as text with every line end as it is; what cannot be decoded or read raises BadInput."""
    with open_bytes(path) as raw:
        try:
            start = raw.read(4)
            raw.seek(0)
            with io.TextIOWrapper(cast(Any, raw), encoding_of(start, encoding), newline="") as stream:
                yield stream
        except UnicodeError:
            raise _undecodable(path, encoding) from None
        except OSError as error:
            raise BadInput(
                say("{name} cannot be read: {reason}.", name=path.name, reason=_reason(error))
            ) from None


def check_encoding(encoding: str) -> None:
    """Raises BadInput unless `encoding` is the name of a text encoding."""
    try:
        "".encode(encoding)
    except (LookupError, ValueError):
        raise BadInput(
            say("{encoding!r} is no text encoding: use utf-8, cp1252, utf-16 or the like.", encoding=encoding)
        ) from None


def encoding_of(start: bytes, encoding: str | None) -> str:
    """The encoding of a file that begins with `start`: the one asked for, else its mark's, else UTF-8."""
    mark = next((name for bom, name in _BOMS if start.startswith(bom)), None)
    if encoding is None:
        return mark or "utf-8"
    if mark == "utf-8-sig" and codecs.lookup(encoding).name == "utf-8":
        return mark
    return encoding


def _undecodable(path: Path, encoding: str | None) -> BadInput:
    """Says where the first byte lies that is not in the encoding."""
    with open_bytes(path) as raw:
        name = encoding_of(raw.read(4), encoding)
        raw.seek(0)
        is_utf8 = name.startswith("utf-8")
        label = "UTF-8" if is_utf8 else name
        hint = (
            say("if it was saved on Windows, say `encoding: cp1252`, else name its own encoding.")
            if is_utf8
            else say("say its own encoding, for example `encoding: utf-8`.")
        )
        decoder = codecs.getincrementaldecoder(name)()
        fed, line, more = 0, 1, True
        while more:
            chunk = raw.read(_CHUNK)
            more = bool(chunk)
            fed += len(chunk)
            try:
                line += decoder.decode(chunk, final=not more).count("\n")
            except UnicodeDecodeError as error:
                good, bad = error.object[: error.start], error.object[error.start]
                line += good.decode(error.encoding, "ignore").count("\n")
                place = fed - len(error.object) + error.start + 1
                return BadInput(
                    say(
                        "{name}, line {line}: byte {place:,} of the file (0x{bad}) is not {label}; {hint}",
                        name=path.name,
                        line=line,
                        place=place,
                        bad=f"{bad:02X}",
                        label=label,
                        hint=hint,
                    )
                )
            except UnicodeError:
                break
    return BadInput(say("{name} is not {label}; {hint}", name=path.name, label=label, hint=hint))


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def no_column(name: str, near: str, file: str) -> str:
    """The sentence about a column that a text names and a file has not; `near` is the nearest, or ""."""
    if near:
        return say("{name} is no column of {file}: did you mean {near}?", name=name, file=file, near=near)
    return say("{name} is no column of {file}.", name=name, file=file)
