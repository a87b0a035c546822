"""Finds the sandbox server of a workspace, or starts it: a process of its own, which outlives the desk.

The server's file, the place where it can be reached and its log lie in one folder. Whoever starts it holds a
lock of the operating system meanwhile, so two desks, or the window and the command line, start one only.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import logging
import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from crowddesk.domain import VendorError, VendorRefused
from crowddesk.file_lock import lock_file
from crowddesk.language import say
from crowddesk.paths import own_command

logger = logging.getLogger(__name__)

FILE: Final = "sandbox.sqlite"
READY: Final = "sandbox.json"
LOG: Final = "sandbox.log"
_LOCK: Final = "sandbox.lock"
#: What every call to the sandbox's own routes carries.
_CONTROL: Final = {"X-CrowdDesk-Sandbox": "1", "Content-Type": "application/json"}
#: How long a server goes on that nobody asks anything, in seconds.
IDLE_S: Final = 900.0
#: How long a server may take to start, and to answer, in seconds.
_START_S: Final = 60.0
_ANSWER_S: Final = 10.0
_LOOK_S: Final = 0.05
#: An address that answered is believed for so long, in seconds.
_BELIEVED_S: Final = 2.0
_ADDRESS: Final = re.compile(r"http://[^/?#@\s]+:[0-9]{1,5}")
_LARGEST_LOG: Final = 1_000_000


class SandboxProcess:
    """The sandbox server over `<folder>/sandbox.sqlite`. Any thread but the GUI's may call anything.

    `idle_s` is how long a server started here goes on without being asked; `options` are further words of
    `crowddesk sandbox prolific`, such as a fee.
    """

    def __init__(self, folder: Path, *, idle_s: float = IDLE_S, options: Sequence[str] = ()) -> None:
        self.folder = folder
        self._idle_s = idle_s
        self._options = tuple(options)
        self._starting = threading.Lock()
        #: What answered last, and when, by the clock that nobody sets.
        self._known: tuple[str, float] = ("", float("-inf"))

    def address(self) -> str:
        """Where the server is; starts it when it is not running. Raises VendorError when it cannot be had."""
        address, at = self._known
        if address and time.monotonic() - at < _BELIEVED_S:
            return address
        with self._starting:
            found = self.find()
            if not found:
                self.folder.mkdir(parents=True, exist_ok=True)
                with _locked(self.folder / _LOCK):
                    found = self.find() or self._start()
            self._known = (found, time.monotonic())
            return found

    def find(self) -> str:
        """Where the server of this folder is; empty when it is not running.

        Raises VendorError when something listens there that does not answer.
        """
        address, pid = self._said()
        if not address:
            return ""
        try:
            state = _ask(address, "GET", "/sandbox/state")
        except (ConnectionError, VendorRefused):
            return ""  # it ended without a word, and what has its port now is none
        except OSError as error:
            if sys.platform != "win32" and not _is_running(pid):
                return ""  # it was killed, and somebody silent has its port now
            raise VendorError(
                say(
                    "The sandbox at {address} does not answer. Wait a moment, or end process {pid}.",
                    address=address,
                    pid=pid,
                ),
                details=repr(error),
            ) from error
        return address if self._is_ours(state) else ""

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """A call of the sandbox's own routes. Raises VendorRefused and VendorError."""
        address = self.address()
        try:
            return _ask(address, method, path, body)
        except OSError as error:
            self._known = ("", float("-inf"))
            raise VendorError(
                say("The sandbox at {address} does not answer: {error}.", address=address, error=error)
            ) from error

    def forget(self) -> None:
        """Its address did not answer a client: it is looked for anew."""
        self._known = ("", float("-inf"))

    def stop(self) -> None:
        """Ends the server if it runs, and waits until it is gone. Its file stays."""
        self.forget()
        _, pid = self._said()
        address = self.find()
        if not address:
            return
        with contextlib.suppress(OSError, VendorError):
            _ask(address, "POST", "/sandbox/stop", {})
        until = time.monotonic() + _START_S
        while self.find() or _is_running(pid):
            if time.monotonic() > until:
                raise VendorError(say("The sandbox at {address} does not end.", address=address))
            time.sleep(_LOOK_S)

    # ---------------------------------------------------------------------------------------- starting

    def _said(self) -> tuple[str, int]:
        """The address and process that the ready-file tells of, true or not; ("", 0) without a sound one."""
        try:
            said = json.loads((self.folder / READY).read_text(encoding="utf-8"))
            address, pid = said["address"], said["pid"]
        except (OSError, ValueError, KeyError, TypeError):
            return "", 0
        sound = isinstance(address, str) and _ADDRESS.fullmatch(address) and type(pid) is int and pid > 0
        return (address, pid) if sound else ("", 0)

    def _is_ours(self, state: Any) -> bool:
        """Whether a server over our own file said so: no two files have the same workspaces."""
        told = [each.get("id") for each in state.get("workspaces", [])] if isinstance(state, dict) else []
        path = self.folder / FILE
        try:
            with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5.0)) as db:
                ours = {row[0] for row in db.execute("SELECT id FROM workspace")}
        except sqlite3.Error:
            return False
        return bool(told) and ours.issuperset(told)

    def _start(self) -> str:
        ready, log = self.folder / READY, self.folder / LOG
        ready.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            if log.stat().st_size > _LARGEST_LOG:
                log.unlink()
        command = [
            *own_command(), "sandbox", "prolific", "--file", str(self.folder / FILE),
            "--ready-file", str(ready), "--until-idle", f"{self._idle_s:g}", *self._options,
        ]  # fmt: skip
        begin = log.stat().st_size if log.exists() else 0
        is_alive = _start_apart(command, self.folder, log)
        until = time.monotonic() + _START_S
        while True:
            alive = is_alive()  # asked before the file: it may have written it and ended since
            if ready.exists() and (found := self.find()):
                logger.info("The sandbox of %s was started at %s", self.folder, found)
                return found
            if not alive or time.monotonic() > until:
                raise VendorError(
                    say("The sandbox could not be started: {last_line}", last_line=_last_line(log, begin)),
                    str(log),
                )
            time.sleep(_LOOK_S)


def _ask(address: str, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
    """A call to a control route, past every proxy. Raises OSError, VendorRefused for what is no answer."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=_ANSWER_S)
    try:
        connection.request(method, path, None if body is None else json.dumps(body), _CONTROL)
        response = connection.getresponse()
        told = json.loads(response.read())
    except (http.client.HTTPException, ValueError) as error:
        if isinstance(error, OSError):
            raise
        raise VendorRefused(say("What listens at {address} is no sandbox.", address=address)) from error
    finally:
        connection.close()
    if response.status >= 400:
        raise VendorRefused(str(told.get("error", "") if isinstance(told, dict) else told))
    return told


def _last_line(log: Path, begin: int) -> str:
    try:
        text = log.read_bytes()[begin:].decode("utf-8", "replace").strip()
    except OSError:
        text = ""
    return text.splitlines()[-1] if text else say("it said nothing.")


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Holds an operating system's lock on a file, which ends with the process that holds it."""
    until = time.monotonic() + _START_S
    while (held := lock_file(path)) is None:
        if time.monotonic() > until:
            raise VendorError(say("Another CrowdDesk is starting the sandbox, and does not end with it."))
        time.sleep(_LOOK_S)
    try:
        yield
    finally:
        os.close(held)


def _is_running(pid: int) -> bool:
    """Whether there is such a process. On Windows nobody can tell without stopping it, so it is denied."""
    if sys.platform == "win32":
        return False
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _start_apart(command: Sequence[str], folder: Path, log: Path) -> Callable[[], bool]:
    """Starts a process that is no child of ours and has none of our pipes; its errors go to `log`.

    Returns what says whether it still runs.
    """
    log.touch(mode=0o600)
    if sys.platform == "win32":
        flags = (
            subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        )
        with log.open("ab") as errors:
            process = subprocess.Popen(
                command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors,
                creationflags=flags,
            )  # fmt: skip
        return lambda: process.poll() is None
    # The shell ends at once, so the server is nobody's child: it leaves no zombie, and no desk waits for it.
    script = 'log=$1; shift; "$@" </dev/null >/dev/null 2>>"$log" & echo $!'
    done = subprocess.run(
        ["/bin/sh", "-c", script, "sh", str(log), *command],
        cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, start_new_session=True, check=False,
    )  # fmt: skip
    if not done.stdout.strip().isdigit():
        said = done.stderr.decode("utf-8", "replace").strip()
        raise VendorError(say("The sandbox could not be started: {said}.", said=said or done.returncode))
    pid = int(done.stdout)
    return lambda: _is_running(pid)
