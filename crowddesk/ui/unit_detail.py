"""One unit beside a list: item and answer, money and times, the same item's other answers, its history."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crowddesk.domain import DATASET_STATUSES, ActionKind, ActionState, money_text
from crowddesk.language import mark, number_text, say, say_count
from crowddesk.ui.action_words import kind_word
from crowddesk.ui.controls import Button, Choice, ElidedLabel, Label
from crowddesk.ui.detail import (
    LONGEST,
    DetailPane,
    Facts,
    Link,
    PlainText,
    StatusWord,
    add_block,
    copy_button,
)
from crowddesk.ui.evidence import kept_with
from crowddesk.ui.remarks import RemarksPart, RemarkVerbs
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.verbs import UnitVerbs, environment_of, show_error
from crowddesk.ui.words import duration_text, exact_time, relative_time
from crowddesk.ui.work_done import (
    Upload,
    add_files,
    add_times,
    file_text,
    folder_of,
    is_file,
    uploads_of,
    worked_on,
)

if TYPE_CHECKING:
    from crowddesk.lanes import Job
    from crowddesk.live_run.gold import Mark
    from crowddesk.store.queries import AnswerGroup, UnitDetail

    _Found = tuple[UnitDetail, list[AnswerGroup], list[Mark], list[Upload]]

#: A cell is painted often: a longer text is shown as it is stored, from its beginning.
LONGEST_PARSED: Final = 50_000
_READ_AGAIN_MS: Final = 200
_MINUTE_MS: Final = 60_000
_EVENTS_SHOWN: Final = 40
_TAKE_BACK: Final = {
    ActionKind.APPROVE: mark("Take the approval back"),
    ActionKind.SOFT_REJECT: mark("Take the soft rejection back"),
    ActionKind.REJECT: mark("Take the rejection back"),
    ActionKind.UNREJECT: mark("Take the un-rejection back"),
}


class UnitDetailPane(DetailPane):
    """Shows the unit that `show_unit` names, and keeps up with it."""

    def __init__(self, session: Session, verbs: UnitVerbs, parent: QWidget | None = None) -> None:
        super().__init__(say("Unit"), parent)
        self._session = session
        self._verbs = verbs
        self._job: Job | None = None
        self._found: UnitDetail | None = None
        self._also_changed: dict[str, set[int]] = {}
        self._state, self._item, self._answer = self.add_part(), self.add_part(), self.add_part()
        self._files = self.add_part(self.tr("Files"))
        self._facts = self.add_part()
        self._dataset = self._add_dataset()
        self.remark_verbs = RemarkVerbs.beside(verbs, lambda: [self.shown_id], "unit")
        self.remarks = RemarksPart(session, self.remark_verbs)
        self.body.addWidget(self.remarks)
        for action in self.remark_verbs.actions:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)
        self._work = self.add_part(self.tr("What was done when"))
        self._others = self.add_part(self.tr("The same item"))
        self._raw = self.add_part(self.tr("Received"))
        self._history = self.add_part(self.tr("History"))
        self.body.addStretch(1)
        self._make_foot()
        self._again = make_one_shot(self, _READ_AGAIN_MS, self._read)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._tell_times_anew)
        self._minute.start()
        session.changed.connect(self._hear)

    def _add_dataset(self) -> Choice:
        """Not made anew with the facts, so that a change does not take the keyboard from it."""
        self._dataset_line = QWidget()
        line = QHBoxLayout(self._dataset_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        choice = Choice()
        choice.addItems(DATASET_STATUSES)
        choice.setAccessibleName(self.tr("Data set"))
        choice.setToolTip(self.tr("Whether the answer counts, whatever is decided on the work."))
        choice.textActivated.connect(lambda s: self._verbs.set_dataset_status([self.shown_id], s))
        line.addWidget(Label(self.tr("Data set"), tone="muted"))
        line.addWidget(choice)
        line.addStretch(1)
        self._dataset_line.hide()
        self.body.addWidget(self._dataset_line)
        return choice

    def show_unit(self, unit_id: int) -> None:
        """Shows a unit by its id; the answer comes from the reader."""
        if unit_id != self.shown_id:
            self.shown_id = unit_id
            self.area.verticalScrollBar().setValue(0)
            self.title.setText(self.tr("Unit {0}").format(unit_id))
        self.show()
        self.remarks.show_row(unit_id)
        self._read()

    # ------------------------------------------------------------------------------------------- reading

    def _read(self) -> None:
        if self._job is not None:
            self._job.cancel()
        unit_id = self.shown_id

        def read(conn: Any) -> _Found:
            from crowddesk.live_run.gold import marks
            from crowddesk.store.queries import same_item, unit_detail

            detail = unit_detail(conn, unit_id)
            uploads = uploads_of(detail.submissions)
            return detail, same_item(conn, unit_id), marks(conn, [detail.row]), uploads

        self._job = self._session.ask(read, self._fill, self._fail)

    def _hear(self, table: str, ids: Sequence[int] | None) -> None:
        if self.isHidden() or self._again.isActive():
            return
        mine = {"unit": {self.shown_id}, "submission": None} | self._also_changed
        if table in mine:
            known = mine[table]
            if ids is None or known is None or not known.isdisjoint(ids):
                self._again.start()

    def _tell_times_anew(self) -> None:
        if self._found is not None and self.isVisible():
            for part in (self._facts, self._history, self._raw):
                part.forget()
            self._read()

    def _fail(self, error: Exception) -> None:
        self._found = None
        self._show_verbs()
        self._dataset_line.hide()
        shown = (self._item, self._answer, self._files, self._facts, self._work)
        for part in (*shown, self._others, self._raw, self._history):
            part.show_data(None, _nothing)
        self._state.show_data(str(error), lambda layout: layout.addWidget(Label(str(error), wrap=True)))

    # ------------------------------------------------------------------------------------------- showing

    def _fill(self, found: _Found) -> None:
        detail, groups, marks, uploads = found
        row = detail.row
        self._found = detail
        self._also_changed = {
            "agent": {agent.id for agent in detail.agents},
            "vendor_action": {action.id for action in detail.actions},
        }
        self.badge.set(
            environment_of(row.provider_type, row.sandbox), "" if row.sandbox else row.provider_type
        )
        self.badge.show()
        self._state.show_data((row.status, row.pending), self._add_state)
        self._item.show_data((row.id, row.data), lambda layout: _add_values(layout, row.data))
        self._answer.show_data(
            (row.id, row.answer or "", marks), lambda layout: self._add_answer(layout, row, marks)
        )
        self._files.show_data(uploads or None, lambda layout: add_files(layout, uploads, self._ask_folder))
        worked = worked_on(detail.submissions)
        self._work.show_data(worked or None, lambda layout: add_times(layout, worked))
        self._facts.show_data(row, lambda layout: layout.addLayout(self._make_facts(row)))
        self._dataset.setCurrentText(row.dataset_status)
        self._dataset_line.show()
        others = groups if sum(len(g.units) for g in groups) > 1 else None
        self._others.show_data(others, lambda layout: self._add_others(layout, groups))
        self._raw.show_data(detail.submissions or None, lambda layout: self._add_submissions(layout, detail))
        self._history.show_data(
            (detail.events, detail.actions), lambda layout: self._add_history(layout, detail)
        )
        self._show_verbs()

    def _add_state(self, layout: QVBoxLayout) -> None:
        assert self._found is not None
        row = self._found.row
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(StatusWord(row.status, role="strong"))
        if row.pending:
            line.addWidget(StatusWord(row.pending, prefix="→ "))
        line.addStretch(1)
        layout.addLayout(line)

    def _add_answer(self, layout: QVBoxLayout, row: Any, marks: list[Mark]) -> None:
        title = Label(self.tr("Answer"), role="strong")
        layout.addWidget(title)
        if row.answer is None:
            layout.addWidget(Label(self.tr("Nobody has answered yet."), tone="muted"))
        else:
            _add_values(layout, row.answer)
        for known in marks:
            words = self.tr("Right") if known.right else self.tr("Wrong: the known answer is {0}")
            tone = "good" if known.right else "danger"
            layout.addWidget(Label(f"{'✓' if known.right else '✕'} {words.format(known.truth)}", tone=tone))

    def _make_facts(self, row: Any) -> Facts:
        facts = Facts()
        if row.worker_name:
            worker = Link(row.worker_name, lambda: self._session.wanted.emit("workers", row.worker_id))
            worker.setToolTip(self.tr("Show this person"))
            facts.add(self.tr("Worker"), worker)
        facts.add(
            self.tr("Task run"),
            Link(
                row.run_title or str(row.task_run_id),
                lambda: self._session.wanted.emit("runs", row.task_run_id),
            ),
        )
        fee = money_text(row.fee_minor, row.currency, with_currency=False)
        pay = money_text(row.pay_minor, row.currency)
        facts.add(self.tr("Pay"), self.tr("{0} + {1} fee").format(pay, fee))
        facts.add(self.tr("Time"), duration_text(row.seconds))
        for caption, at in ((self.tr("Launched"), row.launched_at), (self.tr("Submitted"), row.submitted_at)):
            facts.add(caption, relative_time(at), exact_time(at))
        facts.add(self.tr("Item"), row.item_key)
        if row.kind != "standard":
            facts.add(self.tr("Kind"), row.kind)
        facts.add(self.tr("Agent"), row.agent_status or "")
        facts.add(self.tr("At the vendor"), row.vendor_status or "")
        return facts

    def _add_others(self, layout: QVBoxLayout, groups: list[AnswerGroup]) -> None:
        for group in groups:
            mine = any(unit == self.shown_id for unit, _, _ in group.units)
            text = short_json(group.answer)
            words = ElidedLabel(text or self.tr("(empty)"), role="strong" if mine else "text", least=60)
            people = ", ".join(
                f"{worker or '?'} ({status.replace('_', ' ')})" for _, worker, status in group.units[:20]
            )
            count = Label(number_text(len(group.units)))
            note = duration_text(group.median_seconds)
            aside = self.tr("this one") if mine and len(group.units) == 1 else ""
            if not aside:
                aside = (self.tr("this one too · ") if mine else "") + self.tr("median {0}").format(note)
            line = QHBoxLayout()
            line.setSpacing(12)
            line.addWidget(words, 1)
            line.addWidget(count)
            line.addWidget(Label(aside, tone="muted"))
            for label in (words, count):
                label.setToolTip(people)
            layout.addLayout(line)

    def _add_submissions(self, layout: QVBoxLayout, detail: UnitDetail) -> None:
        for sent in detail.submissions:
            line = QHBoxLayout()
            line.setSpacing(8)
            words = [relative_time(sent.received_at), sent.worker_name or ""]
            label = Label(" · ".join(word for word in words if word), tone="muted")
            label.setToolTip(exact_time(sent.received_at))
            line.addWidget(label)
            if sent.late:
                line.addWidget(Label(self.tr("● late"), tone="warning"))
            line.addStretch(1)
            show = Button(self.tr("Show raw"), look="link")
            line.addWidget(show)
            line.addWidget(copy_button(self.tr("Copy raw"), sent.raw))
            layout.addLayout(line)
            if sent.late:
                _add_values(layout, sent.answer)
            box = PlainText(sent.raw[:LONGEST], name=self.tr("Raw answer"), role="mono")
            box.hide()
            show.clicked.connect(lambda _=False, b=box: b.setVisible(b.isHidden()))
            layout.addWidget(box)

    def _add_history(self, layout: QVBoxLayout, detail: UnitDetail) -> None:
        layout.setSpacing(4)
        kinds = {action.id: kind_word(action.kind).lower() for action in detail.actions}
        lines: list[tuple[datetime, str, str, str]] = []
        for event in detail.events:
            old = f"{event.old.replace('_', ' ')} → " if event.old else ""
            new = event.new.replace("_", " ")
            if event.old is None:  # what is new is told whole: the action's money, the worker's arrival
                new = self.tr("arrived") if event.entity == "agent" else event.new.split()[0]
            what = {
                "unit": "",
                "agent": self.tr("worker: "),
                "dataset": self.tr("data set: "),
                "vendor_action": f"{kinds.get(event.row_id, '?')}: ",
            }[event.entity]
            lines.append((event.at, f"{what}{old}{new}", "", event.who))
        for action in detail.actions:
            seen = kept_with(action.payload)
            if seen:
                words = self.tr("{0}: evidence: {1}").format(kinds[action.id], " · ".join(seen))
                lines.append((action.created_at, words, "muted", action.created_by))
            if action.outcome:
                at = action.finished_at or action.started_at or action.created_at
                failed = action.state in (ActionState.REFUSED, ActionState.NEEDS_YOU)
                tone = "danger" if failed else "muted"  # what the vendor works on is no trouble yet
                lines.append((at, f"{kinds[action.id]}: {action.outcome}", tone, action.created_by))
        lines.sort(key=lambda line: line[0])
        if len(lines) > _EVENTS_SHOWN:
            left = len(lines) - _EVENTS_SHOWN
            layout.addWidget(
                Label(self.tr("{0} before").format(say_count("%n changes", "%n change", left)), tone="muted")
            )
        for at, words, tone, who in lines[-_EVENTS_SHOWN:]:
            line = QHBoxLayout()
            line.setSpacing(12)
            when = Label(relative_time(at), tone="muted")
            when.setToolTip(f"{exact_time(at)}\n{who}")
            line.addWidget(Label(words, tone=tone, wrap=True), 1)
            line.addWidget(when)
            layout.addLayout(line)

    def _ask_folder(self, upload: Upload) -> None:
        db = self._session.db
        self._session.ask(lambda conn: folder_of(db, upload), self._open_folder, self._fail_to_open)

    def _open_folder(self, folder: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _fail_to_open(self, error: Exception) -> None:
        show_error(self.window(), self.tr("This file cannot be shown"), error)

    # --------------------------------------------------------------------------------------------- verbs

    def _make_foot(self) -> None:
        self.approve = Button(self.tr("Approve"), tone="accepted")
        self.soft_reject = Button(self.tr("Soft reject"), tone="soft_rejected")
        self.reject = Button(self.tr("Reject…"), tone="rejected")
        self.unreject = Button(self.tr("Take the rejection back"))
        self.take_back = Button(self.tr("Take back"))
        kinds = (
            (self.approve, ActionKind.APPROVE),
            (self.soft_reject, ActionKind.SOFT_REJECT),
            (self.reject, ActionKind.REJECT),
            (self.unreject, ActionKind.UNREJECT),
        )
        for button, kind in kinds:
            button.clicked.connect(lambda _=False, k=kind: self._verbs.begin(k, [self.shown_id]))
        for button, name in (
            (self.approve, "lists.approve"),
            (self.soft_reject, "lists.soft_reject"),
            (self.reject, "lists.reject"),
        ):
            button.follow(self._session.keys, name)
        self.take_back.clicked.connect(self._take_back)
        for button in (self.approve, self.soft_reject, self.unreject, self.take_back):
            self.add_verb(button)
        self.foot.addStretch(1)
        self.add_verb(self.reject)
        self._show_verbs()

    def _show_verbs(self) -> None:
        row = self._found.row if self._found else None
        open_ones = self._unsent()
        for button in (self.approve, self.soft_reject, self.reject):
            button.setVisible(row is not None and row.status == "completed" and row.pending is None)
        self.unreject.setVisible(row is not None and row.status == "rejected" and row.pending is None)
        self.take_back.setVisible(bool(open_ones))
        if open_ones:
            self.take_back.setText(say(_TAKE_BACK[open_ones[0].kind]))
            self.take_back.updateGeometry()

    def _unsent(self) -> list[Any]:
        actions = self._found.actions if self._found else []
        return [a for a in actions if a.kind in ActionKind.SETTLE and a.state in ActionState.UNSENT]

    def _take_back(self) -> None:
        self._verbs.recorder.undo([action.id for action in self._unsent()])


def _nothing(layout: QVBoxLayout) -> None:
    return


def _add_values(layout: QVBoxLayout, text: str) -> None:
    """The values of a JSON object as blocks; what is damaged is shown as it is."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        add_block(layout, say("damaged: this is how it is stored"), text)
        return
    values = found if isinstance(found, dict) else {"": found}
    if not values:
        layout.addWidget(Label(say("(empty)"), tone="muted"))
    for name, value in values.items():
        add_block(layout, str(name), as_text(value))


def as_text(value: Any) -> str:
    """A JSON value as people read it: text as it is, lists joined, the rest as JSON."""
    if isinstance(value, str):
        return value
    if is_file(value):
        return file_text(value)
    if isinstance(value, list) and all(isinstance(p, str) or is_file(p) for p in value):
        return ", ".join(as_text(part) for part in value)
    return json.dumps(value, ensure_ascii=False)


def short_json(text: str) -> str:
    """An answer in one line: the value of its only field, else `field: value` for each."""
    if len(text) > LONGEST_PARSED:
        return text[:200].replace("\n", " ")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text[:200]
    if not isinstance(found, dict):
        return as_text(found)[:200]
    if len(found) == 1:
        return as_text(next(iter(found.values())))[:200].replace("\n", " ")
    return " · ".join(f"{n}: {as_text(v)[:80]}" for n, v in found.items())[:200].replace("\n", " ")


def short_item(row: Any) -> str:
    """An item in one line: its longest text, which is what tells it from the others."""
    texts = _texts_of(row.data)
    return max(texts, key=len, default="")[:200].replace("\n", " ")


def item_texts(row: Any) -> str:
    """What an item is about: each of its texts of several words, a line each, else its longest one."""
    texts = [" ".join(text.split()) for text in _texts_of(row.data)]
    return (
        "\n".join(text[:400] for text in texts if " " in text)[:2_000]
        or max(texts, key=len, default="")[:200]
    )


def _texts_of(data: str) -> list[str]:
    if len(data) > LONGEST_PARSED:
        return [data[:400]]
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return ["(damaged)"]
    return [value for value in found.values() if isinstance(value, str)] if isinstance(found, dict) else []
