"""What a comparison of desk and vendor says: differences in words, what mending each would do, as values.

Frozen and plain, so that any thread may hold them; as JSON they are kept in the workspace, where another
process can read them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from crowddesk.domain import StatusChange, Stray
from crowddesk.operations import errands

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase

#: What mending a difference does: the vendor's word is taken over here.
TAKE_OVER: Final = "take over"
#: What contradicts each other for good, or nobody can tell: a person has to look.
NEEDS_YOU: Final = "needs you"
#: Nothing, because an action that is open on it will settle it, or because it needs no hand.
NOTHING: Final = "nothing"

#: Kinds of differences, as the words of `Difference.kind`.
NEW: Final = "unknown here"
MOVED: Final = "moved there"
SOMEBODY_DECIDED: Final = "decided by somebody else"
AUTO_APPROVED: Final = "approved by itself"
UNKNOWN_THERE: Final = "unknown there"
CONTRADICTION: Final = "contradiction"
KINDS: Final = (NEW, MOVED, SOMEBODY_DECIDED, AUTO_APPROVED, UNKNOWN_THERE, CONTRADICTION)


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood here when it was compared; mending writes only where it still does."""

    unit_status: str
    agent_id: int | None
    agent_status: str | None
    pending: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One stay, or one unit, that stands otherwise here than at the vendor.

    `id` is what `mend` is given to choose it; `unit_id` is 0 where it stands on no unit here. `here`, `there`
    and `what` are for a person: the two words, and as a sentence what mending would do, or why it is left to
    them. `evidence` is what they may want to see.
    """

    id: str
    kind: str
    mending: str
    run_id: int
    unit_id: int
    item_key: str
    ref: str
    worker_name: str
    here: str
    there: str
    what: str
    evidence: Mapping[str, Any]
    seen: Seen
    #: What the vendor says, as it would be stored; None where it says nothing of it.
    change: StatusChange | None


@dataclass(frozen=True, slots=True)
class ComparedRun:
    """One run: how many stays the vendor listed, what differs, and why it could not be asked ("": it was)."""

    run_id: int
    title: str
    state: str
    stays: int
    differences: tuple[Difference, ...]
    #: Differences beyond the most that are kept; mend these, then compare again.
    left_out: int = 0
    failure: str = ""


@dataclass(frozen=True, slots=True)
class PaymentCheck:
    """One vendor action whose fate was unknown, looked up again. Money in minor units of `currency`.

    `found` is the vendor's word (`domain.Found`), "" where it could not be asked. `mending` is TAKE_OVER
    where it would be written down as done, NEEDS_YOU where a person decides, NOTHING where the lane goes on.
    """

    id: str
    action_id: int
    kind: str
    state: str
    run_id: int | None
    unit_id: int | None
    worker_name: str
    amount: int
    fee: int
    currency: str
    found: str
    mending: str
    what: str
    evidence: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Comparison:
    """An account compared with its vendor, at a moment. `failures` are sentences on what could not be asked.

    `whole`: every run was meant, not one; only whole ones are kept for Home.
    """

    requester_id: int
    requester_name: str
    provider_type: str
    at: datetime
    runs: tuple[ComparedRun, ...] = ()
    payments: tuple[PaymentCheck, ...] = ()
    strays: tuple[Stray, ...] = ()
    failures: tuple[str, ...] = ()
    whole: bool = True

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Those of all runs."""
        return tuple(d for run in self.runs for d in run.differences)

    @property
    def mendable(self) -> tuple[str, ...]:
        """The ids of all that `mend` would write."""
        all_of_it: Sequence[Difference | PaymentCheck] = (*self.differences, *self.payments)
        return tuple(one.id for one in all_of_it if one.mending == TAKE_OVER)

    @property
    def summary(self) -> LastComparison:
        """The counts of it."""
        return LastComparison(
            self.requester_id,
            self.requester_name,
            self.provider_type,
            self.at,
            take_over=len(self.mendable) + sum(run.left_out for run in self.runs),
            needs_you=sum(d.mending == NEEDS_YOU for d in self.differences),
            payments=len(self.payments),
            strays=len(self.strays),
            failures=len(self.failures) + sum(bool(run.failure) for run in self.runs),
        )


@dataclass(frozen=True, slots=True)
class LastComparison:
    """What Home says of an account's last comparison: counts, and when it was made.

    `needs_you` are differences between stays alone; `payments` all whose fate is not known for sure.
    """

    requester_id: int
    requester_name: str
    provider_type: str
    at: datetime
    take_over: int
    needs_you: int
    payments: int
    strays: int
    failures: int

    @property
    def is_clean(self) -> bool:
        """Nothing differs, no payment is in doubt, nothing is astray, and everything could be asked."""
        return not (self.take_over or self.needs_you or self.payments or self.strays or self.failures)


@dataclass(frozen=True, slots=True)
class Mended:
    """What mending did: the ids that were written, and those that were not, with why."""

    taken: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]


# ------------------------------------------------------------------------------------------------- as JSON


def to_json(value: Comparison | LastComparison | Stray) -> dict[str, Any]:
    """Everything in it, as JSON holds it."""
    found: dict[str, Any] = _plain(value)
    return found


def summary_from_json(value: Mapping[str, Any]) -> LastComparison:
    """What `to_json` wrote of a summary."""
    return LastComparison(**{**value, "at": datetime.fromisoformat(value["at"])})


def last_comparisons(db: CrowdDatabase) -> list[LastComparison]:
    """For Home: the counts of every account's last comparison, in the order of the accounts."""
    found = db.provider_store(errands.STORE).all("summary/").values()
    return sorted(map(summary_from_json, found), key=lambda summary: summary.requester_id)


def from_json(value: Mapping[str, Any]) -> Comparison:
    """What `to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    return Comparison(
        **{
            **value,
            "at": datetime.fromisoformat(value["at"]),
            "runs": tuple(_run(run) for run in value["runs"]),
            "payments": tuple(PaymentCheck(**payment) for payment in value["payments"]),
            "strays": tuple(stray_from_json(stray) for stray in value["strays"]),
            "failures": tuple(value["failures"]),
        }
    )


def stray_from_json(value: Mapping[str, Any]) -> Stray:
    """One stray, as `to_json` writes it."""
    return Stray(**{**value, "created_at": _time(value["created_at"])})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {part.name: _plain(getattr(value, part.name)) for part in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def _run(value: Mapping[str, Any]) -> ComparedRun:
    return ComparedRun(**{**value, "differences": tuple(_difference(d) for d in value["differences"])})


def _difference(value: Mapping[str, Any]) -> Difference:
    change = value["change"]
    if change is not None:
        times = {name: _time(change[name]) for name in ("at", "decide_by")}
        change = StatusChange(**{**change, **times})
    return Difference(**{**value, "seen": Seen(**value["seen"]), "change": change})


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
