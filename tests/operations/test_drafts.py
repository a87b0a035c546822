"""Files that are there whole or not at all, and what a killed process leaves: the next one takes it away."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crowddesk.domain import WorkspaceError
from crowddesk.operations import drafts
from crowddesk.operations.drafts import draft_folder, whole_or_nothing

ROOT = Path(__file__).parents[2]
_WRITE = """
import sys
from pathlib import Path
from crowddesk.operations.drafts import whole_or_nothing
with whole_or_nothing(Path(sys.argv[1])) as part:
    part.write_text("half")
    print("half", flush=True)
    sys.stdin.readline()
"""


def writer(path: Path) -> subprocess.Popen[str]:
    """A process that has written half a file."""
    made = subprocess.Popen(
        [sys.executable, "-c", _WRITE, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert made.stdout is not None
    assert made.stdout.readline() == "half\n"
    return made


def write(path: Path, text: str) -> None:
    with whole_or_nothing(path) as part:
        part.write_text(text, encoding="utf-8")


def fail(path: Path, error: OSError) -> None:
    with whole_or_nothing(path) as part:
        part.write_text("half", encoding="utf-8")
        raise error


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed like that there")
def test_what_a_killed_process_leaves_goes_with_the_next_file(tmp_path: Path) -> None:
    with writer(tmp_path / "a.csv") as dead:
        dead.send_signal(signal.SIGKILL)
    left = names_in(tmp_path)
    assert left
    assert all(name.startswith(".crowddesk-") for name in left)
    write(tmp_path / "b.csv", "whole")
    assert names_in(tmp_path) == {"b.csv"}


def test_what_a_living_process_writes_is_left_alone(tmp_path: Path) -> None:
    with writer(tmp_path / "a.csv") as alive:
        write(tmp_path / "b.csv", "b")
        with draft_folder(tmp_path) as mine:
            write(tmp_path / "b.csv", "newer")
            assert mine.is_dir()  # nor what another thread of this process makes
    assert alive.returncode == 0
    assert names_in(tmp_path) == {"a.csv", "b.csv"}
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "half"
    assert (tmp_path / "b.csv").read_text(encoding="utf-8") == "newer"


def test_only_what_is_ours_is_taken_away(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "kept").mkdir(parents=True)
    place = tmp_path / "place"
    place.mkdir()
    dead, link, linked = (f".crowddesk-{sign * 16}" for sign in "abc")
    (place / ".crowddesk-notes.lock").touch()
    (place / ".crowddesk-notes").mkdir()
    for name in (dead, link):
        (place / f"{name}.lock").touch()
    (place / dead).mkdir()
    (place / dead / "inside").symlink_to(outside)
    (place / link).symlink_to(outside)
    (place / f"{linked}.lock").symlink_to(outside / "kept")
    write(place / "a.csv", "a")
    assert (outside / "kept").is_dir()
    assert names_in(place) == {
        "a.csv", ".crowddesk-notes.lock", ".crowddesk-notes", link, f"{link}.lock", f"{linked}.lock",
    }  # fmt: skip


def test_a_disk_without_locks_does_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unlocked(path: Path) -> None:
        path.touch()

    monkeypatch.setattr(drafts, "lock_file", unlocked)
    with draft_folder(tmp_path) as here:
        write(tmp_path / "a.csv", "a")
        assert names_in(tmp_path) == {"a.csv", here.name}
    assert names_in(tmp_path) == {"a.csv"}


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, r"^The disk of .* is full, so a\.csv was not written\.$"),
        (errno.EIO, r"a\.csv cannot be written"),
    ],
)
def test_an_error_of_the_disk_leaves_the_old_file(tmp_path: Path, number: int, sentence: str) -> None:
    target = tmp_path / "a.csv"
    write(target, "old")
    with pytest.raises(WorkspaceError, match=sentence):
        fail(target, OSError(number, os.strerror(number)))
    assert target.read_text(encoding="utf-8") == "old"
    assert names_in(tmp_path) == {"a.csv"}


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(drafts, "lock_file", refused)
    with pytest.raises(WorkspaceError, match=r"a\.csv cannot be written: Permission denied\."):
        write(tmp_path / "a.csv", "a")


@pytest.mark.skipif(sys.platform == "win32", reason="rights are told otherwise there")
def test_nobody_else_can_look_into_a_draft(tmp_path: Path) -> None:
    with draft_folder(tmp_path) as here:
        assert here.stat().st_mode & 0o077 == 0
