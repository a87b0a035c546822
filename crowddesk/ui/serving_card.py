"""How people reach a run that our own task server puts before them, and who is in: a band on its page."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crowddesk.domain import CrowdDeskError
from crowddesk.language import mark, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.at_work_list import AtWorkList
from crowddesk.ui.controls import Button, ElidedLabel, Label
from crowddesk.ui.flow import FlowLayout
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.messages import ConfirmDialog
from crowddesk.ui.reach import HERE, NETWORK, reach_words
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import show_error

if TYPE_CHECKING:
    from crowddesk.lanes import Job
    from crowddesk.operations.served_run import PersonalLink, ServedFacts
    from crowddesk.store.queries import RunRow
    from crowddesk.taskserver.state import ServedRun, ServerState
    from crowddesk.ui.dialogs.invitations import InvitationsDialog

_NARROW: Final = 900
_DELETE: Final = Qt.WidgetAttribute.WA_DeleteOnClose
_NO_LINK: Final = {
    "draft": mark("The link is here once the run is launched."),
    "launching": mark("The link is here once the run is launched."),
    "closed": mark("This run is closed, so its pages are no longer served."),
}


class ServingCard(QWidget):
    """The band "People" of a run: its link, its reach, who is in. Hidden for runs of other vendors.

    `show_run` says which run; `show_server` what the task server does. `opened(unit_id)` and
    `moved(unit_ids)` are those of the list of who is in.
    """

    opened = Signal(int)
    moved = Signal(list)

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__()
        self._session = session
        self._window = window
        self._run: RunRow | None = None
        self._known: tuple[int, str] | None = None
        self._facts: ServedFacts | None = None
        self._state: ServerState | None = None
        self._links: InvitationsDialog | None = None
        self.setAccessibleName(self.tr("People"))
        self._make_parts()
        self._arrange()
        self.hide()
        self.show_server(session.threads.server.state)
        session.threads.server_changed.connect(self.show_server)

    def _make_parts(self) -> None:
        self.reach = Label()
        self.visitors = Label(tone="muted")
        head = FlowLayout(spacing=12)
        head.addWidget(Label(self.tr("People"), role="strong"))
        head.addWidget(self.reach)
        head.addWidget(self.visitors)
        self.link = ElidedLabel(role="mono", least=160, middle=True)
        self.link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.no_link = Label(tone="muted", wrap=True)
        self.copy = Button(self.tr("Copy link"))
        self.copy.clicked.connect(self._copy)
        self.code = Button(self.tr("Show QR code"))
        self.code.clicked.connect(self._show_code)
        self.personal = Button(self.tr("Personal links…"))
        self.personal.clicked.connect(self._ask_links)
        self.open_up = Button(self.tr("Open to the local network…"))
        self.open_up.clicked.connect(self._ask_address)
        self.close_down = Button(self.tr("Only this computer…"))
        self.close_down.clicked.connect(self._ask_close)
        buttons = FlowLayout()
        for button in (self.copy, self.code, self.personal, self.open_up, self.close_down):
            buttons.addWidget(button)
        self._link_line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._link_line.setSpacing(8)
        self._link_line.addWidget(self.link, 1)
        self._link_line.addLayout(buttons)
        self.note = Label(tone="danger", wrap=True, selectable=True)
        self.again = Button(self.tr("Try again"))
        self.again.clicked.connect(self._try_again)
        trouble = QHBoxLayout()
        trouble.setSpacing(8)
        trouble.addWidget(self.note, 1)
        trouble.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        self.at_work = AtWorkList(self._session)
        self.at_work.opened.connect(self.opened)
        self.at_work.moved.connect(self.moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.no_link)
        column.addLayout(self._link_line)
        column.addLayout(trouble)
        column.addWidget(self.at_work)

    # ------------------------------------------------------------------------------------------- showing

    def show_run(self, run: RunRow | None) -> None:
        """Shows a run as it was read; None: which one is not known yet."""
        if run is None or self._run is None or run.id != self._run.id:
            self._facts = self._known = None
        self._run = run
        self._show()
        if run is not None and self._known != (run.id, run.state):  # a launch may invite people
            self._known = (run.id, run.state)
            db, run_id = self._session.db, run.id

            def ask(_job: Job) -> tuple[int, ServedFacts]:
                from crowddesk.operations.served_run import served_facts

                return run_id, served_facts(db, run_id)

            self._session.threads.counter.ask(ask, self._take_facts, self._fail_to_ask)

    def _take_facts(self, found: tuple[int, ServedFacts]) -> None:
        run_id, facts = found
        if self._run is not None and run_id == self._run.id:
            self._facts = facts
            if facts.served:
                self.at_work.show_run(run_id, facts.allowed_seconds)
            self._show()

    def _fail_to_ask(self, error: Exception) -> None:
        """A vendor that cannot be loaded serves nothing; its lane says why."""
        if not isinstance(error, CrowdDeskError):
            raise error

    def show_server(self, state: ServerState | None) -> None:
        """Shows what the task server does now."""
        self._state = state
        self._show()

    @property
    def served(self) -> ServedRun | None:
        """The run as the task server has it; None while it does not serve it."""
        if self._run is None or self._state is None:
            return None
        return self._state.of(self._run.id)

    def _show(self) -> None:
        shown = self._run is not None and self._facts is not None and self._facts.served
        self.setVisible(shown)
        if not shown or self._run is None or self._facts is None:
            return
        served = self.served
        listening = served is not None and served.listening and bool(served.url)
        words, tone = reach_words(served)
        _say(self.reach, words)
        self.reach.set_tone(tone)
        open_pages = served.visitors if served is not None else 0
        _say(
            self.visitors,
            self.tr("{0} open").format(say_count("%n pages", "%n page", open_pages)) if open_pages else "",
        )
        self.visitors.setVisible(open_pages > 0)
        url = served.url if served is not None else ""
        _say(self.link, url)
        self.link.setAccessibleName(self.tr("Link: {0}").format(url))
        self.link.setVisible(bool(url))
        _say(self.no_link, "" if url else self._no_link(self._run))
        self.no_link.setVisible(served is None)
        for button in (self.copy, self.code):
            button.setVisible(served is not None)
            button.setEnabled(listening)
        self.personal.setVisible(served is not None and self._facts.invited > 0)
        self.open_up.setVisible(served is not None and served.reach == HERE)
        self.close_down.setVisible(served is not None and served.reach == NETWORK)
        note = served.note if served is not None and not served.listening else ""
        _say(self.note, f"✕ {note}" if note else "")
        self.note.setVisible(bool(note))
        self.again.setVisible(bool(note))

    def _no_link(self, run: RunRow) -> str:
        if run.state in _NO_LINK:
            return say(_NO_LINK[run.state])
        return self.tr("Its pages are not served now: nothing listens here.")

    # --------------------------------------------------------------------------------------------- verbs

    def _copy(self) -> None:
        if self.served is not None:
            QGuiApplication.clipboard().setText(self.served.url)
            self._window.toast.say(self.tr("The link is on the clipboard."))

    def _show_code(self) -> None:
        from crowddesk.ui.qr_code import QrDialog

        if self.served is not None:
            here = self.tr("Telephones reach it once it is open to the local network.")
            note = here if self.served.reach == HERE else ""
            dialog = QrDialog(self.served.url, self._window, note=note)
            dialog.set_command(partial(_links_words, self.served.run_id))
            dialog.setAttribute(_DELETE)
            dialog.open()

    def _try_again(self) -> None:
        self._session.threads.server.look_again()

    def _ask_address(self) -> None:
        def ask(_job: Job) -> str:
            from crowddesk.taskserver import sites

            return sites.network_address()

        self._session.threads.counter.ask(ask, self._ask_open)

    def _ask_open(self, address: str) -> None:
        served = self.served
        if served is None:
            return
        if not address:
            self._window.toast.say(self.tr("This computer is in no local network now."))
            return
        from crowddesk.taskserver.sites import own_base

        place = own_base(self._session.settings.task_server, address, int(served.address.rpartition(":")[2]))
        words = self.tr(
            "The pages of your runs will be served at {0}. Whoever is in this network and has a link can "
            "open that run and work in it."
        ).format(place)
        notes = [self.tr("What is sent is not encrypted: others in the network could read it on its way.")]
        dialog = ConfirmDialog(
            self.tr("Open to the local network"),
            words,
            self.tr("Open to {0}").format(address),
            self._window,
            danger=False,
            notes=notes if place.startswith("http:") else (),
        )
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._set_reach(NETWORK))
        dialog.open()

    def _ask_close(self) -> None:
        visitors = self.served.visitors if self.served is not None else 0
        words = self.tr(
            "People on other computers can no longer open the pages of your runs. What they have typed and "
            "not sent stays in their browsers."
        )
        dialog = ConfirmDialog(
            self.tr("Close to the local network"),
            words,
            self.tr("Close to the network"),
            self._window,
            notes=[self.tr("{0} open now.").format(say_count("%n pages are", "%n page is", visitors))]
            if visitors
            else (),
        )
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._set_reach(HERE))
        dialog.open()

    def _set_reach(self, reach: str) -> None:
        settings = self._session.settings
        self._session.set_settings(replace(settings, task_server=replace(settings.task_server, reach=reach)))

    # ------------------------------------------------------------------------------------ personal links

    def _ask_links(self) -> None:
        served = self.served
        if served is None:
            return
        db, run_id, url = self._session.db, served.run_id, served.url

        def ask(_job: Job) -> list[PersonalLink]:
            from crowddesk.operations.served_run import personal_links

            return personal_links(db, run_id, url)

        self._session.threads.counter.ask(ask, self._show_links, self._fail_to_show_links)

    def _show_links(self, links: list[PersonalLink]) -> None:
        from crowddesk.ui.dialogs.invitations import InvitationsDialog

        if self._run is None or self._links is not None:
            return
        self._links = dialog = InvitationsDialog(self._run.title, links, self._window)
        dialog.set_command(partial(_links_words, self._run.id))
        dialog.save_wanted.connect(lambda path: self._save_links(path, links))
        dialog.finished.connect(self._forget_links)
        dialog.open()

    def _forget_links(self) -> None:
        if self._links is not None:
            self._links.deleteLater()
            self._links = None

    def _fail_to_show_links(self, error: Exception) -> None:
        show_error(self._window, self.tr("The personal links could not be read"), error)

    def _save_links(self, path: Path, links: list[PersonalLink]) -> None:
        def write(_db: Any, _job: Job) -> tuple[Path, int]:
            from crowddesk.operations.served_run import write_links

            return path, write_links(path, links)

        self._session.run_job(write, self._tell_saved, self._fail_to_save)

    def _tell_saved(self, found: tuple[Path, int]) -> None:
        path, count = found
        if self._links is not None:
            self._links.say(
                self.tr("{0} are in {1}.").format(say_count("%n links", "%n link", count), path), "good"
            )

    def _fail_to_save(self, error: Exception) -> None:
        if self._links is not None and isinstance(error, CrowdDeskError):
            self._links.set_problem(str(error))
        else:
            show_error(self._window, self.tr("The personal links were not saved"), error)

    # --------------------------------------------------------------------------------------------- frame

    def _arrange(self) -> None:
        """Where there is little room the buttons stand under the link."""
        narrow = self.width() < theme.px(_NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._link_line.setDirection(direction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _links_words(run_id: int) -> tuple[str, str]:
    """What prints a run's links on the command line."""
    return "links", str(run_id)


def _say(label: Label, words: str) -> None:
    if label.text() != words:
        label.setText(words)
        label.updateGeometry()
