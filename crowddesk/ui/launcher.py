"""From the launch dialog to a run: looking over what stands there, the files, the launch, the rehearsal."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from crowddesk.domain import Cancelled, CrowdDeskError
from crowddesk.ui.dialogs.launch import LaunchDialog
from crowddesk.ui.dialogs.launch_values import (
    AccountChoice,
    LaunchCheck,
    LaunchChoices,
    LaunchProblem,
    LaunchValue,
    RowPage,
)
from crowddesk.ui.dialogs.public_address import PublicAddressDialog
from crowddesk.ui.dialogs.rehearse import RehearseDialog
from crowddesk.ui.dialogs.study_offers import StudyOffers
from crowddesk.ui.launch_reading import (
    command_words,
    look_over,
    page_of_row,
    read_choices,
    read_offers,
    read_sections,
    write_preview,
    write_run_file,
)
from crowddesk.ui.launches import Launch, Launches
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.verbs import show_error

if TYPE_CHECKING:
    from crowddesk.lanes import Job

#: A file that is being written is not read at once.
_PAUSE_MS: Final = 250


class Launcher(QObject):
    """One open launch dialog and its work. It is filled with a run file, or with a run's own sections.

    `launched(run_id)`: the run is there; one that is only rehearsed is not meant.
    """

    launched = Signal(int)

    def __init__(
        self, session: Session, window: MainWindow, path: Path | None, filled: LaunchValue | None = None
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._path = path
        self._filled = filled
        self._stored: Mapping[str, Any] = {}
        self._check: Job | None = None
        self._looked_over: LaunchValue | None = None
        self._row: Job | None = None
        self._launch: Launch | None = None
        self._rehearses = False
        self.dialog: LaunchDialog | None = None
        self._files: tuple[Path, ...] = ()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._note_file)
        self._watcher.directoryChanged.connect(self._note_folder)
        self._pause = make_one_shot(self, _PAUSE_MS, self._look)
        session.ask(read_choices, self._open, self._fail_to_open)

    def _open(self, choices: LaunchChoices) -> None:
        self.dialog = dialog = LaunchDialog(choices, self._window)
        dialog.account.set_reach(self._session.settings.task_server.reach)
        dialog.changed.connect(self._look)
        dialog.row_wanted.connect(self._show_row)
        dialog.file_wanted.connect(self._read_file)
        dialog.launch_wanted.connect(self._begin)
        dialog.rehearse_wanted.connect(self._ask_rehearse)
        dialog.account.offers_wanted.connect(self._read_offers)
        dialog.account.settings_wanted.connect(self._ask_address)
        dialog.save_wanted.connect(self._save)
        dialog.browser_wanted.connect(self._browse)
        dialog.set_command(
            self._launch_words, self.tr("Save it as a run file first: the command names that file.")
        )
        dialog.stopped.connect(self._stop)
        dialog.finished.connect(self._end)
        dialog.account.begin()
        dialog.open()
        if self._filled is not None:
            dialog.load(self._filled.sections, self._filled.folder)
        elif self._path is not None:
            self._read_file(self._path)

    def _fail_to_open(self, error: Exception) -> None:
        show_error(self._window, self.tr("A run cannot be launched now"), error)
        self.deleteLater()

    # ------------------------------------------------------------------------------------------- looking

    def _look(self) -> None:
        if self.dialog is None:
            return
        if self._check is not None:
            self._check.cancel()
        value, row = self.dialog.value(), self.dialog.view.row.number
        self.dialog.show_checking(0)
        self._looked_over = value
        self._check = self._session.run_job(
            lambda db, job: look_over(db, job, value, row), self._show, self._fail_to_look, self._progress
        )

    def _progress(self, rows: int, _total: int) -> None:
        if self.dialog is not None:
            self.dialog.show_checking(rows)

    def _show(self, check: LaunchCheck) -> None:
        self._check = None
        self._watch(check.files)
        if self.dialog is not None:
            self.dialog.show_check(check)

    def _fail_to_look(self, error: Exception) -> None:
        if isinstance(error, Cancelled) or self.dialog is None:
            return
        if not isinstance(error, CrowdDeskError):
            raise error
        self._check = None
        self.dialog.show_check(LaunchCheck(problems=(LaunchProblem("", str(error)),)))

    def _show_row(self, row: int) -> None:
        if self._row is not None:
            self._row.cancel()
        assert self.dialog is not None
        value = self.dialog.value()
        self._row = self._session.run_job(
            lambda db, job: page_of_row(value, row), self._show_page, self._fail_to_show
        )

    def _show_page(self, found: tuple[int, RowPage]) -> None:
        if self.dialog is not None:
            row, page = found
            self.dialog.view.show_row(row, self.dialog.view.row.rows, page)

    def _fail_to_show(self, error: Exception) -> None:
        self._say_problem(error)

    # ------------------------------------------------------------------------------------ changes on disk

    def _watch(self, files: tuple[Path, ...]) -> None:
        """Looks again when one of these changes; their folders tell when one is there again."""
        wanted = {str(path) for path in files} | {str(path.parent) for path in files}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := watched - wanted:
            self._watcher.removePaths(sorted(gone))
        if new := wanted - watched:
            self._watcher.addPaths(sorted(new))
        self._files = files

    def _note_file(self, _path: str) -> None:
        self._pause.start()

    def _note_folder(self, _path: str) -> None:
        """Most editors put a new file in the place of the old one, which ends its watch."""
        missing = {str(path) for path in self._files} - {*self._watcher.files()}
        if missing and len(self._watcher.addPaths(sorted(missing))) < len(missing):
            self._pause.start()

    # --------------------------------------------------------------------------------------------- files

    def _read_file(self, path: Path) -> None:
        self._session.run_job(lambda db, job: read_sections(path), self._fill, self._fail_to_read)

    def _fill(self, found: tuple[Path, dict[str, Any]]) -> None:
        path, sections = found
        if self.dialog is None:
            return
        if "fields" in sections and "blueprint" not in sections:
            self.dialog.take_page_file("form", path)
            return
        self._stored = sections
        self.dialog.run_file = path
        self.dialog.load(sections, path.absolute().parent)
        self.dialog.say(str(path))

    def _fail_to_read(self, error: Exception) -> None:
        self._say_problem(error)

    def _save(self, path: Path) -> None:
        assert self.dialog is not None
        value = self.dialog.value()
        self._session.run_job(lambda db, job: write_run_file(value, path), self._saved, self._fail_to_save)

    def _saved(self, path: Path) -> None:
        if self.dialog is not None:
            self._stored = self.dialog.value().sections
            self.dialog.run_file = path
            self.dialog.say(str(path))

    def _fail_to_save(self, error: Exception) -> None:
        self._say_problem(error)

    def _browse(self) -> None:
        assert self.dialog is not None
        value, row, folder = self.dialog.value(), self.dialog.view.row.number, Path(self._session.db.folder)
        self._session.run_job(
            lambda db, job: write_preview(folder, value, row), self._show_in_browser, self._fail_to_browse
        )

    def _show_in_browser(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _fail_to_browse(self, error: Exception) -> None:
        self._say_problem(error)

    def _launch_words(self) -> list[str] | None:
        """A run without a file has no words: the command names the file."""
        words = self._file_words()
        return None if words is None else ["launch", *words]

    def _file_words(self) -> list[str] | None:
        if self.dialog is None or self.dialog.run_file is None:
            return None
        return command_words(self.dialog.value(), self.dialog.run_file, self._stored)

    def _rehearse_words(self, dialog: RehearseDialog) -> list[str] | None:
        words, how = self._file_words(), dialog.value()
        if words is None or dialog.check():
            return None
        options = ["--people", str(how.people), "--speed", f"{how.speed:g}"]
        return ["rehearse", *words, *options, *(["--bad-day"] if how.bad_day else [])]

    def _say_problem(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, CrowdDeskError):
            raise error
        if self.dialog is not None:
            self.dialog.set_problem(str(error))

    # ------------------------------------------------------------------------------ what there is to choose

    def _read_offers(self, choice: AccountChoice) -> None:
        self._asked_for = choice
        self._session.run_job(lambda db, job: read_offers(db, choice), self._show_offers, self._fail_to_offer)

    def _show_offers(self, found: tuple[AccountChoice, StudyOffers]) -> None:
        if self.dialog is not None:
            self.dialog.account.show_offers(*found)

    def _fail_to_offer(self, error: Exception) -> None:
        if self.dialog is None or isinstance(error, Cancelled):
            return
        if not isinstance(error, CrowdDeskError):
            raise error
        self.dialog.account.show_offers(self._asked_for, None, str(error))

    def _ask_address(self) -> None:
        dialog = PublicAddressDialog(self._session.settings.task_server.public_url, self.dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._set_address, dialog))
        dialog.open()

    def _set_address(self, dialog: PublicAddressDialog) -> None:
        settings = copy.deepcopy(self._session.settings)
        settings.task_server.public_url = dialog.value()
        self._session.set_settings(settings)
        self._session.act(lambda db: None, self._address_written)  # behind the writing of the file

    def _address_written(self, _nothing: object) -> None:
        self._look()

    # -------------------------------------------------------------------------------------------- launch

    def _begin(self) -> None:
        value = self._looked_over  # what was shown with its cost, whatever became of its files since
        assert value is not None
        self._rehearses = False
        self._follow(Launches.of(self._session).begin(value.sections, value.folder))

    def _ask_rehearse(self) -> None:
        assert self.dialog is not None
        dialog = RehearseDialog(self.dialog.run_title, self.dialog.units, self.dialog)
        dialog.set_command(partial(self._rehearse_words, dialog))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._rehearse, dialog))
        dialog.open()

    def _rehearse(self, dialog: RehearseDialog) -> None:
        value, how = self._looked_over, dialog.value()
        assert value is not None
        assert self.dialog is not None
        self._rehearses = True
        self.dialog.show_launching(self.tr("Rehearsing…"))
        self._follow(Launches.of(self._session).begin_rehearsal(value.sections, value.folder, how))

    def _follow(self, launch: Launch) -> None:
        self._launch = launch
        launch.created.connect(self._created)
        launch.failed.connect(self._failed)

    def _created(self, run_id: int) -> None:
        self._launch = None
        if not self._rehearses:
            self.launched.emit(run_id)
        if self.dialog is not None:
            self.dialog.accept()
        self._session.wanted.emit("runs", run_id)

    def _failed(self, error: Exception) -> None:
        if self.dialog is None or self._launch is None:
            return
        self._launch = None
        if isinstance(error, Cancelled):
            self.dialog.show_failure(self.tr("Cancelled: nothing was launched."))
        elif isinstance(error, CrowdDeskError):
            self.dialog.show_failure(str(error))
        else:
            self.dialog.show_failure(self.tr("It was not launched."))
            raise error

    def _stop(self) -> None:
        if self._launch is not None:
            self._launch.cancel()

    def _end(self) -> None:
        if self._check is not None:
            self._check.cancel()
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
        self.deleteLater()


def open_launch(
    session: Session, window: MainWindow, path: Path | None = None, *, filled: LaunchValue | None = None
) -> Launcher:
    """Opens the launch dialog, filled with a run file or a run's sections. Returns at once."""
    return Launcher(session, window, path, filled)
