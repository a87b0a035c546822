"""Where secrets are kept: the system's keychain, this process only, or a file under a passphrase.

A secret lies under a key that says nothing. No error, `repr` or log of this module holds one. What touches
the keychain may wait for a person who unlocks it, and what opens the file reckons for part of a second: call
them in a lane or a job, never in the GUI thread.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from crowddesk import paths
from crowddesk.domain import BadInput, CrowdDeskError, NotFound
from crowddesk.file_lock import lock_file
from crowddesk.language import say

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_T = TypeVar("_T")

KEYCHAIN: Final = "keychain"
SESSION: Final = "session"
FILE: Final = "file"
PLACES: Final = (KEYCHAIN, SESSION, FILE)

_SERVICE: Final = "CrowdDesk"
_FILE_NAME: Final = "vault.json"
_FORMAT: Final = 1
_CHECK: Final = "check"
_LEAST_PASSPHRASE: Final = 8
#: 128 MB and part of a second for every guess; a file may ask for at most eight times as much.
_SCRYPT_N: int = 2**17
_SCRYPT_MOST_N: Final = 2**20


class Locked(CrowdDeskError):
    """The secret is there, but the passphrase or the keychain's owner has not let us in yet."""


class NotKept(NotFound):
    """No secret is kept under this key, here and now."""


class Unusable(CrowdDeskError):
    """The keychain or the file cannot be used; the sentence says why and what to do."""


class _Process:
    """What this process knows: secrets of this session, and the opened file's key."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.session: dict[str, str] = {}
        #: The salt of the file that was unlocked, and the key that its passphrase gave.
        self.opened: tuple[bytes, bytes] | None = None


_process = _Process()


# --------------------------------------------------------------------------------------------- asking


def where_possible() -> list[str]:
    """Where a secret can be kept here, the safest first. Asks the keychain's service, but prompts nobody."""
    return [KEYCHAIN, SESSION, FILE] if _keychain() is not None else [SESSION, FILE]


def keep(key: str, secret: str, where: str, passphrase: str = "") -> None:
    """Keeps a secret, in place of what the key had there.

    The file takes it once it is unlocked, or with its passphrase; the first one makes it. Raises BadInput,
    Locked or Unusable; then nothing has changed.
    """
    _check_key(key)
    if not secret:
        raise BadInput(say("There is nothing to keep: the secret is empty."))
    if where == SESSION:
        with _process.lock:
            _process.session[key] = secret
    elif where == KEYCHAIN:
        backend = _keychain()
        if backend is None:
            raise Unusable(
                say("This computer has no keychain. Keep the token for this session or in the file.")
            )
        _ask_keychain(lambda: backend.set_password(_SERVICE, key, secret))
    elif where == FILE:
        if passphrase:
            open_file(passphrase)
        with _file_lock():
            content = _read_file()
            sealed = _seal(_opened_key(content), key, secret)
            _write_file(_File(content.salt, content.n, content.check, {**content.entries, key: sealed}))
    else:
        raise BadInput(
            say(
                "{where!r} is no place for a secret: use one of {places}.",
                where=where,
                places=", ".join(PLACES),
            )
        )


def read(key: str, where: str = "") -> str:
    """The secret, looked for in one place or, without `where`, in all. Raises NotKept, Locked or Unusable."""
    _check_key(key)
    trouble: CrowdDeskError = NotKept(say("The secret is not kept here any more. Enter it again."))
    if where in ("", SESSION):
        with _process.lock:
            if key in _process.session:
                return _process.session[key]
    if where in ("", FILE):
        try:
            content = _read_file()
        except Unusable as error:  # what lies elsewhere is not lost with it
            content, trouble = _NO_FILE, error
        if key in content.entries:
            return _unseal(_opened_key(content), key, content.entries[key])
    if where in ("", KEYCHAIN):
        backend = _keychain()
        if backend is None and where == KEYCHAIN:
            raise Unusable(
                say("The keychain cannot be reached. Sign in to the desktop, or enter the token again.")
            )
        found = backend and _ask_keychain(lambda: backend.get_password(_SERVICE, key))
        if found:
            return found
    raise trouble


def forget(key: str, where: str = "") -> None:
    """Removes the secret from one place or, without `where`, from all; a key that has none is fine."""
    _check_key(key)
    if where in ("", SESSION):
        with _process.lock:
            _process.session.pop(key, None)
    if where in ("", FILE) and key in _read_file().entries:
        with _file_lock():
            content = _read_file()
            rest = {name: sealed for name, sealed in content.entries.items() if name != key}
            _write_file(_File(content.salt, content.n, content.check, rest))
    backend = _keychain() if where in ("", KEYCHAIN) else None
    if backend is not None:
        from keyring.errors import PasswordDeleteError

        def delete() -> None:
            with contextlib.suppress(PasswordDeleteError):  # there is none
                backend.delete_password(_SERVICE, key)

        _ask_keychain(delete)


def place_of(key: str) -> str:
    """`session` or `file` if the secret lies there, locked or not; else "". Asks no keychain."""
    with _process.lock:
        if key in _process.session:
            return SESSION
    return FILE if key in _read_file().entries else ""


def is_locked(key: str) -> bool:
    """Whether the secret lies in the file and this process has not its passphrase. Asks no keychain."""
    content = _read_file()
    return key in content.entries and not _is_open(content)


def has_file() -> bool:
    """Whether there is a file already, so that a new secret needs its passphrase and not a new one."""
    return _path().exists()


def is_open() -> bool:
    """Whether this process may read and write the file without being told its passphrase."""
    return _is_open(_read_file())


def unlock(passphrase: str) -> None:
    """Opens the file for this process. NotKept where there is none, BadInput for another passphrase."""
    if not has_file():
        raise NotKept(say("There is no file with secrets yet: {path}.", path=_path()))
    open_file(passphrase)


def open_file(passphrase: str) -> None:
    """Opens the file for this process; makes it with this passphrase where there is none."""
    if not has_file():
        _make_file(passphrase)
    content = _read_file()
    derived = _derive(passphrase, content.salt, content.n)
    if not _fits(derived, content):
        raise BadInput(say("passphrase: This is not the passphrase of the file."))
    with _process.lock:
        _process.opened = (content.salt, derived)


def lock() -> None:
    """Forgets, in this process, the passphrase's key and the secrets of the session."""
    with _process.lock:
        _process.opened = None
        _process.session.clear()


# ------------------------------------------------------------------------------------------- keychain


def _keychain() -> KeyringBackend | None:
    """The system's keychain, if there is one that keeps secrets as a person would expect it to."""
    import keyring
    from keyring.backends import chainer, fail, null

    try:
        backend = keyring.get_keyring()
        parts = list(backend.backends) if isinstance(backend, chainer.ChainerBackend) else [backend]
        # What keyring itself does not recommend writes plain files or asks on a terminal.
        usable = [
            part
            for part in parts
            if not isinstance(part, fail.Keyring | null.Keyring) and float(part.priority) >= 1
        ]
    except Exception:  # a desktop's service may fail in any way; then there is no keychain
        return None
    return backend if usable else None


def _ask_keychain(call: Callable[[], _T]) -> _T:
    from keyring.errors import KeyringLocked

    try:
        return call()
    except KeyringLocked:
        raise Locked(say("The keychain is locked. Unlock it and try again.")) from None
    except Exception as error:  # a backend may raise anything, and its text may hold anything
        raise Unusable(
            say(
                "The keychain did not answer ({name}). Unlock it, or keep the token elsewhere.",
                name=type(error).__name__,
            )
        ) from None


# ----------------------------------------------------------------------------------------------- file


@dataclass(frozen=True, slots=True)
class _File:
    salt: bytes
    n: int
    check: str
    entries: dict[str, str]


_NO_FILE: Final = _File(b"", 0, "", {})


def _path() -> Path:
    return paths.user_config_dir() / _FILE_NAME


def _read_file() -> _File:
    """The file's content; an empty one where there is none."""
    path = _path()
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return _NO_FILE
    except OSError as error:
        raise Unusable(
            say("{path} cannot be read: {strerror}.", path=path, strerror=error.strerror)
        ) from None
    try:
        stored: Any = json.loads(raw)
        version, kdf, entries, check = (stored[name] for name in ("format", "scrypt", "entries", _CHECK))
        salt, n = base64.b64decode(kdf["salt"], validate=True), kdf["n"]
        texts = [check, *entries, *entries.values()]
        sound = (
            version == _FORMAT
            and all(isinstance(text, str) for text in texts)
            and len(salt) >= 16
            and isinstance(n, int)
            and 2 <= n <= _SCRYPT_MOST_N
            and n & (n - 1) == 0
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, binascii.Error):
        version, sound = _FORMAT, False
    if isinstance(version, int) and version > _FORMAT:
        raise Unusable(say("{path} was written by a newer CrowdDesk. Update this one.", path=path))
    if not sound:
        raise Unusable(_damaged(path))
    return _File(salt, n, check, entries)


def _damaged(path: Path) -> str:
    return say("{path} is damaged. Put a copy back, or move it away and enter the tokens again.", path=path)


def _write_file(content: _File) -> None:
    """In one step, readable by this user only."""
    stored = {
        "format": _FORMAT,
        "scrypt": {"salt": base64.b64encode(content.salt).decode(), "n": content.n},
        _CHECK: content.check,
        "entries": content.entries,
    }
    path = _path()
    draft = path.with_name(f"{_FILE_NAME}.{os.getpid()}-{secrets.token_hex(4)}.new")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(stored, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise Unusable(
            say("{path} cannot be written: {strerror}. Nothing was kept.", path=path, strerror=error.strerror)
        ) from None


def _make_file(passphrase: str) -> None:
    if len(passphrase) < _LEAST_PASSPHRASE:
        raise BadInput(
            say("passphrase: Use at least {least_passphrase} characters.", least_passphrase=_LEAST_PASSPHRASE)
        )
    salt = secrets.token_bytes(16)
    derived = _derive(passphrase, salt, _SCRYPT_N)
    with _file_lock():
        if not has_file():  # another process was first
            _write_file(_File(salt, _SCRYPT_N, _seal(derived, _CHECK, _CHECK), {}))


@contextlib.contextmanager
def _file_lock() -> Iterator[None]:
    """One writer at a time, of all processes; the kernel frees it at a process's death."""
    path = _path().with_suffix(".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        held = lock_file(path, wait=True)
    except OSError as error:
        raise Unusable(
            say("{path} cannot be written: {strerror}. Nothing was kept.", path=path, strerror=error.strerror)
        ) from None
    if held is None:
        raise Unusable(
            say(
                "{path} cannot be locked: another program holds it, or its disk has no locks. Nothing "
                "was changed.",
                path=path,
            )
        )
    try:
        yield
    finally:
        os.close(held)  # gives the lock back


# -------------------------------------------------------------------------------------------- sealing


def _derive(passphrase: str, salt: bytes, n: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=32, n=n, r=8, p=1).derive(passphrase.encode("utf-8", "surrogatepass"))


def _seal(derived: bytes, key: str, secret: str) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    # The key is sealed in, so that entries cannot be swapped in the file.
    return base64.b64encode(nonce + AESGCM(derived).encrypt(nonce, secret.encode(), key.encode())).decode()


def _unseal(derived: bytes, key: str, sealed: str) -> str:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        raw = base64.b64decode(sealed, validate=True)
        return AESGCM(derived).decrypt(raw[:12], raw[12:], key.encode()).decode()
    except (InvalidTag, ValueError):
        raise Unusable(_damaged(_path())) from None


def _fits(derived: bytes, content: _File) -> bool:
    try:
        return _unseal(derived, _CHECK, content.check) == _CHECK
    except Unusable:
        return False


def _is_open(content: _File) -> bool:
    with _process.lock:
        return _process.opened is not None and _process.opened[0] == content.salt


def _opened_key(content: _File) -> bytes:
    with _process.lock:
        if _process.opened is None or _process.opened[0] != content.salt:
            raise Locked(say("The file with the tokens is locked. Unlock it under Requesters."))
        return _process.opened[1]


def _check_key(key: str) -> None:
    if not key or key == _CHECK or not key.isascii() or not key.isprintable():
        raise BadInput(say("{key!r} is no key of a secret.", key=key))
