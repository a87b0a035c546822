"""The verbs of units, the same in every list: dialogs, then vendor actions, then a word with Undo.

Facts are read first, in the reader; the dialog shows them; what it answers is recorded by the desk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from crowddesk.domain import ActionKind, CrowdDeskError, money_text
from crowddesk.ui.dialogs.decide import DecideDialog, DecideFacts, ReasonRules
from crowddesk.ui.messages import ErrorDialog, Toast
from crowddesk.ui.session import Session
from crowddesk.ui.words import count_text

if TYPE_CHECKING:
    from crowddesk.operations.decisions import Decided
    from crowddesk.operations.policy import RejectionPolicy
    from crowddesk.settings import Rejections

_DELETE = Qt.WidgetAttribute.WA_DeleteOnClose
_MANY = 5_000
STILL_READING = "The list is still being read. Try again in a moment."
_DONE_WORDS = {
    ActionKind.APPROVE: "approved",
    ActionKind.SOFT_REJECT: "soft-rejected",
    ActionKind.REJECT: "rejected",
    ActionKind.UNREJECT: "taken back",
}


def environment_of(provider_type: str, sandbox: bool) -> str:
    """live, sandbox or practice: how an account is marked everywhere."""
    if not sandbox:
        return "live"
    return "practice" if provider_type == "mock" else "sandbox"


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

        `noun` is what the decision is about; `leaves`: they leave by themselves, and need no Send.
        """
        self._session.act(lambda db: (work(db), said, noun, leaves), self._tell, self._fail)

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
        words = said(len(ids))
        if ids and not leaves:
            words += self.tr(", staged until you send")
        if made.skipped:
            target, why = made.skipped[0]
            more = len(made.skipped) - 1
            words += self.tr(" · left out: {0} {1}, {2}").format(noun, target, why)
            words += self.tr(" and {0} more").format(f"{more:,}") if more else ""
        self._toast.say(words, (lambda: self.undo(ids)) if ids else None)

    def _tell_undone(self, found: tuple[int, int]) -> None:
        undone, asked = found
        words = self.tr("Taken back: {0}").format(count_text(undone, "decision"))
        if undone < asked:
            words += self.tr(" · {0} had left already").format(f"{asked - undone:,}")
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
        action = QAction(text, self)
        if key:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda: take(self._selected()))
        return action


class UnitVerbs(Verbs):
    """Approve, soft reject, reject and take back, for the units that `selected` names.

    `selected` gives None while their ids are still being read. `actions` belong into a context menu and carry
    the keys.
    """

    def __init__(
        self, session: Session, window: QWidget, toast: Toast, selected: Callable[[], Sequence[int] | None]
    ) -> None:
        super().__init__(session, window, toast, selected)
        self.actions = [
            self._action(self.tr("Approve"), "A", partial(self.begin, ActionKind.APPROVE)),
            self._action(self.tr("Soft reject…"), "S", partial(self.begin, ActionKind.SOFT_REJECT)),
            self._action(self.tr("Reject…"), "X", partial(self.begin, ActionKind.REJECT)),
            self._action(self.tr("Take the rejection back"), "", partial(self.begin, ActionKind.UNREJECT)),
        ]

    def begin(self, kind: str, unit_ids: Sequence[int] | None) -> None:
        """Reads the facts of these units, then asks for the decision."""
        if unit_ids is None:
            self._toast.say(STILL_READING)
            return
        if not len(unit_ids):
            self._toast.say(self.tr("Select the units first."))
            return
        self._session.ask(lambda conn: _facts(conn, kind, list(unit_ids)), self._ask, self._fail)

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
        self._toast.say(words[status].format(count_text(count, "answer")))

    def _ask(self, found: tuple[str, list[int], DecideFacts, ReasonRules, bool]) -> None:
        kind, ids, facts, rules, sandbox = found
        if not ids:
            wanted = "rejected" if kind == ActionKind.UNREJECT else "completed"
            self._toast.say(self.tr("None of these units is {0} and undecided.").format(wanted))
            return
        if kind == ActionKind.UNREJECT or (kind == ActionKind.APPROVE and facts.count == 1):
            self._record(kind, ids, "", "", sandbox)
            return
        dialog = DecideDialog(kind, facts, rules, self._window)
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._take(dialog, ids, sandbox))
        dialog.open()

    def _take(self, dialog: DecideDialog, ids: list[int], sandbox: bool) -> None:
        value = dialog.value()
        self._record(value.kind, ids, value.reason, value.category, sandbox)

    def _record(self, kind: str, ids: list[int], reason: str, category: str, sandbox: bool) -> None:
        after = self._session.send_after(sandbox)
        caps = self._session.settings.rejections
        if len(ids) >= _MANY:
            self._toast.say(self.tr("Recording {0}…").format(count_text(len(ids), "decision")))

        def decide(db: Any) -> Decided:
            from crowddesk.operations import decisions

            return decisions.decide(
                db, kind, ids, reason=reason, category=category, caps=policy_of(caps), send_after=after
            )

        self.recorder.record(
            decide,
            lambda count: f"{count_text(count, 'unit')} {_DONE_WORDS[kind]}",
            noun="unit",
            leaves=after is not None,
        )

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self.tr("This decision was not recorded"), error)


def policy_of(caps: Rejections) -> RejectionPolicy:
    """The user's caps as the policy that rejections pass; 0 is no cap. In any thread but the GUI's."""
    from crowddesk.operations.policy import RejectionPolicy

    return RejectionPolicy(
        most_per_batch=caps.most_per_batch or None,
        most_per_worker_a_day=caps.most_per_worker_a_day or None,
        most_a_day=caps.most_a_day or None,
    )


def _facts(conn: Any, kind: str, ids: list[int]) -> tuple[str, list[int], DecideFacts, ReasonRules, bool]:
    """In the reader: what the dialog says of the units that can be decided."""
    from crowddesk.operations.policy import rules_of
    from crowddesk.store.ledger import units_by_id
    from crowddesk.store.queries import WORKERS

    wanted = "rejected" if kind == ActionKind.UNREJECT else "completed"
    units = [u for u in units_by_id(conn, ids).values() if u["status"] == wanted and u["pending"] is None]
    people = Counter(u["worker_id"] for u in units if u["worker_id"] is not None)
    names = {row.id: row.worker_name for row in WORKERS.rows(conn, [w for w, _ in people.most_common(5)])}
    totals: Counter[str] = Counter()
    fees: Counter[str] = Counter()
    for unit in units:
        totals[unit["currency"]] += unit["pay_minor"] + unit["fee_minor"]
        fees[unit["currency"]] += unit["fee_minor"]
    pays = kind != ActionKind.REJECT
    first = units[0] if units else None
    sandbox = first is not None and all(u["sandbox"] for u in units)
    vendor = first["provider_type"] if first is not None else ""
    facts = DecideFacts(
        count=len(units),
        money=" + ".join(money_text(m, c) for c, m in totals.items()) if pays else "",
        fees=" + ".join(money_text(m, c) for c, m in fees.items()) if pays else "",
        per_person=[(names.get(w, str(w)), n) for w, n in people.most_common()],
        environment=environment_of(vendor, sandbox),
        vendor=vendor,
    )
    vendor_rules = rules_of(vendor) if vendor else None
    rules = ReasonRules(
        min_length=vendor_rules.min_length if vendor_rules and kind == ActionKind.REJECT else 0,
        max_length=vendor_rules.max_length if vendor_rules and kind == ActionKind.REJECT else 0,
        categories=vendor_rules.categories if vendor_rules and kind == ActionKind.REJECT else (),
    )
    return kind, [u["id"] for u in units], facts, rules, sandbox


def show_error(window: QWidget, title: str, error: Exception) -> QDialog:
    """What failed and what to do; what nobody expected goes to the crash dialog instead."""
    if not isinstance(error, CrowdDeskError):
        raise error
    dialog = ErrorDialog.of(title, error, window)
    dialog.setAttribute(_DELETE)
    dialog.open()
    return dialog
