"""Holds every request of a client against Prolific's own OpenAPI document before it is sent."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.providers.openapi_document import Departs, document


@dataclass
class Sent:
    """What was sent, in its order: ("POST /studies/", body). `departures` from the document, in words."""

    calls: list[tuple[str, Any]] = field(default_factory=list)
    departures: list[str] = field(default_factory=list)

    def count(self, route: str) -> int:
        """How many calls there were to "POST /studies/"."""
        return sum(name == route for name, _ in self.calls)

    def bodies(self, route: str) -> list[Any]:
        return [body for name, body in self.calls if name == route]

    def changes(self) -> list[str]:
        """All but what was only read."""
        return [name for name, _ in self.calls if not name.startswith("GET ")]

    def forget(self) -> None:
        self.calls.clear()


class Documented(httpx.BaseTransport):
    """Sends for real; what departs from the document is noted, because the caller may swallow an error."""

    def __init__(self, sent: Sent) -> None:
        self._sent = sent
        self._inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        raw = request.read()
        path = request.url.path
        is_json = request.headers.get("Content-Type") == "application/json"
        body = json.loads(raw) if is_json and raw else None
        self._sent.calls.append((f"{request.method} {path.removeprefix('/api/v1')}", body))
        known = document()
        if known is not None:
            try:
                known.check_request(request.method, path, dict(request.url.params), _asked(path, body))
            except Departs as departs:
                self._sent.departures.append(str(departs))
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


def _asked(path: str, body: Any) -> Any:
    """The document requires an address of every new study, and says that a hosted one has none."""
    if path == "/api/v1/studies/" and isinstance(body, dict) and "data_collection_method" in body:
        assert "external_study_url" not in body
        return {**body, "external_study_url": ""}
    return body
