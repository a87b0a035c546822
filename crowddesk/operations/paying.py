"""Money beside the reward, as vendor actions: bonuses of different amounts, and pay for who could not submit.

Not in the GUI thread: fees are asked of the vendor before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.domain import ActionKind, BadInput, money_text
from crowddesk.language import say
from crowddesk.operations.decisions import Decided, check_budget, state_for, time_for
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import ledger, queries

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

#: Minor units; sums in the ledger stay far from the end of 64 bits.
_MOST: Final = 10**14


@dataclass(frozen=True, slots=True)
class BonusLine:
    """One bonus: minor units for a worker, counted against a run, or a unit's run, where one is given.

    `sequence` was drawn when the dialog opened, or follows from the file's row, so that a second click is the
    same bonus. `compensates` is the item that the worker could not hand in an answer to.
    """

    worker_id: int
    amount: int
    reason: str
    sequence: str
    run_id: int | None = None
    unit_id: int | None = None
    compensates: int | None = None
    after_undo: bool = False


def pay_bonuses(
    db: CrowdDatabase,
    requester_id: int,
    lines: Sequence[BonusLine],
    *,
    not_owed: Callable[[Connection], Mapping[int, str]] | None = None,
    send_after: timedelta | None = None,
) -> Decided:
    """Records bonuses with the vendor's fee for each, all or none; what was recorded before is skipped.

    `not_owed` is asked in the transaction that writes: workers who are left out by then, with why. Raises
    BadInput for an amount or a reason that cannot be, or a run of another account; OverBudget when amounts
    and fees do not fit a run's cap; VendorError when the fee cannot be asked for.
    """
    account = db.get_requester(str(requester_id))
    if sum(line.amount for line in lines) > _MOST:
        raise BadInput(
            say("More than {most} at once cannot be paid.", most=money_text(_MOST, account["currency"]))
        )
    for line in lines:
        if line.amount <= 0:
            raise BadInput(
                say(
                    "A bonus of {amount} is not more than nothing.",
                    amount=money_text(line.amount, account["currency"]),
                )
            )
        if not line.reason.strip():
            raise BadInput(say("A bonus needs a reason: it reaches the worker."))
    runs = [
        int(db.get_unit(str(line.unit_id))["task_run_id"])
        if line.run_id is None and line.unit_id is not None
        else line.run_id
        for line in lines
    ]
    for run_id in {run for run in runs if run is not None}:
        if db.get_task_run(str(run_id))["requester_id"] != str(requester_id):
            raise BadInput(
                say(
                    "Run {run_id} is not of the account {requester_name!r}.",
                    run_id=run_id,
                    requester_name=account["requester_name"],
                )
            )
    fees = fees_of(db, requester_id, [line.amount for line in lines])
    new = [
        ledger.NewAction(
            requester_id=requester_id,
            kind=ActionKind.BONUS,
            target_type="worker",
            target_id=line.worker_id,
            currency=account["currency"],
            task_run_id=run_id,
            unit_id=line.unit_id,
            worker_id=line.worker_id,
            amount=line.amount,
            fee=fees[line.amount],
            reason=line.reason,
            payload={} if line.compensates is None else {"compensates": line.compensates},
            sequence=line.sequence,
            after_undo=line.after_undo,
        )
        for line, run_id in zip(lines, runs, strict=True)
    ]
    with db.write() as w:
        left_out = not_owed(w.conn) if not_owed is not None else {}
        owed = [item for item in new if item.target_id not in left_out]
        staged = ledger.stage(w, owed, state=state_for(send_after), not_before=time_for(send_after))
        for run_id in {run for run in runs if run is not None}:
            check_budget(w, run_id, account["currency"])
    skipped = [(item.target_id, why) for item, why in staged.skipped]
    return Decided(staged.ids, (*left_out.items(), *skipped))


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
    """Records the same bonus of `amount` minor units for each worker; see `pay_bonuses`."""
    lines = [
        BonusLine(worker, amount, reason, sequence, run_id, unit_id) for worker in dict.fromkeys(worker_ids)
    ]
    return pay_bonuses(db, requester_id, lines, send_after=send_after)


def fees_of(db: CrowdDatabase, requester_id: int, amounts: Sequence[int]) -> Mapping[int, int]:
    """The vendor's fee for a bonus of each of these amounts, in minor units. May ask the vendor."""
    requester = Requester.get(db, str(requester_id))
    provider = get_crowd_provider_from_type(requester.provider_type)(db)
    return {a: provider.quote_for(requester, ActionKind.BONUS, a, 1) for a in set(amounts)}


@dataclass(frozen=True, slots=True)
class Stranded:
    """Somebody who took a unit of a run and could not hand it in: returned, timed out or cut off.

    `assignment_id` is the item they were at; `compensated`: they were paid for it, or are about to be.
    """

    worker_id: int
    worker_name: str
    assignment_id: int
    agent_status: str
    compensated: bool


def stranded_in(db: CrowdDatabase, run_id: int) -> list[Stranded]:
    """Who left a run with nothing handed in at all, the latest first."""
    with db.read() as conn:
        return [Stranded(*row) for row in queries.left_without_answer(conn, run_id)]


def compensate(
    db: CrowdDatabase,
    run_id: int,
    worker_ids: Sequence[int],
    amount: int,
    reason: str,
    *,
    send_after: timedelta | None = None,
) -> Decided:
    """Pays people who took part in a run and could not submit; once paid, a compensation unit says so.

    One a person and item: asked twice, it is paid once. Raises BadInput where a worker never was at a unit of
    this run, or has handed in all of theirs, and what `pay_bonuses` raises.
    """
    run: Mapping[str, Any] = db.get_task_run(str(run_id))
    lines = []
    with db.read() as conn:
        for worker_id in dict.fromkeys(worker_ids):
            item = queries.last_item_of(conn, run_id, worker_id)
            if item is None:
                raise BadInput(
                    say(
                        "Worker {worker_id} was never at a unit of run {run_id} that they could not hand "
                        "in: nothing is owed.",
                        worker_id=worker_id,
                        run_id=run_id,
                    )
                )
            sequence = f"compensates-{item}"
            lines.append(
                BonusLine(worker_id, amount, reason, sequence, run_id, compensates=item, after_undo=True)
            )

    def handed_in(conn: Connection) -> dict[int, str]:
        return {
            line.worker_id: say("they have handed it in meanwhile, or left another item")
            for line in lines
            if queries.last_item_of(conn, run_id, line.worker_id) != line.compensates
        }

    return pay_bonuses(db, int(run["requester_id"]), lines, not_owed=handed_in, send_after=send_after)
