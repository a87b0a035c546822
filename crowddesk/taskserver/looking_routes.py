"""The addresses of pages that are only looked at: our bar, the task in its frame, nothing to send to."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aiohttp import web

from crowddesk.taskserver.gate import FRAME, HEADERS, NOTHING_POLICY, Gate
from crowddesk.taskserver.refusal import Refusal, not_found
from crowddesk.taskserver.sessions import is_same

if TYPE_CHECKING:
    from crowddesk.taskserver.looking import Looking, Prepared

logger = logging.getLogger(__name__)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_FOLDER: Final = Path(__file__).parent / "seen_page"
#: What a worker's own page has, too.
_SHARED: Final = Path(__file__).parent / "page"
_PAGE: Final = "seen.html"
_OWN_PAGE: Final = ("seen.css", "seen.js")
_PALETTE: Final = "palette.css"
_FOR_PAGE: Final = (_PALETTE, *_OWN_PAGE)
_OWN_FRAME: Final = "seen_frame.js"
_OF_FRAMES: Final = ("frame.js", "crowd.js", "crowd.css")
_FOR_FRAMES: Final = (_OWN_FRAME, *_OF_FRAMES)
_TYPES: Final = {".css": "text/css", ".js": "text/javascript"}
_PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def frame_policy(origins: tuple[str, ...], *, far: bool) -> str:
    """The Content-Security-Policy of a task that is only looked at; `far`: it loads from other servers.

    Pictures, styles and scripts come as they did at work. What a script could send goes nowhere: there is no
    form, no window, no connection.
    """
    ours, https = " ".join(origins), " https:" if far else ""
    return "; ".join(
        (
            "sandbox allow-scripts",
            "default-src 'none'",
            f"script-src 'unsafe-inline' 'unsafe-eval'{https} {ours}",
            f"style-src 'unsafe-inline'{https} {ours}",
            f"img-src{https} data: blob:",
            f"media-src{https} data: blob:",
            f"font-src{https} data: blob:",
            "connect-src 'none'",
            "form-action 'none'",
            "base-uri 'none'",
            f"frame-ancestors {ours}",
        )
    )


def make_app(looking: Looking) -> web.Application:
    """The application that serves what `looking` holds."""
    return _Routes(looking).app


class _Routes:
    def __init__(self, looking: Looking) -> None:
        self._looking = looking
        self._gate = Gate(time.monotonic)
        own = {name: (_FOLDER / name).read_bytes() for name in (_PAGE, *_OWN_PAGE, _OWN_FRAME)}
        self._files = own | {name: (_SHARED / name).read_bytes() for name in (_PALETTE, *_OF_FRAMES)}
        self.app = web.Application(middlewares=[self._guard])
        root = "/seen/{token}"
        router = self.app.router
        router.add_get(f"{root}/assets/{{name}}", self._asset)
        router.add_get(f"{root}/page/{{page}}/", self._index)
        router.add_get(f"{root}/page/{{page}}/about", self._about)
        router.add_get(f"{root}/page/{{page}}/file", self._file)
        router.add_get(f"{root}/frame/{{page}}/{{key}}", self._frame, name=FRAME)

    @web.middleware
    async def _guard(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        response: web.StreamResponse
        try:
            self._gate.check(request)
            response = await handler(request)
        except Refusal as refusal:
            response = web.Response(text=refusal.sentence, status=refusal.status)
        except web.HTTPException as error:
            response = web.Response(text="There is nothing at this address.", status=error.status)
        except ConnectionError:
            response = web.Response(status=400)
        except asyncio.CancelledError:
            raise
        except Exception:
            logger.exception("A page that is looked at could not be shown")
            response = web.Response(text="Something went wrong. Open the page again.", status=500)
        self._gate.add_headers(request, response)
        if not response.prepared:
            response.headers["X-DNS-Prefetch-Control"] = "off"
        return response

    def _page(self, request: web.Request) -> Prepared:
        self._check_token(request)
        if "Origin" in request.headers:  # scripts of a frame, which alone may come from nobody, hold nothing
            self._gate.check_origin(request)
        page = self._looking.find(request.match_info["page"])
        if page is None:
            raise Refusal(404, "This page is not shown any more. Open it again from CrowdDesk.")
        return page

    def _check_token(self, request: web.Request) -> None:
        if not is_same(self._looking.token, request.match_info["token"]):
            raise not_found()

    async def _asset(self, request: web.Request) -> web.Response:
        self._check_token(request)
        name = request.match_info["name"]
        if name not in (*_FOR_PAGE, *_FOR_FRAMES):
            raise not_found()
        response = web.Response(
            body=self._files[name], content_type=_TYPES[Path(name).suffix], charset="utf-8"
        )
        if name in _FOR_FRAMES:
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    async def _index(self, request: web.Request) -> web.Response:
        self._page(request)
        return _html(self._files[_PAGE], _PAGE_POLICY)

    async def _about(self, request: web.Request) -> web.Response:
        page = self._page(request)
        head = b'{"frame": "%s", "page": ' % page.key.encode() if page.file is None else b'{"page": '
        return web.Response(body=head + page.about + b"}", content_type="application/json", charset="utf-8")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        page = self._page(request)
        if page.file is None or not page.file.path.is_file():
            raise Refusal(404, "This file is not in the workspace any more.")
        headers = {
            **HEADERS,
            "Content-Type": page.file.kind,
            "Content-Security-Policy": "sandbox; " + NOTHING_POLICY,
        }
        return web.FileResponse(page.file.path, headers=headers)

    async def _frame(self, request: web.Request) -> web.Response:
        page = self._page(request)
        if not is_same(page.key, request.match_info["key"]):
            raise not_found()
        # Alone in a window, a task's script could lead the window elsewhere with what stands in its address.
        if request.headers.get("Sec-Fetch-Dest", "iframe") != "iframe":
            raise not_found()
        return _html(page.document, frame_policy(self._gate.origins(request), far=page.far))


def _html(body: bytes, policy: str) -> web.Response:
    return web.Response(
        body=body, content_type="text/html", charset="utf-8", headers={"Content-Security-Policy": policy}
    )
