"""Blocking and qualifying people from a terminal: recorded once, refused in a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crowddesk.operations.workspace import open_workspace
from tests.cli.conftest import Desk


@pytest.fixture
def desk(tmp_path: Path, workspace_path: Path) -> Desk:
    db = open_workspace(workspace_path)
    try:
        for name in ("A1", "B2"):
            db.new_worker(name, "mock")
    finally:
        db.close()
    return Desk(tmp_path, workspace_path)


def staged(desk: Desk) -> list[tuple[str, str, str]]:
    rows = json.loads(desk.run("actions", "--where", "state:staged", "--json").stdout)
    return sorted((row["kind"], row["worker_name"] or row["target_id"], row["reason"]) for row in rows)


def test_people_are_blocked_once_and_let_back(desk: Desk) -> None:
    desk.run("block", "practice", "A1", "B2", "A1", "--reason", "They share an account.", "--yes")
    assert [kind for kind, *_ in staged(desk)] == ["block", "block"]
    said = desk.run("block", "practice", "A1", "--reason", "Once more.", "--yes", code=1).stderr
    assert "Left out: 1 person because" in said
    assert len(staged(desk)) == 2


def test_a_qualification_is_granted_and_a_new_one_is_made(desk: Desk) -> None:
    desk.run("grant", "practice", "A1", "--qualification", "reads well", "--value", "3", "--yes")
    assert [kind for kind, *_ in staged(desk)] == ["grant"]
    said = desk.run("revoke", "practice", "A1", "--qualification", "sings", "--yes", code=1).stderr
    assert "There is no qualification 'sings'." in said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("block", "practice", "A1", "--yes"), 2, "Say why: --reason TEXT."),
        (("block", "practice", "Z9", "--reason", "x", "--yes"), 1, "Nobody at mock is called"),
        (("block", "nobody", "A1", "--reason", "x", "--yes"), 1, "There is no account 'nobody'."),
        (("block", "practice", "A1", "--reason", "x"), 2, "say --yes"),
        (("unblock", "practice", "A1", "--reason", " ", "--yes"), 2, "Say why"),
        (("grant", "practice", "A1", "--yes"), 2, ""),
    ],
)
def test_what_cannot_be_done_is_said(desk: Desk, words: tuple[str, ...], code: int, said: str) -> None:
    assert said in desk.run(*words, code=code).stderr
    assert staged(desk) == []
