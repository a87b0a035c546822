"""The first start: what this is, where the work will be kept, and the two ways to begin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crowddesk.ui import folders
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.dialogs.scrolled import ScrolledDialog
from crowddesk.ui.folder_field import FolderField

if TYPE_CHECKING:
    from crowddesk.lanes import WorkThread


class WelcomeDialog(ScrolledDialog):
    """A window of its own before there is a workspace; it makes nothing.

    `open_wanted(folder, watch)`: the workspace there is to be opened or made, and with `watch` the practice
    crowd begins; `restore_wanted`: from a backup instead. Closing it is `rejected`. `gone` is the workspace
    that was opened last and is not there.
    """

    open_wanted = Signal(object, bool)
    restore_wanted = Signal()

    def __init__(
        self, folder: Path, thread: WorkThread, gone: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("CrowdDesk", "", parent, width=640)
        self.set_title(self.tr("Welcome to CrowdDesk"))
        self.setWindowFlag(Qt.WindowType.WindowMinimizeButtonHint)
        self.set_verb(self.tr("Open CrowdDesk"))
        self._watching = False
        middle = QVBoxLayout()
        middle.addWidget(
            Label(
                self.tr("CrowdDesk launches tasks to a crowd, shows the work as it arrives, and helps you to "
                        "review it, pay for it and export it. You need no account to look around: a "
                        "practice crowd is built in, and no real money moves until you add an account."),
                wrap=True,
            )
        )  # fmt: skip
        if gone is not None:
            words = self.tr("The workspace that was open last is not there: {0}").format(gone)
            middle.addWidget(Label(f"● {words}", tone="warning", wrap=True, selectable=True))
        middle.addSpacing(8)
        self.place = FolderField(
            folder,
            thread,
            title=self.tr("Your work is kept in this folder"),
            says={
                "": self.tr("Everything stays on this computer. The folder is made when you begin."),
                folders.WORKSPACE: self.tr("There is a workspace already; it will be opened."),
            },
        )
        middle.addWidget(self.place)
        self.set_middle(middle)
        self.cancel.setText(self.tr("Quit"))
        self.watch = Button(self.tr("Watch the practice crowd"))
        self.watch.setAutoDefault(False)
        self.watch.clicked.connect(self._take_watch)
        self.add_button_before_verb(self.watch)
        self.restore = Button(self.tr("Restore a backup…"))
        self.restore.setAutoDefault(False)
        self.restore.clicked.connect(self.restore_wanted)
        self.add_left_button(self.restore)
        self.place.changed.connect(self._follow)
        self.place.looked.connect(self._follow)
        self.place.settled.connect(self._begin)
        QTimer.singleShot(0, self, self.place.look)  # behind the first painting
        self.verb.setFocus()

    # ------------------------------------------------------------------------------------------- inside

    def _take(self) -> None:
        self._watching = False
        self.place.settle()

    def _take_watch(self) -> None:
        self._watching = True
        self.place.settle()

    def _begin(self, folder: Path) -> None:
        for button in (self.verb, self.watch, self.restore):
            button.setEnabled(False)
        self.open_wanted.emit(folder, self._watching)

    def _follow(self, _found: object = None) -> None:
        able = not self.place.fault()
        self.verb.setEnabled(able)
        self.watch.setEnabled(able)
        self._fit()
