"""The threads: questions and their answers, cancelling, the gathered feed, a lane at work, an orderly end."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from PySide6.QtCore import QObject, QThread, Signal
from pytestqt.qtbot import QtBot

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import ActionKind, Cancelled, Change, merge_changes
from crowddesk.lanes import ChangeBus, Job, Threads, WorkThread
from crowddesk.operations import decisions, launch, run_file
from crowddesk.operations.workspace import open_workspace
from crowddesk.store.queries import RUNS, UNITS
from crowddesk.taskserver.looking import SeenPage

TEMPLATE = """<p>${text}</p>
<input type="radio" name="answer" value="yes"><input type="radio" name="answer" value="no">"""


class Receiver(QObject):
    """Where answers arrive; each remembers the thread it came in."""

    heard = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.values: list[Any] = []
        self.errors: list[Exception] = []
        self.progress: list[tuple[int, int]] = []
        self.threads: set[int] = set()

    def take(self, value: Any) -> None:
        self.values.append(value)
        self._note()

    def fail(self, error: Exception) -> None:
        self.errors.append(error)
        self._note()

    def see(self, done: int, total: int) -> None:
        self.progress.append((done, total))
        self._note()

    def _note(self) -> None:
        self.threads.add(threading.get_ident())
        self.heard.emit()


@pytest.fixture
def worker(qapp: object) -> Iterator[WorkThread]:
    thread = WorkThread("tested")
    thread.start()
    yield thread
    thread.stop()


@pytest.fixture
def db(workspace_path: Path) -> Iterator[CrowdDatabase]:
    db = open_workspace(workspace_path)
    yield db
    db.close()


@pytest.fixture
def threads(qapp: object, db: CrowdDatabase) -> Iterator[Threads]:
    threads = Threads(db)
    yield threads
    threads.stop()


def test_an_answer_comes_to_its_receiver_in_the_gui_thread(qtbot: QtBot, worker: WorkThread) -> None:
    receiver = Receiver()
    worker.ask(lambda job: threading.get_ident(), receiver.take)
    qtbot.waitUntil(lambda: bool(receiver.values))
    assert receiver.values[0] != threading.get_ident()
    assert receiver.threads == {threading.get_ident()}


def test_answers_come_in_the_order_of_the_questions_and_none_is_lost(
    qtbot: QtBot, worker: WorkThread
) -> None:
    receiver = Receiver()
    for number in range(3_000):
        worker.ask(lambda job, n=number: n, receiver.take)
    qtbot.waitUntil(lambda: len(receiver.values) == 3_000)
    assert receiver.values == list(range(3_000))


def test_an_error_goes_to_whoever_asked(qtbot: QtBot, worker: WorkThread) -> None:
    receiver = Receiver()

    def break_down(job: Job) -> None:
        raise ValueError("broken")

    worker.ask(break_down, receiver.take, receiver.fail)
    qtbot.waitUntil(lambda: bool(receiver.errors))
    assert str(receiver.errors[0]) == "broken"
    assert not receiver.values


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), GeneratorExit()])
def test_whatever_a_plugin_raises_the_thread_goes_on(
    qtbot: QtBot, worker: WorkThread, error: BaseException
) -> None:
    receiver = Receiver()

    def break_down(job: Job) -> None:
        raise error

    worker.ask(break_down, receiver.take, receiver.fail)
    worker.ask(lambda job: "next", receiver.take)
    qtbot.waitUntil(lambda: receiver.values == ["next"])
    assert type(error).__name__ in str(receiver.errors[0])
    assert isinstance(receiver.errors[0], Exception)


def test_an_error_that_nobody_wants_is_raised_in_the_gui_thread(qtbot: QtBot, worker: WorkThread) -> None:
    receiver = Receiver()

    def break_down(job: Job) -> None:
        raise ValueError("nobody asked")

    with qtbot.captureExceptions() as caught:
        worker.ask(break_down, receiver.take)
        qtbot.waitUntil(lambda: bool(caught))
    assert "nobody asked" in str(caught[0][1])


def test_a_receiver_that_is_gone_hears_nothing(qtbot: QtBot, worker: WorkThread) -> None:
    begin, last = threading.Event(), Receiver()
    gone = Receiver()
    worker.ask(lambda job: begin.wait(5), gone.take)
    worker.ask(lambda job: "last", last.take)
    del gone
    gc.collect()
    begin.set()
    qtbot.waitUntil(lambda: last.values == ["last"])


@pytest.mark.parametrize("cancelled", [False, True])
def test_what_a_job_held_ends_in_the_gui_thread(qtbot: QtBot, worker: WorkThread, cancelled: bool) -> None:
    ended: list[int] = []

    class Held(QObject):
        def __del__(self) -> None:
            ended.append(threading.get_ident())

    hold, last, held = threading.Event(), Receiver(), Held()
    worker.ask(lambda job: hold.wait(5))
    job = worker.ask(lambda job, kept=held: kept.objectName(), last.take)
    del held
    if cancelled:
        job.cancel()
    worker.ask(lambda job: "next", last.take)
    hold.set()
    qtbot.waitUntil(lambda: "next" in last.values)
    assert ended == [threading.get_ident()]


def test_only_bound_methods_of_qobjects_receive(worker: WorkThread) -> None:
    with pytest.raises(TypeError, match="bound method of a QObject"):
        worker.ask(lambda job: 1, lambda value: None)


def test_a_cancelled_job_says_nothing_and_the_next_one_runs(qtbot: QtBot, worker: WorkThread) -> None:
    begun, receiver, next_one = threading.Event(), Receiver(), Receiver()

    def work(job: Job) -> str:
        begun.set()
        while not job.cancelled:
            begun.wait(0.001)
        return "too late"

    job = worker.ask(work, receiver.take)
    assert begun.wait(5)
    job.cancel()
    worker.ask(lambda job: "next", next_one.take)
    qtbot.waitUntil(lambda: next_one.values == ["next"])
    assert not receiver.values


def test_cancelling_ends_work_that_reports_and_its_owner_is_told(qtbot: QtBot, worker: WorkThread) -> None:
    receiver, cancel = Receiver(), threading.Event()

    def work(job: Job) -> None:
        job.report(1, 10)
        assert cancel.wait(5)
        job.report(2, 10)

    job = worker.ask(work, receiver.take, receiver.fail, receiver.see)
    qtbot.waitUntil(lambda: receiver.progress == [(1, 10)])
    job.cancel()
    cancel.set()
    qtbot.waitUntil(lambda: bool(receiver.errors))
    assert isinstance(receiver.errors[0], Cancelled)


def test_what_ends_a_query_is_called_when_it_is_cancelled_before_or_after() -> None:
    for first in (True, False):
        stopped: list[bool] = []
        job = Job(lambda job: None, None, None, None, lambda job, what, value: None)
        if first:
            job.cancel()
        job.on_cancel(lambda: stopped.append(True))  # noqa: B023
        if not first:
            job.cancel()
        assert stopped == [True]


def test_stopping_drops_what_waits_and_ends_the_thread(qtbot: QtBot, qapp: object) -> None:
    thread = WorkThread("stopped")
    thread.start()
    begun = threading.Event()

    def work(job: Job) -> None:
        begun.set()
        while True:
            job.report(1, 2)
            begun.wait(0.001)

    receiver = Receiver()
    thread.ask(work, None, receiver.fail)
    assert begun.wait(5)
    thread.stop()
    assert thread.isFinished()


def test_the_bus_gathers_changes_and_tells_each_table_once(qtbot: QtBot, qapp: object) -> None:
    bus = ChangeBus()
    heard: list[tuple[str, Any]] = []
    bus.rows_changed.connect(lambda table, ids: heard.append((table, ids)))

    def publish() -> None:
        for number in range(1_000):
            bus.publish(Change({"unit": [number], "agent": [7]}, number))

    sender = threading.Thread(target=publish)
    sender.start()
    sender.join()
    qtbot.waitUntil(lambda: sum(len(ids) for table, ids in heard if table == "unit") == 1_000)
    assert len(heard) <= 4
    assert ("agent", [7]) in heard


def test_merged_changes_keep_unnamed_tables_unnamed() -> None:
    merged = merge_changes([Change({"unit": [2, 1]}, 1), Change({"unit": None}, 3), Change({"unit": [5]}, 2)])
    assert merged == Change({"unit": None}, 3)


def test_a_commit_reaches_the_window_from_this_process_and_from_another(
    qtbot: QtBot, threads: Threads, db: CrowdDatabase
) -> None:
    heard: dict[str, set[int]] = {}
    threads.bus.rows_changed.connect(lambda table, ids: heard.setdefault(table, set()).update(ids or ()))
    qtbot.waitUntil(lambda: threads.counter.isRunning() and threads._feed is not None)
    own = int(db.new_worker("here", "mock"))
    qtbot.waitUntil(lambda: own in heard.get("worker", ()))
    code = (
        "import sys; from pathlib import Path; from crowddesk.operations.workspace import open_workspace;"
        "db = open_workspace(Path(sys.argv[1])); print(db.new_worker('elsewhere', 'mock')); db.close()"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, str(db.folder)], capture_output=True, text=True, check=True
    )
    qtbot.waitUntil(lambda: int(other.stdout) in heard["worker"], timeout=5_000)


def test_a_lane_takes_a_run_from_launch_to_paid(
    qtbot: QtBot, threads: Threads, db: CrowdDatabase, tmp_path: Path
) -> None:
    (tmp_path / "t.html").write_text(TEMPLATE)
    (tmp_path / "d.csv").write_text("id,text\n" + "".join(f"{i},item {i}\n" for i in range(20)))
    sections = {
        "task": {
            "name": "t",
            "title": "T",
            "description": "D",
            "reward": "0.10",
            "currency": "USD",
            "budget": "10.00",
        },
        "blueprint": {
            "_blueprint_type": "static_html",
            "template": "t.html",
            "data": "d.csv",
            "item_key": "id",
        },
        "provider": {"_provider_type": "mock", "requester_name": "practice", "speed": "10000"},
    }
    steps: list[Any] = []
    threads.lane_stepped.connect(lambda requester, step: steps.append(step))
    threads.start_lane(1)
    run_id = launch.create_run(db, run_file.run_from_dict(sections, tmp_path))

    def state() -> tuple[str, dict[str, int]]:
        with db.read() as conn:
            [run] = RUNS.rows(conn, [run_id])
        return run.state, run.units

    qtbot.waitUntil(lambda: state() == ("closed", {"completed": 20}), timeout=20_000)
    with db.read() as conn:
        units = list(UNITS.ids(conn))
    decisions.decide(db, ActionKind.APPROVE, units)
    decisions.send(db)
    qtbot.waitUntil(lambda: state()[1] == {"accepted": 20}, timeout=20_000)
    assert {step.state for step in steps} <= {"idle", "working"}


def test_a_lane_whose_lock_is_held_elsewhere_says_so(
    qtbot: QtBot, threads: Threads, db: CrowdDatabase
) -> None:
    from crowddesk.store.locks import RequesterLock

    lock = RequesterLock(db, 1)
    assert lock.acquire()
    steps: list[Any] = []
    threads.lane_stepped.connect(lambda requester, step: steps.append(step.state))
    threads.start_lane(1)
    qtbot.waitUntil(lambda: "elsewhere" in steps)
    lock.release()
    qtbot.waitUntil(lambda: steps[-1] == "idle", timeout=5_000)


def test_every_thread_is_a_qthread_that_ends(qtbot: QtBot, db: CrowdDatabase) -> None:
    threads = Threads(db)
    threads.start_lane(1)
    made: list[QThread] = [
        threads.reader,
        threads.counter,
        threads.desk,
        threads.jobs,
        *threads._lanes.values(),
    ]
    qtbot.waitUntil(lambda: all(thread.isRunning() for thread in made))
    threads.stop()
    assert all(thread.isFinished() for thread in made)
    threads.stop()  # of what has ended nothing is left to do


def test_a_page_is_served_from_the_first_that_is_asked_for_to_the_end(
    qtbot: QtBot, db: CrowdDatabase
) -> None:
    threads, heard = Threads(db), Receiver()
    assert not threads._looking.isRunning()
    threads.look(lambda: SeenPage("Unit 1", "unit 1", "<p>x</p>", {}), heard.take, heard.fail)
    qtbot.waitUntil(lambda: bool(heard.values))
    with urlopen(heard.values[0], timeout=10) as answer:
        assert answer.status == 200
    threads.stop()
    with pytest.raises(OSError):
        urlopen(heard.values[0], timeout=10)
    threads.look(lambda: SeenPage("Unit 1", "unit 1", "<p>x</p>", {}), heard.take, heard.fail)
    assert not threads._looking.isRunning()
    assert not threads.viewer.isRunning()
