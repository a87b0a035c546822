"""Plug-ins on the command line: listed with what is wrong, and used like any other vendor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Desk
from tests.wheels import outside_files, outside_wheel, wheel_files, write_wheel


@pytest.fixture
def desk(tmp_path: Path, workspace_path: Path) -> Desk:
    return Desk(tmp_path, workspace_path)


def run(desk: Desk, folder: Path, *args: str, code: int = 0) -> tuple[str, str]:
    process = desk.start(*args, env={"CROWDDESK_PLUGINS": str(folder)})
    out, err = process.communicate(timeout=60)
    assert process.returncode == code, out + err
    return out, err


def test_without_plug_ins_it_is_said_where_they_go(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "plug-ins"
    out, err = run(desk, folder, "plugins")
    assert out == ""
    assert err == f"There are none. Put a wheel of one into {folder}\n"
    assert run(desk, folder, "plugins", "--json")[0] == "[]\n"
    assert not folder.exists()
    assert not desk.workspace.exists()


def test_they_are_listed_with_their_version_and_what_is_wrong(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "plug-ins"
    outside_wheel(folder, "outside.whl")
    out, err = run(desk, folder, "plugins")
    assert out.splitlines()[1].split() == ["outside.whl", "provider", "outside", "1.0", "usable"]
    assert err == f"1 plug-in in {folder}\n"
    (folder / "bad.whl").write_bytes(b"x")
    out, err = run(desk, folder, "plugins", code=1)
    assert "cannot be used: It is damaged" in out.splitlines()[1]
    assert err == f"2 plug-ins in {folder}\n"
    bad, good = json.loads(run(desk, folder, "plugins", "--json", code=1)[0])
    assert (bad["file"], bad["usable"], bad["name"], bad["version"]) == ("bad.whl", False, None, None)
    assert bad["fault"].startswith("It is damaged")
    assert "BadZipFile" in bad["details"]
    assert (good["name"], good["package"], good["version"]) == ("outside", "outside-provider", "1.0")
    assert good["path"] == str(folder / "outside.whl")
    assert (good["usable"], good["fault"]) == (True, None)


def test_what_a_plug_in_prints_is_not_taken_for_the_list(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "plug-ins"
    name = "outside_provider/__init__.py"
    files = {**outside_files(), name: "print('hello')\n" + outside_files()[name]}
    point = {"outside": "outside_provider:OutsideProvider"}
    write_wheel(folder / "a.whl", wheel_files(files, providers=point))
    out, err = run(desk, folder, "plugins", "--json")
    assert [plugin["usable"] for plugin in json.loads(out)] == [True]
    assert err.startswith("hello\n")


def test_an_account_outlives_its_plug_in(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "plug-ins"
    wheel = outside_wheel(folder)
    add = ("requester", "add", "desk", "--provider", "outside", "purse=20.00")
    process = desk.start(*add, env={"CROWDDESK_PLUGINS": str(folder), "CROWDDESK_TOKEN": "open sesame"})
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, out + err
    wheel.unlink()
    out, _ = run(desk, folder, "requester", "list", "--json")
    assert [row["provider_type"] for row in json.loads(out)] == ["mock", "outside"]
    _, err = run(desk, folder, "sync", code=1)
    assert "desk: There is no provider 'outside'." in err
    assert "Traceback" not in err
    run(desk, folder, "runs")
    run(desk, folder, "doctor")
    wheel.write_bytes(b"x")
    _, err = run(desk, folder, "sync", code=1)
    assert f"{wheel.name} cannot be used: It is damaged" in err
