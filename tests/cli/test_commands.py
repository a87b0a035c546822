"""The commands: what they print for people and for programs, their exit codes, and how they fail."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Desk = Any

COMMANDS = [
    (), ("demo",), ("launch",), ("resume",), ("pause",), ("stop",), ("runs",), ("units",), ("workers",),
    ("actions",), ("decide",), ("decide", "approve"), ("decide", "soft-reject"), ("decide", "reject"),
    ("send",), ("undo",), ("sync",), ("export",), ("bundle",), ("open",),
    ("journal", "verify"), ("doctor",), ("requester", "add"), ("requester", "list"),
    ("serve",), ("links",), ("invite",), ("owed",),
]  # fmt: skip


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """A desk whose run 1 has eight completed units."""
    desk.write_run()
    desk.run("launch", "run.yaml", "--wait")
    return desk


# -------------------------------------------------------------------------------------------- the whole way


def test_from_a_run_file_to_a_paid_and_exported_answer(desk: Desk) -> None:
    desk.write_run()
    launched = desk.run("launch", "run.yaml", "--wait")
    assert launched.stdout == "1\n"
    assert "8 completed" in launched.stderr
    decided = desk.run("decide", "approve", "--run", 1, "--yes")
    assert "8 decisions recorded (approve, USD 0.96 with fees)" in decided.stderr
    assert "crowddesk send --wait" in decided.stderr
    assert "practice (mock): 8 approve, USD 0.96 with fees" in desk.run("send", "--dry-run").stdout
    with desk.vendor() as vendor:
        assert vendor.calls("approve") == []
    assert "8 done" in desk.run("send", "--wait").stderr
    (run,) = desk.json("runs")
    assert (run["task_run_id"], run["status"], run["units"]) == ("1", "closed", {"accepted": 8})
    assert run["total_spend"] == {"minor": 96, "currency": "USD"}
    desk.run("export", "--run", 1, "--to", "out.csv", "--only", "in", "--with-names")
    with (desk.folder / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (desk.folder / "answers.csv").open(encoding="utf-8", newline="") as file:
        recorded = {(r["item"], r["worker"], r["answer"]) for r in csv.DictReader(file)}
    assert {(r["input.id"], r["worker_name"], r["output.answer"]) for r in rows} == recorded
    head = desk.run("journal", "verify").stdout.strip()
    desk.run("journal", "verify", "--head", head)
    assert desk.run("doctor").stdout == ""


def test_units_carry_the_interface_s_names(worked: Desk) -> None:
    units = worked.json("units", "--run", 1)
    assert len(units) == 8
    unit = units[0]
    wanted = {
        "unit_id": "1", "task_run_id": "1", "task_id": "1", "assignment_id": "1", "unit_index": 0,
        "item_key": "000", "kind": "standard", "task_type": "static_html", "provider_type": "mock",
        "requester_id": "1", "sandbox": True, "status": "completed", "agent_status": "completed",
        "vendor_status": "submitted", "dataset_status": "undecided", "worker_name": "W0",
        "pay_amount": {"minor": 10, "currency": "USD"}, "fee": {"minor": 2, "currency": "USD"},
        "input": {"id": "000", "text": "Sentence 0."}, "output": {"answer": "0"},
    }  # fmt: skip
    assert {name: unit[name] for name in wanted} == wanted
    assert isinstance(unit["worker_id"], str)
    assert isinstance(unit["agent_id"], str)


def test_lists_search_and_cut_off_only_when_asked(worked: Desk) -> None:
    assert len(worked.json("units")) == 8
    mine = worked.json("units", "--run", 1, "--where", "status:completed worker:W1")
    assert {u["worker_name"] for u in mine} == {"W1"}
    assert len(worked.json("units", "--limit", 3)) == 3
    assert worked.json("units", "--limit", 0) == []
    assert worked.json("runs", "--where", "status:live") == []
    workers = worked.json("workers", "--run", 1)
    assert {w["worker_name"]: w["units"] for w in workers} == {"W0": 1, "W1": 2, "W2": 2, "W3": 2, "W4": 1}
    actions = worked.json("actions", "--run", 1, "--where", "kind:launch")
    assert {(a["kind"], a["status"]) for a in actions} == {("launch", "done")}
    assert [int(a["action_id"]) for a in actions] == sorted(
        (int(a["action_id"]) for a in actions), reverse=True
    )
    text = worked.run("units", "--limit", 2).stdout.splitlines()
    assert text[0].split()[:3] == ["UNIT", "RUN", "ITEM"]
    assert text[1].split()[:5] == ["1", "1", "000", "standard", "completed"]


def test_runs_come_newest_first(worked: Desk) -> None:
    assert worked.run("launch", "run.yaml", "task.name=other").stdout == "2\n"
    assert [run["task_run_id"] for run in worked.json("runs")] == ["2", "1"]
    assert [run["task_run_id"] for run in worked.json("runs", "--run", 1)] == ["1"]
    assert worked.json("runs", "--run", 2)[0]["status"] == "draft"


def test_without_wait_the_work_is_handed_over_and_resume_does_it(desk: Desk) -> None:
    desk.write_run()
    launched = desk.run("launch", "run.yaml")
    assert launched.stdout == "1\n"
    assert "crowddesk resume 1 --wait" in launched.stderr
    with desk.vendor() as vendor:
        assert vendor.calls("launch") == []
    desk.run("resume", 1, "--wait")
    assert desk.json("runs")[0]["units"] == {"completed": 8}
    desk.run("resume", 1, "--wait")  # again does no harm
    desk.run("sync")


def test_a_run_pauses_goes_on_and_stops(desk: Desk) -> None:
    desk.write_run()
    desk.run("launch", "run.yaml")
    assert "Run 1 is draft, so it cannot pause." in desk.run("pause", 1, code=1).stderr
    assert "say --yes" in desk.run("stop", 1, code=2).stderr
    desk.run("stop", 1, "--yes")
    assert desk.json("runs")[0]["units"] == {"expired": 8}
    assert "Run 1 is closed already." in desk.run("stop", 1, "--yes", code=1).stderr
    desk.run("resume", 1, "--wait")


def test_decisions_are_undone_and_refused_with_reasons(worked: Desk) -> None:
    worked.run("decide", "soft-reject", "--run", 1, "--where", "worker:W1", "--reason", "Not read.", "--yes")
    ids = [a["action_id"] for a in worked.json("actions", "--where", "kind:soft_reject")]
    assert len(ids) == 2
    assert worked.run("undo", *ids).stderr == "2 actions taken back.\n"
    assert "had ended" in worked.run("undo", *ids, code=1).stderr
    short = worked.run("decide", "reject", "--run", 1, "--reason", "bad", "--yes", code=1)
    assert "at least 10" in short.stderr
    worked.run("decide", "reject", "--where", "worker:W1", "--reason", "Both answers are the same.", "--yes")
    again = worked.run("decide", "approve", "--run", 1, "--yes")
    assert "6 decisions recorded" in again.stderr
    nothing = worked.run("decide", "approve", "--run", 1, "--yes", code=1)
    assert "6 units because its approve is still open" in nothing.stderr
    assert "2 first rejections wait for a second look." in worked.run("send", "--wait").stderr
    first, second = worked.json("second-look", "list")
    assert (first["worker_name"], first["reason"]) == ("W1", "Both answers are the same.")
    worked.run("second-look", "agree", first["action_id"], second["action_id"], "--note", "They are.")
    worked.run("send", "--wait")
    assert worked.json("runs")[0]["units"] == {"accepted": 6, "rejected": 2}


def test_a_refused_payment_ends_with_1_and_a_retry_pays_exactly_one(worked: Desk) -> None:
    with worked.vendor() as vendor:
        vendor.inject("refuse", "approve", nth=4, reason="Not today.")
    worked.run("decide", "approve", "--run", 1, "--yes")
    sent = worked.run("send", "--wait", code=1)
    assert "7 done, 1 refused." in sent.stderr
    assert "approve unit 4: refused: Not today." in sent.stderr
    worked.run("send", "--wait")  # nothing is left to send
    worked.run("decide", "approve", "--run", 1, "--yes")
    worked.run("send", "--wait")
    with worked.vendor() as vendor:
        paid = [p.target for p in vendor.payments("practice") if p.kind == "approve"]
    assert sorted(map(int, paid)) == list(range(1, 9))


def test_a_unit_that_the_vendor_does_not_take_ends_wait_with_1_and_resume_launches_it(desk: Desk) -> None:
    desk.write_run()
    desk.run("runs")
    with desk.vendor() as vendor:
        vendor.inject("refuse", "launch", nth=3, reason="No more today.")
    launched = desk.run("launch", "run.yaml", "--wait", code=1)
    assert launched.stdout == "1\n"
    assert "1 units are not launched; the last answer to a launch was: No more today." in launched.stderr
    assert desk.json("runs")[0]["units"] == {"completed": 7, "created": 1}
    desk.run("resume", 1, "--wait")
    assert desk.json("runs")[0]["units"] == {"completed": 8}


def test_a_vendor_that_breaks_is_told_and_waited_for(desk: Desk) -> None:
    desk.write_run()
    desk.run("runs")
    with desk.vendor() as vendor:
        vendor.inject("drop_before", "changes")
        vendor.inject("drop_after", "launch")
    done = desk.run("launch", "run.yaml", "--wait")
    assert "The connection to the practice vendor broke during changes." in done.stderr
    with desk.vendor() as vendor:
        assert len([c for c in vendor.calls("launch") if c.done]) == 8


def test_sync_says_which_account_could_not_be_reached(desk: Desk) -> None:
    desk.write_run()
    desk.run("launch", "run.yaml", "provider.speed=0.001")
    assert desk.run("sync").stderr == "practice: up to date.\n"
    process = desk.start("resume", 1, "--wait")
    wait_for(lambda: _launched(desk) == 8)
    process.kill()
    process.communicate()
    with desk.vendor() as vendor:
        vendor.inject("drop_before", "changes")
    failed = desk.run("sync", code=1)
    assert failed.stderr == "practice: The connection to the practice vendor broke during changes.\n"


# -------------------------------------------------------------------------------------------- accounts


def test_accounts_are_added_and_listed(desk: Desk) -> None:
    desk.run("requester", "add", "lab", "balance=12.50", "currency=GBP")
    accounts = desk.json("requester", "list")
    assert [(a["requester_name"], a["provider_type"], a["registered"]) for a in accounts] == [
        ("practice", "mock", True),
        ("lab", "mock", True),
    ]
    assert accounts[1]["currency"] == "GBP"
    assert "already" in desk.run("requester", "add", "lab", code=1).stderr
    assert "Did you mean 'mock'?" in desk.run("requester", "add", "x", "--provider", "mok", code=2).stderr
    assert "balance" in desk.run("requester", "add", "x", "balanse=1", code=2).stderr
    assert "0.001" in desk.run("requester", "add", "x", "balance=0.001", code=2).stderr
    desk.run("requester", "add", "x", "balance=1.00")  # the failed attempt is no obstacle


# ---------------------------------------------------------------------------------- usage and failures


def test_every_command_explains_itself(desk: Desk) -> None:
    for words in COMMANDS:
        shown = desk.run(*words, "--help").stdout
        assert shown.startswith("Usage: "), words
    assert not desk.workspace.exists()


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("fly",), 2, "No such command 'fly'"),
        (("launch",), 2, "Missing argument"),
        (("resume", "x"), 2, "valid integer"),
        (("resume", 7), 1, "There is no task run 7."),
        (("units", "--run", 7), 1, "There is no task run 7."),
        (("units", "--where", "stat:x"), 2, "Did you mean status:?"),
        (("units", "--where", "status:compleeted"), 2, "Did you mean completed?"),
        (("decide", "approve", "--yes"), 2, "Say which units"),
        (("decide", "approve", "--run", 7, "--yes"), 1, "There is no task run 7."),
        (("export", "--run", 7, "--to", "x.csv"), 1, "There is no task run 7."),
        (("export", "--run", 7, "--to", "x.doc"), 2, ".csv, .jsonl, .xlsx, .parquet"),
        (("launch", "nowhere.yaml"), 2, "nowhere.yaml does not exist."),
        (("journal", "verify", "--head", "abc"), 2, "'abc' is no journal head"),
        (("undo", 1), 1, "These are not there"),
        (("resolve", 1, "--happened"), 1, "Action 1 does not wait for a decision"),
        (("requester", "add", "x", "balance"), 2, "'balance' sets nothing"),
    ],
)
def test_wrong_usage_is_2_and_failure_1_in_one_sentence(
    desk: Desk, words: tuple[object, ...], code: int, sentence: str
) -> None:
    ended = desk.run(*words, code=code)
    assert sentence in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize(
    ("change", "code", "sentence"),
    [
        ("task.reward=0", 2, "task.reward"),
        ("task.reward=-1", 2, "task.reward"),
        ("task.reward=0.001", 2, "finer than the smallest coin"),
        ("task.budget=0.50", 1, "over the cap of USD 0.50"),
        ("task.currency=EUR", 2, "is in USD, the run in EUR"),
        ("task.rewad=1", 2, "reward"),
        ("provider._provider_type=mok", 2, "Did you mean 'mock'?"),
        ("provider.requester_name=practise", 2, "Did you mean 'practice'?"),
        ("blueprint.template=items.csv", 2, "items.csv"),
        ("blueprint.data=empty.csv", 2, "empty.csv"),
        ("blueprint.data=latin.csv", 2, "latin.csv"),
        ("blueprint.data=double.csv", 2, "double.csv"),
        ("blueprint.item_key=ident", 2, "it has no column 'ident'; it has 'id', 'text'"),
        ("nonsense", 2, "'nonsense' changes nothing"),
    ],
)
def test_a_wrong_run_leaves_nothing_behind(desk: Desk, change: str, code: int, sentence: str) -> None:
    desk.write_run()
    (desk.folder / "empty.csv").write_bytes(b"")
    (desk.folder / "latin.csv").write_bytes(b"id,text\n1,caf\xe9\n")
    (desk.folder / "double.csv").write_text("id,text,text\n1,a,b\n", encoding="utf-8")
    ended = desk.run("launch", "run.yaml", change, code=code)
    assert sentence in ended.stderr
    assert ended.stdout == ""
    assert desk.json("runs") == []


def test_several_faults_of_a_file_are_named_line_by_line(desk: Desk) -> None:
    desk.write_run()
    (desk.folder / "items.csv").write_text("id,text\n1\n2,b\n3,c,d\n", encoding="utf-8")
    assert desk.run("launch", "run.yaml", code=2).stderr.splitlines() == [
        "items.csv, line 2: 1 value where the header has 2 columns. There is 1 more.",
        "  items.csv, line 4: 3 values where the header has 2 columns.",
    ]
    (desk.folder / "run.yaml").write_text("task: [", encoding="utf-8")
    assert len(desk.run("launch", "run.yaml", code=2).stderr.splitlines()) == 1


def test_without_a_terminal_a_decision_needs_yes(worked: Desk) -> None:
    asked = worked.run("decide", "approve", "--run", 1, code=2)
    assert "Approve 8 units for USD 0.96 with fees? Nobody is here to answer: say --yes." in asked.stderr
    assert {u["pending"] for u in worked.json("units")} == {None}


def has_terminals() -> bool:
    """A container may have none, and Windows has no such thing."""
    try:
        import pty

        for end in pty.openpty():
            os.close(end)
    except (ImportError, OSError):
        return False
    return True


@pytest.mark.skipif(not has_terminals(), reason="this machine has no pseudo-terminals")
@pytest.mark.parametrize(("answer", "code", "staged"), [(b"n\n", 1, 0), (b"y\n", 0, 8)])
def test_on_a_terminal_it_asks_first(worked: Desk, answer: bytes, code: int, staged: int) -> None:
    import pty

    master, slave = pty.openpty()
    process = worked.start("decide", "approve", "--run", 1, stdin=slave)
    os.close(slave)
    os.write(master, answer)
    _, err = process.communicate(timeout=60)
    os.close(master)
    assert "Approve 8 units for USD 0.96 with fees?" in err
    assert process.returncode == code
    assert worked.json("runs")[0]["staged_actions"] == staged


def test_a_changed_journal_and_damaged_rows_are_found(worked: Desk) -> None:
    with closing(sqlite3.connect(worked.workspace / "crowddesk.sqlite")) as connection, connection:
        connection.execute("UPDATE status_event SET new = 'accepted' WHERE id = 1")
        connection.execute("UPDATE assignment SET data = '{' WHERE id = 2")
    broken = worked.run("journal", "verify", code=1)
    assert "were changed after they were written" in broken.stderr
    assert "The data of assignment 2 cannot be read" in worked.run("doctor", code=1).stdout
    units = worked.json("units")
    assert len(units) == 8
    assert units[2]["input"] == {"(damaged)": "{"}
    exported = worked.run("export", "--run", 1, "--to", "out.jsonl", code=1)
    assert "The stored item or answer of 2 units is damaged (3, 4)." in exported.stderr
    assert len((worked.folder / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 8


def test_a_workspace_that_is_no_folder_or_newer_is_refused_in_a_sentence(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ended = desk.run("--workspace", tmp_path / "file", "runs", code=1)
    assert "is not a folder" in ended.stderr
    desk.run("runs")
    with closing(sqlite3.connect(desk.workspace / "crowddesk.sqlite")) as connection, connection:
        connection.execute("UPDATE workspace SET schema_version = '9999'")
    assert "written by a newer CrowdDesk" in desk.run("runs", code=1).stderr
    (desk.workspace / "crowddesk.sqlite").write_bytes(b"no database at all" * 100)
    assert "is damaged" in desk.run("runs", code=1).stderr


def test_the_workspace_is_named_before_or_after_the_command_or_by_the_environment(
    desk: Desk, tmp_path: Path
) -> None:
    desk.run("--workspace", tmp_path / "a", "runs")
    desk.run("runs", "--workspace", tmp_path / "b")
    desk.run("runs")
    for folder in (tmp_path / "a", tmp_path / "b", desk.workspace):
        assert (folder / "crowddesk.sqlite").is_file()


def test_a_fault_of_the_program_leaves_its_traceback_in_a_file(desk: Desk) -> None:
    code = (
        "import crowddesk.store.doctor as d\n"
        "def fall(db): raise RuntimeError('it fell')\n"
        "d.check = fall\n"
        "from crowddesk.cli import main; main()"
    )
    env = {**os.environ, "CROWDDESK_WORKSPACE": str(desk.workspace)}
    ended = subprocess.run(
        [sys.executable, "-c", code, "doctor"], capture_output=True, text=True, env=env, check=False
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    (log,) = (desk.workspace / "logs").glob("crash-*.txt")
    assert str(log) in ended.stderr
    assert "RuntimeError: it fell" in log.read_text(encoding="utf-8")


# -------------------------------------------------------------------------------------- processes


def test_what_only_lists_imports_nothing_heavy(desk: Desk) -> None:
    desk.run("runs")
    heavy = ("PySide6", "alembic", "openpyxl", "numpy", "psycopg", "crowddesk.providers.mock")
    code = (
        "import sys\nfrom crowddesk.cli import main\n"
        "try: main()\n"
        f"except SystemExit: print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    for words in (["runs", "--json"], ["units", "--json"], ["actions"], ["journal", "verify"]):
        env = {**os.environ, "CROWDDESK_WORKSPACE": str(desk.workspace)}
        ended = subprocess.run(
            [sys.executable, "-c", code, *words], capture_output=True, text=True, env=env, check=True
        )
        assert ended.stderr.splitlines()[-1] == "[]", words


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_wait_in_order_and_nothing_is_lost(desk: Desk, number: int) -> None:
    desk.write_run(4)
    process = desk.start("launch", "run.yaml", "provider.speed=0.01", "--wait")
    assert process.stdout.readline() == "1\n"
    wait_for(lambda: _launched(desk) == 8)
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert "Traceback" not in err
    assert "it goes on with: crowddesk resume 1 --wait" in err
    assert desk.run("doctor").stdout == ""


def _launched(desk: Desk) -> int:
    with desk.vendor() as vendor:
        return len([call for call in vendor.calls("launch") if call.done])


def wait_for(reached: Any, seconds: float = 60) -> None:
    pause, deadline = threading.Event(), time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline
        pause.wait(0.02)


@pytest.mark.skipif(sys.platform == "win32", reason="no head there")
def test_a_reader_that_leaves_is_no_error(worked: Desk) -> None:
    process = worked.start("units", "--json", stdout=subprocess.PIPE)
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(timeout=60) == 141
    process.stderr.close()


def test_wait_ends_when_another_process_does_the_work(desk: Desk) -> None:
    """Whoever holds the lock: the second process follows through the database."""
    desk.write_run(4)
    first = desk.start("launch", "run.yaml", "provider.speed=20", "--wait")
    assert first.stdout.readline() == "1\n"
    wait_for(lambda: _launched(desk) == 8)
    second = desk.run("resume", 1, "--wait")
    _, err = first.communicate(timeout=60)
    assert first.returncode == 0, err
    assert "Another CrowdDesk works for this account." in second.stderr
    assert "8 completed" in second.stderr
    assert _launched(desk) == 8


def test_when_the_working_process_dies_the_waiting_one_takes_over(desk: Desk) -> None:
    desk.write_run(4)
    first = desk.start("launch", "run.yaml", "provider.speed=10", "--wait")
    assert first.stdout.readline() == "1\n"
    wait_for(lambda: _launched(desk) == 8)
    second = desk.start("resume", 1, "--wait")
    assert "Another CrowdDesk works" in second.stderr.readline()
    first.kill()
    first.communicate()
    _, err = second.communicate(timeout=60)
    assert second.returncode == 0, err
    assert desk.json("runs")[0]["units"] == {"completed": 8}
    assert _launched(desk) == 8


def test_two_processes_open_a_new_workspace_at_the_same_moment(desk: Desk) -> None:
    started = [desk.start("requester", "list", "--json") for _ in range(3)]
    for process in started:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        assert [(a["requester_name"], a["registered"]) for a in json.loads(out)] == [("practice", True)]
