"""Loads a picture from another server, once somebody asked: https only, bounded, never from this network.

No widget here; any thread but the GUI's.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from crowddesk.domain import BadInput, Cancelled
from crowddesk.language import say

if TYPE_CHECKING:
    import httpx

MOST_BYTES: Final = 30_000_000
_SECONDS: Final = 20.0
_MOST_STEPS: Final = 5

#: The addresses of a host, as texts. Raises OSError.
Resolve = Callable[[str, int], Sequence[str]]


def load(
    address: str,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    resolve: Resolve | None = None,
    transport: httpx.BaseTransport | None = None,
) -> bytes:
    """The bytes at an https address. Raises BadInput with a sentence, Cancelled.

    Each step of a redirect is checked anew, and the address that was checked is the one that is asked.
    """
    import httpx

    ends = time.monotonic() + _SECONDS
    try:
        with httpx.Client(transport=transport, timeout=_SECONDS, follow_redirects=False) as client:
            for _ in range(_MOST_STEPS):
                found = _step(client, address, ends, cancelled, resolve or _resolve)
                if isinstance(found, bytes):
                    return found
                address = found
    except httpx.TimeoutException:
        raise BadInput(
            say(
                "{host} did not answer in {seconds:.0f} seconds. Try again.",
                host=_host(address),
                seconds=_SECONDS,
            )
        ) from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise BadInput(
            say("{host} could not be reached: {error}.", host=_host(address), error=error)
        ) from None
    raise BadInput(say("{host} sent the request in circles.", host=_host(address)))


def _step(
    client: httpx.Client, address: str, ends: float, cancelled: Callable[[], bool], resolve: Resolve
) -> bytes | str:
    """The bytes, or the address that they are said to be at."""
    import httpx

    host, port = _checked(address)
    number = _public(host, port, resolve)
    url = httpx.URL(address).copy_with(host=number)
    named = host if port == 443 else f"{host}:{port}"
    headers = {"Host": named, "Accept": "image/*", "Accept-Encoding": "identity"}
    request = client.build_request("GET", url, headers=headers, extensions={"sni_hostname": host})
    request.extensions["timeout"] = httpx.Timeout(max(0.1, ends - time.monotonic())).as_dict()
    response = client.send(request, stream=True)
    try:
        if response.is_redirect:
            return urljoin(address, response.headers.get("Location", ""))
        if response.status_code != 200:
            raise BadInput(
                say(
                    "{host} answered with the status {status_code}.",
                    host=host,
                    status_code=response.status_code,
                )
            )
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise BadInput(
                say("{host} sent it compressed, which is not read.", host=host)
            )  # it may be of any size inside
        body = bytearray()
        for part in response.iter_bytes(65_536):
            body += part
            if cancelled():
                raise Cancelled(say("Cancelled."))
            if len(body) > MOST_BYTES:
                raise BadInput(
                    say("It is larger than {size} MB, so it is not loaded.", size=MOST_BYTES // 1_000_000)
                )
            if time.monotonic() > ends:
                raise BadInput(
                    say(
                        "{host} did not send it in {seconds:.0f} seconds. Try again.",
                        host=host,
                        seconds=_SECONDS,
                    )
                )
        return bytes(body)
    finally:
        response.close()


def _checked(address: str) -> tuple[str, int]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError:
        raise BadInput(say("It leads to an address that is none.")) from None
    if parts.scheme != "https" or not host:
        raise BadInput(say("It leads to an address that is not https, which is not loaded."))
    if parts.username or parts.password:
        raise BadInput(say("Its address holds a name or a password, so it is not loaded."))
    return host, port


def _public(host: str, port: int, resolve: Resolve) -> str:
    """One of a host's addresses, if none of them is in this computer or its network."""
    try:
        numbers = list(resolve(host, port))
    except (OSError, UnicodeError):
        raise BadInput(say("{host} is not known. Check your connection.", host=host)) from None
    for number in numbers:
        found = ipaddress.ip_address(number.partition("%")[0])
        found = getattr(found, "ipv4_mapped", None) or found
        if not found.is_global or found.is_multicast:
            raise BadInput(
                say("{host} lies in this computer's own network, from which nothing is loaded.", host=host)
            )
    if not numbers:
        raise BadInput(say("{host} is not known. Check your connection.", host=host))
    return numbers[0]


def _resolve(host: str, port: int) -> Sequence[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or say("The server")
    except ValueError:
        return say("The server")
