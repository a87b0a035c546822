"""The head of a rows table: which columns show, how wide and in which order, what a click sorts by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from crowddesk.ui import theme
from crowddesk.ui.rows_model import ASCENDING, DESCENDING, RowsModel


class ColumnHeader(QHeaderView):
    """The columns of one `RowsModel`. `arranged`: other columns show now, or in another order."""

    arranged = Signal()

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows = model
        self._widths: dict[int, int] = {}
        self._scale = theme.px(100)
        self._room = 0
        self.setAccessibleName(self.tr("Columns"))
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.sectionClicked.connect(self._sort_by)
        self.sectionMoved.connect(lambda *_: self.arranged.emit())
        self.sectionResized.connect(self._note_width)
        self._size()

    def ignore_selection(self) -> None:
        """Call it after the table has its model.

        Before each paint a header asks for every column whether all its cells are selected: 25 s with a
        million selected rows. It shows nothing of it, so it gets a selection of its own that stays empty.
        """
        self.setSelectionModel(QItemSelectionModel(self._rows, self))

    # ---------------------------------------------------------------------------------------------- columns

    def shown(self) -> Iterator[int]:
        """The columns that show, from left to right."""
        for visual in range(self.count()):
            column = self.logicalIndex(visual)
            if not self.isSectionHidden(column):
                yield column

    def show_column(self, column: int, on: bool) -> None:
        """Shows or hides a column; the last one stays."""
        if not on and len(list(self.shown())) == 1:
            return
        self.setSectionHidden(column, not on)
        self._arrange()

    def reset_all(self) -> None:
        """Puts order, widths and choice as the columns declare them."""
        for i, column in enumerate(self._rows.columns):
            self.moveSection(self.visualIndex(i), i)
            self.setSectionHidden(i, not column.shown)
            self.resizeSection(i, self._first_width(i))
        self._arrange()

    def _first_width(self, column: int) -> int:
        """As declared, and more where the reader's language has a longer title."""
        declared = self._rows.columns[column]
        return max(theme.px(declared.width), theme.title_width(f"{declared.title}  ↓"))

    def stretch_to(self, room: int) -> None:
        """Gives the stretching column what the others leave of `room` pixels."""
        self._room = room
        stretching = next((i for i, c in enumerate(self._rows.columns) if c.stretch), None)
        if stretching is None or self.isSectionHidden(stretching):
            return
        taken = sum(self.sectionSize(i) for i in self.shown() if i != stretching)
        least = theme.px(min(160, self._rows.columns[stretching].width))
        self.resizeSection(stretching, max(least, room - taken))

    def restyle(self) -> None:
        """Takes the theme's text scale anew."""
        self._size()
        scale = theme.px(100)
        if scale != self._scale:
            for i, column in enumerate(self._rows.columns):
                width = self._widths.get(i, theme.px(column.width))
                self.resizeSection(i, round(width * scale / self._scale))
            self._scale = scale
        self.stretch_to(self._room)

    def _size(self) -> None:
        self.setFixedHeight(theme.px(30))
        self.setMinimumSectionSize(theme.px(32))

    def _arrange(self) -> None:
        self.stretch_to(self._room)
        self.arranged.emit()

    def _note_width(self, column: int, old: int, new: int) -> None:
        if new:  # hidden ones report 0
            self._widths[column] = new

    # ------------------------------------------------------------------------------------------ menu and sort

    def fill_menu(self, menu: QMenu) -> None:
        """Adds one check mark a column and the way back to the first choice."""
        for visual in range(self.count()):
            column = self.logicalIndex(visual)
            action = menu.addAction(self._rows.columns[column].title)
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(column))
            action.toggled.connect(lambda on, i=column: self.show_column(i, on))
        menu.addSeparator()
        menu.addAction(self.tr("Columns as they were at first"), self.reset_all)

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = self.logicalIndexAt(at)
        if column >= 0 and self._rows.columns[column].sort_key is not None:
            menu.addAction(self.tr("Sort upwards"), lambda: self._rows.sort(column, ASCENDING))
            menu.addAction(self.tr("Sort downwards"), lambda: self._rows.sort(column, DESCENDING))
            menu.addSeparator()
        self.fill_menu(menu)
        menu.popup(self.mapToGlobal(at))

    def _sort_by(self, column: int) -> None:
        query = self._rows.query
        again = self._rows.columns[column].sort_key == query.sort and not query.descending
        self._rows.sort(column, DESCENDING if again else ASCENDING)

    # ------------------------------------------------------------------------------------------------ memory

    def saved(self) -> list[dict[str, Any]]:
        """Order, widths (at 100 % text) and choice as plain values."""
        columns = []
        for visual in range(self.count()):
            i = self.logicalIndex(visual)
            column = self._rows.columns[i]
            width = round(self._widths.get(i, theme.px(column.width)) * 100 / theme.px(100))
            width = column.width if column.stretch else width  # the window's business
            columns.append({"key": column.key, "width": width, "hidden": self.isSectionHidden(i)})
        return columns

    def restore(self, saved: object) -> None:
        """Takes what `saved()` gave, as far as it still fits."""
        for visual, entry in enumerate(saved if isinstance(saved, list) else []):
            column = self._rows.column_of(str(entry.get("key"))) if isinstance(entry, dict) else -1
            if column < 0:
                continue
            self.moveSection(self.visualIndex(column), min(visual, self.count() - 1))
            width = entry.get("width")
            if isinstance(width, int) and 16 <= width <= 4000:
                self.resizeSection(column, theme.px(width))
            self.setSectionHidden(column, entry.get("hidden") is True)
        if not list(self.shown()):
            self.setSectionHidden(0, False)
        self._arrange()
