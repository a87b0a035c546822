"""What can be done with whole workspaces: make, open, back up, restore; each other one has its own window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from crowddesk import recent
from crowddesk.domain import CrowdDeskError
from crowddesk.ui import folders
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.own_window import start_anew
from crowddesk.ui.restoring import Restoring
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import show_error

if TYPE_CHECKING:
    from crowddesk.lanes import Job, WorkThread


@dataclass(frozen=True, slots=True)
class WorkspaceVerb:
    """One of them for a menu or the palette; `also` are more words that find it, `key` is shown."""

    name: str
    title: str
    take: Callable[[], object]
    key: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class RecentPlace:
    """A workspace that was opened before, not the one that is open; `there` whether it still is."""

    folder: Path
    there: bool


class WorkspaceVerbs(QObject):
    """The verbs over the workspace in `folder`; `recents_changed` when `recents` has been read anew.

    `files` is a thread for what asks the disk. `read_only`: a bundle, which is neither backed up nor shown.
    """

    recents_changed = Signal()

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        files: WorkThread,
        folder: Path,
        *,
        read_only: bool = False,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._files = files
        self._folder = folder
        self._read_only = read_only
        self.recents: Sequence[RecentPlace] = []
        window.open_wanted.connect(self.ask_open)
        window.dropped.connect(self.open_path)
        self.read_recents()

    def verbs(self) -> Sequence[WorkspaceVerb]:
        """All of them, in the order of a menu; an empty name parts them."""
        line = WorkspaceVerb("", "", self.read_recents)
        made = [
            WorkspaceVerb("new", self.tr("New workspace…"), self.make_new, also="make add"),
            WorkspaceVerb("open", self.tr("Open a workspace…"), self.ask_open, "Ctrl+O", "folder"),
            WorkspaceVerb("packed", self.tr("Open a packed run…"), self.open_packed, also="bundle file"),
            line,
            WorkspaceVerb("back_up", self.tr("Back up…"), self.back_up, also="copy save workspace"),
            WorkspaceVerb("restore", self.tr("Restore a backup…"), self.restore, also="copy workspace"),
            line,
            WorkspaceVerb("folder", self.tr("Show the workspace’s folder"), self.show_folder, also="files"),
        ]
        if self._read_only:
            made = [verb for verb in made if verb.name not in ("back_up", "folder")]
        return made

    # ------------------------------------------------------------------------------------------- opening

    def make_new(self) -> None:
        """Asks for a folder, and opens a new workspace there."""
        from crowddesk import paths

        first = paths.default_workspace()
        self._files.ask(lambda job: folders.free_folder(first), self._ask_new)

    def _ask_new(self, folder: Path) -> None:
        from crowddesk.ui.dialogs.new_workspace import NewWorkspaceDialog

        dialog = NewWorkspaceDialog(folder, self._files, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._open_workspace)
        dialog.open()

    def ask_open(self) -> None:
        """Asks for the folder of a workspace, and opens it."""
        dialog = QFileDialog(self._window, self.tr("Open a workspace"), str(self._folder.parent))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.open_path(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_packed(self) -> None:
        from crowddesk.ui.packed_run import ask_packed

        ask_packed(self._session, self._window)

    def open_path(self, path: Path) -> None:
        """Opens a workspace's folder, a packed run or a backup, or says that it is none of them."""
        path, own = path.absolute(), self._folder

        def look(_job: Job) -> tuple[Path, str]:
            kind = folders.what_is(path)
            # A link leads here too, and a name with other capitals on some systems.
            is_own = kind == folders.WORKSPACE and path.samefile(own)
            return own if is_own else path, kind

        self._files.ask(look, self._open_known, self._fail_to_open)

    def _open_known(self, found: tuple[Path, str]) -> None:
        path, kind = found
        if kind == folders.BUNDLE:
            self._start(["open", str(path)], path.name)
        elif kind == folders.BACKUP:
            self._restoring().read(path)
        elif path == self._folder:
            self._window.toast.say(self.tr("This workspace is open here."))
        else:
            self._open_workspace(path)

    def _open_workspace(self, folder: Path) -> None:
        self._start(["--workspace", str(folder)], folder.name)

    def _start(self, words: Sequence[str], name: str) -> None:
        try:
            start_anew(words)
        except CrowdDeskError as error:
            self._fail_to_open(error)
        else:
            self._window.toast.say(self.tr("{0} opens in a window of its own.").format(name))

    def _fail_to_open(self, error: Exception) -> None:
        show_error(self._window, self.tr("This cannot be opened"), error)

    # -------------------------------------------------------------------------------------------- recents

    def read_recents(self) -> None:
        """Reads the list anew."""
        own = self._folder
        self._files.ask(lambda job: _recents(own), self._take_recents)

    def forget(self, folder: Path) -> None:
        """Takes a workspace off the list; the workspace is left alone."""
        own = self._folder

        def work(_job: Job) -> Any:
            recent.forget(folder)
            return _recents(own)

        self._files.ask(work, self._take_recents)

    def _take_recents(self, found: Sequence[RecentPlace]) -> None:
        if found != self.recents:
            self.recents = found
            self.recents_changed.emit()

    # ---------------------------------------------------------------------------------- backing up, restoring

    def back_up(self) -> None:
        """Asks where to, and makes a backup."""
        from crowddesk.ui.dialogs.back_up import open_back_up

        open_back_up(self._session, self._window)

    def restore(self) -> None:
        """Asks for a backup and a folder, and opens what was restored."""
        from crowddesk.ui.to_file import FOLDER

        self._restoring().ask_file(self._session.load(FOLDER, ""))

    def _restoring(self) -> Restoring:
        from crowddesk import paths

        restoring = Restoring(self._window, self._files, paths.default_workspace(), self)
        restoring.restored.connect(self._open_workspace)
        return restoring

    def show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def recent_verbs(self) -> Sequence[WorkspaceVerb]:
        """Those that are there, to be opened."""
        return [
            WorkspaceVerb(str(place.folder), place.folder.name, partial(self.open_path, place.folder))
            for place in self.recents
            if place.there
        ]


def _recents(own: Path) -> list[RecentPlace]:
    """In another thread than the GUI's: the disk may be far away."""
    return [
        RecentPlace(known.folder, folders.is_workspace(known.folder))
        for known in recent.folders()
        if known.folder != own
    ]
