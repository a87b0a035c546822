"""The send sheet: everything that is about to leave, and what it costs, before it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crowddesk.domain import currency_digits, money_text, to_major
from crowddesk.language import money_form, number_text, say, say_count
from crowddesk.ui.action_words import kind_word
from crowddesk.ui.controls import Badge, Button, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import environment_of, policy_of, show_error
from crowddesk.ui.words import short_name

if TYPE_CHECKING:
    from crowddesk.lanes import Job
    from crowddesk.operations.sending import Sheet, ToSend
    from crowddesk.store.queries import Staged

_PEOPLE_SHOWN: Final = 40
_REASONS_SHOWN: Final = 5
_RIGHT: Final = Qt.AlignmentFlag.AlignRight


def open_send_sheet(session: Session, window: MainWindow) -> None:
    """Reads what is staged and opens the sheet over the window."""
    _Opening(session, window)


class _Opening(QObject):
    """Waits for the reader's answer, opens the sheet, and sends what it showed."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        caps = session.settings.rejections

        def read(conn: Any) -> Sheet:
            from crowddesk.operations.sending import read_sheet

            return read_sheet(conn, policy_of(caps))

        session.ask(read, self._open, self._fail)

    def _open(self, sheet: Sheet) -> None:
        if not sheet.accounts:
            words = self.tr("Nothing waits to be sent.")
            self._window.toast.say(words)
            self.deleteLater()
            return
        dialog = SendSheet(self._session, sheet, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._send, sheet.last_id))
        dialog.looks_wanted.connect(partial(self._look, dialog))
        dialog.rejected.connect(self.deleteLater)
        dialog.open()

    def _look(self, dialog: SendSheet) -> None:
        from crowddesk.ui.fairness import open_second_looks

        dialog.reject()
        open_second_looks(self._session, self._window)

    def _send(self, last_id: int) -> None:
        def send(db: Any) -> int:
            from crowddesk.operations import decisions

            return len(decisions.send(db, last_id=last_id))

        self._session.act(send, self._tell, self._fail)

    def _tell(self, count: int) -> None:
        words = say_count("%n actions on the way", "%n action on the way", count)
        self._window.toast.say(words)
        self.deleteLater()

    def _fail(self, error: Exception) -> None:
        self.deleteLater()
        show_error(self._window, self.tr("Nothing was sent"), error)


class SendSheet(VerbDialog):
    """Shows a `Sheet`. Enter does not send: it cannot be undone. A live account makes the verb red.

    `looks_wanted`: the first rejections that stay are to be looked at.
    """

    looks_wanted = Signal()

    def __init__(self, session: Session, sheet: Sheet, parent: QWidget | None = None) -> None:
        live = any(not account.sandbox for account in sheet.accounts)
        count = sheet.actions
        super().__init__(
            say_count("Send %n actions", "Send %n action", count),
            "",
            parent,
            careful=True,
            danger=live,
            width=540,
        )
        self._session = session
        self._balances: dict[int, Label] = {}
        self._jobs: list[Job] = []
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(20)
        for account in sheet.accounts:
            column.addWidget(self._account(account))
        column.addStretch(1)
        if live:
            words = self.tr("LIVE: real people, real money. What has left can hardly be taken back.")
            self.body.addWidget(Label(words, tone="danger", wrap=True))
        self.add_scrolling(content)
        # Play money is no part of what real accounts pay; it stands with its own account above.
        paying = [account for account in sheet.accounts if not (live and account.sandbox)]
        money = _money([(a.currency, a.amount_minor + a.fee_minor) for a in paying])
        words = self.tr("Send {0}").format(number_text(count))
        self.set_verb(" · ".join(filter(None, (words, money))), count > 0)
        self.verb.setToolTip("" if count else self.tr("All of it waits for a second look."))
        self._costs = {a.requester_id: (a.amount_minor + a.fee_minor, a.currency) for a in sheet.accounts}
        for account in sheet.accounts:
            self._ask_balance(account.requester_id)
        self.finished.connect(self._stop_asking)
        self.cancel.setFocus()

    def _account(self, account: ToSend) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(account.requester_name, role="strong"))
        environment = environment_of(account.provider_type, account.sandbox)
        head.addWidget(Badge(environment, account.provider_type if environment != "practice" else ""))
        head.addStretch(1)
        column.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        money, fees = self.tr("Money, {0}"), self.tr("Fees, {0}")
        titles = ("", "", money.format(account.currency), fees.format(account.currency))
        for place, title in enumerate(titles):
            grid.addWidget(Label(title, role="caption", tone="muted"), 0, place, _RIGHT)
        for part in account.kinds:
            _add_row(grid, kind_word(part.kind), part)
        if len(account.kinds) > 1:
            _add_row(grid, self.tr("Together"), account, role="strong")
        column.addLayout(grid)
        balance = Label(self.tr("Balance: asking…"), tone="muted", wrap=True)
        self._balances[account.requester_id] = balance
        column.addWidget(balance)
        if account.rejections:
            column.addWidget(Label(_rejection_words(account.rejections), tone="warning", wrap=True))
            self._add_reasons(column, account)
        if account.waiting:
            self._add_waiting(column, account)
        for sentence in account.broken:
            column.addWidget(Label(f"✕ {sentence}", tone="danger", wrap=True, selectable=True))
        return block

    def _add_reasons(self, column: QVBoxLayout, account: ToSend) -> None:
        """What people will read, and the evidence that is kept beside it."""
        for row in account.rejected[:_REASONS_SHOWN]:
            words = self.tr("{0}, unit {1}: “{2}”").format(
                short_name(row.worker_name), row.unit_id, row.reason
            )
            if row.evidence:
                words += f" ({' · '.join(row.evidence)})"
            column.addWidget(Label(words, role="caption", tone="muted", wrap=True, selectable=True))
        total = sum(count for _, count in account.rejections)
        if total > _REASONS_SHOWN:
            more = self.tr("and {0} more, under Payments").format(number_text(total - _REASONS_SHOWN))
            column.addWidget(Label(more, role="caption", tone="muted", wrap=True))

    def _add_waiting(self, column: QVBoxLayout, account: ToSend) -> None:
        count = len(account.waiting)
        words = say_count(
            "◌ %n first rejections stay until somebody has looked again: {0}",
            "◌ %n first rejection stays until somebody has looked again: {0}",
            count,
        ).format(_named([(row.worker_name, 1) for row in account.waiting]))
        column.addWidget(Label(words, tone="warning", wrap=True))
        look = Button(self.tr("Look at them…") if count > 1 else self.tr("Look at it…"))
        look.setAutoDefault(False)
        look.clicked.connect(self.looks_wanted)
        column.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)

    def command_line(self) -> Sequence[str] | None:
        return ["send", "--wait"]

    # ----------------------------------------------------------------------------------------- balances

    def _ask_balance(self, requester_id: int) -> None:
        def ask(db: Any, job: Job) -> tuple[int, Any]:
            from crowddesk.domain import CrowdDeskError
            from crowddesk.operations.sending import available_balance

            try:
                return requester_id, available_balance(db, requester_id)
            except CrowdDeskError as error:
                return requester_id, str(error)
            except NotImplementedError:
                return requester_id, None

        self._jobs.append(self._session.run_job(ask, self._show_balance, self._no_balance))

    def _show_balance(self, found: tuple[int, Any]) -> None:
        requester_id, balance = found
        label = self._balances[requester_id]
        if balance is None:
            label.hide()
            return
        if isinstance(balance, str):
            label.setText(self.tr("Balance not known: {0}").format(balance))
            return
        minor, currency = self._costs[requester_id]
        after = balance - to_major(minor, currency)
        digits = currency_digits(currency)
        before, rest = (money_form(number_text(amount, digits), currency) for amount in (balance, after))
        label.setText(self.tr("Balance {0}, after this {1}.").format(before, rest))
        if after < 0:
            label.setText(f"● {label.text()} " + self.tr("The vendor may refuse what is not covered."))
            label.set_tone("warning")

    def _no_balance(self, error: Exception) -> None:
        for label in self._balances.values():
            label.hide()

    def _stop_asking(self) -> None:
        for job in self._jobs:
            job.cancel()


def _add_row(grid: QGridLayout, words: str, part: ToSend | Staged, *, role: str = "text") -> None:
    row = grid.rowCount()
    money = (part.amount_minor, part.fee_minor)
    amounts = [money_text(m, part.currency, with_currency=False) if m else "–" for m in money]
    grid.addWidget(Label(words, role=role), row, 0)
    for place, text in enumerate((number_text(part.actions), *amounts), 1):
        grid.addWidget(Label(text, role=role), row, place, _RIGHT)


def _rejection_words(rejections: Sequence[tuple[str, int]]) -> str:
    total = sum(count for _, count in rejections)
    people = say_count("%n people", "%n person", len(rejections))
    words = say_count("● %n rejections of {people}: {names}", "● %n rejection of {people}: {names}", total)
    return words.format(people=people, names=_named(rejections))


def _named(people: Sequence[tuple[str, int]]) -> str:
    """Names with how many units of each."""
    totals: dict[str, int] = {}
    for name, count in people:
        totals[name] = totals.get(name, 0) + count
    first = list(totals.items())[:_PEOPLE_SHOWN]
    shown = ", ".join(f"{short_name(name)} ({number_text(count)})" for name, count in first)
    more = len(totals) - len(first)
    if more <= 0:
        return shown
    return say("{names} and {others}", names=shown, others=say_count("%n others", "%n other", more))


def _money(parts: Sequence[tuple[str, int]]) -> str:
    totals: dict[str, int] = {}
    for currency, minor in parts:
        totals[currency] = totals.get(currency, 0) + minor
    return " + ".join(money_text(minor, currency) for currency, minor in totals.items() if minor)
