"""What an hour of work in a run comes to, person by person, against a target; top-ups for who is below it.

Somebody who left the page open over lunch did not work through lunch: an answer's time counts up to
`LONGEST` times the run's median. Not in the GUI thread.
"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import BadInput, to_major
from crowddesk.language import say
from crowddesk.operations.decisions import Decided
from crowddesk.operations.paying import BonusLine, fees_of, pay_bonuses
from crowddesk.settings import FairPay, read_targets
from crowddesk.store import ledger, records
from crowddesk.store.queries.wages import bonuses_by_worker, names_of_workers, worked_units

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

#: An answer's time counts up to so many times the median of the run.
LONGEST: Final = 4.0
#: A median says little before there are so many answers; nothing is cut then.
_FEW: Final = 5
_HOUR_MS: Final = 3_600_000
_NO_BONUS: Final = (0, 0)


@dataclass(frozen=True, slots=True)
class Wage:
    """One person's work in a run. Money in minor units; `seconds` counted, `cut` answers counted in part.

    `hourly` is None while no time is known. `missing` is what lifts it to the target, rounded up. `newest` is
    the last action of the `bonuses`, 0 for none.
    """

    worker_id: int
    worker_name: str
    answers: int
    seconds: float
    cut: int
    untimed: int
    pay: int
    bonuses: int
    newest: int
    hourly: int | None
    missing: int


@dataclass(frozen=True, slots=True)
class Wages:
    """Everybody's wages, the lowest first. `target` and `median` are minor units of `currency` an hour."""

    run_id: int
    currency: str
    target: int | None
    people: tuple[Wage, ...]
    median: int | None
    median_seconds: float | None

    @property
    def below(self) -> tuple[Wage, ...]:
        """Who earns less than the target."""
        return tuple(wage for wage in self.people if wage.missing > 0)


def target_of(settings: FairPay, currency: str) -> int | None:
    """The hourly target that a workspace's settings name for a currency, in minor units; None for none."""
    return read_targets(settings.hourly_targets).get(currency)


def wages_of(conn: Connection, run_id: int, target: int | None) -> Wages:
    """What people earn an hour in a run: accepted, softly rejected and waiting answers, and bonuses.

    Raises NotFound.
    """
    run = records.get(conn, "task_run", run_id)
    units: dict[int, list[tuple[float | None, int]]] = defaultdict(list)
    for worker, seconds, pay in worked_units(conn, run_id):
        units[worker].append((seconds, pay))
    times = [s for mine in units.values() for s, _ in mine if s is not None and s > 0]
    median = statistics.median(times) if times else None
    longest = median * LONGEST if median is not None and len(times) >= _FEW else math.inf
    bonuses, names = bonuses_by_worker(conn, run_id), names_of_workers(conn, run_id)
    people = [
        _wage(worker, names[worker], mine, bonuses.get(worker, _NO_BONUS), longest, target)
        for worker, mine in units.items()
    ]
    known = [wage.hourly for wage in people if wage.hourly is not None]
    people.sort(key=lambda w: (w.hourly is None, w.hourly or 0, w.worker_id))
    middle = round(statistics.median(known)) if known else None
    return Wages(run_id, run["currency"], target, tuple(people), middle, median)


def _wage(
    worker: int,
    name: str,
    units: Sequence[tuple[float | None, int]],
    bonuses: tuple[int, int],
    longest: float,
    target: int | None,
) -> Wage:
    timed = [(seconds, pay) for seconds, pay in units if seconds is not None and seconds > 0]
    worked_ms = round(1_000 * sum(min(s, longest) for s, _ in timed))
    # What was paid for answers without a known time says nothing about an hour.
    earned = sum(pay for _, pay in timed) + bonuses[0]
    hourly = (earned * _HOUR_MS + worked_ms // 2) // worked_ms if worked_ms else None
    missing = 0
    if target is not None and worked_ms:
        missing = max(0, -(-target * worked_ms // _HOUR_MS) - earned)
    return Wage(
        worker_id=worker,
        worker_name=name,
        answers=len(units),
        seconds=worked_ms / 1_000,
        cut=sum(s > longest for s, _ in timed),
        untimed=len(units) - len(timed),
        pay=sum(pay for _, pay in units),
        bonuses=bonuses[0],
        newest=bonuses[1],
        hourly=hourly,
        missing=missing,
    )


@dataclass(frozen=True, slots=True)
class TopUps:
    """The bonuses that lift everybody to the target: minor units, with the vendor's fee for all of them.

    `free` is what the run's cap leaves for them; None: it has no cap.
    """

    wages: Wages
    lines: tuple[BonusLine, ...] = ()
    amount: int = 0
    fee: int = 0
    free: int | None = None

    @property
    def over_budget(self) -> bool:
        return self.free is not None and self.amount + self.fee > self.free


def plan_top_ups(
    db: CrowdDatabase, run_id: int, target: int, reason: str, worker_ids: Sequence[int] | None = None
) -> TopUps:
    """The top-ups of a run, or of some of its people. Asks the vendor for fees.

    A line's sequence follows from the person's bonuses so far, so that two desks, or two clicks, make one.
    """
    if target <= 0:
        raise BadInput(say("The target is more than nothing an hour."))
    run: Any = db.get_task_run(str(run_id))
    with db.read() as conn:
        wages = wages_of(conn, run_id, target)
        free = ledger.free_budget(conn, run_id)
    wanted = None if worker_ids is None else set(worker_ids)
    words = reason.strip() or default_reason(wages)
    lines = tuple(
        BonusLine(
            wage.worker_id,
            wage.missing,
            words,
            _sequence(run_id, wage.newest),
            run_id,
            after_undo=True,
        )
        for wage in wages.below
        if wanted is None or wage.worker_id in wanted
    )
    fees = fees_of(db, int(run["requester_id"]), [line.amount for line in lines]) if lines else {}
    amount, fee = sum(line.amount for line in lines), sum(fees[line.amount] for line in lines)
    return TopUps(wages, lines, amount, fee, free)


def default_reason(wages: Wages) -> str:
    """What people are told when nothing else is said."""
    # The worker reads it, whose language is not the requester's.
    hour = f"{wages.currency} {to_major(wages.target or 0, wages.currency):,}"
    return f"This brings your pay for this work to {hour} an hour. Thank you."


def queue_top_ups(db: CrowdDatabase, plan: TopUps, *, send_after: timedelta | None = None) -> Decided:
    """Records planned top-ups. Raises OverBudget, and as `pay_bonuses`; nothing is recorded then.

    Somebody whose bonuses have changed since is skipped: what they lack is another sum.
    """
    run_id = plan.wages.run_id
    run: Any = db.get_task_run(str(run_id))

    def changed(conn: Connection) -> dict[int, str]:
        known = bonuses_by_worker(conn, run_id)
        return {
            line.worker_id: say("their bonuses have changed meanwhile: look at the wages again")
            for line in plan.lines
            if line.sequence != _sequence(run_id, known.get(line.worker_id, _NO_BONUS)[1])
        }

    return pay_bonuses(db, int(run["requester_id"]), plan.lines, not_owed=changed, send_after=send_after)


def _sequence(run_id: int, newest: int) -> str:
    return f"top-up-{run_id}-{newest}"
