"""A provider in a package of its own, written against the interface alone, keeps the contract."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "tests" / "data" / "outside_provider"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The package's checks, and an environment in which it is installed, in a folder of its own."""
    place = tmp_path_factory.mktemp("outside")
    shutil.copytree(SOURCE, place / "source", ignore=shutil.ignore_patterns("__pycache__"))
    flags = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    target = place / "site"
    command = [sys.executable, "-m", "pip", "install", *flags, "--target", str(target), str(place / "source")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    checks = place / "checks"
    shutil.copytree(SOURCE / "checks", checks, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(SOURCE / "pyproject.toml", checks)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(target), str(ROOT)])}
    return checks, environment


@pytest.mark.timeout(300)  # a whole run of the tests, in a process of its own
@pytest.mark.parametrize("check", ["check_contract.py", "check_whole_run.py"])
def test_a_provider_from_outside(installed: tuple[Path, dict[str, str]], check: str) -> None:
    checks, environment = installed
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:pytestqt", check]
    done = subprocess.run(
        command, cwd=checks, env=environment, capture_output=True, text=True, check=False, timeout=280
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
    assert " skipped" not in done.stdout
