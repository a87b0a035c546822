"""The composition root: makes everything once, wires it by constructor, stops it backwards.

The window is painted first; the workspace is opened in a thread behind it, and pages are made when it is
there.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication, QWidget

from crowddesk import __version__, paths
from crowddesk.domain import CrowdDeskError, DamagedWorkspace, money_text
from crowddesk.lanes import Threads, WorkThread
from crowddesk.language import mark, say, say_count
from crowddesk.ui import damage
from crowddesk.ui.garbage import GuiGarbage
from crowddesk.ui.kept_values import KeptValues
from crowddesk.ui.locale import speak_language
from crowddesk.ui.main_window import MainWindow, PageSpec
from crowddesk.ui.messages import CrashReporter, ErrorDialog
from crowddesk.ui.status_strip import LaneLook
from crowddesk.ui.theme import Theme

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.lane_work import Step
    from crowddesk.settings import Settings
    from crowddesk.taskserver.state import ServerState
    from crowddesk.ui.first_start import FirstStart
    from crowddesk.ui.session import Session
    from crowddesk.ui.start_check import StartCheck
    from crowddesk.ui.workspace_menu import WorkspaceMenu
    from crowddesk.ui.workspace_verbs import WorkspaceVerbs

#: Page key, title, icon, and the class that makes it, in the order of the navigation.
_PAGES: Final = (
    ("home", mark("Home"), "home", "home.HomePage"),
    ("requesters", mark("Requesters"), "requesters", "requesters.RequestersPage"),
    ("runs", mark("Task runs"), "runs", "runs.RunsPage"),
    ("units", mark("Units"), "units", "units.UnitsPage"),
    ("review", mark("Review"), "review", "review.ReviewPage"),
    ("workers", mark("Workers"), "workers", "workers.WorkersPage"),
    ("payments", mark("Payments"), "payments", "payments.PaymentsPage"),
    ("settings", mark("Settings"), "settings", "settings.SettingsPage"),
)
#: Asked to end from outside, the window closes as by hand: threads are awaited, sizes kept.
_ENDING: Final = (signal.SIGINT, signal.SIGTERM)
_LANE_WORDS: Final = {"waiting": "limit", "elsewhere": "idle"}
#: Other threads give way ten times as often as by default, so that the window never waits for them.
_SWITCH_INTERVAL_S: Final = 0.0005


class Desk(QObject):
    """One window over one workspace. `ready` once pages can be made; `failed` when it cannot be opened.

    `bundle` is a bundled run to be read, which is unpacked into the empty `folder`. `lasting`: the workspace
    is a person's own: it is remembered as opened, its file is looked over and copied, and a damaged one is
    led back from.
    """

    ready = Signal()
    failed = Signal(object)

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        url: str | None = None,
        bundle: Path | None = None,
        *,
        lasting: bool = False,
    ) -> None:
        super().__init__()
        self._app = app
        self._folder = folder
        self._url = url
        self._bundle = bundle
        self._lasting = lasting
        self.kept = KeptValues(folder)
        self.theme = Theme(
            app,
            paths.resources_dir() / "icons",
            scheme=self.kept.load("theme", "system"),
            rows=self.kept.load("rows", "normal"),
        )
        self.window = MainWindow(
            [PageSpec(key, say(title), icon, partial(self._make, name)) for key, title, icon, name in _PAGES],
            load=self.kept.load,
            save=self.kept.save,
        )
        self.window.navigation.setEnabled(False)
        self.window.closed.connect(self.stop)
        self.window.cut_off = self._cut_off
        self.window.send_wanted.connect(self._send)
        self.theme.changed.connect(self._restyle)
        self.session: Session | None = None
        self._db: CrowdDatabase | None = None
        self._threads: Threads | None = None
        self._lanes: dict[int, LaneLook] = {}
        self._names: dict[int, str] = {}
        self._opening = WorkThread("opening")
        self._died = False
        self._check: StartCheck | None = None
        self._refusal: Exception | None = None
        self._pages_open = 0
        self._files = WorkThread("files")
        self._workspaces: WorkspaceVerbs | None = None
        self._menu: WorkspaceMenu | None = None
        self._to_open: list[Path] = []
        self._name_workspace()

    def start(self) -> None:
        """Paints the window and opens the workspace behind it."""
        self.window.show()
        self._opening = WorkThread("opening")
        self._opening.start()
        self._opening.ask(lambda job: self._open(), self._opened, self._not_opened)

    def _open(self) -> tuple[CrowdDatabase, Settings, list[Any]]:
        """In the opening thread: what takes time to import or to read, but no class of Qt's.

        PySide makes its types when they are first used, and two threads that do so at once end the process.
        """
        from crowddesk import recent, settings
        from crowddesk.operations.workspace import open_workspace
        from crowddesk.store.queries import REQUESTERS

        died = False
        if self._bundle is not None:
            from crowddesk.operations.bundle import open_bundle

            db = open_bundle(self._bundle, self._folder)
        else:
            if self._lasting:
                died = damage.somebody_died(self._folder)
            db = open_workspace(self._folder, self._url)
        try:
            with db.read() as conn:
                accounts = list(REQUESTERS.iterate(conn))
            found = db, settings.load(self._folder), accounts
            if self._lasting:
                recent.remember(self._folder)
                self._died = died
            self._db = db  # a window that is closed before it hears of it closes it all the same
            return found
        except BaseException:
            db.close()
            raise

    def _opened(self, found: tuple[CrowdDatabase, Settings, list[Any]]) -> None:
        from crowddesk.ui.dialogs.frame import VerbDialog
        from crowddesk.ui.session import Session

        self._opening.stop()
        self._files.start()
        db, settings, accounts = found
        VerbDialog.workspace = Path(db.folder)
        self._threads = Threads(db, self)
        self._threads.lane_stepped.connect(self._show_lane)
        self._threads.server_changed.connect(self._count_pages)
        self.session = Session(
            db,
            self._threads,
            settings,
            load=self.kept.load,
            save=self.kept.save,
            writing=self.kept.writing,
            parent=self,
        )
        self.session.staged_changed.connect(self._show_staged)
        self.session.needs_changed.connect(self._show_needs)
        self.session.settings_changed.connect(self._take_settings)
        self.session.changed.connect(self._follow_accounts)
        self.session.wanted.connect(self._show_wanted)
        self._take_settings()
        self.window.workspace_wanted.connect(self._open_menu)
        self.window.navigation.setEnabled(True)
        if self._bundle is not None:
            self.window.set_kind(self.tr("read-only bundle"))
            self.window.banner.say(self.tr("{0}: {1}").format(self._bundle.name, db.read_only))
        self.window.show_page(self._first_page())
        self.window.page_shown.connect(partial(self.session.keep, "window.page"))
        self.ready.emit()
        self.session.later(partial(self._begin_work, accounts))

    def _begin_work(self, accounts: list[Any]) -> None:
        """What waits for the page's rows: palette, notices, and the lanes, which import vendors' code."""
        if self._threads is None or self.session is None:  # closed before that
            return
        from crowddesk.ui.commands import Commands, NavigationViews
        from crowddesk.ui.notices import Notices

        workspaces = self._workspace_verbs()
        Commands(self.session, self.window, workspaces)
        NavigationViews(self.session, self.window)
        Notices(self.session, self.window)
        gc.freeze()  # what the start has made stays to the end; nobody needs to look through it again
        self._start_lanes(accounts)
        for path in self._to_open:
            workspaces.open_path(path)
        if self._bundle is None:
            from crowddesk.ui.restored_banner import RestoredBanner

            RestoredBanner(self.session, self.window)
        if self._lasting and self._db is not None and self._db.is_sqlite:
            from crowddesk.ui.start_check import StartCheck

            self._check = StartCheck(self.session, self._folder, died=self._died, parent=self)
            self._check.damaged.connect(self._tell_damage)
            self._check.begin()

    def _first_page(self) -> str:
        kept: str = self.kept.load("window.page", "home" if self._bundle is None else "runs")
        return kept if kept in {page[0] for page in _PAGES} else "home"

    def _not_opened(self, error: Exception) -> None:
        self._opening.stop()
        if self._lasting and isinstance(error, DamagedWorkspace):
            self._refusal = error
            folder, refusal = self._folder, str(error)
            self._files.start()
            self._files.ask(lambda job: damage.damage_of(folder, refusal), self._lead_back)
        else:
            self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        self.failed.emit(error)
        if isinstance(error, OSError):  # the disk's fault, not the program's
            why = error.strerror or str(error)
            sentence = self.tr("{0} cannot be read: {1}.").format(error.filename or self._folder, why)
            error = CrowdDeskError(sentence, str(error))
        if not isinstance(error, CrowdDeskError):
            raise error
        dialog = ErrorDialog.of(self.tr("This workspace cannot be opened"), error, self.window)
        dialog.finished.connect(self.window.close)
        dialog.open()

    # ----------------------------------------------------------------------------------- a damaged file

    def _tell_damage(self, faults: Sequence[str]) -> None:
        """Found behind the open window: it is said above every page, too, for who closes the dialog."""
        banner = self.window.add_banner()
        banner.say(
            self.tr("The file of this workspace is damaged. What you do now may be lost."),
            tone="danger",
            action=self.tr("The way back…"),
            take=partial(self._lead_back, faults),
        )
        self._lead_back(faults)

    def _lead_back(self, faults: Sequence[str]) -> None:
        from crowddesk.ui.way_back import WayBack

        way = WayBack(self.window, self._files, self._folder, faults, self._let_go)
        way.mended.connect(self._open_again)
        way.restored.connect(self._open_instead)
        way.left.connect(self._close_if_shut)
        way.open()

    def _open_again(self, aside: Path | None) -> None:
        """In this window if nothing was open in it yet, else by the program started anew."""
        self._refusal = None
        if self.session is None:
            if aside is not None:
                self.window.toast.say(self.tr("The damaged file is kept in {0}.").format(aside.name))
            self.start()
        else:
            self._open_instead(self._folder)

    def _open_instead(self, folder: Path) -> None:
        from crowddesk.ui.own_window import start_anew

        self._refusal = None
        try:
            start_anew(["--workspace", str(folder)])
        except CrowdDeskError as error:
            self._refuse(error)
        else:
            self.close_surely()

    def _close_if_shut(self) -> None:
        """Behind the dialog there is nothing to go back to where no workspace is open."""
        if self._db is None:
            if self._refusal is not None:
                self.failed.emit(self._refusal)
            self.close_surely()

    def open_path(self, path: Path) -> None:
        """Opens a file or another workspace in a window of its own, once this one is open."""
        if self._workspaces is None:
            self._to_open.append(path)
        else:
            self._workspaces.open_path(path)

    def close_surely(self) -> None:
        """Closes without a question."""
        self.window.close_surely()

    def stop(self) -> None:
        """Ends every thread, closes the database, keeps the window's values; safe to call twice."""
        self._opening.stop()
        self._let_go()
        self._files.stop()

    def _let_go(self) -> None:
        """Closes the workspace and what works on it; the window and what needs no workspace stay."""
        if self._check is not None:
            self._check.stop()
        if self._threads is not None:
            self._threads.stop()
            self._threads = None
        if self._db is not None:
            self._db.close()
            self._db = None
            self.kept.write()

    # ---------------------------------------------------------------------------------------- inside

    def _name_workspace(self) -> None:
        """By its folder; one that passes with its window has no place to tell of."""
        if self._bundle is not None:
            self.window.set_workspace(self._bundle.name, str(self._bundle), in_title=False)
        elif self._lasting:
            usual = self._folder == paths.default_workspace()
            self.window.set_workspace(self._folder.name, str(self._folder), in_title=not usual)
        else:
            self.window.set_workspace(self.tr("Workspace"), str(self._folder), in_title=False)

    def _workspace_verbs(self) -> WorkspaceVerbs:
        if self._workspaces is None:
            from crowddesk.ui.workspace_verbs import WorkspaceVerbs

            assert self.session is not None
            self._workspaces = WorkspaceVerbs(
                self.session, self.window, self._files, self._folder, read_only=self._bundle is not None
            )
        return self._workspaces

    def _open_menu(self) -> None:
        from crowddesk.ui.workspace_menu import WorkspaceMenu

        if self._menu is None:
            self._menu = WorkspaceMenu(self._workspace_verbs(), self.window)
        self._menu.open_below(self.window.navigation.workspace)

    def _cut_off(self) -> str:
        """What ends with the window: the pages that people have open. The system's own end is not put off."""
        if self._threads is None or not self._pages_open or self._app.isSavingSession():
            return ""
        pages = say_count("%n pages of your runs are", "%n page of your runs is", self._pages_open)
        return self.tr(
            "{0} open in people’s browsers, and this program serves them. Until it runs again nobody can "
            "send an answer; what they have typed stays in their browsers."
        ).format(pages)

    def _count_pages(self, state: ServerState) -> None:
        self._pages_open = sum(run.visitors for run in state.runs)

    def _make(self, name: str) -> QWidget:
        module, _, class_name = name.rpartition(".")
        make: Callable[..., QWidget] = getattr(
            importlib.import_module(f"crowddesk.ui.pages.{module}"), class_name
        )
        return make(self.session, self.window)

    def _show_wanted(self, page: str, what: object) -> None:
        shown = self.window.show_page(page)
        show = getattr(shown, "show_wanted", None)
        if show is not None and what is not None:
            show(what)

    def _start_lanes(self, accounts: list[Any]) -> None:
        if self._threads is None or self._bundle is not None:  # nothing leaves a bundle
            return
        for account in accounts:
            self._names[account.id] = account.requester_name
            if account.registered:
                self._lanes.setdefault(account.id, LaneLook(account.requester_name, "idle"))
                self._threads.start_lane(account.id)
        self.window.strip.set_lanes(list(self._lanes.values()))

    def _follow_accounts(self, table: str, _ids: object) -> None:
        if table == "requester" and self.session is not None:
            self.session.ask(_read_accounts, self._start_lanes)

    def _show_lane(self, requester_id: int, step: Step) -> None:
        name = self._names.get(requester_id, str(requester_id))
        state = _LANE_WORDS.get(step.state, step.state)
        self._lanes[requester_id] = LaneLook(name, state, step.note)
        self.window.strip.set_lanes(list(self._lanes.values()))

    def _show_staged(self, staged: Any) -> None:
        totals: dict[str, int] = {}
        for part in staged:
            totals[part.currency] = totals.get(part.currency, 0) + part.amount_minor + part.fee_minor
        money = " + ".join(money_text(minor, currency) for currency, minor in totals.items() if minor)
        self.window.strip.set_staged(sum(part.actions for part in staged), money)

    def _show_needs(self, needs: Any) -> None:
        self.window.navigation.set_waiting("home", needs.waiting)
        self.window.navigation.set_waiting("payments", needs.needs_you_count)
        self.window.navigation.set_waiting("review", needs.undecided)

    def _send(self) -> None:
        from crowddesk.ui.dialogs.send_sheet import open_send_sheet

        if self.session is not None:
            open_send_sheet(self.session, self.window)

    def _take_settings(self) -> None:
        assert self.session is not None
        look = self.session.settings.appearance
        self.kept.save("theme", look.theme)
        self.kept.save("rows", look.rows)
        self.theme.set(
            scheme=look.theme,
            scale=look.text_percent,
            rows=look.rows,
            reduced_motion=look.reduced_motion,
        )

    def _restyle(self) -> None:
        for widget in (self.window, *self.window.findChildren(QWidget)):
            restyle = getattr(widget, "restyle", None)
            if callable(restyle):
                restyle()


def _read_accounts(conn: Any) -> list[Any]:
    from crowddesk.store.queries import REQUESTERS

    return list(REQUESTERS.iterate(conn))


def make_application(arguments: list[str] | None = None) -> QApplication:
    """The one QApplication, named so that the system knows it; made once a process."""
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(arguments or [])
    speak_language(app)
    app.setApplicationName("CrowdDesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("crowddesk")
    app.setWindowIcon(QIcon(str(paths.resources_dir() / "icons" / "crowddesk.svg")))
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
    GuiGarbage(app)
    return app


def main(folder: Path, url: str | None = None) -> int:
    """Shows the window over a workspace until it is closed; returns the exit code."""
    return _run(Desk(make_application(["crowddesk"]), folder, url, lasting=True))


def first_start(gone: Path | None = None) -> int:
    """Welcomes somebody who has no workspace yet; `gone` was opened last and is not there. The exit code."""
    return _without_workspace(gone=gone)


def open_path(path: Path) -> int:
    """Opens a packed run, a backup or a workspace's folder by what it is; returns the exit code."""
    if path.suffix.lower() == ".crowddesk" and not path.is_dir():
        return open_bundle(path)
    return _without_workspace(asked=path)


def _without_workspace(**how: Any) -> int:
    from crowddesk.ui.first_start import FirstStart

    app = make_application(["crowddesk"])
    return _run(FirstStart(app, partial(Desk, app, lasting=True), **how))


def open_bundle(bundle: Path) -> int:
    """Shows the window over a bundled run, to be read, until it is closed; returns the exit code."""
    import tempfile

    from crowddesk.operations.drafts import draft_folder

    with draft_folder(Path(tempfile.gettempdir())) as folder:
        return _run(Desk(make_application(["crowddesk"]), folder, bundle=bundle.absolute()))


def run_demo(folder: Path, *, headless: bool) -> int:
    """Plays the demo in a window over an empty workspace; headless: offscreen, told on stdout, with pictures.

    Returns the exit code: with a window when it is closed, headless when the demo has been played.
    """
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from crowddesk.ui.demo_play import DemoPlay, pictures_folder

    desk = Desk(make_application(["crowddesk"]), folder)
    play = DemoPlay(desk.window, desk.theme, pictures_folder() if headless else None)

    def begin() -> None:
        if desk.session is not None:
            play.begin(desk.session)

    desk.ready.connect(begin)
    code = _run(desk, strict=headless)
    return code or (0 if play.ended or not headless else 1)


class _FileOpens(QObject):
    """Hears the system ask for a file to be opened, as macOS does in place of an argument."""

    asked = Signal(object)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.asked.emit(Path(event.file()))
            return True
        return False


def _run(shown: Desk | FirstStart, *, strict: bool = False) -> int:
    """Runs the window until it is closed; 1 when it could not open.

    `strict`: nobody is there to read of a crash and to close the window, so that one ends it all, with 1.
    """
    app = QApplication.instance()
    assert app is not None
    reporter = CrashReporter(app, facts=f"CrowdDesk {__version__}, Python {sys.version.split()[0]}")
    reporter.install()
    opens = _FileOpens()
    opens.asked.connect(shown.open_path)
    if sys.platform == "darwin":  # elsewhere it would only be asked for every event there is
        app.installEventFilter(opens)
    failures: list[object] = []
    shown.failed.connect(failures.append)
    if strict:

        def end(title: str, _details: str) -> None:
            failures.append(title)
            shown.close_surely()
            app.exit(1)  # the crash's own dialog would stay open

        reporter.crashed.connect(end)
    shown.start()
    before = {sign: signal.signal(sign, lambda *_: shown.close_surely()) for sign in _ENDING}
    try:
        code = app.exec()
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
        app.removeEventFilter(opens)
        shown.stop()
        reporter.uninstall()
    return 1 if failures else code
