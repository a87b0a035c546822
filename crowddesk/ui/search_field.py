"""The search field of every list: waits for a pause in typing, shows its key, says what it cannot read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from crowddesk.ui import theme
from crowddesk.ui.controls import Label, paint_key, set_state

_PAUSE_MS = 180


class _Line(QLineEdit):
    key = "/"

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.text() and not self.hasFocus():
            paint_key(self, self.key, self.rect().adjusted(0, 0, -theme.px(8), 0))


class SearchField(QWidget):
    """A line to search by; `searched(text)` comes a moment after the last key, at once on Enter.

    `/` puts the cursor in it, Escape clears it and then leaves it, Down goes to the list (`left_down`).
    """

    searched = Signal(str)
    left_down = Signal()

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = _Line()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.setClearButtonEnabled(True)
        for clear in self.line.findChildren(QToolButton):
            clear.setAccessibleName(self.tr("Clear the search"))
        self.line.setMaxLength(2000)
        self.line.setTextMargins(0, 0, theme.px(24), 0)  # room for the key
        self.line.installEventFilter(self)
        self._message = Label(role="caption", tone="danger", wrap=True)
        self._message.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line)
        layout.addWidget(self._message)
        self._told = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self._tell)
        shortcut = QShortcut(QKeySequence("/"), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self.take_focus)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Searches for this at once, as if it had been typed."""
        self.line.setText(text)
        self._tell()

    def take_focus(self) -> None:
        """Puts the cursor in and selects what is there."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def show_error(self, sentence: str) -> None:
        """Says under the field what cannot be read in it; an empty sentence takes it back."""
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
        self.line.setToolTip(sentence)
        self.line.setAccessibleDescription(sentence)
        set_state(self.line, "wrong", bool(sentence))

    def _typed(self) -> None:
        self.show_error("")
        self._pause.start()

    def _tell(self) -> None:
        self._pause.stop()
        text = self.line.text().strip()
        if text != self._told:
            self._told = text
            self.searched.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                if self.line.text():
                    self.line.clear()
                    self._tell()
                else:
                    self.left_down.emit()
                return True
            if event.key() == Qt.Key.Key_Down:
                self._tell()
                self.left_down.emit()
                return True
        return super().eventFilter(watched, event)
