"""Pictures and recordings of an item and its answer: where they are, and how they are read without harm.

No widget here; the functions run in the viewer's thread. What strangers send is told by its first bytes and
decoded within bounds.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from crowddesk.domain import BadInput
from crowddesk.language import number_text, say
from crowddesk.ui.work_done import uploads_of

if TYPE_CHECKING:
    from crowddesk.store.queries import UnitDetail
    from crowddesk.ui.review.seen_source import RunSource

#: A picture beyond these would take the window's memory, whatever its file's size.
MOST_PIXELS: Final = 40_000_000
MOST_BYTES: Final = 60_000_000
_LONGEST_SIDE: Final = 4_096
_MOST_MEDIA: Final = 24
_LONGEST_ADDRESS: Final = 2_000
_PICTURES: Final = frozenset({"png", "jpg", "jpeg", "jfif", "gif", "webp", "bmp"})
_RECORDINGS: Final = frozenset({"mp3", "wav", "ogg", "oga", "opus", "flac", "m4a", "aac"})
_FILMS: Final = frozenset({"mp4", "webm", "ogv", "mov", "m4v"})
_NOT_DRAWN: Final = frozenset({"svg", "svgz", "tif", "tiff", "heic", "avif"})
_ANY: Final = "|".join(sorted(_PICTURES | _RECORDINGS | _FILMS | _NOT_DRAWN))
_MAYBE: Final = re.compile(rf"\.(?:{_ANY})\b|\"sha256\"", re.IGNORECASE)
_KINDS: Final = {"show_image": "picture", "show_audio": "recording", "show_video": "film"}
_MAGIC: Final = (
    (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"BM", "bmp"),
)  # fmt: skip
_TYPE: Final = re.compile(r"(?:audio|video)/[a-z0-9.+-]{1,60}")


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture, recording or film. `caption` is the column or field that holds it.

    It is a file here (`path`) or at an https address elsewhere; `fault` says why it is neither. `type` is the
    media type of a recording or film.
    """

    kind: str
    caption: str
    name: str
    path: Path | None = None
    address: str = ""
    type: str = ""
    fault: str = ""

    @property
    def host(self) -> str:
        """The server that would be asked."""
        return urlsplit(self.address).hostname or ""


def may_have_media(run: RunSource, detail: UnitDetail) -> bool:
    """Whether it is worth looking for any; cheap."""
    row = detail.row
    return run.shows_media or any(
        _MAYBE.search(text, 0, 200_000) is not None for text in (row.data, row.answer or "")
    )


def find_media(run: RunSource, detail: UnitDetail) -> list[Medium]:
    """What there is to see or to hear, the item's first; each once, the first few."""
    found: dict[object, Medium] = {}
    for medium in (*_of_item(run, detail), *_of_answer(run, detail)):
        found.setdefault(medium.path or medium.address or (medium.caption, medium.name), medium)
        if len(found) == _MOST_MEDIA:
            break
    return list(found.values())


def _of_item(run: RunSource, detail: UnitDetail) -> Iterator[Medium]:
    try:
        values: Mapping[str, Any] = detail.row.input
    except (ValueError, RecursionError):
        return
    texts = {str(name): value for name, value in values.items() if isinstance(value, str)}
    for field in _shown_fields(run, texts):
        yield from _medium(run, field.name or field.title, field.src, _KINDS[field.type])
    for name, text in texts.items():
        yield from _medium(run, name, text.strip(), "")


def _shown_fields(run: RunSource, values: Mapping[str, str]) -> Iterator[Any]:
    from crowddesk.blueprints.form import FormBlueprint

    if isinstance(run.blueprint, FormBlueprint):
        for field in run.blueprint.form.fill(values).fields:
            if field.type in _KINDS and field.src:
                yield field


def _medium(run: RunSource, caption: str, text: str, kind: str) -> Iterator[Medium]:
    """What an address or a file's name leads to; nothing for other texts."""
    if not text or len(text) > _LONGEST_ADDRESS or "\n" in text:
        return
    is_far = re.match(r"[a-z][a-z0-9+.-]*:|//", text, re.IGNORECASE) is not None
    try:
        place = urlsplit(text).path if is_far else text
    except ValueError:
        return
    suffix = place.rpartition(".")[2].lower()
    name = unquote(place.rpartition("/")[2])[:120] or text[:120]
    known = kind or _kind_of(suffix)
    if not known:
        return
    if suffix in _NOT_DRAWN:
        yield Medium(
            known, caption, name, fault=say("{kind} pictures are not drawn here.", kind=suffix.upper())
        )
    elif is_far:
        address = f"https:{text}" if text.startswith("//") else text
        if address.lower().startswith("https://") and urlsplit(address).hostname:
            yield Medium(known, caption, name, address=address, type=_type_of(name, known))
        elif address.lower().startswith("http://"):
            fault = say("It lies at an http address, which is not loaded: others could read and change it.")
            yield Medium(known, caption, name, fault=fault)
    else:
        path = _inside(run.folder, text)
        if path is not None:
            yield Medium(known, caption, name, path, type=_type_of(name, known))
        elif kind or "/" in text:
            yield Medium(known, caption, name, fault=say("It is not in the run's folder."))


def _of_answer(run: RunSource, detail: UnitDetail) -> Iterator[Medium]:
    from crowddesk.taskserver.uploads import folder_of

    row = detail.row
    sent = [one for one in detail.submissions if not one.late] or detail.submissions
    for upload in uploads_of(sent):
        family = upload.type.partition("/")[0]
        kind = {"image": "picture", "audio": "recording", "video": "film"}.get(family, "")
        if not kind or not re.fullmatch(r"[0-9a-f]{64}", upload.sha256):
            continue
        folder = folder_of(str(run.folder / "assignments" / str(row.assignment_id) / str(upload.agent_id)))
        path = folder / upload.sha256
        if path.is_file():
            yield Medium(kind, upload.field, upload.name, path, type=_type_of(upload.name, kind, upload.type))
        else:
            fault = say("It is not in the workspace any more.")
            yield Medium(kind, upload.field, upload.name, fault=fault)


def _kind_of(suffix: str) -> str:
    if suffix in _PICTURES or suffix in _NOT_DRAWN:
        return "picture"
    return "recording" if suffix in _RECORDINGS else "film" if suffix in _FILMS else ""


def _type_of(name: str, kind: str, claimed: str = "") -> str:
    """The media type by which a browser plays it; "" for pictures."""
    if kind == "picture":
        return ""
    guessed = claimed or mimetypes.guess_type(name)[0] or ""
    return guessed if _TYPE.fullmatch(guessed) else {"film": "video/mp4"}.get(kind, "audio/mpeg")


def _inside(folder: Path, text: str) -> Path | None:
    """A file in the run's folder, not beside it; None for anything else."""
    try:
        root = folder.resolve()
        path = (root / text).resolve()
        return path if path.is_relative_to(root) and path.is_file() else None
    except (OSError, ValueError):  # a name that no system takes
        return None


# ------------------------------------------------------------------------------------------ what is drawn


def read_file(path: Path) -> QImage:
    """A picture on this computer. Raises BadInput that says why it is not drawn."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise BadInput(
                say(
                    "It is {size:,.0f} MB; pictures of up to {most:.0f} MB are drawn.",
                    size=size / 1e6,
                    most=MOST_BYTES / 1e6,
                )
            )
        return read_picture(path.read_bytes())
    except OSError as error:
        raise BadInput(say("It cannot be read: {why}.", why=error.strerror or error)) from None


def read_picture(data: bytes) -> QImage:
    """The picture in these bytes, made smaller where it is very large. Raises BadInput."""
    form = picture_format(data)
    if not form:
        raise BadInput(say("It is no PNG, JPEG, GIF, WebP or BMP picture."))
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, form.encode())
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():
        raise BadInput(say("It is damaged: it does not say how large it is."))
    if size.width() * size.height() > MOST_PIXELS:
        shape = f"{number_text(size.width())} × {number_text(size.height())}"
        raise BadInput(
            say(
                "It is {shape} pixels; up to {most} million are drawn.",
                shape=shape,
                most=MOST_PIXELS // 1_000_000,
            )
        )
    if max(size.width(), size.height()) > _LONGEST_SIDE:
        reader.setScaledSize(_fitted(size))
    image = reader.read()
    if image.isNull():
        raise BadInput(say("It is damaged: {why}.", why=reader.errorString().lower()))
    return image


def _fitted(size: QSize) -> QSize:
    found = size.scaled(_LONGEST_SIDE, _LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio)
    return QSize(max(1, found.width()), max(1, found.height()))


def picture_format(data: bytes) -> str:
    """What a picture is by its first bytes, "" for anything that is not drawn."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((form for magic, form in _MAGIC if data.startswith(magic)), "")
