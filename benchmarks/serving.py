"""Serves a run from the program's window to 200 people of another process, printed as JSON.

`python -m benchmarks.serving FOLDER UNITS`; the folder is written to.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from benchmarks import material
from benchmarks.pauses import Heartbeat
from benchmarks.people import PEOPLE
from benchmarks.stage import Stage, stage
from crowddesk.operations import launch
from crowddesk.operations.accounts import add_requester
from crowddesk.operations.workspace import open_workspace

_HELLOS: Final = 20_000
_INSERTS: Final = 2_000
_SOCKETS: Final = 1_000


def measure(folder: Path, units: int) -> dict[str, Any]:
    """Rates a second, megabytes more with idle sockets, and the window's pauses in seconds while units go."""
    folder.mkdir(parents=True, exist_ok=True)
    config = material.write_task(folder / "task", units // material.UNITS_PER_ITEM, vendor="inhouse")
    db = open_workspace(folder / "workspace")
    add_requester(db, "inhouse", "lab", {"currency": material.CURRENCY})
    run_id = launch.create_run(db, config)
    db.close()
    found: dict[str, Any] = {"people": PEOPLE, "sockets": _SOCKETS, "inserts": _insert(folder / "raw.sqlite")}
    with stage(folder / "workspace") as made:
        threads = made.desk.session.threads  # type: ignore[union-attr]
        made.until(lambda: bool(threads.server.url_of(run_id)))
        url = str(threads.server.url_of(run_id))
        made.page("runs").show_wanted(run_id)
        made.live(1.0)
        found["megabytes"] = _megabytes_of_sockets(made, url)
        found["hello"] = _let(made, "hello", url, _HELLOS)["rate"]
        heart = Heartbeat()
        heart.start()
        found["units"] = _let(made, "work", url, units // material.UNITS_PER_ITEM * material.UNITS_PER_ITEM)[
            "rate"
        ]
        heart.stop()
    late = sorted(heart.late)
    return found | {"longest": late[-1], "p99": late[int(len(late) * 0.99)]}


def _let(made: Stage, what: str, url: str, count: int) -> dict[str, Any]:
    """What people in a process of their own do, while the window lives on."""
    people = _people(what, url, count)
    made.until(lambda: people.poll() is not None)
    assert people.stdout is not None
    found: dict[str, Any] = json.loads(people.stdout.read().splitlines()[-1])
    return found


def _people(what: str, url: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.people", what, url, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _megabytes_of_sockets(made: Stage, url: str) -> float:
    gc.collect()
    before = _resident()
    people = _people("sockets", url, _SOCKETS)
    assert people.stdout is not None
    assert people.stdin is not None
    threads = made.desk.session.threads  # type: ignore[union-attr]
    opened = threads.jobs.ask(lambda _job: people.stdout.readline())  # type: ignore[union-attr]
    made.until(lambda: opened.work.__name__ == "_ended")
    made.live(2.0)
    more = _resident() - before
    people.stdin.write("\n")
    people.stdin.close()
    made.until(lambda: people.poll() is not None)
    return more


def _resident() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


def _insert(path: Path) -> float:
    """Rows a second of a submission's size, each in a transaction of its own, kept by the disk."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode=WAL")
        conn.execute("PRAGMA synchronous=FULL")
        conn.execute(
            "CREATE TABLE sent (id INTEGER PRIMARY KEY, unit INTEGER, raw TEXT, answer TEXT, at INTEGER)"
        )
        began = time.perf_counter()
        for number in range(_INSERTS):
            conn.execute("BEGIN IMMEDIATE")
            conn.execute(
                "INSERT INTO sent (unit, raw, answer, at) VALUES (?, ?, ?, ?)",
                (number, '{"answer": "yes"}', '{"answer": "yes"}', time.time_ns()),
            )
            conn.execute("COMMIT")
        return _INSERTS / (time.perf_counter() - began)


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))), flush=True)
