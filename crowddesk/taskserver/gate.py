"""What a request has to be before anybody looks at what it wants: from us, small enough, not too often."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import math
import re
import socket
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from crowddesk.domain import storable
from crowddesk.taskserver.frames import empty_policy
from crowddesk.taskserver.refusal import Refusal

if TYPE_CHECKING:
    from aiohttp import web

_HOST: Final = re.compile(
    r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?)(?::([0-9]{1,5}))?"
)
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
#: A body has to come within this many seconds.
_BODY_SECONDS: Final = 30.0
#: Escapes in JSON that may stand for what no database stores: NUL and halves of surrogate pairs.
_ODD_ESCAPES: Final = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")

PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
#: The name of the addresses of frames.
FRAME: Final = "frame"
#: For every answer that is no page of its own.
NOTHING_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Server": "CrowdDesk",
}


class Buckets:
    """Bounds how often something happens, per key: `rate` a second, `burst` at once."""

    def __init__(self, rate: float, burst: float, tick: Callable[[], float], most_keys: int = 20_000) -> None:
        self._rate = rate
        self._burst = burst
        self._tick = tick
        self._most_keys = most_keys
        #: Key -> tokens left, and when that was so.
        self._left: dict[Hashable, tuple[float, float]] = {}

    def wait(self, key: Hashable) -> float:
        """Seconds until a token is there; 0 when one is. Takes none."""
        return max(0.0, (1.0 - self._now(key)) / self._rate)

    def take(self, key: Hashable) -> float:
        """Takes a token and returns 0, or returns the seconds until there is one."""
        left = self._now(key)
        if left < 1.0:
            return (1.0 - left) / self._rate
        if key not in self._left and len(self._left) >= self._most_keys:
            self._forget()
        self._left[key] = (left - 1.0, self._tick())
        return 0.0

    def _now(self, key: Hashable) -> float:
        left, since = self._left.get(key, (self._burst, self._tick()))
        return min(self._burst, left + (self._tick() - since) * self._rate)

    def _forget(self) -> None:
        """Full buckets need not be remembered; if none is full, the oldest half goes."""
        used = [key for key in self._left if self._now(key) < self._burst]
        keep = used if len(used) < self._most_keys // 2 else used[len(used) // 2 :]
        self._left = {key: self._left[key] for key in keep}


class Gate:
    """The checks of every request. Used on the loop only, but for `failures`."""

    def __init__(self, tick: Callable[[], float]) -> None:
        self._public_origin = ""
        self._public_host = ""
        name = socket.gethostname().lower()
        self._names = _LOOPBACK | {name, f"{name}.local"}
        #: Calls of a session's worker, sign-ins of an address, messages over WebSockets.
        self.calls = Buckets(20.0, 60.0, tick)
        self.sign_ins = Buckets(2.0, 600.0, tick)
        self.messages = Buckets(20.0, 60.0, tick)
        #: Failed sign-ins of an address: in the writer's thread, where one is tried after the other.
        self.failures = Buckets(10.0 / 60.0, 10.0, tick)

    def set_public_url(self, url: str) -> None:
        """The address of the user's own proxy, empty when there is none."""
        parts = urlsplit(url)
        self._public_host = (parts.hostname or "").lower()
        self._public_origin = _origin_of(url) if url else ""

    def check(self, request: web.Request) -> None:
        """Refuses what is not meant for this server: another host's name, an absolute target."""
        if not request.raw_path.startswith("/"):
            raise Refusal(400, "This server is no proxy.")
        if self._host(request) is None:
            raise Refusal(403, "This page was opened under a name that is not this server's.")
        if "Content-Encoding" in request.headers:
            raise Refusal(415, "Compressed requests are not read here.")

    def check_origin(self, request: web.Request) -> None:
        """Refuses a request that another site's page, a frame or no page at all has sent."""
        sent = request.headers.getall("Origin", [])
        if len(sent) != 1 or sent[0] not in self.origins(request):
            raise Refusal(403, "This request did not come from the task page.")

    def origins(self, request: web.Request) -> tuple[str, ...]:
        """The origins our page may have for this request, fit to stand in a policy."""
        host = self._host(request)
        own = _origin_of(f"{request.scheme}://{host}") if host else ""
        return tuple(dict.fromkeys(origin for origin in (own, self._public_origin) if origin))

    def add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        """The headers that every answer has, unless it has them already or has begun."""
        if response.prepared:
            return
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        # Words in place of a frame stand in our page; one that is blocked would be a fault there.
        in_frame = request.match_info.route.name == FRAME
        policy = empty_policy(self.origins(request)) if in_frame else NOTHING_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)

    def address(self, request: web.Request) -> str:
        """Who asks. The proxy's word is taken only from this computer, and only when one is named.

        Of IPv6 the network, since one computer may have as many addresses of it as it likes.
        """
        remote = request.remote or ""
        forwarded = request.headers.getall("X-Forwarded-For", [])
        if forwarded and self._public_origin and _is_loopback(remote):
            return _network_of(",".join(forwarded).rsplit(",", 1)[-1].strip()) or remote
        return _network_of(remote) or remote

    def _host(self, request: web.Request) -> str | None:
        """The Host header if it names this server, else None."""
        sent = request.headers.getall("Host", [])
        found = _HOST.fullmatch(sent[0]) if len(sent) == 1 else None
        if found is None:
            return None
        name = found[1].lower().rstrip(".")
        if name in self._names or (self._public_host and name.strip("[]") == self._public_host):
            return sent[0].lower()
        socket_name = request.transport.get_extra_info("sockname") if request.transport else None
        if socket_name and name.strip("[]") == str(socket_name[0]):
            return sent[0].lower()
        return None


def _origin_of(url: str) -> str:
    """`scheme://host[:port]` as browsers write it; empty for anything else, `null` too."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + ("" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}")


def _network_of(address: str) -> str:
    """What one computer cannot leave: an IPv4 address, the /64 of an IPv6 one; empty for anything else."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((int(found), 64), strict=False))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def refuse_haste(wait: float) -> None:
    """Raises a refusal when there is something to wait for."""
    if wait > 0:
        raise too_fast(wait)


def too_fast(wait: float) -> Refusal:
    """The refusal of something that may be tried again in so many seconds."""
    return Refusal(
        429, "That was too fast. Wait a moment and try again.", retry_after=max(1, round(wait + 0.5))
    )


async def read_json(request: web.Request, limit: int) -> dict[str, Any]:
    """The JSON object of a body of at most `limit` bytes, with text that every database takes."""
    if request.content_type != "application/json":
        raise Refusal(415, "This request is no JSON.")
    too_large = Refusal(413, f"That is too much at once: the most is {limit // 1024:,} kB.")
    if (request.content_length or 0) > limit:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for part in request.content.iter_any():
                body += part
                if len(body) > limit:
                    raise too_large
    except TimeoutError:
        raise Refusal(408, "The request did not arrive in time. Try again.") from None
    return parse_json(bytes(body))


def parse_json(body: bytes) -> dict[str, Any]:
    """A JSON object out of bytes that anybody may have sent."""
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_refuse_number, parse_float=_finite)
        if b"\0" in body or _ODD_ESCAPES.search(body):
            value = _clean(value)
    except (ValueError, RecursionError):
        raise Refusal(400, "This request is no JSON that can be read.") from None
    if not isinstance(value, dict):
        raise Refusal(400, "This request is no JSON object.")
    return value


def _refuse_number(name: str) -> float:
    raise ValueError(name)


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refuse_number(text)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        # Two halves of a pair that were written apart are one character again.
        return storable(value.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    if isinstance(value, dict):
        return {_clean(name): _clean(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_clean(part) for part in value]
    return value
