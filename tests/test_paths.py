"""The program finds its own files from anywhere, and the user's folders where the platform keeps them."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from crowddesk import paths

ROOT = Path(__file__).parent.parent


def test_a_checkout_reads_its_own_resources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.resources_dir() == ROOT / "resources"
    assert paths.migrations_dir() == ROOT / "crowddesk" / "store" / "migrations"


def test_the_wheel_carries_resources_and_migrations_and_finds_them_from_any_folder(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=ROOT, check=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    ask = "from crowddesk import paths; print(paths.resources_dir()); print(paths.migrations_dir())"
    answer = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
    )
    assert answer.stderr == ""
    resources, migrations = map(Path, answer.stdout.split())
    assert resources == installed / "crowddesk" / "_resources"
    assert _files(resources) == _files(ROOT / "resources")
    assert migrations == installed / "crowddesk" / "store" / "migrations"
    assert _files(migrations) == _files(ROOT / "crowddesk" / "store" / "migrations")


def test_a_frozen_program_looks_beside_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "crowddesk" / "_resources").mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources_dir() == tmp_path / "crowddesk" / "_resources"


def test_missing_resources_are_named_with_the_places_searched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    with pytest.raises(FileNotFoundError) as error:
        paths.resources_dir()
    assert str(tmp_path / "crowddesk" / "_resources") in str(error.value)
    assert "install CrowdDesk again" in str(error.value)


def test_the_workspace_is_the_named_one_else_in_the_users_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CROWDDESK_WORKSPACE", raising=False)
    assert paths.default_workspace().name == "workspace"
    assert paths.default_workspace().is_absolute()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CROWDDESK_WORKSPACE", "here")
    assert paths.default_workspace() == tmp_path / "here"
    monkeypatch.setenv("CROWDDESK_WORKSPACE", "")
    assert paths.default_workspace().name == "workspace"


def test_plug_ins_lie_where_they_are_named_else_in_the_users_data_and_nothing_is_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CROWDDESK_PLUGINS", raising=False)
    assert paths.plugins_dir().name == "plugins"
    assert paths.plugins_dir().parent == paths.default_workspace().parent

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CROWDDESK_PLUGINS", "mine")
    assert paths.plugins_dir() == tmp_path / "mine"
    monkeypatch.setenv("CROWDDESK_PLUGINS", "")
    assert paths.plugins_dir().name == "plugins"
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["a.csv", "Pilot\u202f2.csv", "問.json"])
def test_a_name_that_every_system_takes(name: str) -> None:
    assert paths.is_portable(name)


@pytest.mark.parametrize("name", ["", "..", "what?.csv", "NUL.txt", "end.", "a\tb", "caf\udce9.csv"])
def test_a_name_that_some_system_does_not_take(name: str) -> None:
    assert not paths.is_portable(name)


@pytest.mark.skipif(sys.platform != "linux", reason="XDG folders are Linux's")
def test_the_users_folders_follow_xdg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("CROWDDESK_WORKSPACE", raising=False)
    assert paths.user_config_dir() == tmp_path / "config" / "crowddesk"
    assert paths.default_workspace() == tmp_path / "data" / "crowddesk" / "workspace"
    assert not any(tmp_path.iterdir())


def _files(folder: Path) -> set[str]:
    return {
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    }
