"""One call to Prolific over HTTP: the token, time-outs, pages, and errors of every shape as clear sentences.

What only reads is tried again; what changes something is sent once, whatever happens. The token goes to one
address and is in no text that leaves this module.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from crowddesk.domain import BadInput, VendorError, VendorRefused, now
from crowddesk.language import say
from crowddesk.providers.prolific.api import Unreadable

logger = logging.getLogger(__name__)

LIVE: Final = "https://api.prolific.com"
_BASE: Final = "/api/v1/"
#: Seconds before each further attempt of a read, and the longest wait that the vendor may ask for.
_PAUSES: Final = (0.2, 0.5, 1.0)
_LONGEST_PAUSE: Final = 5.0
#: What waits because the vendor asks for it waits so long at most, in seconds.
_LONGEST_WAIT: Final = 300.0
#: An answer that drips, or does not end, is given up: seconds, bytes, pages.
_MOST_SECONDS: Final = 120.0
_MOST_BYTES: Final = 256 * 2**20
_MOST_PAGES: Final = 20_000
_MOST_SHOWN: Final = 300


class Refused(VendorRefused):
    """Prolific said no: nothing happened. `status` is HTTP's; 0 is a request that was never sent."""

    def __init__(
        self, message: str, status: int = 0, error_code: int | None = None, title: str = "", detail: str = ""
    ) -> None:
        super().__init__(message, detail)
        self.status = status
        self.error_code = error_code
        self.title = title
        self.detail = detail


class Busy(VendorError):
    """Prolific has no time now (429, 503). `retry_after` is seconds, if it said so.

    `is_sure` that nothing happened: a 503 may come from a gateway that lost what it had passed on, so what
    must not happen twice is in doubt then.
    """

    def __init__(self, message: str, retry_after: float | None = None, *, is_sure: bool = True) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.is_sure = is_sure


class Lost(VendorError):
    """The answer did not come or cannot be read: whether it happened is unknown."""


class Unreachable(VendorError):
    """No connection could be opened, so nothing was sent."""


class NoToken(Unreachable):
    """There is no token at hand to ask with; the sentence says where a person gives it.

    `lane_state` is what the account's lane is meanwhile: `locked` or `no token`.
    """

    def __init__(self, message: str, lane_state: str = "no token") -> None:
        super().__init__(message)
        self.lane_state = lane_state


class Wire:
    """The connections to one address with one token; may be used from several threads."""

    def __init__(
        self,
        token: str,
        address: str,
        transport: httpx.BaseTransport | None,
        timeout: httpx.Timeout,
        pause: Callable[[float], None],
    ) -> None:
        self._token = checked_token(token)
        self.address = checked_address(address)
        self._pause = pause
        self._http = httpx.Client(
            base_url=self.address + _BASE,
            headers={"Authorization": f"Token {self._token}", "Accept": "application/json"},
            timeout=timeout,
            follow_redirects=False,
            transport=transport,
            # A proxy of the surroundings cannot know what listens on this computer.
            trust_env=not _is_here(urlsplit(self.address).hostname or ""),
            limits=httpx.Limits(max_connections=8, max_keepalive_connections=4),
            event_hooks={"request": [self._check_address]},
        )

    def close(self) -> None:
        self._http.close()

    def _check_address(self, request: httpx.Request) -> None:
        """The last thing before a request leaves with the token."""
        there, here = request.url, self._http.base_url
        if (there.scheme, there.host, there.port) != (here.scheme, here.host, here.port):
            raise Refused(say("{host} is not where Prolific is. Nothing was sent.", host=there.host))

    # -------------------------------------------------------------------------------------- reading

    def read(
        self,
        path: str,
        doing: str,
        query: Mapping[str, str | int] | None = None,
        *,
        method: str = "GET",
        body: object = None,
    ) -> object:
        """An answer as JSON; `doing` completes "Prolific says no to ...". Tried again where that may help."""
        for seconds in _PAUSES:
            try:
                return self._once(method, path, doing, query, body, changes=False)
            except Busy as error:
                wait = seconds if error.retry_after is None else error.retry_after
                if wait > _LONGEST_PAUSE:
                    raise
                self._pause(wait)
            except (Lost, Unreachable):
                self._pause(seconds)
        return self._once(method, path, doing, query, body, changes=False)

    def pages(self, path: str, doing: str, query: Mapping[str, str | int] | None = None) -> Iterator[object]:
        """All items of a listing: by `next` where it has links, else by its count; never past the end."""
        seen = 0
        asked = {path}
        page = self._page(path, doing, query)
        for number in range(2, _MOST_PAGES):
            items = page.get("results")
            if not isinstance(items, list):
                raise self._unreadable(doing, say("there are no results in it"))
            yield from items
            seen += len(items)
            links = page.get("_links")
            if isinstance(links, Mapping):
                following = self._next(links, path, doing)
                if following is None:
                    return
                if following in asked:
                    raise self._unreadable(doing, say("its pages go round in a circle"))
                asked.add(following)
                try:
                    page = self._page(following, doing, None)
                except Refused as error:
                    if error.status != 404:
                        raise
                    return  # the listing has become shorter since it named that page
                continue
            meta = page.get("meta")
            count = meta.get("count") if isinstance(meta, Mapping) else None
            if not isinstance(count, int) or seen >= count:
                return
            if not items:
                raise self._unreadable(
                    doing, say("it promises {count} items and gives {seen}", count=count, seen=seen)
                )
            page = self._page(path, doing, {**(query or {}), "page": number})
        raise self._unreadable(doing, say("its pages have no end"))

    def _page(self, path: str, doing: str, query: Mapping[str, str | int] | None) -> Mapping[str, Any]:
        page = self.read(path, doing, query)
        if not isinstance(page, Mapping):
            raise self._unreadable(doing, say("it is no listing"))
        return page

    def _next(self, links: Mapping[str, Any], path: str, doing: str) -> str | None:
        """Where the next page is, at our own address; the token goes nowhere else."""
        link = links.get("next")
        href = link.get("href") if isinstance(link, Mapping) else link
        if href is None or href == "":
            return None
        if not isinstance(href, str):
            raise self._unreadable(doing, say("the address of its next page is no text"))
        try:
            there = urlsplit(str(self._http.base_url.join(path).join(href)))
            here = urlsplit(self.address)
            is_ours = there.hostname == here.hostname and (
                there.port == here.port or (there.scheme != here.scheme and there.port is None)
            )
        except (ValueError, httpx.InvalidURL):
            raise self._unreadable(doing, say("the address of its next page is none")) from None
        if not is_ours or not there.path.startswith(_BASE):
            raise self._unreadable(
                doing, say("its next page is at another address ({host})", host=there.hostname)
            )
        # Whole, because a path may look like an address itself once its beginning is gone.
        return f"{self.address}{there.path}" + (f"?{there.query}" if there.query else "")

    # ------------------------------------------------------------------------------------- changing

    def change(
        self,
        method: str,
        path: str,
        doing: str,
        body: object = None,
        *,
        content_type: str = "application/json",
    ) -> object:
        """Sends once what changes something; the answer as JSON, None where there is no body."""
        return self._once(method, path, doing, None, body, changes=True, content_type=content_type)

    # --------------------------------------------------------------------------------------- inside

    def _once(
        self,
        method: str,
        path: str,
        doing: str,
        query: Mapping[str, str | int] | None,
        body: object,
        *,
        changes: bool,
        content_type: str = "application/json",
    ) -> object:
        headers = {} if body is None else {"Content-Type": content_type}
        content = None if body is None else body if isinstance(body, bytes) else as_json(body)
        in_doubt = " " + say("Whether it was done is not known.") if changes else ""
        if self._http.is_closed:
            raise Unreachable(say("The connection to Prolific was closed here. Nothing was sent."))
        started = time.monotonic()
        try:
            with self._http.stream(method, path, params=query, content=content, headers=headers) as response:
                raw = bytearray()
                for chunk in response.iter_bytes():
                    raw += chunk
                    if len(raw) > _MOST_BYTES or time.monotonic() - started > _MOST_SECONDS:
                        raise Lost(
                            say(
                                "Prolific's answer to {doing} does not end.{in_doubt}",
                                doing=doing,
                                in_doubt=in_doubt,
                            )
                        )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
            said = self._clean(str(error)) or type(error).__name__
            raise Unreachable(
                say(
                    "Prolific could not be reached at {address} ({said}). Nothing was sent.",
                    address=self.address,
                    said=said,
                )
            ) from None
        except httpx.TimeoutException:
            raise Lost(
                say("Prolific did not answer {doing} in time.{in_doubt}", doing=doing, in_doubt=in_doubt)
            ) from None
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, RuntimeError) as error:
            said = self._clean(str(error)) or type(error).__name__
            raise Lost(
                say(
                    "The connection to Prolific broke at {doing} ({said}).{in_doubt}",
                    doing=doing,
                    said=said,
                    in_doubt=in_doubt,
                )
            ) from None
        return self._judge(response, bytes(raw), doing, in_doubt)

    def _judge(self, response: httpx.Response, raw: bytes, doing: str, in_doubt: str) -> object:
        status = response.status_code
        if not 200 <= status < 300:  # it is quoted, and a part of the token would not be known as one
            raw = raw.replace(self._token.encode(), b"[token]")
        if status in (429, 503):
            wait = _seconds(response.headers.get("Retry-After", ""))
            is_sure = status == 429 or not in_doubt
            raise Busy(
                say(
                    "Prolific has no time for {doing} now ({status}): nothing was done.",
                    doing=doing,
                    status=status,
                )
                if is_sure
                else say("Prolific has no time for {doing} now ({status}).", doing=doing, status=status)
                + in_doubt,
                wait,
                is_sure=is_sure,
            )
        try:
            answer = read_json(raw) if raw.strip() else None
            is_json = True
        except Unreadable:
            answer, is_json = None, False
        if 200 <= status < 300:
            if not is_json:
                raise Lost(
                    say(
                        "Prolific's answer to {doing} is no JSON ({shape}).{in_doubt}",
                        doing=doing,
                        shape=_shape(response, raw),
                        in_doubt=in_doubt,
                    )
                )
            return answer
        if status == 401:
            title, detail, code = self._said(answer)
            raise Refused(
                say(
                    "Prolific does not take this account's token (401). Make a new one at Prolific and "
                    "replace it under Requesters."
                ),
                status, code, title, detail,
            )  # fmt: skip
        if 400 <= status < 500 and status not in (408, 425, 499) and is_json and answer:
            title, detail, code = self._said(answer)
            words = detail if not title or title in detail else f"{title}: {detail}" if detail else title
            sentence = (words or say("no reason was given")).rstrip(".")[:_MOST_SHOWN]
            raise Refused(
                say(
                    "Prolific says no to {doing}: {sentence} ({status}).",
                    doing=doing,
                    sentence=sentence,
                    status=status,
                ),
                status,
                code,
                title,
                detail,
            )
        raise Lost(
            say(
                "Prolific's answer to {doing} is no answer ({status}, {shape}).{in_doubt}",
                doing=doing,
                status=status,
                shape=_shape(response, raw),
                in_doubt=in_doubt,
            ),
            self._clean(raw[:2_000].decode("utf-8", "replace")) if is_json else "",
        )

    def _said(self, answer: object) -> tuple[str, str, int | None]:
        """Title, detail and code of an error in any of its shapes."""
        if isinstance(answer, Mapping) and answer.get("error"):
            answer = answer["error"]
        if not isinstance(answer, Mapping):
            return "", self._clean(_flat(answer)), None
        code = answer.get("error_code")
        title = answer.get("title") or answer.get("message") or ""
        rest = {k: v for k, v in answer.items() if k not in ("status", "error_code", "title", "message")}
        detail = answer.get("detail") or answer.get("issues")
        if not detail and not title:
            detail = rest  # a form's mistakes: field -> sentences
        more = _flat(answer.get("additional_information"))
        # Mostly it is the address of a page about errors, which tells nobody anything.
        text = " ".join(part for part in (_flat(detail), more if " " in more else "") if part)
        whole = code if isinstance(code, int) and not isinstance(code, bool) else None
        return self._clean(_flat(title)), self._clean(text), whole

    def _unreadable(self, doing: str, why: str) -> Lost:
        return Lost(
            say("Prolific's answer to {doing} cannot be read: {why}.", doing=doing, why=self._clean(why))
        )

    def _clean(self, text: str) -> str:
        """The vendor's words as one line, without control characters and without the token."""
        line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        return line.replace(self._token, "[token]")[:2_000]


def checked_token(token: str) -> str:
    """A token as it can be sent; BadInput, which does not show it, if it cannot."""
    text = token.strip()
    if text.lower().startswith("token "):
        text = text[6:].strip()
    if not text:
        raise BadInput(say("The token is empty."))
    if not re.fullmatch(r"[\x21-\x7e]{8,512}", text):
        raise BadInput(
            say(
                "This is no token: one has at least 8 letters, digits and signs, without spaces. Copy it "
                "anew."
            )
        )
    return text


def checked_address(address: str) -> str:
    """Scheme, host and port of a server; plain http only on this computer, because a token is sent."""
    parts = urlsplit(address.strip())
    try:
        port = parts.port
    except ValueError:
        port = -1
    is_plain = parts.path.rstrip("/") in ("", _BASE.rstrip("/")) and not parts.query and not parts.fragment
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or port == -1 or not is_plain or "@" in parts.netloc:
        raise BadInput(
            say(
                "{address!r} is no address of a server: write it like https://api.prolific.com.",
                address=address,
            )
        )
    if parts.scheme == "http" and not _is_here(host):
        raise BadInput(say("{address!r} would send the token unprotected: use https.", address=address))
    return f"{parts.scheme}://{parts.netloc}"


def _is_here(host: str) -> bool:
    return host in ("localhost", "::1") or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None


def as_json(body: object) -> bytes:
    """JSON that every server takes: halves of characters become a question mark."""
    return json.dumps(body, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def read_json(raw: bytes) -> object:
    """Strict JSON; Unreadable for anything else, however deep or long it is."""
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Unreadable(say("it is no JSON")) from None


def _no_constant(name: str) -> object:
    raise ValueError(name)


def _flat(value: object) -> str:
    """Text, lists and objects of an error as one text."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        parts = [f"{key}: {_flat(inner)}" for key, inner in list(value.items())[:20]]
        return "; ".join(parts)
    if isinstance(value, list):
        return "; ".join(filter(None, map(_flat, value[:20])))
    return str(value)[:2_000]


def _shape(response: httpx.Response, raw: bytes) -> str:
    """What came instead of JSON, in words that show none of it."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if not raw.strip():
        return say("empty")
    return say("a web page") if kind == "text/html" else say("{number:,} bytes", number=len(raw))


def _seconds(header: str) -> float | None:
    """What a Retry-After header asks to wait; None if it asks nothing that can be read."""
    text = header.strip()
    if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", text):
        return min(_LONGEST_WAIT, float(text))
    try:
        when = parsedate_to_datetime(text)
        return min(_LONGEST_WAIT, max(0.0, (when - now()).total_seconds()))
    except (ValueError, TypeError, OverflowError):
        return None
