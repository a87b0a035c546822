"""A keychain in memory, and a vault of its own for one test: nothing of the person who runs it is touched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import PasswordDeleteError

from crowddesk import paths, vault


class MemoryKeyring(KeyringBackend):
    """A keychain in memory; `error` is what it raises instead of answering."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.error: Exception | None = None
        self.asked = 0

    def _look(self) -> None:
        self.asked += 1
        if self.error is not None:
            raise self.error

    def get_password(self, service: str, username: str) -> str | None:
        self._look()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._look()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._look()
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not found")
        del self.kept[service, username]


@contextmanager
def own_vault(folder: Path, backend: KeyringBackend | None = None) -> Iterator[None]:
    """A vault under `folder`, without a keychain unless one is given, quick to open."""
    before = keyring.get_keyring()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder))
        patch.setattr(paths, "user_config_dir", lambda: folder / "crowddesk")
        patch.setattr(vault, "_SCRYPT_N", 2**4)
        keyring.set_keyring(backend or fail.Keyring())
        vault.lock()
        try:
            yield
        finally:
            vault.lock()
            keyring.set_keyring(before)
