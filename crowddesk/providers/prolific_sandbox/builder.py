"""AI Task Builder in the sandbox: its routes, and the participants' side: who gets which task, what they say.

The document leaves open what a response's `metadata` holds, and whether a question may be left out. Here it
holds the data set's metadata columns, and no question may. What takes time is done at once and shown later.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from crowddesk.blueprints.base import Field
from crowddesk.providers.prolific_sandbox import builder_batches, builder_data
from crowddesk.providers.prolific_sandbox import builder_layout as layout
from crowddesk.providers.prolific_sandbox.books import Books
from crowddesk.providers.prolific_sandbox.builder_layout import Json
from crowddesk.providers.prolific_sandbox.wire import Refusal, invalid, not_found

_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS builder_dataset (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
    " workspace_id TEXT NOT NULL, name TEXT NOT NULL, created_at REAL NOT NULL, created_by TEXT NOT NULL,"
    " schema TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS builder_datapoint (seq INTEGER PRIMARY KEY, dataset_id TEXT NOT NULL,"
    " digest TEXT NOT NULL, record TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS builder_datapoint_of ON builder_datapoint (dataset_id, digest)",
    "CREATE TABLE IF NOT EXISTS builder_import (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
    " dataset_id TEXT NOT NULL, filename TEXT NOT NULL, created_at REAL NOT NULL, sent_at REAL, done_at REAL,"
    " outcome TEXT)",
    "CREATE TABLE IF NOT EXISTS builder_batch (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
    " workspace_id TEXT NOT NULL, name TEXT NOT NULL, created_at REAL NOT NULL, created_by TEXT NOT NULL,"
    " dataset_id TEXT, details TEXT NOT NULL, items TEXT, ready_at REAL)",
    "CREATE TABLE IF NOT EXISTS builder_task (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
    " batch_id TEXT NOT NULL, datapoint INTEGER NOT NULL, team INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS builder_task_of ON builder_task (batch_id, team)",
    "CREATE TABLE IF NOT EXISTS builder_share (submission_id TEXT PRIMARY KEY, batch_id TEXT NOT NULL,"
    " team INTEGER NOT NULL, participant_id TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS builder_share_of ON builder_share (batch_id, team)",
    "CREATE TABLE IF NOT EXISTS builder_response (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
    " batch_id TEXT NOT NULL, task_id TEXT NOT NULL, submission_id TEXT NOT NULL,"
    " participant_id TEXT NOT NULL, created_at REAL NOT NULL, instruction_id TEXT NOT NULL,"
    " type TEXT NOT NULL, answer TEXT NOT NULL,"
    " UNIQUE (submission_id, task_id, instruction_id))",
    "CREATE INDEX IF NOT EXISTS builder_response_of ON builder_response (batch_id, seq)",
)
#: A submission in one of these leaves its tasks to somebody else.
_GONE: Final = ("RETURNED", "TIMED-OUT", "SCREENED OUT")


def routes(books: Books) -> list[web.RouteDef]:
    """The routes below /data-collection, the files they give addresses for, and the participants' page."""
    from crowddesk.providers.prolific_sandbox import builder_page

    with books.write() as db:
        for statement in _TABLES:
            db.execute(statement)
        if books.get("builder_key") is None:
            books.put("builder_key", secrets.token_hex(32))
    return [*builder_data.routes(books), *builder_batches.routes(books), *builder_page.routes(books)]


@dataclass(frozen=True, slots=True)
class HostedTask:
    """One task as a participant sees it: `pages` is the layout, `shown` the datapoint's columns.

    `fields` are its questions as the rest of the program knows questions, named by their ids.
    """

    id: str
    key: str
    pages: list[Json]
    shown: dict[str, str]
    labels: dict[str, str]
    kinds: dict[str, str]
    fields: tuple[Field, ...]
    answered: bool


def places_of(db: sqlite3.Connection, batch_id: str, annotators: int, now: float) -> int | None:
    """How many places a study of a batch has; None when there is no such batch or it is not READY."""
    row = db.execute("SELECT ready_at FROM builder_batch WHERE id = ?", (batch_id,)).fetchone()
    if row is None or row["ready_at"] is None or row["ready_at"] > now:
        return None
    groups = db.execute(
        "SELECT count(DISTINCT team) FROM builder_task WHERE batch_id = ?", (batch_id,)
    ).fetchone()
    return int(groups[0]) * annotators


def hosted_path(participant_id: str, submission_id: str) -> str:
    """Where a participant works on a study that the vendor shows itself."""
    return f"/participant/{participant_id}/hosted/{submission_id}"


def tasks_of(books: Books, submission_id: str) -> list[HostedTask]:
    """The tasks of a participant's stay, which they get the first time they are asked for.

    Empty when no task is left for this person: nobody has a task twice, nor more people than the study wants
    have one. Raises Refusal for a submission that is none of a hosted study. On the server's loop.
    """
    submission, fields = _stay(books.db, submission_id)
    batch_id = str(fields["data_collection_id"])
    share = books.db.execute(
        "SELECT * FROM builder_share WHERE submission_id = ?", (submission_id,)
    ).fetchone()
    if share is None:
        with books.write() as db:
            team = _free_team(db, batch_id, submission, _annotators(fields))
            if team is None:
                return []
            db.execute(
                "INSERT INTO builder_share (submission_id, batch_id, team, participant_id)"
                " VALUES (?, ?, ?, ?)",
                (submission_id, batch_id, team, submission["participant_id"]),
            )
    else:
        team = share["team"]
    return _tasks(books.db, submission_id, batch_id, team)


def answer(books: Books, submission_id: str, task_id: str, values: Mapping[str, Any]) -> bool:
    """Keeps a participant's answers to a task by the ids of its questions, each a text or a list of texts.

    A part of the questions may be answered now and the rest later; whether all are. Raises Refusal, and keeps
    nothing, for an answer that the page would not take or a stay that is over. On the server's loop.
    """
    submission, _ = _stay(books.db, submission_id)
    task = next((task for task in tasks_of(books, submission_id) if task.id == task_id), None)
    if task is None:
        raise not_found("Task")
    if submission["status"] not in ("ACTIVE", "RESERVED"):
        raise Refusal(400, "Bad request", "This submission is over.")
    questions = {question["id"]: question for question in layout.instructions(task.pages)}
    read = {}
    for id_, value in values.items():
        if id_ not in questions:
            raise invalid({id_: "There is no such question."})
        read[id_] = layout.read_values(questions[id_], value)
    with books.write() as db:
        batch = db.execute("SELECT batch_id FROM builder_task WHERE id = ?", (task_id,)).fetchone()[0]
        db.executemany(
            "INSERT OR REPLACE INTO builder_response (id, batch_id, task_id, submission_id, participant_id,"
            " created_at, instruction_id, type, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    str(uuid.uuid4()), batch, task_id, submission_id, submission["participant_id"],
                    books.clock.now(), id_, questions[id_]["type"], json.dumps(found),
                )
                for id_, found in read.items()
            ],
        )  # fmt: skip
    return _is_answered(books.db, submission_id, task_id, len(questions))


def completion_code(books: Books, submission_id: str) -> str:
    """The code with which a hosted study sends its participant back; "" where it has none."""
    _, fields = _stay(books.db, submission_id)
    codes = [code for code in fields.get("completion_codes") or [] if isinstance(code, dict)]
    codes.sort(key=lambda code: code.get("code_type") != "COMPLETED")
    return str(codes[0].get("code", "")) if codes else ""


def details_of(books: Books, submission_id: str) -> dict[str, str]:
    """What a hosted study's task is called, and the HTML that is said about it."""
    _, fields = _stay(books.db, submission_id)
    row = books.db.execute(
        "SELECT details FROM builder_batch WHERE id = ?", (fields["data_collection_id"],)
    ).fetchone()
    details: dict[str, str] = json.loads(row["details"])
    return details


def _stay(db: sqlite3.Connection, submission_id: str) -> tuple[sqlite3.Row, Json]:
    row = db.execute(
        "SELECT s.*, y.fields FROM submission AS s JOIN study AS y ON y.id = s.study_id WHERE s.id = ?",
        (submission_id,),
    ).fetchone()
    fields = {} if row is None else json.loads(row["fields"])
    if fields.get("data_collection_method") != "AI_TASK_BUILDER_BATCH":
        raise not_found("Submission of a hosted study")
    return row, fields


def _annotators(fields: Json) -> int:
    return int((fields.get("data_collection_metadata") or {}).get("annotators_per_task") or 1)


def _free_team(db: sqlite3.Connection, batch_id: str, submission: sqlite3.Row, annotators: int) -> int | None:
    marks = ", ".join("?" * len(_GONE))
    row = db.execute(
        "SELECT t.team, count(s.id) AS held"
        " FROM (SELECT DISTINCT team FROM builder_task WHERE batch_id = ?) AS t"
        " LEFT JOIN builder_share AS h ON h.batch_id = ? AND h.team = t.team"
        f" LEFT JOIN submission AS s ON s.id = h.submission_id AND s.status NOT IN ({marks})"
        " WHERE t.team NOT IN (SELECT team FROM builder_share WHERE batch_id = ? AND participant_id = ?)"
        " GROUP BY t.team HAVING held < ? ORDER BY held, t.team LIMIT 1",
        (batch_id, batch_id, *_GONE, batch_id, submission["participant_id"], annotators),
    ).fetchone()
    return None if row is None else int(row["team"])


def _tasks(db: sqlite3.Connection, submission_id: str, batch_id: str, team: int) -> list[HostedTask]:
    batch = db.execute("SELECT items FROM builder_batch WHERE id = ?", (batch_id,)).fetchone()
    pages = json.loads(batch["items"])
    questions = tuple(layout.as_field(question) for question in layout.instructions(pages))
    rows = db.execute(
        "SELECT t.id, p.digest, p.record, d.schema FROM builder_task AS t"
        " JOIN builder_datapoint AS p ON p.seq = t.datapoint"
        " JOIN builder_dataset AS d ON d.id = p.dataset_id"
        " WHERE t.batch_id = ? AND t.team = ? ORDER BY t.seq",
        (batch_id, team),
    ).fetchall()
    tasks = []
    for row in rows:
        record, about = json.loads(row["record"]), json.loads(row["schema"])["fields"]
        shown = {
            key: str(record.get(key) or "") for key in about if about[key]["type"] in ("text", "image_url")
        }
        labels = {key: str(about[key].get("label", "")) for key in shown}
        kinds = {key: about[key]["type"] for key in shown}
        done = _is_answered(db, submission_id, row["id"], len(questions))
        tasks.append(HostedTask(row["id"], row["digest"][:16], pages, shown, labels, kinds, questions, done))
    return tasks


def _is_answered(db: sqlite3.Connection, submission_id: str, task_id: str, questions: int) -> bool:
    answered = db.execute(
        "SELECT count(*) FROM builder_response WHERE submission_id = ? AND task_id = ?",
        (submission_id, task_id),
    ).fetchone()[0]
    return bool(answered >= questions)
