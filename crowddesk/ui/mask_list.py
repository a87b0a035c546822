"""The named masks with their boxes: which are chosen, what each says, what each leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from crowddesk.language import number_text
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Check, ElidedLabel, Label
from crowddesk.ui.tips import plain_tip
from crowddesk.ui.words import short_name


class _NameBox(Check):
    """A box whose words are elided where there is little room."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words
        self.setToolTip(plain_tip(words))

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self._words)
        return QSize(theme.px(24) + wide + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(24 + 60), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = max(0, self.width() - theme.px(24))
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room))


class MaskList(QWidget):
    """`changed`: other masks are chosen. `edited(name)`, `removed(name)`: a button of that mask."""

    changed = Signal()
    edited = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Masks"))
        self.boxes: dict[str, Check] = {}
        self.buttons: dict[tuple[str, str], Button] = {}
        self._counts: dict[str, Label] = {}
        self._texts: dict[str, str] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)

    def set_masks(self, masks: Mapping[str, Any]) -> None:
        """Offers these; what was chosen and is still there stays chosen."""
        from crowddesk.operations.mask_text import write
        from crowddesk.operations.masks import DAMAGED

        damaged = {name for name, expression in masks.items() if expression is DAMAGED}
        texts = {
            name: self.tr("It is damaged: change or remove it.") if name in damaged else write(expression)
            for name, expression in masks.items()
        }
        if texts == self._texts:
            return
        chosen = set(self.chosen())
        focus = next((name for name, box in self.boxes.items() if box.hasFocus()), "")
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes, self.buttons, self._counts, self._texts = {}, {}, {}, texts
        for place, (name, text) in enumerate(texts.items()):
            self._add(place, name, text, name in chosen and name not in damaged)
        for name in damaged:
            self.boxes[name].setEnabled(False)
        if focus in self.boxes:
            self.boxes[focus].setFocus()
        if set(self.chosen()) != chosen:
            self.changed.emit()

    def _add(self, place: int, name: str, text: str, on: bool) -> None:
        box = self.boxes[name] = _NameBox(short_name(name))
        box.setChecked(on)
        box.setAccessibleName(name)
        box.setAccessibleDescription(text)
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        box.toggled.connect(lambda _on: self.changed.emit())
        count = self._counts[name] = Label(tone="muted", role="caption")
        edit, remove = Button(self.tr("Change"), look="link"), Button("×", look="link")
        edit.setAccessibleName(self.tr("Change the mask {0}").format(name))
        remove.setAccessibleName(self.tr("Remove the mask {0}").format(name))
        remove.setToolTip(remove.accessibleName())
        edit.clicked.connect(lambda: self.edited.emit(name))
        remove.clicked.connect(lambda: self.removed.emit(name))
        self.buttons[name, "edit"], self.buttons[name, "remove"] = edit, remove
        says = ElidedLabel(text, role="caption", tone="muted")
        says.setContentsMargins(0, 0, 0, theme.px(4))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(box, 2 * place, 0)
        self._grid.addWidget(count, 2 * place, 1, right)
        self._grid.addWidget(edit, 2 * place, 2)
        self._grid.addWidget(remove, 2 * place, 3)
        self._grid.addWidget(says, 2 * place + 1, 0, 1, 4)

    def chosen(self) -> list[str]:
        """The names that are ticked, in their order."""
        return [name for name, box in self.boxes.items() if box.isChecked()]

    def choose(self, names: Sequence[str]) -> None:
        """Ticks just these."""
        for name, box in self.boxes.items():
            box.setChecked(name in names)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Says what masks leave out alone; nothing for those that are not among them."""
        for name, label in self._counts.items():
            label.setText(self.tr("{0} out").format(number_text(counts[name])) if name in counts else "")
