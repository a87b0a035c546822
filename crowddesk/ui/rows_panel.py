"""A list as every page has it: search field, the page's own buttons, column choice, table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from crowddesk.domain import BadInput
from crowddesk.store.search import BadSearch
from crowddesk.ui import theme
from crowddesk.ui.messages import Banner
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.search_field import KnownNames, SearchField
from crowddesk.ui.table import RowsTable

if TYPE_CHECKING:
    from crowddesk.ui.session import Session

#: Beside a pane there may be so little room that the search matters more than the button (at 100 % text).
_NARROW: Final = 300
_LEAST: Final = 150


class RowsPanel(QWidget):
    """`search`, `table` and the buttons of one list, wired together.

    `noun` is what the search is over; with a `session` it offers names that the workspace has.
    """

    def __init__(
        self,
        model: RowsModel,
        parent: QWidget | None = None,
        *,
        name: str,
        search_hint: str = "",
        noun: str = "",
        session: Session | None = None,
    ) -> None:
        super().__init__(parent)
        self.table = RowsTable(model, name=name)
        self.search = SearchField(search_hint or self.tr("Search {0}").format(name.lower()), noun=noun)
        if session is not None:
            self.search.follow(session.keys)
            KnownNames(session, self.search, noun)
        self.columns = QToolButton()
        self.columns.setText(self.tr("Columns ▾"))
        self.columns.setProperty("chrome", "button")
        self.columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.columns.setToolTip(self.tr("Choose the columns of the table"))
        menu = QMenu(self.columns)
        menu.aboutToShow.connect(self._fill_columns)
        self.columns.setMenu(menu)
        self.banner = Banner()
        self._bar = QHBoxLayout()
        self._bar.setSpacing(8)
        self._bar.addWidget(self.search, 1)
        self._bar.addWidget(self.columns, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._bar)
        layout.addWidget(self.banner)
        layout.addWidget(self.table, 1)
        self.search.searched.connect(model.search)
        model.failed.connect(self._show_failure)
        model.phase_changed.connect(self._show_phase)
        self.search.left_down.connect(self.table.setFocus)
        self.restyle()

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self.setMinimumWidth(theme.px(_LEAST))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where there is little room the columns are chosen in the table's head alone."""
        there_is_room = self.width() >= theme.px(_NARROW)
        self.columns.setVisible(there_is_room)
        self.search.set_help_shown(there_is_room)

    def add_button(self, button: QWidget) -> None:
        """Adds a page's own control between the search and the column choice."""
        self._bar.insertWidget(self._bar.count() - 1, button, 0, Qt.AlignmentFlag.AlignTop)

    def _show_failure(self, error: Exception) -> None:
        if isinstance(error, BadInput) and self.search.text().strip():
            place = (error.start, error.end) if isinstance(error, BadSearch) else None
            self.search.show_error(str(error), place)
        elif self.table.rows.rowCount():
            self.banner.say(
                self.tr("Some rows could not be read: {0}").format(error),
                tone="danger",
                action=self.tr("Try again"),
                take=self.table.rows.load,
            )

    def _show_phase(self, phase: str) -> None:
        if phase == "loading":
            self.banner.hide()

    def _fill_columns(self) -> None:
        menu = self.columns.menu()
        menu.clear()
        self.table.columns.fill_menu(menu)
