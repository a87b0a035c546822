"""Studies: drafts, publishing, pausing, more places, costs, and how they end."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from aiohttp import web

from crowddesk.providers.prolific_sandbox import builder, study_fields
from crowddesk.providers.prolific_sandbox.accounts import first_project, own_project
from crowddesk.providers.prolific_sandbox.books import Books, new_id
from crowddesk.providers.prolific_sandbox.jobs import Doers, Job, later
from crowddesk.providers.prolific_sandbox.money import cost_of, fees_of, hold, spent_on
from crowddesk.providers.prolific_sandbox.wire import (
    BARE,
    WALLET_HOLD_S,
    Answer,
    Call,
    Refusal,
    api,
    invalid,
    is_whole,
    list_of,
    not_found,
    page_of,
)

_DRAFT: Final = "UNPUBLISHED"
#: The action's name, and what it makes of which status.
_TRANSITIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "PUBLISH": {_DRAFT: "PUBLISHING"},
    "SCHEDULE_PUBLISH": {_DRAFT: "SCHEDULED"},
    "CANCEL_PUBLISH": {"SCHEDULED": _DRAFT},
    "PAUSE": {"ACTIVE": "PAUSED"},
    "START": {"PAUSED": "ACTIVE"},
    "STOP": {"ACTIVE": "COMPLETED", "PAUSED": "COMPLETED"},
}
_STATUSES: Final = frozenset(
    {_DRAFT, "SCHEDULED", "PUBLISHING", "ACTIVE", "AWAITING REVIEW", "PAUSED", "COMPLETED"}
)
#: Statuses of a study that still owes each of its places.
_LIVE: Final = frozenset({"PUBLISHING", "ACTIVE", "PAUSED", "AWAITING REVIEW"})
#: Submissions that take no place, that have been judged, and that are still under way.
FREES_PLACE: Final = ("RETURNED", "TIMED-OUT", "SCREENED OUT")
_JUDGED: Final = ("APPROVED", "REJECTED", "PARTIALLY APPROVED")
_UNDER_WAY: Final = ("RESERVED", "ACTIVE")


def routes(books: Books) -> list[web.RouteDef]:
    """Studies, their listings and their costs."""
    return [
        api(books, "GET", "/studies/", _studies, errors=BARE),
        api(books, "POST", "/studies/", _create, errors=BARE),
        api(books, "GET", "/projects/{project_id}/studies/", _of_project, errors=BARE),
        api(books, "DELETE", "/projects/{project_id}/studies/{id}/", _delete_from_project, errors=BARE),
        api(books, "GET", "/studies/{id}/", _show),
        api(books, "PATCH", "/studies/{id}/", _change, purse=_purse_of_change),
        api(books, "DELETE", "/studies/{id}/", _delete),
        api(books, "POST", "/studies/{id}/transition/", _move, purse=_purse_of_move),
        api(books, "GET", "/studies/{id}/cost/", _cost, errors=BARE),
    ]


def own_study(call: Call, study_id: str) -> sqlite3.Row:
    """A study of the caller's; Refusal 404 for anybody else's."""
    row: sqlite3.Row | None = call.db.execute(
        "SELECT s.* FROM study AS s JOIN workspace AS w ON w.id = s.workspace_id"
        " WHERE s.id = ? AND w.user_id = ?",
        (study_id, call.user_id),
    ).fetchone()
    if row is None:
        raise not_found("Study")
    return row


def study_of(db: sqlite3.Connection, study_id: str) -> sqlite3.Row:
    """A study that must be there."""
    row: sqlite3.Row = db.execute("SELECT * FROM study WHERE id = ?", (study_id,)).fetchone()
    return row


# ------------------------------------------------------------------------------------- what follows a change


def counts_of(db: sqlite3.Connection, study_id: str) -> dict[str, int]:
    """How many submissions of a study have which status."""
    return dict(
        db.execute(
            "SELECT status, count(*) FROM submission WHERE study_id = ? GROUP BY status", (study_id,)
        ).fetchall()
    )


def taken_of(counts: Mapping[str, int]) -> int:
    """How many places are taken."""
    return sum(number for status, number in counts.items() if status not in FREES_PLACE)


def settle(books: Books, db: sqlite3.Connection, study_id: str) -> None:
    """Draws the consequences of changed submissions: the study's status, and what the wallet holds for it.

    Refusal when more would have to be held than is there; the caller's transaction ends with it.
    """
    study = study_of(db, study_id)
    counts = counts_of(db, study_id)
    status, places, taken = study["status"], study["places"], taken_of(counts)
    under_way = sum(counts.get(name, 0) for name in _UNDER_WAY)
    waiting = counts.get("AWAITING REVIEW", 0)
    if status == "ACTIVE" and taken >= places and not under_way:
        status = "AWAITING REVIEW" if waiting else "COMPLETED"
    elif status == "AWAITING REVIEW":
        if taken < places:
            status = "ACTIVE"
        elif not waiting and not under_way:
            status = "COMPLETED"
    if status in _LIVE:
        owed = max(places, taken) - sum(counts.get(name, 0) for name in _JUDGED)
    else:
        owed = under_way + waiting
    needed = owed * cost_of(books.terms, study["reward"])
    if needed != study["reserved"]:
        hold(db, study["workspace_id"], needed - study["reserved"])
    if needed != study["reserved"] or status != study["status"]:
        db.execute("UPDATE study SET status = ?, reserved = ? WHERE id = ?", (status, needed, study_id))


# ------------------------------------------------------------------------------------------------ listings


def _studies(call: Call) -> Answer:
    wanted = call.query.get("state", "").strip("()").upper().replace("_", " ")
    states = [name for name in wanted.split("|") if name]
    unknown = [name for name in states if name not in _STATUSES and name != "UNKNOWN"]
    if unknown:
        raise invalid({"state": f"{unknown[0]!r} is not a valid choice."})
    marks = ",".join("?" * len(states))
    rows = call.db.execute(
        "SELECT s.* FROM study AS s JOIN workspace AS w ON w.id = s.workspace_id WHERE w.user_id = ?"
        + (f" AND s.status IN ({marks})" if states else "")
        + " ORDER BY s.seq DESC",
        (call.user_id, *states),
    ).fetchall()
    return Answer(list_of(call, _lines(call, rows)))


def _of_project(call: Call) -> Answer:
    project = own_project(call, call.path["project_id"])
    ordering = call.query.get("ordering", "-date_created")
    if ordering.lstrip("-") != "date_created":
        raise invalid({"ordering": f"{ordering!r} is not a valid choice."})
    down = "DESC" if ordering.startswith("-") else "ASC"

    def count() -> int:
        found = call.db.execute(
            "SELECT count(*) FROM study WHERE project_id = ?", (project["id"],)
        ).fetchone()
        return int(found[0])

    def rows(limit: int, offset: int) -> Sequence[Any]:
        found = call.db.execute(
            f"SELECT * FROM study WHERE project_id = ? ORDER BY seq {down} LIMIT ? OFFSET ?",
            (project["id"], limit, offset),
        ).fetchall()
        return _lines(call, found)

    return Answer(page_of(call, count, rows))


def _lines(call: Call, rows: Sequence[sqlite3.Row]) -> list[dict[str, Any]]:
    """Studies as a listing shows them."""
    marks = ",".join("?" * len(rows))
    counts: dict[str, dict[str, int]] = {}
    for study_id, status, number in call.db.execute(
        f"SELECT study_id, status, count(*) FROM submission WHERE study_id IN ({marks})"
        " GROUP BY study_id, status",
        [row["id"] for row in rows],
    ):
        counts.setdefault(study_id, {})[status] = number
    return [_line(call, row, counts.get(row["id"], {})) for row in rows]


def _line(call: Call, row: sqlite3.Row, counts: Mapping[str, int]) -> dict[str, Any]:
    fields = json.loads(row["fields"])
    return {
        "id": row["id"],
        "name": fields["name"],
        "internal_name": fields.get("internal_name"),
        "status": row["status"],
        "study_type": "SINGLE",
        "estimated_completion_time": fields["estimated_completion_time"],
        "total_available_places": row["places"],
        "places_taken": taken_of(counts),
        "number_of_submissions": sum(counts.values()),
        "reward": row["reward"],
        "total_cost": row["places"] * cost_of(call.books.terms, row["reward"]),
        "published_at": call.stamp(row["published_at"]),
        "publish_at": call.stamp(row["publish_at"]),
        "date_created": call.stamp(row["created_at"]),
        "credential_pool_id": None,
        "is_ready_to_publish": True,
    }


def _whole_story(call: Call, study_id: str) -> dict[str, Any]:
    """A study as a call about it alone shows it."""
    row = study_of(call.db, study_id)
    fields = json.loads(row["fields"])
    workspace = call.db.execute(
        "SELECT currency FROM workspace WHERE id = ?", (row["workspace_id"],)
    ).fetchone()
    fees, vat = call.books.terms.fee_percent, call.books.terms.vat_percent
    return {
        "external_study_url": "",
        "internal_name": None,
        "device_compatibility": [],
        "peripheral_requirements": [],
        "metadata": "",
        "naivety_distribution_rate": None,
        "data_collection_method": None,
        "data_collection_id": None,
        "data_collection_metadata": None,
        "study_labels": [],
        "content_warnings": [],
        "filter_set_id": None,
        "filter_set_version": None,
        **fields,
        **_line(call, row, counts_of(call.db, study_id)),
        "maximum_allowed_time": minutes_of(fields),
        "submissions_config": {
            "max_submissions_per_participant": 1,
            "max_concurrent_submissions": -1,
            **(fields.get("submissions_config") or {}),
        },
        "project": row["project_id"],
        "researcher": {"id": call.user_id},
        "presentment_currency_code": workspace["currency"],
        "fees_percentage": float(fees),
        "vat_percentage": float(vat),
    }


def minutes_of(fields: Mapping[str, Any]) -> int:
    """How long a participant may take, in minutes."""
    named = fields.get("maximum_allowed_time")
    return int(named or study_fields.least_minutes(fields["estimated_completion_time"]))


# ------------------------------------------------------------------------------------------------- changes


def _create(call: Call) -> Answer:
    body = call.body
    project_id = body.get("project")
    if project_id is not None and not isinstance(project_id, str):
        raise invalid({"project": "Not a valid string."})
    project = own_project(call, project_id or first_project(call))
    fields = study_fields.read_draft(call.db, project["workspace_id"], body)
    study_id = new_id()
    call.db.execute(
        "INSERT INTO study (id, workspace_id, project_id, status, fields, reward, places, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            study_id, project["workspace_id"], project["id"], _DRAFT, json.dumps(fields),
            int(fields["reward"]), _places(call, fields), call.now,
        ),
    )  # fmt: skip
    return Answer(_whole_story(call, study_id), 201)


def _places(call: Call, fields: Mapping[str, Any]) -> int:
    """As many as were named; a batch that the vendor hosts has as many as its tasks need."""
    if fields.get("data_collection_method") != "AI_TASK_BUILDER_BATCH":
        return int(fields["total_available_places"])
    annotators = (fields.get("data_collection_metadata") or {}).get("annotators_per_task", 1)
    if not is_whole(annotators, 1):
        raise invalid({"data_collection_metadata": "annotators_per_task is a whole number from 1."})
    places = builder.places_of(call.db, fields["data_collection_id"], int(annotators), call.now)
    if not places:
        raise invalid({"data_collection_id": "There is no such batch, or it is not ready."})
    return places


def _show(call: Call) -> Answer:
    return Answer(_whole_story(call, own_study(call, call.path["id"])["id"]))


def _purse_of_change(call: Call) -> tuple[str, float] | None:
    """More places of a published study move the wallet."""
    study = own_study(call, call.path["id"])
    if study["status"] == _DRAFT or not call.body.keys() & {
        "total_available_places",
        "data_collection_metadata",
    }:
        return None
    return study["workspace_id"], WALLET_HOLD_S


def _purse_of_move(call: Call) -> tuple[str, float] | None:
    """Publishing and stopping move the wallet."""
    study = own_study(call, call.path["id"])
    return (study["workspace_id"], WALLET_HOLD_S) if call.body.get("action") in ("PUBLISH", "STOP") else None


def _change(call: Call) -> Answer:
    study = own_study(call, call.path["id"])
    body = call.body
    if study["status"] == _DRAFT:
        project_id = body.get("project", study["project_id"])
        project = own_project(call, project_id if isinstance(project_id, str) else "")
        merged = {**json.loads(study["fields"]), **body}
        fields = study_fields.read_draft(call.db, project["workspace_id"], merged)
        call.db.execute(
            "UPDATE study SET fields = ?, reward = ?, places = ?, project_id = ?, workspace_id = ?"
            " WHERE id = ?",
            (
                json.dumps(fields), int(fields["reward"]), _places(call, fields), project["id"],
                project["workspace_id"], study["id"],
            ),
        )  # fmt: skip
    else:
        _change_published(call, study, body)
    return Answer(_whole_story(call, study["id"]))


def _change_published(call: Call, study: sqlite3.Row, body: Mapping[str, Any]) -> None:
    allowed = {"internal_name", "total_available_places", "submissions_config", "data_collection_metadata"}
    frozen = dict.fromkeys(body.keys() - allowed, "This field cannot be changed once the study is published.")
    if frozen:
        raise invalid(frozen)
    fields = json.loads(study["fields"])
    places = study["places"]
    if "internal_name" in body:
        if not isinstance(body["internal_name"], str | None):
            raise invalid({"internal_name": "Not a valid string."})
        fields["internal_name"] = body["internal_name"]
    if "submissions_config" in body:
        if said := study_fields.check_config(body["submissions_config"]):
            raise invalid({"submissions_config": said})
        fields["submissions_config"] = {
            **(fields.get("submissions_config") or {}),
            **(body["submissions_config"] or {}),
        }
    if "data_collection_metadata" in body:
        fields["data_collection_metadata"] = body["data_collection_metadata"]
        if not isinstance(body["data_collection_metadata"], dict):
            raise invalid({"data_collection_metadata": "This must be an object."})
        places = _places(call, fields)
        if places < study["places"]:
            raise invalid({"data_collection_metadata": "annotators_per_task can only be increased."})
    if "total_available_places" in body:
        wanted = body["total_available_places"]
        if not is_whole(wanted, 1) or wanted < places:
            raise invalid({"total_available_places": f"Places can only be increased; there are {places}."})
        if wanted > 1_000_000:
            raise invalid({"total_available_places": "There are at most 1000000 places."})
        places = int(wanted)
        fields["total_available_places"] = places
    status = study["status"]
    if places > study["places"] and status in ("COMPLETED", "AWAITING REVIEW"):
        status = "ACTIVE"
    call.db.execute(
        "UPDATE study SET fields = ?, places = ?, status = ? WHERE id = ?",
        (json.dumps(fields), places, status, study["id"]),
    )
    if status != "SCHEDULED":
        settle(call.books, call.db, study["id"])


def _delete(call: Call) -> Answer:
    study = own_study(call, call.path["id"])
    if study["status"] != _DRAFT:
        raise Refusal(400, "Bad request", "A published study cannot be deleted.")
    call.db.execute("DELETE FROM study WHERE id = ?", (study["id"],))
    return Answer({})


def _delete_from_project(call: Call) -> Answer:
    project = own_project(call, call.path["project_id"])
    if own_study(call, call.path["id"])["project_id"] != project["id"]:
        raise not_found("Study")
    _delete(call)
    return Answer(status=204)


def _move(call: Call) -> Answer:
    study = own_study(call, call.path["id"])
    body = call.body
    action = body.get("action")
    table = _TRANSITIONS.get(action) if isinstance(action, str) else None
    if table is None:
        raise invalid({"action": f"{action!r} is not a valid choice."})
    after = table.get(study["status"])
    if after is None:
        raise Refusal(400, "Bad request", f"{action} is not possible: the study is {study['status']}.")
    publish_at = (
        _moment(body.get("publish_at"), call) if action == "SCHEDULE_PUBLISH" else study["publish_at"]
    )
    published_at = call.now if action == "PUBLISH" else study["published_at"]
    call.db.execute(
        "UPDATE study SET status = ?, publish_at = ?, published_at = ? WHERE id = ?",
        (after, publish_at if after != _DRAFT else None, published_at, study["id"]),
    )
    if action == "PUBLISH":
        later(call.db, "publish", call.now + call.books.terms.lag, {"study_id": study["id"]})
    if action == "SCHEDULE_PUBLISH":
        about = {"study_id": study["id"], "publish_at": publish_at}
        later(call.db, "publish_scheduled", publish_at, about)
    if after not in (_DRAFT, "SCHEDULED"):
        settle(call.books, call.db, study["id"])
    # The vendor's table names ACTIVE as what PUBLISH leads to; a look right after may still see PUBLISHING.
    told = {"status": "ACTIVE"} if after == "PUBLISHING" else {}
    return Answer({**_whole_story(call, study["id"]), **told})


def _moment(value: Any, call: Call) -> float:
    try:
        at = datetime.fromisoformat(value).timestamp() if isinstance(value, str) else math.nan
    except (ValueError, OverflowError):
        at = math.nan
    if not at > call.now:
        raise invalid({"publish_at": "A time in the future is required, in ISO 8601."})
    return at


def _cost(call: Call) -> Answer:
    study = own_study(call, call.path["id"])
    currency = call.db.execute(
        "SELECT currency FROM workspace WHERE id = ?", (study["workspace_id"],)
    ).fetchone()[0]

    def told(amounts: tuple[int, int, int]) -> dict[str, Any]:
        parts = zip(("rewards", "fees", "tax"), amounts, strict=True)
        return {name: {"amount": amount, "currency": currency} for name, amount in parts}

    rewards = spent_on(call.db, study["id"], ("reward", "screen_out"))
    if call.query.get("is_projected", "").lower() in ("true", "1"):
        each = (study["reward"], *fees_of(call.books.terms, study["reward"]))
        rewards = (each[0] * study["places"], each[1] * study["places"], each[2] * study["places"])
    return Answer(
        {
            "rewards": told(rewards),
            "bonuses": told(spent_on(call.db, study["id"], ("bonus",))),
            "_links": {"self": {"href": call.url, "title": "Self"}},
        }
    )


# ------------------------------------------------------------------------------------------ what comes later


def _publish(job: Job) -> None:
    job.db.execute(
        "UPDATE study SET status = 'ACTIVE' WHERE id = ? AND status = 'PUBLISHING'", (job.about["study_id"],)
    )


def _publish_scheduled(job: Job) -> None:
    """Publishes a study at its time; without the money for it, it is a draft again."""
    study = study_of(job.db, job.about["study_id"])
    if study["status"] != "SCHEDULED" or study["publish_at"] != job.about["publish_at"]:
        return
    job.db.execute(
        "UPDATE study SET status = 'ACTIVE', published_at = ? WHERE id = ?", (job.due, study["id"])
    )
    try:
        settle(job.books, job.db, study["id"])
    except Refusal:
        job.db.execute(
            "UPDATE study SET status = ?, published_at = NULL, publish_at = NULL WHERE id = ?",
            (_DRAFT, study["id"]),
        )


DOERS: Final[Doers] = {"publish": _publish, "publish_scheduled": _publish_scheduled}
