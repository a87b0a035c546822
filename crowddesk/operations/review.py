"""The order that answers are reviewed in. Not in the GUI thread."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from crowddesk.domain import AssignmentState, BadInput
from crowddesk.language import say
from crowddesk.operations.quality.answers import STATUSES

if TYPE_CHECKING:
    from crowddesk.operations.quality.answers import Answers
    from crowddesk.operations.quality.picture import Picture

DEADLINE: Final = "deadline"
RISK: Final = "risk"
DISAGREEMENT: Final = "disagreement"
WORKER: Final = "worker"
TIME: Final = "time"
RANDOM: Final = "random"
ORDERS: Final = (RISK, DISAGREEMENT, DEADLINE, WORKER, TIME, RANDOM)
_COMPLETED: Final = STATUSES.index(AssignmentState.COMPLETED)
_LAST: Final = np.iinfo(np.int64).max


def order_units(
    picture: Picture,
    order: str,
    *,
    seed: int = 0,
    sample: int | None = None,
    only: Sequence[int] | None = None,
) -> list[int]:
    """Units of a run in the order they should be looked at: a word of ORDERS. Raises BadInput.

    `only` are the units that are wanted; without it, those that wait for a decision. With `sample`, so many
    of them are drawn by `seed`, evenly, and come in that order. Those that the picture does not know yet,
    because they are newer, come last.
    """
    if order not in ORDERS:
        raise BadInput(
            say("{order!r} is no order to review in: use {orders}.", order=order, orders=", ".join(ORDERS))
        )
    if sample is not None and sample < 1:
        raise BadInput(say("A sample of {sample} holds nothing: use 1 or more.", sample=sample))
    answers = picture.answers
    if only is None:
        waiting = answers.standard & (answers.statuses == _COMPLETED) & ~answers.pending
        wanted = answers.unit_ids[waiting]
    else:
        wanted = np.unique(np.asarray(only, dtype=np.int64))
    if sample is not None and sample < len(wanted):
        wanted = np.array(draw_sample(wanted.tolist(), sample, seed), dtype=np.int64)
    rows = answers.rows_of(wanted)
    known = answers.unit_ids[rows]
    newer: list[int] = np.setdiff1d(wanted, known).tolist()
    if order == RANDOM:
        mixed = [*known.tolist(), *newer]
        random.Random(seed).shuffle(mixed)
        return mixed
    keys = _keys(picture, order, rows)
    ordered: list[int] = known[np.lexsort((known, *keys))].tolist()
    return ordered + newer


def draw_sample(unit_ids: Sequence[int], size: int, seed: int) -> list[int]:
    """So many of these units, drawn evenly by a seed; all of them if there are no more. In order of ids."""
    ordered = sorted(unit_ids)
    return sorted(random.Random(seed).sample(ordered, min(size, len(ordered))))


def _keys(picture: Picture, order: str, rows: Any) -> list[Any]:
    """What to sort by, the weightiest last, as `lexsort` takes it."""
    answers = picture.answers
    came = answers.submitted_at[rows]
    if order == RISK:
        return [came, -picture.risk[rows]]
    if order == DISAGREEMENT:
        return [came, -picture.disagreement[rows]]
    if order == WORKER:
        return [came, _places_of_names(answers)[answers.people[rows]]]
    if order == DEADLINE:
        due = answers.decide_by[rows]
        return [came, np.where(due == 0, _LAST, due)]
    return [came]


def _places_of_names(answers: Answers) -> Any:
    """Worker's position -> the place of their name in the alphabet."""
    order = sorted(range(len(answers.worker_names)), key=lambda place: answers.worker_names[place])
    places = np.zeros(len(order) + 1, dtype=np.int64)
    places[order] = np.arange(len(order))
    places[-1] = len(order)  # who is not known (position -1) comes last
    return places
