"""The list of workspaces that were opened last."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk import paths, recent


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config" / "crowddesk"
    monkeypatch.setattr(paths, "user_config_dir", lambda: folder)
    return folder


def test_there_are_none_at_first(config: Path) -> None:
    assert recent.folders() == []
    assert not config.exists()


def test_the_last_one_is_first_and_twelve_are_kept(tmp_path: Path) -> None:
    for number in range(15):
        recent.remember(tmp_path / f"w{number}")
    recent.remember(tmp_path / "w9")
    found = recent.folders()
    assert [entry.folder.name for entry in found] == [
        "w9", "w14", "w13", "w12", "w11", "w10", "w8", "w7", "w6", "w5", "w4", "w3",
    ]  # fmt: skip
    assert all(datetime.now(UTC) - entry.opened_at < timedelta(minutes=1) for entry in found)


def test_one_is_forgotten_and_a_folder_has_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    recent.remember(Path("a"))
    recent.remember(tmp_path / "b" / ".." / "a")
    recent.remember(tmp_path / "b")
    assert [entry.folder for entry in recent.folders()] == [tmp_path / "b", tmp_path / "a"]
    recent.forget(tmp_path / "b")
    recent.forget(tmp_path / "never")
    assert [entry.folder for entry in recent.folders()] == [tmp_path / "a"]


def test_a_disk_that_takes_nothing_is_no_fault(config: Path, tmp_path: Path) -> None:
    config.parent.mkdir()
    config.write_text("a file where the folder would be")
    recent.remember(tmp_path / "a")
    recent.forget(tmp_path / "a")
    assert recent.folders() == []


@pytest.mark.parametrize(
    "text",
    ["", "{}", "null", "[1, null, {}, []]", '[{"folder": 1, "opened_at": 2}]', "[" * 100_000,
     '[{"folder": "relative", "opened_at": "2026-01-01T00:00:00+00:00"}]',
     '[{"folder": "/a", "opened_at": "yesterday"}]', '[{"folder": "/a", "opened_at": "2026-01-01"}]',
     '[{"folder": "/a\\u0000", "opened_at": "2026-01-01T00:00:00+00:00"}]',
     '[{"folder": "/a", "opened_at": "0001-01-01T00:00:00+14:00"}]'],
)  # fmt: skip
def test_a_damaged_file_is_an_empty_list(config: Path, text: str, tmp_path: Path) -> None:
    config.mkdir(parents=True)
    (config / "recent.json").write_text(text)
    assert recent.folders() == []
    recent.remember(tmp_path)
    assert [entry.folder for entry in recent.folders()] == [tmp_path]


@given(st.binary(max_size=300) | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(
    lambda value: json.dumps(value).encode()
))  # fmt: skip
def test_whatever_lies_there_is_read(data: bytes) -> None:
    path = paths.user_config_dir() / "recent.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    assert isinstance(recent.folders(), list)


def test_sound_entries_beside_damaged_ones_are_kept(config: Path) -> None:
    config.mkdir(parents=True)
    entry = {"folder": str(Path("/somewhere").absolute()), "opened_at": "2026-01-01T00:00:00+01:00"}
    (config / "recent.json").write_text(
        json.dumps([17, entry, {**entry, "opened_at": "2025-01-01T00:00:00Z"}])
    )
    (found,) = recent.folders()
    assert found.opened_at == datetime(2025, 12, 31, 23, tzinfo=UTC)


def test_many_processes_write_at_once_and_the_file_stays_whole(config: Path, tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\nfrom crowddesk import paths, recent\n"
        "paths.user_config_dir = lambda: pathlib.Path(sys.argv[1])\n"
        "for n in range(30): recent.remember(pathlib.Path(sys.argv[2]) / f'w{n}')\n"
    )
    command = [sys.executable, "-c", program, str(config)]
    others = [subprocess.Popen([*command, str(tmp_path / name)]) for name in "ab"]
    assert [other.wait(60) for other in others] == [0, 0]
    assert len(recent.folders()) == 12
    assert [path.name for path in config.iterdir()] == ["recent.json"]
