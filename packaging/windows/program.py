"""The folder that is installed on Windows: the official Python, wheels without what is never used, launchers.

    CrowdDesk.exe, crowddesk-cli.exe    start program/python3xx.dll with the words of the command line
    program/                            Python, and in lib/ CrowdDesk and all it needs, compiled

PyInstaller cannot make it: it builds only for the system it runs on.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import sys
import zipfile
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Final

import contents
import icons
import licences
from system import Build, BuildFailed, run, tell
from windows import official_python
from windows.wine import Wine

HERE: Final = Path(__file__).parent
#: The launchers: the file, and whether it has a console.
LAUNCHERS: Final = {"CrowdDesk.exe": False, "crowddesk-cli.exe": True}
COMPILER: Final = "x86_64-w64-mingw32-gcc"
RESOURCE_COMPILER: Final = "x86_64-w64-mingw32-windres"
ICON_SIZES: Final = (16, 20, 24, 32, 48, 64, 256)

#: Of Qt's own folder only this is taken: PyInstaller follows what is linked, here it is said.
_QT: Final = re.compile(
    r"PySide6/("
    r"(__init__|_config|_git_pyside_version)\.py|py\.typed|"
    # pyqtgraph imports both of OpenGL with its first plot, though ours are drawn without.
    r"Qt(Core|Gui|Widgets|Svg|OpenGL|OpenGLWidgets)\.pyd|"
    r"Qt6(Core|Gui|Widgets|Svg|OpenGL|OpenGLWidgets)\.dll|pyside6\.abi3\.dll|"
    r"(msvcp140\w*|vcruntime140\w*|concrt140)\.dll|"
    # offscreen: tests and pictures without a screen.
    r"plugins/platforms/q(windows|offscreen)\.dll|"
    r"plugins/styles/\w+\.dll|plugins/iconengines/qsvgicon\.dll|"
    r"plugins/imageformats/q(gif|ico|jpeg|svg|webp)\.dll|"
    r"translations/qtbase_({languages})\.qm"
    r")"
)
#: Of all other packages everything but this is taken; each line is the same wish as in crowddesk.spec.
_LEFT_OUT: Final = re.compile(
    "|".join((
        r"\.(pyi|pxd|pyx|h|hpp|c|cpp|lib|a|exe)$",
        r"(^|/)(tests|__pycache__)/",
        r"^(numpy/(f2py|distutils|testing|_pyinstaller)|pyqtgraph/(examples|opengl|console|jupyter))/",
        r"^(alembic|sqlalchemy|crowddesk)/testing/|^alembic/templates/",
        r"^pygments/lexers/(?!(__init__|_mapping)\.py)",
        r"\.dist-info/(direct_url\.json|REQUESTED|INSTALLER|WHEEL|sboms/.*)$",
    ))
)  # fmt: skip
#: Its sources stay beside what is compiled: Alembic reads migrations as files, a traceback shows the line.
_WITH_SOURCES: Final = contents.NAME

_COMPILE: Final = """
import compileall, pathlib, py_compile, sys
lib, kept = pathlib.Path(sys.argv[1]), sys.argv[2]
mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
for path in sorted(lib.rglob("*.py")):
    name = path.relative_to(lib)
    if name.parts[0] == kept:
        py_compile.compile(str(path), dfile=str(name), doraise=True, invalidation_mode=mode)
    else:
        py_compile.compile(str(path), str(path) + "c", str(name), doraise=True, invalidation_mode=mode)
        path.unlink()
"""


def lay_out(build: Build, wine: Wine | None) -> Path:
    """The whole folder, anew below `build.work`. Raises BuildFailed.

    `wine` runs the embeddable Python to compile with where there is no Python of the same version.
    """
    folder = build.work / "CrowdDesk"
    tell(f"build: Python {official_python.VERSION}, its signatures checked")
    python = official_python.fetch(build.work)
    shutil.copytree(python, folder / "program", ignore=shutil.ignore_patterns("python.exe"))
    pth = folder / "program" / official_python.DLL.replace(".dll", "._pth")
    pth.write_text(f"{pth.stem}.zip\n.\nlib\n", encoding="ascii", newline="\r\n")
    lib = folder / "program" / "lib"
    tell("build: wheels for Windows")
    spoken = languages(build.wheel)
    for wheel in [*fetch_wheels(build), build.wheel]:
        unpack(wheel, lib, spoken)
    shutil.copy(HERE / "crowddesk_start.py", lib)
    write_licences(build, lib, folder / licences.INDEX)
    tell("build: compiled")
    compile_all(build, lib, python, wine)
    make_launchers(build, folder)
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (build.epoch, build.epoch))
    return folder


def languages(wheel: Path) -> set[str]:
    """What CrowdDesk speaks, as Qt's own translations are named: English, and each of its .qm files."""
    pattern = re.compile(rf"{contents.NAME}/_resources/translations/\w+?_(\w+)\.qm")
    with zipfile.ZipFile(wheel) as archive:
        found = (pattern.fullmatch(name) for name in archive.namelist())
        return {"en"} | {match[1] for match in found if match}


def fetch_wheels(build: Build) -> list[Path]:
    """The wheels of requirements.txt, each with one of the hashes that stand there. Raises BuildFailed."""
    target = build.work / "wheels"
    version = official_python.SHORT.replace(".", "")
    run([
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
        "--require-hashes", "--requirement", HERE / "requirements.txt", "--dest", target,
        "--platform", "win_amd64", "--python-version", official_python.SHORT, "--implementation", "cp",
        "--abi", f"cp{version}", "--abi", "abi3", "--abi", "none",
    ])  # fmt: skip
    return sorted(target.glob("*.whl"))


def unpack(wheel: Path, lib: Path, spoken: set[str]) -> None:
    """Puts what is needed of a wheel into `lib`. Raises BuildFailed for a file that would lie elsewhere."""
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            name = installed_name(entry.filename)
            if name is None or entry.is_dir() or not is_wanted(name, spoken):
                continue
            parts = PurePosixPath(name).parts
            if ".." in parts or name.startswith("/") or "\\" in name or ":" in name:
                raise BuildFailed(f"{wheel.name} holds a file that would lie elsewhere: {name}")
            target = lib.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(entry))


def installed_name(name: str) -> str | None:
    """Where a wheel's file lies below the library; None for scripts, headers and data of the system."""
    first, _, rest = name.partition("/")
    if not first.endswith(".data"):
        return name
    kind, _, rest = rest.partition("/")
    return rest if kind in ("purelib", "platlib") else None


def is_wanted(name: str, spoken: set[str]) -> bool:
    """Whether the program needs that file of a wheel."""
    if name.startswith("PySide6/"):
        pattern = _QT.pattern.replace("{languages}", "|".join(sorted(spoken)))
        return re.fullmatch(pattern, name) is not None
    return _LEFT_OUT.search(name) is None


def write_licences(build: Build, lib: Path, target: Path) -> None:
    """Whose work is in there, under which licence, where its text lies; RECORD is read and then dropped."""
    lines = [f"Python {official_python.VERSION}: Python-2.0 (program/LICENSE.txt)"]
    found = {found.name: found for found in metadata.distributions(path=[str(lib)])}
    for name, distribution in sorted(found.items(), key=lambda item: item[0].lower()):
        if name != contents.NAME:
            said = licences.licence_of(name.lower().replace("_", "-"), distribution)
            lines.append(f"{name} {distribution.version}: {said}")
    head = (
        f"CrowdDesk {build.version} is free software under the MIT licence, which stands at the end of this "
        "file. It is given to you together with the work of others, each under its own licence; the texts "
        "lie in program\\lib. The libraries of Qt are files of their own and may be replaced by yours.\n\n"
    )
    own = (build.root / "LICENSE").read_text(encoding="utf-8")
    words = f"{head}{''.join(f'- {line}' + chr(10) for line in lines)}\n\n{own}"
    target.write_text(words, encoding="utf-8", newline="\r\n")
    for record in lib.glob("*.dist-info/RECORD"):
        record.unlink()


def compile_all(build: Build, lib: Path, python: Path, wine: Wine | None) -> None:
    """Compiles with a Python of the version that will run it. Raises BuildFailed."""
    script = build.work / "compile.py"
    script.write_text(_COMPILE, encoding="utf-8")
    native = native_python()
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    if native:
        run([native, "-I", script, lib, _WITH_SOURCES], env=environment)
    elif wine:
        wine.run([python / "python.exe", "-I", wine.path(script), wine.path(lib), _WITH_SOURCES])
    else:
        raise BuildFailed(f"Neither python{official_python.SHORT} nor Wine is here to compile with.")
    left = [path for path in lib.rglob("*.py") if path.relative_to(lib).parts[0] != _WITH_SOURCES]
    if left:
        raise BuildFailed(f"{len(left)} files were not compiled, {left[0].name} among them.")


def native_python() -> str | None:
    """A Python on this machine that compiles for the one that is installed."""
    for candidate in (sys.executable, shutil.which(f"python{official_python.SHORT}")):
        asked = [candidate or "", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        try:
            if candidate and run(asked).strip() == official_python.SHORT:
                return candidate
        except BuildFailed:  # a manager of versions has the name on PATH, and nothing behind it
            continue
    return None


def make_launchers(build: Build, folder: Path) -> None:
    """Builds the two .exe files with their icon, version and manifest. Raises BuildFailed."""
    work = build.work / "launcher"
    work.mkdir()
    make_icon(build.root / "resources" / "icons" / "crowddesk.svg", work / "crowddesk.ico")
    for file, console in LAUNCHERS.items():
        resource = work / f"{file}.res.o"
        run([
            RESOURCE_COMPILER, "--include-dir", work, "--include-dir", HERE,
            f"-DVERSION_NUMBERS={','.join(numbers(build.version))}", f'-DVERSION_TEXT=\\"{build.version}\\"',
            f'-DFILE_NAME=\\"{file}\\"', HERE / "launcher.rc", resource,
        ])  # fmt: skip
        run([
            COMPILER, "-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-municode", "-DUNICODE",
            "-D_UNICODE", "-D_WIN32_WINNT=0x0A00", f'-DPYTHON_DLL=L"{official_python.DLL}"',
            *(["-DCONSOLE", "-mconsole"] if console else ["-mwindows"]),
            # The same program twice: no time of building in it.
            "-s", "-Wl,--no-insert-timestamp,--dynamicbase,--nxcompat,--high-entropy-va",
            HERE / "launcher.c", resource, "-o", folder / file,
        ])  # fmt: skip


def numbers(version: str) -> list[str]:
    """Windows' four numbers of a version: 0.1.0 and 0.1.0rc2 are both 0, 1, 0, 0."""
    release = re.match(r"\d+(\.\d+)*", version)
    parts = release[0].split(".") if release else []
    return (parts + ["0"] * 4)[:4]


def make_icon(drawing: Path, target: Path) -> None:
    """An .ico of PNGs in `ICON_SIZES`. Raises BuildFailed."""
    pictures = icons.render(drawing, target.parent / "icons", ICON_SIZES)
    head, body = struct.pack("<HHH", 0, 1, len(pictures)), b""
    start = len(head) + 16 * len(pictures)
    for size, path in pictures.items():
        data = path.read_bytes()
        side = size % 256  # 0 stands for 256
        head += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), start + len(body))
        body += data
    target.write_bytes(head + body)
