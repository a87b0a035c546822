"""The plain start of the window goes past the command line; everything else is the command line's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from crowddesk import paths
from crowddesk.__main__ import folder_of_window


def test_the_window_alone_is_known_without_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROWDDESK_WORKSPACE", str(tmp_path / "named"))
    assert folder_of_window([]) == tmp_path / "named" == paths.default_workspace()
    monkeypatch.chdir(tmp_path)
    assert folder_of_window(["--workspace", "here"]) == tmp_path / "here"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["runs"],
        ["--workspace"],
        ["--workspace", "--help"],
        ["--workspace", "x", "runs"],
        ["--version"],
    ],
)
def test_everything_else_is_read_by_the_command_line(arguments: list[str]) -> None:
    assert folder_of_window(arguments) is None


def test_the_command_line_answers_for_the_module() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "crowddesk", "--version"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert found.returncode == 0
    assert found.stdout.startswith("crowddesk ")
