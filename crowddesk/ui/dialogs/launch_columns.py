"""Which column of the data stands for which placeholder of the template, one choice a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crowddesk.ui.controls import Choice, Label


class ColumnMapping(QWidget):
    """Asks for a column for each placeholder; hidden when there is none. `changed`: by the user."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[str, Choice] = {}
        self._given: dict[str, str] = {}
        self._columns: list[str] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.hide()

    def set_value(self, columns: dict[str, str]) -> None:
        """Takes over the columns of a run file, by placeholder."""
        self._given = columns

    def value(self) -> dict[str, str]:
        """The columns that are not called as their placeholder is."""
        columns = dict(self._given)
        for placeholder, choice in self.choices.items():
            if choice.currentData() not in ("", placeholder):
                columns[placeholder] = choice.currentData()
            else:
                columns.pop(placeholder, None)
        return columns

    def show_columns(self, placeholders: Sequence[str], columns: Sequence[str]) -> None:
        """Offers these columns for these placeholders."""
        if list(placeholders) != list(self.choices) or list(columns) != self._columns:
            self._draw(placeholders, columns)
        self.setVisible(bool(placeholders))

    def _draw(self, placeholders: Sequence[str], columns: Sequence[str]) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self.choices, self._columns = {}, list(columns)
        head = Label(self.tr("Placeholders of the template and their columns"), role="caption", tone="muted")
        self._grid.addWidget(head, 0, 0, 1, 2)
        for number, name in enumerate(placeholders, 1):
            choice = Choice()
            choice.addItem(self.tr("(no column)"), "")
            for column in columns:
                choice.addItem(column, column)
            current = self._given.get(name, name)
            choice.setCurrentIndex(max(0, choice.findData(current)))
            choice.setAccessibleName(self.tr("Column for {0}").format(name))
            choice.currentIndexChanged.connect(self.changed)
            self.choices[name] = choice
            placeholder = Label("${" + name + "}", role="mono")
            placeholder.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as it stands in the template
            self._grid.addWidget(placeholder, number, 0)
            self._grid.addWidget(choice, number, 1)
