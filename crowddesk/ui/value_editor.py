"""Controls for values that one line of text cannot hold: what a form needs of them, and boxes to tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crowddesk.ui.controls import Check
from crowddesk.ui.flow import FlowLayout


class ValueEditor(QWidget):
    """A control that knows its own value, which a run file can hold. `changed`: by the user."""

    changed = Signal()

    def set_value(self, value: Any) -> None:
        """Shows a value, also one that it would not give itself."""
        raise NotImplementedError

    def value(self) -> Any:
        """What is entered; empty (None or a list of nothing) where nothing is."""
        raise NotImplementedError

    def problem(self) -> str:
        """What is wrong with it, as a sentence; "" if it is right."""
        return ""


class SeveralChoice(ValueEditor):
    """Any number of a few choices. A value that is no choice is kept, under its own name."""

    def __init__(self, choices: Sequence[str], labels: Mapping[str, str]) -> None:
        super().__init__()
        self._labels = labels
        self._layout = FlowLayout(self, spacing=12)
        self.boxes: dict[str, Check] = {}
        for choice in choices:
            self._add(choice)

    def _add(self, choice: str) -> None:
        box = Check(self._labels.get(choice) or choice.replace("_", " "))
        box.toggled.connect(self.changed)
        self._layout.addWidget(box)
        self.boxes[choice] = box

    def set_value(self, value: Any) -> None:
        chosen = [str(one) for one in value] if isinstance(value, list | tuple) else []
        for choice in chosen:
            if choice not in self.boxes:
                self._add(choice)
        for choice, box in self.boxes.items():
            box.setChecked(choice in chosen)

    def value(self) -> list[str]:
        return [choice for choice, box in self.boxes.items() if box.isChecked()]
