"""The last ten decisions as a strip: what was decided, how it stands, a click away from looking again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from crowddesk.language import mark, say
from crowddesk.ui import theme
from crowddesk.ui.controls import Label
from crowddesk.ui.review.deciding import LEFT, RECORDING, REFUSED, Stand
from crowddesk.ui.tips import plain_tip

_MOST: Final = 10
_PHASES: Final = {
    RECORDING: mark("being recorded"),
    LEFT: mark("left"),
    REFUSED: mark("not done"),
}


class _Decided(QAbstractButton):
    """One decided unit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.unit_id = 0
        self._stand = Stand("", "")
        self._current = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_stand(self, unit_id: int, stand: Stand, current: bool) -> None:
        if (unit_id, stand, current) == (self.unit_id, self._stand, self._current):
            return
        self.unit_id, self._stand, self._current = unit_id, stand, current
        look = theme.status_look(stand.kind)
        phase = say(_PHASES[stand.phase]) if stand.phase in _PHASES else ""
        word = ", ".join(part for part in (look.word, phase) if part)
        self.setText(f"{'!' if stand.phase == REFUSED else look.sign} {unit_id}")
        self.setAccessibleName(self.tr("Unit {0}: {1}").format(unit_id, word))
        self.setToolTip(plain_tip(f"{self.accessibleName()}\n{stand.why}".strip()))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + theme.px(18), theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = theme.colours()
        refused = self._stand.phase == REFUSED
        marked = self._current or self.hasFocus()
        painter.translate(0.5, 0.5)
        painter.setPen(QColor(c.accent if marked else c.danger if refused else c.line))
        painter.setBrush(QColor(c.danger_soft if refused else c.alternate if self.underMouse() else c.base))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 5, 5)
        painter.translate(-0.5, -0.5)
        painter.setPen(QColor(c.danger if refused else theme.status_look(self._stand.kind).colour))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    def enterEvent(self, event: Any) -> None:
        self.update()

    def leaveEvent(self, event: Any) -> None:
        self.update()


class LastTen(QWidget):
    """`wanted(unit_id)`: that one should be shown again. Where there is little room, the oldest give way."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = Label(self.tr("Last ten"), tone="muted")
        self._buttons = [_Decided(self) for _ in range(_MOST)]
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self._caption)
        self._line = line
        for button in self._buttons:
            button.clicked.connect(lambda _=False, b=button: self.wanted.emit(b.unit_id))
            button.hide()
            line.addWidget(button)
        line.addStretch(1)
        self._shown: list[tuple[int, Stand]] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("The last ten decisions"))

    def show_last(self, decided: Sequence[tuple[int, Stand]], current: int | None) -> None:
        """The oldest first."""
        self._shown = list(decided)[-_MOST:]
        for button, (unit_id, stand) in zip(self._buttons, self._shown, strict=False):
            button.show_stand(unit_id, stand, unit_id == current)
        self._fit()

    def buttons(self) -> list[QAbstractButton]:
        """Those that show something."""
        return [button for button in self._buttons if not button.isHidden()]

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self._caption.sizeHint().width() - 6
        shown = len(self._shown)
        for place in range(_MOST - 1, -1, -1):
            fits = False
            if place < shown:
                room -= self._buttons[place].sizeHint().width() + 6
                fits = room >= -6
            self._buttons[place].setVisible(fits)
        self._caption.setText(self.tr("Last ten") if shown else self.tr("Nothing is decided yet."))
