"""Messages between a researcher and participants. Sending has no idempotency, as the vendor's has none."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from aiohttp import web

from crowddesk.providers.prolific_sandbox import groups, studies
from crowddesk.providers.prolific_sandbox.books import Books, new_id
from crowddesk.providers.prolific_sandbox.clock import DAY
from crowddesk.providers.prolific_sandbox.wire import BARE, Answer, Call, api, invalid, text_of, texts_of

_LONGEST: Final = 10_000
_REACH_BACK_S: Final = 30 * DAY
_MOST_EXCLUDED: Final = 10


def routes(books: Books) -> list[web.RouteDef]:
    """Messages, sent and read; and the participants' way to write one."""

    async def write(request: web.Request) -> web.Response:
        sent = await request.post()
        body, study_id = str(sent.get("body", "")).strip(), str(sent.get("study_id", ""))
        with books.write() as db:
            owner = db.execute(
                "SELECT w.user_id FROM study AS s JOIN workspace AS w ON w.id = s.workspace_id"
                " WHERE s.id = ?",
                (study_id,),
            ).fetchone()
            if owner is None or not 0 < len(body) <= _LONGEST:
                return web.Response(status=400, text="A message needs a study and a text.")
            category = str(sent.get("category", "other"))
            sender = request.match_info["pid"]
            _keep(db, sender, [owner[0]], body, study_id, books.clock.now(), category)
        return web.Response(status=204)

    return [
        api(books, "GET", "/messages/", _read, errors=BARE),
        api(books, "POST", "/messages/", _send, errors=BARE),
        api(books, "POST", "/messages/bulk/", _send_many, errors=BARE),
        api(books, "POST", "/messages/participant-group/", _send_to_group, errors=BARE),
        api(books, "GET", "/messages/unread/", _unread, errors=BARE),
        web.post("/participant/{pid}/message", write),
    ]


def _keep(
    db: sqlite3.Connection,
    sender: str,
    recipients: Sequence[str],
    body: str,
    study_id: str | None,
    at: float,
    category: str | None = None,
) -> None:
    db.executemany(
        "INSERT INTO message (id, sender_id, recipient_id, body, sent_at, study_id, category)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(new_id(), sender, recipient, body, at, study_id, category) for recipient in recipients],
    )


def _send(call: Call) -> Answer:
    body = call.body
    _send_all(call, [text_of(body, "recipient_id")], text_of(body, "study_id"))
    return Answer(status=204)


def _send_many(call: Call) -> Answer:
    body = call.body
    _send_all(call, texts_of(body, "ids"), text_of(body, "study_id"))
    return Answer(status=204)


def _send_to_group(call: Call) -> Answer:
    body = call.body
    group = groups.own_group(call, text_of(body, "participant_group_id"))
    study_id = body.get("study_id")
    if study_id is not None:
        study_id = studies.own_study(call, text_of(body, "study_id"))["id"]
    text = text_of(body, "body", longest=_LONGEST)
    _keep(call.db, call.user_id, groups.members_of(call.db, group["id"]), text, study_id, call.now)
    return Answer(status=204)


def _send_all(call: Call, recipients: Sequence[str], study_id: str) -> None:
    """To participants who have been in one of the caller's studies; nobody else can be written to."""
    text = text_of(call.body, "body", longest=_LONGEST)
    study = studies.own_study(call, study_id)
    known = {
        row[0]
        for row in call.db.execute(
            "SELECT DISTINCT u.participant_id FROM submission AS u JOIN study AS s ON s.id = u.study_id"
            " WHERE s.workspace_id = ? AND u.participant_id IN (SELECT value FROM json_each(?))",
            (study["workspace_id"], json.dumps(list(recipients))),
        )
    }
    unknown = [recipient for recipient in recipients if recipient not in known]
    if unknown or not recipients:
        said = [f"{recipient} has not taken part in your studies." for recipient in unknown[:20]]
        raise invalid({"recipient_id": said or ["Name somebody."]})
    _keep(call.db, call.user_id, recipients, text, study["id"], call.now)


def _read(call: Call) -> Answer:
    other, after = call.query.get("user_id"), call.query.get("created_after")
    if other is None and after is None:
        raise invalid("Either user_id or created_after must be provided.")
    since = call.now - _REACH_BACK_S if other is None else 0.0
    if after is not None:
        since = max(since, _moment(after) if other is not None else _recent(call, after))
    excluded = [name for name in call.query.get("excluded_sender_ids", "").split(",") if name]
    if len(excluded) > _MOST_EXCLUDED:
        raise invalid({"excluded_sender_ids": f"At most {_MOST_EXCLUDED} ids."})
    rows = call.db.execute(
        "SELECT * FROM (SELECT * FROM message WHERE sender_id = ?1 UNION SELECT * FROM message"
        " WHERE recipient_id = ?1) WHERE sent_at >= ?2"
        " AND (?3 IS NULL OR sender_id = ?3 OR recipient_id = ?3)"
        " AND sender_id NOT IN (SELECT value FROM json_each(?4)) ORDER BY seq",
        (call.user_id, since, other, json.dumps(excluded)),
    ).fetchall()
    return Answer({"results": [_told(call, row) for row in rows]})


def _moment(text: str) -> float:
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise invalid({"created_after": "Write the time in ISO 8601."}) from None


def _recent(call: Call, text: str) -> float:
    at = _moment(text)
    if at < call.now - _REACH_BACK_S - DAY:
        raise invalid({"created_after": "Messages of the last 30 days can be read."})
    return at


def _told(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    data = {"study_id": row["study_id"], "category": row["category"]}
    return {
        "id": row["id"],
        "sender_id": row["sender_id"],
        "recipient_id": row["recipient_id"],
        "body": row["body"],
        "sent_at": call.stamp(row["sent_at"]),
        "type": "message",
        "channel_id": "-".join(sorted((row["sender_id"], row["recipient_id"]))),
        "data": {name: value for name, value in data.items() if value is not None},
    }


def _unread(call: Call) -> Answer:
    """What was received: no route of the vendor's marks a message as read."""
    rows = call.db.execute(
        "SELECT * FROM message WHERE recipient_id = ? ORDER BY seq", (call.user_id,)
    ).fetchall()
    return Answer({"results": [_told(call, row) for row in rows]})
