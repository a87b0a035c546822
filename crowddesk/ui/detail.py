"""The pane beside a list: everything about one thing in titled parts, its verbs at the foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from crowddesk.domain import money_text
from crowddesk.language import say
from crowddesk.ui import theme
from crowddesk.ui.controls import Badge, Button, ElidedLabel, Label, line_flags, mirrored, set_margins
from crowddesk.ui.tips import plain_tip
from crowddesk.ui.words import hidden_turns, readable

#: More of one text is not laid out: it would stop the window.
LONGEST: Final = 4_000
_TOP: Final = Qt.AlignmentFlag.AlignTop


class PlainText(QTextEdit):
    """A worker's or a vendor's text as it is: never HTML, broken anywhere, as high as it needs to be."""

    def __init__(self, text: str, *, name: str = "", role: str = "text", size: float = 0) -> None:
        super().__init__()
        self._role, self._size = role, size
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTextEdit { border: none; padding: 0; background: transparent; }")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        if name:
            self.setAccessibleName(name)
        self.restyle()
        self.setPlainText(text)

    def restyle(self) -> None:
        """Takes the role's font at the text scale in force."""
        font = theme.font(self._role)
        if self._size:
            font.setPixelSize(theme.px(self._size))
        self.setFont(font)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(max(1, self.viewport().width()))
        self.setFixedHeight(max(theme.px(16), round(self.document().size().height()) + 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), self.height())

    def wheelEvent(self, event: Any) -> None:
        event.ignore()  # the pane scrolls


class StatusWord(Label):
    """Sign and word of a status in its colour; without `word` the sign alone, where the tool tip says it.

    `own` is a word that says more than the status's.
    """

    def __init__(
        self,
        status: str,
        *,
        prefix: str = "",
        after: str = "",
        role: str = "text",
        word: bool = True,
        own: str = "",
    ) -> None:
        super().__init__("", role=role)
        self._status, self._prefix, self._after, self._word, self._own = status, prefix, after, word, own
        self.restyle()

    def restyle(self) -> None:
        """Takes the colour of the scheme in force."""
        super().restyle()
        look = theme.status_look(self._status)
        word = self._own or look.word
        words = f"{look.sign} {word}" if self._word else look.sign
        self.setText(f"{self._prefix}{words}{self._after}")
        self.setAccessibleName(f"{self._prefix}{word}{self._after}")
        self.setStyleSheet(f"color: {look.colour};")


class Part(QWidget):
    """A titled part of a pane. It is made anew only when what it shows has changed."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Any = None
        self._content: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        if title:
            self._column.addWidget(Label(title, role="strong"))
        self.hide()

    def show_data(self, data: Any, make: Callable[[QVBoxLayout], None]) -> None:
        """Calls `make(layout)` if `data` is not what is shown; None hides the part."""
        self.setVisible(data is not None)
        if data == self._shown:
            return
        self._shown = data
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
            self._content = None
        if data is not None:
            content = QWidget()
            layout = QVBoxLayout(content)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(8)
            make(layout)
            self._content = content
            self._column.addWidget(content)
            content.show()  # now, not with the next event: a title alone would flicker

    def forget(self) -> None:
        """Has the part made anew next time, for its relative times."""
        self._shown = object()


class DetailPane(QFrame):
    """Frame of a pane: a head with title, badge and Close, parts that scroll, a foot with verbs.

    `shown_id` is the row it is about, 0 for none. `closed` is emitted when its user hides it; a list beside
    it may take `close_action` too, so that Escape works there.
    """

    closed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown_id = 0
        self.setAccessibleName(name)
        self.title = ElidedLabel(role="strong", least=80)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.badge = Badge("practice")
        self.badge.hide()
        self.close_button = Button(self.tr("Close"), look="link", key="Esc")
        self.close_button.clicked.connect(self.leave)
        self.close_action = QAction(self.tr("Close"), self)
        self.close_action.setShortcut(Qt.Key.Key_Escape)
        self.close_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.close_action.triggered.connect(self.leave)
        self.addAction(self.close_action)
        head = QHBoxLayout()
        set_margins(head, 16, 0, 0, 0)
        head.setSpacing(10)
        head.addWidget(self.title, 1)
        head.addWidget(self.badge)
        head.addWidget(self.close_button)
        content = QWidget()
        self.body = QVBoxLayout(content)
        set_margins(self.body, 16, 4, 10, 8)
        self.body.setSpacing(20)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(content)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(name)
        content.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)
        self.foot = QHBoxLayout()
        set_margins(self.foot, 16, 4, 0, 0)
        self.foot.setSpacing(8)
        column = QVBoxLayout(self)
        set_margins(column, 1, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        column.addLayout(self.foot)
        self.restyle()

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self.setMinimumWidth(theme.px(330))

    def add_verb(self, button: Button) -> None:
        """Puts a verb at the foot. Its key works in the pane, while the button shows."""
        self.foot.addWidget(button)
        if button.key:
            action = QAction(button.text(), self)
            if button.keys is not None:
                button.keys.bind(action, button.command)
            else:
                action.setShortcut(QKeySequence(button.key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda: button.click() if button.isVisible() else None)
            self.addAction(action)

    def add_part(self, title: str = "") -> Part:
        part = Part(title)
        self.body.addWidget(part)
        return part

    def leave(self) -> None:
        """Hides the pane and says so."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(400), theme.px(500))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        edge = mirrored(self, QRect(0, 0, 1, self.height()))
        painter.fillRect(edge, QColor(theme.colours().line))


def add_block(
    layout: QVBoxLayout, caption: str, text: str, *, whole: str | None = None, size: float = 14
) -> None:
    """A caption and, under it, a text; of a very long one the beginning, and a way to copy all of it."""
    block = QVBoxLayout()
    block.setSpacing(3)
    label = ElidedLabel(caption, role="caption", tone="muted")
    block.addWidget(label)
    block.addWidget(PlainText(text[:LONGEST], name=caption, size=size))
    if turns := hidden_turns(text[:LONGEST]):
        words = say("with hidden signs that turn the order of letters around: {signs}", signs=turns)
        block.addWidget(Label(words, role="caption", tone="warning", wrap=True))
    if len(text) > LONGEST or whole is not None:
        left = len(whole or text) - min(len(text), LONGEST)
        line = QHBoxLayout()
        more = say("and {number:,} characters more", number=left)
        line.addWidget(Label(more, role="caption", tone="muted"))
        line.addWidget(copy_button(say("Copy all"), whole or text))
        line.addStretch(1)
        block.addLayout(line)
    layout.addLayout(block)


def copy_button(title: str, text: str) -> Button:
    """A link that puts a text on the clipboard."""
    button = Button(title, look="link")
    button.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
    return button


class Link(QAbstractButton):
    """Words that lead somewhere in the program; elided in the middle where there is little room."""

    def __init__(self, text: str, take: Callable[[], object], tip: str = "") -> None:
        super().__init__()
        self.setText(readable(text))
        self.setToolTip(plain_tip(tip or text))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: take())

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(theme.px(60), self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self.font()
        font.setUnderline(self.underMouse() or self.hasFocus())
        painter.setFont(font)
        painter.setPen(QColor(theme.colours().accent))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        painter.drawText(self.rect(), line_flags(shown, self.layoutDirection()), shown)


class Facts(QGridLayout):
    """Captions and values in two columns; a value is a text or a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(16)
        self.setVerticalSpacing(6)
        self.setColumnStretch(1, 1)

    def add(self, caption: str, value: str | QWidget, tip: str = "") -> None:
        if value == "":
            return
        row = self.rowCount()
        name = Label(caption, tone="muted")
        # Laid out as the value is, so that both stand on one line.
        name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if isinstance(value, QWidget):
            middle = Qt.AlignmentFlag.AlignVCenter
            self.addWidget(name, row, 0, middle)
            self.addWidget(value, row, 1, Qt.AlignmentFlag.AlignLeft | middle)
            value.setAccessibleDescription(caption)
            return
        self.addWidget(name, row, 0, _TOP)
        shown = Label(value, wrap=True, selectable=True)
        shown.setToolTip(tip)
        shown.setAccessibleName(f"{caption}: {readable(value)}")
        self.addWidget(shown, row, 1, _TOP)


def money_sum(parts: Sequence[tuple[str, int]]) -> str:
    """Amounts of several currencies: "USD 1.20 + GBP 0.40"."""
    return " + ".join(money_text(minor, currency) for currency, minor in parts if minor)
