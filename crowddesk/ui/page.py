"""The frame of every page: title, live/sandbox badge, one muted line of facts, actions on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crowddesk.ui.controls import Badge, ElidedLabel


class PageHead(QWidget):
    """The head of a page. At most one of the buttons should be primary; the facts give way first."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel(title, role="title", least=260)
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.badge = Badge("practice")
        self.badge.hide()
        self.facts = ElidedLabel(tone="muted", least=0)
        self.facts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(12)
        self._line.addWidget(self.title)
        self._line.addWidget(self.badge)
        self._line.addWidget(self.facts, 1)
        for label in (self.title, self.facts):
            label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(30)

    def set_title(self, title: str) -> None:
        self.title.setText(title)
        self.title.updateGeometry()

    def set_badge(self, environment: str | None, vendor: str = "") -> None:
        """live, sandbox, practice; None where a page is of no one account."""
        if environment:
            self.badge.set(environment, vendor)
        self.badge.setVisible(environment is not None)

    def set_facts(self, facts: Sequence[str]) -> None:
        """The muted line: its parts are parted by a middle dot."""
        self.facts.setText(" · ".join(fact for fact in facts if fact))

    def add_first(self, button: QWidget) -> None:
        """Adds a button before the title: the way back."""
        self._line.insertWidget(0, button)

    def add_action(self, button: QWidget) -> None:
        """Adds a button at the right end."""
        self._line.addWidget(button)


class Page(QWidget):
    """A page: `head` on top, then what is added to `body`."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.head = PageHead(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(14)
        column.addWidget(self.head)
        column.addLayout(self.body, 1)
