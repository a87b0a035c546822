"""A run's answers as numpy columns: what figures, masks, the review's order, wages and exports are made of.

One row an answered unit, in the order of unit ids. Names stand in lists, rows hold their positions, so that
a million answers take some 100 MB and figures never touch Python objects.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from crowddesk.domain import DATASET_STATUSES, AssignmentState
from crowddesk.store.queries.answers import ANSWER_COLUMNS, answer_rows, item_rows, people_of_run

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy.engine import Connection

    Ints = NDArray[np.int64]
    Codes = NDArray[np.int32]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

#: No answer to a field: its code.
MISSING: Final = -1
STATUSES: Final = AssignmentState.valid_unit()
_OUT: Final = DATASET_STATUSES.index("out")
#: The stored text of so many different answers is remembered, so that equal ones are read once.
_REMEMBERED: Final = 100_000


@dataclass(frozen=True, slots=True)
class Column:
    """One field of the answers: `codes` are positions in `values`, MISSING where it was not answered.

    A value is text as `text_of` writes it, so that equal answers are equal text.
    """

    name: str
    values: list[str]
    codes: Codes


@dataclass(frozen=True, slots=True)
class Answers:
    """The columns of a run's answers, all of one length. Times are microseconds since 1970, 0: none.

    `items` and `workers` are positions in `item_ids` and `worker_ids`; `people` groups workers who are one
    person. `statuses` are positions in STATUSES, `datasets` in DATASET_STATUSES; `seconds` and
    `active_seconds` are NaN where they are not known, `pay` is in minor units.
    """

    run_id: int
    unit_ids: Ints
    unit_index: Codes
    items: Codes
    workers: Codes
    people: Codes
    statuses: Codes
    datasets: Codes
    by_person: Bools
    pending: Bools
    seconds: Floats
    active_seconds: Floats
    pasted: Bools
    submitted_at: Ints
    decide_by: Ints
    pay: Ints
    item_ids: list[int]
    item_keys: list[str]
    worker_ids: list[int]
    worker_names: list[str]
    fields: dict[str, Column] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.unit_ids)

    @property
    def standard(self) -> Bools:
        """Which are answers to the run's own items, not to gold or screening ones."""
        return self.unit_index >= 0

    @property
    def counted(self) -> Bools:
        """Which are the run's data: those of `standard` that are not left out."""
        found: Bools = self.standard & (self.datasets != _OUT)
        return found

    def rows_of(self, unit_ids: Any) -> Ints:
        """The rows of these units; those that have no answer here are left out."""
        wanted = np.asarray(unit_ids, dtype=np.int64)
        at = np.searchsorted(self.unit_ids, wanted)
        at[at == len(self.unit_ids)] = 0
        found: Ints = at[self.unit_ids[at] == wanted] if len(self) else at[:0]
        return found


def text_of(value: Any) -> str | None:
    """An answer as text that is the same for equal ones; None for one that was left out."""
    if value is None or value == "" or value == []:
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = sorted(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def read_answers(conn: Connection, run_id: int) -> Answers:
    """The answers that a run has now. Not in the GUI thread: half a second for 100,000."""
    people = people_of_run(conn, run_id)
    worker_ids = [row.id for row in people]
    codes_of_workers = {worker: code for code, worker in enumerate(worker_ids)}
    item_ids: list[int] = []
    item_keys: list[str] = []
    for assignment_id, key, _ in item_rows(conn, run_id):
        item_ids.append(assignment_id)
        item_keys.append(key)
    codes_of_items = {item: code for code, item in enumerate(item_ids)}
    status_codes = {status: code for code, status in enumerate(STATUSES)}
    dataset_codes = {status: code for code, status in enumerate(DATASET_STATUSES)}
    reader = _Fields()
    columns: list[list[Any]] = [[] for _ in ANSWER_COLUMNS[:-1]]
    for row in answer_rows(conn, run_id):
        for column, value in zip(columns, row[:-1], strict=True):
            column.append(value)
        reader.add(row[-1])
    by_name = dict(zip(ANSWER_COLUMNS, columns, strict=False))
    workers = np.array([codes_of_workers.get(w, MISSING) for w in by_name["worker_id"]], dtype=np.int32)
    return Answers(
        run_id=run_id,
        unit_ids=np.array(by_name["unit_id"], dtype=np.int64),
        unit_index=np.array(by_name["unit_index"], dtype=np.int32),
        items=np.array([codes_of_items[a] for a in by_name["assignment_id"]], dtype=np.int32),
        workers=workers,
        people=_people(people, workers),
        statuses=np.array([status_codes[s] for s in by_name["status"]], dtype=np.int32),
        datasets=np.array([dataset_codes[s] for s in by_name["dataset_status"]], dtype=np.int32),
        by_person=np.array(by_name["by_person"], dtype=np.bool_),
        pending=np.array([kind is not None for kind in by_name["pending"]], dtype=np.bool_),
        seconds=_floats(by_name["seconds"]),
        active_seconds=_floats(by_name["active_seconds"]),
        pasted=np.array([text not in (None, "", "[]") for text in by_name["pasted"]], dtype=np.bool_),
        submitted_at=np.array([at or 0 for at in by_name["submitted_at"]], dtype=np.int64),
        decide_by=np.array([at or 0 for at in by_name["decide_by"]], dtype=np.int64),
        pay=np.array(by_name["pay_minor"], dtype=np.int64),
        item_ids=item_ids,
        item_keys=item_keys,
        worker_ids=worker_ids,
        worker_names=[row.worker_name for row in people],
        fields=reader.columns(),
    )


def _floats(values: list[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _people(rows: list[Any], workers: Codes) -> Codes:
    """Each answer's person: the position of the first worker who is the same one, MISSING for nobody."""
    first: dict[int, int] = {}
    persons = [
        code if row.identity_id is None else first.setdefault(row.identity_id, code)
        for code, row in enumerate(rows)
    ]
    of_worker = np.array([*persons, MISSING], dtype=np.int32)  # nobody is -1, the last
    found: Codes = of_worker[workers]
    return found


class _Fields:
    """Gathers answers (JSON text, row by row) into one column a field."""

    def __init__(self) -> None:
        self._rows = 0
        self._values: dict[str, dict[str, int]] = {}
        self._codes: dict[str, list[int]] = {}
        self._known: dict[str, list[tuple[str, int]]] = {}

    def add(self, text: str) -> None:
        known = self._known.get(text)
        if known is None:
            known = [(name, self._code(name, value)) for name, value in _parts(text)]
            if len(self._known) < _REMEMBERED:
                self._known[text] = known
        for name, code in known:
            codes = self._codes[name]
            if len(codes) < self._rows:  # rows since the field was last answered
                codes.extend([MISSING] * (self._rows - len(codes)))
            codes.append(code)
        self._rows += 1

    def columns(self) -> dict[str, Column]:
        made = {}
        for name, codes in self._codes.items():
            codes.extend([MISSING] * (self._rows - len(codes)))
            made[name] = Column(name, list(self._values[name]), np.array(codes, dtype=np.int32))
        return made

    def _code(self, name: str, value: str) -> int:
        self._codes.setdefault(name, [])
        values = self._values.setdefault(name, {})
        return values.setdefault(value, len(values))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The answered fields of one stored answer; none where it is damaged."""
    try:
        answer = json.loads(text)
    except ValueError:
        return
    if isinstance(answer, dict):
        for name, value in answer.items():
            written = text_of(value)
            if written is not None:
                yield name, written
