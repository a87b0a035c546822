"""A workspace as one file and back: made while it is in use, whole or not there, hostile ones refused."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crowddesk import __version__, vault
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import ActionKind, BadInput, Cancelled, WorkspaceError
from crowddesk.operations import archive, backup, decisions, launch, restored
from crowddesk.operations.workspace import open_workspace
from crowddesk.store import doctor, journal, schema, sqlite_file
from crowddesk.store.queries import UNITS
from crowddesk.ui import folders
from tests import kept
from tests.operations.conftest import Bench
from tests.operations.packed import parts_of, write


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "all.crowddesk-backup"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[CrowdDatabase]:
    db = open_workspace(kept.unpack(kept.NAMES[-1], tmp_path / "workspace"))
    yield db
    db.close()


@pytest.fixture(scope="module")
def ready_made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    place = tmp_path_factory.mktemp("backup")
    db = open_workspace(kept.unpack(kept.NAMES[-1], place / "workspace"))
    try:
        backup.make_backup(db, place / "a.crowddesk-backup")
    finally:
        db.close()
    return (place / "a.crowddesk-backup").read_bytes()


@pytest.fixture
def made(ready_made: bytes, file: Path) -> Path:
    file.write_bytes(ready_made)
    return file


def names_in(file: Path) -> set[str]:
    with zipfile.ZipFile(file) as packed:
        return set(packed.namelist())


def units_of(folder: Path) -> list[Any]:
    db = open_workspace(folder)
    try:
        assert doctor.check(db) == []
        with db.read() as conn:
            assert journal.verify(conn).ok
            return [(u.id, u.status, u.worker_name, u.answer) for u in UNITS.iterate(conn)]
    finally:
        db.close()


# ------------------------------------------------------------------------------------------------- both ways


def test_all_that_belongs_to_it_goes_along_and_comes_back(bench: Bench, file: Path, tmp_path: Path) -> None:
    run = bench.completed(5)
    decisions.decide(bench.db, ActionKind.APPROVE, bench.ids(run)[:3], send_after=timedelta(0))
    bench.work_all()
    folder = bench.db.folder
    run_folder = folder / bench.db.get_task_run(str(run))["folder"]
    uploads = run_folder / "assignments" / "1" / "1" / "uploads"
    uploads.mkdir(parents=True)
    (uploads / ("a" * 64)).write_bytes(b"what a worker sent")
    (uploads / "index.json").write_text("[]")
    (run_folder / "what happened.log").write_text("A task's own file.")
    (folder / "settings.yaml").write_text("appearance: {theme: dark}\n")
    (folder / "window.json").write_text("{}")
    left_out = [
        "workspace.yaml", "logs/a.log", "backups/daily-2026-01-01.sqlite", "my own file.txt", "window.new",
        "providers/prolific_sandbox/sandbox.json", "providers/prolific_sandbox/sandbox.lock",
        "providers/prolific_sandbox/sandbox.log", f"{run_folder.relative_to(folder)}/incoming/draft",
    ]  # fmt: skip
    for name in left_out:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("{}", encoding="utf-8")
    told: list[tuple[int, int]] = []
    facts = backup.make_backup(bench.db, file, progress=lambda done, total: told.append((done, total)))

    assert (facts.runs, facts.units, facts.workspace) == (1, 5, folder.name)
    assert (facts.version, facts.schema, facts.size) == (__version__, schema.CURRENT, file.stat().st_size)
    assert datetime.now(UTC) - facts.made_at < timedelta(minutes=1)
    assert backup.read_backup(file) == facts
    assert told[-1][0] == told[-1][1]
    names = names_in(file)
    assert not {f"files/{name}" for name in left_out} & names
    assert not [name for name in names if "lock" in name]
    assert {"manifest.json", "crowddesk.sqlite", "files/settings.yaml", "files/window.json"} <= names
    assert "files/providers/mock/market.sqlite" in names

    target = tmp_path / "deep" / "er" / "restored"
    backup.restore_backup(file, target)
    assert units_of(target) == units_of(folder)
    inside = uploads.relative_to(folder)
    assert (target / inside / ("a" * 64)).read_bytes() == b"what a worker sent"
    assert sorted(
        p.name for p in (target / run_folder.relative_to(folder)).iterdir() if p.is_file()
    ) == sorted(p.name for p in run_folder.iterdir() if p.is_file())
    db = open_workspace(target)
    try:
        vendor: Any = Bench(db, tmp_path).lane  # the practice vendor's books came along, payments and all
        vendor.sync()
        ledger: Any = db.get_datastore_for_provider("mock").vendor
        assert len([p for p in ledger.payments("practice") if p.amount < 0]) == 3
        note = restored.restored_of(db)
        assert note is not None
        assert (note.restored_from, note.made_at) == (str(file), facts.made_at)
        vendor.stop()
    finally:
        db.close()


@pytest.mark.parametrize(
    "name", ["Pilot\u202f2 v\u00a01.csv", "o\u200bne", "bad: what?.csv" if os.name != "nt" else "é"]
)
def test_a_file_of_any_name_comes_back(db: CrowdDatabase, file: Path, tmp_path: Path, name: str) -> None:
    (db.folder / "exports").mkdir()
    (db.folder / "exports" / name).write_text("mine")
    backup.make_backup(db, file)
    backup.restore_backup(file, tmp_path / "restored")
    assert (tmp_path / "restored" / "exports" / name).read_text() == "mine"


def test_a_backup_that_lies_in_the_workspace_is_not_in_the_next_one(
    db: CrowdDatabase, tmp_path: Path
) -> None:
    (db.folder / "exports").mkdir()
    for name in ("first", "second"):
        backup.make_backup(db, db.folder / "exports" / f"{name}.crowddesk-backup")
    assert not [
        name for name in names_in(db.folder / "exports" / "second.crowddesk-backup") if "first" in name
    ]


def test_more_files_than_can_be_opened_again_are_not_packed(
    db: CrowdDatabase, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.make_backup(db, file)
    monkeypatch.setattr(archive, "_MOST_ENTRIES", len(names_in(file)))
    backup.make_backup(db, file)
    backup.restore_backup(file, tmp_path / "restored")
    monkeypatch.setattr(archive, "_MOST_ENTRIES", len(names_in(file)) - 1)
    with pytest.raises(WorkspaceError, match="at most can be packed"):
        backup.make_backup(db, file)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_a_name_that_is_no_text_is_told(db: CrowdDatabase, file: Path) -> None:
    (db.folder / "exports").mkdir()
    (db.folder / "exports" / os.fsdecode(b"caf\xe9.csv")).write_text("mine")
    with pytest.raises(WorkspaceError, match="Rename it"):
        backup.make_backup(db, file)
    assert not file.exists()


def test_it_is_of_one_moment_while_others_write(db: CrowdDatabase, file: Path, tmp_path: Path) -> None:
    """Two rows go in by one transaction each time; in the backup there is never one of them alone."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with db.write():
                db.new_task(f"left {number}", "static_html")
                db.new_task(f"right {number}", "static_html")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            facts = backup.make_backup(db, file)
            assert facts.units == 48
            place = tmp_path / f"restored {number}"
            backup.restore_backup(file, place)
            with contextlib.closing(sqlite3.connect(place / "crowddesk.sqlite")) as connection:
                names = [
                    n for (n,) in connection.execute("SELECT task_name FROM task WHERE task_name LIKE '% %'")
                ]
            assert {n.split()[1] for n in names if n[0] == "l"} == {
                n.split()[1] for n in names if n[0] == "r"
            }
            units_of(place)
    finally:
        stop.set()
        writer.join()


def test_it_is_as_of_the_moment_that_it_shows(
    db: CrowdDatabase, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What left while it was being made has left since: whoever restores it is told of the earlier time."""
    began = datetime(2026, 11, 3, 12, tzinfo=UTC)
    monkeypatch.setattr(sqlite_file.time, "time", began.timestamp)
    assert backup.make_backup(db, file).made_at == began
    assert backup.read_backup(file).made_at == began
    backup.keep_daily_copy(db)
    assert [copy.made_at for copy in backup.copies_of(db.folder)] == [began]


def test_runs_launched_meanwhile_have_their_files(bench: Bench, file: Path, tmp_path: Path) -> None:
    """What the database points to was written before it: launches go on while backups are made."""
    stop = threading.Event()
    config = bench.config(3)

    def write() -> None:
        while not stop.is_set():
            launch.create_run(bench.db, config)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup.make_backup(bench.db, file)
            backup.restore_backup(file, tmp_path / f"r{number}")
            units_of(tmp_path / f"r{number}")  # the doctor in it misses no file
    finally:
        stop.set()
        writer.join()


def test_no_secret_goes_along(
    db: CrowdDatabase, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crowddesk import paths

    secret = "a-token-that-nobody-may-read-0123456789"
    monkeypatch.setattr(paths, "user_config_dir", lambda: tmp_path / "config")
    monkeypatch.setattr(vault, "_SCRYPT_N", 2**10)
    vault.keep("0123456789abcdef", secret, vault.FILE, "a long passphrase")
    (db.folder / "workspace.yaml").write_text("database_url: postgresql://me:secret@host/x\n")
    backup.make_backup(db, file)
    with zipfile.ZipFile(file) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist())
    assert secret.encode() not in everything
    assert b"me:secret" not in everything
    assert not [name for name in names_in(file) if "vault" in name]
    vault.forget("0123456789abcdef")


# ------------------------------------------------------------------------------------------- whole or nothing


def test_an_older_backup_stays_until_the_new_one_is_whole(db: CrowdDatabase, file: Path) -> None:
    file.write_bytes(b"the older one")
    calls = 0
    for stop_at in (1, 2, 4, 8):
        calls = 0

        def cancelled(stop_at: int = stop_at) -> bool:
            nonlocal calls
            calls += 1
            return calls >= stop_at

        with pytest.raises(Cancelled, match=r"cancelled\. Nothing was written"):
            backup.make_backup(db, file, cancelled=cancelled)
        assert file.read_bytes() == b"the older one"
    assert sorted(p.name for p in file.parent.iterdir()) == [file.name, "workspace"]


@pytest.mark.parametrize("where", ["copy", "pack"])
def test_a_full_disk_is_said_and_leaves_nothing(
    db: CrowdDatabase, file: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(b"the older one")

    def fail(*_: object) -> None:
        if where == "copy":
            raise sqlite3.OperationalError("database or disk is full")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backup, "copy_sqlite" if where == "copy" else "whole_or_nothing", (
        fail if where == "copy" else backup.whole_or_nothing
    ))  # fmt: skip
    if where == "pack":
        monkeypatch.setattr(archive.os, "fsync", fail)
    with pytest.raises(WorkspaceError, match=r"The disk of .* is full"):
        backup.make_backup(db, file)
    assert file.read_bytes() == b"the older one"
    assert sorted(p.name for p in file.parent.iterdir()) == [file.name, "workspace"]


_KILLED = """
import os, sys, pathlib
from crowddesk.operations import backup
from crowddesk.operations.workspace import open_workspace
calls = 0
def look(done, total):
    global calls
    calls += 1
    if calls >= int(sys.argv[3]): os.kill(os.getpid(), 9)
if sys.argv[4] == "make":
    backup.make_backup(open_workspace(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2]), progress=look)
else:
    backup.restore_backup(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[1]), progress=look)
"""


def killed(folder: Path, file: Path, at: int, what: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(folder), str(file), str(at), what],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.parametrize("at", [1, 3, 5])
def test_killed_it_leaves_the_older_one_and_a_draft_that_goes(tmp_path: Path, at: int) -> None:
    folder = kept.unpack(kept.NAMES[-1], tmp_path / "workspace")
    place = tmp_path / "out"
    place.mkdir()
    file = place / "a.crowddesk-backup"
    file.write_bytes(b"the older one")
    killed(folder, file, at, "make")
    assert file.read_bytes() == b"the older one"
    assert all(p.name.startswith(".crowddesk-") for p in place.iterdir() if p != file)
    db = open_workspace(folder)
    try:
        backup.make_backup(db, file)
    finally:
        db.close()
    assert list(place.iterdir()) == [file]


@pytest.mark.parametrize("at", [1, 3, 5])
def test_a_killed_restore_leaves_no_half_workspace(made: Path, tmp_path: Path, at: int) -> None:
    place = tmp_path / "out"
    place.mkdir()
    killed(place / "new", made, at, "restore")
    assert not (place / "new").exists()
    backup.restore_backup(made, place / "new")
    assert [p.name for p in place.iterdir()] == ["new"]
    assert len(units_of(place / "new")) == 48


def test_a_restore_is_cancelled(made: Path, tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.mkdir()
    (place / "empty").mkdir()
    for target in (place / "new", place / "empty"):
        with pytest.raises(Cancelled, match="Nothing was made"):
            backup.restore_backup(made, target, cancelled=lambda: True)
    assert [p.name for p in place.iterdir()] == ["empty"]
    backup.restore_backup(made, place / "empty")
    assert len(units_of(place / "empty")) == 48


@pytest.mark.parametrize("what", ["a file", "not empty", "a link"])
def test_nothing_is_overwritten(made: Path, tmp_path: Path, what: str) -> None:
    target = tmp_path / "target"
    if what == "a file":
        target.write_text("mine")
    elif what == "not empty":
        target.mkdir()
        (target / ".hidden").write_text("mine")
    else:
        target.symlink_to(tmp_path / "nowhere")
    with pytest.raises(BadInput, match="nothing is overwritten"):
        backup.restore_backup(made, target)
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_was_taken_meanwhile_is_left_alone(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "taken"

    def take(done: int, total: int) -> None:
        if done == total:
            target.mkdir(exist_ok=True)
            (target / "crowddesk.sqlite").write_text("somebody else's")

    with pytest.raises(BadInput, match="is not empty"):
        backup.restore_backup(made, target, progress=take)
    assert [path.name for path in target.iterdir()] == ["crowddesk.sqlite"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_what_systems_put_into_a_folder_is_nobodys_work(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "seen as empty"
    target.mkdir()
    for name in (".DS_Store", "Thumbs.db", "Desktop.ini"):
        (target / name).write_text("a system's own")
    with pytest.raises(Cancelled):
        backup.restore_backup(made, target, cancelled=lambda: True)
    assert len(list(target.iterdir())) == 3
    assert folders.look_at_folder(target).kind == folders.EMPTY
    backup.restore_backup(made, target)
    assert len(units_of(target)) == 48
    assert (target / ".DS_Store").read_text() == "a system's own"


def test_a_link_to_an_empty_folder_is_followed(made: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "disk")
    backup.restore_backup(made, tmp_path / "link")
    assert len(units_of(tmp_path / "disk")) == 48
    assert (tmp_path / "link").is_symlink()


def test_a_whole_disk_is_refused_before_anything_is_unpacked(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "disk").mkdir()
    monkeypatch.setattr(backup.os.path, "ismount", lambda path: Path(path) == tmp_path / "disk")
    with pytest.raises(BadInput, match=r"is a whole disk\. Name a new"):
        backup.restore_backup(made, tmp_path / "disk")
    backup.restore_backup(made, tmp_path / "disk" / "workspace")


def test_a_disk_without_room_is_said(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive.shutil, "disk_usage", lambda _: type("D", (), {"free": 1_000})())
    with pytest.raises(BadInput, match=r"needs .* MB to be opened, and the disk of") as error:
        backup.restore_backup(made, tmp_path / "x")
    assert f"the disk of {tmp_path / 'x'} has 0.0 MB" in str(error.value)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("a.zip", r"a backup's name ends in \.crowddesk-backup"), ("no/a.crowddesk-backup", "does not exist"),
     ("folder.crowddesk-backup", "is a folder")],
)  # fmt: skip
def test_where_none_can_be_written_is_said(
    db: CrowdDatabase, tmp_path: Path, name: str, sentence: str
) -> None:
    (tmp_path / "folder.crowddesk-backup").mkdir()
    with pytest.raises(BadInput, match=sentence):
        backup.make_backup(db, tmp_path / name)


def test_a_postgresql_workspace_is_backed_up_by_its_own_tool(
    db: CrowdDatabase, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "path", None)
    with pytest.raises(WorkspaceError, match=r"pg_dump, and copy the folder .*workspace for its files"):
        backup.make_backup(db, file)
    assert backup.keep_daily_copy(db) is None


def test_a_vendors_damaged_books_are_named(db: CrowdDatabase, file: Path) -> None:
    path = db.folder / "providers" / "other" / "books.sqlite"
    path.parent.mkdir()
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5_000)
    with pytest.raises(WorkspaceError, match=r"books\.sqlite cannot be copied, so no backup was made"):
        backup.make_backup(db, file)
    assert not file.exists()


def test_what_packs_like_a_bomb_is_still_restored(db: CrowdDatabase, file: Path, tmp_path: Path) -> None:
    path = db.folder / "runs" / "zeros.bin"
    path.write_bytes(bytes(70 << 20))
    backup.make_backup(db, file)
    backup.restore_backup(file, tmp_path / "x")
    assert (tmp_path / "x" / "runs" / "zeros.bin").stat().st_size == 70 << 20


# ----------------------------------------------------------------------------------------------- hostile ones


def refusal(path: Path, folder: Path) -> str:
    with pytest.raises(BadInput) as refused:
        backup.restore_backup(path, folder)
    assert not folder.exists()
    return str(refused.value)


@pytest.mark.parametrize(
    "name",
    ["../evil", "files/runs/../../../evil", "/evil", "files\\evil", "files/runs/a/..", "files/runs/./a",
     "files/runs/a\nb", "files/runs/a\\b"],
)  # fmt: skip
def test_a_name_that_leads_out_is_refused(made: Path, tmp_path: Path, name: str) -> None:
    write(made, {**parts_of(made), name: b"x"})
    assert "could lie outside of its folder" in refusal(made, tmp_path / "x")
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize(
    "name", ["files/evil", "files/crowddesk.sqlite", "files/workspace.yaml", "files/locks/door.lock", "evil"]
)
def test_a_file_that_does_not_belong_there_is_refused(made: Path, tmp_path: Path, name: str) -> None:
    write(made, {**parts_of(made), name: b"x"})
    assert "do not belong there" in refusal(made, tmp_path / "x")


def test_a_link_a_bomb_and_a_double_are_refused(made: Path, tmp_path: Path) -> None:
    parts = parts_of(made)
    write(made, {**parts, "files/runs/bomb": bytes(100 << 20)})
    assert "would unpack to 104,857,600 bytes" in refusal(made, tmp_path / "x")
    write(made, {**parts, "files/runs/a": b"1", "files/runs/A": b"2"})
    assert "'files/runs/A' twice" in refusal(made, tmp_path / "x")

    def add(manifest: dict[str, Any]) -> None:
        digest = hashlib.sha256(b"/etc/passwd").hexdigest()
        manifest["entries"].append({"name": "files/runs/l", "bytes": 11, "sha256": digest})

    write(made, parts, add)
    with zipfile.ZipFile(made, "a") as packed:
        entry = zipfile.ZipInfo("files/runs/l")
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(entry, b"/etc/passwd")
    assert "'files/runs/l' is no plain file" in refusal(made, tmp_path / "x")


@pytest.mark.parametrize(
    "statement",
    ["CREATE TRIGGER evil AFTER INSERT ON journal BEGIN DELETE FROM unit; END",
     "CREATE VIEW evil AS SELECT 1", "UPDATE task_run SET folder = '../../etc'"],
)  # fmt: skip
def test_a_database_that_does_things_is_refused(made: Path, tmp_path: Path, statement: str) -> None:
    parts = parts_of(made)
    path = tmp_path / "changed.sqlite"
    path.write_bytes(parts["crowddesk.sqlite"])
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
        connection.execute("PRAGMA journal_mode=DELETE")
    write(made, {**parts, "crowddesk.sqlite": path.read_bytes()})
    assert "is damaged or was changed" in refusal(made, tmp_path / "x")


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_one_is_refused(made: Path, tmp_path: Path, keep: float) -> None:
    data = made.read_bytes()
    made.write_bytes(data[: int(len(data) * keep)])
    assert refusal(made, tmp_path / "x") == f"{made.name} is damaged or was changed. Take another one."
    with pytest.raises(BadInput):
        backup.read_backup(made)


def test_a_changed_byte_anywhere_is_refused_or_harmless(made: Path, tmp_path: Path) -> None:
    data = made.read_bytes()
    whole = parts_of(made)["crowddesk.sqlite"]
    for number, at in enumerate(range(0, len(data), max(1, len(data) // 40))):
        made.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        folder = tmp_path / f"x{number}"
        folder.mkdir()
        with contextlib.suppress(BadInput):
            with archive.opened(made, backup._BACKUP) as found:
                found.unpack(folder)
            assert (folder / "crowddesk.sqlite").read_bytes() == whole


def test_a_changed_byte_of_a_name_beyond_ascii_is_told(db: CrowdDatabase, file: Path, tmp_path: Path) -> None:
    (db.folder / "exports").mkdir()
    (db.folder / "exports" / "Grüße.csv").write_text("mine")
    backup.make_backup(db, file)
    data = file.read_bytes()
    at = data.rindex("Grüße".encode()) + 2
    file.write_bytes(data[:at] + b"\xff" + data[at + 1 :])
    assert refusal(file, tmp_path / "x") == f"{file.name} is damaged or was changed. Take another one."


@pytest.mark.parametrize(
    "change",
    [{"made_at": "yesterday"}, {"made_at": 3}, {"runs": "many"}, {"units": -1}, {"workspace": None},
     {"schema": "0000"}, {"version": 1}, {"made_at": None}, {"made_at": "0001-01-01T00:00:00+14:00"}],
)  # fmt: skip
def test_a_manifest_without_facts_is_refused(made: Path, change: dict[str, Any]) -> None:
    write(made, parts_of(made), lambda manifest: manifest.update(change))
    with pytest.raises(BadInput, match="is damaged or was changed"):
        backup.read_backup(made)


def test_another_file_is_no_backup(made: Path, tmp_path: Path) -> None:
    other = tmp_path / "x.crowddesk-backup"
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("a", "b")
    assert refusal(other, tmp_path / "x") == f"{other.name} is no backup of a workspace: it has no manifest."
    write(other, parts_of(made), lambda manifest: manifest.pop("backup"))
    assert refusal(other, tmp_path / "x") == f"{other.name} is no backup of a workspace."
    with pytest.raises(BadInput, match="cannot be opened"):
        backup.read_backup(tmp_path / "none.crowddesk-backup")
    assert os.path.exists(other)
