"""When a worker may be rejected: the vendor's rules, caps a batch, a worker and a day.

Every path to a vendor's reject passes here twice: when the decision is staged, and right before the wire.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import Action, ActionKind, PolicyRefused, now
from crowddesk.providers.base import RejectionRules
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.settings import Rejections
from crowddesk.store import ledger

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RejectionPolicy:
    """Caps on rejections, and the vendor's rules for their text. None: no cap."""

    rules: RejectionRules = field(default_factory=RejectionRules)
    most_per_batch: int | None = 200
    most_per_worker_a_day: int | None = 25
    most_a_day: int | None = 500

    def check_reason(self, reason: str, category: str) -> None:
        """Raises PolicyRefused when the text would not be a fair or an acceptable reason."""
        length = len(reason.strip())
        if length == 0:
            raise PolicyRefused("A rejection needs a reason: it reaches the worker word for word.")
        if length < self.rules.min_length:
            raise PolicyRefused(
                f"The reason has {length} characters; this vendor asks for at least {self.rules.min_length}."
            )
        if length > self.rules.max_length:
            raise PolicyRefused(
                f"The reason has {length} characters; this vendor takes at most {self.rules.max_length}."
            )
        if self.rules.categories and category not in self.rules.categories:
            raise PolicyRefused(f"Choose one of the vendor's reasons: {', '.join(self.rules.categories)}.")

    def check_counts(self, batch: Sequence[int | None], today: int, today_by_worker: dict[int, int]) -> None:
        """Raises PolicyRefused when rejecting units of these workers would go over a cap."""
        if self.most_per_batch is not None and len(batch) > self.most_per_batch:
            raise PolicyRefused(
                f"{len(batch)} rejections at once are more than the cap of {self.most_per_batch}. "
                "Soft-reject them, or raise the cap in Settings."
            )
        if self.most_a_day is not None and today + len(batch) > self.most_a_day:
            raise PolicyRefused(
                f"With {today} rejections in the last 24 hours, {len(batch)} more go over the cap of "
                f"{self.most_a_day} a day. Soft-reject them, or raise the cap in Settings."
            )
        if self.most_per_worker_a_day is None:
            return
        for worker, count in Counter(w for w in batch if w is not None).items():
            total = count + today_by_worker.get(worker, 0)
            if total > self.most_per_worker_a_day:
                raise PolicyRefused(
                    f"Worker {worker} would have {total} rejections in 24 hours; "
                    f"the cap is {self.most_per_worker_a_day}. Soft-reject, or raise the cap in Settings."
                )


def caps_of(settings: Rejections) -> RejectionPolicy:
    """The caps that a workspace's settings say; 0 there is none."""
    return RejectionPolicy(
        most_per_batch=settings.most_per_batch or None,
        most_per_worker_a_day=settings.most_per_worker_a_day or None,
        most_a_day=settings.most_a_day or None,
    )


def rules_of(provider_type: str) -> RejectionRules:
    """How a vendor's rejection must look."""
    return get_crowd_provider_from_type(provider_type).REJECTION_RULES


def recheck(db: CrowdDatabase, actions: Sequence[Action]) -> dict[str, str]:
    """Right before the wire: the rejections among `actions` that may not leave, with the reason."""
    rejections = [a for a in actions if a.kind == ActionKind.REJECT]
    barred: dict[str, str] = {}
    if not rejections:
        return barred
    requester = db.get_requester(rejections[0].requester_id)
    text = RejectionPolicy(rules=rules_of(requester["provider_type"]))
    for action in rejections:
        try:
            text.check_reason(action.reason, action.category)
        except PolicyRefused as error:
            barred[action.id] = str(error)
    return barred


def check_staging(
    db: CrowdDatabase, caps: RejectionPolicy, requester_id: int, workers: Sequence[int | None]
) -> None:
    """When rejections are staged: raises PolicyRefused when they go over a cap."""
    with db.read() as conn:
        today, by_worker = ledger.rejections_since(conn, requester_id, now() - _DAY)
    caps.check_counts(workers, today, by_worker)
