"""Batches of the sandbox's AI Task Builder: their layout, their tasks, and what was answered."""

from __future__ import annotations

import csv
import io
import json
import random
import sqlite3
import uuid
from typing import Any, Final

from aiohttp import web

from crowddesk.providers.prolific_sandbox import builder_layout as layout
from crowddesk.providers.prolific_sandbox.accounts import own_workspace
from crowddesk.providers.prolific_sandbox.books import Books
from crowddesk.providers.prolific_sandbox.builder_data import EXPIRES_S, count_of, is_signed, own, signed
from crowddesk.providers.prolific_sandbox.builder_layout import Json
from crowddesk.providers.prolific_sandbox.clock import stamp
from crowddesk.providers.prolific_sandbox.wire import Answer, Call, Refusal, api, invalid, text_of


def routes(books: Books) -> list[web.RouteDef]:
    """The routes of batches, and the address of their reports."""
    batches = "/data-collection/batches"
    batch = f"{batches}/{{batch_id}}"
    return [
        api(books, "GET", batches, _batches),
        api(books, "POST", batches, _create_batch),
        api(books, "GET", batch, _batch),
        api(books, "PATCH", batch, _change_batch),
        api(books, "GET", f"{batch}/status", _batch_status),
        api(books, "POST", f"{batch}/setup", _set_up),
        api(books, "GET", f"{batch}/instructions", _instructions),
        api(books, "POST", f"{batch}/instructions", _no_instructions),
        api(books, "PUT", f"{batch}/instructions", _no_instructions),
        api(books, "GET", f"{batch}/responses", _responses),
        api(books, "GET", f"{batch}/report/", _report),
        web.get("/builder-files/{batch_id}.csv", _give_report(books)),
    ]


def _own_batch(call: Call) -> sqlite3.Row:
    return own(call, "builder_batch", call.path["batch_id"], "Batch")


def _batches(call: Call) -> Answer:
    workspace = own_workspace(call, call.query.get("workspace_id", ""))
    rows = call.db.execute(
        "SELECT * FROM builder_batch WHERE workspace_id = ? ORDER BY seq", (workspace["id"],)
    ).fetchall()
    return Answer({"results": [_batch_told(call, row) for row in rows], "meta": {"count": len(rows)}})


def _create_batch(call: Call) -> Answer:
    body = call.body
    workspace = own_workspace(call, text_of(body, "workspace_id"))
    name, details = text_of(body, "name"), _details(body.get("task_details"))
    dataset = _attached(call, body.get("dataset_id"))
    try:
        items = _items(body.get("batch_items"), dataset)
    except layout.WrongLayout as wrong:
        return Answer(wrong.body, 422)
    id_ = str(uuid.uuid4())
    call.db.execute(
        "INSERT INTO builder_batch"
        " (id, workspace_id, name, created_at, created_by, dataset_id, details, items)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            id_, workspace["id"], name, call.now, call.user_id, dataset["id"] if dataset else None,
            json.dumps(details), json.dumps(items),
        ),
    )  # fmt: skip
    return Answer(_batch_told(call, own(call, "builder_batch", id_, "Batch")), 201)


def _details(details: Any) -> Json:
    names = ("task_name", "task_introduction", "task_steps")
    if not isinstance(details, dict):
        raise invalid({"task_details": "This field is required."})
    for name in names:
        text_of(details, name)
    return {name: details[name] for name in names}


def _attached(call: Call, dataset_id: Any) -> sqlite3.Row | None:
    if dataset_id is None:
        return None
    return own(call, "builder_dataset", str(dataset_id), "Dataset")


def _items(items: Any, dataset: sqlite3.Row | None) -> list[Json] | None:
    schema = None if dataset is None else json.loads(dataset["schema"])
    return None if items is None else layout.check_items(items, schema, lambda: str(uuid.uuid4()))


def _batch(call: Call) -> Answer:
    return Answer(_batch_told(call, _own_batch(call)))


def _change_batch(call: Call) -> Answer:
    row, body = _own_batch(call), call.body
    if row["ready_at"] is not None:
        raise invalid("The batch was set up and cannot be changed any more.")
    dataset = _attached(call, body.get("dataset_id", row["dataset_id"]))
    name = text_of(body, "name") if "name" in body else row["name"]
    details = _details(body["task_details"]) if "task_details" in body else json.loads(row["details"])
    try:
        items = _items(body.get("batch_items", json.loads(row["items"])), dataset)
    except layout.WrongLayout as wrong:
        return Answer(wrong.body, 422)
    call.db.execute(
        "UPDATE builder_batch SET name = ?, details = ?, dataset_id = ?, items = ? WHERE id = ?",
        (name, json.dumps(details), dataset["id"] if dataset else None, json.dumps(items), row["id"]),
    )
    return Answer(_batch_told(call, _own_batch(call)))


def _batch_told(call: Call, row: sqlite3.Row) -> Json:
    items = json.loads(row["items"])
    tasks = groups = 0
    if _status(call, row) == "READY":
        tasks, groups = call.db.execute(
            "SELECT count(*), count(DISTINCT team) FROM builder_task WHERE batch_id = ?", (row["id"],)
        ).fetchone()
    attached = row["dataset_id"]
    return {
        "id": row["id"],
        "created_at": call.stamp(row["created_at"]),
        "created_by": row["created_by"],
        "datasets": [_attached_told(call, attached)] if attached else [],
        "name": row["name"],
        "status": _status(call, row),
        "total_task_count": tasks,
        "total_task_groups": groups,
        "total_instruction_count": len(list(layout.instructions(items or []))),
        "workspace_id": row["workspace_id"],
        "schema_version": 4,
        "task_details": json.loads(row["details"]),
        "batch_items": items,
    }


def _attached_told(call: Call, dataset_id: str) -> Json:
    job = call.db.execute(
        "SELECT filename FROM builder_import WHERE dataset_id = ? ORDER BY seq DESC LIMIT 1", (dataset_id,)
    ).fetchone()
    filename = "" if job is None else job["filename"]
    return {"id": dataset_id, "total_datapoint_count": count_of(call, dataset_id), "filename": filename}


def _status(call: Call, row: sqlite3.Row) -> str:
    if row["ready_at"] is None:
        return "UNINITIALISED"
    return "READY" if row["ready_at"] <= call.now else "PROCESSING"


def _batch_status(call: Call) -> Answer:
    return Answer({"status": _status(call, _own_batch(call))})


def _set_up(call: Call) -> Answer:
    row = _own_batch(call)
    body = call.body if call.raw.strip() else {}
    if row["ready_at"] is not None:
        raise invalid("The batch was set up already.")
    dataset = _attached(call, body.get("dataset_id", row["dataset_id"]))
    size = body.get("tasks_per_group", 1)
    if dataset is None:
        raise invalid("No data set is attached.")
    if not isinstance(size, int) or isinstance(size, bool) or size < 1:
        raise invalid({"tasks_per_group": "It must be a whole number from 1 on."})
    if json.loads(row["items"]) is None:
        raise invalid("The batch has no instructions.")
    imports = call.db.execute(
        "SELECT outcome FROM builder_import WHERE dataset_id = ? AND done_at <= ?", (dataset["id"], call.now)
    ).fetchall()
    if not any(json.loads(job[0])["status"] == "complete" for job in imports):
        raise invalid("The data set has no import job that is complete.")
    _make_tasks(call.db, row["id"], dataset, size)
    call.db.execute(
        "UPDATE builder_batch SET dataset_id = ?, ready_at = ? WHERE id = ?",
        (dataset["id"], call.now + call.books.terms.lag, row["id"]),
    )
    return Answer({}, 202)


def _make_tasks(db: sqlite3.Connection, batch_id: str, dataset: sqlite3.Row, size: int) -> None:
    """A task for each datapoint, in groups: of a column's, or so many at random."""
    rows = db.execute(
        "SELECT seq, record FROM builder_datapoint WHERE dataset_id = ? ORDER BY seq", (dataset["id"],)
    ).fetchall()
    fields = json.loads(dataset["schema"])["fields"]
    column = next((key for key, about in fields.items() if about["type"] == "task_group_id"), None)
    if column is not None:
        names = [str(json.loads(row["record"]).get(column)) for row in rows]
        numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
        teams = [numbers[name] for name in names]
    else:
        teams = [number // size for number in range(len(rows))]
        random.Random(batch_id).shuffle(teams)
    db.executemany(
        "INSERT INTO builder_task (id, batch_id, datapoint, team) VALUES (?, ?, ?, ?)",
        [(str(uuid.uuid4()), batch_id, row["seq"], team) for row, team in zip(rows, teams, strict=True)],
    )


def _instructions(call: Call) -> Answer:
    row = _own_batch(call)
    about = {
        "created_at": call.stamp(row["created_at"]),
        "created_by": row["created_by"],
        "parent_id": row["id"],
        "parent_type": "batch",
    }
    asked = layout.instructions(json.loads(row["items"]) or [])
    found = [{**question, **about, "order": number} for number, question in enumerate(asked)]
    return Answer({"results": found, "meta": {"count": len(found)}})


def _no_instructions(call: Call) -> Answer:
    _own_batch(call)
    raise Refusal(422, "Unprocessable entity", "Instructions are managed by the batch_items of the batch.")


# ------------------------------------------------------------------------------------------- responses

_RESPONSES: Final = (
    "SELECT r.*, p.record, d.schema FROM builder_response AS r JOIN builder_task AS t ON t.id = r.task_id"
    " JOIN builder_datapoint AS p ON p.seq = t.datapoint JOIN builder_dataset AS d ON d.id = p.dataset_id"
    " WHERE r.batch_id = ? ORDER BY r.seq"
)


def _responses(call: Call) -> Answer:
    row = _own_batch(call)
    found = [
        {
            "id": response["id"],
            "created_at": call.stamp(response["created_at"]),
            "batch_id": row["id"],
            "participant_id": response["participant_id"],
            "submission_id": response["submission_id"],
            "correlation_id": response["submission_id"],
            "task_id": response["task_id"],
            "response": {
                "instruction_id": response["instruction_id"],
                "type": response["type"],
                "answer": json.loads(response["answer"]),
            },
            "metadata": _hidden(response),
            "schema_version": 4,
            "no_submission": False,
        }
        for response in call.db.execute(_RESPONSES, (row["id"],))
    ]
    return Answer({"results": found, "meta": {"count": len(found)}})


def _hidden(response: sqlite3.Row) -> Json:
    record = json.loads(response["record"])
    fields = json.loads(response["schema"])["fields"]
    return {key: record.get(key) for key, about in fields.items() if about["type"] == "metadata"}


def _report(call: Call) -> Answer:
    row = _own_batch(call)
    expires = call.now + EXPIRES_S
    origin = call.url.partition("/api/")[0]
    return Answer(
        {
            "url": f"{origin}/builder-files/{row['id']}.csv?{signed(call.books, row['id'], expires)}",
            "expires_at": call.stamp(expires),
            "http_method": "GET",
        }
    )


def _give_report(books: Books) -> Any:
    async def give(request: web.Request) -> web.Response:
        id_ = request.match_info["batch_id"]
        if not is_signed(books, id_, request.query):
            return web.Response(status=403, text="<Error><Code>AccessDenied</Code></Error>")
        return web.Response(text=_report_of(books, id_), content_type="text/csv")

    return give


def _report_of(books: Books, batch_id: str) -> str:
    """The data set's columns, who answered, and a column for each question."""
    batch = books.db.execute("SELECT items FROM builder_batch WHERE id = ?", (batch_id,)).fetchone()
    questions = {q["id"]: q["description"] for q in layout.instructions(json.loads(batch["items"]) or [])}
    rows: dict[tuple[str, str], Json] = {}
    columns: dict[str, None] = {}
    for response in books.db.execute(_RESPONSES, (batch_id,)):
        record = json.loads(response["record"])
        columns |= dict.fromkeys(record)
        who = {name: response[name] for name in ("participant_id", "submission_id", "task_id")}
        row = rows.setdefault((response["submission_id"], response["task_id"]), {**record, **who})
        values = [str(part["value"]) for part in json.loads(response["answer"])]
        row[questions[response["instruction_id"]]] = "; ".join(values)
        row["submitted_at"] = stamp(response["created_at"])
    names = [*columns, "participant_id", "submission_id", "task_id", "submitted_at", *questions.values()]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(dict.fromkeys(names)))
    writer.writeheader()
    writer.writerows(rows.values())
    return out.getvalue()
