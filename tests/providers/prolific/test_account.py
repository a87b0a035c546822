"""Accounts at Prolific: what registering checks and keeps, what is asked for, one client a process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crowddesk import vault
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.domain import BadInput, Conflict, CrowdDeskError, VendorError, VendorRefused
from crowddesk.operations.accounts import add_requester, missing_secrets, offer_choices, register_again
from crowddesk.providers.prolific import wire
from crowddesk.providers.prolific.account import ProlificRequester
from crowddesk.providers.prolific.client import Unreachable
from crowddesk.testing.workspace import make_workspace
from tests.keychain import MemoryKeyring, own_vault
from tests.providers.prolific.account_server import AccountServer, account_server, workspace

TOKEN = "t0ken-of-the-account-tests"
OTHER = "another-t0ken-of-the-tests"
PHRASE = "correct horse battery"


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[MemoryKeyring]:
    backend = MemoryKeyring()
    with own_vault(tmp_path / "config", backend):
        yield backend


@pytest.fixture
def db(workspace_path: Path, chain: MemoryKeyring) -> Iterator[CrowdDatabase]:
    db = make_workspace(workspace_path)
    yield db
    db.close()


@pytest.fixture
def vendor(monkeypatch: pytest.MonkeyPatch) -> Iterator[AccountServer]:
    monkeypatch.setattr(wire, "_PAUSES", (0.0,))
    with account_server() as server:
        server.tokens[TOKEN] = [workspace("lab", "pilot")]
        monkeypatch.setattr(ProlificRequester, "ADDRESS", server.address)
        yield server


def add(db: CrowdDatabase, name: str = "lab", **values: str) -> ProlificRequester:
    account = Requester.get(db, add_requester(db, "prolific", name, {"token": TOKEN, **values}))
    assert isinstance(account, ProlificRequester)
    return account


def refusal(db: CrowdDatabase, values: Mapping[str, str]) -> str:
    """The sentence with which an account is not added; nothing of it is left behind."""
    with pytest.raises(CrowdDeskError) as caught:
        add_requester(db, "prolific", "lab", values)
    assert isinstance(caught.value, BadInput | VendorError)
    assert db.find_requesters(provider_type="prolific") == []
    assert db.provider_store("prolific").all() == {}
    assert TOKEN not in str(caught.value) + caught.value.details
    return str(caught.value)


def test_one_workspace_and_project_need_no_choice(
    db: CrowdDatabase, vendor: AccountServer, chain: MemoryKeyring
) -> None:
    account = add(db)

    assert account.is_registered()
    row = account.account()
    assert (row["kept"], row["workspace_id"], row["project_id"], row["currency"], row["user_id"]) == (
        "keychain", "w-lab", "p-pilot", "GBP", "user-1",
    )  # fmt: skip
    assert (account.workspace_id(), account.project_id(), account.currency) == ("w-lab", "p-pilot", "GBP")
    assert list(chain.kept.values()) == [TOKEN]
    assert TOKEN not in str(row)
    assert account.get_available_budget() == Decimal("123.45")
    assert db.get_requester(account.db_id)["registered"]
    account.register()  # asserts that it is


def test_whether_it_is_registered_asks_nobody(
    db: CrowdDatabase, vendor: AccountServer, chain: MemoryKeyring
) -> None:
    account = add(db)
    asked, looked = len(vendor.asked), chain.asked
    chain.error = RuntimeError("must not be asked")
    assert account.is_registered()
    assert account.missing() == ""
    assert (len(vendor.asked), chain.asked) == (asked, looked)
    new = ProlificRequester.new(db, "other")
    assert not new.is_registered()
    with pytest.raises(BadInput, match="not registered"):
        new.register()


def test_several_workspaces_ask_for_a_choice_by_id_or_title(
    db: CrowdDatabase, vendor: AccountServer, chain: MemoryKeyring
) -> None:
    vendor.tokens[TOKEN] = [workspace("lab", "pilot", "main"), workspace("other", "x", currency="USD")]
    text = refusal(db, {"token": TOKEN})
    assert text == "requester.workspace: Choose one of Lab (w-lab), Other (w-other)."
    text = refusal(db, {"token": TOKEN, "workspace": "w-lab"})
    assert text == "requester.project: Choose one of Pilot (p-pilot), Main (p-main)."
    text = refusal(db, {"token": TOKEN, "workspace": "nowhere"})
    assert text.startswith("requester.workspace: There is no workspace 'nowhere'. There are: Lab (w-lab)")
    assert chain.kept == {}
    account = add(db, workspace="LAB", project="main")
    assert (account.workspace_id(), account.project_id()) == ("w-lab", "p-main")
    assert add(db, "dollars", workspace="w-other").currency == "USD"


def test_what_is_wrong_is_said_at_its_field(db: CrowdDatabase, vendor: AccountServer) -> None:
    assert refusal(db, {}) == "requester.token: The token is empty."
    assert refusal(db, {"token": "a b c d e f g h"}).startswith("requester.token: This is no token")
    assert refusal(db, {"token": OTHER}) == "requester.token: Prolific does not take this token."
    assert refusal(db, {"token": TOKEN, "keep_in": "drawer"}).startswith(
        "requester.keep_in: 'drawer' is none"
    )
    text = refusal(db, {"token": TOKEN, "keep_in": "file", "passphrase": "short"})
    assert text == "requester.passphrase: Use at least 8 characters."
    assert refusal(db, {"token": TOKEN, "keep_in": "file"}).startswith("requester.passphrase: ")
    vendor.tokens[TOKEN] = []
    assert "no workspace at Prolific yet" in refusal(db, {"token": TOKEN})
    vendor.tokens[TOKEN] = [workspace("lab")]
    assert refusal(db, {"token": TOKEN}).startswith("requester.project: There is no project")
    vendor.answer = (200, b"<html>hotel</html>")
    assert "no JSON" in refusal(db, {"token": TOKEN})
    vendor.answer = (403, b'{"error": {"title": "Forbidden", "detail": "Account on hold"}}')
    assert "Account on hold" in refusal(db, {"token": TOKEN})


def test_without_a_keychain_one_must_choose(db: CrowdDatabase, vendor: AccountServer, tmp_path: Path) -> None:
    with own_vault(tmp_path / "config"):
        assert "no keychain" in refusal(db, {"token": TOKEN})
        assert "no keychain" in refusal(db, {"token": TOKEN, "keep_in": "keychain"})
        assert add(db, keep_in="session").account()["kept"] == "session"


def test_a_keychain_that_fails_leaves_nothing_behind(
    db: CrowdDatabase, vendor: AccountServer, chain: MemoryKeyring
) -> None:
    chain.error = RuntimeError(TOKEN)
    assert refusal(db, {"token": TOKEN}).startswith("requester.keep_in: The keychain did not answer")


def test_nobody_at_the_address_is_told(db: CrowdDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_PAUSES", (0.0,))
    monkeypatch.setattr(ProlificRequester, "ADDRESS", "http://127.0.0.1:9")
    assert "could not be reached" in refusal(db, {"token": TOKEN})


def test_a_new_token_replaces_the_old_one(
    db: CrowdDatabase, vendor: AccountServer, chain: MemoryKeyring
) -> None:
    vendor.tokens[TOKEN] = [workspace("lab", "pilot", "main")]
    account = add(db, project="p-main")
    first = account.client()
    first_key = account.account()["key"]
    with pytest.raises(Conflict):
        add_requester(db, "prolific", "lab", {"token": OTHER})

    with pytest.raises(VendorRefused, match="does not take this token"):
        register_again(db, account.db_id, {"token": OTHER})
    assert account.account()["key"] == first_key
    assert list(chain.kept.values()) == [TOKEN]

    vendor.tokens = {OTHER: vendor.tokens[TOKEN]}
    register_again(db, account.db_id, {"token": OTHER})
    assert list(chain.kept.values()) == [OTHER]
    assert account.account()["key"] == first_key
    assert account.project_id() == "p-main"  # what was chosen before stays
    second = account.client()
    assert second is not first
    assert account.get_available_budget() == Decimal("123.45")
    with pytest.raises(VendorRefused):
        first.me()  # who still holds it is not cut off in the middle, but its token is over

    register_again(db, account.db_id, {"token": OTHER, "keep_in": "session"})
    assert chain.kept == {}
    assert account.token() == OTHER


def test_an_account_with_runs_keeps_its_currency(db: CrowdDatabase, vendor: AccountServer) -> None:
    account = add(db)
    vendor.tokens[TOKEN] = [workspace("lab", "pilot", currency="USD")]
    register_again(db, account.db_id, {"token": TOKEN})
    assert db.get_requester(account.db_id)["currency"] == "USD"
    account = ProlificRequester.get(db, account.db_id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ProlificRequester, "get_task_runs", lambda self: [object()])
        vendor.tokens[TOKEN] = [workspace("lab", "pilot", currency="GBP")]
        with pytest.raises(BadInput, match=r"requester\.workspace: .* Add another account"):
            register_again(db, account.db_id, {"token": TOKEN})
    with pytest.raises(VendorError, match="pays in GBP now"):
        account.get_available_budget()


def test_a_damaged_file_keeps_nobody_from_a_new_place(
    db: CrowdDatabase, vendor: AccountServer, chain: MemoryKeyring, tmp_path: Path
) -> None:
    account = add(db, keep_in="file", passphrase=PHRASE)
    (tmp_path / "config" / "crowddesk" / "vault.json").write_bytes(b"broken")
    with pytest.raises(Unreachable, match="is damaged"):
        account.token()
    assert missing_secrets(db) == {int(account.db_id): "token"}
    register_again(db, account.db_id, {"token": TOKEN, "keep_in": "keychain"})
    assert account.token() == TOKEN


def test_each_desk_on_a_database_has_its_own_vault(
    db: CrowdDatabase, vendor: AccountServer, chain: MemoryKeyring, tmp_path: Path
) -> None:
    vendor.tokens[OTHER] = vendor.tokens[TOKEN]
    account = add(db)
    with own_vault(tmp_path / "second desk"):
        with pytest.raises(Unreachable, match="is not kept here"):
            account.token()
        register_again(db, account.db_id, {"token": OTHER, "keep_in": "file", "passphrase": PHRASE})
        assert account.token() == OTHER
        assert missing_secrets(db) == {}
        vault.lock()
        assert missing_secrets(db) == {int(account.db_id): "passphrase"}
    assert account.token() == TOKEN  # the first desk's is where it was


# --------------------------------------------------------------------------------- locked, gone, one client


def test_a_locked_file_and_a_session_that_is_over_are_told(db: CrowdDatabase, vendor: AccountServer) -> None:
    filed = add(db, "filed", keep_in="file", passphrase=PHRASE)
    held = add(db, "held", keep_in="session")
    assert (filed.token(), held.token()) == (TOKEN, TOKEN)
    assert missing_secrets(db) == {}

    vault.lock()
    assert missing_secrets(db) == {int(filed.db_id): "passphrase", int(held.db_id): "token"}
    with pytest.raises(Unreachable, match="Unlock it under Requesters") as caught:
        filed.client()
    assert isinstance(caught.value, VendorError)
    with pytest.raises(Unreachable, match=r"for one session only.* Enter it under Requesters"):
        held.get_available_budget()
    vault.unlock(PHRASE)
    assert filed.get_available_budget() == Decimal("123.45")
    assert missing_secrets(db) == {int(held.db_id): "token"}


def test_a_keychain_that_lost_the_token_or_is_locked_is_told(
    db: CrowdDatabase, vendor: AccountServer, chain: MemoryKeyring
) -> None:
    account = add(db)
    chain.kept.clear()
    with pytest.raises(Unreachable, match=r"is not kept here.* Enter it under Requesters"):
        account.client()
    chain.error = RuntimeError("x")
    with pytest.raises(Unreachable, match="The keychain did not answer"):
        account.client()


def test_the_client_is_one_a_process_and_closed_with_the_database(
    db: CrowdDatabase, vendor: AccountServer, chain: MemoryKeyring
) -> None:
    account = add(db)
    looked = chain.asked
    found: list[Any] = []
    threads = [
        threading.Thread(target=lambda: found.append(Requester.get(db, account.db_id).client()))  # type: ignore[attr-defined]
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(client) for client in found}) == 1
    assert chain.asked > looked
    looked = chain.asked
    assert account.client() is found[0]
    assert chain.asked == looked  # the token was read once
    db.close()
    with pytest.raises(VendorError):
        found[0].me()


# --------------------------------------------------------------------------------------------- choices


def test_choices_are_offered_as_far_as_something_is_typed(
    db: CrowdDatabase, vendor: AccountServer, tmp_path: Path
) -> None:
    offered = offer_choices(db, "prolific", {})
    assert [value for value, _ in offered["keep_in"]] == ["keychain", "session", "file"]
    assert vendor.asked == []
    vendor.tokens[TOKEN] = [workspace("lab", "pilot", "main"), workspace("other", "x")]
    offered = offer_choices(db, "prolific", {"token": TOKEN})
    assert offered["workspace"] == [("w-lab", "Lab"), ("w-other", "Other")]
    assert "project" not in offered
    offered = offer_choices(db, "prolific", {"token": TOKEN, "workspace": "w-lab"})
    assert offered["project"] == [("p-pilot", "Pilot"), ("p-main", "Main")]
    with pytest.raises(VendorRefused, match=r"^requester\.token: "):
        offer_choices(db, "prolific", {"token": OTHER})
    with pytest.raises(BadInput, match=r"^requester\.token: "):
        offer_choices(db, "prolific", {"token": "short"})
    vendor.tokens[TOKEN] = [workspace("lab", "pilot")]
    assert offer_choices(db, "prolific", {"token": TOKEN})["project"] == [("p-pilot", "Pilot")]
    assert offer_choices(db, "mock", {}) == {}


def test_an_account_shows_its_token_nowhere(
    db: CrowdDatabase, vendor: AccountServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    account = add(db, keep_in="session")
    account.get_available_budget()
    client = account.client()
    texts = [repr(account), str(vars(account)), str(account.to_dict()), repr(client), caplog.text]
    assert [text for text in texts if TOKEN in text] == []
