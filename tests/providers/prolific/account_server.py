"""A small stand-in for Prolific's account routes over HTTP: whose token, workspaces, projects, money."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


class AccountServer(ThreadingHTTPServer):
    """Knows tokens and what their owners may see; `asked` are the paths that were asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        #: Token -> workspaces; a workspace has id, title, currency, balance and projects.
        self.tokens: dict[str, list[dict[str, Any]]] = {}
        self.answer: tuple[int, bytes] | None = None
        """What every question gets instead, when it is set."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def reply(self, token: str, path: str) -> tuple[int, bytes]:
        self.asked.append(path)
        if self.answer is not None:
            return self.answer
        if token not in self.tokens:
            return 401, json.dumps(
                {"error": {"status": 401, "title": "No", "detail": f"Bad {token}"}}
            ).encode()
        workspaces = {place["id"]: place for place in self.tokens[token]}
        parts = path.strip("/").split("/")[2:]
        found: object = {"detail": "Not found."}
        if parts == ["users", "me"]:
            found = {"id": "user-1", "email": "pi@lab.example"}
        elif parts == ["workspaces"]:
            found = {"results": [{"id": w["id"], "title": w["title"]} for w in workspaces.values()]}
        elif len(parts) == 3 and parts[1] in workspaces:
            place = workspaces[parts[1]]
            if parts[2] == "projects":
                found = {"results": [{"id": key, "title": title} for key, title in place["projects"]]}
            else:
                found = {
                    "currency_code": place["currency"],
                    "total_balance": place["balance"] + 1_000,
                    "available_balance": place["balance"],
                }
        return 200, json.dumps(found).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: AccountServer

    def do_GET(self) -> None:
        token = self.headers.get("Authorization", "").removeprefix("Token ")
        status, body = self.server.reply(token, urlsplit(self.path).path)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *args: object) -> None:
        """The test's output is no log."""


def workspace(name: str, *projects: str, currency: str = "GBP", balance: int = 12_345) -> dict[str, Any]:
    """A workspace "w-name" with projects "p-..."."""
    return {
        "id": f"w-{name}",
        "title": name.capitalize(),
        "currency": currency,
        "balance": balance,
        "projects": [(f"p-{each}", each.capitalize()) for each in projects],
    }


@contextmanager
def account_server() -> Iterator[AccountServer]:
    """Serves until the end of the block."""
    server = AccountServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
