"""The writer: many requests a transaction, each whole or not at all, told after the commit."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import Cancelled
from crowddesk.taskserver.writer import Writer
from crowddesk.testing import make_workspace


@pytest.fixture
def db(workspace_path: Path) -> Iterator[CrowdDatabase]:
    db = make_workspace(workspace_path)
    yield db
    db.close()


def in_order(writer: Writer, *works: tuple[bool, object]) -> list[object]:
    """Puts all of them before the writer begins, so that it takes them together; their results or errors."""

    async def ask() -> list[object]:
        futures = [writer.ask_apart(w) if apart else writer.ask(w) for apart, w in works]  # type: ignore[arg-type]
        thread = threading.Thread(target=writer.run)
        thread.start()
        found = await asyncio.gather(*futures, return_exceptions=True)
        writer.stop()
        await asyncio.to_thread(thread.join)
        return list(found)

    return asyncio.run(ask())


def names(db: CrowdDatabase) -> list[str]:
    return [worker.worker_name for worker in db.find_workers()]


def test_what_waits_shares_one_transaction(db: CrowdDatabase) -> None:
    commits = []
    forget = db.on_commit(commits.append)
    works = [(False, lambda n=n: db.new_worker(f"w{n}", "inhouse")) for n in range(40)]
    assert len(set(in_order(Writer(db), *works))) == 40
    forget()
    assert len(commits) == 1
    assert len(names(db)) == 40


def test_one_that_raises_takes_nobody_else_with_it(db: CrowdDatabase) -> None:
    def half() -> None:
        db.new_worker("half", "inhouse")
        raise ValueError("no")

    works = [(False, lambda n=n: db.new_worker(f"w{n}", "inhouse")) for n in range(3)]
    found = in_order(Writer(db), *works, (False, half), *[(False, lambda: db.new_worker("last", "inhouse"))])
    assert [type(f) for f in found] == [str, str, str, ValueError, str]
    assert sorted(names(db)) == ["last", "w0", "w1", "w2"]


def test_a_result_is_told_after_its_commit(db: CrowdDatabase) -> None:
    events = []
    forget = db.on_commit(lambda change: events.append("commit"))

    async def ask() -> None:
        writer = Writer(db)
        future = writer.ask(lambda: db.new_worker("ann", "inhouse"))
        future.add_done_callback(lambda f: events.append("told"))
        thread = threading.Thread(target=writer.run)
        thread.start()
        await future
        writer.stop()
        await asyncio.to_thread(thread.join)

    asyncio.run(ask())
    forget()
    assert events == ["commit", "told"]


def test_what_only_reads_stays_outside_and_in_its_order(db: CrowdDatabase) -> None:
    seen: list[object] = []

    def look() -> None:
        seen.append((db.open_write() is None, names(db)))

    in_order(
        Writer(db),
        (False, lambda: db.new_worker("ann", "inhouse")),
        (True, look),
        (False, lambda: db.new_worker("bob", "inhouse")),
    )
    assert seen == [(True, ["ann"])]


def test_after_its_end_it_says_so(db: CrowdDatabase) -> None:
    writer = Writer(db)
    assert in_order(writer, (True, lambda: 1)) == [1]

    async def ask() -> None:
        await writer.ask(lambda: 2)

    with pytest.raises(Cancelled):
        asyncio.run(ask())


def test_who_no_longer_waits_does_not_stop_it(db: CrowdDatabase) -> None:
    async def ask() -> int:
        writer = Writer(db)
        gone = writer.ask(lambda: 1)
        gone.cancel()
        here = writer.ask(lambda: 2)
        thread = threading.Thread(target=writer.run)
        thread.start()
        found = await here
        writer.stop()
        await asyncio.to_thread(thread.join)
        return found

    assert asyncio.run(ask()) == 2
