"""Data sets of the sandbox's AI Task Builder: their rows, by files at presigned addresses or appended."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import json
import sqlite3
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from aiohttp import web

from crowddesk.providers.prolific_sandbox import builder_layout as layout
from crowddesk.providers.prolific_sandbox.accounts import own_workspace
from crowddesk.providers.prolific_sandbox.books import Books
from crowddesk.providers.prolific_sandbox.builder_layout import Json
from crowddesk.providers.prolific_sandbox.wire import Answer, Call, Refusal, api, invalid, not_found, text_of

#: How long an address with a signature is good for, in seconds.
EXPIRES_S: Final = 3600.0
_MOST_APPENDED: Final = 1000


def routes(books: Books) -> list[web.RouteDef]:
    """The routes of data sets, and the address to which their files are sent."""
    datasets = "/data-collection/datasets"
    dataset = f"{datasets}/{{dataset_id}}"
    return [
        api(books, "POST", datasets, _create_dataset),
        api(books, "GET", dataset, _dataset),
        api(books, "GET", f"{dataset}/status", _dataset_status),
        api(books, "GET", f"{dataset}/upload-url/{{filename}}", _upload_url),
        api(books, "GET", f"{dataset}/imports/{{import_id}}", _import),
        api(books, "POST", f"{dataset}/datapoints", _append),
        web.put("/builder-files/{import_id}", _take_file(books)),
    ]


def own(call: Call, table: str, id_: str, noun: str) -> sqlite3.Row:
    """A row in a workspace of the caller's; Refusal 404 for anybody else's."""
    row: sqlite3.Row | None = call.db.execute(
        f"SELECT t.* FROM {table} AS t JOIN workspace AS w ON w.id = t.workspace_id"
        " WHERE t.id = ? AND w.user_id = ?",
        (id_, call.user_id),
    ).fetchone()
    if row is None:
        raise not_found(noun)
    return row


def _own_dataset(call: Call) -> sqlite3.Row:
    return own(call, "builder_dataset", call.path["dataset_id"], "Dataset")


def _create_dataset(call: Call) -> Answer:
    body = call.body
    workspace = own_workspace(call, text_of(body, "workspace_id"))
    if body.get("schema") is None:
        raise invalid({"schema": "The sandbox has data sets with a schema only (V4)."})
    id_ = str(uuid.uuid4())
    call.db.execute(
        "INSERT INTO builder_dataset (id, workspace_id, name, created_at, created_by, schema)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            id_, workspace["id"], text_of(body, "name"), call.now, call.user_id,
            json.dumps(layout.check_schema(body["schema"])),
        ),
    )  # fmt: skip
    return Answer(_dataset_told(call, own(call, "builder_dataset", id_, "Dataset")), 201)


def _dataset(call: Call) -> Answer:
    return Answer(_dataset_told(call, _own_dataset(call)))


def _dataset_told(call: Call, row: sqlite3.Row) -> Json:
    found = call.db.execute(
        "SELECT * FROM builder_import WHERE dataset_id = ? ORDER BY seq DESC", (row["id"],)
    ).fetchall()
    return {
        "id": row["id"],
        "name": row["name"],
        "created_at": call.stamp(row["created_at"]),
        "created_by": row["created_by"],
        "workspace_id": row["workspace_id"],
        "total_datapoint_count": count_of(call, row["id"]),
        "schema_version": "4",
        "schema": json.loads(row["schema"]),
        "imports": [_import_told(call, job) for job in found],
    }


def count_of(call: Call, dataset_id: str) -> int:
    """How many rows are there for everybody: what an import still works on is not counted."""
    rows = call.db.execute(
        "SELECT count(*) FROM builder_datapoint WHERE dataset_id = ?", (dataset_id,)
    ).fetchone()[0]
    under_way = call.db.execute(
        "SELECT outcome FROM builder_import WHERE dataset_id = ? AND done_at > ?", (dataset_id, call.now)
    ).fetchall()
    return int(rows) - sum(int(json.loads(job[0]).get("accepted_count", 0)) for job in under_way)


def _dataset_status(call: Call) -> Answer:
    row = _own_dataset(call)
    if _importing(call, row["id"]):
        return Answer({"status": "PROCESSING"})
    return Answer({"status": "READY" if count_of(call, row["id"]) else "UNINITIALISED"})


def _importing(call: Call, dataset_id: str) -> bool:
    return bool(
        call.db.execute(
            "SELECT 1 FROM builder_import WHERE dataset_id = ? AND done_at > ?", (dataset_id, call.now)
        ).fetchone()
    )


def _upload_url(call: Call) -> Answer:
    row = _own_dataset(call)
    filename = call.path["filename"]
    suffix = filename.rpartition(".")[2].lower()
    if suffix not in ("jsonl", "csv"):
        raise invalid("A V4 data set takes .csv and .jsonl.")
    id_ = str(uuid.uuid4())
    with call.books.write() as db:
        db.execute(
            "INSERT INTO builder_import (id, dataset_id, filename, created_at) VALUES (?, ?, ?, ?)",
            (id_, row["id"], filename, call.now),
        )
    origin = call.url.partition("/api/")[0]
    expires = call.now + EXPIRES_S
    return Answer(
        {
            "dataset_id": row["id"],
            "upload_url": f"{origin}/builder-files/{id_}?{signed(call.books, id_, expires)}",
            "http_method": "PUT",
            "content_type": "text/csv" if suffix == "csv" else "application/x-ndjson",
            "expires_at": call.stamp(expires),
            "file_key": f"{row['id']}/{filename}",
            "import_id": id_,
        },
        201,
    )


def _import(call: Call) -> Answer:
    row = _own_dataset(call)
    job = call.db.execute(
        "SELECT * FROM builder_import WHERE id = ? AND dataset_id = ?", (call.path["import_id"], row["id"])
    ).fetchone()
    if job is None:
        raise not_found("Import job")
    return Answer(_import_told(call, job))


def _import_told(call: Call, job: sqlite3.Row) -> Json:
    told: Json = {
        "dataset_id": job["dataset_id"],
        "import_id": job["id"],
        "type": "file_upload",
        "filename": job["filename"],
        "created_at": call.stamp(job["created_at"]),
        "updated_at": call.stamp(min(call.now, job["done_at"] or job["created_at"])),
        "status": "uninitialised",
    }
    if job["done_at"] is None:
        return told
    if job["done_at"] > call.now:
        middle = (job["sent_at"] + job["done_at"]) / 2
        return {**told, "status": "queued" if call.now < middle else "processing"}
    return {**told, **json.loads(job["outcome"])}


def _append(call: Call) -> Answer:
    row = _own_dataset(call)
    if _importing(call, row["id"]):
        raise Refusal(409, "Conflict", "A dataset import is in progress. Retry once it completes.")
    try:
        text = call.raw.decode("utf-8")
    except UnicodeDecodeError:
        raise invalid("The body is no UTF-8.") from None
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        raise invalid("The body has no records.")
    if len(lines) > _MOST_APPENDED:
        raise invalid(f"At most {_MOST_APPENDED} records per request.")
    records, errors = _read_lines(json.loads(row["schema"]), lines, 1)
    for record in records:
        known = call.db.execute(
            "SELECT 1 FROM builder_datapoint WHERE dataset_id = ? AND digest = ?",
            (row["id"], _digest(record)),
        ).fetchone()
        if known is None:
            _add_records(call.db, row["id"], [record])
    return Answer({"accepted": len(records), "rejected": len(errors), "errors": errors})


def _read_lines(schema: Json, lines: Sequence[str], first: int) -> tuple[list[Json], list[Json]]:
    """The records that are taken, and the errors of the others, numbered from `first`."""
    records, errors = [], []
    for number, line in enumerate(lines, first):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        fault = layout.record_fault(schema, record)
        if fault is None:
            records.append({key: value for key, value in record.items() if key in schema["fields"]})
        else:
            errors.append({"record_index": number, "field": fault[0], "reason": fault[1]})
    return records, errors


def _digest(record: Json) -> str:
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def _add_records(db: sqlite3.Connection, dataset_id: str, records: Sequence[Json]) -> None:
    db.executemany(
        "INSERT INTO builder_datapoint (dataset_id, digest, record) VALUES (?, ?, ?)",
        [(dataset_id, _digest(record), json.dumps(record)) for record in records],
    )


# -------------------------------------------------------------------------- files at presigned addresses


def signed(books: Books, about: str, expires: float) -> str:
    """The query of an address that is good for `about` until `expires`, in the sandbox's epoch seconds."""
    key = bytes.fromhex(books.get("builder_key"))
    signature = hmac.new(key, f"{about} {expires:.0f}".encode(), hashlib.sha256).hexdigest()
    return f"expires={expires:.0f}&signature={signature}"


def is_signed(books: Books, about: str, query: Mapping[str, str]) -> bool:
    """Whether an address is one that `signed` made, and still good."""
    expires = query.get("expires", "")
    if not (expires.isascii() and expires.isdigit()) or len(expires) > 12:
        return False
    made = signed(books, about, float(expires)).encode()
    given = f"expires={expires}&signature={query.get('signature', '')}".encode("utf-8", "replace")
    return hmac.compare_digest(made, given) and float(expires) >= books.clock.now()


def _take_file(books: Books) -> Any:
    async def take(request: web.Request) -> web.Response:
        id_ = request.match_info["import_id"]
        if not is_signed(books, id_, request.query):
            return web.Response(status=403, text="<Error><Code>AccessDenied</Code></Error>")
        body = await request.read()
        with books.write() as db:
            job = db.execute("SELECT * FROM builder_import WHERE id = ?", (id_,)).fetchone()
            if job["done_at"] is None:
                _extract(books, db, job, body)
        return web.Response(status=200)

    return take


def _extract(books: Books, db: sqlite3.Connection, job: sqlite3.Row, body: bytes) -> None:
    """Reads a file that came; what became of it shows after the usual lag."""
    row = db.execute("SELECT schema FROM builder_dataset WHERE id = ?", (job["dataset_id"],)).fetchone()
    lines: list[str] = []
    try:
        text = body.decode("utf-8")
        if job["filename"].lower().endswith(".csv"):
            lines = [json.dumps(record) for record in csv.DictReader(io.StringIO(text, newline=""))]
        else:
            lines = [line for line in text.split("\n") if line.strip()]
    except (UnicodeDecodeError, csv.Error):
        pass
    records, errors = _read_lines(json.loads(row["schema"]), lines, 0)
    outcome: Json = {"status": "complete", "accepted_count": len(records)}
    if not records:
        outcome = {"status": "failed", "reason": "No record could be read."}
    elif errors:
        outcome |= {"status": "partial", "rejected_count": len(errors), "errors": errors}
    _add_records(db, job["dataset_id"], records)
    now = books.clock.now()
    db.execute(
        "UPDATE builder_import SET sent_at = ?, done_at = ?, outcome = ? WHERE id = ?",
        (now, now + books.terms.lag, json.dumps(outcome), job["id"]),
    )
