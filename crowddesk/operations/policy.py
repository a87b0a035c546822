"""When a worker may be rejected: the vendor's rules, caps a batch, a person and a day, and a second look.

Every path to a vendor's reject passes here twice: when the decision is staged, and right before the wire.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from crowddesk import settings as stored
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import Action, ActionKind, BadInput, PolicyRefused, now
from crowddesk.language import mark, say
from crowddesk.providers.base import RejectionRules
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.settings import Rejections
from crowddesk.store import second_looks

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

#: What a reason of the library may hold, to be filled in for each person (see `operations.reasons`).
VARIABLES: Final = ("their_time", "median_time", "gold_failed", "gold_total", "item", "run")

_DAY: Final = timedelta(days=1)
_UNFILLED: Final = re.compile(r"\{(" + "|".join(VARIABLES) + r")\}")
_INSTEAD: Final = mark("Soft-reject them, or raise the cap in Settings.")


@dataclass(frozen=True, slots=True)
class Used:
    """How many rejections of 24 hours count against the caps: the account's, and by person at any account."""

    today: int = 0
    by_person: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RejectionPolicy:
    """Caps on rejections (None: no cap), and the vendor's rules for their text.

    `second_look`: somebody looks again at a person's first rejection before it may leave.
    """

    rules: RejectionRules = field(default_factory=RejectionRules)
    most_per_batch: int | None = 200
    most_per_worker_a_day: int | None = 25
    most_a_day: int | None = 500
    second_look: bool = True

    def check_reason(self, reason: str, category: str) -> None:
        """Raises PolicyRefused when the text would not be a fair or an acceptable reason."""
        length = len(reason.strip())
        if length == 0:
            raise PolicyRefused(say("A rejection needs a reason: it reaches the worker word for word."))
        if length < self.rules.min_length:
            raise PolicyRefused(
                say(
                    "The reason has {length} characters; this vendor asks for at least {min_length}.",
                    length=length,
                    min_length=self.rules.min_length,
                )
            )
        if length > self.rules.max_length:
            raise PolicyRefused(
                say(
                    "The reason has {length} characters; this vendor takes at most {max_length}.",
                    length=length,
                    max_length=self.rules.max_length,
                )
            )
        if left := unfilled_in(reason):
            raise PolicyRefused(
                say("The reason still holds {left}, which the worker would read as it stands.", left=left)
            )
        if self.rules.categories and category not in self.rules.categories:
            raise PolicyRefused(
                say(
                    "Choose one of the vendor's reasons: {categories}.",
                    categories=", ".join(self.rules.categories),
                )
            )

    def check_counts(
        self, batch: Sequence[int | None], used: Used, names: Mapping[int, str] | None = None
    ) -> None:
        """Raises PolicyRefused when rejecting a unit of each of these persons would go over a cap.

        A person is named as often as they have units; None is nobody known.
        """
        self.check_batch(len(batch))
        if self.most_a_day is not None and used.today + len(batch) > self.most_a_day:
            raise PolicyRefused(
                say(
                    "With {today} rejections in the last 24 hours, {count} more go over the cap of "
                    "{most_a_day} a day. {instead}",
                    today=used.today,
                    count=len(batch),
                    most_a_day=self.most_a_day,
                    instead=say(_INSTEAD),
                )
            )
        if self.most_per_worker_a_day is None:
            return
        for person, count in Counter(p for p in batch if p is not None).items():
            total = count + used.by_person.get(person, 0)
            if total > self.most_per_worker_a_day:
                name = (names or {}).get(person, str(abs(person)))
                raise PolicyRefused(
                    say(
                        "Worker {name} would have {total} rejections in 24 hours; the cap is "
                        "{most_per_worker_a_day}. Soft-reject, or raise the cap in Settings.",
                        name=name,
                        total=total,
                        most_per_worker_a_day=self.most_per_worker_a_day,
                    )
                )

    def check_batch(self, count: int) -> None:
        """Raises PolicyRefused when so many rejections are too many in one go."""
        if self.most_per_batch is not None and count > self.most_per_batch:
            raise PolicyRefused(
                say(
                    "{count} rejections at once are more than the cap of {most_per_batch}. {instead}",
                    count=count,
                    most_per_batch=self.most_per_batch,
                    instead=say(_INSTEAD),
                )
            )


def unfilled_in(reason: str) -> str:
    """The first variable that a text still holds, such as "{their_time}"; "" for none."""
    left = _UNFILLED.search(reason)
    return left[0] if left else ""


def caps_of(settings: Rejections) -> RejectionPolicy:
    """What a workspace's settings say; 0 there is no cap."""
    return RejectionPolicy(
        most_per_batch=settings.most_per_batch or None,
        most_per_worker_a_day=settings.most_per_worker_a_day or None,
        most_a_day=settings.most_a_day or None,
        second_look=settings.second_look,
    )


def caps_in(db: CrowdDatabase) -> RejectionPolicy:
    """The caps of the workspace's file; a file that cannot be read raises none of them."""
    try:
        return caps_of(stored.load(db.folder).rejections)
    except BadInput:
        return RejectionPolicy()


def rules_of(provider_type: str) -> RejectionRules:
    """How a vendor's rejection must look."""
    return get_crowd_provider_from_type(provider_type).REJECTION_RULES


def used_by(conn: Connection, requester_id: int, without: Sequence[int] = ()) -> Used:
    """What counts against the caps: what left in the last 24 hours, and what waits to leave.

    `without` are actions that stay where they are.
    """
    return Used(*second_looks.rejections_of_people(conn, requester_id, now() - _DAY, without=without))


def check_staging(
    conn: Connection, caps: RejectionPolicy, requester_id: int, workers: Sequence[int | None]
) -> None:
    """When rejections are staged: raises PolicyRefused when they go over a cap.

    `workers` has one for each unit; those of one identity count together.
    """
    known = [worker for worker in workers if worker is not None]
    people = second_looks.people_of(conn, known)
    batch = [None if worker is None else people.get(worker, worker) for worker in workers]
    caps.check_counts(batch, used_by(conn, requester_id), second_looks.names_of(conn, people))


def recheck(db: CrowdDatabase, actions: Sequence[Action]) -> dict[str, str]:
    """Right before the wire: the rejections among `actions` that may not leave, with the reason.

    It trusts nobody who wrote them: text, caps and second look are looked at again, as the ledger has them.
    """
    rejections = [a for a in actions if a.kind == ActionKind.REJECT]
    if not rejections:
        return {}
    requester = db.get_requester(rejections[0].requester_id)
    policy = dataclasses.replace(caps_in(db), rules=rules_of(requester["provider_type"]))
    with db.read() as conn:
        leaving = second_looks.at_wire(conn, [a.id for a in rejections])
        claimed = [row.action_id for row in leaving.values()]
        today, by_person = second_looks.rejections_of_people(
            conn, int(requester["requester_id"]), now() - _DAY, to_leave=False, without=claimed
        )
    barred: dict[str, str] = {}
    gone = dict(by_person)
    for action in rejections:
        try:
            _check_leaving(policy, action, leaving.get(action.id), Used(today, gone))
        except PolicyRefused as error:
            barred[action.id] = str(error)
        else:
            person = leaving[action.id].person
            today += 1
            if person is not None:
                gone[person] = gone.get(person, 0) + 1
    return barred


def _check_leaving(
    policy: RejectionPolicy, action: Action, row: second_looks.Leaving | None, used: Used
) -> None:
    policy.check_reason(action.reason, action.category)
    if row is None:
        raise PolicyRefused(say("This rejection is not in the ledger, so nothing vouches for it."))
    if row.person is None:
        raise PolicyRefused(say("Nobody has this unit, so there is nobody to reject."))
    if row.waits:
        raise PolicyRefused(
            say(
                "It is the first rejection of worker {worker_name}, and nobody has looked at it again. "
                "Decide it once more; it then waits for a second look.",
                worker_name=row.worker_name,
            )
        )
    policy.check_batch(row.batch)
    one = dataclasses.replace(policy, most_per_batch=None)
    one.check_counts([row.person], used, {row.person: row.worker_name})
