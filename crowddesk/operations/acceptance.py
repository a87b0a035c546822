"""Acceptance sampling of a run: some answers are looked at, drawn at random, and the rest approved on that.

All that is kept is how it was drawn. What is right and what is wrong follows from the decisions: an approval
is right, a soft rejection or a rejection is wrong. Not in the GUI thread.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from crowddesk.domain import ActionKind, AssignmentState, BadInput, now
from crowddesk.language import say
from crowddesk.operations.quality import sampling
from crowddesk.store import judgements as said

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.quality.sampling import Sampled

_STORE: Final = "crowddesk.sample"
_RIGHT: Final = (ActionKind.APPROVE, ActionKind.UNREJECT)
MOST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Draw:
    """How a sample was drawn: the first `size` in the order that `seed` gives, of what waited at `until`.

    `until` is in microseconds since 1970, UTC. A larger size is the same sample and some more.
    """

    seed: int
    size: int
    until: int

    @property
    def at(self) -> datetime:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=self.until)


@dataclass(frozen=True, slots=True)
class Looked:
    """Where a sample stands. `open` are its units that nobody has decided on, in the order drawn.

    `rest` are the units outside it that wait for a decision; `sampled` says what follows for them.
    """

    draw: Draw
    right: tuple[int, ...]
    wrong: tuple[int, ...]
    open: tuple[int, ...]
    rest: tuple[int, ...]
    sampled: Sampled


def draw_of(db: CrowdDatabase, run_id: int) -> Draw | None:
    """The sample that was drawn last of a run; None where none was."""
    kept = db.provider_store(_STORE).get(str(run_id))
    if not isinstance(kept, Mapping):
        return None
    numbers = [kept.get(name) for name in ("seed", "size", "until")]
    seed, size, until = (number if isinstance(number, int) else -1 for number in numbers)
    return Draw(seed, size, until) if seed >= 0 and 1 <= size <= MOST and until >= 0 else None


def begin(db: CrowdDatabase, run_id: int, size: int, seed: int) -> Draw:
    """Draws a sample of what waits now, in place of an older one. Raises BadInput, NotFound."""
    if not 1 <= size <= MOST:
        raise BadInput(say("A sample of {size:,} cannot be drawn: use 1 to {most:,}.", size=size, most=MOST))
    if not 0 <= seed < 2**53:
        raise BadInput(say("{seed} is no seed: use a whole number from 0 on.", seed=seed))
    db.get_task_run(str(run_id))
    until = (now() - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    return _keep(db, run_id, Draw(seed, size, until))


def extend(db: CrowdDatabase, run_id: int, by: int) -> Draw:
    """Draws so many more into the sample of a run. Raises BadInput where there is none, or no room."""
    with db.write():
        draw = draw_of(db, run_id)
        if draw is None:
            raise BadInput(say("No sample of run {run_id} was drawn yet.", run_id=run_id))
        if by < 1 or draw.size + by > MOST:
            raise BadInput(
                say("{by:,} more cannot be drawn: a sample has 1 to {most:,} answers.", by=by, most=MOST)
            )
        return _keep(db, run_id, Draw(draw.seed, draw.size + by, draw.until))


def _keep(db: CrowdDatabase, run_id: int, draw: Draw) -> Draw:
    db.provider_store(_STORE).set(str(run_id), asdict(draw))
    return draw


def look(conn: Connection, run_id: int, draw: Draw, *, goal: float = sampling.GOAL) -> Looked:
    """Where a sample stands by the decisions made since it was drawn. Raises BadInput for an impossible goal.

    What had been decided on by then did not wait, whatever has come of it since: it is neither of the sample
    nor of the rest. A unit that somebody else decided on (a vendor, of itself) says nothing, and the next one
    takes its place.
    """
    judged, before = said.judgements(conn, run_id, draw.at)
    frame: dict[int, str] = {}
    for unit in said.answered_units(conn, run_id, draw.at):
        kind = judged.get(unit.id, "")
        if unit.id not in before and (kind or unit.status == AssignmentState.COMPLETED):
            frame[unit.id] = kind
    drawn = sorted(frame, key=lambda unit_id: _place(draw.seed, unit_id))[: draw.size]
    inside = frozenset(drawn)
    right = tuple(unit for unit in drawn if frame[unit] in _RIGHT)
    wrong = tuple(unit for unit in drawn if frame[unit] and frame[unit] not in _RIGHT)
    left = tuple(unit for unit in drawn if not frame[unit])
    rest = tuple(unit for unit, kind in frame.items() if not kind and unit not in inside)
    checked = len(right) + len(wrong)
    sampled = sampling.look(checked, len(wrong), len(left) + len(rest), goal=goal)
    return Looked(draw, right, wrong, left, rest, sampled)


def _place(seed: int, unit_id: int) -> bytes:
    """Where a unit comes in the random order of a seed; it never depends on the other units."""
    return hashlib.blake2b(f"{seed}:{unit_id}".encode(), digest_size=16).digest()


def ids_of(looked: Looked) -> Sequence[int]:
    """All units of a sample, decided or not."""
    return (*looked.right, *looked.wrong, *looked.open)
