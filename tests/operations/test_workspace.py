"""A workspace opens itself: with its practice account, from several processes, where its database belongs."""

from __future__ import annotations

from pathlib import Path

import pytest

from crowddesk.domain import BadInput, Conflict
from crowddesk.operations import workspace
from crowddesk.operations.accounts import add_requester
from crowddesk.operations.workspace import open_workspace


def test_a_new_workspace_has_its_practice_account_once(workspace_path: Path) -> None:
    for _ in range(3):
        db = open_workspace(workspace_path)
        try:
            (requester,) = db.find_requesters()
            assert (requester.requester_name, requester.provider_type) == ("practice", "mock")
            assert requester.is_registered()
            assert str(requester.get_available_budget()) == "10000.00"
        finally:
            db.close()


def test_an_account_that_was_added_but_not_registered_is_registered(workspace_path: Path) -> None:
    db = open_workspace(workspace_path)
    db.update_requester("1", registered=False)  # as a process leaves it that dies in between
    db.close()
    db = open_workspace(workspace_path)
    try:
        assert [r.is_registered() for r in db.find_requesters()] == [True]
    finally:
        db.close()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("database: x", "there is no setting 'database'"),
        ("database_url: [a]", "takes an address as text"),
        ("database_url: sqlite:///x", "must be a PostgreSQL address"),
        ("database_url: nonsense", "must be a PostgreSQL address"),
        ("database_url: [", "is not YAML"),
    ],
)
def test_a_wrong_workspace_file_is_one_sentence(workspace_path: Path, text: str, sentence: str) -> None:
    workspace_path.mkdir()
    (workspace_path / workspace.FILE_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=sentence):
        open_workspace(workspace_path)
    assert not (workspace_path / "crowddesk.sqlite").exists()


def test_an_address_with_a_password_is_not_repeated(workspace_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        open_workspace(workspace_path, "mysql://me:secret@host/db")
    assert "secret" not in str(refused.value)


def test_the_database_may_be_named_in_the_file_or_the_environment(
    workspace_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(workspace.DATABASE_VARIABLE, "mysql://other")
    with pytest.raises(BadInput, match="begins with 'mysql'"):
        open_workspace(workspace_path)
    workspace_path.mkdir(exist_ok=True)
    (workspace_path / workspace.FILE_NAME).write_text("database_url: oracle://x", encoding="utf-8")
    with pytest.raises(BadInput, match="begins with 'oracle'"):
        open_workspace(workspace_path)


def test_an_account_is_added_from_plain_values(workspace_path: Path) -> None:
    db = open_workspace(workspace_path)
    try:
        with pytest.raises(BadInput, match="balanse"):
            add_requester(db, "mock", "lab", {"balanse": "1"})
        assert len(db.find_requesters()) == 1
        with pytest.raises(BadInput):
            add_requester(db, "mock", "lab", {"balance": "much"})
        assert len(db.find_requesters()) == 1  # no account that the vendor does not know
        requester_id = add_requester(db, "mock", "lab", {"balance": "5.00", "currency": "eur"})
        assert db.get_requester(requester_id)["currency"] == "EUR"
        with pytest.raises(Conflict, match="There is a requester 'lab' at mock already"):
            add_requester(db, "mock", "lab", {})
    finally:
        db.close()
