"""Builds what people install: one script for all systems. `python packaging/build.py [--system …] [--keep]`.

clean -> wheel -> program -> self-test -> SBOM -> installers -> install, self-test, uninstall -> checksums.

What differs between systems stands in `packaging/<system>/installers.py` (linux, windows, macos), which has
the functions of `system.System` at its top level: lacks, make_program, command, make_installers,
try_installer. They get a `system.Build`, may use `system.run`, `system.self_test`, `system.tell`, and
`freeze.freeze` (PyInstaller with crowddesk.spec) or `contents` (what the program carries, by name). This
folder is on sys.path, so `from system import Build` works; it needs no package but what `make package`
installs: packaging/program.txt (what the program carries) and packaging/requirements.txt (build tools).
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Final, cast

from system import Build, BuildFailed, System, run, self_test, tell

ROOT: Final = Path(__file__).resolve().parent.parent
SYSTEMS: Final = {"linux": "linux", "win32": "windows", "darwin": "macos"}
#: A zip's oldest day; without a history there is nothing better.
_OLDEST: Final = 315_532_800


def main(arguments: list[str] | None = None) -> int:
    """Builds for one system; 0, or 1 with what failed, or 2 where the machine lacks something."""
    parser = argparse.ArgumentParser(description="Builds CrowdDesk's installers into dist/.")
    parser.add_argument("--system", choices=sorted(SYSTEMS.values()), default=SYSTEMS.get(sys.platform))
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="where the installers go")
    parser.add_argument("--no-try", action="store_true", help="do not install what was built")
    asked = parser.parse_args(arguments)
    system = cast(System, importlib.import_module(f"{asked.system}.installers"))
    if lacking := system.lacks():
        tell("\n".join(lacking))
        return 2
    began = time.monotonic()
    try:
        build = begin(asked.system, asked.dist.resolve())
        made = make(system, build, try_them=not asked.no_try)
    except BuildFailed as error:
        tell(f"{error.details}\nbuild: {error}")
        return 1
    for path in made:
        tell(f"{path.stat().st_size / 1e6:8.1f} MB  {path}")
    tell(f"build: done in {time.monotonic() - began:.0f} s")
    return 0


def begin(system: str, dist: Path) -> Build:
    """Empties what an earlier build for the system left, and makes CrowdDesk's own wheel.

    Raises BuildFailed, also where the wheel lacks a translation.
    """
    work = ROOT / "build" / system
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    dist.mkdir(parents=True, exist_ok=True)
    for half in dist.glob("*.part"):
        half.unlink()
    epoch = last_change()
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch)
    tell("build: translations and CrowdDesk's wheel")
    folder = ROOT / "resources" / "translations"
    for old in folder.glob("*.qm"):
        old.unlink()
    spoken = run([sys.executable, ROOT / "packaging" / "translations.py", "release", folder])
    run([
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
        "--wheel-dir", work / "wheel", ROOT,
    ])  # fmt: skip
    (wheel,) = (work / "wheel").glob("crowddesk-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        carried = {Path(name).name for name in archive.namelist()}
    if lacking := {Path(line).name for line in spoken.splitlines()} - carried:
        raise BuildFailed(f"{wheel.name} lacks {', '.join(sorted(lacking))}.")
    return Build(
        version=wheel.name.split("-")[1], system=system, root=ROOT, work=work, dist=dist, wheel=wheel,
        epoch=epoch,
    )  # fmt: skip


def make(system: System, build: Build, *, try_them: bool) -> list[Path]:
    """The program, what it carries, its installers, and their checksums; each is tried as it is made."""
    import sbom  # not for whoever asks only what a machine lacks

    tell("build: the program")
    program = system.make_program(build)
    if command := system.command(program):
        tell(self_test(command, build.work / "home"))
    described = sbom.make(build, program)
    tell("build: the installers")
    made = system.make_installers(build, program)
    for installer in made if try_them else ():
        tell(f"build: {installer.name}: {system.try_installer(build, installer)}")
    return [*made, described, write_checksums(build.dist)]


def write_checksums(dist: Path) -> Path:
    """SHA256SUMS of all that lies in the folder, as `sha256sum --check` reads it."""
    target = dist / "SHA256SUMS"
    files = sorted(path for path in dist.iterdir() if path.is_file() and path != target)
    lines = []
    for path in files:
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    return target


def last_change() -> int:
    """When the source was changed last: SOURCE_DATE_EPOCH, else the last commit, else the oldest day."""
    named = os.environ.get("SOURCE_DATE_EPOCH", "")
    if named.isdigit():
        return int(named)
    try:
        return int(run(["git", "log", "-1", "--format=%ct"], cwd=ROOT))
    except (OSError, BuildFailed, subprocess.SubprocessError, ValueError):
        return _OLDEST


if __name__ == "__main__":
    sys.exit(main())
