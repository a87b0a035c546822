"""The data set of a run in the running program: masks show what they do at once, and pay is never touched."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from crowddesk.operations import masks
from crowddesk.store import tables as t
from crowddesk.store.queries import UNITS, Scope
from crowddesk.ui.data_set import DataSetPage, open_data_set
from crowddesk.ui.messages import ConfirmDialog
from crowddesk.ui.page_actions import actions_of

Key = Qt.Key


def open_page(program):
    """The data set of run 1, opened by the button on its page."""
    page = program.run_page()
    program.click(page.data_set)
    found = program.window.stack.currentWidget()
    assert isinstance(found, DataSetPage)
    program.wait(lambda: found._effect is not None and found.places.currentWidget() is found.area)
    return found


def counted(program, page):
    program.wait(lambda: not page._pause.isActive() and page._effect is not None)
    return page._effect


def units(program):
    with program.db.read() as conn:
        return list(UNITS.iterate(conn, UNITS.parse(""), Scope(run_id=1)))


@pytest.fixture
def quick(full_program):
    """The program over a run in which one worker was quick; the mask "fast" says how quick."""
    with full_program.db.write() as w:
        w.update(t.Unit, range(1, 13), seconds=60.0)
        w.update(t.Unit, [2, 5, 8], seconds=3.0)
        w.update(t.Unit, [2], status="accepted", dataset_status="in")
        w.update(t.Unit, [3], status="rejected", dataset_status="out")
    masks.add_mask(full_program.db, "fast", {"seconds_below": 5})
    return full_program


def test_a_mask_shows_what_it_does_and_leaves_out_with_undo(quick):
    program = quick
    page = open_page(program)
    assert page.view.sentence.text() == "Choose a mask, or compose one, to see what it does."
    assert not page.leave_out.isEnabled()
    assert "12 answers" in page.facts.text()
    program.click(page.masks.boxes["fast"])
    effect = counted(program, page)
    assert effect.newly_out == (2, 5, 8)
    assert page.view.sentence.text() == "This leaves out 3 of 12 answers."
    assert page.leave_out.text() == "Leave out 3 answers"
    assert page.view.pay.text_of("paid", "in") == "1 → 0"
    assert page.view.pay.text_of("paid", "out") == "0 → 1"
    assert page.view.pay.text_of("not paid", "out") == "1"
    assert "in 0" in page.view.then.accessibleName()
    assert "→" in page.view.bars.accessibleName()
    program.click(page.leave_out)
    program.wait(lambda: "3 answers left out of the data" in program.window.toast.accessibleName())
    program.window.toast._timer.stop()  # it stays, however slow this machine is
    by_id = {unit.id: unit for unit in units(program)}
    assert [by_id[unit].dataset_status for unit in (2, 5, 8)] == ["out"] * 3
    assert [by_id[unit].status for unit in (2, 5, 8)] == ["accepted", "completed", "completed"]
    program.wait(lambda: "3 are out already" in page.view.sentence.text())
    program.click(program.window.toast._undo)
    program.wait(lambda: "as before" in program.window.toast.accessibleName())
    by_id = {unit.id: unit for unit in units(program)}
    assert [by_id[unit].dataset_status for unit in (2, 5, 8)] == ["in", "undecided", "undecided"]


def test_a_mask_is_composed_saved_changed_and_removed(quick):
    program = quick
    page = open_page(program)
    page.composer.line.setFocus()
    program.qtbot.keyClicks(page.composer.line, "status:accepted and mask:fast")
    effect = counted(program, page)
    assert effect.by_mask == (("", 1),)
    assert not page.save.isEnabled()
    page.name.setFocus()
    program.qtbot.keyClicks(page.name, "paid and fast")
    program.qtbot.keyClick(page.name, Key.Key_Return)
    program.wait(lambda: page.masks.chosen() == ["paid and fast"])
    assert page.composer.expression is None
    assert page.name.text() == ""
    effect = counted(program, page)
    assert effect.by_mask == (("paid and fast", 1),)
    program.click(page.masks.buttons["fast", "edit"])
    assert page.name.text() == "fast"
    assert page.composer.line.text() == "time < 5 s"
    page.composer.line.setText("")
    program.qtbot.keyClicks(page.composer.line, "time < 1 s")
    assert counted(program, page).by_mask == (("paid and fast", 0), ("", 0))
    program.click(page.save)
    program.wait(lambda: page._named.get("fast") == {"seconds_below": 1})
    program.click(page.masks.buttons["fast", "remove"])
    program.click(program.dialog(ConfirmDialog).verb)
    program.wait(lambda: "is part of" in page._problem.text())
    program.click(page.masks.buttons["paid and fast", "remove"])
    program.click(program.dialog(ConfirmDialog).verb)
    program.wait(lambda: list(page._named) == ["fast"])
    assert page.masks.chosen() == []


def test_a_name_that_is_taken_is_said(quick):
    program = quick
    page = open_page(program)
    page.composer.set_expression({"pasted": True})
    page.name.setText("fast")
    program.click(page.save)
    program.wait(lambda: "There is a mask 'fast' already" in page._problem.text())
    program.click(page.discard)
    assert page._problem.text() == ""


def test_only_the_last_change_is_shown(quick):
    """Each change ends what was being counted; nothing of it arrives late."""
    program = quick
    page = open_page(program)
    for seconds in range(1, 40):
        page.composer.set_expression({"seconds_below": seconds})
        assert not page.leave_out.isEnabled()
    page.composer.set_expression({"seconds_below": 2})
    effect = counted(program, page)
    assert effect.by_mask == (("", 0),)
    page.composer.set_expression({"seconds_below": 100})
    page._count()
    page.composer.set_expression({"seconds_below": 2})
    assert counted(program, page).by_mask == (("", 0),)


def test_what_another_desk_does_is_followed(quick):
    program = quick
    page = open_page(program)
    masks.add_mask(program.db, "pasted too", {"pasted": True})
    program.wait(lambda: list(page.masks.boxes) == ["fast", "pasted too"])
    from crowddesk.operations import decisions

    decisions.set_dataset_status(program.db, [1], "out")
    program.wait(lambda: page._material.picture.answers.datasets[0] == 2)


def test_without_masks_some_are_suggested(full_program):
    program = full_program
    page = open_page(program)
    assert page.empty.isVisible()
    program.click(page.suggested[0])
    assert page.composer.expression == {"time_z_below": -3.5}
    assert page.name.text() == "far too quick"
    program.click(page.save)
    program.wait(lambda: "far too quick" in page.masks.boxes)
    assert not page.empty.isVisible()
    assert not page.suggested[0].isVisible()


def test_the_export_gets_the_chosen_masks(quick, monkeypatch):
    program = quick
    from crowddesk.ui.dialogs import export

    asked = []
    monkeypatch.setattr(export, "open_export", lambda *args, **more: asked.append((args[2], more)))
    page = open_page(program)
    assert not page.export.isEnabled()
    program.click(page.masks.boxes["fast"])
    counted(program, page)
    program.click(page.export)
    assert asked == [(1, {"masks": ["fast"]})]


def test_escape_leads_back_and_the_menu_leads_there_too(full_program):
    program = full_program
    page = open_page(program)
    assert "PRACTICE" in program.window.windowTitle()
    page.setFocus()
    program.qtbot.keyClick(page, Key.Key_Escape)
    run_page = program.window.show_page("runs").run_page
    program.wait(run_page.isVisible)
    offered = [action.title for action in actions_of(run_page)]
    assert {"Data set", "Quality", "Ask where answers disagree"} <= {t.rstrip("…") for t in offered}
    menu = run_page.more.menu()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "Data set…").trigger()
    program.wait(page.isVisible)
    assert page.run_id == 1
    program.window.show_page("units")
    program.wait(lambda: "PRACTICE" not in program.window.windowTitle())


def test_a_run_that_is_not_there_is_told(quick):
    program = quick
    page = open_data_set(program.session, program.window, 77)
    program.wait(lambda: "There is no" in page.instead.accessibleName())


def test_a_damaged_mask_is_shown_and_removed_and_the_others_go_on(quick):
    program = quick
    masks.add_mask(program.db, "slow", {"not": {"seconds_below": 5}})
    with program.db.write() as w:
        w.update(t.Mask, [1], expression="{")
    page = open_page(program)
    program.wait(lambda: set(page.masks.boxes) == {"fast", "slow"})
    assert not page.masks.boxes["fast"].isEnabled()
    program.click(page.masks.boxes["slow"])
    program.wait(lambda: "This leaves out 9 of 12 answers" in page.view.sentence.text())
    program.click(page.masks.buttons["fast", "edit"])
    assert page.name.text() == "fast"
    assert page.composer.expression is None
    assert page.composed.text() == "Change “fast”"
    program.click(page.masks.buttons["fast", "remove"])
    dialog = program.dialog(ConfirmDialog)
    program.click(dialog.verb)
    program.wait(lambda: set(page.masks.boxes) == {"slow"})
    program.wait(lambda: page.composed.text() == "A new mask")
    assert page.masks.chosen() == ["slow"]


def test_what_changed_while_it_was_away_is_read_when_it_is_back(quick):
    program = quick
    page = open_page(program)
    program.click(page.masks.boxes["fast"])
    assert counted(program, page).newly_out == (2, 5, 8)
    program.window.show_page("units")
    heard = []
    program.session.changed.connect(lambda table, _ids: heard.append(table))
    with program.db.write() as w:
        w.update(t.Unit, [2, 3], seconds=4.0)
        w.update(t.Unit, [5], seconds=60.0)
    masks.add_mask(program.db, "slow", {"not": {"seconds_below": 5}})
    program.wait(lambda: {"unit", "mask"} <= set(heard))
    assert open_data_set(program.session, program.window, 1) is page
    program.wait(lambda: page._effect is not None and page._effect.newly_out == (2, 8))
    assert page._effect.together == 3
    assert set(page.masks.boxes) == {"fast", "slow"}
    assert page.masks.chosen() == ["fast"]


def test_a_hostile_name_turns_nothing_around(full_program):
    program = full_program
    masks.add_mask(program.db, "<b>big</b> & evil", {"worker": ["<i>x</i>"]})
    page = open_page(program)
    program.wait(lambda: page.masks.boxes != {})
    (box,) = page.masks.boxes.values()
    assert "<b>" in box.text()
    box.setChecked(True)
    assert counted(program, page).together == 0
    QApplication.sendPostedEvents()


@pytest.mark.parametrize("width", [700, 1280])
def test_large_print_and_narrow_windows_cut_nothing(quick, width):
    program = quick
    page = open_page(program)
    both = {"and": [{"pasted": True}, {"worker": ["A"]}]}
    page.composer.set_expression({"or": [{"seconds_below": 5}, both]})
    program.window.resize(width, 700)
    program.desk.theme.set(scale=200)
    try:
        counted(program, page)
        parts = (page.view.pay, page.view.bars, page.composer, page.masks, page.view.kept)
        program.wait(lambda: all(part.height() >= part.minimumSizeHint().height() for part in parts))
        program.wait(lambda: page.area.verticalScrollBar().maximum() > 0)
    finally:
        program.desk.theme.set(scale=100)
