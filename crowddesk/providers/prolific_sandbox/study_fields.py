"""What a study may say: the fields of a draft, read and checked as the vendor documents them."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from crowddesk.providers.prolific_sandbox import filters
from crowddesk.providers.prolific_sandbox.wire import invalid, is_whole

_REQUIRED: Final = ("name", "description", "prolific_id_option", "estimated_completion_time", "reward")
HOSTED: Final = ("AI_TASK_BUILDER_BATCH", "AI_TASK_BUILDER_COLLECTION")
_BATCH: Final = "AI_TASK_BUILDER_BATCH"
_DEVICES: Final = frozenset({"desktop", "tablet", "mobile"})
_PERIPHERALS: Final = frozenset({"audio", "camera", "download", "microphone"})
_ID_OPTIONS: Final = ("question", "url_parameters", "not_required")
_MOST_PLACES: Final = 1_000_000
_DEFAULT_CODES: Final = [
    {
        "code": "COMPLETED",
        "code_type": "COMPLETED",
        "actions": [{"action": "MANUALLY_REVIEW"}],
        "actor": "participant",
    }
]
#: Actions of a completion code, with what each needs beside its name.
_ACTIONS: Final[Mapping[str, str]] = {
    "AUTOMATICALLY_APPROVE": "",
    "MANUALLY_REVIEW": "",
    "ADD_TO_PARTICIPANT_GROUP": "participant_group",
    "REMOVE_FROM_PARTICIPANT_GROUP": "participant_group",
    "REQUEST_RETURN": "return_reason",
    "DYNAMIC_PAYMENT": "",
    "FIXED_SCREEN_OUT_PAYMENT": "fixed_screen_out_reward",
}

Checker = Callable[[Any], str]


def _text(longest: int) -> Checker:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            return "This field may not be blank."
        return "" if len(value) <= longest else f"Ensure this field has no more than {longest} characters."

    return check


def _maybe_text(longest: int) -> Checker:
    def check(value: Any) -> str:
        if value is not None and not isinstance(value, str):
            return "Not a valid string."
        return (
            "" if len(value or "") <= longest else f"Ensure this field has no more than {longest} characters."
        )

    return check


def _some_of(choices: frozenset[str]) -> Checker:
    def check(value: Any) -> str:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            return "This must be a list of texts."
        wrong = [item for item in value if item not in choices]
        return f"{wrong[0]!r} is not a valid choice." if wrong else ""

    return check


def _whole(lowest: int) -> Checker:
    return lambda value: "" if is_whole(value, lowest) else f"A whole number from {lowest} is required."


def _minutes(value: Any) -> str:
    return "" if is_whole(value, 1) and value <= 100_000 else "A whole number of minutes from 1 is required."


def _choice(choices: tuple[str | None, ...]) -> Checker:
    return lambda value: (
        ""
        if value is None or (isinstance(value, str) and value in choices)
        else f"{value!r} is not a valid choice."
    )


def _address(value: Any) -> str:
    if value in (None, ""):
        return ""
    if not isinstance(value, str) or len(value) > 2000 or any(sign <= " " for sign in value):
        return "Enter a valid URL."
    try:
        parts = urlsplit(value)
    except ValueError:
        return "Enter a valid URL."
    return "" if parts.scheme in ("http", "https") and parts.netloc else "Enter a valid URL."


def _object(value: Any) -> str:
    return "" if value is None or isinstance(value, dict) else "This must be an object."


def _anything(value: Any) -> str:
    return ""


_CHECKERS: Final[Mapping[str, Checker]] = {
    "name": _text(1000),
    "internal_name": _maybe_text(1000),
    "description": _text(100_000),
    "external_study_url": _address,
    "prolific_id_option": lambda value: "" if value in _ID_OPTIONS else f"{value!r} is not a valid choice.",
    "total_available_places": lambda value: (
        "" if is_whole(value, 1) and value <= _MOST_PLACES else "A whole number of places from 1 is required."
    ),
    "estimated_completion_time": _minutes,
    "maximum_allowed_time": _minutes,
    "reward": _whole(1),
    "device_compatibility": _some_of(_DEVICES),
    "peripheral_requirements": _some_of(_PERIPHERALS),
    "metadata": _maybe_text(100_000),
    "data_collection_method": _choice(HOSTED),
    "data_collection_id": _maybe_text(200),
    "data_collection_metadata": _object,
    "submissions_config": _object,
    "naivety_distribution_rate": lambda value: (
        "" if value is None or isinstance(value, int | float) else "A valid number is required."
    ),
    "study_labels": lambda value: "" if isinstance(value, list) else "This must be a list of texts.",
    "content_warnings": _some_of(frozenset({"sensitive", "explicit"})),
    "content_warning_details": _maybe_text(10_000),
    "publish_at": _maybe_text(100),
    "is_external_study_url_secure": _anything,
    "has_credentials": _anything,
}
#: What the sandbox has no part of: it says so, where the vendor would go on.
_NOT_HERE: Final[Mapping[str, str]] = {
    "access_details": "The sandbox has no taskflow studies.",
    "credential_pool_id": "The sandbox has no credential pools.",
    "filter_set_id": "The sandbox has no filter sets; use filters.",
}


def read_draft(db: sqlite3.Connection, workspace_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """A study's fields out of a create call, or out of a draft with its changes; Refusal names each fault."""
    faults: dict[str, list[str]] = {}
    if "eligibility_requirements" in body:
        faults["eligibility_requirements"] = ["This field was removed. Use filters instead."]
    hosted = body.get("data_collection_method")
    for name in _REQUIRED:
        if body.get(name) is None:
            faults[name] = ["This field is required."]
    if body.get("total_available_places") is None and hosted != _BATCH:
        faults["total_available_places"] = ["This field is required."]
    if hosted and not body.get("data_collection_id"):
        faults["data_collection_id"] = ["This field is required with data_collection_method."]
    if bool(hosted) == bool(body.get("external_study_url")):
        faults["external_study_url"] = ["Give one of external_study_url and data_collection_method."]
    for name, reason in _NOT_HERE.items():
        if body.get(name):
            faults[name] = [reason]
    for name, check in _CHECKERS.items():
        if body.get(name) is not None and name not in faults and (said := check(body[name])):
            faults[name] = [said]
    codes = body.get("completion_codes")
    if codes is None and hosted:
        codes = _DEFAULT_CODES
    if said := _check_codes(db, workspace_id, codes):
        faults["completion_codes"] = [said]
    asked = body.get("filters") or []
    if wrong := filters.check(db, workspace_id, asked):
        faults["filters"] = wrong
    if not faults.keys() & {"estimated_completion_time", "maximum_allowed_time"}:
        least = least_minutes(body["estimated_completion_time"])
        if (body.get("maximum_allowed_time") or least) < least:
            faults["maximum_allowed_time"] = [f"This must be at least {least} minutes."]
    if "submissions_config" not in faults and (said := check_config(body.get("submissions_config"))):
        faults["submissions_config"] = [said]
    if faults:
        raise invalid(faults)
    fields = {name: body[name] for name in _CHECKERS if body.get(name) is not None}
    return {**fields, "completion_codes": codes, "filters": asked}


def least_minutes(estimated: float) -> int:
    """The shortest time limit of a study, in minutes; it is the limit where a study names none."""
    return math.ceil(2 + 2 * estimated + 2 * math.sqrt(estimated))


def check_config(config: Any) -> str:
    """What is wrong with `submissions_config`, or ""."""
    if config is None:
        return ""
    if not isinstance(config, dict):
        return "This must be an object."
    most = config.get("max_submissions_per_participant")
    if most is not None and not is_whole(most, 1):
        return "max_submissions_per_participant is a whole number from 1."
    at_once = config.get("max_concurrent_submissions")
    if at_once is not None and at_once != -1 and not is_whole(at_once, 1):
        return "max_concurrent_submissions is -1 or a whole number from 1."
    return ""


def _check_codes(db: sqlite3.Connection, workspace_id: str, codes: Any) -> str:
    if not isinstance(codes, list) or not codes:
        return "Specify at least one completion code."
    seen: set[str | None] = set()
    for item in codes:
        if not isinstance(item, dict):
            return "A completion code is an object."
        code, kind, actions = item.get("code"), item.get("code_type"), item.get("actions")
        if code is not None and (not isinstance(code, str) or not code.strip() or len(code) > 100):
            return "A code is a text, or null."
        if code in seen:
            return f"The code {code!r} is there twice."
        seen.add(code)
        if not isinstance(kind, str) or not kind.strip():
            return "A completion code needs a code_type."
        if item.get("actor", "participant") not in ("participant", "researcher"):
            return "The actor of a code is participant or researcher."
        if not isinstance(actions, list):
            return "A completion code needs a list of actions."
        if said := _check_actions(db, workspace_id, code, actions):
            return said
    return ""


def _check_actions(db: sqlite3.Connection, workspace_id: str, code: str | None, actions: list[Any]) -> str:
    if code is None and actions:
        return "A code that is null has no actions."
    names = [item.get("action") if isinstance(item, dict) else None for item in actions]
    for name, item in zip(names, actions, strict=True):
        if not isinstance(name, str) or name not in _ACTIONS:
            return f"{name!r} is no action of a completion code."
        needed = _ACTIONS[name]
        if needed and not item.get(needed):
            return f"{name} needs {needed}."
        if needed == "participant_group" and filters.check(
            db, workspace_id, [{"filter_id": filters.ALLOW, "selected_values": [item[needed]]}]
        ):
            return f"{name}: there is no group {item[needed]!r}."
        if name == "FIXED_SCREEN_OUT_PAYMENT" and not (
            is_whole(item[needed], 1) and is_whole(item.get("slots"), 1)
        ):
            return f"{name} needs whole numbers fixed_screen_out_reward and slots."
    if "AUTOMATICALLY_APPROVE" in names and "MANUALLY_REVIEW" in names:
        return "AUTOMATICALLY_APPROVE and MANUALLY_REVIEW cannot be used together."
    return ""
