"""The workspace and its pages at the left, with the counts of what waits, and under a page its views."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from crowddesk.language import number_text
from crowddesk.ui import theme
from crowddesk.ui.controls import mirrored
from crowddesk.ui.keys import key_text
from crowddesk.ui.tips import plain_tip
from crowddesk.ui.words import readable

_WIDE: Final = 188
_ICONS_ONLY: Final = 52
_MOST_VIEWS: Final = 5
#: Between the workspace and its pages.
_APART: Final = 6


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One entry of the navigation; `make` makes the page when it is first shown."""

    key: str
    title: str
    icon: str
    make: Callable[[], QWidget]


@dataclass(frozen=True, slots=True)
class ViewEntry:
    """A view under its page: its name, how many rows it finds as words, and what shows it."""

    title: str
    count: str
    take: Callable[[], object]


class _Entry(QAbstractButton):
    """What both kinds of entries share: a line with words at the left and a count at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.icons_only = False
        self._by_key = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _paint_ground(self, painter: QPainter) -> None:
        c = theme.colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(QColor(c.selection if self.isChecked() else c.line))
            painter.drawRoundedRect(self.rect(), 6, 6)
        if self.hasFocus() and self._by_key:
            painter.setPen(QColor(c.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)

    def _paint_words(self, painter: QPainter, area: QRect, title: str, count: str, ink: str) -> None:
        metrics = QFontMetrics(painter.font())
        taken = metrics.horizontalAdvance(count) + 8 if count else 0
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, area.width() - taken)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(ink))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | middle), shown)
        painter.setPen(QColor(ink if self.isChecked() else theme.colours().muted))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | middle), count)

    def _paint_icon(self, painter: QPainter, name: str, ink: str) -> QRect:
        size = theme.px(18)
        box = QRect((self.width() - size) // 2, (self.height() - size) // 2, size, size)
        theme.icon(name, ink).paint(painter, box)
        return box

    def focusInEvent(self, event: QFocusEvent) -> None:
        reason = Qt.FocusReason
        self._by_key = event.reason() in (reason.TabFocusReason, reason.BacktabFocusReason)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_key = True
        super().keyPressEvent(event)


class WorkspaceButton(_Entry):
    """The workspace's name, which opens its menu; an icon where there is little room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(self.tr("Workspace"))

    def set_name(self, name: str, whole: str) -> None:
        """`whole` is where it lies, for the tool tip."""
        name = readable(name)
        self.setText(name)
        self.setAccessibleName(self.tr("Workspace {0}, menu").format(name))
        self.setToolTip(plain_tip(whole))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_ICONS_ONLY if self.icons_only else _WIDE) - 16, theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        ink = theme.colours().text
        if self.icons_only:
            self._paint_icon(painter, "workspace", theme.colours().muted)
            return
        painter.setFont(theme.font("strong"))
        area = self.rect().adjusted(theme.px(12), 0, -theme.px(12), 0)
        self._paint_words(painter, area, self.text(), "▾", ink)


class _PageButton(_Entry):
    def __init__(self, spec: PageSpec, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._spec = spec
        self._number = number
        self._waiting = 0
        self.setText(spec.title)
        self.setCheckable(True)
        self.set_waiting(0)

    def set_waiting(self, count: int) -> None:
        self._waiting = count
        title = self._spec.title
        waiting = self.tr("{0}, {1} waiting").format(title, number_text(count))
        self.setAccessibleName(waiting if count else title)
        self.setToolTip(f"{title}  ({key_text(f'Ctrl+{self._number}')})" if self._number < 10 else title)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_ICONS_ONLY if self.icons_only else _WIDE) - 16, theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        c = theme.colours()
        ink = c.accent if self.isChecked() else c.text
        if self.icons_only:
            box = self._paint_icon(painter, self._spec.icon, ink)
            if self._waiting:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(c.accent))
                painter.drawEllipse(box.right() - 1, box.top() - 2, 6, 6)
            return
        painter.setFont(theme.font("strong" if self.isChecked() else "text"))
        area = self.rect().adjusted(theme.px(12), 0, -theme.px(12), 0)
        self._paint_words(
            painter, area, self._spec.title, number_text(self._waiting) if self._waiting else "", ink
        )


class _ViewButton(_Entry):
    def __init__(self, entry: ViewEntry, parent: QWidget) -> None:
        super().__init__(parent)
        self._entry = entry
        self.show_entry(entry)
        self.clicked.connect(lambda: self._entry.take())

    def show_entry(self, entry: ViewEntry) -> None:
        self._entry = entry
        self.setText(entry.title)
        self.setAccessibleName(self.tr("{0}, {1}").format(entry.title, entry.count))
        self.setToolTip(plain_tip(entry.title))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_WIDE) - 16, theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        painter.setFont(theme.font("caption"))
        area = self.rect().adjusted(theme.px(24), 0, -theme.px(12), 0)
        self._paint_words(painter, area, self._entry.title, self._entry.count, theme.colours().muted)


class Navigation(QWidget):
    """The list of pages with the counts of what waits; icons only when there is little room.

    Views stand under their page as far as the height allows: the pages never give way to them.
    """

    chosen = Signal(str)

    def __init__(self, pages: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pages"))
        self._buttons: dict[str, _PageButton] = {}
        self._views: dict[str, list[_ViewButton]] = {}
        self._icons_only = False
        self._group = QButtonGroup(self)  # exclusive: the arrow keys walk through it
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 8, 9, 8)
        self._column.setSpacing(2)
        #: Opens the menu of the workspace.
        self.workspace = WorkspaceButton(self)
        self._column.addWidget(self.workspace)
        self._column.addSpacing(_APART)
        for number, spec in enumerate(pages, 1):
            button = _PageButton(spec, number, self)
            button.clicked.connect(lambda _=False, key=spec.key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[spec.key] = button
            self._column.addWidget(button)
        self._column.addStretch(1)
        self.set_icons_only(False)

    def set_icons_only(self, on: bool) -> None:
        self._icons_only = on
        for button in (self.workspace, *self._buttons.values()):
            button.icons_only = on
            button.updateGeometry()
            button.update()
        self.setFixedWidth(theme.px(_ICONS_ONLY if on else _WIDE))
        self._make_room()

    def set_waiting(self, key: str, count: int) -> None:
        """How many things wait on a page; 0 shows nothing. KeyError for a page there is not."""
        self._buttons[key].set_waiting(count)

    def set_views(self, key: str, entries: Sequence[ViewEntry]) -> None:
        """The views under a page, the first few of them. KeyError for a page there is not."""
        entries = entries[:_MOST_VIEWS]
        shown = self._views.setdefault(key, [])
        page = self._buttons[key]
        while len(shown) > len(entries):
            gone = shown.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for button, entry in zip(shown, entries, strict=False):
            button.show_entry(entry)
        for entry in entries[len(shown) :]:
            button = _ViewButton(entry, self)
            before: QWidget = shown[-1] if shown else page
            self._column.insertWidget(self._column.indexOf(before) + 1, button)
            self.setTabOrder(before, button)
            shown.append(button)
        self._make_room()

    def mark(self, key: str) -> None:
        self._buttons[key].setChecked(True)

    def minimumSizeHint(self) -> QSize:
        """That of the workspace and the pages alone."""
        margins = self._column.contentsMargins()
        lines = [button.sizeHint().height() for button in (self.workspace, *self._buttons.values())]
        high = sum(lines) + 2 * len(lines) + _APART + margins.top() + margins.bottom()
        return QSize(self.minimumWidth(), high)

    def _make_room(self) -> None:
        room = 0 if self._icons_only else self.height() - self.minimumSizeHint().height()
        for buttons in self._views.values():
            for button in buttons:
                room -= button.sizeHint().height() + 2
                button.setVisible(room >= 0)

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().navigation))
        edge = mirrored(self, QRect(self.width() - 1, 0, 1, self.height()))
        painter.fillRect(edge, QColor(theme.colours().line))
