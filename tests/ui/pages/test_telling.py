"""Asking people to return their work and writing to them, where their vendor offers it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from crowddesk.domain import ActionKind
from crowddesk.operations import decisions, reasons
from crowddesk.providers.base import RejectionRules
from crowddesk.providers.mock import MockProvider
from crowddesk.store import ledger
from crowddesk.store.reasons import Reason
from crowddesk.ui.dialogs.decide import DecideDialog
from crowddesk.ui.dialogs.people import ChoosePlaceDialog
from crowddesk.ui.dialogs.tell import MessageDialog, ReturnDialog


@pytest.fixture
def offering(monkeypatch):
    """The practice vendor can ask for returns and has messages, and wants categories for rejections."""
    offers = frozenset({ActionKind.REQUEST_RETURN, ActionKind.MESSAGE})
    monkeypatch.setattr(MockProvider, "OFFERS", offers)
    rules = RejectionRules(100, 1_000, ("TOO_QUICKLY", "LOW_EFFORT"))
    monkeypatch.setattr(MockProvider, "REJECTION_RULES", rules)


def actions(desk, *wanted):
    with desk.db.read() as conn:
        from crowddesk.store.queries import ACTIONS

        rows = [a for a in ACTIONS.iterate(conn) if a.kind in wanted]
        return rows, [ledger.payload_of({"payload": a.payload}) for a in rows]


def test_where_no_vendor_offers_it_the_menu_has_it_not(desk, qtbot):
    page = desk.page("units")
    assert not any(action.isVisible() for action in page.verbs.offered.values())
    page.verbs.begin(ActionKind.REQUEST_RETURN, [1, 2])
    desk.said("None of these units is answered or at work at a vendor that offers this.")
    page.verbs.begin(ActionKind.MESSAGE, [1])
    desk.said("None of their vendors has messages")


def test_workers_are_asked_to_return_their_units(offering, desk, qtbot):
    page = desk.page("units")
    qtbot.waitUntil(page.verbs.offered[ActionKind.REQUEST_RETURN].isVisible)
    page.verbs.begin(ActionKind.REQUEST_RETURN, [1, 2, 3])
    dialog = desk.dialog(ReturnDialog)
    assert dialog.windowTitle() == "Ask to return 3 units"
    dialog.other.setText("The page was empty.")
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    desk.said("Asked to return 3 units, staged until you send")
    rows, payloads = actions(desk, ActionKind.REQUEST_RETURN)
    assert [(row.state, row.reason) for row in rows] == [("staged", "The page was empty.")] * 3
    assert payloads[0] == {"reasons": ["The page was empty."]}


def test_a_kept_reason_to_return_is_read_by_each_in_their_own_words(offering, desk, qtbot):
    reasons.add_reason(desk.db, Reason("request_return", "Empty", "{item} of “{run}” is empty.", digit=1))
    desk.page("units").verbs.begin(ActionKind.REQUEST_RETURN, [1, 2])
    dialog = desk.dialog(ReturnDialog)
    dialog.canned.choose(1)
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    desk.said("Asked to return 2 units")
    said = {row.unit_id: row.reason for row in actions(desk, ActionKind.REQUEST_RETURN)[0]}
    items = {n: desk.unit(n).item_key for n in (1, 2)}
    assert said == {n: f"{item} of “Which colour?” is empty." for n, item in items.items()}


def test_the_softer_ways_stand_before_a_rejection(offering, desk, qtbot, words):
    page = desk.page("units")
    page.verbs.begin(ActionKind.REJECT, [1])
    dialog = desk.dialog(DecideDialog)
    assert "They may give it back, unpaid" in words(dialog)
    assert "0 of at least 100 characters" in words(dialog)
    dialog._reason.setPlainText("Too quick")
    qtbot.mouseClick(dialog.return_button, Qt.MouseButton.LeftButton)
    asked = desk.dialog(ReturnDialog)
    assert asked.value() == ["Too quick"]
    qtbot.mouseClick(asked.verb, Qt.MouseButton.LeftButton)
    desk.said("Asked to return 1 unit")
    assert actions(desk, ActionKind.REJECT)[0] == []
    assert len(actions(desk, ActionKind.REQUEST_RETURN)[0]) == 1


def test_a_vendor_without_it_offers_the_soft_rejection_alone(desk, qtbot):
    desk.page("units").verbs.begin(ActionKind.REJECT, [1])
    dialog = desk.dialog(DecideDialog)
    assert dialog.return_button.isHidden()
    assert not dialog._soft_button.isHidden()
    dialog.reject()


def test_the_workers_of_units_are_written_to_once_each(offering, desk, qtbot):
    page = desk.page("units")
    workers = {desk.unit(n).worker_id for n in (1, 2, 3, 4)}
    page.verbs.begin(ActionKind.MESSAGE, [1, 2, 3, 4])
    dialog = desk.dialog(MessageDialog)
    assert dialog.windowTitle() == f"Write to {len(workers)} people"
    dialog.text.setPlainText("Thank you for your care.")
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    desk.said(f"Message to {len(workers)} people, staged until you send")
    rows, _ = actions(desk, ActionKind.MESSAGE)
    assert {row.worker_id for row in rows} == workers
    assert {(row.reason, row.task_run_id) for row in rows} == {("Thank you for your care.", 1)}


def test_people_are_written_to_from_their_list(offering, desk, qtbot):
    page = desk.page("workers")
    action = page.verbs.actions[-1]
    qtbot.waitUntil(action.isVisible)
    page.table.select_id(1)
    action.trigger()
    place = desk.dialog(ChoosePlaceDialog)
    assert place.value().run_id == 1
    place.accept()
    dialog = desk.dialog(MessageDialog)
    assert "about “Which colour?”" in (dialog.text.setPlainText("Hello") or dialog._about.text())
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    desk.said("Message to 1 person")
    rows, _ = actions(desk, ActionKind.MESSAGE)
    assert [(row.worker_id, row.reason, row.task_run_id) for row in rows] == [(1, "Hello", 1)]


def test_people_of_other_vendors_are_left_out_by_name(offering, desk, qtbot, words):
    other = int(desk.db.new_worker("ann", "inhouse"))
    page = desk.page("workers")
    page.verbs.begin(ActionKind.MESSAGE, [1, 2, other])
    place = desk.dialog(ChoosePlaceDialog)
    assert place.value().run_id == 1
    place.accept()
    qtbot.waitUntil(lambda: isinstance(desk.dialog(), MessageDialog))
    dialog = desk.dialog(MessageDialog)
    assert dialog.windowTitle() == "Write to 2 people"
    assert "Left out" in words(dialog)
    assert "ann" in words(dialog)
    dialog.text.setPlainText("Dear {name}")
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    desk.said("Message to 2 people")
    rows, _ = actions(desk, ActionKind.MESSAGE)
    assert sorted(row.reason for row in rows) == sorted(f"Dear {row.worker_name}" for row in rows)
    page.verbs.begin(ActionKind.MESSAGE, [other])
    desk.said("No account of yours can write to any of them")


def test_a_decision_that_is_open_bars_the_question(offering, desk):
    decisions.decide(desk.db, "approve", [1])
    desk.page("units").verbs.begin(ActionKind.REQUEST_RETURN, [1])
    desk.said("None of these units is answered or at work")
