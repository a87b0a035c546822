"""What the palette offers and the key sheet shows: pages, verbs, dialogs, views, settings, rows by name."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from crowddesk.language import mark, number_text, say
from crowddesk.ui.keys import FIXED, key_text
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.page_actions import PageAction, actions_of
from crowddesk.ui.saved_views import LISTS, SavedViews, count_words
from crowddesk.ui.session import Session
from crowddesk.ui.table import RowsTable
from crowddesk.ui.timers import make_one_shot

if TYPE_CHECKING:
    from crowddesk.lanes import Job
    from crowddesk.ui.key_sheet import Group
    from crowddesk.ui.palette import CommandPalette, Entry
    from crowddesk.ui.workspace_verbs import WorkspaceVerbs

_DELETE: Final = Qt.WidgetAttribute.WA_DeleteOnClose
_KEPT: Final = "palette.recent"
_MOST_RECENT: Final = 12
_PAUSE_MS: Final = 70
_FOUND: Final = 6
#: What a word before a run's or an account's name asks for: the entry's title and what it is about.
_WITH_NAME: Final = {
    "export": (mark("Export “{title}”…"), "run"),
    "pack": (mark("Pack “{title}” into one file…"), "run"),
    "review": (mark("Review “{title}”"), "run"),
    "compare": (mark("Compare {title} with its vendor…"), "account"),
}
#: The sections of the settings page, by the key that it shows them by.
SECTIONS: Final = (
    ("appearance", mark("Appearance"), mark("theme dark light text size")),
    ("sending", mark("Sending"), mark("grace undo")),
    ("rejections", mark("Caps on rejections"), mark("second look")),
    ("fair_pay", mark("Fair pay"), mark("wage hour target")),
    ("notifications", mark("Notifications"), mark("tray tell deadline")),
    ("keys", mark("Keys"), mark("shortcut keyboard")),
    ("task_server", mark("Pages for your own people"), mark("task server port certificate")),
    ("workspace", mark("Workspace"), mark("folder journal verify doctor")),
    ("about", mark("About"), mark("version licence installed")),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """A row that a name leads to: what is done with it ("run", "worker", "unit", or a verb), and its id."""

    what: str
    row_id: int
    title: str
    kind: str

    @property
    def name(self) -> str:
        return f"{self.what}:{self.row_id}"


class Commands(QObject):
    """Opens the palette and the key sheet over a window when it wants them."""

    def __init__(
        self, session: Session, window: MainWindow, workspaces: WorkspaceVerbs | None = None
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._workspaces = workspaces
        self._views = SavedViews.of(session)
        self.palette: CommandPalette | None = None
        self._before: QWidget | None = None
        self._job: Job | None = None
        self._pause = make_one_shot(self, _PAUSE_MS, self._look_up)
        window.commands_wanted.connect(self.open_palette)
        window.keys_wanted.connect(self.open_sheet)
        window.follow_keys(session.keys)
        if session.keys.faults:
            self._tell_faults(session.keys.faults)

    def _tell_faults(self, faults: Sequence[str]) -> None:
        """A settings file that somebody wrote by hand must not keep the window shut; it is said instead."""
        more = self.tr(" And {0} more.").format(number_text(len(faults) - 1)) if len(faults) > 1 else ""
        self._window.banner.say(
            self.tr("Keys in settings.yaml that cannot be used: {0}{1}").format(faults[0], more),
            tone="warning",
            action=self.tr("Show the keys"),
            take=partial(self._session.wanted.emit, "settings", "keys"),
        )

    # ------------------------------------------------------------------------------------------- palette

    def open_palette(self) -> None:
        """Shows the palette; a second one is none."""
        from crowddesk.ui.palette import CommandPalette

        if self.palette is not None:
            return
        recent = self._recent()
        self._before = self._window.focusWidget()
        palette = CommandPalette(self.entries(), [entry["name"] for entry in recent], self._window)
        self.palette = palette
        palette.setAttribute(_DELETE)
        palette.asked.connect(self._pause.start)
        palette.chosen.connect(self._take)
        palette.finished.connect(self._close)
        palette.open()
        palette.line.setFocus()

    def _close(self) -> None:
        from shiboken6 import isValid

        self.palette = None
        self._window.activateWindow()
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus()
        self._before = None
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _take(self, entry: Entry) -> None:
        before = [kept for kept in self._recent() if kept["name"] != entry.name]
        now = {"name": entry.name, "title": entry.title, "kind": entry.kind}
        self._session.save(_KEPT, [now, *before][:_MOST_RECENT])
        entry.take()

    def _recent(self) -> list[dict[str, str]]:
        kept = self._session.load(_KEPT, [])
        wanted = {"name", "title", "kind"}
        return [e for e in kept if isinstance(e, dict) and wanted <= set(e)] if isinstance(kept, list) else []

    # ------------------------------------------------------------------------------------------- entries

    def entries(self) -> list[Entry]:
        """Everything that can be chosen without asking the database."""
        from crowddesk.ui.palette import Entry

        window = self._window
        page = window.stack.currentWidget()
        title = next((spec.title for spec in window.pages if spec.key == window.current_page), "")
        found = [
            Entry(f"verb:{window.current_page}:{a.title}", a.title, title, a.take, a.key)
            for a in (self._verbs(page) if page is not None else ())
        ]
        for number, spec in enumerate(window.pages, 1):
            show = partial(window.show_page, spec.key)
            key = f"Ctrl+{number}" if number < 10 else ""
            found.append(Entry(f"page:{spec.key}", spec.title, self.tr("page"), show, key))
        found += self._dialogs(Entry)
        found += self._of_workspaces(Entry)
        for view in self._views.rows:
            what = self.tr("view")
            what = f"{what} · {LISTS[view.noun][1]}" if view.noun in LISTS else ""
            count = self._views.count_of(view.noun, view.search)
            kind = what if count is None else f"{what} · {count_words(count)}"
            found.append(
                Entry(f"view:{view.id}", view.name, kind, partial(open_view, window, view), also=view.search)
            )
        for key, words, also in SECTIONS:
            go = partial(self._session.wanted.emit, "settings", key)
            found.append(Entry(f"settings:{key}", say(words), self.tr("settings"), go, also=say(also)))
        known = {entry.name for entry in found}
        for kept in self._recent():
            verb, _, row_id = kept["name"].partition(":")
            if kept["name"] not in known and row_id.isdigit():
                row = Found(verb, int(row_id), kept["title"], kept["kind"])
                found.append(self._entry_of(row))
        return found

    def _verbs(self, page: QWidget) -> list[PageAction]:
        dull = [say(title) for title in (mark("Next row"), mark("Row before"), mark("Search"), mark("Close"))]
        found = [a for a in actions_of(page) if a.title not in (self.tr("Views"), self.tr("Columns"), "?")]
        return sorted(found, key=lambda action: action.title in dull)

    def _dialogs(self, make: type[Entry]) -> list[Entry]:
        kind = self.tr("command")
        keys = self._session.keys
        made: list[tuple[str, str, Callable[[], object], str, str]] = [
            ("launch", self.tr("Launch a run…"), self._launch, "Ctrl+N", "new start run file"),
            ("rehearse", self.tr("Rehearse a run…"), self._launch, "", "sandbox practice launch"),
            ("register", self.tr("Add a requester…"), self._register, "", "account vendor register"),
            ("qualification", self.tr("New qualification…"), self._qualify, "", "make"),
            ("packed", self.tr("Open a packed run…"), self._open_packed, "", "bundle file"),
            ("keys", self.tr("Keys of this page"), self.open_sheet, keys.shown("keys"), "help sheet"),
            ("fold", self.tr("Fold the navigation"), self._window.fold_navigation, "Ctrl+B", "icons words"),
            ("undo", self.tr("Undo"), self._window.toast.undo, "Ctrl+Z", "take back"),
            ("light", self.tr("Light colours"), partial(self._colours, "light"), "", "theme appearance"),
            ("dark", self.tr("Dark colours"), partial(self._colours, "dark"), "", "theme appearance"),
            ("system", self.tr("Colours of the system"), partial(self._colours, "system"), "", "theme"),
        ]
        if self._window.strip.can_send:
            made.insert(0, ("send", self.tr("Send what is staged…"), self._send, keys.shown("send"), "pay"))
        found = [make(f"do:{name}", title, kind, take, key, also) for name, title, take, key, also in made]
        for name, title in (
            ("export", self.tr("Export a run…")),
            ("pack", self.tr("Pack a run into one file…")),
            ("review", self.tr("Review a run")),
            ("compare", self.tr("Compare an account with its vendor…")),
        ):
            if name != "review" or self._has_page("review"):
                found.append(make(f"ask:{name}", title, kind, also="reconcile", asks=f"{name} "))
        return found

    def _of_workspaces(self, make: type[Entry]) -> list[Entry]:
        if self._workspaces is None:
            return []
        kind, places = self.tr("command"), self.tr("workspace")
        found = [
            make(f"do:workspace.{verb.name}", verb.title, kind, verb.take, verb.key, verb.also)
            for verb in self._workspaces.verbs()
            if verb.name not in ("", "packed")
        ]
        return found + [
            make(f"workspace:{verb.name}", verb.title, places, verb.take, also=verb.name)
            for verb in self._workspaces.recent_verbs()
        ]

    def _has_page(self, key: str) -> bool:
        return any(spec.key == key for spec in self._window.pages)

    def _entry_of(self, found: Found) -> Entry:
        from crowddesk.ui.palette import Entry

        return Entry(found.name, found.title, found.kind, partial(self._open, found))

    def _open(self, found: Found) -> None:
        pages = {"run": "runs", "worker": "workers", "unit": "units", "review": "review"}
        if found.what == "export":
            from crowddesk.ui.dialogs.export import open_export

            open_export(self._session, self._window, found.row_id)
        elif found.what == "pack":
            from crowddesk.ui.dialogs.pack import open_pack

            open_pack(self._session, self._window, found.row_id)
        elif found.what == "compare":
            self._session.ask(partial(_account, found.row_id), self._compare)
        elif found.what in pages and self._has_page(pages[found.what]):
            self._session.wanted.emit(pages[found.what], found.row_id)

    def _compare(self, row: Any) -> None:
        from crowddesk.ui.reconciling import open_comparison

        if row is not None:
            open_comparison(self._session, self._window, row.id, row.requester_name, row.provider_type)

    def _launch(self) -> None:
        from crowddesk.ui.launcher import open_launch

        open_launch(self._session, self._window)

    def _open_packed(self) -> None:
        from crowddesk.ui.packed_run import ask_packed

        ask_packed(self._session, self._window)

    def _register(self) -> None:
        page: Any = self._window.show_page("requesters")
        page.add.click()

    def _qualify(self) -> None:
        page: Any = self._window.show_page("workers")
        page.verbs.make_qualification()

    def _send(self) -> None:
        self._window.send_wanted.emit()

    def _colours(self, theme: str) -> None:
        settings = self._session.settings
        look = dataclasses.replace(settings.appearance, theme=theme)
        self._session.set_settings(dataclasses.replace(settings, appearance=look))

    # ----------------------------------------------------------------------------------- runs and people

    def _look_up(self) -> None:
        if self.palette is None:
            return
        if self._job is not None:
            self._job.cancel()
        typed, db = self.palette.line.text(), self._session.db
        if typed.strip():
            self._job = self._session.threads.reader.ask(
                lambda job: find_rows(db, typed, job), self._show_found
            )

    def _show_found(self, found: tuple[str, list[Found]]) -> None:
        self._job = None
        typed, rows = found
        if self.palette is not None:
            self.palette.show_found(typed, [self._entry_of(row) for row in rows])

    # -------------------------------------------------------------------------------------------- sheet

    def open_sheet(self) -> None:
        """Shows the keys of the page that is shown."""
        from crowddesk.ui.key_sheet import KeySheet

        title = next((s.title for s in self._window.pages if s.key == self._window.current_page), "")
        sheet = KeySheet(self.tr("Keys: {0}").format(title), self.groups(), self._window)
        sheet.setAttribute(_DELETE)
        sheet.change_wanted.connect(partial(self._session.wanted.emit, "settings", "keys"))
        sheet.open()

    def groups(self) -> list[Group]:
        """The keys of the page that is shown, of its lists, and of the window."""
        page = self._window.stack.currentWidget()
        fixed = {key: say(what) for key, what in FIXED}
        here = [(a.key, a.title) for a in actions_of(page, disabled_too=True) if a.key] if page else []
        groups: list[Group] = [(self.tr("On this page"), here)]
        if page is not None and any(t.isVisibleTo(page) for t in page.findChildren(RowsTable)):
            names = ("Return", "Home", "End", "Ctrl+C", "Escape")
            groups.append((self.tr("In a list"), [(key_text(name), fixed[name]) for name in names]))
        everywhere = [
            (key_text(action.shortcut()), action.text()) for action in self._window.actions() if action.text()
        ]
        pages = len(self._window.pages)
        everywhere.append((f"Ctrl+1–{min(9, pages)}", self.tr("Show a page")))
        everywhere += [(key_text(name), fixed[name]) for name in ("Ctrl+B", "Ctrl+O", "Ctrl+Z")]
        groups.append((self.tr("Everywhere"), everywhere))
        return groups


class NavigationViews(QObject):
    """One's views under their pages in the navigation, with their counts."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._views = SavedViews.of(session)
        self._shown: frozenset[str] = frozenset()
        self._views.changed.connect(self._want)
        self._views.counted.connect(self._show)
        self._want()

    def _want(self) -> None:
        self._views.want("navigation", [(view.noun, view.search) for view in self._views.rows])
        self._show()

    def _show(self) -> None:
        from crowddesk.ui.navigation import ViewEntry

        pages = {spec.key for spec in self._window.pages}
        for noun, (_, page, _) in LISTS.items():
            views = self._views.of_noun(noun)
            if page in pages and (views or page in self._shown):
                entries = [
                    ViewEntry(
                        view.name,
                        count_words(self._views.count_of(noun, view.search)),
                        partial(open_view, self._window, view),
                    )
                    for view in views
                ]
                self._window.navigation.set_views(page, entries)
        self._shown = frozenset(LISTS[view.noun][1] for view in self._views.rows if view.noun in LISTS)


def open_view(window: MainWindow, view: Any) -> None:
    """Shows the list that a saved view is of, and what it finds there."""
    page: Any = window.show_page(LISTS[view.noun][1])
    show = getattr(page, "show_view", None)
    if show is not None:
        show(view)


def find_rows(db: Any, typed: str, job: Job) -> tuple[str, list[Found]]:
    """In the reader: runs, people and units of these words; after a verb, what it can be done with."""
    from crowddesk.domain import Cancelled
    from crowddesk.store.database import CancelToken

    token = CancelToken()
    job.on_cancel(token.cancel)
    try:
        with db.read(token) as conn:
            return typed, list(_find(conn, typed.strip()))
    except Cancelled:
        return typed, []
    finally:
        job.on_cancel(None)


def _find(conn: Any, typed: str) -> Sequence[Found]:
    verb, _, rest = typed.partition(" ")
    rest = rest.strip()
    if verb.lower() in _WITH_NAME and _WITH_NAME[verb.lower()][1] == "run":
        words = _WITH_NAME[verb.lower()][0]
        return [
            Found(verb.lower(), run.id, say(words, title=run.title), _run_word(run))
            for run in _runs(conn, rest)
        ]
    if verb.lower() == "compare":
        return _accounts(conn, rest)
    found = [Found("run", run.id, run.title, _run_word(run)) for run in _runs(conn, typed)]
    found += _people(conn, typed)
    number = typed.lower().removeprefix("unit").strip(" #")
    if number.isascii() and number.isdigit() and len(number) < 18:
        from crowddesk.store.queries import UNITS

        found += [
            Found("unit", unit.id, say("Unit {id}", id=unit.id), unit.run_title)
            for unit in UNITS.rows(conn, [int(number)])
        ]
    return found


def _run_word(run: Any) -> str:
    return say("run {id}", id=run.id)


def _runs(conn: Any, words: str) -> list[Any]:
    from crowddesk.store.queries import RUNS, Sort

    number = words.lower().removeprefix("run").strip(" #")
    found = []
    if number.isascii() and number.isdigit() and len(number) < 18:
        found = RUNS.rows(conn, [int(number)])
    search = RUNS.parse('"' + words.replace('"', '""') + '"' if words else "")
    newest = RUNS.first(conn, search, sort=Sort("id", descending=True), limit=_FOUND)
    return found + [run for run in newest if run not in found]


def _people(conn: Any, words: str) -> list[Found]:
    from crowddesk.store.queries import WORKERS

    beginning = words.replace("*", "").replace('"', '""')
    if not beginning:
        return []
    rows = WORKERS.first(conn, WORKERS.parse(f'worker:"{beginning}*"'), limit=_FOUND)
    return [
        Found("worker", row.id, row.worker_name, say("worker · {vendor}", vendor=row.provider_type))
        for row in rows
    ]


def _accounts(conn: Any, words: str) -> list[Found]:
    from crowddesk.store.queries import REQUESTERS

    title = _WITH_NAME["compare"][0]
    return [
        Found("compare", row.id, say(title, title=row.requester_name), row.provider_type)
        for row in REQUESTERS.iterate(conn)
        if row.registered and words.lower() in row.requester_name.lower()
    ][:_FOUND]


def _account(requester_id: int, conn: Any) -> Any:
    from crowddesk.store.queries import REQUESTERS

    return next(iter(REQUESTERS.rows(conn, [requester_id])), None)
