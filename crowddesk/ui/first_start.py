"""What is shown while no workspace is open: the welcome of a first start, or what becomes of a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from crowddesk import paths
from crowddesk.domain import CrowdDeskError
from crowddesk.lanes import WorkThread
from crowddesk.ui import folders
from crowddesk.ui.dialogs.welcome import WelcomeDialog
from crowddesk.ui.messages import ErrorDialog
from crowddesk.ui.own_window import start_anew
from crowddesk.ui.theme import Theme

if TYPE_CHECKING:
    from crowddesk.lanes import Job


class FirstStart(QObject):
    """Leads to the first desk of this process, which `make_desk(folder)` makes; `failed` as a desk's.

    `asked` is a file or a folder to be opened; without it the welcome is shown, which says that the workspace
    `gone` is not where it was. Nothing is made on the disk before somebody has chosen.
    """

    failed = Signal(object)

    def __init__(
        self,
        app: QApplication,
        make_desk: Callable[[Path], Any],
        asked: Path | None = None,
        gone: Path | None = None,
    ) -> None:
        super().__init__()
        self._app = app
        self._make_desk = make_desk
        self._asked = asked
        self._theme: Theme | None = Theme(app, paths.resources_dir() / "icons")
        self._thread = WorkThread("files")
        self._thread.start()
        self._restoring = False
        #: Once a workspace was chosen.
        self.desk: Any = None
        self.welcome: WelcomeDialog | None = None
        if asked is None:
            self.welcome = WelcomeDialog(paths.default_workspace(), self._thread, gone)
            self.welcome.open_wanted.connect(self._open)
            self.welcome.restore_wanted.connect(self._ask_restore)
            self.welcome.rejected.connect(app.quit)

    def start(self) -> None:
        """Shows the welcome, or looks at the file."""
        if self.welcome is not None:
            self.welcome.show()
        elif self._asked is not None:
            self.open_path(self._asked)

    def stop(self) -> None:
        """Ends the threads; safe to call twice."""
        self._thread.stop()
        if self.desk is not None:
            self.desk.stop()

    def close_surely(self) -> None:
        """Closes without a question."""
        if self.desk is not None:
            self.desk.close_surely()
        else:
            self._app.quit()

    def open_path(self, path: Path) -> None:
        """Opens a workspace, a packed run or a backup, or says that it is none of them."""
        if self.desk is not None:
            self.desk.open_path(path)
            return
        path = path.absolute()

        def look(_job: Job) -> tuple[Path, str]:
            return path, folders.what_is(path)

        self._thread.ask(look, self._open_known, self._fail)

    # -------------------------------------------------------------------------------------------- inside

    def _open_known(self, found: tuple[Path, str]) -> None:
        path, kind = found
        if kind == folders.WORKSPACE:
            self._open(path)
        elif kind == folders.BACKUP:
            self._begin_restoring().read(path)
        else:
            try:
                start_anew(["open", str(path)])
            except CrowdDeskError as error:
                self._fail(error)
            else:
                self._leave()

    def _ask_restore(self) -> None:
        self._begin_restoring().ask_file()

    def _begin_restoring(self) -> Any:
        from crowddesk.ui.restoring import Restoring

        restoring = Restoring(self.welcome, self._thread, paths.default_workspace(), self)
        restoring.restored.connect(self._open)
        restoring.ended.connect(self._leave)
        return restoring

    def _open(self, folder: Path, watch: bool = False) -> None:
        if self.desk is not None:
            return
        if self._theme is not None:  # the desk has its own, by the workspace's settings
            self._theme.deleteLater()
            self._theme = None
        self.desk = self._make_desk(folder)
        self.desk.failed.connect(self.failed)
        if watch:
            self.desk.ready.connect(self._watch)
        self.desk.start()
        if self.welcome is not None:
            self.welcome.hide()
            self.welcome.deleteLater()
            self.welcome = None

    def _watch(self) -> None:
        """As Home's own button for it."""
        self.desk.window.show_page("home").first_steps.watch.click()

    def _leave(self) -> None:
        """Without a welcome there is nothing to go back to."""
        if self.welcome is None and self.desk is None:
            self._app.quit()

    def _fail(self, error: Exception) -> None:
        if self.welcome is None:
            self.failed.emit(error)
        if not isinstance(error, CrowdDeskError):
            self._leave()
            raise error
        dialog = ErrorDialog.of(self.tr("This cannot be opened"), error, self.welcome)
        self._dialog = dialog  # without a parent nobody else holds it
        dialog.finished.connect(self._leave)
        dialog.open()
