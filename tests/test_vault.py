"""The vault in all its places: a keychain backend in memory, the session, the file under a passphrase."""

from __future__ import annotations

import base64
import json
import logging
import multiprocessing
import os
import stat
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from crowddesk import vault
from crowddesk.domain import BadInput, CrowdDeskError
from tests.keychain import MemoryKeyring, own_vault

SECRET = "s3cret-of-the-vault-tests"
PHRASE = "correct horse battery"


@pytest.fixture
def chain(_alone: None) -> MemoryKeyring:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    return backend


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path) -> Iterator[None]:
    with own_vault(tmp_path / "config"):
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "crowddesk" / "vault.json"


# ------------------------------------------------------------------------------------------ the places


def test_a_keychain_is_offered_only_where_a_real_one_works(chain: MemoryKeyring) -> None:
    assert vault.where_possible() == ["keychain", "session", "file"]
    for useless in (fail.Keyring(), null.Keyring()):
        keyring.set_keyring(useless)
        assert vault.where_possible() == ["session", "file"]

    class Plain(MemoryKeyring):
        priority = 0.5  # type: ignore[assignment]

    class Broken(MemoryKeyring):
        @property
        def priority(self) -> float:  # type: ignore[override]
            raise RuntimeError("no bus")

    for bad in (Plain(), Broken()):
        keyring.set_keyring(bad)
        assert vault.where_possible() == ["session", "file"]
        with pytest.raises(vault.Unusable, match="no keychain"):
            vault.keep("k", SECRET, "keychain")


def test_the_keychain_keeps_and_forgets(chain: MemoryKeyring, file: Path) -> None:
    vault.keep("k", SECRET, "keychain")
    assert list(chain.kept.values()) == [SECRET]
    vault.lock()
    assert vault.read("k") == vault.read("k", "keychain") == SECRET
    vault.forget("k")
    vault.forget("k")
    assert chain.kept == {}
    with pytest.raises(vault.NotKept, match="Enter it again"):
        vault.read("k")
    assert not file.exists()


def test_a_keychain_that_is_locked_or_fails_is_told_without_its_words(chain: MemoryKeyring) -> None:
    chain.error = KeyringLocked("no")
    with pytest.raises(vault.Locked, match="Unlock it"):
        vault.keep("k", SECRET, "keychain")
    chain.error = RuntimeError(f"the value {SECRET} is too long")
    for call in (lambda: vault.read("k"), lambda: vault.forget("k")):
        with pytest.raises(vault.Unusable) as caught:
            call()
        assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_a_keychain_that_went_away_is_told(chain: MemoryKeyring) -> None:
    vault.keep("k", SECRET, "keychain")
    keyring.set_keyring(fail.Keyring())
    with pytest.raises(vault.Unusable, match="cannot be reached"):
        vault.read("k", "keychain")


def test_the_session_touches_nothing_else(chain: MemoryKeyring, file: Path) -> None:
    chain.error = RuntimeError("must not be asked")
    vault.keep("k", SECRET, "session")
    assert vault.read("k") == SECRET
    assert not vault.is_locked("k")
    vault.forget("k", "session")
    with pytest.raises(vault.NotKept):
        vault.read("k", "session")
    assert not file.parent.exists()


# -------------------------------------------------------------------------------------------- the file


def test_the_file_needs_its_passphrase_in_every_process(file: Path) -> None:
    with pytest.raises(vault.Locked):
        vault.keep("k", SECRET, "file")
    vault.keep("k", SECRET, "file", PHRASE)
    vault.keep("l", SECRET + "2", "file")  # it is open now
    assert (vault.read("k"), vault.read("l", "file")) == (SECRET, SECRET + "2")

    vault.lock()
    assert vault.is_locked("k")
    assert not vault.is_open()
    with pytest.raises(vault.Locked, match="Unlock it under Requesters"):
        vault.read("k")
    with pytest.raises(BadInput, match="not the passphrase"):
        vault.unlock("wrong wrong wrong")
    assert vault.is_locked("k")
    vault.unlock(PHRASE)
    assert vault.read("k") == SECRET
    vault.forget("k")
    with pytest.raises(vault.NotKept):
        vault.read("k", "file")
    assert vault.read("l") == SECRET + "2"


def test_the_file_can_be_read_by_nobody_else_and_holds_no_secret(file: Path) -> None:
    vault.keep("k", SECRET, "file", PHRASE)
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    raw = file.read_bytes()
    for text in (SECRET, PHRASE):
        for form in (text.encode(), base64.b64encode(text.encode()), text.encode("utf-16-le")):
            assert form not in raw
    assert sorted(path.name for path in file.parent.iterdir()) == ["vault.json", "vault.lock"]


def test_a_new_file_wants_a_passphrase_worth_the_name() -> None:
    with pytest.raises(BadInput, match=r"^passphrase: Use at least 8"):
        vault.keep("k", SECRET, "file", "short")
    with pytest.raises(vault.NotKept):
        vault.unlock(PHRASE)


def test_another_passphrase_adds_nothing(file: Path) -> None:
    vault.keep("k", SECRET, "file", PHRASE)
    vault.lock()
    before = file.read_bytes()
    with pytest.raises(BadInput, match="not the passphrase"):
        vault.keep("l", SECRET, "file", "another passphrase")
    assert file.read_bytes() == before


def damages(good: dict[str, Any]) -> Iterator[bytes]:
    yield b""
    yield b"\xff\xfe"
    yield b"[]"
    yield b"{" * 100_000
    yield json.dumps({**good, "entries": ["a"]}).encode()
    yield json.dumps({**good, "entries": {"k": 7}}).encode()
    yield json.dumps({**good, "check": None}).encode()
    yield json.dumps({**good, "format": "x"}).encode()
    yield json.dumps({**good, "scrypt": "x"}).encode()
    yield json.dumps({**good, "scrypt": {"salt": good["scrypt"]["salt"], "n": 2**40}}).encode()
    yield json.dumps({**good, "scrypt": {"salt": good["scrypt"]["salt"], "n": 7}}).encode()
    yield json.dumps({**good, "scrypt": {"salt": "AAAA", "n": 16}}).encode()


def test_a_damaged_file_is_told_and_left_alone(file: Path, chain: MemoryKeyring) -> None:
    vault.keep("k", SECRET, "file", PHRASE)
    vault.keep("c", SECRET, "keychain")
    good = json.loads(file.read_bytes())
    for raw in damages(good):
        file.write_bytes(raw)
        for call in (
            lambda: vault.read("k"),
            lambda: vault.place_of("k"),
            lambda: vault.unlock(PHRASE),
            lambda: vault.keep("l", SECRET, "file"),
            lambda: vault.is_locked("k"),
        ):
            with pytest.raises(vault.Unusable, match="is damaged"):
                call()
        assert file.read_bytes() == raw
        assert (
            vault.read("c") == vault.read("c", "keychain") == SECRET
        )  # what lies elsewhere is not lost with it
    file.write_text(json.dumps({**good, "format": 2}))
    with pytest.raises(vault.Unusable, match="newer CrowdDesk"):
        vault.read("k")


def test_entries_that_were_swapped_or_cut_are_not_believed(file: Path) -> None:
    vault.keep("k", SECRET, "file", PHRASE)
    vault.keep("l", "another-secret-here", "file")
    stored = json.loads(file.read_bytes())
    entries = stored["entries"]
    for bad in (entries["l"], entries["k"][:-8], "", "!!", "AAAA"):
        file.write_text(json.dumps({**stored, "entries": {**entries, "k": bad}}))
        with pytest.raises(vault.Unusable, match="is damaged"):
            vault.read("k")


def test_a_file_that_was_replaced_is_locked_again(file: Path, tmp_path: Path) -> None:
    vault.keep("k", SECRET, "file", PHRASE)
    old = file.read_bytes()
    file.unlink()
    vault.keep("k", "the-new-secret", "file", "another passphrase")
    file.write_bytes(old)
    assert vault.is_locked("k")
    with pytest.raises(vault.Locked):
        vault.read("k")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.parent.chmod(0o500)
    with pytest.raises(vault.Unusable, match="cannot be written"):
        vault.keep("k", SECRET, "file", PHRASE)


def test_a_folder_that_is_none_is_told(file: Path) -> None:
    file.parent.parent.mkdir(parents=True)
    file.parent.write_text("a file where the folder should be")
    with pytest.raises(vault.Unusable):
        vault.keep("k", SECRET, "file", PHRASE)


def test_a_disk_without_locks_is_told_and_nothing_is_kept(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "lock_file", lambda path, *, wait: None)
    with pytest.raises(vault.Unusable, match="has no locks"):
        vault.keep("k", SECRET, "file", PHRASE)
    assert not file.exists()


def _keep_many(folder: str, name: str, start: Any) -> None:
    os.environ["XDG_CONFIG_HOME"] = folder
    vault._SCRYPT_N = 2**4
    start.wait()
    for number in range(20):
        vault.keep(f"{name}-{number}", f"{SECRET}-{name}-{number}", "file", PHRASE if number == 0 else "")


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    workers = [
        context.Process(target=_keep_many, args=(str(tmp_path / "config"), name, start)) for name in "ab"
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    vault.unlock(PHRASE)
    for name in "ab":
        for number in range(20):
            assert vault.read(f"{name}-{number}") == f"{SECRET}-{name}-{number}"


# ---------------------------------------------------------------------------------------------- manners


@pytest.mark.parametrize("key", ["", "check", "é", "a\nb"])
def test_what_is_no_key_is_refused(key: str) -> None:
    for call in (lambda: vault.keep(key, SECRET, "session"), lambda: vault.read(key)):
        with pytest.raises(BadInput):
            call()


def test_an_empty_secret_or_an_unknown_place_is_refused() -> None:
    with pytest.raises(BadInput):
        vault.keep("k", "", "session")
    with pytest.raises(BadInput, match="no place"):
        vault.keep("k", SECRET, "drawer")


def test_nothing_of_it_is_shown(chain: MemoryKeyring, file: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    texts = []
    for where in ("session", "keychain", "file"):
        vault.keep(where, SECRET, where, PHRASE)
        vault.read(where, where)
    file.write_bytes(b"broken")
    try:
        vault.read("file", "file")
    except CrowdDeskError as error:
        texts += [*traceback.format_exception(error), error.details]
    texts += [repr(vault._process), repr(vars(vault)["_process"]), caplog.text]
    assert [text for text in texts if SECRET in text or PHRASE in text] == []


def test_importing_it_loads_neither_keyring_nor_cryptography() -> None:
    code = (
        "import sys, crowddesk.vault;"
        "print([m for m in ('keyring', 'cryptography', 'httpx') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
