"""Short lists beside an answer: a line is painted, chosen with the arrow keys, read out whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crowddesk.ui import theme
from crowddesk.ui.controls import line_flags
from crowddesk.ui.tips import plain_tip

_Index = QModelIndex | QPersistentModelIndex
_ROLE: Final = Qt.ItemDataRole
_END: Final = Qt.TextElideMode.ElideRight
_FOCUS: Final = QStyle.StateFlag.State_HasFocus


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `sign` in a status's colour, words, a number, a note. `strong`: the words stand out.

    `unit_id` is what it leads to, 0 for nowhere.
    """

    words: str
    number: str = ""
    note: str = ""
    status: str = ""
    strong: bool = False
    tip: str = ""
    unit_id: int = 0

    @property
    def spoken(self) -> str:
        word = theme.status_look(self.status).word if self.status else ""
        return ", ".join(part for part in (word, self.words, self.number, self.note) if part)


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        if len(lines) == len(self.lines):
            self.lines = lines
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
        else:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return line.spoken
        if role == _ROLE.ToolTipRole and line.tip:
            return plain_tip(line.tip)
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, view: LinesView) -> None:
        super().__init__(view)
        self._view = view
        self.restyle()

    def restyle(self) -> None:
        self._font, self._strong = theme.font(), theme.font("strong")
        self._metrics, self._bold = QFontMetrics(self._font), QFontMetrics(self._strong)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(theme.px(120), theme.px(29))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = self._view.lines[index.row()]
        rect: QRect = option.rect
        c = theme.colours()
        chosen = bool(option.state & _FOCUS)
        if chosen:
            painter.fillRect(rect, theme.colour(c.selection))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(c.line))
        area = rect.adjusted(theme.px(8), 0, -theme.px(8), -1)
        painter.setFont(self._font)
        painter.setPen(theme.colour(c.muted))
        if line.note:
            width = min(max(self._view.note_width, 0), area.width() // 2)
            note = self._metrics.elidedText(line.note, _END, width)
            place = QRect(area.right() - width + 1, area.top(), width, area.height())
            painter.drawText(
                QStyle.visualRect(option.direction, rect, place),
                line_flags(note, option.direction, at_end=self._view.notes_right),
                note,
            )
            area.setRight(area.right() - width - theme.px(12))
        if line.number:
            width = self._metrics.horizontalAdvance(line.number)
            painter.setPen(theme.colour(c.text))
            painter.drawText(
                QStyle.visualRect(option.direction, rect, area),
                line_flags(line.number, option.direction, at_end=True),
                line.number,
            )
            area.setRight(area.right() - width - theme.px(12))
        if line.status:
            look = theme.status_look(line.status, selected=chosen)
            painter.setPen(theme.colour(look.colour))
            width = min(self._view.status_width, area.width() // 2)
            words = self._metrics.elidedText(f"{look.sign} {look.word}", _END, width)
            painter.drawText(
                QStyle.visualRect(option.direction, rect, area), line_flags(words, option.direction), words
            )
            area.setLeft(area.left() + width + theme.px(12))
        painter.setPen(theme.colour(c.text))
        painter.setFont(self._strong if line.strong else self._font)
        metrics = self._bold if line.strong else self._metrics
        words = metrics.elidedText(line.words, _END, area.width())
        painter.drawText(
            QStyle.visualRect(option.direction, rect, area), line_flags(words, option.direction), words
        )


class LinesView(QListView):
    """Shows lines; `opened(unit_id)` when one is clicked twice or Enter is pressed on it."""

    opened = Signal(int)

    def __init__(self, name: str, *, notes_right: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notes_right = notes_right
        self.note_width = self.status_width = 0
        self._empty = ""
        self._made = _Model(self)
        self._painter = _Painter(self)
        self.setModel(self._made)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QListView { background: transparent; border: none; padding: 0; outline: none; }")
        self.viewport().setAutoFillBackground(False)
        self.activated.connect(self._open)

    @property
    def lines(self) -> Sequence[Line]:
        return self._made.lines

    def show_lines(self, lines: Sequence[Line], empty: str = "") -> None:
        """Shows these lines from their beginning; `empty` stands there where there are none."""
        self._empty = empty
        metrics = QFontMetrics(theme.font())
        self.note_width = max((metrics.horizontalAdvance(line.note) for line in lines), default=0) + 1
        looks = [theme.status_look(status) for status in {line.status for line in lines if line.status}]
        self.status_width = max(
            (metrics.horizontalAdvance(f"{look.sign} {look.word}") + 2 for look in looks), default=0
        )
        self._made.show(lines)
        self.verticalScrollBar().setValue(0)

    def restyle(self) -> None:
        """Takes the theme's fonts anew."""
        self._painter.restyle()
        lines = self.lines
        self._made.show(())
        self.show_lines(lines, self._empty)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.lines and self._empty:
            painter = QPainter(self.viewport())
            painter.setPen(theme.colour(theme.colours().muted))
            area = self.viewport().rect().adjusted(0, theme.px(4), 0, 0)
            painter.drawText(area, int(Qt.TextFlag.TextWordWrap), self._empty)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(120))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), theme.px(58))

    def keyPressEvent(self, event: Any) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        event.ignore()  # letters are the page's verbs, not a search in the list

    def _open(self, index: QModelIndex) -> None:
        line = self.lines[index.row()]
        if line.unit_id:
            self.opened.emit(line.unit_id)
