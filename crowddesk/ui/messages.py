"""What the program says unasked: banners, toasts with Undo, errors with details, a crash once per kind."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPlainTextEdit, QWidget

from crowddesk.language import number_text, say
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, ElidedLabel, Label, set_margins
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.timers import make_one_shot

_TOAST_MS: Final = 8_000
_ROWS_SHOWN: Final = 8
#: The least room of a banner's words beside its buttons.
_WORDS: Final = 360

_log = logging.getLogger(__name__)


class ConfirmDialog(VerbDialog):
    """Asks before what cannot be taken back. `verb` repeats the number and the money: "Expire 3"."""

    def __init__(
        self,
        title: str,
        words: str,
        verb: str,
        parent: QWidget | None = None,
        *,
        danger: bool = True,
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__(title, verb, parent, careful=True, danger=danger)
        self.body.addWidget(Label(words, wrap=True, selectable=True))
        for note in notes:
            self.body.addWidget(Label(f"● {note}", tone="warning", wrap=True))
        self.cancel.setFocus()


class ErrorDialog(VerbDialog):
    """What failed, for which rows, what to do, and the details to copy."""

    def __init__(
        self,
        title: str,
        sentence: str,
        parent: QWidget | None = None,
        *,
        rows: Sequence[str] = (),
        todo: str = "",
        details: str = "",
    ) -> None:
        super().__init__(title, say("Close"), parent, width=520)
        self.cancel.hide()
        self.body.addWidget(Label(sentence, wrap=True, selectable=True))
        for row in rows[:_ROWS_SHOWN]:
            self.body.addWidget(Label(f"✕ {row}", tone="danger", wrap=True, selectable=True))
        if len(rows) > _ROWS_SHOWN:
            more = self.tr("and {0} more, in the details").format(number_text(len(rows) - _ROWS_SHOWN))
            self.body.addWidget(Label(more, tone="muted"))
        if todo:
            self.body.addWidget(Label(todo, wrap=True))
        self._details = "\n".join(part for part in (title, sentence, *rows, todo, details) if part)
        if details:
            box = QPlainTextEdit(details)
            box.setReadOnly(True)
            box.setFont(theme.font("mono"))
            box.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            box.setTabChangesFocus(True)
            box.setAccessibleName(self.tr("Details"))
            box.setFixedHeight(theme.px(140))
            self.body.addWidget(box)
        self.copy = Button(self.tr("Copy details"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details))
        self.add_left_button(self.copy)
        self.verb.setFocus()

    @classmethod
    def of(cls, title: str, error: BaseException, parent: QWidget | None = None, **more: Any) -> ErrorDialog:
        """The dialog of an exception; a CrowdDeskError's own `details` come along."""
        details = getattr(error, "details", "") or "".join(traceback.format_exception(error))
        return cls(title, str(error) or type(error).__name__, parent, details=details, **more)


class Banner(QWidget):
    """One sentence on top of a page, with a button or two; `tone` is muted, warning or danger.

    `dismissed`: somebody has read it.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Label(wrap=True, selectable=True)
        self._action = Button("")
        self._other = Button("")
        self._close = Button(self.tr("Dismiss"), look="link")
        self._close.clicked.connect(self.hide)
        self._close.clicked.connect(self.dismissed)
        self._action.clicked.connect(self._taken)
        self._other.clicked.connect(self._other_taken)
        self._take: Callable[[], object] | None = None
        self._take_other: Callable[[], object] | None = None
        self._tone = "muted"
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self._other, self._action, self._close):
            buttons.addWidget(button)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        set_margins(self._line, 14, 8, 8, 8)
        self._line.setSpacing(8)
        self._line.addWidget(self._words, 1)
        self._line.addLayout(buttons)
        self.hide()

    def say(
        self,
        words: str,
        *,
        tone: str = "muted",
        action: str = "",
        take: Callable[[], object] | None = None,
        other: str = "",
        take_other: Callable[[], object] | None = None,
    ) -> None:
        """Shows the sentence until it is dismissed or replaced. `other` is a button before `action`."""
        self._tone = tone
        sign = {"warning": "● ", "danger": "✕ "}.get(tone, "")
        self._words.setText(sign + words)
        self._words.set_tone(tone if tone != "muted" else "")
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._other.setText(other)
        self._other.setVisible(bool(other))
        self._take, self._take_other = take, take_other
        self.setAccessibleName(words)
        self._arrange()
        self.show()

    def _taken(self) -> None:
        if self._take:
            self._take()

    def _other_taken(self) -> None:
        if self._take_other:
            self._take_other()

    def _arrange(self) -> None:
        """Where the buttons leave the words too little room, the words stand above them."""
        shown = [button for button in (self._other, self._action, self._close) if not button.isHidden()]
        taken = sum(button.sizeHint().width() + 8 for button in shown)
        narrow = len(shown) > 1 and self.contentsRect().width() - taken < theme.px(_WORDS)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._line.setDirection(down if narrow else across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0.5, 0.5)
        painter.setPen(QColor(c.danger if self._tone == "danger" else c.line))
        painter.setBrush(QColor(c.danger_soft if self._tone == "danger" else c.alternate))
        painter.drawRoundedRect(self.contentsRect().adjusted(0, 0, -1, -1), 6, 6)


class Toast(QWidget):
    """A short word at the foot of a window that leaves by itself, with Undo where there is one.

    It stays while the pointer or the keyboard is on it.
    """

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._words = ElidedLabel()
        self._undo = Button(self.tr("Undo"), look="link", key="Ctrl+Z")
        self._undo.clicked.connect(self._taken)
        self._take: Callable[[], object] | None = None
        self._undoes = ""
        self._timer = make_one_shot(self, _TOAST_MS, self._leave)
        self._line = line = QHBoxLayout(self)
        set_margins(line, 16, 5, 8, 5)
        line.setSpacing(12)
        line.addWidget(self._words, 1)
        line.addWidget(self._undo)
        host.installEventFilter(self)
        self.hide()

    def say(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Shows the words for 8 seconds; `undo` is called once if Undo is pressed in that time.

        Words without an undo leave one that is still offered in its place, after what it would undo.
        """
        if undo is not None:
            self._undoes = words
        elif self._take is not None and not self.isHidden():
            undo, words = self._take, f"{self._undoes} · {words}"
        self._words.setText(words)
        self._take = undo
        self._undo.setVisible(undo is not None)
        self.setAccessibleName(words)
        self._timer.start()
        self._place()
        self.show()
        self.raise_()

    def undo(self) -> bool:
        """Takes the offered undo, as Ctrl+Z does; False if there is none to take."""
        if self.isHidden() or self._take is None:
            return False
        self._taken()
        return True

    def _taken(self) -> None:
        take, self._take = self._take, None
        self.hide()
        if take:
            take()

    def _leave(self) -> None:
        if self.underMouse() or self._undo.hasFocus():
            self._timer.start()
        else:
            self._take = None
            self.hide()

    def _place(self) -> None:
        host = self._host
        room = host.width() - 40
        margins = self._line.contentsMargins()
        wanted = self._words.sizeHint().width() + margins.left() + margins.right() + 8
        if self._take:
            wanted += self._undo.sizeHint().width() + 12
        height = max(theme.px(40), self.sizeHint().height())
        self.resize(max(min(wanted, room), 60), height)
        self.move((host.width() - self.width()) // 2, host.height() - self.height() - theme.px(44))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0.5, 0.5)
        painter.setPen(QColor(c.control_line))
        painter.setBrush(QColor(c.alternate))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)


class CrashReporter(QObject):
    """Shows an error nobody caught, once per kind (its type and the line it came from), and logs every one.

    The hooks may be called from any thread; the dialog opens in the GUI thread. `crashed(title, details)` is
    emitted there for every new kind, before the dialog.
    """

    crashed = Signal(str, str)
    _caught = Signal(str, str)

    def __init__(self, parent: QObject | None = None, *, facts: str = "") -> None:
        super().__init__(parent)
        self._facts = facts
        self._seen: set[tuple[str, str, int]] = set()
        self._before: tuple[Any, Any] | None = None
        self._open: list[ErrorDialog] = []
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Takes over `sys.excepthook` and `threading.excepthook`."""
        if self._before is None:
            self._before = (sys.excepthook, threading.excepthook)
            sys.excepthook = self.report
            threading.excepthook = self._report_thread

    def uninstall(self) -> None:
        """Gives both hooks back."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
            self._before = None

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Logs an error and has it shown if it is the first of its kind. Any thread may call it."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("Nobody caught this.", exc_info=(kind, error, trace))
        place = ("", 0)
        while trace is not None:
            place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
            trace = trace.tb_next
        key = (kind.__name__, *place)
        if key in self._seen:
            return
        self._seen.add(key)
        text = "".join(traceback.format_exception(kind, error, error.__traceback__))
        self._caught.emit(f"{kind.__name__}: {error}", f"{text}\n{self._facts}".strip())

    def _report_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self.report(args.exc_type, args.exc_value, args.exc_traceback)

    def _show(self, title: str, details: str) -> None:
        self.crashed.emit(title, details)
        parent = QGuiApplication.focusObject()
        window = parent.window() if isinstance(parent, QWidget) else None
        dialog = ErrorDialog(
            self.tr("CrowdDesk met an error of its own"),
            title,
            window,
            todo=self.tr(
                "What was decided is kept. You can go on; if something looks wrong, start CrowdDesk again. "
                "The details help whoever mends it."
            ),
            details=details,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._open.append(dialog)
        dialog.finished.connect(lambda _=0, d=dialog: self._open.remove(d))
        dialog.open()
