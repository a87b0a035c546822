"""What the figures of a run cost: Dawid-Skene over many answers, the picture of a run; printed as JSON.

`python -m benchmarks.quality FOLDER [ANSWERS]`; the folder is a workspace and is only read.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.workspace import RUN
from crowddesk.operations.quality import aggregate
from crowddesk.operations.quality.aggregate import Votes
from crowddesk.operations.quality.picture import make_picture
from crowddesk.store.database import Database
from crowddesk.store.queries.answers import answer_rows

_ANSWERS: Final = 1_000_000
_PER_ITEM: Final = 10
_PER_PERSON: Final = 200
_REPEATS: Final = 5
_SEED: Final = 7


def measure(folder: Path, answers: int) -> dict[str, Any]:
    """Seconds, and the floors that they are held against; `megabytes` is what Dawid-Skene took at most."""
    picture = _measure_picture(folder)
    votes = make_votes(answers)
    before = _peak_megabytes()
    began = time.perf_counter()
    found = aggregate.dawid_skene(votes)
    taken = time.perf_counter() - began
    return {
        "answers": answers,
        "dawid_skene": taken,
        "rounds": found.rounds,
        "megabytes": _peak_megabytes() - before,
        "count": _median(lambda: _count(votes)),
        **picture,
    }


def make_votes(answers: int) -> Votes:
    """Ten people on each item, two labels, from people who are right in 60 to 100 of 100 cases."""
    rng = np.random.default_rng(_SEED)
    items, people = max(1, answers // _PER_ITEM), max(1, answers // _PER_PERSON)
    about = (np.arange(answers) % items).astype(np.int32)
    who = rng.integers(0, people, answers).astype(np.int32)
    right = rng.integers(0, 2, items)[about] == 1
    careful = rng.random(answers) < rng.uniform(0.6, 1.0, people)[who]
    return Votes(about, who, (right == careful).astype(np.int32), items, people, 2)


def _count(votes: Votes) -> object:
    """The least that a round of EM has to do: count every answer by item, and by person, for both labels."""
    weights = np.ones(len(votes))
    by_person = votes.people.astype(np.int64) * 2 + votes.labels
    return [
        (np.bincount(votes.items, weights), np.bincount(by_person, weights)) for _ in range(votes.of_labels)
    ]


def _measure_picture(folder: Path) -> dict[str, Any]:
    db = Database(folder)
    try:
        with db.read() as conn:
            rows = sum(1 for _ in answer_rows(conn, RUN))
            return {
                "rows": rows,
                "read": _median(lambda: sum(1 for _ in answer_rows(conn, RUN))),
                "picture": _median(lambda: make_picture(conn, RUN)),
            }
    finally:
        db.close()


def _median(act: Callable[[], object]) -> float:
    times = []
    for _ in range(_REPEATS):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else _ANSWERS)))
