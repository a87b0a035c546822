"""A task's document as a frame of our page: our script first, a policy of its own, an origin of nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

#: Where a document's own content begins: our script goes there, since before the doctype it would turn on
#: the browser's quirks, and behind `<head>` is not sure to exist.
_PRELUDE: Final = re.compile(
    r"\ufeff?\s*(?:<!--(?:(?!-->).)*-->\s*)*<!doctype[^>]*>", re.IGNORECASE | re.DOTALL
)
_WHOLE: Final = re.compile(r"<(?:html|head|body)\b", re.IGNORECASE)
_CROWD_ELEMENT: Final = re.compile(r"<crowd-[a-z]", re.IGNORECASE)
#: The script that brought these elements; the host it lay on may be gone, and we bring our own.
_CROWD_SCRIPT: Final = re.compile(
    r"<script\b[^>]*?\bsrc\s*=\s*[\"']?[^\"'>\s]*crowd-html-elements[^>]*>\s*</script\s*>", re.IGNORECASE
)
_ATTRIBUTE: Final = re.compile(
    r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+))?+"""
)
#: A tag as a browser reads it, up to the end of what has none, so that nothing is read twice.
_TAG: Final = re.compile(
    rf"<!--.*?(?:-->|\Z)|<([a-z][^\s/>]*+)((?:[\s/]++|{_ATTRIBUTE.pattern})*+)", re.IGNORECASE | re.DOTALL
)
_NO_SCHEME: Final = re.compile(r"\A((?:src|href)\s*=\s*[\"']?\s*)(?=//)", re.IGNORECASE)
#: What loads something from an address, and what holds text rather than tags.
_LOADING: Final = frozenset({"script", "link", "img", "audio", "video", "source", "iframe"})
_TEXT: Final = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_FRAME_SCRIPT: Final = '<script src="../../assets/frame.js"></script>'
_CROWD_ELEMENTS: Final = (
    '<link rel="stylesheet" href="../../assets/crowd.css"><script src="../../assets/crowd.js"></script>'
)


def dress(document: str, more: str = "") -> str:
    """The document of a frame, given what a blueprint rendered; `more` are tags to follow our script's."""
    scripts = _FRAME_SCRIPT + more
    if _CROWD_ELEMENT.search(document):
        document = _CROWD_SCRIPT.sub("", document)
        scripts += _CROWD_ELEMENTS
    document = _with_schemes(document)
    found = _PRELUDE.match(document)
    if found is None and not _WHOLE.search(document):  # a piece of a page, as other servers put into theirs
        return f"<!doctype html>{scripts}{document}"
    begin = found.end() if found else 0
    return document[:begin] + scripts + document[begin:]


def _with_schemes(document: str) -> str:
    """`//host/...` as `https://host/...`, since the frame's policy lets nothing in by http, which is what it
    means on a page that came by http."""
    parts, at = [], 0
    while (tag := _TAG.search(document, at)) is not None:
        name = (tag[1] or "").lower()
        parts.append(document[at : tag.start()])
        if name in _LOADING:
            attributes = _ATTRIBUTE.sub(lambda one: _NO_SCHEME.sub(r"\1https:", one[0]), tag[2])
            parts.append(f"<{tag[1]}{attributes}")
        else:
            parts.append(tag[0])
        at = tag.end()
        if name in _TEXT:
            end = re.compile(f"</{name}", re.IGNORECASE).search(document, at)
            parts.append(document[at : end.start() if end else None])
            at = end.start() if end else len(document)
    return "".join(parts) + document[at:]


def empty_policy(origins: Sequence[str]) -> str:
    """The Content-Security-Policy of words that stand where a frame's document would."""
    return f"sandbox; default-src 'none'; frame-ancestors {' '.join(origins)}"


def policy(origins: Sequence[str]) -> str:
    """The Content-Security-Policy of a frame; `origins` are those our page may have.

    They are named because 'self' is nobody in a sandbox without an origin.
    """
    ours = " ".join(origins)
    return "; ".join(
        (
            "sandbox allow-scripts allow-forms allow-modals allow-popups",
            "default-src 'none'",
            f"script-src 'unsafe-inline' 'unsafe-eval' https: {ours}",
            f"style-src 'unsafe-inline' https: {ours}",
            "img-src https: data: blob:",
            "media-src https: data: blob:",
            "font-src https: data: blob:",
            "connect-src https:",
            "form-action 'none'",
            "base-uri 'none'",
            f"frame-ancestors {ours}",
        )
    )
