"""Bonuses from a file: one row a bonus, every row checked, all of it shown, before anything is recorded.

A row's sequence follows from what it says, not from when it was read: the same file twice pays once. Not in
the GUI thread.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from crowddesk.blueprints.data_files import Item, Problems, Reading, read_table
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import ActionState, BadInput, to_minor
from crowddesk.language import say
from crowddesk.operations.decisions import Decided
from crowddesk.operations.paying import BonusLine, fees_of, pay_bonuses
from crowddesk.store import ledger
from crowddesk.store.queries.bonus_rows import bonuses_recorded, units_of, workers_named

#: What a column may be called, the first name being the usual one.
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "worker": ("worker", "worker_name", "workerid", "worker_id", "participant_id", "participant"),
    "amount": ("amount", "bonus", "bonus_amount"),
    "reason": ("reason", "message", "why"),
    "unit": ("unit", "unit_id"),
    "currency": ("currency",),
}
_LONGEST_REASON: Final = 4_000
#: More rows than this are more than a person looks over; nobody pays so many by hand.
MOST_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row that can be paid; money in minor units. `recorded` is the state of the same bonus, if any."""

    line: int
    worker_name: str
    bonus: BonusLine
    fee: int
    currency: str
    recorded: str = ""


@dataclass(frozen=True, slots=True)
class CheckedBonuses:
    """A file as it would be paid. `rows` are all good rows; those that were recorded before stay out.

    `free` is what the run's cap leaves (None: no cap), in minor units of `currency`.
    """

    requester_id: int
    requester_name: str
    sandbox: bool
    currency: str
    run_id: int | None
    rows: tuple[Row, ...]
    problems: Problems
    free: int | None

    @property
    def new(self) -> tuple[Row, ...]:
        """The rows that would be recorded."""
        return tuple(row for row in self.rows if row.recorded in ("", ActionState.CANCELLED))

    @property
    def amount(self) -> int:
        return sum(row.bonus.amount for row in self.new)

    @property
    def fee(self) -> int:
        return sum(row.fee for row in self.new)

    @property
    def over_budget(self) -> bool:
        return self.free is not None and self.amount + self.fee > self.free


def check_bonuses(
    db: CrowdDatabase,
    path: Path,
    *,
    requester_id: int,
    run_id: int | None = None,
    reason: str = "",
    batch: str = "",
    progress: Callable[[int], None] | None = None,
) -> CheckedBonuses:
    """Looks a file over. Columns: worker and amount (major units), and reason, unit or currency where given.

    `reason` stands for rows without one. Equal rows of one file are different bonuses; the same row in
    another file is the same bonus, unless `batch` names it another occasion. Asks the vendor for fees.
    Raises BadInput where the file cannot be read at all; faults of rows are in `problems`, by line.
    """
    account = db.get_requester(str(requester_id))
    currency = account["currency"]
    table = read_table(path, Reading())
    if reason.strip():
        columns = table.columns_called(_NAMES, ("worker", "amount"))
    else:
        columns = table.columns_called(
            _NAMES, ("worker", "amount", "reason"), " " + say("One reason for all may stand in for a column.")
        )
    problems = Problems()
    found: list[tuple[Item, int, str, str]] = []
    for item in table:
        if item.row_number > MOST_ROWS:
            raise BadInput(
                say("{name} has more than {most_rows:,} rows. Split it.", name=path.name, most_rows=MOST_ROWS)
            )
        if progress is not None and item.row_number % 1_000 == 0:
            progress(item.row_number)
        place = say("{name}, line {line}", name=path.name, line=item.line)
        values = {name: item.values[column].strip() for name, column in columns.items()}
        words = values.get("reason") or reason.strip()
        try:
            if values.get("currency", "").upper() not in ("", currency):
                raise BadInput(
                    say(
                        "the amount is in {currency}; this account pays in {own_currency}.",
                        currency=values["currency"],
                        own_currency=currency,
                    )
                )
            amount = to_minor(values["amount"], currency)
            if amount <= 0:
                raise BadInput(say("a bonus is more than nothing."))
        except BadInput as error:
            problems.add(place, str(error))
            continue
        if not values["worker"]:
            problems.add(place, say("there is no worker."))
        elif not words:
            problems.add(place, say("there is no reason: it reaches the worker."))
        elif len(words) > _LONGEST_REASON:
            problems.add(
                place,
                say(
                    "the reason has {count:,} characters; use at most {longest_reason:,}.",
                    count=len(words),
                    longest_reason=_LONGEST_REASON,
                ),
            )
        else:
            found.append((item, amount, values["worker"], words))
    with db.read() as conn:
        workers = workers_named(conn, account["provider_type"], [worker for _, _, worker, _ in found])
        unit_column = columns.get("unit")
        units = units_of(
            conn, [item.values[unit_column].strip() for item, *_ in found] if unit_column else []
        )
        free = ledger.free_budget(conn, run_id) if run_id is not None else None
    lines: list[tuple[int, str, BonusLine]] = []
    seen: Counter[str] = Counter()
    for item, amount, name, words in found:
        place = say("{name}, line {line}", name=path.name, line=item.line)
        worker = workers.get(name)
        if worker is None:
            problems.add(place, say("nobody called {name!r} has worked for you at this vendor.", name=name))
            continue
        unit_id, fault = _unit_of(item, unit_column, units, worker, run_id)
        if fault:
            problems.add(place, fault)
            continue
        row = json.dumps([name, amount, currency, words, unit_id, run_id, batch], ensure_ascii=False)
        seen[row] += 1
        if seen[row] > 1:
            problems.add(
                place, say("{name} gets the same amount for the same reason again.", name=name), "warning"
            )
        sequence = "file-" + hashlib.sha256(f"{row}#{seen[row]}".encode()).hexdigest()[:32]
        bonus = BonusLine(worker, amount, words, sequence, run_id, unit_id, after_undo=True)
        lines.append((item.line, name, bonus))
    fees = fees_of(db, requester_id, [bonus.amount for _, _, bonus in lines]) if lines else {}
    with db.read() as conn:
        recorded = bonuses_recorded(conn, requester_id, [bonus.sequence for _, _, bonus in lines])
    rows = tuple(
        Row(
            line,
            name,
            bonus,
            fees[bonus.amount],
            currency,
            recorded.get((bonus.worker_id, bonus.sequence), ""),
        )
        for line, name, bonus in lines
    )
    return CheckedBonuses(
        requester_id, account["requester_name"], account["sandbox"], currency, run_id, rows, problems, free
    )


def record_bonuses(
    db: CrowdDatabase, checked: CheckedBonuses, *, send_after: timedelta | None = None
) -> Decided:
    """Records every new row, all or none. Raises BadInput while there are faults, and as `pay_bonuses`."""
    checked.problems.raise_errors()
    return pay_bonuses(db, checked.requester_id, [row.bonus for row in checked.new], send_after=send_after)


def _unit_of(
    item: Item,
    column: str | None,
    units: Mapping[str, tuple[int, int, int | None]],
    worker: int,
    run_id: int | None,
) -> tuple[int | None, str]:
    """The unit that a row names, and what is wrong with it."""
    text = item.values[column].strip() if column else ""
    if not text:
        return None, ""
    known = units.get(text)
    if known is None:
        return None, say("there is no unit {text!r}.", text=text)
    unit_id, its_run, its_worker = known
    if its_worker != worker:
        return None, say("unit {unit_id} is not of this worker.", unit_id=unit_id)
    if run_id is not None and its_run != run_id:
        return None, say(
            "unit {unit_id} is of run {its_run}, not of run {run_id}.",
            unit_id=unit_id,
            its_run=its_run,
            run_id=run_id,
        )
    return unit_id, ""
