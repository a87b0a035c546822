"""The table: selection by ranges, copy, keys, columns that return, words when nothing is there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from crowddesk.domain import BadInput
from crowddesk.ui import table as table_module
from crowddesk.ui.rows_panel import RowsPanel
from crowddesk.ui.table import RowsTable

SELECT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


@pytest.fixture
def make_table(qtbot, theme, make_model):
    def make(source, *, load: bool = True, **more) -> RowsTable:
        table = RowsTable(make_model(source, **more), name="Units")
        qtbot.addWidget(table)
        table.resize(900, 400)
        table.show()
        if load:
            table.rows.load()
        return table

    return make


def test_it_has_a_name_and_paints_every_kind(make_table, make_source, make_row, qtbot):
    source = make_source(20)
    source.rows[1] = make_row(1, status="soft_rejected", text="two\nlines " + "long " * 5000)
    table = make_table(source)
    table.selectRow(0)
    assert table.accessibleName() == "Units"
    assert not table.grab().isNull()
    assert table.rows.data(table.rows.index(0, 1)) == "soft rejected"


def test_only_what_is_seen_is_painted_as_selected(make_table):
    table = make_table(100_000)
    table.selectAll()
    assert table.selected_count() == 100_000
    table.grab()
    assert 0 < len(table.painted_selection) < 40
    assert len(table.selected_ids()) == 100_000


def test_selected_ids_come_in_the_order_shown_without_doubles(make_table):
    table = make_table(50)
    for first, last in ((10, 12), (3, 4), (12, 15)):
        for place in range(first, last + 1):
            table.selectionModel().select(table.rows.index(place, 0), SELECT)
    assert list(table.selected_ids()) == [4, 5, 11, 12, 13, 14, 15, 16]
    assert [row.id for row in table.selected_rows()] == [4, 5, 11, 12, 13, 14, 15, 16]


def test_selection_and_current_row_survive_a_refresh(make_table):
    table = make_table(50)
    assert table.select_id(20)
    table.rows.test_source.ids.insert(0, 99)
    table.rows.test_source.ids.remove(5)
    table.rows.refresh()
    assert list(table.selected_ids()) == [20]
    assert table.current_row().id == 20
    assert not table.select_id(5)


def test_copy_is_tsv_of_the_shown_columns_in_their_order(make_table, make_row, qtbot):
    table = make_table(3)
    table.rows.test_source.rows[2] = make_row(2, text="a\tb\nc", worker="w2")
    table.rows.rows_changed([2])
    table.horizontalHeader().moveSection(2, 0)
    table.columns.show_column(1, False)
    table.selectAll()
    with qtbot.waitSignal(table.copied) as copied:
        qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied.args == [3]
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Text\tUnit\tWorker"
    assert lines[2] == "a b c\t2\tw2"
    table.select_id(2)
    table.copy_selection()
    assert QGuiApplication.clipboard().text() == "a b c\t2\tw2"


def test_copy_reads_what_was_not_shown_or_says_why_not(make_table, make_source, monkeypatch, qtbot):
    table = make_table(3000)
    table.selectAll()
    table.copy_selection()
    assert QGuiApplication.clipboard().text().count("\n") == 3001
    said = []
    table.not_copied.connect(said.append)
    monkeypatch.setattr(table_module, "MOST_COPIED", 2999)
    table.copy_selection()
    monkeypatch.setattr(table_module, "MOST_COPIED", 5000)
    table.rows.test_source.errors["rows"] = OSError("gone")
    table.copy_selection()
    held = make_source(3000)
    held.held = {"ids"}
    unread = make_table(held)
    unread.not_copied.connect(said.append)
    unread.selectAll()
    unread.copy_selection()
    assert ["too many" in said[0], "could not be read" in said[1], "still being read" in said[2]] == [
        True
    ] * 3


def test_keys_jump_open_and_extend(make_table, qtbot):
    table = make_table(5000)
    table.setFocus()
    table.selectRow(10)
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == 4999
    assert table.current_row().id == 5000
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert list(table.selected_ids()) == [1]
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_count() == 5000
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args[0].id == 5000


def test_an_empty_list_says_the_next_step(make_table, qtbot):
    table = make_table(0, load=False)
    action = QAction("&Launch a run…", table)
    table.set_empty_state("No units yet.", "Launch a run from a CSV file.", action)
    table.rows.load()
    empty = table._empty
    assert not empty.isHidden()
    assert empty.accessibleName() == "No units yet. Launch a run from a CSV file."
    with qtbot.waitSignal(action.triggered):
        qtbot.mouseClick(empty._action, Qt.MouseButton.LeftButton)
    table.rows.search("nothing")
    assert empty.accessibleName().startswith("Nothing matches this search.")


def test_an_unreadable_list_says_why_and_tries_again(make_table, make_source, qtbot):
    source = make_source(5)
    source.error = OSError("the database is locked")
    table = make_table(source)
    empty = table._empty
    assert "the database is locked" in empty.accessibleName()
    qtbot.mouseClick(empty._copy, Qt.MouseButton.LeftButton)
    assert "OSError" in QGuiApplication.clipboard().text()
    source.error = None
    qtbot.mouseClick(empty._action, Qt.MouseButton.LeftButton)
    assert empty.isHidden()
    assert table.rows.rowCount() == 5


def test_work_shows_only_when_it_takes_long(make_table, make_source, qtbot):
    source = make_source(5)
    source.held = True
    table = make_table(source)
    assert table._busy.isHidden()
    qtbot.waitUntil(table._busy.isVisible)
    source.answer()
    assert table._busy.isHidden()


def test_new_rows_wait_when_the_user_has_scrolled(make_table, qtbot):
    table = make_table(600)
    table.scrollToBottom()
    table.rows.test_source.ids.extend(range(601, 613))
    with qtbot.waitSignal(table.rows.new_rows):
        table.rows.rows_changed([612])
    assert not table._new_rows.isHidden()
    assert table._new_rows.text() == "12 new"
    assert table.rows.rowCount() == 600
    qtbot.mouseClick(table._new_rows, Qt.MouseButton.LeftButton)
    assert (table.rows.rowCount(), table._new_rows.isHidden()) == (612, True)


def test_new_rows_come_at_once_at_the_top(make_table, qtbot):
    table = make_table(600)
    table.rows.test_source.ids.append(601)
    table.rows.rows_changed([601])
    qtbot.waitUntil(lambda: table.rows.rowCount() == 601)


def test_a_changed_row_glows_once_and_not_with_reduced_motion(make_table, make_row, theme, qtbot):
    table = make_table(20)
    source = table.rows.test_source
    source.rows[3] = make_row(3, status="accepted")
    table.rows.rows_changed([3])
    assert table.glow_of(2) > 0
    assert table.glow_of(3) == 0
    qtbot.waitUntil(lambda: not table._glow_timer.isActive())
    assert table.glow_of(2) == 0
    theme.set(reduced_motion=True)
    source.rows[3] = make_row(3, status="rejected")
    table.rows.rows_changed([3])
    assert table.glow_of(2) == 0


def test_columns_sort_and_place_return(make_table, make_source):
    table = make_table(5000)
    table.horizontalHeader().moveSection(3, 0)
    table.setColumnWidth(0, 123)
    table.columns.show_column(1, False)
    table.columns.show_column(4, True)
    table.rows.sort(0, Qt.SortOrder.DescendingOrder)
    table.scrollTo(table.rows.index(3000, 0), table.ScrollHint.PositionAtTop)
    state = table.saved_state()
    again = make_table(5000, load=False)
    again.restore(state)
    again.rows.load()
    assert again.saved_state()["columns"] == state["columns"]
    assert again.rows.query.sort == "id"
    assert again.rows.query.descending
    assert abs(again.rowAt(0) - 3000) <= 1


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"columns": "all"},
        {"columns": [{"key": "gone", "width": 5}, 7, {"key": "text", "width": "wide", "hidden": "yes"}]},
        {"sort": "no such key", "top": "up"},
        {"columns": [{"key": k, "hidden": True} for k in ("id", "status", "text", "worker", "note")]},
    ],
)
def test_a_damaged_state_does_no_harm(make_table, state):
    table = make_table(20, load=False)
    table.restore(state)
    table.rows.load()
    assert table.saved_state()["columns"]
    assert any(not table.isColumnHidden(i) for i in range(5))
    assert table.rows.rowCount() == 20


def test_the_last_column_cannot_be_hidden_and_all_come_back(make_table):
    table = make_table(5)
    for i in range(5):
        table.columns.show_column(i, False)
    assert [table.isColumnHidden(i) for i in range(5)].count(False) == 1
    menu = QMenu()
    table.columns.fill_menu(menu)
    assert [a.text() for a in menu.actions()][:5] == ["Unit", "Status", "Text", "Worker", "Note"]
    menu.actions()[-1].trigger()
    assert [table.isColumnHidden(i) for i in range(5)] == [False, False, False, False, True]


def test_a_click_on_the_header_sorts_and_turns(make_table, qtbot):
    table = make_table(5)
    header = table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(0) + 10, 10)
    for first in (1, 5):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert table.rows.id_at(0) == first


def test_the_menu_has_the_pages_verbs_and_copies_a_cell(make_table, qtbot):
    table = make_table(5)
    verb = QAction("Approve", table)
    table.set_verbs([verb])
    table.selectRow(1)
    at = table.visualRect(table.rows.index(1, 3)).center()
    with qtbot.waitSignal(table.menu_wanted):
        menu = table.make_menu(at)
    words = {a.text(): a for a in menu.actions()}
    assert set(words) >= {"Approve", "Copy", "Copy worker"}
    words["Copy worker"].trigger()
    assert QGuiApplication.clipboard().text() == "5f42c6aa10de44bd6a"


def test_tips_hold_the_whole(make_table):
    table = make_table(3)
    assert table.rows.data(table.rows.index(0, 3), Qt.ItemDataRole.ToolTipRole) == "5f42c6aa10de44bd6a"
    assert table._cells.fitted("5f42c6aa10de44bd6a", 60, True)[:2] == "5f"
    assert "…" in table._cells.fitted("5f42c6aa10de44bd6a", 60, True)[1:-1]


def test_the_panel_searches_and_leaves_downwards(make_model, theme, qtbot):
    panel = RowsPanel(make_model(20), name="Units")
    qtbot.addWidget(panel)
    panel.resize(800, 400)
    panel.show()
    panel.table.rows.load()
    panel.search.line.setFocus()
    qtbot.keyClicks(panel.search.line, "wor")
    with qtbot.waitSignal(panel.search.searched) as searched:
        pass
    assert searched.args == ["wor"]
    assert panel.table.rows.rowCount() == 3
    qtbot.keyClick(panel.search.line, Qt.Key.Key_Escape)
    assert panel.table.rows.rowCount() == 20
    qtbot.keyClick(panel.search.line, Qt.Key.Key_Down)
    assert panel.table.hasFocus() or panel.window().focusWidget() is panel.table


def test_a_mistyped_search_keeps_the_rows_and_says_so_under_the_field(make_model, theme, qtbot):
    panel = RowsPanel(make_model(20), name="Units")
    qtbot.addWidget(panel)
    panel.resize(800, 400)
    panel.show()
    source = panel.table.rows.test_source
    panel.table.rows.load()
    source.error = BadInput("There is no key 'statsu'. Did you mean status?")
    panel.search.set_text("statsu:x")
    assert panel.table.rows.rowCount() == 20
    assert panel.search.line.property("wrong") is True
    source.error = OSError("the disk is gone")
    panel.search.set_text("status:x")
    assert panel.table.rows.rowCount() == 0
    assert panel.table._empty.isVisible()


def test_rows_that_cannot_be_read_are_told_above_the_table(make_model, theme, qtbot):
    panel = RowsPanel(make_model(3000), name="Units")
    qtbot.addWidget(panel)
    panel.resize(800, 400)
    panel.show()
    source = panel.table.rows.test_source
    panel.table.rows.load()
    source.errors["rows"] = OSError("the disk is gone")
    panel.table.scrollToBottom()
    assert "the disk is gone" in panel.banner.accessibleName()
    source.errors.clear()
    qtbot.mouseClick(panel.banner._action, Qt.MouseButton.LeftButton)
    assert panel.banner.isHidden()


def test_letters_do_not_walk_through_the_rows(make_table, qtbot):
    table = make_table(500)
    table.select_id(3)
    qtbot.keyClicks(table, "4")
    assert list(table.selected_ids()) == [3]


def test_text_size_reaches_rows_and_columns(make_table, theme):
    table = make_table(5)
    width = table.columnWidth(1)
    theme.set(scale=200)
    assert table.verticalHeader().defaultSectionSize() == 57
    assert table.columnWidth(1) == 2 * width
