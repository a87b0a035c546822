"""Comparing with a vendor from the window: asks the account's lane, shows the answer, mends, takes in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from crowddesk.domain import CrowdDeskError
from crowddesk.language import number_text, say_count
from crowddesk.ui.dialogs.compare import CompareDialog
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.session import Session
from crowddesk.ui.words import vendor_name

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.comparison import Comparison, Mended

#: The lane tells when it is done; another process's may not, so it is looked for, too.
_LOOK_MS: Final = 1_500
_TABLE: Final = "provider_row"


class Errand(QObject):
    """Something that an account's lane is asked for: `done(answer)` or `failed(error)`, once.

    `ask(db)` gives the token, `fetch(db, token)` the answer or None. Both run in the desk's thread.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        ask: Callable[[CrowdDatabase], str],
        fetch: Callable[[CrowdDatabase, str], Any],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._fetch = fetch
        self._token = ""
        self._asking = False
        self._ended = False
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._ask_for_answer)
        session.changed.connect(self._hear)
        session.act(ask, self._begin, self._fail)

    def cancel(self) -> None:
        """Waits no more; what the lane has begun it ends, and its answer is kept for nobody."""
        self._ended = True
        self._look.stop()

    def _begin(self, token: str) -> None:
        self._token = token
        if not self._ended:
            self._look.start()
            self._ask_for_answer()

    def _hear(self, table: str, _ids: object) -> None:
        if table == _TABLE:
            self._ask_for_answer()

    def _ask_for_answer(self) -> None:
        if self._token and not self._asking and not self._ended:
            self._asking = True
            token, fetch = self._token, self._fetch
            self._session.act(lambda db: fetch(db, token), self._take, self._fail)

    def _take(self, answer: Any) -> None:
        self._asking = False
        if answer is not None and not self._ended:
            self.cancel()
            self.done.emit(answer)

    def _fail(self, error: Exception) -> None:
        self._asking = False
        if not self._ended:
            self.cancel()
            self.failed.emit(error)


class Reconciliation(QObject):
    """One account compared with its vendor, in a dialog over the window, until that is closed."""

    def __init__(
        self, session: Session, window: MainWindow, requester_id: int, account: str, vendor: str
    ) -> None:
        super().__init__(window)
        self._session = session
        self._requester_id = requester_id
        self._comparison: Comparison | None = None
        self._errand: Errand | None = None
        self.dialog = CompareDialog(account, vendor_name(vendor), window)
        words = ("reconcile", f"{vendor}:{account}")
        self.dialog.set_command(lambda: words)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.wanted.connect(self._compare)
        self.dialog.mend_wanted.connect(self._mend)
        self.dialog.aside_wanted.connect(self._put_aside)
        self.dialog.adopt_wanted.connect(self._adopt)
        self.dialog.run_wanted.connect(self._open_run)
        self.dialog.finished.connect(self._close)
        self.dialog.open()
        self._compare()

    def _close(self, _result: int) -> None:
        if self._errand is not None:
            self._errand.cancel()
        self.deleteLater()

    def _compare(self) -> None:
        requester_id = self._requester_id

        def ask(db: CrowdDatabase) -> str:
            from crowddesk.operations import reconcile

            return reconcile.ask(db, requester_id)

        def fetch(db: CrowdDatabase, token: str) -> Comparison | None:
            from crowddesk.operations import reconcile

            return reconcile.fetch(db, token)

        self._errand = Errand(self._session, ask, fetch, self)
        self._errand.done.connect(self._show)
        self._errand.failed.connect(self._fail)

    def _show(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self.dialog.show_comparison(comparison)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CrowdDeskError):
            raise error
        self.dialog.show_failure(str(error))

    # ------------------------------------------------------------------------------------------ verbs

    def _mend(self, ids: list[str]) -> None:
        comparison = self._comparison
        if comparison is None:
            return
        self.dialog.show_waiting(
            self.tr("Writing {0}…").format(say_count("%n differences", "%n difference", len(ids)))
        )

        def mend(db: CrowdDatabase) -> Mended:
            from crowddesk.operations import reconcile

            return reconcile.mend(db, comparison, ids)

        self._session.act(mend, self._mended, self._fail)

    def _mended(self, mended: Mended) -> None:
        assert self._comparison is not None
        words = self.tr("{0} mended.").format(number_text(len(mended.taken)))
        if mended.skipped:
            why = mended.skipped[0][1]
            left_out = self.tr("{0} left out: {1}.").format(number_text(len(mended.skipped)), why)
            words = f"{words} {left_out}"
        self._comparison = _without(self._comparison, {*mended.taken, *(i for i, _ in mended.skipped)})
        self.dialog.show_comparison(self._comparison, words)

    def _put_aside(self, ids: list[str]) -> None:
        comparison = self._comparison
        if comparison is None:
            return

        def put_aside(db: CrowdDatabase) -> list[str]:
            from crowddesk.operations import reconcile

            reconcile.put_aside(db, comparison, ids)
            return ids

        self._session.act(put_aside, self._aside, self._fail)

    def _aside(self, ids: list[str]) -> None:
        assert self._comparison is not None
        self._comparison = _without(self._comparison, set(ids))
        self.dialog.show_comparison(self._comparison)

    def _adopt(self, ref: str) -> None:
        requester_id = self._requester_id

        def ask(db: CrowdDatabase) -> str:
            from crowddesk.operations import adoption

            return adoption.ask(db, requester_id, ref)

        def fetch(db: CrowdDatabase, token: str) -> tuple[str, int] | None:
            from crowddesk.operations import adoption

            run_id = adoption.fetch(db, token)
            return None if run_id is None else (ref, run_id)

        errand = Errand(self._session, ask, fetch, self)
        errand.setProperty("ref", ref)
        errand.done.connect(self._adopted)
        errand.failed.connect(self._not_adopted)

    def _adopted(self, found: tuple[str, int]) -> None:
        self.dialog.show_adopted(*found)

    def _not_adopted(self, error: Exception) -> None:
        if not isinstance(error, CrowdDeskError):
            raise error
        sender = self.sender()
        self.dialog.show_not_adopted(str(sender.property("ref")), str(error))

    def _open_run(self, run_id: int) -> None:
        self.dialog.accept()
        self._session.wanted.emit("runs", run_id)


def _without(comparison: Comparison, ids: set[str]) -> Comparison:
    """The same, less what was mended, skipped or put aside; the next comparison says how it stands."""
    import dataclasses

    runs = tuple(
        dataclasses.replace(run, differences=tuple(d for d in run.differences if d.id not in ids))
        for run in comparison.runs
    )
    payments = tuple(p for p in comparison.payments if p.id not in ids)
    return dataclasses.replace(comparison, runs=runs, payments=payments)


def open_comparison(
    session: Session, window: MainWindow, requester_id: int, account: str, vendor: str
) -> Reconciliation:
    """Compares an account with its vendor and shows what differs."""
    return Reconciliation(session, window, requester_id, account, vendor)
