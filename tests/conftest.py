"""What every test gets: an offscreen Qt, its own folders, a failure for a leaked thread or a stray log.

pytest-qt fails a test for a Qt warning (`qt_log_level_fail` in pyproject.toml); the two fixtures here do the
same for threads and for the program's own log.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Before anything imports Qt. A test that starts its own X server gives its child process another environment.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["CROWDDESK_LANGUAGE"] = "C"  # what tests read is English, wherever they run

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

_X_PROGRAMS = ("Xvfb", "xdotool", "openbox", "import")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = [program for program in _X_PROGRAMS if shutil.which(program) is None]
    if missing:
        skip = pytest.mark.skip(reason=f"needs {', '.join(missing)}: run packaging/setup.sh test")
        for item in items:
            if item.get_closest_marker("xvfb"):
                item.add_marker(skip)


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the settings and workspaces of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
            patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
        patch.delenv("CROWDDESK_WORKSPACE", raising=False)
        yield


@pytest.fixture
def workspace_path(tmp_path: Path) -> Path:
    """Where a test's workspace goes; not made yet."""
    return tmp_path / "workspace"


@pytest.fixture(autouse=True)
def _leaked_threads() -> Iterator[None]:
    """Every thread that a test starts has ended when the test has, within two seconds of grace."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 2.0
    pause = threading.Event()
    while (leaked := _running_threads() - before) and time.monotonic() < deadline:
        pause.wait(0.01)
    if leaked:
        names = ", ".join(sorted(thread.name for thread in leaked))
        pytest.fail(f"threads still running after the test: {names}", pytrace=False)


def _running_threads() -> set[threading.Thread]:
    """Python's threads, and the foreign ones (a QThread's) that have run Python code and still exist.

    Before 3.13 Python keeps a foreign thread in its list for ever, so the kernel is asked.
    """
    running = set()
    for thread in threading.enumerate():
        if isinstance(thread, threading._DummyThread):  # type: ignore[attr-defined]
            if sys.platform == "linux" and Path(f"/proc/self/task/{thread.native_id}").exists():
                running.add(thread)
        elif thread.is_alive():
            running.add(thread)
    return running


@pytest.fixture(scope="session", autouse=True)
def _no_garbage_in_other_threads() -> Iterator[None]:
    """Widgets in a cycle may only be collected in the main thread, as the program's own `GuiGarbage` does.

    What the imports left is looked through once: it was a tenth of a second after each test of a window.
    """
    gc.disable()
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.fixture(autouse=True)
def _garbage(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    gc.collect(2 if "qapp" in request.fixturenames else 1)


class _LogWatch(logging.Handler):
    """Keeps the program's warnings and errors of one test, from any thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _log_watch() -> Iterator[_LogWatch]:
    watch = _LogWatch()
    logger = logging.getLogger("crowddesk")
    logger.addHandler(watch)
    yield watch
    logger.removeHandler(watch)
    seen = [f"{record.name}: {record.getMessage()}" for record in watch.records]
    stray = [line for line in seen if not any(re.search(pattern, line) for pattern in watch.expected)]
    if stray:
        pytest.fail("unexpected log:\n" + "\n".join(stray), pytrace=False)
    silent = [pattern for pattern in watch.expected if not any(re.search(pattern, line) for line in seen)]
    if silent:
        pytest.fail("expected in the log and not there:\n" + "\n".join(silent), pytrace=False)


@pytest.fixture
def expect_log(_log_watch: _LogWatch) -> Callable[[str], None]:
    """Say which warning or error the test means to cause: a pattern to find in `logger: message`.

    Any other record fails the test, and so does a pattern that no record matches.
    """
    return _log_watch.expected.append
