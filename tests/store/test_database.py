"""Transactions, the one writer, what happens beside other processes and on a broken disk."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from crowddesk.domain import Cancelled, Change, WorkspaceError
from crowddesk.store import changes, journal
from crowddesk.store import tables as t
from crowddesk.store.database import CancelToken, Database
from crowddesk.store.queries import REQUESTERS, UNITS, WORKERS

Start = Callable[..., subprocess.Popen[str]]

_ADD_WORKERS = """
from pathlib import Path
from crowddesk.domain import now
from crowddesk.store import tables as t
from crowddesk.store.database import Database
folder, url, prefix, count = Path(sys.argv[1]), sys.argv[2] or None, sys.argv[3], int(sys.argv[4])
db = Database(folder, url)
print("open", flush=True)
sys.stdin.readline()
row = dict(provider_type="mock", units=0, completed=0, accepted=0, soft_rejected=0, rejected=0)
row["created_at"] = now()
for k in range(count):
    with db.write(prefix) as w:
        w.insert(t.Worker, [{**row, "worker_name": f"{prefix}{k}"}])
    print(k, flush=True)
db.close()
"""


def test_an_inner_block_joins_the_outer_and_reads_see_its_writes(any_world: Any) -> None:
    db, heard = any_world.db, []
    db.on_commit(heard.append)
    with db.write() as outer:
        any_world.workers("A1")
        with db.write() as inner:
            assert inner is outer
        with db.read() as conn:
            assert [w.worker_name for w in WORKERS.first(conn)] == ["A1"]
        assert heard == []
    (change,) = heard
    assert change.tables == {"worker": [1]}
    assert change.journal_id == 1


def test_an_error_takes_everything_back(any_world: Any) -> None:
    db, heard = any_world.db, []
    db.on_commit(heard.append)

    def fail() -> None:
        with db.write():
            any_world.workers("A1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert heard == []
    assert any_world.workers("A2") == [1 if db.is_sqlite else 2]  # a key that nobody saw may come again
    with db.read() as conn:
        assert [w.worker_name for w in WORKERS.first(conn)] == ["A2"]
        assert journal.verify(conn).rows == 1


def test_keys_are_never_given_twice(any_world: Any) -> None:
    db = any_world.db
    first = any_world.workers("A1", "A2")[-1]
    with db.write() as w:
        w.conn.execute(sa.text("DELETE FROM worker"))
    assert any_world.workers("A3")[0] > first


def test_a_listener_can_leave_and_runs_after_the_commit(db: Database, world: Any) -> None:
    seen: list[int] = []

    def listener(change: Change) -> None:
        with db.read() as conn:
            seen.append(WORKERS.count(conn))

    leave = db.on_commit(listener)
    world.workers("A1")
    leave()
    leave()  # it has left already
    world.workers("A2")
    assert seen == [1]


def test_what_waits_for_the_commit_is_called_after_it(db: Database, world: Any) -> None:
    calls: list[str] = []
    with db.write() as w:
        w.after_commit.append(lambda: calls.append("after"))
        world.workers("A1")
        calls.append("in")
    assert calls == ["in", "after"]


def test_a_reader_cannot_write(any_db: Database) -> None:
    with pytest.raises(WorkspaceError, match="cannot be written"), any_db.read() as conn:
        conn.execute(sa.text("DELETE FROM worker"))


def test_a_read_keeps_its_snapshot(any_world: Any) -> None:
    with any_world.db.read() as conn:
        assert WORKERS.count(conn) == 0
        thread = threading.Thread(target=any_world.workers, args=("A1",))
        thread.start()
        thread.join()
        assert WORKERS.count(conn) == 0
    with any_world.db.read() as conn:
        assert WORKERS.count(conn) == 1


def test_many_threads_lose_nothing(any_world: Any) -> None:
    db = any_world.db
    (worker,) = any_world.workers("A1")

    def add() -> None:
        for _ in range(10):
            with db.write() as w:
                seen = w.conn.execute(sa.select(t.Worker.units)).scalar_one()
                w.update(t.Worker, [worker], units=seen + 1)

    threads = [threading.Thread(target=add) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.read() as conn:
        assert WORKERS.rows(conn, [worker])[0].units == 60


def test_processes_that_write_at_once_lose_nothing(
    any_db: Database, any_url: str | None, workspace_path: Path, another_process: Start
) -> None:
    processes = [another_process(_ADD_WORKERS, workspace_path, any_url, name, 25) for name in ("x", "y", "z")]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    with any_db.read() as conn:
        assert WORKERS.count(conn) == 75
        verdict = journal.verify(conn)
        assert (verdict.ok, verdict.rows) == (True, 75)


def test_a_killed_writer_leaves_whole_transactions(
    any_db: Database, any_url: str | None, workspace_path: Path, another_process: Start
) -> None:
    process = another_process(_ADD_WORKERS, workspace_path, any_url, "x", 100_000)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    told = [process.stdout.readline() for _ in range(20)][-1]
    process.send_signal(signal.SIGKILL)
    process.wait()
    with any_db.write() as w:  # nobody else holds the writers' lock any more
        kept = w.conn.execute(sa.text("SELECT count(*) FROM worker")).scalar_one()
        assert kept >= int(told) + 1
        verdict = journal.verify(w.conn)
        assert (verdict.ok, verdict.rows) == (True, kept)


def test_a_killed_process_takes_its_open_transaction_with_it(
    db: Database, workspace_path: Path, another_process: Start
) -> None:
    code = _ADD_WORKERS.split("for k in")[0] + (
        "with db.write() as w:\n"
        "    w.insert(t.Worker, [{**row, 'worker_name': 'half'}])\n"
        "    print('inside', flush=True)\n"
        "    sys.stdin.readline()\n"
    )
    process = another_process(code, workspace_path, None, "x", 1)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    assert [process.stdout.readline() for _ in range(2)][-1] == "inside\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    with db.write() as w:
        assert w.conn.execute(sa.text("SELECT count(*) FROM worker")).scalar_one() == 0


def test_a_time_without_a_zone_is_refused(any_world: Any) -> None:
    with pytest.raises(sa.exc.StatementError, match="a time without a zone"):
        any_world.run(1, launched_at=datetime(2026, 11, 2))  # noqa: DTZ001


def test_times_come_back_as_they_went(any_world: Any) -> None:
    from tests.store.conftest import START

    any_world.requester()
    with any_world.db.read() as conn:
        assert REQUESTERS.first(conn)[0].created_at == START


def test_errors_hide_what_was_written(any_world: Any) -> None:
    any_world.workers("A-SECRET-NAME")
    with pytest.raises(sa.exc.IntegrityError) as error:
        any_world.workers("A-SECRET-NAME")
    assert "hidden" in str(error.value)
    if any_world.db.is_sqlite:  # PostgreSQL itself names the value of a broken key
        assert "SECRET" not in str(error.value)


# ------------------------------------------------------------------------------------- cancelled reads


def _slow(db: Database) -> str:
    if not db.is_sqlite:
        return "SELECT pg_sleep(60)"
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_a_running_read_is_cancelled_from_another_thread(any_db: Database) -> None:
    token = CancelToken()
    started, problems = threading.Event(), []

    def read() -> None:
        try:
            with any_db.read(cancel=token) as conn:
                conn.execute(sa.text("SELECT 1"))
                started.set()
                conn.execute(sa.text(_slow(any_db)))
        except Exception as error:
            problems.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    started.wait(10)
    token.cancel()
    thread.join(10)
    assert [type(problem) for problem in problems] == [Cancelled]
    with any_db.read() as conn:  # the connection is whole again
        assert conn.execute(sa.text("SELECT 7")).scalar_one() == 7
        assert UNITS.count(conn) == 0


def test_a_cancel_between_two_statements_stops_the_next(any_db: Database) -> None:
    """A server forgets a request that comes while it does nothing."""
    token = CancelToken()
    with pytest.raises(Cancelled), any_db.read(cancel=token) as conn:  # noqa: PT012
        sa.event.listen(conn, "before_cursor_execute", lambda *_: token.cancel())
        conn.execute(sa.text(_slow(any_db)))


def test_a_read_is_cancelled_between_its_rows(db: Database) -> None:
    """Long lists are read from the driver's own cursor, whose errors nobody else translates."""
    token = CancelToken()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"

    def read() -> None:
        with db.read(cancel=token) as conn:
            for number in conn.execute(sa.text(endless)).cursor:
                if number == (1_000,):
                    token.cancel()

    with pytest.raises(Cancelled):
        read()


def test_a_token_that_is_used_up_stops_at_once(any_db: Database) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled), any_db.read(cancel=token):
        raise AssertionError("the block was entered")


def test_a_token_without_a_cancel_changes_nothing(any_db: Database) -> None:
    with any_db.read(cancel=CancelToken()) as conn:
        assert UNITS.count(conn) == 0


# ------------------------------------------------------------------------------------------ bad places


@pytest.mark.parametrize("name", ["100%25", "a#b", "ü ber", *(["what?x=1"] if os.name != "nt" else [])])
def test_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    for _ in range(2):
        db = Database(folder)
        db.backup(tmp_path / "copy.sqlite")
        db.close()
    assert (folder / "crowddesk.sqlite").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "copy.sqlite"])


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "file" / "workspace"):
        with pytest.raises(WorkspaceError, match="is not a folder") as error:
            Database(place)
        assert str(tmp_path) in str(error.value)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", ["why? because", "a?b=1&c", "50 % #1", "%41 Zürich, x"])
def test_the_database_lies_in_its_folder_whatever_that_is_called(tmp_path: Path, name: str) -> None:
    Database(tmp_path / name).close()
    assert (tmp_path / name / "crowddesk.sqlite").is_file()
    assert os.listdir(tmp_path) == [name]
    Database(tmp_path / name).close()


def test_a_folder_that_the_system_does_not_make_is_said(tmp_path: Path) -> None:
    place = tmp_path / ("n" * 300)
    with pytest.raises(WorkspaceError, match="cannot be made") as error:
        Database(place)
    assert str(place) in str(error.value)


def test_a_file_that_is_no_database(workspace_path: Path) -> None:
    workspace_path.mkdir()
    file = workspace_path / "crowddesk.sqlite"
    file.write_bytes(b"this is not a database, however long one looks at it" * 50)
    with pytest.raises(WorkspaceError, match="is damaged") as error:
        Database(workspace_path)
    assert str(workspace_path) in str(error.value)
    assert file.read_bytes().startswith(b"this is not")


def test_a_database_of_another_program(workspace_path: Path) -> None:
    workspace_path.mkdir()
    with contextlib.closing(sqlite3.connect(workspace_path / "crowddesk.sqlite")) as conn:
        conn.execute("CREATE TABLE recipes (name TEXT)")
        conn.commit()
    with pytest.raises(WorkspaceError, match="belongs to another program"):
        Database(workspace_path)


def test_a_damaged_page_is_said_so(world: Any, workspace_path: Path) -> None:
    run = world.run(world.requester())
    world.units(run, 1, items=2_000)
    world.db.close()
    path = workspace_path / "crowddesk.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xff" * (size // 2))
    with pytest.raises(WorkspaceError, match=r"is damaged.*Put a copy of it back"):
        _read_all(workspace_path)


def _read_all(folder: Path) -> None:
    db = Database(folder)
    try:
        with db.read() as conn:
            list(UNITS.iterate(conn))
    finally:
        db.close()


_FULL = """
from pathlib import Path
import resource, signal
from crowddesk.domain import WorkspaceError, now
from crowddesk.store import tables as t
from crowddesk.store.database import Database
db = Database(Path(sys.argv[1]))
row = dict(provider_type="mock", units=0, completed=0, accepted=0, soft_rejected=0, rejected=0)
row["created_at"] = now()
with db.write() as w:
    w.insert(t.Worker, [{**row, "worker_name": "before"}])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, resource.RLIM_INFINITY))
try:
    with db.write() as w:
        w.insert(t.Worker, [{**row, "worker_name": f"{k} " + "x" * 1000} for k in range(5_000)])
except WorkspaceError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with db.write() as w:
    w.insert(t.Worker, [{**row, "worker_name": "after"}])
db.close()
"""


def test_a_full_disk_stores_nothing_of_the_step_and_says_so(
    workspace_path: Path, another_process: Start
) -> None:
    """A limit on the size of files is what a full disk looks like to SQLite."""
    process = another_process(_FULL, workspace_path)
    said, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert said.startswith(
        (f"The disk of {workspace_path} is full.", f"The database of {workspace_path} could not")
    )
    db = Database(workspace_path)
    with db.read() as conn:
        assert [w.worker_name for w in WORKERS.first(conn)] == ["before", "after"]
        assert journal.verify(conn).ok
    db.close()


def test_sqlite_says_that_it_is_full(world: Any) -> None:
    with world.db.write() as w:
        pages = w.conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        w.conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(WorkspaceError, match=r"is full\. Nothing of this step was stored"):
        world.workers(*(f"{k} " + "x" * 1000 for k in range(50)))


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="root is needed to mount a read-only folder"
)
def test_a_read_only_folder(workspace_path: Path) -> None:
    """Root may write anywhere, so the folder is mounted read-only, in a mount namespace of its own."""
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare")
    Database(workspace_path).close()
    code = (
        "import sys; from pathlib import Path\n"
        "from crowddesk.domain import WorkspaceError\n"
        "from crowddesk.store.database import Database\n"
        "try: Database(Path(sys.argv[1]))\n"
        "except WorkspaceError as error: print(error)\n"
    )
    script = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && exec "$2" -c "$3" "$1"'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", str(workspace_path), sys.executable, code],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    if "mount" in done.stderr or "unshare" in done.stderr:
        pytest.skip(f"no mounts here: {done.stderr}")
    assert done.stdout == (
        f"{workspace_path} cannot be written. Choose another workspace or mend its permissions.\n"
    ), done.stderr


def test_a_network_drive_is_refused(workspace_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from crowddesk.store import database

    mounts = f"/dev/x / ext4 rw 0 0\nserver:/x {workspace_path.parent} nfs4 rw 0 0\n"
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Path, "read_text", lambda self, **more: mounts)
    with pytest.raises(WorkspaceError, match="network drive"):
        database.refuse_network_drive(workspace_path)


def test_a_copy_in_use_is_whole(world: Any, tmp_path: Path) -> None:
    world.workers("A1")
    with world.db.write():
        world.workers("not yet")
        world.db.backup(tmp_path / "copies" / "copy.sqlite")
    with contextlib.closing(sqlite3.connect(tmp_path / "copies" / "copy.sqlite")) as conn:
        assert conn.execute("SELECT worker_name FROM worker").fetchall() == [("A1",)]


def test_a_large_insert_is_told_without_ids(any_world: Any) -> None:
    heard: list[Change] = []
    run = any_world.run(any_world.requester())
    any_world.db.on_commit(heard.append)
    any_world.units(run, 1, items=2_001)
    assert heard[-1].tables["unit"] is None
    with any_world.db.read() as conn:
        assert journal.follow(conn, 0)[-1] == heard[-1]


def test_a_status_that_somebody_changed_is_left_alone(any_world: Any) -> None:
    run = any_world.run(any_world.requester())
    units = any_world.units(run, 1, items=3)
    with any_world.db.write() as w:
        assert changes.set_unit_statuses(w, {units[0]: ("launched", "expired")}) == [units[0]]
        assert changes.set_unit_statuses(w, dict.fromkeys(units, ("launched", "assigned"))) == units[1:]
