"""The Debian package and the archive on a stranger's computer: no Python, no network, a person's rights.

Builds them first where dist/ is older than the source; CROWDDESK_DIST names a folder of others to try as they
are. Pictures of the windows stay in the test's folder.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scripts import load

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
clean_root = load("linux.clean_root")

_WHY = clean_root.cannot_make_root() or (
    "" if shutil.which("Xvfb") and shutil.which("xdotool") else "Xvfb or xdotool is not installed"
)
pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(3_600),
    pytest.mark.skipif(bool(_WHY), reason=_WHY or "never"),
]


#: A vendor's module that needs what ours do not, starts a program of the system's and computes elsewhere.
PROBE = """
import concurrent.futures, ctypes, curses, json, lzma, mailbox, multiprocessing, os, plistlib, subprocess
import sqlite3, wsgiref.simple_server, xml.dom.minidom, xmlrpc.client, zoneinfo

found = {"child": subprocess.run(["env"], capture_output=True, text=True, check=True).stdout}
spawn = multiprocessing.get_context("spawn")
with concurrent.futures.ProcessPoolExecutor(1, mp_context=spawn) as pool:
    found["spawned"] = pool.submit(pow, 2, 10).result()
with open(os.path.expanduser("~/probe.json"), "w") as file:
    json.dump(found, file)
"""


def wait_until(what: Callable[[], bool], sentence: str, seconds: float = 120) -> None:
    """Looks every quarter of a second."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, f"no {sentence} within {seconds:g} s"
        time.sleep(0.25)


def is_newer(artefact: Path) -> bool:
    """Than everything it is made of."""
    made = artefact.stat().st_mtime
    sources = [
        path
        for folder in ("crowddesk", "resources", "packaging")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    return all(path.stat().st_mtime <= made for path in sources)


@pytest.fixture(scope="module")
def dist() -> Path:
    """A folder with the package and the archive, built anew where they are older than the source."""
    if named := os.environ.get("CROWDDESK_DIST"):
        return Path(named)
    folder = ROOT / "dist"
    found = [*folder.glob("*.deb"), *folder.glob("*-linux-*.tar.xz")]
    if len(found) < 2 or not all(map(is_newer, found)):
        subprocess.run(["make", "package"], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="module")
def package(dist: Path) -> Path:
    (found,) = dist.glob("crowddesk_*.deb")
    return found


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An X server's name, seen from inside a root through its socket alone."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-ac"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        yield f":{told.readline().strip()}"
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="module")
def root(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A clean Debian with the package in it; `before` are the files it had without."""
    place = clean_root.CleanRoot(tmp_path_factory.mktemp("clean") / "root")
    assert not [path for path in place.files() if "/bin/python" in path], "the clean root has a Python"
    place.before = place.files()
    place.install(package)
    yield place
    place.remove()


def windows(screen: str, title: str) -> list[str]:
    """The windows on a screen whose title has these words."""
    done = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", title],
        env=os.environ | {"DISPLAY": screen}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout.split()


def test_nothing_is_there_that_would_help(root: Any) -> None:
    """No Python, no network, no rights: what works here works for everybody."""
    for absent in ("python3", "python"):
        with pytest.raises(Exception, match="ended with 1"):
            root.run(["sh", "-c", f"command -v {absent} || exit 1"])
    assert root.run(["cat", "/proc/net/dev"], person=True).count(":") == 1  # lo alone
    assert root.run(["id", "-u"], person=True).strip() == "1000"


def test_the_self_test_passes_where_it_is_installed(root: Any) -> None:
    said = root.run(["crowddesk", "--self-test"], person=True)
    assert "FAILED" not in said
    assert "all is well" in said
    assert root.run(["crowddesk", "--version"], person=True).startswith("crowddesk 0.")


def test_the_demo_plays_without_a_screen_and_leaves_its_pictures(root: Any) -> None:
    script = "cd ~ && crowddesk demo --headless"
    said = root.run(["sh", "-c", script], person=True)
    pictures = sorted((root.home / "screenshots").glob("*.png"))
    assert len(pictures) >= 5, said
    assert all(picture.stat().st_size > 10_000 for picture in pictures)
    shutil.rmtree(root.home / "screenshots")


def test_the_demo_plays_in_a_window_on_a_screen(root: Any, screen: str, tmp_path: Path) -> None:
    """With the X server's own protocol, as from the menu. An empty window is a small picture."""
    env = {"DISPLAY": screen}
    picture = tmp_path / "demo.png"

    def shows_a_page() -> bool:
        subprocess.run(["import", "-window", "root", picture], env=os.environ | env, check=True, timeout=30)
        return picture.stat().st_size > 60_000

    program = subprocess.Popen(
        root.words(["sh", "-c", "cd ~ && exec crowddesk demo"], person=True),
        env=root.environment(person=True, env=env),
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        wait_until(lambda: bool(windows(screen, "CrowdDesk")), "window")
        wait_until(shows_a_page, "page of the demo")
        assert program.poll() is None
    finally:
        program.kill()
        _, errors = program.communicate(timeout=20)
    assert "Traceback" not in errors, errors
    assert "could not" not in errors.lower(), errors


def test_every_command_of_the_command_line_prints_its_help(root: Any) -> None:
    said = root.run(["crowddesk", "--help"], person=True)
    commands = re.findall(r"^  ([a-z][a-z-]*)\b", said.partition("Commands:")[2], re.MULTILINE)
    assert len(commands) > 20, said
    script = " && ".join(f"crowddesk {command} --help >/dev/null" for command in commands)
    root.run(["sh", "-ec", script], person=True)


def test_a_plug_in_has_the_whole_standard_library_and_the_system_s_own_programs(root: Any) -> None:
    """Its children get none of the variables that lead ours to their libraries."""
    plugins = root.home / ".local/share/crowddesk/plugins"
    information = plugins / "probe-1.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: probe\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[crowddesk.providers]\nprobe = probe:Provider\n")
    (plugins / "probe.py").write_text(PROBE)
    with pytest.raises(Exception, match="clean root"):  # it is no vendor in the end
        root.run(["crowddesk", "requester", "add", "mine", "--provider", "probe"], person=True)
    told = json.loads((root.home / "probe.json").read_text())
    assert told["spawned"] == 1024
    names = {line.partition("=")[0] for line in told["child"].splitlines()}
    assert names & {"LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH"} == set()
    shutil.rmtree(root.home / ".local")
    (root.home / "probe.json").unlink()


def test_the_archive_runs_from_any_folder(root: Any, dist: Path) -> None:
    (archive,) = dist.glob("*-linux-*.tar.xz")
    folder = root.home / "Eigene Dateien, ünpacked"
    folder.mkdir()
    with tarfile.open(archive) as packed:
        # Debian 12's Python knows no such filter yet.
        packed.extraction_filter = getattr(tarfile, "data_filter", None)
        packed.extractall(folder)
    (program,) = folder.iterdir()
    inside = "/" + str((program / "crowddesk").relative_to(root.place))
    said = root.run([inside, "--self-test"], person=True)
    assert "FAILED" not in said
    shutil.rmtree(folder)


def test_removed_it_leaves_nothing_but_the_person_s_own(root: Any) -> None:
    """The last one: it takes the package away."""
    root.run(["crowddesk", "runs"], person=True)
    assert (root.home / ".local/share/crowddesk/workspace").is_dir()
    root.purge()
    left = root.files() - root.before
    assert sorted(path for path in left if not path.startswith("/home/person/")) == []
    own = tuple(
        f"/home/person/{folder}/"
        for folder in (".local/share/crowddesk", ".config/crowddesk", ".cache/crowddesk", ".cache/fontconfig")
    )
    assert [path for path in sorted(left) if not path.startswith(own)] == []
    assert any(path.endswith((".sqlite", ".db")) for path in left)
    assert not (root.place / "usr/lib/crowddesk").exists()
