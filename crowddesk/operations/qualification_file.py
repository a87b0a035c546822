"""Qualifications from a file: one row a grant or a revocation, every row checked before anything is recorded.

A row's sequence follows from the file and its line, so the same file twice is recorded once. Not in the GUI
thread.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crowddesk.blueprints.data_files import Problems, Reading, read_table
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import ActionKind, ActionState, BadInput
from crowddesk.language import say
from crowddesk.operations.decisions import Decided
from crowddesk.store import ledger
from crowddesk.store.ledger import NewAction
from crowddesk.store.queries import REQUESTERS, RequesterRow
from crowddesk.store.queries.qualifying import (
    FoundWorker,
    qualification_names,
    recorded_from_files,
    values_held,
    workers_called,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

#: What a column may be called, the first name being the usual one.
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "worker": ("worker", "worker_name", "workerid", "participant_id", "participant"),
    "qualification": ("qualification", "qualification_name"),
    "value": ("value",),
    "provider": ("provider", "vendor", "provider_type"),
}
_NEEDED: Final = ("worker", "qualification", "value")
_LONGEST_NAME: Final = 200
#: More rows than this are more than a person looks over.
MOST_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row that can be recorded. `value` None revokes. `before` is the value they have now, None for none.

    `recorded` is the state of the same row's action, "" for none; `unchanged`: there is nothing to do.
    """

    line: int
    worker_id: int
    worker_name: str
    provider_type: str
    requester_id: int
    requester_name: str
    currency: str
    qualification: str
    value: int | None
    before: int | None
    sequence: str
    recorded: str = ""

    @property
    def unchanged(self) -> bool:
        return self.value == self.before

    @property
    def is_new(self) -> bool:
        """Whether there is something to do that was not recorded yet."""
        return self.recorded in ("", ActionState.CANCELLED) and not self.unchanged

    @property
    def then(self) -> str:
        """What becomes of it, in words."""
        if self.recorded not in ("", ActionState.CANCELLED):
            return f"recorded: {self.recorded.replace('_', ' ')}"
        if self.unchanged:
            return "as it is"
        return "revoke" if self.value is None else f"grant {self.value}"

    @property
    def kind(self) -> str:
        return ActionKind.REVOKE if self.value is None else ActionKind.GRANT


@dataclass(frozen=True, slots=True)
class CheckedQualifications:
    """A file as it would be recorded. `to_make` are qualifications that there are not yet.

    `sandbox`: no account that would be told is a live one.
    """

    rows: tuple[Row, ...]
    to_make: tuple[str, ...]
    problems: Problems
    sandbox: bool

    @property
    def new(self) -> tuple[Row, ...]:
        """The rows that would be recorded."""
        return tuple(row for row in self.rows if row.is_new)

    @property
    def grants(self) -> int:
        return sum(row.value is not None for row in self.new)

    @property
    def revocations(self) -> int:
        return sum(row.value is None for row in self.new)


def check_qualifications(
    db: CrowdDatabase,
    path: Path,
    *,
    accounts: Sequence[int] = (),
    progress: Callable[[int], None] | None = None,
) -> CheckedQualifications:
    """Looks a file over. Columns: worker, qualification, value (empty: revoke), and provider where needed.

    The vendor of each worker is told by its only registered account, or by that of `accounts` (ids). Raises
    BadInput where the file cannot be read at all; faults of rows are in `problems`, by line.
    """
    table = read_table(path, Reading())
    hint = " " + say("Where two vendors have a worker of one name, it needs provider, too.")
    columns = table.columns_called(_NAMES, _NEEDED, hint)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:24]
    problems = Problems()
    raw: list[tuple[int, dict[str, str]]] = []
    for item in table:
        if item.row_number > MOST_ROWS:
            raise BadInput(
                say("{name} has more than {most_rows:,} rows. Split it.", name=path.name, most_rows=MOST_ROWS)
            )
        if progress is not None and item.row_number % 1_000 == 0:
            progress(item.row_number)
        raw.append((item.line, {name: item.values[column].strip() for name, column in columns.items()}))
    with db.read() as conn:
        workers = workers_called(conn, (values["worker"] for _, values in raw))
        known = qualification_names(conn)
        held = values_held(conn, (row.id for rows in workers.values() for row in rows))
        chosen, live = _accounts(conn, accounts)
    found: list[Row] = []
    seen: Counter[tuple[int, str]] = Counter()
    to_make: dict[str, None] = {}
    for line, values in raw:
        try:
            row = _read(line, values, workers, known, held, chosen, f"file-{digest}-{line}")
        except BadInput as error:
            problems.add(say("{name}, line {line}", name=path.name, line=line), str(error))
            continue
        key = (row.worker_id, row.qualification)
        seen[key] += 1
        if seen[key] > 1:
            problems.add(
                say("{name}, line {line}", name=path.name, line=line),
                say(
                    "{worker_name} and {qualification} stand in an earlier line already.",
                    worker_name=row.worker_name,
                    qualification=row.qualification,
                ),
            )
            continue
        if row.value is not None and row.qualification not in known:
            to_make[row.qualification] = None
        found.append(row)
    with db.read() as conn:
        rows = _recorded(conn, found)
    sandbox = not any(row.is_new and row.requester_id in live for row in rows)
    return CheckedQualifications(tuple(rows), tuple(to_make), problems, sandbox)


def record_qualifications(
    db: CrowdDatabase, checked: CheckedQualifications, *, send_after: timedelta | None = None
) -> Decided:
    """Records every new row of a checked file in one transaction, and makes the qualifications it needs.

    Raises BadInput with the first fault while a row has one. Rows that were recorded meanwhile, or stand
    against an open action on the same person, are left out and named.
    """
    checked.problems.raise_errors()
    new = [
        NewAction(
            requester_id=row.requester_id,
            kind=row.kind,
            target_type="worker",
            target_id=row.worker_id,
            currency=row.currency,
            worker_id=row.worker_id,
            payload={"qualification_name": row.qualification, "value": row.value or 0},
            sequence=row.sequence,
            after_undo=True,
        )
        for row in checked.new
    ]
    state = ActionState.STAGED if send_after is None else ActionState.QUEUED
    with db.write() as w:
        for name in checked.to_make:
            if not db.find_qualifications(name):
                db.new_qualification(name)
        staged = ledger.stage(
            w, new, state=state, not_before=None if send_after is None else w.at + send_after
        )
    return Decided(staged.ids, tuple((item.target_id, why) for item, why in staged.skipped))


# --------------------------------------------------------------------------------------------- inside


def _read(
    line: int,
    values: Mapping[str, str],
    workers: Mapping[str, Sequence[FoundWorker]],
    known: set[str],
    held: Mapping[tuple[int, str], int],
    accounts: Mapping[str, Sequence[RequesterRow]],
    sequence: str,
) -> Row:
    name, qualification, text = (values[column] for column in _NEEDED)
    provider = values.get("provider", "")
    if not name:
        raise BadInput(say("there is no worker."))
    if not qualification or len(qualification) > _LONGEST_NAME or not qualification.isprintable():
        raise BadInput(
            say("a qualification is a name of at most {longest_name} characters.", longest_name=_LONGEST_NAME)
        )
    found = [row for row in workers.get(name, ()) if provider in ("", row.provider_type)]
    if not found:
        raise BadInput(
            say("nobody called {name!r} has worked for you at {provider}.", name=name, provider=provider)
            if provider
            else say("nobody called {name!r} has worked for you.", name=name)
        )
    if len(found) > 1:
        vendors = say(" and ").join(row.provider_type for row in found)
        raise BadInput(
            say(
                "{vendors} both have somebody called {name!r}. Add a column provider.",
                vendors=vendors,
                name=name,
            )
        )
    worker = found[0]
    value = _value(text)
    if value is None and qualification not in known:
        raise BadInput(
            say(
                "there is no qualification {qualification!r}, so it cannot be revoked.",
                qualification=qualification,
            )
        )
    mine = accounts.get(worker.provider_type, ())
    if not mine:
        raise BadInput(
            say("no registered account of yours is at {provider_type}.", provider_type=worker.provider_type)
        )
    if len(mine) > 1:
        names = ", ".join(account.requester_name for account in mine)
        raise BadInput(
            say(
                "you have several accounts at {provider_type} ({names}). Say which.",
                provider_type=worker.provider_type,
                names=names,
            )
        )
    account = mine[0]
    return Row(
        line, worker.id, worker.worker_name, worker.provider_type, account.id, account.requester_name,
        account.currency, qualification, value, held.get((worker.id, qualification)), sequence,
    )  # fmt: skip


def _value(text: str) -> int | None:
    if not text:
        return None
    digits = text[1:] if text[:1] in ("-", "+") else text
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        raise BadInput(say("{text!r} is no value: write a whole number, or nothing to revoke it.", text=text))
    return int(text)


def _accounts(conn: Connection, wanted: Sequence[int]) -> tuple[dict[str, list[RequesterRow]], set[int]]:
    """The registered accounts by vendor, narrowed to those that were named, and which of all are live."""
    by_vendor: dict[str, list[RequesterRow]] = {}
    live: set[int] = set()
    for row in REQUESTERS.iterate(conn):
        if row.registered:
            by_vendor.setdefault(row.provider_type, []).append(row)
        if not row.sandbox:
            live.add(row.id)
    for vendor, rows in by_vendor.items():
        named = [row for row in rows if row.id in wanted]
        by_vendor[vendor] = named or rows
    return by_vendor, live


def _recorded(conn: Connection, rows: Sequence[Row]) -> list[Row]:
    """The rows with what became of the same row of the same file."""
    states = recorded_from_files(conn, (row.worker_id for row in rows))
    return [replace(row, recorded=states.get((row.worker_id, row.sequence), "")) for row in rows]
