"""One bonus, and whether what Prolific has set up for several is what was decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crowddesk.domain import Action, money_text
from crowddesk.language import say
from crowddesk.providers.prolific.api import Balance, BulkBonus

_NUMBER: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")


@dataclass(frozen=True, slots=True)
class Line:
    """One bonus: whose submission it is for, in which study.

    `participant` is who it is meant for; a link to our page may have named somebody else's submission.
    """

    action: Action
    study_id: str
    submission_id: str
    participant: str = ""


def why_not(batch: Sequence[Line], bulk: BulkBonus, balance: Balance) -> str:
    """Why a batch that was set up is not paid: it would cost something else than was decided."""
    currency = batch[0].action.currency
    if balance.currency != currency:
        return say(
            "The workspace pays in {currency} now, not in {meant}. Nothing was paid.",
            currency=balance.currency,
            meant=currency,
        )
    if bulk.study not in ("", batch[0].study_id):
        return say("Prolific would have paid in another study. Nothing was paid.")
    if not _NUMBER.fullmatch(bulk.id):
        return say("Prolific gave the payment no number to pay it by. Nothing was paid.")
    meant = sum(line.action.amount for line in batch)
    reserved = meant + sum(line.action.fee for line in batch)
    if bulk.amount != meant:
        return say(
            "Prolific would have paid {amount} where {meant} were meant, so it was not told to. "
            "Nothing was paid.",
            amount=money_text(bulk.amount, currency),
            meant=money_text(meant, currency),
        )
    # A fee is rounded for each line there, perhaps otherwise than here.
    if bulk.total > reserved + len(batch):
        return say(
            "With its fees Prolific asks for {total}; {reserved} were reserved. Nothing was paid.",
            total=money_text(bulk.total, currency),
            reserved=money_text(reserved, currency),
        )
    if bulk.total > balance.available:
        return say(
            "The workspace has {available} left, and this costs {total} with fees. Nothing was paid.",
            available=money_text(balance.available, currency),
            total=money_text(bulk.total, currency),
        )
    return ""
