"""The sandbox's own process: found, started once, noticed when it died, and nobody else's."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crowddesk.domain import VendorError, VendorRefused
from crowddesk.providers.prolific_sandbox import process
from crowddesk.providers.prolific_sandbox.process import LOG, READY, SandboxProcess

ROOT = Path(__file__).parents[3]
ASK = """
import sys
from pathlib import Path
from crowddesk.providers.prolific_sandbox.process import SandboxProcess
print(SandboxProcess(Path(sys.argv[1])).address())
"""


@pytest.fixture
def make_sandbox(tmp_path: Path) -> Iterator[Callable[..., SandboxProcess]]:
    """Makes the sandbox of a folder; it is ended afterwards."""
    made: list[SandboxProcess] = []

    def make(name: str = "one", **options: float) -> SandboxProcess:
        made.append(SandboxProcess(tmp_path / name, **options))
        return made[-1]

    yield make
    for each in made:
        each.stop()


def pid_of(sandbox: SandboxProcess) -> int:
    return int(json.loads((sandbox.folder / READY).read_text())["pid"])


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def wait_for_end(pid: int) -> None:
    gone = threading.Event()
    for _ in range(1000):
        if not is_alive(pid):
            return
        gone.wait(0.02)
    pytest.fail(f"process {pid} still runs")


def test_it_is_started_once_and_found_again(make_sandbox: Callable[..., SandboxProcess]) -> None:
    first = make_sandbox()
    assert first.find() == ""
    address = first.address()
    pid = pid_of(first)
    assert make_sandbox().address() == address == first.find()
    assert pid_of(first) == pid != os.getpid()
    told = first.ask(
        "POST", "/sandbox/accounts", {"token": "t1", "name": "Ann", "currency": "GBP", "balance": 5}
    )
    assert set(told) == {"user_id", "workspace_id", "project_id"}
    with pytest.raises(VendorRefused, match="token"):
        first.ask("POST", "/sandbox/accounts", {"name": "Ann"})


def test_two_processes_that_want_it_at_once_get_the_same(make_sandbox: Callable[..., SandboxProcess]) -> None:
    sandbox = make_sandbox()
    rivals = [
        subprocess.Popen([sys.executable, "-c", ASK, str(sandbox.folder)], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    said = {rival.communicate(timeout=100)[0] for rival in rivals}
    assert [rival.returncode for rival in rivals] == [0, 0, 0]
    assert said == {f"{sandbox.address()}\n".encode()}


def test_it_outlives_who_started_it_and_has_none_of_its_pipes(
    make_sandbox: Callable[..., SandboxProcess],
) -> None:
    sandbox = make_sandbox()
    # The output is read to its end, which would not come while the server held the other end of the pipe.
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(sandbox.folder)],
        cwd=ROOT,
        capture_output=True,
        timeout=100,
        check=True,
    )
    assert sandbox.find() == done.stdout.decode().strip()
    if hasattr(os, "getsid"):
        assert os.getsid(pid_of(sandbox)) != os.getsid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_after_kill_9_it_is_started_again_over_the_same_file(
    make_sandbox: Callable[..., SandboxProcess],
) -> None:
    sandbox = make_sandbox()
    sandbox.address()
    told = sandbox.ask("POST", "/sandbox/accounts", {"token": "t1", "name": "Ann"})
    pid = pid_of(sandbox)
    os.kill(pid, signal.SIGKILL)
    wait_for_end(pid)
    assert sandbox.find() == ""  # the ready-file still tells of the dead one
    sandbox.forget()
    sandbox.address()
    assert pid_of(sandbox) != pid
    assert sandbox.ask("POST", "/sandbox/accounts", {"token": "t1", "name": "Ann"}) == told


def test_another_workspaces_sandbox_at_the_address_is_not_taken_for_ours(
    make_sandbox: Callable[..., SandboxProcess],
) -> None:
    ours, other = make_sandbox("ours"), make_sandbox("other")
    ours.address()
    ours.stop()
    assert ours.find() == ""
    address = other.address()
    (ours.folder / READY).write_text(json.dumps({"address": address, "pid": pid_of(other)}))
    assert ours.find() == ""
    assert ours.address() != address


@pytest.mark.parametrize("said", ["", "{", "[]", '{"address": 5}', '{"address": "nonsense", "pid": 1}'])
def test_a_damaged_ready_file_is_none(make_sandbox: Callable[..., SandboxProcess], said: str) -> None:
    sandbox = make_sandbox()
    sandbox.folder.mkdir()
    (sandbox.folder / READY).write_text(said)
    assert sandbox.find() == ""


def test_what_listens_there_and_is_no_sandbox_is_noticed(
    make_sandbox: Callable[..., SandboxProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_ANSWER_S", 0.2)
    sandbox = make_sandbox()
    sandbox.folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        (sandbox.folder / READY).write_text(json.dumps({"address": address, "pid": 1}))
        with pytest.raises(VendorError, match="does not answer"):
            sandbox.address()
    (sandbox.folder / READY).unlink()


def test_it_ends_by_itself_when_nobody_asks(make_sandbox: Callable[..., SandboxProcess]) -> None:
    sandbox = make_sandbox(idle_s=0.2)
    sandbox.address()
    wait_for_end(pid_of(sandbox))
    sandbox.forget()
    assert sandbox.find() == ""


def test_why_it_did_not_start_is_said(make_sandbox: Callable[..., SandboxProcess]) -> None:
    sandbox = make_sandbox()
    sandbox.folder.mkdir()
    (sandbox.folder / process.FILE).write_text(
        "This is no database, and long enough to be seen as none." * 50
    )
    with pytest.raises(VendorError, match=r"could not be started: .*sandbox\.sqlite"):
        sandbox.address()
    assert (sandbox.folder / LOG).exists()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads /proc")
def test_no_token_is_in_its_arguments_or_its_environment(make_sandbox: Callable[..., SandboxProcess]) -> None:
    sandbox = make_sandbox()
    sandbox.address()
    sandbox.ask("POST", "/sandbox/accounts", {"token": "a-secret-token", "name": "Ann"})
    for name in ("cmdline", "environ"):
        assert b"a-secret-token" not in Path(f"/proc/{pid_of(sandbox)}/{name}").read_bytes()
    sandbox.stop()
    for file in sandbox.folder.rglob("*"):
        assert b"a-secret-token" not in file.read_bytes(), file
