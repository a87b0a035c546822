"""The ports on which the server listens and the links that lead there.

A port is opened when a run needs one, closed when none does, tried again. The web framework is imported when
something is opened: the window and the command line ask here only for links.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crowddesk.language import say

if TYPE_CHECKING:
    from aiohttp import web

    from crowddesk.settings import TaskServing

logger = logging.getLogger(__name__)
#: What is no HTTP is nobody's to read: its text may hold a link's secret, and anybody can send any amount.
_of_wire = logging.getLogger(f"{__name__}.wire")
_of_wire.setLevel(logging.CRITICAL)

_BACKLOG: Final = 1024
_IN_USE: Final = frozenset({errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)})
#: Also how long a connection may take to send its first request.
_KEEP_ALIVE_SECONDS: Final = 75.0
#: Each open page is an open file of this process, beside those of the database and the window.
_MOST_FILES: Final = 8_192


class CannotListen(Exception):
    """A port or a certificate cannot be used; `str()` is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen: the address, and the certificate with its key and the time it was last changed."""

    host: str
    certificate: str = ""
    key: str = ""
    changed: float = 0.0


def place_of(host: str, certificate: str, key: str) -> Place:
    """A place as it is now; a renewed certificate makes it another one."""
    changed = 0.0
    with contextlib.suppress(OSError):
        if certificate:
            changed = Path(certificate).stat().st_mtime
    return Place(host, certificate, key, changed)


class Sites:
    """Listens on any number of ports for one application. Used on the loop only."""

    def __init__(self, make_app: Callable[[], web.Application]) -> None:
        self._make_app = make_app
        self._runner: web.AppRunner | None = None
        self._sites: dict[int, tuple[Place, web.SockSite, socket.socket]] = {}

    @property
    def ports(self) -> tuple[int, ...]:
        """Where it listens."""
        return tuple(self._sites)

    async def open(self, port: int, place: Place) -> int:
        """Listens on a port (0: any that is free) and returns it. Raises CannotListen."""
        from aiohttp import web

        if port in self._sites:
            if self._sites[port][0] == place:
                return port
            await self._close(port)
        context = _context_of(place)
        listener = _bind(place.host, port)
        try:
            port = listener.getsockname()[1]
            if self._runner is None:
                _allow_files()
                self._runner = web.AppRunner(
                    self._make_app(),
                    access_log=None,
                    logger=_of_wire,
                    handle_signals=False,
                    keepalive_timeout=_KEEP_ALIVE_SECONDS,
                    auto_decompress=False,
                    shutdown_timeout=1.0,
                )
                await self._runner.setup()
            site = web.SockSite(self._runner, listener, ssl_context=context, backlog=_BACKLOG)
            await site.start()
        except BaseException:
            listener.close()
            raise
        self._sites[port] = (place, site, listener)
        return port

    async def keep(self, ports: set[int]) -> None:
        """Stops listening on every other port; with none left, open connections end too."""
        for port in self._sites.keys() - ports:
            await self._close(port)
        if not self._sites and self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()
            await _let_happen()  # its connections are closed a turn later

    async def _close(self, port: int) -> None:
        _, site, listener = self._sites.pop(port)
        # asyncio leaks a connection that is accepted in the very turn in which its server is closed.
        with contextlib.suppress(NotImplementedError):  # on Windows there is no such turn
            asyncio.get_running_loop().remove_reader(listener)
        await _let_happen()
        await site.stop()


async def _let_happen() -> None:
    """Some turns of the loop, for what asyncio does one turn after it was told to."""
    for _ in range(4):
        await asyncio.sleep(0)


def _allow_files() -> None:
    """Raises this process's limit of open files: the usual one is 256 on macOS and 1,024 on Linux."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if most == resource.RLIM_INFINITY else min(_MOST_FILES, most)
    if now != resource.RLIM_INFINITY and now < wanted:
        with contextlib.suppress(OSError, ValueError):  # the system's own limit is lower than it says
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _bind(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=_BACKLOG)
    except OSError as error:
        if error.errno in _IN_USE:
            raise CannotListen(
                say(
                    "Port {port} is used by another program. Close that program, or set another port in "
                    "Settings; it is tried again every few seconds.",
                    port=port,
                )
            ) from error
        raise CannotListen(
            say(
                "This computer does not allow listening on {host}, port {port}: {strerror}. Set another "
                "port in Settings; it is tried again every few seconds.",
                host=host,
                port=port,
                strerror=error.strerror or error,
            )
        ) from error
    except OverflowError as error:
        raise CannotListen(
            say("{port} is no port: set one from 1024 to 65535 in Settings.", port=port)
        ) from error


def _context_of(place: Place) -> ssl.SSLContext | None:
    if not place.certificate:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        # Without a password of its own this would ask the terminal for one.
        context.load_cert_chain(place.certificate, place.key, password=lambda: "")
    except (OSError, ssl.SSLError) as error:
        raise CannotListen(
            say(
                "The certificate {certificate} with the key {key} cannot be used: {error}. Name a PEM "
                "certificate and its key without a password in Settings.",
                certificate=place.certificate,
                key=place.key,
                error=error,
            )
        ) from error
    return context


def network_address() -> str:
    """This computer's address in its network, "" without one. Nothing is sent. Any thread but the GUI's."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        try:
            asker.connect(("192.0.2.1", 9))  # an address that is nobody's: only the way there is asked
            address = str(asker.getsockname()[0])
        except OSError:
            return ""
    return "" if address.startswith(("127.", "0.")) else address


def host_of(serving: TaskServing) -> str:
    """The host that links name: this computer's address in its network, once it is open to that."""
    here = "127.0.0.1"
    return (network_address() or here) if serving.reach == "local network" else here


def own_base(serving: TaskServing, host: str, port: int) -> str:
    """How an address at this computer begins, without a slash at its end."""
    return f"{'https' if serving.certificate else 'http'}://{host}:{port}"


def link_at(serving: TaskServing, host: str, port: int, token: str) -> str:
    """The link of a run, at the public address if there is one; "" without that and a port (0)."""
    base = serving.public_url.rstrip("/") or (own_base(serving, host, port) if port else "")
    return f"{base}/r/{token}/" if base else ""
