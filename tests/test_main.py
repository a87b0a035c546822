"""The plain start of the window goes past the command line; everything else is the command line's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from crowddesk import paths, recent
from crowddesk.__main__ import FILE, WELCOME, WORKSPACE, Start, window_of


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and data of this test's own; nothing was ever opened."""
    for kind in ("CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    return tmp_path


def make(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "crowddesk.sqlite").touch()
    return folder


def test_the_workspace_that_is_named_is_opened(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recent.remember(make(places / "last"))
    monkeypatch.setenv("CROWDDESK_WORKSPACE", str(places / "named"))
    assert window_of([]) == Start(WORKSPACE, places / "named")
    monkeypatch.chdir(places)
    assert window_of(["--workspace", "here"]) == Start(WORKSPACE, places / "here")
    assert window_of(["--workspace", "data/../here/"]) == Start(WORKSPACE, places / "here")
    assert window_of([".."]) == Start(FILE, places.parent)


def test_else_it_is_the_one_opened_last_then_the_usual_one_then_the_welcome(places: Path) -> None:
    assert window_of([]) == Start(WELCOME, None)
    usual = make(paths.default_workspace())
    assert window_of([]) == Start(WORKSPACE, usual)
    last = make(places / "last")
    recent.remember(last)
    assert window_of([]) == Start(WORKSPACE, last)
    (last / "crowddesk.sqlite").unlink()
    assert window_of([]) == Start(WORKSPACE, usual)
    (usual / "crowddesk.sqlite").unlink()
    assert window_of([]) == Start(WELCOME, last)


def test_one_that_lost_its_database_is_opened_and_led_back(places: Path) -> None:
    """Else another one would open, or the welcome, and nobody would be shown its copies."""
    make(paths.default_workspace())
    last = make(places / "last")
    recent.remember(last)
    (last / "crowddesk.sqlite").unlink()
    for name in ("locks", "backups"):
        (last / name).mkdir()
    assert window_of([]) == Start(WORKSPACE, last)


def test_a_folder_whose_database_is_elsewhere_is_a_workspace(
    places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = paths.default_workspace()
    usual.mkdir(parents=True)
    (usual / "workspace.yaml").write_text("database_url: postgresql://db/x")
    assert window_of([]) == Start(WORKSPACE, usual)
    (usual / "workspace.yaml").unlink()
    monkeypatch.setenv("CROWDDESK_DATABASE_URL", "postgresql://db/x")
    assert window_of([]) == Start(WORKSPACE, usual)


def test_a_damaged_list_of_recent_ones_keeps_nobody_out(places: Path) -> None:
    paths.user_config_dir().mkdir(parents=True)
    (paths.user_config_dir() / "recent.json").write_text('[{"folder": 7}, ')
    assert window_of([]) == Start(WELCOME, None)


@pytest.mark.parametrize(
    "named", ["a.crowddesk", "study.crowddesk-backup", "A.CROWDDESK", "./folder", "sub/file.csv", "."]
)
def test_a_single_path_is_a_file_to_be_opened(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert window_of([named]) == Start(FILE, tmp_path / named)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["runs"],
        ["--workspace"],
        ["--workspace", "--help"],
        ["--workspace", "x", "runs"],
        ["--version"],
        ["open", "a.crowddesk"],
        ["demo"],
        ["-x/y"],
    ],
)
def test_everything_else_is_read_by_the_command_line(arguments: list[str]) -> None:
    assert window_of(arguments) is None


def test_the_command_line_answers_for_the_module() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "crowddesk", "--version"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert found.returncode == 0
    assert found.stdout.startswith("crowddesk ")
