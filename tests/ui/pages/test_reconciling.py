"""Desk and vendor compared from the window, by the account's own lane; Home says how it came out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crowddesk.domain import StatusChange, Stray, VendorError
from crowddesk.operations import reconcile
from crowddesk.providers.mock import MockProvider
from crowddesk.store import stays
from crowddesk.ui.dialogs.compare import CompareDialog
from crowddesk.ui.reconciling import open_comparison


@pytest.fixture
def said(full_program, monkeypatch):
    """What the practice vendor says of each unit's stay, by unit; at first what the desk knows."""
    with full_program.db.read() as conn:
        found = stays.of_run(conn, 1)
    listed = {
        int(s.unit_id): StatusChange(
            s.unit_id, ref, s.worker_name, agent_status=s.agent_status, vendor_status=s.agent_status
        )
        for ref, s in found.items()
        if s.holds
    }
    monkeypatch.setattr(MockProvider, "standings", lambda self, run: list(listed.values()))
    return listed


def opened(program):
    """The dialog, opened by the key on the page of accounts."""
    page = program.window.show_page("requesters")
    program.wait(lambda: page.model.phase == "ready" and page.model.ids_known)
    page.panel.table.select_id(1)
    page.panel.table.setFocus()
    program.window.activateWindow()
    program.wait(program.window.isActiveWindow)
    program.qtbot.keyClick(page.panel.table, Qt.Key.Key_C)
    return program.dialog(CompareDialog)


def test_a_difference_is_shown_then_mended(full_program, said):
    program = full_program
    said[3] = replace(said[3], agent_status="approved", vendor_status="APPROVED")
    dialog = opened(program)
    program.wait(lambda: len(dialog.table.differences.lines) == 1)
    (line,) = dialog.table.differences.lines
    assert (line.unit, line.here, line.there) == ("3", "completed", "approved")
    assert program.db.get_unit("3")["status"] == "completed"
    program.click(dialog.verb)
    program.wait(lambda: program.db.get_unit("3")["status"] == "accepted")
    program.wait(lambda: "1 mended." in program.words(dialog))
    program.click(dialog.again)
    program.wait(lambda: "✓ Nothing differs." in program.words(dialog))
    program.click(dialog.cancel)
    home = program.window.show_page("home")
    program.wait(lambda: "compared 1" in home.compared.lines)
    line = home.compared.lines["compared 1"]
    assert "practice and the practice crowd: nothing differs" in line.accessibleName()


def test_what_has_changed_meanwhile_is_left_out(full_program, said):
    program = full_program
    said[3] = replace(said[3], agent_status="approved", vendor_status="APPROVED")
    dialog = opened(program)
    program.wait(lambda: len(dialog.table.differences.lines) == 1)
    reconcile.mend(program.db, reconcile.last_comparison(program.db, 1))
    program.click(dialog.verb)
    program.wait(lambda: "0 mended. 1 left out: it has changed" in program.words(dialog))


def test_a_vendor_that_does_not_answer_is_named(full_program, monkeypatch):
    def fail(self, run):
        raise VendorError("The line is dead.")

    monkeypatch.setattr(MockProvider, "standings", fail)
    dialog = opened(full_program)
    full_program.wait(lambda: "The line is dead." in full_program.words(dialog))


def test_what_is_astray_is_adopted(full_program, said, monkeypatch):
    program = full_program
    stray = Stray("s9", "A pilot", "ACTIVE", 3, 1, "USD")
    monkeypatch.setattr(MockProvider, "strays", lambda self, requester: [stray])
    dialog = opened(program)
    program.wait(lambda: "s9" in dialog._adopting)
    program.click(dialog._adopting["s9"])
    program.wait(lambda: "✕" in program.words(dialog))  # the practice crowd has nothing to adopt
    assert dialog._adopting["s9"].isEnabled()
    monkeypatch.setattr(MockProvider, "adopt", lambda self, run, ref: None)
    program.click(dialog._adopting["s9"])
    program.wait(lambda: "s9" not in dialog._adopting)
    program.wait(lambda: program.run(2) is not None)
    assert program.run(2).title == "A pilot"


def test_home_leads_to_what_differs(full_program, said):
    program = full_program
    said[3] = replace(said[3], agent_status="approved", vendor_status="APPROVED")
    reconcile.ask(program.db, 1)
    home = program.window.show_page("home")
    program.wait(lambda: "compared 1" in home.needs.lines)
    line = home.needs.lines["compared 1"]
    assert "practice and the practice crowd: 1 difference" in line.accessibleName()
    program.click(line.button)
    dialog = program.dialog(CompareDialog)
    program.wait(lambda: len(dialog.table.differences.lines) == 1)


def test_leaving_while_it_waits_is_a_cancel(empty_desk, qtbot):
    """Nobody's lane is running here, so nobody answers."""
    made = open_comparison(empty_desk.session, empty_desk.window, 1, "practice", "mock")
    dialog = empty_desk.dialog(CompareDialog)
    qtbot.waitUntil(lambda: bool(made._errand._token))
    qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_an_account_that_is_gone_is_a_sentence(empty_desk, qtbot, words):
    open_comparison(empty_desk.session, empty_desk.window, 99, "gone", "mock")
    dialog = empty_desk.dialog(CompareDialog)
    qtbot.waitUntil(lambda: "✕" in words(dialog))
