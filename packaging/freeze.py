"""Makes the frozen program with PyInstaller and crowddesk.spec: one folder that needs no Python."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from system import Build, run

SPEC = Path(__file__).parent / "crowddesk.spec"


def freeze(build: Build) -> Path:
    """The program's folder, below `build.work`. Raises BuildFailed with what PyInstaller said.

    CrowdDesk is unpacked from its wheel beside the environment this runs in, so that the program is made of
    what a wheel carries, and never of a checkout.
    """
    site = build.work / "site"
    run([
        sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile",
        "--target", site, build.wheel,
    ])  # fmt: skip
    sys.path.insert(0, str(site))  # who asks `contents` of this process from now on is answered the same
    parts = os.pathsep.join([str(site), str(SPEC.parent)])
    run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
            "--distpath", build.work / "program", "--workpath", build.work / "pyinstaller", SPEC,
        ],
        cwd=build.work,
        env=os.environ | {
            "PYTHONPATH": parts,
            # Compressed once more by the installer, and not at all, modules are smaller and load quicker.
            "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0",
            "PYTHONHASHSEED": "0",  # the order of sets: the same program twice
            "PYINSTALLER_CONFIG_DIR": str(build.work / "pyinstaller-cache"),
        },
    )  # fmt: skip
    return build.work / "program" / "crowddesk"
