"""Participant groups: the vendor's stand-in for qualifications and for blocks."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web

from crowddesk.providers.prolific_sandbox.accounts import own_project, own_workspace
from crowddesk.providers.prolific_sandbox.books import Books, new_id
from crowddesk.providers.prolific_sandbox.wire import (
    Answer,
    Call,
    api,
    invalid,
    list_of,
    not_found,
    text_of,
    texts_of,
)


def routes(books: Books) -> list[web.RouteDef]:
    """Groups and who is in them."""
    group = "/participant-groups/{id}/"
    return [
        api(books, "GET", "/participant-groups/", _groups),
        api(books, "POST", "/participant-groups/", _create),
        api(books, "GET", group, _show),
        api(books, "PATCH", group, _change),
        api(books, "DELETE", group, _delete),
        api(books, "GET", f"{group}participants/", _members),
        api(books, "POST", f"{group}participants/", _add),
        api(books, "DELETE", f"{group}participants/", _remove),
    ]


def own_group(call: Call, group_id: str) -> sqlite3.Row:
    """A group of the caller's that was not deleted; Refusal 404 for any other."""
    row: sqlite3.Row | None = call.db.execute(
        "SELECT g.* FROM crowd_group AS g JOIN workspace AS w ON w.id = g.workspace_id"
        " WHERE g.id = ? AND w.user_id = ? AND NOT g.deleted",
        (group_id, call.user_id),
    ).fetchone()
    if row is None:
        raise not_found("Participant group")
    return row


def members_of(db: sqlite3.Connection, group_id: str) -> list[str]:
    """Who is in a group, in the order they came."""
    rows = db.execute(
        "SELECT participant_id FROM member WHERE group_id = ? ORDER BY added_at, participant_id", (group_id,)
    )
    return [row[0] for row in rows]


def _groups(call: Call) -> Answer:
    if "workspace_id" in call.query:
        column, value = "workspace_id", own_workspace(call, call.query["workspace_id"])["id"]
    elif "project_id" in call.query:
        column, value = "project_id", own_project(call, call.query["project_id"])["id"]
    else:
        raise invalid("Either workspace_id or project_id is required.")
    active = call.query.get("active", "").lower()
    if active not in ("", "true", "false"):
        raise invalid({"active": "Give true or false."})
    rows = call.db.execute(
        f"SELECT * FROM crowd_group WHERE {column} = ? AND (? = '' OR deleted = ?) ORDER BY seq",
        (value, active, int(active == "false")),
    ).fetchall()
    feeders = _feeders(call, {row["workspace_id"] for row in rows})
    return Answer(list_of(call, [_told(call, row, feeders) for row in rows]))


def _told(call: Call, row: sqlite3.Row, feeders: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    count = call.db.execute("SELECT count(*) FROM member WHERE group_id = ?", (row["id"],)).fetchone()[0]
    return {
        "id": row["id"],
        "name": row["name"],
        "project_id": row["project_id"],
        "workspace_id": row["workspace_id"],
        "organisation_id": None,
        "description": row["description"],
        "participant_count": count,
        "is_deleted": bool(row["deleted"]),
        "feeder_studies": feeders.get(row["id"], []),
    }


def _feeders(call: Call, workspace_ids: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """The studies whose completion codes put people into a group or take them out, by group."""
    found: dict[str, list[dict[str, Any]]] = {}
    for workspace_id in workspace_ids:
        for study in call.db.execute(
            "SELECT id, status, fields FROM study WHERE workspace_id = ?"
            " AND fields LIKE '%participant_group%'",
            (workspace_id,),
        ):
            fields = json.loads(study["fields"])
            codes: dict[str, list[dict[str, Any]]] = {}
            for code in fields["completion_codes"]:
                for action in code["actions"]:
                    if group_id := action.get("participant_group"):
                        told = {
                            "code": code["code"],
                            "code_type": code["code_type"],
                            "action": action["action"],
                        }
                        codes.setdefault(group_id, []).append(told)
            for group_id, several in codes.items():
                found.setdefault(group_id, []).append(
                    {
                        "id": study["id"],
                        "name": fields["name"],
                        "internal_name": fields.get("internal_name") or "",
                        "status": study["status"],
                        "feeder_completion_codes": several,
                    }
                )
    return found


def _show(call: Call) -> Answer:
    row = own_group(call, call.path["id"])
    return Answer(_told(call, row, _feeders(call, [row["workspace_id"]])))


def _create(call: Call) -> Answer:
    body = call.body
    name = text_of(body, "name", longest=500)
    if body.get("organisation_id"):
        raise invalid({"organisation_id": "The sandbox has no organisations; give a workspace_id."})
    if body.get("workspace_id") is None and isinstance(body.get("project_id"), str):
        project = own_project(call, body["project_id"])
        workspace_id, project_id = project["workspace_id"], project["id"]
    else:
        workspace_id, project_id = own_workspace(call, text_of(body, "workspace_id"))["id"], None
    description = body.get("description")
    if not isinstance(description, str | None):
        raise invalid({"description": "Not a valid string."})
    group_id = new_id()
    call.db.execute(
        "INSERT INTO crowd_group (id, workspace_id, project_id, name, description) VALUES (?, ?, ?, ?, ?)",
        (group_id, workspace_id, project_id, name, description),
    )
    _put(call, group_id, texts_of(body, "participant_ids") if body.get("participant_ids") is not None else [])
    return Answer(_told(call, own_group(call, group_id), {}), 201)


def _put(call: Call, group_id: str, participant_ids: Iterable[str]) -> None:
    """Adds people; who is a member already is ignored."""
    call.db.executemany(
        "INSERT OR IGNORE INTO member (group_id, participant_id, added_at) VALUES (?, ?, ?)",
        [(group_id, participant_id, call.now) for participant_id in participant_ids],
    )


def _change(call: Call) -> Answer:
    row = own_group(call, call.path["id"])
    body = call.body
    if "name" in body:
        name = text_of(body, "name", longest=500)
        call.db.execute("UPDATE crowd_group SET name = ? WHERE id = ?", (name, row["id"]))
    if "participant_ids" in body:
        ids = texts_of(body, "participant_ids")
        call.db.execute("DELETE FROM member WHERE group_id = ?", (row["id"],))
        _put(call, row["id"], ids)
    return _show(call)


def _delete(call: Call) -> Answer:
    row = own_group(call, call.path["id"])
    call.db.execute("UPDATE crowd_group SET deleted = 1 WHERE id = ?", (row["id"],))
    return Answer(status=204)


def _members(call: Call) -> Answer:
    row = own_group(call, call.path["id"])
    found = call.db.execute(
        "SELECT participant_id, added_at FROM member WHERE group_id = ? ORDER BY added_at, participant_id",
        (row["id"],),
    )
    told = [
        {"participant_id": r["participant_id"], "datetime_created": call.stamp(r["added_at"])} for r in found
    ]
    return Answer({"results": told})


def _add(call: Call) -> Answer:
    row = own_group(call, call.path["id"])
    _put(call, row["id"], texts_of(call.body, "participant_ids"))
    return _members(call)


def _remove(call: Call) -> Answer:
    row = own_group(call, call.path["id"])
    call.db.executemany(
        "DELETE FROM member WHERE group_id = ? AND participant_id = ?",
        [(row["id"], participant_id) for participant_id in texts_of(call.body, "participant_ids")],
    )
    return _members(call)
