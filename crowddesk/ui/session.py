"""What a page has of the workspace: rows to list, questions, verbs and settings, all over the threads.

Made once the workspace is open. Everything is called in the GUI thread and answers there, later; nothing here
waits for a disk or a lock. `work` functions given to `ask`, `act` and `run_job` run in another thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from crowddesk.ui.keys import Keys
from crowddesk.ui.rows import PageAnswer, PageRequest
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.timers import make_one_shot

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job, Threads
    from crowddesk.operations.lane_work import Step
    from crowddesk.settings import Settings
    from crowddesk.store.queries import Listing, Scope

_AGAIN_MS: Final = 400
_KEEP_MS: Final = 300
_LATER_MS: Final = 250
_LATEST_MS: Final = 5_000


class Session(QObject):
    """The open workspace as pages see it.

    Signals: `changed(table, ids)` after commits of any process, gathered (ids None: many);
    `settings_changed`; `staged_changed(list)`, `needs_changed(object)`: what waits for Send or for a person;
    `told(kind, title, words, show)`: something for a person who may be elsewhere; `wanted(page, what)`:
    another page should show something (a run's id, a unit's id, a search).
    """

    changed = Signal(str, object)
    settings_changed = Signal()
    staged_changed = Signal(object)
    needs_changed = Signal(object)
    wanted = Signal(str, object)
    told = Signal(str, str, str, object)

    def __init__(
        self,
        db: CrowdDatabase,
        threads: Threads,
        settings: Settings,
        *,
        load: Callable[[str, Any], Any],
        save: Callable[[str, Any], None],
        writing: Callable[[], Callable[[], None]] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`writing` gives what puts the kept values, as they are now, on the disk, in any thread."""
        super().__init__(parent)
        self.db = db
        self.threads = threads
        self.settings = settings
        #: Plain values that outlive the session (columns, sizes, the last search).
        self.load, self.save = load, save
        self._writing = writing
        self._keep_soon = make_one_shot(self, _KEEP_MS, self._write_kept)
        self._put_off: list[Callable[[], None]] = []
        self._quiet = make_one_shot(self, 0, self._do_put_off)
        self.keys = Keys(settings.keys, self)
        self.staged: Sequence[Any] = ()
        self.needs: Any = None
        #: The last step of each account's lane, for pages made after it.
        self.lane_steps: dict[int, Step] = {}
        threads.lane_stepped.connect(self._note_step)
        threads.bus.rows_changed.connect(self._tell_changed)
        self._again = make_one_shot(self, _AGAIN_MS, self._read_waiting)
        QTimer.singleShot(0, self, self._read_waiting)  # behind the rows of the page that is made now

    # -------------------------------------------------------------------------------------------- asking

    def ask(
        self,
        work: Callable[[Connection], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Reads: `work(connection)` runs in the reader. `done` is a bound method of a QObject."""
        db = self.db

        def read(job: Job) -> Any:
            with db.read() as conn:
                return work(conn)

        return self.threads.reader.ask(read, done, failed)

    def later(self, then: Callable[[], None]) -> None:
        """Calls it once the page that is being made has its rows and has painted them, at most seconds later.

        What imports much belongs here: while one thread imports, the others are slow.
        """
        self._put_off.append(then)
        if len(self._put_off) == 1:
            self._quiet.start(_LATEST_MS)
            QTimer.singleShot(0, self, self._wait_for_rows)

    def _wait_for_rows(self) -> None:
        """The reader answers in order, so its next answer comes after the page's first rows."""
        self.threads.reader.ask(lambda job: None, self._rows_are_there)

    def _rows_are_there(self, _nothing: object) -> None:
        self._quiet.start(_LATER_MS)

    def _do_put_off(self) -> None:
        put_off, self._put_off = self._put_off, []
        for then in put_off:
            then()

    def act(
        self,
        work: Callable[[CrowdDatabase], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Writes something short: `work(db)` runs in the desk's thread."""
        db = self.db
        return self.threads.desk.ask(lambda job: work(db), done, failed)

    def run_job(
        self,
        work: Callable[[CrowdDatabase, Job], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        progress: Callable[[int, int], None] | None = None,
    ) -> Job:
        """Does something long that can be cancelled: a launch, an export."""
        db = self.db
        return self.threads.jobs.ask(lambda job: work(db, job), done, failed, progress)

    def keep(self, key: str, value: Any) -> None:
        """Like `save`, and on the disk within a second, whatever becomes of the process."""
        self.save(key, value)
        if not self._keep_soon.isActive():
            self._keep_soon.start()

    def _write_kept(self) -> None:
        if self._writing is not None:
            write = self._writing()
            self.act(lambda _db: write())

    def source(self, listing: str, parent: QObject) -> ListingSource:
        """Rows of a list: the name of a `Listing` in `store.queries` (UNITS, RUNS, ...)."""
        return ListingSource(self, listing, parent)

    def follow(self, model: RowsModel, table: str, also: Sequence[str] = ()) -> None:
        """Keeps a model's rows as they are in the database; `also` names tables whose rows they sum up."""
        _Follower(self, model, table, frozenset(also))

    def tell(self, kind: str, title: str, words: str, show: Callable[[], object]) -> None:
        """Tells a person who looks elsewhere, if they want to hear of this kind; a click does `show`.

        `kind` is a switch of `settings.Notifications`.
        """
        self.told.emit(kind, title, words, show)

    # ------------------------------------------------------------------------------------------- sending

    def send_after(self, sandbox: bool) -> timedelta | None:
        """When a decision leaves by itself; None: it waits for Send, as a live account's always does."""
        sending = self.settings.sending
        if sandbox and sending.practice_sends_by_itself:
            return timedelta(seconds=sending.grace_seconds)
        return None

    def set_settings(self, settings: Settings) -> None:
        """Takes settings over and writes them."""
        self.settings = settings
        self.keys.take(settings.keys)
        folder = self.db.folder

        def write(db: CrowdDatabase) -> None:
            from crowddesk import settings as settings_file

            settings_file.save(folder, settings)

        self.act(write, self._tell_server)
        self.settings_changed.emit()

    # -------------------------------------------------------------------------------------------- inside

    def _tell_server(self, _nothing: object) -> None:
        """The task server reads the file, so it hears of it once the file is written."""
        self.threads.server.look_again()

    def _note_step(self, requester_id: int, step: Step) -> None:
        self.lane_steps[requester_id] = step

    def _tell_changed(self, table: str, ids: object) -> None:
        self.changed.emit(table, ids)
        if table in ("vendor_action", "unit", "task_run") and not self._again.isActive():
            self._again.start()

    def _read_waiting(self) -> None:
        def read(conn: Connection) -> Any:
            from crowddesk.store.queries import needs, screens

            return screens.staged_summary(conn), needs(conn)

        self.ask(read, self._tell_waiting)

    def _tell_waiting(self, found: tuple[Any, Any]) -> None:
        self.staged, self.needs = found
        self.staged_changed.emit(self.staged)
        self.needs_changed.emit(self.needs)


class ListingSource(QObject):
    """A `RowSource` over one listing: short questions to the reader, all ids to the counter."""

    def __init__(self, session: Session, listing: str, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._listing = listing
        self._waiting: dict[int, tuple[int, Job, Callable[[PageAnswer], None]]] = {}
        self._put_off: list[tuple[PageRequest, Callable[[PageAnswer], None]]] = []
        self._timer = make_one_shot(self, 0, self._ask_put_off)

    def page(self, request: PageRequest, reply: Callable[[PageAnswer], None]) -> None:
        """Answers later, by one call of `reply`."""
        if request.kind == "ids":  # a long question: the rows that have just come are painted first
            self._put_off.append((request, reply))
            self._timer.start()
        else:
            self._ask(request, reply)

    def _ask_put_off(self) -> None:
        put_off, self._put_off = self._put_off, []
        for request, reply in put_off:
            self._ask(request, reply)

    def _ask(self, request: PageRequest, reply: Callable[[PageAnswer], None]) -> None:
        threads = self._session.threads
        thread = threads.counter if request.kind == "ids" else threads.reader
        db, name = self._session.db, self._listing
        job = thread.ask(lambda job: _answer(db, name, request, job), self._give)
        self._waiting[request.serial] = (request.token, job, reply)

    def cancel(self, token: int) -> None:
        """Ends the questions of this token and older ones."""
        self._put_off = [(request, reply) for request, reply in self._put_off if request.token > token]
        for serial, (asked, job, _) in list(self._waiting.items()):
            if asked <= token:
                del self._waiting[serial]
                job.cancel()

    def _give(self, answer: PageAnswer) -> None:
        waiting = self._waiting.pop(answer.request.serial, None)
        if waiting is not None:
            waiting[2](answer)


def _answer(db: CrowdDatabase, name: str, request: PageRequest, job: Job) -> PageAnswer:
    """In the reader's or the counter's thread."""
    from crowddesk.domain import CrowdDeskError
    from crowddesk.store import queries
    from crowddesk.store.database import CancelToken

    listing: Listing[Any] = getattr(queries, name)
    token = CancelToken()
    job.on_cancel(token.cancel)
    query = request.query
    try:
        search = listing.parse(query.text)
        scope: Scope = query.scope if isinstance(query.scope, queries.Scope) else queries.ALL
        sort = queries.Sort(query.sort, query.descending) if query.sort else None
        with db.read(token) as conn:
            if request.kind == "count":
                return PageAnswer(request, total=listing.count(conn, search, scope))
            if request.kind == "ids":
                return PageAnswer(request, ids=listing.ids(conn, search, scope, sort))
            if request.kind == "tail":
                return PageAnswer(request, listing.tail(conn, search, scope, sort, request.limit))
            if request.kind == "first":
                rows = listing.first(conn, search, scope, sort, request.offset, request.limit)
                return PageAnswer(request, rows)
            return PageAnswer(request, listing.rows(conn, request.ids))
    except CrowdDeskError as error:
        return PageAnswer(request, error=error)
    finally:
        job.on_cancel(None)


class _Follower(QObject):
    """Tells a model which of its rows to read again."""

    def __init__(self, session: Session, model: RowsModel, table: str, also: frozenset[str]) -> None:
        super().__init__(model)
        self._model = model
        self._table = table
        self._also = also
        self._timer = make_one_shot(self, _AGAIN_MS, self._read_all)
        session.changed.connect(self._hear)

    def _hear(self, table: str, ids: Any) -> None:
        if table == self._table:
            self._model.rows_changed(ids)
        elif table in self._also and not self._timer.isActive():
            self._timer.start()

    def _read_all(self) -> None:
        self._model.rows_changed(None)
