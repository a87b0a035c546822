"""A field for the folder of a workspace: named or chosen, and below it what is there already."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crowddesk.ui import folders
from crowddesk.ui.controls import Button, Label, set_state
from crowddesk.ui.folders import FolderLook, look_at_folder
from crowddesk.ui.timers import make_one_shot

if TYPE_CHECKING:
    from crowddesk.lanes import WorkThread

_LOOK_AFTER_MS = 300


class FolderField(QWidget):
    """`looked(FolderLook)` once somebody has looked at what is named now; `changed` as soon as it is another.

    `settle` looks once more before something is made there: `settled(folder)` follows where it still will do.
    `says` are the words below the field for what a folder is; a fault takes their place. `wanted` are the
    kinds that will do, `refusal` is said of one that will not and has no fault of its own.
    """

    looked = Signal(object)
    changed = Signal()
    settled = Signal(object)

    def __init__(
        self,
        folder: Path,
        thread: WorkThread,
        *,
        title: str,
        says: Mapping[str, str],
        wanted: frozenset[str] = frozenset({folders.NEW, folders.EMPTY, folders.WORKSPACE}),
        refusal: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._thread = thread
        self._says, self._wanted, self._refusal = says, wanted, refusal
        self._found = FolderLook(folder)
        self._settling = False
        self.line = QLineEdit(str(folder))
        self.line.setAccessibleName(title)
        self.choose = Button(self.tr("Change…"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._choose)
        caption = Label(title, role="caption", tone="muted")
        caption.setBuddy(self.line)
        self._note = Label(role="caption", tone="muted", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.line, 1)
        line.addWidget(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(caption)
        column.addLayout(line)
        column.addWidget(self._note)
        self.line.textChanged.connect(self._follow)
        self._soon = make_one_shot(self, _LOOK_AFTER_MS, self.look)
        self.line.setToolTip(str(folder))
        self._show()

    # ---------------------------------------------------------------------------------------------- asked

    def folder(self) -> Path | None:
        """The folder that is named, or None: there is nothing, or a part of a path only."""
        text = self.line.text().strip()
        named = Path(os.path.expanduser(text)) if text else None
        # One name for each folder: "a/../b" would be listed among the last ones beside "b".
        return Path(os.path.normpath(named)) if named is not None and named.is_absolute() else None

    @property
    def found(self) -> FolderLook:
        """What is there; its `kind` is empty while nobody has looked."""
        return self._found

    def fault(self) -> str:
        """Why it will not do, as a sentence; empty as long as nobody has looked."""
        if self.folder() is None:
            return self.tr("Name the folder with its whole path.")
        found = self._found
        if found.fault or not found.kind or found.kind in self._wanted:
            return found.fault
        return self._refusal

    def look(self) -> None:
        """Has somebody look at it; `looked` tells."""
        self._soon.stop()
        folder = self.folder()
        if folder is None:
            self._settling = False
            self._show()
            self.line.setFocus()
        else:
            self._thread.ask(lambda job: look_at_folder(folder), self._take)

    def settle(self) -> None:
        """Looks; `settled` tells if it will do, else the field has the keyboard."""
        self._settling = True
        self.look()

    # --------------------------------------------------------------------------------------------- inside

    def _take(self, found: FolderLook) -> None:
        if found.path != self.folder():
            return
        settling, self._settling = self._settling, False
        self._found = found
        self._show()
        self.looked.emit(found)
        if settling and self.fault():
            self.line.setFocus()
        elif settling:
            self.settled.emit(found.path)

    def _follow(self) -> None:
        self._settling = False
        self.line.setToolTip(self.line.text())
        folder = self.folder()
        self._found = FolderLook(folder or Path())
        self._soon.start()
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        fault = self.fault()
        words = fault or self._says.get(self._found.kind, self._says.get("", ""))
        self._note.setText(words)
        self._note.set_tone("danger" if fault else "muted")
        self.line.setAccessibleDescription(words)
        set_state(self.line, "wrong", bool(fault))
        self.updateGeometry()

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a folder"), self._nearest())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._take_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _nearest(self) -> str:
        """Where the chooser begins: a folder that is not there yet cannot be shown."""
        folder = self.folder()
        if folder is None:
            return str(Path.home())
        return str(folder if self._found.kind not in ("", folders.NEW) else folder.parent)

    def _take_chosen(self, name: str) -> None:
        self.line.setText(str(Path(name)))
        self.look()
