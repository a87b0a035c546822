"""Whole workspaces from the command line: backup, restore, recent ones, and the way back from damage."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crowddesk import paths, recent
from tests import kept
from tests.cli.conftest import Desk


@pytest.fixture(autouse=True)
def _own_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "user_config_dir", lambda: tmp_path / "config")


@pytest.fixture
def worked(desk: Desk) -> Desk:
    kept.unpack(kept.NAMES[-1], desk.workspace)
    return desk


def test_a_backup_is_made_and_restored(worked: Desk, tmp_path: Path) -> None:
    file, place = tmp_path / "all.crowddesk-backup", tmp_path / "restored"
    assert "2 runs, 48 units" in worked.run("backup", file).stderr
    told = worked.run("restore", file, place).stderr
    assert "crowddesk restored --read" in told
    before = worked.run("units", "--json").stdout
    assert worked.run("units", "--json", "--workspace", place).stdout == before
    (listed,) = json.loads(worked.run("workspaces", "--json").stdout)
    assert (listed["folder"], listed["exists"]) == (str(place), True)
    assert worked.run("restore", file, place, code=2).stderr == (
        f"{place} is not empty. Choose a new folder: nothing is overwritten.\n"
    )
    assert "actions of then were held" in worked.run("restored", "--workspace", place).stderr
    assert "Runs carry on" in worked.run("restored", "--read", "--workspace", place).stderr
    assert "until you have said" not in worked.run("restored", "--workspace", place).stderr
    assert "never restored" in worked.run("restored").stderr


def test_what_is_no_backup_is_said(worked: Desk, tmp_path: Path) -> None:
    wrong = tmp_path / "x.crowddesk-backup"
    wrong.write_bytes(b"no archive")
    assert "is damaged or was changed" in worked.run("restore", wrong, tmp_path / "y", code=2).stderr
    assert "a backup's name ends in" in worked.run("backup", tmp_path / "x.zip", code=2).stderr
    assert not (tmp_path / "y").exists()


def test_recent_workspaces_are_listed(desk: Desk, tmp_path: Path) -> None:
    assert desk.run("workspaces").stderr == "There are none yet.\n"
    recent.remember(tmp_path / "nowhere")
    recent.remember(tmp_path)
    lines = desk.run("workspaces").stdout.splitlines()
    assert [line.split()[2:] for line in lines[1:]] == [[str(tmp_path)], [str(tmp_path / "nowhere"), "gone"]]


def test_a_damaged_one_is_told_of_and_a_copy_put_back(worked: Desk) -> None:
    assert worked.run("repair").stderr == "The database is sound.\n"
    file = worked.workspace / "crowddesk.sqlite"
    (worked.workspace / "backups").mkdir(exist_ok=True)
    shutil.copyfile(file, worked.workspace / "backups" / "daily-2026-01-01.sqlite")
    with file.open("r+b") as database:
        database.write(b"\x00" * 5_000)
    assert "crowddesk repair" in worked.run("runs", code=1).stderr
    looked = worked.run("repair", code=1)
    assert "daily-2026-01-01.sqlite" in looked.stdout
    assert "cannot be read" in looked.stderr
    assert "say --yes" in worked.run("repair", "--from", "daily-2026-01-01.sqlite", code=2).stderr
    done = worked.run("repair", "--from", "daily-2026-01-01.sqlite", "--yes").stderr
    assert "set-aside-" in done
    assert worked.run("doctor").stderr == "All is well.\n"
    assert len(json.loads(worked.run("units", "--json").stdout)) == 48


def test_what_can_still_be_read_is_put_back(worked: Desk) -> None:
    file = worked.workspace / "crowddesk.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'note'").fetchone()
    with file.open("r+b") as database:
        database.seek((page - 1) * 4096)
        database.write(b"\xff" * 4096)
    assert "cannot be read" in worked.run("repair", code=1).stderr
    told = worked.run("repair", "--readable", "--yes").stderr
    assert "rows can be read" in told
    assert worked.run("repair").stderr.startswith("The database is sound")
    assert worked.run("doctor").stderr == "All is well.\n"


def test_wrong_words_are_said(worked: Desk, tmp_path: Path) -> None:
    assert "Say either" in worked.run("repair", "--from", "x", "--readable", code=2).stderr
    assert "no sound copy" in worked.run("repair", "--from", "x", "--yes", code=2).stderr
    assert "There is no workspace" in worked.run("repair", "--workspace", tmp_path / "none", code=2).stderr
