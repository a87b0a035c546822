"""How units and texts are written for others: one record, and cells that nothing runs.

Text that a spreadsheet would run as a formula is made inert. In CSV such a cell gets one `'` in front: cells
whose first sign after any number of `'` is one of `= + - @`, their wide forms, a tab or a line end, but not
plain numbers such as `-1.5`. Taking one `'` from every cell that begins with `'`s and such a sign gives the
exact text back. In XLSX the cell is marked as text (Excel's quote prefix), and its value is unchanged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from crowddesk.domain import money_json
from crowddesk.store.queries import UnitRow

#: The key under which a damaged item or answer stands as the text that is stored.
DAMAGED = "(damaged)"
_RISKY = re.compile(r"('*)[=+\-@\t\r\n＝＋－＠]")
_FIRST = frozenset("'=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def unit_record(row: UnitRow, run: Mapping[str, Any]) -> dict[str, Any]:
    """A unit under INTERFACE.md's names, as JSON writes it; its own id is `unit_id`, its state `status`.

    `run` is the record of its run. Ids are text, times ISO 8601 in UTC, money {"minor", "currency"}.
    """
    return {
        "unit_id": str(row.id),
        "task_run_id": str(row.task_run_id),
        "task_id": str(run["task_id"]),
        "task_type": run["task_type"],
        "assignment_id": str(row.assignment_id),
        "item_key": row.item_key,
        "unit_index": row.unit_index,
        "kind": row.kind,
        "status": row.status,
        "agent_status": row.agent_status,
        "vendor_status": row.vendor_status,
        "dataset_status": row.dataset_status,
        "pending": row.pending,
        "agent_id": text_id(row.agent_id),
        "worker_id": text_id(row.worker_id),
        "worker_name": row.worker_name,
        "requester_id": str(row.requester_id),
        "provider_type": row.provider_type,
        "sandbox": row.sandbox,
        "pay_amount": money_json(row.pay_minor, row.currency),
        "fee": money_json(row.fee_minor, row.currency),
        "launched_at": row.launched_at.isoformat() if row.launched_at else None,
        "submitted_at": row.submitted_at.isoformat() if row.submitted_at else None,
        "seconds": row.seconds,
        "active_seconds": row.active_seconds,
        "pasted": row.pasted_into,
        "input": _readable(row.data),
        "output": None if row.answer is None else _readable(row.answer),
    }


def text_id(value: int | None) -> str | None:
    """An id as the interface writes it."""
    return None if value is None else str(value)


def inert(text: str) -> str:
    """A text as a CSV cell that no spreadsheet runs; `unquoted` gives the text back."""
    return f"'{text}" if is_risky(text) else text


def unquoted(cell: str) -> str:
    """The text that a CSV cell of an export stands for."""
    found = _RISKY.match(cell)
    return cell[1:] if found and found[1] else cell


def _readable(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {DAMAGED: text}
    return value if isinstance(value, dict) else {"": value}


def is_risky(text: str) -> bool:
    """Whether a spreadsheet would run a text, or take it for anything but text."""
    if text[:1] not in _FIRST:
        return False
    found = _RISKY.match(text)
    return bool(found) and not (found and not found[1] and _NUMBER.fullmatch(text))
