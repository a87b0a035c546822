"""Small controls: buttons that show their key, the live/sandbox badge, labels in the theme's fonts."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from crowddesk.ui import theme
from crowddesk.ui.tips import plain_tip
from crowddesk.ui.words import environment_words, readable

if TYPE_CHECKING:
    from crowddesk.ui.keys import Keys


def set_state(widget: QWidget, name: str, value: Any) -> None:
    """Sets a property the style sheet selects by, and has the widget drawn by it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def mirrored(widget: QWidget, box: QRect) -> QRect:
    """Where a box of a widget stands for its reader; it is told as for who reads from the left."""
    return QStyle.visualRect(widget.layoutDirection(), widget.rect(), box)


def set_margins(layout: QLayout, begin: int, top: int, end: int, bottom: int) -> None:
    """A layout's margins, which Qt does not turn with who reads from the right."""
    if QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        begin, end = end, begin
    layout.setContentsMargins(begin, top, end, bottom)


def line_flags(text: str, direction: Qt.LayoutDirection, *, at_end: bool = False, as_is: bool = False) -> int:
    """How to draw one line of text for who reads that way: at which side, and which way its words run.

    A text runs as its first letter does, so that a worker's English sentence keeps its full stop behind it
    in an Arabic window. `as_is`: always from the left, as ids, numbers and links do.
    """
    side = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
    force = 0
    if direction == Qt.LayoutDirection.RightToLeft and (as_is or _runs_from_left(text)):
        # QPainter mirrors the side of what it lays out from the right, and only of that.
        side = QStyle.visualAlignment(direction, side)
        force = int(Qt.TextFlag.TextForceLeftToRight)
    return int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine) | force


def _runs_from_left(text: str) -> bool:
    for sign in text:
        found = unicodedata.bidirectional(sign)
        if found == "L":
            return True
        if found in ("R", "AL"):
            return False
    return False


def key_width(key: str) -> int:
    """The width in pixels of a key as `paint_key` draws it."""
    return QFontMetrics(theme.font("mono")).horizontalAdvance(key) + theme.px(12)


def paint_key(widget: QWidget, key: str, area: QRect, colour: str = "", line: str = "") -> None:
    """Draws a key cap at the right end of `area`, in the middle of its height.

    Where one reads from the right, all is as in a mirror, so `area` is told as for who reads from the left.
    """
    height = theme.px(16)
    width = key_width(key)
    box = QRect(area.right() - width, area.center().y() - height // 2 + 1, width, height)
    box = mirrored(widget, box)
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(0.5, 0.5)
    painter.setPen(QColor(line or theme.colours().line))
    painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 4, 4)
    painter.translate(-0.5, -0.5)
    painter.setPen(QColor(colour or theme.colours().muted))
    painter.setFont(theme.font("mono"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
    painter.end()


class Button(QPushButton):
    """A button; `look` is plain, primary, danger, link or quiet; `key` is drawn on it and told to readers.

    `tone` (plain look only) is a status whose colour the text takes. The key is shown, not bound.
    """

    def __init__(
        self, text: str, parent: QWidget | None = None, *, look: str = "plain", key: str = "", tone: str = ""
    ) -> None:
        super().__init__(text, parent)
        self._presses = False
        self.key = key
        #: The keys and the command whose key it shows, where it follows one.
        self.keys: Keys | None = None
        self.command = ""
        self._tone = tone
        self.setProperty("look", look)
        if key:
            self.setAccessibleDescription(self.tr("Key {0}").format(key))

    def set_look(self, look: str) -> None:
        set_state(self, "look", look)

    def follow(self, keys: Keys, command: str, *, presses: bool = False) -> None:
        """Has the button show the key that was chosen for a command, now and after each change.

        `presses`: the key presses it, too.
        """
        self.keys, self.command, self._presses = keys, command, presses
        keys.changed.connect(self._show_key)
        self._show_key()

    def _show_key(self) -> None:
        if self.keys is not None:
            self.key = self.keys.shown(self.command)
            self.setAccessibleDescription(self.tr("Key {0}").format(self.key) if self.key else "")
            if self._presses:
                self.setShortcut(QKeySequence(self.keys.of(self.command)))
            self.updateGeometry()
            self.update()

    def setText(self, text: str) -> None:
        super().setText(text)
        if self._presses and self.keys is not None:  # Qt takes the key away with the old words
            self.setShortcut(QKeySequence(self.keys.of(self.command)))

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        if self.property("look") in ("primary", "danger", "link"):  # drawn bolder than Qt measures
            text = self.text().replace("&", "")
            size.setWidth(
                size.width()
                + QFontMetrics(theme.font("strong")).horizontalAdvance(text)
                - self.fontMetrics().horizontalAdvance(text)
            )
        return QSize(size.width() + (key_width(self.key) + theme.px(6) if self.key else 0), size.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _text_colour(self) -> str:
        c = theme.colours()
        look = self.property("look")
        if not self.isEnabled():
            return c.muted
        if look == "primary":
            return c.on_accent
        if look == "danger":
            return c.on_danger
        if look == "link":
            return c.accent
        if look == "quiet":
            return c.muted
        return theme.status_look(self._tone).colour if self._tone else c.text

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        colour = self._text_colour()
        strong = self.property("look") in ("primary", "danger", "link")
        quiet = self.property("look") == "quiet"
        painter.setFont(theme.font("strong" if strong else "caption") if strong or quiet else self.font())
        painter.setPen(QColor(colour))
        room = key_width(self.key) + theme.px(6) if self.key else 0
        metrics = QFontMetrics(painter.font())
        wide = min(metrics.horizontalAdvance(self.text().replace("&", "")), self.width() - room - 4)
        left = (self.width() - wide - room) // 2
        area = mirrored(self, QRect(left, 0, wide, self.height()))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextHideMnemonic
        painter.drawText(area, int(flags), self.text())
        painter.end()
        if self.key:
            filled = self.property("look") in ("primary", "danger") and self.isEnabled()
            paint_key(
                self,
                self.key,
                QRect(0, 0, left + wide + room + 1, self.height()),
                colour if filled else "",
                colour if filled else "",
            )


class Badge(QWidget):
    """LIVE and the vendor in red, SANDBOX or PRACTICE in grey; always a word, never a colour alone.

    `environment` is live, sandbox or practice; `vendor` a provider's type, or empty.
    """

    def __init__(self, environment: str, vendor: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set(environment, vendor)

    def set(self, environment: str, vendor: str = "") -> None:
        self._live = environment == "live"
        self._text = environment_words(environment, vendor)
        self.setAccessibleName(self._text)
        self.setToolTip(
            self.tr("Real people and real money.") if self._live else self.tr("No real money moves here.")
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._metrics().horizontalAdvance(self._text) + theme.px(18), theme.px(22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._font())

    def _font(self) -> QFont:
        made = theme.font("caption")
        made.setPixelSize(theme.px(11))
        made.setWeight(made.Weight.Bold)
        made.setLetterSpacing(made.SpacingType.AbsoluteSpacing, 0.4)
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(c.danger if self._live else c.control_line))
        painter.setBrush(QColor(c.danger_soft if self._live else c.alternate))
        height = theme.px(22)
        box = QRect(0, (self.height() - height) // 2, self.width(), height)
        painter.translate(0.5, 0.5)
        painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 4, 4)
        painter.translate(-0.5, -0.5)
        painter.setPen(QColor(c.danger if self._live else c.muted))
        painter.setFont(self._font())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._text)


class Label(QLabel):
    """Words in one of the theme's fonts (`role`) and tones (text, muted, danger, warning, good)."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        role: str = "text",
        tone: str = "",
        wrap: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__(readable(text), parent)
        self._role = role
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(role))
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )

    def setText(self, text: str) -> None:
        super().setText(readable(text))

    def setToolTip(self, text: str) -> None:
        super().setToolTip(plain_tip(text))

    def set_tone(self, tone: str) -> None:
        set_state(self, "tone", tone)
        self.restyle()  # the style sheet gives back the font of before the last change of scale

    def restyle(self) -> None:
        """Takes the role's font at the text scale in force."""
        wanted = theme.font(self._role)
        if wanted != self.font():
            self.setFont(wanted)


class ElidedLabel(Label):
    """One line that gives way down to `least` pixels (at 100 % text); what is elided is in its tool tip.

    `middle`: what is left out is in the middle, as for links and ids.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        role: str = "text",
        tone: str = "",
        least: int = 40,
        middle: bool = False,
    ) -> None:
        super().__init__(text, parent, role=role, tone=tone)
        self._least = least
        self._elide = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight

    def sizeHint(self) -> QSize:
        return QSize(
            self.fontMetrics().horizontalAdvance(self.text()) + 2,
            max(theme.px(16), super().sizeHint().height()),
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(min(theme.px(self._least), self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), self._elide, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        if shown != self.text() and self.width() < theme.px(40):
            return  # three letters and dots say nothing
        painter.setPen(self.palette().color(self.foregroundRole()))
        is_id = self._elide == Qt.TextElideMode.ElideMiddle
        painter.drawText(self.rect(), line_flags(shown, self.layoutDirection(), as_is=is_id), shown)


_WRAPPED: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)


class Check(QCheckBox):
    """A check box whose box is seen in both schemes, and whose words take further lines where they must."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(self._beside() + self.fontMetrics().horizontalAdvance(self.text()) + 4, theme.px(24))

    def minimumSizeHint(self) -> QSize:
        longest = max(map(self.fontMetrics().horizontalAdvance, self.text().split()), default=0)
        return QSize(self._beside() + longest + 4, theme.px(24))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - self._beside()), 10_000)
        words = self.fontMetrics().boundingRect(room, _WRAPPED, self.text())
        return max(theme.px(24), words.height() + theme.px(6))

    def _beside(self) -> int:
        return theme.px(24)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(15)
        room = self.rect().adjusted(self._beside(), 0, 0, 0)
        lines = self.fontMetrics().boundingRect(room, _WRAPPED, self.text())
        first = min(self.height(), self.fontMetrics().height() + self.height() - lines.height())
        top = (first - side) // 2
        checked = self.isChecked()
        painter.translate(0.5, 0.5)
        painter.setPen(QColor(c.accent if checked or self.hasFocus() else c.muted))
        painter.setBrush(QColor(c.accent if checked else c.base))
        box = mirrored(self, QRect(1, top, side, side))
        painter.drawRoundedRect(box, 4, 4)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 5, 5)
        if checked:
            painter.setPen(QPen(QColor(c.on_accent), max(1.6, side / 9)))
            points = [(0.24, 0.52), (0.43, 0.72), (0.78, 0.3)]
            painter.drawPolyline([QPointF(box.left() + side * x, top + side * y) for x, y in points])
        painter.translate(-0.5, -0.5)
        painter.setPen(QColor(c.text if self.isEnabled() else c.muted))
        area = mirrored(self, room)
        painter.drawText(area, _WRAPPED | int(Qt.AlignmentFlag.AlignVCenter), self.text())

    def hitButton(self, pos: Any) -> bool:
        return self.rect().contains(pos)


class Choice(QComboBox):
    """A combo box with our arrow in place of Qt's. The wheel scrolls the page, not the choice."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.colours().muted), 1.4))
        x, y, d = self.width() - theme.px(14), self.height() / 2 - 1, theme.px(3.5)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = theme.px(14)
        painter.drawPolyline([QPointF(x - d, y - d / 2), QPointF(x, y + d / 2), QPointF(x + d, y - d / 2)])

    def wheelEvent(self, event: Any) -> None:
        event.ignore()
