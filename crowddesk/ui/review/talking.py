"""Questions and small writes of the review page: a sample, a note, a flag, a bonus, a worker's rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction

from crowddesk.domain import ActionKind, money_text
from crowddesk.language import say, say_count
from crowddesk.ui.dialogs.review import Rest, RestDialog, SampleDialog
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.remarks import RemarkFacts
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import UnitVerbs, show_error
from crowddesk.ui.worker_verbs import WorkerVerbs

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.acceptance import Looked
    from crowddesk.ui.dialogs.remarks import NoteDialog

_DELETE = Qt.WidgetAttribute.WA_DeleteOnClose


class Talking(QObject):
    """Opens the dialogs of the page and has the desk write what they answer."""

    def __init__(self, session: Session, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._window = window
        self._workers = WorkerVerbs(session, window, window.toast, lambda: ())
        self._then: Callable[..., object] | None = None
        self._judged: Callable[..., object] | None = None
        self._in_review: Callable[[int], bool] = lambda _unit_id: False
        self._action: QAction | None = None

    def action(self, words: str, take: Callable[[], object]) -> QAction:
        """An action for a button of an empty state; it lasts until the next one is made."""
        if self._action is not None:
            self._action.deleteLater()
        self._action = QAction(words, self)
        self._action.triggered.connect(lambda: take())
        return self._action

    # ---------------------------------------------------------------------------------------- a sample

    def ask_sample(self, waiting: int, then: Callable[[int, int], object]) -> None:
        """`then(size, seed)` with what was chosen."""
        if not waiting:
            self._window.toast.say(self.tr("Nothing waits, so there is nothing to draw from."))
            return
        dialog = SampleDialog(waiting, self._window)
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: then(dialog.value().size, dialog.value().seed))
        dialog.open()

    def draw(
        self, run_id: int, only: Sequence[int] | None, size: int, seed: int, then: Callable[..., object]
    ) -> None:
        """`then(ids, seed)` with the units that were drawn: of the whole run, or of `only` these.

        A sample of the whole run is kept with it, and says at its end what follows for the rest.
        """
        self._then = then
        among = None if only is None else list(only)

        def work(db: CrowdDatabase) -> tuple[list[int], int]:
            from crowddesk.operations import acceptance
            from crowddesk.operations.review import draw_sample

            if among is not None:
                return draw_sample(among, size, seed), seed
            draw = acceptance.begin(db, run_id, size, seed)
            with db.read() as conn:
                return list(acceptance.ids_of(acceptance.look(conn, run_id, draw))), seed

        self._session.act(work, self._drawn, self._fail)

    def draw_more(self, run_id: int, seed: int, by: int, then: Callable[..., object]) -> None:
        """`then(ids, seed)` with the sample of a run after so many more were drawn into it."""
        self._then = then

        def work(db: CrowdDatabase) -> tuple[list[int], int]:
            from crowddesk.operations import acceptance

            draw = acceptance.extend(db, run_id, by)
            with db.read() as conn:
                return list(acceptance.ids_of(acceptance.look(conn, run_id, draw))), seed

        self._session.act(work, self._drawn, self._fail)

    def judge_sample(self, run_id: int, sample: Sequence[int], then: Callable[..., object]) -> None:
        """`then(looked)`: what a sample says of the rest; nothing where it was not drawn of the whole run.

        It is asked behind what is being recorded, so that every decision counts.
        """
        self._judged = then
        mine = frozenset(sample)

        def work(db: CrowdDatabase) -> Looked | None:
            from crowddesk.operations import acceptance

            draw = acceptance.draw_of(db, run_id)
            if draw is None:
                return None
            with db.read() as conn:
                looked = acceptance.look(conn, run_id, draw)
            return looked if frozenset(acceptance.ids_of(looked)) == mine else None

        self._session.act(work, self._take_judged, self._fail)

    def _take_judged(self, looked: Looked | None) -> None:
        if looked is not None and self._judged is not None:
            self._judged(looked)

    def _drawn(self, found: tuple[list[int], int]) -> None:
        if self._then is not None:
            self._then(*found)

    # ------------------------------------------------------------------------------------- rejections

    def begin_rejection(self, verbs: UnitVerbs, ids: Sequence[int], reason: int, nameless: bool) -> None:
        """Opens the dialog of a rejection. `reason`: the canned one to begin with, 0 for none."""
        verbs.begin(ActionKind.REJECT, ids, digit=reason, nameless=nameless)

    # ----------------------------------------------------------------------------------- notes and tags

    def pay_bonus(self, worker_id: int, nameless: bool) -> None:
        """Asks for a bonus."""
        self._workers.begin(ActionKind.BONUS, [worker_id], nameless=nameless)

    def ask_note(self, unit_id: int, worker_id: int, worker: str, vendor: str) -> None:
        """Asks for a note about the answer or its worker. Nameless where names are hidden."""
        from crowddesk.ui.dialogs.remarks import NoteDialog

        about = [RemarkFacts("unit", [str(unit_id)], self.tr("this answer (unit {0})").format(unit_id))]
        if worker:
            about.insert(0, RemarkFacts("worker", [f"{vendor}:{worker}"], worker))
        dialog = NoteDialog(about, self._window)
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._write_note(unit_id, worker_id, dialog))
        dialog.open()

    def _write_note(self, unit_id: int, worker_id: int, dialog: NoteDialog) -> None:
        noun, text = dialog.facts.noun, dialog.value()
        row_id = worker_id if noun == "worker" else unit_id

        def write(db: CrowdDatabase) -> str:
            from crowddesk.store.remarks import add_note

            with db.write() as w:
                add_note(w, noun, row_id, text)
            return say("The note is kept.")

        self._session.act(write, self._say, self._fail)

    def flag(self, ids: Sequence[int], on: bool) -> None:
        """Puts the flag on units, or takes it off."""
        wanted = list(ids)

        def write(db: CrowdDatabase) -> str:
            from crowddesk.store.remarks import FLAGGED, set_tag

            with db.write() as w:
                set_tag(w, "unit", wanted, FLAGGED, on)
            if on:
                return say_count("%n answers flagged", "%n answer flagged", len(wanted))
            return say_count("%n answers unflagged", "%n answer unflagged", len(wanted))

        self._session.act(write, self._say, self._fail)

    # ----------------------------------------------------------------------------- the rest of a worker

    def ask_rest(
        self,
        run_id: int,
        worker_id: int,
        name: str,
        environment: str,
        in_review: Callable[[int], bool],
        then: Callable[[str, tuple[int, ...]], object],
    ) -> None:
        """`then(kind, ids)` with what was chosen for all of a worker's answers that wait in the run."""
        self._then, self._in_review = then, in_review

        def read(conn: Connection) -> tuple[str, str, list[int], str]:
            from crowddesk.store.identities import accounts_of
            from crowddesk.store.ledger import units_by_id
            from crowddesk.store.queries import UNITS, Scope

            search = UNITS.parse("status:completed pending:none")
            accounts = sorted(accounts_of(conn, [worker_id]))  # of the person behind them
            ids = sorted(
                unit
                for one in accounts
                for unit in UNITS.ids(conn, search, Scope(run_id=run_id, worker_id=one))
            )
            money: Counter[str] = Counter()
            for unit in units_by_id(conn, ids).values():
                money[unit["currency"]] += unit["pay_minor"] + unit["fee_minor"]
            return name, environment, ids, " + ".join(money_text(m, c) for c, m in money.items())

        self._session.ask(read, self._ask_rest, self._fail)

    def _ask_rest(self, found: tuple[str, str, list[int], str]) -> None:
        name, environment, ids, money = found
        if not ids:
            self._window.toast.say(self.tr("Nothing of this worker waits in this run."))
            return
        mine = sum(1 for unit_id in ids if self._in_review(unit_id))
        rest = Rest(name or self.tr("this worker"), tuple(ids), money, environment, mine)
        dialog = RestDialog(rest, self._window)
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._take_rest(dialog.value(), rest.unit_ids))
        dialog.open()

    def _take_rest(self, kind: str, ids: tuple[int, ...]) -> None:
        if self._then is not None:
            self._then(kind, ids)

    def _say(self, words: str) -> None:
        self._window.toast.say(words)

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self.tr("This was not done"), error)
