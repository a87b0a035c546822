"""The frozen rows that lists and screens show: plain values, no connection, safe in any thread."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crowddesk.domain import unit_kind


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its item's data and its answer. Money in minor units of `currency`; `seconds` worked.

    `active_seconds` and `pasted` (JSON text) are known of answers that were given on our own page;
    `decide_by` is when the vendor approves by itself what nobody has judged until then. `tags` are those of
    this desk.
    """

    id: int
    task_run_id: int
    run_title: str
    assignment_id: int
    item_key: str
    unit_index: int
    status: str
    vendor_status: str | None
    dataset_status: str
    pending: str | None
    agent_id: int | None
    agent_status: str | None
    worker_id: int | None
    worker_name: str | None
    provider_type: str
    sandbox: bool
    requester_id: int
    pay_minor: int
    fee_minor: int
    currency: str
    seconds: float | None
    launched_at: datetime | None
    submitted_at: datetime | None
    data: str
    answer: str | None
    active_seconds: float | None = None
    pasted: str | None = None
    decide_by: datetime | None = None
    tags: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return unit_kind(self.unit_index)

    @property
    def input(self) -> dict[str, Any]:
        """The item's columns. Raises ValueError when the stored text is damaged."""
        return _object(self.data)

    @property
    def output(self) -> dict[str, Any] | None:
        """The answer's fields; None before there is one. Raises ValueError when the text is damaged."""
        return None if self.answer is None else _object(self.answer)

    @property
    def pasted_into(self) -> list[str] | None:
        """The fields of the answer that something was pasted into; None where nobody could see it."""
        return names_of(self.pasted)


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run with its totals. Money in minor units of `currency`, fees included unless said otherwise.

    `units` counts by status, over all kinds. `total_spend_minor` is all payable units: `accepted_minor` is
    what was accepted (softly rejected too), `reserved_minor` what is still open. Bonuses stand apart.
    """

    id: int
    task_id: int
    task_name: str
    task_type: str
    title: str
    state: str
    state_note: str
    requester_id: int
    requester_name: str
    provider_type: str
    sandbox: bool
    currency: str
    reward_minor: int
    fee_minor: int
    budget_minor: int | None
    units_expected: int
    items_loaded: int
    created_at: datetime
    launched_at: datetime | None
    closed_at: datetime | None
    units: dict[str, int]
    total_spend_minor: int
    accepted_minor: int
    reserved_minor: int
    bonus_minor: int
    bonus_open_minor: int
    staged_actions: int
    staged_minor: int
    needs_you: int


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """A worker with counts of their units. `bonuses` is what was paid, fees not included, per currency.

    `sandbox`: no account at the worker's vendor is a live one. `identity_id` is the person behind several
    accounts, `person` their label and `accounts` how many they have; `notes` counts what this desk noted.
    """

    id: int
    worker_name: str
    provider_type: str
    sandbox: bool
    units: int
    completed: int
    accepted: int
    soft_rejected: int
    rejected: int
    created_at: datetime
    last_seen_at: datetime | None
    blocked: bool
    qualifications: tuple[tuple[str, int], ...]
    bonuses: tuple[tuple[str, int], ...]
    identity_id: int | None = None
    person: str = ""
    accounts: int = 1
    tags: tuple[str, ...] = ()
    notes: int = 0


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A vendor action. Money in minor units of `currency`; `evidence` and `payload` are JSON text."""

    id: int
    uuid: str
    requester_id: int
    requester_name: str
    provider_type: str
    sandbox: bool
    task_run_id: int | None
    run_title: str | None
    unit_id: int | None
    worker_id: int | None
    worker_name: str | None
    kind: str
    target_type: str
    target_id: int
    state: str
    outcome: str
    reason: str
    category: str
    amount_minor: int
    fee_minor: int
    currency: str
    attempt: int
    not_before: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    created_at: datetime
    created_by: str
    evidence: str
    payload: str


@dataclass(frozen=True, slots=True)
class RequesterRow:
    """An account at a vendor. Money in minor units of `currency`, fees included."""

    id: int
    requester_name: str
    provider_type: str
    sandbox: bool
    registered: bool
    currency: str
    epoch: int
    created_at: datetime
    runs: int
    total_spend_minor: int
    open_actions: int
    staged_actions: int
    staged_minor: int


@dataclass(frozen=True, slots=True)
class QualificationRow:
    """A qualification and how many workers hold it."""

    id: int
    qualification_name: str
    description: str
    created_at: datetime
    granted: int


def names_of(text: str | None) -> list[str] | None:
    """A stored list of fields; a damaged one stands as it is. None where there is none."""
    if text is None:
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return [text]
    return [str(name) for name in found] if isinstance(found, list) else [text]


def _object(text: str) -> dict[str, Any]:
    value = json.loads(text)
    return value if isinstance(value, dict) else {"": value}
