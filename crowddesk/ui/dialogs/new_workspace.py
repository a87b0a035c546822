"""Asks for the folder of a new workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from crowddesk.ui import folders
from crowddesk.ui.controls import Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.folder_field import FolderField

if TYPE_CHECKING:
    from crowddesk.lanes import WorkThread


class NewWorkspaceDialog(VerbDialog):
    """`chosen(folder)` once it is accepted: a workspace can be made there."""

    chosen = Signal(object)

    def __init__(self, folder: Path, thread: WorkThread, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, width=560)
        self.set_title(self.tr("New workspace"))
        self.set_verb(self.tr("Make the workspace"))
        self.body.addWidget(
            Label(
                self.tr("A workspace keeps its own accounts, runs, people and settings. It opens in a window "
                        "of its own; this one stays open."),
                wrap=True,
            )
        )  # fmt: skip
        self.place = FolderField(
            folder,
            thread,
            title=self.tr("Folder"),
            says={folders.NEW: self.tr("The folder is made.")},
            wanted=frozenset({folders.NEW, folders.EMPTY}),
            refusal=self.tr("There is a workspace in this folder already: open that one."),
        )
        self.body.addWidget(self.place)
        self.place.changed.connect(self._follow)
        self.place.looked.connect(self._follow)
        self.place.settled.connect(self._end)
        QTimer.singleShot(0, self, self.place.look)

    def _take(self) -> None:
        self.place.settle()

    def _end(self, folder: Path) -> None:
        self.accept()
        self.chosen.emit(folder)

    def _follow(self, _found: object = None) -> None:
        self.verb.setEnabled(not self.place.fault())
        self._fit()
