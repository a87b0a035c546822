"""Submissions: listings, their state machine, approval alone and in bulk, and what time does to them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from aiohttp import web

from crowddesk.providers.prolific_sandbox import studies
from crowddesk.providers.prolific_sandbox.books import Books
from crowddesk.providers.prolific_sandbox.clock import DAY
from crowddesk.providers.prolific_sandbox.jobs import Doers, Job, later
from crowddesk.providers.prolific_sandbox.money import bonuses_of, pay
from crowddesk.providers.prolific_sandbox.wire import (
    BARE,
    WALLET_HOLD_S,
    Answer,
    Call,
    Refusal,
    api,
    invalid,
    list_of,
    not_found,
    page_of,
    text_of,
    texts_of,
)

APPROVES_AFTER_S: Final = 21 * DAY
LEAST_REASON: Final = 100
CATEGORIES: Final = frozenset(
    {
        "TOO_QUICKLY", "TOO_SLOWLY", "FAILED_INSTRUCTIONS", "INCOMP_LONGITUDINAL", "FAILED_CHECK",
        "LOW_EFFORT", "MALINGERING", "NO_CODE", "BAD_CODE", "NO_DATA", "UNSUPP_DEVICE", "OTHER",
    }
)  # fmt: skip
STATUSES: Final = (
    "RESERVED", "ACTIVE", "AWAITING REVIEW", "APPROVED", "PARTIALLY APPROVED", "REJECTED", "RETURNED",
    "TIMED-OUT", "SCREENED OUT",
)  # fmt: skip
#: The action's name: which statuses it starts from, and what it makes of them. Twice is like once.
_TRANSITIONS: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "APPROVE": (frozenset({"AWAITING REVIEW"}), "APPROVED"),
    "REJECT": (frozenset({"AWAITING REVIEW"}), "REJECTED"),
    "UNREJECT": (frozenset({"REJECTED"}), "AWAITING REVIEW"),
    "RETURN": (frozenset({"RESERVED", "ACTIVE", "AWAITING REVIEW"}), "RETURNED"),
    "UNRETURN": (frozenset({"RETURNED"}), "AWAITING REVIEW"),
    "START": (frozenset({"RESERVED"}), "ACTIVE"),
    "COMPLETE": (frozenset({"ACTIVE"}), "AWAITING REVIEW"),
    "SCREEN_OUT": (frozenset({"ACTIVE", "AWAITING REVIEW"}), "SCREENED OUT"),
}
#: One approval is quick; what concerns many holds the wallet longer.
_SINGLE_HOLD_S: Final = 0.005
_MOST_AT_ONCE: Final = 1000
_YES: Final = frozenset({"1", "true", "yes", "t"})
_NO: Final = frozenset({"0", "false", "no", "f"})
_ORDERINGS: Final[Mapping[str, str]] = {
    "started_at": "started_at", "submission_reward": "seq", "study_name": "seq",
    "completed_at": "completed_at", "status": "status", "ip": "seq",
    "time_taken": "completed_at - started_at",
}  # fmt: skip
_FLAGS: Final[Mapping[str, tuple[str, ...]]] = {
    "completed": ("AWAITING REVIEW", "APPROVED", "PARTIALLY APPROVED", "REJECTED"),
    "returned": ("RETURNED",),
    "awaiting_review": ("AWAITING REVIEW",),
    "approved": ("APPROVED",),
    "active": ("ACTIVE",),
    "timeout": ("TIMED-OUT",),
    "rejected": ("REJECTED",),
    "screened_out": ("SCREENED OUT",),
    "completeoractive": ("ACTIVE", "AWAITING REVIEW", "APPROVED", "PARTIALLY APPROVED", "REJECTED"),
}


def routes(books: Books) -> list[web.RouteDef]:
    """Listings of submissions and decisions on them."""
    return [
        api(books, "GET", "/submissions/", _submissions, errors=BARE),
        api(books, "GET", "/studies/{id}/submissions/", _of_study, errors=BARE),
        api(books, "GET", "/studies/{id}/submissions/counts/", _counts, errors=BARE),
        api(books, "POST", "/submissions/bulk-approve/", _approve_many, errors=BARE, purse=_purse_of_many),
        api(books, "GET", "/submissions/{id}/", _show),
        api(books, "POST", "/submissions/{id}/transition/", _move, purse=_purse_of_move),
        api(books, "POST", "/submissions/{id}/request-return/", _request_return),
    ]


def own_submission(call: Call, submission_id: str) -> sqlite3.Row:
    """A submission to one of the caller's studies; Refusal 404 for any other."""
    row: sqlite3.Row | None = call.db.execute(
        "SELECT u.*, s.workspace_id FROM submission AS u JOIN study AS s ON s.id = u.study_id"
        " JOIN workspace AS w ON w.id = s.workspace_id WHERE u.id = ? AND w.user_id = ?",
        (submission_id, call.user_id),
    ).fetchone()
    if row is None:
        raise not_found("Submission")
    return row


# ------------------------------------------------------------------------------------------------ listings


def _submissions(call: Call) -> Answer:
    study = studies.own_study(call, _study_asked(call))
    where, values = ["study_id = ?"], [study["id"]]
    if statuses := _statuses_asked(call):
        where.append(f"status IN ({','.join('?' * len(statuses))})")
        values += statuses
    for name, sign in (("submitted_from", ">="), ("submitted_before", "<")):
        if name in call.query:
            where.append(f"completed_at {sign} ?")
            values.append(_day(call, name))
    condition = " AND ".join(where)
    order = _order(call)

    def count() -> int:
        found = call.db.execute(f"SELECT count(*) FROM submission WHERE {condition}", values).fetchone()
        return int(found[0])

    def rows(limit: int, offset: int) -> Sequence[Any]:
        query = f"SELECT * FROM submission WHERE {condition} ORDER BY {order} LIMIT ? OFFSET ?"
        return [_line(call, row) for row in call.db.execute(query, (*values, limit, offset))]

    return Answer(page_of(call, count, rows))


def _study_asked(call: Call) -> str:
    if "study" not in call.query:
        raise invalid({"study": "This field is required."})
    return call.query["study"]


def _statuses_asked(call: Call) -> list[str]:
    """The statuses that every given filter lets through; an empty list is all of them."""
    allowed = set(STATUSES)
    if "status" in call.query:
        wanted = call.query["status"].upper().replace("_", " ")
        if wanted not in (*STATUSES, "UNKNOWN"):
            raise invalid({"status": f"{call.query['status']!r} is not a valid choice."})
        allowed &= {wanted}
    for name, statuses in _FLAGS.items():
        if name not in call.query:
            continue
        said = call.query[name].lower()
        if said not in _YES | _NO:
            raise invalid({name: "Give true or false."})
        allowed = allowed & set(statuses) if said in _YES else allowed - set(statuses)
    return [] if len(allowed) == len(STATUSES) else sorted(allowed) or ["UNKNOWN"]


def _day(call: Call, name: str) -> float:
    try:
        return datetime.strptime(call.query[name], "%d/%m/%Y").replace(tzinfo=UTC).timestamp()
    except ValueError:
        raise invalid({name: "Write the date as DD/MM/YYYY."}) from None


def _order(call: Call) -> str:
    asked = call.query.get("ordering", "")
    if not asked:
        return "seq"
    name = asked.removeprefix("-")
    if name not in _ORDERINGS:
        raise invalid({"ordering": f"{asked!r} is not a valid choice."})
    down = "DESC" if asked.startswith("-") else "ASC"
    return f"{_ORDERINGS[name]} {down}, seq {down}"


def _of_study(call: Call) -> Answer:
    study = studies.own_study(call, call.path["id"])
    rows = call.db.execute(
        f"SELECT * FROM submission WHERE study_id = ? ORDER BY {_order(call)}", (study["id"],)
    )
    return Answer(list_of(call, [_line(call, row) for row in rows]))


def _line(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    """A submission as a listing shows it."""
    return {
        "id": row["id"],
        "participant_id": row["participant_id"],
        "status": row["status"],
        "started_at": call.stamp(row["started_at"]),
        "completed_at": call.stamp(row["completed_at"]),
        "has_siblings": bool(row["sibling"]),
        "study_code": row["study_code"],
        "return_requested": call.stamp(row["return_requested"]),
    }


def _counts(call: Call) -> Answer:
    counts = studies.counts_of(call.db, studies.own_study(call, call.path["id"])["id"])
    told = {status: counts.get(status, 0) for status in STATUSES}
    return Answer({**told, "TOTAL": sum(told.values())})


def _show(call: Call) -> Answer:
    return Answer(_told(call, own_submission(call, call.path["id"])["id"]))


def _told(call: Call, submission_id: str) -> dict[str, Any]:
    """A submission as a call about it alone shows it."""
    row = call.db.execute("SELECT * FROM submission WHERE id = ?", (submission_id,)).fetchone()
    return {
        "id": row["id"],
        "completed_at": call.stamp(row["completed_at"]),
        "entered_code": row["study_code"],
        "participant": row["participant_id"],
        "started_at": call.stamp(row["started_at"]),
        "status": row["status"],
        "study_id": row["study_id"],
        "parent_study_id": None,
        "bonus_payments": bonuses_of(call.db, row["id"]),
        "return_requested": call.stamp(row["return_requested"]),
    }


# ----------------------------------------------------------------------------------------------- decisions


def _purse_of_move(call: Call) -> tuple[str, float] | None:
    if call.body.get("action") != "APPROVE":
        return None
    return own_submission(call, call.path["id"])["workspace_id"], _SINGLE_HOLD_S


def _move(call: Call) -> Answer:
    row = own_submission(call, call.path["id"])
    body = call.body
    action = body.get("action")
    if not isinstance(action, str) or action not in _TRANSITIONS:
        raise invalid({"action": f"{action!r} is not a valid choice."})
    if action == "REJECT":
        _check_rejection(body)
    code = _researchers_code(call, row, body) if action == "COMPLETE" else None
    before, after = _TRANSITIONS[action]
    if row["status"] == after:
        return Answer(_told(call, row["id"]))
    if row["status"] not in before:
        raise Refusal(400, "Bad request", f"{action} is not possible: the submission is {row['status']}.")
    if code is not None:
        complete(call.books, call.db, row["id"], code, call.now)
        return Answer(_told(call, row["id"]))
    if action == "APPROVE":
        _approve(call.books, call.db, row, call.now, "approve")
    elif action == "SCREEN_OUT":
        _screen_out(call, row)
    else:
        if action == "UNRETURN" and row["completed_at"] is None:
            after = "ACTIVE"
        _set_status(call.db, row["id"], after)
    if action == "REJECT":
        call.db.execute(
            "UPDATE submission SET message = ?, category = ? WHERE id = ?",
            (body["message"], body["rejection_category"], row["id"]),
        )
    if after == "AWAITING REVIEW":
        later(call.db, "approve_late", call.now + APPROVES_AFTER_S, {"submission_id": row["id"]})
    studies.settle(call.books, call.db, row["study_id"])
    return Answer(_told(call, row["id"]))


def _check_rejection(body: Mapping[str, Any]) -> None:
    faults = {}
    message, category = body.get("message"), body.get("rejection_category")
    if not isinstance(message, str) or len(message.strip()) < LEAST_REASON:
        faults["message"] = f"The message must be at least {LEAST_REASON} characters long."
    if not isinstance(category, str) or category not in CATEGORIES:
        faults["rejection_category"] = f"{category!r} is not a valid choice."
    if faults:
        raise invalid(faults)


def _researchers_code(call: Call, row: sqlite3.Row, body: Mapping[str, Any]) -> str:
    code = text_of(body, "completion_code")
    for item in _codes_of(call.db, row["study_id"]):
        if item["code"] == code and item.get("actor") == "researcher":
            return code
    raise invalid({"completion_code": "This is no code of the study with the actor researcher."})


def _set_status(db: sqlite3.Connection, submission_id: str, status: str) -> None:
    db.execute("UPDATE submission SET status = ? WHERE id = ?", (status, submission_id))


def _approve(books: Books, db: sqlite3.Connection, row: sqlite3.Row, at: float, by: str) -> None:
    """Approves and pays, once: what was paid before is not paid again. The study is to be settled after."""
    _set_status(db, row["id"], "APPROVED")
    if not row["paid"]:
        reward = studies.study_of(db, row["study_id"])["reward"]
        pay(db, books.terms, "reward", at, row, reward, by)
        db.execute("UPDATE submission SET paid = 1 WHERE id = ?", (row["id"],))


def _screen_out(call: Call, row: sqlite3.Row) -> None:
    for item in _codes_of(call.db, row["study_id"]):
        for action in item["actions"]:
            if action["action"] == "FIXED_SCREEN_OUT_PAYMENT":
                _set_status(call.db, row["id"], "SCREENED OUT")
                reward = int(action["fixed_screen_out_reward"])
                pay(call.db, call.books.terms, "screen_out", call.now, row, reward, "screen_out")
                return
    raise Refusal(400, "Bad request", "The study has no completion code with FIXED_SCREEN_OUT_PAYMENT.")


def _codes_of(db: sqlite3.Connection, study_id: str) -> list[dict[str, Any]]:
    codes: list[dict[str, Any]] = json.loads(studies.study_of(db, study_id)["fields"])["completion_codes"]
    return codes


def _request_return(call: Call) -> Answer:
    row = own_submission(call, call.path["id"])
    reasons = texts_of(call.body, "request_return_reasons", most=100)
    if not any(reason.strip() for reason in reasons):
        raise invalid({"request_return_reasons": "Give at least one reason."})
    if row["status"] not in ("RESERVED", "ACTIVE", "AWAITING REVIEW"):
        raise Refusal(400, "Bad request", f"The submission is {row['status']}: it cannot be returned.")
    if row["return_requested"] is None:
        call.db.execute("UPDATE submission SET return_requested = ? WHERE id = ?", (call.now, row["id"]))
    told = _told(call, row["id"])
    return Answer({name: told[name] for name in ("id", "status", "participant", "return_requested")})


def _asked_for(call: Call) -> list[sqlite3.Row]:
    """The submissions of a bulk approval, by their ids or by a study and its participants."""
    body = call.body
    if "submission_ids" in body:
        column, ids, scope = "u.id", texts_of(body, "submission_ids", most=_MOST_AT_ONCE), []
    else:
        study = studies.own_study(call, text_of(body, "study_id"))
        column, ids = "u.participant_id", texts_of(body, "participant_ids", most=_MOST_AT_ONCE)
        scope = [study["id"]]
    found = call.db.execute(
        f"SELECT u.id, {column} AS name, s.workspace_id FROM submission AS u"
        " JOIN study AS s ON s.id = u.study_id JOIN workspace AS w ON w.id = s.workspace_id"
        f" WHERE w.user_id = ? AND {column} IN (SELECT value FROM json_each(?))"
        + (" AND u.study_id = ?" if scope else ""),
        (call.user_id, json.dumps(ids), *scope),
    ).fetchall()
    known = {row["name"] for row in found}
    unknown = [name for name in ids if name not in known]
    if unknown or not ids:
        raise invalid(
            [f"There is no submission {name}." for name in unknown][:20] or ["Name some submissions."]
        )
    return found


def _purse_of_many(call: Call) -> tuple[str, float]:
    return _asked_for(call)[0]["workspace_id"], WALLET_HOLD_S


def _approve_many(call: Call) -> Answer:
    """Answers at once; the work is done later, and whoever is not awaiting review then is passed over."""
    ids = [row["id"] for row in _asked_for(call)]
    later(call.db, "approve_many", call.now + call.books.terms.lag, {"submission_ids": ids})
    return Answer("The request to bulk approve has been made successfully.")


# ------------------------------------------------------------------------------------------ what comes later


def complete(books: Books, db: sqlite3.Connection, submission_id: str, code: str | None, at: float) -> str:
    """A participant's submission is in, with this code, and the code's actions happen; the new status."""
    row = db.execute("SELECT * FROM submission WHERE id = ?", (submission_id,)).fetchone()
    db.execute(
        "UPDATE submission SET status = 'AWAITING REVIEW', completed_at = ?, study_code = ? WHERE id = ?",
        (at, code, submission_id),
    )
    status = "AWAITING REVIEW"
    for action in next(
        (item["actions"] for item in _codes_of(db, row["study_id"]) if item["code"] == code), ()
    ):
        name = action["action"]
        if name == "AUTOMATICALLY_APPROVE":
            _approve(books, db, row, at, "code")
            status = "APPROVED"
        elif name == "REQUEST_RETURN":
            db.execute("UPDATE submission SET return_requested = ? WHERE id = ?", (at, submission_id))
        elif name == "ADD_TO_PARTICIPANT_GROUP":
            db.execute(
                "INSERT OR IGNORE INTO member (group_id, participant_id, added_at) VALUES (?, ?, ?)",
                (action["participant_group"], row["participant_id"], at),
            )
        elif name == "REMOVE_FROM_PARTICIPANT_GROUP":
            db.execute(
                "DELETE FROM member WHERE group_id = ? AND participant_id = ?",
                (action["participant_group"], row["participant_id"]),
            )
    if status == "AWAITING REVIEW":
        later(db, "approve_late", at + APPROVES_AFTER_S, {"submission_id": submission_id})
    studies.settle(books, db, row["study_id"])
    return status


def _approve_all(job: Job, ids: Sequence[str], by: str) -> None:
    touched = set()
    for row in job.db.execute(
        "SELECT * FROM submission WHERE id IN (SELECT value FROM json_each(?)) AND status = 'AWAITING REVIEW'"
        " ORDER BY seq",
        (json.dumps(list(ids)),),
    ).fetchall():
        _approve(job.books, job.db, row, job.due, by)
        touched.add(row["study_id"])
    for study_id in touched:
        studies.settle(job.books, job.db, study_id)


def _do_approve_many(job: Job) -> None:
    _approve_all(job, job.about["submission_ids"], "bulk_approve")


def _do_approve_late(job: Job) -> None:
    _approve_all(job, [job.about["submission_id"]], "auto_approve")


def _do_time_out(job: Job) -> None:
    run_out(job.books, job.db, job.about["submission_id"])


def run_out(books: Books, db: sqlite3.Connection, submission_id: str) -> None:
    """The time of a submission is over: who is still under way has lost the place."""
    row = db.execute(
        "SELECT study_id FROM submission WHERE id = ? AND status IN ('RESERVED', 'ACTIVE')", (submission_id,)
    ).fetchone()
    if row is not None:
        _set_status(db, submission_id, "TIMED-OUT")
        studies.settle(books, db, row["study_id"])


DOERS: Final[Doers] = {
    "approve_many": _do_approve_many,
    "approve_late": _do_approve_late,
    "time_out": _do_time_out,
}
