"""Workspaces that earlier versions left: brought forward with a copy first; what they said still holds."""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crowddesk.cli import rows
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import ActionKind, BadInput, WorkspaceError
from crowddesk.operations import backup, bundle, decisions, progress
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.transfer import unit_record
from crowddesk.operations.workspace import open_workspace
from crowddesk.providers.mock import MockProvider
from crowddesk.store import doctor, journal, schema, sqlite_file
from crowddesk.store.queries import ACTIONS, RUNS, UNITS, WORKERS
from tests import kept

OLDER = [name for name in kept.NAMES if name != f"schema-{schema.CURRENT}"]
FUTURE = f"{int(schema.CURRENT) + 1:04}"


@pytest.fixture(params=kept.NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(name: str, tmp_path: Path) -> Path:
    return kept.unpack(name, tmp_path / "workspace")


@pytest.fixture
def db(folder: Path) -> Iterator[CrowdDatabase]:
    db = open_workspace(folder)
    yield db
    db.close()


def content(path: Path) -> dict[str, list[Any]]:
    """Every row of every table of a file."""
    with closing(sqlite3.connect(path)) as connection:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {n: connection.execute(f'SELECT * FROM "{n}" ORDER BY 1').fetchall() for n in sorted(names)}


def test_there_is_one_of_every_schema(tmp_path: Path) -> None:
    files = [kept.unpack(name, tmp_path / name) / "crowddesk.sqlite" for name in kept.NAMES]
    assert {content(file)["workspace"][0][1] for file in files} >= set(schema.REVISIONS)


def test_it_is_copied_first_and_the_copy_is_what_it_was(name: str, folder: Path) -> None:
    before = content(folder / "crowddesk.sqlite")
    open_workspace(folder).close()
    copies = backup.copies_of(folder)
    if name not in OLDER:
        assert copies == []
        return
    (copy,) = copies
    assert copy.why == "upgrade"
    assert content(copy.path) == before
    assert content(folder / "crowddesk.sqlite")["workspace"][0][1] == schema.CURRENT


def test_nothing_is_wrong_with_it(db: CrowdDatabase, name: str) -> None:
    assert doctor.check(db) == []
    with db.read() as conn:
        assert journal.verify(conn, kept.said_by(name)["journal_head"]).ok


def now_said(db: CrowdDatabase) -> dict[str, list[dict[str, Any]]]:
    """What this version says of it, as its command line does."""
    with db.read() as conn:
        runs = [dict(rows.run_record(row)) for row in RUNS.iterate(conn)]
        said = {
            "runs": runs,
            "units": [
                dict(unit_record(row, db.get_task_run(str(row.task_run_id)))) for row in UNITS.iterate(conn)
            ],
            "workers": [dict(rows.worker_record(row)) for row in WORKERS.iterate(conn)],
            "actions": [dict(rows.action_record(row)) for row in ACTIONS.iterate(conn)],
        }
    plain: dict[str, list[dict[str, Any]]] = json.loads(json.dumps(said, default=str))
    return plain


def test_all_that_its_own_version_said_still_holds(db: CrowdDatabase, name: str) -> None:
    now = now_said(db)
    for listing, old in kept.said_by(name).items():
        if listing not in now:
            continue
        key = next(iter(old[0]))
        mine = {row[key]: row for row in now[listing]}
        assert len(mine) == len(old)
        for row in old:
            same = {field: mine[row[key]].get(field, "(gone)") for field in row}
            assert same == row, f"{listing} {row[key]}"


def test_it_is_reviewed_and_paid_on(db: CrowdDatabase, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MockProvider, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(MockProvider, "LOOK_UP_SECONDS", 0.01)
    lane = LaneWork(db, 1)
    vendor: Any = MockProvider(db).vendor

    def paid() -> dict[str, int]:
        money = [p for p in vendor.payments("practice") if p.amount < 0]
        return {target: sum(p.target == target for p in money) for target in {p.target for p in money}}

    before = len(paid())
    try:
        staged = decisions.send(db)
        assert len(staged) == 2
        with db.read() as conn:
            left = [u.id for u in UNITS.iterate(conn, UNITS.parse("status:completed")) if not u.pending]
        approved = decisions.decide(db, ActionKind.APPROVE, left[:3], send_after=timedelta(0)).action_ids
        for _ in range(2_000):
            lane.step()
            if (
                progress.of_actions(db, [*staged, *approved]).states == {"done": 5}
                and progress.of_run(db, 2).over
            ):
                break
        assert progress.of_actions(db, [*staged, *approved]).states == {"done": 5}
        assert progress.of_run(db, 2).over  # what had only begun went on
    finally:
        lane.stop()
    assert (len(paid()), max(paid().values())) == (before + 5, 1)
    assert doctor.check(db) == []


@pytest.mark.parametrize("name", OLDER)
@pytest.mark.parametrize("at", ["copied", "stepped", "versioned"])
def test_killed_in_the_middle_it_opens_all_the_same(name: str, folder: Path, at: str) -> None:
    program = f"""
import os, sys, pathlib
import sqlalchemy as sa
from crowddesk.store import migrations, schema
at, steps = {at!r}, migrations.load_steps()
def die(*_): os.kill(os.getpid(), 9)
if at == "copied":
    schema._migrate = die
elif at == "stepped":
    steps[-1].upgrade = die
    migrations.load_steps = lambda: steps
else:
    @sa.event.listens_for(sa.Engine, "commit")
    def commit(conn):
        if migrations_began: die()
    whole, migrations_began = schema._migrate, []
    def migrate(*args):
        migrations_began.append(1)
        whole(*args)
    schema._migrate = migrate
from crowddesk.operations.workspace import open_workspace
open_workspace(pathlib.Path(sys.argv[1]))
print("opened")
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (-9, ""), done.stderr
    db = open_workspace(folder)
    try:
        assert doctor.check(db) == []
        assert len(now_said(db)["units"]) == len(kept.said_by(name)["units"])
    finally:
        db.close()


@pytest.mark.parametrize("name", OLDER[-1:])
@pytest.mark.parametrize(
    "failure",
    [OSError(errno.ENOSPC, "No space left on device"), sqlite3.OperationalError("database or disk is full")],
)
def test_a_full_disk_leaves_it_as_it_was(
    name: str, folder: Path, failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(folder / "crowddesk.sqlite")

    def fail(*_: object) -> None:
        raise failure

    with monkeypatch.context() as patch:
        patch.setattr(sqlite_file.os, "replace", fail)
        with pytest.raises(WorkspaceError, match=r"The disk of .* is full"):
            open_workspace(folder)
    assert content(folder / "crowddesk.sqlite") == before
    assert not list((folder / "backups").iterdir())
    open_workspace(folder).close()


# ---------------------------------------------------------------------------------------------- of the future


def make_future(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE workspace SET schema_version = ?", (FUTURE,))
        connection.commit()


@pytest.mark.parametrize("name", kept.NAMES[-1:])
def test_a_newer_workspace_is_refused_and_left_alone(folder: Path) -> None:
    make_future(folder / "crowddesk.sqlite")
    before = content(folder / "crowddesk.sqlite")
    with pytest.raises(WorkspaceError, match=r"written by a newer CrowdDesk .*Update CrowdDesk"):
        open_workspace(folder)
    assert content(folder / "crowddesk.sqlite") == before
    with pytest.raises(WorkspaceError, match=r"newer CrowdDesk"):
        backup.put_back(folder, future_copy(folder))
    assert content(folder / "crowddesk.sqlite") == before


def future_copy(folder: Path) -> Path:
    path = folder / "backups" / "daily-2030-01-01.sqlite"
    sqlite_file.copy_sqlite(folder / "crowddesk.sqlite", path)
    return path


def change_manifest(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    manifest = json.loads(parts["manifest.json"])
    change(manifest)
    parts["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in parts.items():
            archive.writestr(entry, data)


@pytest.mark.parametrize("name", kept.NAMES[-1:])
@pytest.mark.parametrize("key", ["schema", "version of the file"])
def test_files_of_a_newer_version_are_refused(db: CrowdDatabase, tmp_path: Path, key: str) -> None:
    packed, saved = tmp_path / "run.crowddesk", tmp_path / "all.crowddesk-backup"
    bundle.make_bundle(db, 1, packed)
    backup.make_backup(db, saved)
    for path, kind in ((packed, "bundle"), (saved, "backup")):
        new = {"schema": FUTURE} if key == "schema" else {kind: 2}
        change_manifest(path, lambda m, new=new: m.update({**new, "program": "CrowdDesk 9.9"}))  # type: ignore[misc]
    sentence = r"was made by a newer CrowdDesk \(CrowdDesk 9\.9\)\. Update this one\."
    (tmp_path / "x").mkdir()
    with pytest.raises(WorkspaceError, match=sentence):
        bundle.open_bundle(packed, tmp_path / "x")
    with pytest.raises(BadInput, match=sentence):
        backup.read_backup(saved)
    with pytest.raises(BadInput, match=sentence):
        backup.restore_backup(saved, tmp_path / "y")
    assert not (tmp_path / "y").exists()


def test_an_older_backup_is_restored_and_brought_forward(name: str, folder: Path, tmp_path: Path) -> None:
    """As if that version had had backups: its files in one that says so."""
    saved = tmp_path / "old.crowddesk-backup"
    db = open_workspace(tmp_path / "some")
    try:
        backup.make_backup(db, saved)
    finally:
        db.close()
    with zipfile.ZipFile(saved) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    parts = {
        ("" if path.name == "crowddesk.sqlite" else "files/") + path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file()
    }
    manifest["schema"] = content(folder / "crowddesk.sqlite")["workspace"][0][1]
    manifest["entries"] = [
        {
            "name": entry,
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for entry, path in parts.items()
    ]
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        for entry, path in parts.items():
            archive.write(path, entry)
    backup.restore_backup(saved, tmp_path / "restored")
    db = open_workspace(tmp_path / "restored")
    try:
        assert len(now_said(db)["units"]) == len(kept.said_by(name)["units"])
        assert doctor.check(db) == []
    finally:
        db.close()
