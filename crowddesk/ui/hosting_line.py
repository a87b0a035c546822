"""Who puts a run before people, and the way to the vendor's own page of it: a line on the run's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from crowddesk.domain import CrowdDeskError
from crowddesk.language import say
from crowddesk.ui.controls import Label
from crowddesk.ui.detail import Link
from crowddesk.ui.flow import FlowLayout
from crowddesk.ui.session import Session
from crowddesk.ui.words import vendor_name

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.store.queries import RunRow


@dataclass(frozen=True, slots=True)
class Hosted:
    """`words` say who shows a run, "" where that goes without saying; `page` is the vendor's page of it."""

    words: str
    page: str


def read_hosting(db: CrowdDatabase, run_id: int) -> Hosted:
    """Who shows a run. Not in the GUI thread, because it imports the vendor."""
    from crowddesk.blueprints.elsewhere import BLUEPRINT_TYPE
    from crowddesk.data_model.task_run import TaskRun
    from crowddesk.registry import get_crowd_provider_from_type

    run = TaskRun.get(db, str(run_id))
    vendor = get_crowd_provider_from_type(run.provider_type)(db)
    page = vendor.page_of(run)
    if not page.startswith(("https://", "http://")):
        page = ""
    if run.task_type == BLUEPRINT_TYPE:
        return Hosted(
            say("Adopted from {vendor}, and shown where it was made.", vendor=vendor_name(run.provider_type)),
            page,
        )
    if vendor.serves(run):
        return Hosted(say("Shown to people by this program.") if page else "", page)
    named = page or vendor.SERVES_TASKS
    words = say("Shown to people by {vendor} itself.", vendor=vendor_name(run.provider_type))
    return Hosted(words if named else "", page)


class HostingLine(QWidget):
    """The line; hidden where there is nothing to say. `show_run` says which run."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._run: RunRow | None = None
        self._known: tuple[int, str] | None = None
        self._page = ""
        self.words = Label(tone="muted")
        self.link = Link("", self._open)
        line = FlowLayout(self, spacing=12)
        line.addWidget(self.words)
        line.addWidget(self.link)
        self.hide()

    def show_run(self, run: RunRow | None) -> None:
        """Shows a run as it was read; None: which one is not known yet."""
        if run is None or self._run is None or run.id != self._run.id:
            self.hide()
            self._known = None
        self._run = run
        if run is not None and self._known != (run.id, run.state):  # set up, it may have a page
            self._known = (run.id, run.state)
            db, run_id = self._session.db, run.id
            self._session.threads.counter.ask(
                lambda job: (run_id, read_hosting(db, run_id)), self._show, self._fail
            )

    def _show(self, found: tuple[int, Hosted]) -> None:
        run_id, hosted = found
        if self._run is None or run_id != self._run.id:
            return
        self._page = hosted.page
        self.words.setText(hosted.words)
        self.link.setText(self.tr("Open it at {0}").format(vendor_name(self._run.provider_type)))
        self.link.setToolTip(hosted.page)
        self.link.setVisible(bool(hosted.page))
        self.link.updateGeometry()
        self.setVisible(bool(hosted.words))

    def _fail(self, error: Exception) -> None:
        """A vendor that cannot be loaded shows nothing; its lane says why."""
        if not isinstance(error, CrowdDeskError):
            raise error

    def _open(self) -> None:
        if self._page:
            QDesktopServices.openUrl(QUrl(self._page))
