"""What a program carries is said whole, validly and the same twice; what nobody has hashed is refused."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.scripts import load

pytest.importorskip("cyclonedx", reason="comes with packaging/requirements.txt")

ROOT = Path(__file__).resolve().parents[2]
PINS = """\
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:00
numpy==2.5.5 \\
httpx==0.28.1 \\
"""

sbom, system = map(load, ("sbom", "system"))


def _install(site: Path, name: str, version: str, *lines: str) -> None:
    folder = site / f"{name}-{version}.dist-info"
    folder.mkdir(parents=True)
    text = "\n".join(["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *lines])
    (folder / "METADATA").write_text(text + "\n", encoding="utf-8")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program of the shape of macOS's, which links its packages into a second folder."""
    program = tmp_path / "CrowdDesk.app"
    site = program / "Contents" / "Resources"
    licence, needs = "License-Expression:", "Requires-Dist:"
    _install(site, "crowddesk", "0.1.0", f"{licence} MIT", f"{needs} httpx", f"{needs} pyarrow")
    _install(site, "httpx", "0.28.1", f"{licence} BSD-3-Clause", f"{needs} numpy; extra == 'x'")
    _install(site, "numpy", "2.5.5", f"{licence} BSD-3-Clause AND 0BSD AND MIT")
    frameworks = program / "Contents" / "Frameworks"
    frameworks.mkdir()
    (frameworks / "httpx-0.28.1.dist-info").symlink_to("../Resources/httpx-0.28.1.dist-info")
    (frameworks / "libssl.dylib").write_bytes(b"\xcf\xfa\xed\xfe library")
    (frameworks / "words.txt").write_text("no library", encoding="utf-8")
    (program / "Contents" / "MacOS").mkdir()
    (program / "Contents" / "MacOS" / "crowddesk").write_bytes(b"\xcf\xfa\xed\xfe starter")
    return program


@pytest.fixture
def build(tmp_path: Path) -> Any:
    for name in ("work", "dist", "packaging"):
        (tmp_path / name).mkdir()
    (tmp_path / "packaging" / "program.txt").write_text(PINS, encoding="utf-8")
    (tmp_path / "packaging" / "requirements.txt").touch()
    return system.Build(
        version="0.1.0", system="macos", root=tmp_path, work=tmp_path / "work", dist=tmp_path / "dist",
        wheel=tmp_path / "x.whl", epoch=1_700_000_000,
    )  # fmt: skip


def test_it_says_what_the_program_carries(program: Path, build: Any) -> None:
    path = sbom.make(build, program)
    assert path == build.dist / "crowddesk-0.1.0-macos.cdx.json"
    told = json.loads(path.read_text("utf-8"))
    assert told["metadata"]["component"]["purl"] == "pkg:pypi/crowddesk@0.1.0"
    assert told["metadata"]["timestamp"] == "2023-11-14T22:13:20+00:00"
    found = {each["name"]: each for each in told["components"]}
    assert sorted(found) == [
        "Contents/Frameworks/libssl.dylib",
        "Contents/MacOS/crowddesk",
        "Python",
        "httpx",
        "numpy",
    ]
    assert found["httpx"]["purl"] == "pkg:pypi/httpx@0.28.1"
    assert found["numpy"]["licenses"] == [{"expression": "BSD-3-Clause AND 0BSD AND MIT"}]
    starter = hashlib.sha256(b"\xcf\xfa\xed\xfe starter").hexdigest()
    assert found["Contents/MacOS/crowddesk"]["hashes"] == [{"alg": "SHA-256", "content": starter}]
    needs = {each["ref"]: each.get("dependsOn", []) for each in told["dependencies"]}
    assert "pypi:httpx" in needs["pypi:crowddesk"]
    assert needs["pypi:httpx"] == ["pypi:numpy"]


def test_it_is_valid_and_the_same_twice(program: Path, build: Any) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = sbom.make(build, program).read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert sbom.make(build, program).read_text("utf-8") == text
    (program / "Contents/Frameworks/libssl.dylib").write_bytes(b"\xcf\xfa\xed\xfe another")
    assert json.loads(sbom.make(build, program).read_text("utf-8"))["serialNumber"] not in text


def test_what_nobody_has_hashed_is_refused(program: Path, build: Any) -> None:
    _install(program / "Contents/Resources", "leftpad", "1.0")
    with pytest.raises(system.BuildFailed, match=r"what no hashed requirement names: leftpad 1\.0"):
        sbom.make(build, program)


def test_another_version_than_the_hashed_one_is_refused(program: Path, build: Any) -> None:
    (build.root / "packaging" / "macos").mkdir()
    (build.root / "packaging" / "macos" / "requirements.txt").write_text("httpx==0.28.1 \\\nnumpy==2.4.6\n")
    with pytest.raises(system.BuildFailed, match=r"numpy 2\.5\.5"):
        sbom.make(build, program)


def test_a_program_of_another_version_is_refused(program: Path, build: Any) -> None:
    site = program / "Contents/Resources"
    (site / "crowddesk-0.1.0.dist-info/METADATA").write_text(
        "Metadata-Version: 2.4\nName: crowddesk\nVersion: 9\n"
    )
    with pytest.raises(system.BuildFailed, match=r"does not hold CrowdDesk 0\.1\.0"):
        sbom.make(build, program)


def test_a_folder_without_packages_is_no_program(tmp_path: Path, build: Any) -> None:
    with pytest.raises(system.BuildFailed, match="has 0 folders of packages"):
        sbom.make(build, tmp_path / "dist")
