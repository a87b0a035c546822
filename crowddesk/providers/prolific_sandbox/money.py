"""Money: what things cost, what a wallet holds back, the ledger of what was paid, and bonuses in two calls.

Everything is in minor units but the lines of a bonus set-up, which are in major units, as the vendor has it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from aiohttp import web

from crowddesk.providers.prolific_sandbox.books import Books, Terms, new_id
from crowddesk.providers.prolific_sandbox.jobs import Doers, Job, later
from crowddesk.providers.prolific_sandbox.wire import (
    BARE,
    WALLET_HOLD_S,
    Answer,
    Call,
    Refusal,
    api,
    invalid,
    is_whole,
    not_found,
    text_of,
)

_MOST_LINES: Final = 200
_AMOUNT: Final = re.compile(r"[0-9]{1,7}(\.[0-9]{1,2})?\Z")
_LARGEST: Final = 10**9


def routes(books: Books) -> list[web.RouteDef]:
    """The calculator and the bonuses."""
    return [
        api(books, "POST", "/study-cost-calculator/", _calculate, errors=BARE),
        api(books, "POST", "/submissions/bonus-payments/", _prepare),
        api(books, "POST", "/bulk-bonus-payments/{id}/pay/", _pay, purse=_purse),
    ]


# ------------------------------------------------------------------------------------------------- costs


def fees_of(terms: Terms, amount: int) -> tuple[int, int]:
    """The fee on an amount, and the tax on the fee; each rounded half up."""
    fee = _share(amount, terms.fee_percent)
    return fee, _share(fee, terms.vat_percent)


def cost_of(terms: Terms, amount: int) -> int:
    """An amount with its fee and tax."""
    return amount + sum(fees_of(terms, amount))


def _share(amount: int, percent: Decimal) -> int:
    return int((amount * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def _calculate(call: Call) -> Answer:
    body = call.body
    faults = {
        name: "A whole number from 1 is required."
        for name in ("reward", "total_available_places")
        if not is_whole(body.get(name), 1) or body[name] > _LARGEST
    }
    if faults:
        raise invalid(faults)
    places, reward = int(body["total_available_places"]), int(body["reward"])
    return Answer({"total_cost": places * cost_of(call.books.terms, reward)})


# ------------------------------------------------------------------------------------------------ wallet


def hold(db: sqlite3.Connection, workspace_id: str, amount: int) -> None:
    """Sets money aside, or gives it back when `amount` is negative; Refusal when there is too little."""
    if amount > 0:
        row = db.execute("SELECT total - reserved FROM workspace WHERE id = ?", (workspace_id,)).fetchone()
        if row[0] < amount:
            raise Refusal(
                400, "Insufficient balance", "Not enough funds in your account. Top up and try again."
            )
    db.execute("UPDATE workspace SET reserved = reserved + ? WHERE id = ?", (amount, workspace_id))


def pay(
    db: sqlite3.Connection, terms: Terms, kind: str, at: float, submission: sqlite3.Row, amount: int, by: str
) -> None:
    """Pays somebody: a row of the ledger, out of what the workspace has. `by` says what made it happen."""
    fee, vat = fees_of(terms, amount)
    workspace_id = db.execute(
        "SELECT workspace_id FROM study WHERE id = ?", (submission["study_id"],)
    ).fetchone()[0]
    _book(db, kind, at, workspace_id, submission, (amount, fee, vat), by)


def _book(
    db: sqlite3.Connection,
    kind: str,
    at: float,
    workspace_id: str,
    line: Any,
    money: tuple[int, int, int],
    by: str,
) -> None:
    db.execute(
        "INSERT INTO ledger (at, kind, workspace_id, study_id, submission_id, participant_id, amount, fee,"
        " vat, reference) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (at, kind, workspace_id, line["study_id"], line["id"], line["participant_id"], *money, by),
    )
    db.execute("UPDATE workspace SET total = total - ? WHERE id = ?", (sum(money), workspace_id))


def spent_on(db: sqlite3.Connection, study_id: str, kinds: Sequence[str]) -> tuple[int, int, int]:
    """What was paid in a study: amounts, fees, taxes."""
    marks = ",".join("?" * len(kinds))
    row = db.execute(
        "SELECT coalesce(sum(amount), 0), coalesce(sum(fee), 0), coalesce(sum(vat), 0) FROM ledger"
        f" WHERE study_id = ? AND kind IN ({marks})",
        (study_id, *kinds),
    ).fetchone()
    return row[0], row[1], row[2]


def bonuses_of(db: sqlite3.Connection, submission_id: str) -> list[int]:
    """The bonuses that were paid on a submission, in the order of their payment."""
    return [
        row[0]
        for row in db.execute(
            "SELECT amount FROM ledger WHERE submission_id = ? AND kind = 'bonus' ORDER BY id",
            (submission_id,),
        )
    ]


# ----------------------------------------------------------------------------------------------- bonuses


def _prepare(call: Call) -> Answer:
    """The first of two calls: nothing is paid yet."""
    body = call.body
    study_id = text_of(body, "study_id")
    study = call.db.execute(
        "SELECT s.id, s.workspace_id FROM study AS s JOIN workspace AS w ON w.id = s.workspace_id"
        " WHERE s.id = ? AND w.user_id = ?",
        (study_id, call.user_id),
    ).fetchone()
    if study is None:
        raise not_found("Study")
    asked = _read_lines(text_of(body, "csv_bonuses", longest=1_000_000))
    found: list[tuple[sqlite3.Row, int]] = []
    unknown = []
    for who, amount in asked:
        row = _target(call.db, study_id, who)
        if row is None:
            unknown.append(who)
        else:
            found.append((row, amount))
    if unknown:
        raise invalid({"csv_bonuses": [f"{who} has no submission in this study." for who in unknown]})
    bulk_id = new_id()
    sums = [0, 0, 0]
    for number, (row, amount) in enumerate(found):
        money = (amount, *fees_of(call.books.terms, amount))
        sums = [old + new for old, new in zip(sums, money, strict=True)]
        call.db.execute(
            "INSERT INTO bonus_line (bulk_id, line, submission_id, participant_id, amount, fee, vat)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (bulk_id, number, row["id"], row["participant_id"], *money),
        )
    call.db.execute(
        "INSERT INTO bulk_bonus (id, workspace_id, study_id, created_at, amount, fees, vat)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (bulk_id, study["workspace_id"], study_id, call.now, *sums),
    )
    return Answer(
        {
            "id": bulk_id,
            "study": study_id,
            "amount": sums[0],
            "fees": sums[1],
            "vat": sums[2],
            "total_amount": sum(sums),
        },
        201,
    )


def _read_lines(text: str) -> list[tuple[str, int]]:
    """Who gets how much, in minor units; Refusal names each line that cannot be read."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > _MOST_LINES:
        raise invalid({"csv_bonuses": f"At most {_MOST_LINES} lines at a time; there are {len(lines)}."})
    faults, read = [], []
    for number, line in enumerate(lines, 1):
        who, comma, amount = (part.strip() for part in line.partition(","))
        if not comma or not who or not _AMOUNT.match(amount):
            faults.append(f"Line {number} is not <id>,<amount> with at most two decimals: {line[:80]}")
        elif not (minor := int(Decimal(amount) * 100)):
            faults.append(f"Line {number} pays nothing: {line[:80]}")
        else:
            read.append((who, minor))
    if not lines:
        faults.append("There is no line.")
    if faults:
        raise invalid({"csv_bonuses": faults})
    return read


def _target(db: sqlite3.Connection, study_id: str, who: str) -> sqlite3.Row | None:
    """The submission that a line is for: named itself, or the participant's last that was not given up."""
    row: sqlite3.Row | None = db.execute(
        "SELECT id, study_id, participant_id FROM submission WHERE id = ? AND study_id = ?", (who, study_id)
    ).fetchone()
    return (
        row
        or db.execute(
            "SELECT id, study_id, participant_id FROM submission WHERE participant_id = ? AND study_id = ?"
            " ORDER BY status IN ('RETURNED', 'TIMED-OUT'), seq DESC LIMIT 1",
            (who, study_id),
        ).fetchone()
    )


def _own_bulk(call: Call) -> sqlite3.Row:
    row: sqlite3.Row | None = call.db.execute(
        "SELECT b.* FROM bulk_bonus AS b JOIN workspace AS w ON w.id = b.workspace_id"
        " WHERE b.id = ? AND w.user_id = ?",
        (call.path["id"], call.user_id),
    ).fetchone()
    if row is None:
        raise not_found("Bulk bonus payment")
    return row


def _purse(call: Call) -> tuple[str, float]:
    return _own_bulk(call)["workspace_id"], WALLET_HOLD_S


def _pay(call: Call) -> Answer:
    """The second call. It is not idempotent, as the vendor's is not: each one pays everybody once more."""
    bulk = _own_bulk(call)
    hold(call.db, bulk["workspace_id"], bulk["amount"] + bulk["fees"] + bulk["vat"])
    later(call.db, "pay_bonus", call.now + call.books.terms.lag, {"bulk_id": bulk["id"]})
    return Answer("The payment is being processed.", 202)


def _pay_bonus(job: Job) -> None:
    bulk = job.db.execute("SELECT * FROM bulk_bonus WHERE id = ?", (job.about["bulk_id"],)).fetchone()
    lines = job.db.execute(
        "SELECT l.*, l.submission_id AS id, ? AS study_id FROM bonus_line AS l WHERE bulk_id = ?"
        " ORDER BY line",
        (bulk["study_id"], bulk["id"]),
    ).fetchall()
    for line in lines:
        money = (line["amount"], line["fee"], line["vat"])
        _book(job.db, "bonus", job.due, bulk["workspace_id"], line, money, bulk["id"])
    hold(job.db, bulk["workspace_id"], -(bulk["amount"] + bulk["fees"] + bulk["vat"]))


DOERS: Final[Doers] = {"pay_bonus": _pay_bonus}
