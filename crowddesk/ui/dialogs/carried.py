"""The one open dialog of a page or a verb, while a job does what it asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, SignalInstance

from crowddesk.domain import CrowdDeskError
from crowddesk.ui.main_window import MainWindow


class Asking(Protocol):
    """A dialog that stays open until its job is done, and says why it was not."""

    finished: SignalInstance

    def open(self) -> None: ...
    def accept(self) -> None: ...
    def setAttribute(self, attribute: Qt.WidgetAttribute, /, on: bool = True) -> None: ...
    def show_failure(self, sentence: str) -> None: ...


class Carried(QObject):
    """Holds that dialog. `fail` is for what is no sentence for it, or comes when it has been left."""

    def __init__(self, window: MainWindow, fail: Callable[[Exception], object]) -> None:
        super().__init__(window)
        self._window = window
        self._fail = fail
        self.dialog: Asking | None = None

    def open(self, dialog: Asking) -> None:
        """Shows a dialog until its job is done or it is left."""
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._forget)
        dialog.open()

    def done(self, words: str) -> None:
        """The job is done: the dialog goes, and a toast says so."""
        if self.dialog is not None:
            self.dialog.accept()
        self._window.toast.say(words)

    def not_done(self, error: Exception) -> None:
        """The job failed: the dialog says why, and all stays as entered."""
        if self.dialog is not None and isinstance(error, CrowdDeskError):
            self.dialog.show_failure(str(error))
        else:
            self._fail(error)

    def _forget(self) -> None:
        self.dialog = None
