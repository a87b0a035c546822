"""The frame of every page: title, live/sandbox badge, one muted line of facts, actions on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crowddesk.ui.controls import Badge, ElidedLabel
from crowddesk.ui.flow import FlowLayout


class PageHead(QWidget):
    """The head of a page. At most one of the buttons should be primary; the facts give way first.

    Where there is no room for one line, in a narrow window or large print, the title has a line of its own.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel(title, role="title", least=260)
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.badge = Badge("practice")
        self.badge.hide()
        self.facts = ElidedLabel(tone="muted", least=0)
        self.facts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._rest: list[QWidget] = [self.badge, self.facts]
        self._wraps = False
        self._line = QHBoxLayout()
        self._line.setSpacing(12)
        self._below = FlowLayout(spacing=8)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addLayout(self._line)
        self._lines.addLayout(self._below)
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
        self._rest.append(button)
        (self._below if self._wraps else self._line).addWidget(button)

    def minimumSizeHint(self) -> QSize:
        """That of two lines, so that a narrow window is not widened to one."""
        widest = max(w.minimumSizeHint().width() for w in (self.title, *self._rest) if not w.isHidden())
        return QSize(widest, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # another badge, button or size of the words
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        first = [item.widget() for i in range(self._line.count()) if (item := self._line.itemAt(i))]
        shown = [w for w in dict.fromkeys([*first, *self._rest]) if w is not None and not w.isHidden()]
        needed = sum(w.minimumSizeHint().width() for w in shown) + self._line.spacing() * (len(shown) - 1)
        wraps = needed > self.width()
        if wraps == self._wraps:
            return
        self._wraps = wraps
        old, new = (self._line, self._below) if wraps else (self._below, self._line)
        for widget in self._rest:
            old.removeWidget(widget)
            new.addWidget(widget)
        self._line.setStretchFactor(self.title if wraps else self.facts, 1)
        if not wraps:
            self._line.setStretchFactor(self.title, 0)
        self._lines.setSpacing(8 if wraps else 0)


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
