"""Builds a workspace of many units in bulk, whole enough for the doctor, and keeps it between runs.

Rows are written past the program, straight into SQLite, because a million units would take an hour its own
way; what they say is what the program would have left: totals, counters, evidence and all.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from benchmarks import material
from crowddesk.operations.run_file import to_yaml
from crowddesk.operations.workspace import open_workspace
from crowddesk.store import tables as t
from crowddesk.store.changes import hash_of_submission
from crowddesk.store.transaction import canonical_json, hash_events, hash_row

#: The run that has all units.
RUN: Final = 1
_UNITS_A_JOURNAL_ROW: Final = 10_000
_START: Final = datetime(2026, 11, 1, 8, tzinfo=UTC)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS: Final = 14
_SEED: Final = 7

#: Unit status -> how many in a hundred, agent's status, vendor's word, data set, decision.
_KINDS: Final[dict[str, tuple[int, str | None, str | None, str, str | None]]] = {
    "launched": (4, None, None, "undecided", None),
    "assigned": (1, "in task", "taken", "undecided", None),
    "completed": (15, "completed", "submitted", "undecided", None),
    "accepted": (70, "approved", "approved", "in", "approve"),
    "soft_rejected": (5, "soft_rejected", "approved", "out", "soft_reject"),
    "rejected": (5, "rejected", "rejected", "out", "reject"),
}
_YES, _NO = '{"answer": "yes"}', '{"answer": "no"}'
_HASHES: Final = {answer: hash_of_submission(answer, answer) for answer in (_YES, _NO)}
_ANSWERED: Final = ("completed", "accepted", "soft_rejected", "rejected")


def ready_made(units: int) -> Path:
    """A workspace with so many units in one run, kept in the temporary folder. Do not write to it."""
    made = "".join(Path(str(module)).read_text(encoding="utf-8") for module in (__file__, material.__file__))
    schema = "".join(str(sa.schema.CreateTable(table)) for table in t.metadata.sorted_tables)
    key = hashlib.sha256(f"{made}{schema}{_HASHES}{units}".encode()).hexdigest()[:16]
    kept = Path(tempfile.gettempdir()) / "crowddesk-benchmarks" / f"{units}-{key}"
    if not kept.is_dir():
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f"{units}-", dir=kept.parent))
        build(draft, units)
        draft.rename(kept)
    return kept


def copy(source: Path, target: Path) -> Path:
    """A workspace of one's own to write to."""
    shutil.copytree(source, target)
    return target


def build(folder: Path, units: int) -> None:
    """Fills a new workspace."""
    _make_run(folder, units)
    with closing(sqlite3.connect(folder / "crowddesk.sqlite", isolation_level=None)) as db:
        for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "cache_size=-400000", "temp_store=MEMORY"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("BEGIN")
        indexes = db.execute("SELECT name, sql FROM sqlite_master WHERE type='index' AND sql IS NOT NULL")
        kept = indexes.fetchall()
        for name, _ in kept:
            db.execute(f"DROP INDEX {name}")
        _Filling(db, units).fill()
        for _, statement in kept:
            db.execute(statement)
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode=WAL")


def _make_run(folder: Path, units: int) -> None:
    """The account, the task and its run, by the program itself."""
    db = open_workspace(folder)
    try:
        place = "runs/measured"
        config = material.write_task(folder / place, 8)
        requester = db.find_requesters(provider_type="mock")[0]
        task = db.new_task("measured", "static_html")
        db.new_task_run(
            task,
            requester.db_id,
            to_yaml(config, relative_to=folder / place),
            title="Does it follow?",
            folder=place,
            reward_minor=material.REWARD_MINOR,
            fee_minor=material.FEE_MINOR,
            budget_minor=units * 3,
            units_expected=units,
        )
    finally:
        db.close()


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)


def _uuid(number: int) -> str:
    text = f"{number:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


class _Filling:
    """One go over all units, a journal row's worth at a time."""

    def __init__(self, db: sqlite3.Connection, units: int) -> None:
        self._db = db
        self._units = units
        self._random = random.Random(_SEED)
        self._workers = max(20, min(5_000, units // 200))
        self._chances = list(itertools.accumulate(1 / (n + 10) for n in range(self._workers)))
        self._started = _micros(_START)
        self._run_totals: Counter[tuple[str, str]] = Counter()
        self._actions: Counter[tuple[str, str]] = Counter()
        self._agents: Counter[str] = Counter()
        self._worker_counts: Counter[tuple[int, str]] = Counter()
        self._ids: dict[str, Iterator[int]] = {
            name: itertools.count(1) for name in ("agent", "submission", "vendor_action", "status_event")
        }
        row = db.execute("SELECT COALESCE(MAX(id), 0) FROM status_event").fetchone()
        self._ids["status_event"] = itertools.count(row[0] + 1)
        self._requester = db.execute("SELECT requester_id FROM task_run WHERE id=?", (RUN,)).fetchone()[0]

    def fill(self) -> None:
        for first in range(1, self._units + 1, _UNITS_A_JOURNAL_ROW):
            self._some_units(first, min(first + _UNITS_A_JOURNAL_ROW, self._units + 1))
        self._insert_workers()
        self._insert_totals()
        items = -(-self._units // material.UNITS_PER_ITEM)
        self._db.execute(
            "UPDATE task_run SET state='closed', items_loaded=?, launched_at=?, closed_at=? WHERE id=?",
            (items, self._started, self._started + _DAYS * 86_400_000_000, RUN),
        )

    def _insert(self, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
        marks = ",".join("?" * (columns.count(",") + 1))
        self._db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)

    def _some_units(self, first: int, end: int) -> None:
        pick = self._random
        numbers = range(first, end)
        statuses = pick.choices(list(_KINDS), [kind[0] for kind in _KINDS.values()], k=len(numbers))
        workers = pick.choices(range(1, self._workers + 1), cum_weights=self._chances, k=len(numbers))
        units, agents, submissions, actions = [], [], [], []
        events: list[tuple[str, int, str | None, str]] = []
        for unit, status, drawn in zip(numbers, statuses, workers, strict=True):
            item, place = divmod(unit - 1, material.UNITS_PER_ITEM)
            index = -2 if item % 100 == 99 else place
            kind = "gold" if index == -2 else "standard"
            _, agent_status, word, data, decision = _KINDS[status]
            launched = self._started + unit * 1_000
            worker = agent = submission = submitted = seconds = None
            events.append(("unit", unit, "created", status))
            self._run_totals[kind, status] += 1
            actions.append(self._action(events, unit, None, "launch", "launch", 0, launched))
            if agent_status is not None:
                worker, agent = drawn, next(self._ids["agent"])
                taken = launched + pick.randrange(_DAYS * 86_000) * 1_000_000
                self._agents[agent_status] += 1
                self._worker_counts[worker, "units"] += 1
                events.append(("agent", agent, None, agent_status))
            if status in _ANSWERED:
                seconds = round(pick.lognormvariate(3.0, 0.7), 1)
                submitted = taken + int(seconds * 1e6)
                submission = next(self._ids["submission"])
                answer = _YES if pick.random() < 0.6 else _NO
                self._worker_counts[drawn, status] += 1
                submissions.append((submission, agent, unit, RUN, answer, answer, 0, submitted))
                events.append(("submission", submission, None, _HASHES[answer]))
            if decision is not None:
                assert submitted is not None
                pay = 0 if decision == "reject" else 1
                actions.append(self._action(events, unit, worker, decision, "settle", pay, submitted))
            if agent is not None:
                agents.append(
                    (agent, worker, unit, 1, RUN, item + 1, "static_html", "mock", agent_status, f"u{unit}-1",
                     taken, submitted, submitted, seconds)
                )  # fmt: skip
            units.append(
                (unit, item + 1, RUN, 1, self._requester, "mock", "static_html", 1, index,
                 material.REWARD_MINOR, material.FEE_MINOR, material.CURRENCY, status, word, data, 0, None,
                 agent, worker, submission, None, launched, submitted, seconds)
            )  # fmt: skip
        self._insert_items(first, end)
        self._insert(
            "unit",
            "id, assignment_id, task_run_id, task_id, requester_id, provider_type, task_type, sandbox,"
            "unit_index, pay_minor, fee_minor, currency, status, vendor_status, dataset_status,"
            "dataset_by_person, pending, agent_id, worker_id, submission_id, reserved_at, launched_at,"
            "submitted_at, seconds",
            units,
        )
        self._insert(
            "agent",
            "id, worker_id, unit_id, task_id, task_run_id, assignment_id, task_type, provider_type, status,"
            "vendor_ref, created_at, updated_at, submitted_at, seconds",
            agents,
        )
        self._insert(
            "submission", "id, agent_id, unit_id, task_run_id, raw, answer, late, received_at", submissions
        )
        self._insert(
            "vendor_action",
            "id, uuid, requester_id, task_run_id, unit_id, worker_id, kind, target_type, target_id, slot,"
            "sequence, amount_minor, fee_minor, currency, reason, category, payload, state, outcome,"
            "evidence, attempt, epoch, not_before, started_at, finished_at, created_at, created_by",
            actions,
        )
        self._journal(events)

    def _insert_items(self, first: int, end: int) -> None:
        numbers = range((first - 1) // material.UNITS_PER_ITEM, (end - 2) // material.UNITS_PER_ITEM + 1)
        rows = []
        for number in numbers:
            values = material.item_values(number)
            rows.append(
                (number + 1, 1, RUN, self._requester, "static_html", "mock", 1, values["key"],
                 json.dumps(values), self._started)
            )  # fmt: skip
        self._insert(
            "assignment",
            "id, task_id, task_run_id, requester_id, task_type, provider_type, sandbox, item_key, data,"
            "created_at",
            rows,
        )

    def _action(
        self, events: list[Any], unit: int, worker: int | None, kind: str, slot: str, pays: int, at: int
    ) -> tuple[Any, ...]:
        number = next(self._ids["vendor_action"])
        self._actions[kind, "done"] += 1
        events.append(("vendor_action", number, "queued", "done"))
        reason = "The answer does not fit the text." if kind == "reject" else ""
        return (
            number, _uuid(number), self._requester, RUN, unit, worker, kind, "unit", unit, slot, "0",
            material.REWARD_MINOR * pays, material.FEE_MINOR * pays, material.CURRENCY, reason, "", "{}",
            "done", "", "{}", 1, 1, None, at, at, at, "benchmark",
        )  # fmt: skip

    def _journal(self, events: list[tuple[str, int, str | None, str]]) -> None:
        last = self._db.execute("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1").fetchone()
        number = last[0] + 1
        at = _START + timedelta(seconds=number)
        touched = canonical_json({name: {"ids": None, "ranges": []} for name in ("agent", "unit")})
        digest = hash_events(events)
        row = (number, _micros(at), "benchmark", touched, digest, last[1])
        whole = hash_row(number, at, "benchmark", touched, digest, last[1])
        self._insert("journal", "id, at, who, touched, events_hash, previous, hash", [(*row, whole)])
        ids = self._ids["status_event"]
        self._insert(
            "status_event",
            "id, journal_id, entity, row_id, old, new",
            ((next(ids), number, *event) for event in events),
        )

    def _insert_workers(self) -> None:
        counts = self._worker_counts
        names = ("units", *_ANSWERED)
        self._insert(
            "worker",
            f"id, provider_type, worker_name, {', '.join(names)}, created_at, last_seen_at",
            (
                (number, "mock", f"W{number:05d}", *(counts[number, name] for name in names), self._started,
                 self._started + number)
                for number in range(1, self._workers + 1)
            ),
        )  # fmt: skip

    def _insert_totals(self) -> None:
        pay, fee = material.REWARD_MINOR, material.FEE_MINOR
        self._insert(
            "run_total",
            "task_run_id, unit_kind, status, units, pay_minor, fee_minor",
            ((RUN, *key, n, n * pay, n * fee) for key, n in self._run_totals.items()),
        )
        paid = {"approve": 1, "soft_reject": 1}
        self._insert(
            "action_total",
            "requester_id, task_run_id, kind, state, actions, amount_minor, fee_minor",
            (
                (self._requester, RUN, *key, n, n * pay * paid.get(key[0], 0), n * fee * paid.get(key[0], 0))
                for key, n in self._actions.items()
            ),
        )
        self._insert(
            "agent_total", "task_run_id, status, agents", ((RUN, *row) for row in self._agents.items())
        )
