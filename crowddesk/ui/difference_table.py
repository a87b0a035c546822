"""The table of what differs between desk and vendor: chosen line by line before anything is mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from crowddesk.domain import money_text
from crowddesk.language import mark, say
from crowddesk.ui import theme
from crowddesk.ui.action_words import kind_word
from crowddesk.ui.controls import line_flags
from crowddesk.ui.evidence import moment_of
from crowddesk.ui.words import exact_time, readable

if TYPE_CHECKING:
    from crowddesk.operations.comparison import Comparison

_Index = QModelIndex | QPersistentModelIndex
_NONE: Final = QModelIndex()
_DISPLAY: Final = Qt.ItemDataRole.DisplayRole
_TIP: Final = Qt.ItemDataRole.ToolTipRole
_SPOKEN: Final = Qt.ItemDataRole.AccessibleTextRole
#: The widths at 100 % text; the last takes what is left.
_WIDTHS: Final = (34, 118, 56, 100, 100, 118)
_TITLES: Final = (
    "", mark("Run"), mark("Unit"), mark("Worker"), mark("Here"), mark("There"), mark("What will happen"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One difference. `can`: it can be mended; `needs_you`: a person has to look; otherwise nothing is done.

    `more` is the evidence, a line each.
    """

    id: str
    can: bool
    needs_you: bool
    run: str
    unit: str
    worker: str
    here: str
    there: str
    what: str
    more: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        return ("", self.run, self.unit, self.worker, self.here, self.there, self.what)


def _said(value: str) -> str:
    """A fact of the evidence; a moment as people read it."""
    at = moment_of(value)
    return value if at is None else exact_time(at)


def lines_of(comparison: Comparison) -> list[Line]:
    """Every difference of a comparison: what needs a person first, then what can be mended, then the rest."""
    from crowddesk.operations.comparison import NEEDS_YOU, TAKE_OVER

    titles = {run.run_id: run.title for run in comparison.runs}
    found = [
        Line(
            d.id,
            d.mending == TAKE_OVER,
            d.mending == NEEDS_YOU,
            titles.get(d.run_id, ""),
            str(d.unit_id or "–"),
            d.worker_name,
            say(d.here),
            say(d.there) if d.there else say("not there"),
            d.what,
            "\n".join(f"{say(name)}: {_said(value)}" for name, value in d.evidence.items()),
        )
        for d in comparison.differences
    ]
    for p in comparison.payments:
        kind = kind_word(p.kind)
        if p.amount:
            kind = say("{action} of {money}", action=kind, money=money_text(p.amount, p.currency))
        found.append(
            Line(
                p.id,
                p.mending == TAKE_OVER,
                p.mending == NEEDS_YOU,
                titles.get(p.run_id or 0, ""),
                str(p.unit_id or "–"),
                p.worker_name,
                f"{kind}: {theme.status_look(p.state).word}",
                say(p.found) if p.found else say("not known"),
                p.what,
                "\n".join(f"{say(name)}: {_said(value)}" for name, value in p.evidence.items()),
            )
        )
    return sorted(found, key=lambda line: (not line.needs_you, not line.can))


class DifferenceModel(QAbstractTableModel):
    """Lines and which of them are ticked; at first all that can be mended."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.chosen: set[str] = set()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Shows these; what was taken out of the choice before stays out."""
        before = {line.id for line in self.lines}
        out = before - self.chosen
        self.beginResetModel()
        self.lines = list(lines)
        self.chosen = {line.id for line in lines if line.can and line.id not in out}
        self.endResetModel()
        self.ticked.emit()

    def tick(self, row: int) -> None:
        """Ticks a line or takes the tick back; one that cannot be mended stays as it is."""
        if 0 <= row < len(self.lines) and self.lines[row].can:
            self.chosen ^= {self.lines[row].id}
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(_TITLES) - 1))
            self.ticked.emit()

    def tick_all(self, on: bool) -> None:
        """Ticks all that can be mended, or none."""
        self.chosen = {line.id for line in self.lines if line.can} if on else set()
        if self.lines:
            last = self.index(len(self.lines) - 1, len(_TITLES) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.ticked.emit()

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role == _DISPLAY and orientation == Qt.Orientation.Horizontal:
            return say(_TITLES[section]) if section else ""
        return None

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        line = self.lines[index.row()]
        if role == _DISPLAY:
            return readable(line.cells[index.column()])
        if role == _TIP:
            return readable(line.cells[index.column()])
        if role == _SPOKEN and index.column() == 0:
            if line.id in self.chosen:
                return self.tr("chosen")
            return self.tr("not chosen") if line.can else self.tr("nothing to mend")
        return None


class DifferenceTable(QTableView):
    """The lines; Space or a click on its box ticks one. `looked_at(line)` follows the current one."""

    looked_at = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.differences = DifferenceModel()
        self.setModel(self.differences)
        self.setItemDelegate(_CellDelegate(self))
        self.setAccessibleName(self.tr("What differs"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.restyle()
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.differences.modelReset.connect(self._go_to_first)

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        head = self.horizontalHeader()
        head.setFixedHeight(theme.px(30))
        self.verticalHeader().setDefaultSectionSize(theme.row_height())
        for column, width in enumerate(_WIDTHS):
            title = self.differences.headerData(column, Qt.Orientation.Horizontal)
            head.resizeSection(column, max(theme.px(width), theme.title_width(title)))
        self._stretch()

    def current_line(self) -> Line | None:
        """The line that the keyboard is on."""
        row = self.currentIndex().row()
        return self.differences.lines[row] if 0 <= row < len(self.differences.lines) else None

    def _go_to_first(self) -> None:
        if self.differences.lines:
            self.setCurrentIndex(self.differences.index(0, 1))
        else:
            self.looked_at.emit(None)

    def _tell_current(self, *_indexes: object) -> None:
        self.looked_at.emit(self.current_line())

    def _stretch(self) -> None:
        taken = sum(self.horizontalHeader().sectionSize(i) for i in range(len(_WIDTHS)))
        room = self.viewport().width() - taken
        self.horizontalHeader().resizeSection(len(_WIDTHS), max(theme.px(200), room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == 0 and event.button() == Qt.MouseButton.LeftButton:
            self.differences.tick(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.differences.tick(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class _CellDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        c = theme.colours()
        model = index.model()
        assert isinstance(model, DifferenceModel)
        line = model.lines[index.row()]
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(c.selection))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, QColor(c.line))
        if index.column() == 0:
            self._paint_box(painter, rect, line, line.id in model.chosen)
        else:
            area = rect.adjusted(theme.px(10), 0, -theme.px(10), -1)
            painter.setFont(theme.font())
            words = painter.fontMetrics().elidedText(
                line.cells[index.column()].replace("\n", " "), _elide(index.column()), area.width()
            )
            marked = line.needs_you and index.column() == len(_WIDTHS)
            quiet = not line.can and not line.needs_you
            painter.setPen(QColor(c.warning if marked else c.muted if quiet else c.text))
            painter.drawText(area, line_flags(words, option.direction), readable(words))
        painter.restore()

    def _paint_box(self, painter: QPainter, rect: QRect, line: Line, chosen: bool) -> None:
        c = theme.colours()
        if not line.can:
            if line.needs_you:
                painter.setPen(QColor(c.warning))
                painter.setFont(theme.font())
                painter.drawText(rect.adjusted(0, 0, 0, -1), int(Qt.AlignmentFlag.AlignCenter), "●")
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(15)
        left, top = rect.center().x() - side // 2, rect.center().y() - side // 2
        painter.translate(0.5, 0.5)
        painter.setPen(QColor(c.accent if chosen else c.muted))
        painter.setBrush(QColor(c.accent if chosen else c.base))
        painter.drawRoundedRect(left, top, side, side, 4, 4)
        if chosen:
            painter.setPen(QPen(QColor(c.on_accent), max(1.6, side / 9)))
            points = [(0.24, 0.52), (0.43, 0.72), (0.78, 0.3)]
            painter.drawPolyline([QPointF(left + side * x, top + side * y) for x, y in points])


def _elide(column: int) -> Qt.TextElideMode:
    """An id gives way in its middle, words at their end."""
    middle = _TITLES[column] == "Worker"
    return Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
