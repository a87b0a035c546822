"""The views of one list: searches that are often wanted, and one's own, each with how many rows it finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from crowddesk.domain import CrowdDeskError
from crowddesk.language import mark, say
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.rows_panel import RowsPanel
from crowddesk.ui.saved_views import SavedViews, count_words
from crowddesk.ui.session import Session

if TYPE_CHECKING:
    from crowddesk.store.views import ViewRow
    from crowddesk.ui.dialogs.views import SaveViewDialog, ViewsDialog

_DELETE: Final = Qt.WidgetAttribute.WA_DeleteOnClose
_TITLES: Final = {
    "units": mark("Your views of units"),
    "runs": mark("Your views of runs"),
    "workers": mark("Your views of workers"),
    "actions": mark("Your views of actions"),
    "requesters": mark("Your views of requesters"),
}


class ViewsMenu(QToolButton):
    """The button of a list's views; it puts itself into the list's panel.

    `starters` are (title, search) that everybody has. `search(text)` shows a search in the list.
    """

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        panel: RowsPanel,
        noun: str,
        starters: Sequence[tuple[str, str]] = (),
        *,
        search: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._session, self._window, self._panel, self._noun = session, window, panel, noun
        self._starters = list(starters)
        self._search = search
        self.views = SavedViews.of(session)
        self._dialog: ViewsDialog | None = None
        self.setText(self.tr("Views ▾"))
        self.setToolTip(self.tr("Searches that are often wanted, and your own"))
        self.setProperty("chrome", "button")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.shown = QMenu(self)
        self.shown.setToolTipsVisible(True)
        self.shown.aboutToShow.connect(self._fill)
        self.shown.aboutToHide.connect(partial(self.views.want, f"menu {noun}", ()))
        self.setMenu(self.shown)
        self._actions: list[tuple[QAction, str, str]] = []
        self.views.counted.connect(self._show_counts)
        self.views.changed.connect(self._follow)
        panel.add_button(self)

    # -------------------------------------------------------------------------------------------- menu

    def _fill(self) -> None:
        self.shown.clear()
        self._actions.clear()
        shown = self._panel.search.text().strip()
        for title, text in self._starters:
            self._add(title, text, shown, partial(self._search, text))
        mine = self.views.of_noun(self._noun)
        if mine:
            self.shown.addSection(self.tr("Yours"))
        for view in mine:
            self._add(view.name, view.search, shown, partial(self.show_view, view))
        self.shown.addSeparator()
        self.shown.addAction(self.tr("Save this view…"), self.save)
        arrange = self.shown.addAction(self.tr("Rename, order, remove…"), self.arrange)
        arrange.setEnabled(bool(mine))
        self.views.want(f"menu {self._noun}", [(self._noun, text) for _, text, _ in self._actions])
        self.views.count_again(self._noun)
        self._show_counts()

    def _add(self, title: str, text: str, shown: str, take: Callable[[], object]) -> None:
        action = self.shown.addAction("")
        action.triggered.connect(lambda: take())
        action.setToolTip(text or self.tr("everything"))
        action.setCheckable(True)
        action.setChecked(text == shown)
        self._actions.append((action, text, title.replace("&", "&&").replace("\t", " ")))

    def _show_counts(self) -> None:
        if self.shown.isVisible() or self._actions:
            for action, text, title in self._actions:
                count = count_words(self.views.count_of(self._noun, text))
                action.setText(f"{title}\t{count}")

    # ------------------------------------------------------------------------------------------- showing

    def show_view(self, view: ViewRow) -> None:
        """Shows what a view finds, in its order and with its columns where it has them."""
        state: dict[str, Any] = {}
        if view.columns:
            state["columns"] = [dict(column) for column in view.columns]
        if view.sort:
            state |= {"sort": view.sort, "descending": view.descending}
        if state:
            self._panel.table.restore(state)
        self._search(view.search)

    # ------------------------------------------------------------------------------------------- writing

    def save(self) -> None:
        """Asks for a name, and keeps what is shown under it."""
        from crowddesk.ui.dialogs.views import SaveViewDialog

        search = self._panel.search.text().strip()
        mine = self.views.of_noun(self._noun)
        same = next((view.name for view in mine if view.search == search), "")
        dialog = SaveViewDialog(search, [view.name for view in mine], self._window, name=same)
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._save(dialog, search))
        dialog.open()

    def _save(self, dialog: SaveViewDialog, search: str) -> None:
        value, noun, owner = dialog.value(), self._noun, self._session.db.who
        state = self._panel.table.saved_state() if value.with_layout else {}

        def write(db: Any) -> str:
            from crowddesk.store.views import save_view

            with db.write() as w:
                save_view(
                    w, owner, noun, value.name, search, sort=state.get("sort") or "",
                    descending=state.get("descending", False), columns=state.get("columns", ()),
                )  # fmt: skip
            return value.name

        self._session.act(write, self._tell_saved, self._fail)

    def _tell_saved(self, name: str) -> None:
        self._window.toast.say(self.tr("“{0}” is among your views.").format(name))

    def arrange(self) -> None:
        """Shows one's views, to rename, move and remove them."""
        from crowddesk.ui.dialogs.views import ViewsDialog

        title = say(_TITLES[self._noun])
        dialog = self._dialog = ViewsDialog(title, self.views.of_noun(self._noun), self._window)
        dialog.setAttribute(_DELETE)
        dialog.rename_wanted.connect(lambda view, name: self._write("rename_view", view, name))
        dialog.move_wanted.connect(lambda view, by: self._write("move_view", view, by))
        dialog.remove_wanted.connect(self._remove)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self._dialog = None

    def _remove(self, view_id: int) -> None:
        gone = next((view for view in self.views.rows if view.id == view_id), None)
        if gone is not None:
            self._write("remove_view", view_id)
            words = self.tr("“{0}” is removed.").format(gone.name)
            self._window.toast.say(words, partial(self._bring_back, gone))

    def _bring_back(self, view: ViewRow) -> None:
        def write(db: Any) -> None:
            from crowddesk.store.views import save_view

            with db.write() as w:
                save_view(
                    w, view.owner, view.noun, view.name, view.search, sort=view.sort,
                    descending=view.descending, columns=view.columns,
                )  # fmt: skip

        self._session.act(write, None, self._fail)

    def _write(self, verb: str, view_id: int, *more: Any) -> None:
        def write(db: Any) -> None:
            from crowddesk.store import views

            with db.write() as w:
                getattr(views, verb)(w, view_id, *more)

        self._session.act(write, None, self._fail)

    def _follow(self) -> None:
        if self._dialog is not None:
            self._dialog.show_views(self.views.of_noun(self._noun))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CrowdDeskError):
            raise error
        if self._dialog is not None:
            self._dialog.show_failure(str(error), self.views.of_noun(self._noun))
        else:
            from crowddesk.ui.verbs import show_error

            show_error(self._window, self.tr("This view was not saved"), error)
