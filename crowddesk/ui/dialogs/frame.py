"""The frame of every dialog: a title, a body, a problem line, Cancel and one button that says its verb."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label


class VerbDialog(QDialog):
    """A small dialog with one verb. `careful`: Cancel is the default button and Enter never takes the verb.

    Subclasses add to `body`, call `set_verb` and `set_problem`, and offer `value()`. Where the same can be
    done on the command line, `command_line` says how.
    """

    def __init__(
        self,
        title: str,
        verb: str,
        parent: QWidget | None = None,
        *,
        careful: bool = False,
        danger: bool = False,
        width: int = 460,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        self._title = Label(title, role="title", wrap=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._problem = Label(tone="danger", wrap=True)
        self._problem.hide()
        self.cancel = Button(self.tr("Cancel"))
        self.verb = Button(verb, look="danger" if danger else "primary")
        self.set_careful(careful)
        self.cancel.clicked.connect(self.reject)
        self.verb.clicked.connect(self._take)
        self._ends: list[QWidget] = [self.cancel, self.verb]
        self._left = QHBoxLayout()
        self._right = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._right.addStretch(1)
        self._right.addWidget(self.cancel)
        self._right.addWidget(self.verb)
        self._buttons = buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for line in (self._left, self._right, buttons):
            line.setSpacing(8)
        buttons.addLayout(self._left)
        buttons.addLayout(self._right, 1)
        buttons.setAlignment(self._left, Qt.AlignmentFlag.AlignLeft)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addLayout(self.body, 1)
        column.addWidget(self._problem)
        column.addSpacing(4)
        column.addLayout(buttons)
        room = self.screen().availableGeometry().width() - 16
        self.setMinimumWidth(min(theme.px(width), room))

    def add_left_button(self, button: QWidget) -> None:
        """Adds a lesser choice at the left, away from the verb."""
        self._left.addWidget(button)

    def add_button_before_verb(self, button: QWidget) -> None:
        """Adds a choice beside the verb."""
        self._right.insertWidget(self._right.count() - 1, button)
        self._ends.append(button)

    def set_careful(self, careful: bool) -> None:
        """Whether Enter keeps off the verb."""
        self._careful = careful
        self.cancel.setAutoDefault(careful)
        self.verb.setAutoDefault(not careful)
        (self.cancel if careful else self.verb).setDefault(True)

    def set_verb(self, text: str, enabled: bool = True) -> None:
        """What the button says: the verb, the number, the money."""
        if self.verb.text() != text:
            self.verb.setText(text)
            self.verb.updateGeometry()
            self._arrange()
        self.verb.setEnabled(enabled)

    def set_title(self, title: str) -> None:
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._title.setText(title)

    def set_problem(self, sentence: str) -> None:
        """Says what keeps the verb from being taken; an empty sentence takes it back."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self._fit()

    def add_scrolling(self, content: QWidget) -> None:
        """Adds what may be higher than the screen."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(content)
        content.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room = int(self.screen().availableGeometry().height() * 0.6)
        area.setMinimumHeight(min(room, content.sizeHint().height() + 4))
        self.body.addWidget(area, 1)

    def _fit(self) -> None:
        """Grows to what the wrapped words need, which Qt does not count into a dialog's least size."""
        if self.isVisible():
            needed = self._column.totalHeightForWidth(self.width())
            self.resize(self.width(), min(needed, self.screen().availableGeometry().height()))

    def _arrange(self) -> None:
        """Where the buttons do not fit into one line, they have more lines: first those at the left."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        room = self.contentsRect().width() - 40
        shown = [b for b in self._ends if not b.isHidden()]
        right = sum(b.sizeHint().width() + 8 for b in shown)
        self._right.setDirection(down if right > room else across)
        self._buttons.setDirection(down if self._left.sizeHint().width() + right > room else across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def command_line(self) -> Sequence[str] | None:
        """The words after `crowddesk` that do what the verb would now; None where there are none."""
        return None

    def check(self) -> str:
        """What is wrong with what was entered, as a sentence; "" if the verb may be taken."""
        return ""

    def _take(self) -> None:
        problem = self.check()
        self.set_problem(problem)
        if not problem:
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._careful and enter and self.focusWidget() is not self.cancel:
            event.accept()  # in a field Enter would press Cancel and lose what was written
            return
        super().keyPressEvent(event)
