"""The sheet of keys: what each key does on the page that is shown, and everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crowddesk.language import say
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label, key_width, paint_key, set_margins
from crowddesk.ui.dialogs.frame import VerbDialog

_COLUMN = 260

#: A title and its (key, what it does).
Group = tuple[str, Sequence[tuple[str, str]]]


class KeyCap(QWidget):
    """A key as it stands on the buttons."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setAccessibleName(key)

    def sizeHint(self) -> QSize:
        return QSize(key_width(self._key) + 2, theme.px(22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        area = QRect(0, 0, key_width(self._key) + 1, self.height())
        paint_key(self, self._key, area, theme.colours().text, theme.colours().control_line)


class KeySheet(VerbDialog):
    """Shows groups of keys. `change_wanted`: the user wants other ones."""

    change_wanted = Signal()

    def __init__(self, title: str, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__(title, say("Close"), parent, width=640)
        self.cancel.hide()
        self._parts = [_part(name, keys) for name, keys in groups if keys]
        content = QWidget()
        self._grid = QGridLayout(content)
        set_margins(self._grid, 0, 0, 8, 0)
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(16)
        self._columns = 0
        self._arrange_parts(2)
        self.add_scrolling(content)
        self.change = Button(self.tr("Change keys…"), look="link")
        self.change.setAutoDefault(False)
        self.change.clicked.connect(self._change)
        self.add_left_button(self.change)
        self.verb.setFocus()

    def _change(self) -> None:
        self.accept()
        self.change_wanted.emit()

    def _arrange_parts(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for part in self._parts:
            self._grid.removeWidget(part)
        for number, part in enumerate(self._parts):
            self._grid.addWidget(part, number // columns, number % columns, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_parts(2 if self.width() >= theme.px(2 * _COLUMN + 60) else 1)


def _part(name: str, keys: Sequence[tuple[str, str]]) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(Label(name, role="strong"))
    lines = QGridLayout()
    lines.setHorizontalSpacing(12)
    lines.setVerticalSpacing(2)
    lines.setColumnStretch(1, 1)
    for row, (key, what) in enumerate(keys):
        lines.addWidget(KeyCap(key), row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        lines.addWidget(Label(what, wrap=True), row, 1)
    column.addLayout(lines)
    return part
