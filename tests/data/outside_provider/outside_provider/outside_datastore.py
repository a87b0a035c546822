"""What the vendor knows, in SQLite: desks with their purse and pass, pieces of work, payments, bans."""

import os
import sqlite3
import threading
from decimal import Decimal

TABLES = """
CREATE TABLE IF NOT EXISTS desks (
    requester_id TEXT PRIMARY KEY, pass_phrase TEXT NOT NULL, purse TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS runs (task_run_id TEXT PRIMARY KEY, address TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pieces (
    unit_id TEXT PRIMARY KEY, address TEXT NOT NULL, is_expired INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS stays (agent_id TEXT PRIMARY KEY, unit_id TEXT NOT NULL, page TEXT);
CREATE TABLE IF NOT EXISTS payments (
    id INTEGER PRIMARY KEY, requester_id TEXT, worker_id TEXT, amount TEXT, what TEXT);
CREATE TABLE IF NOT EXISTS bans (
    worker_id TEXT, requester_id TEXT, reason TEXT, PRIMARY KEY (worker_id, requester_id));
CREATE TABLE IF NOT EXISTS badges (worker_id TEXT, name TEXT, value INTEGER, PRIMARY KEY (worker_id, name));
"""


class OutsideDatastore:
    def __init__(self, datastore_root):
        self.path = os.path.join(datastore_root, "outside.db")
        self.lock = threading.Lock()
        self.connection = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self.connection.executescript(TABLES)

    def close(self):
        self.connection.close()

    def write(self, sql, *values):
        with self.lock:
            return self.connection.execute(sql, values).rowcount

    def read(self, sql, *values):
        with self.lock:
            return self.connection.execute(sql, values).fetchone()

    def pay(self, requester_id, worker_id, amount, what):
        """Takes an amount out of a desk's purse; (False, why) when there is not enough."""
        with self.lock:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                row = self.connection.execute(
                    "SELECT purse FROM desks WHERE requester_id = ?", (requester_id,)
                ).fetchone()
                left = Decimal(row["purse"]) - Decimal(str(amount))
                if left < 0:
                    return False, "There is not enough in the purse."
                self.connection.execute(
                    "UPDATE desks SET purse = ? WHERE requester_id = ?", (str(left), requester_id)
                )
                self.connection.execute(
                    "INSERT INTO payments (requester_id, worker_id, amount, what) VALUES (?, ?, ?, ?)",
                    (requester_id, worker_id, str(amount), what),
                )
                return True, "Paid."
            finally:
                self.connection.execute("COMMIT")
