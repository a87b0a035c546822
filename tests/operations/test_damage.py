"""Damaged database files: each gives a clear sentence, and the way back works."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from crowddesk.domain import BadInput, Cancelled, DamagedWorkspace, WorkspaceError
from crowddesk.operations import backup, restored
from crowddesk.operations.workspace import open_workspace
from crowddesk.store import doctor, holding
from tests import kept

NEWEST = kept.NAMES[-1]
PAGE = 4096


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with work in it and a copy of today, which nobody has open."""
    folder = kept.unpack(NEWEST, tmp_path_factory.mktemp("kept") / "workspace")
    db = open_workspace(folder)
    try:
        assert backup.keep_daily_copy(db) is not None
    finally:
        db.close()
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(sound, tmp_path / "workspace"))


def file_of(folder: Path) -> Path:
    return folder / "crowddesk.sqlite"


def write_at(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def overwrite_header(path: Path) -> None:
    write_at(path, 0, b"\x8f" * 100)


def overwrite_first_page(path: Path) -> None:
    write_at(path, 0, b"not a database, but something else. " * 100)


def truncate(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 // PAGE * PAGE)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def remove(path: Path) -> None:
    path.unlink()


def forget_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM workspace")
        connection.commit()


def root_of(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return int(page)


def garble_units(path: Path) -> None:
    write_at(path, (root_of(path, "unit") - 1) * PAGE, b"\xff" * PAGE)


def garble_requesters(path: Path) -> None:
    write_at(path, (root_of(path, "requester") - 1) * PAGE, b"\x00" * PAGE)


AT_ONCE: list[Callable[[Path], None]] = [
    overwrite_header, overwrite_first_page, truncate, empty, remove, forget_version, garble_requesters,
]  # fmt: skip
LATER: list[Callable[[Path], None]] = [garble_units]


@pytest.mark.parametrize("damage", AT_ONCE)
def test_opening_says_that_it_is_damaged_and_changes_nothing(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    damage(file_of(folder))
    before = file_of(folder).read_bytes() if file_of(folder).exists() else None
    with pytest.raises(DamagedWorkspace, match=r"crowddesk repair") as told:
        open_workspace(folder).close()
    assert len(str(told.value)) < 300
    assert (file_of(folder).read_bytes() if file_of(folder).exists() else None) == before


@pytest.mark.parametrize("damage", LATER)
def test_a_check_finds_what_opening_does_not(folder: Path, damage: Callable[[Path], None]) -> None:
    assert backup.check_file(folder) == []
    damage(file_of(folder))
    open_workspace(folder).close()
    found = backup.check_file(folder)
    assert found
    assert all(sentence.startswith("The database file") and sentence.endswith(".") for sentence in found)
    assert backup.check_file(folder, lambda: True) == []


def test_reading_what_is_damaged_says_so(folder: Path) -> None:
    garble_units(file_of(folder))
    db = open_workspace(folder)
    try:
        with pytest.raises(DamagedWorkspace), db.read() as conn:
            conn.exec_driver_sql("SELECT * FROM unit").fetchall()
    finally:
        db.close()


@pytest.mark.parametrize("damage", [*AT_ONCE, *LATER])
def test_a_copy_is_put_back(folder: Path, damage: Callable[[Path], None]) -> None:
    damage(file_of(folder))
    damaged = file_of(folder).read_bytes() if file_of(folder).exists() else None
    copy = backup.copies_of(folder)[0]
    aside = backup.put_back(folder, copy.path)
    if damaged is not None:
        assert (aside / "crowddesk.sqlite").read_bytes() == damaged
    assert backup.check_file(folder) == []
    db = open_workspace(folder)
    try:
        assert doctor.check(db) == []
        note = restored.restored_of(db)
        assert note is not None
        assert note.restored_from == str(copy.path)
        assert note.held > 0
    finally:
        db.close()
    assert not [path for path in folder.iterdir() if path.name.startswith(".crowddesk-")]


def test_nothing_is_put_back_while_somebody_has_it_open(folder: Path) -> None:
    copy = backup.copies_of(folder)[0].path
    before = file_of(folder).read_bytes()
    db = open_workspace(folder)
    try:
        with pytest.raises(WorkspaceError, match=r"is open\. Close every window"):
            backup.put_back(folder, copy)
    finally:
        db.close()
    program = (
        "import sys, pathlib\nfrom crowddesk.operations.workspace import open_workspace\n"
        "db = open_workspace(pathlib.Path(sys.argv[1]))\nprint('open', flush=True)\nsys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(WorkspaceError, match="is open"):
            backup.put_back(folder, copy)
        other.kill()
    assert file_of(folder).stat().st_size == len(before)
    backup.put_back(folder, copy)  # who died has it open no more


def test_what_is_no_sound_copy_is_not_put_back(folder: Path, tmp_path: Path) -> None:
    copy = backup.copies_of(folder)[0].path
    garble_units(copy)
    with pytest.raises(BadInput, match="no sound copy"):
        backup.put_back(folder, copy)
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE recipe (name)")
    for wrong in (other, tmp_path / "none.sqlite", folder):
        with pytest.raises((BadInput, WorkspaceError)):
            backup.put_back(folder, wrong)
    assert backup.check_file(folder) == []
    open_workspace(folder).close()


def die_over(folder: Path) -> None:
    program = (
        "import sys, os, pathlib\nfrom crowddesk.operations.workspace import open_workspace\n"
        "db = open_workspace(pathlib.Path(sys.argv[1]))\n"
        "db.new_task('written', 'static_html')\nprint('wrote', flush=True)\nos.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=False
    )
    assert done.stdout == "wrote\n", done.stderr


def lose_log(folder: Path) -> None:
    for ending in ("-wal", "-shm"):
        (folder / f"crowddesk.sqlite{ending}").unlink()


def note_in(folder: Path) -> restored.Restored | None:
    db = open_workspace(folder)
    try:
        return restored.restored_of(db)
    finally:
        db.close()


def test_a_lost_log_holds_what_was_open(folder: Path) -> None:
    """The program died and its log was lost: the database is sound, and as it was some time ago."""
    die_over(folder)
    lose_log(folder)
    db = open_workspace(folder)
    try:
        assert db.find_tasks("written") == []
        note = restored.restored_of(db)
        assert note is not None
        assert (note.restored_from, note.held > 0) == ("", True)
        assert doctor.check(db) == []
    finally:
        db.close()
    db = open_workspace(folder)  # and is told of once
    try:
        restored.dismiss(db)
    finally:
        db.close()
    note = note_in(folder)
    assert note is not None
    assert note.dismissed


def test_a_lost_log_is_not_forgotten_where_holding_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    die_over(folder)
    lose_log(folder)
    with monkeypatch.context() as patch:
        patch.setattr(holding, "hold", fail)
        with pytest.raises(WorkspaceError, match="full"):
            open_workspace(folder)
    assert note_in(folder) is not None


def test_who_only_died_has_lost_nothing(folder: Path) -> None:
    die_over(folder)
    db = open_workspace(folder)
    try:
        assert len(db.find_tasks("written")) == 1
        assert restored.restored_of(db) is None
    finally:
        db.close()


def test_a_check_after_a_death_loses_nothing(folder: Path) -> None:
    """It closes the file last, by which the log goes into it and is gone."""
    die_over(folder)
    assert backup.check_file(folder) == []
    assert note_in(folder) is None


def test_a_copy_that_is_put_back_after_a_death_is_told_of_as_that(folder: Path) -> None:
    die_over(folder)
    copy = backup.copies_of(folder)[0]
    backup.put_back(folder, copy.path)
    note = note_in(folder)
    assert note is not None
    assert (note.restored_from, note.made_at) == (str(copy.path), copy.made_at)


def test_who_ended_as_it_should_is_not_taken_for_dead(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another one may look between the end of its lock and that of the lock's file."""

    def stay(_path: Path, missing_ok: bool = False) -> None:
        raise PermissionError("another one looks at it")

    db = open_workspace(folder)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", stay)
        db.close()
    assert len(list((folder / "locks").glob("open-*"))) == 1
    assert note_in(folder) is None
    assert not list((folder / "locks").glob("open-*"))


# ---------------------------------------------------------------------------------------- saving what is left


def rows_in(path: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(path)) as connection:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


def test_everything_is_saved_where_only_the_header_is_gone(folder: Path, tmp_path: Path) -> None:
    whole = rows_in(file_of(folder))
    overwrite_header(file_of(folder))
    target = tmp_path / "saved.sqlite"
    told: list[tuple[int, int]] = []
    saved = backup.save_readable(folder, target, progress=lambda done, total: told.append((done, total)))
    assert saved.lost == ()
    assert {name: len(found) for name, found in rows_in(target).items()} == {
        name: len(found) for name, found in whole.items()
    }
    assert rows_in(target)["unit"] == whole["unit"]
    assert told[-1][0] == told[-1][1]
    backup.put_back(folder, target)
    db = open_workspace(folder)
    try:
        assert doctor.check(db) == []
    finally:
        db.close()


def test_what_can_be_read_is_saved_and_the_rest_is_named(folder: Path, tmp_path: Path) -> None:
    whole = rows_in(file_of(folder))
    path = file_of(folder)
    with closing(sqlite3.connect(path)) as connection:
        leaves = (
            [
                page
                for (page,) in connection.execute(
                    "SELECT pageno FROM dbstat WHERE name = 'unit' AND pagetype = 'leaf' ORDER BY pageno"
                )
            ]
            if "ENABLE_DBSTAT_VTAB" in {o for (o,) in connection.execute("PRAGMA compile_options")}
            else []
        )
    write_at(path, ((leaves[0] if leaves else root_of(path, "unit")) - 1) * PAGE, b"\xff" * PAGE)
    target = tmp_path / "saved.sqlite"
    saved = backup.save_readable(folder, target)
    found = rows_in(target)
    assert found["vendor_action"] == whole["vendor_action"]
    assert len(found["unit"]) == saved.rows["unit"] < len(whole["unit"])
    assert [sentence for sentence in saved.lost if "unit" in sentence]
    assert backup.check_file(folder) != []


@pytest.mark.parametrize("garbage", [2**60, -(2**60)])
def test_a_row_whose_id_is_garbage_is_not_looked_for_for_ever(
    folder: Path, tmp_path: Path, garbage: int
) -> None:
    with closing(sqlite3.connect(file_of(folder))) as connection:
        (units,) = connection.execute("SELECT count(*) FROM unit").fetchone()
        connection.execute("UPDATE unit SET id = ? WHERE id = 7", (garbage,))
        connection.commit()
    looks = iter(range(10_000))
    saved = backup.save_readable(folder, tmp_path / "out.sqlite", cancelled=lambda: next(looks, None) is None)
    assert saved.rows["unit"] == units - 1
    assert saved.lost == ("Of unit, one row could not be read.",)


@pytest.mark.parametrize("cut", [1, PAGE, 3 * PAGE - 17])
def test_where_only_the_end_is_missing_the_rest_is_saved(folder: Path, tmp_path: Path, cut: int) -> None:
    """SQLite reads no page of a file that is shorter than it says."""
    whole = rows_in(file_of(folder))
    with file_of(folder).open("r+b") as file:
        file.truncate(file_of(folder).stat().st_size - cut)
    saved = backup.save_readable(folder, tmp_path / "saved.sqlite")
    found = rows_in(tmp_path / "saved.sqlite")
    assert found["task_run"] == whole["task_run"]
    assert saved.lost
    assert sum(saved.rows.values()) > 0.5 * sum(map(len, whole.values()))
    backup.put_back(folder, tmp_path / "saved.sqlite")
    open_workspace(folder).close()


def test_where_nothing_can_be_read_it_is_said(folder: Path, tmp_path: Path) -> None:
    for damage in (overwrite_first_page, empty, remove):
        damage(file_of(folder))
        with pytest.raises(WorkspaceError, match="Put a copy back instead"):
            backup.save_readable(folder, tmp_path / "saved.sqlite")
    assert not (tmp_path / "saved.sqlite").exists()


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happened_to_pages_is_told_in_words(folder: Path, tmp_path: Path, seed: int) -> None:
    """Pages of zeros, of garbage and of another page's content: no step ends in anything but a sentence."""
    random, path = Random(seed), file_of(folder)
    data = bytearray(path.read_bytes())
    for _ in range(random.choice([1, 3, 10])):
        at, other = (random.randrange(len(data) // PAGE) * PAGE for _ in range(2))
        data[at : at + PAGE] = random.choice(
            [bytes(PAGE), random.randbytes(PAGE), data[other : other + PAGE]]
        )
    path.write_bytes(data)
    backup.check_file(folder)
    with contextlib.suppress(WorkspaceError):
        open_workspace(folder).close()
    try:
        saved = backup.save_readable(folder, tmp_path / "saved.sqlite")
    except WorkspaceError:  # nothing can be read; a copy can be put back
        return
    backup.put_back(folder, saved.path)
    assert backup.check_file(folder) == []
    db = open_workspace(folder)
    try:
        doctor.check(db)  # what is lost is told of, or rows that pointed to it
    finally:
        db.close()


def test_saving_is_cancelled(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        backup.save_readable(folder, tmp_path / "saved.sqlite", cancelled=lambda: True)
    assert list(tmp_path.iterdir()) == [folder]


# ------------------------------------------------------------------------------------------------- copies


def test_three_daily_copies_are_kept_and_none_where_room_lacks(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (today,) = backup.copies_of(folder)
    for day in ("2026-01-01", "2026-01-02", "2026-01-03"):
        (folder / "backups" / f"daily-{day}.sqlite").write_bytes(b"old")
    (folder / "backups" / "before-0004-from-0003.sqlite").write_bytes(b"an upgrade's")
    today.path.unlink()
    db = open_workspace(folder)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(backup.shutil, "disk_usage", lambda _: type("D", (), {"free": 1_000})())
            assert backup.keep_daily_copy(db) is None
        before = sorted(path.name for path in (folder / "backups").iterdir())
        assert backup.keep_daily_copy(db, lambda: True) is None
        assert sorted(path.name for path in (folder / "backups").iterdir()) == before
        made = backup.keep_daily_copy(db)
        assert made == today.path
        assert backup.keep_daily_copy(db) is None
    finally:
        db.close()
    names = sorted(copy.path.name for copy in backup.copies_of(folder))
    assert names == [
        "before-0004-from-0003.sqlite", "daily-2026-01-02.sqlite", "daily-2026-01-03.sqlite", today.path.name,
    ]  # fmt: skip
    assert {copy.why for copy in backup.copies_of(folder)} == {"daily", "upgrade"}
