"""What stands where rows would be: nothing yet, nothing found, not readable, still working."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QAction, QColor, QGuiApplication, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label, mirrored

_STEP_MS = 40


class EmptyState(QWidget):
    """A title, the next step and the button that takes it; or an error with its details to copy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(role="strong")
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._title.setWordWrap(True)
        self._words = Label(tone="muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._action = Button("", look="primary")
        self._copy = Button(self.tr("Copy details"))
        self._details = ""
        self._take: Callable[[], object] | None = None
        self._action.clicked.connect(self._taken)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self._copy)
        buttons.addWidget(self._action)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addStretch(3)
        self.show_words("", "")

    def show_words(self, title: str, next_step: str, action: QAction | None = None) -> None:
        """Says what is not there and what to do next; `action` is what the button does."""
        self._title.setText(title)
        self._title.set_tone("")
        self._words.setText(next_step)
        self._words.setVisible(bool(next_step))
        self._copy.hide()
        self._take = action.trigger if action else None
        self._action.setVisible(action is not None)
        if action:
            self._action.setText(action.text().replace("&", ""))
        self.setAccessibleName(f"{title} {next_step}".strip())

    def show_error(
        self, title: str, sentence: str, details: str, again: Callable[[], object] | None = None
    ) -> None:
        """Says what failed and why, with details to copy and, if given, a way to try again."""
        self.show_words(title, sentence)
        self._title.set_tone("danger")
        self._details = f"{title}\n{sentence}\n{details}".strip()
        self._copy.show()
        self._take = again
        self._action.setText(self.tr("Try again"))
        self._action.setVisible(again is not None)

    def _taken(self) -> None:
        if self._take:
            self._take()


class BusyLine(QWidget):
    """A line that moves while work goes on; with reduced motion it stands still."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Working"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._at = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._step)

    def _step(self) -> None:
        self._at = (self._at + 0.02) % 1.3
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        if not theme.reduced_motion():
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().line))
        part = self.width() if theme.reduced_motion() else self.width() * 0.3
        left = 0 if theme.reduced_motion() else (self._at - 0.3) * self.width()
        moving = QRect(int(left), 0, int(part), self.height())
        painter.fillRect(mirrored(self, moving), QColor(theme.colours().accent))
