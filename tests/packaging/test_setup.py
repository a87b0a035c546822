"""The set-up script: what it asks for, what it says when it cannot, and that its list is enough."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SETUP = ROOT / "packaging" / "setup.sh"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="apt is Debian's")


def script(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of stand-ins for PATH: dpkg-query lists installed.txt, apt-get notes what it was asked."""
    folder = tmp_path / "bin"
    folder.mkdir()
    listed = ROOT / "packaging" / "system-packages.txt"
    names = [line.split()[1] for line in listed.read_text().splitlines() if not line.startswith("#")]
    (tmp_path / "installed.txt").write_text("".join(f"installed {name}, \n" for name in names))
    script(folder, "dpkg-query", f"cat {tmp_path}/installed.txt")
    script(folder, "apt-get", f'echo "$@" >> {tmp_path}/asked.txt; exit ${{APT_EXIT:-0}}')
    script(folder, "id", "echo ${UID_TO_SAY:-0}")
    return tmp_path


def run(machine: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{machine / 'bin'}:/usr/bin:/bin", "PYTHON": sys.executable, **variables}
    return subprocess.run(
        [SETUP, *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )


def forget(machine: Path, *names: str) -> None:
    file = machine / "installed.txt"
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(line for line in lines if line.split()[1].rstrip(",") not in names))


def test_nothing_is_done_when_nothing_is_missing(machine: Path) -> None:
    done = run(machine, "test")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (machine / "asked.txt").exists()


def test_only_what_is_missing_is_installed_and_run_does_not_want_the_tests_programs(machine: Path) -> None:
    forget(machine, "libegl1", "xdotool")
    assert run(machine, "run").returncode == 0
    asked = (machine / "asked.txt").read_text().splitlines()
    assert asked[0].endswith("update")
    assert asked[1].endswith("install -y --no-install-recommends libegl1")
    assert run(machine, "test").returncode == 0
    assert (machine / "asked.txt").read_text().splitlines()[-1].endswith("libegl1 xdotool")


def test_a_renamed_package_counts_by_what_it_provides(machine: Path) -> None:
    forget(machine, "libglib2.0-0")
    with (machine / "installed.txt").open("a") as file:
        file.write("installed libglib2.0-0t64, libglib2.0-0 (= 2.80)\n")
    assert run(machine, "run").returncode == 0
    assert not (machine / "asked.txt").exists()


def test_a_package_that_was_removed_is_missing(machine: Path) -> None:
    forget(machine, "libgl1")
    with (machine / "installed.txt").open("a") as file:
        file.write("config-files libgl1, \n")
    assert run(machine, "run").returncode == 0
    assert "libgl1" in (machine / "asked.txt").read_text()


def test_an_interpreter_without_venv_gets_its_package(machine: Path) -> None:
    script(machine, "python", 'case "$2" in *print*) echo python3.11-venv;; *) exit 1;; esac')
    assert run(machine, "run", PYTHON=str(machine / "python")).returncode == 0
    assert "python3.11-venv" in (machine / "asked.txt").read_text()


def test_what_qt_cannot_do_without_is_named_and_stops(machine: Path) -> None:
    forget(machine, "libgl1")
    done = run(machine, "run", APT_EXIT="100")
    assert done.returncode == 1
    assert "apt-get install -y --no-install-recommends libgl1" in done.stderr


def test_without_root_and_sudo_nothing_is_tried(machine: Path) -> None:
    forget(machine, "libgl1")
    folder = machine / "bin"  # the shell's own tools, and no sudo
    for tool in ("sh", "sed", "sort", "tr", "grep", "dirname", "uname", "cat"):
        (folder / tool).symlink_to(str(shutil.which(tool)))
    done = run(machine, "run", UID_TO_SAY="1000", PATH=str(folder))
    assert done.returncode == 1
    assert "apt-get install -y --no-install-recommends libgl1" in done.stderr
    assert not (machine / "asked.txt").exists()


def test_what_only_clicks_need_is_named_and_does_not_stop(machine: Path) -> None:
    forget(machine, "xvfb", "libxcb-icccm4")
    done = run(machine, "test", APT_EXIT="100")
    assert done.returncode == 0
    assert "libxcb-icccm4 xvfb" in done.stderr


def test_a_wrong_argument_is_refused(machine: Path) -> None:
    assert run(machine, "everything").returncode == 2


@pytest.mark.xvfb
def test_the_listed_packages_are_enough_for_a_window() -> None:
    program = (
        "from PySide6.QtWidgets import QApplication, QLabel\n"
        "app = QApplication([]); label = QLabel('x'); label.show()\n"
        "print(app.platformName(), label.isVisible())\n"
    )
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "800x600x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            display = f":{answer.readline().strip()}"
        environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        shown = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60
        )
    finally:
        server.terminate()
        server.wait(10)
    assert shown.stdout.split() == ["xcb", "True"], shown.stderr
