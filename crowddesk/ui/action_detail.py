"""Vendor actions up close: one of them beside the list, and those that wait for a person's word."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crowddesk.domain import ActionState, money_text
from crowddesk.ui.action_verbs import ActionVerbs, action_words
from crowddesk.ui.controls import Badge, Button, Label
from crowddesk.ui.detail import DetailPane, Facts, Link, PlainText, StatusWord, add_block, copy_button
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import environment_of
from crowddesk.ui.words import count_text, exact_time, relative_time

if TYPE_CHECKING:
    from crowddesk.store.queries import ActionRow

_NEEDS_SHOWN: Final = 3


def last_time(row: Any) -> datetime:
    """When the last thing happened to an action."""
    found: datetime = row.finished_at or row.started_at or row.created_at
    return found


class NeedsYou(QFrame):
    """The actions that nobody can look up: what is known, and the two words that a person can say."""

    def __init__(self, verbs: ActionVerbs, show_all: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._verbs = verbs
        self._show_all = show_all
        self._shown: Any = None
        self._content: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 14, 10)
        self.hide()

    def show_needs(self, needs: Any) -> None:
        """Shows what waits, of a `Needs` of the store."""
        rows, count = list(needs.needs_you), needs.needs_you_count
        if (rows, count) == self._shown:
            return
        self._shown = (rows, count)
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self._content = content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = self.tr("{0} for your word").format(count_text(count, "action waits", "actions wait"))
        column.addWidget(Label(f"● {head}", role="strong", tone="warning"))
        words = self.tr(
            "The vendor’s answer was lost and cannot be looked up. Look at the vendor’s own pages, then say "
            "what you found. CrowdDesk sends none of these again by itself."
        )
        column.addWidget(Label(words, tone="muted", wrap=True))
        for row in rows[:_NEEDS_SHOWN]:
            column.addWidget(self._entry(row))
        if count > _NEEDS_SHOWN:
            more = self.tr("and {0} more: show all of them").format(f"{count - _NEEDS_SHOWN:,}")
            column.addWidget(Link(more, self._show_all))
        self._column.addWidget(content)
        self.setVisible(count > 0)

    def _entry(self, row: Any) -> QWidget:
        entry = QWidget()
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(Label(action_words(row), wrap=True, selectable=True), 1)
        if not row.sandbox:
            line.addWidget(Badge(environment_of(row.provider_type, row.sandbox), row.provider_type))
        evidence = Button(self.tr("Evidence"), look="link")
        happened, did_not = Button(self.tr("It happened…")), Button(self.tr("It did not…"))
        for button in (happened, did_not, evidence):
            button.setAccessibleDescription(action_words(row))
        line.addWidget(evidence)
        line.addWidget(happened)
        line.addWidget(did_not)
        column.addLayout(line)
        when = relative_time(last_time(row))
        what = Label(
            f"{row.requester_name} · {when} · {row.outcome}", role="caption", tone="muted", wrap=True
        )
        what.setToolTip(exact_time(last_time(row)))
        column.addWidget(what)
        box = PlainText(evidence_text(row), name=self.tr("Evidence"), role="mono")
        box.hide()
        column.addWidget(box)
        evidence.clicked.connect(lambda: box.setVisible(box.isHidden()))
        happened.clicked.connect(lambda: self._verbs.resolve(row, happened=True))
        did_not.clicked.connect(lambda: self._verbs.resolve(row, happened=False))
        return entry


class ActionPane(DetailPane):
    """Everything about one vendor action."""

    def __init__(self, session: Session, verbs: ActionVerbs) -> None:
        super().__init__("Action")
        self._session = session
        self._verbs = verbs
        self._state = self.add_part()
        self._facts = self.add_part()
        self._evidence = self.add_part(self.tr("Evidence"))
        self.body.addStretch(1)
        self.take_back = Button(self.tr("Take back"), key="U")
        self.retry = Button(self.tr("Try again"), key="R")
        self.happened = Button(self.tr("It happened…"))
        self.did_not = Button(self.tr("It did not…"))
        self._row: ActionRow | None = None
        self.take_back.clicked.connect(lambda: self._verbs.take_back([self.shown_id]))
        self.retry.clicked.connect(lambda: self._verbs.retry([self.shown_id]))
        self.happened.clicked.connect(lambda: self._resolve(happened=True))
        self.did_not.clicked.connect(lambda: self._resolve(happened=False))
        for button in (self.take_back, self.retry, self.happened, self.did_not):
            button.hide()
            self.add_verb(button)
        self.foot.addStretch(1)
        session.changed.connect(self._hear)

    def _resolve(self, *, happened: bool) -> None:
        if self._row is not None:
            self._verbs.resolve(self._row, happened=happened)

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

            return next(iter(ACTIONS.rows(conn, [action_id])), None)

        self._session.ask(read, self._fill)

    def _hear(self, table: str, ids: Any) -> None:
        if table == "vendor_action" and self.isVisible() and (ids is None or self.shown_id in ids):
            self._read()

    def _fill(self, row: Any) -> None:
        if row is None or row.id != self.shown_id:
            return
        self._row = row
        self.badge.set(
            environment_of(row.provider_type, row.sandbox), "" if row.sandbox else row.provider_type
        )
        self.badge.show()
        self._state.show_data(row, lambda layout: _add_action_head(layout, row))
        self._facts.show_data(row, lambda layout: layout.addLayout(self._make_facts(row)))
        shown = evidence_text(row)
        self._evidence.show_data(shown or None, lambda layout: _add_evidence(layout, shown))
        self.take_back.setVisible(row.state in ActionState.UNSENT)
        self.retry.setVisible(row.state == ActionState.REFUSED)
        self.happened.setVisible(row.state == ActionState.NEEDS_YOU)
        self.did_not.setVisible(row.state == ActionState.NEEDS_YOU)

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


def evidence_text(row: Any) -> str:
    """What is known of an attempt, as text to read and copy; "" if nothing is."""
    try:
        found = json.loads(row.evidence)
    except ValueError:
        return row.evidence
    parts = [row.outcome] if row.outcome else []
    if isinstance(found, dict):
        parts += [f"{name}: {value}" for name, value in found.items()]
    elif found:
        parts.append(str(found))
    if parts:
        parts += [f"token: {row.uuid}", f"attempts: {row.attempt}"]
    return "\n".join(parts)


def _add_action_head(layout: QVBoxLayout, row: Any) -> None:
    layout.addWidget(Label(action_words(row), role="strong", wrap=True, selectable=True))
    layout.addWidget(StatusWord(row.state))
    if row.outcome:
        add_block(layout, "Outcome", row.outcome, size=13)


def _add_evidence(layout: QVBoxLayout, text: str) -> None:
    layout.addWidget(PlainText(text[:4000], name="Evidence", role="mono"))
    line = QHBoxLayout()
    line.addWidget(copy_button("Copy", text))
    line.addStretch(1)
    layout.addLayout(line)
