"""The Payments page: sums, what a person must look up, retries that pay once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from crowddesk.operations import decisions
from crowddesk.store import ledger
from crowddesk.ui.messages import ConfirmDialog


def lost_bonus(desk):
    """A bonus that the vendor never took, however often it was sent: what is left for a person."""
    desk.vendor.inject("drop_before", "bonus", times=5)
    made = decisions.pay_bonus(desk.db, 1, [1], 50, "Thank you", sequence="lost", run_id=1)
    decisions.send(desk.db)
    desk.perform()
    (action_id,) = made.action_ids
    assert state(desk, action_id) == "needs_you"
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
    assert "Sent 5 times, and the vendor never took it." in words(page.needs)
    qtbot.mouseClick(button(page.needs, "Evidence"), Qt.MouseButton.LeftButton)
    assert "attempts: 5" in words(page.needs)
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


@pytest.mark.parametrize("key", ["payments", "workers"])
def test_an_empty_workspace_says_what_will_be_here(empty_desk, words, key):
    page = empty_desk.page(key)
    assert page.model.rowCount() == 0
    assert "yet." in words(page)
