"""From a terminal: what differs from the vendor, what is astray and taken in, what is decided soon."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import StatusChange, Stray, now
from crowddesk.operations.workspace import open_workspace
from crowddesk.providers.mock import MockProvider
from crowddesk.store import arrivals, stays


@pytest.fixture
def done(desk: Any) -> int:
    """A run whose eight units are all answered."""
    return int(desk.run("launch", desk.write_run(), "--wait").stdout)


@pytest.fixture
def words(desk: Any, done: int, monkeypatch: pytest.MonkeyPatch) -> list[StatusChange]:
    """What the vendor lists of the run: what stands here, until a test says otherwise."""
    with opened(desk) as db, db.read() as conn:
        said = [
            StatusChange(s.unit_id, s.ref, s.worker_name, s.agent_status)
            for s in stays.of_run(conn, done).values()
        ]
    monkeypatch.setattr(MockProvider, "standings", lambda self, run: said)
    return said


@contextlib.contextmanager
def opened(desk: Any) -> Iterator[CrowdDatabase]:
    db = open_workspace(desk.workspace)
    try:
        yield db
    finally:
        db.close()


@pytest.fixture
def approved(words: list[StatusChange]) -> StatusChange:
    """One that was approved in the vendor's own page."""
    old = words[0]
    words[0] = StatusChange(old.unit_id, old.ref, old.worker_name, "approved", vendor_status="APPROVED")
    return words[0]


def test_nothing_differs(desk: Any, words: list[StatusChange]) -> None:
    assert "Nothing differs." in desk.run("reconcile").stderr
    assert desk.run("reconcile", "practice").stdout == ""


def test_what_differs_is_shown_and_only_mended_when_asked_to(
    desk: Any, done: int, approved: StatusChange
) -> None:
    shown = desk.run("reconcile")
    assert f"unit {approved.unit_id}" in shown.stdout
    assert "Somebody decided it at the vendor" in shown.stdout
    assert desk.json("runs")[0]["units"] == {"completed": 8}
    refused = desk.run("reconcile", "--mend", code=2)
    assert "Nobody is here to answer" in refused.stderr
    assert "1 difference written down." in desk.run("reconcile", "--mend", "--yes").stderr
    assert desk.json("runs")[0]["units"] == {"accepted": 1, "completed": 7}
    assert "Nothing differs." in desk.run("reconcile", "--run", done).stderr


def test_as_json_it_can_be_read_by_a_program(desk: Any, done: int, approved: StatusChange) -> None:
    (found,) = desk.json("reconcile", "mock:practice", "--mend", "--yes")
    assert [d["unit_id"] for d in found["runs"][0]["differences"]] == [int(approved.unit_id)]
    assert found["mended"] == [f"{done}/{approved.ref}"]


def test_a_vendor_that_cannot_be_asked_ends_the_command_as_failed(
    desk: Any, done: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def standings(self: MockProvider, run: Any) -> list[StatusChange]:
        raise OSError("no network")

    monkeypatch.setattr(MockProvider, "standings", standings)
    assert f"Run {done}: OSError: no network" in desk.run("reconcile", code=1).stderr


def test_accounts_are_named(desk: Any, done: int) -> None:
    desk.run("requester", "add", "practice", "--provider", "inhouse", "contact=me@example.org")
    assert "Say which: mock:practice, inhouse:practice" in desk.run("reconcile", "practice", code=2).stderr
    assert "no account 'nobody'" in desk.run("strays", "nobody", code=1).stderr


# ---------------------------------------------------------------------------------------------- strays


@pytest.fixture
def astray(desk: Any, done: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    adopted: dict[str, str] = {}
    stray = Stray("s1", "A survey", "ACTIVE", 2, 0, "USD", 100, reward=40)
    monkeypatch.setattr(MockProvider, "strays", lambda self, account: [] if "s1" in adopted else [stray])
    monkeypatch.setattr(MockProvider, "adopt", lambda self, run, ref: adopted.update({ref: run.db_id}))
    return adopted


def test_nothing_is_astray(desk: Any, done: int) -> None:
    assert "Nothing is astray." in desk.run("strays").stderr


def test_what_is_astray_is_listed(desk: Any, astray: dict[str, str]) -> None:
    assert "s1" in desk.run("strays").stdout
    assert desk.json("strays")[0]["places"] == 2
    assert "1 study astray: crowddesk strays" in desk.run("reconcile").stderr


def test_what_is_not_astray_is_refused(desk: Any, astray: dict[str, str]) -> None:
    assert "nothing astray called 's9'" in desk.run("adopt", "practice", "s9", code=1).stderr


# ----------------------------------------------------------------------------------------- deadlines


def test_what_is_decided_by_itself_soon(desk: Any, done: int) -> None:
    assert "Nothing is decided by itself within 7d." in desk.run("due").stderr
    with opened(desk) as db, db.write() as w:
        (first, second, *_) = stays.of_run(w.conn, done).values()
        for stay, days in ((first, -1), (second, 3)):
            change = StatusChange(
                stay.unit_id, stay.ref, stay.worker_name, "completed", decide_by=now() + timedelta(days=days)
            )
            arrivals.apply(w, done, [change])
    shown = desk.run("due", "--within", "5d")
    assert "1 unit should be decided at the vendor already" in shown.stderr
    (line,) = desk.json("due", "--within", "5d")
    assert (line["task_run_id"], line["units"]) == (str(done), 2)
    assert [u["unit_id"] for u in desk.json("units", "--where", "due:overdue")] == [first.unit_id]
    assert len(desk.json("units", "--where", "due:<5d")) == 2
    assert desk.json("due", "--within", "2h")[0]["units"] == 1
    for bad in ("soon", "overdue", ""):
        desk.run("due", "--within", bad, code=2)
