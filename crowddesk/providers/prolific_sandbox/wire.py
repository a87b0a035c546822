"""How a call comes in and its answer goes out: token, JSON, pages, time stamps, shapes of errors, faults."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import web

from crowddesk.providers.prolific_sandbox.books import Books
from crowddesk.providers.prolific_sandbox.clock import stamp
from crowddesk.providers.prolific_sandbox.faults import Fault, Faults

PREFIX: Final = "/api/v1"
#: How an error is dressed: `{"error": {...}}`, the same without its wrapping, or `{"message", "detail"}`.
WRAPPED: Final = "wrapped"
BARE: Final = "bare"
MESSAGE: Final = "message"

#: How long a call that moves much money holds the workspace's wallet, in seconds.
WALLET_HOLD_S: Final = 0.05
_PAGE: Final = 20
_MOST_A_PAGE: Final = 1000
_VALIDATION, _NOT_FOUND, _OTHER = 140001, 140003, 140000
_LARGEST: Final = 2**53


class Refusal(Exception):
    """The vendor says no. `detail` is a sentence, several, or sentences by field; nothing was changed."""

    def __init__(
        self,
        status: int,
        title: str,
        detail: str | Sequence[str] | Mapping[str, Sequence[str]],
        shape: str | None = None,
    ) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.detail = detail
        self.shape = shape

    def body(self, shape: str) -> dict[str, Any]:
        """The answer's JSON in a route's own shape, unless the refusal has one of its own."""
        shape = self.shape or shape
        detail = self.detail
        if isinstance(detail, Mapping):
            detail = {name: list(sentences) for name, sentences in detail.items()}
        elif not isinstance(detail, str):
            detail = list(detail)
        if shape == MESSAGE:
            return {
                "message": self.title,
                "detail": detail if isinstance(detail, str) else json.dumps(detail),
            }
        code = {400: _VALIDATION, 404: _NOT_FOUND}.get(self.status, _OTHER)
        plain = {
            "status": self.status,
            "error_code": code,
            "title": self.title,
            "detail": detail,
            "additional_information": "/api/v1/errors/",
            "traceback": "",
            "interactive": False,
        }
        return plain if shape == BARE else {"error": plain}


def invalid(fields: Mapping[str, str | Sequence[str]] | Sequence[str]) -> Refusal:
    """400: fields with what is wrong with each, or sentences about the whole."""
    if not isinstance(fields, Mapping):
        return Refusal(400, "Validation error", fields)
    detail = {name: [said] if isinstance(said, str) else list(said) for name, said in fields.items()}
    return Refusal(400, "Validation error", detail)


def not_found(what: str) -> Refusal:
    """404: there is no such thing, or not for this token."""
    return Refusal(404, "Not found", f"{what} not found.")


@dataclass(slots=True)
class Call:
    """One call of a researcher, inside its transaction. `now` is the sandbox's epoch seconds."""

    books: Books
    db: sqlite3.Connection
    user_id: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    raw: bytes
    url: str
    now: float
    skew: float = 0.0

    @property
    def body(self) -> dict[str, Any]:
        """The call's JSON object; Refusal where there is none."""
        try:
            read = json.loads(self.raw, parse_constant=_no_constant)
            json.dumps(read, ensure_ascii=False).encode()  # half a surrogate pair is no text
        except (ValueError, RecursionError):
            raise Refusal(400, "Bad request", "The body is no JSON.") from None
        if not isinstance(read, dict):
            raise Refusal(400, "Bad request", "The body is no JSON object.")
        return read

    def stamp(self, at: float | None) -> str | None:
        """A moment as this answer writes it."""
        return stamp(None if at is None else at + self.skew)

    def whole(self, name: str, default: int, lowest: int, highest: int) -> int:
        """A whole number of the query; Refusal for anything else."""
        text = self.query.get(name)
        if text is None:
            return default
        if not (text.isascii() and text.isdigit()) or len(text) > 12 or not lowest <= int(text) <= highest:
            raise invalid({name: f"This must be a whole number from {lowest} to {highest}."})
        return int(text)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: JSON, or nothing at all for 204."""

    body: Any = None
    status: int = 200


Handler = Callable[[Call], Answer]
#: Says which workspace's wallet a call moves, and for how long it holds it in seconds; None is no money.
Purse = Callable[[Call], "tuple[str, float] | None"]


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")


def text_of(body: Mapping[str, Any], name: str, *, longest: int = 100_000) -> str:
    """A text that must be there and not be empty; Refusal says what is wrong with it."""
    value = body.get(name)
    if value is None:
        raise invalid({name: "This field is required."})
    if not isinstance(value, str) or not value.strip():
        raise invalid({name: "This field may not be blank."})
    if len(value) > longest:
        raise invalid({name: f"Ensure this field has no more than {longest} characters."})
    return value


def texts_of(body: Mapping[str, Any], name: str, *, most: int = 100_000) -> list[str]:
    """A list of texts that must be there; Refusal says what is wrong with it."""
    value = body.get(name)
    if value is None:
        raise invalid({name: "This field is required."})
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise invalid({name: "This must be a list of texts."})
    if len(value) > most:
        raise invalid({name: f"Ensure this field has no more than {most} elements."})
    return value


def is_whole(value: Any, lowest: int = 0) -> bool:
    """A JSON number without a fraction: 30, and 30.0 as some clients write it, but not true."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return value == int(value) and lowest <= value < _LARGEST if abs(value) < _LARGEST else False


def page_of(
    call: Call, count: Callable[[], int], rows: Callable[[int, int], Sequence[Any]], *, size: int = _PAGE
) -> dict[str, Any]:
    """One page by `page` and `page_size`, with the links; 404 past the end, as the vendor has it.

    `rows(limit, offset)` reads some; `count()` is how many there are.
    """
    page = call.whole("page", 1, 1, 10**9)
    size = call.whole("page_size", size, 1, _MOST_A_PAGE)
    total = count()
    last = max(1, -(-total // size))
    if page > last:
        raise Refusal(404, "Not found", "Invalid page.")
    found = list(rows(size, (page - 1) * size))

    def link(number: int) -> str:
        kept = {name: value for name, value in call.query.items() if name not in ("page", "page_size")}
        return f"{call.url}?{urlencode({**kept, 'page': number, 'page_size': size})}"

    return {
        "results": found,
        "_links": {
            "self": {"href": link(page), "title": "Current"},
            "next": {"href": link(page + 1) if page < last else None, "title": "Next"},
            "previous": {"href": link(page - 1) if page > 1 else None, "title": "Previous"},
            "last": {"href": link(last), "title": "Last"},
        },
        "meta": {"count": total},
    }


def list_of(call: Call, results: Sequence[Any]) -> dict[str, Any]:
    """A listing that has one page."""
    nowhere = {"href": None, "title": "Next"}
    return {
        "results": list(results),
        "_links": {
            "self": {"href": call.url, "title": "Current"},
            "next": nowhere,
            "previous": {"href": None, "title": "Previous"},
            "last": {"href": call.url, "title": "Last"},
        },
        "meta": {"count": len(results)},
    }


@dataclass(slots=True)
class Line:
    """What the calls of one server share: its faults, its wallets in use, its counters."""

    faults: Faults
    in_use: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    last_call: float = 0.0


LINE: Final = web.AppKey("line", Line)


def api(
    books: Books,
    method: str,
    path: str,
    handler: Handler,
    *,
    errors: str = WRAPPED,
    purse: Purse | None = None,
) -> web.RouteDef:
    """A route of the vendor's, below /api/v1: token first, then faults, then `handler` in one transaction.

    A GET reads; everything else writes, and is on disk before it is answered. `errors` is the shape of the
    route's refusals. A call with a `purse` gets 429 while another one holds the same wallet.
    """

    async def serve(request: web.Request) -> web.StreamResponse:
        line = request.app[LINE]
        line.counts[f"{method} {path}"] += 1
        raw = await request.read()
        try:
            user_id = _authenticate(books, request)
            fault = line.faults.draw(method, path, purse is not None)
            answer = await _perform(_Attempt(books, line, request, raw, user_id, handler, purse, fault))
            return _dress(request, answer, fault)
        except Refusal as refusal:
            return web.json_response(refusal.body(errors), status=refusal.status)

    return web.route(method, PREFIX + path, serve)


def nothing_else(books: Books) -> list[web.RouteDef]:
    """What is below /api/v1 and not reproduced here: 404, and the call is counted; to be added last."""

    async def serve(request: web.Request) -> web.StreamResponse:
        request.app[LINE].counts[f"{request.method} (not here) {request.path.removeprefix(PREFIX)}"] += 1
        try:
            _authenticate(books, request)
            said = f"The sandbox does not have {request.method} {request.path}."
            raise Refusal(404, "Not found", said)
        except Refusal as refusal:
            return web.json_response(refusal.body(WRAPPED), status=refusal.status)

    return [web.route("*", PREFIX + "/{tail:.*}", serve)]


@dataclass(frozen=True, slots=True)
class _Attempt:
    books: Books
    line: Line
    request: web.Request
    raw: bytes
    user_id: str
    handler: Handler
    purse: Purse | None
    fault: Fault | None


def _authenticate(books: Books, request: web.Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Token" and token:
        row = books.db.execute(
            "SELECT user_id FROM account WHERE token_hash = ?", (hash_of(token.strip()),)
        ).fetchone()
        if row is not None:
            return str(row[0])
    raise Refusal(
        401, "Unauthorised", "Authentication credentials were not provided or are not known.", WRAPPED
    )


def hash_of(token: str) -> str:
    """What is kept of a token: enough to know it again."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


class _Undone(Exception):
    """Takes back what a call did, and keeps its answer."""


async def _perform(attempt: _Attempt) -> Answer:
    fault, books = attempt.fault, attempt.books
    kind = fault.kind if fault else ""
    if kind == "refuse":
        raise Refusal(400, "Refused", "The sandbox was told to refuse this call.")
    if kind == "busy":
        raise _busy()
    if kind == "broken":
        raise web.HTTPInternalServerError(text=_PAGE_500, content_type="text/html")
    if fault is not None and kind == "delay":
        await asyncio.sleep(fault.seconds)
    skew = fault.seconds if fault and kind == "clock_skew" else 0.0
    db = attempt.line.faults.past(fault.seconds) if fault and kind == "stale_listing" else books.db
    request = attempt.request
    call = Call(
        books, db, attempt.user_id, request.match_info, request.query, attempt.raw,
        f"{request.url.origin()}{request.path}", books.clock.now(), skew,
    )  # fmt: skip
    if request.method == "GET":
        return attempt.handler(call)
    held = attempt.purse(call) if attempt.purse else None
    if held is None:
        return _write(attempt, call, kind == "never_act")
    if kind == "no_balance":
        raise Refusal(400, "Insufficient balance", "Not enough funds in your account.")
    wallet, seconds = held
    if wallet in attempt.line.in_use:
        raise _busy()
    attempt.line.in_use.add(wallet)
    try:
        answer = _write(attempt, call, kind == "never_act")
        await asyncio.sleep(seconds)
        return answer
    finally:
        attempt.line.in_use.discard(wallet)


def _write(attempt: _Attempt, call: Call, take_back: bool) -> Answer:
    answer: Answer | None = None
    try:
        with attempt.books.write():
            answer = attempt.handler(call)
            if take_back:
                raise _Undone
    except _Undone:
        pass
    assert answer is not None
    return answer


def _busy() -> Refusal:
    return Refusal(
        429, "Too many requests", "Another payment of this workspace is under way. Try again.", MESSAGE
    )


def _dress(request: web.Request, answer: Answer, fault: Fault | None) -> web.StreamResponse:
    kind = fault.kind if fault else ""
    if kind == "act_then_drop":
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    if kind == "broken_after":
        return web.Response(status=500, text=_PAGE_500, content_type="text/html")
    if fault is not None and kind == "wrong_json":
        if fault.chance.random() < 0.5:
            return web.Response(status=200, text=_PAGE_500, content_type="text/html")
        text = json.dumps(answer.body)
        return web.Response(status=200, text=text[: max(1, len(text) // 2)], content_type="application/json")
    if answer.status == 204:
        return web.Response(status=204)
    body = answer.body
    if fault is not None and kind.endswith("_listing") and isinstance(body, dict):
        body = {**body, **_disturbed(body, fault)}
    return web.json_response(body, status=answer.status)


def _disturbed(body: Mapping[str, Any], fault: Fault) -> dict[str, Any]:
    rows = body.get("results")
    if not isinstance(rows, list) or fault.kind == "stale_listing":
        return {}
    rows = list(rows)
    if fault.kind == "duplicate_listing" and rows:
        rows += fault.chance.sample(rows, -(-len(rows) // 3))
    fault.chance.shuffle(rows)
    return {"results": rows}


_PAGE_500: Final = "<html><head><title>500</title></head><body><h1>Internal Server Error</h1></body></html>"
