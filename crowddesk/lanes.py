"""Makes every thread of the program (Reader, Desk, Jobs, Server, Looking, a lane a requester), and ChangeBus.

The GUI thread hands a function over and gets its answer in a bound method of a QObject, later, in the GUI
thread. Senders of signals live there too; a running thread is asked to end and awaited, never dropped.
The same lanes run without a window under a QCoreApplication.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import signal
import threading
import time
import weakref
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QThread, QTimer, Signal

from crowddesk.domain import Cancelled, Change, merge_changes
from crowddesk.language import say

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.lane_work import Step
    from crowddesk.store.journal import Feed
    from crowddesk.taskserver import ServerState, TaskServer
    from crowddesk.taskserver.looking import Looking, SeenFile, SeenPage

logger = logging.getLogger(__name__)

_QUEUED: Final = Qt.ConnectionType.QueuedConnection
_GATHER_MS: Final = 50
_LOOK_FOR_OTHERS_S: Final = 0.25
_PROGRESS_EVERY_S: Final = 0.1
_WATCH_MS: Final = 100


class Job:
    """Work on its way: `cancel()` from any thread; the work asks `cancelled` or calls `report`."""

    def __init__(
        self,
        work: Callable[[Job], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None] | None,
        progress: Callable[[int, int], None] | None,
        tell: Callable[[Job, str, Any], None],
    ) -> None:
        self.work = work
        self._receivers = {"done": _weak(done), "failed": _weak(failed), "progress": _weak(progress)}
        self._wanted = {"done": done is not None, "failed": failed is not None}
        self._tell = tell
        self._cancelled = threading.Event()
        self._on_cancel: Callable[[], None] | None = None
        self._last_report = 0.0

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Asks the work to end; its answer is dropped, unless it asked to hear of `Cancelled`."""
        self._cancelled.set()
        interrupt = self._on_cancel
        if interrupt is not None:
            interrupt()

    def on_cancel(self, interrupt: Callable[[], None] | None) -> None:
        """What else ends the work (a running query's interrupt); called from the thread that cancels."""
        self._on_cancel = interrupt
        if interrupt is not None and self.cancelled:
            interrupt()

    def report(self, done: int, total: int) -> None:
        """Says how far the work is, at most ten times a second; raises Cancelled when it was cancelled."""
        if self.cancelled:
            raise Cancelled(say("Cancelled."))
        clock = time.monotonic()
        if clock - self._last_report >= _PROGRESS_EVERY_S or done >= total:
            self._last_report = clock
            self._tell(self, "progress", (done, total))

    def deliver(self, what: str, value: Any) -> None:
        """Calls the receiver, in the GUI thread; nothing when the object that waited is gone.

        An ended job lets go of its work here: it may be the last to hold a widget, which must end in this
        thread.
        """
        if what != "progress":
            self.work = _ended
        if what == "dropped":
            return
        reference = self._receivers[what]
        receiver = reference() if reference is not None else None
        if receiver is None or not _is_alive(receiver):
            if what == "failed" and not self._wanted["failed"] and not isinstance(value, Cancelled):
                raise value
            return
        if what == "progress":
            receiver(*value)
        elif not self.cancelled or isinstance(value, Cancelled):
            receiver(value)


def _ended(job: Job) -> None:
    """The work of a job that has ended."""


def _weak(method: Callable[..., None] | None) -> weakref.WeakMethod[Any] | None:
    if method is None:
        return None
    if not hasattr(method, "__self__") or not isinstance(method.__self__, QObject):
        raise TypeError(f"{method!r} must be a bound method of a QObject of the GUI thread")
    return weakref.WeakMethod(method)


def _is_alive(method: Any) -> bool:
    from shiboken6 import isValid

    return bool(isValid(method.__self__))


class WorkThread(QThread):
    """Runs jobs one after another; `idle` is called first and between them, about four times a second.

    `finish` is called in the thread when it ends.
    """

    _answered = Signal(object, str, object)

    def __init__(
        self, name: str, idle: Callable[[], None] | None = None, finish: Callable[[], None] | None = None
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._finish = finish
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._idle = idle
        self._current: Job | None = None
        self._answered.connect(self._deliver, _QUEUED)

    def ask(
        self,
        work: Callable[[Job], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Job:
        """Runs `work(job)` in this thread. Receivers are bound methods of QObjects; call from the GUI thread.

        Without `failed` an exception is raised in the GUI thread, where the crash dialog shows it.
        """
        job = Job(work, done, failed, progress, self._answered.emit)
        self._jobs.put(job)
        return job

    def stop(self) -> None:
        """Cancels what runs, drops what waits, and waits until the thread has ended."""
        self._jobs.put(None)
        current = self._current
        if current is not None:
            current.cancel()
        self.wait()

    def run(self) -> None:
        wait = None if self._idle is None else _LOOK_FOR_OTHERS_S
        last_idle = -_LOOK_FOR_OTHERS_S
        while True:
            clock = time.monotonic()
            if self._idle is not None and clock - last_idle >= _LOOK_FOR_OTHERS_S:
                last_idle = clock
                self._idle()
            try:
                job = self._jobs.get(timeout=wait)
            except queue.Empty:
                continue
            if job is None:
                break
            self._do(job)
        if self._finish is not None:
            self._finish()

    def _do(self, job: Job) -> None:
        if job.cancelled:
            self._answered.emit(job, "dropped", None)
            return
        self._current = job
        try:
            self._answered.emit(job, "done", job.work(job))
        except Exception as error:  # every failure goes to whoever asked
            self._answered.emit(job, "failed", error)
        except BaseException as error:  # a plug-in's sys.exit() ends its job, not what all others wait for
            ended = RuntimeError(f"{type(error).__name__}: {error}")
            ended.__cause__ = error
            self._answered.emit(job, "failed", ended)
        finally:
            self._current = None

    def _deliver(self, job: Job, what: str, value: Any) -> None:
        job.deliver(what, value)


class Lane(QThread):
    """The one thread that talks to one requester's vendor; it runs a `LaneWork` until it is stopped."""

    stepped = Signal(int, object)

    def __init__(self, db: CrowdDatabase, requester_id: int, server: Server) -> None:
        super().__init__()
        self.setObjectName(f"lane-{requester_id}")
        self.requester_id = requester_id
        self._db = db
        self._server = server
        self._wake = threading.Event()
        self._stopping = False

    def wake(self) -> None:
        """Ends the lane's sleep; from any thread."""
        self._wake.set()

    def stop(self) -> None:
        """Lets the running step end, and waits for it."""
        self._stopping = True
        self._wake.set()
        self.wait()

    def run(self) -> None:
        from crowddesk.operations.lane_work import LaneWork

        work = LaneWork(self._db, self.requester_id, self._server)
        told: tuple[str, str] | None = None
        try:
            while not self._stopping:
                self._wake.clear()
                step: Step = work.step()
                if told != (step.state, step.note):
                    told = (step.state, step.note)
                    self.stepped.emit(self.requester_id, step)
                if step.wait > 0 and not self._stopping:
                    self._wake.wait(step.wait)
        finally:
            work.stop()


class Server(QThread):
    """The task server's loop and nothing else, in a thread that sleeps until a run has to be served.

    What it reads and writes is done in `writing`, a thread beside it. Every method may be called from any
    thread; `serve` and `url_of` are what a lane needs of it (`lane_work.Serving`).
    """

    #: A ServerState, from the server's thread.
    changed = Signal(object)

    def __init__(self, db: CrowdDatabase) -> None:
        super().__init__()
        self.setObjectName("server")
        self.writing = ServerWriter(self)
        self._db = db
        self._guard = threading.Lock()
        self._wanted: dict[int, Collection[int]] = {}
        self._needed = threading.Event()
        self._stopping = False
        self.made = threading.Event()
        self.server: TaskServer | None = None

    def serve(self, requester_id: int, run_ids: Collection[int]) -> None:
        """Keeps exactly these runs of an account before people."""
        with self._guard:
            self._wanted[requester_id] = run_ids
            if self.server is not None:
                self.server.serve(requester_id, run_ids)
            elif run_ids:
                self._needed.set()

    def url_of(self, run_id: int) -> str | None:
        """The link of a run for its workers; None while it is not served."""
        return None if self.server is None else self.server.url_of(run_id)

    @property
    def state(self) -> ServerState:
        """What is served now."""
        from crowddesk.taskserver import ServerState

        return ServerState() if self.server is None else self.server.state

    def take_over(self, change: Change) -> None:
        """Hands a committed change to the live runs."""
        if self.server is not None:
            self.server.take_over(change)

    def look_again(self) -> None:
        """The settings have changed, or an address that was taken may be free by now."""
        if self.server is not None:
            self.server.look_again()

    def run(self) -> None:
        self._needed.wait()
        if not self._stopping:
            from crowddesk import settings
            from crowddesk.taskserver import TaskServer

            server = TaskServer(
                self._db, lambda: settings.load(self._db.folder).task_server, self.changed.emit
            )
            with self._guard:
                self.server = server
                for requester_id, run_ids in self._wanted.items():
                    server.serve(requester_id, run_ids)
                if self._stopping:  # asked to end while the server was being made
                    server.stop()
            self.made.set()
            server.run()

    def stop(self) -> None:
        """Closes every page's connection, lets what arrived be stored, and waits for both threads."""
        with self._guard:
            self._stopping = True
            server = self.server
        self._needed.set()
        if server is not None:
            server.stop()
        self.wait()
        self.writing.stop()


class ServerWriter(QThread):
    """Runs the database work of the task server, batch by batch."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.setObjectName("server-writer")
        self._server = server

    def run(self) -> None:
        self._server.made.wait()
        if self._server.server is not None:
            self._server.server.writer.run()

    def stop(self) -> None:
        """Lets what waits be done, and waits for the end; the server has ended before."""
        self._server.made.set()
        if self._server.server is not None:
            self._server.server.writer.stop()
        self.wait()


class LookingServer(QThread):
    """Serves pages that are only looked at. Nothing listens before it is started; it needs no run."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("looking")
        self._guard = threading.Lock()
        self._looking: Looking | None = None
        self._stopping = False

    @property
    def looking(self) -> Looking:
        """What serves; made when it is first asked for, by any thread. Raises Cancelled after `stop`."""
        from crowddesk.taskserver.looking import Looking

        with self._guard:
            if self._stopping:
                raise Cancelled(say("The program is being closed."))
            if self._looking is None:
                self._looking = Looking()
            return self._looking

    def run(self) -> None:
        with contextlib.suppress(Cancelled):
            self.looking.run()

    def stop(self) -> None:
        """Closes its pages, and waits until the thread has ended."""
        with self._guard:
            self._stopping = True
        if self._looking is not None:
            self._looking.stop()
        self.wait()


class ChangeBus(QObject):
    """Gathers committed changes for at most 50 ms and tells the window's tables, in the GUI thread."""

    #: A table's name and the ids that changed (None: too many to name).
    rows_changed = Signal(str, object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Change] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_GATHER_MS)
        self._timer.timeout.connect(self._tell)
        self._arrived.connect(self._gather, _QUEUED)

    def publish(self, change: Change) -> None:
        """Hands a committed change on; from any thread."""
        self._arrived.emit(change)

    def _gather(self, change: Change) -> None:
        self._waiting.append(change)
        if not self._timer.isActive():
            self._timer.start()

    def _tell(self) -> None:
        gathered, self._waiting = merge_changes(self._waiting), []
        for table, ids in gathered.tables.items():
            self.rows_changed.emit(table, ids)


class Threads(QObject):
    """All threads over one workspace: made once by the composition root, stopped backwards by it.

    `reader` answers pages and counts, `counter` the slow questions (all ids of a query), `desk` makes short
    writes, `jobs` runs imports and exports. `viewer`, which begins with its first question, decodes and loads
    pictures, and opens pages for a browser.
    """

    #: A requester's id and the lane's `Step`, in the GUI thread.
    lane_stepped = Signal(int, object)
    #: The task server's `ServerState`, in the GUI thread.
    server_changed = Signal(object)

    def __init__(self, db: CrowdDatabase, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._db = db
        self.bus = ChangeBus(self)
        self._feed: Feed | None = None
        self._stop_listening = db.on_commit(self._committed)
        self.reader = WorkThread("reader")
        self.counter = WorkThread("counter", self._look_for_others, self._close_feed)
        self.desk = WorkThread("desk")
        self.jobs = WorkThread("jobs")
        self._viewer = WorkThread("viewer")
        self._looking = LookingServer()
        self._begun: set[QThread] = set()
        self.server = Server(db)
        self.server.changed.connect(self.server_changed, _QUEUED)
        self._lanes: dict[int, Lane] = {}
        for thread in (*self._work_threads(), self.server, self.server.writing):
            thread.start()

    def _work_threads(self) -> Sequence[WorkThread]:
        return (self.reader, self.counter, self.desk, self.jobs)

    @property
    def viewer(self) -> WorkThread:
        """Running, until everything ends; from the GUI thread."""
        self._begin(self._viewer)
        return self._viewer

    def look(
        self,
        make: Callable[[], SeenPage | SeenFile],
        done: Callable[[str], None],
        failed: Callable[[Exception], None],
    ) -> Job:
        """Serves a page to be looked at on this computer, and tells its address. From the GUI thread.

        `make` is called in the viewer's thread. Receivers are bound methods of QObjects.
        """
        server = self._looking
        self._begin(server)
        return self.viewer.ask(lambda job: server.looking.show(make()), done, failed)

    def _begin(self, thread: QThread) -> None:
        """Starts a thread the first time; one that was stopped stays so."""
        if thread not in self._begun:
            self._begun.add(thread)
            thread.start()

    def start_lane(self, requester_id: int) -> None:
        """Starts the lane of a requester if it is not running; from the GUI thread."""
        if requester_id in self._lanes:
            return
        lane = Lane(self._db, requester_id, self.server)
        lane.stepped.connect(self.lane_stepped, _QUEUED)
        self._lanes[requester_id] = lane
        lane.start()

    def wake_lanes(self) -> None:
        """Ends the lanes' sleep; from any thread."""
        for lane in list(self._lanes.values()):
            lane.wake()

    def stop(self) -> None:
        """Ends every thread: the lanes first, the task server, then what serves the window. GUI thread."""
        for lane in self._lanes.values():
            lane.stop()
        self._lanes.clear()
        self.server.stop()
        self._begun |= {self._looking, self._viewer}
        self._looking.stop()
        self._viewer.stop()
        for thread in reversed(self._work_threads()):
            thread.stop()
        self._stop_listening()

    def _committed(self, change: Change) -> None:
        """In the thread that wrote, right after its commit."""
        self.bus.publish(change)
        self.server.take_over(change)
        if not _LANE_TABLES.isdisjoint(change.tables):
            self.wake_lanes()

    def _look_for_others(self) -> None:
        """In the counter's thread: what other processes have committed."""
        from crowddesk.store.journal import Feed

        try:
            if self._feed is None:
                self._feed = Feed(self._db)
            found = self._feed.changes()
        except Exception:  # a busy or lost database is the next question's to report
            logger.info("The change feed could not be read", exc_info=True)
            return
        if found is not None:
            self._committed(found)

    def _close_feed(self) -> None:
        """In the counter's thread, which made the feed."""
        if self._feed is not None:
            self._feed.close()


#: A lane has something to do when one of these changes.
_LANE_TABLES: Final = frozenset({"vendor_action", "task_run"})


class _Watch(QObject):
    """Asks `look`, in the reader's thread, until it says that it is enough; then `ended` is emitted."""

    ended = Signal()

    def __init__(
        self,
        threads: Threads,
        look: Callable[[], bool],
        say: Callable[[int, Step], None],
        served: Callable[[ServerState], None] | None,
    ) -> None:
        super().__init__()
        self._threads = threads
        self._look = look
        self._say = say
        self._served = served
        self._asking = False
        self.failure: Exception | None = None
        self.interrupt: int | None = None
        threads.lane_stepped.connect(self._stepped)
        threads.server_changed.connect(self._server_changed)
        self._timer = QTimer(self)
        self._timer.setInterval(_WATCH_MS)
        self._timer.timeout.connect(self._ask)
        self._timer.start()

    def interrupted(self, number: int, _frame: object) -> None:
        """A signal arrived; Python runs this between two ticks of the timer."""
        self.interrupt = number

    def _ask(self) -> None:
        if self.interrupt is not None:
            self._end()
        elif not self._asking:
            self._asking = True
            self._threads.reader.ask(self._work, self._answered, self._failed)

    def _work(self, _job: Job) -> bool:
        return self._look()

    def _answered(self, enough: bool) -> None:
        self._asking = False
        if enough:
            self._end()

    def _failed(self, error: Exception) -> None:
        self.failure = error
        self._end()

    def _stepped(self, requester_id: int, step: Step) -> None:
        self._say(requester_id, step)

    def _server_changed(self, state: ServerState) -> None:
        if self._served is not None:
            self._served(state)

    def _end(self) -> None:
        self._timer.stop()
        self.ended.emit()


def drive(
    db: CrowdDatabase,
    requester_ids: Sequence[int],
    look: Callable[[], bool],
    say: Callable[[int, Step], None],
    served: Callable[[ServerState], None] | None = None,
) -> int | None:
    """Runs these requesters' lanes without a window until `look()` is true; what it raises is raised.

    `look` is asked ten times a second in a thread that may read; `say` hears each lane's new state, `served`
    the task server's, in the calling thread, which is the main one. SIGINT and SIGTERM end it after the step
    that is running; the signal's number is returned then, else None.
    """
    app = QCoreApplication.instance() or QCoreApplication(["crowddesk"])
    threads = Threads(db)
    watch = _Watch(threads, look, say, served)
    loop = QEventLoop()
    watch.ended.connect(loop.quit)
    before = {number: signal.signal(number, watch.interrupted) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for requester_id in requester_ids:
            threads.start_lane(requester_id)
        loop.exec()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        threads.stop()
        del app
    if watch.failure is not None:
        raise watch.failure
    return watch.interrupt
