"""The journal proves what was written and tells other processes of it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from crowddesk.domain import BadInput, Change
from crowddesk.store import changes, journal
from crowddesk.store.database import Database
from crowddesk.store.journal import Feed, Verdict

_EVENT = "INSERT INTO status_event (id, journal_id, entity, row_id, new) VALUES (99, {}, 'unit', 1, 'x')"


@pytest.fixture
def written(any_world: Any) -> Any:
    """Six journal rows: requester, task, run, units, a worker, an answer."""
    run = any_world.run(any_world.requester())
    (unit,) = any_world.units(run, 1)
    (worker,) = any_world.workers("A1")
    any_world.answer(unit, worker)
    return any_world


def _verdict(db: Database, head: str | None = None) -> Verdict:
    with db.read() as conn:
        return journal.verify(conn, head)


def _tamper(db: Database, statement: str) -> None:
    with db._writer.begin() as conn:
        conn.execute(sa.text(statement))


def test_an_untouched_journal_is_whole(written: Any) -> None:
    found = _verdict(written.db)
    assert (found.ok, found.rows, found.broken) == (True, 6, None)
    with written.db.read() as conn:
        assert found.head == journal.head(conn)


def test_an_empty_journal_is_whole(any_db: Database) -> None:
    found = _verdict(any_db)
    assert (found.ok, found.rows, found.head) == (True, 0, "0:" + "0" * 64)
    assert _verdict(any_db, found.head).ok


@pytest.mark.parametrize(
    ("statement", "broken", "words"),
    [
        ("UPDATE journal SET who = 'somebody else' WHERE id = 3", 3, "row 3 was changed"),
        ("UPDATE journal SET at = at + 1 WHERE id = 2", 2, "row 2 was changed"),
        ("UPDATE journal SET touched = '{}' WHERE id = 4", 4, "row 4 was changed"),
        ("UPDATE journal SET previous = hash WHERE id = 5", 5, "row 5 does not follow"),
        ("DELETE FROM journal WHERE id = 4", 4, "row 4 is missing"),
        ("DELETE FROM journal WHERE id = 1", 1, "row 1 is missing"),
        ("UPDATE status_event SET new = 'rejected' WHERE entity = 'unit'", 6, "events under journal row 6"),
        ("DELETE FROM status_event WHERE entity = 'agent'", 6, "events under journal row 6"),
        (_EVENT.format(3), 3, "row 3"),
        (_EVENT.format(77), 77, "row 77, which does not exist"),
    ],
)  # fmt: skip
def test_the_first_row_that_was_tampered_with_is_named(
    written: Any, statement: str, broken: int, words: str
) -> None:
    _tamper(written.db, statement)
    found = _verdict(written.db)
    assert (found.ok, found.broken) == (False, broken)
    assert words in found.sentence


def test_a_head_that_was_kept_finds_a_shorter_or_another_journal(written: Any) -> None:
    with written.db.read() as conn:
        head = journal.head(conn)
    written.workers("A2")
    assert _verdict(written.db, head).ok
    _tamper(written.db, "DELETE FROM journal WHERE id >= 6")
    _tamper(written.db, "DELETE FROM status_event WHERE journal_id >= 6")
    assert _verdict(written.db).ok  # the rest alone looks whole
    assert "ends at row 5, before row 6" in _verdict(written.db, head).sentence
    written.workers("A3")
    found = _verdict(written.db, head)
    assert (found.ok, found.broken) == (False, 6)
    assert "not the one of the head" in found.sentence


@pytest.mark.parametrize("head", ["x", "12", "12:abc", ":" + "0" * 64, "-1:" + "0" * 64])
def test_an_unreadable_head_is_refused(any_db: Database, head: str) -> None:
    with pytest.raises(BadInput, match="no journal head"):
        _verdict(any_db, head)


def test_a_person_can_be_erased(written: Any) -> None:
    _tamper(written.db, "UPDATE worker SET worker_name = 'erased'")
    assert _verdict(written.db).ok


def test_ids_have_no_gaps_after_a_transaction_that_failed(written: Any) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        written.workers("A2", "A2")
    written.workers("A3")
    assert _verdict(written.db).rows == 7


def test_a_write_that_writes_nothing_leaves_no_row(any_db: Database) -> None:
    with any_db.write():
        pass
    assert _verdict(any_db).rows == 0


def test_follow_gives_what_each_transaction_touched(any_world: Any) -> None:
    heard: list[Change] = []
    any_world.db.on_commit(heard.append)
    run = any_world.run(any_world.requester())
    units = any_world.units(run, 1, items=3, each=2)
    with any_world.db.write() as w:
        changes.set_unit_statuses(w, {units[1]: ("launched", "expired")})
    with any_world.db.read() as conn:
        assert journal.follow(conn, 0) == heard
        assert journal.follow(conn, 2, limit=1) == heard[2:3]
        assert journal.follow(conn, heard[-1].journal_id) == []
    assert heard[-1].tables == {"unit": [units[1]]}


_WRITE = """
from pathlib import Path
from crowddesk.domain import now
from crowddesk.store import tables as t
from crowddesk.store.database import Database
db = Database(Path(sys.argv[1]), sys.argv[2] or None)
for line in sys.stdin:
    with db.write() as w:
        row = dict(provider_type="mock", units=0, completed=0, accepted=0, soft_rejected=0, rejected=0)
        w.insert(t.Worker, [{**row, "worker_name": line.strip(), "created_at": now()}])
    print("done", flush=True)
db.close()
"""


def test_a_feed_tells_what_other_processes_wrote_and_only_that(
    any_world: Any,
    any_url: str | None,
    workspace_path: Path,
    another_process: Callable[..., subprocess.Popen[str]],
) -> None:
    other = another_process(_WRITE, workspace_path, any_url)

    def elsewhere(name: str) -> None:
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdin.write(name + "\n")
        other.stdin.flush()
        assert other.stdout.readline() == "done\n"

    elsewhere("before")
    feed = Feed(any_world.db)
    try:
        assert feed.changes() is None
        any_world.workers("mine")
        assert feed.changes() is None
        elsewhere("x")
        any_world.workers("mine too")
        elsewhere("y")
        found = feed.changes(timeout=10)
        assert found is not None
        # On PostgreSQL the second message may come a moment after the first.
        assert found.tables["worker"] == [3, 5]
        assert feed.changes() is None
        any_world.workers("mine again")
        assert feed.changes(timeout=0.05) is None
        elsewhere("z")
        found = feed.changes(timeout=10)
        assert found is not None
        assert found.tables == {"worker": [7]}
    finally:
        feed.close()
