"""What is about to leave: counts, money, rejections per person, what waits, broken rules, by account."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.domain import ActionKind, ActionState, PolicyRefused, money_json, to_major, to_minor
from crowddesk.language import say
from crowddesk.operations.policy import RejectionPolicy, rules_of, used_by
from crowddesk.store import ledger, second_looks
from crowddesk.store.queries import Staged, staged_reasons, staged_rejections, staged_summary
from crowddesk.store.second_looks import Waiting

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_REASONS_CHECKED = 200
_REJECTIONS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ToSend:
    """What one account has staged. Money in minor units of `currency`; `broken` are sentences.

    `kinds` has a line a kind of action, `rejections` are (worker, how many), the most first; neither counts
    `waiting`, the first rejections of people that stay until somebody looked at them again.
    """

    requester_id: int
    requester_name: str
    provider_type: str
    sandbox: bool
    currency: str
    kinds: tuple[Staged, ...]
    rejections: tuple[tuple[str, int], ...]
    broken: tuple[str, ...]
    waiting: tuple[Waiting, ...] = ()
    #: The first of the rejections that leave, with their words and evidence.
    rejected: tuple[Waiting, ...] = ()

    @property
    def actions(self) -> int:
        return sum(part.actions for part in self.kinds)

    @property
    def amount_minor(self) -> int:
        return sum(part.amount_minor for part in self.kinds)

    @property
    def fee_minor(self) -> int:
        return sum(part.fee_minor for part in self.kinds)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is staged, and the last action that was counted: `send` is to go no further."""

    accounts: tuple[ToSend, ...]
    last_id: int

    @property
    def actions(self) -> int:
        """How many would leave."""
        return sum(account.actions for account in self.accounts)

    @property
    def waiting(self) -> int:
        """How many stay until somebody looked at them again."""
        return sum(len(account.waiting) for account in self.accounts)


def read_sheet(conn: Connection, caps: RejectionPolicy, run_id: int | None = None) -> Sheet:
    """What is staged now (of one run), with the rules it breaks.

    Asks the database only; not in the GUI thread.
    """
    staged = ledger.ids_in_state(conn, (ActionState.STAGED,), None, run_id)
    by_account: dict[int, list[Staged]] = {}
    for part in staged_summary(conn, run_id):
        by_account.setdefault(part.requester_id, []).append(part)
    accounts = []
    for requester_id, parts in by_account.items():
        waiting = tuple(second_looks.waiting(conn, requester_id=requester_id, run_id=run_id))
        stays = [row.action_id for row in waiting]
        rejections = staged_rejections(conn, requester_id, run_id, stays)
        first = parts[0]
        accounts.append(
            ToSend(
                requester_id, first.requester_name, first.provider_type, first.sandbox, first.currency,
                tuple(_without(parts, len(stays))), tuple(rejections),
                tuple(_broken(conn, caps, first, run_id, stays)), waiting,
                tuple(second_looks.leaving(conn, requester_id, run_id, _REJECTIONS_SHOWN)),
            )
        )  # fmt: skip
    return Sheet(tuple(accounts), staged[-1] if staged else 0)


def _without(parts: Sequence[Staged], waiting: int) -> list[Staged]:
    """The lines without the rejections that stay, which carry no money."""
    lines = [
        dataclasses.replace(part, actions=part.actions - waiting) if part.kind == ActionKind.REJECT else part
        for part in parts
    ]
    return [part for part in lines if part.actions > 0]


def available_balance(db: CrowdDatabase, requester_id: int) -> Decimal:
    """What the account can spend by the vendor's word, in major units. Asks the vendor: in the jobs thread.

    Raises VendorError.
    """
    return Requester.get(db, str(requester_id)).get_available_budget()


def balance_after(balance: Decimal, account: ToSend) -> Decimal:
    """What stays of an account's balance when all of this has been paid, in major units."""
    return balance - to_major(account.amount_minor + account.fee_minor, account.currency)


def sheet_json(sheet: Sheet, balances: Mapping[int, Decimal | str]) -> dict[str, Any]:
    """The sheet for programs. `balances` are major units by account, or why the vendor did not say."""
    return {
        "actions": sheet.actions,
        "waiting": sheet.waiting,
        "last_action_id": str(sheet.last_id),
        "accounts": [
            _account_json(account, balances.get(account.requester_id)) for account in sheet.accounts
        ],
    }


def _account_json(account: ToSend, balance: Decimal | str | None) -> dict[str, Any]:
    code = account.currency
    known = isinstance(balance, Decimal)
    return {
        "requester_id": str(account.requester_id),
        "requester_name": account.requester_name,
        "provider_type": account.provider_type,
        "sandbox": account.sandbox,
        "actions": account.actions,
        "money": money_json(account.amount_minor, code),
        "fees": money_json(account.fee_minor, code),
        "total": money_json(account.amount_minor + account.fee_minor, code),
        "kinds": [
            {
                "kind": part.kind,
                "actions": part.actions,
                "money": money_json(part.amount_minor, code),
                "fees": money_json(part.fee_minor, code),
            }
            for part in account.kinds
        ],
        "balance": money_json(_minor(balance, code), code) if isinstance(balance, Decimal) else None,
        "balance_after": money_json(_minor(balance_after(balance, account), code), code)
        if isinstance(balance, Decimal)
        else None,
        "balance_problem": None if known else balance,
        "rejections": [{"worker_name": name, "rejections": count} for name, count in account.rejections],
        "second_looks": [
            {
                "action_id": str(row.action_id),
                "unit_id": str(row.unit_id),
                "worker_name": row.worker_name,
                "reason": row.reason,
                "evidence": list(row.evidence),
                "created_by": row.created_by,
            }
            for row in account.waiting
        ],
        "broken": list(account.broken),
    }


def _minor(balance: Decimal, currency: str) -> int:
    """A vendor's word may be finer than the smallest coin: rounded down, so that it never promises more."""
    digits = Decimal(1).scaleb(to_major(1, currency).as_tuple().exponent)  # type: ignore[arg-type]
    return to_minor(balance.quantize(digits, rounding="ROUND_FLOOR"), currency)


def _broken(
    conn: Connection, caps: RejectionPolicy, account: Staged, run_id: int | None, stays: Sequence[int]
) -> list[str]:
    """The rules that the wire would hold against what leaves, `stays` apart."""
    found = []
    text = RejectionPolicy(rules_of(account.provider_type))
    for reason, category in staged_reasons(conn, account.requester_id, _REASONS_CHECKED, run_id):
        try:
            text.check_reason(reason, category)
        except PolicyRefused as error:
            found.append(say("{error} It will be refused.", error=error))
    batch = second_looks.largest_batch(conn, account.requester_id, run_id)
    if caps.most_per_batch is not None and batch > caps.most_per_batch:
        found.append(
            say(
                "{batch:,} rejections at once are more than the cap of {most_per_batch:,}.",
                batch=batch,
                most_per_batch=caps.most_per_batch,
            )
        )
    used = used_by(conn, account.requester_id, stays)
    if caps.most_a_day is not None and used.today > caps.most_a_day:
        found.append(
            say(
                "{today:,} rejections in 24 hours are more than the cap of {most_a_day:,}.",
                today=used.today,
                most_a_day=caps.most_a_day,
            )
        )
    cap = caps.most_per_worker_a_day
    most = max(used.by_person.values(), default=0)
    if cap is not None and most > cap:
        found.append(
            say("One person has {most:,} rejections in 24 hours; the cap is {cap:,}.", most=most, cap=cap)
        )
    return list(dict.fromkeys(found))
