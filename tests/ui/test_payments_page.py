"""The Payments page and the send sheet: sums, what a person must look up, retries that pay once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from crowddesk.domain import Outcome
from crowddesk.operations import decisions
from crowddesk.store import changes, ledger
from crowddesk.store import tables as t
from crowddesk.ui.dialogs.send_sheet import SendSheet, open_send_sheet
from crowddesk.ui.messages import ConfirmDialog


def lost_bonus(desk, amount=50):
    """A bonus whose answer was lost, at a vendor that cannot be asked: what a lane leaves then."""
    made = decisions.pay_bonus(desk.db, 1, [1], amount, "Thank you", sequence=f"lost {amount}", run_id=1)
    (action_id,) = made.action_ids
    ledger_moves = (("staged",), "queued"), (("queued",), "sending")
    for seen, new in ledger_moves:
        with desk.db.write() as w:
            changes.set_action_states(w, {action_id: (seen, new)})
    with desk.db.write() as w:
        ledger.settle(w, {action_id: Outcome.unknown("The connection broke.", seconds=30)})
    with desk.db.write() as w:
        ledger.ask_person(w, {action_id: "The connection broke. Nobody can be asked."})
    return action_id


def state(desk, action_id):
    with desk.db.read() as conn:
        return ledger.actions_by_id(conn, [action_id])[action_id]["state"]


def button(widget, text):
    return next(b for b in widget.findChildren(QPushButton) if b.text() == text and b.isVisibleTo(widget))


def test_a_person_says_that_it_happened(desk, qtbot, words):
    page = desk.page("payments")
    assert page.needs.isHidden()
    action_id = lost_bonus(desk)
    qtbot.waitUntil(lambda: "1 action waits for your word" in words(page.needs))
    assert "Nobody can be asked." in words(page.needs)
    qtbot.mouseClick(button(page.needs, "Evidence"), Qt.MouseButton.LeftButton)
    assert "seconds: 30" in words(page.needs)
    qtbot.mouseClick(button(page.needs, "It happened…"), Qt.MouseButton.LeftButton)
    dialog = desk.dialog(ConfirmDialog)
    assert dialog.verb.text() == "It happened · USD 0.60"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert state(desk, action_id) == "needs_you"
    page.verbs.resolve(desk.session.needs.needs_you[0], happened=True)
    dialog = desk.dialog(ConfirmDialog)
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: state(desk, action_id) == "done")
    qtbot.waitUntil(page.needs.isHidden)
    qtbot.waitUntil(lambda: "USD 0.60" in words(page._cards[0]))


def test_what_did_not_happen_is_tried_again_once(desk, qtbot):
    page = desk.page("payments")
    action_id = lost_bonus(desk)
    qtbot.waitUntil(lambda: not page.needs.isHidden())
    qtbot.mouseClick(button(page.needs, "It did not…"), Qt.MouseButton.LeftButton)
    desk.dialog(ConfirmDialog).verb.click()
    qtbot.waitUntil(lambda: state(desk, action_id) == "refused")
    page.show_detail(action_id)
    qtbot.waitUntil(page.action.retry.isVisible)
    qtbot.mouseClick(page.action.retry, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.action.retry, Qt.MouseButton.LeftButton)
    desk.said("recorded before")
    assert desk.states("staged") == [("bonus", "staged")]
    desk.send()
    assert [(c.amount, c.times) for c in desk.vendor.calls("bonus")] == [(50, 1)]


def test_what_is_staged_is_taken_back_from_the_list(desk, qtbot):
    decisions.decide(desk.db, "approve", [1, 2, 3])
    page = desk.page("payments")
    qtbot.waitUntil(lambda: page._chips["staged"].isVisible())
    qtbot.mouseClick(page._chips["staged"], Qt.MouseButton.LeftButton)
    assert page.panel.search.text() == "state:staged"
    qtbot.waitUntil(
        lambda: page.model.phase == "ready" and page.model.rowCount() == 3 and page.model.ids_known
    )
    page.table.setFocus()
    page.table.selectAll()
    desk.press(page.table, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: desk.states("cancelled") == [("approve", "cancelled")] * 3)


def test_a_retry_of_what_was_not_refused_says_so(desk, qtbot):
    page = desk.page("payments")
    page.table.select_id(page.model.id_at(0))
    page.table.setFocus()
    desk.press(page.table, Qt.Key.Key_R)
    desk.said("Only what a vendor refused")


def test_filters_are_terms_of_the_search(desk, qtbot):
    page = desk.page("payments")
    page.search("worker:A1")
    page._show_state("refused")
    page._show_term("kind", "bonus")
    assert page.panel.search.text() == "kind:bonus state:refused worker:A1"
    assert page._chips["refused"].isChecked()
    page._show_state("")
    page._show_term("kind", "")
    assert page.panel.search.text() == "worker:A1"


def test_the_sheet_repeats_numbers_and_money_and_sends_what_it_showed(desk, qtbot, words):
    decisions.decide(desk.db, "approve", [1, 2, 3])
    decisions.decide(desk.db, "reject", [4], reason="A copy of the question.")
    open_send_sheet(desk.session, desk.window)
    sheet = desk.dialog(SendSheet)
    assert sheet.verb.text() == "Send 4 · USD 0.36"
    assert "1 rejection of 1 person" in words(sheet)
    qtbot.waitUntil(lambda: "Balance USD 10,000.00, after this USD 9,999.64." in words(sheet))
    decisions.decide(desk.db, "approve", [5])
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    desk.said("4 actions on the way")
    assert desk.states("staged") == [("approve", "staged")]
    desk.perform()
    assert [desk.unit(i).status for i in (1, 2, 3, 4, 5)] == ["accepted"] * 3 + ["rejected", "completed"]


def test_a_live_account_is_red_and_enter_never_sends(desk, qtbot, words):
    decisions.decide(desk.db, "approve", [1])
    with desk.db.write() as w:
        w.update(t.Requester, [1], sandbox=False)
    open_send_sheet(desk.session, desk.window)
    sheet = desk.dialog(SendSheet)
    assert "LIVE" in words(sheet)
    assert sheet.verb.property("look") == "danger"
    for widget in (sheet.verb, sheet):
        qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert desk.states("staged") == [("approve", "staged")]


def test_broken_rules_are_named_before_anything_leaves(desk, qtbot, words):
    decisions.decide(desk.db, "reject", [1, 2], reason="A copy of the question.")
    desk.session.settings.rejections.most_per_batch = 1
    open_send_sheet(desk.session, desk.window)
    assert "2 rejections at once are more than the cap of 1." in words(desk.dialog(SendSheet))


@pytest.mark.parametrize("key", ["payments", "workers"])
def test_an_empty_workspace_says_what_will_be_here(empty_desk, words, key):
    page = empty_desk.page(key)
    assert page.model.rowCount() == 0
    assert "yet." in words(page)


def test_nothing_to_send_says_so(empty_desk):
    open_send_sheet(empty_desk.session, empty_desk.window)
    empty_desk.said("Nothing waits to be sent.")
