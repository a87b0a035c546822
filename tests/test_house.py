"""The rules of the house that no tool checks: names, sizes, enums, what is committed."""

from __future__ import annotations

import ast
import enum
import re
import shutil
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PySide6 import QtCore, QtGui, QtWidgets

import crowddesk

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "crowddesk"
MODULES = sorted(PACKAGE.rglob("*.py"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

#: Made of halves, so that this file passes its own rule.
REGISTRIES = tuple(
    ".".join(halves)
    for halves in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("crates", "io"),
        ("debian", "org/debian"),
        ("ubuntu", "com/ubuntu"),
    )
)
LOCKS_WITH_ADDRESSES = {
    "uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml",
    "package-lock.json", "yarn.lock", "pnpm-lock.yaml",
}  # fmt: skip
THREAD_MAKERS = {"QThread", "QThreadPool", "QRunnable", "Thread", "ThreadPoolExecutor", "start_new_thread"}
NEVER = {"processEvents", "moveToThread", "terminate"}


def named(path: Path) -> set[str]:
    """The names a module's code uses; comments and strings do not count."""
    with tokenize.open(path) as file:
        return {
            token.string for token in tokenize.generate_tokens(file.readline) if token.type == tokenize.NAME
        }


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def committed() -> list[Path]:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("only a git checkout knows what is committed")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_registry_or_a_folder_of_the_machine_it_was_written_on() -> None:
    address = re.compile("|".join(map(re.escape, REGISTRIES)))
    machine = re.compile(r"(?<![\w.~])/(?:work|root)/")
    faults = []
    for path in committed():
        if path.name in LOCKS_WITH_ADDRESSES:
            faults.append(f"{place(path)}: a lock file that carries addresses")
        text = path.read_bytes().decode("utf-8", errors="ignore")
        faults += [f"{place(path)}: {found[0]}" for found in address.finditer(text)]
        if path.suffix in {".py", ".md", ".toml", ".yaml", ".yml", ".sh", ".txt", ".lock", ""}:
            faults += [f"{place(path)}: {found[0]}" for found in machine.finditer(text)]
    assert faults == []


def test_every_module_begins_with_its_reason_to_exist() -> None:
    silent = [place(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_bytes()))]
    assert silent == []


def test_no_module_is_too_long_to_read() -> None:
    assert [place(path) for path in MODULES if path.stat().st_size > 24_000] == []


def test_threads_are_made_in_lanes_alone() -> None:
    elsewhere = [path for path in MODULES if path != PACKAGE / "lanes.py"]
    # The contract tests call a provider from several threads on purpose.
    elsewhere = [path for path in elsewhere if PACKAGE / "testing" not in path.parents]
    assert {place(path): found for path in elsewhere if (found := named(path) & THREAD_MAKERS)} == {}


def test_nothing_kills_moves_or_pumps_a_thread() -> None:
    assert {place(path): found for path in MODULES if (found := named(path) & NEVER)} == {}


def test_lanes_knows_only_the_core_of_qt() -> None:
    parts = set()
    for node in ast.walk(ast.parse((PACKAGE / "lanes.py").read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module == "PySide6":
            parts |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
            parts.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            parts |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("PySide6.")}
    assert parts == {"QtCore"}


def test_plots_are_drawn_in_the_window_alone() -> None:
    """The import contracts name PySide6; this is the other way to it."""
    outside = [path for path in MODULES if PACKAGE / "ui" not in path.parents]
    assert [place(path) for path in outside if "pyqtgraph" in named(path)] == []


def short_enums(source: bytes) -> Iterator[str]:
    """Members of Qt's enums that are written without the enum's name: `Qt.DisplayRole`."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name | ast.Attribute):
            continue
        name = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
        for module in (QtCore, QtGui, QtWidgets):
            owner = getattr(module, name, None)
            if isinstance(owner, type) and not issubclass(owner, enum.Enum):
                if isinstance(getattr(owner, node.attr, None), enum.Enum):
                    yield f"line {node.lineno}: {name}.{node.attr}"
                break


def test_qt_enums_are_written_in_full() -> None:
    """The short form costs thirty times the long one, on every cell of every repaint."""
    assert list(short_enums(b"Qt.DisplayRole")) == ["line 1: Qt.DisplayRole"]
    assert list(short_enums(b"QtWidgets.QFrame.NoFrame")) == ["line 1: QFrame.NoFrame"]
    assert list(short_enums(b"Qt.ItemDataRole.DisplayRole; QFrame.Shape.NoFrame")) == []
    faults = {place(path): found for path in MODULES if (found := list(short_enums(path.read_bytes())))}
    assert faults == {}


class Sender(QtCore.QObject):
    fired = QtCore.Signal()


def test_qt_keeps_its_hands_off_none_and_true(qapp: QtWidgets.QApplication) -> None:
    """PySide6 6.12.0 drops a reference to None a call and one to True an emit, until the process dies."""
    label, sender = QtWidgets.QLabel(), Sender()
    none, true = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(1000):
        label.setText("x")
        sender.fired.emit()
    assert abs(sys.getrefcount(None) - none) < 100
    assert abs(sys.getrefcount(True) - true) < 100


def test_the_lock_holds_every_dependency_with_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    locked: dict[str, list[str]] = {}
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        pin = re.match(r"([\w.-]+)==([\w.]+)", entry)
        assert pin, entry
        assert "--hash=sha256:" in entry, entry
        locked.setdefault(canonicalize_name(pin[1]), []).append(pin[2])
    project = PYPROJECT["project"]
    wanted = [*project["dependencies"], *PYPROJECT["build-system"]["requires"]]
    for name, extra in project["optional-dependencies"].items():
        wanted += extra if name != "web" else []  # 200 MB that no test needs
    for requirement in map(Requirement, wanted):
        if requirement.name == project["name"]:
            continue
        versions = locked.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement} is not in requirements.lock: run make lock"
        assert all(map(requirement.specifier.contains, versions)), f"{requirement}: {versions}"


def test_the_change_log_has_a_heading_for_this_version() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == crowddesk.__version__
