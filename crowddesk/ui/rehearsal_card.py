"""The band on a rehearsal's page: that it is one, its report, and the way to launch it for real."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from crowddesk.domain import BadInput, Cancelled, CrowdDeskError
from crowddesk.language import say
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.dialogs.rehearsal_report import RehearsalReportDialog
from crowddesk.ui.flow import FlowLayout
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import show_error

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.rehearsal import RehearsalReport
    from crowddesk.store.queries import RunRow
    from crowddesk.ui.dialogs.launch_values import LaunchValue

#: The vendors that only stand in for others.
_STAND_INS: Final = frozenset({"prolific_sandbox"})
_NARROW: Final = 640


def read_report(db: CrowdDatabase, run_id: int) -> RehearsalReport:
    """In the jobs thread. Raises CrowdDeskError."""
    from crowddesk.operations import rehearsal

    return rehearsal.report(db, run_id)


def write_report(text: str, path: Path) -> Path:
    """In the jobs thread. Raises BadInput."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(say("{path} cannot be written: {why}.", path=path, why=error.strerror)) from None
    return path


class RehearsalCard(QWidget):
    """Hidden for runs that are no rehearsal; `show_run` says which run it is."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__()
        self._session = session
        self._window = window
        self._run: RunRow | None = None
        self._job: Job | None = None
        self.dialog: RehearsalReportDialog | None = None
        self.setAccessibleName(self.tr("Rehearsal"))
        self.words = Label(
            self.tr("Its people are simulated and its money is play money: nobody is asked, nobody is paid."),
            wrap=True,
        )
        self.report = Button(self.tr("Report…"))
        self.report.clicked.connect(self.open_report)
        self.real = Button(self.tr("Launch for real…"))
        self.real.clicked.connect(self._launch_for_real)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(self.tr("◇ This is a rehearsal"), role="strong"))
        words.addWidget(self.words)
        buttons = FlowLayout(spacing=8)
        buttons.addWidget(self.report)
        buttons.addWidget(self.real)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(14, 10, 14, 10)
        self._both.setSpacing(8)
        self._both.addLayout(words, 1)
        self._both.addLayout(buttons)
        self.hide()

    def show_run(self, run: RunRow | None) -> None:
        """Shows the band for a rehearsal, hides it for every other run."""
        self._run = run
        self.setVisible(run is not None and run.provider_type in _STAND_INS)
        self.report.setEnabled(run is not None and run.state != "draft")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._both.setDirection(down if self.width() < theme.px(_NARROW) else across)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0.5, 0.5)
        painter.setPen(QColor(c.accent))
        painter.setBrush(QColor(c.selection))
        painter.drawRoundedRect(self.contentsRect().adjusted(0, 0, -1, -1), 6, 6)

    # ------------------------------------------------------------------------------------------- the report

    def open_report(self) -> None:
        """Opens the report, which is made meanwhile."""
        if self._run is None:
            return
        self.dialog = dialog = RehearsalReportDialog(self._run.title, self._window)
        words = ("rehearsal-report", str(self._run.id))
        dialog.set_command(lambda: words)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.again.connect(self._read)
        dialog.save_wanted.connect(self._save)
        dialog.wanted.connect(self._launch_for_real)
        dialog.finished.connect(self._end)
        dialog.open()
        self._read()

    def _read(self) -> None:
        if self._run is not None:
            run_id = self._run.id
            self._job = self._session.run_job(lambda db, job: read_report(db, run_id), self._show, self._fail)

    def _show(self, found: RehearsalReport) -> None:
        if self.dialog is not None:
            self.dialog.show_report(found)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Cancelled) or self.dialog is None:
            return
        if not isinstance(error, CrowdDeskError):
            raise error
        self.dialog.show_failure(str(error))

    def _save(self, path: Path) -> None:
        if self.dialog is not None:
            text = self.dialog.text()
            self._session.run_job(lambda db, job: write_report(text, path), self._saved, self._fail_to_save)

    def _saved(self, path: Path) -> None:
        if self.dialog is not None:
            self.dialog.say(self.tr("Saved as {0}").format(path))

    def _fail_to_save(self, error: Exception) -> None:
        if not isinstance(error, CrowdDeskError):
            raise error
        if self.dialog is not None:
            self.dialog.set_problem(str(error))

    def _end(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.dialog = None

    # --------------------------------------------------------------------------------------------- for real

    def _launch_for_real(self) -> None:
        if self._run is None:
            return
        run_id = self._run.id

        def read(db: Any, job: Any) -> LaunchValue:
            from crowddesk.ui.launch_reading import read_real_run

            return read_real_run(db, run_id)

        self._session.run_job(read, self._open_launch, self._fail_to_launch)

    def _open_launch(self, filled: LaunchValue) -> None:
        from crowddesk.ui.launcher import open_launch

        open_launch(self._session, self._window, filled=filled)

    def _fail_to_launch(self, error: Exception) -> None:
        show_error(self._window, self.tr("This run cannot be launched from here"), error)
