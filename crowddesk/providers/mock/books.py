"""The practice vendor's books: its SQLite file, with a row for every call and every payment.

The file is the vendor's only truth. It may be open in several processes and threads at once, and a process
may be killed at any moment: a call is in the books wholly or not at all.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from crowddesk.domain import BadInput, VendorError, VendorRefused, money_text
from crowddesk.language import say

DONE: Final = "done"
REFUSED: Final = "refused"

_VERSION: Final = 1
_PATIENCE_MS: Final = 30_000
#: Values in one IN (...): below the smallest limit of any SQLite.
_CHUNK: Final = 500

_SCHEMA: Final = (
    "CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, currency TEXT NOT NULL,"
    " balance INTEGER NOT NULL)",
    "CREATE TABLE payment (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, at REAL NOT NULL, token TEXT,"
    " kind TEXT NOT NULL, target TEXT NOT NULL, amount INTEGER NOT NULL, fee INTEGER NOT NULL,"
    " balance INTEGER NOT NULL)",
    "CREATE TABLE call (id INTEGER PRIMARY KEY, at REAL NOT NULL, token TEXT NOT NULL UNIQUE,"
    " kind TEXT NOT NULL, target TEXT NOT NULL, amount INTEGER NOT NULL, fee INTEGER NOT NULL,"
    " result TEXT NOT NULL, reason TEXT NOT NULL, category TEXT NOT NULL, note TEXT NOT NULL,"
    " times INTEGER NOT NULL DEFAULT 1)",
    "CREATE TABLE worker (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, number INTEGER UNIQUE)",
    "CREATE TABLE block (account_id INTEGER NOT NULL, worker_id INTEGER NOT NULL, reason TEXT NOT NULL,"
    " PRIMARY KEY (account_id, worker_id)) WITHOUT ROWID",
    "CREATE TABLE qualification (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, name TEXT NOT NULL,"
    " description TEXT NOT NULL, UNIQUE (account_id, name))",
    "CREATE TABLE granted (qualification_id INTEGER NOT NULL, worker_id INTEGER NOT NULL,"
    " value INTEGER NOT NULL, PRIMARY KEY (qualification_id, worker_id)) WITHOUT ROWID",
    "CREATE TABLE message (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, worker_id INTEGER NOT NULL,"
    " at REAL NOT NULL, text TEXT NOT NULL)",
    "CREATE TABLE batch (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, key TEXT NOT NULL UNIQUE,"
    " spec TEXT NOT NULL, started REAL NOT NULL, clock REAL NOT NULL, arrived REAL NOT NULL,"
    " arrivals INTEGER NOT NULL, closed INTEGER NOT NULL)",
    "CREATE TABLE item (id INTEGER PRIMARY KEY, batch_id INTEGER NOT NULL, key TEXT NOT NULL,"
    " data TEXT NOT NULL, UNIQUE (batch_id, key))",
    "CREATE TABLE unit (id INTEGER PRIMARY KEY, batch_id INTEGER NOT NULL, item_id INTEGER NOT NULL,"
    " ref TEXT NOT NULL UNIQUE, unit_index INTEGER NOT NULL, truth TEXT, recorded_worker INTEGER,"
    " recorded_answer TEXT, recorded_seconds REAL, status TEXT NOT NULL, due REAL,"
    " stays INTEGER NOT NULL DEFAULT 0, stay_id INTEGER, booked INTEGER, closing INTEGER NOT NULL DEFAULT 0)",
    "CREATE INDEX unit_due ON unit (batch_id, status, due)",
    "CREATE TABLE stay (id INTEGER PRIMARY KEY, unit_id INTEGER NOT NULL, item_id INTEGER NOT NULL,"
    " number INTEGER NOT NULL, worker_id INTEGER NOT NULL, ref TEXT NOT NULL, taken REAL NOT NULL,"
    " ends REAL NOT NULL, outcome TEXT NOT NULL, seconds REAL NOT NULL, rest REAL NOT NULL, payload TEXT,"
    " UNIQUE (unit_id, number))",
    "CREATE INDEX stay_item ON stay (item_id, worker_id)",
    "CREATE TABLE load (batch_id INTEGER NOT NULL, worker_id INTEGER NOT NULL, taken INTEGER NOT NULL,"
    " busy_until REAL NOT NULL, free_at REAL NOT NULL, PRIMARY KEY (batch_id, worker_id)) WITHOUT ROWID",
    "CREATE TABLE change (seq INTEGER PRIMARY KEY AUTOINCREMENT, batch_id INTEGER NOT NULL,"
    " unit_id INTEGER NOT NULL, stay_id INTEGER, agent_status TEXT, vendor_status TEXT NOT NULL,"
    " at REAL NOT NULL)",
    "CREATE INDEX change_batch ON change (batch_id, seq)",
    "CREATE TABLE fault (id INTEGER PRIMARY KEY, fault TEXT NOT NULL, call TEXT NOT NULL, target TEXT,"
    " nth INTEGER NOT NULL, times INTEGER NOT NULL, reason TEXT NOT NULL, seconds REAL NOT NULL)",
    f"PRAGMA user_version = {_VERSION}",
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call that reached the vendor, as its ledger has it: one row a token.

    `result` is `done` or `refused` (then `reason` is the vendor's sentence; else what the caller gave).
    `amount` and `fee` are minor units charged; `at` is epoch seconds; `note` says what the target is now.
    `times` counts how often the token came: once done it changes nothing any more, a refused one is tried
    anew.
    """

    token: str
    kind: str
    target: str
    amount: int = 0
    fee: int = 0
    result: str = DONE
    reason: str = ""
    category: str = ""
    note: str = ""
    at: float = 0.0
    times: int = 1

    @property
    def done(self) -> bool:
        return self.result == DONE


@dataclass(frozen=True, slots=True)
class Ask:
    """One item of a call that changes something, as it came over the wire."""

    token: str
    target: str
    reason: str = ""
    category: str = ""


#: What a judged item costs (amount and fee, minor units) and what its target is now.
Effect = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Payment:
    """One movement of an account's money: amount and fee (minor units, negative when charged), balance."""

    account: str
    at: float
    token: str | None
    kind: str
    target: str
    amount: int
    fee: int
    balance: int


@dataclass(frozen=True, slots=True)
class Account:
    """An account at the vendor as one transaction read it."""

    id: int
    name: str
    currency: str


class Books:
    """The file at `path`, created when absent. Any thread may call; calls wait for each other."""

    def __init__(self, path: Path) -> None:
        """Raises VendorError when the file cannot be opened, is something else or from a newer version."""
        self.path = path
        self._lock = threading.RLock()
        try:
            self._connection = sqlite3.connect(
                path, timeout=_PATIENCE_MS / 1000, isolation_level=None, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise self._trouble_with_file(error) from error
        try:
            self._prepare()
        except sqlite3.Error as error:
            self._connection.close()
            raise self._trouble_with_file(error) from error
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        run = self._connection.execute
        if run("PRAGMA journal_mode").fetchone()[0] != "wal":
            self._switch_to_wal()
        run("PRAGMA synchronous = FULL")
        if self._version() == _VERSION:
            return
        run("BEGIN IMMEDIATE")
        try:
            version = self._version()
            if version > _VERSION:
                raise VendorError(
                    say("{path} was written by a newer version of the practice crowd.", path=self.path)
                )
            if version == 0:
                for statement in _SCHEMA:
                    run(statement)
            run("COMMIT")
        except BaseException:
            run("ROLLBACK")
            raise

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _switch_to_wal(self) -> None:
        """SQLite does not wait for the lock this needs: two processes that create the file would collide."""
        deadline = time.monotonic() + _PATIENCE_MS / 1000
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
            time.sleep(0.01)

    def close(self) -> None:
        """Closes the file; safe to call twice. Only `close` may be called afterwards."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """One consistent view. Raises VendorError when the file cannot be read."""
        with self._lock, self._in_words():
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                self._connection.execute("ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction, rolled back on any exception. VendorError when the file cannot be written."""
        with self._lock, self._in_words():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._trouble_with_file(error) from error
        except (UnicodeEncodeError, OverflowError) as error:
            raise BadInput(say("The practice vendor cannot store a value: {error}.", error=error)) from error

    def _trouble_with_file(self, error: sqlite3.Error) -> VendorError:
        return VendorError(
            say("The practice vendor's file {path} cannot be used: {error}.", path=self.path, error=error),
            repr(error),
        )


class Session:
    """One transaction on the books: calls and payments gather here and are written by `flush`."""

    def __init__(self, connection: sqlite3.Connection, at: float) -> None:
        self.connection = connection
        self.at = at
        self._new: dict[str, Call] = {}
        self._again: list[tuple[str]] = []
        self._payments: list[tuple[Any, ...]] = []
        self._balances: dict[int, int] = {}

    def account(self, name: str) -> Account:
        """Raises VendorRefused when nobody has registered it."""
        row = self.connection.execute(
            "SELECT id, name, currency FROM account WHERE name=?", (name,)
        ).fetchone()
        if row is None:
            raise VendorRefused(
                say("The practice vendor has no account {name!r}: register it first.", name=name)
            )
        return Account(*row)

    def calls(self, tokens: Iterable[str]) -> dict[str, Call]:
        """The calls among these that the ledger has, by token."""
        rows = select_in(
            self.connection,
            "SELECT token, kind, target, amount, fee, result, reason, category, note, at, times FROM call"
            " WHERE token IN ({})",
            tokens,
        )
        return {row[0]: Call(*row) for row in rows}

    def record(self, call: Call) -> None:
        """Writes the call down; an earlier, refused one with its token is replaced and counted."""
        self._new[call.token] = call

    def count_again(self, token: str) -> None:
        """A token came again after it was done: that changes nothing but its count."""
        self._again.append((token,))

    def pay(self, account: Account, token: str | None, kind: str, target: str, amount: int, fee: int) -> None:
        """Moves money: negative takes it out. Raises VendorRefused when the account has not enough."""
        balance = self._balances.get(account.id)
        if balance is None:
            balance = self.connection.execute(
                "SELECT balance FROM account WHERE id=?", (account.id,)
            ).fetchone()[0]
        after = balance + amount + fee
        if after < 0 and amount + fee < 0:
            raise VendorRefused(
                say(
                    "Insufficient funds: account {name} has {balance}, this needs {amount} ({pay} "
                    "and a fee of {fee}).",
                    name=account.name,
                    balance=money_text(balance, account.currency),
                    amount=money_text(-amount - fee, account.currency),
                    pay=money_text(-amount, account.currency, with_currency=False),
                    fee=money_text(-fee, account.currency, with_currency=False),
                )
            )
        if abs(after) >= 2**62:
            raise VendorRefused(
                say("No account holds that much: {after}.", after=money_text(after, account.currency))
            )
        self._balances[account.id] = after
        self._payments.append((account.id, self.at, token, kind, target, amount, fee, after))

    def flush(self) -> None:
        """Writes what has gathered."""
        many = self.connection.executemany
        many(
            "INSERT INTO call (at, token, kind, target, amount, fee, result, reason, category, note, times)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (token) DO UPDATE SET at=excluded.at,"
            " amount=excluded.amount, fee=excluded.fee, result=excluded.result, reason=excluded.reason,"
            " category=excluded.category, note=excluded.note, times=excluded.times",
            [
                (
                    c.at,
                    c.token,
                    c.kind,
                    c.target,
                    c.amount,
                    c.fee,
                    c.result,
                    c.reason,
                    c.category,
                    c.note,
                    c.times,
                )
                for c in self._new.values()
            ],
        )
        many("UPDATE call SET times=times+1 WHERE token=?", self._again)
        many(
            "INSERT INTO payment (account_id, at, token, kind, target, amount, fee, balance)"
            " VALUES (?,?,?,?,?,?,?,?)",
            self._payments,
        )
        many("UPDATE account SET balance=? WHERE id=?", [(b, i) for i, b in self._balances.items()])


def select_in(connection: sqlite3.Connection, sql: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    """The rows of a query whose one `IN ({})` may be longer than SQLite takes at once."""
    wanted = list(values)
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        rows += connection.execute(sql.format(",".join("?" * len(part))), part).fetchall()
    return rows
