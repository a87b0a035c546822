"""Whom a study wants: the filters there are, what a study may ask of them, and who fits."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Final

from aiohttp import web

from crowddesk.providers.prolific_sandbox.accounts import own_workspace
from crowddesk.providers.prolific_sandbox.books import Books
from crowddesk.providers.prolific_sandbox.wire import BARE, Answer, Call, api, invalid, list_of

_COUNTRIES: Final = {
    "1": "United Kingdom",
    "45": "United States",
    "73": "Germany",
    "75": "France",
    "109": "Italy",
}
_LANGUAGES: Final = {"19": "English", "23": "French", "27": "German", "37": "Italian", "64": "Spanish"}
_RANGES: Final[Mapping[str, tuple[str, int, int]]] = {
    "age": ("Age", 18, 100),
    "approval_rate": ("Approval Rate", 0, 100),
    "approval_numbers": ("Number of previous submissions", 0, 10_000),
}
_SELECTS: Final[Mapping[str, tuple[str, str, Mapping[str, str]]]] = {
    "sex": ("Sex", "What sex were you assigned at birth?", {"0": "Male", "1": "Female"}),
    "current-country-of-residence": (
        "Current Country of Residence",
        "In what country do you currently reside?",
        _COUNTRIES,
    ),
    "fluent-languages": ("Fluent languages", "Which of these languages are you fluent in?", _LANGUAGES),
    "handedness": ("Handedness", "What is your handedness?", {"0": "Left-handed", "1": "Right-handed"}),
}
ALLOW: Final = "participant_group_allowlist"
BLOCK: Final = "participant_group_blocklist"
#: Filters whose values are ids: title, and what the ids are of.
_LISTS: Final[Mapping[str, tuple[str, str]]] = {
    ALLOW: ("Include people in these groups", "ParticipantGroupID"),
    BLOCK: ("Exclude people in these groups", "ParticipantGroupID"),
    "custom_allowlist": ("Custom allowlist", "ParticipantID"),
    "custom_blocklist": ("Custom blocklist", "ParticipantID"),
    "previous_studies_allowlist": ("Include people from these studies", "StudyID"),
    "previous_studies_blocklist": ("Exclude people from these studies", "StudyID"),
}
_DEEPEST: Final = 5
#: Recommended and least pay of an hour, minor units.
_WAGES: Final = {"GBP": (600, 900), "USD": (800, 1200)}


def routes(books: Books) -> list[web.RouteDef]:
    """What can be asked of participants, and what they should earn."""
    return [
        api(books, "GET", "/filters/", _filters),
        api(books, "GET", "/reward-recommendations/", _wages, errors=BARE),
    ]


def _filters(call: Call) -> Answer:
    workspace_id = call.query.get("workspace_id")
    if workspace_id is not None:
        own_workspace(call, workspace_id)
    groups = call.db.execute(
        "SELECT g.id, g.name FROM crowd_group AS g JOIN workspace AS w ON w.id = g.workspace_id"
        " WHERE w.user_id = ? AND (? IS NULL OR w.id = ?) AND NOT g.deleted ORDER BY g.seq",
        (call.user_id, workspace_id, workspace_id),
    ).fetchall()
    told: list[dict[str, Any]] = [
        {
            "filter_id": name,
            "title": title,
            "description": f"{title}, from {low} to {high}",
            "question": f"{title}?",
            "type": "range",
            "data_type": "integer",
            "min": low,
            "max": high,
        }
        for name, (title, low, high) in _RANGES.items()
    ]
    told += [
        _select(name, title, question, dict(choices), "ChoiceID")
        for name, (title, question, choices) in _SELECTS.items()
    ]
    for name, (title, kind) in _LISTS.items():
        choices = {row["id"]: row["name"] for row in groups} if kind == "ParticipantGroupID" else {}
        told.append(_select(name, title, title, choices, kind))
    return Answer(list_of(call, told))


def _select(name: str, title: str, question: str, choices: dict[str, str], kind: str) -> dict[str, Any]:
    return {
        "filter_id": name,
        "title": title,
        "description": title,
        "question": question,
        "type": "select",
        "data_type": kind,
        "choices": choices,
    }


def _wages(call: Call) -> Answer:
    if "workspace_id" not in call.query:
        raise invalid({"workspace_id": "This field is required."})
    own_workspace(call, call.query["workspace_id"])
    currency = call.query.get("currency", "")
    if currency not in _WAGES:
        raise invalid({"currency": f"{currency!r} is not a valid choice."})
    least, recommended = _WAGES[currency]
    return Answer(
        [
            {
                "currency": currency,
                "min_reward_per_hour": least,
                "recommended_reward_per_hour": recommended,
                "estimated_completion_time": None,
            }
        ]
    )


# ----------------------------------------------------------------------------------------- what a study asks


def check(db: sqlite3.Connection, workspace_id: str, asked: Any, depth: int = 0) -> list[str]:
    """What is wrong with a study's filters; nothing when they can be used."""
    if not isinstance(asked, list):
        return ["This must be a list of filters."]
    if depth > _DEEPEST:
        return ["The groups of filters are nested too deeply."]
    faults: list[str] = []
    for item in asked:
        faults += _check_one(db, workspace_id, item, depth)
    return faults


def _check_one(db: sqlite3.Connection, workspace_id: str, item: Any, depth: int) -> list[str]:
    name = item.get("filter_id") if isinstance(item, dict) else None
    if not isinstance(name, str):
        return ["Each filter needs a filter_id."]
    if name in ("and", "or"):
        return check(db, workspace_id, item.get("selected_filters"), depth + 1)
    if name in _RANGES:
        return _check_range(name, item.get("selected_range"))
    if name not in _SELECTS and name not in _LISTS:
        return [f"There is no filter {name!r}."]
    values = item.get("selected_values")
    if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
        return [f"{name}: selected_values must be a list of texts that is not empty."]
    if name in _SELECTS:
        wrong = [value for value in values if value not in _SELECTS[name][2]]
    elif _LISTS[name][1] == "ParticipantGroupID":
        wrong = [value for value in values if not _is_group(db, workspace_id, value)]
    else:
        wrong = []
    return [f"{name}: {value!r} is not a valid choice." for value in wrong]


def _check_range(name: str, chosen: Any) -> list[str]:
    _, low, high = _RANGES[name]
    ends = [chosen.get(end) for end in ("lower", "upper")] if isinstance(chosen, dict) else []
    if not any(end is not None for end in ends):
        return [f"{name}: selected_range needs a lower or an upper bound."]
    if not all(end is None or (isinstance(end, int) and low <= end <= high) for end in ends):
        return [f"{name}: the bounds are whole numbers from {low} to {high}."]
    if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        return [f"{name}: the lower bound is above the upper one."]
    return []


def _is_group(db: sqlite3.Connection, workspace_id: str, group_id: str) -> bool:
    return (
        db.execute(
            "SELECT 1 FROM crowd_group WHERE id = ? AND workspace_id = ? AND NOT deleted",
            (group_id, workspace_id),
        ).fetchone()
        is not None
    )


# ------------------------------------------------------------------------------------------------ who fits


def portrait(participant_id: str) -> dict[str, Any]:
    """What a participant has said of themselves: always the same for the same id."""
    chance = random.Random(f"portrait/{participant_id}")
    country = chance.choice(list(_COUNTRIES))
    spoken = {"19", {"73": "27", "75": "23", "109": "37"}.get(country, "19")}
    if chance.random() < 0.2:
        spoken.add(chance.choice(list(_LANGUAGES)))
    return {
        "age": min(100, 18 + int(chance.expovariate(1 / 18))),
        "approval_rate": 100 - min(100, int(chance.expovariate(1 / 2))),
        "approval_numbers": int(chance.expovariate(1 / 300)),
        "sex": {chance.choice("01")},
        "current-country-of-residence": {country},
        "fluent-languages": spoken,
        "handedness": {"1" if chance.random() < 0.9 else "0"},
    }


def fits(db: sqlite3.Connection, asked: Sequence[Mapping[str, Any]], participant_id: str) -> bool:
    """Whether a participant is let into a study with these filters."""
    return all(_fits(db, item, participant_id, portrait(participant_id)) for item in asked)


def _fits(
    db: sqlite3.Connection, item: Mapping[str, Any], participant_id: str, about: Mapping[str, Any]
) -> bool:
    name = item["filter_id"]
    if name in ("and", "or"):
        each = [_fits(db, inner, participant_id, about) for inner in item["selected_filters"]]
        return all(each) if name == "and" else any(each) or not each
    if name in _RANGES:
        chosen = item["selected_range"]
        low, high = chosen.get("lower"), chosen.get("upper")
        return (low is None or about[name] >= low) and (high is None or about[name] <= high)
    values = item["selected_values"]
    if name in _SELECTS:
        return not about[name].isdisjoint(values)
    inside = (
        participant_id in values if name.startswith("custom_") else _is_in(db, name, values, participant_id)
    )
    return inside if name.endswith("_allowlist") else not inside


def _is_in(db: sqlite3.Connection, name: str, values: Sequence[str], participant_id: str) -> bool:
    """Whether a participant is in one of these groups, or has taken part in one of these studies."""
    marks = ",".join("?" * len(values))
    if name in (ALLOW, BLOCK):
        query = f"SELECT 1 FROM member WHERE participant_id = ? AND group_id IN ({marks})"
    else:
        query = f"SELECT 1 FROM submission WHERE participant_id = ? AND study_id IN ({marks})"
    return db.execute(query, (participant_id, *values)).fetchone() is not None
