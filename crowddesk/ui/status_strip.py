"""The foot of the window: how each account's lane is doing, what is staged, its money, and Send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crowddesk.language import say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, ElidedLabel, set_margins

if TYPE_CHECKING:
    from crowddesk.ui.keys import Keys


@dataclass(frozen=True, slots=True)
class LaneLook:
    """One account's lane: its name, what it does now (idle, working, limit, locked, offline), and more."""

    name: str
    state: str
    note: str = ""


class StatusStrip(QWidget):
    """Lanes on the left; staged decisions, their money and Send on the right, which emits `send_wanted`."""

    send_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Status"))
        self._lanes = QHBoxLayout()
        self._lanes.setSpacing(20)
        self._staged = ElidedLabel(role="caption", tone="muted")
        self._send = Button(self.tr("Send…"), look="link", key="Ctrl+Enter")
        self._send.clicked.connect(self.send_wanted)
        line = QHBoxLayout(self)
        set_margins(line, 12, 1, 4, 0)
        line.setSpacing(12)
        line.addLayout(self._lanes, 1)
        line.addWidget(self._staged)
        line.addWidget(self._send)
        self._lane_labels: list[ElidedLabel] = []
        self.set_staged(0)
        self.restyle()

    def restyle(self) -> None:
        """Keeps one height whether there is something to send or not."""
        self.setMinimumHeight(theme.px(28))

    def follow_keys(self, keys: Keys) -> None:
        """Has Send show the key that was chosen for it."""
        self._send.follow(keys, "send")

    def set_lanes(self, lanes: Sequence[LaneLook]) -> None:
        """Shows one dot and word per lane."""
        while len(self._lane_labels) < len(lanes):
            label = ElidedLabel(role="caption")
            label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            self._lane_labels.append(label)
            self._lanes.insertWidget(len(self._lane_labels) - 1, label)
        while len(self._lane_labels) > len(lanes):
            self._lane_labels.pop().deleteLater()
        if self._lanes.count() == len(self._lane_labels):
            self._lanes.addStretch(1)
        for label, lane in zip(self._lane_labels, lanes, strict=True):
            look = theme.status_look(lane.state)
            word = look.word
            text = f"{look.sign} {lane.name}: {word}"
            if label.text() != text:
                label.setText(text)
                label.updateGeometry()
            label.setAccessibleName(f"{lane.name}: {word}")
            label.setAccessibleDescription(lane.note)
            tones = {"limit": "warning", "locked": "warning", "no token": "warning"}
            tones |= {"offline": "danger", "no plug-in": "danger"}
            label.set_tone(tones.get(lane.state, "muted"))

    def set_staged(self, count: int, money: str = "") -> None:
        """Says what waits to be sent and its money ("GBP 9.12"); nothing staged hides Send."""
        words = self.tr("{0} staged").format(say_count("%n decisions", "%n decision", count))
        self._staged.setText(" · ".join(p for p in (words, money) if p) if count else "")
        self._staged.updateGeometry()
        self._staged.setVisible(count > 0)
        self._send.setVisible(count > 0)
        self._send.setAccessibleName(self.tr("Send {0}").format(self._staged.text()))

    @property
    def can_send(self) -> bool:
        return not self._send.isHidden()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().navigation))
        painter.fillRect(0, 0, self.width(), 1, QColor(theme.colours().line))
