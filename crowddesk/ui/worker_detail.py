"""One worker beside a list: how their work was judged, run by run, and what was done about them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crowddesk.domain import ActionKind, AssignmentState, money_text
from crowddesk.language import number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.action_words import state_word, what_words
from crowddesk.ui.controls import Button, ElidedLabel, Label
from crowddesk.ui.detail import DetailPane, Facts, Link, StatusWord, money_sum
from crowddesk.ui.gauges import StateBar
from crowddesk.ui.person_verbs import PersonVerbs
from crowddesk.ui.remarks import RemarksPart, RemarkVerbs
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.words import (
    duration_text,
    exact_time,
    relative_time,
    short_name,
    vendor_name,
)
from crowddesk.ui.worker_verbs import WorkerVerbs

if TYPE_CHECKING:
    from crowddesk.lanes import Job
    from crowddesk.store.identities import Move, Person
    from crowddesk.store.queries import WorkerDetail

    _Read = tuple[WorkerDetail, tuple[int, int], Person | None, list[Move]]

_READ_AGAIN_MS: Final = 300
_RUNS_SHOWN: Final = 12
_ACTIONS_SHOWN: Final = 30
_MOVES_SHOWN: Final = 6
#: Approving and the like is seen in the units; here is what was about the person.
_ABOUT_PEOPLE: Final = (
    ActionKind.BONUS, ActionKind.BLOCK, ActionKind.UNBLOCK, ActionKind.GRANT, ActionKind.REVOKE,
    ActionKind.MESSAGE, ActionKind.REJECT, ActionKind.REQUEST_RETURN,
)  # fmt: skip


def judged_share(row: Any, part: int) -> str:
    """A part of the judged answers in per cent; "" while none is judged."""
    judged = row.accepted + row.soft_rejected + row.rejected
    return say("{number} %", number=round(100 * part / judged)) if judged else ""


def qualification_text(held: Sequence[tuple[str, int]]) -> str:
    """Qualifications with their values: "fluent 1, speed 40"."""
    return ", ".join(f"{name} {value}" for name, value in held)


class WorkerDetailPane(DetailPane):
    """Shows the worker that `show_worker` names, and keeps up with them."""

    def __init__(
        self,
        session: Session,
        verbs: WorkerVerbs,
        persons: PersonVerbs,
        remarks: RemarkVerbs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(say("Worker"), parent)
        self._session = session
        self._verbs = verbs
        self._persons = persons
        self._job: Job | None = None
        self._found: WorkerDetail | None = None
        self._bar_part = self.add_part()
        self._facts = self.add_part()
        self._person = self.add_part(self.tr("One person with several accounts"))
        self.remarks = RemarksPart(session, remarks)
        self.body.addWidget(self.remarks)
        for action in (verbs.scorecard, *remarks.actions, *persons.actions):
            self.addAction(action)
        self._blocks = self.add_part(self.tr("Blocked by"))
        self._runs = self.add_part(self.tr("Task runs"))
        self._actions = self.add_part(self.tr("Actions"))
        self.body.addStretch(1)
        self._make_foot()
        self._again = make_one_shot(self, _READ_AGAIN_MS, self._read)
        session.changed.connect(self._hear)

    def show_worker(self, worker_id: int) -> None:
        """Shows a worker by their id; the answer comes from the reader."""
        if worker_id != self.shown_id:
            self.shown_id = worker_id
            self.area.verticalScrollBar().setValue(0)
            self.title.setText(self.tr("Worker {0}").format(worker_id))
        self.show()
        self.remarks.show_row(worker_id)
        self._read()

    def _read(self) -> None:
        if self._job is not None:
            self._job.cancel()
        worker_id = self.shown_id

        def read(conn: Any) -> _Read:
            from crowddesk.live_run.gold import marks_of_worker
            from crowddesk.store import identities
            from crowddesk.store.queries import worker_detail

            marks = marks_of_worker(conn, worker_id)
            detail = worker_detail(conn, worker_id)
            person = identities.people_of(conn, [worker_id]).get(worker_id)
            moves = identities.history(conn, [worker_id], _MOVES_SHOWN)
            return detail, (sum(mark.right for mark in marks), len(marks)), person, moves

        self._job = self._session.ask(read, self._fill, self._fail)

    def _hear(self, table: str, ids: Sequence[int] | None) -> None:
        if self.isHidden() or self._again.isActive():
            return
        mine = table == "worker" and (ids is None or self.shown_id in ids)
        if mine or table in ("block", "granted_qualification", "vendor_action"):
            self._again.start()

    def _fail(self, error: Exception) -> None:
        self._found = None
        for part in (self._facts, self._person, self._blocks, self._runs, self._actions):
            part.show_data(None, lambda layout: None)
        self._bar_part.show_data(str(error), lambda layout: layout.addWidget(Label(str(error), wrap=True)))
        self._show_verbs()

    # ------------------------------------------------------------------------------------------- showing

    def _fill(self, read: _Read) -> None:
        found, marks, person, moves = read
        row = found.row
        self._found = found
        self.title.setText(row.worker_name)
        self._bar_part.show_data(found.by_status, lambda layout: self._add_bar(layout, found))
        self._facts.show_data(
            (row, found.median_seconds, found.hourly_wages, marks),
            lambda layout: layout.addLayout(self._make_facts(found, marks)),
        )
        self._person.show_data(
            (row.id, person, moves) if person is not None or moves else None,
            lambda layout: self._add_person(layout, row.id, person, moves),
        )
        self._blocks.show_data(found.blocks or None, lambda layout: _add_blocks(layout, found))
        self._runs.show_data(found.by_run or None, lambda layout: self._add_runs(layout, found))
        about = [a for a in found.actions if a.kind in _ABOUT_PEOPLE]
        self._actions.show_data(about or None, lambda layout: _add_actions(layout, about))
        self._show_verbs()

    def _add_bar(self, layout: QVBoxLayout, found: WorkerDetail) -> None:
        bar = StateBar()
        bar.set_counts([(s, found.by_status.get(s, 0)) for s in AssignmentState.valid_unit()])
        name = found.row.worker_name
        bar.state_clicked.connect(
            lambda status: self._session.wanted.emit("units", f'worker:"{name}" status:{status}')
        )
        layout.addWidget(bar)

    def _make_facts(self, found: WorkerDetail, marks: tuple[int, int]) -> Facts:
        row, facts = found.row, Facts()
        facts.add(self.tr("Vendor"), row.provider_type)
        judged = row.accepted + row.soft_rejected + row.rejected
        if judged:
            parts = ((self.tr("accepted"), row.accepted), (self.tr("soft rejected"), row.soft_rejected),
                     (self.tr("rejected"), row.rejected))  # fmt: skip
            shares = [f"{judged_share(row, count)} {word}" for word, count in parts if count]
            facts.add(self.tr("Of {0} judged").format(number_text(judged)), " · ".join(shares))
        units = Link(say_count("%n units", "%n unit", row.units), self._show_units)
        units.setToolTip(self.tr("Show them in Units"))
        facts.add(self.tr("Work"), units)
        card = Link(self.tr("Times, gold and labels beside others’"), self._show_scorecard)
        if key := self._session.keys.of("lists.scorecard"):
            card.setToolTip(self.tr("Key {0}").format(key))
        facts.add(self.tr("Scorecard"), card)
        if marks[1]:
            right = self.tr("{0} of {1} right").format(*map(number_text, marks))
            facts.add(self.tr("Known answers"), right, self.tr("Gold and screening units"))
        wages = " · ".join(money_text(minor, currency) for currency, minor in found.hourly_wages)
        facts.add(self.tr("Median wage"), self.tr("{0} an hour").format(wages) if wages else "")
        facts.add(self.tr("Median time"), duration_text(found.median_seconds))
        facts.add(self.tr("Bonuses"), money_sum(row.bonuses))
        facts.add(self.tr("Qualifications"), qualification_text(row.qualifications))
        for caption, at in (
            (self.tr("Last seen"), row.last_seen_at),
            (self.tr("First seen"), row.created_at),
        ):
            facts.add(caption, relative_time(at), exact_time(at))
        return facts

    def _show_scorecard(self) -> None:
        self._verbs.show_scorecard([self.shown_id])

    def _show_units(self) -> None:
        if self._found is not None:
            self._session.wanted.emit("units", f'worker:"{self._found.row.worker_name}"')

    def _add_person(
        self, layout: QVBoxLayout, worker_id: int, person: Person | None, moves: Sequence[Move]
    ) -> None:
        layout.setSpacing(4)
        if person is not None:
            head = QHBoxLayout()
            head.setSpacing(10)
            words = self.tr("{0} in all").format(
                say_count("%n units", "%n unit", sum(m.units for m in person.members))
            )
            search = f"identity:{person.id}"
            head.addWidget(
                Link(f"{person.label} · {words}", partial(self._session.wanted.emit, "workers", search)), 1
            )
            rename = Button(self.tr("Rename…"), look="link")
            rename.clicked.connect(lambda: self._persons.rename(worker_id, person))
            head.addWidget(rename)
            layout.addLayout(head)
            for member in person.members:
                layout.addLayout(self._make_member(member, worker_id))
        for move in moves:
            label = Label(move_words(move), role="caption", tone="muted", wrap=True)
            label.setToolTip(exact_time(move.at))
            layout.addWidget(label)

    def _make_member(self, member: Any, worker_id: int) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        words = f"{member.worker_name} – {vendor_name(member.provider_type)}"
        if member.worker_id == worker_id:
            line.addWidget(ElidedLabel(words, middle=True), 1)
        else:
            show = partial(self._session.wanted.emit, "workers", member.worker_id)
            line.addWidget(Link(words, show), 1)
        line.addWidget(Label(say_count("%n units", "%n unit", member.units), tone="muted"))
        split = Button(self.tr("Split"), look="link")
        split.setAccessibleName(self.tr("Split {0} from this person").format(member.worker_name))
        split.clicked.connect(lambda: self._persons.split(member.worker_id))
        line.addWidget(split)
        return line

    def _add_runs(self, layout: QVBoxLayout, found: WorkerDetail) -> None:
        layout.setSpacing(4)
        for run_id, title, counts in found.by_run[:_RUNS_SHOWN]:
            line = QHBoxLayout()
            line.setSpacing(10)
            line.addWidget(Link(title or str(run_id), partial(self._session.wanted.emit, "runs", run_id)), 1)
            for status in AssignmentState.valid_unit():
                if counts.get(status):
                    look = theme.status_look(status)
                    label = StatusWord(status, after=f" {number_text(counts[status])}", word=False)
                    label.setToolTip(f"{number_text(counts[status])} {look.word}")
                    line.addWidget(label)
            layout.addLayout(line)
        if len(found.by_run) > _RUNS_SHOWN:
            layout.addWidget(
                Label(
                    self.tr("and {0} more").format(number_text(len(found.by_run) - _RUNS_SHOWN)), tone="muted"
                )
            )

    # --------------------------------------------------------------------------------------------- verbs

    def _make_foot(self) -> None:
        self.bonus = Button(self.tr("Bonus…"))
        self.grant = Button(self.tr("Grant…"))
        self.bonus.follow(self._session.keys, "lists.bonus")
        self.grant.follow(self._session.keys, "lists.grant")
        self.block = Button(self.tr("Block…"), tone="rejected")
        self.unblock = Button(self.tr("Unblock…"))
        kinds = (
            (self.bonus, ActionKind.BONUS),
            (self.grant, ActionKind.GRANT),
            (self.unblock, ActionKind.UNBLOCK),
            (self.block, ActionKind.BLOCK),
        )
        for button, kind in kinds:
            button.clicked.connect(lambda _=False, k=kind: self._verbs.begin(k, [self.shown_id]))
        for button in (self.bonus, self.grant):
            self.add_verb(button)
        self.foot.addStretch(1)
        self.add_verb(self.unblock)
        self.add_verb(self.block)
        self._show_verbs()

    def _show_verbs(self) -> None:
        known = self._found is not None
        blocked = self._found is not None and self._found.row.blocked
        self.bonus.setVisible(known)
        self.grant.setVisible(known)
        self.unblock.setVisible(blocked)
        self.block.setVisible(known and not blocked)


def move_words(move: Move) -> str:
    """One line of who was merged and split: "merged into person 3 · tester · 2 h ago"."""
    if move.worker_id is None:
        what = say("renamed")
    elif move.new is None:
        what = say(
            "{account} split from person {person}", account=short_name(move.worker_name), person=move.old
        )
    elif move.old is None:
        what = say(
            "{account} merged into person {person}", account=short_name(move.worker_name), person=move.new
        )
    else:
        what = say(
            "{account} moved from person {old} to {new}",
            account=short_name(move.worker_name),
            old=move.old,
            new=move.new,
        )
    return f"{what} · {move.who} · {relative_time(move.at)}"


def _add_blocks(layout: QVBoxLayout, found: WorkerDetail) -> None:
    for block in found.blocks:
        when = relative_time(block.created_at)
        label = Label(f"⊘ {block.requester_name} · {when}: {block.reason}", wrap=True, selectable=True)
        label.setToolTip(exact_time(block.created_at))
        layout.addWidget(label)


def _add_actions(layout: QVBoxLayout, actions: Sequence[Any]) -> None:
    layout.setSpacing(6)
    for action in actions[:_ACTIONS_SHOWN]:
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(StatusWord(action.state, own=state_word(action)))
        words = what_words(action) + (f": {action.reason}" if action.reason else "")
        label = Label(words, wrap=True)
        label.setToolTip(action.outcome or action.reason)
        line.addWidget(label, 1)
        when = Label(relative_time(action.created_at), tone="muted")
        when.setToolTip(exact_time(action.created_at))
        line.addWidget(when)
        layout.addLayout(line)
