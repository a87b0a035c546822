"""The evidence on an answer as a row of small chips of a fixed height, so that nothing under it moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from crowddesk.ui import theme
from crowddesk.ui.controls import mirrored
from crowddesk.ui.tips import plain_tip
from crowddesk.ui.words import readable

if TYPE_CHECKING:
    from crowddesk.operations.quality.chips import Chip

#: Sign and colour of each way to read a chip; a word and a sign beside the colour.
_SIGNS: Final = {"against": "●", "for": "✓", "beside": "·"}
_TONES: Final = {"against": "warning", "for": "good", "beside": "muted"}
_HIGH: Final = 24
_NARROW: Final = 560


class ChipsRow(QWidget):
    """Shows what `show_chips` gives; chips that do not fit are counted, and told in the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[Chip] = []
        self._spots: list[tuple[QRect, Chip | None]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Evidence"))

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Shows these, from the left."""
        self._chips = list(chips)
        self.setAccessibleDescription("; ".join(chip.words for chip in chips))
        self._place()
        self.update()

    @property
    def chips(self) -> list[Chip]:
        return self._chips

    def sizeHint(self) -> QSize:
        lines = 1 if self.width() >= theme.px(_NARROW) else 2
        return QSize(theme.px(240), lines * theme.px(_HIGH) + (lines - 1) * 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.sizeHint().height())

    def restyle(self) -> None:
        self._place()
        self.updateGeometry()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if self.height() != self.sizeHint().height():
            self.updateGeometry()
        self._place()

    def _place(self) -> None:
        """Where each chip stands; the last spot may be the count of those that do not fit."""
        metrics = QFontMetrics(theme.font())
        high, gap, pad = theme.px(_HIGH), theme.px(8), theme.px(10)
        self._spots = []
        left = top = 0
        more = metrics.horizontalAdvance("+9") + 2 * pad
        for place, chip in enumerate(self._chips):
            wide = min(metrics.horizontalAdvance(_told(chip)) + 2 * pad, self.width())
            last_line = top + 2 * high + 4 > self.height() + 1
            rest = len(self._chips) - place - 1
            room = self.width() - (more + gap if rest and last_line else 0)
            if left and left + wide > room:
                if last_line:
                    self._spots.append((self._mirrored(QRect(left, top, more, high)), None))
                    return
                left, top = 0, top + high + 4
            self._spots.append((self._mirrored(QRect(left, top, wide, high)), chip))
            left += wide + gap

    def _mirrored(self, spot: QRect) -> QRect:
        return mirrored(self, spot)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = theme.colours()
        painter.setFont(theme.font())
        metrics = painter.fontMetrics()
        for spot, chip in self._spots:
            painter.setPen(QColor(c.line))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.translate(0.5, 0.5)
            painter.drawRoundedRect(spot.adjusted(0, 0, -1, -1), spot.height() / 2, spot.height() / 2)
            painter.translate(-0.5, -0.5)
            if chip is None:
                words, colour = f"+{len(self._chips) - len(self._spots) + 1}", c.muted
            else:
                words, colour = _told(chip), getattr(c, _TONES.get(chip.tone, "muted"))
            painter.setPen(QColor(colour))
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, spot.width() - theme.px(12))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, words)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for spot, chip in self._spots:
                if spot.contains(event.pos()):
                    told = [chip] if chip is not None else self._chips[len(self._spots) - 1 :]
                    words = "\n".join(f"{one.words}\n{one.detail}" for one in told)
                    QToolTip.showText(event.globalPos(), plain_tip(words), self, spot)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)


def _told(chip: Chip) -> str:
    return f"{_SIGNS.get(chip.tone, '·')} {readable(chip.words)}"
