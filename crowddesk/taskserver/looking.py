"""Shows pages as their workers saw them, the answer filled in, to a browser of this computer.

Nothing listens before the first page is asked for, and nothing can be sent from one. Importing this is cheap.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crowddesk.domain import WorkspaceError, storable
from crowddesk.taskserver import frames

if TYPE_CHECKING:
    import asyncio

_MOST_PAGES: Final = 40
#: Answers are sent to the page whole up to so many characters; of a larger one each text is cut.
_LARGEST_ANSWER: Final = 4_000_000
_LONGEST_TEXT: Final = 20_000
_MOST_NAMES: Final = 5_000
_READY_SECONDS: Final = 15.0
_READ_ONLY: Final = '<script src="../../assets/seen_frame.js"></script>'
#: Something that a page loads from another server; `//host` means https there.
_FAR: Final = re.compile(r"https://|(?:src|href)\s*=\s*[\"']?\s*//|url\(\s*[\"']?\s*//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SeenPage:
    """One unit's page. `document` is what its blueprint rendered, `answer` each name's texts in their turn.

    `title` and `words` say whose it is; `updates` is what a live page, such as a conversation, was shown.
    """

    title: str
    words: str
    document: str
    answer: Mapping[str, Sequence[str]]
    updates: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A recording, a film or a picture on this computer; `kind` is its media type."""

    title: str
    words: str
    path: Path
    kind: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page in the bytes that are sent."""

    about: bytes
    document: bytes = b""
    far: bool = False
    file: SeenFile | None = None
    #: What its frame's address ends with.
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))


class Looking:
    """Pages to look at, under an address that nobody guesses. `run` has a thread; other members any but the
    GUI's, where nothing may wait."""

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(32)
        self._pages: OrderedDict[str, Prepared] = OrderedDict()
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._stopping = False
        self._fault = ""
        self._port = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event | None = None

    def show(self, page: SeenPage | SeenFile) -> str:
        """The address of a page, once it is served; the newest few are. Raises WorkspaceError.

        Waits for `run` to listen, some seconds at most.
        """
        prepared = _prepare(page)
        name = secrets.token_urlsafe(16)
        with self._lock:
            self._pages[name] = prepared
            while len(self._pages) > _MOST_PAGES:
                self._pages.popitem(last=False)
        if not self._ready.wait(_READY_SECONDS) or self._fault or self._stopping:
            raise WorkspaceError(self._fault or "The page could not be opened in time. Try again.")
        return f"http://127.0.0.1:{self._port}/seen/{self.token}/page/{name}/"

    def find(self, name: str) -> Prepared | None:
        """A page by its name."""
        with self._lock:
            return self._pages.get(name)

    def run(self) -> None:
        """The body of the thread: serves until `stop`."""
        import asyncio

        asyncio.run(self._serve())

    async def _serve(self) -> None:
        import asyncio

        from crowddesk.taskserver.looking_routes import make_app
        from crowddesk.taskserver.sites import CannotListen, Place, Sites

        with self._lock:
            if self._stopping:
                return
            self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        sites = Sites(lambda: make_app(self))
        try:
            self._port = await sites.open(0, Place("127.0.0.1"))
        except CannotListen as error:
            self._fault = str(error)
        self._ready.set()
        await self._end.wait()
        await sites.keep(set())

    def stop(self) -> None:
        """Ends `run`; its pages are gone."""
        with self._lock:
            self._stopping = True
            self._pages.clear()
            if self._loop is not None and self._end is not None and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._end.set)
        self._ready.set()


def _prepare(page: SeenPage | SeenFile) -> Prepared:
    about: dict[str, Any] = {"title": page.title, "words": page.words}
    if isinstance(page, SeenFile):
        return Prepared(_json(about | {"kind": page.kind}), file=page)
    answer, is_cut = _bounded(page.answer)
    about |= {"answer": answer, "updates": list(page.updates), "cut": is_cut}
    document = frames.dress(page.document, _READ_ONLY)
    return Prepared(_json(about), document.encode("utf-8", "replace"), _FAR.search(page.document) is not None)


def _bounded(answer: Mapping[str, Sequence[str]]) -> tuple[dict[str, list[str]], bool]:
    """The answer as far as a browser takes it, and whether something was cut."""
    size = sum(len(name) + sum(map(len, texts)) for name, texts in answer.items())
    if size <= _LARGEST_ANSWER and len(answer) <= _MOST_NAMES:
        return {name: list(texts) for name, texts in answer.items()}, False
    room, kept = _LARGEST_ANSWER, {}
    for name in list(answer)[:_MOST_NAMES]:
        texts = [text[:_LONGEST_TEXT] for text in answer[name][:_MOST_NAMES]]
        room -= sum(map(len, texts))
        if room < 0:
            break
        kept[name] = texts
    return kept, True


def _json(value: Any) -> bytes:
    return storable(json.dumps(value, ensure_ascii=False)).encode()
