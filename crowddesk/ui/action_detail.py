"""Vendor actions up close: one of them beside the list, and those that wait for a person's word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from crowddesk.domain import ActionState, money_text
from crowddesk.language import say, say_count
from crowddesk.ui.action_verbs import ActionVerbs
from crowddesk.ui.action_words import action_words, state_words
from crowddesk.ui.controls import Button, Label, set_margins
from crowddesk.ui.detail import DetailPane, Facts, Link, PlainText, StatusWord, add_block, copy_button
from crowddesk.ui.doubts import DoubtView, read_doubts
from crowddesk.ui.evidence import batch_of, evidence_of, kept_with, told
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import environment_of
from crowddesk.ui.words import exact_time, relative_time

if TYPE_CHECKING:
    from crowddesk.store.queries import ActionRow


def last_time(row: Any) -> datetime:
    """When the last thing happened to an action."""
    found: datetime = row.finished_at or row.started_at or row.created_at
    return found


class NeedsYou(QFrame):
    """One line that says how many actions wait for a person's word, and leads to them."""

    def __init__(self, show_all: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._words = Label(role="strong", tone="warning", wrap=True)
        self.decide = Button(self.tr("Decide"))
        self.decide.clicked.connect(show_all)
        line = QHBoxLayout(self)
        set_margins(line, 14, 8, 8, 8)
        line.setSpacing(12)
        line.addWidget(self._words, 1)
        line.addWidget(self.decide)
        self.hide()

    def show_needs(self, needs: Any) -> None:
        """Shows what waits, of a `Needs` of the store."""
        count = needs.needs_you_count
        words = say_count(
            "%n actions wait for your word: the vendor’s answer was lost and cannot be looked up.",
            "%n action waits for your word: the vendor’s answer was lost and cannot be looked up.",
            count,
        )
        self._words.setText(f"● {words}")
        self.decide.setAccessibleName(say_count("Decide on %n actions", "Decide on %n action", count))
        self.setVisible(count > 0)


class ActionPane(DetailPane):
    """Everything about one vendor action."""

    def __init__(self, session: Session, verbs: ActionVerbs) -> None:
        super().__init__(say("Action"))
        self._session = session
        self._verbs = verbs
        self._state = self.add_part()
        self._doubt_title = Label(self.tr("What became of it?"), role="strong")
        self.doubt = DoubtView()
        self.doubt.decided.connect(verbs.ask_what_became)
        for widget in (self._doubt_title, self.doubt):
            widget.hide()
            self.body.addWidget(widget)
        self._evidence = self.add_part(self.tr("Evidence"))
        self._facts = self.add_part()
        self.body.addStretch(1)
        self.take_back = Button(self.tr("Take back"))
        self.retry = Button(self.tr("Try again"))
        self.take_back.follow(session.keys, "payments.take_back")
        self.retry.follow(session.keys, "payments.retry")
        self._row: ActionRow | None = None
        self.take_back.clicked.connect(lambda: self._verbs.take_back([self.shown_id]))
        self.retry.clicked.connect(lambda: self._verbs.retry([self.shown_id]))
        for button in (self.take_back, self.retry):
            button.hide()
            self.add_verb(button)
        self.foot.addStretch(1)
        session.changed.connect(self._hear)

    def show_action(self, action_id: int) -> None:
        """Shows an action by its id."""
        if action_id != self.shown_id:
            self.shown_id = action_id
            self.title.setText(self.tr("Action {0}").format(action_id))
        self.show()
        self._read()

    def _read(self) -> None:
        action_id = self.shown_id

        def read(conn: Any) -> Any:
            from crowddesk.store.queries import ACTIONS

            row = next(iter(ACTIONS.rows(conn, [action_id])), None)
            if row is None or row.state != ActionState.NEEDS_YOU:
                return row, []
            return row, [r for r in read_doubts(conn) if batch_of(r) == batch_of(row)]

        self._session.ask(read, self._fill)

    def _hear(self, table: str, ids: Any) -> None:
        if table == "vendor_action" and self.isVisible() and (ids is None or self.shown_id in ids):
            self._read()

    def _fill(self, found: tuple[ActionRow | None, list[ActionRow]]) -> None:
        row, batch = found
        if row is None or row.id != self.shown_id:
            return
        self._row = row
        self.badge.set(
            environment_of(row.provider_type, row.sandbox), "" if row.sandbox else row.provider_type
        )
        self.badge.show()
        self._state.show_data(row, lambda layout: _add_action_head(layout, row))
        self._facts.show_data(row, lambda layout: layout.addLayout(self._make_facts(row)))
        waits = row.state == ActionState.NEEDS_YOU
        for widget in (self._doubt_title, self.doubt):
            widget.setVisible(waits)
        if waits:
            self.doubt.show_doubt(row, batch or [row])
        shown = "" if waits else evidence_text(row)
        self._evidence.show_data(shown or None, lambda layout: _add_evidence(layout, shown))
        self.take_back.setVisible(row.state in ActionState.UNSENT)
        self.retry.setVisible(row.state == ActionState.REFUSED)

    def _make_facts(self, row: Any) -> Facts:
        facts, wanted = Facts(), self._session.wanted
        facts.add(self.tr("Account"), row.requester_name)
        if row.unit_id is not None:
            facts.add(self.tr("Unit"), Link(str(row.unit_id), lambda: wanted.emit("units", row.unit_id)))
        if row.worker_id is not None:
            name = row.worker_name or str(row.worker_id)
            facts.add(self.tr("Worker"), Link(name, lambda: wanted.emit("workers", row.worker_id)))
        if row.task_run_id is not None:
            title = row.run_title or str(row.task_run_id)
            facts.add(self.tr("Task run"), Link(title, lambda: wanted.emit("runs", row.task_run_id)))
        if row.amount_minor:
            facts.add(self.tr("Amount"), money_text(row.amount_minor, row.currency))
            facts.add(self.tr("Fee"), money_text(row.fee_minor, row.currency))
        facts.add(self.tr("Reason"), row.reason)
        facts.add(self.tr("Category"), row.category)
        facts.add(self.tr("Seen then"), " · ".join(kept_with(row.payload)))
        facts.add(self.tr("Attempts"), str(row.attempt) if row.attempt else "")
        times = (
            (self.tr("Decided"), row.created_at),
            (self.tr("Leaves"), row.not_before if row.state in ActionState.UNSENT else None),
            (self.tr("Sent"), row.started_at),
            (self.tr("Finished"), row.finished_at),
        )
        for caption, at in times:
            facts.add(caption, relative_time(at), exact_time(at))
        facts.add(self.tr("By"), row.created_by)
        facts.add(self.tr("Token"), row.uuid)
        return facts


def evidence_text(row: ActionRow) -> str:
    """What is known of an attempt, as text to read and copy; "" if nothing is."""
    if not (row.outcome or evidence_of(row)):
        return ""
    lines = [f"{line.caption}: {line.words}" for line in told(row)]
    return "\n".join([row.outcome, *lines] if row.outcome else lines)


def _add_action_head(layout: QVBoxLayout, row: Any) -> None:
    layout.addWidget(Label(action_words(row), role="strong", wrap=True, selectable=True))
    layout.addWidget(StatusWord(row.state, own=state_words(row)))
    if row.outcome:
        add_block(layout, say("Outcome"), row.outcome, size=13)


def _add_evidence(layout: QVBoxLayout, text: str) -> None:
    layout.addWidget(PlainText(text[:4000], name=say("Evidence"), role="mono"))
    line = QHBoxLayout()
    line.addWidget(copy_button(say("Copy"), text))
    line.addStretch(1)
    layout.addLayout(line)
