"""Files of AI Task Builder that go by presigned addresses: items sent, reports fetched, without the token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import httpx

from crowddesk.language import mark, say
from crowddesk.providers.prolific import api
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific.wire import Lost, Refused, Unreachable

_TIMEOUT: Final = httpx.Timeout(60.0, connect=10.0)
_MOST_BYTES: Final = 256 * 2**20


@dataclass(frozen=True, slots=True)
class ImportJob:
    """What became of one file: `status` is the vendor's word, `accepted` None until it is known.

    `reasons` say why records, or the whole file, were not taken: the record's number from 0, and the words.
    """

    id: str
    status: str
    accepted: int | None
    reasons: tuple[tuple[int, str], ...]

    @classmethod
    def read(cls, data: object) -> ImportJob:
        fields = api.Fields(data, mark("an import"))
        accepted = None if fields.data.get("accepted_count") is None else fields.number("accepted_count")
        reasons = fields.each("errors", cls._reason)
        if whole := fields.text("reason", ""):
            reasons += ((0, whole),)
        return cls(fields.text("import_id"), fields.text("status"), accepted, reasons)

    @staticmethod
    def _reason(data: object) -> tuple[int, str]:
        fields = api.Fields(data, mark("an error"))
        said = ": ".join(text for text in (fields.text("field", ""), fields.text("reason", "")) if text)
        return fields.number("record_index", 0), said


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set: how many items are in it, and the files that were to bring some."""

    id: str
    items: int
    imports: tuple[ImportJob, ...]

    @classmethod
    def read(cls, data: object) -> Dataset:
        fields = api.Fields(data, mark("the dataset"))
        found = fields.each("imports", ImportJob.read)
        return cls(fields.text("id"), fields.number("total_datapoint_count", 0), found)


def dataset(client: ProlificClient, dataset_id: str) -> Dataset:
    """A data set as it is now. Raises the client's errors."""
    return client._read(f"data-collection/datasets/{dataset_id}", say("reading the items"), Dataset.read)


def send_items(client: ProlificClient, dataset_id: str, filename: str, lines: bytes) -> None:
    """Sends a file of items, a JSON object a line; Prolific reads it later. Raises the client's errors.

    Nothing is sent again: what became of a file whose answer got lost stands in the data set's imports.
    """
    path = f"data-collection/datasets/{dataset_id}/upload-url/{filename}"
    doing = say("sending the items")
    url, kind = client._read(path, doing, _address)
    _fetch("PUT", url, doing, lines, {"Content-Type": kind})


def report_of(client: ProlificClient, batch_id: str) -> str:
    """The report of a batch, a CSV table of its items with their answers. Raises the client's errors."""
    doing = say("reading the report")
    url, _ = client._read(f"data-collection/batches/{batch_id}/report/", doing, _address)
    return _fetch("GET", url, doing).decode("utf-8-sig", "replace")


def _address(data: object) -> tuple[str, str]:
    fields = api.Fields(data, mark("the address"))
    url = fields.text("upload_url", "") or fields.text("url")
    parts = urlsplit(url)
    is_here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_here):
        raise api.Unreadable(say("the address of its file is not encrypted"))
    return url, fields.text("content_type", "application/x-ndjson")


def _fetch(
    method: str, url: str, doing: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> bytes:
    """One call to where the vendor keeps files. Its address is a secret of an hour, so no error shows it."""
    try:
        # A proxy of the surroundings cannot know what listens on this computer.
        trust = urlsplit(url).scheme == "https"
        with (
            httpx.Client(timeout=_TIMEOUT, trust_env=trust) as http,
            http.stream(method, url, content=body, headers=headers or {}) as response,
        ):
            raw = bytearray()
            for chunk in response.iter_bytes():
                raw += chunk
                if len(raw) > _MOST_BYTES:
                    raise Lost(say("The answer to {doing} does not end.", doing=doing))
    except (httpx.ConnectError, httpx.ConnectTimeout):
        raise Unreachable(say("Prolific's store of files could not be reached. Nothing was sent.")) from None
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, ValueError) as error:
        raise Lost(
            say(
                "The connection to Prolific's files broke at {doing} ({name}).",
                doing=doing,
                name=type(error).__name__,
            )
        ) from None
    if 400 <= response.status_code < 500:
        raise Refused(
            say(
                "Prolific's store of files says no to {doing} ({status_code}).",
                doing=doing,
                status_code=response.status_code,
            )
        )
    if not 200 <= response.status_code < 300:
        raise Lost(
            say(
                "Prolific's store of files did not answer {doing} well ({status_code}).",
                doing=doing,
                status_code=response.status_code,
            )
        )
    return bytes(raw)
