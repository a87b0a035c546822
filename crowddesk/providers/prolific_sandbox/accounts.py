"""Accounts, workspaces and projects: who calls, where the studies lie, what is in the wallet."""

from __future__ import annotations

import sqlite3
from typing import Any

from aiohttp import web

from crowddesk.domain import BadInput
from crowddesk.providers.prolific_sandbox.books import Books, new_id
from crowddesk.providers.prolific_sandbox.wire import (
    Answer,
    Call,
    Refusal,
    api,
    hash_of,
    invalid,
    list_of,
    not_found,
    text_of,
)

CURRENCIES = ("GBP", "USD")


def open_account(books: Books, token: str, name: str, currency: str, balance: int) -> dict[str, str]:
    """The account of a token, made when there is none yet; its own workspace with `balance` minor units.

    Raises BadInput for an empty token, another currency than GBP and USD, or a negative balance.
    """
    if not token.strip():
        raise BadInput("An account of the sandbox needs a token.")
    if currency not in CURRENCIES:
        raise BadInput(f"The sandbox has {' and '.join(CURRENCIES)}, not {currency}.")
    if balance < 0:
        raise BadInput("A balance is not below nothing.")
    with books.write() as db:
        found = db.execute(
            "SELECT user_id, workspace_id, project_id FROM account WHERE token_hash = ?", (hash_of(token),)
        ).fetchone()
        if found is not None:
            return dict(found)
        user_id = new_id()
        workspace_id = _new_workspace(db, user_id, f"Workspace of {name}", currency, balance)
        project_id = _new_project(db, workspace_id, "Project")
        db.execute(
            "INSERT INTO account (user_id, token_hash, name, workspace_id, project_id)"
            " VALUES (?, ?, ?, ?, ?)",
            (user_id, hash_of(token), name, workspace_id, project_id),
        )
    return {"user_id": user_id, "workspace_id": workspace_id, "project_id": project_id}


def _new_workspace(db: sqlite3.Connection, user_id: str, title: str, currency: str, balance: int) -> str:
    workspace_id = new_id()
    db.execute(
        "INSERT INTO workspace (id, user_id, title, description, currency, total) VALUES (?, ?, ?, '', ?, ?)",
        (workspace_id, user_id, title, currency, balance),
    )
    return workspace_id


def _new_project(db: sqlite3.Connection, workspace_id: str, title: str, description: str = "") -> str:
    project_id = new_id()
    db.execute(
        "INSERT INTO project (id, workspace_id, title, description) VALUES (?, ?, ?, ?)",
        (project_id, workspace_id, title, description),
    )
    return project_id


def own_workspace(call: Call, workspace_id: str) -> sqlite3.Row:
    """A workspace of the caller's; Refusal 404 for anybody else's."""
    row: sqlite3.Row | None = call.db.execute(
        "SELECT * FROM workspace WHERE id = ? AND user_id = ?", (workspace_id, call.user_id)
    ).fetchone()
    if row is None:
        raise not_found("Workspace")
    return row


def own_project(call: Call, project_id: str) -> sqlite3.Row:
    """A project in a workspace of the caller's; Refusal 404 for anybody else's."""
    row: sqlite3.Row | None = call.db.execute(
        "SELECT p.* FROM project AS p JOIN workspace AS w ON w.id = p.workspace_id"
        " WHERE p.id = ? AND w.user_id = ?",
        (project_id, call.user_id),
    ).fetchone()
    if row is None:
        raise not_found("Project")
    return row


def first_project(call: Call) -> str:
    """Where a study goes that names no project."""
    row = call.db.execute("SELECT project_id FROM account WHERE user_id = ?", (call.user_id,)).fetchone()
    return str(row[0])


def routes(books: Books) -> list[web.RouteDef]:
    """Users, workspaces, projects."""
    return [
        api(books, "GET", "/users/me/", _me),
        api(books, "GET", "/workspaces/", _workspaces),
        api(books, "POST", "/workspaces/", _create_workspace),
        api(books, "GET", "/workspaces/{workspace_id}/", _workspace),
        api(books, "PATCH", "/workspaces/{workspace_id}/", _change_workspace),
        api(books, "GET", "/workspaces/{workspace_id}/balance/", _balance),
        api(books, "GET", "/workspaces/{workspace_id}/projects/", _projects),
        api(books, "POST", "/workspaces/{workspace_id}/projects/", _create_project),
        api(books, "GET", "/projects/{project_id}/", _project),
        api(books, "PATCH", "/projects/{project_id}/", _change_project),
    ]


def _user(call: Call) -> dict[str, Any]:
    row = call.db.execute("SELECT name FROM account WHERE user_id = ?", (call.user_id,)).fetchone()
    return {"id": call.user_id, "name": row["name"], "email": f"{call.user_id}@sandbox.invalid"}


def _me(call: Call) -> Answer:
    user = _user(call)
    return Answer(
        {
            **user,
            "username": user["name"],
            "first_name": user["name"],
            "last_name": "",
            "user_type": "researcher",
            "status": "OK",
            "currency_code": _currency(call),
        }
    )


def _currency(call: Call) -> str:
    row = call.db.execute(
        "SELECT w.currency FROM account AS a JOIN workspace AS w ON w.id = a.workspace_id"
        " WHERE a.user_id = ?",
        (call.user_id,),
    ).fetchone()
    return str(row[0])


def _told(call: Call, row: sqlite3.Row, *, with_projects: bool = True) -> dict[str, Any]:
    user = {**_user(call), "roles": ["WORKSPACE_ADMIN"]}
    told: dict[str, Any] = {
        "id": row["id"],
        "title": row["title"],
        "description": row["description"],
        "owner": row["user_id"],
        "users": [user],
        "naivety_distribution_rate": None,
    }
    if with_projects:
        found = call.db.execute(
            "SELECT * FROM project WHERE workspace_id = ? ORDER BY seq", (row["id"],)
        ).fetchall()
        told["projects"] = [_project_told(call, project) for project in found]
        told["wallet"] = row["id"]
    return told


def _project_told(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "title": row["title"],
        "description": row["description"],
        "owner": call.user_id,
        "type": "PRIVATE",
        "public_details": None,
        "users": [{**_user(call), "roles": ["PROJECT_EDITOR"]}],
        "naivety_distribution_rate": None,
    }


def _workspaces(call: Call) -> Answer:
    rows = call.db.execute(
        "SELECT * FROM workspace WHERE user_id = ? ORDER BY seq", (call.user_id,)
    ).fetchall()
    return Answer(list_of(call, [_told(call, row, with_projects=False) for row in rows]))


def _create_workspace(call: Call) -> Answer:
    body = call.body
    currency = body.get("currency_code", _currency(call))
    if currency not in CURRENCIES:
        raise invalid({"currency_code": f"{currency!r} is not a valid choice."})
    workspace_id = _new_workspace(call.db, call.user_id, text_of(body, "title", longest=500), currency, 0)
    _new_project(call.db, workspace_id, "Project")
    return Answer(_told(call, own_workspace(call, workspace_id)), 201)


def _workspace(call: Call) -> Answer:
    return Answer(_told(call, own_workspace(call, call.path["workspace_id"])))


def _change_workspace(call: Call) -> Answer:
    row = own_workspace(call, call.path["workspace_id"])
    body = call.body
    title = text_of(body, "title", longest=500) if "title" in body else row["title"]
    description = body.get("description", row["description"])
    if not isinstance(description, str):
        raise invalid({"description": "This must be a text."})
    call.db.execute(
        "UPDATE workspace SET title = ?, description = ? WHERE id = ?", (title, description, row["id"])
    )
    return Answer(_told(call, own_workspace(call, row["id"])))


def _balance(call: Call) -> Answer:
    row = own_workspace(call, call.path["workspace_id"])
    total, available = row["total"], row["total"] - row["reserved"]
    return Answer(
        {
            "currency_code": row["currency"],
            "total_balance": total,
            "balance_breakdown": _breakdown(call, total),
            "available_balance": available,
            "available_balance_breakdown": _breakdown(call, available),
        }
    )


def _breakdown(call: Call, amount: int) -> dict[str, int]:
    """How much of an amount reaches people, when all of it is spent, and how much is fees and tax."""
    terms = call.books.terms
    rate = terms.fee_percent / 100
    rewards = int(amount / (1 + rate * (1 + terms.vat_percent / 100)))
    fees = min(amount - rewards, int(rewards * rate))
    return {"rewards": rewards, "fees": fees, "vat": amount - rewards - fees}


def _projects(call: Call) -> Answer:
    row = own_workspace(call, call.path["workspace_id"])
    found = call.db.execute(
        "SELECT * FROM project WHERE workspace_id = ? ORDER BY seq", (row["id"],)
    ).fetchall()
    return Answer(list_of(call, [_project_told(call, project) for project in found]))


def _create_project(call: Call) -> Answer:
    row = own_workspace(call, call.path["workspace_id"])
    body = call.body
    description = body.get("description") or ""
    if not isinstance(description, str):
        raise invalid({"description": "This must be a text."})
    if body.get("type", "PRIVATE") != "PRIVATE":
        raise Refusal(400, "Validation error", {"type": ["The sandbox has private projects only."]})
    project_id = _new_project(call.db, row["id"], text_of(body, "title", longest=500), description)
    return Answer(_project_told(call, own_project(call, project_id)), 201)


def _project(call: Call) -> Answer:
    return Answer(_project_told(call, own_project(call, call.path["project_id"])))


def _change_project(call: Call) -> Answer:
    row = own_project(call, call.path["project_id"])
    body = call.body
    title = text_of(body, "title", longest=500) if "title" in body else row["title"]
    description = body.get("description", row["description"])
    if not isinstance(description, str):
        raise invalid({"description": "This must be a text."})
    call.db.execute(
        "UPDATE project SET title = ?, description = ? WHERE id = ?", (title, description, row["id"])
    )
    return Answer(_project_told(call, own_project(call, row["id"])))
