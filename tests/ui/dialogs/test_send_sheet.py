"""The send sheet: numbers and money before anything leaves, and no more leaves than it showed."""

from __future__ import annotations

from PySide6.QtCore import Qt

from crowddesk.operations import decisions
from crowddesk.store import tables as t
from crowddesk.ui.dialogs.send_sheet import SendSheet, open_send_sheet


def test_the_sheet_repeats_numbers_and_money_and_sends_what_it_showed(desk, qtbot, words):
    decisions.decide(desk.db, "approve", [1, 2, 3])
    decisions.decide(desk.db, "reject", [4], reason="A copy of the question.")
    open_send_sheet(desk.session, desk.window)
    sheet = desk.dialog(SendSheet)
    assert sheet.verb.text() == "Send 4 · USD 0.36"
    assert "1 rejection of 1 person" in words(sheet)
    qtbot.waitUntil(lambda: "Balance USD 10,000.00, after this USD 9,999.64." in words(sheet))
    decisions.decide(desk.db, "approve", [5])
    assert sheet.cancel.isDefault()  # what has left cannot be undone
    sheet.verb.setFocus()
    qtbot.keyClick(sheet.verb, Qt.Key.Key_Return)
    assert len(desk.states("staged")) == 5
    qtbot.keyClick(sheet.verb, Qt.Key.Key_Space)
    desk.said("4 actions on the way")
    assert desk.states("staged") == [("approve", "staged")]
    desk.perform()
    assert [desk.unit(i).status for i in (1, 2, 3, 4, 5)] == ["accepted"] * 3 + ["rejected", "completed"]


def test_a_live_account_is_red(desk, qtbot, words):
    decisions.decide(desk.db, "approve", [1])
    with desk.db.write() as w:
        w.update(t.Requester, [1], sandbox=False)
    open_send_sheet(desk.session, desk.window)
    sheet = desk.dialog(SendSheet)
    assert "LIVE" in words(sheet)
    assert sheet.verb.property("look") == "danger"
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert desk.states("staged") == [("approve", "staged")]


def test_broken_rules_are_named_before_anything_leaves(desk, qtbot, words):
    decisions.decide(desk.db, "reject", [1, 2], reason="A copy of the question.")
    desk.session.settings.rejections.most_per_batch = 1
    open_send_sheet(desk.session, desk.window)
    assert "2 rejections at once are more than the cap of 1." in words(desk.dialog(SendSheet))


def test_nothing_to_send_says_so(empty_desk):
    open_send_sheet(empty_desk.session, empty_desk.window)
    empty_desk.said("Nothing waits to be sent.")
