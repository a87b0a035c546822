"""Figures at a glance: the stacked bar of states with its legend, fact cards, a thin progress line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from crowddesk.language import number_text
from crowddesk.ui import theme
from crowddesk.ui.controls import Label, mirrored


class StateBar(QWidget):
    """How many units are in each state: one stacked bar and, under it, sign, word and count of each.

    A click on a state emits `state_clicked(status)`, so that a page can search by it.
    """

    state_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: list[tuple[str, int]] = []
        self._spots: list[tuple[QRect, str]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)

    def set_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        """Shows (status, count) in this order; states without units are left out."""
        self._counts = [(status, count) for status, count in counts if count > 0]
        spoken = ", ".join(f"{theme.status_look(s).word} {number_text(n)}" for s, n in self._counts)
        self.setAccessibleName(spoken or self.tr("No units"))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = max(1, len(self._lay_out(width)))
        return theme.px(8) + 8 + lines * theme.px(20)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(400), self.heightForWidth(max(self.width(), theme.px(300))))

    def _lay_out(self, width: int) -> list[list[tuple[str, int, int, int]]]:
        text, strong = QFontMetrics(theme.font("caption")), QFontMetrics(_strong_caption())
        lines: list[list[tuple[str, int, int, int]]] = []
        x = width
        for status, count in self._counts:
            look = theme.status_look(status)
            wide = text.horizontalAdvance(f"{look.sign} {look.word} ") + strong.horizontalAdvance(
                number_text(count)
            )
            if x + wide > width or not lines:
                lines.append([])
                x = 0
            lines[-1].append((status, count, x, wide))
            x += wide + theme.px(24)
        return lines

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = theme.px(8)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(0, 0, self.width(), height), height / 2, height / 2)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(0, 0, self.width(), height, QColor(theme.colours().line))
        total = sum(count for _, count in self._counts)
        done = 0
        for status, count in self._counts:
            left = round(self.width() * done / total)
            done += count
            right = round(self.width() * done / total)
            colour = QColor(theme.status_look(status).colour)
            part = QRect(left, 0, max(right - left, 1), height)
            painter.fillRect(mirrored(self, part), colour)
        painter.restore()
        self._spots = []
        text, strong = theme.font("caption"), _strong_caption()
        for number, line in enumerate(self._lay_out(self.width())):
            top = height + 8 + number * theme.px(20)
            for status, count, x, wide in line:
                look = theme.status_look(status)
                area = mirrored(self, QRect(x, top, wide + 2, theme.px(20)))
                flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                words = f"{look.sign} {look.word} "
                painter.setFont(text)
                painter.setPen(QColor(look.colour))
                painter.drawText(area, flags, words)
                painter.setFont(strong)
                painter.setPen(QColor(theme.colours().text))
                offset = QFontMetrics(text).horizontalAdvance(words)
                after = QRect(x + offset, top, wide + 4 - offset, theme.px(20))
                painter.drawText(mirrored(self, after), flags, number_text(count))
                self._spots.append((area, status))

    def _status_at(self, point: QPoint) -> str | None:
        return next((status for area, status in self._spots if area.contains(point)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._status_at(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        status = self._status_at(event.position().toPoint())
        if status:
            self.state_clicked.emit(status)


def _strong_caption() -> QFont:
    made = theme.font("caption")
    made.setWeight(made.Weight.DemiBold)
    return made


@dataclass(frozen=True, slots=True)
class Fact:
    """What a card says: a title with the unit, the figure, what stands beside it, a note and its tone."""

    title: str
    value: str
    beside: str = ""
    note: str = ""
    tone: str = "muted"


class FactCard(QFrame):
    """One figure in a hairline card. `body` takes a small chart in place of the figure."""

    def __init__(self, fact: Fact, parent: QWidget | None = None, *, body: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._title = Label(tone="muted", role="caption")
        self._value = Label(role="figure")
        self._beside = Label(tone="muted")
        self._note = Label(tone="muted", wrap=True, role="caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(4)
        column.addWidget(self._title)
        if body is None:
            line = QHBoxLayout()
            line.setSpacing(6)
            line.addWidget(self._value, 0, Qt.AlignmentFlag.AlignBaseline)
            line.addWidget(self._beside, 1, Qt.AlignmentFlag.AlignBaseline)
            column.addLayout(line)
            column.addWidget(self._note)
            column.addStretch(1)
        else:
            column.addWidget(body, 1)
        self.set(fact)

    def set(self, fact: Fact) -> None:
        """Shows another figure in the same card."""
        for label, words in (
            (self._title, fact.title),
            (self._value, fact.value),
            (self._beside, fact.beside),
            (self._note, fact.note),
        ):
            _say(label, words)
        self._note.setVisible(bool(fact.note))
        self._note.set_tone(fact.tone)
        self.setAccessibleName(" ".join(p for p in (fact.title, fact.value, fact.beside, fact.note) if p))


def _say(label: QLabel, words: str) -> None:
    if label.text() != words:
        label.setText(words)


class ProgressLine(QWidget):
    """A line of 4 px that fills: `set(done, total)`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = 0.0
        self.setFixedHeight(4)

    def set(self, done: int, total: int) -> None:
        self._part = min(1.0, done / total) if total > 0 else 0.0
        self.setAccessibleName(self.tr("{0} of {1}").format(number_text(done), number_text(total)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours().line))
        painter.drawRoundedRect(self.rect(), 2, 2)
        painter.setBrush(QColor(theme.colours().accent))
        done = QRect(0, 0, round(self.width() * self._part), 4)
        painter.drawRoundedRect(mirrored(self, done), 2, 2)
