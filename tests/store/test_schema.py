"""A workspace of another version: brought forward with a copy first, or refused unchanged."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa

from crowddesk.domain import WorkspaceError
from crowddesk.store import migrations, schema
from crowddesk.store import tables as t
from crowddesk.store.database import Database
from crowddesk.store.queries import WORKERS

NOW = schema.CURRENT

_OPEN_FILE = """
from pathlib import Path
from crowddesk.store.database import Database
Database(Path(sys.argv[1])).close()
print(sorted(name for name in sys.modules if name.startswith("sqlalchemy.dialects.postgresql")))
"""


def _describe(engine: sa.Engine) -> dict[str, Any]:
    """Tables, columns, keys and indexes as the database itself tells them."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as conn:
            rows = conn.exec_driver_sql("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").all()
            described: dict[str, Any] = {}
            for kind, name, text in rows:
                if kind == "index":
                    columns = conn.exec_driver_sql(f"PRAGMA index_xinfo('{name}')").all()
                    described[name] = (columns, " ".join((text or "").split()))
                else:
                    described[name] = conn.exec_driver_sql(f"PRAGMA table_xinfo('{name}')").all()
                    described[f"{name} never reuses"] = "AUTOINCREMENT" in (text or "")
                    # The names of unnamed UNIQUE constraints' indexes depend on their order.
                    described[f"{name} unique"] = sorted(
                        str(conn.exec_driver_sql(f"PRAGMA index_info('{i[1]}')").all())
                        for i in conn.exec_driver_sql(f"PRAGMA index_list('{name}')").all()
                        if i[2]
                    )
            return {k: v for k, v in described.items() if not k.startswith("sqlite_autoindex")}
    with engine.connect() as conn:
        indexes = conn.exec_driver_sql(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        )
        columns = conn.exec_driver_sql(
            "SELECT table_name, column_name, data_type, is_nullable, column_default"
            " FROM information_schema.columns WHERE table_schema = 'public'"
        )
        return {"indexes": sorted(map(str, indexes)), "columns": sorted(map(str, columns))}


def _by_steps(engine: sa.Engine) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    with engine.begin() as conn, Operations.context(MigrationContext.configure(conn)):
        for step in migrations.load_steps():
            step.upgrade()


def _differences(engine: sa.Engine) -> list[Any]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as conn:
        return list(
            compare_metadata(MigrationContext.configure(conn, opts={"compare_type": True}), t.metadata)
        )


def test_the_steps_make_what_the_tables_say_on_sqlite(tmp_path: Path) -> None:
    stepped, made = (sa.create_engine(f"sqlite:///{tmp_path / name}") for name in ("stepped", "made"))
    _by_steps(stepped)
    t.metadata.create_all(made)
    assert _describe(stepped) == _describe(made)
    assert _differences(stepped) == []
    assert _describe(made)["unit never reuses"]
    for engine in (stepped, made):
        engine.dispose()


@pytest.mark.postgres
def test_the_steps_make_what_the_tables_say_on_postgres(postgres_url: str) -> None:
    engine = sa.create_engine(postgres_url)
    _by_steps(engine)
    stepped = _describe(engine)
    assert _differences(engine) == []
    with engine.begin() as conn:
        conn.exec_driver_sql("DROP SCHEMA public CASCADE")
        conn.exec_driver_sql("CREATE SCHEMA public")
    t.metadata.create_all(engine)
    assert stepped == _describe(engine)
    engine.dispose()


def test_the_steps_are_the_revisions_in_order() -> None:
    assert tuple(step.revision for step in migrations.load_steps()) == schema.REVISIONS


@pytest.fixture
def newer_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program as it will be after one more migration, which gives workers a note."""
    step = ModuleType("m9999_notes")

    def upgrade() -> None:
        from alembic import op

        op.add_column("worker", sa.Column("note", sa.Text(), nullable=False, server_default="new"))

    step.revision = "9999"  # type: ignore[attr-defined]
    step.upgrade = upgrade  # type: ignore[attr-defined]
    steps = [*migrations.load_steps(), step]
    monkeypatch.setattr(migrations, "load_steps", lambda: steps)
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "9999"))
    monkeypatch.setattr(schema, "CURRENT", "9999")


def test_an_older_workspace_is_copied_and_brought_forward(
    any_world: Any, any_url: str | None, workspace_path: Path, request: pytest.FixtureRequest
) -> None:
    any_world.workers("A1")
    any_world.db.close()
    request.getfixturevalue("newer_program")
    db = Database(workspace_path, any_url)
    with db.read() as conn:
        assert conn.execute(sa.text("SELECT worker_name, note FROM worker")).all() == [("A1", "new")]
        assert conn.execute(sa.text("SELECT schema_version FROM workspace")).scalar_one() == "9999"
    db.close()
    copies = list((workspace_path / "backups").glob("*")) if any_url is None else []
    if any_url is None:
        assert [copy.name for copy in copies] == [f"before-9999-from-{NOW}.sqlite"]
        with closing(sqlite3.connect(copies[0])) as old:
            assert old.execute("SELECT schema_version FROM workspace").fetchone() == (NOW,)
            assert old.execute("SELECT worker_name FROM worker").fetchall() == [("A1",)]
    Database(workspace_path, any_url).close()  # and opens again as current


def test_a_workspace_of_the_first_schema_keeps_its_rows(workspace_path: Path) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    workspace_path.mkdir(exist_ok=True)
    engine = sa.create_engine(f"sqlite:///{workspace_path / 'crowddesk.sqlite'}")
    with engine.begin() as conn, Operations.context(MigrationContext.configure(conn)):
        migrations.load_steps()[0].upgrade()
        conn.exec_driver_sql("INSERT INTO workspace VALUES (1, '0001', 'u', 0)")
        conn.exec_driver_sql(
            "INSERT INTO task_run VALUES (7, 1, 1, 'mock', 'static_html', 1, 'Old', 'live', '', '', '',"
            " 'USD', 5, 1, NULL, 1, 1, NULL, 0, NULL, NULL)"
        )
        conn.exec_driver_sql("INSERT INTO submission VALUES (3, 1, 1, 7, 'raw', '{}', 0, 0)")
    engine.dispose()
    db = Database(workspace_path)
    with db.read() as conn:
        run = conn.execute(sa.select(t.TaskRun.__table__)).mappings().one()
        assert (run["id"], run["title"], run["stopping"]) == (7, "Old", False)
        sent = conn.execute(sa.select(t.Submission.__table__)).mappings().one()
        assert (sent["raw"], sent["client_id"], sent["pasted"]) == ("raw", None, None)
    db.close()


@pytest.mark.usefixtures("newer_program")
def test_a_step_that_fails_changes_nothing(workspace_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(schema, "CURRENT", NOW)
        Database(workspace_path).close()
    step = migrations.load_steps()[-1]

    def upgrade() -> None:
        from alembic import op

        op.add_column("worker", sa.Column("note", sa.Text(), nullable=True))
        raise RuntimeError("half way")

    monkeypatch.setattr(step, "upgrade", upgrade)
    with pytest.raises(RuntimeError, match="half way"):
        Database(workspace_path)
    with closing(sqlite3.connect(workspace_path / "crowddesk.sqlite")) as conn:
        assert "note" not in {row[1] for row in conn.execute("PRAGMA table_info(worker)")}
        assert conn.execute("SELECT schema_version FROM workspace").fetchone() == (NOW,)


def test_a_newer_workspace_is_refused_and_left_as_it_is(
    any_db: Database, any_url: str | None, workspace_path: Path
) -> None:
    with any_db.write() as w:
        w.conn.execute(sa.text("UPDATE workspace SET schema_version = '9999'"))
    any_db.close()
    if any_url is None:
        with closing(sqlite3.connect(workspace_path / "crowddesk.sqlite")) as conn:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = workspace_path / "crowddesk.sqlite"
    before = hashlib.sha256(file.read_bytes()).digest() if any_url is None else b""
    with pytest.raises(
        WorkspaceError, match=rf"written by a newer CrowdDesk \(schema 9999; this one knows {NOW}\)"
    ):
        Database(workspace_path, any_url)
    if any_url is None:
        assert hashlib.sha256(file.read_bytes()).digest() == before
        assert not (workspace_path / "backups").exists()


def test_a_workspace_without_its_version_row(
    any_db: Database, any_url: str | None, workspace_path: Path
) -> None:
    with any_db.write() as w:
        w.conn.execute(sa.text("DELETE FROM workspace"))
    with pytest.raises(WorkspaceError, match="version row is missing"):
        Database(workspace_path, any_url)


def test_a_current_workspace_opens_without_alembic(world: Any, workspace_path: Path) -> None:
    world.workers("A1")
    world.db.close()
    code = (
        "import sys; from pathlib import Path\n"
        "from crowddesk.store.database import Database\n"
        "from crowddesk.store.queries import WORKERS\n"
        "db = Database(Path(sys.argv[1]))\n"
        "with db.read() as conn: assert WORKERS.count(conn) == 1\n"
        "db.close()\n"
        "sys.exit('alembic' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(workspace_path)], check=False).returncode == 0


def test_two_processes_may_make_one_workspace(workspace_path: Path, another_process: Any) -> None:
    code = (
        "from pathlib import Path\n"
        "from crowddesk.store.database import Database\n"
        "sys.stdin.readline()\n"
        "Database(Path(sys.argv[1])).close()\n"
    )
    processes = [another_process(code, workspace_path) for _ in range(3)]
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    db = Database(workspace_path)
    with db.read() as conn:
        assert WORKERS.count(conn) == 0
    db.close()


def test_a_workspace_in_a_file_never_loads_postgresql(
    workspace_path: Path, another_process: Callable[..., subprocess.Popen[str]]
) -> None:
    process = another_process(_OPEN_FILE, workspace_path)
    assert process.stdout is not None
    assert process.stdout.readline() == "[]\n"
