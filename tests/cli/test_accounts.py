"""A token at the command line: typed unseen, from a file, from the environment, never an argument."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crowddesk import vault
from crowddesk.providers.prolific import wire
from crowddesk.providers.prolific.account import ProlificRequester
from tests.keychain import MemoryKeyring, own_vault
from tests.providers.prolific.account_server import AccountServer, account_server, workspace

TOKEN = "t0ken-of-the-command-line"
OTHER = "another-t0ken-of-the-line"
PHRASE = "correct horse battery"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[MemoryKeyring]:
    backend = MemoryKeyring()
    with own_vault(tmp_path / "config", backend):
        yield backend


@pytest.fixture
def vendor(monkeypatch: pytest.MonkeyPatch, chain: MemoryKeyring) -> Iterator[AccountServer]:
    monkeypatch.setattr(wire, "_PAUSES", ())
    with account_server() as server:
        server.tokens[TOKEN] = [workspace("lab", "pilot", "main")]
        monkeypatch.setattr(ProlificRequester, "ADDRESS", server.address)
        yield server


def add(desk: Any, *words: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    done: subprocess.CompletedProcess[str] = desk.run(
        "requester", "add", "lab", "--provider", "prolific", *words, code=code
    )
    for token in (TOKEN, OTHER, PHRASE):
        assert token not in done.stdout + done.stderr
    return done


def test_a_token_comes_from_a_file_or_the_environment(
    desk: Any, vendor: AccountServer, chain: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk.folder / "token.txt").write_text(f"Token {TOKEN}\n")
    assert "is registered" in add(desk, "project=main", "--token-file", "token.txt").stderr
    assert list(chain.kept.values()) == [TOKEN]
    monkeypatch.setenv("CROWDDESK_TOKEN", TOKEN)
    desk.run("requester", "add", "second", "--provider", "prolific", "project=pilot")
    assert "CROWDDESK_TOKEN" not in os.environ  # what is started later does not inherit it
    accounts = desk.json("requester", "list")
    mine = [account for account in accounts if account["provider_type"] == "prolific"]
    assert [account["requester_name"] for account in mine] == ["lab", "second"]
    assert all(account["registered"] and not account["sandbox"] for account in mine)


def test_a_token_is_never_an_argument(desk: Any, vendor: AccountServer) -> None:
    said = add(desk, f"token={TOKEN}", code=2).stderr
    assert "can be read by everybody on this computer" in said
    assert "--token-file" in said
    assert "passphrase among the arguments" in add(desk, f"passphrase={PHRASE}", code=2).stderr
    assert vendor.asked == []


def test_without_anybody_to_type_it_the_way_is_said(desk: Any, vendor: AccountServer) -> None:
    assert "CROWDDESK_TOKEN" in add(desk, code=2).stderr
    assert "cannot be read" in add(desk, "--token-file", "nowhere.txt", code=2).stderr
    (desk.folder / "binary").write_bytes(b"\xff\xfe\xff")
    assert "no text file" in add(desk, "--token-file", "binary", code=2).stderr
    assert "empty" in add(desk, "--token-file", "-", code=2).stderr
    said = desk.run("requester", "add", "x", "--token-file", "binary", code=2).stderr
    assert "takes no token" in said


def test_what_the_vendor_says_comes_through(
    desk: Any, vendor: AccountServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk.folder / "token.txt").write_text(TOKEN)
    said = add(desk, "--token-file", "token.txt", code=2).stderr
    assert "Choose one of Pilot (p-pilot), Main (p-main)" in said
    (desk.folder / "other.txt").write_text(OTHER)
    said = add(desk, "--token-file", "other.txt", code=1).stderr
    assert "does not take this token" in said


def test_a_token_is_replaced(desk: Any, vendor: AccountServer, chain: MemoryKeyring) -> None:
    (desk.folder / "token.txt").write_text(TOKEN)
    (desk.folder / "other.txt").write_text(OTHER)
    add(desk, "project=main", "--token-file", "token.txt")
    vendor.tokens[OTHER] = vendor.tokens[TOKEN]
    desk.run("requester", "token", "lab", "--token-file", "other.txt")
    assert list(chain.kept.values()) == [OTHER]
    desk.run("requester", "token", "lab", "keep_in=session", "--token-file", "other.txt")
    assert chain.kept == {}
    desk.run("requester", "token", "lab", "--token-file", "other.txt")
    assert chain.kept == {}  # what is not said stays as it is
    desk.run("requester", "token", "lab", "keep_in=keychain", "--token-file", "other.txt")
    assert list(chain.kept.values()) == [OTHER]
    said = desk.run("requester", "token", "nobody", "--token-file", "other.txt", code=2).stderr
    assert "There is no account 'nobody'" in said
    said = desk.run("requester", "token", "practice", "--token-file", "other.txt", code=2).stderr
    assert "has no token" in said


def test_the_passphrase_of_the_file_comes_from_the_environment(
    desk: Any, vendor: AccountServer, chain: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk.folder / "token.txt").write_text(TOKEN)
    words = ("project=main", "keep_in=file", "--token-file", "token.txt")
    assert "CROWDDESK_PASSPHRASE" in add(desk, *words, code=2).stderr
    monkeypatch.setenv("CROWDDESK_PASSPHRASE", PHRASE)
    add(desk, *words)
    assert chain.kept == {}
    vault.lock()
    desk.run("sync")  # nothing is live, so nothing is lacking
    monkeypatch.setenv("CROWDDESK_PASSPHRASE", "wrong wrong wrong")
    assert "not the passphrase" in desk.run("sync", code=1).stderr
    monkeypatch.setenv("CROWDDESK_PASSPHRASE", PHRASE)
    desk.run("sync")
    assert vault.is_open()


# ------------------------------------------------------------------------------------- at a real terminal


def at_a_terminal(
    desk: Any, config: Path, address: str, words: list[str], typed: list[tuple[str, str]]
) -> tuple[str, int]:
    """Runs a command at a terminal of its own; types each answer once its question stands there."""
    code = (
        "import sys; from crowddesk.providers.prolific.account import ProlificRequester as R;"
        f"R.ADDRESS = {address!r};"
        "from crowddesk import vault; vault._SCRYPT_N = 16;"
        "import keyring; from keyring.backends import fail; keyring.set_keyring(fail.Keyring());"
        "from crowddesk.cli import main; main()"
    )
    env = {
        **os.environ, "CROWDDESK_WORKSPACE": str(desk.workspace), "PYTHONPATH": str(ROOT),
        "XDG_CONFIG_HOME": str(config),
    }  # fmt: skip
    ours, theirs = pytest.importorskip("pty").openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words], stdin=theirs, stdout=theirs, stderr=theirs, env=env,
        cwd=desk.folder, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    seen = ""
    answers = list(typed)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if not select.select([ours], [], [], 1.0)[0]:
            continue
        try:
            more = os.read(ours, 4096)
        except OSError:
            break  # the other end is closed
        if not more:
            break
        seen += more.decode()
        if answers and answers[0][0] in seen:
            question, answer = answers.pop(0)
            seen = seen.replace(question, "(asked)", 1)
            os.write(ours, answer.encode() + b"\n")
    os.close(ours)
    return seen, process.wait(60)


def test_at_a_terminal_what_is_typed_is_not_shown(desk: Any, vendor: AccountServer, tmp_path: Path) -> None:
    seen, code = at_a_terminal(
        desk,
        tmp_path / "config",
        vendor.address,
        ["requester", "add", "lab", "--provider", "prolific", "keep_in=file", "project=main"],
        [
            ("API token: ", TOKEN),
            ("Passphrase of the encrypted file: ", PHRASE),
            ("Repeat for confirmation: ", PHRASE),
        ],
    )
    assert code == 0, seen
    assert "is registered" in seen
    assert TOKEN not in seen
    assert PHRASE not in seen
    seen, code = at_a_terminal(
        desk, tmp_path / "config", vendor.address, ["sync"], [("Passphrase of the encrypted file: ", PHRASE)]
    )
    assert code == 0, seen
    assert PHRASE not in seen
