"""Names that stand for workers in what leaves the workspace: the same in every export of it, known to nobody.

A pseudonym is a keyed hash (HMAC-SHA256) of the worker's id; accounts that were merged into one person share
that of the first of them. The key is made once, at random, and lies in the workspace's database; it is in no
export, no manifest and no bundle, and nothing public leads to it. Any thread but the GUI's.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from crowddesk.domain import BadInput
from crowddesk.language import say
from crowddesk.store import records
from crowddesk.store.queries import UNITS

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.store.queries.persons import Account

#: Where the key lies among the values that vendors keep; no vendor has the empty name.
_OWNER, _NAME = "", "pseudonym key"
#: What an opened bundle says of itself, beside its database; see operations.bundle.
BUNDLE_FILE: Final = "bundle.json"

_KEY_BYTES: Final = 32
#: Signs of a pseudonym: 60 bits, and so many more where two workers would share one.
_LENGTHS: Final = (12, 24, 48)
#: Terms of a search whose values say who somebody is.
_OF_WORKER: Final = ("worker", "identity", "note")
#: Without the letters that are read as figures.
_ALPHABET: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")


class Key:
    """The workspace's key. It shows itself to nobody: not in a repr, not in an error."""

    def __init__(self, secret: bytes | None) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return "Key(…)"

    def names(self, accounts: Iterable[Account]) -> dict[int, str]:
        """What stands for the person behind each account, by the account's id: no two people alike."""
        accounts = list(accounts)
        known = self._pseudonyms(accounts)
        return {account.id: known[account.person] for account in accounts}

    def account_names(self, accounts: Iterable[Account]) -> dict[int, str]:
        """What stands for each account, by id: no two alike. The person's for the first account of each."""
        accounts = list(accounts)
        known = self._pseudonyms(accounts)
        if self._secret is None:
            return {account.id: known[account.id] for account in accounts}
        firsts = {account.person: account.id for account in reversed(accounts)}
        return {a.id: known[a.person if firsts[a.person] == a.id else a.id] for a in accounts}

    def _pseudonyms(self, accounts: Sequence[Account]) -> dict[int, str]:
        """By id, of these accounts and of the first account of each person."""
        if self._secret is None:  # in a bundle names are pseudonyms already
            return {account.id: account.worker_name for account in accounts}
        whole = {worker: self._whole(worker) for a in accounts for worker in (a.id, a.person)}
        taken: dict[str, int] = {}
        for text in whole.values():
            taken[text[: _LENGTHS[0]]] = taken.get(text[: _LENGTHS[0]], 0) + 1
        return {
            worker: _written(text[: _LENGTHS[taken[text[: _LENGTHS[0]]] > 1]])
            for worker, text in whole.items()
        }

    def seal(self, text: str) -> str:
        """A text as only this workspace can read it; the same text gives the same."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = self._mac(b"nonce", text.encode())[:12]
        sealed = AESGCM(self._mac(b"seal", b"")).encrypt(nonce, text.encode(), b"")
        return base64.b64encode(nonce + sealed).decode()

    def unseal(self, sealed: str) -> str:
        """The text back. Raises BadInput where another workspace sealed it, or somebody changed it."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            raw = base64.b64decode(sealed, validate=True)
            return AESGCM(self._mac(b"seal", b"")).decrypt(raw[:12], raw[12:], b"").decode()
        except (InvalidTag, ValueError):
            raise BadInput(
                say(
                    "The manifest's filters cannot be read: it was made in another workspace, or was changed."
                )
            ) from None

    def _whole(self, worker: int) -> str:
        digest = self._mac(b"worker", str(worker).encode())
        return base64.b32encode(digest).decode().translate(_ALPHABET)

    def _mac(self, purpose: bytes, message: bytes) -> bytes:
        return hmac.new(self._secret or b"", purpose + b"\0" + message, hashlib.sha256).digest()


def _written(text: str) -> str:
    return "-".join(["W", *(text[at : at + 6] for at in range(0, len(text), 6))])


def read_key(db: CrowdDatabase, *, names: bool = False) -> Key:
    """The workspace's key, made when it has none yet.

    Raises BadInput in a bundle that holds names, unless `names` go out: the key that hides them is not in it.
    """
    if db.read_only:
        bundle = json.loads((db.folder / BUNDLE_FILE).read_text(encoding="utf-8"))
        if names or not bundle["names"]:
            return Key(None)
        raise BadInput(
            say(
                "This bundle holds the workers' names and not the key that hides them. Export it with "
                "names, or export from the workspace that it came from."
            )
        )
    with db.read() as conn:
        found = records.stored_value(conn, _OWNER, _NAME)
    if found is None:
        with db.write() as w:  # writers come one after another: the second finds what the first has made
            found = records.stored_value(w.conn, _OWNER, _NAME)
            if found is None:
                found = secrets.token_hex(_KEY_BYTES)
                records.store_value(w, _OWNER, _NAME, found)
    return Key(bytes.fromhex(found))


class Hiding:
    """Takes workers' names out of words about an export: its filters and its masks."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names`: a worker's name -> what stands for it."""
        self._names = names

    @classmethod
    def of(cls, accounts: Iterable[Account], stands_for: Mapping[int, str]) -> Hiding:
        """`stands_for` is by the account's id: a name for each, lest two masks or two tags become one."""
        return cls({account.worker_name: stands_for[account.id] for account in accounts})

    def text(self, text: str) -> str:
        """The text with every name in it, as a whole word, replaced; `_` ends a word as it does in files."""
        found = sorted((name for name in self._names if name and name in text), key=len, reverse=True)
        if not found:
            return text
        words = "|".join(re.escape(name) for name in found)
        return re.sub(rf"(?<![^\W_])(?:{words})(?![^\W_])", lambda match: self._names[match[0]], text)

    def search(self, search: str) -> str:
        """A search with the names in it replaced; what else stands for a worker says only that it does."""
        made, at = [], 0
        for term in UNITS.parse(search).terms:
            values = tuple(
                self._searched(term.field, value) if isinstance(value, str) else value
                for value in term.values
            )
            if values != term.values:
                made += [search[at : term.start], str(dataclasses.replace(term, values=values))]
                at = term.end
        return "".join([*made, search[at:]])

    def _searched(self, field: str, value: str) -> str:
        if field in _OF_WORKER:
            return self._names.get(value, "…")
        hidden = self.text(value)
        if field or hidden != value:
            return hidden
        # A word finds workers by a part of their names, too.
        return "…" if any(value.casefold() in name.casefold() for name in self._names) else value

    def expression(self, value: Any, of_worker: bool = False) -> Any:
        """A mask's expression with the names in it replaced."""
        if isinstance(value, Mapping):
            return {key: self.expression(part, key == "worker") for key, part in value.items()}
        if isinstance(value, list | tuple):
            return [self.expression(part, of_worker) for part in value]
        if not isinstance(value, str):
            return value
        return self._names.get(value, "…") if of_worker else self.text(value)
