"""The command palette: a line to type in, and under it whatever of the program fits, the last used first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crowddesk.language import number_text
from crowddesk.ui import theme
from crowddesk.ui.controls import Label, key_width, line_flags

_WIDE: Final = 620
_ROWS: Final = 11
_MOST: Final = 60
#: What a text that holds the typed words whole has at least.
_WHOLE: Final = 1_000
_Index = QModelIndex | QPersistentModelIndex
_TEXT: Final = Qt.ItemDataRole.DisplayRole
_ENTRY: Final = Qt.ItemDataRole.UserRole
_SELECTED: Final = QStyle.StateFlag.State_Selected


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to choose. `name` is what it is remembered by, `kind` what it is, in a word; `also` are more
    words that find it. `take` does it; with `asks` it is a beginning instead, and what follows is typed on.
    """

    name: str
    title: str
    kind: str
    take: Callable[[], object] = field(default=lambda: None, compare=False)
    key: str = ""
    also: str = ""
    asks: str = ""


def score(typed: str, text: str) -> int:
    """How well what was typed fits a text, 0 not at all: its signs in order, best where words begin."""
    wanted = "".join(typed.lower().split())
    low = text.lower()
    if not wanted:
        return 1
    whole = low.find(typed.strip().lower())
    if whole >= 0:
        begins = whole == 0 or not low[whole - 1].isalnum()
        return _WHOLE + 200 + (500 if begins else 0) + (300 if whole == 0 else 0) - min(200, len(low))
    total, at, run = 0, 0, 0
    for sign in wanted:
        found = _best_place(low, sign, at)
        if found < 0:
            return 0
        starts = found == 0 or not low[found - 1].isalnum()
        run = run + 1 if found == at and at else 0
        total += 10 + (25 if starts else 0) + 8 * run - min(9, found - at)
        at = found + 1
    return max(1, total - min(100, len(low) // 2)) if total >= 12 * len(wanted) else 0


def _best_place(low: str, sign: str, at: int) -> int:
    """Where a sign comes next; at the beginning of a word rather than inside one, if it is not far."""
    first = low.find(sign, at)
    if first < 0 or first == at:
        return first
    place = first
    while place >= 0 and place < first + 24:
        if not low[place - 1].isalnum():
            return place
        place = low.find(sign, place + 1)
    return first


def fitting(entries: Sequence[Entry], typed: str, recent: Sequence[str]) -> list[Entry]:
    """The entries that fit, the best first; of equal ones, and without a word, the last used first."""
    place = {name: -number for number, name in enumerate(recent)}
    kept = []
    for number, entry in enumerate(entries):
        fits = score(typed, entry.title)
        if not fits and typed.strip():
            fits = score(typed, f"{entry.title} {entry.kind} {entry.also}") // 3
        if fits:
            bonus = 60 + place[entry.name] if entry.name in place else 0
            order = (0 if entry.name in place and not typed.strip() else 1, -(fits + bonus), number)
            kept.append((order if typed.strip() else (order[0], -bonus, number), entry))
    kept.sort(key=lambda pair: pair[0])
    found = [entry for _, entry in kept[:_MOST]]
    if (
        typed.strip() and kept and -kept[0][0][1] >= _WHOLE
    ):  # letters here and there are no match beside words
        found = [entry for order, entry in kept[:_MOST] if -order[1] >= _WHOLE // 4]
    return found


class _Entries(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def set(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = _TEXT) -> object:
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == _TEXT:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (entry.title, entry.kind, entry.key)))
        return entry if role == _ENTRY else None


class _Line(QStyledItemDelegate):
    """One entry: its words, what it is, its key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, theme.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry = index.data(_ENTRY)
        if not isinstance(entry, Entry):
            return
        c = theme.colours()
        box: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & _SELECTED:  # type: ignore[attr-defined]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.selection))
            painter.drawRoundedRect(box.adjusted(4, 1, -4, -1), 5, 5)
        right = box.right() - theme.px(14)
        if entry.key:
            wide, high = key_width(entry.key), theme.px(16)
            cap = QRect(right - wide, box.center().y() - high // 2 + 1, wide, high)
            cap = QStyle.visualRect(option.direction, box, cap)  # type: ignore[attr-defined]
            painter.setPen(QColor(c.control_line))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cap, 4, 4)
            self._write(
                painter, cap, entry.key, theme.font("mono"), c.muted, int(Qt.AlignmentFlag.AlignCenter)
            )
            right -= wide + theme.px(10)
        caption = theme.font("caption")
        kind_wide = min(QFontMetrics(caption).horizontalAdvance(entry.kind), box.width() // 3)
        kind = QRect(right - kind_wide, box.top(), kind_wide, box.height())
        left = box.left() + theme.px(14)
        title = QRect(left, box.top(), max(10, kind.left() - theme.px(10) - left), box.height())
        kind, title = (
            QStyle.visualRect(option.direction, box, part)  # type: ignore[attr-defined]
            for part in (kind, title)
        )
        flags = line_flags(entry.kind, option.direction, at_end=True)  # type: ignore[attr-defined]
        self._write(painter, kind, entry.kind, caption, c.muted, flags)
        flags = line_flags(entry.title, option.direction)  # type: ignore[attr-defined]
        self._write(painter, title, entry.title, theme.font(), c.text, flags)
        painter.restore()

    def _write(self, painter: QPainter, area: QRect, text: str, font: QFont, ink: str, flags: int) -> None:
        painter.setFont(font)
        painter.setPen(QColor(ink))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width() + 1)
        painter.drawText(area, flags, shown)


class CommandPalette(QDialog):
    """The palette over a window. `asked(text)`: what was typed, for entries that must be looked up;
    `chosen(entry)`: it is taken, after the palette has gone and the focus is back where it was.
    """

    asked = Signal(str)
    chosen = Signal(object)

    def __init__(self, entries: Sequence[Entry], recent: Sequence[str], window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAccessibleName(self.tr("Commands"))
        self.setModal(True)
        self._entries, self._recent = list(entries), list(recent)
        self._found: dict[str, list[Entry]] = {}
        self.line = QLineEdit()
        self.line.setMaxLength(200)
        self.line.setPlaceholderText(self.tr("A page, a verb, a run, a person…"))
        self.line.setAccessibleName(self.tr("Command"))
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._type)
        self.model = _Entries(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Line(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("What fits"))
        self.list.clicked.connect(self._take_index)
        self._none = Label(self.tr("Nothing fits. Fewer letters find more."), tone="muted")
        self._none.setContentsMargins(14, 6, 14, 10)
        self._none.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._none)
        self._show()
        self._place(window)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line around it: it has no frame of the system's."""
        c = theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(c.base))
        painter.setPen(QColor(c.control_line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _place(self, window: QWidget) -> None:
        rows = _ROWS * theme.px(30)
        wide = min(theme.px(_WIDE), window.width() - 32)
        high = min(rows + theme.px(56), window.height() - 48)
        at = window.mapToGlobal(window.rect().topLeft())
        self.setFixedSize(wide, high)
        self.move(
            at.x() + (window.width() - wide) // 2, at.y() + min(theme.px(70), (window.height() - high) // 2)
        )

    # ------------------------------------------------------------------------------------------- entries

    @property
    def shown(self) -> list[Entry]:
        """What fits now, the best first."""
        return list(self.model.entries)

    def show_found(self, typed: str, entries: Sequence[Entry]) -> None:
        """Entries that were looked up for what was typed; those of other words are too late."""
        if typed == self.line.text():
            self._found = {typed: list(entries)}
            self._show(keep=True)

    def _type(self) -> None:
        self._show()
        self.asked.emit(self.line.text())

    def _show(self, *, keep: bool = False) -> None:
        typed = self.line.text()
        row = self.list.currentIndex().row()
        held = self.model.entries[row] if keep and row > 0 else None
        looked_up = [e for e in self._found.get(typed, ()) if e not in self._entries]
        entries = fitting([*self._entries, *looked_up], typed, self._recent)
        entries += [e for e in looked_up if e not in entries]
        self.model.set(entries)
        self._none.setVisible(not entries)
        self.list.setVisible(bool(entries))
        if entries:
            self._go(entries.index(held) if held in entries else 0)

    def _go(self, row: int) -> None:
        index = self.model.index(row)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        entry = self.model.entries[row]
        words = ", ".join(filter(None, (entry.title, entry.kind, entry.key)))
        place = self.tr("{0} of {1}").format(number_text(row + 1), number_text(len(self.model.entries)))
        self.line.setAccessibleDescription(f"{words}, {place}")

    def _take_index(self, index: _Index) -> None:
        self._go(index.row())
        self._take()

    def _take(self) -> None:
        row = self.list.currentIndex().row()
        if not 0 <= row < len(self.model.entries):
            return
        entry = self.model.entries[row]
        if entry.asks:
            self.line.setText(entry.asks)
            return
        self.accept()
        self.chosen.emit(entry)

    # --------------------------------------------------------------------------------------------- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        count, row = len(self.model.entries), self.list.currentIndex().row()
        steps = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1,
            Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS,
        }  # fmt: skip
        if event.key() in steps and count:
            by = steps[Qt.Key(event.key())]
            self._go((row + by) % count if abs(by) == 1 else min(max(0, row + by), count - 1))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and self.isVisible():
            self.reject()
