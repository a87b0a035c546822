"""The reasons of the library to start from, offered in one line of a dialog that asks for words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from crowddesk.ui.controls import Choice

if TYPE_CHECKING:
    from crowddesk.store.reasons import Reason

#: So many letters of a title are seen at least.
_SHOWN: Final = 24


class CannedReasons(Choice):
    """`chosen(Reason)`: its words are to stand in the dialog."""

    chosen = Signal(object)

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Reasons to start from"))
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_SHOWN)  # a long title is cut; it makes no dialog wider than a screen
        self.activated.connect(self._take)
        self.set_reasons(reasons)

    def set_reasons(self, reasons: Sequence[Reason]) -> None:
        """The reasons of the library, in the order of their keys."""
        self.clear()
        self.addItem(self.tr("Start from a reason…") if reasons else self.tr("No reasons are kept yet"), None)
        for reason in reasons:
            key = f"{reason.digit}  " if reason.digit else ""
            self.addItem(f"{key}{reason.title}", reason)
        self.setEnabled(bool(reasons))

    def choose(self, digit: int) -> None:
        """Takes the reason that a digit chooses, where there is one."""
        for place in range(1, self.count()):
            if self.itemData(place).digit == digit:
                self.setCurrentIndex(place)
                self._take(place)
                return

    def _take(self, place: int) -> None:
        reason: Reason | None = self.itemData(place)
        if reason is not None:
            self.chosen.emit(reason)
