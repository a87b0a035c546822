"""What a run has that is put before people, asked of the vendor itself; its links as a file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from crowddesk.domain import BadInput, NotFound, WorkspaceError
from crowddesk.operations import served_run
from crowddesk.operations.served_run import (
    PersonalLink,
    ServedFacts,
    personal_links,
    served_facts,
    write_links,
)
from crowddesk.providers.base import Invitation
from crowddesk.providers.mock import MockProvider

LINKS = [
    PersonalLink(1, "Ada", "http://127.0.0.1:1/r/t/#code=a", True),
    PersonalLink(2, "=1+1", "http://127.0.0.1:1/r/t/#code=b", False),
]


@pytest.fixture
def run(bench: Any) -> int:
    found: int = bench.completed(1)
    return found


def test_another_vendors_run_is_not_served(bench: Any, run: int) -> None:
    assert served_facts(bench.db, run) == ServedFacts(False)
    with pytest.raises(NotFound):
        served_facts(bench.db, 77)


def test_a_served_runs_facts_and_links(bench: Any, run: int, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [Invitation("Ada", "a", True), Invitation("=1+1", "b")]
    monkeypatch.setattr(MockProvider, "SERVES_TASKS", True)
    monkeypatch.setattr(MockProvider, "invitations", lambda self, task_run: people)
    facts = served_facts(bench.db, run)
    assert (facts.served, facts.invited) == (True, 2)
    assert facts.allowed_seconds
    assert personal_links(bench.db, run, "http://127.0.0.1:1/r/t/") == LINKS


def test_links_are_written_whole_and_no_spreadsheet_runs_them(tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    path.write_text("what was there", encoding="utf-8")
    assert write_links(path, LINKS) == 2
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["name", "link", "came"]
    assert [row[0] for row in rows[1:]] == ["Ada", "'=1+1"]
    assert [row[2] for row in rows[1:]] == ["yes", "no"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a folder"):
        write_links(tmp_path, LINKS)
    with pytest.raises(BadInput, match="does not exist"):
        write_links(tmp_path / "nowhere" / "links.csv", LINKS)


def test_a_disk_that_takes_nothing_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_file: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "links.csv"
    path.write_text("what was there", encoding="utf-8")
    monkeypatch.setattr(served_run.os, "fsync", fail)
    with pytest.raises(WorkspaceError, match="is full"):
        write_links(path, LINKS)
    assert path.read_text(encoding="utf-8") == "what was there"
    assert list(tmp_path.iterdir()) == [path]
