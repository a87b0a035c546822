"""Texts of a form: `{{column}}` filled in, a little markup, and which addresses may be shown or linked.

What a column holds is text wherever it lands: markup is read before columns are filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from crowddesk.language import say

COLUMN: Final = re.compile(r"\{\{([^{}]+)\}\}")
_INLINE: Final = re.compile(
    r"(?P<column>\{\{[^{}]+\}\})"
    r"|\*\*(?=\S)(?P<bold>.+?)(?<=\S)\*\*(?!\*)"
    r"|\*(?=[^\s*])(?P<italic>.+?)(?<=\S)\*"
    r"|\[(?P<words>[^\[\]]+)\]\((?P<address>[^()\s]+)\)",
    re.DOTALL,
)
_MEDIA: Final = {"show_image": "image", "show_audio": "audio", "show_video": "video"}


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; with an `address` they are a link."""

    text: str
    bold: bool = False
    italic: bool = False
    address: str = ""


#: Paragraphs of runs.
Rich = tuple[tuple[Run, ...], ...]


def columns_in(text: str) -> Iterator[str]:
    """The columns that a text names."""
    return (match[1].strip() for match in COLUMN.finditer(text))


def put(text: str, values: Mapping[str, str]) -> str:
    """The text with what the columns hold; an unknown column stays as it is written."""
    return COLUMN.sub(lambda match: values.get(match[1].strip(), match[0]), text)


def read_rich(text: str, *, keep_lines: bool = False) -> Rich:
    """Paragraphs between blank lines, with **bold**, *italic* and [words](https://address); all else is text.

    A line that ends within a paragraph goes on, unless `keep_lines`.
    """
    paragraphs = (part.strip() for part in re.split(r"\n[ \t]*\n", text.strip()))
    if not keep_lines:
        paragraphs = (re.sub(r"[ \t]*\n[ \t]*", " ", part) for part in paragraphs)
    return tuple(tuple(_runs(part, Run(""))) for part in paragraphs if part)


def fill_rich(rich: Rich, values: Mapping[str, str]) -> Rich:
    """The same with what the columns hold, as text."""
    return tuple(
        tuple(replace(run, text=put(run.text, values), address=put(run.address, values)) for run in runs)
        for runs in rich
    )


def plain(rich: Rich) -> str:
    """The words alone."""
    return "\n\n".join("".join(run.text for run in runs) for runs in rich)


def link_fault(address: str) -> str:
    """Why an address may not be linked; "" if it may. One whose beginning is a column is not known yet."""
    if COLUMN.match(address):
        return ""
    if not address.lower().startswith("https://") or not _is_whole(address):
        return say("the link {address} is no https:// address.", address=_short(address))
    return ""


def source_fault(kind: str, address: str) -> str:
    """Why an address may not be shown as `kind` (show_image, ...); "" if it may or is not known yet."""
    if COLUMN.match(address):
        return ""
    noun, lower = _MEDIA[kind], address.lower()
    if not address:
        return say("src is empty.")
    if lower.startswith("data:"):
        return (
            ""
            if lower.startswith(f"data:{noun}/")
            else say("src: {address} holds no {noun}.", address=_short(address), noun=noun)
        )
    if lower.startswith("https://"):
        return (
            ""
            if _is_whole(address)
            else say("src: {address} is no whole https:// address.", address=_short(address))
        )
    if lower.startswith("http://"):
        return say(
            "src: {address} is not encrypted: browsers show only https:// addresses here.",
            address=_short(address),
        )
    if re.match(r"[a-z][a-z0-9+.-]*:", lower) and not re.match(r"[a-z]:[\\/]", lower):
        return say(
            "src: {address} is neither an https:// address nor data:{noun}/.",
            address=_short(address),
            noun=noun,
        )
    return say(
        "src: {address} is a file's name, and workers' browsers cannot see your files. Put it on "
        "the web and give its https:// address, or give it as data:{noun}/.",
        address=_short(address),
        noun=noun,
    )


def _is_whole(address: str) -> bool:
    if any(sign.isspace() or ord(sign) < 32 for sign in address) or "\\" in address:
        return False
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and (COLUMN.search(parts.netloc) is not None or parts.port != 0)
    except ValueError:
        return False


def _runs(text: str, look: Run) -> Iterator[Run]:
    at = 0
    for match in _INLINE.finditer(text):
        if match["column"]:
            continue
        if match.start() > at:
            yield replace(look, text=text[at : match.start()])
        at = match.end()
        if match["bold"]:
            yield from _runs(match["bold"], replace(look, bold=True))
        elif match["italic"]:
            yield from _runs(match["italic"], replace(look, italic=True))
        else:
            yield replace(look, text=match["words"], address=match["address"])
    if at < len(text):
        yield replace(look, text=text[at:])


def _short(text: str) -> str:
    return repr(text if len(text) <= 80 else text[:79] + "…")
