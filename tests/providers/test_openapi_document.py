"""The finder of faults in calls and answers finds them: it is an oracle of many tests."""

from __future__ import annotations

from typing import Any

import pytest

from tests.providers.openapi_document import Departs, Document, document

_SMALL = {
    "openapi": "3.1.0",
    "paths": {
        "/api/v1/things/": {
            "get": {
                "parameters": [
                    {"name": "page", "in": "query", "schema": {"type": "integer"}},
                    {"name": "study", "in": "query", "required": True, "schema": {"type": "string"}},
                ],
                "responses": {
                    "200": {
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
                    }
                },
            }
        },
        "/api/v1/things/bulk/": {
            "post": {
                "requestBody": {"content": {"application/json": {"schema": {"type": "array"}}}},
                "responses": {"204": {}},
            }
        },
        "/api/v1/things/{id}/": {"post": {"responses": {"200": {}}}},
    },
    "components": {
        "schemas": {
            "Thing": {
                "type": "object",
                "required": ["at"],
                "properties": {
                    "at": {"type": "string", "format": "date-time"},
                    "kind": {"oneOf": [{"type": "integer"}, {"type": "number"}]},
                    "inner": {"$ref": "#/components/schemas/Thing"},
                },
            }
        }
    },
}
_AT = "2026-11-22T10:00:00Z"


def test_what_is_documented_passes() -> None:
    small = Document(_SMALL)
    small.check_request("GET", "https://api.example/api/v1/things/?study=5", {"study": "5", "page": "2"})
    small.check_request("POST", "/api/v1/things/bulk/", None, [1])
    small.check_answer("GET", "/api/v1/things/", 200, {"at": _AT, "kind": 5, "inner": {"at": _AT}})
    small.check_answer("POST", "/api/v1/things/bulk/", 204, None)
    small.check_answer("GET", "/api/v1/things/", 429, {"message": "busy", "detail": "later"})
    small.check_answer("GET", "/api/v1/things/", 502, "<html>")


@pytest.mark.parametrize(
    ("method", "path", "query", "body"),
    [
        ("GET", "/api/v1/thing/", {}, None), ("PUT", "/api/v1/things/", {}, None),
        ("GET", "/api/v1/things/", {}, None), ("GET", "/api/v1/things/", {"study": "5", "page": "x"}, None),
        ("GET", "/api/v1/things/", {"study": "5", "limit": "1"}, None),
        ("GET", "/api/v1/things/", {"study": "5"}, {}), ("POST", "/api/v1/things/bulk/", {}, {}),
        ("POST", "/api/v1/things/bulk/", {}, None), ("POST", "/api/v1/things/7/", {}, []),
    ],
)  # fmt: skip
def test_a_call_that_departs_is_found(method: str, path: str, query: dict[str, str], body: Any) -> None:
    with pytest.raises(Departs):
        Document(_SMALL).check_request(method, path, query, body)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, {}), (200, {"at": "yesterday"}), (200, {"at": "2026-11-22T10:00:00"}), (200, []),
        (200, "<html>"), (200, {"at": _AT, "inner": {"at": 5}}), (200, {"at": _AT, "kind": "x"}),
        (201, {"at": _AT}),
        (404, {"oops": True}), (418, {}),
    ],
)  # fmt: skip
def test_an_answer_that_departs_is_found(status: int, body: Any) -> None:
    with pytest.raises(Departs):
        Document(_SMALL).check_answer("GET", "/api/v1/things/", status, body)


def test_the_vendors_own_document_is_read_where_it_is() -> None:
    known = document()
    if known is None:
        pytest.skip("the vendor's document is not beside this checkout")
    assert ("POST", "/api/v1/bulk-bonus-payments/{id}/pay/") in set(known.operations())
    with pytest.raises(Departs, match="action"):
        known.check_request("POST", "/api/v1/submissions/5/transition/", {}, {"action": "EAT"})
