"""The Payments page: sums, what a person must look up, retries that pay once."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt

from crowddesk.operations import decisions, paying
from crowddesk.store import changes, ledger
from crowddesk.store.queries.screens import MoneyTotal
from crowddesk.ui.dialogs.word import WordDialog


def lost_bonus(desk):
    """A bonus that the vendor never took, however often it was sent: what is left for a person."""
    desk.vendor.inject("drop_before", "bonus", times=5)
    made = paying.pay_bonus(desk.db, 1, [1], 50, "Thank you", sequence="lost", run_id=1)
    decisions.send(desk.db)
    desk.perform()
    (action_id,) = made.action_ids
    assert state(desk, action_id) == "needs_you"
    return action_id


def state(desk, action_id):
    with desk.db.read() as conn:
        return ledger.actions_by_id(conn, [action_id])[action_id]["state"]


def test_a_person_says_that_it_was_paid(desk, qtbot, words):
    page = desk.page("payments")
    assert page.needs.isHidden()
    action_id = lost_bonus(desk)
    qtbot.waitUntil(lambda: "1 action waits for your word" in words(page.needs))
    qtbot.mouseClick(page.needs.decide, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.action.isVisible() and page.action.doubt.isVisible())
    assert page.panel.search.text() == "state:needs_you"
    assert "Sent 5 times, and the vendor never took it." in words(page.action)
    assert "5 times" in words(page.action.doubt)
    choice = page.action.doubt.choices["happened"]
    assert choice.text() == "It was paid…"
    qtbot.mouseClick(choice, Qt.MouseButton.LeftButton)
    dialog = desk.dialog(WordDialog)
    assert dialog.verb.text() == "It was paid · USD 0.60"
    assert "USD 0.50 to " in words(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert state(desk, action_id) == "needs_you"
    page.verbs.ask_what_became("happened", desk.session.needs.needs_you)
    qtbot.mouseClick(desk.dialog(WordDialog).verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: state(desk, action_id) == "done")
    qtbot.waitUntil(page.needs.isHidden)
    qtbot.waitUntil(lambda: page.action.doubt.isHidden())
    qtbot.waitUntil(lambda: "USD 0.60" in words(page._cards[0]))
    assert "play money: accepted work" in words(page._cards[0])


def test_a_rehearsals_money_stands_beside_what_was_really_paid(desk, qtbot, words):
    page = desk.page("payments")
    real, play = MoneyTotal("GBP", False, 232, 40, 0), MoneyTotal("GBP", True, 596, 1914, 0)
    page._show_totals(([real, play], {}))
    assert "GBP 2.32\n" in words(page._cards[0])
    assert "besides, GBP 5.96 of play money" in words(page._cards[0])
    page._show_totals(([play], {}))
    assert "GBP 5.96" in words(page._cards[0])
    assert "play money: accepted work" in words(page._cards[0])


def test_what_was_not_paid_and_is_left_is_tried_again_once(desk, qtbot):
    page = desk.page("payments")
    action_id = lost_bonus(desk)
    page.show_detail(action_id)
    qtbot.waitUntil(page.action.doubt.isVisible)
    qtbot.mouseClick(page.action.doubt.choices["leave"], Qt.MouseButton.LeftButton)
    dialog = desk.dialog(WordDialog)
    assert dialog.verb.text() == "Leave it · USD 0.60"
    dialog.verb.click()
    qtbot.waitUntil(lambda: state(desk, action_id) == "refused")
    qtbot.waitUntil(page.action.retry.isVisible)
    qtbot.mouseClick(page.action.retry, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.action.retry, Qt.MouseButton.LeftButton)
    desk.said("recorded before")
    assert desk.states("staged") == [("bonus", "staged")]
    desk.send()
    assert [(c.amount, c.times) for c in desk.vendor.calls("bonus")] == [(50, 1)]


def test_what_was_not_paid_is_paid_now_and_once(desk, qtbot):
    page = desk.page("payments")
    action_id = lost_bonus(desk)
    page.show_detail(action_id)
    qtbot.waitUntil(page.action.doubt.isVisible)
    rows = page.action.doubt.meant
    for _ in range(2):  # a second word on the same action comes too late, and pays nothing
        page.verbs.ask_what_became("again", rows)
        dialog = desk.dialog(WordDialog)
        assert dialog.verb.text() == "Pay · USD 0.60"
        dialog.verb.click()
        qtbot.waitUntil(lambda: state(desk, action_id) == "refused")
        desk.said("sent once more")
    assert desk.states("queued", "staged") == [("bonus", "queued")]
    desk.perform()
    assert [(c.amount, c.times) for c in desk.vendor.calls("bonus")] == [(50, 1)]


def test_a_batch_is_decided_in_one_go(desk, qtbot, words):
    desk.vendor.inject("drop_before", "bonus", times=15)
    people = [1, 2, 3]
    made = paying.pay_bonus(desk.db, 1, people, 50, "Thank you", sequence="lost", run_id=1)
    decisions.send(desk.db)
    desk.perform()
    page = desk.page("payments")
    page.show_detail(made.action_ids[0])
    view = page.action.doubt
    qtbot.waitUntil(lambda: view.isVisible() and view.whole.isVisible())
    assert view.whole.text() == "The same for all 3 of this batch, USD 1.80"
    assert len(view.meant) == 1
    view.whole.setFocus()
    qtbot.keyClick(view.whole, Qt.Key.Key_Space)
    assert len(view.meant) == 3
    assert "USD 1.50 to 3 people, and USD 0.30 in fees" in words(view)
    qtbot.mouseClick(view.choices["happened"], Qt.MouseButton.LeftButton)
    dialog = desk.dialog(WordDialog)
    assert dialog.verb.text() == "Count 3 as paid · USD 1.80"
    assert view.meant[2].worker_name in words(dialog)
    dialog.verb.click()
    qtbot.waitUntil(lambda: {state(desk, i) for i in made.action_ids} == {"done"})


def test_an_action_in_doubt_says_whether_the_vendor_works_on_it(desk, qtbot, words):
    made = paying.pay_bonus(desk.db, 1, [1, 2], 50, "Thank you", sequence="x", run_id=1)
    with desk.db.write() as w:
        for action_id, taken in zip(made.action_ids, (True, False), strict=True):
            changes.set_action_states(
                w,
                {action_id: (("staged",), "unknown")},
                {action_id: {"evidence": json.dumps({"acknowledged": taken})}},
            )
    page = desk.page("payments")
    page.show_detail(made.action_ids[0])
    qtbot.waitUntil(lambda: "sent, waiting to see it done" in words(page.action))
    page.show_detail(made.action_ids[1])
    qtbot.waitUntil(lambda: "answer lost, being looked up" in words(page.action))
    column = next(c for c in page.model.columns if c.key == "state")
    rows = [page.model.row_at(page.model.row_of(i)) for i in made.action_ids]
    assert [column.shown_text(row) for row in rows] == ["sent, waiting", "looking up"]


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
