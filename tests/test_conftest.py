"""The guards of conftest.py bite: each fault below fails the test that makes it, and the sound ones pass."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

FAULTS = """
import logging
import threading
import warnings

from PySide6.QtCore import QThread, qWarning

log = logging.getLogger("crowddesk.store")
never = threading.Event()


class Worker(QThread):
    def run(self):
        threading.current_thread()
        self.started_python.set()
        self.wait_for.wait()


def worker(wait_for):
    thread = Worker()
    thread.started_python, thread.wait_for = threading.Event(), wait_for
    thread.start()
    thread.started_python.wait()
    return thread


def test_bad_thread():
    threading.Thread(target=never.wait, daemon=True).start()


def test_bad_qthread(qapp, request):
    request.config.kept = worker(never)


def test_bad_log():
    log.warning("oops %d", 3)


def test_bad_silence(expect_log):
    expect_log("never said")


def test_bad_qt(qapp):
    qWarning("hm")


def test_bad_warning():
    warnings.warn("old", DeprecationWarning)


def test_good_thread():
    thread = threading.Thread(target=print)
    thread.start()
    thread.join()


def test_good_qthread(qapp):
    end = threading.Event()
    thread = worker(end)
    end.set()
    assert thread.wait()


def test_good_log(expect_log):
    expect_log(r"crowddesk.store: oops \\d")
    log.warning("oops %d", 3)
    log.info("all is well")


def test_last(request):
    never.set()
    assert request.config.kept.wait()
"""


def test_each_guard_fails_the_test_at_fault(tmp_path: Path) -> None:
    here = Path(__file__).parent
    shutil.copy(here / "conftest.py", tmp_path)
    shutil.copy(here.parent / "pyproject.toml", tmp_path)
    (tmp_path / "test_faults.py").write_text(FAULTS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "-rA", "test_faults.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    failed = set(re.findall(r"^(?:FAILED|ERROR) \S+::(\w+)", done.stdout, re.MULTILINE))
    passed = set(re.findall(r"^PASSED \S+::(\w+)", done.stdout, re.MULTILINE)) - failed
    assert failed == {
        "test_bad_thread",
        "test_bad_qthread",
        "test_bad_log",
        "test_bad_silence",
        "test_bad_qt",
        "test_bad_warning",
    }, done.stdout
    assert passed == {"test_good_thread", "test_good_qthread", "test_good_log", "test_last"}
