"""The start of a program is read from Qt's log: the first paint, and the last before it is silent."""

from __future__ import annotations

import sys
import tarfile
from pathlib import Path

import pytest

from benchmarks import installed


def test_sizes_are_of_what_is_given_to_people(tmp_path: Path) -> None:
    assert installed.sizes(tmp_path / "dist") == {}
    (tmp_path / "a.deb").write_bytes(b"12345")
    (tmp_path / "SHA256SUMS").write_text("x")
    assert installed.sizes(tmp_path) == {"a.deb": 5}
    assert installed.unpack(tmp_path, tmp_path / "out") == []


def test_an_archive_is_unpacked_to_its_command(tmp_path: Path) -> None:
    name = f"crowddesk-1.0-{sys.platform}-{installed.platform.machine()}"
    (tmp_path / "crowddesk").write_text("x")
    with tarfile.open(tmp_path / f"{name}.tar.xz", "w:xz") as archive:
        archive.add(tmp_path / "crowddesk", f"{name}/crowddesk")
    (command,) = installed.unpack(tmp_path, tmp_path / "out")
    assert Path(command).read_text() == "x"


def test_a_real_window_tells_its_paints(tmp_path: Path) -> None:
    found = installed.started([sys.executable, "-m", "crowddesk"], tmp_path)
    assert 0 < found["painted"] < found["usable"]


def test_a_program_without_a_window_is_no_start(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="0 paints"):
        installed.started([sys.executable, "-c", "pass"], tmp_path)
