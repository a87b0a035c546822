"""Payments: every call that changes something at a vendor, what waits for a person on top, money in sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QToolButton, QWidget

from crowddesk.domain import ActionState, money_text
from crowddesk.language import mark, number_text, say
from crowddesk.ui import theme
from crowddesk.ui.action_detail import ActionPane, NeedsYou, last_time
from crowddesk.ui.action_verbs import ActionVerbs
from crowddesk.ui.action_words import kind_word, state_word, state_words, target_text, what_words
from crowddesk.ui.doubts import read_doubts
from crowddesk.ui.gauges import Fact, FactCard
from crowddesk.ui.list_page import ListPage
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.rows import Column
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.verbs import show_error

_READ_AGAIN_MS: Final = 400
_LOW: Final = 700
_STATES: Final = (
    ActionState.NEEDS_YOU, ActionState.STAGED, ActionState.QUEUED, ActionState.SENDING, ActionState.UNKNOWN,
    ActionState.REFUSED, ActionState.DONE, ActionState.CANCELLED,
)  # fmt: skip
_KINDS: Final = (
    "approve", "soft_reject", "reject", "unreject", "bonus", "block", "unblock", "grant", "revoke", "launch",
    "expire", "request_return", "message", "pause", "resume", "set_up", "clean_up",
)  # fmt: skip


def action_columns() -> list[Column]:
    """The columns of vendor actions."""
    return [
        Column("id", say("Action"), lambda r: str(r.id), kind="number", width=64, sort_key="id", muted=True),
        Column(
            "state",
            say("State"),
            state_word,
            lambda r: r.state,
            kind="status",
            width=124,
            sort_key="state",
            tooltip=state_words,
        ),
        Column("kind", say("What"), _what, width=124, sort_key="kind"),
        Column("target", say("On"), target_text, kind="id", width=126),
        Column(
            "amount",
            say("Amount"),
            lambda r: money_text(r.amount_minor, r.currency) if r.amount_minor else "–",
            kind="money",
            width=90,
        ),
        Column(
            "fee",
            say("Fee"),
            lambda r: money_text(r.fee_minor, r.currency) if r.fee_minor else "–",
            kind="money",
            width=88,
        ),
        Column("requester", say("Account"), _account_text, width=118),
        Column("outcome", say("Outcome"), lambda r: r.outcome, width=200, stretch=True),
        Column(
            "attempt", say("Tries"), lambda r: str(r.attempt) if r.attempt else "–", kind="number", width=58
        ),
        Column("when", say("When"), value=last_time, kind="time", width=96),
        Column("reason", say("Reason"), lambda r: r.reason, width=200, shown=False),
        Column("category", say("Category"), lambda r: r.category, width=120, shown=False),
        Column("run", say("Task run"), lambda r: r.run_title or "", width=150, shown=False),
        Column("created", say("Decided"), value=lambda r: r.created_at, kind="time", width=100, shown=False),
        Column("by", say("By"), lambda r: r.created_by, width=120, shown=False),
        Column("uuid", say("Token"), lambda r: r.uuid, kind="id", width=150, shown=False),
    ]


def _what(row: Any) -> str:
    """The amount has a column of its own."""
    return kind_word(row.kind) if row.amount_minor else what_words(row)


def _account_text(row: Any) -> str:
    if row.sandbox:
        return str(row.requester_name)
    return say("LIVE {name}", name=row.requester_name)


class PaymentsPage(ListPage):
    """The ledger of vendor actions."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(
            say("Payments"),
            session,
            window,
            action_columns(),
            key="payments",
            listing="ACTIONS",
            table="vendor_action",
            noun="action",
            beside_pane=("id", "state", "kind", "target", "amount", "when"),
            hint=say(
                "{example}   search payments and other actions", example="state:refused kind:bonus worker:A1"
            ),
        )
        self.table.set_empty_state(
            self.tr("Nothing was asked of a vendor yet."),
            self.tr("Launches, approvals, bonuses and blocks are listed here, each with what became of it."),
        )
        self.verbs = ActionVerbs(session, window, window.toast, self.chosen)
        self.bind(self.verbs.actions)
        self.action = ActionPane(session, self.verbs)
        self.set_detail(self.action, self.action.show_action)
        self._cards = [FactCard(Fact(say(title), "–")) for title in _CARD_TITLES]
        self._sums = QWidget()
        cards = QHBoxLayout(self._sums)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(12)
        for card in self._cards:
            cards.addWidget(card, 1)
        self.needs = NeedsYou(self._show_doubts)
        self._chips: dict[str, Chip] = {}
        chips = QHBoxLayout()
        chips.setSpacing(6)
        for state in ("", *_STATES):
            chip = Chip(state)
            chip.clicked.connect(lambda _=False, s=state: self._show_state(s))
            self._chips[state] = chip
            chips.addWidget(chip)
        chips.addStretch(1)
        self.body.insertWidget(0, self._sums)
        self.body.insertWidget(1, self.needs)
        self.body.insertLayout(2, chips)
        self.add_views(
            (
                (self.tr("Everything"), ""),
                (self.tr("Needs you"), "state:needs_you"),
                (self.tr("Waits for Send"), "state:staged"),
                (self.tr("Refused"), "state:refused"),
                (self.tr("Bonuses"), "kind:bonus"),
            )
        )
        self.panel.add_button(self._kinds())
        self._again = make_one_shot(self, _READ_AGAIN_MS, self._read_totals)
        session.changed.connect(self._hear)
        session.needs_changed.connect(self.needs.show_needs)
        self.panel.search.searched.connect(self._mark_chip)
        if session.needs is not None:
            self.needs.show_needs(session.needs)
        self._read_totals()
        self.start()
        self._mark_chip(self.panel.search.text())

    def _kinds(self) -> QToolButton:
        button = QToolButton()
        button.setText(self.tr("Kinds ▾"))
        button.setToolTip(self.tr("Show actions of one kind"))
        button.setProperty("chrome", "button")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.addAction(self.tr("Every kind")).triggered.connect(lambda: self._show_term("kind", ""))
        for kind in _KINDS:
            menu.addAction(kind_word(kind)).triggered.connect(
                lambda _=False, k=kind: self._show_term("kind", k)
            )
        button.setMenu(menu)
        return button

    def _cover(self) -> None:
        """In a low window or large print the sums step aside for the action that is read."""
        super()._cover()
        reads = self.detail is not None and not self.detail.isHidden()
        self._sums.setVisible(not reads or self.height() >= theme.px(_LOW))

    # ------------------------------------------------------------------------------------------ searches

    def _show_doubts(self) -> None:
        """What waits for a person's word, and the evidence on the first of it."""
        self.show_wanted("state:needs_you")
        self.session.ask(read_doubts, self._show_first_doubt, self._fail)

    def _show_first_doubt(self, rows: Sequence[Any]) -> None:
        if rows:
            self.table.select_id(rows[0].id)
            self.show_detail(rows[0].id)

    def _show_state(self, state: str) -> None:
        self._show_term("state", state)

    def _show_term(self, field: str, value: str) -> None:
        """Puts `field:value` into the search in place of what it says of that field; "" takes it out."""
        words = [w for w in self.panel.search.text().split() if not w.lstrip("-").startswith(f"{field}:")]
        self.search(" ".join([f"{field}:{value}", *words] if value else words))
        self._mark_chip(self.panel.search.text())

    def _mark_chip(self, text: str) -> None:
        named = next((w.removeprefix("state:") for w in text.split() if w.startswith("state:")), "")
        for state, chip in self._chips.items():
            chip.setChecked(state == named)

    def show_wanted(self, what: Any) -> None:
        """Shows a search, or one action by its id."""
        if isinstance(what, int):
            self.search(f"action:{what}")
            self.show_detail(what)
        else:
            self.search(str(what))
        self._mark_chip(self.panel.search.text())

    # -------------------------------------------------------------------------------------------- totals

    def _hear(self, table: str, _ids: object) -> None:
        if table in ("vendor_action", "unit") and not self._again.isActive():
            self._again.start()

    def _read_totals(self) -> None:
        def read(conn: Any) -> tuple[Any, Any]:
            from crowddesk.store import ledger
            from crowddesk.store.queries import money_totals

            return money_totals(conn), ledger.count_states(conn)

        self.session.ask(read, self._show_totals, self._fail)

    def _show_totals(self, found: tuple[Sequence[Any], dict[str, int]]) -> None:
        totals, states = found
        used = [t for t in totals if t.paid or t.reserved or t.staged] or list(totals[:1])
        play_only = all(t.sandbox for t in used)
        for card, title, note, name in zip(
            self._cards, _CARD_TITLES, _CARD_NOTES, ("paid", "reserved", "staged"), strict=True
        ):
            amounts = [money_text(getattr(t, name), t.currency) for t in used if t.sandbox == play_only]
            play = [money_text(getattr(t, name), t.currency) for t in used if t.sandbox and not play_only]
            of = say(note)
            if play_only:
                of = self.tr("play money: {0}").format(of)
            elif play:
                of = self.tr("{0}; besides, {1} of play money").format(of, " + ".join(play))
            card.set(Fact(say(title), amounts[0] if amounts else "–", " + ".join(amounts[1:]), of))
        for state, chip in self._chips.items():
            chip.set_count(states.get(state, 0) if state else sum(states.values()))

    def _fail(self, error: Exception) -> None:
        show_error(self.window_, self.tr("The totals could not be read"), error)


_CARD_TITLES: Final = (mark("Paid"), mark("Reserved"), mark("Staged"))
_CARD_NOTES: Final = (
    mark("accepted work and bonuses, with fees"),
    mark("work that may still be paid, with fees"),
    mark("decided, waits for Send"),
)


class Chip(QAbstractButton):
    """A state to filter by, with how many there are; hidden while there are none, unless it is chosen."""

    def __init__(self, state: str) -> None:
        super().__init__()
        self._state = state
        self._count = 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        self._count = count
        word = theme.status_look(self._state).word if self._state else self.tr("all")
        self.setText(word)
        self.setAccessibleName(f"{word}, {number_text(count)}")
        self.setVisible(bool(count) or not self._state or self.isChecked())
        self.updateGeometry()
        self.update()

    def _parts(self) -> tuple[str, str]:
        look = theme.status_look(self._state)
        return (f"{look.sign} {look.word}" if self._state else self.text(), number_text(self._count))

    def sizeHint(self) -> QSize:
        words, count = self._parts()
        metrics = QFontMetrics(theme.font("caption"))
        wide = metrics.horizontalAdvance(words) + metrics.horizontalAdvance(count) + theme.px(32)
        return QSize(wide, theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(36), theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        words, count = self._parts()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0.5, 0.5)
        chosen = self.isChecked()
        painter.setPen(QColor(c.accent if chosen or self.hasFocus() else c.line))
        painter.setBrush(QColor(c.selection if chosen else c.base))
        radius = self.height() / 2 - 1
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)
        painter.translate(-0.5, -0.5)
        area = self.rect().adjusted(theme.px(10), 0, -theme.px(10), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("caption"))
        metrics = QFontMetrics(painter.font())
        taken = metrics.horizontalAdvance(count) + theme.px(6)
        look = theme.status_look(self._state, selected=chosen)
        painter.setPen(QColor(look.colour if self._state else c.text))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width() - taken)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | middle), shown)
        painter.setPen(QColor(c.muted))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | middle), count)
