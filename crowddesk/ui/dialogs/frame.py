"""The frame of every dialog: a title, a body, a problem line, Cancel and one button that says its verb."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QScrollArea,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from crowddesk.domain import BadInput
from crowddesk.ui import theme
from crowddesk.ui.command_line import line_of
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.tips import plain_tip


class _LineButton(Button):
    """`looked_at`: the mouse or the keyboard comes to it."""

    looked_at = Signal()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.looked_at.emit()
        super().enterEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.looked_at.emit()
        super().focusInEvent(event)


class VerbDialog(QDialog):
    """A small dialog with one verb. `careful`: Cancel is the default button and Enter never takes the verb.

    Subclasses add to `body`, call `set_verb` and `set_problem`, and offer `value()`. Where the same can be
    done on the command line, `command_line` says how, or whoever opens the dialog does with `set_command`.
    """

    #: The workspace that a copied command line names; the program sets it when one is open.
    workspace: Path | None = None

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
        self.cancel = Button(self.tr("Cancel"), self)
        self.verb = Button(verb, self, look="danger" if danger else "primary")
        # Cancel is the first child: were that another button, Qt would give the default one the focus.
        self._command: Callable[[], Sequence[str] | None] | None = None
        self._lacks = self.tr("Fill in what is missing first.")
        self.copy_line = _LineButton(self.tr("Copy as command line"), look="quiet")
        self.copy_line.setAutoDefault(False)
        self.copy_line.clicked.connect(self._copy_line)
        self.copy_line.looked_at.connect(self._follow_line)
        self.copy_line.hide()
        self.set_careful(careful)
        self.cancel.clicked.connect(self.reject)
        self.verb.clicked.connect(self._take)
        self._ends: list[QWidget] = [self.cancel, self.verb]
        self._left = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._left.addWidget(self.copy_line, 0, Qt.AlignmentFlag.AlignLeft)
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

    def say_live(self, environment: str, words: str) -> None:
        """Says in red, where this is no practice, what of it is real: "LIVE: this is real money."."""
        if environment == "live":
            self.body.addWidget(Label(words, tone="danger", wrap=True))

    def add_left_button(self, button: QWidget) -> None:
        """Adds a lesser choice at the left, away from the verb."""
        self._left.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

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
        self._follow_line()

    def set_title(self, title: str) -> None:
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._title.setText(title)

    def set_problem(self, sentence: str) -> None:
        """Says what keeps the verb from being taken; an empty sentence takes it back."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self._follow_line()
        self._fit()

    def add_scrolling(self, content: QWidget, share: float = 0.6) -> None:
        """Adds what may be higher than the screen. If it needs it, it takes this share of it at the least."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(content)
        content.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room = int(self.screen().availableGeometry().height() * share)
        area.setMinimumHeight(min(room, content.sizeHint().height() + 4))
        self.body.addWidget(area, 1)

    def _fit(self) -> None:
        """Grows to what its words need: Qt counts no wrapped lines, and with a least width no long words."""
        if self.isVisible():
            room = self.screen().availableGeometry()
            wide = max(self.width(), min(self._column.totalMinimumSize().width(), room.width() - 16))
            self.resize(wide, min(self._column.totalHeightForWidth(wide), room.height()))

    def _arrange(self) -> None:
        """Where the buttons do not fit into one line, they have more lines: first those at the left."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        room = self.contentsRect().width() - 40
        shown = [b for b in self._ends if not b.isHidden()]
        right = sum(b.sizeHint().width() + 8 for b in shown)
        self._right.setDirection(down if right > room else across)
        self._left.setDirection(across)
        left = self._left.sizeHint().width()
        self._left.setDirection(down if left > room else across)
        self._buttons.setDirection(down if left + right > room else across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        has_line = self._command is not None or type(self).command_line is not VerbDialog.command_line
        self.copy_line.setVisible(has_line)
        self._left.invalidate()  # it was measured while the line was hidden
        super().showEvent(event)
        self._follow_line()
        self._arrange()
        self._fit()

    # ---------------------------------------------------------------------------------- the command line

    def command_line(self) -> Sequence[str] | None:
        """The words after `crowddesk` that do what the verb would now; None where there are none.

        Never a secret: what stands on a command line can be read by everybody on the computer.
        """
        return self._command() if self._command is not None else None

    def set_command(self, make: Callable[[], Sequence[str] | None], lacks: str = "") -> None:
        """What `command_line` says, for a dialog that does not know what it is about; `lacks`: what to do
        where it says None."""
        self._command, self._lacks = make, lacks or self._lacks

    def line(self) -> str | None:
        """The whole line as it would be copied now; None while what is entered makes none."""
        try:
            words = self.command_line()
        except BadInput:
            return None
        if words is None:
            return None
        return line_of(words, VerbDialog.workspace, windows=sys.platform == "win32")

    def _follow_line(self) -> None:
        if not self.copy_line.isVisible():
            return
        line = self.line()
        self.copy_line.setEnabled(line is not None)
        self.copy_line.setToolTip(plain_tip(line) if line is not None else self._lacks)

    def _copy_line(self) -> None:
        line = self.line()
        self._follow_line()
        if line is None:
            return
        QGuiApplication.clipboard().setText(line)
        self.copy_line.setAccessibleDescription(self.tr("Copied: {0}").format(line))
        at = self.copy_line.mapToGlobal(QPoint(0, self.copy_line.height()))
        QToolTip.showText(at, plain_tip(self.tr("Copied: {0}").format(line)), self.copy_line)

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
