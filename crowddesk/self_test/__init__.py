"""`crowddesk --self-test`: whether all of this installation works, tried in a temporary folder.

The checks run in a process of their own, so that one that dies is told of like one that fails. That process
has its own home, settings, workspace and temporary folder, and asks no keychain and no network.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from crowddesk.paths import own_command

#: Where the checks work; set only for the process that runs them.
_FOLDER: Final = "CROWDDESK_SELF_TEST"
_RUNNING: Final = "running.txt"
#: It takes 10 to 20 on a quiet computer; what takes so long hangs.
_SECONDS: Final = 180.0
#: So much earlier than its end the process says where it hangs.
_TELL_S: Final = 3.0
_GONE_S: Final = 10.0
_USAGE: Final = "Usage: crowddesk --self-test [SECONDS], after which it is ended; 180 where none are given.\n"


def main(arguments: Sequence[str]) -> int:
    """Runs every check and tells of each on standard output, details on standard error.

    0 when all is well, 1 when something failed or it took too long, 2 for arguments that it has not.
    """
    if _FOLDER in os.environ:
        return _check_all(Path(os.environ[_FOLDER]))
    try:
        (seconds,) = map(float, arguments or [str(_SECONDS)])
        if not 0 < seconds <= 3600:
            raise ValueError
    except ValueError:
        sys.stderr.write(_USAGE)
        return 2
    return _apart(seconds)


# --------------------------------------------------------------------------------- the process that waits


def _apart(seconds: float) -> int:
    began = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with tempfile.TemporaryDirectory(prefix="crowddesk-self-test-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        why = _run(folder, seconds)
        _end_servers(folder)
    if not why and not _is_gone(folder):
        why = f"{folder} could not be removed"
    took = f"{time.monotonic() - began:.1f} s"
    _say(f"FAILED self-test: {why} ({took})" if why else f"ok  self-test: all is well ({took})")
    return 1 if why else 0


def _run(folder: Path, seconds: float) -> str:
    """Lets the checks run and passes on what they tell; why they did not end well, "" where they did."""
    process = subprocess.Popen(
        [*own_command(), "--self-test"], cwd=folder, env=_environment(folder, seconds),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=None if sys.stderr else subprocess.DEVNULL,
        text=True, encoding="utf-8", errors="replace", start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) if sys.platform == "win32" else 0,
    )  # fmt: skip
    late = threading.Event()

    def end() -> None:
        late.set()
        _kill(process)

    alarm = threading.Timer(seconds, end)
    alarm.start()
    failed = 0
    try:
        with process:
            assert process.stdout is not None
            for line in process.stdout:
                failed += line.startswith("FAILED")
                _say(line.rstrip("\n"))
        code = process.returncode
    finally:
        alarm.cancel()
        _kill(process)
    if late.is_set():
        return f"not done after {seconds:g} s, at: {_running(folder)}"
    if code not in (0, 1) or (code == 1 and not failed):
        return f"the program ended with {code} at: {_running(folder)}"
    return f"{failed} failed" if failed else ""


def _environment(folder: Path, seconds: float) -> dict[str, str]:
    """This one's, with every folder of the user's in the temporary one, and nobody to ask for a secret."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CROWDDESK_", "QT_")) and name != "DBUS_SESSION_BUS_ADDRESS"
    }
    places = {
        "home": ("HOME", "USERPROFILE"),
        "config": ("XDG_CONFIG_HOME", "APPDATA", "WIN_PD_OVERRIDE_APPDATA"),
        "data": ("XDG_DATA_HOME", "LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA"),
        "cache": ("XDG_CACHE_HOME",),
        "state": ("XDG_STATE_HOME",),
        "runtime": ("XDG_RUNTIME_DIR",),
        "temporary": ("TMPDIR", "TMP", "TEMP"),
    }
    for place, names in places.items():
        (folder / place).mkdir(mode=0o700)
        kept |= dict.fromkeys(names, str(folder / place))
    return kept | {
        _FOLDER: str(folder),
        "CROWDDESK_WORKSPACE": str(folder / "data" / "workspace"),
        "CROWDDESK_SELF_TEST_SECONDS": f"{seconds:g}",
        "CROWDDESK_LANGUAGE": "C",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONIOENCODING": "utf-8",
        "QT_QPA_PLATFORM": "offscreen",
    }


def _kill(process: subprocess.Popen[str]) -> None:
    """The process and what it started, but for servers that stand apart."""
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(OSError):  # all have ended
            os.killpg(process.pid, signal.SIGKILL)


def _end_servers(folder: Path) -> None:
    """Ends what a killed process left running beside itself, by the files in which servers name theirs."""
    for ready in folder.rglob("sandbox.json"):
        with contextlib.suppress(OSError, ValueError, KeyError):
            os.kill(int(json.loads(ready.read_text(encoding="utf-8"))["pid"]), signal.SIGTERM)


def _is_gone(folder: Path) -> bool:
    """Whether nothing is left of it; Windows gives a file free a moment after its process has ended."""
    until = time.monotonic() + _GONE_S
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.1)
        shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def _running(folder: Path) -> str:
    try:
        return (folder / _RUNNING).read_text(encoding="utf-8")
    except OSError:
        return "its start"


def _say(line: str) -> None:
    if sys.stdout is not None:  # a program without a console on Windows has none
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


# -------------------------------------------------------------------------------- the process that checks


def _check_all(folder: Path) -> int:
    if sys.stderr is not None:  # as above
        faulthandler.enable()
        seconds = float(os.environ["CROWDDESK_SELF_TEST_SECONDS"])
        faulthandler.dump_traceback_later(max(1.0, seconds - _TELL_S))
    from crowddesk.self_test import parts
    from crowddesk.self_test.report import Report

    report = Report(folder / _RUNNING)
    rest: Callable[[Report, Path], None] | None = None
    parts.check(report, folder)
    with report.check("window library") as found:
        window = importlib.import_module("crowddesk.self_test.window")
        found(window.library())
        rest = window.check
    if rest is not None:
        rest(report, folder)
    return 1 if report.failures else 0
