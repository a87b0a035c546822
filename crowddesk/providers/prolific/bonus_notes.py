"""What is kept of bonuses: a note on each payment, and what each submission was paid from here.

Values of the provider's store. A damaged note proves nothing, so it is told from none; what a submission was
paid only says more than the notes do, so a damaged value of that is as good as none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from crowddesk.data_model.database import ProviderStore
from crowddesk.domain import now

# What became of one payment, as it is stored. While it is only TAKEN nothing can have been paid.
TAKEN, PAYING, ACCEPTED = "taken", "paying", "accepted"
PAID, NOT_PAID, ASKED = "paid", "not paid", "asked"
IN_DOUBT = (PAYING, ACCEPTED)
#: Of a note that nobody can read: the payment may have left.
DAMAGED = "damaged"
#: Older than any patience, in seconds.
_LONG_AGO: Final = 1e9


def read_note(store: ProviderStore, action_id: str) -> dict[str, Any]:
    """What is kept of a payment; {} where it was never begun, its state `damaged` where it makes no sense."""
    try:
        found = store.get(f"bonus/{action_id}")
    except ValueError:
        return {"state": DAMAGED}
    if found is None:
        return {}
    return found if _is_whole(found) else {"state": DAMAGED}


def _is_whole(kept: object) -> bool:
    """Whether a note has all that a look-up needs."""
    if not isinstance(kept, dict):
        return False
    if kept.get("state") not in (*IN_DOUBT, ASKED):
        return kept.get("state") in (TAKEN, PAID, NOT_PAID)
    return (
        isinstance(kept.get("submission"), str)
        and type(kept.get("amount_minor")) is int
        and isinstance(kept.get("acknowledged"), bool)
        and isinstance(kept.get("baseline"), list)
        and all(type(amount) is int for amount in kept["baseline"])
        and isinstance(kept.get("read_backs"), list)
        and age_of(kept, "first_sent") < float("inf")
    )


def shows(kept: Mapping[str, Any], has: Sequence[int]) -> bool:
    """Whether a submission has one bonus of this amount more than before."""
    return (Counter(has) - Counter(kept["baseline"]))[int(kept["amount_minor"])] > 0


def age_of(kept: Mapping[str, Any], name: str) -> float:
    """Seconds since a time that was stored; without end where a clock was set back, or nothing is stored."""
    try:
        since = (now() - datetime.fromisoformat(str(kept.get(name)))).total_seconds()
    except (ValueError, TypeError):
        return float("inf")
    return since if since >= 0 else _LONG_AGO


class SubmissionBonuses:
    """The bonuses of all submissions. What changes something is for an open write block."""

    def __init__(self, store: ProviderStore) -> None:
        self._store = store

    def begin(self, submission_id: str, has: Sequence[int]) -> None:
        """A first payment is about to leave; `has` is what the submission had before, in minor units."""
        if not self._of(submission_id):
            self._keep(submission_id, {"before": list(has), "paid": [], "asked": [], "at": None})

    def add(self, submission_id: str, amount: int) -> None:
        """A payment of ours was seen."""
        kept = self._of(submission_id)
        if kept:
            self._keep(submission_id, kept | {"paid": [*kept["paid"], amount], "at": now().isoformat()})

    def ask(self, submission_id: str, action_id: str, has: Sequence[int]) -> None:
        """A person is asked whether a payment was made; `has` is what the submission had before it."""
        self.begin(submission_id, has)
        kept = self._of(submission_id)
        self._keep(submission_id, kept | {"asked": sorted({*kept["asked"], action_id})})

    def asked(self, submission_id: str) -> list[str]:
        """The payments that a person was asked about, decided or not."""
        return list(self._of(submission_id).get("asked", ()))

    def lacks(self, submission_id: str, has: Sequence[int]) -> bool:
        """Whether something is missing that was seen before: what the vendor shows is out of date."""
        kept = self._of(submission_id)
        return bool(kept) and bool(Counter([*kept["before"], *kept["paid"]]) - Counter(has))

    def is_old(self, submission_id: str, seconds: float) -> bool:
        """Whether the last payment was seen so long ago that the vendor must show it by now."""
        at = self._of(submission_id).get("at")
        return at is None or not 0 <= (now() - datetime.fromisoformat(at)).total_seconds() < seconds

    def unexplained(self, submission_id: str, has: Sequence[int], before: Iterable[int]) -> Counter[int]:
        """What it has that neither was there before, nor was paid by a payment of ours that was seen."""
        kept = self._of(submission_id) or {"before": list(before), "paid": []}
        return Counter(has) - Counter([*kept["before"], *kept["paid"]])

    def _of(self, submission_id: str) -> dict[str, Any]:
        try:
            found = self._store.get(_key(submission_id))
        except ValueError:
            return {}
        return found if _is_sound(found) else {}

    def _keep(self, submission_id: str, value: dict[str, Any]) -> None:
        self._store.set(_key(submission_id), value)


def _key(submission_id: str) -> str:
    return f"bonuses-of/{submission_id}"


def _is_sound(kept: Any) -> bool:
    if not isinstance(kept, dict) or not all(
        isinstance(kept.get(name), list) for name in ("before", "paid", "asked")
    ):
        return False
    amounts = all(type(amount) is int for amount in [*kept["before"], *kept["paid"]])
    try:
        timely = kept.get("at") is None or datetime.fromisoformat(kept["at"]).tzinfo is not None
    except (TypeError, ValueError):
        return False
    return amounts and timely and all(isinstance(action_id, str) for action_id in kept["asked"])
