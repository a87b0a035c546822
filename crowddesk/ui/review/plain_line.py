"""A line of text that is only painted: saying something else asks no layout to think again."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crowddesk.ui import theme
from crowddesk.ui.controls import line_flags, mirrored
from crowddesk.ui.tips import plain_tip
from crowddesk.ui.words import readable

_END: Final = Qt.TextElideMode.ElideRight


class PlainLine(QWidget):
    """Words at the left in one of the theme's fonts, others at the right, each elided where there is no room.

    Colours are names of the theme's (muted, text, accent), or #RRGGBB.
    """

    def __init__(self, *, role: str = "text", tone: str = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._tone = role, tone
        self._words = self._end = ""
        self._end_colour = "muted"
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.restyle()

    def text(self) -> str:
        return self._words

    def end_text(self) -> str:
        """What stands at the right."""
        return self._end

    def say(
        self, words: str, end: str = "", *, tone: str = "", end_colour: str = "muted", tip: str = ""
    ) -> None:
        """Shows these words; the tool tip is `tip`, or all of them."""
        words, end = readable(words), readable(end)
        if tone:
            self._tone = tone
        self._words, self._end, self._end_colour = words, end, end_colour
        both = ", ".join(part for part in (words, end) if part)
        self.setAccessibleName(both)
        self.setToolTip(plain_tip(tip or both))
        self.update()

    def restyle(self) -> None:
        """Takes the theme's fonts anew."""
        self._font: QFont = theme.font(self._role)
        self._metrics = QFontMetrics(self._font)
        self._plain = theme.font("caption" if self._role == "caption" else "text")
        self.setFixedHeight(max(theme.px(18), self._metrics.height() + 2))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(80), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = self.rect()
        if self._end:
            painter.setFont(self._plain)
            painter.setPen(theme.colour(_colour(self._end_colour)))
            metrics = QFontMetrics(self._plain)
            width = min(metrics.horizontalAdvance(self._end) + 1, area.width() * 2 // 3)
            place = QRect(area.right() - width + 1, area.top(), width, area.height())
            end = metrics.elidedText(self._end, _END, width)
            painter.drawText(mirrored(self, place), line_flags(end, self.layoutDirection(), at_end=True), end)
            area.setRight(area.right() - width - theme.px(12))
        painter.setFont(self._shown_font())
        painter.setPen(theme.colour(_colour(self._tone)))
        words = self._metrics.elidedText(self._words, _END, area.width())
        painter.drawText(mirrored(self, area), line_flags(words, self.layoutDirection()), words)

    def _shown_font(self) -> QFont:
        return self._font


class LinkLine(PlainLine):
    """A line whose words lead somewhere: `taken` on a click, Enter or Space."""

    taken = Signal()

    def __init__(self, *, role: str = "strong") -> None:
        super().__init__(role=role, tone="accent")
        self.leads = True

    def set_leads(self, on: bool) -> None:
        """Whether there is anywhere to go."""
        self.leads = on
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if on else Qt.CursorShape.ArrowCursor)

    def _shown_font(self) -> QFont:
        font = QFont(self._font)
        font.setUnderline(self.leads and (self.hasFocus() or self.underMouse()))
        return font

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        here = self.rect().contains(event.position().toPoint())
        if self.leads and here and event.button() == Qt.MouseButton.LeftButton:
            self.taken.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.leads and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: Any) -> None:
        self.update()

    def leaveEvent(self, event: Any) -> None:
        self.update()


def _colour(name: str) -> str:
    return name if name.startswith("#") else str(getattr(theme.colours(), name))
