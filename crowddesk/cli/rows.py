"""What the command line prints of lists: JSON under INTERFACE.md's names, or aligned columns for people."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import Any

from crowddesk.domain import money_json, money_text
from crowddesk.operations.transfer import text_id
from crowddesk.store.queries import ActionRow, RequesterRow, RunRow, UnitRow, WorkerRow

#: Columns are made as wide as the first rows need; later, longer values push the rest to the right.
_LOOK_AHEAD = 1_000
#: Signs in a worker's words that a terminal would obey: escapes, line ends, turns of the order of letters.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def print_json(records: Iterable[Mapping[str, Any]]) -> None:
    """One JSON list, a row a line, written as the rows come."""
    before = "["
    for record in records:
        sys.stdout.write(f"{before}\n{json.dumps(record, ensure_ascii=False)}")
        before = ","
    sys.stdout.write("[]\n" if before == "[" else "\n]\n")


def print_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Aligned columns under their titles; returns how many rows there were."""
    stream: Iterator[Sequence[str]] = ([_UNSEEN.sub("\ufffd", cell) for cell in row] for row in rows)
    first = list(islice(stream, _LOOK_AHEAD))
    widths = [max(len(cell) for cell in column) for column in zip(titles, *first, strict=True)]
    count = 0
    for row in chain([titles], first, stream):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        sys.stdout.write("  ".join(cells).rstrip() + "\n")
        count += 1
    return count - 1


def run_record(row: RunRow) -> dict[str, Any]:
    def money(minor: int) -> dict[str, Any]:
        return money_json(minor, row.currency)

    return {
        "task_run_id": str(row.id),
        "task_id": str(row.task_id),
        "task_name": row.task_name,
        "task_type": row.task_type,
        "title": row.title,
        "status": row.state,
        "note": row.state_note,
        "requester_id": str(row.requester_id),
        "requester_name": row.requester_name,
        "provider_type": row.provider_type,
        "sandbox": row.sandbox,
        "currency": row.currency,
        "reward": money(row.reward_minor),
        "fee": money(row.fee_minor),
        "budget": None if row.budget_minor is None else money(row.budget_minor),
        "total_spend": money(row.total_spend_minor),
        "spent": money(row.accepted_minor),
        "reserved": money(row.reserved_minor),
        "bonuses": money(row.bonus_minor),
        "units": row.units,
        "units_expected": row.units_expected,
        "staged_actions": row.staged_actions,
        "needs_you": row.needs_you,
        "created_at": _time(row.created_at),
        "launched_at": _time(row.launched_at),
        "closed_at": _time(row.closed_at),
    }


def worker_record(row: WorkerRow) -> dict[str, Any]:
    return {
        "worker_id": str(row.id),
        "worker_name": row.worker_name,
        "provider_type": row.provider_type,
        "units": row.units,
        "completed": row.completed,
        "accepted": row.accepted,
        "soft_rejected": row.soft_rejected,
        "rejected": row.rejected,
        "blocked": row.blocked,
        "qualifications": dict(row.qualifications),
        "bonuses": [money_json(minor, currency) for currency, minor in row.bonuses],
        "person_id": text_id(row.identity_id),
        "person": row.person,
        "tags": list(row.tags),
        "notes": row.notes,
        "created_at": _time(row.created_at),
        "last_seen_at": _time(row.last_seen_at),
    }


def action_record(row: ActionRow) -> dict[str, Any]:
    return {
        "action_id": str(row.id),
        "uuid": row.uuid,
        "kind": row.kind,
        "status": row.state,
        "target_type": row.target_type,
        "target_id": str(row.target_id),
        "task_run_id": text_id(row.task_run_id),
        "unit_id": text_id(row.unit_id),
        "worker_id": text_id(row.worker_id),
        "worker_name": row.worker_name,
        "requester_id": str(row.requester_id),
        "requester_name": row.requester_name,
        "provider_type": row.provider_type,
        "sandbox": row.sandbox,
        "amount": money_json(row.amount_minor, row.currency),
        "fee": money_json(row.fee_minor, row.currency),
        "reason": row.reason,
        "category": row.category,
        "attempt": row.attempt,
        "outcome": row.outcome,
        "evidence": _evidence(row.evidence),
        "not_before": _time(row.not_before),
        "started_at": _time(row.started_at),
        "finished_at": _time(row.finished_at),
        "created_at": _time(row.created_at),
        "created_by": row.created_by,
    }


def requester_record(row: RequesterRow) -> dict[str, Any]:
    return {
        "requester_id": str(row.id),
        "provider_type": row.provider_type,
        "requester_name": row.requester_name,
        "registered": row.registered,
        "sandbox": row.sandbox,
        "currency": row.currency,
        "runs": row.runs,
        "total_spend": money_json(row.total_spend_minor, row.currency),
        "staged_actions": row.staged_actions,
    }


RUN_TITLES = ("RUN", "STATUS", "TITLE", "REQUESTER", "DONE", "SPEND", "BUDGET")
UNIT_TITLES = (
    "UNIT",
    "RUN",
    "ITEM",
    "KIND",
    "STATUS",
    "WORKER",
    "AGENT",
    "VENDOR",
    "DATA",
    "SECONDS",
    "COST",
)
WORKER_TITLES = ("WORKER", "NAME", "PROVIDER", "UNITS", "ACCEPTED", "SOFT-REJECTED", "REJECTED", "BLOCKED")
ACTION_TITLES = ("ACTION", "STATUS", "KIND", "RUN", "UNIT", "WORKER", "MONEY", "OUTCOME")
REQUESTER_TITLES = ("REQUESTER", "NAME", "PROVIDER", "ACCOUNT", "REGISTERED", "RUNS", "SPEND")


def run_cells(row: RunRow) -> tuple[str, ...]:
    waiting = sum(row.units.get(status, 0) for status in ("created", "launched", "assigned"))
    total = max(row.units_expected, sum(row.units.values()))
    done = sum(row.units.values()) - waiting
    budget = "" if row.budget_minor is None else money_text(row.budget_minor, row.currency)
    spend = money_text(row.total_spend_minor, row.currency)
    return (
        str(row.id),
        row.state,
        _line(row.title),
        row.requester_name,
        f"{done:,}/{total:,}",
        spend,
        budget,
    )


def unit_cells(row: UnitRow) -> tuple[str, ...]:
    cost = money_text(row.pay_minor + row.fee_minor, row.currency)
    return (
        str(row.id), str(row.task_run_id), _line(row.item_key), row.kind, row.status, row.worker_name or "",
        row.agent_status or "", row.vendor_status or "", row.dataset_status,
        "" if row.seconds is None else f"{row.seconds:.0f}", cost,
    )  # fmt: skip


def worker_cells(row: WorkerRow) -> tuple[str, ...]:
    counts = (str(n) for n in (row.units, row.accepted, row.soft_rejected, row.rejected))
    return (str(row.id), row.worker_name, row.provider_type, *counts, "yes" if row.blocked else "")


def action_cells(row: ActionRow) -> tuple[str, ...]:
    money = row.amount_minor + row.fee_minor
    return (
        str(row.id), row.state, row.kind, text_id(row.task_run_id) or "", text_id(row.unit_id) or "",
        row.worker_name or "", money_text(money, row.currency) if money else "", _line(row.outcome),
    )  # fmt: skip


def requester_cells(row: RequesterRow) -> tuple[str, ...]:
    account = "sandbox" if row.sandbox else "LIVE"
    spend = money_text(row.total_spend_minor, row.currency)
    registered = "yes" if row.registered else "no"
    return (str(row.id), row.requester_name, row.provider_type, account, registered, str(row.runs), spend)


def _line(text: str) -> str:
    """Text of a worker or a vendor on one line, without signs that a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _evidence(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
