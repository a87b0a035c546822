"""What single screens ask: a run's facts and plots, a unit, a worker, what is staged, what needs you.

The totals cost the same at a thousand and at a million units. Medians and plots read every answer up to
EXACT of them; above that, an even sample of the run's units, so that their cost is bounded, too.
"""

from __future__ import annotations

import json
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionKind, ActionState, AssignmentState, NotFound
from crowddesk.language import say
from crowddesk.store import tables as t
from crowddesk.store.queries.actions import ACTIONS
from crowddesk.store.queries.conditions import (
    ACTION,
    ACTION_TOTAL,
    AGENT,
    AGENT_TOTAL,
    BLOCK,
    REQUESTER,
    RUN,
    RUN_TOTAL,
    SUBMISSION,
    UNIT,
    WORKER,
)
from crowddesk.store.queries.listing import Scope, hidden
from crowddesk.store.queries.rows import ActionRow, RunRow, UnitRow, WorkerRow, names_of
from crowddesk.store.queries.runs import RUNS, spend_query
from crowddesk.store.queries.units import UNITS
from crowddesk.store.queries.workers import WORKERS

#: Up to so many answers are read one by one for medians and plots.
EXACT = 10_000
_SAMPLE = 5_000
_EVENT: sa.Table = t.StatusEvent.__table__  # type: ignore[attr-defined]
_JOURNAL: sa.Table = t.Journal.__table__  # type: ignore[attr-defined]


# ----------------------------------------------------------------------------------------------- a run


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A run's numbers. Spent, reserved and bonuses are in `run`; `fees_minor` is in spent plus reserved.

    `hourly_wage_minor` is the median over answers of what their pay would come to in an hour of such work.
    """

    run: RunRow
    by_kind: dict[str, dict[str, int]]
    agents: dict[str, int]
    fees_minor: int
    median_seconds: float | None
    hourly_wage_minor: int | None


@dataclass(frozen=True, slots=True)
class RunSeries:
    """A run's plots at common times: everything up to and including `at[i]`.

    `by_status` counts the units that were submitted until then, by the status they have now. `spend_minor`
    is what the payable ones of them cost with fees. `answers_an_hour` is (start of the hour, answers).
    """

    at: list[datetime]
    by_status: dict[str, list[int]]
    spend_minor: list[int]
    answers_an_hour: list[tuple[datetime, int]]
    exact: bool


def run_facts(conn: Connection, run_id: int) -> RunFacts:
    """Raises NotFound."""
    found = RUNS.rows(conn, [run_id])
    if not found:
        raise NotFound(say("There is no run {run_id}.", run_id=run_id))
    by_kind: dict[str, dict[str, int]] = defaultdict(dict)
    fees = 0
    for row in conn.execute(sa.select(RUN_TOTAL).where(RUN_TOTAL.c.task_run_id == run_id)):
        if row.units:
            by_kind[row.unit_kind][row.status] = row.units
        fees += row.fee_minor if row.status in AssignmentState.payable() else 0
    query = sa.select(AGENT_TOTAL.c.status, AGENT_TOTAL.c.agents).where(AGENT_TOTAL.c.task_run_id == run_id)
    agents = {row.status: row.agents for row in conn.execute(query) if row.agents}
    worked = [a for a in _answers(conn, found[0])[0] if a.seconds]
    wages = [a.pay_minor * 3600 / a.seconds for a in worked]
    return RunFacts(
        found[0],
        dict(by_kind),
        agents,
        fees,
        statistics.median(a.seconds for a in worked) if worked else None,
        round(statistics.median(wages)) if wages else None,
    )


def run_series(conn: Connection, run_id: int, points: int = 120) -> RunSeries:
    """A run's plots over at most `points` times. Raises NotFound."""
    found = RUNS.rows(conn, [run_id])
    if not found:
        raise NotFound(say("There is no run {run_id}.", run_id=run_id))
    answers, weight = _answers(conn, found[0])
    if not answers:
        return RunSeries([], {}, [], [], True)
    answers = sorted(answers, key=lambda a: a.submitted_at)
    first, last = answers[0].submitted_at, answers[-1].submitted_at
    step = (last - first) / max(1, points - 1)
    times = [first + step * i for i in range(points - 1)] + [last] if step else [last]
    counts: Counter[str] = Counter()
    statuses = sorted({a.status for a in answers})
    by_status: dict[str, list[int]] = {status: [] for status in statuses}
    spend, money, position = [], 0, 0
    for at in times:
        while position < len(answers) and answers[position].submitted_at <= at:
            answer = answers[position]
            counts[answer.status] += 1
            money += answer.pay_minor + answer.fee_minor if answer.status in AssignmentState.payable() else 0
            position += 1
        for status in statuses:
            by_status[status].append(round(counts[status] * weight))
        spend.append(round(money * weight))
    hours = Counter(a.submitted_at.replace(minute=0, second=0, microsecond=0) for a in answers)
    hour, answers_an_hour = min(hours), []
    while hour <= max(hours):
        answers_an_hour.append((hour, round(hours[hour] * weight)))
        hour += timedelta(hours=1)
    return RunSeries(times, by_status, spend, answers_an_hour, weight == 1.0)


def _answers(conn: Connection, run: RunRow) -> tuple[Sequence[Any], float]:
    """Submitted units of a run, and how many each stands for."""
    answers = sa.select(*(UNIT.c[n] for n in ("submitted_at", "status", "pay_minor", "fee_minor", "seconds")))
    submitted, of_run = UNIT.c.submitted_at, UNIT.c.task_run_id
    known = sum(run.units.get(status, 0) for status in AssignmentState.completed())
    if known > EXACT:
        # Two questions: SQLite answers each with one look into the index, but both together with a scan.
        low, high = (
            conn.execute(sa.select(edge(UNIT.c.id)).where(of_run == run.id)).scalar_one()
            for edge in (sa.func.min, sa.func.max)
        )
        ids = range(low, high + 1, max(1, (high - low) // _SAMPLE))
        sampled = answers.where(UNIT.c.id.in_(_listed(conn, ids)), hidden(conn, of_run) == run.id)
        sample = conn.execute(sampled.where(hidden(conn, submitted).is_not(None))).all()
        if len(sample) >= _SAMPLE // 10:
            return sample, known / len(sample)
    # Few answers, or a run whose ids lie so far apart that a sample misses it.
    return conn.execute(answers.where(of_run == run.id, submitted.is_not(None))).all(), 1.0


def _listed(conn: Connection, ids: Sequence[int]) -> Any:
    """Many ids as one parameter where the database can take them so."""
    if conn.dialect.name != "sqlite":
        return ids
    return sa.select(sa.func.json_each(json.dumps(list(ids))).table_valued("value").c.value)


# ---------------------------------------------------------------------------------- a unit, a worker


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """One thing that a worker sent; `raw` is the vendor's payload, `answer` JSON text.

    The rest is known where our own page was worked on. `came_at` is when the worker accepted the unit.
    """

    id: int
    agent_id: int | None
    worker_name: str | None
    raw: str
    answer: str
    late: bool
    received_at: datetime
    came_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    active_seconds: float | None = None
    pasted: str | None = None

    @property
    def pasted_into(self) -> list[str] | None:
        """The fields that something was pasted into; None where nobody could see it."""
        return names_of(self.pasted)


@dataclass(frozen=True, slots=True)
class AgentRow:
    """One worker's stay at a unit."""

    id: int
    worker_id: int
    worker_name: str | None
    status: str
    vendor_ref: str | None
    created_at: datetime
    submitted_at: datetime | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One change of a status: of the unit, its place in the data set, an agent at it or an action on it."""

    id: int
    at: datetime
    who: str
    entity: str
    row_id: int
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class UnitDetail:
    """Everything about one unit, oldest first; late submissions too."""

    row: UnitRow
    submissions: list[SubmissionRow]
    agents: list[AgentRow]
    events: list[EventRow]
    actions: list[ActionRow]


def unit_detail(conn: Connection, unit_id: int) -> UnitDetail:
    """Raises NotFound."""
    found = UNITS.rows(conn, [unit_id])
    if not found:
        raise NotFound(say("There is no unit {unit_id}.", unit_id=unit_id))
    submissions = (
        sa.select(
            SUBMISSION.c.id,
            SUBMISSION.c.agent_id,
            WORKER.c.worker_name,
            SUBMISSION.c.raw,
            SUBMISSION.c.answer,
            SUBMISSION.c.late,
            SUBMISSION.c.received_at,
            AGENT.c.created_at,
            *(SUBMISSION.c[n] for n in ("started_at", "ended_at", "active_seconds", "pasted")),
        )
        .select_from(SUBMISSION)
        .outerjoin(AGENT, AGENT.c.id == SUBMISSION.c.agent_id)
        .outerjoin(WORKER, WORKER.c.id == AGENT.c.worker_id)
        .where(SUBMISSION.c.unit_id == unit_id)
        .order_by(SUBMISSION.c.id)
    )
    agents = (
        sa.select(
            AGENT.c.id,
            AGENT.c.worker_id,
            WORKER.c.worker_name,
            AGENT.c.status,
            AGENT.c.vendor_ref,
            AGENT.c.created_at,
            AGENT.c.submitted_at,
            AGENT.c.seconds,
        )
        .select_from(AGENT)
        .outerjoin(WORKER, WORKER.c.id == AGENT.c.worker_id)
        .where(AGENT.c.unit_id == unit_id)
        .order_by(AGENT.c.id)
    )
    stays = [AgentRow(*tuple(row)) for row in conn.execute(agents)]
    actions = list(ACTIONS.iterate(conn, scope=Scope(unit_id=unit_id)))[::-1]
    rows = {
        "unit": [unit_id],
        "dataset": [unit_id],
        "agent": [stay.id for stay in stays],
        "vendor_action": [action.id for action in actions],
    }
    return UnitDetail(
        found[0],
        [SubmissionRow(*tuple(row)) for row in conn.execute(submissions)],
        stays,
        _events(conn, rows),
        actions,
    )


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Units of one item whose answers are equal; `answer` is JSON text. `units` are (id, worker, status)."""

    answer: str
    units: list[tuple[int, str | None, str]]
    median_seconds: float | None


def same_item(conn: Connection, unit_id: int) -> list[AnswerGroup]:
    """The answers to a unit's item, its own too, grouped by equality; the commonest first.

    Fields count whatever their order; a damaged answer equals only the same text.
    """
    mine = sa.select(UNIT.c.assignment_id).where(UNIT.c.id == unit_id).scalar_subquery()
    query = (
        sa.select(UNIT.c.id, WORKER.c.worker_name, UNIT.c.status, UNIT.c.seconds, SUBMISSION.c.answer)
        .select_from(UNIT)
        .join(SUBMISSION, SUBMISSION.c.id == UNIT.c.submission_id)
        .outerjoin(WORKER, WORKER.c.id == UNIT.c.worker_id)
        .where(UNIT.c.assignment_id == mine)
        .order_by(UNIT.c.id)
        .limit(EXACT)
    )
    found: dict[str, list[Any]] = defaultdict(list)
    for row in conn.execute(query):
        found[_one_text(row.answer)].append(row)
    groups = []
    for answer, rows in found.items():
        seconds = [row.seconds for row in rows if row.seconds is not None]
        units = [(row.id, row.worker_name, row.status) for row in rows]
        groups.append(AnswerGroup(answer, units, statistics.median(seconds) if seconds else None))
    return sorted(groups, key=lambda group: -len(group.units))


def _one_text(answer: str) -> str:
    """Equal answers as equal text."""
    try:
        return json.dumps(json.loads(answer), sort_keys=True, ensure_ascii=False)
    except ValueError:
        return answer


def _events(conn: Connection, rows: dict[str, list[int]]) -> list[EventRow]:
    columns = (
        _EVENT.c.id,
        _JOURNAL.c.at,
        _JOURNAL.c.who,
        *(_EVENT.c[n] for n in ("entity", "row_id", "old", "new")),
    )
    query = sa.select(*columns).join(_JOURNAL, _JOURNAL.c.id == _EVENT.c.journal_id)
    out = []
    for entity, ids in rows.items():
        of_these = query.where(_EVENT.c.entity == entity, _EVENT.c.row_id.in_(ids))
        out += [EventRow(*tuple(row)) for row in conn.execute(of_these)]
    return sorted(out, key=lambda event: event.id)


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A requester who has blocked the worker."""

    requester_id: int
    requester_name: str
    reason: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class WorkerDetail:
    """Everything about one worker. `by_run` is (run, title, units by status), newest run first.

    `hourly_wages` is, per currency, the median of what the pay of their answers comes to in an hour of work,
    in minor units.
    """

    row: WorkerRow
    by_status: dict[str, int]
    by_run: list[tuple[int, str, dict[str, int]]]
    median_seconds: float | None
    blocks: list[BlockRow]
    actions: list[ActionRow]
    hourly_wages: list[tuple[str, int]]


def worker_detail(conn: Connection, worker_id: int) -> WorkerDetail:
    """`actions` are the newest 200. Raises NotFound."""
    found = WORKERS.rows(conn, [worker_id])
    if not found:
        raise NotFound(say("There is no worker {worker_id}.", worker_id=worker_id))
    names = ("task_run_id", "status", "seconds", "pay_minor", "currency")
    units = sa.select(*(UNIT.c[name] for name in names)).where(UNIT.c.worker_id == worker_id)
    runs: dict[int, Counter[str]] = defaultdict(Counter)
    seconds = []
    wages: dict[str, list[float]] = defaultdict(list)
    for row in conn.execute(units):
        runs[row.task_run_id][row.status] += 1
        if row.seconds is not None:
            seconds.append(row.seconds)
        if row.seconds:
            wages[row.currency].append(row.pay_minor * 3600 / row.seconds)
    titles = {
        row.id: row.title for row in conn.execute(sa.select(RUN.c.id, RUN.c.title).where(RUN.c.id.in_(runs)))
    }
    blocks = (
        sa.select(BLOCK.c.requester_id, REQUESTER.c.requester_name, BLOCK.c.reason, BLOCK.c.created_at)
        .join(REQUESTER, REQUESTER.c.id == BLOCK.c.requester_id)
        .where(BLOCK.c.worker_id == worker_id)
        .order_by(BLOCK.c.id)
    )
    return WorkerDetail(
        found[0],
        dict(sum(runs.values(), Counter[str]())),
        [(run, titles.get(run, ""), dict(runs[run])) for run in sorted(runs, reverse=True)],
        statistics.median(seconds) if seconds else None,
        [BlockRow(*tuple(row)) for row in conn.execute(blocks)],
        ACTIONS.first(conn, scope=Scope(worker_id=worker_id), limit=200),
        [(currency, round(statistics.median(wages[currency]))) for currency in sorted(wages)],
    )


# ------------------------------------------------------------------------------- money and decisions


@dataclass(frozen=True, slots=True)
class Staged:
    """What waits to be sent by one account, of one kind. Money in minor units of `currency`."""

    requester_id: int
    requester_name: str
    provider_type: str
    sandbox: bool
    currency: str
    kind: str
    actions: int
    amount_minor: int
    fee_minor: int


def staged_summary(conn: Connection, run_id: int | None = None) -> list[Staged]:
    """What is staged (of one run), by account and kind, from the totals."""
    total = ACTION_TOTAL.c
    query = (
        sa.select(
            total.requester_id,
            REQUESTER.c.requester_name,
            REQUESTER.c.provider_type,
            REQUESTER.c.sandbox,
            REQUESTER.c.currency,
            total.kind,
            *(sa.func.sum(total[name]) for name in ("actions", "amount_minor", "fee_minor")),
        )
        .select_from(ACTION_TOTAL)
        .join(REQUESTER, REQUESTER.c.id == total.requester_id)
        .where(total.state == ActionState.STAGED, total.actions > 0)
        .group_by(total.requester_id, total.kind, REQUESTER.c.id)
        .order_by(total.requester_id, total.kind)
    )
    if run_id is not None:
        query = query.where(total.task_run_id == run_id)
    return [Staged(*row[:6], *map(int, row[6:])) for row in conn.execute(query)]


@dataclass(frozen=True, slots=True)
class MoneyTotal:
    """The money of one currency over all runs, fees included, in minor units; play money stands apart.

    `paid` is accepted work, softly rejected too, and bonuses that arrived; `reserved` is work that may still
    be paid and bonuses on their way; `staged` is what of that waits for Send.
    """

    currency: str
    sandbox: bool
    paid: int
    reserved: int
    staged: int


def money_totals(conn: Connection) -> list[MoneyTotal]:
    """What was paid, is reserved and is staged, per currency that an account has; real money first."""
    sums: dict[tuple[bool, str], Counter[str]] = {
        (sandbox, code): Counter()
        for sandbox, code in conn.execute(sa.select(REQUESTER.c.sandbox, REQUESTER.c.currency).distinct())
    }
    units = (
        sa.select(
            RUN.c.sandbox,
            RUN.c.currency,
            RUN_TOTAL.c.status,
            sa.func.sum(RUN_TOTAL.c.pay_minor + RUN_TOTAL.c.fee_minor),
        )
        .join(RUN, RUN.c.id == RUN_TOTAL.c.task_run_id)
        .where(RUN_TOTAL.c.status.in_(AssignmentState.payable()))
        .group_by(RUN.c.sandbox, RUN.c.currency, RUN_TOTAL.c.status)
    )
    for sandbox, currency, status, money in conn.execute(units):
        settled = status in (AssignmentState.ACCEPTED, AssignmentState.SOFT_REJECTED)
        sums[sandbox, currency]["paid" if settled else "reserved"] += int(money)
    total = ACTION_TOTAL.c
    actions = (
        sa.select(
            REQUESTER.c.sandbox,
            REQUESTER.c.currency,
            total.kind,
            total.state,
            sa.func.sum(total.amount_minor + total.fee_minor),
        )
        .join(REQUESTER, REQUESTER.c.id == total.requester_id)
        .where(total.state.in_((*ActionState.OPEN, ActionState.DONE)))
        .group_by(REQUESTER.c.sandbox, REQUESTER.c.currency, total.kind, total.state)
    )
    for sandbox, currency, kind, state, money in conn.execute(actions):
        if kind == ActionKind.BONUS:
            sums[sandbox, currency]["paid" if state == ActionState.DONE else "reserved"] += int(money)
        if state == ActionState.STAGED:
            sums[sandbox, currency]["staged"] += int(money)
    return [
        MoneyTotal(code, sandbox, s["paid"], s["reserved"], s["staged"])
        for (sandbox, code), s in sorted(sums.items())
    ]


def staged_rejections(
    conn: Connection,
    requester_id: int | None = None,
    run_id: int | None = None,
    without: Sequence[int] = (),
) -> list[tuple[str, int]]:
    """Workers with staged rejections and how many each, most first; `without` are actions that stay."""
    count = sa.func.count()
    query = (
        sa.select(WORKER.c.worker_name, count)
        .select_from(ACTION)
        .join(WORKER, WORKER.c.id == ACTION.c.worker_id)
        .where(ACTION.c.state == ActionState.STAGED, ACTION.c.kind == ActionKind.REJECT)
        .group_by(WORKER.c.id, WORKER.c.worker_name)
        .order_by(count.desc(), WORKER.c.worker_name)
    )
    if requester_id is not None:
        query = query.where(ACTION.c.requester_id == requester_id)
    if run_id is not None:
        query = query.where(ACTION.c.task_run_id == run_id)
    if without:
        query = query.where(ACTION.c.id.not_in(list(without)))
    return [(row[0], row[1]) for row in conn.execute(query)]


def staged_reasons(
    conn: Connection, requester_id: int, most: int, run_id: int | None = None
) -> list[tuple[str, str]]:
    """The different (reason, category) of an account's staged rejections (of one run), at most so many."""
    query = (
        sa.select(ACTION.c.reason, ACTION.c.category)
        .where(
            ACTION.c.requester_id == requester_id,
            ACTION.c.state == ActionState.STAGED,
            ACTION.c.kind == ActionKind.REJECT,
        )
        .distinct()
        .limit(most)
    )
    if run_id is not None:
        query = query.where(ACTION.c.task_run_id == run_id)
    return [(row[0], row[1]) for row in conn.execute(query)]


def total_spend(conn: Connection, requester_id: int) -> int:
    """What an account's payable units cost with fees, over all its runs, in minor units of its currency."""
    row = conn.execute(spend_query().where(RUN.c.requester_id == requester_id)).first()
    return int(row[1]) if row else 0
