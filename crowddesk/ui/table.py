"""The table of every list: shows a RowsModel, keeps selection, place and columns, says what is missing."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QElapsedTimer,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QPushButton,
    QTableView,
    QWidget,
)

from crowddesk.language import number_text, say_count
from crowddesk.ui import theme
from crowddesk.ui.column_header import ColumnHeader
from crowddesk.ui.delegates import CellDelegate
from crowddesk.ui.rows_model import ASCENDING, DESCENDING, RowsModel
from crowddesk.ui.states import BusyLine, EmptyState
from crowddesk.ui.timers import make_one_shot

_GLOW_MS: Final = 400
_GLOW_STEP_MS: Final = 50
_BUSY_AFTER_MS: Final = 300
_KEPT_SELECTION: Final = 2_000
MOST_COPIED: Final = 100_000

_NO_UPDATE: Final = QItemSelectionModel.SelectionFlag.NoUpdate
_ONLY_THIS_ROW: Final = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)
_SELECT_ROWS: Final = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class RowsTable(QTableView):
    """Rows of a `RowsModel`.

    Signals: `opened(row)`: Enter or a double click on a row; `selection_changed(count)`; `copied(count)`:
    that many rows are on the clipboard; `not_copied(sentence)`: why none are; `menu_wanted(menu)`: the
    context menu is about to show, for a page that adds verbs.
    """

    opened = Signal(object)
    selection_changed = Signal(int)
    copied = Signal(int)
    not_copied = Signal(str)
    menu_wanted = Signal(QMenu)

    def __init__(self, model: RowsModel, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self.rows = model
        self.painted_selection: set[int] = set()
        self.painted_current = -1
        self.first_column = 0
        self._verbs: list[QAction] = []
        self._glowing: dict[int, int] = {}
        self._clock = QElapsedTimer()
        self._clock.start()
        self._glow_timer = QTimer(self)
        self._glow_timer.setInterval(_GLOW_STEP_MS)
        self._glow_timer.timeout.connect(self._fade)
        self._minute_timer = QTimer(self)
        self._minute_timer.setInterval(60_000)
        self._minute_timer.timeout.connect(self.viewport().update)
        self._minute_timer.start()
        self._busy_timer = make_one_shot(self, _BUSY_AFTER_MS, self._show_busy)
        self._kept: tuple[list[int], int] = ([], 0)
        self._wanted_place = 0
        self.setAccessibleName(name or self.tr("Rows"))
        self.columns = ColumnHeader(model, self)
        self.columns.arranged.connect(self._note_first_column)
        self.columns.sectionHandleDoubleClicked.connect(self.resizeColumnToContents)
        self.setHorizontalHeader(self.columns)
        self.setModel(model)
        self.columns.ignore_selection()
        self._cells = CellDelegate(self)
        self.setItemDelegate(self._cells)
        self._set_up_view()
        self._empty = EmptyState(self.viewport())
        self._empty.hide()
        self._busy = BusyLine(self.viewport())
        self._busy.hide()
        self._new_rows = QPushButton(self.viewport())
        self._new_rows.setProperty("look", "primary")
        self._new_rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._new_rows.clicked.connect(self._show_new_rows)
        self._new_rows.hide()
        self._empty_words = (self.tr("Nothing here yet."), "")
        self._empty_action: QAction | None = None
        self._connect(model)
        self.columns.reset_all()

    def _set_up_view(self) -> None:
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self._size_rows()

    def _connect(self, model: RowsModel) -> None:
        model.phase_changed.connect(self._show_phase)
        model.total_changed.connect(self._show_total)
        model.rows_reread.connect(self._glow)
        model.new_rows.connect(self._offer_new_rows)
        model.rearranging.connect(self._keep_selection)
        model.rearranged.connect(self._restore_selection)
        model.modelReset.connect(self._forget_place)
        self.selectionModel().selectionChanged.connect(self._tell_selection)
        self.verticalScrollBar().valueChanged.connect(self._tell_window)
        self._show_phase(model.phase)

    # --------------------------------------------------------------------------------------------- selection

    def _selected_runs(self) -> list[tuple[int, int]]:
        runs = sorted((r.top(), r.bottom()) for r in self.selectionModel().selection().toList())
        merged: list[tuple[int, int]] = []
        for first, last in runs:
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
        return merged

    def selected_count(self) -> int:
        """How many rows are selected; cheap for a million."""
        return sum(last - first + 1 for first, last in self._selected_runs())

    def selected_ids(self) -> array[int]:
        """The selected ids in the order shown. Shorter than `selected_count()` until `rows.ids_known`."""
        ids: array[int] = array("q")
        for first, last in self._selected_runs():
            ids.extend(self.rows.ids_between(first, last))
        return ids

    def selected_rows(self) -> list[Any]:
        """The selected rows that have been read; for facts about a small selection."""
        runs = self._selected_runs()
        return [r for a, b in runs for i in range(a, b + 1) if (r := self.rows.row_at(i)) is not None]

    def current_row(self) -> Any | None:
        """The row the keyboard is on, or None."""
        return self.rows.row_at(self.currentIndex().row())

    def select_id(self, row_id: int) -> bool:
        """Selects one row by its id and scrolls to it; False if it is not shown."""
        place = self.rows.row_of(row_id)
        if place < 0:
            return False
        self._go(place)
        return True

    def step(self, by: int) -> None:
        """Goes so many rows down (up: negative), to the first row where none is current."""
        at = self.currentIndex().row()
        place = 0 if at < 0 else min(max(0, at + by), self.rows.rowCount() - 1)
        if self.rows.rowCount():
            self._go(place)

    def _go(self, place: int) -> None:
        # Qt's own selectRow toggles while Ctrl is held, as it is when a shortcut brought us here.
        target = self.rows.index(place, self.first_column)
        self.selectionModel().setCurrentIndex(target, _ONLY_THIS_ROW)
        self.scrollTo(target)

    def _tell_selection(self) -> None:
        self.viewport().update()
        self.selection_changed.emit(self.selected_count())

    def _keep_selection(self) -> None:
        ids = self.selected_ids() if self.selected_count() <= _KEPT_SELECTION else ()
        self._kept = (list(ids), self.rows.id_at(self.currentIndex().row()))

    def _restore_selection(self) -> None:
        ids, current = self._kept
        model = self.selectionModel()
        selection = QItemSelection()
        last_column = self.rows.columnCount() - 1
        for row_id in ids:
            place = self.rows.row_of(row_id)
            if place >= 0:
                selection.select(self.rows.index(place, 0), self.rows.index(place, last_column))
        if ids:
            model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        place = self.rows.row_of(current) if current else -1
        if place >= 0:
            model.setCurrentIndex(self.rows.index(place, self.first_column), _NO_UPDATE)
        self._glowing.clear()
        self._new_rows.hide()
        self._tell_window()

    # ------------------------------------------------------------------------------------------------ copy

    def copy_selection(self) -> None:
        """Puts the selected rows on the clipboard as TSV, columns as shown, with a head from two rows on."""
        count = self.selected_count()
        ids = self.selected_ids()
        if not count:
            return
        if count > MOST_COPIED:
            self.not_copied.emit(
                self.tr("{0} rows are too many for the clipboard. Copy up to {1}, or export them.").format(
                    number_text(count), number_text(MOST_COPIED)
                )
            )
        elif len(ids) < count:
            self.not_copied.emit(self.tr("The list is still being read. Copy again in a moment."))
        else:
            self.rows.gather(ids, self._put_on_clipboard)

    def _put_on_clipboard(self, rows: list[Any] | None) -> None:
        if rows is None:
            self.not_copied.emit(self.tr("The rows could not be read, so nothing was copied."))
            return
        columns = [self.rows.columns[i] for i in self.columns.shown()]
        lines = ["\t".join(_one_cell(c.title) for c in columns)] if len(rows) > 1 else []
        lines += ["\t".join(_one_cell(c.copied_text(row)) for c in columns) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines) + ("\n" if len(lines) > 1 else ""))
        self.copied.emit(len(rows))

    # ------------------------------------------------------------------------------------------------ memory

    def saved_state(self) -> dict[str, Any]:
        """Columns, sort and place as plain values, for the settings."""
        query = self.rows.query
        top = max(0, self.rowAt(0))
        columns = self.columns.saved()
        return {"columns": columns, "sort": query.sort, "descending": query.descending, "top": top}

    def restore(self, state: dict[str, Any]) -> None:
        """Takes what `saved_state()` gave, as far as it still fits. Call it before `rows.load()`."""
        self.columns.restore(state.get("columns"))
        sort = state.get("sort")
        for i, column in enumerate(self.rows.columns):
            if sort is not None and column.sort_key == sort:
                self.rows.sort(i, DESCENDING if state.get("descending") is True else ASCENDING)
        top = state.get("top")
        self._wanted_place = top if isinstance(top, int) and top > 0 else 0

    def _note_first_column(self) -> None:
        self.first_column = next(self.columns.shown(), 0)
        self.viewport().update()

    # -------------------------------------------------------------------------------------------- overlays

    def set_empty_state(self, title: str, next_step: str = "", action: QAction | None = None) -> None:
        """What an empty list says: a sentence, the next step, and the button that takes it."""
        self._empty_words = (title, next_step)
        self._empty_action = action
        self._show_phase(self.rows.phase)

    def _show_phase(self, phase: str) -> None:
        if phase == "loading":
            self._busy_timer.start()
        else:
            self._busy_timer.stop()
            self._busy.hide()
        if phase == "error":
            error = self.rows.error
            self._empty.show_error(
                self.tr("This list could not be read."),
                str(error) if error else "",
                getattr(error, "details", "") or repr(error),
                self.rows.load,
            )
            self._empty.setVisible(self.rows.rowCount() == 0)
        elif phase == "ready" and not self.rows.rowCount():
            if self.rows.query.text.strip():
                self._empty.show_words(
                    self.tr("Nothing matches this search."), self.tr("Change it, or clear it with Escape.")
                )
            else:
                self._empty.show_words(*self._empty_words, self._empty_action)
            self._empty.show()
        else:
            self._empty.hide()
        self._place_overlays()

    def _show_total(self, total: int) -> None:
        if not total or not self._empty.isHidden():
            self._show_phase(self.rows.phase)
        if self._wanted_place and total > self._wanted_place and self.rows.phase == "ready":
            place, self._wanted_place = self._wanted_place, 0
            self.updateGeometries()  # the scroll bar does not know the new rows yet
            self.scrollTo(
                self.rows.index(place, self.first_column), QAbstractItemView.ScrollHint.PositionAtTop
            )
        self._tell_window()

    def _show_busy(self) -> None:
        self._busy.show()
        self._place_overlays()

    def _offer_new_rows(self, count: int) -> None:
        if self._at_top():
            self.rows.refresh()
            return
        self._new_rows.setText(self.tr("{0} new").format(number_text(count)))
        self._new_rows.setAccessibleName(say_count("%n new rows. Show them", "%n new row. Show it", count))
        self._new_rows.adjustSize()
        self._new_rows.show()
        self._place_overlays()

    def _at_top(self) -> bool:
        # What a search found stands still under the eye: rows that no longer match would leave it.
        return self.verticalScrollBar().value() == 0 and not self.rows.query.text.strip()

    def _show_new_rows(self) -> None:
        self._new_rows.hide()
        self.rows.refresh()

    def _place_overlays(self) -> None:
        area = self.viewport().rect()
        self._empty.setGeometry(area)
        self._busy.setGeometry(0, 0, area.width(), 3)
        self._new_rows.move((area.width() - self._new_rows.width()) // 2, theme.px(8))

    def _forget_place(self) -> None:
        self._glowing.clear()
        self._new_rows.hide()
        self.verticalScrollBar().setValue(0)
        self._tell_window()

    # ------------------------------------------------------------------------------------------------ glow

    def glow_of(self, place: int) -> float:
        """How strongly a row glows, 1 to 0."""
        started = self._glowing.get(place)
        return 0.0 if started is None else max(0.0, 1 - (self._clock.elapsed() - started) / _GLOW_MS)

    def _glow(self, places: Sequence[int]) -> None:
        if theme.reduced_motion():
            return
        first, last = self._visible()
        started = self._clock.elapsed()
        for place in places:
            if first <= place <= last:
                self._glowing[place] = started
        if self._glowing and not self._glow_timer.isActive():
            self._glow_timer.start()

    def _fade(self) -> None:
        over = self._clock.elapsed() - _GLOW_MS
        height = self.verticalHeader().defaultSectionSize()
        for place, started in list(self._glowing.items()):
            self.viewport().update(0, self.rowViewportPosition(place), self.viewport().width(), height)
            if started <= over:
                del self._glowing[place]
        if not self._glowing:
            self._glow_timer.stop()

    # -------------------------------------------------------------------------------------- verbs and keys

    def set_verbs(self, verbs: Sequence[QAction]) -> None:
        """The actions of the context menu; their shortcuts work in the table too."""
        for old in self._verbs:
            self.removeAction(old)
        self._verbs = list(verbs)
        for verb in self._verbs:
            if not verb.isSeparator():
                verb.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.addAction(verb)

    def _show_menu(self, at: QPoint) -> None:
        menu = self.make_menu(at)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(at))

    def make_menu(self, at: QPoint) -> QMenu:
        """The context menu for what is selected and the cell at this point of the viewport."""
        menu = QMenu(self)
        menu.addActions(self._verbs)
        if self._verbs:
            menu.addSeparator()
        copy = menu.addAction(self.tr("Copy"), self.copy_selection)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(self.selectionModel().hasSelection())
        index = self.indexAt(at)
        row = self.rows.row_at(index.row()) if index.isValid() else None
        if row is not None:
            column = self.rows.columns[index.column()]
            text = column.copied_text(row)
            cell = menu.addAction(self.tr("Copy {0}").format(column.title.lower()))
            cell.triggered.connect(lambda: QGuiApplication.clipboard().setText(text))
        self.menu_wanted.emit(menu)
        return menu

    def _open(self, place: int) -> None:
        row = self.rows.row_at(place)
        if row is not None:
            self.opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers & ~_KEYPAD:
            self._open(self.currentIndex().row())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.rows.rowCount():
            self._jump(0 if key == Qt.Key.Key_Home else self.rows.rowCount() - 1, modifiers & _SHIFT)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Does nothing: letters are verbs here, and Qt would walk through every row to find one."""

    def _jump(self, place: int, extend: Any) -> None:
        target = self.rows.index(place, self.first_column)
        model = self.selectionModel()
        if extend and self.currentIndex().isValid():
            start = self.currentIndex().row()
            first, last = min(start, place), max(start, place)
            span = QItemSelection(
                self.rows.index(first, 0), self.rows.index(last, self.rows.columnCount() - 1)
            )
            model.select(span, _SELECT_ROWS)
            model.setCurrentIndex(target, _NO_UPDATE)
            self.scrollTo(target)
        else:
            self._go(place)

    # ---------------------------------------------------------------------------------------- Qt's own calls

    def _visible(self) -> tuple[int, int]:
        height = max(1, self.verticalHeader().defaultSectionSize())
        offset = self.verticalOffset()
        last = (offset + self.viewport().height()) // height
        return offset // height, min(last, self.rows.rowCount() - 1)

    def _tell_window(self) -> None:
        first, last = self._visible()
        if last >= first:
            self.rows.show_window(first, last)
        if not self._new_rows.isHidden() and self._at_top():
            self._show_new_rows()

    def _size_rows(self) -> None:
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(theme.row_height() + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        first, last = self._visible()
        self.painted_selection = {
            place
            for a, b in self._selected_runs()
            if b >= first and a <= last
            for place in range(max(a, first), min(b, last) + 1)
        }
        self.painted_current = self.currentIndex().row() if self.hasFocus() else -1
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.stretch_to(self.viewport().width())
        self._place_overlays()
        self._tell_window()

    def restyle(self) -> None:
        """Takes the theme's colours, font and row height anew."""
        self._cells.restyle()
        self._size_rows()
        self.viewport().update()


_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


def _one_cell(text: str) -> str:
    """A text as a cell of TSV that no spreadsheet runs, wherever it is pasted."""
    from crowddesk.operations.transfer import inert

    return inert(" ".join(text.split()) if any(c in text for c in "\t\r\n") else text)
