"""Prolific's own OpenAPI document, where it lies beside this checkout; calls and answers held against it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

_NAME = Path("shared", "vendors", "prolific-openapi.yml")
_URN = "urn:prolific"
#: Answers that occur and are not in the document; the facts name them.
_KNOWN_REFUSALS = frozenset({400, 401, 403, 404, 409, 422, 429, 500, 502, 503})

_formats = FormatChecker(formats=())


@_formats.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


class Departs(AssertionError):
    """A call or an answer is not as the vendor documents it."""


@functools.cache
def document() -> Document | None:
    """The document, looked for in every folder above this file; None where it is absent."""
    for folder in Path(__file__).resolve().parents:
        if (folder / _NAME).is_file():
            loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            text = (folder / _NAME).read_text(encoding="utf-8")
            return Document(yaml.load(text, Loader=loader))  # noqa: S506
    return None


class Document:
    """The document as it was read. Paths are whole ("/api/v1/users/me/") or a full address."""

    def __init__(self, read: Mapping[str, Any]) -> None:
        self._read = read
        resource = Resource(contents=read, specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(_URN, resource)
        # Alternatives overlap in the document (a filter is both its short and its detailed form), so one that
        # fits is enough.
        any_of = Draft202012Validator.VALIDATORS["anyOf"]
        self._validator = extend(Draft202012Validator, {"oneOf": any_of})
        # What has no placeholder goes first: /submissions/bulk-approve/ is no submission.
        self._paths = [
            (re.compile(re.sub(r"\\\{[^/]*?\\\}", "[^/]+", re.escape(path)) + r"\Z"), path)
            for path in sorted(read["paths"], key=lambda path: path.count("{"))
        ]

    def operations(self) -> Iterator[tuple[str, str]]:
        """Every documented (METHOD, path template)."""
        for path, item in self._read["paths"].items():
            for method in item:
                if method in ("get", "post", "put", "patch", "delete"):
                    yield method.upper(), path

    def check_request(
        self, method: str, path: str, query: Mapping[str, str] | None = None, body: Any = None
    ) -> None:
        """Raises Departs when the call is not documented, or not like this. `body` is parsed JSON or None."""
        where, operation = self._operation(method, path)
        allowed: dict[str, Any] = {}
        for parameter in operation.get("parameters", ()):
            if parameter["in"] != "query":
                continue
            fields = list(self._fields(parameter["schema"]))
            if fields:  # an object in a query is written as its fields
                allowed.update(dict(fields))
                if parameter.get("required") and not any(name in (query or {}) for name, _ in fields):
                    raise Departs(f"{where}: one of {[name for name, _ in fields]} is missing from the query")
            else:
                allowed[parameter["name"]] = parameter["schema"]
                if parameter.get("required") and parameter["name"] not in (query or {}):
                    raise Departs(f"{where}: {parameter['name']} is missing from the query")
        for name, text in (query or {}).items():
            if name not in allowed:
                raise Departs(f"{where}: the query has {name}, which is not documented")
            try:
                self._check(f"{where}: {name} of the query", allowed[name], str(text))
            except Departs:
                self._check(f"{where}: {name} of the query", allowed[name], _read_text(str(text)))
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            if body is not None:
                raise Departs(f"{where}: a body is sent where none is documented")
            return
        if body is None:
            raise Departs(f"{where}: the body is missing")
        self._check(f"{where}: the body", content["schema"], body)

    def check_answer(self, method: str, path: str, status: int, body: Any = None) -> None:
        """Raises Departs when the answer is not documented like this.

        `body` is parsed JSON, the text where it is none, None where there is none. A refusal that the
        document leaves out may have any of the shapes that the vendor is known to use.
        """
        where, operation = self._operation(method, path)
        answer = operation["responses"].get(str(status))
        if answer is None:
            if status not in _KNOWN_REFUSALS:
                raise Departs(f"{where}: {status} is not documented")
            if isinstance(body, dict) and not _is_error(body):
                raise Departs(f"{where}: the {status} has an unknown shape: {body}")
            return
        if status == 204:
            if body not in (None, ""):
                raise Departs(f"{where}: a 204 with a body: {body}")
            return
        content = answer.get("content", {}).get("application/json")
        if content is not None:
            self._check(f"{where}: the {status}", content["schema"], body)

    def _operation(self, method: str, path: str) -> tuple[str, Mapping[str, Any]]:
        plain = urlsplit(path).path
        for pattern, template in self._paths:
            operation = self._read["paths"][template].get(method.lower())
            if operation is not None and pattern.match(plain):
                return f"{method.upper()} {template}", operation
        raise Departs(f"{method.upper()} {plain} is not documented")

    def _fields(self, schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        schema = self._resolved(schema)
        for other in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
            yield from self._fields(other)
        yield from schema.get("properties", {}).items()

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in schema:
            found: Any = self._read
            for part in schema["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            schema = found
        return schema

    def _check(self, where: str, schema: Mapping[str, Any], value: Any) -> None:
        # A reference inside a bare schema is looked up in the document, so it is given the document's name.
        validator = self._validator(_rooted(schema), registry=self._registry, format_checker=_formats)
        errors = sorted(validator.iter_errors(value), key=lambda error: error.json_path)
        if errors:
            raise Departs(f"{where}: " + "; ".join(_told(error) for error in errors[:5]))


def _rooted(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            key: _URN + value if key == "$ref" and str(value).startswith("#") else _rooted(value)
            for key, value in schema.items()
        }
    return [_rooted(item) for item in schema] if isinstance(schema, list) else schema


def _told(error: ValidationError) -> str:
    if error.context:
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    return f"{error.json_path}: {error.message[:300]}"


def _read_text(text: str) -> Any:
    return int(text) if re.fullmatch(r"-?\d+", text) else {"true": True, "false": False}.get(text, text)


def _is_error(body: Mapping[str, Any]) -> bool:
    if "error" in body and isinstance(body["error"], dict):
        body = body["error"]
    return {"status", "error_code", "title", "detail"} <= body.keys() or "message" in body
