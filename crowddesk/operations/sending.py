"""What is about to leave: counts, money, rejections per person and broken rules, account by account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.domain import ActionState, PolicyRefused, now
from crowddesk.operations.policy import RejectionPolicy, rules_of
from crowddesk.store import ledger
from crowddesk.store.queries import Staged, staged_reasons, staged_rejections, staged_summary

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_DAY = timedelta(days=1)
_REASONS_CHECKED = 200


@dataclass(frozen=True, slots=True)
class ToSend:
    """What one account has staged. Money in minor units of `currency`; `broken` are sentences.

    `kinds` has a line a kind of action; `rejections` are (worker, how many), the most first.
    """

    requester_id: int
    requester_name: str
    provider_type: str
    sandbox: bool
    currency: str
    kinds: tuple[Staged, ...]
    rejections: tuple[tuple[str, int], ...]
    broken: tuple[str, ...]

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


def read_sheet(conn: Connection, caps: RejectionPolicy) -> Sheet:
    """What is staged now, with the rules it breaks. Asks the database only; not in the GUI thread."""
    staged = ledger.ids_in_state(conn, (ActionState.STAGED,))
    by_account: dict[int, list[Staged]] = {}
    for part in staged_summary(conn):
        by_account.setdefault(part.requester_id, []).append(part)
    accounts = []
    for requester_id, parts in by_account.items():
        rejections = staged_rejections(conn, requester_id)
        accounts.append(
            ToSend(
                requester_id,
                parts[0].requester_name,
                parts[0].provider_type,
                parts[0].sandbox,
                parts[0].currency,
                tuple(parts),
                tuple(rejections),
                tuple(_broken(conn, caps, requester_id, parts[0].provider_type, rejections)),
            )
        )
    return Sheet(tuple(accounts), staged[-1] if staged else 0)


def available_balance(db: CrowdDatabase, requester_id: int) -> Decimal:
    """What the account can spend by the vendor's word, in major units. Asks the vendor: in the jobs thread.

    Raises VendorError.
    """
    return Requester.get(db, str(requester_id)).get_available_budget()


def _broken(
    conn: Connection,
    caps: RejectionPolicy,
    requester_id: int,
    provider_type: str,
    rejections: list[tuple[str, int]],
) -> list[str]:
    found = []
    text = RejectionPolicy(rules_of(provider_type))
    for reason, category in staged_reasons(conn, requester_id, _REASONS_CHECKED):
        try:
            text.check_reason(reason, category)
        except PolicyRefused as error:
            found.append(f"{error} It will be refused.")
    total = sum(count for _, count in rejections)
    if caps.most_per_batch is not None and total > caps.most_per_batch:
        found.append(f"{total:,} rejections at once are more than the cap of {caps.most_per_batch:,}.")
    today, by_worker = ledger.rejections_since(conn, requester_id, now() - _DAY)
    if caps.most_a_day is not None and today > caps.most_a_day:
        found.append(f"{today:,} rejections in 24 hours are more than the cap of {caps.most_a_day:,}.")
    cap = caps.most_per_worker_a_day
    most = max(by_worker.values(), default=0)
    if cap is not None and most > cap:
        found.append(f"One person has {most:,} rejections in 24 hours; the cap is {cap:,}.")
    return list(dict.fromkeys(found))
