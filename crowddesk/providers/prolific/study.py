"""A run as a study: what Prolific is told when it is made, and what is kept about it here.

What is kept is one value a run in the provider's store, `study/<run id>`; there is no secret in it but the
completion codes, which each participant is given in the end.
"""

from __future__ import annotations

import math
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from crowddesk.data_model.database import CrowdDatabase, ProviderStore
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import VendorRefused
from crowddesk.language import say
from crowddesk.providers.prolific.api import Study
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.store import records

#: Prolific fills them in for each participant.
_PLACEHOLDERS: Final = "PROLIFIC_PID={{%PROLIFIC_PID%}}&STUDY_ID={{%STUDY_ID%}}&SESSION_ID={{%SESSION_ID%}}"
#: The filters that stand for participant groups.
ALLOWED, BARRED = "participant_group_allowlist", "participant_group_blocklist"
#: The one that keeps out who took part in other studies of the account.
EARLIER: Final = "previous_studies_blocklist"
_RETURN_REASON: Final = "You could not take part in this study."
#: A study may be longer here than Prolific allows a name to be.
_LONGEST_NAME: Final = 120
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,18}")
_ROW: Final = re.compile(r"[0-9]{1,18}")


class StudyBook:
    """What is known here of the studies of one vendor's runs."""

    def __init__(self, store: ProviderStore) -> None:
        self._store = store

    def of(self, run_id: object) -> dict[str, Any]:
        """What is kept of a run's study; {} before there is one."""
        found = self._store.get(f"study/{run_id}")
        return found if isinstance(found, dict) else {}

    def note(self, run_id: object, **facts: Any) -> dict[str, Any]:
        """Adds facts to what is kept, and returns all of it."""
        kept = self.of(run_id) | facts
        self._store.set(f"study/{run_id}", kept)
        return kept

    def id_of(self, run_id: object) -> str:
        """The study of a run; VendorRefused where it was never made, or lost."""
        found = self.of(run_id).get("study_id")
        if not isinstance(found, str) or not found:
            raise VendorRefused(say("Run {run_id} has no study at Prolific yet.", run_id=run_id))
        return found

    def runs(self) -> dict[str, str]:
        """Study -> run, of all that are known."""
        return {
            str(kept["study_id"]): name.removeprefix("study/")
            for name, kept in self._store.all("study/").items()
            if isinstance(kept, dict) and kept.get("study_id")
        }


def marker_of(db: CrowdDatabase, run_id: object) -> str:
    """What our studies are marked with at the vendor, so that one is found whose making got no answer."""
    with db.read() as conn:
        return f"crowddesk:{records.workspace_uuid(conn)}:{run_id}"


def run_of_marker(db: CrowdDatabase, metadata: str) -> str | None:
    """The run of this workspace that a study says it belongs to, by its `metadata`."""
    prefix = marker_of(db, "")
    number = metadata.removeprefix(prefix)
    return number if metadata.startswith(prefix) and _ROW.fullmatch(number) else None


def internal_name(db: CrowdDatabase, run: TaskRun) -> str:
    """The study's name in the account's own list; its end is what our studies are found by."""
    ending = f" [{short_marker(db, run.db_id)}]"
    return run.title[: _LONGEST_NAME - len(ending)] + ending


def short_marker(db: CrowdDatabase, run_id: object) -> str:
    """The part of a marker that fits into a name."""
    with db.read() as conn:
        return f"crowddesk {records.workspace_uuid(conn)[:8]}/{run_id}"


def task_address(base: str) -> str:
    """The address that participants are sent to: our page of the run, with who they are."""
    return f"{base}{'&' if '?' in base else '?'}{_PLACEHOLDERS}"


def make_codes(args: Any, kept: Mapping[str, Any]) -> dict[str, str]:
    """The completion codes of a run: `finished`, and `turned_away` where one is needed. Made once."""
    known = kept.get("codes")
    if isinstance(known, dict) and known.get("finished"):
        return {str(name): str(code) for name, code in known.items()}
    finish = args.provider.finish
    codes = {"finished": str(finish.code) if finish.code else f"CD{secrets.token_hex(5).upper()}"}
    if finish.turned_away == "ask to return":
        codes["turned_away"] = f"NO{secrets.token_hex(5).upper()}"
    return codes


def describe(
    db: CrowdDatabase,
    run: TaskRun,
    *,
    codes: Mapping[str, str],
    project: str,
    places: int,
    group_id: Callable[[str], str],
    barred_group: str,
    shown: Mapping[str, Any],
) -> dict[str, Any]:
    """The fields of a run's study. `group_id` finds or makes a participant group by its name.

    `shown` says where the task is: an `external_study_url`, or the batch that Prolific shows itself.
    """
    args = run.args
    task, provider = args.task, args.provider
    fields: dict[str, Any] = {
        "name": str(task.title)[:_LONGEST_NAME],
        "internal_name": internal_name(db, run),
        "description": str(task.description),
        "prolific_id_option": "url_parameters",
        "completion_codes": _codes(provider, codes, group_id, "data_collection_method" in shown),
        "total_available_places": places,
        "estimated_completion_time": math.ceil(float(task.estimated_minutes)),
        "maximum_allowed_time": math.ceil(int(task.assignment_duration_in_seconds) / 60),
        "reward": int(db.get_task_run(run.db_id)["reward_minor"]),
        "device_compatibility": list(provider.devices),
        "peripheral_requirements": list(provider.peripherals),
        "filters": _filters(args, group_id, barred_group),
        "project": str(provider.project or project),
        "metadata": marker_of(db, run.db_id),
        "submissions_config": {
            "max_submissions_per_participant": int(provider.submissions_per_participant),
            "max_concurrent_submissions": int(task.max_num_concurrent_units) or -1,
        },
        **shown,
    }
    if provider.labels:
        fields["study_labels"] = list(provider.labels)
    if provider.content_warnings:
        fields["content_warnings"] = list(provider.content_warnings)
        fields["content_warning_details"] = str(provider.content_warning_details or "")
    return fields


def _codes(
    provider: Any, codes: Mapping[str, str], group_id: Callable[[str], str], shown_there: bool
) -> list[dict[str, Any]]:
    """The completion codes; a study that Prolific shows itself has only that of who has finished."""
    finish = provider.finish
    review = "AUTOMATICALLY_APPROVE" if finish.finished == "approve" else "MANUALLY_REVIEW"
    actions: list[dict[str, Any]] = [{"action": review}]
    if finish.add_to_group:
        group = group_id(str(finish.add_to_group))
        actions.append({"action": "ADD_TO_PARTICIPANT_GROUP", "participant_group": group})
    found: list[dict[str, Any]] = [
        {"code": codes["finished"], "code_type": "COMPLETED", "actions": actions, "actor": "participant"}
    ]
    if "turned_away" in codes and not shown_there:
        back = [{"action": "REQUEST_RETURN", "return_reason": _RETURN_REASON}]
        found.append(
            {"code": codes["turned_away"], "code_type": "OTHER", "actions": back, "actor": "participant"}
        )
    return found


def _filters(args: Any, group_id: Callable[[str], str], barred_group: str) -> list[dict[str, Any]]:
    """The filters of a run; qualifications and blocks are groups, which are allowed or barred."""
    allowed = [group_id(str(name)) for name in args.provider.include_groups]
    barred = [group_id(str(name)) for name in args.provider.exclude_groups]
    for wanted in args.task.qualifications:
        has_it = wanted.op != "not_exists" and not (wanted.op == "==" and int(wanted.value) == 0)
        (allowed if has_it else barred).append(group_id(str(wanted.name)))
    if barred_group:
        barred.append(barred_group)
    found = [_filter(wanted) for wanted in args.provider.filters]
    for name, groups in ((ALLOWED, allowed), (BARRED, barred)):
        if groups:
            found.append({"filter_id": name, "selected_values": list(dict.fromkeys(groups))})
    return found


def with_barred(
    filters: Sequence[Mapping[str, Any]], group: str, studies: Sequence[str], instead_of: str = ""
) -> list[dict[str, Any]]:
    """A study's filters with one more barred group, and with these studies, whose people stay out too.

    `instead_of` is a group whose place it takes, because that one was deleted.
    """
    found = [dict(each) for each in filters]
    for name, values in ((BARRED, [group]), (EARLIER, list(studies))):
        if not values:
            continue
        known = next((each for each in found if each.get("filter_id") == name), None)
        if known is None:
            found.append({"filter_id": name, "selected_values": values})
        else:
            there = [value for value in known.get("selected_values", ()) if value != instead_of]
            known["selected_values"] = list(dict.fromkeys([*there, *values]))
    return found


def chosen_values(filters: Any, name: str) -> list[str]:
    """What a study's filter of one name says; [] where the study has none."""
    listed = filters if isinstance(filters, list) else []
    for each in listed:
        if isinstance(each, Mapping) and each.get("filter_id") == name:
            values = each.get("selected_values")
            return [str(value) for value in values] if isinstance(values, list) else []
    return []


def _filter(wanted: Any) -> dict[str, Any]:
    chosen = wanted["values"]  # a mapping's own `values` is a method
    if chosen:
        return {"filter_id": str(wanted.filter), "selected_values": [str(value) for value in chosen]}
    bounds = {
        name: _number(str(value))
        for name, value in (("lower", wanted.lower), ("upper", wanted.upper))
        if value is not None
    }
    return {"filter_id": str(wanted.filter), "selected_range": bounds}


def _number(text: str) -> int | str:
    """Whole numbers as numbers; dates and fractions as the text they were given as."""
    return int(text) if _WHOLE.fullmatch(text.strip()) else text.strip()


def find_by_marker(client: ProlificClient, project: str, ending: str, marker: str) -> Study | None:
    """The study of a run that was made although its answer got lost; None when there is none."""
    for line in client.studies(project):
        if line.internal_name.endswith(f"[{ending}]"):
            study = client.study(line.id)
            if study.metadata == marker:
                return study
    return None


def said_wrong(fields: Mapping[str, Any], study: Study, compared: Sequence[str]) -> str:
    """What of a study that Prolific made is not what was asked for; "" when all of it is."""
    for name in compared:
        there = study.raw.get(name)
        if there is not None and there != fields[name]:  # 150.0 is 150
            return say(
                "Prolific made a study whose {field} is {there}, not {wanted}.",
                field=name.replace("_", " "),
                there=there,
                wanted=fields[name],
            )
    return ""
