"""The sandbox's server: puts the routes together, does what is due, and runs alone over its own file."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from decimal import Decimal
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from crowddesk.domain import BadInput
from crowddesk.providers.prolific_sandbox import (
    accounts,
    builder,
    control,
    filters,
    groups,
    messages,
    money,
    participants,
    studies,
    submissions,
)
from crowddesk.providers.prolific_sandbox.books import Books, Terms
from crowddesk.providers.prolific_sandbox.faults import Faults
from crowddesk.providers.prolific_sandbox.jobs import Doers, do_due
from crowddesk.providers.prolific_sandbox.wire import LINE, Line, nothing_else

_log = logging.getLogger(__name__)

#: The account of a sandbox that was given no token of its own, and what lies in its wallet.
TOKEN: Final = "crowddesk-sandbox"
BALANCE: Final = 1_000_000
CANNOT_PROVE: Final = (
    "It reproduces what Prolific documents, and no more: real people, real waiting times, Prolific's own"
    " checks of a study, and whatever it does without saying so are not proven here. No money moves."
)

_TOPICS: Final = (
    accounts, filters, studies, submissions, money, groups, messages, builder, participants,
)  # fmt: skip
_DOERS: Final[Doers] = {**studies.DOERS, **submissions.DOERS, **money.DOERS}
_TICK_S: Final = 0.05
_COUNTS_S: Final = 1.0
_CROWD_LOOK_S: Final = 0.1
_LARGEST_BODY: Final = 32 * 2**20


def banner(address: str) -> str:
    """What this is, where it is, and what it cannot prove."""
    return (
        f"CrowdDesk's rehearsal sandbox: a Prolific-compatible server at {address}/api/v1/\n"
        f"This is not Prolific. {CANNOT_PROVE}"
    )


def make_app(books: Books, address: str = "") -> web.Application:
    """The server's application over open books; its ticker runs while the application does."""
    app = web.Application(client_max_size=_LARGEST_BODY, middlewares=[_only_from_here, _note_call])
    app[LINE] = Line(Faults(books))
    app[control.STOP] = asyncio.Event()

    async def tell(request: web.Request) -> web.Response:
        return web.Response(text=banner(address or str(request.url.origin())) + "\n")

    app.router.add_get("/", tell)
    for topic in _TOPICS:
        app.router.add_routes(topic.routes(books))
    app.router.add_routes(control.routes(books, _DOERS))
    app.router.add_routes(nothing_else(books))

    async def tick(app: web.Application) -> AsyncIterator[None]:
        ticker = asyncio.create_task(_tick(books, app[LINE], _DOERS))
        yield
        ticker.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await ticker
        _keep_counts(books, app[LINE])
        app[LINE].faults.close()

    app.cleanup_ctx.append(tick)
    return app


@web.middleware
async def _only_from_here(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """A server of this computer only is not asked by another name: a site may have its own point here."""
    sock = request.transport and request.transport.get_extra_info("sockname")
    if sock and ip_address(sock[0]).is_loopback and not _is_ours(request.host):
        return web.Response(status=403, text="This sandbox is asked as 127.0.0.1 or localhost only.\n")
    return await handler(request)


def _is_ours(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or bool(ip_address(name))
    except ValueError:
        return False


@web.middleware
async def _note_call(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    request.app[LINE].last_call = time.monotonic()
    return await handler(request)


async def _tick(books: Books, line: Line, doers: Doers) -> None:
    counted = time.monotonic()
    while True:
        line.faults.remember()
        while do_due(books, doers):
            await asyncio.sleep(0)
        if time.monotonic() - counted >= _COUNTS_S:
            counted = time.monotonic()
            _keep_counts(books, line)
        await asyncio.sleep(_TICK_S)


def _keep_counts(books: Books, line: Line) -> None:
    """Now and then, as a read should cost no write: a kill loses the count of the last second's calls."""
    counts, line.counts = line.counts, type(line.counts)()
    if counts:
        with books.write() as db:
            db.executemany(
                "INSERT INTO call (route, times) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET times = times + excluded.times",
                counts.items(),
            )


def serve_alone(
    path: Path,
    host: str = "127.0.0.1",
    port: int = 0,
    lag: float = 0.3,
    fee_percent: Decimal = Decimal("33.3"),
    vat_percent: Decimal = Decimal(0),
    tokens: Sequence[str] = (),
    until_idle: float | None = None,
    ready_file: Path | None = None,
) -> None:
    """Serves the file until SIGTERM, SIGINT, /sandbox/stop, or `until_idle` seconds without a call.

    Prints the banner. `ready_file` gets {"address", "pid"} once the server listens. `lag` is in seconds,
    the percentages are what is charged. Runs its own asyncio loop; call it from the main thread. Raises
    BadInput for a port in use and for terms that make no sense, VendorError for a file that cannot be used.
    """
    if not 0 <= lag <= 3600 or not 0 <= fee_percent <= 1000 or not 0 <= vat_percent <= 100:
        raise BadInput("The lag is 0 to 3600 seconds, the fee 0 to 1000 per cent, the tax 0 to 100 per cent.")
    books = Books(path, Terms(lag, fee_percent, vat_percent))
    try:
        for number, token in enumerate(tokens or (TOKEN,)):
            accounts.open_account(books, token, f"Researcher {number + 1}", "GBP", BALANCE)
        asyncio.run(_serve(books, host, port, "" if tokens else TOKEN, until_idle, ready_file))
    finally:
        books.close()


async def _serve(
    books: Books, host: str, port: int, token: str, until_idle: float | None, ready_file: Path | None
) -> None:
    app = make_app(books)
    stop = app[control.STOP]
    _listen_to_signals(stop)
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise BadInput(f"The sandbox cannot listen on {host} port {port}: {error.strerror}.") from error
        name, number = runner.addresses[0][:2]
        address = f"http://{f'[{name}]' if ':' in name else name}:{number}"
        print_banner(address, token, books.path)
        crowd = asyncio.create_task(_run_crowd(books, address))
        if ready_file is not None:
            _say_ready(ready_file, address)
        try:
            await _until_stopped(app, stop, until_idle)
        finally:
            crowd.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await crowd
    finally:
        await runner.cleanup()


def print_banner(address: str, token: str, path: Path) -> None:
    """Writes the banner to standard output; `token` is "" where it is not ours to show."""
    known = f"Token: {token}" if token else "Token: the one you gave"
    sys.stdout.write(f"{banner(address)}\n{known}\nFile: {path}\n")
    sys.stdout.flush()


async def _run_crowd(books: Books, address: str) -> None:
    """Sends people to the studies, from the moment when somebody says what they are like."""
    while books.get("crowd") is None:
        await asyncio.sleep(_CROWD_LOOK_S)
    from crowddesk.providers.prolific_sandbox.people import Crowd  # most of a start is what this imports

    try:
        await Crowd(books, address).run()
    except Exception:
        _log.exception("The sandbox's people have stopped coming. The server goes on without them.")


def _listen_to_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))


def _say_ready(ready_file: Path, address: str) -> None:
    part = ready_file.with_name(f"{ready_file.name}.{os.getpid()}.part")
    part.write_text(json.dumps({"address": address, "pid": os.getpid()}), encoding="utf-8")
    part.replace(ready_file)


async def _until_stopped(app: web.Application, stop: asyncio.Event, until_idle: float | None) -> None:
    started = time.monotonic()
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 0.5 if until_idle is not None else None)
        idle = time.monotonic() - max(started, app[LINE].last_call)
        if until_idle is not None and idle >= until_idle:
            return
