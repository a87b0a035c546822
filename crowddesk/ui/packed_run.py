"""Opens a packed run in a window of its own, by the program started anew: the open workspace stays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject
from PySide6.QtWidgets import QFileDialog

from crowddesk.domain import CrowdDeskError
from crowddesk.language import say
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.own_window import start_anew
from crowddesk.ui.session import Session
from crowddesk.ui.to_file import FOLDER
from crowddesk.ui.verbs import show_error

if TYPE_CHECKING:
    from crowddesk.lanes import Job


class _PackedRun(QObject):
    """One file, looked over before anything is started for it."""

    def __init__(self, session: Session, window: MainWindow, path: Path) -> None:
        super().__init__(window)
        self._window = window

        def look(_job: Job) -> Path:
            from crowddesk.operations.bundle import look_over

            look_over(path)
            return path

        session.threads.viewer.ask(look, self._start, self._fail)

    def _start(self, path: Path) -> None:
        try:
            start_anew(["open", str(path)])
        except CrowdDeskError as error:
            self._fail(error)
        else:
            self._window.toast.say(self.tr("{0} opens in a window of its own.").format(path.name))
            self.deleteLater()

    def _fail(self, error: Exception) -> None:
        self.deleteLater()
        show_error(self._window, self.tr("This file cannot be opened"), error)


def open_packed(session: Session, window: MainWindow, path: Path) -> None:
    """Shows a packed run, to be read, or says why it cannot be. In the GUI thread; returns at once."""
    _PackedRun(session, window, path.absolute())


def ask_packed(session: Session, window: MainWindow) -> None:
    """Asks for a file, then opens it."""
    dialog = QFileDialog(window, say("Open a packed run"), session.load(FOLDER, "") or QDir.homePath())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([say("Packed runs") + " (*.crowddesk)", say("All files") + " (*)"])
    dialog.fileSelected.connect(lambda name: open_packed(session, window, Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
