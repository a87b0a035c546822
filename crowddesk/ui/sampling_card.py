"""Acceptance sampling on a run's quality page: draw some answers, review them, approve the rest on that."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from crowddesk.domain import ActionKind
from crowddesk.language import number_text, say_count
from crowddesk.ui.controls import Button, Choice, Label
from crowddesk.ui.flow import FlowLayout
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.verbs import UnitVerbs, show_error
from crowddesk.ui.words import exact_time, whole_typed

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.acceptance import Looked

_AGAIN_MS: Final = 400
_USUAL_SIZE: Final = 21
_GOALS: Final = (1, 2, 5, 10, 15, 20)
_FOLLOWED: Final = frozenset({"vendor_action", "unit"})


class SamplingCard(QFrame):
    """`show_run` says of which run. `looked_at`: where its sample stands was read, or that it has none."""

    looked_at = Signal()

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._session = session
        self._window = window
        self._run_id = 0
        self.looked: Looked | None = None
        self._verbs = UnitVerbs(session, window, window.toast, lambda: ())
        self.setAccessibleName(self.tr("Acceptance sampling"))
        self.words = Label(wrap=True)
        self.facts = Label(tone="muted", role="caption", wrap=True)
        self.number = QLineEdit(str(_USUAL_SIZE))
        self.number.setValidator(QIntValidator(1, 99_999, self.number))
        self.number.setMaximumWidth(90)
        self.number.setAccessibleName(self.tr("Answers to draw"))
        self.goal = Choice()
        for percent in _GOALS:
            self.goal.addItem(self.tr("at most {0} % wrong").format(percent), percent)
        wanted = session.load("sampling.goal", 10)
        self.goal.setCurrentIndex(_GOALS.index(wanted) if wanted in _GOALS else _GOALS.index(10))
        self.goal.setAccessibleName(self.tr("What the rest may hold"))
        self.goal.currentIndexChanged.connect(self._take_goal)
        self.draw = Button(self.tr("Draw a sample and review it"))
        self.draw.clicked.connect(self._draw)
        self.go_on = Button(self.tr("Go on reviewing"))
        self.go_on.clicked.connect(self._review)
        self.more = Button(self.tr("Draw more"))
        self.more.clicked.connect(self._draw_more)
        self.approve = Button(self.tr("Approve the rest…"))
        self.approve.clicked.connect(self._approve)
        line = FlowLayout(spacing=8)
        for widget in (self.goal, self.number, self.draw, self.go_on, self.more, self.approve):
            line.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(Label(self.tr("Approve by a sample"), role="strong"))
        column.addWidget(self.words)
        column.addWidget(self.facts)
        column.addLayout(line)
        self._again = make_one_shot(self, _AGAIN_MS, self._read)
        session.changed.connect(self._hear)
        self._show(None)

    def show_run(self, run_id: int) -> None:
        """Shows the sample of a run."""
        if run_id != self._run_id:
            self._run_id = run_id
            self._show(None)
        self._read()

    def _hear(self, table: str, _ids: object) -> None:
        if table in _FOLLOWED and self.isVisible() and self._run_id and not self._again.isActive():
            self._again.start()

    def _read(self) -> None:
        db, run_id, goal = self._session.db, self._run_id, int(self.goal.currentData()) / 100

        def read(_job: Job) -> tuple[int, Looked | None]:
            from crowddesk.operations import acceptance

            draw = acceptance.draw_of(db, run_id)
            if draw is None:
                return run_id, None
            with db.read() as conn:
                return run_id, acceptance.look(conn, run_id, draw, goal=goal)

        self._session.threads.counter.ask(read, self._take, self._fail)

    def _take(self, found: tuple[int, Looked | None]) -> None:
        if found[0] == self._run_id:
            self._show(found[1])
            self.looked_at.emit()

    def _show(self, looked: Looked | None) -> None:
        self.looked = looked
        drawn = looked is not None
        for button in (self.go_on, self.more, self.approve):
            button.setVisible(drawn)
        self.number.setVisible(not drawn)
        self.draw.setText(self.tr("Draw another sample") if drawn else self.tr("Draw a sample and review it"))
        if looked is None:
            self.words.setText(
                self.tr(
                    "Review some answers, drawn at random. What is right among them says how many of "
                    "the rest can be wrong, and the rest can be approved on that."
                )
            )
            self.facts.setText("")
            self.facts.hide()
            return
        sampled, draw = looked.sampled, looked.draw
        self.words.setText(f"{sampled.words}.")
        counts = [number_text(len(part)) for part in (looked.right, looked.wrong, looked.open)]
        parts = self.tr("{0} right, {1} wrong, {2} open").format(*counts)
        self.facts.setText(
            self.tr("A sample of {0}, drawn with seed {1}: {2}. Right is what was approved.").format(
                say_count(
                    "%n answers", "%n answer", sum(map(len, (looked.right, looked.wrong, looked.open)))
                ),
                draw.seed,
                parts,
            )
        )
        self.facts.setToolTip(exact_time(draw.at))
        self.facts.show()
        self.go_on.setVisible(bool(looked.open))
        self.go_on.setText(
            self.tr("Review {0}").format(say_count("%n answers", "%n answer", len(looked.open)))
        )
        more = min(sampled.more or 0, len(looked.rest))
        self.more.setVisible(more > 0 and not looked.open)
        self.more.setText(self.tr("Draw {0} more and review them").format(number_text(more)))
        reached = sampled.more == 0 and not looked.open
        self.approve.setVisible(bool(looked.rest))
        self.approve.setEnabled(reached)
        self.approve.set_look("primary" if reached else "plain")
        self.approve.setText(self.tr("Approve the rest: {0}…").format(number_text(len(looked.rest))))
        self.approve.setToolTip(
            "" if reached else self.tr("When all of the sample is decided and shows what you want.")
        )
        self.updateGeometry()

    # ---------------------------------------------------------------------------------------------- verbs

    def _take_goal(self) -> None:
        self._session.save("sampling.goal", self.goal.currentData())
        self._read()

    def _draw(self) -> None:
        size = whole_typed(self.number.text()) or 0
        run_id, seed = self._run_id, secrets.randbelow(10**6)
        size = size or _USUAL_SIZE
        self._act(lambda acceptance, db: acceptance.begin(db, run_id, size, seed))

    def _draw_more(self) -> None:
        looked, run_id = self.looked, self._run_id
        if looked is not None:
            by = min(looked.sampled.more or 0, len(looked.rest))
            self._act(lambda acceptance, db: acceptance.extend(db, run_id, by))

    def _act(self, change: Any) -> None:
        run_id, goal = self._run_id, int(self.goal.currentData()) / 100

        def act(db: CrowdDatabase) -> tuple[int, Looked]:
            from crowddesk.operations import acceptance

            draw = change(acceptance, db)
            with db.read() as conn:
                return run_id, acceptance.look(conn, run_id, draw, goal=goal)

        self._session.act(act, self._drawn, self._fail)

    def _drawn(self, found: tuple[int, Looked]) -> None:
        self._take(found)
        if found[0] != self._run_id or self.looked is None:
            return
        if self.looked.open:
            self._review()
        else:
            self._window.toast.say(self.tr("No answer of this run waits for a decision."))

    def _review(self) -> None:
        if self.looked is not None and self.looked.open:
            page: Any = self._window.show_page("review")
            page.show_sample(self._run_id, self.looked.open, self.looked.draw.seed)

    def _approve(self) -> None:
        if self.looked is not None:
            self._verbs.begin(ActionKind.APPROVE, self.looked.rest)

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self.tr("The sample could not be read"), error)
