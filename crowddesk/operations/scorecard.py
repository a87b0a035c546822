"""A person's scorecard: what became of their work, how long it took, how it stands beside others'.

Summed over all accounts of the person. Evidence for people to read: nothing in the program decides by it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from crowddesk.domain import NotFound
from crowddesk.language import say
from crowddesk.operations.quality.picture import Picture, make_picture
from crowddesk.store import identities
from crowddesk.store.queries import WORKERS
from crowddesk.store.queries.persons import PersonRun, appeals_of, rejections_taken_back, runs_of_person

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy.engine import Connection

#: The newest runs that are looked at, and the points that a plot gets.
MOST_RUNS: Final = 12
MOST_POINTS: Final = 2_000
#: Labels that are told apart; the rest is "other".
MOST_LABELS: Final = 8


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run of theirs. Times in seconds, None where unknown; `agreeing` of `compared` other answers."""

    run_id: int
    title: str
    answers: int
    median_seconds: float | None
    run_median: float | None
    right: int
    marked: int
    agreeing: int
    compared: int


@dataclass(frozen=True, slots=True)
class Share:
    """One label: which part of their answers, and of everybody else's, says it (0 to 1)."""

    label: str
    mine: float
    others: float


@dataclass(frozen=True, slots=True)
class Labels:
    """How their labels in one run stand beside the others'."""

    run_title: str
    field: str
    answers: int
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Everything about one person. Money in minor units by currency, times in seconds.

    `times` are (seconds since 1970 UTC, seconds worked) of their newest answers, `gold` (seconds since 1970,
    right so far, marked so far), both in the order of time. `usual_seconds` is the median of their runs'
    medians by their answers there. `runs_left` are older runs that were not looked at.
    """

    name: str
    accounts: tuple[identities.Member, ...]
    answers: int
    waiting: int
    accepted: int
    soft_rejected: int
    rejected: int
    taken_back: int
    appeals: tuple[tuple[str, int], ...]
    gold_right: int
    gold_total: int
    median_seconds: float | None
    usual_seconds: float | None
    agreeing: int
    compared: int
    usual_agreement: float | None
    wages: tuple[tuple[str, int], ...]
    bonuses: tuple[tuple[str, int], ...]
    runs: tuple[RunLine, ...]
    runs_left: int
    times: tuple[tuple[float, float], ...]
    gold: tuple[tuple[float, int, int], ...]
    labels: Labels | None

    @property
    def judged(self) -> int:
        return self.accepted + self.soft_rejected + self.rejected


def make_scorecard(
    conn: Connection, worker_id: int, progress: Callable[[int, int], None] | None = None
) -> Scorecard:
    """The scorecard of the person behind a worker. A job: a second or so for each run of 100,000 answers.

    `progress` gets (runs looked at, runs) and ends it by raising Cancelled. Raises NotFound.
    """
    accounts = sorted(identities.accounts_of(conn, [worker_id]))
    rows = WORKERS.rows(conn, accounts)
    if not any(row.id == worker_id for row in rows):
        raise NotFound(say("There is no worker {worker_id}.", worker_id=worker_id))
    runs = runs_of_person(conn, accounts)
    looked_at = runs[:MOST_RUNS]
    lines: list[RunLine] = []
    times: list[tuple[float, float]] = []
    marks: list[tuple[float, int]] = []
    seconds: list[float] = []
    usual: list[float] = []
    pays: dict[str, list[float]] = {}
    labels: Labels | None = None
    agreements: list[tuple[float, int]] = []
    for done, run in enumerate(looked_at):
        if progress is not None:
            progress(done, len(looked_at))
        picture = make_picture(conn, run.id)
        mine = _rows_of(picture, accounts)
        if not mine.any():
            continue
        line = _line(run, picture, mine)
        lines.append(line)
        at = picture.answers.submitted_at[mine] / 1e6
        worked = picture.answers.seconds[mine]
        known = np.isfinite(worked)
        times += zip(at[known].tolist(), worked[known].tolist(), strict=True)
        seconds += worked[known].tolist()
        if line.run_median is not None:
            usual += [line.run_median] * int(known.sum())
        marked = picture.marks[mine] >= 0
        marks += zip(at[marked].tolist(), picture.marks[mine][marked].tolist(), strict=True)
        paid = worked > 0
        wage = picture.answers.pay[mine][paid] * 3600 / worked[paid]
        pays.setdefault(run.currency, []).extend(wage.tolist())
        if np.isfinite(picture.usual_agreement):
            agreements.append((picture.usual_agreement, line.answers))
        if labels is None or line.answers > labels.answers:
            labels = _labels(run, picture, mine) or labels
    return Scorecard(
        name=_name(conn, worker_id, rows),
        accounts=tuple(
            identities.Member(row.id, row.worker_name, row.provider_type, row.units, row.accepted)
            for row in rows
        ),
        answers=sum(row.completed + row.accepted + row.soft_rejected + row.rejected for row in rows),
        waiting=sum(row.completed for row in rows),
        accepted=sum(row.accepted for row in rows),
        soft_rejected=sum(row.soft_rejected for row in rows),
        rejected=sum(row.rejected for row in rows),
        taken_back=rejections_taken_back(conn, accounts),
        appeals=tuple(appeals_of(conn, accounts)),
        gold_right=sum(line.right for line in lines),
        gold_total=sum(line.marked for line in lines),
        median_seconds=float(np.median(seconds)) if seconds else None,
        usual_seconds=float(np.median(usual)) if usual else None,
        agreeing=sum(line.agreeing for line in lines),
        compared=sum(line.compared for line in lines),
        usual_agreement=_mean(agreements),
        wages=tuple((code, round(float(np.median(of)))) for code, of in sorted(pays.items()) if of),
        bonuses=_sum(rows),
        runs=tuple(lines),
        runs_left=max(0, len(runs) - MOST_RUNS),
        times=tuple(sorted(times)[-MOST_POINTS:]),
        gold=_right_so_far(sorted(marks)),
        labels=labels,
    )


# --------------------------------------------------------------------------------------------- inside


def _rows_of(picture: Picture, accounts: Sequence[int]) -> NDArray[np.bool_]:
    of_worker = np.isin(np.asarray(picture.answers.worker_ids, dtype=np.int64), accounts)
    workers = picture.answers.workers
    return np.where(workers >= 0, of_worker[np.maximum(workers, 0)], False) if len(of_worker) else workers > 0


def _line(run: PersonRun, picture: Picture, mine: NDArray[np.bool_]) -> RunLine:
    worked = picture.answers.seconds[mine]
    worked = worked[np.isfinite(worked)]
    marks = picture.marks[mine]
    median = picture.median_seconds
    return RunLine(
        run.id,
        run.title,
        int(mine.sum()),
        float(np.median(worked)) if len(worked) else None,
        float(median) if np.isfinite(median) else None,
        int((marks == 1).sum()),
        int((marks >= 0).sum()),
        int(picture.agreeing[mine].sum()),
        int(picture.others[mine].sum()),
    )


def _labels(run: PersonRun, picture: Picture, mine: NDArray[np.bool_]) -> Labels | None:
    """The labels of a run where there are few different ones; None where there are none to compare."""
    codes = picture.labels
    known = codes >= 0
    own, rest = codes[mine & known], codes[~mine & known]
    values = picture.answers.fields[picture.label].values if picture.label else []
    if not len(own) or not values:
        return None
    counts = np.bincount(own, minlength=len(values)), np.bincount(rest, minlength=len(values))
    order = np.argsort(-(counts[0] + counts[1]), kind="stable")
    top = order[:MOST_LABELS]
    totals = [max(1, int(count.sum())) for count in counts]
    shares = [
        Share(values[code], float(counts[0][code]) / totals[0], float(counts[1][code]) / totals[1])
        for code in top.tolist()
        if counts[0][code] or counts[1][code]
    ]
    left = [
        float(count[order[MOST_LABELS:]].sum()) / total for count, total in zip(counts, totals, strict=True)
    ]
    if any(left):
        shares.append(Share("other", left[0], left[1]))
    return Labels(run.title, picture.label, len(own), tuple(shares))


def _right_so_far(marks: Sequence[tuple[float, int]]) -> tuple[tuple[float, int, int], ...]:
    right = 0
    found = []
    for number, (at, mark) in enumerate(marks, 1):
        right += mark
        found.append((at, right, number))
    return tuple(found[-MOST_POINTS:])


def _mean(parts: Sequence[tuple[float, int]]) -> float | None:
    total = sum(weight for _, weight in parts)
    return sum(value * weight for value, weight in parts) / total if total else None


def _sum(rows: Sequence[Any]) -> tuple[tuple[str, int], ...]:
    sums: dict[str, int] = {}
    for row in rows:
        for currency, minor in row.bonuses:
            sums[currency] = sums.get(currency, 0) + minor
    return tuple(sorted(sums.items()))


def _name(conn: Connection, worker_id: int, rows: Sequence[Any]) -> str:
    person = identities.people_of(conn, [worker_id]).get(worker_id)
    return person.label if person is not None else next(r.worker_name for r in rows if r.id == worker_id)
