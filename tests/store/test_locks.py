"""The lock of a requester's lane: one process at a time, freed by the system when its holder dies."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from crowddesk.store.database import Database
from crowddesk.store.locks import RequesterLock

_HOLD = """
from pathlib import Path
from crowddesk.store.database import Database
from crowddesk.store.locks import RequesterLock
db = Database(Path(sys.argv[1]), sys.argv[2] or None)
lock = RequesterLock(db, 1)
print(lock.acquire(), flush=True)
sys.stdin.readline()
lock.release()
db.close()
"""


def test_one_holder_at_a_time(any_db: Database) -> None:
    first, second, other = RequesterLock(any_db, 1), RequesterLock(any_db, 1), RequesterLock(any_db, 2)
    assert first.acquire()
    assert first.acquire()
    assert first.held
    assert not second.acquire()
    assert not second.held
    assert other.acquire()
    first.release()
    first.release()
    assert second.acquire()
    for lock in (second, other):
        lock.release()


def test_the_system_frees_it_when_the_holder_is_killed(
    any_db: Database,
    any_url: str | None,
    workspace_path: Path,
    another_process: Callable[..., subprocess.Popen[str]],
) -> None:
    holder = another_process(_HOLD, workspace_path, any_url)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    lock = RequesterLock(any_db, 1)
    assert not lock.acquire()
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    deadline = 200  # PostgreSQL notices a closed connection a moment later
    while not lock.acquire() and deadline:
        deadline -= 1
        with any_db.read() as conn:
            conn.exec_driver_sql("SELECT 1" if any_db.is_sqlite else "SELECT pg_sleep(0.02)")
    assert lock.held
    lock.release()


def test_it_is_given_back_in_order(
    any_db: Database,
    any_url: str | None,
    workspace_path: Path,
    another_process: Callable[..., subprocess.Popen[str]],
) -> None:
    lock = RequesterLock(any_db, 1)
    assert lock.acquire()
    other = another_process(_HOLD, workspace_path, any_url)
    assert other.stdout is not None
    assert other.stdout.readline() == "False\n"
    lock.release()
    third = another_process(_HOLD, workspace_path, any_url)
    assert third.stdout is not None
    assert third.stdout.readline() == "True\n"
