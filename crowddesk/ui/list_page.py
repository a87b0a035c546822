"""A page that is one list with a pane beside it: search, order and columns are kept, keys work all over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from crowddesk.language import number_text, say_count
from crowddesk.ui import theme
from crowddesk.ui.detail import DetailPane
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.page import Page
from crowddesk.ui.rows import Column
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.rows_panel import RowsPanel
from crowddesk.ui.session import Session
from crowddesk.ui.views_menu import ViewsMenu

if TYPE_CHECKING:
    from crowddesk.store.views import ViewRow

_NARROW = 720
_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut


class ListPage(Page):
    """`model`, `panel`, and beside them `detail`, which `set_detail` gives. Call `start()` when all is made.

    `key` names the kept values, `listing` the rows' `Listing`, `table` what a commit calls them, `also`
    tables that they sum up, `beside_pane` the columns that stay while the pane is open.
    """

    def __init__(
        self,
        title: str,
        session: Session,
        window: MainWindow,
        columns: Sequence[Column],
        *,
        key: str,
        listing: str,
        table: str,
        noun: str,
        hint: str,
        also: Sequence[str] = (),
        beside_pane: Sequence[str] = (),
    ) -> None:
        super().__init__(title)
        self.session = session
        self.window_ = window
        self.detail: DetailPane | None = None
        self._key, self._noun = key, noun
        self._noun_of_search = listing.lower()
        self.views: ViewsMenu | None = None
        self._show_in_detail: Callable[[int], None] | None = None
        self._beside_pane = frozenset(beside_pane)
        self._gave_way: list[int] = []
        self.model = RowsModel(columns, session.source(listing, self), self)
        session.follow(self.model, table, also)
        self.panel = RowsPanel(
            self.model, name=title, search_hint=hint, noun=self._noun_of_search, session=session
        )
        self.table = self.panel.table
        kept = session.load(f"{key}.table", {})
        self._kept_table = kept if isinstance(kept, dict) else {}
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.panel)
        self.split.setStretchFactor(0, 1)
        self.split.setChildrenCollapsible(False)
        self.body.addWidget(self.split, 1)
        self.table.copied.connect(self._tell_copied)
        self.table.not_copied.connect(window.toast.say)
        self.table.selection_changed.connect(self._tell_selection)
        self.model.total_changed.connect(self._tell_total)
        window.closing.connect(self._keep)

    def set_detail(self, pane: DetailPane, show: Callable[[int], None]) -> None:
        """The pane beside the list, hidden at first; `show(id)` has it show a row."""
        self.detail, self._show_in_detail = pane, show
        pane.hide()
        pane.closed.connect(self._widen)
        self.table.addAction(pane.close_action)
        self.table.opened.connect(lambda row: self.show_detail(row.id))
        self.split.addWidget(pane)

    def bind(self, verbs: Sequence[QAction]) -> None:
        """Puts verbs into the context menu and has their keys work around the list. Two keys move everywhere.

        A text field takes its letters itself, and the pane has keys of its own.
        """
        self.table.set_verbs(verbs)
        down, up = QAction(self.tr("Next row"), self), QAction(self.tr("Row before"), self)
        for action, name, by in ((down, "lists.next", 1), (up, "lists.previous", -1)):
            self.session.keys.bind(action, name)
            action.setShortcutContext(_WITHIN)
            action.triggered.connect(lambda _=False, step=by: self.table.step(step))
            self.addAction(action)
        for verb in verbs:
            if not verb.isSeparator():
                verb.setShortcutContext(_WITHIN)
                self.panel.addAction(verb)

    def add_views(self, starters: Sequence[tuple[str, str]]) -> None:
        """The views of this list: (title, search) that are often wanted, and one's own."""
        self.views = ViewsMenu(
            self.session, self.window_, self.panel, self._noun_of_search, starters, search=self.search
        )

    def show_view(self, view: ViewRow) -> None:
        """Shows what a saved view of this list finds."""
        if self.views is not None:
            self.views.show_view(view)

    def start(self) -> None:
        """Shows the rows, in the order and with the search of the last time."""
        self.table.restore(self._kept_table)
        text = self.session.load(f"{self._key}.search", "")
        self.search(text if isinstance(text, str) else "")

    def search(self, text: str) -> None:
        """Shows a search at once, in the order that is chosen."""
        self.panel.search.set_text(text)
        self.model.search(text)

    def chosen(self) -> Sequence[int] | None:
        """What the verbs act on: the selection, or what the pane shows where nothing is selected.

        None while the ids of the selection are still being read.
        """
        if self.detail is not None and self.detail.isVisible() and not self.table.selected_count():
            return [self.detail.shown_id]
        ids = self.table.selected_ids()
        return ids if len(ids) == self.table.selected_count() else None

    def show_detail(self, row_id: int) -> None:
        """Opens the pane on a row."""
        if self.detail is None or self._show_in_detail is None:
            return
        opening = self.detail.isHidden()
        self._show_in_detail(row_id)
        if opening:
            wide = max(self.width() - 40, 2 * self.detail.minimumWidth())
            beside = max(self.detail.minimumWidth(), min(round(wide * 0.4), theme.px(440)))
            self.split.setSizes([wide - beside, beside])
            self._narrow()
            self._cover()

    def _narrow(self) -> None:
        """Columns that would not fit beside the pane give way until it is closed."""
        columns = self.table.columns
        for column in list(columns.shown()):
            if self.model.columns[column].key not in self._beside_pane:
                columns.show_column(column, False)
                self._gave_way.append(column)

    def _cover(self) -> None:
        """In a narrow window the pane stands in the list's place."""
        if self.detail is None:
            return
        covers = not self.detail.isHidden() and self.width() < theme.px(_NARROW)
        in_list = self._has_focus(self.panel)
        self.panel.setVisible(not covers)
        if covers and in_list:
            self.detail.area.setFocus()

    def _has_focus(self, part: QWidget) -> bool:
        """Whether the keyboard is inside a part of this page."""
        focus: QWidget | None = self.window_.focusWidget()
        return focus is not None and part.isAncestorOf(focus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cover()

    def _widen(self) -> None:
        for column in self._gave_way:
            self.table.columns.show_column(column, True)
        self._gave_way.clear()
        self._cover()
        self.table.setFocus()

    def offer_launch(self, title: str, words: str) -> None:
        """What an empty list says where a run would fill it, with the button that launches one."""
        launch = QAction(self.tr("Launch a run…"), self)
        launch.triggered.connect(self._launch)
        self.table.set_empty_state(title, words, launch)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._has_focus(self):
            self.table.setFocus()  # letters are verbs here, not a search

    # -------------------------------------------------------------------------------------------- inside

    def _launch(self) -> None:
        from crowddesk.ui.launcher import open_launch

        open_launch(self.session, self.window_)

    def _tell_selection(self, count: int) -> None:
        if self.detail is not None and self.detail.isVisible() and count == 1:
            row = self.table.current_row()
            if row is not None and row.id != self.detail.shown_id:
                self.show_detail(row.id)
        self._tell_total(self.model.rowCount())

    def _tell_total(self, total: int) -> None:
        chosen = self.table.selected_count()
        facts = [_count_words(self._noun, total)]
        if chosen > 1:
            facts.append(self.tr("{0} selected").format(number_text(chosen)))
        self.head.set_facts(facts)

    def _tell_copied(self, count: int) -> None:
        self.window_.toast.say(self.tr("Copied {0}").format(say_count("%n rows", "%n row", count)))

    def _keep(self) -> None:
        for column in self._gave_way:
            self.table.columns.show_column(column, True)
        self.session.save(f"{self._key}.table", self.table.saved_state())
        self.session.save(f"{self._key}.search", self.panel.search.text())

    def show_wanted(self, what: Any) -> None:
        """Shows a search."""
        self.search(str(what))


def _count_words(noun: str, count: int) -> str:
    """So many rows of a list: "12 units"."""
    if noun == "unit":
        return say_count("%n units", "%n unit", count)
    if noun == "worker":
        return say_count("%n workers", "%n worker", count)
    return say_count("%n actions", "%n action", count)
