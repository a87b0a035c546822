"""What the installers are made of: every module by its name, pinned packages, files that desktops read."""

from __future__ import annotations

import ast
import configparser
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import xml.etree.ElementTree as ET
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from crowddesk import registry
from crowddesk.operations import backup, bundle
from tests.scripts import load

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
LINUX = PACKAGING / "linux"
SPEC = ast.parse((PACKAGING / "crowddesk.spec").read_text(encoding="utf-8"))
DESKTOP = LINUX / "crowddesk.desktop"

build, contents, system = map(load, ("build", "contents", "system"))
deb, installers, clean_root = map(load, ("linux.deb", "linux.installers", "linux.clean_root"))


def pins(name: str) -> dict[str, set[str]]:
    """The versions that a requirements file pins, by package."""
    text = (PACKAGING / name).read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for pin in re.finditer(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE):
        found.setdefault(canonicalize_name(pin[1]), set()).add(pin[2])
    return found


def excluded() -> list[str]:
    """The names that stand in the spec's EXCLUDES."""
    (value,) = (
        node.value
        for node in SPEC.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "EXCLUDES"
    )
    return [str(word.value) for word in ast.walk(value) if isinstance(word, ast.Constant)]


def within(name: str) -> set[str]:
    """A module's name and those of the packages it is in."""
    parts = name.split(".")
    return {".".join(parts[:count]) for count in range(1, len(parts) + 1)}


@pytest.fixture
def made(tmp_path: Path) -> Any:
    """A build for Linux that has made nothing yet."""
    for name in ("work", "dist"):
        (tmp_path / name).mkdir()
    return system.Build("1.2.3", "linux", ROOT, tmp_path / "work", tmp_path / "dist", tmp_path, 1_000_000_000)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder of a program's shape."""
    folder = tmp_path / "program" / "crowddesk"
    (folder / "_internal" / "ünd more").mkdir(parents=True)
    (folder / "crowddesk").write_text('#!/bin/sh\necho "$@"\n')
    (folder / "crowddesk").chmod(0o700)
    (folder / "_internal" / "ünd more" / "data").write_text("x")
    (folder / "_internal" / "link").symlink_to("ünd more/data")
    return folder


# ------------------------------------------------------------------------------------------ what is carried


def test_every_vendor_and_blueprint_of_the_registry_is_carried() -> None:
    hidden = set(contents.hidden_imports())
    assert {registry.PROVIDER_GROUP, registry.BLUEPRINT_GROUP} <= set(contents.GROUPS)
    points = [
        point
        for group in (registry.PROVIDER_GROUP, registry.BLUEPRINT_GROUP)
        for point in metadata.entry_points(group=group)
    ]
    assert {point.module for point in points} - hidden == set()
    assert {"mock", "inhouse", "prolific", "form", "chat"} <= {point.name for point in points}
    assert {point.module for point in metadata.entry_points(group="keyring.backends")} - hidden == set()


def test_every_module_of_ours_is_carried_but_the_contract_tests() -> None:
    files = [path.relative_to(ROOT) for path in (ROOT / "crowddesk").rglob("*.py")]
    modules = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in files}
    left = {name for name in modules if not name.startswith("crowddesk.testing")}
    assert left - set(contents.own_modules()) == {"crowddesk.__main__"}  # what is started, not imported
    assert not [name for name in contents.own_modules() if name.startswith("crowddesk.testing")]


def test_the_whole_standard_library_is_carried_but_tests_and_tools() -> None:
    found = set(contents.standard_modules())
    assert {"sqlite3.dump", "xmlrpc.client", "ctypes.util", "concurrent.futures.process", "tomllib"} <= found
    parts = {part for name in found for part in name.split(".")}
    assert parts & {"tkinter", "idlelib", "test", "tests", "ensurepip", "lib2to3", "turtledemo"} == set()


def test_what_tests_and_checks_need_stays_out() -> None:
    strangers = set(contents.strangers())
    assert {"pytest", "mypy", "hypothesis", "pyarrow"} <= strangers
    assert strangers & {"crowddesk", "numpy", "PySide6", "psycopg", "psycopg_binary", "yaml", "ssl"} == set()


def test_nothing_is_left_out_that_our_modules_import() -> None:
    """All but Parquet's library, without which the program says what to do."""
    left_out = set(excluded()) - {"pyarrow"}
    assert "PySide6.QtNetwork" in left_out
    faults = []
    for path in (ROOT / "crowddesk").rglob("*.py"):
        if "testing" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            faults += [f"{path.name}: {name}" for name in names if within(name) & left_out]
    assert faults == []


@pytest.mark.parametrize("name", ["program.txt", "requirements.txt"])
def test_what_is_installed_to_build_is_pinned_with_hashes_and_no_address(name: str) -> None:
    text = (PACKAGING / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 5
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_pins_are_what_the_program_needs_in_the_versions_that_are_tested() -> None:
    pinned = pins("program.txt")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["team"]]
    for requirement in map(Requirement, wanted):
        versions = pinned.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement} is not in packaging/program.txt: run make lock"
        assert all(map(requirement.specifier.contains, versions)), f"{requirement}: {versions}"
    assert set(contents.distributions()) - set(pinned) == {"crowddesk"}
    assert set(pinned) & {"pytest", "pyarrow", "mypy", "pyside6-addons"} == set()
    tested = re.findall(
        r"^([\w.-]+)==([\w.]+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE
    )
    for name, version in tested:
        assert version in pinned.get(canonicalize_name(name), {version}) or name == "numpy"


# ------------------------------------------------------------------------------------- what desktops read


def test_the_menu_s_entry_the_kinds_of_files_and_the_store_s_page_agree() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(DESKTOP, encoding="utf-8")
    menu = entry["Desktop Entry"]
    assert menu["Exec"] == "crowddesk %f"
    assert menu["Icon"] == "crowddesk"
    assert menu["Terminal"] == "false"
    kinds = set(menu["MimeType"].strip(";").split(";"))
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    types = ET.parse(LINUX / "crowddesk.xml").getroot().findall(f"{space}mime-type")
    globs = {each.get("type"): each.find(f"{space}glob").get("pattern") for each in types}  # type: ignore[union-attr]
    assert set(globs) == kinds
    assert set(globs.values()) == {f"*{bundle.ENDING}", f"*{backup.ENDING}"}
    page = ET.parse(LINUX / "org.crowddesk.CrowdDesk.metainfo.xml").getroot()
    assert {each.text for each in page.iter("mediatype")} == kinds
    assert page.findtext("launchable") == DESKTOP.name


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="needs desktop-file-utils")
def test_the_menu_s_entry_is_valid() -> None:
    done = subprocess.run(["desktop-file-validate", DESKTOP], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_control_file_names_what_is_needed(made: Any) -> None:
    text = deb.control_of(made, "amd64", ["libc6 (>= 2.36)", "libegl1"], 1234)
    fields = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))
    assert fields["Package"] == "crowddesk"
    assert fields["Version"] == "1.2.3"
    assert fields["Architecture"] == "amd64"
    assert fields["Installed-Size"] == "1234"
    assert fields["Depends"].startswith("libc6 (>= 2.36), libegl1, fontconfig-config, fonts-")
    assert re.fullmatch(r"[^<>]+ <[^<>@ ]+@[^<>@ ]+>", fields["Maintainer"])
    assert all(line == " ." or line[:2].strip() for line in text.splitlines())


def test_the_manual_page_is_of_this_version_and_names_what_the_start_takes(made: Any) -> None:
    text = deb._dated(made, "crowddesk.1")
    assert '"2001-09-09" "CrowdDesk 1.2.3"' in text
    plain = text.replace("\\-", "-")
    for word in ("--workspace", "--self-test", "--version", "--help", bundle.ENDING, backup.ENDING):
        assert word in plain
    if shutil.which("man"):
        page = made.work / "crowddesk.1"
        page.write_text(text, encoding="utf-8")
        done = subprocess.run(
            ["man", "--warnings", "--local-file", page], capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
        assert "SYNOPSIS" in done.stdout


# ------------------------------------------------------------------------------------------ the build itself


def test_an_archive_of_the_same_program_has_the_same_bytes(made: Any, program: Path, tmp_path: Path) -> None:
    first = hashlib.sha256(installers.make_archive(made, program).read_bytes()).digest()
    (program / "_internal").chmod(0o777)
    (program / "crowddesk").touch()
    archive = installers.make_archive(made, program)
    assert hashlib.sha256(archive.read_bytes()).digest() == first
    with tarfile.open(archive) as tar:
        assert {(entry.uid, entry.gid, entry.mtime) for entry in tar} == {(0, 0, 1_000_000_000)}
        # Debian 12's Python knows no such filter yet.
        tar.extraction_filter = getattr(tarfile, "data_filter", None)
        tar.extractall(tmp_path / "out")
    (folder,) = (tmp_path / "out").iterdir()
    done = subprocess.run([folder / "crowddesk", "hello"], capture_output=True, text=True, check=True)
    assert done.stdout == "hello\n"
    assert (folder / "_internal" / "link").read_text() == "x"


def test_checksums_are_of_all_files_and_read_by_their_program(tmp_path: Path) -> None:
    for name in ("b.deb", "a.tar.xz"):
        (tmp_path / name).write_bytes(name.encode())
    for _ in range(2):  # the file of the sums is no part of them
        sums = build.write_checksums(tmp_path)
    assert [line.split("  ")[1] for line in sums.read_text().splitlines()] == ["a.tar.xz", "b.deb"]
    for line in sums.read_text().splitlines():
        digest, name = line.split("  ")
        assert digest == hashlib.sha256(name.encode()).hexdigest()


def test_the_time_in_files_is_the_last_change_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    assert build.last_change() == 1234567890
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert build.last_change() == 315_532_800


def test_a_wheel_without_a_translation_ends_the_build(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "resources" / "translations"
    folder.mkdir(parents=True)
    (folder / "crowddesk_xx.qm").touch()  # nobody translates into it any more
    carried = ["crowddesk_de.qm", "crowddesk_fr.qm"]

    def run(command: list[Any], **_: Any) -> str:
        if "wheel" in command:
            place = tmp_path / "build/linux/wheel"
            place.mkdir()
            with zipfile.ZipFile(place / "crowddesk-1.2.3-py3-none-any.whl", "w") as wheel:
                for name in carried:
                    wheel.writestr(f"crowddesk/_resources/translations/{name}", "")
        return "".join(f"{folder}/crowddesk_{code}.qm\n" for code in ("de", "fr"))

    monkeypatch.setattr(build, "run", run)
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    assert build.begin("linux", tmp_path / "dist").version == "1.2.3"
    assert list(folder.iterdir()) == []
    half = tmp_path / "dist" / "crowddesk.deb.part"  # of a build that was broken off
    half.touch()
    del carried[0]
    with pytest.raises(system.BuildFailed, match=r"lacks crowddesk_de\.qm\."):
        build.begin("linux", tmp_path / "dist")
    assert not half.exists()


def test_a_machine_that_lacks_something_is_told_before_anything_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(installers, "lacks", lambda: ["dpkg-dev is not installed."])
    assert build.main(["--system", "linux"]) == 2
    assert capsys.readouterr().out == "dpkg-dev is not installed.\n"


def test_a_self_test_that_fails_ends_the_build_with_what_it_said(tmp_path: Path) -> None:
    program = tmp_path / "crowddesk"
    program.write_text(
        '#!/bin/sh\necho "$1 in $HOME ${PYTHONPATH:-without}"\necho "$SAYS"\nexit ${ENDS:-0}\n'
    )
    program.chmod(0o755)
    said = system.self_test([str(program)], tmp_path / "home")
    assert said == f"--self-test in {tmp_path / 'home'} without\n\n"
    with pytest.raises(system.BuildFailed, match="ended with 3") as caught:
        system.self_test([str(program)], tmp_path / "home", {"ENDS": "3"})
    assert "--self-test" in caught.value.details
    parquet = "--  export parquet: not bundled"
    assert parquet in system.self_test([str(program)], tmp_path / "home", {"SAYS": parquet})
    with pytest.raises(system.BuildFailed, match="lacks something") as caught:
        system.self_test([str(program)], tmp_path / "home", {"SAYS": f"{parquet}\n--  plot: not there"})
    assert caught.value.details == "--  plot: not there"


def test_a_program_that_hangs_ends_itself_before_it_is_given_up(tmp_path: Path) -> None:
    program = tmp_path / "crowddesk"
    program.write_text('#!/bin/sh\necho "$2"\n')
    program.chmod(0o755)
    assert 0 < int(system.self_test([str(program)], tmp_path / "home")) == system.SELF_TEST_S
    assert system.SELF_TEST_MARGIN_S > 0


def test_what_is_started_from_the_frozen_program_gets_the_system_s_libraries(tmp_path: Path) -> None:
    script = tmp_path / "frozen_start.py"
    left = "[name for name in os.environ if name[:3] in ('_PY', 'QT_')]"
    folder = tmp_path / "a, folder"  # Qt by itself finds no plug-in where there is a comma
    folder.mkdir()
    told = f"import os; print(os.environ.get('LD_LIBRARY_PATH'), {left})"
    told += "; QCoreApplication([]); print('\\n'.join(QCoreApplication.libraryPaths()))"
    script.write_text(f"{(PACKAGING / script.name).read_text()}\n{told}")
    for before, after in (({}, "None"), ({"LD_LIBRARY_PATH_ORIG": "/opt/own"}, "/opt/own")):
        done = subprocess.run(
            [sys.executable, script],
            env={"LD_LIBRARY_PATH": "", "QT_PLUGIN_PATH": str(folder), "_PYI_ARCHIVE_FILE": "x"} | before,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        first, *paths = done.stdout.splitlines()
        assert first.split() == [after, "[]"]
        assert str(folder) in paths


def test_where_no_clean_root_can_be_made_it_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clean_root.os, "geteuid", lambda: 1000)
    where = "on Debian" if not Path("/etc/debian_version").exists() else "by root alone"
    assert clean_root.cannot_make_root() == f"a clean root is made {where}"
