"""Decisions on units and workers as vendor actions: staged, sent, undone, resolved. Not in the GUI thread."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import (
    ActionKind,
    ActionState,
    AssignmentState,
    BadInput,
    Conflict,
    NotFound,
    OverBudget,
    money_text,
    now,
)
from crowddesk.operations.policy import RejectionPolicy, check_staging, rules_of
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import ledger
from crowddesk.store.ledger import NewAction
from crowddesk.store.transaction import Write

#: The unit statuses that a decision may be made from.
_DECIDABLE = {
    ActionKind.APPROVE: (AssignmentState.COMPLETED,),
    ActionKind.SOFT_REJECT: (AssignmentState.COMPLETED,),
    ActionKind.REJECT: (AssignmentState.COMPLETED,),
    ActionKind.UNREJECT: (AssignmentState.REJECTED,),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision did: the actions that were recorded, and the targets that were not taken, with why."""

    action_ids: tuple[int, ...]
    skipped: tuple[tuple[int, str], ...]


def decide(
    db: CrowdDatabase,
    kind: str,
    unit_ids: Sequence[int],
    *,
    reason: str = "",
    category: str = "",
    caps: RejectionPolicy | None = None,
    send_after: timedelta | None = None,
) -> Decided:
    """Records approve, soft_reject, reject or unreject for units; the lane performs them.

    With `send_after` they leave by themselves after that time; otherwise they are staged until `send`. Units
    that cannot be decided are skipped and named. Raises PolicyRefused for a rejection that the rules forbid.
    """
    with db.write() as w:
        units = ledger.units_by_id(w.conn, unit_ids)
        skipped: list[tuple[int, str]] = []
        taken: list[Mapping[str, Any]] = []
        for unit_id in unit_ids:
            unit = units.get(unit_id)
            if unit is None:
                skipped.append((unit_id, "there is no such unit"))
            elif unit["pending"] is not None:
                skipped.append((unit_id, f"its {unit['pending'].replace('_', ' ')} is still open"))
            elif unit["status"] not in _DECIDABLE[kind]:
                skipped.append((unit_id, f"it is {unit['status'].replace('_', ' ')}"))
            else:
                taken.append(unit)
        if kind == ActionKind.REJECT:
            _check_rejections(db, caps or RejectionPolicy(), taken, reason, category)
        new = [_settle_of(kind, unit, reason, category) for unit in taken]
        staged = ledger.stage(w, new, state=_state(send_after), not_before=_time(send_after))
        if kind == ActionKind.UNREJECT:
            # A rejected unit stopped counting; taking the rejection back must fit the cap again.
            for run_id, currency in {(u["task_run_id"], u["currency"]) for u in taken}:
                _check_budget(w, run_id, currency)
    skipped += [(item.target_id, why) for item, why in staged.skipped]
    return Decided(staged.ids, tuple(skipped))


def _settle_of(kind: str, unit: Mapping[str, Any], reason: str, category: str) -> NewAction:
    costs = kind != ActionKind.REJECT
    return NewAction(
        requester_id=unit["requester_id"],
        kind=kind,
        target_type="unit",
        target_id=unit["id"],
        currency=unit["currency"],
        task_run_id=unit["task_run_id"],
        unit_id=unit["id"],
        worker_id=unit["worker_id"],
        amount=unit["pay_minor"] if costs else 0,
        fee=unit["fee_minor"] if costs else 0,
        reason=reason,
        category=category,
    )


def _check_rejections(
    db: CrowdDatabase, caps: RejectionPolicy, units: Sequence[Mapping[str, Any]], reason: str, category: str
) -> None:
    by_account: dict[tuple[int, str], list[int | None]] = {}
    for unit in units:
        by_account.setdefault((unit["requester_id"], unit["provider_type"]), []).append(unit["worker_id"])
    for (requester_id, provider_type), workers in by_account.items():
        RejectionPolicy(rules_of(provider_type)).check_reason(reason, category)
        check_staging(db, caps, requester_id, workers)


def _check_budget(w: Write, run_id: int, currency: str) -> None:
    """Raises OverBudget, which takes the whole transaction back, when a run's reservations exceed its cap."""
    w.flush_totals()
    free = ledger.free_budget(w.conn, run_id)
    if free is not None and free < 0:
        raise OverBudget(
            f"With fees this is {money_text(-free, currency)} more than the budget of run {run_id} has left. "
            "Nothing was reserved."
        )


# --------------------------------------------------------------------------------------------- workers


def pay_bonus(
    db: CrowdDatabase,
    requester_id: int,
    worker_ids: Sequence[int],
    amount: int,
    reason: str,
    *,
    sequence: str,
    run_id: int | None = None,
    unit_id: int | None = None,
    send_after: timedelta | None = None,
) -> Decided:
    """Records one bonus of `amount` minor units for each worker, with the vendor's fee reserved.

    `sequence` is drawn when the dialog opens (or from the file's row), so that a second click is the same
    bonus. Raises OverBudget when amount and fees do not fit the run's cap.
    """
    account = db.get_requester(str(requester_id))
    if amount <= 0:
        raise BadInput(f"A bonus of {money_text(amount, account['currency'])} is not more than nothing.")
    if not reason.strip():
        raise BadInput("A bonus needs a reason: it reaches the worker.")
    provider = get_crowd_provider_from_type(account["provider_type"])(db)
    fee = provider.quote(ActionKind.BONUS, amount, 1)
    new = [
        NewAction(
            requester_id=requester_id,
            kind=ActionKind.BONUS,
            target_type="worker",
            target_id=worker_id,
            currency=account["currency"],
            task_run_id=run_id,
            unit_id=unit_id,
            worker_id=worker_id,
            amount=amount,
            fee=fee,
            reason=reason,
            sequence=sequence,
        )
        for worker_id in dict.fromkeys(worker_ids)
    ]
    with db.write() as w:
        staged = ledger.stage(w, new, state=_state(send_after), not_before=_time(send_after))
        if run_id is not None:
            _check_budget(w, run_id, account["currency"])
    return Decided(staged.ids, tuple((item.target_id, why) for item, why in staged.skipped))


def new_sequence() -> str:
    """A sequence for a bonus or a message, drawn when its dialog opens."""
    return uuid.uuid4().hex


def treat_workers(
    db: CrowdDatabase,
    kind: str,
    requester_id: int,
    worker_ids: Sequence[int],
    *,
    reason: str = "",
    qualification_name: str = "",
    value: int = 1,
    send_after: timedelta | None = None,
) -> Decided:
    """Records block, unblock, grant or revoke for workers. NotFound for an unknown qualification."""
    account = db.get_requester(str(requester_id))
    payload: dict[str, Any] = {}
    if kind in (ActionKind.GRANT, ActionKind.REVOKE):
        if not db.find_qualifications(qualification_name):
            raise NotFound(f"There is no qualification {qualification_name!r}. Make it first.")
        payload = {"qualification_name": qualification_name, "value": value}
    elif not reason.strip():
        raise BadInput(f"To {kind} somebody needs a reason.")
    new = [
        NewAction(
            requester_id=requester_id,
            kind=kind,
            target_type="worker",
            target_id=worker_id,
            currency=account["currency"],
            worker_id=worker_id,
            reason=reason,
            payload=payload,
        )
        for worker_id in dict.fromkeys(worker_ids)
    ]
    with db.write() as w:
        staged = ledger.stage(w, new, state=_state(send_after), not_before=_time(send_after))
    return Decided(staged.ids, tuple((item.target_id, why) for item, why in staged.skipped))


# ---------------------------------------------------------------------------------- send, undo, resolve


def send(db: CrowdDatabase, *, requester_id: int | None = None, run_id: int | None = None) -> list[int]:
    """Releases everything that is staged (of one account or one run) to the lanes; returns the ids."""
    with db.write() as w:
        staged = ledger.ids_in_state(w.conn, (ActionState.STAGED,), requester_id, run_id)
        return ledger.queue(w, staged)


def undo(db: CrowdDatabase, action_ids: Sequence[int]) -> list[int]:
    """Takes back what has not left yet; returns the ids that were taken back."""
    with db.write() as w:
        return ledger.cancel(w, action_ids)


def resolve(db: CrowdDatabase, action_id: int, *, happened: bool) -> None:
    """A person's word on an action whose fate nobody can look up. Conflict when it does not wait for one."""
    note = "A person looked it up: it did not happen." if not happened else ""
    with db.write() as w:
        if not ledger.resolve(w, action_id, happened, note):
            raise Conflict(f"Action {action_id} does not wait for a decision any more.")


def _state(send_after: timedelta | None) -> str:
    return ActionState.STAGED if send_after is None else ActionState.QUEUED


def _time(send_after: timedelta | None) -> Any:
    return None if not send_after else now() + send_after
