"""A dialog whose middle scrolls where the screen has no room for it; its buttons stay in sight."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from crowddesk.ui import theme
from crowddesk.ui.dialogs.frame import VerbDialog


class ScrolledDialog(VerbDialog):
    """Subclasses give `set_middle` its column once; what they add to `body` later is always seen below it."""

    _area: QScrollArea | None = None

    def __init__(self, title: str, verb: str, parent: QWidget | None = None, **how: Any) -> None:
        super().__init__(title, verb, parent, **how)
        self._middle: QVBoxLayout | None = None

    def set_middle(self, column: QVBoxLayout) -> None:
        """What may scroll. It gets what height it needs as long as the screen has it."""
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        content = QWidget()
        content.setLayout(column)
        self._middle = column
        self.add_scrolling(content)
        (self._area,) = self.findChildren(QScrollArea)
        self._area.setFixedHeight(self._area.minimumHeight())

    def _fit(self) -> None:
        if self.isVisible() and self._middle is not None and self._area is not None:
            self._middle.invalidate()  # Qt tells only the outermost layout that a part has become higher
            wanted = self._middle.totalHeightForWidth(self._area.viewport().width())
            others = self._column.totalHeightForWidth(self.width()) - self._area.minimumHeight()
            room = self.screen().availableGeometry().height() - others
            self._area.setFixedHeight(max(theme.px(80), min(wanted, room)))
            self._column.activate()  # else the dialog is kept as high as it had to be before
        super()._fit()
