"""Decisions on units and workers as vendor actions: staged, sent, undone, resolved. Not in the GUI thread."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import (
    DATASET_STATUSES,
    ActionKind,
    ActionState,
    AssignmentState,
    BadInput,
    Conflict,
    NotFound,
    OverBudget,
    kind_text,
    money_text,
    now,
    status_text,
)
from crowddesk.language import say
from crowddesk.operations.policy import RejectionPolicy, caps_in, check_staging, rules_of, unfilled_in
from crowddesk.operations.second_looks import stage, stage_again
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import changes, ledger, second_looks, wire
from crowddesk.store.ledger import NewAction
from crowddesk.store.transaction import Write

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

#: The unit statuses that a decision may be made from.
_DECIDABLE = {
    ActionKind.APPROVE: (AssignmentState.COMPLETED,),
    ActionKind.SOFT_REJECT: (AssignmentState.COMPLETED,),
    ActionKind.REJECT: (AssignmentState.COMPLETED,),
    ActionKind.UNREJECT: (AssignmentState.REJECTED,),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision did: the actions that were recorded, and the targets that were not taken, with why.

    `waiting` of the actions are first rejections of their person: somebody looks again before they may leave.
    """

    action_ids: tuple[int, ...]
    skipped: tuple[tuple[int, str], ...]
    waiting: tuple[int, ...] = ()


def decide(
    db: CrowdDatabase,
    kind: str,
    unit_ids: Sequence[int],
    *,
    reason: str | Mapping[int, str] = "",
    category: str | Mapping[int, str] = "",
    evidence: Mapping[int, Sequence[str]] | None = None,
    caps: RejectionPolicy | None = None,
    send_after: timedelta | None = None,
) -> Decided:
    """Records approve, soft_reject, reject or unreject for units; the lane performs them.

    `reason` and `category` are one for all, or each unit's own; `evidence` is kept beside them and reaches
    nobody. With `send_after` they leave by themselves after that time; otherwise they are staged until
    `send`. A person's first rejection is staged in any case, and waits for a second look. Units that cannot
    be decided are skipped and named. Raises PolicyRefused for a rejection that the rules forbid.
    """
    caps = caps or RejectionPolicy()
    with db.write() as w:
        taken, skipped = _decidable(w.conn, kind, unit_ids)
        words = {u["id"]: (_own(reason, u["id"]), _own(category, u["id"])) for u in taken}
        if kind == ActionKind.REJECT:
            _check_rejections(w.conn, caps, taken, words)
        new = [_settle_of(kind, unit, *words[unit["id"]], evidence) for unit in taken]
        staged, waiting = stage(w, new, caps, state_for(send_after), time_for(send_after))
        if kind == ActionKind.UNREJECT:
            # A rejected unit stopped counting; taking the rejection back must fit the cap again.
            for run_id, currency in {(u["task_run_id"], u["currency"]) for u in taken}:
                check_budget(w, run_id, currency)
    skipped += [(item.target_id, why) for item, why in staged.skipped]
    return Decided(staged.ids, tuple(skipped), waiting)


def _own(said: str | Mapping[int, str], unit_id: int) -> str:
    return said if isinstance(said, str) else said.get(unit_id, "")


def set_dataset_status(db: CrowdDatabase, unit_ids: Sequence[int], status: str) -> list[int]:
    """Says whether answers count, whatever was decided on the work; returns the units that there were.

    `undecided` takes the word back: the next decision then says it again. Raises BadInput.
    """
    if status not in DATASET_STATUSES:
        raise BadInput(
            say(
                "{status!r} is no data-set status: use {dataset_statuses}.",
                status=status,
                dataset_statuses=", ".join(DATASET_STATUSES),
            )
        )
    with db.write() as w:
        return changes.set_dataset_status(w, unit_ids, status)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decision would do: how many units, (currency, pay, fees) in minor units, and who is left out."""

    units: int
    money: tuple[tuple[str, int, int], ...]
    skipped: tuple[tuple[int, str], ...]


def preview(db: CrowdDatabase, kind: str, unit_ids: Sequence[int]) -> Preview:
    """What `decide` would record for these units, for whoever asks before it does."""
    with db.read() as conn:
        taken, skipped = _decidable(conn, kind, unit_ids)
    money: dict[str, list[int]] = {}
    for unit in taken:
        action = _settle_of(kind, unit, "", "", None)
        sums = money.setdefault(action.currency, [0, 0])
        sums[0] += action.amount
        sums[1] += action.fee
    return Preview(
        len(taken), tuple((c, pay, fee) for c, (pay, fee) in sorted(money.items())), tuple(skipped)
    )


def _decidable(
    conn: Connection, kind: str, unit_ids: Sequence[int]
) -> tuple[list[Mapping[str, Any]], list[tuple[int, str]]]:
    """The units that this decision may be made on, and the others with why."""
    units = ledger.units_by_id(conn, unit_ids)
    taken: list[Mapping[str, Any]] = []
    skipped: list[tuple[int, str]] = []
    for unit_id in dict.fromkeys(unit_ids):
        unit = units.get(unit_id)
        if unit is None:
            skipped.append((unit_id, say("there is no such unit")))
        elif unit["pending"] is not None:
            skipped.append((unit_id, say("its {action} is still open", action=kind_text(unit["pending"]))))
        elif unit["status"] not in _DECIDABLE[kind]:
            skipped.append((unit_id, say("it is {status}", status=status_text(unit["status"]))))
        else:
            taken.append(unit)
    return taken, skipped


def _settle_of(
    kind: str,
    unit: Mapping[str, Any],
    reason: str,
    category: str,
    evidence: Mapping[int, Sequence[str]] | None,
) -> NewAction:
    costs = kind != ActionKind.REJECT
    shown = list((evidence or {}).get(unit["id"], ()))
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
        payload={"evidence": shown} if shown else None,
    )


def _check_rejections(
    conn: Connection,
    caps: RejectionPolicy,
    units: Sequence[Mapping[str, Any]],
    words: Mapping[int, tuple[str, str]],
) -> None:
    """All that are rejected together, with each unit's reason and category: the caps count all of them."""
    by_account: dict[tuple[int, str], list[Mapping[str, Any]]] = {}
    for unit in units:
        by_account.setdefault((unit["requester_id"], unit["provider_type"]), []).append(unit)
    for (requester_id, provider_type), mine in by_account.items():
        text = RejectionPolicy(rules_of(provider_type))
        for reason, category in dict.fromkeys(words[unit["id"]] for unit in mine):
            text.check_reason(reason, category)
        check_staging(conn, caps, requester_id, [unit["worker_id"] for unit in mine])


def check_budget(w: Write, run_id: int, currency: str) -> None:
    """Raises OverBudget, which takes the whole transaction back, when a run's reservations exceed its cap."""
    w.flush_totals()
    free = ledger.free_budget(w.conn, run_id)
    if free is not None and free < 0:
        raise OverBudget(
            say(
                "With fees this is {free} more than the budget of run {run_id} has left. Nothing was "
                "reserved.",
                free=money_text(-free, currency),
                run_id=run_id,
            )
        )


# --------------------------------------------------------------------------------------------- workers


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
            raise NotFound(
                say(
                    "There is no qualification {qualification_name!r}. Make it first.",
                    qualification_name=qualification_name,
                )
            )
        payload = {"qualification_name": qualification_name, "value": value}
    elif not reason.strip():
        raise BadInput(say("To {kind} somebody needs a reason.", kind=kind))
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
        staged = ledger.stage(w, new, state=state_for(send_after), not_before=time_for(send_after))
    return Decided(staged.ids, tuple((item.target_id, why) for item, why in staged.skipped))


def request_return(
    db: CrowdDatabase,
    unit_ids: Sequence[int],
    reasons: Sequence[str] | Mapping[int, Sequence[str]],
    *,
    send_after: timedelta | None = None,
) -> Decided:
    """Records for units, completed or at work, that their workers are asked to give them back.

    It is the vendor's softer way than a rejection: nobody is forced. `reasons` reach the workers: the same
    for all, or each unit's own. Units that cannot be asked for, or whose vendor does not offer it, are
    skipped and named. Raises BadInput.
    """
    own = reasons if isinstance(reasons, Mapping) else dict.fromkeys(unit_ids, reasons)
    said = {i: [words.strip() for words in own.get(i, ()) if words.strip()] for i in unit_ids}
    if not all(said.values()):
        raise BadInput(say("To ask somebody to return their work needs a reason: it reaches them."))
    for words in {words for mine in said.values() for words in mine}:
        if left := unfilled_in(words):
            raise BadInput(
                say("The reason still holds {left}, which the worker would read as it stands.", left=left)
            )
    with db.write() as w:
        units = ledger.units_by_id(w.conn, unit_ids)
        taken: list[Mapping[str, Any]] = []
        skipped: list[tuple[int, str]] = []
        for unit_id in dict.fromkeys(unit_ids):
            unit = units.get(unit_id)
            why = say("there is no such unit") if unit is None else _why_not_returned(unit)
            if unit is None or why:
                skipped.append((unit_id, why))
            else:
                taken.append(unit)
        new = [
            NewAction(
                requester_id=unit["requester_id"],
                kind=ActionKind.REQUEST_RETURN,
                target_type="unit",
                target_id=unit["id"],
                currency=unit["currency"],
                task_run_id=unit["task_run_id"],
                unit_id=unit["id"],
                worker_id=unit["worker_id"],
                reason="; ".join(said[unit["id"]]),
                payload={"reasons": said[unit["id"]]},
            )
            for unit in taken
        ]
        staged = ledger.stage(w, new, state=state_for(send_after), not_before=time_for(send_after))
    skipped += [(item.target_id, why) for item, why in staged.skipped]
    return Decided(staged.ids, tuple(skipped))


def _why_not_returned(unit: Mapping[str, Any]) -> str:
    """Why nobody can be asked to give a unit back; "" if somebody can."""
    if not offers(unit["provider_type"], ActionKind.REQUEST_RETURN):
        return say("{provider_type} offers no such request", provider_type=unit["provider_type"])
    if unit["pending"] is not None:
        return say("its {action} is still open", action=kind_text(unit["pending"]))
    if unit["status"] not in (AssignmentState.COMPLETED, AssignmentState.ASSIGNED):
        return say("it is {status}", status=status_text(unit["status"]))
    return "" if unit["worker_id"] is not None else say("nobody has it")


def send_message(
    db: CrowdDatabase,
    requester_id: int,
    worker_ids: Sequence[int],
    body: str | Mapping[int, str],
    run_id: int | None,
    sequence: str,
    *,
    send_after: timedelta | None = None,
) -> Decided:
    """Records one message to each worker, or to each their own; about a run where one is given.

    The words go out as they stand: `people.write_to` fills in variables before.
    `sequence` is drawn when the dialog opens (`new_sequence`), so that a second click is the same message.
    The words are the action's `reason`. Raises BadInput for none, or where the vendor has no messages.
    """
    account = db.get_requester(str(requester_id))
    if not offers(account["provider_type"], ActionKind.MESSAGE):
        raise BadInput(
            say(
                "No messages can be sent to people at {provider_type} from here.",
                provider_type=account["provider_type"],
            )
        )
    words = {worker_id: _own(body, worker_id) for worker_id in worker_ids}
    if not all(said.strip() for said in words.values()):
        raise BadInput(say("A message needs words: it reaches the worker."))
    if run_id is not None and db.get_task_run(str(run_id))["requester_id"] != str(requester_id):
        raise BadInput(
            say(
                "Run {run_id} is not of the account {requester_name!r}.",
                run_id=run_id,
                requester_name=account["requester_name"],
            )
        )
    new = [
        NewAction(
            requester_id=requester_id,
            kind=ActionKind.MESSAGE,
            target_type="worker",
            target_id=worker_id,
            currency=account["currency"],
            task_run_id=run_id,
            worker_id=worker_id,
            reason=said,
            sequence=sequence,
        )
        for worker_id, said in words.items()
    ]
    with db.write() as w:
        staged = ledger.stage(w, new, state=state_for(send_after), not_before=time_for(send_after))
    return Decided(staged.ids, tuple((item.target_id, why) for item, why in staged.skipped))


def offers(provider_type: str, kind: str) -> bool:
    """Whether a vendor can do one of the kinds beyond deciding, paying, blocking and qualifying."""
    return kind in get_crowd_provider_from_type(provider_type).OFFERS


# ---------------------------------------------------------------------------------- send, undo, resolve


def send(
    db: CrowdDatabase,
    *,
    requester_id: int | None = None,
    run_id: int | None = None,
    last_id: int | None = None,
) -> list[int]:
    """Releases what is staged (of one account or one run) to the lanes; returns the ids.

    Up to `last_id` only, where a person saw and agreed to no later ones. What waits for a second look stays.
    """
    with db.write() as w:
        staged = ledger.ids_in_state(w.conn, (ActionState.STAGED,), requester_id, run_id, last_id)
        waits = set(second_looks.waiting_ids(w.conn, requester_id=requester_id, run_id=run_id))
        return ledger.queue(w, [i for i in staged if i not in waits])


def retry(
    db: CrowdDatabase,
    action_ids: Sequence[int],
    *,
    caps: RejectionPolicy | None = None,
    send_after: timedelta | None = None,
) -> Decided:
    """Records refused actions once more, with the same money and words. Asking twice makes one.

    An action that was not refused, or whose unit has been decided meanwhile, is skipped and named (by the
    action's id). Raises PolicyRefused and OverBudget as the first time.
    """
    with db.write() as w:
        rows = ledger.actions_by_id(w.conn, action_ids)
        units = ledger.units_by_id(w.conn, [r["unit_id"] for r in rows.values() if r["unit_id"] is not None])
        skipped: list[tuple[int, str]] = []
        taken: list[Mapping[str, Any]] = []
        for action_id in dict.fromkeys(action_ids):
            row = rows.get(action_id)
            why = say("there is no such action") if row is None else _why_not_again(row, units)
            if row is None or why:
                skipped.append((action_id, why))
            else:
                taken.append(row)
        caps = caps or RejectionPolicy()
        words = {
            row["unit_id"]: (row["reason"], row["category"])
            for row in taken
            if row["kind"] == ActionKind.REJECT
        }
        _check_rejections(w.conn, caps, [units[i] for i in words], words)
        new = [ledger.again(row) for row in taken]
        staged, waiting = stage_again(w, new, taken, caps, state_for(send_after), time_for(send_after))
        for run_id, currency in {(r["task_run_id"], r["currency"]) for r in taken if r["kind"] in _RESERVES}:
            if run_id is not None:
                check_budget(w, run_id, currency)
    place = {(n.kind, n.target_id, n.sequence): row["id"] for n, row in zip(new, taken, strict=True)}
    skipped += [(place[item.kind, item.target_id, item.sequence], why) for item, why in staged.skipped]
    return Decided(staged.ids, tuple(skipped), waiting)


#: Kinds whose money stopped counting when they were refused.
_RESERVES = (ActionKind.BONUS, ActionKind.UNREJECT)


def _why_not_again(row: Mapping[str, Any], units: Mapping[int, Mapping[str, Any]]) -> str:
    """Why a refused action cannot be tried again; "" if it can."""
    if row["state"] != ActionState.REFUSED:
        return say("it is {state}, not refused", state=status_text(row["state"]))
    if ledger.payload_of(row) is None:
        return say("its stored payload is damaged")
    unit = units.get(row["unit_id"])
    allowed = _DECIDABLE.get(row["kind"])
    if row["kind"] == ActionKind.LAUNCH:
        allowed = (AssignmentState.CREATED,)
    if allowed is not None and unit is not None and unit["status"] not in allowed:
        return say("its unit is {status} by now", status=status_text(unit["status"]))
    return ""


def undo(db: CrowdDatabase, action_ids: Sequence[int]) -> list[int]:
    """Takes back what has not left yet; returns the ids that were taken back."""
    with db.write() as w:
        return ledger.cancel(w, action_ids)


def resolve(db: CrowdDatabase, action_id: int, *, happened: bool) -> None:
    """A person's word on an action whose fate nobody can look up. Conflict when it does not wait for one."""
    note = say("A person looked it up: it did not happen.") if not happened else ""
    with db.write() as w:
        if not wire.resolve(w, action_id, happened, note):
            raise Conflict(
                say("Action {action_id} does not wait for a decision any more.", action_id=action_id)
            )


def resolve_and_resend(db: CrowdDatabase, action_id: int) -> int:
    """A person's word that an action did not happen, and that it is to go out once more; the new action's id.

    Both are one step, and asking twice makes one action. Raises Conflict when it does not wait for a person,
    or cannot be sent again as things stand now, and OverBudget; nothing is changed then.
    """
    with db.write() as w:
        again = ledger.sent_again(w.conn, action_id)
        if again is not None:
            return again
        if not wire.resolve(
            w, action_id, False, say("A person looked it up: it did not happen. Sent again.")
        ):
            raise Conflict(
                say("Action {action_id} does not wait for a decision any more.", action_id=action_id)
            )
        row = ledger.actions_by_id(w.conn, [action_id])[action_id]
        why = _why_not_again(row, ledger.units_by_id(w.conn, [row["unit_id"]] if row["unit_id"] else []))
        if why:
            raise Conflict(
                say("Action {action_id} cannot be sent again: {why}.", action_id=action_id, why=why)
            )
        staged, _ = stage_again(w, [ledger.again(row)], [row], caps_in(db), ActionState.QUEUED)
        if not staged.ids:
            raise Conflict(
                say(
                    "Action {action_id} cannot be sent again: {skipped}.",
                    action_id=action_id,
                    skipped=staged.skipped[0][1],
                )
            )
        if row["kind"] in _RESERVES and row["task_run_id"] is not None:
            check_budget(w, row["task_run_id"], row["currency"])
    return staged.ids[0]


def state_for(send_after: timedelta | None) -> str:
    return ActionState.STAGED if send_after is None else ActionState.QUEUED


def time_for(send_after: timedelta | None) -> Any:
    return None if not send_after else now() + send_after
