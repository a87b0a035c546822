"""The participants' side: what a browser of theirs sees. A place is taken, completed, or given back."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from html import escape
from typing import Any, Final
from urllib.parse import quote

from aiohttp import web

from crowddesk.language import say
from crowddesk.providers.prolific_sandbox import builder, filters, studies, submissions
from crowddesk.providers.prolific_sandbox.books import Books, new_id
from crowddesk.providers.prolific_sandbox.jobs import later

COOKIE: Final = "participant"
_PLACEHOLDER: Final = re.compile(r"\{\{%(PROLIFIC_PID|STUDY_ID|SESSION_ID)%\}\}")
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")


class Turned(Exception):
    """A participant is not let in; the text is what they read."""


def routes(books: Books) -> list[web.RouteDef]:
    """Pages without a token: the cookie `participant` says who it is."""

    async def start(request: web.Request) -> web.StreamResponse:
        participant_id, study_id = request.match_info["pid"], request.match_info["study_id"]
        try:
            with books.write() as db:
                submission_id, address = take_place(books, db, participant_id, study_id)
        except Turned as turned:
            return _page(str(turned), 403)
        found = web.Response(status=302, headers={"Location": address, "X-Submission": submission_id})
        found.set_cookie(COOKIE, participant_id, path="/", httponly=True, samesite="Lax")
        return found

    async def complete(request: web.Request) -> web.StreamResponse:
        participant_id = request.cookies.get(COOKIE, "")
        code = request.query.get("cc")
        with books.write() as db:
            submission_id = _under_way(db, participant_id, code)
            if submission_id is None:
                return _page("You have no submission under way.", 404)
            submissions.complete(books, db, submission_id, code, books.clock.now())
        return _page("Thank you. Your submission was received.", 200)

    async def give_back(request: web.Request) -> web.StreamResponse:
        with books.write() as db:
            row = db.execute(
                "SELECT id, study_id, status FROM submission WHERE id = ? AND participant_id = ?",
                (request.match_info["submission_id"], request.match_info["pid"]),
            ).fetchone()
            if row is None:
                return _page("There is no such submission.", 404)
            if row["status"] not in ("RESERVED", "ACTIVE", "AWAITING REVIEW", "RETURNED"):
                return _page("This submission cannot be returned any more.", 409)
            db.execute("UPDATE submission SET status = 'RETURNED' WHERE id = ?", (row["id"],))
            studies.settle(books, db, row["study_id"])
        return _page("Your submission was returned.", 200)

    return [
        web.get("/participant/{pid}/start/{study_id}", start),
        web.post("/participant/{pid}/return/{submission_id}", give_back),
        web.get("/submissions/complete", complete),
    ]


def _page(text: str, status: int) -> web.Response:
    body = f"<!doctype html><html lang=en><title>Sandbox</title><p>{escape(text)}</p></html>"
    return web.Response(text=body, content_type="text/html", status=status)


def take_place(books: Books, db: sqlite3.Connection, participant_id: str, study_id: str) -> tuple[str, str]:
    """Lets a participant into a study: the submission, and where the browser goes. Turned says why not.

    Who has a place already comes back to it.
    """
    if not _ID.match(participant_id):
        raise Turned(say("This is no participant."))
    study = db.execute("SELECT * FROM study WHERE id = ?", (study_id,)).fetchone()
    if study is None or study["status"] in ("UNPUBLISHED", "SCHEDULED", "PUBLISHING"):
        raise Turned(say("There is no such study."))
    fields = json.loads(study["fields"])
    before = db.execute(
        "SELECT id, status FROM submission WHERE participant_id = ? AND study_id = ? ORDER BY seq",
        (participant_id, study_id),
    ).fetchall()
    for row in before:
        if row["status"] in ("RESERVED", "ACTIVE"):
            db.execute("UPDATE submission SET status = 'ACTIVE' WHERE id = ?", (row["id"],))
            return row["id"], _address(fields, participant_id, study_id, row["id"])
    _check_may_start(db, study, fields, participant_id, len(before))
    now = books.clock.now()
    submission_id = new_id()
    db.execute(
        "INSERT INTO submission (id, study_id, participant_id, status, started_at)"
        " VALUES (?, ?, ?, 'ACTIVE', ?)",
        (submission_id, study_id, participant_id, now),
    )
    if before:
        db.execute(
            "UPDATE submission SET sibling = 1 WHERE participant_id = ? AND study_id = ?",
            (participant_id, study_id),
        )
    later(db, "time_out", now + 60 * studies.minutes_of(fields), {"submission_id": submission_id})
    return submission_id, _address(fields, participant_id, study_id, submission_id)


def _check_may_start(
    db: sqlite3.Connection, study: sqlite3.Row, fields: Mapping[str, Any], participant_id: str, before: int
) -> None:
    config = fields.get("submissions_config") or {}
    if before >= (config.get("max_submissions_per_participant") or 1):
        raise Turned(say("You have taken part in this study already."))
    if study["status"] != "ACTIVE":
        raise Turned(say("This study takes nobody at the moment."))
    if not filters.fits(db, fields["filters"], participant_id):
        raise Turned(say("You are not eligible for this study."))
    counts = studies.counts_of(db, study["id"])
    at_once = config.get("max_concurrent_submissions") or -1
    under_way = counts.get("ACTIVE", 0) + counts.get("RESERVED", 0)
    if studies.taken_of(counts) >= study["places"] or 0 <= at_once <= under_way:
        raise Turned(say("All places of this study are taken."))


def _address(fields: Mapping[str, Any], participant_id: str, study_id: str, submission_id: str) -> str:
    if fields.get("data_collection_method"):
        return builder.hosted_path(participant_id, submission_id)
    known = {"PROLIFIC_PID": participant_id, "STUDY_ID": study_id, "SESSION_ID": submission_id}
    url: str = fields["external_study_url"]
    return _PLACEHOLDER.sub(lambda found: quote(known[found[1]], safe=""), url)


def _under_way(db: sqlite3.Connection, participant_id: str, code: str | None) -> str | None:
    """The submission that a code completes: one whose study knows the code before any other, newest first."""
    rows = db.execute(
        "SELECT u.id, s.fields FROM submission AS u JOIN study AS s ON s.id = u.study_id"
        " WHERE u.participant_id = ? AND u.status IN ('RESERVED', 'ACTIVE') ORDER BY u.seq DESC",
        (participant_id,),
    ).fetchall()
    for row in rows:
        if any(item["code"] == code for item in json.loads(row["fields"])["completion_codes"]):
            return str(row["id"])
    return str(rows[0]["id"]) if rows else None
