"""The token of a live account is nowhere but where it was put: searched for byte by byte, in every dress."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest

from crowddesk import vault
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import Action, ActionKind, AssignmentState, CrowdDeskError
from crowddesk.operations import export
from crowddesk.operations.accounts import add_requester, register_again
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.launch import create_run
from crowddesk.operations.run_file import run_from_dict
from crowddesk.providers.prolific import wire
from crowddesk.providers.prolific.account import ProlificRequester
from crowddesk.providers.prolific.provider import ProlificProvider
from crowddesk.providers.prolific_sandbox.books import Terms
from crowddesk.store import journal
from crowddesk.testing.workspace import TEMPLATE, make_workspace, new_action
from crowddesk.ui.messages import CrashReporter
from tests.keychain import MemoryKeyring, own_vault
from tests.providers.prolific.account_server import account_server, workspace
from tests.providers.prolific_sandbox.open_sandbox import Desk as Researcher
from tests.providers.prolific_sandbox.open_sandbox import in_thread
from tests.secret_search import environment_of, files_with, is_in, processes

TOKEN = "tkn-Zq8w~41bXeVgK7uRp0sLhDyNc2mA"
PHRASE = "a-passphrase-Wq9!zzT-of-these-tests"
ROOT = Path(__file__).parents[1]


@contextlib.contextmanager
def everything_logged(path: Path) -> Iterator[None]:
    """The log of all libraries at DEBUG, with tracebacks, in a file."""
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.setLevel(before)
        root.removeHandler(handler)
        handler.close()


@pytest.mark.parametrize("where", vault.PLACES)
def test_a_run_leaves_no_token_in_any_file(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "_PAUSES", (0.0,))
    folder, config, elsewhere = tmp_path / "workspace", tmp_path / "config", tmp_path / "vendor"
    elsewhere.mkdir()
    chain = MemoryKeyring()
    texts: list[str] = []
    folder.mkdir()
    (folder / "logs").mkdir()
    with (
        own_vault(config, chain),
        everything_logged(folder / "logs" / "debug.log"),
        in_thread(elsewhere / "sandbox.sqlite", Terms(lag=0.0)) as address,
    ):
        monkeypatch.setattr(ProlificRequester, "ADDRESS", address)
        at_vendor = Researcher(address, TOKEN)
        db = make_workspace(folder)
        texts += work(db, at_vendor, where)
        db.close()
        with contextlib.closing(make_workspace(folder)) as again:  # what was in memory is on disk now
            texts.append(json.dumps([dict(row) for row in map(vars_of, again.find_requesters())]))
        at_vendor.close()
        assert files_with(TOKEN, folder, config) == []
        assert files_with(PHRASE, folder, config) == []
        assert [text[:200] for text in texts if is_in(TOKEN, text) or is_in(PHRASE, text)] == []
        assert (where == "keychain") == (TOKEN in chain.kept.values())
        log = (folder / "logs" / "debug.log").read_text(encoding="utf-8")
        assert "receive_response_headers" in log  # the wire's own log was on
        assert "HTTP Request: " in log
    (folder / "logs" / "leak").write_text(f"Authorization: Token {TOKEN}")
    assert files_with(TOKEN, folder, config) == ["logs/leak"]  # the search finds what is there


def vars_of(account: Requester) -> dict[str, Any]:
    return {name: repr(value) for name, value in vars(account).items()}


def work(db: CrowdDatabase, at_vendor: Researcher, where: str) -> list[str]:
    """Registers, launches, decides, fails, exports; every text that a person could see of it."""
    values = {"token": TOKEN, "keep_in": where, "passphrase": PHRASE if where == vault.FILE else ""}
    account = Requester.get(db, add_requester(db, "prolific", "lab", values))
    assert isinstance(account, ProlificRequester)
    register_again(db, account.db_id, values)
    provider = ProlificProvider(db)
    run = launched(db, account)
    units = run.get_units()
    texts = [repr(each) for each in (account, account.account(), account.client(), provider, run, *units)]
    texts += [repr(vars(each)) for each in (account, account.client(), provider, run)]
    texts += [str(account.to_dict()), str(account.get_available_budget()), repr(values.keys())]
    texts += [repr(outcome) for outcome in refused_in_every_way(provider, account, at_vendor, units)]
    texts += complaints(db, account)
    for ending in ("csv", "jsonl", "xlsx", "parquet"):
        wanted = export.Wanted(int(run.db_id), f".{ending}", names=True)
        export.export(db, wanted, db.folder / f"export.{ending}")
    with db.read() as conn:
        texts.append(repr(journal.verify(conn, None)))
    return texts


class Served:
    """A task server at a public address."""

    def serve(self, requester_id: int, run_ids: Collection[int]) -> None:
        """All runs are before people already."""

    def url_of(self, run_id: int) -> str:
        return f"https://lab.example/r/{run_id}"


def launched(db: CrowdDatabase, account: ProlificRequester) -> TaskRun:
    """A run of two items that the account's lane has published."""
    (db.folder / "template.html").write_text(TEMPLATE, encoding="utf-8")
    (db.folder / "items.csv").write_text("id,text\na,One.\nb,Two.\n", encoding="utf-8")
    sections = {
        "task": {
            "name": "n", "title": "T", "description": "D", "reward": "1.20", "currency": "GBP",
            "budget": "50.00", "estimated_minutes": 3,
        },
        "blueprint": {"_blueprint_type": "static_html", "template": "template.html", "data": "items.csv"},
        "provider": {"_provider_type": "prolific", "requester_name": "lab", "hosting": "here"},
    }  # fmt: skip
    config = run_from_dict(sections, db.folder)
    (db.folder / "settings.yaml").write_text("task_server: {public_url: 'https://lab.example'}\n")
    run_id = create_run(db, config)
    lane = LaneWork(db, int(account.db_id), Served())
    try:
        for _ in range(200):
            step = lane.step()
            run = TaskRun.get(db, str(run_id))
            if all(unit.get_status() == AssignmentState.LAUNCHED for unit in run.get_units()):
                return run
    finally:
        lane.stop()
    raise AssertionError(f"The run was not launched: {step}.")


def refused_in_every_way(
    provider: ProlificProvider, account: ProlificRequester, at_vendor: Researcher, units: list[Any]
) -> list[Any]:
    """What the lane makes of faults on the wire, of every kind that answers or breaks off."""
    found: list[Any] = []
    run = units[0].get_task_run()
    actions: list[Action] = [new_action(ActionKind.PAUSE, run, account)]
    for kind in ("refuse", "busy", "broken", "wrong_json", "act_then_drop", "no_balance"):
        at_vendor.control("POST", "faults", {"seed": 1, "rules": [{"kind": kind, "probability": 1.0}]})
        found += provider.perform(actions)
        found += asked_anyway(account)
    at_vendor.control("POST", "faults", {"seed": 1, "rules": []})
    return found


def asked_anyway(account: ProlificRequester) -> list[str]:
    try:
        return [str(account.get_available_budget())]
    except CrowdDeskError as error:
        return [str(error), error.details, repr(error), "".join(traceback.format_exception(error))]


def complaints(db: CrowdDatabase, account: ProlificRequester) -> list[str]:
    """Every sentence that a wrong or a locked token can lead to."""
    said = []
    for values in (
        {"token": TOKEN + "x"}, {"token": TOKEN + " y"}, {"token": TOKEN, "keep_in": "nowhere"},
        {"token": TOKEN, "workspace": "nowhere"}, {"token": TOKEN, "tokn": TOKEN},
        {"token": TOKEN, "keep_in": "file", "passphrase": PHRASE + "wrong"},
    ):  # fmt: skip
        try:
            add_requester(db, "prolific", "other", values)
        except CrowdDeskError as error:
            said += [str(error), error.details, "".join(traceback.format_exception(error))]
    assert said
    return said


# --------------------------------------------------------------------------------------- crash reports


def a_fault_of_our_own(token: str) -> None:
    """Breaks in a function that holds the token, as the deepest one would."""
    client = {"Authorization": f"Token {token}"}
    raise RuntimeError(f"something about {len(client)} headers")


def test_a_crash_report_shows_no_values(qtbot: Any, tmp_path: Path, expect_log: Any) -> None:
    expect_log("Nobody caught this")
    reporter = CrashReporter(facts="CrowdDesk 0")
    seen: list[str] = []
    reporter.crashed.connect(lambda title, details: seen.extend((title, details)))
    with everything_logged(tmp_path / "debug.log"):
        try:
            a_fault_of_our_own(TOKEN)
        except RuntimeError as error:
            with qtbot.waitSignal(reporter.crashed):
                reporter.report(type(error), error, error.__traceback__)
    for dialog in reporter._open:
        dialog.close()
    assert "a_fault_of_our_own" in "".join(seen)
    assert not is_in(TOKEN, "".join(seen))
    assert files_with(TOKEN, tmp_path) == []


def test_a_crash_at_the_command_line_leaves_no_token(tmp_path: Path) -> None:
    (tmp_path / "token.txt").write_text(TOKEN)
    code = (
        "from crowddesk.operations import accounts\n"
        "def broken(db, kind, name, values): raise RuntimeError('broken')\n"
        "accounts.add_requester = broken\n"
        "from crowddesk.cli import main; main()\n"
    )
    done = run_cli(tmp_path, code, "--token-file", str(tmp_path / "token.txt"))
    assert done.returncode == 1
    assert "failed unexpectedly" in done.stderr
    assert list((tmp_path / "workspace" / "logs").glob("crash-*.txt"))
    assert not is_in(TOKEN, done.stdout + done.stderr)
    assert files_with(TOKEN, tmp_path / "workspace") == []


def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "CROWDDESK_WORKSPACE": str(tmp_path / "workspace"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


def run_cli(tmp_path: Path, code: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, "requester", "add", "lab", "--provider", "prolific", *words],
        env=environment(tmp_path), capture_output=True, text=True, timeout=60, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


# ----------------------------------------------------------------------------------------- other processes


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_process_shows_the_token(tmp_path: Path) -> None:
    """While the vendor lets the command wait, every command line and environment is looked through."""
    asked, go_on = threading.Event(), threading.Event()
    with account_server() as server:
        server.tokens[TOKEN] = [workspace("lab", "pilot")]
        answer = server.reply

        def slow(token: str, path: str) -> tuple[int, bytes]:
            asked.set()
            go_on.wait(30)
            return answer(token, path)

        server.reply = slow  # type: ignore[method-assign]
        code = (
            "from crowddesk.providers.prolific.account import ProlificRequester as R\n"
            f"R.ADDRESS = {server.address!r}\n"
            "from crowddesk.cli import main; main()\n"
        )
        words = ["requester", "add", "lab", "--provider", "prolific", "keep_in=session", "--token-file", "-"]
        process = subprocess.Popen(
            [sys.executable, "-c", code, *words], env=environment(tmp_path), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert process.stdin is not None
            process.stdin.write(TOKEN + "\n")
            process.stdin.close()
            process.stdin = None
            assert asked.wait(60)
            shown = dict(processes())
            assert process.pid in shown
            assert [pid for pid, line in shown.items() if is_in(TOKEN, line)] == []
            assert not is_in(TOKEN, environment_of(process.pid))
        finally:
            go_on.set()
            out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert not is_in(TOKEN, out + err)
    assert files_with(TOKEN, tmp_path) == []


def test_the_search_finds_every_dress(tmp_path: Path) -> None:
    import base64

    for number, raw in enumerate(
        (
            TOKEN.encode(), TOKEN.encode("utf-16"), base64.b64encode(b"Token " + TOKEN.encode()),
            base64.b64encode(b":" + TOKEN.encode() + b"\n"), base64.b64encode(b"ab" + TOKEN.encode() + b"cd"),
            base64.urlsafe_b64encode(TOKEN.encode("utf-16-le")), TOKEN.encode().hex().encode(),
        )
    ):  # fmt: skip
        (tmp_path / f"{number}").write_bytes(b"before" + raw + b"after")
        assert files_with(TOKEN, tmp_path) == [str(each) for each in range(number + 1)]
    assert not is_in(TOKEN, TOKEN[:-1])
