"""Controls of the registration form: a secret as dots that can be shown, a choice that its vendor fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout

from crowddesk.ui.controls import Button, Choice, Label, set_state
from crowddesk.ui.forms import EditorMaker, FieldSpec
from crowddesk.ui.value_editor import ValueEditor

#: Longer than any token; what is pasted by mistake does not fill the memory.
_LONGEST: Final = 2_000


class SecretEditor(ValueEditor):
    """One line of dots; Show turns them into letters until it is pressed again."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(_LONGEST)
        self.line.setAccessibleName(title)
        self.show_button = QToolButton()
        self.show_button.setProperty("chrome", "button")
        self.show_button.setCheckable(True)
        self.show_button.toggled.connect(self._show)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.show_button)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self.changed)
        self._show(False)

    def _show(self, on: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self.show_button.setText(self.tr("Hide") if on else self.tr("Show"))
        what = self.line.accessibleName() or self.tr("it")
        self.show_button.setAccessibleName(f"{self.show_button.text()} {what}")

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)
        self._show(self.show_button.isChecked())

    def setAccessibleDescription(self, words: str) -> None:
        super().setAccessibleDescription(words)
        self.line.setAccessibleDescription(words)

    def setProperty(self, name: str, value: Any) -> bool:
        if name == "wrong":
            set_state(self.line, name, value)
        return super().setProperty(name, value)

    def set_value(self, value: Any) -> None:
        self.line.setText("")  # a secret is never shown, only replaced

    def value(self) -> str:
        return self.line.text()


class OfferedChoice(ValueEditor):
    """One of what the vendor offers, once it has been asked; empty until then.

    Where `known` is given there is no asking, and the first is chosen; what stands after a colon is said
    under it. `wanted` is emitted by its button, which `let_ask` shows.
    """

    wanted = Signal()

    def __init__(self, known: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._known = bool(known)
        self.combo = Choice()
        # Long titles give way to the dialog's width; the whole is in the list.
        self.combo.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(8)
        self._more = Label(role="caption", tone="muted", wrap=True)
        self._more.setVisible(self._known)
        self.button = Button(self.tr("Look up"))
        self.button.setAutoDefault(False)
        self.button.hide()
        self.button.clicked.connect(self.wanted)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.combo, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._more)
        self.setFocusProxy(self.combo)
        self._sentences: dict[str, str] = {}
        self.offer(known)
        self.combo.currentIndexChanged.connect(self._tell_more)
        self.combo.currentIndexChanged.connect(self.changed)

    @property
    def offered(self) -> bool:
        """Whether there is anything to choose from."""
        return self._count > 0

    def let_ask(self) -> None:
        """Shows the button."""
        self.button.show()

    def set_asking(self, on: bool) -> None:
        """Whether the vendor is being asked now."""
        self.button.setText(self.tr("Asking…") if on else self.tr("Look up"))
        self.button.setEnabled(not on)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Takes the choices over; what was chosen stays if it is still there, a single one is chosen."""
        before = self.combo.currentData()
        self._count = len(choices)
        self.combo.blockSignals(True)
        self.combo.clear()
        if len(choices) != 1 and not self._known:
            words = self.tr("Choose one") if choices else self.tr("Not looked up yet")
            self.combo.addItem(words, "")
        for value, words in choices:
            short, _, more = words.partition(": ") if self._known else (words, "", "")
            self._sentences[value] = more[:1].upper() + more[1:]
            self.combo.addItem(short, value)
        self.combo.setCurrentIndex(max(0, self.combo.findData(before) if before else 0))
        self.combo.setEnabled(bool(choices))
        self.combo.blockSignals(False)
        self._tell_more()

    def _tell_more(self) -> None:
        self._more.setText(self._sentences.get(self.value(), ""))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.combo.setAccessibleName(name)

    def setAccessibleDescription(self, words: str) -> None:
        super().setAccessibleDescription(words)
        self.combo.setAccessibleDescription(words)

    def setProperty(self, name: str, value: Any) -> bool:
        if name == "wrong":
            set_state(self.combo, name, value)
        return super().setProperty(name, value)

    def set_value(self, value: Any) -> None:
        place = self.combo.findData(str(value or ""))
        if place >= 0:
            self.combo.setCurrentIndex(place)

    def value(self) -> str:
        return str(self.combo.currentData() or "")


def editors(offers: Mapping[str, Sequence[tuple[str, str]]]) -> dict[str, EditorMaker]:
    """Makers of these controls for a `Form`; `offers` are the choices known before a vendor is asked."""

    def choice(spec: FieldSpec) -> ValueEditor:
        return OfferedChoice(offers.get(spec.name, ()))

    return {"secret": lambda spec: SecretEditor(spec.title), "offered": choice}
