"""Paints the cells of a rows table: states, elided ids, aligned numbers, the glow of what just changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from crowddesk.ui import theme
from crowddesk.ui.controls import line_flags
from crowddesk.ui.words import is_soon, readable

if TYPE_CHECKING:
    from crowddesk.ui.rows import Column
    from crowddesk.ui.table import RowsTable

_ELIDE_RIGHT: Final = Qt.TextElideMode.ElideRight
_ELIDE_MIDDLE: Final = Qt.TextElideMode.ElideMiddle
#: A cell's flags where nothing is mirrored, which is asked for each cell; `line_flags` says the others.
_FLAGS_LEFT: Final = line_flags("", Qt.LayoutDirection.LeftToRight)
_FLAGS_RIGHT: Final = line_flags("", Qt.LayoutDirection.LeftToRight, at_end=True)
#: Ids and numbers are read from the left in every language.
_FROM_LEFT: Final = frozenset({"id", "number", "money"})
_MUTED_KINDS: Final = frozenset({"time", "deadline"})
_LONGEST: Final = 400  # no cell shows more; laying out a text of 10 MB would stop the window


class CellDelegate(QStyledItemDelegate):
    """Draws one cell of a `RowsTable` by its column's kind."""

    def __init__(self, table: RowsTable, parent: QObject | None = None) -> None:
        super().__init__(parent or table)
        self._table = table
        self._elided: dict[tuple[str, int, bool], str] = {}
        self.restyle()

    def restyle(self) -> None:
        """Takes the theme's colours and font anew."""
        self._font = theme.font()
        self._metrics = QFontMetrics(self._font)
        self._widest = max(1, self._metrics.maxWidth())
        self._padding = theme.px(10)
        self._elided.clear()
        c = theme.colours()
        self._line = QColor(c.line)
        self._text = QColor(c.text)
        self._muted = QColor(c.muted)
        self._warning = QColor(theme.status_look("completed").colour)
        self._selection = QColor(c.selection)
        self._accent = QColor(c.accent)
        self._sign_width = self._metrics.horizontalAdvance("◐") + theme.px(5)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        column = self._table.rows.columns[index.column()]
        row = self._table.rows.row_at(index.row())
        text = "" if row is None else column.shown_text(row)[:_LONGEST]
        extra = self._sign_width if column.kind == "status" else 0
        return QSize(
            self._metrics.horizontalAdvance(text) + 2 * self._padding + extra + 2, theme.row_height()
        )

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect
        x, y, width, height = rect.x(), rect.y(), rect.width(), rect.height()
        place = index.row()
        table = self._table
        selected = place in table.painted_selection
        if selected:
            painter.fillRect(rect, self._selection)
        glow = table.glow_of(place)
        if glow:
            tint = QColor(self._accent)
            tint.setAlphaF(0.22 * glow)
            painter.fillRect(rect, tint)
        painter.fillRect(x, y + height - 1, width, 1, self._line)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        if place == table.painted_current and index.column() == table.first_column:
            painter.fillRect(x + width - 3 if mirrored else x, y, 3, height - 1, self._accent)
        row = table.rows.row_at(place)
        if row is None:
            return
        column = table.rows.columns[index.column()]
        x += self._padding
        width -= 2 * self._padding
        if column.kind == "status":
            self._paint_status(painter, column, row, (x, y, width, height - 1), selected, mirrored)
            return
        if column.kind == "bar":
            _paint_bar(painter, _value_of(column, row), QRect(x, y, width, height - 1), mirrored)
            return
        text = column.shown_text(row)
        if not text:
            return
        if column.kind == "badge":
            self._paint_badge(painter, _value_of(column, row), text, QRect(x, y, width, height - 1), mirrored)
            return
        if column.kind == "deadline" and is_soon(_value_of(column, row)):
            painter.setPen(self._warning)
            text = f"● {text}"
        else:
            painter.setPen(self._muted if column.muted or column.kind in _MUTED_KINDS else self._text)
        painter.drawText(
            x,
            y,
            width,
            height - 1,
            _flags(column, text, mirrored),
            self.fitted(text, width, column.kind == "id"),
        )

    def _paint_badge(
        self, painter: QPainter, environment: str, text: str, box: QRect, mirrored: bool
    ) -> None:
        c = theme.colours()
        live = environment == "live"
        made = theme.font("caption")
        made.setPixelSize(theme.px(10.5))
        made.setWeight(made.Weight.Bold)
        metrics = QFontMetrics(made)
        height = theme.px(18)
        room = box.width() - theme.px(14)
        shown = metrics.elidedText(text, _ELIDE_RIGHT, room)
        width = metrics.horizontalAdvance(shown) + theme.px(14)
        left = box.right() - width + 1 if mirrored else box.x()
        area = QRect(left, box.y() + (box.height() - height) // 2, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0.5, 0.5)
        painter.setPen(theme.colour(c.danger if live else c.control_line))
        painter.setBrush(theme.colour(c.danger_soft if live else c.alternate))
        painter.drawRoundedRect(area.adjusted(0, 0, -1, -1), 4, 4)
        painter.translate(-0.5, -0.5)
        painter.setFont(made)
        painter.setPen(theme.colour(c.danger if live else c.muted))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.restore()

    def fitted(self, text: str, width: int, middle: bool) -> str:
        """The text as it fits: one line, elided at the end, or in the middle for ids."""
        if len(text) > _LONGEST and not middle:
            text = text[:_LONGEST]
        if "\n" in text:
            text = " ".join(text.split())
        text = readable(text)
        if len(text) * self._widest <= width:
            return text
        known = self._elided.get((text, width, middle))
        if known is None:
            if len(self._elided) > 4000:
                self._elided.clear()
            known = self._metrics.elidedText(text, _ELIDE_MIDDLE if middle else _ELIDE_RIGHT, width)
            self._elided[text, width, middle] = known
        return known

    def _paint_status(
        self,
        painter: QPainter,
        column: Any,
        row: Any,
        box: tuple[int, int, int, int],
        selected: bool,
        mirrored: bool,
    ) -> None:
        x, y, width, height = box
        status = column.value(row) if column.value else getattr(row, column.key)
        if not status:
            return
        look = theme.status_look(status, selected=selected)
        pending = column.pending(row) if column.pending else None
        word_width = width - self._sign_width
        painter.setPen(theme.colour(look.colour))
        first = x + word_width if mirrored else x
        painter.drawText(first, y, self._sign_width, height, _FLAGS_LEFT, look.sign)
        word = column.text(row) if column.text else look.word
        after = x if mirrored else x + self._sign_width
        painter.drawText(after, y, word_width, height, _FLAGS_LEFT, self.fitted(word, word_width, False))
        if pending:
            used = self._sign_width + self._metrics.horizontalAdvance(word) + self._sign_width // 2
            mark = pending_mark(pending)
            painter.setPen(theme.colour(theme.status_look(pending, selected=selected).colour))
            left = x - self._padding if mirrored else x + used
            painter.drawText(left, y, width - used + self._padding, height, _FLAGS_LEFT, mark)


def _paint_bar(painter: QPainter, counts: Sequence[tuple[str, int]], box: QRect, mirrored: bool) -> None:
    """A small stacked bar of (status, count); what is left of the line has no units yet."""
    height = theme.px(6)
    top = box.y() + (box.height() - height) // 2
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(box.x(), top, box.width(), height), height / 2, height / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(outline)
    painter.fillRect(box.x(), top, box.width(), height, theme.colour(theme.colours().line))
    total = sum(count for _, count in counts)
    done = 0
    for status, count in counts:
        if count <= 0:
            continue
        left = round(box.width() * done / total)
        done += count
        wide = max(1, round(box.width() * done / total) - left)
        left = box.width() - left - wide if mirrored else left
        painter.fillRect(box.x() + left, top, wide, height, theme.colour(theme.status_look(status).colour))
    painter.restore()


def _flags(column: Column, text: str, mirrored: bool) -> int:
    if not mirrored:
        return _FLAGS_RIGHT if column.right_aligned else _FLAGS_LEFT
    as_is = column.kind in _FROM_LEFT
    right_to_left = Qt.LayoutDirection.RightToLeft
    return line_flags(text, right_to_left, at_end=column.right_aligned, as_is=as_is)


def _value_of(column: Column, row: Any) -> Any:
    """What a bar, a badge or a deadline paints; a column of that kind always says."""
    assert column.value is not None
    return column.value(row)


def pending_mark(decision: str) -> str:
    """The mark of a decision that is not sent yet: "→ ✓"."""
    return f"→ {theme.status_look(decision).sign}"
