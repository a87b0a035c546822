"""A dialog whose middle scrolls where the screen has no room for it; its buttons stay in sight."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from crowddesk.ui import theme
from crowddesk.ui.dialogs.frame import VerbDialog

#: Between what scrolls and its scroll bar.
_BESIDE_BAR = 8


class ScrolledDialog(VerbDialog):
    """Subclasses give `set_middle` its column once; what they add to `body` later is always seen below it."""

    _area: QScrollArea | None = None

    def __init__(self, title: str, verb: str, parent: QWidget | None = None, **how: Any) -> None:
        super().__init__(title, verb, parent, **how)
        self._middle: QVBoxLayout | None = None

    def set_middle(self, column: QVBoxLayout) -> None:
        """What may scroll. It gets what height it needs as long as the screen has it."""
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        content = QWidget()
        content.setLayout(column)
        self._middle = column
        self.add_scrolling(content)
        (self._area,) = self.findChildren(QScrollArea)
        self._area.setFixedHeight(self._area.minimumHeight())

    def _fit(self) -> None:
        if self.isVisible() and self._middle is not None and self._area is not None:
            others = self._column.totalHeightForWidth(self.width()) - self._area.minimumHeight()
            room = self.screen().availableGeometry().height() - others
            wanted = self._high(self._middle, self._area, 0)
            scrolls = wanted > room
            if scrolls:
                wanted = self._high(self._middle, self._area, _BESIDE_BAR)
            # Where nothing scrolls, the keyboard has nothing to do there.
            self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)
            self._area.setAccessibleName(self.windowTitle())
            self._area.setFixedHeight(max(theme.px(80), min(wanted, room)))
            self._column.activate()  # else the dialog is kept as high as it had to be before
        super()._fit()

    def _high(self, middle: QVBoxLayout, area: QScrollArea, beside: int) -> int:
        """The height that the middle needs with so much room at its end, which only a scroll bar needs."""
        middle.setContentsMargins(0, 0, beside, 0)
        middle.invalidate()  # Qt tells only the outermost layout that a part has become higher
        return middle.totalHeightForWidth(area.viewport().width())
