"""The setup for Windows as a person meets it, under Wine: install, use, upgrade, uninstall.

The build's own code builds it, packed quickly. What Wine cannot show: packaging/windows/README.md.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

import crowddesk
from tests.scripts import load

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"

pytestmark = [pytest.mark.long, pytest.mark.timeout(1_800)]

system, installers, wine_module = map(load, ("system", "windows.installers", "windows.wine"))
load("windows.program")


def lacking() -> list[str]:
    if sys.platform != "linux":
        return ["Wine is for Linux."]
    return [*installers.lacks(), *wine_module.lacks()]


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A fresh Windows."""
    if missing := lacking():
        pytest.skip(" ".join(missing))
    wine = wine_module.Wine(tmp_path_factory.mktemp("windows") / "wine")
    wine.make()
    yield wine
    wine.end()


@pytest.fixture(scope="module")
def setup(machine: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The setup of this checkout, compressed less than the one that is given away."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(PACKAGING))
        patch.setenv("PIP_DISABLE_PIP_VERSION_CHECK", "1")
        work, dist = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("dist")
        epoch = load("build").last_change()
        patch.setenv("SOURCE_DATE_EPOCH", str(epoch))
        words = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
        system.run([*words, "--wheel-dir", work / "wheel", ROOT])
        (wheel,) = (work / "wheel").glob("*.whl")
        build = system.Build(crowddesk.__version__, "windows", ROOT, work, dist, wheel, epoch)
        (work / "wine").symlink_to(machine.prefix, target_is_directory=True)
        (made,) = installers.make_installers(build, installers.make_program(build), quickly=True)
        assert isinstance(made, Path)
        return made


@pytest.fixture
def installed(machine: Any, setup: Path) -> Path:
    """The folder it lies in, installed anew or over itself, without a question."""
    machine.run([setup, "/S"])
    place = installers.place_of(machine)
    assert place is not None
    folder = machine.local(place)
    assert isinstance(folder, Path)
    return folder


def files_of(machine: Any) -> set[str]:
    """Everything on the disk of that Windows but what belongs to Wine itself and to a moment."""
    drive = machine.prefix / "drive_c"
    found = (path.relative_to(drive).as_posix() for path in drive.rglob("*"))
    return {name for name in found if not re.match(r"windows/|users/\w+/(AppData/Local/)?Temp/", name)}


def registry_of(machine: Any) -> set[str]:
    """The person's own part of the registry, a key or a value a line."""
    machine.wait()
    said = machine.run(["reg", "query", "HKEY_CURRENT_USER", "/s"])
    found: set[str] = set()
    key = ""
    for line in said.splitlines():
        key = line.strip() if line.startswith("HKEY") else key
        found.add(f"{key} | {line.strip()}")
    # Wine writes down what its own parts were started with.
    return {line for line in found if r"\Software\Wine" not in line and "Volatile Environment" not in line}


def test_installed_it_tests_itself_and_is_known_to_windows(machine: Any, installed: Path) -> None:
    assert installed.parts[-4:] == ("AppData", "Local", "Programs", "CrowdDesk")
    code, said = machine.end_of([installed / "crowddesk-cli.exe", "--self-test"])
    assert code == 0, said
    assert machine.run([installed / "crowddesk-cli.exe", "--version"]).split() == [
        "crowddesk", crowddesk.__version__
    ]  # fmt: skip
    entry = machine.run(["reg", "query", installers._KEY])
    assert re.search(rf"DisplayVersion\s+REG_SZ\s+{re.escape(crowddesk.__version__)}\s", entry)
    assert re.search(r'QuietUninstallString\s+REG_SZ\s+"C:.+\\uninstall\.exe" /S', entry)
    kilobytes = sum(path.stat().st_size for path in installed.rglob("*") if path.is_file()) / 1024
    told = re.search(r"EstimatedSize\s+REG_DWORD\s+0x(\w+)", entry)
    assert told
    assert int(told[1], 16) == pytest.approx(kilobytes, rel=0.02)
    links = list((machine.prefix / "drive_c" / "users").rglob("Start Menu/Programs/*.lnk"))
    assert [link.name for link in links] == ["CrowdDesk.lnk"]
    for ending in (".crowddesk", ".crowddesk-backup"):
        kind = machine.run(["reg", "query", rf"HKCU\Software\Classes\{ending}", "/ve"]).split()[-1]
        opens = machine.run(["reg", "query", rf"HKCU\Software\Classes\{kind}\shell\open\command", "/ve"])
        assert opens.strip().endswith('CrowdDesk\\CrowdDesk.exe" "%1"')


def test_the_window_is_drawn(machine: Any, installed: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    # The launcher without a console: what it prints goes where somebody asks for it.
    code, said = machine.end_of([installed / "CrowdDesk.exe", "demo", "--headless"])
    assert code == 0, said
    assert "Traceback" not in said
    pictures = sorted((tmp_path / "screenshots").glob("*.png"))
    assert len(pictures) >= 8
    for path in pictures:
        picture = QImage(str(path))
        assert picture.width() >= 1_000
        wide, high = range(0, picture.width(), 3), range(0, picture.height(), 3)
        shades = {picture.pixel(x, y) for x in wide for y in high}
        assert len(shades) > 20, path.name


def test_an_upgrade_replaces_the_program_whole_and_leaves_the_workspace(
    machine: Any, setup: Path, installed: Path
) -> None:
    older = installed / "program" / "lib" / "crowddesk" / "of_an_older_version.py"
    older.write_text("raise SystemExit('an older version')\n")
    workspace = machine.local(r"C:\users") / "kept" / "workspace"
    cli = installed / "crowddesk-cli.exe"
    words = ["--workspace", machine.path(workspace)]
    machine.run([cli, *words, "runs"])
    before = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
    assert before
    machine.run([setup, "/S"])
    assert not older.exists()
    assert {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in installed.iterdir()) == [
        "CrowdDesk.exe", "LICENCES.txt", "crowddesk-cli.exe", "program", "uninstall.exe"
    ]  # fmt: skip


def test_a_setup_that_was_broken_off_is_made_good(machine: Any, setup: Path, installed: Path) -> None:
    (installed / "program").rename(installed / "program.old")
    (installed / "program.new").mkdir()
    (installed / "program.new" / "half.dll").write_bytes(b"half")
    machine.run([setup, "/S"])
    assert not {"program.new", "program.old"} & {path.name for path in installed.iterdir()}
    assert not (installed / "program" / "half.dll").exists()
    (installed / "CrowdDesk.exe").unlink()
    machine.run([setup, "/S"])
    assert (installed / "CrowdDesk.exe").exists()
    assert crowddesk.__version__ in machine.run([installed / "crowddesk-cli.exe", "--version"])


def test_a_folder_of_any_name_will_do(machine: Any, setup: Path) -> None:
    """Qt takes a comma in a path for the end of it, unless it is told the folder in another way."""
    # Two words, for a setup takes no quotes there.
    machine.run([setup, "/S", "/D=C:\\Doe,", "Zoë\\CrowdDesk"])
    place = installers.place_of(machine)
    assert place == "C:\\Doe, Zoë\\CrowdDesk"
    code, said = machine.end_of([machine.local(place) / "crowddesk-cli.exe", "--self-test"])
    assert code == 0, said
    installers.uninstall(machine, place)
    assert not machine.local(place).exists()


def test_another_programs_folder_is_not_touched(machine: Any, setup: Path) -> None:
    folder = machine.prefix / "drive_c" / "somebody"
    (folder / "program").mkdir(parents=True)
    (folder / "program" / "kept.txt").write_text("kept")
    assert machine.end_of([setup, "/S", r"/D=C:\somebody"])[0] == 2
    assert [path.name for path in folder.rglob("*")] == ["program", "kept.txt"]


def test_while_it_runs_nothing_is_replaced_or_removed(
    machine: Any, setup: Path, installed: Path, tmp_path: Path
) -> None:
    ready = tmp_path / "ready.json"
    running = subprocess.Popen(
        [
            *machine.starter(), str(installed / "CrowdDesk.exe"), "sandbox", "prolific", "--port", "0",
            "--file", machine.path(tmp_path / "vendor.db"), "--ready-file", machine.path(ready),
        ],
        env=machine.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 120
        while not ready.exists() and running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        assert json.loads(ready.read_text())["pid"]
        before = sorted(installed.rglob("*"))
        assert machine.end_of([setup, "/S"])[0] == 3
        place = installers.place_of(machine)
        copy = tmp_path / "uninstall.exe"
        copy.write_bytes((installed / "uninstall.exe").read_bytes())
        assert machine.end_of([copy, "/S", f"_?={place}"])[0] == 3
        assert sorted(installed.rglob("*")) == before
    finally:
        running.kill()
        running.communicate()
        machine.end()


def test_uninstalling_leaves_nothing_but_the_workspace(machine: Any, setup: Path) -> None:
    if place := installers.place_of(machine):
        installers.uninstall(machine, place)
    files, registry = files_of(machine), registry_of(machine)
    machine.run([setup, "/S"])
    folder = machine.local(installers.place_of(machine))
    assert len(files_of(machine) - files) > 3_000
    assert len(registry_of(machine) - registry) > 15
    # As somebody uses it who says nothing of where the workspace goes.
    machine.run([folder / "crowddesk-cli.exe", "runs"])
    installers.uninstall(machine, installers.place_of(machine))
    left = files_of(machine) - files
    assert left
    own = re.compile(r"users/\w+/AppData/Local/crowddesk(/.*)?")
    assert not [name for name in left if not own.fullmatch(name)]
    assert any(name.endswith("workspace/crowddesk.sqlite") for name in left)
    assert not files - files_of(machine)
    # Wine makes the folder of a class when its kind is asked for the first time.
    assert registry_of(machine) - registry == set()
    assert registry - registry_of(machine) == set()
