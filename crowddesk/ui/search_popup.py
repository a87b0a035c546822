"""What hangs under a search field: offers for the word at the cursor, and all that it understands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crowddesk.language import number_text, say, say_count
from crowddesk.store.search_help import RULES, Offer, explain
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label, line_flags, mirrored

_MOST_SHOWN: Final = 8
_WIDTH: Final = 380


class OfferList(QWidget):
    """Offers under a line, drawn over what lies below it; the line keeps the keyboard. `taken(offer)`."""

    taken = Signal(object)

    def __init__(self, line: QWidget) -> None:
        super().__init__(line.window())
        self._line = line
        self._offers: list[Offer] = []
        self._first = 0
        self.chosen = -1
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Shows these under the line, none of them chosen; hides itself when there are none."""
        self._offers, self._first, self.chosen = list(offers), 0, -1
        if not offers:
            self.hide()
            return
        if self.parentWidget() is not self._line.window():  # the line was put into its window after all
            self.setParent(self._line.window())
        self._place()
        self._tell()
        self.show()
        self.raise_()
        self.update()

    @property
    def offers(self) -> list[Offer]:
        return list(self._offers)

    def step(self, by: int) -> None:
        """Goes to the next offer or the one before, round at the ends."""
        count = len(self._offers)
        self.chosen = (self.chosen + by) % count if self.chosen >= 0 else (0 if by > 0 else count - 1)
        self._first = min(max(self._first, self.chosen - self._rows_shown() + 1), self.chosen)
        self._tell()
        self.update()

    def take(self) -> bool:
        """Takes the chosen offer, the first where none is; False without one."""
        if not self._offers:
            return False
        self.taken.emit(self._offers[max(0, self.chosen)])
        return True

    def _tell(self) -> None:
        offer = self._offers[self.chosen] if self.chosen >= 0 else None
        count = len(self._offers)
        if offer is None:
            words = say_count("%n offers, Down goes to them", "%n offer, Down goes to it", count)
        else:
            place = self.tr("{0} of {1}").format(number_text(self.chosen + 1), number_text(count))
            words = f"{offer.text} {offer.means}, {place}"
        self.setAccessibleName(words)
        self._line.setAccessibleDescription(words)

    def _place(self) -> None:
        window = self._line.window()
        at = self._line.mapTo(window, QPoint(0, self._line.height() + 2))
        wide = min(max(theme.px(_WIDTH), self._line.width()), window.width() - 16)
        left = at.x()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left += self._line.width() - wide
        left = max(8, min(left, window.width() - wide - 8))
        rows = min(len(self._offers), _MOST_SHOWN)
        room = max(1, (window.height() - at.y() - 8 - 10) // self._row())
        self.setGeometry(QRect(left, at.y(), wide, min(rows, room) * self._row() + 10))

    def _row(self) -> int:
        return theme.px(26)

    def _rows_shown(self) -> int:
        return max(1, (self.height() - 10) // self._row())

    def _at(self, y: int) -> int:
        place = self._first + (y - 5) // self._row()
        return place if 5 <= y < self.height() - 5 and place < len(self._offers) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.chosen = self._at(round(event.position().y()))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen = self._at(round(event.position().y()))
        if self.chosen >= 0:
            self.take()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(c.control_line))
        painter.setBrush(QColor(c.base))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        text, caption = theme.font("strong"), theme.font("text")
        names = [QFontMetrics(text).horizontalAdvance(offer.text) for offer in self._offers]
        wide = min(max(names) + theme.px(20), max(theme.px(110), self.width() // 2))
        shown = self._offers[self._first : self._first + self._rows_shown()]
        for number, offer in enumerate(shown):
            box = QRect(5, 5 + number * self._row(), self.width() - 10, self._row())
            if self._first + number == self.chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(c.selection))
                painter.drawRoundedRect(box, 4, 4)
            room = wide if offer.means else box.width() - theme.px(10)
            left = box.adjusted(theme.px(8), 0, 0, 0)
            left.setWidth(room - theme.px(8))
            left = mirrored(self, left)
            painter.setFont(text)
            painter.setPen(QColor(c.text))
            end = Qt.TextElideMode.ElideRight
            words = QFontMetrics(text).elidedText(offer.text, end, left.width())
            painter.drawText(left, line_flags(words, self.layoutDirection()), words)
            painter.setFont(caption)
            painter.setPen(QColor(c.muted))
            right = mirrored(self, box.adjusted(wide, 0, -theme.px(6), 0))
            words = QFontMetrics(caption).elidedText(offer.means, end, right.width())
            painter.drawText(right, line_flags(words, self.layoutDirection()), words)


class SearchHelp(QFrame):
    """All that a list's search understands, over the list; Escape, or going elsewhere, closes it.

    `taken(text)`: a field's name was chosen, to be written into the search.
    """

    taken = Signal(str)

    def __init__(self, noun: str, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("What can be searched for"))
        self.setProperty("card", True)
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(16, 12, 16, 14)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(Label(self.tr("Fields"), role="strong"), 0, 0, 1, 2)
        self.fields: list[Button] = []
        for row, (name, means, values) in enumerate(explain(noun), 1):
            button = Button(name, look="link")
            button.setAccessibleDescription(f"{means}: {values}")
            button.clicked.connect(lambda _=False, text=name: self._take(text))
            self.fields.append(button)
            grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            words = QWidget()
            both = QVBoxLayout(words)
            both.setContentsMargins(0, theme.px(4), 0, theme.px(4))
            both.setSpacing(0)
            both.addWidget(Label(means, wrap=True))
            both.addWidget(Label(values, role="caption", tone="muted", wrap=True))
            grid.addWidget(words, row, 1)
        row = grid.rowCount()
        grid.addWidget(Label(self.tr("How it is written"), role="strong"), row, 0, 1, 2)
        for more, (example, means) in enumerate(RULES, row + 1):
            sample: QLabel = Label(example, role="mono", selectable=True)
            sample.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            grid.addWidget(sample, more, 0)
            grid.addWidget(Label(say(means), tone="muted", wrap=True), more, 1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(content)
        content.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._area)

    def show_under(self, widget: QWidget) -> None:
        """Shows it under a widget, inside the window."""
        window = widget.window()
        wide = min(theme.px(520), window.width() - 16)
        content = self._area.widget()
        layout = content.layout() if content is not None else None
        high = layout.totalHeightForWidth(wide - 18) if layout is not None else 0
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        at = widget.mapTo(window, QPoint(0 if mirrored else widget.width() - wide, widget.height() + 2))
        left = min(max(8, at.x()), max(8, window.width() - wide - 8))
        room = max(window.height() - at.y() - 8, min(theme.px(240), window.height() - 16))
        size = QSize(wide, min(high + 4, room))
        self.setGeometry(QRect(QPoint(left, min(at.y(), window.height() - size.height() - 8)), size))
        self.show()
        self.raise_()
        self.fields[0].setFocus(Qt.FocusReason.PopupFocusReason)
        if (app := QApplication.instance()) is not None:
            app.installEventFilter(self)

    def _take(self, text: str) -> None:
        self.close()
        self.taken.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.MouseButtonPress or not isinstance(watched, QWidget):
            return False
        if watched is not self and not self.isAncestorOf(watched):
            self.close()
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays inside."""
        at = self.fields.index(focus) if (focus := self.focusWidget()) in self.fields else 0
        self.fields[(at + (1 if forward else -1)) % len(self.fields)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.close()
            self._field.setFocus()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            event.accept()  # keys of the page below stay off

    def closeEvent(self, event: QCloseEvent) -> None:
        if (app := QApplication.instance()) is not None:
            app.removeEventFilter(self)
        super().closeEvent(event)
