"""The sandbox's books: one SQLite file with everything that was ever acknowledged, and every payment made.

One connection, used from the server's loop only. What a call changes is committed before it is answered, and
a background job is one transaction with its payments, so a process killed at any moment leaves no half.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from crowddesk.domain import BadInput, VendorError
from crowddesk.providers.prolific_sandbox.clock import Clock

_VERSION: Final = 1
_PATIENCE_S: Final = 30.0

_SCHEMA: Final = (
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE account (user_id TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
    " workspace_id TEXT NOT NULL, project_id TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE workspace (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL,"
    " title TEXT NOT NULL, description TEXT NOT NULL, currency TEXT NOT NULL, total INTEGER NOT NULL,"
    " reserved INTEGER NOT NULL DEFAULT 0)",
    "CREATE TABLE project (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, workspace_id TEXT NOT NULL,"
    " title TEXT NOT NULL, description TEXT NOT NULL)",
    "CREATE TABLE study (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, workspace_id TEXT NOT NULL,"
    " project_id TEXT NOT NULL, status TEXT NOT NULL, fields TEXT NOT NULL, reward INTEGER NOT NULL,"
    " places INTEGER NOT NULL, created_at REAL NOT NULL, publish_at REAL, published_at REAL,"
    " reserved INTEGER NOT NULL DEFAULT 0)",
    "CREATE INDEX study_of_workspace ON study (workspace_id, status)",
    "CREATE INDEX study_of_project ON study (project_id, seq)",
    "CREATE TABLE submission (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, study_id TEXT NOT NULL,"
    " participant_id TEXT NOT NULL, status TEXT NOT NULL, started_at REAL NOT NULL, completed_at REAL,"
    " study_code TEXT, return_requested REAL, sibling INTEGER NOT NULL DEFAULT 0, message TEXT,"
    " category TEXT, paid INTEGER NOT NULL DEFAULT 0)",
    "CREATE INDEX submission_of_study ON submission (study_id, seq)",
    "CREATE INDEX submission_started ON submission (study_id, started_at, seq)",
    "CREATE INDEX submission_status ON submission (study_id, status, seq)",
    "CREATE INDEX submission_participant ON submission (participant_id, study_id)",
    "CREATE TABLE job (id INTEGER PRIMARY KEY, due REAL, kind TEXT NOT NULL, about TEXT NOT NULL)",
    "CREATE INDEX job_due ON job (due)",
    "CREATE TABLE ledger (id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, kind TEXT NOT NULL,"
    " workspace_id TEXT NOT NULL, study_id TEXT NOT NULL, submission_id TEXT NOT NULL,"
    " participant_id TEXT NOT NULL, amount INTEGER NOT NULL, fee INTEGER NOT NULL, vat INTEGER NOT NULL,"
    " reference TEXT NOT NULL)",
    "CREATE INDEX ledger_submission ON ledger (submission_id, kind)",
    "CREATE INDEX ledger_study ON ledger (study_id, kind)",
    "CREATE INDEX ledger_workspace ON ledger (workspace_id, id)",
    "CREATE TABLE bulk_bonus (id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL, study_id TEXT NOT NULL,"
    " created_at REAL NOT NULL, amount INTEGER NOT NULL, fees INTEGER NOT NULL, vat INTEGER NOT NULL)"
    " WITHOUT ROWID",
    "CREATE TABLE bonus_line (bulk_id TEXT NOT NULL, line INTEGER NOT NULL, submission_id TEXT NOT NULL,"
    " participant_id TEXT NOT NULL, amount INTEGER NOT NULL, fee INTEGER NOT NULL, vat INTEGER NOT NULL,"
    " PRIMARY KEY (bulk_id, line)) WITHOUT ROWID",
    "CREATE TABLE crowd_group (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, workspace_id TEXT NOT NULL,"
    " project_id TEXT, name TEXT NOT NULL, description TEXT, deleted INTEGER NOT NULL DEFAULT 0)",
    "CREATE TABLE member (group_id TEXT NOT NULL, participant_id TEXT NOT NULL, added_at REAL NOT NULL,"
    " PRIMARY KEY (group_id, participant_id)) WITHOUT ROWID",
    "CREATE TABLE message (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sender_id TEXT NOT NULL,"
    " recipient_id TEXT NOT NULL, body TEXT NOT NULL, sent_at REAL NOT NULL, study_id TEXT, category TEXT)",
    "CREATE INDEX message_sender ON message (sender_id, sent_at)",
    "CREATE INDEX message_recipient ON message (recipient_id, sent_at)",
    "CREATE TABLE call (route TEXT PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID",
    f"PRAGMA user_version = {_VERSION}",
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the sandbox charges and how slow it is: percentages, and seconds until queued work is done."""

    lag: float = 0.3
    fee_percent: Decimal = Decimal("33.3")
    vat_percent: Decimal = Decimal(0)


class Books:
    """The file at `path`, created when absent. Raises VendorError when it cannot be opened or is newer."""

    def __init__(self, path: Path, terms: Terms | None = None) -> None:
        self.path = path
        self.terms = terms or Terms()
        try:
            self.db = self.open()
        except sqlite3.Error as error:
            raise VendorError(f"The sandbox's file {path} cannot be opened: {error}") from error
        try:
            self._prepare()
        except sqlite3.Error as error:
            self.db.close()
            raise VendorError(f"The sandbox's file {path} cannot be used: {error}") from error
        except Exception:
            self.db.close()
            raise
        self.clock = Clock(float(self.get("clock", 0.0)))

    def open(self) -> sqlite3.Connection:
        """Another connection to the same file, with rows by name; the caller closes it."""
        connection = sqlite3.connect(self.path, timeout=_PATIENCE_S, isolation_level=None)
        connection.row_factory = sqlite3.Row
        return connection

    def _prepare(self) -> None:
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")
        with self.write() as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version > _VERSION:
                raise VendorError(f"The sandbox's file {self.path} was made by a newer CrowdDesk.")
            if version == 0:
                if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    raise BadInput(f"{self.path} is a database of something else, not of the sandbox.")
                for statement in _SCHEMA:
                    db.execute(statement)

    def close(self) -> None:
        """Closes the file. Nothing waits to be written."""
        self.db.close()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: on disk when the block ends, undone when it raises."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def get(self, name: str, default: Any = None) -> Any:
        """A small thing that is kept by name, such as the crowd's make-up."""
        row = self.db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return default if row is None else json.loads(row[0])

    def put(self, name: str, value: Any) -> None:
        """Keeps a small thing; inside the caller's transaction, where there is one."""
        self.db.execute(
            "INSERT INTO setting (name, value) VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET value = excluded.value",
            (name, json.dumps(value)),
        )


def new_id() -> str:
    """An identifier as the vendor makes them: 24 hexadecimal digits."""
    return secrets.token_hex(12)
