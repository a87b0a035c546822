"""The workspace of the first schema is of that one in truth, and is brought forward with its run."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from crowddesk.store import doctor, first_schema, schema
from crowddesk.store.database import Database
from crowddesk.store.queries import REQUESTERS, RUNS


def test_it_is_of_the_first_schema_and_comes_forward(tmp_path: Path) -> None:
    path = tmp_path / "crowddesk.sqlite"
    first_schema.make(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT schema_version FROM workspace").fetchone() == (schema.REVISIONS[0],)
        assert "stopping" not in {row[1] for row in db.execute("PRAGMA table_info(task_run)")}
    opened = Database(tmp_path)
    with opened.read() as conn:
        assert [run.title for run in RUNS.iterate(conn)] == [first_schema.TITLE]
        assert [account.requester_name for account in REQUESTERS.iterate(conn)] == ["practice"]
    assert doctor.check(opened) == []
    opened.close()
    assert len(list((tmp_path / "backups").glob("*.sqlite"))) == 1


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "crowddesk.sqlite"
    first_schema.make(path)
    with pytest.raises(OperationalError, match="already exists"):
        first_schema.make(path)
