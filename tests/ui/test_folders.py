"""What lies at a folder that somebody names, and what a file is, whatever it is called."""

from __future__ import annotations

import os
import re
import shutil

import pytest

from crowddesk.domain import BadInput, CrowdDeskError, DamagedWorkspace
from crowddesk.operations.backup import make_backup
from crowddesk.operations.bundle import make_bundle
from crowddesk.operations.workspace import open_workspace
from crowddesk.store import database
from crowddesk.ui.folders import (
    BACKUP,
    BUNDLE,
    EMPTY,
    NEW,
    OTHER,
    WORKSPACE,
    free_folder,
    is_workspace,
    look_at_folder,
    what_is,
)


def test_a_folder_that_is_not_there_is_new_and_is_not_made(tmp_path):
    found = look_at_folder(tmp_path / "a" / "b")
    assert (found.kind, found.fault) == (NEW, "")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_empty_also_with_what_a_system_puts_there(tmp_path):
    assert look_at_folder(tmp_path).kind == EMPTY
    (tmp_path / ".DS_Store").touch()
    assert look_at_folder(tmp_path).kind == EMPTY


def test_a_workspace_is_one(tmp_path):
    open_workspace(tmp_path / "w").close()
    assert look_at_folder(tmp_path / "w").kind == WORKSPACE
    assert is_workspace(tmp_path / "w")
    assert not is_workspace(tmp_path)


@pytest.mark.parametrize("used", ["runs", "backups"])
def test_one_whose_database_is_lost_is_still_one(tmp_path, used):
    open_workspace(tmp_path / "w").close()
    (tmp_path / "w" / used).mkdir()
    for path in (tmp_path / "w").glob("crowddesk.sqlite*"):
        path.unlink()
    assert look_at_folder(tmp_path / "w").kind == WORKSPACE
    with pytest.raises(DamagedWorkspace):
        open_workspace(tmp_path / "w")
    (tmp_path / "w" / "locks" / "door.lock").unlink()
    (tmp_path / "w" / "locks" / "requester-1.lock").unlink(missing_ok=True)
    (tmp_path / "w" / "locks").rmdir()
    assert not is_workspace(tmp_path / "w")  # anybody may have a folder that is called so


def test_a_folder_with_other_files_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "thesis.odt").touch()
    found = look_at_folder(tmp_path)
    assert found.kind == OTHER
    assert found.fault == (
        f"There are other files in {tmp_path}. Choose an empty folder, or name a new one in it."
    )


def test_what_no_folder_can_be_is_refused_in_a_sentence(tmp_path):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for named in (loop, tmp_path / "nul\0byte", tmp_path / ("n" * 300)):
        found = look_at_folder(named)
        assert found.kind == OTHER
        assert "cannot be used: " in found.fault


def test_a_file_is_no_folder_nor_is_what_would_lie_in_one(tmp_path):
    (tmp_path / "file").touch()
    for named in (tmp_path / "file", tmp_path / "file" / "in" / "it"):
        assert look_at_folder(named).fault == f"{tmp_path / 'file'} is a file. Choose a folder."


def test_a_folder_that_takes_nothing_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    found = look_at_folder(tmp_path / "new")
    assert found.fault == f"Nothing can be written in {tmp_path}. Choose another folder."


def test_a_network_drive_is_said(tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/x {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(database, "Path", lambda *parts: mounts if parts == ("/proc/self/mounts",) else None)
    found = look_at_folder(tmp_path / "new")
    assert "lies on a network drive (nfs4)" in found.fault


def test_a_name_that_no_disk_takes_is_said(tmp_path):
    found = look_at_folder(tmp_path / ("x" * 5000))
    assert found.kind == OTHER
    assert "cannot be used: File name too long." in found.fault


def test_the_first_free_name_is_suggested(tmp_path):
    assert free_folder(tmp_path / "w") == tmp_path / "w"
    (tmp_path / "w").mkdir()
    (tmp_path / "w 2").touch()
    assert free_folder(tmp_path / "w") == tmp_path / "w 3"


@pytest.fixture
def things(finished_workspace, tmp_path):
    """A workspace, a packed run and a backup of it."""
    folder = shutil.copytree(finished_workspace, tmp_path / "w")
    db = open_workspace(folder)
    try:
        make_bundle(db, 1, tmp_path / "run.crowddesk")
        make_backup(db, tmp_path / "w.crowddesk-backup")
    finally:
        db.close()
    return tmp_path


def test_things_are_known_by_what_is_in_them(things):
    assert what_is(things / "w") == WORKSPACE
    assert what_is(things / "run.crowddesk") == BUNDLE
    assert what_is(things / "w.crowddesk-backup") == BACKUP
    (things / "run.crowddesk").rename(things / "run.crowddesk.zip")
    (things / "w.crowddesk-backup").rename(things / "a.crowddesk")
    assert what_is(things / "run.crowddesk.zip") == BUNDLE
    assert what_is(things / "a.crowddesk") == BACKUP


def test_what_is_none_of_them_is_refused_as_its_name_lets_expect(things):
    (things / "rows.csv").write_text("a,b\n")
    with pytest.raises(BadInput, match=r"rows\.csv is no packed run, no backup and no workspace"):
        what_is(things / "rows.csv")
    with pytest.raises(BadInput, match="There is no workspace in"):
        what_is(things)
    for name in ("run.crowddesk", "w.crowddesk-backup"):
        (things / name).write_bytes((things / name).read_bytes()[:-100])
        with pytest.raises(CrowdDeskError, match=f"{re.escape(name)} is damaged"):
            what_is(things / name)
    with pytest.raises(CrowdDeskError, match=r"gone\.crowddesk-backup"):
        what_is(things / "gone.crowddesk-backup")
