"""Decisions that replace one another: what should stand for a unit, whatever stood there and has not left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from crowddesk.domain import ActionKind, AssignmentState
from crowddesk.operations import decisions
from crowddesk.store import ledger
from crowddesk.store.queries.review import marks_of_units, unsent_decisions

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.policy import RejectionPolicy


@dataclass(frozen=True, slots=True)
class Wish:
    """What should stand for a unit: approve, soft_reject, reject, or "" for no decision.

    `evidence` are plain sentences that are kept with the decision.
    """

    kind: str = ""
    reason: str = ""
    category: str = ""
    evidence: tuple[str, ...] = ()


NOTHING: Final = Wish()


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one wish. `before` stood for the unit until now and was taken back.

    `why` says why the wish was not recorded, "" if it was. `left` is the kind of a decision that could not be
    taken back because it has left or was carried out.
    """

    unit_id: int
    wish: Wish
    before: Wish
    why: str = ""
    left: str = ""


def settle(
    db: CrowdDatabase,
    wishes: Mapping[int, Wish],
    standing: Mapping[int, str],
    *,
    caps: RejectionPolicy | None = None,
    send_after: timedelta | None = None,
) -> list[Settled]:
    """Makes these wishes stand, unit by unit: takes back what has not left, then decides as wished.

    `standing` is the kind of decision that whoever wishes believes to stand for a unit; another one, made at
    another desk, is not theirs to take back. It is one transaction: PolicyRefused leaves everything as it
    was. What cannot be done for one unit is said of that unit, and the others are done.
    """
    with db.write() as w:
        unsent = {
            unit_id: row
            for unit_id, row in unsent_decisions(w.conn, list(wishes)).items()
            if row["kind"] == standing.get(unit_id)
        }
        taken_back = {unit_id: _wish_of(row) for unit_id, row in unsent.items()}
        ledger.cancel(w, [row["id"] for row in unsent.values()])
        marks = marks_of_units(w.conn, wishes)
        why: dict[int, str] = {}
        # Together, whatever their words: the cap on rejections at once counts all of them.
        for kind in dict.fromkeys(wish.kind for wish in wishes.values()):
            if kind:
                same = {i: wish for i, wish in wishes.items() if wish.kind == kind}
                made = decisions.decide(
                    db,
                    kind,
                    list(same),
                    reason={unit_id: wish.reason for unit_id, wish in same.items()},
                    category={unit_id: wish.category for unit_id, wish in same.items()},
                    evidence={unit_id: wish.evidence for unit_id, wish in same.items()},
                    caps=caps,
                    send_after=send_after,
                )
                why |= dict(made.skipped)
    found = []
    for unit_id, wish in wishes.items():
        mark = marks.get(unit_id)
        stands = mark is not None and not mark.waits
        left = (mark.pending or KIND_OF_STATUS.get(mark.status, "")) if mark is not None and stands else ""
        found.append(Settled(unit_id, wish, taken_back.get(unit_id, NOTHING), why.get(unit_id, ""), left))
    return found


#: The decision that a status is of.
KIND_OF_STATUS: Final = {
    AssignmentState.ACCEPTED: ActionKind.APPROVE,
    AssignmentState.SOFT_REJECTED: ActionKind.SOFT_REJECT,
    AssignmentState.REJECTED: ActionKind.REJECT,
}


def _wish_of(row: Mapping[str, Any]) -> Wish:
    """The wish that a row of the ledger was made of."""
    kept = (ledger.payload_of(row) or {}).get("evidence", ())
    evidence = tuple(str(words) for words in kept) if isinstance(kept, list) else ()
    return Wish(row["kind"], row["reason"], row["category"], evidence)
