"""A run's page in the running program: it follows the crowd, and its verbs do what they say."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crowddesk.domain import AssignmentState
from crowddesk.operations.run_file import run_from_dict
from crowddesk.ui.dialogs.export import ExportDialog
from crowddesk.ui.messages import ConfirmDialog


def slowly(sample):
    """The sample's run file with a crowd that takes its time."""
    from crowddesk.ui.launcher import read_sections

    sections = read_sections(sample / "run.yaml")[1]
    sections["provider"]["speed"] = "1"
    return sections


def test_the_page_follows_the_crowd(program, sample):
    page = program.run_page(program.launch(sample))
    program.wait(lambda: page.run.units.get("completed", 0) == 120)
    assert "completed 120" in page.state_bar.accessibleName()
    assert page.cards.spent.accessibleName() == "Spent of cap, USD 0.00 / 25.00 reserved 7.20 · fees 1.20"
    assert "an hour" in page.cards.wage.accessibleName()
    program.wait(lambda: page._plots is not None and "completed 120" in page._plots.status.accessibleName())
    assert page._plots.spend.accessibleName() == "Spend against cap: USD 7.20 of USD 25.00"
    assert "PRACTICE" in program.window.windowTitle()
    assert page.review.text() == "Review 120"
    assert "40 items, 120 units" in page.head.facts.text()


def test_a_state_is_searched_by_a_click_and_escape_leads_back(full_program):
    program = full_program
    page = program.run_page()
    program.wait(lambda: page.model.rowCount() == 12)
    page.state_bar.grab()
    area, status = page.state_bar._spots[0]
    program.qtbot.mouseClick(page.state_bar, Qt.MouseButton.LeftButton, pos=area.center())
    assert status == AssignmentState.COMPLETED
    program.wait(lambda: page.model.query.text == "status:completed")
    page.panel.table.setFocus()
    program.qtbot.keyClick(page.panel.table, Qt.Key.Key_Escape)
    runs = program.window.show_page("runs")
    program.wait(lambda: runs.list.isVisible())
    assert "PRACTICE" not in program.window.windowTitle()
    program.wait(lambda: runs.list.model.rowCount() == 1)
    runs.list.panel.table.select_id(1)
    program.qtbot.keyClick(runs.list.panel.table, Qt.Key.Key_Return)
    program.wait(lambda: runs.run_page.isVisible())


def test_enter_shows_the_answer_beside(full_program):
    program = full_program
    page = program.run_page()
    program.wait(lambda: page.model.rowCount() == 12 and page.model.row_at(0) is not None)
    page.panel.table.select_id(page.model.id_at(0))
    program.qtbot.keyClick(page.panel.table, Qt.Key.Key_Return)
    program.wait(lambda: page.detail().isVisible())
    program.wait(lambda: f"Unit {page.model.id_at(0)}" in program.words(page.detail()))


def test_a_run_pauses_goes_on_and_is_stopped(program, sample):
    run_id = program.launch(sample, sections=slowly(sample))
    page = program.run_page(run_id)
    program.wait(lambda: page.run.state == "live")
    program.click(page.pause)
    program.wait(lambda: page.run.state == "paused")
    assert page.pause.text() == "Resume"
    program.click(page.pause)
    program.wait(lambda: page.run.state == "live")
    page.stop.click()  # it is in the menu
    dialog = program.dialog(ConfirmDialog)
    assert dialog.verb.text().startswith("Stop 1")
    program.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert program.run(run_id).units.get("expired", 0) == 0  # Enter is Cancel here
    page.stop.click()  # it is in the menu
    program.click(program.dialog(ConfirmDialog).verb)
    program.wait(lambda: page.run.units.get("expired", 0) > 100)


def test_refused_launches_say_why_and_are_tried_again(program, sample, monkeypatch):
    vendor = program.db.get_datastore_for_provider("mock").vendor
    take = vendor.launch_units

    def refuse_some(batch, units):
        calls = take(batch, units[:20])
        return calls + [
            replace(calls[0], token=unit.token, result="refused", reason="The list is full.")
            for unit in units[20:]
        ]

    monkeypatch.setattr(vendor, "launch_units", refuse_some)
    run_id = program.launch(sample, sections=slowly(sample))
    page = program.run_page(run_id)
    program.wait(lambda: page.banner.accessibleName().endswith("not launched: The list is full."))
    home = program.window.show_page("home")
    program.wait(lambda: f"refused {run_id}" in home.needs.lines)
    program.click(home.needs.lines[f"refused {run_id}"].button)
    program.wait(lambda: page.isVisible())
    monkeypatch.undo()
    program.click(page.banner._action)
    program.wait(lambda: page.run.units.get("created", 0) == 0 and page.run.state == "live")
    program.wait(lambda: not page.banner.isVisible())


def test_a_run_is_exported_from_its_page(full_program, tmp_path):
    program = full_program
    page = program.run_page()
    program.click(page.export)
    dialog = program.dialog(ExportDialog)
    program.type(dialog.path, str(tmp_path / "nowhere" / "out.csv"))
    program.click(dialog.verb)
    program.wait(lambda: "There is no folder" in dialog._problem.text())
    program.type(dialog.path, str(tmp_path / "out.csv"))
    program.wait(lambda: dialog.verb.text() == "Export 12 rows")
    program.click(dialog.verb)
    program.wait(lambda: dialog.verb.text() == "Close")
    assert "12 rows are in" in dialog._note.text()
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 12
    program.click(dialog.verb)
    program.wait(lambda: QApplication.activeModalWidget() is None)


@pytest.mark.parametrize("width", [1280, 700])
def test_nothing_is_lost_in_a_narrow_window(full_program, width):
    program = full_program
    page = program.run_page()
    program.window.resize(width, 800)
    program.wait(lambda: page.export.isVisible() == (width != 700))
    assert page.data_set.isVisible() == (width != 700)
    assert page.more.isVisible()
    page._fill_more()
    assert [action.text() for action in page._more_actions.values()] == [
        "Pause", "Stop…", "More answers…", "Export…",
    ]  # fmt: skip
    assert page.review.isVisible()


def test_a_unit_that_is_read_has_the_room(full_program):
    """The figures and the plots step aside for it, and come back when it is closed."""
    program = full_program
    page = program.run_page()
    page.plots_switch.setChecked(True)
    program.wait(lambda: page._plots is not None and page._plots.isVisible())
    program.qtbot.keyClick(page.panel.table, Qt.Key.Key_Down)
    program.qtbot.keyClick(page.panel.table, Qt.Key.Key_Return)
    program.wait(lambda: page._detail is not None and page._detail.isVisible())
    assert not page.cards.isVisible()
    assert not page._plots.isVisible()
    program.click(page._detail.close_button)
    program.wait(page.cards.isVisible)
    assert page._plots.isVisible()


def test_a_run_that_is_not_there_says_so(program):
    program.session.wanted.emit("runs", 77)
    page = program.window.show_page("runs").run_page
    program.wait(lambda: "There is no run 77" in page.banner.accessibleName())


def test_large_print_scrolls_and_nothing_is_cut(full_program):
    program = full_program
    program.desk.theme.set(scale=200)
    try:
        page = program.run_page()
        program.window.resize(1280, 800)
        page.plots_switch.setChecked(True)
        parts = (page.head, page.cards.spent, page.panel.search, page.panel.table)
        program.wait(lambda: all(part.height() >= part.minimumSizeHint().height() for part in parts))
        program.wait(lambda: page.area.verticalScrollBar().maximum() > 0)
        program.qtbot.keyClick(page.panel.table, Qt.Key.Key_Return)
    finally:
        program.desk.theme.set(scale=100)


def test_a_launch_refused_again_is_said_again(program, sample, monkeypatch):
    vendor = program.db.get_datastore_for_provider("mock").vendor
    take = vendor.launch_units

    def refuse_some(batch, units):
        calls = take(batch, units[:1])
        return calls + [
            replace(calls[0], token=unit.token, result="refused", reason="The list is full.")
            for unit in units[1:]
        ]

    monkeypatch.setattr(vendor, "launch_units", refuse_some)
    page = program.run_page(program.launch(sample, sections=slowly(sample)))
    program.wait(lambda: page.banner.isVisible() and "The list is full." in page.banner.accessibleName())
    before = page.banner.accessibleName()
    program.click(page.banner._action)
    program.wait(lambda: page.banner.isVisible() and page.banner.accessibleName() != before)


def test_a_loaded_draft_that_was_left_can_go_on(program, sample, monkeypatch):
    from crowddesk.operations import launch
    from crowddesk.store import ledger

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "stage", lambda *_, **__: None)  # the program ended before the set-up
        run_id = launch.create_run(program.db, run_from_dict(slowly(sample), sample))
    page = program.run_page(run_id)
    program.wait(lambda: "none is at the vendor" in page.banner.accessibleName())
    program.click(page.banner._action)
    program.wait(lambda: page.run.state == "live")
