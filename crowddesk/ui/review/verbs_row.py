"""The verbs under an answer, each with its key: approve, soft reject, skip, and reject apart from them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from crowddesk.ui import theme
from crowddesk.ui.controls import Button
from crowddesk.ui.keys import Keys

_HIGH: Final = 38


class VerbsRow(QWidget):
    """`approve`, `soft_reject`, `skip`, `reject`: in one row, or in more where there is no room."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.approve = Button(self.tr("✓ Approve"), tone="accepted", key="A")
        self.soft_reject = Button(self.tr("≈ Soft reject"), tone="soft_rejected", key="S")
        self.skip = Button(self.tr("Skip"), key="Space")
        self.reject = Button(self.tr("✕ Reject…"), tone="rejected", key="X")
        self._named = {
            self.approve: ("review.approve", self.tr("Approve")),
            self.soft_reject: ("review.soft_reject", self.tr("Soft reject")),
            self.skip: ("review.skip", self.tr("Skip")),
            self.reject: ("review.reject", self.tr("Reject…")),
        }
        for button, (_, name) in self._named.items():
            button.setAccessibleName(name)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        self._columns = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        keys.changed.connect(self._show_keys)
        self._show_keys()
        self.restyle()

    def set_decidable(self, on: bool) -> None:
        """Whether what is shown may be decided on."""
        for button in (self.approve, self.soft_reject, self.reject):
            button.setEnabled(on)

    def restyle(self) -> None:
        """Takes the theme's colours and sizes anew."""
        colour = theme.status_look("accepted").colour
        high = f"min-height: {theme.px(_HIGH)}px;"
        self.approve.setStyleSheet(
            f"QPushButton {{ {high} }} QPushButton:enabled {{ border-color: {colour}; }}"
        )
        for button in (self.soft_reject, self.skip, self.reject):
            button.setStyleSheet(f"QPushButton {{ {high} }}")
        self._arrange(anew=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        wide = max(button.sizeHint().width() for button in self._named)
        return QSize(wide, super().minimumSizeHint().height())

    def _show_keys(self) -> None:
        for button, (command, _) in self._named.items():
            key = QKeySequence(self._keys.of(command)).toString(QKeySequence.SequenceFormat.NativeText)
            button.key = key
            button.setAccessibleDescription(self.tr("Key {0}").format(key) if key else "")
            button.updateGeometry()
            button.update()

    def _arrange(self, *, anew: bool = False) -> None:
        widths = [button.sizeHint().width() for button in self._named]
        gap = self._grid.spacing()
        columns = 4 if sum(widths) + 5 * gap <= self.width() else 2
        columns = 1 if 2 * max(widths) + gap > self.width() else columns
        if columns == self._columns and not anew:
            return
        self._columns = columns
        for button in self._named:
            self._grid.removeWidget(button)
        for column in range(5):
            self._grid.setColumnStretch(column, 0)
            self._grid.setColumnMinimumWidth(column, 0)
        stretches = {0: 6, 1: 5, 2: 5, 4: 5} if columns == 4 else dict.fromkeys(range(columns), 1)
        for place, button in enumerate(self._named):
            row, column = divmod(place, columns)
            self._grid.addWidget(button, row, 4 if columns == 4 and place == 3 else column)
        if columns == 4:
            self._grid.setColumnMinimumWidth(3, theme.px(24))  # reject stands apart
        for column, stretch in stretches.items():
            self._grid.setColumnStretch(column, stretch)
        self.updateGeometry()
