"""Wheels as people drop them into the plug-in folder, written with zipfile: no network, no build tool."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
OUTSIDE = ROOT / "tests" / "data" / "outside_provider" / "outside_provider"


def outside_files(package: str = "outside_provider", vendor: str = "outside") -> dict[str, str]:
    """The modules of the provider from outside, under a package and a vendor's name of one's own."""
    found = {path.name: path.read_text(encoding="utf-8") for path in OUTSIDE.iterdir() if path.is_file()}
    return {
        f"{package}/{name}": text.replace("outside_provider", package).replace(
            'PROVIDER_TYPE = "outside"', f'PROVIDER_TYPE = "{vendor}"'
        )
        for name, text in found.items()
    }


def wheel_files(
    files: Mapping[str, str],
    name: str = "outside-provider",
    version: str = "1.0",
    *,
    providers: Mapping[str, str] | None = None,
    blueprints: Mapping[str, str] | None = None,
    needs: Sequence[str] = (),
    python: str = ">=3.11",
    tags: Sequence[str] = ("py3-none-any",),
    pure: bool = True,
) -> dict[str, str]:
    """Everything that is in a wheel, by name."""
    info = f"{name.replace('-', '_')}-{version}.dist-info"
    metadata = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}"]
    metadata += [f"Requires-Python: {python}"] if python else []
    metadata += [f"Requires-Dist: {need}" for need in needs]
    groups = {"crowddesk.providers": providers or {}, "crowddesk.blueprints": blueprints or {}}
    points = [
        "\n".join([f"[{group}]", *(f"{key} = {value}" for key, value in offered.items())])
        for group, offered in groups.items()
        if offered
    ]
    made = dict(files)
    made[f"{info}/METADATA"] = "\n".join(metadata) + "\n"
    made[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nRoot-Is-Purelib: {str(pure).lower()}\n" + "".join(
        f"Tag: {tag}\n" for tag in tags
    )
    if points:
        made[f"{info}/entry_points.txt"] = "\n\n".join(points) + "\n"
    made[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*made, f"{info}/RECORD"])
    return made


def write_wheel(path: Path, files: Mapping[str, str]) -> Path:
    """A wheel of these files."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    return path


def unpack(folder: Path, files: Mapping[str, str]) -> Path:
    """A folder of these files, as an unpacked wheel or a pip target has them."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def outside_wheel(folder: Path, file: str = "outside_provider-1.0-py3-none-any.whl") -> Path:
    """The provider from outside as a wheel in the folder."""
    files = wheel_files(outside_files(), providers={"outside": "outside_provider:OutsideProvider"})
    return write_wheel(folder / file, files)


def ask(code: str, folder: Path, *, check: bool = True) -> str:
    """What a process of its own prints that runs this code with the plug-in folder."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False,
        env=os.environ | {"CROWDDESK_PLUGINS": str(folder), "PYTHONPATH": str(ROOT)}, cwd=folder.parent,
        timeout=100,
    )  # fmt: skip
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done.stdout + (done.stderr if not check else "")
