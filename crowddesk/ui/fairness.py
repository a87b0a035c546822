"""Opens what fairness asks of people: second looks at first rejections, objections to be answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from crowddesk.domain import CrowdDeskError, money_text
from crowddesk.language import say_count
from crowddesk.ui.dialogs.appeals import Answer, AppealDialog, Objection, ObjectionDialog
from crowddesk.ui.dialogs.second_look import SecondLookDialog
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import show_error

if TYPE_CHECKING:
    from crowddesk.operations.second_looks import Looked
    from crowddesk.store.appeals import Appeal
    from crowddesk.store.queries import UnitDetail
    from crowddesk.store.second_looks import Waiting

_DELETE: Final = Qt.WidgetAttribute.WA_DeleteOnClose


def open_second_looks(session: Session, window: MainWindow, parent: QWidget | None = None) -> SecondLooks:
    """Opens the first rejections that wait, one beside its answer at a time."""
    return SecondLooks(session, window, parent or window)


class SecondLooks(QObject):
    """Reads what waits, shows it, and has the desk write down what was said."""

    def __init__(self, session: Session, window: MainWindow, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._window = window
        self._parent = parent
        self._sandbox: dict[int, bool] = {}
        self.dialog: SecondLookDialog | None = None
        who = session.db.who

        def read(conn: Any) -> Any:
            from crowddesk.operations.second_looks import list_waiting, looks_twice

            rows = list_waiting(conn)
            return rows, [row.action_id for row in rows if looks_twice(conn, who, row)]

        session.ask(read, self._open, self._fail)

    def _open(self, found: tuple[list[Waiting], list[int]]) -> None:
        rows, twice = found
        if not rows:
            self._window.toast.say(self.tr("No first rejection waits for a second look."))
            self.deleteLater()
            return
        from crowddesk.ui.review.seen import SeenAnswer

        self._sandbox = {row.action_id: row.sandbox for row in rows}
        self._answer = SeenAnswer(self._session)
        self.dialog = SecondLookDialog(rows, twice, self._answer, self._parent)
        self.dialog.setAttribute(_DELETE)
        self.dialog.shown.connect(self._show)
        self.dialog.agreed.connect(self._agree)
        self.dialog.withdrawn.connect(self._withdraw)
        self.dialog.finished.connect(self.deleteLater)
        self.dialog.open()
        self._show(rows[0])

    def _show(self, row: Waiting) -> None:
        unit_id = row.unit_id

        def read(conn: Any) -> UnitDetail:
            from crowddesk.store.queries import unit_detail

            return unit_detail(conn, unit_id)

        self._answer.clear()
        self._session.ask(read, self._show_answer, self._fail)

    def _show_answer(self, detail: UnitDetail) -> None:
        self._answer.show_unit(detail)

    def _agree(self, action_id: int, note: str) -> None:
        after = self._session.send_after(self._sandbox.get(action_id, False))

        def write(db: Any) -> Any:
            from crowddesk.operations import second_looks

            return second_looks.agree(db, [action_id], note, send_after=after), "", after is not None

        self._session.act(write, self._settle, self._fail)

    def _withdraw(self, action_id: int, note: str) -> None:
        def write(db: Any) -> Any:
            from crowddesk.operations import second_looks

            return second_looks.withdraw(db, [action_id], note), "withdrawn", True

        self._session.act(write, self._settle, self._fail)

    def _settle(self, found: tuple[Looked, str, bool]) -> None:
        looked, withdrawn, leaves = found
        if looked.skipped:
            self._window.toast.say(self.tr("Not written down: {0}.").format(looked.skipped[0][1]))
        elif withdrawn:
            self._window.toast.say(self.tr("The rejection is withdrawn; the unit waits for a decision."))
        else:
            words = self.tr("Agreed to") if leaves else self.tr("Agreed to; it waits for Send")
            self._window.toast.say(words)
        if self.dialog is not None:
            self.dialog.settle([*looked.action_ids, *(i for i, _ in looked.skipped)])

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CrowdDeskError):
            raise error
        if self.dialog is not None:
            self.dialog.fail(str(error))
        else:
            show_error(self._window, self.tr("The second looks could not be read"), error)


class Appeals(QObject):
    """Opens the dialogs of objections and has the desk write what they say."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

    def record(self, unit_id: int, worker_name: str = "") -> None:
        """Asks what the worker of a rejected unit wrote."""
        days = self._session.settings.rejections.appeal_days
        dialog = ObjectionDialog(unit_id, worker_name, days, self._window)
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._keep(dialog.value()))
        dialog.open()

    def _keep(self, value: Objection) -> None:
        def write(db: Any) -> int:
            from crowddesk.operations import appeals

            return appeals.add_appeal(
                db, value.unit_id, value.text, received_at=value.received_at, days=value.days
            )

        self._session.act(write, self._kept, self._fail)

    def _kept(self, _number: int) -> None:
        self._window.toast.say(self.tr("The objection is kept. Home says until when it is to be answered."))

    def answer(self, appeal_id: int) -> None:
        """Opens one objection to be answered."""

        def read(conn: Any) -> Any:
            from crowddesk.operations.appeals import can_tell
            from crowddesk.store import appeals, ledger

            found = appeals.appeal(conn, appeal_id)
            if found is None:
                return None
            unit = ledger.units_by_id(conn, [found.unit_id])[found.unit_id]
            pay = money_text(unit["pay_minor"] + unit["fee_minor"], unit["currency"])
            return found, pay, can_tell(found.provider_type)

        self._session.ask(read, self._open, self._fail)

    def _open(self, found: tuple[Appeal, str, bool] | None) -> None:
        if found is None:
            self._window.toast.say(self.tr("This objection is not there any more."))
            return
        appeal, pay, can_tell = found
        if appeal.state != "open" and not appeal.is_owed:
            self._window.toast.say(self.tr("This objection was answered already."))
            return
        dialog = AppealDialog(appeal, pay, can_tell, self._window)
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._answer(dialog.value(), appeal.sandbox))
        dialog.open()

    def _answer(self, value: Answer, sandbox: bool) -> None:
        after = self._session.send_after(sandbox)

        def write(db: Any) -> Any:
            from crowddesk.operations import appeals

            verb = appeals.overturn if value.overturned else appeals.uphold
            done = verb(db, value.appeal_id, value.text, tell=value.tell, send_after=after)
            return done, value.overturned, after

        self._session.act(write, self._answered, self._fail)

    def _answered(self, found: tuple[Any, bool, timedelta | None]) -> None:
        done, overturned, after = found
        words = self.tr("The rejection is taken back") if overturned else self.tr("The rejection stands")
        if done.action_ids and after is None:
            count = len(done.action_ids)
            waits = say_count("%n actions staged until you send", "%n action staged until you send", count)
            words = f"{words}, {waits}"
        for why in done.left_out:
            words += f" · {why}"
        self._window.toast.say(words)

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self.tr("The objection was not written down"), error)
