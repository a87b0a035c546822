"""Lists of choices in the theme's rows: one of many, or any number of them ticked; narrowed down by words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crowddesk.ui import theme
from crowddesk.ui.controls import line_flags
from crowddesk.ui.words import readable

_KEY = Qt.ItemDataRole.UserRole
_MORE = Qt.ItemDataRole.UserRole + 1
_CHECK = Qt.ItemDataRole.CheckStateRole
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class PickList(QListWidget):
    """Lines of which one is current; what is too long for its line is in the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_LineDelegate(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add(self, key: str, words: str, more: str = "") -> QListWidgetItem:
        """Adds a line under a key; it is found by its words and by `more`."""
        item = QListWidgetItem(readable(words), self)
        item.setData(_KEY, key)
        item.setData(_MORE, more)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setToolTip("\n".join(readable(part) for part in (words, more) if part))
        return item

    def key(self) -> str | None:
        """That of the current line."""
        row = self.currentRow()
        return None if row < 0 else str(self.item(row).data(_KEY))

    def go_to(self, key: str) -> None:
        """Makes the line of this key the current one."""
        for item in self._items():
            if item.data(_KEY) == key:
                self.setCurrentItem(item)

    def search(self, words: str) -> None:
        """Hides the lines without these words, and moves on to one that is left."""
        wanted = words.casefold().split()
        shown = []
        for item in self._items():
            text = f"{item.text()} {item.data(_MORE)}".casefold()
            item.setHidden(not all(word in text for word in wanted))
            if not item.isHidden():
                shown.append(item)
        if self.currentItem() not in shown:
            self.setCurrentRow(self.row(shown[0]) if shown else -1)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]


class CheckList(PickList):
    """Lines with boxes; a click anywhere on a line, or Space, ticks it. `ticked`: by the user."""

    ticked = Signal()

    def set_choices(self, choices: Mapping[str, str], chosen: Collection[str] = ()) -> None:
        """Offers these, by key; what is chosen and not offered is a line too, so that nothing is lost."""
        self.clear()
        for key, words in {**choices, **{key: key for key in chosen if key not in choices}}.items():
            self.add(key, words).setData(_CHECK, _CHECKED if key in chosen else _UNCHECKED)
        if self.count():
            self.setCurrentRow(0)

    def chosen(self) -> list[str]:
        """The keys of the lines that are ticked, in their order."""
        return [item.data(_KEY) for item in self._items() if item.data(_CHECK) == _CHECKED]

    def tick(self, key: str, on: bool = True) -> None:
        """Ticks a line as the user would."""
        for item in self._items():
            if item.data(_KEY) == key and (item.data(_CHECK) == _CHECKED) != on:
                self._toggle(item)

    def _toggle(self, item: QListWidgetItem) -> None:
        item.setData(_CHECK, _UNCHECKED if item.data(_CHECK) == _CHECKED else _CHECKED)
        self.ticked.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.button() == Qt.MouseButton.LeftButton:
            self._toggle(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Space and item is not None:
            self._toggle(item)
            return
        super().keyPressEvent(event)


class _LineDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme.px(28))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        if here:
            painter.fillRect(option.rect, QColor(c.selection))
        side = theme.px(15) if index.data(_CHECK) is not None else 0
        if side:
            box = QRect(option.rect.left() + theme.px(4), 0, side, side)
            box.moveTop(option.rect.top() + (option.rect.height() - side) // 2)
            _paint_box(
                painter, QStyle.visualRect(option.direction, option.rect, box), index.data(_CHECK) == _CHECKED
            )
        painter.setPen(QColor(c.text))
        left = side + theme.px(12) if side else theme.px(4)
        area = QStyle.visualRect(
            option.direction, option.rect, option.rect.adjusted(left, 0, -theme.px(4), 0)
        )
        words = option.fontMetrics.elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, max(0, area.width())
        )
        painter.drawText(area, line_flags(words, option.direction), words)
        painter.restore()


def _paint_box(painter: QPainter, box: QRect, checked: bool) -> None:
    c = theme.colours()
    left, top, side = box.left(), box.top(), box.width()
    painter.translate(0.5, 0.5)
    painter.setPen(QColor(c.accent if checked else c.muted))
    painter.setBrush(QColor(c.accent if checked else c.base))
    painter.drawRoundedRect(left, top, side, side, 4, 4)
    if checked:
        painter.setPen(QPen(QColor(c.on_accent), max(1.6, side / 9)))
        points = [(0.24, 0.52), (0.43, 0.72), (0.78, 0.3)]
        painter.drawPolyline([QPointF(left + side * x, top + side * y) for x, y in points])
    painter.translate(-0.5, -0.5)
