"""The verbs of units, the same in every list: dialogs, then vendor actions, then a word with Undo.

Facts are read first, in the reader; the dialog shows them; what it answers is recorded by the desk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from crowddesk.domain import ActionKind, CrowdDeskError
from crowddesk.language import mark, number_text, say, say_count
from crowddesk.ui.messages import ErrorDialog, Toast
from crowddesk.ui.offers import Offers
from crowddesk.ui.session import Session
from crowddesk.ui.words import environment_of as environment_of

if TYPE_CHECKING:
    from crowddesk.operations.decisions import Decided
    from crowddesk.operations.policy import RejectionPolicy
    from crowddesk.settings import Rejections
    from crowddesk.ui.decide_facts import UnitsFacts
    from crowddesk.ui.dialogs.decide import DecideDialog, DecideValue
    from crowddesk.ui.dialogs.tell import MessageValue, ReturnDialog, TellFacts

_DELETE = Qt.WidgetAttribute.WA_DeleteOnClose
_MANY = 5_000
_MOST_ON_A_LINE = 500
STILL_READING = mark("The list is still being read. Try again in a moment.")


class Recorder(QObject):
    """Has the desk record decisions, says in a toast what was recorded, and offers to take it back."""

    def __init__(self, session: Session, window: QWidget, toast: Toast) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._toast = toast

    def record(
        self, work: Callable[[Any], Decided], said: Callable[[int], str], *, noun: str, leaves: bool
    ) -> None:
        """`work(db)` runs in the desk; `said(count)` is what became of so many, such as "3 units approved".

        `noun` is what the decision is about: unit, worker or action; `leaves`: they leave by themselves, and
        need no Send.
        """
        self._session.act(lambda db: (work(db), said, noun, leaves), self._tell, self._fail)

    def send_message(
        self,
        requester_id: int,
        workers: Sequence[int],
        message: MessageValue,
        run_id: int | None,
        after: timedelta | None,
    ) -> None:
        """Records one message to each of these workers, filled in; without `after` they wait for Send."""

        def write(db: Any) -> Decided:
            from crowddesk.operations import people

            return people.write_to(
                db, requester_id, workers, message.body, run_id, message.sequence, send_after=after
            )

        self.record(
            write,
            lambda count: self.tr("Message to {0}").format(say_count("%n people", "%n person", count)),
            noun="worker",
            leaves=after is not None,
        )

    def undo(self, action_ids: Sequence[int]) -> None:
        """Takes back what has not left yet."""
        ids = list(action_ids)

        def take_back(db: Any) -> tuple[int, int]:
            from crowddesk.operations import decisions

            return len(decisions.undo(db, ids)), len(ids)

        self._session.act(take_back, self._tell_undone, self._fail)

    def _tell(self, found: tuple[Decided, Callable[[int], str], str, bool]) -> None:
        made, said, noun, leaves = found
        ids = made.action_ids
        parts = [said(len(ids))]
        if made.waiting:
            parts.append(
                say_count(
                    "%n first rejections wait for a second look",
                    "%n first rejection waits for a second look",
                    len(made.waiting),
                )
            )
        if len(ids) > len(made.waiting) and not leaves:
            parts[-1] = self.tr("{0}, staged until you send").format(parts[-1])
        if made.skipped:
            parts.append(self._left_out_words(noun, made.skipped))
        self._toast.say(" · ".join(parts), (lambda: self.undo(ids)) if ids else None)

    def _left_out_words(self, noun: str, skipped: Sequence[tuple[int, str]]) -> str:
        """The first that was left out, and how many more were."""
        target, why = skipped[0]
        names = {
            "unit": self.tr("unit {0}"),
            "worker": self.tr("worker {0}"),
            "action": self.tr("action {0}"),
        }
        name, more = names[noun].format(target), len(skipped) - 1
        if more:
            words = self.tr("left out: {0}, {1} and {2} more")
            return words.format(name, why, number_text(more))
        return self.tr("left out: {0}, {1}").format(name, why)

    def _tell_undone(self, found: tuple[int, int]) -> None:
        undone, asked = found
        words = self.tr("Taken back: {0}").format(say_count("%n decisions", "%n decision", undone))
        if undone < asked:
            words += " · " + self.tr("{0} had left already").format(number_text(asked - undone))
        self._toast.say(words)

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self.tr("This decision was not recorded"), error)


class Verbs(QObject):
    """What may be done with the rows that `selected` names (None: their ids are still being read).

    `actions` belong into a context menu and carry the keys; `recorder` writes down what was decided.
    """

    actions: list[QAction]

    def __init__(
        self, session: Session, window: QWidget, toast: Toast, selected: Callable[[], Sequence[int] | None]
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._toast = toast
        self._selected = selected
        self.recorder = Recorder(session, window, toast)

    def _action(self, text: str, key: str, take: Callable[[Sequence[int] | None], object]) -> QAction:
        """`key` is a key, or the name of a command in `ui.keys`, whose key may be chosen."""
        action = QAction(text, self)
        if "." in key:
            self._session.keys.bind(action, key)
        elif key:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda: take(self._selected()))
        return action


class UnitVerbs(Verbs):
    """Approve, soft reject, reject, take back, ask to return and write, for the units that `selected` names.

    `selected` gives None while their ids are still being read. `actions` belong into a context menu and carry
    the keys.
    """

    def __init__(
        self, session: Session, window: QWidget, toast: Toast, selected: Callable[[], Sequence[int] | None]
    ) -> None:
        super().__init__(session, window, toast, selected)
        self.actions = [
            self._action(self.tr("Approve"), "lists.approve", partial(self.begin, ActionKind.APPROVE)),
            self._action(
                self.tr("Soft reject…"), "lists.soft_reject", partial(self.begin, ActionKind.SOFT_REJECT)
            ),
            self._action(self.tr("Reject…"), "lists.reject", partial(self.begin, ActionKind.REJECT)),
            self._action(self.tr("Take the rejection back"), "", partial(self.begin, ActionKind.UNREJECT)),
        ]
        self.offered = {
            ActionKind.REQUEST_RETURN: self._action(
                self.tr("Ask to return…"), "", partial(self.begin, ActionKind.REQUEST_RETURN)
            ),
            ActionKind.MESSAGE: self._action(
                self.tr("Write to the workers…"), "", partial(self.begin, ActionKind.MESSAGE)
            ),
        }
        self.objection = self._action(self.tr("Record an objection…"), "", self._record_objection)
        self.actions.append(self.objection)
        for kind, action in self.offered.items():
            Offers.of(session).bind(action, kind)
            self.actions.append(action)

    def begin(
        self, kind: str, unit_ids: Sequence[int] | None, *, digit: int = 0, nameless: bool = False
    ) -> None:
        """Reads the facts of these units, then asks for the decision.

        `digit`: the key of the reason that a soft rejection or a rejection begins with. `nameless`: the
        dialogs do not say whose the units are.
        """
        from crowddesk.ui.decide_facts import read_facts  # here, because it makes types of Qt's

        if unit_ids is None:
            self._toast.say(say(STILL_READING))
            return
        if not len(unit_ids):
            self._toast.say(self.tr("Select the units first."))
            return
        ids, caps = list(unit_ids), self._session.settings.rejections
        self._session.ask(
            lambda conn: (read_facts(conn, kind, ids, policy_of(caps), nameless=nameless), digit),
            self._ask,
            self._fail,
        )

    def _record_objection(self, unit_ids: Sequence[int] | None) -> None:
        from crowddesk.ui.fairness import Appeals

        if unit_ids is None or len(unit_ids) != 1:
            self._toast.say(self.tr("Select the one rejected unit that the objection is about."))
        else:
            Appeals(self._session, self._window).record(unit_ids[0])  # type: ignore[arg-type]

    def set_dataset_status(self, unit_ids: Sequence[int], status: str) -> None:
        """Says whether answers count: in, out, or undecided."""
        ids = list(unit_ids)

        def mark(db: Any) -> tuple[int, str]:
            from crowddesk.operations import decisions

            return len(decisions.set_dataset_status(db, ids, status)), status

        self._session.act(mark, self._tell_marked, self._fail)

    def _tell_marked(self, found: tuple[int, str]) -> None:
        count, status = found
        words = {
            "in": self.tr("{0} in the data set"),
            "out": self.tr("{0} out of the data set"),
            "undecided": self.tr("{0} back to undecided"),
        }
        self._toast.say(words[status].format(say_count("%n answers", "%n answer", count)))

    def _ask(self, read: tuple[UnitsFacts, int]) -> None:
        found, digit = read
        if not found.ids:
            self._toast.say(
                {
                    ActionKind.MESSAGE: self.tr("None of their vendors has messages, or nobody has them."),
                    ActionKind.REQUEST_RETURN: self.tr(
                        "None of these units is answered or at work at a vendor that offers this."
                    ),
                    ActionKind.UNREJECT: self.tr("None of these units is rejected and undecided."),
                }.get(found.kind, self.tr("None of these units is completed and undecided."))
            )
        elif found.kind == ActionKind.MESSAGE:
            self._ask_message(found)
        elif found.kind == ActionKind.REQUEST_RETURN:
            self._ask_return(found)
        elif found.kind == ActionKind.UNREJECT or (
            found.kind == ActionKind.APPROVE and found.decide.count == 1
        ):
            from crowddesk.ui.dialogs.decide import DecideValue

            self._record(DecideValue(found.kind), found.ids, found.sandbox)
        else:
            self._open_dialog(found, digit)

    def _open_dialog(self, found: UnitsFacts, digit: int) -> None:
        from crowddesk.ui.dialogs.decide import DecideDialog

        dialog = DecideDialog(found.kind, found.decide, found.rules, self._window)
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._take(dialog, found))
        dialog.library_wanted.connect(lambda: self._open_library(dialog, found.kind, found))
        if digit:
            dialog.canned.choose(digit)
        if found.kind != ActionKind.APPROVE:
            _Reading(self._session, found, dialog)
        dialog.open()

    def _open_library(self, dialog: DecideDialog | ReturnDialog, kind: str, found: UnitsFacts) -> None:
        from crowddesk.ui.reason_library import open_reasons

        library = open_reasons(self._session, dialog, kind, found.decide.vendor)
        library.changed.connect(dialog.canned.set_reasons)

    def _take(self, dialog: DecideDialog, found: UnitsFacts) -> None:
        value = dialog.value()
        if value.kind == ActionKind.REQUEST_RETURN:
            one = next(iter(value.words.values())) if len(value.words) == 1 else value.reason
            self._ask_return(found, "" if len(value.words) > 1 else one)
        elif value.kind == ActionKind.MESSAGE:
            self._ask_message(found)
        else:
            self._record(value, found.ids, found.sandbox)

    def _ask_return(self, found: UnitsFacts, reason: str = "") -> None:
        from crowddesk.ui.dialogs.tell import ReturnDialog

        dialog = ReturnDialog(_tell_facts(found), self._window, reason=reason, canned=found.returns)
        dialog.library_wanted.connect(lambda: self._open_library(dialog, ActionKind.REQUEST_RETURN, found))
        dialog.set_command(partial(_return_words, dialog, found.ids))
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._request_return(dialog.value(), found))
        dialog.open()

    def _request_return(self, reasons: list[str], found: UnitsFacts) -> None:
        after = self._session.send_after(found.sandbox)

        def ask(db: Any) -> Decided:
            from crowddesk.operations import decisions
            from crowddesk.operations.reasons import fill_all

            own = fill_all(db, found.ids, reasons)
            return decisions.request_return(db, found.ids, own, send_after=after)

        self.recorder.record(
            ask,
            lambda count: self.tr("Asked to return {0}").format(say_count("%n units", "%n unit", count)),
            noun="unit",
            leaves=after is not None,
        )

    def _ask_message(self, found: UnitsFacts) -> None:
        if len(found.places) > 1:
            self._toast.say(self.tr("These are of several runs. Select units of one run to write to people."))
            return
        from crowddesk.ui.dialogs.tell import MessageDialog

        dialog = MessageDialog(_tell_facts(found), self._window)
        dialog.setAttribute(_DELETE)
        requester_id, run_id, _title, workers = found.places[0]
        dialog.accepted.connect(
            lambda: self.recorder.send_message(
                requester_id, workers, dialog.value(), run_id, self._session.send_after(found.sandbox)
            )
        )
        dialog.open()

    def _record(self, value: DecideValue, ids: list[int], sandbox: bool) -> None:
        after = self._session.send_after(sandbox)
        caps, kind = self._session.settings.rejections, value.kind
        if len(ids) >= _MANY:
            self._toast.say(
                self.tr("Recording {0}…").format(say_count("%n decisions", "%n decision", len(ids)))
            )

        def decide(db: Any) -> Decided:
            from crowddesk.operations import decisions, reasons

            evidence = value.evidence if kind == ActionKind.REJECT else None
            if kind == ActionKind.REJECT and evidence is None:  # decided before it was read
                with db.read() as conn:
                    evidence = {i: case.evidence for i, case in reasons.gather(conn, ids).items()}
            return decisions.decide(
                db, kind, ids, reason=value.words or value.reason, category=value.category,
                evidence=evidence, caps=policy_of(caps), send_after=after,
            )  # fmt: skip

        self.recorder.record(
            decide,
            partial(_done_words, kind),
            noun="unit",
            leaves=after is not None,
        )

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self.tr("This decision was not recorded"), error)


class _Reading(QObject):
    """Reads what is known of the units, for a dialog that may be gone before."""

    def __init__(self, session: Session, found: UnitsFacts, dialog: DecideDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        ids = list(found.ids)

        def read(db: Any, _job: Any) -> Any:
            from crowddesk.operations.reasons import gather

            with db.read() as conn:
                return gather(conn, ids)

        job = session.run_job(read, self._give, self._fail)
        dialog.finished.connect(lambda _result: job.cancel())

    def _give(self, cases: Any) -> None:
        self._dialog.set_cases(cases)

    def _fail(self, error: Exception) -> None:
        self._dialog.set_cases({})


def _done_words(kind: str, count: int) -> str:
    """What became of so many units: "3 units approved"."""
    if kind == ActionKind.APPROVE:
        return say_count("%n units approved", "%n unit approved", count)
    if kind == ActionKind.SOFT_REJECT:
        return say_count("%n units soft-rejected", "%n unit soft-rejected", count)
    if kind == ActionKind.REJECT:
        return say_count("%n units rejected", "%n unit rejected", count)
    return say_count("%n units taken back", "%n unit taken back", count)


def policy_of(caps: Rejections) -> RejectionPolicy:
    """The user's caps as the policy that rejections pass; 0 is no cap. In any thread but the GUI's."""
    from crowddesk.operations.policy import caps_of

    return caps_of(caps)


def _return_words(dialog: ReturnDialog, ids: Sequence[int]) -> Sequence[str] | None:
    """Asking these units back on the command line; None for more than a line should hold."""
    reasons = [word for reason in dialog.value() for word in ("--reason", reason)]
    units = ",".join(map(str, ids))
    return ("ask-return", "--where", f"unit:{units}", *reasons) if len(ids) <= _MOST_ON_A_LINE else None


def _tell_facts(found: UnitsFacts) -> TellFacts:
    from crowddesk.ui.dialogs.tell import TellFacts

    title = found.places[0][2] if len(found.places) == 1 else ""
    return TellFacts(found.people, len(found.ids), found.decide.environment, found.decide.vendor, title)


def show_error(window: QWidget, title: str, error: Exception) -> QDialog:
    """What failed and what to do; what nobody expected goes to the crash dialog instead."""
    if not isinstance(error, CrowdDeskError):
        raise error
    dialog = ErrorDialog.of(title, error, window)
    dialog.setAttribute(_DELETE)
    dialog.open()
    return dialog
