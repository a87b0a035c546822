"""One answer before the reviewer: what was seen, the evidence, the verbs, who and what others say, the strip.

It shows what it is given and tells what is pressed; it reads nothing and decides nothing. Every part has a
place of its own, so that nothing moves from one answer to the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crowddesk.domain import money_text
from crowddesk.language import say
from crowddesk.ui import theme
from crowddesk.ui.controls import mirrored, set_margins
from crowddesk.ui.review.chips_row import ChipsRow
from crowddesk.ui.review.deciding import LEFT, RECORDING, REFUSED, Stand
from crowddesk.ui.review.panels import SameItemPanel, WorkerPanel, beside
from crowddesk.ui.review.plain_line import PlainLine
from crowddesk.ui.review.seen import SeenAnswer
from crowddesk.ui.review.strip import LastTen
from crowddesk.ui.review.verbs_row import VerbsRow
from crowddesk.ui.session import Session
from crowddesk.ui.states import EmptyState
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.words import deadline_text, duration_text, exact_time, is_soon

if TYPE_CHECKING:
    from crowddesk.ui.review.reading import Looked

_NARROW: Final = 820
_SKELETON_AFTER_MS: Final = 120


class Skeleton(QWidget):
    """Where an answer will be: grey lines, once it takes long enough to be seen."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Reading the next answer"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours().line))
        top = theme.px(8)
        for share, gap in ((0.12, 10), (0.85, 8), (0.7, 28), (0.12, 10), (0.5, 28), (0.2, 10), (0.3, 8)):
            high = theme.px(10)
            line = QRect(0, top, round(self.width() * share), high)
            painter.drawRoundedRect(mirrored(self, line), 4, 4)
            top += high + theme.px(gap)


class ReviewDesk(QWidget):
    """`show_unit`, `show_waiting`, `show_end`; the parts that tell something are public."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        #: Two of a kind: while one is read, the next answer is drawn in the other, unseen.
        self._views = [SeenAnswer(session), SeenAnswer(session)]
        self._drawn: list[Looked | None] = [None, None]
        self._front = 0
        self.chips = ChipsRow()
        self.verbs = VerbsRow(session.keys)
        self.worker = WorkerPanel()
        self.same = SameItemPanel()
        self.strip = LastTen()
        self.end = EmptyState()
        self._skeleton = Skeleton()
        self._blank = QWidget()
        self.facts = PlainLine(role="caption")
        self._slow = make_one_shot(self, _SKELETON_AFTER_MS, lambda: self._switch(self._skeleton))
        self._lay_out()
        self.looked: Looked | None = None

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for part in (self._blank, *self._views, self._skeleton, self.end):
            self._stack.addWidget(part)
        for part in (self._blank, self._skeleton, self.end):
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._card = QFrame()
        self._card.setProperty("card", "true")
        card = QVBoxLayout(self._card)
        set_margins(card, 20, 12, 16, 12)
        card.setSpacing(8)
        card.addWidget(self.facts)
        card.addWidget(self._stack, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._card, 1)
        column.addWidget(self.chips)
        column.addWidget(self.verbs)
        self._beside = beside(self.worker, self.same)
        inside = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(16)
        self._across.addWidget(left, 3)
        self._across.addWidget(self._beside, 2)
        self._area = QScrollArea()  # large print on a low screen scrolls; nothing is cut
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(14)
        whole.addWidget(self._area, 1)
        whole.addWidget(self.strip)
        self.restyle()

    # ------------------------------------------------------------------------------------------ showing

    @property
    def seen(self) -> SeenAnswer:
        """The answer that is before the reviewer."""
        return self._views[self._front]

    def show_unit(self, looked: Looked, stand: Stand | None, *, names: bool) -> None:
        """Shows a unit that is read; at once if it was prepared."""
        self._slow.stop()
        again = self.looked is not None and self.looked.row.id == looked.row.id
        if not again:
            self._area.verticalScrollBar().setValue(0)  # where all does not fit, the answer comes first
        self.looked = looked
        back = 1 - self._front
        if self._drawn[self._front] is not looked:
            if self._drawn[back] is looked:
                self._front = back
            elif not (again and _same_answer(self._drawn[self._front], looked)):
                self._draw(self._front, looked)
        self._switch(self.seen)
        self.chips.show_chips(looked.chips)
        self.show_beside(names)
        self.show_stand(stand)

    def prepare(self, looked: Looked) -> None:
        """Draws the answer that comes next, unseen."""
        back = 1 - self._front
        if self._drawn[back] is not looked and self._drawn[self._front] is not looked:
            self._draw(back, looked)

    def _draw(self, place: int, looked: Looked) -> None:
        view = self._views[place]
        view.resize(self._stack.size())
        view.show_unit(looked.detail)
        self._drawn[place] = looked

    def show_beside(self, names: bool) -> None:
        """Shows or hides names; the rest stays."""
        if self.looked is not None:
            self.worker.show_unit(self.looked, names)
            self.same.show_unit(self.looked, names)

    def show_stand(self, stand: Stand | None) -> None:
        """How the shown unit stands, and whether it can be decided on."""
        looked = self.looked
        if looked is None:
            return
        row = looked.row
        why = ""
        decidable = row.status == "completed" and row.pending is None
        status = row.pending or row.status
        words = self.tr("waits for a decision") if decidable else theme.status_look(status).word
        if stand is not None and stand.phase == REFUSED:
            status, words, why, decidable = "completed", self.tr("not done, waits again"), stand.why, True
        elif stand is not None:
            status, words = stand.kind, theme.status_look(stand.kind).word
            if stand.phase == LEFT:
                words = self.tr("{0}, left").format(words)
            elif stand.phase != RECORDING:
                words = self.tr("{0}, not sent yet").format(words)
            decidable = stand.phase != LEFT
        look = theme.status_look(status)
        tip = "\n".join(part for part in (_facts(looked), exact_time(row.submitted_at), why) if part)
        self.facts.say(_facts(looked), f"{look.sign} {words}", end_colour=look.colour, tip=tip)
        self.verbs.set_decidable(decidable)

    def show_waiting(self) -> None:
        """The next answer is on its way. What stood there goes, so that nobody decides on it."""
        self.looked = None
        self.facts.say("")
        self.chips.show_chips(())
        self._switch(self._blank)
        self._slow.start()

    def show_end(self) -> None:
        """There is no answer here; `end` says why."""
        self.show_waiting()
        self._slow.stop()
        self.worker.show_unit(None, False)
        self.same.show_unit(None, False)
        self._switch(self.end)
        self.verbs.set_decidable(False)

    def _switch(self, part: QWidget) -> None:
        """Shows another part in the answer's place. A keyboard that stood there goes on standing there.

        Qt would put it on the nearest button, where Space means something else, and scroll to that.
        """
        if part is self._stack.currentWidget():
            return
        focus: QWidget | None = self.window().focusWidget()
        inside = focus is not None and self._stack.isAncestorOf(focus)
        if inside:
            self._card.setFocus()
        self._stack.setCurrentWidget(part)
        if inside:
            (part.area if isinstance(part, SeenAnswer) else part).setFocus()

    def forget(self) -> None:
        """Lets go of everything that was shown."""
        self.looked = None
        self._drawn = [None, None]
        for view in self._views:
            view.clear()
        self.worker.show_unit(None, False)
        self.same.show_unit(None, False)

    def take_focus(self) -> None:
        """The keyboard stands on the answer, where the arrows scroll and the letters decide."""
        part = self._stack.currentWidget() or self
        (part.area if isinstance(part, SeenAnswer) else part).setFocus()

    # -------------------------------------------------------------------------------------------- frame

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self._card.setMinimumHeight(theme.px(190))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """In a narrow window what stands beside the answer stands under it."""
        narrow = self.width() < theme.px(_NARROW)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._across.setDirection(down if narrow else across)
        panels = self._beside.layout()
        assert isinstance(panels, QBoxLayout)
        panels.setDirection(across if narrow else down)
        self._beside.setMinimumHeight(theme.px(150) if narrow else 0)


def _same_answer(shown: Looked | None, looked: Looked) -> bool:
    """Whether what is drawn is still what there is, though the rest was read anew."""
    return (
        shown is not None
        and shown.row.id == looked.row.id
        and shown.row.answer == looked.row.answer
        and shown.row.data == looked.row.data
    )


def _facts(looked: Looked) -> str:
    row = looked.row
    parts = [say("Unit {id}", id=row.id)]
    if row.item_key:
        parts.append(say("item {key}", key=row.item_key))
    if row.kind != "standard":
        parts.append(row.kind)
    if row.seconds is not None:
        parts.append(duration_text(row.seconds))
    parts.append(money_text(row.pay_minor, row.currency))
    if row.decide_by is not None:
        soon = "● " if is_soon(row.decide_by) else ""
        by_itself = say("approved by itself {time}", time=deadline_text(row.decide_by))
        parts.append(f"{soon}{by_itself}")
    if looked.unit_tags:
        parts.append(f"⚑ {', '.join(looked.unit_tags)}")
    return " · ".join(parts)
