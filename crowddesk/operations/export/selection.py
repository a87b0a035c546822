"""Which units of a run an export takes: by its search, its dataset status and its masks."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crowddesk.operations import masks as masks_of
from crowddesk.operations.export.wanted import ITEM, Wanted
from crowddesk.store.queries import UNITS, Scope

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.operations.quality.answers import Answers, Bools


@dataclass(frozen=True, slots=True)
class Selection:
    """`ids` are the units taken, sorted; None: all `total` of the run.

    `excluded` counts by mask what it leaves out of what the search found; one answer may count for several.
    `answers` and `kept` (which of them are taken) are there where rows are items.
    """

    total: int
    ids: array[int] | None
    excluded: dict[str, int]
    answers: Answers | None = None
    kept: Bools | None = None

    @property
    def units(self) -> int:
        return self.total if self.ids is None else len(self.ids)


def select(conn: Connection, wanted: Wanted) -> Selection:
    """Chooses the units. A second for 100,000 answers where masks or items are asked for."""
    scope = Scope(run_id=wanted.run_id)
    total = UNITS.count(conn, scope=scope)
    text = wanted.search
    ids = array("q", sorted(UNITS.ids(conn, UNITS.parse(text), scope))) if text else None
    if not wanted.masks and wanted.rows != ITEM:
        return Selection(total, ids, {})
    import numpy as np

    excluded: dict[str, int] = {}
    if wanted.masks:
        from crowddesk.operations.quality.picture import make_picture

        picture = make_picture(conn, wanted.run_id)
        answers, tags = picture.answers, masks_of.tags_of(conn, wanted.run_id)
    else:
        from crowddesk.operations.quality.answers import read_answers

        answers = read_answers(conn, wanted.run_id)
    found = np.ones(len(answers), dtype=np.bool_)
    if ids is not None:
        found = np.isin(answers.unit_ids, np.frombuffer(ids, dtype=np.int64)) if ids else ~found
    left_out = np.zeros(len(answers), dtype=np.bool_)
    for name in wanted.masks:
        mine = masks_of.excluded(wanted.expressions[name], picture, tags, wanted.expressions) & found
        excluded[name] = int(mine.sum())
        left_out |= mine
    if left_out.any():
        if ids is None:
            ids = array("q", sorted(UNITS.ids(conn, scope=scope)))
        ids = _without(ids, answers.unit_ids[left_out])
    if wanted.rows != ITEM:
        return Selection(total, ids, excluded)
    # Gold and screening units ask for what is known; they decide no item.
    return Selection(total, ids, excluded, answers, found & ~left_out & answers.standard)


def _without(ids: array[int], gone: Any) -> array[int]:
    import numpy as np

    mine = np.frombuffer(ids, dtype=np.int64)
    return array("q", mine[~np.isin(mine, gone)].tobytes())
