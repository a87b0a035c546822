"""The sandbox's own routes, which Prolific has not: accounts, clock, faults, crowd, wallets, the ledger."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiohttp import web

from crowddesk.domain import BadInput
from crowddesk.providers.prolific_sandbox.accounts import open_account
from crowddesk.providers.prolific_sandbox.books import Books
from crowddesk.providers.prolific_sandbox.clock import stamp
from crowddesk.providers.prolific_sandbox.jobs import Doers, do_due
from crowddesk.providers.prolific_sandbox.wire import LINE, is_whole

#: Every control call carries it, so that no browser page and no vendor's client makes one by accident.
HEADER: Final = "X-CrowdDesk-Sandbox"
STOP: Final = web.AppKey("stop", asyncio.Event)
_MOST_ADVANCE: Final = 366 * 86_400 * 5

Control = Callable[[web.Request, dict[str, Any]], Awaitable[Any] | Any]


def routes(books: Books, doers: Doers) -> list[web.RouteDef]:
    """The routes below /sandbox."""

    def accounts(request: web.Request, body: dict[str, Any]) -> Any:
        token, name = body.get("token"), body.get("name", "Researcher")
        currency, balance = body.get("currency", "GBP"), body.get("balance", 0)
        if not isinstance(token, str) or not isinstance(name, str) or not isinstance(currency, str):
            raise BadInput("An account needs a token, a name and a currency.")
        if not is_whole(balance):
            raise BadInput("A balance is a whole number of minor units.")
        return open_account(books, token, name, currency, int(balance))

    def state(request: web.Request, body: dict[str, Any]) -> Any:
        def rows(query: str) -> list[dict[str, Any]]:
            return [dict(row) for row in books.db.execute(query)]

        return {
            "now": stamp(books.clock.now()),
            "clock_offset": books.clock.offset,
            "workspaces": rows(
                "SELECT id, user_id, title, currency, total, reserved, total - reserved AS available"
                " FROM workspace ORDER BY seq"
            ),
            "studies": rows(
                "SELECT id, workspace_id, project_id, status, reward, places, reserved FROM study"
                " ORDER BY seq"
            ),
            "submissions": rows(
                "SELECT study_id, status, count(*) AS number FROM submission GROUP BY study_id, status"
            ),
            "jobs": rows("SELECT kind, count(*) AS number FROM job WHERE due IS NOT NULL GROUP BY kind"),
            "laid_aside": rows("SELECT id, kind, about FROM job WHERE due IS NULL"),
            "crowd": books.get("crowd"),
            "faults": request.app[LINE].faults.tell(),
        }

    def ledger(request: web.Request, body: dict[str, Any]) -> Any:
        workspace_id = request.query.get("workspace_id")
        rows = books.db.execute(
            "SELECT * FROM ledger WHERE ? IS NULL OR workspace_id = ? ORDER BY id",
            (workspace_id, workspace_id),
        )
        return [{**dict(row), "at": stamp(row["at"])} for row in rows]

    def calls(request: web.Request, body: dict[str, Any]) -> Any:
        counts = dict(books.db.execute("SELECT route, times FROM call").fetchall())
        for route, times in request.app[LINE].counts.items():
            counts[route] = counts.get(route, 0) + times
        return counts

    async def clock(request: web.Request, body: dict[str, Any]) -> Any:
        seconds = body.get("advance_seconds")
        if (
            isinstance(seconds, bool)
            or not isinstance(seconds, int | float)
            or not 0 <= seconds <= _MOST_ADVANCE
        ):
            raise BadInput("The clock goes forwards: advance_seconds is a number of seconds.")
        ahead = books.clock.offset + seconds
        with books.write():
            books.put("clock", ahead)
        books.clock.offset = ahead
        while do_due(books, doers):
            await asyncio.sleep(0)
        return {"now": stamp(books.clock.now()), "clock_offset": books.clock.offset}

    def faults(request: web.Request, body: dict[str, Any]) -> Any:
        if request.method == "POST":
            request.app[LINE].faults.set(body)
        return request.app[LINE].faults.tell()

    def crowd(request: web.Request, body: dict[str, Any]) -> Any:
        if request.method == "POST":
            with books.write():
                books.put("crowd", body)
        return books.get("crowd")

    def wallet(request: web.Request, body: dict[str, Any]) -> Any:
        balance = body.get("balance")
        if not is_whole(balance):
            raise BadInput("A balance is a whole number of minor units.")
        with books.write() as db:
            changed = db.execute(
                "UPDATE workspace SET total = reserved + ? WHERE id = ?",
                (int(balance or 0), body.get("workspace_id")),
            ).rowcount
        if not changed:
            raise BadInput("There is no such workspace.")
        return {"available_balance": balance}

    def stop(request: web.Request, body: dict[str, Any]) -> Any:
        request.app[STOP].set()
        return {"stopping": True}

    return [
        web.post("/sandbox/accounts", _control(accounts)),
        web.get("/sandbox/state", _control(state)),
        web.get("/sandbox/ledger", _control(ledger)),
        web.get("/sandbox/calls", _control(calls)),
        web.post("/sandbox/clock", _control(clock)),
        web.get("/sandbox/faults", _control(faults)),
        web.post("/sandbox/faults", _control(faults)),
        web.get("/sandbox/crowd", _control(crowd)),
        web.post("/sandbox/crowd", _control(crowd)),
        web.post("/sandbox/wallet", _control(wallet)),
        web.post("/sandbox/stop", _control(stop)),
    ]


def _control(act: Control) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def serve(request: web.Request) -> web.StreamResponse:
        if request.headers.get(HEADER) != "1":
            return web.json_response({"error": f"This needs the header {HEADER}: 1."}, status=403)
        try:
            raw = await request.read()
            body = json.loads(raw) if raw else {}
            if not isinstance(body, dict):
                raise BadInput("The body is no JSON object.")
            told = act(request, body)
            if isinstance(told, Awaitable):
                told = await told
        except (BadInput, ValueError, RecursionError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response(told)

    return serve
