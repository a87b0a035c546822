"""A link as a QR code, for telephones: black on white in both schemes, with its quiet zone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crowddesk.language import say
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.detail import PlainText
from crowddesk.ui.dialogs.frame import VerbDialog

#: Light modules around the code, which readers need (ISO/IEC 18004).
_QUIET: Final = 4
_SIDE: Final = 280


class QrCode(QWidget):
    """The code of a text. Its modules are whole pixels of the screen, so that none is blurred."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = _matrix_of(text)
        self.setAccessibleName(self.tr("QR code of the link"))
        self.setAccessibleDescription(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def modules(self) -> int:
        """How many modules wide it is, the quiet zone with it."""
        return len(self.matrix) + 2 * _QUIET

    def sizeHint(self) -> QSize:
        least = -(-theme.px(_SIDE) // self.modules)  # rounded up: whole modules at every ratio
        side = least * self.modules
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        width, height = round(self.width() * ratio), round(self.height() * ratio)
        module = min(width, height) // self.modules
        if module < 1:
            return
        side = module * self.modules
        left, top = (width - side) // 2, (height - side) // 2
        painter = QPainter(self)
        painter.scale(1 / ratio, 1 / ratio)
        painter.fillRect(left, top, side, side, Qt.GlobalColor.white)
        black = QColor(Qt.GlobalColor.black)
        for row, line in enumerate(self.matrix, _QUIET):
            for column, dark in enumerate(line, _QUIET):
                if dark:
                    painter.fillRect(left + column * module, top + row * module, module, module, black)


def _matrix_of(text: str) -> Sequence[Sequence[int]]:
    import segno  # only who shows a code pays for it

    return segno.make(text, error="m", micro=False).matrix


class QrDialog(VerbDialog):
    """A link's code to point a telephone at, and the link in words; `note` is what keeps it from working."""

    def __init__(self, link: str, parent: QWidget | None = None, *, note: str = "") -> None:
        super().__init__(say("Open it on a telephone"), say("Close"), parent, width=340)
        self.cancel.hide()
        self.code = QrCode(link)
        self.body.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(PlainText(link, name=self.tr("Link")))
        if note:
            self.body.addWidget(Label(f"● {note}", tone="warning", wrap=True))
        self.copy = Button(self.tr("Copy link"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(link))
        self.add_left_button(self.copy)
        self.verb.setFocus()
