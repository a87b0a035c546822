"""A picture of made-up answers, for what is computed over all answers of a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from crowddesk.domain import DATASET_STATUSES
from crowddesk.operations.quality.answers import STATUSES, Answers, Column


def make_answers(count: int, **columns: Any) -> Answers:
    """So many answers by one worker each, completed and undecided; `columns` replaces what is given."""
    names = columns.pop("worker_names", [f"w{n}" for n in range(count)])
    zeros = np.zeros(count, dtype=np.int64)
    made: dict[str, Any] = {
        "run_id": 1,
        "unit_ids": np.arange(1, count + 1),
        "unit_index": zeros.astype(np.int32),
        "items": np.arange(count, dtype=np.int32),
        "workers": np.arange(count, dtype=np.int32),
        "statuses": np.full(count, STATUSES.index("completed"), dtype=np.int32),
        "datasets": np.full(count, DATASET_STATUSES.index("undecided"), dtype=np.int32),
        "by_person": np.zeros(count, dtype=np.bool_),
        "pending": np.zeros(count, dtype=np.bool_),
        "seconds": np.full(count, 60.0),
        "active_seconds": np.full(count, np.nan),
        "pasted": np.zeros(count, dtype=np.bool_),
        "submitted_at": zeros,
        "decide_by": zeros,
        "pay": zeros + 10,
        "item_ids": list(range(1, count + 1)),
        "item_keys": [f"i{n}" for n in range(count)],
        "worker_ids": list(range(101, 101 + len(names))),
        "worker_names": names,
        **columns,
    }
    made.setdefault("people", made["workers"])
    return Answers(**made)


def column(name: str, values: list[str | None]) -> Column:
    """A field with these answers, one a row; None is no answer."""
    kinds = list(dict.fromkeys(value for value in values if value is not None))
    codes = [-1 if value is None else kinds.index(value) for value in values]
    return Column(name, kinds, np.array(codes, dtype=np.int32))


@dataclass
class MadePicture:
    """As much of a picture as masks read; what is not given is unknown or was not found."""

    answers: Answers
    label: str = ""
    given: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        people, count = len(self.answers.worker_ids), len(self.answers)
        made = {
            "time_z": np.full(count, np.nan),
            "gold_right": np.zeros(people, dtype=np.int32),
            "gold_total": np.zeros(people, dtype=np.int32),
            "straight": np.full(people, np.nan, dtype=np.float32),
            "duplicate_of": np.full(count, -1, dtype=np.int64),
        }
        return np.asarray(self.given.get(name, made[name]))
