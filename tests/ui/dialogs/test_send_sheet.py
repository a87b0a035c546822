"""The send sheet: numbers and money before anything leaves, and no more leaves than it showed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from crowddesk.domain import VendorError
from crowddesk.operations import decisions, second_looks
from crowddesk.operations.sending import Sheet, ToSend
from crowddesk.providers.mock import MockProvider
from crowddesk.store import tables as t
from crowddesk.store.queries import Staged
from crowddesk.ui.dialogs.second_look import SecondLookDialog
from crowddesk.ui.dialogs.send_sheet import SendSheet, open_send_sheet

WHY = "A copy of the question."


def open_sheet(desk) -> SendSheet:
    open_send_sheet(desk.session, desk.window)
    return desk.dialog(SendSheet)


def reject(desk, units: list[int], **more) -> None:
    """Rejections that somebody has agreed to."""
    made = decisions.decide(desk.db, "reject", units, reason=WHY, **more)
    second_looks.agree(desk.db, made.waiting)


def test_the_sheet_repeats_numbers_and_money_and_sends_what_it_showed(desk, qtbot, words):
    decisions.decide(desk.db, "approve", [1, 2, 3])
    reject(desk, [4], evidence={4: ["3 s against a median of 74 s"]})
    sheet = open_sheet(desk)
    assert sheet.verb.text() == "Send 4 · USD 0.36"
    assert "1 rejection of 1 person" in words(sheet)
    assert f"“{WHY}” (3 s against a median of 74 s)" in words(sheet)
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


def test_what_waits_for_a_second_look_stays_and_leads_there(desk, qtbot, words):
    decisions.decide(desk.db, "reject", [1], reason=WHY)
    sheet = open_sheet(desk)
    assert "1 first rejection stays until somebody has looked again" in words(sheet)
    assert sheet.verb.text() == "Send 0"
    assert not sheet.verb.isEnabled()
    look = next(b for b in sheet.findChildren(QPushButton) if b.text() == "Look at it…")
    look.click()
    qtbot.waitUntil(lambda: desk.window.findChild(SecondLookDialog) is not None)
    dialog = desk.dialog(SecondLookDialog)
    assert WHY in words(dialog)
    dialog.verb.click()
    desk.said("Agreed to; it waits for Send")
    sheet = open_sheet(desk)
    assert sheet.verb.text() == "Send 1"
    sheet.reject()


def test_ten_units_the_fourth_refused_nine_done_one_named_and_a_retry_does_one(desk, qtbot, words):
    units = list(range(1, 11))
    desk.vendor.inject("refuse", "approve", nth=4, reason="Not today.")
    decisions.decide(desk.db, "approve", units)
    sheet = open_sheet(desk)
    assert sheet.verb.text() == "Send 10 · USD 1.20"
    sheet.verb.click()
    desk.said("10 actions on the way")
    desk.perform()
    assert [desk.unit(i).status for i in units] == ["accepted"] * 3 + ["completed"] + ["accepted"] * 6
    page = desk.page("payments")
    page.show_wanted("state:refused")
    qtbot.waitUntil(lambda: page.model.phase == "ready" and page.model.rowCount() == 1)
    row = page.model.row_at(0)
    assert (row.unit_id, row.outcome) == (4, "Not today.")
    page.verbs.retry([row.id])
    qtbot.waitUntil(lambda: len(desk.states("staged")) == 1)
    sheet = open_sheet(desk)
    assert sheet.verb.text() == "Send 1 · USD 0.12"
    sheet.verb.click()
    qtbot.waitUntil(lambda: not desk.states("staged"))
    desk.perform()
    assert {desk.unit(i).status for i in units} == {"accepted"}
    paid = [p.target for p in desk.vendor.payments("practice") if p.kind == "approve"]
    assert sorted(paid, key=int) == [str(i) for i in units]
    assert desk.vendor.balance("practice") == (1_000_000 - 120, "USD")


def test_the_verb_names_real_money_without_play_money(desk):
    def account(number: int, sandbox: bool, currency: str, amount: int, fee: int) -> ToSend:
        part = Staged(number, f"a{number}", "mock", sandbox, currency, "bonus", 2, amount, fee)
        return ToSend(number, f"a{number}", "mock", sandbox, currency, (part,), (), ())

    live = [account(2, False, "USD", 500, 100), account(3, False, "GBP", 300, 0)]
    sheet = SendSheet(desk.session, Sheet((account(1, True, "USD", 700, 7), *live), 9), desk.window)
    assert sheet.verb.text() == "Send 6 · USD 6.00 + GBP 3.00"
    sheet.reject()


def test_a_live_account_is_red(desk, qtbot, words):
    decisions.decide(desk.db, "approve", [1])
    with desk.db.write() as w:
        w.update(t.Requester, [1], sandbox=False)
    sheet = open_sheet(desk)
    assert "LIVE" in words(sheet)
    assert sheet.verb.property("look") == "danger"
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert desk.states("staged") == [("approve", "staged")]
    sheet.reject()


def test_broken_rules_are_named_before_anything_leaves(desk, qtbot, words):
    reject(desk, [1, 2])
    desk.session.settings.rejections.most_per_batch = 1
    sheet = open_sheet(desk)
    assert "2 rejections at once are more than the cap of 1." in words(sheet)
    sheet.reject()


@pytest.mark.parametrize("error", [VendorError("The vendor cannot be reached."), NotImplementedError()])
def test_a_vendor_that_does_not_answer_hides_nothing_else(desk, qtbot, words, monkeypatch, error):
    def fail(_requester) -> Decimal:
        raise error

    monkeypatch.setattr(MockProvider.RequesterClass, "get_available_budget", fail)
    decisions.decide(desk.db, "approve", [1])
    sheet = open_sheet(desk)
    qtbot.waitUntil(lambda: "asking" not in words(sheet))
    assert ("Balance not known: The vendor cannot be reached." in words(sheet)) is bool(str(error))
    assert sheet.verb.text() == "Send 1 · USD 0.12"
    assert sheet.command_line() == ["send", "--wait"]
    sheet.reject()


def test_nothing_to_send_says_so(empty_desk):
    open_send_sheet(empty_desk.session, empty_desk.window)
    empty_desk.said("Nothing waits to be sent.")
