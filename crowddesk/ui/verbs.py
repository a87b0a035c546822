"""The verbs of units, the same in every list: dialogs, then vendor actions, then a word with Undo.

Facts are read first, in the reader; the dialog shows them; what it answers is recorded by the desk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from crowddesk.domain import ActionKind, CrowdDeskError, money_text
from crowddesk.ui.dialogs.decide import DecideDialog, DecideFacts, ReasonRules
from crowddesk.ui.dialogs.tell import MessageDialog, MessageValue, ReturnDialog, TellFacts
from crowddesk.ui.messages import ErrorDialog, Toast
from crowddesk.ui.offers import Offers
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
_WANTED = {
    ActionKind.UNREJECT: ("rejected",),
    ActionKind.REQUEST_RETURN: ("completed", "assigned"),
    ActionKind.MESSAGE: (),
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

    def send_message(
        self,
        requester_id: int,
        workers: Sequence[int],
        message: MessageValue,
        run_id: int | None,
        after: timedelta | None,
    ) -> None:
        """Records one message to each of these workers; without `after` they wait for Send."""

        def write(db: Any) -> Decided:
            from crowddesk.operations import decisions

            return decisions.send_message(
                db, requester_id, workers, message.body, run_id, message.sequence, send_after=after
            )

        self.record(
            write,
            lambda count: self.tr("Message to {0}").format(count_text(count, "person", "people")),
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
        """`key` is a key, or the name of a command in `ui.keys`, whose key may be chosen."""
        action = QAction(text, self)
        if "." in key:
            self._session.keys.bind(action, key)
        elif key:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda: take(self._selected()))
        return action


@dataclass(frozen=True, slots=True)
class UnitsFacts:
    """What is known of units before a verb: those it can be done with, what its dialog says, and for whom.

    `places` are the accounts and runs that their workers are at, with the workers: who is written to.
    """

    kind: str
    ids: list[int]
    decide: DecideFacts
    rules: ReasonRules
    sandbox: bool
    people: Sequence[str]
    places: Sequence[tuple[int, int, str, list[int]]]


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
        for kind, action in self.offered.items():
            Offers.of(session).bind(action, kind)
            self.actions.append(action)

    def begin(self, kind: str, unit_ids: Sequence[int] | None) -> None:
        """Reads the facts of these units, then asks for the decision."""
        if unit_ids is None:
            self._toast.say(STILL_READING)
            return
        if not len(unit_ids):
            self._toast.say(self.tr("Select the units first."))
            return
        ids = list(unit_ids)
        self._session.ask(lambda conn: _facts(conn, kind, ids), self._ask, self._fail)

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

    def _ask(self, found: UnitsFacts) -> None:
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
            self._record(found.kind, found.ids, "", "", found.sandbox)
        else:
            dialog = DecideDialog(found.kind, found.decide, found.rules, self._window)
            dialog.setAttribute(_DELETE)
            dialog.accepted.connect(lambda: self._take(dialog, found))
            dialog.open()

    def _take(self, dialog: DecideDialog, found: UnitsFacts) -> None:
        value = dialog.value()
        if value.kind == ActionKind.REQUEST_RETURN:
            self._ask_return(found, value.reason)
        else:
            self._record(value.kind, found.ids, value.reason, value.category, found.sandbox)

    def _ask_return(self, found: UnitsFacts, reason: str = "") -> None:
        dialog = ReturnDialog(_tell_facts(found), self._window, reason=reason)
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._request_return(dialog.value(), found))
        dialog.open()

    def _request_return(self, reasons: list[str], found: UnitsFacts) -> None:
        after = self._session.send_after(found.sandbox)

        def ask(db: Any) -> Decided:
            from crowddesk.operations import decisions

            return decisions.request_return(db, found.ids, reasons, send_after=after)

        self.recorder.record(
            ask,
            lambda count: self.tr("Asked to return {0}").format(count_text(count, "unit")),
            noun="unit",
            leaves=after is not None,
        )

    def _ask_message(self, found: UnitsFacts) -> None:
        if len(found.places) > 1:
            self._toast.say(self.tr("These are of several runs. Select units of one run to write to people."))
            return
        dialog = MessageDialog(_tell_facts(found), self._window)
        dialog.setAttribute(_DELETE)
        requester_id, run_id, _title, workers = found.places[0]
        dialog.accepted.connect(
            lambda: self.recorder.send_message(
                requester_id, workers, dialog.value(), run_id, self._session.send_after(found.sandbox)
            )
        )
        dialog.open()

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


def _facts(conn: Any, kind: str, ids: list[int]) -> UnitsFacts:
    """In the reader: what the dialog says of the units that the verb can be done with."""
    from crowddesk.operations.decisions import offers
    from crowddesk.operations.policy import rules_of
    from crowddesk.store.ledger import units_by_id
    from crowddesk.store.queries import RUNS, WORKERS

    wanted = _WANTED.get(kind, ("completed",))
    units = [u for u in units_by_id(conn, ids).values() if not wanted or u["status"] in wanted]
    if kind in (ActionKind.REQUEST_RETURN, ActionKind.MESSAGE):
        able = {vendor: offers(vendor, kind) for vendor in {u["provider_type"] for u in units}}
        units = [u for u in units if able[u["provider_type"]] and u["worker_id"] is not None]
    if kind != ActionKind.MESSAGE:
        units = [u for u in units if u["pending"] is None]
    people = Counter(u["worker_id"] for u in units if u["worker_id"] is not None)
    names = {row.id: row.worker_name for row in WORKERS.rows(conn, list(people))}
    places: dict[tuple[int, int], dict[int, None]] = {}
    for unit in units:
        if unit["worker_id"] is not None:
            key = (int(unit["requester_id"]), int(unit["task_run_id"]))
            places.setdefault(key, {})[unit["worker_id"]] = None
    titles = {run.id: run.title for run in RUNS.rows(conn, [run for _, run in places])}
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
        can_return=bool(vendor) and kind == ActionKind.REJECT and offers(vendor, ActionKind.REQUEST_RETURN),
    )
    vendor_rules = rules_of(vendor) if vendor else None
    rules = ReasonRules(
        min_length=vendor_rules.min_length if vendor_rules and kind == ActionKind.REJECT else 0,
        max_length=vendor_rules.max_length if vendor_rules and kind == ActionKind.REJECT else 0,
        categories=vendor_rules.categories if vendor_rules and kind == ActionKind.REJECT else (),
    )
    return UnitsFacts(
        kind,
        [u["id"] for u in units],
        facts,
        rules,
        sandbox,
        [names.get(worker, str(worker)) for worker in people],
        [(account, run, titles.get(run, ""), list(who)) for (account, run), who in places.items()],
    )


def _tell_facts(found: UnitsFacts) -> TellFacts:
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
