"""Rows over a source: order of questions, rows that keep their place, stale answers, changes, bad news."""

from __future__ import annotations

import time
from array import array

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from crowddesk.ui import rows_model
from crowddesk.ui.rows import PageAnswer, RowsQuery
from crowddesk.ui.rows_model import PAGE


def shown(model) -> list[int]:
    return [model.id_at(i) for i in range(model.rowCount())]


def test_first_page_count_then_ids(make_model):
    model = make_model(1000)
    source = model.test_source
    source.held = True
    model.load()
    assert source.kinds() == ["first", "count"]
    assert (model.phase, model.rowCount()) == ("loading", 0)
    source.answer("first")
    assert (model.phase, model.rowCount(), model.row_at(3).id) == ("ready", PAGE, 4)
    source.answer("count")
    assert model.rowCount() == 1000
    assert not model.ids_known
    source.answer("ids")
    assert model.ids_known
    assert shown(model) == list(range(1, 1001))


def test_a_short_list_needs_no_ids(make_model):
    model = make_model(7)
    model.load()
    assert set(model.test_source.kinds()) == {"first", "count"}
    assert model.ids_known
    assert model.rowCount() == 7


def test_the_end_is_near_before_the_ids_are_known(make_model):
    model = make_model(10_000)
    source = model.test_source
    source.held = {"ids"}
    model.load()
    model.show_window(9_990, 9_999)
    assert "tail" in source.kinds()
    assert model.row_at(9_999).id == 10_000
    model.show_window(5_000, 5_030)
    assert model.row_at(5_001).id == 5_002
    source.answer("ids")
    assert model.row_at(9_999).id == 10_000
    assert len(model.ids_between(0, 9_999)) == 10_000


def test_rows_are_read_by_id_a_page_at_a_time(make_model):
    model = make_model(100_000)
    model.load()
    model.show_window(50_000, 50_031)
    request = next(r for r in model.test_source.requests if r.kind == "rows")
    assert len(request.ids) == PAGE
    assert model.row_at(50_000).id == 50_001


def test_a_fast_scroll_skips_what_it_passes(make_model):
    model = make_model(100_000)
    source = model.test_source
    model.load()
    source.held = {"rows"}
    before = len(source.requests)
    for place in range(1_000, 90_000, 1_000):
        model.show_window(place, place + 30)
    assert len(source.requests) - before <= 2
    source.answer()
    source.held = False
    source.answer()
    assert model.row_at(89_000) is not None
    assert model.row_at(45_000) is None


def test_stale_answers_are_dropped(make_model):
    model = make_model(600)
    source = model.test_source
    source.held = True
    model.load()
    stale = list(source.waiting)
    model.search("x")
    assert source.cancelled == [1]
    source.answer()
    assert shown(model) == [1, 2, 3]
    for request, reply in stale:
        reply(PageAnswer(request, [source.row(99)] * 5, array("q", [99]), 99))
    assert shown(model) == [1, 2, 3]


def test_sorting_asks_the_source_and_marks_the_header(make_model, qtbot):
    model = make_model(20)
    model.load()
    with qtbot.waitSignal(model.headerDataChanged):
        model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.test_source.requests[-1].query == RowsQuery("", "id", True)
    assert shown(model)[0] == 20
    horizontal = Qt.Orientation.Horizontal
    assert [model.headerData(i, horizontal) for i in (0, 1)] == ["Unit  ↓", "Status"]
    asked = len(model.test_source.requests)
    model.sort(2)  # has no sort key
    model.sort(99)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert len(model.test_source.requests) == asked


def test_a_changed_row_keeps_its_place(make_model, make_row, qtbot):
    model = make_model(600)
    model.load()
    source = model.test_source
    source.rows[5] = make_row(5, status="accepted")
    reread = []
    model.rows_reread.connect(reread.append)
    with qtbot.waitSignal(model.dataChanged):
        model.rows_changed([5, 500])
    assert model.row_at(4).status == "accepted"
    assert shown(model) == list(range(1, 601))
    assert reread == [[4]]
    assert [list(r.ids) for r in source.requests if len(r.ids) == 1] == [[5]]


def test_a_change_while_its_row_is_being_read_is_read_again(make_model, make_row):
    model = make_model(6_000)
    model.load()
    source = model.test_source
    source.held = {"rows"}
    model.show_window(3_000, 3_030)
    waiting = [(request, reply, source.found(request)) for request, reply in source.waiting]
    source.waiting.clear()
    source.held = False
    source.rows[3_001] = make_row(3_001, status="accepted")
    model.rows_changed([3_001])
    for _, reply, old_answer in waiting:
        reply(old_answer)
    assert model.row_at(3_000).status == "accepted"


def test_a_change_while_loading_is_read_again(make_model, make_row):
    model = make_model(6)
    source = model.test_source
    source.held = {"first"}
    model.load()
    (request, reply) = source.waiting.pop()
    old = source.found(request)
    source.rows[2] = make_row(2, status="accepted")
    model.rows_changed([2])
    reply(old)
    assert model.row_at(1).status == "accepted"


def test_a_row_out_of_sight_is_read_when_it_is_looked_at(make_model, make_row):
    model = make_model(6_000)
    model.load()
    source = model.test_source
    model.show_window(3_000, 3_030)
    model.show_window(0, 30)
    asked = len(source.requests)
    source.rows[3_001] = make_row(3_001, status="accepted")
    model.rows_changed([3_001])
    assert len(source.requests) == asked
    model.show_window(3_000, 3_030)
    assert model.row_at(3_000).status == "accepted"


def test_any_row_may_have_changed(make_model, make_row):
    model = make_model(20)
    model.load()
    for i in (1, 20):
        model.test_source.rows[i] = make_row(i, status="rejected")
    model.rows_changed(None)
    assert [model.row_at(i).status for i in (0, 1, 19)] == ["rejected", "completed", "rejected"]


def test_new_rows_are_told_and_come_with_refresh(make_model, qtbot):
    model = make_model(600)
    model.load()
    model.test_source.ids.extend([601, 602])
    with qtbot.waitSignal(model.new_rows) as told:
        model.rows_changed([601, 602])
    assert told.args == [2]
    assert model.rowCount() == 600
    model.refresh()
    assert shown(model)[-2:] == [601, 602]


def test_a_gone_row_leaves_its_place_empty_until_refresh(make_model):
    model = make_model(10)
    model.load()
    model.test_source.ids.remove(4)
    model.rows_changed([4])
    assert model.row_at(3) is None
    assert model.rowCount() == 10
    assert model.data(model.index(3, 2)) is None
    model.refresh()
    assert 4 not in shown(model)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    old=st.lists(st.integers(1, 40), unique=True, max_size=20),
    new=st.lists(st.integers(1, 40), unique=True, max_size=20),
)
def test_refresh_reaches_any_order_with_the_right_rows(make_model, make_source, old, new):
    source = make_source()
    source.ids = array("q", old)
    model = make_model(source)
    model.load()
    source.ids = array("q", new)
    model.refresh()
    model.show_window(0, 40)
    assert shown(model) == new
    assert [model.row_at(i).id for i in range(len(new))] == new
    assert [model.row_of(i) for i in new] == list(range(len(new)))


def test_ids_that_differ_from_the_first_page_win(make_model):
    model = make_model(600)
    source = model.test_source
    source.held = {"ids", "count"}
    model.load()
    del source.ids[0:2]
    source.held = False
    source.answer("ids")
    assert shown(model) == list(range(3, 601))
    assert model.row_at(0).id == 3


def test_an_error_of_the_first_page_is_a_phase_others_are_told(make_model, qtbot):
    model = make_model(600)
    source = model.test_source
    source.error = OSError("the disk is full")
    with qtbot.waitSignal(model.failed):
        model.load()
    assert (model.phase, str(model.error)) == ("error", "the disk is full")
    source.error = None
    model.refresh()
    assert (model.phase, model.error) == ("ready", None)
    source.errors["rows"] = OSError("again")
    with qtbot.waitSignal(model.failed):
        model.show_window(300, 330)
    assert model.phase == "ready"
    source.errors.clear()
    model.show_window(301, 331)
    assert model.row_at(301).id == 302


def test_gather_reads_what_is_not_shown_in_order(make_model):
    model = make_model(5_000)
    model.load()
    got = []
    model.gather(array("q", range(5_000, 0, -1)), got.append)
    assert [row.id for row in got[0]] == list(range(5_000, 0, -1))
    model.test_source.error = OSError("gone")
    model.gather(array("q", [4_000]), got.append)
    assert got[1] is None


def test_a_new_search_ends_a_gathering(make_model):
    model = make_model(5_000)
    model.load()
    model.test_source.held = {"rows"}
    got = []
    model.gather([4_000], got.append)
    model.search("x")
    assert got == [None]
    model.test_source.answer("rows")
    assert got == [None]


def test_memory_is_bounded(make_model, monkeypatch):
    monkeypatch.setattr(rows_model, "KEPT_ROWS", 4 * PAGE)
    model = make_model(50_000)
    model.load()
    for place in range(0, 50_000, PAGE):
        model.show_window(place, place + 30)
        assert model.row_at(place + 30).id == place + 31
    assert len(model._rows) <= 4 * PAGE
    model.show_window(0, 30)
    assert model.row_at(0).id == 1


def test_qt_finds_no_fault(make_model, qtmodeltester, make_row):
    model = make_model(700)
    qtmodeltester.check(model)
    model.load()
    qtmodeltester.check(model)
    model.test_source.ids = array("q", [*range(50, 400), *range(900, 950), 7])
    model.refresh()
    model.test_source.rows[60] = make_row(60, status="accepted")
    model.rows_changed([60])
    qtmodeltester.check(model)
    model.search("few")
    qtmodeltester.check(model)


def test_a_million_rows_open_at_once(make_model):
    model = make_model(1_000_000)
    started = time.perf_counter()
    model.load()
    assert model.rowCount() == 1_000_000
    assert time.perf_counter() - started < 5  # the bound that is timed is in benchmarks/
    assert len([r for r in model.test_source.requests if r.kind in ("first", "rows")]) <= 3
