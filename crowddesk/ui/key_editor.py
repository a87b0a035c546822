"""The keys of every command, by place: press another one, see what it would clash with, put it back."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crowddesk.language import say
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label, set_state
from crowddesk.ui.keys import COMMANDS, Command, Keys, conflict, fixed_use, key_text

_HELD: Final = (
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_unknown,
)  # fmt: skip


def pressed_key(event: QKeyEvent) -> str:
    """The key that was pressed, as it is stored; "" while only Shift and the like are held."""
    if event.key() in _HELD:
        return ""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    text = event.text()
    if text and text.isprintable() and not text.isalpha() and not text.isspace():
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier  # the sign itself says that Shift was held
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
    portable = QKeySequence.SequenceFormat.PortableText
    return QKeySequence(int(key) | modifiers.value).toString(portable)


class KeyButton(Button):
    """Shows a command's key. A click, and then a key: `pressed_key(text)`. Escape leaves it, Backspace takes
    the key away."""

    pressed_key = Signal(str)
    listening = False  # events come before the constructor is through

    def __init__(self, command: Command) -> None:
        super().__init__("")
        self._command = command
        self._shown = ""
        self.clicked.connect(self.listen)
        self.setMinimumWidth(theme.px(96))

    def show_key(self, key: str) -> None:
        """Shows a key as this system writes it; "" is none."""
        self._shown = key_text(key)
        self._show()

    def _show(self) -> None:
        self.setText(self.tr("Press a key…") if self.listening else self._shown or self.tr("none"))
        key = self._shown or self.tr("no key")
        self.setAccessibleName(f"{self._command.title}: {self.text() if self.listening else key}")
        set_state(self, "listening", self.listening)

    def listen(self) -> None:
        """Takes the next key as the command's."""
        self.listening = True
        self._show()
        self.setFocus()

    def _stop(self) -> None:
        self.listening = False
        self._show()

    def event(self, event: QEvent) -> bool:
        if self.listening and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._stop()
        elif event.key() == Qt.Key.Key_Backspace and not event.modifiers():
            self._stop()
            self.pressed_key.emit("")
        elif key := pressed_key(event):
            self._stop()
            self.pressed_key.emit(key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._stop()
        super().focusOutEvent(event)


class KeyEditor(QWidget):
    """All commands with their keys. `chosen(keys)`: those that differ from the usual ones, by their names."""

    chosen = Signal(dict)

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        self.buttons: dict[str, KeyButton] = {}
        self._usual: dict[str, Button] = {}
        self._pending: tuple[str, str, Command] | None = None
        self.clash = Label(tone="warning", wrap=True)
        self.swap = Button(self.tr("Swap them"))
        self.take_away = Button(self.tr("Take it away there"))
        self.leave = Button(self.tr("Leave it"), look="link")
        self.swap.clicked.connect(partial(self._settle, "swap"))
        self.take_away.clicked.connect(partial(self._settle, "take"))
        self.leave.clicked.connect(partial(self._settle, "leave"))
        self._question = QWidget()
        asked = QVBoxLayout(self._question)
        asked.setContentsMargins(0, 4, 0, 8)
        asked.setSpacing(6)
        asked.addWidget(self.clash)
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in (self.swap, self.take_away, self.leave):
            line.addWidget(button)
        line.addStretch(1)
        asked.addLayout(line)
        self.faults = Label(tone="warning", wrap=True, selectable=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._lines: dict[str, int] = {}
        row = 0
        for place, commands in groupby(COMMANDS, key=lambda command: command.place):
            self._grid.addWidget(Label(say(place), role="caption", tone="muted"), row, 0)
            row += 1
            for command in commands:
                self._add(command, row)
                row += 2  # the question stands under its line
        self._grid.addWidget(self._question, row, 0, 1, 3)
        self.reset = Button(self.tr("All usual keys"))
        self.reset.clicked.connect(lambda: self.chosen.emit({}))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.faults)
        column.addLayout(self._grid)
        column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        self._question.hide()
        keys.changed.connect(self._show)
        self._show()

    def _add(self, command: Command, row: int) -> None:
        button = KeyButton(command)
        button.pressed_key.connect(partial(self._press, command.name))
        usual = Button(self.tr("Usual"), look="link")
        usual.setAccessibleName(self.tr("The usual key of {0}").format(command.title))
        usual.setToolTip(self.tr("Back to {0}").format(key_text(command.key)))
        usual.clicked.connect(partial(self._press, command.name, command.key))
        keep = usual.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        usual.setSizePolicy(keep)
        label = Label(command.title, wrap=True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for place, widget in enumerate((label, button, usual)):
            self._grid.addWidget(widget, row, place)
        self.buttons[command.name], self._usual[command.name] = button, usual
        self._lines[command.name] = row

    def _show(self) -> None:
        differ = False
        for command in COMMANDS:
            key = self._keys.of(command.name)
            self.buttons[command.name].show_key(key)
            self._usual[command.name].setVisible(key != command.key)
            differ = differ or key != command.key
        self.reset.setEnabled(differ or bool(self._keys.faults))
        self.faults.setText("\n".join(f"● {fault}" for fault in self._keys.faults))
        self.faults.setVisible(bool(self._keys.faults))

    # ------------------------------------------------------------------------------------------ choosing

    def _chosen_now(self) -> dict[str, str]:
        now = {command.name: self._keys.of(command.name) for command in COMMANDS}
        return {c.name: now[c.name] for c in COMMANDS if now[c.name] != c.key}

    def _press(self, name: str, key: str) -> None:
        self._close_question()
        if key == self._keys.of(name):
            return
        now = self._chosen_now()
        if key and (use := fixed_use(key)):
            shown = key_text(key)
            self._ask(name, self.tr("{0} stays what it is: {1}.").format(shown, use), None)
            return
        other = conflict(now, name, key)
        if other is None:
            self._take(now, {name: key})
            return
        self._pending = (name, key, other)
        shown = key_text(key)
        words = self.tr("{0} is the key of “{1}” ({2}).").format(shown, other.title, say(other.place))
        self._ask(name, words, other)

    def _ask(self, name: str, words: str, other: Command | None) -> None:
        self.clash.setText(words)
        swaps = other is not None and conflict(self._swapped(), other.name, self._keys.of(name)) is None
        self.swap.setVisible(swaps)
        self.take_away.setVisible(other is not None)
        self._grid.removeWidget(self._question)
        self._grid.addWidget(self._question, self._lines[name] + 1, 0, 1, 3)
        self._question.show()
        (self.swap if swaps else self.take_away if other is not None else self.leave).setFocus()

    def _swapped(self) -> dict[str, str]:
        if self._pending is None:
            return {}
        name, key, other = self._pending
        return self._chosen_now() | {name: key, other.name: self._keys.of(name)}

    def _settle(self, how: str) -> None:
        pending, now = self._pending, self._chosen_now()
        swapped = self._swapped()
        self._close_question()
        if pending is None or how == "leave":
            return
        name, key, other = pending
        if how == "swap":
            self._take(now, {part: swapped[part] for part in (name, other.name)})
        else:
            self._take(now, {name: key, other.name: ""})
        self.buttons[name].setFocus()

    def _take(self, now: dict[str, str], more: dict[str, str]) -> None:
        usual = {command.name: command.key for command in COMMANDS}
        made = {name: key for name, key in (now | more).items() if key != usual[name]}
        self.chosen.emit(made)

    def _close_question(self) -> None:
        self._pending = None
        self._question.hide()
